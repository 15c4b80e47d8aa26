"""Who the law speaks of: a person, a benefit unit, a household.

A benefit unit is a claimant, any partner and the children they are responsible for (Welfare Reform Act 2012 ss.1-2
and 10). Grown-up relatives and friends in the same home are benefit units of their own in the same household.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """A kind of unit that amounts belong to; `rank` orders them from the smallest."""

    key: str
    plural: str
    label: str
    rank: int


Person = Entity("person", "people", "person", 0)
BenefitUnit = Entity("benefit_unit", "benefit_units", "benefit unit", 1)
Household = Entity("household", "households", "household", 2)
ENTITIES = (Person, BenefitUnit, Household)
