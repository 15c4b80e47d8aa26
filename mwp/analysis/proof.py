"""What a certificate checks, household by household: the guaranteed schedule held against the rules themselves.

Nothing of the operator (`mwp.analysis.guarantee`) or of the finder of pieces (`mwp.analysis.schedule`) is taken on
trust. For each household and earner M is worked out anew, directly from the rules, at

- both pennies of every jump, and the pennies either side of every kink, of the schedule with and without the reform;
- every `GRID` pounds, and `RANDOM_POINTS` pennies drawn from a seed that is the household's id and the earner.

Of the reformed schedule only what it pays is read: the top-up T and, for designs that pay in kind, the passports kept.
N = M + T is then held against the claim between all successive points, against the participation tax rate at every
point, and against the least top-up worked out again from the values at those points. A schedule that has missed a
cliff, a maximum taken over a grid only, a wrong rate or a top-up a penny short all show.

Couples are also looked at with both earners moving, on a grid of pairs: see `mwp.analysis.proof_couples`.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from mwp.analysis import guarantee
from mwp.analysis.claims import (
    AWARD,
    CLIFF,
    FLAT,
    NOISE,
    PTR_FROM,
    SLACK,
    STRETCH,
    TOLERANCE,
    Ask,
    Example,
    Findings,
    Tally,
)
from mwp.analysis.claims import claims_of as claims_of
from mwp.analysis.direct import Bools, Direct, Lines, Walk, points, pounds, total_of, walks_of
from mwp.analysis.guarantee import PASSPORTS
from mwp.analysis.measures import TOP_UP
from mwp.analysis.proof_couples import jointly
from mwp.analysis.schedule import PENNY, Schedule, schedules_by_measure
from mwp.analysis.sweep import EARNERS
from mwp.analysis.universe import household_of
from mwp.engine.simulation import Floats, Ints
from mwp.inputs.household import Household


def examine(ask: Ask, ids: Sequence[str]) -> Findings:
    """Everything that is checked of some households of a universe. Raises InputError for one that cannot be."""
    homes = [household_of(ask.universe, one) for one in ids]
    for home in homes:
        home.check_on(ask.on)
    walks = walks_of(ask, homes)
    households, paths = [homes[walk.home] for walk in walks], [walk.path for walk in walks]
    measures = tuple(dict.fromkeys((ask.measure, *(one.guarantee.measure for one in ask.reforms if one.guarantee))))
    bare = schedules_by_measure(households, paths, ask.on, ask.reforms, measures, ask.valuation)
    paid = guarantee.with_guarantees(bare, ask.reforms, ask.standing)[ask.measure]
    direct = Direct(homes, ask)
    found = Findings(households=len(homes))
    inside = set()
    seeds = [f"{ids[walk.home]}|{walk.path.adult}" for walk in walks]
    every = [points(*one) for one in zip(seeds, walks, paid, bare[ask.measure], strict=True)]
    parts = direct.along(walks, every)
    start = 0
    proofs: dict[tuple[int, int], Proof] = {}
    for walk, pennies, base, reformed in zip(walks, every, bare[ask.measure], paid, strict=True):
        here = slice(start, start + len(pennies))
        start += len(pennies)
        mine = {name: values[here] for name, values in parts.items()}
        proof = Proof(ask, ids[walk.home], homes[walk.home], walk, pennies, mine, base, reformed)
        proof.check(found)
        proofs[walk.home, walk.path.adult] = proof
        if proof.open.any():
            inside.add(walk.home)
    found.inside = len(inside)
    if ask.jointly:
        jointly(ask, ids, homes, proofs, direct, found)
    return found


def blocks(ids: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """The ids in order, so many at a time."""
    edges = [*range(0, len(ids), size), len(ids)]
    return [tuple(ids[start:end]) for start, end in pairwise(edges)]


class Proof:
    """One household along one earner's path: M anew from the rules, T as the reformed schedule pays it."""

    def __init__(
        self,
        ask: Ask,
        ident: str,
        home: Household,
        walk: Walk,
        pennies: Ints,
        parts: Mapping[str, Floats],
        base: Schedule,
        reformed: Schedule,
    ) -> None:
        self.ask, self.ident, self.home, self.walk = ask, ident, home, walk
        self.pennies, self.base, self.reformed = pennies, base, reformed
        self.earnings = pounds(pennies)
        self.measured = total_of(parts)
        self.parts = parts
        self.top_up = Lines.of(reformed, TOP_UP).at(self.earnings)
        self.award = parts["universal_credit"] > AWARD
        self.covered = guarantee.covers(ask.scope, home, ask.standing)
        self.open = self._open()
        self.in_kind = self._in_kind()
        self.bare = self.measured + sum(self.in_kind.values())
        self.had = self.bare + self.top_up

    def _open(self) -> Bools:
        """At which points the household is inside: everywhere without a guarantee, else where its gate is open."""
        design, standing = self.ask.design, self.ask.standing
        if design is None:
            return np.ones(len(self.pennies), dtype=bool)
        if not self.covered:
            return np.zeros(len(self.pennies), dtype=bool)
        gate = design.gate
        found = np.ones(len(self.pennies), dtype=bool)
        if gate.universal_credit == "not_needed" or (gate.nes_placement and standing.nes_participant):
            pass
        elif gate.universal_credit == "this_month":
            found = self.award
        elif standing.had_universal_credit is None:
            found = np.logical_or.accumulate(self.award)
        else:
            found = found & standing.had_universal_credit
        return found & self.award if design.design == "G6" else found

    def _in_kind(self) -> dict[str, Floats]:
        """What the reform leaves of each passport beyond what the rules do; nothing for most designs."""
        if not self.ask.pays_in_kind:
            return {}
        slots = [name for name in PASSPORTS if name in self.parts]
        given = {name: Lines.of(self.reformed, name).at(self.earnings) - self.parts[name] for name in slots}
        return {name: values for name, values in given.items() if np.abs(values).max() > TOLERANCE}

    def check(self, found: Findings) -> None:
        """Every claim, and what is reported beside them."""
        found.paths += 1
        found.paths_inside += int(self.open.any())
        found.points += len(self.pennies)
        for claim in claims_of(self.ask):
            if claim != "jointly":
                for excess, start, end in getattr(self, f"_{claim}")():
                    self._fail(found, claim, excess, start, end)
        self._report(found)

    def _fail(self, found: Findings, claim: str, excess: Floats, start: Ints, end: Ints) -> None:
        beyond = excess > TOLERANCE
        if beyond.any():
            worst = _first_of_most(excess)
            one = self._example(int(start[worst]), int(end[worst]), float(excess[worst]))
            found.failed.setdefault(claim, Tally()).add(int(beyond.sum()), one)

    def _example(self, start: int, end: int, amount: float, cause: str = "") -> Example:
        return Example(
            self.ident,
            self.home.name,
            EARNERS[self.walk.path.adult],
            float(self.earnings[start]),
            float(self.earnings[end]),
            float(self.had[start]),
            float(self.had[end]),
            amount,
            cause,
            self.walk.other,
        )

    @cached_property
    def _places(self) -> Ints:
        return np.arange(len(self.pennies))

    @cached_property
    def _steps(self) -> Ints:
        """The first of each two successive points that are both inside."""
        return np.flatnonzero(self.open[1:] & self.open[:-1])

    @cached_property
    def _rise(self) -> Floats:
        return np.diff(self.had)

    @cached_property
    def _width(self) -> Floats:
        return np.diff(self.earnings)

    # The claims. Each gives how far it is broken, in pounds a month, and from where to where.

    def _agrees(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        """The pieces are what the rules say, at every point."""
        yield np.abs(Lines.of(self.base, None).at(self.earnings) - self.measured), self._places, self._places

    def _never_negative(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        yield -self.top_up, self._places, self._places
        for values in self.in_kind.values():
            yield -values, self._places, self._places

    def _nil_outside(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        """Nothing is paid outside the gate; the penny at which it opens or shuts belongs to either side."""
        near = self.open.copy()
        near[1:] |= self.open[:-1]
        near[:-1] |= self.open[1:]
        paid = np.abs(self.had - self.measured)
        yield np.where(near, 0.0, paid), self._places, self._places

    def _passports_held(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        """No passport is kept that was not had at lower earnings."""
        for name, more in self.in_kind.items():
            most = np.maximum.accumulate(self.parts[name])
            yield self.parts[name] + more - most, self._places, self._places

    def _least(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        """What is had is the least that rises by 1 - m: worked out again as a running maximum over the points."""
        assert self.ask.most_lost is not None
        drift = (1.0 - self.ask.most_lost) * self.earnings
        least = drift + np.maximum.accumulate(self.bare - drift)
        yield np.where(self.open, least - self.had, 0.0), self._places, self._places
        yield np.where(self.open, self.had - least - SLACK, 0.0), self._places, self._places

    def _monotone(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        steps = self._steps
        lost = -self._rise[steps]
        if self.ask.most_lost is not None and self.ask.most_lost < 1.0:
            lost = np.where(lost < 0, lost, lost + 2 * TOLERANCE)
        yield lost, steps, steps + 1

    def _no_cliff(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        """Between two pennies next to each other nothing is lost."""
        steps = self._steps[np.diff(self.pennies)[self._steps] == 1]
        yield -self._rise[steps] - CLIFF, steps, steps + 1

    def _metr(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        """Of the earnings between any two successive points at most m is lost; without a guarantee, less than all."""
        steps = self._steps
        if self.ask.design is None:
            steps = steps[self._width[steps] >= 1.0]
            yield np.where(self._rise[steps] <= FLAT, 2 * TOLERANCE - self._rise[steps], 0.0), steps, steps + 1
            return
        assert self.ask.most_lost is not None
        yield (1.0 - self.ask.most_lost) * self._width[steps] - self._rise[steps], steps, steps + 1

    def _ptr(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        """Of the whole pay at most m is lost against no work."""
        if not self.open[0]:
            return
        design = self.ask.design
        assert design is not None
        kept = design.kept if design.design == "G2" else 1.0 - (self.ask.most_lost or 1.0)
        assert kept is not None
        short = kept * self.earnings - (self.had - self.had[0])
        yield np.where(self.open, short, 0.0), np.zeros(len(short), dtype=np.intp), self._places

    def _floor(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        """In work never less than out of work and the share of the pay; nor more than that or what the rules leave."""
        design = self.ask.design
        assert design is not None
        assert design.kept is not None
        extra = design.kept * self.earnings
        if design.most is not None:
            extra = np.minimum(extra, design.most)
        first = guarantee.earnings_at_hours(self.walk.path, design.hours)
        works = self.open & (self.earnings >= (np.inf if first is None else first - PENNY / 1e4))
        if not self.ask.on_its_own_measure:
            return
        least = np.where(works, np.maximum(self.measured, self.measured[0] + extra), self.measured)
        nothing = np.zeros(len(least), dtype=np.intp)
        yield np.where(self.open, least - self.had, 0.0), nothing, self._places
        yield np.where(self.open, self.had - least - SLACK, 0.0), nothing, self._places

    def _tapered(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        """No passport falls faster than its taper."""
        design = self.ask.design
        assert design is not None
        assert design.taper is not None
        steps = self._steps
        for name in design.passports or [name for name in PASSPORTS if name in self.parts]:
            there = self.parts[name] + self.in_kind.get(name, np.zeros(len(self.pennies)))
            yield -np.diff(there)[steps] - design.taper * self._width[steps], steps, steps + 1

    def _made_up(self) -> Iterable[tuple[Floats, Ints, Ints]]:
        """What is paid is what the passports held out of work have lost, or the share of it that the month brings."""
        design = self.ask.design
        assert design is not None
        share = 1.0
        if design.design == "G7":
            assert design.full_months is not None
            assert design.last_month is not None
            share = guarantee.share_of_run_on(self.ask.standing.month, design.full_months, design.last_month)
        due = np.zeros(len(self.pennies))
        for name in design.passports or [name for name in PASSPORTS if name in self.parts]:
            due += share * np.maximum(self.parts[name][0] - self.parts[name], 0.0)
        if set(PASSPORTS) <= set(self.parts):
            yield np.where(self.open, np.abs(due - self.top_up), 0.0), self._places, self._places

    # What is reported whatever is claimed.

    def _report(self, found: Findings) -> None:
        pennies, rise = self.pennies, self._rise
        both = self.open[1:] & self.open[:-1]
        falls = rise < -TOLERANCE
        if (falls & both).any():
            worst = _first_of_most(np.where(both, -rise, 0.0))
            one = self._example(worst, worst + 1, float(-rise[worst]))
            found.seen.setdefault("falls", Tally()).add(int((falls & both).sum()), one)
        causes = {round(jump.at / PENNY): jump.cause for one in (self.reformed, self.base) for jump in one.jumps}
        for place in np.flatnonzero((rise < -CLIFF - TOLERANCE) & (np.diff(pennies) == 1)).tolist():
            tallies = found.cliffs if both[place] else found.cliffs_outside
            cause = causes.get(int(pennies[place + 1]), "")
            one = self._example(place, place + 1, float(-rise[place]), cause)
            mine = tallies.setdefault(cause, Tally())
            mine.merge(Tally(0, 1, one))
        for kind, example in (("metr", self._worst_metr()), ("ptr", self._worst_ptr())):
            if example:
                found.seen.setdefault(kind, Tally()).add(1, example)
        paid = np.where(self.open, self.had - self.measured, 0.0)
        if paid.max() > TOLERANCE:
            most = _first_of_most(paid)
            found.seen.setdefault("top_up", Tally()).add(1, self._example(most, most, float(paid[most])))
        self._shelves(found)

    def _worst_metr(self) -> Example | None:
        """The largest METR over a stretch, inside all the way."""
        ends = np.searchsorted(self.earnings, self.earnings + STRETCH - PENNY / 1e4)
        start = np.flatnonzero(ends < len(self.earnings))
        end = ends[start]
        shut = np.concatenate(([0], np.cumsum(~self.open)))
        whole = shut[end + 1] == shut[start]
        start, end = start[whole], end[whole]
        if not len(start):
            return None
        metr = 1.0 - (self.had[end] - self.had[start]) / (self.earnings[end] - self.earnings[start])
        worst = _first_of_most(metr)
        return self._example(int(start[worst]), int(end[worst]), float(metr[worst]))

    def _worst_ptr(self) -> Example | None:
        some = np.flatnonzero(self.open & (self.earnings >= PTR_FROM))
        if not self.open[0] or not len(some):
            return None
        ptr = 1.0 - (self.had[some] - self.had[0]) / self.earnings[some]
        worst = _first_of_most(ptr)
        return self._example(0, int(some[worst]), float(ptr[worst]))

    def _shelves(self, found: Findings) -> None:
        """Stretches on which an extra pound brings nothing at all."""
        some = [one for one in self.reformed.segments if one.end - one.start > 0.5 and abs(one.slope) < FLAT]
        wide = []
        for one in some:
            start, end = np.searchsorted(self.earnings, (one.start - PENNY / 2, one.end - PENNY / 2))
            end = min(int(end), len(self.earnings) - 1)
            if self.open[start] and self.open[end] and abs(self.had[end] - self.had[start]) < 0.05:
                wide.append(self._example(int(start), end, one.end - one.start))
        if wide:
            worst = max(wide, key=lambda example: example.amount)
            found.seen.setdefault("shelves", Tally()).add(len(wide), worst)


def _first_of_most(amounts: Floats) -> int:
    """Where the largest is, the first of those that only noise keeps apart."""
    return int(np.argmax(amounts >= amounts.max() - NOISE))
