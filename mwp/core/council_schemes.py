"""English councils' own schemes of council tax reduction, from `parameters/council_schemes/`, one YAML file a council.

A scheme is a list of branches; the first one whose tests fit a household works out its reduction. What a branch may say
is the models below and docs/council-tax-reduction.md. These files are tables with no dated leaves, so they are no part
of the tree of parameters and a reform cannot name them. Weekly amounts stay weekly here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from mwp import resources
from mwp.core import parameters

FOLDER = "council_schemes"
CHARGES = "council_charges"
BANDS = "ABCDEFGHI"

Fact = Literal[
    "couple",
    "lone_parent",
    "has_children",
    "child_under_5",
    "child_under_6",
    "single_under_25",
    "disability_benefit",
    "lcwra",
    "limited_capability",
    "esa_support_group",
    "carer",
    "disabled_child",
    "needs_three_bedrooms",
    "pays_no_rent",
    "band_f_or_above",
]
"""What a branch may ask of a household, none of which turns on what is earned."""
FACTS: tuple[Fact, ...] = Fact.__args__  # type: ignore[attr-defined]

Element = Literal["housing", "childcare", "carer", "health", "disabled_child", "child"]
ELEMENTS: tuple[Element, ...] = Element.__args__  # type: ignore[attr-defined]
"""Elements of Universal Credit that a scheme may take off the award; health is LCW or LCWRA."""

Side = Literal["with_universal_credit", "without_universal_credit"]
SIDES: tuple[Side, Side] = ("with_universal_credit", "without_universal_credit")
Method = Literal[
    "taper",
    "bands_on_income",
    "bands_on_earnings",
    "bands_on_excess",
    "contribution_table",
    "status_table",
    "fixed_rate",
    "national_default",
]
Share = Annotated[float, Field(ge=0, le=1)]
Pounds = Annotated[float, Field(ge=0)]
LETTERS = ("S", "C")
MOST_CHILDREN = 7
"""Tables by number of children are laid out up to this number; it stands for more as well."""


class Model(BaseModel):
    """Strict and unchanging: an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Source(Model):
    """A document and where it is."""

    title: str = Field(min_length=5)
    href: str = Field(pattern=r"^https?://\S+$")


class BandD(Model):
    """The charge of a band D home, all precepts included, as the average over the council's area."""

    year: str = Field(pattern=r"^20\d\d-\d\d$")
    amount: float = Field(gt=500, lt=6_000)
    source: Source


class Capital(Model):
    """Savings that end the reduction: above the limit, or at it too. Who earns nothing may have another limit."""

    limit: float = Field(ge=3_000, le=16_000)
    limit_without_earnings: float | None = Field(default=None, ge=3_000, le=16_000)
    at_limit: Literal["allowed", "excluded"] = "allowed"


class Tariff(Model):
    """Income that savings are taken to bring without Universal Credit: a pound a week for each step or part of one."""

    step: float = Field(gt=0)
    over: Pounds


class Income(Model):
    """What counts as income. `net` earnings are after tax, National Insurance and pension contributions; `legacy` ones
    after half of the contributions; with Universal Credit either is its own figure, before the work allowance.
    """

    earnings: Literal["net", "legacy", "gross", "none"] = "net"
    award: Literal["counted", "ignored"] = "ignored"
    award_less: tuple[Element, ...] = ()
    housing_pro_rata: bool = False
    other: Literal["all", "private", "none"] = "none"
    carers_allowance: Literal["counted", "ignored"] = "counted"
    childcare: Literal["legacy", "none"] = "none"


class Disregard(Model):
    """Weekly earnings ignored, by household type, or the legacy amounts; more for a disability or a carer if higher."""

    legacy: bool = False
    amounts: dict[str, Pounds] = Field(default_factory=dict)
    disability: Pounds = 0.0


class NonDependants(Model):
    """What comes off for each other adult in the home: weekly, by gross income where they work 16 hours or more."""

    not_working: Pounds
    working: tuple[tuple[float, float], ...] = Field(min_length=1)
    whatever_hours: bool = False
    share_of_bill: Share = 0.0
    share_from: Pounds = 0.0


def _sided(given: Any) -> Any:
    """One value for both sides, or one for each."""
    if isinstance(given, dict) and given.keys() & set(SIDES):
        return given
    return dict.fromkeys(SIDES, given)


_DEFAULT_INCOME = {
    "with_universal_credit": {"earnings": "net", "award": "counted", "other": "all"},
    "without_universal_credit": {"earnings": "legacy", "other": "all", "childcare": "legacy"},
}
_DEFAULT_ALLOWANCE = {"with_universal_credit": "uc_maximum", "without_universal_credit": "legacy"}


def _income(given: Any) -> Any:
    return _DEFAULT_INCOME if given == "default_scheme" else _sided(given)


def _allowance(given: Any) -> Any:
    return _DEFAULT_ALLOWANCE if given == "default_scheme" else _sided(given)


def _disregard(given: Any) -> Any:
    sided = _sided(given)
    return {side: _one_disregard(sided.get(side, 0.0), side) for side in SIDES}


def _one_disregard(given: Any, side: Side) -> Any:
    if given == "legacy":
        return {"legacy": side == "without_universal_credit"}
    if isinstance(given, int | float):
        return {"amounts": {"any": given}}
    return given


def _non_dependants(given: Any) -> Any:
    if given == "none":
        given = 0.0
    if isinstance(given, int | float):
        return {"not_working": given, "working": [[0.0, given]]}
    return given


class Branch(Model):
    """One way of working out the reduction, and whose it is. Amounts a week unless `per` says month."""

    applies_to: Literal["everyone", "universal_credit", "no_universal_credit"] = "everyone"
    if_any_of: tuple[Fact, ...] = ()
    if_all_of: tuple[Fact, ...] = ()
    if_none_of: tuple[Fact, ...] = ()
    method: Method
    max_rate: Share = 1.0
    taper: Share | None = None
    rates: dict[str, tuple[Share, ...]] | None = None
    contributions: tuple[Pounds, ...] | None = None
    starts: dict[str, tuple[Pounds, ...]] | None = None
    upper: dict[str, tuple[Pounds, ...]] | None = None
    per: Literal["week", "month"] = "week"
    rate_without_earnings: Share | None = None
    rate_below_16_hours: Share | None = None
    income: Annotated[dict[Side, Income], BeforeValidator(_income)] = Field(
        default_factory=lambda: {side: Income() for side in SIDES}
    )
    allowance: Annotated[
        dict[Side, Literal["uc_maximum", "uc_standard", "legacy", "none"]], BeforeValidator(_allowance)
    ] = Field(default_factory=lambda: dict.fromkeys(SIDES, "none"))  # type: ignore[arg-type]
    earnings_disregard: Annotated[dict[Side, Disregard], BeforeValidator(_disregard)] = Field(
        default_factory=lambda: {side: Disregard() for side in SIDES}
    )
    income_disregard_disability: Pounds = 0.0
    capital: Capital | None = None
    tariff: Tariff | None = None
    band_cap: Literal["A", "B", "C", "D", "E"] | None = None
    non_dependants: Annotated[NonDependants, BeforeValidator(_non_dependants)] = Field(
        default_factory=lambda: NonDependants(not_working=0.0, working=((0.0, 0.0),))
    )
    non_dependant_order: Literal["after_rate", "before_rate"] = "after_rate"
    end_cut: Share = 0.0
    min_award: Pounds = 0.0

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, given: Any) -> Any:
        """A table for all household types may be a bare list; nothing else is filled in."""
        if isinstance(given, dict):
            for key in ("rates", "starts", "upper"):
                if isinstance(given.get(key), list):
                    given = given | {key: {"any": given[key]}}
        return given

    @model_validator(mode="after")
    def _complete(self) -> Branch:
        if self.method != "national_default" and self.capital is None:
            raise ValueError("capital is missing")
        if self.method == "taper" and (self.taper is None or self.allowance == dict.fromkeys(SIDES, "none")):
            raise ValueError("a taper needs taper and allowance")
        if self.method == "fixed_rate" and (self.rates or self.starts or self.upper):
            raise ValueError("a fixed rate has max_rate and no table; one under common is undone with null")
        by_bands = self.method.startswith("bands_") or self.method == "status_table"
        if by_bands and (self.rates is None or (self.starts is None) == (self.upper is None)):
            raise ValueError(f"{self.method} needs rates, and one of starts and upper")
        if self.method == "bands_on_excess" and self.allowance == dict.fromkeys(SIDES, "none"):
            raise ValueError("bands on excess income need allowance")
        if self.method not in ("taper", "bands_on_excess") and self.allowance != dict.fromkeys(SIDES, "none"):
            raise ValueError(f"{self.method} compares income with no allowance")
        if self.method == "contribution_table" and (self.contributions is None or self.starts is None):
            raise ValueError("a contribution table needs contributions and starts")
        for couple in (False, True):
            for children in range(MOST_CHILDREN + 1):
                self._check_type(couple, children)
        return self

    def _check_type(self, couple: bool, children: int) -> None:
        rates, edges = self.rates_of(couple, children), self.edges_of(couple, children)
        if list(rates) != sorted(rates, reverse=True):
            raise ValueError(f"rates rise with income: {rates}")
        if [edge for edge, _ in edges] != sorted({edge for edge, _ in edges}):
            raise ValueError(f"edges are not in order: {edges}")
        if len(edges) not in (len(rates), len(rates) - 1):
            raise ValueError(f"{len(rates)} rates do not fit {len(edges)} edges")

    @property
    def sides(self) -> tuple[Side, ...]:
        """For whom: with Universal Credit, without, or both."""
        one: dict[str, tuple[Side, ...]] = {
            "universal_credit": ("with_universal_credit",),
            "no_universal_credit": ("without_universal_credit",),
        }
        return one.get(self.applies_to, SIDES)

    def rates_of(self, couple: bool, children: int) -> tuple[float, ...]:
        """The shares of the bill met, band by band, for a household type."""
        if self.contributions is not None:
            return (self.max_rate,) * len(self.contributions)
        return (self.max_rate,) if self.rates is None else of_type(self.rates, couple, children)

    def edges_of(self, couple: bool, children: int) -> tuple[tuple[float, bool], ...]:
        """Where each next band begins, and whether an income of just that is still in the band before."""
        if self.starts is not None:
            return tuple((edge, False) for edge in of_type(self.starts, couple, children))
        if self.upper is not None:
            return tuple((edge, True) for edge in of_type(self.upper, couple, children))
        return ()


def of_type(table: dict[str, Any], couple: bool, children: int) -> Any:
    """The row of a table for a household type.

    Keys: S single, C couple, each with a number of children that stands for more too (S1, C2), a number alone for
    either (1, 2), and `any`. The row with the most children that the household has, before a row for either.

    >>> of_type({"S": 1, "C": 2, "1": 3}, couple=False, children=4), of_type({"S": 1, "C": 2, "C2": 5}, True, 1)
    (3, 2)
    """
    fits: list[tuple[int, bool, str]] = []
    for key in table:
        letter = key[0] if key[0] in LETTERS else ""
        number = 0 if key == "any" else int(key.removeprefix(letter) or 0)
        if number <= children and letter in ("", LETTERS[couple]):
            fits.append((number, bool(letter), key))
    if not fits:
        raise ValueError(f"no row for {LETTERS[couple]}{children}")
    return table[max(fits)[2]]


Concern = Literal["everyone", "protected", "other_adults", "savings", "universal_credit", "no_universal_credit"]


class Gap(Model):
    """Something of a scheme that was left out or taken as so, and whom it concerns."""

    told: str
    concerns: Concern = "everyone"

    @model_validator(mode="before")
    @classmethod
    def _in_short(cls, given: Any) -> Any:
        """A line alone concerns everyone; `savings: a line` those with savings."""
        if isinstance(given, str):
            return {"told": given}
        if isinstance(given, dict) and len(given) == 1:
            [(concerns, told)] = given.items()
            return {"concerns": concerns, "told": told}
        return given


class Scheme(Model):
    """A council's scheme from the 1 April that its year begins with, until a later one."""

    year: str = Field(pattern=r"^20\d\d-\d\d$")
    certainty: Literal["A", "B", "C"]
    source: Source
    incomplete: tuple[Gap, ...] = ()
    second_adult_rebate: bool = False
    branches: tuple[Branch, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _lay_under(cls, given: Any) -> Any:
        """What stands under `common` is said of every branch that does not say otherwise."""
        if isinstance(given, dict) and "common" in given:
            common = given["common"]
            branches = [
                one if one.get("method") == "national_default" else {**common, **one} for one in given["branches"]
            ]
            given = {key: value for key, value in given.items() if key != "common"} | {"branches": branches}
        return given

    @model_validator(mode="after")
    def _for_all(self) -> Scheme:
        for side in SIDES:
            last = [b for b in self.branches if side in b.sides][-1:]
            if not last or last[0].if_any_of or last[0].if_all_of or last[0].if_none_of:
                raise ValueError(f"no last branch for everyone {side.replace('_', ' ')}")
        return self

    @property
    def begins(self) -> int:
        """The first day, as a number such as 20260401."""
        return first_day(int(self.year[:4]))


class Council(Model):
    """A council: its name, its code, what a band D home is charged, and its schemes by year."""

    name: str
    gss: str = Field(pattern=r"^E0[6-9]0000\d\d$|^E0[6-9]000\d\d\d$")
    band_d: BandD
    schemes: tuple[Scheme, ...] = Field(min_length=1)

    def scheme_on(self, day: int) -> Scheme | None:
        """The scheme in force on a day such as 20260615; None before the first year that is known."""
        begun = [one for one in self.schemes if one.begins <= day]
        return max(begun, key=lambda one: one.begins, default=None)


@dataclass(frozen=True)
class SchemeNote:
    """What an answer says of the scheme it rests on."""

    name: str
    year: str
    certainty: str
    source: str
    href: str
    incomplete: tuple[Gap, ...]


def first_day(year: int) -> int:
    """1 April of a year, when a council's scheme for the year begins, as a number such as 20260401."""
    return year * 10_000 + 401


@lru_cache(maxsize=1)
def rows() -> dict[str, int]:
    """Each council with a scheme of its own and its place in the tables. Reads no file."""
    return {name: row for row, name in enumerate(sorted(path.stem for path in _folder().glob("*.yaml")))}


@lru_cache(maxsize=1)
def councils() -> dict[str, Council]:
    """Every council with a scheme, by key, in the order of `rows`. Raises ValueError with the file's name."""
    return {name: council(name) for name in rows()}


@cache
def council(name: str) -> Council:
    """The council of a key. Raises KeyError where it has no file, ValueError where the file is wrong."""
    if name not in rows():
        raise KeyError(name)
    try:
        return Council.model_validate(parameters.read(_folder() / f"{name}.yaml"))
    except ValueError as error:
        raise ValueError(f"parameters/{FOLDER}/{name}.yaml: {error}") from error


def scheme_of(local_authority: str | None, on: date | None = None) -> SchemeNote | None:
    """What is known of a council's scheme on a date (the latest if none); None where the default stands in for it."""
    if local_authority not in rows():
        return None
    found = council(str(local_authority))
    scheme = found.scheme_on(99_999_999 if on is None else on.year * 10_000 + on.month * 100 + on.day)
    if scheme is None:
        return None
    source = scheme.source
    return SchemeNote(found.name, scheme.year, scheme.certainty, source.title, source.href, scheme.incomplete)


@lru_cache(maxsize=1)
def _charges() -> dict[str, dict[str, float]]:
    """Band D charges of councils without a scheme file, and of Scotland and Wales: council, then year."""
    told: dict[str, dict[str, float]] = {}
    for path in sorted(resources.folder("parameters").joinpath(CHARGES).glob("*.yaml")):
        for name, by_year in parameters.read(path)["band_d"].items():
            told[name] = {str(year): float(amount) for year, amount in by_year.items()}
    return told


def band_d_charge(local_authority: str | None, on: date) -> float | None:
    """The area's average band D charge, pounds a year, of the latest year that has begun; the earliest before that.

    None where it is not known.
    """
    if local_authority in rows():
        return council(str(local_authority)).band_d.amount
    by_year = _charges().get(local_authority or "", {})
    if not by_year:
        return None
    day = on.year * 10_000 + on.month * 100 + on.day
    begun = [year for year in by_year if first_day(int(year[:4])) <= day]
    return by_year[max(begun) if begun else min(by_year)]


def has_band_d_charge(local_authority: str | None) -> bool:
    """Whether a band D charge is known, and so a bill can be worked out from the band."""
    return local_authority in rows() or local_authority in _charges()


def _folder() -> Path:
    return resources.folder("parameters") / FOLDER
