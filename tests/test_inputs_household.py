"""The household file: what is refused, with the line, what was given and what is allowed; and what is understood."""

import json
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.loading import (
    household_from,
    household_from_yaml,
    household_schema,
    household_to_yaml,
    load_household,
)
from mwp.inputs.money import Money

GOOD = """\
name: Lone parent, two children
nation: england
local_authority: leeds
brma: leeds
adults:
  - age: 31
    hours: 16
    hourly_wage: 12.71
    pension: {employee: 0.05, method: relief_at_source, of: pay}
    student_loans: [plan_2]
    health: none
    pip: {daily_living: standard, mobility: none}
    caring_hours: 0
    pregnant: false
    benefits: {new_style_jsa: 0, carers_allowance: auto}
children:
  - age: 7
  - age: 3
non_dependants: []
housing: {tenure: private_rent, rent: 825, bedrooms: 3}
council_tax: {band: B, amount: {amount: 1500, per: year}}
childcare: {amount: 433, children: [2]}
work_costs: {travel: 80}
savings: 0
unearned_income: {maintenance: 0}
options: {take_up: full}
"""
MINIMAL = "name: x\nnation: england\nadults: [{age: 30}]\nhousing: {tenure: owned}\n"


def said_of(told: dict[str, Any]) -> str:
    """What is said against a mapping; nothing where it is a household."""
    try:
        household_from(told)
    except InputError as error:
        return str(error)
    return ""


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, f"{old!r} should stand once in the good file"
    return GOOD.replace(old, new)


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        household_from_yaml(text, "file.yaml")
    return str(caught.value)


REFUSED = [
    # Numbers
    ("hours: 16", "hours: -3", "adults 1, hours: -3 is below 0. Give hours of paid work a week, from 0 to 112."),
    ("hours: 16", "hours: 113", "113 is above 112. Give hours of paid work a week, from 0 to 112."),
    ("hours: 16", "hours: '16'", "'16' is text, not a number. Write 16, without quotes"),
    ("hours: 16", "hours: yes", "yes is read as yes or no, not as a number."),
    ("hours: 16", "hours:", "There is nothing here. Give hours of paid work a week, or leave the key out."),
    ("hours: 16", "hours: [16]", "A list is not a number."),
    ("savings: 0", "savings: -1", "savings: -1 is below 0."),
    ("savings: 0", "savings: .nan", ".nan is not a number that can be used."),
    ("savings: 0", "savings: .inf", ".inf is not a number that can be used."),
    ("savings: 0", "savings: 1,000", "Write 1000, without quotes, commas or a pound sign."),
    ("savings: 0", "savings: £900", "Write 900, without quotes, commas or a pound sign."),
    ("savings: 0", "savings: some", "'some' is text, not a number. Give savings"),
    ("savings: 0", "savings: " + "9" * 400, "is not a number"),
    ("hourly_wage: 12.71", "hourly_wage: 0", "0 is not above 0. Give pay an hour before tax, above 0"),
    ("rent: 825", "rent: -825", "housing, rent: -825 is below 0. Give rent, 0 or more."),
    ("rent: 825", "rent: {amount: -825, per: week}", "housing, rent, amount: -825 is below 0."),
    ("rent: 825", "rent: {amount: 825, per: weak}", "Did you mean week?"),
    ("rent: 825", "rent: {amount: 825, each: week}", "There is no key each here."),
    ("rent: 825", "rent: {per: week}", "housing, rent, amount: This is missing."),
    ("rent: 825", "rent: {amount: 8, per: hour}", "An amount an hour has no place here."),
    ("rent: 825", "rent: '825'", "housing, rent: '825' is text, not a number. Write 825"),
    ("bedrooms: 3", "bedrooms: 2.5", "2.5 is not a whole number."),
    ("bedrooms: 3", "bedrooms: true", "true is read as yes or no, not as a number."),
    ("employee: 0.05", "employee: 5", "5 is above 1. Give the employee's contribution as a share of pay (5% is 0.05)"),
    # Words and claims
    ("nation: england", "nation: englund", "'englund' is not one of england, scotland, wales or northern_ireland. Did"),
    ("nation: england", "nation:", "There is nothing here. Give the nation it lives in."),
    ("health: none", "health: no", "no is read as no, not as a word. Write none, or give lcw"),
    ("health: none", "health: on", "on is read as yes or no, not as a word. Give none, lcw"),
    ("health: none", "health: lcrwa", "Did you mean lcwra?"),
    ("pregnant: false", "pregnant: 1", "1 is not yes or no. Write true or false: whether pregnant."),
    ("pregnant: false", "pregnant: maybe", "'maybe' is not yes or no."),
    ("name: Lone parent, two children", "name: 12", 'put it in quotes: "12".'),
    ("name: Lone parent, two children", "name: ''", "name: There is nothing here. Give a name"),
    ("name: Lone parent, two children", f"name: {'x' * 201}", "This is longer than 200 letters."),
    ("[plan_2]", "plan_2", "student_loans: 'plan_2' is not a list."),
    ("[plan_2]", "[plan2]", "student_loans 1: 'plan2' is not one of plan_1, plan_2"),
    ("[plan_2]", "[plan_2, plan_1, plan_2]", "student_loans: plan_2 is given twice."),
    ("carers_allowance: auto", "carers_allowance: maybe", "Write auto, or the amount in payment."),
    ("carers_allowance: auto", "carers_allowance: -5", "carers_allowance: -5 is below 0."),
    ("take_up: full", "take_up: none", "Write full, or what is not claimed, as in {child_benefit: false}."),
    ("take_up: full", "take_up: {child_benfit: false}", "Did you mean child_benefit?"),
    # Keys
    ("hours: 16", "houres: 16", "adults 1, houres: There is no key houres here. Did you mean hours?"),
    ("    hours: 16", "    wage: 9", "Pay an hour is hourly_wage."),
    ("  - age: 7", "  - {age: 7, pip: {mobility: none}}", "children 1, pip: There is no key pip here. A child's"),
    ("savings: 0", "saving: 0", "Did you mean savings?"),
    ("savings: 0", "rent: 800", "rent goes under housing"),
    ("savings: 0", "zzz: 0", "Keys: name, story, nation"),
    ("method: relief_at_source, ", "", "pension, method: This is missing. Give how tax relief is given"),
    (", of: pay", "", "pension, of: This is missing."),
    ("band: B, amount: {amount: 1500, per: year}", "band: B", "council_tax, amount: This is missing."),
    ("housing: {tenure: private_rent, rent: 825, bedrooms: 3}", "housing: 825", "housing: 825 has no keys."),
    # Dates and ages
    ("age: 31", "born: 31/3/1995", "'31/3/1995' is not a date. Write the year, month and day"),
    ("age: 31", "born: '1995-02-30'", "There is no day 1995-02-30 in the calendar."),
    ("age: 31", "born: 1995", "This is not a date."),
    ("age: 31", "born: 1995-03-14 10:00:00", "This is not a date."),
    ("age: 31", "age: 31.5", "31.5 is not a whole number. Give age in whole years, from 16 to 120."),
    (
        "age: 31",
        "age: 12",
        "12 is below 16. Give age in whole years, from 16 to 120. Someone younger goes under children.",
    ),
    ("  - age: 7", "  - age: 20", "20 is above 19. Give age in whole years, from 0 to 19. Someone of 20 or over goes"),
    (
        "  - age: 7",
        "  - {age: 17, in_education: false}",
        "in_education: A child of 17 must be in education or training.",
    ),
    ("  - age: 7", "  - sex: f", "children 1: Give age, or born (a date of birth)."),
    ("  - age: 7", "  - {age: 7, born: 2019-03-01}", "children 1, born: age is given too. Give one of them."),
    # Work and pay
    (
        "hourly_wage: 12.71",
        "prescriptions_a_month: 1",
        "hours: 16 hours of work have no pay. Give hourly_wage or earnings.",
    ),
    ("    hourly_wage: 12.71", "    hourly_wage: 12.71\n    earnings: 900", "hourly_wage: earnings are given too."),
    ("hourly_wage: 12.71", "earnings: 0", "earnings: 16 hours of work are paid nothing."),
    ("    hours: 16\n    hourly_wage: 12.71", "    earnings: 900", "earnings: No hours are given."),
    ("hourly_wage: 12.71", "earnings: {amount: 12, per: hour}", "An amount an hour has no place here."),
    ("pregnant: false", "self_employed: true", "self_employed: Give months_trading too"),
    ("pregnant: false", "months_trading: 6", "months_trading: This is for the self-employed."),
    # Caring and benefits
    ("caring_hours: 0", "caring_hours: 35", "caring_hours: Say whom with cares_for"),
    ("caring_hours: 0", "cares_for: child", "cares_for: Give caring_hours too"),
    ("carers_allowance: auto", "carers_allowance: 300", "This is paid for caring. Give caring_hours and cares_for"),
    ("caring_hours: 0", "caring_hours: 40\n    cares_for: partner", "cares_for: There is no partner here."),
    ("carers_allowance: auto", "esa_support_group: true", "esa_support_group: No New-style ESA is given."),
    ("pregnant: false", "pregnant: true\n    sex: m", "pregnant: sex is m."),
    ("carers_allowance: auto", "maternity_allowance: auto}\n    sex: m #", "maternity_allowance: sex is m."),
    (
        "new_style_jsa: 0, carers_allowance: auto",
        "new_style_jsa: auto, new_style_esa: 400",
        "benefits, new_style_esa: new_style_jsa is given too.",
    ),
    (
        "new_style_jsa: 0, carers_allowance: auto",
        "new_style_jsa: auto, maternity_allowance: auto",
        "benefits, new_style_jsa: maternity_allowance is given too. They overlap",
    ),
    ("carers_allowance: auto", "pension_credit: 300", "pension_credit: Pension Credit is not worked out."),
    (
        "pregnant: false",
        "attendance_allowance: lower",
        "attendance_allowance: pip is given too.",
    ),
    (
        "  - age: 7",
        "  - {age: 7, disability: lower, dla: {care: highest}}",
        "dla: care is highest, which makes disability higher.",
    ),
    ("  - age: 7", "  - {age: 7, dla: {care: lowest}}", "children 1, dla: Give disability too"),
    (
        "  - age: 7",
        "  - {age: 7, dla: {care: lower}}",
        "dla, care: 'lower' is not one of none, lowest, middle or highest.",
    ),
    # Places
    (
        "brma: leeds",
        "brma: leds",
        "brma: There is no broad rental market area called leds in England. Did you mean leeds?",
    ),
    ("brma: leeds", "brma: greater_glasgow", "greater_glasgow is in Scotland, but nation is england."),
    ("brma: leeds", "brma: leeds\nlha: 775", "lha: brma is given too."),
    ("local_authority: leeds", "local_authority: leds", "There is no local authority called leds. Did you mean leeds?"),
    ("local_authority: leeds", "local_authority: cardiff", "Cardiff is in Wales, but nation is england."),
    ("savings: 0", "greater_london: true", "greater_london: Leeds is outside Greater London."),
    # The home
    ("brma: leeds\n", "", "housing: tenure is private_rent, so say which local housing allowance applies: brma, as in"),
    ("rent: 825, ", "", "housing: tenure is private_rent, so give rent. Where none is paid, use tenure: rent_free."),
    ("tenure: private_rent", "tenure: owned", "housing, rent: tenure is owned, which has none."),
    ("tenure: private_rent", "tenure: mortgage", "housing, rent: tenure is mortgage, which has none."),
    ("tenure: private_rent", "tenure: rent_free", "housing, rent: tenure is rent_free, which has none."),
    (
        "tenure: private_rent, rent: 825",
        "tenure: owned, service_charges: 20",
        "housing, service_charges: tenure is owned",
    ),
    (
        "tenure: private_rent, rent: 825",
        "tenure: owned, temporary_accommodation: true",
        "tenure is owned. Give private_r",
    ),
    ("bedrooms: 3", "under_occupancy_exempt: true", "this is for social rent."),
    (
        "tenure: private_rent, rent: 825",
        "tenure: social_rent, rent: 9, shared_accommodation_exempt: true",
        "for private",
    ),
    # Council tax and childcare
    ("band: B, ", "", "council_tax: band is missing."),
    ("band: B, ", "band: I, ", "council_tax, band: I is a band in Wales only"),
    ("band: B, ", "band: 2, ", "2 is not one of A, B, C"),
    ("children: [2]", "children: [3]", "childcare, children: There is no child 3: children has 2. Count from 1"),
    ("children: [2]", "children: [0]", "There is no child 0"),
    ("children: [2]", "children: [2, 2]", "Child 2 is given twice."),
    ("children: [2]", "children: []", "The list is empty. Give which children it is for"),
    ("amount: 433, children: [2]", "amount: 433", "childcare, children: This is missing."),
    (
        "amount: 433,",
        "amount: {amount: 6, per: week}, per_hour_of_work: true,",
        "the amount is for an hour, not a week",
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), REFUSED)
def test_a_fault_is_told_with_its_line_and_what_to_do(old: str, new: str, told: str) -> None:
    text = changed(old, new)
    said = refusal(text)
    assert told in said
    assert said.startswith("file.yaml, line "), said
    assert "Input should" not in said
    assert len(said.splitlines()) == 1, said


@pytest.mark.parametrize(
    ("old", "new", "marker"),
    [
        ("hours: 16", "hours: -3", "hours: -3"),
        ("hours: 16", "houres: 16", "houres: 16"),
        ("rent: 825", "rent: '825'", "housing:"),
        ("children: [2]", "children: [5]", "childcare:"),
        ("  - age: 3\nnon_dep", "  - age: 23\nnon_dep", "- age: 23"),
        ("brma: leeds", "brma: leds", "brma: leds"),
        (", of: pay", "", "pension:"),
        ("per: year", "per: yaer", "council_tax:"),
    ],
)
def test_the_line_is_where_the_fault_stands(old: str, new: str, marker: str) -> None:
    text = changed(old, new)
    line = next(number for number, one in enumerate(text.splitlines(), start=1) if marker in one)
    assert refusal(text).startswith(f"file.yaml, line {line}, ")


def test_every_fault_is_told_at_once() -> None:
    said = refusal(changed("hours: 16", "hours: -3").replace("rent: 825", "rent: x").replace("savings: 0", "savigs: 0"))
    assert [line.split(":")[0] for line in said.splitlines()] == [
        "file.yaml, line 7, adults 1, hours",
        "file.yaml, line 20, housing, rent",
        "file.yaml, line 24, savigs",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n", "made of keys"),
        ("just words\n", "made of keys"),
        ("name: x\n", "nation: This is missing"),
        ("name: x\nnation: england\nhousing: {tenure: owned}\nadults: []\n", "adults: The list is empty."),
        (
            "name: x\nnation: england\nhousing: {tenure: owned}\nadults: [{age: 30}, {age: 30}, {age: 30}]\n",
            "There are more than 2. Give at most 2. Other adults at home go under non_dependants.",
        ),
        (MINIMAL + "lha: 500\n", "lha: tenure is owned: the local housing allowance is for private rent."),
        (MINIMAL + "childcare: {amount: 1, children: [1]}\n", "There is no child 1: no children are given."),
        (MINIMAL + "children: [{age: 19}]\n", "children 1, age: A child of 19 is too close in age to the adults"),
        (MINIMAL.replace("30", "30, caring_hours: 9, cares_for: child"), "There are no children here."),
        (MINIMAL.replace("england", "wales") + "greater_london: true\n", "greater_london: nation is wales."),
        (
            MINIMAL.replace("england", "northern_ireland") + "council_tax: {band: A, amount: 80}\n",
            "council_tax, band: Northern Ireland has rates, without bands.",
        ),
        (MINIMAL.replace("owned", "social_rent, rent: 400") + "lha: 9\n", "tenure is social_rent: the local housing"),
        (
            MINIMAL.replace(
                "30", "30, self_employed: true, months_trading: 2, pension: {employee: 0.1, method: net_pay, of: pay}"
            ),
            "adults 1, pension: The self-employed have no employer",
        ),
        (MINIMAL.replace("30", "30, self_employed: true, months_trading: 2, apprentice: true"), "is an employee"),
    ],
)
def test_what_cannot_be_true_together_is_refused(text: str, told: str) -> None:
    assert told in refusal(text)


@pytest.mark.parametrize("wage", [0.01, 8.0, 12.70])
def test_pay_below_the_legal_minimum_is_no_error(wage: float) -> None:
    assert household_from_yaml(changed("12.71", str(wage))).adults[0].hourly_wage == wage


def test_the_self_employed_may_earn_nothing_yet() -> None:
    text = MINIMAL.replace("30", "30, hours: 20, earnings: 0, self_employed: true, months_trading: 0")
    assert household_from_yaml(text).adults[0].pay_a_month() == 0


# What depends on the date


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            MINIMAL + "children:\n  - born: 2026-07-01\n",
            "file.yaml, line 6, children 1, born: 2026-07-01 is after 2026-06-15, the date asked about. "
            "A child not yet born is given as pregnant: true.",
        ),
        (
            MINIMAL.replace("30", "50") + "children:\n  - born: 2006-06-15\n",
            "file.yaml, line 6, children 1, born: Born 2006-06-15 is aged 20 on 2026-06-15.",
        ),
        (
            MINIMAL.replace("30", "50") + "children: [{born: 2009-06-15, in_education: false}]\n",
            "A child of 17 must be in education or training.",
        ),
        (
            MINIMAL.replace("age: 30", "born: 2012-01-01"),
            "file.yaml, line 3, adults 1, born: Born 2012-01-01 is aged 14 on 2026-06-15. An adult is 16 to 120.",
        ),
        (
            MINIMAL.replace("age: 30", "born: 2000-06-15") + "children: [{born: 2011-06-15}]\n",
            "children 1, born: A child of 15 is too close in age to the adults (the eldest is 26).",
        ),
        (
            MINIMAL.replace("age: 30", "age: 30, attendance_allowance: lower"),
            "attendance_allowance: This is for people over State Pension age, which is not reached on 2026-06-15.",
        ),
        (
            MINIMAL.replace("[{age: 30}]", "[{age: 50}, {age: 70, benefits: {new_style_esa: auto}}]"),
            "adults 2, benefits, new_style_esa: This ends at State Pension age",
        ),
        (
            MINIMAL.replace("[{age: 30}]", "[{age: 68}, {age: 70}]"),
            "file.yaml, line 3, adults: Everyone here has reached State Pension age on 2026-06-15, so the household is "
            "for Pension Credit, which is not modelled.",
        ),
    ],
)
def test_what_cannot_be_on_that_day_is_refused_with_its_line(text: str, told: str) -> None:
    household = household_from_yaml(text, "file.yaml")
    with pytest.raises(InputError) as caught:
        household.check_on(date(2026, 6, 15))
    assert told in str(caught.value)


def test_one_partner_below_pension_age_is_enough() -> None:
    household_from_yaml(MINIMAL.replace("[{age: 30}]", "[{age: 72}, {age: 60}]")).check_on(date(2026, 6, 15))


@pytest.mark.parametrize(
    ("born", "first_day"),
    [
        ("1960-04-05", "2026-04-05"),  # 66
        ("1960-04-06", "2026-05-06"),  # 66 and a month
        ("1960-12-31", "2027-09-30"),  # 66 and nine months: there is no 31 September
        ("1961-03-05", "2028-02-05"),  # 66 and eleven months
        ("1961-03-06", "2028-03-06"),  # 67
    ],
)
def test_state_pension_age_rises_to_67_month_by_month(born: str, first_day: str) -> None:
    """Pensions Act 1995 Sch 4 para 1."""
    adult = household_from_yaml(MINIMAL.replace("age: 30", f"born: {born}")).adults[0]
    reached = date.fromisoformat(first_day)
    assert adult.is_pension_age_on(reached)
    assert not adult.is_pension_age_on(date.fromordinal(reached.toordinal() - 1))


# What is understood


def test_the_good_file_is_read() -> None:
    household = household_from_yaml(GOOD)
    adult = household.adults[0]
    assert (adult.age, adult.hours, adult.hourly_wage, adult.student_loans) == (31, 16, 12.71, ("plan_2",))
    assert adult.pay_a_month() == pytest.approx(16 * 12.71 * 52 / 12)
    assert adult.benefits.carers_allowance == "auto"
    assert household.council_tax is not None
    assert isinstance(household.council_tax.amount, Money)
    assert household.council_tax.amount.a_month == pytest.approx(1500 / 12)
    assert household.work_costs.a_month == 80
    assert household.options.free_school_meals_days == 190
    assert household.in_greater_london() is False


def test_what_is_left_out_is_none_or_nil() -> None:
    household = household_from_yaml(MINIMAL)
    assert (household.children, household.non_dependants) == ((), ())
    assert (household.council_tax, household.childcare, household.lha) == (None, None, None)
    assert household.savings == household.housing.rent.amount == household.adults[0].hours == 0
    assert household.adults[0].pension is None


def test_what_is_left_out_and_could_matter_is_listed() -> None:
    text = MINIMAL.replace("owned", "private_rent, rent: 500") + "lha: 500\nchildren: [{age: 2}, {age: 5, sex: f}]\n"
    assert household_from_yaml(text).unstated() == [
        "adults.1.pension",
        "adults.1.student_loans",
        "children.1.sex",
        "council_tax",
        "childcare",
        "local_authority",
        "greater_london",
    ]
    assert household_from_yaml(GOOD).unstated() == ["children.1.sex", "children.2.sex"]


@pytest.mark.parametrize(
    ("told", "inside"),
    [
        ("nation: england\nlocal_authority: hackney", True),
        ("nation: england\nlocal_authority: leeds", False),
        ("nation: england\nbrma: outer_east_london", True),
        ("nation: england\nbrma: leeds", False),
        ("nation: england\nlocal_authority: dartford\nbrma: outer_south_east_london", False),
        ("nation: england\ngreater_london: true", True),
        ("nation: england\ngreater_london: false\nbrma: outer_east_london", False),
        ("nation: england", None),
        ("nation: wales", False),
    ],
)
def test_greater_london_is_told_by_council_then_plainly_then_by_rental_area(told: str, inside: bool | None) -> None:
    assert household_from_yaml(MINIMAL.replace("nation: england", told)).in_greater_london() is inside


def test_another_name_of_a_council_is_its_key() -> None:
    text = MINIMAL.replace("nation: england", "nation: scotland\nlocal_authority: glasgow")
    assert household_from_yaml(text).local_authority == "glasgow_city"


@pytest.mark.parametrize(
    ("take_up", "claimed"),
    [
        ("full", {"universal_credit": True, "child_benefit": True, "marriage_allowance": False}),
        ("{child_benefit: false}", {"universal_credit": True, "child_benefit": False}),
        ("{marriage_allowance: true}", {"marriage_allowance": True, "council_tax_reduction": True}),
        ("{universal_credit: no}", {"universal_credit": False}),
    ],
)
def test_take_up_is_full_but_for_what_is_said(take_up: str, claimed: dict[Any, bool]) -> None:
    options = household_from_yaml(MINIMAL + f"options: {{take_up: {take_up}}}\n").options
    assert {what: options.claims(what) for what in claimed} == claimed


@pytest.mark.parametrize(
    ("per", "a_month"),
    [
        ("day", 100 * 365 / 12),
        ("week", 100 * 52 / 12),
        ("fortnight", 100 * 26 / 12),
        ("four_weeks", 100 * 13 / 12),
        ("month", 100),
        ("quarter", 100 / 3),
        ("year", 100 / 12),
    ],
)
def test_money_is_converted_as_the_regulations_do(per: Any, a_month: float) -> None:
    """SI 2013/376 reg 73: a week is 1/52 of a year, a month 1/12."""
    assert Money(amount=100, per=per).a_month == pytest.approx(a_month)


def test_money_an_hour_needs_hours() -> None:
    assert Money(amount=10, per="hour").over_hours(12) == pytest.approx(10 * 12 * 52 / 12)
    with pytest.raises(ValueError, match="hours"):
        _ = Money(amount=10, per="hour").a_month


@pytest.mark.parametrize(
    ("told", "at_12_hours"),
    [
        ("{amount: 300, children: [1]}", 300),
        ("{amount: {amount: 60, per: week}, children: [1]}", 60 * 52 / 12),
        ("{amount: 6, per_hour_of_work: true, children: [1]}", 6 * 12 * 52 / 12),
        ("{amount: {amount: 6, per: hour}, children: [1]}", 6 * 12 * 52 / 12),
    ],
)
def test_childcare_is_by_the_month_or_follows_the_hours(told: str, at_12_hours: float) -> None:
    household = household_from_yaml(MINIMAL + f"children: [{{age: 2}}]\nchildcare: {told}\n")
    assert household.childcare is not None
    assert household.childcare.a_month(12) == pytest.approx(at_12_hours)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2019-05-02", "2026-05-01", 6),
        ("2019-05-02", "2026-05-02", 7),
        ("2016-02-29", "2026-02-28", 9),
        ("2016-02-29", "2026-03-01", 10),
    ],
)
def test_age_changes_on_the_birthday(born: str, on: str, age: int) -> None:
    household = household_from_yaml(MINIMAL.replace("30", "50") + f"children: [{{born: {born}}}]\n")
    day = date.fromisoformat(on)
    assert household.children[0].age_on(day) == age
    assert household.children[0].born_on(day) == (date.fromisoformat(born), False)


def test_where_only_an_age_is_given_the_birthday_was_half_a_year_ago() -> None:
    child = household_from_yaml(GOOD).children[0]
    assert child.born_on(date(2026, 8, 31)) == (date(2019, 2, 28), True)
    assert child.age_on(date(2026, 8, 31)) == 7


# In and out


def test_a_household_is_the_same_after_writing_and_reading() -> None:
    household = household_from_yaml(GOOD, "file.yaml")
    again = household_from_yaml(household_to_yaml(household))
    assert again == household
    assert again.unstated() == household.unstated()
    assert again != household_from_yaml(MINIMAL)


def test_a_mapping_is_read_as_the_file_is() -> None:
    told: dict[str, Any] = {
        "name": "x",
        "nation": "england",
        "adults": ({"born": "1990-01-31"},),
        "housing": {"tenure": "social_rent", "rent": {"amount": 100, "per": "week"}},
    }
    assert household_from(MappingProxyType(told)).adults[0].born == date(1990, 1, 31)
    household = household_from(told)
    assert household_from(household) is load_household(household) is household


def test_a_mapping_gone_wrong_says_where_without_a_line() -> None:
    with pytest.raises(InputError, match=r"^housing, tenure: 'rent' is not one of private_rent"):
        household_from({"name": "x", "nation": "england", "adults": [{"age": 30}], "housing": {"tenure": "rent"}})
    with pytest.raises(InputError, match="A household is a mapping"):
        household_from("lone_parent")  # type: ignore[arg-type]


@pytest.mark.parametrize("key", [1, None, ("a",)])
def test_a_key_that_is_no_word_is_refused(key: Any) -> None:
    with pytest.raises(InputError, match="cannot be a key"):
        household_from(
            {"name": "x", "nation": "england", "adults": [{"age": 30}], "housing": {"tenure": "owned"}, key: 1}
        )


def test_a_household_does_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        household_from_yaml(MINIMAL).savings = 5.0


def test_the_schema_describes_every_key() -> None:
    schema = household_schema()
    json.dumps(schema)
    assert set(schema["properties"]) == set(Household.model_fields)
    assert schema["additionalProperties"] is False
    for model in (schema, *schema["$defs"].values()):
        for name, one in model.get("properties", {}).items():
            assert one.get("description"), f"{name} has no description"


# Whatever is handed in

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.sampled_from(["auto", "full"]),
)
KEYS = st.sampled_from(
    [
        *Household.model_fields,
        "age",
        "born",
        "hours",
        "earnings",
        "amount",
        "per",
        "tenure",
        "rent",
        "band",
        "benefits",
        "x",
    ]
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, ANYTHING, max_size=8))
def test_any_mapping_is_a_household_or_refused_in_words(told: dict[str, Any]) -> None:
    assert "Input should" not in said_of(told)


@given(KEYS, ANYTHING)
def test_any_value_in_any_place_is_taken_or_refused_in_words(key: str, value: Any) -> None:
    parts: dict[str, Any] = {"adults": {"age": 40}, "children": {"age": 3}, "housing": {"tenure": "owned"}}
    for changed_part in (*parts, ""):
        told = {part: {**kept, key: value} if part == changed_part else kept for part, kept in parts.items()}
        home = {"name": "x", "nation": "wales", **told, "adults": [told["adults"]], "children": [told["children"]]}
        assert "Input should" not in said_of(home if changed_part else {**home, key: value})


@given(st.text(max_size=200))
def test_any_text_is_a_household_or_refused(text: str) -> None:
    with pytest.raises(InputError):
        household_from_yaml(text)
