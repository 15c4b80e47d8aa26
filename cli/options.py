"""What several verbs ask for, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from mwp import resources

F = TypeVar("F", bound=Callable[..., Any])


def complete(library: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Completion of a library name, or of a file's."""

    def found(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
        names = [CompletionItem(name) for name in resources.library(library) if name.startswith(begun)]
        return names or [CompletionItem(begun, type="file")]

    return found


def printable(text: str) -> str:
    """The text without control characters, which a file could use to paint over the screen."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "\N{REPLACEMENT CHARACTER}" for letter in text)


household_argument = click.argument("household", shell_complete=complete("households"))
on_option = click.option("--on", metavar="DATE", help="The date whose law applies, as 2026-11-01.  [default: today]")
reform_option = click.option(
    "--reform",
    "reforms",
    multiple=True,
    metavar="NAME|PATH",
    shell_complete=complete("reforms"),
    help="A change of the law to lay over it: a name from `mwp reforms` or a file. May be given again.",
)
value_option = click.option(
    "--value",
    type=click.Choice(["low", "central", "high"]),
    default="central",
    show_default=True,
    help="Whether help in kind, such as free school meals, is put at its low, central or high value.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the JSON document, and nothing else.")


def output_option(endings: str) -> Callable[[F], F]:
    """Where to write the answer instead of showing it."""
    return click.option(
        "--output", metavar="FILE", help=f"Write the answer to a file instead. Its ending tells the form: {endings}."
    )
