"""Weighted figures of many households: totals with their sampling error, quantiles, shares, inequality.

Every sum is taken in the order of the households, so that it comes out the same to the last bit however the work was
split. A standard error is that of a sample drawn with replacement, home by home (a home's benefit units were drawn
together); it does not know that weights were fitted to published totals, which makes it rather too large.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]

REPLICATES = 200
"""Samples that a bootstrap draws."""


@dataclass(frozen=True)
class Estimate:
    """A figure and its standard error."""

    value: float
    error: float


def add(values: Floats) -> float:
    """The sum, one value after the other: numpy's own order depends on how an array lies in memory."""
    return float(np.bincount(np.zeros(len(values), dtype=np.intp), weights=values, minlength=1)[0])


def by_group(groups: Ints, values: Floats, count: int) -> Floats:
    """The sum in each of so many groups."""
    return np.asarray(np.bincount(groups, weights=values, minlength=count), dtype=np.float64)


@dataclass(frozen=True)
class Sample:
    """The weights of a sample, and which of its rows were drawn together."""

    weights: Floats
    home: Ints
    homes: int

    @classmethod
    def of(cls, weights: Floats, homes: NDArray[np.int64]) -> Sample:
        """Rows with the same home were drawn together."""
        unique, index = np.unique(homes, return_inverse=True)
        return cls(weights, np.asarray(index, dtype=np.intp), len(unique))

    def total(self, values: Floats) -> Estimate:
        """The weighted sum of a value a row."""
        own = self.weights * values
        return Estimate(add(own), self._error(own))

    def mean(self, values: Floats, where: Flags | None = None) -> Estimate:
        """The weighted mean of a value, among some rows. Nil where there are none."""
        weights = self.weights if where is None else np.where(where, self.weights, 0.0)
        size = add(weights)
        if size <= 0:
            return Estimate(0.0, 0.0)
        middle = add(weights * values) / size
        return Estimate(middle, self._error(weights * (values - middle) / size))

    def _error(self, own: Floats) -> float:
        """The standard error of a sum of so much of each row: the spread of what the homes add to it."""
        if self.homes < 2:
            return 0.0
        of_home = by_group(self.home, own, self.homes)
        apart = of_home - add(of_home) / self.homes
        return float(np.sqrt(self.homes / (self.homes - 1) * add(apart * apart)))

    def bootstrap(self, figure: Callable[[Floats], Sequence[float]], seed: int, times: int = REPLICATES) -> Floats:
        """The standard error of figures of the weights, from samples of homes drawn again with replacement."""
        numbers = np.random.default_rng(seed)
        found = []
        for _ in range(times):
            drawn = np.bincount(numbers.integers(0, self.homes, self.homes), minlength=self.homes)
            found.append(np.asarray(figure(self.weights * drawn[self.home]), dtype=np.float64))
        return np.asarray(np.std(np.array(found), axis=0, ddof=1))


def quantiles(values: Floats, weights: Floats, shares: Sequence[float]) -> Floats:
    """The values below which so large a share of the weight lies."""
    order = np.argsort(values, kind="stable")
    return in_order(values[order], weights[order], shares)


def in_order(values: Floats, weights: Floats, shares: Sequence[float]) -> Floats:
    """The same of values that are in order already."""
    if not len(values):
        return np.zeros(len(shares))
    reached = np.cumsum(weights)
    places = np.searchsorted(reached, np.asarray(shares) * reached[-1], side="left")
    return np.asarray(values[np.minimum(places, len(values) - 1)], dtype=np.float64)


def tenths(values: Floats, weights: Floats) -> Ints:
    """The tenth of the weight that each row is in, from 0 for the least; rows of equal value keep their order."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    whole = reached[-1] if len(reached) and reached[-1] > 0 else 1.0
    middle = (reached - weights[order] / 2) / whole
    found = np.empty(len(values), dtype=np.intp)
    found[order] = np.minimum((middle * 10).astype(np.intp), 9)
    return found


def gini(values: Floats, weights: Floats) -> float:
    """The Gini coefficient; values below nil count as nil."""
    order = np.argsort(values, kind="stable")
    own, weight = np.maximum(values[order], 0.0), weights[order]
    whole, income = add(weight), add(weight * own)
    if whole <= 0 or income <= 0:
        return 0.0
    had = np.cumsum(weight * own)
    area = add(weight * (2 * had - weight * own)) / (whole * income)
    return 1.0 - area
