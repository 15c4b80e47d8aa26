"""`mwp compare`: current law and any number of reforms side by side, over one or many households."""

from __future__ import annotations

from typing import Any

import click

import mwp

from .options import (
    all_option,
    complete,
    households_argument,
    json_option,
    measure_option,
    on_option,
    output_option,
    path_options,
    standing_options,
    value_option,
)
from .results import print_json, progress, write
from .sweeps import command_given, homes_named, wage_told

LONG = 12
"""So many schedules take long enough for a progress bar."""


@click.command(short_help="Reforms beside current law: gains, costs, METRs and cliffs.")
@households_argument
@all_option
@click.option(
    "--reform",
    "reforms",
    multiple=True,
    metavar="NAME|PATH|A+B",
    shell_complete=complete("reforms"),
    help="A reform to set beside current law: a name from `mwp reforms` or a file; A+B lays both over the law at once."
    " Given again, it is a further column.",
)
@path_options("claimant or partner")
@click.option(
    "--at",
    multiple=True,
    metavar="JOB",
    help="A job to compare at: hours a week as 16h, or pounds a month as 1200. May be given again."
    "  [default: 16h, 30h and 37.5h]",
)
@measure_option("net_resources_after_childcare")
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
    with progress("Rule sets", shown=len(homes) * (len(reforms) + 1) >= LONG) as told:
        found = mwp.compare(homes, list(reforms), wage=wage_told(wage), progress=told, **path)
    if as_json:
        print_json(compare_export.document(found))
    if output:
        write(output, compare_export.makers(found, command_given(), chosen))
    if not as_json and not output:
        from . import show_compare

        show_compare.comparison(found)
