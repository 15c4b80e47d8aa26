"""A paid placement as the person meets it: now beside it and beside an ordinary job, month by month, and when it ends.

Four columns, each under current law and with the reform asked for (a make-work-pay guarantee, usually): now, the
placement with the household's own costs of work, the placement with those costs met by the service, and an ordinary
job of the same hours at the legal minimum wage. The segment decides what more is shown, and scores nobody:

- **bridge** (close to the labour market): next steps, the same person at better pay or more hours;
- **floor** (individual or place): how secure income is: a month of half the hours, a month of illness, a month between
  jobs, and what comes back by itself.

All figures are pounds a month, rounded as the law rounds. A placement is opt-in: nothing here is asked of anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mwp.analysis import documents, timeline
from mwp.analysis.better_off import BetterOff, better_off, minimum_wages
from mwp.analysis.calculation import Assumption, Calculation, calculations, law_on
from mwp.analysis.offers import (
    LIVING_WAGE,
    NO_WORTH,
    Offer,
    Worth,
    enrolled,
    has_costs,
    in_placement,
    newcomer,
    out_of_work,
    wages_of,
    without_costs,
    worth_of_guarantees,
)
from mwp.analysis.timeline import Stage, Timeline
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.jobs import Job, parse_job, with_job
from mwp.inputs.money import NIL, Money
from mwp.inputs.reform import Reform, load_reform

SCHEMA = "mwp.placement/1"
RUN_ON = "passports_run_on"
AFTER = 12
"""Months shown after a placement: as long as help may run on (the reform `passports_run_on`)."""
FULL_TIME = 37.5


@dataclass(frozen=True)
class Column:
    """One way things could be: the month under the law or reform, and what a guarantee adds to it.

    `cash` is what is left after costs of work, the top-up in it; `with_help_in_kind` counts help in kind too.
    """

    key: str
    calculation: Calculation
    worth: Worth = NO_WORTH

    @property
    def cash(self) -> float:
        """Left after costs of work."""
        return round(self.calculation.amounts_rounded["cash_after_work_costs"] + self.worth.top_up, 2)

    @property
    def with_help_in_kind(self) -> float:
        """The same with help in kind at its value."""
        told = self.calculation.amounts_rounded["net_after_work_costs"]
        return round(told + self.worth.top_up + self.worth.kept, 2)

    @property
    def pay(self) -> float:
        """Pay before tax of all the adults."""
        return self.calculation.amounts_rounded["gross_pay"]


@dataclass(frozen=True)
class Side:
    """The columns under one law: now, the placement (own costs), with costs covered, and the ordinary job."""

    reforms: tuple[Reform, ...]
    now: Column
    placement: Column
    covered: Column
    ordinary: Column

    @property
    def columns(self) -> tuple[Column, ...]:
        """In the order they are shown."""
        return (self.now, self.placement, self.covered, self.ordinary)

    def gain(self, column: Column) -> float:
        """How much more a month than now."""
        return round(column.cash - self.now.cash, 2)

    def gain_with_help(self, column: Column) -> float:
        """The same, help in kind counted."""
        return round(column.with_help_in_kind - self.now.with_help_in_kind, 2)


@dataclass(frozen=True)
class Step:
    """A next step, or a month that goes otherwise: what is left, under the law and with the reform, and the change."""

    key: str
    hours: float
    wage: float | None
    pay: float
    universal_credit: float
    left: float
    left_with_reform: float
    change: float
    change_with_reform: float


@dataclass(frozen=True)
class Placement:
    """A placement's answer: see the module. `months` ends in no work, `months_into_job` in an ordinary job."""

    household: Household
    on: date
    reforms: tuple[Reform, ...]
    offer: Offer
    wage: float
    minimum_wage: float
    told_costs: bool
    law: Side
    reformed: Side | None
    better_off: BetterOff
    next_steps: tuple[Step, ...]
    security: tuple[Step, ...]
    months: Timeline
    months_into_job: Timeline
    run_on: Reform
    assumptions: tuple[Assumption, ...] = ()
    not_modelled: tuple[str, ...] = ()
    valuation: Valuation = CENTRAL
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    @property
    def side(self) -> Side:
        """The side that is told first: with the reform where there is one."""
        return self.reformed or self.law

    @property
    def column(self) -> Column:
        """The placement as chosen: with costs covered where so said, else with the household's own."""
        return self.side.covered if self.offer.support == "covered" else self.side.placement

    @property
    def support_worth(self) -> float:
        """What it is worth a month that the service meets the costs of work."""
        return round(self.side.covered.cash - self.side.placement.cash, 2)

    @property
    def shows_steps(self) -> bool:
        """Whether next steps are shown: in the bridge segment, and where no segment is named."""
        return self.offer.segment in (None, "bridge")

    @property
    def shows_security(self) -> bool:
        """Whether security of income is shown: in the floor segments, and where no segment is named."""
        return self.offer.segment != "bridge"


def placement(
    household: Household,
    offer: Offer,
    on: date,
    reforms: Sequence[Reform] = (),
    valuation: Valuation = CENTRAL,
) -> Placement:
    """The answer for one household. Raises InputError."""
    if offer.hours is None:
        raise InputError.of("Give the hours a week of the placement, as in --hours 30.", field="--hours")
    slot, hours = offer.slot, offer.hours
    (wage,) = wages_of([household], offer, on, reforms)
    minimum = minimum_wages(household, on, reforms)[slot]
    if wage < minimum - 0.005:
        raise InputError.of(
            f"£{wage:,.2f} an hour is below the legal minimum of £{minimum:,.2f} for the {offer.earner}'s age.",
            field="--wage",
        )
    homes = _homes(household, offer, wage, minimum, on, reforms)
    law = _side(homes, slot, on, (), valuation)
    reformed = _side(homes, slot, on, reforms, valuation) if reforms else None
    ended = homes["placement"] if offer.support != "covered" else homes["covered"]
    steps: tuple[Step, ...] = ()
    secure: tuple[Step, ...] = ()
    if offer.segment in (None, "bridge"):
        steps = _steps(household, offer, wage, on, reforms, valuation, law, reformed)
    if offer.segment != "bridge":
        secure = _security(household, ended, offer, wage, on, reforms, valuation, law, reformed)
    months, into_job, run_on = _months(household, homes, offer, on, reforms, valuation)
    job = Job(hours, hourly_wage=wage, label=_label(hours, wage))
    ordinary = Job(hours, hourly_wage=minimum, label=_label(hours, minimum))
    taken = ([job, ordinary], []) if slot == 0 else ([], [job, ordinary])
    there = [homes["placement"], homes["ordinary"]]
    answer = better_off(household, taken[0], on, (), taken[1], valuation, in_jobs=there)
    return Placement(
        household=household,
        on=on,
        reforms=tuple(reforms),
        offer=offer,
        wage=wage,
        minimum_wage=minimum,
        told_costs=has_costs(household),
        law=law,
        reformed=reformed,
        better_off=answer,
        next_steps=steps,
        security=secure,
        months=months,
        months_into_job=into_job,
        run_on=run_on,
        assumptions=(*_assumptions(household, homes, offer, wage), *answer.assumptions),
        not_modelled=answer.not_modelled,
        valuation=valuation,
    )


def _label(hours: float, wage: float) -> str:
    return parse_job(f"{hours:g}h@{wage:.2f}").label


def _homes(
    household: Household, offer: Offer, wage: float, minimum: float, on: date, reforms: Sequence[Reform]
) -> dict[str, Household]:
    assert offer.hours is not None
    there = in_placement(household, offer, wage)
    ordinary = with_job(newcomer(household, offer.slot), Job(offer.hours, hourly_wage=minimum), offer.slot)
    there, ordinary = enrolled([there, ordinary], offer.slot, on, reforms)
    return {"now": household, "placement": there, "covered": without_costs(there), "ordinary": ordinary}


def _side(homes: dict[str, Household], slot: int, on: date, reforms: Sequence[Reform], valuation: Valuation) -> Side:
    keys = ("now", "placement", "covered", "ordinary")
    found = calculations([homes[key] for key in keys], on, reforms, valuation)
    worth = dict.fromkeys(keys, Worth())
    if any(reform.guarantee for reform in reforms):
        inside = worth_of_guarantees(
            [homes["placement"], homes["covered"]], slot, on, reforms, valuation, participant=True
        )
        outside = worth_of_guarantees([homes["ordinary"]], slot, on, reforms, valuation)
        now = worth_of_guarantees([homes["now"]], slot, on, reforms, valuation)
        found_worth = (*now, *inside, *outside)
        worth = {key: _pence(one) for key, one in zip(keys, found_worth, strict=True)}
    columns = {key: Column(key, one, worth[key]) for key, one in zip(keys, found, strict=True)}
    return Side(tuple(reforms), *(columns[key] for key in keys))


def _pence(worth: Worth) -> Worth:
    return Worth(round(worth.top_up, 2), round(worth.kept, 2))


# Next steps, and months that go otherwise


def _steps(
    household: Household,
    offer: Offer,
    wage: float,
    on: date,
    reforms: Sequence[Reform],
    valuation: Valuation,
    law: Side,
    reformed: Side | None,
) -> tuple[Step, ...]:
    """The same person in other work afterwards: better paid, more hours, both. The costs are the household's."""
    assert offer.hours is not None
    better = round(wage + 1.0, 2)
    told = [("better_pay", offer.hours, better)]
    if offer.hours + 8 < FULL_TIME:
        told.append(("more_hours", offer.hours + 8, wage))
    if offer.hours < FULL_TIME:
        told += [("full_time", FULL_TIME, wage), ("full_time_better_pay", FULL_TIME, better)]
    homes = enrolled(
        [
            with_job(newcomer(household, offer.slot), Job(hours, hourly_wage=paid), offer.slot)
            for _, hours, paid in told
        ],
        offer.slot,
        on,
        reforms,
    )
    return _as_steps(
        [key for key, _, _ in told], homes, offer.slot, on, reforms, valuation,
        (law.placement.cash, (reformed or law).placement.cash), participant=False,
    )  # fmt: skip


def _security(
    household: Household,
    there: Household,
    offer: Offer,
    wage: float,
    on: date,
    reforms: Sequence[Reform],
    valuation: Valuation,
    law: Side,
    reformed: Side | None,
) -> tuple[Step, ...]:
    """A month of half the hours, a month of illness on Statutory Sick Pay, and a month without work."""
    assert offer.hours is not None
    slot = offer.slot
    adult = there.adults[slot]
    half = adult.model_copy(update={"hours": offer.hours / 2})
    ill = adult.model_copy(
        update={"hourly_wage": None, "earnings": Money(amount=sick_pay(offer.hours * wage, on, reforms), per="week")}
    )
    none = out_of_work(household, slot)
    costs = there.work_costs.model_copy(update={"travel": NIL, "meals": NIL, "for_each_hour": 0.0})
    homes = [
        _with_adult(there, slot, half),
        _with_adult(there, slot, ill).model_copy(update={"work_costs": costs}),
        none,
    ]
    own = law.covered if offer.support == "covered" else law.placement
    its = (reformed or law).covered if offer.support == "covered" else (reformed or law).placement
    return _as_steps(
        ["half_hours", "ill", "between_jobs"], homes, slot, on, reforms, valuation, (own.cash, its.cash),
        participant=True,
    )  # fmt: skip


def sick_pay(weekly_pay: float, on: date, reforms: Sequence[Reform] = ()) -> float:
    """Statutory Sick Pay of a whole week off, pounds a week (SSCBA 1992 s.157).

    Simplification: past any waiting days; they ended in April 2026.
    """
    law = law_on(on, reforms)
    told = law.statutory_sick_pay
    lower_limit = float(law.national_insurance.class_1.lower_earnings_limit) / WEEKS_A_MONTH
    if told.earnings_limit_applies and weekly_pay < lower_limit:
        return 0.0
    return round(min(float(told.weekly_rate), float(told.most_of_earnings) * weekly_pay), 2)


def _with_adult(household: Household, slot: int, adult: Any) -> Household:
    adults = tuple(adult if place == slot else one for place, one in enumerate(household.adults))
    return household.model_copy(update={"adults": adults})


def _as_steps(
    keys: Sequence[str],
    homes: Sequence[Household],
    slot: int,
    on: date,
    reforms: Sequence[Reform],
    valuation: Valuation,
    against: tuple[float, float],
    *,
    participant: bool,
) -> tuple[Step, ...]:
    own = calculations(homes, on, (), valuation)
    its = calculations(homes, on, reforms, valuation) if any(r.parameters for r in reforms) else own
    worth = worth_of_guarantees(homes, slot, on, reforms, valuation, participant=participant)
    found = []
    for key, home, more, law, reformed in zip(keys, homes, worth, own, its, strict=True):
        added = round(more.top_up, 2)
        adult = home.adults[slot]
        left = law.amounts_rounded["cash_after_work_costs"]
        with_reform = round(reformed.amounts_rounded["cash_after_work_costs"] + added, 2)
        found.append(
            Step(
                key=key,
                hours=adult.hours,
                wage=adult.hourly_wage,
                pay=law.amounts_rounded["gross_pay"],
                universal_credit=law.amounts_rounded["universal_credit"],
                left=left,
                left_with_reform=with_reform,
                change=round(left - against[0], 2),
                change_with_reform=round(with_reform - against[1], 2),
            )
        )
    return tuple(found)


# Month by month


def _months(
    household: Household,
    homes: dict[str, Household],
    offer: Offer,
    on: date,
    reforms: Sequence[Reform],
    valuation: Valuation,
) -> tuple[Timeline, Timeline, Reform]:
    slot, there = offer.slot, homes["covered" if offer.support == "covered" else "placement"]
    run_on = next((r for r in reforms if r.guarantee and r.guarantee.design == "G7"), None) or load_reform(RUN_ON)
    promised = tuple(r for r in reforms if r is not run_on)
    before = Stage("before", 1, household, "before", slot)
    during = Stage("placement", offer.months, there, "in the placement", slot)
    none = Stage("after", 4, out_of_work(household, slot), "after it, without work", slot)
    job = Stage("job", AFTER, homes["ordinary"], "after it, in an ordinary job", slot)
    first = timeline.timeline([before, during, none], on, promised, valuation)
    second = timeline.timeline([during, job], on, promised, valuation, run_on)
    return first, second, run_on


# What it rests on


def _assumptions(
    household: Household, homes: dict[str, Household], offer: Offer, wage: float
) -> tuple[Assumption, ...]:
    told = []
    if offer.wage == LIVING_WAGE:
        place = "in London" if household.in_greater_london() else "outside London"
        told.append(
            Assumption("wage", f"£{wage:,.2f} an hour", f"the real Living Wage {place} on the day, as the plan has it")
        )
    told.append(Assumption("weeks", f"{offer.weeks} weeks", "how long the placement lasts, taken to be whole months"))
    adult = household.adults[offer.slot]
    if adult.pension is None and homes["placement"].adults[offer.slot].pension is not None:
        told.append(
            Assumption(
                "pension",
                "the least workplace pension",
                "at this pay the employer must enrol the worker, and a placement comes with a pension; it can be left",
            )
        )
    if not has_costs(household):
        told.append(
            Assumption("costs of work", "none", "the household tells no childcare, fares or other costs of work")
        )
    told.append(Assumption("holiday", "paid within the wage", "5.6 weeks a year at least, at the same pay"))
    return tuple(told)


# The document


def document(told: Placement, verdict: str) -> dict[str, Any]:
    """The answer as the `mwp.placement/1` JSON document."""
    return documents.head(SCHEMA, told.on, [r.name for r in told.reforms], told.household.name) | {
        "verdict": verdict,
        "value_of_help_in_kind": told.valuation.choice,
        "placement": {
            "hours": told.offer.hours,
            "wage": told.wage,
            "earner": told.offer.earner,
            "weeks": told.offer.weeks,
            "segment": told.offer.segment,
            "support": told.offer.support,
        },
        "law": _side_entry(told.law),
        "with_reform": _side_entry(told.reformed) if told.reformed else None,
        "support_worth_a_month": told.support_worth,
        "next_steps": [vars(step) for step in told.next_steps] if told.shows_steps else [],
        "security": [vars(step) for step in told.security] if told.shows_security else [],
        "months": [timeline.entry(month) for month in told.months.months],
        "months_into_job": [timeline.entry(month) for month in told.months_into_job.months],
        "run_on": told.run_on.name,
        "notes": list(dict.fromkeys((*told.months.notes, *told.months_into_job.notes))),
        "assumptions": [vars(one) for one in told.assumptions],
        "not_modelled": list(told.not_modelled),
        **documents.question(told.asked),
    }


def _side_entry(side: Side) -> dict[str, Any]:
    return {
        column.key: {
            "amounts_rounded": dict(column.calculation.amounts_rounded),
            "guarantee_top_up": column.worth.top_up,
            "left": column.cash,
            "left_with_help_in_kind": column.with_help_in_kind,
            "better_off": {"month": side.gain(column), "month_with_help_in_kind": side.gain_with_help(column)},
        }
        for column in side.columns
    }
