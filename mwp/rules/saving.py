"""Help to Save: a bonus on what people on Universal Credit put aside.

Help-to-Save Accounts Regulations 2018 (SI 2018/87), under the Savings (Government Contributions) Act 2017 Sch 2.
Amounts are pounds a month.
"""

import numpy as np

from mwp.core.entities import BenefitUnit
from mwp.core.rule import rule


@rule(BenefitUnit, law="saving", cites="SI 2018/87 reg 3(3)", label="least earnings that open Help to Save")
def help_to_save_least_earnings(is_claimants_unit, law):
    """Net earnings of the claimant and partner together that open an account, beside an award of Universal Credit."""
    return np.where(is_claimants_unit, law.help_to_save.least_earnings, 0.0)


@rule(
    BenefitUnit,
    cites="SI 2018/87 reg 3(3)",
    unit="bool",
    label="can open a Help to Save account",
    claim="Open an account on GOV.UK or in the HMRC app; each of a couple can have one.",
    run_on="An account that is open runs its four years even when Universal Credit ends; only opening needs the award.",
)
def can_open_help_to_save(universal_credit, net_earnings_of_unit, help_to_save_least_earnings):
    """On Universal Credit, with take-home pay of the least amount or more: work opens it, the award's end shuts it."""
    return (universal_credit > 0) & (net_earnings_of_unit >= help_to_save_least_earnings)


@rule(BenefitUnit, law="saving", cites="SI 2018/87 regs 9-11", label="bonus on what is saved")
def help_to_save_bonus(is_claimants_unit, stated_saving, num_adults, law):
    """A share of what is put aside, up to the most each adult may pay in."""
    scheme = law.help_to_save
    paid_in = np.minimum(stated_saving, scheme.most_saved * num_adults)
    return np.where(is_claimants_unit, scheme.bonus * paid_in, 0.0)


@rule(
    BenefitUnit,
    cites="SI 2018/87 regs 3 and 9-11",
    label="Help to Save bonus",
    claim="Open an account on GOV.UK or in the HMRC app; each of a couple can have one.",
    run_on="An account that is open runs its four years even when Universal Credit ends; only opening needs the award.",
    says="Saving earns a bonus worth {result:,.2f} a month, paid out after two and after four years",
    says_nil=(
        "No Help to Save bonus: it takes regular saving, and to open an account Universal Credit with net earnings of"
        " {help_to_save_least_earnings:,.2f} or more"
    ),
)
def help_to_save(can_open_help_to_save, has_help_to_save_account, help_to_save_bonus, help_to_save_least_earnings):
    """The bonus, month by month, on what the household says it saves, where an account is open or can be opened.

    It is paid as two lump sums, on the highest balance after two years and again after four; savings that stay in the
    account are taken for granted.
    """
    return np.where(can_open_help_to_save | has_help_to_save_account, help_to_save_bonus, 0.0)
