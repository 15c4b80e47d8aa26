"""Populations by name or folder, ready to use."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from mwp.population.synthetic import DEFAULT_SEED, DEFAULT_UNITS, Synthetic, synthesise
from mwp.population.tables import Population
from mwp.population.validate import Validation, checked

SYNTHETIC = "synthetic"


@lru_cache(maxsize=2)
def default_synthetic(units: int = DEFAULT_UNITS, seed: int = DEFAULT_SEED) -> Synthetic:
    """The synthetic population, made once a process (some seconds)."""
    return synthesise(units, seed)


def loaded(
    given: str | Path | Population = SYNTHETIC, on: date | None = None, *, exclude_invalid: bool = False
) -> tuple[Population, Validation]:
    """A population and what was found wrong with it: `synthetic`, or a folder with the three Parquet files.

    Raises InputError where it has errors, unless households with errors are to be left out.
    """
    if isinstance(given, Population):
        found = given
    elif str(given) == SYNTHETIC:
        found = default_synthetic().population
    else:
        found = Population.read(given)
    return checked(found, on, exclude_invalid=exclude_invalid)
