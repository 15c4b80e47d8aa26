"""The law under each of many reforms, kept: every block of a population asks for the same few again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from mwp.analysis.calculation import law_on
from mwp.inputs.reform import Reform


def law_under(on: date, reforms: Sequence[Reform]) -> Any:
    """The law's numbers on a date under the reforms, in the order given."""
    return _law_under(on, json.dumps([reform.parameters for reform in reforms if reform.parameters]))


@lru_cache(maxsize=64)
def _law_under(on: date, parameters: str) -> Any:
    changes = [Reform.model_construct(parameters=one) for one in json.loads(parameters)]
    return law_on(on, changes)
