"""Ages and birthdays on a date, and State Pension age."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from mwp.inputs import documents
from mwp.inputs.dates import age_on, months_later

HALF_A_YEAR = 6


def age_of(age: int | None, born: date | None, on: date) -> int:
    """The age given, or worked out from the date of birth (negative before birth)."""
    if age is not None:
        return age
    assert born is not None
    return age_on(born, on)


def birthday_of(age: int | None, born: date | None, on: date) -> tuple[date, bool]:
    """The date of birth, and whether it is assumed: where only an age is given, the birthday was half a year ago."""
    if born is not None:
        return born, False
    assert age is not None
    return months_later(on, -12 * age - HALF_A_YEAR), True


def state_pension_day(born: date) -> date:
    """The day someone reaches State Pension age."""
    row = next((row for row in reversed(_table()) if born >= row["born_from"]), _table()[0])
    return months_later(born, 12 * row["years"] + row["months"])


@lru_cache(maxsize=1)
def _table() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("state_pension_age.yaml")
    rows: list[dict[str, Any]] = documents.parse(path.read_text(encoding="utf-8"), path.name).data
    return rows
