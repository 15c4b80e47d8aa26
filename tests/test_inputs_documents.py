"""Reading YAML strictly: every refusal names its line and says what to do."""

import io
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwp import resources
from mwp.errors import InputError, Problem
from mwp.inputs import documents


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        documents.parse(text, "file.yaml")
    return str(caught.value)


def test_data_and_places_are_read_together() -> None:
    document = documents.parse("name: x\nadults:\n  - age: 31\n    hours: 1_6\nhousing: {rent: 800}\n", "file.yaml")
    assert document.data == {"name": "x", "adults": [{"age": 31, "hours": 16}], "housing": {"rent": 800}}
    lines = {path: place.line for path, place in document.places.items()}
    assert lines[("adults",)] == 2
    assert lines[("adults", 0)] == 3
    assert lines[("adults", 0, "hours")] == 4
    assert lines[("housing", "rent")] == 5


def test_a_missing_value_is_placed_where_it_would_stand() -> None:
    document = documents.parse("adults:\n  - age: 31\n    pension:\n      of: pay\n", "file.yaml")
    problem = document.problem(("adults", 0, "pension", "method"), "This is missing.")
    assert str(problem) == "file.yaml, line 3, adults 1, pension, method: This is missing."


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("", 1, "The file is empty"),
        ("# only a comment\n", 1, "The file is empty"),
        ("~\n", 1, "The file is empty"),
        ("a: 1\nb: 2\na: 3\n", 3, "a is given twice, on lines 1 and 3. Keep one."),
        ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", 5, "b, c: c is given twice, on lines 3 and 5"),
        ("a: 1:30\n", 1, "looks like a time of day. Write a plain number: 1.5"),
        ("\na: -10:30:00\n", 2, "looks like a time of day"),
        ("a: 010\n", 1, "without the leading 0"),
        ("a: 0x1F\n", 1, "is not a plain number"),
        ("a: 0b11\n", 1, "is not a plain number"),
        ("a: 2024-02-31\n", 1, "There is no 2024-02-31 in the calendar"),
        ("a: 1\nb: &x 2\n", 2, "Anchors and aliases"),
        ("a: *x\n", 1, "Anchors and aliases"),
        ("a: [&x [*x]]\n", 1, "Anchors and aliases"),
        ("a: !!python/name:os.system x\n", 1, "Tags"),
        ("a: !!set {x, y}\n", 1, "Tags"),
        ("a: !!int x\n", 1, "Tags"),
        ("a: <<\n", 1, "is not a value"),
        ("? [a, b]\n: 1\n", 1, "A key must be a word"),
        ("a: 1\n--- \nb: 2\n", 2, "more than one document"),
        ("a: 1\n\tb: 2\n", 2, "Indent with spaces, not tabs"),
        ("a: b: c\n", 1, "missing space after a colon"),
        ("a: [1, 2\nb: 3\n", 2, "open bracket"),
        ("a: 'x\n", 2, "open bracket or quote"),
        ("a: 1\nb: \x01\n", 2, "a character YAML does not allow"),
        ("a: 1\nb: \ud800\n", 2, "a character YAML does not allow"),
        ("a: " + "9" * 5000, 1, "is not a number this program can hold"),
        ("[" * 100_000, 1, "nested more than 20 deep"),
        ("- " * 50_000, 1, "nested more than 20 deep"),
        ("{a: " * 50_000, 1, "nested more than 20 deep"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, line: int, advice: str) -> None:
    told = refusal(text)
    assert told.startswith(f"file.yaml, line {line}"), told
    assert advice in told


def test_every_problem_is_told_at_once() -> None:
    assert len(refusal("a: 010\nb: 1:30\nb: 2\n").splitlines()) == 3


@pytest.mark.parametrize(("written", "read"), [("no", False), ("yes", True), ("on", True), ("off", False)])
def test_yes_and_no_keep_what_was_typed(written: str, read: bool) -> None:
    document = documents.parse(f"a: {written}\n")
    assert document.data == {"a": read}
    assert document.written(("a",)) == written


def test_keys_stay_words() -> None:
    assert documents.parse("no: 1\non: 2\n12: 3\n").data == {"no": 1, "on": 2, "12": 3}


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(InputError):
        documents.parse(text)


PIECES = st.sampled_from(
    [
        "a",
        "b",
        ": ",
        "\n",
        "  ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "no",
        "1:30",
        "010",
        "&x",
        "*x",
        "!t",
        "'",
        '"',
        "#",
        "|",
        "?",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_yaml_is_read_or_refused(text: str) -> None:
    with suppress(InputError):
        documents.parse(text)


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "home.yaml"
    path.write_text("\ufeffname: x\n", encoding="utf-8")
    for given_path in (path, str(path)):
        document = documents.read(given_path)
        assert document.data == {"name": "x"}
        assert document.source == str(path)


def test_a_library_name_is_read_with_or_without_its_ending() -> None:
    name = next(iter(resources.library("households")))
    assert documents.read(name).data == documents.read(f"{name}.yaml").data


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"name: x\nname: y\n"), encoding="utf-8"))
    with pytest.raises(InputError, match="standard input, line 2"):
        documents.read("-")
    monkeypatch.setattr("sys.stdin", io.StringIO("name: x\n"))
    assert documents.read("-").data == {"name": "x"}


def test_a_mapping_is_taken_as_it_is() -> None:
    assert documents.read(MappingProxyType({"name": "x"})).data == {"name": "x"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("lone_parent_two_children_leds", "Did you mean lone_parent_two_children_leeds? `mwp households` lists"),
        ("lone_parent_two_children_leds.yaml", "Did you mean lone_parent_two_children_leeds?"),
        ("nowhere/at_all.yaml", "There is no file nowhere/at_all.yaml."),
        ("\x00", "There is no household called"),
        ("", "No household is given."),
        (".", "This is a folder"),
    ],
)
def test_what_is_not_there_is_told(asked: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        documents.read(asked)
    assert told in str(caught.value)


@pytest.mark.parametrize("thing", [None, 3, ["a"]])
def test_only_files_names_and_mappings_are_read(thing: object) -> None:
    with pytest.raises(InputError, match="a file, a name from the library or a mapping"):
        documents.read(thing)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("name: x\nstory: caf\xe9\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"line 2: The file is not UTF-8 text\. Save it as UTF-8"):
        documents.read(latin)


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"# " + b"x" * documents.MOST_BYTES)
    with pytest.raises(InputError, match="larger than a megabyte"):
        documents.read(large)


def test_an_error_says_where_what_and_survives_pickling() -> None:
    error = InputError([Problem("wrong.", "a.yaml", 3, "adults 1, hours"), Problem("worse.")])
    assert str(error) == "a.yaml, line 3, adults 1, hours: wrong.\nworse."
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_reading_inputs_does_not_import_the_core() -> None:
    code = (
        "import sys, mwp.inputs.loading, mwp.inputs.jobs;"
        "assert 'policyengine_core' not in sys.modules and 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_reading_a_date_does_not_import_pydantic() -> None:
    code = "import sys, mwp.inputs.dates, mwp.inputs.documents; assert 'pydantic' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
