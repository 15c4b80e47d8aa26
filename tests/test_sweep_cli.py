"""`mwp sweep` and `mwp cliffs`: what they say, the files they write, and how they refuse."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

import mwp
from mwp.cli.main import main
from mwp.report import schedule_export

LEEDS = "lone_parent_two_children_leeds"
GLASGOW = "couple_one_child_glasgow"
SINGLE = "single_over_25_birmingham"
ON = ("--on", "2026-11-01")
SCHEMAS = Path(str(schedule_export.__file__)).parent / "schemas"


def run(*args: str, **env: str) -> Result:
    return CliRunner().invoke(main, args, env={"COLUMNS": "80", "NO_COLOR": None, **env})


def said(*args: str, **env: str) -> str:
    result = run(*args, **env)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def written(tmp_path: Path, ending: str, *args: str) -> bytes:
    target = tmp_path / f"answer{ending}"
    result = run(*args, "--output", str(target))
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    return target.read_bytes()


def told(*args: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(said(*args, "--json"))
    schema = json.loads((SCHEMAS / f"{document['schema'].split('.')[1].split('/')[0]}.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(document)
    return document


@pytest.fixture(scope="module")
def shown() -> str:
    return said("sweep", SINGLE, *ON)


# On the screen


def test_a_sweep_shows_the_paragraph_a_chart_and_the_pieces(shown: str) -> None:
    assert "law of 1 November 2026" in shown
    assert "you keep" in shown
    assert "┤" in shown
    assert re.search(r"from £ +to £ +kept +METR +what is lost of each pound", shown)
    assert re.search(r"▼ [\d,.]+ +-[\d.]+", shown)
    assert "What this rests on" in shown
    assert "the legal minimum wage for the" in shown


def test_nothing_is_wider_than_the_screen() -> None:
    for columns in (50, 80, 120):
        lines = said("sweep", SINGLE, *ON, COLUMNS=str(columns)).splitlines()
        assert max(len(line) for line in lines) <= columns


def test_no_colour_codes_without_a_terminal(shown: str) -> None:
    assert "\x1b[" not in shown


def test_two_dates_are_two_schedules_of_the_same_household() -> None:
    both = said("sweep", SINGLE, "--on", "2025-11-01", *ON)
    assert both.index("law of 1 November 2025") < both.index("law of 1 November 2026")


def test_both_earners_are_a_table_of_pairs_of_hours() -> None:
    assert re.search(r"your hours +0 +8 +16", said("sweep", GLASGOW, "--earner", "both", *ON))


def test_exhaustive_says_that_every_penny_agrees() -> None:
    assert "80,001 pennies agree" in said("sweep", SINGLE, "--to", "800", "--exhaustive", *ON)


def test_the_summary_lays_years_side_by_side() -> None:
    told = said("sweep", SINGLE, "--summary")
    assert re.search(r"METR +2024-25 +2025-26 +2026-27", told)
    assert "above 100%" in told


def test_cliffs_say_where_how_much_why_until_when_and_by_which_law() -> None:
    told = " ".join(said("cliffs", GLASGOW, *ON).split())
    assert re.search(
        r"At £[\d,.]+ \([\d.]+ hours a week\): Help with prescriptions and other NHS costs -[\d.]+ a month", told
    )
    assert "Behind until £" in told
    assert "SI 2003/2382" in told


def test_cliffs_of_both_earners_are_of_each_in_turn() -> None:
    told = said("cliffs", GLASGOW, "--earner", "both", *ON)
    assert told.index("\nYour pay") < told.index("\nYour partner's pay")


def test_cliffs_under_several_councils_are_of_each_in_turn() -> None:
    told = said("cliffs", LEEDS, "--councils", "leeds,bristol", *ON)
    assert told.index("(Leeds) · law of") < told.index("(Bristol) · law of")


def test_a_higher_value_of_help_in_kind_makes_a_larger_cliff() -> None:
    low, high = (told("cliffs", SINGLE, "--value", value, *ON)["cliffs"] for value in ("low", "high"))
    assert min(one["size"] for one in high) <= min(one["size"] for one in low)


# Documents


def test_the_document_of_a_sweep_holds_to_its_schema_and_adds_up() -> None:
    document = told("sweep", LEEDS, *ON)
    for segment in document["segments"]:
        assert sum(segment["slopes"].values()) == pytest.approx(1 - segment["metr"], abs=1e-9)
    assert document["path"]["wage"] == 12.71
    assert document["in_words"]


@pytest.mark.parametrize(
    "args",
    [
        ("cliffs", LEEDS, *ON),
        ("cliffs", GLASGOW, SINGLE, *ON),
        ("sweep", GLASGOW, "--earner", "both", *ON),
        ("sweep", SINGLE, "--summary"),
        ("sweep", SINGLE, "--to", "300", "--exhaustive", *ON),
    ],
)
def test_every_document_holds_to_its_schema(args: tuple[str, ...]) -> None:
    told(*args)


def test_python_terminal_and_document_give_the_same_pieces() -> None:
    document = told("sweep", LEEDS, "--earner", "claimant", "--wage", "13", *ON)
    found = mwp.schedule(LEEDS, "2026-11-01", wage=13.0)
    assert [one["metr"] for one in document["segments"]] == [s.metr for s in found.segments]
    assert [one["at"] for one in document["jumps"]] == [jump.at for jump in found.jumps]


def test_a_list_of_households_is_a_list_of_schedules() -> None:
    found = mwp.schedule([LEEDS, GLASGOW], "2026-11-01")
    assert [one.household.name for one in found] == [mwp.load_household(name).name for name in (LEEDS, GLASGOW)]
    assert found[1].path.wage == 14.20
    assert found[0].next_cliff(0.01) == found[0].cliffs[1]


def test_attribution_adds_up_either_way() -> None:
    found = mwp.schedule(LEEDS, "2026-11-01")
    for how in ("ordered", "shapley"):
        parts = found.attribution(800.0, 1_400.0, how)
        assert sum(parts.values()) == pytest.approx(600.0, abs=1e-9)


# Files


def test_csv_and_parquet_hold_the_same_rows(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    text = written(tmp_path, ".csv", "sweep", LEEDS, *ON).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    table = parquet.read_table(io.BytesIO(written(tmp_path, ".parquet", "sweep", LEEDS, *ON))).to_pylist()
    assert [row["piece"] for row in rows] == [row["piece"] for row in table]
    assert [float(row["from"]) for row in rows] == [row["from"] for row in table]
    assert {row["piece"] for row in rows} == {"segment", "jump"}


def test_a_workbook_has_notes_of_what_it_stands_on(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    book = zipfile.ZipFile(io.BytesIO(written(tmp_path, ".xlsx", "sweep", LEEDS, *ON)))
    sheets = book.read("xl/workbook.xml").decode()
    assert [name in sheets for name in ("In words", "Segments", "Jumps", "Notes")] == [True] * 4
    words = book.read("xl/sharedStrings.xml").decode()
    assert f"mwp sweep {LEEDS} --on 2026-11-01" in words
    assert "Parameters (SHA-256)" in words
    assert "legal minimum wage" in words


@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx", ".html", ".parquet"])
def test_cliffs_and_surface_and_summary_are_written_alike_each_time(ending: str, tmp_path: Path) -> None:
    for args in (("cliffs", SINGLE, *ON), ("sweep", GLASGOW, "--earner", "both", *ON), ("sweep", SINGLE, "--summary")):
        assert written(tmp_path, ending, *args) == written(tmp_path, ending, *args)


def test_the_page_of_the_documentation_is_what_the_command_makes(root: Path, tmp_path: Path) -> None:
    made = written(tmp_path, ".md", "sweep", "--summary").decode()
    kept = (root / "docs" / "metr.md").read_text(encoding="utf-8")
    assert kept == made, "out of date: run `mwp sweep --summary --output docs/metr.md`"


# What is refused


REFUSED = {
    "nobody": (("sweep",), "Give a household"),
    "a name beside --all": (("cliffs", LEEDS, "--all"), "name none beside it"),
    "an unknown earner": (("sweep", LEEDS, "--earner", "partnr"), "Did you mean partner?"),
    "no partner": (("sweep", LEEDS, "--earner", "partner"), "There is no partner"),
    "no partner for both": (("sweep", LEEDS, "--earner", "both"), "There is no partner"),
    "an unknown mode": (("sweep", LEEDS, "--mode", "days"), "There is no mode called days"),
    "a bad wage": (("sweep", LEEDS, "--wage", "lots"), "lots is no wage"),
    "a negative wage": (("sweep", LEEDS, "--wage", "-3"), "more than 0"),
    "no earnings": (("sweep", LEEDS, "--to", "0"), "more than 0"),
    "too many hours": (("sweep", LEEDS, "--mode", "wage", "--hours", "170"), "more than a week"),
    "an unknown measure": (("cliffs", LEEDS, "--measure", "net_incom"), "Did you mean net_income?"),
    "a bad date": (("sweep", LEEDS, "--on", "soon"), "as in 2026-06-15"),
    "an unknown household": (("cliffs", "lone_parent_two_children_leds"), f"Did you mean {LEEDS}?"),
    "an unknown kind of file": (("sweep", LEEDS, "--output", "x.docx"), "End the name in .html"),
    "cliffs as a picture": (("cliffs", LEEDS, "--output", "x.png"), "End the name in .html"),
    "an unknown chart": (("sweep", LEEDS, "--chart", "budgt", "--output", "x.png"), "Did you mean budget?"),
    "a chart to nowhere": (("sweep", LEEDS, "--chart", "metr"), "add --output"),
    "a surface of one": (("sweep", LEEDS, "--chart", "surface", "--output", "x.png"), "--earner both"),
    "an unknown council": (("cliffs", LEEDS, "--councils", "leds"), "Did you mean leeds?"),
    "a council of another nation": (("cliffs", GLASGOW, "--councils", "leeds"), "is in England"),
    "no council": (("cliffs", LEEDS, "--councils", ","), "Name councils"),
    "cliffs of both, of one": (("cliffs", LEEDS, "--earner", "both"), "no partner"),
    "a summary with a chart": (("sweep", "--summary", "--chart", "metr", "--output", "x.png"), "leave --chart out"),
    "every penny of both": (("sweep", GLASGOW, "--earner", "both", "--exhaustive"), "one earner"),
    "both to an end": (("sweep", GLASGOW, "--earner", "both", "--to", "900"), "leave --hours and --to out"),
    "a summary of both": (("sweep", GLASGOW, "--summary", "--earner", "both"), "claimant or partner"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_walked_is_refused_with_exit_code_2(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    args, help_given = REFUSED[case]
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert help_given in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []
