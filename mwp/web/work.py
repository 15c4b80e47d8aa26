"""Calculations, a bounded number at a time: nobody's request can crowd everybody else's out.

They wait in one queue, first come first served, and each is waited for no longer than the settings say. A calculation
shares nothing with another but the law. It runs in a process of its own (`mwp.web.processes`), which is ended where it
is given up; or in a thread, which cannot be stopped from outside, so that it keeps its place until it ends: what is
bounded is the work itself, not only the waiting.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from mwp.web.processes import Died, Processes

P = ParamSpec("P")
T = TypeVar("T")


class TooBusy(Exception):
    """There is no room for another calculation now, or it did not end in time. Say 503 and when to try again."""


class Work:
    """So many calculations at a time, and so many that may wait: in threads, or in as many processes."""

    def __init__(self, threads: int, waiting: int, seconds: float, processes: Processes | None = None) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="mwp-work")
        self._processes = processes
        self._room = threads + waiting
        self._seconds = seconds
        self._held = 0
        self._lock = threading.Lock()

    @property
    def is_full(self) -> bool:
        """Whether the next calculation would be refused."""
        return self._held >= self._room

    async def run(self, function: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """The function's result. Raises TooBusy, or what the function raises.

        For a process the function is one of a module, and what it is given and returns can be sent.
        """
        with self._lock:
            if self.is_full:
                raise TooBusy
            self._held += 1
        until = time.monotonic() + self._seconds
        running: Future[T]
        try:
            if self._processes is None:
                running = self._pool.submit(function, *args, **named)
            else:
                running = self._pool.submit(self._processes.ask, function, args, named, until)
        except RuntimeError:  # the pool is closing down
            self._let_go()
            raise TooBusy from None
        running.add_done_callback(self._let_go)
        waited = asyncio.wrap_future(running)
        waited.add_done_callback(_look_at)
        try:
            return await asyncio.wait_for(asyncio.shield(waited), self._seconds)
        except TimeoutError:
            if waited.done() and not waited.cancelled():
                raise  # the function's own
            running.cancel()
            raise TooBusy from None
        except Died:
            raise TooBusy from None

    def _let_go(self, _: Future[T] | None = None) -> None:
        with self._lock:
            self._held -= 1

    def start(self) -> None:
        """Start the processes, where there are any, and wait until each is ready."""
        if self._processes is not None:
            self._processes.start()

    def close(self) -> None:
        """Let what runs end, and start nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        if self._processes is not None:
            self._processes.close()


def _look_at(done: asyncio.Future[T]) -> None:
    """Take note of an error nobody waits for any more, or the event loop would log it, and what it says of people."""
    if not done.cancelled():
        done.exception()
