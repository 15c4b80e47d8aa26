"""Low income: how many people live on less than a line, before and after housing costs.

The relative line is a share of the median of this very population (`poverty.yaml`), so it moves with a reform; the
other stays: that of current law, or one that is stated. Families are the benefit units that are modelled, each as if it
lived by itself: other adults in the home, and homes of pensioners only, are not counted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mwp.population.facts import scales
from mwp.population.spread import Estimate, Floats, Sample, add, quantiles

REPLICATES = 100


@dataclass(frozen=True)
class Share:
    """Below a line: people, children and adults, how many and which share."""

    line: float
    people: float
    children: float
    adults: float
    of_people: Estimate
    of_children: Estimate
    of_adults: Estimate


@dataclass(frozen=True)
class Poverty:
    """Before or after housing costs: the median, and who is below the relative line and the one that stays."""

    housing_costs: str
    median: float
    relative: Share
    fixed: Share


def poverty(
    income: Floats,
    before: Floats,
    people: Sample,
    adults: Floats,
    children: Floats,
    weights: Floats,
    housing_costs: str,
    line: float | None,
    seed: int,
) -> Poverty:
    """Low income among people: `income` and, under current law, `before` are equivalised, a value a family."""
    share = float(scales()["relative_line"])
    middle = float(quantiles(income, people.weights, (0.5,))[0])
    stays = line if line is not None else share * float(quantiles(before, people.weights, (0.5,))[0])
    order = np.argsort(income, kind="stable")
    ordered = income[order]
    size = np.maximum(adults + children, 1.0)[order]
    which = [children[order] / size, adults[order] / size]

    def shares(mine: Floats) -> list[float]:
        reached = np.cumsum(mine)  # weights of people, in order of income
        line = share * ordered[min(int(np.searchsorted(reached, 0.5 * reached[-1])), len(ordered) - 1)]
        low = int(np.searchsorted(ordered, line))
        return [_share(mine, low), *(_share(mine * of_people, low) for of_people in which)]

    errors = people.taken(order).bootstrap(shares, seed, REPLICATES)
    return Poverty(
        housing_costs,
        middle,
        _below(share * middle, income, weights, adults, children, people, tuple(float(e) for e in errors)),
        _below(stays, income, weights, adults, children, people, None),
    )


def _share(weights: Floats, low: int) -> float:
    """The share of the weight that the first so many rows have."""
    whole = add(weights)
    return add(weights[:low]) / whole if whole > 0 else 0.0


def _below(
    line: float,
    income: Floats,
    weights: Floats,
    adults: Floats,
    children: Floats,
    sample: Sample,
    errors: tuple[float, ...] | None,
) -> Share:
    low = (income < line).astype(np.float64)
    rates = []
    for place, one in enumerate((adults + children, children, adults)):
        found = Sample(weights * one, sample.home, sample.homes).mean(low)
        rates.append(found if errors is None else Estimate(found.value, errors[place]))
    counts = [add(weights * one * low) for one in (adults + children, children, adults)]
    return Share(line, counts[0], counts[1], counts[2], rates[0], rates[1], rates[2])
