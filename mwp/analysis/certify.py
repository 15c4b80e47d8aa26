"""Does work always pay under a reform? Proved or refuted over a universe of household types, as a certificate.

`mwp.analysis.proof` says what is checked of each household and how; here it is asked of all of them, on as many
processes as there are, and told as one document. The same question has the same bytes for an answer: however many
processes work on it, the households are taken in order, and no time or machine is in it.

A certificate speaks of households inside the guarantee's gate and scope, of the stated measure and paths, of a steady
month, and of the points that were looked at (docs/certificate.md). What lies outside is counted and listed, never
called proved.
"""

import json
import platform
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from itertools import repeat
from multiprocessing import get_context
from typing import Any

from mwp.analysis import claims, documents, proof, universe
from mwp.analysis.claims import Ask, Example, Findings, Tally, claims_of
from mwp.analysis.guarantee import NOBODY_SPECIAL, Standing
from mwp.analysis.measures import Measure
from mwp.analysis.sweep import DEFAULT_MEASURE
from mwp.analysis.universe import Universe
from mwp.core.valuation import CENTRAL, Valuation
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.loading import household_to_yaml
from mwp.inputs.reform import Reform

SCHEMA = "mwp.certificate/1"
BLOCK = 32
"""Households in one simulation: more do not fit the cache, fewer pay for the engine's start again and again."""
_PLACES = 6  # decimals of a pound or a rate in the document: beyond a thousandth of a penny


@dataclass(frozen=True)
class Claim:
    """One thing that is claimed, in words, and whether it held everywhere; else where it is broken worst."""

    name: str
    words: str
    broken: Tally | None

    @property
    def holds(self) -> bool:
        """Whether nothing was found against it."""
        return self.broken is None


@dataclass(frozen=True)
class Certificate:
    """What was asked, of whom, and what was found."""

    ask: Ask
    universe: Universe
    only: str | None
    found: Findings
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    @property
    def on(self) -> date:
        """The date whose law applies."""
        return self.ask.on

    @property
    def reforms(self) -> tuple[Reform, ...]:
        """The reforms laid over the law; none is current law."""
        return self.ask.reforms

    @property
    def measure(self) -> Measure:
        """What is measured."""
        return self.ask.measure

    @cached_property
    def claimed(self) -> tuple[Claim, ...]:
        """Everything that is claimed."""
        return tuple(Claim(name, _words(self.ask, name), self.found.failed.get(name)) for name in claims_of(self.ask))

    @property
    def proved(self) -> bool:
        """Whether every claim held, of at least one household inside."""
        return self.found.inside > 0 and all(claim.holds for claim in self.claimed)

    @property
    def cliffs(self) -> int:
        """How many cliffs are left inside, over all paths."""
        return sum(tally.times for tally in self.found.cliffs.values())

    @property
    def cliffs_outside(self) -> int:
        """How many cliffs lie outside the gate or scope."""
        return sum(tally.times for tally in self.found.cliffs_outside.values())

    @property
    def monotone_along_paths(self) -> bool:
        """Whether more earnings never left less on any path, inside."""
        return "falls" not in self.found.seen

    @cached_property
    def counterexamples(self) -> tuple[tuple[str, Example], ...]:
        """Each broken claim and its worst household; then the worst METR and PTR, and the largest cliff left."""
        told = [(one.name, one.broken.worst) for one in self.claimed if one.broken and one.broken.worst]
        largest = max(self.found.cliffs.values(), key=lambda one: one.worst.amount if one.worst else 0.0, default=None)
        if largest and largest.worst:
            told.append(("largest_cliff", largest.worst))
        for kind in ("metr", "ptr"):
            if kind in self.found.seen and (worst := self.found.seen[kind].worst):
                told.append((f"worst_{kind}", worst))
        return tuple(told)

    def household(self, example: Example) -> Household:
        """The household of an example."""
        return universe.household_of(self.universe.name, example.household)

    def household_file(self, example: Example) -> str:
        """The household of an example as a household file."""
        return (
            f"# {example.household}, of the universe {self.universe.name}\n{household_to_yaml(self.household(example))}"
        )

    def file_name(self, example: Example) -> str:
        """What `mwp sweep` is to be given: a library name, the file it came from, or the file that can be written."""
        return f"{example.household}.yaml" if self.universe.name in universe.RECIPES else example.household

    def commands(self, example: Example) -> tuple[str, str]:
        """The commands that find an example again: `mwp certify` of this household alone, and its whole schedule."""
        laid = "".join(f" --reform {one.name}" for one in self.reforms)
        day = f" --on {self.on.isoformat()}"
        value = "" if self.ask.valuation == CENTRAL else f" --value {self.ask.valuation.choice}"
        asked = f"--measure {self.measure}{value}"
        again = f"mwp certify{laid} --universe {self.universe.name} --household {example.household} {asked}{day}"
        path = f"--mode hours-then-wage --hours {claims.FULL_HOURS:g} --to {claims.TO:g}"
        earner = "partner" if example.earner == "partner" else "claimant"
        sweep = f"mwp sweep {self.file_name(example)} --earner {earner} {path} {asked}{laid}{day}"
        return again, sweep

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The `mwp.certificate/1` document, but for what is said in words."""
        found = self.found
        told: dict[str, Any] = {
            "schema": SCHEMA,
            "mwp": documents.program(),
            "on": self.on.isoformat(),
            "reforms": [one.name for one in self.reforms],
            "proved": self.proved,
            "claims": [
                {
                    "name": one.name,
                    "claim": one.words,
                    "holds": one.holds,
                    "paths_against": one.broken.paths if one.broken else 0,
                    "times_against": one.broken.times if one.broken else 0,
                    "worst": self._example(one.broken.worst) if one.broken and one.broken.worst else None,
                }
                for one in self.claimed
            ],
            "measure": self.measure,
            "value_of_help_in_kind": self.ask.valuation.choice,
            "standing": vars(self.ask.standing),
            "path": {
                "earners": "each adult of the benefit unit, the other's work as it is",
                "mode": claims.MODE,
                "wage": None,
                "hours": claims.FULL_HOURS,
                "from": 0.0,
                "to": claims.TO,
            },
            "tolerance": claims.TOLERANCE,
            "looked_at": {
                "kinks_and_jumps": "both pennies",
                "grid": claims.GRID,
                "random_points": claims.RANDOM_POINTS,
                "seed": "SHA-256 of the household's id and the earner, 0 or 1, as id|0",
                "metr_over_at_least": claims.STRETCH,
                "ptr_from": claims.PTR_FROM,
            },
            "universe": {
                "name": self.universe.name,
                "digest": self.universe.digest,
                "household": self.only,
                "households": found.households,
                "inside": found.inside,
                "outside": found.households - found.inside,
            },
            "paths": {"walked": found.paths, "inside": found.paths_inside, "points": found.points},
            "jointly": {"couples": found.couples, "pairs": found.pairs, "compared": found.couples_compared},
            "monotone": self.monotone_along_paths,
            "worst": {
                "metr": self._seen("metr"),
                "ptr": self._seen("ptr"),
                "cliff": self._largest(found.cliffs),
                "top_up": self._seen("top_up"),
            },
            "cliffs": {"inside": self._causes(found.cliffs), "outside": self._causes(found.cliffs_outside)},
            "shelves": {"times": self._times("shelves"), "widest": self._seen("shelves")},
            "counterexamples": [
                {
                    "shows": kind,
                    **self._example(one),
                    "commands": list(self.commands(one)),
                    "file": self.household_file(one),
                }
                for kind, one in self.counterexamples
            ],
            "reform_digests": {one.name: _digest(one.model_dump(mode="json")) for one in self.reforms},
            "versions": _versions(),
        }
        return told | {"digest": _digest(told)}

    def _seen(self, kind: str) -> dict[str, Any] | None:
        tally = self.found.seen.get(kind)
        return self._example(tally.worst) if tally and tally.worst else None

    def _times(self, kind: str) -> int:
        return self.found.seen[kind].times if kind in self.found.seen else 0

    def _largest(self, tallies: dict[str, Tally]) -> dict[str, Any] | None:
        worst = [tally.worst for tally in tallies.values() if tally.worst]
        return self._example(max(worst, key=lambda one: one.amount)) if worst else None

    def _causes(self, tallies: dict[str, Tally]) -> list[dict[str, Any]]:
        told = [
            {"variable": cause or None, "times": tally.times, "largest": self._example(tally.worst)}
            for cause, tally in tallies.items()
            if tally.worst
        ]
        return sorted(told, key=lambda one: (-one["times"], str(one["variable"])))

    def _example(self, one: Example) -> dict[str, Any]:
        told = {
            "household": one.household,
            "name": one.name,
            "earner": one.earner,
            "from": one.start,
            "to": one.end,
            "before": one.before,
            "after": one.after,
            "amount": one.amount,
            "other_earner": one.other,
            "other_earner_to": one.to_other,
            "variable": one.cause or None,
        }
        return {key: round(value, _PLACES) if isinstance(value, float) else value for key, value in told.items()}


def certify(
    name: str,
    on: date,
    reforms: Sequence[Reform] = (),
    measure: Measure | None = None,
    valuation: Valuation = CENTRAL,
    standing: Standing = NOBODY_SPECIAL,
    *,
    only: str | None = None,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Certificate:
    """Prove or refute that work pays under the reforms, over the universe of that name or the household files there.

    The claim is the guarantee's own (`mwp.analysis.claims.claims_of`), on its own measure unless another is named;
    without a guarantee, that no earnings leave less after all costs and that less than all of a pound is lost. `only`
    is one household of the universe. `progress` is told how many households are done, of how many. Raises InputError,
    also for more than one guarantee at a time.
    """
    promised = [one.guarantee for one in reforms if one.guarantee]
    if len(promised) > 1:
        raise InputError.of("A certificate is about one guarantee: name one reform that has one.", field="reform")
    if workers < 1:
        raise InputError.of("Give at least one worker.", field="workers")
    chosen = universe.universe(name)
    shown: Measure = measure or (promised[0].measure if promised else DEFAULT_MEASURE)
    ask = Ask(name, on, tuple(reforms), shown, valuation, standing)
    ids = chosen.ids
    if only is not None:
        chosen.household(only).check_on(on)
        ids = (only,)
    elif name not in universe.RECIPES:
        for one in ids:
            chosen.household(one).check_on(on)
    found = Findings()
    for some in _examined(ask, proof.blocks(ids, BLOCK), workers):
        found.merge(some)
        if progress:
            progress(found.households, len(ids))
    return Certificate(ask, chosen, only, found)


def _examined(ask: Ask, blocks: Sequence[tuple[str, ...]], workers: int) -> Iterator[Findings]:
    """What was found over each block, in order, on as many processes as asked for."""
    if workers == 1 or len(blocks) == 1:
        yield from (proof.examine(ask, ids) for ids in blocks)
        return
    with ProcessPoolExecutor(min(workers, len(blocks)), mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(proof.examine, repeat(ask), blocks)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _words(ask: Ask, claim: str) -> str:
    """A claim in words; amounts are pounds a month."""
    most = ask.most_lost
    lost = f"{most:.0%}" if most is not None else "all"
    design = ask.design
    kept = f"{design.kept:.0%}" if design and design.kept is not None else ""
    if claim == "ptr" and most is None and design and design.kept is not None:
        lost = f"{1 - design.kept:.0%}"
    alone = "More earnings never leave less, with both earners of a couple moving"
    both = (
        f"With both earners of a couple moving, no more than {lost} of any step of either is lost, nor of both pays "
        "together against no work; and one earner's own path pays no more than both together are due"
    )
    return {
        "agrees": "The schedule is what the rules say, at every point",
        "never_negative": "The top-up is never below nil",
        "nil_outside": "Nothing is paid outside the gate and the scope",
        "least": f"What is had is the least that loses no more than {lost} of a pound, and is nowhere below the rules",
        "monotone": "More earnings never leave less" if most in (None, 1.0) else "More earnings always leave more",
        "no_cliff": "No penny more of earnings loses more than a penny: there is no cliff",
        "metr": f"No more than {lost} of an extra pound is lost"
        if design
        else "Between cliffs less than all of a pound is lost",
        "ptr": f"No more than {lost} of the whole pay is lost against no work",
        "jointly": both if design else alone,
        "floor": f"In work there is {kept} of the pay more than out of work, or the stated most; the top-up is no more "
        "than that takes",
        "tapered": f"No passport falls by more than {design.taper if design and design.taper else 0:.0%} of a pound",
        "made_up": "What passports held out of work have lost is made up, in the share of the month",
        "passports_held": "No passport is kept that was not had at lower earnings",
    }[claim]


def _versions() -> dict[str, str]:
    told = {"mwp": documents.program()["version"], "python": platform.python_version()}
    for package in ("policyengine-core", "numpy"):
        try:
            told[package] = version(package)
        except PackageNotFoundError:
            told[package] = "unknown"
    return told


def _digest(told: Any) -> str:
    """SHA-256 over a document with its keys in order."""
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()
