"""Income tax of a person, a twelfth of what a year of equal months would bear.

In the order of the Income Tax Act 2007 (ITA 2007) s.23: income, allowances, tax in bands, tax reductions. What counts
as income is in the Income Tax (Earnings and Pensions) Act 2003 (ITEPA 2003) and the Income Tax (Trading and Other
Income) Act 2005 (ITTOIA 2005); rates of Scottish taxpayers follow ITA 2007 s.11A and Scotland Act 1998 s.80C.

Amounts are pounds a month, one entry per person; inside a rule the year's are used, as the law counts. Taxable income
is taken down to the pound and the year's tax down to the penny, as HMRC's tables do (Income Tax (PAYE) Regulations
2003, SI 2003/2682, reg 23; HMRC, Specification for PAYE Tax Table Routines); a month has an exact twelfth of it.

Simplification: allowances come off pay and pensions first, then savings, then dividends; s.25(2) lets a taxpayer
choose whatever is best, which differs only where savings or dividends would then escape more tax.
"""

import numpy as np

from mwp.core.choice import either
from mwp.core.entities import BenefitUnit, Person
from mwp.core.rounding import AS_THE_LAW, POUND, Rounding
from mwp.core.rule import any_of, rule, total
from mwp.core.units import MONTHS_A_YEAR

# --- Plain arithmetic on a year's amounts -----------------------------------------------------------------------------


def personal_allowance_at(adjusted_net_income_a_year, law, rounding: Rounding):
    """The personal allowance of a year: half of income above 100,000 comes off, up to the pound (ITA 2007 s.35)."""
    allowance = law.personal_allowance
    excess = np.maximum(adjusted_net_income_a_year - allowance.taper_threshold, 0.0)
    return np.maximum(rounding.up(allowance.amount - allowance.taper_rate * excess, POUND), 0.0)


def tax_on_non_savings(taxable_a_year, in_scotland, in_wales, extension, law):
    """Tax of a year on taxable income but savings and dividends, where the person lives (ITA 2007 ss.10, 11A, 11B).

    `extension` is by how much gross contributions with relief at source lengthen the bands (Finance Act 2004 s.192).
    """
    return either(
        in_scotland,
        lambda: _tax_in_scottish_bands(taxable_a_year, extension, law),
        lambda: _tax_in_uk_bands(taxable_a_year, _main_rates(in_wales, law), extension, law),
    )


def tax_on_earned_income(income_a_year, in_scotland, law, rounding: Rounding, in_wales=False):
    """Tax of a year on earnings, were they all the income and the personal allowance the only relief. Pounds a year.

    For notional amounts, such as Universal Credit's minimum income floor. `law` is the programme `income_tax`.
    """
    allowance = personal_allowance_at(income_a_year, law, rounding)
    taxable = rounding.down(np.maximum(income_a_year - allowance, 0.0), POUND)
    return rounding.down(tax_on_non_savings(taxable, in_scotland, in_wales, 0.0, law))


def _main_rates(in_wales, law):
    """The basic, higher and additional rates: of the UK, with the part that Wales sets put in place of the UK's own."""
    uk, wales = law.uk, law.wales
    ours = np.where(in_wales, 1.0, 0.0)
    return (
        uk.basic_rate + ours * (wales.basic_rate - wales.uk_rates_reduced_by),
        uk.higher_rate + ours * (wales.higher_rate - wales.uk_rates_reduced_by),
        uk.additional_rate + ours * (wales.additional_rate - wales.uk_rates_reduced_by),
    )


def _tax_in_uk_bands(income, rates, extension, law):
    """Tax on the lowest `income` pounds of a year at (basic, higher, additional) rates."""
    basic, higher, additional = rates
    above_basic = np.maximum(income - law.uk.basic_band_end - extension, 0.0)
    above_higher = np.maximum(income - law.uk.higher_band_end - extension, 0.0)
    return basic * income + (higher - basic) * above_basic + (additional - higher) * above_higher


def _tax_in_scottish_bands(income, extension, law):
    """Tax on the lowest `income` pounds of a year; relief at source lengthens all but the starter band."""
    scotland = law.scotland
    steps = (
        (scotland.basic_rate - scotland.starter_rate, scotland.starter_band_end),
        (scotland.intermediate_rate - scotland.basic_rate, scotland.basic_band_end + extension),
        (scotland.higher_rate - scotland.intermediate_rate, scotland.intermediate_band_end + extension),
        (scotland.advanced_rate - scotland.higher_rate, scotland.higher_band_end + extension),
        (scotland.top_rate - scotland.advanced_rate, scotland.advanced_band_end + extension),
    )
    return scotland.starter_rate * income + sum(rise * np.maximum(income - start, 0.0) for rise, start in steps)


def _pays_basic_rate_at_most(income, non_savings, allowances, extension, in_scotland, law):
    """Whether a year's income stays out of the higher rates (ITA 2007 ss.55B(2)(b), 55C(1)(c)).

    In Scotland non-savings income may reach the intermediate rate; savings and dividends go by the UK's bands.
    Simplification: savings at the nil rate above the basic band are refused, though the Act lets them pass.
    """
    in_uk_band = income - allowances <= law.uk.basic_band_end + extension
    in_scottish_bands = non_savings - allowances <= law.scotland.intermediate_band_end + extension
    return in_uk_band & (in_scottish_bands | ~in_scotland)


# --- Step 1: total income, and adjusted net income (ss.23, 58) --------------------------------------------------------


@rule(Person, cites="ITEPA 2003 s.62; ITTOIA 2005 s.5")
def taxable_earnings(employed_earnings_after_sacrifice, net_pay_contribution, self_employment_income):
    """Pay after salary sacrifice and contributions taken before tax, and profit, before allowances."""
    return employed_earnings_after_sacrifice - net_pay_contribution + self_employment_income


@rule(Person, cites="ITEPA 2003 ss.566, 577; ITTOIA 2005 s.268")
def non_savings_income_before_benefits(
    taxable_earnings,
    occupational_pension,
    state_pension,
    rental_income,
):
    """Earnings, pensions and rent; not the taxable benefits, which rest on tax on earnings themselves."""
    return taxable_earnings + occupational_pension + state_pension + rental_income


@rule(Person, cites="ITA 2007 ss.16, 23; ITEPA 2003 s.660")
def non_savings_income(
    non_savings_income_before_benefits, carers_allowance, scottish_carer_supplement, new_style_jsa, new_style_esa
):
    """All taxable income but savings and dividends, before allowances.

    Universal Credit, Child Benefit, Maternity Allowance and disability benefits are not taxed (ITEPA 2003 s.677).
    """
    carers = carers_allowance + scottish_carer_supplement
    return non_savings_income_before_benefits + carers + new_style_jsa + new_style_esa


@rule(Person, cites="ITA 2007 s.23 step 1")
def total_taxable_income(non_savings_income, interest, dividends):
    """All income that income tax looks at, before allowances."""
    return non_savings_income + interest + dividends


@rule(
    Person,
    cites="ITA 2007 s.58",
    says="Taxable income of {total_taxable_income:,.2f} less pension contributions with relief at source of "
    "{relief_at_source_contribution:,.2f}",
)
def adjusted_net_income(total_taxable_income, relief_at_source_contribution):
    """Income that the taper of the personal allowance and the Child Benefit charge go by, pounds a month."""
    return total_taxable_income - relief_at_source_contribution


# --- Marriage allowance (ss.55A-55E) ----------------------------------------------------------------------------------


@rule(Person, cites="ITA 2007 ss.55B, 55C", label="income that marriage allowance goes by")
def income_for_marriage_allowance(non_savings_income_before_benefits, interest, dividends, is_adult_of_unit):
    """An adult's taxable income, nil for others.

    Simplification: Carer's Allowance and New-style JSA and ESA are left out, so that tax on earnings need not wait for
    them; they count only for somebody with some 45,000 pounds a year of other income, or near the partner's income.
    """
    return np.where(is_adult_of_unit, non_savings_income_before_benefits + interest + dividends, 0.0)


couples_income_for_marriage_allowance = total(
    BenefitUnit,
    of="income_for_marriage_allowance",
    cites="ITA 2007 ss.55B, 55C",
    label="the couple's income that marriage allowance goes by",
    doc="Taxable income of both partners together, to tell which has less.",
)


@rule(Person, cites="ITA 2007 s.55C(1)(a)", unit="bool", label="would give up allowance")
def is_lower_income_spouse(
    income_for_marriage_allowance, couples_income_for_marriage_allowance, is_claimant, is_partner, is_couple
):
    """The one of a couple with less income, or the claimant's partner where incomes are equal."""
    lower = 2.0 * income_for_marriage_allowance < couples_income_for_marriage_allowance
    same = 2.0 * income_for_marriage_allowance == couples_income_for_marriage_allowance
    return is_couple & ((lower & (is_claimant | is_partner)) | (same & is_partner))


@rule(
    Person,
    law="income_tax",
    cites="ITA 2007 s.55C(1)",
    unit="bool",
    label="may give up allowance",
    nil_unless="claims_marriage_allowance",
)
def may_give_marriage_allowance(
    is_lower_income_spouse,
    claims_marriage_allowance,
    income_for_marriage_allowance,
    non_savings_income_before_benefits,
    relief_at_source_contribution,
    is_blind,
    in_scotland,
    law,
):
    """Whether the spouse with less income still pays the basic rate at most once the allowance is smaller."""
    within = _pays_basic_rate_at_most(
        income_for_marriage_allowance * MONTHS_A_YEAR,
        non_savings_income_before_benefits * MONTHS_A_YEAR,
        law.personal_allowance.amount - _transferable(law) + _blind_persons(is_blind, law),
        relief_at_source_contribution * MONTHS_A_YEAR,
        in_scotland,
        law,
    )
    return claims_marriage_allowance & is_lower_income_spouse & within


@rule(
    Person,
    law="income_tax",
    cites="ITA 2007 s.55B(2)",
    unit="bool",
    label="may have the marriage allowance",
    nil_unless="claims_marriage_allowance",
)
def may_receive_marriage_allowance(
    is_lower_income_spouse,
    is_adult_of_unit,
    is_couple,
    claims_marriage_allowance,
    income_for_marriage_allowance,
    non_savings_income_before_benefits,
    relief_at_source_contribution,
    is_blind,
    in_scotland,
    law,
):
    """Whether the spouse with more income pays the basic rate at most."""
    within = _pays_basic_rate_at_most(
        income_for_marriage_allowance * MONTHS_A_YEAR,
        non_savings_income_before_benefits * MONTHS_A_YEAR,
        law.personal_allowance.amount + _blind_persons(is_blind, law),
        relief_at_source_contribution * MONTHS_A_YEAR,
        in_scotland,
        law,
    )
    return claims_marriage_allowance & is_couple & is_adult_of_unit & ~is_lower_income_spouse & within


couple_has_giver = any_of(
    BenefitUnit,
    of="may_give_marriage_allowance",
    cites="ITA 2007 s.55C",
    label="a spouse may give up allowance",
    doc="Whether the spouse with less income meets the conditions to give up allowance.",
)
couple_has_receiver = any_of(
    BenefitUnit,
    of="may_receive_marriage_allowance",
    cites="ITA 2007 s.55B",
    label="a spouse may have the allowance",
    doc="Whether the spouse with more income meets the conditions to have the tax reduction.",
)


@rule(BenefitUnit, law="income_tax", cites="ITA 2007 s.55B(4)-(5)", nil_unless="couple_has_giver")
def marriage_allowance_transferred(couple_has_giver, couple_has_receiver, law):
    """Allowance that passes between spouses: a tenth of the full allowance, where both meet the conditions."""
    return np.where(couple_has_giver & couple_has_receiver, _transferable(law) / MONTHS_A_YEAR, 0.0)


def _transferable(law):
    """A tenth of the full allowance of a year, up to a multiple of ten pounds: a constant, rounded in schedules too."""
    marriage = law.marriage_allowance
    return AS_THE_LAW.up(marriage.share * law.personal_allowance.amount, marriage.rounded_up_to)


def _blind_persons(is_blind, law):
    return np.where(is_blind, law.blind_persons_allowance, 0.0)


@rule(
    Person,
    law="income_tax",
    cites="ITA 2007 s.55B(1), (3)",
    label="marriage allowance tax reduction",
    says="A spouse gave up {marriage_allowance_transferred:,.2f} of allowance, which takes {result:,.2f} off tax",
    says_nil="No marriage allowance",
    nil_unless="may_receive_marriage_allowance",
)
def marriage_allowance_reduction(may_receive_marriage_allowance, marriage_allowance_transferred, in_scotland, law):
    """What the spouse with more income has off the tax bill, at the basic rate; no more than the bill itself."""
    rate = np.where(in_scotland, law.scotland.basic_rate, law.uk.basic_rate)
    return np.where(may_receive_marriage_allowance, rate * marriage_allowance_transferred, 0.0)


# --- Step 3: allowances (ss.35, 38) -----------------------------------------------------------------------------------


@rule(Person, cites="ITA 2007 s.55B(6)", nil_unless="may_give_marriage_allowance")
def marriage_allowance_given_up(may_give_marriage_allowance, marriage_allowance_transferred):
    """By how much the personal allowance of the spouse with less income is smaller."""
    return np.where(may_give_marriage_allowance, marriage_allowance_transferred, 0.0)


@rule(
    Person,
    law="income_tax",
    cites="ITA 2007 ss.35, 55B(6)",
    says="Of {law.personal_allowance.amount:,.0f} a year, {result:,.2f} a month is free of tax",
    says_nil="Income is too high for a personal allowance",
)
def personal_allowance(adjusted_net_income, marriage_allowance_given_up, law, rounding):
    """Income free of tax, after the taper above 100,000 a year and what is given up to a spouse."""
    a_year = personal_allowance_at(adjusted_net_income * MONTHS_A_YEAR, law, rounding)
    return np.maximum(a_year / MONTHS_A_YEAR - marriage_allowance_given_up, 0.0)


@rule(Person, law="income_tax", cites="ITA 2007 s.38")
def blind_persons_allowance(is_blind, law):
    """Further income free of tax for someone certified blind or severely sight impaired.

    Simplification: what is not used is not passed on to a spouse (s.39).
    """
    return _blind_persons(is_blind, law) / MONTHS_A_YEAR


@rule(Person, cites="ITA 2007 ss.23 step 3, 25")
def taxable_non_savings(non_savings_income, personal_allowance, blind_persons_allowance, rounding):
    """What is left of non-savings income after the allowances, in whole pounds a year."""
    return _whole_pounds(non_savings_income - personal_allowance - blind_persons_allowance, rounding)


@rule(Person, cites="ITA 2007 ss.16, 23 step 3, 25", nil_unless="interest")
def taxable_savings(interest, non_savings_income, personal_allowance, blind_persons_allowance, rounding):
    """What is left of interest after allowances that other income did not use, in whole pounds a year."""
    unused = np.maximum(personal_allowance + blind_persons_allowance - non_savings_income, 0.0)
    return _whole_pounds(interest - unused, rounding)


@rule(Person, cites="ITA 2007 ss.16, 23 step 3, 25", nil_unless="dividends")
def taxable_dividends(dividends, interest, non_savings_income, personal_allowance, blind_persons_allowance, rounding):
    """What is left of dividends after allowances that other income did not use, in whole pounds a year."""
    unused = np.maximum(personal_allowance + blind_persons_allowance - non_savings_income - interest, 0.0)
    return _whole_pounds(dividends - unused, rounding)


def _whole_pounds(amount_a_month, rounding: Rounding):
    """An amount a month, nil at least, whose year is a whole number of pounds."""
    return rounding.down(np.maximum(amount_a_month, 0.0) * MONTHS_A_YEAR, POUND) / MONTHS_A_YEAR


# --- Steps 4 and 5: tax in bands (ss.10-16) ---------------------------------------------------------------------------


@rule(
    Person,
    law="income_tax",
    cites="ITA 2007 ss.10, 11A, 11B; Scotland Act 1998 s.80C; Finance Act 2004 s.192(4)-(4A)",
    says="{taxable_non_savings:,.2f} of pay, pensions and the like is taxable: tax of {result:,.2f}",
    says_nil="Pay, pensions and the like are within the allowances",
)
def tax_on_non_savings_income(taxable_non_savings, relief_at_source_contribution, in_scotland, in_wales, law):
    """Tax on pay, profit, pensions, rent and taxable benefits."""
    extension = relief_at_source_contribution * MONTHS_A_YEAR
    taxable = taxable_non_savings * MONTHS_A_YEAR
    return tax_on_non_savings(taxable, in_scotland, in_wales, extension, law) / MONTHS_A_YEAR


@rule(Person, law="income_tax", cites="ITA 2007 s.12B")
def personal_savings_allowance(
    taxable_non_savings, taxable_savings, taxable_dividends, relief_at_source_contribution, law
):
    """Interest taxed at nil: less where any income lies above the UK's basic band, wherever the person lives."""
    total_taxable = taxable_non_savings + taxable_savings + taxable_dividends
    taxable = (total_taxable - relief_at_source_contribution) * MONTHS_A_YEAR
    allowance = np.select(
        [taxable > law.uk.higher_band_end, taxable > law.uk.basic_band_end],
        [law.savings.allowance_additional, law.savings.allowance_higher],
        law.savings.allowance_basic,
    )
    return allowance / MONTHS_A_YEAR


@rule(Person, law="income_tax", cites="ITA 2007 ss.7, 7A, 12, 12A", nil_unless="taxable_savings")
def tax_on_savings_income(
    taxable_savings, taxable_non_savings, personal_savings_allowance, relief_at_source_contribution, law
):
    """Tax on interest, on top of other income: the starting rate band first, then the nil rate, then the bands."""
    savings = law.savings
    start = taxable_non_savings * MONTHS_A_YEAR
    end = start + taxable_savings * MONTHS_A_YEAR
    nil_from = np.clip(savings.starting_rate_band_end, start, end)
    taxed_from = np.minimum(nil_from + personal_savings_allowance * MONTHS_A_YEAR, end)
    rates = (savings.basic_rate, savings.higher_rate, savings.additional_rate)
    in_bands = _tax_between(taxed_from, end, rates, relief_at_source_contribution * MONTHS_A_YEAR, law)
    return (savings.starting_rate * (nil_from - start) + in_bands) / MONTHS_A_YEAR


@rule(Person, law="income_tax", cites="ITA 2007 ss.8, 13, 13A, 16", nil_unless="taxable_dividends")
def tax_on_dividend_income(taxable_dividends, taxable_savings, taxable_non_savings, relief_at_source_contribution, law):
    """Tax on dividends, on top of all other income: the allowance at nil, which uses up its band, then the bands."""
    start = (taxable_non_savings + taxable_savings) * MONTHS_A_YEAR
    end = start + taxable_dividends * MONTHS_A_YEAR
    taxed_from = np.minimum(start + law.dividends.allowance, end)
    rates = (law.dividends.ordinary_rate, law.dividends.upper_rate, law.dividends.additional_rate)
    return _tax_between(taxed_from, end, rates, relief_at_source_contribution * MONTHS_A_YEAR, law) / MONTHS_A_YEAR


def _tax_between(start, end, rates, extension, law):
    """Tax on the slice of a year's taxable income from `start` to `end`."""
    return _tax_in_uk_bands(end, rates, extension, law) - _tax_in_uk_bands(start, rates, extension, law)


# --- Step 6: tax reductions, and the tax (ss.23, 26) ------------------------------------------------------------------


def _pennies_of_the_year(tax_a_month, rounding: Rounding):
    """Tax of a month, nil at least, whose year is a whole number of pennies."""
    return rounding.down(np.maximum(tax_a_month, 0.0) * MONTHS_A_YEAR) / MONTHS_A_YEAR


@rule(
    Person,
    cites="ITA 2007 s.23; SI 2003/2682 reg 23",
    says="Tax on pay and the like {tax_on_non_savings_income:,.2f}, on interest {tax_on_savings_income:,.2f}, on "
    "dividends {tax_on_dividend_income:,.2f}, less {marriage_allowance_reduction:,.2f} for marriage: {result:,.2f}",
    says_nil="Taxable income is within the allowances",
)
def income_tax(
    tax_on_non_savings_income, tax_on_savings_income, tax_on_dividend_income, marriage_allowance_reduction, rounding
):
    """Income tax on all income, never negative. The Child Benefit charge is apart."""
    tax = tax_on_non_savings_income + tax_on_savings_income + tax_on_dividend_income
    return _pennies_of_the_year(tax - marriage_allowance_reduction, rounding)


@rule(
    Person,
    law="income_tax",
    cites="ITA 2007 s.23; SI 2003/2682 reg 23",
    says="Earnings of {taxable_earnings:,.2f} bear tax of {result:,.2f}",
    says_nil="Earnings alone are within the allowances",
)
def income_tax_on_earnings(
    taxable_earnings,
    non_savings_income_before_benefits,
    interest,
    dividends,
    relief_at_source_contribution,
    marriage_allowance_given_up,
    blind_persons_allowance,
    marriage_allowance_reduction,
    in_scotland,
    in_wales,
    law,
    rounding,
):
    """What tax would be were earnings the only income: they have the allowances first, as the taper leaves them.

    Simplification: taxable benefits are left out of the income that the taper goes by, for they rest on this tax.
    """
    adjusted = non_savings_income_before_benefits + interest + dividends - relief_at_source_contribution
    own = personal_allowance_at(adjusted * MONTHS_A_YEAR, law, rounding) / MONTHS_A_YEAR - marriage_allowance_given_up
    taxable = _whole_pounds(taxable_earnings - np.maximum(own, 0.0) - blind_persons_allowance, rounding)
    extension = relief_at_source_contribution * MONTHS_A_YEAR
    tax = tax_on_non_savings(taxable * MONTHS_A_YEAR, in_scotland, in_wales, extension, law) / MONTHS_A_YEAR
    return _pennies_of_the_year(tax - marriage_allowance_reduction, rounding)
