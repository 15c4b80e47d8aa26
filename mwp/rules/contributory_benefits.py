"""New-style Jobseeker's Allowance and New-style Employment and Support Allowance: what work leaves of them.

Jobseekers Act 1995 ss.1-4; Jobseeker's Allowance Regulations 2013 (SI 2013/378). Welfare Reform Act 2007 ss.1A-3;
Employment and Support Allowance Regulations 2013 (SI 2013/379). Northern Ireland's regulations (SR 2016/218 and
219) mirror these. Both rest on contributions paid, look at the claimant's own work alone, and count in full as income
for Universal Credit. Amounts are pounds a month.

Jobseeker's Allowance falls by a pound for each pound of net earnings above a small amount, and ends at 16 hours of
work. Employment and Support Allowance stays whole while work is permitted, and ends whole when it is not.

Simplification: how long either has been paid (182 days; a year outside the support group), waiting days, the larger
amounts ignored for part-time firefighters, coastguards and reservists, the old work-related activity component, and
the 10 pence a week below which no Jobseeker's Allowance is paid are left out.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import highest, rule
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH, WEEKS_A_YEAR


@rule(
    Person,
    law="contributory_benefits",
    cites="SI 2013/378 regs 58-61; SI 2013/379 reg 39 and Part 10",
    label="earnings for New-style JSA and ESA",
    says=(
        "Pay {gross_pay:,.2f} less sacrificed pay {salary_sacrifice:,.2f}, tax {income_tax_on_earnings:,.2f}, National"
        " Insurance {national_insurance:,.2f} and {law.pension_share_deducted:.0%} of pension contributions"
        " {employee_pension_contribution:,.2f} is {result:,.2f}"
    ),
    says_nil="No earnings",
)
def contributory_earnings(
    gross_pay, salary_sacrifice, income_tax_on_earnings, national_insurance, employee_pension_contribution, law
):
    """Earnings that both benefits look at: after tax, National Insurance and half of pension contributions."""
    pension = law.pension_share_deducted * employee_pension_contribution
    return np.maximum(gross_pay - salary_sacrifice - income_tax_on_earnings - national_insurance - pension, 0.0)


# New-style Jobseeker's Allowance


@rule(
    Person,
    law="contributory_benefits",
    cites="Jobseekers Act 1995 s.4; SI 2013/378 regs 49 and 51",
    label="New-style JSA before work is looked at",
)
def full_new_style_jsa(claims_new_style_jsa, stated_new_style_jsa, age, occupational_pension, law):
    """The amount told, or the rate by age less a pension in payment above what is ignored; before pay comes off."""
    jsa = law.new_style_jsa
    rate = np.where(age < jsa.older_age, jsa.under_25, jsa.from_25) * WEEKS_A_MONTH
    pension = np.maximum(occupational_pension - jsa.pension_ignored * WEEKS_A_MONTH, 0.0)
    by_law = np.where(claims_new_style_jsa, np.maximum(rate - pension, 0.0), 0.0)
    return np.where(stated_new_style_jsa > 0, stated_new_style_jsa, by_law)


@rule(
    Person,
    law="contributory_benefits",
    cites="SI 2013/378 regs 42, 50 and 59; Jobseekers Act 1995 ss.1(2)(e) and 4(1)(b)",
    label="New-style Jobseeker's Allowance",
    says=(
        "Of {full_new_style_jsa:,.2f}, net earnings of {contributory_earnings:,.2f} take off all but the first"
        " {law.new_style_jsa.earnings_ignored:,.2f} a week: {result:,.2f}"
    ),
    says_nil=(
        "No New-style Jobseeker's Allowance: it takes a claim, less than {law.new_style_jsa.hours_limit:.0f} hours of"
        " work a week, and low pay"
    ),
    claim="Claim on GOV.UK, in Northern Ireland on nidirect, or by telephone; recent contributions on pay count.",
    run_on=(
        "It falls with the pay of the same week and stops in the week work reaches 16 hours; there is no run-on. A new"
        " claim within 12 weeks links to the old one."
    ),
    test=("new_style_jsa_earnings", "new_style_jsa_earnings_limit"),
)
def new_style_jsa(full_new_style_jsa, contributory_earnings, hours, law):
    """What is left after pay: a pound off for each pound of net earnings above the disregard, nil from 16 hours."""
    jsa = law.new_style_jsa
    off = np.maximum(contributory_earnings - jsa.earnings_ignored * WEEKS_A_MONTH, 0.0)
    return np.where(hours < jsa.hours_limit, np.maximum(full_new_style_jsa - off, 0.0), 0.0)


@rule(Person, cites="SI 2013/378 reg 50", label="earnings of someone with New-style JSA")
def new_style_jsa_earnings_of_person(full_new_style_jsa, contributory_earnings, is_adult_of_unit):
    """Net earnings of an adult who has New-style Jobseeker's Allowance; nil for others."""
    return np.where(is_adult_of_unit & (full_new_style_jsa > 0), contributory_earnings, 0.0)


@rule(Person, law="contributory_benefits", cites="SI 2013/378 regs 50, 59", label="pay that ends one's New-style JSA")
def new_style_jsa_earnings_limit_of_person(full_new_style_jsa, is_adult_of_unit, law):
    """Net earnings at which nothing is left of New-style Jobseeker's Allowance; nil without one."""
    limit = full_new_style_jsa + law.new_style_jsa.earnings_ignored * WEEKS_A_MONTH
    return np.where(is_adult_of_unit & (full_new_style_jsa > 0), limit, 0.0)


new_style_jsa_earnings = highest(
    BenefitUnit,
    of="new_style_jsa_earnings_of_person",
    cites="SI 2013/378 reg 50",
    label="net earnings that New-style JSA looks at",
)
new_style_jsa_earnings_limit = highest(
    BenefitUnit,
    of="new_style_jsa_earnings_limit_of_person",
    cites="SI 2013/378 reg 50",
    label="net earnings at which New-style JSA is gone",
)


# New-style Employment and Support Allowance


@rule(
    Person,
    law="contributory_benefits",
    cites="Welfare Reform Act 2007 ss.2-3; SI 2013/379 reg 62 and Part 9",
    label="New-style ESA before work is looked at",
)
def full_new_style_esa(
    claims_new_style_esa,
    stated_new_style_esa,
    age,
    has_lcw,
    has_lcwra,
    is_in_esa_support_group,
    occupational_pension,
    law,
):
    """The amount told, or the rate with any support component less half of a pension above what is ignored.

    Somebody found to have limited capability for work is past the assessment, and has the main rate at any age.
    """
    esa = law.new_style_esa
    assessed = has_lcw | has_lcwra | is_in_esa_support_group
    rate = np.where(assessed | (age >= esa.older_age), esa.main, esa.assessment_under_25)
    rate = rate + np.where(is_in_esa_support_group, esa.support_component, 0.0)
    excess = np.maximum(occupational_pension - esa.pension_ignored * WEEKS_A_MONTH, 0.0)
    left = np.maximum(rate * WEEKS_A_MONTH - esa.pension_share_deducted * excess, 0.0)
    by_law = np.where(claims_new_style_esa, left, 0.0)
    return np.where(stated_new_style_esa > 0, stated_new_style_esa, by_law)


@rule(
    Person,
    law="contributory_benefits",
    cites="SI 2013/379 regs 37 and 39(1)(a) and (c)",
    unit="bool",
    label="does no more work than New-style ESA permits",
)
def is_within_permitted_work(hours, contributory_earnings, law, rounding):
    """Fewer than 16 hours a week with net earnings of at most the limit, or hardly any earnings at all.

    Simplification: work as part of treatment or supervised work for disabled people, which no hours limit, and starting
    up in business with help, are not told apart; nor are hours and pay averaged over a cycle of work.
    """
    esa = law.new_style_esa
    a_week = rounding.down(contributory_earnings * MONTHS_A_YEAR / WEEKS_A_YEAR)
    permitted = (hours < esa.hours_limit) & (a_week <= esa.earnings_limit)
    return permitted | (a_week <= esa.lower_earnings_limit)


@rule(
    Person,
    law="contributory_benefits",
    cites="SI 2013/379 regs 37 and 39",
    label="New-style Employment and Support Allowance",
    says=(
        "Work is within {law.new_style_esa.hours_limit:.0f} hours and {law.new_style_esa.earnings_limit:,.2f} a week"
        " net, so nothing comes off: {result:,.2f}"
    ),
    says_nil=(
        "No New-style Employment and Support Allowance: it takes a claim, fewer than"
        " {law.new_style_esa.hours_limit:.0f} hours of work a week, and at most"
        " {law.new_style_esa.earnings_limit:,.2f} a week net"
    ),
    claim=(
        "Claim on GOV.UK, in Northern Ireland on nidirect, or by telephone, with a fit note; tell them of work before"
        " it starts, on the permitted work form."
    ),
    run_on=(
        "All of it ends in the week work goes over either limit. A new claim within 12 weeks goes on where the old one"
        " ended, without another assessment."
    ),
    test=("new_style_esa_earnings", "new_style_esa_earnings_limit"),
)
def new_style_esa(full_new_style_esa, is_within_permitted_work):
    """Whole while work is permitted, nothing when it is not: pay within the limits takes nothing off."""
    return np.where(is_within_permitted_work, full_new_style_esa, 0.0)


@rule(Person, cites="SI 2013/379 reg 39", label="earnings of someone with New-style ESA")
def new_style_esa_earnings_of_person(full_new_style_esa, contributory_earnings, is_adult_of_unit):
    """Net earnings of an adult who has New-style Employment and Support Allowance; nil for others."""
    return np.where(is_adult_of_unit & (full_new_style_esa > 0), contributory_earnings, 0.0)


@rule(Person, law="contributory_benefits", cites="SI 2013/379 reg 39(1)(c)", label="pay one's New-style ESA permits")
def new_style_esa_earnings_limit_of_person(full_new_style_esa, is_adult_of_unit, law):
    """Net earnings that permitted work may bring; nil without New-style Employment and Support Allowance."""
    has_it = is_adult_of_unit & (full_new_style_esa > 0)
    return np.where(has_it, law.new_style_esa.earnings_limit * WEEKS_A_MONTH, 0.0)


new_style_esa_earnings = highest(
    BenefitUnit,
    of="new_style_esa_earnings_of_person",
    cites="SI 2013/379 reg 39",
    label="net earnings that New-style ESA looks at",
)
new_style_esa_earnings_limit = highest(
    BenefitUnit,
    of="new_style_esa_earnings_limit_of_person",
    cites="SI 2013/379 reg 39",
    label="net earnings that New-style ESA permits",
)
