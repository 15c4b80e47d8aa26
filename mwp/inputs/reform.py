"""The reform file: what would change in the law, from which date, who proposes it; and a guarantee, where it has one.

The formulas of a guarantee are in docs/guarantee.md and `mwp.analysis.guarantee`; here stands only what a file may say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, field_validator, model_validator

from mwp.core import parameters
from mwp.core.parameters import Leaf
from mwp.errors import InputError
from mwp.inputs import documents, messages, places
from mwp.inputs.dates import iso_date
from mwp.inputs.fields import LIST, Faults, Model, in_words
from mwp.inputs.household import Nation
from mwp.inputs.names import did_you_mean

Design = Literal["G2", "G3", "G4", "G5", "G6", "G7"]
GuaranteedMeasure = Literal[
    "net_income", "net_resources", "net_resources_after_childcare", "net_after_work_costs", "cash_after_work_costs"
]
DEFAULT_MEASURE: GuaranteedMeasure = "net_resources_after_childcare"


def _day(given: Any) -> str:
    if isinstance(given, date):
        return given.isoformat()
    try:
        return iso_date(str(given)).isoformat()
    except ValueError as error:
        raise in_words(str(error)) from None


def _known(path: str) -> str:
    known = parameter_paths()
    if path not in known:
        raise in_words(f"no parameter is called {path}.{did_you_mean(path, known)}")
    return path


class Source(Model):
    """Who proposed it, and where."""

    title: str = Field(min_length=1, description="the document or the proposer")
    href: str | None = Field(default=None, description="its address")


class Scope(Model):
    """Where a guarantee is paid, and to whom; whatever is left out is no limit."""

    nations: Annotated[tuple[Nation, ...], LIST] = Field(default=(), description="the nations it is paid in")
    pilot_areas: Annotated[tuple[str, ...], LIST] = Field(
        default=(), description="the local authorities of a pilot, as local_authority in household files"
    )
    nes_participants: bool = Field(default=False, description="whether it is for NES participants only")

    @model_validator(mode="after")
    def _check(self) -> Scope:
        faults = Faults()
        for slot, area in enumerate(self.pilot_areas):
            if not places.authority(area):
                told = f"no local authority is called {area}.{did_you_mean(area, places.authorities())}"
                faults.add(("pilot_areas", slot), told)
        faults.raise_any()
        return self


class Gate(Model):
    """What opens a guarantee: a Universal Credit award, or an NES placement; either is enough."""

    universal_credit: Literal["last_six_periods", "this_month", "not_needed"] = Field(
        default="last_six_periods",
        description="a positive award in any of the last six assessment periods, in this one, or none at all",
    )
    nes_placement: bool = Field(default=True, description="whether an NES placement opens it too")


_NEEDS: dict[str, tuple[str, ...]] = {
    "G2": ("kept",),
    "G3": (),
    "G4": ("most_lost",),
    "G5": ("taper",),
    "G6": (),
    "G7": ("full_months", "last_month"),
}
_MAY: dict[str, tuple[str, ...]] = {
    "G2": ("most", "hours"),
    "G3": ("keeps_passports",),
    "G4": ("keeps_passports",),
    "G5": ("passports",),
    "G6": ("passports",),
    "G7": ("passports",),
}


class Guarantee(Model):
    """A make-work-pay guarantee: one of the designs of docs/guarantee.md and its numbers."""

    design: Design = Field(description="which of the designs G2 to G7 of docs/guarantee.md")
    measure: GuaranteedMeasure = Field(default=DEFAULT_MEASURE, description="the measure that is guaranteed")
    most_lost: float | None = Field(
        default=None, gt=0, le=1, description="G4: the most that may be lost of an extra pound, as 0.75"
    )
    kept: float | None = Field(
        default=None, gt=0, le=1, description="G2: the share of the whole pay by which work leaves more than no work"
    )
    most: float | None = Field(default=None, gt=0, description="G2: but no more than this many pounds a month")
    hours: float = Field(default=0, ge=0, le=112, description="G2: only from this many hours of work a week")
    taper: float | None = Field(
        default=None, gt=0, le=1, description="G5: how fast each passport is taken away, pounds a pound of earnings"
    )
    full_months: int | None = Field(default=None, ge=0, le=120, description="G7: months in which passports stay whole")
    last_month: int | None = Field(default=None, ge=0, le=120, description="G7: the month by which they are gone")
    passports: Annotated[tuple[str, ...], LIST] = Field(
        default=(), description="G5, G6, G7: which passports, as free_school_meals; all of them where left out"
    )
    keeps_passports: bool = Field(
        default=False, description="whether who has the top-up keeps passports, or passports disregard it"
    )
    gate: Gate = Field(default=Gate(), description="what opens it")

    @model_validator(mode="after")
    def _check(self) -> Guarantee:
        faults = Faults()
        needs, may = _NEEDS[self.design], _MAY[self.design]
        for name in needs:
            if getattr(self, name) is None:
                faults.add(name, f"Design {self.design} needs {name}: {_meaning(name)}.")
        for name in {n for names in (*_NEEDS.values(), *_MAY.values()) for n in names} & self.model_fields_set:
            if name not in (*needs, *may):
                faults.add(name, f"Design {self.design} has no {name}. Leave it out.")
        if self.full_months is not None and self.last_month is not None and self.last_month < self.full_months:
            faults.add("last_month", f"{self.last_month} is before full_months, {self.full_months}.")
        faults.raise_any()
        return self


def _meaning(name: str) -> str:
    return str(Guarantee.model_fields[name].description).partition(": ")[2]


class Reform(Model):
    """A change of the law's numbers from a date on, a guarantee, or both."""

    name: str = Field(default="", max_length=200, description="a short name; the file's name where left out")
    title: str = Field(min_length=1, max_length=200, description="the reform in a few words")
    summary: str = Field(min_length=1, description="what changes, for whom, in a sentence or two")
    source: Source = Field(description="who proposed it, and where")
    status: Literal["law", "proposed", "this project's proposal"] = Field(description="where it stands")
    legal_route: str = Field(default="", description="what legislation it would take")
    parameters: dict[Annotated[str, AfterValidator(_known)], dict[Annotated[str, BeforeValidator(_day)], float]] = (
        Field(default={}, description="each parameter's new value from a date, as universal_credit.taper_rate")
    )
    guarantee: Guarantee | None = Field(default=None, description="a make-work-pay guarantee (docs/guarantee.md)")
    scope: Scope = Field(default=Scope(), description="where the guarantee is paid, and to whom")

    @field_validator("parameters")
    @classmethod
    def _values(cls, told: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        faults = Faults()
        for path, values in told.items():
            if not values:
                faults.add((path,), "Give a value from a date, as in {2026-04-06: 0.50}.")
            for day, value in values.items():
                if fault := value_fault(known_parameters()[path], value):
                    faults.add((path, day), fault)
        faults.raise_any()
        return told

    @model_validator(mode="after")
    def _check(self) -> Reform:
        faults = Faults()
        if not self.parameters and self.guarantee is None:
            faults.add("parameters", "A reform changes parameters, has a guarantee, or both. This has neither.")
        if self.scope != Scope() and self.guarantee is None:
            faults.add("scope", "scope limits a guarantee, and there is none: parameters change wherever they apply.")
        faults.raise_any()
        return self


def load_reform(given: str | Path | Mapping[str, Any] | Reform) -> Reform:
    """A reform from a file, a library name or a mapping. Raises InputError, with file and line.

    Its name is the one it gives itself, else that of its file, else its title.
    """
    if isinstance(given, Reform):
        return given if given.name else given.model_copy(update={"name": given.title})
    return reform_of(documents.read(given, library="reforms", thing="reform"))


def reform_of(document: documents.Document) -> Reform:
    """A reform from a document that has been read. Raises InputError, with file and line."""
    if not isinstance(document.data, dict):
        raise InputError([document.problem((), "A reform file is made of keys, as in `title: ...`. This has none.")])
    try:
        reform = Reform.model_validate(document.data)
    except ValidationError as error:
        raise messages.input_error(error, Reform, document) from None
    file = Path(document.source).stem if document.source else ""
    return reform if reform.name else reform.model_copy(update={"name": file or reform.title})


@lru_cache(maxsize=1)
def known_parameters() -> Mapping[str, Leaf]:
    """Every parameter that has a value, by its path."""
    return {leaf.path: leaf for leaf in parameters.leaves()}


@lru_cache(maxsize=1)
def parameter_paths() -> frozenset[str]:
    """The path of every parameter that has a value, as universal_credit.taper_rate."""
    return frozenset(known_parameters())


_HOURS_A_WEEK = 168
_WEEKS_A_YEAR = 53


def value_fault(leaf: Leaf, value: float) -> str | None:
    """What is wrong with a value of that parameter by what it counts; None where it will do."""
    unit, period = str(leaf.about["unit"]), str(leaf.about.get("period", "none"))
    shown = f"{value:,.15g}"
    if unit == "/1" and not 0 <= value <= 1:
        meant = f" Is {value / 100:.15g} meant?" if 1 < value <= 100 else ""
        return f"{shown} is not a share. A share lies between 0 and 1, as 0.55.{meant}"
    if unit == "bool" and value not in (0, 1):
        return f"{shown} is neither on nor off. Give 1 for on, or 0 for off."
    if value < 0:
        return f"{shown} is below 0. Give 0 or more."
    if unit in ("date", "day of the year") and not _is_day(value):
        return f"{shown} is no day. Write it as the law's numbers do: 20260901, or 901 for 1 September of every year."
    if unit == "hours" and period == "week" and value > _HOURS_A_WEEK:
        return f"{shown} hours is more than a week has. Give up to {_HOURS_A_WEEK}."
    if unit == "weeks" and period == "year" and value > _WEEKS_A_YEAR:
        return f"{shown} weeks is more than a year has. Give up to {_WEEKS_A_YEAR}."
    return None


def _is_day(value: float) -> bool:
    """Whether a number is a day as 20260901, or a day of every year as 901."""
    if value != int(value):
        return False
    year, month_day = divmod(int(value), 10_000)
    try:
        date(year or 2024, *divmod(month_day, 100))
    except ValueError:
        return False
    return year == 0 or year >= 1900
