"""Reforms side by side on the terminal: sentences first, then the tables, as many columns at a time as fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from mwp.report import compare_words

from .show import Screen, plain_table

if TYPE_CHECKING:
    from mwp.report.compare_export import Comparison, OneHousehold
    from mwp.report.compare_words import Shown

IN_FULL = 6
"""So many households have tables of their own; more only the tables over all of them."""
MOST_LINES = 12
_LABEL = 26
_CELL = 9


def comparison(told: Comparison) -> None:
    """What each reform does in words, the tables over all households, and each household where there are few."""
    screen = Screen()
    many = len(told.households) > 1
    screen.head(compare_words.title(told), told.on, [])
    screen.text(compare_words.path(told), "bold")
    for line in compare_words.notes(told):
        screen.text(line, "dim")
    screen.gap()
    for place, column in enumerate(told.laid):
        if place:
            screen.bullets(f"{column.title} ({column.name})", compare_words.sentences(told, place))
    _table(screen, compare_words.summary_table(told))
    if many:
        _table(screen, compare_words.who_table(told))
        _table(screen, compare_words.cliffs_table(told))
    _table(screen, compare_words.bands_table(told))
    cost = compare_words.cost_table(told)
    if cost:
        _table(screen, cost)
    if many:
        _table(screen, compare_words.groups_table(told, "families"), cell=14)
        _table(screen, compare_words.groups_table(told, "nations"), cell=14)
        _table(screen, compare_words.households_table(told))
    if len(told.households) <= IN_FULL:
        for one in told.households:
            _household(screen, one, named=many)
    screen.bullets("What the figures mean", compare_words.DEFINED)
    rests = compare_words.assumptions(told)
    more = [f"And {len(rests) - MOST_LINES} more: see --json."] if len(rests) > MOST_LINES else []
    screen.bullets("What this rests on", [*rests[:MOST_LINES], *more])
    left_out = compare_words.not_covered(told)
    screen.bullets("Not counted", left_out[:MOST_LINES])
    screen.show()


def _household(screen: Screen, one: OneHousehold, *, named: bool) -> None:
    if named:
        screen.text(one.household.name, "bold underline")
        screen.gap()
    for table in compare_words.points_tables(one):
        _table(screen, table, cell=12)
    _table(screen, compare_words.stretches_table(one))
    for under in one.columns[1:]:
        lines = compare_words.cliff_lines(one, under)
        screen.bullets(f"Cliffs under {under.laid.name}", lines or ["None, before or after."])


def _table(screen: Screen, shown: Shown, cell: int = _CELL) -> None:
    """A table, in parts that fit the screen: each part repeats the first column."""
    screen.text(shown.title, "bold")
    label = min(_LABEL, max(10, screen.width // 3), max(len(row[0]) for row in shown.rows) if shown.rows else 10)
    fit = max(1, (screen.width - label) // (cell + 2))
    columns = range(1, len(shown.head))
    for start in range(0, len(columns), fit):
        places = columns[start : start + fit]
        table = plain_table(shown.head[0], *(shown.head[place] for place in places))
        table.columns[0].max_width = label if len(columns) > 1 else None
        for column in table.columns[1:]:
            column.justify = "right"
            column.max_width = max(cell, (screen.width - label) // len(places) - 2)
        for row in shown.rows:
            table.add_row(row[0], *(_tone(row[place]) for place in places))
        screen.add(table)
        screen.gap()


def _tone(cell: str) -> Text:
    return Text(cell, "red" if cell.startswith("-") else "green" if cell.startswith("+") else "")
