"""The amounts that are compared, and one household with both models' amounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.peer.households import Drawn

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
"""What is compared only where either model has an award, for nothing rests on it elsewhere."""

CAPITAL_LIMIT = 16_000
"""SI 2013/376 reg 18."""

Amounts = dict[str, float]


@dataclass
class Parts:
    """One model's amounts of a household, pounds a month: of the benefit unit and of each adult."""

    unit: Amounts
    adults: list[Amounts]

    def amount(self, programme: str) -> float:
        """One programme's amount for the whole benefit unit."""
        return self.unit[programme] if programme in self.unit else sum(adult[programme] for adult in self.adults)


@dataclass
class Case:
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

    @property
    def has_award(self) -> bool:
        """Whether either model pays Universal Credit."""
        return max(self.ours.unit["universal_credit"], self.theirs.unit["universal_credit"]) > WITHIN

    def agrees(self, programme: str) -> bool:
        """Whether the models agree as they stand, for each adult where the programme is an adult's."""
        return not self._gaps(self.theirs, (programme,))

    def unexplained(self) -> list[str]:
        """Every amount that is not what is expected, in words."""
        return self._gaps(self.expected, (*OF_UNIT, *OF_ADULT, "child_benefit_charge"))

    def _gaps(self, others: Parts, names: Sequence[str]) -> list[str]:
        paid = max(self.ours.unit["award_before_cap"], others.unit["award_before_cap"]) > WITHIN
        nothing_rests_on: tuple[str, ...] = () if paid else ONLY_WITH_AN_AWARD
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
