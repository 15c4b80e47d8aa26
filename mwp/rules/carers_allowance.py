"""Carer's Allowance, and in Scotland Carer Support Payment with the supplement.

Social Security Contributions and Benefits Act 1992 s.70; Social Security (Invalid Care Allowance) Regulations 1976
(SI 1976/409); Carer's Assistance (Carer Support Payment) (Scotland) Regulations 2023 (SSI 2023/302). Amounts are pounds
a month; a penny of net earnings above the limit loses the whole allowance.

Simplification: Scotland's Carer Additional Person Payment, since March 2026 for each further person cared for, is left
out: no household tells of a second person.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import highest, rule
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH, WEEKS_A_YEAR


@rule(
    Person,
    law="carers_allowance",
    cites="SI 1996/2745 regs 9-10 and 12-13, Sch 3; SSI 2023/302 Sch 2 paras 9 and 15",
    label="earnings for Carer's Allowance",
    says=(
        "Pay {gross_pay:,.2f} less sacrificed pay {salary_sacrifice:,.2f}, tax {income_tax_on_earnings:,.2f}, National"
        " Insurance {national_insurance:,.2f} and {law.pension_share_deducted:.0%} of pension contributions"
        " {employee_pension_contribution:,.2f}, and less childcare of {childcare_charges:,.2f} up to"
        " {law.care_costs_share_deducted:.0%} of that, is {result:,.2f}"
    ),
    says_nil="No earnings",
)
def carers_allowance_earnings(
    gross_pay,
    salary_sacrifice,
    income_tax_on_earnings,
    national_insurance,
    employee_pension_contribution,
    childcare_charges,
    law,
):
    """Earnings held against the limit: after tax, National Insurance, half of pension contributions, and care costs.

    Care costs are what is paid, because the carer is at work, for children under 16 or the person cared for, up to half
    of what is left. Simplification: the childcare told is taken to be the carer's to pay; what is paid for the care of
    an adult, and other expenses of the job, are not known. Earnings that go up and down may be averaged (SI 1996/2745
    reg 8); in a month like every other there is nothing to average.
    """
    pension = law.pension_share_deducted * employee_pension_contribution
    net = np.maximum(gross_pay - salary_sacrifice - income_tax_on_earnings - national_insurance - pension, 0.0)
    return net - np.minimum(childcare_charges, law.care_costs_share_deducted * net)


@rule(
    Person,
    law="carers_allowance",
    cites="SI 1976/409 reg 8; SSI 2023/302 reg 14",
    unit="bool",
    label="earns no more than the limit for Carer's Allowance",
)
def is_within_carers_earnings_limit(carers_allowance_earnings, law, rounding):
    """Net earnings a week, fractions of a penny dropped (SI 1996/2745 reg 4), are at most the limit."""
    a_week = rounding.down(carers_allowance_earnings * MONTHS_A_YEAR / WEEKS_A_YEAR)
    return a_week <= law.earnings_limit


@rule(
    Person,
    law="carers_allowance",
    cites="SSCBA 1992 s.70(3); SSI 2023/302 reg 13",
    unit="bool",
    label="a full-time student who cannot have Carer's Allowance",
)
def is_student_outside_carers_allowance(
    is_in_education, age, has_children, has_lcw, has_lcwra, gets_disability_benefit, in_scotland, law
):
    """In full-time education; in Scotland only the youngest without a child, or a disability and limited capability.

    Simplification: in Scotland students of 16 to 19 in advanced education, without parental support or with a partner
    can be paid too, which no household tells.
    """
    excepted = has_children | (gets_disability_benefit & (has_lcw | has_lcwra))
    paid_as_student = in_scotland & ((age >= law.scotland.student_age) | excepted)
    return is_in_education & ~paid_as_student


@rule(
    Person,
    law="carers_allowance",
    cites="SSCBA 1992 s.70; SI 1979/597 reg 4; SSI 2023/302 reg 16",
    label="Carer's Allowance",
    says="Caring, with net earnings of no more than {law.earnings_limit:,.2f} a week: {result:,.2f}",
    says_nil="No Carer's Allowance: it takes caring, a claim, and earnings of at most {law.earnings_limit:,.2f} a week",
    claim=(
        "Claim on GOV.UK, in Northern Ireland on nidirect; in Scotland claim Carer Support Payment on mygov.scot. The"
        " carer element of Universal Credit needs no claim to it."
    ),
    run_on=(
        "A penny over the limit loses all of that week's; there is no run-on. Universal Credit, which takes it off in"
        " full, then rises by as much, and its carer element has no earnings limit."
    ),
    test=("carers_allowance_earnings_tested", "carers_allowance_earnings_limit"),
    nil_unless=("claims_carers_allowance", "stated_carers_allowance"),
)
def carers_allowance(
    claims_carers_allowance,
    stated_carers_allowance,
    is_carer,
    age,
    is_student_outside_carers_allowance,
    is_within_carers_earnings_limit,
    state_pension,
    new_style_jsa,
    new_style_esa,
    maternity_allowance,
    law,
):
    """The allowance for caring 35 hours a week, or the amount told, while earnings are within the limit.

    State Pension, New-style JSA and ESA and Maternity Allowance overlap with it: only what is left above them is paid.
    An amount told is taken as it stands, but goes when earnings pass the limit.
    """
    overlapping = state_pension + new_style_jsa + new_style_esa + maternity_allowance
    qualifies = claims_carers_allowance & is_carer & (age >= law.minimum_age) & ~is_student_outside_carers_allowance
    by_law = np.where(qualifies, np.maximum(law.rate * WEEKS_A_MONTH - overlapping, 0.0), 0.0)
    amount = np.where(stated_carers_allowance > 0, stated_carers_allowance, by_law)
    return np.where(is_within_carers_earnings_limit, amount, 0.0)


@rule(
    Person,
    law="carers_allowance",
    cites="SSI 2025/340 reg 3; Social Security (Scotland) Act 2018 s.81",
    label="Scottish Carer Supplement",
    says="Paid with Carer Support Payment: {result:,.2f}",
    nil_unless="in_scotland",
)
def scottish_carer_supplement(carers_allowance, in_scotland, law):
    """Paid on top of the allowance in Scotland: weekly since March 2026, lump sums before, spread over the year.

    It is not income for Universal Credit.
    """
    scotland = law.scotland
    amount = scotland.supplement * WEEKS_A_MONTH + scotland.lump_sum * scotland.lump_sums_a_year / MONTHS_A_YEAR
    return np.where(in_scotland & (carers_allowance > 0), amount, 0.0)


# How far pay is from the limit


@rule(
    Person,
    law="carers_allowance",
    cites="SI 1976/409 reg 8; SSI 2023/302 reg 14",
    unit="bool",
    label="has Carer's Allowance but for pay",
)
def has_carers_allowance_but_for_pay(
    claims_carers_allowance,
    stated_carers_allowance,
    is_carer,
    is_adult_of_unit,
    age,
    is_student_outside_carers_allowance,
    law,
):
    """An adult who has the allowance, or would have it were pay lower."""
    qualifies = claims_carers_allowance & is_carer & (age >= law.minimum_age) & ~is_student_outside_carers_allowance
    return is_adult_of_unit & (qualifies | (stated_carers_allowance > 0))


@rule(Person, cites="SI 1976/409 reg 8; SSI 2023/302 reg 14", label="earnings of someone with Carer's Allowance")
def carers_allowance_earnings_of_person(has_carers_allowance_but_for_pay, carers_allowance_earnings):
    """Earnings held against the limit, of an adult whom it concerns; nil for others."""
    return np.where(has_carers_allowance_but_for_pay, carers_allowance_earnings, 0.0)


@rule(
    Person,
    law="carers_allowance",
    cites="SI 1976/409 reg 8; SSI 2023/302 reg 14",
    label="pay that one's Carer's Allowance lets pass",
)
def carers_allowance_earnings_limit_of_person(has_carers_allowance_but_for_pay, law):
    """The earnings limit a month, of an adult whom it concerns; nil for others."""
    return np.where(has_carers_allowance_but_for_pay, law.earnings_limit * WEEKS_A_MONTH, 0.0)


carers_allowance_earnings_tested = highest(
    BenefitUnit,
    of="carers_allowance_earnings_of_person",
    cites="SI 1976/409 reg 8; SSI 2023/302 reg 14",
    label="net earnings that Carer's Allowance looks at",
)
carers_allowance_earnings_limit = highest(
    BenefitUnit,
    of="carers_allowance_earnings_limit_of_person",
    cites="SI 1976/409 reg 8; SSI 2023/302 reg 14",
    label="net earnings that Carer's Allowance lets pass",
)
