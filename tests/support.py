"""What the tests share: reading worked cases, and running a few rules on a few given variables."""

import ast
import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from mwp.core.rounding import AS_THE_LAW, Rounding
from mwp.engine.law import at, current_law
from mwp.engine.rows import Table
from mwp.engine.simulation import Terms, _calculate
from mwp.engine.system import rule_graph
from mwp.inputs import documents
from mwp.inputs.dates import iso_date

CASES = Path(__file__).parent / "cases"
A_MONTH = {"month": 1.0, "week": 52 / 12, "year": 1 / 12}
_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
}
_FUNCTIONS = {"min": min, "max": max, "round": round}


@dataclass(frozen=True)
class Case:
    """One worked case of a YAML table."""

    file: str
    name: str
    told: Mapping[str, Any]

    @property
    def on(self) -> date:
        """The date whose law applies."""
        given = self.told["on"]
        return given if isinstance(given, date) else iso_date(str(given))

    @property
    def expected(self) -> dict[str, float]:
        """The expected amounts, pounds a month."""
        per = A_MONTH[self.told.get("per", "month")]
        return {name: per * number(value) for name, value in self.told["output"].items()}

    @property
    def within(self) -> float:
        """How close, pounds a month. Amounts here are rounded a month, by a penny at most; a year's by twelve."""
        per = self.told.get("per", "month")
        return A_MONTH[per] * number(self.told.get("within", 0.01)) + (0.0 if per == "month" else 0.01)


def cases() -> Iterator[Case]:
    """Every worked case under tests/cases."""
    for path in sorted(CASES.rglob("*.yaml")):
        for told in documents.parse(path.read_text(), path.name).data:
            yield Case(path.relative_to(CASES).as_posix(), told["name"], told)


def number(value: Any) -> float:
    """A number, or arithmetic shown as text: "0.55 * (1_000 - 411)"."""
    if isinstance(value, int | float):
        return float(value)
    return float(_worked_out(ast.parse(str(value), mode="eval").body))


def _worked_out(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.BinOp):
        return float(_OPERATORS[type(node.op)](_worked_out(node.left), _worked_out(node.right)))  # type: ignore[operator]
    if isinstance(node, ast.UnaryOp):
        return float(_OPERATORS[type(node.op)](_worked_out(node.operand)))  # type: ignore[operator]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return float(_FUNCTIONS[node.func.id](*[_worked_out(a) for a in node.args]))  # type: ignore[operator]
    raise ValueError(f"not plain arithmetic: {ast.unparse(node)}")


def one_adult(on: date) -> Table:
    """The table of one claimant alone, nothing told."""
    one = np.zeros(1, dtype=np.intp)
    given = [r for r in rule_graph().rules.values() if r.kind == "given"]
    columns = {r.name: np.full(1, r.default) for r in given}
    columns["is_claimant"] = columns["is_claimants_unit"] = np.ones(1)
    return Table(on, 1, one, one, one, one, one, one, one, columns, {r.name: r.entity.key for r in given})


def evaluate(
    given: Mapping[str, float], wanted: list[str], on: date, rounding: Rounding = AS_THE_LAW
) -> dict[str, float]:
    """The wanted variables of one adult, with any variables given, computed ones too."""
    graph = rule_graph()
    table = one_adult(on)
    columns = dict(table.columns) | {name: np.array([number(value)]) for name, value in given.items()}
    order = _until_given(wanted, set(columns))
    held = _calculate(table, Terms(at(current_law(), on), rounding), columns, order, wanted, graph)
    return {name: float(held[name][0]) for name in wanted}


def _until_given(wanted: list[str], given: set[str]) -> list[str]:
    graph, need, waiting = rule_graph(), set(), list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in need and name not in given:
            need.add(name)
            waiting.extend(graph.rules[name].inputs)
    return [name for name in graph.rules if name in need]
