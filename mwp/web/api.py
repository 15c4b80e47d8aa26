"""The JSON API: `/api/v1/...`. Questions as `mwp.report.requests` reads them, answers as `--json` prints them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi import Path as PathParameter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import mwp
from mwp import resources
from mwp.errors import InputError, Problem
from mwp.report import compare_export, export, library, requests, schedule_export
from mwp.report.requests import Question
from mwp.web import openapi, problems

ROOT = "/api/v1"
JSON = "application/json"

router = APIRouter(prefix=ROOT)
probes = APIRouter()

Document = Mapping[str, Any]


# Questions


def calculate(asked: requests.CalculateQuestion) -> Document:
    """Every award, tax and cost of a household in a month."""
    (home,) = asked.homes()
    return export.calculation_document(mwp.calculate(home, **asked.law()))


def better_off(asked: requests.BetterOffQuestion) -> Document:
    """A household now beside one or more jobs: the gain, what is lost, what comes next."""
    (home,) = asked.homes()
    return export.better_off_document(mwp.better_off(home, **asked.asked(), **asked.law()))


def explain(asked: requests.ExplainQuestion) -> Document:
    """The working of an amount, step by step, with the regulations."""
    (home,) = asked.homes()
    told = mwp.explain(home, asked.variable, every_step=asked.every_step, **asked.law())
    return export.explanation_document(told)


def schedule(asked: requests.ScheduleQuestion) -> Document:
    """What is left at every pound of earnings, as exact pieces: stretches and jumps."""
    return schedule_export.sweeps_document(mwp.schedule(asked.homes(), **asked.asked(), **asked.law()))


def cliffs(asked: requests.ScheduleQuestion) -> Document:
    """Every cliff: where, how much, why, and until when."""
    return schedule_export.cliffs_document(mwp.schedule(asked.homes(), **asked.asked(), **asked.law()))


def surface(asked: requests.SurfaceQuestion) -> Document:
    """What a couple has at every pair of both partners' hours."""
    (home,) = asked.homes()
    return schedule_export.surfaces_document([mwp.surface(home, **asked.asked(), **asked.law())])


def compare(asked: requests.CompareQuestion) -> Document:
    """Reforms beside the law: gains, costs, marginal rates and cliffs."""
    return compare_export.document(mwp.compare(asked.homes(), **asked.asked(), **asked.law()))


def answer(function: Callable[[Any], Document], kind: type[Question], body: bytes) -> bytes:
    """The answer to a question as it was sent. Raises InputError, or `requests.Unreadable`."""
    return text(function(requests.question(body, kind)))


def text(document: Document) -> bytes:
    """A document as the command line prints it. Raises InputError where its amounts are no numbers."""
    try:
        return export.as_json(document).encode()
    except ValueError:
        raise InputError.of("With these numbers the amounts are too large to be worked out.") from None


def _ask(
    name: str, function: Callable[[Any], Document], kind: type[Question], *documents: str, long: bool = False
) -> None:
    """Make the operation of a question. What may take seconds is a `long` one, and waits in a queue of its own."""

    async def endpoint(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
            raise HTTPException(415)
        state = request.app.state
        found = await (state.long_work if long else state.work).run(answer, function, kind, await request.body())
        return Response(found, media_type=JSON)

    router.add_api_route(
        f"/{name}",
        endpoint,
        methods=["POST"],
        name=name,
        operation_id=name.replace("-", "_"),
        summary=function.__doc__,
        tags=["questions"],
        response_class=Response,
        responses=openapi.responses(*documents, asked=True),
        openapi_extra=openapi.body(kind, name),
    )


_ask("calculate", calculate, requests.CalculateQuestion, "calculate")
_ask("better-off", better_off, requests.BetterOffQuestion, "better-off")
_ask("schedule", schedule, requests.ScheduleQuestion, "sweep", "documents", long=True)
_ask("cliffs", cliffs, requests.ScheduleQuestion, "cliffs", "documents", long=True)
_ask("surface", surface, requests.SurfaceQuestion, "surface", long=True)
_ask("compare", compare, requests.CompareQuestion, "compare", long=True)
_ask("explain", explain, requests.ExplainQuestion, "explain")


# What comes with the program


@lru_cache(maxsize=256)
def _library(of: str, name: str = "") -> bytes:
    if of == "households" and name:
        return text(export.household_document(name, requests.household_of_file(name)))
    if of == "households":
        return text(export.households_document(library.households()))
    if of == "reforms":
        return text(export.reforms_document([mwp.load_reform(resources.library("reforms")[name])] if name else
                                            library.reforms()))  # fmt: skip
    return text(export.variables_document(library.variables()))


def _named(of: str, name: str) -> bytes:
    if name not in resources.library(of):
        raise HTTPException(404, f"The library has nothing called {name[:60]}.")
    return _library(of, name)


def _parameters(path: str | None, search: str | None, on: str | None) -> bytes:
    try:
        day = library.parameters_date(on)
    except InputError as error:
        raise InputError([Problem(one.message, path=("on",)) for one in error.problems]) from None
    if path is not None and search is not None:
        raise InputError([Problem("Give a path, or words to search for, not both.", path=("search",))])
    wanted = path if path is not None else search
    if wanted is None:
        return text(export.programmes_document(library.programmes(), day))
    try:
        found = library.find_parameters(wanted)
    except InputError as error:
        raise HTTPException(404, str(error)) from None
    if path is not None and not all(f"{one.path}.".startswith(f"{path.rstrip('.')}.") for one in found):
        raise HTTPException(404, f"No number of the law is called {path[:60]}.")
    return text(export.parameters_document(found, day))


async def _told(request: Request, function: Callable[..., bytes], *args: Any) -> Response:
    """A document that changes with the program alone: a client that has it is told so."""
    return kept(request, await request.app.state.work.run(function, *args))


def kept(request: Request, found: bytes) -> Response:
    """An answer that may be kept, as long as one asks whether it still stands."""
    tag = f'W/"{hashlib.sha256(found).hexdigest()[:20]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    told = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    if tag in told or tag.removeprefix("W/") in told:
        return Response(status_code=304, headers=headers)
    return Response(found, media_type=JSON, headers=headers)


Name = Annotated[str, PathParameter(description="a name from the list", max_length=200)]
On = Annotated[
    str | None,
    Query(description="the date whose values are shown; today where left out",
          json_schema_extra={"format": "date", "examples": ["2026-11-01"]}),
]  # fmt: skip


def _list(
    path: str, endpoint: Callable[..., Any], summary: str, document: str, *, found: bool = False, asked: bool = False
) -> None:
    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        name=endpoint.__name__,
        operation_id=endpoint.__name__,
        summary=summary,
        tags=["library"],
        response_class=Response,
        responses=openapi.responses(document, found=found, listed=True, faulty=asked),
    )


async def households(request: Request) -> Response:
    """The list."""
    return await _told(request, _library, "households")


async def household(request: Request, name: Name) -> Response:
    """One of it."""
    return await _told(request, _named, "households", name)


async def reforms(request: Request) -> Response:
    """The list."""
    return await _told(request, _library, "reforms")


async def reform(request: Request, name: Name) -> Response:
    """One of it."""
    return await _told(request, _named, "reforms", name)


async def variables(request: Request) -> Response:
    """The list."""
    return await _told(request, _library, "variables")


async def parameters(
    request: Request,
    path: Annotated[
        str | None,
        Query(description="a path, or the beginning of one, as universal_credit.work_allowance", max_length=200),
    ] = None,
    search: Annotated[
        str | None, Query(description="words that the path or the description holds", max_length=200)
    ] = None,
    on: On = None,
) -> Response:
    """Programmes, or numbers."""
    return await _told(request, _parameters, path, search, on)


_list("/households", households, "The worked households.", "households")
_list("/households/{name}", household, "A worked household, as it can be sent.", "household", found=True)
_list("/reforms", reforms, "The library of reforms.", "reforms")
_list("/reforms/{name}", reform, "One reform of the library.", "reforms", found=True)
_list("/variables", variables, "Every variable that can be explained.", "variables")
_list("/parameters", parameters, "The numbers of the law: by path, or by words.", "parameters",
      found=True, asked=True)  # fmt: skip


# Whether the service is well


async def openapi_document(request: Request) -> Response:
    """This description of the API."""
    return kept(request, openapi.document(request.app))


async def health(request: Request) -> Response:
    """Whether the process answers at all."""
    return Response(b'{"status": "ok"}\n', media_type=JSON)


async def ready(request: Request) -> Response:
    """Whether another request would be taken on now."""
    state = request.app.state
    if not state.warm or state.work.is_full:
        return problems.problem(503, "Not ready to take more on.", headers={"retry-after": "1"})
    return Response(b'{"status": "ready"}\n', media_type=JSON)


router.add_api_route("/openapi.json", openapi_document, methods=["GET"], include_in_schema=False)
for _path, _endpoint in (("/health", health), ("/ready", ready)):
    probes.add_api_route(
        _path,
        _endpoint,
        methods=["GET"],
        operation_id=_endpoint.__name__,
        summary=_endpoint.__doc__,
        tags=["service"],
        response_class=Response,
        responses=openapi.probe(_endpoint is ready),
    )
