"""What the guarantees of reforms pay: on whole schedules and, read off those, in one household's month.

A make-work-pay guarantee (docs/guarantee.md) looks at every lower earning along a path. For a month it is therefore
worked out on the exact schedule that leads there: hours grow at the job's own hourly pay, the partner's pay as it is.
Where both partners have pay and the design is G3 or G4, both count (`mwp.analysis.guarantee_couples`). The top-up is
`guarantee_top_up`, cash that no other rule looks at; it is rounded to the penny as an award is (UC Regs 2013 reg 6).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from mwp.analysis.calculation import Assumption, Calculation
from mwp.analysis.guarantee import (
    NOBODY_SPECIAL,
    Standing,
    carried,
    covers,
    gated,
    guaranteed,
    open_over,
    paid_over,
    with_guarantees,
)
from mwp.analysis.guarantee_couples import Asked, Couple, couples
from mwp.analysis.lines import STEP, TINY
from mwp.analysis.measures import COMPONENTS, IN_KIND, TOP_UP, Measure
from mwp.analysis.schedule import PENNY, EarningsPath, Schedule, Segment, schedules, schedules_by_measure
from mwp.core.rounding import AS_THE_LAW
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.simulation import Floats
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.reform import Guarantee, Reform

CASH: tuple[str, ...] = ("net_income", "cash_after_work_costs")
WITH_HELP: tuple[str, ...] = ("net_resources", "net_resources_after_childcare", "net_after_work_costs")
_WORTH_SHOWING = 0.05
_NEAR = 100  # pennies of earnings that a path goes on beyond the pay it leads to
_CROSSINGS = (0.0, 500.0, 1_500.0, 3_000.0)


def has_guarantee(reforms: Sequence[Reform]) -> bool:
    """Whether any of the reforms has a guarantee."""
    return any(reform.guarantee for reform in reforms)


# Schedules


@dataclass(frozen=True)
class Promise:
    """One household along a path, by measure: under the reforms' parameters alone, and with their guarantees.

    `both` is there where both partners' pay counts.
    """

    before: Mapping[Measure, Schedule]
    reforms: tuple[Reform, ...]
    standing: Standing
    both: Couple | None = None

    @cached_property
    def after(self) -> Mapping[Measure, Schedule]:
        """With the guarantees, for the household as it stands."""
        return self.standing_as(self.standing)

    def standing_as(self, standing: Standing) -> Mapping[Measure, Schedule]:
        """With the guarantees, were the household to stand otherwise."""
        if self.both is None:
            every = with_guarantees({name: [one] for name, one in self.before.items()}, self.reforms, standing)
            return {name: one for name, (one,) in every.items()}
        (reform,) = (one for one in self.reforms if one.guarantee)
        assert reform.guarantee is not None
        own: Measure = reform.guarantee.measure
        before = self.before[own]
        if covers(reform.scope, before.household, standing):
            paid = gated(self._of_both, before, reform.guarantee.gate, standing, self.both.before)
        else:
            paid = guaranteed(before, reform.guarantee, reform.scope, standing)
        return {name: paid if name == own else carried(one, before, paid) for name, one in self.before.items()}

    @cached_property
    def _of_both(self) -> Schedule:
        assert self.both is not None
        household = next(iter(self.before.values())).household
        return replace(self.both.at_partner(self.both.paths[1].to), household=household)

    def open_at(self, earnings: Floats) -> NDArray[np.bool_]:
        """Whether a guarantee of the reforms is for the household and its gate open, at those earnings of the path."""
        found = np.zeros(np.shape(earnings), dtype=bool)
        lower = self.both.before if self.both else ()
        for reform in self.reforms:
            if reform.guarantee is None:
                continue
            before = self.before[reform.guarantee.measure]
            if covers(reform.scope, before.household, self.standing):
                for start, end in open_over(before, reform.guarantee.gate, self.standing, lower):
                    found |= (start - TINY <= earnings) & (earnings <= end + TINY)
        return found

    @property
    def reading(self) -> Measure:
        """The measure that amounts are read off: the guarantee's own, or with several the one that holds all parts."""
        own = [reform.guarantee.measure for reform in self.reforms if reform.guarantee]
        return own[0] if len(own) == 1 else "net_after_work_costs"


def promises(
    households: Sequence[Household],
    paths: Sequence[EarningsPath],
    on: date,
    reforms: Sequence[Reform],
    measures: Sequence[Measure],
    valuation: Valuation = CENTRAL,
    standing: Standing = NOBODY_SPECIAL,
) -> list[Promise]:
    """Each household along its path on the measures asked for and on those that amounts are read off."""
    own = [reform.guarantee.measure for reform in reforms if reform.guarantee]
    all_parts: tuple[Measure, ...] = () if len(own) == 1 else ("net_after_work_costs",)
    needed = tuple(dict.fromkeys((*measures, *own, *all_parts)))
    bare = schedules_by_measure(households, paths, on, reforms, needed, valuation)
    both = couples_under(households, paths, on, reforms, valuation)
    return promises_on(bare, reforms, standing, both)


def promises_on(
    bare: Mapping[Measure, Sequence[Schedule]],
    reforms: Sequence[Reform],
    standing: Standing = NOBODY_SPECIAL,
    both: Sequence[Couple | None] = (),
) -> list[Promise]:
    """Schedules that are under the reforms' parameters already, with their guarantees; `both` from `couples_under`.

    Those may have been worked out for another share that may be lost: the lines of a couple are the same.
    """
    joint, count = joint_design(reforms), len(next(iter(bare.values())))
    of_both = [replace(one, most_lost=most_lost(joint)) if one and joint else None for one in both or [None] * count]
    return [
        Promise({name: every[place] for name, every in bare.items()}, tuple(reforms), standing, one)
        for place, one in enumerate(of_both)
    ]


def schedules_under(
    households: Sequence[Household],
    paths: Sequence[EarningsPath],
    on: date,
    reforms: Sequence[Reform] = (),
    measure: Measure = "net_income",
    valuation: Valuation = CENTRAL,
    standing: Standing = NOBODY_SPECIAL,
) -> list[Schedule]:
    """Schedules under the reforms' parameters and guarantees; where both partners have pay, both count (G3, G4)."""
    if not has_guarantee(reforms):
        return schedules(households, paths, on, reforms, measure, valuation)
    every = promises(households, paths, on, reforms, (measure,), valuation, standing)
    return [one.after[measure] for one in every]


def own_path(household: Household, slot: int, to: float | None = None) -> EarningsPath | None:
    """The path to an adult's present pay: hours grow at the hourly pay there is; None where there is no pay.

    It ends just beyond the pay, or at `to`.
    """
    adult = household.adults[slot]
    pay = adult.pay_a_month()
    if pay <= 0 or not adult.hours:
        return None
    wage = adult.hourly_wage or pay / (adult.hours * WEEKS_A_MONTH)
    return EarningsPath(slot, "hours", wage, 0.0, to or _just_beyond(pay))


def _just_beyond(pay: float) -> float:
    """Some pennies beyond the pay, so that both sides of a jump that it may lie in are lines of the path."""
    return (floor(pay / PENNY) + _NEAR) * PENNY


def joint_design(reforms: Sequence[Reform]) -> Guarantee | None:
    """The guarantee, where it is one that can count both partners' pay: G3 or G4 alone, passports not kept by it."""
    promised = [reform.guarantee for reform in reforms if reform.guarantee]
    alone = promised[0] if len(promised) == 1 else None
    return alone if alone and alone.design in ("G3", "G4") and not alone.keeps_passports else None


def counts_both(reforms: Sequence[Reform]) -> bool:
    """Whether the reforms' guarantee counts both partners' pay where both have any."""
    return joint_design(reforms) is not None


def couples_under(
    households: Sequence[Household],
    paths: Sequence[EarningsPath],
    on: date,
    reforms: Sequence[Reform],
    valuation: Valuation,
) -> list[Couple | None]:
    """Each couple of which the other partner has pay too, worked out on both; None for everyone else."""
    joint = joint_design(reforms)
    asked: list[Asked | None] = []
    for household, path in zip(households, paths, strict=True):
        other = 1 - path.adult
        pay = household.adults[other].pay_a_month() if joint and len(household.adults) > 1 else 0.0
        theirs = own_path(household, other, pay) if pay else None
        at = {min(path.to, household.adults[path.adult].pay_a_month()), *(at for at in _CROSSINGS if at < path.to)}
        asked.append(Asked(household, (path, theirs), sorted(at)) if theirs else None)
    every = [one for one in asked if one]
    if joint is None or not every:
        return [None] * len(households)
    found = iter(couples(every, most_lost(joint), on, reforms, joint.measure, valuation))
    return [next(found) if one else None for one in asked]


def most_lost(joint: Guarantee) -> float:
    """m of G4; G3 is G4 with all of it."""
    return 1.0 if joint.most_lost is None else joint.most_lost


# One month


def added_at(before: Schedule, after: Schedule, earnings: float, measured: float) -> dict[str, float]:
    """What guarantees add to each component at those earnings, pounds a month: the top-up, and passports kept.

    Pay need not be a whole penny. Where it lies in the open penny of a jump, `measured` (the measure as the rules have
    it there) tells on which side of the jump it is.
    """
    low, high = floor(earnings / PENNY + 1e-6), ceil(earnings / PENNY - 1e-6)
    jump = next((one for one in before.jumps if low < high and abs(one.before - low * PENNY) < PENNY / 2), None)
    if jump is None:
        own, found = before.parts(earnings), after.parts(earnings)
    else:
        sides = [_line(before, earnings, low, right=right) for right in (False, True)]
        right = abs(sum(sides[1].values()) - measured) < abs(sum(sides[0].values()) - measured)
        own, found = sides[right], _line(after, earnings, low, right=right)
    added = {name: amount - own.get(name, 0.0) for name, amount in found.items()}
    return {name: amount for name, amount in added.items() if name == TOP_UP or abs(amount) > STEP}


def _line(schedule: Schedule, earnings: float, low: int, *, right: bool) -> dict[str, float]:
    """The parts at earnings between two pennies, on the line that ends at the one or that begins at the other."""
    segments = schedule.segments
    if right:
        one = next(one for one in segments if one.start >= (low + 1) * PENNY - PENNY / 4)
    else:
        one = [one for one in segments if one.start <= low * PENNY + TINY and not _is_open_penny(one, low)][-1]
    return {name: level + one.slopes[name] * (earnings - one.start) for name, level in one.parts.items()}


def _is_open_penny(one: Segment, low: int) -> bool:
    return abs(one.start - low * PENNY) < PENNY / 4 and one.end <= (low + 1) * PENNY + PENNY / 4


@dataclass(frozen=True)
class Month:
    """A calculation, and the schedule that leads to its pay: none where nobody has pay."""

    calculation: Calculation
    slot: int = 0
    promise: Promise | None = None

    @property
    def earnings(self) -> float:
        """The pay at the end of the path, pounds a month."""
        return self.calculation.household.adults[self.slot].pay_a_month()

    @cached_property
    def added(self) -> Mapping[str, float]:
        """What the guarantees add to each component, pounds a month."""
        return {TOP_UP: 0.0} if self.promise is None else self._added(self.promise.after)

    def _added(self, after: Mapping[Measure, Schedule]) -> dict[str, float]:
        assert self.promise is not None
        name = self.promise.reading
        found = added_at(self.promise.before[name], after[name], self.earnings, self.calculation.amounts[name])
        top_up = found.get(TOP_UP, 0.0)
        return found | {TOP_UP: top_up if top_up > STEP else 0.0}

    @property
    def is_open(self) -> bool:
        """Whether the gate of a guarantee is open at the pay."""
        return self.promise is not None and bool(self.promise.open_at(np.array([self.earnings]))[0])

    def worth(self, other: Promise | None = None, standing: Standing | None = None) -> float:
        """How much more there would be along another path, or with the household standing otherwise."""
        promise = other or self.promise
        assert promise is not None
        then = Month(self.calculation, self.slot, promise)._added(promise.standing_as(standing or promise.standing))
        return round(sum(then.values()) - sum(self.added.values()), 2) + 0.0


def months(
    found: Sequence[Calculation],
    reforms: Sequence[Reform],
    standing: Standing = NOBODY_SPECIAL,
    measures: Sequence[Measure] = (),
    along: Sequence[tuple[int, EarningsPath | None]] | None = None,
) -> list[Month]:
    """Each calculation with the schedule that leads to its pay, on the measures asked for too.

    `along` are whose pay it is and the path to it and beyond, where it is not the path of `own_path`.
    """
    if along is None:
        slots = [earner_of(one.household) for one in found]
        along = [(slot, own_path(one.household, slot)) for one, slot in zip(found, slots, strict=True)]
    walked = [(one.household, path) for one, (_, path) in zip(found, along, strict=True) if path]
    every: Iterator[Promise] = iter(())
    if walked:
        homes, paths = zip(*walked, strict=True)
        every = iter(promises(homes, paths, found[0].on, reforms, measures, found[0].valuation, standing))
    return [Month(one, slot, next(every) if path else None) for one, (slot, path) in zip(found, along, strict=True)]


def with_top_ups(
    found: Sequence[Calculation], reforms: Sequence[Reform], standing: Standing = NOBODY_SPECIAL
) -> list[Calculation]:
    """The calculations with what the guarantees add to each, and with what that rests on; the same without any."""
    if not found or not has_guarantee(reforms):
        return list(found)
    return raised(months(found, reforms, standing), reforms, standing)


def raised(found: Sequence[Month], reforms: Sequence[Reform], standing: Standing = NOBODY_SPECIAL) -> list[Calculation]:
    """Each month's calculation with what the guarantees add, and with what that rests on."""
    return [
        replace(_raised(month), assumptions=(*month.calculation.assumptions, *more), standing=vars(standing))
        for month, more in zip(found, _rests_on(found, reforms, standing), strict=True)
    ]


def earner_of(household: Household) -> int:
    """Whose pay the path leads to: the claimant's, or the partner's where only the partner has pay."""
    first = household.adults[0]
    return 1 if len(household.adults) > 1 and not (first.hours and first.pay_a_month() > 0) else 0


def _raised(month: Month) -> Calculation:
    """The calculation with the top-up and with the passports that are kept, in every amount they are part of."""
    one = month.calculation
    paid = {name: float(AS_THE_LAW.nearest(np.asarray(amount))) + 0.0 for name, amount in month.added.items()}
    return replace(one, amounts=_with(one.amounts, month.added), amounts_rounded=_with(one.amounts_rounded, paid, 2))


def _with(amounts: Mapping[str, float], added: Mapping[str, float], digits: int | None = None) -> dict[str, float]:
    in_kind = sum(amount for name, amount in added.items() if name in IN_KIND)
    cash = sum(added.values()) - in_kind
    more = dict(added) | {"passported_help": in_kind}
    more |= dict.fromkeys(CASH, cash) | dict.fromkeys(WITH_HELP, cash + in_kind)
    found = dict(amounts) | {name: amounts.get(name, 0.0) + amount for name, amount in more.items()}
    return found if digits is None else {name: round(amount, digits) + 0.0 for name, amount in found.items()}


# What it rests on


def _rests_on(found: Sequence[Month], reforms: Sequence[Reform], standing: Standing) -> list[tuple[Assumption, ...]]:
    """What each top-up was taken to rest on, with what it is worth; nothing where nobody has pay."""
    ways = iter(_other_ways(found, reforms))
    told: list[tuple[Assumption, ...]] = []
    for month in found:
        if month.promise is None:
            told.append(())
            continue
        lines = [*_path_told(month, next(ways))]
        had = had_award(month.promise, month.earnings)
        for line, other in standings(month.calculation.household, reforms, standing, had):
            worth = month.worth(standing=other)
            if abs(worth) >= _WORTH_SHOWING:
                lines.append(replace(line, worth_a_month=worth))
        told.append(tuple(lines))
    return told


def _other_ways(found: Sequence[Month], reforms: Sequence[Reform]) -> list[Promise | None]:
    """The same pay come to at the same hours from a lower wage, where one earner's path paid something."""
    walked = [month for month in found if month.promise is not None]
    asked = [
        month
        for month in walked
        if month.promise and not month.promise.both and sum(month.added.values()) > _WORTH_SHOWING
    ]
    if not asked:
        return [None] * len(walked)
    one = asked[0]
    assert one.promise is not None
    homes = [month.calculation.household for month in asked]
    paths = [
        EarningsPath(month.slot, "wage", 0.0, home.adults[month.slot].hours, _just_beyond(month.earnings))
        for month, home in zip(asked, homes, strict=True)
    ]
    others = iter(
        promises(homes, paths, one.calculation.on, reforms, (), one.calculation.valuation, one.promise.standing)
    )
    return [next(others) if any(month is other for other in asked) else None for month in walked]


def _path_told(month: Month, other: Promise | None) -> Iterator[Assumption]:
    assert month.promise is not None
    if month.promise.both is not None:
        if month.is_open:
            yield both_told(month.promise.both)
        return
    if other is None:
        return
    home = month.calculation.household
    adult, path = home.adults[month.slot], month.promise.before[month.promise.reading].path
    yield Assumption(
        "guarantee.path",
        f"hours growing at £{path.wage:,.2f} an hour",
        f"what was lost is measured against fewer hours at this pay; against {adult.hours:g} hours at lower pay the"
        " top-up would change by this much",
        month.worth(other),
    )
    if len(home.adults) > 1 and home.adults[1 - month.slot].pay_a_month() > 0:
        whose = ("claimant's", "partner's")[month.slot]
        yield Assumption(
            "guarantee.earner",
            f"the {whose} pay",
            "this design looks back along one earner's pay, with the other's as it is",
        )


def both_told(both: Couple) -> Assumption:
    """That both partners' pay counts, and how near to every penny of it that is worked out."""
    return Assumption(
        "guarantee.both_earners",
        "both partners' pay counts",
        f"worked out at {len(both.levels)} amounts of the partner's pay; with every penny of it the top-up could be"
        f" up to {both.bound:.2f} a month more",
    )


def had_award(promise: Promise, earnings: float) -> bool:
    """Whether there is an award of Universal Credit at those earnings or lower, the partner's at theirs or lower."""
    every = (promise.before[promise.reading], *(promise.both.before if promise.both else ()))
    return any(
        segment.parts["universal_credit"] > STEP
        for schedule in every
        for segment in schedule.segments
        if segment.start <= earnings + TINY
    )


def standings(
    household: Household, reforms: Sequence[Reform], standing: Standing, had: bool
) -> Iterator[tuple[Assumption, Standing]]:
    """What was taken of where a household stands without being told, each with how it would stand otherwise."""
    promised = [reform for reform in reforms if reform.guarantee]
    gates = [reform.guarantee.gate for reform in promised if reform.guarantee]
    open_by_placement = standing.nes_participant and all(gate.nes_placement for gate in gates)
    looks_back = any(gate.universal_credit == "last_six_periods" for gate in gates)
    if looks_back and standing.had_universal_credit is None and not open_by_placement:
        yield (
            Assumption(
                "standing.had_universal_credit",
                f"Universal Credit was {'' if had else 'not '}had in the last six months",
                "read off these and lower earnings; were it otherwise the top-up would change by this much",
            ),
            replace(standing, had_universal_credit=not had),
        )
    by_placement = any(gate.nes_placement and gate.universal_credit != "not_needed" for gate in gates)
    if not standing.nes_participant and (by_placement or any(one.scope.nes_participants for one in promised)):
        yield (
            Assumption(
                "standing.nes_participant",
                "no placement of the National Employment Service",
                "a placement opens the guarantee, which would change the top-up by this much",
            ),
            replace(standing, nes_participant=True),
        )
    if standing.in_pilot_area is None and any(one.scope.pilot_areas for one in promised):
        inside = all(covers(one.scope, household, replace(standing, nes_participant=True)) for one in promised)
        yield (
            Assumption(
                "standing.in_pilot_area",
                f"a home {'' if inside else 'not '}in a pilot area",
                "read off the local authority; were it otherwise the top-up would change by this much",
            ),
            replace(standing, in_pilot_area=not inside),
        )
    ends = [one.guarantee.last_month for one in promised if one.guarantee and one.guarantee.last_month is not None]
    if ends and standing.month == 1:
        yield (
            Assumption(
                "standing.month",
                "the first month of the job",
                "what runs on is gone in the end, and then this much less is left",
            ),
            replace(standing, month=max(ends) + 1),
        )


def rests_on_over(promise: Promise, household: Household) -> tuple[Assumption, ...]:
    """The same for a whole schedule: what each is worth where it matters most along the path."""
    name = promise.reading
    after, found = promise.after[name], []
    if promise.both is not None:
        found.append(both_told(promise.both))
    had = had_award(promise, after.path.to)
    for line, other in standings(household, promise.reforms, promise.standing, had):
        then = promise.standing_as(other)[name]
        marks = sorted({edge for one in (*after.segments, *then.segments) for edge in (one.start, one.end)})
        worth = max((then.value(at) - after.value(at) for at in marks), key=abs, default=0.0)
        if abs(worth) >= _WORTH_SHOWING:
            found.append(replace(line, worth_a_month=round(worth, 2)))
    return tuple(found)


# Every pair of both partners' hours


@dataclass(frozen=True)
class Both:
    """A guarantee on both partners' pay at every pair of hours. Raises InputError for a design of one earner's."""

    household: Household
    paths: tuple[EarningsPath, EarningsPath]
    hours: tuple[float, ...]
    on: date
    reforms: tuple[Reform, ...]
    valuation: Valuation
    standing: Standing

    def __post_init__(self) -> None:
        """Raise InputError where the design looks back along one earner's pay."""
        if joint_design(self.reforms) is None:
            raise InputError.of(
                "This guarantee looks back along one earner's pay, so it has nothing to say of both earners at once:"
                " only the designs G3 and G4 do, alone and with passports disregarded (docs/guarantee.md).",
                field="earner",
            )

    @property
    def measure(self) -> Measure:
        """The measure that is guaranteed."""
        return self._joint.measure

    @property
    def _joint(self) -> Guarantee:
        joint = joint_design(self.reforms)
        assert joint is not None
        return joint

    def top_ups(self, measured: Floats) -> tuple[Floats, tuple[Assumption, ...]]:
        """The top-up at every pair of hours (the claimant's down), from the measure there; and what it rests on."""
        joint = self._joint
        scope = next(one.scope for one in self.reforms if one.guarantee)
        paid = np.zeros_like(measured)
        earned = [[at * path.wage * WEEKS_A_MONTH for at in self.hours] for path in self.paths]
        asked = Asked(self.household, self.paths, also=earned[1])
        (both,) = couples([asked], most_lost(joint), self.on, self.reforms, joint.measure, self.valuation)
        rests = [both_told(both)]
        had = any(segment.parts["universal_credit"] > STEP for one in both.before for segment in one.segments)
        rests += [line for line, _ in standings(self.household, self.reforms, self.standing, had)]
        if not covers(scope, self.household, self.standing):
            return paid, tuple(rests)
        for across, level in enumerate(earned[1]):
            place = both.levels.index(level)
            before = both.before[place]
            after = gated(both.at_partner(level), before, joint.gate, self.standing, both.before[:place])
            for down, pay in enumerate(earned[0]):
                found = added_at(before, after, pay, float(measured[down, across])).get(TOP_UP, 0.0)
                paid[down, across] = found if found > STEP else 0.0
        return paid, tuple(rests)


# What a schedule pays, in short


@dataclass(frozen=True)
class Paid:
    """Where along a path a top-up is paid (stretches of earnings), and the most that it comes to, with where."""

    stretches: tuple[tuple[float, float], ...]
    most: float
    most_at: float


def paid_along(schedule: Schedule) -> Paid | None:
    """What top-up a schedule has; None where it is under no guarantee."""
    if TOP_UP not in schedule.segments[0].parts:
        return None
    most, at = 0.0, 0.0
    for segment in schedule.segments:
        level = segment.parts[TOP_UP]
        last = level + segment.slopes[TOP_UP] * (segment.end - segment.start)
        for where, amount in ((segment.start, level), (segment.end, last)):
            if amount > most + STEP:
                most, at = amount, where
    return Paid(tuple((one.start, one.end) for one in paid_over(schedule)), most, at)


# Its working


@dataclass(frozen=True)
class Working:
    """How a top-up came about under G3 or G4: pounds a month.

    `at` (and `partner_at`) are the earnings at which most was reached, `reached` the measure there, `kept` the share
    of each pound from there on that is guaranteed, `now` the measure under the rules; `changes` what of the measure
    has changed since, by component.
    """

    earnings: float
    partner: float
    at: float
    partner_at: float
    reached: float
    kept: float
    now: float
    changes: Mapping[str, float]

    @property
    def owed(self) -> float:
        """What is guaranteed at the pay there is."""
        return self.reached + self.kept * (self.earnings - self.at + self.partner - self.partner_at)


def working(month: Month) -> Working | None:
    """The working of a top-up that is paid under a single guarantee of design G3 or G4; None for any other."""
    promise = month.promise
    if promise is None:
        return None
    promised = [reform.guarantee for reform in promise.reforms if reform.guarantee]
    if joint_design(promise.reforms) is None or month.added[TOP_UP] <= STEP:
        return None
    kept, name = 1.0 - most_lost(promised[0]), promise.reading
    lines = [(promise.before[name], 0.0)]
    if promise.both is not None:
        lines = list(zip(promise.both.before, promise.both.levels, strict=True))
    reached = -np.inf
    best: tuple[float, float, dict[str, float]] = (0.0, 0.0, {})
    for schedule, partner in lines:
        for earned, there in _ends(schedule, month.earnings):
            value = sum(there.values()) - kept * (earned + partner)
            if value > reached + TINY:
                reached, best = value, (earned, partner, there)
    at, level, parts = best
    amounts = month.calculation.amounts
    signs = COMPONENTS[name].items()
    changes = {part: sign * amounts[part] - parts[part] for part, sign in signs if part in amounts}
    return Working(month.earnings, lines[-1][1], at, level, sum(parts.values()), kept, amounts[name], changes)


def _ends(schedule: Schedule, earnings: float) -> Iterator[tuple[float, dict[str, float]]]:
    """Both ends of every stretch up to those earnings, with the parts there: a straight line is highest at an end."""
    for segment in schedule.segments:
        if segment.start <= earnings + TINY:
            for at in (segment.start, min(segment.end, earnings)):
                beyond, slopes = at - segment.start, segment.slopes
                yield at, {name: level + slopes[name] * beyond for name, level in segment.parts.items()}
