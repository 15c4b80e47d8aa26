"""Help with NHS costs: who is charged, what is let off, and what depends on earnings."""

from datetime import date

import numpy as np
import pytest

import mwp
from mwp.analysis.calculation import amounts_of
from mwp.core.rounding import AS_THE_LAW, NONE
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Choice, Valuation
from mwp.engine.law import at, current_law
from mwp.engine.system import rule_graph
from mwp.rules import nhs_costs, nhs_low_income_scheme

ON = date(2026, 6, 15)
LAW = at(current_law(), ON)
YES, NO = np.array([True]), np.array([False])


@pytest.mark.parametrize(
    ("age", "student", "expecting", "pays"),
    [(16, False, False, True), (18, True, False, False), (59, False, False, True), (60, False, False, False),
     (30, False, True, False)],
)  # fmt: skip
def test_who_pays_for_prescriptions_in_england(age, student, expecting, pays):
    found = nhs_costs.pays_for_prescriptions(
        YES, np.array([age]), YES, np.array([student]), np.array([expecting]), LAW.nhs_costs
    )
    assert found[0] == pays
    assert not nhs_costs.pays_for_prescriptions(YES, np.array([age]), NO, NO, NO, LAW.nhs_costs)[0]


@pytest.mark.parametrize(("age", "free"), [(18, True), (19, False)])
def test_a_full_time_student_is_free_until_19(age, free):
    assert nhs_costs.is_student_free_of_nhs_charges(np.array([age]), YES, LAW.nhs_costs)[0] == free


@pytest.mark.parametrize(
    ("female", "pregnant", "baby", "free"), [(1, 0, 1, 1), (0, 0, 1, 0), (0, 1, 0, 1), (1, 0, 0, 0)]
)
def test_a_mother_is_a_woman_with_a_baby_or_anyone_pregnant(female, pregnant, baby, free):
    told = [np.array([bool(value)]) for value in (pregnant, female, baby)]
    assert nhs_costs.is_expecting_or_new_mother(YES, *told)[0] == free


@pytest.mark.parametrize(("excess_a_week", "let_off"), [(0.0, 60.0), (4.0, 36.0), (10.0, 0.0), (11.0, 0.0)])
def test_partial_help_with_teeth_is_what_a_course_costs_above_three_times_the_weekly_excess(excess_a_week, let_off):
    """Two adults with a charge of 30 each: each pays 3 x 4 = 12 of it."""
    told = (np.array([excess_a_week]), np.array([60.0]), np.array([2.0]), LAW)
    assert nhs_costs.dental_help(YES, *told, CENTRAL) * 12 == pytest.approx([let_off])
    assert nhs_costs.dental_help(NO, *told, CENTRAL) == [0.0]


def test_full_help_leaves_no_excess_to_pay():
    excess = np.array([520.0 / 12, 520.0 / 12])
    assert nhs_costs.nhs_excess_a_week(np.array([True, False]), excess) == pytest.approx([0.0, 10.0])


@pytest.mark.parametrize(("earned", "has"), [(435.004, True), (435.005, False)])
def test_earned_income_is_tested_to_the_penny(earned, has):
    told = (np.array([100.0]), np.array([earned]), np.array([435.0]))
    assert nhs_costs.has_nhs_help_by_universal_credit(*told, AS_THE_LAW)[0] == has
    assert not nhs_costs.has_nhs_help_by_universal_credit(*told, NONE)[0]


def test_no_award_or_no_route_brings_no_help_by_universal_credit():
    nil, some = np.array([0.0]), np.array([100.0])
    assert not nhs_costs.has_nhs_help_by_universal_credit(nil, nil, np.array([435.0]), NONE)[0]
    assert not nhs_costs.has_nhs_help_by_universal_credit(some, np.array([0.01]), nil, NONE)[0]


def test_savings_bring_a_pound_a_week_for_each_250_or_part():
    savings = np.array([6_000.0, 6_000.01, 6_250.0, 6_250.01])
    found = nhs_low_income_scheme.low_income_tariff_income(savings, LAW.nhs_low_income_scheme)
    assert found == pytest.approx(np.array([0, 1, 1, 2]) * WEEKS_A_MONTH)


def test_pensioner_premiums_bring_the_allowances_to_the_guarantee_of_pension_credit():
    guarantee = {2024: (218.15, 332.95), 2025: (227.10, 346.60), 2026: (238.00, 363.25)}
    for year, (single, couple) in guarantee.items():
        rates = at(current_law(), date(year, 6, 15)).nhs_low_income_scheme.requirements
        assert rates.single_25_or_over + rates.pensioner_premium_single == pytest.approx(single)
        assert rates.couple + rates.pensioner_premium_couple == pytest.approx(couple)


def test_children_count_on_neither_side_of_the_low_income_scheme():
    home = {"nation": "wales", "adults": [{"age": 30}, {"age": 30}], "housing": {"tenure": "owned"}}
    alone, family = (
        amounts_of([mwp.household_from({"name": "x", **home, "children": children})], ON).amounts
        for children in ([], [{"age": 7}, {"age": 9}])
    )
    for name in ("low_income_income", "low_income_requirements"):
        np.testing.assert_allclose(alone[name], family[name], err_msg=name)


def test_values_rise_from_low_to_high():
    """Low: half a check-up (27.90) and a test at 20; high: a filling (76.60), a test at 35, voucher E, 12 journeys."""
    one = np.array([1.0])
    expected: dict[Choice, tuple[float, float, float]] = {
        "low": (13.95, 10.0, 0.0),
        "central": (27.90, 33.70, 12.0),
        "high": (76.60, 54.05, 72.0),
    }
    for choice, (teeth, eyes, fares) in expected.items():
        value = Valuation(choice)
        voucher = nhs_costs.optical_voucher(NO, LAW.nhs_costs, value)
        charge = nhs_costs.dental_charge(YES, YES, 27.90, 76.60, LAW.nhs_costs, value)
        found = (
            nhs_costs.dental_help(YES, one * 0, charge, one, LAW, value),
            nhs_costs.optical_help(YES, one * 0, one, one, voucher, LAW, value),
            nhs_costs.hospital_travel_help(YES, one * 0, one, LAW, value),
        )
        assert [amount[0] * 12 for amount in found] == pytest.approx([teeth, eyes, fares])


def test_what_care_costs_and_what_a_home_needs_is_worked_out_once_a_household():
    moved = rule_graph().moved_by(["hours", "stated_pay"])
    for name in (
        "nhs_earnings_limit",
        "prescription_charges_of_unit",
        "dental_charges_of_unit",
        "num_with_dental_charge",
        "optical_voucher",
        "low_income_allowances_and_rent",
        "low_income_tariff_income",
        "can_have_low_income_help",
    ):
        assert name not in moved, name


def test_help_says_how_to_claim_it_and_when_it_ends():
    one = rule_graph().rules["nhs_costs_help"]
    assert one.test == ("uc_earned_income", "nhs_earnings_limit")
    assert one.claim
    assert one.run_on
    assert one.grade == "valuation"
