"""One batched simulation: rows of households x earnings points in, float64 arrays out.

policyengine-core costs some 50 microseconds a variable a call whatever the number of rows, and then runs at numpy's
speed; so every household and every point of a sweep goes into one simulation, cut into blocks that fit the cache. What
the moving inputs (hours, wage) do not touch is worked out once a household, and only carried to the points.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mwp.core import rounding as rounding_of
from mwp.core.entities import ENTITIES, BenefitUnit, Household, Person
from mwp.core.light import import_core
from mwp.core.rounding import Rounding
from mwp.core.rule import Graph
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.rows import Claimants, Table
from mwp.engine.system import build, rule_graph, wired

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
BLOCK_ROWS = 65_536
MOVING_ROWS = 16_384  # without the core's bookkeeping shorter arrays pay, for more of them stay in the cache
_MANY_POINTS = 32  # from so many rows a household on, it pays to put households of a kind together
_FEW_ROWS = 4_096  # below this, arrays are too small to be worth letting go one by one


Move = tuple[int, str]
"""What moves: which adult (0 the claimant, 1 the partner), and which of their given variables."""


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

    def moves(self, households: int) -> dict[Move, Floats]:
        """The values of each input, household by household and point by point."""
        shape = (households, self.points)
        return {
            (self.adult, name): np.broadcast_to(np.asarray(values, dtype=np.float64), shape).reshape(-1)
            for name, values in self.inputs.items()
        }


@dataclass(frozen=True)
class Results:
    """Amounts of each household's claimant benefit unit, float64, shape (households, points).

    `amounts` sums a person's variable over the claimant and any partner; `adults` keeps each adult of the benefit unit
    apart, shape (2, households, points), nil for a partner who is not there.
    """

    amounts: Mapping[str, Floats]
    adults: Mapping[str, Floats]


@dataclass(frozen=True)
class Rows:
    """The same, a row after the other: shapes (rows,) and (2, rows)."""

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
    block_rows: int | None = None,
    through_core: bool | None = None,
    adults: bool = True,
) -> Results:
    """Work out the wanted variables for every household, and along a path where one is given.

    `law` is the tree of parameters on the date (`mwp.engine.law.at`). `split=False` works out everything at every
    point, as a check on the split between what moves and what does not. `through_core` says whether policyengine-core
    keeps the books; by default it does for many rows that stand still. Neither changes a result. `adults=False` leaves
    each adult's amounts along a path out, for who has no use for them.
    """
    names = tuple(dict.fromkeys(wanted))
    terms = Terms(law, rounding, valuation)
    standing = block_rows or BLOCK_ROWS
    if path is None:
        return _shaped(_whole(table, terms, names, standing, through_core), table.households)
    moves = path.moves(table.households)
    if not split:
        every = table.repeated(path.points)
        columns = dict(every.columns)
        for (adult, name), values in moves.items():
            columns[name] = every.with_adult(columns[name], adult, values)
        every = replace(every, columns=columns)
        return _shaped(_whole(every, terms, names, standing, through_core), table.households)
    core = bool(through_core)
    moving = Moving(table, terms, names, moves, block_rows or MOVING_ROWS, through_core=core, adults=adults)
    shape = (table.households, path.points)
    found, still = moving.along({move: values.reshape(shape) for move, values in moves.items()}), moving.standing
    amounts = {name: np.broadcast_to(values[:, None], shape) for name, values in still.amounts.items()}
    apart = {name: np.broadcast_to(values[:, :, None], (2, *shape)) for name, values in still.adults.items()}
    return Results({**found.amounts, **amounts}, {**found.adults, **apart})


def switched(table: Table, terms: Terms, wanted: Iterable[str], path: Path, factors: Mapping[str, Floats]) -> Results:
    """The wanted variables along a path on which some variables are switched on and off, point by point.

    `factors` maps a variable to 1 or 0 at each point: what is off is nil for every rule that reads it. Everything is
    worked out at every point.
    """
    names, of = tuple(dict.fromkeys(wanted)), rule_graph()
    every = table.repeated(path.points)
    columns = dict(every.columns)
    for (adult, name), values in path.moves(table.households).items():
        columns[name] = every.with_adult(columns[name], adult, values)
    by_row = {name: np.tile(values, table.size(of.rules[name].entity.key)) for name, values in factors.items()}
    for name, values in by_row.items():
        if name in columns:
            columns[name] = columns[name] * values
    order = of.needed_for(names)
    worked_out = {name: values for name, values in by_row.items() if name not in columns}
    held = _calculate(every, terms, columns, order, names, of, factors=worked_out)
    return _shaped(rows_of(held, every, names, of), table.households)


class Moving:
    """Households whose inputs move: what does not move is worked out once here, and carried to any number of rows.

    Rows are run without the core's bookkeeping unless `through_core` asks for it. `adults=False` leaves each adult's
    amounts out.
    """

    def __init__(
        self,
        table: Table,
        terms: Terms,
        wanted: Iterable[str],
        moves: Iterable[Move],
        block_rows: int = MOVING_ROWS,
        *,
        through_core: bool = False,
        adults: bool = True,
    ) -> None:
        of = rule_graph()
        names, inputs = tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(name for _, name in moves))
        moved = of.moved_by(inputs)
        needed = of.needed_for(names)
        moving = [n for n in needed if n in moved and n not in inputs]
        edge = {i for name in moving for i in of.rules[name].inputs if i not in moved} | set(inputs)
        conditions = {c for name in moving for c in of.rules[name].nil_unless if c not in moved}
        self.table, self.terms, self.block_rows, self.through_core = table, terms, block_rows, through_core
        self.adults = adults
        self.still = tuple(n for n in names if n not in moved)
        self._moved = tuple(n for n in names if n in moved)
        base = tuple(dict.fromkeys((*(n for n in of.rules if n in edge or n in conditions), *self.still)))
        self._base = _whole(table, terms, base, BLOCK_ROWS, through_core)
        self._moving, self._inputs = tuple(moving), inputs
        self._conditions = {c: self._base.amounts[c] != 0 for c in conditions}
        self._plans: dict[frozenset[str], _Plan] = {}
        self._everybodys_plan = self._plan(np.arange(table.households))
        columns = {name: self._people_or_units(name) for name in self._everybodys_plan.edge}
        self._same = {name: parts.everybodys for name, parts in columns.items() if parts.everybodys is not None}
        self._differing = {name: parts for name, parts in columns.items() if parts.everybodys is None}

    def _plan(self, homes: Ints) -> "_Plan":
        """What is to be run for some households: not what is nil for all of them, nor what only that rests on."""
        unmet = frozenset(c for c, met in self._conditions.items() if not met[homes].any())
        if unmet not in self._plans:
            self._plans[unmet] = _planned(self._moving, self._inputs, self._moved, unmet)
        return self._plans[unmet]

    def _people_or_units(self, name: str) -> "_Column":
        base, partnered = self._base, self.table.has_partner
        if name in base.adults:
            first, second = base.adults[name]
            return _Column(first, second, partnered)
        return _Column(base.amounts[name], None, partnered)

    def along(self, moves: Mapping[Move, Floats]) -> Rows:
        """The wanted variables that move, at every point of a path: `moves` has a row of values for each household."""
        households, points = next(iter(moves.values())).shape
        order = self._in_order(points)
        at_once = max(self.block_rows // points, 1)
        amounts: dict[str, Floats] = {}
        adults: dict[str, Floats] = {}
        for start in range(0, households, at_once):
            homes = order[start : start + at_once]
            whose = np.repeat(homes, points)
            block = self.moved_at(whose, {move: values[homes].reshape(-1) for move, values in moves.items()})
            if not start:
                amounts = {name: np.empty((households, points)) for name in block.amounts}
                adults = {name: np.empty((2, households, points)) for name in block.adults}
            for name, values in block.amounts.items():
                amounts[name][homes] = values.reshape(len(homes), points)
            for name, values in block.adults.items():
                adults[name][:, homes] = values.reshape(2, len(homes), points)
        return Rows(amounts, adults)

    def at(self, homes: Ints, moves: Mapping[Move, Floats]) -> Rows:
        """The wanted variables in rows of our choice: `homes` says whose each row is, `moves` what the inputs are."""
        found, base = self.moved_at(homes, moves), self._base
        amounts = {name: base.amounts[name][homes] for name in self.still}
        adults = {name: base.adults[name][:, homes] for name in self.still if name in base.adults and self.adults}
        return Rows({**found.amounts, **amounts}, {**found.adults, **adults})

    def moved_at(self, homes: Ints, moves: Mapping[Move, Floats]) -> Rows:
        """The same, of the variables that move; what the others are for each household is in `standing`."""
        blocks = []
        for start in range(0, len(homes), self.block_rows):
            rows = slice(start, start + self.block_rows)
            blocks.append(self._block(homes[rows], {move: values[rows] for move, values in moves.items()}))
        return joined(blocks)

    @property
    def standing(self) -> Rows:
        """The wanted variables that do not move, a row for each household."""
        base = self._base
        return Rows(
            {name: base.amounts[name] for name in self.still},
            {name: base.adults[name] for name in self.still if name in base.adults and self.adults},
        )

    def _in_order(self, points: int) -> Ints:
        """The order to run households in: those of a kind together, where each has many rows."""
        if not self._differing or points < _MANY_POINTS:
            return np.arange(self.table.households)
        return np.argsort(self._kinds, kind="stable")

    @cached_property
    def _kinds(self) -> NDArray[np.uint16]:
        """A number for each household, such that what few of them have is found in few blocks of rows.

        Households go by their rarest traits first, a trait being that a variable is not nil.
        """
        columns = (part for column in self._differing.values() for part in (column.first, column.second))
        traits = [values != 0 for values in columns if values is not None]
        traits.sort(key=np.count_nonzero)
        _, kinds = np.unique(np.packbits(np.stack(traits), axis=0), axis=1, return_inverse=True)
        return np.minimum(kinds.reshape(-1), np.iinfo(np.uint16).max).astype(np.uint16)

    def _block(self, homes: Ints, moves: Mapping[Move, Floats]) -> Rows:
        of, rows = rule_graph(), self.table.claimants(homes)
        plan, columns = self._everybodys_plan, dict(self._same)
        if self._differing:
            there = _There(homes, rows, self.table.households)
            plan = self._plan(there.homes)
            for name in plan.edge:
                if name in self._differing:
                    columns[name] = self._differing[name].of(there)
        for (adult, name), values in moves.items():
            columns[name] = rows.with_adult(columns[name], adult, values)
        for name in plan.nil:
            columns[name] = _NOTHING
        if self.through_core:  # which is told everything in full
            columns = {
                name: np.broadcast_to(values, rows.size(of.rules[name].entity.key)) for name, values in columns.items()
            }
        held = _calculate(
            rows, self.terms, columns, plan.run, self._moved, of, self._moving, through_core=self.through_core
        )
        return rows_of(held, rows, self._moved, of, self.adults)


@dataclass(frozen=True)
class _Plan:
    """Which rules to run along a path, which to take as nil, and what they ask of the part that stands still."""

    run: tuple[str, ...]
    nil: tuple[str, ...]
    edge: tuple[str, ...]


@lru_cache(maxsize=1024)
def _planned(moving: tuple[str, ...], inputs: tuple[str, ...], moved: tuple[str, ...], unmet: frozenset[str]) -> _Plan:
    """The plan where the conditions `unmet` are nil: `moving` are the rules that may run, `moved` those wanted."""
    of = rule_graph()
    nil = of.nil_where(unmet, moving)
    wanted, asked, run = set(moved), dict.fromkeys(inputs), []
    for name in reversed(moving):
        if name not in nil and (name in wanted or name in asked):
            run.append(name)
            asked.update(dict.fromkeys(of.rules[name].inputs))
    moves = set(moving)
    return _Plan(
        tuple(reversed(run)),
        tuple(n for n in moving if n in nil and (n in asked or n in wanted)),
        tuple(n for n in asked if n not in moves),
    )


class _Column:
    """A variable of every household that does not move: of the benefit unit, or of both its adults."""

    def __init__(self, first: Floats, second: Floats | None, has_partner: NDArray[np.bool_]) -> None:
        self.first, self.second, self.has_partner = first, second, has_partner
        self.everybodys = self._one_for_all(slice(None))

    def _one_for_all(self, homes: Any) -> Floats | None:
        """An array of one entry where some households all have the same, else None."""
        first: Floats = self.first[homes]
        if not _are_all(first, first[0]):
            return None
        if self.second is not None and not _are_all(self.second[homes][self.has_partner[homes]], first[0]):
            return None
        return first[:1]

    def of(self, there: "_There") -> Floats:
        """The column in rows of some households, one entry where all have the same."""
        found = self._one_for_all(there.homes)
        if found is not None:
            return found
        if self.second is None:
            return self.first[there.homes].take(there.of_row)
        return np.concatenate((self.first[there.homes], self.second[there.homes])).take(there.of_person)


_NOTHING = np.zeros(1)


def _are_all(values: Floats, value: float) -> bool:
    """Whether all are the same, to the last bit."""
    return bool((values.view(np.int64) == np.float64(value).view(np.int64)).all())


def _are_alike(values: Floats) -> bool:
    """Whether all are the same, to the last bit; three are looked at first, for mostly those differ."""
    bits = values.view(np.int64)
    first = bits[0]
    return bool(bits[-1] == first and bits[len(bits) // 2] == first and (bits == first).all())


class _There:
    """Which households are in some rows, and which of them each row is of, and each person: partners come after all."""

    def __init__(self, whose: Ints, rows: Claimants, households: int) -> None:
        present = np.zeros(households, dtype=bool)
        present[whose] = True
        self.homes = np.flatnonzero(present)
        place = np.empty(households, dtype=np.intp)
        place[self.homes] = np.arange(len(self.homes))
        self.of_row = place[whose]
        self.of_person = np.concatenate((self.of_row, self.of_row[rows.partnered] + len(self.homes)))


def _whole(
    table: Table, terms: Terms, names: tuple[str, ...], block_rows: int, through_core: bool | None = None
) -> Rows:
    """The named variables of every household as it stands, a row each."""
    of = rule_graph()
    blocks = []
    for start in range(0, table.households, block_rows):
        part = table.part(slice(start, min(start + block_rows, table.households)))
        order = of.needed_for(names)
        held = _calculate(part, terms, part.columns, order, names, of, through_core=through_core)
        blocks.append(rows_of(held, part, names, of))
    return joined(blocks)


def joined(blocks: Sequence[Rows]) -> Rows:
    """The rows of blocks of households, one after the other."""
    if len(blocks) == 1:
        return blocks[0]
    return Rows(
        {name: np.concatenate([b.amounts[name] for b in blocks]) for name in blocks[0].amounts},
        {name: np.concatenate([b.adults[name] for b in blocks], axis=1) for name in blocks[0].adults},
    )


def rows_of(held: Mapping[str, Floats], rows: Table, names: Iterable[str], of: Graph, each_adult: bool = True) -> Rows:
    """What was worked out, a row for each household: people's amounts together, and apart where asked for."""
    amounts, adults = {}, {}
    for name in names:
        entity, values = of.rules[name].entity, held[name]
        if entity is Person and not each_adult:
            amounts[name] = rows.of_claimants(rows.gathered("total", values, Person.key, BenefitUnit.key))
        elif entity is Person:
            adults[name] = rows.each_adult(values)
            amounts[name] = adults[name][0] + adults[name][1]
        else:
            amounts[name] = (
                np.broadcast_to(values, rows.households) if entity is Household else rows.of_claimants(values)
            )
    return Rows(amounts, adults)


def _shaped(rows: Rows, households: int) -> Results:
    return Results(
        {name: values.reshape(households, -1) for name, values in rows.amounts.items()},
        {name: values.reshape(2, households, -1) for name, values in rows.adults.items()},
    )


def _calculate(
    rows: Table,
    terms: Terms,
    columns: Mapping[str, Floats],
    order: Iterable[str],
    keep: Iterable[str],
    of: Graph,
    known: tuple[str, ...] = (),
    factors: Mapping[str, Floats] | None = None,
    through_core: bool | None = None,
) -> dict[str, Floats]:
    """Run the rules in order over the rows, from the given columns; an input with no column has its default.

    `known` are the rules of the core's system, where it is to have more than are run: a system takes time to build.
    `factors` multiply variables row by row as soon as they are worked out, before any other rule reads them.
    Many rows go through the core; few rows are run without it (see `Bare`), unless `through_core` says otherwise.
    """
    order = tuple(order)
    simulation: Any
    if through_core is None:
        through_core = rows.people > _FEW_ROWS
    if through_core:
        simulation = month_simulation(rows, terms, _system_for(known or order, of))
        for name in simulation.tax_benefit_system.variables:
            if name in columns:
                simulation.give(name, columns[name])
    else:
        simulation = Bare(rows, terms, columns, of)
    period = simulation.month
    last_use = _last_uses(order, tuple(keep), of) if rows.people > _FEW_ROWS else {}
    for name in order:
        found = simulation.calculate(name, period)
        if factors and name in factors:
            simulation.held[name] = found * factors[name]
            simulation.claims.pop(name, None)
        else:
            simulation.held[name] = found
        for done in last_use.get(name, ()):
            simulation.let_go(done)
    return {name: simulation.held[name] for name in keep}


@lru_cache(maxsize=64)
def _system_for(order: tuple[str, ...], of: Graph) -> Any:
    return build(of, order)


@lru_cache(maxsize=1024)
def _last_uses(order: tuple[str, ...], keep: tuple[str, ...], of: Graph) -> dict[str, tuple[str, ...]]:
    """For each rule, the variables that nothing needs once it has run: letting them go keeps the cache warm."""
    last: dict[str, str] = {}
    for name in order:
        for used in (name, *of.rules[name].inputs):
            last[used] = name
    gone: dict[str, list[str]] = {}
    for used, name in last.items():
        if used not in keep:
            gone.setdefault(name, []).append(used)
    return {name: tuple(several) for name, several in gone.items()}


class _Month:
    """What the wiring of a rule (`mwp.engine.system.wired`) asks of whoever runs it."""

    rows: Table
    held: dict[str, Floats]
    claims: dict[str, NDArray[np.bool_]]

    def calculate(self, name: str, period: Any) -> Any:
        """Work a variable out."""
        raise NotImplementedError

    def value(self, name: str, period: Any) -> Floats:
        """A variable's array, worked out now if it is not held."""
        found = self.held.get(name)
        return found if found is not None else np.asarray(self.calculate(name, period))

    def claim(self, name: str, period: Any) -> NDArray[np.bool_]:
        """A variable that holds or does not, as a boolean array: made of its numbers once, however many rules ask."""
        found = self.claims.get(name)
        if found is None:
            found = self.claims[name] = np.asarray(self.value(name, period) != 0)
        return found

    def hand_down(self, values: Any, wider: str, narrower: str) -> Any:
        """A wider entity's values on each of the narrower entity's rows."""
        return self.rows.handed_down(values, wider, narrower)

    def gather(self, kind: str, values: Any, narrower: str, wider: str) -> Floats:
        """Members' values brought together for the group."""
        return self.rows.gathered(kind, values, narrower, wider)


@dataclass(frozen=True)
class _Members:
    """An entity's rows, as the wiring of a rule sees them."""

    simulation: Any
    count: int


class Bare(_Month):
    """The same rules without the core: its bookkeeping costs many times a short array's arithmetic.

    The wiring is the very one that the core runs, in the same order, so results are the same bit for bit
    (docs/decisions/004-few-rows-without-the-core.md).
    """

    month = None

    def __init__(self, rows: Table, terms: Terms, columns: Mapping[str, Floats], of: Graph) -> None:
        self.law, self.rounding, self.valuation = terms.law, terms.rounding, terms.valuation
        self.on, self.rows, self.held, self._of = _number(rows.on), rows, dict(columns), of
        self.claims = {}
        self._one_for_all = isinstance(rows, Claimants)
        self._members = {e.key: _Members(self, 1 if self._one_for_all else rows.size(e.key)) for e in ENTITIES}

    def calculate(self, name: str, period: Any) -> Floats:
        """A variable's array: the one held, else what its rule gives, else its default."""
        if name not in self.held:
            one = self._of.rules[name]
            members = self._members[one.entity.key]
            if one.kind == "given":
                self.held[name] = np.full(members.count, float(one.default))
            elif self._one_for_all and one.nil_unless and all(map(self._is_nil, one.nil_unless)):
                self.held[name] = _NOTHING
            else:
                found = wired(name, self._of)(members, period, None)
                if self._one_for_all and len(found) > _FEW_ROWS and _are_alike(found):
                    found = found[:1].copy()
                    self.claims.pop(name, None)
                self.held[name] = found
        return self.held[name]

    def _is_nil(self, name: str) -> bool:
        found = self.held.get(name)
        return found is not None and len(found) == 1 and not found[0]

    def let_go(self, name: str) -> None:
        """Drop the array of a variable that nothing asks for any more."""
        self.held.pop(name, None)
        self.claims.pop(name, None)


def _number(on: date) -> int:
    return on.year * 10_000 + on.month * 100 + on.day


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

    class MonthSimulation(Simulation, _Month):
        def __init__(self, system: Any, populations: Any, rows: Table, terms: Terms) -> None:
            self.law, self.rounding, self.valuation = terms.law, terms.rounding, terms.valuation
            self.on = _number(rows.on)
            self.rows = rows
            super().__init__(tax_benefit_system=system, populations=populations)
            system.simulation = None  # the core keeps the newest simulation there: let its arrays go
            self.month = period(_month(rows.on))
            self.held: dict[str, Floats] = {}
            self.claims: dict[str, NDArray[np.bool_]] = {}

        def give(self, name: str, values: Floats) -> None:
            """Set an input of the month: what `set_input` does in the end, less its search for other periods."""
            self.get_holder(name).put_in_cache(values, self.month, self.branch_name)
            self.held[name] = values

        def let_go(self, name: str) -> None:
            """Drop the array of a variable that nothing asks for any more."""
            self.held.pop(name, None)
            self.claims.pop(name, None)
            self.delete_arrays(name, self.month)

    _CLASS.append(MonthSimulation)
    return MonthSimulation
