"""The law's numbers as they stand in `parameters/`, parsed once a process and without the core."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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


@lru_cache(maxsize=256)
def value(path: str, on: date) -> float:
    """One number of the law on a day, by its path, as `universal_credit.housing.shared_rate_under_age`.

    Raises KeyError where there is none of that name, ValueError before its first day.
    """
    node: Any = documents()
    for name in path.split("."):
        node = node[name]
    found = Leaf(path, node["values"], {}).on(on.isoformat())
    if found is None:
        raise ValueError(f"{path} begins after {on}")
    return float(found)


def _folder(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in sorted(path.iterdir()):
        if entry.is_dir():
            if entry.name not in ("__pycache__", *TABLES):
                found[entry.name] = _folder(entry)
        elif entry.suffix == ".yaml":
            found[entry.stem] = read(entry)
    return found


@dataclass(frozen=True)
class Leaf:
    """One number of the law: its path, its value from each day on, and what is said of it or of the nodes above it."""

    path: str
    values: Mapping[str, float]
    about: Mapping[str, Any]

    def on(self, day: str) -> float | None:
        """The value in force on a day written 2026-04-06; None before the first."""
        past = [start for start in self.values if start <= day]
        return self.values[max(past)] if past else None


def leaves(node: Mapping[str, Any] | None = None, path: str = "") -> Iterator[Leaf]:
    """Every number of the law, or of a part of the tree; of what is said on the way down, the nearest wins."""
    yield from _leaves(documents() if node is None else node, path, {})


_ABOUT = ("description", "metadata", "documentation", "values")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _leaves(node: Mapping[str, Any], path: str, above: Mapping[str, Any]) -> Iterator[Leaf]:
    if node and all(_DAY.fullmatch(str(key)) for key in node):
        yield Leaf(path, node, above)
        return
    about = {**above, **node.get("metadata", {})}
    if "description" in node:
        about["description"] = " ".join(str(node["description"]).split())
    if "values" in node:
        yield Leaf(path, node["values"], about)
        return
    for name, child in node.items():
        if name not in _ABOUT and isinstance(child, Mapping):
            yield from _leaves(child, f"{path}.{name}" if path else name, about)
