"""Household files into population tables, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np

from mwp.errors import InputError
from mwp.inputs import household as file
from mwp.inputs.household import Adult, Child, Household
from mwp.inputs.loading import household_from, household_to_yaml, load_household
from mwp.inputs.names import snake
from mwp.population.schema import (
    AUTO_BENEFITS,
    BENEFIT_UNITS,
    CLAIMS,
    HOUSEHOLDS,
    PERSONS,
    STUDENT_LOANS,
    TABLES,
    Column,
)
from mwp.population.tables import Ints, Population, table_of

Row = dict[str, Any]


def tables_of(
    households: Iterable[Household], weights: Sequence[float] | None = None, about: str = "", first_id: int = 1
) -> Population:
    """The population of these households, each with its weight (1 where none are given), numbered from `first_id`."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for place, household in enumerate(households):
        number = first_id + place
        _add(rows, household, number, 1.0 if weights is None else float(weights[place]))
    made = [table_of(schema, rows[name]) for name, schema in TABLES.items()]
    return Population.of(*made, about=about)


def households_of(population: Population, places: Sequence[int] | Ints | None = None) -> list[Household]:
    """The households at these places (all, where none are given) as household files have them.

    Raises InputError, with the household's number, for one that no file could hold: see `mwp.population.validate`.
    """
    chosen = population if places is None else population.where(np.asarray(places, dtype=np.intp))
    homes = chosen.households.to_pylist()
    units: dict[int, list[Row]] = {}
    people: dict[int, list[Row]] = {}
    for row in chosen.benefit_units.to_pylist():
        units.setdefault(row["household_id"], []).append(row)
    for row in chosen.persons.to_pylist():
        people.setdefault(row["household_id"], []).append(row)
    found = []
    for home in homes:
        number = home["household_id"]
        unit = next(row for row in units[number] if row["is_claimants"])
        try:
            found.append(household_from(mapping_of(home, unit, people[number])))
        except InputError as error:
            raise InputError.of(f"household {number}: {error}") from None
    return found


def write_households(population: Population, folder: str | Path) -> list[Path]:
    """A household file for each row of `households`, named by its name or number. Raises InputError."""
    target, written = Path(folder), []
    try:
        target.mkdir(parents=True, exist_ok=True)
        numbers = population.households["household_id"].to_pylist()
        for number, household in zip(numbers, households_of(population), strict=True):
            stem = snake(household.name)[:60] or "household"
            path = target / f"{number:07}_{stem}.yaml"
            path.write_text(household_to_yaml(household), encoding="utf-8")
            written.append(path)
    except OSError as error:
        raise InputError.of(f"The files cannot be written: {error.strerror or error}.", str(folder)) from None
    return written


def read_households(names: Iterable[str | Path]) -> list[Household]:
    """Household files, library names, or folders of household files. Raises InputError."""
    found: list[Household] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(path.glob("*.yaml"))
            if not inside:
                raise InputError.of("There are no household files (*.yaml) in this folder.", str(path))
            found += [load_household(one) for one in inside]
        else:
            found.append(load_household(name))
    return found


# A household into rows


def _add(rows: dict[str, list[Row]], household: Household, number: int, weight: float) -> None:
    unit_id = _first_of_household(number)
    home = {"household_id": number, "weight": weight, "home_id": number, "is_householder": True}
    rows["households"].append(home | _home_row(household))
    ours = {"benefit_unit_id": unit_id, "household_id": number, "is_claimants": True}
    rows["benefit_units"].append(ours | _unit_row(household))
    person_id = unit_id
    in_care = household.childcare.children if household.childcare else ()
    for slot, adult in enumerate(household.adults):
        links = {"person_id": person_id, "benefit_unit_id": unit_id, "household_id": number}
        rows["persons"].append(links | {"role": "partner" if slot else "claimant"} | _adult_row(adult))
        person_id += 1
    for place, child in enumerate(household.children, start=1):
        links = {"person_id": person_id, "benefit_unit_id": unit_id, "household_id": number}
        rows["persons"].append(links | {"role": "child", "in_childcare": place in in_care} | _child_row(child))
        person_id += 1
    for place, other in enumerate(household.non_dependants, start=1):
        own = unit_id + place
        rows["benefit_units"].append({"benefit_unit_id": own, "household_id": number, "is_claimants": False})
        links = {"person_id": person_id, "benefit_unit_id": own, "household_id": number}
        rows["persons"].append(links | {"role": "non_dependant"} | _adult_row(other))
        person_id += 1


def _first_of_household(number: int) -> int:
    """The first number of a household's people and benefit units: a household has room for a hundred of each."""
    return number * 100


def _flat(model: Any, columns: Iterable[Column]) -> Row:
    """The columns that are keys of a model, as plain values: money a month."""
    row = {}
    for column in columns:
        value = getattr(model, column.key)
        row[column.name] = value.a_month if column.kind == "pounds" and hasattr(value, "a_month") else value
    return row


def _columns(schema: Any, model: Any, prefix: str = "", names: Iterable[str] = ()) -> list[Column]:
    wanted = set(names)
    return [
        column
        for column in schema.columns
        if column.key in model.model_fields
        and (column.name in wanted or (not names and column.name == prefix + column.key))
    ]


_ADULT = [c for c in _columns(PERSONS, file.Adult) if c.name != "in_education"]
_CHILD = _columns(PERSONS, file.Child, names=("disability", "at_state_school", "two_child_limit_exception"))
_DLA = _columns(PERSONS, file.Dla, "dla_")
_PIP = _columns(PERSONS, file.Pip, "pip_")
_PENSION = _columns(PERSONS, file.Pension, "pension_")
_PERSON_KEYS = ("age", "born", "sex", "in_education")
_HOME = _columns(
    HOUSEHOLDS, file.Household, names=("name", "story", "nation", "local_authority", "greater_london", "brma", "lha")
)
_HOUSING = _columns(HOUSEHOLDS, file.Housing)
_BILLS_OF_HOME = [c for c in _columns(HOUSEHOLDS, file.Bills) if c.name != "water_social_tariff"]
_BILLS_OF_UNIT = _columns(BENEFIT_UNITS, file.Bills)
_TARIFF = _columns(
    HOUSEHOLDS,
    file.WaterTariff,
    names=("water_tariff_income_limit", "water_tariff_on_universal_credit", "water_tariff_discount"),
)
_INCOME = _columns(BENEFIT_UNITS, file.UnearnedIncome)
_WORK = _columns(
    BENEFIT_UNITS, file.WorkCosts, names=("work_travel", "work_meals", "work_other", "work_costs_for_each_hour")
)


def _adult_row(adult: Adult) -> Row:
    row = _flat(adult, _ADULT) | {key: getattr(adult, key) for key in _PERSON_KEYS} | _flat(adult.pip, _PIP)
    if adult.pension:
        row |= _flat(adult.pension, _PENSION)
    row |= {f"student_loan_{plan}": plan in adult.student_loans for plan in STUDENT_LOANS}
    row["esa_support_group"] = adult.benefits.esa_support_group
    for benefit in AUTO_BENEFITS:
        told = getattr(adult.benefits, benefit)
        row[f"{benefit}_auto"] = told == "auto"
        row[benefit] = 0.0 if told == "auto" else told.a_month
    return row


def _child_row(child: Child) -> Row:
    return {key: getattr(child, key) for key in _PERSON_KEYS} | _flat(child, _CHILD) | _flat(child.dla, _DLA)


def _unit_row(household: Household) -> Row:
    row = _flat(household.unearned_income, _INCOME) | _flat(household.work_costs, _WORK)
    row |= _flat(household.bills, _BILLS_OF_UNIT) | {"savings": household.savings}
    row |= {f"claims_{benefit}": household.options.claims(benefit) for benefit in get_args(file.Claim)}
    row["benefit_cap_grace_period"] = household.options.benefit_cap_grace_period
    care = household.childcare
    if care and care.by_the_hour:
        row |= {"childcare_per_hour": care.amount.amount, "childcare_hours": care.hours}
    elif care:
        row["childcare"] = care.amount.a_month
    if care:
        row["childcare_funded_hours"] = care.funded_hours
    return row


def _home_row(household: Household) -> Row:
    row = _flat(household, _HOME) | _flat(household.housing, _HOUSING) | _flat(household.bills, _BILLS_OF_HOME)
    row["free_school_meals_days"] = household.options.free_school_meals_days
    if household.council_tax:
        tax = household.council_tax
        row |= {"council_tax_band": tax.band, "council_tax_auto": tax.amount == "auto"}
        row["council_tax"] = None if tax.amount == "auto" else tax.amount.a_month
    tariff = household.bills.water_social_tariff
    row["water_social_tariff"] = tariff is not None
    return row | (_flat(tariff, _TARIFF) if tariff else {})


# Rows into a household


def mapping_of(home: Row, unit: Row, people: Sequence[Row]) -> dict[str, Any]:
    """A household in the file's format, what is empty or as the file's default left out."""
    found = _told(home, _HOME)
    if not found.get("name"):
        found["name"] = f"Household {home['household_id']}"
    roles = {
        role: [p for p in people if p["role"] == role] for role in ("claimant", "partner", "child", "non_dependant")
    }
    found["adults"] = [_adult_mapping(p) for p in (*roles["claimant"], *roles["partner"])]
    if roles["child"]:
        found["children"] = [_child_mapping(p) for p in roles["child"]]
    if roles["non_dependant"]:
        found["non_dependants"] = [_adult_mapping(p) for p in roles["non_dependant"]]
    found["housing"] = _told(home, _HOUSING)
    tax = {} if home["council_tax_band"] is None else {"band": home["council_tax_band"]}
    if home["council_tax_auto"]:
        tax["amount"] = "auto"
    elif home["council_tax"] is not None:
        tax["amount"] = home["council_tax"]
    care = _childcare(unit, roles["child"])
    bills = _told(home, _BILLS_OF_HOME) | _told(unit, _BILLS_OF_UNIT)
    if home["water_social_tariff"]:
        bills["water_social_tariff"] = _told(home, _TARIFF)
    options = _options(home, unit)
    parts = {
        "council_tax": tax,
        "childcare": care,
        "work_costs": _told(unit, _WORK),
        "bills": bills,
        "unearned_income": _told(unit, _INCOME),
        "options": options,
    }
    found |= {key: part for key, part in parts.items() if part}
    return found | ({"savings": unit["savings"]} if unit["savings"] else {})


def _told(row: Row, columns: Iterable[Column]) -> dict[str, Any]:
    """The keys of a part of the file that are told and are not its default."""
    return {c.key: row[c.name] for c in columns if row[c.name] is not None and (c.required or row[c.name] != c.default)}


def _adult_mapping(row: Row) -> dict[str, Any]:
    found = {key: row[key] for key in ("age", "born", "sex") if row[key] is not None} | _told(row, _ADULT)
    if row["in_education"]:
        found["in_education"] = True
    pension = {c.key: row[c.name] for c in _PENSION if row[c.name] is not None}
    loans = [plan for plan in STUDENT_LOANS if row[f"student_loan_{plan}"]]
    benefits: dict[str, Any] = {"esa_support_group": True} if row["esa_support_group"] else {}
    for benefit in AUTO_BENEFITS:
        if row[f"{benefit}_auto"]:
            benefits[benefit] = "auto"
        elif row[benefit]:
            benefits[benefit] = row[benefit]
    parts = {"pension": pension, "student_loans": loans, "pip": _told(row, _PIP), "benefits": benefits}
    return found | {key: part for key, part in parts.items() if part}


def _child_mapping(row: Row) -> dict[str, Any]:
    found = {key: row[key] for key in ("age", "born", "sex") if row[key] is not None} | _told(row, _CHILD)
    if row["in_education"] is False:
        found["in_education"] = False
    dla = _told(row, _DLA)
    return found | ({"dla": dla} if dla else {})


def _childcare(unit: Row, children: Sequence[Row]) -> dict[str, Any]:
    hourly, monthly = unit["childcare_per_hour"], unit["childcare"]
    if hourly is None and monthly is None:
        return {}
    found: dict[str, Any] = {"amount": monthly}
    if hourly is not None and unit["childcare_hours"] is not None:
        found = {"amount": {"amount": hourly, "per": "hour"}, "hours": unit["childcare_hours"]}
    elif hourly is not None:
        found = {"amount": hourly, "per_hour_of_work": True}
    if unit["childcare_funded_hours"] is not None:
        found["funded_hours"] = unit["childcare_funded_hours"]
    found["children"] = [place for place, child in enumerate(children, start=1) if child["in_childcare"]]
    return found


def _options(home: Row, unit: Row) -> dict[str, Any]:
    take_up = {}
    for benefit in CLAIMS:
        told, default = unit[f"claims_{benefit}"], BENEFIT_UNITS.by_name[f"claims_{benefit}"].default
        if told is not None and told != default:
            take_up[benefit] = told
    options: dict[str, Any] = {"take_up": take_up} if take_up else {}
    meals = home["free_school_meals_days"]
    if meals is not None and meals != HOUSEHOLDS.by_name["free_school_meals_days"].default:
        options["free_school_meals_days"] = meals
    return options | ({"benefit_cap_grace_period": True} if unit["benefit_cap_grace_period"] else {})
