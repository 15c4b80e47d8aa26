"""The OpenAPI document: the models that read questions, the schemas that answers are held to, the problems between."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mwp
from mwp.report import page, requests
from mwp.report.requests import Question
from mwp.web import examples
from mwp.web.problems import DETAILS, MEDIA_TYPE

if TYPE_CHECKING:
    from fastapi import FastAPI

_TEMPLATE = "#/components/schemas/{model}"
_SCHEMAS = Path(str(page.__file__)).parent / "schemas"
LICENCE = "AGPL-3.0-or-later"
ABOUT = (
    "Does work pay? Taxes, benefits and costs of a UK household in an assessment month, and what a job or a reform"
    " changes. Questions are sent as JSON and answered with the documents that the command line prints with `--json`."
    " Nothing that is sent is kept."
)


def body(kind: type[Question], name: str) -> dict[str, Any]:
    """What a question's body is, with an example."""
    content = {"schema": {"$ref": _TEMPLATE.format(model=kind.__name__)}, "example": examples.QUESTIONS[name]}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def responses(
    *documents: str, asked: bool = False, found: bool = False, listed: bool = False, faulty: bool = False
) -> dict[int | str, dict[str, Any]]:
    """Every answer an operation can give."""
    either = [{"$ref": _TEMPLATE.format(model=_name(one))} for one in documents]
    schema = either[0] if len(either) == 1 else {"anyOf": either}
    told: dict[int | str, dict[str, Any]] = {
        200: {"description": "The answer.", "content": {"application/json": {"schema": schema}}}
    }
    if listed:
        told[304] = {"description": "What you have still stands."}
    statuses = [400, 421, 429, 500, 503]
    statuses += [403, 408, 413, 414, 415, 422] if asked else [414]
    statuses += ([404] if found else []) + ([422] if faulty or (found and not asked) else [])
    return told | {status: _problem(status) for status in sorted(statuses)}


def probe(may_fail: bool) -> dict[int | str, dict[str, Any]]:
    """The answers of a probe."""
    schema = {
        "type": "object",
        "required": ["status"],
        "properties": {"status": {"enum": ["ok", "ready"]}},
        "additionalProperties": False,
    }
    told: dict[int | str, dict[str, Any]] = {
        200: {"description": "Well.", "content": {"application/json": {"schema": schema}}}
    }
    return told | ({503: _problem(503)} if may_fail else {})


def _problem(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": DETAILS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": _TEMPLATE.format(model="Problem")}}},
    }
    if status in (429, 503):
        about = "seconds after which to try again"
        told["headers"] = {"Retry-After": {"description": about, "schema": {"type": "integer"}}}
    return told


PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem details (RFC 9457)",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "what is wrong, in a sentence"},
        "errors": {
            "type": "array",
            "description": "each fault of the input",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {
                    "field": {"type": "string", "description": "as household/adults/0/hours; empty for the whole"},
                    "detail": {"type": "string", "description": "what is wrong there, and what would be right"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def document(app: FastAPI) -> bytes:
    """The whole document, as JSON."""
    if "openapi" not in vars(app.state)["_state"]:
        app.state.openapi = json.dumps(_document(app), ensure_ascii=False, separators=(",", ":")).encode()
    return bytes(app.state.openapi)


def _document(app: FastAPI) -> dict[str, Any]:
    from fastapi.openapi.utils import get_openapi

    told = get_openapi(
        title="mwp",
        version=mwp.__version__,
        description=ABOUT,
        routes=app.routes,
        license_info={"name": LICENCE, "identifier": LICENCE},
        tags=[
            {"name": "questions", "description": "Ask about a household. Nothing that is sent is kept."},
            {"name": "library", "description": "What comes with the program."},
            {"name": "service", "description": "For whoever runs it."},
        ],
    )
    told["components"] = {"schemas": {"Problem": PROBLEM} | requests.schemas(_TEMPLATE) | _documents()}
    return told


def _name(document: str) -> str:
    """The component of a document: better-off is BetterOffDocument."""
    return "".join(word.capitalize() for word in document.split("-")) + "Document"


@cache
def _documents() -> dict[str, Any]:
    """The schema of every document, its own definitions as components beside it."""
    found: dict[str, Any] = {}
    for path in sorted(_SCHEMAS.glob("*.json")):
        name, schema = _name(path.stem), json.loads(path.read_text(encoding="utf-8"))
        for key in ("$schema", "$id"):
            schema.pop(key, None)
        parts = schema.pop("$defs", {})
        found[name] = _moved(schema, name)
        found |= {f"{name}.{part}": _moved(inner, name) for part, inner in parts.items()}
    return found


def _moved(schema: Any, name: str) -> Any:
    if isinstance(schema, dict):
        return {key: _reference(inner, name) if key == "$ref" else _moved(inner, name) for key, inner in schema.items()}
    return [_moved(inner, name) for inner in schema] if isinstance(schema, list) else schema


def _reference(told: str, name: str) -> str:
    if told.startswith("#/$defs/"):
        return _TEMPLATE.format(model=f"{name}.{told.removeprefix('#/$defs/')}")
    return _TEMPLATE.format(model=_name(told.removesuffix(".json"))) if told.endswith(".json") else told
