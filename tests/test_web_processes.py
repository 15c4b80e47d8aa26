"""Calculations in processes of their own: errors come across, deaths are made good, time is kept, nobody is left."""

import asyncio
import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from mwp.errors import InputError, MwpError, Problem
from mwp.report import page as paper
from mwp.report.requests import Unreadable
from mwp.web import examples
from mwp.web.answers import packed
from mwp.web.app import create_app
from mwp.web.facts import Wrong
from mwp.web.faults import Fault
from mwp.web.processes import Died, Processes
from mwp.web.settings import Settings
from mwp.web.work import TooBusy, Work
from tests.web_support import LEEDS, gone, is_there

SECRET = "Zebulon Quince of 14 Ferret Lane"
SOON = 60.0
FAULTS = [Problem("-3 is below 0.", "home.yaml", 7, "adults 1, hours", ("household", "adults", 0, "hours")),
          Problem("No such council.")]  # fmt: skip


def add(one: int, two: int, *, three: int = 0) -> int:
    return one + two + three


def fail(error: Exception) -> None:
    raise error


def break_down(about: str) -> None:
    raise RuntimeError(about)


def cannot_be_sent() -> Callable[[], None]:
    return lambda: None


def kill_oneself(once: str) -> int:
    """Die, at the first time only where a file is named to remember it by."""
    if once and os.path.exists(once):
        return os.getpid()
    if once:
        Path(once).touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


@pytest.fixture
def one() -> Iterator[Processes]:
    made = Processes(1, warm=False)
    yield made
    made.close()


def ask(of: Processes, function: Callable[..., Any], *given: Any, seconds: float = SOON, **named: Any) -> Any:
    return of.ask(function, given, named, time.monotonic() + seconds)


# What comes across


def test_a_question_is_answered_by_another_process(one):
    assert ask(one, add, 1, 2, three=4) == 7
    assert ask(one, os.getpid) == one.pids[0] != os.getpid()


@pytest.mark.parametrize(
    "error",
    [InputError(FAULTS), InputError.of("Give a job.", field="--job"), MwpError("Something to put right."),
     paper.CannotWritePdf("PDF files need weasyprint."), Wrong({"on": "No date.", "job_1_pay": "No number."}),
     Unreadable("This is not JSON."), HTTPException(404, "The library has nothing called x.", {"retry-after": "1"})],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_an_error_with_a_message_for_whoever_asks_comes_across_whole(one, error):
    with pytest.raises(type(error)) as found:
        ask(one, fail, error)
    assert type(found.value) is type(error)
    assert str(found.value) == str(error)
    assert vars(found.value) == vars(error)
    assert ask(one, add, 1, 1) == 2


def test_of_any_other_error_only_its_kind_and_its_place_come_across(one):
    with pytest.raises(Fault) as found:
        ask(one, break_down, SECRET)
    assert found.value.kind == "RuntimeError"
    assert found.value.places[0].startswith("test_web_processes.py:")
    assert SECRET not in str(found.value)
    assert SECRET.encode() not in pickle.dumps(found.value)


def test_an_answer_that_cannot_be_sent_is_a_fault_and_no_death(one):
    [pid] = (ask(one, os.getpid),)
    with pytest.raises(Fault):
        ask(one, cannot_be_sent)
    assert ask(one, os.getpid) == pid


# Deaths and time


def test_a_process_that_dies_over_a_question_is_replaced_and_the_question_asked_again(one, tmp_path):
    before = ask(one, os.getpid)
    after = ask(one, kill_oneself, str(tmp_path / "died"))
    assert after != before
    assert ask(one, os.getpid) == after


def test_a_question_that_kills_whoever_is_asked_is_given_up_and_the_next_is_answered(one):
    with pytest.raises(Died):
        ask(one, kill_oneself, "")
    assert ask(one, add, 1, 1) == 2


def test_a_process_that_was_killed_while_idle_is_replaced(one):
    before = ask(one, os.getpid)
    os.kill(before, signal.SIGKILL)
    assert gone([before])
    assert ask(one, os.getpid) not in (before, os.getpid())


def test_a_calculation_over_its_time_is_ended(one):
    pid = ask(one, os.getpid)
    began = time.monotonic()
    with pytest.raises(Died):
        ask(one, sleep, 60.0, seconds=0.3)
    assert time.monotonic() - began < 10
    assert gone([pid])
    assert ask(one, add, 1, 1) == 2


def test_a_question_whose_time_was_up_before_its_turn_is_not_asked(one, tmp_path):
    pid = ask(one, os.getpid)
    with pytest.raises(Died):
        ask(one, kill_oneself, str(tmp_path / "asked"), seconds=-1.0)
    assert not (tmp_path / "asked").exists()
    assert ask(one, os.getpid) == pid


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_sent_to_every_process_is_left_to_the_one_that_asks(one, sent):
    pid = ask(one, os.getpid)
    os.kill(pid, sent)
    time.sleep(0.1)
    assert ask(one, os.getpid) == pid


def test_closed_all_are_gone():
    several = Processes(3, warm=False)
    several.start()
    pids = several.pids
    assert len(set(pids)) == 3
    assert all(is_there(pid) for pid in pids)
    several.close()
    assert gone(pids)


# Through the queue


def test_work_in_processes_is_bounded_and_kept_to_its_time():
    async def all_of_it() -> None:
        processes = Processes(2, warm=False)
        processes.start()
        work, hasty = Work(2, 1, SOON, processes), Work(2, 1, 0.5, processes)
        pids = processes.pids
        assert await work.run(add, 1, 2, three=3) == 6
        with pytest.raises(InputError):
            await work.run(fail, InputError(FAULTS))
        found = await asyncio.gather(*(hasty.run(sleep, 60.0) for _ in range(4)), return_exceptions=True)
        assert [type(one) for one in found] == [TooBusy] * 4
        assert gone(pids)
        for _ in range(500):
            if not hasty._held:
                break
            await asyncio.sleep(0.01)
        assert hasty._held == 0
        assert await asyncio.gather(*(work.run(add, n, n) for n in range(3))) == [0, 2, 4]
        with pytest.raises(TooBusy):
            await work.run(kill_oneself, "")
        pids = processes.pids
        await asyncio.to_thread(work.close)
        assert gone(pids)
        with pytest.raises(TooBusy):
            await work.run(add, 1, 1)

    asyncio.run(all_of_it())


def test_a_question_waits_for_whichever_process_is_free_first():
    """One process at something long does not hold up what comes after: the other takes all of it."""

    async def all_of_it() -> None:
        processes = Processes(2, warm=False)
        processes.start()
        work = Work(2, 20, 30.0, processes)
        busy = asyncio.create_task(work.run(sleep, 2.0))
        await asyncio.sleep(0.2)
        short = await asyncio.gather(*(work.run(sleep, 0.01) for _ in range(10)))
        assert not busy.done()
        assert await busy not in short
        assert len(set(short)) == 1
        await asyncio.to_thread(work.close)

    asyncio.run(all_of_it())


# Through the application

ANSWERS = {"answers": packed(LEEDS)}
TOO_OLD = {"answers": packed(LEEDS | {"you_age": "99"})}
HOME = "lone_parent_two_children_leeds"
POLICY = f"?household={HOME}&reform=uc_taper_50&on=2026-11-01"
ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/result", {"data": ANSWERS}),
    ("POST", "/cy/result", {"data": ANSWERS}),
    ("POST", "/result", {"data": TOO_OLD}),
    ("POST", "/working", {"data": {**ANSWERS, "column": "1"}}),
    ("GET", "/coach", {}),
    ("GET", f"/coach?household={HOME}", {}),
    ("GET", "/coach?household=nobody", {}),
    ("POST", "/coach", {"data": {"household": HOME, "job_1_hours": "20", "on": "2026-11-01"}}),
    ("POST", "/coach", {"data": {"household": HOME, "job_1_hours": "many", "on": "2030-11-01"}}),
    ("POST", "/coach", {"data": {"use_file": "1"}, "files": {"upload": ("home.yaml", b"nation: [")}}),
    ("POST", "/coach/answer", {"data": {"household": HOME, "job_1_hours": "20", "reform": "nes_guarantee"}}),
    ("POST", "/coach/answer", {"data": {"household": HOME, "job_1_hours": "-1"}}),
    ("POST", "/coach/pdf", {"data": {"household": HOME, "job_1_hours": "-1"}}),
    ("GET", "/policy", {}),
    ("GET", f"/policy{POLICY}", {}),
    ("GET", f"/policy{POLICY}&earner=partner", {}),
    ("GET", f"/policy/comparison.csv{POLICY}", {}),
    ("GET", "/api/v1/households", {}),
    ("GET", "/api/v1/households/nobody", {}),
    ("GET", "/api/v1/parameters?path=universal_credit.taper", {}),
    *(("POST", f"/api/v1/{name}", {"json": question}) for name, question in examples.QUESTIONS.items()),
    ("POST", "/api/v1/calculate", {"json": {"household": HOME, "on": "1999-01-01"}}),
    ("POST", "/api/v1/calculate", {"content": b"[1", "headers": {"content-type": "application/json"}}),
]


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[TestClient, TestClient]]:
    told: dict[str, Any] = {
        "hosts": ("testserver",),
        "warm_up": False,
        "rate": 100_000,
        "burst": 100_000,
        "seconds": 120.0,
    }
    with (
        TestClient(create_app(Settings(**told))) as threads,
        TestClient(create_app(Settings(**told, processes=1))) as processes,
    ):
        yield threads, processes


@pytest.mark.parametrize(("method", "path", "rest"), ASKED)
def test_every_page_and_answer_is_what_it_is_without_processes(both, method, path, rest):
    here, there = (one.request(method, path, follow_redirects=False, **rest) for one in both)
    assert there.status_code == here.status_code
    assert there.headers.get("content-type") == here.headers.get("content-type")
    assert there.content == here.content


@pytest.mark.skipif(not paper.can_write_pdf(), reason="weasyprint is not installed")
def test_a_pdf_comes_across(both):
    _, there = both
    answer = there.post("/result/pdf", data=ANSWERS)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
