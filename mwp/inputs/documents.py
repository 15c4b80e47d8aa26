"""YAML text with the line of every value, read strictly.

Refused with the line, rather than read in silence as something else: a key given twice, 1:30 (YAML makes it 90),
007 (YAML makes it octal), anchors, tags, and nesting deeper than any file of ours.
"""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from mwp import resources
from mwp.errors import InputError, Problem
from mwp.inputs.names import did_you_mean

try:
    from yaml import CSafeLoader as _FastLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _FastLoader  # type: ignore[assignment]

Loc = tuple[str | int, ...]

MOST_BYTES = 1_000_000
DEEPEST = 20
_CLOCK = re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?")
_OTHER_BASE = re.compile(r"[-+]?(0[0-9_]+|0[bxo][0-9a-fA-F_]+)")
_SCALARS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp")}


class _Loader(_FastLoader):
    """Our own loader: policyengine-core changes the shared one, and a date would become text once it is imported."""


def _day(loader: Any, node: Any) -> Any:
    return loader.construct_yaml_timestamp(node)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


@dataclass(frozen=True)
class Place:
    """Where a value stands (lines count from 1), and how it was written."""

    line: int
    written: str | None = None


@dataclass(frozen=True)
class Document:
    """What was read: plain data, and the place of each value by its path, as ("adults", 0, "hours")."""

    data: Any
    source: str | None = None
    places: Mapping[Loc, Place] = field(default_factory=dict)

    def place(self, path: Loc) -> Place | None:
        """The place of the value, or of the nearest thing that holds it."""
        for end in range(len(path), 0, -1):
            if found := self.places.get(tuple(path[:end])):
                return found
        return Place(1) if self.places else None

    def written(self, path: Loc) -> str | None:
        """The value as it was typed, where it is a single one."""
        found = self.places.get(tuple(path))
        return found.written if found else None

    def problem(self, path: Loc, message: str) -> Problem:
        """A problem at a path, with its line."""
        place = self.place(path)
        return Problem(message, self.source, place.line if place else None, in_words(path), path)


def in_words(path: Loc) -> str | None:
    """A path as people say it: ("adults", 0, "hours") is "adults 1, hours"."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(str(part))
    return ", ".join(words) or None


def read(given: object, library: str = "households", thing: str = "household") -> Document:
    """A document from a path, a library name (with or without .yaml), `-` for standard input, or a mapping.

    Raises InputError where there is no such thing, or it cannot be read.
    """
    if isinstance(given, Mapping):
        return Document(dict(given))
    if isinstance(given, str) and given == "-":
        return parse(_decoded(standard_input(), "standard input"), "standard input")
    if isinstance(given, str | Path):
        path = _find(given, library, thing)
        return parse(_decoded(_bytes_of(path), str(path)), str(path))
    raise InputError.of(f"A {thing} is a file, a name from the library or a mapping, not {_kind(given)}.")


def parse(text: str, source: str | None = None) -> Document:
    """A document from YAML text. Raises InputError with the line."""
    return _Reader(text, source).document()


def _find(given: str | Path, library: str, thing: str) -> Path:
    if not str(given).strip():
        raise InputError.of(f"No {thing} is given. Name a file or one of the library: `mwp {library}` lists it.")
    path, names = Path(given), resources.library(library)
    name = path.name.removesuffix(".yaml").removesuffix(".yml")
    bare = isinstance(given, str) and path.name == given
    if bare and given in names:
        return names[given]
    try:
        if path.exists():
            return path
    except (OSError, ValueError):
        pass
    if bare and name in names:
        return names[name]
    if bare and path.suffix not in (".yaml", ".yml"):
        raise InputError.of(
            f"There is no {thing} called {given} in the library, and no file of that name."
            f"{did_you_mean(given, names)} `mwp {library}` lists the library."
        )
    raise InputError.of(f"There is no file {given}.{did_you_mean(name, names) if bare else ''}")


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError.of("This is a folder. Give a file.", str(path))
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError.of(f"The file cannot be read: {error.strerror or error}.", str(path)) from None


def standard_input(most: int = MOST_BYTES) -> bytes:
    """What stands on standard input, up to one byte more than the most that is wanted."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is not None:
        return bytes(stream.read(most + 1))
    return sys.stdin.read(most + 1).encode("utf-8", "surrogatepass")


def _decoded(raw: bytes, source: str) -> str:
    if len(raw) > MOST_BYTES:
        raise InputError.of("The file is larger than a megabyte. A household needs a page or two.", source)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError.of("The file is not UTF-8 text. Save it as UTF-8.", source, line) from None


def _kind(value: object) -> str:
    return {bool: "yes or no", int: "a number", float: "a number", list: "a list", type(None): "nothing"}.get(
        type(value), type(value).__name__
    )


class _Reader:
    """Builds plain data from YAML's events, one level at a time, so that hostile nesting cannot exhaust the stack."""

    def __init__(self, text: str, source: str | None) -> None:
        self.text, self.source = text, source
        self.places: dict[Loc, Place] = {}
        self.problems: list[Problem] = []

    def document(self) -> Document:
        try:
            self.loader = _Loader(self.text)
            self._resolve: Any = self.loader.resolve
            data = self._whole()
        except (yaml.YAMLError, UnicodeError) as error:
            self._unreadable(error)
        if self.problems:
            raise InputError(self.problems)
        return Document(data, self.source, self.places)

    def _whole(self) -> Any:
        self._next()  # the start of the stream
        if isinstance(self._next(), yaml.StreamEndEvent):
            self._fail(1, "The file is empty.")
        data = self._value(self._next(), ())
        self._next()  # the end of the document
        extra = self._next()
        if not isinstance(extra, yaml.StreamEndEvent):
            self._fail(_line(extra), "The file holds more than one document (a line of ---). Give each its own file.")
        if data is None:
            self._fail(1, "The file is empty.")
        return data

    def _next(self) -> Any:
        return self.loader.get_event()

    def _value(self, event: Any, path: Loc) -> Any:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._fail(_line(event), "Anchors and aliases (& and *) are not read. Write the values out.")
        if len(path) > DEEPEST:
            self._fail(_line(event), f"This is nested more than {DEEPEST} deep. No file of ours is.")
        if isinstance(event, yaml.CollectionStartEvent) and event.tag is not None:
            self._fail(_line(event), f"Tags ({event.tag[:40]}) are not read. Write the values alone.")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, path)

    def _mapping(self, path: Loc) -> dict[str, Any]:
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._fail(_line(event), "A key must be a word. Is there a bracket or a dash too many?")
            key, line = str(event.value), _line(event)
            here = (*path, key)
            value_event = self._next()
            single = isinstance(value_event, yaml.ScalarEvent)
            if key in lines:
                told = f"{key} is given twice, on lines {lines[key]} and {line}. Keep one."
                self.problems.append(Problem(told, self.source, line, in_words(here), here))
            lines[key] = line
            self.places[here] = Place(_line(value_event) if single and value_event.value else line)
            found[key] = self._value(value_event, here)
        return found

    def _sequence(self, path: Loc) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            here = (*path, len(found))
            self.places[here] = Place(_line(event))
            found.append(self._value(event, here))
        return found

    def _scalar(self, event: Any, path: Loc) -> Any:
        line, written = _line(event), event.value
        self.places[path] = Place(self.places[path].line if path in self.places else line, written)
        tag = event.tag
        if tag is None or tag == "!":
            tag = self._resolve(yaml.ScalarNode, written, event.implicit)
        if event.tag is not None or tag not in _SCALARS:
            return self._not_plain(path, written, tag if event.tag is None else event.tag)
        if tag.endswith((":int", ":float")):
            return self._number(path, written, tag)
        try:
            return self.loader.construct_object(yaml.ScalarNode(tag, written))
        except (ValueError, OverflowError):
            return self._note(path, f"There is no {written} in the calendar. Write year, month and day: 1995-03-14.")

    def _number(self, path: Loc, written: str, tag: str) -> Any:
        if _CLOCK.fullmatch(written):
            return self._note(path, f"{written} looks like a time of day. Write a plain number: 1.5, not 1:30.")
        if _OTHER_BASE.fullmatch(written):
            return self._note(path, f"{written} is not a plain number. Write it without the leading 0.")
        try:
            return self.loader.construct_object(yaml.ScalarNode(tag, written))
        except (ValueError, OverflowError):
            return self._note(path, f"{written[:40]} is not a number this program can hold.")

    def _not_plain(self, path: Loc, written: str, tag: str) -> None:
        if tag == "tag:yaml.org,2002:merge" or written == "=":
            return self._note(path, f"{written} is not a value. Write the values out.")
        return self._note(path, f"Tags ({tag[:40]}) are not read. Write the value alone.")

    def _note(self, path: Loc, told: str) -> None:
        place = self.places.get(path)
        self.problems.append(Problem(told, self.source, place.line if place else 1, in_words(path), path))

    def _fail(self, line: int, told: str) -> NoReturn:
        raise InputError([*self.problems, Problem(told, self.source, line)])

    def _unreadable(self, error: Exception) -> NoReturn:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        said = str(getattr(error, "problem", None) or "a character YAML does not allow")
        line = mark.line + 1 if mark else self._line_of_bad_character()
        if "tab" in said or "cannot start any token" in said:
            advice = "Indent with spaces, not tabs, and put text with special characters in quotes."
        else:
            advice = "Look for a missing space after a colon, uneven indentation, or an open bracket or quote."
        raise InputError(
            [*self.problems, Problem(f"This cannot be read as YAML ({said}). {advice}", self.source, line)]
        )

    def _line_of_bad_character(self) -> int:
        bad = re.search(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", self.text)
        return self.text.count("\n", 0, bad.start()) + 1 if bad else 1


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
