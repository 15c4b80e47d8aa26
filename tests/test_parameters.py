"""The law's numbers: each with a value by date, a unit, a standing and a source; none left that nothing reads."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from mwp.core import parameters
from mwp.engine.dates import coverage
from mwp.engine.law import at, current_law
from mwp.engine.system import rule_graph
from mwp.inputs.reform import parameter_paths

STATUSES = {"in_force", "announced", "proposed", "estimate", "voluntary", "unconfirmed"}


LEAVES = {leaf.path: (leaf.values, leaf.about) for leaf in parameters.leaves()}


def test_there_are_parameters_and_reforms_can_name_them_all():
    assert len(LEAVES) > 300
    assert set(LEAVES) == parameter_paths()


PROGRAMMES = sorted({path.split(".")[0] for path in LEAVES})


def of_programme(programme: str) -> list[str]:
    return [path for path in LEAVES if path.split(".")[0] == programme]


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_parameter_says_its_unit_standing_and_source(programme):
    for path in of_programme(programme):
        check_about(*LEAVES[path])


def check_about(values: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    assert about.get("unit"), about
    assert about.get("status") in STATUSES, about
    assert about.get("description"), about
    if about["unit"] == "currency-GBP":
        assert about.get("period") in {"hour", "day", "week", "month", "quarter", "year", "none"}, about
    assert about.get("reference"), about
    for source in about["reference"]:
        assert source["title"]
        assert source["href"].startswith("https://")
    for day, value in values.items():
        assert date.fromisoformat(day)
        assert isinstance(value, int | float), day
    if about["unit"] == "/1":
        assert all(-1 <= value <= 1 for value in values.values()), "shares, not per cents"


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_parameter_is_known_on_the_first_day_covered(programme):
    for path in of_programme(programme):
        values, _ = LEAVES[path]
        assert min(values) <= coverage()[0].isoformat(), path


class Watched:
    """Law that notes which of its numbers are read."""

    def __init__(self, node: Any, path: str, read: set[str]) -> None:
        self._node, self._path, self._read = node, path, read

    def _step(self, name: str, found: Any) -> Any:
        path = f"{self._path}.{name}".lstrip(".")
        if hasattr(found, "_children"):
            return Watched(found, path, self._read)
        self._read.add(path)
        return found

    def __getattr__(self, name: str) -> Any:
        return self._step(name, getattr(self._node, name))

    def __getitem__(self, name: str) -> Any:
        return self._step(name, self._node[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._node)


READ_ELSEWHERE = {
    "coverage.first_day": "the dates this program knows the law for",
    "coverage.last_day": "the dates this program knows the law for",
    "pension_contributions.auto_enrolment.minimum_employer": "the assumption about pensions",
    "national_insurance.employer.employment_allowance": "over all of an employer's staff: kept for the reader",
    "universal_credit.surplus_earnings.threshold": "no part of a steady month: kept for the month-by-month view",
    "nes_placement.support.bridge": "the Exchequer account of a placement",
    "nes_placement.support.floor_individual": "the Exchequer account of a placement",
    "nes_placement.support.floor_place": "the Exchequer account of a placement",
    "statutory_sick_pay.weekly_rate": "a month of illness in a placement",
    "statutory_sick_pay.most_of_earnings": "a month of illness in a placement",
    "statutory_sick_pay.earnings_limit_applies": "a month of illness in a placement",
}


def test_every_parameter_is_read_by_some_rule():
    import numpy as np

    from mwp import household_from
    from mwp.core.rounding import AS_THE_LAW
    from mwp.core.valuation import CHOICES, Valuation
    from mwp.engine.encode import encode
    from mwp.engine.simulation import simulate

    read: set[str] = set()
    homes = [
        household_from({"name": nation, "nation": nation, "adults": [{"age": 40}], "housing": {"tenure": "owned"}})
        for nation in ("england", "wales", "scotland", "northern_ireland")
    ]
    law = Watched(at(current_law(), date(2026, 6, 15)), "", read)
    wanted = [name for name, one in rule_graph().rules.items() if one.kind != "given"]
    with np.errstate(all="raise"):
        for choice in CHOICES:
            table = encode(homes, date(2026, 6, 15))
            simulate(table, law, wanted, rounding=AS_THE_LAW, valuation=Valuation(choice))
    unread = set(LEAVES) - read - set(READ_ELSEWHERE)
    assert not unread, sorted(unread)
    assert not set(READ_ELSEWHERE) & read - {"pension_contributions.auto_enrolment.minimum_employer"}


def test_every_rule_cites_its_law_and_says_what_it_is():
    for one in rule_graph().rules.values():
        if one.kind == "rule":
            assert one.cites, one.name
            assert one.doc, one.name
        assert one.label, one.name


def test_no_number_of_the_law_stands_in_a_rule():
    """Beside 0, 1, 2 (halves, twos) and 0.5 no number may stand in a rule's body."""
    import ast
    import inspect

    from mwp import rules

    for module in rules.modules():
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.FunctionDef):
                for part in (p for statement in node.body for p in ast.walk(statement)):
                    if isinstance(part, ast.Constant) and isinstance(part.value, int | float):
                        assert part.value in (0, 1, 2, 0.5), f"{module.__name__}.{node.name}: {part.value}"
