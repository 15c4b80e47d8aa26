"""Repayments of student loans out of pay and profit.

In the order of the Education (Student Loans) (Repayment) Regulations 2009 (SI 2009/470), which HMRC also applies to
Scottish and Northern Irish loans. Amounts are pounds a month, one entry per person. Whole pounds are taken.

Simplification: income other than pay and profit counts only in a tax return and above 2,000 pounds a year (reg 29);
it is left out.
"""

from functools import reduce

import numpy as np

from mwp.core.entities import Person
from mwp.core.rounding import POUND, Rounding
from mwp.core.rule import rule
from mwp.core.units import MONTHS_A_YEAR


@rule(Person, law="student_loans", cites="SI 2009/470 regs 3, 15", unit="bool", label="repays an undergraduate loan")
def repays_undergraduate_loan(
    has_student_loan_plan_1, has_student_loan_plan_2, has_student_loan_plan_4, has_student_loan_plan_5, law
):
    """Whether any undergraduate plan is being repaid; plan 5 was not before April 2026."""
    earlier = has_student_loan_plan_1 | has_student_loan_plan_2 | has_student_loan_plan_4
    return earlier | (has_student_loan_plan_5 & bool(law.plan_5.is_repaid))


@rule(
    Person,
    law="student_loans",
    cites="SI 2009/470 regs 3(1), 29, 44(2)",
    unit="currency-GBP a year",
    label="undergraduate loan threshold",
)
def undergraduate_loan_threshold(
    repays_undergraduate_loan,
    has_student_loan_plan_1,
    has_student_loan_plan_2,
    has_student_loan_plan_4,
    has_student_loan_plan_5,
    law,
):
    """Pay a year above which repayment starts: the lowest of the plans held. Nil where none is repaid."""
    lowest = reduce(
        np.minimum,
        [
            np.where(has_student_loan_plan_1, law.plan_1.threshold, np.inf),
            np.where(has_student_loan_plan_2, law.plan_2.threshold, np.inf),
            np.where(has_student_loan_plan_4, law.plan_4.threshold, np.inf),
            np.where(has_student_loan_plan_5 & bool(law.plan_5.is_repaid), law.plan_5.threshold, np.inf),
        ],
    )
    return np.where(repays_undergraduate_loan, lowest, 0.0)


def _repayment(pay, profit, rate, threshold_a_year, rounding: Rounding):
    """A share of a month's pay and of a year's profit above the threshold, each in whole pounds; pounds a month."""
    from_pay = rounding.down(rate * np.maximum(pay - threshold_a_year / MONTHS_A_YEAR, 0.0), POUND)
    from_profit = rounding.down(rate * np.maximum(profit * MONTHS_A_YEAR - threshold_a_year, 0.0), POUND)
    return from_pay + from_profit / MONTHS_A_YEAR


@rule(
    Person,
    law="student_loans",
    cites="SI 2009/470 regs 29, 44",
    says="{law.undergraduate_rate:.0%} of pay above {undergraduate_loan_threshold:,.0f} a year, in whole "
    "pounds: {result:,.2f}",
    says_nil="No undergraduate loan, or pay below its threshold",
    nil_unless="repays_undergraduate_loan",
)
def undergraduate_loan_repayment(
    employed_earnings_after_sacrifice,
    self_employment_income,
    repays_undergraduate_loan,
    undergraduate_loan_threshold,
    law,
    rounding,
):
    """9% above the lowest threshold, once however many plans are held."""
    due = _repayment(
        employed_earnings_after_sacrifice,
        self_employment_income,
        law.undergraduate_rate,
        undergraduate_loan_threshold,
        rounding,
    )
    return np.where(repays_undergraduate_loan, due, 0.0)


@rule(
    Person,
    law="student_loans",
    cites="SI 2009/470 regs 29, 44",
    says="{law.postgraduate.rate:.0%} of pay above {law.postgraduate.threshold:,.0f} a year, in whole "
    "pounds: {result:,.2f}",
    says_nil="No postgraduate loan, or pay below its threshold",
    nil_unless="has_postgraduate_loan",
)
def postgraduate_loan_repayment(
    employed_earnings_after_sacrifice, self_employment_income, has_postgraduate_loan, law, rounding
):
    """6% above the postgraduate threshold, on top of any undergraduate plan."""
    due = _repayment(
        employed_earnings_after_sacrifice,
        self_employment_income,
        law.postgraduate.rate,
        law.postgraduate.threshold,
        rounding,
    )
    return np.where(has_postgraduate_loan, due, 0.0)


@rule(Person, cites="SI 2009/470 regs 29, 44")
def student_loan_repayment(undergraduate_loan_repayment, postgraduate_loan_repayment):
    """What student loans take. Universal Credit does not count it as a deduction from earnings."""
    return undergraduate_loan_repayment + postgraduate_loan_repayment
