"""What is told about a household: the given inputs that the rules start from, and the plainest things said of them.

`mwp.engine.encode` fills these from a household file (design of the file: docs/household-file.md). Money is pounds a
month, hours are a week, a claim is 1 for yes and 0 for no, dates are numbers such as 20170406.
"""

from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.rule import any_of, count, given, rule
from mwp.core.units import WEEKS_A_MONTH

# People: who they are in the household
is_claimant = given(Person, "the claimant", unit="bool")
is_partner = given(Person, "the claimant's partner", unit="bool")
is_dependant_child = given(Person, "child or qualifying young person of the benefit unit", unit="bool")
is_non_dependant = given(Person, "another adult living in the home", unit="bool")
age = given(Person, "age", unit="years")
born = given(Person, "date of birth, as a number such as 20170406", unit="date")
is_female = given(Person, "female", unit="bool")
is_sex_known = given(Person, "sex is given", unit="bool")
is_in_education = given(Person, "in full-time education", unit="bool")

# People: work
hours = given(Person, "hours of paid work a week", unit="hours")
hourly_wage = given(Person, "pay an hour", unit="currency-GBP an hour")
stated_pay = given(Person, "pay told as an amount a month")
is_self_employed = given(Person, "self-employed", unit="bool")
months_trading = given(Person, "months the business has traded", unit="months")
expected_hours = given(Person, "hours of work expected by the work coach", unit="hours", default=35.0)
is_apprentice = given(Person, "apprentice under 19 or in the first year", unit="bool")

# Somebody else in the home: their work is told apart, for it stays while the claimants' moves
non_dependant_pay = given(Person, "gross pay of somebody else living in the home")
non_dependant_hours = given(Person, "hours of paid work a week of somebody else living in the home", unit="hours")

# People: pension saving
pension_employee_share = given(Person, "share of pensionable pay the person contributes", unit="/1")
pension_employer_share = given(Person, "share of pensionable pay the employer contributes", unit="/1")
pension_is_relief_at_source = given(Person, "pension contributions get relief at source", unit="bool")
pension_is_net_pay = given(Person, "pension contributions come off before tax", unit="bool")
pension_is_salary_sacrifice = given(Person, "pension contributions are by salary sacrifice", unit="bool")
pension_is_of_qualifying_earnings = given(Person, "contributions are of qualifying earnings only", unit="bool")

# People: student loans
has_student_loan_plan_1 = given(Person, "repays a plan 1 loan", unit="bool")
has_student_loan_plan_2 = given(Person, "repays a plan 2 loan", unit="bool")
has_student_loan_plan_4 = given(Person, "repays a plan 4 loan", unit="bool")
has_student_loan_plan_5 = given(Person, "repays a plan 5 loan", unit="bool")
has_postgraduate_loan = given(Person, "repays a postgraduate loan", unit="bool")

# People: health, disability and caring
has_lcw = given(Person, "limited capability for work", unit="bool")
has_lcwra = given(Person, "limited capability for work and work-related activity", unit="bool")
has_lcw_from_before_2017 = given(Person, "limited capability for work since before April 2017", unit="bool")
is_lcwra_protected = given(Person, "kept at the rate of before April 2026", unit="bool")
pip_daily_living = given(Person, "PIP or ADP daily living: 0 none, 1 standard, 2 enhanced", unit="number")
pip_mobility = given(Person, "PIP or ADP mobility: 0 none, 1 standard, 2 enhanced", unit="number")
is_blind = given(Person, "certified blind or severely sight impaired", unit="bool")
has_child_disability_lower = given(Person, "child on a disability benefit below the higher level", unit="bool")
has_child_disability_higher = given(Person, "child on the highest disability rate, or blind", unit="bool")
has_two_child_limit_exception = given(Person, "child excepted from the two-child limit", unit="bool")
caring_hours = given(Person, "hours a week caring", unit="hours")
cares_for_disabled_person = given(Person, "cares for someone on a qualifying disability benefit", unit="bool")

# People: benefits and other income
claims_carers_allowance = given(Person, "claims Carer's Allowance where entitled", unit="bool")
stated_carers_allowance = given(Person, "Carer's Allowance told as an amount")
stated_new_style_jsa = given(Person, "New-style Jobseeker's Allowance")
stated_new_style_esa = given(Person, "New-style Employment and Support Allowance")
is_in_esa_support_group = given(Person, "New-style ESA with the support component", unit="bool")
occupational_pension = given(Person, "occupational or private pension in payment")
state_pension = given(Person, "State Pension in payment")
rental_income = given(Person, "rent from letting property, less expenses")
dividends = given(Person, "dividends")
interest = given(Person, "interest on savings")

# Benefit units
is_claimants_unit = given(BenefitUnit, "the claimant's own benefit unit", unit="bool")
savings = given(BenefitUnit, "savings and other capital", unit="currency-GBP in all")
maintenance = given(BenefitUnit, "maintenance from a former partner")
child_maintenance = given(BenefitUnit, "child maintenance")
claims_universal_credit = given(BenefitUnit, "claims Universal Credit", unit="bool", default=1.0)
claims_child_benefit = given(BenefitUnit, "claims Child Benefit", unit="bool", default=1.0)
claims_council_tax_reduction = given(BenefitUnit, "claims council tax reduction", unit="bool", default=1.0)
claims_marriage_allowance = given(BenefitUnit, "has transferred the marriage allowance", unit="bool")
is_in_benefit_cap_grace_period = given(BenefitUnit, "in the benefit cap's grace period", unit="bool")
stated_childcare = given(BenefitUnit, "registered childcare, an amount a month when in work")
childcare_per_hour_of_work = given(BenefitUnit, "registered childcare for each hour worked")
num_children_in_childcare = given(BenefitUnit, "children in registered childcare", unit="number")
stated_work_costs = given(BenefitUnit, "travel and other costs of working, an amount a month when in work")

# Households
in_england = given(Household, "in England", unit="bool")
in_scotland = given(Household, "in Scotland", unit="bool")
in_wales = given(Household, "in Wales", unit="bool")
in_northern_ireland = given(Household, "in Northern Ireland", unit="bool")
in_greater_london = given(Household, "in Greater London", unit="bool")
rents_privately = given(Household, "rents from a private landlord", unit="bool")
rents_socially = given(Household, "rents from a council or housing association", unit="bool")
rent = given(Household, "rent")
service_charges = given(Household, "eligible service charges")
bedrooms = given(Household, "bedrooms in the home; 0 where it is the right size", unit="rooms")
extra_bedrooms = given(Household, "further bedrooms the rules allow", unit="rooms")
is_under_occupancy_exempt = given(Household, "exempt from the under-occupancy deduction", unit="bool")
is_shared_rate_exempt = given(Household, "excepted from the shared accommodation rate", unit="bool")
in_temporary_accommodation = given(Household, "in temporary or specified accommodation", unit="bool")
brma = given(Household, "broad rental market area, as its place in the table of rates", unit="index", default=-1.0)
stated_lha = given(Household, "local housing allowance told as an amount")
stated_council_tax = given(Household, "council tax or rates before any reduction")
council_tax_band = given(Household, "council tax band, A as 1 to I as 9; 0 where there is none", unit="number")


@rule(Person, cites="Welfare Reform Act 2012 ss.1-2", unit="bool")
def is_adult_of_unit(is_claimant, is_partner):
    """A claimant or the claimant's partner."""
    return is_claimant | is_partner


num_adults = count(BenefitUnit, of="is_adult_of_unit", label="adults in the benefit unit")
num_children = count(BenefitUnit, of="is_dependant_child", label="children in the benefit unit")
num_non_dependants = count(Household, of="is_non_dependant", label="non-dependants")


@rule(BenefitUnit, cites="Welfare Reform Act 2012 s.2(2)", unit="bool")
def is_couple(num_adults):
    """Two people claiming jointly."""
    return num_adults > 1


@rule(BenefitUnit, cites="SI 2013/376 reg 4", unit="bool")
def has_children(num_children):
    """Responsible for a child or qualifying young person."""
    return num_children > 0


@rule(Person, cites="SI 2013/376 reg 52", unit="bool")
def is_in_work(hours, stated_pay, is_adult_of_unit):
    """An adult in paid work of any hours."""
    return ((hours > 0) | (stated_pay > 0)) & is_adult_of_unit


num_in_work = count(BenefitUnit, of="is_in_work", label="adults in work")


@rule(Person, cites="SI 2013/376 reg 52", unit="hours")
def hours_a_month(hours):
    """Hours of paid work a month: a week's times 52/12."""
    return hours * WEEKS_A_MONTH


@rule(Person, cites="SI 2013/376 regs 29-30; Welfare Reform Act 2012 s.12(2)(b)", law="carers", unit="bool")
def is_carer(caring_hours, cares_for_disabled_person, law):
    """Regular and substantial caring: 35 hours or more a week for someone on a qualifying disability benefit."""
    return cares_for_disabled_person & (caring_hours >= law.hours_of_care)


@rule(Person, cites="SI 2013/376 reg 83(1)(g); Sch 4 paras 15, 28", unit="bool")
def gets_disability_benefit(pip_daily_living, pip_mobility):
    """On PIP or ADP, either component."""
    return (pip_daily_living > 0) | (pip_mobility > 0)


@rule(Person, cites="SI 2013/376 reg 83(1)(g)", unit="bool")
def is_disabled_child(has_child_disability_lower, has_child_disability_higher):
    """A child or young person on DLA, CDP, PIP or ADP."""
    return has_child_disability_lower | has_child_disability_higher


has_disabled_child = any_of(BenefitUnit, of="is_disabled_child", label="a child on a disability benefit")
