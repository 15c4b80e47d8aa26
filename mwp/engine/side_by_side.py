"""The same households under several laws: what a reform leaves as it is, is worked out once.

The first law is worked out whole. Under each other law a rule runs again only where a number of its programme differs,
or an input has come out otherwise; where its result is the same to the last bit all the same, the change ends there. So
every law's amounts are those it would have by itself, bit for bit, and a reform costs as much as it changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from mwp.core import rounding as rounding_of
from mwp.core.rounding import Rounding
from mwp.core.rule import Graph
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.law import differing
from mwp.engine.rows import Table
from mwp.engine.simulation import Bare, Floats, Rows, Terms, joined, rows_of
from mwp.engine.system import rule_graph

BLOCK_HOUSEHOLDS = 8_192
"""Households at once: all that is worked out under the first law is held for the others, so blocks are small."""


def side_by_side(
    table: Table,
    laws: Sequence[Any],
    wanted: Iterable[str],
    *,
    rounding: Rounding = rounding_of.NONE,
    valuation: Valuation = CENTRAL,
    block_households: int = BLOCK_HOUSEHOLDS,
) -> list[Rows]:
    """The wanted variables of every household as it stands, a row each, under each of the laws, in their order.

    `laws` are trees of parameters on the table's date (`mwp.engine.law.at`), at least one. What is found is what
    `simulate` finds under each by itself.
    """
    names, of = tuple(dict.fromkeys(wanted)), rule_graph()
    order = of.needed_for(names)
    terms = [Terms(law, rounding, valuation) for law in laws]
    other_numbers = [differing(laws[0], law) for law in laws[1:]]
    parts = []
    for start in range(0, max(table.households, 1), block_households):
        rows = table.part(slice(start, min(start + block_households, table.households)))
        first = _worked_out(Bare(rows, terms[0], rows.columns, of), order)
        runs = [first]
        for own, programmes in zip(terms[1:], other_numbers, strict=True):
            runs.append(_again(first, Bare(rows, own, first.held, of), order, programmes, of))
        parts.append([rows_of(run.held, rows, names, of) for run in runs])
    return [joined(of_law) for of_law in zip(*parts, strict=True)]


def _worked_out(run: Bare, order: Iterable[str]) -> Bare:
    for name in order:
        run.calculate(name, run.month)
    return run


def _again(first: Bare, run: Bare, order: Iterable[str], programmes: frozenset[str], of: Graph) -> Bare:
    """The rules that the other law touches, and what follows from them; `run` begins with what the first law gave."""
    run.claims = dict(first.claims)
    changed: set[str] = set()
    for name in order:
        one = of.rules[name]
        reads_law = "law" in one.uses and bool(programmes) and (one.law == "*" or one.law in programmes)
        if one.kind == "given" or not (reads_law or not changed.isdisjoint(one.inputs)):
            continue
        run.let_go(name)
        if _are_same(run.calculate(name, run.month), first.held[name]):
            _as_before(name, run.held, first.held)
            _as_before(name, run.claims, first.claims)
        else:
            changed.add(name)
    return run


def _as_before(name: str, now: dict[str, Any], before: Mapping[str, Any]) -> None:
    if name in before:
        now[name] = before[name]


def _are_same(one: Floats, other: Floats) -> bool:
    """Whether all are the same, to the last bit."""
    return one.shape == other.shape and bool(np.array_equal(one.view(np.int64), other.view(np.int64)))
