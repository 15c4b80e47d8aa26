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
from mwp.report.requests import Unreadable
from mwp.web import api, api_page, coach, pages, policy, problems
from mwp.web.guard import PROBES, Guard, refusal
from mwp.web.processes import Processes
from mwp.web.settings import Settings
from mwp.web.warm import warm_up
from mwp.web.work import TooBusy, Work

RETRY = {"retry-after": "2"}
SMALLEST_COMPRESSED = 1_000
GIVES_WAY = 10
"""How nice the process for long questions is: beside one that answers a short question it gets a tenth of a core."""


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
    """Long questions have a queue of their own, and a thread or a process that gives way, so that short ones go on."""
    told: Settings = app.state.settings
    many = Processes(told.processes, warm=told.warm_up) if told.processes else None
    one = Processes(1, warm=told.warm_up, niceness=GIVES_WAY) if told.processes else None
    app.state.work = Work(told.processes or told.threads, told.waiting, told.seconds, many)
    app.state.long_work = Work(1, told.long_waiting, told.seconds, one)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    _open(app)
    works: tuple[Work, ...] = (app.state.work, app.state.long_work)
    try:
        if app.state.settings.processes:
            for one in works:
                await asyncio.to_thread(one.start)
        elif app.state.settings.warm_up:
            await asyncio.to_thread(warm_up)
        app.state.warm = True
        yield
    finally:
        app.state.warm = False
        for one in works:
            await asyncio.to_thread(one.close)


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
