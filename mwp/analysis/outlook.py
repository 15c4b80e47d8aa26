"""What lies beyond a job: the next cliff above it, and hours near it that would leave more or hardly more.

Every job's household is walked along hours at the job's wage, or along the wage where pay is a salary, all in one
batch. Help in kind counts: a cliff is often a passport that ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mwp.analysis.incentives import Stretch, stretches_of_hours
from mwp.analysis.measures import Measure
from mwp.analysis.schedule import EarningsPath, Jump, Schedule, schedules
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.inputs.household import Household
from mwp.inputs.reform import Reform

MEASURE: Measure = "net_after_work_costs"
WORTH_TELLING = 1.0
"""Pounds a month: a smaller cliff, or a smaller gain from other hours, is not told."""
NEARBY = 8.0
_MOST_HOURS = 60.0
_BEYOND = 1_500.0
_LITTLE = 0.25


@dataclass(frozen=True)
class Outlook:
    """A job on its own schedule: earnings now, the next cliff, and what other hours would do.

    `fewer` are hours below the job's that leave as much or more, with how much more a month; `worth_least` is the
    stretch just above the job's hours that pays least, where it keeps less than a quarter of the wage.
    """

    schedule: Schedule
    earnings: float
    cliff: Jump | None
    fewer: tuple[float, float] | None = None
    worth_least: Stretch | None = None

    @property
    def away(self) -> float | None:
        """Pounds a month from the job's pay to the cliff."""
        return None if self.cliff is None else self.cliff.at - self.earnings


def outlooks(
    jobs: Sequence[tuple[Household, int]],
    on: date,
    reforms: Sequence[Reform] = (),
    valuation: Valuation = CENTRAL,
) -> list[Outlook | None]:
    """The outlook of each (household in the job, which adult's job); None where there is no work."""
    paths = [path_ahead(household, slot) for household, slot in jobs]
    walked = [(household, path) for (household, _), path in zip(jobs, paths, strict=True) if path]
    if not walked:
        return [None] * len(jobs)
    found = iter(schedules([home for home, _ in walked], [path for _, path in walked], on, reforms, MEASURE, valuation))
    return [
        outlook(next(found), household, slot) if path else None
        for (household, slot), path in zip(jobs, paths, strict=True)
    ]


def path_ahead(household: Household, slot: int, *, from_no_hours: bool = False) -> EarningsPath | None:
    """The path through a job and beyond: along hours at its wage, or along the wage where pay is a salary.

    With `from_no_hours` the way to a salary is by hours too, at the hourly pay it comes to. None where there is no
    work.
    """
    adult = household.adults[slot]
    pay = adult.pay_a_month()
    if not adult.hours or pay <= 0:
        return None
    if adult.hourly_wage:
        to = max(_MOST_HOURS, adult.hours + NEARBY) * adult.hourly_wage * WEEKS_A_MONTH
        return EarningsPath(slot, "hours", adult.hourly_wage, 0.0, round(to, 2))
    if from_no_hours:
        hourly = pay / (adult.hours * WEEKS_A_MONTH)
        return EarningsPath(slot, "hours_then_wage", hourly, adult.hours, round(pay + _BEYOND, 2))
    return EarningsPath(slot, "wage", 0.0, adult.hours, round(pay + _BEYOND, 2))


def outlook(schedule: Schedule, household: Household, slot: int) -> Outlook:
    """A job on its schedule."""
    adult = household.adults[slot]
    earnings = adult.pay_a_month()
    cliff = next((j for j in schedule.cliffs if j.at > earnings + 0.005 and j.size <= -WORTH_TELLING), None)
    if schedule.path.mode != "hours":
        return Outlook(schedule, earnings, cliff)
    return Outlook(schedule, earnings, cliff, _fewer(schedule, adult.hours), _worth_least(schedule, adult.hours))


def _fewer(schedule: Schedule, hours: float) -> tuple[float, float] | None:
    """Hours below, within a day's work, at which there is most, if that is more than in the job."""
    here = _at(schedule, hours)
    below = [float(h) for h in range(max(1, int(hours - NEARBY)), int(hours) + 1) if h < hours]
    best = max(below, key=lambda h: _at(schedule, h), default=None)
    if best is None or _at(schedule, best) < here:
        return None
    return best, _at(schedule, best) - here


def _worth_least(schedule: Schedule, hours: float) -> Stretch | None:
    """The stretch that begins at the job's hours and pays least, if it pays less than a quarter of the wage."""
    near = stretches_of_hours(schedule, begin=(hours - 1, hours + 1), end_by=hours + NEARBY)
    if not near or near[0].kept_an_hour > _LITTLE * schedule.path.wage:
        return None
    return near[0]


def _at(schedule: Schedule, hours: float) -> float:
    return schedule.value(hours * schedule.path.wage * WEEKS_A_MONTH)
