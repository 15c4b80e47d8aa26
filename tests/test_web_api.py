"""The JSON API: the command line's own documents, strict about what it is sent, with errors that name the field."""

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from mwp import resources
from mwp.cli.main import main
from mwp.report import export, requests
from mwp.web import api, examples
from mwp.web.app import create_app
from mwp.web.settings import Settings

ON = "2026-11-01"
LEEDS = "lone_parent_two_children_leeds"
GLASGOW = "couple_one_child_glasgow"
EVERY_HOUSEHOLD = sorted(resources.library("households"))
FREELY = Settings(hosts=("testserver",), warm_up=False, rate=100_000, burst=100_000)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FREELY)) as one:
        yield one


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return told


def printed(*args: str) -> bytes:
    """What the command line prints."""
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def asked(client: TestClient, name: str, **question: Any) -> bytes:
    answer = client.post(f"/api/v1/{name}", json=question)
    assert answer.status_code == 200, answer.text
    return answer.content


def faults(client: TestClient, name: str, status: int = 422, **question: Any) -> dict[str, str]:
    answer = client.post(f"/api/v1/{name}", json=question)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    return {one["field"]: one["detail"] for one in problem["errors"]}


# The same figures as the command line


@pytest.mark.parametrize("name", EVERY_HOUSEHOLD)
def test_the_month_of_every_household_is_the_command_lines_byte_for_byte(client, name):
    told = printed("calculate", name, "--on", ON, "--json")
    assert asked(client, "calculate", household=name, on=ON) == told
    sent = json.loads(client.get(f"/api/v1/households/{name}").content)["household"]
    assert asked(client, "calculate", household=sent, on=ON) == told


@pytest.mark.parametrize("name", EVERY_HOUSEHOLD)
def test_whether_every_household_is_better_off_is_the_command_lines_byte_for_byte(client, name):
    told = printed("better-off", name, "--job", "16h@12.71", "--job", "30h@minimum_wage", "--on", ON, "--json")
    assert asked(client, "better-off", household=name, jobs=["16h@12.71", "30h@minimum_wage"], on=ON) == told


@pytest.mark.parametrize(
    ("name", "question", "command"),
    [
        ("schedule", {"household": LEEDS}, ("sweep", LEEDS)),
        (
            "schedule",
            {"households": [LEEDS, GLASGOW], "mode": "hours_then_wage", "wage": "minimum_wage", "hours": 35},
            ("sweep", LEEDS, GLASGOW, "--mode", "hours-then-wage", "--wage", "minimum_wage", "--hours", "35"),
        ),
        ("cliffs", {"household": GLASGOW, "earner": "partner"}, ("cliffs", GLASGOW, "--earner", "partner")),
        ("surface", {"household": GLASGOW, "measure": "net_income"},
         ("sweep", GLASGOW, "--earner", "both", "--measure", "net_income")),
        ("explain", {"household": LEEDS, "variable": "universal_credit", "every_step": True},
         ("explain", LEEDS, "universal_credit", "--all")),
        ("compare",
         {"household": GLASGOW, "reforms": ["nes_guarantee", ["uc_taper_50", "no_benefit_cap"]], "at": ["16h"]},
         ("compare", GLASGOW, "--reform", "nes_guarantee", "--reform", "uc_taper_50+no_benefit_cap", "--at", "16h")),
        ("calculate", {"household": LEEDS, "reforms": ["uc_taper_50"], "value": "high"},
         ("calculate", LEEDS, "--reform", "uc_taper_50", "--value", "high")),
        ("better-off", {"household": GLASGOW, "partner_jobs": ["20h@13"], "travel": "20/week", "childcare": "5/hour"},
         ("better-off", GLASGOW, "--partner-job", "20h@13", "--travel", "20/week", "--childcare", "5/hour")),
    ],
    ids=["schedule", "schedules", "cliffs", "surface", "explain", "compare", "reform", "partner"],
)  # fmt: skip
def test_every_question_is_answered_as_the_command_line_does(client, name, question, command):
    assert asked(client, name, on=ON, **question) == printed(*command, "--on", ON, "--json")


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("households", ("households",)),
        ("reforms", ("reforms",)),
        ("reforms/uc_taper_50", ("reforms", "uc_taper_50")),
        ("variables", ("explain", "--list")),
        (f"parameters?on={ON}", ("parameters", "--on", ON)),
        (f"parameters?path=universal_credit.taper_rate&on={ON}",
         ("parameters", "universal_credit.taper_rate", "--on", ON)),
        (f"parameters?path=universal_credit.work_allowance&on={ON}",
         ("parameters", "universal_credit.work_allowance", "--on", ON)),
        (f"parameters?search=minimum%20wage&on={ON}", ("parameters", "minimum", "wage", "--on", ON)),
    ],
)  # fmt: skip
def test_every_list_is_the_command_lines(client, path, command):
    assert client.get(f"/api/v1/{path}").content == printed(*command, "--json")


def test_a_job_can_be_told_in_parts(client):
    in_words = asked(client, "better-off", household=LEEDS, jobs=["16h@12.71", "20h@minimum_wage", "0h"], on=ON)
    parts = [{"hours": 16, "hourly_wage": 12.71}, {"hours": 20, "minimum_wage": True}, {"hours": 0}]
    assert asked(client, "better-off", household=LEEDS, jobs=parts, on=ON) == in_words
    dear = [{"hours": 16, "hourly_wage": 12.71, "travel": {"amount": 20, "per": "week"}}]
    told = asked(client, "better-off", household=LEEDS, jobs=dear, on=ON)
    assert told == asked(client, "better-off", household=LEEDS, jobs=["16h@12.71"], travel="20/week", on=ON)


def test_a_reform_of_ones_own_can_be_sent(client):
    reform = {
        "title": "Universal Credit taper at 50p",
        "summary": "Claimants keep 50p of each extra pound.",
        "source": {"title": "An example"},
        "status": "proposed",
        "parameters": {"universal_credit.taper_rate": {"2026-04-06": 0.5}},
    }
    mine = json.loads(asked(client, "calculate", household=LEEDS, reforms=[reform], on=ON))
    theirs = json.loads(asked(client, "calculate", household=LEEDS, reforms=["uc_taper_50"], on=ON))
    assert mine["amounts"] == theirs["amounts"]
    assert mine["reforms"] == ["Universal Credit taper at 50p"]


def test_where_a_household_stands_towards_a_guarantee_is_heard(client):
    told = [
        json.loads(asked(client, "better-off", household="single_over_25_birmingham", jobs=["37h@14"], on=ON,
                         reforms=["nes_guarantee"], standing={"nes_participant": on_placement}))
        for on_placement in (False, True)
    ]  # fmt: skip
    assert [one["standing"]["nes_participant"] for one in told] == [False, True]


@pytest.mark.parametrize("name", sorted(examples.QUESTIONS))
def test_the_example_of_each_question_is_answered_with_its_document(client, described, name):
    answer = client.post(f"/api/v1/{name}", json=examples.QUESTIONS[name])
    assert answer.status_code == 200, answer.text
    schema = described["paths"][f"/api/v1/{name}"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": described["components"]}).validate(answer.json())


# What cannot be used


def test_each_fault_is_told_with_the_path_of_its_field(client):
    home = requests.household_of_file(LEEDS)
    home["adults"][0] |= {"hours": -3, "hourly_wag": 12.71}
    told = faults(client, "better-off", household=home, jobs=["16h@12.71", "sixteen hours"], valu="low")
    assert set(told) == {"household/adults/0/hours", "household/adults/0/hourly_wag", "jobs/1", "valu"}
    assert told["household/adults/0/hours"] == "-3 is below 0. Give hours of paid work a week, from 0 to 112."
    assert "Did you mean hourly_wage?" in told["household/adults/0/hourly_wag"]


@pytest.mark.parametrize(
    ("name", "question", "field"),
    [
        ("calculate", {}, "household"),
        ("calculate", {"household": "nobody"}, "household"),
        ("calculate", {"household": "../households/nes_bridge"}, "household"),
        ("calculate", {"household": "-"}, "household"),
        ("calculate", {"household": 7}, "household"),
        ("calculate", {"household": LEEDS, "on": "2026-13-01"}, "on"),
        ("calculate", {"household": LEEDS, "on": "1999-01-01"}, "on"),
        ("calculate", {"household": LEEDS, "on": 20261101}, "on"),
        ("calculate", {"household": LEEDS, "reforms": ["/etc/passwd"]}, "reforms/0"),
        ("calculate", {"household": LEEDS, "reforms": "uc_taper_50"}, "reforms"),
        ("calculate", {"household": LEEDS, "reforms": ["uc_taper_50"] * 6}, "reforms"),
        ("calculate", {"household": LEEDS, "value": "higher"}, "value"),
        ("better-off", {"household": LEEDS}, "jobs"),
        ("better-off", {"household": LEEDS, "jobs": ["16h@12.71"] * 11}, "jobs"),
        ("better-off", {"household": LEEDS, "jobs": [{"hours": 16}]}, "jobs/0/hours"),
        ("better-off", {"household": LEEDS, "jobs": [{"hours": True}]}, "jobs/0/hours"),
        ("better-off", {"household": LEEDS, "jobs": ["16h@12.71"], "travel": "a lot"}, "travel"),
        ("schedule", {"household": LEEDS, "to": 50_001}, "to"),
        ("schedule", {"household": LEEDS, "earner": "child"}, "earner"),
        ("schedule", {"household": LEEDS, "earner": "partner"}, "earner"),
        ("schedule", {"households": [LEEDS] * 21}, "households"),
        ("schedule", {"household": LEEDS, "households": [LEEDS]}, "household"),
        ("schedule", {"household": LEEDS, "wage": 0}, "wage"),
        ("schedule", {"household": LEEDS, "measure": "happiness"}, "measure"),
        ("compare", {"household": LEEDS}, "reforms"),
        ("compare", {"household": LEEDS, "reforms": [["uc_taper_50", "nothing"]]}, "reforms/0/1"),
        ("compare", {"household": LEEDS, "reforms": ["uc_taper_50"], "at": ["now"]}, "at/0"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_field(client, name, question, field):
    assert field in faults(client, name, **question)


def test_what_cannot_be_on_the_day_is_refused_with_the_path_from_the_top(client):
    home = requests.household_of_file(LEEDS)
    home["children"][1] = {"born": "2027-01-05"}
    assert set(faults(client, "schedule", households=[LEEDS, home], on=ON)) == {"households/1/children/1/born"}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "It is not JSON"),
        (b"{", "It is not JSON"),
        (b'{"household": NaN}', "NaN is no number."),
        (b'{"household": -Infinity}', "-Infinity is no number."),
        (b'{"household": 1e999}', "1e999 is too large a number."),
        (b'{"household": 1' + b"0" * 5_000 + b"}", "It has a number that is too long."),
        (b'{"household": 1' + b"0" * 500 + b"}", "It has a number that is too long."),
        (b'{"household": "a", "household": "b"}', "It gives 'household' twice in one object."),
        (b"[" * 30_000, "It is nested too deeply."),
        (b'{"household": ' + b"[" * 25 + b"]" * 25 + b"}", "It is nested too deeply."),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "It is nested too deeply."),
        (b'{"household": "\\ud800"}', "It has text that is no Unicode."),
        (b'{"\\udfff": 1}', "It has text that is no Unicode."),
        (b'{"household": "\xff"}', "It is not UTF-8."),
        (b"household: nes_bridge", "It is not JSON"),
    ],
)
def test_what_is_no_json_that_could_be_meant_is_refused(client, body, told):
    answer = client.post("/api/v1/calculate", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].startswith(told)


@pytest.mark.parametrize("body", [b"[]", b"null", b'"nes_bridge"', b"3"])
def test_a_question_is_an_object(client, body):
    answer = client.post("/api/v1/calculate", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "")


def test_amounts_beyond_numbers_are_refused_not_sent(client, monkeypatch):
    monkeypatch.setattr(export, "calculation_document", lambda one: {"amounts": {"net_income": float("nan")}})
    assert faults(client, "calculate", household=LEEDS, on=ON)[""].startswith("With these numbers")


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_only_json_is_read(client, kind):
    answer = client.post("/api/v1/calculate", content=b"{}", headers={"content-type": kind} if kind else {})
    assert (answer.status_code, answer.json()["title"]) == (415, "Unsupported Media Type")
    assert client.post("/api/v1/calculate", content=json.dumps(examples.QUESTIONS["calculate"]).encode(),
                       headers={"content-type": "application/json; charset=utf-8"}).status_code == 200  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/api/v1/nothing", 404, None),
        ("GET", "/api/v1/households/nobody", 404, None),
        ("GET", "/api/v1/households/..%2f..%2fetc", 404, None),
        ("GET", "/api/v1/reforms/nothing", 404, None),
        ("GET", "/api/v1/parameters?path=universal_credit.taper_rat", 404, None),
        ("GET", "/api/v1/parameters?search=zzzzz", 404, None),
        ("GET", "/api/v1/parameters?search=wage&path=universal_credit", 422, None),
        ("GET", "/api/v1/parameters?on=soon", 422, None),
        ("GET", f"/api/v1/parameters?path={'a' * 201}", 422, None),
        ("GET", "/api/v1/calculate", 405, "POST"),
        ("DELETE", "/api/v1/households", 405, "GET"),
        ("OPTIONS", "/api/v1/calculate", 405, "POST"),
    ],
)
def test_other_addresses_and_ways_are_told_as_problems(client, method, path, status, allow):
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.headers.get("allow") == allow


# What it is served with


def test_lists_are_kept_as_long_as_they_stand(client):
    first = client.get("/api/v1/households")
    again = client.get("/api/v1/households", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"


def test_a_head_is_a_get_without_its_body(client):
    whole, head = client.get("/api/v1/households"), client.head("/api/v1/households")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]


def test_answers_are_compressed_where_that_is_understood(client):
    plain = client.get("/api/v1/variables", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert client.get("/api/v1/variables").headers["content-encoding"] == "gzip"
    assert "accept-encoding" in plain.headers["vary"].lower()


def test_health_and_readiness(client):
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json() == {"status": "ready"}


def test_the_law_is_read_before_the_first_visitor(monkeypatch):
    called = []
    monkeypatch.setattr("mwp.web.app.warm_up", lambda: called.append(True))
    app = create_app(Settings(hosts=("testserver",)))
    assert TestClient(app).get("/ready").status_code == 503
    with TestClient(app) as warm:
        assert called == [True]
        assert warm.get("/ready").status_code == 200


# The description


def test_the_description_is_openapi_and_every_reference_leads_somewhere(described):
    assert described["openapi"].startswith("3.1")
    assert described["info"]["license"]["identifier"] == "AGPL-3.0-or-later"
    text = json.dumps(described)
    for name in set(re.findall(r'"#/components/schemas/([^"]+)"', text)):
        assert name in described["components"]["schemas"], name
    assert "HTTPValidationError" not in text
    assert "#/$defs/" not in text


def test_the_description_names_every_route_and_nothing_else(described):
    routes = {
        (route.path, method)
        for route in (*api.router.routes, *api.probes.routes)
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    told = {(path, method.upper()) for path, ways in described["paths"].items() for method in ways}
    assert told == routes - {("/api/v1/openapi.json", "GET")}


def test_a_household_is_described_as_the_household_file_is(described):
    from mwp.report import library

    file = library.household_schema()
    ours = described["components"]["schemas"]["Household"]
    assert ours["properties"].keys() == file["properties"].keys()
    assert ours["additionalProperties"] is False
    assert ours["required"] == file["required"]


def test_the_page_about_the_api_names_every_operation_and_needs_no_script_of_others(client, described):
    page = client.get("/api")
    assert page.headers["content-type"].startswith("text/html")
    for path, ways in described["paths"].items():
        for method in ways:
            assert f"{method.upper()} {path}" in page.text
    assert not re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=\"(?!/static/)", page.text)
