"""Reforms side by side with current law: what each household would have, what it costs, and which cliffs are left.

Every column (current law first, then each reform, or several laid over each other) is an exact schedule along one path
of earnings, so every average here is an integral over pieces and not over a sample of points. Definitions:

- **Gain**: the measure under the reform less the measure under current law, at the same earnings; at a job of so many
  hours, at the same hours (a reform of the minimum wage then brings pay too). Pounds a month.
- **Cost**: the change of what the public purse pays a household, at the same earnings: benefits, tax credits for
  childcare and passported help at its value, less taxes, National Insurance and student loan repayments, and the
  top-up of a guarantee. It is split by component, and the components add up to it. Not counted: what anyone would do
  differently, employers' pay and contributions, administration, and taxes on spending.
- **Averages along the range** weigh every pound of earnings from nil to the end of the range alike, and every household
  alike. They say what a rule does over the range; they are not a forecast, for nobody is spread evenly over it.
- **Average METR**: over the straight stretches, each by its length; sudden steps are no rate and are counted as cliffs.
- **Worst PTR**: the largest at any earnings of 100 pounds a month or more; below that a single cost of work swamps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mwp.analysis import documents
from mwp.analysis.distribution import WORTH_COUNTING, one_household
from mwp.analysis.distribution import OneHousehold as Spread
from mwp.analysis.guarantee import NOBODY_SPECIAL, Standing
from mwp.analysis.guarantee_couples import Couple
from mwp.analysis.incentives import average_metr
from mwp.analysis.lines import STEP
from mwp.analysis.measures import COMPONENTS, TOP_UP, Measure
from mwp.analysis.schedule import PENNY, EarningsPath, Jump, Schedule, schedules_by_measure
from mwp.analysis.sweep import Choice, Sweep, paths_of, rests_on
from mwp.analysis.top_ups import couples_under, joint_design, promises_on
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.simulation import Floats
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.reform import Reform

SCHEMA = "mwp.compare/1"
LAW = "current_law"
DEFAULT_MEASURE: Measure = "net_resources_after_childcare"
WORTH_SAYING = WORTH_COUNTING
"""Pounds a month: who has less than this more or less than now neither gains nor loses."""
HOURS = (16.0, 30.0, 37.5)
"""Weekly hours at which jobs are compared where nothing else is asked for."""
EARNINGS = (500.0, 1_000.0, 2_000.0, 3_000.0)
"""Monthly earnings at which they are where it is the wage that grows."""
BAND = 500.0
"""Pounds a month: how wide the bands of gross pay are in which gains are averaged."""
PTR_FROM = 100.0
"""Pounds a month: the least earnings at which a participation tax rate is looked for."""
NOT_THE_PURSE = frozenset({
    "gross_pay", "salary_sacrifice", "employee_pension_contribution", "maintenance", "child_maintenance",
    "childcare_charges", "work_costs",
})  # fmt: skip
"""Components that somebody other than the public purse pays or is paid."""

_EVERYTHING: Measure = "net_after_work_costs"
_PURSE = (*(name for name in COMPONENTS[_EVERYTHING] if name not in NOT_THE_PURSE), TOP_UP)
_NARROW = 1.5 * PENNY
_SAME_RATE = 5e-4
_NIL = 0.005
_NOISE = 1e-9  # pounds: less than this is floating-point noise


@dataclass(frozen=True)
class Laid:
    """A column: current law, or one reform, or several laid over each other in order."""

    name: str
    title: str
    reforms: tuple[Reform, ...] = ()


CURRENT_LAW = Laid(LAW, "Current law")


def laid_over(reforms: Sequence[Reform]) -> Laid:
    """The reforms as one column. Their names and titles are joined."""
    return Laid("+".join(one.name for one in reforms), " with ".join(one.title for one in reforms), tuple(reforms))


@dataclass(frozen=True)
class At:
    """Where jobs are compared: weekly hours at the path's wage, or monthly earnings."""

    hours: float | None = None
    earnings: float | None = None

    @property
    def key(self) -> str:
        """A short name: 16h, or 1200."""
        return f"{self.hours:g}h" if self.hours is not None else f"{self.earnings:.12g}"


_AT = re.compile(r"£?\s*(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<hours>h|hours?|hrs?)?(?:\s*/\s*(?:week|month))?")


def parse_at(told: str) -> At:
    """A job to compare at: "16h", or monthly earnings as "1200". Raises InputError."""
    found = _AT.fullmatch(told.strip().lower())
    if not found:
        raise InputError.of(f"{told} is no job to compare at. Give hours a week as 16h, or pounds a month as 1200.",
                            field="--at")  # fmt: skip
    number = float(found["number"].replace(",", ""))
    most = 112.0 if found["hours"] else 1_000_000.0
    if number > most:
        raise InputError.of(f"{told} is out of range: give up to {most:,.0f}.", field="--at")
    return At(hours=number) if found["hours"] else At(earnings=number)


@dataclass(frozen=True)
class Point:
    """One job under one column: pounds a month, `gain` and `cost` against current law in the same job.

    `ptr` is None out of work. `cost_by` splits the cost by component; parts that do not change are left out.
    """

    key: str
    hours: float | None
    earnings: float
    left: float
    metr: float
    ptr: float | None
    gain: float
    cost: float
    cost_by: Mapping[str, float]


Kind = Literal["unchanged", "moved", "shrunk", "grown", "removed", "beyond", "new"]
KINDS: tuple[Kind, ...] = ("removed", "beyond", "shrunk", "moved", "grown", "new", "unchanged")


@dataclass(frozen=True)
class CliffChange:
    """A cliff under current law (`before`) and under a column (`after`), either of which may not be there.

    `moved` is to other earnings, with whatever size; `shrunk` and `grown` stay where they are; `beyond`: Universal
    Credit lasts past the end of the range, and what was lost with it may be lost there; `made_good`: a top-up is paid.
    """

    kind: Kind
    before: Jump | None
    after: Jump | None
    made_good: bool = False

    @property
    def at(self) -> float:
        """Where it is, or was."""
        return self.after.at if self.after else self.before.at if self.before else 0.0


@dataclass(frozen=True)
class RateChange:
    """A stretch of earnings on which more (or less) of an extra pound is lost than under current law."""

    start: float
    end: float
    before: float
    after: float


@dataclass(frozen=True)
class Band:
    """Gains over a band of gross pay: `weight` is how much of it counts (pounds; 1 a household at no pay at all)."""

    start: float
    end: float
    weight: float
    gaining: float
    losing: float
    total: float

    @property
    def gain(self) -> float:
        """The average gain, pounds a month."""
        return self.total / self.weight if self.weight else 0.0

    @property
    def share_gaining(self) -> float:
        """The share of the band in which more than a pound a month is gained."""
        return self.gaining / self.weight if self.weight else 0.0

    @property
    def share_losing(self) -> float:
        """The share of the band in which more than a pound a month is lost."""
        return self.losing / self.weight if self.weight else 0.0

    def with_(self, other: Band) -> Band:
        """Both together."""
        return Band(
            self.start, self.end, self.weight + other.weight, self.gaining + other.gaining,
            self.losing + other.losing, self.total + other.total,
        )  # fmt: skip


@dataclass(frozen=True)
class Under:
    """One household under one column: its schedule, and what it changes against current law.

    `cost` is the average along the range; `most_gained` and `most_lost` are (pounds a month, at which earnings).
    """

    laid: Laid
    sweep: Sweep
    spread: Spread
    average_metr: float
    worst_ptr: tuple[float, float] | None
    points: tuple[Point, ...]
    cliffs: tuple[CliffChange, ...]
    higher: tuple[RateChange, ...]
    lower: tuple[RateChange, ...]
    bands: tuple[Band, ...]
    gains: float
    loses: float
    gain: float
    most_gained: tuple[float, float]
    most_lost: tuple[float, float]
    cost: float
    cost_by: Mapping[str, float]

    @property
    def unchanged(self) -> float:
        """The share of the range on which nothing changes by more than a pound a month."""
        return max(0.0, 1.0 - self.gains - self.loses)

    @property
    def nothing_changes(self) -> bool:
        """Whether no more than a pound a month is gained or lost anywhere along the range."""
        return self.most_gained[0] <= WORTH_SAYING and self.most_lost[0] >= -WORTH_SAYING

    @property
    def above_70(self) -> float:
        """The share of the range on which more than 70p of an extra pound is lost."""
        return sum(self.spread.shares[3:])

    @property
    def to_higher(self) -> float:
        """The share of the range that is moved to a higher METR."""
        return sum(one.end - one.start for one in self.higher) / self.sweep.path.to

    def point(self, key: str) -> Point | None:
        """The job of that name, where it lies within the range."""
        return next((one for one in self.points if one.key == key), None)

    @property
    def now(self) -> Point | None:
        """At present earnings; None where they lie beyond the range."""
        return self.point("now")

    def counted(self, kind: Kind) -> int:
        """How many cliffs of a pound a month or more that happens to."""
        return sum(one.kind == kind and _worth_counting(one) for one in self.cliffs)


def _worth_counting(change: CliffChange) -> bool:
    return any(jump and jump.size <= -WORTH_COUNTING for jump in (change.before, change.after))


@dataclass(frozen=True)
class Stretch:
    """A stretch of earnings with each column's METR on it."""

    start: float
    end: float
    metrs: tuple[float, ...]


@dataclass(frozen=True)
class OneHousehold:
    """One household in every column, current law first."""

    household: Household
    family: str
    path: EarningsPath
    columns: tuple[Under, ...]
    stretches: tuple[Stretch, ...]

    @property
    def law(self) -> Under:
        """Under current law."""
        return self.columns[0]


FAMILIES = ("single person", "lone parent", "couple without children", "couple with children")


def family_of(household: Household) -> str:
    """The kind of family: how many adults, and whether there are children."""
    single = len(household.adults) == 1
    if household.children:
        return FAMILIES[1] if single else FAMILIES[3]
    return FAMILIES[0] if single else FAMILIES[2]


@dataclass(frozen=True)
class Group:
    """Some of the households under one column: how many gain and lose somewhere along the range, and on average."""

    name: str
    households: int
    gaining: int
    losing: int
    neither: int
    share_gaining: float
    share_losing: float
    gain: float
    gain_now: float
    cost: float


@dataclass(frozen=True)
class Summary:
    """One column over all the households, each counting alike: averages along the range, and the worst of all.

    `largest_cliff` and `worst_ptr` name the household; `cliff_changes` counts what becomes of the cliffs of a pound a
    month or more; `cost_by` splits the average cost by component.
    """

    laid: Laid
    everyone: Group
    average_metr: float
    above_70: float
    cliffs: int
    in_dead_zones: float
    largest_cliff: tuple[float, str]
    worst_ptr: tuple[float, str, float] | None
    cliff_changes: Mapping[Kind, int]
    moved_higher: int
    share_moved_higher: float
    cost_now: float
    cost_by: Mapping[str, float]
    bands: tuple[Band, ...]
    families: tuple[Group, ...]
    nations: tuple[Group, ...]


@dataclass(frozen=True)
class Comparison:
    """Current law and every reform, over one or many households."""

    on: date
    choice: Choice
    measure: Measure
    valuation: Valuation
    standing: Standing
    laid: tuple[Laid, ...]
    households: tuple[OneHousehold, ...]
    left_out: tuple[str, ...] = ()
    summaries: tuple[Summary, ...] = field(default=())
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    def document(self, in_words: Mapping[str, Sequence[str]] | None = None) -> dict[str, Any]:
        """The comparison as the `mwp.compare/1` JSON document."""
        told = in_words or {}
        return {
            "schema": SCHEMA,
            "mwp": documents.program(),
            "on": self.on.isoformat(),
            "measure": self.measure,
            "value_of_help_in_kind": self.valuation.choice,
            "standing": vars(self.standing),
            "path": {
                "earner": self.choice.earner,
                "mode": self.choice.way,
                "wage": self.choice.wage,
                "hours": self.choice.hours,
                "from": 0.0,
                "to": self.choice.to,
            },
            "households": [_household_entry(one, self.laid) for one in self.households],
            "left_out": list(self.left_out),
            "reforms": [
                _column_entry(self, place, list(told.get(column.name, ()))) for place, column in enumerate(self.laid)
            ],
            **documents.question(self.asked),
        }


# Working it out


def compare(
    households: Sequence[Household],
    choice: Choice,
    laid: Sequence[Sequence[Reform]],
    on: date,
    measure: Measure = DEFAULT_MEASURE,
    valuation: Valuation = CENTRAL,
    standing: Standing = NOBODY_SPECIAL,
    at: Sequence[At] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Current law and each entry of `laid` (reforms laid over each other), over all the households.

    Reforms that change the same parameters share one run of the rules. `progress` is told how many columns of how many
    are done. Raises InputError: no household, no reform, a column given twice, a path nobody can walk, a job beyond
    every household's range.
    """
    if not households:
        raise InputError.of("Give a household to compare the reforms on.")
    households, left_out = _who_can_walk(households, choice)
    columns = (CURRENT_LAW, *(laid_over(one) for one in laid))
    _check(columns)
    walked = paths_of(households, choice, on)
    paths = [path for path, _ in walked]
    jobs = _jobs(at, choice, paths)
    rests = rests_on(households, paths, on, ())
    edges = _edges(paths)
    ran: dict[Any, _Run] = {}
    wanted = _measures_of(columns, measure)
    law: list[_Bare] = []
    found: list[list[Under]] = [[] for _ in households]
    for done, column in enumerate(columns):
        key = _parameters_of(column.reforms)
        if key not in ran:
            ran[key] = _run(households, paths, choice, on, key, column.reforms, wanted[key], valuation)
        run = ran[key]
        promised = promises_on(
            run.bare, column.reforms, standing, run.couples(households, on, column.reforms, valuation)
        )
        here = [
            _Bare(
                replace(one.after[measure], reforms=column.reforms), _Lines(one.after[_EVERYTHING], _PURSE), path, home
            )
            for one, path, home in zip(promised, run.paths, households, strict=True)
        ]
        law = law or here
        for slot, (one, base, (assumed, not_modelled)) in enumerate(zip(here, law, rests, strict=True)):
            sweep = Sweep(one.schedule, (*walked[slot][1], *assumed), not_modelled, None, valuation)
            found[slot].append(_under(column, sweep, base, one, jobs, edges))
        if progress:
            progress(done + 1, len(columns))
    homes = tuple(
        OneHousehold(
            home, family_of(home), path, tuple(under), _stretches([one.sweep.schedule for one in under], path.to)
        )
        for home, path, under in zip(households, paths, found, strict=True)
    )
    summaries = tuple(_summary(column, place, homes) for place, column in enumerate(columns))
    return Comparison(on, choice, measure, valuation, standing, columns, homes, left_out, summaries)


def _who_can_walk(households: Sequence[Household], choice: Choice) -> tuple[Sequence[Household], tuple[str, ...]]:
    """Of several households, those that have the earner whose pay grows; the names of the others."""
    can = [home for home in households if choice.adult < len(home.adults)]
    if not can or len(can) == len(households):
        return households, ()
    return can, tuple(home.name for home in households if choice.adult >= len(home.adults))


def _check(columns: Sequence[Laid]) -> None:
    if len(columns) < 2:
        raise InputError.of("Give a reform to compare with current law, as in --reform uc_taper_50.", field="--reform")
    names = [column.name for column in columns]
    for name in names:
        if names.count(name) > 1:
            told = f"{name} is given twice. Give each reform once, or a name of its own in its file."
            raise InputError.of(told, field="--reform")


def _parameters_of(reforms: Sequence[Reform]) -> Any:
    """What the reforms change in the parameters: the same change needs the rules only once."""
    return tuple(
        tuple(sorted((path, tuple(sorted(values.items()))) for path, values in one.parameters.items()))
        for one in reforms
        if one.parameters
    )


def _measures_of(columns: Sequence[Laid], measure: Measure) -> dict[Any, tuple[Measure, ...]]:
    """On which measures the schedules of each set of parameters are needed."""
    found: dict[Any, tuple[Measure, ...]] = {}
    for column in columns:
        key = _parameters_of(column.reforms)
        own = tuple(one.guarantee.measure for one in column.reforms if one.guarantee)
        found[key] = tuple(dict.fromkeys((*found.get(key, (measure, _EVERYTHING)), *own)))
    return found


@dataclass(frozen=True)
class _Run:
    """The rules run once over every household: their paths, and schedules on each measure, without any guarantee."""

    paths: tuple[EarningsPath, ...]
    bare: Mapping[Measure, Sequence[Schedule]]
    _couples: dict[Measure, list[Couple | None]] = field(default_factory=dict)

    def couples(
        self, households: Sequence[Household], on: date, reforms: Sequence[Reform], valuation: Valuation
    ) -> Sequence[Couple | None]:
        """Every couple with two wages on both, where the reforms' guarantee can count both: once for each measure."""
        joint = joint_design(reforms)
        if joint is None:
            return ()
        if joint.measure not in self._couples:
            self._couples[joint.measure] = couples_under(households, self.paths, on, reforms, valuation)
        return self._couples[joint.measure]


def _run(
    households: Sequence[Household],
    law_paths: Sequence[EarningsPath],
    choice: Choice,
    on: date,
    key: Any,
    reforms: Sequence[Reform],
    measures: Sequence[Measure],
    valuation: Valuation,
) -> _Run:
    """Every column goes to the same earnings; its wage is the one its own law would make it, where none is told."""
    changes = [one for one in reforms if one.parameters]
    paths = tuple(law_paths)
    if key:
        own = (path for path, _ in paths_of(households, choice, on, changes))
        paths = tuple(replace(path, to=law.to) for path, law in zip(own, law_paths, strict=True))
    return _Run(paths, schedules_by_measure(households, paths, on, changes, measures, valuation))


def _jobs(at: Sequence[At], choice: Choice, paths: Sequence[EarningsPath]) -> tuple[At, ...]:
    """The jobs asked for, else the usual ones. Raises InputError for one that no household's range reaches."""
    if not at:
        usual: tuple[At, ...] = tuple(At(hours=one) for one in HOURS)
        return tuple(At(earnings=one) for one in EARNINGS) if choice.way == "wage" else usual
    for one in at:
        if one.hours is not None and choice.way == "wage":
            raise InputError.of("The wage grows at fixed hours: give pounds a month, as in --at 1200.", field="--at")
        if all(_earnings(one, path) is None for path in paths):
            most = max(path.to for path in paths)
            told = f"{one.key} lies beyond the range, which ends at {most:,.2f} a month. Give less, or a larger --to."
            raise InputError.of(told, field="--at")
    return tuple(dict.fromkeys(at))


def _earnings(at: At, path: EarningsPath) -> float | None:
    """Monthly earnings in that job along the path; None beyond its end."""
    if at.earnings is not None:
        return at.earnings if at.earnings <= path.to + PENNY / 2 else None
    assert at.hours is not None
    if path.mode == "hours_then_wage" and at.hours > path.hours + 1e-9:
        return None
    there = at.hours * path.wage * WEEKS_A_MONTH
    return there if there <= path.to + PENNY / 2 else None


def _edges(paths: Sequence[EarningsPath]) -> tuple[float, ...]:
    """Where bands of gross pay begin and end."""
    last = int(np.ceil(max(path.to for path in paths) / BAND - 1e-9))
    return tuple(BAND * number for number in range(last + 1))


class _Lines:
    """Components of a schedule as arrays: worked out at many earnings at once, with every jump an open penny."""

    def __init__(self, schedule: Schedule, names: Sequence[str]) -> None:
        kept = [one for one in schedule.segments if not one.joins]
        self.names = tuple(names)
        self.starts = np.array([one.start for one in kept])
        self.ends = np.array([one.end for one in kept])
        self.levels = np.array([[one.parts.get(name, 0.0) for name in names] for one in kept])
        self.slopes = np.array([[one.slopes.get(name, 0.0) for name in names] for one in kept])

    @classmethod
    def of_measure(cls, schedule: Schedule) -> _Lines:
        """The measure itself as lines."""
        found = cls(schedule, ())
        kept = [one for one in schedule.segments if not one.joins]
        found.levels = np.array([[one.at_start] for one in kept])
        found.slopes = np.array([[one.slope] for one in kept])
        return found

    def covers(self, earnings: Floats) -> NDArray[np.bool_]:
        """Whether those earnings lie on a line, and not in the open penny of a jump."""
        place = np.maximum(np.searchsorted(self.starts, earnings, side="right") - 1, 0)
        return np.asarray(earnings <= self.ends[place])

    def at(self, earnings: Floats, on_the_line_at: Floats) -> Floats:
        """Components (rows, components) at those earnings, on the lines that hold at the others."""
        place = np.maximum(np.searchsorted(self.starts, on_the_line_at + 1e-9, side="right") - 1, 0)
        return np.asarray(self.levels[place] + self.slopes[place] * (earnings - self.starts[place])[:, None])


@dataclass(frozen=True)
class _Bare:
    """A household's schedule under a column on the measure that is shown, and what the purse pays along it."""

    schedule: Schedule
    purse: _Lines
    path: EarningsPath
    household: Household


def _under(column: Laid, sweep: Sweep, law: _Bare, here: _Bare, jobs: Sequence[At], edges: Sequence[float]) -> Under:
    before, after = law.schedule, here.schedule
    left_now, left = _Lines.of_measure(before), _Lines.of_measure(after)
    starts, ends = _intervals([law.purse, here.purse, left_now, left], edges, after.path.to)
    middle = (starts + ends) / 2
    gain_start, gain_end = ((left.at(there, middle) - left_now.at(there, middle))[:, 0] for there in (starts, ends))
    paid = _average(law.purse, here.purse, starts, ends)
    bands = _bands(starts, ends, gain_start, gain_end, edges, after.value(0.0) - before.value(0.0))
    whole = float((ends - starts).sum())
    rated = bands[1:]
    spots = [(after.value(0.0) - before.value(0.0), 0.0)]
    spots += list(zip(gain_start.tolist(), starts.tolist(), strict=True))
    spots += list(zip(gain_end.tolist(), ends.tolist(), strict=True))
    spots = [(round(gain, 6), at) for gain, at in spots]
    changes = _rate_changes(before, after)
    return Under(
        laid=column,
        sweep=sweep,
        spread=one_household(after),
        average_metr=average_metr(after),
        worst_ptr=_worst_ptr(after),
        points=_points(law, here, jobs),
        cliffs=match_cliffs(before, after),
        higher=tuple(one for one in changes if one.after > one.before),
        lower=tuple(one for one in changes if one.after < one.before),
        bands=bands,
        gains=sum(one.gaining for one in rated) / whole,
        loses=sum(one.losing for one in rated) / whole,
        gain=sum(one.total for one in rated) / whole,
        most_gained=max(spots, key=lambda spot: (spot[0], -spot[1])),
        most_lost=min(spots),
        cost=float(paid.sum()),
        cost_by=_by_component(here.purse.names, paid),
    )


def _intervals(lines: Sequence[_Lines], edges: Sequence[float], to: float) -> tuple[Floats, Floats]:
    """Starts and ends of the intervals on which no line bends, cut at the edges of the bands, up to the end.

    The open penny of a jump of any of them is none: nothing is earned there, so no integral goes over it.
    """
    every = np.unique(np.concatenate([np.array([0.0, to]), *(part for one in lines for part in (one.starts, one.ends)),
                                      np.array([edge for edge in edges if edge < to])]))  # fmt: skip
    kept = np.append(True, np.diff(every) > 1e-7)
    marks = every[kept & (every <= to + 1e-7)]
    earned = np.all([one.covers((marks[:-1] + marks[1:]) / 2) for one in lines], axis=0)
    return marks[:-1][earned], marks[1:][earned]


def _average(before: _Lines, after: _Lines, starts: Floats, ends: Floats) -> Floats:
    """The average change of each component over the intervals, exactly: lines are halfway at their middle."""
    middle, width = (starts + ends) / 2, ends - starts
    change = after.at(middle, middle) - before.at(middle, middle)
    return np.asarray(width @ change / width.sum())


def _by_component(names: Sequence[str], amounts: Floats) -> dict[str, float]:
    return {name: float(amount) for name, amount in zip(names, amounts, strict=True) if abs(amount) >= _NOISE}


def _bands(
    starts: Floats, ends: Floats, first: Floats, last: Floats, edges: Sequence[float], at_nothing: float
) -> tuple[Band, ...]:
    """Gains in each band of gross pay; the first is no pay at all."""
    width = ends - starts
    gaining, losing = width * _share_above(first, last), width * _share_above(-first, -last)
    total = width * (first + last) / 2
    place = np.searchsorted(edges, (starts + ends) / 2, side="right") - 1
    found = [
        Band(0.0, 0.0, 1.0, float(at_nothing > WORTH_SAYING), float(at_nothing < -WORTH_SAYING), float(at_nothing))
    ]
    for number, (start, end) in enumerate(pairwise(edges)):
        mine = place == number
        found.append(Band(start, end, *(float(one[mine].sum()) for one in (width, gaining, losing, total))))
    return tuple(found)


def _share_above(first: Floats, last: Floats) -> Floats:
    """The share of each straight stretch on which a pound a month is passed."""
    low, high = np.minimum(first, last), np.maximum(first, last)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = (high - WORTH_SAYING) / (high - low)
    return np.asarray(np.where(low > WORTH_SAYING, 1.0, np.where(high <= WORTH_SAYING, 0.0, part)))


def _worst_ptr(schedule: Schedule) -> tuple[float, float] | None:
    """The largest participation tax rate and where: on a straight line it is largest at one of its ends."""
    nothing = schedule.value(0.0)
    found = []
    for one in schedule.segments:
        for earnings in (max(one.start, PTR_FROM), one.end):
            if one.start <= earnings <= one.end and earnings >= PTR_FROM:
                found.append((1.0 - (one.value(earnings) - nothing) / earnings, earnings))
    return max(found, key=lambda spot: (round(spot[0], 9), -spot[1])) if found else None


def _points(law: _Bare, here: _Bare, jobs: Sequence[At]) -> tuple[Point, ...]:
    """No work, present earnings, and each job within the range; none of them twice."""
    pay = law.household.adults[law.path.adult].pay_a_month()
    places: list[tuple[str, float, float]] = [("no_work", 0.0, 0.0)]
    if 0 < pay <= law.path.to + PENNY / 2:
        places.append(("now", pay, pay))
    elif pay <= 0:
        places.append(("now", 0.0, 0.0))
    for job in jobs:
        mine, theirs = _earnings(job, law.path), _earnings(job, here.path)
        if mine is not None and theirs is not None:
            places.append((job.key, mine, theirs))
    return tuple(_point(law, here, *place) for place in places)


def _point(law: _Bare, here: _Bare, key: str, before: float, after: float) -> Point:
    """The job there. Pay that is no whole penny stands on the line of the next one: so many hours are then worked."""
    nothing = here.schedule.value(0.0)
    left, left_now = _on_next_penny(here.schedule, after), _on_next_penny(law.schedule, before)
    paid = (_paid(here.purse, after) - _paid(law.purse, before))[0]
    return Point(
        key=key,
        hours=here.path.hours_at(after),
        earnings=after,
        left=left,
        metr=_metr_above(here.schedule, after),
        ptr=1.0 - (left - nothing) / after if after > 0 else None,
        gain=left - left_now,
        cost=float(paid.sum()),
        cost_by=_by_component(here.purse.names, paid),
    )


def _next_penny(earnings: float) -> float:
    return float(np.ceil(earnings / PENNY - 1e-6) * PENNY)


def _on_next_penny(schedule: Schedule, earnings: float) -> float:
    return schedule.segment_at(_next_penny(earnings)).value(earnings)


def _paid(purse: _Lines, earnings: float) -> Floats:
    return purse.at(np.array([earnings]), np.array([_next_penny(earnings)]))


def _metr_above(schedule: Schedule, earnings: float) -> float:
    """The METR of the stretch above those earnings; a single point or penny is no stretch."""
    above = (one for one in schedule.stretches if one.end - max(one.start, earnings) > _NARROW)
    return next(above, schedule.segments[-1]).metr


# Cliffs


def match_cliffs(before: Schedule, after: Schedule) -> tuple[CliffChange, ...]:
    """What becomes of each cliff of a penny or more: matched by what changes and which fact flips, then by nearness."""
    mine, theirs = ([j for j in one.cliffs if j.size <= -PENNY / 2] for one in (before, after))
    pairs = sorted(
        (likeness, abs(a.at - b.at), x, y)
        for x, a in enumerate(mine)
        for y, b in enumerate(theirs)
        if (likeness := _likeness(a, b)) is not None
    )
    partner: dict[int, int] = {}
    for _, _, x, y in pairs:
        if x not in partner and y not in partner.values():
            partner[x] = y
    found = [_changed(a, theirs[partner[x]]) if x in partner else _gone(a, before, after) for x, a in enumerate(mine)]
    found += [CliffChange("new", None, b) for y, b in enumerate(theirs) if y not in partner.values()]
    return tuple(sorted(found, key=lambda one: (one.at, one.kind)))


def _likeness(one: Jump, other: Jump) -> int | None:
    """0 at the same penny, 1 by cause and fact, 2 by the fact alone; None where they have nothing in common."""
    if abs(one.at - other.at) < _NARROW:
        return 0
    shared = set(one.flipped) & set(other.flipped)
    if one.cause == other.cause and (shared or not one.flipped or not other.flipped):
        return 1
    return 2 if shared else None


def _changed(before: Jump, after: Jump) -> CliffChange:
    if abs(before.at - after.at) >= _NARROW:
        return CliffChange("moved", before, after)
    if abs(before.size - after.size) < _NIL:
        return CliffChange("unchanged", before, after)
    return CliffChange("shrunk" if after.size > before.size else "grown", before, after)


def _gone(jump: Jump, before: Schedule, after: Schedule) -> CliffChange:
    """A cliff that is no longer within the range: made good, removed, or put off beyond it."""
    if after.parts(jump.at).get(TOP_UP, 0.0) > STEP:
        return CliffChange("removed", jump, None, made_good=True)
    then, now = after.parts(after.path.to), before.parts(before.path.to)
    lost = abs(jump.components.get(jump.cause, 0.0))
    kept = then.get(jump.cause, 0.0) - now.get(jump.cause, 0.0) >= lost / 2
    award_lasts = then.get("universal_credit", 0.0) > _NIL >= now.get("universal_credit", 0.0)
    return CliffChange("beyond" if kept and award_lasts and jump.cause != "universal_credit" else "removed", jump, None)


# METRs side by side


def _stretches(schedules: Sequence[Schedule], to: float) -> tuple[Stretch, ...]:
    """Every stretch on which no column's METR changes; the pennies of sudden steps are left out."""
    wide = [[one for one in schedule.stretches if one.end - one.start > _NARROW] for schedule in schedules]
    starts = [np.array([one.start for one in segments]) for segments in wide]
    marks = sorted({0.0, to, *(one.start for segments in wide for one in segments)})
    found: list[Stretch] = []
    for start, end in pairwise(marks):
        if end - start <= _NARROW:
            continue
        middle = (start + end) / 2
        metrs = tuple(
            float(segments[max(0, int(np.searchsorted(begin, middle, side="right")) - 1)].metr)
            for segments, begin in zip(wide, starts, strict=True)
        )
        last = found[-1] if found else None
        if last and all(abs(a - b) < _SAME_RATE / 10 for a, b in zip(last.metrs, metrs, strict=True)):
            found[-1] = replace(last, end=end)
        else:
            found.append(Stretch(last.end if last else 0.0, end, metrs))
    return tuple(found)


def _rate_changes(before: Schedule, after: Schedule) -> list[RateChange]:
    """Where the METR is another one than under current law."""
    return [
        RateChange(one.start, one.end, *one.metrs)
        for one in _stretches([before, after], before.path.to)
        if abs(one.metrs[1] - one.metrs[0]) > _SAME_RATE
    ]


# Over all the households


def _summary(column: Laid, place: int, homes: Sequence[OneHousehold]) -> Summary:
    under = [home.columns[place] for home in homes]
    cliffs = [(one.spread.largest_cliff, home.household.name) for one, home in zip(under, homes, strict=True)]
    rates = [(*one.worst_ptr, home.household.name) for one, home in zip(under, homes, strict=True) if one.worst_ptr]
    worst = max(rates, key=lambda rate: rate[0], default=None)
    return Summary(
        laid=column,
        everyone=_group("all households", under),
        average_metr=_mean(one.average_metr for one in under),
        above_70=_mean(one.above_70 for one in under),
        cliffs=sum(one.spread.cliffs for one in under),
        in_dead_zones=_mean(one.spread.in_dead_zones for one in under),
        largest_cliff=min(cliffs),
        worst_ptr=(worst[0], worst[2], worst[1]) if worst else None,
        cliff_changes={kind: sum(one.counted(kind) for one in under) for kind in KINDS},
        moved_higher=sum(bool(one.higher) for one in under),
        share_moved_higher=_mean(one.to_higher for one in under),
        cost_now=_mean(one.now.cost for one in under if one.now),
        cost_by=_mean_by_component(under),
        bands=_pooled([one.bands for one in under]),
        families=_groups(FAMILIES, [(home.family, one) for home, one in zip(homes, under, strict=True)]),
        nations=_groups(
            ("england", "scotland", "wales", "northern_ireland"),
            [(home.household.nation, one) for home, one in zip(homes, under, strict=True)],
        ),
    )


def _groups(names: Sequence[str], told: Sequence[tuple[str, Under]]) -> tuple[Group, ...]:
    found = [_group(name, [one for group, one in told if group == name]) for name in names]
    return tuple(one for one in found if one.households)


def _group(name: str, under: Sequence[Under]) -> Group:
    return Group(
        name=name,
        households=len(under),
        gaining=sum(one.most_gained[0] > WORTH_SAYING for one in under),
        losing=sum(one.most_lost[0] < -WORTH_SAYING for one in under),
        neither=sum(one.nothing_changes for one in under),
        share_gaining=_mean(one.gains for one in under),
        share_losing=_mean(one.loses for one in under),
        gain=_mean(one.gain for one in under),
        gain_now=_mean(one.now.gain for one in under if one.now),
        cost=_mean(one.cost for one in under),
    )


def _mean(values: Any) -> float:
    told = list(values)
    return float(sum(told) / len(told)) if told else 0.0


def _mean_by_component(under: Sequence[Under]) -> dict[str, float]:
    names = [name for name in _PURSE if any(name in one.cost_by for one in under)]
    return {name: _mean(one.cost_by.get(name, 0.0) for one in under) for name in names}


def _pooled(several: Sequence[Sequence[Band]]) -> tuple[Band, ...]:
    """The bands of all households together: every pound of the range of each counts alike."""
    found = []
    for bands in zip(*several, strict=True):
        whole = bands[0]
        for one in bands[1:]:
            whole = whole.with_(one)
        found.append(whole)
    return tuple(one for one in found if one.weight > 0)


# The document


def _household_entry(one: OneHousehold, laid: Sequence[Laid]) -> dict[str, Any]:
    path = one.path
    return {
        "household": one.household.name,
        "family": one.family,
        "nation": one.household.nation,
        "path": {
            "earner": one.law.sweep.earner,
            "mode": path.mode,
            "wage": path.wage or None,
            "hours": path.hours or None,
            "from": 0.0,
            "to": path.to,
        },
        "stretches": [
            {
                "from": stretch.start,
                "to": stretch.end,
                "metr": {column.name: metr for column, metr in zip(laid, stretch.metrs, strict=True)},
            }
            for stretch in one.stretches
        ],
        "assumptions": [vars(told) for told in one.law.sweep.assumptions],
        "not_modelled": list(one.law.sweep.not_modelled),
    }


def _column_entry(told: Comparison, place: int, in_words: list[str]) -> dict[str, Any]:
    column, summary = told.laid[place], told.summaries[place]
    return {
        "name": column.name,
        "title": column.title,
        "laid_over": [one.name for one in column.reforms],
        "in_words": in_words,
        "summary": _summary_entry(summary),
        "bands": [_band_entry(one) for one in summary.bands],
        "families": [vars(one) for one in summary.families],
        "nations": [vars(one) for one in summary.nations],
        "households": [_under_entry(one.columns[place]) for one in told.households],
    }


def _summary_entry(one: Summary) -> dict[str, Any]:
    return {
        **{name: value for name, value in vars(one.everyone).items() if name != "name"},
        "average_metr": one.average_metr,
        "above_70": one.above_70,
        "cliffs": one.cliffs,
        "in_dead_zones": one.in_dead_zones,
        "largest_cliff": {"size": one.largest_cliff[0], "household": one.largest_cliff[1]},
        "worst_ptr": None
        if one.worst_ptr is None
        else {"ptr": one.worst_ptr[0], "household": one.worst_ptr[1], "earnings": one.worst_ptr[2]},
        "cliff_changes": dict(one.cliff_changes),
        "moved_higher": one.moved_higher,
        "share_moved_higher": one.share_moved_higher,
        "cost_now": one.cost_now,
        "cost_by": dict(one.cost_by),
    }


def _band_entry(one: Band) -> dict[str, Any]:
    return {
        "from": one.start,
        "to": one.end,
        "gain": one.gain,
        "share_gaining": one.share_gaining,
        "share_losing": one.share_losing,
    }


def _under_entry(one: Under) -> dict[str, Any]:
    sweep = one.sweep
    return {
        "household": sweep.household.name,
        "points": [vars(point) | {"cost_by": dict(point.cost_by)} for point in one.points],
        "segments": [
            {"from": part.start, "to": part.end, "value": part.at_start, "metr": part.metr} for part in sweep.segments
        ],
        "cliffs": [
            {"kind": change.kind, "made_good": change.made_good,
             "before": _cliff_entry(change.before), "after": _cliff_entry(change.after)}
            for change in one.cliffs
        ],
        "higher_metr": [_rate_entry(part) for part in one.higher],
        "lower_metr": [_rate_entry(part) for part in one.lower],
        "bands": [_band_entry(band) for band in one.bands if band.weight],
        "share_gaining": one.gains,
        "share_losing": one.loses,
        "share_unchanged": one.unchanged,
        "nothing_changes": one.nothing_changes,
        "gain": one.gain,
        "most_gained": {"gain": one.most_gained[0], "earnings": one.most_gained[1]},
        "most_lost": {"gain": one.most_lost[0], "earnings": one.most_lost[1]},
        "cost": one.cost,
        "cost_by": dict(one.cost_by),
        "average_metr": one.average_metr,
        "above_70": one.above_70,
        "cliffs_counted": one.spread.cliffs,
        "largest_cliff": one.spread.largest_cliff,
        "in_dead_zones": one.spread.in_dead_zones,
        "worst_ptr": None if one.worst_ptr is None else {"ptr": one.worst_ptr[0], "earnings": one.worst_ptr[1]},
    }  # fmt: skip


def _cliff_entry(jump: Jump | None) -> dict[str, Any] | None:
    if jump is None:
        return None
    return {
        "at": jump.at,
        "before": jump.before,
        "size": jump.size,
        "variable": jump.cause,
        "flipped": list(jump.flipped),
        "citation": jump.citation,
        "recovers_at": jump.recovers_at,
        "dead_zone": jump.dead_zone,
    }


def _rate_entry(one: RateChange) -> dict[str, float]:
    return {"from": one.start, "to": one.end, "before": one.before, "after": one.after}
