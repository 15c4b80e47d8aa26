"""The API held against its own description: generated requests, right and wrong, meet no fault of the server.

A few requests of each kind, always the same. With MWP_EVERY_REQUEST=1 every boundary of every field is tried, some
28,000 requests: minutes, for before a release.
"""

import os
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi import checks

from mwp.web.app import create_app
from mwp.web.settings import Settings

app = create_app(Settings(hosts=("*",), warm_up=False, rate=1_000_000, burst=1_000_000, seconds=120))
EVERY_REQUEST = bool(os.environ.get("MWP_EVERY_REQUEST"))
PHASES = {"coverage": {"enabled": EVERY_REQUEST}}
config = schemathesis.Config.from_dict({"phases": PHASES})
schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=config)
HELD = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]


@schema.parametrize()
@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(checks=HELD)
