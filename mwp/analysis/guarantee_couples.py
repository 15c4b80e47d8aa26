"""The make-work-pay guarantee on both earners of a couple (docs/guarantee.md, G4): a proposal of this project."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import ceil, floor

import numpy as np

from mwp.analysis import guarantee
from mwp.analysis.lines import TINY, Curve, Piece, as_schedule, higher, less, pieces_of, raised, supremum
from mwp.analysis.measures import Measure
from mwp.analysis.schedule import PENNY, EarningsPath, Schedule, at_earnings, schedules
from mwp.core.valuation import CENTRAL, Valuation
from mwp.inputs.household import Household
from mwp.inputs.reform import Reform

LEVELS = 50.0
"""Pounds of a partner's monthly earnings between two lines, where nothing bends in between."""


@dataclass(frozen=True)
class Couple:
    """A couple under G4 (or G3) on both earners: N(e1, e2) = sup of M(x1, x2) + (1 - m)(e1 - x1 + e2 - x2), x <= e.

    Worked out on lines: the partner's earnings stand at `levels` and the claimant's run along a path, exactly on each
    line. Along every line the supremum over the claimant's earnings is exact to the penny, and the one over the
    partner's is taken over the levels at or below: nil, either side of every kink and jump of the partner's own
    schedule (with the claimant at each of the given earnings) and no further apart than a step. What is had is

    - for the claimant: METR at most m over any distance along every line, exactly;
    - for the partner: METR at most m between any two levels, exactly;
    - against the supremum over every penny of the partner's: never more, and less by at most `bound`.

    `bound` is m x the widest step plus the largest rise at a jump that a line could hide, and a little more where a
    METR is below nil (help that comes with more work): it is stated, not small. `finer` halves the steps.
    """

    household: Household
    paths: tuple[EarningsPath, EarningsPath]
    most_lost: float
    levels: tuple[float, ...]
    before: tuple[Schedule, ...]
    _given: "_Given" = field(repr=False)

    @cached_property
    def _highest(self) -> tuple[Curve, ...]:
        """For each level, sup over the levels up to it and the claimant's earnings of M - (1 - m)(x1 + x2)."""
        kept, found = 1.0 - self.most_lost, []
        so_far: Curve | None = None
        for level, schedule in zip(self.levels, self.before, strict=True):
            here = less(supremum(pieces_of(schedule)[1], kept), kept, kept * level)
            so_far = here if so_far is None else higher(so_far, here, schedule.path.to)
            found.append(so_far)
        return tuple(found)

    def at_partner(self, earnings: float) -> Schedule:
        """The claimant's guaranteed schedule with the partner at those earnings, a level or any other."""
        kept = 1.0 - self.most_lost
        place = bisect_right(self.levels, earnings + TINY) - 1
        known = abs(self.levels[place] - earnings) <= TINY
        own = self.before[place] if known else self._given.lines(self.household, self.paths, (earnings,))[0]
        names, pieces = pieces_of(own)
        highest = self._highest[place]
        if not known:
            highest = higher(highest, less(supremum(pieces, kept), kept, kept * earnings), own.path.to)
        floor = less(highest, -kept, -kept * earnings)
        return as_schedule(own, names, raised(pieces, -1, Piece.line, floor))

    def value(self, claimant: float, partner: float) -> float:
        """N at both partners' monthly earnings."""
        return self.at_partner(partner).value(claimant)

    def top_up(self, claimant: float, partner: float) -> float:
        """T at both partners' monthly earnings."""
        return guarantee.top_up(self.at_partner(partner), claimant)

    @cached_property
    def bound(self) -> float:
        """The most, in pounds a month, by which the supremum over every penny could be above what is worked out.

        Proof: between two levels a < b, M(x1, y) <= M(x1, a) + s (y - a) + u for every x1, where s is the largest slope
        in the partner's earnings and u the sum of rises at jumps between a and b; so the supremum gains at most
        (s - (1 - m))(b - a) + u. s and u are read off the partner's exact schedules with the claimant at `crossings`
        earnings: for other earnings of the claimant they are taken to be no larger. That is the one thing here which
        is read off and not proved.
        """
        widths = np.diff(self.levels)
        worst = 0.0
        for schedule in self._given.crossings:
            for (start, end), width in zip(pairwise(self.levels), widths, strict=True):
                inside = [one for one in schedule.segments if one.end > start + TINY and one.start < end - TINY]
                steepest = max((one.slope for one in inside), default=1.0)
                ups = sum(j.size for j in schedule.jumps if j.size > 0 and start + TINY < j.at < end - TINY)
                worst = max(worst, max(0.0, steepest - (1.0 - self.most_lost)) * float(width) + ups)
        return worst

    def finer(self) -> "Couple":
        """The same with a level half way between any two that are more than a penny apart."""
        halves = [round((a + b) / 2, 2) for a, b in pairwise(self.levels) if b - a > PENNY + TINY]
        return _couple(self.household, self.paths, self.most_lost, sorted({*self.levels, *halves}), self._given)


@dataclass(frozen=True)
class _Given:
    on: date
    reforms: tuple[Reform, ...]
    measure: Measure
    valuation: Valuation
    crossings: tuple[Schedule, ...]

    def lines(
        self, household: Household, paths: tuple[EarningsPath, EarningsPath], levels: Sequence[float]
    ) -> tuple[Schedule, ...]:
        homes = [at_earnings(household, paths[1], level) for level in levels]
        return tuple(schedules(homes, paths[0], self.on, self.reforms, self.measure, self.valuation))


@dataclass(frozen=True)
class Asked:
    """A couple to work out: their paths, and the claimant's earnings at which the partner's are walked.

    `also` are levels of the partner's earnings that are wanted beside the others.
    """

    household: Household
    paths: tuple[EarningsPath, EarningsPath]
    crossings: Sequence[float] = (0.0, 500.0, 1_500.0, 3_000.0)
    also: Sequence[float] = ()


def couple(
    household: Household,
    paths: tuple[EarningsPath, EarningsPath],
    most_lost: float,
    on: date,
    reforms: Sequence[Reform] = (),
    measure: Measure = "net_resources",
    valuation: Valuation = CENTRAL,
    *,
    step: float = LEVELS,
    crossings: Sequence[float] = (0.0, 500.0, 1_500.0, 3_000.0),
) -> Couple:
    """G4 on both earners' pay: see `Couple`. `crossings` are claimant's earnings at which the partner's are walked."""
    asked = Asked(household, paths, crossings)
    return couples([asked], most_lost, on, reforms, measure, valuation, step=step)[0]


def couples(
    asked: Sequence[Asked],
    most_lost: float,
    on: date,
    reforms: Sequence[Reform] = (),
    measure: Measure = "net_resources",
    valuation: Valuation = CENTRAL,
    *,
    step: float = LEVELS,
) -> list[Couple]:
    """Several couples at once: every line of all of them in two batches."""
    every = [[at_earnings(one.household, one.paths[0], earned) for earned in one.crossings] for one in asked]
    across = _each(every, [one.paths[1] for one in asked], on, reforms, measure, valuation)
    levels = [_levels(one.paths[1].to, found, step, one.also) for one, found in zip(asked, across, strict=True)]
    homes = [
        [at_earnings(one.household, one.paths[1], level) for level in of_one]
        for one, of_one in zip(asked, levels, strict=True)
    ]
    lines = _each(homes, [one.paths[0] for one in asked], on, reforms, measure, valuation)
    return [
        Couple(
            one.household,
            one.paths,
            most_lost,
            tuple(of_one),
            before,
            _Given(on, tuple(reforms), measure, valuation, crossings),
        )
        for one, of_one, before, crossings in zip(asked, levels, lines, across, strict=True)
    ]


def _each(
    homes: Sequence[Sequence[Household]],
    paths: Sequence[EarningsPath],
    on: date,
    reforms: Sequence[Reform],
    measure: Measure,
    valuation: Valuation,
) -> list[tuple[Schedule, ...]]:
    """The schedules of several groups of households in one batch, each group along its own path."""
    along = [path for path, group in zip(paths, homes, strict=True) for _ in group]
    found = iter(schedules([home for group in homes for home in group], along, on, reforms, measure, valuation))
    return [tuple(next(found) for _ in group) for group in homes]


def _levels(to: float, across: Sequence[Schedule], step: float, also: Sequence[float]) -> list[float]:
    """Nil, both sides of every bend of the partner's own schedules, steps between them, the end, and what is wanted."""
    marks = {0.0, to, *also, *np.round(np.arange(0.0, to, step), 2).tolist()}
    for schedule in across:
        for segment in schedule.segments:
            for edge in (segment.start, segment.end):
                marks |= {round(floor(edge / PENNY + 1e-6) * PENNY, 2), round(ceil(edge / PENNY - 1e-6) * PENNY, 2)}
    return sorted(mark for mark in marks if mark <= to)


def _couple(
    household: Household,
    paths: tuple[EarningsPath, EarningsPath],
    most_lost: float,
    levels: Sequence[float],
    given: _Given,
) -> Couple:
    return Couple(household, paths, most_lost, tuple(levels), given.lines(household, paths, levels), given)
