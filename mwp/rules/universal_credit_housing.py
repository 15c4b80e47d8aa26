"""Universal Credit's housing element for renters.

In the order of Schedule 4 to the Universal Credit Regulations 2013 (SI 2013/376): how many bedrooms are allowed,
non-dependants' contributions, private rents up to the local housing allowance, social rents less under-occupancy.
Help with a mortgage is a loan (SI 2017/725) and no part of the award. Amounts are pounds a month.
"""

from functools import lru_cache

import numpy as np

from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.rule import any_of, count, rule

# Bedrooms (paras 8-12)


@rule(Person, law="universal_credit", cites="SI 2013/376 Sch 4 para 10(1)(d)-(e)", unit="bool")
def is_young_sharer(age, is_dependant_child, law):
    """A child young enough to share with any other child."""
    return is_dependant_child & (age < law.housing.share_any_sex_under_age)


@rule(Person, law="universal_credit", cites="SI 2013/376 Sch 4 para 10(1)(d)", unit="bool")
def is_older_sharer(age, is_dependant_child, is_young_sharer, law):
    """A child who shares only with one of the same sex."""
    return is_dependant_child & ~is_young_sharer & (age < law.housing.share_same_sex_under_age)


@rule(Person, cites="SI 2013/376 Sch 4 para 10(1)(b)", unit="bool")
def is_qualifying_young_person(is_dependant_child, is_young_sharer, is_older_sharer):
    """A dependant old enough for a bedroom of their own."""
    return is_dependant_child & ~is_young_sharer & ~is_older_sharer


@rule(Person, cites="SI 2013/376 Sch 4 para 10", unit="bool")
def is_older_girl(is_older_sharer, is_female):
    """A girl who shares only with girls."""
    return is_older_sharer & is_female


@rule(Person, cites="SI 2013/376 Sch 4 para 10", unit="bool")
def is_older_boy(is_older_sharer, is_female):
    """A boy who shares only with boys."""
    return is_older_sharer & ~is_female


@rule(Person, cites="SI 2013/376 Sch 4 para 10", unit="bool")
def is_young_girl(is_young_sharer, is_female):
    """A girl young enough to share with any child."""
    return is_young_sharer & is_female


@rule(Person, cites="SI 2013/376 Sch 4 para 10", unit="bool")
def is_young_boy(is_young_sharer, is_female):
    """A boy young enough to share with any child."""
    return is_young_sharer & ~is_female


@rule(Person, cites="SI 2013/376 Sch 4 para 10", unit="bool")
def is_sharer_of_unknown_sex(is_young_sharer, is_older_sharer, is_sex_known):
    """A child under 16 whose sex is not told."""
    return (is_young_sharer | is_older_sharer) & ~is_sex_known


num_older_girls = count(BenefitUnit, of="is_older_girl")
num_older_boys = count(BenefitUnit, of="is_older_boy")
num_young_girls = count(BenefitUnit, of="is_young_girl")
num_young_boys = count(BenefitUnit, of="is_young_boy")
num_qualifying_young_people = count(BenefitUnit, of="is_qualifying_young_person")
has_sharer_of_unknown_sex = any_of(BenefitUnit, of="is_sharer_of_unknown_sex")


@rule(BenefitUnit, cites="SI 2013/376 Sch 4 para 10(1)(c)-(e)", unit="rooms", label="bedrooms for children under 16")
def childrens_bedrooms(num_older_girls, num_older_boys, num_young_girls, num_young_boys, has_sharer_of_unknown_sex):
    """The fewest rooms that the children under 16 can share.

    Older girls share by twos, and so do older boys; whoever is left over takes in a young child of the same sex; the
    other young children share by twos. Where a child's sex is not told, all are taken to share by twos.
    """
    girl_takes_one = (num_older_girls % 2 == 1) & (num_young_girls > 0)
    boy_takes_one = (num_older_boys % 2 == 1) & (num_young_boys > 0)
    young = num_young_girls + num_young_boys
    young_left = young - girl_takes_one - boy_takes_one
    rooms = np.ceil(num_older_girls / 2) + np.ceil(num_older_boys / 2) + np.ceil(young_left / 2)
    by_twos = np.ceil((num_older_girls + num_older_boys + young) / 2)
    return np.where(has_sharer_of_unknown_sex, by_twos, rooms)


@rule(
    BenefitUnit,
    cites="SI 2013/376 Sch 4 paras 9-12",
    unit="rooms",
    label="bedrooms allowed",
    says="Bedrooms allowed: {result:.0f}",
)
def uc_bedrooms_allowed(childrens_bedrooms, num_qualifying_young_people, num_non_dependants, extra_bedrooms):
    """One for the claimant or couple, one for each young person and non-dependant, those for children, and extras."""
    return 1.0 + num_qualifying_young_people + num_non_dependants + childrens_bedrooms + extra_bedrooms


# Non-dependants' contributions (paras 13-16)


@rule(Person, law="universal_credit", cites="SI 2013/376 Sch 4 para 16", unit="bool")
def is_contributing_non_dependant(
    is_non_dependant, age, gets_daily_living_benefit, is_carer, claims_carers_allowance, stated_carers_allowance, law
):
    """A non-dependant old enough, and without a daily living benefit or Carer's Allowance.

    Caring is not enough, nor is being blind: only a claimant or partner who is blind frees others (para 15).
    Simplification: a non-dependant who cares and claims Carer's Allowance is taken to have it, whatever they earn.
    """
    has_allowance = (is_carer & claims_carers_allowance) | (stated_carers_allowance > 0)
    exempt = gets_daily_living_benefit | has_allowance
    return is_non_dependant & (age >= law.housing.non_dependant_age) & ~exempt


num_contributing_non_dependants = count(Household, of="is_contributing_non_dependant")


@rule(Person, cites="SI 2013/376 Sch 4 para 15", unit="bool")
def is_adult_who_frees_non_dependants(is_adult_of_unit, gets_daily_living_benefit, is_blind):
    """A claimant who is blind, or has daily living help or Attendance Allowance: no non-dependant contributes."""
    return is_adult_of_unit & (gets_daily_living_benefit | is_blind)


has_adult_who_frees_non_dependants = any_of(BenefitUnit, of="is_adult_who_frees_non_dependants")


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 Sch 4 paras 13-16",
    label="housing cost contributions",
    says="Other adults in the home ({num_contributing_non_dependants:.0f}) are taken to pay {result:,.2f}",
)
def uc_housing_cost_contributions(num_contributing_non_dependants, has_adult_who_frees_non_dependants, law):
    """A flat amount for each non-dependant who is not exempt, whatever they earn."""
    contributions = num_contributing_non_dependants * law.housing.non_dependant_contribution
    return np.where(has_adult_who_frees_non_dependants, 0.0, contributions)


# Private rent (paras 20-29)


@rule(Person, law="universal_credit", cites="SI 2013/376 Sch 4 paras 27-29", unit="bool")
def is_adult_outside_shared_rate(is_adult_of_unit, age, pip_daily_living, law):
    """An adult too old for the shared accommodation rate, or with the daily living component."""
    return is_adult_of_unit & ((age >= law.housing.shared_rate_under_age) | (pip_daily_living > 0))


has_adult_outside_shared_rate = any_of(BenefitUnit, of="is_adult_outside_shared_rate")


@rule(BenefitUnit, cites="SI 2013/376 Sch 4 paras 27-29", unit="bool", label="has the shared accommodation rate")
def has_shared_accommodation_rate(
    is_couple, has_children, num_non_dependants, has_adult_outside_shared_rate, is_shared_rate_exempt
):
    """Single, young, alone in the home, and not excepted."""
    alone = ~is_couple & ~has_children & (num_non_dependants == 0)
    return alone & ~has_adult_outside_shared_rate & ~is_shared_rate_exempt


@rule(
    BenefitUnit,
    law="*",
    cites="SI 2013/376 Sch 4 para 25; SI 2013/382",
    label="local housing allowance",
    says="The most rent that is met for a private tenant with this area and number of bedrooms is {result:,.2f}",
)
def uc_lha_rate(rents_privately, brma, stated_lha, uc_bedrooms_allowed, has_shared_accommodation_rate, law):
    """The most rent that is met for a private tenant: by area, and by bedrooms allowed up to the largest rate."""
    rates = _rates(law.local_housing_allowance)
    rooms = np.clip(uc_bedrooms_allowed, 1.0, law.universal_credit.housing.most_bedrooms_private)
    column = np.where(has_shared_accommodation_rate, 0.0, rooms).astype(np.intp)
    area = np.maximum(brma, 0.0).astype(np.intp)
    listed = np.where(brma >= 0, rates[area, column], 0.0)
    return np.where(rents_privately, np.where(stated_lha > 0, stated_lha, listed), 0.0)


@lru_cache(maxsize=8)
def _rates(tree):
    """The table of rates: a row for each area in the order of the parameter file, a column for each size of home."""
    sizes = ("shared", "bed1", "bed2", "bed3", "bed4")
    return np.array([[tree[nation][area][size] for size in sizes] for nation in tree for area in tree[nation]])


# Social rent (paras 30-36)


@rule(
    BenefitUnit,
    law="universal_credit",
    cites="SI 2013/376 Sch 4 para 36",
    unit="/1",
    label="under-occupancy deduction",
    says="The home has more bedrooms than are allowed: {result:.0%} of the rent is not met",
)
def uc_under_occupancy_share(rents_socially, bedrooms, uc_bedrooms_allowed, is_under_occupancy_exempt, law):
    """The share of a social rent not met for one spare bedroom, or for two or more."""
    spare = np.where(bedrooms > 0, bedrooms - uc_bedrooms_allowed, 0.0)
    rates = law.housing
    share = np.select(
        [spare >= 2, spare >= 1], [rates.under_occupancy_two_bedrooms, rates.under_occupancy_one_bedroom], 0.0
    )
    return np.where(rents_socially & ~is_under_occupancy_exempt, share, 0.0)


@rule(Household, cites="SI 2013/376 Sch 1 paras 3-3B", unit="bool", label="rent met by Housing Benefit")
def has_rent_met_by_housing_benefit(in_temporary_accommodation, in_supported_accommodation):
    """In temporary or specified accommodation: Housing Benefit meets the rent, Universal Credit does not."""
    return in_temporary_accommodation | in_supported_accommodation


@rule(
    BenefitUnit,
    cites="SI 2013/376 Sch 4 paras 6-7 and 35",
    label="rent and service charges that count",
    says="Rent and eligible service charges come to {result:,.2f}",
)
def uc_eligible_rent(rent, service_charges, rents_privately, rents_socially, has_rent_met_by_housing_benefit):
    """Rent and eligible service charges of a tenant whose rent Housing Benefit does not meet."""
    tenant = (rents_privately | rents_socially) & ~has_rent_met_by_housing_benefit
    return np.where(tenant, rent + service_charges, 0.0)


@rule(
    BenefitUnit,
    cites="SI 2013/376 Sch 4 para 36",
    label="rent not met for spare bedrooms",
    says="{result:,.2f} of the rent is not met, for spare bedrooms",
)
def uc_under_occupancy_reduction(uc_eligible_rent, uc_under_occupancy_share, rounding):
    """Pounds a month of a social rent that are not met because of spare bedrooms."""
    return rounding.nearest(uc_eligible_rent * uc_under_occupancy_share)


@rule(
    BenefitUnit,
    cites="SI 2013/376 regs 25-26; Sch 4 paras 22-26 and 34-36",
    label="housing element",
    says="Rent met comes to {result:,.2f}",
    says_nil="No rent is met",
)
def uc_housing_element(
    uc_eligible_rent,
    rents_privately,
    uc_lha_rate,
    uc_under_occupancy_reduction,
    uc_housing_cost_contributions,
    rounding,
):
    """Rent met: private up to the local housing allowance, social less under-occupancy; less others' contributions."""
    private = np.minimum(uc_eligible_rent, uc_lha_rate)
    met = np.where(rents_privately, private, uc_eligible_rent - uc_under_occupancy_reduction)
    return rounding.nearest(np.maximum(met - uc_housing_cost_contributions, 0.0))


@rule(BenefitUnit, cites="SI 2013/376 reg 22(3); SI 2014/1230 reg 5A", unit="bool", label="help with housing costs")
def uc_has_housing_costs_met(uc_housing_element, in_temporary_accommodation):
    """The award includes a housing element, or Housing Benefit meets the rent of temporary accommodation.

    Regulation 5A names temporary accommodation alone: in supported housing the higher work allowance stays.
    """
    return (uc_housing_element > 0) | in_temporary_accommodation


@rule(
    BenefitUnit,
    cites="Social Security (Scotland) Act 2018 s.88 and Scottish Government DHP policy; SR 2025/58 reg 5",
    label="help that makes up the under-occupancy deduction",
    says="Scotland and Northern Ireland pay back the deduction for spare bedrooms: {result:,.2f}",
    nil_unless="uc_under_occupancy_reduction",
)
def under_occupancy_mitigation(uc_under_occupancy_reduction, universal_credit, in_scotland, in_northern_ireland):
    """Discretionary Housing Payment (Scotland) or Welfare Supplementary Payment (Northern Ireland), in full."""
    mitigated = (in_scotland | in_northern_ireland) & (universal_credit > 0)
    return np.where(mitigated, uc_under_occupancy_reduction, 0.0)
