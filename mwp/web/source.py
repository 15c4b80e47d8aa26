"""The program's own source, for whoever uses it over a network: what section 13 of its licence asks for.

It is made from the very files that run, so that a changed copy offers its changes.
"""

from __future__ import annotations

import gzip
import io
import tarfile
from functools import cache
from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from mwp import __version__, resources

NAME = f"mwp-{__version__}"
_PARTS = ("cli", "parameters", "reforms", "households")
_BESIDE = ("LICENSE", "README.md", "pyproject.toml", "CHANGELOG.md")
_LEFT_OUT = ("__pycache__", "node_modules")


def source(request: Request) -> Response:
    """The source as one compressed file."""
    headers = {"content-disposition": f'attachment; filename="{NAME}.tar.gz"'}
    return Response(archive(), media_type="application/gzip", headers=headers)


@cache
def archive() -> bytes:
    """Every file of the program, packed: the same bytes each time."""
    package = Path(str(files("mwp")))
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as tar:
        _add(tar, package, "mwp")
        for part in _PARTS:
            folder = resources.folder(part)
            if package not in folder.parents:
                _add(tar, folder, part)
        for name in _BESIDE:
            if (package.parent / "pyproject.toml").is_file() and (package.parent / name).is_file():
                _add_file(tar, package.parent / name, name)
    return gzip.compress(held.getvalue(), mtime=0)


def _add(tar: tarfile.TarFile, folder: Path, name: str) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not set(_LEFT_OUT) & set(path.parts):
            _add_file(tar, path, f"{name}/{path.relative_to(folder).as_posix()}")


def _add_file(tar: tarfile.TarFile, path: Path, name: str) -> None:
    content = path.read_bytes()
    about = tarfile.TarInfo(f"{NAME}/{name}")
    about.size, about.mode = len(content), 0o644
    tar.addfile(about, io.BytesIO(content))
