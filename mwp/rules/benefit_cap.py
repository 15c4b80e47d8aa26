"""The benefit cap: a limit on all benefits together, taken off Universal Credit.

Universal Credit Regulations 2013 (SI 2013/376) regs 78-83, under the Welfare Reform Act 2012 ss.96-97. Amounts are
pounds a month.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import any_of, rule, total
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH


@rule(BenefitUnit, law="benefit_cap", cites="SI 2013/376 reg 80A", label="benefit cap limit")
def benefit_cap_limit(is_couple, has_children, in_greater_london, law):
    """The most a household may have in benefits, by place and family."""
    family = is_couple | has_children
    london = np.where(family, law.greater_london.couple_or_children, law.greater_london.single)
    elsewhere = np.where(family, law.elsewhere.couple_or_children, law.elsewhere.single)
    return np.where(in_greater_london, london, elsewhere) / MONTHS_A_YEAR


@rule(Person, cites="SI 2013/376 reg 83(1)", unit="bool")
def is_exempting_person(
    is_adult_of_unit,
    has_substantial_caring_responsibilities,
    gets_disability_benefit,
    is_disabled_child,
    is_in_esa_support_group,
    new_style_esa,
    has_lcwra,
):
    """Someone whose benefit takes the family out of the cap: disability, caring, LCWRA or ESA's support component."""
    gets_support_component = is_in_esa_support_group & (new_style_esa > 0)
    exempt = has_substantial_caring_responsibilities | gets_disability_benefit | gets_support_component | has_lcwra
    adult = is_adult_of_unit & exempt
    return adult | is_disabled_child


has_exempting_person = any_of(BenefitUnit, of="is_exempting_person", label="someone on an exempting benefit")


@rule(BenefitUnit, law="*", cites="SI 2013/376 reg 82(1)(a)", label="earnings that end the cap")
def benefit_cap_earnings_threshold(num_adults, law):
    """Sixteen hours a week at the National Living Wage, pence dropped; the same for one person or a couple."""
    amount = law.benefit_cap.exempt_hours * law.minimum_wage.national_living_wage * WEEKS_A_MONTH
    return np.full(np.shape(num_adults), np.floor(amount))


@rule(BenefitUnit, cites="SI 2013/376 regs 82-83", unit="bool", label="outside the benefit cap")
def is_exempt_from_benefit_cap(
    net_earnings_of_unit, benefit_cap_earnings_threshold, has_exempting_person, is_in_benefit_cap_grace_period
):
    """By net earnings (not the minimum income floor), by an exempting benefit, or in the grace period."""
    earns_enough = net_earnings_of_unit >= benefit_cap_earnings_threshold
    return earns_enough | has_exempting_person | is_in_benefit_cap_grace_period


@rule(Person, cites="Welfare Reform Act 2012 s.96(10); SI 2013/376 reg 79", label="other benefits within the cap")
def capped_benefits_of_person(is_adult_of_unit, new_style_jsa, new_style_esa, maternity_allowance):
    """One adult's benefits, other than Universal Credit and Child Benefit, that the cap counts."""
    return np.where(is_adult_of_unit, new_style_jsa + new_style_esa + maternity_allowance, 0.0)


capped_benefits_of_adults = total(BenefitUnit, of="capped_benefits_of_person", label="other benefits within the cap")


@rule(
    BenefitUnit,
    law="benefit_cap",
    cites="SI 2013/376 reg 81",
    label="benefit cap",
    says=(
        "Universal Credit {uc_award_before_cap:,.2f}, Child Benefit {child_benefit:,.2f} and other benefits"
        " {capped_benefits_of_adults:,.2f} are above the cap of {benefit_cap_limit:,.2f};"
        " {uc_childcare_element:,.2f} of childcare is left out: {result:,.2f} comes off"
    ),
    says_nil="The benefit cap takes nothing off",
)
def benefit_cap_reduction(
    uc_award_before_cap,
    child_benefit,
    capped_benefits_of_adults,
    benefit_cap_limit,
    uc_childcare_element,
    is_exempt_from_benefit_cap,
    law,
    rounding,
):
    """The excess over the limit, less the childcare element, taken off Universal Credit down to nil."""
    excess = uc_award_before_cap + child_benefit + capped_benefits_of_adults - benefit_cap_limit
    reduction = np.clip(rounding.nearest(excess) - uc_childcare_element, 0.0, uc_award_before_cap)
    return np.where(is_exempt_from_benefit_cap, 0.0, np.where(law.in_force, reduction, 0.0))
