"""Population tables into the rows of a simulation, whole columns at a time.

The same columns, to the last bit, as `mwp.engine.encode.encode` makes of the same households as files; a test holds the
two together. Only what the tables do not hold is worked out here: ages, birthdays, the council's place in its tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mwp.core import council_schemes
from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH
from mwp.engine.encode import as_number, brma_rows, school_clothing_rows
from mwp.engine.rows import Table
from mwp.engine.system import rule_graph
from mwp.inputs import ages, places
from mwp.population.schema import AUTO_BENEFITS, CLAIMS, STUDENT_LOANS
from mwp.population.tables import Flags, Floats, Ints, Population, codes, days, flags, is_word, numbers, told, words

OLDEST = 120
_LEVELS = {"none": 0.0, "standard": 1.0, "enhanced": 2.0}
_CARE = {"none": 0.0, "lowest": 1.0, "middle": 2.0, "highest": 3.0}
_TWO_RATES = {"none": 0.0, "lower": 1.0, "higher": 2.0}
_BANDS = {band: float(place) for place, band in enumerate("ABCDEFGHI", start=1)}
_FULL_TERM = 40.0  # weeks, as in mwp.engine.encode: a pregnancy of untold length is far enough on for every help


def encode_tables(population: Population, on: date) -> Table:
    """The rows of a population on a date, ready for `mwp.engine.simulation.simulate`. No row is looked at by itself."""
    roles = {role: is_word(population.persons, "role", role) for role in ("claimant", "partner", "child")}
    grown = roles["claimant"] | roles["partner"]
    adults = np.flatnonzero(grown).astype(np.intp)
    of_unit, of_home = population.unit_of_person, population.household_of_unit
    claimants = flags(population.benefit_units, "is_claimants")
    columns: dict[str, Floats] = {}
    entity_of: dict[str, str] = {}
    facts = (
        (Person, population.persons.num_rows, _persons(population, roles, on)),
        (BenefitUnit, population.benefit_units.num_rows, _units(population, claimants)),
        (Household, population.size, _homes(population, on)),
    )
    for entity, size, known in facts:
        for name, default in _given(entity.key):
            columns[name] = known.get(name, np.full(size, default))
            entity_of[name] = entity.key
    return Table(
        on=on,
        households=population.size,
        unit_of_person=of_unit,
        household_of_person=population.household_of_person,
        household_of_unit=of_home,
        claimant_units=np.flatnonzero(claimants).astype(np.intp),
        adult_rows=adults,
        adult_slot=roles["partner"][adults].astype(np.intp),
        adult_home=population.household_of_person[adults],
        columns=columns,
        entity_of_column=entity_of,
    )


@lru_cache
def _given(entity: str) -> tuple[tuple[str, float], ...]:
    rules = rule_graph().rules.values()
    return tuple((r.name, float(r.default)) for r in rules if r.kind == "given" and r.entity.key == entity)


def age_on(table: pa.Table, on: date) -> Ints:
    """Each person's age: as given, or whole years since the date of birth (negative before birth)."""
    born = days(table, "born")
    known = ~np.isnat(born)
    ages_given = numbers(table, "age", 0.0).astype(np.intp)
    if not known.any():
        return ages_given
    year, month, day = _parts(np.where(known, born, np.datetime64("2000-01-01")))
    before = (on.month < month) | ((on.month == month) & (on.day < day))
    return np.where(told(table, "age"), ages_given, on.year - year - before).astype(np.intp)


def born_on(table: pa.Table, on: date) -> NDArray[np.datetime64]:
    """Each person's date of birth: as given, or half a year before the last birthday."""
    by_age = np.array([ages.birthday_of(age, None, on)[0] for age in range(OLDEST + 1)], dtype="datetime64[D]")
    born = days(table, "born")
    assumed = by_age[np.clip(numbers(table, "age", 0.0).astype(np.intp), 0, OLDEST)]
    return np.where(np.isnat(born), assumed, born)


def is_pension_age(born: NDArray[np.datetime64], on: date) -> Flags:
    """Who has reached State Pension age. It turns on the day of birth alone, so each day is looked up once."""
    unique, index = np.unique(born, return_inverse=True)
    reached = np.array([ages.state_pension_day(day) <= on for day in unique.tolist()], dtype=bool)
    return np.asarray(reached[index], dtype=bool)


def _parts(born: NDArray[np.datetime64]) -> tuple[Ints, Ints, Ints]:
    months = born.astype("datetime64[M]")
    year = months.astype("datetime64[Y]").astype(np.intp) + 1970
    month = months.astype(np.intp) % 12 + 1
    return year, month, (born - months.astype("datetime64[D]")).astype(np.intp) + 1


def _as_numbers(born: NDArray[np.datetime64], on: date) -> Floats:
    """Dates as the rules compare them: 6 April 2017 is 20170406."""
    year, month, day = _parts(born)
    assert as_number(date(2017, 4, 6)) == 20170406.0
    return np.asarray(year * 10_000 + month * 100 + day, dtype=np.float64)


def _persons(population: Population, roles: Mapping[str, Flags], on: date) -> dict[str, Floats]:
    table, child = population.persons, roles["child"]
    adult = ~child
    other = adult & ~roles["claimant"] & ~roles["partner"]

    def number(name: str, default: float = 0.0) -> Floats:
        return numbers(table, name, default)

    def level(name: str, values: Mapping[str, float]) -> Floats:
        return codes(table, name, values, 0.0)

    def word(name: str, *wanted: str) -> Floats:
        return is_word(table, name, *wanted).astype(np.float64)

    wage, hours = number("hourly_wage"), number("hours")
    pension = adult & told(table, "pension_employee")
    pay = np.where(told(table, "earnings"), number("earnings"), wage * hours * WEEKS_A_MONTH)
    of_adults: dict[str, Floats] = {
        "is_in_education": number("in_education"),
        "hours": hours,
        "hourly_wage": wage,
        "stated_pay": number("earnings"),
        "is_self_employed": number("self_employed"),
        "months_trading": number("months_trading"),
        "months_gainfully_self_employed": np.where(
            told(table, "months_gainfully_self_employed"),
            number("months_gainfully_self_employed"),
            number("months_trading"),
        ),
        "is_apprentice": number("apprentice"),
        "months_out_of_work": number("months_out_of_work"),
        "has_lcw": word("health", "lcw", "lcw_protected"),
        "has_lcw_from_before_2017": word("health", "lcw_protected"),
        "has_lcwra": word("health", "lcwra", "lcwra_protected"),
        "is_lcwra_protected": word("health", "lcwra_protected"),
        "pip_daily_living": level("pip_daily_living", _LEVELS),
        "pip_mobility": level("pip_mobility", _LEVELS),
        "is_blind": number("blind"),
        "is_pregnant": number("pregnant"),
        "weeks_pregnant": number("weeks_pregnant", _FULL_TERM),
        "prescriptions_a_month": number("prescriptions_a_month"),
        "caring_hours": number("caring_hours"),
        "cares_for_disabled_person": told(table, "cares_for").astype(np.float64),
        "attendance_allowance_level": level("attendance_allowance", _TWO_RATES),
        "is_in_esa_support_group": number("esa_support_group"),
        "pension_employee_share": np.where(pension, number("pension_employee"), 0.0),
        "pension_employer_share": np.where(pension, number("pension_employer"), 0.0),
        "pension_is_of_qualifying_earnings": pension * word("pension_of", "qualifying_earnings"),
    }
    for method in ("relief_at_source", "net_pay", "salary_sacrifice"):
        of_adults[f"pension_is_{method}"] = pension * word("pension_method", method)
    for benefit in AUTO_BENEFITS:
        auto = flags(table, f"{benefit}_auto")
        of_adults[f"claims_{benefit}"] = auto.astype(np.float64)
        of_adults[f"stated_{benefit}"] = np.where(auto, 0.0, number(benefit))
    for plan in STUDENT_LOANS:
        name = "has_postgraduate_loan" if plan == "postgraduate" else f"has_student_loan_{plan}"
        of_adults[name] = number(f"student_loan_{plan}")
    of_children: dict[str, Floats] = {
        "is_at_state_school": number("at_state_school", 1.0),
        "has_child_disability_lower": word("disability", "lower"),
        "has_child_disability_higher": word("disability", "higher"),
        "has_two_child_limit_exception": number("two_child_limit_exception"),
        "dla_care": level("dla_care", _CARE),
        "dla_mobility": level("dla_mobility", _TWO_RATES),
        "is_in_childcare": number("in_childcare"),
    }
    facts: dict[str, Floats] = {
        "is_claimant": roles["claimant"].astype(np.float64),
        "is_partner": roles["partner"].astype(np.float64),
        "is_dependant_child": child.astype(np.float64),
        "is_non_dependant": other.astype(np.float64),
        "age": age_on(table, on).astype(np.float64),
        "born": _as_numbers(born_on(table, on), on),
        "is_female": word("sex", "f"),
        "is_sex_known": told(table, "sex").astype(np.float64),
        "expected_hours": np.where(adult, number("hours_expected", 35.0), rule_graph().rules["expected_hours"].default),
        "non_dependant_pay": np.where(other, pay, 0.0),
        "non_dependant_hours": np.where(other, hours, 0.0),
    }
    facts |= {name: np.where(adult, values, 0.0) for name, values in of_adults.items()}
    facts |= {name: np.where(child, values, 0.0) for name, values in of_children.items()}
    claimant = np.flatnonzero(roles["claimant"])
    income = numbers_of_claimants_unit(population)
    for key, name in (
        ("occupational_pension", "occupational_pension"),
        ("state_pension", "state_pension"),
        ("rental", "rental_income"),
        ("dividends", "dividends"),
        ("interest", "interest"),
    ):
        facts[name] = np.zeros(table.num_rows)
        facts[name][claimant] = income(key)
    return facts


def numbers_of_claimants_unit(population: Population) -> Callable[[str], Floats]:
    """Reads a column of the claimants' benefit units, one value a household, empty cells nil."""
    ours = np.flatnonzero(flags(population.benefit_units, "is_claimants"))
    return lambda name: numbers(population.benefit_units, name, 0.0)[ours]


def _units(population: Population, ours: Flags) -> dict[str, Floats]:
    table = population.benefit_units

    def number(name: str, default: float = 0.0) -> Floats:
        return np.where(ours, numbers(table, name, default), 0.0)

    by_the_hour = ours & told(table, "childcare_per_hour")
    has_childcare = by_the_hour | (ours & told(table, "childcare"))
    children = np.bincount(
        population.unit_of_person, weights=flags(population.persons, "in_childcare"), minlength=table.num_rows
    )
    facts: dict[str, Floats] = {
        "is_claimants_unit": ours.astype(np.float64),
        "savings": number("savings"),
        "maintenance": number("maintenance"),
        "child_maintenance": number("child_maintenance"),
        "is_in_benefit_cap_grace_period": number("benefit_cap_grace_period"),
        "stated_work_costs": number("work_travel") + number("work_meals") + number("work_other"),
        "work_costs_per_hour": number("work_costs_for_each_hour"),
        "stated_saving": number("saves_a_month"),
        "has_help_to_save_account": number("help_to_save_account"),
        "stated_childcare": np.where(by_the_hour, 0.0, number("childcare")),
        "childcare_per_hour_of_work": number("childcare_per_hour"),
        "stated_childcare_hours": np.where(by_the_hour, number("childcare_hours"), 0.0),
        "funded_hours_are_taken_off": np.where(
            by_the_hour & is_word(table, "childcare_funded_hours", "taken_off"), 1.0, 0.0
        ),
        "num_children_in_childcare": np.where(has_childcare, children, 0.0),
    }
    for benefit in CLAIMS:
        default = float(benefit != "marriage_allowance")
        given = rule_graph().rules[f"claims_{benefit}"].default
        facts[f"claims_{benefit}"] = np.where(ours, numbers(table, f"claims_{benefit}", default), given)
    return facts


def _homes(population: Population, on: date) -> dict[str, Floats]:
    table = population.households

    def number(name: str, default: float = 0.0) -> Floats:
        return numbers(table, name, default)

    def word(name: str, *wanted: str) -> Floats:
        return is_word(table, name, *wanted).astype(np.float64)

    auto = flags(table, "council_tax_auto")
    tariff = flags(table, "water_social_tariff")
    council = _by_council
    facts: dict[str, Floats] = {f"in_{nation}": word("nation", nation) for nation in places.NATIONS}
    facts |= {
        "in_greater_london": in_greater_london(table).astype(np.float64),
        "rents_privately": word("tenure", "private_rent"),
        "rents_socially": word("tenure", "social_rent"),
        "rent": number("rent"),
        "service_charges": number("service_charges"),
        "bedrooms": number("bedrooms"),
        "extra_bedrooms": number("extra_bedrooms"),
        "is_under_occupancy_exempt": number("under_occupancy_exempt"),
        "is_shared_rate_exempt": number("shared_accommodation_exempt"),
        "in_temporary_accommodation": number("temporary_accommodation"),
        "in_supported_accommodation": number("supported_accommodation"),
        "stated_lha": number("lha"),
        "brma": codes(table, "brma", {name: float(row) for name, row in brma_rows().items()}, -1.0),
        "school_meal_days": number("free_school_meals_days", 190.0),
        "school_clothing_scheme": council(table, lambda key: float(school_clothing_rows().get(key, -1)), -1.0),
        "council_scheme": council(table, lambda key: float(council_schemes.rows().get(key, -1)), -1.0),
        "stated_council_tax": np.where(auto, 0.0, number("council_tax")),
        "band_d_charge": np.where(
            auto, council(table, lambda key: (council_schemes.band_d_charge(key, on) or 0.0) / MONTHS_A_YEAR, 0.0), 0.0
        ),
        "council_tax_band": codes(table, "council_tax_band", _BANDS, 0.0),
        "stated_water_bill": number("water_bill"),
        "has_water_meter": number("water_meter"),
        "has_water_medical_need": number("water_medical_need"),
        "pays_for_broadband": number("broadband"),
        "has_tv_licence": number("tv_licence"),
        "pays_electricity": number("electricity", 1.0),
        "is_costly_to_heat": number("costly_to_heat"),
        "has_told_water_tariff": tariff.astype(np.float64),
        "water_tariff_income_limit": np.where(tariff, number("water_tariff_income_limit"), 0.0),
        "is_water_tariff_open_on_universal_credit": np.where(tariff, number("water_tariff_on_universal_credit"), 0.0),
        "water_tariff_discount": np.where(tariff, number("water_tariff_discount"), 0.0),
    }
    return facts


def in_greater_london(table: pa.Table) -> Flags:
    """Whether in Greater London: by the council, else as told, else by the rental market area."""
    by_council = _by_council(table, lambda key: float(places.authorities()[key].in_greater_london), -1.0)
    of_brma = {name: float(places.brma_in_greater_london(name)) for name in brma_rows()}
    by_area = codes(table, "brma", of_brma, 0.0)
    as_told = numbers(table, "greater_london", -1.0)
    found = np.where(by_council >= 0, by_council, np.where(as_told >= 0, as_told, by_area))
    return np.asarray(is_word(table, "nation", "england") & (found > 0), dtype=bool)


def _by_council(table: pa.Table, value: Callable[[str], float], none: float) -> Floats:
    """A number of each household's council, worked out once a council."""
    column: Any = table["local_authority"].combine_chunks()
    column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    known = {name: places.authority(name) for name in column.dictionary.to_pylist()}
    return codes(table, "local_authority", {name: value(a.key) for name, a in known.items() if a}, none)


__all__ = ["age_on", "born_on", "encode_tables", "in_greater_london", "is_pension_age", "words"]
