"""Populations by name or folder, ready to use."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mwp.population.tables import Population
from mwp.population.validate import Validation, checked

if TYPE_CHECKING:
    from mwp.population.synthetic import Synthetic

SYNTHETIC = "synthetic"


@cache
def default_synthetic() -> Synthetic:
    """The synthetic population of the usual size and seed, made once a process (some seconds)."""
    from mwp.population.synthetic import synthesise  # with the libraries that fit weights, which no folder needs

    return synthesise()


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
