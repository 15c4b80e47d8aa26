"""Help that a job can take away or bring: each programme now and then, its limit, how far away it is, how to claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mwp.analysis.calculation import Calculation, openings
from mwp.analysis.measures import FUNDED_HOURS, IN_KIND
from mwp.core.rule import Rule
from mwp.engine.system import rule_graph

Change = Literal["lost", "less", "kept", "more", "started"]

_PENNY = 0.005


@dataclass(frozen=True)
class Passport:
    """One programme, now and in a job. Amounts are pounds a month; help without a monthly value has none.

    `limit` is what `measured` may come to (pounds a month), where the programme turns on such a limit, and
    `measured_variable` what is measured; `room` is how far below it the household is in the job, negative where above.
    `grade` says how sure the programme is.
    """

    variable: str
    label: str
    now: float | None
    then: float | None
    change: Change
    claim: str
    run_on: str
    grade: str
    citation: str
    measured: float | None = None
    limit: float | None = None
    measured_variable: str | None = None

    @property
    def room(self) -> float | None:
        """Pounds a month left below the limit in the job."""
        return None if self.limit is None or self.measured is None else round(self.limit - self.measured, 2)

    @property
    def difference(self) -> float:
        """By how much its value changes, pounds a month."""
        return 0.0 if self.now is None or self.then is None else round(self.then - self.now, 2)


@lru_cache(maxsize=1)
def _worth() -> tuple[Rule, ...]:
    return tuple(rule_graph().rules[name] for name in (*IN_KIND, *FUNDED_HOURS))


def passports(now: Calculation, then: Calculation) -> tuple[Passport, ...]:
    """Every programme that the household has now, or would have in the job: largest loss first."""
    found = []
    for one in _worth():
        before, after = now.amounts_rounded[one.name], then.amounts_rounded[one.name]
        if max(before, after) > _PENNY:
            found.append(_passport(one, before, after, _change(before, after), then))
    for name in openings():
        one, had, has = rule_graph().rules[name], name in now.open_to, name in then.open_to
        if had or has:
            found.append(_passport(one, None, None, "kept" if had and has else "lost" if had else "started", then))
    return tuple(sorted(found, key=lambda passport: passport.difference))


def _change(before: float, after: float) -> Change:
    if before <= _PENNY:
        return "started"
    if after <= _PENNY:
        return "lost"
    if abs(after - before) <= _PENNY:
        return "kept"
    return "less" if after < before else "more"


def _passport(one: Rule, now: float | None, then: float | None, change: Change, job: Calculation) -> Passport:
    measured = limit = what = None
    if one.test and job.amounts_rounded.get(one.test[1]):
        what = one.test[0]
        measured, limit = (job.amounts_rounded[name] for name in one.test)
    return Passport(
        one.name, one.label, now, then, change, one.claim, one.run_on, one.grade, one.cites, measured, limit, what
    )


def at_risk(found: Sequence[Passport]) -> tuple[Passport, ...]:
    """What is kept in the job and turns on a limit: the nearest limit first."""
    kept = [one for one in found if one.change in ("kept", "more", "started") and one.room is not None]
    return tuple(sorted(kept, key=lambda one: one.room or 0.0))
