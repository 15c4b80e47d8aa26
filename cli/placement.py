"""`mwp placement` and `mwp timeline`: a paid placement, what it costs whom, and months in a row."""

from __future__ import annotations

from typing import Any

import click

import mwp

from .options import complete, household_argument, json_option, output_option, reform_option, value_option
from .results import print_json, write
from .sweeps import command_given, homes_named, wage_told

DEFAULT_REFORM = ("nes_guarantee",)


@click.command(short_help="A paid placement for HOUSEHOLD, and what it costs the Exchequer.")
@click.argument("households", nargs=-1, metavar="HOUSEHOLD...", shell_complete=complete("households"))
@click.option(
    "--hours", type=float, help="Hours a week. With --account, left out: those at which it costs what the plan says."
)
@click.option(
    "--wage",
    default="real_living_wage",
    show_default=True,
    metavar="POUNDS",
    help="Pay an hour, as 13.45, or real_living_wage (London's in London).",
)
@click.option(
    "--earner", default="claimant", show_default=True, metavar="WHO", help="Who takes it: claimant or partner."
)
@click.option("--weeks", type=int, default=26, show_default=True, help="How many weeks it lasts.")
@click.option(
    "--segment",
    metavar="NAME",
    help="What to show more of: bridge (next steps), floor-individual or floor-place (security).  [default: both]",
)
@click.option(
    "--support",
    metavar="NAME",
    help="Whether the service meets childcare, fares and the like: covered or not-covered.  [default: shows both]",
)
@click.option(
    "--account", is_flag=True, help="The Exchequer account instead: what it costs a year, and what flows back to whom."
)
@click.option("--all", "whole_library", is_flag=True, help="With --account: every household of the library.")
@click.option(
    "--support-cost",
    type=float,
    metavar="POUNDS",
    help="With --account: what support costs the service a year.  [default: by segment]",
)
@click.option("--on", metavar="DATE", help="The first day, whose law applies, as 2026-11-01.  [default: today]")
@click.option(
    "--reform",
    "reforms",
    multiple=True,
    metavar="NAME|PATH|none",
    shell_complete=complete("reforms"),
    help="A reform beside current law: a name from `mwp reforms`, a file, or none. May be given again."
    "  [default: nes_guarantee]",
)
@value_option
@json_option
@output_option(".html or .pdf (a page to take away), .json or .csv; with --account .xlsx too")
def placement(
    households: tuple[str, ...],
    hours: float | None,
    wage: str,
    earner: str,
    weeks: int,
    segment: str | None,
    support: str | None,
    account: bool,
    whole_library: bool,
    support_cost: float | None,
    on: str | None,
    reforms: tuple[str, ...],
    value: str,
    as_json: bool,
    output: str | None,
) -> None:
    """Show what a paid placement would leave HOUSEHOLD, under current law and with the guarantee, and what comes after.

    A placement is ordinary work at the real Living Wage that a National Employment Service would fund. It is a
    proposal, and nobody would have to take one. With --account: what it costs a year, and what flows back to whom.

    \b
    Examples:
      mwp placement lone_parent_two_children_leeds --hours 16
      mwp placement nes_floor_individual --hours 16 --segment floor-individual --support covered
      mwp placement nes_floor_place --hours 25 --earner partner --output page.pdf
      mwp placement --account nes_bridge --hours 35
      mwp placement --account --all --output accounts.xlsx
    """
    from mwp.report import files, placement_export

    if output:
        files.check_destination(
            output, placement_export.ACCOUNT_ENDINGS if account else placement_export.PLACEMENT_ENDINGS
        )
    told: dict[str, Any] = {
        "wage": wage_told(wage),
        "on": on,
        "reform": reforms or DEFAULT_REFORM,
        "earner": earner,
        "segment": segment,
        "support": support,
        "value": value,
    }
    if account:
        found = mwp.placement_account(homes_named(households, whole_library), hours, support_cost=support_cost, **told)
        _answer(
            as_json, output, lambda: placement_export.account_document(found),
            lambda: placement_export.account_makers(found, command_given()), lambda show: show.account(found),
        )  # fmt: skip
        return
    if whole_library or support_cost is not None:
        raise click.UsageError("--all and --support-cost go with --account.")
    if len(households) != 1:
        raise click.UsageError("Give one household, as in `mwp placement lone_parent_two_children_leeds --hours 16`.")
    if hours is None:
        raise click.UsageError("Give the hours a week, as in --hours 16.")
    answer = mwp.placement(households[0], hours, weeks=weeks, **told)
    _answer(
        as_json, output, lambda: placement_export.placement_document(answer),
        lambda: placement_export.placement_makers(answer, command_given()), lambda show: show.placement(answer),
    )  # fmt: skip


@click.command(short_help="Month by month: before a job, in it, and after it ends.")
@household_argument
@click.option("--job", required=True, metavar="JOB", help='The job, as "16h@12.71" or "20h@minimum_wage".')
@click.option("--earner", default="claimant", show_default=True, metavar="WHO", help="Whose job: claimant or partner.")
@click.option("--from", "starts", metavar="DATE", help="The job's first day, as 2026-06-01.  [default: today]")
@click.option(
    "--until", "ends", metavar="DATE", help="Its last day; months after it are shown too.  [default: a year, no end]"
)
@click.option("--after", type=click.IntRange(1, 24), default=3, show_default=True, help="Months shown after the end.")
@click.option("--childcare", metavar="COST", help='What childcare would cost in work, as "433/month" or "6.50/hour".')
@click.option("--travel", metavar="COST", help='What travel to work would cost, as "80/month" or "4/day x5".')
@reform_option
@value_option
@json_option
@output_option(".html or .pdf (a page to take away), .json or .csv")
def timeline(
    household: str,
    job: str,
    earner: str,
    starts: str | None,
    ends: str | None,
    after: int,
    childcare: str | None,
    travel: str | None,
    reforms: tuple[str, ...],
    value: str,
    as_json: bool,
    output: str | None,
) -> None:
    """Show when HOUSEHOLD has what: wages at the end of a month, Universal Credit in the next, the law of each month.

    \b
    Examples:
      mwp timeline lone_parent_two_children_leeds --job 16h@12.71 --from 2026-06-01 --until 2026-11-30
      mwp timeline nes_bridge --job 37.5h@13.45 --from 2026-09-01 --output months.pdf
    """
    from mwp.report import files, placement_export

    if output:
        files.check_destination(output, placement_export.TIMELINE_ENDINGS)
    found = mwp.timeline(
        household,
        job,
        starts,
        ends,
        reforms,
        earner=earner,
        after=after,
        childcare=childcare,
        travel=travel,
        value=value,
    )
    _answer(
        as_json, output, lambda: placement_export.timeline_document(found),
        lambda: placement_export.timeline_makers(found, command_given()), lambda show: show.timeline(found),
    )  # fmt: skip


def _answer(as_json: bool, output: str | None, document: Any, makers: Any, shown: Any) -> None:
    if as_json:
        print_json(document())
    if output:
        write(output, makers())
    if not as_json and not output:
        from . import show_placement

        shown(show_placement)
