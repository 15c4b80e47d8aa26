"""Where answers go: a document on standard output, or a file."""

from __future__ import annotations

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
