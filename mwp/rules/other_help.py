"""Other help that a benefit opens or that starting work brings, and what is kept whatever is earned.

One-off payments are spread over the twelve months in which they could be had. Help that depends on an event (a funeral,
a disabled person's home to adapt, a crisis) is worth nothing in a month without it: the rules say who has the way in,
and give no money value. What councils and jobcentres give at their discretion has no rule to model beyond that way in:
Flexible Support Fund, Scottish Welfare Fund, Discretionary Assistance Fund and councils' crisis funds. Amounts are
pounds a month.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import any_of, rule, total
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH

# Job Start Payment (Scotland)

_JOB_START = "Employment and Training Act 1973 s.2; the Scottish Government's criteria"


@rule(Person, law="other_help", cites=_JOB_START, unit="bool")
def can_have_job_start_payment(is_adult_of_unit, age, months_out_of_work, in_scotland, claims_universal_credit, law):
    """In Scotland, young, and out of work and on benefits long enough before the job.

    Simplification: Universal Credit is taken to have been paid for the months out of work that are told. Not modelled:
    care leavers, who need no months and may be a year older.
    """
    scheme = law.job_start_payment
    young = (age >= scheme.youngest) & (age <= scheme.oldest)
    waited = months_out_of_work >= scheme.months_out_of_work
    return is_adult_of_unit & in_scotland & claims_universal_credit & young & waited


@rule(
    Person,
    law="other_help",
    cites=_JOB_START,
    label="Job Start Payment",
    claim="Apply to Social Security Scotland within three months of the job offer.",
    run_on="Paid once, on the offer of a job; it is not paid back.",
    says="A payment for starting work, {result:,.2f} a month over the first year",
    says_nil="No Job Start Payment",
)
def job_start_payment_of_person(can_have_job_start_payment, hours, has_children, law):
    """A single payment to a young person offered a job of enough hours, a twelfth a month for the first year."""
    scheme = law.job_start_payment
    amount = np.where(has_children, scheme.with_children, scheme.amount)
    return np.where(can_have_job_start_payment & (hours >= scheme.least_hours), amount / MONTHS_A_YEAR, 0.0)


job_start_payment = total(
    BenefitUnit,
    of="job_start_payment_of_person",
    label="Job Start Payment",
    cites=_JOB_START,
    doc="Single payments to young people starting work in Scotland, a twelfth a month for the first year.",
)


# Young Carer Grant (Scotland)


@rule(Person, law="other_help", cites="SSI 2019/324 regs 4-8", label="Young Carer Grant of each adult")
def young_carer_grant_of_person(
    is_adult_of_unit, age, caring_hours, cares_for_disabled_person, claims_carers_allowance, stated_carers_allowance,
    in_scotland, law,
):  # fmt: skip
    """A yearly grant to carers of 16 to 18, whatever they earn, who do not claim Carer Support Payment."""
    scheme = law.young_carer_grant
    young = (age >= scheme.youngest) & (age <= scheme.oldest)
    cares = cares_for_disabled_person & (caring_hours >= scheme.hours_of_care)
    paid_to_care = claims_carers_allowance | (stated_carers_allowance > 0)
    entitled = is_adult_of_unit & in_scotland & young & cares & ~paid_to_care
    return np.where(entitled, scheme.amount / MONTHS_A_YEAR, 0.0)


young_carer_grant = total(
    BenefitUnit,
    of="young_carer_grant_of_person",
    label="Young Carer Grant",
    cites="SSI 2019/324 regs 4-8",
    doc="Yearly grants to young carers in Scotland, a twelfth a month; they do not depend on what is earned.",
)


# Disabled Facilities Grant (not in Scotland)


@rule(
    BenefitUnit,
    cites="Housing Grants, Construction and Regeneration Act 1996 ss.23, 30; SI 1996/2890",
    unit="bool",
    label="Disabled Facilities Grant without a means test",
    claim="Ask the council (in Northern Ireland, the Housing Executive) for an assessment of the home and a grant.",
    run_on=(
        "The means test is made when the grant is applied for: a grant approved by then is kept. For a child there is"
        " no means test at any income."
    ),
)
def has_disabled_facilities_grant_in_full(
    is_claimants_unit, has_disabled_adult, has_disabled_child, universal_credit, in_scotland, in_northern_ireland
):
    """Adaptations paid for in full, up to the most there is: for a child always, for an adult on Universal Credit.

    Not modelled: the means test of an adult without Universal Credit, Northern Ireland's test for adults, and
    Scotland's own grants. Being on PIP, or blind, stands for needing an adaptation.
    """
    for_adult = has_disabled_adult & (universal_credit > 0) & ~in_northern_ireland
    return is_claimants_unit & ~in_scotland & (has_disabled_child | for_adult)


@rule(
    BenefitUnit,
    law="other_help",
    cites="SI 2008/1189 art 2; WSI 2008/2370; SR 2003/463 art 2",
    unit="currency-GBP a grant",
    label="most of a Disabled Facilities Grant",
    says="A grant of up to {result:,.0f} for adapting the home",
    says_nil="No grant without a means test",
)
def disabled_facilities_grant_at_most(has_disabled_facilities_grant_in_full, in_england, in_wales, law):
    """The most of one grant, which pays for adaptations that are needed; no value is counted in a month."""
    most = law.disabled_facilities_grant
    limit = np.select([in_england, in_wales], [most.england, most.wales], most.northern_ireland)
    return np.where(has_disabled_facilities_grant_in_full, limit, 0.0)


# Funerals, rent that is not met, crises


@rule(
    BenefitUnit,
    cites="SI 2005/3061 reg 7; SSI 2019/292 reg 8",
    unit="bool",
    label="help with a funeral",
    claim=(
        "Claim Funeral Expenses Payment from DWP (in Northern Ireland, the Department for Communities), or in Scotland"
        " Funeral Support Payment from Social Security Scotland, up to six months after the funeral."
    ),
    run_on="At once: Universal Credit must be in payment when the claim is made.",
)
def has_funeral_payment_passport(universal_credit):
    """On Universal Credit, whatever is earned, the cost of burial or cremation and part of the rest can be claimed."""
    return universal_credit > 0


@rule(
    BenefitUnit,
    cites="SI 2001/1167 reg 2; Social Security (Scotland) Act 2018 s.88; SR 2001/216;"
    " Crisis and Resilience Fund guidance 2026 to 2029",
    unit="bool",
    label="can ask for help with rent",
    claim=(
        "Ask the council for a discretionary housing payment; in England, since April 2026, for a housing payment from"
        " the Crisis and Resilience Fund."
    ),
    run_on="At once: it takes an award of Universal Credit with a housing element in it.",
    grade="local scheme",
)
def can_ask_for_housing_payment(universal_credit, uc_housing_element):
    """On Universal Credit with help for rent in it, more help with rent can be asked for; the council decides."""
    return (universal_credit > 0) & (uc_housing_element > 0)


@rule(BenefitUnit, law="*", cites="SR 2016/270 reg 15(2)", label="income limit of Discretionary Support")
def discretionary_support_limit(is_claimants_unit, in_northern_ireland, law):
    """Northern Ireland's income limit for help in a crisis: so many hours a week at the National Living Wage."""
    hours = law.other_help.discretionary_support.hours_a_week
    limit = hours * law.minimum_wage.national_living_wage * WEEKS_A_MONTH
    return np.where(is_claimants_unit & in_northern_ireland, limit, 0.0)


@rule(Person, cites="SR 2016/270 reg 15(3)")
def discretionary_support_income_of_person(net_earnings, unearned_income_before_tax):
    """One adult's take-home pay and other private income.

    Simplification: means-tested benefits are left out; which benefits the regulations disregard was not to be seen.
    """
    return net_earnings + unearned_income_before_tax


discretionary_support_income = total(
    BenefitUnit, of="discretionary_support_income_of_person", label="income that counts for Discretionary Support"
)


@rule(
    BenefitUnit,
    cites="SR 2016/270 regs 10 and 15",
    unit="bool",
    label="can ask for Discretionary Support",
    claim="Phone the Finance Support team of the Department for Communities; it is for an emergency.",
    run_on="At once: income over a year, reckoned from what it is now, must be within the limit.",
    test=("discretionary_support_income", "discretionary_support_limit"),
    grade="local scheme",
)
def can_ask_for_discretionary_support(discretionary_support_income, discretionary_support_limit):
    """In Northern Ireland, with income within the limit, a grant or loan in a crisis; the Department decides."""
    return (discretionary_support_limit > 0) & (discretionary_support_income <= discretionary_support_limit)


# Concessionary travel, which nothing earned takes away


@rule(
    Person,
    law="other_help",
    cites="Concessionary Bus Travel Act 2007; Transport Act 2000 ss.145A-146; SSI 2006/107; SSI 2021/175;"
    " SI 1977/599 art 5",
    unit="bool",
)
def has_bus_pass(
    is_adult_of_unit, age, is_over_state_pension_age, pip_mobility, is_blind, in_england, in_greater_london,
    in_scotland, law,
):  # fmt: skip
    """An adult old enough, disabled, or in Scotland young enough, for free bus travel (in part half fare, in NI).

    Simplification: any rate of PIP's mobility component stands for the points for moving around that councils ask for.
    """
    ages = law.concessionary_travel
    from_60 = ~in_england | in_greater_london
    old = np.where(from_60, age >= ages.older_age, is_over_state_pension_age)
    young = in_scotland & (age < ages.scotland_under_age)
    return is_adult_of_unit & (old | young | (pip_mobility > 0) | is_blind)


has_concessionary_travel = any_of(
    BenefitUnit,
    of="has_bus_pass",
    label="free bus travel",
    cites="Concessionary Bus Travel Act 2007",
    doc="A claimant or partner with a bus pass, which does not depend on what is earned.",
)
