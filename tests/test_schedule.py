"""Earnings schedules: exact slopes, cliffs at the statutory penny, and the rules themselves at every penny."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mwp
from mwp import resources
from mwp.analysis import incentives, schedule
from mwp.analysis.calculation import amounts_of
from mwp.analysis.measures import COMPONENTS, GROUPS
from mwp.analysis.schedule import EarningsPath, Schedule, every_penny, schedules

ON = date(2026, 6, 15)
LIBRARY = sorted(resources.library("households"))


def home(**told):
    base = {"name": "x", "nation": "england", "greater_london": False, "housing": {"tenure": "owned"}}
    return mwp.household_from({**base, **told})


def of(household, on=ON, adult=0, to=6_000.0, measure="net_income", mode="hours", hours=0.0, wage=12.71) -> Schedule:
    return schedules([household], EarningsPath(adult, mode, wage, hours, to), on, measure=measure)[0]


SINGLE = {"adults": [{"age": 30}]}
OFF_UC = {"options": {"take_up": {"universal_credit": False}}}


# Slopes against what the law says they are


@pytest.mark.parametrize(
    ("told", "earnings", "metr"),
    [
        (SINGLE, 300, 0.55),  # Universal Credit alone, no work allowance
        ({"adults": [{"age": 30}], "children": [{"age": 7}]}, 500, 0.0),  # within the higher work allowance of 710
        ({"adults": [{"age": 30}], "children": [{"age": 7}]}, 900, 0.55),
        ({"adults": [{"age": 30}], "children": [{"age": 7}]}, 1_200, 1 - 0.72 * 0.45),  # with tax and NI: 67.6%
        ({**SINGLE, **OFF_UC}, 500, 0.0),
        ({**SINGLE, **OFF_UC}, 2_000, 0.28),
        ({**SINGLE, **OFF_UC}, 5_000, 0.42),
        ({**SINGLE, **OFF_UC, "nation": "scotland", "greater_london": None}, 1_200, 0.19 + 0.08),
        ({**SINGLE, **OFF_UC, "nation": "scotland", "greater_london": None}, 2_000, 0.20 + 0.08),
        ({**SINGLE, **OFF_UC, "nation": "scotland", "greater_london": None}, 3_000, 0.21 + 0.08),
        ({**SINGLE, **OFF_UC, "nation": "scotland", "greater_london": None}, 4_000, 0.42 + 0.08),
        ({**SINGLE, **OFF_UC, "nation": "scotland", "greater_london": None}, 5_500, 0.42 + 0.02),
        ({"adults": [{"age": 30, "student_loans": ["plan_2"]}], **OFF_UC}, 3_000, 0.28 + 0.09),
        ({"adults": [{"age": 30, "student_loans": ["plan_2", "postgraduate"]}], **OFF_UC}, 3_000, 0.28 + 0.15),
        # High Income Child Benefit Charge: a per cent of 27.05 x 52 a year for each 200 pounds
        ({**SINGLE, **OFF_UC, "children": [{"age": 7}]}, 5_500, 0.42 + 27.05 * 52 / 100 / 200),
    ],
)
def test_slopes_are_what_the_law_says(told, earnings, metr):
    told = {key: value for key, value in told.items() if value is not None}
    base = {} if told.get("nation") == "scotland" else {"greater_london": False}
    household = mwp.household_from({"name": "x", "nation": "england", "housing": {"tenure": "owned"}, **base, **told})
    assert of(household).metr(earnings) == pytest.approx(metr, abs=1e-9)


def test_the_taper_of_the_personal_allowance_makes_sixty_two_per_cent():
    assert of(home(**SINGLE, **OFF_UC), to=12_000).metr(9_000) == pytest.approx(0.4 * 1.5 + 0.02, abs=1e-9)


# Where things happen


def test_kinks_stand_where_the_law_puts_them():
    kinks = [segment.start for segment in of(home(**SINGLE, **OFF_UC)).segments]
    for statutory in (12_570 / 12, 1_048, 4_189, 50_270 / 12):
        assert min(abs(kink - statutory) for kink in kinks) < 1e-6, statutory


@pytest.mark.parametrize(("on", "limit"), [(date(2024, 6, 15), 151), (date(2025, 6, 15), 196), (ON, 204)])
def test_carers_allowance_goes_a_penny_above_its_limit(on, limit):
    carer = {"age": 40, "caring_hours": 40, "cares_for": "other", "benefits": {"carers_allowance": "auto"}}
    found = of(home(adults=[carer], **OFF_UC), on=on)
    (cliff,) = [jump for jump in found.cliffs if jump.cause == "other_income"]
    last = int(limit * 52 / 12 * 100) / 100
    assert (cliff.before, cliff.at) == pytest.approx((last, last + 0.01))
    assert "is_within_carers_earnings_limit" in cliff.flipped
    assert cliff.citation


def test_scottish_child_payment_goes_whole_where_universal_credit_ends():
    found = of(mwp.load_household("couple_one_child_glasgow"), to=7_000)
    (cliff,) = [jump for jump in found.cliffs if jump.cause == "scottish_child_payment"]
    assert cliff.size == pytest.approx(-28.20 * 52 / 12, abs=0.01)
    uc = [amounts_of([at(found, e)], ON).amounts["universal_credit"][0, 0] for e in (cliff.before, cliff.at)]
    assert uc[0] > 0 == uc[1]
    assert cliff.recovers_at is not None
    assert found.value(cliff.recovers_at) == pytest.approx(found.value(cliff.before), abs=1e-6)
    assert found.next_cliff(cliff.before - 500) == cliff
    after = found.next_cliff(cliff.at)
    assert after is None or after.at > cliff.at


# Held against the rules


def at(found: Schedule, earnings: float):
    """The household with the earner at those earnings on the path."""
    slot = found.path.adult
    moves = found.path.moves(np.array([earnings]))
    hours, wage = float(moves[slot, "hours"][0]), float(moves[slot, "hourly_wage"][0])
    adults = list(found.household.adults)
    changes = {"hours": hours, "hourly_wage": wage or None, "earnings": None}
    adults[slot] = adults[slot].model_copy(update=changes)
    return found.household.model_copy(update={"adults": tuple(adults)})


@pytest.mark.parametrize("name", LIBRARY)
def test_every_penny_agrees_with_the_rules(name):
    """500,000 pennies and more of every household in the library, on what is left after costs of work."""
    found = of(mwp.load_household(name), to=5_200, measure="net_after_work_costs")
    checked = every_penny(found)
    assert checked.pennies >= 500_000
    assert checked.worst < 1e-6, checked


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize(("mode", "hours"), [("wage", 16.0), ("hours_then_wage", 37.5)])
def test_other_paths_agree_with_the_rules_too(name, mode, hours):
    household = mwp.load_household(name)
    adult = len(household.adults) - 1
    found = of(household, adult=adult, mode=mode, hours=hours, to=1_500)
    assert every_penny(found).worst < 1e-6


@settings(max_examples=40)
@given(st.sampled_from(LIBRARY), st.floats(0, 5_999), st.sampled_from(["net_income", "net_after_work_costs"]))
def test_a_schedule_evaluated_anywhere_is_a_calculation_there(name, earnings, measure):
    found = _cached(name, measure)
    if any(jump.before - 0.005 < earnings < jump.at + 0.005 for jump in found.jumps):
        return
    there = amounts_of([at(found, earnings)], ON).amounts[measure][0, 0]
    assert found.value(earnings) == pytest.approx(there, abs=1e-6)


_CACHE: dict[tuple[str, str], Schedule] = {}


def _cached(name: str, measure: str) -> Schedule:
    if (name, measure) not in _CACHE:
        _CACHE[name, measure] = of(mwp.load_household(name), measure=measure)
    return _CACHE[name, measure]


def test_many_households_at_once_are_each_alone():
    names = LIBRARY[::6]
    homes = [mwp.load_household(name) for name in names]
    together = schedules(homes, EarningsPath(wage=12.71), ON)
    for household, found in zip(homes, together, strict=True):
        alone = of(household)
        assert [jump.at for jump in found.jumps] == [jump.at for jump in alone.jumps]
        np.testing.assert_allclose([s.metr for s in found.segments], [s.metr for s in alone.segments], atol=1e-9)


@pytest.mark.parametrize("grid", [237, 1_000, 5_000])
def test_a_finer_or_coarser_grid_moves_no_cliff(monkeypatch, grid):
    expected = [(jump.at, round(jump.size, 6)) for jump in of(mwp.load_household("graduate_plan_4_edinburgh")).jumps]
    monkeypatch.setattr(schedule, "_GRID", grid)
    found = of(mwp.load_household("graduate_plan_4_edinburgh"))
    assert [(jump.at, round(jump.size, 6)) for jump in found.jumps] == expected


def test_swapping_partners_swaps_their_schedules():
    couple = mwp.load_household("couple_two_earners_two_children_coventry")
    swapped = couple.model_copy(update={"adults": couple.adults[::-1]})
    one, other = of(couple, adult=0), of(swapped, adult=1)
    np.testing.assert_allclose([s.metr for s in one.segments], [s.metr for s in other.segments], atol=1e-9)
    assert [jump.at for jump in one.jumps] == [jump.at for jump in other.jumps]


# Parts add up


@pytest.mark.parametrize("measure", COMPONENTS)
def test_the_components_add_up_to_the_measure(measure):
    homes = [mwp.load_household(name) for name in LIBRARY]
    found = amounts_of(homes, ON).amounts
    given = {"maintenance", "child_maintenance"}
    parts = sum(
        sign * (found[name] if name not in given else np.array([[_told(h, name)] for h in homes]))
        for name, sign in COMPONENTS[measure].items()
    )
    np.testing.assert_allclose(parts, found[measure], atol=1e-9)


def _told(household, name):
    return getattr(household.unearned_income, name).a_month


def test_slopes_of_the_components_add_up_to_what_is_kept():
    for name in LIBRARY[::5]:
        for segment in _cached(name, "net_income").segments:
            assert sum(segment.slopes.values()) == pytest.approx(1 - segment.metr, abs=1e-12)


def test_every_component_is_put_down_to_one_programme():
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted({n for parts in COMPONENTS.values() for n in parts} - {"gross_pay"})


# Incentives


def test_participation_tax_and_replacement_rates():
    found = of(home(**SINGLE))
    uc = 424.90
    earned = 500.0
    assert incentives.participation_tax_rate(found, earned) == pytest.approx(0.55)
    assert incentives.replacement_rate(found, earned) == pytest.approx(uc / (uc + 0.45 * earned))


def test_ordered_attribution_adds_up_to_the_step():
    found = of(mwp.load_household("couple_one_child_glasgow"), to=7_000)
    for start, end in ((0.0, 900.0), (1_000.0, 4_500.0), (4_100.0, 4_300.0)):
        parts = incentives.ordered(found, start, end)
        assert sum(parts.values()) == pytest.approx(end - start, abs=1e-9)
        assert parts["kept"] == pytest.approx(found.value(end) - found.value(start), abs=1e-6)


STEPS = (("couple_one_child_glasgow", 0.0, 900.0), ("lone_parent_two_children_leeds", 600.0, 1_500.0),
         ("high_earner_guildford", 4_300.0, 8_000.0), ("carer_for_partner_durham", 700.0, 1_000.0))  # fmt: skip


@pytest.mark.parametrize(("name", "start", "end"), STEPS)
@pytest.mark.parametrize("measure", ["net_income", "net_after_work_costs"])
def test_shapley_attribution_adds_up_to_the_step(name, start, end, measure):
    found = of(mwp.load_household(name), to=9_000, measure=measure)
    parts = incentives.shapley(found, start, end)
    assert sum(parts.values()) == pytest.approx(end - start, abs=1e-9)
    assert parts["kept"] == pytest.approx(found.value(end) - found.value(start), abs=1e-6)


def test_shapley_is_the_ordered_attribution_where_programmes_do_not_look_at_each_other():
    alone = of(home(**SINGLE))
    assert incentives.shapley(alone, 0.0, 500.0) == pytest.approx(incentives.ordered(alone, 0.0, 500.0), abs=1e-6)
    taxed = of(home(**SINGLE, **OFF_UC))
    for start, end in ((0.0, 3_000.0), (4_000.0, 5_500.0)):
        assert incentives.shapley(taxed, start, end) == pytest.approx(incentives.ordered(taxed, start, end), abs=1e-6)


def test_shapley_of_tax_and_universal_credit_by_hand():
    """A pound at 20% tax, 8% NI and the 55% taper: with UC on, a pound of tax costs 45p, alone a pound.

    Shares by hand: tax 0.2 x (1 - 0.55/2), NI 0.08 x (1 - 0.55/2), UC the rest of 67.6p.
    """
    found = of(home(adults=[{"age": 30}], children=[{"age": 7}]))
    parts = incentives.shapley(found, 1_500.0, 1_600.0)
    half = 1 - 0.55 / 2
    assert parts["income tax"] == pytest.approx(100 * 0.2 * half, abs=1e-9)
    assert parts["National Insurance"] == pytest.approx(100 * 0.08 * half, abs=1e-9)
    assert parts["Universal Credit"] == pytest.approx(100 * (0.676 - 0.28 * half), abs=1e-9)


@given(st.lists(st.floats(-100, 100), min_size=8, max_size=8))
def test_shapley_shares_are_additive_and_symmetric(worth):
    sets = incentives._sets(3)
    worth = np.array(worth)
    shares = incentives.shapley_shares(sets, worth)
    assert shares.sum() == pytest.approx(worth[-1] - worth[0], abs=1e-9)
    np.testing.assert_allclose(incentives.shapley_shares(sets, 2 * worth), 2 * shares, atol=1e-9)
    swapped = [int(s[1]) + 2 * int(s[0]) + 4 * int(s[2]) for s in sets]  # the first two players change names
    np.testing.assert_allclose(incentives.shapley_shares(sets, worth[swapped]), shares[[1, 0, 2]], atol=1e-9)
    alike = (worth + worth[swapped]) / 2  # a game in which they are alike
    first, second, _ = incentives.shapley_shares(sets, alike)
    assert first == pytest.approx(second, abs=1e-9)


def test_classes_of_metr_share_the_range_out():
    for name in LIBRARY[::7]:
        shares = incentives.share_of_range(_cached(name, "net_income"))
        assert sum(shares) == pytest.approx(1.0)
        assert len(shares) == len(incentives.BANDS) + 1


def test_hours_worth_least_come_first():
    found = of(mwp.load_household("couple_one_child_glasgow"), measure="net_after_work_costs", to=2_200)
    worst, *others = incentives.stretches_of_hours(found)
    assert all(worst.kept_an_hour <= other.kept_an_hour for other in others)
    assert worst.kept_an_hour < 12.71


# What cannot be walked


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (EarningsPath(adult=1, wage=12.71), "no partner"),
        (EarningsPath(wage=0), "hourly wage"),
        (EarningsPath(mode="wage", hours=0), "weekly hours"),
        (EarningsPath(wage=12.71, to=-5), "between 0 and"),
    ],
)
def test_a_path_nobody_can_walk_is_refused(path, told):
    with pytest.raises(mwp.errors.InputError, match=told):
        schedules([home(**SINGLE)], path, ON)


def test_a_job_whose_pay_ends_inside_a_penny_has_what_its_hours_bring():
    """Sixteen hours at 12.71 are 881.2266... pounds: between two pennies of a path on which 16 hours open help."""
    for name in ("lone_parent_one_child_liverpool", "lone_parent_four_children_newham"):
        home = mwp.load_household(name)
        (job,) = mwp.better_off(home, "16h@12.71", on=ON).jobs
        in_job = job.calculation
        found = of(in_job.household, measure="net_resources")
        assert found.value(16 * 12.71 * 52 / 12) == pytest.approx(in_job.amounts["net_resources"], abs=1e-6)
