"""Blocks of an answer: a heading, sentences, a table, sentences below it. Terminal and pages lay out the same ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from mwp.report import page

Role = Literal["amount", "total", "subtotal", "information"]


@dataclass(frozen=True)
class Line:
    """A line of a table: what it is, and a cell for each column."""

    label: str
    cells: tuple[str, ...]
    role: Role = "amount"


@dataclass(frozen=True)
class Block:
    """A part of an answer: sentences `before`, a list of `items`, a table, sentences `after`.

    `columns` are the heads of the table, the first that of the labels; without lines there is no table.
    """

    title: str
    before: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = field(default=())
    after: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """An answer in blocks: its verdict, its blocks, what it rests on and what it leaves out."""

    title: str
    verdict: str
    blocks: tuple[Block, ...]
    assumptions: tuple[str, ...] = ()
    not_covered: tuple[str, ...] = ()


def page_of(told: Told, about: dict[str, Any], command: str = "") -> str:
    """The answer as one HTML page that needs nothing else."""
    return page.render("blocks.html", about, told=told, title=told.title, command=command)


def rows_of(told: Told) -> list[Sequence[str]]:
    """Every table of the answer, one under the other, each line with the block it stands in."""
    rows: list[Sequence[str]] = []
    for block in told.blocks:
        if block.lines:
            rows.append(["table", *block.columns])
            rows += [[block.title, line.label, *line.cells] for line in block.lines]
    return rows
