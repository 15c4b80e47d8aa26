"""The package: what is installed, what is built, and how lightly it starts."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

import mwp

DATA_FOLDERS = ("parameters", "reforms", "households")
CODE_FOLDERS = {"mwp": "mwp", "mwp.cli": "cli"}
DATA_SUFFIXES = {".yaml", ".csv", ".md"}
HEAVY = ("policyengine_core", "pydantic", "pandas", "matplotlib", "weasyprint")


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """A wheel built offline from a copy, so that nothing is left in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    checkout.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, checkout)
    for name in (*CODE_FOLDERS.values(), *DATA_FOLDERS):
        shutil.copytree(root / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    build = "from setuptools.build_meta import build_wheel; build_wheel('..')"
    done = subprocess.run([sys.executable, "-c", build], cwd=checkout, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    [built] = folder.glob("*.whl")
    return zipfile.Path(built)


def files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


def names(wheel: zipfile.Path) -> set[str]:
    return {name for name in wheel.root.namelist() if not name.endswith("/")}


def test_every_folder_of_code_or_data_is_a_listed_package(root: Path, project: dict[str, Any]) -> None:
    found = {f"mwp.{name}" for name in DATA_FOLDERS}
    for package, folder in CODE_FOLDERS.items():
        for marker in (root / folder).rglob("__init__.py"):
            found.add(".".join([package, *marker.parent.relative_to(root / folder).parts]))
    assert set(project["tool"]["setuptools"]["packages"]) == found


def test_every_folder_that_holds_code_is_a_package(root: Path) -> None:
    code = {path.parent for folder in CODE_FOLDERS.values() for path in files_in(root / folder) if path.suffix == ".py"}
    assert [folder for folder in sorted(code) if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("name", DATA_FOLDERS)
def test_data_folders_hold_data_that_is_packaged_and_no_code(root: Path, name: str) -> None:
    assert [path for path in files_in(root / name) if path.suffix not in DATA_SUFFIXES] == []


def test_the_version_is_the_same_everywhere(project: dict[str, Any]) -> None:
    assert project["project"]["version"] == mwp.__version__


def test_the_mwp_command_is_there(project: dict[str, Any]) -> None:
    [(name, value)] = project["project"]["scripts"].items()
    assert name == "mwp"
    assert callable(EntryPoint(name, value, "console_scripts").load())


@pytest.mark.parametrize("name", DATA_FOLDERS)
def test_the_wheel_holds_every_file_of_a_data_folder(root: Path, wheel: zipfile.Path, name: str) -> None:
    on_disk = {f"mwp/{path.relative_to(root).as_posix()}" for path in files_in(root / name)}
    assert on_disk
    assert {file for file in names(wheel) if file.startswith(f"mwp/{name}/")} == on_disk


def test_the_wheel_holds_every_module(root: Path, wheel: zipfile.Path) -> None:
    on_disk = {
        f"{package.replace('.', '/')}/{path.relative_to(root / folder).as_posix()}"
        for package, folder in CODE_FOLDERS.items()
        for path in files_in(root / folder)
    }
    assert on_disk <= names(wheel)


def test_the_wheel_adds_nothing_beside_mwp(wheel: zipfile.Path) -> None:
    assert {name.split("/")[0] for name in names(wheel)} == {"mwp", f"mwp-{mwp.__version__}.dist-info"}


def test_the_wheel_carries_its_licence(wheel: zipfile.Path) -> None:
    about = wheel / f"mwp-{mwp.__version__}.dist-info"
    assert "License-Expression: AGPL-3.0-or-later" in (about / "METADATA").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (about / "licenses" / "LICENSE").read_text(encoding="utf-8")


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    """`mwp --help` and the completion of a word answer at once; verbs that calculate import what they need."""
    loaded = f"import mwp.cli.main, sys; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_constraints_are_plain_versions(root: Path) -> None:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert pins
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line)] == []


def test_no_file_names_a_registry_or_a_folder_of_one_machine(root: Path) -> None:
    registry = r"\b(?:pypi|pythonhosted|npmjs)\.(?:org|com)\b"
    private_folder = r"(?<![\w.<*])/(?:root|home|Users|work)/\w|\b[A-Z]:\\Users\b"
    telling = re.compile(f"{registry}|{private_folder}")
    folders = (*CODE_FOLDERS.values(), *DATA_FOLDERS, "tests", "docs", "benchmarks", ".ci")
    files = [path for path in sorted(root.iterdir()) if path.is_file()]
    files += [path for folder in folders for path in files_in(root / folder)]
    found = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture
            continue
        lines = enumerate(text.splitlines(), start=1)
        found += [f"{path.relative_to(root)}:{number}" for number, line in lines if telling.search(line)]
    assert found == []
