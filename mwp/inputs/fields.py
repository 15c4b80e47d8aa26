"""What every model of an input is made of: strict values, and faults that lie between two values."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from mwp.inputs.dates import iso_date
from mwp.inputs.documents import Loc


class Model(BaseModel):
    """Strict and unchanging: an unknown key, text for a number or a number for a yes is an error, never a guess."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


class Faults:
    """Collects what is wrong between values, each with its path, so that all are told at once."""

    def __init__(self) -> None:
        self.found: list[tuple[Loc, str]] = []

    def add(self, path: str | Loc, told: str) -> None:
        """Note a fault at a path: "hours", or ("adults", 0, "hours")."""
        self.found.append(((path,) if isinstance(path, str) else path, told))

    def raise_any(self) -> None:
        """Raise what was found, in the form `mwp.inputs.messages` reads back."""
        if self.found:
            told = "; ".join(told for _, told in self.found)
            raise PydanticCustomError("faults", "{told}", {"told": told, "faults": self.found})


def in_words(told: str) -> PydanticCustomError:
    """An error whose message is already in the user's words."""
    return PydanticCustomError("in_words", "{told}", {"told": told})


def _date(given: Any) -> date:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if isinstance(given, str):
        try:
            return iso_date(given)
        except ValueError as error:
            raise in_words(str(error)) from None
    raise in_words("This is not a date. Write the year, month and day, as in 1995-03-14.")


Day = Annotated[date, BeforeValidator(_date)]
"""A date, or its text as 1995-03-14."""

LIST = Field(strict=False)
"""Marks a tuple that may be given as a list."""
