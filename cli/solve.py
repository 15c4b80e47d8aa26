"""`mwp solve`: the least-cost numbers of a reform that reach a target, and numbers that cost the same as another."""

from __future__ import annotations

from typing import Any

import click

import mwp
from mwp.errors import InputError

from .options import (
    all_option,
    complete,
    json_option,
    measure_option,
    on_option,
    output_option,
    path_options,
    reform_option,
    standing_options,
    value_option,
)
from .results import print_json, progress, write
from .sweeps import command_given, homes_named, wage_told

NOT_REACHED = 1
DRAWN = 200


@click.command(short_help="The least-cost numbers of a reform that reach a target.")
@click.argument("households", nargs=-1, metavar="[HOUSEHOLD]...", shell_complete=complete("households"))
@all_option
@click.option(
    "--universe", metavar="NAME", help="Household types of a universe in place of the library: standard or wide."
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"So many households of the universe, always the same ones.  [default: {DRAWN}]",
)
@click.option(
    "--change",
    "changes",
    multiple=True,
    metavar="PATH=LOW..HIGH",
    help='A number that may change, and its bounds: universal_credit.taper_rate=0.30..0.55, "W2=0..427 by 10". A'
    " guarantee's numbers too: guarantee.most_lost (m), guarantee.kept, guarantee.taper. May be given again.",
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="TARGET",
    help='What is to hold for every household: "metr<=0.70", "ptr<=0.75", no_cliffs, "cliff<=20" (pounds a month) or'
    ' "share(metr>0.70)<=5%" (of the range of earnings). May be given again.',
)
@click.option(
    "--same-cost-as",
    "same_cost_as",
    multiple=True,
    metavar="NAME|PATH",
    shell_complete=complete("reforms"),
    help="In place of a target: the value that costs the same as this reform.",
)
@click.option("--within", metavar="FROM..TO", help="Earnings a month for which the target is to hold, as 0..2000.")
@click.option(
    "--cost-over",
    default="range",
    show_default=True,
    metavar="WHAT",
    help="The earnings that the cost is averaged over: range (evenly along the path), present (each household's own),"
    " or a .csv file with the columns from, to, share.",
)
@path_options("claimant, partner or both")
@measure_option("the guarantee's own, else net_resources")
@on_option
@reform_option
@value_option
@standing_options
@click.option("--save", metavar="FILE.yaml", help="Write the reform found to a file, for --reform.")
@json_option
@output_option(".html, .csv, .json or .yaml")
def solve(
    households: tuple[str, ...],
    whole_library: bool,
    universe: str | None,
    sample: int | None,
    reforms: tuple[str, ...],
    within: str | None,
    cost_over: str,
    wage: str | None,
    save: str | None,
    as_json: bool,
    output: str | None,
    **path: Any,
) -> None:
    """Find the cheapest numbers for which a target holds over HOUSEHOLDS, to sensible steps, on exact schedules.

    With --same-cost-as, the value that costs the same as another reform, and what each buys. Exit code 1 where no
    values within the bounds reach it: the nearest are shown then, and who stops it. Needs scipy: pip install
    "mwp[policy]".

    \b
    Examples:
      mwp solve --change universal_credit.taper_rate=0.30..0.55 --target "metr<=0.60" lone_parent_two_children_leeds
      mwp solve --change m=0.55..1 --target no_cliffs --target "metr<=0.75" --all --save my_guarantee.yaml
      mwp solve --change universal_credit.taper_rate=0.30..0.55 --same-cost-as nes_guarantee --all
      mwp solve --change taper=0.40..0.55 --change W2=0..427 --target "metr<=0.68" --earner partner \\
          --measure net_income couple_one_child_glasgow
    """
    from mwp.report import files, solve_export

    if output:
        files.check_destination(output, solve_export.SOLVE_ENDINGS)
    if save:
        files.check_destination(save, solve_export.SAVED_ENDINGS)
    if universe is None and sample is not None:
        raise click.UsageError("--sample is of a universe: add --universe standard.")
    if universe is not None and (households or whole_library):
        raise click.UsageError("--universe brings its own households: name none beside it, and leave --all out.")
    homes = None if universe is not None else homes_named(households, whole_library)
    over = solve_export.bands(cost_over) if cost_over.lower().endswith(".csv") else cost_over
    with progress("Sets of values tried") as trials:
        told = mwp.solve(
            homes,
            reform=reforms,
            universe=universe,
            sample=(sample or DRAWN) if universe is not None else None,
            within=_range(within),
            cost_over=over,
            wage=wage_told(wage),
            progress=trials,
            **path,
        )
    if as_json:
        print_json(solve_export.solution_document(told))
    makers = solve_export.solution_makers(told, command_given())
    if output:
        write(output, makers)
    if not as_json and not output:
        from . import show_solve

        show_solve.solution(told)
    if save:
        write(save, makers)
    if not told.found:
        click.get_current_context().exit(NOT_REACHED)


def _range(told: str | None) -> tuple[float, float] | None:
    if told is None:
        return None
    low, found, high = told.replace("£", "").replace(",", "").partition("..")
    try:
        if found:
            return float(low), float(high)
    except ValueError:
        pass
    raise InputError.of("Give earnings a month from and to, as 0..2000.", field=f"--within {told}")
