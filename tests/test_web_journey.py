"""The journey: every question where it matters and only there, every kind of error, nothing lost on the way."""

from __future__ import annotations

import ast
import html
import random
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import mwp
from mwp import resources
from mwp.analysis.calculation import amounts_of
from mwp.core.rounding import AS_THE_LAW
from mwp.errors import InputError, Problem
from mwp.web import questions as q
from mwp.web.answers import Described, described, packed, unpacked
from mwp.web.language import CODES, FORMS, MissingText, catalogue, language
from mwp.web.pages import ROUTES, STATIC
from mwp.web.results import _LEFT_OUT, _assumed
from mwp.web.templating import environment
from tests.web_support import LEEDS, answers_at_random, answers_in, answers_to, plain, walk

WEB = Path(mwp.__file__).parent / "web"
JOB = {"job_1_kind": "employed", "job_1_hours": "16", "job_1_pay": "12.71", "job_1_pay_per": "hour"}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=[*ROUTES, STATIC]))


def seen(answers: dict[str, str]) -> list[str]:
    """The pages that these answers make, up to the first that is not answered."""
    return [page.id for page in q.journey(answers).pages]


def message(client: TestClient, page: str, answers: dict[str, str], form: dict[str, object]) -> list[str]:
    """What a page says is wrong with a form."""
    sent = {"page": page, "answers": packed(answers), **form}
    answer = client.post(f"/{page}", data=sent)
    assert answer.status_code == 422, answer.url
    summary = re.search(r'govuk-error-summary__list">(.*?)</ul>', answer.text, re.S)
    assert summary
    told = re.findall(r'<a href="#(.*?)">(.*?)</a>', summary[1], re.S)
    for field, _ in told:
        assert f'id="{field}"' in answer.text, "an error leads to its field"
    return [html.unescape(text) for _, text in told]


def until(page: str, answers: dict[str, str]) -> dict[str, str]:
    """The answers that come before a page."""
    before: dict[str, str] = {}
    for one in q.pages():
        if one.id == page:
            return before
        before |= {id: answers[id] for question in one.questions for id in question.ids if id in answers}
    raise AssertionError(page)


# The way through


def test_a_lone_parent_is_asked_what_matters_to_her(client):
    pages, last = walk(client, LEEDS)
    assert last.url.path == "/check"
    assert pages[:4] == ["nation", "council", "partner", "your-age"]
    assert {"area", "childcare-cost", "prescriptions", "school"} <= set(pages)
    assert not {"partner-age", "partner-work", "who", "bedrooms", "rates", "london", "job-2"} & set(pages)


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_the_answer_is_that_of_the_public_face(client, prefix):
    _, last = walk(client, LEEDS, prefix)
    answer = client.post(f"{prefix}/result", data={"answers": answers_in(last.text)})
    assert answer.status_code == 200
    gain = mwp.better_off("lone_parent_two_children_leeds", ["16h@12.71"]).jobs[0].gain
    said = plain(answer.text)
    for amount in (f"£{gain.month:,.2f}", f"£{gain.week:,.2f}", f"+{gain.month:,.2f}", f"£{gain.per_hour:,.2f}"):
        assert amount in said


@pytest.mark.parametrize("name", sorted(resources.library("households")))
def test_each_household_of_the_library_has_the_same_figures_here(name):
    """Told by answers, a household of the library is better off by as much as by its file, to the penny in every row.

    What an employer pays into a pension is not asked, as no claimant has it in hand.
    """
    home = mwp.load_household(name)
    way = q.journey(answers_to(home, JOB, date.today()))
    assert way.first_open is None, way.first_open
    by_answers, by_file = described(way.answers).better_off(), mwp.better_off(home, ["16h@12.71/hour"])
    assert by_answers.jobs[0].gain == by_file.jobs[0].gain
    for one, other in ((by_answers.now, by_file.now), (by_answers.jobs[0].calculation, by_file.jobs[0].calculation)):
        differ = {key for key, amount in one.amounts_rounded.items() if amount != other.amounts_rounded[key]}
        assert not {key for key in differ if not key.startswith(("employer_", "pension_"))}


# Each question where it matters

COUPLE = {"partner": "yes", "partner_age": "30", "partner_health": "none", "partner_daily_living": "none",
          "partner_mobility": "none", "partner_cares_for": "none", "partner_prescriptions": "0",
          "partner_work": "none", "who": "you"}  # fmt: skip


@pytest.mark.parametrize(
    ("page", "where", "elsewhere"),
    [
        ("london", {"council": "", "council_instead": "yes"}, {}),
        ("london", {"council": "", "council_instead": "yes"},
         {"nation": "wales", "council": "Cardiff", "area": "Cardiff"}),
        ("partner-age", COUPLE, {}),
        ("partner-health", COUPLE, {}),
        ("partner-work", COUPLE, {}),
        ("who", COUPLE, {}),
        ("child-1", {}, {"children": "0"}),
        ("child-1-education", {"child_1_age": "16", "child_1_education": "yes"}, {}),
        ("child-disability", {}, {"children": "0"}),
        ("child-1-disability", {"disabled_children": "1", "child_1_disability": "lower"}, {}),
        ("school", {}, {"child_1_age": "2"}),
        ("other-1", {"others": "1", "other_1_age": "23", "other_1_disability": "no", "other_1_work": "no"}, {}),
        ("other-1-pay", {"others": "1", "other_1_age": "23", "other_1_disability": "no", "other_1_work": "yes"},
         {"others": "1", "other_1_age": "23", "other_1_disability": "no", "other_1_work": "no"}),
        ("rent", {}, {"tenure": "owned"}),
        ("area", {}, {"tenure": "social_rent", "bedrooms": "3"}),
        ("bedrooms", {"tenure": "social_rent", "bedrooms": "3"}, {}),
        ("extra-bedroom", {}, {"tenure": "mortgage"}),
        ("shared", {"children": "0", "shared_exempt": "no"}, {}),
        ("shared", {"children": "0", "shared_exempt": "no"}, {"children": "0", "you_age": "35"}),
        ("temporary", {}, {"tenure": "rent_free"}),
        ("council-tax-bill", {}, {"band": "none"}),
        ("council-tax-bill", {}, {"band": "unsure"}),
        ("rates", {"nation": "northern_ireland", "council": "Belfast", "area": "Belfast", "rates_instead": "yes"}, {}),
        ("council-tax-band", {}, {"nation": "northern_ireland", "council": "Belfast", "area": "Belfast",
                                  "rates_instead": "yes"}),
        ("you-health-since", {"you_health": "lcwra", "you_lcwra_since": "no"}, {}),
        ("you-carers-allowance", {"you_cares_for": "other", "you_carers_allowance": "yes"}, {}),
        ("pregnant", {}, {"you_age": "56"}),
        ("weeks-pregnant", {"pregnant": "you", "weeks_pregnant": "20"}, {}),
        ("new-mother", {"child_2_age": "0", "new_mother": "you"}, {}),
        ("prescriptions", {}, {"nation": "scotland", "council": "Fife", "area": "Fife"}),
        ("other-income-amounts", {"other_income": "interest", "income_interest": "5",
                                  "income_interest_per": "month"}, {}),
        ("you-pay", {"you_work": "employed", "you_hours": "8", "you_pay": "12.71", "you_pay_per": "hour"}, {}),
        ("you-trading", {"you_work": "self_employed", "you_hours": "8", "you_profit": "300",
                         "you_profit_per": "month", "you_trading": "no"}, {}),
        ("you-start-up", {"you_work": "self_employed", "you_hours": "8", "you_profit": "300",
                          "you_profit_per": "month", "you_trading": "yes", "you_start_up": "no"},
         {"you_work": "self_employed", "you_hours": "8", "you_profit": "300", "you_profit_per": "month",
          "you_trading": "no"}),
        ("you-out-of-work", {"nation": "scotland", "council": "Fife", "area": "Fife", "you_age": "22",
                             "child_1_age": "5", "you_out_of_work": "7"}, {"you_age": "22", "child_1_age": "5"}),
        ("job-2", {"another_2": "yes", "job_2_kind": "employed", "job_2_hours": "30", "job_2_pay_instead": "yes",
                   "another_3": "no"}, {}),
        ("another-3", {"another_2": "yes", "job_2_kind": "employed", "job_2_hours": "30", "job_2_pay_instead": "yes",
                       "another_3": "no"}, {}),
        ("you-pension-share", {"you_pension": "yes", "you_pension_share": "5", "you_pension_method": "unsure",
                               "you_pension_of": "unsure"}, {}),
        ("childcare", {}, {"child_1_age": "18", "child_2_age": "17", "you_age": "45", "child_1_education": "yes",
                           "child_2_education": "yes"}),
        ("childcare-children", {}, {"childcare": "no"}),
        ("your-birthday", {"you_age": "66", "you_born_day": "1", "you_born_month": "1", "you_born_year": "1961"}, {}),
        ("child-1-birthday", {"child_1_age": "7"}, {"child_1_age": "6"}),
        ("child-1-birthday", {"child_1_age": "17", "nation": "scotland", "council": "Fife", "area": "Fife",
                              "child_1_education": "yes", "you_age": "45"}, {"child_1_age": "13"}),
        ("you-sight", {"you_daily_living": "standard", "you_blind": "no"}, {}),
        ("benefit-amounts", {"benefits": "you_new_style_jsa", "you_new_style_jsa": "95.55",
                             "you_new_style_jsa_per": "week"}, {}),
        ("same-costs", {"another_2": "yes", "job_2_kind": "employed", "job_2_hours": "30", "job_2_pay_instead": "yes",
                        "another_3": "no"}, {}),
        ("job-2-costs", {"another_2": "yes", "job_2_kind": "employed", "job_2_hours": "30", "job_2_pay_instead": "yes",
                         "another_3": "no", "same_costs": "no"},
         {"another_2": "yes", "job_2_kind": "employed", "job_2_hours": "30", "job_2_pay_instead": "yes",
          "another_3": "no", "same_costs": "yes"}),
        ("water", {"children": "3", "child_3_age": "8", "child_3_sex": "f"}, {}),
        ("water", {"you_daily_living": "standard", "you_blind": "no"},
         {"you_daily_living": "standard", "you_blind": "no", "nation": "scotland", "council": "Fife", "area": "Fife"}),
        ("water-bill", {"children": "3", "child_3_age": "8", "child_3_sex": "f", "water_meter": "yes"},
         {"children": "3", "child_3_age": "8", "child_3_sex": "f", "water_meter": "no"}),
        ("stopped-work", {}, {"you_work": "employed", "you_hours": "8", "you_pay": "12.71", "you_pay_per": "hour"}),
        ("stopped-work", {}, {"you_daily_living": "standard", "you_blind": "no", "water_meter": "no"}),
        ("stopped-work", {}, {"you_cares_for": "other", "you_carers_allowance": "yes"}),
        ("stopped-work", {}, {"disabled_children": "1", "child_1_disability": "lower", "water_meter": "no"}),
        ("stopped-work", {}, {"you_health": "lcwra", "you_lcwra_since": "no", "water_meter": "no"}),
        ("stopped-work", {}, {"tenure": "owned"}),
        ("childcare-hours", {"childcare_cost_per": "hour", "childcare_hours_instead": "yes",
                             "childcare_free": "unsure"}, {}),
    ],
)  # fmt: skip
def test_a_question_is_asked_where_it_matters_and_only_there(page, where, elsewhere):
    assert page in seen(LEEDS | where)
    assert page not in seen(LEEDS | elsewhere)


def test_every_page_is_reached_by_some_answers():
    """No question is asked of nobody: the ones above, a couple, and the most people and jobs there can be."""
    many = LEEDS | COUPLE | {
        "children": "8", "others": "4", "disabled_children": "1 2 3 4 5 6 7 8", "another_2": "yes", "another_3": "yes",
        "partner_health": "lcw", "partner_lcw_since": "no", "partner_cares_for": "child",
        "partner_work": "self_employed",
        "partner_carers_allowance": "no", "partner_hours": "8", "partner_profit": "1", "partner_profit_per": "week",
        "partner_trading": "yes", "partner_start_up": "unsure", "partner_pension": "yes", "partner_pension_share": "5",
        "partner_pension_method": "net_pay", "partner_pension_of": "pay", "partner_student_loan": "none",
        "you_age": "45",
    }  # fmt: skip
    for n in range(1, 9):
        many |= {f"child_{n}_age": "16", f"child_{n}_sex": "f", f"child_{n}_education": "yes",
                 f"child_{n}_born_instead": "yes", f"child_{n}_disability": "lower"}  # fmt: skip
    for n in range(1, 5):
        many |= {f"other_{n}_age": "30", f"other_{n}_disability": "no", f"other_{n}_work": "yes",
                 f"other_{n}_hours": "9", f"other_{n}_pay": "120", f"other_{n}_pay_per": "week"}  # fmt: skip
    for n in range(1, 4):
        many |= {f"job_{n}_kind": "employed", f"job_{n}_hours": "9", f"job_{n}_pay_instead": "yes", f"job_{n}_pay": ""}
    many |= {"childcare": "no", "same_costs": "no", "water_meter": "yes", "water_need": "no", "water_bill": "600",
             "water_bill_per": "year"}  # fmt: skip
    many |= {f"job_{n}_travel": "10" for n in range(2, 4)} | {f"job_{n}_travel_per": "week" for n in range(2, 4)}
    young = LEEDS | COUPLE | {"nation": "scotland", "council": "Fife", "area": "Fife", "you_age": "22",
                              "partner_age": "22", "child_1_age": "5", "you_out_of_work": "1",
                              "partner_out_of_work": "1"}  # fmt: skip
    trading = LEEDS | TRADING | {"you_start_up": "no"}
    old = (
        LEEDS
        | COUPLE
        | {
            "you_age": "66",
            "you_born_instead": "yes",
            "partner_age": "66",
            "partner_daily_living": "standard",
            "you_attendance": "lower",
            "partner_attendance": "lower",
            "partner_born_instead": "yes",
        }
    )
    kids = (
        LEEDS
        | {"nation": "wales", "council": "Cardiff", "area": "Cardiff", "children": "8"}
        | {f"child_{n}_age": "16" for n in range(1, 9)}
        | {f"child_{n}_sex": "f" for n in range(1, 9)}
        | {f"child_{n}_education": "yes" for n in range(1, 9)}
        | {f"child_{n}_born_instead": "yes" for n in range(1, 9)}
        | {"you_age": "45"}
    )
    reached = {*seen(many), *seen(young), *seen(old), *seen(kids), *seen(trading)}
    singles = {"london", "shared", "bedrooms", "rates", "you-health-since", "you-carers-allowance", "weeks-pregnant",
               "new-mother", "other-income-amounts", "you-pay", "you-trading", "you-pension-share", "area", "school",
               "childcare-children", "childcare-cost", "childcare-hours", "you-sight", "partner-sight",
               "partner-birthday", "benefit-amounts"}  # fmt: skip
    assert {page.id for page in q.pages()} - reached <= singles


# Every kind of error


@pytest.mark.parametrize(
    ("page", "form", "told"),
    [
        ("nation", {}, "Select where you live"),
        ("nation", {"nation": "atlantis"}, "Select where you live"),
        ("council", {}, "Enter the name of your council"),
        ("council", {"council": "Leds"}, "We do not know “Leds”. Did you mean Leeds?"),
        ("council", {"council": "Qqqq"}, "We do not know “Qqqq”. Check the spelling, or pick from the list"),
        ("council", {"council": "Leeds", "council_instead": "yes"},
         "Enter the name of your council, or tick the box. Do not do both"),
        ("your-age", {"you_age": ""}, "Enter your age"),
        ("your-age", {"you_age": "old"}, "Your age must be a number, like 34"),
        ("your-age", {"you_age": "30.5"}, "Your age must be a whole number, like 34"),
        ("your-age", {"you_age": "15"}, "Your age must be 16 or more"),
        ("your-age", {"you_age": "121"}, "Your age must be 120 or less"),
        ("your-age", {"you_age": "80"}, "We cannot work this out when everyone has reached State Pension age"),
        ("children", {"children": "-1"}, "How many children live with you must be 0 or more"),
        ("child-1", {"child_1_age": "25", "child_1_sex": "f"}, "The age of child 1 must be 19 or less"),
        ("child-1", {"child_1_age": "7"}, "Select if child 1 is a girl or a boy"),
        ("child-disability", {"disabled_children": ["1", "none"]}, "You ticked an answer and also “none”"),
        ("rent", {"rent": "825"}, "Choose how long your rent is for"),
        ("rent", {"rent": "0", "rent_per": "week"}, "Your rent must be more than 0"),
        ("rent", {"rent": "£1,0x0", "rent_per": "week"}, "Your rent must be a number, like 650"),
        ("area", {"area": "Leads"}, "We do not know “Leads”"),
        ("benefits", {"benefits": ["you_new_style_jsa", "you_new_style_esa"]}, "You cannot get two of these benefits"),
        ("job-1", {"job_1_kind": "employed", "job_1_hours": "0"}, "The hours a week must be 1 or more"),
        ("job-1-pay", {"job_1_pay": "24000", "job_1_pay_per": "hour"}, "The pay must be 1,000 an hour or less"),
        ("job-1-pay", {"job_1_pay": "0", "job_1_pay_per": "hour"}, "The pay must be more than 0"),
        ("childcare-children", {}, "Select which children the childcare is for"),
        ("bills", {}, "Select what you pay for, or none of these"),
    ],
)  # fmt: skip
def test_a_wrong_answer_has_a_message_of_its_own(client, page, form, told):
    assert any(told in text for text in message(client, page, until(page, LEEDS), form))


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ("", "day", "Enter the date of birth of child 1"),
        ("- 3 2019", "day", "The date of birth of child 1 must include a day"),
        ("31 - 2019", "month", "The date of birth of child 1 must include a month"),
        ("31 3 -", "year", "The date of birth of child 1 must include a year"),
        ("31 2 2019", "day", "The date of birth of child 1 must be a real date"),
        ("x 2 2019", "day", "The date of birth of child 1 must be a real date"),
        ("1 1 2999", "day", "The date of birth of child 1 must be today or in the past"),
        ("1 1 2001", "day", "and you said 7. Change the date, or go back and change the age"),
        ("1 1 2001 both", "day", "Enter the date of birth of child 1, or tick the box. Do not do both"),
    ],
)
def test_a_wrong_date_has_a_message_of_its_own(client, typed, field, told):
    form = {f"child_1_born_{part}": text.strip("-") for part, text in zip(q.DATE_PARTS, typed.split(), strict=False)}
    if "both" in typed:
        form["child_1_born_instead"] = "yes"
    sent = {"page": "child-1-birthday", "answers": packed(until("child-1-birthday", LEEDS)), **form}
    answer = client.post("/child-1-birthday", data=sent)
    assert answer.status_code == 422
    assert re.search(f'<a href="#child_1_born_{field}">[^<]*{re.escape(told)}', html.unescape(answer.text))
    assert re.search(rf'id="child_1_born_{field}"[^>]*', answer.text)
    assert all(f'value="{text}"' in answer.text for text in form.values() if text), "what was typed is kept"


# Birthdays


def test_a_birthday_that_is_not_asked_for_changes_nothing():
    """On many days of a year, in each nation: where the pages ask no birthday, no total and no help turns on it."""
    from mwp.analysis.measures import FUNDED_HOURS, IN_KIND

    told = ("net_after_work_costs", "cash_after_work_costs", *FUNDED_HOURS, *IN_KIND)
    found: dict[str, set[int]] = {nation: set() for nation in q.NATIONS}
    for on in (date(2026, 8, 20), date(2026, 11, 28), date(2027, 3, 5), date(2027, 4, 20), date(2027, 7, 10)):
        for nation in q.NATIONS:
            for extra in HOMES:
                found[nation] |= _ages_that_turn_on_a_birthday(nation, extra, on, told)
    assert found == {nation: set(ages) for nation, ages in q.BIRTHDAY_TELLS.items()}


HOMES: tuple[dict[str, object], ...] = (
    {"adults": [{"age": 40}]},
    {"adults": [{"age": 40, "hours": 20, "hourly_wage": 13.0}],
     "childcare": {"amount": {"amount": 6.0, "per": "hour"}, "children": [1], "hours": 40}},
    {"adults": [{"age": 40, "hours": 40, "hourly_wage": 30.0}], "savings": 20_000.0, "housing": {"tenure": "owned"},
     "childcare": {"amount": 700.0, "children": [1]}},
)  # fmt: skip
"""Out of work, in work with childcare by the hour, and with too much for Universal Credit."""
PLACES = {"england": "leeds", "scotland": "fife", "wales": "cardiff", "northern_ireland": "belfast"}


def _ages_that_turn_on_a_birthday(nation: str, extra: dict[str, object], on: date, told: tuple[str, ...]) -> set[int]:
    """The ages of a second child at which it makes a difference on which day of the year the birthday is."""
    homes, ages = [], []
    for age in range(18):
        for days in (*range(0, 365, 24), 364):
            home = {"name": "A home", "nation": nation, "local_authority": PLACES[nation], "brma": PLACES[nation],
                    "children": [{"born": date(on.year - age, on.month, on.day) - timedelta(days=days)}, {"age": 18}],
                    "housing": {"tenure": "private_rent", "rent": 900.0}}  # fmt: skip
            homes.append(mwp.household_from(home | extra))
            ages.append(age)
    found = amounts_of(homes, on, rounding=AS_THE_LAW, variables=told).amounts
    by_age = np.array(ages)
    return {age for age in range(18) if any(np.ptp(found[name][by_age == age, 0]) > 0.005 for name in told)}


def test_the_birthday_of_a_first_child_is_asked_where_it_may_be_before_april_2017(monkeypatch):
    """The first child's higher amount is for those born before 6 April 2017: Welfare Reform and Work Act 2016 s.14."""

    class Today(date):
        @classmethod
        def today(cls):
            return date(2027, 1, 10)

    monkeypatch.setattr(q, "date", Today)
    family = {"nation": "england", "children": "2", "child_1_age": "9", "child_2_age": "9"}
    assert q.birthday_tells(1)(family)
    assert not q.birthday_tells(1)(family | {"child_2_age": "10"}), "the other child is the first, and surely before"
    assert not q.birthday_tells(2)(family | {"child_2_age": "8"})


def test_a_birthday_decides_who_has_reached_state_pension_age():
    from mwp.inputs.ages import state_pension_day

    today = date.today()
    first, last = state_pension_day(date(today.year - 67, 1, 1)), state_pension_day(date(today.year - 66, 12, 31))
    assert {first.year - (today.year - 67), last.year - (today.year - 66)} <= {66, 67}
    of_66 = {"partner": "no", "you_age": "66"}
    for day in (today.replace(year=today.year - 66, day=1), today.replace(year=today.year - 67, day=28)):
        born = dict(zip((f"you_born_{part}" for part in q.DATE_PARTS), (str(day.day), str(day.month), str(day.year)),
                        strict=True))  # fmt: skip
        assert q.is_pension_age(of_66 | born, "you") == (state_pension_day(day) <= today)


def test_what_a_job_costs_can_differ_from_job_to_job(client):
    more = {"another_2": "yes", "job_2_kind": "employed", "job_2_hours": "30", "job_2_pay_instead": "yes",
            "another_3": "no", "same_costs": "no", "job_2_childcare": "600", "job_2_childcare_per": "month",
            "job_2_travel": "25", "job_2_travel_per": "week"}  # fmt: skip
    answer = client.post("/result", data={"answers": packed(LEEDS | more)})
    home, gains = "lone_parent_two_children_leeds", []
    for job, childcare, travel in (("16h@12.71", "433", "80"), ("30h@minimum_wage", "600/month", "25/week")):
        gains.append(mwp.better_off(home, [job], childcare=childcare, travel=travel).jobs[0].gain.month)
    assert all(f"{gain:+,.2f}" in plain(answer.text) for gain in gains)


@pytest.mark.parametrize("code", CODES)
def test_every_question_says_what_is_missing_and_why_it_is_asked(code):
    """In both languages: a label, a word for the list of answers, a message of its own, and a reason or a hint."""
    from mwp.web.questions import Fault
    from mwp.web.views import message as said
    from mwp.web.views import option, words

    lang = language(code)
    for page in q.pages():
        for one in page.questions:
            assert words(lang, one, "label", LEEDS), one.id
            assert words(lang, one, "short", LEEDS), one.id
            assert said(lang, Fault(one.id, "missing", one), LEEDS), one.id
            if one.kind in ("whole", "number", "money"):
                assert words(lang, one, "what", LEEDS), one.id
                assert words(lang, one, "example", LEEDS), one.id
            if one.instead:
                assert words(lang, one, "instead", LEEDS), one.id
            for choice in one.choices(LEEDS | COUPLE):
                assert option(lang, one, choice, LEEDS), (one.id, choice)
        assert any(words(lang, one, part, LEEDS) for one in page.questions for part in ("why", "hint")), page.id


def test_a_wrong_answer_is_kept_and_the_title_says_so(client):
    form = {"page": "rent", "answers": packed(until("rent", LEEDS)), "rent": "a lot", "rent_per": "week"}
    answer = client.post("/rent", data=form)
    assert "<title>Error: How much rent do you pay?" in answer.text
    assert 'value="a lot"' in answer.text
    assert re.search(r'<option value="week" selected', answer.text)


def test_answers_are_shown_as_text_never_as_marks(client):
    nasty = '"><script>alert(1)</script>'
    form = {"page": "council", "answers": packed({"nation": "england"}), "council": nasty}
    answer = client.post("/council", data=form)
    assert "<script>alert" not in answer.text
    packed_up = client.post("/council", data={"answers": packed({"nation": "england", "council": nasty})})
    assert "<script>alert" not in packed_up.text


# Answers on their way


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "null", "7", '{"nation": 7}', '{"nobody": "x"}', "[" * 5_000, "{}" * 50_000, '{"rent": ""}']
)
def test_what_is_no_answer_is_dropped(text, client):
    assert unpacked(text) == {}
    assert client.post("/result", data={"answers": text}).url.path == "/nation"


def test_a_page_whose_turn_has_not_come_leads_to_the_first_open_one(client):
    assert client.post("/travel", data={"answers": packed(until("children", LEEDS))}).url.path == "/children"
    assert client.get("/travel").url.path == "/"


def test_a_page_that_is_not_asked_is_passed_by(client):
    answer = client.post("/partner-age", data={"answers": packed(LEEDS)})
    assert answer.url.path == "/check"


def test_changing_an_answer_leads_back_to_the_check(client):
    form = {"page": "rent", "answers": packed(LEEDS), "back_to": "check", "rent": "700", "rent_per": "month"}
    answer = client.post("/rent", data=form)
    assert answer.url.path == "/check"
    assert "£700 a month" in plain(answer.text)


def test_a_change_that_brings_a_new_question_asks_it_and_then_leads_back(client):
    form = {"page": "partner", "answers": packed(LEEDS), "back_to": "check", "partner": "yes"}
    answer = client.post("/partner", data=form)
    assert answer.url.path == "/partner-age"
    form = {"page": "partner-age", "answers": answers_in(answer.text), "back_to": "check", "partner_age": "30"}
    assert client.post("/partner-age", data=form).url.path == "/partner-health"


def test_a_change_of_nation_asks_for_the_council_again(client):
    form = {"page": "nation", "answers": packed(LEEDS), "back_to": "check", "nation": "wales"}
    answer = client.post("/nation", data=form)
    assert answer.url.path == "/council"


def test_an_answer_that_no_longer_counts_is_not_counted():
    """Rent told before the home was said to be owned stays in the form, and out of the household."""
    way = q.journey(LEEDS | {"tenure": "owned"})
    assert "rent" not in way.answers
    assert described(way.answers).household["housing"] == {"tenure": "owned"}


def test_answers_survive_the_other_language(client):
    answer = client.post("/cy/rent", data={"answers": packed(LEEDS)})
    assert answer.status_code == 200
    assert 'value="825"' in answer.text
    assert unpacked(answers_in(answer.text)) == LEEDS


def test_no_address_holds_an_answer(client):
    _, last = walk(client, LEEDS)
    assert not last.url.query
    assert all(not step.url.query for step in last.history)


def test_no_cookie_is_set(client):
    _, last = walk(client, LEEDS)
    client.post("/result", data={"answers": answers_in(last.text)})
    assert not client.cookies


# What counts


def test_a_student_without_children_has_no_universal_credit():
    """SI 2013/376 reg 13: in full-time education, with none of the exceptions of reg 14."""
    alone = {"children": "0", "shared_exempt": "no", "tenure": "social_rent", "bedrooms": "1"}
    student = described(q.journey(LEEDS | alone | {"students": "you"}).answers)
    assert student.household["adults"][0]["in_education"] is True
    answer = student.better_off()
    assert answer.now.amounts_rounded["universal_credit"] == 0
    assert any(line.startswith("Student finance") for line in answer.now.not_modelled)
    other = described(q.journey(LEEDS | alone).answers)
    assert "in_education" not in other.household["adults"][0]
    assert other.better_off().now.amounts_rounded["universal_credit"] > 0


@pytest.mark.parametrize("id", ["travel", "other_costs", "income_interest"])
def test_nothing_needs_no_period(id):
    """0 is 0 in a week as in a month; any other amount needs to be told for how long it is."""
    page, one = q.fields()[id]
    there = LEEDS | ({"other_income": "interest"} if id.startswith("income") else {})
    others = {key: value for key, value in there.items() if key not in one.ids}
    assert page.read(others | {id: "0"}, others)[1] == []
    assert [fault.error for fault in page.read(others | {id: "5"}, others)[1]] == ["per_missing"]


TRADING = {"you_work": "self_employed", "you_hours": "8", "you_profit": "300", "you_profit_per": "month",
           "you_trading": "yes"}  # fmt: skip


@pytest.mark.parametrize(("told", "months"), [("no", 0), ("yes", None), ("unsure", None)])
def test_the_start_up_period_begins_with_universal_credit(told, months):
    """SI 2013/376 reg 63: an old business that Universal Credit has just found gainful has its twelve months."""
    answers = described(q.journey(LEEDS | TRADING | {"you_start_up": told}).answers)
    assert answers.household["adults"][0].get("months_gainfully_self_employed") == months
    assert [one.text for one in answers.taken if one.text.startswith("start_up")] == (
        ["start_up.you"] if told == "unsure" else []
    )


@pytest.mark.parametrize("kind", ["temporary", "supported"])
def test_supported_housing_is_told_from_temporary(kind):
    home = described(q.journey(LEEDS | {"temporary": kind}).answers).household["housing"]
    assert home[f"{kind}_accommodation"] is True
    assert len([key for key in home if key.endswith("_accommodation")]) == 1


def test_only_the_one_in_education_is_the_student():
    home = LEEDS | COUPLE | {"students": "partner"}
    you, partner = described(q.journey(home).answers).household["adults"]
    assert partner["in_education"] is True
    assert "in_education" not in you
    both = described(q.journey(home | {"students": "both"}).answers).household["adults"]
    assert all(one["in_education"] for one in both)


def test_after_a_year_in_work_there_is_no_cap_for_nine_months():
    """SI 2013/376 reg 82(2): what the cap takes off the lone parent is hers while the grace period lasts."""
    capped, free = (
        described(q.journey(LEEDS | {"stopped_work": told}).answers).better_off().now for told in ("no", "yes")
    )
    assert capped.amounts_rounded["benefit_cap_reduction"] > 0
    assert free.amounts_rounded["benefit_cap_reduction"] == 0


def test_what_else_work_costs_comes_off_with_the_travel():
    jobs = [described(q.journey(LEEDS | {"other_costs": told}).answers).better_off().jobs[0] for told in ("0", "25.50")]
    assert jobs[0].gain.month - jobs[1].gain.month == pytest.approx(25.50)


# What was not known


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"council": "", "council_instead": "yes", "london": "unsure"}, "Each council in England"),
        ({"savings": "", "savings_instead": "yes"}, "not sure about savings"),
        ({"travel": "", "travel_per": "", "travel_instead": "yes"}, "not sure what travel would cost"),
        ({"other_costs": "", "other_costs_instead": "yes"}, "not sure what else it would cost to work"),
        ({"stopped_work": "unsure"}, "not sure if you stopped work in the last 9 months"),
        ({"stopped_work": "yes"}, "We counted no benefit cap"),
        ({"council_tax": "", "council_tax_per": "", "council_tax_instead": "yes"}, "usual bill for band B in Leeds"),
        ({"childcare": "unsure"}, "not sure about childcare"),
        ({"you_student_loan": "unsure"}, "not sure about a student loan"),
        (
            {"you_health": "lcwra", "you_lcwra_since": "unsure", "water_meter": "no", "water_need": "no"},
            "not sure if the higher amount for health",
        ),
        (
            {"benefits": "you_new_style_jsa", "you_new_style_jsa_instead": "yes"},
            "We used the usual amount for your age",
        ),
        (
            {
                "another_2": "yes",
                "job_2_kind": "employed",
                "job_2_hours": "30",
                "job_2_pay_instead": "yes",
                "another_3": "no",
                "same_costs": "unsure",
            },
            "We took the same costs in each",
        ),
        (
            {"children": "3", "child_3_age": "8", "child_3_sex": "f", "water_meter": "unsure"},
            "not sure about a water meter",
        ),
        (
            {
                "you_work": "self_employed",
                "you_hours": "8",
                "you_profit": "300",
                "you_profit_per": "month",
                "you_trading": "no",
                "you_pension": "yes",
                "you_pension_share": "5",
                "you_pension_of": "pay",
            },
            "You work for yourself now",
        ),
        ({"area": "", "area_instead": "yes"}, "We used Leeds, which is named after your council"),
        ({"temporary": "unsure"}, "temporary or supported housing"),
        ({"band": "unsure"}, "You do not pay Council Tax, as you gave no bill"),
    ],
)
def test_what_somebody_was_not_sure_of_is_named_in_the_result(client, changed, named):
    answer = client.post("/result", data={"answers": packed(LEEDS | changed)})
    assert answer.status_code == 200, answer.url
    assert answer.url.path == "/result"
    assert named in plain(answer.text)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_answered_can_be_worked_out(seed):
    """People of every kind, made up at random: what passes the pages' own checks is a household that can be.

    So nobody meets a fault that is told only in the words of the household file, in English.
    """
    some = random.Random(seed)
    for _ in range(20):
        way = q.journey(answers_at_random(some))
        assert way.first_open is None
        assert described(way.answers).troubles(date.today()) == [], dict(way.answers)
    answer = described(way.answers).better_off()
    assert all(_assumed(one, answer.now.household.nation)[0] != "other" for one in answer.assumptions)
    assert all(line.startswith(tuple(_LEFT_OUT)) for line in answer.not_modelled), "told in the catalogues' words"


@pytest.mark.parametrize(("prefix", "told"), [("", "does not fit with the others"), ("/cy", "cyd-fynd â’r lleill")])
def test_a_fault_that_no_page_foresees_is_told_in_the_language_of_the_page(client, monkeypatch, prefix, told):
    def refused(self, on=None):
        raise InputError([Problem("Told in English.", path=("housing", "rent"))])

    monkeypatch.setattr(Described, "better_off", refused)
    answer = client.post(f"{prefix}/result", data={"answers": packed(LEEDS)})
    assert answer.status_code == 422
    assert told in plain(answer.text)
    assert 'href="#change-rent"' in answer.text
    assert "Told in English" not in answer.text


def test_three_jobs_stand_side_by_side(client):
    more = {"another_2": "yes", "job_2_kind": "employed", "job_2_hours": "30", "job_2_pay_instead": "yes",
            "another_3": "yes", "job_3_kind": "self_employed", "job_3_hours": "20", "job_3_profit": "900",
            "job_3_profit_per": "month", "same_costs": "yes"}  # fmt: skip
    answer = client.post("/result", data={"answers": packed(LEEDS | more)})
    said = plain(answer.text)
    assert "Of the 3 jobs" in said
    assert all(f"Job {n}" in said for n in (1, 2, 3))
    found = mwp.better_off("lone_parent_two_children_leeds",
                           ["16h@12.71", "30h@minimum_wage", "20h@900/month self-employed"])  # fmt: skip
    for job in found.jobs:
        assert f"{job.gain.month:+,.2f}" in said


def test_the_partners_job_is_the_partners(client):
    home = LEEDS | COUPLE | {"who": "partner", "partner_pension": "no", "partner_student_loan": "none"}
    answers = described(q.journey(home).answers)
    assert answers.for_partner
    assert answers.better_off().jobs[0].jobs[1] is not None


def test_what_does_not_fit_together_is_told_at_the_check(client):
    """A child of 40 days and a mother of 16 fit; what the household's own checks refuse leads to its answer."""
    home = described(q.journey(LEEDS).answers)
    home.household["housing"] = {"tenure": "private_rent", "rent": 0}
    (trouble, *_) = home.troubles(date.today())
    assert trouble.question == "tenure"


# Catalogues


def _norm(id: str) -> str:
    stem, _, last = id.rpartition(".")
    return f"{stem}.*" if last in FORMS and stem else id


IN_ENGLISH_ONLY = ("coach.", "policy.", "api.", "problems.")
"""The views for coaches and for policy, the API's page and its errors."""
MORE_IN_WELSH = ("councils.", "question.", "words.and_before_vowel")
"""What English takes from the places themselves, or says in one way for several questions."""


def test_welsh_has_every_string_that_english_has_and_no_other():
    english, welsh = catalogue("en"), catalogue("cy")
    wanted = {_norm(id) for id in english if not id.startswith(IN_ENGLISH_ONLY)}
    given = {_norm(id) for id in welsh}
    assert wanted <= given
    assert {id for id in given - wanted if not id.startswith(MORE_IN_WELSH)} == set()


def test_both_languages_fill_in_the_same_fields():
    english, welsh = catalogue("en"), catalogue("cy")
    optional = {"you", "n"}
    assert len(set(english) & set(welsh)) > 900
    for id in set(english) & set(welsh):
        fields = [set(re.findall(r"{([\w.]+)", text)) - optional for text in (english[id], welsh[id])]
        assert fields[0] == fields[1], id


def test_welsh_says_that_it_awaits_review():
    assert "status: awaiting review by a professional translator" in (WEB / "catalogues/cy.yaml").read_text("utf-8")
    assert catalogue("cy")["service.awaiting_review"]
    assert not catalogue("en")["service.awaiting_review"]


def test_welsh_is_not_english():
    """Nothing is left in English but names that have no Welsh."""
    english, welsh = catalogue("en"), catalogue("cy")
    same = {id for id in english if english[id] and english[id] == welsh.get(id) and re.search("[a-z]{3}", english[id])}
    names = ("advice.", "labels.best_start", "question.partner.short", "steps_in.scotland.carers_allowance.title")
    assert {id for id in same if not id.startswith(names) and not id.endswith(".by")} <= {
        "words.amount_per", "result.headline_of", "assumed.other", "left_out.other", "errors.other"}  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_what_the_rules_take_as_so_is_told_in_words_of_the_language(code):
    """Every kind of assumption about a family with a baby under Leeds's own scheme, and about a home in Scotland."""
    lang = language(code)
    expecting = mwp.load_household("expecting_first_child_luton").model_copy(update={"local_authority": "leeds"})
    billed = expecting.model_copy(
        update={"council_tax": mwp.load_household("lone_parent_two_children_leeds").council_tax}
    )
    told = [
        one
        for home in (billed, "couple_one_child_glasgow", "third_child_after_2017_bolton")
        for one in mwp.calculate(home, on="2026-11-01").assumptions
    ]
    assert {"one_off_grants", "council_scheme", "council_scheme.protected"} <= {one.field for one in told}
    for one in told:
        key, fields = _assumed(one, "england")
        assert key != "other", one
        assert lang.text(f"assumed.{key}", amount="£5", **fields)


@pytest.mark.parametrize("code", CODES)
def test_every_string_that_a_template_asks_for_is_there(code):
    lang = language(code)
    for path in (WEB / "templates").glob("*.html"):
        for id in re.findall(r"""\b(?:t|html)\(["']([a-z_.-]+)["'][,)]""", path.read_text("utf-8")):
            if code == "en" or not id.startswith(IN_ENGLISH_ONLY):
                assert lang.has(id) or lang.has(f"{id}.other"), (path.name, id)


SAID_ALOUD = ("aria-label", "alt", "title", "placeholder", "label")
NO_WORDS = {"utf-8", "en"}


class _Visible(HTMLParser):
    """What a page shows or says: its text, and the attributes that are read out. What Jinja fills in is taken out."""

    def __init__(self, template: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._within: list[str] = []
        plain = re.sub(r"{#.*?#}|{%.*?%}", "", template, flags=re.S)
        self.feed(re.sub(r"{{.*?}}", "x1", plain, flags=re.S))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within.append(tag)
        self.found += [value for name, value in attrs if name in SAID_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            del self._within[self._within.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self._within):
            self.found.append(data)


def _words_in(text: str) -> list[str]:
    return [one for one in re.findall(r"[A-Za-z’'-]{2,}", text) if one not in NO_WORDS and not one.startswith("mwp-")]


TEMPLATES = sorted((WEB / "templates").glob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_has_words_of_its_own(path):
    """Every word that is shown or read out comes from the catalogues: none in the marks, none in what is filled in."""
    template = path.read_text("utf-8")
    assert [text for text in _Visible(template).found if _words_in(text)] == []
    filled_in = " ".join(re.findall(r"{[{%].*?[}%]}", re.sub(r"{#.*?#}", "", template, flags=re.S), re.S))
    literals = re.findall(r"\"([^\"]*)\"|'([^']*)'", filled_in)
    for text in (one or other for one, other in literals):
        said = re.findall(r"[A-Za-z’]{2,}", re.sub(r"(govuk|mwp)-[\w-]+", "", text))
        is_a_name = re.fullmatch(r"[\w./%:#+={}-]*", text) or "=" in text or text == "for information"
        assert is_a_name or not set(said) - {"checked", "selected", "open"}, text


def test_words_in_a_template_would_be_noticed():
    for template in ("<p>Start now</p>", '<nav aria-label="On this page"></nav>', "<p>{{ x }}, and {{ y }}</p>"):
        assert [text for text in _Visible(template).found if _words_in(text)]


NOT_SHOWN = (
    r"attachment; filename=.*", r"[a-z]+/[\w.+-]+(; charset=utf-8)?", r".*(govuk|mwp)-.*", r"<.*>.*", r"https?:.*",
    r"[\w./-]+ .*=.*", r"Your household", r"the date \(on\)", r".*: \{.*",
)  # fmt: skip
"""What a string of the code may be with a space in it: a header, a type, classes, marks, a name that is not shown."""


OF_PAGES = ("pages", "views", "results", "working", "answers", "charts", "coach", "facts", "policy", "api_page",
            "problems")  # fmt: skip


@pytest.mark.parametrize("name", OF_PAGES)
def test_the_code_of_the_pages_has_no_words_of_its_own(name):
    """No sentence is written in the code: what is said is asked of a catalogue, or of `mwp.report`."""
    tree = ast.parse((WEB / f"{name}.py").read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            text = node.value.strip()
            wordy = re.search(r"[A-Za-z’]{2,} +[A-Za-z’]{2,}", text)
            looked_for = text in _LEFT_OUT or any(re.fullmatch(one, text, re.S) for one in NOT_SHOWN)
            assert not wordy or looked_for, (name, node.lineno, text)


@pytest.mark.parametrize("code", CODES)
def test_every_string_that_the_code_asks_for_is_there(code):
    """Ids written whole; those put together are met on the way through the pages."""
    lang = language(code)
    for name in ("pages.py", "views.py", "results.py"):
        for node in ast.walk(ast.parse((WEB / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "text":
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant):
                    id = str(first.value)
                    assert lang.has(id) or lang.has(f"{id}.other"), id


@pytest.mark.parametrize("code", CODES)
def test_everything_in_an_answer_has_a_name(code):
    """Every row of the table, every award, every kind of help in kind and everything that says how to claim it."""
    from mwp.analysis.better_off import AWARDS
    from mwp.analysis.calculation import openings
    from mwp.analysis.measures import FUNDED_HOURS, IN_KIND
    from mwp.report.statement import CHILDCARE_TOP_UPS, OTHER_AWARDS, UNEARNED

    lang = language(code)
    for variable in (*AWARDS, *OTHER_AWARDS, *CHILDCARE_TOP_UPS, *UNEARNED, *IN_KIND, *FUNDED_HOURS, *openings()):
        assert lang.label(variable)
    for variable in (*IN_KIND, *FUNDED_HOURS, *openings()):
        assert lang.has(f"claims.{variable}"), variable
        assert lang.has(f"run_on.{variable}"), variable


def test_what_is_missing_is_an_error_and_not_a_blank():
    with pytest.raises(MissingText):
        language("en").text("nothing.of.the.kind")


def test_welsh_numbers_take_their_own_forms():
    assert language("en").hours(1) == "1 hour"
    assert language("en").hours(2) == "2 hours"
    assert language("cy").hours(2) == "2 awr"
    assert language("cy").listed(["a", "b", "afal"]) == "a, b ac afal"


# The page around it


@pytest.mark.parametrize(
    "path", ["/", "/nation", "/accessibility", "/privacy", "/resume", "/cy", "/cy/nation", "/cy/privacy"]
)
def test_every_page_says_who_it_is_by_and_where_its_source_is(client, path):
    page = client.get(path).text
    assert "Not a government website" in page or "Nid gwefan y llywodraeth" in page
    assert 'href="/source"' in page
    assert "GOV.UK" not in page[page.index("<title>") : page.index("</title>")]
    assert "<script>" not in page
    assert not re.search(r'\sstyle="', page)
    assert not re.search(r'(src|href)="(https?:)?//', page), "nothing is fetched from elsewhere"


def test_no_template_has_a_script_or_a_style_of_its_own():
    for path in (WEB / "templates").glob("*.html"):
        text = path.read_text("utf-8")
        assert "style=" not in text, path.name
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path.name
        assert not re.search(r"\son[a-z]+=", text), path.name


def test_the_assets_hold_nothing_of_the_governments():
    css = (WEB / "static/mwp.css").read_text("utf-8")
    for forbidden in ("GDS Transport", "@font-face", "govuk-crest", "crown", "url("):
        assert forbidden not in css
    names = {path.name for path in (WEB / "static").iterdir()}
    assert {"mwp.css", "mwp.js", "govuk-frontend.min.js", "icon.svg", "LICENSE-govuk-frontend.md"} <= names
    assert not [name for name in names if name.endswith((".ico", ".woff", ".woff2", ".png"))]


def test_a_page_weighs_less_than_200_kilobytes(client):
    _, last = walk(client, LEEDS)
    answer = client.post("/result", data={"answers": answers_in(last.text)})
    heavy = client.post("/council", data={"answers": packed({"nation": "england"})})
    static = sum(len(client.get(f"/static/{name}").content) for name in
                 ("mwp.css", "mwp.js", "govuk-frontend.min.js", "icon.svg"))  # fmt: skip
    for page in (answer, heavy):
        assert len(page.content) + static < 200_000


def test_the_source_that_runs_can_be_had(client):
    import io
    import tarfile

    answer = client.get("/source")
    assert answer.headers["content-type"] == "application/gzip"
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert {"mwp/web/pages.py", "mwp/web/catalogues/cy.yaml", "parameters/universal_credit.yaml"} <= names


def test_templates_compile():
    for path in (WEB / "templates").glob("*.html"):
        environment().get_template(path.name)
