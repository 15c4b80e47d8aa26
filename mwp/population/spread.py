"""Weighted figures of many households: totals with their sampling error, quantiles, shares, inequality.

Every sum is taken in the order of the households, so that it comes out the same to the last bit however the work was
split. A standard error is that of a sample drawn with replacement, home by home (a home's benefit units were drawn
together); it does not know that weights were fitted to published totals, which makes it rather too large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]

REPLICATES = 200
"""Samples that a bootstrap draws."""
KEPT_DRAWS = 10_000_000
"""Of so many numbers at most, a bootstrap's samples are kept for the next figure: 80 MB."""


@dataclass(frozen=True)
class Estimate:
    """A figure and its standard error."""

    value: float
    error: float


def add(values: Floats) -> float:
    """The sum, in an order that depends on nothing but how many there are: values lie in memory one after the other."""
    return float(np.ascontiguousarray(values, dtype=np.float64).sum())


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
        found = [
            np.asarray(figure(self.weights * drawn[self.home]), dtype=np.float64)
            for drawn in samples(seed, self.homes, times)
        ]
        return np.asarray(np.std(np.array(found), axis=0, ddof=1))

    def taken(self, order: Ints) -> Sample:
        """The same rows in another order."""
        return Sample(self.weights[order], self.home[order], self.homes)


def samples(seed: int, homes: int, times: int) -> Iterable[Floats]:
    """How often each home is drawn, in each of so many samples; kept where that is little, as many figures ask."""
    return _kept(seed, homes, times) if homes * times <= KEPT_DRAWS else _drawn(seed, homes, times)


def _drawn(seed: int, homes: int, times: int) -> Iterator[Floats]:
    numbers = np.random.default_rng(seed)
    for _ in range(times):
        yield np.bincount(numbers.integers(0, homes, homes), minlength=homes).astype(np.float64)


@lru_cache(maxsize=1)
def _kept(seed: int, homes: int, times: int) -> tuple[Floats, ...]:
    return tuple(_drawn(seed, homes, times))


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
    return gini_in_order(values[order], weights[order])


def gini_in_order(values: Floats, weights: Floats) -> float:
    """The same of values that are in order already."""
    income = weights * np.maximum(values, 0.0)
    had, whole = np.cumsum(income), add(weights)
    if whole <= 0 or had[-1] <= 0:
        return 0.0
    return 1.0 - add(weights * (2 * had - income)) / (whole * float(had[-1]))
