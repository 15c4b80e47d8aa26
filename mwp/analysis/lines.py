"""Straight lines and running maxima on the exact pieces of a schedule: the arithmetic under `guarantee`.

A schedule becomes pieces (closed stretches of earnings on which every component is a straight line), pieces are raised
to a curve, and become a schedule again. Between the pieces of a jump lies one open penny in which nothing is earned.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import ceil

import numpy as np

from mwp.analysis.measures import TOP_UP
from mwp.analysis.schedule import PENNY, Jump, Schedule, Segment, recovery
from mwp.engine.simulation import Floats

TINY = 1e-9  # pounds: less than this is floating-point noise, and no top-up
STEP = 5e-4  # pounds: as in the schedule, a smaller step at a penny is none
_FLAT = 1e-12  # slopes nearer than this are one


@dataclass(frozen=True)
class Piece:
    """A stretch on which every component is a straight line: levels at its start, slopes a pound. It may be a point."""

    start: float
    end: float
    levels: Floats
    slopes: Floats

    def at(self, earnings: float) -> Floats:
        return np.asarray(self.levels + self.slopes * (earnings - self.start))

    def cut(self, start: float, end: float) -> "Piece":
        return Piece(start, end, self.at(start), self.slopes)

    @property
    def level(self) -> float:
        return float(self.levels.sum())

    @property
    def slope(self) -> float:
        return float(self.slopes.sum())

    def line(self) -> "Line":
        return Line(self.start, self.level, self.slope)


@dataclass(frozen=True)
class Line:
    """A straight line from `start` on."""

    start: float
    level: float
    slope: float

    def at(self, earnings: float) -> float:
        return self.level + self.slope * (earnings - self.start)


@dataclass(frozen=True)
class Curve:
    """Straight lines one after another, each up to the start of the next."""

    lines: tuple[Line, ...]

    @cached_property
    def starts(self) -> list[float]:
        return [line.start for line in self.lines]

    def line(self, earnings: float) -> Line:
        return self.lines[max(0, bisect_right(self.starts, earnings + TINY) - 1)]

    @cached_property
    def _lines(self) -> tuple[Floats, Floats, Floats]:
        starts, levels, slopes = np.array([(one.start, one.level, one.slope) for one in self.lines]).T
        return starts, levels, slopes

    def over(self, beginning: Floats, at: Floats) -> Floats:
        """The levels at some points, each on the line that holds where its stretch is beginning."""
        starts, levels, slopes = self._lines
        place = np.maximum(np.searchsorted(starts, beginning + TINY, side="right") - 1, 0)
        return np.asarray(levels[place] + slopes[place] * (at - starts[place]))

    def within(self, start: float, end: float) -> list[float]:
        """Where a new line begins above `start` and up to `end`."""
        low, high = bisect_right(self.starts, start + TINY), bisect_right(self.starts, end + TINY)
        apart: list[float] = []
        for one in self.starts[low:high]:
            if not apart or one > apart[-1] + TINY:
                apart.append(min(one, end))
        return apart


NOWHERE = Curve((Line(0.0, -np.inf, 0.0),))


def running_maximum(stretches: Sequence[tuple[float, Line]], kept: float) -> Curve:
    """kept x e + sup over x <= e of [line(x) - kept x], for lines each up to its given end: itself a curve."""
    top, found = -np.inf, []
    for end, line in stretches:
        rise = line.slope - kept
        here = line.level - kept * line.start
        if abs(rise) < _FLAT:
            rise = 0.0
        if here >= top - TINY:
            top = max(top, here)
            found.append(line if rise > 0 else Line(line.start, top + kept * line.start, kept))
            top = max(top, here + rise * (end - line.start)) if rise > 0 else top
            continue
        found.append(Line(line.start, top + kept * line.start, kept))
        crosses = line.start + (top - here) / rise if rise > 0 else np.inf
        if crosses < end:
            found.append(Line(crosses, line.at(crosses), line.slope))
            top = here + rise * (end - line.start)
    return Curve(tuple(found))


def higher(one: Curve, other: Curve, end: float) -> Curve:
    """The higher of two curves at every point up to `end`."""
    starts = sorted({*one.starts, *other.starts})
    edges = np.array([*starts, max(end, starts[-1])])
    leads = [one.over(edges[:-1], at) - other.over(edges[:-1], at) for at in (edges[:-1], edges[1:])]
    if min(lead.min() for lead in leads) >= 0:
        return one
    if max(lead.max() for lead in leads) <= 0:
        return other
    found: list[Line] = []
    for start, stop in pairwise([*starts, end]):
        first, second = one.line(start), other.line(start)
        gap, bend = first.at(start) - second.at(start), first.slope - second.slope
        ahead, behind = (first, second) if gap > TINY or (abs(gap) <= TINY and bend >= 0) else (second, first)
        found.append(Line(start, ahead.at(start), ahead.slope))
        lead, closing = abs(gap), behind.slope - ahead.slope
        if lead > TINY and closing > _FLAT and start + lead / closing < stop - TINY:
            crosses = start + lead / closing
            found.append(Line(crosses, behind.at(crosses), behind.slope))
    return Curve(tuple(found))


# Pieces of a schedule, and back


def pieces_of(schedule: Schedule) -> tuple[tuple[str, ...], list[Piece]]:
    """The components' names, the top-up last, and the schedule's pieces, with the open penny of every jump between."""
    names = tuple(name for name in schedule.segments[0].slopes if name != TOP_UP)
    found = []
    for segment in schedule.segments:
        if segment.joins:
            continue
        levels = np.array([segment.parts[name] for name in names] + [segment.parts.get(TOP_UP, 0.0)])
        slopes = np.array([segment.slopes[name] for name in names] + [segment.slopes.get(TOP_UP, 0.0)])
        found.append(Piece(segment.start, segment.end, levels, slopes))
    return (*names, TOP_UP), found


def cut_at(pieces: Sequence[Piece], points: Sequence[float]) -> list[Piece]:
    """The same pieces, cut wherever one of the points lies inside."""
    ordered = sorted(points)
    found = []
    for piece in pieces:
        low, high = bisect_right(ordered, piece.start + TINY), bisect_left(ordered, piece.end - TINY)
        edges = [piece.start, *ordered[low:high], piece.end]
        found += [piece.cut(a, b) for a, b in pairwise(edges) if b > a + TINY or len(edges) == 2]
    return found


def above(piece: Piece, of: Callable[[Piece], Line], floor: Curve) -> list[tuple[Piece, float, float]]:
    """The piece cut where the floor bends or crosses it, with how far the floor is above it at the start, and rises."""
    found = []
    edges = [piece.start, *floor.within(piece.start, piece.end), piece.end]
    for start, end in pairwise(edges):
        if end <= start + TINY and not (piece.end <= piece.start + TINY or start >= piece.end - TINY):
            continue
        line, over = of(piece), floor.line(start)
        gap, rise = over.at(start) - line.at(start), over.slope - line.slope
        last = gap + rise * (end - start)
        if gap <= TINY and last <= TINY:
            found.append((piece.cut(start, end), 0.0, 0.0))
        elif gap >= -TINY and last >= -TINY:
            found.append((piece.cut(start, end), max(gap, 0.0), rise))
        else:
            crosses = start - gap / rise
            before, after = (gap, rise) if gap > 0 else (0.0, 0.0), (0.0, rise) if gap <= 0 else (0.0, 0.0)
            found += [(piece.cut(start, crosses), *before), (piece.cut(crosses, end), *after)]
    return found


def raised(pieces: Sequence[Piece], slot: int, of: Callable[[Piece], Line], floor: Curve) -> list[Piece]:
    """The pieces with one component raised by what the floor is above `of`."""
    found = []
    for piece in pieces:
        for part, gap, rise in above(piece, of, floor):
            levels, slopes = part.levels.copy(), part.slopes.copy()
            levels[slot] += gap
            slopes[slot] += rise
            found.append(Piece(part.start, part.end, levels, slopes))
    return merged(found)


def as_schedule(base: Schedule, names: tuple[str, ...], pieces: Sequence[Piece]) -> Schedule:
    """Segments and jumps from pieces: a fall that is made good becomes a segment of a penny, others stay jumps.

    On a measure other than the one guaranteed a fall is made good but for what slopes come to in a penny.
    """
    pieces = _on_pennies(merged(pieces))
    known = {round(jump.before / PENNY): jump for jump in base.jumps}
    segments, jumps = [_segment(names, pieces[0])], []
    for before, after in pairwise(pieces):
        width = after.start - before.end
        if width > TINY:
            last, change = before.at(before.end), after.levels - before.at(before.end)
            gap = change - before.slopes * width
            filled = float(gap[-1]) > STEP and abs(float(gap.sum())) <= 2 * PENNY
            if not filled and (float(gap.sum()) > STEP or float(change.sum()) < -TINY):
                jumps.append(_jump(names, before.end, after.start, gap, known.get(round(before.end / PENNY))))
            else:
                joining = Piece(before.end, after.start, last, change / width)
                segments.append(replace(_segment(names, joining), joins=True))
        segments.append(_segment(names, after))
    whole = replace(base, segments=tuple(segments), jumps=tuple(jumps))
    return replace(whole, jumps=tuple(replace(jump, recovers_at=recovery(whole, jump)) for jump in jumps))


def _segment(names: tuple[str, ...], piece: Piece) -> Segment:
    return Segment(
        piece.start,
        piece.end,
        piece.level,
        dict(zip(names, piece.slopes.tolist(), strict=True)),
        dict(zip(names, piece.levels.tolist(), strict=True)),
    )


def _jump(names: tuple[str, ...], before: float, at: float, gap: Floats, was: Jump | None) -> Jump:
    most = float(np.abs(gap).max())
    components = {name: float(size) for name, size in zip(names, gap, strict=True) if abs(size) > min(STEP, most / 2)}
    flipped, became = (was.flipped, was.became) if was else ((), ())
    return Jump(before, at, float(gap.sum()), components, flipped, None, became)


def merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that go on along the same lines, joined again."""
    found: list[Piece] = []
    for piece in pieces:
        one = found[-1] if found else None
        if one is not None and abs(piece.start - one.end) <= TINY and _same(piece.levels, one.at(piece.start), TINY):
            if piece.end <= piece.start + TINY:
                continue
            if one.end > one.start + TINY and _same(piece.slopes, one.slopes, _FLAT):
                found[-1] = replace(one, end=piece.end)
                continue
        found.append(piece)
    return found


def _same(some: Floats, others: Floats, within: float) -> bool:
    return bool(np.abs(some - others).max() < within)


def _on_pennies(pieces: Sequence[Piece]) -> list[Piece]:
    """Steps of the sum that lie at a point are moved between the two pennies around it."""
    found = [pieces[0]]
    for piece in pieces[1:]:
        before = found[-1]
        step = abs(piece.level - float(before.at(before.end).sum()))
        if abs(piece.start - before.end) > TINY or step <= STEP:
            if piece.end >= piece.start - TINY:
                found.append(piece)
            continue
        first = ceil(piece.start / PENNY - 1e-6) * PENNY
        if first > piece.end + TINY:
            continue
        found[-1] = replace(before, end=max(before.start, first - PENNY))
        found.append(piece.cut(first, piece.end))
    return found


def supremum(pieces: Sequence[Piece], kept: float) -> Curve:
    return running_maximum([(piece.end, piece.line()) for piece in pieces], kept)


def less(curve: Curve, slope: float, level: float) -> Curve:
    """The curve less a straight line of that slope and that level at no earnings."""
    return Curve(
        tuple(Line(one.start, one.level - level - slope * one.start, one.slope - slope) for one in curve.lines)
    )


def joined(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches that touch, or have only one open penny between them, as one."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1] + PENNY + TINY:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
