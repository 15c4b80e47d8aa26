"""Reforms side by side as a document, tables, a workbook, charts and a page."""

from typing import Any

from mwp.analysis import documents
from mwp.analysis.compare import KINDS, CliffChange, Under
from mwp.analysis.compare import Comparison as Comparison
from mwp.analysis.compare import OneHousehold as OneHousehold
from mwp.errors import InputError
from mwp.inputs.names import did_you_mean, listed
from mwp.report import compare_words, page, schedule_words, words
from mwp.report.export import as_json
from mwp.report.files import Makers
from mwp.report.schedule_export import Cell, Table, parquet_bytes, table_csv, workbook_bytes

ENDINGS = (".html", ".pdf", ".xlsx", ".csv", ".parquet", ".json", ".svg", ".png")
TABLES = ("households", "summary", "jobs", "metr", "cliffs", "bands", "groups", "cost")
"""What an .xlsx file holds a sheet of; a .csv or .parquet file holds one of them."""

_SHARES = {
    "average_metr", "above_70", "in_dead_zones", "worst_ptr", "ptr", "share_gaining", "share_losing",
    "share_unchanged", "share_moved_higher",
}  # fmt: skip


def checked_table(table: str | None, output: str | None) -> str:
    """The table of that name. Raises InputError for one that does not exist, or that goes to no file."""
    if table is not None and table not in TABLES:
        raise InputError.of(
            f"There is no table called {table}.{did_you_mean(table, TABLES)} Give {listed(TABLES)}.", field="--table"
        )
    if table and not (output and output.lower().endswith((".csv", ".parquet"))):
        raise InputError.of("A table goes to a file: add --output table.csv or table.parquet.", field="--table")
    return table or TABLES[0]


def document(told: Comparison) -> dict[str, Any]:
    """`mwp.compare/1`."""
    return told.document(compare_words.in_words(told))


def makers(told: Comparison, command: str = "", table: str = TABLES[0]) -> Makers:
    """A comparison in each form it can be written in."""
    return {
        ".html": lambda: _page().compare_page(told, command).encode(),
        ".pdf": lambda: page.as_pdf(_page().compare_page(told, command)),
        ".xlsx": lambda: workbook_bytes(sheets(told), notes(told, command), _SHARES | set(_metr_columns(told))),
        ".csv": lambda: table_csv(tables(told)[table]),
        ".parquet": lambda: parquet_bytes(tables(told)[table], _about(told, command)),
        ".json": lambda: as_json(document(told)).encode(),
        ".svg": lambda: _charts().compare_chart(told).as_svg(),
        ".png": lambda: _charts().compare_chart(told).as_png(),
    }


def _page() -> Any:
    from mwp.report import compare_page

    return compare_page


def _charts() -> Any:
    from mwp.report import compare_charts

    return compare_charts


# Tables


def tables(told: Comparison) -> dict[str, Table]:
    """Every table by its name."""
    made = (_households, _summary, _jobs, _metr, _cliffs, _bands, _groups, _cost)
    return {name: make(told) for name, make in zip(TABLES, made, strict=True)}


def sheets(told: Comparison) -> dict[str, Table]:
    """The tables as sheets, and what is said in words before them."""
    head = ("reform", "in words")
    said: list[tuple[Cell, ...]] = [
        (name, sentence) for name, sentences in compare_words.in_words(told).items() for sentence in sentences
    ]
    return {"In words": (head, said)} | {words.sentence_case(name): one for name, one in tables(told).items()}


_OF = ("on", "measure", "earner", "household", "family", "nation", "reform")


def _of(told: Comparison, one: OneHousehold, under: Under) -> tuple[Cell, ...]:
    home = one.household
    return (
        told.on.isoformat(), told.measure, under.sweep.earner, home.name, one.family, home.nation, under.laid.name,
    )  # fmt: skip


def _households(told: Comparison) -> Table:
    """A row for each household under each column."""
    head = (
        *_OF, "gain", "gain_now", "cost", "cost_now", "share_gaining", "share_losing", "share_unchanged", "most_gained",
        "most_gained_at", "most_lost", "most_lost_at", "average_metr", "above_70", "share_moved_higher", "worst_ptr",
        "worst_ptr_at", "cliffs", "largest_cliff", "in_dead_zones", *(f"cliffs_{kind}" for kind in KINDS),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in told.households:
        for under in one.columns:
            now, worst = under.now, under.worst_ptr or (None, None)
            rows.append(
                (
                    *_of(told, one, under), under.gain, now.gain if now else None, under.cost,
                    now.cost if now else None, under.gains, under.loses, under.unchanged, *under.most_gained,
                    *under.most_lost, under.average_metr, under.above_70, under.to_higher, *worst,
                    float(under.spread.cliffs), under.spread.largest_cliff, under.spread.in_dead_zones,
                    *(float(under.counted(kind)) for kind in KINDS),
                )
            )  # fmt: skip
    return head, rows


def _summary(told: Comparison) -> Table:
    """A row for each column over all the households."""
    head = (
        "reform", "title", "households", "average_metr", "above_70", "cliffs", "largest_cliff", "largest_cliff_of",
        "in_dead_zones", "worst_ptr", "worst_ptr_of", "gain", "gain_now", "cost", "cost_now", "gaining", "losing",
        "no_change", "share_gaining", "share_losing", "moved_higher", "share_moved_higher",
        *(f"cliffs_{kind}" for kind in KINDS),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in told.summaries:
        group, worst = one.everyone, one.worst_ptr or (None, None, None)
        rows.append(
            (
                one.laid.name, one.laid.title, float(group.households), one.average_metr, one.above_70,
                float(one.cliffs), *one.largest_cliff, one.in_dead_zones, *worst[:2], group.gain, group.gain_now,
                group.cost, one.cost_now, float(group.gaining), float(group.losing), float(group.neither),
                group.share_gaining, group.share_losing, float(one.moved_higher), one.share_moved_higher,
                *(float(one.cliff_changes[kind]) for kind in KINDS),
            )
        )  # fmt: skip
    return head, rows


def _jobs(told: Comparison) -> Table:
    """A row for each job of each household under each column."""
    head = (*_OF, "job", "hours", "earnings", "left", "gain", "metr", "ptr", "cost")
    rows: list[tuple[Cell, ...]] = [
        (
            *_of(told, one, under), point.key, point.hours, point.earnings, point.left, point.gain, point.metr,
            point.ptr, point.cost,
        )
        for one in told.households
        for under in one.columns
        for point in under.points
    ]  # fmt: skip
    return head, rows


def _metr_columns(told: Comparison) -> tuple[str, ...]:
    return tuple(column.name for column in told.laid)


def _metr(told: Comparison) -> Table:
    """A row for each stretch of each household, a column of METRs for each rule set."""
    head = ("household", "from", "to", *_metr_columns(told))
    rows: list[tuple[Cell, ...]] = [
        (one.household.name, stretch.start, stretch.end, *stretch.metrs)
        for one in told.households
        for stretch in one.stretches
    ]
    return head, rows


def _cliffs(told: Comparison) -> Table:
    """A row for each cliff under current law or a reform, and what becomes of it."""
    head = (
        *_OF, "what_happens", "made_good", "label", "at_now", "size_now", "dead_zone_now", "at_then", "size_then",
        "dead_zone_then", "variable", "citation", "in words",
    )  # fmt: skip
    rows = [
        (*_of(told, one, under), *_cliff(one, under, change))
        for one in told.households
        for under in one.columns[1:]
        for change in under.cliffs
    ]
    return head, rows


def _cliff(one: OneHousehold, under: Under, change: CliffChange) -> tuple[Cell, ...]:
    before, after = change.before, change.after
    jump = before or after
    assert jump is not None
    sweep = one.law.sweep if before else under.sweep
    then = [(part.at, part.size, part.dead_zone) if part else (None, None, None) for part in (before, after)]
    in_words = compare_words.cliff_line(one, under, change) if change.kind != "unchanged" else "As now."
    return (
        change.kind, "yes" if change.made_good else "no", schedule_words.label(sweep, jump), *then[0], *then[1],
        jump.cause, jump.citation, in_words,
    )  # fmt: skip


def _bands(told: Comparison) -> Table:
    """A row for each band of gross pay under each reform, all households pooled."""
    head = ("reform", "pay_from", "pay_to", "gain", "share_gaining", "share_losing")
    rows: list[tuple[Cell, ...]] = [
        (one.laid.name, band.start, band.end, band.gain, band.share_gaining, band.share_losing)
        for one in told.summaries[1:]
        for band in one.bands
    ]
    return head, rows


def _groups(told: Comparison) -> Table:
    """A row for each kind of family, and for each nation, under each reform."""
    head = (
        "reform", "grouped_by", "group", "households", "gaining", "losing", "no_change", "share_gaining",
        "share_losing", "gain", "gain_now", "cost",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            one.laid.name, by, group.name, float(group.households), float(group.gaining), float(group.losing),
            float(group.neither), group.share_gaining, group.share_losing, group.gain, group.gain_now, group.cost,
        )
        for one in told.summaries[1:]
        for by, groups in (("family", one.families), ("nation", one.nations))
        for group in groups
    ]  # fmt: skip
    return head, rows


def _cost(told: Comparison) -> Table:
    """A row for each component of what a household costs under a reform, on average along its range and at present."""
    head = (*_OF, "variable", "label", "cost", "cost_now")
    rows: list[tuple[Cell, ...]] = []
    for one in told.households:
        for under in one.columns[1:]:
            now = under.now.cost_by if under.now else {}
            for name in dict.fromkeys((*under.cost_by, *now)):
                named = compare_words.component(name, one.household)
                paid = now.get(name, 0.0) if under.now else None
                rows.append((*_of(told, one, under), name, named, under.cost_by.get(name, 0.0), paid))
    return head, rows


# What the figures stand on


def notes(told: Comparison, command: str) -> list[tuple[str, str]]:
    """What stands on the notes sheet of a workbook."""
    program = documents.program()
    found = [("Path", compare_words.path(told)), ("Law of", words.day(told.on))]
    found += [("Note", line) for line in compare_words.notes(told)]
    found += [("Meaning", line) for line in compare_words.DEFINED]
    found += [(column.name, reform.summary) for column in told.laid for reform in column.reforms]
    found += [("Rests on", line) for line in compare_words.assumptions(told)]
    found += [("Not counted", line) for line in compare_words.not_covered(told)]
    found += [("mwp version", program["version"]), ("Parameters (SHA-256)", program["parameters"])]
    return [*found, *([("Command", command)] if command else [])]


def _about(told: Comparison, command: str) -> dict[str, str]:
    program = documents.program()
    return {
        "version": program["version"],
        "parameters": program["parameters"],
        "command": command,
        "assumptions": "\n".join(compare_words.assumptions(told)),
    }
