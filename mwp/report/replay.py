"""Questions put again: documents hold what was asked, so that their figures can be held against the program.

A figure is a number, yes or no, or that there is none. It is the same where it is within `TOLERANCE` of what it was
(or, of large ones, a billionth). Sentences and names are counted apart, and what a newer program tells beside is no
fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import Parameter, signature
from math import isclose
from pathlib import Path
from typing import Any

from mwp.analysis import documents
from mwp.errors import InputError
from mwp.inputs.documents import standard_input
from mwp.inputs.loading import load_household
from mwp.inputs.names import did_you_mean, listed
from mwp.inputs.reform import load_reform
from mwp.report import (
    certificate_export,
    compare_export,
    export,
    placement_export,
    requests,
    schedule_export,
    solve_export,
)

SCHEMA = "mwp.replay/1"
TOLERANCE = 1e-6
"""Pounds, or whatever a figure counts: figures nearer than this are the same."""
MOST_BYTES = 1_000_000_000
_RELATIVE = 1e-9
_ABOUT = frozenset({"schema", "mwp", "asked"})
_GONE = object()

Verbs = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True)
class _Kind:
    """A kind of document: the verb of the public face that answers its question, and how the answer becomes one."""

    verb: str
    made: Callable[[Any], dict[str, Any]]


_KINDS = {
    "mwp.calculate/1": _Kind("calculate", export.calculation_document),
    "mwp.better-off/1": _Kind("better_off", export.better_off_document),
    "mwp.explain/1": _Kind("explain", export.explanation_document),
    "mwp.sweep/1": _Kind("schedule", lambda found: schedule_export.sweeps_document([found])),
    "mwp.cliffs/1": _Kind("schedule", lambda found: schedule_export.cliffs_document([found])),
    "mwp.surface/1": _Kind("surface", lambda found: schedule_export.surfaces_document([found])),
    "mwp.metr/1": _Kind("distribution", schedule_export.distribution_document),
    "mwp.compare/1": _Kind("compare", compare_export.document),
    "mwp.solve/1": _Kind("solve", solve_export.solution_document),
    "mwp.certificate/1": _Kind("certify", certificate_export.document),
    "mwp.placement/1": _Kind("placement", placement_export.placement_document),
    "mwp.placement-account/1": _Kind("placement_account", placement_export.account_document),
    "mwp.timeline/1": _Kind("timeline", placement_export.timeline_document),
}
_SEVERAL = "mwp.documents/1"
_OF_A_POPULATION = (
    "This stands on the tables of a population, which it does not hold: ask `mwp population` again of them."
)
_A_LIST = "This lists what there is. Nothing in it was worked out for a question."
_NO_ANSWERS = {
    **dict.fromkeys(
        (
            "mwp.population-run/1", "mwp.population-comparison/1", "mwp.population-metr/1", "mwp.population-sweep/1",
            "mwp.population-guarantee/1", "mwp.population-description/1", "mwp.population-validation/1",
            "mwp.population-import/1",
        ),
        _OF_A_POPULATION,
    ),
    **dict.fromkeys(
        (
            "mwp.household/1", "mwp.households/1", "mwp.parameters/1", "mwp.reforms/1", "mwp.validation/1",
            "mwp.variables/1",
        ),
        _A_LIST,
    ),
    SCHEMA: "This says how a document was put again. Give the document itself.",
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """A figure that is not what it was: where it stands, and None on the side where it is not told or is none."""

    figure: str
    then: float | bool | None
    now: float | bool | None

    @property
    def by(self) -> float | None:
        """How much larger it is now; None where one of the two is no number."""
        numbers = [one for one in (self.then, self.now) if one is not None and not isinstance(one, bool)]
        return numbers[1] - numbers[0] if len(numbers) == 2 else None


@dataclass(frozen=True)
class Replayed:
    """One document put again: how many figures it has, those that differ, and how many of its words do."""

    schema: str
    household: str
    on: str
    reforms: tuple[str, ...]
    version: str
    parameters: str
    figures: int
    differences: tuple[Difference, ...]
    words: int

    @property
    def same(self) -> bool:
        """Whether every figure is what it was."""
        return not self.differences


@dataclass(frozen=True)
class Replay:
    """A file of one document or several, put again."""

    documents: tuple[Replayed, ...]

    @property
    def same(self) -> bool:
        """Whether every figure of every document is what it was."""
        return all(one.same for one in self.documents)

    def document(self) -> dict[str, Any]:
        """The `mwp.replay/1` JSON document."""
        return {
            "schema": SCHEMA,
            "mwp": documents.program(),
            "same": self.same,
            "tolerance": TOLERANCE,
            "documents": [
                {
                    "of": one.schema,
                    "household": one.household,
                    "on": one.on,
                    "reforms": list(one.reforms),
                    "then": {"version": one.version, "parameters": one.parameters},
                    "same": one.same,
                    "figures": one.figures,
                    "differences": [vars(each) | {"by": each.by} for each in one.differences],
                    "words_differ": one.words,
                }
                for one in self.documents
            ],
        }


def replay(given: str | Path | Mapping[str, Any], verbs: Verbs, *, counterexamples: bool = False) -> Replay:
    """The document's question, or each one's, put again to the `verbs` of the public face, and the figures compared.

    `counterexamples` puts only those of a certificate again. Raises InputError with file and field.
    """
    source = None if isinstance(given, Mapping) else "standard input" if str(given) == "-" else str(given)
    try:
        told = dict(given) if isinstance(given, Mapping) else _read(given)
        every = {**verbs, "distribution": schedule_export.distribution}
        if told.get("schema") != _SEVERAL:
            return Replay((_again(told, every, counterexamples),))
        found = []
        for place, one in enumerate(_of(told, "documents", list, "a list of documents")):
            with_place = f"documents {place + 1}"
            try:
                found.append(_again(_mapping(one), every, counterexamples))
            except InputError as error:
                raise _under(error, with_place) from None
        return Replay(tuple(found))
    except InputError as error:
        raise InputError(replace(one, source=source, line=None) for one in error.problems) from None


def _read(given: str | Path) -> dict[str, Any]:
    if str(given) == "-":
        text = standard_input(MOST_BYTES)
    else:
        try:
            text = Path(given).read_bytes()
        except OSError as error:
            raise InputError.of(f"The file cannot be read: {error.strerror or error}.") from None
    try:
        return _mapping(requests.read_json(text))
    except requests.Unreadable as error:
        raise InputError.of(f"{error} Give a document that `mwp ... --json` wrote.") from None


def _mapping(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise InputError.of("This is no document: give one that `mwp ... --json` wrote.")
    return told


def _again(told: dict[str, Any], verbs: Verbs, counterexamples: bool) -> Replayed:
    kind = _kind(told)
    verb = verbs[kind.verb]
    question = _question(told, kind.verb, verb)
    if not counterexamples:
        return _compared(told, told, kind.made(verb(**question)))
    if kind.verb != "certify":
        raise InputError.of("Only a certificate has counterexamples.", field="schema")
    then = _of(told, "counterexamples", list, "a list")
    alone: dict[str, Any] = {}
    now: list[Any] = []
    for one in map(_mapping, then):
        name = _of(one, "household", str, "a household of the universe")
        if name not in alone:
            alone[name] = kind.made(verb(**question | {"household": name}))["counterexamples"]
        now.append(next((each for each in alone[name] if each["shows"] == one.get("shows")), {}))
    return _compared(told, {"counterexamples": then}, {"counterexamples": now})


def _kind(told: Mapping[str, Any]) -> _Kind:
    schema = _of(told, "schema", str, "the form of the document, as mwp.better-off/1")
    if schema in _NO_ANSWERS:
        raise InputError.of(_NO_ANSWERS[schema], field="schema")
    if schema not in _KINDS:
        known = [*_KINDS, _SEVERAL]
        raise InputError.of(
            f"There is no document called {schema[:60]}.{did_you_mean(schema[:60], known)} Known are"
            f" {listed(known, 'and')}.",
            field="schema",
        )
    return _KINDS[schema]


def _of(told: Mapping[str, Any], key: str, kind: type, what: str) -> Any:
    if not isinstance(told.get(key), kind):
        raise InputError.of(f"{'This is missing' if key not in told else 'This will not do'}: give {what}.", field=key)
    return told[key]


# The question


def _question(told: Mapping[str, Any], name: str, verb: Callable[..., Any]) -> dict[str, Any]:
    """The arguments for a verb, checked. Raises InputError."""
    if "asked" not in told:
        message = "This is missing: the document does not hold its question. Have it written by `mwp ... --json` again."
        raise InputError.of(message, field="asked")
    asked = _of(told, "asked", dict, "the question, as `mwp ... --json` writes it")
    known = {
        one.name: one.default for one in signature(verb).parameters.values() if one.kind is not Parameter.VAR_KEYWORD
    } | (dict.fromkeys(_PATH) if name == "distribution" else {})
    found: dict[str, Any] = {}
    for key, value in asked.items():
        if key not in known or key not in _ARGUMENTS:
            message = f"A question of this kind has no {key[:60]}.{did_you_mean(key[:60], known)}"
            raise InputError.of(message, field=f"asked, {key[:60]}")
        argument = _ONE_OF_A_UNIVERSE if (name, key) == ("certify", "household") else _ARGUMENTS[key]
        try:
            found[key] = argument(value)
        except InputError as error:
            raise _under(error, "asked", key) from None
    for key, default in known.items():
        if key not in found and default is Parameter.empty:
            raise InputError.of("This is missing.", field=f"asked, {key}")
    return found


def _under(error: InputError, *where: str) -> InputError:
    return InputError(
        replace(one, field=", ".join([*where, *([one.field] if one.field else [])])) for one in error.problems
    )


def _plain(allowed: str, *kinds: type) -> Callable[[Any], Any]:
    """An argument that is handed on as it is, if it is of one of the kinds."""

    def checked(value: Any) -> Any:
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise InputError.of(f"This will not do: give {allowed}.")
        return value

    return checked


def _each(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A list of arguments."""

    def checked(value: Any) -> Any:
        if not isinstance(value, list):
            raise InputError.of("This will not do: give a list.")
        found = []
        for place, part in enumerate(value):
            try:
                found.append(one(part))
            except InputError as error:
                raise _under(error, str(place + 1)) from None
        return found

    return checked


def _household(value: Any) -> Any:
    return load_household(_object(value))


def _reform(value: Any) -> Any:
    return load_reform(_object(value))


def _laid(value: Any) -> Any:
    return _each(_reform)(value) if isinstance(value, list) else _reform(value)


def _job(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return requests.job({key: part for key, part in _object(value).items() if key != "label"})


def _jobs(value: Any) -> Any:
    return _each(_job)(value) if isinstance(value, list) else _job(value)


_text, _flag = _plain("text", str), _plain("true or false", bool)
_number, _count = _plain("a number", int, float), _plain("a whole number", int)
_text_or_number = _plain("a number or a name", int, float, str)
_object = _plain("an object, as a file has it", dict)


def _texts(value: Any) -> Any:
    return _each(_text)(value) if isinstance(value, list) else _text(value)


def _numbers(many: int) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        found = _each(_number)(value)
        if len(found) != many:
            raise InputError.of(f"This will not do: give {many} numbers.")
        return tuple(found)

    return checked


def _changes(value: Any) -> Any:
    return {key: _numbers(2)(part) for key, part in value.items()} if isinstance(value, dict) else _texts(value)


def _bands(value: Any) -> Any:
    return _text(value) if isinstance(value, str) else _each(_numbers(3))(value)


def _standing(value: Any) -> Any:
    told = _object(value)
    for key, part in told.items():
        (_count if key == "month" else _flag)(part)
    return told


_PATH = ("earner", "mode", "wage", "hours", "to", "measure", "value", "standing")
_ONE_OF_A_UNIVERSE = _text
_ARGUMENTS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("household",), _household),
    **dict.fromkeys(("households", "homes"), _each(_household)),
    **dict.fromkeys(("reform", "same_cost_as"), _each(_reform)),
    "reforms": _each(_laid),
    "jobs": _jobs,
    "partner_jobs": _jobs,
    "job": _job,
    "wage": _text_or_number,
    **dict.fromkeys(("hours", "to", "support_cost"), _number),
    **dict.fromkeys(("weeks", "after", "sample"), _count),
    **dict.fromkeys(("exhaustive", "every_step"), _flag),
    **dict.fromkeys(("at", "days"), _each(_text)),
    "targets": _texts,
    "changes": _changes,
    "within": _numbers(2),
    "cost_over": _bands,
    "standing": _standing,
    **dict.fromkeys(
        (
            "on", "starts", "ends", "value", "earner", "mode", "measure", "variable", "universe", "segment", "support",
            "childcare", "travel",
        ),
        _text,
    ),
}  # fmt: skip
"""What each argument of a question is read as."""


# The figures


def _compared(head: Mapping[str, Any], then: Any, now: Any) -> Replayed:
    figures, words, differences = 0, 0, []
    for place, one, other in _leaves(then, now):
        if isinstance(one, str) or isinstance(other, str):
            words += one != other
            continue
        figures += one is not _GONE
        if not _same(one, other):
            told = [None if each is _GONE else each for each in (one, other)]
            differences.append(Difference(".".join(place), told[0], told[1]))
    program = head.get("mwp") if isinstance(head.get("mwp"), dict) else {}
    assert isinstance(program, dict)
    names = head.get("reforms", ())
    return Replayed(
        str(head["schema"]),
        str(head.get("household", "")),
        str(head.get("on", "")),
        tuple(str(one) for one in names if isinstance(one, str)) if isinstance(names, Sequence) else (),
        str(program.get("version", "unknown")),
        str(program.get("parameters", "unknown")),
        figures,
        tuple(differences),
        words,
    )


def _leaves(then: Any, now: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Every figure and word of a document beside what stands there now; of a list also what there is more of now."""
    if isinstance(then, dict):
        for key, part in then.items():
            if place or key not in _ABOUT:
                yield from _leaves(part, now.get(key, _GONE) if isinstance(now, dict) else _GONE, (*place, key))
    elif isinstance(then, list):
        beside = now if isinstance(now, list) else []
        for number in range(max(len(then), len(beside))):
            sides = [side[number] if number < len(side) else _GONE for side in (then, beside)]
            yield from _leaves(sides[0], sides[1], (*place, str(number + 1)))
    elif isinstance(now, dict | list):
        for key, part in now.items() if isinstance(now, dict) else enumerate(now, 1):
            yield from _leaves(_GONE, part, (*place, str(key)))
    else:
        yield place, then, now


def _same(one: Any, other: Any) -> bool:
    if any(each is None or each is _GONE or isinstance(each, bool) for each in (one, other)):
        return one is other
    return isclose(one, other, rel_tol=_RELATIVE, abs_tol=TOLERANCE)
