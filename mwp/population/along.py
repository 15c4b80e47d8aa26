"""What a guarantee adds where one adult's pay moves and all else stays: near the present pay, and over a range.

- **G3 and G4, passports disregarded**, are followed for many households at once: the most that M - (1 - m) x pay has
  come to only grows, so it is carried along from point to point. Between the points that are looked at nothing is seen.
- **Every other guarantee** (`Exact`) is read off exact schedules, household by household: some milliseconds each.

M is what the guarantee counts; it may be shown on another measure, to which the same pounds are added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np

from mwp.analysis.guarantee import NOBODY_SPECIAL
from mwp.analysis.lines import TINY
from mwp.analysis.measures import Measure
from mwp.analysis.schedule import PENNY, EarningsPath, Schedule
from mwp.analysis.top_ups import has_guarantee, joint_design, most_lost, promises
from mwp.core.valuation import Valuation
from mwp.engine.simulation import Floats, Ints, Terms
from mwp.inputs.reform import Guarantee, Reform
from mwp.population.promised import Grid, Pay, TopUps, gate_open
from mwp.population.tables import Flags, Population

_SOME = 25  # households whose exact schedules are worked out together
AWARD = "universal_credit"
PARTNERS = 24
"""Steps from nil at which a partner's pay counts over a range of the claimant's earnings."""
EVERY = 8
"""At every so manieth point of the claimant's earnings, lower pay of the partner's is looked at."""


def is_followed(law: Sequence[Reform]) -> bool:
    """Whether the guarantee of a law can be followed from point to point (G3, G4); also a law without any."""
    return not has_guarantee(law) or joint_design(law) is not None


@dataclass(frozen=True)
class Reached:
    """How far households have come along their pay: the most of M - (1 - m) x pay so far, and the highest award."""

    most: Floats
    award: Floats

    def of(self, places: Ints | Flags) -> Reached:
        """Of some of the households."""
        return Reached(self.most[places], self.award[places])

    def where(self, these: Flags, others: Reached) -> Reached:
        """This for some households, the other for the rest."""
        return Reached(np.where(these, self.most, others.most), np.where(these, self.award, others.award))


@dataclass(frozen=True)
class Held:
    """A guarantee of design G3 or G4, for every household of a table whose `adult`'s pay moves.

    `start` is what is reached at the present pay; `others` the other earner's pay, where both partners' counts.
    """

    guarantee: Guarantee
    start: Reached
    covered: Flags
    others: Floats

    @classmethod
    def of(cls, promised: TopUps, law: Sequence[Reform], adult: int) -> Held | None:
        """As a law has it; None where it has no guarantee that can be followed."""
        guarantee = joint_design(law)
        if guarantee is None:
            return None
        most, award, covered = promised.reached(law)
        pay = Pay.of(promised.table)
        both = pay.has_path(0) & pay.has_path(1)
        return cls(guarantee, Reached(most, award), covered, np.where(both, pay.amount(1 - adult), 0.0))

    @property
    def kept(self) -> float:
        """The share of each further pound that is kept at least."""
        return 1.0 - most_lost(self.guarantee)

    def added(
        self, homes: Ints, earned: Floats, counted: Floats, award: Floats, before: Reached
    ) -> tuple[Floats, Reached]:
        """The top-up at that pay, where so much was `counted` and awarded, and what is reached by then."""
        own = counted - self.kept * (earned + self.others[homes])
        now = Reached(np.maximum(before.most, own), np.maximum(before.award, award))
        is_open = self.covered[homes] & gate_open(self.guarantee.gate, award, now.award)
        return np.where(is_open, now.most - own, 0.0), now


# Over a range


class Ranges:
    """What is left over a range of the claimant's earnings, with a guarantee of design G3 or G4 read off its points.

    The most that was reached is that of the points, so between two of them a top-up is missed, by at most what M rises
    by above 1 - m over a step. It is never too much. Where the partner has pay too, that counts from nil up in
    `PARTNERS` steps, at each `EVERY`th point of the claimant's.
    """

    def __init__(self, promised: TopUps, law: Sequence[Reform], terms: Terms, measure: Measure, wages: Floats) -> None:
        self.measure, self.guarantee, table = measure, joint_design(law), promised.table
        counted = (self.guarantee.measure, AWARD) if self.guarantee else ()
        self.grid = Grid(table, terms, tuple(dict.fromkeys((measure, *counted))), wages, adults=(0,))
        if self.guarantee:
            (reform,) = (one for one in law if one.guarantee)
            self.covered, pay = promised.covered(reform), Pay.of(table)
            self.partners = np.where(pay.has_path(1), pay.amount(1), 0.0)
            self.joint = Grid(table, terms, counted, wages) if self.partners.any() else None

    def left(self, homes: Ints, earned: Floats) -> Floats:
        """What is left of each household (down) at each of the claimant's earnings (across), pounds a month."""
        found, promised = self._at(self.grid, homes, earned), self.guarantee
        if promised is None:
            return found[self.measure]
        kept, award = 1.0 - most_lost(promised), found[AWARD]
        own = found[promised.measure] - kept * (earned + self.partners[homes][:, None])
        most, highest = own.copy(), award.copy()
        two = np.flatnonzero(self.partners[homes] > 0)
        if self.joint is not None and len(two):
            at = earned[::EVERY]
            later = np.arange(len(earned)) // EVERY
            for part in range(PARTNERS):
                theirs = self.partners[homes[two]] * part / PARTNERS
                there = self._at(self.joint, homes[two], at, theirs)
                lower = there[promised.measure] - kept * (at + theirs[:, None])
                most[two] = np.maximum(most[two], lower[:, later])
                highest[two] = np.maximum(highest[two], there[AWARD][:, later])
        most, highest = (np.maximum.accumulate(one, axis=1) for one in (most, highest))
        is_open = self.covered[homes][:, None] & gate_open(promised.gate, award, highest)
        return np.asarray(found[self.measure] + np.where(is_open, most - own, 0.0))

    def _at(self, grid: Grid, homes: Ints, earned: Floats, partners: Floats | None = None) -> dict[str, Floats]:
        points = len(earned)
        pay = {0: np.tile(earned, len(homes))}
        if partners is not None:
            pay[1] = np.repeat(partners, points)
        found = grid.at(np.repeat(homes, points), pay)
        return {name: values.reshape(len(homes), points) for name, values in found.items()}


# Household by household


@dataclass(frozen=True)
class Exact:
    """Exact schedules under a law's guarantees, of one adult's pay growing by the hour at a wage of each household."""

    population: Population
    law: tuple[Reform, ...]
    on: date
    measure: Measure
    valuation: Valuation

    def schedules(self, adult: int, homes: Ints, wages: Floats, to: Floats) -> Iterator[tuple[int, Schedule]]:
        """Each household's place in `homes` and its schedule, up to so much a month."""
        from mwp.population.convert import households_of

        for start in range(0, len(homes), _SOME):
            places = range(start, min(start + _SOME, len(homes)))
            paths = [EarningsPath(adult, "hours", float(wages[one]), 0.0, float(to[one])) for one in places]
            every = promises(
                households_of(self.population, homes[start : start + _SOME]), paths, self.on, self.law, (self.measure,),
                self.valuation, NOBODY_SPECIAL,
            )  # fmt: skip
            yield from zip(places, (one.after[self.measure] for one in every), strict=True)


def values_of(schedule: Schedule, earnings: Floats) -> Floats:
    """What a schedule leaves at each of those earnings, as `Schedule.value` reads it."""
    starts, ends = (np.array([getattr(one, name) for one in schedule.segments]) for name in ("start", "end"))
    levels = np.array([one.value(one.start) for one in schedule.segments])
    slopes = np.array([one.slope for one in schedule.segments])
    place = np.maximum(np.searchsorted(starts, earnings + TINY, side="right") - 1, 0)
    place += (earnings > ends[place] + TINY) & (place + 1 < len(starts))
    return np.asarray(levels[place] + slopes[place] * (earnings - starts[place]))


def metr_at(schedule: Schedule, pay: float) -> float:
    """The METR at that pay; where it lies between two pennies, at the next one: a top-up swaps in between."""
    return schedule.metr(ceil(pay / PENNY - 1e-6) * PENNY)


def largest_cliff(schedule: Schedule, low: float, high: float) -> float:
    """The largest cliff between two amounts of pay, pounds a month; nil without any."""
    return max((-one.size for one in schedule.cliffs if low < one.at <= high + PENNY), default=0.0)
