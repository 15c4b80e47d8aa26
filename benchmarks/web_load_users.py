"""The visitors of `web_load.py`, for locust: each asks the same question, once a second or without a pause."""

import json
import os
import random

import gevent
from locust import FastHttpUser, constant, constant_throughput, task

LOAD = json.loads(os.environ.get("MWP_LOAD", "{}"))


class Visitor(FastHttpUser):
    """One who asks and reads the whole answer. A thousand of them would be spread over the second, not in step."""

    wait_time = constant_throughput(1) if LOAD.get("paced") else constant(0)

    def on_start(self) -> None:
        if LOAD.get("paced"):
            gevent.sleep(random.random())

    @task
    def ask(self) -> None:
        headers = {"Content-Type": LOAD["type"], "Accept-Encoding": "gzip"} if LOAD["body"] else {}
        method = "POST" if LOAD["body"] else "GET"
        self.client.request(method, LOAD["path"], data=LOAD["body"] or None, headers=headers, name=LOAD["name"],
                            allow_redirects=False)  # fmt: skip
