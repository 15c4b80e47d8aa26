"""Help with heating in winter: Warm Home Discount, Cold Weather and Winter Heating Payments, Winter Fuel Payment.

Warm Home Discount Regulations (SI 2022/772, from 2026 SI 2026/389; SI 2022/1073 for Scotland); Social
Fund Cold Weather Payments (General) Regulations 1988 (SI 1988/1724; SR 1988/368); Winter Heating Assistance
Regulations (SSI 2023/16, SSI 2020/352, SSI 2024/351); Social Fund Winter Fuel Payment Regulations 2025 (SI 2025/969).

What a winter brings is spread over twelve months, and goes by the winter that follows the April before the date. The
tests of the qualifying days in August, September and November are made on the month's own figures. Warm Home Discount
is a credit on the bill, the others are cash.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import any_of, rule, total
from mwp.core.units import MONTHS_A_YEAR

# Warm Home Discount: England and Wales


@rule(
    BenefitUnit,
    law="winter_help",
    cites="SI 2022/772 regs 8-9, until March 2026; SI 2026/389; the eligibility statement of each scheme year",
    unit="bool",
    label="a home Warm Home Discount can be had for",
)
def has_home_for_warm_home_discount(in_england, in_wales, pays_electricity, is_costly_to_heat, law):
    """Pays for electricity in England or Wales; until winter 2024-25 in a home counted as costly to heat."""
    any_home_will_do = law.warm_home_discount.must_be_costly_to_heat == 0
    return (in_england | in_wales) & pays_electricity & (is_costly_to_heat | any_home_will_do)


@rule(
    BenefitUnit,
    law="winter_help",
    cites="SI 2022/772, until March 2026; SI 2026/389",
    label="Warm Home Discount",
    says="{law.warm_home_discount.amount:,.0f} off the winter's electricity bill while there is Universal Credit,"
    " spread over a year: {result:,.2f} a month",
    says_nil="No Warm Home Discount: in England and Wales it takes Universal Credit and an electricity bill",
    claim="Nothing to claim: the supplier takes it off the bill of whoever is on Universal Credit on the qualifying day"
    " in August; a letter tells those who must ring the helpline.",
    run_on="Any award on the qualifying day is enough for that winter, whatever is earned afterwards.",
)
def warm_home_discount(has_home_for_warm_home_discount, universal_credit, law):
    """A credit on the electricity bill, for any award of Universal Credit; there is none in Northern Ireland.

    It rests on the supplier taking part: all but the smallest do.
    """
    qualifies = has_home_for_warm_home_discount & (universal_credit > 0)
    return np.where(qualifies, law.warm_home_discount.amount / MONTHS_A_YEAR, 0.0)


# Warm Home Discount in Scotland: the core group, and the broader group


@rule(
    BenefitUnit,
    law="winter_help",
    cites="Warm Home Discount regulations for Scotland from 2026, in draft when last told of",
    unit="bool",
    label="in Scotland's core group",
)
def is_in_scottish_core_group(
    universal_credit, uc_health_element, uc_disabled_child_element, has_child_young_enough_for_winter_help, num_in_work,
    in_scotland, pays_electricity, law,
):  # fmt: skip
    """From winter 2026-27, on Universal Credit: an amount for health or disability, or jobless with a child under 5.

    Simplification: an amount for a disability or health condition is taken to be the health element or a disabled
    child's addition, and somebody unemployed to be somebody in no work.
    """
    ill = (uc_health_element > 0) | (uc_disabled_child_element > 0)
    young_family = has_child_young_enough_for_winter_help & (num_in_work == 0)
    widened = law.warm_home_discount.scotland.core_group_on_universal_credit == 1
    return widened & in_scotland & pays_electricity & (universal_credit > 0) & (ill | young_family)


@rule(
    Person,
    law="winter_help",
    cites="SI 2022/1073; criteria of one supplier",
    unit="bool",
    label="somebody who opens Scotland's broader group",
)
def opens_warm_home_discount(
    is_adult_of_unit, is_dependant_child, age, has_lcw, has_lcwra, gets_disability_benefit, is_disabled_child, law
):
    """A child, a disabled person, somebody with limited capability for work, or somebody of 62 or over.

    Simplification: illness that needs medical care, and carer's premiums, are not known; pregnancy is left out.
    """
    group = law.warm_home_discount.scotland
    adult = gets_disability_benefit | has_lcw | has_lcwra | (age >= group.adult_from_age)
    child = is_disabled_child | (age < group.child_under_age)
    return (is_adult_of_unit & adult) | (is_dependant_child & child)


has_opener_for_warm_home_discount = any_of(
    BenefitUnit, of="opens_warm_home_discount", label="a child, a disabled person or somebody of 62 or over"
)
income_before_tax_of_unit = total(
    BenefitUnit, of="total_taxable_income", label="income of both adults before tax", doc="Both adults' taxable income."
)


@rule(
    BenefitUnit,
    law="winter_help",
    cites="SI 2022/1073; criteria of one supplier",
    label="limit on earnings for Scotland's Warm Home Discount",
    says="Scotland's broader group allows earnings of {result:,.2f} a month on Universal Credit",
    says_nil="Not in Scotland's broader group",
)
def warm_home_discount_earnings_limit(
    has_opener_for_warm_home_discount, is_in_scottish_core_group, in_scotland, pays_electricity, law
):
    """Earned income a month that must not be exceeded; nil outside Scotland's broader group, and in the core group."""
    applies = in_scotland & pays_electricity & has_opener_for_warm_home_discount & ~is_in_scottish_core_group
    return np.where(applies, law.warm_home_discount.scotland.earnings_limit, 0.0)


@rule(
    BenefitUnit,
    law="winter_help",
    cites="SI 2022/1073; criteria of one supplier",
    label="Warm Home Discount in Scotland",
    grade="local scheme",
    says="{law.warm_home_discount.amount:,.0f} off the winter's electricity bill, for the core group and for those who"
    " apply to their supplier in time, spread over a year: {result:,.2f} a month",
    says_nil="No Warm Home Discount in Scotland: it takes a low income and a child, a disability or the age of 62",
    claim="On Universal Credit with an amount for health or a disabled child, or jobless with a child under 5, there is"
    " nothing to claim. Anyone else applies to their electricity supplier when its scheme opens in autumn; it closes"
    " when the money is spent.",
    run_on="The core group goes by the qualifying day in August. For those who apply, low earnings in any of the last"
    " twelve assessment periods are enough; what has been credited is kept.",
    test=("uc_earned_income", "warm_home_discount_earnings_limit"),
)
def warm_home_discount_scotland(
    is_in_scottish_core_group, warm_home_discount_earnings_limit, universal_credit, uc_earned_income,
    income_before_tax_of_unit, law, rounding,
):  # fmt: skip
    """A credit on the electricity bill: for the core group, or applied for in time on Universal Credit or a low income.

    Suppliers differ: the broader group's conditions are one supplier's.
    """
    low_income = law.warm_home_discount.scotland.income_limit / MONTHS_A_YEAR
    on_credit = (universal_credit > 0) & (rounding.nearest(uc_earned_income) <= warm_home_discount_earnings_limit)
    qualifies = on_credit | (income_before_tax_of_unit <= low_income)
    amount = law.warm_home_discount.amount / MONTHS_A_YEAR
    broader = (warm_home_discount_earnings_limit > 0) & qualifies
    return np.where(is_in_scottish_core_group | broader, amount, 0.0)


# Cold Weather Payment, and Scotland's Winter Heating Payment: the same conditions


@rule(Person, law="winter_help", cites="SI 1988/1724 reg 1A(3)(a); SSI 2023/16 reg 4(3)(a)", unit="bool")
def is_child_young_enough_for_winter_help(is_dependant_child, age, law):
    """A child under 5."""
    return is_dependant_child & (age < law.child_under_age)


has_child_young_enough_for_winter_help = any_of(
    BenefitUnit, of="is_child_young_enough_for_winter_help", label="a child under 5"
)


@rule(
    BenefitUnit,
    cites="SI 1988/1724 reg 1A(2)-(6); SR 1988/368 reg 1A; SSI 2023/16 reg 4",
    unit="bool",
    label="meets the conditions of Cold Weather and Winter Heating Payments",
)
def meets_winter_conditions(
    universal_credit,
    uc_disabled_child_element,
    uc_has_limited_capability,
    has_child_young_enough_for_winter_help,
    num_in_work,
):
    """Universal Credit with a disabled child's addition; or nobody in work, and limited capability or a child under 5.

    Simplification: any work of either partner counts as being employed or gainfully self-employed. The benefits that
    Universal Credit replaced, Pension Credit and loans for mortgage interest open it too and are not modelled.
    """
    out_of_work = (num_in_work == 0) & (uc_has_limited_capability | has_child_young_enough_for_winter_help)
    return (universal_credit > 0) & ((uc_disabled_child_element > 0) | out_of_work)


@rule(
    BenefitUnit,
    law="winter_help",
    cites="SI 1988/1724 regs 1A-3; SR 1988/368",
    label="Cold Weather Payment",
    grade="valuation",
    says="{law.cold_weather_payment.amount:,.0f} for every week of frost; what winters bring on average comes to"
    " {result:,.2f} a month",
    says_nil="No Cold Weather Payment: outside Scotland it takes Universal Credit with nobody in work and a child under"
    " 5 or limited capability for work, or with a disabled child",
    claim="Nothing to claim: it is paid within 14 working days of a week of frost; tell the Jobcentre of a new baby or"
    " child under 5.",
    run_on="Lost at once: one day's work in the cold week is enough, unless there is an addition for a disabled child.",
)
def cold_weather_payment(meets_winter_conditions, in_scotland, law, valuation):
    """Cash for each cold week, valued at the number of cold weeks that a winter brings an eligible household."""
    scheme = law.cold_weather_payment
    a_winter = valuation.of(scheme.weeks) * scheme.amount
    return np.where(meets_winter_conditions & ~in_scotland, a_winter / MONTHS_A_YEAR, 0.0)


@rule(
    BenefitUnit,
    law="winter_help",
    cites="SSI 2023/16 regs 4 and 10",
    label="Winter Heating Payment",
    says="{law.winter_heating_payment:,.2f} a winter, whatever the weather, spread over a year: {result:,.2f} a month",
    says_nil="No Winter Heating Payment: in Scotland it takes Universal Credit with nobody in work and a child under 5"
    " or limited capability for work, or with a disabled child",
    claim="Nothing to claim: it is paid between December and February.",
    run_on="The conditions are looked at in one week of November: work that starts later loses nothing that winter.",
)
def winter_heating_payment(meets_winter_conditions, in_scotland, law):
    """Scotland's flat sum of every winter."""
    return np.where(meets_winter_conditions & in_scotland, law.winter_heating_payment / MONTHS_A_YEAR, 0.0)


# Child Winter Heating Payment: Scotland


@rule(
    Person,
    law="winter_help",
    cites="SSI 2020/352 regs 4 and 10",
    unit="currency-GBP for each person",
    label="Child Winter Heating Payment for one person",
)
def child_winter_heating_of_person(
    is_adult_of_unit, is_dependant_child, has_child_disability_higher, dla_care, pip_daily_living, age, in_scotland, law
):
    """A sum for a child, or a young person under 19, on the highest care or the enhanced daily living rate.

    Simplification: a blind child is told together with the highest rate, and taken to be on it unless `dla` says other.
    """
    scheme = law.child_winter_heating_payment
    child = is_dependant_child & has_child_disability_higher & ((dla_care == 0) | (dla_care >= scheme.care_rate))
    young_adult = is_adult_of_unit & (pip_daily_living >= scheme.daily_living_rate)
    qualifies = in_scotland & (child | young_adult) & (age < scheme.under_age)
    return np.where(qualifies, scheme.amount / MONTHS_A_YEAR, 0.0)


child_winter_heating_of_unit = total(
    BenefitUnit, of="child_winter_heating_of_person", label="Child Winter Heating Payment of all children"
)


@rule(
    BenefitUnit,
    cites="SSI 2020/352 regs 4 and 10",
    label="Child Winter Heating Payment",
    says="For each child on the highest rate, whatever is earned, spread over a year: {result:,.2f} a month",
    says_nil="No Child Winter Heating Payment: in Scotland it takes a child on the highest disability rate",
    claim="Nothing to claim: it is paid in autumn to whoever was on the rate in the third full week of September.",
    run_on="There is no test of income or work: it is kept whatever is earned.",
)
def child_winter_heating_payment(child_winter_heating_of_unit):
    """Scotland's sum of every winter for each severely disabled child: work loses none of it."""
    return child_winter_heating_of_unit + 0.0


# Winter Fuel Payment, for the older partner of a mixed-age couple


@rule(
    Person,
    law="winter_help",
    cites="SI 2025/969 regs 2-3; SSI 2024/351",
    label="Winter Fuel Payment for one person",
)
def winter_fuel_payment_open(is_adult_of_unit, is_over_state_pension_age, age, in_scotland, law):
    """What somebody over State Pension age, the only one of the home, has for a winter; a twelfth of it a month."""
    rates = law.winter_fuel_payment
    is_older = age >= rates.older_age
    in_scots_law = np.where(is_older, rates.scotland.older, rates.scotland.younger)
    elsewhere = np.where(is_older, rates.older, rates.younger)
    amount = np.where(in_scotland, in_scots_law, elsewhere) / MONTHS_A_YEAR
    return np.where(is_adult_of_unit & is_over_state_pension_age, amount, 0.0)


@rule(
    Person,
    law="winter_help",
    cites="SI 2024/869 reg 2; SI 2025/969 reg 2; Finance Act 2026 (winter fuel payment charge)",
    label="Winter Fuel Payment of each adult, after the charge",
)
def winter_fuel_payment_of_adult(winter_fuel_payment_open, universal_credit, total_taxable_income, law, rounding):
    """Kept on Universal Credit; without it, from winter 2025-26, where one's own income is at most 35,000 a year."""
    rates = law.winter_fuel_payment
    income_a_year = rounding.nearest(total_taxable_income * MONTHS_A_YEAR)
    keeps = (rates.needs_means_tested_benefit == 0) & (income_a_year <= rates.charged_above)
    return np.where((universal_credit > 0) | keeps, winter_fuel_payment_open, 0.0)


winter_fuel_payment_of_unit = total(
    BenefitUnit, of="winter_fuel_payment_of_adult", label="Winter Fuel Payment of both adults"
)


@rule(
    BenefitUnit,
    law="winter_help",
    cites="SI 2024/869; SI 2025/969; SSI 2024/351; Finance Act 2026 (winter fuel payment charge)",
    label="Winter Fuel Payment",
    says="For the partner over State Pension age, spread over a year: {result:,.2f} a month",
    says_nil="No Winter Fuel Payment: it takes somebody over State Pension age, with Universal Credit or an income of"
    " at most {law.winter_fuel_payment.charged_above:,.0f} a year",
    claim="Nothing to claim for most: it is paid in November or December to those on a benefit or State Pension.",
    run_on="Who has it is settled by a week of September; on more than the limit in the tax year, without a"
    " means-tested benefit, all of it is taken back through tax.",
)
def winter_fuel_payment(winter_fuel_payment_of_unit):
    """A sum of every winter for the older partner, Scotland's Pension Age Winter Heating Payment, less the charge."""
    return winter_fuel_payment_of_unit + 0.0
