"""Where answers go: a document on standard output, or a file. And how far one that takes long has got."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click


def print_json(document: Any) -> None:
    """Print the document, and nothing else."""
    from mwp.report import export

    click.echo(export.as_json(document), nl=False)


def write(path: str, makers: Any) -> None:
    """Write the file whose ending is asked for, and say so on standard error."""
    from mwp.report import files

    files.write(path, makers)
    click.echo(f"Written to {path}", err=True)


@contextmanager
def progress(what: str, *, shown: bool = True) -> Iterator[Callable[..., None] | None]:
    """A bar on standard error, where that is a terminal: to be told how many are done and, where known, of how many."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of=None: bar.update(task, completed=done, total=of)
