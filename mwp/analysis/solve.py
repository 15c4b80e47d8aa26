"""The least-cost values of chosen numbers for which a target holds, and numbers that cost the same as a reform.

The unknowns are numbers of the law (any parameter's path) or of a guarantee (`guarantee.most_lost`), each between two
bounds and in sensible steps: a rate to one percentage point, an amount to one pound. Every trial is worked out on the
exact schedules (`mwp.analysis.schedule`), so that no cliff falls between the points of a grid.

- **Search.** One unknown: a scan, then the root between a value that reaches the target and one that does not
  (`scipy.optimize.brentq`), rounded to the step on the side that reaches it. Several: differential evolution on the
  steps with the targets as constraints (`scipy.optimize.differential_evolution`, a fixed seed), and a walk along the
  edge of what reaches them; every pair or set of steps there is, where they are few. All end in a descent by single
  steps, and by pairs of them in opposite directions, which stops where none is cheaper and reaches the target. So the
  answer is the cheapest among its neighbours, by proof; that it is the cheapest of all is likely, not proved.
- **Cost** is what households have more on the measure at the same earnings than under current law, pounds a month on
  average over the households (each counts alike) and over the stated earnings: evenly along each one's path ("range"),
  at present earnings ("present"), or by bands of earnings. It is static: nobody works more or less for it.
- **Cost-equal**: the value at which that cost is another reform's (`scipy.optimize.brentq`).

Where no values reach the target, the nearest are reported, with the household and the earnings that stop it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import combinations, pairwise, product
from math import prod
from typing import Any

import numpy as np

from mwp.analysis import documents
from mwp.analysis.guarantee import NOBODY_SPECIAL, Standing, guaranteed, guaranteed_schedules
from mwp.analysis.measures import Measure
from mwp.analysis.schedule import EarningsPath, Schedule, schedules
from mwp.analysis.sweep import Choice, paths_of
from mwp.analysis.targets import (
    Band,
    Effects,
    Lines,
    Range,
    Target,
    Worst,
    cost,
    effects,
    open_over,
    worst,
)
from mwp.analysis.universe import universe
from mwp.core import parameters
from mwp.core.valuation import CENTRAL, Valuation
from mwp.errors import InputError, MwpError
from mwp.inputs.household import Household
from mwp.inputs.names import did_you_mean
from mwp.inputs.reform import Reform, Scope, load_reform, parameter_paths

SCHEMA = "mwp.solve/1"
PENNY = 0.01
MOST_UNKNOWNS = 6
ALIASES = {
    "m": "guarantee.most_lost",
    "w2": "universal_credit.work_allowance.second_earner",
    "taper": "universal_credit.taper_rate",
}
"""Short names of what is asked for most."""
GUARANTEE_NUMBERS = {
    "guarantee.most_lost": "nes_guarantee",
    "guarantee.kept": "better_off_floor",
    "guarantee.most": "better_off_in_work_credit",
    "guarantee.taper": "passports_tapered",
}
"""A guarantee's own numbers, and the reform of the library whose guarantee is taken where no other is laid over."""
_GUARANTEE_UNITS = {"guarantee.most": "currency-GBP"}
_SCAN, _ACTIVE = 9, 4
_EVERY = 256  # so few sets of values are all tried
_ALONG = 10  # steps to either side that the edge is walked
_SEED = 20260406


class SolverMissing(MwpError):
    """What solving needs is not installed; the message says what to install."""


# What is asked


@dataclass(frozen=True)
class Unknown:
    """A number to be found: its path, the bounds, and the steps it moves in."""

    path: str
    low: float
    high: float
    step: float
    unit: str = ""
    law: float | None = None

    @cached_property
    def lattice(self) -> tuple[float, ...]:
        """The values it may take in the end: whole steps between the bounds."""
        first, last = int(np.ceil(self.low / self.step - 1e-9)), int(np.floor(self.high / self.step + 1e-9))
        return tuple(round(place * self.step, 10) for place in range(first, last + 1))


@dataclass(frozen=True)
class Problem:
    """What to solve: for whom, along which paths, which numbers, and what is to hold or to be matched."""

    households: tuple[Household, ...]
    paths: tuple[EarningsPath, ...]
    unknowns: tuple[Unknown, ...]
    targets: tuple[Target, ...]
    template: Reform
    on: date
    measure: Measure
    bands: tuple[tuple[Band, ...], ...]
    cost_over: str
    within: Range | None = None
    same_cost_as: tuple[Reform, ...] = ()
    valuation: Valuation = CENTRAL
    standing: Standing = NOBODY_SPECIAL
    reforms: tuple[Reform, ...] = ()


_CHANGE = re.compile(r"\s*([\w.]+)\s*=\s*(-?[\d.,]+%?)\s*\.\.\s*(-?[\d.,]+%?)(?:\s+by\s+([\d.,]+%?))?\s*")


def parse_unknown(text: str, on: date) -> Unknown:
    """`PATH=LOW..HIGH`, or `PATH=LOW..HIGH by STEP`. Raises InputError."""
    field_name = f"--change {text}"
    found = _CHANGE.fullmatch(text)
    if not found:
        raise InputError.of(
            "This is no change. Write a parameter and its bounds, as universal_credit.taper_rate=0.30..0.55.",
            field=field_name,
        )
    try:
        low, high = _amount(found[2]), _amount(found[3])
        step = _amount(found[4]) if found[4] else None
    except ValueError:
        raise InputError.of("The bounds are no numbers. Write them as 0.30..0.55.", field=field_name) from None
    return unknown(found[1], low, high, on, step, field_name)


def _amount(text: str) -> float:
    number = float(text.rstrip("%").replace(",", ""))
    return number / 100 if text.endswith("%") else number


def unknown(
    path: str, low: float, high: float, on: date, step: float | None = None, field_name: str = "changes"
) -> Unknown:
    """A number to be found. Raises InputError for a path that is none (with the nearest) or bounds that are wrong."""
    path = ALIASES.get(path.lower(), path)
    known = parameter_paths()
    if path in GUARANTEE_NUMBERS:
        unit, law = _GUARANTEE_UNITS.get(path, "/1"), None
    elif path in known:
        leaf = next(one for one in parameters.leaves() if one.path == path)
        unit, law = str(leaf.about.get("unit", "")), leaf.on(on.isoformat())
    else:
        hint = did_you_mean(path, (*known, *GUARANTEE_NUMBERS))
        raise InputError.of(f"no parameter is called {path}.{hint}", field=field_name)
    if not low < high:
        raise InputError.of(
            f"The bounds are {low:g} and {high:g}: give the lower one first, then a higher one.", field=field_name
        )
    if low < 0:
        raise InputError.of(f"{low:g} is below 0.", field=field_name)
    if unit in ("/1", "bool") and high > 1:
        raise InputError.of(f"This is a share of a whole: {high:g} is above 1. Write 0.55, or 55%.", field=field_name)
    if path in GUARANTEE_NUMBERS and low <= 0:
        raise InputError.of("A guarantee's number is above 0: give a lower bound above 0.", field=field_name)
    if step is not None and not 0 < step <= high - low:
        raise InputError.of(f"A step of {step:g} does not fit between the bounds.", field=field_name)
    made = Unknown(path, low, high, step or (0.01 if unit == "/1" else 1.0), unit, law)
    if not made.lattice:
        raise InputError.of(
            f"No whole step of {made.step:g} lies between the bounds. Give a finer one, as in 0.501..0.509 by 0.001.",
            field=field_name,
        )
    return made


def template_of(reforms: Sequence[Reform], unknowns: Sequence[Unknown], on: date) -> Reform:
    """One reform that holds all of those laid over the law and the guarantee whose numbers are asked for."""
    paths = [one.path for one in unknowns]
    if len(set(paths)) < len(paths):
        raise InputError.of("Each number can be asked for once.", field="--change")
    if len(paths) > MOST_UNKNOWNS:
        raise InputError.of(f"{MOST_UNKNOWNS} numbers at most can be solved for at once.", field="--change")
    promised = [reform for reform in reforms if reform.guarantee]
    asked = [path for path in paths if path in GUARANTEE_NUMBERS]
    if asked and not promised:
        promised = [load_reform(GUARANTEE_NUMBERS[asked[0]])]
    if len(promised) > 1:
        raise InputError.of("One guarantee at most can be laid over the law to solve for.", field="--reform")
    guarantee = promised[0].guarantee if promised else None
    changed: dict[str, dict[str, float]] = {}
    for reform in reforms:
        for path, values in reform.parameters.items():
            first = min(values)
            changed[path] = {day: value for day, value in changed.get(path, {}).items() if day < first} | dict(values)
    template = Reform.model_construct(  # named, and checked as a whole, once the numbers are in it
        title="",
        summary="",
        parameters=changed,
        guarantee=guarantee,
        scope=promised[0].scope if promised else Scope(),
        legal_route=promised[0].legal_route if promised else "",
    )
    for path in asked:
        assert guarantee is not None
        name = path.partition(".")[2]
        if getattr(guarantee, name) is None:
            design = guarantee.design
            raise InputError.of(f"Design {design} has no {name} (docs/guarantee.md).", field=f"--change {path}")
    return template


def laid(template: Reform, unknowns: Sequence[Unknown], values: Sequence[float], since: str) -> Reform:
    """The template with the numbers put in."""
    changed, promised = dict(template.parameters), {}
    for one, value in zip(unknowns, values, strict=True):
        if one.path in GUARANTEE_NUMBERS:
            promised[one.path.partition(".")[2]] = float(value)
        else:
            past = {day: told for day, told in changed.get(one.path, {}).items() if day < since}
            changed[one.path] = past | {since: float(value)}
    update: dict[str, Any] = {"parameters": changed}
    if promised:
        assert template.guarantee is not None
        update["guarantee"] = template.guarantee.model_copy(update=promised)
    return template.model_copy(update=update)


def drawn(name: str, sample: int | None) -> list[Household]:
    """So many households of a universe (all of them where None), always the same: in the order of their ids' SHA-256.

    Raises InputError for a universe that there is not.
    """
    found = universe(name)
    ids = sorted(found.ids, key=lambda one: sha256(one.encode()).digest())
    return [found.household(one) for one in ids[:sample]]


def bands_of(
    told: str | Sequence[Sequence[float]], households: Sequence[Household], paths: Sequence[EarningsPath]
) -> tuple[tuple[tuple[Band, ...], ...], str]:
    """The earnings that the cost is averaged over, household by household, and what they are called.

    "range", "present", or bands (from, to, share) in pounds a month; bands are cut where a path ends, and what
    remains of them counts as the whole. Raises InputError.
    """
    if told == "range":
        return tuple((Band(0.0, path.to, 1.0),) for path in paths), "evenly over each household's range of earnings"
    if told == "present":
        found = []
        for household, path in zip(households, paths, strict=True):
            now = min(household.adults[path.adult].pay_a_month(), path.to)
            found.append((Band(now, now, 1.0),))
        return tuple(found), "at present earnings"
    if isinstance(told, str):
        raise InputError.of(
            f"{told} is no distribution of earnings. Give range, present, or a .csv file with from, to, share.",
            field="--cost-over",
        )
    rows = [(float(low), float(high), float(share)) for low, high, share in told]
    if not rows or any(not 0 <= low <= high or share < 0 for low, high, share in rows):
        raise InputError.of("Each band goes from an amount to a higher one, with a share of 0 or more.", "--cost-over")
    every = []
    for path in paths:
        kept = []
        for low, high, share in rows:
            end = min(high, path.to)
            if low > path.to or share <= 0:
                continue
            kept.append(Band(low, end, share * ((end - low) / (high - low) if high > low else 1.0)))
        whole = sum(band.share for band in kept)
        if whole <= 0:
            raise InputError.of(f"No band lies below {path.to:g} pounds a month.", field="--cost-over")
        every.append(tuple(Band(band.low, band.high, band.share / whole) for band in kept))
    return tuple(every), "by the bands of earnings given"


def problem(
    households: Sequence[Household],
    unknowns: Sequence[Unknown],
    targets: Sequence[Target],
    on: date,
    reforms: Sequence[Reform] = (),
    *,
    choice: Choice | None = None,
    both: bool = False,
    measure: Measure | None = None,
    within: Range | None = None,
    cost_over: str | Sequence[Sequence[float]] = "range",
    same_cost_as: Sequence[Reform] = (),
    valuation: Valuation = CENTRAL,
    standing: Standing = NOBODY_SPECIAL,
) -> Problem:
    """All that a search needs. Raises InputError for what cannot be asked."""
    choice = choice or Choice()
    if not unknowns:
        raise InputError.of(
            "Say which number may change, as in --change universal_credit.taper_rate=0.30..0.55.", field="--change"
        )
    if bool(targets) == bool(same_cost_as):
        raise InputError.of('Give a target, as in --target "metr<=0.70", or --same-cost-as: one of them.')
    if same_cost_as and len(unknowns) > 1:
        raise InputError.of("One number can be found for the same cost: give --change once.", field="--change")
    if within is not None and not 0 <= within[0] < within[1]:
        raise InputError.of("Give earnings from and to, as 0..2000.", field="--within")
    if not households:
        raise InputError.of("Give a household.", field="households")
    template = template_of(reforms, unknowns, on)
    walked = list(households)
    found = [path for path, _ in paths_of(households, choice, on)]
    if both:
        couples = [home for home in households if len(home.adults) > 1]
        walked += couples
        partner = Choice("partner", choice.mode, choice.wage, choice.hours, choice.to)
        found += [path for path, _ in paths_of(couples, partner, on)]
    own = template.guarantee.measure if template.guarantee else "net_resources"
    theirs = [one.guarantee.measure for one in same_cost_as if one.guarantee]
    bands, told = bands_of(cost_over, walked, found)
    return Problem(
        tuple(walked),
        tuple(found),
        tuple(unknowns),
        tuple(targets),
        template,
        on,
        measure or (theirs[-1] if theirs and not template.guarantee else own),
        bands,
        told,
        within,
        tuple(same_cost_as),
        valuation,
        standing,
        tuple(reforms),
    )


# What is found


@dataclass(frozen=True)
class Found:
    """One number: its value in whole steps, and before rounding."""

    unknown: Unknown
    value: float
    unrounded: float


@dataclass(frozen=True)
class Reached:
    """One target under the values found: the worst that any household meets."""

    target: Target
    worst: Worst

    @property
    def held(self) -> bool:
        """Whether it holds for every household."""
        return self.target.holds(self.worst.amount)


@dataclass(frozen=True)
class Solution:
    """The answer to a `Problem`.

    `found` says whether the targets hold (or the cost is matched) at `values`; where not, those are the nearest that
    the bounds allow. `reform` is what they come to. `before` is the law, `after` the reform and `beside` what it was to
    cost the same as. `outside` are households for whom nothing was asked, since the guarantee's gate is shut to them.
    """

    problem: Problem
    found: bool
    values: tuple[Found, ...]
    reform: Reform
    targets: tuple[Reached, ...]
    before: Effects
    after: Effects
    beside: Effects | None
    rounded: Effects | None
    evaluations: int
    outside: tuple[str, ...] = ()
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    @property
    def binding(self) -> Reached | None:
        """The target with the least to spare: who and what earnings set the answer."""
        return max(self.targets, key=lambda one: one.target.excess(one.worst.amount), default=None)

    @property
    def cost(self) -> float:
        """Pounds a month a household, on average."""
        return self.after.cost

    def document(self, in_words: str = "") -> dict[str, Any]:
        """The answer as the `mwp.solve/1` JSON document."""
        asked = self.problem
        names = list(dict.fromkeys(home.name for home in asked.households))
        told = documents.head(
            SCHEMA,
            asked.on,
            [reform.name for reform in asked.reforms],
            names[0] if len(names) == 1 else f"{len(names)} households",
        )
        return told | {
            "found": self.found,
            "in_words": in_words,
            "households": names,
            "outside": list(self.outside),
            "schedules": len(asked.households),
            "measure": asked.measure,
            "within": None if asked.within is None else list(asked.within),
            "cost_over": asked.cost_over,
            "values": [
                {
                    "path": one.unknown.path,
                    "value": one.value,
                    "unrounded": one.unrounded,
                    "law": one.unknown.law,
                    "low": one.unknown.low,
                    "high": one.unknown.high,
                    "step": one.unknown.step,
                    "unit": one.unknown.unit,
                }
                for one in self.values
            ],
            "targets": [
                {
                    "target": str(one.target),
                    "limit": one.target.limit,
                    "held": one.held,
                    "worst": _told(one.worst),
                }
                for one in self.targets
            ],
            "cost": self.cost,
            "same_cost_as": [reform.name for reform in asked.same_cost_as],
            "rounded_cost": None if self.rounded is None else self.rounded.cost,
            "effects": {
                name: None if one is None else _effects(one)
                for name, one in (("law", self.before), ("found", self.after), ("beside", self.beside))
            },
            "reform": reform_data(self.reform),
            "evaluations": self.evaluations,
            **documents.question(self.asked),
        }


def _told(one: Worst) -> dict[str, Any]:
    return {
        "amount": one.amount,
        "household": one.household,
        "earner": one.earner or None,
        "earnings": one.earnings,
    }


def _effects(one: Effects) -> dict[str, Any]:
    shown = {name: value for name, value in vars(one).items() if not isinstance(value, Worst)}
    return shown | {name: _told(value) for name, value in vars(one).items() if isinstance(value, Worst)}


def reform_data(reform: Reform) -> dict[str, Any]:
    """A reform as its file has it: what is left out there stays out."""
    return reform.model_dump(mode="json", exclude_defaults=True, exclude={"name"})


# The search


Progress = Callable[[int], None]


def solve(asked: Problem, progress: Progress | None = None) -> Solution:
    """The least-cost values that reach the targets, or the value that costs the same. Raises SolverMissing."""
    _scipy()
    trial = _Trials(asked, progress)
    return _same_cost(trial) if asked.same_cost_as else _least_cost(trial)


def _scipy() -> Any:
    try:
        from scipy import optimize
    except ImportError:
        raise SolverMissing(
            'Solving needs scipy, which is not installed. Install it: pip install "mwp[policy]".'
        ) from None
    return optimize


@dataclass(frozen=True)
class _Trial:
    """What came of a set of values. With `rough`, only some households were looked at: enough to see it broken."""

    excess: float
    cost: float
    worst: tuple[Worst, ...]
    rough: bool = False

    @property
    def reaches(self) -> bool:
        return self.excess <= 0 and not self.rough

    @property
    def rank(self) -> tuple[float, float]:
        """Smaller is better: first that the targets are reached, then that it costs less."""
        return (0.0, self.cost) if self.reaches else (max(self.excess, 1e-12), self.cost)


class _Trials:
    """Values tried so far, on exact schedules; the law and what needs no new schedules are kept."""

    def __init__(self, asked: Problem, progress: Progress | None) -> None:
        self.asked, self.progress = asked, progress
        self.since = _tax_year_start(asked.on).isoformat()
        self.evaluations = 0
        self._seen: dict[tuple[float, ...], _Trial] = {}
        self._bare: dict[tuple[int, ...], tuple[Any, list[Schedule]]] = {}
        self._active: tuple[int, ...] = ()
        base = schedules(asked.households, asked.paths, asked.on, (), asked.measure, asked.valuation)
        self.law = [Lines(one) for one in base]
        promised = [asked.template] if asked.template.guarantee else []
        self.where = [open_over(one, promised, asked.within, asked.standing) for one in base]
        # Effects are told over everybody's range, whoever the target is for.
        self.everywhere = [open_over(one, (), asked.within) for one in base]

    @property
    def outside(self) -> tuple[str, ...]:
        """Households for whom a target is not asked: the gate of the guarantee is shut to them."""
        shut = [h.name for h, ranges in zip(self.asked.households, self.where, strict=True) if not ranges]
        return tuple(dict.fromkeys(shut))

    def reform(self, values: Sequence[float]) -> Reform:
        return laid(self.asked.template, self.asked.unknowns, values, self.since)

    def lines(self, reforms: Sequence[Reform], which: Sequence[int] | None = None) -> list[Lines]:
        """The schedules of some or all of the households under reforms."""
        asked = self.asked
        slots = tuple(range(len(asked.households)) if which is None else which)
        homes, paths = [asked.households[slot] for slot in slots], [asked.paths[slot] for slot in slots]
        promised = [one for one in reforms if one.guarantee]
        if len(promised) == 1 and promised[0].guarantee and promised[0].guarantee.measure == asked.measure:
            key = [one.parameters for one in reforms]
            known = self._bare.get(slots)
            if known is None or known[0] != key:
                bare = schedules(homes, paths, asked.on, reforms, asked.measure, asked.valuation)
                known = self._bare[slots] = (key, bare)
            promise, scope = promised[0].guarantee, promised[0].scope
            return [Lines(guaranteed(one, promise, scope, asked.standing)) for one in known[1]]
        every = guaranteed_schedules(homes, paths, asked.on, reforms, asked.measure, asked.valuation, asked.standing)
        return [Lines(one) for one in every]

    def cost(self, lines: Sequence[Lines]) -> float:
        return cost(self.law, lines, self.asked.bands)

    def effects(self, lines: Sequence[Lines]) -> Effects:
        return effects(self.law, lines, self.asked.bands, self.everywhere, self.asked.within is not None)

    def __call__(self, values: Sequence[float], whole: bool = True) -> _Trial:
        """Try values; where some few households already break a target, `whole=False` leaves it at those."""
        key = tuple(float(value) for value in values)
        known = self._seen.get(key)
        if known is not None and not (known.rough and whole):
            return known
        reform = self.reform(key)
        if not whole and len(self._active) and len(self._active) < len(self.law):
            worsts = self._worst(self.lines([reform], self._active), [self.where[slot] for slot in self._active])
            excess = self._excess(worsts)
            if excess > 0:
                return self._keep(key, _Trial(excess, np.inf, worsts, True))
        lines = self.lines([reform])
        worsts = self._worst(lines, self.where)
        self._note(lines)
        return self._keep(key, _Trial(self._excess(worsts), self.cost(lines), worsts))

    def _keep(self, key: tuple[float, ...], trial: _Trial) -> _Trial:
        self._seen[key] = trial
        self.count()
        return trial

    def count(self) -> None:
        self.evaluations += 1
        if self.progress:
            self.progress(self.evaluations)

    def _worst(self, lines: Sequence[Lines], where: Sequence[Sequence[Range]]) -> tuple[Worst, ...]:
        named = self.asked.within is not None
        return tuple(worst(target, lines, where, named) for target in self.asked.targets)

    def _excess(self, worsts: Sequence[Worst]) -> float:
        pairs = zip(self.asked.targets, worsts, strict=True)
        return max((target.excess(one.amount) for target, one in pairs), default=0.0)

    def _note(self, lines: Sequence[Lines]) -> None:
        """Keep in mind which schedules break or bind a target: they are looked at first."""
        named = self.asked.within is not None
        for target in self.asked.targets:
            told = [worst(target, [one], [where], named).amount for one, where in zip(lines, self.where, strict=True)]
            slot = int(np.argmax(told))
            if slot not in self._active:
                self._active = (*self._active, slot)[-_ACTIVE:]

    @property
    def tried(self) -> dict[tuple[float, ...], _Trial]:
        return self._seen


def _least_cost(trial: _Trials) -> Solution:
    asked = trial.asked
    spaces = [one.lattice for one in asked.unknowns]
    unrounded = _one(trial, spaces[0]) if len(spaces) == 1 else _several(trial, spaces)
    best = _descend(trial, spaces, _best(trial, spaces))
    found = trial(best)
    reform = _named(trial.reform(best), asked, best, found.reaches)
    lines = trial.lines([reform])
    near = [
        exact if exact is not None and abs(exact - value) <= one.step + 1e-9 else value
        for one, value, exact in zip(asked.unknowns, best, unrounded, strict=True)
    ]
    return Solution(
        asked,
        found.reaches,
        tuple(Found(one, value, exact) for one, value, exact in zip(asked.unknowns, best, near, strict=True)),
        reform,
        tuple(Reached(target, one) for target, one in zip(asked.targets, found.worst, strict=True)),
        trial.effects(trial.law),
        trial.effects(lines),
        None,
        None,
        trial.evaluations,
        trial.outside,
    )


def _one(trial: _Trials, space: tuple[float, ...]) -> list[float | None]:
    """One unknown: a scan, then the exact root wherever reaching the target begins or ends, and the steps beside it."""
    optimize = _scipy()
    scan = sorted({round(place) for place in np.linspace(0, len(space) - 1, min(_SCAN, len(space)))})
    for place in scan:
        trial([space[place]])
    edges: list[float] = []
    for first, last in pairwise(scan):
        low, high = space[first], space[last]
        if trial([low]).reaches == trial([high]).reaches:
            continue
        step = trial.asked.unknowns[0].step

        def over(value: float) -> float:
            return trial([value]).excess or -1e-12

        edge = float(optimize.brentq(over, low, high, xtol=step * 1e-3, rtol=8.9e-16))
        edges.append(edge)
        for place in range(first, last + 1):
            if abs(space[place] - edge) <= step * (1 + 1e-9):
                trial([space[place]])
        _halve(trial, space, first, last)
    lattice = set(space)
    reaching = [(one.cost, key[0]) for key, one in trial.tried.items() if one.reaches and key[0] in lattice]
    if not edges or not reaching:
        return [None]
    cheapest = min(reaching)[1]
    return [min(edges, key=lambda edge: abs(edge - cheapest))]


def _halve(trial: _Trials, space: tuple[float, ...], first: int, last: int) -> None:
    """The two neighbouring steps between which reaching the target begins, by halving."""
    while last - first > 1:
        tried = [place for place in range(first + 1, last) if (space[place],) in trial.tried]
        middle = min(tried, key=lambda place: abs(place - (first + last) / 2)) if tried else (first + last) // 2
        if trial([space[middle]]).reaches == trial([space[first]]).reaches:
            first = middle
        else:
            last = middle


def _several(trial: _Trials, spaces: Sequence[tuple[float, ...]]) -> list[float | None]:
    """Several unknowns: the corners, then differential evolution over whole steps, targets as constraints."""
    optimize = _scipy()
    sizes = [len(space) - 1 for space in spaces]
    if prod(len(space) for space in spaces) <= _EVERY:
        for values_there in product(*spaces):
            trial(values_there, whole=False)
        return [None] * len(spaces)
    if len(spaces) <= 4:
        for corner in product(*((0, size) if size else (0,) for size in sizes)):
            trial(_at(spaces, corner))
    start = _places(spaces, _best(trial, spaces)) if trial.tried else [size // 2 for size in sizes]
    moving = [slot for slot, size in enumerate(sizes) if size]
    if not moving:
        return [None] * len(spaces)

    def values(places: Any) -> list[float]:
        whole = list(start)
        for slot, place in zip(moving, places, strict=True):
            whole[slot] = min(max(round(float(place)), 0), sizes[slot])
        return _at(spaces, whole)

    constraint = optimize.NonlinearConstraint(lambda at: trial(values(at), whole=False).excess, -np.inf, 0.0)
    optimize.differential_evolution(
        lambda at: trial(values(at)).cost,
        [(0, sizes[slot]) for slot in moving],
        constraints=(constraint,),
        integrality=[True] * len(moving),
        popsize=5,
        maxiter=10 + 2 * len(moving),
        tol=1e-4,
        polish=False,
        seed=_SEED,
        x0=[start[slot] for slot in moving],
    )
    _walk_the_edge(trial, spaces, _descend(trial, spaces, _best(trial, spaces)))
    return [None] * len(spaces)


def _walk_the_edge(trial: _Trials, spaces: Sequence[tuple[float, ...]], best: list[float]) -> None:
    """Beside the best: for some steps of the number with the fewest, where reaching the target begins in each other.

    Rounding makes the cost uneven along that edge, so that a step or two further may be cheaper.
    """
    sizes = [len(space) - 1 for space in spaces]
    slot = min((place for place, size in enumerate(sizes) if size), key=lambda place: sizes[place])
    start = _places(spaces, best)
    if not trial(best).reaches:
        return
    for other in (place for place, size in enumerate(sizes) if size and place != slot):
        dearer = _dearer(trial, spaces, start, other)
        for sign in (-1, 1):
            here = list(start)
            for _ in range(_ALONG):
                here[slot] += sign
                if not 0 <= here[slot] <= sizes[slot]:
                    break
                edge = _edge(trial, spaces, here, other, dearer)
                if edge is None:
                    break
                here[other] = edge


def _dearer(trial: _Trials, spaces: Sequence[tuple[float, ...]], start: Sequence[int], slot: int) -> int:
    """Which way a number costs more: 1 up, -1 down."""
    beside = list(start)
    beside[slot] += 1 if start[slot] < len(spaces[slot]) - 1 else -1
    more = trial(_at(spaces, beside)).cost > trial(_at(spaces, start)).cost
    return 1 if more == (beside[slot] > start[slot]) else -1


def _edge(
    trial: _Trials, spaces: Sequence[tuple[float, ...]], here: Sequence[int], slot: int, dearer: int
) -> int | None:
    """The cheapest step of one number that reaches the target with the others as they are; None where none does."""
    last = len(spaces[slot]) - 1

    def reaches(place: int) -> bool:
        return trial(_at(spaces, [place if n == slot else at for n, at in enumerate(here)]), whole=False).reaches

    inside = here[slot]
    known = reaches(inside)
    towards, stride = (-dearer if known else dearer), 1
    outside = inside
    while True:
        further = min(max(outside + towards * stride, 0), last)
        if further == outside:
            return inside if known else None
        if reaches(further) != known:
            inside, outside = (outside, further) if known else (further, outside)
            break
        inside = outside = further
        stride *= 2
    while abs(inside - outside) > 1:
        middle = (inside + outside) // 2
        if reaches(middle):
            inside = middle
        else:
            outside = middle
    return inside


def _at(spaces: Sequence[tuple[float, ...]], places: Iterable[int]) -> list[float]:
    return [space[place] for space, place in zip(spaces, places, strict=True)]


def _places(spaces: Sequence[tuple[float, ...]], values: Sequence[float]) -> list[int]:
    return [space.index(value) for space, value in zip(spaces, values, strict=True)]


def _best(trial: _Trials, spaces: Sequence[tuple[float, ...]]) -> list[float]:
    """The best of the values tried so far that are whole steps."""
    sets = [set(space) for space in spaces]
    while True:
        on_lattice = [
            (one.rank, key)
            for key, one in trial.tried.items()
            if all(value in allowed for value, allowed in zip(key, sets, strict=True))
        ]
        best = min(on_lattice)[1]
        if not trial.tried[best].rough:
            return list(best)
        trial(best)  # some households were enough to see it broken: look at all, and choose again


def _descend(trial: _Trials, spaces: Sequence[tuple[float, ...]], best: list[float]) -> list[float]:
    """From the best tried, to where no step and no pair of opposite steps is better: wide steps first, then single."""
    places = _places(spaces, best)
    sizes = [len(space) - 1 for space in spaces]
    scale = 1
    if len(spaces) > 1:
        while scale * 4 <= max(sizes):
            scale *= 4
    while True:
        here = trial(_at(spaces, places)).rank
        better = None
        for move in _moves(len(spaces), scale, sizes):
            there = [place + by for place, by in zip(places, move, strict=True)]
            if all(0 <= place <= size for place, size in zip(there, sizes, strict=True)):
                rank = trial(_at(spaces, there), whole=here[0] > 0).rank
                if _is_less(rank, here):
                    here, better = rank, there
        if better:
            places = better
        elif scale == 1:
            return _at(spaces, places)
        else:
            scale = max(1, scale // 4)


def _is_less(one: tuple[float, float], other: tuple[float, float]) -> bool:
    if abs(one[0] - other[0]) > 1e-9:
        return one[0] < other[0]
    return one[1] < other[1] - 1e-9


def _moves(unknowns: int, scale: int, sizes: Sequence[int]) -> list[tuple[int, ...]]:
    found = []
    for slot in range(unknowns):
        for sign in (-1, 1):
            found.append(tuple(sign * min(scale, sizes[slot]) if other == slot else 0 for other in range(unknowns)))
    for first, second in combinations(range(unknowns), 2):
        for sign in (-1, 1):
            move = [0] * unknowns
            move[first], move[second] = sign * min(scale, sizes[first]), -sign * min(scale, sizes[second])
            found.append(tuple(move))
    return [move for move in dict.fromkeys(found) if any(move)]


def _same_cost(trial: _Trials) -> Solution:
    asked = trial.asked
    optimize = _scipy()
    (one,) = asked.unknowns
    beside = trial.lines(asked.same_cost_as)
    wanted = trial.cost(beside)
    known: dict[float, float] = {}

    def apart(value: float) -> float:
        if value not in known:
            known[value] = trial.cost(trial.lines([trial.reform([value])])) - wanted
            trial.count()
        return known[value]

    for value in np.linspace(one.low, one.high, 5):
        apart(float(value))
    ordered = sorted(known)
    bracket = next(((a, b) for a, b in pairwise(ordered) if known[a] * known[b] <= 0), None)
    if bracket:
        optimize.brentq(apart, *bracket, xtol=one.step * 1e-5, rtol=8.9e-16)
    nearest = min(known, key=lambda value: (abs(known[value]), value))
    value = round(nearest, 6)
    found = abs(apart(value)) < PENNY
    step = min(one.lattice, key=lambda place: abs(place - value))
    reform = _named(trial.reform([value]), asked, [value], found)
    lines = trial.lines([reform])
    return Solution(
        asked,
        found,
        (Found(one, step, value),),
        reform,
        (),
        trial.effects(trial.law),
        trial.effects(lines),
        trial.effects(beside),
        trial.effects(trial.lines([trial.reform([step])])),
        trial.evaluations,
    )


def _named(reform: Reform, asked: Problem, values: Sequence[float], found: bool) -> Reform:
    """The reform with a title, a summary and a source of its own, fit to be written to a file."""
    told = ", ".join(
        f"{shown(one.path)} {amount(one, value)}" for one, value in zip(asked.unknowns, values, strict=True)
    )
    if asked.same_cost_as:
        aim = f"costs the same as {' with '.join(other.name for other in asked.same_cost_as)}"
    else:
        aim = f"reaches {' and '.join(map(str, asked.targets))}"
    homes = len({home.name for home in asked.households})
    whom = "one household" if homes == 1 else f"{homes} households"
    lead = f"Solved for: {aim} at least cost" if asked.targets else f"Solved for: {aim}"
    summary = (
        f"{lead}, over {whom} on {asked.on.isoformat()}."
        if found
        else (
            f"The nearest within the bounds to what was solved for, which is not reached: {aim}, over {whom} on"
            f" {asked.on.isoformat()}."
        )
    )
    return Reform.model_validate(
        {
            "name": reform.name,
            "title": (told[:197] + "...") if len(told) > 200 else told[:1].upper() + told[1:],
            "summary": summary,
            "source": {"title": "Solved for with this project's mwp solve (docs/guarantee.md)"},
            "status": "this project's proposal",
            "legal_route": reform.legal_route,
            "parameters": reform.parameters,
            "guarantee": reform.guarantee,
            "scope": reform.scope,
        }
    )


def _tax_year_start(on: date) -> date:
    """6 April on or before a day: a reform found holds from there, so for the whole tax year."""
    start = date(on.year, 4, 6)
    return start if on >= start else date(on.year - 1, 4, 6)


_NAMES = {
    "universal_credit.taper_rate": "Universal Credit taper rate",
    "universal_credit.work_allowance.with_housing": "Universal Credit work allowance where rent is met",
    "universal_credit.work_allowance.without_housing": "Universal Credit work allowance where no rent is met",
    "universal_credit.work_allowance.second_earner": "Universal Credit work allowance of a second earner",
    "guarantee.most_lost": "guarantee: the most lost of an extra pound",
    "guarantee.kept": "guarantee: the share of the pay that is kept",
    "guarantee.most": "guarantee: pounds a month at most",
    "guarantee.taper": "guarantee: taper of each passport",
}


def shown(path: str) -> str:
    """A number's path in words: Universal Credit taper rate."""
    return _NAMES.get(path) or path.replace("_", " ").replace(".", ", ").replace("universal credit", "Universal Credit")


def amount(one: Unknown, value: float) -> str:
    """A value as its unit is read."""
    if one.unit == "/1":
        return f"{value * 100:.10g}%"
    return f"£{value:,.10g}" if one.unit == "currency-GBP" else f"{value:.10g}"
