"""Several laws at once: each law's amounts are those it has by itself, whatever another leaves alone."""

from datetime import date

import numpy as np
import pytest

import mwp
from mwp import resources
from mwp.analysis.calculation import CLAIMS, law_on, money_variables, openings
from mwp.engine.encode import encode
from mwp.engine.law import differing
from mwp.engine.side_by_side import side_by_side
from mwp.engine.simulation import Bare, simulate
from mwp.inputs.reform import load_reform

ON = date(2026, 6, 15)
REFORMS = sorted(name for name in resources.library("reforms") if load_reform(name).parameters)


@pytest.fixture(scope="module")
def table():
    return encode([mwp.load_household(name) for name in sorted(resources.library("households"))], ON)


@pytest.fixture(scope="module")
def laws():
    return [law_on(ON), *(law_on(ON, [load_reform(name)]) for name in REFORMS)]


@pytest.mark.parametrize("block", [7, 1_000])
def test_every_law_has_what_it_has_by_itself_to_the_last_bit(table, laws, block):
    wanted = (*money_variables(), *CLAIMS, *openings())
    together = side_by_side(table, laws, wanted, block_households=block)
    for law, found in zip(laws, together, strict=True):
        alone = simulate(table, law, wanted, through_core=True)
        for name in wanted:
            own = alone.amounts[name][:, 0]
            assert np.array_equal(found.amounts[name].view(np.int64), own.copy().view(np.int64)), name


def test_most_reforms_of_the_library_move_some_amount(table, laws):
    """So that the test above compares laws that differ; a few change nothing for these households in June."""
    wanted = money_variables()
    current, *others = side_by_side(table, laws, wanted)
    moving = [
        name
        for name, found in zip(REFORMS, others, strict=True)
        if not all(np.array_equal(found.amounts[one], current.amounts[one]) for one in wanted)
    ]
    assert len(moving) > 10


def test_what_a_reform_leaves_alone_is_not_worked_out_again(table, monkeypatch):
    run: list[str] = []
    calculate = Bare.calculate

    def noted(self, name, period):
        if name not in self.held:
            run.append(name)
        return calculate(self, name, period)

    monkeypatch.setattr(Bare, "calculate", noted)
    law, other = law_on(ON), law_on(ON, [load_reform("uc_taper_50")])
    side_by_side(table, [law], ["net_income"])
    once = len(run)
    run.clear()
    side_by_side(table, [law, law], ["net_income"])
    assert len(run) == once, "the same law twice costs what it costs once"
    run.clear()
    side_by_side(table, [law, other], ["net_income"])
    again = set(run[once:])
    assert "uc_earnings_deduction" in again
    assert not again & {"income_tax", "national_insurance", "uc_housing_element"}


def test_laws_differ_in_the_programmes_whose_numbers_differ():
    law = law_on(ON)
    assert differing(law, law_on(ON, [load_reform("uc_taper_50")])) == {"universal_credit"}
    assert not differing(law, law_on(ON))
