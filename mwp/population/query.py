"""Questions in SQL to what a population came to, with DuckDB.

The tables: `results` (a row for each household under each law; of rates, for each adult), `laws` (the number of each
law in `results.law`, with its name and title).
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from mwp.errors import InputError, MwpError
from mwp.population.metr import Incentives
from mwp.population.run import Outcome

Rows = tuple[tuple[str, ...], list[tuple[Any, ...]]]


def query(told: Outcome | Incentives, sql: str) -> Rows:
    """The head and the rows of the answer. Raises InputError for a question that is none, MwpError without DuckDB."""
    try:
        import duckdb
    except ImportError:
        raise MwpError('Queries need duckdb, which is not installed. Install it: pip install "mwp[policy]".') from None
    laws = pa.table(
        {
            "law": list(range(len(told.laws))),
            "name": [law.name for law in told.laws],
            "title": [law.title for law in told.laws],
        }
    )
    connection = duckdb.connect(config={"enable_external_access": "false"})
    try:
        connection.execute("set threads = 1")  # so that sums come out the same each time
        connection.register("results", told.answers.table())
        connection.register("laws", laws)
        found = connection.execute(sql)
        if found is None or found.description is None:
            raise InputError.of("This is no question that has rows for an answer.", field="sql")
        return tuple(str(one[0]) for one in found.description), [tuple(row) for row in found.fetchall()]
    except duckdb.Error as error:
        raise InputError.of(f"DuckDB does not understand this: {str(error).strip()}", field="sql") from None
    finally:
        connection.close()
