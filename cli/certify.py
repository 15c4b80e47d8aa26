"""`mwp certify`: proves or refutes that work pays under a reform, over a universe of household types."""

from __future__ import annotations

import os
from typing import Any

import click

import mwp

from .options import json_option, on_option, output_option, reform_option, standing_options, value_option
from .results import print_json, progress, write
from .sweeps import command_given

REFUTED = 1


@click.command(short_help="Prove or refute that work pays, over a universe of household types.")
@reform_option
@click.option(
    "--universe",
    default="standard",
    show_default=True,
    metavar="NAME|PATH",
    help="Household types: standard (over 5,000), wide (over 100,000), library, a household file or a folder of them.",
)
@click.option("--household", metavar="ID", help="Only this household of the universe: to run a counterexample again.")
@click.option(
    "--measure",
    metavar="NAME",
    help="What is left: net_income, net_resources, net_resources_after_childcare, net_after_work_costs or"
    " cash_after_work_costs."
    "  [default: the guarantee's own; without one net_after_work_costs]",
)
@on_option
@value_option
@standing_options
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Processes to use.  [default: one for each processor]"
)
@click.option(
    "--counterexamples",
    metavar="FOLDER",
    help="Also write each household that shows something as a file there, ready for `mwp sweep`.",
)
@json_option
@output_option(".json, .html or .pdf")
def certify(
    reforms: tuple[str, ...],
    universe: str,
    household: str | None,
    workers: int | None,
    counterexamples: str | None,
    as_json: bool,
    output: str | None,
    **asked: Any,
) -> None:
    """Does work always pay under the reforms? Every household type of a universe, along each adult's earnings, worked
    out anew from the rules at every kink, both sides of every jump and many points more; couples also jointly.

    What is claimed is the guarantee's own promise; without a guarantee, that more earnings never leave less. Without
    --reform it is current law that is certified, and refuted. Exit code 0 proved, 1 refuted.

    \b
    Examples:
      mwp certify --reform nes_guarantee
      mwp certify --universe library
      mwp certify --reform uc_taper_50 --output certificate.html --counterexamples .
      mwp certify --reform nes_guarantee --universe wide --workers 2 --json
    """
    from mwp.report import certificate_export, files

    if output:
        files.check_destination(output, certificate_export.ENDINGS)
    if counterexamples:
        files.check_destination(os.path.join(counterexamples, "household.yaml"), (".yaml",))
    with progress("Households") as done:
        told = mwp.certify(
            reforms,
            universe,
            household=household,
            workers=workers or os.cpu_count() or 1,
            progress=done,
            **asked,
        )
    if as_json:
        print_json(certificate_export.document(told))
    if output:
        write(output, certificate_export.makers(told, command_given()))
    if counterexamples:
        for path in certificate_export.write_households(told, counterexamples):
            click.echo(f"Written to {path}", err=True)
    if not as_json and not output:
        from . import show_certify

        show_certify.certificate(told)
    if not told.proved:
        click.get_current_context().exit(REFUTED)
