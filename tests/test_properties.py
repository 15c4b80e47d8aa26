"""What holds for every household: random ones, drawn wide, worked out together."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mwp
from mwp import resources
from mwp.analysis.calculation import amounts_of, money_variables
from mwp.core.rounding import AS_THE_LAW, NONE
from mwp.inputs.household import Household

ON = (date(2024, 6, 15), date(2025, 6, 15), date(2026, 6, 15))
BRMAS = {
    "england": ("leeds", "central_london", "hull_and_east_riding"),
    "scotland": ("greater_glasgow", "lothian"),
    "wales": ("cardiff", "swansea"),
    "northern_ireland": ("belfast", "south"),
}
AWARDS = (
    "universal_credit",
    "child_benefit",
    "council_tax_reduction",
    "scottish_child_payment",
    "carers_allowance",
    "new_style_jsa",
    "new_style_esa",
    "maternity_allowance",
    "disability_benefits",
    "under_occupancy_mitigation",
)
TAXES = (
    "income_tax",
    "national_insurance",
    "student_loan_repayment",
    "employee_pension_contribution",
    "high_income_child_benefit_charge",
    "benefit_cap_reduction",
    "uc_earnings_deduction",
    "uc_unearned_income",
)


@st.composite
def adults(draw: Any) -> dict[str, Any]:
    hours = draw(st.sampled_from([0, 0, 8, 16, 24.5, 37.5, 60]))
    told: dict[str, Any] = {"age": draw(st.integers(18, 64)), "hours": hours}
    if hours:
        told["hourly_wage"] = draw(st.sampled_from([8.0, 12.71, 18.5, 40.0, 80.0]))
        if draw(st.integers(0, 4)) == 0:
            told |= {"self_employed": True, "months_trading": draw(st.sampled_from([3, 24]))}
        elif draw(st.booleans()):
            told["pension"] = {
                "employee": 0.05,
                "employer": 0.03,
                "method": draw(st.sampled_from(["relief_at_source", "net_pay", "salary_sacrifice"])),
                "of": draw(st.sampled_from(["pay", "qualifying_earnings"])),
            }
        told["student_loans"] = draw(st.sampled_from([[], [], ["plan_1"], ["plan_2", "postgraduate"], ["plan_5"]]))
    told["health"] = draw(st.sampled_from(["none", "none", "none", "lcw", "lcwra", "lcwra_protected"]))
    if draw(st.integers(0, 5)) == 0:
        told |= {"caring_hours": 40, "cares_for": "other", "benefits": {"carers_allowance": "auto"}}
    elif draw(st.integers(0, 6)) == 0:
        told["benefits"] = {draw(st.sampled_from(["new_style_jsa", "new_style_esa", "maternity_allowance"])): "auto"}
    if draw(st.integers(0, 6)) == 0:
        told["pip"] = {"daily_living": draw(st.sampled_from(["standard", "enhanced"]))}
    return told


@st.composite
def households(draw: Any) -> Mapping[str, Any]:
    nation = draw(st.sampled_from(list(BRMAS)))
    grown = draw(st.lists(adults(), min_size=1, max_size=2))
    youngest = min(adult["age"] for adult in grown)
    ages = st.integers(0, max(0, min(15, youngest - 18)))
    children = [
        {"age": age, "disability": draw(st.sampled_from(["none", "none", "none", "lower", "higher"]))}
        for age in draw(st.lists(ages, max_size=4))
    ]
    tenure = draw(st.sampled_from(["private_rent", "social_rent", "owned", "mortgage"]))
    housing: dict[str, Any] = {"tenure": tenure}
    home: dict[str, Any] = {
        "name": "drawn",
        "nation": nation,
        "adults": grown,
        "children": children,
        "housing": housing,
    }
    if tenure.endswith("rent"):
        housing |= {"rent": draw(st.integers(300, 2_000)), "bedrooms": draw(st.integers(1, 5))}
    if tenure == "private_rent":
        home["brma"] = draw(st.sampled_from(BRMAS[nation]))
    if nation == "england" and tenure != "private_rent":
        home["greater_london"] = draw(st.booleans())
    if draw(st.booleans()):
        home["council_tax"] = {"amount": draw(st.integers(60, 300))}
        if nation != "northern_ireland":
            home["council_tax"]["band"] = draw(st.sampled_from("ABCDEFGH"))
    if children and draw(st.booleans()):
        home["childcare"] = {"amount": draw(st.integers(50, 2_500)), "children": [1]}
    home["savings"] = draw(st.sampled_from([0, 0, 5_999, 6_001, 12_345, 16_000, 16_001]))
    home["unearned_income"] = {"maintenance": draw(st.sampled_from([0, 0, 0, 250]))}
    if draw(st.integers(0, 5)) == 0:
        home["non_dependants"] = [{"age": 24, "hours": 20, "hourly_wage": 12.71}]
    return home


drawn = st.lists(households(), min_size=8, max_size=24)
wide = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def built(told: Sequence[Mapping[str, Any]]) -> list[Household]:
    return [mwp.household_from(one) for one in told]


@wide
@given(drawn, st.sampled_from(ON))
def test_amounts_are_numbers_awards_and_taxes_never_negative(told, on):
    for rounding in (NONE, AS_THE_LAW):
        found = amounts_of(built(told), on, rounding=rounding).amounts
        for name, values in found.items():
            assert np.isfinite(values).all(), name
        for name in (*AWARDS, *TAXES):
            assert (found[name] >= 0).all(), name


@wide
@given(drawn, st.sampled_from(ON))
def test_the_award_is_the_elements_less_the_deductions(told, on):
    found = amounts_of(built(told), on).amounts
    elements = sum(
        found[f"uc_{part}"]
        for part in (
            "standard_allowance",
            "child_element",
            "disabled_child_element",
            "housing_element",
            "health_element",
            "carer_element",
            "childcare_element",
        )
    )
    np.testing.assert_allclose(found["uc_maximum_amount"], elements)
    left = np.maximum(elements - found["uc_earnings_deduction"] - found["uc_unearned_income"], 0.0)
    too_rich = np.array([[one.get("savings", 0) > 16_000] for one in told])
    np.testing.assert_allclose(found["uc_award_before_cap"], np.where(too_rich, 0.0, left), atol=1e-9)
    award = found["uc_award_before_cap"] - found["benefit_cap_reduction"]
    has_top_up = found["tax_free_childcare"] > 0
    np.testing.assert_allclose(found["universal_credit"], np.where(has_top_up, 0.0, award), atol=1e-9)
    assert (found["childcare_top_ups"][has_top_up] >= award[has_top_up]).all()


@wide
@given(drawn, st.sampled_from(ON), st.floats(0, 20_000), st.floats(0, 20_000))
def test_more_savings_never_raise_universal_credit(told, on, one, other):
    less, more = sorted((one, other))
    awards = [
        amounts_of(built([{**home, "savings": savings} for home in told]), on, variables=("universal_credit",))
        for savings in (less, more)
    ]
    assert (awards[1].amounts["universal_credit"] <= awards[0].amounts["universal_credit"] + 1e-9).all()


@wide
@given(drawn, st.sampled_from(ON), st.floats(0, 60), st.floats(0, 60))
def test_more_earnings_never_raise_universal_credit_where_childcare_and_the_cap_are_out_of_it(told, on, one, other):
    homes = []
    for hours in sorted((one, other)):
        batch = []
        for home in told:
            first = {
                k: v for k, v in home["adults"][0].items() if k not in ("benefits", "self_employed", "months_trading")
            }
            first |= {"hours": hours, "hourly_wage": 12.71} if hours else {"hours": 0}
            batch.append(
                {**{k: v for k, v in home.items() if k != "childcare"}, "adults": [first, *home["adults"][1:]]}
            )
        homes.append(built(batch))
    names = ("uc_award_before_cap",)
    less, more = (amounts_of(batch, on, variables=names).amounts["uc_award_before_cap"] for batch in homes)
    assert (more <= less + 1e-9).all()


@wide
@given(drawn, st.sampled_from(ON))
def test_swapping_partners_swaps_nothing_the_household_has(told, on):
    couples = [home for home in told if len(home["adults"]) == 2]
    if couples:
        swapped = [{**home, "adults": home["adults"][::-1]} for home in couples]
        one, other = (amounts_of(built(batch), on).amounts for batch in (couples, swapped))
        for name in ("universal_credit", "income_tax", "child_benefit", "net_income", "council_tax_reduction"):
            np.testing.assert_allclose(one[name], other[name], atol=1e-9, err_msg=name)


@wide
@given(drawn, st.sampled_from(ON))
def test_rounding_moves_no_award_or_tax_by_more_than_its_step(told, on):
    homes = built(told)
    exact, paid = amounts_of(homes, on).amounts, amounts_of(homes, on, rounding=AS_THE_LAW).amounts
    for name in ("universal_credit", "income_tax", "national_insurance", "child_benefit"):
        # A month's tax may move by tax on the pound that taxable income is dropped to (two people's 48p a year);
        # Universal Credit follows tax, loses at most a few pennies of its own, and the threshold of the cap.
        gap = np.abs(exact[name] - paid[name])
        near_cap = np.abs(exact["net_earnings_of_unit"] - exact["benefit_cap_earnings_threshold"]) < 1.0
        assert (gap[~near_cap] <= 0.20).all(), name


@wide
@given(drawn, st.sampled_from(ON))
def test_net_income_is_what_comes_in_less_what_goes_out(told, on):
    found = amounts_of(built(told), on).amounts
    comes = ("gross_pay", "other_income", "universal_credit", "child_benefit", "scottish_child_payment",
             "under_occupancy_mitigation", "council_tax_reduction")  # fmt: skip
    goes = ("salary_sacrifice", "income_tax", "national_insurance", "employee_pension_contribution",
            "student_loan_repayment", "high_income_child_benefit_charge", "council_tax")  # fmt: skip
    maintenance = np.array([[home["unearned_income"]["maintenance"]] for home in told], dtype=float)
    total = sum(found[name] for name in comes) + maintenance - sum(found[name] for name in goes)
    np.testing.assert_allclose(found["net_income"], total, atol=1e-9)


SELDOM: list[dict[str, Any]] = [
    {
        "nation": "scotland",
        "adults": [{"age": 40, "caring_hours": 40, "cares_for": "other", "benefits": {"carers_allowance": "auto"}}],
        "housing": {"tenure": "social_rent", "rent": 450, "bedrooms": 2},
        "council_tax": {"band": "F", "amount": 190},
    },
    {
        "nation": "scotland",
        "adults": [{"age": 40, "hours": 20, "hourly_wage": 13.0}],
        "housing": {"tenure": "owned"},
        "council_tax": {"band": "F", "amount": 190},
    },
    {
        "nation": "northern_ireland",
        "adults": [{"age": 40}],
        "housing": {"tenure": "social_rent", "rent": 450},
        "council_tax": {"amount": 90},
    },
    {
        "nation": "wales",
        "adults": [
            {"age": 40, "hours": 35, "hourly_wage": 14.0, "blind": True, "student_loans": ["postgraduate"]},
            {
                "age": 40,
                "hours": 10,
                "hourly_wage": 13.0,
                "pension": {"employee": 0.05, "method": "net_pay", "of": "pay"},
            },
        ],
        "housing": {"tenure": "owned"},
        "options": {"take_up": {"marriage_allowance": True}},
        "unearned_income": {"interest": 200, "dividends": 300},
    },
    {
        "nation": "scotland",
        "adults": [{"age": 28}],
        "children": [
            {"born": "2022-01-10", "disability": "higher"},
            {"born": "2024-01-10"},
            {"born": "2026-05-01"},
        ],
        "housing": {"tenure": "social_rent", "rent": 450},
    },
    {"nation": "wales", "adults": [{"age": 17, "pregnant": True}], "housing": {"tenure": "rent_free"}},
    {
        "nation": "england",
        "adults": [
            {"age": 30, "hours": 4, "hourly_wage": 13.0, "benefits": {"new_style_jsa": "auto"}},
            {"age": 31, "sex": "f", "benefits": {"maternity_allowance": "auto"}},
        ],
        "children": [{"age": 9, "disability": "higher", "dla": {"care": "highest", "mobility": "lower"}}, {"age": 0}],
        "housing": {"tenure": "owned"},
    },
    {
        "nation": "scotland",
        "adults": [
            {"age": 60, "hours": 8, "hourly_wage": 13.0, "health": "lcw", "benefits": {"new_style_esa": "auto"}},
            {"age": 74, "attendance_allowance": "lower"},
        ],
        "housing": {"tenure": "owned"},
    },
    {
        "nation": "wales",
        "adults": [{"age": 40, "hours": 10, "hourly_wage": 13.0, "blind": True}],
        "housing": {"tenure": "social_rent", "rent": 450},
        "bills": {
            "water_bill": 90,
            "water_meter": True,
            "water_medical_need": True,
            "water_social_tariff": {"income_limit": 1_500, "discount": 0.4},
            "broadband": True,
            "tv_licence": True,
            "saves_a_month": 40,
        },
    },
    {
        "nation": "scotland",
        "adults": [{"age": 18, "caring_hours": 20, "cares_for": "other", "months_out_of_work": 8}],
        "housing": {"tenure": "rent_free"},
    },
    {"nation": "scotland", "adults": [{"age": 42}], "children": [{"age": 17}], "housing": {"tenure": "owned"}},
    {
        "nation": "england",
        "local_authority": "hillingdon",
        "adults": [{"age": 50}],
        "non_dependants": [{"age": 24, "hours": 30, "hourly_wage": 13.0}],
        "housing": {"tenure": "owned"},
        "council_tax": {"band": "C", "amount": "auto"},
        "unearned_income": {"occupational_pension": 100},
    },
    {
        "nation": "northern_ireland",
        "adults": [{"age": 34, "hours": 37, "hourly_wage": 24.0}, {"age": 35, "hours": 30, "hourly_wage": 19.0}],
        "children": [{"age": 1}, {"age": 7}],
        "housing": {"tenure": "mortgage"},
        "childcare": {"amount": 900, "children": [1, 2]},
    },
]
"""Households of a kind the library has not."""


def test_every_variable_in_pounds_moves_somewhere():
    """A rule that is nil for every household there is, in work and out of it, is a rule nobody tests."""
    homes = [mwp.load_household(name) for name in resources.library("households")]
    homes += [mwp.household_from({"name": "seldom", **told}) for told in SELDOM]
    in_work = [home.model_copy(update={"adults": tuple(_at_work(adult) for adult in home.adults)}) for home in homes]
    found = amounts_of([*homes, *in_work], ON[-1]).amounts
    assert {name for name in money_variables() if not found[name].any()} == NIL_IN_LAW


NIL_IN_LAW = {"uc_second_earner_allowance", "uc_unused_work_allowance"}
"""What only a reform brings about: tests/test_reforms.py moves these."""


def _at_work(adult: Any) -> Any:
    return adult.model_copy(update={"hours": 38.0, "hourly_wage": 55.0, "earnings": None})


@pytest.mark.parametrize("on", ON)
def test_an_empty_purse_is_no_error(on):
    home = {"name": "x", "nation": "wales", "adults": [{"age": 40}], "housing": {"tenure": "rent_free"}}
    assert mwp.calculate(mwp.household_from(home), on=on).amounts["gross_pay"] == 0
