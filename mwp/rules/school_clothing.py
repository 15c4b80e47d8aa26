"""Grants for school clothing: Scotland's national minimum, Wales's School Essentials Grant, Northern Ireland's uniform
grant, and the schemes of a few English councils.

In Scotland, Wales and Northern Ireland the test is that of free school meals, for pupils who have meals whatever is
earned too. England has no national grant (Education Act 1996 ss.510 and 518 leave it to councils): those that were
sampled are in `parameters/school_clothing.yaml`, and any other counts as having none. Amounts are pounds a month: a
grant is paid once a school year and is spread here over its twelve months.

Simplification: Scottish councils choose their own test and many are wider than that of free school meals; some pay more
than the minimum. Pupils with meals by Scottish Child Payment alone have no grant.
Simplification: gross household income, which Tower Hamlets asks for, is taken to be both adults' pay.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.rule import rule, total
from mwp.core.units import MONTHS_A_YEAR
from mwp.rules.school_years import age_on, in_year_of

_LAW = (
    "Education (Scotland) Act 1980 s.54; School Essentials Grant (GOV.WALES); Education Authority (Northern Ireland);"
    " councils' own schemes in England"
)
_COUNCILS = "Councils' own schemes: parameters/school_clothing.yaml"
_EACH = "currency-GBP for each pupil"

# What a pupil's grant would be


@rule(Person, law="school_clothing", cites="Education (Scotland) Act 1980 s.54", unit=_EACH)
def scottish_clothing_grant_of_pupil(is_pupil, is_secondary_pupil, in_scotland, law):
    """The least a Scottish council may pay for a pupil in primary or in secondary school."""
    rate = np.where(is_secondary_pupil, law.scotland.secondary, law.scotland.primary)
    return np.where(in_scotland & is_pupil, rate, 0.0) / MONTHS_A_YEAR


@rule(Person, law="school_clothing", cites="School Essentials Grant (GOV.WALES)", unit=_EACH)
def welsh_essentials_grant_of_pupil(is_pupil, is_new_secondary_pupil, school_year, in_wales, law):
    """The School Essentials Grant, from Reception to Year 11; more in Year 7."""
    rate = np.where(is_new_secondary_pupil, law.wales.first_secondary_year, law.wales.each)
    return np.where(in_wales & is_pupil & (school_year <= law.wales.last_year), rate, 0.0) / MONTHS_A_YEAR


@rule(Person, law="school_clothing", cites="Education Authority (Northern Ireland), uniform grants", unit=_EACH)
def northern_irish_uniform_grant_of_pupil(
    is_pupil, is_secondary_pupil, born, school_year_began, in_northern_ireland, law
):  # fmt: skip
    """The uniform grant; in post-primary school more from the age of 15, and physical education clothes besides."""
    rates = law.northern_ireland
    is_older = age_on(in_year_of(school_year_began, rates.age_day), born) >= rates.older_age
    uniform = np.where(is_older, rates.secondary_older, rates.secondary_younger)
    rate = np.where(is_secondary_pupil, uniform + rates.physical_education, rates.primary)
    return np.where(in_northern_ireland & is_pupil, rate, 0.0) / MONTHS_A_YEAR


@rule(Person, law="school_clothing", cites=_COUNCILS, unit=_EACH, grade="local scheme")
def english_clothing_grant_of_pupil(school_year, is_new_secondary_pupil, in_england, school_clothing_scheme, law):
    """What a sampled English council pays for a child who enters primary or secondary school."""
    primary = _of_council("first_primary_year", school_clothing_scheme, law)
    secondary = _of_council("first_secondary_year", school_clothing_scheme, law)
    rate = np.where(school_year == 1, primary, np.where(is_new_secondary_pupil, secondary, 0.0))
    return np.where(in_england, rate, 0.0) / MONTHS_A_YEAR


def _of_council(name, school_clothing_scheme, law):
    """A value of each row's council; nil for one with no scheme here."""
    column = np.array([law.england[council][name] for council in law.england])
    row = np.maximum(school_clothing_scheme, 0.0).astype(np.intp)
    return np.where(school_clothing_scheme >= 0, column[row], 0.0)


@rule(Person, cites=_LAW, unit=_EACH, grade="local scheme")
def school_clothing_grant_of_pupil(
    scottish_clothing_grant_of_pupil,
    welsh_essentials_grant_of_pupil,
    northern_irish_uniform_grant_of_pupil,
    english_clothing_grant_of_pupil,
):  # fmt: skip
    """What there would be for a pupil were the test passed, in whichever nation."""
    britain = scottish_clothing_grant_of_pupil + welsh_essentials_grant_of_pupil + english_clothing_grant_of_pupil
    return britain + northern_irish_uniform_grant_of_pupil


school_clothing_grant_at_most = total(
    BenefitUnit,
    of="school_clothing_grant_of_pupil",
    cites=_LAW,
    label="school clothing grant, if the test is passed",
)


# The test


@rule(Household, law="school_clothing", cites=_COUNCILS, unit="bool")
def clothing_grant_tests_gross_income(school_clothing_scheme, law):
    """The council's test is of gross household income, whether or not there is Universal Credit."""
    return _of_council("income_limit", school_clothing_scheme, law) > 0


gross_pay_of_unit = total(BenefitUnit, of="gross_pay", label="pay of both adults")


@rule(BenefitUnit, cites=_LAW, label="income tested for the school clothing grant")
def school_clothing_tested_income(clothing_grant_tests_gross_income, gross_pay_of_unit, net_earnings_of_unit):
    """Net earnings of both adults; where a council tests gross income, their pay."""
    return np.where(clothing_grant_tests_gross_income, gross_pay_of_unit, net_earnings_of_unit)


@rule(
    BenefitUnit,
    law="school_clothing",
    cites=_LAW,
    label="income limit for the school clothing grant",
    grade="local scheme",
)
def school_clothing_income_limit(
    school_clothing_grant_at_most, free_school_meals_earnings_limit, in_england, school_clothing_scheme, law
):  # fmt: skip
    """The most a family may have, pounds a month: of earnings, or of gross income where a council tests that.

    Nil where no limit applies: any award of Universal Credit will do, or there is no grant.
    """
    of_income = _of_council("income_limit", school_clothing_scheme, law)
    of_earnings = _of_council("earnings_limit", school_clothing_scheme, law)
    own = np.where(of_income > 0, of_income, of_earnings) / MONTHS_A_YEAR
    follows = ~in_england | (_of_council("follows_school_meals", school_clothing_scheme, law) > 0)
    return np.where(school_clothing_grant_at_most > 0, np.where(follows, free_school_meals_earnings_limit, own), 0.0)


@rule(
    BenefitUnit,
    cites=_LAW,
    label="school clothing grant",
    grade="local scheme",
    says="School clothing grants, a year's spread over twelve months, come to {result:,.2f} a month",
    says_nil="No school clothing grant",
    claim=(
        "Apply to the council, or in Northern Ireland to the Education Authority, each school year: in Wales from July"
        " to the end of May, in most of Scotland by the end of March."
    ),
    run_on="A grant once paid is kept: what more earnings lose is the next school year's.",
    test=("school_clothing_tested_income", "school_clothing_income_limit"),
)
def school_clothing_grant(
    school_clothing_grant_at_most,
    universal_credit,
    clothing_grant_tests_gross_income,
    school_clothing_tested_income,
    school_clothing_income_limit,
):  # fmt: skip
    """Help with the cost of school clothes: a yearly sum for each pupil, here a twelfth of it a month.

    Cash, or in some English councils a voucher or discount.
    """
    has_claim = (universal_credit > 0) | clothing_grant_tests_gross_income
    no_limit = school_clothing_income_limit <= 0
    within = no_limit | (school_clothing_tested_income <= school_clothing_income_limit)
    return np.where(has_claim & within, school_clothing_grant_at_most, 0.0)
