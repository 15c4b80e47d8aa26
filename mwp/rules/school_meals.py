"""Free school meals in the four nations.

Education Act 1996 s.512ZB with SI 2018/148 (England) and WSI 2019/187 (Wales); Education (Scotland) Act 1980 s.53; the
arrangements of the Education Authority in Northern Ireland. Some pupils have meals whatever the family earns; the
others by a test of Universal Credit and net earnings, a couple's together. The minimum income floor is left out of
account: by WSI 2019/187 art 2(3)(b) in Wales, and as the Department for Education answers for England. Amounts are
pounds a month, a year's meals spread over twelve.

Not modelled: benefits other than Universal Credit that bring meals; protection of pupils who had meals before a test
was brought in (it ended in England in summer 2026, in Wales it lasts to the end of a phase of school); councils that
feed more pupils than the law asks (Tower Hamlets and others in secondary school, Scotland's trial of August 2025 in
some sixty secondary schools); nurseries; food in the holidays.

Simplification: limits over two or three assessment periods (SI 2018/148 reg 4) are the monthly limit in a steady month.
Simplification: the minimum income floor is left out in Scotland and Northern Ireland too, where no rule was found.
"""

import numpy as np

from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import count, rule
from mwp.core.units import MONTHS_A_YEAR

_LAW = "Education Act 1996 s.512ZB; Education (Scotland) Act 1980 s.53"
_TEST = "SI 2018/148 regs 2-4; WSI 2019/187 art 2; Education (Scotland) Act 1980 s.53(7)(c)"

# Whatever the family earns


@rule(Person, law="school_meals", cites=_LAW, unit="bool")
def has_universal_meals(school_year, in_england, in_greater_london, in_scotland, in_wales, law):
    """A pupil in a year in which all have meals: the first three in England, five in Scotland, primary school in Wales.

    In Greater London the Mayor pays for the rest of primary school: a local scheme, by law only the first three years.
    """
    england = np.where(in_greater_london, law.england.london_universal_years, law.england.universal_years)
    elsewhere = np.where(in_scotland, law.scotland.universal_years, np.where(in_wales, law.wales.universal_years, 0.0))
    return (school_year > 0) & (school_year <= np.where(in_england, england, elsewhere))


num_with_universal_meals = count(
    BenefitUnit, of="has_universal_meals", cites=_LAW, label="pupils with meals whatever is earned"
)


# By the test of Universal Credit and earnings, and in Scotland by Scottish Child Payment


@rule(Person, cites=_LAW, unit="bool")
def needs_test_for_meals(is_pupil, has_universal_meals):
    """A pupil past the years in which all have meals."""
    return is_pupil & ~has_universal_meals


@rule(Person, law="school_meals", cites="Education (Scotland) Act 1980 s.53(3), (5)", unit="bool")
def has_meals_by_scottish_child_payment(needs_test_for_meals, school_year, in_scotland, law):
    """A pupil in a year in which Scottish Child Payment is enough: Primary 6 and 7, since February 2025."""
    return needs_test_for_meals & in_scotland & (school_year <= law.scotland.child_payment_years)


num_tested_for_meals = count(
    BenefitUnit, of="needs_test_for_meals", cites=_LAW, label="pupils past the years in which all have meals"
)
num_with_meals_by_scottish_child_payment = count(
    BenefitUnit,
    of="has_meals_by_scottish_child_payment",
    cites=_LAW,
    label="pupils in Primary 6 and 7",
)


@rule(
    BenefitUnit,
    law="school_meals",
    cites=_TEST,
    label="limit of net earnings for free school meals",
    says="Free school meals go with Universal Credit while net earnings are at most {result:,.2f} a month",
    says_nil="No limit of earnings: any award of Universal Credit brings free school meals to a pupil",
)
def free_school_meals_earnings_limit(num_pupils, in_england, in_scotland, in_wales, in_northern_ireland, law):
    """Net earnings of both adults, pounds a month, up to which Universal Credit brings meals.

    Nil where no limit applies: in England from September 2026, and without a pupil.
    """
    england = np.where(law.england.has_earnings_limit, law.england.earnings_limit, 0.0)
    limits = (england, law.scotland.earnings_limit, law.wales.earnings_limit)
    by_nation = np.select([in_england, in_scotland, in_wales], limits, 0.0)
    northern_irish = law.northern_ireland.earnings_limit / MONTHS_A_YEAR
    return np.where(num_pupils > 0, np.where(in_northern_ireland, northern_irish, by_nation), 0.0)


@rule(BenefitUnit, cites=_TEST, unit="bool", label="passes the test for free school meals")
def passes_school_meals_test(universal_credit, net_earnings_of_unit, free_school_meals_earnings_limit):
    """On Universal Credit, with net earnings of no more than the limit where there is one."""
    no_limit = free_school_meals_earnings_limit <= 0
    return (universal_credit > 0) & (no_limit | (net_earnings_of_unit <= free_school_meals_earnings_limit))


# What the meals are worth


@rule(
    BenefitUnit,
    law="school_meals",
    cites="Valuation: parameters/school_meals.yaml",
    label="value of a pupil's free school meals",
    grade="valuation",
)
def value_of_a_pupils_meals(num_pupils, school_meal_days, law, valuation):
    """What a year's school meals save for one pupil, spread over twelve months; nil without a pupil."""
    return np.where(num_pupils > 0, school_meal_days * valuation.of(law.meal) / MONTHS_A_YEAR, 0.0)


@rule(
    BenefitUnit,
    cites=_LAW,
    label="school meals for all",
    grade="valuation",
    says="Meals that every pupil of their year has, whatever is earned, are worth {result:,.2f}",
    says_nil="No child is in a year of school in which every pupil has free meals",
    claim="Say yes to school lunches at the school: no proof of income is asked for.",
    run_on="Does not depend on earnings: it ends when the child is past the years in which every pupil has meals.",
)
def universal_school_meals(num_with_universal_meals, value_of_a_pupils_meals):
    """The value of the meals that pupils have whatever the family earns."""
    return num_with_universal_meals * value_of_a_pupils_meals


@rule(
    BenefitUnit,
    cites=_TEST,
    label="free school meals",
    grade="valuation",
    says="Free school meals, at {value_of_a_pupils_meals:,.2f} a month for each pupil, are worth {result:,.2f}",
    says_nil="No free school meals that depend on Universal Credit or earnings",
    claim="Apply to the council or the school, or in Northern Ireland to the Education Authority.",
    run_on=(
        "Usually kept until entitlement is next looked at. In England that is once every twelve months. In Scotland and"
        " Northern Ireland there is a new application each school year, though some Scottish councils stop meals when"
        " earnings rise. Welsh councils check when they choose."
    ),
    test=("net_earnings_of_unit", "free_school_meals_earnings_limit"),
)
def free_school_meals(
    passes_school_meals_test,
    num_tested_for_meals,
    num_with_meals_by_scottish_child_payment,
    scottish_child_payment,
    value_of_a_pupils_meals,
):
    """The value of the meals that pupils have by the test, which more earnings can lose.

    Pupils in the years in which all have meals are not counted here but in `universal_school_meals`.
    """
    by_payment = np.where(scottish_child_payment > 0, num_with_meals_by_scottish_child_payment, 0.0)
    return np.where(passes_school_meals_test, num_tested_for_meals, by_payment) * value_of_a_pupils_meals
