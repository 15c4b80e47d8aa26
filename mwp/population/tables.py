"""A population in memory: three Arrow tables whose rows belong together, and reading and writing them as Parquet.

    population = Population.read("folder")          # folder/persons.parquet, benefit_units.parquet, households.parquet
    population.weights                               # one a household
    for block in population.blocks(10_000): ...      # Populations of so many households
    open_population("folder").blocks()               # the same from files larger than memory, a row group at a time

Rows stand in the order of their households; within one, the claimants' benefit unit comes first, and people as
claimant, partner, children, non-dependants. Tables in another order are put in order when they are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from mwp.errors import InputError
from mwp.inputs.names import did_you_mean
from mwp.population.schema import EXTRA, ROLES, TABLES, TableSchema

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]

ROW_GROUP = 20_000
"""Households a row group of the files that are written: the three files are cut at the same households."""
_ALIGNED = b"mwp.households_by_row_group"
_ABOUT = b"mwp.about"


@dataclass(frozen=True)
class Population:
    """Households with their people, as Arrow tables; `about` says in words where they come from."""

    persons: pa.Table
    benefit_units: pa.Table
    households: pa.Table
    about: str = ""

    @classmethod
    def of(cls, persons: pa.Table, benefit_units: pa.Table, households: pa.Table, *, about: str = "") -> Population:
        """From Arrow tables with the columns of `mwp.population.schema`; columns left out are empty.

        Raises InputError where a column is unknown, missing or of a form that does not fit, or a link leads nowhere.
        """
        given = (persons, benefit_units, households)
        cast = [as_schema(table, schema) for table, schema in zip(given, TABLES.values(), strict=True)]
        return cls(cast[0], cast[1], cast[2], about)._in_order()

    @classmethod
    def read(cls, folder: str | Path) -> Population:
        """From the Parquet files in a folder, the whole of them. Raises InputError."""
        return open_population(folder).read()

    def write(self, folder: str | Path, row_group: int = ROW_GROUP) -> None:
        """Write the three Parquet files, cut into row groups at the same households, so that ranges can be read.

        The same population gives the same bytes. Raises InputError where the folder cannot be written.
        """
        target = Path(folder)
        starts = range(0, max(self.size, 1), row_group)
        parts = [self.part(start, min(start + row_group, self.size)) for start in starts]
        try:
            target.mkdir(parents=True, exist_ok=True)
            for name in TABLES:
                cut = [getattr(part, name) for part in parts]
                told = {_ALIGNED: ",".join(str(part.size) for part in parts), _ABOUT: self.about}
                schema = TABLES[name].arrow_schema()
                extra = [f for f in cut[0].schema if f.name not in TABLES[name].by_name]
                schema = pa.schema([*schema, *extra], metadata=told)
                partial = target / f".{name}.parquet.part"
                with pq.ParquetWriter(partial, schema, compression="zstd", version="2.6") as writer:
                    for table in cut:
                        writer.write_table(table.cast(schema), row_group_size=max(len(table), 1))
                partial.replace(target / f"{name}.parquet")
        except OSError as error:
            raise InputError.of(f"The tables cannot be written: {error.strerror or error}.", str(folder)) from None

    @property
    def size(self) -> int:
        """How many households."""
        return int(self.households.num_rows)

    @cached_property
    def weights(self) -> Floats:
        """How many benefit units of the population each household stands for."""
        return numbers(self.households, "weight", 1.0)

    @cached_property
    def household_of_unit(self) -> Ints:
        """The place of each benefit unit's household."""
        return self._links[0]

    @cached_property
    def household_of_person(self) -> Ints:
        """The place of each person's household."""
        return self.household_of_unit[self.unit_of_person]

    @cached_property
    def unit_of_person(self) -> Ints:
        """The place of each person's benefit unit."""
        return self._links[1]

    @cached_property
    def _links(self) -> tuple[Ints, Ints]:
        homes = places_of(self.benefit_units["household_id"], self.households["household_id"])
        units = places_of(self.persons["benefit_unit_id"], self.benefit_units["benefit_unit_id"])
        return homes, units

    def part(self, start: int, stop: int) -> Population:
        """The households from a place up to another, without copying. Places count from 0."""
        if start <= 0 and stop >= self.size:
            return self
        units = slice(*np.searchsorted(self.household_of_unit, (start, stop)))
        people = slice(*np.searchsorted(self.household_of_person, (start, stop)))
        return Population(
            self.persons.slice(people.start, people.stop - people.start),
            self.benefit_units.slice(units.start, units.stop - units.start),
            self.households.slice(start, stop - start),
            self.about,
        )

    def blocks(self, size: int) -> Iterator[Population]:
        """Populations of so many households each, in order."""
        for start in range(0, self.size, size):
            yield self.part(start, min(start + size, self.size))

    def where(self, households: Flags | Ints) -> Population:
        """Some of the households: by a flag for each, or by their places (in the order given, each once)."""
        chosen = np.flatnonzero(households) if households.dtype == bool else np.asarray(households, dtype=np.intp)
        rank = np.full(self.size, -1, dtype=np.intp)
        rank[chosen] = np.arange(len(chosen))
        found = {}
        for name, of in (("benefit_units", self.household_of_unit), ("persons", self.household_of_person)):
            kept = np.flatnonzero(rank[of] >= 0)
            found[name] = getattr(self, name).take(pa.array(kept[np.argsort(rank[of][kept], kind="stable")]))
        return Population(found["persons"], found["benefit_units"], self.households.take(pa.array(chosen)), self.about)

    def with_columns(self, table: str, **columns: Any) -> Population:
        """With columns of one table replaced or (named x_...) added; arrays have a value a row."""
        schema, changed = TABLES[table], getattr(self, table)
        for name, values in columns.items():
            kind = schema.by_name[name].arrow_type() if name in schema.by_name else None
            array = values if isinstance(values, pa.ChunkedArray | pa.Array) else pa.array(values)
            array = as_type(array, kind) if kind is not None else array
            at = changed.schema.get_field_index(name)
            changed = changed.append_column(name, array) if at < 0 else changed.set_column(at, name, array)
        tables = {each: getattr(self, each) for each in TABLES} | {table: changed}
        return Population(**tables, about=self.about)

    def with_weights(self, weights: Floats) -> Population:
        """The same households with other weights."""
        return self.with_columns("households", weight=np.asarray(weights, dtype=np.float64))

    def _in_order(self) -> Population:
        """Rows in the order of their households, claimants first. Raises InputError for links that lead nowhere."""
        problems = broken_links(self)
        if problems:
            raise InputError.of("\n".join(problems))
        roles = codes(self.persons, "role", {role: float(place) for place, role in enumerate(ROLES)}, 0.0)
        first = 1.0 - numbers(self.benefit_units, "is_claimants", 0.0)
        units = np.lexsort((np.arange(len(first)), first, self.household_of_unit))
        ordered = self if _is_range(units) else self._taken("benefit_units", units)
        people = np.lexsort((np.arange(len(roles)), roles, ordered.household_of_person))
        return ordered if _is_range(people) else ordered._taken("persons", people)

    def _taken(self, table: str, rows: Ints) -> Population:
        tables = {name: getattr(self, name) for name in TABLES}
        tables[table] = tables[table].take(pa.array(rows)).combine_chunks()
        return Population(**tables, about=self.about)


@dataclass(frozen=True)
class StoredPopulation:
    """A population in Parquet files, read a row group at a time: see `open_population`."""

    folder: Path
    by_group: tuple[int, ...]
    about: str

    @property
    def size(self) -> int:
        """How many households, all groups together."""
        return sum(self.by_group)

    @property
    def groups(self) -> int:
        """How many row groups: each can be read apart, also by another process."""
        return len(self.by_group)

    def group(self, number: int) -> Population:
        """The households of one row group. Raises InputError where its rows do not belong together."""
        tables = [_file(self.folder, name).read_row_group(number) for name in TABLES]
        return Population.of(*tables, about=self.about)

    def read(self) -> Population:
        """Everything, in memory."""
        return Population.of(*(_file(self.folder, name).read() for name in TABLES), about=self.about)

    def blocks(self, size: int = ROW_GROUP) -> Iterator[Population]:
        """Populations of at most so many households, reading no more than a row group at once."""
        for number in range(self.groups):
            yield from self.group(number).blocks(size)


def open_population(folder: str | Path) -> StoredPopulation:
    """The population whose three Parquet files are in a folder; nothing but their heads is read.

    Files that this program wrote are cut at the same households; those of others count as one group, for without that
    there is no telling where to cut. Raises InputError where a file is missing or is no Parquet.
    """
    path = Path(folder)
    heads = {name: _file(path, name) for name in TABLES}
    told = {name: (file.schema_arrow.metadata or {}) for name, file in heads.items()}
    cuts = {meta.get(_ALIGNED) for meta in told.values()}
    by_group = tuple(int(n) for n in told["households"].get(_ALIGNED, b"").decode().split(",") if n)
    groups = {file.metadata.num_row_groups for file in heads.values()}
    about = told["households"].get(_ABOUT, b"").decode()
    if len(cuts) == 1 and groups == {len(by_group)}:
        return StoredPopulation(path, by_group, about)
    return _OneGroup(path, (heads["households"].metadata.num_rows,), about)


class _OneGroup(StoredPopulation):
    """Files that are not cut at the same households: read whole."""

    def group(self, number: int) -> Population:
        return self.read()


def _file(folder: Path, name: str) -> pq.ParquetFile:
    path = folder / f"{name}.parquet"
    if not folder.is_dir():
        raise InputError.of(f"There is no folder {folder}. A population is a folder with {_files()}.")
    if not path.is_file():
        raise InputError.of(
            f"The file {name}.parquet is missing. A population is a folder with {_files()}.", str(folder)
        )
    try:
        return pq.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        raise InputError.of(f"This cannot be read as Parquet ({str(error).splitlines()[0]}).", str(path)) from None


def _files() -> str:
    return ", ".join(f"{name}.parquet" for name in TABLES)


# Tables into the schema's form


def as_schema(table: pa.Table, schema: TableSchema) -> pa.Table:
    """The table with the schema's columns in its order and form, columns that are left out empty.

    Raises InputError for a column there is not (those named x_... are carried along), a required one that is missing
    or has empty cells, and values of another form.
    """
    problems, columns = [], []
    for name in table.column_names:
        if name not in schema.by_name and not name.startswith(EXTRA):
            near = did_you_mean(name, schema.by_name)
            problems.append(f"{schema.name}: there is no column called {name}.{near} A column of your own begins x_.")
    for column in schema.columns:
        kind = column.arrow_type()
        if column.name not in table.column_names:
            if column.required:
                problems.append(f"{schema.name}: the column {column.name} is missing.")
            columns.append(pa.nulls(table.num_rows, kind))
            continue
        try:
            array = as_type(table[column.name], kind)
        except (pa.ArrowException, ValueError) as error:
            told = str(error).splitlines()[0]
            problems.append(f"{schema.name}: the column {column.name} is not {_FORM_OF[column.kind]} ({told}).")
            array = pa.nulls(table.num_rows, kind)
        empty = array.null_count if column.required else 0
        if empty:
            problems.append(f"{schema.name}: {empty} rows have no {column.name}, which must be given.")
        columns.append(array)
    if problems:
        raise InputError.of("\n".join(problems))
    extra = [name for name in table.column_names if name.startswith(EXTRA)]
    fields = [pa.field(c.name, c.arrow_type(), nullable=not c.required) for c in schema.columns]
    fields += [pa.field(name, table.schema.field(name).type) for name in extra]
    made = pa.table([*columns, *(table[name] for name in extra)], schema=pa.schema(fields))
    return made.unify_dictionaries().combine_chunks()


_FORM_OF = {
    "id": "a whole number",
    "text": "text",
    "choice": "a word",
    "pounds": "a number",
    "number": "a number",
    "count": "a whole number",
    "yes_no": "true or false",
    "day": "a date",
}


def as_type(array: pa.ChunkedArray | pa.Array, kind: pa.DataType) -> pa.ChunkedArray | pa.Array:
    """The same values as another Arrow type, losing none. Raises pa.ArrowException."""
    if array.type == kind:
        return array
    if pa.types.is_dictionary(kind):
        words = array.cast(pa.string())
        return words.dictionary_encode().cast(kind)
    if pa.types.is_dictionary(array.type):
        array = array.cast(pa.string())
    return array.cast(kind)


def table_of(schema: TableSchema, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """A table from rows of plain values, keys that are left out empty."""
    columns = []
    for column in schema.columns:
        values = [row.get(column.name) for row in rows]
        kind = column.arrow_type()
        array = pa.array(values, pa.string() if column.kind == "choice" else kind)
        columns.append(as_type(array, kind))
    return pa.table(columns, schema=schema.arrow_schema())


# Columns as numpy arrays


def numbers(table: pa.Table, name: str, default: float) -> Floats:
    """A column as float64, empty cells being the default; yes is 1."""
    column = _whole(table, name)
    column = column.cast(pa.int8()) if pa.types.is_boolean(column.type) else column
    filled = pc.fill_null(column.cast(pa.float64(), safe=False), default)
    return np.asarray(filled.to_numpy(zero_copy_only=False), dtype=np.float64)


def flags(table: pa.Table, name: str, default: bool = False) -> Flags:
    """A yes-or-no column, empty cells being the default."""
    return np.asarray(pc.fill_null(_whole(table, name), default).to_numpy(zero_copy_only=False), dtype=bool)


def told(table: pa.Table, name: str) -> Flags:
    """Where a column is not empty."""
    return np.asarray(_whole(table, name).is_valid().to_numpy(zero_copy_only=False), dtype=bool)


def codes(
    table: pa.Table, name: str, values: Mapping[str, float], default: float, other: float | None = None
) -> Floats:
    """A column of words as numbers; `other` (else the default) is for words that have none."""
    column = _whole(table, name)
    rest = default if other is None else other
    by_code = np.array([*(values.get(word, rest) for word in column.dictionary.to_pylist()), default])
    index = pc.fill_null(column.indices, len(column.dictionary)).to_numpy(zero_copy_only=False)
    return np.asarray(by_code[index], dtype=np.float64)


def is_word(table: pa.Table, name: str, *words: str) -> Flags:
    """Where a column of words has one of these."""
    return codes(table, name, dict.fromkeys(words, 1.0), 0.0) > 0


def days(table: pa.Table, name: str) -> NDArray[np.datetime64]:
    """A column of dates; NaT where it is empty."""
    return np.asarray(_whole(table, name).to_numpy(zero_copy_only=False), dtype="datetime64[D]")


def words(table: pa.Table, name: str, default: str = "") -> NDArray[np.object_]:
    """A column of words or text as Python strings."""
    column = _whole(table, name).cast(pa.string())
    return np.asarray(pc.fill_null(column, default).to_numpy(zero_copy_only=False), dtype=object)


def _whole(table: pa.Table, name: str) -> Any:
    column = table[name]
    if pa.types.is_dictionary(column.type) and column.num_chunks != 1:
        column = column.unify_dictionaries()
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


# Links


def places_of(ids: pa.ChunkedArray, among: pa.ChunkedArray) -> Ints:
    """The place of each id among others; -1 where it is not there."""
    found = pc.index_in(ids, value_set=among.combine_chunks() if isinstance(among, pa.ChunkedArray) else among)
    whole = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return np.asarray(pc.fill_null(whole, -1).to_numpy(zero_copy_only=False), dtype=np.intp)


def broken_links(population: Population) -> list[str]:
    """What keeps the three tables from belonging together, a sentence each, with the first ids it holds of."""
    found: list[str] = []
    tables: dict[str, pa.Table] = {name: getattr(population, name) for name in TABLES}
    for name, key in (("households", "household_id"), ("benefit_units", "benefit_unit_id"), ("persons", "person_id")):
        ids = tables[name][key].to_numpy()
        unique, counts = np.unique(ids, return_counts=True)
        _say(found, f"{name}: {key} is given more than once", unique[counts > 1])
    units, people, homes = tables["benefit_units"], tables["persons"], tables["households"]
    of_unit = places_of(units["household_id"], homes["household_id"])
    of_person = places_of(people["benefit_unit_id"], units["benefit_unit_id"])
    _say(found, "benefit_units: the household is not in households", units["benefit_unit_id"].to_numpy()[of_unit < 0])
    person_ids = people["person_id"].to_numpy()
    _say(found, "persons: the benefit unit is not in benefit_units", person_ids[of_person < 0])
    if found:
        return found
    told_home = people["household_id"].to_numpy()
    differs = units["household_id"].to_numpy()[of_person] != told_home
    _say(found, "persons: the benefit unit lives in another household than the person", person_ids[differs])
    claimants = flags(units, "is_claimants")
    per_home = np.bincount(of_unit[claimants], minlength=homes.num_rows)
    home_ids = homes["household_id"].to_numpy()
    _say(found, "households: there must be one benefit unit with is_claimants", home_ids[per_home != 1])
    roles = {role: is_word(people, "role", role) for role in ROLES}
    ours = claimants[of_person]
    wrong = roles["non_dependant"] == ours
    _say(found, "persons: non_dependants, and only they, live in benefit units of their own", person_ids[wrong])
    per_unit = np.bincount(of_person, minlength=units.num_rows)
    unit_ids = units["benefit_unit_id"].to_numpy()
    _say(found, "benefit_units: a non-dependant has a unit each", unit_ids[~claimants & (per_unit != 1)])
    for role, least, most in (("claimant", 1, 1), ("partner", 0, 1), ("child", 0, 20), ("non_dependant", 0, 10)):
        of_home = of_unit[of_person[roles[role]]]
        count = np.bincount(of_home, minlength=homes.num_rows)
        limits = f"there must be {least} {role}" if least == most else f"there may be up to {most} of the role {role}"
        _say(found, f"households: {limits}", home_ids[(count < least) | (count > most)])
    return found


def _say(found: list[str], fault: str, ids: Iterable[Any]) -> None:
    several = [str(one) for one in ids]
    if several:
        more = f" and {len(several) - 10:,} more" if len(several) > 10 else ""
        found.append(f"{fault}: {', '.join(several[:10])}{more}.")


def _is_range(index: Ints) -> bool:
    return bool((index == np.arange(len(index))).all())
