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

Simplification: a family that chooses Tax-Free Childcare over an award of Universal Credit keeps the two-year-old's
place that the award opened, which such earnings hardly ever meet.
Simplification: places for looked-after children, for those with an education, health and care plan but no disability
benefit, and by the Pension Credit and asylum support routes are not modelled, nor is Flying Start in Wales, which goes
by area. Scotland's councils may begin before the term does.
"""

import numpy as np

from mwp.core.days import in_year_of, latest, months_before, years_before
from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.rule import count, rule
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH, WEEKS_A_YEAR

_ENGLAND = "SI 2022/1134 regs 13 and 27; SI 2014/2147 regs 1 and 3"
_TWOS = "SI 2014/2147 reg 1(2); SSI 2014/196 arts 1-2"
_ALL = "SI 2014/2147; SI 2022/1134; SSI 2014/196; Childcare Offer for Wales; Pre-School Education Programme"

# Which hours a child is of the age for


def _term_began(on, terms):
    """The first day of the term that the date falls in."""
    return np.maximum(np.maximum(latest(terms.spring, on), latest(terms.summer, on)), latest(terms.autumn, on))


@rule(Household, law="*", cites="SI 2014/2147 reg 3; SI 2022/1134 reg 27; SSI 2014/196", unit="date")
def funded_hours_cut_off(in_scotland, on, law):
    """The day before which a birthday must lie for the hours that the present term brings.

    Elsewhere than in Scotland it is the first day of the term. There August takes in birthdays to the end of the month,
    and the term before summer only those to the end of February.
    """
    terms = law.childcare_funded_hours.terms
    scottish = law.childcare_funded_hours.scotland.terms
    august = latest(law.school_years.scotland.starts, on)
    january, april = latest(scottish.winter, on), latest(scottish.spring, on)
    began = np.maximum(np.maximum(january, april), august)
    before = np.select(
        [began == january, began == april], [scottish.winter, scottish.spring_before], scottish.autumn_before
    )
    return np.where(in_scotland, in_year_of(began, before), _term_began(on, terms))


@rule(Person, law="school_years", cites="Education Act 1996 s.8; Education (Scotland) Act 1980 s.32", unit="date")
def school_entry_cut_off(school_year_began, in_scotland, in_northern_ireland, law):
    """The day by which a child must have turned four to have started school in this school year."""
    nations = [in_scotland, in_northern_ireland]
    days = [law.scotland.cut_off, law.northern_ireland.cut_off]
    return in_year_of(school_year_began, np.select(nations, days, law.england_and_wales.cut_off))


@rule(Person, law="*", cites="SI 2014/2147 reg 3; SSI 2014/196 art 3", unit="bool")
def is_preschool_child(born, is_dependant_child, school_entry_cut_off, funded_hours_cut_off, in_northern_ireland, law):
    """Three or four: from the term after the third birthday until school starts.

    Northern Ireland gives one year, to those who were three by 1 July before it.
    Simplification: every child is taken to start school when first allowed to.
    """
    hours = law.childcare_funded_hours
    from_term = born < years_before(funded_hours_cut_off, hours.ages.preschool)
    from_cut_off = born <= years_before(school_entry_cut_off, hours.ages.preschool)
    has_started_school = born <= years_before(school_entry_cut_off, law.school_years.first_year_age)
    begun = np.where(in_northern_ireland, from_cut_off, from_term)
    return is_dependant_child & begun & ~has_started_school


@rule(Person, law="childcare_funded_hours", cites=_TWOS, unit="bool")
def is_two_for_funded_hours(born, is_dependant_child, in_england, in_scotland, funded_hours_cut_off, law):
    """Two: from the term after the second birthday to the term after the third, in England and Scotland."""
    before = funded_hours_cut_off
    is_two = (born < years_before(before, law.ages.two)) & (born >= years_before(before, law.ages.preschool))
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


@rule(BenefitUnit, cites=_TWOS, unit="bool", label="Universal Credit would be paid without childcare")
def uc_is_paid_without_childcare(
    uc_is_open,
    uc_standard_allowance,
    uc_child_element,
    uc_disabled_child_element,
    uc_housing_element,
    uc_health_element,
    uc_carer_element,
    uc_earnings_deduction,
    maintenance,
    uc_tariff_income,
):
    """An award of Universal Credit, leaving aside its childcare element, which follows from the hours to be paid for.

    Simplification: benefits and pensions that come off the award are left aside too.
    """
    family = uc_standard_allowance + uc_child_element + uc_disabled_child_element
    elements = family + uc_housing_element + uc_health_element + uc_carer_element
    return uc_is_open & (elements > uc_earnings_deduction + maintenance + uc_tariff_income)


@rule(BenefitUnit, law="childcare_funded_hours", cites=_TWOS, label="most earnings for a two-year-old's place")
def two_year_old_place_earnings_limit(num_twos, num_disabled_twos, in_england, in_scotland, law):
    """Net earnings a month up to which Universal Credit opens a two-year-old's place; nil where none turns on it."""
    england = law.england.additional_support.earnings_limit / MONTHS_A_YEAR
    limit = np.select([in_england, in_scotland], [england, law.scotland.earnings_limit], 0.0)
    return np.where(num_twos > num_disabled_twos, limit, 0.0)


@rule(BenefitUnit, cites=_TWOS, unit="bool", label="low enough earnings for a two-year-old's place")
def has_low_income_for_two_year_old_place(
    uc_earned_income, two_year_old_place_earnings_limit, uc_is_paid_without_childcare
):
    """On Universal Credit with earned income (as Universal Credit counts it, both adults') no higher than the limit."""
    is_within = (two_year_old_place_earnings_limit > 0) & (uc_earned_income <= two_year_old_place_earnings_limit)
    return is_within & uc_is_paid_without_childcare


# Hours a week, over the whole year


@rule(BenefitUnit, law="childcare_funded_hours", cites="SI 2022/1134", unit="hours", label="funded hours below two")
def funded_hours_of_infant(parents_meet_childcare_tests, in_england, law):
    """Funded hours a week, over the year, of a child from nine months to two: of working parents in England."""
    hours = law.england.working_parents.under_two * law.england.weeks / WEEKS_A_YEAR
    return np.where(parents_meet_childcare_tests & in_england, hours, 0.0)


@rule(BenefitUnit, law="childcare_funded_hours", cites=_TWOS, unit="hours", label="funded hours at two")
def funded_hours_of_two(
    parents_meet_childcare_tests, has_low_income_for_two_year_old_place, in_england, in_scotland, law
):
    """Funded hours a week, over the year, of a two-year-old: of working parents (England) or on a low income."""
    rates = law.england
    by_income = np.where(has_low_income_for_two_year_old_place, rates.additional_support.hours, 0.0)
    in_term = np.where(parents_meet_childcare_tests, np.maximum(rates.working_parents.two, by_income), by_income)
    scotland = np.where(has_low_income_for_two_year_old_place, law.scotland.hours / WEEKS_A_YEAR, 0.0)
    return np.select([in_england, in_scotland], [in_term * rates.weeks / WEEKS_A_YEAR, scotland], 0.0)


@rule(
    BenefitUnit,
    law="childcare_funded_hours",
    cites=_TWOS,
    unit="hours",
    label="funded hours of a disabled child of two",
)
def funded_hours_of_disabled_two(funded_hours_of_two, law):
    """Funded hours a week, over the year, of a disabled two-year-old in England: never below the place by right."""
    by_right = law.england.additional_support.hours * law.england.weeks / WEEKS_A_YEAR
    return np.maximum(funded_hours_of_two, by_right)


@rule(BenefitUnit, law="childcare_funded_hours", cites=_ALL, unit="hours", label="funded hours at three and four")
def funded_hours_of_preschool_child(parents_meet_childcare_tests, in_england, in_scotland, in_wales, law):
    """Funded hours a week, over the year, of a child of three or four: every child's, and more of working parents."""
    england, wales, northern_ireland = law.england, law.wales, law.northern_ireland
    working = england.working_parents.three_and_four
    in_term = np.where(parents_meet_childcare_tests, working, england.every_child) * england.weeks
    education = wales.education_hours * wales.education_weeks
    offer = np.where(parents_meet_childcare_tests, wales.offer_hours * wales.offer_weeks, education)
    years = [in_term, law.scotland.hours, offer]
    elsewhere = northern_ireland.hours * northern_ireland.weeks
    return np.select([in_england, in_scotland, in_wales], years, elsewhere) / WEEKS_A_YEAR


# The bill by the hour


@rule(BenefitUnit, cites="SI 2013/376 reg 33", unit="hours", label="hours of childcare a week")
def childcare_hours_a_week(stated_childcare_hours, childcare_hours):
    """Hours of childcare a week: as told, or the hours of work (where both adults work, the shorter of the two)."""
    return np.where(stated_childcare_hours > 0, stated_childcare_hours, childcare_hours / WEEKS_A_MONTH)


@rule(BenefitUnit, cites="SI 2013/376 reg 33; " + _ALL, unit="hours", label="hours of childcare to pay for")
def childcare_hours_to_pay_for(
    childcare_hours_a_week,
    num_children_in_childcare,
    num_infants_in_childcare,
    num_twos_in_childcare,
    num_disabled_twos_in_childcare,
    num_preschool_children_in_childcare,
    funded_hours_of_infant,
    funded_hours_of_two,
    funded_hours_of_disabled_two,
    funded_hours_of_preschool_child,
    funded_hours_are_taken_off,
):
    """Hours a week of all the children together, less each child's funded hours unless they are taken off already."""
    each, num_twos = childcare_hours_a_week, num_twos_in_childcare - num_disabled_twos_in_childcare
    funded = num_infants_in_childcare * np.minimum(funded_hours_of_infant, each)
    funded = funded + num_twos * np.minimum(funded_hours_of_two, each)
    funded = funded + num_disabled_twos_in_childcare * np.minimum(funded_hours_of_disabled_two, each)
    funded = funded + num_preschool_children_in_childcare * np.minimum(funded_hours_of_preschool_child, each)
    all_hours = np.maximum(num_children_in_childcare, 1.0) * each
    return np.where(funded_hours_are_taken_off, all_hours, all_hours - funded)


@rule(
    BenefitUnit,
    cites="SI 2013/376 reg 33",
    label="childcare by the hour",
    says="{childcare_hours_to_pay_for:,.1f} hours of childcare a week are left to pay for: {result:,.2f}",
    says_nil="No childcare is paid by the hour",
)
def hourly_childcare(childcare_per_hour_of_work, childcare_hours_to_pay_for, num_children_in_childcare):
    """The bill for childcare told by the hour, after funded hours.

    The price told is for an hour of all the children together; each is taken to cost the same.
    """
    price_of_each = childcare_per_hour_of_work / np.maximum(num_children_in_childcare, 1.0)
    return price_of_each * childcare_hours_to_pay_for * WEEKS_A_MONTH


# What the hours are worth, for telling what would be lost


def _hours_a_month(hours, weeks):
    """Hours a week in so many weeks of the year, as hours a month."""
    return hours * weeks / MONTHS_A_YEAR


@rule(
    BenefitUnit,
    law="childcare_funded_hours",
    cites="SI 2022/1134; Childcare Offer for Wales",
    label="funded hours of working parents",
    grade="valuation",
    claim=(
        "Apply for a childcare code on GOV.UK before the term begins (in Wales on the Childcare Offer's website), give"
        " it to the nursery, and confirm every three months."
    ),
    run_on="The place stays for a grace period, to about the end of term, then falls back to every child's hours.",
    test=("highest_income_for_childcare", "childcare_income_limit"),
    says="Free hours because every parent works and earns enough: worth {result:,.2f} a month",
    says_nil="No funded hours turn on the parents' work",
)
def working_parents_hours_value(
    parents_meet_childcare_tests,
    num_infants,
    num_twos,
    num_disabled_twos,
    num_preschool_children,
    in_england,
    in_wales,
    law,
    valuation,
):
    """Worth of the funded hours beyond every child's that are there because all parents work, in England and Wales."""
    share, worth, england, wales = valuation.of(law.worth.share_of_average), law.worth, law.england, law.wales
    working, by_right = england.working_parents, england.additional_support.hours
    twos = num_twos * working.two - num_disabled_twos * np.minimum(by_right, working.two)
    preschool = num_preschool_children * np.maximum(working.three_and_four - england.every_child, 0.0)
    an_hour = num_infants * working.under_two * worth.under_two + twos * worth.two + preschool * worth.three_and_four
    education = _hours_a_month(wales.education_hours, wales.education_weeks)
    offer = num_preschool_children * (_hours_a_month(wales.offer_hours, wales.offer_weeks) - education) * worth.wales
    amount = np.select([in_england, in_wales], [_hours_a_month(an_hour, england.weeks), offer], 0.0)
    return np.where(parents_meet_childcare_tests, share * amount, 0.0)


@rule(
    BenefitUnit,
    law="childcare_funded_hours",
    cites=_TWOS,
    label="a two-year-old's place on a low income",
    grade="valuation",
    claim="Ask the council, or the nursery, for a funded place for a two-year-old; they check the award.",
    run_on="A place once begun stays, whatever is earned later.",
    test=("uc_earned_income", "two_year_old_place_earnings_limit"),
    says=(
        "Free hours at two, on Universal Credit with earnings of at most {two_year_old_place_earnings_limit:,.2f}:"
        " worth {result:,.2f} a month"
    ),
    says_nil="No place for a two-year-old turns on low earnings",
)
def two_year_old_place_value(
    has_low_income_for_two_year_old_place,
    parents_meet_childcare_tests,
    num_twos,
    num_disabled_twos,
    two_year_old_place_earnings_limit,
    in_england,
    law,
    valuation,
):
    """Worth of funded hours at two that are there because earnings are low, and not because all parents work."""
    england = np.where(
        parents_meet_childcare_tests & (law.england.working_parents.two >= law.england.additional_support.hours),
        0.0,
        _hours_a_month(law.england.additional_support.hours, law.england.weeks),
    )
    hours = np.where(in_england, england, law.scotland.hours / MONTHS_A_YEAR)
    worth = valuation.of(law.worth.share_of_average) * law.worth.two
    return np.where(has_low_income_for_two_year_old_place, (num_twos - num_disabled_twos) * hours * worth, 0.0)


@rule(
    BenefitUnit,
    law="childcare_funded_hours",
    cites=_ALL,
    label="early education open to every child",
    grade="valuation",
    claim="Ask a nursery, a school or the council for a place; nothing is asked about income.",
    run_on="Kept whatever is earned.",
    says="Free hours for children of three and four whatever is earned: worth {result:,.2f} a month",
    says_nil="No child is of the age for hours open to every child",
)
def early_education_value(num_preschool_children, num_disabled_twos, in_england, in_scotland, in_wales, law, valuation):
    """Worth of the funded hours that no test of earnings touches: it is kept."""
    england, wales, northern_ireland = law.england, law.wales, law.northern_ireland
    hours = [
        _hours_a_month(england.every_child, england.weeks),
        law.scotland.hours / MONTHS_A_YEAR,
        _hours_a_month(wales.education_hours, wales.education_weeks),
    ]
    elsewhere = _hours_a_month(northern_ireland.hours, northern_ireland.weeks)
    each = np.select([in_england, in_scotland, in_wales], hours, elsewhere)
    an_hour = np.where(in_wales, law.worth.wales, law.worth.three_and_four)
    disabled = num_disabled_twos * _hours_a_month(england.additional_support.hours, england.weeks) * law.worth.two
    return valuation.of(law.worth.share_of_average) * (num_preschool_children * each * an_hour + disabled)


@rule(
    BenefitUnit,
    cites=_ALL,
    label="worth of all funded hours",
    grade="valuation",
    says="Funded hours of childcare and early education are worth {result:,.2f} a month in all",
    says_nil="No funded hours",
)
def funded_childcare_hours_value(working_parents_hours_value, two_year_old_place_value, early_education_value):
    """Worth of all funded hours of the family's children. Part of no total: the head of this module says why."""
    return working_parents_hours_value + two_year_old_place_value + early_education_value


@rule(
    BenefitUnit,
    cites=_ALL,
    label="funded hours that could be lost",
    grade="valuation",
    says="Funded hours worth {result:,.2f} a month would be lost, and have to be paid for, were their test not met",
    says_nil="No funded hours are at risk that the childcare bill does not show by itself",
)
def funded_hours_at_risk_value(
    working_parents_hours_value, two_year_old_place_value, childcare_per_hour_of_work, funded_hours_are_taken_off
):
    """Worth of the funded hours that turn on a test; nil where the bill is by the hour and shows the loss by itself."""
    is_in_bill = (childcare_per_hour_of_work > 0) & ~funded_hours_are_taken_off
    return np.where(is_in_bill, 0.0, working_parents_hours_value + two_year_old_place_value)
