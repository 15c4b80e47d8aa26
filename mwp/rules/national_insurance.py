"""National Insurance contributions of employees, employers and the self-employed.

In the order of the Social Security Contributions and Benefits Act 1992, Part I, with the limits of the Social
Security (Contributions) Regulations 2001 (SI 2001/1004). Amounts are pounds a month, one entry per person.

Simplification: one job a person; directors, who have a yearly earnings period, are not told apart.
"""

import numpy as np

from mwp.core.days import latest, years_before
from mwp.core.entities import Person
from mwp.core.rounding import Rounding
from mwp.core.rule import rule
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH


def class_1_employee(pay_a_month, law):
    """An employee's contribution on a month's pay, unrounded, pounds a month (SSCBA 1992 s.8)."""
    rates = law.class_1
    main = np.minimum(pay_a_month, rates.upper_earnings_limit) - rates.primary_threshold
    additional = np.maximum(pay_a_month - rates.upper_earnings_limit, 0.0)
    return rates.main_rate * np.maximum(main, 0.0) + rates.additional_rate * additional


def class_4(profit_a_year, law):
    """A self-employed person's contribution on a year's profit, unrounded, pounds a year (SSCBA 1992 s.15)."""
    rates = law.class_4
    main = np.minimum(profit_a_year, rates.upper_profits_limit) - rates.lower_profits_limit
    additional = np.maximum(profit_a_year - rates.upper_profits_limit, 0.0)
    return rates.main_rate * np.maximum(main, 0.0) + rates.additional_rate * additional


def _to_the_penny(amount, rounding: Rounding):
    """To the nearest penny, half a penny being dropped (SI 2001/1004 reg 12(1)).

    `nearest` takes a half up; below zero that is towards zero, hence the two changes of sign.
    """
    return 0.0 - rounding.nearest(-amount)


@rule(
    Person,
    law="national_insurance",
    cites="Pensions Act 1995 Sch 4 para 1; Pensions Act 2014 s.26",
    unit="bool",
    label="over State Pension age",
)
def is_over_state_pension_age(age, born, law):
    """Whether State Pension age has come: 66, and later for those born from 6 April 1960.

    Simplification: those born within the same month of the timetable reach it together, at the month's start.
    """
    return (age >= law.state_pension_age.age) & (born <= law.state_pension_age.latest_birth)


@rule(
    Person,
    law="national_insurance",
    cites="SSCBA 1992 ss.6(1)(a), 6(3), 11(7), 15; SI 2001/1004 regs 91, 93",
    unit="bool",
)
def is_of_contribution_age(age, is_over_state_pension_age, law):
    """From 16 to State Pension age."""
    return (age >= law.youngest_age) & ~is_over_state_pension_age


@rule(Person, law="national_insurance", cites="SSCBA 1992 s.15; SI 2001/1004 regs 91 and 93", unit="bool")
def is_of_class_4_age(born, is_over_state_pension_age, on, law):
    """16, and not over State Pension age, when the tax year began: whoever reaches it pays to the end of the year."""
    began = latest(law.tax_year_starts, on)
    was_old_enough = born <= years_before(began, law.youngest_age)
    was_over = born <= np.minimum(years_before(began, law.state_pension_age.age), law.state_pension_age.last_at_66)
    return was_old_enough & ~(is_over_state_pension_age & was_over)


@rule(
    Person,
    law="national_insurance",
    cites="SSCBA 1992 ss.6, 8; SI 2001/1004 regs 10-12",
    label="employee National Insurance",
    says="Of pay of {employed_earnings_after_sacrifice:,.2f}, {law.class_1.main_rate:.0%} of what lies between "
    "{law.class_1.primary_threshold:,.0f} and {law.class_1.upper_earnings_limit:,.0f} a month and "
    "{law.class_1.additional_rate:.0%} of the rest: {result:,.2f}",
    says_nil="No pay above the primary threshold, or not of an age to contribute",
)
def ni_class_1(employed_earnings_after_sacrifice, is_of_contribution_age, law, rounding):
    """An employee's contribution: of pay after salary sacrifice; pension contributions from pay do not lower it."""
    due = _to_the_penny(class_1_employee(employed_earnings_after_sacrifice, law), rounding)
    return np.where(is_of_contribution_age, due, 0.0)


@rule(Person, law="national_insurance", cites="SSCBA 1992 ss.9A, 9B; SI 2001/1004 regs 10, 11(3A)-(3C)")
def employer_ni_threshold(age, is_apprentice, law):
    """Pay a month above which the employer contributes: higher for those under 21 and apprentices under 25."""
    employer = law.employer
    relieved = (age < employer.young_worker_age) | (is_apprentice & (age < employer.apprentice_age))
    return np.where(relieved, employer.upper_secondary_threshold, employer.secondary_threshold)


@rule(
    Person,
    law="national_insurance",
    cites="SSCBA 1992 ss.6, 9-9B; SI 2001/1004 reg 12",
    label="employer National Insurance",
    says="The employer pays {law.employer.rate:.1%} of pay above {employer_ni_threshold:,.0f}: {result:,.2f}, "
    "before any Employment Allowance",
    says_nil="Pay is below the employer's threshold of {employer_ni_threshold:,.0f}",
)
def employer_national_insurance(employed_earnings_after_sacrifice, employer_ni_threshold, age, law, rounding):
    """The employer's own contribution, with no upper limit and no end at State Pension age.

    Simplification: before the Employment Allowance, which an employer has once for all its staff.
    """
    due = law.employer.rate * np.maximum(employed_earnings_after_sacrifice - employer_ni_threshold, 0.0)
    return np.where(age >= law.youngest_age, _to_the_penny(due, rounding), 0.0)


@rule(
    Person,
    law="national_insurance",
    cites="SSCBA 1992 s.11(6)",
    label="voluntary Class 2 contribution",
    says_nil="Nothing to pay: Class 2 is treated as paid, or the person is not self-employed",
    says="Profit is below {law.class_2.small_profits_threshold:,.0f} a year: it counts if "
    "{result:,.2f} a month is paid",
)
def ni_class_2_if_volunteered(self_employment_income, is_self_employed, is_of_contribution_age, law):
    """What a month of voluntary Class 2 would cost someone below the small profits threshold. It is not taken off."""
    is_small = self_employment_income * MONTHS_A_YEAR < law.class_2.small_profits_threshold
    may_pay = is_self_employed & is_of_contribution_age & is_small
    return np.where(may_pay, law.class_2.voluntary_rate * WEEKS_A_MONTH, 0.0)


@rule(
    Person,
    law="national_insurance",
    cites="SSCBA 1992 s.15; SI 2001/1004 regs 91, 93",
    label="self-employed National Insurance",
    says="{law.class_4.main_rate:.0%} of profit between {law.class_4.lower_profits_limit:,.0f} and "
    "{law.class_4.upper_profits_limit:,.0f} a year and {law.class_4.additional_rate:.0%} of the rest: "
    "{result:,.2f} a month",
    says_nil="No profit above the lower profits limit, or not of an age to contribute",
    nil_unless="self_employment_income",
)
def ni_class_4(self_employment_income, is_of_class_4_age, law, rounding):
    """A self-employed person's contribution, a twelfth of the year's."""
    due = rounding.nearest(class_4(self_employment_income * MONTHS_A_YEAR, law)) / MONTHS_A_YEAR
    return np.where(is_of_class_4_age, due, 0.0)


@rule(Person, cites="SSCBA 1992 ss.6, 15", label="National Insurance")
def national_insurance(ni_class_1, ni_class_4):
    """All that an employee or self-employed person must pay. Class 2 asks nothing since April 2024."""
    return ni_class_1 + ni_class_4


@rule(Person, law="national_insurance", cites="SSCBA 1992 ss.6A, 11, 22; SI 2001/1004 reg 11(2)", unit="bool")
def ni_counts_for_state_pension(employed_earnings_after_sacrifice, self_employment_income, is_of_contribution_age, law):
    """Whether work counts towards State Pension: pay from the lower earnings limit, or profit from the threshold."""
    by_pay = employed_earnings_after_sacrifice >= law.class_1.lower_earnings_limit
    by_profit = self_employment_income * MONTHS_A_YEAR >= law.class_2.small_profits_threshold
    return is_of_contribution_age & (by_pay | by_profit)
