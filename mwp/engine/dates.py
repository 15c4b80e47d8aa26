"""The date whose law applies, and the dates this program knows the law for."""

from datetime import date

from mwp.core import parameters
from mwp.inputs.dates import check_on, parse_on


def coverage() -> tuple[date, date]:
    """The first and the last day whose law is in `parameters/`."""
    told = parameters.documents()["coverage"]
    first, last = (str(max(told[day]["values"].items())[1]) for day in ("first_day", "last_day"))
    return date.fromisoformat(first), date.fromisoformat(last)


def law_date(given: date | str | None) -> date:
    """The date asked for, today where none is. Raises InputError for what is no date, or outside the law known."""
    first, last = coverage()
    return check_on(date.today() if given is None else parse_on(given), first, last)
