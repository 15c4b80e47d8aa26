"""What policyengine-uk says of a batch of households.

Run in a process of its own, for mwp imports policyengine-core with stand-ins for libraries that policyengine-uk needs.
This file is both sides: `answers` starts it, hands the households over on standard input and reads what comes back on
standard output; run as a script it makes one simulation a tax year of them all. Nothing of mwp is imported here, so
that the other side can run where mwp is not installed.

policyengine-uk counts in years: what goes in is twelve times a month's amount, what comes back is divided by twelve.
Its year 2026 is the tax year 2026-27 with the rates of 30 April 2026 throughout, and ages as on 6 October 2026.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Json = dict[str, Any]

PYTHON = "MWP_PEER_PYTHON"
HELP = (
    "{python} could not run policyengine-uk, which the results are compared with. `make test` installs it (the extra "
    "`peer`). Or name a Python that has it in MWP_PEER_PYTHON, or leave the comparison out with MWP_NO_PEER=1."
)
MONTHS_A_YEAR = 12

CLASS_1 = "gov.hmrc.national_insurance.class_1.employee_scale"
MONTHLY_LIMITS = {1: 1_048, 2: 4_189}
"""National Insurance thresholds of someone paid by the month: bracket of policyengine-uk's scale, pounds a month.

The primary threshold and the upper earnings limit (SI 2001/1004 regs 10 and 11). policyengine-uk has a 52nd of the
year's figures and multiplies by 52/12, so they are put in place of its own.
"""
BLIND_PERSONS_ALLOWANCE = {2024: 3_070, 2025: 3_130, 2026: 3_250}
"""Pounds a year by tax year (Income Tax Act 2007 s.38). policyengine-uk takes it as given and works out none."""
QUALIFYING_EARNINGS = (520.0, 4_189.0)
"""The band for pension contributions of someone paid by the month (Pensions Act 2008 s.13 and its yearly orders)."""

OF_UNIT = {
    "standard_allowance": ("uc_standard_allowance",),
    "child_element": ("uc_child_element",),
    "disabled_child_element": (
        "uc_individual_disabled_child_element",
        "uc_individual_severely_disabled_child_element",
    ),
    "health_element": ("uc_LCWRA_element",),
    "carer_element": ("uc_carer_element",),
    "housing_element": ("uc_housing_costs_element",),
    "childcare_element": ("uc_childcare_element",),
    "earned_income": ("uc_earned_income_before_work_allowance",),
    "work_allowance": ("uc_work_allowance",),
    "unearned_income": ("uc_unearned_income",),
    "award_before_cap": ("universal_credit_pre_benefit_cap",),
    "benefit_cap": ("uc_benefit_cap_reduction_after_floor",),
    "universal_credit": ("universal_credit",),
    "child_benefit": ("child_benefit",),
    "rent": ("benunit_rent",),
    "rent_up_to_allowance": ("uc_LHA_cap",),
    "contributions_of_others": ("uc_non_dep_deductions",),
    "benefit_cap_limit": ("uc_benefit_cap",),
}
"""What is asked of the claimant's benefit unit: our name for it, and the variables that make it up."""

OF_ADULT = {
    "income_tax": ("income_tax",),
    "child_benefit_charge": ("CB_HITC",),
    "national_insurance": ("national_insurance",),
    "net_earnings": ("uc_individual_earned_income_before_mif",),
    "earned_income": ("uc_individual_earned_income",),
    "individual_threshold": ("uc_minimum_income_floor",),
    "floor_applies": ("uc_mif_applies",),
    "carers_allowance": ("carers_allowance", "carer_support_payment"),
    "adjusted_net_income": ("adjusted_net_income",),
    "marriage_allowance": ("marriage_allowance",),
}
"""What is asked of each adult of it."""


class PeerIsMissing(Exception):
    """policyengine-uk could not be run."""


@dataclass(frozen=True)
class Answer:
    """One household's amounts, pounds a month: of the benefit unit, and of each of its adults."""

    unit: Mapping[str, float]
    adults: tuple[Mapping[str, float], ...]


@dataclass(frozen=True)
class Answers:
    """What came back: an answer for each household, in order, and figures of policyengine-uk's own."""

    version: str
    of_households: tuple[Answer, ...]
    own_limits: Mapping[str, float]
    """The thresholds that were replaced, as policyengine-uk has them, pounds a week: by bracket."""
    housing_allowance: Mapping[str, Mapping[str, tuple[float, ...]]]
    """Local housing allowance a month by year, area, and size of home from shared to four bedrooms."""


def answers(households: Iterable[tuple[int, Mapping[str, Any]]]) -> Answers:
    """policyengine-uk's amounts for households, each with the tax year it is asked about. Raises PeerIsMissing."""
    python = os.environ.get(PYTHON) or sys.executable
    told = json.dumps({"households": [{"year": year, "household": home} for year, home in households]})
    ran = subprocess.run([python, "-P", __file__], input=told, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise PeerIsMissing(f"{HELP.format(python=python)}\n\n{ran.stderr[-4_000:]}")
    found = json.loads(ran.stdout)
    return Answers(
        version=found["version"],
        of_households=tuple(Answer(one["unit"], tuple(one["adults"])) for one in found["answers"]),
        own_limits=found["own_limits"],
        housing_allowance=found["housing_allowance"],
    )


# From here on, the other side.


def main() -> None:
    """Households on standard input, answers on standard output."""
    batch = json.load(sys.stdin)["households"]
    answer = _answers(batch)
    json.dump(answer, sys.stdout)


def _answers(batch: list[Json]) -> Json:
    told_apart, sys.stdout = sys.stdout, sys.stderr  # what libraries print is no part of the answer
    from importlib.metadata import version

    found: list[Json | None] = [None] * len(batch)
    own_limits: dict[str, float] = {}
    allowance: dict[str, Json] = {}
    for year in sorted({one["year"] for one in batch}):
        places = [place for place, one in enumerate(batch) if one["year"] == year]
        situation, adults = _situation([batch[place]["household"] for place in places], year)
        simulation = _simulation(situation, year, own_limits)
        for place, answer in zip(places, _amounts(simulation, year, adults), strict=True):
            found[place] = answer
        allowance[str(year)] = _housing_allowance(simulation, year)
    sys.stdout = told_apart
    return {
        "version": version("policyengine-uk"),
        "answers": found,
        "own_limits": own_limits,
        "housing_allowance": allowance,
    }


def _simulation(situation: Json, year: int, own_limits: dict[str, float]) -> Any:
    from policyengine_uk import Simulation

    simulation = Simulation(situation=situation)
    system = simulation.tax_benefit_system
    scale = system.parameters.get_child(CLASS_1)
    for bracket, a_month in MONTHLY_LIMITS.items():
        threshold = scale.brackets[bracket].threshold
        own_limits.setdefault(str(bracket), threshold(f"{year}-04-30"))
        threshold.update(start=f"{year}-01-01", value=a_month * MONTHS_A_YEAR / 52)
    system.parameters.clear_parent_cache()
    system.reset_parameter_caches()
    return simulation


def _amounts(simulation: Any, year: int, adults: list[list[int]]) -> list[Json]:
    """The amounts of each household; `adults` are the places of its adults among all people."""
    of_unit = {name: _of_benefit_units(simulation, year, variables) for name, variables in OF_UNIT.items()}
    of_adult = {
        name: sum(simulation.calculate(variable, year) for variable in variables)
        for name, variables in OF_ADULT.items()
    }
    unit_of_person = simulation.populations["benunit"].members_entity_id
    answers = []
    for people in adults:
        unit = unit_of_person[people[0]]
        answers.append(
            {
                "unit": {name: float(values[unit]) / MONTHS_A_YEAR for name, values in of_unit.items()},
                "adults": [
                    {name: float(values[person]) / MONTHS_A_YEAR for name, values in of_adult.items()}
                    for person in people
                ],
            }
        )
    return answers


def _of_benefit_units(simulation: Any, year: int, variables: tuple[str, ...]) -> Any:
    units = simulation.populations["benunit"]
    total = 0.0
    for variable in variables:
        values = simulation.calculate(variable, year)
        of_people = simulation.tax_benefit_system.variables[variable].entity.key == "person"
        total = total + (units.sum(values) if of_people else values)
    return total


def _housing_allowance(simulation: Any, year: int) -> Json:
    from policyengine_uk.utils.lha import lha_rates

    table = lha_rates(simulation.tax_benefit_system.parameters, year, universal_credit=True)
    return {
        _our_area(brma): [float(rate) for rate in rates]
        for brma, rates in zip(table["brmas"], table["rate"], strict=True)
    }


# Households into a situation of policyengine-uk


def _situation(homes: list[Json], year: int) -> tuple[Json, list[list[int]]]:
    """All the households as one situation, and the places of each one's adults among all people."""
    people: Json = {}
    units: Json = {}
    households: Json = {}
    adults: list[list[int]] = []
    for number, home in enumerate(homes):
        family = [_adult(adult, home, slot, year) for slot, adult in enumerate(home["adults"])]
        adults.append(list(range(len(people), len(people) + len(family))))
        family += [_child(child, home, place, year) for place, child in enumerate(home["children"], start=1)]
        others = [_non_dependant(other, year) for other in home["non_dependants"]]
        names = [f"{number}-{place}" for place in range(len(family) + len(others))]
        people |= dict(zip(names, family + others, strict=True))
        units[f"{number}"] = {"members": names[: len(family)]} | _unit(home)
        for name in names[len(family) :]:
            units[name] = {"members": [name]} | _unit_of_other()
        households[f"{number}"] = {"members": names} | _home(home)
    return {
        "people": {name: _in_year(facts, year) for name, facts in people.items()},
        "benunits": {name: _in_year(facts, year) for name, facts in units.items()},
        "households": {name: _in_year(facts, year) for name, facts in households.items()},
    }, adults


def _in_year(facts: Json, year: int) -> Json:
    return {name: value if name == "members" else {str(year): value} for name, value in facts.items()}


def _adult(adult: Json, home: Json, slot: int, year: int) -> Json:
    facts = _grown_up(adult, year) | {
        "is_claimant_or_partner": True,
        "is_household_head": slot == 0,
        "is_benunit_head": slot == 0,
    }
    if slot == 0:  # by convention, as in the household file
        told = {name: a_year(amount) for name, amount in home.get("unearned_income", {}).items()}
        facts |= {
            "spousal_maintenance_income": told.get("maintenance", 0.0),
            "property_income": told.get("rental", 0.0),
            "dividend_income": told.get("dividends", 0.0),
            "savings_interest_income": told.get("interest", 0.0),
            "private_pension_income": told.get("occupational_pension", 0.0),
        }
    trading = [bool(other.get("self_employed")) for other in home["adults"]]
    claims = home["options"]["take_up"].get("marriage_allowance", False)
    # Whoever does not trade looks after a young child, as in mwp; of two who trade, neither.
    looks_after = bool(home["children"]) and (
        len(trading) == 1 or (not trading[slot] and (trading[1 - slot] or slot == 0))
    )
    return facts | {"uc_is_responsible_carer": looks_after, "would_claim_marriage_allowance": claims}


def _non_dependant(other: Json, year: int) -> Json:
    return _grown_up(other, year) | {
        "is_claimant_or_partner": True,
        "is_household_head": False,
        "is_benunit_head": True,
        "uc_is_responsible_carer": False,
    }


def _grown_up(adult: Json, year: int) -> Json:
    pip = adult.get("pip", {})
    health = adult.get("health", "none")
    benefits = adult.get("benefits", {})
    loans = adult.get("student_loans", [])
    return {
        "age": adult["age"],
        "hours_worked": adult.get("hours", 0) * 52,
        "uc_is_in_startup_period": adult.get("months_trading", 0) < 12,
        "uc_expected_hours": adult.get("hours_expected", 35),
        "student_loan_plan": loans[0].upper() if loans else "NONE",
        "uc_limited_capability_for_work": health != "none",
        "uc_limited_capability_for_WRA": health.startswith("lcwra"),
        "pip_dl_category": pip.get("daily_living", "none").upper(),
        "pip_m_category": pip.get("mobility", "none").upper(),
        "is_blind": adult.get("blind", False),
        "blind_persons_allowance": BLIND_PERSONS_ALLOWANCE[year] if adult.get("blind") else 0,
        "care_hours": adult.get("caring_hours", 0) if adult.get("cares_for") else 0,
        "would_claim_carers_allowance": benefits.get("carers_allowance") == "auto",
        "jsa_contrib_reported": a_year(benefits.get("new_style_jsa", 0)),
        "esa_contrib_reported": a_year(benefits.get("new_style_esa", 0)),
        "esa_includes_support_component": benefits.get("esa_support_group", False),
        "is_in_non_advanced_education": False,
        "would_claim_marriage_allowance": False,
    } | pay_of(adult)


def pay_of(adult: Json) -> Json:
    """Pay as policyengine-uk has it: what is sacrificed is not in it, what is contributed from it is."""
    gross = (
        a_year(adult["earnings"]) if "earnings" in adult else adult.get("hours", 0) * adult.get("hourly_wage", 0) * 52
    )
    if adult.get("self_employed"):
        put_in = adult["pension"]["employee"] * gross if "pension" in adult else 0.0
        return {"self_employment_income": gross, "personal_pension_contributions": put_in}
    pension = adult.get("pension")
    if not pension:
        return {"employment_income": gross}
    low, high = QUALIFYING_EARNINGS
    pensionable = gross
    if pension["of"] == "qualifying_earnings":
        pensionable = MONTHS_A_YEAR * max(min(gross / MONTHS_A_YEAR, high) - low, 0.0)
    put_in = pension["employee"] * pensionable
    if pension["method"] == "salary_sacrifice":
        return {"employment_income": gross - put_in, "pension_contributions_via_salary_sacrifice": put_in}
    if pension["method"] == "net_pay":
        return {"employment_income": gross, "employee_pension_contributions": put_in}
    return {"employment_income": gross, "personal_pension_contributions": put_in}


def _child(child: Json, home: Json, place: int, year: int) -> Json:
    sexes_told = all("sex" in other for other in home["children"])
    age = child["age"] if "age" in child else age_on(date.fromisoformat(child["born"]), date(year, 10, 6))
    childcare = home.get("childcare", {"amount": 0, "children": []})
    minded = childcare["children"]
    disability = child.get("disability", "none")
    facts = {
        "age": age,
        # Where no sex is told mwp lets all children share by twos, as if all were of the same sex.
        "gender": "FEMALE" if sexes_told and child["sex"] == "f" else "MALE",
        "is_claimant_or_partner": False,
        "is_household_head": False,
        "is_benunit_head": False,
        "is_in_non_advanced_education": age >= 16,
        "is_disabled_for_benefits": disability != "none",
        "dla_sc_category": {"none": "NONE", "lower": "MIDDLE", "higher": "HIGHER"}[disability],
        "child_limit_adoption_exception": child.get("two_child_limit_exception", False),
        "childcare_expenses": a_year(childcare["amount"]) / len(minded) if place in minded else 0.0,
        "uc_limited_capability_for_work": False,
        "uc_limited_capability_for_WRA": False,
        "would_claim_carers_allowance": False,
    }
    if "born" in child:
        facts["date_of_birth"] = int(child["born"].replace("-", ""))
    return facts


def _unit(home: Json) -> Json:
    lcwra = [adult["health"] for adult in home["adults"] if adult.get("health", "none").startswith("lcwra")]
    take_up = home["options"]["take_up"]
    return {
        "would_claim_uc": take_up.get("universal_credit", True),
        "would_claim_child_benefit": take_up.get("child_benefit", True),
        "would_claim_uc_childcare": True,
        "uc_reported_capital": home["savings"],
        "uc_receives_new_claimant_health_element": bool(lcwra) and "lcwra_protected" not in lcwra,
        "partners_care_for_same_severely_disabled_person": False,
    }


def _unit_of_other() -> Json:
    return {"would_claim_uc": False, "would_claim_child_benefit": False, "uc_reported_capital": 0.0}


def _home(home: Json) -> Json:
    housing = home["housing"]
    rent = a_year(housing.get("rent", 0)) + a_year(housing.get("service_charges", 0))
    tenure = {
        "private_rent": "RENT_PRIVATELY",
        "social_rent": "RENT_FROM_COUNCIL",
        "owned": "OWNED_OUTRIGHT",
        "mortgage": "OWNED_WITH_MORTGAGE",
        "rent_free": "OWNED_OUTRIGHT",
    }[housing["tenure"]]
    if "lha" in home:  # a stated allowance only limits the rent: SI 2013/376 Sch 4 para 22
        tenure, rent = "RENT_FROM_HA", min(rent, a_year(home["lha"]))
    return {
        "region": _region(home),
        "brma": _their_area(home["brma"]) if "brma" in home else "MAIDSTONE",
        "tenure_type": tenure,
        "rent": rent,
    }


def _region(home: Json) -> str:
    if home["nation"] == "england":
        return "LONDON" if home.get("greater_london") else "NORTH_WEST"
    return str(home["nation"].upper())


def a_year(money: Any) -> float:
    """A bare number of pounds a month, or an amount with its period, over a year."""
    if not isinstance(money, dict):
        return float(money) * MONTHS_A_YEAR
    return float(money["amount"]) * {"week": 52, "month": MONTHS_A_YEAR, "year": 1}[money.get("per", "month")]


def age_on(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


AREAS = {
    "north_ni": "north",
    "north_west_ni": "north_west",
    "south_ni": "south",
    "south_east_ni": "south_east",
    "south_west_ni": "south_west",
    "renfrewshire_and_inverclyde": "renfrewshire_inverclyde",
}
"""Areas of policyengine-uk whose names, put our way, are not ours."""


def _our_area(key: str) -> str:
    """A broad rental market area in our files, from policyengine-uk's key or name for it."""
    from policyengine_uk.variables.household.demographic.locations import BRMAName

    name = BRMAName[key].value if key in BRMAName.__members__ else key
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower().replace("&", "and").replace("'", "")).strip("_")
    return AREAS.get(plain, plain)


def _their_area(ours: str) -> str:
    from policyengine_uk.variables.household.demographic.locations import BRMAName

    return str(next(area.name for area in BRMAName if _our_area(area.name) == ours))


if __name__ == "__main__":
    main()
