"""Reforms on the terminal: the list, and one in full with the law beside every value it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from mwp.report import words

from .options import printable
from .show import Screen, plain_table

if TYPE_CHECKING:
    from mwp.report.library import Reform
    from mwp.report.reforms import Shown


def several(entries: Iterable[Reform]) -> None:
    """The library of reforms: name, where each stands, what it changes."""
    screen = Screen()
    for one in entries:
        screen.add(Text.assemble((one.name, "bold"), (f"  {one.status}", "dim")))
        screen.indented(one.summary)
    screen.show()


def in_full(found: Sequence[Shown]) -> None:
    """Each reform: who proposes it, what it changes, what the law has there, and its guarantee in words."""
    screen = Screen()
    for place, told in enumerate(found):
        if place:
            screen.gap()
        one = told.reform
        screen.text(printable(one.title), "bold")
        screen.text(f"{printable(one.name)}; {one.status}", "dim")
        screen.gap()
        screen.text(printable(one.summary))
        screen.gap()
        screen.paragraph("Source", printable(one.source.title))
        if one.source.href:
            screen.indented(printable(one.source.href))
        if one.legal_route:
            screen.paragraph("What it would take", printable(one.legal_route))
        screen.gap()
        if told.changes:
            _changes(screen, told)
        screen.bullets("The guarantee", told.guarantee)
    screen.show()


def _changes(screen: Screen, told: Shown) -> None:
    screen.text("What changes", "bold")
    table = plain_table("from", "the law then", "the reform", "counted in")
    last = ""
    for change in told.changes:
        if change.path != last:
            if last:
                screen.add(table)
                _references(screen, told, last)
                table = plain_table("from", "the law then", "the reform", "counted in")
            screen.text(change.path, "bold")
            screen.indented(change.description)
        last = change.path
        table.add_row(words.day(change.on), change.law_in_words, Text(change.new_in_words, "bold"), change.counts)
    screen.add(table)
    _references(screen, told, last)
    screen.gap()


def _references(screen: Screen, told: Shown, path: str) -> None:
    known = next(change for change in told.changes if change.path == path)
    for title, href in known.references:
        screen.add(Text(f"  {title}: {href}", "dim"))
