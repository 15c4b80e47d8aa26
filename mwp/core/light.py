"""Import policyengine-core without the graph drawing and download libraries this program never calls.

The core imports `pyvis` (a picture of a trace) and `huggingface_hub` (survey downloads) at the top of its modules;
together they are more than half its import time. Empty stand-ins take their place, only where the real one is not
imported yet, and are taken out again afterwards, so a later import elsewhere in the process finds the real library.
"""

import sys
from threading import RLock
from types import ModuleType

_UNUSED = ("pyvis", "pyvis.node", "pyvis.network", "huggingface_hub", "huggingface_hub.errors", "requests")


class _StandIn(ModuleType):
    """A module whose every attribute exists and is never used."""

    __path__: list[str] = []  # noqa: RUF012 - marks it a package

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Exception,), {})


_ONE_AT_A_TIME = RLock()


def import_core() -> None:
    """Import policyengine-core, lightly, if it is not imported yet. Threads that come meanwhile wait until it is."""
    with _ONE_AT_A_TIME:
        if "policyengine_core" not in sys.modules:
            _import_lightly()


def _import_lightly() -> None:
    stand_ins = {name: _StandIn(name) for name in _UNUSED if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        import policyengine_core  # noqa: F401
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
