"""Worked cases that a benefits adviser can read: tests/cases/**/*.yaml, published examples and hand-derived ones."""

import pytest

import mwp
from tests.support import Case, cases, evaluate

ALL = list(cases())
PUBLISHED = [case for case in ALL if case.file.startswith("published/")]


def _id(case: Case) -> str:
    return f"{case.file.removesuffix('.yaml')}: {case.name}"[:120]


@pytest.mark.parametrize("case", ALL, ids=_id)
def test_the_case_comes_out_as_its_source_says(case: Case) -> None:
    expected = case.expected
    if "household" in case.told:
        told = case.told["household"]
        home = mwp.load_household(told) if isinstance(told, str) else mwp.household_from({"name": "case", **told})
        found = mwp.calculate(home, on=case.on).amounts_rounded
    else:
        found = evaluate(case.told["input"], list(expected), case.on)
    wrong = {
        name: f"expected {amount:,.2f}, found {found[name]:,.2f}"
        for name, amount in expected.items()
        if abs(found[name] - amount) > case.within + 1e-6
    }
    assert not wrong, wrong


def test_published_examples_are_many_and_cited() -> None:
    assert len(PUBLISHED) >= 60
    for case in PUBLISHED:
        assert case.told["source"]["title"], case.name
        assert case.told["source"]["href"].startswith("https://"), case.name


def test_every_case_says_where_its_figures_come_from() -> None:
    for case in ALL:
        source = case.told["source"]
        assert source["title"] if isinstance(source, dict) else len(source) > 10, case.name
