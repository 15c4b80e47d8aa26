"""Answers as JSON documents, CSV tables and pages. docs/json.md describes the documents, `schemas/` their form."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from mwp.analysis import better_off, documents
from mwp.analysis.better_off import BetterOff
from mwp.analysis.calculation import Calculation
from mwp.analysis.explain import Explanation as Explanation
from mwp.errors import Problem
from mwp.inputs.reform import Reform
from mwp.report import page
from mwp.report.comparison import Comparison, comparison
from mwp.report.files import Makers
from mwp.report.library import HouseholdEntry, ParameterEntry, Programme, VariableEntry
from mwp.report.reforms import Checked
from mwp.report.schedule_words import outlook_entries
from mwp.report.statement import Statement, statement
from mwp.report.words import verdict

CALCULATION_ENDINGS = BETTER_OFF_ENDINGS = (".html", ".pdf", ".json", ".csv")
EXPLANATION_ENDINGS = (".json", ".csv")


def as_json(document: Mapping[str, Any] | Sequence[Any]) -> str:
    """A document as text, with every number in full."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


# Documents


def calculation_document(one: Calculation) -> dict[str, Any]:
    """`mwp.calculate/1`."""
    return one.document()


def better_off_document(answer: BetterOff) -> dict[str, Any]:
    """`mwp.better-off/1`."""
    told = better_off.document(answer, verdict(answer))
    for entry, job in zip(told["jobs"], answer.jobs, strict=True):
        entry |= outlook_entries(job.outlook)
    return told


def explanation_document(told: Explanation) -> dict[str, Any]:
    """`mwp.explain/1`."""
    return told.document()


def variables_document(entries: Iterable[VariableEntry]) -> dict[str, Any]:
    """`mwp.variables/1`."""
    return _list("mwp.variables/1", "variables", [asdict(one) for one in entries])


def households_document(entries: Iterable[HouseholdEntry]) -> dict[str, Any]:
    """`mwp.households/1`."""
    return _list("mwp.households/1", "households", [asdict(one) for one in entries])


def household_document(name: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """`mwp.household/1`: a household of the library, in the form in which one is sent."""
    return {"schema": "mwp.household/1", "mwp": documents.program(), "name": name, "household": dict(told)}


def validation_document(problems: Mapping[str, Sequence[Problem]]) -> dict[str, Any]:
    """`mwp.validation/1`."""
    found = [
        {
            "file": name,
            "usable": not told,
            "problems": [_problem(one) for one in told],
        }
        for name, told in problems.items()
    ]
    return _list("mwp.validation/1", "files", found)


def _problem(one: Problem) -> dict[str, Any]:
    return {"line": one.line, "field": one.field, "path": list(one.path), "message": one.message}


def reforms_document(entries: Iterable[Reform]) -> dict[str, Any]:
    """`mwp.reforms/1`."""
    return _list("mwp.reforms/1", "reforms", [{"name": one.name} | one.model_dump(mode="json") for one in entries])


def reforms_shown_document(entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """`mwp.reforms/1`, with the law beside every value that a reform changes."""
    return _list("mwp.reforms/1", "reforms", list(entries))


def reforms_validation_document(checked: Sequence[Checked]) -> dict[str, Any]:
    """`mwp.validation/1` of reform files, which may have warnings beside their problems."""
    found = validation_document({one.file: one.problems for one in checked})
    for entry, one in zip(found["files"], checked, strict=True):
        entry["warnings"] = [_problem(told) for told in one.warnings]
    return found


def programmes_document(entries: Iterable[Programme], on: date) -> dict[str, Any]:
    """`mwp.parameters/1`, of programmes."""
    return _list("mwp.parameters/1", "programmes", [asdict(one) for one in entries], on)


def parameters_document(entries: Iterable[ParameterEntry], on: date) -> dict[str, Any]:
    """`mwp.parameters/1`, of numbers."""
    found = [
        {
            "path": one.path,
            "description": one.description,
            "unit": one.unit,
            "period": one.period,
            "status": one.status,
            "value": one.on(on),
            "values": {day.isoformat(): value for day, value in one.values},
            "references": [{"title": title, "href": href} for title, href in one.references],
        }
        for one in entries
    ]
    return _list("mwp.parameters/1", "parameters", found, on)


def _list(schema: str, name: str, entries: list[dict[str, Any]], on: date | None = None) -> dict[str, Any]:
    head: dict[str, Any] = {"schema": schema, "mwp": documents.program()}
    return head | ({"on": on.isoformat()} if on else {}) | {name: entries}


# Files


def calculation_makers(one: Calculation) -> Makers:
    """A calculation in each form it can be written in."""
    told = statement(one)
    return {
        ".html": lambda: page.statement_page(told).encode(),
        ".pdf": lambda: page.as_pdf(page.statement_page(told)),
        ".json": lambda: as_json(calculation_document(one)).encode(),
        ".csv": lambda: csv_bytes(_statement_rows(told)),
    }


def better_off_makers(answer: BetterOff) -> Makers:
    """A better-off answer in each form it can be written in."""
    told = comparison(answer)
    return {
        ".html": lambda: page.better_off_page(told).encode(),
        ".pdf": lambda: page.as_pdf(page.better_off_page(told)),
        ".json": lambda: as_json(better_off_document(answer)).encode(),
        ".csv": lambda: csv_bytes(_comparison_rows(told)),
    }


def explanation_makers(told: Explanation) -> Makers:
    """A working in each form it can be written in."""
    rows = [["variable", "label", "whose", "amount", "unit", "working", "cites"]]
    rows += [[s.variable, s.label, s.whose, repr(s.amount), s.unit, s.words, s.cites] for s in told.steps]
    return {
        ".json": lambda: as_json(explanation_document(told)).encode(),
        ".csv": lambda: csv_bytes(rows),
    }


def _statement_rows(told: Statement) -> list[list[str]]:
    rows = [["part", "variable", "label", "pounds a month", "pounds a week", "pounds a year"]]
    for part in told.parts:
        for line in part.lines:
            amounts = (f"{amount:.2f}" for amount in (line.month, line.week, line.year))
            rows.append([part.title, line.variable, line.label, *amounts])
    return rows


def _comparison_rows(told: Comparison) -> list[list[str]]:
    rows = [["variable", "pounds a month", *(f"{column.title}: {column.work}" for column in told.columns)]]
    rows += [[row.variable, row.label, *(f"{amount:.2f}" for amount in row.amounts)] for row in told.rows]
    for gain in told.gains:
        rows.append(["better_off", gain.label, "", *("" if one is None else f"{one:.2f}" for one in gain.gains)])
    return rows


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark at its start, so that spreadsheets read the pound sign; no text is taken for a formula."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([[_no_formula(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _no_formula(cell: str) -> str:
    """A text that a spreadsheet would run begins with a quote instead; numbers stay as they are."""
    return f"'{cell}" if cell[:1] in "=+@" or (cell[:1] == "-" and not cell[1:2].isdigit()) else cell
