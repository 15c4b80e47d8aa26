"""Household files into rows: every given variable of `mwp.rules.facts`, from the household models of `mwp.inputs`."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from mwp.core import council_schemes, parameters
from mwp.core.entities import BenefitUnit, Person
from mwp.core.entities import Household as HouseholdEntity
from mwp.core.units import MONTHS_A_YEAR
from mwp.engine.rows import Table
from mwp.engine.system import rule_graph
from mwp.inputs.household import Adult, Child, Claim, Household
from mwp.inputs.money import Money

_LEVELS = {"none": 0.0, "standard": 1.0, "enhanced": 2.0}
_CARE = {"none": 0.0, "lowest": 1.0, "middle": 2.0, "highest": 3.0}
_TWO_RATES = {"none": 0.0, "lower": 1.0, "higher": 2.0}
_BANDS = "ABCDEFGHI"
_FULL_TERM = 40  # weeks: a pregnancy of untold length is far enough on for every kind of help

Facts = dict[str, float]


def encode(households: Sequence[Household], on: date) -> Table:
    """The rows of the households on a date: each adult, child and non-dependant a person, in that order."""
    people: list[Facts] = []
    units: list[Facts] = []
    homes: list[Facts] = []
    unit_of_person: list[int] = []
    household_of_unit: list[int] = []
    claimant_units: list[int] = []
    adult_rows: list[int] = []
    adult_slot: list[int] = []
    adult_home: list[int] = []
    for home, household in enumerate(households):
        claimant_units.append(len(units))
        for slot, adult in enumerate(household.adults):
            adult_rows.append(len(people))
            adult_slot.append(slot)
            adult_home.append(home)
            people.append(
                _adult(adult, on)
                | {"is_partner" if slot else "is_claimant": 1.0}
                | (_income(household) if not slot else {})
            )
            unit_of_person.append(len(units))
        in_care = household.childcare.children if household.childcare else ()
        for number, child in enumerate(household.children, start=1):
            people.append(_child(child, on) | {"is_in_childcare": float(number in in_care)})
            unit_of_person.append(len(units))
        units.append(_unit(household))
        household_of_unit.append(home)
        for other in household.non_dependants:
            people.append(_adult(other, on) | _non_dependant(other))
            unit_of_person.append(len(units))
            units.append({})
            household_of_unit.append(home)
        homes.append(_home(household, on))
    of_unit = np.array(household_of_unit, dtype=np.intp)
    of_person = np.array(unit_of_person, dtype=np.intp)
    columns: dict[str, NDArray[np.float64]] = {}
    entity_of: dict[str, str] = {}
    for facts, entity in ((people, Person), (units, BenefitUnit), (homes, HouseholdEntity)):
        for name in _given(entity.key):
            column = np.full(len(facts), rule_graph().rules[name].default)
            columns[name], entity_of[name] = column, entity.key
        for row, known in enumerate(facts):
            for name, value in known.items():
                columns[name][row] = value
    return Table(
        on=on,
        households=len(homes),
        unit_of_person=of_person,
        household_of_person=of_unit[of_person],
        household_of_unit=of_unit,
        claimant_units=np.array(claimant_units, dtype=np.intp),
        adult_rows=np.array(adult_rows, dtype=np.intp),
        adult_slot=np.array(adult_slot, dtype=np.intp),
        adult_home=np.array(adult_home, dtype=np.intp),
        columns=columns,
        entity_of_column=entity_of,
    )


@lru_cache
def _given(entity: str) -> tuple[str, ...]:
    return tuple(r.name for r in rule_graph().rules.values() if r.kind == "given" and r.entity.key == entity)


def as_number(day: date) -> float:
    """A date as the rules compare it: 6 April 2017 is 20170406."""
    return float(day.year * 10_000 + day.month * 100 + day.day)


@lru_cache(maxsize=1)
def brma_rows() -> dict[str, int]:
    """Each broad rental market area's row in the table of local housing allowance rates."""
    tree = parameters.documents()["local_housing_allowance"]
    nations = [node for key, node in tree.items() if key not in ("description", "metadata", "documentation")]
    names = [name for nation in nations for name in nation if name not in ("description", "metadata")]
    return {name: row for row, name in enumerate(names)}


@lru_cache(maxsize=1)
def school_clothing_rows() -> dict[str, int]:
    """Each sampled English council's row in the table of school clothing grants."""
    councils = parameters.documents()["school_clothing"]["england"]
    return {name: row for row, name in enumerate(name for name in councils if name not in ("description", "metadata"))}


def _adult(adult: Adult, on: date) -> Facts:
    facts: Facts = {
        "age": float(adult.age_on(on)),
        "born": as_number(adult.born_on(on)[0]),
        "is_female": float(adult.sex == "f"),
        "is_sex_known": float(adult.sex is not None),
        "is_in_education": float(adult.in_education),
        "hours": adult.hours,
        "hourly_wage": adult.hourly_wage or 0.0,
        "stated_pay": adult.earnings.a_month if adult.earnings else 0.0,
        "is_self_employed": float(adult.self_employed),
        "months_trading": float(adult.months_trading or 0),
        "months_gainfully_self_employed": float(
            (adult.months_trading or 0)
            if adult.months_gainfully_self_employed is None
            else adult.months_gainfully_self_employed
        ),
        "expected_hours": float(adult.hours_expected),
        "is_apprentice": float(adult.apprentice),
        "months_out_of_work": float(adult.months_out_of_work or 0),
        "has_lcw": float(adult.health in ("lcw", "lcw_protected")),
        "has_lcw_from_before_2017": float(adult.health == "lcw_protected"),
        "has_lcwra": float(adult.health in ("lcwra", "lcwra_protected")),
        "is_lcwra_protected": float(adult.health == "lcwra_protected"),
        "pip_daily_living": _LEVELS[adult.pip.daily_living],
        "pip_mobility": _LEVELS[adult.pip.mobility],
        "is_blind": float(adult.blind),
        "is_pregnant": float(adult.pregnant),
        "weeks_pregnant": float(_FULL_TERM if adult.weeks_pregnant is None else adult.weeks_pregnant),
        "prescriptions_a_month": adult.prescriptions_a_month,
        "caring_hours": adult.caring_hours,
        "cares_for_disabled_person": float(adult.cares_for is not None),
        "attendance_allowance_level": _TWO_RATES[adult.attendance_allowance],
        "is_in_esa_support_group": float(adult.benefits.esa_support_group),
    }
    for benefit in ("carers_allowance", "new_style_jsa", "new_style_esa", "maternity_allowance"):
        told = getattr(adult.benefits, benefit)
        if told == "auto":
            facts[f"claims_{benefit}"] = 1.0
        else:
            facts[f"stated_{benefit}"] = told.a_month
    if adult.pension:
        facts["pension_employee_share"] = adult.pension.employee
        facts["pension_employer_share"] = adult.pension.employer or 0.0
        facts[f"pension_is_{adult.pension.method}"] = 1.0
        facts["pension_is_of_qualifying_earnings"] = float(adult.pension.of == "qualifying_earnings")
    for plan in adult.student_loans:
        facts["has_postgraduate_loan" if plan == "postgraduate" else f"has_student_loan_{plan}"] = 1.0
    return facts


def _non_dependant(other: Adult) -> Facts:
    """Somebody else in the home: their pay is told apart, for it stays while the claimants' moves."""
    return {"is_non_dependant": 1.0, "non_dependant_pay": other.pay_a_month(), "non_dependant_hours": other.hours}


def _child(child: Child, on: date) -> Facts:
    born, _ = child.born_on(on)
    return {
        "is_dependant_child": 1.0,
        "age": float(child.age_on(on)),
        "born": as_number(born),
        "is_female": float(child.sex == "f"),
        "is_sex_known": float(child.sex is not None),
        "is_at_state_school": float(child.at_state_school),
        "has_child_disability_lower": float(child.disability == "lower"),
        "has_child_disability_higher": float(child.disability == "higher"),
        "has_two_child_limit_exception": float(child.two_child_limit_exception),
        "dla_care": _CARE[child.dla.care],
        "dla_mobility": _TWO_RATES[child.dla.mobility],
    }


def _income(household: Household) -> Facts:
    """Income of the household that the law asks of a person: by convention the first adult's."""
    told = household.unearned_income
    return {
        "occupational_pension": told.occupational_pension.a_month,
        "state_pension": told.state_pension.a_month,
        "rental_income": told.rental.a_month,
        "dividends": told.dividends.a_month,
        "interest": told.interest.a_month,
    }


def _unit(household: Household) -> Facts:
    childcare, options = household.childcare, household.options
    facts: Facts = {
        "is_claimants_unit": 1.0,
        "savings": household.savings,
        "maintenance": household.unearned_income.maintenance.a_month,
        "child_maintenance": household.unearned_income.child_maintenance.a_month,
        "is_in_benefit_cap_grace_period": float(options.benefit_cap_grace_period),
        "stated_work_costs": household.work_costs.a_month,
        "work_costs_per_hour": household.work_costs.for_each_hour,
        "stated_saving": household.bills.saves_a_month.a_month,
        "has_help_to_save_account": float(household.bills.help_to_save_account),
    }
    for benefit in get_args(Claim):
        facts[f"claims_{benefit}"] = float(options.claims(benefit))
    if childcare:
        if childcare.by_the_hour:
            facts["childcare_per_hour_of_work"] = childcare.amount.amount
            facts["stated_childcare_hours"] = childcare.hours or 0.0
            facts["funded_hours_are_taken_off"] = float(childcare.funded_hours == "taken_off")
        else:
            facts["stated_childcare"] = childcare.amount.a_month
        facts["num_children_in_childcare"] = float(len(childcare.children))
    return facts


def _home(household: Household, on: date) -> Facts:
    housing, tax = household.housing, household.council_tax
    facts: Facts = {
        f"in_{household.nation}": 1.0,
        "in_greater_london": float(household.in_greater_london() or False),
        "rents_privately": float(housing.tenure == "private_rent"),
        "rents_socially": float(housing.tenure == "social_rent"),
        "rent": housing.rent.a_month,
        "service_charges": housing.service_charges.a_month,
        "bedrooms": float(housing.bedrooms or 0),
        "extra_bedrooms": float(housing.extra_bedrooms),
        "is_under_occupancy_exempt": float(housing.under_occupancy_exempt),
        "is_shared_rate_exempt": float(housing.shared_accommodation_exempt),
        "in_temporary_accommodation": float(housing.temporary_accommodation),
        "in_supported_accommodation": float(housing.supported_accommodation),
        "stated_lha": household.lha.a_month if household.lha else 0.0,
        "brma": float(brma_rows()[household.brma]) if household.brma else -1.0,
        "school_meal_days": float(household.options.free_school_meals_days),
        "school_clothing_scheme": float(school_clothing_rows().get(household.local_authority or "", -1)),
    }
    facts["council_scheme"] = float(council_schemes.rows().get(household.local_authority or "", -1))
    if tax:
        if isinstance(tax.amount, Money):
            facts["stated_council_tax"] = tax.amount.a_month
        else:
            charge = council_schemes.band_d_charge(household.local_authority, on) or 0.0
            facts["band_d_charge"] = charge / MONTHS_A_YEAR
        facts["council_tax_band"] = float(_BANDS.index(tax.band) + 1) if tax.band else 0.0
    return facts | _bills(household)


def _bills(household: Household) -> Facts:
    """Bills that help comes off; what is not told is nil or no, which brings no help."""
    bills, tariff = household.bills, household.bills.water_social_tariff
    facts: Facts = {
        "stated_water_bill": bills.water_bill.a_month if bills.water_bill else 0.0,
        "has_water_meter": float(bills.water_meter or False),
        "has_water_medical_need": float(bills.water_medical_need),
        "pays_for_broadband": float(bills.broadband),
        "has_tv_licence": float(bills.tv_licence),
        "pays_electricity": float(bills.electricity),
        "is_costly_to_heat": float(bills.costly_to_heat),
    }
    if tariff:
        facts["has_told_water_tariff"] = 1.0
        facts["water_tariff_income_limit"] = tariff.income_limit.a_month if tariff.income_limit else 0.0
        facts["is_water_tariff_open_on_universal_credit"] = float(tariff.on_universal_credit)
        facts["water_tariff_discount"] = tariff.discount or 0.0
    return facts
