"""What a household is left with: cash in hand, help in kind with it, and what is left after the costs of working.

Design of the measures: docs/measures.md. Amounts are pounds a month, for the claimant's benefit unit.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import rule, total

_OURS = "This project's definition: docs/measures.md"


@rule(Person, cites=_OURS, label="other income")
def other_income(
    is_adult_of_unit, occupational_pension, state_pension, rental_income, dividends, interest, new_style_jsa,
    new_style_esa, maternity_allowance, carers_allowance, scottish_carer_supplement,
):  # fmt: skip
    """One adult's income that is neither earned nor means-tested."""
    private = occupational_pension + state_pension + rental_income + dividends + interest
    benefits = new_style_jsa + new_style_esa + maternity_allowance + carers_allowance + scottish_carer_supplement
    return np.where(is_adult_of_unit, private + benefits, 0.0)


@rule(Person, cites=_OURS, label="income of each adult after tax")
def own_income_after_tax(
    is_adult_of_unit, gross_pay, other_income, salary_sacrifice, income_tax, national_insurance,
    employee_pension_contribution, student_loan_repayment, high_income_child_benefit_charge,
):  # fmt: skip
    """One adult's pay and other income, after every deduction from it."""
    off = salary_sacrifice + income_tax + national_insurance + employee_pension_contribution
    off = off + student_loan_repayment + high_income_child_benefit_charge
    return np.where(is_adult_of_unit, gross_pay + other_income - off, 0.0)


own_income_of_unit = total(BenefitUnit, of="own_income_after_tax", label="income of both adults after tax")


@rule(BenefitUnit, cites=_OURS, label="net council tax")
def net_council_tax(is_claimants_unit, council_tax, council_tax_reduction):
    """The council tax bill after the reduction; it falls on the claimant's benefit unit."""
    return np.where(is_claimants_unit, council_tax - council_tax_reduction, 0.0)


@rule(
    BenefitUnit,
    cites=_OURS,
    label="net income",
    says=(
        "Income after tax {own_income_of_unit:,.2f}, Universal Credit {universal_credit:,.2f}, Child Benefit"
        " {child_benefit:,.2f} and other awards, less council tax {net_council_tax:,.2f}: {result:,.2f}"
    ),
)
def net_income(
    own_income_of_unit, maintenance, child_maintenance, universal_credit, child_benefit, scottish_child_payment,
    under_occupancy_mitigation, net_council_tax,
):  # fmt: skip
    """Cash in hand: pay and other income after tax, plus benefits, less council tax after its reduction.

    PIP, ADP and DLA are left out: they are the same in and out of work.
    """
    awards = universal_credit + child_benefit + scottish_child_payment + under_occupancy_mitigation
    return own_income_of_unit + maintenance + child_maintenance + awards - net_council_tax


@rule(
    BenefitUnit,
    cites=_OURS,
    label="help in kind and from time to time",
    grade="valuation",
    says="Help that comes with benefits or low pay, put into pounds: {result:,.2f}",
    says_nil="No help in kind",
)
def passported_help(
    free_school_meals, universal_school_meals, school_clothing_grant, nhs_costs_help, healthy_start, best_start_foods,
    maternity_grant, best_start_grant_pregnancy, best_start_grant_early_learning, best_start_grant_school_age,
    warm_home_discount, warm_home_discount_scotland, cold_weather_payment, winter_heating_payment,
    child_winter_heating_payment, winter_fuel_payment, water_help, broadband_social_tariff, tv_licence_help,
    help_to_save, education_maintenance_allowance, job_start_payment, young_carer_grant,
):  # fmt: skip
    """Help in kind at its value, and payments made now and then as a twelfth of a year's.

    Funded childcare hours are not in it: they lower hourly childcare charges, or are in the charge that is told.
    """
    school = free_school_meals + universal_school_meals + school_clothing_grant + education_maintenance_allowance
    early = healthy_start + best_start_foods + maternity_grant + best_start_grant_pregnancy
    early = early + best_start_grant_early_learning + best_start_grant_school_age
    winter = warm_home_discount + warm_home_discount_scotland + cold_weather_payment + winter_heating_payment
    winter = winter + child_winter_heating_payment + winter_fuel_payment
    bills = water_help + broadband_social_tariff + tv_licence_help
    return school + early + winter + bills + nhs_costs_help + help_to_save + job_start_payment + young_carer_grant


@rule(
    BenefitUnit,
    cites=_OURS,
    label="income with help in kind",
    grade="valuation",
    says="Net income {net_income:,.2f} and help in kind {passported_help:,.2f}: {result:,.2f}",
)
def net_resources(net_income, passported_help):
    """Cash in hand and the value of help in kind."""
    return net_income + passported_help


@rule(
    BenefitUnit,
    cites=f"SI 2013/376 regs 34 and 36; {_OURS}",
    label="childcare charges up to Universal Credit's limit",
    says=(
        "Of childcare charges of {childcare_charges:,.2f} Universal Credit would count up to"
        " {uc_childcare_charges_limit:,.2f}: {result:,.2f}"
    ),
    says_nil="No childcare is paid for",
    nil_unless="childcare_charges",
)
def childcare_charges_up_to_limit(childcare_charges, uc_childcare_charges_limit):
    """What the household pays for childcare, but no more than Universal Credit would count, whoever has an award.

    A guarantee that counts charges without a limit would insure any price of a nursery (docs/guarantee.md).
    """
    return np.minimum(childcare_charges, uc_childcare_charges_limit)


@rule(BenefitUnit, cites=_OURS, label="help with childcare outside Universal Credit")
def childcare_top_ups(tax_free_childcare, northern_irish_childcare_subsidy):
    """What the government adds to, or takes off, childcare charges outside Universal Credit."""
    return tax_free_childcare + northern_irish_childcare_subsidy


@rule(
    BenefitUnit,
    cites=_OURS,
    label="income with help in kind, after childcare",
    grade="valuation",
    says=(
        "Income with help in kind {net_resources:,.2f}, less childcare up to Universal Credit's limit"
        " {childcare_charges_up_to_limit:,.2f}, with what is added to it {childcare_top_ups:,.2f}: {result:,.2f}"
    ),
)
def net_resources_after_childcare(net_resources, childcare_charges_up_to_limit, childcare_top_ups):
    """Cash in hand and help in kind, less childcare up to Universal Credit's limit, with Tax-Free Childcare.

    What the default guarantee guarantees: Universal Credit's childcare element stands beside the charges that it is
    for, so that both may fall together without a loss. Travel and the other costs of work are not in it.
    """
    return net_resources - childcare_charges_up_to_limit + childcare_top_ups


@rule(
    BenefitUnit,
    cites=_OURS,
    label="travel and other costs of work",
    says="Travel and other costs of work: {result:,.2f}",
    says_nil="No costs of work",
    nil_unless=("stated_work_costs", "work_costs_per_hour"),
)
def work_costs(num_in_work, stated_work_costs, work_costs_per_hour, all_hours):
    """Costs of working, in a month with work: some the same whatever the hours, some for each hour of either adult."""
    return np.where(num_in_work > 0, stated_work_costs + work_costs_per_hour * all_hours, 0.0)


@rule(BenefitUnit, cites=_OURS, label="costs of going to work")
def all_work_costs(childcare_charges, childcare_top_ups, work_costs):
    """Childcare less what is added to it, travel and the other costs of working."""
    return childcare_charges - childcare_top_ups + work_costs


@rule(
    BenefitUnit,
    cites=_OURS,
    label="cash left after costs of work",
    says=(
        "Net income {net_income:,.2f} less childcare, travel and other costs of work of {all_work_costs:,.2f}:"
        " {result:,.2f}"
    ),
)
def cash_after_work_costs(net_income, all_work_costs):
    """Cash in hand less childcare and the costs of working: help in kind is not in it."""
    return net_income - all_work_costs


@rule(
    BenefitUnit,
    cites=_OURS,
    label="left after costs of work, with help in kind",
    grade="valuation",
    says=(
        "Income with help in kind {net_resources:,.2f} less childcare, travel and other costs of work of"
        " {all_work_costs:,.2f}: {result:,.2f}"
    ),
)
def net_after_work_costs(net_resources, all_work_costs):
    """Cash in hand and help in kind, less childcare and the costs of working."""
    return net_resources - all_work_costs
