"""The visitors of `web_load.py`, for locust: each asks the same question, as `MWP_LOAD` says how.

Locust's own pacing counts from when its visitors are made, which is all at once, so that they ask in step from the
second question on, whatever each did first. So when to ask is told here.
"""

import json
import os
import random
from time import perf_counter

import gevent
from locust import FastHttpUser, task

LOAD = json.loads(os.environ.get("MWP_LOAD", "{}"))
PACE = LOAD.get("pace", "")
BEGAN = perf_counter()
"""When this was read: the visitors that ask in step count from there."""


class Visitor(FastHttpUser):
    """One who asks and reads the whole answer, then waits for the moment of the next question, if it is not past."""

    def on_start(self) -> None:
        self.moment = perf_counter() if PACE == "at random" else BEGAN
        gevent.sleep(self.wait_time())

    def wait_time(self) -> float:
        """Seconds until the next question: none, a time that is on average a second, or until the full second."""
        if PACE == "at random":
            self.moment += random.expovariate(1.0)
        elif PACE == "in step":
            while self.moment < perf_counter():
                self.moment += 1.0
        return max(self.moment - perf_counter(), 0.0) if PACE else 0.0

    @task
    def ask(self) -> None:
        headers = {"Content-Type": LOAD["type"], "Accept-Encoding": "gzip"} if LOAD["body"] else {}
        method = "POST" if LOAD["body"] else "GET"
        self.client.request(method, LOAD["path"], data=LOAD["body"] or None, headers=headers, name=LOAD["name"],
                            allow_redirects=False)  # fmt: skip
