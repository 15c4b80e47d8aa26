"""The law's numbers as they stand in `parameters/`, parsed once a process and without the core."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from mwp import resources

try:
    from yaml import CSafeLoader as _FastLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _FastLoader  # type: ignore[assignment]


class _Loader(_FastLoader):
    """Our own loader: the core changes the shared one, and dates here stay the text they are written as."""


_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)

TABLES = ("council_schemes", "council_charges")
"""Folders of `parameters/` that hold tables and no dated leaves: `mwp.core.council_schemes` reads them."""


def read(path: Path) -> Any:
    """One YAML file as plain data."""
    return yaml.load(path.read_bytes(), Loader=_Loader)


@lru_cache(maxsize=1)
def documents() -> dict[str, Any]:
    """Every parameter file as plain data, by programme; a folder becomes a mapping of its files. Do not alter it."""
    return _folder(resources.folder("parameters"))


def _folder(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in sorted(path.iterdir()):
        if entry.is_dir():
            if entry.name not in ("__pycache__", *TABLES):
                found[entry.name] = _folder(entry)
        elif entry.suffix == ".yaml":
            found[entry.stem] = read(entry)
    return found
