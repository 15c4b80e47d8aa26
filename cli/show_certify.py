"""A certificate on the terminal: the verdict, the claims, the figures, the worst cases, and how to run them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from mwp.report import certificate_words

from .options import printable
from .show import Screen, plain_table

if TYPE_CHECKING:
    from mwp.report.certificate_export import Certificate

MOST_CASES = 4


def certificate(told: Certificate) -> None:
    """The whole answer."""
    screen = Screen()
    screen.head(certificate_words.who(told), told.on, [reform.title for reform in told.reforms])
    screen.text(certificate_words.verdict(told), "bold green" if told.proved else "bold red")
    screen.gap()
    table = plain_table("What is claimed", "", "against it")
    for words, state, against in certificate_words.claims(told):
        table.add_row(words, Text(state, "green" if state == "holds" else "bold red"), against)
    screen.add(table)
    screen.gap()
    figures = plain_table("What was found", "")
    for label, figure in certificate_words.facts(told):
        figures.add_row(label, figure)
    screen.add(figures)
    screen.gap()
    _causes(screen, "Cliffs left inside", certificate_words.causes(told.found.cliffs))
    _causes(screen, "Cliffs outside gate or scope, not proved", certificate_words.causes(told.found.cliffs_outside))
    cases = certificate_words.cases(told)
    for case in cases[:MOST_CASES]:
        screen.text(case.shows, "bold")
        screen.indented(printable(case.household))
        screen.indented(case.told)
        for command in case.commands:
            screen.indented(printable(command))
        screen.gap()
    if len(cases) > MOST_CASES:
        screen.text(f"And {len(cases) - MOST_CASES} more: see --json or --output.", "dim")
        screen.gap()
    screen.bullets("What this is about, and what it is not", certificate_words.scope(told))
    screen.text(f"Certificate {told.facts['digest']}", "dim")
    screen.show()


def _causes(screen: Screen, title: str, rows: list[tuple[str, str, str]]) -> None:
    if not rows:
        return
    table = plain_table(title, "cliffs", "the largest")
    for column in table.columns[1:]:
        column.justify = "right"
        column.no_wrap = True
    for label, times, largest in rows[: certificate_words.MOST_CAUSES]:
        table.add_row(label, times, largest)
    screen.add(table)
    screen.gap()
