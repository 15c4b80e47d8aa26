"""The household library: every file loads, says why it is here, and the list of them is true."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from mwp import resources
from mwp.inputs.household import Household
from mwp.inputs.loading import household_from_yaml, household_to_yaml, load_household

NAMES = list(resources.library("households"))


@pytest.fixture(scope="module")
def library() -> dict[str, Household]:
    return {name: load_household(name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_household_loads_on_every_date_and_says_why_it_is_here(name: str) -> None:
    household = load_household(name)
    for on in (date(2024, 4, 8), date(2025, 6, 15), date(2026, 11, 22), date(2027, 4, 5)):
        household.check_on(on)
    assert household.name
    assert household.story.endswith((".", "?"))
    text = resources.library("households")[name].read_text(encoding="utf-8")
    assert text.startswith("# Why it is here: ")
    assert household.local_authority, "a household of the library says its council"


@pytest.mark.parametrize("name", NAMES)
def test_a_household_is_the_same_after_writing_and_reading(name: str) -> None:
    household = load_household(name)
    assert household_from_yaml(household_to_yaml(household)) == household


def test_the_list_of_households_is_true(library: dict[str, Household]) -> None:
    text = Path(resources.folder("households"), "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\w+)\]\((\w+)\.yaml\) \| (.+) \|$", text, flags=re.MULTILINE)
    assert rows == [(name, name, household.story) for name, household in library.items()]


def test_names_and_stories_are_all_different(library: dict[str, Household]) -> None:
    for values in ([h.name for h in library.values()], [h.story for h in library.values()]):
        assert len(set(values)) == len(values)


def test_the_library_spans_who_the_law_treats_differently(library: dict[str, Household]) -> None:
    homes = list(library.values())
    assert len(homes) >= 28
    assert {home.nation for home in homes} == {"england", "scotland", "wales", "northern_ireland"}
    assert {home.housing.tenure for home in homes} >= {"private_rent", "social_rent", "mortgage", "owned"}
    assert Counter(len(home.children) for home in homes if len(home.adults) == 1).keys() >= {0, 1, 2, 3, 4}
    assert {sum(adult.hours > 0 for adult in home.adults) for home in homes if len(home.adults) == 2} == {0, 1, 2}
    health = {adult.health for home in homes for adult in home.adults}
    assert health >= {"none", "lcwra", "lcwra_protected"}
    assert any(adult.self_employed and (adult.months_trading or 0) >= 12 for home in homes for adult in home.adults)
    assert any(adult.self_employed and (adult.months_trading or 0) < 12 for home in homes for adult in home.adults)
    assert {loan for home in homes for adult in home.adults for loan in adult.student_loans} >= {"plan_2", "plan_4"}
    assert any(6000 < home.savings < 16000 for home in homes)
    assert any(home.non_dependants for home in homes)
    assert any(child.disability == "higher" for home in homes for child in home.children)
    assert any(home.childcare and home.childcare.by_the_hour for home in homes)
    assert any(home.in_greater_london() for home in homes)


def test_the_three_segments_of_the_plan_are_there() -> None:
    assert {"nes_bridge", "nes_floor_individual", "nes_floor_place"} <= set(NAMES)


def test_the_example_of_the_readme_is_out_of_work_with_two_children(library: dict[str, Household]) -> None:
    household = library["lone_parent_two_children_leeds"]
    adult = household.adults[0]
    assert (adult.age, adult.hours, adult.hourly_wage, adult.earnings) == (31, 0, None, None)
    assert [child.age for child in household.children] == [7, 3]
    assert (household.brma, household.housing.rent.amount) == ("leeds", 825)
