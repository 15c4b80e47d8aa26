"""Populations on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from mwp.report import population_tables

TITLES = {"family": "Families", "region": "Regions", "tenure": "Homes", "children": "Children (5: five or more)"}


def description(told: Any) -> None:
    """What a population holds."""
    console = Console()
    console.print(told.about)
    console.print(
        f"{told.rows:,} rows for {told.units / 1e6:,.2f} million benefit units, {told.people / 1e6:,.2f} million"
        f" people. Effective sample size {told.effective_size:,.0f}. Law of {told.on}."
    )
    if told.achieved:
        _targets(console, told)
        return
    for group, lines in told.groups.items():
        table = Table(title=TITLES[group], title_justify="left", box=None, pad_edge=False)
        table.add_column("")
        for head in ("Rows", "Units, thousand", "People, thousand", "On Universal Credit, thousand"):
            table.add_column(head, justify="right")
        for line in lines:
            amounts = (f"{value / 1e3:,.0f}" for value in (line.units, line.people, line.on_universal_credit))
            table.add_row(line.name.replace("_", " "), f"{line.rows:,}", *amounts)
        console.print()
        console.print(table)


def _targets(console: Console, told: Any) -> None:
    for use, title in (("check", "Checks, not fitted"), ("calibrate", "Fitted")):
        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        table.add_column("")
        for head in ("Published", "Here", "Miss"):
            table.add_column(head, justify="right")
        table.add_column("Certainty")
        for one in told.achieved:
            if one.target.use != use:
                continue
            unit = population_tables.UNITS[one.target.unit]
            name = f"{one.target.name} ({unit})" if unit else one.target.name
            amounts = (population_tables.figure(value, one.target.unit) for value in (one.target.value, one.achieved))
            table.add_row(name, *amounts, population_tables.miss(one.miss), one.target.certainty)
        console.print()
        console.print(table)
