"""Child Benefit and its charge, Carer's Allowance, Scottish Child Payment, council tax and its reduction."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwp.core.rounding import AS_THE_LAW, NONE
from mwp.engine.encode import encode
from mwp.engine.law import at, current_law
from mwp.engine.simulation import Path, simulate
from mwp.inputs.household import Household
from mwp.rules.carers_allowance import (
    carers_allowance,
    carers_allowance_earnings,
    is_student_outside_carers_allowance,
    is_within_carers_earnings_limit,
    scottish_carer_supplement,
)
from mwp.rules.child_benefit import child_benefit, high_income_child_benefit_charge, is_liable_to_high_income_charge
from mwp.rules.council_tax_reduction import (
    brings_ctr_deduction,
    council_tax_reduction,
    ctr_additional_earnings_disregard,
    ctr_basic_earnings_disregard,
    ctr_bill,
    ctr_childcare,
    ctr_disability_premiums,
    ctr_earnings_disregard,
    ctr_england_default,
    ctr_income_with_universal_credit,
    ctr_non_dependant_deduction,
    ctr_non_dependant_deductions,
    ctr_northern_ireland,
    ctr_northern_irish_income,
    ctr_personal_allowance,
    ctr_scotland,
    ctr_scottish_higher_bands,
    ctr_scottish_income,
    ctr_tariff_income,
    ctr_unearned_income,
    ctr_universal_credit_for_children,
    ctr_wales,
    reduction,
    tapered,
)
from mwp.rules.scottish_child_payment import is_young_enough_for_scottish_child_payment, scottish_child_payment

LAW = at(current_law(), date(2026, 6, 15))
CTR = LAW.council_tax_reduction
WEEK = 52 / 12
YES, NO = np.array([True]), np.array([False])
pounds = st.floats(0, 10_000)


def amounts(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


# Child Benefit


@pytest.mark.parametrize(("children", "a_week"), [(0, 0), (1, 27.05), (2, 44.95), (5, 98.65)])
def test_the_eldest_child_brings_more_and_the_number_has_no_limit(children, a_week):
    assert child_benefit(amounts(children), YES, LAW.child_benefit) == pytest.approx([a_week * WEEK])


def charge(income_a_year, benefit_a_year=2_337.40, rounding=AS_THE_LAW):
    law = LAW.child_benefit
    return 12 * high_income_child_benefit_charge(YES, amounts(income_a_year / 12), benefit_a_year / 12, law, rounding)


@pytest.mark.parametrize(
    ("income", "a_year"),
    [(59_999, 0), (60_000, 0), (60_199.99, 0), (60_200, 23), (60_400, 46), (79_999.99, 2_313), (80_000, 2_337)],
)
def test_the_charge_steps_by_whole_per_cents_and_whole_pounds(income, a_year):
    assert charge(income) == pytest.approx([a_year])


def test_the_charge_is_smooth_in_schedules():
    assert charge(60_100, rounding=NONE) == pytest.approx([2_337.40 * 0.005])
    assert charge(90_000, rounding=NONE) == pytest.approx([2_337.40])


def test_the_charge_of_before_april_2024_began_at_fifty_thousand():
    law = at(current_law(), date(2024, 4, 5)).child_benefit.high_income_charge
    assert (law.threshold, law.step) == (50_000, 100)


@pytest.mark.parametrize(
    ("claimants", "partners", "who_pays"),
    [(5_500, 5_000, (True, False)), (5_000, 5_500, (False, True)), (5_500, 5_500, (True, False))],
)
def test_the_partner_with_the_higher_income_pays_and_the_claimant_where_they_are_equal(claimants, partners, who_pays):
    income = amounts(claimants, partners)
    found = is_liable_to_high_income_charge(
        np.array([True, False]), np.array([False, True]), income, max(claimants, partners), claimants
    )
    assert tuple(found) == who_pays


@given(income=st.floats(0, 500_000), benefit=st.floats(0, 10_000))
def test_the_charge_is_never_below_nil_or_above_child_benefit(income, benefit):
    for rounding in (AS_THE_LAW, NONE):
        assert -1e-9 <= charge(income, benefit, rounding)[0] <= benefit + 1e-6


# Carer's Allowance


def test_earnings_for_the_limit_are_net_of_half_of_pension_contributions():
    found = carers_allowance_earnings(amounts(1_000), 50.0, 20.0, 10.0, 40.0, 0.0, LAW.carers_allowance)
    assert found == pytest.approx([900])


@pytest.mark.parametrize(
    ("on", "limit"),
    [(date(2024, 6, 15), 151), (date(2025, 6, 15), 196), (date(2026, 4, 5), 196), (date(2026, 4, 6), 204)],
)
def test_a_penny_a_week_above_the_limit_loses_it(on, limit):
    law = at(current_law(), on).carers_allowance
    a_week = amounts(limit, limit + 0.01)
    for rounding in (AS_THE_LAW, NONE):
        found = is_within_carers_earnings_limit(a_week * WEEK, law, rounding)
        assert tuple(found) == (True, False)


def carer(age=40, state_pension=0.0, jsa=0.0, esa=0.0, stated=0.0, claims=YES, cares=YES, student=NO, within=YES):
    return carers_allowance(
        claims, amounts(stated), cares, age, student, within, state_pension, jsa, esa, 0.0, LAW.carers_allowance
    )


@pytest.mark.parametrize(
    ("told", "a_month"),
    [
        ({}, 86.45 * WEEK),
        ({"claims": NO}, 0),
        ({"cares": NO}, 0),
        ({"student": YES}, 0),
        ({"within": NO}, 0),
        ({"age": 15}, 0),
        ({"age": 16}, 86.45 * WEEK),
        ({"state_pension": 100.0}, 86.45 * WEEK - 100),
        ({"esa": 414.05}, 0),
        ({"stated": 300.0, "claims": NO, "cares": NO}, 300),
        ({"stated": 300.0, "within": NO}, 0),
    ],
)
def test_who_has_carers_allowance_and_how_much(told, a_month):
    assert carer(**told) == pytest.approx([a_month])


@pytest.mark.parametrize(
    ("age", "in_scotland", "child", "ill", "disabled", "left_out"),
    [
        (19, YES, NO, NO, NO, True),
        (20, YES, NO, NO, NO, False),
        (20, NO, NO, NO, NO, True),
        (19, YES, YES, NO, NO, False),  # SSI 2023/302 reg 13(2)
        (19, NO, YES, NO, NO, True),
        (19, YES, NO, YES, YES, False),
        (19, YES, NO, YES, NO, True),
        (19, YES, NO, NO, YES, True),
    ],
)
def test_which_students_are_paid_for_caring_in_scotland_only(age, in_scotland, child, ill, disabled, left_out):
    law = LAW.carers_allowance
    found = is_student_outside_carers_allowance(YES, amounts(age), child, ill, NO, disabled, in_scotland, law)
    assert found[0] == left_out


@pytest.mark.parametrize(
    ("on", "a_month"),
    [
        (date(2024, 6, 15), 2 * 288.60 / 12),
        (date(2026, 3, 14), 2 * 293.50 / 12),
        (date(2026, 3, 15), 11.29 * WEEK),
        (date(2026, 6, 15), 11.70 * WEEK),
    ],
)
def test_the_scottish_supplement_became_weekly_in_march_2026(on, a_month):
    law = at(current_law(), on).carers_allowance
    found = scottish_carer_supplement(amounts(374.62, 0, 374.62), np.array([True, True, False]), law)
    assert found == pytest.approx([a_month, 0, 0])


# Scottish Child Payment


@pytest.mark.parametrize(("age", "counts"), [(15, True), (16, False)])
def test_scottish_child_payment_ends_at_the_sixteenth_birthday(age, counts):
    law = LAW.scottish_child_payment
    assert is_young_enough_for_scottish_child_payment(YES, amounts(age), law)[0] == counts


@pytest.mark.parametrize(("award", "in_scotland", "a_week"), [(0.01, YES, 56.40), (0, YES, 0), (500, NO, 0)])
def test_scottish_child_payment_takes_an_award_of_universal_credit(award, in_scotland, a_week):
    law, nothing_over = LAW.scottish_child_payment, amounts(0)
    found = scottish_child_payment(amounts(2), amounts(award), in_scotland, YES, NO, nothing_over, law)
    assert found == pytest.approx([a_week * WEEK])


# Council tax reduction: the shape


@pytest.mark.parametrize(("income", "left"), [(0, 100), (400, 100), (401, 99.8), (900, 0), (901, 0)])
def test_a_fifth_of_income_above_the_allowance_comes_off_down_to_nil(income, left):
    assert tapered(100.0, amounts(income), 400.0, 0.20) == pytest.approx([left])


@given(bill=pounds, deductions=pounds, income=pounds, allowance=pounds, savings=st.floats(0, 20_000), more=pounds)
def test_a_reduction_is_within_the_bill_and_never_grows_with_income(bill, deductions, income, allowance, savings, more):
    for scheme in (CTR.england_default, CTR.scotland, CTR.wales):
        with_less, with_more = (
            reduction(scheme, bill, deductions, amounts(at_income), allowance, savings)[0]
            for at_income in (income, income + more)
        )
        assert 0 <= with_more <= with_less <= bill


@given(bill=pounds, earned=pounds, award=pounds, maximum=pounds, more=pounds)
def test_at_one_award_of_universal_credit_more_earnings_never_bring_more_reduction(bill, earned, award, maximum, more):
    for nation in range(4):
        flags = [np.array([nation == place]) for place in range(4)]
        less, rich = (all_nations(flags, bill, amounts(e), award, maximum)[0] for e in (earned, earned + more))
        assert 0 <= rich <= less <= bill


def all_nations(flags, bill, earned, award, maximum):
    england, scotland, wales, northern_ireland = flags
    nil = np.zeros(1)
    income = ctr_income_with_universal_credit(earned, nil, award)
    scottish = ctr_scottish_income(earned, nil, 5 * WEEK, nil, nil, nil, YES)
    irish = ctr_northern_irish_income(earned, 400.0, nil, award, CTR)
    return council_tax_reduction(
        bill,
        ctr_england_default(england, bill, nil, income, maximum, nil, CTR),
        ctr_scotland(scotland, bill, nil, scottish, 95.55 * WEEK, nil, nil, CTR),
        ctr_wales(wales, bill, nil, income, maximum, nil, CTR),
        ctr_northern_ireland(northern_ireland, bill, irish, maximum, YES, CTR),
    )


def test_only_the_claimants_own_claim_on_the_bill_counts():
    found = ctr_bill(amounts(130, 130, 130), np.array([True, False, True]), np.array([True, True, False]))
    assert found == pytest.approx([130, 0, 0])


@pytest.mark.parametrize(("savings", "met"), [(16_000, 130), (16_000.01, 0)])
def test_savings_above_sixteen_thousand_end_a_reduction(savings, met):
    for scheme in (CTR.england_default, CTR.scotland, CTR.wales):
        assert reduction(scheme, amounts(130), 0.0, 0.0, 400.0, savings) == pytest.approx([met])


# Council tax reduction: others in the home


@pytest.mark.parametrize(
    ("income", "hours", "england", "scotland", "wales"),
    [
        (278.99, 16, 5.20, 5.55, 6.70),
        (279, 16, 10.60, 5.55, 13.35),
        (286, 16, 10.60, 10.95, 13.35),
        (484.99, 16, 10.60, 10.95, 13.35),
        (485, 16, 13.30, 10.95, 16.80),
        (497, 16, 13.30, 13.90, 16.80),
        (605, 16, 15.95, 13.90, 20.05),
        (614, 16, 15.95, 16.55, 20.05),
        (614, 15.99, 5.20, 5.55, 6.70),
    ],
)
def test_the_deduction_for_someone_in_the_home_goes_by_gross_income_in_work(income, hours, england, scotland, wales):
    flags = np.array([False, True, False]), np.array([False, False, True])
    found = ctr_non_dependant_deduction(np.full(3, True), np.full(3, income * WEEK), np.full(3, hours), *flags, CTR)
    assert found / WEEK == pytest.approx([england, scotland, wales])


@pytest.mark.parametrize(
    ("age", "student", "pay", "income", "claims", "brings"),
    [
        (17, NO, 1_000, 1_000, YES, False),
        (18, NO, 1_000, 1_000, YES, True),
        (18, YES, 1_000, 1_000, YES, False),
        (30, NO, 0, 0, YES, False),
        (30, NO, 0, 0, NO, True),
        (70, NO, 0, 900, YES, True),
    ],
)
def test_who_in_the_home_brings_a_deduction(age, student, pay, income, claims, brings):
    found = brings_ctr_deduction(YES, amounts(age), student, amounts(pay), amounts(income), claims, CTR)
    assert found[0] == brings


@pytest.mark.parametrize(("lifted", "own", "off"), [(NO, YES, 69.12), (YES, YES, 0), (NO, NO, 0)])
def test_daily_living_or_blindness_lifts_the_deductions(lifted, own, off):
    assert ctr_non_dependant_deductions(amounts(69.12), lifted, own) == pytest.approx([off])


def test_a_working_adult_in_the_home_costs_the_same_along_a_sweep_as_at_one_point():
    on = date(2026, 6, 15)
    told = {
        "name": "A claimant and a grown-up child in work",
        "nation": "wales",
        "adults": [{"age": 50, "hours": 10, "hourly_wage": 12.71}],
        "non_dependants": [{"age": 24, "hours": 20, "hourly_wage": 15}],
        "housing": {"tenure": "owned"},
        "council_tax": {"band": "B", "amount": 130},
    }
    table = encode([Household.model_validate(told)], on)
    columns = dict(table.columns)
    columns["non_dependant_pay"] = np.where(columns["is_non_dependant"], 20 * 15 * WEEK, 0.0)
    columns["non_dependant_hours"] = np.where(columns["is_non_dependant"], 20.0, 0.0)
    table = replace(table, columns=columns)
    path = Path({"hours": np.array([0.0, 10.0, 40.0])})
    wanted = ("council_tax_reduction", "ctr_non_dependant_deductions")
    by_parts, whole = (simulate(table, LAW, wanted, path=path, split=split).amounts for split in (True, False))
    assert whole["ctr_non_dependant_deductions"][0] == pytest.approx([13.35 * WEEK] * 3)  # 300 a week: from 279
    for name in wanted:
        assert by_parts[name] == pytest.approx(whole[name])


# Council tax reduction: allowances, disregards, income


@pytest.mark.parametrize(
    ("couple", "children", "from_25", "esa", "limited", "a_week"),
    [
        (NO, NO, NO, NO, NO, (75.65, 75.65, 80.60)),
        (NO, NO, YES, NO, NO, (95.55, 95.55, 101.85)),
        (NO, NO, NO, NO, YES, (95.55, 95.55, 101.85)),
        (NO, NO, NO, YES, NO, (95.55, 95.55, 101.85)),
        (NO, YES, NO, NO, NO, (95.55, 95.55, 101.85)),
        (YES, NO, NO, NO, NO, (150.15, 150.15, 159.85)),
    ],
)
def test_personal_allowances_of_england_scotland_and_wales(couple, children, from_25, esa, limited, a_week):
    scotland, wales = np.array([False, True, False]), np.array([False, False, True])
    found = ctr_personal_allowance(couple, children, from_25, esa, limited, scotland, wales, CTR)
    assert found / WEEK == pytest.approx(a_week)


def test_premiums_for_disability_add_up():
    found = ctr_disability_premiums(
        np.array([False, True, False]),
        np.array([True, True, False]),
        np.array([False, True, False]),
        np.array([False, False, True]),
        NO,
        NO,
        CTR,
    )
    assert found / WEEK == pytest.approx([44.85, 64.00 + 31.40, 22.00 + 50.35])


def disregard(
    couple=NO, children=NO, disability=NO, component=NO, carers=0, working=0, full_time=NO, award=NO, scotland=NO,
    pay=1_000, carers_pay=None, employees_pay=None, childcare=0,
):  # fmt: skip
    of_unit = amounts(pay) * WEEK
    of_carers = of_unit if carers_pay is None else amounts(carers_pay) * WEEK
    of_employees = of_unit if employees_pay is None else amounts(employees_pay) * WEEK
    basic = ctr_basic_earnings_disregard(
        couple, children, disability, component, amounts(carers), of_carers, of_unit, CTR
    )
    more = ctr_additional_earnings_disregard(
        children, disability, component, amounts(working), full_time, award, basic, amounts(childcare) * WEEK, of_unit,
        of_employees, scotland, CTR,
    )  # fmt: skip
    return ctr_earnings_disregard(basic, more)[0] / WEEK


@pytest.mark.parametrize(
    ("told", "a_week"),
    [
        ({}, 5),
        ({"couple": YES}, 10),
        ({"couple": YES, "disability": YES}, 20),
        ({"carers": 1}, 20),
        ({"children": YES}, 25),
        ({"children": YES, "disability": YES}, 25),
        ({"couple": YES, "children": YES}, 10),
        ({"full_time": YES, "working": 1}, 22.10),
        ({"couple": YES, "carers": 1, "carers_pay": 0}, 10),  # SSI 2021/249 Sch 3 para 7: some of the partner's
        ({"couple": YES, "carers": 1, "carers_pay": 4}, 14),
        ({"couple": YES, "carers": 1, "carers_pay": 15}, 20),
        ({"couple": YES, "carers": 2}, 20),
        ({"full_time": YES, "working": 1, "pay": 22}, 5),  # earnings must cover all that comes off
        ({"full_time": YES, "working": 1, "pay": 22.1}, 22.10),
        ({"children": YES, "working": 1, "pay": 142, "childcare": 100}, 25),
        ({"children": YES, "working": 1, "pay": 142.1, "childcare": 100}, 42.10),
        ({"full_time": YES, "working": 1, "employees_pay": 0}, 22.10),
        ({"full_time": YES, "working": 1, "employees_pay": 0, "scotland": YES}, 5),  # para 15(1): employed earnings
        ({"working": 1}, 5),
        ({"children": YES, "working": 1}, 42.10),
        ({"children": YES, "working": 1, "award": YES}, 25),
        ({"component": YES, "working": 1}, 37.10),
    ],
)
def test_one_earnings_disregard_a_family_and_more_for_hours_without_universal_credit(told, a_week):
    assert disregard(**told) == pytest.approx(a_week)


@pytest.mark.parametrize(
    ("children", "working", "element", "award", "a_month"),
    [
        (1, 1, 0, NO, 175 * WEEK),
        (2, 1, 0, NO, 1_000),
        (1, 0, 0, NO, 0),
        (1, 0, 850, YES, 1_000),
        (1, 0, 1_189, YES, 290 * WEEK),
        (2, 0, 1_189, YES, 1_189 / 0.85),
    ],
)
def test_childcare_is_capped_and_found_back_from_universal_credit(children, working, element, award, a_month):
    found = ctr_childcare(amounts(1_000), amounts(children), amounts(working), 1, amounts(element), award, CTR)
    assert found == pytest.approx([a_month])


@pytest.mark.parametrize(("savings", "a_week"), [(6_000, 0), (6_000.01, 1), (6_250, 1), (6_250.01, 2), (16_000, 40)])
def test_savings_above_six_thousand_are_taken_to_bring_income(savings, a_week):
    assert ctr_tariff_income(amounts(savings), 99.0, NO, CTR) == pytest.approx([a_week * WEEK])
    assert ctr_tariff_income(amounts(savings), 99.0, YES, CTR) == pytest.approx([99])


@pytest.mark.parametrize(("maintenance", "has_children", "counts"), [(60, YES, 0), (100, YES, 35), (100, NO, 100)])
def test_fifteen_pounds_a_week_of_maintenance_is_ignored_where_there_is_a_child(maintenance, has_children, counts):
    assert ctr_unearned_income(0.0, amounts(maintenance), 0.0, has_children, CTR) == pytest.approx([counts])


@pytest.mark.parametrize(
    ("child", "disabled", "childcare", "award", "counts"),
    [(0, 0, 500, 900, 0), (303.94, 0, 0, 900, 303.94), (303.94, 164.79, 100, 900, 568.73), (303.94, 0, 0, 200, 200)],
)
def test_scotland_counts_the_childrens_part_of_universal_credit_up_to_the_award(
    child, disabled, childcare, award, counts
):
    found = ctr_universal_credit_for_children(amounts(child), disabled, childcare, award)
    assert found == pytest.approx([counts])


@pytest.mark.parametrize(
    ("band", "income", "family", "left"),
    [
        (4, 0, NO, 0),
        (5, 321, NO, 200 - 200 / 1.075),
        (6, 321, NO, 200 - 200 / 1.125),
        (7, 321, NO, 200 - 200 / 1.175),
        (8, 321, NO, 200 - 200 / 1.225),
        (8, 331, NO, 200 - 200 / 1.225 - 0.20 * 10 * WEEK),
        (8, 479, YES, 200 - 200 / 1.225),
        (0, 0, NO, 0),
    ],
)
def test_bands_e_to_h_in_scotland_have_a_second_route(band, income, family, left):
    found = ctr_scottish_higher_bands(amounts(200), 0.0, amounts(income * WEEK), amounts(band), family, NO, 0.0, CTR)
    assert found == pytest.approx([left])


@pytest.mark.parametrize(("earned", "counted"), [(0, 1_000), (213.50, 1_000), (313.50, 1_100)])
def test_half_of_the_work_allowance_is_ignored_for_rate_rebate(earned, counted):
    found = ctr_northern_irish_income(amounts(earned), 427.0, 0.0, 1_000.0, CTR)
    assert found == pytest.approx([counted])
