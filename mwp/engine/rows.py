"""Households as a table of columns: the rows a simulation runs over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mwp.core.entities import BenefitUnit, Household, Person

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Table:
    """Rows of people, benefit units and households on a date, and how they belong together.

    People and benefit units stand in the order of their households. `adult_rows` are the people who are adults of the
    claimant's benefit unit, `adult_slot` says whether each is the claimant (0) or the partner (1), `adult_home` in
    which household they live; `claimant_units` is each household's claimant benefit unit. `columns` holds the given
    variables by name, float64.
    """

    on: date
    households: int
    unit_of_person: Ints
    household_of_person: Ints
    household_of_unit: Ints
    claimant_units: Ints
    adult_rows: Ints
    adult_slot: Ints
    adult_home: Ints
    columns: Mapping[str, Floats]
    entity_of_column: Mapping[str, str]

    @property
    def people(self) -> int:
        """How many people."""
        return len(self.unit_of_person)

    @property
    def units(self) -> int:
        """How many benefit units."""
        return len(self.household_of_unit)

    def size(self, entity: str) -> int:
        """How many rows an entity has."""
        return self._sizes[entity]

    @cached_property
    def _sizes(self) -> dict[str, int]:
        return {Person.key: self.people, BenefitUnit.key: self.units, Household.key: self.households}

    @cached_property
    def links(self) -> dict[tuple[str, str], Ints | None]:
        """For (wider, narrower): which wider row each narrower row belongs to; None where they are one and the same."""
        return {
            (BenefitUnit.key, Person.key): _unless_identity(self.unit_of_person, self.units),
            (Household.key, Person.key): _unless_identity(self.household_of_person, self.households),
            (Household.key, BenefitUnit.key): _unless_identity(self.household_of_unit, self.households),
        }

    def part(self, block: slice) -> "Table":
        """Some of the households, in the same order."""
        if block.start == 0 and block.stop == self.households:
            return self
        people = slice(*np.searchsorted(self.household_of_person, (block.start, block.stop)))
        units = slice(*np.searchsorted(self.household_of_unit, (block.start, block.stop)))
        adults = slice(*np.searchsorted(self.adult_home, (block.start, block.stop)))
        rows = {Person.key: people, BenefitUnit.key: units, Household.key: block}
        return Table(
            on=self.on,
            households=block.stop - block.start,
            unit_of_person=self.unit_of_person[people] - units.start,
            household_of_person=self.household_of_person[people] - block.start,
            household_of_unit=self.household_of_unit[units] - block.start,
            claimant_units=self.claimant_units[block] - units.start,
            adult_rows=self.adult_rows[adults] - people.start,
            adult_slot=self.adult_slot[adults],
            adult_home=self.adult_home[adults] - block.start,
            columns={name: values[rows[self.entity_of_column[name]]] for name, values in self.columns.items()},
            entity_of_column=self.entity_of_column,
        )

    @cached_property
    def has_partner(self) -> NDArray[np.bool_]:
        """Which households have a partner in them."""
        found = np.zeros(self.households, dtype=bool)
        found[self.adult_home[self.adult_slot == 1]] = True
        return found

    def claimants(self, homes: Ints) -> "Claimants":
        """The claimants' adults alone, a row for each of `homes` (which may repeat)."""
        rows = len(homes)
        every = np.arange(rows)
        partnered = np.flatnonzero(self.has_partner[homes])
        row_of_person = np.concatenate((every, partnered))
        slot = np.zeros(len(row_of_person), dtype=np.intp)
        slot[rows:] = 1
        return Claimants(
            on=self.on,
            households=rows,
            unit_of_person=row_of_person,
            household_of_person=row_of_person,
            household_of_unit=every,
            claimant_units=every,
            adult_rows=np.arange(len(row_of_person)),
            adult_slot=slot,
            adult_home=row_of_person,
            columns={},
            entity_of_column={},
            partnered=partnered,
        )

    def repeated(self, points: int) -> "Table":
        """Everyone, once a point."""
        return Table(
            on=self.on,
            households=self.households * points,
            unit_of_person=_at_points(self.unit_of_person, points),
            household_of_person=_at_points(self.household_of_person, points),
            household_of_unit=_at_points(self.household_of_unit, points),
            claimant_units=_at_points(self.claimant_units, points),
            adult_rows=_at_points(self.adult_rows, points),
            adult_slot=np.repeat(self.adult_slot, points),
            adult_home=_at_points(self.adult_home, points),
            columns={name: np.repeat(values, points) for name, values in self.columns.items()},
            entity_of_column=self.entity_of_column,
        )

    def handed_down(self, values: Any, wider: str, narrower: str) -> Any:
        """A wider entity's values on each of the narrower entity's rows."""
        index = self.links[wider, narrower]
        return values if index is None else values[index]

    def gathered(self, kind: str, values: Any, narrower: str, wider: str) -> Floats:
        """Members' values brought together for the group: their `total`, `count`, `any_of` or `highest`."""
        index, size = self.links[wider, narrower], self.size(wider)
        if index is None:
            return _of_one(kind, values)
        if kind == "highest":
            result = np.zeros(size)
            np.maximum.at(result, index, values)
            return result
        summed = np.bincount(index, weights=values, minlength=size)
        return np.asarray(summed > 0 if kind == "any_of" else summed, dtype=np.float64)

    def of_claimants(self, values: Floats) -> Floats:
        """A benefit unit's variable, one value for each household: that of the claimant's unit."""
        return values[self.claimant_units]

    def with_adult(self, column: Floats, adult: int, values: Floats) -> Floats:
        """A person's column with one adult of each household given a new value."""
        chosen = self.adult_slot == adult
        changed = column.copy()
        changed[self.adult_rows[chosen]] = values[self.adult_home[chosen]]
        return changed

    def each_adult(self, values: Floats) -> Floats:
        """A person's variable as (claimant or partner, household); nil for a partner who is not there."""
        apart = np.zeros((2, self.households))
        apart[self.adult_slot, self.adult_home] = values[self.adult_rows]
        return apart


@dataclass(frozen=True)
class Claimants(Table):
    """The claimants' adults alone: what is left to work out when earnings move.

    There is one benefit unit a household, in the same order, and all first adults stand before all partners;
    `partnered` are the rows that have one. So nothing need be looked up to go from people to households and back, and
    an array of one entry may stand for everybody's.
    """

    partnered: Ints

    @property
    def all_partnered(self) -> bool:
        """Whether every row has a partner."""
        return len(self.partnered) == self.households

    def handed_down(self, values: Any, wider: str, narrower: str) -> Any:
        """A wider entity's values on each of the narrower entity's rows."""
        if narrower != Person.key or len(values) == 1 or not len(self.partnered):
            return values
        return np.concatenate((values, values if self.all_partnered else values[self.partnered]))

    def gathered(self, kind: str, values: Any, narrower: str, wider: str) -> Floats:
        """Members' values brought together for the group."""
        if narrower != Person.key or not len(self.partnered):
            return _of_one(kind, values)
        first, second = self._apart(np.asarray(values, dtype=np.float64))
        if kind == "highest":
            first, second = np.maximum(first, 0.0), np.maximum(second, 0.0)
        together = np.maximum if kind == "highest" else np.add
        if self.all_partnered:
            found = together(first, second)
        else:
            found = self._everybodys(first).copy()
            found[self.partnered] = together(found[self.partnered], second)
        return np.asarray(found > 0 if kind == "any_of" else found, dtype=np.float64)

    def of_claimants(self, values: Floats) -> Floats:
        """A benefit unit's variable, one value for each household."""
        return self._everybodys(values)

    def with_adult(self, column: Floats, adult: int, values: Floats) -> Floats:
        """A person's column with one adult of each household given a new value."""
        first, second = self._apart(column)
        if adult == 0:
            first = values
        else:
            second = values[self.partnered]
        return np.concatenate((self._everybodys(first), np.broadcast_to(second, len(self.partnered))))

    def each_adult(self, values: Floats) -> Floats:
        """A person's variable as (claimant or partner, household); nil for a partner who is not there."""
        first, second = self._apart(values)
        apart = np.zeros((2, self.households))
        apart[0] = first
        if self.all_partnered:
            apart[1] = second
        else:
            apart[1, self.partnered] = second
        return apart

    def _apart(self, values: Floats) -> tuple[Floats, Floats]:
        one_for_all = len(values) == 1
        return (values, values) if one_for_all else (values[: self.households], values[self.households :])

    def _everybodys(self, values: Floats) -> Floats:
        return np.full(self.households, values[0]) if len(values) < self.households else values


def _of_one(kind: str, values: Floats) -> Floats:
    """What a group of one member has. A count or a claim of one is its own."""
    return np.asarray(np.maximum(values, 0.0) if kind == "highest" else values, dtype=np.float64)


def _at_points(index: Ints, points: int) -> Ints:
    return np.asarray((index[:, None] * points + np.arange(points)).reshape(-1), dtype=np.intp)


def _unless_identity(index: Ints, size: int) -> Ints | None:
    return None if len(index) == size and bool((index == np.arange(size)).all()) else index
