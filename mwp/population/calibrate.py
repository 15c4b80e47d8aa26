"""Weights that meet published totals, as near to the design's as can be: generalised raking with tolerances.

Each household's weight is its design weight times a factor g between `low` and `high`. The factors minimise

    mean of G(g), by design weight  +  PRESSURE / 2 x sum of (miss / tolerance)^2

with G the logit distance of Deville and Särndal (1992, "Calibration estimators in survey sampling"), which keeps every
factor within its bounds. Targets that contradict each other are each missed a little, in proportion to how well they
are known, where plain raking would find no answer. The dual has one unknown a target; scipy finds it with exact
first and second derivatives.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from mwp.inputs import documents
from mwp.population.measures import Measures

Floats = NDArray[np.float64]
LOW, HIGH = 0.2, 5.0
"""How far a weight may move from the design's: a fifth to five times."""
PRESSURE = 0.3
"""How much a miss of one tolerance counts, beside moving every weight: the more, the closer targets are met."""


@dataclass(frozen=True)
class Target:
    """A published total: of what, among whom, its value in the unit told, and its standing."""

    name: str
    of: str
    where: tuple[tuple[str, Any], ...]
    among: str | None
    unit: str
    value: float
    use: str
    tolerance: float
    certainty: str
    note: str
    source: str
    href: str
    headline: bool = False


@dataclass(frozen=True)
class Achieved:
    """A target beside what the weights make of it, in the target's own unit."""

    target: Target
    achieved: float

    @property
    def miss(self) -> float:
        """How far it is missed, as a share of the target."""
        return self.achieved / self.target.value - 1.0


@cache
def _document() -> dict[str, Any]:
    path = Path(__file__).with_name("targets.yaml")
    found: dict[str, Any] = documents.parse(path.read_text(encoding="utf-8"), path.name).data
    return found


@cache
def targets() -> tuple[Target, ...]:
    """Every target of targets.yaml, in order."""
    told = _document()
    found = []
    for one in told["targets"]:
        source = told["references"][one["reference"]]
        found.append(
            Target(
                name=one["name"],
                of=one["of"],
                where=tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in one.get("where", {}).items()),
                among=one.get("among"),
                unit=one["unit"],
                value=float(one["value"]),
                use=one["use"],
                tolerance=float(one.get("tolerance", 0.0)),
                certainty=one["certainty"],
                note=one.get("note", ""),
                source=source["title"],
                href=source["href"],
                headline=bool(one.get("headline", False)),
            )
        )
    return tuple(found)


def targets_on() -> Any:
    """The day whose law and population the targets are for."""
    return _document()["on"]


_A_UNIT = {"thousands": 1e3, "billions": 1e9 / 12.0, "share": 1.0}


def rows_of(measures: Measures, target: Target) -> tuple[Floats, Floats | None]:
    """What each household adds to the target's count, and for a share, to what it is a share of."""
    chosen = measures.among(dict(target.where))
    counted = measures.array(target.of) * chosen
    return counted, None if target.among is None else measures.array(target.among) * chosen


def achieved(measures: Measures, weights: Floats) -> list[Achieved]:
    """Every target beside what the weights make of it."""
    found = []
    for target in targets():
        counted, whole = rows_of(measures, target)
        total = float(weights @ counted) / _A_UNIT[target.unit]
        found.append(Achieved(target, total if whole is None else float(weights @ counted) / float(weights @ whole)))
    return found


def calibrated(measures: Measures, design: Floats, pressure: float = PRESSURE) -> Floats:
    """Weights that meet the targets to be calibrated to as nearly as their bounds and tolerances allow.

    Rounded to thousandths, so that the same draw gives the same weights wherever it is made.
    """
    rows, aim, tolerances = [], [], []
    for target in (one for one in targets() if one.use == "calibrate"):
        counted, whole = rows_of(measures, target)
        if whole is None:
            rows.append(counted / (target.value * _A_UNIT[target.unit]))
            aim.append(1.0)
        else:
            rows.append((counted - target.value * whole) / (target.value * float(design @ whole)))
            aim.append(0.0)
        tolerances.append(target.tolerance)
    give = np.array(tolerances) ** 2 / pressure
    return np.round(design * _factors(np.array(rows), np.array(aim), design, give), 3)


def _factors(matrix: Floats, aim: Floats, design: Floats, give: Floats) -> Floats:
    """The factor of each weight: the dual of the problem above, in as many unknowns as there are targets."""
    stretch = (HIGH - LOW) / ((1.0 - LOW) * (HIGH - 1.0))
    shift = np.log((1.0 - LOW) / (HIGH - 1.0))
    rows, unit = matrix * design.sum(), design / design.sum()

    def turned(dual: Floats) -> Floats:
        return np.asarray(stretch * (dual @ rows) + shift)

    def factors(dual: Floats) -> Floats:
        return np.asarray(LOW + (HIGH - LOW) / (1.0 + np.exp(-np.clip(turned(dual), -500.0, 500.0))))

    def value(dual: Floats) -> float:
        at = turned(dual)
        grown = (LOW * (at - shift) + (HIGH - LOW) * np.logaddexp(0.0, at)) / stretch
        return float(unit @ grown - dual @ aim + 0.5 * (give * dual) @ dual)

    def slope(dual: Floats) -> Floats:
        return np.asarray(rows @ (unit * factors(dual)) - aim + give * dual)

    def curve(dual: Floats) -> Floats:
        factor = factors(dual)
        bend = unit * stretch * (factor - LOW) * (HIGH - factor) / (HIGH - LOW)
        return np.asarray((rows * bend) @ rows.T + np.diag(give))

    start = np.zeros(len(aim))
    options = {"initial_trust_radius": 10.0, "max_trust_radius": 1e4, "maxiter": 200, "gtol": 1e-8}
    found = minimize(value, start, jac=slope, hess=curve, method="trust-exact", options=options)
    return factors(found.x)


def effective_size(weights: Floats) -> float:
    """Kish's effective sample size: how many equal weights would be as precise."""
    return float(weights.sum() ** 2 / np.maximum((weights**2).sum(), 1e-300))
