"""Population tables as the command line asks for them: converting, checking, importing, making, describing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mwp.engine.dates import law_date
from mwp.errors import InputError
from mwp.population import needed, schema
from mwp.report.export import as_json, csv_bytes
from mwp.report.files import Makers

DESCRIPTION_ENDINGS = (".md", ".json", ".csv")
SYNTHETIC = "synthetic"
COLUMNS_BEGIN, COLUMNS_END = "<!-- columns: written by `make docs` -->\n", "<!-- end of columns -->\n"
UNITS = {"thousands": "thousand", "billions": "£ billion a year", "share": ""}


def convert(sources: Sequence[str], output: str) -> dict[str, Any]:
    """Household files into tables, or tables (or the synthetic population) into household files; what was done."""
    needed()
    from mwp.population.convert import read_households, tables_of, write_households
    from mwp.population.loading import loaded

    if len(sources) == 1 and is_population(sources[0]):
        population, _ = loaded(sources[0])
        written = write_households(population, output)
        return {"made": "household files", "households": len(written), "output": output}
    households = read_households(sources)
    about = f"{len(households):,} household files, converted."
    tables_of(households, about=about).write(output)
    return {"made": "tables", "households": len(households), "output": output}


def is_population(source: str) -> bool:
    """Whether a source is the synthetic population or a folder of tables, rather than household files."""
    return source == SYNTHETIC or Path(source, "households.parquet").is_file()


def validation(source: str, on: str | None) -> Any:
    """The validation report of tables, block by block: more than fits in memory can be checked."""
    needed()
    from mwp.population.loading import default_synthetic
    from mwp.population.tables import open_population
    from mwp.population.validate import merged, validate

    day = law_date(on) if on is not None else None
    if source == SYNTHETIC:
        return validate(default_synthetic().population, day)
    return merged([validate(block, day) for block in open_population(source).blocks()])


def imported(layout: str, source: str, output: str, on: str | None, *, exclude_invalid: bool) -> tuple[Any, Any]:
    """Survey files into tables: the import's report and the validation report. Raises InputError where errors stay."""
    needed()
    from mwp.population.euromod import import_euromod
    from mwp.population.frs import import_frs
    from mwp.population.validate import checked

    made = {"frs": import_frs, "euromod": import_euromod}[layout](source)
    day = law_date(on) if on is not None else None
    population, report = checked(made.population, day, exclude_invalid=exclude_invalid)
    population.write(output)
    return made, report


def synthesised(units: int, seed: int, output: str) -> Any:
    """Make the synthetic population and write its tables."""
    needed()
    from mwp.population.synthetic import synthesise

    made = synthesise(units, seed)
    made.population.write(output)
    return made


def synthesis_document(made: Any) -> dict[str, Any]:
    """What was made, as `mwp.population-description/1` without the groups that `describe` adds."""
    return description_document(describe_population(made.population, made.on, targets=True))


def description(source: str, on: str | None, *, targets: bool) -> Any:
    """What a population holds, with targets where asked."""
    needed()
    from mwp.population.calibrate import targets_on
    from mwp.population.loading import loaded

    day = law_date(on) if on is not None else targets_on()
    population, _ = loaded(source, day)
    return describe_population(population, day, targets=targets)


def describe_population(population: Any, on: date, *, targets: bool) -> Any:
    """The description of a population in memory."""
    from mwp.population.describe import describe

    return describe(population, on, targets=targets)


def description_document(told: Any) -> dict[str, Any]:
    """As JSON."""
    document: dict[str, Any] = told.document()
    return document


def description_makers(told: Any) -> Makers:
    """A description in each form it can be written in."""
    return {
        ".md": lambda: synthetic_page(told).encode(),
        ".json": lambda: as_json(told.document()).encode(),
        ".csv": lambda: csv_bytes(_csv_rows(told)),
    }


def _csv_rows(told: Any) -> list[list[str]]:
    rows = [["target", "unit", "published", "here", "miss", "use", "certainty", "source", "note"]]
    for one in told.achieved:
        t = one.target
        figures = [repr(t.value), repr(one.achieved), repr(one.miss)]
        rows.append([t.name, t.unit, *figures, t.use, t.certainty, t.source, t.note])
    return rows


# Words


def figure(value: float, unit: str) -> str:
    """A target's figure as people read it."""
    if unit == "share":
        return f"{value:.1%}"
    return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"


def miss(value: float) -> str:
    """How far a target is missed, with a sign; nil without one."""
    said = f"{value:+.1%}"
    return "0.0%" if said in ("+0.0%", "-0.0%") else said


def fault_line(fault: Any) -> str:
    """A fault of the tables in a line."""
    shown = ", ".join(f"{i} ({v})" for i, v in list(zip(fault.ids, fault.values, strict=True))[:5])
    more = f", and {fault.count - 5:,} more" if fault.count > 5 else ""
    return f"{fault.severity}: {fault.table}, {fault.column}: {fault.message} {fault.count:,} rows: {shown}{more}"


WHY = {
    "Universal Credit awards up to 300 pounds a month": "awards have risen since; few small ones are drawn",
    "Child Benefit": "the number of families is that of 2024; fewer births since are not all in it",
    "Income tax payers below State Pension age": "people who work for a part of a year, and those who live on private "
    "pensions before their State Pension, are few in the draw",
    "Income tax of working-age families": "a part of official receipts comes from income that is not drawn: trusts, "
    "partnerships, the highest profits and dividends",
    "National Insurance of employees": "the total of pay is held to tax records, which include jobs and bonuses spread "
    "unevenly over the year; here every month is the same",
    "National Insurance of employers": "the employment allowance and reliefs for the young are left out",
}
"""Why a check misses, where that is understood."""


def synthetic_page(told: Any) -> str:
    """docs/population-synthetic.md: the population's targets and checks, what is hit and what is missed."""
    fitted = [one for one in told.achieved if one.target.use == "calibrate"]
    checks = [one for one in told.achieved if one.target.use == "check"]
    within = sum(abs(one.miss) <= 0.01 for one in fitted)
    lines = [
        "# The synthetic population, target by target",
        "",
        "Written by `mwp population describe --targets --output docs/population-synthetic.md`; `make docs` renews it.",
        "",
        f"{told.about} It stands for {told.units / 1e6:,.1f} million benefit units with"
        f" {told.people / 1e6:,.1f} million people, in the year 2026-27, under the law of {told.on}. Nobody in it is a"
        " real person, and no survey's records are in it: [population.md](population.md) tells how it is made and what"
        " it is good for.",
        "",
        f"- {told.rows:,} rows; effective sample size {told.effective_size:,.0f} (Kish); largest weight"
        f" {told.largest_weight:,.0f}. A weight may move between a fifth and five times that of the draw.",
        f"- {within} of {len(fitted)} targets are met within 1%.",
        "- In scope are benefit units with an adult below State Pension age. Pensioners without one are for Pension"
        " Credit, which is not modelled, and are not in it.",
        "",
        "**Read with care**: meeting a total says nothing of what lies beneath it. How families, homes, health and pay"
        " hang together is drawn from distributions set by hand, not from records. For small groups (one council, rare"
        " benefits) the figures are illustrations.",
        "",
        "## What it is checked against",
        "",
        "No weight was fitted to these. A few hand-set shares of the draw were chosen with them in sight: who repays a"
        " student loan, uses Tax-Free Childcare, claims council tax reduction or Carer's Allowance. Nor is income tax"
        " an independent check: totals of dividends and lettings were added as targets, as working estimates, because"
        " tax first came out 11.5% low, and 13% of all income tax is taken to be pensioners'; the numbers of its payers"
        " are one, though of the year before. Spending is a month"
        " times twelve, beside the official figure for 2026-27, which is a forecast: the year is not over. What the"
        " benefit cap takes and the High Income Child Benefit Charge are set beside our arithmetic on counts of"
        " families that weights are fitted to, so they check how much a family loses, not how many lose; no outturn"
        " under the law of 2026-27 was found.",
        "",
        *_target_table(checks, why=True),
        "",
        "## What the weights were fitted to",
        "",
        *_target_table(fitted, why=False),
        "",
        "Certainty: *confirmed* two official sources or an official table; *single* one source; *derived* our"
        " arithmetic on a source, as the note says; *estimate* a working value for want of a published one, which may"
        " be well off.",
    ]
    return "\n".join(lines) + "\n"


def _target_table(found: Sequence[Any], *, why: bool) -> list[str]:
    head = "| | Published | Here | Miss | Certainty | Source and note |"
    lines = [head, "| --- | ---: | ---: | ---: | --- | --- |"]
    for one in found:
        t = one.target
        source = f"[{t.source}]({t.href})" if t.href else t.source
        note = "; ".join(part for part in (source, t.note, _reason(one) if why else "") if part)
        unit = f" ({UNITS[t.unit]})" if UNITS[t.unit] else ""
        lines.append(
            f"| {t.name}{unit} | {figure(t.value, t.unit)} | {figure(one.achieved, t.unit)} | {miss(one.miss)} |"
            f" {t.certainty} | {note} |"
        )
    return lines


def _reason(one: Any) -> str:
    return f"**why**: {WHY[one.target.name]}" if one.target.name in WHY and abs(one.miss) > 0.02 else ""


def with_columns(page: str) -> str:
    """docs/population.md with the list of columns as the schema has it."""
    try:
        before, rest = page.split(COLUMNS_BEGIN)
        _, after = rest.split(COLUMNS_END)
    except ValueError:
        raise InputError.of("docs/population.md has lost the marks between which the columns are listed.") from None
    return f"{before}{COLUMNS_BEGIN}\n{schema.markdown()}\n{COLUMNS_END}{after}"


if __name__ == "__main__":
    import sys

    target = Path(sys.argv[1])
    target.write_text(with_columns(target.read_text(encoding="utf-8")), encoding="utf-8")
