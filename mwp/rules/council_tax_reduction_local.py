"""Council tax reduction under English councils' own schemes, below pension age.

Local Government Finance Act 1992 s.13A and Sch 1A: each council makes its own scheme. The schemes that are known are
tables in `parameters/council_schemes/`, one file a council (docs/council-tax-reduction.md); here is the one arithmetic
that works all of them out. A scheme is a list of branches, each a line of the tables; whose branch it is turns on
whether there is Universal Credit and on facts that earnings do not change, so a household has one line with Universal
Credit and one without, found once. Line 0 stands for none: the nation's default scheme works there.

    liability  the bill, up to a band's charge, nil where savings are too large
    income     what the line counts of earnings, Universal Credit and other income, above what it is compared with
    reduction  share of the liability for the band that the income is in, less deductions for other adults, less the
               line's taper of the income, less its contribution, less its cut at the end; nil below its minimum

Simplification: protected groups that no fact tells (war pensions, care leavers, the terminally ill) are not protected.
Simplification: second adult rebate, extended reductions and awards fixed for a year are left out.
"""

from dataclasses import replace
from functools import partial, wraps

import numpy as np

from mwp.core.council_schemes import ELEMENTS, FACTS, SIDES
from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.rule import any_of, count, rule, total
from mwp.core.units import WEEKS_A_MONTH
from mwp.rules.council_scheme_tables import TYPES, tables_on

_EITHER_LINE = ("ctr_line_with_universal_credit", "ctr_line_without_universal_credit")
_LOCAL = "Local Government Finance Act 1992 s.13A and Sch 1A; the council's scheme: parameters/council_schemes"
_WITH, _WITHOUT = SIDES
_UNDER_5, _UNDER_6, _THREE_BEDROOMS, _LETTER_F = 5, 6, 3, 6  # what the facts of those names say
_NEARLY = 1e-6  # amounts a month that are the same but for binary fractions


def _nil_without_a_line(function):
    """Nil without a line, and the tables are not read where no row has one: most places have no scheme that is known.

    The line is the first argument; it is handed on as whole numbers.
    """

    @wraps(function)
    def guarded(line, *others, **special):
        at = line.astype(np.intp)
        return np.where(at > 0, function(at, *others, **special), 0.0) if at.any() else np.zeros(len(at))

    return guarded


def _on_each_side(entity, *, label, unit="currency-GBP", law=None):
    """Two rules of one function: with an award of Universal Credit and without.

    What ends in `_here` among the arguments is the side's own; `side`, where it is asked for, is which of the two.
    """

    def wire(function):
        one = rule(entity, cites=_LOCAL, law=law, unit=unit, label=label)(function)
        return tuple(_of_side(one, side) for side in SIDES)

    return wire


def _of_side(one, side):
    inputs = tuple(
        name.removesuffix("here") + side if name.endswith("_here") else name for name in one.inputs if name != "side"
    )
    function = partial(one.function, side=side) if "side" in one.inputs else one.function
    label = f"{one.label} {'with' if side == _WITH else 'without'} Universal Credit"
    return replace(one, inputs=inputs, function=function, label=label)


# What the schemes ask of a household, whatever is earned


@rule(Person, cites=_LOCAL, unit="bool")
def is_child_under_5(age, is_dependant_child):
    """A child below five."""
    return is_dependant_child & (age < _UNDER_5)


@rule(Person, cites=_LOCAL, unit="bool")
def is_child_under_6(age, is_dependant_child):
    """A child of five or below."""
    return is_dependant_child & (age < _UNDER_6)


@rule(Person, cites=_LOCAL, unit="bool")
def is_adult_in_esa_support_group(is_adult_of_unit, is_in_esa_support_group):
    """An adult whose New-style ESA has the support component, whether or not work has stopped it."""
    return is_adult_of_unit & is_in_esa_support_group


has_child_under_5 = any_of(BenefitUnit, of="is_child_under_5", label="a child under 5")
has_child_under_6 = any_of(BenefitUnit, of="is_child_under_6", label="a child of 5 or under")
has_adult_in_esa_support_group = any_of(
    BenefitUnit, of="is_adult_in_esa_support_group", label="an adult in the ESA support group, in or out of work"
)


@rule(BenefitUnit, cites=_LOCAL, unit="number", label="facts that councils' schemes ask for")
def ctr_facts(
    is_couple,
    has_children,
    has_child_under_5,
    has_child_under_6,
    has_adult_of_higher_ctr_age,
    has_disabled_adult,
    num_with_lcwra,
    uc_has_limited_capability,
    has_adult_in_esa_support_group,
    num_carers,
    has_disabled_child,
    uc_bedrooms_allowed,
    rents_privately,
    rents_socially,
    council_tax_band,
):
    """The facts a branch may test, each a binary digit, in the order of `mwp.core.council_schemes.FACTS`.

    Simplification: a carer is somebody who cares 35 hours or more, whether or not it brings an element or a benefit.
    """
    known = {
        "couple": is_couple,
        "lone_parent": has_children & ~is_couple,
        "has_children": has_children,
        "child_under_5": has_child_under_5,
        "child_under_6": has_child_under_6,
        "single_under_25": ~is_couple & ~has_children & ~has_adult_of_higher_ctr_age,
        "disability_benefit": has_disabled_adult,
        "lcwra": num_with_lcwra > 0,
        "limited_capability": uc_has_limited_capability,
        "esa_support_group": has_adult_in_esa_support_group,
        "carer": num_carers > 0,
        "disabled_child": has_disabled_child,
        "needs_three_bedrooms": uc_bedrooms_allowed >= _THREE_BEDROOMS,
        "pays_no_rent": ~rents_privately & ~rents_socially,
        "band_f_or_above": council_tax_band >= _LETTER_F,
    }
    return sum(np.where(known[fact], 2.0**place, 0.0) for place, fact in enumerate(FACTS))


@rule(BenefitUnit, cites=_LOCAL, unit="number", label="household type in councils' tables")
def ctr_household_type(is_couple, num_children):
    """Single people by number of children, then couples: a column of the tables."""
    singles = TYPES / 2
    return np.minimum(num_children, singles - 1.0) + np.where(is_couple, singles, 0.0)


# Which line of the tables


@_on_each_side(BenefitUnit, unit="number", label="branch of the council's scheme")
def _line(council_scheme, ctr_facts, is_claimants_unit, on, side):
    """The line of the tables: the first branch of the council's that is open to the household; 0 where none is."""
    waiting = (council_scheme >= 0) & is_claimants_unit
    line = np.zeros(len(waiting), dtype=np.intp)
    if not waiting.any():  # the tables need not be read
        return line
    tables = tables_on(on)
    facts, council = ctr_facts.astype(np.intp), np.maximum(council_scheme, 0.0).astype(np.intp)
    for branches in tables.sides[side].line_of.T:
        asked = branches[council]
        all_of, any_of_these, none_of = tables.needs_all[asked], tables.needs_any[asked], tables.needs_none[asked]
        fits = ((facts & all_of) == all_of) & ((facts & none_of) == 0)
        fits &= (any_of_these == 0) | ((facts & any_of_these) != 0)
        fits &= waiting & (asked >= 0)
        line = np.where(fits, asked, line)
        waiting = waiting & ~fits
    return line


ctr_line_with_universal_credit, ctr_line_without_universal_credit = _line


@rule(BenefitUnit, cites=_LOCAL, unit="number", label="branch of the council's scheme", nil_unless=_EITHER_LINE)
def ctr_line(ctr_has_universal_credit, ctr_line_with_universal_credit, ctr_line_without_universal_credit):
    """The line of the tables that works out the reduction; 0 where the nation's default does."""
    return np.where(ctr_has_universal_credit, ctr_line_with_universal_credit, ctr_line_without_universal_credit)


# Other adults in the home. They belong to other benefit units, so the claimants' lines are told to the home first


ctr_line_of_home_with_universal_credit = count(
    Household, of="ctr_line_with_universal_credit", label="the claimants' branch with Universal Credit"
)
ctr_line_of_home_without_universal_credit = count(
    Household, of="ctr_line_without_universal_credit", label="the claimants' branch without Universal Credit"
)


@_on_each_side(
    Person,
    law="council_tax_reduction",
    unit="currency-GBP for each other adult",
    label="council's deduction for one person living in the home,",
)
@_nil_without_a_line
def _of_non_dependant(
    ctr_line_of_home_here,
    brings_ctr_deduction,
    non_dependant_income,
    non_dependant_hours,
    non_dependant_pay,
    council_tax,
    law,
    on,
):
    """By gross income or by whether there is work."""
    at = ctr_line_of_home_here
    tables = tables_on(on)
    table = tables.non_dependants[at]
    works = (non_dependant_hours >= law.great_britain.work_hours) | (tables.whatever_hours[table] > 0)
    amount = tables.not_working[table]
    for step in range(tables.works_from.shape[1]):
        reached = works & (non_dependant_income >= tables.works_from[table, step] - _NEARLY)
        amount = np.where(reached, tables.working[table, step], amount)
    share = np.where(non_dependant_pay > tables.share_from[table], tables.share_of_bill[table], 0.0)
    return np.where(brings_ctr_deduction & (at > 0), amount + share * council_tax, 0.0)


ctr_local_deduction_with_universal_credit, ctr_local_deduction_without_universal_credit = _of_non_dependant

ctr_local_deductions_of_home_with_universal_credit = total(
    Household,
    of="ctr_local_deduction_with_universal_credit",
    label="council's deductions for people living in the home, with Universal Credit",
)
ctr_local_deductions_of_home_without_universal_credit = total(
    Household,
    of="ctr_local_deduction_without_universal_credit",
    label="council's deductions for people living in the home, without Universal Credit",
)


# The bill that counts, and what comes off the share of it


@_on_each_side(BenefitUnit, law="council_tax", label="bill that counts")
@_nil_without_a_line
def _liability(
    ctr_line_here,
    ctr_bill,
    council_tax_band,
    savings,
    uc_earned_income,
    gross_pay_of_unit,
    ctr_local_deductions_of_home_here,
    ctr_deductions_are_lifted,
    law,
    on,
    side,
):
    """What the council's share is taken of: the bill up to the charge of the line's highest band, nil with too much
    capital, less the deductions that come off first.
    """
    at = ctr_line_here
    tables, ninths = tables_on(on), np.array([law.band_ninths[letter] for letter in law.band_ninths])
    own = council_tax_band.astype(np.intp)
    capped = np.minimum(ninths[tables.cap[at] - 1] / ninths[np.maximum(own, 1) - 1], 1.0)
    liability = ctr_bill * np.where(own > 0, capped, 1.0)
    earned = uc_earned_income if side == _WITH else gross_pay_of_unit
    limit = np.where(earned > 0, tables.capital_limit[at], tables.capital_limit_without_earnings[at])
    at_limit = tables.capital_at_limit[at] > 0
    too_much = (savings > limit) | ((savings >= limit) & ~at_limit)
    comes_first = (tables.before_rate[at] > 0) & ~ctr_deductions_are_lifted
    first = np.where(comes_first, ctr_local_deductions_of_home_here, 0.0)
    return np.where(too_much | (at == 0), 0.0, np.maximum(liability - first, 0.0))


ctr_liability_with_universal_credit, ctr_liability_without_universal_credit = _liability


@_on_each_side(BenefitUnit, label="deductions from the council's share")
@_nil_without_a_line
def _deductions(ctr_line_here, ctr_local_deductions_of_home_here, ctr_deductions_are_lifted, on):
    """For other adults, where the scheme takes them off after the share is taken.

    Simplification: every council is taken to lift them for blindness or a daily living benefit, as nearly all do.
    """
    at = ctr_line_here
    gone = (tables_on(on).before_rate[at] > 0) | ctr_deductions_are_lifted | (at == 0)
    return np.where(gone, 0.0, ctr_local_deductions_of_home_here)


ctr_local_deductions_with_universal_credit, ctr_local_deductions_without_universal_credit = _deductions


# Income


@_on_each_side(BenefitUnit, label="earnings the council ignores")
@_nil_without_a_line
def _disregard(ctr_line_here, ctr_household_type, has_disabled_adult, on, side):
    """A flat amount, or one by household type; the legacy amounts are `ctr_earnings_disregard`."""
    at = ctr_line_here
    tables = tables_on(on).sides[side]
    amount = tables.disregard[at, ctr_household_type.astype(np.intp)]
    return np.where(has_disabled_adult, np.maximum(amount, tables.disregard_disability[at]), amount)


ctr_local_disregard_with_universal_credit, ctr_local_disregard_without_universal_credit = _disregard


@rule(BenefitUnit, cites=_LOCAL, label="income from savings for the council's scheme")
@_nil_without_a_line
def ctr_local_tariff_income(ctr_line_without_universal_credit, savings, on):
    """A pound a week for each of the scheme's steps of savings, where there is no award: an award has its own."""
    at = ctr_line_without_universal_credit
    tables = tables_on(on)
    return np.ceil(np.maximum(savings - tables.tariff_over[at], 0.0) / tables.tariff_step[at]) * WEEKS_A_MONTH


@rule(BenefitUnit, cites=_LOCAL, label="elements the council leaves out of Universal Credit")
@_nil_without_a_line
def ctr_ignored_elements(
    ctr_line_with_universal_credit,
    uc_housing_element,
    uc_carer_element,
    uc_health_element,
    uc_disabled_child_element,
    uc_child_element,
    on,
):
    """Those the line ignores, the childcare element apart, which moves with work."""
    at = ctr_line_with_universal_credit
    ignores = tables_on(on).sides[_WITH].ignores[at]
    parts = {
        "housing": uc_housing_element,
        "carer": uc_carer_element,
        "health": uc_health_element,
        "disabled_child": uc_disabled_child_element,
        "child": uc_child_element,
    }
    return sum(ignores[:, ELEMENTS.index(element)] * amount for element, amount in parts.items())


private_pensions_of_unit = total(BenefitUnit, of="occupational_pension", label="private pensions of both adults")
carers_allowance_of_unit = total(BenefitUnit, of="carers_allowance", label="Carer's Allowance of both adults")


@rule(
    BenefitUnit,
    cites=_LOCAL,
    label="Universal Credit that the council counts",
    says="Of Universal Credit of {universal_credit:,.2f} the council counts {result:,.2f}",
    grade="local scheme",
)
@_nil_without_a_line
def ctr_counted_universal_credit(
    ctr_line_with_universal_credit,
    universal_credit,
    ctr_ignored_elements,
    uc_childcare_element,
    uc_housing_element,
    uc_maximum_amount,
    on,
):
    """The award less the elements that are ignored, never below nil."""
    at = ctr_line_with_universal_credit
    tables = tables_on(on).sides[_WITH]
    childcare = tables.ignores[at, ELEMENTS.index("childcare")] * uc_childcare_element
    in_payment = universal_credit / np.maximum(uc_maximum_amount, 1.0)
    housing = tables.pro_rata[at] * uc_housing_element * in_payment
    return tables.award[at] * np.maximum(universal_credit - ctr_ignored_elements - childcare - housing, 0.0)


@rule(
    BenefitUnit,
    cites=_LOCAL,
    label="income the council counts with Universal Credit",
    grade="local scheme",
    nil_unless="ctr_line_with_universal_credit",
)
@_nil_without_a_line
def ctr_local_income_with_universal_credit(
    ctr_line_with_universal_credit,
    uc_earned_income,
    gross_pay_of_unit,
    ctr_local_disregard_with_universal_credit,
    ctr_childcare,
    uc_unearned_income,
    private_pensions_of_unit,
    maintenance,
    carers_allowance_of_unit,
    ctr_counted_universal_credit,
    on,
):
    """Earnings before the work allowance less what is ignored; other income; the award, as far as each counts."""
    at = ctr_line_with_universal_credit
    tables = tables_on(on).sides[_WITH]
    earned = (tables.net + tables.legacy)[at] * uc_earned_income + tables.gross[at] * gross_pay_of_unit
    off = ctr_local_disregard_with_universal_credit + tables.childcare[at] * ctr_childcare
    other = tables.other[at] * uc_unearned_income + tables.private[at] * (private_pensions_of_unit + maintenance)
    other = np.maximum(other - tables.carers_allowance[at] * carers_allowance_of_unit, 0.0)
    return np.maximum(earned - off, 0.0) + other + ctr_counted_universal_credit


@rule(
    BenefitUnit,
    cites=_LOCAL,
    label="income the council counts without Universal Credit",
    grade="local scheme",
    nil_unless="ctr_line_without_universal_credit",
)
@_nil_without_a_line
def ctr_local_income_without_universal_credit(
    ctr_line_without_universal_credit,
    net_earnings_of_unit,
    ctr_net_earnings_of_unit,
    gross_pay_of_unit,
    ctr_local_disregard_without_universal_credit,
    ctr_earnings_disregard,
    ctr_childcare,
    ctr_unearned_income,
    ctr_tariff_income,
    ctr_local_tariff_income,
    private_pensions_of_unit,
    maintenance,
    carers_allowance_of_unit,
    on,
):
    """Earnings less what is ignored of them and childcare; other income, with the scheme's own income from savings."""
    at = ctr_line_without_universal_credit
    tables = tables_on(on).sides[_WITHOUT]
    earned = tables.net[at] * net_earnings_of_unit + tables.legacy[at] * ctr_net_earnings_of_unit
    earned = earned + tables.gross[at] * gross_pay_of_unit
    off = ctr_local_disregard_without_universal_credit + tables.legacy_disregard[at] * ctr_earnings_disregard
    off = off + tables.childcare[at] * ctr_childcare
    other = tables.other[at] * (ctr_unearned_income - ctr_tariff_income + ctr_local_tariff_income)
    other = other + tables.private[at] * (private_pensions_of_unit + maintenance)
    other = np.maximum(other - tables.carers_allowance[at] * carers_allowance_of_unit, 0.0)
    return np.maximum(earned - off, 0.0) + other


@rule(
    BenefitUnit,
    cites=_LOCAL,
    label="income the council counts",
    says="Income that counts for the council's scheme: {result:,.2f}",
    grade="local scheme",
)
@_nil_without_a_line
def ctr_local_income(
    ctr_line,
    ctr_has_universal_credit,
    ctr_local_income_with_universal_credit,
    ctr_local_income_without_universal_credit,
    has_disabled_adult,
    on,
):
    """Income by whether there is Universal Credit, less what is ignored of it for a disability."""
    at = ctr_line
    income = np.where(
        ctr_has_universal_credit, ctr_local_income_with_universal_credit, ctr_local_income_without_universal_credit
    )
    ignored = tables_on(on).income_disregard_disability[at]
    return np.where(has_disabled_adult, np.maximum(income - ignored, 0.0), income)


@rule(
    BenefitUnit,
    cites=_LOCAL,
    label="income above what the council compares it with",
    says="Of it, {result:,.2f} is above what the scheme compares it with",
    grade="local scheme",
)
@_nil_without_a_line
def ctr_local_excess_income(
    ctr_line, ctr_has_universal_credit, ctr_local_income, uc_maximum_amount, uc_standard_allowance,
    ctr_applicable_amount, on,
):  # fmt: skip
    """Income less the maximum amount or the standard allowance of Universal Credit, the legacy amounts, or nothing."""
    at = ctr_line
    sides = tables_on(on).sides
    own = sides[_WITH].of_maximum[at] * uc_maximum_amount + sides[_WITH].of_standard[at] * uc_standard_allowance
    allowance = np.where(ctr_has_universal_credit, own, sides[_WITHOUT].of_legacy[at] * ctr_applicable_amount)
    return np.maximum(ctr_local_income - allowance, 0.0)


# The reduction


@rule(BenefitUnit, cites=_LOCAL, unit="number", label="band of income in the council's table")
@_nil_without_a_line
def ctr_local_band(ctr_line, ctr_household_type, ctr_local_excess_income, on):
    """The first band, or as many further as there are edges that the income is above."""
    edges = tables_on(on).edges
    row = (ctr_line * TYPES + ctr_household_type.astype(np.intp)) * edges.shape[-1]
    flat = edges.reshape(-1)
    return sum((ctr_local_excess_income > flat[place:].take(row)) * 1.0 for place in range(edges.shape[-1]))


@rule(
    BenefitUnit,
    cites=_LOCAL,
    unit="/1",
    label="share of the bill the council meets",
    says="At that income the council meets {result:.1%} of the bill",
    says_nil="At that income the council meets nothing of the bill",
    grade="local scheme",
)
@_nil_without_a_line
def ctr_local_rate(
    ctr_line,
    ctr_household_type,
    ctr_local_band,
    ctr_has_universal_credit,
    uc_earned_income,
    gross_pay_of_unit,
    num_in_ctr_work,
    on,
):
    """The share of the band that the income is in; some schemes have one for no earnings, or below 16 hours of work."""
    at = ctr_line
    tables = tables_on(on)
    rate = tables.rates[at, ctr_household_type.astype(np.intp), ctr_local_band.astype(np.intp)]
    earned = np.where(ctr_has_universal_credit, uc_earned_income, gross_pay_of_unit)
    idle, part_time = tables.without_earnings[at], tables.below_16_hours[at]
    rate = np.where((idle >= 0) & (earned <= 0), idle, rate)
    return np.where((part_time >= 0) & (num_in_ctr_work <= 0), part_time, rate)


@rule(
    BenefitUnit,
    cites=_LOCAL,
    label="council tax reduction, the council's own scheme",
    says="The council's own scheme takes {result:,.2f} off the bill",
    says_nil="The council's own scheme takes nothing off the bill, or there is none that is known",
    grade="local scheme",
    nil_unless=_EITHER_LINE,
)
@_nil_without_a_line
def ctr_local_scheme(
    ctr_line,
    ctr_has_universal_credit,
    ctr_liability_with_universal_credit,
    ctr_liability_without_universal_credit,
    ctr_local_deductions_with_universal_credit,
    ctr_local_deductions_without_universal_credit,
    ctr_local_rate,
    ctr_local_excess_income,
    ctr_local_band,
    on,
):
    """The share of the liability, less deductions, taper, contribution and cut; nil below the minimum award."""
    at = ctr_line
    tables, with_award = tables_on(on), ctr_has_universal_credit
    liability = np.where(with_award, ctr_liability_with_universal_credit, ctr_liability_without_universal_credit)
    deductions = np.where(
        with_award, ctr_local_deductions_with_universal_credit, ctr_local_deductions_without_universal_credit
    )
    most = np.maximum(ctr_local_rate * liability - deductions, 0.0)
    contribution = tables.contributions[at, ctr_local_band.astype(np.intp)]
    paid = tables.taper[at] * ctr_local_excess_income + contribution
    award = np.maximum(most - paid, 0.0) * tables.kept[at]
    return np.where(award < tables.min_award[at], 0.0, award)
