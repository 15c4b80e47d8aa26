"""Maternity Allowance: for up to 39 weeks, to mothers without Statutory Maternity Pay.

Social Security Contributions and Benefits Act 1992 ss.35-35B; Social Security (Maternity Allowance) Regulations 1987
(SI 1987/416). It is not taxed; it counts in full as income for Universal Credit (SI 2013/376 reg 66(1)(b)) and within
the benefit cap, where Statutory Maternity Pay would count as earnings. Amounts are pounds a month.
"""

import numpy as np

from mwp.core.entities import Person
from mwp.core.rule import rule
from mwp.core.units import WEEKS_A_MONTH


@rule(
    Person,
    law="maternity_allowance",
    cites="SSCBA 1992 s.35A",
    label="Maternity Allowance before work is looked at",
)
def full_maternity_allowance(claims_maternity_allowance, stated_maternity_allowance, law):
    """The amount told, or the standard rate; what 90% of earlier pay would be is not known."""
    by_law = np.where(claims_maternity_allowance, law.standard_rate * WEEKS_A_MONTH, 0.0)
    return np.where(stated_maternity_allowance > 0, stated_maternity_allowance, by_law)


@rule(
    Person,
    cites="SSCBA 1992 s.35; SI 1987/416 reg 2",
    label="Maternity Allowance",
    says="Not at work: {result:,.2f}",
    says_nil="No Maternity Allowance: it takes a claim, and no work beyond ten days to keep in touch",
    claim="Claim on GOV.UK with form MA1, in Northern Ireland on nidirect, from the 26th week of pregnancy.",
    run_on="Ten days of work in the 39 weeks take nothing off; each day of work beyond them loses allowance.",
)
def maternity_allowance(full_maternity_allowance, is_in_work):
    """Paid while not at work.

    Simplification: in a month like every other, regular work soon uses up the ten days to keep in touch, so none is
    paid to somebody who works; the law takes off a reasonable part, at least the days worked beyond the ten.
    """
    return np.where(is_in_work, 0.0, full_maternity_allowance)
