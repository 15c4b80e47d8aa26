"""The reform file: what would change in the law, from which date, and who proposes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationError, model_validator

from mwp.core import parameters
from mwp.errors import InputError
from mwp.inputs import documents, messages
from mwp.inputs.dates import iso_date
from mwp.inputs.fields import Faults, Model, in_words
from mwp.inputs.names import did_you_mean


def _day(given: Any) -> str:
    if isinstance(given, date):
        return given.isoformat()
    try:
        return iso_date(str(given)).isoformat()
    except ValueError as error:
        raise in_words(str(error)) from None


class Source(Model):
    """Who proposed it, and where."""

    title: str = Field(min_length=1, description="the document or the proposer")
    href: str | None = Field(default=None, description="its address")


class Reform(Model):
    """A change of the law's numbers from a date on."""

    title: str = Field(min_length=1, max_length=200, description="the reform in a few words")
    summary: str = Field(min_length=1, description="what changes, for whom, in a sentence or two")
    source: Source = Field(description="who proposed it, and where")
    status: Literal["law", "proposed", "this project's proposal"] = Field(description="where it stands")
    legal_route: str = Field(default="", description="what legislation it would take")
    parameters: dict[str, dict[Annotated[str, BeforeValidator(_day)], float]] = Field(
        min_length=1, description="each parameter's new value from a date, as universal_credit.taper_rate"
    )

    _name: str = PrivateAttr(default="")

    @model_validator(mode="after")
    def _check(self) -> Reform:
        faults = Faults()
        known = parameter_paths()
        for path in self.parameters:
            if path not in known:
                faults.add(("parameters", path), f"no parameter is called {path}.{did_you_mean(path, known)}")
        faults.raise_any()
        return self

    @property
    def name(self) -> str:
        """The name of its file, or its title."""
        return self._name or self.title


def load_reform(given: str | Path | Mapping[str, Any] | Reform) -> Reform:
    """A reform from a file, a library name or a mapping. Raises InputError, with file and line."""
    if isinstance(given, Reform):
        return given
    document = documents.read(given, library="reforms", thing="reform")
    if not isinstance(document.data, dict):
        raise InputError([document.problem((), "A reform file is made of keys, as in `title: ...`. This has none.")])
    try:
        reform = Reform.model_validate(document.data)
    except ValidationError as error:
        raise messages.input_error(error, Reform, document) from None
    reform._name = Path(document.source).stem if document.source else ""
    return reform


@lru_cache(maxsize=1)
def parameter_paths() -> frozenset[str]:
    """The path of every parameter that has a value, as universal_credit.taper_rate."""
    return frozenset(leaf.path for leaf in parameters.leaves())
