"""What several verbs ask for, in the same words everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
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


households_argument = click.argument(
    "households", nargs=-1, metavar="HOUSEHOLD...", shell_complete=complete("households")
)
all_option = click.option("--all", "whole_library", is_flag=True, help="Every household of the library.")


def path_options(earners: str) -> Callable[[F], F]:
    """What moves along a path of earnings, and whose: `earners` says who it may be."""
    return _together(
        click.option(
            "--earner",
            default="claimant",
            show_default=True,
            metavar="WHO",
            help=f"Whose earnings move: {earners}.",
        ),
        click.option(
            "--mode",
            default="hours",
            show_default=True,
            metavar="WAY",
            help="What grows: hours (at the wage), wage (at the hours), or hours-then-wage.",
        ),
        click.option(
            "--wage",
            metavar="POUNDS",
            help="Pay an hour, as 12.71, or minimum_wage.  [default: the household's own, else the legal minimum]",
        ),
        click.option("--hours", type=float, help="Hours a week at which the wage grows, or up to which hours grow."),
        click.option(
            "--to",
            type=float,
            metavar="POUNDS",
            help="Earnings a month to go up to.  [default: 60 hours a week; 6000 where the wage grows]",
        ),
    )


def measure_option(default: str) -> Callable[[F], F]:
    """What is left."""
    return click.option(
        "--measure",
        metavar="NAME",
        help="What is left: net_income, net_resources, net_resources_after_childcare, net_after_work_costs or"
        f" cash_after_work_costs.  [default: {default}]",
    )


def _together(*options: Callable[[Any], Any]) -> Callable[[F], F]:
    """Several options as one decorator, in the order given."""

    def decorated(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorated


def output_option(endings: str) -> Callable[[F], F]:
    """Where to write the answer instead of showing it."""
    return click.option(
        "--output", metavar="FILE", help=f"Write the answer to a file instead. Its ending tells the form: {endings}."
    )


_YES_NO = click.Choice(["yes", "no"])
_STANDING = (
    click.option("--nes-placement", is_flag=True, help="With a guarantee: the person has a placement of the NES."),
    click.option(
        "--had-universal-credit",
        type=_YES_NO,
        help="With a guarantee: whether Universal Credit was had in the last six months.  [default: read off the pay]",
    ),
    click.option(
        "--in-pilot-area",
        type=_YES_NO,
        help="With a guarantee that has pilot areas: whether the home is in one.  [default: read off the council]",
    ),
    click.option(
        "--month-of-job",
        type=click.IntRange(min=1),
        metavar="N",
        help="With a run-on: the month of the job.  [default: 1]",
    ),
)


def standing_options(function: F) -> F:
    """Where a household stands towards a guarantee: handed on as `standing`, a mapping for `mwp.Standing`, or None."""

    @wraps(function)
    def told(
        *given: Any,
        nes_placement: bool,
        had_universal_credit: str | None,
        in_pilot_area: str | None,
        month_of_job: int | None,
        **options: Any,
    ) -> Any:
        standing: dict[str, Any] = {"nes_participant": True} if nes_placement else {}
        for name, answer in (("had_universal_credit", had_universal_credit), ("in_pilot_area", in_pilot_area)):
            if answer is not None:
                standing[name] = answer == "yes"
        if month_of_job is not None:
            standing["month"] = month_of_job
        return function(*given, standing=standing or None, **options)

    return _together(*_STANDING)(told)  # type: ignore[return-value]
