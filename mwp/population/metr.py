"""What work is worth to every adult of a population: marginal rates at the present pay, participation rates, cliffs.

- **METR** at the present pay: the share of one more penny that is not kept, on the line that holds there (as
  `mwp.schedule` has it), hours growing at the person's own hourly pay;
- **near a cliff**: whether up to 10 pounds a month more pay would take the person over one, to the penny;
- **PTR** of those in work: the share of the whole pay that is not kept, against no pay; of those out of work: the same
  of a job at 16 and at 35 hours at the minimum wage.

A partner's pay stays as it is. `Sweep` evaluates whole ranges of earnings in place of the present pay alone. Under a
guarantee of design G3 or G4 the METR is its most where it pays, and there is no cliff where it is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mwp.analysis.distribution import CLASSES, WORTH_COUNTING
from mwp.analysis.guarantee import NOBODY_SPECIAL
from mwp.analysis.incentives import BANDS
from mwp.analysis.lines import STEP
from mwp.analysis.measures import Measure
from mwp.analysis.schedule import PENNY
from mwp.analysis.top_ups import has_guarantee, joint_design, most_lost
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.rows import Table
from mwp.engine.simulation import Floats, Ints, Terms, simulate
from mwp.errors import InputError
from mwp.inputs.reform import Reform
from mwp.population.encode import born_on, encode_tables, is_pension_age
from mwp.population.facts import FAMILIES, facts
from mwp.population.laws import law_under
from mwp.population.parallel import HERE, How, Progress, over_blocks
from mwp.population.pieces import BLOCK, Answers, Source, answer_table
from mwp.population.promised import Grid, Pay, TopUps
from mwp.population.run import Law, TakeUp, claiming
from mwp.population.spread import Estimate, Sample, add, quantiles
from mwp.population.tables import Population, is_word
from mwp.population.validate import checked

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


def classes_of(rates: Floats) -> NDArray[np.int8]:
    """The class of METR each rate is in (see `mwp.analysis.distribution.CLASSES`)."""
    found = np.zeros(rates.shape, dtype=np.int8)
    for band in BANDS:
        found += rates > band + 1e-9
    return found


def _refuse(laws: Sequence[Sequence[Reform]]) -> None:
    for law in laws:
        if has_guarantee(law) and joint_design(law) is None:
            raise InputError.of(
                "Marginal rates of a population can be worked out under parameters and guarantees of design G3 or G4,"
                " one at a time and with passports disregarded.",
                field="reform",
            )


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
        return {
            "question": "rates",
            "on": self.on.isoformat(),
            "laws": [[reform.model_dump(mode="json") for reform in law] for law in self.laws],
            "measure": self.measure,
            "valuation": self.valuation.choice,
            "take_up": self.take_up,
            "exclude_invalid": self.exclude_invalid,
        }

    def work(self, population: Population) -> pa.Table:
        """A row for each adult below State Pension age under each law, the claimants' before the partners'."""
        kept, _ = checked(population, self.on, exclude_invalid=self.exclude_invalid)
        ready = claiming(kept, self.take_up)
        known, table = facts(ready, self.on), encode_tables(ready, self.on)
        young = _of_working_age(ready, table, self.on)
        parts: list[dict[str, Any]] = []
        for number, law in enumerate(self.laws):
            for adult in (0, 1):
                homes = np.flatnonzero(young[adult])
                own = self._adult(ready, table, law, adult, homes)
                groups = {
                    k: known[k][homes] for k in ("household_id", "home_id", "weight", "nation", "family", "tenure")
                }
                size = len(homes)
                parts.append(
                    {"law": np.full(size, number, np.int16), "adult": np.full(size, adult, np.int8)} | groups | own
                )
        return answer_table({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})

    def _adult(
        self, population: Population, table: Table, law: Sequence[Reform], adult: int, homes: Ints
    ) -> dict[str, Any]:
        terms = Terms(law_under(self.on, law), valuation=self.valuation)
        pay = Pay.of(table)
        told = simulate(table, terms.law, ("minimum_wage",)).adults["minimum_wage"][:, :, 0]
        wages = np.array([np.where(pay.wage(a) > 0, pay.wage(a), told[a]) for a in (0, 1)])
        grid = Grid(table, terms, (self.measure,), wages)
        works = pay.has_path(adult)[homes]
        there, out = homes[works], homes[~works & (pay.amount(adult)[homes] <= 0)]
        empty = np.full(len(homes), np.nan)
        found = {name: empty.copy() for name in ("metr", "ptr", *(f"ptr_{hours:g}_hours" for hours in JOBS))}
        found |= {"pay": pay.amount(adult)[homes], "cliff": np.zeros(len(homes))}
        promised = Promised(population, table, law, adult, self.on, self.valuation)
        present = pay.amount(adult)

        def measured(of: Ints, earned: Floats) -> Floats:
            return grid.at(of, {adult: earned})[self.measure]

        if len(there):
            at, place = present[there], np.flatnonzero(works)
            now = measured(there, at)
            steps = [measured(there, at + PENNY * n) for n in (1, 2)]
            kept = np.stack([(steps[0] - now) / PENNY, (steps[1] - steps[0]) / PENNY])
            rate = 1.0 - kept[np.abs(kept).argmin(axis=0), np.arange(len(there))]
            found["metr"][place] = promised.rate(rate, there)
            cliff = _cliffs(measured, there, at, now)
            found["cliff"][place] = np.where(promised.is_open(there), 0.0, cliff)
            nothing = np.zeros(len(there))
            gained = now - measured(there, nothing) + promised.now(there) - promised.at(there, nothing, wages)
            found["ptr"][place] = 1.0 - gained / at
        if len(out):
            place = np.flatnonzero(~works & (found["pay"] <= 0))
            nothing = np.zeros(len(out))
            before = measured(out, nothing) + promised.now(out)
            for hours in JOBS:
                earned = hours * wages[adult][out] * WEEKS_A_MONTH
                after = measured(out, earned) + promised.at(out, earned, wages)
                found[f"ptr_{hours:g}_hours"][place] = 1.0 - (after - before) / earned
        return found


class Promised:
    """What a guarantee does to one adult's rates; nothing where the law has none."""

    def __init__(
        self, population: Population, table: Table, law: Sequence[Reform], adult: int, on: date, valuation: Valuation
    ) -> None:
        self.population, self.table, self.law, self.adult = population, table, law, adult
        self.on, self.valuation = on, valuation
        self.design = joint_design(law)

    @cached_property
    def _present(self) -> tuple[Floats, NDArray[np.bool_]]:
        asked = TopUps(self.population, self.table, self.on, self.valuation)
        return asked.under(self.law), asked.open_under(self.law)

    def now(self, homes: Ints) -> Floats:
        """The top-up at the present pay."""
        return self._present[0][homes] if self.design else np.zeros(len(homes))

    def is_open(self, homes: Ints) -> NDArray[np.bool_]:
        """Whether the guarantee is for the household and its gate open."""
        return self._present[1][homes] if self.design else np.zeros(len(homes), dtype=bool)

    def rate(self, rates: Floats, homes: Ints) -> Floats:
        """The METR with the guarantee: its most where it pays, and never above it where it is open."""
        if self.design is None:
            return rates
        most = most_lost(self.design)
        held = np.where(self.now(homes) > STEP, most, np.minimum(rates, most))
        return np.where(self.is_open(homes), held, rates)

    def at(self, homes: Ints, earned: Floats, wages: Floats) -> Floats:
        """The top-up were the adult to have other pay."""
        if self.design is None:
            return np.zeros(len(homes))
        columns = dict(self.table.columns)
        pay = Pay.of(self.table)
        for name, value in (
            ("hours", earned / (wages[self.adult][homes] * WEEKS_A_MONTH)),
            ("hourly_wage", wages[self.adult][homes]),
            ("stated_pay", np.zeros(len(homes))),
        ):
            whole = pay.told[self.adult, name].copy()
            whole[homes] = value
            columns[name] = self.table.with_adult(columns[name], self.adult, whole)
        changed = replace(self.table, columns=columns)
        return TopUps(self.population, changed, self.on, self.valuation).under(self.law)[homes]


def _of_working_age(population: Population, table: Table, on: date) -> NDArray[np.bool_]:
    """Adults of the claimants' benefit units below State Pension age: (claimant or partner, household)."""
    persons = population.persons
    young = ~is_pension_age(born_on(persons, on), on) & is_word(persons, "role", "claimant", "partner")
    return np.asarray(table.each_adult(young.astype(np.float64)) > 0)


def _cliffs(measured: Any, homes: Ints, at: Floats, now: Floats) -> Floats:
    """The largest cliff within `NEAR` pounds of pay above, pounds a month; nil where there is none.

    Every pound of the way is looked at, and each in which the measure falls is halved down to a penny.
    """
    levels = [now, *(measured(homes, at + n) for n in range(1, NEAR + 1))]
    found = np.zeros(len(homes))
    for step, (before, after) in enumerate(pairwise(levels)):
        falls = np.flatnonzero(after < before - PENNY)
        low, high = at[falls] + step, at[falls] + step + 1
        left, right = before[falls], after[falls]
        for _ in range(7):  # a pound, halved so often, is less than a penny
            if not len(falls):
                break
            middle = (low + high) / 2
            value = measured(homes[falls], middle)
            first = (left - value) > (value - right)
            low, high = np.where(first, low, middle), np.where(first, middle, high)
            left, right = np.where(first, left, value), np.where(first, value, right)
        found[falls] = np.maximum(found[falls], left - right)
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
    _refuse(laws)
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
    claimant's own hourly pay, at the minimum wage where there is none.
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
        if has_guarantee(self.reforms):
            raise InputError.of(
                "A sweep is under parameters alone; leave --points out for a guarantee.", field="reform"
            )

    def told(self) -> dict[str, Any]:
        """What the answers depend on."""
        return {
            "question": "sweep",
            "on": self.on.isoformat(),
            "laws": [reform.model_dump(mode="json") for reform in self.reforms],
            "points": self.points,
            "to": self.to,
            "measure": self.measure,
            "valuation": self.valuation.choice,
            "take_up": self.take_up,
            "exclude_invalid": self.exclude_invalid,
        }

    def work(self, population: Population) -> pa.Table:
        """For each step: the weight in each class of METR, and METRs and PTRs by weight, as sums of whole numbers."""
        kept, _ = checked(population, self.on, exclude_invalid=self.exclude_invalid)
        ready = claiming(kept, self.take_up)
        known = facts(ready, self.on)
        steps = self.points - 1
        sums = {name: np.zeros(steps) for name in _sums()}
        # Households of one nation, with or without children, together: what is nil for all of them is left out.
        kinds = np.unique(np.char.add(known["nation"], np.where(known["children"] > 0, " +", "")), return_inverse=True)[
            1
        ]
        for kind in range(int(kinds.max(initial=-1)) + 1):
            homes = np.flatnonzero(kinds == kind)
            table = encode_tables(ready.where(homes), self.on)
            self._add(table, known["weight"][homes], sums)
        return pa.table({"step": np.arange(steps)} | sums)

    def _add(self, table: Table, weights: Floats, sums: dict[str, Floats]) -> None:
        terms = Terms(law_under(self.on, self.reforms), valuation=self.valuation)
        pay = Pay.of(table)
        least = simulate(table, terms.law, ("minimum_wage",)).adults["minimum_wage"][:, :, 0]
        wages = np.array([np.where(pay.wage(a) > 0, pay.wage(a), least[a]) for a in (0, 1)])
        grid = Grid(table, terms, (self.measure,), wages, adults=(0,))
        earned = np.linspace(0.0, self.to, self.points)
        width = self.to / (self.points - 1)
        whole = np.round(weights * _WHOLE)
        some = max(1, _ROWS // self.points)
        for start in range(0, table.households, some):
            homes = np.arange(start, min(start + some, table.households))
            at = np.repeat(homes, self.points)
            found = grid.at(at, {0: np.tile(earned, len(homes))})[self.measure].reshape(len(homes), -1)
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


__all__ = ["CLASSES", "NOBODY_SPECIAL", "Incentives", "Rates", "Sweep", "Swept", "rates", "sweep"]
