"""How fast the web service answers under load: `make bench-web`.

`mwp web` with two workers is asked by locust: first by one visitor who asks again as soon as there is an answer, then
by twenty who each ask once a second, not in step. Every visitor asks about the same household, and nothing is
remembered from one answer to the next, so each is worked out afresh. Times are of whole answers, as the visitor waits
for them; beside them stands what an answer costs the workers in processor time (where Linux tells it), which hardly
changes when something else keeps the machine busy.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from mwp.web.answers import packed
from tests.web_support import LEEDS

GOAL = 150.0  # milliseconds: 95 of 100 answers are to be there within that, at 20 a second
SECONDS, AT_ONCE, WORKERS = 30, 20, 2
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
NEAR = ("50%", "95%", "99%")


def questions() -> list[dict[str, str]]:
    """What is asked: the pages that calculate, what the API answers, and a page that does not calculate."""
    better_off = {"household": "lone_parent_two_children_leeds", "jobs": ["16h@12.71"]}
    return [
        {"name": "result page", "path": "/result", "type": FORM, "body": urlencode({"answers": packed(LEEDS)})},
        {"name": "API better-off", "path": "/api/v1/better-off", "type": JSON, "body": json.dumps(better_off)},
        {"name": "API calculate", "path": "/api/v1/calculate", "type": JSON,
         "body": json.dumps({"household": better_off["household"]})},
        {"name": "start page", "path": "/", "type": "", "body": ""},
    ]  # fmt: skip


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The service as `mwp web` runs it, but for the limit on one address."""
    command = [
        sys.executable,
        "-c",
        "from mwp.cli.main import main; main()",
        "web",
        "--port",
        "0",
        "--log-level",
        "error",
    ]
    env = {**os.environ, "MWP_WEB_RATE": "100000", "MWP_WEB_BURST": "100000", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([*command, "--workers", str(WORKERS)], env=env, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = ""
        while not (found := re.search(r"mwp is at (http://\S+)/", said)):
            line = process.stderr.readline()
            if not line:
                raise SystemExit(said)
            said += line
        _until_all_are_ready(process.pid)
        yield found[1], process.pid
    finally:
        process.terminate()
        process.wait(60)


def _until_all_are_ready(process: int) -> None:
    """Wait until no worker is getting ready any more: the first one answers while others still read the law."""
    before, now = -1.0, 0.0
    while now - before > 0.05:
        before = now
        time.sleep(2)
        now = processor_time(process) or 0.0


def load(address: str, question: dict[str, str], visitors: int, paced: bool) -> dict[str, Any]:
    """Milliseconds by share of answers, the rate reached and how many failed."""
    told = json.dumps({**question, "paced": paced})
    with tempfile.TemporaryDirectory() as folder:
        locust = [
            shutil.which("locust") or "locust", "-f", str(Path(__file__).with_name("web_load_users.py")), "--headless",
            "--only-summary", "--loglevel", "ERROR", "--users", str(visitors), "--spawn-rate", str(visitors),
            "--run-time", f"{SECONDS}s", "--stop-timeout", "10", "--host", address, "--csv", f"{folder}/found",
        ]  # fmt: skip
        env = {**os.environ, "MWP_LOAD": told}
        done = subprocess.run(locust, env=env, capture_output=True, text=True)
        with Path(f"{folder}/found_stats.csv").open() as file:
            rows = list(csv.DictReader(file))
    row = next((one for one in rows if one["Name"] == question["name"]), None)
    if row is None:
        raise SystemExit(done.stderr or "Nothing was asked.")
    near = {share: float(row[share]) for share in NEAR}
    asked, failed = int(row["Request Count"]), int(row["Failure Count"])
    return near | {"rate": float(row["Requests/s"]), "asked": asked, "failed": failed}


def processor_time(parent: int) -> float | None:
    """Seconds of processor time that a process and all that it began have had; None where Linux does not tell."""
    if not Path("/proc/self/stat").exists():
        return None
    told: dict[int, list[str]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # a process that has just ended
            told[int(stat.parent.name)] = stat.read_text().rpartition(") ")[2].split()
    found, ticks = [parent], 0
    for one in found:
        found += [child for child, of in told.items() if int(of[1]) == one]
        ticks += sum(int(part) for part in told[one][11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Ask, and print what was found."""
    if not shutil.which("locust"):
        raise SystemExit('locust is not installed. Install it: pip install locust, or run "make bench-web".')
    print(f"{WORKERS} workers on {os.cpu_count()} cores, {SECONDS} seconds each; milliseconds, whole answers")
    print(f"{'':34}{'a second':>9}{'p50':>8}{'p95':>8}{'p99':>8}{'failed':>8}{'processor':>11}   p95 / {GOAL:.0f} ms")
    with served() as (address, process):
        for question in questions():
            headers = {"Content-Type": question["type"]} if question["body"] else {}
            body = question["body"].encode() or None
            for _ in range(20):
                urllib.request.urlopen(urllib.request.Request(address + question["path"], body, headers)).read()
            for visitors, paced, words in ((1, False, "one visitor"), (AT_ONCE, True, f"{AT_ONCE} a second")):
                before = processor_time(process)
                found = load(address, question, visitors, paced)
                after = processor_time(process)
                cost = "" if before is None or after is None else f"{(after - before) / found['asked'] * 1000:.1f}"
                times = "".join(f"{found[share]:8.0f}" for share in NEAR)
                share = f"{found['95%'] / GOAL:.2f}" if paced else ""
                label = f"{question['name']}, {words}"
                print(f"{label:34}{found['rate']:9.1f}{times}{found['failed']:8}{cost:>11}   {share}", flush=True)


if __name__ == "__main__":
    main()
