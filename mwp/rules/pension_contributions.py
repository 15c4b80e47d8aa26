"""Workplace pension contributions: who must be enrolled, what goes in, and how tax relief reaches it.

Enrolment follows the Pensions Act 2008, tax relief the Finance Act 2004 ss.188-195. Amounts are pounds a month, one
entry per person.

Simplification: contributions are taken to be within the annual allowance (Finance Act 2004 s.228).
"""

import numpy as np

from mwp.core.entities import Person
from mwp.core.rule import rule
from mwp.core.units import MONTHS_A_YEAR


@rule(
    Person,
    law="pension_contributions",
    cites="Pensions Act 2008 s.3(1)",
    unit="bool",
    label="must be enrolled in a pension",
)
def is_auto_enrolled_by_law(employment_income, age, is_over_state_pension_age, law):
    """Whether an employer must enrol the person: from 22 to State Pension age, with pay above the trigger."""
    earns_enough = employment_income > law.auto_enrolment.trigger
    return earns_enough & (age >= law.auto_enrolment.youngest_age) & ~is_over_state_pension_age


@rule(
    Person,
    law="pension_contributions",
    cites="Pensions Act 2008 s.13",
    says="Of pay of {employment_income:,.2f}, {result:,.2f} lies between {law.qualifying_earnings.lower:,.0f} and "
    "{law.qualifying_earnings.upper:,.0f}",
)
def qualifying_earnings(employment_income, law):
    """The part of a month's pay inside the band that the least contributions are reckoned on."""
    band = law.qualifying_earnings
    return np.maximum(np.minimum(employment_income, band.upper) - band.lower, 0.0)


@rule(
    Person,
    law="*",
    cites="Pensions Act 2008 s.20; Finance Act 2004 s.192",
    label="least contribution under automatic enrolment",
    says="If enrolled at the legal minimum, {result:,.2f} of pay would go to a pension, on qualifying earnings of "
    "{qualifying_earnings:,.2f}",
    says_nil="No employer has to enrol this person",
)
def auto_enrolment_contribution(is_auto_enrolled_by_law, qualifying_earnings, law):
    """What would leave pay for a pension at the legal minimum, with relief at source. It is not taken off by itself."""
    least = law.pension_contributions.auto_enrolment
    share = (least.minimum_total - least.minimum_employer) * (1.0 - law.income_tax.uk.basic_rate)
    return np.where(is_auto_enrolled_by_law, share * qualifying_earnings, 0.0)


@rule(Person, cites="Pensions Act 2008 s.13; the scheme's own rules")
def pensionable_pay(gross_pay, qualifying_earnings, is_self_employed, pension_is_of_qualifying_earnings):
    """What contributions are a share of: all pay before any sacrifice, or an employee's qualifying earnings."""
    return np.where(pension_is_of_qualifying_earnings & ~is_self_employed, qualifying_earnings, gross_pay)


@rule(Person, cites="Finance Act 2004 s.193", nil_unless="pension_is_net_pay")
def net_pay_contribution(employment_income, pensionable_pay, pension_employee_share, pension_is_net_pay):
    """What an employee pays in before tax is worked out, so that all of it escapes tax at the highest rate paid."""
    paid_in = np.minimum(pension_employee_share * pensionable_pay, employment_income)
    return np.where(pension_is_net_pay, paid_in, 0.0)


@rule(Person, cites="Finance Act 2004 ss.188, 190, 192", nil_unless="pension_employee_share")
def relief_at_source_contribution(
    pensionable_pay, pension_employee_share, is_self_employed, pension_is_relief_at_source
):
    """What goes in with relief at source: the person's own payment and the basic rate relief on top.

    The self-employed have no employer to pay before tax, so this is their only way.
    """
    return np.where(pension_is_relief_at_source | is_self_employed, pension_employee_share * pensionable_pay, 0.0)


@rule(
    Person,
    law="*",
    cites="Finance Act 2004 s.192(1)-(3)",
    says="{law.income_tax.uk.basic_rate:.0%} of {relief_at_source_contribution:,.2f} is reclaimed: {result:,.2f}",
    says_nil="No relief at source",
    nil_unless="relief_at_source_contribution",
)
def pension_relief_added(relief_at_source_contribution, law):
    """Basic rate relief that the scheme reclaims and adds to the pension, also for those who pay no tax."""
    return law.income_tax.uk.basic_rate * relief_at_source_contribution


@rule(
    Person,
    cites="Finance Act 2004 ss.192, 193",
    label="pension contribution from pay",
    says="{net_pay_contribution:,.2f} before tax, and {relief_at_source_contribution:,.2f} less relief of "
    "{pension_relief_added:,.2f} after it, leave pay",
    says_nil="No pension contribution leaves pay",
)
def employee_pension_contribution(net_pay_contribution, relief_at_source_contribution, pension_relief_added):
    """What leaves the person's pay for a pension; pay that is sacrificed is not in it, as it was never paid."""
    return net_pay_contribution + relief_at_source_contribution - pension_relief_added


@rule(Person, cites="Finance Act 2004 s.196; ITEPA 2003 s.308")
def employer_pension_contribution(employment_income, pensionable_pay, pension_employer_share, salary_sacrifice):
    """What the employer pays in, sacrificed pay included. Free of tax and National Insurance."""
    return np.where(employment_income > 0, pension_employer_share * pensionable_pay, 0.0) + salary_sacrifice


@rule(
    Person,
    law="income_tax",
    cites="Finance Act 2004 s.193A",
    label="pension top-up for low earners",
    says="Income below the personal allowance gets no relief through net pay: HMRC pays {result:,.2f} after the year"
    " ends",
    says_nil="No top-up: no contribution of a low earner before tax",
)
def net_pay_top_up(total_taxable_income, net_pay_contribution, law):
    """What HMRC pays after the year's end to an employee whose income in all is too low for relief before tax to help.

    It is no part of take-home pay.
    """
    unused = np.maximum(law.personal_allowance.amount / MONTHS_A_YEAR - total_taxable_income, 0.0)
    return law.uk.basic_rate * np.minimum(net_pay_contribution, unused)
