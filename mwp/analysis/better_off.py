"""Is this household better off in this job? Now beside each job, and what changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mwp.analysis import documents
from mwp.analysis.assumptions import with_assumptions
from mwp.analysis.calculation import Assumption, Calculation, amounts_of
from mwp.analysis.guarantee import NOBODY_SPECIAL, Standing
from mwp.analysis.measures import TOP_UP
from mwp.analysis.outlook import MEASURE as AHEAD
from mwp.analysis.outlook import Outlook, outlook, outlooks, path_ahead
from mwp.analysis.passports import Passport, passports
from mwp.analysis.top_ups import earner_of, has_guarantee, months, own_path, raised
from mwp.core.rounding import AS_THE_LAW
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH, WEEKS_A_YEAR
from mwp.core.valuation import CENTRAL, Valuation
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.jobs import Job, with_job
from mwp.inputs.reform import Reform

SCHEMA = "mwp.better-off/1"
MEASURE = "cash_after_work_costs"
"""What is compared: cash, since help in kind pays no rent. `Gain.month_with_help_in_kind` counts that too."""
WITH_HELP_IN_KIND = "net_after_work_costs"

AWARDS = (
    "universal_credit",
    TOP_UP,
    "child_benefit",
    "council_tax_reduction",
    "scottish_child_payment",
    "carers_allowance",
    "scottish_carer_supplement",
    "under_occupancy_mitigation",
    "new_style_jsa",
    "new_style_esa",
    "maternity_allowance",
    "tax_free_childcare",
    "northern_irish_childcare_subsidy",
)
"""Help that a job can take away: what `lost` and `kept` speak of."""

_PENNY = 0.005


@dataclass(frozen=True)
class Award:
    """An award now and in a job, pounds a month."""

    variable: str
    now: float
    then: float

    @property
    def change(self) -> float:
        """How much more there is then; negative for less."""
        return round(self.then - self.now, 2)


@dataclass(frozen=True)
class Gain:
    """How much better off, in pounds: a month, a week, and for each hour worked (each extra hour, if in work now).

    These are of cash; `month_with_help_in_kind` counts school meals and other help in kind at their value too.
    """

    month: float
    week: float
    per_hour: float | None
    extra_hours: float
    month_with_help_in_kind: float


@dataclass(frozen=True)
class JobAnswer:
    """One job: what the household would have in it, and what that changes."""

    label: str
    jobs: tuple[Job | None, ...]
    calculation: Calculation
    gain: Gain
    lost: tuple[Award, ...]
    less: tuple[Award, ...]
    kept: tuple[Award, ...]
    started: tuple[Award, ...] = ()
    passports: tuple[Passport, ...] = ()
    outlook: Outlook | None = None

    @property
    def hours(self) -> float:
        """Hours of paid work a week of both adults."""
        return sum(adult.hours for adult in self.calculation.household.adults)


@dataclass(frozen=True)
class BetterOff:
    """Now beside each job. All figures are amounts as the law rounds them, pounds a month."""

    now: Calculation
    jobs: tuple[JobAnswer, ...]
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What any of the columns rests on, once each, at its largest worth."""
        found: dict[tuple[str, str, str], Assumption] = {}
        for one in (self.now, *(job.calculation for job in self.jobs)):
            for told in one.assumptions:
                key = (told.field, told.value, told.why)
                known = found.get(key)
                if known is None or abs(told.worth_a_month or 0.0) > abs(known.worth_a_month or 0.0):
                    found[key] = told
        return tuple(found.values())

    @property
    def not_modelled(self) -> tuple[str, ...]:
        """What the answer leaves out."""
        told = [line for one in (self.now, *(job.calculation for job in self.jobs)) for line in one.not_modelled]
        return tuple(dict.fromkeys(told))

    @property
    def best(self) -> JobAnswer:
        """The job that leaves most."""
        return max(self.jobs, key=lambda job: job.gain.month)


def better_off(
    household: Household,
    jobs: Sequence[Job],
    on: date,
    reforms: Sequence[Reform] = (),
    partner_jobs: Sequence[Job] = (),
    valuation: Valuation = CENTRAL,
    standing: Standing = NOBODY_SPECIAL,
    *,
    in_jobs: Sequence[Household] = (),
) -> BetterOff:
    """Now against each job, for the claimant, the partner, or both.

    One partner's job goes with every job; several are paired with the jobs in order. Where a reform has a guarantee,
    `standing` is where the household stands towards it. `in_jobs` are the household in each job, where a job changes
    more than hours, pay and costs. Raises InputError where the numbers do not match, there is no partner, or no job is
    given.
    """
    pairs = _pairs(household, jobs, partner_jobs)
    asks = any(job is not None and job.minimum_wage for pair in pairs for job in pair)
    wages = minimum_wages(household, on, reforms) if asks else ()
    then = list(in_jobs) or [_in_jobs(household, pair, wages) for pair in pairs]
    for one in then:
        one.check_on(on)
    now, *after = with_assumptions([household, *then], on, reforms, valuation)
    takers = [(home, 0 if pair[0] else 1) for home, pair in zip(then, pairs, strict=True)]
    if has_guarantee(reforms):
        now, after, ahead = _guaranteed(now, after, takers, reforms, standing)
    else:
        ahead = outlooks(takers, on, reforms, valuation)
    answers = [_answer(pair, now, one, beyond) for pair, one, beyond in zip(pairs, after, ahead, strict=True)]
    return BetterOff(now, tuple(answers))


def _guaranteed(
    now: Calculation,
    after: Sequence[Calculation],
    takers: Sequence[tuple[Household, int]],
    reforms: Sequence[Reform],
    standing: Standing,
) -> tuple[Calculation, list[Calculation], list[Outlook | None]]:
    """Now and each job with what the guarantees add, and what lies beyond each job on the same schedule."""
    first = earner_of(now.household)
    along = [(first, own_path(now.household, first))]
    for household, taker in takers:
        path = path_ahead(household, taker, from_no_hours=True)
        slot = taker if path else earner_of(household)
        along.append((slot, path or own_path(household, slot)))
    found = months([now, *after], reforms, standing, (AHEAD,), along)
    ahead = [
        outlook(month.promise.after[AHEAD], household, taker) if month.promise and month.slot == taker else None
        for (household, taker), month in zip(takers, found[1:], strict=True)
    ]
    changed, *others = raised(found, reforms, standing)
    return changed, others, ahead


def minimum_wages(household: Household, on: date, reforms: Sequence[Reform] = ()) -> tuple[float, ...]:
    """Each adult's legal minimum hourly wage."""
    results = amounts_of([household], on, reforms, rounding=AS_THE_LAW, variables=("minimum_wage",))
    return tuple(float(results.adults["minimum_wage"][slot, 0, 0]) for slot in range(len(household.adults)))


Pair = tuple[Job | None, Job | None]


def _pairs(household: Household, jobs: Sequence[Job], partner_jobs: Sequence[Job]) -> list[Pair]:
    if not jobs and not partner_jobs:
        raise InputError.of("Give a job to compare with, as in --job 16h@12.71.")
    if partner_jobs and len(household.adults) < 2:
        raise InputError.of("There is no partner in this household to give a job to.", field="--partner-job")
    if not jobs:
        return [(None, theirs) for theirs in partner_jobs]
    if len(partner_jobs) > 1 and len(partner_jobs) != len(jobs):
        raise InputError.of(
            f"{len(jobs)} jobs and {len(partner_jobs)} partner's jobs do not pair. Give one partner's job for all, or"
            " as many as there are jobs.",
            field="--partner-job",
        )
    theirs: list[Job | None] = list(partner_jobs) or [None]
    return list(zip(jobs, theirs * len(jobs) if len(theirs) == 1 else theirs, strict=True))


def _in_jobs(household: Household, pair: Pair, wages: Sequence[float]) -> Household:
    for slot, job in enumerate(pair):
        if job:
            household = with_job(household, job.at_wage(wages[slot]) if job.minimum_wage else job, slot)
    return household


def _answer(pair: Pair, now: Calculation, then: Calculation, outlook: Outlook | None) -> JobAnswer:
    lost, less, kept, started = [], [], [], []
    for name in AWARDS:
        award = Award(name, now.amounts_rounded.get(name, 0.0), then.amounts_rounded.get(name, 0.0))
        if award.now <= _PENNY:
            if award.then > _PENNY:
                started.append(award)
        elif award.then <= _PENNY:
            lost.append(award)
        elif award.then < award.now - _PENNY:
            less.append(award)
        else:
            kept.append(award)
    label = " and ".join(
        f"{whose}{job.label}" for whose, job in zip(("", "partner "), pair, strict=True) if job is not None
    )
    return JobAnswer(
        label, pair, then, _gain(now, then), tuple(lost), tuple(less), tuple(kept), tuple(started),
        passports(now, then), outlook,
    )  # fmt: skip


def _gain(now: Calculation, then: Calculation) -> Gain:
    month = round(then.amounts_rounded[MEASURE] - now.amounts_rounded[MEASURE], 2)
    extra = sum(a.hours for a in then.household.adults) - sum(a.hours for a in now.household.adults)
    return Gain(
        month=month,
        week=round(month * MONTHS_A_YEAR / WEEKS_A_YEAR, 2),
        per_hour=round(month / (extra * WEEKS_A_MONTH), 2) if extra > 0 else None,
        extra_hours=extra,
        month_with_help_in_kind=round(
            then.amounts_rounded[WITH_HELP_IN_KIND] - now.amounts_rounded[WITH_HELP_IN_KIND], 2
        ),
    )


def document(answer: BetterOff, verdict: str) -> dict[str, Any]:
    """The answer as the `mwp.better-off/1` JSON document."""
    now = answer.now
    standing = {} if now.standing is None else {"standing": dict(now.standing)}
    return documents.head(SCHEMA, now.on, [r.name for r in now.reforms], now.household.name) | {
        "verdict": verdict,
        "value_of_help_in_kind": now.valuation.choice,
        "now": _amounts(now),
        "jobs": [
            {
                "label": job.label,
                "hours": job.hours,
                "hourly_wage": _wage(job),
                **_amounts(job.calculation),
                "better_off": {
                    "month": job.gain.month,
                    "week": job.gain.week,
                    "per_hour": job.gain.per_hour,
                    "month_with_help_in_kind": job.gain.month_with_help_in_kind,
                },
                "passported": [vars(one) | {"room": one.room} for one in job.passports],
                "extra_hours": job.gain.extra_hours,
                "lost": [vars(award) for award in job.lost],
                "less": [vars(award) for award in job.less],
                "kept": [vars(award) for award in job.kept],
                "started": [vars(award) for award in job.started],
                "next_cliff": None,
                "better_hours": None,
            }
            for job in answer.jobs
        ],
        "assumptions": [vars(told) for told in answer.assumptions],
        "not_modelled": list(answer.not_modelled),
        **standing,
        **documents.question(answer.asked),
    }


def _amounts(one: Calculation) -> Mapping[str, Any]:
    return {"amounts": dict(one.amounts), "amounts_rounded": dict(one.amounts_rounded)}


def _wage(job: JobAnswer) -> float | None:
    """The wage of whoever takes the job (the claimant, where both do); none where pay is told as an amount."""
    return job.calculation.household.adults[0 if job.jobs[0] else 1].hourly_wage
