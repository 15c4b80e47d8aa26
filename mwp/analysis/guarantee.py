"""The make-work-pay guarantee: what is added to a schedule so that work pays. A proposal of this project.

Along a path e is monthly earnings, M(e) the measure under the rules, T(e) >= 0 the top-up and N = M + T. On exact
pieces (`mwp.analysis.schedule`) each design is exact too, for it needs only maxima of straight lines:

- **G2**, a better-off floor: N = max(M(e), M(0) + g(e)), g = kept x e, or that up to a most, from some weekly hours on;
- **G3**, no step back: N(e) = the most that M comes to at any earnings up to e. It is G4 with 100% as the most lost;
- **G4**, keep at least 1 - m of each extra pound: N(e) = (1 - m) e + sup over 0 <= x <= e of [M(x) - (1 - m) x];
- **G5**, tapered passports: none falls faster than `taper` a pound, v'(e) = sup over x <= e of [v(x) + taper (x - e)];
- **G6**, compensation within Universal Credit: passports lost are made up while there is an award;
- **G7**, a run-on: psi of the passports held before the job, psi = 1 at first, then falling to 0.

Proof of G4: the supremum does not fall as e grows, so N(b) - N(a) >= (1 - m)(b - a) for every a < b: the METR is at
most m on every interval and, with x = 0, so is the participation tax rate. Whatever else holds that lies no lower.

Earnings are whole pennies. A jump of M lies between two of them: the value on either side counts (both one-sided
limits), the open penny between them does not. Where the top-up makes good a cliff, a segment one penny wide joins the
two sides (`Segment.joins`), so that the components still add up everywhere; its own slopes say how what is lost and
what is paid swap, and no average counts them.

A segment's `guarantee_top_up` is T. Slopes still add up to 1 - METR. docs/guarantee.md has the law and the limits.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Any

import numpy as np

from mwp.analysis.lines import (
    NOWHERE,
    STEP,
    TINY,
    Curve,
    Line,
    Piece,
    above,
    as_schedule,
    cut_at,
    joined,
    merged,
    pieces_of,
    raised,
    running_maximum,
    supremum,
)
from mwp.analysis.measures import GUARANTEED, IN_KIND, TOP_UP, Measure
from mwp.analysis.schedule import PENNY, EarningsPath, Schedule, schedules_by_measure
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.names import did_you_mean
from mwp.inputs.places import authority
from mwp.inputs.reform import Gate, Guarantee, Reform, Scope

PASSPORTS = (*IN_KIND, "scottish_child_payment")
"""What goes with other help or a limit of earnings, and can be kept by whoever has the top-up."""


@dataclass(frozen=True)
class Standing:
    """What a schedule cannot tell of a household: where it stands on the day the job begins.

    `had_universal_credit`: an award in any of the last six assessment periods; None reads it off the path: there is an
    award at these or at lower earnings, as out of work. `in_pilot_area`: None reads it off the local authority.
    `month` is the month of the job, from 1 (G7).
    """

    nes_participant: bool = False
    had_universal_credit: bool | None = None
    in_pilot_area: bool | None = None
    month: int = 1

    def __post_init__(self) -> None:
        """Raise InputError for a month that is none, or an answer that is neither yes nor no."""
        if isinstance(self.month, bool) or not isinstance(self.month, int) or self.month < 1:
            raise InputError.of(f"{self.month} is no month of a job: give 1 for the first.", field="standing.month")
        for name in ("nes_participant", "had_universal_credit", "in_pilot_area"):
            answer = getattr(self, name)
            if not isinstance(answer, bool) and (answer is not None or name == "nes_participant"):
                raise InputError.of(f"{answer} is neither true nor false.", field=f"standing.{name}")


NOBODY_SPECIAL = Standing()
OPEN_TO_ALL = Gate(universal_credit="not_needed")


def standing_of(given: Standing | Mapping[str, Any] | None) -> Standing:
    """Where a household stands, from itself or from a mapping of its fields. Raises InputError."""
    if given is None or isinstance(given, Standing):
        return given or NOBODY_SPECIAL
    known = [one.name for one in fields(Standing)]
    for name in given:
        if name not in known:
            raise InputError.of(f"standing has no {name}.{did_you_mean(str(name), known)}", field="standing")
    return Standing(**given)


@dataclass(frozen=True)
class Stretch:
    """A stretch of earnings, pounds a month."""

    start: float
    end: float


# The designs


def no_step_back(schedule: Schedule, *, keeps_passports: bool = False) -> Schedule:
    """G3: never less than at lower earnings."""
    return keep_at_least(schedule, 1.0, keeps_passports=keeps_passports)


def keep_at_least(schedule: Schedule, most_lost: float, *, keeps_passports: bool = False) -> Schedule:
    """G4: at most `most_lost` (m) of every extra pound is lost, over any distance.

    With `keeps_passports`, passports that M loses are kept wherever a top-up would be due without them. That is a
    fixed point, for a passport kept lifts what later earnings are measured against; the least one is taken.
    """
    names, pieces = pieces_of(schedule)
    if keeps_passports:
        pieces = _with_passports_kept(names, pieces, 1.0 - most_lost)
    return as_schedule(schedule, names, raised(pieces, -1, Piece.line, supremum(pieces, 1.0 - most_lost)))


def better_off_floor(schedule: Schedule, kept: float, *, most: float | None = None, hours: float = 0.0) -> Schedule:
    """G2: in work never less than out of work and `kept` of the pay, or `most` pounds a month where that is less.

    A floor from some weekly `hours` on is itself a notch there, and where M lies above the floor its cliffs stay.
    """
    names, pieces = pieces_of(schedule)
    return as_schedule(schedule, names, raised(pieces, -1, Piece.line, _floor(schedule, pieces, kept, most, hours)))


def tapered_passports(schedule: Schedule, taper: float, passports: Sequence[str] = ()) -> Schedule:
    """G5: each passport falls by at most `taper` a pound of earnings, once it has begun to fall. No top-up is paid.

    METRs are at most the rate that is there anyway and one `taper` for each passport that is falling.
    """
    names, pieces = pieces_of(schedule)
    for slot in _slots(names, passports):
        if not any(piece.levels[slot] or piece.slopes[slot] for piece in pieces):
            continue
        curve = running_maximum([(piece.end, _of(slot)(piece)) for piece in pieces], -taper)
        pieces = raised(pieces, slot, _of(slot), curve)
    return as_schedule(schedule, names, pieces)


def compensated_within_award(schedule: Schedule, passports: Sequence[str] = ()) -> Schedule:
    """G6: what passports are lost is made up by a larger work allowance while Universal Credit is in payment.

    Simplification: the larger allowance would also put off the end of the award a little; the end stays where it is.
    """
    return gated(_made_up(schedule, passports, 1.0), schedule, Gate(universal_credit="this_month", nes_placement=False))


def run_on(schedule: Schedule, share: float, passports: Sequence[str] = ()) -> Schedule:
    """G7: `share` (psi) of the passports held before the job, that is at no earnings, as far as they are lost."""
    return _made_up(schedule, passports, share)


def share_of_run_on(month: int, full_months: int, last_month: int) -> float:
    """psi in a month of the job, from 1: whole for `full_months`, then in even steps down to nil after `last_month`."""
    if month <= full_months:
        return 1.0
    return max(0.0, (last_month + 1 - month) / (last_month + 1 - full_months)) if last_month > full_months else 0.0


def _floor(schedule: Schedule, pieces: Sequence[Piece], kept: float, most: float | None, hours: float) -> Curve:
    out_of_work = pieces[0].level
    lines = [Line(0.0, out_of_work, kept)]
    if most is not None:
        lines.append(Line(most / kept, out_of_work + most, 0.0))
    if hours <= 0:
        return Curve(tuple(lines))
    first = earnings_at_hours(schedule.path, hours)
    if first is None:
        return NOWHERE
    whole = Curve(tuple(lines))
    start = ceil(first / PENNY - 1e-6) * PENNY
    there = whole.line(start)
    after = [line for line in lines if line.start > start + TINY]
    return Curve((*NOWHERE.lines, Line(start, there.at(start), there.slope), *after))


def earnings_at_hours(path: EarningsPath, hours: float) -> float | None:
    """The first earnings along a path at which so many weekly hours are worked; None where they never are."""
    if hours <= 0:
        return 0.0
    if path.mode == "wage":
        return PENNY if path.hours >= hours else None
    if path.mode == "hours_then_wage" and hours > path.hours:
        return None
    return hours * path.wage * WEEKS_A_MONTH


def _of(slot: int) -> Callable[[Piece], Line]:
    return lambda piece: Line(piece.start, float(piece.levels[slot]), float(piece.slopes[slot]))


def _slots(names: tuple[str, ...], passports: Sequence[str]) -> list[int]:
    """Where the passports stand among the components. Raises InputError for a name that is no passport."""
    for name in passports:
        if name not in PASSPORTS:
            raise InputError.of(f"{name} is no passport.{did_you_mean(name, PASSPORTS)}", field="passports")
    return [slot for slot, name in enumerate(names) if name in (passports or PASSPORTS)]


def _made_up(schedule: Schedule, passports: Sequence[str], share: float) -> Schedule:
    names, pieces = pieces_of(schedule)
    if share <= 0:
        return as_schedule(schedule, names, pieces)
    for slot in _slots(names, passports):
        held, of = float(pieces[0].levels[slot]), _of(slot)
        floor = Curve((Line(0.0, held, 0.0),))
        found = []
        for piece in pieces:
            for part, gap, rise in above(piece, of, floor):
                levels, slopes = part.levels.copy(), part.slopes.copy()
                levels[-1] += share * gap
                slopes[-1] += share * rise
                found.append(Piece(part.start, part.end, levels, slopes))
        pieces = merged(found)
    return as_schedule(schedule, names, pieces)


def _with_passports_kept(names: tuple[str, ...], pieces: Sequence[Piece], kept: float) -> list[Piece]:
    """M with its passports kept wherever a top-up would be due without them: the least fixed point.

    Whether a top-up is due at e without passports turns on what is had at lower earnings only, so one walk up the
    earnings finds it. Where a top-up is due at the start of a piece and passports are missing on it, it is due to its
    end: the passports kept lift what every later penny of the piece is measured against.
    """
    slots = _slots(names, ())
    held = [running_maximum([(piece.end, _of(slot)(piece)) for piece in pieces], 0.0) for slot in slots]
    top, found = -np.inf, []
    for bare in cut_at(pieces, [start for curve in held for start in curve.starts]):
        line, ahead = bare.line(), kept * bare.start
        top = max(top, line.level - ahead)
        due = max(top - (line.level - ahead), top - (line.at(bare.end) - kept * bare.end))
        piece = _with_held(bare, slots, held) if due > STEP else bare
        line = piece.line()
        top = max(top, line.level - ahead, line.at(piece.end) - kept * piece.end)
        found.append(piece)
    return found


def _with_held(piece: Piece, slots: Sequence[int], held: Sequence[Curve]) -> Piece:
    levels, slopes = piece.levels.copy(), piece.slopes.copy()
    for slot, curve in zip(slots, held, strict=True):
        line = curve.line(piece.start)
        levels[slot], slopes[slot] = line.at(piece.start), line.slope
    return Piece(piece.start, piece.end, levels, slopes)


# Gates and scope


def gated(
    guaranteed: Schedule,
    base: Schedule,
    gate: Gate,
    standing: Standing = NOBODY_SPECIAL,
    partner_lower: Sequence[Schedule] = (),
) -> Schedule:
    """The guaranteed schedule where the gate is open, and the base elsewhere.

    The gate is read at every earnings of the path: an award in this month, or (unless `standing` says) an award at
    these or lower earnings, which a person who comes up the path has had; `partner_lower` are schedules at lower
    earnings of the partner, on which one may have been had too. A gate that shuts is a cliff of its own, and stays
    one: no certificate speaks of what lies behind it.
    """
    open_stretches = open_over(base, gate, standing, partner_lower)
    if not open_stretches:
        return _unchanged(base)
    if len(open_stretches) == 1 and open_stretches[0][0] <= TINY and open_stretches[0][1] >= base.path.to - TINY:
        return guaranteed
    names, paid = pieces_of(guaranteed)
    _, bare = pieces_of(base)
    marks = [edge for stretch in open_stretches for edge in stretch]
    inside = [
        piece
        for piece in cut_at(paid, marks)
        if any(start - TINY <= piece.start and piece.end <= end + TINY for start, end in open_stretches)
    ]
    outside = [
        piece
        for piece in cut_at(bare, marks)
        if not any(start - TINY <= piece.start and piece.end <= end + TINY for start, end in open_stretches)
    ]
    return as_schedule(base, names, sorted([*inside, *outside], key=lambda piece: (piece.start, piece.end)))


def open_over(
    base: Schedule, gate: Gate, standing: Standing = NOBODY_SPECIAL, partner_lower: Sequence[Schedule] = ()
) -> list[tuple[float, float]]:
    """The stretches of earnings along a path on which a gate is open: see `gated`."""
    everywhere = [(0.0, base.path.to)]
    if gate.universal_credit == "not_needed" or (gate.nes_placement and standing.nes_participant):
        return everywhere
    if gate.universal_credit == "this_month":
        return _with_award(base)
    if standing.had_universal_credit is not None:
        return everywhere if standing.had_universal_credit else []
    first = [found[0][0] for one in (base, *partner_lower) if (found := _with_award(one))]
    return [(min(first), base.path.to)] if first else []


def _unchanged(base: Schedule) -> Schedule:
    names, pieces = pieces_of(base)
    return as_schedule(base, names, pieces)


def _with_award(schedule: Schedule) -> list[tuple[float, float]]:
    """Where along the path Universal Credit is in payment."""
    found = []
    for segment in schedule.segments:
        level, slope = segment.parts["universal_credit"], segment.slopes["universal_credit"]
        if max(level, level + slope * (segment.end - segment.start)) > STEP:
            found.append((segment.start, segment.end))
    return joined(found)


def covers(scope: Scope, household: Household, standing: Standing = NOBODY_SPECIAL) -> bool:
    """Whether a guarantee of that scope is for the household: its nation, pilot area and NES participation."""
    if scope.nations and household.nation not in scope.nations:
        return False
    if scope.nes_participants and not standing.nes_participant:
        return False
    if not scope.pilot_areas or standing.in_pilot_area is not None:
        return not scope.pilot_areas or bool(standing.in_pilot_area)
    own = authority(household.local_authority) if household.local_authority else None
    return own is not None and own.key in {one.key for one in map(authority, scope.pilot_areas) if one}


# From a reform to schedules


def guaranteed(
    schedule: Schedule, guarantee: Guarantee, scope: Scope | None = None, standing: Standing = NOBODY_SPECIAL
) -> Schedule:
    """A household's schedule with the guarantee on it, where it is for the household and its gate is open.

    The schedule is to be on the guarantee's own measure: the operator guarantees what it is shown.
    """
    if scope and not covers(scope, schedule.household, standing):
        return _unchanged(schedule)
    return gated(_designed(schedule, guarantee, standing), schedule, guarantee.gate, standing)


def _designed(schedule: Schedule, guarantee: Guarantee, standing: Standing) -> Schedule:
    match guarantee.design:
        case "G2":
            assert guarantee.kept is not None
            return better_off_floor(schedule, guarantee.kept, most=guarantee.most, hours=guarantee.hours)
        case "G3":
            return no_step_back(schedule, keeps_passports=guarantee.keeps_passports)
        case "G4":
            assert guarantee.most_lost is not None
            return keep_at_least(schedule, guarantee.most_lost, keeps_passports=guarantee.keeps_passports)
        case "G5":
            assert guarantee.taper is not None
            return tapered_passports(schedule, guarantee.taper, guarantee.passports)
        case "G6":
            return compensated_within_award(schedule, guarantee.passports)
        case "G7":
            assert guarantee.full_months is not None
            assert guarantee.last_month is not None
            share = share_of_run_on(standing.month, guarantee.full_months, guarantee.last_month)
            return run_on(schedule, share, guarantee.passports)


def guaranteed_schedules(
    households: Sequence[Household],
    path: EarningsPath | Sequence[EarningsPath],
    on: date,
    reforms: Sequence[Reform] = (),
    measure: Measure | None = None,
    valuation: Valuation = CENTRAL,
    standing: Standing = NOBODY_SPECIAL,
) -> list[Schedule]:
    """Schedules under the reforms' parameters and then their guarantees, in the order given.

    Each guarantee is worked out on its own measure. `measure` is the one shown (the last guarantee's where left out):
    the same pounds of top-up, and what passports are kept, stand on it.
    """
    promised = [reform.guarantee for reform in reforms if reform.guarantee]
    shown: Measure = measure or (promised[-1].measure if promised else GUARANTEED)
    measures = (shown, *(one.measure for one in promised))
    bare = schedules_by_measure(households, path, on, reforms, measures, valuation)
    return with_guarantees(bare, reforms, standing)[shown]


def with_guarantees(
    bare: Mapping[Measure, Sequence[Schedule]], reforms: Sequence[Reform], standing: Standing = NOBODY_SPECIAL
) -> dict[Measure, list[Schedule]]:
    """The guarantees of the reforms, in order, laid over schedules that are under their parameters already.

    The schedules are told on each measure that a guarantee is of, and on any other; all of them come back.
    """
    found: dict[Measure, list[Schedule]] = {measure: list(every) for measure, every in bare.items()}
    for reform in reforms:
        if reform.guarantee is None:
            continue
        own: Measure = reform.guarantee.measure
        before = found[own]
        after = [guaranteed(one, reform.guarantee, reform.scope, standing) for one in before]
        found = {
            name: after if name == own else [carried(*three) for three in zip(every, before, after, strict=True)]
            for name, every in found.items()
        }
    return found


def carried(shown: Schedule, before: Schedule, after: Schedule) -> Schedule:
    """Another measure of the same household, with what a guarantee adds to each component carried over."""
    names, pieces = pieces_of(shown)
    names_there, with_it = pieces_of(after)
    _, without = pieces_of(before)
    slots = {name: slot for slot, name in enumerate(names_there)}
    ups, bases = [one.start for one in with_it], [one.start for one in without]
    pennies = {before.end for before, after in pairwise(without) if after.start > before.end + TINY}
    found: list[Piece] = []
    for piece in cut_at(pieces, sorted({*ups, *bases, *pennies})):
        if piece.start in pennies and piece.end > piece.start + TINY:
            if found:
                continue  # the open penny of a jump: what is paid changes from one side to the other
            piece = replace(piece, end=piece.start)  # of such a jump with the first penny, no work stays
        higher = with_it[max(0, bisect_right(ups, piece.start + TINY) - 1)]
        lower = without[max(0, bisect_right(bases, piece.start + TINY) - 1)]
        levels, slopes = piece.levels.copy(), piece.slopes.copy()
        for slot, name in enumerate(names):
            if name in slots:
                there = slots[name]
                levels[slot] += higher.at(piece.start)[there] - lower.at(piece.start)[there]
                slopes[slot] += higher.slopes[there] - lower.slopes[there]
        found.append(Piece(piece.start, piece.end, levels, slopes))
    return as_schedule(shown, names, found)


# What is read off a guaranteed schedule


def top_up(schedule: Schedule, earnings: float) -> float:
    """T at those monthly earnings, pounds a month."""
    return max(0.0, schedule.parts(earnings).get(TOP_UP, 0.0))


def paid_over(schedule: Schedule) -> list[Stretch]:
    """Where a top-up is paid: it starts with the first loss and ends where T is nil; a later loss starts it again."""
    found = []
    for segment in schedule.segments:
        level = segment.parts.get(TOP_UP, 0.0)
        last = level + segment.slopes.get(TOP_UP, 0.0) * (segment.end - segment.start)
        if max(level, last) > STEP:
            found.append((segment.start, segment.end))
    return [Stretch(start, end) for start, end in joined(found)]


def ends_at(schedule: Schedule) -> float | None:
    """The earnings from which on no top-up is paid any more; None where it is paid to the end of the range."""
    stretches = paid_over(schedule)
    if not stretches:
        return 0.0
    last = stretches[-1].end
    return None if last >= schedule.path.to - PENNY / 2 else last


def moved_to_a_higher_metr(before: Schedule, after: Schedule) -> list[Stretch]:
    """Where more of an extra pound is lost with the guarantee than without: where a top-up runs off, mostly."""
    marks = sorted({one.start for one in (*before.segments, *after.segments)} | {before.path.to})
    found = [
        (start, end)
        for start, end in pairwise(marks)
        if end > start + PENNY / 2 and after.segment_at(start).metr > before.segment_at(start).metr + STEP
    ]
    return [Stretch(start, end) for start, end in joined(found) if end > start + PENNY + TINY]


def prescribed_element(top_up_due: float, maximum_amount: float, deductions: float) -> float:
    """What an element of Universal Credit would have to come to for the award to be higher by the top-up, pounds.

    Where deductions D are more than the maximum amount A, the first D - A of an element is lost in them.
    """
    return top_up_due + max(0.0, deductions - maximum_amount) if top_up_due > 0 else 0.0
