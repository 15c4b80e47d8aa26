"""Placements, their accounts and months in a row on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from mwp.report import account_words, placement_words

from .show import Screen, plain_table

if TYPE_CHECKING:
    from mwp.report.blocks import Block, Told
    from mwp.report.placement_export import Accounts, Placement, Timeline

LABEL = 26
CELL = 9
_STYLES = {"total": "bold", "subtotal": "", "information": "dim", "amount": ""}


def placement(answer: Placement) -> None:
    """A placement's answer."""
    screen = Screen()
    screen.head(answer.household.name, answer.on, [reform.title for reform in answer.reforms])
    show_told(screen, placement_words.told(answer))


def timeline(found: Timeline) -> None:
    """Months in a row."""
    screen = Screen()
    screen.head(found.household.name, found.on, [reform.title for reform in found.reforms])
    show_told(screen, placement_words.timeline_told(found))


def account(found: Accounts) -> None:
    """One account, or many with the plan beside them."""
    screen = Screen()
    name = found.accounts[0].household.name if len(found.accounts) == 1 else f"{len(found.accounts)} household types"
    screen.head(name, found.on, [reform.title for reform in found.reforms])
    show_told(screen, account_words.told(found))


def show_told(screen: Screen, told: Told) -> None:
    screen.text(told.verdict, "bold")
    screen.gap()
    for block in told.blocks:
        _block(screen, block)
    screen.bullets("What this rests on", told.assumptions)
    screen.bullets("Not counted", told.not_covered)
    screen.show()


def _block(screen: Screen, block: Block) -> None:
    screen.text(block.title, "bold underline")
    for sentence in block.before:
        screen.text(sentence)
    if block.items:
        table = Table.grid(padding=(0, 1, 0, 0))
        for item in block.items:
            table.add_row("  ·", item)
        screen.add(table)
    if block.lines:
        screen.gap()
        for places in _fitting(screen, block):
            _table(screen, block, places)
            screen.gap()
    for sentence in block.after:
        screen.text(sentence, "dim")
    screen.gap()


def _fitting(screen: Screen, block: Block) -> list[list[int]]:
    """Which columns stand in one table: as many as fit, the rest in tables below with the labels again."""
    count = len(block.columns) - 1
    fit = max(1, (screen.width - LABEL) // (CELL + 2))
    tables = -(-count // fit)
    each = -(-count // tables)
    return [list(range(start, min(start + each, count))) for start in range(0, count, each)]


def _table(screen: Screen, block: Block, places: list[int]) -> None:
    table = plain_table()
    table.add_column(Text(block.columns[0], "dim"), overflow="fold", min_width=12)
    for place in places:
        cells = [line.cells[place] for line in block.lines]
        widest = max(CELL, *(len(cell) for cell in cells))
        table.add_column(
            Text(block.columns[place + 1], "dim"), justify="right", vertical="bottom", max_width=widest + 3
        )
    for line in block.lines:
        style = _STYLES[line.role]
        table.add_row(Text(line.label, style), *(Text(line.cells[place], style) for place in places))
    screen.add(table)
