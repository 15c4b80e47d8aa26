"""Child Benefit, and the income tax charge that takes it back from people on high incomes.

Child Benefit (Rates) Regulations 2006 (SI 2006/965); Income Tax (Earnings and Pensions) Act 2003 ss.681B-681H. Amounts
are pounds a month.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rounding import POUND
from mwp.core.rule import highest, rule
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH


@rule(
    BenefitUnit,
    law="child_benefit",
    cites="SI 2006/965 reg 2",
    label="Child Benefit",
    says=(
        "Children: {num_children:.0f}; {law.eldest:,.2f} a week for the eldest and {law.each_other:,.2f} for each"
        " other: {result:,.2f} a month"
    ),
    says_nil="No Child Benefit: no children, or it is not claimed",
)
def child_benefit(num_children, claims_child_benefit, law):
    """A weekly amount for the eldest child and a lower one for each other, with no limit on their number."""
    others = np.maximum(num_children - 1, 0.0)
    a_week = np.where(num_children > 0, law.eldest + law.each_other * others, 0.0)
    return np.where(claims_child_benefit, a_week * WEEKS_A_MONTH, 0.0)


# The High Income Child Benefit Charge falls on one person, so first: which of a couple has the higher income.

highest_adjusted_net_income = highest(
    BenefitUnit,
    of="adjusted_net_income",
    cites="ITEPA 2003 s.681B(4)",
    label="higher adjusted net income",
    doc="The larger of a couple's two adjusted net incomes.",
)


@rule(Person, cites="ITEPA 2003 s.681B", label="the claimant's own adjusted net income")
def adjusted_net_income_if_claimant(is_claimant, adjusted_net_income):
    """Adjusted net income where the person is the claimant; nil for anybody else."""
    return np.where(is_claimant, adjusted_net_income, 0.0)


claimants_adjusted_net_income = highest(
    BenefitUnit, of="adjusted_net_income_if_claimant", label="adjusted net income of the claimant"
)


@rule(Person, cites="ITEPA 2003 s.681B", unit="bool", label="pays any charge on Child Benefit")
def is_liable_to_high_income_charge(
    is_claimant, is_partner, adjusted_net_income, highest_adjusted_net_income, claimants_adjusted_net_income
):
    """Whoever of the couple has the higher adjusted net income; the claimant where they are equal."""
    claimant_is = is_claimant & (adjusted_net_income >= highest_adjusted_net_income)
    partner_is = is_partner & (adjusted_net_income > claimants_adjusted_net_income)
    return claimant_is | partner_is


@rule(
    Person,
    law="child_benefit",
    cites="ITEPA 2003 ss.681B-681C",
    label="High Income Child Benefit Charge",
    says=(
        "Adjusted net income of {adjusted_net_income:,.2f} a month is above {law.high_income_charge.threshold:,.0f} a"
        " year: {result:,.2f} of Child Benefit {child_benefit:,.2f} is taken back as tax"
    ),
    says_nil=(
        "No charge: it falls on the higher income of a couple, where that is above"
        " {law.high_income_charge.threshold:,.0f} a year and there is Child Benefit"
    ),
    nil_unless="child_benefit",
)
def high_income_child_benefit_charge(
    is_liable_to_high_income_charge, adjusted_net_income, child_benefit, law, rounding
):
    """One per cent of the year's Child Benefit for each step of income above the threshold, up to all of it.

    Whole per cents, and whole pounds a year of Child Benefit and of the charge, all rounded down (s.681C(3)).
    """
    charge = law.high_income_charge
    excess = np.maximum(adjusted_net_income * MONTHS_A_YEAR - charge.threshold, 0.0)
    share = np.minimum(rounding.down(excess / charge.step, to=1.0) * charge.share_per_step, 1.0)
    a_year = rounding.down(share * rounding.down(child_benefit * MONTHS_A_YEAR, to=POUND), to=POUND)
    return np.where(is_liable_to_high_income_charge, a_year / MONTHS_A_YEAR, 0.0)
