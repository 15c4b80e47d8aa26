"""The NHS Low Income Scheme: full help (certificate HC2) or partial help (HC3) where income is low.

Regs 6, 16 and 17 of SI 2003/2382 and its Schedule 1, and their like in Scotland (SSI 2003/460), Wales (WSI 2007/1104)
and Northern Ireland (SR 2004/91). A weekly income, reckoned as for Income Support, is compared with requirements:
the Income Support amounts of the adults, rent, and council tax or rates after any reduction. Income up to requirements
and half an English prescription charge brings full help; above that, the excess decides what is still paid.

Children count on neither side: there are no amounts for them in the requirements, and Child Benefit, child maintenance,
Scottish Child Payment and the parts of Universal Credit for children and childcare are left out of income.

Simplification: earnings after tax and half of pension contributions, and benefits and pensions after tax, are those of
council tax reduction, which copies Income Support's. Mortgages count as housing costs in the scheme but are not known
here, so that owners get less help than they might. No deduction is made for other people living in the home. That
Universal Credit is income, less its parts for children, is this project's reading; the regulations were not read in
full, and some hold that the whole award counts. Severe disability premium is left out. Amounts are pounds a month.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import any_of, rule
from mwp.core.units import WEEKS_A_MONTH

_REGS = "SI 2003/2382"

# Capital (regs 2 and 16)


@rule(BenefitUnit, law="nhs_low_income_scheme", cites=f"{_REGS} regs 2 and 5-6", unit="bool")
def can_have_low_income_help(is_claimants_unit, savings, law):
    """Capital within the limit."""
    return is_claimants_unit & (savings <= law.capital.limit)


@rule(BenefitUnit, law="nhs_low_income_scheme", cites=f"{_REGS} reg 16(1)(b); SI 1987/1967 reg 53")
def low_income_tariff_income(savings, law):
    """A set amount a week for each step of capital, or part of one, above what is ignored."""
    capital = law.capital
    steps = np.ceil(np.maximum(savings - capital.ignored, 0.0) / capital.tariff_step)
    return steps * capital.tariff_income * WEEKS_A_MONTH


# Requirements (reg 17)


@rule(Person, law="nhs_low_income_scheme", cites=f"{_REGS} Sch 1 Table B; SI 1987/1967 Sch 2 para 1", unit="bool")
def is_of_higher_low_income_age(is_adult_of_unit, age, law):
    """An adult old enough for the higher allowance of a single person."""
    return is_adult_of_unit & (age >= law.requirements.older_age)


@rule(Person, law="nhs_low_income_scheme", cites=f"{_REGS} Sch 1 Table B; SI 1987/1967 Sch 2 paras 9-10", unit="bool")
def is_of_pensioner_premium_age(is_adult_of_unit, age, law):
    """An adult old enough for a pensioner premium."""
    return is_adult_of_unit & (age >= law.requirements.pensioner_age)


has_adult_of_higher_low_income_age = any_of(
    BenefitUnit, of="is_of_higher_low_income_age", label="an adult of 25 or over"
)
has_adult_of_pensioner_premium_age = any_of(
    BenefitUnit, of="is_of_pensioner_premium_age", label="an adult of 60 or over"
)


@rule(BenefitUnit, cites="SI 1987/1967 Sch 2 paras 11-12", unit="bool")
def has_low_income_disability_premium(has_disabled_adult, uc_has_limited_capability):
    """An adult on a disability benefit, blind, or with limited capability for work (taken to have lasted 28 weeks)."""
    return has_disabled_adult | uc_has_limited_capability


@rule(
    BenefitUnit,
    law="nhs_low_income_scheme",
    cites=f"{_REGS} reg 17(1)(a)(i); SI 1987/1967 Sch 2",
    label="amounts for the adults in the Low Income Scheme",
)
def low_income_allowances(
    is_couple,
    has_children,
    has_adult_of_higher_low_income_age,
    has_adult_of_pensioner_premium_age,
    has_low_income_disability_premium,
    has_adult_with_enhanced_daily_living,
    uc_has_limited_capability,
    law,
):
    """The personal allowance, the higher of the pensioner and the disability premium, and the enhanced premium."""
    rates = law.requirements
    higher = has_adult_of_higher_low_income_age | has_children | uc_has_limited_capability
    single = np.where(higher, rates.single_25_or_over, rates.single_under_25)
    allowance = np.where(is_couple, rates.couple, single)
    pensioner = np.where(is_couple, rates.pensioner_premium_couple, rates.pensioner_premium_single)
    disability = np.where(is_couple, rates.disability_premium_couple, rates.disability_premium_single)
    enhanced = np.where(is_couple, rates.enhanced_premium_couple, rates.enhanced_premium_single)
    premium = np.maximum(
        np.where(has_adult_of_pensioner_premium_age, pensioner, 0.0),
        np.where(has_low_income_disability_premium, disability, 0.0),
    )
    return (allowance + premium + np.where(has_adult_with_enhanced_daily_living, enhanced, 0.0)) * WEEKS_A_MONTH


@rule(
    BenefitUnit,
    cites=f"{_REGS} reg 17(1)(a)(i) and Sch 1 Table B (housing costs)",
    label="amounts for the adults and rent in the Low Income Scheme",
)
def low_income_allowances_and_rent(low_income_allowances, rent, service_charges, has_rent_met_by_housing_benefit):
    """The amounts for the adults, and rent with service charges where Housing Benefit does not meet them."""
    return low_income_allowances + np.where(has_rent_met_by_housing_benefit, 0.0, rent + service_charges)


@rule(
    BenefitUnit,
    law="nhs_low_income_scheme",
    cites=f"{_REGS} reg 17(1); SI 1987/1967 Sch 2 para 14ZA",
    label="requirements in the Low Income Scheme",
    says=(
        "Amounts for the adults and rent {low_income_allowances_and_rent:,.2f}, council tax {net_council_tax:,.2f} and"
        " caring make requirements of {result:,.2f}"
    ),
)
def low_income_requirements(low_income_allowances_and_rent, num_entitled_carers, net_council_tax, law):
    """What the scheme takes a household to need: amounts for the adults, rent, and council tax after the reduction."""
    carers = law.requirements.carer_premium * WEEKS_A_MONTH * num_entitled_carers
    return low_income_allowances_and_rent + carers + net_council_tax


# Income (reg 16)


@rule(BenefitUnit, law="nhs_low_income_scheme", cites="SI 1987/1967 Sch 8 paras 4-9")
def low_income_family_disregard(is_couple, has_children, has_low_income_disability_premium, law):
    """Earnings left out, leaving aside caring: most for a lone parent or with a disability premium."""
    rates = law.earnings_disregard
    most = (has_children & ~is_couple) | has_low_income_disability_premium
    a_week = np.where(most, rates.lone_parent_disability_or_carer, np.where(is_couple, rates.couple, rates.single))
    return a_week * WEEKS_A_MONTH


@rule(BenefitUnit, law="nhs_low_income_scheme", cites="SI 1987/1967 Sch 8 paras 4-9")
def low_income_earnings_disregard(low_income_family_disregard, num_entitled_carers, law):
    """Earnings left out: as much for a carer as for a lone parent or with a disability."""
    for_carers = law.earnings_disregard.lone_parent_disability_or_carer * WEEKS_A_MONTH
    return np.where(num_entitled_carers > 0, for_carers, low_income_family_disregard)


@rule(BenefitUnit, cites="SI 1987/1967 Sch 9 (child tax credit and child benefit)")
def uc_elements_for_children(uc_child_element, uc_disabled_child_element):
    """The parts of Universal Credit for children, which the scheme leaves out on both sides."""
    return uc_child_element + uc_disabled_child_element


@rule(BenefitUnit, cites=f"{_REGS} reg 16; SI 1987/1967 regs 53-54")
def low_income_steady_income(maintenance, low_income_tariff_income):
    """Maintenance from a former partner, and income from savings."""
    return maintenance + low_income_tariff_income


@rule(
    BenefitUnit,
    cites=f"{_REGS} reg 16 and Sch 1 Table A; SI 1987/1967 regs 23-40",
    label="income in the Low Income Scheme",
    says=(
        "Earnings {ctr_net_earnings_of_unit:,.2f} less {low_income_earnings_disregard:,.2f}, Universal Credit but for"
        " its parts for children, and other income: {result:,.2f}"
    ),
    says_nil="No income in the Low Income Scheme",
)
def low_income_income(
    ctr_net_earnings_of_unit,
    low_income_earnings_disregard,
    ctr_other_income_of_adults,
    low_income_steady_income,
    universal_credit,
    uc_elements_for_children,
    uc_childcare_element,
):
    """Net earnings less the disregard, benefits and pensions, maintenance, income from savings, Universal Credit."""
    earnings = np.maximum(ctr_net_earnings_of_unit - low_income_earnings_disregard, 0.0)
    award = np.maximum(universal_credit - uc_elements_for_children - uc_childcare_element, 0.0)
    return earnings + ctr_other_income_of_adults + low_income_steady_income + award


# Full and partial help (regs 5(2) and 6)


@rule(
    BenefitUnit,
    cites=f"{_REGS} reg 6",
    label="excess income in the Low Income Scheme",
    says="Income {low_income_income:,.2f} is {result:,.2f} above requirements of {low_income_requirements:,.2f}",
    says_nil="Income of {low_income_income:,.2f} is within requirements of {low_income_requirements:,.2f}",
)
def low_income_excess(low_income_income, low_income_requirements):
    """How far income is above requirements. Pounds a month; the scheme counts it by the week."""
    return np.maximum(low_income_income - low_income_requirements, 0.0)


@rule(
    BenefitUnit,
    law="*",
    cites=f"{_REGS} reg 5(2); Child Poverty Action Group, calculating entitlement to health benefits",
    unit="bool",
    label="full help under the Low Income Scheme",
)
def has_full_low_income_help(can_have_low_income_help, low_income_excess, law, rounding):
    """Capital within the limit, and weekly income over requirements by half a prescription charge at most."""
    most = law.nhs_low_income_scheme.full_help_share_of_prescription_charge * law.nhs_costs.prescriptions.charge
    return can_have_low_income_help & (rounding.nearest(low_income_excess / WEEKS_A_MONTH) <= most)
