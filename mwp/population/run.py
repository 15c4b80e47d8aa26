"""Whole populations under the law and under reforms: what awards and taxes come to, who gains, who is poor.

A household's month is worked out as `mwp.calculate` does, unrounded; a year is twelve such months. What a guarantee
adds is in `guarantee_top_up` and in every measure (`mwp.population.promised`). Money streams and whose purse they are
in are those of the Exchequer account (`mwp.analysis.exchequer`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mwp.analysis.exchequer import Stream, purses, streams
from mwp.analysis.measures import COMPONENTS, TOP_UP, Measure
from mwp.core.units import MONTHS_A_YEAR
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.side_by_side import side_by_side
from mwp.engine.system import rule_graph
from mwp.errors import InputError
from mwp.inputs.reform import Reform
from mwp.population import poverty
from mwp.population.encode import encode_tables
from mwp.population.facts import BANDS, FAMILIES, TENURES, band_name, band_of, facts
from mwp.population.laws import law_under
from mwp.population.parallel import HERE, How, Progress, over_blocks
from mwp.population.pieces import BLOCK, Answers, Source, answer_column, answer_table
from mwp.population.promised import TopUps
from mwp.population.schema import CLAIMS
from mwp.population.spread import (
    Estimate,
    Floats,
    Sample,
    add,
    by_group,
    gini,
    gini_in_order,
    in_order,
    quantiles,
    tenths,
)
from mwp.population.tables import Population, flags
from mwp.population.validate import Validation, checked

F = TypeVar("F", bound=Callable[..., Any])
TakeUp = Literal["as-recorded", "full"]
SEED = 1
MEASURES: tuple[Measure, ...] = tuple(COMPONENTS)
CASH: tuple[Measure, ...] = ("net_income", "cash_after_work_costs")
STREAMS = tuple(stream.variable for stream in streams())
ALSO = ("gross_pay", "benefit_cap_reduction")
VARIABLES = tuple(dict.fromkeys((*STREAMS, *ALSO, *MEASURES)))
WORTH_SAYING = 52.0 / 12.0
"""Pounds a month from which a household counts as gaining or losing: a pound a week."""
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


# The work on one block


@dataclass(frozen=True)
class Months:
    """Every household's month under each of several laws: current law first, then reforms laid over it."""

    on: date
    laws: tuple[tuple[Reform, ...], ...]
    valuation: Valuation = CENTRAL
    take_up: TakeUp = "as-recorded"
    exclude_invalid: bool = False

    def told(self) -> dict[str, Any]:
        """What the answers depend on."""
        return told_of(self, "months", laws=[as_written(law) for law in self.laws])

    def work(self, population: Population) -> pa.Table:
        """A row for each household under each law."""
        ready, report = as_counted(population, self)
        known, table = facts(ready, self.on), encode_tables(ready, self.on)
        promised = TopUps(ready, table, self.on, self.valuation)
        numbers = [law_under(self.on, law) for law in self.laws]
        every = side_by_side(table, numbers, VARIABLES, valuation=self.valuation)
        added = [promised.under(law) for law in self.laws]
        columns: dict[str, Any] = {"law": np.repeat(np.arange(len(self.laws), dtype=np.int16), ready.size)}
        for name, values in known.items():
            columns[name] = pa.concat_arrays([answer_column(values)] * len(self.laws))
        for name in VARIABLES:
            own = [rows.amounts[name] for rows in every]
            if name in MEASURES:
                own = [amounts + more for amounts, more in zip(own, added, strict=True)]
            columns[name] = np.concatenate(own)
        table_of = answer_table(columns | {TOP_UP: np.concatenate(added)})
        told = {"excluded": int(report.bad.sum()) if report.excluded else 0, "weight": report.bad_weight}
        return table_of.replace_schema_metadata({f"mwp.{name}": str(value) for name, value in told.items()})


def of_government(stream: Stream, nations: Sequence[str]) -> Floats:
    """The share of a stream of money that goes into or out of government's purses, in each of the nations."""
    shares = [
        sum(share for key, share in stream.purses(nation).items() if purses()[key].group != "outside")
        for nation in nations
    ]
    return np.asarray(shares, dtype=np.float64)


class Counting(Protocol):
    """What any question about a population says of how it is counted."""

    @property
    def on(self) -> date: ...
    @property
    def valuation(self) -> Valuation: ...
    @property
    def take_up(self) -> TakeUp: ...
    @property
    def exclude_invalid(self) -> bool: ...


def told_of(asked: Counting, question: str, **own: Any) -> dict[str, Any]:
    """What the answers to a question depend on: its own terms, and how the population is counted."""
    return {
        "question": question,
        "on": asked.on.isoformat(),
        **own,
        "valuation": asked.valuation.choice,
        "take_up": asked.take_up,
        "exclude_invalid": asked.exclude_invalid,
    }


def as_written(law: Sequence[Reform]) -> list[dict[str, Any]]:
    """The reforms of a law as documents have them."""
    return [reform.model_dump(mode="json") for reform in law]


def as_counted(population: Population, asked: Counting) -> tuple[Population, Validation]:
    """The households that a question counts, as they claim, and what was wrong with the tables. Raises InputError."""
    kept, report = checked(population, asked.on, exclude_invalid=asked.exclude_invalid)
    return claiming(kept, asked.take_up), report


def claiming(population: Population, take_up: TakeUp) -> Population:
    """The population as it claims; with `full`, everybody claims what is due (the marriage allowance as recorded)."""
    if take_up == "as-recorded":
        return population
    ours = flags(population.benefit_units, "is_claimants")
    every = {f"claims_{benefit}": pa.array(ours) for benefit in CLAIMS if benefit != "marriage_allowance"}
    return population.with_columns("benefit_units", **every)


# What comes of it


def _once(method: F) -> F:
    """Keeps what a method finds for its arguments: tables, pages and documents ask again and again."""

    @wraps(method)
    def found(self: Outcome, *given: Any, **named: Any) -> Any:
        key = (method.__name__, *given, *sorted(named.items()))
        if key not in self._found:
            self._found[key] = method(self, *given, **named)
        return self._found[key]

    return found  # type: ignore[return-value]


@dataclass(frozen=True)
class Law:
    """A set of rules: current law, or reforms laid over it."""

    reforms: tuple[Reform, ...]

    @property
    def name(self) -> str:
        """A short name."""
        return "+".join(reform.name for reform in self.reforms) or "current_law"

    @property
    def title(self) -> str:
        """In a few words."""
        return " and ".join(reform.title for reform in self.reforms) or "Current law"


@dataclass(frozen=True)
class Programme:
    """What a stream of money comes to in the population.

    `a_year` in pounds, positive to whom it is paid; `direction` is "out" (paid by government or in kind) or "in"; cases
    are households with some of it, `average` pounds a month a case.
    """

    variable: str
    label: str
    direction: Literal["in", "out"]
    in_government: bool
    in_kind: bool
    a_year: Estimate
    cases: Estimate
    average: float

    @property
    def a_month(self) -> float:
        """Pounds a month."""
        return self.a_year.value / MONTHS_A_YEAR


@dataclass(frozen=True)
class Exchequer:
    """Pounds a year: what is paid out, what comes in, and what is left to find."""

    out: Estimate
    came_in: Estimate
    net: Estimate


@dataclass(frozen=True)
class Incomes:
    """How equivalised income is spread, pounds a month for a couple without children; people counted, not families."""

    mean: Estimate
    deciles: tuple[float, ...]
    median_error: float
    gini: float
    gini_error: float


@dataclass(frozen=True)
class Group:
    """Gains and losses in a group of households, against current law: pounds a month and shares of its families."""

    name: str
    families: float
    mean_change: Estimate
    share_gaining: Estimate
    share_losing: Estimate
    mean_gain: float
    mean_loss: float


@dataclass
class Outcome:
    """A population under current law and reforms.

    `answers` hold a row for each household under each law; everything else is read off their columns.
    """

    about: str
    on: date
    laws: tuple[Law, ...]
    answers: Answers
    measure: Measure = "net_income"
    valuation: Valuation = CENTRAL
    take_up: TakeUp = "as-recorded"
    line: float | None = None
    seed: int = SEED
    _columns: dict[tuple[int, str], NDArray[Any]] = field(default_factory=dict, repr=False)
    _found: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)

    def column(self, law: int, name: str) -> NDArray[Any]:
        """A column of one law's rows, household by household in order."""
        if (law, name) not in self._columns:
            whole, which = self.answers.column(name), self._law_of_row
            for number in range(len(self.laws)):
                self._columns[number, name] = whole[which == number]
        return self._columns[law, name]

    @cached_property
    def _law_of_row(self) -> NDArray[Any]:
        return self.answers.column("law")

    @_once
    def _words(self, name: str) -> tuple[list[str], NDArray[np.intp]]:
        """The words of a column, and which of them each household has."""
        found, places = self.answers.words(name)
        return found, places[self._law_of_row == 0]

    @cached_property
    def sample(self) -> Sample:
        """The weights and homes."""
        return Sample.of(self.column(0, "weight"), self.column(0, "home_id"))

    @property
    def households(self) -> int:
        """How many households were worked out."""
        return len(self.column(0, "weight"))

    @cached_property
    def excluded(self) -> tuple[int, float]:
        """How many households were left out for errors, and their weight."""
        count, weight = 0, 0.0
        for table in self.answers.tables():
            told = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
            count += int(told.get("mwp.excluded", 0))
            weight += float(told.get("mwp.weight", 0.0)) if int(told.get("mwp.excluded", 0)) else 0.0
        return count, weight

    @cached_property
    def people(self) -> Floats:
        """Adults and children of each household's benefit unit."""
        return np.asarray(self.column(0, "adults") + self.column(0, "children"))

    # Money

    @_once
    def programmes(self, law: int = 0) -> tuple[Programme, ...]:
        """Every stream of money under a law, those that are nil left out."""
        found = []
        for stream in streams():
            values = self.column(law, stream.variable)
            if values.any():
                purse = purses()[next(iter(stream.purses("england")))]
                found.append(
                    self._programme(
                        stream.variable,
                        rule_graph().rules[stream.variable].label,
                        "in" if stream.sign > 0 else "out",
                        purse.group != "outside",
                        stream.kind == "in_kind",
                        values,
                    )
                )
        added = self.column(law, TOP_UP)
        if added.any():
            found.append(self._programme(TOP_UP, "guarantee top-up", "out", True, False, added))
        return tuple(found)

    def _programme(
        self, variable: str, label: str, direction: Any, in_government: bool, in_kind: bool, values: Floats
    ) -> Programme:
        total, cases = (
            self.sample.total(values * MONTHS_A_YEAR),
            self.sample.total((np.abs(values) > 1e-9).astype(float)),
        )
        average = total.value / MONTHS_A_YEAR / cases.value if cases.value else 0.0
        return Programme(variable, label, direction, in_government, in_kind, total, cases, average)

    @_once
    def exchequer(self, law: int = 0, against: int | None = None) -> Exchequer:
        """What government pays out in awards and help and takes in, pounds a year; or the change `against` a law."""
        out, came_in = (self._streams(law, sign) for sign in (-1, 1))
        if against is not None:
            out = out - self._streams(against, -1)
            came_in = came_in - self._streams(against, 1)
        return Exchequer(*(self.sample.total(one * MONTHS_A_YEAR) for one in (out, came_in, out - came_in)))

    @_once
    def _streams(self, law: int, sign: int) -> Floats:
        """Each household's streams out of or into government's purses, pounds a month."""
        found = self.column(law, TOP_UP).copy() if sign < 0 else np.zeros(self.households)
        nations, index = self._words("nation")
        for stream in streams():
            if (stream.sign > 0) == (sign > 0):
                found = found + of_government(stream, nations)[index] * self.column(law, stream.variable)
        return np.asarray(found)

    # Incomes

    @_once
    def equivalised(self, law: int = 0, *, after: bool = False) -> Floats:
        """Net income a month as that of a couple without children would be, before or after housing costs."""
        own = self.column(law, "net_income")
        if after:
            return np.asarray(
                (own - self.column(0, "housing_costs")) / self.column(0, "equivalence_after_housing_costs")
            )
        return np.asarray(own / self.column(0, "equivalence_before_housing_costs"))

    @_once
    def incomes(self, law: int = 0) -> Incomes:
        """How equivalised net income before housing costs is spread over people."""
        income, sample = self.equivalised(law), self._of_people
        order = np.argsort(income, kind="stable")
        ordered = income[order]

        def figures(weights: Floats) -> list[float]:
            return [in_order(ordered, weights, (0.5,))[0], gini_in_order(ordered, weights)]

        errors = sample.taken(order).bootstrap(figures, self.seed, poverty.REPLICATES)
        deciles = quantiles(income, sample.weights, SHARES)
        return Incomes(
            sample.mean(income),
            tuple(float(one) for one in deciles),
            float(errors[0]),
            gini(income, sample.weights),
            float(errors[1]),
        )

    @cached_property
    def _of_people(self) -> Sample:
        return Sample(self.sample.weights * self.people, self.sample.home, self.sample.homes)

    @_once
    def poverty(self, law: int = 0) -> tuple[poverty.Poverty, ...]:
        """How many people are below the relative line and the line that stays, before and after housing costs."""
        found = []
        for after in (False, True):
            now, before = self.equivalised(law, after=after), self.equivalised(0, after=after)
            fixed = self.line if self.line is not None else None
            found.append(
                poverty.poverty(
                    now, before, self._of_people, self.column(0, "adults"), self.column(0, "children"),
                    self.sample.weights, "after" if after else "before", fixed, self.seed,
                )
            )  # fmt: skip
        return tuple(found)

    # Against current law

    @_once
    def change(self, law: int) -> Floats:
        """What each household has more under a law than under current law, pounds a month."""
        return np.asarray(self.column(law, self.measure) - self.column(0, self.measure))

    @cached_property
    def groupings(self) -> dict[str, tuple[tuple[str, ...], NDArray[np.intp]]]:
        """Each way of cutting the population: the groups' names, and which each household is in (under current law)."""
        found = {
            "decile": (
                tuple(f"decile {n}" for n in range(1, 11)),
                tenths(self.equivalised(), self._of_people.weights),
            )
        }
        nations = ("england", "scotland", "wales", "northern_ireland")
        for name, words in (("nation", nations), ("family", tuple(FAMILIES)), ("tenure", tuple(TENURES))):
            there, index = self._words(name)
            place = {word: number for number, word in enumerate(words)}
            found[name] = (words, np.asarray([place[word] for word in there], dtype=np.intp)[index])
        pay = band_of(self.column(0, "gross_pay"))
        found["pay"] = (tuple(band_name(place) for place in range(len(BANDS) + 1)), np.asarray(pay, dtype=np.intp))
        return found

    @_once
    def gains(self, law: int) -> dict[str, tuple[Group, ...]]:
        """Who gains and loses at least a pound a week, by each way of cutting the population, and all together."""
        change = self.change(law)
        cuts = {"all": (("all",), np.zeros(self.households, dtype=np.intp))} | self.groupings
        return {
            name: tuple(
                self._group(word, change, index == number)
                for number, word in enumerate(words)
                if (index == number).any()
            )
            for name, (words, index) in cuts.items()
        }

    def _group(self, name: str, change: Floats, where: NDArray[np.bool_]) -> Group:
        gains, loses = change >= WORTH_SAYING, change <= -WORTH_SAYING
        sample = self.sample
        return Group(
            name,
            add(sample.weights * where),
            sample.mean(change, where),
            sample.mean(gains.astype(float), where),
            sample.mean(loses.astype(float), where),
            sample.mean(change, where & gains).value,
            sample.mean(change, where & loses).value,
        )

    @_once
    def by_decile(self, law: int) -> Floats:
        """The mean change of each tenth of people by equivalised income, pounds a month a family."""
        names, index = self.groupings["decile"]
        weights = by_group(index, self.sample.weights, len(names))
        changed = by_group(index, self.sample.weights * self.change(law), len(names))
        return np.asarray(np.divide(changed, weights, out=np.zeros(len(names)), where=weights > 0))


def run(
    population: str | Path | Population,
    laws: Sequence[Sequence[Reform]],
    on: date,
    *,
    measure: Measure = "net_income",
    valuation: Valuation = CENTRAL,
    take_up: TakeUp = "as-recorded",
    line: float | None = None,
    seed: int = SEED,
    exclude_invalid: bool = False,
    how: How = HERE,
    block: int = BLOCK,
    progress: Progress | None = None,
) -> Outcome:
    """A population under current law and under each of `laws`, reforms laid over it. Raises InputError.

    `line` is a poverty line that stays, pounds a month for a couple without children; by default that of current law.
    Under the first law stands current law itself.
    """
    if take_up not in ("as-recorded", "full"):
        raise InputError.of(f"{take_up} is no way to take up. Give as-recorded or full.", field="take_up")
    every = ((), *(tuple(law) for law in laws if law))
    source = Source.of(population, block)
    task = Months(on, every, valuation, take_up, exclude_invalid)
    answers = over_blocks(source, task, how, progress)
    told = tuple(Law(law) for law in every)
    return Outcome(source.about, on, told, answers, measure, valuation, take_up, line, seed)


__all__ = ["Law", "Months", "Outcome", "claiming", "run"]
