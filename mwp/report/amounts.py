"""Amounts as people read them, and the same amount by the week or the year."""

from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_YEAR


def a_week(a_month: float) -> float:
    """A week's share of an amount a month: times 12, over 52."""
    return a_month * MONTHS_A_YEAR / WEEKS_A_YEAR


def a_year(a_month: float) -> float:
    """Twelve months of an amount a month."""
    return a_month * MONTHS_A_YEAR


def plain(amount: float) -> str:
    """An amount in a column: 1,234.50, or -45.20; nil has no sign."""
    return f"{round(amount, 2) + 0.0:,.2f}"


def whole(amount: float) -> str:
    """An amount in whole pounds: 25,844."""
    return f"{round(amount) + 0:,}"


def signed(amount: float) -> str:
    """A change: +12.00, -45.20 or 0.00."""
    return f"{round(amount, 2):+,.2f}" if round(amount, 2) else "0.00"


def pounds(amount: float) -> str:
    """An amount in a sentence: £1,234.50, whatever its sign."""
    return f"£{abs(round(amount, 2)):,.2f}"


def is_nil(amount: float) -> bool:
    """Whether less than half a penny either way."""
    return round(amount, 2) == 0
