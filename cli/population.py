"""`mwp population`: weighted tables of households, made, checked, imported and described."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

import mwp
from mwp.errors import InputError

from .options import json_option, output_option, reform_option, value_option
from .options import on_option as law_option
from .results import print_json, progress, write

INVALID = 2

population_argument = click.argument("population", metavar="POPULATION", default="synthetic")
on_option = click.option("--on", metavar="DATE", help="The date whose law applies, as 2026-11-01.")
folder_option = click.option(
    "--output", required=True, metavar="FOLDER", type=click.Path(file_okay=False), help="The folder to write to."
)
exclude_option = click.option(
    "--exclude-invalid", is_flag=True, help="Leave out households with errors, and say how many and with what weight."
)


@click.group(short_help="Whole populations: tables of households with weights.")
def population() -> None:
    """Weighted tables of households: make, check, import and describe them, and see what reforms do to them.

    POPULATION is a folder with persons.parquet, benefit_units.parquet and households.parquet, or `synthetic`, which is
    made on the spot (some seconds).

    \b
    Examples:
      mwp population describe --targets
      mwp population run
      mwp population compare --reform uc_taper_50 --reform nes_guarantee
      mwp population guarantee
      mwp population metr
      mwp population synthesise --output synthetic
      mwp population convert lone_parent_two_children_leeds --output tables
      mwp population validate tables --on 2026-11-01
    """


@population.command(short_help="Household files into tables, or tables into household files.")
@click.argument("sources", nargs=-1, required=True, metavar="HOUSEHOLD...|POPULATION")
@folder_option
def convert(sources: tuple[str, ...], output: str) -> None:
    """Convert household files (or folders of them, or library names) into tables; or tables into household files.

    \b
    Examples:
      mwp population convert my_household.yaml lone_parent_two_children_leeds --output tables
      mwp population convert tables --output files
    """
    from mwp.report import population_tables

    done = population_tables.convert(sources, output)
    click.echo(f"{done['households']:,} households written to {output} as {done['made']}.")


@population.command(short_help="What is wrong with tables, and in which rows.")
@population_argument
@on_option
@json_option
def validate(population: str, on: str | None, as_json: bool) -> None:
    """Check POPULATION against the rules of the household file: every fault, with the rows it is found in.

    With --on, also what cannot be on that day. Exit code 2 where there are errors; warnings are only told.

    \b
    Examples:
      mwp population validate tables
      mwp population validate tables --on 2026-11-01 --json
    """
    from mwp.report import population_tables

    report = population_tables.validation(population, on)
    if as_json:
        print_json(report.document())
    else:
        for fault in report.faults:
            click.echo(population_tables.fault_line(fault))
        bad = int(report.bad.sum())
        click.echo(
            f"{report.households:,} households, {bad:,} with errors"
            f" (weight {report.bad_weight:,.0f} of {report.weight:,.0f})."
        )
    if report.errors:
        click.get_current_context().exit(INVALID)


@population.command(name="import", short_help="Survey files into tables.")
@click.argument("layout", type=click.Choice(["frs", "euromod"]))
@click.argument("source", type=click.Path(exists=True))
@folder_option
@on_option
@exclude_option
@json_option
def import_(layout: str, source: str, output: str, on: str | None, exclude_invalid: bool, as_json: bool) -> None:
    """Import survey files that you hold: `frs` (a folder with the Family Resources Survey's tables) or `euromod`.

    Says what was assumed, how often, and what is not mapped. Nothing is uprated.

    \b
    Examples:
      mwp population import frs my_frs_folder --output tables --on 2026-11-01
      mwp population import euromod uk_2023_b1.txt --output tables
    """
    from mwp.report import population_tables

    made, report = population_tables.imported(layout, source, output, on, exclude_invalid=exclude_invalid)
    if as_json:
        print_json(made.document() | {"validation": report.document()})
        return
    click.echo(f"{made.source}: {made.population.size:,} households, weight {made.population.weights.sum():,.0f}.")
    click.echo(f"Left out, everyone over State Pension age: {made.left_out:,}, weight {made.left_out_weight:,.0f}.")
    for column, told, rows in made.notes:
        click.echo(f"assumed: {column}: {told} ({rows:,} rows)")
    click.echo(f"not mapped: {'; '.join(made.not_mapped)}")
    for fault in report.faults:
        click.echo(population_tables.fault_line(fault))
    if report.excluded:
        click.echo(f"Excluded with errors: {int(report.bad.sum()):,} households, weight {report.bad_weight:,.0f}.")
    click.echo(f"Written to {output}", err=True)


@population.command(short_help="Make the synthetic population of the United Kingdom.")
@click.option(
    "--benefit-units", "units", type=click.IntRange(min=1), default=30_000, show_default=True, help="How many."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Where the random numbers begin."
)
@folder_option
@json_option
def synthesise(units: int, seed: int, output: str, as_json: bool) -> None:
    """Draw benefit units and fit their weights to published totals. The same seed gives the same files.

    \b
    Examples:
      mwp population synthesise --output synthetic
      mwp population synthesise --benefit-units 5000 --seed 7 --output small
    """
    from mwp.report import population_tables

    made = population_tables.synthesised(units, seed, output)
    if as_json:
        print_json(population_tables.synthesis_document(made))
        return
    click.echo(f"{made.population.about} Effective sample size {made.effective_size:,.0f}.")
    for one in made.achieved:
        if one.target.headline:
            told = population_tables.figure(one.achieved, one.target.unit)
            published = population_tables.figure(one.target.value, one.target.unit)
            click.echo(
                f"{one.target.name}: {told} billion a year; published {published} ({population_tables.miss(one.miss)})"
            )
    click.echo(f"Written to {output}", err=True)


@population.command(short_help="What a population holds, and how it stands beside published totals.")
@population_argument
@click.option("--targets", is_flag=True, help="Each published total beside what it comes to here.")
@on_option
@json_option
@output_option(".md, .json or .csv (with --targets)")
def describe(population: str, targets: bool, on: str | None, as_json: bool, output: str | None) -> None:
    """Describe POPULATION: benefit units and people by family, region, home and children.

    \b
    Examples:
      mwp population describe
      mwp population describe synthetic --targets
      mwp population describe tables --targets --output targets.csv
    """
    from mwp.report import files, population_tables

    if output:
        files.check_destination(output, population_tables.DESCRIPTION_ENDINGS)
        if not targets:
            raise InputError.of("A file holds the targets: add --targets.", field=f"--output {output}")
    told = population_tables.description(population, on, targets=targets)
    if as_json:
        print_json(told.document())
    if output:
        write(output, population_tables.description_makers(told))
    if not as_json and not output:
        from . import show_population

        show_population.description(told)


F = TypeVar("F", bound=Callable[..., Any])
_MEASURES = click.Choice(
    ["net_income", "net_resources", "net_resources_after_childcare", "net_after_work_costs", "cash_after_work_costs"]
)


def _begin(context: click.Context, _: click.Parameter, workers: int) -> int:
    """Processes take a while to get ready, so they begin as soon as it is known that they are wanted."""
    from mwp.population.processes import begin

    if not context.resilient_parsing:
        begin(workers)
    return workers


take_up_option = click.option(
    "--take-up",
    type=click.Choice(["as-recorded", "full"]),
    default="as-recorded",
    show_default=True,
    help="Whether families claim as recorded, or everybody claims what is due.",
)
_PROCESSES = (
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        callback=_begin,
        help="Processes that work.",
    ),
    click.option(
        "--scheduler", metavar="ADDRESS", help="A Dask cluster in their place, as tcp://host:8786 or local:2."
    ),
    click.option(
        "--checkpoint",
        metavar="FOLDER",
        type=click.Path(file_okay=False),
        help="Keep each finished block here; a run that was stopped goes on where it was.",
    ),
    click.option("--block-size", "block", type=click.IntRange(min=1), metavar="N", help="Households a block."),
)


_WORK = (
    take_up_option,
    click.option(
        "--measure", type=_MEASURES, default="net_income", show_default=True, help="What is left, counted how."
    ),
    value_option,
    exclude_option,
    *_PROCESSES,
)


def processes_options(function: F) -> F:
    """Who does the work."""
    for option in reversed(_PROCESSES):
        function = option(function)
    return function


def work_options(function: F) -> F:
    """How a population is counted, and who does the work."""
    for option in reversed(_WORK):
        function = option(function)
    return function


@population.command(short_help="What awards and taxes come to, incomes, low income; a reform against current law.")
@population_argument
@law_option
@reform_option
@work_options
@click.option("--poverty-line", type=float, metavar="POUNDS", help="A line that stays, a month for a childless couple.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="For the sampling errors.")
@click.option("--sql", metavar="QUERY", help="Ask the results in SQL: tables results and laws.")
@json_option
@output_option(".html, .xlsx, .csv, .json, or .parquet (a row for each household)")
def run(
    population: str,
    on: str | None,
    reforms: tuple[str, ...],
    poverty_line: float | None,
    seed: int,
    sql: str | None,
    as_json: bool,
    output: str | None,
    **work: Any,
) -> None:
    """Work out POPULATION: each programme's cost and families, the Exchequer, incomes and low income.

    Reforms are laid over each other, and the result set against current law.

    \b
    Examples:
      mwp population run
      mwp population run tables --reform uc_taper_50 --output report.html
      mwp population run tables --take-up full --workers 2
      mwp population run --sql "select nation, sum(weight * universal_credit) * 12 / 1e9 from results group by nation"
    """
    laid = [list(reforms)] if reforms else []
    _outcome(population, laid, on, sql, as_json, output, False, poverty_line=poverty_line, seed=seed, **work)


@population.command(name="compare", short_help="Reforms side by side over a population: cost, who gains, who loses.")
@population_argument
@law_option
@reform_option
@work_options
@click.option("--poverty-line", type=float, metavar="POUNDS", help="A line that stays, a month for a childless couple.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="For the sampling errors.")
@click.option("--sql", metavar="QUERY", help="Ask the results in SQL: tables results and laws.")
@json_option
@output_option(".html, .xlsx, .csv, .json, or .parquet (a row for each household and law)")
def compare(
    population: str,
    on: str | None,
    reforms: tuple[str, ...],
    poverty_line: float | None,
    seed: int,
    sql: str | None,
    as_json: bool,
    output: str | None,
    **work: Any,
) -> None:
    """Set reforms beside current law over POPULATION, guarantees included: A+B lays one over another.

    \b
    Examples:
      mwp population compare --reform uc_taper_50 --reform uc_taper_45
      mwp population compare tables --reform nes_guarantee_65 --reform nes_guarantee --measure net_resources
      mwp population compare tables --reform uc_taper_50 --output compared.html
    """
    if not reforms:
        raise click.UsageError("Name a reform, as in `mwp population compare --reform uc_taper_50`.")
    _outcome(population, list(reforms), on, sql, as_json, output, True, poverty_line=poverty_line, seed=seed, **work)


def _outcome(
    population: str,
    laws: list[Any],
    on: str | None,
    sql: str | None,
    as_json: bool,
    output: str | None,
    comparison: bool,
    **options: Any,
) -> None:
    from mwp.report import files, population_run_words

    if output:
        files.check_destination(output, population_run_words.ENDINGS)
    with progress("Blocks") as done:
        told = mwp.population_run(population, laws, on, progress=done, **options)
    if sql:
        _ask(told, sql, as_json)
        return
    makers = population_run_words.outcome_makers(told, comparison=comparison)
    shown = population_run_words.compare_told if comparison else population_run_words.run_told
    _hand_out(makers, lambda: shown(told), told.on, [law.title for law in told.laws[1:]], as_json, output)


@population.command(short_help="METRs and PTRs of everybody, who is near a cliff; or over whole ranges of earnings.")
@population_argument
@law_option
@reform_option
@work_options
@click.option("--points", type=click.IntRange(min=2), metavar="N", help="Every household at N points of earnings.")
@click.option(
    "--to", type=float, default=6_000.0, show_default=True, help="With --points: earnings up to this a month."
)
@click.option("--sql", metavar="QUERY", help="Ask the results in SQL: tables results and laws.")
@json_option
@output_option(".html, .xlsx, .csv, .json or .parquet")
def metr(
    population: str,
    on: str | None,
    reforms: tuple[str, ...],
    points: int | None,
    to: float,
    sql: str | None,
    as_json: bool,
    output: str | None,
    **work: Any,
) -> None:
    """Marginal rates of everybody in work at the present pay, and participation rates, by family and nation.

    Each --reform is set beside current law. With --points, METRs over whole ranges of earnings, the reforms laid over
    each other.

    \b
    Examples:
      mwp population metr
      mwp population metr tables --reform uc_taper_50 --output rates.html
      mwp population metr tables --points 1000 --workers 2
    """
    from mwp.report import files, population_run_words

    if output:
        endings = population_run_words.SWEEP_ENDINGS if points else population_run_words.ENDINGS
        files.check_destination(output, endings)
    if points and sql:
        raise click.UsageError("A sweep is totals already: --sql goes without --points.")
    with progress("Blocks") as done:
        if points:
            swept = mwp.population_sweep(
                population, list(reforms) or None, on, points=points, to=to, progress=done, **work
            )
        else:
            told = mwp.population_metr(population, list(reforms), on, progress=done, **work)
    if points:
        makers = population_run_words.sweep_makers(swept)
        titles = [reform.title for reform in swept.task.reforms]
        _hand_out(makers, lambda: population_run_words.sweep_told(swept), swept.task.on, titles, as_json, output)
        return
    if sql:
        _ask(told, sql, as_json)
        return
    makers = population_run_words.rates_makers(told)
    titles = [law.title for law in told.laws[1:]]
    _hand_out(makers, lambda: population_run_words.rates_told(told), told.on, titles, as_json, output)


@population.command(name="guarantee", short_help="What a guarantee costs, by what it counts and by m.")
@population_argument
@law_option
@reform_option
@click.option(
    "--most-lost",
    metavar="M,M,...",
    default="0.65,0.70,0.75,0.85,1",
    show_default=True,
    help="The most that may be lost of an extra pound: one or several shares.",
)
@click.option(
    "--counts",
    metavar="MEASURE,...",
    help="What the guarantee counts: one or several measures.  [default: all five]",
)
@take_up_option
@value_option
@exclude_option
@processes_options
@json_option
@output_option(".html, .xlsx, .csv, .json, .md, or .parquet (a row for each household in each cell)")
def guarantee(
    population: str,
    on: str | None,
    reforms: tuple[str, ...],
    most_lost: str,
    counts: str | None,
    as_json: bool,
    output: str | None,
    **work: Any,
) -> None:
    """What a guarantee costs over POPULATION by what it counts and by the most that may be lost of a pound (m).

    Beside the cost, gross and net: families with a top-up, its amount, and METRs of those in work. --reform is a
    guarantee of design G3 or G4 (nes_guarantee unless told), whose gate and scope stay; given again, reforms are laid
    over each other.

    \b
    Examples:
      mwp population guarantee
      mwp population guarantee tables --most-lost 0.70,0.75 --counts net_income,net_resources_after_childcare
      mwp population guarantee tables --reform uc_taper_50 --reform nes_guarantee --output cost.html
    """
    from mwp.report import files, population_guarantee

    if output:
        files.check_destination(output, population_guarantee.ENDINGS)
    with progress("Blocks") as done:
        told = mwp.population_guarantee(
            population,
            list(reforms) or "nes_guarantee",
            on,
            most_lost=[_share(one) for one in most_lost.split(",")],
            counts=None if counts is None else [one.strip() for one in counts.split(",")],
            progress=done,
            **work,
        )
    makers = population_guarantee.makers(told)
    _hand_out(makers, lambda: population_guarantee.told_of(told), told.on, [told.law.title], as_json, output)


def _share(told: str) -> float:
    try:
        return float(told)
    except ValueError:
        raise InputError.of(
            f"{told.strip() or 'nothing'} is no share. Give shares above 0 and up to 1, as 0.65,0.75.",
            field="--most-lost",
        ) from None


def _hand_out(makers: Any, shown: Any, on: Any, titles: list[str], as_json: bool, output: str | None) -> None:
    if as_json:
        click.echo(makers[".json"]().decode(), nl=False)
    if output:
        write(output, makers)
    if not as_json and not output:
        from . import show_population_run

        show_population_run.told(shown(), on, titles)


def _ask(told: Any, sql: str, as_json: bool) -> None:
    from mwp.report import population_run_words

    head, rows = population_run_words.asked(told, sql)
    if as_json:
        print_json({"columns": list(head), "rows": [list(row) for row in rows]})
        return
    from . import show_population_run

    show_population_run.rows(head, rows)
