"""Charts: the same bytes each time, words that can be heard, layers that add up, patterns beside colours."""

import os
import re
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

import mwp
from mwp.analysis.measures import GROUPS
from mwp.analysis.sweep import Sweep, kept_by_hours_and_wage
from mwp.report import schedule_export, schedule_page
from mwp.report.text_chart import line_chart

pytest.importorskip("matplotlib")
from mwp.report import charts

ON = "2026-11-01"
LEEDS, GLASGOW = "lone_parent_two_children_leeds", "couple_one_child_glasgow"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def leeds() -> Sweep:
    return mwp.schedule(LEEDS, ON)


def every_picture(sweep: Sweep) -> list[charts.Picture]:
    return [
        charts.budget_chart(sweep),
        charts.metr_chart(sweep),
        charts.schedule_chart(sweep),
        charts.small_multiples([sweep, sweep]),
        charts.heat_map(kept_by_hours_and_wage(sweep)),
        charts.surface_chart(mwp.surface(GLASGOW, ON)),
        charts.distribution_chart(schedule_export.distribution([sweep.household], [ON])),
    ]


def test_a_chart_has_a_title_and_a_description_and_keeps_its_words(leeds: Sweep) -> None:
    for picture in every_picture(leeds):
        drawn = picture.as_svg()
        assert isinstance(drawn, bytes)
        root = ElementTree.fromstring(drawn)
        assert root.get("role") == "img"
        assert root[0].tag == f"{SVG}title"
        assert root[0].text == picture.title
        assert root[1].tag == f"{SVG}desc"
        assert root[1].text == picture.description
        assert len(picture.description) > 30
        assert root.find(f".//{SVG}text") is not None
        assert b"<script" not in drawn
        assert b"<metadata" not in drawn


def test_a_chart_is_the_same_each_time(leeds: Sweep) -> None:
    assert charts.schedule_chart(leeds).as_svg() == charts.schedule_chart(leeds).as_svg()
    assert charts.budget_chart(leeds).as_png() == charts.budget_chart(leeds).as_png()


def test_cliffs_are_named_on_the_chart(leeds: Sweep) -> None:
    drawn = charts.metr_chart(leeds).as_svg().decode()  # type: ignore[union-attr]
    assert "Help with prescriptions and other NHS costs" in drawn
    assert "£935.01 (17 hours a week)" in drawn


def test_layers_add_up_to_what_is_left(leeds: Sweep) -> None:
    for one in (leeds, mwp.schedule(GLASGOW, ON, earner="partner", measure="net_income")):
        layers = charts.levels(one)
        np.testing.assert_allclose(layers.total, [one.value(x) for x in _just_inside(one)], atol=0.02)


def _just_inside(one: Sweep) -> list[float]:
    return [edge for s in one.segments for edge in (s.start, max(s.start, s.end - 1e-6))]


def test_shares_add_up_to_the_metr(leeds: Sweep) -> None:
    layers = charts.shares(leeds)
    np.testing.assert_allclose(sum(layers.groups.values()), layers.total, atol=0.005)


def test_no_two_layers_look_alike() -> None:
    looks = [charts._look(group) for group in (charts.PAY, *GROUPS)]
    assert all(one != other for one, other in combinations(looks, 2))


def test_colours_differ_in_lightness_or_pattern() -> None:
    """In grey print two layers are told apart by shade, or by their pattern."""
    for one, other in combinations((charts.PAY, *GROUPS), 2):
        (colour, hatch), (second, second_hatch) = charts._look(one), charts._look(other)
        assert hatch != second_hatch or abs(_grey(colour) - _grey(second)) > 0.12, (one, other)


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_the_grid_agrees_with_a_calculation(leeds: Sweep) -> None:
    grid = kept_by_hours_and_wage(leeds)
    with_job = mwp.better_off(LEEDS, "16h@12.71", on=ON)
    gain = with_job.jobs[0].calculation.amounts["net_after_work_costs"] - with_job.now.amounts["net_after_work_costs"]
    assert grid.kept[grid.hours.index(16.0), 0] == pytest.approx(gain / (16 * 52 / 12), abs=1e-6)


def test_the_surface_meets_the_schedules_at_its_edges() -> None:
    found = mwp.surface(GLASGOW, ON)
    alone = mwp.schedule(GLASGOW, ON, earner="partner")
    own = mwp.load_household(GLASGOW).adults[0].hours
    assert found.at(own, 16.0) == pytest.approx(alone.value(16 * found.wages[1] * 52 / 12), abs=1e-6)


# Pages


class Read(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def pages(leeds: Sweep) -> list[str]:
    return [
        schedule_page.sweeps_page([leeds], "mwp sweep"),
        schedule_page.sweeps_page([leeds, mwp.schedule(GLASGOW, ON)]),
        schedule_page.cliffs_page([leeds]),
        schedule_page.surfaces_page([mwp.surface(GLASGOW, ON)]),
        schedule_page.distribution_page(schedule_export.distribution([leeds.household], ["2025-11-01", ON])),
    ]


def test_a_page_runs_nothing_and_asks_for_nothing(pages: list[str]) -> None:
    for page in pages:
        read = Read(page)
        assert {tag for tag, _ in read.tags}.isdisjoint({"script", "link", "img", "iframe", "form"})
        for _, attrs in read.tags:
            assert not any(name.startswith("on") for name in attrs)
            told = attrs.get("xlink:href") or ""
            assert told.startswith(("#", "data:image/png")) or not told
        [policy] = [a["content"] for t, a in read.tags if a.get("http-equiv") == "Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_no_two_things_on_a_page_have_one_name(pages: list[str]) -> None:
    for page in pages:
        names = [attrs["id"] for _, attrs in Read(page).tags if "id" in attrs]
        assert len(names) == len(set(names))


def test_every_picture_on_a_page_has_a_table_beside_it(pages: list[str]) -> None:
    for page in pages:
        read = Read(page)
        pictures = [a for t, a in read.tags if t == "svg"]
        assert all(a.get("aria-labelledby") for a in pictures)
        assert sum(t == "table" for t, _ in read.tags) >= len(pictures)
        assert all(a.get("scope") for t, a in read.tags if t == "th")


def test_a_page_is_the_same_each_time(leeds: Sweep) -> None:
    assert schedule_page.sweeps_page([leeds]) == schedule_page.sweeps_page([leeds])


def test_a_household_name_cannot_become_part_of_a_page(leeds: Sweep) -> None:
    home = mwp.load_household(LEEDS).model_copy(update={"name": '<script>alert("x")</script>'})
    found = mwp.schedule(home, ON, to=500)
    assert "<script" not in schedule_page.sweeps_page([found])
    assert "<script" not in schedule_page.cliffs_page([found])


CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.skipif(not Path(CHROMIUM).exists() and "CI" not in os.environ, reason="there is no Chromium to look with")
def test_pages_can_be_used_by_everybody(pages: list[str], leeds: Sweep, tmp_path: Path) -> None:
    """axe finds nothing, nothing is loaded or blocked, and a phone need not scroll sideways."""
    playwright = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with playwright.sync_playwright() as session:
        browser = session.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for number, page in enumerate((*pages, "<title>x</title><img src='data:,'>")):
            (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
            shown = browser.new_page(viewport={"width": 320, "height": 700})
            said: list[str] = []
            shown.on("console", lambda message, said=said: said.append(message.text))
            shown.goto((tmp_path / f"{number}.html").as_uri())
            results = axe.run(shown, options={"runOnly": RULES})
            if number == len(pages):
                assert results.violations_count, "a broken page goes unnoticed"
                continue
            assert results.violations_count == 0, results.generate_report()
            assert said == []
            assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
        browser.close()


# In letters


def test_a_chart_in_letters_keeps_to_its_width_and_marks_cliffs() -> None:
    lines = line_chart(lambda x: x if x < 500 else x - 200, 1_000, [500.0], 60)
    assert max(len(line) for line in lines) <= 60
    assert lines[0].strip() == "▼"
    assert lines[0].index("▼") == pytest.approx((60 - 10) / 2 + 10, abs=2)
    assert re.search(r"0 +500 +1,000$", lines[-1])


def test_a_flat_chart_in_letters_can_be_drawn() -> None:
    assert "▀" in "".join(line_chart(lambda _: 100.0, 1_000, [], 40)) or "▄" in "".join(
        line_chart(lambda _: 100.0, 1_000, [], 40)
    )
