"""Work incentives read off exact schedules: METR, participation tax and replacement rates, hours worth most and least.

- **Marginal effective tax rate** (METR): the share of an extra pound of gross earnings that is not kept.
- **Participation tax rate** (PTR): the same share of the whole pay on moving into work, 1 - (N(e) - N(0)) / e.
- **Replacement rate**: what is in hand out of work as a share of what is in hand in work, N(0) / N(e).

Attribution says which programme takes what of a step in earnings. *Ordered*: each component's own change, as the rules
run (tax first, then the benefits that look at what is left). *Shapley*: each programme's share were they laid on in
every possible order, which does not depend on who looks at whom. Both add up to the whole exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from mwp.analysis.calculation import law_on
from mwp.analysis.measures import COMPONENTS, GROUPS, TOP_UP
from mwp.analysis.schedule import PENNY, Jump, Schedule
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.encode import encode
from mwp.engine.simulation import Floats, Path, Terms, switched

BANDS = (0.30, 0.55, 0.70, 0.80, 1.00)
"""Where a METR goes from one class to the next: up to 30%, 30-55, 55-70, 70-80, 80-100, above 100."""


def participation_tax_rate(schedule: Schedule, earnings: float) -> float:
    """The share of the whole pay that is not kept on moving from no work to those monthly earnings."""
    return 1.0 - (schedule.value(earnings) - schedule.value(0.0)) / earnings


def replacement_rate(schedule: Schedule, earnings: float) -> float:
    """What is in hand out of work as a share of what is in hand at those earnings; nan where nothing is in hand."""
    there = schedule.value(earnings)
    return schedule.value(0.0) / there if there else float("nan")


def break_even(schedule: Schedule) -> float | None:
    """The first earnings from which on the household always has more than out of work; None where there are none."""
    level, found = schedule.value(0.0), None
    for segment in reversed(schedule.segments):
        if segment.at_start <= level or segment.value(segment.end) <= level:
            if segment.value(segment.end) > level and segment.slope > 0:
                return segment.start + (level - segment.at_start) / segment.slope
            return found
        found = segment.start
    return found


@dataclass(frozen=True)
class Stretch:
    """Hours a week from and to, and what is kept of each extra hour between them, pounds."""

    from_hours: float
    to_hours: float
    kept_an_hour: float


def stretches_of_hours(
    schedule: Schedule, least: float = 4.0, begin: tuple[float, float] = (0.0, np.inf), end_by: float = np.inf
) -> list[Stretch]:
    """What each extra hour is worth, by stretches of whole hours (at least `least` of them), worst first.

    For paths along which hours move. A stretch holds the jumps inside it. `begin` and `end_by` say which are asked for.
    """
    wage, most = schedule.path.wage, int(min(schedule.path.hours_at(schedule.path.to), end_by))
    first, last = max(0, int(np.ceil(begin[0]))), int(min(most, begin[1]))
    values = {hours: schedule.value(hours * wage * WEEKS_A_MONTH) for hours in range(first, most + 1)}
    found = []
    for start in range(first, last + 1):
        for end in range(start + int(np.ceil(least)), most + 1):
            kept = (values[end] - values[start]) / ((end - start) * WEEKS_A_MONTH)
            found.append(Stretch(start, end, kept))
    return sorted(found, key=lambda stretch: (stretch.kept_an_hour, -(stretch.to_hours - stretch.from_hours)))


def average_metr(schedule: Schedule) -> float:
    """The METR over the whole range, each stretch by its length; jumps are no rate."""
    widths = np.array([one.end - one.start for one in schedule.stretches])
    return float(widths @ np.array([one.metr for one in schedule.stretches]) / widths.sum())


def share_of_range(schedule: Schedule) -> tuple[float, ...]:
    """The share of the earnings range in each class of METR (see `BANDS`); the classes add up to 1."""
    shares = np.zeros(len(BANDS) + 1)
    for segment in schedule.stretches:
        shares[int(np.searchsorted(BANDS, segment.metr - 1e-9, side="right"))] += segment.end - segment.start
    return tuple((shares / shares.sum()).tolist())


def ordered(schedule: Schedule, start: float, end: float) -> dict[str, float]:
    """What each programme takes of a step in earnings, pounds a month, as the rules run; kept is what remains.

    Positive is taken away. The parts and `kept` add up to the step.
    """
    change = _changes(schedule, start, end)
    groups = {**GROUPS, "make-work-pay guarantee": (TOP_UP,)}
    taken = {group: -sum(change.get(name, 0.0) for name in names) for group, names in groups.items()}
    return {group: amount for group, amount in taken.items() if amount} | {"kept": (end - start) - sum(taken.values())}


def _changes(schedule: Schedule, start: float, end: float) -> dict[str, float]:
    """Each component's change between two earnings, the jumps between them counted."""
    total: dict[str, float] = {}

    def add(parts: Mapping[str, float], times: float) -> None:
        for name, amount in parts.items():
            total[name] = total.get(name, 0.0) + amount * times

    for segment in schedule.segments:
        low, high = max(start, segment.start), min(end, segment.end)
        if high > low:
            add(segment.slopes, high - low)
    for jump in schedule.jumps:
        if start < jump.at - PENNY / 2 <= end:
            add(jump.components, 1.0)
            add(_slopes_before(schedule, jump), jump.at - jump.before)
    return total


def _slopes_before(schedule: Schedule, jump: Jump) -> Mapping[str, float]:
    """The line a jump is measured from goes on over the penny that the jump lies in."""
    before = [segment for segment in schedule.segments if segment.end <= jump.before + PENNY / 2]
    return before[-1].slopes


ALSO_SWITCHED: dict[str, tuple[str, ...]] = {
    "income tax": ("income_tax_on_earnings",),
    "other benefits": (
        "new_style_jsa", "new_style_esa", "maternity_allowance", "carers_allowance", "scottish_carer_supplement",
    ),
}  # fmt: skip
"""What other rules read of a programme beside its components: nil too where the programme is off."""


def shapley(schedule: Schedule, start: float, end: float, valuation: Valuation = CENTRAL) -> dict[str, float]:
    """What each programme takes of a step in earnings, averaged over every order of switching the programmes on.

    A programme that is off is nil in the measure and for every rule that looks at it; the rules themselves are run for
    each set of programmes that are on, at both ends of the step. Positive is taken away; the parts and `kept` add up to
    the step. Programmes that are nil whatever else is on or off take nothing and are left out.
    """
    groups = _present(schedule, start, end, valuation)
    sets = _sets(len(groups))
    parts = _with_sets(schedule, start, end, valuation, groups, sets)
    changes = sum(parts.values())
    taken = dict(zip(groups, (-shapley_shares(sets, np.asarray(changes))).tolist(), strict=True))
    return {group: amount for group, amount in taken.items() if amount} | {"kept": (end - start) - sum(taken.values())}


def shapley_shares(sets: np.ndarray[tuple[int, int], np.dtype[np.bool_]], worth: Floats) -> Floats:
    """Each player's Shapley share: `sets` has a row for every set of players, `worth` what each set is worth."""
    players = sets.shape[1]
    weights = np.array([factorial(n) * factorial(players - n - 1) / factorial(players) for n in range(players)])
    place = sets @ (1 << np.arange(players))
    of_set = np.empty(len(sets))
    of_set[place] = worth
    shares = np.zeros(players)
    for player in range(players):
        without = ~sets[:, player]
        more = of_set[place[without] + (1 << player)] - of_set[place[without]]
        shares[player] = weights[sets[without].sum(axis=1)] @ more
    return shares


def _sets(players: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Every set of so many players, a row each."""
    every = (np.arange(1 << players)[:, None] >> np.arange(players)) & 1 == 1
    return np.asarray(every, dtype=np.bool_).reshape(1 << players, players)


def _present(schedule: Schedule, start: float, end: float, valuation: Valuation) -> tuple[str, ...]:
    """The programmes that are not nil somewhere, whichever of the others are on or off."""
    found: tuple[str, ...] = ()
    while True:
        parts = _with_sets(schedule, start, end, valuation, found, _sets(len(found)), levels=True)
        more = tuple(group for group in GROUPS if np.abs(parts[group]).max() > 0)
        if set(more) <= set(found):
            return found
        found = tuple(group for group in GROUPS if group in more or group in found)


def _with_sets(
    schedule: Schedule,
    start: float,
    end: float,
    valuation: Valuation,
    groups: Sequence[str],
    sets: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
    *,
    levels: bool = False,
) -> dict[str, Floats]:
    """What each programme and gross pay change by over the step with each set of programmes on (others stay on).

    With `levels` the larger of what stands at either end, in place of the change.
    """
    signs = COMPONENTS[schedule.measure]
    ends = np.repeat([start, end], len(sets))
    adult = schedule.path.adult
    path = Path({name: values for (_, name), values in schedule.path.moves(ends).items()}, adult)
    factors = {
        name: np.tile(sets[:, place].astype(float), 2)
        for place, group in enumerate(groups)
        for name in (*GROUPS[group], *ALSO_SWITCHED.get(group, ()))
    }
    terms = Terms(law_on(schedule.on, schedule.reforms), valuation=valuation)
    found = switched(encode([schedule.household], schedule.on), terms, tuple(signs), path, factors).amounts
    changes: dict[str, Floats] = {}
    for group, names in (*GROUPS.items(), ("gross pay", ("gross_pay",))):
        total = np.zeros(2 * len(sets))
        for name in names:
            if name in signs:
                total = total + signs[name] * found[name][0]
        before, after = total[: len(sets)], total[len(sets) :]
        changes[group] = np.maximum(np.abs(before), np.abs(after)) if levels else after - before
    return changes


def second_earner(schedules_of_both: Sequence[Schedule], earnings: float) -> dict[str, float]:
    """A couple's METR and PTR at the same monthly earnings of either, the other's pay fixed."""
    first, second = schedules_of_both
    return {
        "first_metr": first.metr(earnings),
        "second_metr": second.metr(earnings),
        "first_ptr": participation_tax_rate(first, earnings),
        "second_ptr": participation_tax_rate(second, earnings),
    }
