"""Dates as people hand them in: year-month-day and nothing else, so that no date is read the wrong way round."""

import re
from datetime import date, datetime

from mwp.errors import InputError

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def iso_date(text: str) -> date:
    """A date written as 2026-06-15. Raises ValueError, saying in plain words what is wrong."""
    written = text.strip()
    if not _ISO.fullmatch(written):
        raise ValueError(f"{text!r} is not a date. Write the year, month and day, as in 2026-06-15.")
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"There is no day {written} in the calendar. Write the year, month and day.") from None


def parse_on(given: str | date) -> date:
    """The date whose law applies, as handed to `--on`. Raises InputError."""
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    try:
        return iso_date(given)
    except ValueError as error:
        raise InputError.of(str(error), field="the date (on)") from None


def check_on(on: date, first: date, last: date) -> date:
    """The same date, if the law of that day is known. Raises InputError outside first to last."""
    if not first <= on <= last:
        raise InputError.of(
            f"{on} is outside the law this version knows. Give a date from {first} to {last}.", field="the date (on)"
        )
    return on


def age_on(born: date, on: date) -> int:
    """Whole years lived on a day. Someone born on 29 February has the birthday on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months_later(day: date, months: int) -> date:
    """The same day some months later (or earlier); the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"no month lies {months} months from {day}")
