"""`mwp web` as a process: it starts, says where it is, serves, finishes what it has begun and stops."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mwp.cli import web
from mwp.cli.main import main
from tests.web_support import descendants, gone

linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the processes are found as Linux tells them")
QUESTION = json.dumps(
    {"household": "lone_parent_two_children_leeds", "jobs": ["16h@12.71", "30h@12.71"], "on": "2026-11-01"}
).encode()

COMMAND = [sys.executable, "-c", "import sys; from mwp.cli.main import main; main(sys.argv[1:])", "web"]


@contextmanager
def served(*args: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and the address it says it is at."""
    env = {**os.environ, "PYTHONUNBUFFERED": "1", **environment}
    process = subprocess.Popen([*COMMAND, "--port", "0", *args], stderr=subprocess.PIPE, text=True, env=env)
    watch = threading.Timer(90, process.kill)
    watch.start()
    try:
        assert process.stderr is not None
        said = ""
        while not (found := re.search(r"mwp is at (http://\S+/)", said)):
            line = process.stderr.readline()
            assert line, said
            said += line
        yield process, found[1]
    finally:
        watch.cancel()
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def asked(address: str) -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{address}api/v1/better-off", QUESTION, headers)) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


@pytest.mark.parametrize("workers", [1, 2])
def test_it_serves_and_finishes_what_it_has_begun_when_told_to_stop(workers):
    warm = "1" if workers == 1 else "0"
    with served("--workers", str(workers), "--log-level", "info", MWP_WEB_WARM_UP=warm) as (process, address):
        with urllib.request.urlopen(f"{address}health") as answer:
            assert json.load(answer) == {"status": "ok"}
            assert "server" not in answer.headers
        with urllib.request.urlopen(address) as page:
            assert page.headers["content-type"].startswith("text/html")
        verdict = asked(address)["verdict"]
        answers: list[dict[str, Any]] = []
        several = [threading.Thread(target=lambda: answers.append(asked(address))) for _ in range(4)]
        for one in several:
            one.start()
        time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        for one in several:
            one.join(30)
        assert [one["verdict"] for one in answers] == [verdict] * 4
        assert process.wait(30) == 0
        assert process.stderr is not None
        logged = process.stderr.read()
        assert len(re.findall(r"POST /api/v1/better-off 200 \d+ms", logged)) == 5
        assert "lone_parent" not in logged
        assert "127.0.0.1" not in logged
        assert "Traceback" not in logged


def calculators(process: subprocess.Popen[str]) -> list[int]:
    """The processes that calculate: begun by the one that they are started from."""
    begun = descendants(process.pid)
    return [pid for one in begun for pid in descendants(one)]


@linux
def test_a_process_that_calculates_and_is_killed_is_replaced_and_nobody_notices():
    with served("--workers", "2", MWP_WEB_WARM_UP="0", MWP_WEB_RATE="1000") as (process, address):
        verdict = asked(address)["verdict"]
        before = calculators(process)
        assert len(before) == 3  # two, and one for long questions
        answers: list[dict[str, Any]] = []
        several = [threading.Thread(target=lambda: answers.append(asked(address))) for _ in range(12)]
        for one in several:
            one.start()
        time.sleep(0.1)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        for one in several:
            one.join(60)
        assert [one["verdict"] for one in answers] == [verdict] * 12
        after = calculators(process)
        assert not set(before) & set(after)
        with urllib.request.urlopen(f"{address}ready") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert gone(after)


@linux
def test_when_every_process_is_told_to_stop_what_has_begun_is_finished():
    with served("--workers", "2", MWP_WEB_WARM_UP="0", MWP_WEB_RATE="1000") as (process, address):
        verdict = asked(address)["verdict"]
        every = descendants(process.pid)
        answers: list[dict[str, Any]] = []
        several = [threading.Thread(target=lambda: answers.append(asked(address))) for _ in range(6)]
        for one in several:
            one.start()
        time.sleep(0.2)
        for pid in [process.pid, *every]:
            os.kill(pid, signal.SIGTERM)
        for one in several:
            one.join(60)
        assert [one["verdict"] for one in answers] == [verdict] * 6
        assert process.wait(30) == 0
        assert gone(every)


@linux
def test_ctrl_c_while_it_gets_ready_ends_it_without_a_word_of_where_it_was():
    env = {**os.environ, "MWP_WEB_WARM_UP": "1"}
    with subprocess.Popen(
        [*COMMAND, "--port", "0", "--workers", "2"], stderr=subprocess.PIPE, text=True, env=env
    ) as process:
        until = time.monotonic() + 30
        while len(every := descendants(process.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.3)
        for pid in [process.pid, *every]:
            os.kill(pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert gone(every)


@linux
def test_when_the_process_that_serves_is_killed_nothing_of_it_is_left():
    with served("--workers", "2", MWP_WEB_WARM_UP="0") as (process, address):
        asked(address)
        every = descendants(process.pid)
        assert len(every) >= 4
        process.kill()
        process.wait(10)
        assert gone(every)


def test_a_port_that_is_taken_is_said_so():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["web", "--port", str(port)])
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: Cannot listen at 127.0.0.1, port {port}: another program listens there."
        " Give another with --port, as 8080.\n"
    )


def test_an_address_that_is_not_this_machines_is_said_so():
    result = CliRunner().invoke(main, ["web", "--host", "192.0.2.1"])
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: Cannot listen at 192.0.2.1, port 8000: ")


def test_libraries_that_are_not_installed_are_named(monkeypatch):
    monkeypatch.setattr(web, "NEEDS", ("fastapi", "no_such_library"))
    result = CliRunner().invoke(main, ["web"])
    assert result.exit_code == 2
    assert "no_such_library" in result.stderr
    assert 'pip install "mwp[web]"' in result.stderr


def test_a_setting_that_cannot_be_used_stops_the_start():
    command = [sys.executable, "-c", "import mwp.web.asgi"]
    done = subprocess.run(command, env={**os.environ, "MWP_WEB_RATE": "fast"}, capture_output=True, text=True)
    assert done.returncode
    assert "MWP_WEB_RATE" in done.stderr


def test_the_socket_is_one_that_sends_at_once():
    with web._bound("127.0.0.1", 0) as sock:
        assert sock.proto == socket.IPPROTO_TCP
