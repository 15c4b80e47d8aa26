"""How fast the web service answers under load: `make bench-web`.

`mwp web` with two workers is asked by locust over connections that are kept: first by one visitor who asks again as
soon as there is an answer, then by twenty who each ask at random, on average once a second, and for the result page
also by twenty who all ask at the same moment, once a second. Every visitor asks about the same household, and nothing
is remembered from one answer to the next, so each is worked out afresh. Times are of whole answers, as the visitor
waits for them; beside them stands what an answer costs the service in processor time (where Linux tells it), which
changes less when something else keeps the machine busy, and how much of the cores something else had meanwhile.
"""

import argparse
import csv
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.compare import machine
from mwp.web.answers import packed
from tests.web_support import LEEDS

GOAL = 150.0  # milliseconds: 95 of 100 answers are to be there within that, at 20 a second
SECONDS, AT_ONCE, WORKERS = 30, 20, 2
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
NEAR = ("50%", "95%", "99%")
PAGE = "result page"
VISITORS = (
    (1, "", "one visitor after another"),
    (AT_ONCE, "at random", f"{AT_ONCE} a second, at random"),
    (AT_ONCE, "in step", f"{AT_ONCE} at the same moment, every second"),
)
"""How many come, how they are paced (see `web_load_users.py`), and what they are called."""
NEAR_ENOUGH = 0.9
"""Visitors who come at random are some fewer or more than they are on average."""
BEGIN, END = "<!-- measured: make bench-web -->", "<!-- end of measured -->"


def questions() -> list[dict[str, str]]:
    """What is asked: the pages that calculate, what the API answers, and a page that does not calculate."""
    better_off = {"household": "lone_parent_two_children_leeds", "jobs": ["16h@12.71"]}
    return [
        {"name": PAGE, "path": "/result", "type": FORM, "body": urlencode({"answers": packed(LEEDS)})},
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


def load(address: str, question: dict[str, str], visitors: int, pace: str) -> dict[str, Any]:
    """Milliseconds by share of answers, the rate reached and how many failed."""
    told = json.dumps({**question, "pace": pace})
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


def busy() -> float | None:
    """Seconds of processor time that everything on this machine has had; None where Linux does not tell."""
    if not Path("/proc/stat").exists():
        return None
    user, nice, system, _, _, *interrupts = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:8])
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Asked:
    """What a kind of visitor met: milliseconds by share of answers, answers a second, failures, processor time each."""

    name: str
    rate: float
    near: Mapping[str, float]
    failed: int
    cost: float | None
    elsewhere: float | None
    """The share of the machine's cores that neither the service nor the asker had, but something else did."""


def asked(address: str, process: int, question: dict[str, str], visitors: int, pace: str, name: str) -> Asked:
    """Ask, and tell what was met."""
    began, ours, all_of_it = time.monotonic(), processor_time(process), busy()
    askers = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = load(address, question, visitors, pace)
    took, now, asker = time.monotonic() - began, processor_time(process), resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = elsewhere = None
    if ours is not None and now is not None:
        cost = (now - ours) / found["asked"] * 1000
        if all_of_it is not None:
            theirs = sum(asker[:2]) - sum(askers[:2])
            others = (busy() or 0.0) - all_of_it - (now - ours) - theirs
            elsewhere = max(others, 0.0) / took / (os.cpu_count() or 1)
    return Asked(f"{question['name']}, {name}", found["rate"], found, found["failed"], cost, elsewhere)


def page(every: Sequence[Asked], about: Mapping[str, Any]) -> str:
    """What was found, as the part of docs/web.md that tells it."""
    shares = [one.elsewhere for one in every if one.elsewhere is not None]
    rest = f" Other work had {max(shares):.0%} of the cores at most meanwhile." if shares else ""
    lines = [
        f"Measured on {about['date']} on {about['cores']} cores ({about['cpu']}), with {WORKERS} workers, asker and",
        f"server on the same cores, {SECONDS} seconds each.{rest}",
        "",
        "| milliseconds | a second | p50 | p95 | p99 | processor time |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]  # fmt: skip
    for one in every:
        times = " | ".join(f"{one.near[share]:.0f}" for share in NEAR)
        cost = "" if one.cost is None else f"{one.cost:.1f}"
        lines.append(f"| {one.name} | {one.rate:.1f} | {times} | {cost} |")
    goal = next(one for one in every if one.name == f"{PAGE}, {VISITORS[1][2]}")
    met = goal.near["95%"] <= GOAL and goal.rate >= AT_ONCE * NEAR_ENOUGH and not goal.failed
    lines += ["", f"The goal is {'met' if met else 'not met'}: {goal.near['95%']:.0f} ms at {goal.rate:.1f} a second."]
    return "\n".join(lines) + "\n"


def put_into(text: str, found: str) -> str:
    """A document with what was found between its two marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"There is no place for the figures: a line {BEGIN} and a line {END}.")
    return f"{before}{begin}\n\n{found}\n{end}{after}"


def main() -> None:
    """Ask, and print what was found."""
    told = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    told.add_argument("--output", type=Path, metavar="FILE", help="put the figures between the marks of this document")
    output = told.parse_args().output
    if not shutil.which("locust"):
        raise SystemExit('locust is not installed. Install it: pip install locust, or run "make bench-web".')
    print(f"{WORKERS} workers on {os.cpu_count()} cores, {SECONDS} seconds each; milliseconds, whole answers")
    print(f"{'':50}{'a second':>9}{'p50':>8}{'p95':>8}{'p99':>8}{'failed':>8}{'processor':>11}{'elsewhere':>11}")
    every = []
    with served() as (address, process):
        for question in questions():
            headers = {"Content-Type": question["type"]} if question["body"] else {}
            body = question["body"].encode() or None
            for _ in range(20):
                urllib.request.urlopen(urllib.request.Request(address + question["path"], body, headers)).read()
            for visitors, pace, words in VISITORS if question["name"] == PAGE else VISITORS[:2]:
                found = asked(address, process, question, visitors, pace, words)
                every.append(found)
                times = "".join(f"{found.near[share]:8.0f}" for share in NEAR)
                cost = "" if found.cost is None else f"{found.cost:.1f}"
                share = "" if found.elsewhere is None else f"{found.elsewhere:.0%}"
                print(f"{found.name:50}{found.rate:9.1f}{times}{found.failed:8}{cost:>11}{share:>11}", flush=True)
    if output:
        output.write_text(put_into(output.read_text(encoding="utf-8"), page(every, machine())), encoding="utf-8")
        print(f"The figures stand in {output}.")


if __name__ == "__main__":
    main()
