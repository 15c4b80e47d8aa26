"""The pages in a real browser: the whole journey on a phone and a desktop, in both languages, with and without
JavaScript and without a mouse; every page held against the accessibility rules.

Needs Chromium (on Debian or Ubuntu: apt-get install chromium).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mwp.web import questions as q
from mwp.web.answers import unpacked
from tests import web_support
from tests.web_support import answers_in, pages_of, served, with_birthday

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("needs Chromium, which is not installed (apt-get install chromium)", allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright  # noqa: E402

from mwp.web.app import create_app  # noqa: E402
from mwp.web.settings import Settings  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
LEEDS = with_birthday(web_support.LEEDS, "child_2")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESKTOP = ViewportSize(width=320, height=640), ViewportSize(width=1280, height=900)
CONTINUE = {"": "Continue", "/cy": "Parhau"}
SEE = {"": "See the answer", "/cy": "Gweld yr ateb"}
BETTER = {"": "£570.77 a month better off", "/cy": "£570.77 y mis yn well eich byd"}


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
    """A page in a browser of its own. At the end: nothing was fetched from elsewhere, and no cookie was set."""
    contexts: list[BrowserContext] = []
    fetched: list[str] = []
    faults: list[str] = []

    def opened(viewport: ViewportSize = DESKTOP, **given: Any) -> Page:
        context = chromium.new_context(base_url=site, viewport=viewport, **given)
        contexts.append(context)
        page = context.new_page()
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


AXE = Axe()


def check_page(page: Page) -> None:
    """No violation of the accessibility rules, and nothing to the right of the screen."""
    found = AXE.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def press(page: Page, name: str) -> None:
    """Press a button that leads to another page, and wait for that."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.get_by_role("button", name=name, exact=True).click()


def here(page: Page) -> str:
    return page.url.rsplit("/", 1)[1]


def fill(page: Page, id: str, answers: dict[str, str]) -> None:
    """Answer a page as a person with a mouse would."""
    this = q.page_called(id)
    assert this, id
    for one in this.questions:
        for field in one.ids:
            if not answers.get(field) or not page.locator(f'[name="{field}"]').count():
                continue
            if field == one.per_id:
                page.select_option(f"#{field}", answers[field])
            elif one.kind in ("choice", "choices") or field == one.instead_id:
                for value in answers[field].split():
                    page.check(f'[name="{field}"][value="{value}"]')
            else:
                page.fill(f"#{field}", answers[field])


def journey(page: Page, prefix: str, look: Callable[[Page], None]) -> list[str]:
    """The whole way from the start page to the result, looking at every page."""
    page.goto(prefix or "/")
    look(page)
    with page.expect_navigation():
        page.click("main a.govuk-button--start")
    seen = []
    while here(page) != "check":
        id = here(page)
        assert id not in seen, f"{id} did not let us pass"
        seen.append(id)
        look(page)
        fill(page, id, LEEDS)
        press(page, CONTINUE[prefix])
    look(page)
    press(page, SEE[prefix])
    assert here(page) == "result"
    look(page)
    assert page.locator(".mwp-verdict__figure").inner_text() == BETTER[prefix]
    return seen


@pytest.mark.parametrize(
    ("prefix", "viewport", "script"),
    [("", PHONE, True), ("", DESKTOP, False), ("/cy", PHONE, False), ("/cy", DESKTOP, True)],
)
def test_the_whole_journey(open_page, prefix, viewport, script):
    page = open_page(viewport, java_script_enabled=script)
    # The rules are read by a script, so where the pages' own are off only what shows without one is looked at.
    seen = journey(page, prefix, check_page if script else lambda page: None)
    assert len(seen) > 30


@pytest.mark.parametrize(("prefix", "viewport"), [("", PHONE), ("/cy", DESKTOP)])
def test_errors_and_rarer_pages_are_accessible(open_page, prefix, viewport):
    """Each kind of question with an error, the pages of a couple, and the pages that only tell something."""
    page = open_page(viewport)
    for path in ("/accessibility", "/privacy", "/resume", "/nowhere"):
        page.goto(f"{prefix}{path}")
        check_page(page)
    for id in ("council", "children", "child-1-birthday", "rent", "child-disability", "council-tax-band",
               "you-disability-benefit", "job-1", "job-1-pay"):  # fmt: skip
        _arrive(page, prefix, id)
        press(page, CONTINUE[prefix])
        assert page.title().startswith(("Error: ", "Gwall: ")), id
        assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
        check_page(page)
        page.locator(".govuk-error-summary a").first.click()
        assert page.evaluate("document.activeElement.name"), "the error leads to its field"


def _arrive(page: Page, prefix: str, id: str) -> None:
    """Come to a page with the answers before it, as its own form would bring them."""
    before: dict[str, str] = {}
    for one in q.pages():
        if one.id == id:
            break
        before |= {field: LEEDS[field] for question in one.questions for field in question.ids if field in LEEDS}
    page.goto(f"{prefix}/privacy")
    page.evaluate(
        """([path, answers]) => {
            const form = document.createElement("form");
            form.method = "post"; form.action = path;
            const field = document.createElement("input");
            field.type = "hidden"; field.name = "answers"; field.value = JSON.stringify(answers);
            form.append(field); document.body.append(form); form.submit();
        }""",
        [f"{prefix}/{id}", before],
    )
    page.wait_for_url(f"**/{id}")


def test_the_journey_with_the_keyboard_alone(open_page):
    """Tab, arrows, space, letters and Enter are enough, and what has the focus shows it."""
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    _tab_to(page, ".govuk-button--start")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nation")
    while here(page) != "check":
        id = here(page)
        this = q.page_called(id)
        assert this
        for one in this.questions:
            for field in one.ids:
                if not LEEDS.get(field) or not page.locator(f'[name="{field}"]').count():
                    continue
                _type(page, one, field)
        _tab_to(page, "main form button.govuk-button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert here(page) != id, f"{id} did not let us pass"
    _tab_to(page, "main form:not(.mwp-summary-form) button.govuk-button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".mwp-verdict__figure").inner_text() == BETTER[""]


def _type(page: Page, one: q.Question, field: str) -> None:
    values = LEEDS[field].split() if one.kind == "choices" else [LEEDS[field]]
    if one.kind == "choice" and field == one.id:
        _tab_to(page, f'[name="{field}"]')
        page.keyboard.press("Space")
        for _ in range(40):
            if page.evaluate(f"document.querySelector('[name=\"{field}\"]:checked').value") == values[0]:
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(field)
    if field == one.instead_id:
        _tab_to(page, f"#{field}")
        page.keyboard.press("Space")
        return
    for value in values:
        if one.kind == "choices":
            _tab_to(page, f'[name="{field}"][value="{value}"]')
            page.keyboard.press("Space")
        elif field == one.per_id:
            _tab_to(page, f"#{field}")
            for _ in range(10):
                if page.input_value(f"#{field}") == value:
                    return
                page.keyboard.press("ArrowDown")
            raise AssertionError(field)
        else:
            _tab_to(page, f"#{field}")
            page.keyboard.type(value)
            if one.kind in ("council", "area"):
                page.keyboard.press("Escape")


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            style = "getComputedStyle(document.activeElement)"
            shown = page.evaluate(f"{style}.outlineStyle !== 'none' || {style}.boxShadow !== 'none'")
            inside = page.evaluate("document.activeElement.matches('.govuk-radios__input, .govuk-checkboxes__input')")
            assert shown or inside, f"{selector} does not show that it has the focus"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_back_change_and_start_again(open_page, site):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    with page.expect_navigation():
        page.click("main a.govuk-button--start")
    while here(page) != "check":
        fill(page, here(page), LEEDS)
        press(page, "Continue")
    press(page, "See the answer")
    assert not page.get_by_role("button", name="Copy a link to these answers").is_visible()
    press(page, "Back")
    assert here(page) == "check"
    with page.expect_navigation():
        page.locator("#change-rent").click()
    assert here(page) == "rent"
    assert page.input_value("#rent") == "825"
    page.fill("#rent", "700")
    press(page, "Continue")
    assert here(page) == "check"
    assert "£700 a month" in page.inner_text("main")
    press(page, "Back")
    assert here(page) == "bills"
    press(page, "Back")
    assert here(page) == "travel"
    press(page, "Back")
    assert here(page) == "childcare-cost"
    page.goto("/")
    with page.expect_navigation():
        page.click("main a.govuk-button--start")
    assert not page.locator("input:checked").count()


def test_reload_and_the_browsers_own_back_keep_the_answers(open_page):
    page = open_page()
    _arrive(page, "", "rent")
    fill(page, "rent", LEEDS)
    press(page, "Continue")
    page.wait_for_url("**/area")
    page.reload()
    assert here(page) == "area"
    assert unpacked(answers_in(page.content()))["rent"] == "825"


def test_the_other_language_keeps_the_answers(open_page):
    page = open_page()
    _arrive(page, "", "rent")
    press(page, "Cymraeg")
    page.wait_for_url("**/cy/rent")
    assert page.locator("html").get_attribute("lang") == "cy"
    assert unpacked(answers_in(page.content()))["council"] == "Leeds"
    press(page, "English")
    page.wait_for_url(re.compile(r"[^y]/rent$"))


def test_a_link_brings_the_answers_back_and_never_shows_them_to_the_server(open_page, site):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    _arrive(page, "", "result")
    page.get_by_role("button", name="Copy a link to these answers").click()
    page.wait_for_function("document.querySelector('[data-mwp=copied]').textContent !== ''")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{site}/resume#")
    asked: list[str] = []
    fresh = open_page()
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.goto(link)
    fresh.wait_for_url("**/check")
    assert unpacked(answers_in(fresh.content())) == {id: value for id, value in LEEDS.items() if value}
    assert not [url for url in asked if "#" in url.removeprefix(link) or "Leeds" in url]


@pytest.mark.parametrize("rest", ["", "#", "#%%%", "#bm90IGpzb24", "#eyJuYXRpb24iOiI8c2NyaXB0PiJ9"])
def test_a_broken_link_does_no_harm(open_page, rest):
    page = open_page()
    page.goto(f"/resume{rest}")
    page.wait_for_load_state("networkidle")
    assert here(page).split("#")[0] in ("resume", "nation")
    check_page(page)


def test_the_result_prints_whole(open_page):
    """On paper: the verdict and what is folded away on the screen, no buttons."""
    page = open_page()
    _arrive(page, "", "result")
    page.emulate_media(media="print")
    assert page.locator(".mwp-verdict").is_visible()
    assert not page.get_by_role("button", name="Change your answers").is_visible()
    assert pages_of(page.pdf(format="A4")) <= 3


def test_nothing_holds_up_the_first_paint(open_page):
    page = open_page()
    page.goto("/")
    held = "[...document.querySelectorAll('script')].filter(one => one.type !== 'module' && !one.defer).length"
    assert page.evaluate(held) == 0


def test_a_broken_page_is_noticed(open_page, tmp_path: Path):
    """The control: were the rules silently not run, this page would pass too."""
    page = open_page()
    page.set_content("<html><body><img src='data:,'><input><p style='color:#ccc'>faint</p></body></html>")
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count >= 3
