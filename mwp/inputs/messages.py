"""pydantic's errors said in the user's words, with the line: what is wrong, what was given, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from mwp.errors import InputError, Problem
from mwp.inputs.documents import Document, Loc
from mwp.inputs.money import MOST_POUNDS, Money
from mwp.inputs.names import did_you_mean, listed, snake

MISPLACED = {
    ("Adult", "disability"): "An adult's disability is told by health and pip; disability is for children.",
    ("Adult", "salary"): "Pay is hourly_wage, or earnings as in {amount: 24000, per: year}.",
    ("Adult", "wage"): "Pay an hour is hourly_wage.",
    ("Adult", "childcare"): "childcare belongs to the household, not to an adult.",
    ("Adult", "savings"): "savings belong to the household, not to an adult.",
    ("Adult", "universal_credit"): "Universal Credit is worked out. Benefits in payment go under benefits.",
    ("Child", "pip"): "A child's disability is told by disability: none, lower or higher; pip is for adults.",
    ("Child", "health"): "A child's disability is told by disability: none, lower or higher.",
    ("Child", "childcare"): "childcare belongs to the household; its children say which child it is for.",
    ("Housing", "brma"): "brma stands on its own, not under housing.",
    ("Housing", "lha"): "lha stands on its own, not under housing.",
    ("Housing", "mortgage"): "Universal Credit does not pay a mortgage. Give tenure: mortgage alone.",
    ("Household", "rent"): "rent goes under housing, as in {tenure: private_rent, rent: 800}.",
    ("Household", "tenure"): "tenure goes under housing, as in {tenure: private_rent, rent: 800}.",
    ("Household", "postcode"): "No postcode is asked for. Give local_authority and brma.",
    ("Household", "region"): "Give nation, and local_authority where it is known.",
    ("Household", "country"): "Give nation: england, scotland, wales or northern_ireland.",
    ("Household", "take_up"): "take_up goes under options.",
    ("Options", "universal_credit"): "Say it under take_up, as in {take_up: {universal_credit: false}}.",
    ("Options", "child_benefit"): "Say it under take_up, as in {take_up: {child_benefit: false}}.",
}
FURTHER = {
    ("Child", "age"): "Someone of 20 or over goes under non_dependants.",
    ("Adult", "age"): "Someone younger goes under children.",
    ("Household", "adults"): "Other adults at home go under non_dependants.",
}


def input_error(error: ValidationError, model: type[BaseModel], document: Document) -> InputError:
    """Every fault of a validation, each with the place it stands in the document."""
    return InputError(_problems(error, model, document))


def _problems(error: ValidationError, model: type[BaseModel], document: Document) -> Iterator[Problem]:
    faults = error.errors(include_url=False)
    for fault in faults:
        kind, loc, context = fault["type"], tuple(fault["loc"]), fault.get("ctx", {})
        within = [other for other in faults if len(other["loc"]) > len(loc) and tuple(other["loc"][: len(loc)]) == loc]
        if kind == "too_short" and within:
            continue  # the list is not empty: pydantic left out the entries it refused
        spot = _spot(model, loc, kind, document)
        if kind == "faults":
            for rest, told in context["faults"]:
                yield document.problem((*spot.path, *rest), told)
        else:
            yield document.problem(spot.path, _told(kind, fault["input"], context, spot))


@dataclass(frozen=True)
class _Spot:
    """Where a fault is: its path as written, the model that owns the key, the key's field, and the text typed there."""

    path: Loc
    owner: str
    keys: list[str]
    field: FieldInfo | None
    wanted: str
    written: str | None

    @property
    def name(self) -> str:
        """The last key of the path."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def further(self) -> str:
        """What more there is to say about this key."""
        return FURTHER.get((self.owner, self.name), "")

    @property
    def choices(self) -> list[str]:
        """The words allowed here."""
        return _words(self.field.annotation) if self.field else []

    @property
    def allowed(self) -> str:
        """What to give, in a sentence."""
        return _sentence(f"Give {self.wanted}{self._bounds()}", self.further)

    def _bounds(self) -> str:
        limits = {key: limit for part in (self.field.metadata if self.field else ()) for key in ("ge", "gt", "le")
                  if (limit := getattr(part, key, None)) is not None}  # fmt: skip
        most = limits.get("le", MOST_POUNDS)
        if "gt" in limits:
            return f", above {_number(limits['gt'])} and up to {_number(most)}"
        if "ge" not in limits:
            return ""
        return (
            f", {_number(limits['ge'])} or more"
            if most >= MOST_POUNDS
            else f", from {_number(limits['ge'])} to {_number(most)}"
        )


def _spot(model: type[BaseModel], loc: Loc, kind: str, document: Document) -> _Spot:
    """Follow a location through the models, leaving out the tags of unions and an `amount` nobody wrote."""
    path: list[str | int] = []
    owner: type[BaseModel] | None = model
    inner: type[BaseModel] | None = model
    info: FieldInfo | None = None
    wanted = "a value"
    for index, part in enumerate(loc):
        if (isinstance(part, int) and info is not None) or (_is_table(info) and part != "[key]"):
            path.append(part)
        elif inner is not None and part in inner.model_fields:
            owner, info = inner, inner.model_fields[str(part)]
            if part == "amount" and inner is Money and not isinstance(_value(document.data, tuple(path)), dict):
                continue
            path.append(part)
            wanted = (info.description or wanted).rstrip(".")
            inner = _model_within(info.annotation) or inner
        elif index == len(loc) - 1 and kind in ("extra_forbidden", "invalid_key"):
            path.append(part)
            owner, info = inner, None
    keys = list(owner.model_fields) if owner else []
    return _Spot(tuple(path), owner.__name__ if owner else "", keys, info, wanted, document.written(tuple(path)))


def _is_table(info: FieldInfo | None) -> bool:
    """Whether a field is a table whose keys are the user's own."""
    return info is not None and get_origin(info.annotation) is dict


def _value(data: Any, path: Loc) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _model_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)


def _words(annotation: Any) -> list[str]:
    parts = get_args(annotation)
    words = [part for part in parts if isinstance(part, str)]
    return words or [word for part in parts if not isinstance(part, str) for word in _words(part)]


def _told(kind: str, given: Any, context: dict[str, Any], spot: _Spot) -> str:
    if kind == "in_words":
        return str(context["told"])
    if kind == "extra_forbidden":
        return _unknown_key(spot)
    if kind == "missing":
        return f"This is missing. Give {spot.wanted}."
    if kind == "invalid_key":
        return f"{_shown(given, None)} cannot be a key. A key is a word."
    if given is None:
        required = spot.field is not None and spot.field.is_required()
        return f"There is nothing here. Give {spot.wanted}{'' if required else ', or leave the key out'}."
    shown = _shown(given, spot.written)
    if kind == "literal_error":
        return _not_a_choice(given, shown, spot)
    if kind in ("too_short", "too_long", "string_too_short", "string_too_long"):
        return _too_short_or_long(kind, context, spot)
    if kind in _LIMITS:
        side, key = _LIMITS[kind]
        return f"{shown} is {side} {_number(context[key])}. {spot.allowed}"
    if kind in ("float_type", "int_type", "int_from_float", "finite_number"):
        return _not_a_number(kind, given, shown, spot.allowed)
    if kind == "bool_type":
        return f"{shown} is not yes or no. Write true or false: {spot.wanted}."
    if kind == "string_type":
        if spot.written and isinstance(given, bool | int | float | date):
            return f'{shown} is not read as text. If it is meant as text, put it in quotes: "{spot.written}".'
        return f"{shown} is not text. Give {spot.wanted}."
    if kind in ("tuple_type", "list_type"):
        return f"{shown} is not a list. Start each entry with a dash, or use square brackets: {spot.wanted}."
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"{shown} has no keys. Give {spot.wanted}."
    return f"{shown} will not do. {spot.allowed}"


_LIMITS = {
    "greater_than_equal": ("below", "ge"),
    "greater_than": ("not above", "gt"),
    "less_than_equal": ("above", "le"),
    "less_than": ("not below", "lt"),
}


def _unknown_key(spot: _Spot) -> str:
    key = str(spot.path[-1])
    if hint := MISPLACED.get((spot.owner, snake(key))):
        return f"There is no key {key} here. {hint}"
    near, keys = did_you_mean(key, spot.keys), f" Keys: {', '.join(spot.keys)}."
    return f"There is no key {_cut(key)} here.{near or keys}"


def _not_a_choice(given: Any, shown: str, spot: _Spot) -> str:
    choices = spot.choices
    if choices == ["auto"]:
        return f"{shown} is not an amount. Write auto, or the amount in payment."
    if isinstance(given, bool) and "none" in choices and given is False:
        return f"{shown} is read as no, not as a word. Write none, or give {listed(choices[1:])}."
    if isinstance(given, bool):
        return f"{shown} is read as yes or no, not as a word. Give {listed(choices)}."
    return f"{shown} is not one of {listed(choices)}.{did_you_mean(given, choices) if isinstance(given, str) else ''}"


def _not_a_number(kind: str, given: Any, shown: str, allowed: str) -> str:
    if kind == "finite_number":
        return f"{shown} is not a number that can be used. {allowed}"
    if kind == "int_from_float" or (kind == "int_type" and isinstance(given, float)):
        return f"{shown} is not a whole number. {allowed}"
    if isinstance(given, bool):
        return f"{shown} is read as yes or no, not as a number. {allowed}"
    if isinstance(given, str):
        plain = given.strip().lstrip("£").replace(",", "").strip()
        if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
            return f"{shown} is text, not a number. Write {plain}, without quotes, commas or a pound sign."
        return f"{shown} is text, not a number. {allowed}"
    return f"{shown} is not a number. {allowed}"


def _too_short_or_long(kind: str, context: dict[str, Any], spot: _Spot) -> str:
    if kind == "string_too_long":
        return f"This is longer than {context['max_length']} letters. Give {spot.wanted}."
    if kind == "string_too_short":
        return f"There is nothing here. Give {spot.wanted}."
    if kind == "too_short":
        return f"The list is empty. Give {spot.wanted}."
    return _sentence(f"There are more than {context['max_length']}. Give at most {context['max_length']}", spot.further)


def _number(value: Any) -> str:
    return f"{value:,.15g}" if isinstance(value, int | float) else str(value)


def _shown(given: Any, written: str | None) -> str:
    """What was given, as it was typed where that is known."""
    if written:
        return _cut(written) if not isinstance(given, str) else _cut(repr(given))
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, dict):
        return "A set of keys" if given else "An empty set of keys"
    if isinstance(given, list | tuple):
        return "A list"
    if isinstance(given, int | float):
        return _cut(_number(given)) if abs(given) < 1e15 else _cut(str(given))
    return _cut(repr(given) if isinstance(given, str) else str(given))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _sentence(told: str, further: str = "") -> str:
    """With a full stop, and what more there is to say."""
    whole = told if told.endswith((".", "?", "!")) else f"{told}."
    return f"{whole} {further}" if further else whole
