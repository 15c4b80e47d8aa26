"""The laws that the rules cite: what each is called in full and where it can be read, from `laws.yaml` beside this.

Rules cite as lawyers do, shortly: `SI 2013/376 reg 22(1)(b)`. Here that becomes something anyone can look up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

SITE = "https://www.legislation.gov.uk/"


@dataclass(frozen=True)
class Law:
    """A law by the name that rules cite it with: its title, and its address."""

    cited: str
    title: str
    href: str

    @property
    def in_full(self) -> str:
        """The title, with what it is cited by after it where that is shorter."""
        return f"{self.title} ({self.cited})" if self.is_short else self.title

    @property
    def is_short(self) -> bool:
        """Whether it is cited by less than its title."""
        return self.cited != self.title


@dataclass(frozen=True)
class Piece:
    """A part of a citation: its text, and an address where it names a law."""

    text: str
    href: str = ""


@cache
def laws() -> Mapping[str, Law]:
    """Every law that is cited, by the name it is cited with."""
    read = yaml.safe_load(Path(__file__).with_name("laws.yaml").read_text(encoding="utf-8"))
    return {cited: Law(cited, one["title"], SITE + one["path"]) for cited, one in read.items()}


def cited_in(texts: Iterable[str]) -> list[Law]:
    """The laws named in citations, each once, in the order in which they come."""
    found = dict.fromkeys(match[0] for text in texts for match in _named().finditer(text))
    return [laws()[cited] for cited in found]


def pieces(cites: str) -> list[Piece]:
    """A citation with its laws in full: `SI 2013/376 reg 22` leads to that regulation of those on Universal Credit.

    A part that begins with a law and names no other is an address as a whole, so that each can be told from the next. A
    part that begins with a provision means one of the law before it.
    """
    found: list[Piece] = []
    before: Law | None = None
    for n, part in enumerate(cites.split(";")):
        if n:
            found.append(Piece("; "))
        found += _pieces_of(part.strip(), before)
        before = next(iter(reversed(cited_in([part]))), before)
    return found


def _pieces_of(part: str, before: Law | None) -> list[Piece]:
    mentions = list(_named().finditer(part))
    if not mentions and before and (provision := _provision(f" {part}")):
        return [Piece(part, before.href + provision)]
    if len(mentions) == 1 and mentions[0].start() == 0:
        law = laws()[mentions[0][0]]
        return [Piece(law.in_full + part[mentions[0].end() :], law.href + _provision(part[mentions[0].end() :]))]
    found, at = [], 0
    for match in mentions:
        law = laws()[match[0]]
        found += [Piece(part[at : match.start()]), Piece(law.in_full, law.href)]
        at = match.end()
    return [piece for piece in (*found, Piece(part[at:])) if piece.text]


_PROVISIONS = {"reg": "regulation", "art": "article", "s": "section", "Sch": "schedule", "Part": "part"}


def _provision(rest: str) -> str:
    """The path of the first provision named after a law; nothing where none is."""
    told = re.match(r" (reg|art|s|Sch|Part)s*\.? ?(\d+[A-Z]*)\b", rest)
    return f"/{_PROVISIONS[told[1]]}/{told[2]}" if told else ""


@cache
def _named() -> re.Pattern[str]:
    longest_first = sorted(laws(), key=len, reverse=True)
    return re.compile("|".join(rf"(?<![\w/]){re.escape(one)}(?![\w/])" for one in longest_first))
