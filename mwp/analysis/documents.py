"""What JSON documents share: schema, the program's version, the digest of the law behind it, and the question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from mwp import resources
from mwp.inputs.household import Household
from mwp.inputs.loading import household_told
from mwp.inputs.money import Money
from mwp.inputs.reform import Reform


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


@dataclass(frozen=True)
class Asked:
    """A question as it was put to the program: its arguments by name, enough to put it again."""

    arguments: Mapping[str, Any]

    def entry(self) -> dict[str, Any]:
        """The question as it stands in a document: households and reforms whole, nothing that was left out."""
        return {"asked": {name: _told(value) for name, value in self.arguments.items() if value is not None}}


def question(asked: Asked | None) -> dict[str, Any]:
    """What a document says of its question; nothing where an answer was not asked for by itself."""
    return asked.entry() if asked else {}


def _told(value: Any) -> Any:
    if isinstance(value, Household):
        return household_told(value)
    if isinstance(value, Reform):
        return {"name": value.name} | value.model_dump(mode="json", exclude_unset=True)
    if isinstance(value, Money):
        return {"amount": value.amount, "per": value.per}
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        return {name: _told(part) for name, part in told.items() if part is not None}
    if isinstance(value, Mapping):
        return {str(name): _told(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_told(part) for part in value]
    return value if isinstance(value, bool | int | float) else str(value)
