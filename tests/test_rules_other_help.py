"""Help with bills, saving, courts, education and the rest: what no single case shows."""

from datetime import date
from typing import Any

import numpy as np
import pytest

import mwp
from mwp.analysis.calculation import amounts_of
from mwp.core.rounding import AS_THE_LAW, NONE
from mwp.core.valuation import CHOICES, Valuation
from mwp.engine.encode import encode
from mwp.engine.law import at, current_law, reformed
from mwp.engine.simulation import simulate
from mwp.engine.system import rule_graph
from mwp.errors import InputError
from mwp.rules.household_bills import can_have_broadband_social_tariff
from mwp.rules.justice import court_fee_contribution
from tests.support import evaluate

ON = date(2026, 6, 15)
OPEN_OR_SHUT = (
    "has_watersure",
    "has_water_social_tariff",
    "can_open_help_to_save",
    "court_fee_help_is_full",
    "has_court_fee_help",
    "has_legal_aid_income_passport",
    "has_legal_aid",
    "has_vulnerable_group_bursary",
    "has_disabled_facilities_grant_in_full",
    "has_funeral_payment_passport",
    "can_ask_for_housing_payment",
    "can_ask_for_discretionary_support",
)


def home(**told: Any) -> dict[str, Any]:
    return {
        "name": "x",
        "nation": "england",
        "greater_london": False,
        "adults": [{"age": 40}],
        "housing": {"tenure": "social_rent", "rent": 450, "bedrooms": 1},
        **told,
    }


def at_work(hours: float, **told: Any) -> dict[str, Any]:
    return home(adults=[{"age": 40, "hours": hours, "hourly_wage": 13.0}], **told)


def claims(told: dict[str, Any], *names: str, on: date = ON) -> list[bool]:
    found = simulate(encode([mwp.household_from(told)], on), at(current_law(), on), names).amounts
    return [bool(found[name][0, 0]) for name in names]


@pytest.mark.parametrize("name", OPEN_OR_SHUT)
def test_help_with_no_money_value_says_when_it_ends(name):
    one = rule_graph().rules[name]
    assert one.unit == "bool"
    assert one.cites
    if name not in ("has_watersure", "has_water_social_tariff"):  # the value of both, water_help, says it
        assert one.claim.endswith(".")
        assert one.run_on.endswith(".")


@pytest.mark.parametrize("module", ["household_bills", "saving", "justice", "education_support", "other_help"])
def test_a_test_names_two_amounts_of_the_benefit_unit(module):
    rules = rule_graph().rules
    for one in rules.values():
        if one.module == f"mwp.rules.{module}" and one.test:
            for name in one.test:
                assert rules[name].entity.key == "benefit_unit"
                assert rules[name].unit == "currency-GBP"


def test_what_is_paid_towards_a_court_fee_rises_with_income_and_never_as_fast():
    law = at(current_law(), ON).justice
    income = np.linspace(0.0, 5_000.0, 50_001)
    some, limit = income <= 4_420, 1_420.0
    paid = court_fee_contribution(some, income <= limit, income, limit, law, NONE)
    rounded = court_fee_contribution(some, income <= limit, income, limit, law, AS_THE_LAW)
    assert (rounded % 10 == 0).all()
    assert ((paid - rounded)[some] > -1e-6).all()
    assert ((paid - rounded)[some] < 10).all()
    steps = np.diff(paid[some])
    assert (steps >= 0).all()
    assert (steps <= 0.9 * 0.1 + 1e-9).all()
    assert paid[~some].sum() == 0


def test_a_provider_may_ask_for_no_earnings():
    strict = at(reformed([{"household_bills.broadband_social_tariff.allows_no_earnings": {"2026-04-06": 1}}]), ON)
    credit, earned = np.array([500.0, 500.0]), np.array([0.0, 0.01])
    assert can_have_broadband_social_tariff(credit, earned, strict.household_bills).tolist() == [True, False]
    usual = at(current_law(), ON).household_bills
    assert can_have_broadband_social_tariff(credit, earned, usual).tolist() == [True, True]


@pytest.mark.parametrize("name", ["water_help", "broadband_social_tariff"])
def test_low_central_and_high_values_are_in_that_order(name):
    told = home(
        bills={"water_meter": True, "water_medical_need": True, "broadband": True},
    )
    values = [
        amounts_of([mwp.household_from(told)], ON, valuation=Valuation(choice), variables=(name,)).amounts[name][0, 0]
        for choice in CHOICES
    ]
    assert values == sorted(values)
    assert values[-1] > 0


def test_a_bill_that_is_told_is_worth_the_same_whatever_the_valuation():
    told = home(bills={"water_bill": 80, "water_meter": True, "water_medical_need": True})
    for choice in CHOICES:
        found = amounts_of([mwp.household_from(told)], ON, valuation=Valuation(choice), variables=("water_help",))
        assert found.amounts["water_help"][0, 0] == pytest.approx(80 - 639 / 12)


def test_nothing_told_about_bills_brings_no_help_with_them():
    found = mwp.calculate(home(), on=ON).amounts
    assert found["universal_credit"] > 0
    for name in ("water_help", "broadband_social_tariff", "tv_licence_help", "help_to_save"):
        assert found[name] == 0


def test_help_that_universal_credit_opens_ends_with_the_award():
    bills = {"water_bill": 90, "water_meter": True, "water_medical_need": True, "broadband": True, "saves_a_month": 40}
    names = ("water_help", "broadband_social_tariff", "help_to_save")
    on_credit = mwp.calculate(at_work(10, bills=bills), on=ON).amounts
    off_credit = mwp.calculate(at_work(40, bills=bills), on=ON).amounts
    assert on_credit["universal_credit"] > 0
    assert off_credit["universal_credit"] == 0
    for name in names:
        assert on_credit[name] > 0
        assert off_credit[name] == 0
    assert claims(at_work(10), "has_legal_aid_income_passport", "has_funeral_payment_passport") == [True, True]
    assert claims(at_work(40), "has_legal_aid_income_passport", "has_funeral_payment_passport") == [False, False]


def test_low_pay_keeps_court_fees_at_nil_after_the_earnings_that_universal_credit_asks_for():
    little = at_work(9)  # 507 a month: above 500, but with Universal Credit below 1,420
    assert claims(little, "has_court_fee_passport", "court_fee_help_is_full") == [False, True]


def test_job_start_payment_comes_with_the_job_and_not_before():
    def young(hours: float) -> dict[str, Any]:
        adult: dict[str, Any] = {"age": 22, "hours": hours, "months_out_of_work": 8}
        if hours:
            adult["hourly_wage"] = 13.0
        return home(nation="scotland", adults=[adult]) | {"greater_london": None}

    assert mwp.calculate(young(0), on=ON).amounts["job_start_payment"] == 0
    assert mwp.calculate(young(16), on=ON).amounts["job_start_payment"] == pytest.approx(331.95 / 12)


def test_net_pay_pensions_lower_the_income_of_education_maintenance_allowance():
    def family(**pension: Any) -> dict[str, Any]:
        adult = {"age": 45, "hours": 37.5, "hourly_wage": 12.71, **pension}
        return home(nation="wales", adults=[adult], children=[{"age": 17}]) | {"greater_london": None}

    into = {"pension": {"employee": 0.10, "method": "net_pay", "of": "pay"}}
    assert 12.71 * 37.5 * 52 > 23_400 > 0.90 * 12.71 * 37.5 * 52
    assert mwp.calculate(family(), on=ON).amounts["education_maintenance_allowance"] == 0
    assert mwp.calculate(family(**into), on=ON).amounts["education_maintenance_allowance"] == pytest.approx(
        40 * 38 / 12
    )


def test_disposable_income_of_legal_aid_takes_off_tax_work_childcare_and_family():
    found = evaluate(
        {
            "gross_monthly_income": 2_000,
            "legal_aid_deductions": 300,
            "legal_aid_fixed_allowances": 900,
            "childcare_charges": 400,
        },
        ["legal_aid_disposable_income"],
        ON,
    )
    assert found["legal_aid_disposable_income"] == pytest.approx(400)


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"bills": {"water_social_tariff": {"discount": 0.5}}}, "income_limit", "Nobody could have this tariff"),
        ({"bills": {"water_social_tariff": {"income_limit": 1_800, "discount": 50}}}, "discount", "1"),
        ({"bills": {"water_metre": True}}, "water_metre", "water_meter"),
        ({"adults": [{"age": 22, "months_out_of_work": -1}]}, "months_out_of_work", "0"),
    ],
)
def test_what_cannot_be_is_refused_in_words(told, field, says):
    with pytest.raises(InputError) as refused:
        mwp.household_from(home(**told))
    assert field in str(refused.value)
    assert says in str(refused.value)
