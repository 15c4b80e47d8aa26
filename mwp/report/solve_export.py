"""What a search for a reform's numbers found, as a document, a table, a page and a reform's own file."""

from collections.abc import Callable
from typing import Any

import yaml

from mwp.analysis.solve import Solution as Solution
from mwp.analysis.solve import reform_data
from mwp.errors import InputError
from mwp.report import page, solve_words, words
from mwp.report.export import as_json, csv_bytes
from mwp.report.files import Makers

SOLVE_ENDINGS = (".html", ".csv", ".json", ".yaml")
SAVED_ENDINGS = (".yaml",)


def solution_document(told: Solution) -> dict[str, Any]:
    """`mwp.solve/1`."""
    return told.document(solve_words.in_words(told))


def reform_file(told: Solution, command: str = "") -> str:
    """The reform that was found, as a file for `--reform`: reading it back gives the same reform."""
    comment = [solve_words.in_words(told), *([f"Made with: {command}"] if command else [])]
    head = "".join(f"# {line}\n" for text in comment for line in _wrapped(text))
    return head + yaml.safe_dump(_plain(reform_data(told.reform)), sort_keys=False, allow_unicode=True, width=110)


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(" ".join(text.split()), 110)


def _plain(value: Any) -> Any:
    """Whole numbers without their decimals."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() else value


def solution_csv(told: Solution) -> bytes:
    """A row for each number, each target (the worst that is met) and each effect; pounds a month, or shares."""
    rows: list[list[Any]] = [["value", one.unknown.path, one.unknown.law, one.value, None] for one in told.values]
    rows += [["target", str(one.target), None, one.worst.amount, None] for one in told.targets]
    sides = (told.before, told.after, told.beside)
    for name in ("cost", "cliffs", "high_metr", "gainers", "losers", "higher_metr"):
        rows.append(["effect", name, *(None if one is None else getattr(one, name) for one in sides)])
    for name in ("largest_cliff", "metr", "ptr"):
        rows.append(["effect", name, *(None if one is None else getattr(one, name).amount for one in sides)])
    head = ["kind", "name", "law", "found", "beside"]
    return csv_bytes([head, *(["" if cell is None else str(cell) for cell in row] for row in rows)])


def solution_page(told: Solution, command: str = "") -> str:
    """The answer as a page."""
    names = list(dict.fromkeys(home.name for home in told.problem.households))
    about = page.about_page(
        names[0] if len(names) == 1 else f"{len(names)} households", told.problem.on, (), words.TURN2US
    )
    return page.render(
        "solve.html",
        about,
        title="The least-cost numbers" if told.targets else "Numbers that cost the same",
        in_words=solve_words.in_words(told),
        columns=solve_words.columns(told),
        rows=solve_words.rows(told),
        who=solve_words.who(told),
        reached=[(str(one.target), one.held, solve_words.worst_in_words(one)) for one in told.targets],
        notes=solve_words.notes(told),
        reform=reform_file(told),
        command=command,
    )


def solution_makers(told: Solution, command: str = "") -> Makers:
    """The answer in each form it can be written in."""
    makers: dict[str, Callable[[], bytes]] = {
        ".html": lambda: solution_page(told, command).encode(),
        ".csv": lambda: solution_csv(told),
        ".json": lambda: as_json(solution_document(told)).encode(),
        ".yaml": lambda: reform_file(told, command).encode(),
    }
    return makers


def bands(path: str) -> list[tuple[float, float, float]]:
    """Bands of earnings from a .csv file with the columns from, to, share. Raises InputError."""
    import csv
    from pathlib import Path

    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError.of(f"The file cannot be read: {error}.", field=f"--cost-over {path}") from None
    found = []
    for line, row in enumerate(rows, start=2):
        try:
            found.append((float(row["from"]), float(row["to"]), float(row["share"])))
        except (KeyError, TypeError, ValueError):
            raise InputError.of(
                "Each row gives numbers for from, to (pounds of earnings a month) and share.", source=path, line=line
            ) from None
    if not found:
        raise InputError.of("There are no rows of from, to, share in it.", source=path)
    return found
