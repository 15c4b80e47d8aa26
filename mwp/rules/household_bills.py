"""Help with household bills: water, broadband and the TV licence.

WaterSure is law in England (Water Industry (Charges) (Vulnerable Groups) (Consolidation) Regulations 2015, SI 2015/365)
and the same by the companies' own choice in Wales. A water company's social tariff is its own (Flood and Water
Management Act 2010 s.44): its test and its discount are asked for, never guessed. Water in Scotland is paid for with
council tax, and homes in Northern Ireland are not charged for it. Broadband tariffs are the providers' own. Amounts are
pounds a month; what bills there are is told in the household file, and a bill that is not told brings no help.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import any_of, count, rule
from mwp.core.units import MONTHS_A_YEAR

# WaterSure (SI 2015/365 regs 2-3)


@rule(Person, law="household_bills", cites="SI 2015/365 reg 2(2)(a)", unit="bool")
def is_young_enough_for_watersure(is_dependant_child, age, law):
    """A child under the age up to which Child Benefit counts children for WaterSure."""
    return is_dependant_child & (age < law.watersure.child_under_age)


num_children_for_watersure = count(
    BenefitUnit, of="is_young_enough_for_watersure", label="children who count for WaterSure"
)


@rule(Person, cites="Dwr Cymru Welsh Water and Hafren Dyfrdwy charges schemes", unit="bool")
def is_on_disability_benefit(is_adult_of_unit, gets_disability_benefit, is_disabled_child):
    """Somebody of the family on a disability benefit: in Wales that opens WaterSure too."""
    return (is_adult_of_unit & gets_disability_benefit) | is_disabled_child


has_person_on_disability_benefit = any_of(
    BenefitUnit, of="is_on_disability_benefit", label="somebody on a disability benefit"
)


@rule(BenefitUnit, law="household_bills", cites="SI 2015/365 reg 2(2), (6)", unit="bool")
def needs_much_metered_water(
    is_claimants_unit, in_england, in_wales, has_water_meter, has_water_medical_need, num_children_for_watersure, law
):
    """In England or Wales, on a meter, and with a large family or an illness that takes much water."""
    large = num_children_for_watersure >= law.watersure.large_family
    return is_claimants_unit & (in_england | in_wales) & has_water_meter & (large | has_water_medical_need)


@rule(BenefitUnit, cites="SI 2015/365 reg 2(2)-(3)", unit="bool", label="WaterSure caps the bill")
def has_watersure(needs_much_metered_water, in_wales, has_person_on_disability_benefit, universal_credit):
    """Any award of Universal Credit opens it, whatever is earned; in Wales a disability benefit does too.

    Simplification: Child Benefit for three children is taken to be claimed; Housing Benefit and Pension Credit, which
    open it as well, are not looked at.
    """
    opened = (universal_credit > 0) | (in_wales & has_person_on_disability_benefit)
    return needs_much_metered_water & opened


@rule(
    BenefitUnit, law="household_bills", cites="SI 2015/365 reg 3", label="what WaterSure would save", grade="valuation"
)
def watersure_saving(needs_much_metered_water, stated_water_bill, law, valuation):
    """The bill above the company's average bill; where no bill is told, the average saving of those on WaterSure."""
    watersure = law.watersure
    above = np.maximum(stated_water_bill - watersure.bill_cap / MONTHS_A_YEAR, 0.0)
    saving = np.where(stated_water_bill > 0, above, valuation.of(watersure.average_saving) / MONTHS_A_YEAR)
    return np.where(needs_much_metered_water, saving, 0.0)


# The water company's social tariff


@rule(BenefitUnit, cites="Flood and Water Management Act 2010 s.44", label="income limit of the water tariff")
def water_tariff_limit(is_claimants_unit, in_england, in_wales, has_told_water_tariff, water_tariff_income_limit):
    """The most household income before tax the company's social tariff allows; nil where it has no such test."""
    applies = is_claimants_unit & (in_england | in_wales) & has_told_water_tariff
    return np.where(applies, water_tariff_income_limit, 0.0)


@rule(
    BenefitUnit,
    cites="Flood and Water Management Act 2010 s.44",
    unit="bool",
    label="has the water company's social tariff",
    grade="local scheme",
)
def has_water_social_tariff(
    is_claimants_unit, in_england, in_wales, water_tariff_limit, is_water_tariff_open_on_universal_credit,
    income_before_tax_of_unit, universal_credit,
):  # fmt: skip
    """Within the company's income limit, or on Universal Credit where that alone opens the tariff.

    Simplification: companies differ in what counts as income. Taxable income of the claimant and partner is counted,
    before tax; means-tested and disability benefits and other people in the home are not.
    """
    by_income = (water_tariff_limit > 0) & (income_before_tax_of_unit <= water_tariff_limit)
    by_benefit = is_water_tariff_open_on_universal_credit & (universal_credit > 0)
    return is_claimants_unit & (in_england | in_wales) & (by_income | by_benefit)


@rule(
    BenefitUnit,
    law="household_bills",
    cites="Flood and Water Management Act 2010 s.44",
    label="what the water company's social tariff would save",
    grade="valuation",
)
def water_tariff_saving(
    is_claimants_unit, has_told_water_tariff, stated_water_bill, water_tariff_discount, law, valuation
):
    """The discount off the bill; where bill or discount is not told, the average of all companies' tariffs."""
    known = (stated_water_bill > 0) & (water_tariff_discount > 0)
    average = valuation.of(law.water_social_tariff.average_saving) / MONTHS_A_YEAR
    saving = np.where(known, stated_water_bill * water_tariff_discount, average)
    return np.where(is_claimants_unit & has_told_water_tariff, saving, 0.0)


@rule(
    BenefitUnit,
    cites="SI 2015/365 regs 2-3; Flood and Water Management Act 2010 s.44",
    label="help with the water bill",
    grade="valuation",
    claim="Ask your water company for WaterSure or its social tariff, with proof of benefits, children or illness.",
    run_on="It lasts until the company's next yearly check, and then ends if you no longer qualify.",
    test=("income_before_tax_of_unit", "water_tariff_limit"),
    says="WaterSure or the company's social tariff takes {result:,.2f} off the water bill",
    says_nil=(
        "No help with water is counted: WaterSure takes a benefit, a meter, and three children or an illness that needs"
        " much water; for a social tariff, ask the water company what its rules are and put them in the household file"
    ),
)
def water_help(has_watersure, watersure_saving, has_water_social_tariff, water_tariff_saving):
    """What comes off the water bill: WaterSure or the company's social tariff, whichever saves more."""
    return np.maximum(
        np.where(has_watersure, watersure_saving, 0.0), np.where(has_water_social_tariff, water_tariff_saving, 0.0)
    )


# Broadband


@rule(BenefitUnit, law="household_bills", cites="Providers' terms; Ofcom's list of social tariffs", unit="bool")
def can_have_broadband_social_tariff(universal_credit, net_earnings_of_unit, law):
    """On Universal Credit, whatever is earned; some providers' tariffs allow no earnings, and a parameter says so."""
    earns_too_much = (law.broadband_social_tariff.allows_no_earnings > 0) & (net_earnings_of_unit > 0)
    return (universal_credit > 0) & ~earns_too_much


@rule(
    BenefitUnit,
    law="household_bills",
    cites="Providers' terms; Ofcom's list of social tariffs",
    label="broadband social tariff",
    grade="valuation",
    claim="Ask your broadband provider for its social tariff, or switch to one of those on Ofcom's list.",
    run_on="The provider may check every 6 or 12 months, and asks an ordinary price once Universal Credit has ended.",
    says="A social tariff saves about {result:,.2f} against an ordinary broadband price",
    says_nil="No broadband social tariff: it takes Universal Credit, and broadband in the household file",
)
def broadband_social_tariff(is_claimants_unit, can_have_broadband_social_tariff, pays_for_broadband, law, valuation):
    """What a social tariff saves a household that has or wants broadband."""
    saving = valuation.of(law.broadband_social_tariff.saving) / MONTHS_A_YEAR
    return np.where(is_claimants_unit & can_have_broadband_social_tariff & pays_for_broadband, saving, 0.0)


# TV licence


@rule(Person, cites="SI 2004/692 reg 5", unit="bool")
def is_blind_adult_of_unit(is_adult_of_unit, is_blind):
    """A blind claimant or partner, in whose name a cheaper licence can be."""
    return is_adult_of_unit & is_blind


has_blind_adult = any_of(BenefitUnit, of="is_blind_adult_of_unit", label="a blind adult")


@rule(
    BenefitUnit,
    law="household_bills",
    cites="SI 2004/692 reg 5; Communications Act 2003 s.365",
    label="help with the TV licence",
    claim="Apply to TV Licensing with proof of severe sight impairment; the licence must be in that person's name.",
    run_on="It does not depend on what is earned, so nothing is lost by working.",
    says="The TV licence is cheaper by {result:,.2f} for somebody blind",
    says_nil="No help with a TV licence: half is off for somebody blind, and it is free from 75 with Pension Credit",
)
def tv_licence_help(is_claimants_unit, has_blind_adult, has_tv_licence, law):
    """Half the licence fee where an adult is blind and there is a licence to pay.

    Simplification: the free licence from 75 with Pension Credit is left out: a couple of whom one is of working age
    has Universal Credit, not Pension Credit.
    """
    licence = law.tv_licence
    off = licence.blind_concession * licence.fee / MONTHS_A_YEAR
    return np.where(is_claimants_unit & has_blind_adult & has_tv_licence, off, 0.0)
