"""Money for staying on at school or college from 16: Education Maintenance Allowance and England's bursary.

Education Maintenance Allowance is paid to the young person in Scotland, Wales and Northern Ireland, under each nation's
own scheme; England ended it in 2011 and has the 16 to 19 Bursary Fund (Department for Education, funding rules of each
year). Amounts are pounds a month: a payment for each week of term is spread over the twelve months.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import any_of, count, rule
from mwp.core.units import MONTHS_A_YEAR

_SCHEMES = (
    "Education Maintenance Allowance schemes of the Scottish Government, the Welsh Government and, in Northern Ireland,"
    " the Departments for the Economy and of Education"
)

# Education Maintenance Allowance


@rule(Person, law="education_support", cites=_SCHEMES, unit="bool")
def is_of_education_maintenance_allowance_age(is_dependant_child, age, in_scotland, in_wales, in_northern_ireland, law):
    """A dependent young person of the ages that the nation's scheme is for.

    Simplification: a dependant of 16 or over is taken to be at school or college, not in training, and the age is that
    of the day, not of the day by which the school year is reckoned. Young people who live by themselves, who can have
    it too, are left out.
    """
    scheme = law.education_maintenance_allowance
    oldest = np.select(
        [in_scotland, in_wales, in_northern_ireland],
        [scheme.scotland.oldest, scheme.wales.oldest, scheme.northern_ireland.oldest],
        0.0,
    )
    return is_dependant_child & (age >= scheme.youngest) & (age <= oldest)


num_young_people_for_education_maintenance_allowance = count(
    BenefitUnit,
    of="is_of_education_maintenance_allowance_age",
    label="young people of an age for Education Maintenance Allowance",
)


@rule(BenefitUnit, law="education_support", cites=_SCHEMES, label="income limit of Education Maintenance Allowance")
def education_maintenance_allowance_limit(
    num_young_people_for_education_maintenance_allowance, num_children, in_scotland, in_wales, in_northern_ireland, law
):
    """The most taxable household income, higher with two or more dependent children; nil where nobody could have it."""
    scheme = law.education_maintenance_allowance
    where = [in_scotland, in_wales, in_northern_ireland]
    nations = (scheme.scotland, scheme.wales, scheme.northern_ireland)
    one = np.select(where, [nation.limit_one_child for nation in nations], 0.0)
    more = np.select(where, [nation.limit_more_children for nation in nations], 0.0)
    a_year = np.where(num_children > 1, more, one)
    return np.where(num_young_people_for_education_maintenance_allowance > 0, a_year / MONTHS_A_YEAR, 0.0)


@rule(BenefitUnit, law="education_support", cites=_SCHEMES)
def education_maintenance_allowance_while_entitled(
    num_young_people_for_education_maintenance_allowance, in_scotland, in_wales, in_northern_ireland, law
):
    """What a year of it comes to for every young person, a twelfth a month: weeks of term, and any bonuses.

    The learning agreement is taken to be kept, for the weekly payments and Northern Ireland's two bonuses alike.
    """
    scheme = law.education_maintenance_allowance
    nations = (scheme.scotland, scheme.wales, scheme.northern_ireland)
    weekly = np.select([in_scotland, in_wales, in_northern_ireland], [nation.weekly for nation in nations], 0.0)
    bonus = np.where(in_northern_ireland, scheme.northern_ireland.bonuses, 0.0)
    a_year = weekly * scheme.weeks_of_term + bonus
    return num_young_people_for_education_maintenance_allowance * a_year / MONTHS_A_YEAR


@rule(
    BenefitUnit,
    cites=_SCHEMES,
    label="Education Maintenance Allowance",
    claim="The young person applies at school or college (in Wales, Student Finance Wales) as the school year begins.",
    run_on=(
        "An award lasts the whole school year; the next year's goes by household income of the tax year before, so more"
        " pay is felt a year or so later."
    ),
    test=("income_before_tax_of_unit", "education_maintenance_allowance_limit"),
    says=(
        "Taxable income of {income_before_tax_of_unit:,.2f} a month is within"
        " {education_maintenance_allowance_limit:,.2f}: the young person is paid {result:,.2f} a month over the year"
    ),
    says_nil=(
        "No Education Maintenance Allowance: it is for young people of 16 or over at school or college in Scotland,"
        " Wales and Northern Ireland, with household income within the limit"
    ),
)
def education_maintenance_allowance(
    income_before_tax_of_unit, education_maintenance_allowance_limit, education_maintenance_allowance_while_entitled
):
    """A weekly amount of term time for each young person while taxable income is within the limit; all or nothing.

    Universal Credit, Child Benefit and disability benefits are not taxable and do not count. In a steady month this
    month's income stands for that of the tax year before.
    """
    within = income_before_tax_of_unit <= education_maintenance_allowance_limit
    return np.where(within, education_maintenance_allowance_while_entitled, 0.0)


# England's bursary for defined vulnerable groups


@rule(Person, law="education_support", cites="16 to 19 Bursary Fund guide 2025 to 2026", unit="bool")
def is_student_of_bursary_age(is_adult_of_unit, is_in_education, age, in_england, law):
    """A claimant or partner of 16 to 18 in further education in England."""
    bursary = law.bursary
    return is_adult_of_unit & is_in_education & in_england & (age >= bursary.youngest) & (age <= bursary.oldest)


has_student_of_bursary_age = any_of(
    BenefitUnit, of="is_student_of_bursary_age", label="a claimant of 16 to 18 in further education"
)


@rule(
    BenefitUnit,
    cites="16 to 19 Bursary Fund guide 2025 to 2026",
    unit="bool",
    label="bursary for young people on Universal Credit",
    claim="Ask student services at the school or college for the bursary for defined vulnerable groups.",
    run_on="At the school's or college's discretion; usually kept for the year it was awarded for.",
)
def has_vulnerable_group_bursary(has_student_of_bursary_age, universal_credit):
    """On Universal Credit in one's own right while at school or college from 16 to 18, in England.

    Not modelled: young people in care and leaving care, and the discretionary bursary, which schools and colleges give
    by income tests of their own.
    """
    return has_student_of_bursary_age & (universal_credit > 0)


@rule(
    BenefitUnit,
    law="education_support",
    cites="16 to 19 Bursary Fund guide 2025 to 2026",
    unit="currency-GBP a year",
    label="most that the bursary can be",
    says="The bursary is up to {result:,.0f} a year, for what the course costs the student",
    says_nil="No bursary as of right",
)
def bursary_at_most(has_vulnerable_group_bursary, law):
    """The most the bursary comes to in a year; what is paid follows the student's costs, so no value is counted."""
    return np.where(has_vulnerable_group_bursary, law.bursary.most, 0.0)
