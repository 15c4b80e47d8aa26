"""The measures of what a household has, and the components each is the sum of (docs/measures.md)."""

from typing import Literal

Measure = Literal["net_income", "net_after_work_costs"]

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
_COSTS = {"childcare_charges": -1.0, "work_costs": -1.0}

COMPONENTS: dict[Measure, dict[str, float]] = {
    "net_income": _CASH,
    "net_after_work_costs": _CASH | _COSTS,
}
"""Each measure's components, with the sign they come in with: they add up to it exactly."""

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
    "costs of work": ("childcare_charges", "work_costs"),
}
"""The programmes that a change of the measure is put down to; gross pay is what moves."""
