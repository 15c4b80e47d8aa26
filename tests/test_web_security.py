"""What stands before the pages and the API: safe headers, limits, no secrets in logs, nobody else's figures."""

import asyncio
import json
import logging
import re
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

import mwp
from mwp import resources
from mwp.errors import InputError, MwpError
from mwp.report import requests
from mwp.web import api, examples, guard
from mwp.web.app import create_app
from mwp.web.language import language
from mwp.web.settings import Settings
from mwp.web.work import TooBusy, Work

LEEDS = "lone_parent_two_children_leeds"
ON = "2026-11-01"
QUESTION = {"household": LEEDS, "on": ON}
JSON = {"content-type": "application/json"}
SECRET = "Zebulon Quince of 14 Ferret Lane"


def made(**settings: Any) -> FastAPI:
    """The application, freely asked, and with an address that breaks."""
    told: dict[str, Any] = {"hosts": ("testserver",), "warm_up": False, "rate": 100_000, "burst": 100_000}
    app = create_app(Settings(**told | settings))

    async def breaks(request: Request) -> PlainTextResponse:
        raise RuntimeError(SECRET)

    app.router.routes[:0] = [Route("/api/breaks", breaks), Route("/breaks", breaks)]
    return app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(made()) as one:
        yield one


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """Everything that has been logged, by anybody."""
    monkeypatch.setattr(logging.getLogger("mwp.web"), "propagate", True)
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join([caplog.text, *(repr(record.__dict__) for record in caplog.records
                                             if not record.name.startswith("httpx"))])  # fmt: skip


# Headers


def every_answer() -> list[tuple[str, str, int, dict[str, Any]]]:
    return [
        ("GET", "/", 200, {}),
        ("GET", "/cy", 200, {}),
        ("GET", "/privacy", 200, {}),
        ("GET", "/coach", 200, {}),
        ("GET", "/policy", 200, {}),
        ("GET", "/api", 200, {}),
        ("GET", "/static/mwp.css", 200, {}),
        ("GET", "/health", 200, {}),
        ("GET", "/ready", 200, {}),
        ("GET", "/api/v1/openapi.json", 200, {}),
        ("GET", "/api/v1/households", 200, {}),
        ("GET", f"/api/v1/households/{LEEDS}", 200, {}),
        ("GET", "/api/v1/reforms", 200, {}),
        ("GET", "/api/v1/reforms/uc_taper_50", 200, {}),
        ("GET", "/api/v1/variables", 200, {}),
        ("GET", "/api/v1/parameters", 200, {}),
        *(("POST", f"/api/v1/{name}", 200, {"json": question}) for name, question in examples.QUESTIONS.items()),
        ("POST", "/api/v1/calculate", 422, {"json": {}}),
        ("POST", "/api/v1/calculate", 400, {"content": b"{", "headers": JSON}),
        ("POST", "/api/v1/calculate", 415, {"content": b"{}"}),
        ("POST", "/api/v1/calculate", 413, {"content": b" " * 70_000, "headers": JSON}),
        ("POST", "/api/v1/calculate", 403, {"json": QUESTION, "headers": {"sec-fetch-site": "cross-site"}}),
        ("POST", "/check", 403, {"data": {"a": "b"}, "headers": {"sec-fetch-site": "cross-site"}}),
        ("GET", "/api/v1/nothing", 404, {}),
        ("GET", "/nothing", 404, {}),
        ("GET", "/static/nothing.css", 404, {}),
        ("DELETE", "/", 405, {}),
        ("GET", "/api/v1/calculate", 405, {}),
        ("GET", "/", 421, {"headers": {"host": "elsewhere.example"}}),
        ("GET", f"/?{'a' * 5_000}", 414, {}),
        ("GET", "/api/breaks", 500, {}),
        ("GET", "/breaks", 500, {}),
    ]


@pytest.mark.parametrize(("method", "path", "status", "rest"), every_answer())
def test_every_answer_carries_the_safe_headers_and_no_cookie(client, method, path, status, rest):
    answer = client.request(method, path, follow_redirects=False, **rest)
    assert answer.status_code == status
    headers = answer.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["img-src"] == "'self' data:"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "strict-transport-security" not in headers
    assert "set-cookie" not in headers
    kept = "public, max-age=3600" if path == "/static/mwp.css" else "no-cache" if "etag" in headers else "no-store"
    assert headers["cache-control"] == kept
    assert "Traceback" not in answer.text
    assert SECRET not in answer.text


def test_files_of_every_page_are_kept_until_they_change(client):
    [named] = re.findall(r'href="(/static/mwp\.css[^"]*)"', client.get("/").text)
    assert client.get(named).headers["cache-control"] == "public, max-age=31536000, immutable"
    plain = client.get("/static/mwp.css")
    assert client.get("/static/mwp.css", headers={"if-none-match": plain.headers["etag"]}).status_code == 304
    assert client.get("/static/nothing-0123abcd.css").headers["cache-control"] == "no-store"


def test_no_page_holds_a_script_or_a_style_of_its_own(client):
    for path in ("/", "/cy", "/api", "/privacy", "/coach", "/policy", "/nothing"):
        page = client.get(path).text
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", page)


@pytest.mark.parametrize(
    ("settings", "forwarded", "sent"),
    [({}, "https", False), ({"hsts": True}, "http", False), ({"hsts": True}, "https", True)],
)
def test_https_alone_is_asked_for_only_where_set_and_come_by(settings, forwarded, sent):
    app = made(proxies=Settings.from_environment({"MWP_WEB_PROXIES": "127.0.0.1"}).proxies, **settings)
    answer = TestClient(app, client=("127.0.0.1", 1)).get("/health", headers={"x-forwarded-proto": forwarded})
    assert ("strict-transport-security" in answer.headers) is sent


# Who may ask


@pytest.mark.parametrize(
    ("host", "status"),
    [("testserver", 200), ("TESTSERVER:8000", 200), ("evil.example", 421), ("testserver.evil.example", 421), ("", 421)],
)
def test_only_our_own_names_are_answered(client, host, status):
    assert client.get("/api/v1/openapi.json", headers={"host": host}).status_code == status
    assert client.get("/health", headers={"host": host}).status_code == 200


def test_ipv6_and_any_name():
    assert TestClient(made(hosts=("[::1]",))).get("/api", headers={"host": "[::1]:8000"}).status_code == 200
    assert TestClient(made(hosts=("*",))).get("/api", headers={"host": "whatever.example"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # a program, not a page
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "http://TestServer"}, 200),
        ({"origin": "http://testserver:81"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://testserver.evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "https://testserver"}, 200),
    ],
)
def test_what_a_page_of_another_site_sends_is_refused(client, headers, status):
    assert client.post("/api/v1/explain", json=QUESTION, headers=headers).status_code == status
    assert (client.post("/check", data={}, headers=headers, follow_redirects=False).status_code == 403) is (
        status == 403
    )


def test_pages_of_named_sites_may_call_the_api_and_nothing_else():
    app = TestClient(made(cors_origins=("https://tools.example.org",)))
    theirs = {"origin": "https://tools.example.org", "sec-fetch-site": "cross-site"}
    before = app.options("/api/v1/explain", headers=theirs | {"access-control-request-method": "POST"})
    assert before.status_code == 204
    assert before.headers["access-control-allow-origin"] == "https://tools.example.org"
    assert before.headers["access-control-allow-headers"] == "content-type"
    assert "access-control-allow-credentials" not in before.headers
    answer = app.post("/api/v1/explain", json=QUESTION, headers=theirs)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://tools.example.org"
    assert "Origin" in answer.headers["vary"]
    assert app.post("/check", data={}, headers=theirs).status_code == 403
    others = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert app.post("/api/v1/explain", json=QUESTION, headers=others).status_code == 403
    assert "access-control-allow-origin" not in app.get("/api/v1/households", headers=others).headers


# How often


def test_an_address_may_ask_so_often_and_is_told_when_to_try_again():
    app = made(rate=0.5, burst=3)
    one, other = TestClient(app, client=("192.0.2.1", 5)), TestClient(app, client=("192.0.2.2", 5))
    assert [one.get("/api/v1/nothing").status_code for _ in range(5)] == [404, 404, 404, 429, 429]
    refused = one.get("/api/v1/nothing")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["retry-after"] == "2"
    assert one.get("/nothing").headers["content-type"].startswith("text/html")
    assert other.get("/api/v1/nothing").status_code == 404
    assert {one.get(path).status_code for path in ("/health", "/ready", "/static/mwp.css") for _ in range(4)} == {200}


def test_a_bucket_fills_up_again():
    rates = guard.Rates(rate=2.0, burst=2)
    assert [rates.wait("a", 0.0) for _ in range(2)] == [0.0, 0.0]
    assert rates.wait("a", 0.0) == pytest.approx(0.5)
    assert rates.wait("a", 0.25) == pytest.approx(0.25)
    assert rates.wait("a", 0.5) == 0.0
    assert rates.wait("a", 100.0) == 0.0
    assert rates.wait("a", 100.0) == 0.0
    assert rates.wait("a", 100.0) > 0.0


def test_only_addresses_of_the_last_while_are_remembered(monkeypatch):
    monkeypatch.setattr(guard, "_MOST_ADDRESSES", 10)
    rates = guard.Rates(rate=1.0, burst=1)
    for number in range(100):
        rates.wait(str(number), 0.0)
    assert len(rates._buckets) == 10


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),  # nobody trusts this peer
        ("10.0.0.5", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.5", "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the first is what the visitor claims
        ("10.0.0.5", "198.51.100.7, 10.0.0.9", "198.51.100.7"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "rubbish", "unknown"),
        ("2001:db8::1", "", "20010db800000000::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
    ],
)
def test_the_visitors_address_is_taken_from_trusted_proxies_only(peer, forwarded, counted):
    settings = Settings.from_environment({"MWP_WEB_PROXIES": "10.0.0.0/8"})
    scope = {"client": (peer, 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}
    found = guard.Guard(made(), settings)._client(scope, Headers(scope=scope))
    assert found == counted


def test_a_unix_socket_can_be_trusted():
    scope = {"client": None, "headers": [(b"x-forwarded-for", b"198.51.100.7")]}
    for told, counted in (("unix", "198.51.100.7"), ("10.0.0.1", "unknown")):
        settings = Settings.from_environment({"MWP_WEB_PROXIES": told})
        assert guard.Guard(made(), settings)._client(scope, Headers(scope=scope)) == counted


# How much


def in_parts(size: int) -> Iterator[bytes]:
    for _ in range(size // 1_000):
        yield b" " * 1_000


@pytest.mark.parametrize("path", ["/api/v1/calculate", "/check"])
def test_a_body_that_is_too_large_is_refused_whether_or_not_its_length_is_told(client, path):
    assert client.post(path, content=b" " * 65_537, headers=JSON).status_code == 413
    assert client.post(path, content=in_parts(70_000), headers=JSON).status_code == 413


def test_a_body_up_to_the_limit_is_read(client):
    body = json.dumps(QUESTION).encode()
    for padded in (body + b" " * (65_536 - len(body)), None):
        content = padded if padded is not None else iter([body[:10], body[10:]])
        assert client.post("/api/v1/calculate", content=content, headers=JSON).status_code == 200


def run_with(app: FastAPI, receive: Callable[[], Awaitable[Any]], *headers: tuple[bytes, bytes]) -> int:
    """The status of a post whose body arrives as `receive` says."""
    scope = {
        "type": "http", "method": "POST", "path": "/api/v1/calculate", "raw_path": b"", "query_string": b"",
        "headers": [(b"host", b"testserver"), (b"content-type", b"application/json"), *headers],
        "client": ("192.0.2.1", 1), "server": ("testserver", 80), "scheme": "http", "http_version": "1.1",
    }  # fmt: skip
    statuses = []

    async def send(message: Any) -> None:
        statuses.append(message.get("status"))

    asyncio.run(app(scope, receive, send))
    return int(statuses[0])


def test_a_body_that_does_not_arrive_is_not_waited_for():
    async def never() -> None:
        await asyncio.sleep(60)

    began = time.monotonic()
    assert run_with(made(body_seconds=0.1), never, (b"content-length", b"10")) == 408
    assert time.monotonic() - began < 5


def test_a_body_that_breaks_off_or_has_no_length_at_all_is_no_fault_of_ours():
    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    assert run_with(made(), gone, (b"content-length", b"10")) == 400
    assert run_with(made(), gone, (b"content-length", b"ten")) == 400


# Work


def test_where_there_is_no_room_for_more_work_one_is_told_to_come_back(monkeypatch):
    app = made(threads=1, waiting=0)
    going, done = threading.Event(), threading.Event()

    def slow(*_: Any) -> bytes:
        going.set()
        done.wait(10)
        return b"{}"

    monkeypatch.setattr("mwp.web.api.answer", slow)
    with TestClient(app) as one:
        first = threading.Thread(target=lambda: one.post("/api/v1/calculate", json=QUESTION))
        first.start()
        assert going.wait(10)
        assert one.get("/ready").status_code == 503
        assert one.get("/health").status_code == 200
        refused = one.post("/api/v1/calculate", json=QUESTION)
        assert refused.status_code == 503
        assert refused.headers["retry-after"] == "2"
        assert refused.headers["content-type"] == "application/problem+json"
        done.set()
        first.join(10)
        assert one.get("/ready").status_code == 200


def test_long_questions_do_not_hold_up_short_ones(monkeypatch):
    app = made(threads=1, waiting=0, long_waiting=0)
    going, done = threading.Event(), threading.Event()
    real = api.answer

    def slow(function: Any, *rest: Any) -> bytes:
        if function is api.surface:
            going.set()
            done.wait(30)
        return real(function, *rest)

    monkeypatch.setattr("mwp.web.api.answer", slow)
    with TestClient(app) as one:
        surface = threading.Thread(target=lambda: one.post("/api/v1/surface", json=examples.QUESTIONS["surface"]))
        surface.start()
        assert going.wait(10)
        assert one.post("/api/v1/compare", json=examples.QUESTIONS["compare"]).status_code == 503
        assert one.get("/ready").status_code == 200
        assert one.post("/api/v1/calculate", json=QUESTION).status_code == 200
        done.set()
        surface.join(10)


def test_work_that_takes_too_long_is_given_up_and_keeps_its_place_until_it_ends(told):
    async def ask() -> None:
        work, end = Work(threads=1, waiting=1, seconds=0.05), threading.Event()

        def fails_late() -> None:
            end.wait(10)
            raise ValueError(SECRET)

        with pytest.raises(TooBusy):
            await work.run(fails_late)
        with pytest.raises(TooBusy):  # waits behind the first, and is taken out of the queue
            await work.run(lambda: None)
        end.set()
        for _ in range(200):
            if not work._held:
                break
            await asyncio.sleep(0.01)
        assert work._held == 0
        assert await work.run(lambda: 3) == 3
        with pytest.raises(ZeroDivisionError):
            await work.run(lambda: 1 // 0)
        work.close()
        with pytest.raises(TooBusy):
            await work.run(lambda: 3)

    asyncio.run(ask())
    assert SECRET not in told()


def hundred_questions() -> list[dict[str, Any]]:
    """Every household of the library three times over, each with a rent, a law, a date and a name of its own."""
    names = sorted(resources.library("households"))
    questions: list[dict[str, Any]] = []
    for number, name in enumerate([*names, *names, *names]):
        home = requests.household_of_file(name) | {"name": f"{name} number {number}"}
        home["housing"] |= {"rent": 500 + 7 * number} if home["housing"]["tenure"].endswith("_rent") else {}
        reforms = [[], ["uc_taper_50"], ["no_benefit_cap"]][number % 3]
        day = ["2026-11-01", "2025-11-01", "2024-11-01"][number // len(names)]
        questions.append({"household": home, "on": day, "reforms": reforms, "value": ["low", "high"][number % 2]})
    return questions


@pytest.mark.parametrize("settings", [{"threads": 8}, {"processes": 2}], ids=["threads", "processes"])
def test_users_at_the_same_time_never_see_each_others_figures(settings):
    """A hundred questions at once: each answer is its own, and what it is alone."""
    names, questions = resources.library("households"), hundred_questions()
    app = made(waiting=1_000, seconds=120, **settings)

    async def ask(app: FastAPI, at_once: int) -> list[httpx.Response]:
        limit = asyncio.Semaphore(at_once)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as one:

            async def each(question: dict[str, Any]) -> httpx.Response:
                async with limit:
                    return await one.post("/api/v1/calculate", json=question)

            return list(await asyncio.gather(*(each(question) for question in questions)))

    together = asyncio.run(ask(app, at_once=len(questions)))
    app.state.work.close()
    for question, answer in zip(questions, together, strict=True):
        if answer.status_code != 200:  # a household that cannot be on an earlier day: alone too
            assert answer.status_code == 422
            continue
        assert answer.json()["household"] == question["household"]["name"]
    one_by_one = asyncio.run(ask(made(threads=1), at_once=1))
    assert [one.content for one in together] == [one.content for one in one_by_one]
    assert sum(one.status_code == 200 for one in together) > len(names) * 2


@pytest.mark.parametrize("settings", [{"threads": 6}, {"processes": 2}], ids=["threads", "processes"])
def test_the_same_user_asking_other_things_at_the_same_time(settings):
    """Months, jobs, schedules and workings of two households at once are what they are alone."""
    asked = [
        (name, {**question, "household": home})
        for home in (LEEDS, "couple_one_child_glasgow")
        for name, question in examples.QUESTIONS.items()
        if name != "surface" and not question.get("earner")
    ] * 2
    app, alone_there = made(waiting=1_000, long_waiting=1_000, seconds=120, **settings), made(threads=1)

    async def ask(app: FastAPI, several: list[tuple[str, dict[str, Any]]]) -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as one:
            return list(await asyncio.gather(*(one.post(f"/api/v1/{name}", json=body) for name, body in several)))

    together = asyncio.run(ask(app, asked))
    app.state.work.close()
    app.state.long_work.close()
    assert {one.status_code for one in together} == {200}
    alone = [asyncio.run(ask(alone_there, [one]))[0] for one in asked[: len(asked) // 2]]
    assert [one.content for one in together] == [one.content for one in alone] * 2


# What is logged, and what is said of faults of ours


def test_the_log_says_what_was_asked_for_and_nothing_of_whom(client, told):
    home = requests.household_of_file(LEEDS) | {"name": SECRET}
    home["housing"] |= {"rent": 98_765}
    client.post("/api/v1/calculate", json={"household": home, "on": ON})
    client.post("/api/v1/calculate", json={"household": home | {"nation": SECRET}, "on": ON})
    client.post("/api/v1/calculate", content=SECRET.encode(), headers=JSON)
    client.get("/api/v1/parameters", params={"search": SECRET})
    client.get(f"/api/v1/households/{SECRET}")
    client.get(f"/{SECRET}")
    client.post("/check", data={"name": SECRET, "rent": "98765"}, headers={"user-agent": SECRET, "referer": "/98765"})
    client.get("/breaks", params={"name": SECRET})
    client.request(SECRET.split()[0].upper(), "/")
    logged = "\n".join(line for line in told().splitlines() if "HTTP Request:" not in line)  # the test client's own
    for private in (SECRET, SECRET.upper(), SECRET.split()[0].upper(), SECRET.replace(" ", "%20"), "98765", "98_765"):
        assert private not in logged
    for line in (
        r"POST /api/v1/calculate 200 \d+ms",
        r"POST /api/v1/calculate 422 \d+ms",
        r"GET /api/v1/households/{name} 404 \d+ms",
        r"GET - 404 \d+ms",
        r"RuntimeError in test_web_security\.py:\d+ < ",
        r"\? - 405 \d+ms|\? / 405 \d+ms",
    ):
        assert re.search(line, logged), line


@pytest.mark.parametrize("path", ["/api/breaks", "/breaks"])
def test_a_fault_of_ours_is_told_without_its_words_or_its_trace(client, path):
    answer = client.get(path)
    assert answer.status_code == 500
    for word in ("RuntimeError", "Traceback", SECRET, ".py", "line "):
        assert word not in answer.text


def test_an_answer_that_breaks_off_half_way_closes_the_connection_without_a_word(told):
    class Half:
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"so far", "more_body": True})
            raise RuntimeError(SECRET)

    app = made()
    app.router.routes.insert(0, Route("/half", Half()))
    with pytest.raises(guard.Broken) as found:
        TestClient(app).get("/half")
    assert str(found.value) == ""
    assert found.value.__suppress_context__
    assert SECRET not in told()


def test_a_page_about_an_error_that_itself_fails_is_a_plain_one():
    def fails(request: Request, status: int) -> None:
        raise RuntimeError(SECRET)

    app = made()
    app.state.error_page = fails
    for path, code in (("/nothing", "en"), ("/cy/nothing", "cy")):
        answer = TestClient(app).get(path)
        assert answer.status_code == 404
        assert f"<h1>{language(code).text('about.wrong_title')}</h1>" in answer.text
        assert f'<html lang="{code}">' in answer.text
        assert SECRET not in answer.text


def test_what_a_person_can_put_right_is_no_fault_of_ours(monkeypatch):
    app = made()

    async def wrong(request: Request) -> None:
        raise MwpError("Something to put right.")

    app.router.routes[:0] = [Route("/api/wrong", wrong), Route("/wrong", wrong)]
    answer = TestClient(app).get("/api/wrong")
    assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (422, "Something to put right.")
    assert TestClient(app).get("/wrong").status_code == 422


# Settings


def test_settings_come_from_the_environment():
    found = Settings.from_environment(
        {
            "MWP_WEB_HOSTS": "One.example, two.example",
            "MWP_WEB_RATE": "2.5",
            "MWP_WEB_PROXIES": "10.0.0.0/8 unix",
            "MWP_WEB_HSTS": "1",
            "PATH": "/usr/bin",
        }
    )
    assert found.hosts == ("one.example", "two.example")
    assert (found.rate, found.hsts, len(found.proxies)) == (2.5, True, 2)
    assert Settings.from_environment({}) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MWP_WEB_RATE", "fast"), ("MWP_WEB_RATE", "-1"), ("MWP_WEB_RATE", "inf"), ("MWP_WEB_HSTS", "maybe"),
        ("MWP_WEB_HOSTS", " "), ("MWP_WEB_PROXIES", "proxy.example"), ("MWP_WEB_CORS_ORIGINS", "*"),
        ("MWP_WEB_THREADS", "0"), ("MWP_WEB_LOG_LEVEL", "loud"), ("MWP_WEB_BODY_BYTES", "64kB"),
        ("MWP_WEB_TREADS", "2"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_refused_by_its_name(name, value):
    with pytest.raises(InputError, match=name):
        Settings.from_environment({name: value})


def test_the_program_is_the_one_installed(client):
    assert client.get("/api/v1/openapi.json").json()["info"]["version"] == mwp.__version__
