"""policyengine-uk's side of the comparison. Run by compare.py in an environment of its own, without mwp.

Households become a situation just as in the comparison of results (tests/peer), pay by the month included; the sweep is
policyengine-uk's own `axes`, which copy the situation once a point.
"""

import sys
from typing import Any

from benchmarks import families
from benchmarks.measuring import Found, best, memory, side
from tests.peer import policyengine as peer

MONTHS = peer.MONTHS_A_YEAR


def version() -> Found:
    """What is measured."""
    import importlib.metadata as installed

    packages = ("policyengine-uk", "policyengine-core", "numpy")
    return {"python": sys.version.split()[0]} | {name: installed.version(name) for name in packages}


def _built(names: str, points: int) -> Any:
    homes = families.chosen(names)
    situation, adults = peer._situation(homes, families.YEAR)
    if points > 1:
        moves = {"name": "employment_income", "min": 0, "max": families.TOP * MONTHS, "count": points}
        period = {"period": str(families.YEAR)}
        situation["axes"] = [[{**moves, **period, "index": people[0]} for people in adults]]
    return peer._simulation(situation, families.YEAR, {})


def _of_units(simulation: Any, name: str) -> Any:
    of_adults = {"income_tax", "national_insurance"}
    values = simulation.calculate(name, families.YEAR)
    return simulation.populations["benunit"].sum(values) if name in of_adults else values


def _calculated(simulation: Any, what: str) -> Any:
    if what == "all":
        return simulation.calculate("household_net_income", families.YEAR)
    return [_of_units(simulation, name) for name in families.COMMON]


def cold() -> Found:
    """One household's month, from nothing: timed from outside."""
    return {"answer": float(_of_units(_built("one", 1), "universal_credit")[0]) / MONTHS}


def amounts(points: int) -> Found:
    """Every family's amounts at each point, pounds a month: to compare models by."""
    simulation, size = _built("all", points), len(families.FAMILIES)
    found = {name: _of_units(simulation, name).reshape(points, size).T / MONTHS for name in families.COMMON}
    return {name: values.astype(float).tolist() for name, values in found.items()}


def sweep(points: int) -> Found:
    """The lone parent's sweep, from the household to net income."""
    found = best(lambda: _calculated(_built("one", points), "all"), 2)
    return {"seconds": found["seconds"], "processor": found["processor"], "memory": memory()}


def rows(how_many: int, what: str = "common", times: int = 1) -> Found:
    """So many rows: a quarter each family, at as many earnings. What is built once is not timed."""
    ready: list[Any] = []
    built = best(lambda: ready.append(_built("all", max(how_many // len(families.FAMILIES), 1))), times)["seconds"]
    found = best(lambda: _calculated(ready.pop(), what), times)
    told = {"seconds": found["seconds"], "processor": found["processor"], "memory": memory()}
    return told | {"rows": how_many, "built": built}


if __name__ == "__main__":
    side({task.__name__: task for task in (version, cold, amounts, sweep, rows)})
