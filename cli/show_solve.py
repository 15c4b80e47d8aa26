"""A reform's numbers found, on the terminal: the answer, what it does beside the law, and who sets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mwp.report import solve_export, solve_words

from .show import Screen, plain_table

if TYPE_CHECKING:
    from mwp.report.solve_export import Solution


def solution(told: Solution) -> None:
    """The answer in words, the table of effects, the targets, the reform as a file, and what it rests on."""
    screen = Screen()
    names = list(dict.fromkeys(home.name for home in told.problem.households))
    screen.head(names[0] if len(names) == 1 else f"{len(names)} households", told.problem.on, [])
    screen.text(solve_words.in_words(told), "bold")
    screen.gap()
    table = plain_table("", *solve_words.columns(told))
    for column in table.columns[1:]:
        column.justify = "right"
        column.no_wrap = True
    for label, cells in solve_words.rows(told):
        table.add_row(label, *cells)
    screen.add(table)
    screen.gap()
    screen.bullets(
        "Targets",
        [
            f"{one.target} {'holds' if one.held else 'does not hold'}: {solve_words.worst_in_words(one)}."
            for one in told.targets
        ],
    )
    screen.bullets("Who has the worst of it", solve_words.who(told))
    screen.text("The reform, as a file (--save FILE.yaml)", "bold")
    for line in solve_export.reform_file(told).splitlines():
        if not line.startswith("#"):
            screen.indented(line)
    screen.gap()
    screen.bullets("What this rests on", solve_words.notes(told))
    screen.show()
