"""One batched simulation: rows of households x earnings points in, float64 arrays out.

policyengine-core costs some 50 microseconds a variable a call whatever the number of rows, and then runs at numpy's
speed; so every household and every point of a sweep goes into one simulation, cut into blocks that fit the cache. What
the moving inputs (hours, wage) do not touch is worked out once a household, and only carried to the points.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mwp.core import rounding as rounding_of
from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.light import import_core
from mwp.core.rounding import Rounding
from mwp.core.rule import Graph
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.rows import Table
from mwp.engine.system import build, rule_graph

Floats = NDArray[np.float64]
BLOCK_ROWS = 65_536
_FEW_ROWS = 4_096  # below this, arrays are too small to be worth letting go one by one


@dataclass(frozen=True)
class Path:
    """What moves along a sweep: inputs of one adult of every household, one value a point.

    `inputs` maps a person's given variable (`hours`, `hourly_wage`, `stated_pay`) to an array of shape (points,), or
    (households, points) where each household has its own.
    """

    inputs: Mapping[str, Floats]
    adult: int = 0

    @property
    def points(self) -> int:
        """How many points there are."""
        return int(next(iter(self.inputs.values())).shape[-1])

    def at(self, name: str, households: slice) -> Floats:
        """The values for some of the households, shape (households, points)."""
        values = np.asarray(self.inputs[name], dtype=np.float64)
        if values.ndim == 2:
            return values[households]
        return np.broadcast_to(values, (households.stop - households.start, values.shape[0]))


@dataclass(frozen=True)
class Results:
    """Amounts of each household's claimant benefit unit, float64, shape (households, points).

    `amounts` sums a person's variable over the claimant and any partner; `adults` keeps each adult of the benefit unit apart, shape (2, households, points), nil for
    a partner who is not there.
    """

    amounts: Mapping[str, Floats]
    adults: Mapping[str, Floats]


@dataclass(frozen=True)
class Terms:
    """What a simulation runs under: the law on the date, how it rounds, and how help in kind is valued."""

    law: Any
    rounding: Rounding = rounding_of.NONE
    valuation: Valuation = CENTRAL


def simulate(
    table: Table,
    law: Any,
    wanted: Iterable[str],
    *,
    path: Path | None = None,
    rounding: Rounding = rounding_of.NONE,
    valuation: Valuation = CENTRAL,
    split: bool = True,
    block_rows: int = BLOCK_ROWS,
) -> Results:
    """Work out the wanted variables for every household, and along a path where one is given.

    `law` is the tree of parameters on the date (`mwp.engine.law.at`). `split=False` works out everything at every
    point, as a check on the split between what moves and what does not.
    """
    names = tuple(dict.fromkeys(wanted))
    of = rule_graph()
    terms = Terms(law, rounding, valuation)
    moving = tuple(path.inputs) if path else ()
    moved = of.moved_by(moving)
    points = path.points if path else 1
    homes = table.households
    amounts = {name: np.empty((homes, points)) for name in names}
    adults = {name: np.empty((2, homes, points)) for name in names if of.rules[name].entity is Person}
    step = max(1, block_rows // points) if path else max(1, block_rows)
    for start in range(0, homes, step):
        block = slice(start, min(start + step, homes))
        part = table.part(block)
        if path is None:
            held = _calculate(part, terms, part.columns, of.needed_for(names), names, of)
            _keep(amounts, adults, names, held, part, block, of)
        elif not split:
            whole, columns = _everything_at_every_point(part, path, block)
            held = _calculate(whole, terms, columns, of.needed_for(names), names, of)
            _keep(amounts, adults, names, held, whole, block, of)
        else:
            still, edge = _still_and_edge(of, names, moved)
            base = _calculate(part, terms, part.columns, of.needed_for(still), still, of)
            small = part.claimants_at(points)
            columns = {name: _carry(base[name], of, name, part, points) for name in edge}
            for name in moving:
                columns[name] = small.with_adult(columns[name], path.adult, path.at(name, block).ravel())
            moving_rules = tuple(n for n in of.needed_for(names) if n in moved and n not in moving)
            wanted_here = tuple(n for n in names if n in moved)
            held = _calculate(small, terms, columns, moving_rules, wanted_here, of)
            _keep(amounts, adults, wanted_here, held, small, block, of)
            rest = tuple(n for n in names if n not in moved)
            _keep(amounts, adults, rest, base, part, block, of)
    return Results(amounts, adults)


def _still_and_edge(
    of: Graph, names: tuple[str, ...], moved: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to work out once a household: all that is wanted and does not move, and what the moving rules rest on."""
    needed = of.needed_for(names)
    edge = {i for name in needed if name in moved for i in of.rules[name].inputs if i not in moved}
    edge |= {name for name in needed if name in moved and of.rules[name].kind == "given"}
    still = tuple(n for n in needed if n in edge or (n in names and n not in moved))
    return still, tuple(n for n in needed if n in edge)


def _carry(values: Floats, of: Graph, name: str, part: Table, points: int) -> Floats:
    """A household's unmoved values at each of its points, laid out for the claimants' rows."""
    entity = of.rules[name].entity
    if entity is Person:
        values = values[part.adult_rows]
    if entity is BenefitUnit:
        values = values[part.claimant_units]
    return np.repeat(values, points)


def _everything_at_every_point(part: Table, path: Path, block: slice) -> tuple[Table, dict[str, Floats]]:
    whole = part.repeated(path.points)
    columns = dict(whole.columns)
    for name in path.inputs:
        columns[name] = whole.with_adult(columns[name], path.adult, path.at(name, block).ravel())
    return whole, columns


def _keep(
    amounts: dict[str, Floats],
    adults: dict[str, Floats],
    names: Iterable[str],
    held: Mapping[str, Floats],
    rows: Table,
    block: slice,
    of: Graph,
) -> None:
    """Write a block's values where they belong."""
    homes = block.stop - block.start
    for name in names:
        entity = of.rules[name].entity
        values = held[name]
        if entity is Person:
            each = rows.each_adult(values)
            adults[name][:, block] = each.reshape(2, homes, -1)
            unit = each[0] + each[1]
        else:
            unit = values if entity is Household else values[rows.claimant_units]
        amounts[name][block] = unit.reshape(homes, -1)


def _calculate(
    rows: Table,
    terms: Terms,
    columns: Mapping[str, Floats],
    order: Iterable[str],
    keep: Iterable[str],
    of: Graph,
) -> dict[str, Floats]:
    """Run the rules in order over the rows, from the given columns; an input with no column has its default."""
    order = tuple(order)
    simulation = month_simulation(rows, terms, _system_for(order, of))
    period = simulation.month
    for name in simulation.tax_benefit_system.variables:
        if name in columns:
            simulation.give(name, columns[name])
    last_use = _last_uses(order, tuple(keep), of) if rows.people > _FEW_ROWS else {}
    for name in order:
        simulation.held[name] = simulation.calculate(name, period)
        for done in last_use.get(name, ()):
            simulation.let_go(done)
    return {name: simulation.held[name] for name in keep}


@lru_cache(maxsize=64)
def _system_for(order: tuple[str, ...], of: Graph) -> Any:
    return build(of, order)


@lru_cache(maxsize=64)
def _last_uses(order: tuple[str, ...], keep: tuple[str, ...], of: Graph) -> dict[str, tuple[str, ...]]:
    """For each rule, the variables that nothing needs once it has run: their arrays can go, and the cache stays warm."""
    last: dict[str, str] = {}
    for name in order:
        for used in (name, *of.rules[name].inputs):
            last[used] = name
    gone: dict[str, list[str]] = {}
    for used, name in last.items():
        if used not in keep:
            gone.setdefault(name, []).append(used)
    return {name: tuple(several) for name, several in gone.items()}


def month_simulation(rows: Table, terms: Terms, system: Any) -> Any:
    """A policyengine-core simulation of a system over the rows, for the month of the table's date."""
    populations = system.instantiate_entities()
    people, units, homes = (populations[e.key] for e in (Person, BenefitUnit, Household))
    people.count, units.count, homes.count = rows.people, rows.units, rows.households
    people.ids, units.ids, homes.ids = (np.arange(n) for n in (rows.people, rows.units, rows.households))
    units.members_entity_id = rows.unit_of_person
    homes.members_entity_id = rows.household_of_person
    return _simulation_class()(system, populations, rows, terms)


def _month(on: date) -> str:
    return f"{on.year:04}-{on.month:02}"


_CLASS: list[Any] = []


def _simulation_class() -> Any:
    """The core's Simulation with our date, law, rounding and links between entities; made once the core is in."""
    if _CLASS:
        return _CLASS[0]
    import_core()
    from policyengine_core.periods import period
    from policyengine_core.simulations import Simulation

    class MonthSimulation(Simulation):
        def __init__(self, system: Any, populations: Any, rows: Table, terms: Terms) -> None:
            self.law, self.rounding, self.valuation = terms.law, terms.rounding, terms.valuation
            self.on = rows.on.year * 10_000 + rows.on.month * 100 + rows.on.day
            self.rows = rows
            super().__init__(tax_benefit_system=system, populations=populations)
            system.simulation = None  # the core keeps the newest simulation there: let its arrays go
            self.month = period(_month(rows.on))
            self.held: dict[str, Floats] = {}

        def give(self, name: str, values: Floats) -> None:
            """Set an input of the month: what `set_input` does in the end, less its search for other periods."""
            self.get_holder(name).put_in_cache(values, self.month, self.branch_name)
            self.held[name] = values

        def let_go(self, name: str) -> None:
            """Drop the array of a variable that nothing asks for any more."""
            self.held.pop(name, None)
            self.delete_arrays(name, self.month)

        def value(self, name: str, period: Any) -> Floats:
            """A variable's array, worked out now if it is not held."""
            found = self.held.get(name)
            return found if found is not None else self.calculate(name, period)

        def hand_down(self, values: Floats, wider: str, narrower: str) -> Floats:
            """A wider entity's values on each of the narrower entity's rows."""
            index = self.rows.links[wider, narrower]
            return values if index is None else values[index]

        def gather(self, kind: str, values: Any, narrower: str, wider: str) -> Floats:
            """Members' values brought together for the group."""
            index, size = self.rows.links[wider, narrower], self.rows.size(wider)
            if index is None:
                return np.asarray(np.maximum(values, 0.0) if kind == "highest" else values, dtype=np.float64)
            if kind == "highest":
                result = np.zeros(size)
                np.maximum.at(result, index, values)
                return result
            summed = np.bincount(index, weights=values, minlength=size)
            return np.asarray(summed > 0 if kind == "any_of" else summed, dtype=np.float64)

    _CLASS.append(MonthSimulation)
    return MonthSimulation
