"""What a program may ask, as one JSON document a question: the household and the reforms are those of the files.

Text is read strictly: no number that is none, no key twice, no text for a number. What is wrong is told for every
field at once, as `mwp.errors.Problem`s whose paths lead from the top of the document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, NoReturn, Self, TypeVar

from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationError, WithJsonSchema, model_validator
from pydantic.json_schema import models_json_schema

from mwp import resources
from mwp.analysis.compare import parse_at
from mwp.analysis.measures import Measure
from mwp.engine.dates import law_date
from mwp.errors import InputError, Problem
from mwp.inputs import messages
from mwp.inputs.documents import Document
from mwp.inputs.fields import LIST, Day, Faults, Model, in_words
from mwp.inputs.household import Household
from mwp.inputs.jobs import LONGEST, MOST_AN_HOUR, Job, labelled, parse_childcare, parse_job, parse_travel
from mwp.inputs.loading import household_told, load_household
from mwp.inputs.money import Money, MoneyAMonth
from mwp.inputs.names import did_you_mean
from mwp.inputs.reform import Reform, load_reform

MOST_HOUSEHOLDS = 20
MOST_REFORMS = 5
MOST_JOBS = 10
MOST_EARNINGS = 50_000.0
DEEPEST = 20
_Q = TypeVar("_Q", bound="Question")


class Unreadable(ValueError):
    """What was sent is not JSON at all, or not JSON that could be meant."""


# The parts of a question


def _known(library: str, thing: str) -> Any:
    def known(name: str) -> str:
        names = resources.library(library)
        if name not in names:
            raise in_words(f"The library has no {thing} called {name[:60]}.{did_you_mean(name[:60], names)}")
        return name

    return AfterValidator(known)


def _one_of(library: str, thing: str) -> Any:
    names = list(resources.library(library))
    return WithJsonSchema({"type": "string", "enum": names, "description": f"a {thing} of the library, by name"})


def _tag(given: Any) -> str:
    return "text" if isinstance(given, str) else "told"


HouseholdName = Annotated[str, _known("households", "household"), _one_of("households", "household")]
ReformName = Annotated[str, _known("reforms", "reform"), _one_of("reforms", "reform")]
HouseholdTold = Annotated[
    Annotated[HouseholdName, Tag("text")] | Annotated[Household, Tag("told")], Discriminator(_tag)
]
ReformTold = Annotated[Annotated[ReformName, Tag("text")] | Annotated[Reform, Tag("told")], Discriminator(_tag)]


LaidOver = Annotated[
    Annotated[ReformName, Tag("text")]
    | Annotated[Reform, Tag("told")]
    | Annotated[tuple[ReformTold, ...], Field(strict=False, min_length=1, max_length=MOST_REFORMS), Tag("several")],
    Discriminator(lambda given: "several" if isinstance(given, list | tuple) else _tag(given)),
]


class JobTold(Model):
    """A job: hours a week, and the pay for them in one of three ways; none where the hours are nil."""

    hours: float = Field(ge=0, le=112, description="hours of paid work a week")
    hourly_wage: float | None = Field(default=None, gt=0, le=MOST_AN_HOUR, description="pay an hour before tax")
    earnings: MoneyAMonth | None = Field(default=None, description="pay before tax, or profit if self-employed")
    minimum_wage: bool = Field(default=False, description="whether it pays the legal minimum for the person's age")
    self_employed: bool = Field(default=False, description="whether the work is self-employment")
    childcare: Money | None = Field(
        default=None, description="what childcare would cost, in place of the household's own; an hour is one of work"
    )
    travel: MoneyAMonth | None = Field(
        default=None, description="what travel to work would cost, in place of the household's own"
    )

    @model_validator(mode="after")
    def _check(self) -> JobTold:
        ways = [self.hourly_wage is not None, self.earnings is not None, self.minimum_wage]
        faults = Faults()
        if self.hours and sum(ways) != 1:
            faults.add("hours", "Give the pay for the hours once: hourly_wage, earnings or minimum_wage.")
        if not self.hours and (any(ways) or self.self_employed):
            faults.add("hours", "0 hours cannot be paid. Give the hours, or leave the pay out for no work.")
        faults.raise_any()
        return self

    def job(self) -> Job:
        """The job itself."""
        return labelled(
            Job(
                self.hours, self.hourly_wage, self.earnings, self.minimum_wage, self.self_employed, self.childcare,
                self.travel,
            )
        )  # fmt: skip


def _readable(parse: Callable[[str], object]) -> AfterValidator:
    def readable(text: str) -> str:
        try:
            parse(text)
        except InputError as error:
            raise in_words(error.problems[0].message) from None
        return text

    return AfterValidator(readable)


def _text(about: str, *examples: str) -> Any:
    return WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "[0-9]",
                           "examples": list(examples), "description": about})  # fmt: skip


JobText = Annotated[
    str,
    _readable(parse_job),
    _text("hours a week and the pay for them", "16h@12.71", "37.5h £24,000/year", "20h@minimum_wage", "0h"),
]
JobLike = Annotated[Annotated[JobText, Tag("text")] | Annotated[JobTold, Tag("told")], Discriminator(_tag)]
ChildcareText = Annotated[
    str, _readable(parse_childcare), _text("what childcare would cost", "433/month", "120/week", "6.50/hour")
]
TravelText = Annotated[
    str, _readable(parse_travel), _text("what travel to work would cost", "80/month", "20/week", "4/day x5")
]


AtText = Annotated[str, _readable(parse_at), _text("hours a week, or pounds a month", "16h", "1200")]


class StandingTold(Model):
    """Where a household stands towards a guarantee, which its schedule cannot tell."""

    nes_participant: bool = Field(default=False, description="whether on an NES placement")
    had_universal_credit: bool | None = Field(
        default=None, description="whether an award in any of the last six assessment periods; read off the schedule"
    )
    in_pilot_area: bool | None = Field(default=None, description="whether in a pilot area; read off local_authority")
    month: int = Field(default=1, ge=1, le=600, description="the month of the job, from 1")


# The questions


class Question(Model):
    """What every question tells."""

    on: Day | None = Field(default=None, description="the date whose law applies; today where left out")
    value: Literal["low", "central", "high"] = Field(
        default="central", description="whether help in kind is put at its low, central or high value"
    )
    standing: StandingTold | None = Field(
        default=None, description="where the household stands towards a guarantee, where a reform has one"
    )

    def homes(self) -> list[Household]:
        """The households asked about, checked on the date."""
        raise NotImplementedError

    @property
    def day(self) -> date:
        """The date whose law applies. Raises InputError outside the law known."""
        try:
            return law_date(self.on)
        except InputError as error:
            raise InputError([Problem(one.message, path=("on",)) for one in error.problems]) from None

    def law(self) -> dict[str, Any]:
        """The date, the value of help in kind and the rest of the law asked for, as the verbs of `mwp` take them."""
        standing = {} if self.standing is None else {"standing": self.standing.model_dump()}
        return {"on": self.day, "value": self.value, **standing}

    def _checked(self, told: str | Household, *path: str | int) -> Household:
        home = _household_of_library(told) if isinstance(told, str) else told
        day = self.day
        try:
            home.check_on(day)
        except InputError as error:
            raise InputError(Problem(one.message, path=(*path, *one.path)) for one in error.problems) from None
        return home


class UnderReforms(Question):
    """A question under the law, or under reforms laid over it."""

    reforms: Annotated[tuple[ReformTold, ...], LIST] = Field(
        default=(), max_length=MOST_REFORMS, description="changes of the law to lay over it, in order"
    )

    def law(self) -> dict[str, Any]:
        """The law asked for, with the reforms."""
        return super().law() | {"reform": [_reform(one) for one in self.reforms]}


class OneHousehold(UnderReforms):
    """A question about one household."""

    household: HouseholdTold = Field(description="a name from the library, or a household in the file's own form")

    def homes(self) -> list[Household]:
        """The household, checked on the date."""
        return [self._checked(self.household, "household")]


class CalculateQuestion(OneHousehold):
    """Every award, tax and cost of a household in a month."""


class BetterOffQuestion(OneHousehold):
    """A household now, beside one or more jobs."""

    jobs: Annotated[tuple[JobLike, ...], LIST] = Field(
        default=(), max_length=MOST_JOBS, description="jobs for the claimant"
    )
    partner_jobs: Annotated[tuple[JobLike, ...], LIST] = Field(
        default=(),
        max_length=MOST_JOBS,
        description="jobs for the partner: one goes with every job, several are paired with them in order",
    )
    childcare: ChildcareText | None = Field(default=None, description="what childcare would cost in every job")
    travel: TravelText | None = Field(default=None, description="what travel to work would cost in every job")

    @model_validator(mode="after")
    def _check(self) -> BetterOffQuestion:
        faults = Faults()
        if not self.jobs and not self.partner_jobs:
            faults.add("jobs", 'Give a job to compare with, as in ["16h@12.71"].')
        if len(self.partner_jobs) > 1 and self.jobs and len(self.partner_jobs) != len(self.jobs):
            faults.add("partner_jobs", "Give one partner's job for all, or as many as there are jobs.")
        faults.raise_any()
        return self

    def asked(self) -> dict[str, Any]:
        """The jobs and their costs, as `mwp.better_off` takes them."""
        return {
            "jobs": [_job(one) for one in self.jobs],
            "partner_jobs": [_job(one) for one in self.partner_jobs],
            "childcare": self.childcare,
            "travel": self.travel,
        }


class ExplainQuestion(OneHousehold):
    """The working of an amount."""

    variable: str | None = Field(
        default=None, max_length=100, description="what is explained; what is left in the end where left out"
    )
    every_step: bool = Field(default=False, description="whether to show steps that come to nothing too")


class SurfaceQuestion(OneHousehold):
    """What a couple has at every pair of both partners' hours."""

    wage: Annotated[float, Field(gt=0, le=MOST_AN_HOUR)] | Literal["minimum_wage"] | None = Field(
        default=None, description="pay an hour of both; each one's own where left out, else the legal minimum"
    )
    measure: Measure | None = Field(default=None, description="what is left; net_after_work_costs where left out")

    def asked(self) -> dict[str, Any]:
        """The wage and the measure, as `mwp.surface` takes them."""
        return {"wage": self.wage, "measure": self.measure}


class AlongAPath(Question):
    """A question about households, along a path on which earnings move."""

    household: HouseholdTold | None = Field(default=None, description="a household, where it is one")
    households: Annotated[tuple[HouseholdTold, ...], LIST] = Field(
        default=(), max_length=MOST_HOUSEHOLDS, description="households, where there are several"
    )
    earner: Literal["claimant", "partner"] = Field(default="claimant", description="whose earnings move")
    mode: Literal["hours", "wage", "hours_then_wage"] = Field(
        default="hours", description="what grows: hours at the wage, the wage at the hours, or one after the other"
    )
    wage: Annotated[float, Field(gt=0, le=MOST_AN_HOUR)] | Literal["minimum_wage"] | None = Field(
        default=None, description="pay an hour; the household's own where left out, else the legal minimum"
    )
    hours: float | None = Field(
        default=None, gt=0, le=112, description="hours a week at which the wage grows, or up to which hours grow"
    )
    to: float | None = Field(
        default=None, gt=0, le=MOST_EARNINGS, description="earnings a month to go up to; 60 hours a week, or 6,000"
    )
    measure: Measure | None = Field(default=None, description="what is left")

    @model_validator(mode="after")
    def _one_or_several(self) -> Self:
        faults = Faults()
        if (self.household is None) == (not self.households):
            faults.add("household", "Give household, or households where there are several.")
        faults.raise_any()
        return self

    def homes(self) -> list[Household]:
        """The households, checked on the date."""
        if self.household is not None:
            return [self._checked(self.household, "household")]
        return [self._checked(one, "households", place) for place, one in enumerate(self.households)]

    def asked(self) -> dict[str, Any]:
        """The path and the measure, as `mwp.schedule` and `mwp.compare` take them."""
        return {key: getattr(self, key) for key in ("earner", "mode", "wage", "hours", "to", "measure")}


class ScheduleQuestion(AlongAPath, UnderReforms):
    """What households keep of each pound, over a whole range of earnings."""


class CompareQuestion(AlongAPath):
    """Reforms beside the law."""

    reforms: Annotated[tuple[LaidOver, ...], LIST] = Field(
        min_length=1,
        max_length=MOST_REFORMS,
        description="a reform a column, or several laid over each other as a list",
    )
    at: Annotated[tuple[AtText, ...], LIST] = Field(
        default=(), max_length=MOST_JOBS, description="jobs to compare at; 16h, 30h and 37.5h where left out"
    )

    def asked(self) -> dict[str, Any]:
        """The columns, the jobs and the path, as `mwp.compare` takes them."""
        columns = [[_reform(one)] if not isinstance(one, tuple) else [_reform(o) for o in one] for one in self.reforms]
        return super().asked() | {"reforms": columns, "at": list(self.at)}


QUESTIONS: tuple[type[Question], ...] = (
    CalculateQuestion, BetterOffQuestion, ExplainQuestion, ScheduleQuestion, SurfaceQuestion, CompareQuestion,
)  # fmt: skip


def question(text: bytes, kind: type[_Q]) -> _Q:
    """The question that was sent. Raises Unreadable where it is no JSON, InputError with each field that is wrong."""
    told = read_json(text)
    if not isinstance(told, dict):
        raise InputError.of('A question is an object, as {"household": ...}.')
    try:
        return kind.model_validate(told)
    except ValidationError as error:
        raise messages.input_error(error, kind, Document(told)) from None


def job(told: dict[str, Any]) -> Job:
    """A job as a question tells it. Raises InputError with each field that is wrong."""
    try:
        return JobTold.model_validate(told).job()
    except ValidationError as error:
        raise messages.input_error(error, JobTold, Document(told)) from None


def schemas(template: str) -> dict[str, Any]:
    """The JSON schema of each question and of its parts, by name, with references made by the template."""
    _, found = models_json_schema([(one, "validation") for one in QUESTIONS], ref_template=template)
    return dict(found["$defs"])


def household_of_file(name: str) -> dict[str, Any]:
    """A household of the library as it could be sent: what its file tells. Raises InputError."""
    if name not in resources.library("households"):
        raise InputError.of(f"The library has no household called {name[:60]}.")
    return household_told(_household_of_library(name))


def _job(told: str | JobTold) -> Job:
    return parse_job(told) if isinstance(told, str) else told.job()


def _reform(told: str | Reform) -> Reform:
    return _reform_of_library(told) if isinstance(told, str) else load_reform(told)


@lru_cache(maxsize=256)
def _household_of_library(name: str) -> Household:
    return load_household(resources.library("households")[name])


@lru_cache(maxsize=256)
def _reform_of_library(name: str) -> Reform:
    return load_reform(resources.library("reforms")[name])


# JSON, strictly


def read_json(text: bytes) -> Any:
    """JSON as plain data. Raises Unreadable."""
    try:
        told = json.loads(
            text.decode("utf-8"), parse_constant=_no_number, parse_float=_finite, object_pairs_hook=_each_once
        )
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable("It is nested too deeply.") from None
    except UnicodeDecodeError:
        raise Unreadable("It is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"It is not JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from None
    except ValueError:  # a whole number of thousands of digits
        raise Unreadable("It has a number that is too long.") from None
    for part, depth in _parts(told):
        if depth > DEEPEST:
            raise Unreadable("It is nested too deeply.")
        if isinstance(part, str) and any("\ud800" <= letter <= "\udfff" for letter in part):
            raise Unreadable("It has text that is no Unicode.")
        if isinstance(part, int) and abs(part) > 10**15:
            raise Unreadable("It has a number that is too long.")
    return told


def _parts(told: Any) -> Iterator[tuple[Any, int]]:
    waiting = [(told, 1)]
    while waiting:
        part, depth = waiting.pop()
        yield part, depth
        if isinstance(part, dict):
            waiting += [(inner, depth + 1) for pair in part.items() for inner in pair]
        elif isinstance(part, list):
            waiting += [(inner, depth + 1) for inner in part]


def _no_number(told: str) -> NoReturn:
    raise Unreadable(f"{told} is no number.")


def _finite(told: str) -> float:
    number = float(told)
    if number in (float("inf"), float("-inf")):
        raise Unreadable(f"{told[:20]} is too large a number.")
    return number


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(f"It gives {twice[:60]!r} twice in one object.")
    return told
