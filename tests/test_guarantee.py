"""The make-work-pay guarantee: its invariants on library households and made-up schedules, and penny by penny."""

from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import mwp
from mwp import resources
from mwp.analysis import guarantee, incentives
from mwp.analysis.guarantee import Standing, ends_at, keep_at_least, no_step_back, paid_over, top_up
from mwp.analysis.guarantee_couples import couple
from mwp.analysis.measures import COMPONENTS, GUARANTEED, IN_KIND, TOP_UP, Measure
from mwp.analysis.schedule import PENNY, EarningsPath, Jump, Schedule, Segment, schedules
from mwp.inputs.reform import Gate, Guarantee, Scope

ON = date(2026, 6, 15)
LIBRARY = sorted(resources.library("households"))
MEASURES = sorted(COMPONENTS)
CEILINGS = (0.60, 0.70, 0.75, 0.90, 1.00)


@cache
def of_library(measure: Measure = GUARANTEED, reforms: tuple[str, ...] = ()) -> dict[str, Schedule]:
    homes = [mwp.load_household(name) for name in LIBRARY]
    path = EarningsPath(wage=12.71, to=7_000)
    laid = [mwp.load_reform(name) for name in reforms]
    return dict(zip(LIBRARY, schedules(homes, path, ON, laid, measure), strict=True))


HOME = {"name": "x", "nation": "england", "greater_london": False, "housing": {"tenure": "owned"}}
SINGLE = mwp.household_from({**HOME, "adults": [{"age": 30}]})


def made_up(pieces: list[tuple[int, float, float, float]], passports: bool = True) -> Schedule:
    """A schedule out of (pennies, slope kept, then a step of the award and one of a passport)."""
    segments, jumps, start, uc, meals = [], [], 0, 500.0, 0.0
    for place, (width, slope, step, passport) in enumerate(pieces):
        pay = start * PENNY
        slopes = {"gross_pay": 1.0, "universal_credit": slope - 1.0, "free_school_meals": 0.0}
        parts = {"gross_pay": pay, "universal_credit": uc, "free_school_meals": meals}
        end = start + width
        segments.append(Segment(pay, end * PENNY, sum(parts.values()), slopes, parts))
        uc += (slope - 1.0) * width * PENNY
        if place + 1 < len(pieces) and (step or (passports and passport)):
            sizes = {"universal_credit": step, "free_school_meals": passport if passports else 0.0}
            told = {name: size for name, size in sizes.items() if size}
            jumps.append(Jump(end * PENNY, (end + 1) * PENNY, sum(told.values()), told, ()))
            uc += step + (slope - 1.0) * PENNY
            meals += sizes["free_school_meals"]
            end += 1
        start = end
    path = EarningsPath(wage=12.71, to=segments[-1].end)
    return Schedule(SINGLE, path, "net_resources", tuple(segments), tuple(jumps), ON)


STEPS = st.one_of(st.just(0.0), st.integers(-200, 100).map(float))
PIECES = st.tuples(st.integers(2, 9_000), st.sampled_from((-0.2, 0.0, 0.1, 0.324, 0.45, 0.72, 1.0)), STEPS, STEPS)
MADE_UP = st.lists(PIECES, min_size=1, max_size=7).map(made_up)
ANY = st.one_of(
    MADE_UP, st.tuples(st.sampled_from(LIBRARY), st.sampled_from(MEASURES)).map(lambda t: of_library(t[1])[t[0]])
)


def pennies(schedule: Schedule) -> np.ndarray:
    return np.arange(round(schedule.path.to / PENNY) + 1)


def values(schedule: Schedule, at: np.ndarray) -> np.ndarray:
    """The schedule at every one of many pennies, without its own loop."""
    starts = np.array([one.start for one in schedule.segments])
    level = np.array([one.at_start for one in schedule.segments])
    slope = np.array([one.slope for one in schedule.segments])
    earned = at * PENNY
    place = np.maximum(np.searchsorted(starts, earned + 1e-9, side="right") - 1, 0)
    return np.asarray(level[place] + slope[place] * (earned - starts[place]))


def g4_by_brute_force(schedule: Schedule, m: float) -> np.ndarray:
    """The definition, penny by penny: (1 - m) e + the most of M(x) - (1 - m) x so far."""
    at = pennies(schedule)
    owed = values(schedule, at) - (1 - m) * at * PENNY
    return np.asarray(np.maximum.accumulate(owed) + (1 - m) * at * PENNY)


# The definition, by brute force


@settings(max_examples=60)
@given(MADE_UP, st.sampled_from(CEILINGS))
def test_g4_is_its_definition_at_every_penny(schedule, m):
    found = values(keep_at_least(schedule, m), pennies(schedule))
    np.testing.assert_allclose(found, g4_by_brute_force(schedule, m), atol=1e-6)


@pytest.mark.parametrize("m", [0.65, 0.75, 1.0])
@pytest.mark.parametrize("name", LIBRARY)
def test_g4_is_its_definition_at_every_penny_for_the_library(name, m):
    """A kink between two pennies is a higher point than either: by less than a penny of slope."""
    schedule = of_library("net_after_work_costs")[name]
    found = values(keep_at_least(schedule, m), pennies(schedule))
    brute = g4_by_brute_force(schedule, m)
    assert (found >= brute - 1e-6).all()
    assert (found - brute).max() < PENNY


@settings(max_examples=40)
@given(ANY, st.sampled_from((0.1, 0.25, 0.5, 1.0)), st.sampled_from((None, 108.33)), st.sampled_from((0.0, 16.0)))
def test_g2_is_its_definition_at_every_penny(schedule, kept, most, hours):
    at = pennies(schedule)
    bare = values(schedule, at)
    owed = np.minimum(kept * at * PENNY, np.inf if most is None else most)
    reaches = at * PENNY >= hours * 12.71 * 52 / 12 - 1e-9
    expected = np.where(reaches, np.maximum(bare, bare[0] + owed), bare)
    found = values(guarantee.better_off_floor(schedule, kept, most=most, hours=hours), at)
    np.testing.assert_allclose(found, expected, atol=PENNY)
    assert (np.abs(found - expected) > 1e-6).sum() <= 4 * len(schedule.segments)


# Invariants


@settings(max_examples=80)
@given(ANY, st.sampled_from(CEILINGS), st.booleans())
def test_nothing_is_taken_away_and_each_extra_pound_keeps_its_share(schedule, m, keeps_passports):
    found = keep_at_least(schedule, m, keeps_passports=keeps_passports)
    at = pennies(schedule)
    after = values(found, at)
    assert (after >= values(schedule, at) - 1e-7).all()
    assert (np.diff(after) >= (1 - m) * PENNY - 1e-7).all()
    for segment in found.segments:
        assert segment.end == segment.start or segment.metr <= m + 1e-6
        assert segment.parts[TOP_UP] >= -1e-9
        assert segment.parts[TOP_UP] + segment.slopes[TOP_UP] * (segment.end - segment.start) >= -1e-7
    assert not found.cliffs
    assert all(jump.size > 0 for jump in found.jumps)
    for earnings in (1.0, 500.0, found.path.to):
        if earnings <= found.path.to:
            assert incentives.participation_tax_rate(found, earnings) <= m + 1e-6


@settings(max_examples=60)
@given(ANY, st.sampled_from(CEILINGS))
def test_the_components_add_up_and_the_slopes_come_to_what_is_kept(schedule, m):
    found = keep_at_least(schedule, m)
    for segment in found.segments:
        assert sum(segment.slopes.values()) == pytest.approx(1 - segment.metr, abs=1e-9)
        assert sum(segment.parts.values()) == pytest.approx(segment.at_start, abs=1e-9)
    for before, after in zip(found.segments, found.segments[1:], strict=False):
        assert 0 <= after.start - before.end <= PENNY + 1e-9


@settings(max_examples=40)
@given(ANY, st.sampled_from(CEILINGS))
def test_applying_it_twice_is_applying_it_once(schedule, m):
    once = keep_at_least(schedule, m)
    twice = keep_at_least(once, m)
    at = pennies(schedule)
    np.testing.assert_allclose(values(twice, at), values(once, at), atol=1e-6)


@settings(max_examples=40)
@given(ANY, st.sampled_from(CEILINGS), st.sampled_from(CEILINGS))
def test_the_top_up_falls_as_more_may_be_lost(schedule, one, other):
    low, high = sorted((one, other))
    at = pennies(schedule)
    assert (values(keep_at_least(schedule, low), at) >= values(keep_at_least(schedule, high), at) - 1e-7).all()


@settings(max_examples=40)
@given(ANY)
def test_g3_is_g4_with_everything_that_may_be_lost(schedule):
    at = pennies(schedule)
    found = values(no_step_back(schedule), at)
    highest = np.maximum.accumulate(values(schedule, at))
    assert (found >= highest - 1e-6).all()
    np.testing.assert_allclose(found, highest, atol=PENNY)
    assert no_step_back(schedule) == keep_at_least(schedule, 1.0)


@settings(max_examples=40)
@given(ANY, st.sampled_from((0.60, 0.75, 0.90)))
def test_g4_measured_against_no_work_only_is_the_proportional_floor(schedule, m):
    """With x = 0 the only earnings looked at, N = max(M, M(0) + (1 - m) e); G4 never pays less."""
    at = pennies(schedule)
    bare = values(schedule, at)
    found = values(guarantee.better_off_floor(schedule, 1 - m), at)
    only_nil = np.maximum(bare, bare[0] + (1 - m) * at * PENNY)
    assert np.abs(found - only_nil).max() < PENNY
    assert (values(keep_at_least(schedule, m), at) >= found - PENNY).all()


def test_nothing_is_paid_where_nothing_is_owed():
    """M rises by 45p in the pound throughout: above the 25p that is guaranteed."""
    schedule = made_up([(50_000, 0.45, 0.0, 0.0), (50_000, 0.72, 0.0, 0.0)])
    found = keep_at_least(schedule, 0.75)
    assert paid_over(found) == []
    assert ends_at(found) == 0.0
    assert all(segment.slopes[TOP_UP] == 0 for segment in found.segments)


def test_after_a_cliff_the_top_up_runs_off_over_its_size_by_the_rates():
    """A cliff of 100 over a METR of 55%: 100 / (0.75 - 0.55) = 500 pounds of earnings."""
    bare = made_up([(100_000, 0.45, -100.0, 0.0), (100_000, 0.45, 0.0, 0.0)])
    found = keep_at_least(bare, 0.75)
    (stretch,) = paid_over(found)
    assert stretch.start == pytest.approx(1_000.0, abs=PENNY)
    assert stretch.end - stretch.start == pytest.approx(500.0, abs=0.02)
    assert top_up(found, 1_000.01) == pytest.approx(100.0, abs=0.01)
    assert top_up(found, 1_250.0) == pytest.approx(50.0, abs=0.01)
    assert ends_at(found) == stretch.end
    (moved,) = guarantee.moved_to_a_higher_metr(bare, found)
    assert (moved.start, moved.end) == pytest.approx((stretch.start, stretch.end), abs=0.02)


def test_the_penny_in_which_a_cliff_is_made_good_is_in_no_average():
    """75% is lost from 1,000.01 to 1,500 and 55% of the rest; nothing is earned between 1,000 and 1,000.01."""
    bare = made_up([(100_000, 0.45, -100.0, 0.0), (100_000, 0.45, 0.0, 0.0)])
    found = keep_at_least(bare, 0.75)
    shares = incentives.share_of_range(found)
    assert shares[3] == pytest.approx(499.99 / 2_000, abs=1e-9)
    assert shares[1] == pytest.approx(1_500.01 / 2_000, abs=1e-9)
    assert incentives.average_metr(found) == pytest.approx((0.75 * 499.99 + 0.55 * 1_500.01) / 2_000, abs=1e-9)
    assert incentives.average_metr(bare) == pytest.approx(0.55, abs=1e-9)


@given(schedule=MADE_UP, m=st.sampled_from(CEILINGS), then=st.sampled_from(CEILINGS))
def test_a_second_guarantee_finds_every_open_penny_of_the_first(schedule, m, then):
    """Each is joined where a top-up reaches over it, a step up among them, and else is the jump that it was."""
    once = keep_at_least(schedule, m)
    twice = keep_at_least(once, then)
    first, second = (
        ({one.start for one in found.segments if one.joins}, {one.before for one in found.jumps})
        for found in (once, twice)
    )
    assert set.union(*second) == set.union(*first)
    assert second[0] >= first[0] | {one.before for one in once.cliffs}
    assert not twice.cliffs


@pytest.mark.parametrize("name", LIBRARY[::4])
def test_a_finer_grid_moves_no_top_up_by_a_penny(monkeypatch, name):
    from mwp.analysis import schedule as module

    usual = keep_at_least(of_library()[name], 0.75)
    monkeypatch.setattr(module, "_GRID", 311)
    bare = schedules([mwp.load_household(name)], usual.path, ON, measure=GUARANTEED)[0]
    finer = keep_at_least(bare, 0.75)
    at = pennies(usual)
    assert np.abs(values(finer, at) - values(usual, at)).max() < PENNY


def test_where_the_scottish_child_payment_goes_the_top_up_begins():
    schedule = of_library()["couple_one_child_glasgow"]
    cliff = next(jump for jump in schedule.cliffs if "scottish_child_payment" in jump.components)
    found = keep_at_least(schedule, 0.75)
    assert top_up(found, cliff.at) >= -cliff.size - 0.01
    assert found.parts(cliff.before)["scottish_child_payment"] > 0 == found.parts(cliff.at)["scottish_child_payment"]
    assert incentives.ordered(found, cliff.before, cliff.at)["make-work-pay guarantee"] < -100


# Passports that whoever has a top-up keeps


def test_passports_kept_are_lost_only_where_no_top_up_would_be_due_without_them():
    """A passport of 50 goes at 1,000, over a METR of 28%: kept, it is never lost again, since its loss would open T."""
    one = made_up([(10_000, 0.72, 0.0, 50.0), (90_000, 0.72, 0.0, -50.0), (100_000, 0.72, 0.0, 0.0)])
    kept, disregarded = (keep_at_least(one, 0.75, keeps_passports=way) for way in (True, False))
    assert disregarded.parts(1_100.0)["free_school_meals"] == 0
    assert ends_at(disregarded) == pytest.approx(1_000 + 50 / (0.75 - 0.28), abs=0.05)
    for earnings in (1_000.5, 1_500.0, 1_999.0):
        assert kept.parts(earnings)["free_school_meals"] == pytest.approx(50.0)
        assert top_up(kept, earnings) == pytest.approx(0.0, abs=0.01)


@settings(max_examples=40)
@given(ANY, st.sampled_from((0.65, 0.75, 1.0)))
def test_keeping_passports_never_leaves_less(schedule, m):
    at = pennies(schedule)
    kept = values(keep_at_least(schedule, m, keeps_passports=True), at)
    assert (kept >= values(keep_at_least(schedule, m), at) - 1e-6).all()


@settings(max_examples=30)
@given(ANY, st.sampled_from((0.65, 0.75)))
def test_the_passports_kept_are_a_fixed_point(schedule, m):
    """Once more round: every passport kept stands where a top-up is due without it, and nowhere else is one kept."""
    found = keep_at_least(schedule, m, keeps_passports=True)
    names = [name for name in found.segments[0].slopes if name in guarantee.PASSPORTS]
    for earnings in np.linspace(0.005, found.path.to, 60):
        if any(jump.before - 0.02 < earnings < jump.at + 0.02 for jump in schedule.jumps):
            continue
        bare, with_it = schedule.parts(earnings), found.parts(earnings)
        if any(with_it[name] > bare[name] + 0.01 for name in names):
            assert found.value(earnings) > schedule.value(earnings)
        else:
            assert found.value(earnings) == pytest.approx(schedule.value(earnings) + with_it[TOP_UP], abs=0.01)


# The other designs


def test_tapered_passports_fall_no_faster_than_their_taper():
    schedule = made_up([(10_000, 0.72, 0.0, 50.0), (90_000, 0.72, 0.0, -50.0), (100_000, 0.72, 0.0, 0.0)])
    found = guarantee.tapered_passports(schedule, 0.20)
    assert found.parts(1_000.0)["free_school_meals"] == pytest.approx(50.0)
    assert found.parts(1_125.0)["free_school_meals"] == pytest.approx(25.0, abs=0.01)
    assert found.parts(1_260.0)["free_school_meals"] == pytest.approx(0.0, abs=0.01)
    assert found.metr(1_100.0) == pytest.approx(0.28 + 0.20)
    assert not found.cliffs


def test_a_run_on_keeps_what_was_held_out_of_work_and_ramps_down():
    schedule = of_library()["lone_parent_two_children_leeds"]
    held = {name: amount for name, amount in schedule.parts(0.0).items() if name in IN_KIND}
    now = schedule.parts(3_000.0)
    whole = guarantee.run_on(schedule, 1.0)
    lost = sum(max(0.0, amount - now[name]) for name, amount in held.items())
    assert lost > 0
    assert top_up(whole, 3_000.0) == pytest.approx(lost)
    assert top_up(guarantee.run_on(schedule, 0.5), 3_000.0) == pytest.approx(lost / 2)
    shares = [guarantee.share_of_run_on(month, 6, 12) for month in (1, 6, 7, 12, 13, 30)]
    assert shares == pytest.approx([1.0, 1.0, 6 / 7, 1 / 7, 0.0, 0.0])
    assert guarantee.share_of_run_on(7, 6, 6) == 0.0


def test_only_named_passports_are_kept_and_a_wrong_name_is_refused():
    schedule = of_library()["lone_parent_two_children_leeds"]
    some = guarantee.run_on(schedule, 1.0, ["nhs_costs_help"])
    assert top_up(some, 3_000.0) == pytest.approx(
        schedule.parts(0.0)["nhs_costs_help"] - schedule.parts(3_000.0)["nhs_costs_help"]
    )
    with pytest.raises(mwp.errors.InputError, match="Did you mean free_school_meals"):
        guarantee.run_on(schedule, 1.0, ["free_school_meal"])


def test_compensation_within_the_award_ends_with_it():
    schedule = of_library()["couple_one_child_glasgow"]
    found = guarantee.compensated_within_award(schedule)
    leaves = next(one.end for one in reversed(schedule.segments) if one.parts["universal_credit"] > 0.01)
    assert all(stretch.end <= leaves + PENNY for stretch in paid_over(found))
    assert found.cliffs, "nothing is made up where Universal Credit ends"


# Gates and scope


def test_a_gate_that_asks_for_an_award_this_month_shuts_with_it():
    schedule = of_library()["couple_one_child_glasgow"]
    this_month = Guarantee(design="G4", most_lost=0.75, gate=Gate(universal_credit="this_month"))
    found = guarantee.guaranteed(schedule, this_month)
    cliff = next(jump for jump in schedule.cliffs if "scottish_child_payment" in jump.components)
    assert top_up(found, cliff.at) == 0
    assert any(jump.at == pytest.approx(cliff.at) for jump in found.cliffs)
    placed = guarantee.guaranteed(schedule, this_month, standing=Standing(nes_participant=True))
    assert not placed.cliffs


def test_a_gate_of_six_months_stays_open_past_the_end_of_the_award():
    schedule = of_library()["couple_one_child_glasgow"]
    usual = Guarantee(design="G4", most_lost=0.75)
    assert not guarantee.guaranteed(schedule, usual).cliffs
    never = guarantee.guaranteed(schedule, usual, standing=Standing(had_universal_credit=False))
    assert paid_over(never) == []
    assert [jump.at for jump in never.jumps] == [jump.at for jump in schedule.jumps]
    assert [jump.size for jump in never.jumps] == pytest.approx([jump.size for jump in schedule.jumps])


def test_who_never_had_an_award_is_outside_the_gate():
    schedule = of_library()["couple_not_on_universal_credit_stockport"]
    assert paid_over(guarantee.guaranteed(schedule, Guarantee(design="G4", most_lost=0.75))) == []


def test_scope_limits_nations_areas_and_participants():
    home = mwp.load_household("lone_parent_two_children_leeds")
    assert guarantee.covers(Scope(), home)
    assert not guarantee.covers(Scope(nations=("scotland",)), home)
    assert guarantee.covers(Scope(pilot_areas=("leeds",)), home)
    assert not guarantee.covers(Scope(pilot_areas=("bradford",)), home)
    assert guarantee.covers(Scope(pilot_areas=("bradford",)), home, Standing(in_pilot_area=True))
    assert not guarantee.covers(Scope(nes_participants=True), home)
    assert guarantee.covers(Scope(nes_participants=True), home, Standing(nes_participant=True))
    usual, scope = Guarantee(design="G4", most_lost=0.75), Scope(nations=("wales",))
    assert paid_over(guarantee.guaranteed(of_library()[home_name(home)], usual, scope)) == []


def home_name(home) -> str:
    return next(name for name in LIBRARY if mwp.load_household(name) == home)


def test_the_same_pounds_stand_on_every_measure():
    home, path = mwp.load_household("couple_one_child_glasgow"), EarningsPath(wage=12.71, to=7_000)
    laid = [mwp.load_reform("nes_guarantee")]
    own, cash, after = (
        guarantee.guaranteed_schedules([home], path, ON, laid, measure)[0]
        for measure in (None, "net_income", "net_after_work_costs")
    )
    assert own.measure == GUARANTEED
    for earnings in np.linspace(0, 7_000, 71):
        if not any(jump.before <= earnings <= jump.at for jump in own.jumps):
            assert top_up(cash, earnings) == pytest.approx(top_up(own, earnings), abs=1e-6)
            assert top_up(after, earnings) == pytest.approx(top_up(own, earnings), abs=1e-6)


def test_what_an_element_would_have_to_come_to():
    assert guarantee.prescribed_element(80.0, 900.0, 700.0) == 80.0
    assert guarantee.prescribed_element(80.0, 900.0, 1_000.0) == 180.0
    assert guarantee.prescribed_element(0.0, 900.0, 1_000.0) == 0.0


# Two earners


PATHS = (EarningsPath(0, wage=12.71, to=3_000), EarningsPath(1, wage=12.71, to=2_400))


@cache
def two(name: str = "couple_one_child_glasgow", m: float = 0.75, step: float = 200.0):
    return couple(mwp.load_household(name), PATHS, m, ON, step=step, crossings=(0.0, 1_000.0))


def test_both_partners_keep_their_share_between_any_two_levels():
    found = two()
    lines = {level: found.at_partner(level) for level in found.levels[::3]}
    at = pennies(next(iter(lines.values())))[::7]
    so_far = None
    for level, line in lines.items():
        here = values(line, at)
        assert (np.diff(here) >= 0.25 * PENNY * 7 - 1e-6).all()
        if so_far is not None:
            assert (here - so_far[1] >= 0.25 * (level - so_far[0]) - 1e-6).all()
        so_far = (level, here)


def test_a_couple_has_at_least_what_either_earner_alone_would_be_guaranteed():
    found = two()
    place = len(found.levels) // 2
    alone = keep_at_least(found.before[place], 0.75)
    at = pennies(alone)[::11]
    assert (values(found.at_partner(found.levels[place]), at) >= values(alone, at) - 1e-6).all()


def test_the_supremum_over_both_is_the_definition_on_the_levels():
    found = two()
    at = pennies(found.before[0])
    best = np.full(len(at), -np.inf)
    for level, bare in list(zip(found.levels, found.before, strict=True))[:25]:
        owed = values(bare, at) - 0.25 * (at * PENNY + level)
        best = np.maximum(best, np.maximum.accumulate(owed))
        got = values(found.at_partner(level), at)
        assert np.abs(got - (best + 0.25 * (at * PENNY + level))).max() < PENNY


def test_swapping_partners_swaps_the_guarantee():
    home = mwp.load_household("couple_one_child_glasgow")
    swapped = home.model_copy(update={"adults": home.adults[::-1]})
    same = (EarningsPath(0, wage=12.71, to=2_000), EarningsPath(1, wage=12.71, to=2_000))
    one, other = (couple(household, same, 0.75, ON, step=100.0, crossings=(0.0,)) for household in (home, swapped))
    for claimant, partner in ((0.0, 800.0), (900.0, 400.0), (1_500.0, 1_500.0)):
        away = max(one.bound, other.bound)
        assert one.value(claimant, partner) == pytest.approx(other.value(partner, claimant), abs=away + 0.01)


def test_finer_levels_never_lower_it_and_raise_it_by_less_than_the_bound():
    usual = two(step=400.0)
    finer = usual.finer()
    assert len(finer.levels) > len(usual.levels)
    for level in usual.levels[::9]:
        at = pennies(usual.before[0])[::101]
        change = values(finer.at_partner(level), at) - values(usual.at_partner(level), at)
        assert change.min() > -1e-6
        assert change.max() <= usual.bound + 1e-6
    between = usual.levels[3] + 0.37
    assert usual.value(1_000.0, between) >= usual.value(1_000.0, usual.levels[3])
    assert usual.top_up(1_000.0, between) >= 0


@settings(max_examples=20)
@given(MADE_UP, st.floats(0, 1))
def test_a_schedule_is_unchanged_where_nothing_is_promised(schedule, share):
    assume(len(schedule.segments) > 1)
    found = guarantee.run_on(schedule, 0.0)
    earnings = share * schedule.path.to
    assert found.value(earnings) == pytest.approx(schedule.value(earnings))
