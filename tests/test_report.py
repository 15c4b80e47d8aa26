"""How answers are said and written: the verdict, the statement, the page to take away, the documents, the files."""

import csv
import io
import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import mwp
from mwp import resources
from mwp.analysis.better_off import BetterOff, Gain
from mwp.analysis.calculation import Assumption
from mwp.analysis.passports import Passport
from mwp.errors import InputError, MwpError
from mwp.report import (
    amounts,
    certificate_export,
    compare_export,
    export,
    files,
    help_words,
    library,
    page,
    placement_export,
    reforms,
    requests,
    schedule_export,
    solve_export,
    words,
)
from mwp.report.comparison import Comparison, comparison
from mwp.report.statement import Statement, statement
from mwp.report.words import verdict

ON = "2026-11-01"
LEEDS = "lone_parent_two_children_leeds"
GLASGOW = "couple_one_child_glasgow"
EVERY_HOUSEHOLD = sorted(resources.library("households"))
SCHEMAS = Path(str(page.__file__)).parent / "schemas"
PENCE = 0.03
"""Several amounts, each rounded to the penny, may add up to a penny or two beside their rounded total."""


@pytest.fixture(scope="module")
def leeds() -> BetterOff:
    return mwp.better_off(LEEDS, ["16h@12.71", "30h@12.71"], on=ON)


def with_gain(answer: BetterOff, *months: float) -> BetterOff:
    """The answer as it would be with other gains a month; an hour's share only where there are more hours."""
    jobs = []
    for job, month in zip(answer.jobs, months, strict=True):
        per_hour = 4.51 if job.gain.per_hour is not None else None
        jobs.append(replace(job, gain=Gain(month, round(month * 12 / 52, 2), per_hour, job.gain.extra_hours, month)))
    return BetterOff(answer.now, tuple(jobs))


# Amounts


@pytest.mark.parametrize(
    ("amount", "plain", "signed", "pounds", "whole"),
    [
        (1234.5, "1,234.50", "+1,234.50", "£1,234.50", "1,234"),
        (-45.2, "-45.20", "-45.20", "£45.20", "-45"),
        (-0.001, "0.00", "0.00", "£0.00", "0"),
        (0.0, "0.00", "0.00", "£0.00", "0"),
    ],
)
def test_amounts_are_written_with_pence_and_nil_without_a_sign(
    amount: float, plain: str, signed: str, pounds: str, whole: str
) -> None:
    assert amounts.plain(amount) == plain
    assert amounts.signed(amount) == signed
    assert amounts.pounds(amount) == pounds
    assert amounts.whole(amount) == whole


def test_a_week_is_twelve_fifty_seconds_of_a_month_and_a_year_twelve_months() -> None:
    assert amounts.a_week(52.0) == pytest.approx(12.0)
    assert amounts.a_year(52.0) == pytest.approx(624.0)


# The verdict


def one_job(household: str, *jobs: str, partner: str | None = None) -> BetterOff:
    return mwp.better_off(household, jobs, on=ON, partner_jobs=[partner] if partner else [])


def test_the_verdict_on_one_job_out_of_work() -> None:
    answer = with_gain(one_job(LEEDS, "16h@12.71"), 312.45)
    assert verdict(answer) == (
        "Working 16 hours a week at £12.71 an hour would leave you £312.45 a month better off: £72.10 a week, £4.51 for"
        " each hour worked."
    )


def test_the_verdict_on_a_job_that_leaves_less() -> None:
    answer = with_gain(one_job(LEEDS, "16h@12.71"), -45.20)
    assert "would leave you £45.20 a month worse off: £10.43 a week, £4.51 for each hour worked." in verdict(answer)


def test_the_verdict_on_a_job_that_changes_nothing() -> None:
    assert verdict(with_gain(one_job(LEEDS, "16h@12.71"), 0.0)).endswith(
        "would leave you neither better nor worse off than now."
    )


def test_the_verdict_where_there_is_work_already_speaks_of_extra_hours() -> None:
    told = verdict(one_job("lone_parent_one_child_liverpool", "24h@12.71"))
    assert told.startswith("Working 24 hours a week at £12.71 an hour, up from 16 hours now, would leave you £")
    assert told.endswith("for each extra hour.")


def test_the_verdict_on_fewer_hours_has_no_amount_an_hour() -> None:
    told = verdict(one_job("lone_parent_one_child_liverpool", "8h@12.71"))
    assert ", down from 16 hours now, would leave you £" in told
    assert "each" not in told


def test_the_verdict_on_the_same_hours_at_another_wage() -> None:
    assert ", the same hours as now, would leave you £" in verdict(one_job("lone_parent_one_child_liverpool", "16h@15"))


def test_the_verdict_on_stopping_work_and_on_staying_out_of_it() -> None:
    assert verdict(one_job("lone_parent_one_child_liverpool", "0h")).startswith("Stopping work would leave you £")
    assert verdict(one_job(LEEDS, "0h")) == (
        "Not working, as now, would leave you neither better nor worse off than now."
    )


def test_the_verdict_says_whose_work_it_is() -> None:
    partner = verdict(mwp.better_off(GLASGOW, on=ON, partner_jobs="16h@12.71"))
    assert partner.startswith("Your partner working 16 hours a week at £12.71 an hour would leave you as a couple £")
    assert partner.endswith("for each hour worked.")
    both = verdict(one_job(GLASGOW, "40h@14", partner="16h@12.71"))
    assert both.startswith(
        "You working 40 hours a week at £14.00 an hour, up from 35 hours now, and your partner working"
    )
    assert both.endswith("for each extra hour.")


def test_the_verdict_names_pay_that_is_not_an_hourly_wage() -> None:
    assert "working 37.5 hours a week for £24,000 a year" in verdict(one_job(LEEDS, "37.5h £24,000/year")).lower()
    assert "at the minimum wage of £12.71 an hour" in verdict(one_job(LEEDS, "20h@minimum_wage"))
    assert "1 hour a week" in verdict(one_job(LEEDS, "1h@12.71"))
    assert "20 hours a week for yourself" in verdict(one_job(LEEDS, "20h 900/month self-employed"))


AT_16 = "working 16 hours a week at £12.71 an hour"
AT_30 = "working 30 hours a week at £12.71 an hour"
NEITHER = "Neither of the 2 jobs would leave you better off"


@pytest.mark.parametrize(
    ("gains", "begins"),
    [
        ((100.0, 200.0), f"Both jobs would leave you better off, most of all {AT_30}: by £200.00 a month, "),
        ((100.0, -200.0), f"One of the 2 jobs would leave you better off: {AT_16}, by £100.00 a month, "),
        ((-100.0, -200.0), f"{NEITHER}; {AT_16} comes closest, £100.00 a month worse off: "),
        ((0.0, -200.0), f"{NEITHER}; {AT_16} would make no difference."),
    ],
)  # fmt: skip
def test_the_verdict_on_two_jobs_tells_how_many_and_which_is_best(
    leeds: BetterOff, gains: tuple[float, ...], begins: str
) -> None:
    told = verdict(with_gain(leeds, *gains))
    assert told.startswith(begins)
    assert told.endswith(".")


def test_the_verdict_on_more_jobs(leeds: BetterOff) -> None:
    answer = BetterOff(leeds.now, (*leeds.jobs, leeds.jobs[0]))
    assert verdict(with_gain(answer, 1.0, 2.0, 3.0)).startswith("All 3 jobs would leave you better off")
    assert verdict(with_gain(answer, 1.0, 2.0, -3.0)).startswith("2 of the 3 jobs would leave you better off")
    assert verdict(with_gain(answer, -1.0, -2.0, -3.0)).startswith("None of the 3 jobs would leave you better off")


def test_not_working_is_called_a_choice_and_not_a_job() -> None:
    assert verdict(one_job(LEEDS, "16h@12.71", "0h")).startswith("One of the 2 choices would leave you better off")


# Words


def all_words(root: Path) -> str:
    folder = root / "mwp" / "report"
    return "\n".join(
        path.read_text(encoding="utf-8")
        for path in [folder / "words.py", *sorted((folder / "templates").glob("*.html"))]
    )


def test_nobody_is_told_what_to_do(root: Path) -> None:
    assert not re.search(
        r"\b(you must|you should|you have to|you need to|sanction you)\b", all_words(root), re.IGNORECASE
    )


def test_each_nation_has_its_own_names() -> None:
    scotland, northern_ireland = mwp.load_household(GLASGOW), mwp.load_household("couple_three_children_belfast")
    assert words.label("carers_allowance", mwp.load_household(LEEDS)) == "Carer's Allowance"
    assert words.label("carers_allowance", scotland) == "Carer Support Payment"
    assert words.label("net_council_tax", northern_ireland) == "Rates to pay"


def test_every_label_is_of_something_that_exists() -> None:
    known = {one.variable for one in library.variables()}
    of_the_file, of_a_guarantee = {"rental"}, {"guarantee_top_up"}
    assert set(words.LABELS) - known - of_the_file - of_a_guarantee == set()


def test_an_assumption_is_told_in_plain_words_with_its_worth() -> None:
    told = words.assumptions([Assumption("adults.2.pension", "no pension contributions", "why", -43.2)])
    assert told == [
        "Your partner pays nothing into a pension. With the smallest contributions the law allows there would be £43.20"
        " less a month, and a pension that grows."
    ]


def test_an_assumption_without_words_of_its_own_is_still_told() -> None:
    [told] = words.assumptions([Assumption("something.new", "so", "because", 12.0)])
    assert told == "Something.new: so; because (worth 12.00 a month)."


def test_a_childs_two_possible_birthdays_are_one_assumption_at_its_larger_worth() -> None:
    found = [
        Assumption("children.1.born", "2019-05-01", f"were it {day}", worth) for day, worth in (("x", 5.0), ("y", -9.0))
    ]
    [told] = words.assumptions(found)
    assert "up to £9.00 a month" in told


def test_what_a_job_changes_is_told_from_loss_to_gain(leeds: BetterOff) -> None:
    kinds = [change.kind for change in words.changes(leeds.now, leeds.jobs[1])]
    order = ["stops", "goes down", "goes up", "starts", "stays the same"]
    assert kinds == sorted(kinds, key=order.index)
    assert "Child Benefit stays the same: £194.78 a month" in [c.text for c in words.changes(leeds.now, leeds.jobs[1])]


def test_help_that_starts_is_told() -> None:
    answer = mwp.better_off(GLASGOW, "0h", on=ON)
    assert any(change.kind == "starts" for change in words.changes(answer.now, answer.jobs[0]))


# The statement and the table add up


def added_up(told: Statement) -> float:
    whole = 0.0
    cash = [part.title for part in told.parts].index("What is left")
    for part in told.parts[:cash]:
        totals = [line.month for line in part.lines if line.weight == "total"]
        lines = [line.month for line in part.lines if line.weight == "amount"]
        award_at_nil = part.title == "Universal Credit" and totals == [0.0]
        if totals and lines and not award_at_nil:
            assert sum(lines) == pytest.approx(totals[0], abs=PENCE)
        whole += totals[0] if totals else sum(lines)
    return whole


@pytest.mark.parametrize("name", EVERY_HOUSEHOLD)
def test_every_part_of_a_statement_adds_up_and_the_parts_to_what_is_left(name: str) -> None:
    one = mwp.calculate(name, on=ON)
    told = statement(one)
    assert added_up(told) == pytest.approx(one.amounts_rounded["cash_after_work_costs"], abs=PENCE)
    left, *in_kind = told.parts[[part.title for part in told.parts].index("What is left") :]
    assert left.lines[0].month == one.amounts_rounded["cash_after_work_costs"]
    assert bool(in_kind) == bool(one.amounts_rounded["passported_help"])
    if in_kind:
        *lines, total = in_kind[0].lines
        assert sum(line.month for line in lines) == pytest.approx(total.month, abs=PENCE)
        assert total.month == one.amounts_rounded["passported_help"]
        whole = in_kind[1].lines[0].month
        assert whole == pytest.approx(left.lines[0].month + total.month, abs=0.015)


@pytest.mark.parametrize("name", EVERY_HOUSEHOLD)
def test_every_column_of_a_comparison_adds_up_to_what_is_left(name: str) -> None:
    told = comparison(mwp.better_off(name, ["16h@12.71", "37h@15"], on=ON))
    for column in range(3):
        lines = [row.amounts[column] for row in told.rows if row.role == "amount"]
        assert sum(lines) == pytest.approx(told.rows[-1].amounts[column], abs=PENCE)
    left = told.rows[-1].amounts
    for job, gain in enumerate(told.gains[0].gains, start=1):
        assert gain == pytest.approx(left[job] - left[0], abs=0.005)


@pytest.mark.parametrize(
    "name", [GLASGOW, "carer_for_partner_durham", "high_earner_guildford", "mixed_age_couple_torbay"]
)
def test_statements_add_up_in_every_year_known(name: str) -> None:
    for on in ("2024-06-15", "2025-06-15"):
        one = mwp.calculate(name, on=on)
        assert added_up(statement(one)) == pytest.approx(one.amounts_rounded["cash_after_work_costs"], abs=PENCE)


def test_universal_credit_that_cannot_be_had_says_why() -> None:
    home = mwp.load_household("single_over_25_birmingham").model_copy(update={"savings": 17_000.0})
    [part] = [part for part in statement(mwp.calculate(home, on=ON)).parts if part.title == "Universal Credit"]
    assert [line.month for line in part.lines] == [0.0]
    assert part.remarks == ("None can be had here: too much in savings, or only full-time students",)


# Help in kind

ENGLISH_LIMIT = 935.0  # SI 2003/2382 reg 5(1A): take-home pay a month, with a child


def passport(**other: Any) -> Passport:
    told: dict[str, Any] = {
        "variable": "nhs_costs_help", "label": "help with NHS costs", "now": 15.68, "then": 15.68, "change": "kept",
        "claim": "Tell the pharmacist.", "run_on": "At once.", "grade": "valuation", "citation": "SI 2003/2382 reg 5",
    }  # fmt: skip
    return Passport(**(told | other))


def test_what_is_kept_near_its_limit_says_how_near() -> None:
    near = passport(measured=881.23, limit=ENGLISH_LIMIT, measured_variable="uc_earned_income")
    assert help_words.in_short([near]) == (
        "You keep: help with NHS costs (£15.68 a month; your take-home pay would be £53.77 under its limit of £935)."
    )
    assert help_words.in_short([near], others=1) == (
        "You keep: help with NHS costs (£15.68 a month; £53.77 under its limit)."
    )
    assert help_words.lines([near])[0].text == (
        "Help with NHS costs: stays, worth £15.68 a month; your take-home pay would be £53.77 under its limit of £935."
    )


def test_a_limit_that_is_far_away_is_told_on_the_page_only() -> None:
    far = passport(measured=100.0, limit=ENGLISH_LIMIT, measured_variable="uc_earned_income")
    assert help_words.in_short([far]) == "You keep: help with NHS costs (£15.68 a month)."
    assert "£835 under its limit of £935" in help_words.lines([far])[0].text


def test_what_is_lost_says_how_far_above_its_limit_pay_would_be() -> None:
    above = ENGLISH_LIMIT + 0.01
    lost = passport(then=0.0, change="lost", measured=above, limit=ENGLISH_LIMIT, measured_variable="uc_earned_income")
    assert help_words.in_short([lost]) == "You also lose: help with NHS costs (£15.68 a month)."
    [line] = help_words.lines([lost])
    assert line.change == "lost"
    assert line.text == (
        "Help with NHS costs: stops, worth £15.68 a month now; your take-home pay would be £0.01 over its limit of"
        " £935."
    )


def test_a_limit_on_the_other_side_of_what_happens_is_not_told() -> None:
    """Help that ends for another reason, or stays by another way, although pay is on the other side of a limit."""
    ended = passport(then=0.0, change="lost", measured=100.0, limit=ENGLISH_LIMIT)
    stays = passport(measured=2_000.0, limit=ENGLISH_LIMIT)
    assert all("limit" not in line.text for line in help_words.lines([ended, stays]))
    assert "limit" not in help_words.in_short([ended, stays])


def test_pay_just_at_a_limit_is_said_to_be_there() -> None:
    at = passport(measured=ENGLISH_LIMIT, limit=ENGLISH_LIMIT, measured_variable="uc_earned_income")
    assert help_words.limit(at) == "your take-home pay would be just at its limit of £935"


def test_only_so_much_is_named_and_the_rest_counted() -> None:
    several = [passport(variable=f"v{n}", label=f"help {n}", now=float(n), then=float(n)) for n in range(1, 6)]
    assert help_words.in_short(several, others=2) == "You keep: help 5 (£5.00 a month), help 4 (£4.00) and 3 more."
    assert help_words.in_short(several, others=0) == "You keep: 5 other things."
    assert help_words.in_short(several[:1], others=0) == "You keep: 1 other thing."


def test_help_without_a_monthly_value_has_no_amount_and_more_of_the_same_goes_without_saying() -> None:
    full = passport(variable="court_fee_help_is_full", now=None, then=None)
    part = passport(variable="has_court_fee_help", label="help with court fees", now=None, then=None)
    assert help_words.in_short([full, part]) == "You keep: full help with court fees."
    lost = replace(full, change="lost")
    assert help_words.in_short([lost, part]) == (
        "You also lose: full help with court fees. You keep: help with court fees."
    )


def test_a_job_takes_help_away_and_fewer_hours_bring_it_back() -> None:
    """Healthy Start allows take-home pay of 408 a month: 16 hours at 12.71 are above it, 4 hours below."""
    into_work = mwp.better_off(LEEDS, "16h@12.71", on=ON).jobs[0]
    assert "You also lose: Healthy Start (£20.15 a month)" in help_words.in_short(into_work.passports)
    home = mwp.load_household(LEEDS)
    adult = home.adults[0].model_copy(update={"hours": 16.0, "hourly_wage": 12.71})
    working = home.model_copy(update={"adults": (adult,)})
    fewer = mwp.better_off(working, "4h@12.71", on=ON).jobs[0]
    assert "You also gain: Healthy Start (£20.15" in help_words.in_short(fewer.passports)


def test_the_value_chosen_changes_help_in_kind_and_no_cash() -> None:
    """A free school meal is 2.10, 2.66 or 3.45 pounds on 190 days: 33.25, 42.12 or 54.63 a month."""
    told = {value: mwp.calculate(LEEDS, on=ON, value=value) for value in ("low", "central", "high")}
    for value, a_day in (("low", 2.10), ("central", 2.66), ("high", 3.45)):
        assert told[value].amounts["free_school_meals"] == pytest.approx(a_day * 190 / 12)
        [part] = [part for part in statement(told[value]).parts if part.title.startswith("Help in kind")]
        assert part.remarks == (f"* An estimate: the {value} of a low, a central and a high value",)
        assert told[value].document()["value_of_help_in_kind"] == value
    assert len({one.amounts["cash_after_work_costs"] for one in told.values()}) == 1
    low, high = (mwp.better_off(LEEDS, "30h@12.71", on=ON, value=value).jobs[0].gain for value in ("low", "high"))
    assert low.month == high.month
    assert low.month_with_help_in_kind > high.month_with_help_in_kind


def test_what_is_not_a_valuation_has_no_star() -> None:
    [part] = [p for p in statement(mwp.calculate(LEEDS, on=ON)).parts if p.title.startswith("Help in kind")]
    starred = {line.variable: line.marked.endswith(" *") for line in part.lines}
    assert starred["free_school_meals"]
    assert not starred["healthy_start"]  # money on a card


def test_the_gain_with_help_in_kind_has_a_row_where_it_differs(leeds: BetterOff) -> None:
    rows = {row.label: row.gains for row in comparison(leeds).gains}
    assert rows["Counting help in kind"] == tuple(job.gain.month_with_help_in_kind for job in leeds.jobs)
    same = with_gain(leeds, 10.0, 20.0)
    assert "Counting help in kind" not in {row.label for row in comparison(same).gains}


@pytest.mark.parametrize(
    ("cash", "whole", "second"),
    [
        (10.0, -2.0, " Counting help in kind too, it would leave you £2.00 a month worse off."),
        (-10.0, 2.0, " Counting help in kind too, it would leave you £2.00 a month better off."),
        (10.0, 2.0, ""),
        (-10.0, -20.0, ""),
    ],
)
def test_the_verdict_says_where_help_in_kind_turns_it_round(cash: float, whole: float, second: str) -> None:
    answer = with_gain(one_job(LEEDS, "16h@12.71"), cash)
    [job] = answer.jobs
    turned = replace(job, gain=replace(job.gain, month_with_help_in_kind=whole))
    assert verdict(BetterOff(answer.now, (turned,))) == verdict(answer) + second


def test_pip_is_kept_whatever_is_earned_under_its_name_in_each_nation() -> None:
    durham = mwp.load_household("carer_for_partner_durham")
    paid = f"{amounts.pounds(mwp.calculate(durham, on=ON).amounts_rounded['disability_benefits'])} a month"
    for nation, called in (("england", "PIP"), ("scotland", "Adult Disability Payment")):
        told = words.kept_whatever(mwp.calculate(durham.model_copy(update={"nation": nation}), on=ON))
        assert told == f"Kept whatever you earn: {called}, {paid}, in no total here."
    assert not words.kept_whatever(mwp.calculate(LEEDS, on=ON))


def test_what_else_is_open_is_named_in_one_sentence() -> None:
    [line] = [line for line in statement(mwp.calculate(LEEDS, on=ON)).beside if line.startswith("Also open")]
    assert "full help with court fees" in line
    assert line.count("court fees") == 1
    assert line.endswith(".")


def test_tax_free_childcare_stands_with_the_costs_of_work() -> None:
    home = mwp.load_household("childcare_couple_milton_keynes")
    take_up = home.options.take_up.model_copy(update={"universal_credit": False})
    options = home.options.model_copy(update={"take_up": take_up})
    one = mwp.calculate(home.model_copy(update={"options": options}), on=ON)
    [part] = [part for part in statement(one).parts if part.title == "Costs of work"]
    lines = {line.variable: line.month for line in part.lines}
    assert lines["tax_free_childcare"] == pytest.approx(0.2 * -lines["childcare_charges"])  # 2 for every 8 that is paid
    assert added_up(statement(one)) == pytest.approx(one.amounts_rounded["cash_after_work_costs"], abs=PENCE)


def test_the_page_says_how_to_claim_help_and_when_it_stops_once_each(leeds: BetterOff, leeds_page: str) -> None:
    read = Page(leeds_page)
    told = read.text("main")
    assert "Other help you would lose, gain or keep" in read.text("h2")
    assert "Healthy Start: stops, worth £20.15 a month now; your take-home pay would be" in told
    for job in leeds.jobs:
        for one in help_words.told(job.passports):
            assert told.count(" ".join(one.claim.split())) == 1
    assert "Free school meals – its worth in pounds is an estimate" in told


# What an answer rests on


def test_assumptions_about_several_people_are_told_as_one() -> None:
    several = [Assumption(f"children.{n}.at_state_school", "yes", "why", -42.12) for n in (1, 2)]
    [told] = words.assumptions(several)
    assert told.startswith("The children are taken to be at state schools")
    assert "£84.24 a month" in told
    several = [Assumption(f"adults.{n}.prescriptions_a_month", "none", "why", 9.54) for n in (1, 2)]
    assert words.assumptions_in_short(several) == "No prescriptions (up to £19.08 more with one a month)."


def test_the_short_form_names_what_much_turns_on_first_and_leaves_little_out() -> None:
    found = [
        Assumption("month", "a steady state", "why"),
        Assumption("options.take_up.marriage_allowance", "no", "why", 4.99),
        Assumption("bills.broadband", "not wanted", "why", 16.67),
    ]
    assert words.assumptions_in_short(found) == (
        "No cheaper broadband (£16.67 a month more with it); every month like this one."
    )
    assert words.assumptions_in_short(found, 1) == "No cheaper broadband (£16.67 a month more with it); 1 more."
    assert len(words.assumptions(found)) == 3


@pytest.mark.parametrize("name", EVERY_HOUSEHOLD)
def test_nothing_an_answer_rests_on_is_told_in_the_programs_own_words(name: str) -> None:
    answer = comparison(mwp.better_off(name, ["16h@12.71", "37h@15"], on=ON))
    for sentence in (*answer.assumptions, *answer.not_covered):
        assert not re.search(r"[a-z]_[a-z]|\.\d\.|worth -?\d", sentence), sentence


# The page


class Page(HTMLParser):
    """What the tests ask of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br", "img"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.words.setdefault(tag, []).append(data)

    def text(self, tag: str) -> str:
        return " ".join(" ".join(self.words.get(tag, [])).split())

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def better_off_page(answer: BetterOff) -> str:
    return page.better_off_page(comparison(answer))


@pytest.fixture(scope="module")
def leeds_page(leeds: BetterOff) -> str:
    return better_off_page(leeds)


@pytest.fixture(scope="module", params=["better off", "statement"])
def any_page(request: pytest.FixtureRequest, leeds_page: str) -> str:
    return (
        leeds_page if request.param == "better off" else page.statement_page(statement(mwp.calculate(GLASGOW, on=ON)))
    )


def test_a_page_names_its_language_and_what_it_is(any_page: str) -> None:
    read = Page(any_page)
    assert any_page.startswith("<!DOCTYPE html>")
    assert read.of("html")[0]["lang"] == "en-GB"
    assert len(read.of("h1")) == 1
    assert read.text("title").startswith(read.text("h1"))
    assert {"main", "header", "h2"} <= {tag for tag, _ in read.tags}
    assert [attrs for attrs in read.of("meta") if attrs.get("charset") == "utf-8"]


def test_a_page_needs_nothing_from_anywhere(any_page: str) -> None:
    read = Page(any_page)
    assert {tag for tag, _ in read.tags}.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form"})
    loading = {"src", "srcset", "data", "action", "background", "poster"}
    assert all(loading.isdisjoint(attrs) and not any(name.startswith("on") for name in attrs) for _, attrs in read.tags)
    assert {tag for tag, attrs in read.tags if "href" in attrs} == {"a"}
    assert "url(" not in any_page
    assert "@import" not in any_page
    [policy] = [a["content"] for a in read.of("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_a_pages_tables_can_be_heard(any_page: str) -> None:
    read = Page(any_page)
    assert len(read.of("table")) == len(read.of("caption")) == 1
    assert all(attrs.get("scope") in ("row", "col", "rowgroup") for attrs in read.of("th"))


def test_a_page_is_a_guide_and_says_who_advises(any_page: str) -> None:
    read = Page(any_page)
    told = read.text("main")
    assert "not advice and not a decision" in told
    assert "not a government page" in told
    assert "Citizens Advice" in told
    assert "www.turn2us.org.uk" in told
    assert "AGPL" in told
    assert "source code" in told
    assert "1 November 2026" in read.text("header")


def test_the_page_holds_the_verdict_the_changes_and_what_it_rests_on(leeds: BetterOff, leeds_page: str) -> None:
    read = Page(leeds_page)
    told = read.text("main")
    assert verdict(leeds) in told
    assert read.text("thead") == "Pounds a month Now no work Job 1 16 h at £12.71 Job 2 30 h at £12.71"
    for heading in ("What would change", "What this rests on", "What is not counted", "About this page"):
        assert heading in read.text("h2")
    assert "Child Benefit stays the same: £194.78 a month." in told


def test_many_jobs_stand_in_tables_that_fit_a_page() -> None:
    answer = mwp.better_off(LEEDS, [f"{hours}h@12.71" for hours in (8, 12, 16, 20, 24, 30)], on=ON)
    read = Page(better_off_page(answer))
    assert len(read.of("table")) == len(read.of("caption")) == 2
    for hours in (8, 12, 16, 20, 24, 30):
        assert f"{hours} h at £12.71" in read.text("thead")
    heads = [attrs for attrs in read.of("th") if attrs["scope"] == "col"]
    assert len(heads) == 2 * (1 + 1 + 3)


def test_a_page_under_a_reform_says_that_it_is_not_the_law() -> None:
    read = Page(better_off_page(mwp.better_off(LEEDS, "16h@12.71", on=ON, reform="uc_taper_50")))
    assert "as if this were law: Universal Credit taper at 50p" in read.text("header")


def test_a_household_name_cannot_become_part_of_the_page() -> None:
    home = mwp.load_household(LEEDS).model_copy(update={"name": '<script>alert("x")</script> & co'})
    made = better_off_page(mwp.better_off(home, "16h@12.71", on=ON))
    assert "<script" not in made
    assert "&lt;script&gt;" in made


def test_the_page_is_the_same_each_time(leeds: BetterOff, leeds_page: str) -> None:
    assert better_off_page(leeds) == leeds_page


def test_the_colours_of_the_page_can_be_told_apart(root: Path) -> None:
    """WCAG 2.2 AA: 4.5 to 1 between text and what lies behind it."""
    style = (root / "mwp" / "report" / "templates" / "page.css").read_text(encoding="utf-8")
    for text in set(re.findall(r"(?<!-)\bcolor: (#[0-9a-f]{6})", style)):
        for behind in ("#ffffff", "#eef4fa"):
            assert contrast(text, behind) >= 4.5
    assert {"#ffffff", "#eef4fa"} == set(re.findall(r"background: (#[0-9a-f]{6})", style))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# PDF


def test_the_pdf_is_tagged_and_has_its_title_and_language(leeds: BetterOff) -> None:
    from weasyprint import HTML

    made = better_off_page(leeds)
    pdf = page.as_pdf(made)
    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf or b"/MarkInfo" in pdf or b"/ObjStm" in pdf
    document = HTML(string=made).render(pdf_tags=True)
    assert (
        document.metadata.title == "Would you be better off in work? – Lone parent, two children, private rent, Leeds"
    )
    assert document.metadata.lang == "en-GB"
    assert len(document.pages) <= 5
    boxes = [box for sheet in document.pages for box in sheet._page_box.descendants()]
    assert verdict(leeds) in " ".join("".join(getattr(box, "text", "") + " " for box in boxes).split())


def test_nothing_is_fetched_for_a_pdf(tmp_path: Path) -> None:
    picture = tmp_path / "picture.svg"
    picture.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    without, asking = '<img alt="">', f'<img src="{picture.as_uri()}" alt="">'
    assert len(page.as_pdf(asking)) == len(page.as_pdf(without))


@pytest.mark.parametrize(
    ("error", "told"),
    [(ImportError, "pip install"), (OSError, "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0")],
)
def test_what_a_pdf_lacks_is_said(
    error: type[Exception], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import builtins

    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise error
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    target = tmp_path / "page.pdf"
    with pytest.raises(MwpError, match=told):
        files.write(target, {".pdf": lambda: page.as_pdf("<p>x</p>")})
    assert not target.exists()


# Documents and tables


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def documents() -> dict[str, Any]:
    glasgow = mwp.calculate(GLASGOW, on=ON, reform="uc_taper_50")
    day, home = library.parameters_date(ON), mwp.load_household(LEEDS)
    changed = export.calculation_document(glasgow) | {"people": []}
    return {
        "calculate": [export.calculation_document(glasgow), export.calculation_document(mwp.calculate(LEEDS, on=ON))],
        "better-off": [
            export.better_off_document(mwp.better_off(GLASGOW, ["20h@14", "0h", "35h 30000/year"], on=ON)),
            export.better_off_document(mwp.better_off(GLASGOW, on=ON, partner_jobs="16h@minimum_wage")),
            *(
                export.better_off_document(mwp.better_off(name, ["16h@12.71", "37h@15"], on=ON, value="high"))
                for name in EVERY_HOUSEHOLD
            ),
        ],
        "explain": [export.explanation_document(mwp.explain(GLASGOW, on=ON, every_step=True))],
        "variables": [export.variables_document(library.variables())],
        "household": [export.household_document(LEEDS, requests.household_of_file(LEEDS))],
        "households": [export.households_document(library.households())],
        "reforms": [
            export.reforms_document(library.reforms()),
            export.reforms_shown_document([reforms.entry(reforms.shown(one)) for one in resources.library("reforms")]),
        ],
        "parameters": [
            export.parameters_document(library.find_parameters("universal_credit"), day),
            export.programmes_document(library.programmes(), day),
        ],
        "validation": [export.validation_document({LEEDS: [], "-x": library.household_problems("nowhere")})],
        "sweep": [schedule_export.sweeps_document([one]) for one in mwp.schedule([LEEDS, GLASGOW], ON)],
        "cliffs": [schedule_export.cliffs_document([one]) for one in mwp.schedule([LEEDS, GLASGOW], ON)],
        "compare": [compare_export.document(mwp.compare([LEEDS, GLASGOW], ["nes_guarantee", "no_benefit_cap"], ON))],
        "certificate": [
            certificate_export.document(mwp.certify("nes_guarantee", "library", ON, household=GLASGOW)),
            certificate_export.document(mwp.certify(universe="library", on=ON, household=LEEDS)),
        ],
        "documents": [schedule_export.cliffs_document(mwp.schedule([LEEDS, GLASGOW], ON))],
        "surface": [schedule_export.surfaces_document([mwp.surface(GLASGOW, ON)])],
        "solve": [
            solve_export.solution_document(mwp.solve(LEEDS, "taper=0.40..0.55", "metr<=0.62", ON)),
            solve_export.solution_document(mwp.solve(LEEDS, "taper=0.40..0.55", on=ON, same_cost_as="nes_guarantee")),
        ],
        "placement": [
            placement_export.placement_document(mwp.placement(GLASGOW, 20, on=ON, earner="partner", segment="bridge")),
            placement_export.placement_document(mwp.placement(LEEDS, 16, 14.0, ON, "none", support="covered")),
        ],
        "placement-account": [
            placement_export.account_document(mwp.placement_account([LEEDS, GLASGOW, "nes_bridge"], on=ON)),
            placement_export.account_document(mwp.placement_account(LEEDS, 10, 13.0, ON, "none", support="covered")),
        ],
        "timeline": [
            placement_export.timeline_document(mwp.timeline(LEEDS, "16h@12.71", ON)),
            placement_export.timeline_document(mwp.timeline("nes_bridge", "30h@15", ON, "2027-01-31")),
        ],
        "metr": [schedule_export.distribution_document(schedule_export.distribution([home], [ON]))],
        "replay": [
            mwp.replay(export.calculation_document(glasgow)).document(),
            mwp.replay(changed).document(),
        ],
    }


def test_every_document_keeps_to_its_schema() -> None:
    found = documents()
    elsewhere = {path.stem for path in SCHEMAS.glob("population-*.json")}  # tests/test_population_*.py
    assert set(found) == {path.stem for path in SCHEMAS.glob("*.json")} - elsewhere
    for name, several in found.items():
        validator = jsonschema.Draft202012Validator(schema(name), format_checker=jsonschema.FormatChecker())
        for document in several:
            text = export.as_json(document)
            validator.validate(json.loads(text))
            assert document["schema"] == f"mwp.{name}/1"


def test_a_schema_refuses_what_is_not_its_document(leeds: BetterOff) -> None:
    document = export.better_off_document(leeds)
    del document["jobs"][0]["better_off"]["week"]
    with pytest.raises(jsonschema.ValidationError, match="'week' is a required property"):
        jsonschema.validate(document, schema("better-off"))


def test_the_wage_of_a_job_at_the_minimum_wage_is_told() -> None:
    document = export.better_off_document(mwp.better_off(GLASGOW, on=ON, partner_jobs="16h@minimum_wage"))
    assert document["jobs"][0]["hourly_wage"] == 12.71


def test_a_table_of_a_comparison_can_be_read_back(leeds: BetterOff) -> None:
    made = export.better_off_makers(leeds)[".csv"]().decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(made))
    assert head == ["variable", "pounds a month", "Now: no work", "Job 1: 16 h at £12.71", "Job 2: 30 h at £12.71"]
    [gross] = [row for row in rows if row[0] == "gross_pay"]
    assert [float(cell) for cell in gross[2:]] == [0.0, 881.23, 1652.3]


def test_a_spreadsheet_finds_no_formula_in_a_table() -> None:
    made = export.csv_bytes([["=1+1", "@x", "+44", "-45.20", "-x", "plain"]]).decode("utf-8-sig")
    assert made == "'=1+1,'@x,'+44,-45.20,'-x,plain\r\n"


# Files


def test_a_file_that_fails_half_way_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "answer.json"
    target.write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match="No space left on device"):
        files.write(target, {".json": lambda: b"after"})
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_file_can_be_read_as_other_new_files_can(tmp_path: Path) -> None:
    usual = tmp_path / "usual.json"
    usual.write_text("{}")
    files.write(tmp_path / "answer.json", {".json": lambda: b"{}"})
    assert (tmp_path / "answer.json").stat().st_mode == usual.stat().st_mode


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("before")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    files.write(tmp_path / "link.json", {".json": lambda: b"after"})
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text() == "after"


# Parameters


def test_every_number_of_the_law_has_what_is_shown_of_it() -> None:
    every = library.all_parameters()
    assert sum(one.count for one in library.programmes()) == len(every)
    for path, one in every.items():
        assert one.unit, path
        assert one.status, path
        assert one.references, path
        assert one.values, path


def test_a_number_has_no_value_before_it_was_law() -> None:
    [taper] = library.find_parameters("universal_credit.taper_rate")
    first, _ = taper.values[0]
    assert taper.on(first) == 0.63
    assert taper.on(first.replace(year=first.year - 1)) is None


def test_the_comparison_of_one_job_is_called_job() -> None:
    told: Comparison = comparison(mwp.better_off(LEEDS, "16h@12.71", on=ON))
    assert [column.title for column in told.columns] == ["Now", "Job"]
