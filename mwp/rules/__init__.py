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
    "scottish_child_payment",
    "council_tax",
    "council_tax_reduction",
    "outcome",
)


def modules() -> tuple[ModuleType, ...]:
    """Every module that holds rules."""
    return tuple(import_module(f"mwp.rules.{name}") for name in PROGRAMMES)
