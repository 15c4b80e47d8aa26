"""What a guarantee costs by what it counts and by m: the same as each reform alone, and less the more may be lost."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

import mwp
from mwp import resources
from mwp.analysis import documents as documents_of
from mwp.analysis.measures import COMPONENTS, Measure
from mwp.cli.main import main
from mwp.errors import InputError
from mwp.inputs.reform import Reform, load_reform
from mwp.population import documents
from mwp.population.convert import tables_of
from mwp.population.metr import HIGH, rates
from mwp.population.parallel import How
from mwp.population.prices import Prices, cells_of, prices
from mwp.population.run import run
from mwp.population.tables import Population
from mwp.report import population_guarantee

ON = date(2026, 11, 1)
COUNTS: tuple[Measure, ...] = ("net_resources_after_childcare", "net_income")
SHARES = (0.65, 0.75, 1.0)
SCHEMA = Path(documents.__file__).parent.parent / "report" / "schemas" / "population-guarantee.json"


@pytest.fixture(scope="module")
def tables() -> Population:
    homes = [mwp.load_household(name) for name in resources.library("households")]
    return tables_of(homes, weights=[100.0 * n + 0.3 for n in range(1, len(homes) + 1)], about="The library.")


@pytest.fixture(scope="module")
def told(tables: Population) -> Prices:
    return prices(tables, [load_reform("nes_guarantee")], ON, counts=COUNTS, shares=SHARES)


def guarantee_of(measure: Measure, share: float) -> Reform:
    """The reform of a cell, written by hand."""
    reform = load_reform("nes_guarantee")
    assert reform.guarantee is not None
    changed = reform.guarantee.model_copy(update={"measure": measure, "most_lost": share})
    return reform.model_copy(update={"guarantee": changed})


@pytest.mark.parametrize("measure", COUNTS)
@pytest.mark.parametrize("share", SHARES)
def test_a_cell_is_what_comparing_the_same_reform_finds(tables, told, measure, share):
    alone = run(tables, [[guarantee_of(measure, share)]], ON)
    cell = told.cell(measure, share)
    paid = next((one for one in alone.programmes(1) if one.variable == "guarantee_top_up"), None)
    assert (cell.top_up.value > 0) == (paid is not None)
    if paid:
        assert cell.top_up == paid.a_year
        assert cell.families == paid.cases
        assert cell.average == pytest.approx(paid.average)
    assert cell.net.value == pytest.approx(alone.exchequer(1, 0).net.value)
    assert cell.gross.value == pytest.approx(alone.exchequer(1, 0).out.value)


def test_its_metrs_are_those_of_everybodys_rates(tables, told):
    for measure in COUNTS:
        reforms = [[guarantee_of(measure, share)] for share in SHARES]
        alone = rates(tables, reforms, ON, measure=measure)
        for law, share in enumerate((None, *SHARES)):
            (every, *_) = alone.lines(law)
            above = [one.value for one in told.cell(measure, share).above]
            assert above == pytest.approx([one.value for one in every.above]), (measure, share)
            moved = alone.column(law, "metr") - alone.column(0, "metr")
            weights = np.where(np.isnan(moved), 0.0, alone.column(0, "weight"))
            raised = float(weights @ (np.nan_to_num(moved) > 1e-6)) / weights.sum()
            assert told.cell(measure, share).raised.value == pytest.approx(raised), (measure, share)


def test_the_more_may_be_lost_the_less_it_costs(told):
    for measure in COUNTS:
        costs = [told.cell(measure, share).net.value for share in SHARES]
        families = [told.cell(measure, share).families.value for share in SHARES]
        for more, less in (*pairwise(costs), *pairwise(families)):
            assert more >= less
        assert costs[0] > costs[1] > 0
        assert told.cell(measure, None).net.value == 0


def test_no_cell_has_anybody_inside_the_gate_above_m(tables):
    """A gate that is open to all: nobody in work loses more than m on what is counted."""
    reform = load_reform("nes_guarantee")
    assert reform.guarantee is not None
    gate = reform.guarantee.gate.model_copy(update={"universal_credit": "not_needed"})
    for_all = reform.model_copy(update={"guarantee": reform.guarantee.model_copy(update={"gate": gate})})
    found = prices(tables, [for_all], ON, counts=COUNTS, shares=(0.65, 0.70))
    for measure in COUNTS:
        assert found.cell(measure, None).above[0].value > 0
        assert all(found.cell(measure, share).above[0].value == 0 for share in (0.65, 0.70))
    assert HIGH[0] == 0.70


def test_a_reform_that_changes_numbers_too_costs_what_both_do(tables):
    law = [load_reform("uc_taper_50"), load_reform("nes_guarantee")]
    alone = run(tables, [law], ON)
    found = prices(tables, law, ON, counts=COUNTS[:1], shares=(0.75,)).cell(COUNTS[0], 0.75)
    change = alone.exchequer(1, 0)
    assert found.gross.value == pytest.approx(change.out.value)
    assert found.net.value == pytest.approx(change.net.value)
    assert found.net.error == pytest.approx(change.net.error)
    assert found.top_up.value < found.gross.value
    told = population_guarantee.told_of(prices(tables, law, ON, counts=COUNTS[:1], shares=(0.75,)))
    assert [block.title for block in told.blocks[:3]] == [
        "What the reform costs, gross", "Net of what comes in", "Of it the top-up"
    ]  # fmt: skip


def test_no_step_back_is_all_that_may_be_lost(tables):
    (plain, cell) = cells_of([load_reform("no_step_back")], ["net_resources"], [1.0])
    assert plain.most_lost is None
    assert not plain.law[0].guarantee
    found = prices(tables, [load_reform("no_step_back")], ON, counts=("net_resources",), shares=(1.0,))
    alone = run(tables, [[load_reform("no_step_back").model_copy(update={"guarantee": cell.law[0].guarantee})]], ON)
    assert found.cell("net_resources", 1.0).net.value == pytest.approx(alone.exchequer(1, 0).net.value)


def test_the_grid_is_the_same_however_it_is_split(tables, told, tmp_path):
    tables.write(tmp_path / "tables", row_group=7)
    law = [load_reform("nes_guarantee")]
    how = How(checkpoint=tmp_path / "kept")
    other = prices(tmp_path / "tables", law, ON, counts=COUNTS, shares=SHARES, block=4, how=how)
    for name in told.answers.table().column_names:
        np.testing.assert_array_equal(other.answers.column(name), told.answers.column(name), err_msg=name)
    assert documents.priced(other)["cells"] == documents.priced(told)["cells"]


def test_its_document_holds_to_its_schema(told):
    document = json.loads(json.dumps(documents.priced(told), allow_nan=False))
    jsonschema.validate(document, json.loads(SCHEMA.read_text()))
    assert len(document["cells"]) == len(COUNTS) * (len(SHARES) + 1)
    assert (document["measure"], document["most_lost"]) == ("net_resources_after_childcare", 0.75)


def test_files_of_every_kind_are_made(told):
    makers = population_guarantee.makers(told)
    assert set(makers) == set(population_guarantee.ENDINGS)
    for ending, make in makers.items():
        assert make() == make(), ending
    page = makers[".html"]().decode()
    assert page.count("<svg") == 1
    assert "What the guarantee costs" in page
    assert "m = 65%" in makers[".md"]().decode()
    assert set(population_guarantee.COUNTED) == set(COMPONENTS)


@pytest.mark.parametrize(
    ("reform", "counts", "shares", "told"),
    [
        ("better_off_floor", COUNTS, SHARES, "design G3 or G4"),
        ("nes_guarantee_keeps_passports", COUNTS, SHARES, "passports disregarded"),
        ("uc_taper_50", COUNTS, SHARES, "design G3 or G4"),
        ("nes_guarantee", COUNTS, (0.0,), "above 0 and up to 1"),
        ("nes_guarantee", COUNTS, (1.2,), "above 0 and up to 1"),
        ("nes_guarantee", (), SHARES, "Name what"),
    ],
)
def test_what_cannot_be_asked_is_refused(tables, reform, counts, shares, told):
    with pytest.raises(InputError, match=told):
        prices(tables, [load_reform(reform)], ON, counts=counts, shares=shares)


def test_the_command_line_tells_the_grid(tables, tmp_path):
    tables.part(0, 8).write(tmp_path / "tables")
    ask = ["population", "guarantee", str(tmp_path / "tables"), "--on", "2026-11-01"]
    few = ["--most-lost", "0.70,0.75", "--counts", "net_income, net_resources"]
    run_ = CliRunner()
    done = run_.invoke(main, [*ask, *few])
    assert done.exit_code == 0, done.output
    assert "m = 70%" in done.output
    assert "METR above 70%" in done.output
    done = run_.invoke(main, [*ask, *few, "--json"])
    cells = json.loads(done.output)["cells"]
    assert [(one["measure"], one["most_lost"]) for one in cells] == [
        ("net_income", None), ("net_income", 0.7), ("net_income", 0.75),
        ("net_resources", None), ("net_resources", 0.7), ("net_resources", 0.75),
    ]  # fmt: skip
    for wrong, told in (
        (["--most-lost", "much"], "no share"),
        (["--most-lost", "2"], "above 0 and up to 1"),
        (["--counts", "money"], "money"),
        (["--reform", "uc_taper_50"], "design G3 or G4"),
    ):
        done = run_.invoke(main, [*ask, *wrong])
        assert done.exit_code == 2, done.output
        assert told in done.output
        assert "Traceback" not in done.output


def test_the_pages_tell_the_same_costs(root):
    """docs/population.md has the first table of the page that `make docs` writes."""
    page = (root / "docs" / "population-guarantee.md").read_text(encoding="utf-8")
    first = page.split("## What the guarantee costs\n\n")[1].split("\n\n")[0]
    assert len(first.splitlines()) == 2 + len(COMPONENTS)
    told = (root / "docs" / "population.md").read_text(encoding="utf-8")
    assert first in told
    assert f"mwp {documents_of.program()['version']}" in told
    assert f"mwp {documents_of.program()['version']}" in page
