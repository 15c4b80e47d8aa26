"""The measure after childcare: what the default guarantee counts of childcare, and up to what."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml

import mwp
from mwp import resources
from mwp.analysis.measures import GUARANTEED, TOP_UP
from mwp.inputs.household import Household
from mwp.inputs.reform import Guarantee

ON = date(2026, 11, 2)
HOMES = Path(__file__).parents[1] / "households"
BRISTOL, LEEDS = "childcare_lone_parent_bristol", "lone_parent_two_children_leeds"
ONE_CHILD, SEVERAL = 1_071.09 / 0.85, 1_836.16 / 0.85
"""Charges at which 85% comes to the most for one child and for several, April 2026 (GOV.UK, Universal Credit rates)."""
PENNY = 0.01


def paying(name: str, amount: float, children: int = 1) -> Household:
    """The household with childcare told by the month, for so many of its children."""
    home = yaml.safe_load(HOMES.joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    told = {"amount": amount, "children": list(range(1, children + 1))}
    return mwp.load_household(home | {"childcare": told})


def counted(home: Household) -> tuple[Mapping[str, float], float]:
    """The month's amounts, and what the measure takes off the income with help in kind."""
    found = mwp.calculate(home, on=ON).amounts
    return found, found["net_resources"] - found[GUARANTEED]


def test_it_is_the_measure_of_a_guarantee_that_names_none() -> None:
    assert Guarantee(design="G3").measure == GUARANTEED


@pytest.mark.parametrize(
    "name", ["nes_guarantee", "nes_guarantee_65", "nes_guarantee_70", "nes_guarantee_85", "no_step_back",
             "nes_guarantee_keeps_passports"],
)  # fmt: skip
def test_it_is_the_measure_of_the_default_and_its_variants(name: str) -> None:
    guarantee = mwp.load_reform(name).guarantee
    assert guarantee is not None
    assert guarantee.measure == GUARANTEED


def test_without_childcare_it_is_income_with_help_in_kind() -> None:
    for name in sorted(resources.library("households")):
        found = mwp.calculate(name, on=ON).amounts
        if not found["childcare_charges"]:
            assert found[GUARANTEED] == pytest.approx(found["net_resources"], abs=1e-9), name


@pytest.mark.parametrize("charges", [10.0, 400.0, ONE_CHILD - 1])
def test_below_the_limit_it_takes_the_whole_charge_off_and_adds_what_is_added_to_it(charges: float) -> None:
    found, off = counted(paying(BRISTOL, charges))
    assert found["childcare_charges"] == pytest.approx(charges)
    helped = found["tax_free_childcare"] + found["northern_irish_childcare_subsidy"]
    assert off == pytest.approx(charges - helped)


@pytest.mark.parametrize("charges", [ONE_CHILD + 1, 2_000.0, 5_000.0])
def test_no_more_counts_than_the_charge_at_which_the_element_reaches_its_most(charges: float) -> None:
    found, off = counted(paying(BRISTOL, charges))
    assert off + found["tax_free_childcare"] == pytest.approx(ONE_CHILD, abs=PENNY)


def test_two_children_have_a_limit_of_their_own() -> None:
    (job,) = mwp.better_off(paying(LEEDS, 5_000.0, 2), ["16h@14"], on=ON).jobs
    found = job.calculation.amounts
    assert found["net_resources"] - found[GUARANTEED] + found["tax_free_childcare"] == pytest.approx(SEVERAL, abs=PENNY)


def test_under_tax_free_childcare_the_limit_is_the_same_and_the_top_up_counts() -> None:
    home = paying(BRISTOL, 700.0)
    (job,) = mwp.better_off(home, ["40h@45"], on=ON).jobs
    found = job.calculation.amounts
    assert found["universal_credit"] == 0
    assert found["tax_free_childcare"] == pytest.approx(700 / 5), "two pounds for every eight: a fifth of the bill"
    assert found[GUARANTEED] == pytest.approx(found["net_resources"] - 700 + 140)


def test_funded_hours_that_begin_are_no_loss() -> None:
    """At 16 hours of the minimum wage funded hours cut the bill: the element falls too, and nobody loses."""
    law = mwp.schedule(BRISTOL, on=ON, measure=GUARANTEED, wage=13.40)
    element_only = mwp.schedule(BRISTOL, on=ON, measure="net_resources", wage=13.40)
    (fall,) = (jump for jump in element_only.jumps if jump.size < -400)
    (same,) = (jump for jump in law.jumps if jump.before == pytest.approx(fall.before))
    assert "parents_meet_childcare_tests" in same.flipped
    charges = same.components["childcare_charges_up_to_limit"]
    assert charges > -fall.size, "the charges fall by more than the element does"
    assert same.size == pytest.approx(0.15 * charges, abs=1)
    assert same.size > 0


def test_a_guarantee_pays_nothing_for_funded_hours() -> None:
    paid = mwp.schedule(BRISTOL, on=ON, measure=GUARANTEED, reform="nes_guarantee", wage=13.40)
    (start,) = (
        one for one in paid.segments if one.start == pytest.approx(881.23, abs=0.02) and one.end - one.start > 1
    )
    assert start.parts[TOP_UP] < 100, "it was over 400 where only the element counted"
