"""Placements, their accounts and months in a row as documents, tables, workbooks and pages."""

from typing import Any

from mwp.analysis import exchequer, placement
from mwp.analysis.exchequer import Accounts as Accounts
from mwp.analysis.exchequer import purses
from mwp.analysis.placement import Placement as Placement
from mwp.analysis.timeline import Timeline as Timeline
from mwp.report import account_words, blocks, page, placement_words, words
from mwp.report.export import as_json, csv_bytes
from mwp.report.files import Makers
from mwp.report.schedule_export import Table

PLACEMENT_ENDINGS = TIMELINE_ENDINGS = (".html", ".pdf", ".json", ".csv")
ACCOUNT_ENDINGS = (".html", ".pdf", ".xlsx", ".csv", ".json")


def placement_document(answer: Placement) -> dict[str, Any]:
    """`mwp.placement/1`."""
    return placement.document(answer, placement_words.verdict(answer))


def account_document(found: Accounts) -> dict[str, Any]:
    """`mwp.placement-account/1`."""
    return exchequer.document(found)


def timeline_document(found: Timeline) -> dict[str, Any]:
    """`mwp.timeline/1`."""
    return found.document()


def placement_makers(answer: Placement, command: str = "") -> Makers:
    """A placement's answer in each form it can be written in."""
    return _makers(placement_words.told(answer), _about(answer), placement_document(answer), command)


def timeline_makers(found: Timeline, command: str = "") -> Makers:
    """Months in a row in each form they can be written in."""
    return _makers(placement_words.timeline_told(found), _about(found), timeline_document(found), command)


def account_makers(found: Accounts, command: str = "") -> Makers:
    """Accounts in each form they can be written in."""
    told = account_words.told(found)
    name = found.accounts[0].household.name if len(found.accounts) == 1 else f"{len(found.accounts)} household types"
    about = page.about_page(name, found.on, found.reforms, *words.advice(found.accounts[0].household)[1:])
    makers = dict(_makers(told, about, account_document(found), command))
    makers[".csv"] = lambda: csv_bytes([list(_flows(found)[0]), *([_text(c) for c in row] for row in _flows(found)[1])])
    makers[".xlsx"] = lambda: _workbook(found, command)
    return makers


def _makers(told: blocks.Told, about: dict[str, Any], document: dict[str, Any], command: str) -> Makers:
    return {
        ".html": lambda: blocks.page_of(told, about, command).encode(),
        ".pdf": lambda: page.as_pdf(blocks.page_of(told, about, command)),
        ".json": lambda: as_json(document).encode(),
        ".csv": lambda: csv_bytes(blocks.rows_of(told)),
    }


def _about(answer: Placement | Timeline) -> dict[str, Any]:
    home = answer.household
    return page.about_page(home.name, answer.on, answer.reforms, *words.advice(home))


# Tables of the accounts


def _accounts(found: Accounts) -> Table:
    head = (
        "household", "hours", "wage", "gross", "wage_bill", "employer_national_insurance", "employer_pension",
        "support", "costs_of_work", *(f"back_to_{key}" for key in purses()), "back_to_government", "guarantee_top_up",
        "net_awards", "net_awards_and_treasury", "net_government", "household_gains", "pension",
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for one in found.accounts:
        cost, by_purse = one.cost, one.by_purse()
        rows.append(
            (
                one.household.name, one.offer.hours, one.wage, cost.gross, cost.wage, cost.employer_national_insurance,
                cost.employer_pension, cost.support, cost.costs_of_work, *by_purse.values(), one.flow_back, one.top_up,
                one.net_of("awards"), one.net_of("awards_and_treasury"), one.net(), one.household_gains, one.pension,
            )
        )  # fmt: skip
    return head, rows


def _flows(found: Accounts) -> Table:
    head = ("household", "stream", "label", "kind", "purse", "pounds_a_year", "why", "citation")
    rows: list[tuple[Any, ...]] = []
    for one in found.accounts:
        cost = one.cost
        for name in ("wage", "employer_national_insurance", "employer_pension", "support", "costs_of_work"):
            rows.append(
                (one.household.name, name, name.replace("_", " "), "cost", "", -getattr(cost, name), "gross cost", "")
            )
        rows += [
            (one.household.name, f.variable, f.label, f.kind, f.purse, f.amount, f.reason, f.cites) for f in one.flows
        ]
    return head, rows


def _text(cell: Any) -> str:
    return "" if cell is None else repr(float(cell)) if isinstance(cell, float) else str(cell)


def _workbook(found: Accounts, command: str) -> bytes:
    from mwp.report import schedule_export

    told = account_words.told(found)
    notes = [("What it is", told.verdict)]
    notes += [("Rests on", line) for line in told.assumptions]
    notes += [("Not counted", line) for line in told.not_covered]
    notes += [("Made with", command)] if command else []
    return schedule_export.workbook_bytes({"Accounts": _accounts(found), "Flows": _flows(found)}, notes)
