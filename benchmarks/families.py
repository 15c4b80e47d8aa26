"""The households that every model is asked about: four families, each at many earnings. Nothing of any model is used.

They stand in the household file's format. All rent from a social landlord in the North West of England, so that no
model needs a table of local rates, and the older child of two was born before April 2017. What moves is the first
adult's pay, in even steps from nothing; the question is asked of the tax year 2025-26, the last that all models have
final rates for.
"""

from typing import Any

YEAR, ON = 2025, "2025-10-06"
TOP = 6_000.0  # pounds a month
PAY = 1_000.0  # pounds a month of whoever works and does not move
HOURS = 30  # a week, of whoever works
COMMON = ("income_tax", "national_insurance", "universal_credit", "child_benefit")
"""What every model has, of the whole benefit unit; income tax with the High Income Child Benefit Charge."""


def _family(name: str, earners: int, partner: bool, children: tuple[int, ...], rent: float) -> dict[str, Any]:
    adults = [{"age": 31, "hours": HOURS, "earnings": PAY} for _ in range(earners)]
    return {
        "name": name,
        "nation": "england",
        "greater_london": False,
        "adults": [*adults, {"age": 31, "hours": 0, "earnings": 0.0}] if partner and earners == 1 else adults,
        "children": [{"age": age, "sex": "f"} for age in children],
        "non_dependants": [],
        "housing": {"tenure": "social_rent", "rent": rent},
        "savings": 0,
        "options": {"take_up": {"marriage_allowance": partner}},
    }


LONE_PARENT = "lone parent, two children"
FAMILIES = (
    _family("single", 1, False, (), 400.0),
    _family(LONE_PARENT, 1, False, (10, 3), 550.0),
    _family("couple, one earner, one child", 1, True, (10,), 500.0),
    _family("couple, two earners, two children", 2, True, (10, 3), 600.0),
)


def chosen(names: str) -> list[dict[str, Any]]:
    """The families asked about: `all`, or the lone parent alone."""
    return [family for family in FAMILIES if names == "all" or family["name"] == LONE_PARENT]


def earnings(points: int) -> list[float]:
    """The first adult's pay at each point, pounds a month."""
    return [TOP * point / max(points - 1, 1) for point in range(points)]
