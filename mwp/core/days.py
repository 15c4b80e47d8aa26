"""Days as numbers such as 20260901, which the rules compare: the last 1 September, nine months before a day.

A day of every year is told as month and day, such as 901 for 1 September. Plain numbers and arrays both do.
"""

from typing import Any

import numpy as np

_YEAR = 10_000
_MONTH = 100
_MONTHS_A_YEAR = 12


def in_year_of(day: Any, month_day: Any) -> Any:
    """A day of every year, in the calendar year of `day`."""
    return day // _YEAR * _YEAR + month_day


def latest(month_day: Any, on: Any) -> Any:
    """The last time a day of every year came round, on `on` itself or before."""
    this_year = in_year_of(on, month_day)
    return np.where(this_year <= on, this_year, this_year - _YEAR)


def years_before(day: Any, years: Any) -> Any:
    """The same day of the month some years before: who was born before it had that birthday before `day`."""
    return day - years * _YEAR


def months_before(day: Any, months: Any) -> Any:
    """The same day of the month some months before; for a day that every month has."""
    counted = day // _YEAR * _MONTHS_A_YEAR + day // _MONTH % _MONTH - 1 - months
    year, month = counted // _MONTHS_A_YEAR, counted % _MONTHS_A_YEAR + 1
    return year * _YEAR + month * _MONTH + day % _MONTH


def months_after(day: Any, months: Any) -> Any:
    """The same day of the month some months later: 31 February stands between the last of February and 1 March."""
    return months_before(day, -months)
