"""A household over a range of earnings: the path it is walked along, its exact schedule, and what that rests on.

A `Sweep` is one earner's schedule with its assumptions, and gives the `mwp.sweep/1` and `mwp.cliffs/1` documents; a
`Surface` is what is in hand at every pair of both partners' hours; a `Grid` what an hour of work leaves, by hours and
wage. What a path needs and nobody told (the wage, the hours) is taken from the household, else from the law, and is
listed as an assumption.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NoReturn

import numpy as np
from numpy.typing import NDArray

from mwp.analysis import documents
from mwp.analysis.assumptions import with_assumptions
from mwp.analysis.calculation import Assumption, amounts_of, law_on
from mwp.analysis.guarantee import NOBODY_SPECIAL, Standing
from mwp.analysis.guarantee_pennies import hold_to_every_penny
from mwp.analysis.incentives import ordered, shapley
from mwp.analysis.measures import COMPONENTS, Measure
from mwp.analysis.schedule import (
    EarningsPath,
    EveryPenny,
    Jump,
    Mode,
    Schedule,
    Segment,
    at_earnings,
    schedules,
)
from mwp.analysis.top_ups import (
    Both,
    Promise,
    added_at,
    has_guarantee,
    joint_design,
    most_lost,
    paid_along,
    promises,
    rests_on_over,
)
from mwp.core.rounding import AS_THE_LAW
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.encode import encode
from mwp.engine.simulation import Floats, Move, Moving, Terms
from mwp.engine.system import rule_graph
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.names import did_you_mean, listed
from mwp.inputs.reform import Reform

SWEEP_SCHEMA = "mwp.sweep/1"
CLIFFS_SCHEMA = "mwp.cliffs/1"
SURFACE_SCHEMA = "mwp.surface/1"
DOCUMENTS_SCHEMA = "mwp.documents/1"
DEFAULT_MEASURE: Measure = "net_after_work_costs"
EARNERS = ("claimant", "partner")
MODES: tuple[Mode, ...] = ("hours", "wage", "hours_then_wage")
FULL_TIME = 35.0
MOST_HOURS = 60.0
MOST_EARNINGS = 6_000.0
_NOTHING = 1e-9


@dataclass(frozen=True)
class Choice:
    """The path asked for; what is None is taken from the household, or from the law (see `paths_of`)."""

    earner: str = "claimant"
    mode: str = "hours"
    wage: float | str | None = None
    hours: float | None = None
    to: float | None = None

    def __post_init__(self) -> None:
        """Raise InputError for an earner, a way or a wage that does not exist."""
        if self.earner not in EARNERS:
            _refuse("earner", self.earner, EARNERS)
        if self.way not in MODES:
            _refuse("mode", self.mode, MODES)
        if isinstance(self.wage, str) and self.wage != "minimum_wage":
            raise InputError.of(
                f"{self.wage} is no wage. Write an amount an hour, as 12.71, or minimum_wage.", field="wage"
            )
        for name in ("wage", "hours", "to"):
            value = getattr(self, name)
            if isinstance(value, int | float) and not 0 < value <= 1_000_000:
                raise InputError.of(f"{value:g} is out of range: give more than 0.", field=name)
        if self.hours is not None and self.hours > 112:
            raise InputError.of(f"{self.hours:g} hours is more than a week of work can hold.", field="hours")

    @property
    def way(self) -> str:
        """The mode, spelt as `EarningsPath` spells it."""
        return self.mode.replace("-", "_")

    @property
    def adult(self) -> int:
        """Whose earnings move: 0 the claimant's, 1 the partner's."""
        return EARNERS.index(self.earner)


def checked_measure(measure: str | None, otherwise: Measure = DEFAULT_MEASURE) -> Measure:
    """The measure of that name. Raises InputError for one that does not exist, with the nearest."""
    if measure is None:
        return otherwise
    for known in COMPONENTS:
        if measure.replace("-", "_") == known:
            return known
    _refuse("measure", measure, COMPONENTS)


def _refuse(what: str, given: str, known: Iterable[str]) -> NoReturn:
    names = tuple(known)
    raise InputError.of(
        f"There is no {what} called {given}.{did_you_mean(given, names)} Give {listed(names)}.", field=what
    )


def paths_of(
    households: Sequence[Household], choice: Choice, on: date, reforms: Sequence[Reform] = ()
) -> list[tuple[EarningsPath, tuple[Assumption, ...]]]:
    """The path of each household, and what was taken for it without being told.

    The wage is the one asked for, else the household's own, else the legal minimum for the age; hours at which the
    wage grows are the household's own, else 35 a week; earnings go to 60 hours at the wage, or to 6,000 pounds.
    """
    for household in households:
        if choice.adult >= len(household.adults):
            raise InputError.of(f"There is no partner in {household.name} whose earnings could move.", field="earner")
    minimum = _minimum_wages(households, on, reforms)[choice.adult]
    return [
        _path(household, choice, float(least)) for household, least in zip(households, minimum.tolist(), strict=True)
    ]


def _minimum_wages(households: Sequence[Household], on: date, reforms: Sequence[Reform]) -> Floats:
    found = amounts_of(households, on, reforms, rounding=AS_THE_LAW, variables=("minimum_wage",))
    return np.asarray(found.adults["minimum_wage"][:, :, 0])


def _path(household: Household, choice: Choice, minimum: float) -> tuple[EarningsPath, tuple[Assumption, ...]]:
    adult = household.adults[choice.adult]
    told: list[Assumption] = []
    whose = f"the {choice.earner}'s"
    own_wage = adult.hourly_wage or (adult.pay_a_month() / (adult.hours * WEEKS_A_MONTH) if adult.hours else 0.0)
    wage, hours = 0.0, 0.0
    if choice.way != "wage":
        wage = float(choice.wage) if isinstance(choice.wage, int | float) else minimum
        if choice.wage is None:
            wage = own_wage or minimum
            source = (
                f"{whose} own wage now" if own_wage else f"the legal minimum wage for {whose} age, as no wage is told"
            )
            told.append(Assumption("path.wage", f"£{wage:,.2f} an hour", source))
    if choice.way != "hours":
        hours = choice.hours or adult.hours or FULL_TIME
        if choice.hours is None:
            source = f"{whose} own hours now" if adult.hours else "full-time work, as no hours are told"
            told.append(Assumption("path.hours", f"{hours:g} hours a week", source))
    to = choice.to
    if to is None:
        to = MOST_EARNINGS
        if choice.way == "hours":
            to = float(np.floor(MOST_HOURS * wage * WEEKS_A_MONTH * 100) / 100)
            told.append(
                Assumption("path.to", f"{MOST_HOURS:g} hours a week", "hours go up to there, and the wage stays")
            )
    mode = next(known for known in MODES if known == choice.way)
    return EarningsPath(choice.adult, mode, wage, hours, to), tuple(told)


@dataclass(frozen=True)
class Sweep:
    """One earner's exact schedule of one household, and what it rests on. `checked` holds it against every penny.

    Where a reform has a guarantee the schedule has it on it, and `promise` has the one without it, under the reforms'
    parameters alone.
    """

    schedule: Schedule
    assumptions: tuple[Assumption, ...] = ()
    not_modelled: tuple[str, ...] = ()
    checked: EveryPenny | None = None
    valuation: Valuation = CENTRAL
    promise: Promise | None = None
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    @property
    def household(self) -> Household:
        """Whose schedule it is."""
        return self.schedule.household

    @property
    def on(self) -> date:
        """The date whose law applies."""
        return self.schedule.on

    @property
    def reforms(self) -> tuple[Reform, ...]:
        """The reforms laid over the law."""
        return self.schedule.reforms

    @property
    def path(self) -> EarningsPath:
        """What moves, and whose earnings they are."""
        return self.schedule.path

    @property
    def measure(self) -> Measure:
        """What is measured."""
        return self.schedule.measure

    @property
    def earner(self) -> str:
        """The claimant or the partner."""
        return EARNERS[self.path.adult]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The stretches of earnings, in order; a single point (no work at all) is no stretch."""
        return tuple(one for one in self.schedule.segments if one.end > one.start)

    @property
    def jumps(self) -> tuple[Jump, ...]:
        """The sudden changes, in order."""
        return self.schedule.jumps

    @property
    def cliffs(self) -> tuple[Jump, ...]:
        """The jumps that leave less."""
        return self.schedule.cliffs

    def value(self, earnings: float) -> float:
        """The measure at those monthly earnings."""
        return self.schedule.value(earnings)

    def metr(self, earnings: float) -> float:
        """The marginal effective tax rate just above those earnings."""
        return self.schedule.metr(earnings)

    def next_cliff(self, earnings: float) -> Jump | None:
        """The first cliff above those earnings."""
        return self.schedule.next_cliff(earnings)

    def hours_at(self, earnings: float) -> float:
        """Weekly hours at those earnings."""
        return self.path.hours_at(earnings)

    def attribution(self, start: float, end: float, how: Literal["ordered", "shapley"] = "ordered") -> dict[str, float]:
        """What each programme takes of a step in earnings, pounds a month; the parts and `kept` add up to the step.

        `ordered` as the rules run, `shapley` averaged over every order of switching programmes on. What a guarantee
        adds comes after the rules in both, and under `shapley` so do the passports it keeps.
        """
        if how == "shapley" and self.promise is not None:
            bare = self.promise.before[self.measure]
            taken = shapley(bare, start, end, self.valuation)
            more = (self.value(end) - self.value(start)) - (bare.value(end) - bare.value(start))
            return taken | {"make-work-pay guarantee": -more, "kept": taken["kept"] + more}
        if how == "shapley":
            return shapley(self.schedule, start, end, self.valuation)
        return ordered(self.schedule, start, end)

    def _head(self, schema: str) -> dict[str, Any]:
        head = documents.head(schema, self.on, [reform.name for reform in self.reforms], self.household.name)
        return head | {
            "measure": self.measure,
            "path": {
                "earner": self.earner,
                "mode": self.path.mode,
                "wage": self.path.wage or None,
                "hours": self.path.hours or None,
                "from": 0.0,
                "to": self.path.to,
            },
        }

    def _foot(self) -> dict[str, Any]:
        return {
            "assumptions": [vars(told) for told in self.assumptions],
            "not_modelled": list(self.not_modelled),
            **documents.question(self.asked),
        }

    def document(self, in_words: str = "") -> dict[str, Any]:
        """The schedule as the `mwp.sweep/1` JSON document."""
        told = self._head(SWEEP_SCHEMA) | {
            "in_words": in_words,
            "out_of_work": self.value(0.0),
            "segments": [
                {
                    "from": one.start,
                    "to": one.end,
                    "value": one.at_start,
                    "metr": one.metr,
                    "slopes": {name: slope for name, slope in one.slopes.items() if abs(slope) > _NOTHING / 1_000},
                }
                for one in self.segments
            ],
            "jumps": [
                {
                    "at": one.at,
                    "before": one.before,
                    "size": one.size,
                    "components": dict(one.components),
                    "variable": one.cause,
                    "flipped": list(one.flipped),
                    "citation": one.citation,
                    "recovers_at": one.recovers_at,
                }
                for one in self.jumps
            ],
        }
        if self.checked:
            told["every_penny"] = {
                "pennies": self.checked.pennies,
                "worst": self.checked.worst,
                "agrees": self.checked.agrees,
            }
            if self.promise:
                told["every_penny"]["guarantee_worst"] = self.checked.guarantee_worst
        paid = paid_along(self.schedule)
        if paid and self.promise:
            told["top_up"] = {
                "paid": [{"from": start, "to": end} for start, end in paid.stretches],
                "most": paid.most,
                "most_at": paid.most_at,
            }
            told["standing"] = vars(self.promise.standing)
        return told | self._foot()

    def cliffs_document(self, labels: Sequence[str], why: Sequence[str]) -> dict[str, Any]:
        """The cliffs as the `mwp.cliffs/1` JSON document, with each one's label and its cause in words."""
        found = [
            {
                "at": one.at,
                "before": one.before,
                "hours": self.hours_at(one.at),
                "size": one.size,
                "variable": one.cause,
                "label": label,
                "why": cause,
                "flipped": list(one.flipped),
                "citation": one.citation,
                "recovers_at": one.recovers_at,
                "dead_zone": one.dead_zone,
            }
            for one, label, cause in zip(self.cliffs, labels, why, strict=True)
        ]
        return self._head(CLIFFS_SCHEMA) | {"cliffs": found} | self._foot()


def sweeps(
    households: Sequence[Household],
    choice: Choice,
    on: date,
    reforms: Sequence[Reform] = (),
    measure: Measure = DEFAULT_MEASURE,
    valuation: Valuation = CENTRAL,
    *,
    exhaustive: bool = False,
    standing: Standing = NOBODY_SPECIAL,
) -> list[Sweep]:
    """Each household's schedule along its own path, all in one batch. Raises InputError."""
    found = paths_of(households, choice, on, reforms)
    paths = [path for path, _ in found]
    promised: Sequence[Promise | None] = [None] * len(households)
    if has_guarantee(reforms):
        promised = promises(households, paths, on, reforms, (measure,), valuation, standing)
        every = [one.after[measure] for one in promised if one]
    else:
        every = schedules(households, paths, on, reforms, measure, valuation)
    rests = rests_on(households, paths, on, reforms)
    return [
        Sweep(
            one,
            (*told, *(rests_on_over(promise, one.household) if promise else ()), *assumed),
            left_out,
            hold_to_every_penny(one, promise, valuation) if exhaustive else None,
            valuation,
            promise,
        )
        for one, promise, (_, told), (assumed, left_out) in zip(every, promised, found, rests, strict=True)
    ]


def rests_on(
    households: Sequence[Household], paths: Sequence[EarningsPath], on: date, reforms: Sequence[Reform]
) -> list[tuple[tuple[Assumption, ...], tuple[str, ...]]]:
    """What each household's answer rests on and leaves out: as it is now, and at the middle of its path."""
    half_way = [at_earnings(h, path, path.to / 2) for h, path in zip(households, paths, strict=True)]
    every = with_assumptions([*households, *half_way], on, reforms)
    told = []
    for now, then in zip(every[: len(households)], every[len(households) :], strict=True):
        found: dict[tuple[str, str, str], Assumption] = {}
        for one in (*now.assumptions, *then.assumptions):
            known = found.get((one.field, one.value, one.why))
            if known is None or abs(one.worth_a_month or 0.0) > abs(known.worth_a_month or 0.0):
                found[one.field, one.value, one.why] = one
        told.append((tuple(found.values()), tuple(dict.fromkeys((*now.not_modelled, *then.not_modelled)))))
    return told


# Both earners


@dataclass(frozen=True)
class Surface:
    """What a couple has at every pair of hours: `values` has the claimant's hours down and the partner's across.

    `top_ups` is what a guarantee pays of it, laid out in the same way; None without one.
    """

    household: Household
    on: date
    reforms: tuple[Reform, ...]
    measure: Measure
    wages: tuple[float, float]
    hours: tuple[float, ...]
    values: NDArray[np.float64]
    assumptions: tuple[Assumption, ...] = ()
    not_modelled: tuple[str, ...] = ()
    top_ups: NDArray[np.float64] | None = None
    standing: Standing = NOBODY_SPECIAL
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    def at(self, claimant: float, partner: float) -> float:
        """The measure at a pair of hours of the grid."""
        return float(self.values[self.hours.index(claimant), self.hours.index(partner)])

    def document(self) -> dict[str, Any]:
        """The surface as the `mwp.surface/1` JSON document."""
        head = documents.head(SURFACE_SCHEMA, self.on, [reform.name for reform in self.reforms], self.household.name)
        return head | {
            "measure": self.measure,
            "wages": {"claimant": self.wages[0], "partner": self.wages[1]},
            "hours": list(self.hours),
            "values": self.values.tolist(),
            "assumptions": [vars(told) for told in self.assumptions],
            "not_modelled": list(self.not_modelled),
            **({} if self.top_ups is None else {"top_ups": self.top_ups.tolist(), "standing": vars(self.standing)}),
            **documents.question(self.asked),
        }


def surface(
    household: Household,
    choice: Choice,
    on: date,
    reforms: Sequence[Reform] = (),
    measure: Measure = DEFAULT_MEASURE,
    valuation: Valuation = CENTRAL,
    standing: Standing = NOBODY_SPECIAL,
) -> Surface:
    """What is in hand at each pair of whole hours up to 60 a week, each at a wage of their own. Raises InputError.

    A guarantee on both earners' pay (G3, G4) is worked out at every penny of the claimant's pay and at the levels of
    the partner's that `mwp.analysis.guarantee_couples` looks at, all these hours among them.
    """
    if choice.way != "hours":
        raise InputError.of("For both earners it is hours that move: leave --mode out.", field="mode")
    both = [Choice(earner, "hours", choice.wage, None, None) for earner in EARNERS]
    found = [paths_of([household], one, on, reforms)[0] for one in both]
    wages = (found[0][0].wage, found[1][0].wage)
    hours = tuple(float(one) for one in range(int(MOST_HOURS) + 1))
    paths = (replace(found[0][0], to=_beyond(wages[0])), replace(found[1][0], to=_beyond(wages[1])))
    paid = Both(household, paths, hours, on, tuple(reforms), valuation, standing) if has_guarantee(reforms) else None
    down, across = (side.reshape(-1) for side in np.meshgrid(hours, hours, indexing="ij"))
    moves: dict[Move, Floats] = {}
    for slot, worked in enumerate((down, across)):
        moves |= {
            (slot, "hours"): worked,
            (slot, "hourly_wage"): np.full(len(worked), wages[slot]),
            (slot, "stated_pay"): np.zeros(len(worked)),
        }
    values = _measured(household, moves, on, reforms, measure, valuation).reshape(len(hours), len(hours))
    told = tuple(one for (_, assumed) in found for one in assumed if one.field == "path.wage")
    ((assumed, left_out),) = rests_on([household], [found[0][0]], on, reforms)
    laid = tuple(reforms)
    if paid is None:
        return Surface(household, on, laid, measure, wages, hours, values, (*told, *assumed), left_out)
    own = values
    if paid.measure != measure:
        own = _measured(household, moves, on, reforms, paid.measure, valuation).reshape(len(hours), len(hours))
    top_ups, rests = paid.top_ups(own)
    told = (*told, *rests, *assumed)
    return Surface(household, on, laid, measure, wages, hours, values + top_ups, told, left_out, top_ups, standing)


def _beyond(wage: float) -> float:
    """A little beyond the most hours at that wage, pounds a month."""
    return float(np.ceil(MOST_HOURS * wage * WEEKS_A_MONTH)) + 1.0


def _measured(
    household: Household,
    moves: dict[Move, Floats],
    on: date,
    reforms: Sequence[Reform],
    measure: Measure,
    valuation: Valuation,
) -> Floats:
    rows = len(next(iter(moves.values())))
    signs = COMPONENTS[measure]
    moving = Moving(encode([household], on), Terms(law_on(on, reforms), valuation=valuation), tuple(signs), moves)
    found = moving.at(np.zeros(rows, dtype=np.intp), moves).amounts
    return np.asarray(sum(sign * found[name] for name, sign in signs.items()), dtype=np.float64)


@dataclass(frozen=True)
class Grid:
    """What an hour of work leaves on average, against no work at all: pounds an hour, by hours (down) and wage."""

    household: Household
    earner: str
    measure: Measure
    on: date
    hours: tuple[float, ...]
    wages: tuple[float, ...]
    kept: NDArray[np.float64] = field(repr=False)


def kept_by_hours_and_wage(sweep: Sweep, wages: Sequence[float] = ()) -> Grid:
    """What each hour leaves, for whole hours up to 60 and wages from the legal minimum to twice it and more."""
    household, adult = sweep.household, sweep.path.adult
    least = float(_minimum_wages([household], sweep.on, sweep.reforms)[adult, 0])
    paid = tuple(wages) or tuple(round(least + step * 0.5, 2) for step in range(41))
    hours = tuple(float(one) for one in range(1, int(MOST_HOURS) + 1))
    down, across = (side.reshape(-1) for side in np.meshgrid(hours, paid, indexing="ij"))
    worked, wage = np.append(down, 0.0), np.append(across, least)
    moves: dict[Move, Floats] = {
        (adult, "hours"): worked,
        (adult, "hourly_wage"): wage,
        (adult, "stated_pay"): np.zeros(len(worked)),
    }
    values = _measured(household, moves, sweep.on, sweep.reforms, sweep.measure, sweep.valuation)
    if sweep.promise is not None:
        values = values + _added_by_hours_and_wage(sweep, sweep.promise, hours, paid, values)
    kept = (values[:-1] - values[-1]) / (down * WEEKS_A_MONTH)
    shape = (len(hours), len(paid))
    return Grid(household, sweep.earner, sweep.measure, sweep.on, hours, paid, kept.reshape(shape))


def _added_by_hours_and_wage(
    sweep: Sweep, promise: Promise, hours: Sequence[float], wages: Sequence[float], values: Floats
) -> Floats:
    """What guarantees add at every pair of hours and wage, each wage with its own path from no work; nil without work.

    Simplification: where both partners have pay, the most so far is taken over whole hours.
    """
    household, adult = sweep.household, sweep.path.adult
    if promise.both is not None:
        return np.append(_joint_by_hours_and_wage(sweep, promise, hours, wages), 0.0)
    paths = [EarningsPath(adult, "hours", wage, 0.0, _beyond(wage)) for wage in wages]
    homes = [household] * len(paths)
    every = promises(homes, paths, sweep.on, sweep.reforms, (sweep.measure,), sweep.valuation, promise.standing)
    added = np.zeros((len(hours), len(wages)))
    there = values[:-1].reshape(added.shape)
    for across, (one, wage) in enumerate(zip(every, wages, strict=True)):
        before, after = one.before[sweep.measure], one.after[sweep.measure]
        for down, worked in enumerate(hours):
            pay = worked * wage * WEEKS_A_MONTH
            added[down, across] = sum(added_at(before, after, pay, float(there[down, across])).values())
    return np.append(added.reshape(-1), 0.0)


def _joint_by_hours_and_wage(sweep: Sweep, promise: Promise, hours: Sequence[float], wages: Sequence[float]) -> Floats:
    joint, both = joint_design(sweep.reforms), promise.both
    assert joint is not None
    assert both is not None
    adult, other = sweep.path.adult, both.paths[1]
    worked = np.array([0.0, *hours])
    every = (side.reshape(-1) for side in np.meshgrid(worked, wages, both.levels, indexing="ij"))
    mine, wage, theirs = every
    moves: dict[Move, Floats] = other.moves(theirs) | {
        (adult, "hours"): mine,
        (adult, "hourly_wage"): wage,
        (adult, "stated_pay"): np.zeros(len(mine)),
    }
    shape = (len(worked), len(wages), len(both.levels))
    bare = _measured(sweep.household, moves, sweep.on, sweep.reforms, joint.measure, sweep.valuation).reshape(shape)
    owed = (1.0 - most_lost(joint)) * (mine * wage * WEEKS_A_MONTH + theirs).reshape(shape)
    most = np.maximum.accumulate(np.maximum.accumulate(bare - owed, axis=0), axis=2) + owed
    is_open = promise.open_at(np.minimum(worked[1:, None] * np.array(wages) * WEEKS_A_MONTH, sweep.path.to))
    return np.asarray(np.where(is_open, (most - bare)[1:, :, -1], 0.0)).reshape(-1)


def several(told: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Several documents in one, `mwp.documents/1`; a single one stays as it is."""
    if len(told) == 1:
        return told[0]
    return {"schema": DOCUMENTS_SCHEMA, "mwp": documents.program(), "documents": list(told)}


def fact_label(name: str) -> str:
    """What a fact is called where its rule gives no words of its own."""
    return rule_graph().rules[name].label
