"""Where processes that work come from: on Linux from one that has read the rules and the law.

Reading them takes a second or two, so whoever knows early that processes will be wanted begins early, and reads its own
meanwhile.
"""

from multiprocessing import get_all_start_methods, get_context
from typing import Any

READY = "mwp.population.ready"


def context() -> Any:
    """How processes are started here."""
    found: Any = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    if found.get_start_method() == "forkserver":
        found.set_forkserver_preload([READY])  # so that a worker is there at once
    return found


def begin(workers: int) -> None:
    """Have the process they are started from get ready, where there will be several and the system has such a one."""
    if workers > 1 and context().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        ensure_running()
