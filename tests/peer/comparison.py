"""mwp's amounts beside policyengine-uk's, household by household, and what explains each gap.

Known differences (`tests.peer.differences`) are put right in policyengine-uk's parts, the award is worked out again
from them, and that must be mwp's to the penny: a gap is never skipped, its size is foretold.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mwp.analysis.calculation import amounts_of
from mwp.core.rounding import AS_THE_LAW, POUND, Rounding
from mwp.engine.simulation import Results
from mwp.inputs.loading import household_from
from tests.peer.households import Drawn, households, on
from tests.peer.policyengine import Answer, Answers, answers

WITHIN = 0.0105
"""A penny a month, and half a thousandth for policyengine-uk's 32-bit numbers, which hold 180,000 pounds to 1.6p."""

PROGRAMMES = ("income_tax", "national_insurance", "universal_credit", "child_benefit", "child_benefit_charge")
TITLES = {
    "income_tax": "Income tax",
    "national_insurance": "National Insurance",
    "universal_credit": "Universal Credit",
    "child_benefit": "Child Benefit",
    "child_benefit_charge": "High Income Child Benefit Charge",
}

ELEMENTS = {
    "standard_allowance": "uc_standard_allowance",
    "child_element": "uc_child_element",
    "disabled_child_element": "uc_disabled_child_element",
    "health_element": "uc_health_element",
    "carer_element": "uc_carer_element",
    "housing_element": "uc_housing_element",
    "childcare_element": "uc_childcare_element",
}
OF_UNIT = ELEMENTS | {
    "work_allowance": "uc_work_allowance",
    "unearned_income": "uc_unearned_income",
    "award_before_cap": "uc_award_before_cap",
    "benefit_cap": "benefit_cap_reduction",
    "universal_credit": "universal_credit",
    "child_benefit": "child_benefit",
}
OF_ADULT = {
    "income_tax": "income_tax",
    "national_insurance": "national_insurance",
    "carers_allowance": "carers_allowance",
    "net_earnings": "net_earnings",
    "earned_income": "uc_earned_income_of_person",
}
ONLY_WITH_AN_AWARD = ("earned_income", "net_earnings", "unearned_income", "work_allowance")
"""What is compared only where either model pays Universal Credit, for nothing rests on it elsewhere.

mwp works out tax on earnings as if they were the only income, policyengine-uk within all income: this differs where
other income takes the personal allowance away, far above any award.
"""

TAPER = 0.55
CAPITAL_LIMIT = 16_000
WORK_ALLOWANCES = {2024: (404, 673), 2025: (411, 684), 2026: (427, 710)}
"""With and without a housing element: SI 2013/376 reg 22(2)."""

Amounts = dict[str, float]


class AllowanceInWholePounds(Rounding):
    """The one rounding policyengine-uk has too: the personal allowance goes up to a pound (Income Tax Act 2007 s.35)."""

    def up(self, amount: NDArray[np.float64], to: float = POUND) -> NDArray[np.float64]:
        return AS_THE_LAW.up(amount, to)


@dataclass
class Parts:
    """One model's amounts of a household, pounds a month: of the benefit unit and of each adult."""

    unit: Amounts
    adults: list[Amounts]

    def amount(self, programme: str) -> float:
        """One programme's amount for the whole benefit unit."""
        return self.unit[programme] if programme in self.unit else sum(adult[programme] for adult in self.adults)


@dataclass
class Compared:
    """One household: what was drawn, both models' amounts, and theirs with the known differences put right."""

    number: int
    drawn: Drawn
    ours: Parts
    theirs: Parts
    expected: Parts
    explained_by: list[str] = field(default_factory=list)

    @property
    def home(self) -> Mapping[str, Any]:
        """The household, as the file would have it."""
        return self.drawn.household

    def agrees(self, programme: str) -> bool:
        """Whether the models agree as they stand, for each adult where the programme is an adult's."""
        return not self._gaps(self.theirs, (programme,))

    def unexplained(self) -> list[str]:
        """Every amount that is not what is expected, in words."""
        return self._gaps(self.expected, (*OF_UNIT, *OF_ADULT, "child_benefit_charge"))

    def _gaps(self, others: Parts, names: Sequence[str]) -> list[str]:
        paid = max(self.ours.unit["award_before_cap"], others.unit["award_before_cap"]) > WITHIN
        nothing_rests_on = () if paid else ONLY_WITH_AN_AWARD
        if self.home["savings"] > CAPITAL_LIMIT:  # no claim: policyengine-uk works out some elements all the same
            nothing_rests_on = (*ELEMENTS, *ONLY_WITH_AN_AWARD)
        found = []
        for name in names:
            if name in nothing_rests_on:
                continue
            for place, ours, theirs in self._pairs(name, others):
                if abs(ours - theirs) > WITHIN:
                    found.append(f"{name}{place}: mwp {ours:.4f}, expected {theirs:.4f}")
        return found

    def _pairs(self, name: str, others: Parts) -> list[tuple[str, float, float]]:
        if name in self.ours.unit:
            return [("", self.ours.unit[name], others.unit[name])]
        both = zip(self.ours.adults, others.adults, strict=True)
        return [(f" of adult {place}", ours[name], theirs[name]) for place, (ours, theirs) in enumerate(both, start=1)]


@dataclass(frozen=True)
class Comparison:
    """Every household compared, and what policyengine-uk said of itself."""

    of_households: tuple[Compared, ...]
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


def _compared(number: int, drawn: Drawn, ours: Parts, answer: Answer, peer: Answers) -> Compared:
    from tests.peer.differences import DIFFERENCES

    theirs = _theirs(answer)
    case = Compared(number, drawn, ours, theirs, copy.deepcopy(theirs))
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


def work_out_award(case: Compared) -> None:
    """The expected award, again, from its expected parts (SI 2013/376 regs 22 and 81)."""
    unit, year = case.expected.unit, case.drawn.year
    if unit["work_allowance"] > 0:
        with_housing, without = WORK_ALLOWANCES[year]
        unit["work_allowance"] = with_housing if unit["housing_element"] > 0 else without
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


def _other_capped_benefits(adult: Mapping[str, Any]) -> float:
    benefits = adult.get("benefits", {})
    told = [benefits[name]["amount"] for name in ("new_style_jsa", "new_style_esa") if name in benefits]
    return float(sum(told)) * 52 / 12


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
        cells = [_rate([one for one in found if one.drawn.year == year], programme) for year in years]
        lines.append(f"| {TITLES[programme]} | {' | '.join(cells)} | {_rate(found, programme)} |")
    return "\n".join(lines)


def _rate(found: Sequence[Compared], programme: str) -> str:
    agree = sum(one.agrees(programme) for one in found)
    return f"{agree:,} of {len(found):,} ({_per_cent(agree, len(found))})"


def _per_cent(part: int, whole: int) -> str:
    return "100%" if part == whole else f"{min(100 * part / whole, 99.9):.1f}%"


def differences_table() -> str:
    """The known differences, and how many households each touches, as docs/validation.md shows it."""
    from tests.peer.differences import DIFFERENCES

    found = comparison().of_households
    lines = ["| Known difference | Households | Regulation | Who follows it |", "| --- | ---: | --- | --- |"]
    for difference in DIFFERENCES:
        touched = sum(difference.name in one.explained_by for one in found)
        lines.append(f"| {difference.what} | {touched:,} | {difference.law} | {difference.right} |")
    return "\n".join(lines)
