"""Council tax, and domestic rates in Northern Ireland.

Local Government Finance Act 1992; Rates (Northern Ireland) Order 1977. Amounts are pounds a month.
"""

from mwp.core.entities import Household
from mwp.core.rule import rule


@rule(
    Household,
    cites="Local Government Finance Act 1992 ss.10-13 and 75-79; Rates (Northern Ireland) Order 1977",
    label="council tax or rates",
    says="The bill before any reduction for a low income is {result:,.2f} a month",
    says_nil="No council tax or rates bill was told",
)
def council_tax(stated_council_tax):
    """The bill a month, spread over twelve, before council tax reduction.

    It is the bill as told, after any discount it already shows (for living alone, for a disability band): discounts
    and people who are not counted are never worked out, so nothing changes here when somebody's status does.
    """
    return stated_council_tax
