"""Help with court fees, and civil legal aid: worth nothing in a month without a case, and much in a month with one.

Court fees in England and Wales follow the remission schedule that all fee orders share (Civil Proceedings Fees Order
2008, SI 2008/1053 Sch 2 paras 3-11A, as amended by SI 2023/1094; SI 2024/148 Sch 2 is the same), in Scotland the
Sheriff Court Fees Order 2024 (SSI 2024/235). Legal aid in England and Wales follows the Civil Legal Aid (Financial
Resources and Payment for Services) Regulations 2013 (SI 2013/480), in Scotland the Civil Legal Aid (Scotland)
Regulations 2002 (SSI 2002/494). Amounts are pounds a month.

What a case would cost is not known beforehand, so no money value is given: the rules say who has the help, and up to
what income. Northern Ireland has fee remission and legal aid of its own, which are not modelled.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import any_of, count, rule, total
from mwp.core.units import MONTHS_A_YEAR

# Income before tax, which courts ask for


@rule(Person, cites="SI 2008/1053 Sch 2 para 1; SI 2013/480 reg 21", label="other income before tax")
def unearned_income_before_tax(
    is_adult_of_unit, occupational_pension, state_pension, rental_income, dividends, interest, new_style_jsa,
    new_style_esa, maternity_allowance,
):  # fmt: skip
    """One adult's pensions, rent, savings income and contributory benefits, before tax."""
    private = occupational_pension + state_pension + rental_income + dividends + interest
    return np.where(is_adult_of_unit, private + new_style_jsa + new_style_esa + maternity_allowance, 0.0)


@rule(Person, cites="SI 2008/1053 Sch 2 para 1; SI 2013/480 reg 21", label="gross income")
def gross_income(gross_pay, salary_sacrifice, unearned_income_before_tax, is_adult_of_unit):
    """One adult's pay or profit, after any pay given up for a pension, and other income before tax."""
    return np.where(is_adult_of_unit, gross_pay - salary_sacrifice + unearned_income_before_tax, 0.0)


gross_income_of_unit = total(BenefitUnit, of="gross_income", label="gross income of both adults")


@rule(BenefitUnit, cites="SI 2008/1053 Sch 2 para 1; SI 2013/480 reg 21", label="income before tax with family income")
def gross_monthly_income(gross_income_of_unit, maintenance, child_maintenance, child_benefit):
    """All income before tax of claimant and partner, maintenance and Child Benefit in it, without Universal Credit.

    Carer's Allowance, PIP and other disability benefits are left out, as both sets of rules do.
    """
    return gross_income_of_unit + maintenance + child_maintenance + child_benefit


# Court fees: the capital test (para 3)


@rule(Person, law="justice", cites="SI 2008/1053 Sch 2 para 4", unit="bool")
def is_of_higher_court_fee_capital_age(is_adult_of_unit, age, law):
    """An adult old enough for the higher capital limit whatever the fee."""
    return is_adult_of_unit & (age >= law.court_fees.higher_capital_age)


has_adult_of_higher_court_fee_capital_age = any_of(BenefitUnit, of="is_of_higher_court_fee_capital_age")


@rule(BenefitUnit, law="justice", cites="SI 2008/1053 Sch 2 paras 3-4", unit="bool")
def is_within_court_fee_capital(savings, has_adult_of_higher_court_fee_capital_age, law):
    """Savings below the limit for a fee of up to 1,420 pounds; larger fees allow three times the fee, up to 16,000."""
    fees = law.court_fees
    limit = np.where(has_adult_of_higher_court_fee_capital_age, fees.higher_capital_limit, fees.capital_limit)
    return savings < limit


# Court fees: the income test (paras 11-11A)


@rule(Person, law="justice", cites="SI 2008/1053 Sch 2 para 11(3)", unit="bool")
def is_older_child_for_court_fees(is_dependant_child, age, law):
    """A child old enough for the higher allowance."""
    return is_dependant_child & (age >= law.court_fees.income.older_child_age)


num_older_children_for_court_fees = count(BenefitUnit, of="is_older_child_for_court_fees")


@rule(
    BenefitUnit,
    law="justice",
    cites="SI 2008/1053 Sch 2 para 11(2)-(3); SI 2024/148 Sch 2 para 10(2)-(3)",
    label="income limit of full help with court fees",
)
def court_fee_income_limit(
    is_claimants_unit, in_england, in_wales, is_couple, num_children, num_older_children_for_court_fees, law
):
    """Income before tax up to which no fee is payable, by family; nil outside England and Wales."""
    income = law.court_fees.income
    younger = num_children - num_older_children_for_court_fees
    children = younger * income.younger_child + num_older_children_for_court_fees * income.older_child
    limit = income.single + np.where(is_couple, income.partner, 0.0) + children
    return np.where(is_claimants_unit & (in_england | in_wales), limit, 0.0)


@rule(
    BenefitUnit,
    law="justice",
    cites="SI 2008/1053 Sch 2 para 11(4)-(6); SI 2024/148 Sch 2 para 10(4)-(6)",
    label="income limit of any help with court fees",
)
def court_fee_income_most(court_fee_income_limit, law):
    """Income before tax above which the whole fee is payable: the limit of full help and the bands above it."""
    bands = law.court_fees.contribution
    width = bands.first.width + bands.second.width + bands.third.width
    return np.where(court_fee_income_limit > 0, court_fee_income_limit + width, 0.0)


@rule(BenefitUnit, cites="SI 2008/1053 Sch 2 para 1", label="income that counts for court fees")
def court_fee_income(
    gross_monthly_income, universal_credit, uc_housing_element, uc_childcare_element, uc_health_element,
    uc_carer_element, uc_disabled_child_element,
):  # fmt: skip
    """Income before tax, and Universal Credit less its amounts for rent, childcare, illness, caring, disabled children.

    Simplification: the Order does not say how an award that earnings have lowered is split; the amounts left out are
    taken to be paid in full before any other.
    """
    left_out = uc_housing_element + uc_childcare_element + uc_health_element + uc_carer_element
    counted = np.maximum(universal_credit - left_out - uc_disabled_child_element, 0.0)
    return gross_monthly_income + counted


@rule(
    BenefitUnit,
    law="justice",
    cites="SI 2008/1053 Sch 2 para 11A; SSI 2022/181 art 9; SSI 2024/235",
    unit="bool",
    label="Universal Credit opens full help with court fees",
)
def has_court_fee_passport(universal_credit, gross_pay_of_unit, in_england, in_wales, in_scotland, law):
    """On Universal Credit; in England and Wales also earning less than 6,000 pounds a year before tax."""
    earns_little = gross_pay_of_unit < law.court_fees.passport_earnings / MONTHS_A_YEAR
    return (universal_credit > 0) & (in_scotland | ((in_england | in_wales) & earns_little))


_HOW_TO_CLAIM = (
    "Apply for Help with Fees on GOV.UK or with form EX160 (in Scotland, the fee exemption form) when a court asks for"
    " a fee, or within three months of paying it."
)
_WHEN_IT_ENDS = (
    "At once: what counts when the fee is due is the benefit, and income of the last month or three months on average."
)


@rule(
    BenefitUnit,
    cites="SI 2008/1053 Sch 2 paras 3, 11, 11A; SI 2024/148 Sch 2 para 10; SSI 2022/181 art 9; SSI 2024/235",
    unit="bool",
    label="pays no court fees",
    claim=_HOW_TO_CLAIM,
    run_on=_WHEN_IT_ENDS,
    test=("court_fee_income", "court_fee_income_limit"),
)
def court_fee_help_is_full(
    has_court_fee_passport, is_within_court_fee_capital, court_fee_income, court_fee_income_limit, in_scotland
):
    """No court fee is payable, by Universal Credit or by income within the limit; savings count but in Scotland.

    Not modelled: other benefits that open it, Scotland's exemption by PIP or legal aid, and Northern Ireland.
    """
    by_income = (court_fee_income_limit > 0) & (court_fee_income <= court_fee_income_limit)
    return (has_court_fee_passport & in_scotland) | (is_within_court_fee_capital & (has_court_fee_passport | by_income))


@rule(
    BenefitUnit,
    cites="SI 2008/1053 Sch 2 paras 3, 11, 11A; SI 2024/148 Sch 2 para 10; SSI 2022/181 art 9; SSI 2024/235",
    unit="bool",
    label="help with court fees",
    claim=_HOW_TO_CLAIM,
    run_on=_WHEN_IT_ENDS,
    test=("court_fee_income", "court_fee_income_most"),
)
def has_court_fee_help(court_fee_help_is_full, is_within_court_fee_capital, court_fee_income, court_fee_income_most):
    """All or part of a court fee is remitted, in a month with a case."""
    in_part = (court_fee_income_most > 0) & (court_fee_income <= court_fee_income_most)
    return court_fee_help_is_full | (is_within_court_fee_capital & in_part)


@rule(
    BenefitUnit,
    law="justice",
    cites="SI 2008/1053 Sch 2 para 11(4)-(5); SI 2024/148 Sch 2 para 10(4)-(5)",
    unit="currency-GBP a fee",
    label="most that is paid towards a court fee",
    says="With help, at most {result:,.2f} is paid towards a court fee",
    says_nil="No part of a court fee to pay, or no help at all",
)
def court_fee_contribution(
    has_court_fee_help, court_fee_help_is_full, court_fee_income, court_fee_income_limit, law, rounding
):
    """What somebody with part help pays towards each fee, at most the fee: rising shares of the excess income."""
    bands = law.court_fees.contribution
    excess = np.maximum(court_fee_income - court_fee_income_limit, 0.0)
    first = np.minimum(excess, bands.first.width)
    second = np.clip(excess - bands.first.width, 0.0, bands.second.width)
    third = np.clip(excess - bands.first.width - bands.second.width, 0.0, bands.third.width)
    amount = bands.first.rate * first + bands.second.rate * second + bands.third.rate * third
    paid = rounding.down(amount, bands.rounded_down_to)
    return np.where(has_court_fee_help & ~court_fee_help_is_full, paid, 0.0)


# Civil legal aid


@rule(
    BenefitUnit,
    cites="SI 2013/480 reg 6(1); SSI 2002/494",
    unit="bool",
    label="legal aid without an income test",
    claim="A solicitor or adviser with a legal aid contract applies; show the Universal Credit statement.",
    run_on="At once: a change is reported and means are looked at again, also while a case is running.",
)
def has_legal_aid_income_passport(universal_credit, in_england, in_wales, in_scotland):
    """On Universal Credit, the income test of civil legal aid is taken as met; savings are still tested.

    Not modelled: Northern Ireland.
    """
    return (universal_credit > 0) & (in_england | in_wales | in_scotland)


@rule(BenefitUnit, law="justice", cites="SI 2013/480 reg 7(2)-(3)", label="gross income limit of legal aid")
def legal_aid_gross_income_limit(is_claimants_unit, in_england, in_wales, num_children, law):
    """Income before tax above which there is no legal aid, higher from the fifth child on; England and Wales."""
    aid = law.legal_aid
    more = np.maximum(num_children - aid.children_in_limit, 0.0) * aid.gross_limit_each_further_child
    return np.where(is_claimants_unit & (in_england | in_wales), aid.gross_limit + more, 0.0)


@rule(
    BenefitUnit, law="justice", cites="SI 2013/480 regs 25 and 28", label="allowances for family and rent in legal aid"
)
def legal_aid_fixed_allowances(is_couple, num_children, rent, service_charges, law):
    """For a partner, for each child, and rent: in full for a family, up to a cap for somebody alone.

    Simplification: mortgage payments come off too in law, but the household file does not tell them.
    """
    aid = law.legal_aid
    family = np.where(is_couple, aid.partner_allowance, 0.0) + num_children * aid.child_allowance
    housing = rent + service_charges
    alone = ~is_couple & (num_children == 0)
    return family + np.where(alone, np.minimum(housing, aid.housing_cap_alone), housing)


@rule(Person, law="justice", cites="SI 2013/480 regs 23 and 27", label="deductions from pay in legal aid")
def legal_aid_deductions_from_income(
    is_adult_of_unit, is_in_work, is_self_employed, income_tax, national_insurance, law
):
    """Income tax, National Insurance, and a set allowance for the costs of being employed."""
    employed = np.where(is_in_work & ~is_self_employed, law.legal_aid.employment_allowance, 0.0)
    return np.where(is_adult_of_unit, income_tax + national_insurance + employed, 0.0)


legal_aid_deductions = total(
    BenefitUnit, of="legal_aid_deductions_from_income", label="deductions from income in legal aid"
)


@rule(BenefitUnit, cites="SI 2013/480 regs 20-28", label="disposable income in legal aid")
def legal_aid_disposable_income(
    is_claimants_unit, gross_monthly_income, legal_aid_deductions, legal_aid_fixed_allowances, childcare_charges
):
    """Income less tax, National Insurance, work, childcare, family and rent; not below nil."""
    left = gross_monthly_income - legal_aid_deductions - legal_aid_fixed_allowances - childcare_charges
    return np.where(is_claimants_unit, np.maximum(left, 0.0), 0.0)


@rule(BenefitUnit, law="justice", cites="SI 2013/480 regs 6(1) and 8(2)", label="disposable income limit of legal aid")
def legal_aid_disposable_income_limit(legal_aid_gross_income_limit, has_legal_aid_income_passport, law):
    """The most disposable income with which there is legal aid; nil on Universal Credit, where no limit applies."""
    tested = (legal_aid_gross_income_limit > 0) & ~has_legal_aid_income_passport
    return np.where(tested, law.legal_aid.disposable_limit, 0.0)


@rule(Person, law="justice", cites="SI 2013/480 reg 41", unit="bool")
def is_of_legal_aid_capital_age(is_adult_of_unit, age, law):
    """An adult old enough for capital to be left out."""
    return is_adult_of_unit & (age >= law.legal_aid.older_capital.age)


has_adult_of_legal_aid_capital_age = any_of(
    BenefitUnit, of="is_of_legal_aid_capital_age", label="an adult for whom legal aid leaves out capital"
)


@rule(BenefitUnit, law="justice", cites="SI 2013/480 reg 41", label="capital that legal aid leaves out")
def legal_aid_capital_left_out(
    has_adult_of_legal_aid_capital_age, has_legal_aid_income_passport, legal_aid_disposable_income, law
):
    """From 60 on: all of a large amount on Universal Credit or a very low income, less for each step of income more."""
    older = law.legal_aid.older_capital
    steps = np.ceil(np.maximum(legal_aid_disposable_income / older.income_step - 1.0, 0.0))
    by_income = np.clip(older.most - older.step * steps, older.least, older.most)
    tested = np.where(legal_aid_disposable_income <= older.income_limit, by_income, 0.0)
    left_out = np.where(has_legal_aid_income_passport, older.most, tested)
    return np.where(has_adult_of_legal_aid_capital_age, left_out, 0.0)


@rule(
    BenefitUnit,
    law="justice",
    cites="SI 2013/480 regs 6-8 and 41",
    unit="bool",
    label="means within civil legal aid",
    claim="A solicitor or adviser with a legal aid contract applies; GOV.UK has a checker.",
    run_on="At once: a change is reported and means are looked at again, also while a case is running.",
    test=("legal_aid_disposable_income", "legal_aid_disposable_income_limit"),
)
def has_legal_aid(
    legal_aid_gross_income_limit, has_legal_aid_income_passport, gross_monthly_income, legal_aid_disposable_income,
    legal_aid_capital_left_out, savings, law,
):  # fmt: skip
    """In England and Wales, savings and income within the limits of civil legal aid, if a case is of a kind it covers.

    Simplification: the value of the home above 100,000 pounds, contributions by income, and the waiver for victims of
    domestic abuse are left out. Not modelled: who has it in Scotland and Northern Ireland without Universal Credit.
    """
    aid = law.legal_aid
    within = (gross_monthly_income <= legal_aid_gross_income_limit) & (
        legal_aid_disposable_income <= aid.disposable_limit
    )
    asked = legal_aid_gross_income_limit > 0
    counted = savings - legal_aid_capital_left_out
    return asked & (counted <= aid.capital_limit) & (has_legal_aid_income_passport | within)
