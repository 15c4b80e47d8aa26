"""Months in a row: before a job, in it, and after it ends. The one place that steps through months that differ.

Each month is an assessment period of Universal Credit from the day the job begins, and is itself a steady month under
the law of its first day. What is in hand differs from it in time: **wages of a month are paid at its end, and Universal
Credit for a month is paid in the next**. So the first month in work has wages and the award of the month before, and
the first month after work has no wages and the small award of the last month in work.

Over the whole, what was in hand is what was due, but for the award of the month before the first and of the last.

Simplifications: a job begins and ends with an assessment period, wages come monthly (paid weekly, they come sooner),
and other benefits come in the month they are for. Beyond the last day whose law is known, that day's law goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from mwp.analysis import documents
from mwp.analysis.calculation import Assumption, amounts_of, law_on
from mwp.analysis.guarantee import share_of_run_on
from mwp.analysis.offers import Worth, out_of_work, worth_of_guarantees
from mwp.core.rounding import AS_THE_LAW
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.dates import coverage
from mwp.errors import InputError
from mwp.inputs.dates import months_later
from mwp.inputs.household import Adult, Household
from mwp.inputs.jobs import Job, with_job
from mwp.inputs.money import Money
from mwp.inputs.reform import Reform

SCHEMA = "mwp.timeline/1"
MOST_MONTHS = 60
A_YEAR = 12
GATE_PERIODS = 6
"""Assessment periods that a guarantee's gate looks back over."""

Kind = Literal["before", "placement", "job", "after"]
_VARIABLES = (
    "gross_pay",
    "take_home_pay",
    "universal_credit",
    "uc_maximum_amount",
    "uc_unearned_income",
    "uc_earnings_deduction",
    "benefit_cap_reduction",
    "council_tax_reduction",
    "child_benefit",
    "scottish_child_payment",
    "net_income",
    "cash_after_work_costs",
    "net_after_work_costs",
    "passported_help",
    "all_work_costs",
)
_PENNY = 0.005


@dataclass(frozen=True)
class Stage:
    """Months that are alike but for the law and birthdays: how many, the household in them, and what they are.

    `slot` is whose job it is; `run_on` has help held before the stage go on for a while, by the G7 reform given.
    """

    kind: Kind
    months: int
    household: Household
    label: str
    slot: int = 0


@dataclass(frozen=True)
class Month:
    """One month, pounds. `due` is what it brings in the end, `in_hand` what is there in it, costs of work paid.

    `award` is Universal Credit for the month, `award_paid` what comes in it: that of the month before. So for the
    guarantee's `top_up`, which would be part of the award. `run_on` is help in kind that goes on past its end.
    """

    number: int
    start: date
    law: date
    kind: Kind
    label: str
    gross_pay: float
    take_home_pay: float
    award: float
    award_paid: float
    top_up: float
    top_up_paid: float
    due: float
    in_hand: float
    help_in_kind: float
    run_on: float
    run_on_share: float
    gate_open: bool
    changed: tuple[str, ...] = ()

    @property
    def end(self) -> date:
        """The last day of the month."""
        return months_later(self.start, 1) - timedelta(days=1)


@dataclass(frozen=True)
class Timeline:
    """Months in a row of one household, and what they rest on."""

    household: Household
    reforms: tuple[Reform, ...]
    months: tuple[Month, ...]
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[str, ...] = ()
    valuation: Valuation = CENTRAL
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    @property
    def on(self) -> date:
        """The first day."""
        return self.months[0].start

    def of(self, kind: Kind) -> tuple[Month, ...]:
        """The months of a kind."""
        return tuple(month for month in self.months if month.kind == kind)

    @property
    def better_off_from(self) -> Month | None:
        """The first month in work from which on, while it lasts, there is more in hand than in the month before"
        " work."""
        before, found = self.of("before"), None
        if not before:
            return None
        for month in reversed([m for m in self.months if m.kind in ("placement", "job")]):
            if month.in_hand <= before[-1].in_hand + _PENNY:
                break
            found = month
        return found

    def document(self) -> dict[str, Any]:
        """The months as the `mwp.timeline/1` JSON document."""
        head = documents.head(SCHEMA, self.on, [reform.name for reform in self.reforms], self.household.name)
        better = self.better_off_from
        return head | {
            "value_of_help_in_kind": self.valuation.choice,
            "better_off_from": better.start.isoformat() if better else None,
            "months": [entry(month) for month in self.months],
            "notes": list(self.notes),
            "assumptions": [vars(told) for told in self.assumptions],
            "not_modelled": list(NOT_MODELLED),
            **documents.question(self.asked),
        }


NOT_MODELLED = (
    "Sanctions, advances, debts and other deductions from Universal Credit; transitional protection.",
    "Sick pay, overtime, bonuses and tax refunds: pay is the same in every month of a job.",
)


def entry(month: Month) -> dict[str, Any]:
    """A month as it stands in documents."""
    told = dict(vars(month)) | {"start": month.start.isoformat(), "law": month.law.isoformat()}
    return told | {"changed": list(month.changed)}


def timeline(
    stages: Sequence[Stage],
    start: date,
    reforms: Sequence[Reform] = (),
    valuation: Valuation = CENTRAL,
    run_on: Reform | None = None,
) -> Timeline:
    """The months of the stages, one after the other, from the first day of the first. Raises InputError.

    `run_on` is a G7 reform whose months begin with a stage of kind "job" that follows a placement.
    """
    total = sum(stage.months for stage in stages)
    if not 1 <= total <= MOST_MONTHS:
        raise InputError.of(f"{total} months is out of range: up to {MOST_MONTHS} can be shown.", field="months")
    first, last = coverage()
    if not first <= start <= last:
        raise InputError.of(f"{start} is outside the law this version knows: {first} to {last}.", field="the date")
    stages = [replace(stage, household=born_for_good(stage.household, start)) for stage in stages]
    lower = [_at_lower_pay(stage) for stage in stages]
    months: list[Month] = []
    awards: list[float] = []
    known: dict[Any, Worth] = {}
    running: dict[Any, float] = {}
    paid_before: tuple[float, float] | None = None
    number = 0
    for place, stage in enumerate(stages):
        for of_stage in range(1, stage.months + 1):
            day = months_later(start, number)
            law = min(day, last)
            found, *below = _amounts_of([stage.household, *lower[place]], law, reforms, valuation)
            gate = any(award > _PENNY for award in awards[-GATE_PERIODS:]) or found["universal_credit"] > _PENNY
            alike = (place, gate, *(tuple(one.values()) for one in (found, *below)))
            worth = known.get(alike) or _worth(stage, law, reforms, valuation, gate)
            known[alike] = worth
            share, goes_on = 0.0, 0.0
            if run_on and stage.kind == "job" and place and run_on.guarantee:
                told = run_on.guarantee
                assert told.full_months is not None
                assert told.last_month is not None
                share = share_of_run_on(of_stage, told.full_months, told.last_month)
                if share and (*alike, share) not in running:
                    running[*alike, share] = _running_on(stage, law, run_on, reforms, valuation, of_stage, gate, worth)
                goes_on = running.get((*alike, share), 0.0)
            award = found["universal_credit"]
            last_award, last_top_up = paid_before or (award, worth.top_up)
            due = round(found["cash_after_work_costs"] + worth.top_up, 2)
            months.append(
                Month(
                    number=number,
                    start=day,
                    law=law,
                    kind=stage.kind,
                    label=stage.label,
                    gross_pay=found["gross_pay"],
                    take_home_pay=found["take_home_pay"],
                    award=award,
                    award_paid=last_award,
                    top_up=worth.top_up,
                    top_up_paid=last_top_up,
                    due=due,
                    in_hand=round(due - award - worth.top_up + last_award + last_top_up, 2),
                    help_in_kind=found["passported_help"] + worth.kept,
                    run_on=goes_on,
                    run_on_share=share,
                    gate_open=gate or stage.kind == "placement",
                )
            )
            awards.append(award)
            paid_before = (award, worth.top_up)
            number += 1
    months = [_with_changes(before, month) for before, month in zip([None, *months], months, strict=False)]
    return Timeline(
        household=stages[0].household,
        reforms=tuple(reforms),
        months=tuple(months),
        assumptions=_assumptions(months, last),
        notes=_notes(stages, months, reforms, last),
        valuation=valuation,
    )


def of_job(
    household: Household,
    job: Job,
    start: date,
    until: date | None = None,
    reforms: Sequence[Reform] = (),
    valuation: Valuation = CENTRAL,
    slot: int = 0,
    after: int = 3,
) -> Timeline:
    """The month before a job, the months in it from `start` to `until` (a year where left out), and months after it.

    A month that is begun counts whole. `after` months are shown only where the job ends. Raises InputError.
    """
    first, last = coverage()
    if not months_later(first, 1) <= start <= last:
        raise InputError.of(
            f"{start} is outside the law this version knows. Give a date from {months_later(first, 1)} to {last}.",
            field="--from",
        )
    if until is not None and until <= start:
        raise InputError.of(f"{until} is not after {start}, when the job begins.", field="--until")
    months = A_YEAR
    if until is not None:
        months = next(n for n in range(1, 10_000) if months_later(start, n) > until)
    told = with_job(household, job, slot)
    stages = [Stage("before", 1, household, "before", slot), Stage("job", months, told, "in the job", slot)]
    if until is not None:
        stages.append(Stage("after", after, out_of_work(household, slot), "after the job", slot))
    return timeline(stages, months_later(start, -1), reforms, valuation)


def born_for_good(household: Household, on: date) -> Household:
    """The household with every age turned into a day of birth, so that months bring birthdays."""
    adults = tuple(a.model_copy(update={"age": None, "born": a.born_on(on)[0]}) for a in household.adults)
    children = tuple(c.model_copy(update={"age": None, "born": c.born_on(on)[0]}) for c in household.children)
    others = tuple(a.model_copy(update={"age": None, "born": a.born_on(on)[0]}) for a in household.non_dependants)
    return household.model_copy(update={"adults": adults, "children": children, "non_dependants": others})


def _amounts(household: Household, law: date, reforms: Sequence[Reform], valuation: Valuation) -> dict[str, float]:
    return _amounts_of([household], law, reforms, valuation)[0]


def _amounts_of(
    households: Sequence[Household], law: date, reforms: Sequence[Reform], valuation: Valuation
) -> list[dict[str, float]]:
    found = amounts_of(households, law, reforms, rounding=AS_THE_LAW, valuation=valuation, variables=_VARIABLES).amounts
    return [{name: round(float(found[name][row, 0]), 2) for name in _VARIABLES} for row in range(len(households))]


def _at_lower_pay(stage: Stage) -> list[Household]:
    """The household at a third and two thirds of its pay, and at none: where all these and it come to the same as in a
    month before, a top-up does too, and is not worked out again."""
    adult = stage.household.adults[stage.slot]
    if not adult.pay_a_month() or not adult.hourly_wage:
        return [out_of_work(stage.household, stage.slot)]
    return [
        _with_adult(stage, adult.model_copy(update={"hours": adult.hours * share, "hourly_wage": adult.hourly_wage}))
        for share in (1 / 3, 2 / 3)
    ] + [out_of_work(stage.household, stage.slot)]


def _with_adult(stage: Stage, adult: Adult) -> Household:
    adults = tuple(adult if place == stage.slot else one for place, one in enumerate(stage.household.adults))
    return stage.household.model_copy(update={"adults": adults})


def _worth(stage: Stage, law: date, reforms: Sequence[Reform], valuation: Valuation, gate: bool) -> Worth:
    (worth,) = worth_of_guarantees(
        [stage.household],
        stage.slot,
        law,
        reforms,
        valuation,
        participant=stage.kind == "placement",
        had_universal_credit=gate,
    )
    return Worth(round(worth.top_up, 2), round(worth.kept, 2))


def _running_on(
    stage: Stage,
    law: date,
    run_on: Reform,
    reforms: Sequence[Reform],
    valuation: Valuation,
    month: int,
    gate: bool,
    worth: Worth,
) -> float:
    """What the run-on adds in that month to what the guarantees pay anyway: it is made up first."""
    (both,) = worth_of_guarantees(
        [stage.household], stage.slot, law, (run_on, *reforms), valuation, had_universal_credit=gate, month=month
    )
    return max(0.0, round(both.top_up + both.kept - worth.top_up - worth.kept, 2))


_TOLD_OF = ("gross_pay", "award", "top_up", "help_in_kind", "run_on", "due")


def _with_changes(before: Month | None, month: Month) -> Month:
    if before is None:
        return month
    return replace(
        month,
        changed=tuple(name for name in _TOLD_OF if abs(getattr(month, name) - getattr(before, name)) > _PENNY),
    )


def _assumptions(months: Sequence[Month], last: date) -> tuple[Assumption, ...]:
    told = [
        Assumption("pay day", "monthly, at the month's end", "paid weekly or fortnightly, the first wages come sooner"),
        Assumption(
            "assessment period",
            "a month from the first day shown",
            "Universal Credit for it is paid seven days after it ends, so in the next",
        ),
        Assumption("birthdays", "half a year before the first day", "where only an age is given"),
    ]
    if months[-1].law < months[-1].start:
        told.append(Assumption("law", f"as on {last}", "the law after that day is not known; later months have it too"))
    return tuple(told)


def _notes(stages: Sequence[Stage], months: Sequence[Month], reforms: Sequence[Reform], last: date) -> tuple[str, ...]:
    """What else bears on these months: how the award comes back, surplus earnings, two pay days."""
    worked = [month for month in months if month.kind in ("placement", "job")]
    after = [month for month in months if month.kind == "after"]
    told = []
    if worked and after:
        ended = [month for month in worked if month.award <= _PENNY]
        if not ended:
            told.append("Universal Credit goes on through the work, so nothing has to be claimed again when it ends.")
        elif len(ended) <= GATE_PERIODS:
            told.append(
                "Universal Credit comes to nil in work. Claimed again within six months, it goes on with the same"
                " assessment periods."
            )
        else:
            told.append(
                f"Universal Credit comes to nil for {len(ended)} months in work: after six a new claim starts new"
                " assessment periods, and the first payment comes about five weeks after the claim."
            )
    own = [adult.benefits for adult in stages[-1].household.adults]
    if worked and after and any(one.has("new_style_jsa") or one.has("new_style_esa") for one in own):
        told.append(
            "A new-style benefit is taken to come back as it was. It has to be claimed, and may be used up or"
            " turn on new"
            " contributions."
        )
    for stage in [one for one in stages if one.kind in ("placement", "job")][:1]:
        surplus, allowed = surplus_earnings(stage.household, min(months[0].start, last), reforms)
        if surplus > 0:
            told.append(
                f"Surplus earnings: pay is £{surplus:,.2f} a month above the point where the award ends and the"
                f" £{allowed:,.0f} that are let pass, so it would count in the first month after (reg 54A)."
            )
        elif surplus > -allowed:
            told.append(
                f"No surplus earnings: pay would have to be £{-surplus:,.2f} a month more before any of it"
                " counted in the"
                " months after (reg 54A)."
            )
        if not stage.household.adults[stage.slot].pay_a_month():
            continue
        two = two_pay_days(stage, min(months[0].start, last), reforms)
        if two is not None:
            ends = "ends for that month" if two[0] <= _PENNY else f"is £{two[0]:,.2f} for that month"
            told.append(
                f"Paid every four weeks instead of monthly, one month a year has two pay days: Universal Credit then"
                f" {ends}, against £{two[1]:,.2f} in the others. Paid monthly, it does not happen."
            )
    return tuple(dict.fromkeys(told))


def surplus_earnings(household: Household, on: date, reforms: Sequence[Reform] = ()) -> tuple[float, float]:
    """How far pay is above the surplus earnings threshold, pounds a month (negative below it), and what is let pass.

    The nil point is the pay (net) at which the award ends; surplus is what lies above it and the amount let pass (SI
    2013/376 reg 54A).
    """
    law = law_on(on, reforms).universal_credit
    found = _amounts(household, on, reforms, CENTRAL)
    left = found["uc_maximum_amount"] - found["uc_unearned_income"] - found["benefit_cap_reduction"]
    allowed = float(law.surplus_earnings.threshold)
    if found["uc_maximum_amount"] <= 0:
        return -2 * allowed, allowed
    over = (found["uc_earnings_deduction"] - max(0.0, left)) / float(law.taper_rate)
    return round(over - allowed, 2), allowed


def two_pay_days(stage: Stage, on: date, reforms: Sequence[Reform] = ()) -> tuple[float, float] | None:
    """The award of a month with two four-weekly pay days, and of one with one; None where there is none either way."""
    adult = stage.household.adults[stage.slot]
    four_weeks = adult.pay_a_month() * 12 / 13

    def paid(times: int) -> Household:
        changed = adult.model_copy(update={"hourly_wage": None, "earnings": Money(amount=round(four_weeks * times, 2))})
        return _with_adult(stage, changed)

    twice, once = (_amounts(paid(times), on, reforms, CENTRAL)["universal_credit"] for times in (2, 1))
    return (twice, once) if once > _PENNY else None
