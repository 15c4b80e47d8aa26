"""Tax-Free Childcare, the tests of work and income that it shares with the funded hours of working parents, the choice
between it and Universal Credit, and Northern Ireland's subsidy on top of it.

Childcare Payments Act 2014; Childcare Payments (Eligibility) Regulations 2015 (SI 2015/448). The tests of England's
hours for working parents (SI 2022/1134 regs 14-18) and of the Childcare Offer for Wales are taken to be the same.
Amounts are pounds a month.

Nobody has both Tax-Free Childcare and Universal Credit (s.11). The household is taken to choose whichever is worth
more: the top-up (with Northern Ireland's subsidy), or Universal Credit as it would be paid (with Scottish Child
Payment, which comes with it); equal amounts leave it on Universal Credit. Other help that comes with Universal Credit
is not weighed.

Simplification: the bill is spread evenly over the children it is for; the most for a child binds as if it were.
Simplification: a person with limited capability for work, a carer of 35 hours or more and someone on New-style ESA is
taken to be excused where the partner works; leave from work and the wait for a new job are not told apart.
"""

import numpy as np

from mwp.core.days import latest, years_before
from mwp.core.entities import BenefitUnit, Person
from mwp.core.rule import count, highest, rule, total
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH

A_HAIR = 1e-6  # pounds: lets 16 hours at the minimum wage be 16 hours at the minimum wage in binary fractions

# Each parent's work (SI 2015/448 regs 9-13)


@rule(
    Person,
    law="tax_free_childcare",
    cites="SI 2015/448 reg 9; SI 2022/1134 reg 18",
    label="minimum earnings for childcare",
)
def childcare_minimum_earnings(minimum_wage, law):
    """Sixteen hours a week at the minimum wage of one's age: a quarter's 13 weeks, as a month."""
    return law.minimum_hours * minimum_wage * WEEKS_A_MONTH


@rule(Person, cites="SI 2015/448 reg 10; ITEPA 2003 s.62", label="earnings for childcare")
def childcare_earnings(employed_earnings_after_sacrifice, self_employment_income, is_adult_of_unit):
    """Pay (after any that is sacrificed) and profit of a parent, before tax."""
    return np.where(is_adult_of_unit, employed_earnings_after_sacrifice + self_employment_income, 0.0)


@rule(Person, law="tax_free_childcare", cites="SI 2015/448 reg 11; SI 2022/1134 reg 17", unit="bool")
def is_starting_up_for_childcare(is_self_employed, is_in_work, months_trading, law):
    """Self-employed in the first year of the business: no minimum earnings."""
    return is_self_employed & is_in_work & (months_trading < law.start_up_months)


@rule(Person, cites="SI 2015/448 reg 9; SI 2022/1134 regs 16-18", unit="bool", label="earns enough for childcare help")
def is_in_qualifying_childcare_work(
    is_in_work, childcare_earnings, childcare_minimum_earnings, is_starting_up_for_childcare
):
    """A parent in work who expects to earn at least the minimum, or who is starting up."""
    earns_enough = childcare_earnings >= childcare_minimum_earnings - A_HAIR
    return is_in_work & (earns_enough | is_starting_up_for_childcare)


@rule(Person, cites="SI 2015/448 reg 13; SI 2022/1134 reg 14(4)", unit="bool")
def is_excused_from_childcare_work(
    is_adult_of_unit, has_lcw, has_lcwra, is_carer, claims_new_style_esa, stated_new_style_esa
):
    """A parent who need not work where the other does: limited capability for work, or caring."""
    has_esa = claims_new_style_esa | (stated_new_style_esa > 0)
    return is_adult_of_unit & (has_lcw | has_lcwra | is_carer | has_esa)


@rule(Person, cites="SI 2015/448 reg 13; SI 2022/1134 reg 14(4)", unit="bool")
def is_excused_and_not_in_qualifying_work(is_excused_from_childcare_work, is_in_qualifying_childcare_work):
    """Excused, and not earning enough either."""
    return is_excused_from_childcare_work & ~is_in_qualifying_childcare_work


@rule(Person, cites="SI 2015/448 reg 15; ITA 2007 s.58", label="adjusted net income for childcare")
def income_for_childcare(non_savings_income_before_benefits, interest, dividends, relief_at_source_contribution):
    """Adjusted net income, Carer's Allowance and New-style benefits left out.

    Nobody near the limit has them, and what they are may itself turn on the cost of childcare.
    """
    income = non_savings_income_before_benefits + interest + dividends
    return np.maximum(income - relief_at_source_contribution, 0.0)


@rule(Person, law="tax_free_childcare", cites="SI 2015/448 reg 15; SI 2022/1134 reg 14(3)(c)", unit="bool")
def is_above_childcare_income_limit(income_for_childcare, is_adult_of_unit, law):
    """A parent whose adjusted net income of the tax year is above the limit, by a penny or more."""
    return is_adult_of_unit & (income_for_childcare * MONTHS_A_YEAR > law.income_limit + A_HAIR)


num_in_qualifying_childcare_work = count(
    BenefitUnit, of="is_in_qualifying_childcare_work", label="parents who earn enough for childcare help"
)
num_excused_from_childcare_work = count(
    BenefitUnit, of="is_excused_and_not_in_qualifying_work", label="parents excused from work"
)
num_above_childcare_income_limit = count(
    BenefitUnit, of="is_above_childcare_income_limit", label="parents above the income limit of childcare help"
)


@rule(
    BenefitUnit,
    cites="Childcare Payments Act 2014 ss.9-10; SI 2022/1134 regs 14-18",
    unit="bool",
    label="the parents meet the tests of work and income",
)
def parents_meet_childcare_tests(
    num_adults, num_in_qualifying_childcare_work, num_excused_from_childcare_work, num_above_childcare_income_limit
):
    """Every parent earns enough or is excused, one at least earns enough, and none is above the income limit."""
    settled = num_in_qualifying_childcare_work + num_excused_from_childcare_work >= num_adults
    return settled & (num_in_qualifying_childcare_work > 0) & (num_above_childcare_income_limit == 0)


# How far the tests are away


@rule(Person, cites="SI 2015/448 reg 9", unit="bool")
def is_held_to_childcare_minimum(is_adult_of_unit, is_excused_from_childcare_work, is_starting_up_for_childcare):
    """A parent whose earnings are held against the minimum."""
    return is_adult_of_unit & ~is_excused_from_childcare_work & ~is_starting_up_for_childcare


@rule(Person, cites="SI 2015/448 reg 9")
def childcare_minimum_of_person(is_held_to_childcare_minimum, childcare_minimum_earnings):
    """The minimum one parent is held to; nil for who is not."""
    return np.where(is_held_to_childcare_minimum, childcare_minimum_earnings, 0.0)


@rule(Person, cites="SI 2015/448 reg 9", unit="/1")
def share_of_childcare_minimum(is_held_to_childcare_minimum, childcare_earnings, childcare_minimum_earnings):
    """Earnings as a share of the minimum, of a parent who is held to it."""
    return np.where(is_held_to_childcare_minimum, childcare_earnings / childcare_minimum_earnings, 0.0)


num_held_to_childcare_minimum = count(
    BenefitUnit, of="is_held_to_childcare_minimum", label="parents held to the minimum earnings"
)
highest_childcare_minimum = highest(
    BenefitUnit, of="childcare_minimum_of_person", label="minimum earnings of the older parent"
)
all_shares_of_childcare_minimum = total(
    BenefitUnit, of="share_of_childcare_minimum", label="earnings over the minimum, added up"
)
highest_share_of_childcare_minimum = highest(
    BenefitUnit, of="share_of_childcare_minimum", label="earnings over the minimum, the higher"
)
highest_income_for_childcare = highest(
    BenefitUnit,
    of="income_for_childcare",
    cites="SI 2015/448 reg 15",
    label="adjusted net income of the parent with the higher",
)


@rule(BenefitUnit, cites="SI 2015/448 reg 9", label="least each parent must earn for childcare help")
def childcare_minimum_earnings_limit(highest_childcare_minimum, num_children_of_childcare_age):
    """The earnings a month that `lowest_childcare_earnings` is held to; nil where no child is of the age."""
    return np.where(num_children_of_childcare_age > 0, highest_childcare_minimum, 0.0)


@rule(BenefitUnit, cites="SI 2015/448 reg 9", label="earnings of the parent nearest to the minimum")
def lowest_childcare_earnings(
    num_held_to_childcare_minimum,
    all_shares_of_childcare_minimum,
    highest_share_of_childcare_minimum,
    highest_childcare_minimum,
):
    """Earnings of whichever parent has the lower share of the minimum, on the scale of the higher minimum."""
    lower = all_shares_of_childcare_minimum - np.where(
        num_held_to_childcare_minimum > 1, highest_share_of_childcare_minimum, 0.0
    )
    return lower * highest_childcare_minimum


@rule(BenefitUnit, law="tax_free_childcare", cites="SI 2015/448 reg 15", label="most income for childcare help")
def childcare_income_limit(num_children_of_childcare_age, law):
    """The adjusted net income a month above which a parent shuts the family out; nil without a child of the age."""
    return np.where(num_children_of_childcare_age > 0, law.income_limit / MONTHS_A_YEAR, 0.0)


# The children (reg 5)


@rule(Person, law="tax_free_childcare", cites="SI 2015/448 reg 5", unit="bool")
def is_of_childcare_age(born, is_dependant_child, is_disabled_child, on, law):
    """A child until the September after turning 11, or 16 if disabled.

    Simplification: until 1 September itself; the law goes on to the end of that week.
    """
    birthday = np.where(is_disabled_child, law.last_birthday_disabled, law.last_birthday)
    day = latest(law.ends_on, on)
    end = np.where(day == on, years_before(day, 1.0), day)
    return is_dependant_child & (born >= years_before(end, birthday))


@rule(Person, cites="SI 2015/448 reg 5", unit="bool")
def is_child_for_tax_free_childcare(is_of_childcare_age, is_in_childcare, is_disabled_child):
    """In paid childcare, of the age, and not disabled."""
    return is_of_childcare_age & is_in_childcare & ~is_disabled_child


@rule(Person, cites="SI 2015/448 reg 5", unit="bool")
def is_disabled_child_for_tax_free_childcare(is_of_childcare_age, is_in_childcare, is_disabled_child):
    """In paid childcare, of the age, and disabled."""
    return is_of_childcare_age & is_in_childcare & is_disabled_child


@rule(Person, law="*", cites="Northern Ireland Childcare Subsidy Scheme", unit="bool")
def is_child_for_northern_irish_subsidy(
    born, is_of_childcare_age, is_in_childcare, school_entry_cut_off, in_northern_ireland, on, law
):
    """In paid childcare in Northern Ireland, and below primary school or, since September 2025, at it."""
    has_started_school = born <= years_before(school_entry_cut_off, law.school_years.first_year_age)
    day = latest(law.tax_free_childcare.ends_on, on)
    is_past_primary = born < years_before(day, law.tax_free_childcare.last_birthday)
    old_enough = np.where(
        law.tax_free_childcare.northern_ireland.includes_primary_school, is_past_primary, has_started_school
    )
    return is_of_childcare_age & is_in_childcare & in_northern_ireland & (old_enough == 0)


num_children_of_childcare_age = count(
    BenefitUnit, of="is_of_childcare_age", label="children young enough for Tax-Free Childcare"
)
num_children_for_tax_free_childcare = count(
    BenefitUnit, of="is_child_for_tax_free_childcare", label="children in childcare, not disabled"
)
num_disabled_children_for_tax_free_childcare = count(
    BenefitUnit, of="is_disabled_child_for_tax_free_childcare", label="disabled children in childcare"
)
num_children_for_northern_irish_subsidy = count(
    BenefitUnit, of="is_child_for_northern_irish_subsidy", label="children in Northern Ireland's subsidy scheme"
)

# The amounts, were they chosen


@rule(BenefitUnit, cites="SI 2015/448", label="childcare bill for each child")
def childcare_charges_of_each_child(childcare_charges, num_children_in_childcare):
    """The bill spread evenly over the children it is for."""
    return childcare_charges / np.maximum(num_children_in_childcare, 1.0)


@rule(
    BenefitUnit,
    law="tax_free_childcare",
    cites="Northern Ireland Childcare Subsidy Scheme",
    label="Northern Ireland's subsidy, if Tax-Free Childcare is used",
)
def northern_irish_childcare_subsidy_if_chosen(
    parents_meet_childcare_tests,
    claims_tax_free_childcare,
    num_children_for_northern_irish_subsidy,
    childcare_charges_of_each_child,
    law,
):
    """A share of each child's bill, up to the most for a child, for users of Tax-Free Childcare."""
    scheme = law.northern_ireland
    each = np.minimum(scheme.share_met * childcare_charges_of_each_child, scheme.most_for_a_child)
    open_to = parents_meet_childcare_tests & claims_tax_free_childcare
    return np.where(open_to, num_children_for_northern_irish_subsidy * each, 0.0)


@rule(
    BenefitUnit,
    law="tax_free_childcare",
    cites="Childcare Payments Act 2014 ss.1 and 19",
    label="Tax-Free Childcare, if it is used",
)
def tax_free_childcare_if_chosen(
    parents_meet_childcare_tests,
    claims_tax_free_childcare,
    childcare_charges_of_each_child,
    northern_irish_childcare_subsidy_if_chosen,
    num_children_for_tax_free_childcare,
    num_disabled_children_for_tax_free_childcare,
    law,
):
    """A fifth of each child's bill (after Northern Ireland's subsidy), up to the most for a child."""
    children, disabled = num_children_for_tax_free_childcare, num_disabled_children_for_tax_free_childcare
    off_each = northern_irish_childcare_subsidy_if_chosen / np.maximum(children + disabled, 1.0)
    top_up = law.share_met * np.maximum(childcare_charges_of_each_child - off_each, 0.0)
    amount = children * np.minimum(top_up, law.most_for_a_child / MONTHS_A_YEAR)
    amount = amount + disabled * np.minimum(top_up, law.most_for_a_disabled_child / MONTHS_A_YEAR)
    return np.where(parents_meet_childcare_tests & claims_tax_free_childcare, amount, 0.0)


# The choice (s.11)


@rule(
    BenefitUnit,
    law="scottish_child_payment",
    cites="Childcare Payments Act 2014 s.11",
    label="Universal Credit and what comes with it, if claimed",
)
def universal_credit_if_chosen(
    uc_award_before_cap, benefit_cap_reduction, num_children_for_scottish_child_payment, in_scotland, law
):
    """Universal Credit as it would be paid, with Scottish Child Payment where there is any."""
    award = uc_award_before_cap - benefit_cap_reduction
    with_it = num_children_for_scottish_child_payment * law.rate * WEEKS_A_MONTH
    return award + np.where(in_scotland & (award > 0), with_it, 0.0)


@rule(
    BenefitUnit,
    cites="Childcare Payments Act 2014 s.11; this project's choice: whichever is worth more",
    unit="bool",
    label="chooses Tax-Free Childcare over Universal Credit",
    says=(
        "Tax-Free Childcare would be {tax_free_childcare_if_chosen:,.2f}, Universal Credit with what comes with it"
        " {universal_credit_if_chosen:,.2f}: Tax-Free Childcare is chosen, and nobody can have both"
    ),
    says_nil=(
        "Tax-Free Childcare would be {tax_free_childcare_if_chosen:,.2f}, Universal Credit with what comes with it"
        " {universal_credit_if_chosen:,.2f}: Tax-Free Childcare is not chosen, and nobody can have both"
    ),
)
def chooses_tax_free_childcare(
    tax_free_childcare_if_chosen, northern_irish_childcare_subsidy_if_chosen, universal_credit_if_chosen
):
    """Tax-Free Childcare (with Northern Ireland's subsidy) is worth more than Universal Credit."""
    return tax_free_childcare_if_chosen + northern_irish_childcare_subsidy_if_chosen > universal_credit_if_chosen


@rule(
    BenefitUnit,
    cites="Childcare Payments Act 2014 ss.1 and 19",
    label="Tax-Free Childcare",
    claim=(
        "Open a childcare account on GOV.UK: for every £8 paid in the government adds £2. It ends any claim of"
        " Universal Credit, so check which is worth more first."
    ),
    run_on="At the next three-monthly confirmation: top-ups go on to the end of the three months confirmed.",
    test=("highest_income_for_childcare", "childcare_income_limit"),
    says="The government adds {result:,.2f} a month to what is paid into the childcare account",
    says_nil="No Tax-Free Childcare",
)
def tax_free_childcare(chooses_tax_free_childcare, tax_free_childcare_if_chosen):
    """The government's top-up of a childcare account, where it is chosen over Universal Credit."""
    return np.where(chooses_tax_free_childcare, tax_free_childcare_if_chosen, 0.0)


@rule(
    BenefitUnit,
    cites="Northern Ireland Childcare Subsidy Scheme",
    label="Northern Ireland's childcare subsidy",
    grade="local scheme",
    claim="Register the child with the Northern Ireland Childcare Subsidy Scheme; the nursery takes it off its bill.",
    run_on="With Tax-Free Childcare: at the end of the three months confirmed.",
    test=("highest_income_for_childcare", "childcare_income_limit"),
    says="{result:,.2f} a month comes off the childcare bill",
    says_nil="No subsidy: it is for users of Tax-Free Childcare in Northern Ireland",
)
def northern_irish_childcare_subsidy(chooses_tax_free_childcare, northern_irish_childcare_subsidy_if_chosen):
    """The subsidy, where Tax-Free Childcare is chosen. The provider is taken to belong to the scheme, as most do."""
    return np.where(chooses_tax_free_childcare, northern_irish_childcare_subsidy_if_chosen, 0.0)


# The bill after all help


@rule(
    BenefitUnit,
    cites="SI 2013/376 regs 31-34A; Childcare Payments Act 2014",
    label="childcare after all help",
    says=(
        "Childcare {childcare_charges:,.2f} less Universal Credit's childcare element, Tax-Free Childcare"
        " {tax_free_childcare:,.2f} and subsidy {northern_irish_childcare_subsidy:,.2f} is {result:,.2f}"
    ),
    says_nil="No childcare is left to pay",
)
def net_childcare_cost(
    childcare_charges, uc_childcare_element, universal_credit, tax_free_childcare, northern_irish_childcare_subsidy
):
    """For showing: the bill less the help that is for it. Part of no total, since Universal Credit is there already.

    The childcare element counts up to the award that is paid; that it also carries the award to higher earnings is not
    told apart.
    """
    off = np.minimum(uc_childcare_element, universal_credit) + tax_free_childcare + northern_irish_childcare_subsidy
    return np.maximum(childcare_charges - off, 0.0)


@rule(
    BenefitUnit,
    cites="SI 2013/376 reg 34A; Flexible Support Fund guidance",
    label="childcare to pay before Universal Credit does",
    says=(
        "The first {result:,.2f} of childcare has to be paid before Universal Credit pays its share back. Ask the work"
        " coach before starting: the Flexible Support Fund can pay it"
    ),
    says_nil="No childcare to pay ahead of Universal Credit",
)
def childcare_upfront_cost(childcare_charges, uc_childcare_element, universal_credit):
    """The first month's bill, paid ahead of the award that meets a share of it. Once only, and part of no total."""
    is_paid_back = (np.minimum(uc_childcare_element, universal_credit)) > 0
    return np.where(is_paid_back, childcare_charges, 0.0)
