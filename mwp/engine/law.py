"""The law's numbers on a date, from `parameters/`, with any reforms laid over them."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from mwp.core import parameters
from mwp.core.light import import_core

Changes = Mapping[str, Mapping[str, float]]


@lru_cache(maxsize=1)
def current_law() -> Any:
    """The whole tree of parameters as policyengine-core holds it."""
    import_core()
    from policyengine_core.parameters import ParameterNode

    return ParameterNode("", data=parameters.documents())


def reformed(changes: Iterable[Changes]) -> Any:
    """The tree with each reform's values laid over it, from their dates on. The current law is left as it is.

    Raises ValueError for a path that is no parameter; `mwp.inputs.reform` refuses those first, with the nearest names.
    """
    return _laid_over(
        tuple((path, *one) for reform in changes for path, values in reform.items() for one in sorted(values.items()))
    )


@lru_cache(maxsize=4)
def _laid_over(values: tuple[tuple[str, str, float], ...]) -> Any:
    """The tree with each value, from its date on, in order. The last few are kept, for an answer asks many times."""
    tree = current_law().clone()
    for path, start, value in values:
        tree.get_child(path).update(start=_instant(start), value=value)
    tree.clear_parent_cache()
    return tree


def at(tree: Any, on: date) -> Any:
    """Every parameter's value in force on that very day."""
    return tree(on.isoformat())


@lru_cache(maxsize=64)
def differing(one: Any, other: Any) -> frozenset[str]:
    """The programmes of which any number differs between two laws on a date."""
    names = set(one._children) | set(other._children)
    return frozenset(name for name in names if _differ(one._children.get(name), other._children.get(name)))


def _differ(one: Any, other: Any) -> bool:
    parts, others = getattr(one, "_children", None), getattr(other, "_children", None)
    if parts is None or others is None:
        return bool(one != other)
    return parts.keys() != others.keys() or any(_differ(parts[name], others[name]) for name in parts)


def _instant(text: str) -> Any:
    from policyengine_core.periods import instant

    return instant(text)
