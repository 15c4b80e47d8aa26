"""The web service: pages for people, an API for programs, and what stands before both (`mwp.web.guard`)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

import mwp
from mwp.errors import MwpError
from mwp.report import page as paper
from mwp.report import requests
from mwp.report.requests import Unreadable
from mwp.web import api, api_page, coach, pages, policy, problems
from mwp.web.guard import PROBES, Guard, refusal
from mwp.web.settings import Settings
from mwp.web.work import TooBusy, Work

RETRY = {"retry-after": "2"}
SMALLEST_COMPRESSED = 1_000


def create_app(settings: Settings | None = None) -> FastAPI:
    """The ASGI application under these settings."""
    told = settings or Settings()
    app = FastAPI(
        title="mwp", version=mwp.__version__, openapi_url=None, docs_url=None, redoc_url=None, lifespan=_lifespan
    )
    app.state.settings = told
    _open(app)
    app.state.warm = not told.warm_up
    app.state.error_page = pages.error_page
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=5)
    app.add_middleware(Guard, settings=told)
    app.add_exception_handler(MwpError, _of_input)
    app.add_exception_handler(Unreadable, _unreadable)
    app.add_exception_handler(RequestValidationError, _of_parameters)
    app.add_exception_handler(TooBusy, _too_busy)
    app.add_exception_handler(HTTPException, _of_status)
    app.include_router(api.router)
    app.include_router(api.probes)
    app.router.routes += api_page.ROUTES
    app.router.routes += [*coach.ROUTES, *policy.ROUTES]
    app.router.routes += [*pages.ROUTES, pages.STATIC]
    return app


def _open(app: FastAPI) -> None:
    """Long questions have a thread and a queue of their own, so that they cannot hold up short ones."""
    told: Settings = app.state.settings
    app.state.work = Work(told.threads, told.waiting, told.seconds)
    app.state.long_work = Work(1, told.long_waiting, told.seconds)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    _open(app)
    if app.state.settings.warm_up:
        await asyncio.to_thread(warm_up)
    app.state.warm = True
    yield
    app.state.warm = False
    await asyncio.to_thread(app.state.work.close)
    await asyncio.to_thread(app.state.long_work.close)


def warm_up() -> None:
    """Read the law, put the rules in order and ask once for each nation, so that no visitor has to wait for that."""
    jobs = ("16h@minimum_wage",)
    for name in ("lone_parent_two_children_leeds", "couple_one_child_glasgow", "couple_two_children_cardiff",
                 "couple_three_children_belfast"):  # fmt: skip
        api.text(api.better_off(requests.BetterOffQuestion(household=name, jobs=jobs)))
    api.text(api.schedule(requests.ScheduleQuestion(household=name)))
    paper.can_write_pdf()


async def _of_input(request: Request, error: Exception) -> Response:
    if _is_for_programs(request):
        return problems.of_input(error if isinstance(error, MwpError) else MwpError(""))
    return refusal(request.scope, 422)


async def _of_parameters(request: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    told = [
        {"field": "/".join(str(part) for part in fault["loc"][1:]), "detail": f"{fault['msg']}."} for fault in faults
    ]
    return problems.problem(422, "The address asks for something that cannot be.", told)


async def _unreadable(request: Request, error: Exception) -> Response:
    return problems.problem(400, str(error))


async def _too_busy(request: Request, error: Exception) -> Response:
    return refusal(request.scope, 503, RETRY)


async def _of_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if not _is_for_programs(request):
        return refusal(request.scope, error.status_code, error.headers)
    told = error.detail if error.status_code == 404 and error.detail != "Not Found" else ""
    return problems.problem(error.status_code, told, headers=error.headers)


def _is_for_programs(request: Request) -> bool:
    return request.url.path.startswith("/api/") or request.url.path in PROBES
