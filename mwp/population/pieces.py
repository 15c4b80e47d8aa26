"""A population in pieces: blocks of households that can be worked out anywhere, in any order, and put together again.

A block is a range of one row group of Parquet files, or the rows themselves where the population is in memory. Each
block's answer is an Arrow table. Answers stand in the order of the blocks, and every sum over households is taken over
whole columns in that order, so neither the size of blocks nor who worked them out changes a result.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from mwp.analysis import documents
from mwp.errors import InputError
from mwp.population.schema import TABLES
from mwp.population.tables import Population, StoredPopulation, open_population

BLOCK = 5_000
"""Households a block, unless told otherwise."""
IN_MEMORY = 400_000
"""Households up to which answers are kept in memory; of more, they go to a folder and are read column by column."""


class Task(Protocol):
    """What is done with a block. It is sent to other processes, so it is made of plain values."""

    def work(self, population: Population) -> pa.Table:
        """The block's answer: the same columns for every block."""

    def told(self) -> dict[str, Any]:
        """Everything that the answer depends on, beside the population, as plain values."""


@dataclass(frozen=True)
class Block:
    """Some households: those from `start` up to `stop` of a row group of a folder, or packed here."""

    number: int
    size: int
    folder: str = ""
    group: int = 0
    start: int = 0
    stop: int = 0
    packed: tuple[bytes, ...] = ()

    def population(self) -> Population:
        """The households of the block."""
        if self.packed:
            return Population(*(pa.ipc.open_stream(one).read_all() for one in self.packed))
        return _group(self.folder, self.group).part(self.start, self.stop)


@lru_cache(maxsize=1)
def _group(folder: str, number: int) -> Population:
    """A row group, kept while its blocks are worked out one after another."""
    return open_population(folder).group(number)


def packed(population: Population) -> tuple[bytes, ...]:
    """The tables of some households as bytes; a slice pickled as it is would take the whole table with it."""
    found = []
    for name in TABLES:
        table = getattr(population, name)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        found.append(sink.getvalue().to_pybytes())
    return tuple(found)


@dataclass(frozen=True)
class Source:
    """Where the blocks come from: a population in memory, or Parquet files."""

    given: Population | StoredPopulation
    block: int = BLOCK

    @classmethod
    def of(cls, given: str | Path | Population, block: int = BLOCK) -> Source:
        """`synthetic`, a folder, or a population. Raises InputError."""
        from mwp.population.loading import SYNTHETIC, default_synthetic

        if block < 1:
            raise InputError.of("A block holds at least one household.", field="block_size")
        if isinstance(given, Population):
            return cls(given, block)
        if str(given) == SYNTHETIC:
            return cls(default_synthetic().population, block)
        return cls(open_population(given), block)

    @property
    def about(self) -> str:
        """Where the population comes from, in words."""
        return self.given.about

    @property
    def size(self) -> int:
        """How many households."""
        return self.given.size

    def ranges(self) -> list[tuple[int, int, int]]:
        """Each block's row group, and where in it the block begins and ends."""
        groups = (self.given.size,) if isinstance(self.given, Population) else self.given.by_group
        return [
            (number, start, min(start + self.block, size))
            for number, size in enumerate(groups)
            for start in range(0, size, self.block)
        ]

    def blocks(self, skip: frozenset[int] = frozenset(), *, pack: bool = False) -> Iterator[Block]:
        """The blocks in order, those in `skip` left out; with `pack` a population in memory goes with them."""
        for number, (group, start, stop) in enumerate(self.ranges()):
            if number in skip:
                continue
            if isinstance(self.given, StoredPopulation):
                folder = str(self.given.folder.resolve())
                yield Block(number, stop - start, folder, group, start, stop)
            elif pack:
                yield Block(number, stop - start, packed=packed(self.given.part(start, stop)))
            else:
                yield Block(number, stop - start, start=start, stop=stop)

    def of_block(self, block: Block) -> Population:
        """A block's households, in this process."""
        if isinstance(self.given, Population) and not block.packed:
            return self.given.part(block.start, block.stop)
        return block.population()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything in the population."""
        found = sha256()
        if isinstance(self.given, Population):
            for start in range(0, self.given.size, BLOCK):
                for one in packed(self.given.part(start, start + BLOCK)):
                    found.update(one)
        else:
            for name in TABLES:
                with (self.given.folder / f"{name}.parquet").open("rb") as file:
                    while more := file.read(1 << 22):
                        found.update(more)
        return found.hexdigest()


class Answers:
    """The answers of the blocks, in memory or in a folder, and their columns put together in order.

    Columns stand in the order of the `keys`, the last of them first, and within it in the order of the households: so
    that no trace of the blocks is left.
    """

    def __init__(self, blocks: int, folder: Path | None = None, keys: tuple[str, ...] = ("adult", "law")) -> None:
        self.blocks, self.folder, self.keys = blocks, folder, keys
        self.holder: Any = None
        self._held: dict[int, pa.Table] = {}

    def add(self, number: int, answer: pa.Table) -> None:
        """Keep a block's answer; in a folder it is a whole file or none."""
        if self.folder is None:
            self._held[number] = answer
        else:
            _put(answer, self._path(number))
            self._held[number] = pa.table({})

    def known(self) -> frozenset[int]:
        """The blocks whose answers are there. A file that cannot be read is none, and is worked out again."""
        if self.folder is not None:
            for number in range(self.blocks):
                if number not in self._held and self._path(number).is_file():
                    with suppress(OSError, pa.ArrowException):
                        pq.ParquetFile(self._path(number))
                        self._held[number] = pa.table({})
        return frozenset(self._held)

    def _path(self, number: int) -> Path:
        assert self.folder is not None
        return self.folder / f"block-{number:06}.parquet"

    def tables(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Each block's answer, in order, or some of its columns."""
        for number in range(self.blocks):
            if self.folder is None:
                table = self._held[number]
                yield table if columns is None else table.select(list(columns))
            else:
                yield pq.read_table(self._path(number), columns=None if columns is None else list(columns))

    def table(self) -> pa.Table:
        """All answers under each other, in order."""
        whole = pa.concat_tables(self.tables()).replace_schema_metadata(None)
        columns = {}
        for name in whole.column_names:
            array = whole[name]
            if pa.types.is_dictionary(array.type):
                array = array.cast(pa.string())
            array = array.take(pa.array(self._order)).combine_chunks()
            columns[name] = array.dictionary_encode() if pa.types.is_string(array.type) else array
        return pa.table(columns)

    def column(self, name: str) -> NDArray[Any]:
        """One column, all answers under each other, in order; words as Python strings."""
        return np.asarray(self._column(name)[self._order])

    def words(self, name: str) -> tuple[list[str], NDArray[np.intp]]:
        """The words that stand in a column, in the order of the alphabet, and the place among them of each row's."""
        places = [one[name].combine_chunks() for one in self.tables([name])]
        among = sorted({str(word) for one in places for word in one.dictionary.to_pylist()})
        own = [
            np.array([among.index(str(word)) for word in one.dictionary.to_pylist()], dtype=np.intp) for one in places
        ]
        found = [of[np.asarray(one.indices)] for of, one in zip(own, places, strict=True)]
        return among, np.concatenate(found)[self._order]

    def _column(self, name: str) -> NDArray[Any]:
        parts = [one[name] for one in self.tables([name])]
        words = [one.cast(pa.string()) if pa.types.is_dictionary(one.type) else one for one in parts]
        return np.concatenate([np.asarray(one.to_numpy()) for one in words])

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        names = next(self.tables()).column_names
        keys = [self._column(name) for name in self.keys if name in names]
        return np.asarray(np.lexsort(keys), dtype=np.intp)


def _put(table: pa.Table, path: Path) -> None:
    handle, partial = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            pq.write_table(table, file, compression="zstd", version="2.6")
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(partial)
        raise


def answer_table(columns: dict[str, Any]) -> pa.Table:
    """Columns as an Arrow table; words are kept once each."""
    return pa.table({name: answer_column(values) for name, values in columns.items()})


def answer_column(values: Any) -> pa.Array:
    """Values as a column of an answer, ready ones as they are."""
    array = values if isinstance(values, pa.Array) else pa.array(values)
    return array.dictionary_encode() if pa.types.is_string(array.type) else array


CHECKPOINT = "checkpoint.json"


def checkpoint(folder: Path, source: Source, task: Task) -> Answers:
    """The answers in a folder, those of an earlier run that was stopped included.

    Raises InputError where the folder belongs to another run: another population, law, program, task or size of block.
    """
    ours = {
        "schema": "mwp.population-checkpoint/1",
        "mwp": documents.program(),
        "population": source.digest,
        "ranges": [list(one) for one in source.ranges()],
        "task": task.told(),
    }
    ours = json.loads(json.dumps(ours))
    marker = folder / CHECKPOINT
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if marker.is_file():
            theirs = json.loads(marker.read_text(encoding="utf-8"))
            differ = [key for key in ours if theirs.get(key) != ours[key]]
            if differ:
                told = ", ".join(_DIFFERS[key] for key in differ)
                raise InputError.of(
                    f"This folder holds the blocks of another run: {told} differ. Name another folder, or empty it.",
                    str(folder),
                )
        elif any(folder.iterdir()):
            raise InputError.of("This folder is not empty, and holds no blocks of an earlier run.", str(folder))
        else:
            partial = folder / f".{CHECKPOINT}.part"
            partial.write_text(json.dumps(ours, indent=1), encoding="utf-8")
            partial.replace(marker)
    except (OSError, ValueError) as error:
        raise InputError.of(f"The checkpoint cannot be used ({error}).", str(folder)) from None
    return Answers(len(source.ranges()), folder)


_DIFFERS = {
    "schema": "the form of checkpoints",
    "mwp": "the program or the law",
    "population": "the population",
    "ranges": "the blocks",
    "task": "the question (date, reforms or options)",
}
