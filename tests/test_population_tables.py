"""Population tables: the same rows as the household files make, the same rules, nothing lost on the way and back."""

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mwp
from mwp import resources
from mwp.cli.main import main
from mwp.engine.encode import encode
from mwp.engine.rows import Table
from mwp.errors import InputError
from mwp.inputs import checks, household
from mwp.inputs.fields import Model
from mwp.inputs.household import Household
from mwp.inputs.money import Money
from mwp.population import schema
from mwp.population.convert import households_of, tables_of
from mwp.population.encode import encode_tables
from mwp.population.euromod import import_euromod
from mwp.population.frs import import_frs
from mwp.population.tables import Population, open_population
from mwp.population.validate import checked, merged, validate
from mwp.report import population_tables
from tests.test_properties import built, households

DATA = Path(__file__).parent / "data"
ON = date(2026, 6, 15)
DAYS = (ON, date(2025, 3, 1), date(2024, 8, 31))
LINKS = (
    "unit_of_person",
    "household_of_person",
    "household_of_unit",
    "claimant_units",
    "adult_rows",
    "adult_slot",
    "adult_home",
)


@pytest.fixture(scope="module")
def library() -> list[Household]:
    return [mwp.load_household(name) for name in resources.library("households")]


@pytest.fixture(scope="module")
def tables(library: list[Household]) -> Population:
    return tables_of(library, weights=[float(number) for number in range(1, len(library) + 1)])


def same(one: Table, other: Table) -> None:
    for name in LINKS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), name)
    assert one.households == other.households
    assert one.entity_of_column == other.entity_of_column
    assert list(one.columns) == list(other.columns)
    for name, values in one.columns.items():
        np.testing.assert_array_equal(values, other.columns[name], name)
        assert other.columns[name].dtype == np.float64, name


def equal(one: Population, other: Population) -> bool:
    return all(getattr(one, name).equals(getattr(other, name)) for name in schema.TABLES)


# Encoding


@pytest.mark.parametrize("on", DAYS)
def test_the_tables_of_the_library_make_the_rows_its_files_make(library, tables, on):
    same(encode(library, on), encode_tables(tables, on))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(households(), min_size=4, max_size=12), st.sampled_from(DAYS))
def test_random_households_make_the_same_rows_and_have_no_faults(told, on):
    homes = built(told)
    population = tables_of(homes)
    same(encode(homes, on), encode_tables(population, on))
    same(encode(households_of(population), on), encode_tables(population, on))
    assert not validate(population, on).errors


def test_dates_of_birth_keep_their_day():
    """Born on 29 February, on the day asked about, and on the last day of a month half a year before another."""
    told = {
        "name": "birthdays",
        "nation": "wales",
        "adults": [{"born": "1988-02-29"}, {"born": "1990-06-15"}],
        "children": [{"born": "2020-02-29"}, {"born": "2021-12-31"}, {"age": 3}],
        "non_dependants": [{"born": "2004-06-16"}],
        "housing": {"tenure": "owned"},
    }
    homes = built([told])
    for on in (ON, date(2025, 2, 28), date(2025, 3, 1), date(2024, 8, 31)):
        same(encode(homes, on), encode_tables(tables_of(homes), on))


def test_parts_and_chosen_rows_make_the_rows_of_those_households(library, tables):
    same(encode(library[5:9], ON), encode_tables(tables.part(5, 9), ON))
    same(encode([library[7], library[2]], ON), encode_tables(tables.where(np.array([7, 2])), ON))
    kept = np.arange(len(library)) % 3 == 0
    same(encode([h for h, k in zip(library, kept, strict=True) if k], ON), encode_tables(tables.where(kept), ON))


# There and back


def test_every_library_household_survives_the_way_there_and_back(library, tables):
    back = households_of(tables)
    same(encode(library, ON), encode(back, ON))
    assert [home.name for home in back] == [home.name for home in library]
    assert equal(tables_of(back, weights=list(tables.weights)), tables)


def test_files_hold_what_was_written_and_can_be_read_in_ranges(tables, tmp_path):
    tables.write(tmp_path, row_group=10)
    assert equal(Population.read(tmp_path), tables)
    stored = open_population(tmp_path)
    assert (stored.size, stored.groups) == (tables.size, 4)
    assert equal(stored.group(1), Population.of(*_parts(tables.part(10, 20))))
    blocks = list(stored.blocks(6))
    assert [block.size for block in blocks] == [6, 4, 6, 4, 6, 4, 6, 3]
    assert sum(float(block.weights.sum()) for block in blocks) == tables.weights.sum()
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    tables.write(tmp_path, row_group=10)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first


def _parts(population: Population) -> list[pa.Table]:
    return [getattr(population, name).combine_chunks() for name in schema.TABLES]


def test_rows_in_another_order_are_put_in_order(library, tables):
    rng = np.random.default_rng(3)
    persons = tables.persons.take(pa.array(rng.permutation(tables.persons.num_rows)))
    units = tables.benefit_units.take(pa.array(rng.permutation(tables.benefit_units.num_rows)))
    found = encode_tables(Population.of(persons, units, tables.households), ON)
    straight = encode_tables(tables, ON)
    for name in ("rent", "savings"):
        np.testing.assert_array_equal(found.columns[name], straight.columns[name])
    np.testing.assert_array_equal(np.sort(found.columns["age"]), np.sort(straight.columns["age"]))
    np.testing.assert_array_equal(found.household_of_person, straight.household_of_person)
    first = found.adult_rows[found.adult_slot == 0]
    np.testing.assert_array_equal(
        found.columns["hours"][first], straight.columns["hours"][straight.adult_rows[straight.adult_slot == 0]]
    )


def test_columns_left_out_are_the_household_files_defaults():
    persons = pa.table(
        {"person_id": [1], "benefit_unit_id": [1], "household_id": [1], "role": ["claimant"], "age": [40]}
    )
    units = pa.table({"benefit_unit_id": [1], "household_id": [1], "is_claimants": [True]})
    homes = pa.table({"household_id": [1], "nation": ["wales"], "tenure": ["owned"], "x_ours": ["kept"]})
    population = Population.of(persons, units, homes)
    told = {"name": "x", "nation": "wales", "adults": [{"age": 40}], "housing": {"tenure": "owned"}}
    same(encode(built([told]), ON), encode_tables(population, ON))
    assert population.weights.tolist() == [1.0]
    assert population.households["x_ours"].to_pylist() == ["kept"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"persons": {"hors": [3.0]}}, "no column called hors. Did you mean hours"),
        ({"persons": {"role": ["partner"]}}, "there must be 1 claimant: 1"),
        ({"persons": {"benefit_unit_id": [9]}}, "the benefit unit is not in benefit_units: 1"),
        ({"benefit_units": {"household_id": [9]}}, "the household is not in households: 1"),
        ({"households": {"nation": [None]}}, "1 rows have no nation"),
        ({"persons": {"age": ["forty"]}}, "the column age is not a whole number"),
    ],
)
def test_tables_that_do_not_belong_together_are_refused(change, told):
    plain: dict[str, dict[str, Any]] = {
        "persons": {"person_id": [1], "benefit_unit_id": [1], "household_id": [1], "role": ["claimant"], "age": [40]},
        "benefit_units": {"benefit_unit_id": [1], "household_id": [1], "is_claimants": [True]},
        "households": {"household_id": [1], "nation": ["wales"], "tenure": ["owned"]},
    }
    made = [pa.table(columns | change.get(name, {})) for name, columns in plain.items()]
    with pytest.raises(InputError, match=told):
        Population.of(*made)


# The same rules as the household file


def adult(**changes: Any) -> dict[str, Any]:
    return {"adults": [{"age": 40} | changes]}


CHILD_AND_PARENT: dict[str, Any] = {"adults": [{"age": 40}], "children": [{"age": 5}]}
BROKEN: list[tuple[dict[str, Any], str]] = [
    (adult(hours=20), "hours"),
    (adult(hours=20, earnings=0), "earnings"),
    (adult(earnings=500), "earnings"),
    (adult(hours=20, hourly_wage=12.71, earnings=500), "hourly_wage"),
    (adult(hours=130, hourly_wage=12.71), "hours"),
    (adult(hours=20, hourly_wage=1001), "hourly_wage"),
    (adult(hours=20, hourly_wage=12.71, self_employed=True), "self_employed"),
    (adult(months_trading=20), "months_trading"),
    (adult(hours=20, hourly_wage=9, self_employed=True, months_trading=3, apprentice=True), "apprentice"),
    (
        adult(
            hours=20,
            hourly_wage=9,
            self_employed=True,
            months_trading=3,
            pension={"employee": 0.05, "method": "net_pay", "of": "pay"},
        ),
        "pension_method",
    ),
    (adult(caring_hours=35), "caring_hours"),
    (adult(cares_for="other"), "cares_for"),
    (adult(caring_hours=35, cares_for="partner"), "cares_for"),
    (adult(caring_hours=35, cares_for="child"), "cares_for"),
    (adult(benefits={"carers_allowance": 300}), "carers_allowance"),
    (adult(pregnant=True, sex="m"), "pregnant"),
    (adult(weeks_pregnant=20), "weeks_pregnant"),
    (adult(sex="m", benefits={"maternity_allowance": "auto"}), "maternity_allowance"),
    (adult(benefits={"new_style_jsa": "auto", "new_style_esa": "auto"}), "new_style_esa"),
    (adult(benefits={"new_style_jsa": 200, "maternity_allowance": "auto"}), "new_style_jsa"),
    (adult(benefits={"esa_support_group": True}), "esa_support_group"),
    (adult(attendance_allowance="lower", pip={"mobility": "standard"}), "attendance_allowance"),
    (adult(attendance_allowance="lower"), "attendance_allowance"),
    (adult(age=15), "age"),
    (adult(born=date(1990, 1, 1)), "born"),
    (adult(age=None), "age"),
    ({"adults": [{"age": 80}]}, "household_id"),
    ({"adults": [{"age": 70, "benefits": {"new_style_jsa": "auto"}}, {"age": 50}]}, "new_style_jsa"),
    (CHILD_AND_PARENT | {"children": [{"age": 17, "in_education": False}]}, "in_education"),
    (CHILD_AND_PARENT | {"children": [{"age": 5, "dla": {"care": "highest"}, "disability": "lower"}]}, "dla_care"),
    (CHILD_AND_PARENT | {"children": [{"age": 5, "dla": {"mobility": "lower"}}]}, "disability"),
    (CHILD_AND_PARENT | {"adults": [{"age": 25}], "children": [{"age": 14}]}, "age"),
    (CHILD_AND_PARENT | {"children": [{"born": date(2026, 9, 1)}]}, "born"),
    (CHILD_AND_PARENT | {"children": [{"born": date(2004, 9, 1)}]}, "born"),
    ({"nation": "scotland", "local_authority": "leeds"}, "local_authority"),
    ({"local_authority": "leeds", "greater_london": True}, "greater_london"),
    ({"nation": "wales", "greater_london": True}, "greater_london"),
    ({"nation": "wales", "brma": "leeds"}, "brma"),
    ({"brma": "atlantis"}, "brma"),
    ({"housing": {"tenure": "private_rent", "rent": 500}}, "brma"),
    ({"housing": {"tenure": "private_rent", "rent": 500}, "brma": "leeds", "lha": 400}, "lha"),
    ({"housing": {"tenure": "social_rent", "rent": 500}, "lha": 400}, "lha"),
    ({"housing": {"tenure": "social_rent"}}, "rent"),
    ({"housing": {"tenure": "owned", "rent": 500}}, "rent"),
    ({"housing": {"tenure": "owned", "service_charges": 50}}, "service_charges"),
    ({"housing": {"tenure": "owned", "temporary_accommodation": True}}, "temporary_accommodation"),
    ({"housing": {"tenure": "owned", "under_occupancy_exempt": True}}, "under_occupancy_exempt"),
    ({"housing": {"tenure": "owned", "shared_accommodation_exempt": True}}, "shared_accommodation_exempt"),
    ({"council_tax": {"amount": 100}}, "council_tax_band"),
    ({"council_tax": {"amount": 100, "band": "I"}}, "council_tax_band"),
    ({"council_tax": {"amount": "auto", "band": "B"}}, "council_tax_auto"),
    ({"nation": "northern_ireland", "council_tax": {"amount": 100, "band": "B"}}, "council_tax_band"),
    ({"savings": -1.0}, "savings"),
    ({"bills": {"water_social_tariff": {"discount": 0.5}}}, "water_social_tariff"),
]


@pytest.mark.parametrize(("change", "column"), BROKEN, ids=[f"{place}-{one[1]}" for place, one in enumerate(BROKEN)])
def test_what_the_household_file_refuses_the_tables_refuse(change, column):
    """Each household is refused as a file, and its rows, made past the file's checks, for the same thing."""
    plain = {"name": "x", "nation": "england", "adults": [{"age": 40}], "housing": {"tenure": "owned"}}
    told = plain | change
    with pytest.raises(InputError):
        mwp.household_from(told).check_on(ON)
    population = tables_of([unchecked(told)])
    faults = validate(population, ON).errors
    assert column in {fault.column for fault in faults}
    with pytest.raises(InputError, match="with --exclude-invalid"):
        checked(population, ON)


def unchecked(told: dict[str, Any]) -> Household:
    """A household made without the checks between its values, and without limits."""

    def money(value: Any) -> Any:
        return value if value == "auto" else Money(amount=float(value))

    def part(model: Any, given: dict[str, Any], amounts: tuple[str, ...] = ()) -> Any:
        values = {key: money(value) if key in amounts else value for key, value in given.items()}
        return model.model_construct(**values)

    def person(given: dict[str, Any]) -> Any:
        made = dict(given)
        if "pension" in made:
            made["pension"] = part(household.Pension, made["pension"])
        if "pip" in made:
            made["pip"] = part(household.Pip, made["pip"])
        if "benefits" in made:
            names = tuple(name for name in made["benefits"] if name != "esa_support_group")
            made["benefits"] = part(household.Benefits, made["benefits"], names)
        return part(household.Adult, made, ("earnings",))

    def child(given: dict[str, Any]) -> Any:
        return part(household.Child, given | ({"dla": part(household.Dla, given["dla"])} if "dla" in given else {}))

    made = dict(told)
    made["adults"] = tuple(person(one) for one in told["adults"])
    made["children"] = tuple(child(one) for one in told.get("children", ()))
    made["housing"] = part(household.Housing, told["housing"], ("rent", "service_charges"))
    if "council_tax" in made:
        made["council_tax"] = part(household.CouncilTax, made["council_tax"], ("amount",))
    if "bills" in made:
        tariff = part(household.WaterTariff, made["bills"]["water_social_tariff"])
        made["bills"] = household.Bills.model_construct(water_social_tariff=tariff)
    return part(Household, made, ("lha",))  # type: ignore[no-any-return]


def test_childcare_in_the_tables_has_a_price_and_children(tables):
    """What a household file cannot even say: a price without a child, a child without a price, two prices."""
    has = np.array(tables.benefit_units["childcare"].is_valid())
    unpriced = tables.with_columns("benefit_units", childcare=pa.nulls(len(has), pa.float64()))
    assert "in_childcare" in {fault.column for fault in validate(unpriced).errors}
    alone = tables.with_columns("persons", in_childcare=np.zeros(tables.persons.num_rows, dtype=bool))
    assert "childcare" in {fault.column for fault in validate(alone).errors}
    twice = tables.with_columns("benefit_units", childcare_per_hour=tables.benefit_units["childcare"])
    assert "childcare" in {fault.column for fault in validate(twice).errors}


def test_keys_of_adults_on_children_and_of_claimants_on_others_are_faults(tables):
    hours = tables.with_columns("persons", hours=np.full(tables.persons.num_rows, 10.0))
    assert any(f.column == "hours" and "adults only" in f.message for f in validate(hours).errors)
    savings = tables.with_columns("benefit_units", savings=np.full(tables.benefit_units.num_rows, 10.0))
    assert any(f.column == "savings" and "non-dependant" in f.message for f in validate(savings).errors)


def test_every_limit_of_the_file_is_a_limit_of_the_column(tables):
    for name, table in schema.TABLES.items():
        for column in table.columns:
            if column.kind in ("pounds", "number") and column.highest is not None and column.name != "weight":
                wrong = np.full(getattr(tables, name).num_rows, column.highest * 2 + 1)
                faults = validate(tables.with_columns(name, **{column.name: wrong})).errors
                assert any(f.column == column.name and "outside" in f.message for f in faults), column.name


def test_faults_tell_rows_values_and_weight_and_households_can_be_left_out(tables):
    rent = np.array(tables.households["rent"].to_pylist())
    rented = [place for place, held in enumerate(tables.households["tenure"].to_pylist()) if held == "social_rent"]
    rent[rented[:2]] = 0.0
    report = validate(tables.with_columns("households", rent=rent), ON)
    (fault,) = report.errors
    ids = tables.households["household_id"].to_pylist()
    assert (fault.column, fault.count, fault.ids) == ("rent", 2, (ids[rented[0]], ids[rented[1]]))
    assert report.bad_weight == tables.weights[rented[:2]].sum()
    kept, told = checked(tables.with_columns("households", rent=rent), ON, exclude_invalid=True)
    assert kept.size == tables.size - 2
    assert told.excluded
    assert kept.weights.sum() == pytest.approx(tables.weights.sum() - report.bad_weight)
    halves = [validate(block, ON) for block in tables.with_columns("households", rent=rent).blocks(20)]
    assert merged(halves).bad.tolist() == report.bad.tolist()


def test_constants_of_the_checks_are_the_household_files(tables):
    over = tables.with_columns("persons", age=pa.array([checks.OLDEST_PERSON + 1] * tables.persons.num_rows))
    assert "age" in {fault.column for fault in validate(over).errors}


# Survey files


def test_the_survey_layout_is_read_as_it_is_documented():
    """Figures by hand from the invented tables in tests/data/frs_small: a week is 1/52 of a year."""
    made = import_frs(DATA / "frs_small")
    found = {home.name: home for home in households_of(made.population)}
    lone, sick, couple, son, carer = (found[f"Household {n}"] for n in (11, 21, 31, 32, 51))
    assert lone.adults[0].hourly_wage == 208 / 16
    assert lone.housing.rent.a_month == 150 * 52 / 12
    assert lone.council_tax is not None
    assert (lone.council_tax.band, lone.council_tax.amount.a_month) == ("B", 1560 / 12)  # type: ignore[union-attr]
    assert lone.childcare is not None
    assert (lone.childcare.amount.a_month, lone.childcare.children) == (60 * 52 / 12, (2,))
    assert (lone.children[0].disability, lone.children[0].dla.care) == ("higher", "highest")
    assert (lone.adults[0].pension.method, lone.adults[0].pension.employee) == ("salary_sacrifice", 0.05)  # type: ignore[union-attr]
    assert lone.unearned_income.child_maintenance.a_month == pytest.approx(20 * 52 / 12)
    assert (sick.nation, sick.adults[0].health) == ("scotland", "lcwra_protected")
    assert (sick.adults[0].pip.daily_living, sick.adults[0].pip.mobility) == ("standard", "enhanced")
    assert [a.self_employed for a in couple.adults] == [False, True]
    assert couple.adults[1].pay_a_month() == 240 * 52 / 12
    assert couple.adults[0].student_loans == ("plan_2",)
    assert [other.age for other in couple.non_dependants] == [21]
    assert (son.housing.tenure, son.adults[0].in_education) == ("rent_free", True)
    assert (carer.adults[0].caring_hours, carer.adults[0].benefits.carers_allowance) == (35.0, "auto")
    assert carer.council_tax is not None
    assert (made.left_out, made.left_out_weight) == (1, 700.0)
    assert made.population.weights.tolist() == [1200.5, 900.0, 1500.0, 1500.0, 400.0]
    reported = made.population.households["x_reported_universal_credit"].to_pylist()
    assert reported[:2] == [230 * 52 / 12, 180 * 52 / 12]
    assert any(column == "brma" and "leeds" in told for column, told, _ in made.notes)
    assert not validate(made.population, ON).errors


def test_a_missing_survey_table_is_named(tmp_path):
    (tmp_path / "househol.tab").write_text("SERNUM\tGROSS4\n1\t10\n")
    with pytest.raises(InputError, match=r"benunit\.tab"):
        import_frs(tmp_path)


def test_a_euromod_file_is_read_for_its_core():
    made = import_euromod(DATA / "euromod_small" / "uk_2099_a1.txt")
    couple, son, alone = households_of(made.population)
    assert [a.age for a in couple.adults] == [41, 39]
    assert [c.age for c in couple.children] == [9]
    assert [o.age for o in couple.non_dependants] == [22]
    assert couple.adults[0].pay_a_month() == 2400
    assert (couple.adults[1].self_employed, couple.adults[1].months_trading) == (True, 36)
    homes, units, people = made.population.households, made.population.benefit_units, made.population.persons
    assert homes["council_tax_band"].to_pylist() == ["D", None, "B"]
    assert homes["council_tax"].to_pylist() == [180, None, 95]
    assert (homes["bedrooms"][0].as_py(), homes["service_charges"].to_pylist()) == (3, [0, 0, 25])
    assert [units[name][0].as_py() for name in ("interest", "dividends", "childcare")] == [8, 2, 240]
    assert [one for one in people["in_childcare"].to_pylist() if one] == [True]
    assert son.adults[0].caring_hours == 35
    assert (son.housing.tenure, alone.housing.rent.a_month) == ("rent_free", 900)
    assert made.not_mapped == ("tin_s",)
    assert (made.left_out, made.left_out_weight) == (1, 600.0)
    assert not validate(made.population, ON).errors


# The command line, the documents and the page


def run(*words: str) -> Any:
    return CliRunner().invoke(main, ["population", *words], catch_exceptions=False)


def test_verbs_convert_validate_and_import(tmp_path):
    told = run("convert", "lone_parent_two_children_leeds", "couple_one_child_glasgow", "--output", str(tmp_path / "t"))
    assert (told.exit_code, told.output) == (0, f"2 households written to {tmp_path / 't'} as tables.\n")
    assert run("validate", str(tmp_path / "t"), "--on", "2026-11-01").exit_code == 0
    assert run("convert", str(tmp_path / "t"), "--output", str(tmp_path / "files")).exit_code == 0
    names = sorted(path.name for path in (tmp_path / "files").iterdir())
    assert len(names) == 2
    assert mwp.load_household(tmp_path / "files" / names[0]).nation == "england"
    told = run(
        "import", "frs", str(DATA / "frs_small"), "--output", str(tmp_path / "frs"), "--on", "2026-11-01", "--json"
    )
    fits(json.loads(told.stdout), "population-import")
    assert mwp.load_population(tmp_path / "frs", "2026-11-01").size == 5


def test_validation_of_broken_tables_exits_with_2_and_its_document_fits(tables, tmp_path):
    broken = tables.with_columns("households", rent=np.full(tables.size, 10.0))
    broken.write(tmp_path)
    told = run("validate", str(tmp_path), "--json")
    assert told.exit_code == 2
    document = json.loads(told.stdout)
    fits(document, "population-validation")
    assert document["households_with_errors"] > 0
    with pytest.raises(InputError, match="the tenure has none"):
        mwp.load_population(tmp_path)
    assert mwp.load_population(tmp_path, exclude_invalid=True).size == tables.size - document["households_with_errors"]


def fits(document: dict[str, Any], name: str) -> None:
    path = Path(str(population_tables.__file__)).parent / "schemas" / f"{name}.json"
    jsonschema.validate(document, json.loads(path.read_text()))


def test_a_folder_that_is_no_population_is_refused(tmp_path):
    told = run("validate", str(tmp_path))
    assert told.exit_code == 2
    assert "persons.parquet is missing" in told.output


def test_the_page_lists_the_columns_as_they_are(root):
    page = (root / "docs" / "population.md").read_text()
    assert population_tables.with_columns(page) == page, "run `make docs`"


def test_every_key_of_the_household_file_has_a_column():
    """By the models: a key that is added to the household file must be added to the tables."""
    elsewhere = {"adults", "children", "non_dependants", "housing", "options", "unearned_income", "work_costs", "bills"}
    renamed = {"pension", "pip", "benefits", "dla", "student_loans", "childcare", "take_up", "pension_credit", "amount"}
    renamed |= {
        "per_hour_of_work",
        "band",
        "employee",
        "employer",
        "method",
        "of",
        "hours",
        "care",
        "mobility",
        "other",
    }
    keys = {column.key or column.name for table in schema.TABLES.values() for column in table.columns}
    names = {column.name for table in schema.TABLES.values() for column in table.columns}
    models = [m for m in vars(household).values() if isinstance(m, type) and issubclass(m, Model)]
    for model in models:
        for key in model.model_fields if model is not Model else ():
            assert key in keys | names | elsewhere | renamed, f"{model.__name__}.{key}"


def test_fields_of_the_population_are_its_tables():
    assert [f.name for f in dataclasses.fields(Population)] == [*schema.TABLES, "about"]
