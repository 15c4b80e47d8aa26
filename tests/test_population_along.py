"""METRs, PTRs and sweeps of populations under guarantees, beside the exact schedules of the library's households."""

import dataclasses
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

import mwp
from mwp import resources
from mwp.analysis.measures import Measure
from mwp.analysis.schedule import EarningsPath, Schedule
from mwp.analysis.top_ups import joint_design, most_lost, own_path, schedules_under
from mwp.engine.simulation import Terms
from mwp.inputs.household import Household
from mwp.inputs.reform import Reform, load_reform
from mwp.population.along import EVERY, PARTNERS, largest_cliff, metr_at, values_of
from mwp.population.convert import tables_of
from mwp.population.encode import encode_tables
from mwp.population.laws import law_under
from mwp.population.metr import NEAR, Sweep, rates, sweep
from mwp.population.promised import STEEPEST, TOLERANCE_OF_BOTH, Pay
from mwp.population.tables import Population
from mwp.report.population_run_words import sweep_told

ON = date(2026, 11, 1)
COUNTED: Measure = "net_resources_after_childcare"
FOLLOWED = ("nes_guarantee", "nes_guarantee_65", "no_step_back")
WALKED = (
    "better_off_floor", "better_off_in_work_credit", "compensating_work_allowance", "passports_run_on",
    "passports_tapered", "nes_guarantee_keeps_passports",
)  # fmt: skip


@pytest.fixture(scope="module")
def library() -> list[Household]:
    return [mwp.load_household(name) for name in resources.library("households")]


@pytest.fixture(scope="module")
def tables(library: list[Household]) -> Population:
    return tables_of(library)


def exact(library: Sequence[Household], law: Sequence[Reform], measure: Measure = COUNTED) -> dict[int, Schedule]:
    """The claimants' schedules up to a little beyond their pay, by the household's number."""
    paths = {place: own_path(home, 0) for place, home in enumerate(library, start=1)}
    there = {place: dataclasses.replace(path, to=path.to + 100) for place, path in paths.items() if path}
    homes = [library[place - 1] for place in there]
    told = schedules_under(homes, list(there.values()), ON, law, measure)
    return dict(zip(there, told, strict=True))


def both_earn(home: Household) -> bool:
    return len(home.adults) > 1 and all(own_path(home, slot) for slot in (0, 1))


@pytest.mark.parametrize("name", [*FOLLOWED, *WALKED])
def test_rates_under_every_guarantee_are_those_of_exact_schedules(library, tables, name):
    law = [load_reform(name)]
    told = rates(tables, [law], ON, measure=COUNTED)
    claimants = told.column(1, "adult") == 0
    number = told.column(1, "household_id")
    checked = 0
    for place, schedule in exact(library, law).items():
        mine = claimants & (number == place)
        if not mine.any():
            continue
        pay = library[place - 1].adults[0].pay_a_month()
        found = {one: told.column(1, one)[mine][0] for one in ("metr", "ptr", "cliff")}
        off = TOLERANCE_OF_BOTH if name in FOLLOWED and both_earn(library[place - 1]) else 0.02
        assert found["metr"] == pytest.approx(metr_at(schedule, pay), abs=1e-4), library[place - 1].name
        ptr = 1 - (schedule.value(pay) - schedule.value(0.0)) / pay
        assert found["ptr"] == pytest.approx(ptr, abs=(off + 0.01) / pay), library[place - 1].name
        cliff = largest_cliff(schedule, pay, pay + NEAR)
        assert found["cliff"] == pytest.approx(cliff if cliff >= 1 else 0.0, abs=off), library[place - 1].name
        checked += 1
    assert checked > 10


def test_rates_may_be_shown_on_another_measure_than_the_guarantee_counts(library, tables):
    """The same pounds are added: what is lost of help in kind shows as more than m of the cash, or as less."""
    law = [load_reform("nes_guarantee")]
    told = rates(tables, [law], ON, measure="net_income")
    for place, schedule in exact(library, law, "net_income").items():
        mine = (told.column(1, "adult") == 0) & (told.column(1, "household_id") == place)
        if mine.any() and not both_earn(library[place - 1]):
            pay = library[place - 1].adults[0].pay_a_month()
            metr = metr_at(schedule, pay)
            assert told.column(1, "metr")[mine][0] == pytest.approx(metr, abs=1e-4), library[place - 1].name


@pytest.mark.parametrize("name", ["nes_guarantee", "better_off_floor", "passports_tapered"])
def test_a_job_of_someone_out_of_work_leaves_what_better_off_says(library, tables, name):
    told = rates(tables, [[load_reform(name)]], ON, measure=COUNTED)
    checked = 0
    for place, home in enumerate(library, start=1):
        mine = (told.column(1, "adult") == 0) & (told.column(1, "household_id") == place)
        if not mine.any() or np.isnan(told.column(1, "ptr_16_hours")[mine][0]):
            continue
        if len(home.adults) > 1 and home.adults[1].pay_a_month() > 0:
            continue
        answer = mwp.better_off(home, "16h@minimum_wage", on=ON, reform=name)
        then, now = answer.jobs[0].calculation.amounts, answer.now.amounts
        pay = then["gross_pay"] - now["gross_pay"]
        ptr = 1 - (then[COUNTED] - now[COUNTED]) / pay
        assert told.column(1, "ptr_16_hours")[mine][0] == pytest.approx(ptr, abs=0.02 / pay), home.name
        checked += 1
    assert checked >= 5


def test_where_a_gate_shuts_with_the_award_a_cliff_stays(library, tables):
    """With a gate of this month the loss where the award ends is not made good, and is told as a cliff."""
    reform = load_reform("nes_guarantee")
    guarantee = reform.guarantee
    assert guarantee is not None
    shut = guarantee.model_copy(update={"gate": guarantee.gate.model_copy(update={"universal_credit": "this_month"})})
    home = mwp.load_household("couple_one_child_glasgow")
    (schedule,) = schedules_under([home], [EarningsPath(0, "hours", 12.71, 0.0, 5_000.0)], ON, (), COUNTED)
    (end,) = (one for one in schedule.cliffs if "scottish_child_payment" in one.components and one.size < -100)
    hours = (end.before - 4.0) / 12.71 / (52 / 12)
    worker = home.adults[0].model_copy(update={"hours": hours, "hourly_wage": 12.71, "earnings": None})
    moved = tables_of([home.model_copy(update={"adults": (worker, *home.adults[1:])})])
    told = rates(moved, [[reform], [reform.model_copy(update={"guarantee": shut})]], ON, measure=COUNTED)
    size, filled, left = (told.column(law, "cliff")[0] for law in (0, 1, 2))
    assert size == pytest.approx(-end.size, abs=0.02)
    assert filled == 0
    assert left >= size - 0.02


# Whole ranges of earnings


POINTS, TO = 601, 6_000.0


@pytest.mark.parametrize("name", ["nes_guarantee", "nes_guarantee_65", "no_step_back", "passports_tapered"])
def test_a_sweep_leaves_what_exact_schedules_do_but_for_what_lies_between_its_points(library, name):
    """Never more, for one earner; less by no more than what M rises by above 1 - m over a step of either earner's."""
    law = [load_reform(name)]
    there = {home.name: path for home in library if (path := own_path(home, 0))}
    homes = [home for home in library if home.name in there]
    population, task = tables_of(homes), Sweep(ON, tuple(law), POINTS, TO, COUNTED)
    paths = [dataclasses.replace(there[home.name], to=TO) for home in homes]
    told = schedules_under(homes, paths, ON, law, COUNTED)
    step = TO / (POINTS - 1)
    earned = np.linspace(0.0, TO, POINTS)
    for home, schedule, found in zip(homes, told, left_by(task, population), strict=True):
        apart = found - values_of(schedule, earned)
        theirs = home.adults[1].pay_a_month() / PARTNERS if both_earn(home) else 0.0
        if name == "passports_tapered":
            assert np.abs(apart).max() < 1e-6, home.name
            continue
        promised = joint_design(law)
        assert promised is not None
        assert apart.min() >= -(STEEPEST - (1 - most_lost(promised))) * (step * (EVERY if theirs else 1) + theirs), (
            home.name
        )
        assert apart.max() <= (TOLERANCE_OF_BOTH if theirs else 0.01), home.name


def left_by(task: Sweep, population: Population) -> np.ndarray:
    """What the sweep counts from: what is left of each household at each point."""
    table = encode_tables(population, ON)
    terms, pay = Terms(law_under(ON, task.reforms)), Pay.of(table)
    wages = np.array([pay.wage(0), np.where(pay.wage(1) > 0, pay.wage(1), 12.71)])
    earned = np.linspace(0.0, task.to, task.points)
    return np.concatenate([found for _, found in task._left(population, table, terms, wages, earned)])


def test_over_a_sweep_nobody_whose_gate_is_open_loses_more_than_m_or_meets_a_cliff(library):
    """On the points of a sweep the guarantee holds exactly: the running maximum only grows."""
    reform = load_reform("nes_guarantee")
    assert reform.guarantee is not None
    for_all = reform.guarantee.model_copy(
        update={"gate": reform.guarantee.gate.model_copy(update={"universal_credit": "not_needed"})}
    )
    told = sweep(tables_of(library), Sweep(ON, (reform.model_copy(update={"guarantee": for_all}),), 301, TO, COUNTED))
    before = sweep(tables_of(library), Sweep(ON, (), 301, TO, COUNTED))
    assert before.shares[4:].sum() > 0
    assert told.shares[4:].sum() == 0
    assert told.metr.max() <= 0.75 + 1e-3
    assert (told.metr[told.shares[3] > 0] <= 0.75 + 1e-3).all()


def test_a_sweep_says_what_its_guarantee_looks_back_to(tables):
    for name, says in (("nes_guarantee", True), ("uc_taper_50", False)):
        told = sweep_told(sweep(tables, Sweep(ON, (load_reform(name),), 7)))
        assert any("looks back" in line for line in told.blocks[0].after) == says


def test_a_sweep_under_a_guarantee_is_the_same_however_it_is_split(tables, tmp_path):
    tables.write(tmp_path, row_group=9)
    task = Sweep(ON, (load_reform("nes_guarantee"),), 61)
    one, other = sweep(tables, task), sweep(tmp_path, task, block=2)
    for name in ("shares", "metr", "ptr"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
