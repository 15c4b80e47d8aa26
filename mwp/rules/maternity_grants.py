"""One-off grants for a new baby and a young child: Sure Start Maternity Grant, and in Scotland Best Start Grant.

Social Fund Maternity and Funeral Expenses (General) Regulations 2005 (SI 2005/3061), the same for Northern Ireland (SR
2005/506); Early Years Assistance (Best Start Grants) (Scotland) Regulations 2018 (SSI 2018/370). They are cash. Each
is paid once, so a twelfth of it counts in every month in which it can be claimed, and it is taken not to have been paid
yet. Where the weeks of a pregnancy are not told it is taken to be far enough on, with one baby.

Simplification: of the benefits that open them Universal Credit alone is modelled; babies adopted or taken into care,
and children from before coming to the United Kingdom or from before leaving a violent home, are not.
"""

import numpy as np

from mwp.core.days import in_year_of, latest, months_after, years_before
from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import count, rule
from mwp.core.units import MONTHS_A_YEAR

_KEPT = "What has been paid is kept; the award of Universal Credit is looked at on the day of the claim only"

# Who is in the family


@rule(Person, law="maternity_grants", cites="SI 2005/3061 reg 5A; SSI 2018/370 Sch 2 para 4", unit="bool")
def is_child_before_grant_age_limit(is_dependant_child, age, law):
    """A child under 16: any but the new baby makes that baby a second or later one."""
    return is_dependant_child & (age < law.other_child_under_age)


num_children_before_grant_age_limit = count(
    BenefitUnit, of="is_child_before_grant_age_limit", label="children under 16, babies included"
)

# Sure Start Maternity Grant: England, Wales and Northern Ireland


@rule(Person, law="maternity_grants", cites="SI 1987/1968 Sch 4 para 8", unit="bool")
def is_baby_for_maternity_grant(is_dependant_child, born, on, law):
    """A baby no more than six months old."""
    return is_dependant_child & (on <= months_after(born, law.sure_start.months_after_birth))


@rule(Person, law="maternity_grants", cites="SI 1987/1968 Sch 4 para 8", unit="bool")
def is_expecting_for_maternity_grant(is_adult_of_unit, is_pregnant, weeks_pregnant, law):
    """An adult of the benefit unit whose baby is due within eleven weeks."""
    return is_adult_of_unit & is_pregnant & (weeks_pregnant >= law.sure_start.weeks_of_pregnancy)


num_babies_for_maternity_grant = count(
    BenefitUnit, of="is_baby_for_maternity_grant", label="babies young enough for a maternity grant"
)
num_expecting_for_maternity_grant = count(
    BenefitUnit, of="is_expecting_for_maternity_grant", label="babies due within eleven weeks"
)


@rule(BenefitUnit, cites="SI 2005/3061 regs 5 and 5A", unit="number", label="maternity grants that can be claimed")
def maternity_grants_open(
    num_babies_for_maternity_grant, num_expecting_for_maternity_grant, num_children_before_grant_age_limit
):
    """One for each first baby; with another child under 16 in the family, one for each baby of a birth but the first.

    Simplification: that the other children may be twins, who make it fewer still, is not looked at.
    """
    babies = np.maximum(num_babies_for_maternity_grant, num_expecting_for_maternity_grant)
    has_another = num_children_before_grant_age_limit > num_babies_for_maternity_grant
    return np.where(has_another, np.maximum(babies - 1.0, 0.0), babies)


@rule(
    BenefitUnit,
    law="maternity_grants",
    cites="SI 2005/3061 regs 5 and 5A; SR 2005/506 reg 5",
    label="Sure Start Maternity Grant",
    says="A grant of {law.sure_start.amount:,.0f} for a first baby while there is Universal Credit, spread over a year:"
    " {result:,.2f} a month",
    says_nil="No maternity grant: outside Scotland it takes Universal Credit and a first baby, due within eleven weeks"
    " or born within the last six months",
    claim="Send form SF100 from eleven weeks before the baby is due until the baby is six months old.",
    run_on=f"{_KEPT}, so it is lost if Universal Credit has ended by then.",
)
def maternity_grant(maternity_grants_open, universal_credit, in_scotland, law):
    """A grant for a first baby on any award of Universal Credit; a twelfth of it in each month it can be claimed."""
    qualifies = (universal_credit > 0) & ~in_scotland
    return np.where(qualifies, maternity_grants_open * law.sure_start.amount / MONTHS_A_YEAR, 0.0)


# Best Start Grant, pregnancy and baby payment: Scotland (Sch 2)


@rule(Person, law="maternity_grants", cites="SSI 2018/370 Sch 2 para 1(b)", unit="bool")
def is_baby_for_best_start_grant(is_dependant_child, born, on, law):
    """A baby no more than six months old."""
    return is_dependant_child & (on <= months_after(born, law.best_start.months_after_birth))


@rule(Person, law="maternity_grants", cites="SSI 2018/370 Sch 2 para 1(b)", unit="bool")
def is_expecting_for_best_start_grant(is_adult_of_unit, is_pregnant, weeks_pregnant, law):
    """An adult of the benefit unit at least 24 weeks pregnant."""
    return is_adult_of_unit & is_pregnant & (weeks_pregnant >= law.best_start.weeks_of_pregnancy)


num_babies_for_best_start_grant = count(
    BenefitUnit, of="is_baby_for_best_start_grant", label="babies young enough for a Best Start Grant"
)
num_expecting_for_best_start_grant = count(
    BenefitUnit, of="is_expecting_for_best_start_grant", label="babies expected, 24 weeks or more gone"
)


@rule(
    BenefitUnit,
    law="maternity_grants",
    cites="SSI 2018/370 Sch 2 paras 4-7",
    label="pregnancy and baby payment that can be claimed",
)
def best_start_grant_pregnancy_open(
    num_babies_for_best_start_grant, num_expecting_for_best_start_grant, num_children_before_grant_age_limit,
    in_scotland, law,
):  # fmt: skip
    """The higher amount for a first baby, the lower for any other, and one supplement for a multiple birth.

    It is what the year's payment comes to a month, whether or not there is a benefit to open it.
    """
    rates = law.best_start
    babies = np.maximum(num_babies_for_best_start_grant, num_expecting_for_best_start_grant)
    has_another = num_children_before_grant_age_limit > num_babies_for_best_start_grant
    one = np.where(has_another, rates.later_child, rates.first_child)
    others = (babies - 1.0) * rates.later_child + np.where(babies > 1, rates.multiple_birth, 0.0)
    return np.where(in_scotland & (babies > 0), (one + others) / MONTHS_A_YEAR, 0.0)


@rule(
    BenefitUnit,
    law="maternity_grants",
    cites="SSI 2018/370 regs 11-12; Sch 2",
    label="Best Start Grant: pregnancy and baby payment",
    says="A grant of {law.best_start.first_child:,.2f} for a first baby or {law.best_start.later_child:,.2f} for a"
    " later one while there is Universal Credit, spread over a year: {result:,.2f} a month",
    says_nil="No pregnancy and baby payment: it takes Universal Credit and a baby, 24 weeks on the way or born within"
    " the last six months, in Scotland",
    claim="Apply to Social Security Scotland from the 24th week of pregnancy until the baby is six months old.",
    run_on=f"{_KEPT}, and an award in the assessment period before counts too.",
)
def best_start_grant_pregnancy(best_start_grant_pregnancy_open, universal_credit, has_young_parent):
    """A grant for every baby on any award of Universal Credit, more for the first; parents under 18 need no benefit."""
    return np.where((universal_credit > 0) | has_young_parent, best_start_grant_pregnancy_open, 0.0)


# Best Start Grant, early learning payment (Sch 3) and school age payment (Sch 4): Scotland


@rule(Person, law="maternity_grants", cites="SSI 2018/370 Sch 3 para 1(b)", unit="bool")
def is_child_of_early_learning_age(is_dependant_child, age, born, on, law):
    """From the second birthday to the day six months after the third."""
    window = law.best_start.early_learning
    return is_dependant_child & (age >= window.from_age) & (on <= months_after(born, window.until_months))


@rule(Person, law="maternity_grants", cites="SSI 2018/370 Sch 4 paras 1(b) and 2", unit="bool")
def is_child_of_school_starting_age(is_dependant_child, born, on, law):
    """First old enough for primary school: claims are open from 1 June to the end of February.

    It goes by the year a child could start, whether or not the start is put off.
    """
    window = law.best_start.school_age
    opened = latest(window.opens, on)
    closed = years_before(in_year_of(opened, window.closed_from), -1)
    eldest = years_before(in_year_of(opened, window.born_from), window.years_after_birth)
    return is_dependant_child & (on < closed) & (born >= eldest) & (born < years_before(eldest, -1))


num_children_of_early_learning_age = count(
    BenefitUnit, of="is_child_of_early_learning_age", label="children of 2 to 3 and a half"
)
num_children_of_school_starting_age = count(
    BenefitUnit, of="is_child_of_school_starting_age", label="children about to start school"
)


@rule(
    BenefitUnit,
    law="maternity_grants",
    cites="SSI 2018/370 regs 11-12; Sch 3",
    label="Best Start Grant: early learning payment",
    says="A grant of {law.best_start.early_learning.amount:,.2f} for each child between 2 and 3 and a half while there"
    " is Universal Credit, spread over a year: {result:,.2f} a month",
    says_nil="No early learning payment: it takes Universal Credit and a child between 2 and 3 and a half in Scotland",
    claim="Paid without asking where there is Scottish Child Payment; otherwise apply to Social Security Scotland"
    " between the child's second birthday and three and a half.",
    run_on=f"{_KEPT}, and an award in the assessment period before counts too.",
)
def best_start_grant_early_learning(
    num_children_of_early_learning_age, universal_credit, has_young_parent, in_scotland, law
):
    """A grant for each child of two or three; a twelfth of it in each month it can be claimed."""
    qualifies = in_scotland & ((universal_credit > 0) | has_young_parent)
    amount = num_children_of_early_learning_age * law.best_start.early_learning.amount / MONTHS_A_YEAR
    return np.where(qualifies, amount, 0.0)


@rule(
    BenefitUnit,
    law="maternity_grants",
    cites="SSI 2018/370 regs 11-12; Sch 4",
    label="Best Start Grant: school age payment",
    says="A grant of {law.best_start.school_age.amount:,.2f} for each child first old enough for school while there is"
    " Universal Credit, spread over a year: {result:,.2f} a month",
    says_nil="No school age payment: it takes Universal Credit and a child first old enough for school in Scotland, and"
    " is claimed from June to February",
    claim="Paid without asking where there is Scottish Child Payment; otherwise apply to Social Security Scotland"
    " between 1 June and the end of February.",
    run_on=f"{_KEPT}, and an award in the assessment period before counts too.",
)
def best_start_grant_school_age(
    num_children_of_school_starting_age, universal_credit, has_young_parent, in_scotland, law
):
    """A grant for each child who could start school; a twelfth of it in each month it can be claimed."""
    qualifies = in_scotland & ((universal_credit > 0) | has_young_parent)
    amount = num_children_of_school_starting_age * law.best_start.school_age.amount / MONTHS_A_YEAR
    return np.where(qualifies, amount, 0.0)
