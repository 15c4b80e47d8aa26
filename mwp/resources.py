"""Where the data files are: the law's numbers, the worked households, the reforms.

In a wheel they lie inside the package; in a checkout, beside it.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

_PACKAGE = Path(str(files("mwp")))


@cache
def folder(name: str) -> Path:
    """The folder of that name: inside the installed package, else beside it. Raises FileNotFoundError."""
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"The installation of mwp is incomplete: it has no folder called {name}.")


def library(name: str) -> dict[str, Path]:
    """The YAML files of a folder, by name without the ending, in alphabetical order."""
    return {path.stem: path for path in sorted(folder(name).glob("*.yaml"))}
