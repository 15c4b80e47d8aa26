"""What is said of a population as JSON documents: docs/json.md."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from mwp.analysis import documents
from mwp.population.metr import CLASSES, HIGH, JOBS, SHARES, Incentives, Swept
from mwp.population.prices import Prices
from mwp.population.run import Outcome

RUN, COMPARISON = "mwp.population-run/1", "mwp.population-comparison/1"
RATES, SWEEP = "mwp.population-metr/1", "mwp.population-sweep/1"
PRICES = "mwp.population-guarantee/1"

NOT_COUNTED = (
    "Pensioner families, homes without anybody of working age, and benefits that are not modelled (Pension Credit,"
    " Housing Benefit).",
    "PIP, DLA, ADP and Attendance Allowance as income: they are the same whatever is earned. Low income is therefore"
    " counted without them.",
    "Mortgage payments: housing costs are rent and service charges, for those are what the tables tell.",
    "Changes of behaviour: everybody works, earns and lives as recorded.",
    "VAT and other taxes on spending.",
)


def _head(schema: str, told: Any) -> dict[str, Any]:
    return {
        "schema": schema,
        "mwp": documents.program(),
        "on": told.on.isoformat(),
        "about": told.about,
        "measure": told.measure,
        "value_of_help_in_kind": told.valuation.choice,
        "take_up": told.take_up,
    }


def outcome(told: Outcome, schema: str) -> dict[str, Any]:
    """`mwp.population-run/1` or, with gains and losses against current law, `mwp.population-comparison/1`."""
    excluded, weight = told.excluded
    laws = []
    for number, law in enumerate(told.laws):
        entry: dict[str, Any] = {
            "name": law.name,
            "title": law.title,
            "reforms": [reform.name for reform in law.reforms],
            "programmes": [asdict(one) | {"a_month": one.a_month} for one in told.programmes(number)],
            "exchequer": asdict(told.exchequer(number)),
            "incomes": asdict(told.incomes(number)),
            "poverty": [asdict(one) for one in told.poverty(number)],
        }
        if number:
            entry["change"] = {
                "exchequer": asdict(told.exchequer(number, 0)),
                "groups": {name: [asdict(one) for one in every] for name, every in told.gains(number).items()},
            }
        laws.append(entry)
    return _head(schema, told) | {
        "households": told.households,
        "benefit_units_weighted": float(told.sample.weights.sum()),
        "people_weighted": float((told.sample.weights * told.people).sum()),
        "excluded_households": excluded,
        "excluded_weight": weight,
        "laws": laws,
        "not_counted": list(NOT_COUNTED),
    }


def incentives(told: Incentives) -> dict[str, Any]:
    """`mwp.population-metr/1`."""
    return _head(RATES, told) | {
        "classes": list(CLASSES),
        "above": list(HIGH),
        "shares": list(SHARES),
        "jobs": list(JOBS),
        "laws": [
            {
                "name": law.name,
                "title": law.title,
                "in_work": [asdict(one) for one in told.lines(number)],
                "out_of_work": [asdict(one) for one in told.out_of_work(number)],
            }
            for number, law in enumerate(told.laws)
        ],
    }


def swept(told: Swept) -> dict[str, Any]:
    """`mwp.population-sweep/1`."""
    return _head(SWEEP, _Flat(told)) | {
        "reforms": [reform.name for reform in told.task.reforms],
        "households": told.households,
        "benefit_units_weighted": told.benefit_units,
        "points": told.task.points,
        "to": told.task.to,
        "classes": list(CLASSES),
        "earnings": told.earnings.tolist(),
        "shares": told.shares.tolist(),
        "metr": told.metr.tolist(),
        "ptr": told.ptr.tolist(),
    }


def priced(told: Prices) -> dict[str, Any]:
    """`mwp.population-guarantee/1`."""
    return _head(PRICES, _Flat(told)) | {
        "reforms": [reform.name for reform in told.task.law],
        "most_lost": told.own[1],
        "households": told.households,
        "benefit_units_weighted": float(told.sample.weights.sum()),
        "above": list(HIGH),
        "cells": [asdict(one) for one in told.cells],
        "not_counted": list(NOT_COUNTED),
    }


class _Flat:
    """An answer with its question's fields beside its own."""

    def __init__(self, told: Swept | Prices) -> None:
        self.about, self.on = told.about, told.task.on
        self.measure = told.own[0] if isinstance(told, Prices) else told.task.measure
        self.valuation, self.take_up = told.task.valuation, told.task.take_up
