"""What several verbs ask for, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

household_argument = click.argument("household")
on_option = click.option("--on", metavar="DATE", help="The date whose law applies, as 2026-11-01.  [default: today]")
reform_option = click.option(
    "--reform",
    "reforms",
    multiple=True,
    metavar="NAME|PATH",
    help="A change of the law to lay over it: a name from `mwp reforms` or a file. May be given again.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the JSON document, and nothing else.")


def output_option(endings: str) -> Callable[[F], F]:
    """Where to write the answer instead of showing it."""
    return click.option(
        "--output", metavar="FILE", help=f"Write the answer to a file instead. Its ending tells the form: {endings}."
    )
