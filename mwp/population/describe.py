"""What a population holds: how many of whom, and how it stands beside published totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from mwp.analysis import documents
from mwp.population import calibrate
from mwp.population.calibrate import Achieved
from mwp.population.measures import Measures
from mwp.population.tables import Population

SCHEMA = "mwp.population-description/1"
GROUPS = ("family", "region", "tenure", "children")


@dataclass(frozen=True)
class Line:
    """A kind of benefit unit: rows, and the units, people and (on the day) Universal Credit awards they stand for."""

    name: str
    rows: int
    units: float
    people: float
    on_universal_credit: float


@dataclass(frozen=True)
class Description:
    """A population on a day, under the law as it is."""

    about: str
    on: date
    rows: int
    persons: int
    units: float
    people: float
    effective_size: float
    largest_weight: float
    groups: dict[str, tuple[Line, ...]]
    achieved: tuple[Achieved, ...]

    @property
    def worst(self) -> Achieved | None:
        """The calibrated target that is missed by most."""
        fitted = [one for one in self.achieved if one.target.use == "calibrate"]
        return max(fitted, key=lambda one: abs(one.miss), default=None)

    def document(self) -> dict[str, Any]:
        """As the `mwp.population-description/1` JSON document."""
        return {
            "schema": SCHEMA,
            "mwp": documents.program(),
            "on": self.on.isoformat(),
            "about": self.about,
            "households": self.rows,
            "persons": self.persons,
            "benefit_units_weighted": self.units,
            "people_weighted": self.people,
            "effective_sample_size": self.effective_size,
            "largest_weight": self.largest_weight,
            "groups": {name: [vars(line) for line in lines] for name, lines in self.groups.items()},
            "targets": [
                {
                    "name": one.target.name,
                    "unit": one.target.unit,
                    "target": one.target.value,
                    "achieved": one.achieved,
                    "miss": one.miss,
                    "use": one.target.use,
                    "certainty": one.target.certainty,
                    "source": one.target.source,
                    "href": one.target.href,
                    "note": one.target.note,
                }
                for one in self.achieved
            ],
        }


def describe(population: Population, on: date, *, targets: bool = False) -> Description:
    """What a population holds on a day; with `targets`, also each published total beside what it comes to here."""
    measures, weights = Measures.of(population, on), population.weights
    people, on_uc = measures.array("people"), measures.array("uc_in_payment")
    groups = {}
    for group in GROUPS:
        values = measures.groups[group]
        lines = []
        for name in sorted(set(values)):
            chosen = values == name
            own = weights[chosen]
            counted = (float(own @ people[chosen]), float(own @ on_uc[chosen]))
            lines.append(Line(str(name), int(chosen.sum()), float(own.sum()), *counted))
        groups[group] = tuple(lines)
    return Description(
        about=population.about,
        on=on,
        rows=population.size,
        persons=population.persons.num_rows,
        units=float(weights.sum()),
        people=float(weights @ people),
        effective_size=calibrate.effective_size(weights),
        largest_weight=float(np.max(weights, initial=0.0)),
        groups=groups,
        achieved=tuple(calibrate.achieved(measures, weights)) if targets else (),
    )
