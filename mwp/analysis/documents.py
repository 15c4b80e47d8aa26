"""The head that every JSON document carries: its schema, the program's version, the digest of the law behind it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from mwp import resources


@lru_cache(maxsize=1)
def parameter_digest() -> str:
    """SHA-256 over every parameter file, by name: two answers with one digest stand on the same numbers."""
    folder = resources.folder("parameters")
    digest = sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def program() -> dict[str, str]:
    """Which program and which law gave the answer."""
    try:
        release = version("mwp")
    except PackageNotFoundError:
        release = "unreleased"
    return {"version": release, "parameters": parameter_digest()}


def head(schema: str, on: date, reforms: Sequence[str], household: str) -> dict[str, Any]:
    """The fields every document begins with."""
    return {
        "schema": schema,
        "mwp": program(),
        "on": on.isoformat(),
        "reforms": list(reforms),
        "household": household,
    }
