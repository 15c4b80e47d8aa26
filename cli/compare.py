"""`mwp compare`: current law and any number of reforms side by side, over one or many households."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

import mwp

from .options import complete, json_option, on_option, output_option, standing_options, value_option
from .results import print_json, write
from .sweeps import command_given, homes_named, wage_told

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 12
"""So many schedules take long enough for a progress bar."""


@click.command(short_help="Reforms beside current law: gains, costs, METRs and cliffs.")
@click.argument("households", nargs=-1, metavar="HOUSEHOLD...", shell_complete=complete("households"))
@click.option("--all", "whole_library", is_flag=True, help="Every household of the library.")
@click.option(
    "--reform",
    "reforms",
    multiple=True,
    metavar="NAME|PATH|A+B",
    shell_complete=complete("reforms"),
    help="A reform to set beside current law: a name from `mwp reforms` or a file; A+B lays both over the law at once."
    " Given again, it is a further column.",
)
@click.option("--earner", default="claimant", show_default=True, metavar="WHO", help="Whose earnings move: claimant or"
              " partner.")  # fmt: skip
@click.option(
    "--mode",
    default="hours",
    show_default=True,
    metavar="WAY",
    help="What grows: hours (at the wage), wage (at the hours), or hours-then-wage.",
)
@click.option(
    "--wage",
    metavar="POUNDS",
    help="Pay an hour, as 12.71, or minimum_wage.  [default: the household's own, else the legal minimum]",
)
@click.option("--hours", type=float, help="Hours a week at which the wage grows, or up to which hours grow.")
@click.option(
    "--to",
    type=float,
    metavar="POUNDS",
    help="Earnings a month to go up to.  [default: 60 hours a week; 6000 where the wage grows]",
)
@click.option(
    "--at",
    multiple=True,
    metavar="JOB",
    help="A job to compare at: hours a week as 16h, or pounds a month as 1200. May be given again."
    "  [default: 16h, 30h and 37.5h]",
)
@click.option(
    "--measure",
    metavar="NAME",
    help="What is left: net_income, net_resources, net_resources_after_childcare, net_after_work_costs or"
    " cash_after_work_costs."
    "  [default: net_resources_after_childcare]",
)
@on_option
@value_option
@standing_options
@click.option(
    "--table",
    metavar="NAME",
    help="Which table a .csv or .parquet file holds: households, summary, jobs, metr, cliffs, bands, groups or cost."
    "  [default: households]",
)
@json_option
@output_option(".html, .pdf, .xlsx, .csv, .parquet, .json, .svg or .png")
def compare(
    households: tuple[str, ...],
    whole_library: bool,
    reforms: tuple[str, ...],
    wage: str | None,
    table: str | None,
    as_json: bool,
    output: str | None,
    **path: Any,
) -> None:
    """Set current law and each reform side by side for HOUSEHOLDS: what is left, what it costs, who gains and loses,
    where a higher METR bites, and what becomes of every cliff.

    \b
    Examples:
      mwp compare couple_one_child_glasgow --reform nes_guarantee --reform uc_taper_50 --to 6000
      mwp compare --all --reform nes_guarantee --reform no_step_back --reform uc_taper_50+nes_guarantee
      mwp compare my_household.yaml --reform my_reform.yaml --earner partner --at 16h --at 25h
      mwp compare --all --reform two_child_limit_restored --output comparison.html
    """
    from mwp.report import compare_export, files

    if output:
        files.check_destination(output, compare_export.ENDINGS)
    chosen = compare_export.checked_table(table, output)
    if not reforms:
        raise click.UsageError(
            "Give a reform, as in `mwp compare --all --reform uc_taper_50`. `mwp reforms` lists them."
        )
    homes = homes_named(households, whole_library)
    with _progress(len(homes) * (len(reforms) + 1)) as progress:
        found = mwp.compare(homes, list(reforms), wage=wage_told(wage), progress=progress, **path)
    if as_json:
        print_json(compare_export.document(found))
    if output:
        write(output, compare_export.makers(found, command_given(), chosen))
    if not as_json and not output:
        from . import show_compare

        show_compare.comparison(found)


@contextmanager
def _progress(schedules: int) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error, where that is a terminal and there is enough to do."""
    if schedules < LONG or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("Rule sets"),
        BarColumn(),
        TextColumn("{task.completed} of {task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
