"""Mixes of household types: can some mix of points in the plane average to a target, and which mix is the evenest?

A mix gives each type a share; its average lies in the convex hull of the types' points, and every point of the hull is
the average of some mix. Inside it there are many: the one taken has the greatest entropy, so it leans on no type more
than the target asks for, and is unique. Outside it none is, and the nearest point of the hull says how far off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
_CLOSE = 1e-6
_STEPS = 200


@dataclass(frozen=True)
class Mix:
    """Shares of the types, which add up to 1, what they average to, and how far from the target that is (nil: met)."""

    shares: tuple[float, ...]
    average: Point
    distance: float

    @property
    def reaches(self) -> bool:
        """Whether the average is the target."""
        return self.distance < _CLOSE


def mix_for(points: Sequence[Point], target: Point) -> Mix:
    """The evenest mix that averages to the target; where there is none, the mix whose average comes nearest."""
    if not points:
        raise ValueError("there are no points to mix")
    corners = hull(points)
    if _inside(corners, target):
        shares = _evenest(np.array(points, dtype=np.float64), target)
        if shares is not None:
            average = tuple(float(v) for v in shares @ np.array(points))
            return Mix(tuple(float(s) for s in shares), (average[0], average[1]), 0.0)
    return _nearest(points, corners, target)


def hull(points: Sequence[Point]) -> list[Point]:
    """The corners of the convex hull, anticlockwise (monotone chain)."""
    ordered = sorted({(float(x), float(y)) for x, y in points})
    if len(ordered) < 3:
        return ordered
    sides: list[list[Point]] = []
    for run in (ordered, ordered[::-1]):
        side: list[Point] = []
        for point in run:
            while len(side) > 1 and _turn(side[-2], side[-1], point) <= 0:
                side.pop()
            side.append(point)
        sides.append(side[:-1])
    return sides[0] + sides[1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _inside(corners: Sequence[Point], target: Point) -> bool:
    """Whether the target lies strictly inside; on the edge, the nearest point is the target itself."""
    if len(corners) < 3:
        return False
    edges = pairwise([*corners, corners[0]])
    return all(_turn(a, b, target) > _CLOSE * max(1.0, hypot(b[0] - a[0], b[1] - a[1])) for a, b in edges)


def _evenest(points: NDArray[np.float64], target: Point) -> NDArray[np.float64] | None:
    """Shares proportional to exp(lambda . point): Newton's method on the convex dual, no step longer than helps."""
    away = points - np.array(target)
    away = away / np.maximum(np.abs(away).max(axis=0), 1.0)
    tilt = np.zeros(2)
    for _ in range(_STEPS):
        shares = _shares(away, tilt)
        slope = shares @ away
        if np.abs(slope).max() < 1e-13:
            return shares
        bend = (away * shares[:, None]).T @ away - np.outer(slope, slope) + 1e-12 * np.eye(2)
        step, length, value = np.linalg.solve(bend, slope), 1.0, _dual(away, tilt)
        while _dual(away, tilt - length * step) > value and length > 1e-9:
            length /= 2
        tilt = tilt - length * step
    shares = _shares(away, tilt)
    return shares if np.abs(shares @ away).max() < 1e-9 else None


def _dual(away: NDArray[np.float64], tilt: NDArray[np.float64]) -> float:
    lifted = away @ tilt
    top = lifted.max()
    return float(top + np.log(np.exp(lifted - top).sum()))


def _shares(away: NDArray[np.float64], tilt: NDArray[np.float64]) -> NDArray[np.float64]:
    lifted = away @ tilt
    weights: NDArray[np.float64] = np.exp(lifted - lifted.max())
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares


def _nearest(points: Sequence[Point], corners: Sequence[Point], target: Point) -> Mix:
    """The nearest point of the hull's edge: a mix of at most two types."""
    edges = list(pairwise([*corners, corners[0]])) if len(corners) > 1 else [(corners[0], corners[0])]
    found = []
    for a, b in edges:
        along, across = b[0] - a[0], b[1] - a[1]
        length = along * along + across * across
        share = ((target[0] - a[0]) * along + (target[1] - a[1]) * across) / length if length else 0.0
        share = min(1.0, max(0.0, share))
        there = (a[0] + share * along, a[1] + share * across)
        found.append((hypot(there[0] - target[0], there[1] - target[1]), share, a, b, there))
    distance, share, a, b, there = min(found, key=lambda one: one[0])
    shares = [0.0] * len(points)
    at = [(float(x), float(y)) for x, y in points]
    shares[at.index(a)] += 1.0 - share
    shares[at.index(b)] += share
    return Mix(tuple(shares), there, distance if distance >= _CLOSE else 0.0)
