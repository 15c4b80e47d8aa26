"""The `mwp` command: each verb reads, has the answer worked out, and shows it.

Kept light at the top, for help and completion answer at once; what calculates is imported by the verbs that need it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import click

import mwp
from mwp.errors import InputError, MwpError

from .certify import certify
from .compare import compare
from .options import (
    complete,
    household_argument,
    json_option,
    on_option,
    output_option,
    printable,
    reform_option,
    standing_options,
    value_option,
)
from .placement import placement, timeline
from .population import population
from .reforms import reforms
from .replay import replay
from .results import print_json, write
from .solve import solve
from .sweeps import cliffs, sweep
from .web import web

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
PIPE_CLOSED = 141  # what a shell reports for a program that wrote to a closed pipe


class Refusal(click.ClickException):
    """Something the user can put right: said on stderr, one line a problem."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        for line in printable(self.message).split("\n"):
            click.echo(f"Error: {line}", file=file, err=file is None)


class Verbs(click.Group):
    """The group of verbs. Here, and only here, errors of the user's become messages."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except MwpError as error:
            raise Refusal(str(error)) from error
        except BrokenPipeError:
            # Whoever read the output has stopped: no more is wanted, nor a complaint when Python closes down.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if args and args[0].startswith("-"):
                raise
            near = get_close_matches(args[0].replace("_", "-"), self.commands, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else f"The verbs are {', '.join(self.commands)}."
            raise click.UsageError(f"There is no verb called {args[0]}. {hint}", ctx) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=Verbs, context_settings=SETTINGS)
@click.version_option(mwp.__version__, prog_name="mwp")
def main() -> None:
    """Does work pay? Taxes, benefits and costs of a UK household in a month, and what a job changes.

    HOUSEHOLD is a name from the library (`mwp households`), a YAML file, or - for standard input.

    \b
    Examples:
      mwp households
      mwp better-off lone_parent_two_children_leeds --job 16h@12.71 --job 30h@12.71
      mwp calculate my_household.yaml --on 2026-11-01
      mwp explain my_household.yaml universal_credit

    Results go to standard output and messages to standard error. Exit codes: 0 done, 2 the input cannot be used.
    Nothing is sent anywhere, and nothing about a household is kept.
    """


@main.command(short_help="Every award, tax and cost of a household in a month.")
@household_argument
@on_option
@reform_option
@value_option
@standing_options
@json_option
@output_option(".html, .pdf, .json or .csv")
def calculate(
    household: str,
    on: str | None,
    reforms: tuple[str, ...],
    value: str,
    standing: dict[str, Any] | None,
    as_json: bool,
    output: str | None,
) -> None:
    """Show every award, tax and cost of HOUSEHOLD in a month.

    \b
    Examples:
      mwp calculate lone_parent_two_children_leeds
      mwp calculate my_household.yaml --on 2026-04-06 --reform uc_taper_50
      mwp calculate my_household.yaml --output month.html
      cat my_household.yaml | mwp calculate - --json
    """
    from mwp.report import export, files, statement

    if output:
        files.check_destination(output, export.CALCULATION_ENDINGS)
    result = mwp.calculate(household, on=on, reform=reforms, value=value, standing=standing)
    if as_json:
        print_json(export.calculation_document(result))
    if output:
        write(output, export.calculation_makers(result))
    if not as_json and not output:
        from . import show

        show.calculation(statement.statement(result))


@main.command(name="better-off", short_help="Now against one or more jobs: what a job would leave.")
@household_argument
@click.option(
    "--job",
    "jobs",
    multiple=True,
    metavar="JOB",
    help='A job for the claimant, hours a week and pay: "16h@12.71", "37.5h £24,000/year", "20h@minimum_wage" or "0h".'
    " May be given again.",
)
@click.option(
    "--partner-job",
    "partner_jobs",
    multiple=True,
    metavar="JOB",
    help="A job for the partner. One goes with every --job; several are paired with them in order.",
)
@click.option(
    "--childcare",
    metavar="COST",
    help='What childcare would cost in work, as "433/month", "120/week" or "6.50/hour" of work.'
    "  [default: as the household says]",
)
@click.option(
    "--travel",
    metavar="COST",
    help='What travel to work would cost, as "80/month", "20/week" or "4/day x5".  [default: as the household says]',
)
@on_option
@reform_option
@value_option
@standing_options
@json_option
@output_option(".html or .pdf (a page to take away), .json or .csv")
def better_off(
    household: str,
    jobs: tuple[str, ...],
    partner_jobs: tuple[str, ...],
    childcare: str | None,
    travel: str | None,
    on: str | None,
    reforms: tuple[str, ...],
    value: str,
    standing: dict[str, Any] | None,
    as_json: bool,
    output: str | None,
) -> None:
    """Compare HOUSEHOLD now with one or more jobs: is it better off, by how much, and what is lost?

    \b
    Examples:
      mwp better-off lone_parent_two_children_leeds --job 16h@12.71 --job 30h@12.71
      mwp better-off my_household.yaml --job "37.5h £24,000/year" --childcare 120/week --travel 20/week
      mwp better-off my_household.yaml --partner-job 20h@minimum_wage
      mwp better-off my_household.yaml --job 16h@12.71 --output page.pdf
      mwp better-off couple_one_child_glasgow --job 37.5h@27 --reform nes_guarantee
    """
    from mwp.report import comparison, export, files

    if output:
        files.check_destination(output, export.BETTER_OFF_ENDINGS)
    answer = mwp.better_off(
        household,
        jobs,
        on=on,
        reform=reforms,
        partner_jobs=partner_jobs,
        childcare=childcare,
        travel=travel,
        value=value,
        standing=standing,
    )
    if as_json:
        print_json(export.better_off_document(answer))
    if output:
        write(output, export.better_off_makers(answer))
    if not as_json and not output:
        from . import show

        show.better_off(comparison.comparison(answer))


@main.command(short_help="The working of an amount, with the regulations.")
@click.argument("household", required=False, shell_complete=complete("households"))
@click.argument("variable", required=False)
@click.option("--all", "every_step", is_flag=True, help="Show every single step, also those that come to nothing.")
@click.option("--list", "list_variables", is_flag=True, help="List the variables that can be explained.")
@on_option
@reform_option
@value_option
@standing_options
@json_option
@output_option(".json or .csv")
def explain(
    household: str | None,
    variable: str | None,
    every_step: bool,
    list_variables: bool,
    on: str | None,
    reforms: tuple[str, ...],
    value: str,
    standing: dict[str, Any] | None,
    as_json: bool,
    output: str | None,
) -> None:
    """Show the working of an amount of HOUSEHOLD, step by step, with the regulation behind each step.

    VARIABLE is a name from `mwp explain --list`; without one, what is left in the end is explained.

    \b
    Examples:
      mwp explain lone_parent_two_children_leeds universal_credit
      mwp explain my_household.yaml income_tax --on 2026-04-06
      mwp explain couple_one_child_glasgow guarantee_top_up --reform nes_guarantee
      mwp explain --list
    """
    from mwp.report import export, files

    if list_variables:
        _list_variables(household, as_json)
        return
    if household is None:
        raise click.UsageError("Give a household, as in `mwp explain lone_parent_two_children_leeds`.")
    if output:
        files.check_destination(output, export.EXPLANATION_ENDINGS)
    told = mwp.explain(
        household, variable, on=on, reform=reforms, value=value, every_step=every_step, standing=standing
    )
    if as_json:
        print_json(export.explanation_document(told))
    if output:
        write(output, export.explanation_makers(told))
    if not as_json and not output:
        from . import show

        show.explanation(told)


main.add_command(sweep)
main.add_command(cliffs)
main.add_command(compare)
main.add_command(certify)
main.add_command(solve)
main.add_command(placement)
main.add_command(timeline)
main.add_command(population)
main.add_command(web)


@main.command(short_help="The library of households; check your own files.")
@click.argument("names", nargs=-1, metavar="[NAME|PATH]...", shell_complete=complete("households"))
@click.option("--validate", is_flag=True, help="Check files, and say what is wrong with each; the library without any.")
@click.option("--schema", is_flag=True, help="Print the JSON schema of a household file, for editors and programs.")
@click.option("--council", metavar="NAME", help="Print the household as it would be under this council.")
@json_option
def households(names: tuple[str, ...], validate: bool, schema: bool, council: str | None, as_json: bool) -> None:
    """List the worked households, print one, or check household files.

    \b
    Examples:
      mwp households
      mwp households lone_parent_two_children_leeds > my_household.yaml
      mwp households --validate my_household.yaml
      mwp households lone_parent_two_children_leeds --council bristol | mwp calculate -
    """
    from mwp.report import export, library

    if schema:
        print_json(library.household_schema())
    elif validate:
        _validate(names or library.household_names(), as_json)
    elif council and not names:
        raise click.UsageError(
            "--council goes with a household. Name one, as in mwp households NAME --council bristol."
        )
    elif names and as_json:
        raise click.UsageError("--json goes with the list. The file itself is YAML.")
    elif council:
        _print_files([library.household_under(name, council) for name in names])
    elif names:
        _print_files([library.household_text(name) for name in names])
    elif as_json:
        print_json(export.households_document(library.households()))
    else:
        from . import show

        show.households(library.households())


main.add_command(reforms)


@main.command(short_help="The numbers of the law, by path or by words.")
@click.argument("wanted", nargs=-1, metavar="[PATH|WORDS]...")
@on_option
@json_option
def parameters(wanted: tuple[str, ...], on: str | None, as_json: bool) -> None:
    """Look up the numbers of the law: by path, by part of a path, or by words.

    \b
    Examples:
      mwp parameters
      mwp parameters universal_credit.taper_rate
      mwp parameters universal_credit.work_allowance --on 2025-06-01
      mwp parameters minimum wage
    """
    from mwp.report import export, library

    day = library.parameters_date(on)
    found = library.find_parameters(" ".join(wanted)) if wanted else None
    if as_json and found is None:
        print_json(export.programmes_document(library.programmes(), day))
    elif as_json and found is not None:
        print_json(export.parameters_document(found, day))
    else:
        from . import show

        if found is None:
            show.programmes(library.programmes())
        else:
            show.parameters(found, day)


main.add_command(replay)


def _list_variables(words: str | None, as_json: bool) -> None:
    from mwp.report import export, library

    found = [one for one in library.variables() if not words or words.lower() in f"{one.variable} {one.label}".lower()]
    if not found:
        raise InputError.of(f"No variable speaks of {words}. `mwp explain --list` lists them all.")
    if as_json:
        print_json(export.variables_document(found))
    else:
        from . import show

        show.variables(found)


def _validate(names: Sequence[str], as_json: bool) -> None:
    from mwp.report import export, library

    problems = {name: library.household_problems(name) for name in names}
    if as_json:
        print_json(export.validation_document(problems))
    for name, found in problems.items():
        if not found and not as_json:
            click.echo(f"{name}: can be used")
    wrong = [problem for found in problems.values() for problem in found]
    if wrong:
        raise InputError(wrong)


def _print_files(texts: list[str]) -> None:
    for place, text in enumerate(texts):
        click.echo(("---\n" if place else "") + text, nl=not text.endswith("\n"))
