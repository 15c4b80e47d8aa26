"""The documentation says what the program does: generated pages are current, examples run, links lead somewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mwp.report import reference


def test_the_programme_reference_is_what_the_rules_say(root):
    made = reference.pages()
    kept = {path.name: path.read_text() for path in (root / "docs" / "programmes").glob("*.md")}
    assert sorted(kept) == sorted(made), "run `make docs`"
    for name, text in made.items():
        assert kept[name] == text, f"docs/programmes/{name} is out of date: run `make docs`"


def test_the_worked_example_runs(root):
    told = subprocess.run([sys.executable, "docs/example.py"], cwd=root, capture_output=True, text=True, check=True)
    assert "Universal Credit now: 1,640.22" in told.stdout


def pages(root: Path) -> list[Path]:
    return [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").rglob("*.md"))]


def test_links_inside_the_documentation_lead_to_files(root):
    for page in pages(root):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.relative_to(root)} links to {target}"


def examples(root: Path) -> list[tuple[str, str]]:
    """Each command of the README that is followed by its output: the command, and the output."""
    found = []
    for block in re.findall(r"```text\n\$ (mwp .*?)```", (root / "README.md").read_text(), re.S):
        command, output = block.split("\n", 1)
        found.append((command, output))
    return found


@pytest.mark.parametrize("place", range(2))
def test_the_commands_of_the_readme_print_what_it_shows(root, place):
    command, output = examples(root)[place]
    env = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    code = "import sys; from mwp.cli.main import main; main(sys.argv[1:])"
    told = subprocess.run(
        [sys.executable, "-c", code, *command.split()[1:]],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.rstrip() == output.rstrip()
