"""What work is worth to every adult of a population: marginal rates at the present pay, participation rates, cliffs.

- **METR** at the present pay: the share of one more penny that is not kept, on the line that holds there (as
  `mwp.schedule` has it), hours growing at the person's own hourly pay;
- **near a cliff**: whether up to 10 pounds a month more pay would take the person over one, to the penny;
- **PTR** of those in work: the share of the whole pay that is not kept, against no pay; of those out of work: the same
  of a job at 16 and at 35 hours at the minimum wage.

A partner's pay stays as it is. `Sweep` evaluates whole ranges of earnings in place of the present pay alone. Guarantees
of design G3 and G4 are followed from point to point, any other on exact schedules (`mwp.population.along`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mwp.analysis.distribution import CLASSES, WORTH_COUNTING
from mwp.analysis.incentives import BANDS
from mwp.analysis.measures import Measure
from mwp.analysis.schedule import PENNY
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.rows import Table
from mwp.engine.simulation import Floats, Ints, Terms, simulate
from mwp.errors import InputError
from mwp.inputs.reform import Reform
from mwp.population.along import (
    AWARD,
    Exact,
    Held,
    Ranges,
    Reached,
    is_followed,
    largest_cliff,
    metr_at,
    values_of,
)
from mwp.population.encode import born_on, encode_tables, is_pension_age
from mwp.population.facts import FAMILIES, facts
from mwp.population.laws import law_under
from mwp.population.parallel import HERE, How, Progress, over_blocks
from mwp.population.pieces import BLOCK, Answers, Source, answer_table
from mwp.population.promised import Grid, Pay, TopUps
from mwp.population.run import Law, TakeUp, as_counted, as_written, told_of
from mwp.population.spread import Estimate, Sample, add, quantiles
from mwp.population.tables import Population, is_word

HIGH = (0.70, 0.80, 1.00)
"""METRs above which people are counted."""
NEAR = 10
"""Pounds a month: how near a cliff is near."""
JOBS = (16.0, 35.0)
"""Hours a week of the jobs that those out of work are asked about, at the minimum wage."""
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
_ROWS = 260_000  # rows of a sweep that are held at once
_WHOLE = 1_024.0
"""Weights of a sweep are counted in parts so fine of one: sums of whole numbers do not depend on their order."""


Step = Callable[[Ints, Floats, Reached | None], tuple[Floats, Reached | None]]
"""What is left of some households at some pay, and what a guarantee has reached by then, from what it had before."""


def classes_of(rates: Floats) -> NDArray[np.int8]:
    """The class of METR each rate is in (see `mwp.analysis.distribution.CLASSES`)."""
    found = np.zeros(rates.shape, dtype=np.int8)
    for band in BANDS:
        found += rates > band + 1e-9
    return found


# At the present pay


@dataclass(frozen=True)
class Rates:
    """Every adult's rates under each of several laws."""

    on: date
    laws: tuple[tuple[Reform, ...], ...]
    measure: Measure = "net_income"
    valuation: Valuation = CENTRAL
    take_up: TakeUp = "as-recorded"
    exclude_invalid: bool = False

    def told(self) -> dict[str, Any]:
        """What the answers depend on."""
        return told_of(self, "rates", laws=[as_written(law) for law in self.laws], measure=self.measure)

    def work(self, population: Population) -> pa.Table:
        """A row for each adult below State Pension age under each law, the claimants' before the partners'."""
        ready, _ = as_counted(population, self)
        known, table = facts(ready, self.on), encode_tables(ready, self.on)
        young = of_working_age(ready, table, self.on)
        promised = TopUps(ready, table, self.on, self.valuation)
        parts: list[dict[str, Any]] = []
        for number, law in enumerate(self.laws):
            for adult in (0, 1):
                homes = np.flatnonzero(young[adult])
                own = self._adult(promised, law, adult, homes)
                groups = {
                    k: known[k][homes] for k in ("household_id", "home_id", "weight", "nation", "family", "tenure")
                }
                size = len(homes)
                parts.append(
                    {"law": np.full(size, number, np.int16), "adult": np.full(size, adult, np.int8)} | groups | own
                )
        return answer_table({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})

    def _adult(self, promised: TopUps, law: Sequence[Reform], adult: int, homes: Ints) -> dict[str, Any]:
        terms = Terms(law_under(self.on, law), valuation=self.valuation)
        table = promised.table
        pay = Pay.of(table)
        told = simulate(table, terms.law, ("minimum_wage",)).adults["minimum_wage"][:, :, 0]
        wages = np.array([np.where(pay.wage(a) > 0, pay.wage(a), told[a]) for a in (0, 1)])
        works = pay.has_path(adult)[homes]
        out = ~works & (pay.amount(adult)[homes] <= 0)
        empty = np.full(len(homes), np.nan)
        found = {name: empty.copy() for name in ("metr", "ptr", *(f"ptr_{hours:g}_hours" for hours in JOBS))}
        found |= {"pay": pay.amount(adult)[homes], "cliff": np.zeros(len(homes))}
        worth: Followed | Walked = (
            Followed(self, promised, law, adult, wages)
            if is_followed(law)
            else Walked(self, promised.population, law, adult, wages[adult])
        )
        for who, rates in ((works, worth.in_work), (out, worth.out_of_work)):
            if who.any():
                for name, values in rates(homes[who], found["pay"][who]).items():
                    found[name][who] = values
        return found


class Followed:
    """One adult's rates, many households at a time: under parameters, and guarantees that can be followed."""

    def __init__(
        self,
        asked: Rates,
        promised: TopUps,
        law: Sequence[Reform],
        adult: int,
        wages: Floats,
    ) -> None:
        self.asked, self.law, self.adult, self.wages = asked, law, adult, wages
        self.population, self.table = promised.population, promised.table
        self.held = Held.of(promised, law, adult)
        counted = (self.held.guarantee.measure, AWARD) if self.held else ()
        terms = Terms(law_under(asked.on, law), valuation=asked.valuation)
        self.grid = Grid(self.table, terms, tuple(dict.fromkeys((asked.measure, *counted))), wages, adults=(adult,))

    def step(self, homes: Ints, earned: Floats, before: Reached | None) -> tuple[Floats, Reached | None]:
        """What is left at that pay, and what a guarantee has reached by then."""
        found = self.grid.at(homes, {self.adult: earned})
        left = found[self.asked.measure]
        if self.held is None or before is None:
            return left, None
        added, now = self.held.added(homes, earned, found[self.held.guarantee.measure], found[AWARD], before)
        return left + added, now

    def in_work(self, homes: Ints, pay: Floats) -> dict[str, Floats]:
        """METR, PTR and the nearest cliff of those with pay."""
        now, there = self.step(homes, pay, self.held.start.of(homes) if self.held else None)
        first, then = self.step(homes, pay + PENNY, there)
        second, _ = self.step(homes, pay + 2 * PENNY, then)
        return {
            "metr": rate_of(now, first, second),
            "ptr": 1.0 - (now - self.left_with(homes, np.zeros(len(homes)))) / pay,
            "cliff": _cliffs(self.step, homes, pay, now, there),
        }

    def out_of_work(self, homes: Ints, pay: Floats) -> dict[str, Floats]:
        """PTRs of those without pay, by hours of a job at the minimum wage."""
        before, found = self.left_with(homes, pay), {}
        for hours in JOBS:
            earned = hours * self.wages[self.adult][homes] * WEEKS_A_MONTH
            found[f"ptr_{hours:g}_hours"] = 1.0 - (self.left_with(homes, earned) - before) / earned
        return found

    def left_with(self, homes: Ints, earned: Floats) -> Floats:
        """What would be left were the adult to have other pay, the guarantee's top-up at that pay with it."""
        left, pay = self.grid.at(homes, {self.adult: earned})[self.asked.measure], Pay.of(self.table)
        places = np.flatnonzero((earned > 0) | pay.has_path(1 - self.adult)[homes])
        if self.held is None or not len(places):
            return left
        some = homes[places]
        population = self.population.where(some)
        table = encode_tables(population, self.asked.on)
        wages = self.wages[self.adult][some]
        columns = dict(table.columns)
        for name, values in (
            ("hours", earned[places] / (wages * WEEKS_A_MONTH)),
            ("hourly_wage", wages),
            ("stated_pay", np.zeros(len(some))),
        ):
            columns[name] = table.with_adult(columns[name], self.adult, values)
        promised = TopUps(population, replace(table, columns=columns), self.asked.on, self.asked.valuation)
        left[places] += promised.under(self.law)
        return left


class Walked:
    """One adult's rates on exact schedules, household by household: under guarantees that cannot be followed."""

    def __init__(self, asked: Rates, population: Population, law: Sequence[Reform], adult: int, wages: Floats) -> None:
        self.exact = Exact(population, tuple(law), asked.on, asked.measure, asked.valuation)
        self.adult, self.wages = adult, wages

    def in_work(self, homes: Ints, pay: Floats) -> dict[str, Floats]:
        """METR, PTR and the nearest cliff of those with pay."""
        found = {name: np.zeros(len(homes)) for name in ("metr", "ptr", "cliff")}
        to = np.ceil(pay) + NEAR + 1.0
        for place, schedule in self.exact.schedules(self.adult, homes, self.wages[homes], to):
            own = float(pay[place])
            cliff = largest_cliff(schedule, own, own + NEAR)
            found["metr"][place] = metr_at(schedule, own)
            found["ptr"][place] = 1.0 - (schedule.value(own) - schedule.value(0.0)) / own
            found["cliff"][place] = cliff if cliff >= WORTH_COUNTING else 0.0
        return found

    def out_of_work(self, homes: Ints, _: Floats) -> dict[str, Floats]:
        """PTRs of those without pay, by hours of a job at the minimum wage."""
        wages = self.wages[homes]
        earned = np.array([hours * wages * WEEKS_A_MONTH for hours in JOBS])
        rates = np.zeros((len(JOBS), len(homes)))
        for place, schedule in self.exact.schedules(self.adult, homes, wages, np.ceil(earned.max(axis=0)) + 1.0):
            left = values_of(schedule, np.concatenate(([0.0], earned[:, place])))
            rates[:, place] = 1.0 - (left[1:] - left[0]) / earned[:, place]
        return {f"ptr_{hours:g}_hours": rates[number] for number, hours in enumerate(JOBS)}


def rate_of(now: Floats, first: Floats, second: Floats) -> Floats:
    """The METR of what is left now and with a penny and two more: the smaller change, as the other may be a jump."""
    kept = np.stack([(first - now) / PENNY, (second - first) / PENNY])
    return np.asarray(1.0 - kept[np.abs(kept).argmin(axis=0), np.arange(len(now))])


def of_working_age(population: Population, table: Table, on: date) -> NDArray[np.bool_]:
    """Adults of the claimants' benefit units below State Pension age: (claimant or partner, household)."""
    persons = population.persons
    young = ~is_pension_age(born_on(persons, on), on) & is_word(persons, "role", "claimant", "partner")
    return np.asarray(table.each_adult(young.astype(np.float64)) > 0)


def _cliffs(step: Step, homes: Ints, at: Floats, now: Floats, reached: Reached | None) -> Floats:
    """The largest cliff within `NEAR` pounds of pay above, pounds a month; nil where there is none.

    Every pound of the way is looked at, and each in which what is left falls is halved down to a penny.
    """
    found, before = np.zeros(len(homes)), now
    for pounds in range(NEAR):
        after, then = step(homes, at + pounds + 1, reached)
        falls = np.flatnonzero(after < before - PENNY)
        if len(falls):
            low, high = at[falls] + pounds, at[falls] + pounds + 1
            left, right, so_far = before[falls], after[falls], reached and reached.of(falls)
            for _ in range(7):  # a pound, halved so often, is less than a penny
                middle = (low + high) / 2
                value, so_far_there = step(homes[falls], middle, so_far)
                first = (left - value) > (value - right)
                low, high = np.where(first, low, middle), np.where(first, middle, high)
                left, right = np.where(first, left, value), np.where(first, value, right)
                so_far = so_far and so_far_there and so_far.where(first, so_far_there)
            found[falls] = np.maximum(found[falls], left - right)
        before, reached = after, then
    return np.where(found >= WORTH_COUNTING, found, 0.0)


@dataclass(frozen=True)
class Line:
    """The rates of a group of adults: how many, and what share is where."""

    name: str
    adults: float
    shares: tuple[float, ...]
    above: tuple[Estimate, ...]
    near_cliff: Estimate
    metr: tuple[float, ...]
    ptr: tuple[float, ...]


@dataclass(frozen=True)
class OutOfWork:
    """The PTRs of adults out of work, by hours of a job at the minimum wage."""

    name: str
    adults: float
    ptr: tuple[tuple[float, ...], ...]
    above: tuple[tuple[Estimate, ...], ...]


@dataclass
class Incentives:
    """The rates of a population under current law and reforms."""

    about: str
    on: date
    laws: tuple[Law, ...]
    answers: Answers
    measure: Measure
    valuation: Valuation = CENTRAL
    take_up: TakeUp = "as-recorded"

    @cached_property
    def _columns(self) -> dict[str, NDArray[Any]]:
        names = self.answers.table().column_names
        return {name: self.answers.column(name) for name in names}

    def column(self, law: int, name: str) -> NDArray[Any]:
        """A column of one law's rows, adult by adult."""
        return np.asarray(self._columns[name][self._columns["law"] == law])

    def groups(self) -> list[tuple[str, str, str]]:
        """Everybody, each family type and each nation: (heading, column, word)."""
        nations = ("england", "scotland", "wales", "northern_ireland")
        return [
            ("all", "", ""),
            *((label, "family", word) for word, label in FAMILIES.items()),
            *((word.replace("_", " ").title(), "nation", word) for word in nations),
        ]

    def lines(self, law: int = 0) -> tuple[Line, ...]:
        """The rates of those in work, all together and by group."""
        metr, ptr, near = self.column(law, "metr"), self.column(law, "ptr"), self.column(law, "cliff") > 0
        works, sample = ~np.isnan(metr), self._sample(law)
        found = []
        for name, column, word in self.groups():
            where = works if not column else works & (self.column(law, column) == word)
            if not where.any():
                continue
            weights = np.where(where, sample.weights, 0.0)
            size = add(weights)
            rate = np.where(where, metr, 0.0)
            counted = np.bincount(classes_of(rate), weights=weights, minlength=len(CLASSES))
            found.append(
                Line(
                    name,
                    size,
                    tuple((counted / size).tolist()),
                    tuple(sample.mean((rate > high + 1e-9).astype(float), where) for high in HIGH),
                    sample.mean(near.astype(float), where),
                    tuple(quantiles(metr[where], sample.weights[where], SHARES).tolist()),
                    tuple(quantiles(ptr[where], sample.weights[where], SHARES).tolist()),
                )
            )
        return tuple(found)

    def out_of_work(self, law: int = 0) -> tuple[OutOfWork, ...]:
        """The PTRs of those out of work, all together and by group."""
        rates = [self.column(law, f"ptr_{hours:g}_hours") for hours in JOBS]
        sample, out = self._sample(law), ~np.isnan(rates[0])
        found = []
        for name, column, word in self.groups():
            where = out if not column else out & (self.column(law, column) == word)
            if where.any():
                found.append(
                    OutOfWork(
                        name,
                        add(np.where(where, sample.weights, 0.0)),
                        tuple(tuple(quantiles(r[where], sample.weights[where], SHARES).tolist()) for r in rates),
                        tuple(
                            tuple(sample.mean((np.where(where, r, 0.0) > h).astype(float), where) for h in HIGH)
                            for r in rates
                        ),
                    )
                )
        return tuple(found)

    def _sample(self, law: int) -> Sample:
        return Sample.of(self.column(law, "weight"), self.column(law, "home_id"))


def rates(
    population: str | Path | Population,
    laws: Sequence[Sequence[Reform]],
    on: date,
    *,
    measure: Measure = "net_income",
    valuation: Valuation = CENTRAL,
    take_up: TakeUp = "as-recorded",
    exclude_invalid: bool = False,
    how: How = HERE,
    block: int = BLOCK,
    progress: Progress | None = None,
) -> Incentives:
    """Every adult's rates at the present pay, under current law and reforms. Raises InputError."""
    every = ((), *(tuple(law) for law in laws if law))
    source = Source.of(population, block)
    task = Rates(on, every, measure, valuation, take_up, exclude_invalid)
    answers = over_blocks(source, task, how, progress)
    return Incentives(source.about, on, tuple(Law(law) for law in every), answers, measure, valuation, take_up)


# Whole ranges of earnings


@dataclass(frozen=True)
class Sweep:
    """The METR of every household at so many steps of its claimant's earnings, from nil to `to` pounds a month.

    A step's METR is over the whole step, so that a cliff inside it counts as a METR above 100%. Hours grow at the
    claimant's own hourly pay, at the minimum wage where there is none. A guarantee of design G3 or G4 looks back to the
    points of the sweep alone (`mwp.population.along.Ranges`), any other to every penny.
    """

    on: date
    reforms: tuple[Reform, ...] = ()
    points: int = 1_000
    to: float = 6_000.0
    measure: Measure = "net_income"
    valuation: Valuation = CENTRAL
    take_up: TakeUp = "as-recorded"
    exclude_invalid: bool = False

    def __post_init__(self) -> None:
        """Raise InputError for a sweep that cannot be."""
        if not 2 <= self.points <= 1_000_000 or not 0 < self.to <= 1_000_000:
            raise InputError.of("Give 2 points or more, and earnings up to at most 1,000,000 a month.", field="points")

    def told(self) -> dict[str, Any]:
        """What the answers depend on."""
        own = {"points": self.points, "to": self.to, "measure": self.measure}
        return told_of(self, "sweep", laws=as_written(self.reforms), **own)

    def work(self, population: Population) -> pa.Table:
        """For each step: the weight in each class of METR, and METRs and PTRs by weight, as sums of whole numbers."""
        ready, _ = as_counted(population, self)
        known = facts(ready, self.on)
        steps = self.points - 1
        sums = {name: np.zeros(steps) for name in _sums()}
        # Households of one nation, with or without children, together: what is nil for all of them is left out.
        kinds = np.unique(np.char.add(known["nation"], np.where(known["children"] > 0, " +", "")), return_inverse=True)[
            1
        ]
        for kind in range(int(kinds.max(initial=-1)) + 1):
            homes = np.flatnonzero(kinds == kind)
            some = ready.where(homes)
            self._add(some, encode_tables(some, self.on), known["weight"][homes], sums)
        return pa.table({"step": np.arange(steps)} | sums)

    def _add(self, population: Population, table: Table, weights: Floats, sums: dict[str, Floats]) -> None:
        terms = Terms(law_under(self.on, self.reforms), valuation=self.valuation)
        pay = Pay.of(table)
        least = simulate(table, terms.law, ("minimum_wage",)).adults["minimum_wage"][:, :, 0]
        wages = np.array([np.where(pay.wage(a) > 0, pay.wage(a), least[a]) for a in (0, 1)])
        earned = np.linspace(0.0, self.to, self.points)
        width = self.to / (self.points - 1)
        whole = np.round(weights * _WHOLE)
        for homes, found in self._left(population, table, terms, wages, earned):
            metr = 1.0 - np.diff(found, axis=1) / width
            ptr = 1.0 - (found[:, 1:] - found[:, :1]) / earned[1:]
            own = whole[homes][:, None]
            kinds = classes_of(metr)
            for place in range(len(CLASSES)):
                sums[f"class_{place}"] += ((kinds == place) * own).sum(axis=0)
            sums["weight"] += whole[homes].sum()
            for name, values in (("metr", metr), ("ptr", ptr)):
                # To a millionth: sums of whole numbers below 2**53 are exact, in whatever order they are taken.
                parts = np.round(np.clip(values, -_MOST, _MOST) * _FINE)
                high = np.floor(parts / _FINE)
                sums[f"{name}_whole"] += (high * own).sum(axis=0)
                sums[f"{name}_rest"] += ((parts - high * _FINE) * own).sum(axis=0)

    def _left(
        self, population: Population, table: Table, terms: Terms, wages: Floats, earned: Floats
    ) -> Iterator[tuple[Ints, Floats]]:
        """Some households at a time: their places, and what is left of each (down) at every point (across)."""
        some = max(1, _ROWS // self.points)
        blocks = (np.arange(start, min(start + some, table.households)) for start in range(0, table.households, some))
        if is_followed(self.reforms):
            promised = TopUps(population, table, self.on, self.valuation)
            ranges = Ranges(promised, self.reforms, terms, self.measure, wages)
            for homes in blocks:
                yield homes, ranges.left(homes, earned)
            return
        exact = Exact(population, self.reforms, self.on, self.measure, self.valuation)
        for homes in blocks:
            found = np.empty((len(homes), len(earned)))
            for place, schedule in exact.schedules(0, homes, wages[0, homes], np.full(len(homes), self.to)):
                found[place] = values_of(schedule, earned)
            yield homes, found


_FINE, _MOST = 4_096.0, 1_000.0


def _sums() -> tuple[str, ...]:
    both = tuple(f"{name}_{part}" for name in ("metr", "ptr") for part in ("whole", "rest"))
    return (*(f"class_{place}" for place in range(len(CLASSES))), "weight", *both)


@dataclass(frozen=True)
class Swept:
    """METRs over a range of earnings, a value a step: the share of the population in each class, means of METR and PTR.

    `earnings` is where each step ends, pounds a month.
    """

    about: str
    task: Sweep
    law: Law
    households: int
    benefit_units: float
    earnings: Floats
    shares: Floats
    metr: Floats
    ptr: Floats

    def bands(self, wide: float = 500.0) -> list[tuple[float, float, list[float], float]]:
        """The same over bands of earnings: from, to, the share in each class, the mean METR."""
        found = []
        start = 0.0
        while start < self.task.to - 1e-9:
            end = min(start + wide, self.task.to)
            inside = (self.earnings > start + 1e-9) & (self.earnings <= end + 1e-9)
            if inside.any():
                found.append(
                    (start, end, self.shares[:, inside].mean(axis=1).tolist(), float(self.metr[inside].mean()))
                )
            start = end
        return found


def sweep(
    population: str | Path | Population,
    task: Sweep,
    *,
    how: How = HERE,
    block: int = BLOCK,
    progress: Progress | None = None,
) -> Swept:
    """Every household at every step of its earnings. Raises InputError."""
    source = Source.of(population, block)
    answers = over_blocks(source, task, how, progress)
    total = {name: np.zeros(task.points - 1) for name in _sums()}
    for part in answers.tables():
        for name in total:
            total[name] += part[name].to_numpy()
    weight = np.where(total["weight"] > 0, total["weight"], 1.0)
    rates = {n: (total[f"{n}_whole"] + total[f"{n}_rest"] / _FINE) / weight for n in ("metr", "ptr")}
    return Swept(
        source.about,
        task,
        Law(task.reforms),
        source.size,
        float(total["weight"][0]) / _WHOLE,
        np.linspace(0.0, task.to, task.points)[1:],
        np.array([total[f"class_{place}"] / weight for place in range(len(CLASSES))]),
        rates["metr"],
        rates["ptr"],
    )


__all__ = ["CLASSES", "Incentives", "Rates", "Sweep", "Swept", "rates", "sweep"]
