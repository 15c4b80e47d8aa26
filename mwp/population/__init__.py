"""Whole populations: weighted tables of households, and what a reform does to them (docs/population.md)."""

from mwp.errors import MwpError


class NeedsMore(MwpError):
    """Populations need libraries that are not installed; the message says which."""


def needed() -> None:
    """Raise NeedsMore where the libraries that populations need are not installed."""
    try:
        import pyarrow  # noqa: F401
        import scipy  # noqa: F401
    except ImportError as error:
        told = f"Populations need {error.name}, which is not installed."
        raise NeedsMore(f'{told} Install it: pip install "mwp[policy]".') from None
