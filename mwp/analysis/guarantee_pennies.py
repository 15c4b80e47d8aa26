"""A guaranteed schedule held against the definitions at every penny: the rules' part first, then what is added to it.

The designs are worked out here a second time and in another way, penny by penny on arrays, with the most so far where
`mwp.analysis.guarantee` walks along straight lines. A kink between two pennies is a higher point than either, so what
is paid may be up to a penny more here and there, and is never less.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mwp.analysis.guarantee import PASSPORTS, Standing, covers, share_of_run_on
from mwp.analysis.lines import STEP
from mwp.analysis.measures import TOP_UP, Measure
from mwp.analysis.schedule import PENNY, EarningsPath, EveryPenny, Schedule, every_penny
from mwp.analysis.top_ups import Promise, most_lost
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.simulation import Floats
from mwp.inputs.reform import Gate, Guarantee

Parts = dict[str, Floats]
_NOISE = 1e-5


def hold_to_every_penny(schedule: Schedule, promise: Promise | None, valuation: Valuation = CENTRAL) -> EveryPenny:
    """The schedule against the rules at every penny, and where there is a guarantee against its definition too."""
    if promise is None:
        return every_penny(schedule, valuation)
    measures = dict.fromkeys((schedule.measure, promise.reading))
    found = [every_penny(promise.before[name], valuation) for name in measures]
    rules = max(found, key=lambda one: one.worst)
    pennies = np.arange(rules.pennies)
    expected = _by_definition(promise, pennies)[schedule.measure]
    told = _parts(promise.after[schedule.measure], pennies)
    apart = _total(told) - _total(expected)
    wrong = np.where(apart < 0, np.where(apart > -_NOISE, 0.0, PENNY - apart), apart)
    wrong[_gate_edges(promise, pennies)] = 0.0
    worst = int(wrong.argmax())
    return replace(rules, guarantee_worst=float(wrong[worst]), guarantee_worst_at=float(pennies[worst] * PENNY))


def _parts(schedule: Schedule, pennies: NDArray[np.intp]) -> Parts:
    """Every component at every penny."""
    segments = schedule.segments
    starts = np.array([one.start for one in segments])
    earned = pennies * PENNY
    piece = np.maximum(np.searchsorted(starts, earned + PENNY / 1e4, side="right") - 1, 0)
    beyond = earned - starts[piece]
    return {
        name: np.array([one.parts[name] for one in segments])[piece]
        + np.array([one.slopes[name] for one in segments])[piece] * beyond
        for name in segments[0].parts
    }


def _total(parts: Mapping[str, Floats]) -> Floats:
    return np.asarray(sum(parts.values()))


def _by_definition(promise: Promise, pennies: NDArray[np.intp]) -> dict[Measure, Parts]:
    """Every measure's components at every penny with each guarantee in turn."""
    found = {name: _parts(one, pennies) | {TOP_UP: np.zeros(len(pennies))} for name, one in promise.before.items()}
    for reform in promise.reforms:
        if reform.guarantee is None:
            continue
        own = found[reform.guarantee.measure]
        schedule = promise.before[reform.guarantee.measure]
        if not covers(reform.scope, schedule.household, promise.standing):
            continue
        added = _added(reform.guarantee, own, schedule.path, pennies, promise)
        open_at = _open(reform.guarantee.gate, own, promise, pennies)
        for parts in found.values():
            for name, more in added.items():
                if name in parts:
                    parts[name] = parts[name] + np.where(open_at, more, 0.0)
    return found


def _added(guarantee: Guarantee, own: Parts, path: EarningsPath, pennies: NDArray[np.intp], promise: Promise) -> Parts:
    """What the guarantee adds to each component, its gate open throughout."""
    earned, bare = np.asarray(pennies * PENNY, dtype=np.float64), _total(own)
    held = [name for name in own if name in (guarantee.passports or PASSPORTS)]
    if guarantee.design == "G2":
        assert guarantee.kept is not None
        owed = np.minimum(guarantee.kept * earned, np.inf if guarantee.most is None else guarantee.most)
        hours = path.moves(earned)[path.adult, "hours"]
        floor = np.where(hours >= guarantee.hours - 1e-9, bare[0] + owed, -np.inf)
        return {TOP_UP: np.maximum(0.0, floor - bare)}
    if guarantee.design in ("G3", "G4"):
        kept = 1.0 - most_lost(guarantee)
        if not guarantee.keeps_passports:
            floor = _so_far(_highest(bare, promise, pennies, kept), earned, kept)
            return {TOP_UP: np.maximum(0.0, floor - bare)}
        return _passports_kept(own, held, earned, kept)
    if guarantee.design == "G5":
        assert guarantee.taper is not None
        return {name: _so_far(own[name], earned, -guarantee.taper) - own[name] for name in held}
    lost = np.asarray(sum((np.maximum(0.0, own[name][0] - own[name]) for name in held), np.zeros(len(earned))))
    if guarantee.design == "G6":
        return {TOP_UP: lost}
    assert guarantee.full_months is not None
    assert guarantee.last_month is not None
    return {TOP_UP: lost * share_of_run_on(promise.standing.month, guarantee.full_months, guarantee.last_month)}


def _so_far(values: Floats, earned: Floats, kept: float) -> Floats:
    """kept x e + the most of the values less kept x e up to each penny."""
    return np.asarray(np.maximum.accumulate(values - kept * earned) + kept * earned)


def _highest(bare: Floats, promise: Promise, pennies: NDArray[np.intp], kept: float) -> Floats:
    """The measure, or what the partner's lower pay leaves with the same share of every pound from there on, if more."""
    if promise.both is None:
        return bare
    partner = promise.both.levels[-1]
    each = zip(promise.both.before, promise.both.levels, strict=True)
    others = [_total(_parts(one, pennies)) + kept * (partner - level) for one, level in each]
    return np.asarray(np.maximum.reduce([bare, *others]))


def _passports_kept(own: Parts, held: list[str], earned: Floats, kept: float) -> Parts:
    """Passports kept wherever a top-up would be due without them, from none kept until nothing changes."""
    bare = _total(own)
    most = {name: np.maximum.accumulate(own[name]) for name in held}
    due = np.zeros(len(earned), dtype=bool)
    while True:
        more = {name: np.where(due, most[name] - own[name], 0.0) for name in held}
        lifted = bare + sum(more.values())
        floor = _so_far(np.asarray(lifted), earned, kept)
        again = floor - bare > STEP
        if (again == due).all():
            return more | {TOP_UP: np.maximum(0.0, floor - lifted)}
        due = again


def _open(gate: Gate, own: Parts, promise: Promise, pennies: NDArray[np.intp]) -> NDArray[np.bool_]:
    standing: Standing = promise.standing
    everywhere = np.ones(len(pennies), dtype=bool)
    if gate.universal_credit == "not_needed" or (gate.nes_placement and standing.nes_participant):
        return everywhere
    awards = own["universal_credit"] > STEP
    if gate.universal_credit == "this_month":
        return awards
    if standing.had_universal_credit is not None:
        return everywhere & standing.had_universal_credit
    for one in promise.both.before if promise.both else ():
        awards = awards | (_parts(one, pennies)["universal_credit"] > STEP)
    return np.asarray(np.logical_or.accumulate(awards))


def _gate_edges(promise: Promise, pennies: NDArray[np.intp]) -> NDArray[np.bool_]:
    """The pennies beside a gate that opens or shuts, which lies between two of them."""
    edges = np.zeros(len(pennies), dtype=bool)
    for reform in promise.reforms:
        if reform.guarantee is not None:
            own = _parts(promise.before[reform.guarantee.measure], pennies)
            flips = np.flatnonzero(np.diff(_open(reform.guarantee.gate, own, promise, pennies)))
            for near in (-1, 0, 1, 2):
                edges[np.clip(flips + near, 0, len(pennies) - 1)] = True
    return edges
