"""Households at chosen earnings, worked out directly from the rules: which paths, which points, what is had there.

This is how a certificate looks at a household without the finder of pieces (`mwp.analysis.schedule`) in between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from mwp.analysis.calculation import law_on
from mwp.analysis.claims import FULL_HOURS, GRID, MODE, RANDOM_POINTS, TO, Ask
from mwp.analysis.measures import COMPONENTS
from mwp.analysis.schedule import PENNY, EarningsPath, Schedule
from mwp.analysis.sweep import EARNERS, Choice, paths_of
from mwp.engine.encode import encode
from mwp.engine.simulation import Floats, Ints, Move, Moving, Terms
from mwp.inputs.household import Household

Bools = NDArray[np.bool_]


def pounds(pennies: NDArray[np.number]) -> Floats:
    """Pennies as pounds."""
    return np.asarray(pennies * PENNY, dtype=np.float64)


@dataclass(frozen=True)
class Walk:
    """Whose earnings move, along which path, and what the other earner has."""

    home: int
    path: EarningsPath
    other: float | None


def walks_of(ask: Ask, homes: Sequence[Household]) -> list[Walk]:
    found = []
    for adult, earner in enumerate(EARNERS):
        some = [place for place, home in enumerate(homes) if len(home.adults) > adult]
        if not some:
            continue
        choice = Choice(earner, MODE, None, FULL_HOURS, TO)
        told = paths_of([homes[place] for place in some], choice, ask.on, ask.reforms)
        for place, (path, _) in zip(some, told, strict=True):
            adults = homes[place].adults
            found.append(Walk(place, path, adults[1 - adult].pay_a_month() if len(adults) > 1 else None))
    return sorted(found, key=lambda walk: (walk.home, walk.path.adult))


def points(seed: str, walk: Walk, *known: Schedule) -> Ints:
    """The pennies of earnings to look at, in order."""
    last = round(walk.path.to / PENNY)
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


class Direct:
    """The rules themselves: components of the measure for any household at any pay of either adult."""

    def __init__(self, homes: Sequence[Household], ask: Ask) -> None:
        self.signs = COMPONENTS[ask.measure]
        self.table = encode(homes, ask.on)
        moves = [(adult, name) for adult in (0, 1) for name in ("hours", "hourly_wage", "stated_pay")]
        terms = Terms(law_on(ask.on, ask.reforms), valuation=ask.valuation)
        self.moving = Moving(self.table, terms, tuple(self.signs), moves)
        self.own = {move: self.table.each_adult(self.table.columns[move[1]])[move[0]] for move in moves}

    def along(self, walks: Sequence[Walk], pennies: Sequence[Ints]) -> dict[str, Floats]:
        """Signed components at each walk's pennies, one walk after the other."""
        homes = np.concatenate([np.full(len(some), w.home) for w, some in zip(walks, pennies, strict=True)])
        moves = {move: values[homes] for move, values in self.own.items()}
        start = 0
        for walk, some in zip(walks, pennies, strict=True):
            for move, values in walk.path.moves(pounds(some)).items():
                moves[move][start : start + len(some)] = values
            start += len(some)
        return self._at(homes, moves)

    def at_pairs(self, places: Sequence[int], axes: Sequence[tuple[Walk, Walk, Floats, Floats]]) -> dict[str, Floats]:
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


def total_of(parts: Mapping[str, Floats]) -> Floats:
    return np.asarray(sum(parts.values()))


@dataclass(frozen=True)
class Lines:
    """A schedule's components as arrays, to be read at many earnings at once."""

    starts: Floats
    levels: Floats
    slopes: Floats

    @classmethod
    def of(cls, schedule: Schedule, name: str | None) -> "Lines":
        """One component, or with None the measure."""
        some = schedule.segments
        levels = [one.at_start if name is None else one.parts.get(name, 0.0) for one in some]
        slopes = [one.slope if name is None else one.slopes.get(name, 0.0) for one in some]
        return cls(np.array([one.start for one in some]), np.array(levels), np.array(slopes))

    def at(self, earnings: Floats) -> Floats:
        place = np.maximum(np.searchsorted(self.starts, earnings + 1e-9, side="right") - 1, 0)
        return np.asarray(self.levels[place] + self.slopes[place] * (earnings - self.starts[place]))
