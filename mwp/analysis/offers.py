"""A paid placement as an offer: its hours, wage and support, and a household in it or out of work.

A placement is ordinary employment at the real Living Wage: contract, paid holiday, a workplace pension. Nobody has to
take one. What a guarantee adds in it is read off the household's exact schedule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from mwp.analysis.calculation import amounts_of, law_on
from mwp.analysis.guarantee import Standing
from mwp.analysis.measures import TOP_UP
from mwp.analysis.schedule import EarningsPath
from mwp.analysis.top_ups import added_at, own_path, promises
from mwp.core.rounding import AS_THE_LAW
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.errors import InputError
from mwp.inputs.household import Adult, Household, Housing, Pension
from mwp.inputs.jobs import Job, with_job
from mwp.inputs.money import NIL
from mwp.inputs.names import did_you_mean, listed
from mwp.inputs.reform import Reform

Segment = Literal["bridge", "floor-individual", "floor-place"]
Support = Literal["covered", "not-covered"]
EARNERS = ("claimant", "partner")
SEGMENTS: tuple[Segment, ...] = ("bridge", "floor-individual", "floor-place")
SUPPORTS: tuple[Support, ...] = ("covered", "not-covered")
LIVING_WAGE = "real_living_wage"
WEEKS = 26
_MOST_HOURS = 60.0
_NIL = 0.005


@dataclass(frozen=True)
class Offer:
    """A placement offered: hours a week (None: at the plan's cost), wage an hour or `real_living_wage`, for whom.

    `weeks` is how long it lasts; `segment` chooses what is shown, and scores nobody; `support` says whether the service
    meets the household's costs of work (childcare, fares, other costs); None shows both.
    """

    hours: float | None = None
    wage: float | str = LIVING_WAGE
    earner: str = "claimant"
    weeks: int = WEEKS
    segment: str | None = None
    support: str | None = None

    def __post_init__(self) -> None:
        """Raise InputError for what cannot be."""
        _known("earner", self.earner, EARNERS)
        if self.segment is not None:
            _known("segment", self.segment, SEGMENTS)
        if self.support is not None:
            _known("support", self.support, SUPPORTS)
        if isinstance(self.wage, str) and self.wage != LIVING_WAGE:
            raise InputError.of(
                f"{self.wage} is no wage. Write an amount an hour, as 13.45, or {LIVING_WAGE}.", field="--wage"
            )
        if not isinstance(self.wage, str) and not 0 < self.wage <= 200:
            raise InputError.of(f"{self.wage:g} pounds an hour is out of range.", field="--wage")
        if self.hours is not None and not 0 < self.hours <= _MOST_HOURS:
            told = f"{self.hours:g} hours a week is out of range: give more than 0, up to {_MOST_HOURS:g}."
            raise InputError.of(told, field="--hours")
        if not 1 <= self.weeks <= 104:
            raise InputError.of(f"{self.weeks} weeks is out of range: give 1 to 104.", field="--weeks")

    @cached_property
    def slot(self) -> int:
        """Whose placement it is: 0 the claimant's, 1 the partner's."""
        return EARNERS.index(self.earner)

    @property
    def months(self) -> int:
        """How many whole months it lasts, one at least."""
        return max(1, round(self.weeks / WEEKS_A_MONTH))


def _known(what: str, given: str, known: Sequence[str]) -> None:
    if given not in known:
        raise InputError.of(
            f"There is no {what} called {given}.{did_you_mean(given, known)} Give {listed(known)}.", field=f"--{what}"
        )


NATIONAL = Household(
    name="Somebody of 30 outside London",
    nation="england",
    greater_london=False,
    adults=(Adult(age=30),),
    housing=Housing(tenure="rent_free"),
)
"""Whose wage and on-costs stand for a placement's: no young worker's relief, and of an age to be enrolled."""


# The household in it, and out of work


def wages_of(households: Sequence[Household], offer: Offer, on: date, reforms: Sequence[Reform] = ()) -> list[float]:
    """The wage each would be paid: the one offered, else the real Living Wage of the day (in London, London's)."""
    for home in households:
        if offer.slot >= len(home.adults):
            raise InputError.of(f"There is no partner in {home.name} to take a placement.", field="--earner")
    if not isinstance(offer.wage, str):
        return [float(offer.wage)] * len(households)
    found = amounts_of(households, on, reforms, rounding=AS_THE_LAW, variables=(LIVING_WAGE,)).adults[LIVING_WAGE]
    wages = [float(found[offer.slot, row, 0]) for row in range(len(households))]
    for home, wage in zip(households, wages, strict=True):
        if wage <= 0:
            raise InputError.of(
                f"The real Living Wage is paid from 18, and the {offer.earner} of {home.name} is younger. Give --wage.",
                field="--wage",
            )
    return wages


def out_of_work(household: Household, slot: int) -> Household:
    """The household with that adult out of work."""
    adult = household.adults[slot]
    if not adult.hours and not adult.pay_a_month():
        return household
    return with_job(newcomer(household, slot), Job(0.0), slot)


def newcomer(household: Household, slot: int) -> Household:
    """The household of somebody who changes employer: the workplace pension of present work stays behind.

    What somebody out of work tells of a pension is the one to come, and is kept.
    """
    if household.adults[slot].pay_a_month() <= 0:
        return household
    return _with_pension(household, slot, None)


def in_placement(household: Household, offer: Offer, wage: float, *, covered: bool = False) -> Household:
    """The household with the placement; where its costs of work are covered, without childcare charges and fares."""
    assert offer.hours is not None
    there = with_job(newcomer(household, offer.slot), Job(offer.hours, hourly_wage=wage), offer.slot)
    return without_costs(there) if covered else there


def without_costs(household: Household) -> Household:
    """The household with childcare, fares and other costs of work met by the service. Meals stay its own."""
    costs = household.work_costs.model_copy(update={"travel": NIL, "other": NIL, "for_each_hour": 0.0})
    return household.model_copy(update={"work_costs": costs, "childcare": None})


def has_costs(household: Household) -> bool:
    """Whether the household tells any costs of work that a service could meet."""
    costs = household.work_costs
    return bool(costs.travel.amount or costs.other.amount or costs.for_each_hour or household.childcare)


def enrolled(households: Sequence[Household], slot: int, on: date, reforms: Sequence[Reform] = ()) -> list[Household]:
    """Each household, with the least workplace pension where the law enrols that adult and no pension is told."""
    if not households:
        return []
    found = amounts_of(households, on, reforms, rounding=AS_THE_LAW, variables=("is_auto_enrolled_by_law",)).adults[
        "is_auto_enrolled_by_law"
    ]
    least = law_on(on, reforms).pension_contributions.auto_enrolment
    pension = Pension(
        employee=round(float(least.minimum_total - least.minimum_employer), 6),
        employer=float(least.minimum_employer),
        method="relief_at_source",
        of="qualifying_earnings",
    )
    return [
        _with_pension(home, slot, pension) if found[slot, row, 0] and home.adults[slot].pension is None else home
        for row, home in enumerate(households)
    ]


def _with_pension(household: Household, slot: int, pension: Pension | None) -> Household:
    adults = tuple(
        adult.model_copy(update={"pension": pension}) if place == slot else adult
        for place, adult in enumerate(household.adults)
    )
    return household.model_copy(update={"adults": adults})


# What a guarantee is worth there


@dataclass(frozen=True)
class Worth:
    """What guarantees add at a household's pay, pounds a month: the top-up, and help in kind that they keep."""

    top_up: float = 0.0
    kept: float = 0.0


NO_WORTH = Worth()


def worth_of_guarantees(
    households: Sequence[Household],
    slot: int,
    on: date,
    reforms: Sequence[Reform],
    valuation: Valuation = CENTRAL,
    *,
    participant: bool = False,
    had_universal_credit: bool | None = None,
    month: int = 1,
) -> list[Worth]:
    """What the reforms' guarantees add for each household at the pay it has, in a month of a placement or a job.

    The pay is that of the adult at `slot`, or where they have none the other's (docs/guarantee.md, A month).
    """
    if not households or not any(reform.guarantee for reform in reforms):
        return [Worth()] * len(households)
    standing = Standing(participant, had_universal_credit, True if participant else None, month)
    paths = [own_path(home, slot) or _others_path(home, slot) for home in households]
    walked = [(home, path) for home, path in zip(households, paths, strict=True) if path]
    if not walked:
        return [Worth()] * len(households)
    every = promises([h for h, _ in walked], [p for _, p in walked], on, reforms, (), valuation, standing)
    names = tuple({one.reading: None for one in every})
    bare = amounts_of([h for h, _ in walked], on, reforms, valuation=valuation, variables=names).amounts
    added = iter(
        added_at(
            one.before[one.reading],
            one.after[one.reading],
            home.adults[path.adult].pay_a_month(),
            float(bare[one.reading][row, 0]),
        )
        for row, ((home, path), one) in enumerate(zip(walked, every, strict=True))
    )
    return [_worth(next(added)) if path else Worth() for path in paths]


def _others_path(household: Household, slot: int) -> EarningsPath | None:
    """The path to the other adult's pay, where only they have any: what it has lost is made good too."""
    return own_path(household, 1 - slot) if len(household.adults) > 1 else None


def _worth(added: Mapping[str, float]) -> Worth:
    """The top-up, and all else that is kept."""
    paid = added.get(TOP_UP, 0.0)
    kept = sum(amount for name, amount in added.items() if name != TOP_UP)
    return Worth(paid if paid > _NIL else 0.0, kept if kept > _NIL else 0.0)
