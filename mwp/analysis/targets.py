"""What a reform is to reach, and what it does: targets held against exact schedules, and a reform's main figures.

A target is one of

- `metr<=0.70`: on no stretch of earnings is more than 70p of an extra pound lost. A cliff is no rate and counts apart;
- `ptr<=0.75`: nobody keeps less than 25% of the whole pay on moving into work (from `FIRST_PAY` pounds a month on,
  unless a range of earnings is named: a passport lost with the first penny would be a rate of thousands);
- `cliff<=20`: no penny of earnings leaves a household worse off by more than 20 pounds a month; `no_cliffs`: by any;
- `share(metr>0.70)<=5%`: no household loses more than 70p of the pound over more than 5% of its range.

All are of single households: a target holds where it holds for each of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from mwp.analysis.guarantee import NOBODY_SPECIAL, Standing, covers
from mwp.analysis.schedule import PENNY, Schedule
from mwp.analysis.sweep import EARNERS
from mwp.engine.simulation import Floats
from mwp.errors import InputError
from mwp.inputs.names import did_you_mean
from mwp.inputs.reform import Reform

Kind = Literal["metr", "ptr", "cliff", "share"]
Range = tuple[float, float]

FIRST_PAY = 100.0
"""Pounds a month from which the participation tax rate is judged, where no range of earnings is named."""
HIGH = 0.70
"""A METR above this is counted as high among a reform's main figures."""
WORTH_COUNTING = 1.0
"""Pounds a month: smaller cliffs, gains and losses are not counted among a reform's main figures."""
RATE_NOISE, POUND_NOISE = 1e-6, 0.005
_STEP = 5e-4

_NUMBER = r"(\d+(?:\.\d+)?)\s*(%?)"
_SIMPLE = re.compile(rf"(\w+)\s*<=?\s*{_NUMBER}")
_SHARE = re.compile(rf"share\s*\(\s*metr\s*>\s*{_NUMBER}\s*\)\s*<=?\s*{_NUMBER}")
_FORMS = ("metr<=0.70", "ptr<=0.75", "cliff<=20", "no_cliffs", "share(metr>0.70)<=5%")


@dataclass(frozen=True)
class Target:
    """Something that is to hold for every household: `kind` at most `limit`; for a share, of METRs above `above`."""

    kind: Kind
    limit: float
    above: float = 0.0

    def __str__(self) -> str:
        """The target as it would be written."""
        if self.kind == "share":
            return f"share(metr>{self.above:g})<={self.limit:g}"
        return "no_cliffs" if (self.kind, self.limit) == ("cliff", PENNY) else f"{self.kind}<={self.limit:g}"

    @property
    def in_pounds(self) -> bool:
        """Whether it is a limit in pounds a month, and not a share."""
        return self.kind == "cliff"

    def holds(self, amount: float) -> bool:
        """Whether an amount keeps to it, but for floating-point noise."""
        return amount <= self.limit + (POUND_NOISE if self.in_pounds else RATE_NOISE)

    def excess(self, amount: float) -> float:
        """How far an amount is beyond the limit, shares as they are and pounds in hundreds; nil or less: it holds."""
        over = (amount - self.limit) / (100.0 if self.in_pounds else 1.0)
        return min(over, 0.0) if self.holds(amount) else over


def parse_target(text: str) -> Target:
    """A target as it is written. Raises InputError."""
    told = " ".join(text.lower().split())
    if told.replace(" ", "_") == "no_cliffs":
        return Target("cliff", PENNY)
    if found := _SHARE.fullmatch(told):
        return _checked(Target("share", _share(found[3], found[4]), _share(found[1], found[2])), text)
    if found := _SIMPLE.fullmatch(told):
        for kind in ("metr", "ptr", "cliff"):
            if found[1] == kind:
                return _checked(Target(kind, _share(found[2], found[3])), text)
        hint = did_you_mean(found[1], ("metr", "ptr", "cliff", "no_cliffs"))
        raise InputError.of(f"There is no target called {found[1]}.{hint}", field=f"--target {text}")
    raise InputError.of(f"This is no target. Write one of {', '.join(_FORMS)}.", field=f"--target {text}")


def _share(number: str, percent: str) -> float:
    return float(number) / 100 if percent else float(number)


def _checked(target: Target, text: str) -> Target:
    most = 1_000_000.0 if target.in_pounds else 1.0 if target.kind == "share" else 2.0
    if target.limit > most or target.above > 2.0:
        raise InputError.of("Rates and shares are parts of a whole: write 0.70, or 70%.", field=f"--target {text}")
    return target


@dataclass(frozen=True)
class Worst:
    """The worst that any household meets: how much, whose it is, and at which earnings a month it begins."""

    amount: float
    household: str
    earner: str
    earnings: float

    @property
    def sort(self) -> tuple[float, str, str]:
        """The worst last; of equals, always the same one."""
        return self.amount, self.household, self.earner


class Lines:
    """A schedule's stretches as arrays."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.starts, self.ends, self.levels, self.slopes = np.array(
            [(one.start, one.end, one.at_start, one.slope) for one in schedule.stretches]
        ).T

    @cached_property
    def jumps(self) -> tuple[tuple[float, float, float], ...]:
        """Each cliff: the last penny before it, the first after, and what is lost."""
        return tuple((jump.before, jump.at, -jump.size) for jump in self.schedule.cliffs)

    def at(self, earnings: Floats) -> Floats:
        """The measure at many earnings."""
        place = np.maximum(np.searchsorted(self.starts, earnings + 1e-9, side="right") - 1, 0)
        return np.asarray(self.levels[place] + self.slopes[place] * (earnings - self.starts[place]))

    def cut(self, low: float, high: float) -> tuple[Floats, Floats, Floats]:
        """The segments inside a range: where each starts and ends there, and its slope."""
        starts, ends = np.maximum(self.starts, low), np.minimum(self.ends, high)
        inside = ends > starts
        return starts[inside], ends[inside], self.slopes[inside]

    def average(self, low: float, high: float) -> float:
        """The average of the measure over a range of earnings (its value, where the range is a point).

        Every line goes on until the next begins, over the open penny of a jump too: so two averages are of the same
        earnings wherever their jumps lie.
        """
        if high <= low:
            return float(self.at(np.array([low]))[0])
        edges = np.concatenate(([low], self.starts[(self.starts > low) & (self.starts < high)], [high]))
        return float(np.diff(edges) @ self.at((edges[:-1] + edges[1:]) / 2) / (high - low))


def worst(target: Target, lines: Sequence[Lines], where: Sequence[Sequence[Range]], named: bool = False) -> Worst:
    """The worst of each schedule over the ranges of earnings in which the target is to hold for it, and of all.

    `named` says that the ranges were asked for, and not the whole path. With no ranges at all, nothing is wrong.
    """
    found = []
    for one, ranges in zip(lines, where, strict=True):
        told = [of for low, high in ranges for of in _amounts(target, one, low, high, named)]
        if target.kind == "share" and ranges:
            told = [(sum(wide for wide, _ in told) / sum(high - low for low, high in ranges), told[0][1])]
        if told:
            amount, earnings = max(told, key=lambda pair: (pair[0], -pair[1]))
            schedule = one.schedule
            found.append(Worst(amount, schedule.household.name, EARNERS[schedule.path.adult], earnings))
    return max(found, key=lambda of: of.sort, default=Worst(0.0, "", "", 0.0))


def _amounts(target: Target, lines: Lines, low: float, high: float, named: bool) -> list[tuple[float, float]]:
    """Amounts and the earnings they are met at; for a share, pounds of earnings above the rate and where they begin."""
    if target.kind == "cliff":
        return [(size, before) for before, at, size in lines.jumps if low <= before and at <= high + PENNY / 2] or [
            (0.0, low)
        ]
    if target.kind == "ptr":
        return _participation(lines, low if named else max(low, FIRST_PAY), high)
    starts, ends, slopes = lines.cut(low, high)
    if not len(starts):
        return [(0.0, low)]
    metrs = 1.0 - slopes
    if target.kind == "metr":
        place = int(np.argmax(metrs.round(9)))
        return [(float(metrs[place]), float(starts[place]))]
    above = metrs > target.above + RATE_NOISE
    first = float(starts[above][0]) if above.any() else low
    return [(float((ends - starts)[above].sum()), first)]


def _participation(lines: Lines, low: float, high: float) -> list[tuple[float, float]]:
    """The worst participation tax rate: along a straight line it is worst at one of the ends."""
    starts, ends, slopes = lines.cut(max(low, PENNY), high)
    if not len(starts):
        return [(0.0, low)]
    out_of_work = lines.at(np.zeros(1))[0]
    there = lines.at(starts)
    rates = 1.0 - (np.concatenate((there, there + slopes * (ends - starts))) - out_of_work) / np.concatenate(
        (starts, ends)
    )
    place = int(np.argmax(rates.round(9)))
    return [(float(rates[place]), float(np.concatenate((starts, ends))[place]))]


def open_over(
    base: Schedule, reforms: Iterable[Reform], within: Range | None, standing: Standing = NOBODY_SPECIAL
) -> tuple[Range, ...]:
    """Where a target is to hold for a household: within the range asked for, and inside the gate of any guarantee.

    Nothing is promised outside a guarantee's scope and gate; who stands there is counted apart.
    """
    low, high = within or (0.0, base.path.to)
    ranges: list[Range] = [(low, min(high, base.path.to))]
    for reform in reforms:
        promise = reform.guarantee
        if promise is None:
            continue
        if not covers(reform.scope, base.household, standing):
            return ()
        gate = promise.gate
        if gate.universal_credit == "not_needed" or (gate.nes_placement and standing.nes_participant):
            continue
        award = _with_award(base)
        if gate.universal_credit == "last_six_periods":
            if standing.had_universal_credit is not None:
                award = [(0.0, base.path.to)] if standing.had_universal_credit else []
            award = [(award[0][0], base.path.to)] if award else []
        ranges = [(max(a, c), min(b, d)) for a, b in ranges for c, d in award if min(b, d) > max(a, c) + PENNY / 2]
    return tuple(pair for pair in ranges if pair[1] > pair[0])


def _with_award(schedule: Schedule) -> list[Range]:
    """Where along the path Universal Credit is in payment."""
    found: list[Range] = []
    for one in schedule.segments:
        level, slope = one.parts["universal_credit"], one.slopes["universal_credit"]
        if max(level, level + slope * (one.end - one.start)) > _STEP:
            if found and one.start <= found[-1][1] + PENNY + 1e-6:
                found[-1] = (found[-1][0], one.end)
            else:
                found.append((one.start, one.end))
    return found


# What a reform costs, and what it does


@dataclass(frozen=True)
class Band:
    """So large a share of earnings lies evenly between two amounts a month; a point where they are one."""

    low: float
    high: float
    share: float


def cost(before: Sequence[Lines], after: Sequence[Lines], bands: Sequence[Sequence[Band]]) -> float:
    """What households have more, pounds a month on average over the earnings that `bands` give for each of them."""
    found = [
        sum(band.share * (new.average(band.low, band.high) - old.average(band.low, band.high)) for band in own)
        for old, new, own in zip(before, after, bands, strict=True)
    ]
    return float(np.mean(found))


@dataclass(frozen=True)
class Effects:
    """What a set of rules does to the households, beside the law.

    `cost` is pounds a month a household over the stated earnings; `cliffs` how many of a pound or more a household has
    on average; `high_metr` the average share of the range on which more than 70p of a pound is lost; `metr`, `ptr` and
    `largest_cliff` the worst anywhere; `gainers` and `losers` the shares of the stated earnings at which households
    have a pound a month more or less; `higher_metr` the share of the range on which more of a pound is lost.
    """

    cost: float
    cliffs: float
    largest_cliff: Worst
    metr: Worst
    ptr: Worst
    high_metr: float
    gainers: float
    losers: float
    higher_metr: float


def effects(
    before: Sequence[Lines],
    after: Sequence[Lines],
    bands: Sequence[Sequence[Band]],
    where: Sequence[Sequence[Range]],
    named: bool = False,
) -> Effects:
    """A reform's main figures: rates and cliffs over the ranges `where`, money over the earnings of `bands`."""
    cliffs, high, higher, gains, losses = [], [], [], [], []
    for old, new, ranges, own in zip(before, after, where, bands, strict=True):
        cliffs.append(
            sum(
                size >= WORTH_COUNTING and any(low <= start and at <= end + PENNY / 2 for low, end in ranges)
                for start, at, size in new.jumps
            )
        )
        width = sum(end - low for low, end in ranges) or 1.0
        steep, more = 0.0, 0.0
        for low, end in ranges:
            starts, ends, slopes = new.cut(low, end)
            steep += float((ends - starts)[1.0 - slopes > HIGH + RATE_NOISE].sum())
            more += _where_steeper(old, new, low, end)
        high.append(steep / width)
        higher.append(more / width)
        gains.append(sum(band.share * _share_beyond(old, new, band, 1.0) for band in own))
        losses.append(sum(band.share * _share_beyond(old, new, band, -1.0) for band in own))
    return Effects(
        cost(before, after, bands),
        float(np.mean(cliffs)),
        worst(Target("cliff", 0.0), after, where, named),
        worst(Target("metr", 0.0), after, where, named),
        worst(Target("ptr", 0.0), after, where, named),
        float(np.mean(high)),
        float(np.mean(gains)),
        float(np.mean(losses)),
        float(np.mean(higher)),
    )


def _marks(old: Lines, new: Lines, low: float, high: float) -> Floats:
    edges = np.concatenate(([low, high], old.starts, old.ends, new.starts, new.ends))
    return np.unique(edges[(edges >= low) & (edges <= high)])


def _where_steeper(old: Lines, new: Lines, low: float, high: float) -> float:
    """Pounds of earnings on which more of an extra pound is lost than before."""
    marks = _marks(old, new, low, high)
    middles, widths = (marks[1:] + marks[:-1]) / 2, np.diff(marks)

    def slope(lines: Lines) -> Floats:
        place = np.maximum(np.searchsorted(lines.starts, middles, side="right") - 1, 0)
        return np.asarray(lines.slopes[place])

    return float(widths[(slope(new) < slope(old) - _STEP) & (widths > PENNY + 1e-9)].sum())


def _share_beyond(old: Lines, new: Lines, band: Band, sign: float) -> float:
    """The share of a band at which a household has a pound a month more (or, with sign -1, less) than before."""
    if band.high <= band.low:
        point = np.array([band.low])
        return float(sign * (new.at(point) - old.at(point))[0] >= WORTH_COUNTING)
    marks = _marks(old, new, band.low, band.high)
    widths = np.diff(marks)
    near = np.minimum(widths / 4, 1e-3)
    first, last = (sign * (new.at(at) - old.at(at)) for at in (marks[:-1] + near, marks[1:] - near))
    over_first, over_last = first - WORTH_COUNTING, last - WORTH_COUNTING
    crosses = (over_first >= 0) != (over_last >= 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(over_first >= 0, over_first, over_last) / np.abs(over_first - over_last)
    inside = np.where(crosses, part, (over_first >= 0).astype(float))
    return float((inside * widths).sum() / widths.sum())
