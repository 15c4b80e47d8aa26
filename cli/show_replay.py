"""A document put again, on the terminal: whether every figure is the same, and those that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mwp.report import replay_words

from .options import printable
from .show import Screen, plain_table

if TYPE_CHECKING:
    from mwp.report.replay_words import Replay, Replayed

MOST = 20


def replay(told: Replay) -> None:
    """Every document of the file."""
    screen = Screen()
    for one in told.documents:
        _document(screen, one)
    screen.show()


def _document(screen: Screen, one: Replayed) -> None:
    screen.text(printable(replay_words.of_what(one)), "dim")
    screen.text(replay_words.verdict(one), "bold green" if one.same else "bold red")
    for line in replay_words.laws(one):
        screen.indented(printable(line))
    screen.gap()
    if one.same:
        return
    table = plain_table("figure", "then", "now", "by")
    for column in table.columns[1:]:
        column.justify = "right"
        column.no_wrap = True
    for each in one.differences[:MOST]:
        by = "" if each.by is None else replay_words.amount(each.by)
        table.add_row(printable(each.figure), replay_words.amount(each.then), replay_words.amount(each.now), by)
    screen.add(table)
    if len(one.differences) > MOST:
        screen.text(f"And {len(one.differences) - MOST:,} more: see --json.", "dim")
    screen.gap()
