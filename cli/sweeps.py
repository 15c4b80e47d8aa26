"""`mwp sweep` and `mwp cliffs`: earnings schedules of one or many households, on one or many dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

import mwp

from .options import (
    all_option,
    households_argument,
    json_option,
    measure_option,
    output_option,
    path_options,
    reform_option,
    standing_options,
    value_option,
)
from .results import print_json, write

if TYPE_CHECKING:
    from mwp.report.schedule_export import Sweep

F = TypeVar("F", bound=Callable[..., Any])
CHECK_FAILED = 1


def _asked(function: F) -> F:
    """Of which households, along which path and under which laws: the same for both verbs."""
    for option in reversed(
        (
            households_argument,
            all_option,
            path_options("claimant, partner or both"),
            measure_option("net_after_work_costs"),
            click.option(
                "--on",
                "days",
                multiple=True,
                metavar="DATE",
                help="The date whose law applies, as 2026-11-01. May be given again.  [default: today]",
            ),
            reform_option,
            value_option,
            standing_options,
        )
    ):
        function = option(function)
    return function


@click.command(short_help="What is kept of each pound, over a whole range of earnings.")
@_asked
@click.option("--exhaustive", is_flag=True, help="Hold the pieces against the rules at every single penny.")
@click.option(
    "--summary", is_flag=True, help="How METRs are spread over the households (the library without any), year by year."
)
@click.option(
    "--chart",
    metavar="NAME",
    help="Which chart an .svg or .png file shows: schedule, budget, metr, heatmap or surface.  [default: schedule]",
)
@json_option
@output_option(".html, .xlsx, .csv, .parquet, .json, .svg or .png")
def sweep(
    households: tuple[str, ...],
    whole_library: bool,
    exhaustive: bool,
    summary: bool,
    chart: str | None,
    as_json: bool,
    output: str | None,
    **path: Any,
) -> None:
    """Show what HOUSEHOLD keeps of each pound over a whole range of earnings: every stretch, every jump, to the penny.

    \b
    Examples:
      mwp sweep lone_parent_two_children_leeds
      mwp sweep couple_one_child_glasgow --earner partner --wage 12.71 --to 2500
      mwp sweep my_household.yaml --mode hours-then-wage --hours 37.5 --output chart.html
      mwp sweep couple_one_child_glasgow --earner both
      mwp sweep couple_one_child_glasgow --reform nes_guarantee --measure net_resources
      mwp sweep --all --output library.html
      mwp sweep --summary
    """
    from mwp.report import files, schedule_export

    if output:
        endings = schedule_export.SUMMARY_ENDINGS if summary else schedule_export.SWEEP_ENDINGS
        files.check_destination(output, endings)
    both = path["earner"] == "both"
    if summary and chart:
        raise click.UsageError("A summary has one chart: leave --chart out.")
    if exhaustive and (summary or both):
        raise click.UsageError("--exhaustive goes with the schedule of one earner.")
    if both and not summary and (path["hours"] is not None or path["to"] is not None):
        raise click.UsageError("For both earners the hours of each go up to 60: leave --hours and --to out.")
    drawn = schedule_export.checked_chart(chart, output, both=both)
    if summary:
        _summary(households, as_json, output, **path)
        return
    homes = homes_named(households, whole_library)
    if both:
        _both(homes, as_json, output, **path)
        return
    found = _found(homes, exhaustive=exhaustive, **path)
    if as_json:
        print_json(schedule_export.sweeps_document(found))
    if output:
        write(output, schedule_export.sweep_makers(found, drawn, command_given()))
    if not as_json and not output:
        from . import show_sweep

        show_sweep.sweeps(found)
    if not all(one.checked is None or one.checked.agrees for one in found):
        click.get_current_context().exit(CHECK_FAILED)


@click.command(short_help="Every cliff: where, how much, which programme and why.")
@_asked
@click.option(
    "--councils",
    metavar="NAME,NAME|all",
    help="The same households under the council tax reduction schemes of these English councils, or of all there are.",
)
@json_option
@output_option(".html, .xlsx, .csv, .parquet or .json")
def cliffs(
    households: tuple[str, ...],
    whole_library: bool,
    councils: str | None,
    as_json: bool,
    output: str | None,
    **path: Any,
) -> None:
    """List every cliff of HOUSEHOLD: a penny more of earnings that leaves it worse off, and until when.

    \b
    Examples:
      mwp cliffs couple_one_child_glasgow
      mwp cliffs couple_one_child_glasgow --earner both --on 2025-11-01 --on 2026-11-01
      mwp cliffs lone_parent_two_children_leeds --councils leeds,bristol
      mwp cliffs --all --output cliffs.xlsx
    """
    from mwp.report import files, schedule_export

    if output:
        files.check_destination(output, schedule_export.CLIFFS_ENDINGS)
    homes = homes_named(households, whole_library)
    if councils is not None:
        homes = schedule_export.under_councils(homes, councils)
    both = path["earner"] == "both"
    if both and not any(len(home.adults) > 1 for home in homes):
        raise click.UsageError("There is no partner in the household: leave --earner out.")
    found = []
    for earner in ("claimant", "partner") if both else (path["earner"],):
        walked = [home for home in homes if len(home.adults) > 1] if both and earner == "partner" else homes
        found += _found(walked, **path | {"earner": earner})
    if as_json:
        print_json(schedule_export.cliffs_document(found))
    if output:
        write(output, schedule_export.cliffs_makers(found, command_given()))
    if not as_json and not output:
        from . import show_sweep

        show_sweep.cliffs(found)


def homes_named(households: Sequence[str], whole_library: bool) -> list[Any]:
    """The households named, or the whole library: each read once, however many dates there are."""
    if whole_library and households:
        raise click.UsageError("--all is every household of the library: name none beside it.")
    if whole_library:
        from mwp.report import library

        households = tuple(library.household_names())
    if not households:
        verb = click.get_current_context().command_path
        raise click.UsageError(f"Give a household, as in `{verb} lone_parent_two_children_leeds`, or --all.")
    return [mwp.load_household(name) for name in households]


def _found(
    homes: Sequence[Any],
    *,
    earner: str,
    wage: str | None,
    days: Sequence[str],
    reforms: tuple[str, ...],
    exhaustive: bool = False,
    **path: Any,
) -> list[Sweep]:
    """The schedules, a household after the other, the dates of each together."""
    told = path | {"earner": earner, "wage": wage_told(wage), "exhaustive": exhaustive}
    by_day = [mwp.schedule(list(homes), day, reforms, **told) for day in days or (None,)]
    return [of_day[place] for place in range(len(homes)) for of_day in by_day]


def wage_told(told: str | None) -> float | str | None:
    """The wage as a number where it is one; what else it may be, the public face knows."""
    try:
        return None if told is None else float(told.lstrip("£"))
    except ValueError:
        return told


def _both(
    homes: Sequence[Any],
    as_json: bool,
    output: str | None,
    *,
    mode: str,
    wage: str | None,
    measure: str | None,
    value: str,
    days: Sequence[str],
    reforms: tuple[str, ...],
    standing: dict[str, Any] | None,
    **_: Any,
) -> None:
    from mwp.report import schedule_export

    told: dict[str, Any] = {"mode": mode, "wage": wage_told(wage), "measure": measure, "value": value}
    told["standing"] = standing
    found = [mwp.surface(home, day, reforms, **told) for home in homes for day in days or (None,)]
    if as_json:
        print_json(schedule_export.surfaces_document(found))
    if output:
        write(output, schedule_export.surface_makers(found, command_given()))
    if not as_json and not output:
        from . import show_sweep

        for one in found:
            show_sweep.surface(one)


def _summary(
    households: Sequence[str],
    as_json: bool,
    output: str | None,
    *,
    earner: str,
    mode: str,
    wage: str | None,
    days: Sequence[str],
    reforms: tuple[str, ...],
    **path: Any,
) -> None:
    from mwp.report import schedule_export

    homes = homes_named(households, not households)
    way = "hours-then-wage" if mode == "hours" else mode
    told = path | {"earner": earner, "mode": way, "wage": wage_told(wage)}
    found = schedule_export.distribution(homes, days, reforms, **told)
    if as_json:
        print_json(schedule_export.distribution_document(found))
    if output:
        write(output, schedule_export.distribution_makers(found, command_given()))
    if not as_json and not output:
        from . import show_sweep

        show_sweep.distribution(found)


def command_given() -> str:
    """The command as it was given, for the notes of a file: names of files without their folders."""
    context = click.get_current_context()
    told = [f"mwp {context.info_name}"]
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        if value is None or value is False or value == () or parameter.name == "output":
            continue
        for one in value if isinstance(value, tuple) else (value,):
            shown = str(one).rsplit("/", 1)[-1]
            if isinstance(parameter, click.Argument):
                told.append(shown)
            elif value is True:
                told.append(parameter.opts[0])
            elif value != parameter.default:
                told.append(f"{parameter.opts[0]} {shown}")
    return " ".join(told)
