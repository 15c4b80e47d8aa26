"""Funded hours: early education and childcare that is free to parents, and what it takes off a bill by the hour.

England: Childcare Act 2006 s.7 and SI 2014/2147 (every child of three and four; two-year-olds in families on a low
income or disabled), Childcare Act 2016 s.1 and SI 2022/1134 (children of working parents). Scotland: Children and Young
People (Scotland) Act 2014 ss.47-48 and SSI 2014/196. Wales: early education and the Childcare Offer. Northern Ireland:
the Pre-School Education Programme. Hours are a week, spread over the 52 weeks of the year: 30 hours in 38 weeks of term
are 21.9.

Nothing is counted twice. Where childcare is told as a price by the hour, the funded hours come off the bill and that is
all they bring. Where it is told as an amount a month, that is what is left to pay with the funded hours taken off
already: they stay unpriced in every measure, and `funded_hours_at_risk_value` says what would have to be bought were a
test no longer met. The worth of the hours is therefore part of no total.

Simplification: a family that chooses Tax-Free Childcare over an award of Universal Credit keeps the two-year-old's place
that the award opened, which such earnings hardly ever meet. Simplification: places for looked-after children, for those
with an education, health and care plan but no disability benefit, and by the Pension Credit and asylum support routes
are not modelled, nor is Flying Start in Wales, which goes by area. Scotland's councils may begin before the term does.
"""

import numpy as np

from mwp.core.days import in_year_of, latest, months_before, years_before
from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import count, rule
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH, WEEKS_A_YEAR

_ENGLAND = "SI 2022/1134 regs 13 and 27; SI 2014/2147 regs 1 and 3"
_TWOS = "SI 2014/2147 reg 1(2); SSI 2014/196 arts 1-2"
_ALL = "SI 2014/2147; SI 2022/1134; SSI 2014/196; Childcare Offer for Wales; Pre-School Education Programme"

# Which hours a child is of the age for


def _term_began(on, terms):
    """The first day of the term that the date falls in."""
    return np.maximum(np.maximum(latest(terms.spring, on), latest(terms.summer, on)), latest(terms.autumn, on))


@rule(Person, law="school_years", cites="Education Act 1996 s.8; Education (Scotland) Act 1980 s.32", unit="date")
def school_entry_cut_off(school_year_began, in_scotland, in_northern_ireland, law):
    """The day by which a child must have turned four to have started school in this school year."""
    nations = [in_scotland, in_northern_ireland]
    days = [law.scotland.cut_off, law.northern_ireland.cut_off]
    return in_year_of(school_year_began, np.select(nations, days, law.england_and_wales.cut_off))


@rule(Person, law="*", cites="SI 2014/2147 reg 3; SSI 2014/196 art 3", unit="bool")
def is_preschool_child(born, is_dependant_child, school_entry_cut_off, in_northern_ireland, on, law):
    """Three or four: from the term after the third birthday until school starts.

    Northern Ireland gives one year, to those who were three by 1 July before it. Simplification: every child is taken to
    start school when first allowed to.
    """
    hours = law.childcare_funded_hours
    from_term = born < years_before(_term_began(on, hours.terms), hours.ages.preschool)
    from_cut_off = born <= years_before(school_entry_cut_off, hours.ages.preschool)
    has_started_school = born <= years_before(school_entry_cut_off, law.school_years.first_year_age)
    begun = np.where(in_northern_ireland, from_cut_off, from_term)
    return is_dependant_child & begun & ~has_started_school


@rule(Person, law="childcare_funded_hours", cites=_TWOS, unit="bool")
def is_two_for_funded_hours(born, is_dependant_child, in_england, in_scotland, on, law):
    """Two: from the term after the second birthday to the term after the third, in England and Scotland."""
    term = _term_began(on, law.terms)
    is_two = (born < years_before(term, law.ages.two)) & (born >= years_before(term, law.ages.preschool))
    return is_dependant_child & is_two & (in_england | in_scotland)


@rule(Person, law="childcare_funded_hours", cites="SI 2022/1134 regs 13 and 27", unit="bool")
def is_infant_for_funded_hours(born, is_dependant_child, in_england, on, law):
    """From the term after nine months to the term after the second birthday, in England."""
    term = _term_began(on, law.terms)
    is_infant = (born < months_before(term, law.ages.infant_months)) & (born >= years_before(term, law.ages.two))
    return is_dependant_child & is_infant & in_england


@rule(Person, cites="SI 2014/2147 reg 1(2)", unit="bool")
def is_disabled_two_for_funded_hours(is_two_for_funded_hours, is_disabled_child, in_england):
    """A two-year-old with a place in England because of a disability benefit, whatever the parents earn."""
    return is_two_for_funded_hours & is_disabled_child & in_england


@rule(Person, cites=_ENGLAND, unit="bool")
def is_preschool_child_in_childcare(is_preschool_child, is_in_childcare):
    """Of an age for funded hours, and in paid childcare."""
    return is_preschool_child & is_in_childcare


@rule(Person, cites=_TWOS, unit="bool")
def is_two_in_childcare(is_two_for_funded_hours, is_in_childcare):
    """Of an age for funded hours, and in paid childcare."""
    return is_two_for_funded_hours & is_in_childcare


@rule(Person, cites=_TWOS, unit="bool")
def is_disabled_two_in_childcare(is_disabled_two_for_funded_hours, is_in_childcare):
    """Of an age for funded hours, disabled, and in paid childcare."""
    return is_disabled_two_for_funded_hours & is_in_childcare


@rule(Person, cites=_ENGLAND, unit="bool")
def is_infant_in_childcare(is_infant_for_funded_hours, is_in_childcare):
    """Of an age for funded hours, and in paid childcare."""
    return is_infant_for_funded_hours & is_in_childcare


num_preschool_children = count(BenefitUnit, of="is_preschool_child", label="children of three and four before school")
num_twos = count(BenefitUnit, of="is_two_for_funded_hours", label="two-year-olds")
num_disabled_twos = count(BenefitUnit, of="is_disabled_two_for_funded_hours", label="disabled two-year-olds")
num_infants = count(BenefitUnit, of="is_infant_for_funded_hours", label="children from nine months to two")
num_preschool_children_in_childcare = count(
    BenefitUnit, of="is_preschool_child_in_childcare", label="children of three and four in childcare"
)
num_twos_in_childcare = count(BenefitUnit, of="is_two_in_childcare", label="two-year-olds in childcare")
num_disabled_twos_in_childcare = count(
    BenefitUnit, of="is_disabled_two_in_childcare", label="disabled two-year-olds in childcare"
)
num_infants_in_childcare = count(BenefitUnit, of="is_infant_in_childcare", label="children under two in childcare")

# The low-income test for two-year-olds


@rule(BenefitUnit, cites=_TWOS, unit="bool", label="an award of Universal Credit without its childcare element")
def uc_has_award_without_childcare(
    uc_is_open, uc_maximum_amount, uc_childcare_element_off_hours, uc_earnings_deduction, uc_unearned_income
):
    """Universal Credit would be paid without childcare."""
    return uc_is_open & (uc_maximum_amount - uc_childcare_element_off_hours > uc_earnings_deduction + uc_unearned_income)
