"""Money over a period, and what it comes to a month.

A week is 1/52 of a year and a month 1/12, as in the Universal Credit Regulations 2013 (SI 2013/376 reg 73).
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from mwp.core import units

Period = Literal["hour", "day", "week", "fortnight", "four_weeks", "month", "quarter", "year"]

_A_MONTH = {
    "day": units.DAYS_A_MONTH,
    "week": units.WEEKS_A_MONTH,
    "fortnight": units.FORTNIGHTS_A_MONTH,
    "four_weeks": units.FOUR_WEEKS_A_MONTH,
    "month": 1.0,
    "quarter": 1.0 / units.MONTHS_A_QUARTER,
    "year": 1.0 / units.MONTHS_A_YEAR,
}
MOST_POUNDS = 100_000_000.0
"""Above this an amount is a slip of the keys, and would strain the arithmetic."""


class Money(BaseModel):
    """Pounds over a period. In a file: a bare number of pounds a month, or {amount: 150, per: week}."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)

    amount: float = Field(ge=0, le=MOST_POUNDS, description="pounds")
    per: Period = Field(default="month", description="the period the amount is for")

    @model_validator(mode="before")
    @classmethod
    def _from_a_number(cls, given: Any) -> Any:
        return given if isinstance(given, dict | Money) else {"amount": given}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        whole = handler.resolve_ref_schema(handler(core_schema))
        bare = {"type": "number", "minimum": 0, "maximum": MOST_POUNDS, "description": "pounds a month"}
        return {"title": "Money", "description": "Pounds a month, or an amount and its period.", "anyOf": [bare, whole]}

    @property
    def a_month(self) -> float:
        """Pounds a month. Raises ValueError for an hourly amount, which needs hours: see `over_hours`."""
        if self.per == "hour":
            raise ValueError("an amount an hour has no monthly value until the hours are known")
        return self.amount * _A_MONTH[self.per]

    def over_hours(self, hours_a_week: float) -> float:
        """Pounds a month where an amount an hour is paid for so many hours a week."""
        return self.amount * hours_a_week * units.WEEKS_A_MONTH if self.per == "hour" else self.a_month

    def __str__(self) -> str:
        pounds = f"{self.amount:,.2f}".removesuffix(".00")
        period = "four weeks" if self.per == "four_weeks" else f"{'an' if self.per == 'hour' else 'a'} {self.per}"
        return f"£{pounds} every {period}" if self.per == "four_weeks" else f"£{pounds} {period}"


def _with_a_monthly_value(money: Money) -> Money:
    if money.per == "hour":
        raise PydanticCustomError(
            "in_words",
            "{told}",
            {"told": "An amount an hour has no place here. Give it by day, week, month or year."},
        )
    return money


MoneyAMonth = Annotated[Money, AfterValidator(_with_a_monthly_value)]
"""Money of any period but an hour."""

NIL = Money(amount=0.0)
