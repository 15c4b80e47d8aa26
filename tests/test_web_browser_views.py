"""The coach's and the policy screens and the result's details in a real browser: with the keyboard alone, with and
without JavaScript, on paper, on a phone and a desktop.

Needs Chromium (on Debian or Ubuntu: apt-get install chromium).
"""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import mwp
from mwp.report import library
from tests.web_support import LEEDS, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("needs Chromium, which is not installed (apt-get install chromium)", allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright  # noqa: E402

from mwp.web.app import create_app  # noqa: E402
from mwp.web.settings import Settings  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
HOME, GLASGOW = "lone_parent_two_children_leeds", "couple_one_child_glasgow"
POLICY = f"/policy?household={HOME}&household={GLASGOW}&reform=nes_guarantee&reform=uc_taper_50&together=1"
AXE = Axe()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(create_app(Settings(rate=10_000, burst=10_000))) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """A page in a browser of its own; at the end nothing was fetched from elsewhere, no cookie set, nothing broken."""
    contexts: list[BrowserContext] = []
    fetched: list[str] = []
    faults: list[str] = []

    def opened(viewport: dict[str, int] = DESKTOP, **given: Any) -> Page:
        size: Any = viewport
        context = chromium.new_context(base_url=site, viewport=size, **given)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("request", lambda request: fetched.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: faults.append(told.text) if "Content Security Policy" in told.text else None)
        return page

    yield opened
    assert all(context.cookies() == [] for context in contexts)
    for context in contexts:
        context.close()
    assert [url for url in fetched if not url.startswith(site)] == []
    assert faults == []


def check_page(page: Page) -> None:
    """No violation of the accessibility rules, and nothing to the right of the screen."""
    found = AXE.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def unfold(page: Page) -> None:
    """Open everything that is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def post(page: Page, path: str, **fields: str) -> None:
    """Come to a page by a form of the site's own."""
    page.goto("/privacy")
    page.evaluate(
        """([path, fields]) => {
            const form = document.createElement("form");
            form.method = "post"; form.action = path;
            for (const [name, value] of Object.entries(fields)) {
                const field = document.createElement("input");
                field.type = "hidden"; field.name = name; field.value = value;
                form.append(field);
            }
            document.body.append(form); form.submit();
        }""",
        [path, fields],
    )
    page.wait_for_url(f"**{path}*")


def gain(hours: float, wage: str = "minimum_wage", household: str = HOME, **more: Any) -> str:
    return f"{mwp.better_off(household, [f'{hours:g}h@{wage}'], **more).jobs[0].gain.month:+,.2f}"


def answer(page: Page) -> str:
    return page.locator('[data-coach="answer"]').inner_text()


def wait_for(page: Page, told: str) -> None:
    page.wait_for_function("told => document.querySelector('[data-coach=answer]').innerText.includes(told)", arg=told)


VIEWS: dict[str, Callable[[Page], Any]] = {
    "coach": lambda page: page.goto("/coach"),
    "coach with a household": lambda page: page.goto(f"/coach?household={HOME}"),
    "coach with three jobs": lambda page: post(
        page, "/coach", household=GLASGOW, taker="partner", reform="nes_guarantee", nes_participant="1",
        job_1_hours="20", job_1_pay="13", job_1_per="hour", job_2_hours="30", job_2_per="minimum_wage",
        job_3_hours="37", job_3_pay="26000", job_3_per="year",
    ),
    "coach with faults": lambda page: post(
        page, "/coach", household=HOME, you_age="x", council="Leds", job_1_hours="q"
    ),
    "coach with a faulty file": lambda page: post(page, "/coach", use_file="1", text="name: x\nnation: engla\n"),
    "policy": lambda page: page.goto("/policy"),
    "policy compared": lambda page: page.goto(POLICY),
    "policy with a fault": lambda page: page.goto("/policy?household=nowhere"),
    "the API": lambda page: page.goto("/api"),
    "result": lambda page: post(page, "/result", answers=json.dumps(LEEDS)),
    "result in Welsh": lambda page: post(page, "/cy/result", answers=json.dumps(LEEDS)),
    "working": lambda page: post(page, "/working", answers=json.dumps(LEEDS), column="1"),
    "working in Welsh": lambda page: post(page, "/cy/working", answers=json.dumps(LEEDS), column="0"),
}  # fmt: skip


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_accessible_and_fits_its_screen(open_page, view, viewport):
    page = open_page(viewport)
    VIEWS[view](page)
    page.wait_for_load_state("networkidle")
    unfold(page)
    check_page(page)


# The coach's screen


def press_until(page: Page, key: str, selector: str, most: int = 80) -> None:
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_from_blank_to_the_answer_with_the_keyboard_alone(open_page):
    """Find a household, change the hours, add a second job, go to the answer: well under two minutes."""
    began = time.perf_counter()
    page = open_page()
    page.goto("/coach")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("lone leeds")
    assert page.locator("#household option").count() == 1
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert gain(16) in answer(page)
    page.keyboard.press("Tab")
    press_until(page, "Tab", "#job_1_hours")
    page.keyboard.type("20")
    wait_for(page, gain(20))
    press_until(page, "Tab", "[data-for=job_1_hours]")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    wait_for(page, gain(22))
    assert page.input_value("#job_1_hours") == "22"
    press_until(page, "Tab", "#job_2_hours")
    page.keyboard.type("30")
    wait_for(page, gain(30))
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => document.activeElement.id === 'answer'")
    assert gain(22) in answer(page)
    assert time.perf_counter() - began < 60


def test_the_first_stops_skip_to_the_facts_the_jobs_and_the_answer(open_page):
    page = open_page()
    page.goto(f"/coach?household={HOME}")
    for target in ("facts", "jobs", "answer"):
        press_until(page, "Tab", f'a.govuk-skip-link[href="#{target}"]', 8)
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == target
        page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        page.goto(f"/coach?household={HOME}")


def test_every_box_has_its_label_and_shows_that_it_has_the_focus(open_page):
    page = open_page()
    page.goto(f"/coach?household={HOME}")
    unfold(page)
    for one in page.locator("main input:visible, main select:visible, main textarea:visible").all():
        assert one.evaluate("box => Boolean(box.labels?.length || box.getAttribute('aria-label'))")
        one.focus()
        shown = "getComputedStyle(box).outlineStyle !== 'none' || getComputedStyle(box).boxShadow !== 'none'"
        assert one.evaluate(f"box => {shown}")


def test_the_slider_moves_the_answer_and_says_it_aloud(open_page):
    page = open_page()
    page.goto(f"/coach?household={HOME}")
    page.locator("[data-for=job_1_hours]").fill("30")
    wait_for(page, gain(30))
    assert "working 30 hours" in page.locator('[data-coach="said"]').text_content().lower()


def test_the_answer_follows_the_last_thing_typed(open_page):
    """Many changes in a row end with the answer to the last."""
    page = open_page()
    page.goto(f"/coach?household={HOME}")
    for hours in range(5, 31):
        page.locator("[data-for=job_1_hours]").fill(str(hours))
    wait_for(page, gain(30))
    page.wait_for_timeout(600)
    assert gain(30) in answer(page)


def test_a_fault_is_told_while_typing_and_leads_to_its_box(open_page):
    page = open_page()
    page.goto(f"/coach?household={HOME}")
    page.fill("#you_age", "x")
    wait_for(page, "x is no age")
    assert page.get_attribute("#you_age", "aria-invalid") == "true"
    page.locator("[data-box=you_age]").click()
    assert page.evaluate("document.activeElement.id") == "you_age"
    check_page(page)
    page.fill("#you_age", "31")
    wait_for(page, gain(16))
    assert page.get_attribute("#you_age", "aria-invalid") is None


def test_without_javascript_the_button_does_it(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/coach")
    assert not page.locator("#find").is_visible()
    page.select_option("#household", GLASGOW)
    with page.expect_navigation():
        page.get_by_role("button", name="Use this household").click()
    assert not page.locator(".mwp-slider").first.is_visible()
    page.select_option("#taker", "partner")
    page.fill("#job_1_hours", "20")
    with page.expect_navigation():
        page.get_by_role("button", name="Work it out").click()
    found = mwp.better_off(GLASGOW, partner_jobs=["20h@minimum_wage"]).jobs[0].gain.month
    assert f"{found:+,.2f}" in page.locator("main").inner_text()
    assert page.input_value("#job_1_hours") == "20"
    assert page.url.endswith("/coach#answer"), "nothing that was typed is in the address"


@pytest.mark.parametrize("script", [True, False])
def test_a_file_of_ones_own(open_page, tmp_path, script):
    path = tmp_path / "home.yaml"
    path.write_text(library.household_as_text(mwp.load_household(HOME)), encoding="utf-8")
    page = open_page(java_script_enabled=script)
    page.goto("/coach")
    page.set_input_files("#upload", str(path))
    with page.expect_navigation():
        page.get_by_role("button", name="Use this file").click()
    assert gain(16) in page.locator("main").inner_text()


@pytest.mark.parametrize("view", ["coach with a household", "coach with three jobs"])
def test_the_answer_prints_on_one_page_without_the_boxes(open_page, view):
    page = open_page()
    VIEWS[view](page)
    page.emulate_media(media="print")
    assert page.locator(".mwp-coach__verdict").is_visible()
    assert page.locator(".mwp-facts-line").is_visible()
    for hidden in ("#job_1_hours", "#you_age", ".mwp-slider", ".govuk-footer", "#choose"):
        assert not page.locator(hidden).first.is_visible(), hidden
    paper = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


# The policy screen


def test_choosing_and_comparing(open_page, site):
    page = open_page()
    page.goto("/policy")
    page.fill("#find-household", "leeds")
    page.check(f"#household-{HOME}")
    page.fill("#find-reform", "taper at 50")
    assert page.locator("#reform .mwp-choice:visible").count() == 1
    page.check("#reform-uc_taper_50")
    assert page.locator("#reform [data-policy=count]").inner_text() == "1 chosen."
    with page.expect_navigation():
        page.get_by_role("button", name="Compare").click()
    assert f"household={HOME}" in page.url
    assert page.locator("svg.mwp-chart").count() == 2
    with page.expect_download() as got:
        page.get_by_role("link", name="CSV: cliffs").click()
    assert "uc_taper_50" in got.value.path().read_text(encoding="utf-8-sig")


def test_the_policy_screen_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/policy")
    page.check(f"#household-{GLASGOW}")
    page.check("#reform-nes_guarantee")
    page.select_option("#earner", "partner")
    with page.expect_navigation():
        page.get_by_role("button", name="Compare").click()
    assert page.locator("svg.mwp-chart").count() == 2
    assert "Made good by a top-up" in page.locator("main").inner_text()


# The result


def test_the_working_on_demand_and_back(open_page):
    page = open_page()
    post(page, "/result", answers=json.dumps(LEEDS))
    with page.expect_navigation():
        page.locator('button[name="column"][value="1"]').click()
    law = page.get_by_role("link", name="Universal Credit Regulations 2013 (SI 2013/376) reg 22(1)(b)")
    assert law.get_attribute("href") == "https://www.legislation.gov.uk/uksi/2013/376/regulation/22"
    with page.expect_navigation():
        page.get_by_role("button", name="Back to your answer").click()
    assert page.locator(".mwp-verdict__figure").is_visible()


def test_the_chart_can_be_read_as_a_table(open_page):
    page = open_page(PHONE)
    post(page, "/result", answers=json.dumps(LEEDS))
    chart = page.get_by_role("img", name="What is left at each number of hours a week")
    assert chart.is_visible()
    page.get_by_text("Show the chart as a table").click()
    assert page.get_by_role("row", name=re.compile("^16 hours £2,378")).is_visible()


def test_the_pdf_is_downloaded(open_page):
    pytest.importorskip("weasyprint")
    page = open_page()
    post(page, "/result", answers=json.dumps(LEEDS))
    with page.expect_download() as got:
        page.get_by_role("button", name="Download this answer as a PDF").click()
    assert got.value.suggested_filename == "your-answer.pdf"
    assert got.value.path().read_bytes().startswith(b"%PDF-")
