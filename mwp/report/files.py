"""Files to hand on: the form is told by the ending, and a file is whole or not there at all."""

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from mwp.errors import InputError

Makers = Mapping[str, Callable[[], bytes]]


def check_destination(path: str | Path, endings: tuple[str, ...]) -> str:
    """The ending of a file that can be written there. Raises InputError, before anything is worked out.

    Refused: an ending that is not among those given, a folder that does not exist or cannot be written to, a folder in
    the place of a file, and a file that is kept from being changed.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in endings:
        allowed = ", ".join(endings[:-1]) + f" or {endings[-1]}" if len(endings) > 1 else endings[0]
        told = f"{ending} is not a kind of file this can write" if ending else "The name has no ending"
        raise InputError.of(f"{told}. End the name in {allowed}.", field=f"--output {path}")
    real = Path(os.path.realpath(target))
    refusal = None
    if not real.parent.is_dir():
        refusal = f"There is no folder {real.parent}."
    elif real.is_dir():
        refusal = "This is a folder. Give the name of a file."
    elif real.exists() and not os.access(real, os.W_OK):
        refusal = "The file is there already and cannot be changed."
    elif not os.access(real.parent, os.W_OK | os.X_OK):
        refusal = f"The folder {real.parent} cannot be written to."
    if refusal:
        raise InputError.of(refusal, field=f"--output {path}")
    return ending


def write(path: str | Path, makers: Makers) -> None:
    """Make the file that the ending asks for, and put it in place in one step. Raises InputError."""
    ending = check_destination(path, tuple(makers))
    content = makers[ending]()
    try:
        _put(Path(os.path.realpath(path)), content)
    except OSError as error:
        raise InputError.of(
            f"The file cannot be written: {error.strerror or error}.", field=f"--output {path}"
        ) from None


def _put(target: Path, content: bytes) -> None:
    """Write beside the target, then rename: a reader finds the old file or the whole new one."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    """What new files are not allowed to be here. Reading it means setting it for a moment."""
    now = os.umask(0o077)
    os.umask(now)
    return now
