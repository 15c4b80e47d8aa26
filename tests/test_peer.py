"""mwp beside policyengine-uk: thousands of random households, every gap foretold by a known difference, to the penny.

One test, for working it all out takes half a minute; each thing it shows is a subtest. docs/validation.md says what is
compared and why each known difference stands. `MWP_NO_PEER=1` leaves it out; `MWP_PEER_PYTHON` names a Python that has
policyengine-uk, where this one has not.
"""

import os
from pathlib import Path

import pytest

from mwp.core import parameters
from mwp.inputs import places
from tests.peer.comparison import comparison, differences_table, table, unexplained
from tests.peer.differences import DIFFERENCES, bedrooms_allowed
from tests.peer.parts import ELEMENTS
from tests.peer.policyengine import MONTHLY_LIMITS

SIZES = ("shared", "bed1", "bed2", "bed3", "bed4")
A_PENNY = 0.0101
SHOWN = 20


@pytest.mark.skipif(os.environ.get("MWP_NO_PEER") == "1", reason="MWP_NO_PEER=1 leaves out the comparison with a peer")
def test_agrees_with_policyengine_uk_but_for_known_differences(subtests: pytest.Subtests, root: Path) -> None:
    found = comparison()
    cases = found.of_households

    with subtests.test("every gap is foretold, to the penny"):
        gaps = unexplained(found)
        assert not gaps, "\n".join([f"{len(gaps)} amounts are not explained:", *gaps[:SHOWN]])

    with subtests.test("households are many, and most are on Universal Credit"):
        assert len(cases) >= 2_000
        assert sum(one.has_award for one in cases) >= 1_500

    with subtests.test("most agree outright"):
        assert all(one.agrees("national_insurance") and one.agrees("child_benefit") for one in cases)
        assert all(one.agrees("child_benefit_charge") for one in cases)
        assert sum(one.agrees("universal_credit") for one in cases if one.has_award) >= 1_200
        assert sum(one.agrees("universal_credit") for one in cases) >= 0.9 * len(cases)
        assert sum(one.agrees("income_tax") for one in cases) >= 0.85 * len(cases)

    with subtests.test("every element is met often"):
        met = {name: sum(one.ours.unit[name] > 0 for one in cases if one.has_award) for name in ELEMENTS}
        assert min(met.values()) >= 100, met

    with subtests.test("no known difference is idle"):
        touched = {one.name: sum(one.name in case.explained_by for case in cases) for one in DIFFERENCES}
        assert all(touched.values()), touched

    with subtests.test("local housing allowance is the same for every area and size of home"):
        theirs = found.peer.housing_allowance
        ours = _housing_allowance()
        off = [
            (year, area, size, ours[area][size], rates[size])
            for year, areas in theirs.items()
            for area, rates in areas.items()
            for size in range(len(SIZES))
            if abs(ours[area][size] - rates[size]) > A_PENNY
        ]
        assert all(set(areas) == set(ours) for areas in theirs.values())
        assert not off

    with subtests.test("policyengine-uk's own National Insurance thresholds are a 52nd of the year's"):
        own = {bracket: found.peer.own_limits[str(bracket)] for bracket in MONTHLY_LIMITS}
        assert own == {1: pytest.approx(12_570 / 52, abs=0.005), 2: pytest.approx(50_270 / 52, abs=0.005)}

    with subtests.test("docs/validation.md has the tables as they are now"):
        text = (root / "docs" / "validation.md").read_text(encoding="utf-8")
        assert table() in text, f"Run python -m tests.peer and put this in docs/validation.md:\n{table()}"
        assert differences_table() in text, f"Put this in docs/validation.md:\n{differences_table()}"


def _housing_allowance() -> dict[str, list[float]]:
    """mwp's rates by area, from the shared rate to four bedrooms: one value each, in force all three years."""
    rates = parameters.documents()["local_housing_allowance"]
    return {
        area: [next(iter(rates[nation][area][size].values())) for size in SIZES]
        for nation in places.NATIONS
        for area in places.brmas(nation)
    }


@pytest.mark.parametrize(
    ("children", "rooms"),
    [
        ([], 1),
        ([(9, "f"), (9, "m")], 2),
        ([(10, "f"), (9, "m")], 3),
        ([(15, "m"), (3, "m"), (9, "f")], 3),
        ([(12, "f"), (4, "f"), (12, "m"), (4, "m")], 3),
        ([(16, "f"), (15, "f")], 3),
    ],
)
def test_trying_every_way_to_share_finds_the_fewest_bedrooms(children: list[tuple[int, str]], rooms: int) -> None:
    home = {
        "children": [{"age": age, "sex": sex} for age, sex in children],
        "non_dependants": [],
        "housing": {"tenure": "social_rent"},
    }
    assert bedrooms_allowed(home, 2026) == rooms
