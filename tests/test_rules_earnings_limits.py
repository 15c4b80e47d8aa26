"""Benefits that turn on the claimant's own work, and those that are kept whatever is earned."""

from datetime import date
from typing import Any

import numpy as np
import pytest

import mwp
from mwp.core.entities import BenefitUnit
from mwp.core.rounding import AS_THE_LAW, NONE
from mwp.core.units import WEEKS_A_MONTH
from mwp.engine.encode import encode
from mwp.engine.law import at, current_law
from mwp.engine.simulation import Path, simulate
from mwp.engine.system import rule_graph
from mwp.rules.contributory_benefits import is_within_permitted_work, new_style_esa, new_style_jsa
from mwp.rules.disability_benefits import pip

ON = date(2026, 6, 15)
LAW = at(current_law(), ON)
YEARS = (date(2024, 6, 15), date(2025, 6, 15), ON)


def home(adult: dict[str, Any], **more: Any) -> Any:
    told = {"name": "x", "nation": "england", "adults": [{"age": 40, **adult}], "housing": {"tenure": "owned"}}
    return mwp.household_from(told | more)


def over_hours(one: Any, hours: np.ndarray, wage: float, wanted: tuple[str, ...], *, split: bool = True) -> Any:
    path = Path({"hours": hours, "hourly_wage": np.full(len(hours), wage)})
    return simulate(encode([one], ON), LAW, wanted, path=path, split=split).amounts


@pytest.mark.parametrize(
    ("earned_a_week", "left_a_week"), [(0, 95.55), (5, 95.55), (5.01, 95.54), (50, 50.55), (100.55, 0), (500, 0)]
)
def test_jsa_falls_pound_for_pound_above_what_is_ignored(earned_a_week, left_a_week):
    earned = np.array([earned_a_week * WEEKS_A_MONTH])
    found = new_style_jsa(95.55 * WEEKS_A_MONTH, earned, 10.0, LAW.contributory_benefits)
    assert found == pytest.approx([left_a_week * WEEKS_A_MONTH])


def test_jsa_ends_at_sixteen_hours():
    found = new_style_jsa(400.0, 0.0, np.array([15.99, 16.0, 40.0]), LAW.contributory_benefits)
    assert found.tolist() == [400.0, 0.0, 0.0]


@pytest.mark.parametrize(("on", "limit"), list(zip(YEARS, (183.50, 195.50, 203.50), strict=True)))
def test_a_penny_a_week_decides_all_of_esa(on, limit):
    law = at(current_law(), on).contributory_benefits
    earned = np.array([limit, limit + 0.009, limit + 0.01]) * WEEKS_A_MONTH
    within = is_within_permitted_work(np.full(3, 15.0), earned, law, AS_THE_LAW)
    assert within.tolist() == [True, True, False]
    assert new_style_esa(np.full(3, 400.0), within).tolist() == [400.0, 400.0, 0.0]
    exact = is_within_permitted_work(np.full(3, 15.0), earned, law, NONE)
    assert exact.tolist() == [True, False, False]


@pytest.mark.parametrize("on", YEARS)
def test_the_limits_are_sixteen_hours_at_the_minimum_wage(on):
    """ESA's limit goes up to the next 50 pence; Carer's Allowance's, since April 2025, to the next pound."""
    law = at(current_law(), on)
    of_wage = law.minimum_wage.national_living_wage * law.contributory_benefits.new_style_esa.hours_limit
    assert law.contributory_benefits.new_style_esa.earnings_limit == AS_THE_LAW.up(of_wage, to=0.5)
    if on.year >= 2025:
        assert law.carers_allowance.earnings_limit == AS_THE_LAW.up(of_wage, to=1.0)


@pytest.mark.parametrize(
    ("living", "mobility", "a_week"),
    [(0, 0, 0), (1, 0, 76.70), (2, 0, 114.60), (0, 1, 30.30), (0, 2, 80.00), (1, 2, 156.70), (2, 1, 144.90)],
)
def test_pip_is_the_sum_of_its_parts(living, mobility, a_week):
    found = pip(np.array([living]), np.array([mobility]), LAW.disability_benefits)
    assert found == pytest.approx([a_week * WEEKS_A_MONTH])


# Along hours of work

HOURS = np.arange(0.0, 40.25, 0.25)
ADULTS: list[dict[str, Any]] = [
    {"benefits": {"new_style_jsa": "auto"}},
    {"health": "lcwra", "benefits": {"new_style_esa": "auto", "esa_support_group": True}},
    {"sex": "f", "benefits": {"maternity_allowance": "auto"}},
    {"caring_hours": 35, "cares_for": "other", "benefits": {"carers_allowance": "auto"}},
]


@pytest.mark.parametrize("adult", ADULTS, ids=["jsa", "esa", "maternity", "carer"])
def test_what_moves_with_hours_agrees_with_everything_worked_out_afresh(adult):
    wanted = (
        "new_style_jsa", "new_style_esa", "maternity_allowance", "carers_allowance", "universal_credit", "income_tax",
        "benefit_cap_reduction", "council_tax_reduction", "net_income", "new_style_jsa_earnings",
        "new_style_esa_earnings_limit", "carers_allowance_earnings_limit",
    )  # fmt: skip
    other = {"age": 30, "hours": 20, "hourly_wage": 13}
    one = home(adult, council_tax={"band": "B", "amount": 120}, non_dependants=[other])
    split, whole = (over_hours(one, HOURS, 12.71, wanted, split=split) for split in (True, False))
    for name in wanted:
        np.testing.assert_allclose(split[name], whole[name], atol=1e-9, err_msg=name)


def test_each_benefit_ends_where_its_rule_says():
    jsa, esa, maternity, carer = (
        over_hours(home(adult), HOURS, 12.71, (name,))[name][0]
        for adult, name in zip(
            ADULTS, ("new_style_jsa", "new_style_esa", "maternity_allowance", "carers_allowance"), strict=True
        )
    )
    assert jsa[HOURS >= 8].max() == 0  # 8 * 12.71 is above 95.55 + 5
    assert (np.diff(jsa) <= 1e-9).all()
    assert set(np.round(esa[HOURS < 16], 6)) == {round(145.90 * WEEKS_A_MONTH, 6)}
    assert esa[HOURS >= 16].max() == 0
    assert maternity[0] == pytest.approx(194.32 * WEEKS_A_MONTH)
    assert maternity[1:].max() == 0
    assert (carer[HOURS <= 16] == carer[0]).all()  # 16 * 12.71 is 203.36, within 204
    assert carer[HOURS > 16].max() == 0


MORE_PAY = 0.25 * 12.71 * WEEKS_A_MONTH
TAX_ON_ESA = 0.20 * ((15.75 * 12.71 + 145.90) * 52 - 12_570) / 12
"""ESA is taxed (ITEPA 2003 s.660), pay of just under 16 hours alone is not: what the tax is just below 16 hours."""


def test_without_universal_credit_the_whole_benefit_is_the_cliff():
    """From just under 16 hours to 16: pay of a quarter of an hour comes, 145.90 a week of ESA and the tax on it go."""
    one = home(ADULTS[1], savings=20_000)
    before, after = over_hours(one, np.array([15.75, 16.0]), 12.71, ("net_income",))["net_income"][0]
    assert after - before == pytest.approx(MORE_PAY - 145.90 * WEEKS_A_MONTH + TAX_ON_ESA)


def test_on_universal_credit_nothing_is_lost_with_it():
    """Universal Credit took all of ESA off, and gives it back; the tax on ESA ends, and 45p in the pound is kept."""
    one = home({**ADULTS[1], "health": "lcwra_protected"})
    before, after = over_hours(one, np.array([15.75, 16.0]), 12.71, ("net_income",))["net_income"][0]
    assert after - before == pytest.approx((1 - 0.55) * MORE_PAY + TAX_ON_ESA)


def test_childcare_keeps_a_carer_within_the_limit():
    carer = {"caring_hours": 35, "cares_for": "child", "benefits": {"carers_allowance": "auto"}}
    children = [{"age": 6, "disability": "lower"}]
    without = home(carer, children=children)
    paying = home(carer, children=children, childcare={"amount": 300, "children": [1]})
    hours = np.array([18.0])
    assert over_hours(without, hours, 12.71, ("carers_allowance",))["carers_allowance"][0, 0] == 0
    assert over_hours(paying, hours, 12.71, ("carers_allowance",))["carers_allowance"][0, 0] > 0


# What is kept


def test_nothing_earned_moves_a_disability_benefit():
    moved = rule_graph().moved_by(("hours", "hourly_wage", "stated_pay"))
    assert not moved & {"pip", "child_disability_benefit", "attendance_allowance", "disability_benefits"}


def test_tax_on_earnings_does_not_wait_for_the_benefits_that_wait_for_it():
    rests_on = set(rule_graph().needed_for(("income_tax_on_earnings",)))
    assert not rests_on & {"new_style_jsa", "new_style_esa", "carers_allowance", "maternity_allowance"}


@pytest.mark.parametrize("name", ["new_style_jsa", "new_style_esa", "carers_allowance"])
def test_each_says_how_to_claim_how_it_ends_and_what_is_tested(name):
    one = rule_graph().rules[name]
    assert one.claim
    assert one.run_on
    assert one.test
    for tested in one.test:
        assert rule_graph().rules[tested].entity is BenefitUnit
        assert rule_graph().rules[tested].unit == "currency-GBP"


def test_the_distance_to_a_limit_can_be_told():
    adult = {"hours": 10, "hourly_wage": 12.71, "health": "lcw", "benefits": {"new_style_esa": "auto"}}
    found = mwp.calculate(home(adult), on=ON)
    room = found.amounts["new_style_esa_earnings_limit"] - found.amounts["new_style_esa_earnings"]
    assert room == pytest.approx((203.50 - 127.10) * WEEKS_A_MONTH)


def test_statutory_pay_is_earnings():
    """Maternity Allowance comes off Universal Credit in full; as much Statutory Maternity Pay is tapered."""
    told = {"children": [{"age": 0}]}
    pay = {"amount": 194.32, "per": "week"}
    allowance = mwp.calculate(home({"sex": "f", "benefits": {"maternity_allowance": "auto"}}, **told), on=ON)
    statutory = mwp.calculate(home({"sex": "f", "hours": 30, "earnings": pay}, **told), on=ON)
    assert allowance.amounts["uc_unearned_income"] == pytest.approx(194.32 * WEEKS_A_MONTH)
    assert statutory.amounts["uc_unearned_income"] == 0
    assert statutory.amounts["uc_earned_income"] == pytest.approx(194.32 * WEEKS_A_MONTH)
    assert statutory.amounts["net_income"] > allowance.amounts["net_income"]
