"""Help with NHS costs: prescriptions in England; dental care, sight tests, glasses and travel in all four nations.

In the order of the law: who is free of each charge whatever their income; who has full help by Universal Credit
(SI 2003/2382 reg 5(1)(f) and (1A); in Northern Ireland only since December 2025); and what help is worth. Whoever does
not have it by Universal Credit can have full or partial help under the Low Income Scheme (`nhs_low_income_scheme`).
Prescriptions are free to all in Scotland, Wales and Northern Ireland, sight tests in Scotland.

The value counted is what the means test gives over what everybody there gets: to adults only, since children are free
of nearly every charge. How much care an adult needs is not known: parameters/nhs_costs.yaml has a low, a central and a
high guess. The prescriptions a month are those told; where none are told none are counted.

Simplification: exemptions for a medical condition (diabetes, cancer, glaucoma and others), for war pensioners and for
hospital patients are not asked about; Pension Credit, which gives full help too, is not counted here. A mother in the
year after birth is an adult told to be female with a child under 1. Children's travel is left out, and so are wigs.
Amounts are pounds a month.
"""

from typing import Any

import numpy as np

from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.rule import any_of, count, rule, total
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH

_TRAVEL = "SI 2003/2382"
_OPTICAL = "SI 2013/461; in Wales SI 1997/818, in Scotland SI 1998/642"
_DENTAL = "SI 2005/3477; in Wales WSI 2006/491, in Scotland SSI 2003/158, in Northern Ireland SR 1989/111"
_EACH = "currency-GBP each"


def of_nation(node: Any, in_scotland: Any, in_wales: Any, in_northern_ireland: Any) -> Any:
    """The number of the household's nation."""
    others = [node.scotland, node.wales, node.northern_ireland]
    return np.select([in_scotland, in_wales, in_northern_ireland], others, node.england)


# Free whatever the income (SI 2015/570 reg 10; NHS Act 2006 s.177; SI 2013/461 reg 8)


@rule(Person, law="nhs_costs", cites="SI 2015/570 reg 10; NHS Act 2006 s.177; SI 2013/461 reg 8", unit="bool")
def is_student_free_of_nhs_charges(age, is_in_education, law):
    """Under 19 and in full-time education."""
    return is_in_education & (age < law.exemptions.student_under_age)


@rule(Person, law="nhs_costs", cites="SI 2015/570 reg 10(1); NHS Act 2006 s.177", unit="bool")
def is_baby_of_nhs_exemption(is_dependant_child, age, law):
    """A child young enough for the mother to be free of charges for prescriptions and dental care."""
    return is_dependant_child & (age < law.exemptions.baby_under_age)


has_baby_for_nhs_charges = any_of(BenefitUnit, of="is_baby_of_nhs_exemption", label="a child under 1")


@rule(
    Person,
    cites="SI 2015/570 reg 10(1); NHS Act 2006 s.177",
    unit="bool",
    label="pregnant, or a mother within a year",
)
def is_expecting_or_new_mother(is_adult_of_unit, is_pregnant, is_female, has_baby_for_nhs_charges):
    """Pregnant, or a woman whose child is not yet 1."""
    return is_adult_of_unit & (is_pregnant | (is_female & has_baby_for_nhs_charges))


@rule(Person, law="nhs_costs", cites="SI 2015/570 regs 3 and 10", unit="bool")
def pays_for_prescriptions(
    is_adult_of_unit, age, in_england, is_student_free_of_nhs_charges, is_expecting_or_new_mother, law
):
    """An adult in England who is charged for prescriptions, unless the means test frees them."""
    ages = law.exemptions
    of_paying_age = (age >= ages.child_under_age) & (age < ages.older_age)
    free = is_student_free_of_nhs_charges | is_expecting_or_new_mother
    return is_adult_of_unit & in_england & of_paying_age & ~free


@rule(Person, law="nhs_costs", cites=f"NHS Act 2006 s.177; {_DENTAL}", unit="bool")
def pays_for_dental_treatment(
    is_adult_of_unit, age, in_scotland, is_student_free_of_nhs_charges, is_expecting_or_new_mother, law
):
    """An adult who is charged for dental treatment, unless the means test frees them."""
    ages = law.exemptions
    old_enough = age >= np.where(in_scotland, ages.dental_under_age_scotland, ages.dental_under_age)
    return is_adult_of_unit & old_enough & ~is_student_free_of_nhs_charges & ~is_expecting_or_new_mother


@rule(Person, law="nhs_costs", cites="WSI 2006/491", unit="bool")
def pays_for_check_ups(pays_for_dental_treatment, age, in_wales, law):
    """Charged for dental check-ups too: in Wales nobody under 25 or of 60 and over is."""
    free_in_wales = (age < law.exemptions.check_up_under_age_wales) | (age >= law.exemptions.check_up_from_age_wales)
    return pays_for_dental_treatment & ~(in_wales & free_in_wales)


@rule(Person, law="nhs_costs", cites=_OPTICAL, unit="bool")
def pays_for_glasses(is_adult_of_unit, age, is_student_free_of_nhs_charges, law):
    """An adult who has no voucher for glasses, unless the means test brings one."""
    return is_adult_of_unit & (age >= law.exemptions.child_under_age) & ~is_student_free_of_nhs_charges


@rule(Person, law="nhs_costs", cites="NHS Act 2006 s.115(2); SSI 2006/135 (free to all in Scotland)", unit="bool")
def pays_for_sight_tests(pays_for_glasses, age, is_blind, in_scotland, law):
    """An adult who pays for a sight test, unless the means test frees them: under 60, not blind, not in Scotland."""
    return pays_for_glasses & (age < law.exemptions.older_age) & ~is_blind & ~in_scotland


num_paying_for_glasses = count(BenefitUnit, of="pays_for_glasses", label="adults with no other voucher for glasses")
num_paying_for_sight_tests = count(BenefitUnit, of="pays_for_sight_tests", label="adults who pay for sight tests")


# What care costs those who pay


@rule(
    Person,
    law="nhs_costs",
    cites="SI 2015/570 reg 3",
    label="what an adult's prescriptions would cost",
    says="Prescriptions, {prescriptions_a_month:g} a month, would cost {result:,.2f}",
    says_nil="No charge for prescriptions, or none are told",
)
def prescription_charges(pays_for_prescriptions, prescriptions_a_month, law):
    """The charge for each item, or a 12-month prepayment certificate where that costs less."""
    charges = law.prescriptions
    cost = np.minimum(prescriptions_a_month * charges.charge, charges.prepayment_certificate / MONTHS_A_YEAR)
    return np.where(pays_for_prescriptions, cost, 0.0)


prescription_charges_of_unit = total(
    BenefitUnit, of="prescription_charges", label="what both adults' prescriptions would cost"
)


@rule(Household, law="nhs_costs", cites=_DENTAL, unit=_EACH)
def dental_check_up_charge(in_scotland, in_wales, in_northern_ireland, law):
    """What a course of dental care with a check-up costs somebody who pays. Pounds a course."""
    return of_nation(law.dental.check_up, in_scotland, in_wales, in_northern_ireland)


@rule(Household, law="nhs_costs", cites=_DENTAL, unit=_EACH)
def dental_filling_charge(in_scotland, in_wales, in_northern_ireland, law):
    """What a course of dental care with a filling costs somebody who pays. Pounds a course."""
    return of_nation(law.dental.filling, in_scotland, in_wales, in_northern_ireland)


@rule(Person, law="nhs_costs", cites=_DENTAL, unit=_EACH, grade="valuation")
def dental_charge(
    pays_for_check_ups, pays_for_dental_treatment, dental_check_up_charge, dental_filling_charge, law, valuation
):
    """What one adult's course of dental care costs: a check-up, or a filling, or the mean of them. Pounds a course."""
    fillings = valuation.of(law.dental.share_with_a_filling)
    check_up = np.where(pays_for_check_ups, dental_check_up_charge, 0.0)
    filling = np.where(pays_for_dental_treatment, dental_filling_charge, 0.0)
    return (1 - fillings) * check_up + fillings * filling


@rule(Person, cites=_DENTAL, unit="bool")
def has_dental_charge(dental_charge):
    """An adult whose dental care is charged for."""
    return dental_charge > 0


dental_charges_of_unit = total(BenefitUnit, of="dental_charge", label="a course of dental care for each adult")
num_with_dental_charge = count(BenefitUnit, of="has_dental_charge", label="adults charged for dental care")


@rule(Household, law="nhs_costs", cites=_OPTICAL, unit=_EACH, grade="valuation")
def optical_voucher(in_wales, law, valuation):
    """The voucher towards a pair of glasses. Pounds a pair."""
    return np.where(in_wales, valuation.of(law.optical.voucher.wales), valuation.of(law.optical.voucher.outside_wales))


# Full help by Universal Credit (SI 2003/2382 reg 5(1)(f) and (1A))


@rule(
    BenefitUnit,
    law="nhs_costs",
    cites=f"{_TRAVEL} reg 5(1A), as substituted by SI 2016/1045 reg 2; written answer 110496",
    label="earnings limit for NHS costs",
    says="On Universal Credit, take-home pay of up to {result:,.2f} a month brings full help with NHS costs",
    says_nil="No help with NHS costs by way of Universal Credit",
)
def nhs_earnings_limit(uc_is_open, uc_child_element, uc_has_limited_capability, in_northern_ireland, law):
    """The most that may be earned, higher with a child element or limited capability; nil where the route is shut."""
    route = law.universal_credit_route
    higher = (uc_child_element > 0) | uc_has_limited_capability
    limit = np.where(higher, route.limit_with_child_or_limited_capability, route.limit)
    is_there = uc_is_open & (~in_northern_ireland | (route.in_northern_ireland > 0))
    return np.where(is_there, limit, 0.0)


@rule(
    BenefitUnit,
    cites=f"{_TRAVEL} regs 2 and 5(1A): earned income as in Chapter 2 of Part 6 of SI 2013/376",
    unit="bool",
    label="full help with NHS costs by Universal Credit",
)
def has_nhs_help_by_universal_credit(universal_credit, uc_earned_income, nhs_earnings_limit, rounding):
    """An award above nil, and both adults' earned income, to the penny, within the limit.

    Earned income is that of Universal Credit: after tax, National Insurance and pension contributions, and with the
    minimum income floor, which stands in the same chapter of its regulations (reg 62).
    """
    return (universal_credit > 0) & (rounding.nearest(uc_earned_income) <= nhs_earnings_limit)


@rule(BenefitUnit, cites=f"{_TRAVEL} reg 5", unit="bool", label="full help with NHS costs")
def has_full_nhs_help(has_nhs_help_by_universal_credit, has_full_low_income_help):
    """By Universal Credit, or under the Low Income Scheme."""
    return has_nhs_help_by_universal_credit | has_full_low_income_help


# What help is worth


@rule(BenefitUnit, cites=f"{_TRAVEL} regs 5-6", unit="bool", label="full or partial help with NHS costs")
def has_nhs_help(has_full_nhs_help, can_have_low_income_help):
    """Full help, or capital that leaves partial help open; whether any is left then depends on the excess."""
    return has_full_nhs_help | can_have_low_income_help


@rule(BenefitUnit, cites=f"{_TRAVEL} regs 5-6", unit="currency-GBP a week", label="excess income that is still paid")
def nhs_excess_a_week(has_full_nhs_help, low_income_excess):
    """Weekly income above requirements, on which partial help turns; nil with full help. Pounds a week."""
    return np.where(has_full_nhs_help, 0.0, low_income_excess / WEEKS_A_MONTH)


@rule(
    BenefitUnit,
    cites=f"{_TRAVEL} regs 4-5; SI 2015/570",
    grade="valuation",
    label="free prescriptions",
    says="Prescriptions that would cost {result:,.2f} a month are free",
    says_nil="Nothing off prescriptions",
)
def prescription_help(has_full_nhs_help, prescription_charges_of_unit):
    """Prescriptions that full help makes free. Partial help does not cover them."""
    return np.where(has_full_nhs_help, prescription_charges_of_unit, 0.0)


@rule(
    BenefitUnit,
    law="*",
    cites=f"{_TRAVEL} regs 4-6",
    grade="valuation",
    label="help with dental charges",
    says="Dental care let off is worth {result:,.2f} a month",
    says_nil="Nothing off dental charges",
)
def dental_help(has_nhs_help, nhs_excess_a_week, dental_charges_of_unit, num_with_dental_charge, law, valuation):
    """Dental charges let off, for the courses of treatment an adult is taken to have in a year."""
    still_paid = law.nhs_low_income_scheme.partial_help.dental * nhs_excess_a_week * num_with_dental_charge
    courses = valuation.of(law.nhs_costs.dental.courses_a_year) / MONTHS_A_YEAR
    return has_nhs_help * np.maximum(dental_charges_of_unit - still_paid, 0.0) * courses


@rule(
    BenefitUnit,
    law="*",
    cites=f"{_TRAVEL} regs 4-6; {_OPTICAL}",
    grade="valuation",
    label="help with sight tests and glasses",
    says="Sight tests and vouchers for glasses are worth {result:,.2f} a month",
    says_nil="Nothing towards sight tests and glasses",
)
def optical_help(
    has_nhs_help, nhs_excess_a_week, num_paying_for_sight_tests, num_paying_for_glasses, optical_voucher, law, valuation
):
    """Sight tests let off and vouchers for glasses, one of each every two years."""
    optical, times = law.nhs_costs.optical, law.nhs_low_income_scheme.partial_help
    test = np.maximum(valuation.of(optical.sight_test) - times.sight_test * nhs_excess_a_week, 0.0)
    glasses = np.maximum(optical_voucher - times.glasses * nhs_excess_a_week, 0.0)
    each = num_paying_for_sight_tests * test + num_paying_for_glasses * glasses
    return has_nhs_help * each * (optical.tests_a_year / MONTHS_A_YEAR)


@rule(
    BenefitUnit,
    law="*",
    cites=f"{_TRAVEL} regs 3, 5 and 6",
    grade="valuation",
    label="help with travel to hospital",
    says="Fares to hospital that are paid are worth {result:,.2f} a month",
    says_nil="No fares to hospital are paid",
)
def hospital_travel_help(has_nhs_help, nhs_excess_a_week, num_adults, law, valuation):
    """Fares to hospital paid back, for the journeys an adult is taken to make in a year, no two in a week."""
    travel, times = law.nhs_costs.travel, law.nhs_low_income_scheme.partial_help.travel
    fare = np.maximum(travel.return_fare - times * nhs_excess_a_week, 0.0)
    return has_nhs_help * fare * num_adults * (valuation.of(travel.journeys_a_year) / MONTHS_A_YEAR)


@rule(
    BenefitUnit,
    cites=f"{_TRAVEL} regs 5-6; WSI 2007/1104; SSI 2003/460; SR 2004/91",
    grade="valuation",
    label="help with NHS costs",
    claim=(
        "On Universal Credit, tell the pharmacist, dentist or optician, with the statement that shows your take-home"
        " pay; otherwise apply for a certificate under the NHS Low Income Scheme, on form HC1 or at nhsbsa.nhs.uk."
    ),
    run_on=(
        "By Universal Credit the last complete assessment period before the treatment decides, so one month above the"
        " limit loses the help and one month below it brings it back. A certificate lasts to its date, often 6 or 12"
        " months, whatever is earned meanwhile."
    ),
    test=("uc_earned_income", "nhs_earnings_limit"),
    says=(
        "Prescriptions {prescription_help:,.2f}, dental care {dental_help:,.2f}, sight tests and glasses"
        " {optical_help:,.2f} and travel {hospital_travel_help:,.2f}: {result:,.2f} a month"
    ),
    says_nil="No help with NHS costs beyond what everybody gets",
)
def nhs_costs_help(prescription_help, dental_help, optical_help, hospital_travel_help):
    """What the means test for NHS costs is worth over what everybody in the nation gets."""
    return prescription_help + dental_help + optical_help + hospital_travel_help
