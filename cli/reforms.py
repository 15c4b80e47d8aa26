"""`mwp reforms`: the library of reforms, one of them in full, a new one to begin from, and whether a file is right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import mwp
from mwp.errors import InputError

from .options import complete, json_option
from .results import print_json


class Reforms(click.Group):
    """The group as it is, and as it was: alone it lists, and with the name of a reform it prints the file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        said = [one for one in args if one == "-" or not one.startswith("-")]
        if said and said[0] in self.commands:
            verb = said[0]
            args = [verb, *(one for place, one in enumerate(args) if place != args.index(verb))]
        elif said:
            args = ["print", *args]
        elif not {"-h", "--help"} & set(args):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Reforms, short_help="The library of reforms; show one, begin one, check your own.")
def reforms() -> None:
    """The reforms that come with the program, and your own.

    Alone it lists them; with the name of a reform or a file it prints the YAML, to copy.

    \b
    Examples:
      mwp reforms
      mwp reforms uc_taper_50 > my_reform.yaml
      mwp reforms list guarantee
      mwp reforms show nes_guarantee
      mwp reforms new taper_at_52 --parameter universal_credit.taper_rate=0.52@2026-04-06
      mwp reforms validate my_reform.yaml
      mwp calculate my_household.yaml --reform my_reform.yaml
    """


@reforms.command(name="print", hidden=True)
@click.argument("names", nargs=-1, required=True, metavar="NAME|PATH...", shell_complete=complete("reforms"))
@json_option
def print_(names: tuple[str, ...], as_json: bool) -> None:
    """Print the files of reforms as they stand."""
    from mwp.report import export

    if as_json:
        print_json(export.reforms_document([mwp.load_reform(name) for name in names]))
    else:
        _print_files(names)


@reforms.command(name="list", short_help="The library, or those of it that speak of some words.")
@click.argument("wanted", nargs=-1, metavar="[WORDS]...")
@json_option
def list_(wanted: tuple[str, ...], as_json: bool) -> None:
    """List the reforms of the library: name, where each stands, and what it changes.

    WORDS keep those whose name, title, summary, status or parameters hold all of them.

    \b
    Examples:
      mwp reforms list
      mwp reforms list taper
      mwp reforms list guarantee --json
    """
    from mwp.report import export, library
    from mwp.report import reforms as told

    found = [one for one in library.reforms() if told.speaks_of(one, wanted)]
    if not found:
        raise InputError.of(f"No reform of the library speaks of {' '.join(wanted)}. `mwp reforms` lists them all.")
    if as_json:
        print_json(export.reforms_document(found))
    else:
        from . import show_reforms

        show_reforms.several(found)


@reforms.command(short_help="One reform in full, with the law beside each value it changes.")
@click.argument("names", nargs=-1, required=True, metavar="NAME|PATH...", shell_complete=complete("reforms"))
@click.option("--yaml", "as_yaml", is_flag=True, help="Print the file as it stands.")
@json_option
def show(names: tuple[str, ...], as_yaml: bool, as_json: bool) -> None:
    """Show reforms: who proposes them, what they change and what the law has there, and any guarantee in words.

    \b
    Examples:
      mwp reforms show uc_taper_50
      mwp reforms show my_reform.yaml --json
      mwp reforms show nes_guarantee --yaml > my_guarantee.yaml
    """
    from mwp.report import export
    from mwp.report import reforms as told

    if as_yaml and as_json:
        raise click.UsageError("Give --yaml or --json, not both.")
    if as_yaml:
        _print_files(names)
        return
    found = [told.shown(name) for name in names]
    if as_json:
        print_json(export.reforms_shown_document([told.entry(one) for one in found]))
    else:
        from . import show_reforms

        show_reforms.in_full(found)


@reforms.command(short_help="Write a reform file of your own to begin from.")
@click.argument("name")
@click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="PATH=VALUE@DATE",
    help="A number of the law and what it would be from a date, as universal_credit.taper_rate=0.50@2026-04-06."
    " May be given again.",
)
@click.option(
    "--guarantee",
    metavar="DESIGN",
    help="A make-work-pay guarantee: G2 to G7, with its numbers where others than the library's are wanted:"
    " G4:most_lost=0.70.",
)
@click.option("--title", metavar="TEXT", help="The reform in a few words.  [default: from the name]")
@click.option("--summary", metavar="TEXT", help="What changes, for whom.  [default: from the numbers]")
@click.option("--source", metavar="TEXT", help="Who proposed it.  [default: My own example]")
@click.option("--status", default="proposed", show_default=True, metavar="TEXT", help="Where it stands: law, proposed"
              " or this project's proposal.")  # fmt: skip
@click.option("--legal-route", metavar="TEXT", help="What legislation it would take.")
@click.option("--output", metavar="FILE", help="Where to write it; - is standard output.  [default: NAME.yaml]")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def new(name: str, output: str | None, force: bool, **told: Any) -> None:
    """Write a reform file called NAME: what it changes, with the law beside it in comments, checked.

    \b
    Examples:
      mwp reforms new taper_at_52 --parameter universal_credit.taper_rate=0.52@2026-04-06
      mwp reforms new no_cap --parameter benefit_cap.in_force=off@2026-04-06 --title "No benefit cap"
      mwp reforms new keep_a_third --guarantee G4:most_lost=0.67 --output -
    """
    from mwp.report import files
    from mwp.report import reforms as drafts

    target = output or f"{name}.yaml"
    text = drafts.new_text(name, **told)
    if target == "-":
        click.echo(text, nl=False)
        return
    files.check_destination(target, (".yaml", ".yml"))
    if Path(target).exists() and not force:
        raise InputError.of(
            "There is a file of that name already. Give another name, or --force to write over it.",
            field=f"--output {target}",
        )
    files.write(target, {".yaml": text.encode, ".yml": text.encode})
    click.echo(f"Written to {target}", err=True)


@reforms.command(short_help="Check reform files, and say what is wrong or odd about each.")
@click.argument("names", nargs=-1, metavar="[FILE]...", shell_complete=complete("reforms"))
@json_option
def validate(names: tuple[str, ...], as_json: bool) -> None:
    """Check reform files (the library without any): every problem with its file, line and field.

    A file that can be used may still have warnings: a value that is the law's already, a date outside the law known,
    a later change of the law that it holds off.

    \b
    Examples:
      mwp reforms validate my_reform.yaml
      mwp reforms validate
    """
    from mwp import resources
    from mwp.report import export
    from mwp.report import reforms as told

    checked = [told.check(name) for name in names or resources.library("reforms")]
    if as_json:
        print_json(export.reforms_validation_document(checked))
    for one in checked:
        if not one.problems and not as_json:
            click.echo(f"{one.file}: can be used")
        for warning in one.warnings:
            click.echo(f"Warning: {warning}", err=True)
    wrong = [problem for one in checked for problem in one.problems]
    if wrong:
        raise InputError(wrong)


def _print_files(names: Sequence[str]) -> None:
    from mwp.report import library

    for place, text in enumerate([library.reform_text(name) for name in names]):
        click.echo(("---\n" if place else "") + text, nl=not text.endswith("\n"))
