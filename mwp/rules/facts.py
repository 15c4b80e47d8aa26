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
is_at_state_school = given(Person, "goes to a state school when of school age", unit="bool")

# People: work
hours = given(Person, "hours of paid work a week", unit="hours")
hourly_wage = given(Person, "pay an hour", unit="currency-GBP an hour")
stated_pay = given(Person, "pay told as an amount a month")
is_self_employed = given(Person, "self-employed", unit="bool")
months_trading = given(Person, "months the business has traded", unit="months")
months_gainfully_self_employed = given(
    Person, "months since Universal Credit found the self-employment gainful", unit="months"
)
expected_hours = given(Person, "hours of work expected by the work coach", unit="hours", default=35.0)
is_apprentice = given(Person, "apprentice under 19 or in the first year", unit="bool")
months_out_of_work = given(Person, "months out of work, on benefits, before any work there is now", unit="months")

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
attendance_allowance_level = given(Person, "Attendance Allowance: 0 none, 1 lower, 2 higher", unit="number")
dla_care = given(Person, "a child's DLA or CDP care: 0 none, 1 lowest, 2 middle, 3 highest", unit="number")
dla_mobility = given(Person, "a child's DLA or CDP mobility: 0 none, 1 lower, 2 higher", unit="number")
is_blind = given(Person, "certified blind or severely sight impaired", unit="bool")
is_pregnant = given(Person, "pregnant", unit="bool")
weeks_pregnant = given(Person, "whole weeks of a pregnancy, where there is one", unit="weeks")
prescriptions_a_month = given(Person, "prescription items a month", unit="number")
has_child_disability_lower = given(Person, "child on a disability benefit below the higher level", unit="bool")
has_child_disability_higher = given(Person, "child on the highest disability rate, or blind", unit="bool")
has_two_child_limit_exception = given(Person, "child excepted from the two-child limit", unit="bool")
is_in_childcare = given(Person, "child in registered childcare", unit="bool")
caring_hours = given(Person, "hours a week caring", unit="hours")
cares_for_disabled_person = given(Person, "cares for someone on a qualifying disability benefit", unit="bool")

# People: benefits and other income
claims_carers_allowance = given(Person, "claims Carer's Allowance where entitled", unit="bool")
stated_carers_allowance = given(Person, "Carer's Allowance told as an amount")
claims_new_style_jsa = given(Person, "has New-style Jobseeker's Allowance, to be worked out", unit="bool")
stated_new_style_jsa = given(Person, "New-style Jobseeker's Allowance told as an amount, before pay comes off")
claims_new_style_esa = given(Person, "has New-style ESA, to be worked out", unit="bool")
stated_new_style_esa = given(Person, "New-style Employment and Support Allowance told as an amount")
is_in_esa_support_group = given(Person, "New-style ESA with the support component", unit="bool")
claims_maternity_allowance = given(Person, "has Maternity Allowance at the standard rate", unit="bool")
stated_maternity_allowance = given(Person, "Maternity Allowance told as an amount")
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
childcare_per_hour_of_work = given(BenefitUnit, "registered childcare for each hour of it, or each hour worked")
stated_childcare_hours = given(
    BenefitUnit, "hours of childcare a week; 0 where they are the hours of work", unit="hours"
)
funded_hours_are_taken_off = given(BenefitUnit, "funded hours are off the childcare price already", unit="bool")
claims_tax_free_childcare = given(
    BenefitUnit, "uses Tax-Free Childcare where it is worth more", unit="bool", default=1.0
)
num_children_in_childcare = given(BenefitUnit, "children in registered childcare", unit="number")
work_costs_per_hour = given(BenefitUnit, "costs of working for each hour worked", unit="currency-GBP an hour")
stated_work_costs = given(BenefitUnit, "travel and other costs of working, an amount a month when in work")
stated_saving = given(BenefitUnit, "what is put aside in savings")
has_help_to_save_account = given(BenefitUnit, "has a Help to Save account already", unit="bool")

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
in_temporary_accommodation = given(Household, "in temporary accommodation", unit="bool")
in_supported_accommodation = given(Household, "in specified (supported) accommodation", unit="bool")
brma = given(Household, "broad rental market area, as its place in the table of rates", unit="index", default=-1.0)
stated_lha = given(Household, "local housing allowance told as an amount")
stated_council_tax = given(Household, "council tax or rates before any reduction")
band_d_charge = given(Household, "area's band D charge, where the bill is to be worked out from the band; else nil")
council_scheme = given(
    Household, "council's scheme of council tax reduction, as its place in the tables", unit="index", default=-1.0
)
council_tax_band = given(Household, "council tax band, A as 1 to I as 9; 0 where there is none", unit="number")
school_meal_days = given(Household, "school days a year with a meal", unit="days", default=190.0)
school_clothing_scheme = given(
    Household, "council's scheme of school clothing grants, as its place in the table", unit="index", default=-1.0
)
has_water_meter = given(Household, "the water is metered", unit="bool")
has_water_medical_need = given(Household, "somebody's health takes much more water", unit="bool")
stated_water_bill = given(Household, "water and sewerage bill before any help; nil where it is not told")
has_told_water_tariff = given(Household, "the water company's social tariff is told", unit="bool")
water_tariff_income_limit = given(Household, "most income for the water company's social tariff; nil for no such test")
is_water_tariff_open_on_universal_credit = given(Household, "Universal Credit opens the water tariff", unit="bool")
water_tariff_discount = given(Household, "what the water tariff takes off, as a share of the bill", unit="/1")
pays_for_broadband = given(Household, "has or wants broadband", unit="bool")
has_tv_licence = given(Household, "pays for a TV licence", unit="bool")
pays_electricity = given(Household, "pays the electricity supplier", unit="bool", default=1.0)
is_costly_to_heat = given(Household, "in a home the government counts as costly to heat", unit="bool")


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


@rule(Person, cites="SI 2013/376 Sch 4 paras 15-16 and 28", unit="bool")
def gets_daily_living_benefit(pip_daily_living, attendance_allowance_level):
    """On the daily living part of PIP or ADP, or on Attendance Allowance."""
    return (pip_daily_living > 0) | (attendance_allowance_level > 0)


@rule(Person, cites="SI 2013/376 reg 83(1)(f)-(g)", unit="bool")
def gets_disability_benefit(gets_daily_living_benefit, pip_mobility):
    """On PIP or ADP, either component, or on Attendance Allowance."""
    return gets_daily_living_benefit | (pip_mobility > 0)


@rule(Person, cites="SI 2013/376 reg 83(1)(g)", unit="bool")
def is_disabled_child(has_child_disability_lower, has_child_disability_higher):
    """A child or young person on DLA, CDP, PIP or ADP."""
    return has_child_disability_lower | has_child_disability_higher


has_disabled_child = any_of(BenefitUnit, of="is_disabled_child", label="a child on a disability benefit")
