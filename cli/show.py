"""Answers on the terminal: plain text and rules, some bold and dim, at any width from 40 columns up."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import click
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mwp.report import amounts, laws, words
from mwp.report.comparison import side_by_side

from .options import printable

if TYPE_CHECKING:
    from mwp.report.comparison import Comparison, Row
    from mwp.report.export import Explanation
    from mwp.report.library import HouseholdEntry, ParameterEntry, Programme, VariableEntry
    from mwp.report.statement import Statement

WIDEST = 120
NARROW = 60
_PLAINER = str.maketrans(
    {"£": "GBP ", "─": "-", "–": "-", "’": "'", "·": "-", "×": "x", "é": "e"}
    | {"◆": "=", "█": "#", "▀": '"', "▄": "_", "│": "|", "▼": "v", "▲": "^", "└": "+", "┤": "|"}
)


# Verbs


def calculation(told: Statement) -> None:
    """A household's month, as an award letter."""
    one = told.calculation
    screen = Screen()
    screen.head(one.household.name, one.on, [reform.title for reform in one.reforms])
    with_week, with_year = screen.width >= 48, screen.width >= NARROW
    table = plain_table()
    table.add_column("£", overflow="fold", max_width=40)
    for title, shown in (("month", True), ("week", with_week), ("year", with_year)):
        if shown:
            table.add_column(title, justify="right", no_wrap=True)
    for place, part in enumerate(told.parts):
        if place:
            table.add_row("")
        table.add_row(Text(part.title, "bold"))
        for line in part.lines:
            style = "bold" if line.weight == "total" else "dim" if line.weight == "subtotal" else ""
            cells = [amounts.plain(line.month)]
            cells += [amounts.plain(line.week)] if with_week else []
            cells += [amounts.whole(line.year)] if with_year else []
            table.add_row(Text(f"  {line.marked}", style), *(Text(cell, style) for cell in cells))
        for remark in part.remarks:
            table.add_row(Padding(Text(f"{remark}.", "yellow"), (0, 0, 0, 2)))
    screen.add(table)
    screen.gap()
    for sentence in told.beside:
        screen.text(sentence)
    if told.beside:
        screen.gap()
    screen.bullets("What this rests on", told.assumptions)
    screen.bullets("Not counted", told.not_covered)
    screen.show()


def better_off(told: Comparison) -> None:
    """The verdict, now beside each job, what changes, and what it rests on: one screen for one or two jobs.

    As much is named of the rest as fits, and how much more there is; the page and the document name all.
    """
    screens = (_better_off(told, *brevity) for brevity in BREVITY)
    tallest = max(TALLEST, shutil.get_terminal_size((80, 24)).lines - 2)
    shown = next((one for one in screens if one.height <= tallest), None) if len(told.jobs) <= 2 else None
    (shown or _better_off(told, *BREVITY[0 if len(told.jobs) > 2 else -1])).show()


TALLEST = 40
BREVITY = (
    (3, 3, None, None), (3, 3, 4, 3), (3, 2, 3, 2), (3, 1, 2, 1), (2, 1, 1, 1), (1, 1, 1, 1), (1, 0, 1, 1),
)  # fmt: skip
"""How much is named of help in kind that is lost, of other help in kind, of what the answer rests on, and of what is
not counted."""


def _better_off(told: Comparison, lost: int, others: int, rests_on: int | None, not_counted: int | None) -> Screen:
    now = told.answer.now
    screen = Screen()
    screen.head(now.household.name, now.on, [reform.title for reform in now.reforms])
    screen.text(told.verdict, "bold")
    screen.gap()
    fit = max(1, min(5, (screen.width - LABEL) // (NARROW_COLUMN + 2) - 1))
    for places in side_by_side(len(told.jobs), fit):
        screen.add(_columns(told, places, screen.width))
        screen.gap()
    changes = Table.grid(padding=(0, 1, 0, 0))
    for job, column in zip(told.jobs, told.columns[1:], strict=True):
        also = "".join(f" {remark}." for remark in told.remarks(job))
        ahead = told.ahead_in_short(job)
        beside = told.help_in_short(job, lost, others)
        text = " ".join(part for part in (words.in_short(told.changes(job)) + also, beside, ahead) if part)
        changes.add_row(Text(column.title, "bold"), text)
    screen.add(changes)
    screen.gap()
    screen.paragraph("Rests on", told.assumptions_in_short(rests_on))
    screen.paragraph("Not counted", told.not_covered_in_short(not_counted))
    return screen


def explanation(told: Explanation) -> None:
    """The working, the regulation beside each step, or below it on a narrow screen."""
    screen = Screen()
    screen.head(told.household.name, told.on, [reform.title for reform in told.reforms])
    wide = screen.width >= NARROW + 10
    table = Table.grid(padding=(0, 2, 0, 0))
    if wide:
        table.add_column(ratio=7)
        table.add_column(ratio=3)
        table.expand = True
    for step in told.steps:
        name = words.sentence_case(step.label) + (f" ({step.whose})" if step.whose else "")
        last = step is told.steps[-1]
        text = Text.assemble((name, "bold"), ": ", (step.words, "bold" if last else ""))
        cites = Text(step.cites, "dim")
        if wide:
            table.add_row(text, cites)
        else:
            table.add_row(text)
            table.add_row(Padding(cites, (0, 0, 0, 2)))
    screen.add(table)
    short = [law for law in laws.cited_in(step.cites for step in told.steps) if law.is_short]
    if short:
        legend = plain_table("law", "in full")
        for law in short:
            legend.add_row(law.cited, Text(law.title, "dim"))
        screen.add(Padding(legend, (1, 0, 0, 0)))
    screen.show()


def variables(entries: Iterable[VariableEntry]) -> None:
    """Every variable that can be explained."""
    screen = Screen()
    table = plain_table("variable", "what it is")
    for one in entries:
        table.add_row(one.variable, Text.assemble(one.label, (f"  {one.of}, {one.unit}", "dim")))
    screen.add(table)
    screen.show()


def households(entries: Iterable[HouseholdEntry]) -> None:
    """The library of households, each with its story."""
    screen = Screen()
    for one in entries:
        screen.text(one.name, "bold")
        screen.indented(one.story or one.title)
    screen.show()


def programmes(entries: Iterable[Programme]) -> None:
    """The programmes that have numbers."""
    screen = Screen()
    table = plain_table("programme", "numbers", "what they are")
    table.columns[1].justify = "right"
    for one in entries:
        table.add_row(Text(one.name, "bold"), str(one.count), one.description.split(". ")[0].rstrip("."))
    screen.add(table)
    screen.show()


def parameters(entries: Sequence[ParameterEntry], on: date) -> None:
    """One number with its history, or several with their values on the day."""
    screen = Screen()
    if len(entries) == 1:
        _one_parameter(screen, entries[0], on)
    else:
        screen.text(f"On {words.day(on)}", "dim")
        table = plain_table("parameter", "value", "counts")
        table.columns[1].justify = "right"
        for one in entries:
            path = Text(one.path) if one.status == "in force" else Text.assemble(one.path, (f" ({one.status})", "dim"))
            table.add_row(path, _value(one, one.on(on)), Text(one.counts, "dim"))
        screen.add(table)
    screen.show()


def _one_parameter(screen: Screen, one: ParameterEntry, on: date) -> None:
    screen.text(one.path, "bold")
    if one.description:
        screen.text(one.description)
    screen.text(f"{words.sentence_case(one.counts)}; {one.status}", "dim")
    screen.gap()
    started = [day for day, _ in one.values if day <= on]
    table = plain_table("from", "value")
    table.columns[1].justify = "right"
    for day, value in one.values:
        current = bool(started) and day == started[-1]
        note = f"  in force on {words.day(on)}" if current else ""
        table.add_row(day.isoformat(), Text(_value(one, value), "bold" if current else ""), Text(note, "dim"))
    screen.add(table)
    screen.gap()
    for title, href in one.references:
        screen.text(title)
        screen.indented(href)


def _value(one: ParameterEntry, value: float | None) -> str:
    if value is None:
        return "none"
    if one.unit == "currency-GBP":
        return f"{value:,.2f}"
    if one.unit == "date" and value >= 10_000_000:
        return f"{value:.0f}"[:4] + "-" + f"{value:.0f}"[4:6] + "-" + f"{value:.0f}"[6:]
    return f"{value:,.15g}"


# Better off, in columns


COLUMN = 14
NARROW_COLUMN = 11
LABEL = 28


def _columns(told: Comparison, places: range, width: int) -> Table:
    table = plain_table()
    table.add_column(Text("£ a month", "dim"), overflow="fold")
    heads = [told.columns[0], *(told.columns[place + 1] for place in places)]
    roomy = width >= LABEL + (COLUMN + 2) * len(heads)
    for head in heads:
        title = Text.assemble((head.title, "bold"), "\n", (head.work, "dim"))
        table.add_column(title, justify="right", vertical="bottom", max_width=COLUMN if roomy else NARROW_COLUMN)
    rule = ["", *["─" * 9] * len(heads)]
    table.add_row(*rule)
    for row in told.rows:
        if row.role == "total":
            table.add_row(*rule)
        table.add_row(*_cells(row, places))
    for gain in told.gains:
        shown = [gain.gains[job] for job in places]
        if any(one is not None for one in shown):
            cells = [Text("" if one is None else amounts.signed(one), _tone(one)) for one in shown]
            table.add_row(Text(gain.label, "bold"), "", *cells)
    return table


def _cells(row: Row, places: range) -> list[Text]:
    style = {"total": "bold", "for information": "dim"}.get(row.role, "")
    figures = [row.amounts[0], *(row.amounts[place + 1] for place in places)]
    return [Text(row.label, style), *(Text(amounts.plain(figure), style) for figure in figures)]


def _tone(gain: float | None) -> str:
    if gain is None or amounts.is_nil(gain):
        return ""
    return "bold green" if gain > 0 else "bold red"


# The screen


def plain_table(*titles: str) -> Table:
    """A table without lines, its columns under these titles."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim", show_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


class Screen:
    """What is to be shown, written in one piece: no colour where it is not wanted, none of it cut off."""

    def __init__(self) -> None:
        is_terminal = sys.stdout.isatty()
        coloured = is_terminal and not os.environ.get("NO_COLOR")
        self.width = max(20, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))
        self._text = StringIO()
        self._console = Console(
            file=self._text,
            width=self.width,
            force_terminal=coloured,
            color_system="auto" if coloured else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def add(self, what: RenderableType) -> None:
        self._console.print(what)

    def text(self, text: str, style: str = "") -> None:
        self.add(Text(text, style))

    def indented(self, text: str) -> None:
        self.add(Padding(Text(text), (0, 0, 0, 2)))

    def gap(self) -> None:
        self.add("")

    def head(self, name: str, on: date, reforms: Sequence[str]) -> None:
        """Whose answer it is, and under which law."""
        self.text(f"{printable(name)} · law of {words.day(on)}", "dim")
        for reform in reforms:
            self.text(f"If this were law: {printable(reform)}", "yellow")
        self.gap()

    def bullets(self, title: str, lines: Sequence[str]) -> None:
        """A heading and a list."""
        if not lines:
            return
        self.text(title, "bold")
        table = Table.grid(padding=(0, 1, 0, 0))
        for line in lines:
            table.add_row("  ·", line)
        self.add(table)
        self.gap()

    def paragraph(self, title: str, text: str) -> None:
        """A heading and a text in one go."""
        self.add(Text.assemble((f"{title}: ", "bold"), text))

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return len(self._lines())

    def show(self) -> None:
        """Write it all, trailing blanks and blank last lines left out."""
        click.echo(_writable("\n".join(self._lines())), color=True)

    def _lines(self) -> list[str]:
        return [line.rstrip() for line in self._text.getvalue().rstrip().splitlines()]


def _writable(text: str) -> str:
    """The text in letters that standard output can carry."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAINER).encode(encoding, "replace").decode(encoding)
    except LookupError:
        return text
    return text
