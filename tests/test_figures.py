"""The charts of docs/guarantee.md: what stands beside them is current, every one has words, and they draw alike."""

import importlib.util
from functools import cache
from types import ModuleType

import numpy as np
import pytest

from mwp.analysis.guarantee import keep_at_least
from mwp.analysis.measures import TOP_UP


@cache
def figures(root) -> ModuleType:
    spec = importlib.util.spec_from_file_location("figures", root / "docs" / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["figures"] = found  # dataclasses look their module up
    spec.loader.exec_module(found)
    return found


@cache
def made(root):
    return tuple(one() for one in figures(root).FIGURES)


def test_the_tables_of_the_page_are_what_the_program_says(root):
    page = (root / "docs" / "guarantee.md").read_text(encoding="utf-8")
    assert figures(root).renewed(page, made(root)) == page, "run `make docs`"


def test_the_figures_behind_the_charts_are_current(root):
    for one in made(root):
        if one.data:
            kept = (root / "docs" / "images" / f"{one.name}.csv").read_text(encoding="utf-8")
            assert figures(root).as_csv(one.data) == kept, f"{one.name}: run `make docs`"


def test_every_chart_says_in_words_what_it_shows(root):
    drawn = [one for one in made(root) if one.picture]
    assert {path.stem for path in (root / "docs" / "images").glob("*.svg")} == {one.name for one in drawn}
    for one in drawn:
        svg = (root / "docs" / "images" / f"{one.name}.svg").read_text(encoding="utf-8")
        assert f'aria-labelledby="{one.name}-title {one.name}-desc"' in svg
        assert one.picture.description.split(".")[0] in svg.replace("&#x27;", "'")
        assert len(one.picture.description) > 80


def test_the_same_law_draws_the_same_bytes(root):
    first, second = (figures(root).leeds().picture.as_svg("x") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("m", [0.65, 0.75, 1.0])
def test_the_ceilings_told_are_averages_of_the_top_ups(root, m):
    """For the couple in Glasgow, held against the top-up at every pound."""
    module = figures(root)
    law = module._schedule(module.GLASGOW, 6_000)
    paid = keep_at_least(law, m)
    at = np.arange(0.5, 6_000)
    due = np.array([paid.parts(float(e)).get(TOP_UP, 0.0) for e in at])
    found = module.cost([module.Lines(law)], [module.Lines(paid)], [(module.Band(0, 6_000, 1.0),)])
    assert found == pytest.approx(due.mean(), abs=0.05)
    assert module._paid_share(paid) == pytest.approx((due > 0.005).mean(), abs=0.002)
