"""policyengine-uk-compiled's side of the comparison. Run by compare.py in an environment of its own, without mwp.

The package is a Rust program with a Python face: tables of people, benefit units and households go to the program as
text, and what it worked out for each comes back as text. Both ways are timed, for there is no other way in.
"""

import sys
from typing import Any

from benchmarks import families
from benchmarks.measuring import Found, best, memory, side

MONTHS, WEEKS = 12, 52
_OF_PEOPLE = {"income_tax": "income_tax", "national_insurance": "employee_ni"}
_OF_UNITS = {"universal_credit": "universal_credit", "child_benefit": "child_benefit"}


def version() -> Found:
    """What is measured."""
    import importlib.metadata as installed

    packages = ("policyengine-uk-compiled", "pandas", "numpy")
    return {"python": sys.version.split()[0]} | {name: installed.version(name) for name in packages}


def _tables(names: str, points: int) -> Any:
    """The three tables, a family after the other at each point; no points are the families as they stand."""
    import numpy as np
    import pandas as pd
    from policyengine_uk_compiled import engine

    persons: list[dict[str, Any]] = []
    units: list[dict[str, Any]] = []
    homes: list[dict[str, Any]] = []
    moving: list[int] = []
    for family in families.chosen(names):
        start, rent = len(persons), family["housing"]["rent"]
        moving.append(start)
        for place, adult in enumerate(family["adults"]):
            facts = {"age": adult["age"], "employment_income": adult["earnings"] * MONTHS, "is_benunit_head": not place}
            facts |= {"hours_worked_annual": float(adult["hours"] * WEEKS), "is_household_head": not place}
            persons.append(engine.PERSON_DEFAULTS | facts)
        for child in family["children"]:
            facts = {"age": child["age"], "gender": "female", "is_benunit_head": False, "is_household_head": False}
            persons.append(engine.PERSON_DEFAULTS | facts)
        size = len(persons) - start
        alone = len(family["adults"]) == 1 and bool(family["children"])
        units.append(engine.BENUNIT_DEFAULTS | {"rent_monthly": rent, "is_lone_parent": alone, "size": size})
        homes.append(engine.HOUSEHOLD_DEFAULTS | {"region": "North West", "rent_annual": rent * MONTHS})

    def repeated(rows: list[dict[str, Any]]) -> Any:
        once = pd.DataFrame(rows)
        return once.loc[np.tile(np.arange(len(rows)), points or 1)].reset_index(drop=True)

    people, of_units, of_homes = repeated(persons), repeated(units), repeated(homes)
    count, size = len(of_units), of_units.pop("size").to_numpy()
    ends = np.cumsum(size)
    whose = np.repeat(np.arange(count), size)
    members = [
        ";".join(map(str, range(end - many, end))) for end, many in zip(ends.tolist(), size.tolist(), strict=True)
    ]
    people["person_id"], people["benunit_id"], people["household_id"] = np.arange(len(people)), whose, whose
    of_units["benunit_id"] = of_units["household_id"] = of_homes["household_id"] = np.arange(count)
    of_homes["benunit_ids"] = np.arange(count).astype(str)
    of_units["person_ids"] = of_homes["person_ids"] = members
    if not points:
        return people, of_units, of_homes
    first = np.add.outer(np.arange(points) * len(persons), moving)
    pays = np.repeat(np.array(families.earnings(points)) * MONTHS, len(moving))
    people.loc[first.reshape(-1), "employment_income"] = pays
    return people, of_units, of_homes


def _run(tables: Any) -> Any:
    from policyengine_uk_compiled import Simulation

    people, units, homes = tables
    return Simulation(year=families.YEAR, persons=people, benunits=units, households=homes).run_microdata(timeout=600)


def cold() -> Found:
    """One household's month, from nothing: timed from outside."""
    return {"answer": float(_run(_tables("one", 0)).benunits["universal_credit"][0]) / MONTHS}


def amounts(points: int) -> Found:
    """Every family's amounts at each point, pounds a month: to compare models by."""
    found, size = _run(_tables("all", points)), len(families.FAMILIES)
    by_unit = {ours: found.persons.groupby("benunit_id")[theirs].sum() for ours, theirs in _OF_PEOPLE.items()}
    by_unit |= {ours: found.benunits[theirs] for ours, theirs in _OF_UNITS.items()}
    return {name: (by_unit[name].to_numpy().reshape(points, size).T / MONTHS).tolist() for name in families.COMMON}


def sweep(points: int) -> Found:
    """The lone parent's sweep, from the household to every amount."""
    return _timed(lambda: _run(_tables("one", points)), 5)


def rows(how_many: int, what: str = "all", times: int = 1) -> Found:
    """So many rows: a quarter each family, at as many earnings. The tables are ready before; `what` is always all."""
    tables = _tables("all", max(how_many // len(families.FAMILIES), 1))
    return _timed(lambda: _run(tables), times) | {"rows": how_many}


def _timed(task: Any, times: int) -> Found:
    found = best(task, times)
    return {"seconds": found["seconds"], "processor": found["processor"], "memory": memory()}


if __name__ == "__main__":
    side({task.__name__: task for task in (version, cold, amounts, sweep, rows)})
