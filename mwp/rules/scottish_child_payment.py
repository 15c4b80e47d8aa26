"""Scottish Child Payment.

Scottish Child Payment Regulations 2020 (SSI 2020/351). Amounts are pounds a month.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import count, rule
from mwp.core.units import WEEKS_A_MONTH


@rule(Person, law="scottish_child_payment", cites="SSI 2020/351 reg 18", unit="bool")
def is_young_enough_for_scottish_child_payment(is_dependant_child, age, law):
    """A dependent child below the age at which the payment ends."""
    return is_dependant_child & (age < law.under_age)


num_children_for_scottish_child_payment = count(
    BenefitUnit,
    of="is_young_enough_for_scottish_child_payment",
    cites="SSI 2020/351 reg 18",
    label="children young enough for Scottish Child Payment",
)


@rule(
    BenefitUnit,
    cites="No law: the taper that reforms may bring in (docs/guarantee.md, G5)",
    label="deductions that the Universal Credit maximum does not cover",
)
def deductions_above_uc_maximum(uc_maximum_amount, uc_earnings_deduction, uc_unearned_income):
    """By how much what comes off passes the maximum amount: what would go on being taken from a tapered payment."""
    return np.maximum(uc_earnings_deduction + uc_unearned_income - uc_maximum_amount, 0.0)


@rule(
    BenefitUnit,
    law="scottish_child_payment",
    cites="SSI 2020/351 regs 18 and 20",
    label="Scottish Child Payment",
    says=(
        "Children: {num_children_for_scottish_child_payment:.0f}; {law.rate:,.2f} a week for each while there is"
        " Universal Credit: {result:,.2f} a month"
    ),
    says_nil="No Scottish Child Payment: it takes a child under {law.under_age:.0f} and an award of Universal Credit",
    nil_unless="num_children_for_scottish_child_payment",
)
def scottish_child_payment(
    num_children_for_scottish_child_payment,
    universal_credit,
    in_scotland,
    uc_is_open,
    chooses_tax_free_childcare,
    deductions_above_uc_maximum,
    law,
):
    """An amount for each child under 16 while Universal Credit is in payment; all of it goes when the award ends.

    Where a reform tapers it, what comes off goes on beyond the end of the award, out of this payment; not for a family
    that takes Tax-Free Childcare instead of an award.
    Simplification: the other benefits that open it (Pension Credit and the closed ones) are not modelled.
    """
    amount = num_children_for_scottish_child_payment * law.rate * WEEKS_A_MONTH
    could = uc_is_open & ~chooses_tax_free_childcare
    after = np.where(could, np.maximum(amount - deductions_above_uc_maximum, 0.0), 0.0)
    none_left = np.where(law.tapers_after_universal_credit, after, 0.0)
    return np.where(in_scotland, np.where(universal_credit > 0, amount, none_left), 0.0)
