"""Help with food for pregnant women and young children: Healthy Start, and in Scotland Best Start Foods.

Healthy Start Scheme and Welfare Food (Amendment) Regulations 2005 (SI 2005/3262); Healthy Start Scheme and Day Care
Food Scheme Regulations (Northern Ireland) 2006 (SR 2006/478); Welfare Foods (Best Start Foods) (Scotland) Regulations
2019 (SSI 2019/193). Both are money on a card that buys some foods only: help in kind, counted at its face value. The
free vitamins that go with it are not counted.

Where the weeks of a pregnancy are not told it is taken to be far enough on. Simplification: of the benefits that open
the two schemes Universal Credit alone is modelled.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import any_of, rule, total
from mwp.core.units import WEEKS_A_MONTH

_HEALTHY_START = "SI 2005/3262 regs 3 and 8; SR 2006/478 regs 4 and 10"

# Healthy Start: England, Wales and Northern Ireland


@rule(
    Person,
    law="early_years_food",
    cites=_HEALTHY_START,
    unit="bool",
    label="pregnant long enough for Healthy Start",
)
def is_expecting_for_healthy_start(is_adult_of_unit, is_pregnant, weeks_pregnant, law):
    """An adult of the benefit unit who is at least ten weeks pregnant."""
    return is_adult_of_unit & is_pregnant & (weeks_pregnant >= law.healthy_start.weeks_of_pregnancy)


@rule(
    Person,
    law="early_years_food",
    cites=_HEALTHY_START,
    unit="currency-GBP for each person",
    label="Healthy Start for one person",
)
def healthy_start_of_person(is_dependant_child, is_expecting_for_healthy_start, age, law):
    """What a child under 4, or a woman of 18 or over who is pregnant, brings where the family's pay is low enough."""
    scheme = law.healthy_start
    child = is_dependant_child & (age < scheme.child_under_age)
    expecting = is_expecting_for_healthy_start & (age >= scheme.no_test_under_age)
    amounts = np.where(child & (age < scheme.baby_under_age), scheme.amounts_for_baby, 1.0)
    return np.where(child | expecting, amounts * scheme.weekly_amount * WEEKS_A_MONTH, 0.0)


@rule(Person, law="early_years_food", cites=_HEALTHY_START, label="Healthy Start for one young woman")
def healthy_start_of_young_woman(is_expecting_for_healthy_start, age, in_scotland, law):
    """What a pregnant woman under 18 brings, whatever the income; after the birth the usual test applies."""
    scheme = law.healthy_start
    qualifies = is_expecting_for_healthy_start & (age < scheme.no_test_under_age) & ~in_scotland
    return np.where(qualifies, scheme.weekly_amount * WEEKS_A_MONTH, 0.0)


healthy_start_on_low_pay = total(
    BenefitUnit,
    of="healthy_start_of_person",
    cites=_HEALTHY_START,
    label="Healthy Start where pay is low enough",
    doc="What the children under 4 and the pregnancies of the family bring while the family's pay is within the limit.",
)
healthy_start_for_young_women = total(
    BenefitUnit,
    of="healthy_start_of_young_woman",
    cites=_HEALTHY_START,
    label="Healthy Start for pregnancies under 18",
    doc="What pregnant women under 18 bring, whatever the income.",
)


@rule(
    BenefitUnit,
    law="early_years_food",
    cites="SI 2005/3262 reg 3 as amended by SI 2016/985 reg 2; SR 2006/478 reg 4",
    label="limit on pay for Healthy Start",
    says="With a child under 4 or a baby expected, Healthy Start allows earnings of {result:,.2f} a month",
    says_nil="No limit on pay: nobody here for whom Healthy Start depends on it",
)
def healthy_start_earnings_limit(healthy_start_on_low_pay, uc_is_open, in_scotland, law):
    """Take-home pay a month that the family's must not exceed; nil where there is nobody to be helped."""
    applies = (healthy_start_on_low_pay > 0) & uc_is_open & ~in_scotland
    return np.where(applies, law.healthy_start.earnings_limit, 0.0)


@rule(
    BenefitUnit,
    cites="SI 2005/3262 reg 3 as amended by SI 2016/985 reg 2; SR 2006/478 reg 4",
    unit="bool",
    label="on Universal Credit with pay low enough for Healthy Start",
)
def meets_healthy_start_test(healthy_start_earnings_limit, universal_credit, uc_earned_income, rounding):
    """There is an award, and the family's earned income of the assessment period is at or below the limit."""
    within = rounding.nearest(uc_earned_income) <= healthy_start_earnings_limit
    return (healthy_start_earnings_limit > 0) & (universal_credit > 0) & within


@rule(
    BenefitUnit,
    law="early_years_food",
    cites=_HEALTHY_START,
    label="Healthy Start",
    says="{law.healthy_start.weekly_amount:,.2f} a week for each child under 4 and each pregnancy, twice that for a"
    " baby: {result:,.2f} a month on the card",
    says_nil="No Healthy Start: outside Scotland it takes a child under 4 or a pregnancy, Universal Credit, and"
    " earnings of at most {law.healthy_start.earnings_limit:,.2f} a month (here {uc_earned_income:,.2f})",
    claim="Apply on the Healthy Start website; the card is then topped up every four weeks.",
    run_on="Entitlement is checked every four weeks: payments stop at the next check, and what is on the card can still"
    " be spent for 16 weeks.",
    test=("uc_earned_income", "healthy_start_earnings_limit"),
)
def healthy_start(
    meets_healthy_start_test, healthy_start_on_low_pay, healthy_start_for_young_women, uc_earned_income, law
):
    """Money for food on the Healthy Start card, at its face value."""
    return np.where(meets_healthy_start_test, healthy_start_on_low_pay, 0.0) + healthy_start_for_young_women


# Best Start Foods: Scotland


@rule(
    Person,
    law="early_years_food",
    cites="SSI 2019/193 regs 7, 7A, 8 and 13",
    unit="currency-GBP for each person",
    label="Best Start Foods for one person",
)
def best_start_foods_of_person(is_adult_of_unit, is_dependant_child, is_pregnant, age, in_scotland, law):
    """What a child under 3, or a pregnancy from its beginning, brings in Scotland."""
    scheme = law.best_start_foods
    child = is_dependant_child & (age < scheme.child_under_age)
    expecting = is_adult_of_unit & is_pregnant
    amounts = np.where(child & (age < scheme.baby_under_age), scheme.amounts_for_baby, 1.0)
    return np.where(in_scotland & (child | expecting), amounts * scheme.weekly_amount * WEEKS_A_MONTH, 0.0)


best_start_foods_on_low_income = total(
    BenefitUnit,
    of="best_start_foods_of_person",
    cites="SSI 2019/193 regs 7, 7A, 8 and 13",
    label="Best Start Foods where there is a qualifying benefit",
    doc="What the children under 3 and the pregnancies of the family bring.",
)


@rule(
    Person,
    law="early_years_food",
    cites="SSI 2019/193 regs 7 and 8; SSI 2018/370 Sch 2-4 para 1",
    unit="bool",
    label="a parent or mother-to-be under 18",
)
def is_young_parent(is_adult_of_unit, age, law):
    """An adult of the benefit unit who is under 18: Scotland's payments for young families then need no benefit.

    Simplification: the same rule for 18 and 19 year olds who are somebody's dependants is not modelled.
    """
    return is_adult_of_unit & (age < law.best_start_foods.no_test_under_age)


has_young_parent = any_of(BenefitUnit, of="is_young_parent", label="a parent or mother-to-be under 18")


@rule(
    BenefitUnit,
    law="early_years_food",
    cites="SSI 2019/193 regs 7-10 and 13",
    label="Best Start Foods",
    says="{law.best_start_foods.weekly_amount:,.2f} a week for each child under 3 and each pregnancy, twice that for a"
    " baby: {result:,.2f} a month on the card",
    says_nil="No Best Start Foods: it takes a child under 3 or a pregnancy in Scotland, and Universal Credit",
    claim="Apply to Social Security Scotland, online, by phone or on paper, on the form for Best Start Grant.",
    run_on="Any award of Universal Credit above nil will do, whatever is earned; an award in the last assessment period"
    " still counts, so payments go on for about a month after Universal Credit ends.",
)
def best_start_foods(best_start_foods_on_low_income, universal_credit, has_young_parent, law):
    """Money for food on the Best Start Foods card, at its face value; earnings have no limit since 2024."""
    return np.where((universal_credit > 0) | has_young_parent, best_start_foods_on_low_income, 0.0)
