"""What a household is left with: cash in hand, and cash after the costs of working.

Design of the measures: docs/measures.md. Amounts are pounds a month, for the claimant's benefit unit.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import rule, total

_OURS = "This project's definition: docs/measures.md"


@rule(Person, cites=_OURS, label="other income")
def other_income(
    is_adult_of_unit, occupational_pension, state_pension, rental_income, dividends, interest, new_style_jsa,
    new_style_esa, maternity_allowance, carers_allowance, scottish_carer_supplement,
):  # fmt: skip
    """One adult's income that is neither earned nor means-tested."""
    private = occupational_pension + state_pension + rental_income + dividends + interest
    benefits = new_style_jsa + new_style_esa + maternity_allowance + carers_allowance + scottish_carer_supplement
    return np.where(is_adult_of_unit, private + benefits, 0.0)


@rule(Person, cites=_OURS, label="income of each adult after tax")
def own_income_after_tax(
    is_adult_of_unit, gross_pay, other_income, salary_sacrifice, income_tax, national_insurance,
    employee_pension_contribution, student_loan_repayment, high_income_child_benefit_charge,
):  # fmt: skip
    """One adult's pay and other income, after every deduction from it."""
    off = salary_sacrifice + income_tax + national_insurance + employee_pension_contribution
    off = off + student_loan_repayment + high_income_child_benefit_charge
    return np.where(is_adult_of_unit, gross_pay + other_income - off, 0.0)


own_income_of_unit = total(BenefitUnit, of="own_income_after_tax", label="income of both adults after tax")


@rule(BenefitUnit, cites=_OURS, label="net council tax")
def net_council_tax(is_claimants_unit, council_tax, council_tax_reduction):
    """The council tax bill after the reduction; it falls on the claimant's benefit unit."""
    return np.where(is_claimants_unit, council_tax - council_tax_reduction, 0.0)


@rule(
    BenefitUnit,
    cites=_OURS,
    label="net income",
    says=(
        "Income after tax {own_income_of_unit:,.2f}, Universal Credit {universal_credit:,.2f}, Child Benefit"
        " {child_benefit:,.2f} and other awards, less council tax {net_council_tax:,.2f}: {result:,.2f}"
    ),
)
def net_income(
    own_income_of_unit, maintenance, child_maintenance, universal_credit, child_benefit, scottish_child_payment,
    under_occupancy_mitigation, net_council_tax,
):  # fmt: skip
    """Cash in hand: pay and other income after tax, plus benefits, less council tax after its reduction.

    PIP, ADP and DLA are left out: they are the same in and out of work.
    """
    awards = universal_credit + child_benefit + scottish_child_payment + under_occupancy_mitigation
    return own_income_of_unit + maintenance + child_maintenance + awards - net_council_tax


@rule(
    BenefitUnit,
    cites=_OURS,
    label="travel and other costs of work",
    says="Travel and other costs of work: {result:,.2f}",
    says_nil="No costs of work",
)
def work_costs(num_in_work, stated_work_costs):
    """Costs of working, in a month with work."""
    return np.where(num_in_work > 0, stated_work_costs, 0.0)


@rule(
    BenefitUnit,
    cites=_OURS,
    label="left after costs of work",
    says=(
        "Net income {net_income:,.2f} less childcare {childcare_charges:,.2f} and costs of work {work_costs:,.2f}:"
        " {result:,.2f}"
    ),
)
def net_after_work_costs(net_income, childcare_charges, work_costs):
    """Cash in hand less childcare and the costs of working."""
    return net_income - childcare_charges - work_costs
