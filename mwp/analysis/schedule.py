"""Earnings schedules: what a household has at every pound of earnings, as exact pieces.

Along a declared path income is piecewise linear in monthly earnings, with jumps. This module finds the pieces, not a
grid: it evaluates a coarse grid of whole pennies, keeps looking wherever any component bends or jumps, down to a single
penny, and then says where two lines meet (a kink) or how far they are apart (a jump, a cliff where it is a fall).
Steps that are rounding in nature are smoothed (docs/measures.md), so slopes are exact.

Definitions: the marginal effective tax rate (METR) of a segment is one less the slope of the measure in gross earnings;
the dead zone of a cliff reaches from it to where the measure is back at what it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mwp.analysis.calculation import law_on
from mwp.analysis.measures import COMPONENTS, TOP_UP, Measure
from mwp.core.entities import Person
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.encode import encode
from mwp.engine.simulation import BLOCK_ROWS, Floats, Ints, Move, Moving, Rows, Terms
from mwp.engine.system import rule_graph
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.reform import Reform

Mode = Literal["hours", "wage", "hours_then_wage"]

PENNY = 0.01
_GRID = 1_000  # pennies between the points of the coarse grid
_AT_ONCE = 48  # households walked in one simulation: more do not fit the cache
_FINER = 40  # points put into an interval at each look
_BEND = 1e-6  # pounds: a second difference below this is floating-point noise
_STEP = 5e-4  # pounds: two lines further apart than this at a penny are a jump, not a kink


@dataclass(frozen=True)
class EarningsPath:
    """What moves as monthly earnings grow from nil to `to` (pounds a month), and whose earnings they are.

    - `hours`: weekly hours grow at a fixed hourly wage (childcare, travel and tests on hours follow);
    - `wage`: the hourly wage grows at fixed hours;
    - `hours_then_wage`: hours grow at the wage up to `hours`, then the wage grows.
    """

    adult: int = 0
    mode: Mode = "hours"
    wage: float = 0.0
    hours: float = 0.0
    to: float = 6_000.0

    def moves(self, earnings: Floats) -> dict[Move, Floats]:
        """The hours and the hourly wage at which those earnings are had; no stated pay beside them."""
        told = _told([self], np.zeros(len(earnings), dtype=np.intp), earnings)
        return {(self.adult, name): values for name, values in told.items()}

    def hours_at(self, earnings: float) -> float:
        """Weekly hours at those monthly earnings."""
        if self.mode == "hours":
            return float(earnings / (self.wage * WEEKS_A_MONTH))
        return float(self.moves(np.array([earnings]))[self.adult, "hours"][0])

    def check(self, household: Household) -> None:
        """Raise InputError where the path cannot be walked."""
        if self.adult >= len(household.adults):
            raise InputError.of("There is no partner in this household whose earnings could move.", field="earner")
        if self.mode != "wage" and self.wage <= 0:
            raise InputError.of("Give the hourly wage at which hours grow, as in --wage 12.71.", field="wage")
        if self.mode != "hours" and self.hours <= 0:
            raise InputError.of("Give the weekly hours at which the wage grows, as in --hours 16.", field="hours")
        if not 0 < self.to <= 1_000_000:
            raise InputError.of("Earnings go up to between 0 and 1,000,000 pounds a month.", field="to")


def _told(paths: Sequence[EarningsPath], homes: Ints, earnings: Floats) -> dict[str, Floats]:
    """Hours, hourly wage and stated pay along each household's own path."""
    wage, full_hours = (np.array([getattr(path, name) for path in paths])[homes] for name in ("wage", "hours"))
    mode = np.array([path.mode for path in paths])[homes]
    full = full_hours * WEEKS_A_MONTH
    with np.errstate(divide="ignore", invalid="ignore"):
        by_hours, by_wage = earnings / (wage * WEEKS_A_MONTH), earnings / full
    wage_moves = (mode == "wage") | ((mode == "hours_then_wage") & (earnings > full * wage))
    works = np.where(earnings > 0, full_hours, 0.0)
    return {
        "hours": np.where(wage_moves, works, by_hours),
        "hourly_wage": np.where(wage_moves, by_wage, wage),
        "stated_pay": np.zeros(len(earnings)),
    }


def at_earnings(household: Household, path: EarningsPath, earnings: float) -> Household:
    """The household with the path's earner at those monthly earnings."""
    moves = path.moves(np.array([earnings]))
    hours, wage = (float(moves[path.adult, name][0]) for name in ("hours", "hourly_wage"))
    changed = household.adults[path.adult].model_copy(
        update={"hours": hours, "hourly_wage": wage or None, "earnings": None}
    )
    adults = tuple(changed if slot == path.adult else adult for slot, adult in enumerate(household.adults))
    return household.model_copy(update={"adults": adults})


@dataclass(frozen=True)
class Segment:
    """A stretch on which everything is a straight line: from, to (pounds of earnings a month), and its slopes.

    `parts` are the components at its start, signed, so that they add up to the measure there. One that `joins` is the
    open penny between the two sides of a jump that is made good: nothing is earned there, so no average counts it.
    """

    start: float
    end: float
    at_start: float
    slopes: Mapping[str, float]
    parts: Mapping[str, float] = field(default_factory=dict)
    joins: bool = False

    @property
    def slope(self) -> float:
        """Pounds kept of each extra pound."""
        return sum(self.slopes.values())

    @property
    def metr(self) -> float:
        """The marginal effective tax rate: the share of an extra pound that is not kept."""
        return 1.0 - self.slope

    def value(self, earnings: float) -> float:
        """The measure at those earnings, on this line."""
        return self.at_start + self.slope * (earnings - self.start)


@dataclass(frozen=True)
class Jump:
    """A sudden change between two pennies of earnings: `before` is the last on the old side, `at` the first after.

    `size` is in pounds a month, negative for a cliff; `components` splits it; `flipped` are the facts that changed, and
    `became` says of each whether it holds from there on.
    """

    before: float
    at: float
    size: float
    components: Mapping[str, float]
    flipped: tuple[str, ...]
    recovers_at: float | None = None
    became: tuple[bool, ...] = ()

    @property
    def is_cliff(self) -> bool:
        """Whether the household has less after it."""
        return self.size < 0

    @property
    def cause(self) -> str:
        """The component that changes most; what a guarantee adds only where nothing else does."""
        own = [name for name in self.components if name != TOP_UP] or list(self.components)
        return max(own, key=lambda name: abs(self.components[name]))

    @property
    def citation(self) -> str:
        """The law behind the fact that flipped, or behind the component that changed.

        A fact that reaches the component only by way of another (Universal Credit's end takes a passport away) is not
        the passport's own law.
        """
        if self.cause == TOP_UP:
            return ""
        rules, own = rule_graph().rules, _own_rules(self.cause)
        for name in (*(fact for fact in self.flipped if fact in own), self.cause, *self.flipped):
            if rules[name].cites:
                return rules[name].cites
        return ""

    @property
    def dead_zone(self) -> float | None:
        """Pounds of earnings from the cliff until as much is in hand again; None where that is beyond the range."""
        return None if self.recovers_at is None else self.recovers_at - self.before


@dataclass(frozen=True)
class Schedule:
    """One household's measure over a range of one adult's earnings: segments and jumps, in order."""

    household: Household
    path: EarningsPath
    measure: Measure
    segments: tuple[Segment, ...]
    jumps: tuple[Jump, ...]
    on: date
    reforms: tuple[Reform, ...] = field(default=())

    @cached_property
    def _starts(self) -> NDArray[np.float64]:
        return np.array([segment.start for segment in self.segments])

    def segment_at(self, earnings: float) -> Segment:
        """The segment that holds at those earnings (the later one at a kink).

        Inside the open penny of a jump it is the one after: 16 hours at 12.71 pounds are 881.2266... a month, and what
        16 hours bring is there, though 881.22 is not enough.
        """
        place = max(0, int(np.searchsorted(self._starts, earnings + 1e-9, side="right")) - 1)
        in_a_jump = earnings > self.segments[place].end + 1e-9 and place + 1 < len(self.segments)
        return self.segments[place + in_a_jump]

    def value(self, earnings: float) -> float:
        """The measure at those earnings, pounds a month."""
        return self.segment_at(earnings).value(earnings)

    def parts(self, earnings: float) -> dict[str, float]:
        """Every component at those earnings, signed, pounds a month: they add up to the measure."""
        segment = self.segment_at(earnings)
        return {
            name: level + segment.slopes[name] * (earnings - segment.start) for name, level in segment.parts.items()
        }

    def metr(self, earnings: float) -> float:
        """The marginal effective tax rate just above those earnings."""
        return self.segment_at(earnings).metr

    @cached_property
    def stretches(self) -> tuple[Segment, ...]:
        """The segments along which something is earned: no single points, no penny that joins the sides of a jump."""
        return tuple(one for one in self.segments if one.end > one.start and not one.joins)

    @property
    def cliffs(self) -> tuple[Jump, ...]:
        """The jumps that leave less."""
        return tuple(jump for jump in self.jumps if jump.is_cliff)

    def next_cliff(self, earnings: float) -> Jump | None:
        """The first cliff above those earnings."""
        return next((jump for jump in self.cliffs if jump.at > earnings + PENNY / 2), None)


def schedules(
    households: Sequence[Household],
    path: EarningsPath | Sequence[EarningsPath],
    on: date,
    reforms: Sequence[Reform] = (),
    measure: Measure = "net_income",
    valuation: Valuation = CENTRAL,
) -> list[Schedule]:
    """The schedules of many households at once, each along its own path. Raises InputError for one nobody can walk."""
    return schedules_by_measure(households, path, on, reforms, (measure,), valuation)[measure]


def schedules_by_measure(
    households: Sequence[Household],
    path: EarningsPath | Sequence[EarningsPath],
    on: date,
    reforms: Sequence[Reform] = (),
    measures: Sequence[Measure] = ("net_income",),
    valuation: Valuation = CENTRAL,
) -> dict[Measure, list[Schedule]]:
    """The same on several measures at once: the rules are run once for all of them together."""
    paths = [path] * len(households) if isinstance(path, EarningsPath) else list(path)
    if len(paths) != len(households):
        raise ValueError("Each household needs its own path, or all of them one.")
    told: dict[Measure, list[Schedule]] = {measure: [] for measure in measures}
    for start in range(0, len(households), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        walk = _Walk(households[some], paths[some], on, reforms, measures, valuation)
        for home in range(len(walk.paths)):
            points = walk.found(home)
            for measure, every in told.items():
                every.append(_pieces(walk, measure, home, *points))
    return told


@dataclass(frozen=True)
class EveryPenny:
    """A schedule held against the rules themselves at every penny of its range.

    Under a guarantee `worst` is of the rules' part, and `guarantee_worst` the most by which what is added lies above
    its definition, which looks at whole pennies only (a penny and more for anything that lies below it).
    """

    pennies: int
    worst: float
    worst_at: float
    guarantee_worst: float | None = None
    guarantee_worst_at: float | None = None

    @property
    def agrees(self) -> bool:
        """Whether the pieces are right everywhere, to a hundredth of a penny; a guarantee's part to a penny."""
        return self.worst < PENNY / 100 and (self.guarantee_worst is None or self.guarantee_worst < PENNY)


def every_penny(schedule: Schedule, valuation: Valuation = CENTRAL) -> EveryPenny:
    """Work the measure out at every penny from nil to the end of the range, and compare it with the pieces."""
    one = [schedule.household], [schedule.path], schedule.on, schedule.reforms, [schedule.measure], valuation
    walk = _Walk(*one, look=False)
    last = round(schedule.path.to / PENNY)
    starts = np.array([segment.start for segment in schedule.segments])
    at_start = np.array([segment.at_start for segment in schedule.segments])
    slopes = np.array([segment.slope for segment in schedule.segments])
    worst, worst_at = 0.0, 0.0
    for first in range(0, last + 1, BLOCK_ROWS):
        pennies = np.arange(first, min(first + BLOCK_ROWS, last + 1))
        there = walk.measured(np.zeros(len(pennies), dtype=np.intp), pennies)
        earnings = pennies * PENNY
        piece = np.maximum(np.searchsorted(starts, earnings + PENNY / 1e4, side="right") - 1, 0)
        apart = np.abs(at_start[piece] + slopes[piece] * (earnings - starts[piece]) - there)
        if apart.max() > worst:
            worst, worst_at = float(apart.max()), float(earnings[int(apart.argmax())])
    return EveryPenny(last + 1, worst, worst_at)


class _Walk:
    """Every household's components at the pennies looked at so far."""

    def __init__(
        self,
        households: Sequence[Household],
        paths: Sequence[EarningsPath],
        on: date,
        reforms: Sequence[Reform],
        measures: Sequence[Measure],
        valuation: Valuation,
        look: bool = True,
    ) -> None:
        for household, path in zip(households, paths, strict=True):
            path.check(household)
        self.households, self.paths, self.on = households, paths, on
        self.reforms = tuple(reforms)
        self.signs = {name: sign for measure in measures for name, sign in COMPONENTS[measure].items()}
        moves = [(a, n) for a in (0, 1) for n in ("hours", "hourly_wage", "stated_pay")]
        moved = rule_graph().moved_by([name for _, name in moves])
        rules = rule_graph().rules
        self.facts = tuple(n for n, r in rules.items() if n in moved and r.unit == "bool" and r.kind != "given")
        self.fact_names = [n for n in self.facts for _ in range(2 if rules[n].entity is Person else 1)]
        self.table = encode(households, on)
        terms = Terms(law_on(on, reforms), valuation=valuation)
        self.moving = Moving(self.table, terms, (*self.signs, *self.facts) if look else self.signs, moves)
        self.own = {move: self._as_told(*move) for move in moves}
        self.earner = np.array([path.adult for path in paths])
        if look:
            self._look()

    def _as_told(self, adult: int, name: str) -> Floats:
        told = self.table.each_adult(self.table.columns[name])
        return np.asarray(told[adult])

    def _look(self) -> None:
        """The coarse grid, then finer and finer wherever something bends, down to the penny.

        After the first look only the new points and their neighbours are held against each other: elsewhere nothing
        has changed since the last look.
        """
        homes, pennies = [], []
        for home, path in enumerate(self.paths):
            last = round(path.to / PENNY)
            grid = np.unique(np.concatenate(([0, 1], np.arange(_GRID, last, _GRID), [last])))
            pennies.append(grid)
            homes.append(np.full(len(grid), home))
        looked = _Looked(np.concatenate(homes), np.concatenate(pennies))
        looked.add(*self._at(looked.homes, looked.pennies))
        while True:
            more = looked.where_it_bends()
            if not len(more[0]):
                break
            looked.insert(*more, *self._at(*more))
        self.homes, self.pennies, self.values, self.flags = looked.in_order()
        self.starts = np.searchsorted(self.homes, np.arange(len(self.paths) + 1))

    def _at(self, homes: Ints, pennies: Ints) -> tuple[Floats, NDArray[np.bool_]]:
        """Signed components (components, rows) and facts (facts of each adult, rows) at whole pennies of earnings."""
        found = self._rows(homes, pennies)
        values = np.empty((len(self.signs), len(homes)))
        for row, (name, sign) in zip(values, self.signs.items(), strict=True):
            np.multiply(found.amounts[name], sign, out=row)
        flags = np.empty((len(self.fact_names), len(homes)), dtype=bool)
        slot = 0
        for name in self.facts:
            for told in found.adults[name] if name in found.adults else (found.amounts[name],):
                flags[slot] = told
                slot += 1
        return values, flags

    def measured(self, homes: Ints, pennies: Ints) -> Floats:
        """The measure alone, at whole pennies of earnings."""
        found = self._rows(homes, pennies).amounts
        return np.asarray(sum(sign * found[name] for name, sign in self.signs.items()))

    def _rows(self, homes: Ints, pennies: Ints) -> Rows:
        moves = {}
        told = _told(self.paths, homes, np.asarray(pennies * PENNY, dtype=np.float64))
        for (adult, name), own in self.own.items():
            moves[adult, name] = np.where(self.earner[homes] == adult, told[name], own[homes])
        return self.moving.at(homes, moves)

    def found(self, home: int) -> tuple[Ints, Floats, NDArray[np.bool_]]:
        """One household's pennies, components and facts."""
        mine = slice(self.starts[home], self.starts[home + 1])
        return self.pennies[mine], self.values[:, mine], self.flags[:, mine]


class _Looked:
    """The points looked at so far, in order of household and earnings, and where to look next.

    What was found stands in columns in the order it came; `column` tells each point's. `changed` are the points (by
    place) whose neighbours are not what they were at the last look.
    """

    def __init__(self, homes: Ints, pennies: Ints) -> None:
        self.homes, self.pennies = homes, pennies
        self.column = np.arange(len(homes))
        self.changed = np.arange(len(homes))
        self.values: list[Floats] = []
        self.flags: list[NDArray[np.bool_]] = []

    def add(self, values: Floats, flags: NDArray[np.bool_]) -> None:
        self.values.append(values)
        self.flags.append(flags)

    def insert(self, homes: Ints, pennies: Ints, values: Floats, flags: NDArray[np.bool_]) -> None:
        """More points, between those there are."""
        old = len(self.homes)
        order = np.lexsort((np.concatenate((self.pennies, pennies)), np.concatenate((self.homes, homes))))
        self.homes, self.pennies = (
            np.concatenate((self.homes, homes))[order],
            np.concatenate((self.pennies, pennies))[order],
        )
        self.column = np.concatenate((self.column, old + np.arange(len(homes))))[order]
        near = _near(order >= old, 1)
        self.changed = np.flatnonzero(near)
        self.add(values, flags)

    def _columns(self, parts: Sequence[NDArray[Any]], at: Ints) -> NDArray[Any]:
        """What was found at points told by their place; only what was found for them is copied."""
        column = self.column[at]
        edges = np.cumsum([0, *(part.shape[1] for part in parts)])
        if len(parts) == 1:
            whole = len(column) == edges[-1] and column[0] == 0 and column[-1] == edges[-1] - 1
            return parts[0] if whole else np.take(parts[0], column, axis=1)
        found = np.empty((len(parts[0]), len(at)), dtype=parts[0].dtype)
        for part, low, high in zip(parts, edges[:-1], edges[1:], strict=True):
            there = np.flatnonzero((column >= low) & (column < high))
            if len(there):
                found[:, there] = np.take(part, column[there] - low, axis=1)
        return found

    def where_it_bends(self) -> tuple[Ints, Ints]:
        """Pennies to look at next: inside every interval, wider than a penny, that may hold a bend or a jump."""
        some = np.zeros(len(self.homes), dtype=bool)
        some[self.changed] = True
        at = np.flatnonzero(_near(some, 2))
        homes, pennies = self.homes[at], self.pennies[at]
        values, flags = self._columns(self.values, at), self._columns(self.flags, at)
        values, flags = values[values.any(axis=1)], flags[flags.any(axis=1) & ~flags.all(axis=1)]
        width = np.diff(pennies)
        inside = (np.diff(homes) == 0) & (np.diff(at) == 1)
        slope = np.diff(values, axis=1) / np.where(inside, width, 1)
        bends = np.zeros(len(pennies), dtype=bool)
        narrower = np.where(inside[1:] & inside[:-1], np.minimum(width[1:], width[:-1]), 0)
        bent = np.diff(slope, axis=1)
        np.abs(bent, out=bent)
        bent *= narrower
        bends[1:-1] = (bent > _BEND).any(axis=0)
        flips = (flags[:, 1:] != flags[:, :-1]).any(axis=0)
        suspect = np.flatnonzero(inside & (width > 1) & (bends[1:] | bends[:-1] | flips))
        start, wide = pennies[suspect], width[suspect]
        steps = np.minimum(_FINER, wide)
        of = np.repeat(np.arange(len(suspect)), steps - 1)
        nth = np.arange(len(of)) - np.repeat(np.cumsum(steps - 1) - (steps - 1), steps - 1) + 1
        return homes[suspect][of], start[of] + nth * wide[of] // steps[of]

    def in_order(self) -> tuple[Ints, Ints, Floats, NDArray[np.bool_]]:
        """Every point and what was found there."""
        every = np.arange(len(self.homes))
        return self.homes, self.pennies, self._columns(self.values, every), self._columns(self.flags, every)


def _near(chosen: NDArray[np.bool_], steps: int) -> NDArray[np.bool_]:
    """The chosen points and so many before and after each."""
    near = chosen.copy()
    for step in range(1, steps + 1):
        near[step:] |= chosen[:-step]
        near[:-step] |= chosen[step:]
    return near


def _pieces(
    walk: _Walk, measure: Measure, home: int, pennies: Ints, values: Floats, flags: NDArray[np.bool_]
) -> Schedule:
    """Segments and jumps from one household's components at the pennies that were looked at."""
    names = tuple(COMPONENTS[measure])
    if names != tuple(walk.signs):
        slots = {name: slot for slot, name in enumerate(walk.signs)}
        values = values[[slots[name] for name in names]]
    runs = _runs(pennies, values)
    lines = [(first, last, _slope(pennies, values, first, last)) for first, last in runs]
    segments: list[Segment] = []
    jumps: list[Jump] = []
    start = float(pennies[0])
    for place, (first, last, slope) in enumerate(lines):
        end = float(pennies[last])
        following = lines[place + 1] if place + 1 < len(lines) else None
        next_start = end
        if following:
            next_first, _, next_slope = following
            gap = values[:, next_first] - values[:, last] - slope * (pennies[next_first] - end)
            width = float(pennies[next_first] - end)
            bend = next_slope - slope
            if width and (np.abs(gap) <= np.abs(bend) * width + _STEP).all():
                widest = int(np.argmax(np.abs(bend)))
                end = next_start = float(pennies[next_first]) - (gap[widest] / bend[widest] if bend[widest] else 0.0)
            elif width:
                next_start = float(pennies[next_first])
                flipped = flags[:, last] != flags[:, next_first]
                jumps.append(_jump(walk, names, end, next_start, gap, flipped, flags[:, next_first]))
        at_start = values[:, first] + slope * (start - pennies[first])
        segments.append(
            Segment(
                float(start * PENNY),
                float(end * PENNY),
                float(at_start.sum()),
                dict(zip(names, (slope / PENNY).tolist(), strict=True)),
                dict(zip(names, at_start.tolist(), strict=True)),
            )
        )
        start = next_start
    whole = Schedule(
        walk.households[home], walk.paths[home], measure, tuple(segments), tuple(jumps), walk.on, walk.reforms
    )
    return replace(whole, jumps=tuple(replace(jump, recovers_at=recovery(whole, jump)) for jump in jumps))


def _runs(pennies: Ints, values: Floats) -> list[tuple[int, int]]:
    """Stretches of points (first, last) on one straight line; single pennies between two lines are left out.

    The very first point stands for itself where work of a single penny already changes something.
    """
    width = np.diff(pennies)
    slope = np.diff(values, axis=1) / width
    differ = np.abs(np.diff(slope, axis=1)) * np.minimum(width[1:], width[:-1])
    same = np.asarray(differ.max(axis=0) <= _BEND)
    runs: list[tuple[int, int]] = []
    first = 0
    for interval in range(len(width)):
        if interval < len(same) and same[interval]:
            continue
        if first != interval or width[interval] > 1:
            runs.append((first, interval + 1))
        elif interval == 0:
            runs.append((0, 0))
        first = interval + 1
    return runs


@lru_cache(maxsize=256)
def _own_rules(component: str) -> frozenset[str]:
    """The rules behind a component, those that it shares with another component it looks at left out."""
    rules, others = rule_graph().rules, {name for parts in COMPONENTS.values() for name in parts}
    found: set[str] = set()
    waiting = list(rules[component].inputs)
    while waiting:
        name = waiting.pop()
        if name not in found and name not in others:
            found.add(name)
            waiting.extend(rules[name].inputs)
    return frozenset(found)


@lru_cache(maxsize=256)
def _behind(component: str) -> tuple[str, ...]:
    """Every rule that a component rests on, in order of calculation."""
    return rule_graph().needed_for([component])


def _slope(pennies: Ints, values: Floats, first: int, last: int) -> Floats:
    """Pounds a penny of earnings, by component, over the whole run."""
    if first == last:
        return np.zeros(len(values))
    return np.asarray((values[:, last] - values[:, first]) / (pennies[last] - pennies[first]))


def _jump(
    walk: _Walk,
    names: tuple[str, ...],
    before: float,
    at: float,
    gap: Floats,
    flipped: NDArray[np.bool_],
    holds: NDArray[np.bool_],
) -> Jump:
    components = {name: float(size) for name, size in zip(names, gap, strict=True) if abs(size) > _STEP}
    cause = max(components, key=lambda name: abs(components[name]))
    behind = _behind(cause)
    facts = {name: bool(now) for name, changed, now in zip(walk.fact_names, flipped, holds, strict=True) if changed}
    nearest_first = tuple(name for name in reversed(behind) if name in facts)
    became = tuple(facts[name] for name in nearest_first)
    return Jump(float(before * PENNY), float(at * PENNY), float(gap.sum()), components, nearest_first, None, became)


def recovery(whole: Schedule, jump: Jump) -> float | None:
    """The first earnings above a cliff at which as much is in hand as before it."""
    if not jump.is_cliff:
        return None
    level = whole.segments[-1].value(jump.before)
    for segment in whole.segments:
        if segment.end <= jump.before + PENNY / 2:
            level = segment.value(min(segment.end, jump.before))
            continue
        if segment.start >= jump.at - PENNY / 2:
            if segment.at_start >= level:
                return segment.start
            if segment.slope > 0 and segment.value(segment.end) >= level:
                return float(segment.start + (level - segment.at_start) / segment.slope)
    return None
