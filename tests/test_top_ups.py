"""Guarantees in every verb: what a job's top-up comes to, against the rules at every lower penny, and by hand."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

import mwp
from mwp import resources
from mwp.analysis.calculation import law_on
from mwp.analysis.guarantee import Standing, top_up
from mwp.analysis.measures import COMPONENTS, GUARANTEED, TOP_UP
from mwp.analysis.schedule import PENNY
from mwp.analysis.sweep import kept_by_hours_and_wage
from mwp.analysis.top_ups import schedules_under
from mwp.cli.main import main
from mwp.engine.encode import encode
from mwp.engine.simulation import Floats, Move, Moving, Terms
from mwp.errors import InputError
from mwp.report import charts, schedule_export, schedule_page, schedule_words

ON = date(2026, 6, 15)
M = 0.75
WEEKS = 52 / 12
GLASGOW, LEEDS, COVENTRY = (
    "couple_one_child_glasgow",
    "lone_parent_two_children_leeds",
    "couple_two_earners_two_children_coventry",
)
LIBRARY = sorted(resources.library("households"))
HOMES = {name: mwp.load_household(name) for name in LIBRARY}
ON_UC = [
    name
    for name, one in zip(LIBRARY, mwp.calculate(list(HOMES.values()), on=ON), strict=True)
    if one.amounts["universal_credit"] > 0
]
A_REFORM = {"title": "x", "summary": "y", "source": {"title": "z"}, "status": "this project's proposal"}


def under(guarantee, **more):
    return mwp.load_reform({**A_REFORM, "name": guarantee["design"], "guarantee": guarantee, **more})


def working(home, hours, wage, slot=0):
    adult = home.adults[slot].model_copy(
        update={"hours": float(hours), "hourly_wage": float(wage) if hours else None, "earnings": None}
    )
    return home.model_copy(update={"adults": tuple(adult if at == slot else a for at, a in enumerate(home.adults))})


def alone_at_work(name, hours, wage):
    """The household with the claimant in that work and no other pay in it."""
    home = HOMES[name]
    for slot in range(1, len(home.adults)):
        home = working(home, 0, 0, slot)
    return working(home, hours, wage)


def from_the_rules(home, names, hours, wage, slot=0):
    """Variables at many weekly hours of one adult at a wage, straight from the rules: no schedule, no pieces."""
    rows = len(hours)
    moves = {
        (slot, "hours"): hours,
        (slot, "hourly_wage"): np.full(rows, wage),
        (slot, "stated_pay"): np.zeros(rows),
    }
    found = Moving(encode([home], ON), Terms(law_on(ON)), tuple(names), list(moves))
    return found.at(np.zeros(rows, dtype=np.intp), moves).amounts


def by_brute_force(home, hours, wage, most_lost=M, measure=GUARANTEED):
    """(1 - m) e + the most of M(x) - (1 - m) x over every penny x up to the pay e, less M(e)."""
    pay = hours * wage * WEEKS
    earned = np.append(np.arange(int(pay / PENNY) + 1) * PENNY, pay)
    signs = COMPONENTS[measure]
    parts = from_the_rules(home, signs, earned / (wage * WEEKS), wage)
    held = sum(sign * parts[name] for name, sign in signs.items())
    return float((held - (1 - most_lost) * earned).max() + (1 - most_lost) * pay - held[-1])


JOBS = [(16, 12.71), (30, 14.0), (37.5, 28.0), (9.3, 13.37)]


# The definition


@pytest.mark.parametrize(
    "name",
    [
        GLASGOW,
        LEEDS,
        "lone_parent_four_children_newham",
        "couple_three_children_belfast",
        "couple_two_children_cardiff",
        "single_over_25_birmingham",
    ],
)
def test_the_top_up_at_a_job_is_its_definition_over_every_lower_penny(name):
    for hours, wage in JOBS:
        home = alone_at_work(name, hours, wage)
        found = mwp.calculate(home, on=ON, reform="nes_guarantee", standing={"had_universal_credit": True})
        assert found.amounts[TOP_UP] == pytest.approx(by_brute_force(home, hours, wage), abs=PENNY)
        assert found.amounts_rounded[TOP_UP] == pytest.approx(found.amounts[TOP_UP], abs=PENNY / 2 + 1e-6)


@pytest.mark.parametrize(("reform", "most_lost"), [("nes_guarantee_65", 0.65), ("no_step_back", 1.0)])
def test_other_ceilings_are_their_definition_too(reform, most_lost):
    for hours, wage in JOBS:
        home = alone_at_work(GLASGOW, hours, wage)
        found = mwp.calculate(home, on=ON, reform=reform)
        assert found.amounts[TOP_UP] == pytest.approx(by_brute_force(home, hours, wage, most_lost), abs=PENNY)


def test_pay_between_the_two_pennies_of_a_cliff_is_on_the_side_that_the_rules_put_it():
    """NHS costs are met up to 935 pounds of earnings; this pay is 935.0033..: past the limit, inside its penny."""
    hours = 935.0033 / (12.71 * WEEKS)
    home = alone_at_work(LEEDS, hours, 12.71)
    bare = mwp.calculate(home, on=ON)
    before = mwp.calculate(alone_at_work(LEEDS, 935 / (12.71 * WEEKS), 12.71), on=ON)
    lost = before.amounts["nhs_costs_help"] - bare.amounts["nhs_costs_help"]
    assert lost > 10
    found = mwp.calculate(home, on=ON, reform="nes_guarantee").amounts
    assert found[TOP_UP] == pytest.approx(by_brute_force(home, hours, 12.71), abs=PENNY)
    assert found[GUARANTEED] - before.amounts[GUARANTEED] == pytest.approx(0.0033 * (1 - M), abs=PENNY)


# What work is worth


@pytest.mark.parametrize("name", ON_UC)
def test_a_job_keeps_a_quarter_of_its_pay_and_of_every_pound_more_at_its_wage(name):
    """For whoever had Universal Credit: against no work, and from each job to the next at the same wage."""
    none = alone_at_work(name, 0, 0)
    answer = mwp.better_off(
        none, ["8h@13", "16h@13", "24h@13", "37.5h@13", "60h@13"], on=ON, reform="nes_guarantee",
        standing=Standing(had_universal_credit=True),
    )  # fmt: skip
    columns = [answer.now, *(job.calculation for job in answer.jobs)]
    for place, less in enumerate(columns):
        for more in columns[place + 1 :]:
            extra = sum(a.pay_a_month() for a in more.household.adults) - sum(
                a.pay_a_month() for a in less.household.adults
            )
            gain = more.amounts[GUARANTEED] - less.amounts[GUARANTEED]
            assert gain >= (1 - M) * extra - PENNY
    for job in answer.jobs:
        paid = job.calculation.amounts["gross_pay"] - answer.now.amounts["gross_pay"]
        without_costs = job.gain.month_with_help_in_kind + job.calculation.amounts["all_work_costs"]
        assert without_costs - answer.now.amounts["all_work_costs"] >= (1 - M) * paid - 0.1
        assert job.outlook is not None
        cliffs = job.outlook.schedule.cliffs
        assert all(jump.components.keys() & _COSTS for jump in cliffs), "only costs of work may still be a cliff"


_COSTS = {"childcare_charges", "work_costs", "tax_free_childcare", "northern_irish_childcare_subsidy"}


@pytest.mark.parametrize("name", [COVENTRY, "self_employed_floor_cornwall"])
def test_with_two_earners_either_ones_extra_pay_keeps_a_quarter(name):
    home = HOMES[name]
    stands = {"had_universal_credit": True}
    for slot in (0, 1):
        wage = home.adults[slot].hourly_wage or 12.71
        some, more = (working(home, hours, wage, slot) for hours in (12, 30))
        low, high = mwp.calculate([some, more], on=ON, reform="nes_guarantee", standing=stands)
        extra = (30 - 12) * wage * WEEKS
        assert high.amounts[GUARANTEED] - low.amounts[GUARANTEED] >= (1 - M) * extra - PENNY


def test_two_earners_are_owed_what_any_lower_pay_of_both_would_have_left():
    """Points drawn at random below both partners' pay: none leaves more with a quarter of every pound from there on."""
    home = working(working(HOMES[GLASGOW], 8, 20.0), 36, 20.0, 1)
    found = mwp.calculate(home, on=ON, reform="nes_guarantee")
    assert found.amounts[TOP_UP] > 20
    draw = np.random.default_rng(7)
    first, second = draw.uniform(0, 8, 20_000), draw.uniform(0, 36, 20_000)
    moves: dict[Move, Floats] = {}
    for slot, worked in enumerate((first, second)):
        moves |= {
            (slot, "hours"): worked,
            (slot, "hourly_wage"): np.full(len(worked), 20.0),
            (slot, "stated_pay"): np.zeros(len(worked)),
        }
    rules = Moving(encode([home], ON), Terms(law_on(ON)), (GUARANTEED,), list(moves))
    held = rules.at(np.zeros(len(first), dtype=np.intp), moves).amounts[GUARANTEED]
    earned = (first + second) * 20.0 * WEEKS
    owed = (held + (1 - M) * (44 * 20.0 * WEEKS - earned)).max()
    assert found.amounts[GUARANTEED] >= owed - PENNY
    assert found.amounts[GUARANTEED] <= owed + 5, "and no more than a little above the best of so many"


# One figure everywhere


@cache
def swept(name, reform="nes_guarantee", measure=GUARANTEED, **path):
    return mwp.schedule(HOMES[name], on=ON, reform=reform, wage=12.71, measure=measure, to=6_000, **path)


@pytest.mark.parametrize("name", [GLASGOW, LEEDS, COVENTRY])
def test_calculate_better_off_and_the_schedule_pay_the_same(name):
    sweep = swept(name)
    for hours in (20, 60):
        home = working(HOMES[name], hours, 12.71)
        month = mwp.calculate(home, on=ON, reform="nes_guarantee").amounts_rounded[TOP_UP]
        (job,) = mwp.better_off(HOMES[name], f"{hours}h@12.71", on=ON, reform="nes_guarantee").jobs
        assert job.calculation.amounts_rounded[TOP_UP] == month
        assert top_up(sweep.schedule, hours * 12.71 * WEEKS) == pytest.approx(month, abs=PENNY)


def test_the_surface_pays_the_same_at_every_pair_of_hours():
    found = mwp.surface(HOMES[GLASGOW], on=ON, reform="nes_guarantee", wage=20.0)
    bare = mwp.surface(HOMES[GLASGOW], on=ON, wage=20.0)
    assert found.top_ups is not None
    np.testing.assert_allclose(found.values, bare.values + found.top_ups)
    assert found.top_ups.max() > 100
    for mine, theirs in ((35, 0), (50, 0), (37, 25), (0, 50), (0, 0)):
        home = working(working(HOMES[GLASGOW], mine, 20.0), theirs, 20.0, 1)
        month = mwp.calculate(home, on=ON, reform="nes_guarantee").amounts[TOP_UP]
        assert found.top_ups[mine, theirs] == pytest.approx(month, abs=PENNY)
    steps = 20.0 * WEEKS * (1 - M)
    kept = mwp.surface(HOMES[GLASGOW], on=ON, reform="nes_guarantee", wage=20.0, measure=GUARANTEED).values
    assert (np.diff(kept, axis=0) >= steps - PENNY).all()
    assert (np.diff(kept, axis=1) >= steps - PENNY).all()


@pytest.mark.parametrize("reform", ["better_off_floor", "passports_tapered", "nes_guarantee_keeps_passports"])
def test_a_surface_refuses_a_guarantee_of_one_earner(reform):
    with pytest.raises(InputError, match="one earner's pay"):
        mwp.surface(HOMES[GLASGOW], on=ON, reform=reform)


def test_whoever_earns_the_schedule_of_the_other_starts_from_what_is_paid_already():
    """At no earnings of the partner the top-up is the one of the claimant's job."""
    month = mwp.calculate(HOMES[GLASGOW], on=ON, reform="nes_guarantee").amounts[TOP_UP]
    assert month > 10
    partner = mwp.schedule(HOMES[GLASGOW], on=ON, reform="nes_guarantee", earner="partner", wage=12.71)
    assert top_up(partner.schedule, 0.0) == pytest.approx(month, abs=PENNY)


@pytest.mark.parametrize("name", [GLASGOW, COVENTRY])
def test_what_an_hour_leaves_counts_the_top_up(name):
    sweep = mwp.schedule(HOMES[name], on=ON, reform="nes_guarantee", measure=GUARANTEED, wage=14.2)
    grid, bare = (kept_by_hours_and_wage(one, [14.2, 30.0]) for one in (sweep, _without(sweep)))
    more = grid.kept - bare.kept
    assert (more >= -1e-9).all()
    for hours in (16, 40, 60):
        paid = top_up(sweep.schedule, hours * 14.2 * WEEKS) - top_up(sweep.schedule, 0.0)
        assert more[hours - 1, 0] * hours * WEEKS == pytest.approx(paid, abs=0.02 if name == GLASGOW else 2)


def _without(sweep):
    return mwp.schedule(sweep.household, on=ON, measure=sweep.measure, wage=14.2)


# Each design, by hand


def nil_and_at(home, names, hours, wage):
    """Variables at no work and in the job, from the rules."""
    found = from_the_rules(home, names, np.array([0.0, hours]), wage)
    return {name: tuple(found[name]) for name in names}


def test_g2_tops_up_to_out_of_work_and_a_share_of_the_pay():
    floor = {"design": "G2", "kept": 0.6, "measure": GUARANTEED, "gate": {"universal_credit": "not_needed"}}
    home = alone_at_work(GLASGOW, 30, 12.71)
    none, there = nil_and_at(home, [GUARANTEED], 30, 12.71)[GUARANTEED]
    expected = none + 0.6 * 30 * 12.71 * WEEKS - there
    assert expected > 50
    assert mwp.calculate(home, on=ON, reform=under(floor)).amounts[TOP_UP] == pytest.approx(expected, abs=1e-6)
    capped = under(floor | {"most": 900})
    assert mwp.calculate(home, on=ON, reform=capped).amounts[TOP_UP] == pytest.approx(max(0.0, none + 900 - there))
    from_forty = under(floor | {"hours": 40})
    assert mwp.calculate(home, on=ON, reform=from_forty).amounts[TOP_UP] == 0


def test_g3_is_paid_behind_a_cliff_until_as_much_is_in_hand_again():
    """Free prescriptions end above 935 pounds of earnings; a few pounds on, the top-up is what has not come back."""
    reform, wage = "no_step_back", 12.71
    hours = 940 / (wage * WEEKS)
    home = alone_at_work(LEEDS, hours, wage)
    found = from_the_rules(home, [GUARANTEED], np.array([935.0, 940.0]) / (wage * WEEKS), wage)
    lost = found[GUARANTEED][0] - found[GUARANTEED][1]
    assert lost > 5
    assert mwp.calculate(home, on=ON, reform=reform).amounts[TOP_UP] == pytest.approx(lost, abs=1e-6)


def test_g5_lifts_a_passport_that_falls_too_fast_and_pays_no_top_up():
    """Scottish Child Payment ends with Universal Credit, just above 4,191 pounds; with 20p a pound it is gone later."""
    reform, wage = "passports_tapered", 12.71
    sweep = swept(GLASGOW, None)
    end = next(jump for jump in sweep.jumps if "scottish_child_payment" in jump.components)
    home = alone_at_work(GLASGOW, (end.before + 100) / (wage * WEEKS), wage)
    bare, found = mwp.calculate(home, on=ON), mwp.calculate(home, on=ON, reform=reform)
    whole = 28.20 * WEEKS
    assert bare.amounts["scottish_child_payment"] == 0
    assert found.amounts["scottish_child_payment"] == pytest.approx(whole - 0.20 * 100, abs=0.01)
    assert found.amounts[TOP_UP] == 0
    more = found.amounts["net_income"] - bare.amounts["net_income"]
    assert more == pytest.approx(found.amounts["scottish_child_payment"])
    help_kept = found.amounts["passported_help"] - bare.amounts["passported_help"]
    assert help_kept > 0
    assert found.amounts[GUARANTEED] - bare.amounts[GUARANTEED] == pytest.approx(more + help_kept)


PASSPORTS = ("nhs_costs_help", "healthy_start", "best_start_foods", "warm_home_discount_scotland",
             "best_start_grant_early_learning", "scottish_child_payment", "winter_heating_payment")  # fmt: skip


def lost_passports(home, hours, wage):
    return {name: max(0.0, none - there) for name, (none, there) in nil_and_at(home, PASSPORTS, hours, wage).items()}


def test_g6_makes_up_lost_passports_within_the_award_and_nothing_after_it():
    inside, outside = (alone_at_work(GLASGOW, hours, 20.0) for hours in (30, 50))
    expected = sum(lost_passports(inside, 30, 20.0).values())
    assert expected > 5
    found = mwp.calculate([inside, outside], on=ON, reform="compensating_work_allowance")
    assert found[0].amounts["universal_credit"] > 0
    assert found[0].amounts[TOP_UP] == pytest.approx(expected, abs=1e-6)
    assert found[1].amounts["universal_credit"] == 0
    assert found[1].amounts[TOP_UP] == 0


@pytest.mark.parametrize(("month", "share"), [(1, 1.0), (6, 1.0), (7, 6 / 7), (12, 1 / 7), (13, 0.0)])
def test_g7_keeps_what_was_held_out_of_work_whole_and_then_less_each_month(month, share):
    home = alone_at_work(GLASGOW, 50, 20.0)
    expected = sum(lost_passports(home, 50, 20.0).values())
    assert expected > 150
    found = mwp.calculate(home, on=ON, reform="passports_run_on", standing={"month": month})
    assert found.amounts[TOP_UP] == pytest.approx(share * expected, abs=1e-6)


def test_passports_that_are_kept_are_had_in_kind_and_not_paid_for():
    home = alone_at_work(GLASGOW, 37.5, 28.0)
    bare = mwp.calculate(home, on=ON)
    paid, kept = (
        mwp.calculate(home, on=ON, reform=name) for name in ("nes_guarantee", "nes_guarantee_keeps_passports")
    )
    assert kept.amounts["scottish_child_payment"] == pytest.approx(28.20 * WEEKS)
    assert bare.amounts["scottish_child_payment"] == 0
    assert kept.amounts[TOP_UP] < paid.amounts[TOP_UP]
    assert kept.amounts[GUARANTEED] >= paid.amounts[GUARANTEED] - PENNY


# Gates


def test_a_shut_gate_pays_nothing_and_says_what_it_would_pay():
    home = alone_at_work(GLASGOW, 37.5, 28.0)
    for standing, opens in (
        (None, True),
        ({"had_universal_credit": False}, False),
        ({"had_universal_credit": False, "nes_participant": True}, True),
    ):
        found = mwp.calculate(home, on=ON, reform="nes_guarantee", standing=standing)
        assert (found.amounts[TOP_UP] > 50) == opens
    shut = mwp.calculate(home, on=ON, reform="nes_guarantee", standing={"had_universal_credit": False})
    worth = {told.field: told.worth_a_month for told in shut.assumptions}
    assert worth["standing.nes_participant"] == pytest.approx(by_brute_force(home, 37.5, 28.0), abs=PENNY)


def test_never_on_universal_credit_is_outside():
    found = mwp.calculate("high_earner_guildford", on=ON, reform="nes_guarantee")
    assert found.amounts[TOP_UP] == 0
    assert "an award" not in str(found.assumptions)


@pytest.mark.parametrize("scope", [{"nations": ["wales"]}, {"pilot_areas": ["leeds"]}, {"nes_participants": True}])
def test_a_guarantee_for_others_pays_nothing(scope):
    home = alone_at_work(GLASGOW, 37.5, 28.0)
    reform = under({"design": "G4", "most_lost": M}, scope=scope)
    assert mwp.calculate(home, on=ON, reform=reform).amounts[TOP_UP] == 0
    assert not mwp.schedule(home, on=ON, reform=reform).document()["top_up"]["paid"]
    inside = Standing(nes_participant=True, in_pilot_area=True)
    opened = mwp.calculate(home, on=ON, reform=reform, standing=inside).amounts[TOP_UP]
    assert (opened > 50) == ("nations" not in scope)


def test_where_no_one_works_nothing_is_due():
    found = mwp.calculate("couple_no_earner_nottingham", on=ON, reform="nes_guarantee")
    assert found.amounts[TOP_UP] == 0
    assert not any(told.field.startswith(("guarantee", "standing")) for told in found.assumptions)


def test_what_a_top_up_rests_on_is_listed_with_its_worth():
    home = alone_at_work(GLASGOW, 37.5, 28.0)
    found = mwp.calculate(home, on=ON, reform="nes_guarantee")
    told = {one.field: one for one in found.assumptions}
    assert told["standing.had_universal_credit"].worth_a_month == -found.amounts_rounded[TOP_UP]
    assert told["guarantee.path"].value == "hours growing at £28.00 an hour"
    both = mwp.calculate(working(home, 16, 12.71, 1), on=ON, reform="nes_guarantee")
    assert "guarantee.both_earners" in {one.field for one in both.assumptions}


@pytest.mark.parametrize(
    ("standing", "answer"),
    [
        ({"nes_particpant": True}, "Did you mean nes_participant"),
        ({"month": 0}, "no month of a job"),
        ({"had_universal_credit": "yes"}, "neither true nor false"),
    ],
)
def test_a_standing_that_makes_no_sense_is_refused(standing, answer):
    with pytest.raises(InputError, match=answer):
        mwp.calculate(LEEDS, on=ON, reform="nes_guarantee", standing=standing)


# Every amount it is part of


def test_the_top_up_is_cash_in_every_measure():
    bare, paid = (mwp.calculate(GLASGOW, on=ON, reform=name) for name in (None, "nes_guarantee"))
    due = paid.amounts[TOP_UP]
    assert due > 10
    assert TOP_UP not in bare.amounts
    for measure in COMPONENTS:
        assert paid.amounts[measure] == pytest.approx(bare.amounts[measure] + due)
        assert paid.amounts_rounded[measure] == pytest.approx(bare.amounts_rounded[measure] + round(due, 2))
    assert paid.amounts["universal_credit"] == bare.amounts["universal_credit"]
    assert paid.people == bare.people


def test_without_a_guarantee_nothing_is_different():
    bare, laid = (mwp.calculate(GLASGOW, on=ON, reform=name) for name in ((), "uc_taper_50"))
    for one in (bare, laid):
        assert TOP_UP not in one.amounts
        assert one.standing is None
        assert "standing" not in one.document()
    assert TOP_UP not in mwp.schedule(GLASGOW, on=ON).segments[0].slopes


def test_parameters_and_a_guarantee_in_one_answer():
    """Under a lower taper there is more, and a guarantee laid over it pays for what is still lost."""
    home = alone_at_work(GLASGOW, 37.5, 28.0)
    taper, both = (
        mwp.calculate(home, on=ON, reform=names) for names in (["uc_taper_50"], ["uc_taper_50", "nes_guarantee"])
    )
    assert both.amounts["universal_credit"] == taper.amounts["universal_credit"] > 0
    assert both.amounts[GUARANTEED] == pytest.approx(taper.amounts[GUARANTEED] + both.amounts[TOP_UP])


# Schedules


@pytest.mark.parametrize(
    ("name", "reform", "standing"),
    [
        (GLASGOW, "nes_guarantee", None),
        (COVENTRY, "nes_guarantee", {"had_universal_credit": True}),
        (GLASGOW, "nes_guarantee_keeps_passports", None),
        (LEEDS, "no_step_back", None),
        (GLASGOW, "better_off_floor", None),
        (GLASGOW, "passports_tapered", None),
        (GLASGOW, "compensating_work_allowance", None),
        (GLASGOW, "passports_run_on", {"month": 9}),
        (LEEDS, "better_off_in_work_credit", None),
    ],
)
def test_every_design_is_its_definition_at_every_penny(name, reform, standing):
    found = mwp.schedule(HOMES[name], on=ON, reform=reform, wage=12.71, to=5_000, standing=standing, exhaustive=True)
    assert found.checked is not None
    assert found.checked.agrees, found.checked
    assert found.checked.guarantee_worst is not None


def test_a_wrong_guarantee_is_found_out_at_every_penny(monkeypatch):
    """A ceiling of 80% worked out in place of 75%."""
    from mwp.analysis import guarantee

    right = guarantee.keep_at_least
    monkeypatch.setattr(guarantee, "keep_at_least", lambda one, m, **more: right(one, m + 0.05, **more))
    found = mwp.schedule(HOMES[GLASGOW], on=ON, reform="nes_guarantee", wage=12.71, to=3_000, exhaustive=True)
    assert found.checked is not None
    assert not found.checked.agrees
    assert found.checked.worst < PENNY / 100, "the rules' part is right"


def test_a_schedule_in_words_tables_and_charts_has_the_top_up():
    sweep = swept(GLASGOW)
    assert not sweep.cliffs
    assert "make-work-pay top-up of up to £188.82 a month" in schedule_words.in_words(sweep)
    filled = [jump for one in sweep.segments if (jump := schedule_words.made_good(sweep, one))]
    lost = swept(GLASGOW, None).cliffs
    assert [jump.at for jump in filled] == pytest.approx([jump.at for jump in lost])
    told = schedule_words.made_good_in_words(sweep, filled[-1])
    assert "Scottish Child Payment" in told
    assert told.endswith("makes it good")
    shares = charts.shares(sweep)
    assert schedule_words.TOP_UP_GROUP in shares.groups
    assert max(np.abs(values).max() for values in shares.groups.values()) < 2, "no single penny fills the chart"
    assert schedule_words.TOP_UP_GROUP in charts.levels(sweep).groups
    head, rows = schedule_export.pieces_table([sweep])
    assert TOP_UP in head
    assert rows
    page = schedule_page.sweeps_page([sweep])
    assert "Make-work-pay top-up" in page
    jsonschema.validate(sweep.document(), _schema("sweep"))
    assert b"make-work-pay top-up" in schedule_export.sweep_makers([sweep], "metr")[".svg"]().lower()


def test_attributions_add_up_with_a_guarantee():
    sweep = swept(GLASGOW)
    for how in ("ordered", "shapley"):
        taken = sweep.attribution(4_100, 4_400, how)
        assert sum(taken.values()) == pytest.approx(300)
        assert taken["kept"] == pytest.approx(sweep.value(4_400) - sweep.value(4_100))
        assert taken["make-work-pay guarantee"] < -50


def test_a_distribution_counts_the_guarantee():
    bare, paid = (
        schedule_export.distribution([HOMES[GLASGOW]], ["2026-06-15"], reforms, measure=GUARANTEED, wage=12.71)
        for reforms in ((), ("nes_guarantee",))
    )
    assert sum(bare.found.dates[0].shares[4:]) > 0
    assert bare.found.dates[0].cliffs > 0
    assert sum(paid.found.dates[0].shares[4:]) == pytest.approx(0)
    assert paid.found.dates[0].cliffs == 0


def test_several_households_and_measures_in_one_batch():
    homes = [HOMES[name] for name in (GLASGOW, COVENTRY, LEEDS)]
    found = mwp.schedule(homes, on=ON, reform="nes_guarantee", wage=12.71, measure="net_income")
    for one, home in zip(found, homes, strict=True):
        (alone,) = schedules_under([home], [one.path], ON, [mwp.load_reform("nes_guarantee")], "net_income")
        assert alone.value(1_500) == pytest.approx(one.value(1_500))


# The working


def test_the_working_of_a_top_up_says_where_most_was_reached_and_what_was_lost_since():
    home = alone_at_work(GLASGOW, 37.5, 28.0)
    told = mwp.explain(home, TOP_UP, on=ON, reform="nes_guarantee")
    steps = {step.label: step for step in told.steps}
    reached, owed, rules = (steps[name].amount for name in ("most reached", "guaranteed here", "under the rules"))
    assert told.steps[-1].variable == TOP_UP
    assert told.steps[-1].amount == pytest.approx(owed - rules, abs=PENNY)
    assert owed > reached > 0
    assert "Scottish Child Payment -122.20" in steps["lost since"].words
    earned = np.arange(round(37.5 * 28 * WEEKS / PENNY)) * PENNY
    held = from_the_rules(home, [GUARANTEED], earned / (28 * WEEKS), 28.0)[GUARANTEED]
    at = earned[int((held - (1 - M) * earned).argmax())]
    assert f"At {at:,.2f} of pay a month" in steps["most reached"].words


@pytest.mark.parametrize(
    ("name", "standing", "why"),
    [
        ("couple_no_earner_nottingham", None, "without pay"),
        ("high_earner_guildford", None, "no award of Universal Credit"),
        (LEEDS, {"had_universal_credit": True}, "as much"),
    ],
)
def test_the_working_says_why_there_is_no_top_up(name, standing, why):
    home = HOMES[name] if name != LEEDS else alone_at_work(LEEDS, 5, 13.0)
    told = mwp.explain(home, TOP_UP, on=ON, reform="nes_guarantee", standing=standing)
    assert told.steps[-1].amount == 0
    assert why in told.steps[-1].words


def test_the_working_of_what_is_left_ends_with_the_guarantee():
    told = mwp.explain(GLASGOW, on=ON, reform="nes_guarantee")
    month = mwp.calculate(GLASGOW, on=ON, reform="nes_guarantee")
    assert told.steps[-1].amount == month.amounts_rounded["cash_after_work_costs"]
    assert "The guarantee adds" in told.steps[-1].words
    untouched = mwp.explain(GLASGOW, "income_tax", on=ON, reform="nes_guarantee")
    assert "guarantee" not in untouched.steps[-1].words


def test_there_is_no_top_up_to_explain_under_the_law():
    with pytest.raises(InputError, match="under a reform that has a guarantee only"):
        mwp.explain(GLASGOW, TOP_UP, on=ON)


# Commands


def _schema(name):
    return json.loads((Path(charts.__file__).parent / "schemas" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("schema", "command"),
    [
        ("calculate", f"calculate {GLASGOW}"),
        ("better-off", f"better-off {GLASGOW} --job 37.5h@28 --job 0h --nes-placement"),
        ("explain", f"explain {GLASGOW} guarantee_top_up --had-universal-credit yes"),
        ("sweep", f"sweep {GLASGOW} --to 3000 --wage 12.71 --exhaustive --month-of-job 2"),
        ("cliffs", f"cliffs {GLASGOW} --had-universal-credit no"),
        ("surface", f"sweep {GLASGOW} --earner both --in-pilot-area no"),
        ("metr", f"sweep {LEEDS} --summary"),
    ],
)
def test_every_command_takes_a_guarantee_and_keeps_to_its_schema(schema, command):
    run = CliRunner().invoke(main, [*command.split(), "--reform", "nes_guarantee", "--on", "2026-06-15", "--json"])
    assert run.exit_code == 0, run.output
    told = json.loads(run.stdout)
    jsonschema.validate(told, _schema(schema))
    assert told["reforms"] == ["nes_guarantee"]


def test_commands_show_the_top_up():
    runner, law = CliRunner(), ["--reform", "nes_guarantee", "--on", "2026-06-15"]
    month = runner.invoke(main, ["calculate", GLASGOW, *law]).stdout
    assert "Make-work-pay top-up" in month
    assert "had in the last six months" in month
    answer = runner.invoke(main, ["better-off", GLASGOW, "--job", "37.5h@28", *law]).stdout
    assert "Goes up: Make-work-pay top-up by £39.97" in " ".join(answer.split())
    none = runner.invoke(
        main, ["better-off", GLASGOW, "--job", "37.5h@28", "--had-universal-credit", "no", *law]
    ).stdout
    assert "Make-work-pay top-up" not in none
    shown = runner.invoke(main, ["sweep", GLASGOW, "--wage", "12.71", "--measure", "net_resources", *law]).stdout
    assert "◆ 1,981.70" in shown
    assert runner.invoke(main, ["cliffs", GLASGOW, "--measure", "net_resources", *law]).stdout.count("No cliffs") == 1
    no = ["--had-universal-credit", "no", "--to", "5000"]
    shut = runner.invoke(main, ["cliffs", GLASGOW, "--measure", "net_resources", *no, *law])
    assert "Scottish Child Payment" in shut.stdout
