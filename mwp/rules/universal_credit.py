"""Universal Credit: the award for one assessment period.

In the order of the Universal Credit Regulations 2013 (SI 2013/376): who can claim, the elements of the maximum amount,
earned income and the taper, unearned income and capital, the award. The housing element is in
`universal_credit_housing`, the benefit cap in `benefit_cap`. Northern Ireland's regulations (SR 2016/216) mirror
these. Amounts are pounds a month.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import any_of, count, highest, rule, total
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH
from mwp.rules.income_tax import tax_on_earned_income
from mwp.rules.national_insurance import class_4

# Who can claim


@rule(Person, cites="SI 2013/376 regs 12-14", unit="bool")
def is_student_outside_universal_credit(
    is_in_education, is_adult_of_unit, has_children, has_lcw, has_lcwra, gets_disability_benefit
):
    """A full-time student with no child, and without both a disability benefit and limited capability for work."""
    excepted = has_children | (gets_disability_benefit & (has_lcw | has_lcwra))
    return is_in_education & is_adult_of_unit & ~excepted


num_students_outside = count(BenefitUnit, of="is_student_outside_universal_credit", label="excluded students")


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="Welfare Reform Act 2012 s.5; SI 2013/376 reg 18",
    unit="bool",
    label="capital above the limit",
    says="Capital of {savings:,.2f} is above the limit of {law.capital.limit:,.0f}",
)
def uc_has_too_much_capital(savings, law):
    """Capital above the limit, the same for one person or two."""
    return savings > law.capital.limit


@rule(
    BenefitUnit,
    cites="Welfare Reform Act 2012 ss.3-5",
    unit="bool",
    label="can have Universal Credit",
    says_nil=(
        "Universal Credit is not open to this household: it is not claimed, there is too much capital, or there are"
        " only students who cannot have it"
    ),
)
def uc_is_open(is_claimants_unit, claims_universal_credit, uc_has_too_much_capital, num_students_outside, num_adults):
    """Claims, has capital within the limit, and is not made up of excluded students only."""
    someone_can = num_students_outside < num_adults
    return is_claimants_unit & claims_universal_credit & ~uc_has_too_much_capital & someone_can


# The standard allowance (regs 9, 36)


@rule(Person, law="universal_credit", cites="SI 2013/376 reg 36(3)", unit="bool")
def is_of_higher_allowance_age(age, is_adult_of_unit, law):
    """An adult old enough for the higher standard allowance."""
    return is_adult_of_unit & (age >= law.standard_allowance.older_age)


has_adult_of_higher_allowance_age = any_of(BenefitUnit, of="is_of_higher_allowance_age", label="an adult of 25 or over")


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 reg 36 table",
    label="standard allowance",
    says="The basic amount is {result:,.2f} a month",
)
def uc_standard_allowance(is_couple, has_adult_of_higher_allowance_age, law):
    """The basic amount, by age and for one person or two."""
    rates = law.standard_allowance
    single = np.where(has_adult_of_higher_allowance_age, rates.single_25_or_over, rates.single_under_25)
    couple = np.where(has_adult_of_higher_allowance_age, rates.couple_25_or_over, rates.couple_under_25)
    return np.where(is_couple, couple, single)


# Children (regs 24, 24A, 24B)


@rule(Person, law="universal_credit", cites="SI 2013/376 reg 24A(1)", unit="bool")
def is_child_within_limit(born, is_dependant_child, has_two_child_limit_exception, law):
    """A child the two-child limit could bite on: born after it began, and not excepted."""
    return is_dependant_child & ~has_two_child_limit_exception & (born >= law.two_child_limit.born_on_or_after)


@rule(Person, cites="SI 2013/376 reg 24B; Sch 12", unit="bool")
def is_excepted_child(is_dependant_child, has_two_child_limit_exception):
    """A child of a multiple birth, adopted, in kinship care, or conceived without consent."""
    return is_dependant_child & has_two_child_limit_exception


@rule(
    Person,
    law="universal_credit",
    cites="SI 2013/376 reg 36; SI 2014/1230 reg 43, inserted by SI 2017/376",
    unit="bool",
)
def is_child_of_before_april_2017(born, is_dependant_child, law):
    """A child born before the higher first amount ended."""
    return is_dependant_child & (born < law.child_element.higher_amount_born_before)


num_children_within_limit = count(BenefitUnit, of="is_child_within_limit", label="children the limit could bite on")
num_excepted_children = count(BenefitUnit, of="is_excepted_child", label="children excepted from the limit")
has_child_of_before_april_2017 = any_of(
    BenefitUnit, of="is_child_of_before_april_2017", label="a first child born before 6 April 2017"
)


@rule(BenefitUnit, law="universal_credit", cites="SI 2013/376 regs 24-24B", unit="number")
def uc_children_paid_for(num_children, num_children_within_limit, num_excepted_children, law):
    """How many children bring an element: all of them, or under the limit the first two, the older and the excepted.

    Excepted children do not use up a place (Sch 12; SI 2018/1129), and children born before the limit come first in
    the order of birth.
    """
    limit = law.two_child_limit
    older = num_children - num_children_within_limit - num_excepted_children
    places_left = np.maximum(limit.children_paid_for - older, 0.0)
    limited = older + num_excepted_children + np.minimum(num_children_within_limit, places_left)
    return np.where(limit.in_force, limited, num_children)


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 regs 24 and 36",
    label="child element",
    says="Children: {num_children:.0f}; elements are paid for {uc_children_paid_for:.0f}: {result:,.2f}",
    says_nil="No children in the claim",
)
def uc_child_element(uc_children_paid_for, num_children, has_child_of_before_april_2017, law):
    """An amount for each child paid for; the first brings more where born before 6 April 2017."""
    rates = law.child_element
    extra = rates.first_child_born_before_april_2017 - rates.each_child
    return uc_children_paid_for * rates.each_child + np.where(has_child_of_before_april_2017, extra, 0.0)


@rule(Person, law="universal_credit", cites="SI 2013/376 reg 24(2)", unit="currency-GBP for each child")
def uc_disabled_child_addition(is_dependant_child, has_child_disability_lower, has_child_disability_higher, law):
    """The addition one disabled child brings."""
    rates = law.disabled_child_addition
    lower = np.where(has_child_disability_lower, rates.lower, 0.0)
    return np.where(is_dependant_child, np.where(has_child_disability_higher, rates.higher, lower), 0.0)


uc_disabled_child_element = total(
    BenefitUnit,
    of="uc_disabled_child_addition",
    cites="SI 2013/376 reg 24(2)",
    label="disabled child addition",
    doc="Additions for every disabled child, outside any limit on the number of children.",
    says="For disabled children, {result:,.2f}",
)


# Health (regs 27, 27A, 40A) and caring (regs 29, 30)


@rule(Person, cites="SI 2013/376 reg 30(1)", unit="bool", nil_unless="is_carer")
def has_substantial_caring_responsibilities(is_carer, is_student_outside_carers_allowance):
    """Meets the conditions of Carer's Allowance but for what is earned, so no full-time student whom it leaves out."""
    return is_carer & ~is_student_outside_carers_allowance


@rule(Person, law="universal_credit", cites="SI 2013/376 regs 27, 27A, 29(4) and 36; SI 2017/204 Sch 2")
def uc_health_amount(
    is_adult_of_unit, has_lcwra, is_lcwra_protected, has_lcw_from_before_2017,
    has_substantial_caring_responsibilities, law,
):  # fmt: skip
    """What one adult's limited capability would bring: the protected, the new, or the old lower amount.

    A carer has the old lower amount or the carer element, whichever is more.
    """
    rates = law.health_element
    lcwra = np.where(is_lcwra_protected, rates.lcwra_protected, rates.lcwra)
    gives_way = has_substantial_caring_responsibilities & (rates.lcw <= law.carer_element)
    lcw = np.where(has_lcw_from_before_2017 & ~gives_way, rates.lcw, 0.0)
    return np.where(is_adult_of_unit, np.where(has_lcwra, lcwra, lcw), 0.0)


uc_health_element = highest(
    BenefitUnit,
    of="uc_health_amount",
    cites="SI 2013/376 reg 27(4)",
    label="health element",
    doc="Limited capability for work (and work-related activity): one an award, the higher where two could be paid.",
    says="For limited capability for work, {result:,.2f}",
)


@rule(Person, cites="SI 2013/376 reg 27", unit="bool")
def is_adult_with_lcwra(is_adult_of_unit, has_lcwra):
    """An adult with limited capability for work and work-related activity."""
    return is_adult_of_unit & has_lcwra


@rule(Person, cites="SI 2013/376 reg 29", unit="bool")
def is_adult_carer(is_adult_of_unit, has_substantial_caring_responsibilities):
    """An adult of the benefit unit with regular and substantial caring responsibilities."""
    return is_adult_of_unit & has_substantial_caring_responsibilities


@rule(Person, cites="SI 2013/376 reg 29(4)", unit="bool")
def is_carer_with_lcwra(is_adult_carer, has_lcwra):
    """A carer who has limited capability for work and work-related activity too."""
    return is_adult_carer & has_lcwra


num_with_lcwra = count(BenefitUnit, of="is_adult_with_lcwra", label="adults with LCWRA")
num_carers = count(BenefitUnit, of="is_adult_carer", label="carers")
num_carers_with_lcwra = count(BenefitUnit, of="is_carer_with_lcwra", label="carers with LCWRA")


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 regs 29-30",
    label="carer element",
    says="For caring 35 hours or more a week, {result:,.2f}",
)
def uc_carer_element(num_carers, num_with_lcwra, num_carers_with_lcwra, law):
    """One for each carer, but nobody has both this and the LCWRA element.

    In a couple who both have LCWRA the one element is taken to be for whoever does not care, where there is one.
    Simplification: that is so too where the carer's LCWRA element would be the larger one, of which reg 27(4)(b) says
    that it is the one that is paid. Two carers of one couple are taken to care for different people, as reg 29(3)
    requires.
    """
    nobody_else = (num_carers_with_lcwra > 0) & (num_with_lcwra == num_carers_with_lcwra)
    return law.carer_element * (num_carers - np.where(nobody_else, 1.0, 0.0))


# Childcare (regs 31-35)


@rule(
    Person,
    cites="SI 2013/376 reg 32(1)(b) and (2)",
    unit="bool",
    nil_unless=("has_lcw", "has_lcwra", "is_carer", "full_maternity_allowance"),
)
def is_excused_from_work_for_childcare(
    is_adult_of_unit, is_in_work, has_lcw, has_lcwra, has_substantial_caring_responsibilities, maternity_allowance
):
    """A partner whose not working does not stop the childcare element: limited capability for work, caring, maternity.

    Simplification: Maternity Allowance counts as work; a lone parent on it is still taken to need no childcare.
    """
    excused = has_lcw | has_lcwra | has_substantial_caring_responsibilities | (maternity_allowance > 0)
    return is_adult_of_unit & ~is_in_work & excused


num_excused_from_work = count(BenefitUnit, of="is_excused_from_work_for_childcare", label="adults excused from work")


@rule(
    BenefitUnit,
    cites="SI 2013/376 reg 32",
    unit="bool",
    label="the work condition for childcare is met",
)
def meets_childcare_work_condition(num_adults, num_in_work, num_excused_from_work):
    """Somebody works, and so does everybody else who is not excused."""
    return (num_in_work > 0) & (num_in_work + num_excused_from_work >= num_adults)


highest_hours = highest(BenefitUnit, of="hours_a_month", label="longest hours of work")
all_hours = total(BenefitUnit, of="hours_a_month", label="hours of work of both adults")


@rule(BenefitUnit, cites="SI 2013/376 reg 33", unit="hours")
def childcare_hours(num_in_work, all_hours, highest_hours):
    """Hours a month for which childcare is needed: where both adults work, the shorter of the two."""
    return np.where(num_in_work > 1, all_hours - highest_hours, all_hours)


@rule(
    BenefitUnit,
    cites="SI 2013/376 reg 33",
    label="childcare charges",
    says="Childcare while at work costs {result:,.2f}",
    says_nil="No childcare is paid for",
    nil_unless=("stated_childcare", "childcare_per_hour_of_work"),
)
def childcare_charges(meets_childcare_work_condition, stated_childcare, hourly_childcare):
    """What registered childcare costs while every adult who can is at work, after funded hours.

    Charges met by funded hours are not charges paid (reg 33): they come off a bill by the hour in
    `childcare_funded_hours`, and an amount told by the month is what is left to pay.
    """
    return np.where(meets_childcare_work_condition, stated_childcare + hourly_childcare, 0.0)


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 regs 31-34A and 36",
    label="childcare element",
    says=(
        "{law.childcare_element.share_met:.0%} of childcare of {childcare_charges:,.2f}, up to the most that is paid:"
        " {result:,.2f}"
    ),
    nil_unless="childcare_charges",
)
def uc_childcare_element(childcare_charges, num_children_in_childcare, law, rounding):
    """A share of the charges, up to the most for one child or for two or more."""
    most = _most_for_childcare(num_children_in_childcare, law)
    return rounding.nearest(np.minimum(law.childcare_element.share_met * childcare_charges, most))


def _most_for_childcare(num_children_in_childcare, law):
    rates = law.childcare_element
    return np.where(num_children_in_childcare > 1, rates.most_for_two_or_more_children, rates.most_for_one_child)


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 regs 34 and 36",
    label="most childcare charges that Universal Credit counts",
)
def uc_childcare_charges_limit(num_children_in_childcare, law):
    """The charges at which the childcare element comes to the most for that many children; nil if no share is met."""
    share = law.childcare_element.share_met
    most = _most_for_childcare(num_children_in_childcare, law)
    return np.where(share > 0, most / np.where(share > 0, share, 1.0), 0.0)


# The maximum amount (Welfare Reform Act 2012 s.8(2))


@rule(
    BenefitUnit,
    cites="Welfare Reform Act 2012 s.8(2)",
    label="maximum amount",
    says="All elements together come to {result:,.2f}",
)
def uc_maximum_amount(
    uc_standard_allowance,
    uc_child_element,
    uc_disabled_child_element,
    uc_housing_element,
    uc_health_element,
    uc_carer_element,
    uc_childcare_element,
):
    """Every element together, before anything comes off."""
    family = uc_standard_allowance + uc_child_element + uc_disabled_child_element
    return family + uc_housing_element + uc_health_element + uc_carer_element + uc_childcare_element


# Earned income (regs 51-64)


@rule(
    Person,
    cites="SI 2013/376 regs 55 and 57",
    label="net earnings",
    says=(
        "Pay of {gross_pay:,.2f} less sacrificed pay {salary_sacrifice:,.2f}, tax {income_tax_on_earnings:,.2f},"
        " National Insurance {national_insurance:,.2f} and pension {employee_pension_contribution:,.2f} is"
        " {result:,.2f}"
    ),
    says_nil="No earnings",
)
def net_earnings(
    gross_pay,
    salary_sacrifice,
    income_tax_on_earnings,
    national_insurance,
    employee_pension_contribution,
    is_adult_of_unit,
):
    """Earnings after income tax, National Insurance and pension contributions. Student loans do not come off."""
    off = salary_sacrifice + income_tax_on_earnings + national_insurance + employee_pension_contribution
    return np.where(is_adult_of_unit, np.maximum(gross_pay - off, 0.0), 0.0)


@rule(Person, law="universal_credit", cites="SI 2013/376 reg 86", unit="bool")
def is_very_young_child(age, is_dependant_child, law):
    """A child too young for their carer to be expected to work."""
    return is_dependant_child & (age < law.minimum_income_floor.young_child_under_age)


has_very_young_child = any_of(BenefitUnit, of="is_very_young_child", label="a child under 3")


@rule(Person, law="universal_credit", cites="Welfare Reform Act 2012 s.19(2)(c)", unit="bool")
def is_baby(age, is_dependant_child, law):
    """A child so young that nothing is asked of their carer."""
    return is_dependant_child & (age < law.minimum_income_floor.baby_under_age)


has_baby = any_of(BenefitUnit, of="is_baby", label="a child under 1")


@rule(Person, cites="Welfare Reform Act 2012 s.19(6); SI 2013/376 reg 86", unit="bool")
def is_responsible_carer(is_adult_of_unit, has_children, is_couple, is_self_employed):
    """Who looks after the children: a lone parent; of a couple, taken to be whoever does not trade."""
    return is_adult_of_unit & has_children & (~is_couple | ~is_self_employed)


@rule(Person, law="universal_credit", cites="SI 2013/376 reg 89(1)(c)", unit="bool")
def is_near_confinement(is_pregnant, weeks_pregnant, law):
    """Eleven weeks or less before the baby is due."""
    return is_pregnant & (weeks_pregnant >= law.minimum_income_floor.weeks_of_pregnancy)


@rule(Person, cites="Welfare Reform Act 2012 s.19(2); SI 2013/376 reg 89(1)(a) and (c)", unit="bool")
def has_no_work_requirements(
    has_lcwra, has_substantial_caring_responsibilities, is_responsible_carer, has_baby, is_near_confinement,
    is_over_state_pension_age,
):  # fmt: skip
    """Nothing is asked of them, whatever they earn.

    Simplification: the fifteen weeks after a birth are counted only for whoever looks after the baby, and students with
    student income are not told apart.
    """
    cares = has_substantial_caring_responsibilities | (is_responsible_carer & has_baby)
    return has_lcwra | cares | is_near_confinement | is_over_state_pension_age


@rule(Person, cites="Welfare Reform Act 2012 ss.19-22; SI 2013/376 regs 86, 89, 91", unit="bool")
def is_expected_to_look_for_work(
    is_adult_of_unit, has_lcw, has_no_work_requirements, is_responsible_carer, has_very_young_child
):
    """In the all work-related requirements group, leaving aside what is earned."""
    asked_less = has_lcw | has_no_work_requirements | (is_responsible_carer & has_very_young_child)
    return is_adult_of_unit & ~asked_less


@rule(Person, law="*", cites="SI 2013/376 regs 62(4)-(5) and 90", label="earnings threshold after notional tax")
def uc_individual_threshold(
    minimum_wage_by_age,
    expected_hours,
    is_expected_to_look_for_work,
    has_no_work_requirements,
    in_scotland,
    law,
    rounding,
):
    """Expected hours at the minimum wage for one's age, never an apprentice's, less notional tax and contributions.

    Sixteen hours for someone asked only to prepare or to come to interviews; reg 90(2) sets no threshold where nothing
    is asked. The tax and National Insurance are left to what the Secretary of State considers appropriate: income tax
    and Class 4 contributions are taken, as for a profit of that size.
    """
    others = law.universal_credit.minimum_income_floor.hours_outside_all_work_requirements
    asked = np.where(is_expected_to_look_for_work, expected_hours, others)
    weekly = np.where(has_no_work_requirements, 0.0, asked)
    gross = weekly * WEEKS_A_MONTH * minimum_wage_by_age
    a_year = gross * MONTHS_A_YEAR
    tax = tax_on_earned_income(a_year, in_scotland, law.income_tax, rounding)
    return rounding.nearest(gross - (tax + class_4(a_year, law.national_insurance)) / MONTHS_A_YEAR)


@rule(Person, law="universal_credit", cites="SI 2013/376 regs 62-64", unit="bool", nil_unless="is_self_employed")
def has_minimum_income_floor(
    is_self_employed, is_expected_to_look_for_work, gross_pay, months_gainfully_self_employed, law
):
    """Gainfully self-employed past the start-up period, and expected to look for work.

    The period begins when Universal Credit finds the business gainful, however old it is.
    """
    past_start_up = months_gainfully_self_employed >= law.minimum_income_floor.start_up_months
    return is_self_employed & is_expected_to_look_for_work & past_start_up & (gross_pay >= 0.0)


@rule(
    Person,
    cites="SI 2013/376 reg 62",
    label="minimum income floor",
    says=(
        "Self-employed past the start-up period: at least {result:,.2f} a month is taken to be earned, which is the"
        " expected hours at the minimum wage less notional tax and National Insurance"
    ),
    says_nil="No minimum income floor",
    nil_unless="has_minimum_income_floor",
)
def uc_minimum_income_floor(has_minimum_income_floor, uc_individual_threshold):
    """What a self-employed person is taken to earn at least; nil where no floor applies."""
    return np.where(has_minimum_income_floor, uc_individual_threshold, 0.0)


unit_has_minimum_income_floor = any_of(
    BenefitUnit, of="has_minimum_income_floor", label="an adult with a minimum income floor"
)


@rule(Person, cites="SI 2013/376 reg 90(3)", nil_unless="unit_has_minimum_income_floor")
def uc_threshold_of_adult(is_adult_of_unit, unit_has_minimum_income_floor, uc_individual_threshold):
    """An adult's part of the couple's earnings threshold, where it matters to a minimum income floor."""
    return np.where(is_adult_of_unit & unit_has_minimum_income_floor, uc_individual_threshold, 0.0)


uc_couple_threshold = total(BenefitUnit, of="uc_threshold_of_adult", label="the couple's earnings threshold")
net_earnings_of_unit = total(
    BenefitUnit, of="net_earnings", cites="SI 2013/376 reg 22(2)", label="net earnings of both adults"
)


@rule(
    Person,
    cites="SI 2013/376 reg 62",
    label="earned income of each adult",
)
def uc_earned_income_of_person(
    net_earnings, net_earnings_of_unit, uc_minimum_income_floor, uc_couple_threshold, is_couple
):
    """Net earnings, or the minimum income floor where higher, held to what a couple would reach its threshold with."""
    room = np.where(is_couple, uc_couple_threshold - (net_earnings_of_unit - net_earnings), np.inf)
    return np.maximum(net_earnings, np.minimum(uc_minimum_income_floor, room))


uc_earned_income = total(
    BenefitUnit,
    of="uc_earned_income_of_person",
    cites="SI 2013/376 regs 22(2) and 54-57",
    label="earned income",
    doc="Both adults' earned income, after tax, National Insurance and pension contributions.",
    says="Earned income that counts: {result:,.2f}",
)


# The work allowance and the taper (reg 22)


@rule(Person, cites="SI 2013/376 reg 22(2)(b)", unit="bool")
def is_adult_with_limited_capability(is_adult_of_unit, has_lcw, has_lcwra):
    """An adult with limited capability for work, or for work and work-related activity."""
    return is_adult_of_unit & (has_lcw | has_lcwra)


uc_has_limited_capability = any_of(
    BenefitUnit, of="is_adult_with_limited_capability", label="an adult with limited capability for work"
)


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 reg 22(2)-(3)",
    label="work allowance",
    says="{result:,.2f} of earnings leaves Universal Credit untouched",
    says_nil="No work allowance: that takes a child, or limited capability for work",
)
def uc_work_allowance(has_children, uc_has_limited_capability, uc_has_housing_costs_met, law):
    """Earned income that leaves the award untouched; nil without a child or limited capability."""
    rates = law.work_allowance
    amount = np.where(uc_has_housing_costs_met, rates.with_housing, rates.without_housing)
    has_one = np.where(rates.for_everyone, True, has_children | uc_has_limited_capability)
    return np.where(has_one, amount, 0.0)


uc_highest_earned_income = highest(
    BenefitUnit, of="uc_earned_income_of_person", label="earned income of the higher earner"
)


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="No law: an allowance that reforms may bring in (docs/guarantee.md, G1)",
    label="second earner's work allowance",
    says="The lower earner keeps {result:,.2f} of earnings untouched",
)
def uc_second_earner_allowance(uc_earned_income, uc_highest_earned_income, uc_work_allowance, law):
    """What of the lower earner's income is left untouched; nil in law, and where there is no first allowance."""
    second = np.minimum(uc_earned_income - uc_highest_earned_income, law.work_allowance.second_earner)
    return np.where(uc_work_allowance > 0, second, 0.0)


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 reg 22(2)",
    label="work allowance that goes unused",
    says="{result:,.2f} of the work allowance is unused, and the partner may not use it",
)
def uc_unused_work_allowance(uc_highest_earned_income, uc_work_allowance, law):
    """What the higher earner leaves of the allowance, where a reform keeps the partner from it; nil in law."""
    left = np.maximum(uc_work_allowance - uc_highest_earned_income, 0.0)
    return np.where(law.work_allowance.unused_may_be_used_by_partner, 0.0, left)


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 reg 22(1)(b)",
    label="deduction for earnings",
    says=(
        "Earnings {uc_earned_income:,.2f} less work allowance {uc_work_allowance:,.2f};"
        " {law.taper_rate:.0%} of what is left, {result:,.2f}, comes off"
    ),
    says_nil="Earnings of {uc_earned_income:,.2f} are within the work allowance: nothing comes off",
)
def uc_earnings_deduction(
    uc_earned_income, uc_work_allowance, uc_second_earner_allowance, uc_unused_work_allowance, law, rounding
):
    """What earnings take off the maximum amount. Never negative. The second earner's part is nil in law."""
    untouched = uc_work_allowance - uc_unused_work_allowance + uc_second_earner_allowance
    return rounding.nearest(law.taper_rate * np.maximum(uc_earned_income - untouched, 0.0))


# Capital and unearned income (regs 65-74)


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 reg 72",
    label="tariff income from savings",
    says="Savings of {savings:,.2f} are taken to bring {result:,.2f} a month",
    says_nil="Savings of {savings:,.2f} bring no income",
)
def uc_tariff_income(savings, law):
    """A set amount for each step, or part of a step, of capital above what is ignored."""
    capital = law.capital
    steps = np.ceil(np.maximum(savings - capital.ignored, 0.0) / capital.tariff_step)
    return steps * capital.tariff_income


@rule(Person, cites="SI 2013/376 reg 66(1)(a)-(b)", label="benefits and pensions that count")
def uc_unearned_income_of_person(
    is_adult_of_unit,
    carers_allowance,
    new_style_jsa,
    new_style_esa,
    maternity_allowance,
    occupational_pension,
    state_pension,
):
    """What counts in full of one adult's income that is not earned.

    Rent, dividends and interest are not on reg 66's list: they count as capital, or not at all.
    """
    benefits = carers_allowance + new_style_jsa + new_style_esa + maternity_allowance
    return np.where(is_adult_of_unit, benefits + occupational_pension + state_pension, 0.0)


uc_unearned_income_of_adults = total(
    BenefitUnit, of="uc_unearned_income_of_person", label="benefits and pensions that count"
)


@rule(
    BenefitUnit,
    cites="SI 2013/376 regs 22(1)(a) and 66",
    label="deduction for other income",
    says=(
        "Benefits and pensions {uc_unearned_income_of_adults:,.2f}, maintenance {maintenance:,.2f} and income from"
        " savings {uc_tariff_income:,.2f} come off in full: {result:,.2f}"
    ),
    says_nil="No other income counts",
)
def uc_unearned_income(uc_unearned_income_of_adults, maintenance, uc_tariff_income):
    """Income that is not earned and counts in full. Child maintenance, Child Benefit and PIP do not count."""
    return uc_unearned_income_of_adults + maintenance + uc_tariff_income


# The award


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="Welfare Reform Act 2012 s.8; SI 2013/376 reg 17",
    label="award before the benefit cap",
    says=(
        "Maximum amount {uc_maximum_amount:,.2f} less {uc_earnings_deduction:,.2f} for earnings and"
        " {uc_unearned_income:,.2f} for other income is {result:,.2f}"
    ),
    says_nil=(
        "Less {uc_earnings_deduction:,.2f} for earnings and {uc_unearned_income:,.2f} for other income, nothing is left"
        " of the maximum amount of {uc_maximum_amount:,.2f}, or Universal Credit is not open to this household"
    ),
)
def uc_award_before_cap(uc_is_open, uc_maximum_amount, uc_earnings_deduction, uc_unearned_income, law, rounding):
    """The maximum amount less the deductions; nothing below a penny."""
    left = rounding.nearest(uc_maximum_amount - uc_earnings_deduction - uc_unearned_income)
    smallest = law.minimum_award if rounding.rounds else 0.0
    return np.where(uc_is_open & (left >= smallest), np.maximum(left, 0.0), 0.0)


@rule(
    BenefitUnit,
    cites="Welfare Reform Act 2012 s.8; SI 2013/376 regs 79 and 81; Childcare Payments Act 2014 s.11",
    label="Universal Credit",
    says="Award {uc_award_before_cap:,.2f} less benefit cap {benefit_cap_reduction:,.2f} is {result:,.2f}",
    says_nil="No Universal Credit: none is due, or Tax-Free Childcare is worth more and nobody can have both",
)
def universal_credit(uc_award_before_cap, benefit_cap_reduction, chooses_tax_free_childcare):
    """The award paid for the assessment period, before sanctions, advances and other recoveries.

    Nil where the household is better off with Tax-Free Childcare, which nobody can have beside it: the choice is made
    on the award as it would be paid (`tax_free_childcare`).
    """
    return np.where(chooses_tax_free_childcare, 0.0, uc_award_before_cap - benefit_cap_reduction)
