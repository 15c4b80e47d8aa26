"""`mwp replay`: the question of a JSON document put again, and its figures held to the answer."""

from __future__ import annotations

import os

import click

import mwp

from .options import json_option
from .results import print_json

DIFFERENT = 1


@click.command(short_help="Put a JSON document's question again: is every figure still the same?")
@click.argument("file", metavar="FILE")
@click.option(
    "--counterexamples", is_flag=True, help="Of a certificate, only the counterexamples: each household alone."
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes to use for a certificate.  [default: one for each processor]",
)
@json_option
def replay(file: str, counterexamples: bool, workers: int | None, as_json: bool) -> None:
    """Work out again what a document that --json wrote was asked, and say whether every figure is the same.

    FILE is any such document about households, or - for standard input. Exit code 0 where every figure is the same,
    1 where one differs.

    \b
    Examples:
      mwp better-off lone_parent_two_children_leeds --job 16h@12.71 --output answer.json
      mwp replay answer.json
      mwp replay certificate.json --counterexamples
    """
    told = mwp.replay(file, counterexamples=counterexamples, workers=workers or os.cpu_count() or 1)
    if as_json:
        print_json(told.document())
    else:
        from . import show_replay

        show_replay.replay(told)
    if not told.same:
        click.get_current_context().exit(DIFFERENT)
