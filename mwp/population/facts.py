"""What a household is counted by, whatever the law: its groups, its size in adults, its housing costs, its weight.

`poverty.yaml` has the equivalence scales, with their sources.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from mwp.core import parameters
from mwp.population.encode import age_on
from mwp.population.tables import Floats, Population, is_word, numbers, words

FAMILIES = {
    "single": "single, no children",
    "lone_parent": "lone parent",
    "couple": "couple, no children",
    "couple_children": "couple with children",
}
TENURES = {
    "private_rent": "private rent",
    "social_rent": "social rent",
    "mortgage": "mortgage",
    "owned": "owned outright",
    "rent_free": "rent free",
}
BANDS = (0.0, 500.0, 1_000.0, 1_500.0, 2_000.0, 3_000.0, 4_000.0, 6_000.0)
"""Where one band of a family's gross pay ends and the next begins, pounds a month; nil is a band of its own."""


@lru_cache(maxsize=1)
def scales() -> dict[str, Any]:
    """The equivalence scales and the relative line."""
    told: dict[str, Any] = dict(parameters.read(Path(__file__).with_name("poverty.yaml")))
    return told


def facts(population: Population, on: date) -> dict[str, Any]:
    """A column each: ids, weight, groups, people, equivalence scales (a couple is 1) and housing costs a month."""
    homes, persons = population.households, population.persons
    child = is_word(persons, "role", "child")
    grown = is_word(persons, "role", "claimant", "partner")
    old = age_on(persons, on)

    def people(who: Any) -> Floats:
        counted = np.bincount(population.household_of_person[who], minlength=population.size)
        return np.asarray(counted, dtype=np.float64)

    adults, children = people(grown), people(child)
    older = people(child & (old >= scales()["older_child_from"]))
    family = np.where(adults > 1, np.where(children > 0, "couple_children", "couple"), "single")
    family = np.where((adults == 1) & (children > 0), "lone_parent", family)
    nation, region = words(homes, "nation"), words(homes, "region")
    number = numbers(homes, "household_id", 0.0).astype(np.int64)
    found: dict[str, Any] = {
        "household_id": number,
        "home_id": np.where(np.isnan(numbers(homes, "home_id", np.nan)), number, numbers(homes, "home_id", 0.0)).astype(
            np.int64
        ),
        "weight": population.weights,
        "nation": nation.astype(str),
        "region": np.where(region == "", nation, region).astype(str),
        "family": family.astype(str),
        "tenure": words(homes, "tenure").astype(str),
        "adults": adults,
        "children": children,
        "housing_costs": numbers(homes, "rent", 0.0) + numbers(homes, "service_charges", 0.0),
    }
    for when, scale in (("before", scales()["before_housing_costs"]), ("after", scales()["after_housing_costs"])):
        found[f"equivalence_{when}_housing_costs"] = (
            scale["first_adult"]
            + scale["further_adult"] * (adults - 1)
            + scale["younger_child"] * (children - older)
            + scale["older_child"] * older
        )
    return found


def band_of(pay: Floats) -> Any:
    """The band of gross pay each is in, by its place; 0 is no pay."""
    return np.searchsorted(np.asarray(BANDS), pay, side="left")


def band_name(place: int) -> str:
    """A band of gross pay in words."""
    if place == 0:
        return "no pay"
    if place == len(BANDS):
        return f"over £{BANDS[-1]:,.0f} a month"
    return f"£{BANDS[place - 1]:,.0f} to £{BANDS[place]:,.0f} a month"
