"""`mwp population`: weighted tables of households, made, checked, imported and described."""

from __future__ import annotations

import click

from mwp.errors import InputError

from .options import json_option, output_option
from .results import print_json, write

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
    """Weighted tables of households: make, check, import and describe them.

    POPULATION is a folder with persons.parquet, benefit_units.parquet and households.parquet, or `synthetic`, which is
    made on the spot (some seconds).

    \b
    Examples:
      mwp population describe --targets
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
