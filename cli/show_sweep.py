"""Earnings schedules on the terminal: the paragraph, a chart in letters, the stretches and the jumps between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mwp.report import amounts, schedule_words, words
from mwp.report.text_chart import line_chart

from .show import NARROW, Screen, plain_table

if TYPE_CHECKING:
    from mwp.report.schedule_export import Distribution, Jump, Surface, Sweep

SOME_HOURS = (0.0, 8.0, 16.0, 20.0, 24.0, 30.0, 35.0, 40.0)
CHARTS_UP_TO = 6
MOST_LINES = 12


def sweeps(found: Sequence[Sweep]) -> None:
    """Each schedule; what they rest on once, where there are many."""
    screen = Screen()
    for one in found:
        _head(screen, one)
        screen.text(schedule_words.in_words(one))
        screen.gap()
        if len(found) <= CHARTS_UP_TO:
            _chart(screen, one)
        _pieces(screen, one)
        if one.checked:
            screen.text(_checked(one), "bold")
        screen.gap()
    _foot(screen, found)
    screen.show()


def _head(screen: Screen, one: Sweep) -> None:
    screen.head(one.household.name, one.on, [reform.title for reform in one.reforms])
    screen.text(schedule_words.path_in_words(one), "bold")
    screen.text(f"What is left: {schedule_words.measured(one.measure)}.", "dim")
    screen.gap()


def _chart(screen: Screen, one: Sweep) -> None:
    cliffs = [jump.at for jump in one.cliffs if abs(jump.size) >= schedule_words.SMALL]
    for line in line_chart(one.value, one.path.to, cliffs, min(screen.width, 100)):
        screen.text(line)
    screen.text("Across: earnings, £ a month. Up: what is left, £ a month. ▼ a cliff.", "dim")
    screen.gap()


def _pieces(screen: Screen, one: Sweep) -> None:
    wide = screen.width >= NARROW
    table = plain_table("from £", "to £", *(("kept",) if wide else ()), "METR", "what is lost of each pound")
    for place in range(4 if wide else 3):
        table.columns[place].justify = "right"
        table.columns[place].no_wrap = True
    jumps = {jump.at: jump for jump in one.jumps}
    for segment in one.segments:
        jump = jumps.get(segment.start)
        if jump is not None:
            table.add_row(*_jump_cells(one, jump, wide))
        filled = schedule_words.made_good(one, segment)
        if filled is not None:
            table.add_row(*_filled_cells(one, filled, wide))
            continue
        cells = [amounts.plain(segment.start), amounts.plain(segment.end)]
        cells += [_kept(segment.slope)] if wide else []
        table.add_row(*cells, schedule_words.metr(segment.metr), schedule_words.causes_in_words(segment))
    screen.add(table)


def _kept(share: float) -> str:
    return ("-" if round(share * 100, 1) < 0 else "") + schedule_words.pence(share)


def _jump_cells(one: Sweep, jump: Jump, wide: bool) -> list[Text]:
    style = "bold red" if jump.is_cliff else "green"
    told = words.sentence_case(schedule_words.what_happens(one, jump))
    if jump.recovers_at is not None:
        told += f"; behind until {jump.recovers_at:,.2f}"
    elif jump.is_cliff:
        told += "; behind from there on"
    mark = "▼" if jump.is_cliff else "▲"
    cells = [f"{mark} {amounts.plain(jump.at)}", amounts.signed(jump.size), *([""] if wide else []), "", f"{told}."]
    return [Text(cell, style) for cell in cells]


def _filled_cells(one: Sweep, jump: Jump, wide: bool) -> list[Text]:
    told = schedule_words.made_good_in_words(one, jump)
    cells = [f"◆ {amounts.plain(jump.at)}", amounts.signed(jump.size), *([""] if wide else []), "", f"{told}."]
    return [Text(cell, "cyan") for cell in cells]


def _checked(one: Sweep) -> str:
    told = one.checked
    assert told is not None
    if told.agrees:
        added = " The guarantee is as it is defined at each of them." if told.guarantee_worst is not None else ""
        return (
            f"Held against the rules at every penny: {told.pennies:,} pennies agree (at most £{told.worst:.0e} apart)."
            f"{added}"
        )
    if told.guarantee_worst is not None and told.worst < told.guarantee_worst:
        return (
            f"Held against the guarantee's definition at every penny: {told.pennies:,} pennies, and at"
            f" {amounts.pounds(told.guarantee_worst_at or 0.0)} they are {amounts.pounds(told.guarantee_worst)} apart."
        )
    return (
        f"Held against the rules at every penny: {told.pennies:,} pennies, and at {amounts.pounds(told.worst_at)} they"
        f" are {amounts.pounds(told.worst)} apart."
    )


def _foot(screen: Screen, found: Sequence[Sweep]) -> None:
    if len(found) == 1:
        screen.bullets("What this rests on", schedule_words.assumptions(found[0].assumptions))
        screen.bullets("Not counted", words.not_covered(found[0].not_modelled))
    else:
        told = [line for one in found for line in schedule_words.assumptions(one.assumptions)]
        lines = list(dict.fromkeys(told))
        more = [f"And {len(lines) - MOST_LINES} more: see --json."] if len(lines) > MOST_LINES else []
        screen.bullets("What these rest on, each where it applies", [*lines[:MOST_LINES], *more])


def cliffs(found: Sequence[Sweep]) -> None:
    """Every cliff of each household: where, how much, which programme, why, the law, and until when."""
    screen = Screen()
    for one in found:
        screen.head(one.household.name, one.on, [reform.title for reform in one.reforms])
        screen.text(schedule_words.path_in_words(one), "bold")
        screen.gap()
        if not one.cliffs:
            screen.text("No cliffs: each penny more leaves as much or more.")
        for jump in one.cliffs:
            where = "With any work" if jump.before == 0 else f"At {schedule_words.where(one, jump.at)}"
            screen.add(
                Text.assemble(
                    (f"{where}: {schedule_words.label(one, jump)}", "bold"),
                    "  ",
                    (f"{amounts.signed(jump.size)} a month", "bold red"),
                )
            )
            for line in cliff_lines(one, jump):
                screen.add(Padding(Text(line), (0, 0, 0, 2)))
        screen.gap()
    if len(found) == 1:
        screen.text(f"What is left: {schedule_words.measured(found[0].measure)}.", "dim")
        screen.bullets("What this rests on", schedule_words.assumptions(found[0].assumptions))
    screen.show()


def cliff_lines(one: Sweep, jump: Jump) -> list[str]:
    """What happens and why; until when; the law."""
    why = schedule_words.why(one, jump)
    lines = [f"{words.sentence_case(schedule_words.what_happens(one, jump))}{f': {why}' if why else ''}."]
    if jump.recovers_at is None:
        lines.append(f"Behind from there to {schedule_words.money(one.path.to)}, where this ends.")
    else:
        lines.append(
            f"Behind until {schedule_words.where(one, jump.recovers_at)}: {schedule_words.money(jump.dead_zone or 0.0)}"
            " of earnings for nothing."
        )
    return [*lines, *([jump.citation] if jump.citation else [])]


def surface(one: Surface) -> None:
    """What is in hand at pairs of hours."""
    screen = Screen()
    screen.head(one.household.name, one.on, [reform.title for reform in one.reforms])
    screen.text(schedule_words.surface_in_words(one), "bold")
    screen.text(f"What is left, £ a month: {schedule_words.measured(one.measure)}.", "dim")
    screen.gap()
    fit = max(2, min(len(SOME_HOURS), (screen.width - 12) // 8))
    shown = SOME_HOURS if fit == len(SOME_HOURS) else SOME_HOURS[:: -(-len(SOME_HOURS) // fit)]
    table = plain_table("your hours", *(f"{hours:g}" for hours in shown))
    for column in table.columns:
        column.justify = "right"
    for mine in SOME_HOURS:
        table.add_row(f"{mine:g}", *(amounts.whole(one.at(mine, theirs)) for theirs in shown))
    screen.text(f"{'Your partner’s hours a week':>40}", "dim")
    screen.add(table)
    screen.gap()
    screen.bullets("What this rests on", schedule_words.assumptions(one.assumptions))
    screen.show()


def distribution(told: Distribution) -> None:
    """How METRs are spread, the years side by side."""
    screen = Screen()
    screen.text(told.title, "bold")
    screen.text(told.note, "dim")
    screen.gap()
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False, header_style="dim")
    table.add_column("METR")
    for column in told.columns:
        table.add_column(column, justify="right")
    for label, cells in told.rows:
        table.add_row(label, *cells)
    screen.add(table)
    screen.show()
