"""What importers of survey files share: reading delimited tables, and a report of what was assumed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from mwp.analysis import documents
from mwp.errors import InputError
from mwp.population.tables import Population

SCHEMA = "mwp.population-import/1"
Record = dict[str, float]


@dataclass
class Notes:
    """What an importer assumed, imputed or left out: how often, and in which words."""

    found: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, column: str, told: str, rows: int = 1) -> None:
        """Note an assumption about a column of ours."""
        if rows:
            self.found[column, told] = self.found.get((column, told), 0) + rows


@dataclass(frozen=True)
class Imported:
    """A population made of survey files, with the report of how."""

    population: Population
    source: str
    notes: tuple[tuple[str, str, int], ...]
    not_mapped: tuple[str, ...]
    left_out: int
    left_out_weight: float

    def document(self) -> dict[str, Any]:
        """The report as the `mwp.population-import/1` JSON document."""
        return {
            "schema": SCHEMA,
            "mwp": documents.program(),
            "source": self.source,
            "households": self.population.size,
            "weight": float(self.population.weights.sum()),
            "left_out": {"households": self.left_out, "weight": self.left_out_weight},
            "assumed": [{"column": c, "how": told, "rows": rows} for c, told, rows in self.notes],
            "not_mapped": list(self.not_mapped),
        }


def read_table(path: Path, missing: Iterable[str] = ("", " ")) -> list[Record]:
    """The rows of a .tab, .txt or .csv file, columns in lower case, every cell a number; missing cells left out.

    Raises InputError where the file cannot be read or a cell is no number.
    """
    try:
        head = path.open("rb").readline()
        delimiter = "\t" if b"\t" in head else ";" if b";" in head else ","
        options = pa_csv.ConvertOptions(
            null_values=[*missing], strings_can_be_null=True, quoted_strings_can_be_null=True
        )
        table = pa_csv.read_csv(path, parse_options=pa_csv.ParseOptions(delimiter=delimiter), convert_options=options)
    except (OSError, pa.ArrowException) as error:
        raise InputError.of(f"The table cannot be read: {str(error).splitlines()[0]}.", str(path)) from None
    names = [name.strip().lower() for name in table.column_names]
    columns: list[list[float | None]] = []
    for name, column in zip(names, table.columns, strict=True):
        try:
            columns.append(column.cast(pa.float64()).to_pylist())
        except pa.ArrowException:
            columns.append([_number(cell) for cell in column.to_pylist()])
        del name
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in zip(*columns, strict=True)
    ]


def _number(cell: Any) -> float | None:
    try:
        return None if cell is None else float(str(cell).strip())
    except ValueError:
        return None


def find_table(folder: Path, name: str, required: bool = True) -> Path | None:
    """A table's file in a folder, whatever its ending and case. Raises InputError where a required one is missing."""
    if not folder.is_dir():
        raise InputError.of(f"There is no folder {folder}. Give the folder with the survey's tables.")
    for path in sorted(folder.iterdir()):
        if path.stem.lower() == name and path.suffix.lower() in (".tab", ".csv", ".txt"):
            return path
    if required:
        raise InputError.of(f"The table {name} is missing: {name}.tab or {name}.csv.", str(folder))
    return None
