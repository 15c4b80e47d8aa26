"""What a certificate checks, household by household: the guaranteed schedule held against the rules themselves.

Nothing of the operator (`mwp.analysis.guarantee`) or of the finder of pieces (`mwp.analysis.schedule`) is taken on
trust. For each household and earner M is worked out anew, directly from the rules, at

- both pennies of every jump, and the pennies either side of every kink, of the schedule with and without the reform;
- every `GRID` pounds, and `RANDOM_POINTS` pennies drawn from a seed that is the household's id and the earner.

Of the reformed schedule only what it pays is read: the top-up T and, for designs that pay in kind, the passports kept.
N = M + T is then held against the claim between all successive points, against the participation tax rate at every
point, and against the least top-up worked out again from the values at those points. A schedule that has missed a
cliff, a maximum taken over a grid only, a wrong rate or a top-up a penny short all show.

Couples are also looked at with both earners moving, on a grid of pairs: see `_jointly`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mwp.analysis import guarantee, guarantee_couples
from mwp.analysis.calculation import law_on
from mwp.analysis.guarantee import PASSPORTS, Standing
from mwp.analysis.measures import COMPONENTS, TOP_UP, Measure
from mwp.analysis.schedule import PENNY, EarningsPath, Schedule, schedules_by_measure
from mwp.analysis.sweep import EARNERS, Choice, paths_of
from mwp.analysis.universe import household_of
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.encode import encode
from mwp.engine.simulation import Floats, Ints, Move, Moving, Terms
from mwp.inputs.household import Household
from mwp.inputs.reform import Guarantee, Reform, Scope

Bools = NDArray[np.bool_]

MODE = "hours_then_wage"
FULL_HOURS = 37.5  # a week: hours grow up to there, then the wage does
TO = 9_000.0  # pounds of earnings a month
GRID = 50.0  # pounds between points that are looked at whatever the schedule says
RANDOM_POINTS = 40
TOLERANCE = 0.001  # pounds, a tenth of a penny: for what floating point and the finder of pieces leave open
SLACK = 0.02  # pounds: how far a kink inside a penny can lift a maximum above what stands at the pennies around it
AWARD = 5e-4  # pounds: less Universal Credit than that is none
STRETCH = 10.0  # pounds: METRs are reported over at least so much (and checked over every penny looked at)
PTR_FROM = 100.0  # pounds: participation tax rates are reported from there on (and checked at every point)
CLIFF = 0.01  # pounds: losing more than a penny at a penny more is a cliff
FLAT = 1e-6  # pounds a pound: a stretch that rises by less is a shelf
JOINT_STEPS = ((2_500.0, 100.0), (TO, 500.0))
"""Both earners' grids: up to so many pounds a step of so many, beside the pennies of each one's own kinks and jumps."""
JOINT_ROWS = 50_000
COUPLES_COMPARED = 1_000
"""One couple in so many, by its id, is also held against `mwp.analysis.guarantee_couples`."""


@dataclass(frozen=True)
class Ask:
    """What is to be certified, of which universe and under which law."""

    universe: str
    on: date
    reforms: tuple[Reform, ...]
    measure: Measure
    valuation: Valuation = CENTRAL
    standing: Standing = guarantee.NOBODY_SPECIAL

    @cached_property
    def promised(self) -> Reform | None:
        """The reform that has a guarantee."""
        return next((one for one in self.reforms if one.guarantee), None)

    @property
    def design(self) -> Guarantee | None:
        """Its guarantee."""
        return self.promised.guarantee if self.promised else None

    @property
    def scope(self) -> Scope:
        """Where and to whom that is paid."""
        return self.promised.scope if self.promised else Scope()

    @property
    def most_lost(self) -> float | None:
        """m: the most of a pound that the guarantee says is lost; None where it says nothing of that."""
        if self.design is None:
            return None
        return {"G3": 1.0, "G4": self.design.most_lost}.get(self.design.design)

    @property
    def on_its_own_measure(self) -> bool:
        """Whether the measure is the one that the guarantee guarantees."""
        return self.design is not None and self.design.measure == self.measure

    @property
    def pays_in_kind(self) -> bool:
        """Whether the design leaves passports where the rules take them away."""
        return self.design is not None and (self.design.keeps_passports or self.design.design == "G5")

    @property
    def jointly(self) -> bool:
        """Whether couples are looked at with both earners moving: without a guarantee, or under G3 and G4."""
        if self.design is None:
            return True
        return self.most_lost is not None and self.on_its_own_measure and not self.pays_in_kind


@dataclass(frozen=True)
class Example:
    """A household and a stretch of earnings that show something; pounds a month.

    `before` and `after` are what is had at either end, with what the reform pays; `amount` is what is measured: a loss,
    a rate or an excess. `other` is what the other earner has all the while; `to_other` where that moves too.
    """

    household: str
    name: str
    earner: str
    start: float
    end: float
    before: float
    after: float
    amount: float
    cause: str = ""
    other: float | None = None
    to_other: float | None = None


@dataclass
class Tally:
    """How many paths show something, how often, and the worst of them (the first of equals)."""

    paths: int = 0
    times: int = 0
    worst: Example | None = None

    def add(self, times: int, worst: Example) -> None:
        self.merge(Tally(1, times, worst))

    def merge(self, other: "Tally") -> None:
        self.paths += other.paths
        self.times += other.times
        if other.worst and (self.worst is None or other.worst.amount > self.worst.amount):
            self.worst = other.worst


@dataclass
class Findings:
    """What was found over some households; `merge` adds what was found over the next."""

    households: int = 0
    inside: int = 0
    paths: int = 0
    paths_inside: int = 0
    points: int = 0
    couples: int = 0
    pairs: int = 0
    couples_compared: int = 0
    failed: dict[str, Tally] = field(default_factory=dict)
    seen: dict[str, Tally] = field(default_factory=dict)
    cliffs: dict[str, Tally] = field(default_factory=dict)
    cliffs_outside: dict[str, Tally] = field(default_factory=dict)

    def merge(self, other: "Findings") -> None:
        for name in ("households", "inside", "paths", "paths_inside", "points", "couples", "pairs", "couples_compared"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("failed", "seen", "cliffs", "cliffs_outside"):
            mine: dict[str, Tally] = getattr(self, name)
            for key, tally in getattr(other, name).items():
                mine.setdefault(key, Tally()).merge(tally)


def claims_of(ask: Ask) -> tuple[str, ...]:
    """What is claimed of a reform, by name: without a guarantee, that work always pays at all."""
    if ask.design is None:
        return ("agrees", "monotone", "no_cliff", "metr", "jointly")
    always = ("agrees", "never_negative", "nil_outside")
    match ask.design.design:
        case "G3" | "G4":
            least = ("least",) if ask.on_its_own_measure else ()
            held = ("passports_held",) if ask.pays_in_kind else ()
            return (*always, *held, *least, "monotone", "no_cliff", "metr", "ptr", *(["jointly"] if ask.jointly else []))
        case "G2":
            in_proportion = ask.design.most is None and ask.design.hours == 0 and ask.on_its_own_measure
            return (*always, "floor", *(["ptr"] if in_proportion else []))
        case "G5":
            return (*always, "tapered")
        case _:
            return (*always, "made_up")


def examine(ask: Ask, ids: Sequence[str]) -> Findings:
    """Everything that is checked of some households of a universe. Raises InputError for one that cannot be."""
    homes = [household_of(ask.universe, one) for one in ids]
    for home in homes:
        home.check_on(ask.on)
    walks = _walks(ask, homes)
    households, paths = [homes[walk.home] for walk in walks], [walk.path for walk in walks]
    measures = tuple(dict.fromkeys((ask.measure, *(one.guarantee.measure for one in ask.reforms if one.guarantee))))
    bare = schedules_by_measure(households, paths, ask.on, ask.reforms, measures, ask.valuation)
    paid = guarantee.with_guarantees(bare, ask.reforms, ask.standing)[ask.measure]
    direct = _Direct(homes, ask)
    found = Findings(households=len(homes))
    inside = set()
    every = [_points(one, w.path, own, base) for one, w, own, base in
             zip((f"{ids[w.home]}|{w.path.adult}" for w in walks), walks, paid, bare[ask.measure], strict=True)]
    parts = direct.along(walks, every)
    start = 0
    proofs: dict[tuple[int, int], _Proof] = {}
    for walk, pennies, base, reformed in zip(walks, every, bare[ask.measure], paid, strict=True):
        here = slice(start, start + len(pennies))
        start += len(pennies)
        mine = {name: values[here] for name, values in parts.items()}
        proof = _Proof(ask, ids[walk.home], homes[walk.home], walk, pennies, mine, base, reformed)
        proof.check(found)
        proofs[walk.home, walk.path.adult] = proof
        if proof.open.any():
            inside.add(walk.home)
    found.inside = len(inside)
    if ask.jointly:
        _jointly(ask, ids, homes, proofs, direct, found)
    return found


# Paths and points


@dataclass(frozen=True)
class _Walk:
    """Whose earnings move, along which path, and what the other earner has."""

    home: int
    path: EarningsPath
    other: float | None


def _walks(ask: Ask, homes: Sequence[Household]) -> list[_Walk]:
    found = []
    for adult, earner in enumerate(EARNERS):
        some = [place for place, home in enumerate(homes) if len(home.adults) > adult]
        if not some:
            continue
        told = paths_of([homes[place] for place in some], Choice(earner, MODE, None, FULL_HOURS, TO), ask.on, ask.reforms)
        for place, (path, _) in zip(some, told, strict=True):
            adults = homes[place].adults
            found.append(_Walk(place, path, adults[1 - adult].pay_a_month() if len(adults) > 1 else None))
    return sorted(found, key=lambda walk: (walk.home, walk.path.adult))


def _points(seed: str, path: EarningsPath, *known: Schedule) -> Ints:
    """The pennies of earnings to look at, in order."""
    last = round(path.to / PENNY)
    drawn = np.random.default_rng(int.from_bytes(sha256(seed.encode()).digest()[:8], "big"))
    edges = {edge for one in known for piece in one.segments for edge in (piece.start, piece.end)}
    edges |= {edge for one in known for jump in one.jumps for edge in (jump.before, jump.at)}
    exact = np.array(sorted(edges)) / PENNY
    found = np.concatenate(
        (
            np.floor(exact + 1e-6).astype(np.int64),
            np.ceil(exact - 1e-6).astype(np.int64),
            np.arange(0, last, round(GRID / PENNY)),
            drawn.integers(1, last, RANDOM_POINTS),
            np.array([0, 1, last]),
        )
    )
    return np.unique(found[(found >= 0) & (found <= last)])


class _Direct:
    """The rules themselves: components of the measure for any household at any pay of either adult."""

    def __init__(self, homes: Sequence[Household], ask: Ask) -> None:
        self.signs = COMPONENTS[ask.measure]
        self.table = encode(homes, ask.on)
        moves = [(adult, name) for adult in (0, 1) for name in ("hours", "hourly_wage", "stated_pay")]
        terms = Terms(law_on(ask.on, ask.reforms), valuation=ask.valuation)
        self.moving = Moving(self.table, terms, tuple(self.signs), moves)
        self.own = {move: self.table.each_adult(self.table.columns[move[1]])[move[0]] for move in moves}

    def along(self, walks: Sequence[_Walk], pennies: Sequence[Ints]) -> dict[str, Floats]:
        """Signed components at each walk's pennies, one walk after the other."""
        homes = np.concatenate([np.full(len(some), w.home) for w, some in zip(walks, pennies, strict=True)])
        moves = {move: values[homes] for move, values in self.own.items()}
        start = 0
        for walk, some in zip(walks, pennies, strict=True):
            for move, values in walk.path.moves(some * PENNY).items():
                moves[move][start : start + len(some)] = values
            start += len(some)
        return self._at(homes, moves)

    def at_pairs(self, places: Sequence[int], axes: Sequence[tuple[_Walk, _Walk, Floats, Floats]]) -> dict[str, Floats]:
        """Signed components of couples at every pair of both earners' pay, the claimant's down."""
        homes = np.concatenate([np.full(len(x) * len(y), p) for p, (_, _, x, y) in zip(places, axes, strict=True)])
        told: dict[Move, list[Floats]] = {}
        for first, second, x, y in axes:
            for walk, pay in ((first, np.repeat(x, len(y))), (second, np.tile(y, len(x)))):
                for move, values in walk.path.moves(pay).items():
                    told.setdefault(move, []).append(values)
        return self._at(homes, {move: np.concatenate(values) for move, values in told.items()})

    def _at(self, homes: Ints, moves: Mapping[Move, Floats]) -> dict[str, Floats]:
        found = self.moving.at(homes, moves).amounts
        return {name: sign * found[name] for name, sign in self.signs.items()}


def _total(parts: Mapping[str, Floats]) -> Floats:
    return np.asarray(sum(parts.values()))


@dataclass(frozen=True)
class _Lines:
    """A schedule's components as arrays, to be read at many earnings at once."""

    starts: Floats
    levels: Floats
    slopes: Floats

    @classmethod
    def of(cls, schedule: Schedule, name: str | None) -> "_Lines":
        """One component, or with None the measure."""
        some = schedule.segments
        levels = [one.at_start if name is None else one.parts.get(name, 0.0) for one in some]
        slopes = [one.slope if name is None else one.slopes.get(name, 0.0) for one in some]
        return cls(np.array([one.start for one in some]), np.array(levels), np.array(slopes))

    def at(self, earnings: Floats) -> Floats:
        place = np.maximum(np.searchsorted(self.starts, earnings + 1e-9, side="right") - 1, 0)
        return np.asarray(self.levels[place] + self.slopes[place] * (earnings - self.starts[place]))


# One earner's path


class _Proof:
    """One household along one earner's path: M anew from the rules, T as the reformed schedule pays it."""

    def __init__(
        self,
        ask: Ask,
        ident: str,
        home: Household,
        walk: _Walk,
        pennies: Ints,
        parts: Mapping[str, Floats],
        base: Schedule,
        reformed: Schedule,
    ) -> None:
        self.ask, self.ident, self.home, self.walk = ask, ident, home, walk
        self.pennies, self.base, self.reformed = pennies, base, reformed
        self.earnings = pennies * PENNY
        self.measured = _total(parts)
        self.parts = parts
        self.top_up = _Lines.of(reformed, TOP_UP).at(self.earnings)
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
        given = {name: _Lines.of(self.reformed, name).at(self.earnings) - self.parts[name] for name in slots}
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
            worst = int(np.argmax(excess))
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
        yield np.abs(_Lines.of(self.base, None).at(self.earnings) - self.measured), self._places, self._places

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
        yield -self._rise[steps], steps, steps + 1
        if self.ask.most_lost is not None and self.ask.most_lost < 1.0:
            still = np.where(self._rise[steps] > 0, 0.0, np.inf)
            if np.isinf(still).any():
                yield np.where(np.isinf(still), 2 * TOLERANCE - self._rise[steps], 0.0), steps, steps + 1

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
        """In work never less than out of work and the share of the pay; and no more than that or what the rules leave."""
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
            worst = int(np.argmin(np.where(both, rise, 0.0)))
            amount = float(-rise[worst])
            found.seen.setdefault("falls", Tally()).add(int((falls & both).sum()), self._example(worst, worst + 1, amount))
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
            most = int(np.argmax(paid))
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
        worst = int(np.argmax(metr))
        return self._example(int(start[worst]), int(end[worst]), float(metr[worst]))

    def _worst_ptr(self) -> Example | None:
        some = np.flatnonzero(self.open & (self.earnings >= PTR_FROM))
        if not self.open[0] or not len(some):
            return None
        ptr = 1.0 - (self.had[some] - self.had[0]) / self.earnings[some]
        worst = int(np.argmax(ptr))
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


# Both earners of a couple


def _jointly(
    ask: Ask,
    ids: Sequence[str],
    homes: Sequence[Household],
    proofs: Mapping[tuple[int, int], _Proof],
    direct: _Direct,
    found: Findings,
) -> None:
    """Couples with both earners moving, at pairs of earnings: a grid, and each earner's own kinks and jumps.

    M is worked out directly at every pair. Under G3 and G4 N is its running maximum along both axes (see
    `mwp.analysis.guarantee_couples`); checked are METR and participation tax rate, for either earner and both together,
    and that what each earner's own path pays is no more than what both together are due. Now and then the whole is held
    against `guarantee_couples` too. Without a guarantee what is checked is that nothing falls along either axis.
    """
    couples = [place for place, home in enumerate(homes) if len(home.adults) > 1]
    batch: list[tuple[int, tuple[_Walk, _Walk, Floats, Floats]]] = []
    rows = 0
    for place in couples:
        first, second = proofs[place, 0], proofs[place, 1]
        axes = (first.walk, second.walk, _axis(first, second.walk.other), _axis(second, first.walk.other))
        size = len(axes[2]) * len(axes[3])
        if batch and rows + size > JOINT_ROWS:
            _pairs(ask, ids, proofs, direct, batch, found)
            batch, rows = [], 0
        batch.append((place, axes))
        rows += size
    if batch:
        _pairs(ask, ids, proofs, direct, batch, found)
    for place in couples:
        chosen = int.from_bytes(sha256(ids[place].encode()).digest()[:8], "big") % COUPLES_COMPARED == 0
        if chosen and ask.most_lost is not None and proofs[place, 0].covered:
            _compare(ask, proofs[place, 0], proofs[place, 1], direct, found)


def _axis(proof: _Proof, own: float | None) -> Floats:
    """One earner's pay at the pairs: a grid, the pennies of the kinks and jumps of the own path, and what is had now."""
    edges = np.array([edge for piece in proof.reformed.segments for edge in (piece.start, piece.end)]) / PENNY
    start, grid = 0.0, []
    for end, step in JOINT_STEPS:
        grid.append(np.arange(start, end, step) / PENNY)
        start = end
    pennies = np.concatenate((np.floor(edges + 1e-6), np.ceil(edges - 1e-6), *grid, [round(proof.walk.path.to / PENNY)]))
    pay = np.unique(np.round(pennies)) * PENNY
    now = own or 0.0
    return pay if np.abs(pay - now).min() < PENNY / 1e4 else np.sort(np.append(pay, now))


def _pairs(
    ask: Ask,
    ids: Sequence[str],
    proofs: Mapping[tuple[int, int], _Proof],
    direct: _Direct,
    batch: Sequence[tuple[int, tuple[_Walk, _Walk, Floats, Floats]]],
    found: Findings,
) -> None:
    parts = direct.at_pairs([place for place, _ in batch], [axes for _, axes in batch])
    total, award = _total(parts), parts["universal_credit"] > AWARD
    start = 0
    for place, (_, _, x, y) in batch:
        here = slice(start, start + len(x) * len(y))
        start += len(x) * len(y)
        measured = total[here].reshape(len(x), len(y))
        opened = _opened(ask, proofs[place, 0], award[here].reshape(len(x), len(y)))
        found.couples += 1
        found.pairs += measured.size
        joint = _Joint(proofs[place, 0], proofs[place, 1], x, y, measured, opened)
        worst = joint.worst()
        if worst and worst.amount > TOLERANCE:
            found.failed.setdefault("jointly", Tally()).add(joint.times, worst)


def _opened(ask: Ask, proof: _Proof, award: Bools) -> Bools:
    """At which pairs of earnings the gate is open: an award at these, or at no higher earnings of both."""
    gate = ask.design.gate if ask.design else guarantee.OPEN_TO_ALL
    standing = ask.standing
    if not proof.covered:
        return np.zeros_like(award)
    if gate.universal_credit == "not_needed" or (gate.nes_placement and standing.nes_participant):
        return np.ones_like(award)
    if gate.universal_credit == "this_month":
        return award
    if standing.had_universal_credit is not None:
        return np.full_like(award, standing.had_universal_credit)
    return np.logical_or.accumulate(np.logical_or.accumulate(award, axis=0), axis=1)


@dataclass
class _Joint:
    """One couple at pairs of earnings: x the claimant's (down), y the partner's (across)."""

    first: _Proof
    second: _Proof
    x: Floats
    y: Floats
    measured: Floats
    open: Bools
    times: int = 0

    @cached_property
    def kept(self) -> float:
        """What the guarantee says is kept of a pound; nil without one."""
        most_lost = self.first.ask.most_lost
        return 0.0 if most_lost is None else 1.0 - most_lost

    @cached_property
    def had(self) -> Floats:
        """N at every pair."""
        if self.first.ask.design is None:
            return self.measured
        drift = self.kept * (self.x[:, None] + self.y[None, :])
        highest = np.maximum.accumulate(np.maximum.accumulate(self.measured - drift, axis=0), axis=1)
        return np.where(self.open, highest + drift, self.measured)

    def worst(self) -> Example | None:
        """The worst of everything that is checked; `times` counts what is broken."""
        best: Example | None = None
        for excess, of in self._excesses():
            if not excess.size:
                continue
            self.times += int((excess > TOLERANCE).sum())
            place = np.unravel_index(int(np.argmax(excess)), excess.shape)
            amount = float(excess[place])
            if amount > TOLERANCE and (best is None or amount > best.amount):
                best = self._example(int(place[0]), int(place[1]), of, amount)
        return best

    def _excesses(self) -> Iterable[tuple[Floats, str]]:
        had, opened, kept = self.had, self.open, self.kept
        down = kept * np.diff(self.x)[:, None] - np.diff(had, axis=0)
        yield np.where(opened[1:] & opened[:-1], down, 0.0), "claimant"
        across = kept * np.diff(self.y)[None, :] - np.diff(had, axis=1)
        yield np.where(opened[:, 1:] & opened[:, :-1], across, 0.0), "partner"
        if self.first.ask.design is None:
            return
        if opened[0, 0]:
            whole = kept * (self.x[:, None] + self.y[None, :]) - (had - had[0, 0])
            yield np.where(opened, whole, 0.0), "both"
        for proof, axis, line in ((self.first, self.x, self._column()), (self.second, self.y, self._row())):
            there = np.minimum(np.searchsorted(proof.earnings, axis - PENNY / 1e4), len(proof.earnings) - 1)
            known = (np.abs(proof.earnings[there] - axis) < PENNY / 1e4) & proof.open[there]
            yield np.where(known, proof.had[there] - had[line], 0.0)[:, None], f"alone:{EARNERS[proof.walk.path.adult]}"

    def _column(self) -> tuple[slice, int]:
        """Where the partner has what the partner has now."""
        return slice(None), int(np.argmin(np.abs(self.y - (self.first.walk.other or 0.0))))

    def _row(self) -> tuple[int, slice]:
        return int(np.argmin(np.abs(self.x - (self.second.walk.other or 0.0)))), slice(None)

    def _example(self, row: int, column: int, of: str, amount: float) -> Example:
        x, y, had = self.x, self.y, self.had
        about = self.first.ident, self.first.home.name
        if of == "partner":
            told = y[column], y[column + 1], had[row, column], had[row, column + 1]
            return Example(*about, of, *map(float, told), amount, other=float(x[row]))
        if of == "claimant":
            told = x[row], x[row + 1], had[row, column], had[row + 1, column]
            return Example(*about, of, *map(float, told), amount, other=float(y[column]))
        if of == "both":
            told = 0.0, x[row], had[0, 0], had[row, column]
            return Example(*about, of, *map(float, told), amount, other=0.0, to_other=float(y[column]))
        earner = of.partition(":")[2]
        axis = x if earner == "claimant" else y
        return Example(*about, earner, float(axis[row]), float(axis[row]), 0.0, 0.0, amount, cause="joint")


def _compare(ask: Ask, first: _Proof, second: _Proof, direct: _Direct, found: Findings) -> None:
    """`guarantee_couples` on its own lines, against the running maximum over pairs worked out directly."""
    assert ask.most_lost is not None
    both = (replace(first.walk.path, to=3_000.0), replace(second.walk.path, to=1_500.0))
    told = guarantee_couples.couple(
        first.home, both, ask.most_lost, ask.on, ask.reforms, ask.measure, ask.valuation, step=250.0, crossings=(0.0,)
    )
    edges = {edge for one in told.before for piece in one.segments for edge in (piece.start, piece.end)}
    exact = np.array(sorted(edges)) / PENNY
    grid = np.arange(0.0, both[0].to, 50.0) / PENNY
    x = np.unique(np.round(np.concatenate((np.floor(exact + 1e-6), np.ceil(exact - 1e-6), grid)))) * PENNY
    y = np.array(told.levels)
    walks = (replace(first.walk, path=both[0]), replace(second.walk, path=both[1]), x, y)
    measured = _total(direct.at_pairs([first.walk.home], [walks])).reshape(len(x), len(y))
    drift = (1.0 - ask.most_lost) * (x[:, None] + y[None, :])
    due = drift + np.maximum.accumulate(np.maximum.accumulate(measured - drift, axis=0), axis=1) - measured
    found.couples_compared += 1
    for column in range(0, len(y), 7):
        schedule = told.at_partner(float(y[column]))
        apart = np.abs(_Lines.of(schedule, TOP_UP).at(x) - due[:, column]) - SLACK
        worst = int(np.argmax(apart))
        if apart[worst] > TOLERANCE:
            pay = float(x[worst])
            one = Example(
                first.ident, first.home.name, "claimant", pay, pay, 0.0, 0.0, float(apart[worst]), "joint",
                float(y[column]),
            )  # fmt: skip
            found.failed.setdefault("jointly", Tally()).add(1, one)


def blocks(ids: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """The ids in order, so many at a time."""
    edges = [*range(0, len(ids), size), len(ids)]
    return [tuple(ids[start:end]) for start, end in pairwise(edges)]
