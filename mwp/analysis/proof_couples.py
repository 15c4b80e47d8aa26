"""What a certificate checks of couples with both earners moving: at pairs of earnings, worked out directly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from mwp.analysis import guarantee, guarantee_couples
from mwp.analysis.claims import AWARD, JOINT_STEPS, SLACK, TOLERANCE, Ask, Example, Findings, Tally
from mwp.analysis.direct import Bools, Direct, Lines, Walk, pounds, total_of
from mwp.analysis.measures import TOP_UP
from mwp.analysis.schedule import PENNY
from mwp.analysis.sweep import EARNERS
from mwp.engine.simulation import Floats
from mwp.inputs.household import Household

if TYPE_CHECKING:
    from mwp.analysis.proof import Proof

JOINT_ROWS = 50_000
COUPLES_COMPARED = 1_000
"""One couple in so many, by its id, is also held against `mwp.analysis.guarantee_couples`."""


def jointly(
    ask: Ask,
    ids: Sequence[str],
    homes: Sequence[Household],
    proofs: Mapping[tuple[int, int], "Proof"],
    direct: Direct,
    found: Findings,
) -> None:
    """Couples with both earners moving, at pairs of earnings: a grid, and each earner's own kinks and jumps.

    M is worked out directly at every pair. Under G3 and G4 N is its running maximum along both axes (see
    `mwp.analysis.guarantee_couples`); checked are METR and participation tax rate, for either earner and both together,
    and that what each earner's own path pays is no more than what both together are due. Now and then the whole is held
    against `guarantee_couples` too. Without a guarantee what is checked is that nothing falls along either axis.
    """
    couples = [place for place, home in enumerate(homes) if len(home.adults) > 1]
    batch: list[tuple[int, tuple[Walk, Walk, Floats, Floats]]] = []
    rows = 0
    for place in couples:
        first, second = proofs[place, 0], proofs[place, 1]
        axes = (first.walk, second.walk, _axis(first, second.walk.other), _axis(second, first.walk.other))
        size = len(axes[2]) * len(axes[3])
        if batch and rows + size > JOINT_ROWS:
            _pairs(ask, ids, proofs, direct, batch, found)
            batch, rows = [], 0
        batch.append((place, axes))
        rows += size
    if batch:
        _pairs(ask, ids, proofs, direct, batch, found)
    for place in couples:
        chosen = int.from_bytes(sha256(ids[place].encode()).digest()[:8], "big") % COUPLES_COMPARED == 0
        if chosen and ask.most_lost is not None and proofs[place, 0].covered:
            _compare(ask, proofs[place, 0], proofs[place, 1], direct, found)


def _axis(proof: "Proof", own: float | None) -> Floats:
    """One earner's pay at the pairs: a grid, the pennies of the own path's kinks and jumps, and what is had now."""
    edges = np.array([edge for piece in proof.reformed.segments for edge in (piece.start, piece.end)]) / PENNY
    start, grid = 0.0, []
    for end, step in JOINT_STEPS:
        grid.append(np.arange(start, end, step) / PENNY)
        start = end
    last = round(proof.walk.path.to / PENNY)
    pennies = np.concatenate((np.floor(edges + 1e-6), np.ceil(edges - 1e-6), *grid, [last]))
    pay = pounds(np.unique(np.round(pennies)))
    now = own or 0.0
    return pay if np.abs(pay - now).min() < PENNY / 1e4 else np.sort(np.append(pay, now))


def _pairs(
    ask: Ask,
    ids: Sequence[str],
    proofs: Mapping[tuple[int, int], "Proof"],
    direct: Direct,
    batch: Sequence[tuple[int, tuple[Walk, Walk, Floats, Floats]]],
    found: Findings,
) -> None:
    parts = direct.at_pairs([place for place, _ in batch], [axes for _, axes in batch])
    total, award = total_of(parts), parts["universal_credit"] > AWARD
    start = 0
    for place, (_, _, x, y) in batch:
        here = slice(start, start + len(x) * len(y))
        start += len(x) * len(y)
        measured = total[here].reshape(len(x), len(y))
        opened = _opened(ask, proofs[place, 0], award[here].reshape(len(x), len(y)))
        found.couples += 1
        found.pairs += measured.size
        joint = _Joint(proofs[place, 0], proofs[place, 1], x, y, measured, opened)
        worst = joint.worst()
        if worst and worst.amount > TOLERANCE:
            found.failed.setdefault("jointly", Tally()).add(joint.times, worst)


def _opened(ask: Ask, proof: "Proof", award: Bools) -> Bools:
    """At which pairs of earnings the gate is open: an award at these, or at no higher earnings of both."""
    gate = ask.design.gate if ask.design else guarantee.OPEN_TO_ALL
    standing = ask.standing
    if not proof.covered:
        return np.zeros_like(award)
    if gate.universal_credit == "not_needed" or (gate.nes_placement and standing.nes_participant):
        return np.ones_like(award)
    if gate.universal_credit == "this_month":
        return award
    if standing.had_universal_credit is not None:
        return np.full_like(award, standing.had_universal_credit)
    return np.logical_or.accumulate(np.logical_or.accumulate(award, axis=0), axis=1)


@dataclass
class _Joint:
    """One couple at pairs of earnings: x the claimant's (down), y the partner's (across)."""

    first: "Proof"
    second: "Proof"
    x: Floats
    y: Floats
    measured: Floats
    open: Bools
    times: int = 0

    @cached_property
    def kept(self) -> float:
        """What the guarantee says is kept of a pound; nil without one."""
        most_lost = self.first.ask.most_lost
        return 0.0 if most_lost is None else 1.0 - most_lost

    @cached_property
    def had(self) -> Floats:
        """N at every pair."""
        if self.first.ask.design is None:
            return self.measured
        drift = self.kept * (self.x[:, None] + self.y[None, :])
        highest = np.maximum.accumulate(np.maximum.accumulate(self.measured - drift, axis=0), axis=1)
        return np.where(self.open, highest + drift, self.measured)

    def worst(self) -> Example | None:
        """The worst of everything that is checked; `times` counts what is broken."""
        best: Example | None = None
        for excess, of in self._excesses():
            if not excess.size:
                continue
            self.times += int((excess > TOLERANCE).sum())
            place = np.unravel_index(int(np.argmax(excess)), excess.shape)
            amount = float(excess[place])
            if amount > TOLERANCE and (best is None or amount > best.amount):
                best = self._example(int(place[0]), int(place[1]), of, amount)
        return best

    def _excesses(self) -> Iterable[tuple[Floats, str]]:
        had, opened, kept = self.had, self.open, self.kept
        down = kept * np.diff(self.x)[:, None] - np.diff(had, axis=0)
        yield np.where(opened[1:] & opened[:-1], down, 0.0), "claimant"
        across = kept * np.diff(self.y)[None, :] - np.diff(had, axis=1)
        yield np.where(opened[:, 1:] & opened[:, :-1], across, 0.0), "partner"
        if self.first.ask.design is None:
            return
        if opened[0, 0]:
            whole = kept * (self.x[:, None] + self.y[None, :]) - (had - had[0, 0])
            yield np.where(opened, whole, 0.0), "both"
        for proof, axis, line in ((self.first, self.x, self._column()), (self.second, self.y, self._row())):
            there = np.minimum(np.searchsorted(proof.earnings, axis - PENNY / 1e4), len(proof.earnings) - 1)
            known = (np.abs(proof.earnings[there] - axis) < PENNY / 1e4) & proof.open[there]
            yield np.where(known, proof.had[there] - had[line], 0.0)[:, None], f"alone:{EARNERS[proof.walk.path.adult]}"

    def _column(self) -> tuple[slice, int]:
        """Where the partner has what the partner has now."""
        return slice(None), int(np.argmin(np.abs(self.y - (self.first.walk.other or 0.0))))

    def _row(self) -> tuple[int, slice]:
        return int(np.argmin(np.abs(self.x - (self.second.walk.other or 0.0)))), slice(None)

    def _example(self, row: int, column: int, of: str, amount: float) -> Example:
        x, y, had = self.x.tolist(), self.y.tolist(), self.had
        there, about = float(had[row, column]), (self.first.ident, self.first.home.name)
        if of == "partner":
            after = float(had[row, column + 1])
            return Example(*about, of, y[column], y[column + 1], there, after, amount, other=x[row])
        if of == "claimant":
            after = float(had[row + 1, column])
            return Example(*about, of, x[row], x[row + 1], there, after, amount, other=y[column])
        if of == "both":
            none = float(had[0, 0])
            return Example(*about, of, 0.0, x[row], none, there, amount, other=0.0, to_other=y[column])
        earner = of.partition(":")[2]
        pay = x[row] if earner == "claimant" else y[row]
        return Example(*about, earner, pay, pay, 0.0, 0.0, amount, cause="joint")


def _compare(ask: Ask, first: "Proof", second: "Proof", direct: Direct, found: Findings) -> None:
    """`guarantee_couples` on its own lines, against the running maximum over pairs worked out directly."""
    assert ask.most_lost is not None
    both = (replace(first.walk.path, to=3_000.0), replace(second.walk.path, to=1_500.0))
    told = guarantee_couples.couple(
        first.home, both, ask.most_lost, ask.on, ask.reforms, ask.measure, ask.valuation, step=250.0, crossings=(0.0,)
    )
    edges = {edge for one in told.before for piece in one.segments for edge in (piece.start, piece.end)}
    exact = np.array(sorted(edges)) / PENNY
    grid = np.arange(0.0, both[0].to, 50.0) / PENNY
    x = pounds(np.unique(np.round(np.concatenate((np.floor(exact + 1e-6), np.ceil(exact - 1e-6), grid)))))
    y = np.array(told.levels)
    walks = (replace(first.walk, path=both[0]), replace(second.walk, path=both[1]), x, y)
    measured = total_of(direct.at_pairs([first.walk.home], [walks])).reshape(len(x), len(y))
    drift = (1.0 - ask.most_lost) * (x[:, None] + y[None, :])
    due = drift + np.maximum.accumulate(np.maximum.accumulate(measured - drift, axis=0), axis=1) - measured
    found.couples_compared += 1
    for column in range(0, len(y), 7):
        schedule = told.at_partner(float(y[column]))
        apart = np.abs(Lines.of(schedule, TOP_UP).at(x) - due[:, column]) - SLACK
        worst = int(np.argmax(apart))
        if apart[worst] > TOLERANCE:
            pay = float(x[worst])
            one = Example(
                first.ident, first.home.name, "claimant", pay, pay, 0.0, 0.0, float(apart[worst]), "joint",
                float(y[column]),
            )  # fmt: skip
            found.failed.setdefault("jointly", Tally()).add(1, one)
