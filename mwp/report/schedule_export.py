"""Earnings schedules as documents, tables, workbooks, charts and pages."""

import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from mwp.analysis import distribution as spread
from mwp.analysis import documents
from mwp.analysis.guarantee import standing_of
from mwp.analysis.measures import COMPONENTS, TOP_UP
from mwp.analysis.schedule import Jump as Jump
from mwp.analysis.sweep import Choice, Grid, checked_measure, kept_by_hours_and_wage, several
from mwp.analysis.sweep import Surface as Surface
from mwp.analysis.sweep import Sweep as Sweep
from mwp.core import council_schemes
from mwp.core.valuation import Valuation
from mwp.engine.dates import law_date
from mwp.errors import InputError, MwpError
from mwp.inputs import places
from mwp.inputs.household import Household, with_council
from mwp.inputs.names import did_you_mean, listed, snake
from mwp.inputs.reform import load_reform
from mwp.report import schedule_words, words
from mwp.report.export import as_json, csv_bytes
from mwp.report.files import Makers

SUMMARY_ENDINGS = (".html", ".md", ".xlsx", ".csv", ".parquet", ".json", ".svg", ".png")
SWEEP_ENDINGS = (".html", ".xlsx", ".csv", ".parquet", ".json", ".svg", ".png")
CLIFFS_ENDINGS = (".html", ".xlsx", ".csv", ".parquet", ".json")
CHARTS = ("schedule", "budget", "metr", "heatmap", "surface")
YEARS = ("2024-11-01", "2025-11-01", "2026-11-01")
"""A day in each tax year that the law is known for: what `mwp sweep --summary` lays side by side."""

Cell = str | float | int | bool | None
Table = tuple[tuple[str, ...], list[tuple[Cell, ...]]]


class CannotWrite(MwpError):
    """What a kind of file needs is not installed; the message says what to install."""


def under_councils(homes: Sequence[Household], told: str) -> list[Household]:
    """Each household under each council named, or under every one whose scheme is known; the council joins its name.

    Raises InputError for a council that there is not or whose scheme is not known, and for a household outside England.
    """
    known = council_schemes.rows()
    names = [snake(name) for name in told.split(",") if name.strip()]
    if names == ["all"]:
        names = sorted(known)
    for name in names:
        if name not in known:
            raise InputError.of(
                f"No scheme of a council called {name} is known.{did_you_mean(name, known)}", field="--councils"
            )
    if not names:
        raise InputError.of("Name councils, as in --councils leeds,bristol, or all.", field="--councils")
    found = []
    for home in homes:
        for name in names:
            there = with_council(home, name)
            found.append(there.model_copy(update={"name": f"{home.name} ({places.authorities()[name].name})"}))
    return found


# Documents


def sweeps_document(found: Sequence[Sweep]) -> dict[str, Any]:
    """`mwp.sweep/1`, or several of them in `mwp.documents/1`."""
    return several([one.document(schedule_words.in_words(one)) for one in found])


def cliffs_document(found: Sequence[Sweep]) -> dict[str, Any]:
    """`mwp.cliffs/1`, or several of them in `mwp.documents/1`."""
    return several(
        [
            one.cliffs_document(
                [schedule_words.label(one, jump) for jump in one.cliffs],
                [schedule_words.why(one, jump) for jump in one.cliffs],
            )
            for one in found
        ]
    )


def surfaces_document(found: Sequence[Surface]) -> dict[str, Any]:
    """`mwp.surface/1`, or several of them in `mwp.documents/1`."""
    return several([one.document() for one in found])


def checked_chart(chart: str | None, output: str | None, *, both: bool = False) -> str:
    """The chart of that name. Raises InputError for one that does not exist or does not go with the rest."""
    if chart is not None and chart not in CHARTS:
        raise InputError.of(
            f"There is no chart called {chart}.{did_you_mean(chart, CHARTS)} Give {listed(CHARTS)}.", field="--chart"
        )
    if chart and not (output and output.lower().endswith((".svg", ".png"))):
        raise InputError.of("A chart goes to a file: add --output chart.svg or chart.png.", field="--chart")
    if chart == "surface" and not both:
        raise InputError.of("The surface is of both earners: add --earner both.", field="--chart")
    return chart or ("surface" if both else "schedule")


# Tables


def pieces_table(found: Sequence[Sweep]) -> Table:
    """A row for each stretch and each jump, in order; a column for each component (pounds a pound, or pounds)."""
    names = _components(found)
    head = (
        "household", "on", "earner", "measure", "piece", "from", "to", "hours_from", "hours_to", "left_at_from", "metr",
        "size", "variable", "what_happens", "why", "citation", "recovers_at", *names,
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        of: tuple[Cell, ...] = (one.household.name, one.on.isoformat(), one.earner, one.measure)
        jumps = {jump.at: jump for jump in one.jumps}
        for segment in one.segments:
            jump = jumps.get(segment.start)
            if jump is not None:
                rows.append(_jump_row(of, one, jump, names))
            slopes = (segment.slopes.get(name, 0.0) for name in names)
            reach = (segment.start, segment.end, one.hours_at(segment.start), one.hours_at(segment.end))
            rows.append((*of, "segment", *reach, segment.at_start, segment.metr, *(None,) * 6, *slopes))
    return head, rows


def _jump_row(of: tuple[Cell, ...], one: Sweep, jump: Jump, names: Sequence[str]) -> tuple[Cell, ...]:
    reach = (jump.before, jump.at, one.hours_at(jump.before), one.hours_at(jump.at))
    changes = (jump.components.get(name, 0.0) for name in names)
    told = (jump.cause, schedule_words.what_happens(one, jump), schedule_words.why(one, jump), jump.citation)
    return (*of, "jump", *reach, one.value(jump.before), None, jump.size, *told, jump.recovers_at, *changes)


def _components(found: Sequence[Sweep]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in found for segment in one.segments for name in segment.slopes))


def cliffs_table(found: Sequence[Sweep]) -> Table:
    """A row for each cliff."""
    head = (
        "household", "on", "earner", "measure", "at", "hours", "size", "variable", "label", "what_happens", "why",
        "citation", "recovers_at", "dead_zone",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            one.household.name, one.on.isoformat(), one.earner, one.measure, jump.at, one.hours_at(jump.at), jump.size,
            jump.cause, schedule_words.label(one, jump), schedule_words.what_happens(one, jump),
            schedule_words.why(one, jump), jump.citation, jump.recovers_at, jump.dead_zone,
        )
        for one in found
        for jump in one.cliffs
    ]  # fmt: skip
    return head, rows


def surface_table(found: Sequence[Surface]) -> Table:
    """A row for each pair of hours."""
    head = ("household", "on", "measure", "claimant_hours", "partner_hours", "left")
    rows: list[tuple[Cell, ...]] = [
        (one.household.name, one.on.isoformat(), one.measure, mine, theirs, one.at(mine, theirs))
        for one in found
        for mine in one.hours
        for theirs in one.hours
    ]
    return head, rows


def grid_table(grid: Grid) -> Table:
    """A row for each pair of hours and wage."""
    head = ("hours", "wage", "kept_an_hour")
    rows: list[tuple[Cell, ...]] = [
        (hours, wage, float(grid.kept[down, across]))
        for down, hours in enumerate(grid.hours)
        for across, wage in enumerate(grid.wages)
    ]
    return head, rows


# Files


def sweep_makers(found: Sequence[Sweep], chart: str = "schedule", command: str = "") -> Makers:
    """Schedules in each form they can be written in."""
    return {
        ".html": lambda: _page().sweeps_page(found, command).encode(),
        ".xlsx": lambda: _sweep_workbook(found, command),
        ".csv": lambda: table_csv(pieces_table(found)),
        ".parquet": lambda: parquet_bytes(pieces_table(found), _about(found, command)),
        ".json": lambda: as_json(sweeps_document(found)).encode(),
        ".svg": lambda: _picture(found, chart).as_svg(),
        ".png": lambda: _picture(found, chart).as_png(),
    }


def cliffs_makers(found: Sequence[Sweep], command: str = "") -> Makers:
    """Cliffs in each form they can be written in."""
    return {
        ".html": lambda: _page().cliffs_page(found, command).encode(),
        ".xlsx": lambda: workbook_bytes({"Cliffs": cliffs_table(found)}, _notes(found, command)),
        ".csv": lambda: table_csv(cliffs_table(found)),
        ".parquet": lambda: parquet_bytes(cliffs_table(found), _about(found, command)),
        ".json": lambda: as_json(cliffs_document(found)).encode(),
    }


def surface_makers(found: Sequence[Surface], command: str = "") -> Makers:
    """Surfaces in each form they can be written in."""
    from mwp.report import charts

    return {
        ".html": lambda: _page().surfaces_page(found, command).encode(),
        ".xlsx": lambda: workbook_bytes({"Surface": surface_table(found)}, _notes(found, command)),
        ".csv": lambda: table_csv(surface_table(found)),
        ".parquet": lambda: parquet_bytes(surface_table(found), _about(found, command)),
        ".json": lambda: as_json(surfaces_document(found)).encode(),
        ".svg": lambda: charts.surface_chart(found[0]).as_svg(),
        ".png": lambda: charts.surface_chart(found[0]).as_png(),
    }


def _picture(found: Sequence[Sweep], chart: str) -> Any:
    from mwp.report import charts

    if chart == "heatmap":
        return charts.heat_map(kept_by_hours_and_wage(found[0]))
    if len(found) > 1:
        return charts.small_multiples(found)
    if chart == "budget":
        return charts.budget_chart(found[0])
    return charts.metr_chart(found[0]) if chart == "metr" else charts.schedule_chart(found[0])


def _page() -> Any:
    from mwp.report import schedule_page

    return schedule_page


def table_csv(table: Table) -> bytes:
    """A table as CSV: numbers in full, nothing where there is none."""
    head, rows = table
    return csv_bytes([list(head), *([_text(cell) for cell in row] for row in rows)])


def _text(cell: Cell) -> str:
    return "" if cell is None else repr(float(cell)) if isinstance(cell, float) else str(cell)


def parquet_bytes(table: Table, about: Mapping[str, str]) -> bytes:
    """Columns with their kinds; what the figures rest on stands in the file's own description."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise CannotWrite('Parquet files need pyarrow. Install it: pip install "mwp[export]". Or write .csv.') from None
    head, rows = table
    columns = {}
    for place, name in enumerate(head):
        values = [row[place] for row in rows]
        told = [value for value in values if value is not None]
        kind = pyarrow.string() if told and isinstance(told[0], str) else pyarrow.float64()
        columns[name] = pyarrow.array([v if isinstance(v, str | None) else float(v) for v in values], type=kind)
    made = pyarrow.table(columns).replace_schema_metadata({f"mwp.{key}": value for key, value in about.items()})
    target = io.BytesIO()
    parquet.write_table(made, target)
    return target.getvalue()


def _about(found: Sequence[Sweep] | Sequence[Surface], command: str) -> dict[str, str]:
    program = documents.program()
    return {
        "version": program["version"],
        "parameters": program["parameters"],
        "command": command,
        "assumptions": "\n".join(_assumptions(found)),
    }


def _assumptions(found: Sequence[Sweep] | Sequence[Surface]) -> list[str]:
    return list(dict.fromkeys(line for one in found for line in schedule_words.assumptions(one.assumptions)))


def _notes(found: Sequence[Sweep] | Sequence[Surface], command: str) -> list[tuple[str, str]]:
    """What stands on the notes sheet: what is measured, the law, the program, the command, what it rests on."""
    program = documents.program()
    told = [("What is left", schedule_words.measured(one)) for one in dict.fromkeys(one.measure for one in found)]
    told += [("Law of", words.day(on)) for on in dict.fromkeys(one.on for one in found)]
    told += [("If this were law", r.title) for r in dict.fromkeys(r for one in found for r in one.reforms)]
    told += [("Household", name) for name in dict.fromkeys(one.household.name for one in found)]
    told += [("Path", line) for line in dict.fromkeys(_paths(found))]
    told += [("Rests on", line) for line in _assumptions(found)]
    left_out = dict.fromkeys(line for one in found for line in words.not_covered(one.not_modelled))
    told += [("Not counted", line) for line in left_out]
    told += [("mwp version", program["version"]), ("Parameters (SHA-256)", program["parameters"])]
    return [*told, *([("Command", command)] if command else [])]


def _paths(found: Iterable[Sweep | Surface]) -> Iterable[str]:
    for one in found:
        if isinstance(one, Sweep):
            yield schedule_words.path_in_words(one)


def _sweep_workbook(found: Sequence[Sweep], command: str) -> bytes:
    head, rows = pieces_table(found)
    piece = head.index("piece")
    segments, jumps = ((head, [row for row in rows if row[piece] == kind]) for kind in ("segment", "jump"))
    told: Table = (
        ("household", "on", "earner", "in words"),
        [(one.household.name, one.on.isoformat(), one.earner, schedule_words.in_words(one)) for one in found],
    )
    empty_of_jumps = {"size", "variable", "what_happens", "why", "citation", "recovers_at"}
    sheets = {
        "In words": told,
        "Segments": _without(segments, {"piece", *empty_of_jumps}),
        "Jumps": _without(jumps, {"piece", "metr"}),
    }
    return workbook_bytes(sheets, _notes(found, command))


def _without(table: Table, names: set[str]) -> Table:
    """The table without those columns, and without components that are nil in every row."""
    head, rows = table
    known = {TOP_UP, *(name for parts in COMPONENTS.values() for name in parts)}
    kept = [
        place
        for place, name in enumerate(head)
        if name not in names and not (name in known and all(abs(float(row[place] or 0.0)) < 1e-9 for row in rows))
    ]
    return tuple(head[place] for place in kept), [tuple(row[place] for place in kept) for row in rows]


_SHARES = frozenset({"metr", "in dead zones"})
_WIDE = {"household": 34, "in words": 110, "what_happens": 50, "why": 50, "citation": 40, "label": 30}


def workbook_bytes(
    sheets: Mapping[str, Table], notes: Sequence[tuple[str, str]], shares: Collection[str] = ()
) -> bytes:
    """A formatted workbook: a frozen head, kinds of numbers (`shares` are columns of shares), widths, and notes."""
    try:
        import xlsxwriter
    except ImportError:
        raise CannotWrite('Workbooks need xlsxwriter. Install it: pip install "mwp[export]". Or write .csv.') from None
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "mwp", "created": datetime(2000, 1, 1)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF4FA"})
    pounds = book.add_format({"num_format": "#,##0.00", "valign": "top"})
    share = book.add_format({"num_format": "0.0%", "valign": "top"})
    slope = book.add_format({"num_format": "0.0000", "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    known = {TOP_UP, *(name for parts in COMPONENTS.values() for name in parts)}
    for title, (head, rows) in sheets.items():
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 1)
        for column, name in enumerate(head):
            form = share if name in {*_SHARES, *spread.CLASSES, *shares} else pounds
            form = slope if title == "Segments" and name in known else form
            sheet.set_column(column, column, _WIDE.get(name, max(11, min(18, len(name) + 1))))
            sheet.write_string(0, column, name.replace("_", " "), bold)
            for line, row in enumerate(rows, start=1):
                cell = row[column]
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell, text)
                elif cell is not None:
                    sheet.write_number(line, column, float(cell), form)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(head) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    sheet = book.add_worksheet("Notes")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 120)
    for line, (name, told) in enumerate(notes):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, told, text)
    book.close()
    return target.getvalue()


# How METRs are spread


@dataclass(frozen=True)
class Distribution:
    """The spread of METRs, ready to be shown: a row for each class, a column for each date."""

    found: spread.Distribution
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def distribution(
    homes: Sequence[Household], days: Sequence[str], reforms: Sequence[str] = (), **path: Any
) -> Distribution:
    """The spread over the households, under the law of each day (one in each year where none is given)."""
    asked = {"homes": homes, **path}
    valuation = Valuation(path.pop("value", "central"))
    measure = checked_measure(path.pop("measure", None), "net_income")
    standing = standing_of(path.pop("standing", None))
    if path.get("earner") == "both":
        raise InputError.of("A summary is of one earner: claimant or partner.", field="earner")
    path["to"] = path.get("to") or 6_000.0
    choice = Choice(**path)
    dates = [law_date(day) for day in days or YEARS]
    laid = [load_reform(name) for name in reforms]
    found = spread.distribution(homes, choice, dates, laid, measure, valuation, standing)
    told = documents.Asked(asked | {"days": dates, "reforms": laid})
    return _shown(replace(found, asked=told), len(homes))


def _shown(found: spread.Distribution, households: int) -> Distribution:
    years = [_tax_year(one.on) for one in found.dates]
    columns = tuple(years if len(set(years)) == len(years) else [one.on.isoformat() for one in found.dates])
    rows: list[tuple[str, tuple[str, ...]]] = [
        (label, tuple(f"{one.shares[place]:.1%}" for one in found.dates)) for place, label in enumerate(spread.CLASSES)
    ]
    rows.append(("share of the range behind a cliff", tuple(f"{one.in_dead_zones:.1%}" for one in found.dates)))
    rows.append(("cliffs a household, on average", tuple(f"{one.cliffs:.1f}" for one in found.dates)))
    choice = found.choice
    whose = "the partner" if choice.adult else "the claimant"
    wage = (
        "their own wage or else the legal minimum"
        if choice.wage is None
        else ("the legal minimum wage" if isinstance(choice.wage, str) else f"£{choice.wage:,.2f} an hour")
    )
    full = f"{choice.hours:g} hours a week" if choice.hours else "their own hours, or else 35 a week"
    ways = {
        "hours": f"hours grow at {wage}",
        "wage": f"the wage grows at {full}",
        "hours_then_wage": f"hours grow at {wage} up to {full}, then the wage grows",
    }
    title = f"Share of the earnings range by marginal effective tax rate, {households} households"
    if households == 1:
        title = f"Share of the earnings range by marginal effective tax rate, {found.dates[0].households[0].name}"
    return Distribution(
        found,
        title,
        f"Of {schedule_words.measured(found.measure)}, as {whose} earns from nothing to"
        f" {schedule_words.money(choice.to or 0.0)} a month: {ways[choice.way]}. Each household counts alike.",
        columns,
        tuple(rows),
    )


def _tax_year(on: date) -> str:
    first = on.year if (on.month, on.day) >= (4, 6) else on.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def distribution_document(told: Distribution) -> dict[str, Any]:
    """`mwp.metr/1`."""
    return told.found.document()


def distribution_table(told: Distribution) -> Table:
    """A row for each household on each date, and one for all of them."""
    head = ("on", "household", *spread.CLASSES, "in dead zones", "cliffs", "largest cliff")
    rows: list[tuple[Cell, ...]] = []
    for one in told.found.dates:
        rows.append((one.on.isoformat(), "all", *one.shares, one.in_dead_zones, one.cliffs, None))
        for home in one.households:
            rows.append(
                (one.on.isoformat(), home.name, *home.shares, home.in_dead_zones, home.cliffs, home.largest_cliff)
            )
    return head, rows


def distribution_markdown(told: Distribution, command: str = "") -> str:
    """The spread as a page of the documentation, with the command that made it."""
    dates = told.found.dates
    last = dates[-1]
    many = [home for home in last.households if sum(home.shares[4:]) > 0]
    lines = [
        "# How much of an extra pound is lost",
        "",
        f"{told.title}. {told.note} A METR is the share of an extra pound of earnings that tax and withdrawn benefits"
        " take; a cliff (a sudden loss of £1 a month or more) is no rate and is counted apart.",
        "",
        *_markdown_table(("METR", *told.columns), told.rows),
        "",
        f"Under the law of {words.day(last.on)}, {len(many)} of {len(last.households)} households lose more than 80p of"
        " a pound somewhere on their range. Household by household, on that day:",
        "",
        *_markdown_table(
            ("household", *spread.CLASSES, "cliffs"),
            [(home.name, (*(f"{share:.0%}" for share in home.shares), f"{home.cliffs}")) for home in last.households],
        ),
        "",
        f"Days: {', '.join(words.day(one.on) for one in dates)}.",
        *(["", f"Made with `{command} --output docs/metr.md`: do not change it by hand."] if command else []),
    ]
    return "\n".join(lines) + "\n"


def _markdown_table(head: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    right = " | ".join("---:" for _ in head[1:])
    return [f"| {' | '.join(head)} |", f"| --- | {right} |", *(f"| {a} | {' | '.join(b)} |" for a, b in rows)]


def distribution_makers(told: Distribution, command: str = "") -> Makers:
    """The spread in each form it can be written in."""
    program = documents.program()
    notes = [
        ("What it shows", told.title), ("How", told.note), ("mwp version", program["version"]),
        ("Parameters (SHA-256)", program["parameters"]), ("Command", command),
    ]  # fmt: skip
    about = {"version": program["version"], "parameters": program["parameters"], "command": command}
    makers: dict[str, Callable[[], bytes]] = {
        ".html": lambda: _page().distribution_page(told, command).encode(),
        ".md": lambda: distribution_markdown(told, command).encode(),
        ".xlsx": lambda: workbook_bytes({"METR": distribution_table(told)}, notes),
        ".csv": lambda: table_csv(distribution_table(told)),
        ".parquet": lambda: parquet_bytes(distribution_table(told), about),
        ".json": lambda: as_json(distribution_document(told)).encode(),
        ".svg": lambda: _charts().distribution_chart(told).as_svg(),
        ".png": lambda: _charts().distribution_chart(told).as_png(),
    }
    return makers


def _charts() -> Any:
    from mwp.report import charts

    return charts
