"""The household file: who lives there, what they earn, pay and receive. See docs/household-file.md.

Amounts are pounds a month unless the file says otherwise. What is left out is none or nil, never a guess.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, PrivateAttr, Tag, field_validator, model_validator

from mwp.core import council_schemes
from mwp.errors import InputError
from mwp.inputs import ages, checks, places
from mwp.inputs.documents import Document
from mwp.inputs.fields import LIST, Day, Model, in_words
from mwp.inputs.money import NIL, Money, MoneyAMonth
from mwp.inputs.names import did_you_mean

Nation = Literal["england", "scotland", "wales", "northern_ireland"]
Tenure = Literal["private_rent", "social_rent", "mortgage", "owned", "rent_free"]
StudentLoan = Literal["plan_1", "plan_2", "plan_4", "plan_5", "postgraduate"]
Health = Literal["none", "lcw", "lcw_protected", "lcwra", "lcwra_protected"]
PipRate = Literal["none", "standard", "enhanced"]
DlaCare = Literal["none", "lowest", "middle", "highest"]
TwoRates = Literal["none", "lower", "higher"]
Sex = Literal["f", "m"]
Claim = Literal[
    "universal_credit", "child_benefit", "council_tax_reduction", "tax_free_childcare", "marriage_allowance"
]

AutoOrMoney = Annotated[
    Annotated[Literal["auto"], Tag("auto")] | Annotated[MoneyAMonth, Tag("money")],
    Discriminator(lambda given: "auto" if isinstance(given, str) else "money"),
]


class Pension(Model):
    """Workplace pension contributions. Nothing here has a default, for each choice changes take-home pay."""

    employee: float = Field(ge=0, le=1, description="the employee's contribution as a share of pay (5% is 0.05)")
    employer: float | None = Field(
        default=None, ge=0, le=1, description="the employer's contribution as a share of pay (3% is 0.03)"
    )
    method: Literal["relief_at_source", "net_pay", "salary_sacrifice"] = Field(
        description="how tax relief is given: relief_at_source (5% is 4% from pay and 1% relief), net_pay "
        "or salary_sacrifice"
    )
    of: Literal["pay", "qualifying_earnings"] = Field(
        description="what the shares are of: pay, or qualifying_earnings (the band used for automatic enrolment)"
    )


class Pip(Model):
    """Personal Independence Payment, or Adult Disability Payment in Scotland: never means-tested, but opens doors."""

    daily_living: PipRate = Field(default="none", description="the rate of the daily living part")
    mobility: PipRate = Field(default="none", description="the rate of the mobility part")


class Dla(Model):
    """A child's Disability Living Allowance, or Child Disability Payment in Scotland: kept whatever anyone earns."""

    care: DlaCare = Field(default="none", description="the rate of the care part")
    mobility: TwoRates = Field(default="none", description="the rate of the mobility part")


class Benefits(Model):
    """Benefits that turn on work, or on what was paid in before: how much there is before work is looked at."""

    new_style_jsa: AutoOrMoney = Field(
        default=NIL,
        description="New-style Jobseeker's Allowance: auto for the rate by age, or the amount before pay comes off it",
    )
    new_style_esa: AutoOrMoney = Field(
        default=NIL,
        description="New-style Employment and Support Allowance: auto for the rate, or the amount in payment",
    )
    esa_support_group: bool = Field(default=False, description="whether the New-style ESA has the support component")
    maternity_allowance: AutoOrMoney = Field(
        default=NIL,
        description="Maternity Allowance: auto for the standard rate, or the amount where it is 90% of lower pay. "
        "Statutory Maternity Pay and Statutory Sick Pay are earnings",
    )
    pension_credit: AutoOrMoney = Field(default=NIL, description="Pension Credit: not worked out, so it is refused")
    carers_allowance: AutoOrMoney = Field(
        default=NIL,
        description="Carer's Allowance or Carer Support Payment: auto where it is claimed and to be worked out, "
        "or the amount in payment",
    )

    @model_validator(mode="after")
    def _check(self) -> Benefits:
        checks.benefits(self).raise_any()
        return self

    def has(self, name: Literal["new_style_jsa", "new_style_esa", "maternity_allowance", "pension_credit"]) -> bool:
        """Whether a benefit is told of, as auto or as an amount."""
        told = getattr(self, name)
        return bool(told == "auto" or told.amount > 0)


class Adult(Model):
    """An adult: the claimant, the partner or a non-dependant."""

    age: int | None = Field(default=None, ge=16, le=120, description="age in whole years")
    born: Day | None = Field(default=None, description="date of birth, in place of age")
    sex: Sex | None = Field(default=None, description="f or m")
    hours: float = Field(default=0.0, ge=0, le=112, description="hours of paid work a week")
    hourly_wage: float | None = Field(default=None, gt=0, le=1000, description="pay an hour before tax")
    earnings: MoneyAMonth | None = Field(
        default=None, description="pay before tax, or profit if self-employed, in place of hourly_wage"
    )
    self_employed: bool = Field(default=False, description="whether the work is self-employment")
    months_trading: int | None = Field(default=None, ge=0, le=1200, description="months since the business began")
    months_gainfully_self_employed: int | None = Field(
        default=None,
        ge=0,
        le=1200,
        description="months since Universal Credit found the business to be the main work, however old it is: its"
        " start-up period is the first 12; as many as it has traded where left out",
    )
    hours_expected: float = Field(
        default=35.0,
        ge=0,
        le=35,
        description="hours the work coach expects, for the minimum income floor (fewer for a carer or in ill health)",
    )
    apprentice: bool = Field(default=False, description="whether an apprentice under 19 or in the first year")
    months_out_of_work: int | None = Field(
        default=None, ge=0, le=1200, description="months out of work and on benefits before any work there is now"
    )
    pension: Pension | None = Field(default=None, description="workplace pension contributions")
    student_loans: Annotated[tuple[StudentLoan, ...], LIST] = Field(
        default=(), description="student loans being repaid"
    )
    health: Health = Field(
        default="none",
        description="lcw (limited capability for work), lcw_protected (with the element kept since before April 2017), "
        "lcwra (and for work-related activity) or lcwra_protected (with the element, or the support component of "
        "income-related ESA, since before April 2026, or asked to be assessed before then; or for a severe lifelong "
        "condition, or at the end of life)",
    )
    pip: Pip = Field(default_factory=Pip, description="PIP or Adult Disability Payment")
    attendance_allowance: TwoRates = Field(
        default="none",
        description="the rate of Attendance Allowance or Pension Age Disability Payment, from State Pension age",
    )
    blind: bool = Field(default=False, description="whether certified blind or severely sight impaired")
    caring_hours: float = Field(default=0.0, ge=0, le=168, description="hours a week spent caring")
    cares_for: Literal["partner", "child", "other"] | None = Field(
        default=None, description="whom: someone on a qualifying disability benefit"
    )
    prescriptions_a_month: float = Field(default=0.0, ge=0, le=100, description="prescription items a month")
    pregnant: bool = Field(default=False, description="whether pregnant")
    weeks_pregnant: int | None = Field(
        default=None, ge=0, le=45, description="whole weeks of the pregnancy; far enough on for any help where left out"
    )
    in_education: bool = Field(default=False, description="whether in full-time education")
    benefits: Benefits = Field(default_factory=Benefits, description="benefits in payment")

    @model_validator(mode="after")
    def _check(self) -> Adult:
        checks.adult(self).raise_any()
        return self

    def age_on(self, on: date) -> int:
        """Age on a day."""
        return ages.age_of(self.age, self.born, on)

    def born_on(self, on: date) -> tuple[date, bool]:
        """Date of birth, and whether it is assumed from the age (a birthday half a year before `on`)."""
        return ages.birthday_of(self.age, self.born, on)

    def is_pension_age_on(self, on: date) -> bool:
        """Whether State Pension age is reached."""
        return ages.state_pension_day(self.born_on(on)[0]) <= on

    def pay_a_month(self) -> float:
        """Pay before tax in a month: the earnings given, or hours at the hourly wage."""
        if self.earnings is not None:
            return self.earnings.a_month
        return Money(amount=self.hourly_wage, per="hour").over_hours(self.hours) if self.hourly_wage else 0.0


class Child(Model):
    """A child, or a young person of 16 to 19 in non-advanced education."""

    age: int | None = Field(default=None, ge=0, le=19, description="age in whole years")
    born: Day | None = Field(default=None, description="date of birth, in place of age")
    sex: Sex | None = Field(default=None, description="f or m, for the number of bedrooms")
    disability: Literal["none", "lower", "higher"] = Field(
        default="none",
        description="higher for the highest care or daily living rate or a blind child, lower for other awards of DLA, "
        "PIP or their Scottish forms",
    )
    dla: Dla = Field(
        default_factory=Dla,
        description="the rates of DLA or Child Disability Payment, where known: for the amount that is kept",
    )
    in_education: bool = Field(default=True, description="whether, at 16 to 19, in approved education or training")
    at_state_school: bool = Field(
        default=True, description="whether, when of school age, at a state school: not independent, not home-educated"
    )
    two_child_limit_exception: bool = Field(
        default=False, description="whether the two-child limit, until April 2026, left this child out"
    )

    @model_validator(mode="after")
    def _check(self) -> Child:
        checks.child(self).raise_any()
        return self

    def age_on(self, on: date) -> int:
        """Age on a day (negative before birth)."""
        return ages.age_of(self.age, self.born, on)

    def born_on(self, on: date) -> tuple[date, bool]:
        """Date of birth, and whether it is assumed from the age (a birthday half a year before `on`)."""
        return ages.birthday_of(self.age, self.born, on)


class Housing(Model):
    """The home, and what is paid for living in it."""

    tenure: Tenure = Field(description="how the home is held")
    rent: MoneyAMonth = Field(default=NIL, description="rent")
    service_charges: MoneyAMonth = Field(default=NIL, description="service charges that Universal Credit covers")
    bedrooms: int | None = Field(
        default=None, ge=0, le=20, description="bedrooms in the home; the right number where left out"
    )
    extra_bedrooms: int = Field(
        default=0,
        ge=0,
        le=4,
        description="bedrooms allowed beyond the usual count: an overnight carer, a foster child, someone who cannot "
        "share because of disability",
    )
    under_occupancy_exempt: bool = Field(
        default=False, description="whether the deduction for spare bedrooms does not apply"
    )
    shared_accommodation_exempt: bool = Field(
        default=False, description="whether the shared rate for single people under 35 does not apply"
    )
    temporary_accommodation: bool = Field(
        default=False, description="whether in temporary accommodation, the rent met by Housing Benefit"
    )
    supported_accommodation: bool = Field(
        default=False,
        description="whether in specified accommodation (supported housing, a refuge, a hostel), the rent met by"
        " Housing Benefit",
    )

    @property
    def is_rented(self) -> bool:
        """From a private or a social landlord."""
        return self.tenure in ("private_rent", "social_rent")

    @property
    def has_rent_met_by_housing_benefit(self) -> bool:
        """Whether Housing Benefit meets the rent, and Universal Credit does not."""
        return self.temporary_accommodation or self.supported_accommodation


class CouncilTax(Model):
    """Council tax; in Northern Ireland, rates."""

    band: Literal["A", "B", "C", "D", "E", "F", "G", "H", "I"] | None = Field(
        default=None, description="the valuation band (I is in Wales only; none in Northern Ireland)"
    )
    amount: AutoOrMoney = Field(
        description="the bill for this home after discounts (such as 25% for one adult) and before council tax "
        "reduction, usually {amount: 1500, per: year}; or auto for the council's average charge for the band, with 25% "
        "off for one adult, where local_authority is given and its charges are known"
    )


class Childcare(Model):
    """Registered childcare, paid while every adult who can work is at work."""

    amount: Money = Field(
        description="what is left to pay for all the children together; or, with per: hour or per_hour_of_work, what "
        "an hour of all of them costs before funded hours"
    )
    per_hour_of_work: bool = Field(
        default=False, description="whether the amount is for each hour of paid work, and so follows the hours"
    )
    hours: float | None = Field(
        default=None,
        gt=0,
        le=112,
        description="hours of childcare a week, with an amount per: hour; where left out, the hours of work",
    )
    funded_hours: Literal["taken_off", "to_take_off"] | None = Field(
        default=None,
        description="whether funded hours are off the price already: to_take_off is what an amount by the hour means, "
        "taken_off what any other does",
    )
    children: Annotated[tuple[int, ...], LIST] = Field(
        min_length=1, description="which children it is for, by their place in the list: [1] is the first"
    )

    @model_validator(mode="after")
    def _check(self) -> Childcare:
        checks.childcare(self).raise_any()
        return self

    @property
    def by_the_hour(self) -> bool:
        """Whether the cost follows the hours, of work or of childcare."""
        return self.per_hour_of_work or self.amount.per == "hour"

    def a_month(self, hours_a_week: float) -> float:
        """Pounds a month when so many hours a week are worked, before any funded hours come off."""
        if self.by_the_hour:
            return Money(amount=self.amount.amount, per="hour").over_hours(self.hours or hours_a_week)
        return self.amount.a_month


class WorkCosts(Model):
    """What going to work costs the household, other than childcare, when in work."""

    travel: MoneyAMonth = Field(default=NIL, description="travel to work")
    meals: MoneyAMonth = Field(default=NIL, description="meals at work, beyond what eating at home would cost")
    other: MoneyAMonth = Field(default=NIL, description="clothes, tools and other costs of work")
    for_each_hour: float = Field(
        default=0.0, ge=0, le=100, description="costs that follow the hours, in pounds for each hour of paid work"
    )

    @property
    def a_month(self) -> float:
        """All that do not follow the hours, pounds a month."""
        return self.travel.a_month + self.meals.a_month + self.other.a_month


class WaterTariff(Model):
    """The water company's social tariff, which each company draws up for itself: who may have it, what it takes off."""

    income_limit: MoneyAMonth | None = Field(
        default=None, description="the most taxable household income the company allows, means-tested benefits left out"
    )
    on_universal_credit: bool = Field(default=False, description="whether any award of Universal Credit opens it")
    discount: float | None = Field(
        default=None, ge=0, le=1, description="the share of the bill it takes off (half is 0.5)"
    )

    @model_validator(mode="after")
    def _check(self) -> WaterTariff:
        checks.water_tariff(self).raise_any()
        return self


class Bills(Model):
    """Household bills that help can come off, and regular saving. What is not told brings no help."""

    water_bill: MoneyAMonth | None = Field(
        default=None, description="water and sewerage, before any help (in England and Wales)"
    )
    water_meter: bool | None = Field(default=None, description="whether the water is metered")
    water_medical_need: bool = Field(
        default=False, description="whether somebody's health takes much more water than usual"
    )
    water_social_tariff: WaterTariff | None = Field(
        default=None, description="the water company's own social tariff, as in {income_limit: 1800, discount: 0.5}"
    )
    broadband: bool = Field(default=False, description="whether the household has or wants broadband")
    tv_licence: bool = Field(default=False, description="whether it pays for a TV licence")
    electricity: bool = Field(default=True, description="whether the claimant or partner pays the electricity supplier")
    costly_to_heat: bool = Field(
        default=False, description="whether the government counts the home as costly to heat (for winter 2024-25)"
    )
    saves_a_month: MoneyAMonth = Field(default=NIL, description="what the adults put aside")
    help_to_save_account: bool = Field(default=False, description="whether there is a Help to Save account already")


class UnearnedIncome(Model):
    """Income other than pay and the benefits the program works out. Taken as the first adult's."""

    maintenance: MoneyAMonth = Field(default=NIL, description="maintenance from a former partner or spouse")
    child_maintenance: MoneyAMonth = Field(default=NIL, description="child maintenance, which Universal Credit ignores")
    rental: MoneyAMonth = Field(default=NIL, description="rent from letting property, less expenses")
    dividends: MoneyAMonth = Field(default=NIL, description="dividends")
    interest: MoneyAMonth = Field(default=NIL, description="interest on savings")
    occupational_pension: MoneyAMonth = Field(default=NIL, description="a workplace or private pension in payment")
    state_pension: MoneyAMonth = Field(default=NIL, description="State Pension in payment")


class TakeUp(Model):
    """What is claimed. The marriage allowance is not unless said, since most who could transfer it have not."""

    universal_credit: bool = Field(default=True, description="whether Universal Credit is claimed")
    child_benefit: bool = Field(default=True, description="whether Child Benefit is claimed")
    council_tax_reduction: bool = Field(default=True, description="whether council tax reduction is claimed")
    tax_free_childcare: bool = Field(
        default=True, description="whether Tax-Free Childcare is used where it is worth more than Universal Credit"
    )
    marriage_allowance: bool = Field(default=False, description="whether the marriage allowance has been transferred")

    @model_validator(mode="before")
    @classmethod
    def _full(cls, given: Any) -> Any:
        if given == "full":
            return {}
        if isinstance(given, dict | TakeUp):
            return given
        raise in_words("Write full, or what is not claimed, as in {child_benefit: false}.")


class Options(Model):
    """Assumptions that can be changed for a household."""

    take_up: TakeUp = Field(
        default_factory=TakeUp, description="full, or what is not claimed, as in {child_benefit: false}"
    )
    free_school_meals_days: int = Field(default=190, ge=0, le=366, description="school days a year with a meal")
    benefit_cap_grace_period: bool = Field(
        default=False, description="whether in the nine months after a year of earnings that kept the benefit cap off"
    )

    def claims(self, what: Claim) -> bool:
        """Whether a benefit or allowance is claimed."""
        return bool(getattr(self.take_up, what))


class Household(Model):
    """A household: one benefit unit of one or two adults and their children, and any other adults at home."""

    name: str = Field(min_length=1, max_length=200, description="a name to know the household by")
    story: str = Field(default="", max_length=500, description="one line about the household")
    nation: Nation = Field(description="the nation it lives in")
    local_authority: str | None = Field(
        default=None, description="the council, as in leeds: picks the council tax reduction scheme"
    )
    greater_london: bool | None = Field(
        default=None, description="whether in Greater London, where neither local_authority nor brma tells"
    )
    brma: str | None = Field(
        default=None, description="the broad rental market area: picks the local housing allowance rates"
    )
    lha: MoneyAMonth | None = Field(default=None, description="the local housing allowance itself, in place of brma")
    adults: Annotated[tuple[Adult, ...], LIST] = Field(
        min_length=1, max_length=2, description="the claimant, and the partner if there is one"
    )
    children: Annotated[tuple[Child, ...], LIST] = Field(
        default=(), max_length=20, description="children and young people the adults are responsible for"
    )
    non_dependants: Annotated[tuple[Adult, ...], LIST] = Field(
        default=(), max_length=10, description="other adults who live in the home"
    )
    housing: Housing = Field(description="the home, as in {tenure: private_rent, rent: 800}")
    council_tax: CouncilTax | None = Field(default=None, description="council tax; in Northern Ireland, rates")
    childcare: Childcare | None = Field(default=None, description="registered childcare when in work")
    work_costs: WorkCosts = Field(default_factory=WorkCosts, description="costs of going to work")
    bills: Bills = Field(default_factory=Bills, description="household bills that help can come off")
    savings: float = Field(default=0.0, ge=0, le=100_000_000, description="savings and other capital, in pounds")
    unearned_income: UnearnedIncome = Field(default_factory=UnearnedIncome, description="other income")
    options: Options = Field(default_factory=Options, description="assumptions")

    _read_from: Document = PrivateAttr(default_factory=lambda: Document(None))

    @field_validator("local_authority", mode="after")
    @classmethod
    def _its_own_key(cls, given: str | None) -> str | None:
        known = places.authority(given) if given else None
        return known.key if known else given

    @model_validator(mode="after")
    def _check(self) -> Household:
        checks.household(self).raise_any()
        return self

    def __eq__(self, other: object) -> bool:
        """Equal where everything told is equal, whichever file it came from."""
        return isinstance(other, Household) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]

    def check_on(self, on: date) -> None:
        """Raise InputError, with the line, for what cannot be on that day: an unborn child, no one of working age."""
        found = checks.household_on(self, on).found
        if found:
            raise InputError(self._read_from.problem(path, told) for path, told in found)

    def in_greater_london(self) -> bool | None:
        """Whether in Greater London, for the benefit cap; None where England is all that is told."""
        if self.nation != "england":
            return False
        known = places.authority(self.local_authority) if self.local_authority else None
        if known:
            return known.in_greater_london
        if self.greater_london is not None:
            return self.greater_london
        return places.brma_in_greater_london(self.brma) if self.brma else None

    def unstated(self) -> list[str]:
        """What was left out and could matter, as adults.1.pension: none of it is guessed."""
        return checks.unstated(self)


def with_council(household: Household, local_authority: str) -> Household:
    """The same household under another council of its nation: its scheme, and its bill where that is auto.

    The rent, its area and a bill that is told stay. Raises InputError for a council that there is not, that is in
    another nation, or whose charges are not known where the bill is auto.
    """
    known = places.authority(local_authority)
    if known is None:
        near = did_you_mean(local_authority, places.authorities())
        raise InputError.of(f"There is no local authority called {local_authority}.{near}")
    if known.nation != household.nation:
        here, there = places.title(household.nation), places.title(known.nation)
        raise InputError.of(f"{known.name} is in {there}, but the household is in {here}.")
    tax = household.council_tax
    if tax is not None and tax.amount == "auto" and not council_schemes.has_band_d_charge(known.key):
        raise InputError.of(
            f"The charges of {known.name} are not known, so auto finds no bill. Give the bill under council_tax."
        )
    return household.model_copy(update={"local_authority": known.key, "greater_london": None})
