"""How a model measures itself: the same for each, with nothing but Python's own library."""

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

Found = dict[str, Any]


def processor() -> float:
    """Seconds of processor time so far, of this process and those it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def memory() -> float:
    """The most memory that this process, and the largest that it waited for, have held: megabytes."""
    used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def best(task: Callable[[], Any], times: int) -> Found:
    """The least time a task took, on the clock and on the processor, in seconds, and what it gave."""
    clocks, processors, given = [], [], None
    for _ in range(times):
        clock, start = time.perf_counter(), processor()
        given = task()
        clocks.append(time.perf_counter() - clock)
        processors.append(processor() - start)
    return {"seconds": min(clocks), "processor": min(processors), "given": given}


def side(tasks: dict[str, Callable[..., Any]]) -> None:
    """Do the task named on the command line, with numbers and words after it, and print what was found as JSON."""
    name, *words = sys.argv[1:]
    told, sys.stdout = sys.stdout, sys.stderr  # what libraries print is no part of the answer
    found = tasks[name](*(int(word) if word.isdigit() else word for word in words))
    told.write(json.dumps(found) + "\n")
