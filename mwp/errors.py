"""Errors in the user's words. Whatever is not an `MwpError` is a fault of this program and keeps its traceback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]


class MwpError(Exception):
    """Something the user can put right; the message says what."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where it stands, what is wrong and what would be right.

    `field` is the place in people's words ("adults 1, hours"), `path` the same for programs (("adults", 0, "hours")).
    """

    message: str
    source: str | None = None
    line: int | None = None
    field: str | None = None
    path: Path = ()

    def __str__(self) -> str:
        where = [self.source, f"line {self.line}" if self.line else None, self.field]
        told = ", ".join(part for part in where if part)
        return f"{told}: {self.message}" if told else self.message


class InputError(MwpError):
    """What was handed in cannot be used. Holds every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[list[Problem]]]:
        return type(self), (self.problems,)

    @classmethod
    def of(
        cls, message: str, source: str | None = None, line: int | None = None, field: str | None = None
    ) -> InputError:
        """An error with a single problem."""
        return cls([Problem(message, source, line, field)])
