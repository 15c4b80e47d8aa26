"""mwp's amounts beside policyengine-uk's, household by household, and what explains each gap.

Known differences (`tests.peer.differences`) are put right in policyengine-uk's parts, the award is worked out again
from them, and that must be mwp's to the penny: a gap is never skipped, its size is foretold.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mwp.analysis.calculation import amounts_of
from mwp.core.rounding import AS_THE_LAW, POUND, Rounding
from mwp.engine.simulation import Results
from mwp.inputs.loading import household_from
from tests.peer.differences import DIFFERENCES
from tests.peer.households import Drawn, households, on
from tests.peer.parts import (
    CAPITAL_LIMIT,
    ELEMENTS,
    OF_ADULT,
    OF_UNIT,
    PROGRAMMES,
    TITLES,
    Amounts,
    Case,
    Parts,
)
from tests.peer.policyengine import Answer, Answers, answers

TAPER = 0.55
WORK_ALLOWANCES = {2024: (404, 673), 2025: (411, 684), 2026: (427, 710)}
"""With and without a housing element: SI 2013/376 reg 22(2)."""


class AllowanceInWholePounds(Rounding):
    """The one rounding policyengine-uk has too: a tapered personal allowance goes up to a pound (ITA 2007 s.35)."""

    def up(self, amount: NDArray[np.float64], to: float = POUND) -> NDArray[np.float64]:
        return AS_THE_LAW.up(amount, to)


@dataclass(frozen=True)
class Comparison:
    """Every household compared, and what policyengine-uk said of itself."""

    of_households: tuple[Case, ...]
    peer: Answers


@lru_cache(maxsize=1)
def comparison() -> Comparison:
    """The whole comparison, worked out once. Raises PeerIsMissing."""
    drawn = households()
    peer = answers((one.year, one.household) for one in drawn)
    ours = _ours(drawn)
    return Comparison(
        tuple(
            _compared(number, one, mine, theirs, peer)
            for number, (one, mine, theirs) in enumerate(zip(drawn, ours, peer.of_households, strict=True))
        ),
        peer,
    )


def _compared(number: int, drawn: Drawn, ours: Parts, answer: Answer, peer: Answers) -> Case:
    theirs = _theirs(answer)
    case = Case(number, drawn, ours, theirs, copy.deepcopy(theirs))
    for difference in DIFFERENCES:
        before = copy.deepcopy(case.expected)
        difference.put_right(case, peer)
        if case.expected != before:
            case.explained_by.append(difference.name)
    if case.explained_by:
        work_out_award(case)
    return case


def _theirs(answer: Answer) -> Parts:
    adults = [dict(adult) for adult in answer.adults]
    for adult in adults:  # policyengine-uk's income tax has the Child Benefit charge in it
        adult["income_tax"] -= adult["child_benefit_charge"]
    return Parts(dict(answer.unit), adults)


def _ours(drawn: Sequence[Drawn]) -> list[Parts]:
    found: dict[int, Parts] = {}
    for year in sorted({one.year for one in drawn}):
        numbers = [number for number, one in enumerate(drawn) if one.year == year]
        homes = [household_from(drawn[number].household) for number in numbers]
        for home in homes:
            home.check_on(on(year))
        wanted = (*OF_UNIT.values(), *OF_ADULT.values())
        exact = amounts_of(homes, on(year), rounding=AllowanceInWholePounds(), variables=wanted)
        charge = ("high_income_child_benefit_charge",)  # in whole pounds a year in both models
        paid = amounts_of(homes, on(year), rounding=AS_THE_LAW, variables=charge)
        for row, number in enumerate(numbers):
            found[number] = _row(exact, paid, row, len(homes[row].adults))
    return [found[number] for number in range(len(drawn))]


def _row(exact: Results, paid: Results, row: int, adults: int) -> Parts:
    return Parts(
        {name: float(exact.amounts[ours][row, 0]) for name, ours in OF_UNIT.items()},
        [
            {name: float(exact.adults[ours][slot, row, 0]) for name, ours in OF_ADULT.items()}
            | {"child_benefit_charge": float(paid.adults["high_income_child_benefit_charge"][slot, row, 0])}
            for slot in range(adults)
        ],
    )


def work_out_award(case: Case) -> None:
    """The expected award, again, from its expected parts (SI 2013/376 regs 22, 62 and 81)."""
    unit, year = case.expected.unit, case.drawn.year
    if unit["work_allowance"] > 0:
        with_housing, without = WORK_ALLOWANCES[year]
        unit["work_allowance"] = with_housing if unit["housing_element"] > 0 else without
    for adult in case.expected.adults:
        adult["earned_income"] = _earned_income(adult, case.expected.adults)
    earned = sum(adult["earned_income"] for adult in case.expected.adults)
    taken_off = TAPER * max(earned - unit["work_allowance"], 0.0) + unit["unearned_income"]
    award = max(sum(unit[name] for name in ELEMENTS) - taken_off, 0.0)
    if case.home["savings"] > CAPITAL_LIMIT:
        award = 0.0
    other = sum(_other_capped_benefits(adult) for adult in case.home["adults"])
    excess = award + unit["child_benefit"] + other - unit["benefit_cap_limit"] - unit["childcare_element"]
    unit["award_before_cap"] = award
    unit["benefit_cap"] = min(max(excess, 0.0), award)
    unit["universal_credit"] = award - unit["benefit_cap"]


def _earned_income(adult: Amounts, adults: Sequence[Amounts]) -> float:
    """Net earnings, or the minimum income floor where it applies and a couple does not reach its threshold (reg 62)."""
    threshold, net = adult["individual_threshold"], adult["net_earnings"]
    short = sum(one["individual_threshold"] for one in adults) - sum(one["net_earnings"] for one in adults)
    if not adult["floor_applies"] or net >= threshold or short <= 0:
        return net
    return min(threshold, net + short)


def _other_capped_benefits(adult: Mapping[str, Any]) -> float:
    benefits = adult.get("benefits", {})
    told = [benefits[name]["amount"] for name in ("new_style_jsa", "new_style_esa") if name in benefits]
    return float(sum(told)) * 52 / 12


def unexplained(found: Comparison) -> list[str]:
    """Every amount that neither agrees nor is foretold by a known difference, in words."""
    return [
        f"Household {one.number}, {one.drawn.year}, {', '.join(one.explained_by) or 'no known difference'}: {gap}"
        for one in found.of_households
        for gap in one.unexplained()
    ]


def table() -> str:
    """How often the models agree as they stand, by programme and tax year, as docs/validation.md shows it."""
    found = comparison().of_households
    years = sorted({one.drawn.year for one in found})
    names = [f"{year}-{(year + 1) % 100}" for year in years]
    lines = [
        f"| Agree within 1p a month | {' | '.join(names)} | All |",
        f"| --- | {' | '.join('---:' for _ in years)} | ---: |",
    ]
    for programme in PROGRAMMES:
        lines.append(_row_of_table(TITLES[programme], found, programme))
    paid = [one for one in found if one.has_award]
    lines.append(_row_of_table("Universal Credit, where either model pays it", paid, "universal_credit"))
    return "\n".join(lines)


def _row_of_table(title: str, found: Sequence[Case], programme: str) -> str:
    years = sorted({one.drawn.year for one in found})
    cells = [_rate([one for one in found if one.drawn.year == year], programme) for year in years]
    return f"| {title} | {' | '.join(cells)} | {_rate(found, programme)} |"


def _rate(found: Sequence[Case], programme: str) -> str:
    agree = sum(one.agrees(programme) for one in found)
    return f"{agree:,} of {len(found):,} ({_per_cent(agree, len(found))})"


def _per_cent(part: int, whole: int) -> str:
    return "100%" if part == whole else f"{min(100 * part / whole, 99.9):.1f}%"


def differences_table() -> str:
    """The known differences, and how many households each touches, as docs/validation.md shows it."""
    found = comparison().of_households
    lines = ["| Known difference | Households | Regulation | Who follows it |", "| --- | ---: | --- | --- |"]
    for difference in DIFFERENCES:
        touched = sum(difference.name in one.explained_by for one in found)
        lines.append(f"| {difference.what} | {touched:,} | {difference.law} | {difference.right} |")
    return "\n".join(lines)
