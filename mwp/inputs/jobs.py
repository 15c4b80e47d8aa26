"""Jobs as people write them: "16h@12.71", "37.5h £24,000/year", "20h@minimum_wage", "1200/month 20h", "0h".

A job is hours a week and the pay for them; childcare and travel are what going to it costs.
"""

import re
from dataclasses import dataclass, replace
from typing import Any, NoReturn, TypeVar

from mwp.errors import InputError
from mwp.inputs.household import Adult, Household, Pension
from mwp.inputs.money import Money, Period

M = TypeVar("M", Adult, Household)

EXAMPLES = "16h@12.71, 37.5h £24,000/year, 20h@minimum_wage, 1200/month 20h, 0h"
MOST_HOURS = 112.0
MOST_AN_HOUR = 1000.0
LONGEST = 100

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_HOURS = rf"(?P<hours>{_NUMBER})\s*(?:hours?|hrs?|h)(?:\s*(?:/|per|a|every)\s*(?:week|wk|w)|\s*pw)?"
_PER = r"(?:\s*(?:/|per|an|a|every)\s*|\s*)"
_UNIT = (
    r"(?P<unit>hours?|hrs?|h|days?|d|weeks?|wk|w|fortnights?|four_weeks|4\s*weeks|months?|mo|years?|yr|annum|p[hwma])"
)
_AMOUNT = rf"£?\s*(?P<amount>{_NUMBER})(?:{_PER}{_UNIT})?"
_MINIMUM = r"(?P<minimum>(?:national\s+)?minimum[\s_]wage|(?:national\s+)?living[\s_]wage|nmw|nlw|mw)"
_PAY = rf"(?:{_AMOUNT}|{_MINIMUM})"
_SELF_EMPLOYED = re.compile(r"[\s,]*\(?self[\s_-]?employed\)?$")
_FORMS = (
    re.compile(_HOURS),
    re.compile(rf"{_HOURS}\s*(?:@|at|,|for|\s)\s*{_PAY}"),
    re.compile(rf"{_PAY}\s*(?:@|at|,|for|\s)\s*{_HOURS}"),
    re.compile(_PAY),
)
_COST = re.compile(rf"{_AMOUNT}(?:\s*(?:x|×|\*|for)?\s*(?P<days>[1-7])(?:\s*(?:days?)?)?)?")
_PERIODS: dict[str, Period] = {
    "h": "hour", "hr": "hour", "hrs": "hour", "hour": "hour", "ph": "hour",
    "d": "day", "day": "day",
    "w": "week", "wk": "week", "week": "week", "pw": "week",
    "fortnight": "fortnight",
    "four_week": "four_weeks", "4week": "four_weeks",
    "mo": "month", "month": "month", "pm": "month",
    "yr": "year", "year": "year", "annum": "year", "pa": "year",
}  # fmt: skip


@dataclass(frozen=True)
class Job:
    """A job to compare with. `hourly_wage` and `earnings` are empty for the minimum wage (until known) and for no work.

    `childcare` with per: hour follows the hours of work; None leaves the household's childcare as it is. So for travel.
    """

    hours: float
    hourly_wage: float | None = None
    earnings: Money | None = None
    minimum_wage: bool = False
    self_employed: bool = False
    childcare: Money | None = None
    travel: Money | None = None
    label: str = ""

    def at_wage(self, hourly_wage: float) -> "Job":
        """The same job at an hourly wage: how a job at the minimum wage is given the wage of the person's age."""
        return replace(self, hourly_wage=hourly_wage, earnings=None, minimum_wage=False)

    def with_costs(self, childcare: Money | None = None, travel: Money | None = None) -> "Job":
        """The same job, going to which costs this much."""
        return replace(self, childcare=childcare or self.childcare, travel=travel or self.travel)


def parse_job(text: str) -> Job:
    """A job from its text. Raises InputError, with examples."""
    plain = _plain(text)
    self_employed = bool(_SELF_EMPLOYED.search(plain))
    plain = _SELF_EMPLOYED.sub("", plain).strip()
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if found is None:
        _refuse(text, f"this is not a job I can read. Write hours and pay: {EXAMPLES}")
    parts = found.groupdict()
    if not parts.get("hours"):
        _refuse(text, f"the hours a week are missing, and some rules turn on them. Write, say, 20h@{plain}")
    hours = _amount(parts["hours"])
    if hours > MOST_HOURS:
        _refuse(text, f"{hours:g} hours is more than a week of work can hold. Give 0 to {MOST_HOURS:g}")
    return labelled(_paid(text, hours, parts, self_employed))


def labelled(job: Job) -> Job:
    """The job with its label: what it is in words."""
    return replace(job, label=_label(job))


def parse_childcare(text: str) -> Money:
    """What childcare costs: "433" or "433/month", "120/week", "6.50/hour" (of work). Raises InputError."""
    return _cost(text, "childcare", "433/month, 120/week or 6.50/hour (for each hour of work)")


def parse_travel(text: str) -> Money:
    """What travel to work costs: "80" or "80/month", "20/week", "4/day x5" (days a week). Raises InputError."""
    money = _cost(text, "travel", "80/month, 20/week or 4/day x5 (for five days a week)")
    if money.per == "hour":
        _refuse(text, "travel is not paid by the hour. Write 80/month, 20/week or 4/day x5")
    return money


def with_job(household: Household, job: Job, adult: int = 0) -> Household:
    """The household with one adult (0 the claimant, 1 the partner) in that job instead of the present one.

    Hours, pay and self-employment are the job's; childcare and travel too where the job gives them (childcare for the
    children it is for now, else for all of them). A business already running keeps its months of trading; a new one
    has none. A workplace pension stays with employment: a newly self-employed person keeps none of an employer's.
    Raises InputError for an adult or children who are not there, ValueError while a minimum wage is still unknown.
    """
    if job.minimum_wage:
        raise ValueError("the minimum wage of this job is not known yet: use Job.at_wage")
    if not 0 <= adult < len(household.adults):
        raise InputError.of("There is no partner in this household to take a job.", field=f"adult {adult + 1}")
    adults = list(household.adults)
    adults[adult] = _employed(adults[adult], job)
    changes: dict[str, Any] = {"adults": tuple(adults)}
    if job.childcare is not None:
        changes["childcare"] = _childcare(household, job.childcare)
    if job.travel is not None:
        changes["work_costs"] = _told(household.work_costs) | {"travel": job.travel}
    return _changed(household, changes)


def _paid(text: str, hours: float, parts: dict[str, str | None], self_employed: bool) -> Job:
    if parts.get("minimum"):
        return Job(hours, minimum_wage=hours > 0, self_employed=self_employed and hours > 0)
    if not parts.get("amount"):
        if hours:
            _refuse(text, f"the pay is missing. Write, say, {hours:g}h@12.71 or {hours:g}h@minimum_wage")
        return Job(0.0)
    amount, period = _amount(parts["amount"]), _period(parts.get("unit"), "hour")
    if not hours and amount:
        _refuse(text, "0 hours cannot be paid. Write 0h alone for no work")
    if not hours:
        return Job(0.0)
    if not amount and not self_employed:
        _refuse(text, "the pay is nothing. Write 0h for no work")
    if period == "day":
        _refuse(text, "pay by the day needs the days worked. Write it by the week, as in 24h@300/week")
    if period == "hour":
        if amount > MOST_AN_HOUR or (amount > 200 and not parts.get("unit")):
            _refuse(text, f"£{amount:,.15g} an hour? Say what the pay is for, as in {hours:g}h@{amount:.15g}/month")
        if not amount:
            return Job(hours, earnings=Money(amount=0.0), self_employed=self_employed)
        return Job(hours, hourly_wage=amount, self_employed=self_employed)
    return Job(hours, earnings=_money(text, amount, period), self_employed=self_employed)


def _cost(text: str, what: str, examples: str) -> Money:
    found = _COST.fullmatch(_plain(text))
    if found is None:
        _refuse(text, f"this is not a cost of {what} I can read. Write {examples}")
    amount, period, days = _amount(found["amount"]), _period(found["unit"], "month"), found["days"]
    if period == "day" and not days:
        _refuse(text, f"a cost by the day needs the days a week, as in {amount:g}/day x5")
    if period != "day" and days:
        _refuse(text, f"days go with a cost by the day, as in 4/day x5. Write {examples}")
    return _money(text, amount * int(days), "week") if days else _money(text, amount, period)


def _money(text: str, amount: float, period: Period) -> Money:
    if amount > 10_000_000:
        _refuse(text, f"£{amount:,.15g} is more than anyone is paid. Check the figure")
    return Money(amount=amount, per=period)


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        _refuse(f"{text[:LONGEST]}...", f"this is too long. Write, say, {EXAMPLES}")
    return " ".join(text.lower().split())


def _amount(written: str | None) -> float:
    return float((written or "0").replace(",", ""))


def _period(unit: str | None, otherwise: Period) -> Period:
    if not unit:
        return otherwise
    key = unit.replace(" ", "")
    return _PERIODS[key] if key in _PERIODS else _PERIODS[key.removesuffix("s")]


def _refuse(text: str, told: str) -> NoReturn:
    raise InputError.of(f"{told[:1].upper()}{told[1:]}.", field=repr(text))


def _label(job: Job) -> str:
    if not job.hours:
        return "no work"
    hours = f"{job.hours:g} hour{'s' if job.hours != 1 else ''} a week"
    if job.minimum_wage:
        pay = "at the minimum wage"
    elif job.hourly_wage is not None:
        pay = f"at £{job.hourly_wage:,.2f} an hour"
    else:
        pay = f"for {job.earnings}"
    return f"{hours} {pay}{', self-employed' if job.self_employed else ''}"


def _employed(person: Adult, job: Job) -> Adult:
    already = person.self_employed and job.self_employed
    return _changed(
        person,
        {
            "hours": job.hours,
            "hourly_wage": job.hourly_wage if job.hours else None,
            "earnings": job.earnings if job.hours else None,
            "self_employed": job.self_employed,
            "months_trading": (person.months_trading if already else 0) if job.self_employed else None,
            "months_gainfully_self_employed": person.months_gainfully_self_employed if already else None,
            "apprentice": False,
            "pension": _pension(person.pension, job),
        },
    )


def _pension(pension: Pension | None, job: Job) -> Pension | None:
    if pension and job.self_employed and (pension.employer or pension.method != "relief_at_source"):
        return None
    return pension


def _childcare(household: Household, cost: Money) -> dict[str, Any]:
    if not household.children:
        raise InputError.of("There are no children in this household for childcare.", field="childcare")
    every_child = tuple(range(1, len(household.children) + 1))
    told = household.childcare
    costs: dict[str, Any] = {"amount": cost, "children": told.children if told else every_child}
    if told and told.funded_hours == "taken_off":
        costs["funded_hours"] = "taken_off"
    return costs


def _told(model: Any) -> dict[str, Any]:
    return {key: getattr(model, key) for key in type(model).model_fields if key in model.model_fields_set}


def _changed(model: M, changes: dict[str, Any]) -> M:
    """The model with some values changed, checked afresh, and remembering where it was read."""
    fresh = type(model).model_validate(_told(model) | changes)
    if isinstance(fresh, Household) and isinstance(model, Household):
        fresh._read_from = model._read_from
    return fresh
