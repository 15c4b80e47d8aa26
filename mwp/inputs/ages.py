"""Ages and birthdays on a date, and State Pension age."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from mwp.core import parameters
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
    months = next((months for latest, months in _timetable() if born <= latest), _timetable()[-1][1])
    return months_later(born, months)


def pension_ages() -> range:
    """The ages at which the birthday tells whether State Pension age is reached: at later ones it surely is."""
    months = [told for _, told in _timetable()]
    return range(min(months) // 12, -(-max(months) // 12))


@lru_cache(maxsize=1)
def _timetable() -> list[tuple[date, int]]:
    """Latest dates of birth, each with the months from birth to State Pension age of those born since the one before.

    The parameters tell from which day on it can have come for whom: it first does so for the first of them.
    """
    law = parameters.documents()["national_insurance"]["state_pension_age"]
    (_, years), *_ = law["age"]["values"].items()
    (_, latest), *later = law["latest_birth"]["values"].items()
    found = [(day_of(latest), 12 * years)]
    for day, latest in later:
        first = found[-1][0] + timedelta(days=1)
        reached = date.fromisoformat(day)
        found.append((day_of(latest), 12 * (reached.year - first.year) + reached.month - first.month))
    return found


def day_of(number: float) -> date:
    """The date that a parameter writes as one number, as 20170406."""
    return datetime.strptime(f"{number:.0f}", "%Y%m%d").date()
