"""Pay, pension contributions, income tax, National Insurance and student loans: what holds at every income.

Worked cases stand in tests/cases/{pay,income_tax,national_insurance,student_loans}.yaml. Here the thresholds are
taken from both sides, and what the law promises everywhere is tried on many incomes.
"""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwp.core.rounding import AS_THE_LAW, NONE, Rounding
from mwp.engine.law import at, current_law, reformed
from mwp.engine.system import rule_graph
from mwp.rules import income_tax, national_insurance, pay, pension_contributions, student_loans
from mwp.rules.income_tax import is_lower_income_spouse, tax_on_earned_income
from mwp.rules.national_insurance import class_1_employee, class_4

ON = date(2026, 6, 15)
LAW = at(current_law(), ON)
DAYS = (date(2024, 4, 8), date(2025, 4, 6), date(2026, 4, 5), ON, date(2027, 4, 5))
MODULES = (pay, pension_contributions, income_tax, national_insurance, student_loans)

incomes = st.floats(0.0, 250_000.0)
days = st.sampled_from(DAYS)
nations = st.sampled_from(("in_england", "in_scotland", "in_wales"))
methods = st.sampled_from(("pension_is_relief_at_source", "pension_is_net_pay", "pension_is_salary_sacrifice"))


def work_out(wanted: str, on: date = ON, rounding: Rounding = AS_THE_LAW, **told: Any) -> Any:
    """A variable of claimants who live alone, one for each entry of what is told; the rest as where nothing is said."""
    graph, law = rule_graph(), at(current_law(), on)
    not_looked_at = {
        "carers_allowance": 0.0,
        "scottish_carer_supplement": 0.0,
        "new_style_jsa": 0.0,
        "new_style_esa": 0.0,
    }
    known = {"is_claimant": 1.0, "age": 30.0, "born": 19900101.0} | not_looked_at | told
    size = max(np.size(value) for value in known.values())
    held: dict[str, Any] = {}
    for name in graph.needed_for([wanted], known):
        rule = graph.rules[name]
        if name in known or rule.kind == "given":
            value = np.full(size, known.get(name, rule.default), dtype=np.float64)
        elif any(one not in held for one in rule.inputs):
            continue
        elif rule.kind == "rule":
            special = {
                "law": law if rule.law == "*" else getattr(law, rule.law or "", None),
                "rounding": rounding,
                "on": on.year * 10_000 + on.month * 100 + on.day,
            }
            value = rule(*[held[one] for one in rule.inputs], **{name: special[name] for name in rule.uses})
        else:
            value = held[rule.inputs[0]]
        held[name] = np.asarray(value) != 0 if rule.unit == "bool" else np.broadcast_to(value, size)
    return held[wanted]


def take_home(pay_a_month: Any, on: date = ON, rounding: Rounding = NONE, **told: Any) -> Any:
    return work_out("take_home_pay", on, rounding, stated_pay=pay_a_month, **told)


@given(incomes, st.floats(0.0, 5_000.0), days, st.booleans())
def test_tax_never_falls_nor_takes_more_than_a_rise_in_income(income, rise, on, in_scotland):
    law = at(current_law(), on).income_tax
    low, high = (float(tax_on_earned_income(i, in_scotland, law, NONE)) for i in (income, income + rise))
    assert 0.0 <= low <= high + 1e-6
    assert high - low <= rise + 1e-6


@given(incomes, st.booleans())
def test_rounding_changes_a_years_tax_by_less_than_a_pounds_worth(income, in_scotland):
    exact, rounded = (float(tax_on_earned_income(income, in_scotland, LAW.income_tax, r)) for r in (NONE, AS_THE_LAW))
    highest_rate_with_taper = 1.5 * LAW.income_tax.scotland.top_rate
    assert exact - highest_rate_with_taper - 0.5 <= rounded <= exact + 1e-6


@given(st.lists(incomes, min_size=1, max_size=8), st.booleans())
def test_many_incomes_at_once_bear_what_each_bears_alone(many, in_scotland):
    together = tax_on_earned_income(np.array(many), in_scotland, LAW.income_tax, AS_THE_LAW)
    alone = [float(tax_on_earned_income(one, in_scotland, LAW.income_tax, AS_THE_LAW)) for one in many]
    assert together == pytest.approx(alone)


@given(st.lists(st.floats(0.0, 20_000.0), min_size=2, max_size=5), nations, methods, days)
def test_every_step_to_take_home_pay_is_worked_out_person_by_person(many, nation, method, on):
    told: dict[str, Any] = {nation: 1.0, method: 1.0, "pension_employee_share": 0.05, "has_student_loan_plan_1": 1.0}
    together = take_home(np.array(many), on, AS_THE_LAW, **told)
    alone = [take_home(one, on, AS_THE_LAW, **told)[0] for one in many]
    assert together == pytest.approx(alone)


@given(st.floats(0.0, 20_000.0), st.floats(0.0, 500.0), nations, methods, st.sampled_from((0.0, 0.05, 0.2)), days)
def test_more_pay_never_takes_less_home(pay_a_month, rise, nation, method, share, on):
    told: dict[str, Any] = {nation: 1.0, method: 1.0, "pension_employee_share": share, "has_student_loan_plan_2": 1.0}
    low, high = take_home(np.array([pay_a_month, pay_a_month + rise]), on, **told)
    assert -1e-6 <= high - low <= rise + 1e-6


@given(st.floats(0.0, 20_000.0), days)
def test_tax_on_all_income_is_tax_on_earnings_where_there_is_no_other(pay_a_month, on):
    told: dict[str, Any] = {
        "stated_pay": pay_a_month,
        "pension_employee_share": 0.05,
        "pension_is_relief_at_source": 1.0,
    }
    assert work_out("income_tax", on, **told) == pytest.approx(work_out("income_tax_on_earnings", on, **told))


@given(st.floats(0.0, 15_000.0), st.floats(0.0, 2_000.0), st.floats(0.0, 2_000.0), nations)
def test_tax_is_never_negative_and_never_above_income(earned, interest, dividends, nation):
    told: dict[str, Any] = {"stated_pay": earned, "interest": interest, "dividends": dividends, nation: 1.0}
    tax = work_out("income_tax", rounding=NONE, **told)
    assert (tax >= 0.0).all()
    assert (tax <= earned + interest + dividends).all()


@given(st.floats(0.0, 250_000.0))
def test_wales_pays_what_england_pays(income):
    here, there = (tax_on_earned_income(income, False, LAW.income_tax, NONE, in_wales=w) for w in (True, False))
    assert float(here) == pytest.approx(float(there))


# The starter band saves 1 per cent of 3,967; the intermediate band costs 1 per cent from 12,570 + 16,956 on.
SAME_IN_SCOTLAND = 12_570 + 16_956 + 3_967


@given(st.floats(0.0, SAME_IN_SCOTLAND))
def test_scots_on_lower_pay_bear_no_more_than_others(income):
    assert _scottish_excess(income) <= 1e-6


@given(st.floats(SAME_IN_SCOTLAND, 250_000.0))
def test_scots_on_higher_pay_bear_no_less_than_others(income):
    assert _scottish_excess(income) >= -1e-6


def _scottish_excess(income: float) -> float:
    scottish, other = (float(tax_on_earned_income(income, s, LAW.income_tax, NONE)) for s in (True, False))
    return scottish - other


@pytest.mark.parametrize(
    ("threshold", "below", "above", "in_scotland"),
    [
        (12_570, 0.00, 0.20, False),
        (50_270, 0.20, 0.40, False),
        (100_000, 0.40, 0.60, False),
        (125_140, 0.60, 0.45, False),
        (12_570, 0.00, 0.19, True),
        (16_537, 0.19, 0.20, True),
        (29_526, 0.20, 0.21, True),
        (43_662, 0.21, 0.42, True),
        (75_000, 0.42, 0.45, True),
        (100_000, 0.45, 0.675, True),
        (125_140, 0.675, 0.48, True),
    ],
)
def test_the_rate_on_a_further_pound_at_each_threshold(threshold, below, above, in_scotland):
    before, there, after = (
        float(tax_on_earned_income(threshold + step, in_scotland, LAW.income_tax, NONE)) for step in (-1, 0, 1)
    )
    assert there - before == pytest.approx(below)
    assert after - there == pytest.approx(above)


@pytest.mark.parametrize(("threshold", "below", "above"), [(1_048, 0.00, 0.08), (4_189, 0.08, 0.02)])
def test_the_class_1_rate_on_a_further_pound_at_each_threshold(threshold, below, above):
    law = LAW.national_insurance
    before, there, after = (float(class_1_employee(threshold + step, law)) for step in (-1, 0, 1))
    assert there - before == pytest.approx(below)
    assert after - there == pytest.approx(above)


@pytest.mark.parametrize(("threshold", "below", "above"), [(12_570, 0.00, 0.06), (50_270, 0.06, 0.02)])
def test_the_class_4_rate_on_a_further_pound_at_each_threshold(threshold, below, above):
    law = LAW.national_insurance
    before, there, after = (float(class_4(threshold + step, law)) for step in (-1, 0, 1))
    assert there - before == pytest.approx(below)
    assert after - there == pytest.approx(above)


@given(st.floats(0.0, 20_000.0), days)
def test_all_three_pension_methods_put_the_same_into_the_pension(pay_a_month, on):
    told: dict[str, Any] = {"stated_pay": pay_a_month, "pension_employee_share": 0.05, "pension_employer_share": 0.03}
    parts = ("employee_pension_contribution", "pension_relief_added", "employer_pension_contribution")
    for method in ("pension_is_relief_at_source", "pension_is_net_pay", "pension_is_salary_sacrifice"):
        methods: dict[str, Any] = {method: 1.0}
        paid_in = sum(work_out(part, on, **told, **methods) for part in parts)
        assert paid_in == pytest.approx(0.08 * pay_a_month)


@given(st.floats(4_300.0, 8_000.0))
def test_a_higher_rate_payer_has_the_same_relief_at_source_as_before_tax(pay_a_month):
    told: dict[str, Any] = {"pension_employee_share": 0.02}
    at_source = take_home(pay_a_month, pension_is_relief_at_source=1.0, **told)
    before_tax = take_home(pay_a_month, pension_is_net_pay=1.0, **told)
    assert at_source == pytest.approx(before_tax)


@given(st.floats(0.0, 10_000.0))
def test_a_second_undergraduate_plan_takes_no_second_share(pay_a_month):
    told: dict[str, Any] = {"stated_pay": pay_a_month, "has_student_loan_plan_5": 1.0}
    one, two = (work_out("student_loan_repayment", **told, has_student_loan_plan_4=plan_4) for plan_4 in (0.0, 1.0))
    assert one == pytest.approx(two)


@given(st.floats(0.0, 10_000.0), days)
def test_student_loans_are_repaid_in_whole_pounds_from_pay(pay_a_month, on):
    told: dict[str, Any] = {"stated_pay": pay_a_month, "has_student_loan_plan_2": 1.0, "has_postgraduate_loan": 1.0}
    repaid = work_out("student_loan_repayment", on, **told)
    assert repaid == pytest.approx(np.round(repaid))


@pytest.mark.parametrize(
    ("claimant", "partner", "giver_is_claimant"),
    [(900.0, 2_000.0, True), (2_000.0, 900.0, False), (1_500.0, 1_500.0, False)],
)
def test_the_spouse_with_less_income_gives_up_allowance_and_the_partner_where_they_are_equal(
    claimant, partner, giver_is_claimant
):
    own, both = np.array([claimant, partner]), np.full(2, claimant + partner)
    is_claimant = np.array([True, False])
    gives = is_lower_income_spouse(own, both, is_claimant, ~is_claimant, np.full(2, True))
    assert gives.tolist() == [giver_is_claimant, not giver_is_claimant]


def test_no_one_who_lives_alone_gives_up_allowance():
    one = np.array([True])
    assert not is_lower_income_spouse(np.array([0.0]), np.array([0.0]), one, ~one, ~one).any()


@pytest.mark.parametrize(
    ("path", "value", "wanted", "told", "expected"),
    [
        ("income_tax.uk.basic_rate", 0.21, "income_tax", {"stated_pay": 2_000.0}, 0.21 * (24_000 - 12_570) / 12),
        (
            "income_tax.wales.basic_rate",
            0.11,
            "income_tax",
            {"stated_pay": 2_000.0, "in_wales": 1.0},
            (0.20 - 0.10 + 0.11) * (24_000 - 12_570) / 12,
        ),
        (
            "income_tax.personal_allowance.amount",
            15_000,
            "marriage_allowance_transferred",
            {"couple_has_giver": 1.0, "couple_has_receiver": 1.0},
            1_500 / 12,
        ),
        ("student_loans.undergraduate_rate", 0.10, "student_loan_repayment", {"stated_pay": 3_000.0}, 55.0),
    ],
)
def test_a_reform_of_one_number_moves_what_rests_on_it(monkeypatch, path, value, wanted, told, expected):
    tree = reformed([{path: {"2026-04-06": value}}])
    monkeypatch.setattr("tests.test_rules_pay.current_law", lambda: tree)
    assert work_out(wanted, has_student_loan_plan_2=1.0, **told) == pytest.approx(expected)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_what_each_rule_says_can_be_said(module):
    for name, rule in rule_graph().rules.items():
        if rule.module == module.__name__:
            law = LAW if rule.law == "*" else getattr(LAW, rule.law or "", None)
            inputs = dict.fromkeys(rule.inputs, 1.0)
            for sentence in (rule.says, rule.says_nil):
                assert "{" not in sentence.format(**inputs, law=law, result=1.0), name
            assert rule.cites, name
            assert rule.doc, name
