"""Childcare: bills that grow with hours, funded hours by age, the tests of earnings, and the choice of help."""

from datetime import date
from typing import Any

import numpy as np
import pytest

import mwp
from mwp.core.days import in_year_of, latest, months_before, years_before
from mwp.core.rounding import AS_THE_LAW
from mwp.core.valuation import CHOICES, Valuation
from mwp.engine.encode import encode
from mwp.engine.law import at, current_law
from mwp.engine.simulation import simulate
from mwp.errors import InputError
from mwp.rules.childcare_funded_hours import childcare_hours_to_pay_for, hourly_childcare
from mwp.rules.tax_free_childcare import (
    chooses_tax_free_childcare,
    is_above_childcare_income_limit,
    is_in_qualifying_childcare_work,
    parents_meet_childcare_tests,
    tax_free_childcare_if_chosen,
)

ON = date(2026, 6, 15)
LAW = at(current_law(), ON).tax_free_childcare
FUNDED = 30 * 38 / 52


def amounts(*values: float) -> Any:
    return np.array(values, dtype=float)


def claims(*values: bool) -> Any:
    return np.array(values)


def family(hours: float, care: dict[str, Any], wage: float = 15.0, **more: Any) -> dict[str, Any]:
    return {
        "name": "nursery",
        "nation": "england",
        "greater_london": False,
        "adults": [{"age": 30, "hours": hours, "hourly_wage": wage}],
        "children": [{"born": "2023-03-10"}],
        "housing": {"tenure": "owned"},
        "childcare": {"children": [1], **care},
    } | more


def found(told: dict[str, Any], *variables: str, on: date = ON, valuation: str = "central") -> list[float]:
    table = encode([mwp.household_from(told)], on)
    chosen = Valuation(valuation)  # type: ignore[arg-type]
    results = simulate(table, at(current_law(), on), variables, rounding=AS_THE_LAW, valuation=chosen)
    return [float(results.amounts[name][0, 0]) for name in variables]


@pytest.mark.parametrize(
    ("month_day", "on", "day"),
    [(901, 20260831, 20250901), (901, 20260901, 20260901), (101, 20260101, 20260101), (401, 20260331, 20250401)],
)
def test_the_last_time_a_day_came_round(month_day, on, day):
    assert latest(month_day, on) == day


@pytest.mark.parametrize(
    ("day", "nine_months_before"), [(20260901, 20251201), (20260101, 20250401), (20260401, 20250701)]
)
def test_nine_months_before_a_term(day, nine_months_before):
    assert months_before(day, 9) == nine_months_before


def test_years_before_and_days_of_the_year():
    assert (years_before(20260901, 4), in_year_of(20260615, 229)) == (20220901, 20260229)


@pytest.mark.parametrize(("hours", "paid"), [(0, 0), (10, 0), (16, 0), (21, 0), (22, 22), (30, 30), (40, 40)])
def test_as_hours_grow_only_those_beyond_the_funded_ones_are_paid_for(hours, paid):
    told = family(hours, {"amount": 7, "per_hour_of_work": True}, wage=25.0)
    if not hours:
        told["adults"] = [{"age": 30}]
    (charges,) = found(told, "childcare_charges")
    assert charges == pytest.approx(max(paid - FUNDED, 0) * 7 * 52 / 12)


def test_in_sixteen_hours_at_the_minimum_wage_the_bill_falls_though_hours_grow():
    bills = [
        found(family(hours, {"amount": 7, "per_hour_of_work": True}, wage=12.71), "childcare_charges")[0]
        for hours in (15.99, 16)
    ]
    assert bills == [pytest.approx((15.99 - 15 * 38 / 52) * 7 * 52 / 12), 0]


def test_where_both_work_the_shorter_hours_are_paid_for():
    told = family(37, {"amount": 7, "per_hour_of_work": True})
    told["adults"] = [*told["adults"], {"age": 30, "hours": 24, "hourly_wage": 15}]
    assert found(told, "childcare_charges") == [pytest.approx((24 - FUNDED) * 7 * 52 / 12)]


def test_hours_of_care_can_be_told_apart_from_hours_of_work():
    told = family(16, {"amount": {"amount": 7, "per": "hour"}, "hours": 45}, wage=12.71)
    assert found(told, "childcare_charges") == [pytest.approx((45 - FUNDED) * 7 * 52 / 12)]


def test_nobody_pays_for_childcare_while_a_parent_is_at_home():
    told = family(37, {"amount": {"amount": 7, "per": "hour"}, "hours": 45})
    told["adults"] = [*told["adults"], {"age": 30}]
    assert found(told, "childcare_charges", "tax_free_childcare_if_chosen") == [0, 0]


def test_each_childs_funded_hours_come_off_its_own_hours_only():
    paid = childcare_hours_to_pay_for(
        amounts(20, 40), 4, 1, 2, 1, 1, 21.9, amounts(0, 10), amounts(11, 11), 11, claims(False, False)
    )
    assert paid == pytest.approx([80 - 20 - 0 - 11 - 11, 160 - 21.9 - 10 - 11 - 11])
    assert childcare_hours_to_pay_for(amounts(20), 4, 1, 2, 1, 1, 21.9, 0, 11, 11, claims(True)) == pytest.approx([80])


def test_the_price_is_for_all_the_children_together():
    assert hourly_childcare(amounts(12), amounts(60), 2) == pytest.approx([12 / 2 * 60 * 52 / 12])


@pytest.mark.parametrize(
    ("earned", "least", "starting", "works", "qualifies"),
    [
        (881.23, 881.2266, False, True, True),
        (881.22, 881.2266, False, True, False),
        (0, 881.2266, True, True, True),
        (881.23, 881.2266, False, False, False),
    ],
)
def test_qualifying_work_takes_the_minimum_or_a_business_in_its_first_year(earned, least, starting, works, qualifies):
    assert is_in_qualifying_childcare_work(claims(works), amounts(earned), least, claims(starting))[0] == qualifies


def test_sixteen_hours_at_every_minimum_wage_are_enough_in_binary_fractions():
    for on in (date(2024, 6, 15), ON.replace(year=2025), ON):
        wages = at(current_law(), on).minimum_wage
        for age, wage in ((19, wages.from_18), (30, wages.national_living_wage)):
            told = family(16, {"amount": 100}, wage=float(wage), savings=20_000)
            told["adults"][0]["age"] = age
            told["children"] = [{"age": 1}]
            assert found(told, "tax_free_childcare", on=on) == [pytest.approx(20)], (on, age)


@pytest.mark.parametrize(("a_year", "above"), [(100_000, False), (100_000.01, True)])
def test_a_penny_a_year_above_the_limit_is_above_it(a_year, above):
    assert is_above_childcare_income_limit(amounts(a_year / 12), claims(True), LAW)[0] == above


@pytest.mark.parametrize(
    ("adults", "earning", "excused", "rich", "met"),
    [(1, 1, 0, 0, True), (1, 0, 1, 0, False), (2, 1, 0, 0, False), (2, 1, 1, 0, True), (2, 0, 2, 0, False),
     (2, 2, 0, 0, True), (2, 2, 0, 1, False)],
)  # fmt: skip
def test_every_parent_earns_or_is_excused_and_one_earns(adults, earning, excused, rich, met):
    assert parents_meet_childcare_tests(amounts(adults), amounts(earning), amounts(excused), amounts(rich))[0] == met


@pytest.mark.parametrize(
    ("each", "children", "disabled", "top_up"),
    [(100, 1, 0, 20), (833.33, 1, 0, 166.666), (834, 1, 0, 2_000 / 12), (1_666, 0, 1, 333.2), (1_700, 0, 1, 4_000 / 12),
     (1_700, 2, 1, 2 * 2_000 / 12 + 4_000 / 12)],
)  # fmt: skip
def test_a_fifth_of_each_bill_up_to_the_most(each, children, disabled, top_up):
    given = (claims(True), claims(True), amounts(each), amounts(0), amounts(children), amounts(disabled), LAW)
    assert tax_free_childcare_if_chosen(*given) == pytest.approx([top_up])


def test_equal_help_leaves_the_household_on_universal_credit():
    assert list(chooses_tax_free_childcare(amounts(100, 100, 0), amounts(0, 0.01, 0), amounts(100, 100, 0))) == [
        False, True, False,
    ]  # fmt: skip


def test_universal_credit_and_tax_free_childcare_are_never_paid_together():
    """From little work to much: the award falls, and where the top-up is worth more it takes the award's place."""
    seen = set()
    for hours in range(4, 80, 4):
        told = family(hours, {"amount": 600}, wage=20.0)
        award, top_up, without = found(told, "universal_credit", "tax_free_childcare", "universal_credit_if_chosen")
        assert award == 0 or top_up == 0
        assert award + top_up >= without
        seen.add((award > 0, top_up > 0))
    assert seen == {(True, False), (False, True)}


def test_the_worth_of_funded_hours_is_low_central_or_high_and_the_bill_is_not_touched():
    told = family(37, {"amount": 433})
    worth = [found(told, "funded_hours_at_risk_value", "childcare_charges", valuation=choice) for choice in CHOICES]
    central = 15 * 38 / 12 * 6.42
    assert [value for value, _ in worth] == [pytest.approx(share * central) for share in (0.86, 1, 1.14)]
    assert [charges for _, charges in worth] == [433, 433, 433]


def test_a_place_for_a_two_year_old_on_low_earnings_is_worth_its_hours():
    told = family(10, {"amount": 100}, wage=12.71)
    told["children"] = [{"born": "2024-03-10"}]
    names = ("two_year_old_place_value", "working_parents_hours_value", "funded_childcare_hours_value")
    place = pytest.approx(15 * 38 / 12 * 8.90)
    assert found(told, *names) == [place, 0, place]


@pytest.mark.parametrize(
    ("care", "said"),
    [
        ({"amount": 433, "hours": 30}, "Hours go with the price of an hour"),
        ({"amount": 6, "per_hour_of_work": True, "hours": 30}, "the hours are those of work"),
        ({"amount": 433, "funded_hours": "to_take_off"}, "an amount a month is what is left to pay"),
        ({"amount": {"amount": 6, "per": "hour"}, "hours": 0}, "childcare"),
        ({"amount": {"amount": 6, "per": "hour"}, "funded_hours": "maybe"}, "taken_off"),
    ],
)
def test_what_cannot_be_told_of_childcare_is_refused(care, said):
    with pytest.raises(InputError, match=said):
        mwp.household_from(family(16, care))
