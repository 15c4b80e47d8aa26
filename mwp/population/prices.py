"""What a guarantee costs over a population, by what it counts and by m, the most that may be lost of an extra pound.

One pass over the population for the whole grid. Lower pay is looked at once for everything that is counted alike, and
each m goes on from there (`mwp.population.promised`), so that a cell is to the last bit what `mwp population compare`
finds for the same reform. METRs are at the present pay, on what the guarantee counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mwp.analysis.exchequer import streams
from mwp.analysis.measures import Measure
from mwp.analysis.schedule import PENNY
from mwp.analysis.top_ups import joint_design, most_lost
from mwp.core.units import MONTHS_A_YEAR
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.rows import Table
from mwp.engine.side_by_side import side_by_side
from mwp.engine.simulation import Floats, Terms
from mwp.errors import InputError
from mwp.inputs.reform import Reform
from mwp.population.along import AWARD, Held
from mwp.population.encode import encode_tables
from mwp.population.facts import facts
from mwp.population.laws import law_under
from mwp.population.metr import HIGH, of_working_age, rate_of
from mwp.population.parallel import HERE, How, Progress, over_blocks
from mwp.population.pieces import BLOCK, Answers, Source, answer_table
from mwp.population.promised import Grid, Pay, TopUps
from mwp.population.run import MEASURES, STREAMS, Law, TakeUp, as_counted, as_written, of_government, told_of
from mwp.population.spread import Estimate, Sample
from mwp.population.tables import Population

MOST_LOST = (0.65, 0.70, 0.75, 0.85, 1.0)
"""The m that are set side by side unless told otherwise."""
_ADULTS = ("claimant", "partner")
_DIFFERS = 1e-6


@dataclass(frozen=True)
class Cell:
    """What a guarantee counts and m, with the law that has both; without m the law has no guarantee."""

    measure: Measure
    most_lost: float | None
    law: tuple[Reform, ...]


def cells_of(law: Sequence[Reform], counts: Sequence[Measure], shares: Sequence[float]) -> tuple[Cell, ...]:
    """For each thing counted the law without the guarantee, then with it at every m. Raises InputError."""
    if joint_design(law) is None:
        raise InputError.of(
            "Costs by m are those of one guarantee of design G3 or G4, with passports disregarded, as nes_guarantee."
            " `mwp population compare` tells what others cost.",
            field="reform",
        )
    if not counts or not shares:
        raise InputError.of("Name what the guarantee is to count, and an m.", field="counts")
    for share in shares:
        if not 0 < share <= 1:
            raise InputError.of(
                f"{share:g} cannot be the most that is lost: give shares above 0 and up to 1, as 0.75.",
                field="most_lost",
            )
    plain = tuple(one.model_copy(update={"guarantee": None}) for one in law)
    return tuple(
        Cell(measure, share, plain if share is None else tuple(_with(one, measure, share) for one in law))
        for measure in dict.fromkeys(counts)
        for share in (None, *sorted(set(shares)))
    )


def _with(reform: Reform, measure: Measure, share: float) -> Reform:
    """The reform with its guarantee counting that, at that m."""
    if reform.guarantee is None:
        return reform
    changed = reform.guarantee.model_copy(update={"design": "G4", "measure": measure, "most_lost": share})
    return reform.model_copy(update={"guarantee": changed})


# The work on one block


@dataclass(frozen=True)
class Priced:
    """Every household's top-up, and the METRs of its adults in work, in each cell of the grid."""

    on: date
    law: tuple[Reform, ...]
    counts: tuple[Measure, ...]
    shares: tuple[float, ...]
    valuation: Valuation = CENTRAL
    take_up: TakeUp = "as-recorded"
    exclude_invalid: bool = False

    def told(self) -> dict[str, Any]:
        """What the answers depend on."""
        own = {"counts": list(self.counts), "most_lost": list(self.shares)}
        return told_of(self, "prices", laws=as_written(self.law), **own)

    def work(self, population: Population) -> pa.Table:
        """A row for each household in each cell."""
        ready, _ = as_counted(population, self)
        known, table = facts(ready, self.on), encode_tables(ready, self.on)
        promised = TopUps(ready, table, self.on, self.valuation)
        cells = cells_of(self.law, self.counts, self.shares)
        working = [Working.of(self, promised, adult) for adult in (0, 1)]
        more = self._more(table, known["nation"])
        parts: list[dict[str, Any]] = []
        for number, cell in enumerate(cells):
            own = {name: known[name] for name in ("household_id", "home_id", "weight", "nation", "family", "tenure")}
            own |= {f"more_{way}": values for way, values in more.items()}
            own["guarantee_top_up"] = promised.under(cell.law)
            own |= {f"metr_{name}": at.metr(cell) for name, at in zip(_ADULTS, working, strict=True)}
            parts.append({"law": np.full(ready.size, number, dtype=np.int16)} | own)
        return answer_table({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})

    def _more(self, table: Table, nations: NDArray[Any]) -> dict[str, Floats]:
        """What the reform's numbers, its guarantee apart, have government pay out and take in more, pounds a month."""
        found = {"out": np.zeros(table.households), "in": np.zeros(table.households)}
        if not any(reform.parameters for reform in self.law):
            return found
        laws = [law_under(self.on, law) for law in ((), self.law)]
        before, after = (one.amounts for one in side_by_side(table, laws, STREAMS, valuation=self.valuation))
        names, index = np.unique(nations, return_inverse=True)
        for stream in streams():
            ours = of_government(stream, [str(name) for name in names])[index]
            found["in" if stream.sign > 0 else "out"] += ours * (after[stream.variable] - before[stream.variable])
        return found


@dataclass(frozen=True)
class Working:
    """One adult of each household, where in work: what is counted at the present pay and one and two pennies above."""

    promised: TopUps
    adult: int
    homes: NDArray[np.intp]
    pay: Floats
    steps: tuple[dict[str, Floats], ...]

    @classmethod
    def of(cls, asked: Priced, promised: TopUps, adult: int) -> Working:
        """Those of working age, along their own hours."""
        table, pay = promised.table, Pay.of(promised.table)
        young = of_working_age(promised.population, table, asked.on)
        homes = np.flatnonzero(young[adult] & pay.has_path(adult))
        terms = Terms(law_under(asked.on, asked.law), valuation=asked.valuation)
        grid = Grid(table, terms, (*asked.counts, AWARD), adults=(adult,))
        own = pay.amount(adult)[homes]
        return cls(
            promised, adult, homes, own, tuple(grid.at(homes, {adult: own + PENNY * pennies}) for pennies in range(3))
        )

    def metr(self, cell: Cell) -> Floats:
        """METRs on what the cell's guarantee counts; none of those out of work."""
        found = np.full(self.promised.table.households, np.nan)
        held, left = Held.of(self.promised, cell.law, self.adult), []
        reached = held.start.of(self.homes) if held else None
        for pennies, step in enumerate(self.steps):
            counted = step[cell.measure]
            if held and reached:
                earned = self.pay + PENNY * pennies
                added, reached = held.added(self.homes, earned, counted, step[AWARD], reached)
                counted = counted + added
            left.append(counted)
        found[self.homes] = rate_of(*left)
        return found


# What comes of it


@dataclass(frozen=True)
class Price:
    """A cell of the grid. Money in pounds a year but for `average`, pounds a month; shares of the adults in work.

    `above` are the shares whose METR is above each of `HIGH`; `raised` and `lowered` those whose METR is higher and
    lower than without the guarantee.
    """

    measure: Measure
    most_lost: float | None
    gross: Estimate
    net: Estimate
    top_up: Estimate
    families: Estimate
    average: float
    above: tuple[Estimate, ...]
    raised: Estimate
    lowered: Estimate


@dataclass
class Prices:
    """A guarantee's costs by what it counts and by m."""

    about: str
    on: date
    task: Priced
    answers: Answers

    @property
    def law(self) -> Law:
        """The reform that was asked about."""
        return Law(self.task.law)

    @property
    def counts(self) -> tuple[Measure, ...]:
        """What the guarantee is to count, each in turn."""
        return tuple(dict.fromkeys(self.task.counts))

    @property
    def shares(self) -> tuple[float, ...]:
        """Each m, smallest first."""
        return tuple(sorted(set(self.task.shares)))

    @property
    def own(self) -> tuple[Measure, float]:
        """What the reform counts and its m as it stands."""
        guarantee = joint_design(self.task.law)
        assert guarantee is not None
        return guarantee.measure, most_lost(guarantee)

    @property
    def changes_numbers(self) -> bool:
        """Whether the reform changes numbers of the law too."""
        return any(reform.parameters for reform in self.task.law)

    @cached_property
    def households(self) -> int:
        """How many households were worked out."""
        return int((self._law == 0).sum())

    @cached_property
    def sample(self) -> Sample:
        """The weights and homes."""
        return Sample.of(self._column("weight", 0), self._column("home_id", 0))

    @cached_property
    def cells(self) -> tuple[Price, ...]:
        """Every cell: for each thing counted the law without the guarantee, then with it at every m."""
        found: list[Price] = []
        for number, cell in enumerate(cells_of(self.task.law, self.task.counts, self.task.shares)):
            base = number - number % (len(self.shares) + 1)
            found.append(self._price(number, cell, base))
        return tuple(found)

    def cell(self, measure: Measure, share: float | None) -> Price:
        """One cell; None for the law without the guarantee."""
        return next(one for one in self.cells if (one.measure, one.most_lost) == (measure, share))

    def _price(self, number: int, cell: Cell, base: int) -> Price:
        paid = self._column("guarantee_top_up", number)
        gross = paid + self._column("more_out", number)
        net = gross - self._column("more_in", number)
        families, total = self.sample.total((paid > _DIFFERS).astype(float)), self.sample.total(paid * MONTHS_A_YEAR)
        own, before = self._rates(number), self._rates(base)
        works, adults = ~np.isnan(own), self._adults
        shares = [(np.where(works, own, 0.0) > high + 1e-9) for high in HIGH]
        apart = np.where(works, own - before, 0.0)
        return Price(
            cell.measure,
            cell.most_lost,
            self.sample.total(gross * MONTHS_A_YEAR),
            self.sample.total(net * MONTHS_A_YEAR),
            total,
            families,
            total.value / MONTHS_A_YEAR / families.value if families.value else 0.0,
            tuple(adults.mean(one.astype(float), works) for one in shares),
            adults.mean((apart > _DIFFERS).astype(float), works),
            adults.mean((apart < -_DIFFERS).astype(float), works),
        )

    def _rates(self, number: int) -> Floats:
        return np.concatenate([self._column(f"metr_{name}", number) for name in _ADULTS])

    @cached_property
    def _adults(self) -> Sample:
        """The claimants, then the partners, drawn home by home as before."""
        own = self.sample
        return Sample(np.tile(own.weights, 2), np.tile(own.home, 2), own.homes)

    @cached_property
    def _law(self) -> NDArray[Any]:
        return self.answers.column("law")

    @cached_property
    def _columns(self) -> dict[str, NDArray[Any]]:
        return {}

    def _column(self, name: str, number: int) -> NDArray[Any]:
        if name not in self._columns:
            self._columns[name] = self.answers.column(name)
        return np.asarray(self._columns[name][self._law == number])

    def rows(self) -> Iterator[tuple[Measure, list[Price]]]:
        """What is counted, and its cells with the guarantee by m."""
        for measure in self.counts:
            yield measure, [self.cell(measure, share) for share in self.shares]


def prices(
    population: str | Path | Population,
    law: Sequence[Reform],
    on: date,
    *,
    counts: Sequence[Measure] = MEASURES,
    shares: Sequence[float] = MOST_LOST,
    valuation: Valuation = CENTRAL,
    take_up: TakeUp = "as-recorded",
    exclude_invalid: bool = False,
    how: How = HERE,
    block: int = BLOCK,
    progress: Progress | None = None,
) -> Prices:
    """What the guarantee of a law costs by what it counts and by m, against current law. Raises InputError."""
    cells_of(law, counts, shares)
    source = Source.of(population, block)
    task = Priced(on, tuple(law), tuple(counts), tuple(shares), valuation, take_up, exclude_invalid)
    return Prices(source.about, on, task, over_blocks(source, task, how, progress))
