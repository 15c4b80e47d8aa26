"""Household files in and out."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from mwp.errors import InputError
from mwp.inputs import documents, messages
from mwp.inputs.documents import Document
from mwp.inputs.household import Household, TakeUp
from mwp.inputs.money import Money


def load_household(given: str | Path | Mapping[str, Any] | Household) -> Household:
    """A household from a file, a library name, `-` for standard input, or a mapping. Raises InputError."""
    if isinstance(given, Household):
        return given
    return _validated(documents.read(given))


def household_from(given: Mapping[str, Any] | Household) -> Household:
    """A household from a mapping in the file's format. Raises InputError."""
    if isinstance(given, Household):
        return given
    if not isinstance(given, Mapping):
        raise InputError.of(f"A household is a mapping in the file's format, not {type(given).__name__}.")
    return _validated(Document(dict(given)))


def household_from_yaml(text: str, source: str | None = None) -> Household:
    """A household from YAML text. Raises InputError with the line."""
    return _validated(documents.parse(text, source))


def household_to_yaml(household: Household) -> str:
    """The household as a file: what was told, in the file's order. Reading it back gives an equal household."""
    return yaml.dump(_plain(household), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def household_told(household: Household) -> dict[str, Any]:
    """The household as a mapping in the file's form, as JSON has it: dates are text. Reading it gives an equal one."""
    told: dict[str, Any] = json.loads(json.dumps(_plain(household), default=date.isoformat))
    return told


def household_schema() -> dict[str, Any]:
    """The JSON schema of a household file, for editors and other programs."""
    schema = Household.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "mwp household"
    return schema


def _validated(document: Document) -> Household:
    if not isinstance(document.data, dict):
        raise InputError([document.problem((), "A household file is made of keys, as in `name: ...`. This has none.")])
    try:
        household = Household.model_validate(document.data)
    except ValidationError as error:
        raise messages.input_error(error, Household, document) from None
    household._read_from = document
    return household


class _Dumper(yaml.SafeDumper):
    """Our own dumper, indenting the entries of a list, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        amount = _number(value.amount)
        return amount if value.per == "month" else {"amount": amount, "per": value.per}
    if isinstance(value, TakeUp) and not value.model_fields_set:
        return "full"
    if isinstance(value, BaseModel):
        return {key: _plain(getattr(value, key)) for key in type(value).model_fields if key in value.model_fields_set}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return _number(value) if isinstance(value, float) else value


def _number(value: float) -> float | int:
    return int(value) if value.is_integer() else value
