"""Jobs as people write them, and a household in a job."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.jobs import Job, parse_childcare, parse_job, parse_travel, with_job
from mwp.inputs.loading import household_from_yaml
from mwp.inputs.money import Money

COUPLE = """\
name: x
nation: england
adults:
  - {age: 31, hours: 16, hourly_wage: 12.71, pension: {employee: 0.05, employer: 0.03, method: net_pay, of: pay}}
  - {age: 30, hours: 20, earnings: 900, self_employed: true, months_trading: 30}
children:
  - age: 7
  - age: 3
housing: {tenure: mortgage}
childcare: {amount: 433, children: [2]}
work_costs: {travel: 80, meals: 20}
"""


@pytest.fixture
def couple() -> Household:
    return household_from_yaml(COUPLE, "couple.yaml")


@pytest.mark.parametrize(
    ("text", "hours", "wage"),
    [
        ("16h@12.71", 16, 12.71),
        ("16h @ £12.71", 16, 12.71),
        ("16 hours a week at 12.71 an hour", 16, 12.71),
        ("37.5 hrs@12.71/h", 37.5, 12.71),
        ("16H@12.71 per hour", 16, 12.71),
        ("12.71/hour 16h", 16, 12.71),
        ("£12.71 at 16h", 16, 12.71),
        ("16h/week @ 12.71ph", 16, 12.71),
        ("16h pw, 12.71", 16, 12.71),
    ],
)
def test_hours_and_an_hourly_wage(text: str, hours: float, wage: float) -> None:
    job = parse_job(text)
    assert (job.hours, job.hourly_wage, job.earnings, job.minimum_wage, job.self_employed) == (
        hours, wage, None, False, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hours", "earnings"),
    [
        ("37.5h £24,000/year", 37.5, Money(amount=24000, per="year")),
        ("37.5h@24000pa", 37.5, Money(amount=24000, per="year")),
        ("24,000 per annum for 37.5 hours", 37.5, Money(amount=24000, per="year")),
        ("30h@450/week", 30, Money(amount=450, per="week")),
        ("30h@450 a week", 30, Money(amount=450, per="week")),
        ("30h@450wk", 30, Money(amount=450, per="week")),
        ("30h@900/fortnight", 30, Money(amount=900, per="fortnight")),
        ("30h@1800/4weeks", 30, Money(amount=1800, per="four_weeks")),
        ("30h@1800 every 4 weeks", 30, Money(amount=1800, per="four_weeks")),
        ("1200/month 20h", 20, Money(amount=1200, per="month")),
        ("20h 1,200.50 pm", 20, Money(amount=1200.5, per="month")),
    ],
)
def test_hours_and_pay_over_a_period(text: str, hours: float, earnings: Money) -> None:
    job = parse_job(text)
    assert (job.hours, job.hourly_wage, job.earnings) == (hours, None, earnings)


@pytest.mark.parametrize(
    "text", ["20h@minimum_wage", "20h@nmw", "20h @ NLW", "20h at the minimum wage".replace("the ", ""), "nmw 20h"]
)
def test_the_minimum_wage_is_left_for_the_law_to_say(text: str) -> None:
    job = parse_job(text)
    assert job.minimum_wage
    assert (job.hours, job.hourly_wage, job.earnings) == (20, None, None)
    known = job.at_wage(12.71)
    assert (known.hourly_wage, known.minimum_wage, known.label) == (12.71, False, "20 hours a week at the minimum wage")


@pytest.mark.parametrize("text", ["0h", "0 hours", "0h@0"])
def test_no_work(text: str) -> None:
    assert parse_job(text) == Job(0.0, label="no work")


@pytest.mark.parametrize("text", ["16h@15 self-employed", "16h@15, self employed", "16h@15 (self_employed)"])
def test_self_employment(text: str) -> None:
    job = parse_job(text)
    assert (job.hours, job.hourly_wage, job.self_employed) == (16, 15, True)
    assert job.label == "16 hours a week at £15.00 an hour, self-employed"


def test_the_self_employed_may_earn_nothing_yet() -> None:
    assert parse_job("16h@0/month self-employed").earnings == Money(amount=0)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("16h@12.71", "16 hours a week at £12.71 an hour"),
        ("1h@12.71", "1 hour a week at £12.71 an hour"),
        ("37.5h £24,000/year", "37.5 hours a week for £24,000 a year"),
        ("30h@1800.50/4weeks", "30 hours a week for £1,800.50 every four weeks"),
    ],
)
def test_a_job_is_labelled_in_words(text: str, label: str) -> None:
    assert parse_job(text).label == label


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Write hours and pay: 16h@12.71"),
        ("a job", "Write hours and pay: 16h@12.71"),
        ("-3h@12", "Write hours and pay"),
        ("24,00h@12", "Write hours and pay"),
        ("16h@12.71 + 8h@11", "Write hours and pay"),
        ("16h@12.71 x", "Write hours and pay"),
        ("1200/month", "The hours a week are missing, and some rules turn on them. Write, say, 20h@1200/month."),
        ("nmw", "The hours a week are missing"),
        ("16h", "The pay is missing. Write, say, 16h@12.71 or 16h@minimum_wage."),
        ("113h@12", "113 hours is more than a week of work can hold. Give 0 to 112."),
        ("0h@12", "0 hours cannot be paid. Write 0h alone for no work."),
        ("16h@0", "The pay is nothing. Write 0h for no work."),
        ("16h@100/day", "Pay by the day needs the days worked. Write it by the week"),
        ("30h@450", "£450 an hour? Say what the pay is for, as in 30h@450/month."),
        ("30h@2000/hour", "£2,000 an hour?"),
        ("30h@99999999999/year", "is more than anyone is paid"),
        ("x" * 200, "This is too long."),
    ],
)
def test_what_is_no_job_is_refused_with_an_example(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_job(text)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("433", Money(amount=433)),
        ("£1,433/month", Money(amount=1433)),
        ("120/week", Money(amount=120, per="week")),
        ("6.50/hour", Money(amount=6.5, per="hour")),
        ("45/day x3", Money(amount=135, per="week")),
    ],
)
def test_childcare(text: str, cost: Money) -> None:
    assert parse_childcare(text) == cost


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("80", Money(amount=80)),
        ("80/month", Money(amount=80)),
        ("20/week", Money(amount=20, per="week")),
        ("4/day x5", Money(amount=20, per="week")),
        ("£4 a day × 5 days", Money(amount=20, per="week")),
        ("960/year", Money(amount=960, per="year")),
    ],
)
def test_travel(text: str, cost: Money) -> None:
    assert parse_travel(text) == cost


@pytest.mark.parametrize(
    ("read", "text", "told"),
    [
        (parse_childcare, "some", "Write 433/month, 120/week or 6.50/hour (for each hour of work)."),
        (parse_childcare, "-5", "Write 433/month"),
        (parse_childcare, "45/day", "needs the days a week, as in 45/day x5."),
        (parse_travel, "some", "Write 80/month, 20/week or 4/day x5"),
        (parse_travel, "4/day", "needs the days a week, as in 4/day x5."),
        (parse_travel, "4/week x5", "Days go with a cost by the day"),
        (parse_travel, "4/day x8", "Write 80/month"),
        (parse_travel, "3/hour", "Travel is not paid by the hour."),
        (parse_travel, "9" * 60, "Check the figure."),
    ],
)
def test_what_is_no_cost_is_refused_with_an_example(read: Any, text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert told in str(caught.value)


PIECES = st.sampled_from(
    ["16", "h", " ", "@", "12.71", "£", "/", "week", "month", "self-employed", "nmw", ",", "x", "5", "day", "0", "per"]
)


@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=9).map("".join)))
def test_any_text_is_a_job_or_a_cost_or_refused(text: str) -> None:
    for read in (parse_job, parse_childcare, parse_travel):
        with suppress(InputError):
            read(text)


@given(
    hours=st.floats(min_value=0.5, max_value=112).map(lambda hours: round(hours * 2) / 2),
    wage=st.integers(min_value=100, max_value=20000).map(lambda pence: pence / 100),
)
def test_whatever_hours_and_wage_are_written_are_read(hours: float, wage: float) -> None:
    job = parse_job(f"{hours}h@{wage}")
    assert (job.hours, job.hourly_wage) == (hours, wage)


# A household in a job


def test_hours_and_pay_are_the_jobs_and_the_rest_stays(couple: Household) -> None:
    then = with_job(couple, parse_job("30h@450/week"))
    adult = then.adults[0]
    assert (adult.hours, adult.hourly_wage, adult.earnings) == (30, None, Money(amount=450, per="week"))
    assert adult.pension == couple.adults[0].pension
    assert (then.adults[1], then.children, then.childcare, then.work_costs) == (
        couple.adults[1], couple.children, couple.childcare, couple.work_costs,
    )  # fmt: skip
    assert couple.adults[0].hours == 16


def test_childcare_and_travel_are_the_jobs_where_it_gives_them(couple: Household) -> None:
    job = parse_job("30h@13").with_costs(parse_childcare("6/hour"), parse_travel("25/week"))
    then = with_job(couple, job)
    assert then.childcare is not None
    assert then.childcare.children == (2,)
    assert then.childcare.a_month(30) == pytest.approx(6 * 30 * 52 / 12)
    assert (then.work_costs.travel, then.work_costs.meals) == (Money(amount=25, per="week"), Money(amount=20))


def test_childcare_where_there_was_none_is_for_every_child(couple: Household) -> None:
    without = household_from_yaml(COUPLE.replace("childcare: {amount: 433, children: [2]}\n", ""))
    then = with_job(without, parse_job("30h@13").with_costs(parse_childcare("433")))
    assert then.childcare is not None
    assert then.childcare.children == (1, 2)


def test_no_work_is_no_hours_and_no_pay(couple: Household) -> None:
    for slot in (0, 1):
        adult = with_job(couple, parse_job("0h"), slot).adults[slot]
        assert (adult.hours, adult.hourly_wage, adult.earnings, adult.self_employed, adult.months_trading) == (
            0, None, None, False, None,
        )  # fmt: skip


def test_a_business_keeps_its_months_and_a_new_one_has_none(couple: Household) -> None:
    job = parse_job("25h@1000/month self-employed")
    assert with_job(couple, job, 1).adults[1].months_trading == 30
    started = with_job(couple, job, 0).adults[0]
    assert (started.months_trading, started.self_employed, started.pension) == (0, True, None)
    assert with_job(couple, parse_job("25h@13"), 1).adults[1].months_trading is None


def test_a_job_at_the_minimum_wage_needs_the_wage_first(couple: Household) -> None:
    job = parse_job("20h@nmw")
    with pytest.raises(ValueError, match="at_wage"):
        with_job(couple, job)
    assert with_job(couple, job.at_wage(12.71)).adults[0].hourly_wage == 12.71


def test_what_is_not_there_is_told(couple: Household) -> None:
    with pytest.raises(InputError, match="no partner"):
        with_job(couple, parse_job("20h@13"), 2)
    alone = household_from_yaml("name: x\nnation: england\nadults: [{age: 30}]\nhousing: {tenure: owned}\n")
    with pytest.raises(InputError, match="no children"):
        with_job(alone, parse_job("20h@13").with_costs(parse_childcare("433")))


def test_a_household_in_a_job_still_knows_its_file() -> None:
    young = household_from_yaml(COUPLE.replace("age: 3\n", "born: 2026-01-01\n"), "couple.yaml")
    with pytest.raises(InputError, match=r"couple\.yaml, line 8, children 2, born"):
        with_job(young, parse_job("20h@13")).check_on(date(2025, 6, 15))
