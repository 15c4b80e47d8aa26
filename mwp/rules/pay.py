"""Pay: what work brings in, the lowest wage the law allows, and what is left to take home.

Minimum wages follow the National Minimum Wage Regulations 2015 (SI 2015/621); what counts as pay and profit, the
Income Tax (Earnings and Pensions) Act 2003 (ITEPA 2003) and the Income Tax (Trading and Other Income) Act 2005 (ITTOIA
2005). Amounts are pounds a month and wages pounds an hour, one entry per person.
"""

import numpy as np

from mwp.core.entities import Person
from mwp.core.rounding import PENNY
from mwp.core.rule import rule

AN_HOUR = "currency-GBP an hour"


@rule(Person, cites="ITEPA 2003 s.62; ITTOIA 2005 s.5")
def gross_pay(hours_a_month, hourly_wage, stated_pay):
    """Pay or profit before anything comes off: hours of a month at the wage, and what is told as an amount."""
    return hours_a_month * hourly_wage + stated_pay


@rule(Person, cites="ITEPA 2003 s.62")
def employment_income(gross_pay, is_self_employed):
    """An employee's gross cash pay, what is sacrificed for a pension included."""
    return np.where(is_self_employed, 0.0, gross_pay)


@rule(Person, cites="ITTOIA 2005 ss.5, 7", nil_unless="is_self_employed")
def self_employment_income(gross_pay, is_self_employed):
    """Profit of the self-employed, after the expenses of the business."""
    return np.where(is_self_employed, gross_pay, 0.0)


@rule(
    Person,
    cites="ITEPA 2003 ss.62, 308",
    says="{pension_employee_share:.1%} of pay of {pensionable_pay:,.2f} is given up, and the employer pays it in",
    says_nil="No pay is given up for a pension",
    nil_unless="pension_is_salary_sacrifice",
)
def salary_sacrifice(employment_income, pensionable_pay, pension_employee_share, pension_is_salary_sacrifice):
    """Pay given up by agreement with the employer, who pays it into the pension instead."""
    given_up = np.minimum(pension_employee_share * pensionable_pay, employment_income)
    return np.where(pension_is_salary_sacrifice, given_up, 0.0)


@rule(Person, cites="ITEPA 2003 s.62", label="pay after salary sacrifice")
def employed_earnings_after_sacrifice(employment_income, salary_sacrifice):
    """The pay that an employee is entitled to once some is given up; National Insurance is due on it."""
    return employment_income - salary_sacrifice


@rule(
    Person,
    law="minimum_wage",
    cites="SI 2015/621 regs 4, 4A, 5",
    unit=AN_HOUR,
)
def minimum_wage_by_age(age, law):
    """The lowest pay the law allows at an age, pounds an hour, leaving apprentices aside."""
    return np.select(
        [age < law.from_18_age, age < law.national_living_wage_age],
        [law.under_18, law.from_18],
        law.national_living_wage,
    )


@rule(
    Person,
    law="minimum_wage",
    cites="SI 2015/621 regs 4, 4A, 5",
    unit=AN_HOUR,
)
def minimum_wage(minimum_wage_by_age, is_apprentice, law):
    """The lowest pay the law allows, pounds an hour: by age, or the apprentice rate."""
    return np.where(is_apprentice, law.apprentice, minimum_wage_by_age)


@rule(
    Person,
    cites="National Minimum Wage Act 1998 s.1; SI 2015/621 reg 7",
    unit="bool",
    label="paid below the minimum wage",
)
def is_paid_below_minimum_wage(employed_earnings_after_sacrifice, hours_a_month, minimum_wage):
    """Whether an employee's pay, less what is sacrificed, is under the minimum wage for hours that are known.

    A penny a month is let pass: a payslip may have rounded it off.
    """
    is_employed_by_the_hour = (hours_a_month > 0) & (employed_earnings_after_sacrifice > 0)
    return is_employed_by_the_hour & (employed_earnings_after_sacrifice < hours_a_month * minimum_wage - PENNY)


@rule(
    Person,
    law="minimum_wage",
    cites="Living Wage Foundation (voluntary)",
    unit=AN_HOUR,
    label="real Living Wage",
    grade="valuation",
)
def real_living_wage(age, in_greater_london, law):
    """What accredited employers choose to pay from 18, pounds an hour; nil below that age. No law asks it."""
    rate = np.where(in_greater_london, law.real_living_wage.london, law.real_living_wage.uk)
    return np.where(age >= law.real_living_wage_age, rate, 0.0)


@rule(
    Person,
    cites="ITEPA 2003 s.62; SI 2003/2682 reg 21",
    says="Pay of {gross_pay:,.2f} less what is sacrificed {salary_sacrifice:,.2f}, tax {income_tax_on_earnings:,.2f}, "
    "National Insurance {national_insurance:,.2f}, student loan {student_loan_repayment:,.2f} and pension "
    "{employee_pension_contribution:,.2f} leaves {result:,.2f}",
)
def take_home_pay(
    gross_pay,
    salary_sacrifice,
    income_tax_on_earnings,
    national_insurance,
    student_loan_repayment,
    employee_pension_contribution,
):
    """What work leaves after tax on earnings, National Insurance, student loan and the person's own pension saving."""
    off = salary_sacrifice + employee_pension_contribution + student_loan_repayment
    return gross_pay - off - income_tax_on_earnings - national_insurance
