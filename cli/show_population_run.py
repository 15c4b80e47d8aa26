"""What a reform does to a population, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from .show import Screen
from .show_placement import show_told

if TYPE_CHECKING:
    from mwp.report.blocks import Told


def told(what: Told, on: date, reforms: Sequence[str]) -> None:
    """An answer in blocks."""
    screen = Screen()
    screen.head(what.title, on, list(reforms))
    show_told(screen, what)


def rows(head: Sequence[str], found: Sequence[Sequence[Any]]) -> None:
    """The rows of a query."""
    table = Table(box=None, pad_edge=False)
    for name in head:
        table.add_column(name)
    for row in found:
        table.add_row(*("" if one is None else f"{one:,.6g}" if isinstance(one, float) else str(one) for one in row))
    Console().print(table)
