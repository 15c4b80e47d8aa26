"""A question of each kind, as the API's page and the OpenAPI document show it. Each is asked in a test."""

from __future__ import annotations

from typing import Any

HOUSEHOLD: dict[str, Any] = {
    "name": "Lone parent of a seven-year-old",
    "nation": "england",
    "local_authority": "leeds",
    "brma": "leeds",
    "adults": [{"age": 31, "hours": 0}],
    "children": [{"age": 7}],
    "housing": {"tenure": "private_rent", "rent": 750, "bedrooms": 2},
    "council_tax": {"band": "A", "amount": {"amount": 1150, "per": "year"}},
}
ON = "2026-11-01"

QUESTIONS: dict[str, dict[str, Any]] = {
    "calculate": {"household": HOUSEHOLD, "on": ON},
    "better-off": {
        "household": HOUSEHOLD,
        "jobs": ["16h@12.71", {"hours": 30, "minimum_wage": True, "travel": {"amount": 20, "per": "week"}}],
        "on": ON,
    },
    "schedule": {"household": "couple_one_child_glasgow", "earner": "partner", "on": ON},
    "cliffs": {"household": HOUSEHOLD, "wage": 12.71, "on": ON},
    "surface": {"household": "couple_one_child_glasgow", "wage": "minimum_wage", "on": ON},
    "compare": {"household": HOUSEHOLD, "reforms": ["nes_guarantee", ["uc_taper_50", "no_benefit_cap"]], "on": ON},
    "explain": {"household": HOUSEHOLD, "variable": "universal_credit", "on": ON, "reforms": ["uc_taper_50"]},
}
