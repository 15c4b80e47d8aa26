"""The measures of what a household has, and the components each is the sum of (docs/measures.md)."""

from typing import Literal

Measure = Literal[
    "net_income", "net_resources", "net_resources_after_childcare", "net_after_work_costs", "cash_after_work_costs"
]

GUARANTEED: Measure = "net_resources_after_childcare"
"""The measure of a guarantee that names none."""

_CASH = {
    "gross_pay": 1.0,
    "other_income": 1.0,
    "maintenance": 1.0,
    "child_maintenance": 1.0,
    "salary_sacrifice": -1.0,
    "income_tax": -1.0,
    "national_insurance": -1.0,
    "employee_pension_contribution": -1.0,
    "student_loan_repayment": -1.0,
    "high_income_child_benefit_charge": -1.0,
    "universal_credit": 1.0,
    "child_benefit": 1.0,
    "scottish_child_payment": 1.0,
    "under_occupancy_mitigation": 1.0,
    "council_tax": -1.0,
    "council_tax_reduction": 1.0,
}
_SCHOOL = ("free_school_meals", "universal_school_meals", "school_clothing_grant", "education_maintenance_allowance")
_EARLY = ("healthy_start", "best_start_foods", "maternity_grant", "best_start_grant_pregnancy",
          "best_start_grant_early_learning", "best_start_grant_school_age")  # fmt: skip
_WINTER = ("warm_home_discount", "warm_home_discount_scotland", "cold_weather_payment", "winter_heating_payment",
           "child_winter_heating_payment", "winter_fuel_payment")  # fmt: skip
_BILLS = ("water_help", "broadband_social_tariff", "tv_licence_help")
_WORK = ("help_to_save", "job_start_payment", "young_carer_grant")
IN_KIND = (*_SCHOOL, "nhs_costs_help", *_EARLY, *_WINTER, *_BILLS, *_WORK)
"""Help in kind, and payments made now and then: what `passported_help` is the sum of."""
FUNDED_HOURS = ("working_parents_hours_value", "two_year_old_place_value", "early_education_value")
"""Funded childcare at its value, which is in no measure: it lowers hourly charges, or is in what is left to pay."""
_HELP = dict.fromkeys(IN_KIND, 1.0)
_TOP_UPS = {"tax_free_childcare": 1.0, "northern_irish_childcare_subsidy": 1.0}
_COSTS = {"childcare_charges": -1.0} | _TOP_UPS | {"work_costs": -1.0}
_CHILDCARE = {"childcare_charges_up_to_limit": -1.0} | _TOP_UPS

COMPONENTS: dict[Measure, dict[str, float]] = {
    "net_income": _CASH,
    "net_resources": _CASH | _HELP,
    "net_resources_after_childcare": _CASH | _HELP | _CHILDCARE,
    "net_after_work_costs": _CASH | _HELP | _COSTS,
    "cash_after_work_costs": _CASH | _COSTS,
}
"""Each measure's components, with the sign they come in with: they add up to it exactly."""

TOP_UP = "guarantee_top_up"
"""What a make-work-pay guarantee adds to a schedule: a component like the others (docs/guarantee.md)."""

GROUPS: dict[str, tuple[str, ...]] = {
    "income tax": ("income_tax",),
    "National Insurance": ("national_insurance",),
    "pension saving": ("salary_sacrifice", "employee_pension_contribution"),
    "student loan": ("student_loan_repayment",),
    "Universal Credit": ("universal_credit",),
    "council tax reduction": ("council_tax", "council_tax_reduction"),
    "Child Benefit": ("child_benefit", "high_income_child_benefit_charge"),
    "Scottish Child Payment": ("scottish_child_payment",),
    "other benefits": ("other_income", "maintenance", "child_maintenance", "under_occupancy_mitigation"),
    "school meals and grants": _SCHOOL,
    "NHS costs": ("nhs_costs_help",),
    "early years": _EARLY,
    "winter and bills": (*_WINTER, *_BILLS),
    "starting and saving": _WORK,
    "childcare": (
        "childcare_charges",
        "childcare_charges_up_to_limit",
        "tax_free_childcare",
        "northern_irish_childcare_subsidy",
    ),
    "costs of work": ("work_costs",),
}
"""The programmes that a change of the measure is put down to; gross pay is what moves."""
