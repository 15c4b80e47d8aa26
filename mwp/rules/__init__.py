"""The law, one module a programme, each in the order of its regulations. `PROGRAMMES` lists them."""

from importlib import import_module
from types import ModuleType

PROGRAMMES = (
    "facts",
    "pay",
    "pension_contributions",
    "income_tax",
    "national_insurance",
    "student_loans",
    "universal_credit",
    "universal_credit_housing",
    "benefit_cap",
    "child_benefit",
    "carers_allowance",
    "contributory_benefits",
    "maternity_allowance",
    "disability_benefits",
    "scottish_child_payment",
    "council_tax",
    "council_tax_reduction",
    "council_tax_reduction_local",
    "school_years",
    "childcare_funded_hours",
    "tax_free_childcare",
    "school_meals",
    "school_clothing",
    "nhs_costs",
    "nhs_low_income_scheme",
    "early_years_food",
    "maternity_grants",
    "winter_help",
    "household_bills",
    "saving",
    "justice",
    "education_support",
    "other_help",
    "outcome",
)


def modules() -> tuple[ModuleType, ...]:
    """Every module that holds rules."""
    return tuple(import_module(f"mwp.rules.{name}") for name in PROGRAMMES)
