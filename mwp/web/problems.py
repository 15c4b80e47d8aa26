"""Errors as documents: problem details (RFC 9457), with the field of each fault. Never a stack trace."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from mwp.errors import MwpError, Problem

MEDIA_TYPE = "application/problem+json"
FAULTY_INPUT = "/api#faulty-input"
"""The `type` of a problem whose `errors` name the fields; any other problem is what its status says it is."""

DETAILS = {
    400: "The request cannot be read.",
    403: "A page of another site may not send this. Other programs may, without saying that they are such a page.",
    404: "There is nothing at this address.",
    405: "This address is not to be asked in this way.",
    408: "The request took too long to arrive.",
    413: "The request is too large.",
    414: "The address is too long.",
    415: "Send JSON, with the content type application/json.",
    421: "This server does not answer to that name.",
    422: "What was sent cannot be used.",
    429: "There have been too many requests from your address. Try again in a while.",
    500: "Something went wrong here, and it is not your fault.",
    503: "Too many people are asking just now. Try again in a moment.",
}


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
        document["title"] = "The input cannot be used"
        document["errors"] = [dict(one) for one in errors]
    body = json.dumps(document, ensure_ascii=False, indent=2).encode()
    return Response(body, status, dict(headers or {}), MEDIA_TYPE)


def of_input(error: MwpError, status: int = 422) -> Response:
    """Every fault of an input by its field."""
    found = getattr(error, "problems", None) or [Problem(str(error))]
    told = [{"field": field(one), "detail": one.message} for one in found]
    many = "There is something wrong" if len(told) == 1 else f"There are {len(told)} things wrong"
    return problem(status, f"{many} with what was sent.", told)


def field(one: Problem) -> str:
    """Where a fault is, as household/adults/0/hours; empty for the whole."""
    return "/".join(str(part) for part in one.path) if one.path else one.field or ""
