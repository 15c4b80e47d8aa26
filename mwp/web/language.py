"""English and Welsh: every string of the pages by its id, from the catalogues beside this module.

An entry with forms (`one`, `two`, `other`, ...) is chosen by the field `n`, as the Unicode plural rules of each
language have it. Fields are named, so that a translation can put them in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from markupsafe import Markup, escape

Code = Literal["en", "cy"]
CODES: tuple[Code, ...] = ("en", "cy")
FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})


class _Loader(yaml.CSafeLoader):
    """Reads every scalar as text: `no` is a word here, not a claim."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping, whose keys must differ: a string given twice is a slip."""
        keys = [key.value for key, _ in node.value]
        if len(keys) != len(set(keys)):
            twice = sorted({key for key in keys if keys.count(key) > 1})
            raise yaml.constructor.ConstructorError(None, None, f"given twice: {', '.join(twice)}", node.start_mark)
        return super().construct_mapping(node, deep=deep)


class MissingText(KeyError):
    """A string that the catalogue does not have: a fault of the program, which a test looks for."""


class Language:
    """The words of one language."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self._texts = catalogue(code)

    @property
    def prefix(self) -> str:
        """What stands before every path of this language."""
        return "" if self.code == "en" else f"/{self.code}"

    @property
    def other(self) -> Language:
        """The other language."""
        return language("cy" if self.code == "en" else "en")

    def path(self, path: str) -> str:
        """A page's path in this language."""
        return self.prefix if self.prefix and path == "/" else f"{self.prefix}{path}"

    def has(self, id: str) -> bool:
        """Whether there is such a string."""
        return id in self._texts

    def text(self, id: str, **fields: object) -> str:
        """A string by its id, with its named fields filled in. Raises MissingText."""
        return self.needed(self.pattern(id, fields.get("n")), id).format(**fields)

    def pattern(self, id: str, n: object = None) -> str | None:
        """A string as the catalogue has it, in the form for `n`, its fields not filled in; None where there is none."""
        found = self._texts.get(id)
        return found if found is not None else self._texts.get(f"{id}.{self._form(n)}", self._texts.get(f"{id}.other"))

    def needed(self, found: str | None, id: str) -> str:
        """What was found. Raises MissingText where it is nothing."""
        if found is None:
            raise MissingText(f"{self.code}: {id}")
        return found

    def html(self, id: str, **fields: object) -> Markup:
        """A string with marks of its own (bold, a link), its fields made safe."""
        found = self.needed(self._texts.get(id), id)
        return Markup(found).format(**{key: escape(value) for key, value in fields.items()})

    def paragraphs(self, id: str) -> list[str]:
        """A longer text, paragraph by paragraph."""
        return [" ".join(part.split()) for part in self.text(id).split("\n\n") if part.strip()]

    def label(self, variable: str, nation: str = "england") -> str:
        """What an amount is called, where somebody lives. Raises MissingText."""
        for place in (f"labels_in.{nation}", "labels"):
            if found := self._texts.get(f"{place}.{variable}"):
                return found
        raise MissingText(f"{self.code}: labels.{variable}")

    def day(self, on: date) -> str:
        """A date in full: 1 November 2026."""
        return f"{on.day} {self.text(f'months.{on.month}')} {on.year}"

    def listed(self, parts: Sequence[str]) -> str:
        """a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        last = parts[-1]
        vowel = self.code == "cy" and last[:1].lower() in "aeiouwyâêîôûŵŷ"
        joined = self.text("words.and_before_vowel" if vowel else "words.and")
        return f"{', '.join(parts[:-1])} {joined} {last}"

    def hours(self, hours: float) -> str:
        """16 hours, 1 hour, 37.5 hours."""
        return self.text("words.hours", n=hours, hours=f"{hours:g}")

    def _form(self, n: object) -> str:
        if not isinstance(n, int | float):
            return "other"
        if self.code == "en":
            return "one" if n == 1 else "other"
        return {0.0: "zero", 1.0: "one", 2.0: "two", 3.0: "few", 6.0: "many"}.get(float(n), "other")


def money(amount: float) -> str:
    """£1,234.50, or £408 where there are no pence; whatever its sign."""
    return f"£{abs(round(amount, 2)):,.2f}".removesuffix(".00")


def signed_money(amount: float) -> str:
    """£1,234.50, with a minus sign before it where it is less than nothing."""
    return f"\N{MINUS SIGN}{money(amount)}" if round(amount, 2) < 0 else money(amount)


def sentence_case(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


@cache
def language(code: Code) -> Language:
    """The words of a language, read once."""
    return Language(code)


def language_of_path(path: str) -> Language:
    """The language that a path is in."""
    return language("cy" if path == "/cy" or path.startswith("/cy/") else "en")


@cache
def catalogue(code: Code) -> Mapping[str, str]:
    """Every string of a language by its id: `start.title`."""
    path = Path(__file__).with_name("catalogues") / f"{code}.yaml"
    texts: dict[str, str] = {}
    _flatten(yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader), "", texts)
    return texts


def _flatten(node: Mapping[str, Any], under: str, into: dict[str, str]) -> None:
    for key, value in node.items():
        if isinstance(value, Mapping):
            _flatten(value, f"{under}{key}.", into)
        else:
            into[f"{under}{key}"] = str(value).rstrip("\n")
