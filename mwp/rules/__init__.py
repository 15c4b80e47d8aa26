"""The law, one module a programme, each in the order of its regulations. `PROGRAMMES` lists them."""

from importlib import import_module
from types import ModuleType

PROGRAMMES = (
    "facts",
)


def modules() -> tuple[ModuleType, ...]:
    """Every module that holds rules."""
    return tuple(import_module(f"mwp.rules.{name}") for name in PROGRAMMES)
