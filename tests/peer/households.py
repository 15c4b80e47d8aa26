"""Random households in the household file's format, wide rather than typical: every rule that is compared is met often.

The same seed gives the same households, so a figure in docs/validation.md can be looked up again.
"""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from mwp.inputs import places

SEED = 20260406
HOW_MANY = 3_000
YEARS = (2024, 2025, 2026)
"""Tax years, each by the calendar year it begins in."""

Mapping = dict[str, Any]

NATIONS = {"england": 66, "scotland": 14, "wales": 11, "northern_ireland": 9}
TENURES = {"private_rent": 42, "social_rent": 33, "owned": 8, "mortgage": 13, "rent_free": 4}
HEALTH = {"none": 82, "lcw": 4, "lcwra": 6, "lcwra_protected": 8}
CHILDREN = {0: 34, 1: 22, 2: 22, 3: 14, 4: 8}
LOANS = ("plan_1", "plan_2", "plan_4", "plan_5", "postgraduate")
SIXTEEN = 16


@dataclass(frozen=True)
class Drawn:
    """A household, and the tax year whose law is asked about."""

    year: int
    household: Mapping


def on(year: int) -> date:
    """The day asked about: the middle of the tax year, which the other model takes ages at."""
    return date(year, 10, 6)


def households(how_many: int = HOW_MANY, seed: int = SEED) -> list[Drawn]:
    """So many households, the years taken in turn."""
    random = Random(seed)
    return [_household(random, number, YEARS[number % len(YEARS)]) for number in range(how_many)]


def _household(random: Random, number: int, year: int) -> Drawn:
    nation = _one_of(random, NATIONS)
    ages = _adult_ages(random)
    children = _children(random, max(ages), year)
    adults = [_adult(random, age, len(ages) > 1, children) for age in ages]
    home: Mapping = {
        "name": f"Random household {number}",
        "nation": nation,
        "adults": adults,
        "children": children,
        "non_dependants": [_non_dependant(random) for _ in range(_one_of(random, {0: 84, 1: 12, 2: 4}))],
        "savings": _savings(random),
        "options": {"take_up": {"child_benefit": not _by_chance(random, 0.04), "tax_free_childcare": False}},
    }
    if nation == "england":
        home["greater_london"] = _by_chance(random, 0.25)
    if _by_chance(random, 0.12):
        home["options"]["benefit_cap_grace_period"] = True
    _add_housing(random, home)
    _add_childcare(random, home, year)
    if _by_chance(random, 0.7 if _is_paid_to_care(adults[0]) else 0.25):
        home["unearned_income"] = _unearned_income(random, adults[0])
    if _lives_on_pay_alone(home) and _by_chance(random, 0.35):
        home["options"]["take_up"]["marriage_allowance"] = True
    return Drawn(year, home)


def _is_paid_to_care(adult: Mapping) -> bool:
    return "carers_allowance" in adult.get("benefits", {})


def _lives_on_pay_alone(home: Mapping) -> bool:
    """A couple with pay and nothing else that bears on tax: see `differences.marriage_allowance`."""
    adults = home["adults"]
    plain = not any(
        "benefits" in adult or "blind" in adult or adult.get("pension", {}).get("method") == "relief_at_source"
        for adult in adults
    )
    return len(adults) > 1 and "unearned_income" not in home and plain


def _adult_ages(random: Random) -> list[int]:
    first = random.randint(18, 64)
    if _by_chance(random, 0.5):
        return [first]
    return [first, min(max(first + random.randint(-10, 10), 18), 64)]


def _children(random: Random, eldest: int, year: int) -> list[Mapping]:
    oldest = min(eldest - SIXTEEN, 18)
    if oldest < 0:
        return []
    sexes_told = _by_chance(random, 0.85)
    return [_child(random, oldest, year, sexes_told) for _ in range(_one_of(random, CHILDREN))]


def _child(random: Random, oldest: int, year: int, sex_told: bool) -> Mapping:
    age = random.randint(0, oldest if _by_chance(random, 0.15) else min(oldest, 15))
    child: Mapping = {"disability": _one_of(random, {"none": 86, "lower": 8, "higher": 6})}
    if _by_chance(random, 0.5):
        child["age"] = age
    else:
        last_birthday = date(year, 10, 6).toordinal() - random.randint(1, 360)
        day = date.fromordinal(last_birthday)
        child["born"] = date(day.year - age, day.month, min(day.day, 28)).isoformat()
    if sex_told:
        child["sex"] = random.choice(("f", "m"))
    if _by_chance(random, 0.06):
        child["two_child_limit_exception"] = True
    return child


def _adult(random: Random, age: int, in_couple: bool, children: list[Mapping]) -> Mapping:
    adult: Mapping = {"age": age, "health": _one_of(random, HEALTH)}
    _add_work(random, adult)
    if _by_chance(random, 0.09):
        adult["pip"] = {
            "daily_living": random.choice(("none", "standard", "enhanced")),
            "mobility": random.choice(("none", "standard", "enhanced")),
        }
    if _by_chance(random, 0.02):
        adult["blind"] = True
    if _by_chance(random, 0.15):
        whom = ["other"] + ["partner"] * in_couple + ["child"] * bool(children)
        adult["caring_hours"] = random.choice((10, 34.5, 35, 40, 60))
        adult["cares_for"] = random.choice(whom)
    _add_benefits(random, adult)
    if _by_chance(random, 0.2):
        adult["student_loans"] = [random.choice(LOANS)]
    return adult


def _add_work(random: Random, adult: Mapping) -> None:
    if _by_chance(random, 0.36):
        return
    adult["hours"] = random.choice((4, 8, 12, 16, 20, 24, 30, 35, 37.5, 40, 48))
    if _by_chance(random, 0.14):
        adult |= {
            "self_employed": True,
            "months_trading": random.choice((0, 3, 11, 12, 13, 60)),
            "earnings": _pence(random.choice((random.uniform(100, 2_500), random.uniform(1_000, 9_000)))),
        }
        if _by_chance(random, 0.2):
            adult["hours_expected"] = random.choice((16, 25, 30))
        if _by_chance(random, 0.2):
            adult["pension"] = _pension(random, "relief_at_source", "pay")
        return
    if _by_chance(random, 0.1):
        adult["earnings"] = {"amount": round(random.uniform(45_000, 180_000)), "per": "year"}
    elif _by_chance(random, 0.2):
        adult["earnings"] = _pence(random.uniform(60, 5_000))
    else:
        adult["hourly_wage"] = _pence(random.choice((random.uniform(10.0, 14.0), random.uniform(12.0, 35.0))))
    if _by_chance(random, 0.45):
        method = random.choice(("net_pay", "net_pay", "salary_sacrifice", "relief_at_source"))
        adult["pension"] = _pension(random, method, random.choice(("pay", "qualifying_earnings")))


def _pension(random: Random, method: str, of: str) -> Mapping:
    return {"employee": random.choice((0.03, 0.05, 0.08, 0.1)), "method": method, "of": of}


def _add_benefits(random: Random, adult: Mapping) -> None:
    benefits: Mapping = {}
    if adult.get("caring_hours", 0) >= 35 and _by_chance(random, 0.5):
        benefits["carers_allowance"] = "auto"
    if adult.get("hours"):  # what work leaves of New-style benefits only mwp works out
        pass
    elif adult["health"] == "none" and _by_chance(random, 0.06):
        benefits["new_style_jsa"] = {"amount": 92.05, "per": "week"}
    elif adult["health"] != "none" and _by_chance(random, 0.3):
        benefits["new_style_esa"] = {"amount": 140.55, "per": "week"}
        benefits["esa_support_group"] = adult["health"] != "lcw"
    if benefits:
        adult["benefits"] = benefits


def _non_dependant(random: Random) -> Mapping:
    other: Mapping = {"age": random.randint(18, 60)}
    if _by_chance(random, 0.5):
        other |= {"hours": 30, "hourly_wage": _pence(random.uniform(11.5, 20))}
    if _by_chance(random, 0.15):
        other["pip"] = {"daily_living": "standard", "mobility": "none"}
    elif "hours" not in other and _by_chance(random, 0.2):
        other |= {"caring_hours": 35, "cares_for": "other"}
        if _by_chance(random, 0.6):
            other["benefits"] = {"carers_allowance": "auto"}
    elif _by_chance(random, 0.05):
        other["blind"] = True
    return other


def _savings(random: Random) -> float:
    kind = _one_of(random, {"little": 76, "some": 19, "much": 5})
    low, high = {"little": (0, 6_000), "some": (6_000, 16_000), "much": (16_000.01, 60_000)}[kind]
    return random.choice((low, high)) if _by_chance(random, 0.1) else _pence(random.uniform(low, high))


def _unearned_income(random: Random, first: Mapping) -> Mapping:
    """Income other than pay.

    Two kinds of people have no savings income, so that `differences` can work out their tax: carers, and who pays into
    a pension with relief at source.
    """
    ranges = {
        "maintenance": (20, 400),
        "child_maintenance": (20, 400),
        "rental": (100, 900),
        "dividends": (10, 600),
        "interest": (1, 300),
        "occupational_pension": (50, 1_500),
    }
    if first.get("pension", {}).get("method") == "relief_at_source":
        ranges = {kind: span for kind, span in ranges.items() if kind not in ("dividends", "interest")}
    kinds = random.sample(sorted(ranges), random.choice((1, 1, 2)))
    if _is_paid_to_care(first):  # enough for Carer's Allowance to be taxed
        ranges["occupational_pension"] = (500, 2_500)
        kinds = ["occupational_pension"]
    return {kind: _pence(random.uniform(*ranges[kind])) for kind in kinds}


def _add_housing(random: Random, home: Mapping) -> None:
    tenure = _one_of(random, TENURES)
    housing: Mapping = {"tenure": tenure}
    home["housing"] = housing
    if tenure == "private_rent":
        if _by_chance(random, 0.25):
            home["lha"] = _pence(random.uniform(350, 1_600))
        else:
            home["brma"] = random.choice(sorted(places.brmas(home["nation"])))
        housing["rent"] = _rent(random, 300, 1_900)
    elif tenure == "social_rent":
        housing["rent"] = _rent(random, 250, 1_000)
        if _by_chance(random, 0.45):
            housing["bedrooms"] = random.randint(1, 5)
        if _by_chance(random, 0.05):
            housing["under_occupancy_exempt"] = True
        if _by_chance(random, 0.05):
            housing["extra_bedrooms"] = 1
    if tenure in ("private_rent", "social_rent") and _by_chance(random, 0.15):
        housing["service_charges"] = _pence(random.uniform(5, 80))


def _rent(random: Random, low: float, high: float) -> Any:
    a_month = random.uniform(low, high)
    if _by_chance(random, 0.3):
        return {"amount": _pence(a_month * 12 / 52), "per": "week"}
    return _pence(a_month)


def _add_childcare(random: Random, home: Mapping, year: int) -> None:
    if any(_is_paid_to_care(adult) and adult.get("hours") for adult in home["adults"]):
        return  # only mwp takes what a carer pays for care off earnings (SI 1996/2745 Sch 3)
    young = [place for place, child in enumerate(home["children"], start=1) if age_of(child, year) < SIXTEEN]
    if young and _by_chance(random, 0.4):
        minded = sorted(random.sample(young, random.randint(1, len(young))))
        home["childcare"] = {
            "amount": _pence(random.choice((random.uniform(40, 900), random.uniform(700, 1_800))) * len(minded)),
            "children": minded,
        }


def age_of(child: Mapping, year: int) -> int:
    """A child's age on the day asked about."""
    if "age" in child:
        return int(child["age"])
    born, day = date.fromisoformat(child["born"]), on(year)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _one_of(random: Random, weights: dict[Any, int]) -> Any:
    return random.choices(list(weights), list(weights.values()))[0]


def _by_chance(random: Random, probability: float) -> bool:
    return random.random() < probability


def _pence(pounds: float) -> float:
    return round(pounds, 2)
