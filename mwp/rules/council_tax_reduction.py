"""Council tax reduction, and rate rebate in Northern Ireland: each nation's default scheme, below pension age.

England: the default scheme of 2012 (SI 2012/2886), a guess at the scheme of a council that is not known; those that are
known are in `council_tax_reduction_local`. Scotland: SSI 2021/249. Wales: WSI 2013/3029. Northern Ireland: the Rate
Relief Regulations 2017 (SR 2017/184).

With Universal Credit, England and Wales compare its maximum amount with earnings before the work allowance, other
income, and the award itself (SI 2012/2886 Sch paras 28 and 37, WSI 2013/3029 Sch 6 paras 3 and 9: the income is the one
that the award was determined on, and the work allowance is part of the deduction from the award, not of the income).
So the reduction tapers from the first pound, also where Universal Credit does not. Scotland compares amounts of its own
with earnings and with only the children's part of the award.

The schemes count in weeks and multiply what Universal Credit counts in months by 12/52. Everything here is pounds a
month, where that cancels out; weekly amounts are multiplied by 52/12.

Simplification: the schemes spread a year's bill over its days, 365/7 weeks and not 52: a reduction may be 0.3% out.
Simplification: left out are the schemes for people above pension age, the exclusion of most full-time students, second
adult rebate, extended reductions of the first weeks in work, the severe disability premium, and war pensions.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.rule import any_of, count, rule, total
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH, WEEKS_A_YEAR

_ENGLAND = "SI 2012/2886 Sch"
_LETTER_E = 5  # council_tax_band counts A as 1


# The shape of every scheme of the default kind, on plain numbers or arrays, for councils' own figures too


def tapered(most: Any, income: Any, allowance: Any, taper_rate: float) -> Any:
    """What is left of `most` when a share of income above the allowance comes off: from nil to `most`."""
    return np.clip(most - taper_rate * np.maximum(income - allowance, 0.0), 0.0, most)


def reduction(scheme: Any, bill: Any, deductions: Any, income: Any, allowance: Any, savings: Any) -> Any:
    """The reduction under a scheme's `maximum_share`, `taper_rate` and `capital_limit`. Pounds a month."""
    most = np.maximum(scheme.maximum_share * bill - deductions, 0.0)
    return np.where(savings > scheme.capital_limit, 0.0, tapered(most, income, allowance, scheme.taper_rate))


def of_nation(law: Any, in_scotland: Any, in_wales: Any, amount: Callable[[Any], Any]) -> Any:
    """`amount` of the Scottish or the Welsh scheme; of the English default everywhere else."""
    return np.where(
        in_scotland, amount(law.scotland), np.where(in_wales, amount(law.wales), amount(law.england_default))
    )


# Other people living in the home (SI 2012/2886 Sch para 30; SSI 2021/249 reg 90; WSI 2013/3029 Sch 6 para 5)


@rule(
    Person,
    unit="currency-GBP for each other adult",
    cites=f"{_ENGLAND} para 30(2); SSI 2021/249 reg 90(2)",
    label="gross income of somebody else in the home",
)
def non_dependant_income(
    non_dependant_pay,
    occupational_pension,
    state_pension,
    full_new_style_jsa,
    full_new_style_esa,
    full_maternity_allowance,
    rental_income,
    dividends,
    interest,
):
    """Gross pay, pensions and benefits of one person, disability benefits left out.

    Simplification: what that person's own work takes off Jobseeker's Allowance and the like is not looked at.
    """
    benefits = state_pension + full_new_style_jsa + full_new_style_esa + full_maternity_allowance
    return non_dependant_pay + benefits + occupational_pension + rental_income + dividends + interest


@rule(
    Person,
    law="council_tax_reduction",
    cites=f"{_ENGLAND} para 30(7)-(8); SSI 2021/249 reg 90; WSI 2013/3029 Sch 6 para 5(8)",
    unit="bool",
    label="brings a deduction for living in the home",
)
def brings_ctr_deduction(
    is_non_dependant, age, is_in_education, non_dependant_pay, non_dependant_income, claims_universal_credit, law
):
    """Somebody else of 18 or over; not a full-time student, and not on Universal Credit without earnings.

    Simplification: someone with no pay and no pension or other benefit is taken to have Universal Credit unless the
    household says that they do not claim it. Carers, patients and prisoners are not told apart, nor is Pension Credit.
    """
    on_universal_credit = claims_universal_credit & (non_dependant_pay <= 0) & (non_dependant_income <= 0)
    old_enough = age >= law.great_britain.non_dependant_age
    return is_non_dependant & old_enough & ~is_in_education & ~on_universal_credit


@rule(
    Person,
    unit="currency-GBP for each other adult",
    law="council_tax_reduction",
    cites=f"{_ENGLAND} para 30(1)-(2); SSI 2021/249 reg 90(1)-(2); WSI 2013/3029 Sch 6 para 5(1)-(2)",
    label="deduction for one person living in the home",
)
def ctr_non_dependant_deduction(
    brings_ctr_deduction, non_dependant_income, non_dependant_hours, in_scotland, in_wales, law
):
    """By gross income a week for people in work of 16 hours or more; the lowest deduction for others.

    Simplification: a couple living in the home is taken as two people; the law makes one deduction for both.
    """
    a_week = non_dependant_income * MONTHS_A_YEAR / WEEKS_A_YEAR
    works = non_dependant_hours >= law.great_britain.work_hours

    def by_income(scheme):
        band = scheme.non_dependant_deduction
        steps = [works & (a_week >= start) for start in (band.highest_from, band.third_from, band.second_from)]
        return np.select(steps, [band.highest, band.third, band.second], band.lowest)

    amount = of_nation(law, in_scotland, in_wales, by_income) * WEEKS_A_MONTH
    return np.where(brings_ctr_deduction, amount, 0.0)


ctr_non_dependant_deductions_of_home = total(
    Household, of="ctr_non_dependant_deduction", label="deductions for people living in the home"
)


@rule(
    Person,
    cites=f"{_ENGLAND} para 30(6); SSI 2021/249 reg 90(6); WSI 2013/3029 Sch 6 para 5(6)",
    unit="bool",
)
def lifts_ctr_deductions(is_adult_of_unit, is_blind, gets_daily_living_benefit):
    """A claimant or partner who is blind, or gets the daily living component or Attendance Allowance."""
    return is_adult_of_unit & (is_blind | gets_daily_living_benefit)


ctr_deductions_are_lifted = any_of(
    BenefitUnit, of="lifts_ctr_deductions", label="no deductions for others in the home, for a disability"
)


@rule(
    BenefitUnit,
    cites=f"{_ENGLAND} para 30; SSI 2021/249 reg 90; WSI 2013/3029 Sch 6 para 5",
    label="deductions for others living in the home",
    says="Others living in the home are expected to pay {result:,.2f} towards the bill",
)
def ctr_non_dependant_deductions(ctr_non_dependant_deductions_of_home, ctr_deductions_are_lifted, is_claimants_unit):
    """What comes off the most that can be met, in Great Britain."""
    return np.where(is_claimants_unit & ~ctr_deductions_are_lifted, ctr_non_dependant_deductions_of_home, 0.0)


# Whose bill, and is there Universal Credit


@rule(
    BenefitUnit,
    cites="Local Government Finance Act 1992 ss.13A and 80; SR 2017/184 reg 10(1)(a)",
    label="bill that a reduction is claimed on",
)
def ctr_bill(council_tax, is_claimants_unit, claims_council_tax_reduction):
    """The household's bill, where the claimant's benefit unit claims a reduction of it."""
    return np.where(is_claimants_unit & claims_council_tax_reduction, council_tax, 0.0)


@rule(BenefitUnit, cites=f"{_ENGLAND} para 28(1); SSI 2021/249 reg 42(1)", unit="bool")
def ctr_has_universal_credit(universal_credit):
    """There is an award of Universal Credit."""
    return universal_credit > 0


# Amounts that income is compared with (SI 2012/2886 Sch 3; SSI 2021/249 Sch 1; WSI 2013/3029 Sch 7)


@rule(Person, law="council_tax_reduction", cites="SI 2012/2886 Sch 3 para 1; SSI 2021/249 Sch 1 para 1", unit="bool")
def is_of_higher_ctr_age(age, is_adult_of_unit, law):
    """An adult old enough for the higher allowance of a single person."""
    return is_adult_of_unit & (age >= law.great_britain.higher_allowance_age)


@rule(Person, cites="SI 2012/2886 Sch 3 paras 1 and 18", unit="bool")
def is_on_new_style_esa(is_adult_of_unit, new_style_esa):
    """An adult who gets New-style Employment and Support Allowance."""
    return is_adult_of_unit & (new_style_esa > 0)


@rule(Person, cites="SI 2012/2886 Sch 3 paras 21-24; SSI 2021/249 Sch 1 para 19", unit="bool")
def brings_ctr_support_component(is_on_new_style_esa, is_in_esa_support_group):
    """An adult whose New-style ESA has the support component."""
    return is_on_new_style_esa & is_in_esa_support_group


@rule(Person, cites="SI 2012/2886 Sch 3 para 10; SSI 2021/249 Sch 1 para 12; WSI 2013/3029 Sch 7 para 10", unit="bool")
def is_disabled_adult(is_adult_of_unit, gets_disability_benefit, is_blind):
    """An adult who is on PIP or ADP, or blind."""
    return is_adult_of_unit & (gets_disability_benefit | is_blind)


@rule(Person, cites="SI 2012/2886 Sch 3 para 12; SSI 2021/249 Sch 1 para 14", unit="bool")
def has_enhanced_daily_living(is_adult_of_unit, pip_daily_living):
    """An adult with the enhanced rate of the daily living component."""
    return is_adult_of_unit & (pip_daily_living > 1)


@rule(
    Person, cites="SI 2012/2886 Sch 3 para 14; SSI 2021/249 Sch 1 paras 5-6; WSI 2013/3029 Sch 7 para 14", unit="bool"
)
def is_entitled_carer(is_adult_of_unit, has_carers_allowance_but_for_pay, is_within_carers_earnings_limit):
    """An adult entitled to Carer's Allowance, also where another benefit that overlaps is paid in its place."""
    return is_adult_of_unit & has_carers_allowance_but_for_pay & is_within_carers_earnings_limit


@rule(Person, cites="SI 2012/2886 Sch 3 para 13; SSI 2021/249 Sch 1 paras 3-4", unit="bool")
def is_child_of_highest_disability_rate(is_dependant_child, has_child_disability_higher):
    """A child on the highest rate for disability."""
    return is_dependant_child & has_child_disability_higher


has_adult_of_higher_ctr_age = any_of(BenefitUnit, of="is_of_higher_ctr_age", label="an adult of 25 or over")
has_new_style_esa = any_of(BenefitUnit, of="is_on_new_style_esa", label="an adult on New-style ESA")
has_ctr_support_component = any_of(
    BenefitUnit, of="brings_ctr_support_component", label="an adult in the ESA support group"
)
has_disabled_adult = any_of(BenefitUnit, of="is_disabled_adult", label="an adult on a disability benefit")
has_adult_with_enhanced_daily_living = any_of(
    BenefitUnit, of="has_enhanced_daily_living", label="an adult with enhanced daily living"
)
num_entitled_carers = count(BenefitUnit, of="is_entitled_carer", label="adults entitled to Carer's Allowance")
num_disabled_children = count(BenefitUnit, of="is_disabled_child", label="children on a disability benefit")
num_children_of_highest_disability_rate = count(
    BenefitUnit, of="is_child_of_highest_disability_rate", label="children at the highest disability rate"
)


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch 3 para 1; SSI 2021/249 Sch 1 para 1; WSI 2013/3029 Sch 7 paras 1-2",
    label="personal allowance for council tax reduction",
)
def ctr_personal_allowance(
    is_couple,
    has_children,
    has_adult_of_higher_ctr_age,
    has_new_style_esa,
    uc_has_limited_capability,
    in_scotland,
    in_wales,
    law,
):
    """For a couple, a lone parent or a single person; under 25 less, unless there is limited capability for work."""
    higher = has_adult_of_higher_ctr_age | has_new_style_esa | uc_has_limited_capability

    def amount(scheme):
        rates = scheme.allowances
        single = np.where(higher, rates.single_25_or_over, rates.single_under_25)
        return np.where(is_couple, rates.couple, np.where(has_children, rates.lone_parent, single))

    return of_nation(law, in_scotland, in_wales, amount) * WEEKS_A_MONTH


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch 3 paras 3, 12 and 13; SSI 2021/249 Sch 1 paras 2-4; WSI 2013/3029 Sch 7 paras 3, 4 and 13",
    label="amounts for children in council tax reduction",
)
def ctr_child_allowance(
    num_children, num_disabled_children, num_children_of_highest_disability_rate, in_scotland, in_wales, law
):
    """For each child, with no limit on their number, more for disabled children, and in Wales the family premium.

    Simplification: the default scheme of 2012 limits nothing; councils with a limit of two children differ.
    """

    def amount(scheme):
        rates = scheme.allowances
        disabled = rates.disabled_child_premium * num_disabled_children
        highest_rate = rates.enhanced_premium_child * num_children_of_highest_disability_rate
        family = np.where(num_children > 0, rates.family_premium, 0.0)
        return family + rates.child * num_children + disabled + highest_rate

    return of_nation(law, in_scotland, in_wales, amount) * WEEKS_A_MONTH


@rule(
    BenefitUnit,
    cites="SI 2012/2886 Sch 3 para 9(2); SSI 2021/249 Sch 1 para 11; WSI 2013/3029 Sch 7 para 9",
    unit="bool",
    label="has the disability premium",
)
def has_ctr_disability_premium(has_disabled_adult, has_new_style_esa, uc_has_limited_capability):
    """An adult on a disability benefit, and nobody with limited capability for work, which brings a component instead.

    Simplification: the law asks about limited capability of the applicant alone.
    """
    return has_disabled_adult & ~has_new_style_esa & ~uc_has_limited_capability


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch 3 paras 9-12 and 17-24; SSI 2021/249 Sch 1 paras 11-24; WSI 2013/3029 Sch 7 paras 9-24",
    label="disability premiums in council tax reduction",
)
def ctr_disability_premiums(
    is_couple,
    has_ctr_disability_premium,
    has_adult_with_enhanced_daily_living,
    has_ctr_support_component,
    in_scotland,
    in_wales,
    law,
):
    """The disability premium, the enhanced one, and the support component of New-style ESA."""
    enhanced = has_adult_with_enhanced_daily_living | has_ctr_support_component

    def amount(scheme):
        rates = scheme.allowances
        basic = np.where(is_couple, rates.disability_premium_couple, rates.disability_premium_single)
        more = np.where(is_couple, rates.enhanced_premium_couple, rates.enhanced_premium_single)
        component = np.where(has_ctr_support_component, rates.support_component, 0.0)
        return np.where(has_ctr_disability_premium, basic, 0.0) + np.where(enhanced, more, 0.0) + component

    return of_nation(law, in_scotland, in_wales, amount) * WEEKS_A_MONTH


@rule(
    Person,
    cites="SI 2012/2886 Sch 3 para 14; SSI 2021/249 Sch 1 paras 5-6; WSI 2013/3029 Sch 7 para 14",
    unit="bool",
    nil_unless=("is_adult_carer", "is_entitled_carer"),
)
def brings_ctr_carer_premium(is_adult_carer, is_entitled_carer, ctr_has_universal_credit):
    """Entitled to Carer's Allowance, or with Universal Credit counted as a carer in it."""
    return np.where(ctr_has_universal_credit, is_adult_carer, is_entitled_carer)


num_carers_for_ctr = count(
    BenefitUnit, of="brings_ctr_carer_premium", label="adults who bring a carer premium for council tax reduction"
)


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch 3; SSI 2021/249 reg 35 and Sch 1; WSI 2013/3029 Sch 7",
    label="applicable amount for council tax reduction",
)
def ctr_applicable_amount(
    ctr_personal_allowance,
    ctr_child_allowance,
    ctr_disability_premiums,
    num_carers_for_ctr,
    in_scotland,
    in_wales,
    law,
):
    """The scheme's own amount for the family: for all in Scotland, elsewhere where there is no Universal Credit."""
    carers = of_nation(law, in_scotland, in_wales, lambda scheme: scheme.allowances.carer_premium) * num_carers_for_ctr
    return ctr_personal_allowance + ctr_child_allowance + ctr_disability_premiums + carers * WEEKS_A_MONTH


# Earnings where there is no Universal Credit (SI 2012/2886 Sch paras 50-61 and Sch 7)


@rule(
    Person,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch para 52; SSI 2021/249 reg 50; WSI 2013/3029 Sch 6 para 15",
    label="net earnings for council tax reduction",
)
def ctr_net_earnings(
    gross_pay,
    salary_sacrifice,
    income_tax_on_earnings,
    national_insurance,
    employee_pension_contribution,
    is_adult_of_unit,
    law,
):
    """Earnings after tax, National Insurance and half of pension contributions."""
    pension = law.great_britain.pension_share_deducted * employee_pension_contribution
    net = gross_pay - salary_sacrifice - income_tax_on_earnings - national_insurance - pension
    return np.where(is_adult_of_unit, np.maximum(net, 0.0), 0.0)


ctr_net_earnings_of_unit = total(
    BenefitUnit, of="ctr_net_earnings", label="net earnings of both adults for council tax reduction"
)


@rule(Person, cites="SI 2012/2886 Sch 7 paras 6-7; SSI 2021/249 Sch 3 paras 6-7; WSI 2013/3029 Sch 8 paras 6-7")
def ctr_net_earnings_of_carer(ctr_net_earnings, brings_ctr_carer_premium):
    """Net earnings of an adult who brings a carer premium; nil for others."""
    return np.where(brings_ctr_carer_premium, ctr_net_earnings, 0.0)


@rule(Person, cites="SSI 2021/249 Sch 3 para 15(1)")
def ctr_net_earnings_of_employee(ctr_net_earnings, is_self_employed):
    """Net earnings of an adult who is employed; nil for the self-employed."""
    return np.where(is_self_employed, 0.0, ctr_net_earnings)


ctr_net_earnings_of_carers = total(
    BenefitUnit, of="ctr_net_earnings_of_carer", label="net earnings of carers for council tax reduction"
)
ctr_net_earnings_of_employees = total(
    BenefitUnit, of="ctr_net_earnings_of_employee", label="net earnings of employees for council tax reduction"
)


@rule(Person, law="council_tax_reduction", cites="SI 2012/2886 Sch para 10; SSI 2021/249 reg 10", unit="bool")
def is_in_ctr_work(hours, is_adult_of_unit, law):
    """An adult who works 16 hours or more a week."""
    return is_adult_of_unit & (hours >= law.great_britain.work_hours)


@rule(Person, law="council_tax_reduction", cites="SI 2012/2886 Sch 7 para 18; SSI 2021/249 Sch 3 para 15", unit="bool")
def is_in_ctr_full_time_work(hours, age, is_adult_of_unit, law):
    """An adult of 25 or over who works 30 hours or more a week."""
    disregard = law.great_britain.earnings_disregard
    return is_adult_of_unit & (age >= disregard.full_time_age) & (hours >= disregard.full_time_hours)


num_in_ctr_work = count(BenefitUnit, of="is_in_ctr_work", label="adults working 16 hours or more")
has_ctr_full_time_work = any_of(
    BenefitUnit, of="is_in_ctr_full_time_work", label="an adult of 25 or over working 30 hours or more"
)


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch 7 paras 4-11; SSI 2021/249 Sch 3 paras 1-12; WSI 2013/3029 Sch 8 paras 4-11",
    label="basic earnings disregard in council tax reduction",
)
def ctr_basic_earnings_disregard(
    is_couple, has_children, has_ctr_disability_premium, has_ctr_support_component, num_carers_for_ctr,
    ctr_net_earnings_of_carers, ctr_net_earnings_of_unit, law,
):  # fmt: skip
    """The highest of four amounts that fits; a carer's is of the carer's own earnings, with some of the other's."""
    rates = law.great_britain.earnings_disregard
    disability = has_ctr_disability_premium | has_ctr_support_component
    others = np.minimum(ctr_net_earnings_of_unit - ctr_net_earnings_of_carers, rates.couple * WEEKS_A_MONTH)
    most = rates.disability_or_carer * WEEKS_A_MONTH
    carers = np.where(is_couple, np.minimum(ctr_net_earnings_of_carers + others, most), most)
    return np.select(
        [has_children & ~is_couple, disability, num_carers_for_ctr > 0, is_couple],
        [rates.lone_parent * WEEKS_A_MONTH, most, carers, rates.couple * WEEKS_A_MONTH],
        rates.single * WEEKS_A_MONTH,
    )


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch 7 para 18; SSI 2021/249 Sch 3 para 15; WSI 2013/3029 Sch 8",
    label="additional earnings disregard in council tax reduction",
)
def ctr_additional_earnings_disregard(
    has_children, has_ctr_disability_premium, has_ctr_support_component, num_in_ctr_work, has_ctr_full_time_work,
    ctr_has_universal_credit, ctr_basic_earnings_disregard, ctr_childcare, ctr_net_earnings_of_unit,
    ctr_net_earnings_of_employees, in_scotland, law,
):  # fmt: skip
    """For enough hours without Universal Credit, where earnings cover all that comes off; in Scotland for employees.

    Simplification: where it is for a disability, that the disabled one of a couple works is not asked.
    """
    amount = law.great_britain.earnings_disregard.additional * WEEKS_A_MONTH
    disability = has_ctr_disability_premium | has_ctr_support_component
    enough_hours = has_ctr_full_time_work | ((num_in_ctr_work > 0) & (has_children | disability))
    earnings = np.where(in_scotland, ctr_net_earnings_of_employees, ctr_net_earnings_of_unit)
    covers = earnings >= ctr_basic_earnings_disregard + ctr_childcare + amount
    return np.where(enough_hours & covers & ~ctr_has_universal_credit, amount, 0.0)


@rule(
    BenefitUnit,
    cites="SI 2012/2886 Sch 7 paras 4-11 and 18; SSI 2021/249 Sch 3; WSI 2013/3029 Sch 8",
    label="earnings disregards in council tax reduction",
)
def ctr_earnings_disregard(ctr_basic_earnings_disregard, ctr_additional_earnings_disregard):
    """What of earnings is ignored: one of four amounts, and the additional one for enough hours."""
    return ctr_basic_earnings_disregard + ctr_additional_earnings_disregard


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch paras 57-58; SSI 2021/249 regs 38(4), 42(4), 77 and 78; WSI 2013/3029 Sch 6 paras 20-21",
    label="childcare that comes off income in council tax reduction",
)
def ctr_childcare(
    childcare_charges,
    num_children_in_childcare,
    num_in_ctr_work,
    num_adults,
    uc_childcare_element,
    ctr_has_universal_credit,
    law,
):
    """Childcare charges up to the most for one child or more, where every adult works 16 hours or more.

    With Universal Credit (used in Scotland only) the charges are found back from its childcare element.
    Simplification: a partner who cannot work because of a disability does not stand in for one who works.
    """
    several = num_children_in_childcare > 1
    own, scottish = law.great_britain.childcare, law.scotland.childcare
    most = np.where(several, own.two_or_more_children, own.one_child) * WEEKS_A_MONTH
    most_with = np.where(several, scottish.two_or_more_children, scottish.one_child) * WEEKS_A_MONTH
    charges = np.where(num_in_ctr_work >= num_adults, np.minimum(childcare_charges, most), 0.0)
    charges_with = np.minimum(uc_childcare_element / scottish.share_the_element_meets, most_with)
    return np.where(ctr_has_universal_credit, charges_with, charges)


# Other income (SI 2012/2886 Sch paras 54, 64 and 72, Sch 8; SSI 2021/249 regs 57 and 63)


@rule(
    Person,
    cites="SI 2012/2886 Sch para 54 and Sch 8; SSI 2021/249 reg 57(1); WSI 2013/3029 Sch 6 para 17 and Sch 9",
    label="benefits and pensions that count in council tax reduction",
)
def ctr_other_income(
    is_adult_of_unit,
    carers_allowance,
    new_style_jsa,
    new_style_esa,
    maternity_allowance,
    occupational_pension,
    state_pension,
    income_tax,
    income_tax_on_earnings,
    in_scotland,
):
    """Benefits and pensions, after the income tax on them but in Scotland, which names none.

    Child Benefit, PIP and the Scottish supplements do not count.

    Rent, dividends and interest count as capital. Simplification: tax on those comes off here too.
    """
    benefits = carers_allowance + new_style_jsa + new_style_esa + maternity_allowance
    tax = np.where(in_scotland, 0.0, np.maximum(income_tax - income_tax_on_earnings, 0.0))
    return np.where(is_adult_of_unit, np.maximum(benefits + occupational_pension + state_pension - tax, 0.0), 0.0)


ctr_other_income_of_adults = total(
    BenefitUnit, of="ctr_other_income", label="benefits and pensions of both adults for council tax reduction"
)


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch para 72; SSI 2021/249 reg 63(1)(b); WSI 2013/3029 Sch 6 para 32",
    label="tariff income for council tax reduction",
)
def ctr_tariff_income(savings, uc_tariff_income, ctr_has_universal_credit, law):
    """Income that savings are taken to bring: Universal Credit's figure where there is an award."""
    tariff = law.great_britain.tariff
    steps = np.ceil(np.maximum(savings - tariff.ignored, 0.0) / tariff.step)
    return np.where(ctr_has_universal_credit, uc_tariff_income, steps * tariff.income * WEEKS_A_MONTH)


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch 8 paras 50-51; SSI 2021/249 reg 57(1) and (6); WSI 2013/3029 Sch 9",
    label="unearned income for council tax reduction",
)
def ctr_unearned_income(ctr_other_income_of_adults, maintenance, ctr_tariff_income, has_children, law):
    """Benefits, pensions, tariff income, and maintenance from a former partner less 15 a week where there is a child.

    Child maintenance does not count.
    """
    ignored = np.where(has_children, law.great_britain.maintenance_disregard * WEEKS_A_MONTH, 0.0)
    return ctr_other_income_of_adults + np.maximum(maintenance - ignored, 0.0) + ctr_tariff_income


# England and Wales


@rule(
    BenefitUnit,
    cites="SI 2012/2886 Sch para 37; WSI 2013/3029 Sch 6 para 9",
    label="income with Universal Credit for council tax reduction",
)
def ctr_income_with_universal_credit(uc_earned_income, uc_unearned_income, universal_credit):
    """The earned and unearned income that Universal Credit was worked out from, and the award itself."""
    return uc_earned_income + uc_unearned_income + universal_credit


@rule(
    BenefitUnit,
    cites="SI 2012/2886 Sch paras 50-58; WSI 2013/3029 Sch 6 paras 13-20",
    label="income without Universal Credit for council tax reduction",
)
def ctr_income_without_universal_credit(
    ctr_net_earnings_of_unit, ctr_earnings_disregard, ctr_childcare, ctr_unearned_income
):
    """Net earnings less what is ignored of them and childcare, and other income."""
    return np.maximum(ctr_net_earnings_of_unit - ctr_earnings_disregard - ctr_childcare, 0.0) + ctr_unearned_income


@rule(
    BenefitUnit,
    cites="SI 2012/2886 Sch paras 37 and 50-58; WSI 2013/3029 Sch 6 paras 9 and 13-20",
    label="income for council tax reduction",
    says="Income that counts for council tax reduction: {result:,.2f}",
)
def ctr_income(ctr_has_universal_credit, ctr_income_with_universal_credit, ctr_income_without_universal_credit):
    """Income in the schemes of England and Wales, by whether there is Universal Credit."""
    return np.where(ctr_has_universal_credit, ctr_income_with_universal_credit, ctr_income_without_universal_credit)


@rule(
    BenefitUnit,
    cites="SI 2012/2886 Sch paras 26 and 28; WSI 2013/3029 Sch 6 paras 1 and 3",
    label="amount that income is compared with for council tax reduction",
)
def ctr_allowance(ctr_has_universal_credit, uc_maximum_amount, ctr_applicable_amount):
    """The maximum amount of Universal Credit, or the scheme's own amount where there is no award."""
    return np.where(ctr_has_universal_credit, uc_maximum_amount, ctr_applicable_amount)


@rule(BenefitUnit, cites="Local Government Finance Act 1992 s.13A and Sch 1A", unit="bool")
def may_have_english_default_scheme(in_england, ctr_line_with_universal_credit, ctr_line_without_universal_credit):
    """In England, where the council's own scheme is not known for people with Universal Credit, or without, or both."""
    return in_england & ((ctr_line_with_universal_credit <= 0) | (ctr_line_without_universal_credit <= 0))


@rule(BenefitUnit, cites="Local Government Finance Act 1992 s.13A and Sch 1A", unit="bool")
def has_english_default_scheme(in_england, ctr_line):
    """In England, where the council's own scheme is not known."""
    return in_england & (ctr_line <= 0)


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SI 2012/2886 Sch paras 16-17 and 29; Local Government Finance Act 1992 Sch 1A",
    label="council tax reduction, England's default scheme",
    says=(
        "Councils in England make their own schemes. Under the default one: {law.england_default.taper_rate:.0%} of"
        " income {ctr_income:,.2f} above {ctr_allowance:,.2f} comes off {ctr_bill:,.2f}, less"
        " {ctr_non_dependant_deductions:,.2f} for others in the home: {result:,.2f}"
    ),
    grade="local scheme",
    nil_unless="may_have_english_default_scheme",
)
def ctr_england_default(
    has_english_default_scheme, ctr_bill, ctr_non_dependant_deductions, ctr_income, ctr_allowance, savings, law
):
    """The 2012 default scheme, a guess at the council's own. Nil outside England, and where that one is known."""
    scheme = law.england_default
    amount = reduction(scheme, ctr_bill, ctr_non_dependant_deductions, ctr_income, ctr_allowance, savings)
    return np.where(has_english_default_scheme, amount, 0.0)


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="WSI 2013/3029 regs 25 and 30, Sch 6 paras 1-9",
    label="council tax reduction in Wales",
    says=(
        "{law.wales.taper_rate:.0%} of income {ctr_income:,.2f} above {ctr_allowance:,.2f} comes off {ctr_bill:,.2f},"
        " less {ctr_non_dependant_deductions:,.2f} for others in the home: {result:,.2f}"
    ),
    nil_unless="in_wales",
)
def ctr_wales(in_wales, ctr_bill, ctr_non_dependant_deductions, ctr_income, ctr_allowance, savings, law):
    """The Welsh national scheme. Nil outside Wales."""
    amount = reduction(law.wales, ctr_bill, ctr_non_dependant_deductions, ctr_income, ctr_allowance, savings)
    return np.where(in_wales, amount, 0.0)


@rule(
    BenefitUnit,
    cites="Local Government Finance Act 1992 s.13A and Sch 1A",
    label="council tax reduction in England",
    grade="local scheme",
    nil_unless="in_england",
)
def ctr_england(in_england, ctr_local_scheme, ctr_england_default):
    """The council's own scheme where it is known, the default one of 2012 where it is not. Nil outside England."""
    return np.where(in_england, ctr_local_scheme + ctr_england_default, 0.0)


# Scotland


@rule(
    BenefitUnit,
    cites="SSI 2021/249 reg 57(1)-(2), as amended by SSI 2022/52 reg 13",
    label="part of Universal Credit that counts in Scotland",
    says="Of Universal Credit, the children's part counts: {result:,.2f}",
)
def ctr_universal_credit_for_children(
    uc_child_element, uc_disabled_child_element, uc_childcare_element, universal_credit
):
    """The child element with additions for disabled children, and the childcare element, up to the award.

    Simplification: the regulation was read in its amendments and through another model, not as a whole; without a
    child element nothing of the award counts.
    """
    parts = uc_child_element + uc_disabled_child_element + uc_childcare_element
    return np.where(uc_child_element > 0, np.minimum(parts, universal_credit), 0.0)


@rule(
    BenefitUnit,
    cites="SSI 2021/249 regs 38, 42, 57 and 78, Sch 3",
    label="income for council tax reduction in Scotland",
    says="Income that counts for council tax reduction in Scotland: {result:,.2f}",
)
def ctr_scottish_income(
    uc_earned_income,
    ctr_net_earnings_of_unit,
    ctr_earnings_disregard,
    ctr_childcare,
    ctr_unearned_income,
    ctr_universal_credit_for_children,
    ctr_has_universal_credit,
):
    """Net earnings less what is ignored, other income and the children's part of Universal Credit, less childcare."""
    earned = np.where(ctr_has_universal_credit, uc_earned_income, ctr_net_earnings_of_unit)
    counted = np.maximum(earned - ctr_earnings_disregard, 0.0) + ctr_universal_credit_for_children
    return np.maximum(counted + ctr_unearned_income - ctr_childcare, 0.0)


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SSI 2021/249 regs 14 and 79(2)-(3)",
    label="council tax reduction for bands E to H in Scotland",
    says="For a band E to H home, the larger share those bands pay is undone as far as income allows: {result:,.2f}",
)
def ctr_scottish_higher_bands(
    ctr_bill,
    ctr_non_dependant_deductions,
    ctr_scottish_income,
    council_tax_band,
    is_couple,
    has_children,
    savings,
    law,
):
    """The second route: the part of the charge that bands E to H pay on top since 2017, for incomes up to a limit."""
    scotland, bands = law.scotland, law.scotland.higher_bands
    factors = (bands.band_e, bands.band_f, bands.band_g, bands.band_h)
    is_band = [council_tax_band == number for number in range(_LETTER_E, _LETTER_E + len(factors))]
    extra = ctr_bill * (1.0 - 1.0 / np.select(is_band, factors, 1.0))
    limit = np.where(is_couple | has_children, bands.income_limit_family, bands.income_limit_single) * WEEKS_A_MONTH
    return reduction(scotland, extra, ctr_non_dependant_deductions, ctr_scottish_income, limit, savings)


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SSI 2021/249 regs 13, 14(1)(b), 66 and 79",
    label="council tax reduction in Scotland",
    says=(
        "{law.scotland.taper_rate:.0%} of income {ctr_scottish_income:,.2f} above {ctr_applicable_amount:,.2f} comes"
        " off {ctr_bill:,.2f}, less {ctr_non_dependant_deductions:,.2f} for others in the home; the route for bands E"
        " to H brings {ctr_scottish_higher_bands:,.2f}; the larger is {result:,.2f}"
    ),
    nil_unless="in_scotland",
)
def ctr_scotland(
    in_scotland,
    ctr_bill,
    ctr_non_dependant_deductions,
    ctr_scottish_income,
    ctr_applicable_amount,
    ctr_scottish_higher_bands,
    savings,
    law,
):
    """The Scottish national scheme, by whichever of its two routes brings more. Nil outside Scotland."""
    main = reduction(
        law.scotland, ctr_bill, ctr_non_dependant_deductions, ctr_scottish_income, ctr_applicable_amount, savings
    )
    return np.where(in_scotland, np.maximum(main, ctr_scottish_higher_bands), 0.0)


# Northern Ireland


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SR 2017/184 reg 10(7), as substituted by SR 2020/308 reg 2",
    label="income for rate rebate",
    says=(
        "Earnings {uc_earned_income:,.2f} less {law.northern_ireland.work_allowance_share:.0%} of the work allowance"
        " {uc_work_allowance:,.2f}, other income {uc_unearned_income:,.2f} and Universal Credit"
        " {universal_credit:,.2f}: {result:,.2f}"
    ),
)
def ctr_northern_irish_income(uc_earned_income, uc_work_allowance, uc_unearned_income, universal_credit, law):
    """Net earnings less half of the work allowance, other income, and the award of Universal Credit."""
    earned = np.maximum(uc_earned_income - law.northern_ireland.work_allowance_share * uc_work_allowance, 0.0)
    return earned + uc_unearned_income + universal_credit


@rule(
    BenefitUnit,
    law="council_tax_reduction",
    cites="SR 2017/184 regs 10(3) and 12",
    label="rate rebate in Northern Ireland",
    says=(
        "{law.northern_ireland.taper_rate:.0%} of income {ctr_northern_irish_income:,.2f} above the maximum amount"
        " {uc_maximum_amount:,.2f} comes off rates of {ctr_bill:,.2f}: {result:,.2f}"
    ),
    nil_unless="in_northern_ireland",
)
def ctr_northern_ireland(
    in_northern_ireland, ctr_bill, ctr_northern_irish_income, uc_maximum_amount, ctr_has_universal_credit, law
):
    """Rate rebate, for people with Universal Credit. Nil outside Northern Ireland.

    Simplification: nothing comes off for others living in the home (none is in the part of the regulations that was
    read), and Housing Benefit for rates and low-income rate relief, for people without an award, are left out.
    """
    scheme = law.northern_ireland
    most = scheme.maximum_share * ctr_bill
    amount = tapered(most, ctr_northern_irish_income, uc_maximum_amount, scheme.taper_rate)
    return np.where(in_northern_ireland & ctr_has_universal_credit, amount, 0.0)


@rule(
    BenefitUnit,
    cites="Local Government Finance Act 1992 ss.13A and 80; SR 2017/184",
    label="council tax reduction",
    says="The bill of {ctr_bill:,.2f} is reduced by {result:,.2f}",
    says_nil="No council tax reduction",
    grade="local scheme",
    nil_unless="ctr_bill",
)
def council_tax_reduction(ctr_bill, ctr_england, ctr_scotland, ctr_wales, ctr_northern_ireland):
    """What comes off the bill under the nation's scheme, or in England the council's; never more than the bill."""
    return np.clip(ctr_england + ctr_scotland + ctr_wales + ctr_northern_ireland, 0.0, ctr_bill)
