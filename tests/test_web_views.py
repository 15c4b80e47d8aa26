"""The coach's screen, the policy screen, and what the result page shows beyond its verdict."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

import mwp
from mwp import resources
from mwp.inputs.household import Household
from mwp.report import compare_export, library, line_chart
from mwp.report import page as paper
from mwp.report.hours_chart import by_hours
from mwp.web import facts
from mwp.web.answers import packed
from mwp.web.app import create_app
from mwp.web.language import CODES, language
from mwp.web.results import _LEFT_OUT, _assumed
from mwp.web.results import result as result_of
from mwp.web.settings import Settings
from tests.web_support import LEEDS, LEEDS_HOME, pages_of, plain

LIBRARY = sorted(resources.library("households"))
GLASGOW = "couple_one_child_glasgow"
JOB = {"job_1_hours": "16", "job_1_pay": "12.71", "job_1_per": "hour"}


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(Settings(hosts=("*",), rate=10_000, burst=100_000, warm_up=False)))


def coach(client: TestClient, household: str = LEEDS_HOME, *, status: int = 200, **typed: Any) -> str:
    answer = client.post("/coach", data={"household": household, **JOB, **typed})
    assert answer.status_code == status
    return answer.text


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def rows(page: str) -> dict[str, list[str]]:
    """The rows of the first table of an answer, by their heads."""
    body = page[page.index("mwp-table--close") :]
    body = body[: body.index("</table>")]
    found: dict[str, list[str]] = {}
    for row in re.findall(r"<tr.*?</tr>", body, re.S):
        if head := re.search(r'<th scope="row".*?>(.*?)</th>', row, re.S):
            found[html.unescape(head[1])] = re.findall(r"<td.*?>(.*?)</td>", row, re.S)
    return found


def gain(page: str) -> str:
    """How much better off in the first job, a month."""
    return next(amounts[1] for head, amounts in rows(page).items() if head.endswith("off a month"))


def wrong(page: str) -> dict[str, str]:
    """What is wrong by the box that it leads to."""
    found = re.findall(r'data-box="(.*?)">(.*?)</a>', page, re.S)
    return {box: html.unescape(told) for box, told in found}


# The coach's screen: the same figures


@pytest.mark.parametrize("name", LIBRARY)
def test_the_coach_sees_the_figures_of_the_public_face(client, name):
    """For every household of the library, every row to the penny, with its facts as they are shown."""
    screen = client.get(f"/coach?household={name}")
    assert screen.status_code == 200
    typed = dict(re.findall(r'<input class="mwp-input[^>]*? name="(\w+)" type="\w+" value="(.*?)"', screen.text))
    typed |= _chosen(screen.text)
    answer = client.post(
        "/coach/answer", data={**{k: html.unescape(v) for k, v in typed.items()}, "household": name, **JOB}
    )
    found = mwp.better_off(name, ["16h@12.71"])
    job, shown = found.jobs[0], rows(answer.text)
    assert shown["Pay before tax" if len(found.now.household.adults) == 1 else "Pay before tax, you"] == [
        f"{one.people[0]['gross_pay']:,.2f}" for one in (found.now, job.calculation)
    ]
    left = next(amounts for head, amounts in shown.items() if head.startswith("Left"))
    assert left == [f"{one.amounts_rounded['cash_after_work_costs']:,.2f}" for one in (found.now, job.calculation)]
    gain = next(amounts for head, amounts in shown.items() if head.endswith("off a month"))
    assert gain == ["", f"{job.gain.month:+,.2f}" if round(job.gain.month, 2) else "0.00"]


def _chosen(page: str) -> dict[str, str]:
    found = {}
    for name, inside in re.findall(r'<select class="mwp-input" id="\w+" name="(\w+)".*?>(.*?)</select>', page, re.S):
        selected = re.search(r'<option value="([^"]*)" selected>', inside)
        found[name] = selected[1] if selected else re.findall(r'<option value="([^"]*)"', inside)[0]
    return found


@pytest.mark.parametrize("name", LIBRARY)
def test_facts_left_alone_leave_the_household_alone(name):
    home = mwp.load_household(name)
    told = library.household_told(home)
    assert facts.household(told, facts.shown(told)) == home
    assert facts.household(told, {}) == home


def test_three_jobs_side_by_side_for_the_partner_under_the_guarantee(client):
    typed: dict[str, Any] = {
        "taker": "partner",
        "reform": "nes_guarantee",
        "nes_participant": "1",
        "job_2_hours": "30",
        "job_2_per": "minimum_wage",
        "job_3_hours": "37",
        "job_3_pay": "26000",
        "job_3_per": "year",
    }
    page = coach(client, GLASGOW, **typed)
    jobs = ["16h@12.71", "30h@minimum_wage", "37h £26000/year"]
    under = mwp.better_off(GLASGOW, partner_jobs=jobs, reform="nes_guarantee", standing={"nes_participant": True})
    law = mwp.better_off(GLASGOW, partner_jobs=jobs)
    shown = rows(page)
    assert shown["Better off a month"][1:] == [f"{job.gain.month:+,.2f}" for job in under.jobs]
    assert shown["Under current law, a month"][1:] == [f"{job.gain.month:+,.2f}" for job in law.jobs]
    assert shown["Make-work-pay top-up"] == [
        f"{one.amounts_rounded['guarantee_top_up']:,.2f}" for one in (under.now, *(j.calculation for j in under.jobs))
    ]
    assert "Not current law." in words(page)


def test_each_job_can_have_its_own_childcare_and_travel(client):
    page = coach(client, job_1_childcare="200", job_1_travel="15")
    found = mwp.better_off(LEEDS_HOME, ["16h@12.71"], childcare="200/month", travel="15/month")
    assert gain(page) == f"{found.jobs[0].gain.month:+,.2f}"


def test_the_date_is_that_of_the_law(client):
    page = coach(client, on="2025-06-15")
    found = mwp.better_off(LEEDS_HOME, ["16h@12.71"], on="2025-06-15")
    assert gain(page) == f"{found.jobs[0].gain.month:+,.2f}"
    assert "15 June 2025" in words(page)


# The facts


def changed(typed: Mapping[str, str], name: str = LEEDS_HOME) -> Household:
    made: Household = facts.household(library.household_told(mwp.load_household(name)), typed)
    return made


@pytest.mark.parametrize(
    ("typed", "look", "value"),
    [
        ({"you_age": "40"}, lambda home: home.adults[0].age, 40),
        ({"you_age": "1990-02-28"}, lambda home: home.adults[0].born, date(1990, 2, 28)),
        (
            {"you_hours": "20", "you_pay": "13"},
            lambda home: (home.adults[0].hours, home.adults[0].hourly_wage),
            (20, 13),
        ),
        (
            {"you_hours": "20", "you_pay": "250", "you_pay_per": "week"},
            lambda home: (home.adults[0].earnings.amount, home.adults[0].earnings.per),
            (250, "week"),
        ),
        ({"you_health": "lcwra"}, lambda home: home.adults[0].health, "lcwra"),
        ({"partner_age": "35"}, lambda home: [adult.age for adult in home.adults], [31, 35]),
        ({"children": "7, 3, 1"}, lambda home: [child.age for child in home.children], [7, 3, 1]),
        ({"children": "7", "childcare": ""}, lambda home: (len(home.children), home.childcare), (1, None)),
        ({"children": "2024-05-01, 3"}, lambda home: home.children[0].born, date(2024, 5, 1)),
        ({"rent": "£1,000"}, lambda home: home.housing.rent.a_month, 1000),
        ({"rent": "210", "rent_per": "week"}, lambda home: round(home.housing.rent.a_month, 9), 910),
        ({"childcare": "5", "childcare_per": "hour"}, lambda home: home.childcare.amount.per, "hour"),
        ({"council": "Bradford", "area": "Bradford & South Dales"}, lambda home: home.local_authority, "bradford"),
        (
            {"band": "C", "council_tax": ""},
            lambda home: (home.council_tax.band, home.council_tax.amount),
            ("C", "auto"),
        ),
        ({"band": "", "council_tax": ""}, lambda home: home.council_tax, None),
        ({"savings": "7000"}, lambda home: home.savings, 7000),
        ({"travel": ""}, lambda home: home.work_costs.travel.amount, 0),
        (
            {"tenure": "social_rent", "bedrooms": "2"},
            lambda home: (home.housing.tenure, home.housing.bedrooms),
            ("social_rent", 2),
        ),
    ],
)
def test_what_is_typed_is_what_the_household_has(typed, look, value):
    assert look(changed(typed)) == value


def test_what_has_no_box_is_kept():
    """A pension, prescriptions and sex are not on the screen; a change of age leaves them."""
    before = mwp.load_household(GLASGOW)
    after = changed({"you_age": "50", "children": "3"}, GLASGOW)
    assert after.adults[0].pension == before.adults[0].pension
    assert after.children[0].sex == before.children[0].sex
    assert after.children[0].age == 3


def test_a_partner_goes_with_their_age():
    assert len(changed({"partner_age": ""}, GLASGOW).adults) == 1


@pytest.mark.parametrize(
    ("typed", "box"),
    [
        ({"you_age": "x"}, "you_age"),
        ({"you_age": "15"}, "you_age"),
        ({"you_age": "2026-13-01"}, "you_age"),
        ({"you_hours": "-3"}, "you_hours"),
        ({"you_hours": "twelve"}, "you_hours"),
        ({"you_hours": "200"}, "you_hours"),
        ({"rent": "nan"}, "rent"),
        ({"rent": "-5"}, "rent"),
        ({"council": "Leds"}, "council"),
        ({"area": "Nowhere"}, "area"),
        ({"nation": "scotland"}, "council"),
        ({"children": "7"}, "childcare_children"),
        ({"partner_hours": "5"}, "partner_age"),
        ({"childcare_children": "x"}, "childcare_children"),
        ({"savings": "-1"}, "savings"),
        ({"band": "Z"}, "band"),
        ({"tenure": "castle"}, "tenure"),
        ({"nation": "france"}, "nation"),
        ({"on": "2019-01-01"}, "on"),
        ({"on": "soon"}, "on"),
        ({"reform": "nothing"}, "reform"),
        ({"taker": "partner"}, "taker"),
        ({"job_1_hours": ""}, "job_1_hours"),
        ({"job_1_hours": "q"}, "job_1_hours"),
        ({"job_1_hours": "150"}, "job_1_hours"),
        ({"job_1_pay": ""}, "job_1_pay"),
        ({"job_1_pay": "-4"}, "job_1_pay"),
        ({"job_2_pay": "12"}, "job_2_hours"),
        ({"job_1_childcare": "-1"}, "job_1_childcare"),
        ({"job_1_travel": "x"}, "job_1_travel"),
    ],
)
def test_each_fault_is_told_at_its_box(client, typed, box):
    page = coach(client, status=422, **typed)
    assert box in wrong(page)
    assert f'id="{box}-error"' in page
    assert re.search(rf'<(input|select)[^>]* id="{box}"[^>]*aria-invalid="true"', page)
    assert "Error: Coach view" in page
    live = client.post("/coach/answer", data={"household": LEEDS_HOME, **JOB, **typed})
    assert live.status_code == 200
    assert box in wrong(live.text)


# Households of one's own


def test_a_pasted_household_gives_its_figures(client):
    text = library.household_as_text(mwp.load_household(GLASGOW))
    page = client.post("/coach", data={"use_file": "1", "text": text}).text
    found = mwp.better_off(GLASGOW, ["16h@minimum_wage"])
    assert gain(page) == f"{found.jobs[0].gain.month:+,.2f}"
    kept = re.search(r'name="file" value="(.*?)"', page, re.S)
    assert kept
    again = client.post("/coach/answer", data={"file": html.unescape(kept[1]), **JOB}).text
    found = mwp.better_off(GLASGOW, ["16h@12.71"])
    assert gain(again) == f"{found.jobs[0].gain.month:+,.2f}"


def test_an_uploaded_household_gives_its_figures(client):
    path = resources.library("households")[LEEDS_HOME]
    page = client.post("/coach", data={"use_file": "1"}, files={"upload": ("home.yaml", path.read_bytes())}).text
    found = mwp.better_off(LEEDS_HOME, ["16h@minimum_wage"])
    assert gain(page) == f"{found.jobs[0].gain.month:+,.2f}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x\nnation: engla\n", "line 2, nation"),
        ("name: [", "line 2: This cannot be read as YAML"),
        ("just words", "A household file is made of keys"),
        ("a: &x [1]\nb: *x\n", "line 1"),
        ("", "Choose a file, or paste a household"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(client, text, said):
    answer = client.post("/coach", data={"use_file": "1", "text": text})
    assert answer.status_code == 422
    assert said in words(answer.text)


def test_a_file_that_is_no_text_is_refused(client):
    answer = client.post("/coach", data={"use_file": "1"}, files={"upload": ("home.yaml", b"\xff\xfe\x00")})
    assert answer.status_code == 422
    assert "not text in UTF-8" in answer.text


def test_a_file_that_is_too_long_is_refused(client):
    answer = client.post("/coach", data={"use_file": "1", "text": "x" * 45_000})
    assert answer.status_code == 422
    assert "longer than any household" in answer.text


def test_a_household_that_is_not_there(client):
    answer = client.get("/coach?household=../../etc/passwd")
    assert answer.status_code == 422
    assert "There is no household called" in answer.text


def test_what_is_typed_comes_back_as_text_and_not_as_marks(client):
    page = coach(client, status=422, you_age="<script>alert(1)</script>", council='"><img src=x>')
    assert "<script>alert" not in page
    assert "<img" not in page


def test_the_answer_says_what_is_lost_kept_and_comes_next(client):
    said = words(coach(client))
    for told in (
        "Council Tax Reduction stops",
        "Child Benefit stays the same",
        "You also lose",
        "You keep",
        "of each extra £1",
        "of the next £1",
        "Next, at £935",
        "Assumed:",
        "Not counted:",
        "Citizens Advice",
    ):
        assert told in said, told


def test_the_coachs_answer_as_pdf(client):
    pytest.importorskip("weasyprint")
    answer = client.post("/coach/pdf", data={"household": LEEDS_HOME, **JOB})
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    faulty = client.post("/coach/pdf", data={"household": LEEDS_HOME, **JOB, "you_age": "x"})
    assert faulty.status_code == 422


@pytest.mark.parametrize(("code", "name"), [("en", "your-answer.pdf"), ("cy", "eich-ateb.pdf")])
def test_a_copy_for_the_person_is_the_citizens_answer(client, monkeypatch, code, name):
    """In plain words of either language; what it says is what the pages for citizens say of the same household."""
    pytest.importorskip("weasyprint")
    answer = client.post("/coach/pdf", data={"household": LEEDS_HOME, **JOB, "copy": code})
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert name in answer.headers["content-disposition"]
    assert pages_of(answer.content) <= 3
    drawn: list[str] = []

    def draw(text: str) -> bytes:
        drawn.append(text)
        return b"%PDF-"

    monkeypatch.setattr(paper, "as_pdf", draw)
    client.post("/coach/pdf", data={"household": LEEDS_HOME, **JOB, "copy": code})
    told = result_of(mwp.better_off(LEEDS_HOME, ["16h@12.71"]), language(code))
    assert f'<html lang="{code}">' in drawn[0]
    for text in (told.headline, *told.verdict, *told.assumptions, *(row.label for row in told.table)):
        assert html.escape(text, quote=False) in drawn[0].replace("&#39;", "'").replace("&#34;", '"')


def test_no_copy_for_the_person_is_made_of_a_proposal(client):
    answer = client.post("/coach/pdf", data={"household": LEEDS_HOME, **JOB, "copy": "cy", "reform": "uc_taper_50"})
    assert answer.status_code == 422
    assert "reform" in wrong(answer.text)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_copy_has_no_sentence_of_the_program_in_its_own_words(name):
    """Whatever a household file tells, its assumptions and gaps are in the catalogues: none falls back to English."""
    home = mwp.load_household(name)
    found = mwp.better_off(home, ["16h@12.71"])
    for one in found.assumptions:
        assert _assumed(one, home.nation)[0] != "other", one
    for line in found.not_modelled:
        assert any(line.startswith(start) for start in _LEFT_OUT), line
    for code in CODES:
        assert result_of(found, language(code)).headline


@pytest.mark.parametrize("path", ["/coach/answer", "/coach/pdf"])
def test_what_is_told_of_people_is_posted_and_never_in_an_address(client, path):
    assert client.get(path).status_code == 405
    assert 'method="get" action="/coach" class="mwp-choose__library"' in client.get("/coach").text


# The policy screen

POLICY = f"household={LEEDS_HOME}&household={GLASGOW}&reform=nes_guarantee&reform=uc_taper_50&on=2026-11-01"


def test_the_policy_screen_shows_what_compare_finds(client):
    page = client.get(f"/policy?{POLICY}&together=1")
    assert page.status_code == 200
    told = mwp.compare(
        [LEEDS_HOME, GLASGOW],
        ["nes_guarantee", "uc_taper_50", ["nes_guarantee", "uc_taper_50"]],
        "2026-11-01",
        measure="net_resources",
    )
    said = words(page.text)
    for one in told.summaries[1:]:
        assert f"{one.everyone.gain:+,.2f} {one.everyone.gain_now:+,.2f} {one.everyone.cost:+,.2f}" in said
    assert page.text.count('<svg class="mwp-chart"') == 4
    for home in told.households:
        assert f"{home.household.name}" in said
    assert "Made good by a top-up" in said
    assert said.count("METR by stretch of earnings") >= 2


@pytest.mark.parametrize(
    ("query", "box"),
    [
        ("household=nowhere&reform=nes_guarantee", "household"),
        (f"household={LEEDS_HOME}", "reform"),
        ("reform=nes_guarantee", "household"),
        (f"{POLICY}&measure=joy", "measure"),
        (f"{POLICY}&to=x", "to"),
        (f"{POLICY}&to=-5", "to"),
        (f"{POLICY}&wage=nan", "wage"),
        (f"household={LEEDS_HOME}&reform=uc_taper_50&earner=partner", "earner"),
        (f"household={LEEDS_HOME}&reform=uc_taper_50&on=1999-01-01", "on"),
        (f"{POLICY}&mode=sideways", "mode"),
        ("&".join(f"household={name}" for name in LIBRARY[:13]) + "&reform=uc_taper_50", "household"),
        (
            f"household={LEEDS_HOME}&" + "&".join(f"reform={n}" for n in sorted(resources.library("reforms"))[:6]),
            "reform",
        ),
    ],
)
def test_a_question_that_cannot_be_is_told_at_its_box(client, query, box):
    page = client.get(f"/policy?{query}")
    assert page.status_code == 422
    assert f'href="#{box}"' in page.text
    assert f'id="{box}"' in page.text


@pytest.mark.parametrize("mode", ["hours", "wage", "hours_then_wage"])
def test_the_partners_schedule_and_every_way_of_growing(client, mode):
    path = f"earner=partner&mode={mode}&measure=net_income&to=3000"
    page = client.get(f"/policy?household={GLASGOW}&reform=uc_taper_50&{path}")
    assert page.status_code == 200
    assert "the partner’s earnings" in page.text


def test_the_comparison_as_files(client):
    told = mwp.compare([LEEDS_HOME, GLASGOW], ["nes_guarantee", "uc_taper_50"], "2026-11-01", measure="net_resources")
    got = client.get(f"/policy/comparison.json?{POLICY}").content
    assert got == compare_export.makers(told)[".json"]()
    assert json.loads(got)["schema"] == "mwp.compare/1"
    for table in ("households", "summary", "metr", "cliffs"):
        csv = client.get(f"/policy/comparison.csv?{POLICY}&table={table}")
        assert csv.headers["content-disposition"] == 'attachment; filename="comparison.csv"'
        assert "nes_guarantee" in csv.text
    with zipfile.ZipFile(io.BytesIO(client.get(f"/policy/comparison.xlsx?{POLICY}").content)) as book:
        sheets = book.read("xl/workbook.xml").decode()
    assert all(f'name="{name}"' in sheets for name in ("Summary", "Cliffs", "Households"))
    assert b"<svg" in client.get(f"/policy/comparison.svg?{POLICY}").content
    assert client.get(f"/policy/comparison.exe?{POLICY}").headers["content-type"].startswith("text/html")
    assert client.get("/policy/comparison.csv?household=zz").status_code == 422


def test_every_file_that_the_page_offers_is_there(client):
    page = client.get(f"/policy?{POLICY}").text
    links = [html.unescape(one) for one in re.findall(r'href="(/policy/comparison[^"]*)"', page)]
    assert len(links) >= 5
    for link in links:
        assert client.get(link).status_code == 200, link


# The result page

SECOND = {
    "another_2": "yes",
    "job_2_kind": "employed",
    "job_2_hours": "30",
    "job_2_pay": "13",
    "job_2_pay_per": "hour",
    "another_3": "yes",
    "job_3_kind": "employed",
    "job_3_hours": "37",
    "job_3_pay": "26000",
    "job_3_pay_per": "year",
    "same_costs": "yes",
}


def result(client: TestClient, answers: Mapping[str, str] = LEEDS, prefix: str = "") -> str:
    page = client.post(f"{prefix}/result", data={"answers": packed(answers)})
    assert page.status_code == 200
    return page.text


@pytest.mark.parametrize(("prefix", "table"), [("", "Hours a week"), ("/cy", "Oriau’r wythnos")])
def test_the_result_has_a_chart_with_its_table(client, prefix, table):
    page = result(client, prefix=prefix)
    assert page.count('<svg class="mwp-chart"') == 1
    assert 'aria-labelledby="hours-title hours-desc"' in page
    said = plain(page)
    assert table in said
    answer = mwp.better_off(LEEDS_HOME, ["16h@12.71"])
    cash = [one.amounts_rounded["cash_after_work_costs"] for one in (answer.now, answer.jobs[0].calculation)]
    for amount in cash:
        assert f"£{amount:,.0f}" in said


def test_what_is_kept_of_the_next_pound_is_told(client):
    """At 16 hours the taper takes 55p of a pound and nothing else does."""
    assert "you would keep about 45p of each extra £1" in plain(result(client))
    assert "byddech yn cadw tua 45c o bob £1 ychwanegol" in plain(result(client, prefix="/cy"))


@pytest.mark.parametrize("nation", ["england", "scotland", "wales", "northern_ireland"])
def test_every_nation_has_independent_advice(client, nation):
    answers = dict(LEEDS) | {"nation": nation}
    moved = {
        "scotland": ("Glasgow City", "Greater Glasgow"),
        "wales": ("Cardiff", "Cardiff"),
        "northern_ireland": ("Belfast", "Belfast"),
    }
    if nation in moved:
        answers["council"], answers["area"] = moved[nation]
    if nation == "northern_ireland":
        answers |= {"rates": "900", "rates_per": "year", "bills": "none"}
    page = client.post("/result", data={"answers": packed(answers)})
    assert page.url.path == "/result", "the answers are complete"
    for who in ("turn2us.org.uk", "moneyhelper.org.uk", "advicelocal.uk"):
        assert who in page.text


def test_three_jobs_have_a_column_a_part_and_a_line_each(client):
    page = result(client, LEEDS | SECOND)
    said = plain(page)
    assert all(f"Job {n}" in said for n in (1, 2, 3))
    assert page.count('name="column" value=') == 4
    assert page.count('stroke-width="2.2"') == 2, "a salary has no line by hours"


@pytest.mark.parametrize("path", ["/working", "/result/pdf", "/cy/working", "/cy/result/pdf"])
def test_without_answers_there_is_only_the_start(client, path):
    assert client.get(path).url.path in ("/", "/cy")
    assert client.post(path, data={}).url.path.endswith("/nation")


@pytest.mark.parametrize(("prefix", "name"), [("", "your-answer.pdf"), ("/cy", "eich-ateb.pdf")])
def test_the_result_as_pdf(client, prefix, name):
    pytest.importorskip("weasyprint")
    answer = client.post(f"{prefix}/result/pdf", data={"answers": packed(LEEDS)})
    assert answer.headers["content-type"] == "application/pdf"
    assert name in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"%PDF-")
    assert len(answer.content) > 10_000
    assert pages_of(answer.content) <= 3
    three = client.post(f"{prefix}/result/pdf", data={"answers": packed(LEEDS | SECOND)})
    assert pages_of(three.content) <= 4


def test_without_weasyprint_there_is_no_button_and_a_plain_page(client, monkeypatch):
    def cannot(page: str) -> bytes:
        raise paper.CannotWritePdf("not installed")

    monkeypatch.setattr(paper, "can_write_pdf", lambda: False)
    monkeypatch.setattr(paper, "as_pdf", cannot)
    assert "/result/pdf" not in result(client)
    assert "/coach/pdf" not in client.get("/coach").text
    answer = client.post("/result/pdf", data={"answers": packed(LEEDS)})
    assert answer.status_code == 503
    assert "The PDF could not be made" in answer.text


# Charts


@pytest.mark.parametrize("name", LIBRARY)
def test_the_chart_by_hours_goes_through_the_answer(name):
    """At the job's own hours the line is at what is left in the job, but for the rounding of the law."""
    answer = mwp.better_off(name, ["16h@12.71", "30h@15"])
    found = by_hours(answer)
    assert found
    for line, job in zip(found.lines, answer.jobs, strict=True):
        place, left = line.spot
        assert place == job.calculation.household.adults[0].hours
        at = line.cash_at(place * line.schedule.path.wage * 52 / 12)
        assert at == pytest.approx(left, abs=0.5)
    assert found.rows[0][0] == 0


def test_a_chart_is_styled_by_attributes_alone():
    axis = line_chart.Axis("x", lambda value: f"{value:g}")
    lines = [line_chart.Line("a < b", [[(0, 0), (10, 5), (10, 3), (20, 9)]])]
    drawn = line_chart.Chart("n", "Title & more", "Words", lines, axis, axis, [line_chart.Dot(10, 3, "Now")]).svg()
    assert "style=" not in drawn
    assert "Title &amp; more" in drawn
    root = ElementTree.fromstring(drawn)
    assert root.attrib["role"] == "img"


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3, 7), (0, 1e-12), (1807.2, 2827.3), (0, 0)])
def test_the_numbers_of_an_axis_are_round_and_within_it(low, high):
    found = line_chart._range([low, high], line_chart.Axis("", str))
    start, end, step = found
    ticks = line_chart._ticks(start, end, step)
    assert start <= low
    assert end >= high
    assert 2 <= len(ticks) <= 12
    assert all(start - 1e-9 <= one <= end + 1e-9 for one in ticks)


# What every page has


@pytest.mark.parametrize("path", ["/coach", f"/coach?household={GLASGOW}", "/policy", f"/policy?{POLICY}"])
def test_the_tools_are_light_and_keep_to_the_policy(client, path):
    page = client.get(path)
    names = ("mwp.css", "mwp.js", "govuk-frontend.min.js", "icon.svg", "coach.js" if "coach" in path else "policy.js")
    sent = sum(len(client.get(f"/static/{name}", headers={"accept-encoding": "identity"}).content) for name in names)
    whole = len(gzip.compress(page.content)) + sent
    assert whole < 200_000
    assert not re.search(r'\sstyle="', page.text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page.text)
    assert "Not a government website" in page.text
    assert 'href="/source"' in page.text
    assert not re.search(r'(src|href)="https?://(?![^"]*(advi|turn2us|moneyhelper))', page.text)


def test_nothing_of_the_tools_is_kept_by_the_browser(client):
    answer = client.post("/coach/answer", data={"household": LEEDS_HOME, **JOB})
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
