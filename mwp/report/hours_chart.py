"""What is left by hours of work, for the answer to "is this job worth it": lines for a chart, and the table beside it.

It is read off the schedules that the answer has already walked along to see what lies beyond each job, so that it costs
next to nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mwp.analysis.better_off import BetterOff, JobAnswer
from mwp.analysis.measures import COMPONENTS, TOP_UP, Measure
from mwp.analysis.schedule import Schedule
from mwp.core.units import WEEKS_A_MONTH

MEASURE: Measure = "cash_after_work_costs"
"""What the answer compares."""
FROM_EVERY = 4.0
SHOWN = 40.0
MOST = 60.0
_WORTH = 1.0


@dataclass(frozen=True)
class Along:
    """One job's wage at every number of hours: (hours, cash left), and what help in kind adds at the same hours.

    `spot` is the job itself. Where pay is a salary the way goes by pay a month in place of hours: see `ByHours.by_pay`.
    """

    number: int
    cash: tuple[tuple[float, float], ...]
    whole: tuple[tuple[float, float], ...]
    spot: tuple[float, float]
    schedule: Schedule

    def cash_at(self, earnings: float) -> float:
        """The cash left at monthly earnings, unrounded."""
        return _cash(self.schedule.parts(earnings))


@dataclass(frozen=True)
class ByHours:
    """Every job that can be drawn together, where the household stands now, and the rows of the table."""

    lines: tuple[Along, ...]
    now: tuple[float, float] | None
    to: float
    by_pay: bool
    rows: tuple[tuple[float, tuple[float, ...]], ...]
    has_help: bool
    """Whether a last column of the rows counts help in kind too: where there is one job, and there is such help."""


def by_hours(answer: BetterOff) -> ByHours | None:
    """What is left by hours; by pay where every job is paid by the year or month; nothing where there is no work."""
    jobs = [(n, job) for n, job in enumerate(answer.jobs, start=1) if job.outlook is not None]
    hourly = [one for one in jobs if one[1].outlook and one[1].outlook.schedule.path.mode == "hours"]
    drawn, by_pay = (hourly, False) if hourly else (jobs, True)
    if not drawn:
        return None
    slots = {_slot(job) for _, job in drawn}
    drawn = [(n, job) for n, job in drawn if _slot(job) == _slot(drawn[0][1])]
    lines = tuple(_along(n, job, by_pay) for n, job in drawn)
    to = _end(answer, [job for _, job in drawn], by_pay)
    now = _now(answer, min(slots), by_pay) if len(slots) == 1 else None
    has_help = len(lines) == 1 and any(
        abs(whole - cash) > _WORTH for (_, cash), (_, whole) in zip(lines[0].cash, lines[0].whole, strict=True)
    )
    return ByHours(lines, now, to, by_pay, tuple(_rows(lines, to, by_pay, has_help)), has_help)


def _slot(job: JobAnswer) -> int:
    return 0 if job.jobs[0] else 1


def _cash(parts: object) -> float:
    assert isinstance(parts, dict)
    return float(sum(parts.get(name, 0.0) for name in (*COMPONENTS[MEASURE], TOP_UP)))


def _along(number: int, job: JobAnswer, by_pay: bool) -> Along:
    assert job.outlook is not None
    schedule = job.outlook.schedule
    place = (lambda earnings: earnings) if by_pay else schedule.path.hours_at
    cash, whole = [], []
    for one in schedule.segments:
        width = one.end - one.start
        at_end = {name: part + one.slopes.get(name, 0.0) * width for name, part in one.parts.items()}
        for earnings, parts in ((one.start, dict(one.parts)), (one.end, at_end)):
            across = place(earnings)
            cash.append((across, _cash(parts)))
            whole.append((across, sum(parts.values())))
    adult = job.calculation.household.adults[_slot(job)]
    spot = (adult.pay_a_month() if by_pay else adult.hours, job.calculation.amounts_rounded[MEASURE])
    return Along(number, tuple(cash), tuple(whole), spot, schedule)


def _end(answer: BetterOff, jobs: Sequence[JobAnswer], by_pay: bool) -> float:
    if by_pay:
        return max(job.outlook.schedule.path.to for job in jobs if job.outlook)
    hours = [job.calculation.household.adults[_slot(job)].hours for job in jobs]
    return min(MOST, max(SHOWN, *((hour // 5 + 1) * 5 for hour in hours)))


def _now(answer: BetterOff, slot: int, by_pay: bool) -> tuple[float, float] | None:
    adult = answer.now.household.adults[slot]
    return (adult.pay_a_month() if by_pay else adult.hours), answer.now.amounts_rounded[MEASURE]


def _rows(lines: Sequence[Along], to: float, by_pay: bool, has_help: bool) -> list[tuple[float, tuple[float, ...]]]:
    if by_pay:
        step = max(250.0, round(to / 12 / 250) * 250.0)
        places = {n * step for n in range(int(to // step) + 1)}
    else:
        places = {n * FROM_EVERY for n in range(int(to // FROM_EVERY) + 1)}
    rows = []
    for place in sorted(places | {line.spot[0] for line in lines}):
        amounts = []
        for line in lines:
            earnings = min(_earnings(line, place, by_pay), line.schedule.path.to)
            amounts.append(line.cash_at(earnings))
            if has_help:
                amounts.append(line.schedule.value(earnings))
        rows.append((place, tuple(amounts)))
    return rows


def _earnings(line: Along, place: float, by_pay: bool) -> float:
    return place if by_pay else place * line.schedule.path.wage * WEEKS_A_MONTH
