"""Households as a table of columns: the rows a simulation runs over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

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
        return {Person.key: self.people, BenefitUnit.key: self.units, Household.key: self.households}[entity]

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

    def claimants(self, homes: Ints) -> tuple["Table", NDArray[np.bool_]]:
        """The claimants' adults alone, a row for each of `homes` (which may repeat), and which rows have a partner.

        All first adults stand before all partners: what is left to work out when earnings move.
        """
        rows = len(homes)
        every = np.arange(rows)
        partnered = self.has_partner[homes]
        row_of_person = np.concatenate((every, every[partnered]))
        slot = np.zeros(len(row_of_person), dtype=np.intp)
        slot[rows:] = 1
        table = Table(
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
        )
        return table, partnered

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


def _at_points(index: Ints, points: int) -> Ints:
    return np.asarray((index[:, None] * points + np.arange(points)).reshape(-1), dtype=np.intp)


def _unless_identity(index: Ints, size: int) -> Ints | None:
    return None if len(index) == size and bool((index == np.arange(size)).all()) else index
