"""Universes of household types: what a certificate is worked out over.

A household is made from a recipe, `leeds.lone-7-3.private-high.well.care.wage-13.out`: one level of each dimension, in
the order of `DIMENSIONS`, and, in a special stratum, one thing more (`EXTRAS`). The recipe is its id, and anybody can
make the household again from it (`household`). Nothing is drawn at random.

- **wide**: every combination of levels that can be true together, and every extra on a small base;
- **standard**: the same extras, and of the combinations a regular fraction in which any two levels that can go
  together do go together (a fractional factorial: the levels' places, times a weight each, add up to a multiple of a
  prime). Couples are thinned more, for each is walked along both earners' paths and jointly.

Rents, wages and bills are plausible round numbers, not survey means: a universe asks whether a rule can bite, not how
often it does. No household here is counted as so many real ones.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

from mwp import resources
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.loading import load_household
from mwp.inputs.names import did_you_mean, listed

RECIPES = ("standard", "wide")
LIBRARY = "library"
NAMES = (*RECIPES, LIBRARY)
"""The universes that have a name; a file or a folder of household files is one too."""


@dataclass(frozen=True)
class Place:
    """Where: council (None for England's default scheme), area for the local housing allowance, one-bed rent a month.

    `bill` is council tax or rates a year where the council's own charge is not used.
    """

    words: str
    nation: str
    council: str | None
    brma: str
    rent: float
    bill: float | None = None


PLACES: dict[str, Place] = {
    "england": Place("England, default scheme", "england", None, "teesside", 450, 1500),
    "leeds": Place("Leeds", "england", "leeds", "leeds", 700),
    "bristol": Place("Bristol", "england", "bristol", "bristol", 950),
    "manchester": Place("Manchester", "england", "manchester", "central_greater_manchester", 800),
    "salford": Place("Salford", "england", "salford", "central_greater_manchester", 750),
    "wakefield": Place("Wakefield", "england", "wakefield", "wakefield", 525),
    "ipswich": Place("Ipswich", "england", "ipswich", "ipswich", 650),
    "plymouth": Place("Plymouth", "england", "plymouth", "plymouth", 575),
    "hartlepool": Place("Hartlepool", "england", "hartlepool", "teesside", 430),
    "hackney": Place("Hackney", "england", "hackney", "inner_east_london", 1400),
    "camden": Place("Camden", "england", "camden", "inner_north_london", 1500),
    "redbridge": Place("Redbridge", "england", "redbridge", "outer_north_east_london", 1150),
    "glasgow": Place("Glasgow", "scotland", "glasgow_city", "greater_glasgow", 700),
    "edinburgh": Place("Edinburgh", "scotland", "city_of_edinburgh", "lothian", 850),
    "highland": Place("Highland", "scotland", "highland", "highland_and_islands", 500),
    "cardiff": Place("Cardiff", "wales", "cardiff", "cardiff", 700),
    "swansea": Place("Swansea", "wales", "swansea", "swansea", 550),
    "gwynedd": Place("Gwynedd", "wales", "gwynedd", "north_west_wales", 450),
    "belfast": Place("Belfast", "northern_ireland", "belfast", "belfast", 600, 1050),
}


@dataclass(frozen=True)
class Family:
    """Who: the adults' ages and the children's."""

    adults: tuple[int, ...]
    children: tuple[int, ...] = ()


FAMILIES: dict[str, Family] = {
    "single-23": Family((23,)),
    "single-31": Family((31,)),
    "single-58": Family((58,)),
    "lone-0": Family((22,), (0,)),
    "lone-3": Family((27,), (3,)),
    "lone-7-3": Family((31,), (7, 3)),
    "lone-16-9": Family((42,), (16, 9)),
    "lone-8-4-1": Family((34,), (8, 4, 1)),
    "lone-13-9-5-2": Family((37,), (13, 9, 5, 2)),
    "couple-23": Family((23, 22)),
    "couple-45": Family((45, 47)),
    "couple-0": Family((24, 23), (0,)),
    "couple-7-3": Family((35, 34), (7, 3)),
    "couple-16-9": Family((43, 41), (16, 9)),
    "couple-11-8-4-1": Family((38, 36), (11, 8, 4, 1)),
}
MORE_FAMILIES: dict[str, Family] = {
    "single-19": Family((19,)),
    "lone-17": Family((45,), (17,)),
    "couple-3": Family((29, 30), (3,)),
    "couple-12-8-5-2-0": Family((37, 39), (12, 8, 5, 2, 0)),
}
"""Families of the special strata only."""

HOMES = {
    "private-low": "low private rent",
    "private-high": "high private rent",
    "social": "social rent",
    "social-spare": "social rent, a room to spare",
    "mortgage": "buying",
    "owned": "owned outright",
}
HEALTH = {
    "well": "well",
    "lcw": "limited capability for work",
    "lcwra": "LCWRA",
    "lcwra-pip": "LCWRA since before April 2026, PIP",
    "pip": "on PIP, fit for work",
    "carer": "carer",
    "disabled-child": "eldest child disabled",
    "partner-lcwra": "partner LCWRA",
}
CARE = {"no-care": "no childcare", "care": "childcare by the hour"}
PAY = {"wage-13": 12.71, "wage-16": 16.0, "wage-24": 24.0}
WORK = {"out": (0.0, 0.0), "one-and-a-half": (35.0, 16.0), "half-and-one": (20.0, 35.0)}
WORK_WORDS = {
    "out": "out of work",
    "one-and-a-half": "35 hours now, partner 16",
    "half-and-one": "20 hours now, partner 35",
}
"""Hours of each adult now: an earner's path is walked with the other's work as it is."""

DIMENSIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("place", tuple(PLACES)),
    ("family", tuple(FAMILIES)),
    ("home", tuple(HOMES)),
    ("health", tuple(HEALTH)),
    ("care", tuple(CARE)),
    ("pay", tuple(PAY)),
    ("work", tuple(WORK)),
)
_KNOWN: tuple[tuple[str, ...], ...] = tuple(
    (*levels, *MORE_FAMILIES) if name == "family" else levels for name, levels in DIMENSIONS
)
_WEIGHTS = (1, 2, 3, 5, 7, 9, 4)
_ONE_IN = {1: 13, 2: 47}
"""Of the combinations with one adult, and with two, one in so many is in the standard universe: primes."""
_CARED_FOR = 12  # years: children below it are in childcare where there is any
_COUPLES_CARE = 25  # hours a week of a couple's childcare; a lone parent's follows the hours of work

_ADULT = "adults.0."
EXTRAS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "savings-8000": ("8,000 of savings", {"savings": 8_000}),
    "savings-15900": ("15,900 of savings", {"savings": 15_900}),
    "savings-20000": ("20,000 of savings, so no Universal Credit", {"savings": 20_000}),
    "plan-2": ("a plan 2 student loan", {_ADULT + "student_loans": ["plan_2"]}),
    "two-loans": ("plan 5 and postgraduate loans", {_ADULT + "student_loans": ["plan_5", "postgraduate"]}),
    "pension": (
        "5% into a pension",
        {_ADULT + "pension": {"employee": 0.05, "employer": 0.03, "method": "relief_at_source",
                              "of": "qualifying_earnings"}},
    ),
    "sacrifice": (
        "8% into a pension by salary sacrifice",
        {_ADULT + "pension": {"employee": 0.08, "employer": 0.03, "method": "salary_sacrifice", "of": "pay"}},
    ),
    "trading": ("self-employed for two years", {_ADULT + "self_employed": True, _ADULT + "months_trading": 24}),
    "start-up": ("newly self-employed", {_ADULT + "self_employed": True, _ADULT + "months_trading": 3}),
    "jsa": ("on New-style Jobseeker’s Allowance", {_ADULT + "benefits": {"new_style_jsa": "auto"}}),
    "esa": (
        "on New-style ESA",
        {_ADULT + "health": "lcwra", _ADULT + "benefits": {"new_style_esa": "auto", "esa_support_group": True}},
    ),
    "pregnant": ("pregnant", {_ADULT + "sex": "f", _ADULT + "pregnant": True}),
    "maternity": (
        "on Maternity Allowance",
        {_ADULT + "sex": "f", _ADULT + "benefits": {"maternity_allowance": "auto"}},
    ),
    "maintenance": ("400 a month of maintenance", {"unearned_income": {"maintenance": 400, "child_maintenance": 150}}),
    "lettings": ("rent and dividends of their own", {"unearned_income": {"rental": 250, "dividends": 120}}),
    "grown-child": (
        "a grown child at home, in work",
        {"non_dependants": [{"age": 22, "hours": 30, "hourly_wage": 12.71}]},
    ),
    "bills": (
        "a water meter, broadband and a water tariff",
        {"bills": {"water_bill": 60, "water_meter": True, "water_medical_need": True, "broadband": True,
                   "tv_licence": True, "saves_a_month": 50,
                   "water_social_tariff": {"income_limit": 1_800, "on_universal_credit": True, "discount": 0.5}}},
    ),
    "long-out-of-work": ("out of work for a year", {_ADULT + "months_out_of_work": 12}),
    "fares": ("100 a month of fares", {"work_costs": {"travel": 100, "for_each_hour": 0.5}}),
    "nursery": ("a nursery bill of 700 a month", {"childcare": {"amount": 700, "children": [1]}}),
    "no-claim": ("Universal Credit not claimed", {"options": {"take_up": {"universal_credit": False}}}),
    "marriage-allowance": ("marriage allowance claimed", {"options": {"take_up": {"marriage_allowance": True}}}),
    "grace": ("in the benefit cap’s grace period", {"options": {"benefit_cap_grace_period": True}}),
    "pensioner": (
        "a partner over State Pension age",
        {"adults.1.age": 69, "unearned_income": {"state_pension": {"amount": 176.45, "per": "week"}}},
    ),
    "partner-well-paid": ("a partner on 60,000 a year", {"adults.1.hours": 37.5, "adults.1.hourly_wage": 30.77}),
    "temporary": ("in temporary accommodation", {"housing.temporary_accommodation": True}),
}  # fmt: skip
"""One thing more, on a small base: what it is, and the keys of the household file it sets."""

_BASE_PLACES = ("england", "hackney", "glasgow", "cardiff", "belfast")
_BASE_FAMILIES = ("single-23", "lone-0", "lone-16-9", "couple-45", "couple-7-3", "couple-12-8-5-2-0")
_PLAIN_FAMILIES = tuple(MORE_FAMILIES)
_NEEDS_CHILD = {"nursery", "disabled-child"}
_NEEDS_PARTNER = {"pensioner", "partner-well-paid", "marriage-allowance", "partner-lcwra"}
_NEEDS_RENT = {"temporary"}


@dataclass(frozen=True)
class Universe:
    """A named list of recipes, or of household files."""

    name: str
    ids: tuple[str, ...]

    def household(self, wanted: str) -> Household:
        """The household of an id. Raises InputError for one that is not in the universe."""
        if self.name not in RECIPES and wanted not in self.ids:
            told = f"There is no household called {wanted} in this universe.{did_you_mean(wanted, self.ids)}"
            raise InputError.of(told, field="household")
        return household_of(self.name, wanted)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every household: what its recipe makes, or its file."""
        made = sha256()
        for one in self.ids:
            if self.name in RECIPES:
                told = json.dumps(mapping(one), sort_keys=True, ensure_ascii=False).encode()
            else:
                told = _file(self.name, one).read_bytes()
            made.update(Path(one).name.encode() + b"\0" + told + b"\0")
        return made.hexdigest()


def universe(name: str) -> Universe:
    """The universe of that name, or of the household files at a path. Raises InputError."""
    if name in RECIPES:
        return Universe(name, tuple(_every(standard=name == "standard")))
    if name == LIBRARY:
        return Universe(name, tuple(resources.library("households")))
    path = Path(name)
    if not path.exists():
        raise InputError.of(
            f"There is no universe called {name}, nor a file.{did_you_mean(name, NAMES)} Give {listed(NAMES)}, a "
            "household file or a folder of them.",
            field="universe",
        )
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise InputError.of(f"There are no .yaml files in {name}.", field="universe")
    return Universe(name, tuple(str(file) for file in files))


def _file(universe_name: str, one: str) -> Path:
    return Path(str(resources.folder("households") / f"{one}.yaml")) if universe_name == LIBRARY else Path(one)


def household_of(universe_name: str, wanted: str) -> Household:
    """The household of an id: made from its recipe, or read from its file. Raises InputError."""
    if universe_name in RECIPES:
        return household(wanted)
    return load_household(wanted)


def household(recipe: str) -> Household:
    """The household that a recipe makes. Raises InputError for a recipe of something else."""
    return Household.model_validate(mapping(recipe))


def mapping(recipe: str) -> dict[str, Any]:
    """The household that a recipe makes, as the keys of a household file."""
    levels, extra = _read(recipe)
    place, family = PLACES[levels["place"]], {**FAMILIES, **MORE_FAMILIES}[levels["family"]]
    bedrooms = 1 + -(-len(family.children) // 2)
    made: dict[str, Any] = {
        "name": _name(levels, extra),
        "story": f"Universe household {recipe}",
        "nation": place.nation,
        "adults": _adults(levels, family),
        "children": [{"age": age} for age in family.children],
        "housing": _housing(levels["home"], place, bedrooms),
        "council_tax": _council_tax(levels["home"], place),
        "bills": {"broadband": levels["home"] in ("private-high", "social", "mortgage")},
    }
    if place.council:
        made["local_authority"] = place.council
    elif place.nation == "england":
        made["greater_london"] = False
    if made["housing"]["tenure"] == "private_rent":
        made["brma"] = place.brma
    if levels["health"] == "disabled-child":
        made["children"][0] |= {"disability": "lower", "dla": {"care": "middle"}}
    if levels["care"] == "care":
        young = [number for number, age in enumerate(family.children, start=1) if age < _CARED_FOR]
        made["childcare"] = {"amount": {"amount": 4.5 * len(young), "per": "hour"}, "children": young}
        if len(family.adults) > 1:
            made["childcare"]["hours"] = _COUPLES_CARE
    if extra:
        for path, value in EXTRAS[extra][1].items():
            _put(made, path, value)
    return made


def _read(recipe: str) -> tuple[dict[str, str], str | None]:
    told = recipe.split(".")
    if not len(DIMENSIONS) <= len(told) <= len(DIMENSIONS) + 1:
        raise InputError.of(
            f"{recipe} is no household of a universe. An id is made like {next(_every(standard=True))}.",
            field="household",
        )
    extra = told[-1] if len(told) > len(DIMENSIONS) else None
    for (name, _), known, level in zip(DIMENSIONS, _KNOWN, told, strict=False):
        if level not in known:
            raise InputError.of(f"There is no {name} called {level}.{did_you_mean(level, known)}", field="household")
    if extra is not None and extra not in EXTRAS:
        raise InputError.of(f"There is no extra called {extra}.{did_you_mean(extra, EXTRAS)}", field="household")
    if not _can_be(told[: len(DIMENSIONS)], extra):
        raise InputError.of(f"{recipe} puts together what cannot be true together.", field="household")
    return dict(zip((name for name, _ in DIMENSIONS), told, strict=False)), extra


def _can_be(levels: Sequence[str], extra: str | None = None) -> bool:
    """Whether the levels can be true together."""
    _, who, home, health, care, _, work = levels
    family = FAMILIES.get(who) or MORE_FAMILIES[who]
    told = {health, extra}
    return not (
        (len(family.adults) == 1 and (work != "out" or told & _NEEDS_PARTNER))
        or (not family.children and told & _NEEDS_CHILD)
        or (care == "care" and not any(age < _CARED_FOR for age in family.children))
        or (care == "care" and extra == "nursery")
        or (not home.startswith(("private", "social")) and told & _NEEDS_RENT)
    )


def _every(*, standard: bool) -> Iterator[str]:
    """Every recipe of a universe, in order."""
    places = [{level: place for place, level in enumerate(levels)} for _, levels in DIMENSIONS]
    for levels in product(*(levels for _, levels in DIMENSIONS)):
        if not _can_be(levels):
            continue
        total = sum(w * at[level] for w, at, level in zip(_WEIGHTS, places, levels, strict=True))
        if not standard or total % _ONE_IN[len(FAMILIES[levels[1]].adults)] == 0:
            yield ".".join(levels)
    for place, family, extra in product(_BASE_PLACES, _BASE_FAMILIES, EXTRAS):
        for home, pay, work in (("private-low", "wage-13", "out"), ("social", "wage-16", "one-and-a-half")):
            levels = (place, family, home, "well", "no-care", pay, work)
            if _can_be(levels, extra):
                yield ".".join((*levels, extra))
    for place, family, home, health in product(_BASE_PLACES, _PLAIN_FAMILIES, ("private-high", "social"), HEALTH):
        levels = (place, family, home, health, "no-care", "wage-13", "out")
        if _can_be(levels):
            yield ".".join(levels)


def _adults(levels: Mapping[str, str], family: Family) -> list[dict[str, Any]]:
    made = []
    for age, hours in zip(family.adults, WORK[levels["work"]], strict=False):
        made.append({"age": age, "hours": hours, "hourly_wage": PAY[levels["pay"]], "student_loans": [],
                     "prescriptions_a_month": 1})  # fmt: skip
    match levels["health"]:
        case "lcw" | "lcwra" as health:
            made[0]["health"] = health
        case "lcwra-pip":
            made[0] |= {"health": "lcwra_protected", "pip": {"daily_living": "enhanced", "mobility": "standard"}}
        case "pip":
            made[0]["pip"] = {"daily_living": "standard", "mobility": "none"}
        case "carer":
            made[0] |= {"caring_hours": 35, "cares_for": "other", "benefits": {"carers_allowance": "auto"}}
        case "partner-lcwra":
            made[1]["health"] = "lcwra"
    return made


def _housing(home: str, place: Place, bedrooms: int) -> dict[str, Any]:
    size = 1 + 0.2 * (bedrooms - 1)
    match home:
        case "private-low":
            return {"tenure": "private_rent", "rent": round(0.8 * size * place.rent)}
        case "private-high":
            return {"tenure": "private_rent", "rent": round(1.3 * size * place.rent)}
        case "social" | "social-spare":
            spare = {"bedrooms": bedrooms + 1} if home == "social-spare" else {}
            return {"tenure": "social_rent", "rent": round(380 + 0.1 * place.rent + 45 * (bedrooms - 1))} | spare
    return {"tenure": home}


def _council_tax(home: str, place: Place) -> dict[str, Any]:
    band = "A" if home.startswith("social") else "B" if home.startswith("private") else "D"
    if place.bill is None:
        return {"band": band, "amount": "auto"}
    bill = {"amount": place.bill * {"A": 6, "B": 7, "D": 9}[band] / 9, "per": "year"}
    return {"amount": bill} if place.nation == "northern_ireland" else {"band": band, "amount": bill}


def _put(made: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    at: Any = made
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[last] = {**at[last], **value} if isinstance(at.get(last), dict) and isinstance(value, dict) else value


def _name(levels: Mapping[str, str], extra: str | None) -> str:
    family = {**FAMILIES, **MORE_FAMILIES}[levels["family"]]
    shape = {1: "lone parent" if family.children else "single", 2: "couple"}[len(family.adults)]
    ages = " and ".join(map(str, family.adults))
    young = f", children of {', '.join(map(str, family.children))}" if family.children else ""
    told = [
        f"{PLACES[levels['place']].words}: {shape} of {ages}{young}",
        HOMES[levels["home"]],
        *([HEALTH[levels["health"]]] if levels["health"] != "well" else []),
        *([CARE["care"]] if levels["care"] == "care" else []),
        f"£{PAY[levels['pay']]:.2f} an hour",
        WORK_WORDS[levels["work"]],
        *([EXTRAS[extra][0]] if extra else []),
    ]
    return "; ".join(told)
