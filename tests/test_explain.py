"""The working: what it tells of an award that is nil, and what figures its steps carry."""

from datetime import date

import mwp
from mwp.analysis.explain import Step, explain
from mwp.inputs.household import Options, TakeUp

ON = date(2026, 11, 28)
LEEDS = "lone_parent_two_children_leeds"
STOCKPORT = "couple_not_on_universal_credit_stockport"


def told(home: str, variable: str = "cash_after_work_costs", **changed: object) -> dict[str, Step]:
    household = mwp.load_household(home).model_copy(update=changed)
    return {step.variable: step for step in explain(household, ON, variable=variable).steps}


def test_where_earnings_leave_no_award_its_sum_is_told() -> None:
    """SI 2013/376 reg 22: what is due, what earnings take off, and that nothing is left of it."""
    for steps in (told(STOCKPORT), told(STOCKPORT, "universal_credit")):
        assert steps["universal_credit"].amount == 0
        assert steps["uc_maximum_amount"].amount == 666.97  # a couple of 25 or over, 2026-27
        assert steps["uc_earnings_deduction"].amount > 666.97
        assert "nothing is left of the maximum amount of 666.97" in steps["uc_award_before_cap"].words


def test_savings_above_the_limit_are_the_reason_and_no_sum_is_told() -> None:
    """SI 2013/376 reg 18: capital above £16,000, whatever else is so."""
    for steps in (told(LEEDS, savings=20_000.0), told(LEEDS, "universal_credit", savings=20_000.0)):
        assert steps["uc_has_too_much_capital"].words == "Capital of 20,000.00 is above the limit of 16,000"
        assert steps["uc_is_open"].words.startswith("Universal Credit is not open")
        assert not {"uc_award_before_cap", "uc_maximum_amount", "uc_standard_allowance"} & set(steps)


def test_who_does_not_claim_is_told_so() -> None:
    steps = told(LEEDS, options=Options(take_up=TakeUp(universal_credit=False)))
    assert "it is not claimed" in steps["uc_is_open"].words
    assert "uc_has_too_much_capital" not in steps


def test_an_award_that_is_paid_says_nothing_of_who_may_have_it() -> None:
    assert not {"uc_is_open", "uc_has_too_much_capital"} & set(told(LEEDS))


def test_help_that_rests_on_an_award_does_not_tell_how_that_came_to_nil() -> None:
    assert not {"uc_award_before_cap", "uc_maximum_amount"} & set(told(STOCKPORT, "healthy_start"))


def test_a_step_carries_the_figures_of_its_words() -> None:
    step = told("couple_one_child_glasgow")["uc_earnings_deduction"]
    assert step.figures["result"] == step.amount
    assert step.figures["law"].taper_rate == 0.55  # SI 2021/1283
    assert f"{step.figures['uc_earned_income']:,.2f}" in step.words
    assert step.programme == "universal_credit"
    assert not {"figures", "programme"} & set(step.document())
