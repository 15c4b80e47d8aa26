"""mwp's side of the comparison. Run by compare.py in mwp's own environment."""

import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import families
from benchmarks.measuring import Found, best, memory, side

ON = date.fromisoformat(families.ON)
AT_ONCE = 1_000_000  # rows; more are worked out a part at a time, and added up


@lru_cache
def _ready(names: str) -> tuple[Any, Any]:
    import mwp
    from mwp.analysis.calculation import law_on
    from mwp.engine.encode import encode

    homes = [mwp.household_from(family) for family in families.chosen(names)]
    return encode(homes, ON), law_on(ON)


def _swept(names: str, points: Iterable[float], wanted: Iterable[str]) -> dict[str, Any]:
    import numpy as np

    from mwp.engine.simulation import Path as Along
    from mwp.engine.simulation import simulate

    table, law = _ready(names)
    path = Along({"stated_pay": np.asarray(points)})
    return dict(simulate(table, law, wanted, path=path, adults=False).amounts)


def _every_programme() -> tuple[str, ...]:
    from mwp.analysis.measures import COMPONENTS

    return (*COMPONENTS["net_after_work_costs"], "net_after_work_costs")


def version() -> Found:
    """What is measured."""
    import importlib.metadata as installed

    packages = ("mwp", "policyengine-core", "numpy")
    return {"python": sys.version.split()[0]} | {name: installed.version(name) for name in packages}


def cold() -> Found:
    """One household's month, from nothing: timed from outside."""
    import mwp

    home = {**families.FAMILIES[1], "adults": [{"age": 31, "earnings": 1_000}]}
    return {"answer": mwp.calculate(home, on=ON).amounts["universal_credit"]}


def amounts(points: int) -> Found:
    """Every family's amounts at each point, pounds a month: to compare models by."""
    found = _swept("all", families.earnings(points), families.COMMON)
    return {name: values.tolist() for name, values in found.items()}


def sweep(points: int) -> Found:
    """The lone parent's sweep, from the household in the file's format to every programme's amounts."""
    return _timed(lambda: (_ready.cache_clear(), _swept("one", families.earnings(points), _every_programme())), 10)


def rows(how_many: int, what: str = "common", times: int = 3) -> Found:
    """So many rows: a quarter each family, at as many earnings."""
    wanted = families.COMMON if what == "common" else _every_programme()
    points = max(how_many // len(families.FAMILIES), 1)
    _swept("all", families.earnings(2), wanted)

    def task() -> None:
        pays, part = families.earnings(points), AT_ONCE // len(families.FAMILIES)
        for start in range(0, points, part):
            _swept("all", pays[start : start + part], wanted)

    return _timed(task, times) | {"rows": points * len(families.FAMILIES)}


def _timed(task: Any, times: int) -> Found:
    found = best(task, times)
    return {"seconds": found["seconds"], "processor": found["processor"], "memory": memory()}


def _share(number: int) -> float:
    points = 50_000
    pays = families.earnings(points)
    return float(_swept("all", pays, _every_programme())["net_after_work_costs"][number % len(families.FAMILIES)].sum())


def workers(how_many: int, parts: int = 16) -> Found:
    """The same parts of work, 200,000 rows each, done by so many processes that stand ready."""
    with ProcessPoolExecutor(how_many, mp_context=get_context("forkserver")) as pool:
        list(pool.map(_share, range(2 * how_many)))
        start = perf_counter()
        total = sum(pool.map(_share, range(parts)))
        seconds = perf_counter() - start
    return {"seconds": seconds, "rows": parts * 200_000, "total": total, "memory": memory()}


def population(households: int, points: int) -> Found:
    """Households that differ, of the synthetic population, each at every point, with every programme's amounts."""
    import numpy as np

    from mwp.engine.simulation import Path as Along
    from mwp.engine.simulation import simulate
    from mwp.population.encode import encode_tables
    from mwp.population.synthetic import synthesise

    made, (_, law) = synthesise(households, 1).population, _ready("one")
    table = encode_tables(made, ON)
    path = Along({"hours": np.linspace(0, 60, points)})
    at_once = max(AT_ONCE // (4 * points), 1)

    def task() -> None:
        for start in range(0, table.households, at_once):
            part = table.part(slice(start, min(start + at_once, table.households)))
            simulate(part, law, _every_programme(), path=path, adults=False)

    return _timed(task, 1) | {"rows": table.households * points}


if __name__ == "__main__":
    side({task.__name__: task for task in (version, cold, amounts, sweep, rows, workers, population)})
