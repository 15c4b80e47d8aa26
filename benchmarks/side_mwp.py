"""mwp's side of the comparison. Run by compare.py in mwp's own environment."""

import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from time import perf_counter
from typing import Any

from benchmarks import families
from benchmarks.measuring import Found, best, memory, processor, side

ON = date.fromisoformat(families.ON)
COMMON = (*families.COMMON, "high_income_child_benefit_charge")
AT_ONCE = 1_000_000  # rows; more are worked out a part at a time
ROWS_A_PART = 250_000  # of a population: what a worker is given at a time


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

    return {"answer": mwp.calculate(families.chosen("one")[0], on=ON).amounts["universal_credit"]}


def amounts(points: int) -> Found:
    """Every family's amounts at each point, pounds a month: to compare models by."""
    found = _swept("all", families.earnings(points), COMMON)
    found["income_tax"] = found["income_tax"] + found.pop(COMMON[-1])
    return {name: values.tolist() for name, values in found.items()}


def sweep(points: int) -> Found:
    """The lone parent's sweep, from the household in the file's format to every programme's amounts."""
    return _timed(lambda: (_ready.cache_clear(), _swept("one", families.earnings(points), _every_programme())), 10)


def rows(how_many: int, what: str = "common", times: int = 3) -> Found:
    """So many rows: a quarter each family, at as many earnings."""
    wanted = COMMON if what == "common" else _every_programme()
    points = max(how_many // len(families.FAMILIES), 1)
    _swept("all", families.earnings(2), wanted)

    def task() -> None:
        pays, part = families.earnings(points), AT_ONCE // len(families.FAMILIES)
        for start in range(0, points, part):
            _swept("all", pays[start : start + part], wanted)

    return _timed(task, times) | {"rows": points * len(families.FAMILIES), "components": len(_every_programme()) - 1}


def _timed(task: Any, times: int) -> Found:
    found = best(task, times)
    return {"seconds": found["seconds"], "processor": found["processor"], "memory": memory()}


def population(households: int, points: int, workers: int = 1) -> Found:
    """Households that all differ, those of the synthetic population, each at every point of pay: every programme's
    amounts, and the marginal effective tax rate at each point with each programme's part in it."""
    from mwp.population.encode import encode_tables
    from mwp.population.synthetic import synthesise

    table = encode_tables(synthesise(households, 1).population, ON)
    at_once = max(ROWS_A_PART // points, 1)
    starts = range(0, table.households, at_once)
    parts = [(table.part(slice(at, min(at + at_once, table.households))), points) for at in starts]
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        list(pool.map(_part, parts[: 2 * workers]))  # each worker reads the law and the rules before the clock runs
        start = perf_counter()
        found = list(pool.map(_part, parts))
        seconds = perf_counter() - start
    held = {one["worker"]: one["memory"] for one in found}
    return {
        "seconds": seconds,
        "processor": sum(one["processor"] for one in found),
        "memory": memory() + sum(held.values()),
        "rows": table.households * points,
        "total": sum(one["total"] for one in found),
    }


def reforms(benefit_units: int, workers: int, *names: str) -> Found:
    """The whole command `mwp population compare` of these reforms, tables on disk in, JSON document on disk out."""
    import subprocess
    import tempfile
    from pathlib import Path

    from mwp.population.synthetic import synthesise

    with tempfile.TemporaryDirectory() as folder:
        tables, answer = str(Path(folder) / "tables"), str(Path(folder) / "answer.json")
        synthesise(benefit_units, 1).population.write(tables)
        command = [sys.executable, "-c", "from mwp.cli.main import main; main()", "population", "compare", tables]
        command += ["--on", "2026-11-01", "--workers", str(workers), "--output", answer]
        command += [word for name in names for word in ("--reform", name)]
        found = best(lambda: subprocess.run(command, check=True, capture_output=True), 3)
    return {"seconds": found["seconds"], "processor": found["processor"]}


def _part(given: Any) -> Found:
    import os

    import numpy as np

    from mwp.analysis.measures import COMPONENTS
    from mwp.engine.simulation import Path as Along
    from mwp.engine.simulation import simulate

    table, points = given
    start, (_, law) = processor(), _ready("one")
    path = Along({"stated_pay": np.asarray(families.earnings(points))})
    found = simulate(table, law, _every_programme(), path=path, adults=False).amounts
    step = families.TOP / (points - 1)
    rate = 1.0 - np.diff(found["net_after_work_costs"]) / step
    for name, sign in COMPONENTS["net_after_work_costs"].items():
        if found[name].strides[-1]:  # else it is the same at every point
            np.diff(found[name]) * (-sign / step)
    return {"worker": os.getpid(), "processor": processor() - start, "memory": memory(), "total": float(rate.sum())}


if __name__ == "__main__":
    side({task.__name__: task for task in (version, cold, amounts, sweep, rows, population, reforms)})
