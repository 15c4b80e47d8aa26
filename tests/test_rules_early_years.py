"""Help with food, one-off grants for children, and help with heating: who qualifies, counted and dated."""

from datetime import date

import numpy as np
import pytest

import mwp
from mwp.core.days import months_after
from mwp.core.rounding import AS_THE_LAW
from mwp.core.valuation import CHOICES, Valuation
from mwp.engine.encode import encode
from mwp.engine.law import at, current_law
from mwp.engine.simulation import Path, simulate
from mwp.engine.system import rule_graph
from mwp.errors import InputError
from mwp.rules.early_years_food import healthy_start_of_person, meets_healthy_start_test
from mwp.rules.maternity_grants import (
    best_start_grant_pregnancy_open,
    is_child_of_early_learning_age,
    is_child_of_school_starting_age,
    maternity_grants_open,
)
from mwp.rules.winter_help import (
    cold_weather_payment,
    meets_winter_conditions,
    opens_warm_home_discount,
    winter_fuel_payment_of_adult,
)

ON = date(2026, 6, 15)
LAW = at(current_law(), ON)
YES, NO = np.array([True]), np.array([False])
HEADLINES = (
    "healthy_start",
    "best_start_foods",
    "maternity_grant",
    "best_start_grant_pregnancy",
    "best_start_grant_early_learning",
    "best_start_grant_school_age",
    "warm_home_discount",
    "warm_home_discount_scotland",
    "cold_weather_payment",
    "winter_heating_payment",
    "child_winter_heating_payment",
    "winter_fuel_payment",
)


def many(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def home_of(nation, children=(), **told):
    base = {"name": "x", "nation": nation, "adults": [{"age": 28}], "housing": {"tenure": "owned"}}
    return mwp.household_from({**base, "children": list(children), **told})


# Days


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [(20260115, 6, 20260715), (20260901, 6, 20270301), (20251215, 12, 20261215), (20260630, 42, 20291230)],
)
def test_months_are_counted_over_the_end_of_a_year(day, months, later):
    assert months_after(many(day), months) == later


def test_six_months_from_the_end_of_august_end_with_february():
    assert 20270228 <= months_after(20260831, 6) < 20270301


# Healthy Start


@pytest.mark.parametrize(("age", "portions"), [(0, 2), (1, 1), (3, 1), (4, 0), (15, 0)])
def test_healthy_start_by_the_age_of_the_child(age, portions):
    found = healthy_start_of_person(YES, NO, many(age), LAW.early_years_food)
    assert found == pytest.approx([portions * 4.65 * 52 / 12])


@pytest.mark.parametrize(("age", "helped"), [(17, 0), (18, 1), (35, 1)])
def test_a_pregnancy_from_18_is_under_the_test_of_pay(age, helped):
    found = healthy_start_of_person(NO, YES, many(age), LAW.early_years_food)
    assert found == pytest.approx([helped * 4.65 * 52 / 12])


def test_a_hair_of_binary_fraction_does_not_lose_healthy_start():
    assert meets_healthy_start_test(many(408), many(1), many(408.0000000001), AS_THE_LAW).all()
    assert not meets_healthy_start_test(many(408), many(1), many(408.01), AS_THE_LAW).any()


# Grants


@pytest.mark.parametrize(
    ("babies", "expecting", "under_16", "grants"),
    [
        (0, 0, 0, 0),
        (1, 0, 1, 1),  # the first baby
        (0, 1, 0, 1),
        (0, 1, 1, 0),  # a second baby on the way
        (1, 0, 2, 0),
        (2, 0, 2, 2),  # twins first
        (2, 0, 3, 1),  # twins after one child
        (3, 0, 4, 2),  # triplets after one child
        (0, 0, 3, 0),
    ],
)
def test_maternity_grants_by_who_is_in_the_family(babies, expecting, under_16, grants):
    assert maternity_grants_open(many(babies), many(expecting), many(under_16)) == grants


@pytest.mark.parametrize(
    ("babies", "expecting", "under_16", "a_year"),
    [
        (0, 0, 2, 0),
        (1, 0, 1, 796.65),
        (0, 1, 0, 796.65),
        (0, 1, 1, 398.35),
        (1, 0, 3, 398.35),
        (2, 0, 2, 796.65 + 398.35 + 398.35),
        (2, 0, 3, 398.35 + 398.35 + 398.35),
    ],
)
def test_scotlands_pregnancy_and_baby_payment_by_who_is_in_the_family(babies, expecting, under_16, a_year):
    counts = many(babies), many(expecting), many(under_16)
    found = best_start_grant_pregnancy_open(*counts, YES, LAW.maternity_grants)
    assert 12 * found == pytest.approx([a_year])
    assert not best_start_grant_pregnancy_open(*counts, NO, LAW.maternity_grants).any()


@pytest.mark.parametrize(
    ("on", "born", "open_"),
    [
        (20260531, 20210301, False),
        (20260601, 20210301, True),
        (20260601, 20210228, False),
        (20261231, 20220228, True),
        (20261231, 20220301, False),
        (20270228, 20210301, True),
        (20270301, 20210301, False),
    ],
)
def test_the_school_age_payment_is_open_from_june_to_february_for_one_year_of_births(on, born, open_):
    found = is_child_of_school_starting_age(YES, many(born), on, LAW.maternity_grants)
    assert found.tolist() == [open_]


@pytest.mark.parametrize(
    ("on", "age", "open_"), [(20260614, 1, False), (20260615, 2, True), (20271215, 3, True), (20271216, 3, False)]
)
def test_the_early_learning_payment_is_open_from_two_to_three_and_a_half(on, age, open_):
    found = is_child_of_early_learning_age(YES, many(age), many(20240615), on, LAW.maternity_grants)
    assert found.tolist() == [open_]


# Winter


@pytest.mark.parametrize(
    ("credit", "disabled", "limited", "young", "in_work", "meets"),
    [
        (0.01, 0, True, False, 0, True),
        (0.01, 0, False, True, 0, True),
        (0.01, 0, False, False, 0, False),
        (0.01, 0, True, True, 1, False),
        (0.01, 161, False, False, 2, True),
        (0.0, 161, True, True, 0, False),
    ],
)
def test_winter_payments_need_universal_credit_and_mostly_nobody_in_work(
    credit, disabled, limited, young, in_work, meets
):
    found = meets_winter_conditions(many(credit), many(disabled), np.array([limited]), np.array([young]), many(in_work))
    assert found.tolist() == [meets]


def test_cold_weeks_are_valued_low_central_and_high():
    found = [12 * cold_weather_payment(YES, NO, LAW.winter_help, Valuation(choice)).item() for choice in CHOICES]
    assert found == pytest.approx([0.3 * 25, 0.6 * 25, 1.4 * 25])


@pytest.mark.parametrize(
    ("adult", "child", "age", "lcw", "disability", "disabled_child", "opens"),
    [
        (True, False, 61, False, False, False, False),
        (True, False, 62, False, False, False, True),
        (True, False, 30, True, False, False, True),
        (True, False, 30, False, True, False, True),
        (False, True, 17, False, False, False, True),
        (False, True, 18, False, False, False, False),
        (False, True, 18, False, False, True, True),
        (False, False, 70, True, True, False, False),  # somebody else in the home
    ],
)
def test_who_opens_scotlands_broader_group(adult, child, age, lcw, disability, disabled_child, opens):
    flags = [np.array([flag]) for flag in (lcw, False, disability, disabled_child)]
    found = opens_warm_home_discount(np.array([adult]), np.array([child]), many(age), *flags, LAW.winter_help)
    assert found.tolist() == [opens]


@pytest.mark.parametrize(("credit", "income_a_year", "kept"), [(0, 35_000, 1), (0, 35_000.01, 0), (0.01, 90_000, 1)])
def test_winter_fuel_payment_is_taken_back_above_35_000_unless_on_universal_credit(credit, income_a_year, kept):
    found = winter_fuel_payment_of_adult(many(16), many(credit), many(income_a_year / 12), LAW.winter_help, AS_THE_LAW)
    assert found.tolist() == [16 * kept]


# Everything


@pytest.mark.parametrize("name", HEADLINES)
def test_every_programme_says_how_to_claim_and_what_happens_when_the_test_fails(name):
    one = rule_graph().rules[name]
    assert one.claim.endswith(".")
    assert one.run_on.endswith(".")
    assert one.says
    assert one.says_nil
    for tested in one.test or ():
        assert rule_graph().rules[tested].unit == "currency-GBP"


def test_no_programme_of_another_nation_is_paid():
    told = [{"age": 0}, {"age": 2, "disability": "higher"}, {"born": "2021-06-01"}]
    of_scotland = {
        "best_start_foods", "best_start_grant_pregnancy", "best_start_grant_early_learning",
        "best_start_grant_school_age", "warm_home_discount_scotland", "winter_heating_payment",
        "child_winter_heating_payment",
    }  # fmt: skip
    elsewhere = {"healthy_start", "cold_weather_payment"}
    for nation in ("england", "wales", "northern_ireland", "scotland"):
        found = mwp.calculate(home_of(nation, told), on=ON).amounts
        paid = {name for name in HEADLINES if found[name] > 0}
        discount = {"warm_home_discount"} if nation in ("england", "wales") else set()
        assert paid == (of_scotland if nation == "scotland" else elsewhere | discount), nation


def test_what_earnings_do_not_move_is_worked_out_once_and_comes_to_the_same():
    homes = [
        home_of("scotland", [{"age": 0}, {"age": 3}]),
        home_of("england", [{"age": 2}]),
        home_of("wales", adults=[{"age": 70}, {"age": 60}]),
    ]
    pay = np.array([0.0, 0.01, 407.99, 408.0, 408.01, 1_500.0, 2_916.66, 2_916.67, 4_000.0])
    path = Path({"stated_pay": pay})
    split, whole = (simulate(encode(homes, ON), LAW, HEADLINES, path=path, split=s) for s in (True, False))
    for name in HEADLINES:
        np.testing.assert_allclose(split.amounts[name], whole.amounts[name], err_msg=name)
    assert (split.amounts["healthy_start"][1] > 0).tolist() == [True] * 4 + [False] * 5
    assert (split.amounts["cold_weather_payment"][1] > 0).tolist() == [True] + [False] * 8
    assert (split.amounts["winter_fuel_payment"][2] > 0).tolist() == [True] * 7 + [False] * 2


def test_weeks_of_pregnancy_need_a_pregnancy():
    with pytest.raises(InputError, match=r"weeks_pregnant: pregnant is not given\. Add pregnant: true"):
        home_of("england", adults=[{"age": 28, "weeks_pregnant": 12}])
    with pytest.raises(InputError, match=r"weeks_pregnant: 46 is above 45"):
        home_of("england", adults=[{"age": 28, "pregnant": True, "weeks_pregnant": 46}])


@pytest.mark.parametrize("key", ["electricity", "costly_to_heat"])
def test_bills_are_yes_or_no(key):
    with pytest.raises(InputError, match=rf"bills, {key}: .*not yes or no"):
        home_of("england", bills={key: "some"})


# What an answer says of grants that are paid once


def test_a_grant_that_counts_is_told_as_not_paid_yet_with_what_would_go():
    """The Sure Start Maternity Grant of 500, a twelfth a month: SI 2005/3061 reg 5."""
    told = mwp.calculate("expecting_first_child_luton", on=ON).assumptions
    (one,) = [one for one in told if one.field == "one_off_grants"]
    assert "Sure Start Maternity Grant" in one.why
    assert one.worth_a_month == pytest.approx(-500 / 12, abs=0.01)


def test_where_no_grant_counts_none_is_told_of():
    told = mwp.calculate("single_over_25_birmingham", on=ON).assumptions
    assert not [one for one in told if one.field == "one_off_grants"]
