"""How marginal effective tax rates are spread over many households, under the law of several dates side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from mwp.analysis import documents
from mwp.analysis.guarantee import NOBODY_SPECIAL, Standing
from mwp.analysis.incentives import BANDS, share_of_range
from mwp.analysis.measures import Measure
from mwp.analysis.schedule import Schedule
from mwp.analysis.sweep import Choice, paths_of
from mwp.analysis.top_ups import schedules_under
from mwp.core.valuation import CENTRAL, Valuation
from mwp.inputs.household import Household
from mwp.inputs.reform import Reform

SCHEMA = "mwp.metr/1"
CLASSES = ("up to 30%", "30% to 55%", "55% to 70%", "70% to 80%", "80% to 100%", "above 100%")
WORTH_COUNTING = 1.0
"""Pounds a month: smaller cliffs are not counted."""
assert len(CLASSES) == len(BANDS) + 1


@dataclass(frozen=True)
class OneHousehold:
    """One household's share of its range in each class, its cliffs, and its share of the range behind a cliff."""

    name: str
    shares: tuple[float, ...]
    cliffs: int
    largest_cliff: float
    in_dead_zones: float


@dataclass(frozen=True)
class OneDate:
    """All the households under the law of one date; each counts alike."""

    on: date
    households: tuple[OneHousehold, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """The average share of the range in each class."""
        return tuple(np.mean([one.shares for one in self.households], axis=0).tolist())

    @property
    def in_dead_zones(self) -> float:
        """The average share of the range that lies behind a cliff."""
        return float(np.mean([one.in_dead_zones for one in self.households]))

    @property
    def cliffs(self) -> float:
        """How many cliffs a household has on average."""
        return float(np.mean([one.cliffs for one in self.households]))


@dataclass(frozen=True)
class Distribution:
    """The spread on each date."""

    choice: Choice
    measure: Measure
    reforms: tuple[Reform, ...]
    dates: tuple[OneDate, ...]
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    def document(self) -> dict[str, Any]:
        """The spread as the `mwp.metr/1` JSON document."""
        return {
            "schema": SCHEMA,
            "mwp": documents.program(),
            "reforms": [reform.name for reform in self.reforms],
            "measure": self.measure,
            "path": {
                "earner": self.choice.earner,
                "mode": self.choice.way,
                "wage": self.choice.wage,
                "hours": self.choice.hours,
                "from": 0.0,
                "to": self.choice.to,
            },
            "classes": list(CLASSES),
            "dates": [
                {
                    "on": one.on.isoformat(),
                    "shares": list(one.shares),
                    "cliffs": one.cliffs,
                    "in_dead_zones": one.in_dead_zones,
                    "households": [
                        {
                            "household": home.name,
                            "shares": list(home.shares),
                            "cliffs": home.cliffs,
                            "largest_cliff": home.largest_cliff,
                            "in_dead_zones": home.in_dead_zones,
                        }
                        for home in one.households
                    ],
                }
                for one in self.dates
            ],
            **documents.question(self.asked),
        }


def distribution(
    households: Sequence[Household],
    choice: Choice,
    dates: Sequence[date],
    reforms: Sequence[Reform] = (),
    measure: Measure = "net_income",
    valuation: Valuation = CENTRAL,
    standing: Standing = NOBODY_SPECIAL,
) -> Distribution:
    """The spread of METRs over the households on each of the dates, guarantees included. Raises InputError."""
    found = []
    for on in dates:
        for household in households:
            household.check_on(on)
        paths = [path for path, _ in paths_of(households, choice, on, reforms)]
        every = schedules_under(households, paths, on, reforms, measure, valuation, standing)
        found.append(OneDate(on, tuple(one_household(schedule) for schedule in every)))
    return Distribution(choice, measure, tuple(reforms), tuple(found))


def one_household(schedule: Schedule) -> OneHousehold:
    """How one household's METRs are spread over its range, and its cliffs."""
    cliffs = [jump for jump in schedule.cliffs if jump.size <= -WORTH_COUNTING]
    behind, reached = 0.0, 0.0
    for jump in cliffs:
        end = schedule.path.to if jump.recovers_at is None else jump.recovers_at
        behind += max(0.0, end - max(reached, jump.before))
        reached = max(reached, end)
    return OneHousehold(
        schedule.household.name,
        share_of_range(schedule),
        len(cliffs),
        min((jump.size for jump in cliffs), default=0.0),
        behind / schedule.path.to,
    )
