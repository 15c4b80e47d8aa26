"""The synthetic population: the same each time, every row a household, weights that meet what they are fitted to."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

import mwp
from mwp.cli.main import main
from mwp.engine.encode import encode
from mwp.errors import InputError
from mwp.inputs import places
from mwp.population import calibrate
from mwp.population.convert import households_of
from mwp.population.describe import describe
from mwp.population.encode import encode_tables
from mwp.population.measures import Measures
from mwp.population.synthetic import _geography, synthesise
from mwp.population.validate import validate
from mwp.report import population_tables

UNITS = 2_000


@pytest.fixture(scope="module")
def small() -> Any:
    return synthesise(UNITS, seed=1)


def test_the_same_seed_gives_the_same_files_and_another_seed_others(small, tmp_path):
    small.population.write(tmp_path / "one")
    synthesise(UNITS, seed=1).population.write(tmp_path / "again")
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name
    other = synthesise(UNITS, seed=2).population
    assert not other.households.equals(small.population.households)


def test_no_row_has_a_fault_and_any_200_are_households(small):
    assert not validate(small.population, small.on).errors
    rows = np.random.default_rng(5).choice(small.population.size, 200, replace=False)
    homes = households_of(small.population, rows)
    for home in homes:
        home.check_on(small.on)
    files, tables = encode(homes, small.on), encode_tables(small.population.where(rows), small.on)
    for name, values in files.columns.items():
        np.testing.assert_array_equal(values, tables.columns[name], name)


def test_every_row_has_an_adult_of_working_age_and_a_weight_within_bounds(small):
    measures = Measures.of(small.population, small.on)
    assert (measures.array("adults_of_working_age") > 0).all()
    factor = small.population.weights / small.design
    assert factor.min() >= calibrate.LOW - 1e-3
    assert factor.max() <= calibrate.HIGH + 1e-3
    assert 0.2 * UNITS < small.effective_size < UNITS


def test_targets_are_met_as_nearly_as_a_small_sample_can(small):
    """With 2,000 rows rare groups (capped, JSA) have a handful; the default has fifteen times as many."""
    fitted = [one for one in small.achieved if one.target.use == "calibrate"]
    misses = np.array([abs(one.miss) for one in fitted])
    assert np.mean(misses < 0.01) > 0.9
    assert misses.max() < 0.15
    for one in small.achieved:
        if one.target.headline:
            assert abs(one.miss) < 0.1, one.target.name


def test_a_target_is_a_weighted_sum_that_can_be_counted_by_hand(small):
    """Lone parents on Universal Credit in Great Britain, counted household by household through the public face."""
    population, weights = small.population, small.population.weights
    rows = np.flatnonzero(Measures.of(population, small.on).groups["family"] == "lone_parent")[:150]
    answers = mwp.calculate([*households_of(population, rows)], on=small.on)
    by_hand = sum(
        weight
        for weight, answer in zip(weights[rows], answers, strict=True)
        if answer.household.nation != "northern_ireland" and answer.amounts["universal_credit"] > 0
    )
    measures = Measures.of(population.where(rows), small.on)
    target = next(t for t in calibrate.targets() if t.name == "On Universal Credit: lone parents")
    counted, whole = calibrate.rows_of(measures, target)
    assert whole is None
    assert float(weights[rows] @ counted) == pytest.approx(by_hand)


def test_the_effective_size_is_kishs():
    """Equal weights count in full; one weight as large as nine others counts (9 + 9)^2 / (81 + 9) = 3.6."""
    assert calibrate.effective_size(np.ones(10)) == pytest.approx(10)
    assert calibrate.effective_size(np.array([9.0, *[1.0] * 9])) == pytest.approx(18**2 / 90)


def test_calibration_leaves_weights_alone_where_they_are_right_and_minds_its_bounds():
    """Two groups of ten with weight 1: a target of 10 for the first changes nothing; one of 20 doubles it."""
    matrix = np.array([[1.0] * 10 + [0.0] * 10])
    design = np.ones(20)
    right = calibrate._factors(matrix / 10, np.array([1.0]), design, np.array([1e-12]))
    np.testing.assert_allclose(right, 1.0, atol=1e-4)
    double = calibrate._factors(matrix / 20, np.array([1.0]), design, np.array([1e-12]))
    np.testing.assert_allclose(double[:10], 2.0, atol=1e-4)
    np.testing.assert_allclose(double[10:], 1.0, atol=1e-4)
    beyond = calibrate._factors(matrix / 80, np.array([1.0]), design, np.array([1e-6]))
    assert (beyond <= calibrate.HIGH).all()
    assert beyond[:10].min() > 4.9


def test_every_target_has_a_source_and_counts_something(small):
    measures = Measures.of(small.population, small.on)
    for target in calibrate.targets():
        assert target.source, target.name
        assert target.href.startswith("https://") or target.certainty == "estimate" or target.note, target.name
        assert target.certainty in ("confirmed", "single", "derived", "estimate")
        assert target.use == "check" or 0 < target.tolerance <= 0.1, target.name
        counted, _ = calibrate.rows_of(measures, target)
        assert counted.any(), target.name


def test_each_rental_market_area_has_one_place_on_the_map():
    listed = [(region, area) for region, areas in _geography().items() for area in areas]
    expected = {area for nation in places.NATIONS for area in places.brmas(nation)}
    assert {area for _, area in listed} == expected
    assert len(listed) == sum(len(places.brmas(nation)) for nation in places.NATIONS)
    for areas in _geography().values():
        for council, size in areas.values():
            assert places.authority(council) is not None, council
            assert size > 0


def test_too_few_units_are_refused():
    with pytest.raises(InputError, match="too few"):
        synthesise(100)


def test_the_description_adds_up_and_its_document_fits(small):
    told = describe(small.population, small.on, targets=True)
    for lines in told.groups.values():
        assert sum(line.rows for line in lines) == UNITS
        assert sum(line.units for line in lines) == pytest.approx(told.units)
        assert sum(line.people for line in lines) == pytest.approx(told.people)
    schema = Path(str(population_tables.__file__)).parent / "schemas" / "population-description.json"
    jsonschema.validate(json.loads(json.dumps(told.document())), json.loads(schema.read_text()))
    page = population_tables.synthetic_page(told)
    assert all(one.target.name in page for one in told.achieved)


def test_the_verb_makes_the_files_that_the_library_reads(tmp_path):
    words = ["population", "synthesise", "--benefit-units", "600", "--seed", "3", "--output", str(tmp_path)]
    told = CliRunner().invoke(main, words, catch_exceptions=False)
    assert told.exit_code == 0
    assert "Universal Credit, Great Britain:" in told.output
    assert mwp.load_population(tmp_path, "2026-11-01").size == 600
    shown = CliRunner().invoke(main, ["population", "describe", str(tmp_path)], catch_exceptions=False)
    assert "600 rows" in shown.output


def test_the_page_has_every_target_at_its_published_value(root):
    page = (root / "docs" / "population-synthetic.md").read_text()
    for target in calibrate.targets():
        line = next(line for line in page.splitlines() if line.startswith(f"| {target.name}"))
        assert population_tables.figure(target.value, target.unit) in line, target.name
