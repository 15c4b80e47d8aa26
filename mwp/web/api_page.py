"""The API's page for people: what can be asked, with examples, made from the OpenAPI document. No script is needed."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mwp.web import api, examples, openapi
from mwp.web.language import language
from mwp.web.templating import page


async def api_page(request: Request) -> Response:
    """The page."""
    told = json.loads(openapi.document(request.app))
    return page(
        request,
        "api.html",
        lang=SAID,
        here="/api",
        title=SAID.text("api.title"),
        about=told["info"]["description"].replace("`", ""),
        document=f"{api.ROOT}/openapi.json",
        groups=[(tag["name"], tag["description"], _operations(told, tag["name"])) for tag in told["tags"]],
        problem=json.dumps(PROBLEM, indent=2),
    )


def _operations(told: dict[str, Any], tag: str) -> list[dict[str, Any]]:
    return [
        _operation(told, path, method.upper(), one)
        for path, ways in told["paths"].items()
        for method, one in ways.items()
        if tag in one["tags"]
    ]


def _operation(told: dict[str, Any], path: str, method: str, one: dict[str, Any]) -> dict[str, Any]:
    schemas, question = told["components"]["schemas"], examples.QUESTIONS.get(path.rsplit("/", 1)[-1])
    fields = []
    if "requestBody" in one:
        kind = schemas[_component(one["requestBody"]["content"]["application/json"]["schema"])]
        needed = kind.get("required", ())
        fields = [(name, field.get("description", ""), name in needed) for name, field in kind["properties"].items()]
    answer = one["responses"]["200"]["content"]["application/json"]["schema"]
    either = answer.get("anyOf", [answer])
    return {
        "id": one["operationId"],
        "method": method,
        "path": path,
        "summary": one["summary"],
        "parameters": [(field["name"], field.get("description", "")) for field in one.get("parameters", ())],
        "fields": fields,
        "example": json.dumps(question, ensure_ascii=False, indent=2) if question else "",
        "answers": [schemas[_component(part)]["title"] for part in either if "$ref" in part],
    }


def _component(schema: dict[str, Any]) -> str:
    return str(schema["$ref"].rsplit("/", 1)[-1])


SAID = language("en")
PROBLEM = {
    "type": "/api#faulty-input",
    "title": SAID.text("problems.input"),
    "status": 422,
    "detail": SAID.text("problems.one"),
    "errors": [
        {"field": "household/adults/0/hours", "detail": SAID.text("problems.example")},
    ],
}

ROUTES = [Route("/api", api_page, methods=["GET"])]
