"""Calculations in processes of their own, beside the one that reads and sends: one question at a time in each.

A process holds nothing but the law: it is sent a function by its name with what is asked, and sends back what is to be
told. So one that dies is replaced, and what it was asked is asked again; one that is over its time is ended. When the
process that asks goes, however it goes, they go too.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import parent_process
from queue import SimpleQueue
from typing import Any

from starlette.exceptions import HTTPException

from mwp.errors import MwpError
from mwp.report.requests import Unreadable
from mwp.web.facts import Wrong
from mwp.web.faults import Fault

READY = "mwp.web.ready"
SECONDS_TO_BEGIN = 120.0
SECONDS_TO_LEAVE = 5.0
TRIES = 2
"""How often a question is asked where processes die of it, or while they have it."""
STOP = (signal.SIGINT, signal.SIGTERM)
"""Ctrl+C and a manager of services may send these to every process of the program: the one that asks decides."""
_TOLD = (MwpError, Unreadable, Wrong, HTTPException)
"""Errors with a message for whoever asks. Of any other only its kind and its place leave the process."""


class Died(Exception):
    """The process is not there any more, or was ended for taking too long."""


class Processes:
    """So many processes that calculate. What asks them comes in as many threads, and each thread finds one idle."""

    def __init__(self, number: int, *, warm: bool = True, niceness: int = 0) -> None:
        self._all = [_Process(warm, niceness) for _ in range(number)]
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        for one in self._all:
            self._idle.put(one)

    @property
    def pids(self) -> list[int]:
        """The numbers of those that run, as the system knows them."""
        return [one.pid for one in self._all if one.pid is not None]

    def start(self) -> None:
        """Start them all, and wait until each has answered."""
        until = time.monotonic() + SECONDS_TO_BEGIN
        for one in self._all:
            one.start()
        for one in self._all:
            one.ask(_question(os.getpid), until)

    def ask(self, function: Callable[..., Any], given: Sequence[Any], named: Mapping[str, Any], until: float) -> Any:
        """What the function returns, or raises for whoever asks. Raises Died, or Fault for any other error."""
        question = _question(function, *given, **named)
        one = self._idle.get()
        try:
            good, answer = pickle.loads(one.ask(question, until))
        finally:
            self._idle.put(one)
        if good:
            return answer
        raise answer

    def close(self) -> None:
        """Let all of them go. What they are still at is given up."""
        for one in self._all:
            one.close()


class _Process:
    """One process, started when it is first asked, and again when it has died."""

    def __init__(self, warm: bool, niceness: int) -> None:
        self._warm, self._niceness = warm, niceness
        self._process: Any = None
        self._line: Connection | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Start it. On Linux from a process that has read the law already: then it is there at once.

        Elsewhere what PDFs are drawn with cannot be relied on in a process that is a copy of another.
        """
        context: Any = get_context("forkserver" if sys.platform == "linux" else "spawn")
        if context.get_start_method() == "forkserver":
            context.set_forkserver_preload([READY if self._warm else __name__])
        self._line, theirs = context.Pipe()
        told = (theirs, self._warm, self._niceness)
        process: Any = context.Process(target=_answer_all, args=told, name="mwp-calculates", daemon=True)
        with _deaf():
            process.start()
        self._process = process
        theirs.close()
        atexit.register(self.close)

    def ask(self, question: bytes, until: float) -> bytes:
        """The answer, asked again of a new process where this one dies. Raises Died."""
        for _ in range(TRIES):
            if until <= time.monotonic():
                break
            with contextlib.suppress(EOFError, OSError):
                return self._ask(question, until)
            self.close()
        raise Died

    def _ask(self, question: bytes, until: float) -> bytes:
        if self._line is None:
            self.start()
        assert self._line is not None
        self._line.send_bytes(question)
        if not self._line.poll(max(until - time.monotonic(), 0.0)):
            self.close()
            raise Died
        return self._line.recv_bytes()

    def close(self) -> None:
        """End it, whatever it is at."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(SECONDS_TO_LEAVE)
        self._process = self._line = None
        atexit.unregister(self.close)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """What is started meanwhile never hears of Ctrl+C, not even while it gets ready: the signal stays held back."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # or the first start would begin it, and let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _question(function: Callable[..., Any], *given: Any, **named: Any) -> bytes:
    return pickle.dumps((function, given, named), pickle.HIGHEST_PROTOCOL)


# In the process itself


def _answer_all(line: Connection, warm: bool, niceness: int) -> None:
    """Answer question after question until the line is closed."""
    for one in STOP:
        signal.signal(one, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    if warm:
        import mwp.web.ready  # noqa: F401  which it is already, where the process comes from one that has read it
    with contextlib.suppress(EOFError, OSError):
        while True:
            line.send_bytes(_answer(line.recv_bytes()))


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)


def _answer(question: bytes) -> bytes:
    try:
        function, given, named = pickle.loads(question)
        return pickle.dumps((True, function(*given, **named)), pickle.HIGHEST_PROTOCOL)
    except _TOLD as error:
        return pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps((False, Fault.of(error)), pickle.HIGHEST_PROTOCOL)
