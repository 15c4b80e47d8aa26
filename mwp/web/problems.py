"""Errors as documents: problem details (RFC 9457), with the field of each fault. Never a stack trace."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from mwp.errors import MwpError, Problem
from mwp.web.language import language

MEDIA_TYPE = "application/problem+json"
FAULTY_INPUT = "/api#faulty-input"
"""The `type` of a problem whose `errors` name the fields; any other problem is what its status says it is."""

TEXT = language("en").text
DETAILS = {
    status: TEXT(f"problems.{status}") for status in (400, 403, 404, 405, 408, 413, 414, 415, 421, 422, 429, 500, 503)
}
"""What is said of a status where there is nothing more to say."""


def problem(
    status: int,
    detail: str = "",
    errors: Iterable[Mapping[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document."""
    document: dict[str, Any] = {
        "type": "about:blank" if errors is None else FAULTY_INPUT,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or DETAILS.get(status, HTTPStatus(status).description or HTTPStatus(status).phrase),
    }
    if errors is not None:
        document["title"] = TEXT("problems.input")
        document["errors"] = [dict(one) for one in errors]
    body = json.dumps(document, ensure_ascii=False, indent=2).encode()
    return Response(body, status, dict(headers or {}), MEDIA_TYPE)


def of_input(error: MwpError, status: int = 422) -> Response:
    """Every fault of an input by its field."""
    found = getattr(error, "problems", None) or [Problem(str(error))]
    told = [{"field": field(one), "detail": one.message} for one in found]
    many = TEXT("problems.one") if len(told) == 1 else TEXT("problems.several", n=len(told))
    return problem(status, many, told)


def field(one: Problem) -> str:
    """Where a fault is, as household/adults/0/hours; empty for the whole."""
    return "/".join(str(part) for part in one.path) if one.path else one.field or ""
