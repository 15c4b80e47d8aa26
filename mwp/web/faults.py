"""What is told of a fault of the program: its kind and where in the code it arose, never its words or its values."""

from __future__ import annotations

import traceback

_INNERMOST = 6


class Fault(Exception):
    """A fault in another process, of which only this much has come here."""

    def __init__(self, kind: str, places: tuple[str, ...]) -> None:
        super().__init__(kind, places)
        self.kind, self.places = kind, places

    @classmethod
    def of(cls, error: BaseException) -> Fault:
        """What may be told of an error, from whichever process it comes."""
        return error if isinstance(error, Fault) else cls(type(error).__name__, _places(error))

    def __str__(self) -> str:
        return f"{self.kind} in {' < '.join(self.places)}"


def _places(error: BaseException) -> tuple[str, ...]:
    """Where an error arose, the innermost place first: files and lines."""
    frames = traceback.extract_tb(error.__traceback__)[-_INNERMOST:]
    return tuple(f"{one.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{one.lineno}" for one in reversed(frames))
