"""What the guarantees of reforms add to every household's month, whole populations at a time.

A guarantee looks back over every lower pay (docs/guarantee.md). Household by household `mwp.analysis.top_ups` reads it
off exact schedules; here the same supremum is looked for over many households at once. With f(x) = M(x) - (1 - m) x, M
the measure and x whole pennies of pay up to the present one (both partners' where both have pay), f is worked out at
evenly spaced points, then ever finer wherever it could still come to more than the most found, and wherever it is no
straight line.

**Error.** What is found is never above the supremum over pennies, and less by at most `TOLERANCE` for one earner and
`TOLERANCE_OF_BOTH` for two, as long as M does not rise by more than `STEEPEST` a pound over a stretch, or by a jump,
only to fall again before the next point that is looked at. Tests hold it to the exact schedules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from mwp.analysis.calculation import calculations
from mwp.analysis.guarantee import (
    NOBODY_SPECIAL,
    PASSPORTS,
    covers,
    earnings_at_hours,
    share_of_run_on,
)
from mwp.analysis.lines import STEP
from mwp.analysis.measures import COMPONENTS
from mwp.analysis.schedule import PENNY, EarningsPath
from mwp.analysis.top_ups import has_guarantee, joint_design, months, most_lost
from mwp.core.units import WEEKS_A_MONTH
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.rows import Table
from mwp.engine.simulation import Floats, Ints, Move, Moving, Terms
from mwp.inputs.household import Household
from mwp.inputs.reform import Gate, Guarantee, Reform
from mwp.population.laws import law_under
from mwp.population.tables import Flags, Population, words

TOLERANCE = 0.01
"""Pounds a month: how far below the supremum a top-up on one earner's pay may be found."""
TOLERANCE_OF_BOTH = 1.0
"""The same for a couple of which both have pay."""
STEEPEST = 1.5
"""Pounds that the measure may rise by for a pound of pay: more than one where childcare help comes with hours."""
_COARSE = 5_000  # pennies between the first points along one earner's pay
_SIDE = 8  # stretches each partner's pay is first cut into
_PARTS = 4  # into which a stretch is cut at each further look
_STRAIGHT = 1e-6  # pounds: less than this off the straight line is none
_MOVES: tuple[Move, ...] = tuple((a, n) for a in (0, 1) for n in ("hours", "hourly_wage", "stated_pay"))
_AWARD = "universal_credit"
_SOME = 25  # households whose exact schedules are worked out together


@dataclass(frozen=True)
class Pay:
    """Each adult's pay as it stands: pounds a month, pounds an hour (nil where no hours are told), hours a week."""

    told: dict[Move, Floats]

    @classmethod
    def of(cls, table: Table) -> Pay:
        """As the rows of the households have it."""
        found: dict[Move, Floats] = {}
        for name in ("hours", "hourly_wage", "stated_pay"):
            both = table.each_adult(table.columns[name])
            found |= {(adult, name): np.asarray(both[adult]) for adult in (0, 1)}
        return cls(found)

    def amount(self, adult: int) -> Floats:
        """Pay a month before tax."""
        stated, hours, wage = (self.told[adult, n] for n in ("stated_pay", "hours", "hourly_wage"))
        return np.where(stated > 0, stated, hours * wage * WEEKS_A_MONTH)

    def wage(self, adult: int) -> Floats:
        """Pay an hour along the path to the present pay: as told, else pay by hours; nil where there are no hours."""
        hours, wage = self.told[adult, "hours"], self.told[adult, "hourly_wage"]
        with np.errstate(divide="ignore", invalid="ignore"):
            by_hours = np.where(hours > 0, self.amount(adult) / (hours * WEEKS_A_MONTH), 0.0)
        return np.where((wage > 0) & (hours > 0), wage, by_hours)

    def has_path(self, adult: int) -> Flags:
        """Whose pay hours lead to."""
        return np.asarray((self.amount(adult) > 0) & (self.told[adult, "hours"] > 0))

    def earner(self) -> Ints:
        """Whose pay a guarantee on one earner's pay looks back along: the claimant's, else the partner's."""
        return np.where(self.has_path(0), 0, 1).astype(np.intp)


class Grid:
    """The households of a table under one set of parameters, with the pay of `adults` moving along their own hours.

    `wages` are those at which hours grow, (2, households); by default each adult's own.
    """

    def __init__(
        self,
        table: Table,
        terms: Terms,
        wanted: Sequence[str],
        wages: Floats | None = None,
        adults: tuple[int, ...] = (0, 1),
    ) -> None:
        self.table, self.pay = table, Pay.of(table)
        self.wages = np.array([self.pay.wage(0), self.pay.wage(1)]) if wages is None else wages
        self._adults, self._wanted = adults, tuple(wanted)
        self._moving = Moving(table, terms, wanted, [move for move in _MOVES if move[0] in adults])

    def at(self, homes: Ints, pay: dict[int, Floats]) -> dict[str, Floats]:
        """The wanted variables with the named adults' pay as given and the others' as it is."""
        if not len(homes):
            return {name: np.zeros(0) for name in self._wanted}
        moves: dict[Move, Floats] = {}
        for adult in self._adults:
            if adult not in pay:
                moves |= {(adult, n): self.pay.told[adult, n][homes] for n in ("hours", "hourly_wage", "stated_pay")}
                continue
            wage = self.wages[adult][homes]
            with np.errstate(divide="ignore", invalid="ignore"):
                hours = np.where(wage > 0, pay[adult] / (wage * WEEKS_A_MONTH), 0.0)
            moves |= {
                (adult, "hours"): hours,
                (adult, "hourly_wage"): wage,
                (adult, "stated_pay"): np.zeros(len(homes)),
            }
        return dict(self._moving.at(homes, moves).amounts)


class Lookback:
    """Every household's measure at lower pay, under one set of parameters: what several guarantees can be read off.

    The first, evenly spaced look is kept, so that guarantees that differ in their numbers alone share it. Whether a
    gate is open turns on Universal Credit alone, which is less to work out than a whole measure: it is looked at first,
    and the measure only of those whose gate is open.
    """

    def __init__(self, table: Table, terms: Terms, measure: str) -> None:
        self.table, self.measure = table, measure
        self.grid, self._awards = Grid(table, terms, (measure,)), Grid(table, terms, (_AWARD,))
        self.pay = self.grid.pay
        everyone = np.arange(table.households)
        self.now, self.award_now = self.grid.at(everyone, {})[measure], self._awards.at(everyone, {})[_AWARD]
        self._looked: dict[tuple[str, bytes], Any] = {}
        self.found: dict[tuple[float, str], Floats] = {}

    def both(self) -> Flags:
        """Couples of which both have pay that hours lead to."""
        return np.asarray(self.pay.has_path(0) & self.pay.has_path(1))

    def one(self) -> Flags:
        """Households of which one has pay that hours lead to."""
        return np.asarray(self.pay.has_path(0) ^ self.pay.has_path(1))

    @cached_property
    def award_ever(self) -> Floats:
        """The highest award at the present or lower earnings: at evenly spaced points of them."""
        found = self.award_now.copy()
        homes = np.flatnonzero(self.one())
        of, pennies = self._points(homes)
        np.maximum.at(found, homes[of], self._at(self._awards, homes[of], pennies))
        homes = np.flatnonzero(self.both())
        one, two = self._corners(homes)
        found[homes] = np.maximum(found[homes], self._on_square(self._awards, homes, one, two).max(axis=(1, 2)))
        return found

    def _once(self, what: str, homes: Ints, look: Callable[[], Floats]) -> Floats:
        """What is found for some households, kept for the next guarantee."""
        key = (what, homes.tobytes())
        if key not in self._looked:
            self._looked[key] = look()
        return np.asarray(self._looked[key])

    # One earner

    def _points(self, homes: Ints) -> tuple[Ints, Ints]:
        """Evenly spaced points along the earner's pay: whose (a place in `homes`), and pennies."""
        last = _pennies(_pick(self.pay.earner(), self.pay.amount(0), self.pay.amount(1)))[homes]
        steps = np.maximum(1, -(-last // _COARSE))
        of = np.repeat(np.arange(len(homes)), steps + 1)
        nth = np.arange(len(of)) - np.repeat(np.cumsum(steps + 1) - (steps + 1), steps + 1)
        return of, nth * last[of] // steps[of]

    def _at(self, grid: Grid, homes: Ints, pennies: Ints) -> Floats:
        """What a grid is of, at so much pay of each household's earner."""
        found, earner = np.empty(len(homes)), self.pay.earner()[homes]
        for adult in (0, 1):
            mine = np.flatnonzero(earner == adult)
            if len(mine):
                (found[mine],) = grid.at(homes[mine], {adult: _pounds(pennies[mine])}).values()
        return found

    def highest(self, homes: Ints, kept: float) -> Floats:
        """For one earner's pay: the most that M - kept x pay comes to at lower pay."""
        of, pennies = self._points(homes)
        values = self._once("one", homes, lambda: self._at(self.grid, homes[of], pennies))
        most = np.full(len(homes), -np.inf)
        f = values - kept * pennies * PENNY
        np.maximum.at(most, of, f)
        inside = np.flatnonzero(np.diff(of) == 0)
        whose, low, high = of[inside], pennies[inside], pennies[inside + 1]
        at_low, at_high = f[inside], f[inside + 1]
        while len(whose):
            could = np.maximum(at_low, at_high) + (STEEPEST - kept) * (high - low) * PENNY
            left = np.flatnonzero((high - low > 1) & (could > most[whose] + TOLERANCE))
            if not len(left):
                break
            whose, low, high, at_low, at_high = (a[left] for a in (whose, low, high, at_low, at_high))
            cut = [low + (high - low) * part // _PARTS for part in range(1, _PARTS)]
            points = np.concatenate(cut)
            again = np.tile(whose, len(cut))
            value = self._at(self.grid, homes[again], points)
            found = (value - kept * points * PENNY).reshape(len(cut), -1)
            np.maximum.at(most, again, found.reshape(-1))
            marks = np.vstack([low, *cut, high])
            levels = np.vstack([at_low, found, at_high])
            chord = at_low + (at_high - at_low) * ((np.vstack(cut) - low) / (high - low))
            bent = (np.abs(found - chord) > _STRAIGHT).any(axis=0)
            whose = np.tile(whose[bent], _PARTS)
            low, high = marks[:-1, bent].reshape(-1), marks[1:, bent].reshape(-1)
            at_low, at_high = levels[:-1, bent].reshape(-1), levels[1:, bent].reshape(-1)
        return most

    # Both partners

    def _corners(self, homes: Ints) -> tuple[Ints, Ints]:
        """For couples who both have pay: both partners' pennies on an even grid, (couples, steps, steps)."""
        nth = np.arange(_SIDE + 1)
        first, second = (
            np.asarray(nth[None, :] * _pennies(self.pay.amount(adult))[homes][:, None] // _SIDE) for adult in (0, 1)
        )
        shape = (len(homes), _SIDE + 1, _SIDE + 1)
        return np.broadcast_to(first[:, :, None], shape), np.broadcast_to(second[:, None, :], shape)

    def _on_square(self, grid: Grid, homes: Ints, one: Ints, two: Ints) -> Floats:
        at = np.broadcast_to(homes[:, None, None], one.shape).reshape(-1)
        (found,) = grid.at(at, {0: _pounds(one.reshape(-1)), 1: _pounds(two.reshape(-1))}).values()
        return found.reshape(one.shape)

    def highest_of_both(self, homes: Ints, kept: float) -> Floats:
        """For couples who both have pay: the most that M - kept x both partners' pay comes to at lower pay."""
        one, two = self._corners(homes)
        values = self._once("both", homes, lambda: self._on_square(self.grid, homes, one, two))
        f = values - kept * (one + two) * PENNY
        most = np.asarray(f.max(axis=(1, 2), initial=-np.inf), dtype=np.float64)
        whose = np.broadcast_to(np.arange(len(homes))[:, None, None], f[:, :-1, :-1].shape).reshape(-1)
        box = [c.reshape(-1) for c in (one[:, :-1, :-1], one[:, 1:, 1:], two[:, :-1, :-1], two[:, 1:, 1:])]
        corner = [c.reshape(-1) for c in (f[:, :-1, :-1], f[:, 1:, :-1], f[:, :-1, 1:], f[:, 1:, 1:])]
        while len(whose):
            wide, tall = box[1] - box[0], box[3] - box[2]
            could = np.maximum.reduce(corner) + (STEEPEST - 0.5 - kept) * (wide + tall) * PENNY
            left = np.flatnonzero(((wide > 1) | (tall > 1)) & (could > most[whose] + TOLERANCE_OF_BOTH))
            if not len(left):
                break
            whose, box, corner = whose[left], [c[left] for c in box], [c[left] for c in corner]
            middle = [(box[0] + box[1]) // 2, (box[2] + box[3]) // 2]
            marks = [(box[0], middle[0], box[1]), (box[2], middle[1], box[3])]
            new = [(1, 1), (1, 0), (1, 2), (0, 1), (2, 1)]
            first = np.concatenate([marks[0][i] for i, _ in new])
            second = np.concatenate([marks[1][j] for _, j in new])
            again = np.tile(whose, len(new))
            found = self.grid.at(homes[again], {0: _pounds(first), 1: _pounds(second)})[self.measure]
            f = found - kept * (first + second) * PENNY
            np.maximum.at(most, again, f)
            value = dict(zip(new, f.reshape(len(new), -1), strict=True))
            value |= {(0, 0): corner[0], (2, 0): corner[1], (0, 2): corner[2], (2, 2): corner[3]}
            bent = np.abs(value[0, 0] + value[2, 2] - value[2, 0] - value[0, 2]) > _STRAIGHT
            width = [np.maximum(box[1] - box[0], 1), np.maximum(box[3] - box[2], 1)]
            share = [(middle[0] - box[0]) / width[0], (middle[1] - box[2]) / width[1]]
            for i, j in new:
                across, up = (0.0, share[0], 1.0)[i], (0.0, share[1], 1.0)[j]
                flat = value[0, 0] + across * (value[2, 0] - value[0, 0]) + up * (value[0, 2] - value[0, 0])
                bent |= np.abs(value[i, j] - flat) > _STRAIGHT
            keep = np.flatnonzero(bent)
            quarters = [(i, j) for i in (0, 1) for j in (0, 1)]
            whose = np.tile(whose[keep], 4)
            box = [
                np.concatenate([marks[0][i][keep] for i, _ in quarters]),
                np.concatenate([marks[0][i + 1][keep] for i, _ in quarters]),
                np.concatenate([marks[1][j][keep] for _, j in quarters]),
                np.concatenate([marks[1][j + 1][keep] for _, j in quarters]),
            ]
            corner = [
                np.concatenate([value[i + a, j + b][keep] for i, j in quarters])
                for a, b in ((0, 0), (1, 0), (0, 1), (1, 1))
            ]
        return most


def _pick(which: Ints, first: Floats, second: Floats) -> Floats:
    return np.where(which == 0, first, second)


def _pounds(pennies: Ints) -> Floats:
    return np.asarray(pennies * PENNY, dtype=np.float64)


def _pennies(pay: Floats) -> Ints:
    """Whole pennies of pay, the one it lies in left out."""
    return np.floor(pay / PENNY + 1e-6).astype(np.intp)


class TopUps:
    """What the guarantees of reforms add, for the households of one table: parameters alike, the looking is shared."""

    def __init__(self, population: Population, table: Table, on: date, valuation: Valuation = CENTRAL) -> None:
        self.population, self.table, self.on, self.valuation = population, table, on, valuation
        self._known: dict[tuple[str, str], Lookback] = {}

    def under(self, reforms: Sequence[Reform]) -> Floats:
        """Pounds a month that the guarantees add to what each household has: nil where nobody has pay."""
        found = np.zeros(self.table.households)
        if not has_guarantee(reforms) or not len(found):
            return found
        promised = [reform for reform in reforms if reform.guarantee]
        guarantee = promised[0].guarantee
        assert guarantee is not None
        if len(promised) > 1 or guarantee.keeps_passports or guarantee.design == "G5":
            return self._exactly(reforms)
        covered = self.covered(promised[0])
        added = self._added(reforms, guarantee)
        return np.where(covered & (added > STEP), added, 0.0)

    def reached(self, reforms: Sequence[Reform]) -> tuple[Floats, Floats, Flags]:
        """Of a guarantee of design G3 or G4: what it looks back to, the highest award so far, and whom it is for.

        The first is the most that M - (1 - m) x pay comes to up to the present pay, pounds a month; where the gate is
        closed it is what that comes to now, for nobody has looked back there.
        """
        guarantee = joint_design(reforms)
        assert guarantee is not None
        (reform,) = (one for one in reforms if one.guarantee)
        before, kept = self._lookback(reforms, guarantee.measure), 1.0 - most_lost(guarantee)
        owed = self._owed(before, guarantee.gate, kept)
        first, second = before.pay.amount(0), before.pay.amount(1)
        paid = np.where(before.both(), first + second, _pick(before.pay.earner(), first, second))
        return owed + before.now - kept * paid, before.award_ever, self.covered(reform)

    def covered(self, reform: Reform) -> Flags:
        """Whom a guarantee's scope is for, by nation and council."""
        nations = words(self.population.households, "nation")
        councils = words(self.population.households, "local_authority")
        known: dict[tuple[str, str], bool] = {}
        found = np.zeros(self.population.size, dtype=bool)
        for place, key in enumerate(zip(nations, councils, strict=True)):
            if key not in known:
                home = Household.model_construct(nation=key[0], local_authority=key[1] or None)
                known[key] = covers(reform.scope, home, NOBODY_SPECIAL)
            found[place] = known[key]
        return found

    def _lookback(self, reforms: Sequence[Reform], measure: str) -> Lookback:
        key = (repr([reform.parameters for reform in reforms if reform.parameters]), measure)
        if key not in self._known:
            terms = Terms(law_under(self.on, reforms), valuation=self.valuation)
            self._known[key] = Lookback(self.table, terms, measure)
        return self._known[key]

    def _added(self, reforms: Sequence[Reform], guarantee: Guarantee) -> Floats:
        before = self._lookback(reforms, guarantee.measure)
        if joint_design(reforms) is not None:
            return np.maximum(self._owed(before, guarantee.gate, 1.0 - most_lost(guarantee)), 0.0)
        homes = np.flatnonzero(before.pay.has_path(0) | before.pay.has_path(1))
        found, award = self._against_no_pay(reforms, guarantee, before, homes)
        return np.where(gate_open(guarantee.gate, before.award_now, award), np.maximum(found, 0.0), 0.0)

    def _owed(self, before: Lookback, gate: Gate, kept: float) -> Floats:
        """What G3 and G4 owe those whose gate is open: below nil where they owe nothing, nil to everybody else."""
        key = (kept, gate.universal_credit)
        if key not in before.found:
            owed, is_open = np.zeros(self.table.households), _opened(gate, before)
            homes = np.flatnonzero(before.both() & is_open)
            paid = before.pay.amount(0) + before.pay.amount(1)
            owed[homes] = before.highest_of_both(homes, kept) - (before.now - kept * paid)[homes]
            homes = np.flatnonzero(before.one() & is_open)
            paid = _pick(before.pay.earner(), before.pay.amount(0), before.pay.amount(1))
            owed[homes] = before.highest(homes, kept) - (before.now - kept * paid)[homes]
            before.found[key] = owed
        return before.found[key]

    def _against_no_pay(
        self, reforms: Sequence[Reform], guarantee: Guarantee, before: Lookback, homes: Ints
    ) -> tuple[Floats, Floats]:
        """G2, G6 and G7 look at one point besides the present: the earner without pay."""
        terms = Terms(law_under(self.on, reforms), valuation=self.valuation)
        parts = tuple(name for name in guarantee.passports or PASSPORTS if name in COMPONENTS[guarantee.measure])
        grid = Grid(self.table, terms, (guarantee.measure, "universal_credit", *parts))
        earner = before.pay.earner()
        found, award = np.zeros(self.table.households), before.award_now.copy()
        for adult in (0, 1):
            mine = homes[earner[homes] == adult]
            if not len(mine):
                continue
            paid = before.pay.amount(adult)[mine]
            without, there = grid.at(mine, {adult: np.zeros(len(mine))}), grid.at(mine, {})
            award[mine] = np.maximum(award[mine], without["universal_credit"])
            if guarantee.design == "G2":
                found[mine] = self._floor(guarantee, before, adult, mine, paid, without, there)
            else:
                lost = sum(np.maximum(without[name] - there[name], 0.0) for name in parts)
                if guarantee.design == "G6":
                    found[mine] = np.where(there["universal_credit"] > STEP, lost, 0.0)
                else:
                    assert guarantee.full_months is not None
                    assert guarantee.last_month is not None
                    found[mine] = lost * share_of_run_on(
                        NOBODY_SPECIAL.month, guarantee.full_months, guarantee.last_month
                    )
        return found, award

    def _floor(
        self,
        guarantee: Guarantee,
        before: Lookback,
        adult: int,
        mine: Ints,
        paid: Floats,
        without: dict[str, Floats],
        there: dict[str, Floats],
    ) -> Floats:
        assert guarantee.kept is not None
        more = guarantee.kept * paid
        more = more if guarantee.most is None else np.minimum(more, guarantee.most)
        wage = before.pay.wage(adult)[mine]
        first = np.array([earnings_at_hours(EarningsPath(adult, "hours", w), guarantee.hours) or 0.0 for w in wage])
        enough = paid >= np.ceil(first / PENNY - 1e-6) * PENNY - PENNY / 2
        owed = without[guarantee.measure] + more - there[guarantee.measure]
        return np.where(enough, owed, 0.0)

    def _exactly(self, reforms: Sequence[Reform]) -> Floats:
        """Household by household on exact schedules: for designs that raise each passport along its own path."""
        from mwp.population.convert import households_of

        pay = Pay.of(self.table)
        found = np.zeros(self.table.households)
        for some in _batches(np.flatnonzero(pay.has_path(0) | pay.has_path(1))):
            homes = households_of(self.population, some)
            every = months(calculations(homes, self.on, reforms, self.valuation), reforms)
            found[some] = [sum(month.added.values()) for month in every]
        return found


def gate_open(gate: Gate, now: Floats, ever: Floats) -> Flags:
    """Whether the gate is open: an award this month, or one at these or lower earnings as the last six months' may."""
    if gate.universal_credit == "not_needed":
        return np.ones(now.shape, dtype=bool)
    return np.asarray((now if gate.universal_credit == "this_month" else ever) > STEP)


def _opened(gate: Gate, before: Lookback) -> Flags:
    """The same, the lower earnings looked at only where the gate asks for them."""
    ever = before.award_ever if gate.universal_credit == "last_six_periods" else before.award_now
    return gate_open(gate, before.award_now, ever)


def _batches(places: Ints) -> Iterator[Ints]:
    for start in range(0, len(places), _SOME):
        yield places[start : start + _SOME]
