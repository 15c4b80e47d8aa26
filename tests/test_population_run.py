"""Whole populations: sums of households, the same whoever works them out, and honest about what is not known."""

import dataclasses
import json
import os
import signal
from datetime import date
from itertools import pairwise
from pathlib import Path

import jsonschema
import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner

import mwp
from mwp import resources
from mwp.analysis.schedule import EarningsPath
from mwp.analysis.top_ups import own_path
from mwp.cli.main import main
from mwp.core.units import WEEKS_A_MONTH
from mwp.errors import InputError, MwpError
from mwp.inputs.household import Household
from mwp.inputs.reform import Reform, load_reform
from mwp.population import documents, metr, parallel, poverty, promised
from mwp.population.convert import tables_of
from mwp.population.encode import encode_tables
from mwp.population.metr import Incentives, Sweep, rates, sweep
from mwp.population.parallel import How, over_blocks
from mwp.population.pieces import Source
from mwp.population.promised import TOLERANCE, TOLERANCE_OF_BOTH, TopUps
from mwp.population.query import query
from mwp.population.run import VARIABLES, Months, Outcome, run
from mwp.population.spread import Sample, gini, quantiles, tenths
from mwp.population.tables import Population
from mwp.report import population_run_words

ON = date(2026, 11, 1)
SCHEMAS = Path(documents.__file__).parent.parent / "report" / "schemas"


@pytest.fixture(scope="module")
def library() -> list[Household]:
    return [mwp.load_household(name) for name in resources.library("households")]


@pytest.fixture(scope="module")
def tables(library: list[Household]) -> Population:
    return tables_of(library, weights=[100.0 * n + 0.3 for n in range(1, len(library) + 1)], about="The library.")


@pytest.fixture(scope="module")
def reforms() -> list[list[Reform]]:
    return [[load_reform("uc_taper_50")], [load_reform("nes_guarantee")], [load_reform("nes_guarantee_65")]]


@pytest.fixture(scope="module")
def told(tables: Population, reforms) -> Outcome:
    return run(tables, reforms, ON, measure="net_resources")


@pytest.fixture(scope="module")
def incentives(tables: Population, reforms) -> Incentives:
    return rates(tables, reforms, ON, measure="net_resources")


# Sums of households


def test_every_column_is_what_the_households_are_told_one_by_one(library, told):
    for law, reform in enumerate((None, "uc_taper_50")):
        one_by_one = [mwp.calculate(home, on=ON, reform=reform).amounts for home in library]
        for name in VARIABLES:
            expected = np.array([amounts[name] for amounts in one_by_one])
            np.testing.assert_allclose(told.column(law, name), expected, atol=1e-9, err_msg=name)


def test_a_programme_costs_the_weighted_sum_of_its_awards_twelve_times(library, tables, told):
    awards = [mwp.calculate(home, on=ON).amounts["universal_credit"] for home in library]
    (found,) = (one for one in told.programmes(0) if one.variable == "universal_credit")
    assert found.a_year.value == pytest.approx(12 * float(tables.weights @ awards), rel=1e-12)
    assert found.cases.value == pytest.approx(float(tables.weights @ (np.array(awards) > 0)), rel=1e-12)
    assert found.a_month == pytest.approx(found.average * found.cases.value)


def test_what_a_reform_costs_is_the_difference_of_two_runs(told):
    for law in range(1, len(told.laws)):
        now, then, change = told.exchequer(0), told.exchequer(law), told.exchequer(law, 0)
        for part in ("out", "came_in", "net"):
            apart = getattr(then, part).value - getattr(now, part).value
            assert getattr(change, part).value == pytest.approx(apart, abs=1e-2)
        assert change.net.value == pytest.approx(change.out.value - change.came_in.value, abs=1e-2)


def test_a_change_of_the_taper_costs_what_families_gain(told):
    """What families have more, less nothing else: only awards paid by government change, and taxes on nothing."""
    gained = 12 * told.sample.total(told.column(1, "net_income") - told.column(0, "net_income")).value
    assert told.exchequer(1, 0).net.value == pytest.approx(gained, rel=0.02)


def test_groups_add_up_to_everybody(told):
    for law in (1, 2):
        (every,) = told.gains(law)["all"]
        for by in ("decile", "nation", "family", "tenure", "pay"):
            groups = told.gains(law)[by]
            assert sum(one.families for one in groups) == pytest.approx(every.families)
            mean = sum(one.families * one.mean_change.value for one in groups) / every.families
            assert mean == pytest.approx(every.mean_change.value)
            gaining = sum(one.families * one.share_gaining.value for one in groups) / every.families
            assert gaining == pytest.approx(every.share_gaining.value)


def test_a_household_of_weight_two_counts_as_two_of_weight_one(library):
    some = library[:6]
    heavy = run(tables_of(some, weights=[1, 1, 2, 1, 1, 1]), [], ON)
    twice = run(tables_of([*some[:3], some[2], *some[3:]]), [], ON)
    for one, other in zip(heavy.programmes(), twice.programmes(), strict=True):
        assert one.variable == other.variable
        assert one.a_year.value == pytest.approx(other.a_year.value, rel=1e-12)
    assert heavy.incomes().deciles == pytest.approx(twice.incomes().deciles)
    assert heavy.poverty()[1].relative.people == pytest.approx(twice.poverty()[1].relative.people)


def test_when_all_claim_what_is_due_no_award_is_smaller():
    home = mwp.load_household("lone_parent_two_children_leeds")
    silent = home.model_copy(
        update={"options": type(home.options).model_validate({"take_up": {"universal_credit": False}})}
    )
    population = tables_of([silent])
    recorded, full = (run(population, [], ON, take_up=choice) for choice in ("as-recorded", "full"))
    assert recorded.column(0, "universal_credit")[0] == 0
    due = mwp.calculate(home, on=ON).amounts["universal_credit"]
    assert due > 0
    assert full.column(0, "universal_credit")[0] == pytest.approx(due)


# Statistics, by hand


def test_low_income_of_five_families_by_hand():
    """Five families of 1, 2, 1, 4 and 2 people: the person in the middle has 1,000, so the line is 600."""
    income = np.array([500.0, 900.0, 1_000.0, 1_100.0, 3_000.0])
    adults, children = np.array([1.0, 1.0, 1.0, 2.0, 2.0]), np.array([0.0, 1.0, 0.0, 2.0, 0.0])
    weights = np.array([1.0, 1.0, 3.0, 1.0, 1.0])
    people = Sample(weights * (adults + children), np.arange(5), 5)
    found = poverty.poverty(income, income, people, adults, children, weights, "before", 950.0, 1)
    assert found.median == 1_000.0
    assert found.relative.line == pytest.approx(600.0)
    assert (found.relative.people, found.relative.children, found.relative.adults) == (1.0, 0.0, 1.0)
    assert found.relative.of_people.value == pytest.approx(1 / 12)
    assert (found.fixed.people, found.fixed.children) == (3.0, 1.0)
    assert found.fixed.of_children.value == pytest.approx(1 / 3)


def test_equivalised_income_of_families_of_each_size(library):
    """Modified OECD: 0.67 for a single adult, 1 for a couple, 0.2 for a child under 14 and 0.33 from then on."""
    told = run(tables_of(library), [], ON)
    for place, home in enumerate(library):
        older = sum(child.age_on(ON) >= 14 for child in home.children)
        size = 0.67 + 0.33 * (len(home.adults) - 1) + 0.33 * older + 0.2 * (len(home.children) - older)
        after = 0.58 + 0.42 * (len(home.adults) - 1) + 0.42 * older + 0.2 * (len(home.children) - older)
        income = told.column(0, "net_income")[place]
        rent = home.housing.rent.a_month + home.housing.service_charges.a_month
        assert told.equivalised()[place] == pytest.approx(income / size)
        assert told.equivalised(after=True)[place] == pytest.approx((income - rent) / after)


def test_the_error_of_a_total_is_that_of_homes_drawn_with_replacement():
    numbers = np.random.default_rng(5)
    values, weights = numbers.normal(100, 20, 40), numbers.uniform(1, 3, 40)
    alone = Sample.of(weights, np.arange(40)).total(values)
    assert alone.value == pytest.approx(float(weights @ values))
    assert alone.error == pytest.approx(np.sqrt(40) * np.std(weights * values, ddof=1))
    together = Sample.of(weights, np.repeat(np.arange(20), 2)).total(values)
    of_home = (weights * values).reshape(20, 2).sum(axis=1)
    assert together.error == pytest.approx(np.sqrt(20) * np.std(of_home, ddof=1))


def test_a_bootstrap_of_a_mean_comes_near_the_formula_and_is_the_same_each_time():
    values = np.random.default_rng(7).normal(100, 20, 400)
    sample = Sample.of(np.ones(400), np.arange(400))

    def mean(weights):
        return [float(weights @ values / weights.sum())]

    first, second = (sample.bootstrap(mean, 3, 400)[0] for _ in range(2))
    assert first == second
    assert first == pytest.approx(sample.mean(values).error, rel=0.15)


def test_quantiles_tenths_and_gini_of_plain_numbers():
    values = np.arange(1.0, 101.0)
    assert quantiles(values, np.ones(100), (0.1, 0.5, 0.9)).tolist() == [10.0, 50.0, 90.0]
    assert np.bincount(tenths(values[::-1], np.ones(100))).tolist() == [10] * 10
    assert gini(np.full(10, 7.0), np.ones(10)) == pytest.approx(0.0)
    assert gini(np.array([0.0, 0.0, 0.0, 1.0]), np.ones(4)) == pytest.approx(0.75)


# The same however it is split


def same(one: Outcome, other: Outcome) -> None:
    assert one.answers.table().equals(other.answers.table())
    assert documents.outcome(one, documents.COMPARISON) == documents.outcome(other, documents.COMPARISON)


@pytest.mark.parametrize("block", [1, 7])
def test_the_size_of_blocks_changes_no_bit(tables, reforms, told, block):
    same(told, run(tables, reforms, ON, measure="net_resources", block=block))


def test_files_cut_anywhere_give_the_same(tables, reforms, told, tmp_path):
    for number, size in enumerate((5, 1_000)):
        tables.write(tmp_path / str(number), row_group=size)
        same(told, run(tmp_path / str(number), reforms, ON, measure="net_resources", block=4))


def test_two_processes_give_the_same(tables, reforms, told, tmp_path):
    tables.write(tmp_path, row_group=10)
    how = How(workers=2)
    same(told, run(tmp_path, reforms, ON, measure="net_resources", how=how, block=8))


def test_a_sweep_is_the_same_however_it_is_split(tables, tmp_path):
    tables.write(tmp_path, row_group=9)
    task = Sweep(ON, points=61)
    one, other = sweep(tables, task), sweep(tmp_path, task, block=2)
    for name in ("shares", "metr", "ptr"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@dataclasses.dataclass(frozen=True)
class Dies:
    """A task that kills the process it is in, once for each of some blocks: `marks` says which deaths have been."""

    marks: str
    deaths: int = 1

    def told(self):
        return {"question": "dies"}

    def work(self, population: Population) -> pa.Table:
        number = int(population.households["household_id"][0].as_py())
        for death in range(self.deaths):
            mark = Path(self.marks, f"{number}-{death}")
            if number % 2 == 0 and not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return pa.table({"household_id": population.households["household_id"], "law": [0] * population.size})


def test_a_worker_that_is_killed_is_survived(tables, tmp_path):
    answers = over_blocks(Source.of(tables.part(0, 9), 3), Dies(str(tmp_path)), How(workers=2))
    assert list(tmp_path.iterdir())
    assert answers.column("household_id").tolist() == tables.households["household_id"].to_pylist()[:9]


def test_workers_that_always_die_are_given_up(tables, tmp_path, monkeypatch):
    monkeypatch.setattr(parallel, "_DEATHS", 2)
    with pytest.raises(MwpError, match="Workers keep dying"):
        over_blocks(Source.of(tables.part(1, 5), 2), Dies(str(tmp_path), 50), How(workers=2))


@dataclasses.dataclass(frozen=True)
class DyingMonths(Months):
    """The work on a block, at one of which the process is killed once."""

    marks: str = ""

    def work(self, population: Population) -> pa.Table:
        mark = Path(self.marks, "died")
        if population.households["household_id"][0].as_py() > 1 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().work(population)


def test_a_dask_cluster_gives_the_same_although_a_worker_is_killed(tables, tmp_path):
    pytest.importorskip("distributed")
    task = DyingMonths(ON, ((),), marks=str(tmp_path))
    answers = over_blocks(Source.of(tables, 10), task, How(scheduler="local:2"))
    assert (tmp_path / "died").exists()
    assert answers.table().equals(run(tables, [], ON).answers.table())


def test_a_run_that_was_stopped_goes_on_where_it_was(tables, tmp_path):
    def stop(done, total):
        if done == 3:
            raise KeyboardInterrupt

    how = How(checkpoint=tmp_path / "kept")
    with pytest.raises(KeyboardInterrupt):
        run(tables, [], ON, how=how, block=5, progress=stop)
    assert len(list((tmp_path / "kept").glob("block-*.parquet"))) == 3
    seen = []
    again = run(tables, [], ON, how=how, block=5, progress=lambda done, _: seen.append(done))
    assert seen[0] == 3
    same(again, run(tables, [], ON))


def test_a_checkpoint_of_another_run_is_refused(tables, tmp_path):
    how = How(checkpoint=tmp_path)
    run(tables.part(0, 4), [], ON, how=how)
    for other, day, choice in (
        (tables.part(0, 5), ON, "as-recorded"),
        (tables.part(0, 4), date(2026, 10, 1), "as-recorded"),
        (tables.part(0, 4), ON, "full"),
    ):
        with pytest.raises(InputError, match="blocks of another run"):
            mwp.population_run(other, [], day, checkpoint=tmp_path, take_up=choice)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        run(tables.part(0, 4), [], ON, how=How(checkpoint=tmp_path / "other"))


def test_half_a_block_is_worked_out_again(tables, tmp_path):
    how = How(checkpoint=tmp_path)
    first = run(tables, [], ON, how=how, block=10)
    whole = first.answers.table()
    (tmp_path / "block-000001.parquet").write_bytes(b"PAR1 half")
    assert run(tables, [], ON, how=how, block=10).answers.table().equals(whole)


def test_many_households_are_kept_in_files_with_the_same_result(tables, monkeypatch):
    plain = run(tables, [], ON)
    monkeypatch.setattr(parallel, "IN_MEMORY", 10)
    kept = run(tables, [], ON, block=6)
    assert kept.answers.folder is not None
    same(plain, kept)


# Guarantees


@pytest.mark.parametrize(
    "name",
    ["nes_guarantee", "nes_guarantee_65", "no_step_back", "better_off_floor", "compensating_work_allowance",
     "passports_run_on", "passports_tapered", "nes_guarantee_keeps_passports"],
)  # fmt: skip
def test_a_guarantee_adds_what_it_adds_to_each_household_alone(library, tables, name):
    """For a couple who both have pay, either way of looking may miss a little: each says how much at most."""
    reform = load_reform(name)
    found = TopUps(tables, encode_tables(tables, ON), ON).under([reform])
    plain, raised = (mwp.calculate(library, on=ON, reform=one) for one in (_without_guarantee(reform), reform))
    for place, (before, after) in enumerate(zip(plain, raised, strict=True)):
        exact = after.amounts["net_after_work_costs"] - before.amounts["net_after_work_costs"]
        both = [a for a in after.assumptions if a.field == "guarantee.both_earners"]
        if both:
            coarse = float(both[0].why.rsplit("up to ", 1)[1].split(" a month")[0])
            assert exact - TOLERANCE_OF_BOTH - 0.01 <= found[place] <= exact + coarse + 0.01, library[place].name
        else:
            assert found[place] == pytest.approx(exact, abs=TOLERANCE + 0.002), library[place].name


def _without_guarantee(reform):
    return None if not reform.parameters else reform.model_copy(update={"guarantee": None})


def test_a_couple_who_both_earn_are_searched_closely(library, tables):
    """A finer search finds no more than the tolerance allows."""
    homes = encode_tables(tables, ON)
    reform = load_reform("nes_guarantee_65")
    usual = TopUps(tables, homes, ON).under([reform])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(promised, "TOLERANCE_OF_BOTH", 0.02)
        patch.setattr(promised, "TOLERANCE", 0.001)
        patch.setattr(promised, "_SIDE", 16)
        patch.setattr(promised, "_COARSE", 1_000)
        finer = TopUps(tables, homes, ON).under([reform])
    assert (finer >= usual - 1e-9).all()
    assert (finer - usual).max() <= TOLERANCE_OF_BOTH + 0.02


def test_a_looser_guarantee_costs_less(told):
    costs = [told.exchequer(law, 0).net.value for law in (2, 3)]
    assert 0 <= costs[0] < costs[1]
    assert (told.column(3, "guarantee_top_up") >= told.column(2, "guarantee_top_up") - 0.01).all()


# Rates


def test_metrs_are_those_of_exact_schedules(library, incentives):
    places = dict(zip(incentives.column(0, "household_id"), range(10_000), strict=False))
    checked = 0
    for place, home in enumerate(library, start=1):
        path = own_path(home, 0)
        if path is None or place not in places:
            continue
        path = dataclasses.replace(path, to=path.to + 100)
        schedule = mwp.schedule(home, on=ON, wage=path.wage, to=path.to, measure="net_resources")
        pay = home.adults[0].pay_a_month()
        mine = (incentives.column(0, "household_id") == place) & (incentives.column(0, "adult") == 0)
        assert incentives.column(0, "metr")[mine][0] == pytest.approx(schedule.metr(pay), abs=1e-5), home.name
        ptr = 1 - (schedule.value(pay) - schedule.value(0.0)) / pay
        assert incentives.column(0, "ptr")[mine][0] == pytest.approx(ptr, abs=1e-6), home.name
        checked += 1
    assert checked > 10


def test_those_near_a_cliff_are_found_and_its_size_is_right(library):
    found = 0
    for home in library:
        adult = home.adults[0]
        path = EarningsPath(0, "hours", 12.71, 0.0, 3_000.0)
        schedule = mwp.schedule(home, on=ON, wage=12.71, to=3_000.0, measure="net_resources")
        for cliff in schedule.cliffs[:1]:
            if cliff.size > -5 or cliff.before < 200:
                continue
            for short, near in ((4.0, True), (14.0, False)):
                pay = cliff.before - short
                hours = path.hours_at(pay)
                worker = adult.model_copy(update={"hours": hours, "hourly_wage": 12.71, "earnings": None})
                moved = home.model_copy(update={"adults": (worker, *home.adults[1:])})
                others = [c for c in schedule.cliffs if pay < c.at <= pay + metr.NEAR + 0.01]
                if near or not others:
                    told = rates(tables_of([moved]), [], ON, measure="net_resources")
                    size = told.column(0, "cliff")[0]
                    assert (size > 0) == near, home.name
                    if near:
                        worst = -min(c.size for c in others)
                        assert size == pytest.approx(worst, abs=0.02), home.name
                        found += 1
    assert found >= 3


def test_no_metr_is_above_what_a_guarantee_allows_where_it_is_open(tables, reforms):
    """On the measure that it counts; on another one the same pounds are added."""
    told = rates(tables, reforms, ON, measure="net_resources_after_childcare")
    metrs, before = told.column(2, "metr"), told.column(0, "metr")
    lowered = metrs < before - 1e-6
    raised = metrs > before + 1e-6
    assert np.allclose(metrs[raised | lowered], 0.75)
    assert (told.column(2, "cliff") <= told.column(0, "cliff")).all()


def test_a_job_of_someone_out_of_work_is_taxed_as_the_better_off_answer_says(library, incentives):
    checked = 0
    for place, home in enumerate(library, start=1):
        mine = (incentives.column(0, "household_id") == place) & (incentives.column(0, "adult") == 0)
        if not mine.any() or np.isnan(incentives.column(0, "ptr_16_hours")[mine][0]):
            continue
        answer = mwp.better_off(home, "16h@minimum_wage", on=ON)
        then, now = answer.jobs[0].calculation.amounts, answer.now.amounts
        wage = mwp.calculate(home, on=ON)
        pay = then["gross_pay"] - now["gross_pay"]
        assert wage.household is not None
        assert pay > 0
        gained = then["net_resources"] - now["net_resources"]
        assert incentives.column(0, "ptr_16_hours")[mine][0] == pytest.approx(1 - gained / pay, abs=1e-6), home.name
        checked += 1
    assert checked >= 5


def test_shares_of_the_classes_add_up(incentives):
    for law in range(len(incentives.laws)):
        for line in incentives.lines(law):
            assert sum(line.shares) == pytest.approx(1.0)
            assert [one.value for one in line.above] == sorted([one.value for one in line.above], reverse=True)
            assert line.above[0].value == pytest.approx(sum(line.shares[3:]))


def test_a_sweep_has_the_metrs_of_the_schedules(library):
    home = mwp.load_household("lone_parent_two_children_leeds")
    wage = home.adults[0].hourly_wage
    told = sweep(tables_of([home]), Sweep(ON, points=601, to=3_000.0))
    schedule = mwp.schedule(home, on=ON, wage=wage, to=3_000.0, measure="net_income")
    steps = np.concatenate(([0.0], told.earnings))
    expected = [1 - (schedule.value(float(b)) - schedule.value(float(a))) / (b - a) for a, b in pairwise(steps)]
    np.testing.assert_allclose(told.metr, expected, atol=1 / 4_096 + 1e-4)
    np.testing.assert_allclose(told.shares.sum(axis=0), 1.0)


def test_what_cannot_be_asked_is_refused(tables, tmp_path):
    with pytest.raises(InputError, match="at least one worker"):
        How(workers=0)
    with pytest.raises(InputError, match="its own workers"):
        How(workers=2, scheduler="local:2")
    with pytest.raises(InputError, match="no local cluster"):
        run(tables.part(0, 2), [], ON, how=How(scheduler="local:none"))
    with pytest.raises(InputError, match="no way to take up"):
        mwp.population_run(tables, [], ON, take_up="some")


def test_households_with_errors_are_refused_or_left_out_and_counted(tables):
    hours = np.array([float(x) if x is not None else 0.0 for x in tables.persons["hours"].to_pylist()])
    hours[0] = 400.0
    wrong = tables.with_columns("persons", hours=pa.array(hours))
    with pytest.raises(InputError, match="exclude-invalid"):
        run(wrong, [], ON)
    told = run(wrong, [], ON, exclude_invalid=True, block=5)
    assert told.excluded[0] == 1
    assert told.excluded[1] == pytest.approx(float(tables.weights[0]))
    assert told.households == tables.size - 1


# As documents, tables and pages


def test_documents_hold_to_their_schemas(tables, told, incentives):
    swept = sweep(tables, Sweep(ON, points=11))
    for name, document in (
        ("population-run", documents.outcome(run(tables, [], ON), documents.RUN)),
        ("population-comparison", documents.outcome(told, documents.COMPARISON)),
        ("population-metr", documents.incentives(incentives)),
        ("population-sweep", documents.swept(swept)),
    ):
        jsonschema.validate(
            json.loads(json.dumps(document, allow_nan=False)), json.loads((SCHEMAS / f"{name}.json").read_text())
        )


def test_files_of_every_kind_are_made(told, incentives, tables):
    swept = sweep(tables, Sweep(ON, points=11))
    for makers, endings in (
        (population_run_words.outcome_makers(told, comparison=True), population_run_words.ENDINGS),
        (population_run_words.outcome_makers(told, comparison=False), population_run_words.ENDINGS),
        (population_run_words.rates_makers(incentives), population_run_words.ENDINGS),
        (population_run_words.sweep_makers(swept), population_run_words.SWEEP_ENDINGS),
    ):
        assert set(makers) == set(endings)
        for ending, make in makers.items():
            assert make() == make(), ending
    page = population_run_words.outcome_makers(told, comparison=True)[".html"]().decode()
    assert page.count("<svg") == 1
    assert "Mean change by tenth of people" in page


def test_questions_in_sql_are_answered_from_the_results(told):
    pytest.importorskip("duckdb")
    head, rows = query(
        told, "select law, sum(weight * universal_credit) as paid from results group by law order by law"
    )
    assert head == ("law", "paid")
    for law, paid in rows:
        (one,) = (each for each in told.programmes(law) if each.variable == "universal_credit")
        assert paid * 12 == pytest.approx(one.a_year.value)
    assert query(told, "select name from laws where law = 1")[1] == [("uc_taper_50",)]
    with pytest.raises(InputError, match="DuckDB"):
        query(told, "select nothing from nowhere")
    with pytest.raises(InputError):
        query(told, "select * from read_csv('/etc/hostname')")


def test_the_command_line_runs_compares_and_asks(tables, tmp_path):
    tables.part(0, 8).write(tmp_path / "tables")
    folder, day = str(tmp_path / "tables"), ["--on", "2026-11-01"]
    ask = CliRunner()
    done = ask.invoke(main, ["population", "run", folder, *day])
    assert done.exit_code == 0, done.output
    assert "Universal Credit" in done.output
    assert "Low income" in done.output
    done = ask.invoke(main, ["population", "compare", folder, *day, "--reform", "uc_taper_50", "--json"])
    assert done.exit_code == 0, done.output
    assert [law["name"] for law in json.loads(done.output)["laws"]] == ["current_law", "uc_taper_50"]
    done = ask.invoke(main, ["population", "metr", folder, *day, "--output", str(tmp_path / "rates.csv")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "rates.csv").read_text(encoding="utf-8-sig").startswith("table,")
    done = ask.invoke(main, ["population", "metr", folder, *day, "--points", "50", "--json"])
    assert len(json.loads(done.output)["metr"]) == 49
    done = ask.invoke(main, ["population", "run", folder, *day, "--sql", "select count(*) as n from results", "--json"])
    assert json.loads(done.output) == {"columns": ["n"], "rows": [[8]]}
    assert ask.invoke(main, ["population", "compare", folder]).exit_code == 2
    assert ask.invoke(main, ["population", "run", str(tmp_path / "none")]).exit_code == 2


def test_a_week_has_as_many_hours_of_pay_everywhere():
    """The path to a present pay has the same pay at its end."""
    home = mwp.load_household("lone_parent_two_children_leeds")
    pay = promised.Pay.of(encode_tables(tables_of([home]), ON))
    adult = home.adults[0]
    assert pay.amount(0)[0] == pytest.approx(adult.pay_a_month())
    assert pay.wage(0)[0] * adult.hours * WEEKS_A_MONTH == pytest.approx(adult.pay_a_month())
