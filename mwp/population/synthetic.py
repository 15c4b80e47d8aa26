"""A synthetic population of the United Kingdom: drawn household records, calibrated to published totals.

Nobody in it is a real person, and nothing in it comes from a survey's records. Records are drawn from distributions
set by hand (below, each with what it stands for), so that families, homes, health, work and pay hang together as they
do in published tables; then the model works out each record's awards, a part of those entitled to Universal Credit is
taken to claim it, and weights are fitted to the totals in targets.yaml (`mwp.population.calibrate`). What the fit
leaves open, docs/population-synthetic.md shows.

In scope: benefit units with an adult below State Pension age. Pensioners come in as partners of somebody younger; units
in which everyone is over that age are for Pension Credit, which the model leaves out, and are not in it.

The draw is one stream of random numbers from one seed: the same seed gives the same population.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import ndtr

from mwp.analysis.calculation import law_on
from mwp.core import council_schemes, parameters
from mwp.errors import InputError
from mwp.inputs import documents, places
from mwp.population import calibrate
from mwp.population.calibrate import Achieved
from mwp.population.measures import Measures, charged_in_full_from
from mwp.population.schema import BENEFIT_UNITS, HOUSEHOLDS, NATION_OF_REGION, PERSONS, TableSchema
from mwp.population.tables import Floats, Population
from mwp.rules.pay import minimum_wage_by_age

Flags = NDArray[np.bool_]
Words = NDArray[Any]
DEFAULT_UNITS, DEFAULT_SEED = 30_000, 1
FEWEST_UNITS = 500
FAMILIES = ("single", "lone_parent", "couple", "couple_children")
DESIGN_THOUSANDS = {"single": 16_000.0, "lone_parent": 2_500.0, "couple": 6_400.0, "couple_children": 6_050.0}
"""Benefit units of each family type before calibration, thousands."""
SAMPLE_SHARE = {"single": 0.36, "lone_parent": 0.18, "couple": 0.15, "couple_children": 0.31}
"""Share of the records: lone parents are drawn more than in proportion, for Universal Credit turns on them."""
PEOPLE_THOUSANDS = {
    "north_east": 2787, "north_west": 7797, "yorkshire_and_the_humber": 5750, "east_midlands": 5122,
    "west_midlands": 6244, "east_of_england": 6641, "london": 9176, "south_east": 9733, "south_west": 5998,
    "wales": 3256, "scotland": 5661, "northern_ireland": 1978,
}  # fmt: skip
TENURES = ("owned", "mortgage", "private_rent", "social_rent")
TENURE_SHARES = {
    "north_east": (32.7, 28.3, 17.5, 21.5), "north_west": (33.3, 29.7, 19.6, 17.5),
    "yorkshire_and_the_humber": (33.8, 29.5, 19.6, 17.1), "east_midlands": (35.4, 30.8, 18.9, 14.9),
    "west_midlands": (34.4, 29.2, 18.2, 18.1), "east_of_england": (34.8, 31.6, 18.3, 15.4),
    "london": (20.9, 26.1, 31.2, 21.7), "south_east": (34.4, 32.8, 19.4, 13.5), "south_west": (37.8, 29.3, 19.8, 13.1),
    "wales": (38.0, 28.0, 17.0, 17.0), "scotland": (33.0, 29.0, 14.0, 24.0),
    "northern_ireland": (37.0, 30.0, 17.0, 16.0),
}  # fmt: skip
"""All homes, per cent: ONS subnational tenure 2023 for England; hand-set round figures elsewhere."""
BAND_SHARES = {
    "england": (24, 20, 22, 16, 10, 6, 3.5, 0.6), "london": (4, 13, 27, 25, 15, 8, 6, 2),
    "north_east": (52, 14, 15, 9, 5, 3, 1.8, 0.2), "wales": (15, 21, 22, 16, 14, 8, 4, 1),
    "scotland": (19, 22, 16, 14, 14, 8, 5, 0.6),
}  # fmt: skip
"""Council tax bands A to H, per cent of dwellings (VOA 2025)."""
MEAN_BAND_D = {"england": 2_401.0, "wales": 2_287.0, "scotland": 1_617.0}
"""Pounds a year, 2026-27 (Scotland 2025-26 raised by 4.8%), where a council's own charge is not known."""
NINTHS = (6, 7, 8, 9, 11, 13, 15, 18)
SOCIAL_RENT = {"london": 690.0, "south_east": 640.0, "east_of_england": 605.0, "south_west": 555.0}
OTHER_SOCIAL_RENT = 500.0
"""Pounds a month for a home of two bedrooms: about 118 a week in England in 2023-24, raised by 16%."""
FULL_TIME = (
    (35.0, 0.14), (36.0, 0.07), (37.0, 0.17), (37.5, 0.27), (38.5, 0.07), (40.0, 0.19), (42.0, 0.05), (45.0, 0.04),
)  # fmt: skip
PART_TIME = (
    (4.0, 0.03), (8.0, 0.07), (10.0, 0.05), (12.0, 0.07), (15.0, 0.07), (16.0, 0.21), (18.0, 0.06), (20.0, 0.14),
    (22.5, 0.08), (24.0, 0.08), (25.0, 0.06), (28.0, 0.04), (30.0, 0.04),
)  # fmt: skip
"""Usual hours a week and how common they are; part-time work gathers at 16 and 20."""


@dataclass(frozen=True)
class Synthetic:
    """A synthetic population with how well it meets its targets."""

    population: Population
    design: Floats
    achieved: tuple[Achieved, ...]
    effective_size: float
    on: date
    seed: int


def synthesise(units: int = DEFAULT_UNITS, seed: int = DEFAULT_SEED) -> Synthetic:
    """Draw so many benefit units, have the model work them out, settle who claims, and fit the weights.

    Raises InputError for too few units to meet the targets with.
    """
    if units < FEWEST_UNITS:
        raise InputError.of(f"{units} benefit units are too few to stand for the country. Give {FEWEST_UNITS} or more.")
    on = calibrate.targets_on()
    rng = np.random.default_rng(seed)
    draw = _Draw(rng, units, on)
    everyone = draw.population(f"Synthetic population of the United Kingdom, {units:,} benefit units, seed {seed}.")
    entitled = Measures.of(everyone, on)
    population = _with_take_up(everyone, entitled, rng)
    measures = Measures.of(population, on)
    design = population.weights
    weights = calibrate.calibrated(measures, design)
    found = tuple(calibrate.achieved(measures, weights))
    size = calibrate.effective_size(weights)
    return Synthetic(population.with_weights(weights), design, found, size, on, seed)


def _with_take_up(population: Population, entitled: Measures, rng: np.random.Generator) -> Population:
    """Who claims Universal Credit, so that the design's caseload of each family type is about its target.

    The larger the award, the more likely it is claimed; there is no official rate (DWP stopped publishing one).
    """
    award = entitled.array("universal_credit")
    lean = np.select([award <= 0, award < 100, award < 250, award < 500], [1.0, 0.5, 0.7, 0.85], 1.0)
    chance = np.ones(population.size)
    family, weights = entitled.groups["family"], population.weights
    wanted = {dict(t.where)["family"]: t.value * 1e3 for t in calibrate.targets() if _is_caseload(t)}
    irish = 1.0 + 180.0 / 6_700.0
    for name in FAMILIES:
        chosen = (family == name) & (award > 0)
        chance[chosen] = _scaled(lean[chosen], weights[chosen], wanted[name] * irish)
    claims = rng.random(population.size) < chance
    return population.with_columns("benefit_units", claims_universal_credit=_by_unit(population, claims))


def _is_caseload(target: calibrate.Target) -> bool:
    return target.of == "uc_in_payment" and "family" in dict(target.where)


def _scaled(lean: Floats, weights: Floats, wanted: float) -> Floats:
    """Chances in proportion to `lean`, at most one, whose weighted sum is what is wanted (or all there are)."""
    low, high = 0.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2.0
        below = float(weights @ np.minimum(lean * middle, 1.0)) < wanted
        low, high = (middle, high) if below else (low, middle)
    return np.minimum(lean * high, 1.0)


def _by_unit(population: Population, by_home: Flags) -> pa.Array:
    """A claim of each household on its claimants' benefit unit; empty for the units of others."""
    ours = population.benefit_units["is_claimants"].to_numpy()
    return pa.array(by_home[population.household_of_unit], mask=~ours)


@cache
def _geography() -> dict[str, dict[str, tuple[str, float]]]:
    path = Path(__file__).with_name("geography.yaml")
    told = documents.parse(path.read_text(encoding="utf-8"), path.name).data
    return {region: {area: (one[0], float(one[1])) for area, one in areas.items()} for region, areas in told.items()}


@cache
def _allowances() -> dict[str, tuple[float, ...]]:
    """Local housing allowance of each area: shared, then one to four bedrooms, pounds a month."""
    tree = parameters.documents()["local_housing_allowance"]
    found = {}
    for nation in places.NATIONS:
        for area in places.brmas(nation):
            rates = (tree[nation][area][size] for size in ("shared", "bed1", "bed2", "bed3", "bed4"))
            found[f"{nation}.{area}"] = tuple(float(rate[max(rate)]) for rate in rates)
    return found


def _normal(rng: np.random.Generator, size: int) -> Floats:
    return rng.standard_normal(size)


def _chance(score: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-score)))


def _pick(rng: np.random.Generator, shares: Floats) -> NDArray[np.intp]:
    """A column for each row, by the shares in it."""
    steps = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)
    return np.asarray((rng.random(len(shares))[:, None] > steps[:, :-1]).sum(axis=1), dtype=np.intp)


def _among(rng: np.random.Generator, size: int, table: tuple[tuple[float, float], ...]) -> Floats:
    values, shares = np.array(table).T
    return np.asarray(rng.choice(values, size, p=shares / shares.sum()))


class _Draw:
    """The draw, in the order in which one thing follows from another."""

    def __init__(self, rng: np.random.Generator, units: int, on: date) -> None:
        self.rng, self.n, self.on = rng, units, on
        self.law = law_on(on).minimum_wage
        self._families()
        self._places()
        self._ages()
        self._children()
        self._health()
        self._work()
        self._homes()
        self._others()
        self._money()

    # Who they are

    def _families(self) -> None:
        counts = [round(self.n * SAMPLE_SHARE[name]) for name in FAMILIES]
        counts[0] += self.n - sum(counts)
        self.family = np.repeat(np.array(FAMILIES, dtype=object), counts)
        self.weight = np.repeat([DESIGN_THOUSANDS[n] * 1e3 / c for n, c in zip(FAMILIES, counts, strict=True)], counts)
        self.couple = np.isin(self.family, ("couple", "couple_children"))
        self.parent = np.isin(self.family, ("lone_parent", "couple_children"))
        self.lone = self.family == "lone_parent"
        # How well off they are in the long run, a standard normal of each adult: what ties pay, homes and health.
        self.rank = _normal(self.rng, self.n) - 0.55 * self.lone + 0.2 * (self.family == "couple_children")
        self.rank_2 = 0.5 * self.rank + np.sqrt(0.75) * _normal(self.rng, self.n)

    def _places(self) -> None:
        names = np.array(list(PEOPLE_THOUSANDS), dtype=object)
        shares = np.array(list(PEOPLE_THOUSANDS.values()), dtype=float)
        self.region = self.rng.choice(names, self.n, p=shares / shares.sum())
        self.brma, self.council = np.empty(self.n, dtype=object), np.empty(self.n, dtype=object)
        for region in names:
            rows = np.flatnonzero(self.region == region)
            areas = _geography()[region]
            sizes = np.array([size for _, size in areas.values()])
            drawn = self.rng.choice(len(areas), len(rows), p=sizes / sizes.sum())
            self.brma[rows] = np.array(list(areas), dtype=object)[drawn]
            self.council[rows] = np.array([council for council, _ in areas.values()], dtype=object)[drawn]
        self.nation = np.array([NATION_OF_REGION[region] for region in self.region], dtype=object)

    def _ages(self) -> None:
        spans = {
            "single": ((18, 20, 0.11), (21, 24, 0.16), (25, 34, 0.25), (35, 44, 0.13), (45, 54, 0.15), (55, 65, 0.20)),
            "lone_parent": ((18, 24, 0.07), (25, 34, 0.33), (35, 44, 0.38), (45, 54, 0.19), (55, 58, 0.03)),
            "couple": ((18, 24, 0.04), (25, 34, 0.24), (35, 44, 0.10), (45, 54, 0.20), (55, 65, 0.42)),
            "couple_children": ((20, 24, 0.015), (25, 34, 0.265), (35, 44, 0.48), (45, 54, 0.21), (55, 60, 0.03)),
        }
        self.age = np.zeros(self.n, dtype=int)
        for name, table in spans.items():
            rows = np.flatnonzero(self.family == name)
            drawn = self.rng.choice(len(table), len(rows), p=[share for _, _, share in table])
            low, high = np.array([(a, b) for a, b, _ in table]).T
            self.age[rows] = self.rng.integers(low[drawn], high[drawn] + 1)
        gap = np.round(_normal(self.rng, self.n) * 3.5).astype(int)
        self.age_2 = np.clip(self.age + gap, 18, 74)
        odds = np.where(self.lone, 0.88, np.where(self.couple, 0.5, 0.44))
        self.female = self.rng.random(self.n) < odds
        same = self.rng.random(self.n) < 0.02
        self.female_2 = np.where(same, self.female, ~self.female)
        self.youngest_adult = np.where(self.couple, np.minimum(self.age, self.age_2), self.age)

    def _children(self) -> None:
        n, rng = self.n, self.rng
        lone, pairs = (0.55, 0.31, 0.10, 0.03, 0.01), (0.42, 0.44, 0.10, 0.03, 0.01)
        shares = np.where(self.lone[:, None], lone, pairs)
        drawn = 1 + _pick(rng, shares)
        room = np.clip((self.youngest_adult - 16) // 2, 1, 5)
        self.num_children = np.where(self.parent, np.minimum(drawn, room), 0)
        # The eldest is as old as a first birth at about 29 (earlier where the rank is low) makes it, and lives at home.
        birth = np.clip(np.round(29 + 2.5 * self.rank + 5 * _normal(rng, n)), 17, 44)
        eldest = np.where(self.youngest_adult - birth >= 0, self.youngest_adult - birth, rng.integers(0, 6, n))
        eldest = np.where(eldest > 18, rng.integers(8, 19, n), eldest)
        eldest = np.minimum(eldest, self.youngest_adult - 17)
        self.child_age = np.full((n, 5), -1)
        self.child_age[:, 0] = np.where(self.num_children > 0, eldest, -1)
        for place in range(1, 5):
            gap = 1 + rng.poisson(1.8, n)
            before = self.child_age[:, place - 1]
            self.child_age[:, place] = np.where(self.num_children > place, np.maximum(before - gap, 0), -1)
        self.child_there = self.child_age >= 0
        ages = np.where(self.child_there, self.child_age, 99)
        self.youngest = ages.min(axis=1)
        self.child_female = rng.random((n, 5)) < 0.487
        poor = -self.rank[:, None] + 1.3 * rng.standard_normal((n, 5)) + 0.04 * self.child_age
        self.child_disability = np.select([poor > 3.25, poor > 2.55], [2, 1], 0) * self.child_there

    def _health(self) -> None:
        """LCWRA as the model means it: found in about one adult in seventeen, far more of low rank and older."""
        rng, n = self.rng, self.n
        self.health, self.pip_care, self.pip_move = {}, {}, {}
        cut = np.where(self.lone, 1.75, np.where(self.couple, 2.75, 1.72))
        for slot, (rank, age) in enumerate(((self.rank, self.age), (self.rank_2, self.age_2))):
            ill = -0.9 * rank + 0.022 * (age - 40) + 1.1 * _normal(rng, n)
            level = np.select([ill > cut, ill > cut - 0.22], ["lcwra_protected", "lcw"], "none").astype(object)
            new = (rng.random(n) < 0.11) & (level == "lcwra_protected")
            self.health[slot] = np.where(new, "lcwra", level)
            pip = rng.random(n) < np.where(ill > cut, 0.68, np.where(ill > cut - 0.8, 0.22, 0.015))
            care, move = rng.random(n), rng.random(n)
            self.pip_care[slot] = np.where(pip, np.where(care < 0.45, "standard", "enhanced"), "none").astype(object)
            self.pip_move[slot] = np.where(
                pip, np.where(move < 0.3, "none", np.where(move < 0.6, "standard", "enhanced")), "none"
            ).astype(object)

    # What they do

    def _work(self) -> None:
        rng, n = self.rng, self.n
        self.hours, self.wage, self.profit = {}, {}, {}
        self.self_employed, self.student, self.cares_for = {}, {}, {}
        ill_child = (self.child_disability > 0).any(axis=1)
        for slot in (0, 1):
            rank, age = (self.rank, self.age) if slot == 0 else (self.rank_2, self.age_2)
            female = self.female if slot == 0 else self.female_2
            there = np.ones(n, dtype=bool) if slot == 0 else self.couple
            health = self.health[slot]
            ill = np.isin(health, ("lcwra", "lcwra_protected"))
            young = (self.family == "single") & (age < 23)
            self.student[slot] = young & ~ill & (rng.random(n) < np.where(age < 21, 0.5, 0.28)) & there
            partner_ill = self.couple & np.isin(self.health[1 - slot], ("lcwra", "lcwra_protected"))
            caring = _chance(-3.8 - 0.35 * rank + 1.9 * ill_child * female + 2.0 * partner_ill + 0.02 * (age - 40))
            carer = there & (rng.random(n) < caring)
            whom = np.where(partner_ill & carer, "partner", np.where(ill_child & carer, "child", "other"))
            self.cares_for[slot] = np.where(carer, whom, "").astype(object)
            mother = self.parent & female
            score = 1.55 + 0.75 * rank - 0.055 * np.maximum(age - 56, 0) - 0.13 * np.maximum(age - 63, 0)
            score += np.where(self.lone, -0.15, 0.0) + np.where(self.parent & ~female, 1.0, 0.0)
            score += np.where(mother, 0.05 - 0.9 * (self.youngest < 3) - 0.25 * (self.num_children > 2), 0.0)
            score += np.where(self.family == "couple", 0.35, 0.0) - 1.9 * carer - 1.15 * self.student[slot]
            score += np.where(ill, -3.6, np.where(health == "lcw", -2.0, 0.0)) - 0.35 * (young & ~self.student[slot])
            score -= np.where(age >= 66, 1.2, 0.0)
            works = there & (rng.random(n) < _chance(score))
            enterprise = np.clip(0.02 + 0.0028 * (age - 16) - 0.03 * female, 0.0, 1.0)
            own = works & ~self.student[slot] & (rng.random(n) < enterprise)
            self.self_employed[slot] = own
            part = -1.75 - 0.35 * rank + np.where(female & ~self.parent, 0.75, 0.0) + np.where(mother, 1.7, 0.0)
            part += 0.45 * (mother & (self.youngest < 5)) + 2.6 * self.student[slot] + 2.0 * carer + 2.2 * ill
            part += 0.04 * np.maximum(age - 58, 0)
            is_part = rng.random(n) < _chance(part)
            hours = np.where(is_part, _among(rng, n, PART_TIME), _among(rng, n, FULL_TIME))
            self.hours[slot] = np.where(works, hours, 0.0)
            self.wage[slot] = np.where(works & ~own, self._wages(rank, age, is_part), 0.0)
            profit = np.exp(7.25 + 0.42 * rank + 0.85 * _normal(rng, n)) * np.where(is_part, 0.6, 1.0)
            self.profit[slot] = np.where(own, np.minimum(np.round(profit, 2), 40_000.0), 0.0)

    def _wages(self, rank: Floats, age: NDArray[np.int_], part_time: Flags) -> Floats:
        """Pay an hour: lognormal with a Pareto tail above the ninth decile, gathered at the minimum and just above."""
        rng = self.rng
        place = 0.72 * rank + np.sqrt(1 - 0.72**2) * _normal(rng, self.n)
        middle = 19.8 * np.exp(-0.024 * np.maximum(28 - age, 0) - 0.28 * part_time + 0.03 * ((age > 35) & (age < 56)))
        sigma, ninth, alpha = 0.49, 1.2816, 2.15
        tail = ndtr(-place)
        body = middle * np.exp(sigma * np.minimum(place, ninth))
        wage = np.where(place > ninth, body * (0.1 / np.maximum(tail, 1e-7)) ** (1.0 / alpha), body)
        floor = minimum_wage_by_age(age, self.law)
        just_above = np.where(rng.random(self.n) < 0.6, 0.0, 0.9 * rng.random(self.n))
        return np.asarray(np.minimum(np.round(np.where(wage < floor, floor + just_above, wage), 2), 450.0))

    # Where they live

    def _homes(self) -> None:
        rng, n = self.rng, self.n
        single = self.family == "single"
        odds = np.select([self.age < 21, self.age < 25, self.age < 35, self.age < 50], [0.88, 0.74, 0.44, 0.19], 0.10)
        at_parents = np.where(single, odds, np.where(self.lone, np.where(self.age < 25, 0.3, 0.05), 0.015))
        self.householder = rng.random(n) >= at_parents
        works = (self.hours[0] > 0) | (self.hours[1] > 0)
        ill = np.isin(self.health[0], ("lcwra", "lcwra_protected"))
        base = np.log(np.array([TENURE_SHARES[region] for region in self.region]))
        score = base.copy()
        age, rank = self.age, np.where(self.couple, (self.rank + self.rank_2) / 1.6, self.rank)
        score[:, 0] += 0.075 * (age - 57) + 0.3 * rank - 0.9 * self.parent
        score[:, 1] += 0.7 + 0.65 * rank + 0.5 * works + 0.35 * self.couple
        score[:, 1] -= 0.09 * np.maximum(age - 55, 0) + 0.06 * np.maximum(30 - age, 0)
        score[:, 2] += 0.35 - 0.3 * rank - 0.04 * (age - 38) + 0.25 * ~self.couple
        score[:, 3] += -0.25 - 1.0 * rank + 0.45 * self.lone + 0.6 * ill - 0.5 * works + 0.006 * (age - 40)
        tenure = np.array(TENURES, dtype=object)[_pick(rng, np.exp(score))]
        self.tenure = np.where(self.householder, tenure, "rent_free").astype(object)
        apart = (self.num_children == 2) & (rng.random(n) < 0.5)
        rooms = np.select([self.num_children == 0, self.num_children < 3], [1, 2 + apart], 4)
        self.sharer = single & (age < 35) & (self.tenure == "private_rent") & (rng.random(n) < 0.5)
        self.rooms = np.clip(rooms, 1, 4)
        spare = (rng.random(n) < np.where(self.tenure == "social_rent", 0.27, 0.45)) & ~self.sharer
        self.bedrooms = self.rooms + spare
        size = np.where(self.sharer, 0, np.minimum(self.rooms, 4))
        rates = np.array([_allowances()[f"{a}.{b}"] for a, b in zip(self.nation, self.brma, strict=True)])
        private = rates[np.arange(n), size] * np.exp(0.2 + 0.1 * rank + 0.24 * _normal(rng, n))
        usual = np.array([SOCIAL_RENT.get(region, OTHER_SOCIAL_RENT) for region in self.region])
        social = usual * (0.84 + 0.08 * self.bedrooms) * np.exp(0.12 * _normal(rng, n))
        rent = np.where(self.tenure == "private_rent", private, np.where(self.tenure == "social_rent", social, 0.0))
        self.rent = np.round(rent)
        self._council_tax(rank)

    def _council_tax(self, rank: Floats) -> None:
        rng, n = self.rng, self.n
        shares = [BAND_SHARES.get(region, BAND_SHARES["england"]) for region in self.region]
        lean = np.exp(0.28 * (rank + 0.5 * self.couple - 0.4)[:, None] * np.arange(-2, 6)[None, :])
        band = _pick(rng, np.array(shares, dtype=float) * lean)
        irish = self.nation == "northern_ireland"
        pays = self.householder & ~(self.student[0] & ~self.couple)
        self.band = np.where(pays & ~irish, np.array(list("ABCDEFGH"), dtype=object)[band], "")
        known = np.array([council_schemes.has_band_d_charge(council) for council in self.council])
        self.tax_auto = pays & ~irish & known
        mean = np.array([MEAN_BAND_D.get(nation, 0.0) for nation in self.nation])
        alone = ~self.couple
        bill = mean * np.array(NINTHS)[band] / 9.0 / 12.0 * np.where(alone, 0.75, 1.0)
        rates = np.round(np.exp(np.log(95.0) + 0.35 * rank * 0.5 + 0.2 * _normal(rng, n)), 2)
        self.tax = np.where(pays & ~self.tax_auto, np.where(irish, rates, np.round(bill, 2)), np.nan)

    def _others(self) -> None:
        """Grown-up children and others at home: they are records of their own elsewhere."""
        rng, n = self.rng, self.n
        odds = np.where(self.age < 42, 0.02, np.where(self.couple, 0.36, np.where(self.lone, 0.3, 0.16)))
        count = (rng.random(n) < odds).astype(int) + (rng.random(n) < 0.25 * odds)
        self.num_others = np.where(self.householder & ~self.sharer, count, 0)
        self.other_age = rng.integers(18, 31, (n, 2))
        works = rng.random((n, 2)) < 0.7
        self.other_hours = np.where(works, np.where(rng.random((n, 2)) < 0.25, 18.0, 37.5), 0.0)
        self.other_wage = np.round(
            np.where(works, float(self.law.national_living_wage) * np.exp(0.25 * rng.random((n, 2))), 0.0), 2
        )

    # Money beside pay

    def _money(self) -> None:
        rng, n = self.rng, self.n
        works = (self.hours[0] > 0) | (self.hours[1] > 0)
        rank = np.where(self.couple, (self.rank + self.rank_2) / 1.6, self.rank)
        level = 7.9 + 1.25 * rank + 0.03 * (self.age - 40) + 0.6 * works + 1.5 * _normal(rng, n)
        owner = np.isin(self.tenure, ("owned", "mortgage"))
        self.savings = np.round(np.exp(np.clip(level + 0.6 * owner, -2.0, 13.5)), -1)
        self.interest = np.where(self.savings > 4_000, np.round(self.savings * 0.03 / 12.0, 2), 0.0)
        rich = (rank > 0.7) & (rng.random(n) < 0.16)
        dividends = np.exp(6.5 + 0.5 * rank + 1.3 * _normal(rng, n))
        self.dividends = np.where(rich, np.round(np.minimum(dividends, 60_000.0), 2), 0.0)
        lets = (rank > 0.2) & (rng.random(n) < 0.11)
        self.rental = np.where(lets, np.round(np.exp(6.5 + 0.7 * _normal(rng, n)), 2), 0.0)
        oldest = np.where(self.couple, np.maximum(self.age, self.age_2), self.age)
        pensioned = (oldest >= 57) & (rng.random(n) < np.where(oldest >= 66, 0.6, 0.2))
        self.occupational = np.where(pensioned, np.round(np.exp(6.6 + 0.35 * rank + 0.8 * _normal(rng, n)), 2), 0.0)
        self.state_pension = np.where(self.couple & (oldest >= 67), np.round(760.0 + 260.0 * rng.random(n), 2), 0.0)
        paid = self.lone & (rng.random(n) < 0.27)
        self.child_maintenance = np.where(paid, np.round(60.0 + 280.0 * rng.random(n)), 0.0)
        busy = (self.hours[0] > 0) & (~self.couple | (self.hours[1] > 0)) & (self.num_children > 0)
        odds = np.select([self.youngest < 5, self.youngest < 11], [0.5, 0.2], 0.0)
        self.has_childcare = busy & (rng.random(n) < odds * np.where(self.lone, 0.75, 1.0))
        fee = np.where(self.youngest < 5, np.exp(6.2 + 0.2 * rank + 0.55 * _normal(rng, n)), 60 + 200 * rng.random(n))
        self.childcare = np.where(self.has_childcare, np.round(np.minimum(fee, 2_600.0), 2), np.nan)
        self.travel = np.where(works, np.round(40.0 + 110.0 * rng.random(n)), 0.0)
        self.new_style_esa = {}
        self.new_style_jsa = {}
        for slot in (0, 1):
            there, age = (np.ones(n, dtype=bool), self.age) if slot == 0 else (self.couple, self.age_2)
            ill = self.health[slot] != "none"
            odds = 0.12 + 0.009 * np.maximum(age - 35, 0) + 0.2 * self.couple
            idle = there & (self.hours[slot] == 0) & (age < 66)
            self.new_style_esa[slot] = idle & ill & (rng.random(n) < odds)
            free = idle & ~ill & ~self.student[slot] & (self.cares_for[slot] == "")
            self.new_style_jsa[slot] = free & (rng.random(n) < 0.012)
        top = np.maximum(*(self.wage[s] * self.hours[s] * 52 + self.profit[s] * 12 for s in (0, 1)))
        # Above the threshold the charge takes it back: most of those families opted out or never claimed.
        whole, begins = charged_in_full_from(self.on), law_on(self.on).child_benefit.high_income_charge.threshold
        gets_none = rng.random(n) < np.select([top > whole, top > begins], [0.80, 0.60], 0.0)
        self.claims_child_benefit = ~gets_none & (rng.random(n) < 0.97)
        self.claims_reduction = rng.random(n) < 0.58
        self.claims_tax_free = rng.random(n) < 0.85
        self.transfers = self.couple & (rng.random(n) < 0.33)

    # Into tables

    def population(self, about: str) -> Population:
        """The records as population tables, with the design's weights."""
        n = self.n
        home_id = np.arange(1, n + 1)
        people: list[dict[str, Any]] = []
        roles = [("claimant", np.ones(n, dtype=bool), 0), ("partner", self.couple, 1)]
        for role, there, slot in roles:
            people.append(self._adults(role, np.flatnonzero(there), slot, home_id))
        for place in range(5):
            people.append(self._child_rows(place, home_id))
        for place in range(2):
            people.append(self._other_rows(place, home_id))
        unit_ids = [home_id * 100] + [home_id[self.num_others > p] * 100 + 1 + p for p in range(2)]
        unit_homes = [home_id] + [home_id[self.num_others > p] for p in range(2)]
        units = {
            "benefit_unit_id": np.concatenate(unit_ids),
            "household_id": np.concatenate(unit_homes),
            "is_claimants": np.concatenate([np.full(len(ids), place == 0) for place, ids in enumerate(unit_ids)]),
        } | {name: _padded(values, sum(map(len, unit_ids))) for name, values in self._unit_columns().items()}
        homes = _table(HOUSEHOLDS, [self._home_columns(home_id)])
        return Population.of(_table(PERSONS, people), _table(BENEFIT_UNITS, [units]), homes, about=about)

    def _adults(self, role: str, rows: NDArray[np.intp], slot: int, home_id: NDArray[np.int_]) -> dict[str, Any]:
        rng, n = self.rng, self.n
        age, female = (self.age, self.female) if slot == 0 else (self.age_2, self.female_2)
        rank = self.rank if slot == 0 else self.rank_2
        employed, own = self.wage[slot] > 0, self.self_employed[slot]
        yearly = self.wage[slot] * self.hours[slot] * 52
        saves = employed & (yearly > 10_000) & (age >= 22) & (age < 66) & (rng.random(n) < 0.87)
        way = rng.random(n)
        method = np.where(way < 0.35, "relief_at_source", np.where(way < 0.72, "net_pay", "salary_sacrifice"))
        least = (method == "relief_at_source") & (rng.random(n) < 0.75)
        share = np.where(least, 0.05, np.where(method == "net_pay", 0.065, 0.055))
        employer = np.where(least, 0.03, np.where(method == "net_pay", 0.15, 0.07))
        graduate = (rank + 0.7 * _normal(rng, n) > 0.35) & (age >= 22) & (age <= 50) & (rng.random(n) < 0.56)
        scottish, plan_1 = self.nation == "scotland", (self.nation == "northern_ireland") | (age >= 33)
        repays = graduate & (rng.random(n) < np.clip(1.5 - 0.03 * age, 0.1, 1.0))
        carer = self.cares_for[slot] != ""
        claims_care = carer & (rng.random(n) < 0.95) & ~self.student[slot]
        ill = np.isin(self.health[slot], ("lcwra", "lcwra_protected"))
        pregnant = female & (age > 19) & (age < 42) & (rng.random(n) < 0.028)
        pension_age = age >= 66
        health = np.where(pension_age, "none", self.health[slot])
        columns: dict[str, Any] = {
            "age": age,
            "sex": np.where(female, "f", "m"),
            "in_education": self.student[slot],
            "hours": self.hours[slot],
            "hourly_wage": np.where(employed, self.wage[slot], np.nan),
            "earnings": np.where(own, self.profit[slot], np.nan),
            "self_employed": own,
            "months_trading": np.where(own, np.where(rng.random(n) < 0.12, 6, 60), np.nan),
            "hours_expected": np.where((self.youngest < 13) & female & self.parent, 25.0, 35.0),
            "pension_employee": np.where(saves, share, np.nan),
            "pension_employer": np.where(saves, employer, np.nan),
            "pension_method": np.where(saves, method, ""),
            "pension_of": np.where(saves, np.where(least, "qualifying_earnings", "pay"), ""),
            "student_loan_plan_1": repays & plan_1 & ~scottish,
            "student_loan_plan_2": repays & ~plan_1 & ~scottish & (age >= 24),
            "student_loan_plan_4": repays & scottish,
            "student_loan_plan_5": repays & ~plan_1 & ~scottish & (age < 24),
            "student_loan_postgraduate": repays & (rng.random(n) < 0.05),
            "health": health,
            "pip_daily_living": self.pip_care[slot],
            "pip_mobility": self.pip_move[slot],
            "caring_hours": np.where(carer, 40.0, 0.0),
            "cares_for": self.cares_for[slot],
            "prescriptions_a_month": np.where(ill, 3.0, np.round(rng.exponential(0.35, n), 1)),
            "pregnant": pregnant,
            "new_style_jsa_auto": self.new_style_jsa[slot],
            "new_style_esa_auto": self.new_style_esa[slot],
            "carers_allowance_auto": claims_care,
            "esa_support_group": self.new_style_esa[slot] & ill,
        }
        links = {
            "person_id": home_id * 100 + slot,
            "benefit_unit_id": home_id * 100,
            "household_id": home_id,
            "role": np.full(n, role, dtype=object),
        }
        return {name: np.asarray(values)[rows] for name, values in (links | columns).items()}

    def _child_rows(self, place: int, home_id: NDArray[np.int_]) -> dict[str, Any]:
        rows = np.flatnonzero(self.child_there[:, place])
        level = self.child_disability[:, place]
        care = np.array(["none", "middle", "highest"], dtype=object)[level]
        age = self.child_age[:, place]
        young = (age < 5) | ((age < 11) & (self.youngest >= 5))
        columns = {
            "person_id": home_id * 100 + 2 + place,
            "benefit_unit_id": home_id * 100,
            "household_id": home_id,
            "role": np.full(self.n, "child", dtype=object),
            "age": age,
            "sex": np.where(self.child_female[:, place], "f", "m"),
            "in_education": np.ones(self.n, dtype=bool),
            "disability": np.array(["none", "lower", "higher"], dtype=object)[level],
            "dla_care": care,
            "at_state_school": np.ones(self.n, dtype=bool),
            "in_childcare": self.has_childcare & young,
        }
        return {name: values[rows] for name, values in columns.items()}

    def _other_rows(self, place: int, home_id: NDArray[np.int_]) -> dict[str, Any]:
        rows = np.flatnonzero(self.num_others > place)
        hours = self.other_hours[:, place]
        columns = {
            "person_id": home_id * 100 + 20 + place,
            "benefit_unit_id": home_id * 100 + 1 + place,
            "household_id": home_id,
            "role": np.full(self.n, "non_dependant", dtype=object),
            "age": self.other_age[:, place],
            "hours": hours,
            "hourly_wage": np.where(hours > 0, self.other_wage[:, place], np.nan),
        }
        return {name: values[rows] for name, values in columns.items()}

    def _unit_columns(self) -> dict[str, Any]:
        return {
            "savings": self.savings,
            "interest": self.interest,
            "dividends": self.dividends,
            "rental": self.rental,
            "occupational_pension": self.occupational,
            "state_pension": self.state_pension,
            "child_maintenance": self.child_maintenance,
            "maintenance": np.zeros(self.n),
            "childcare": self.childcare,
            "work_travel": self.travel,
            "claims_universal_credit": np.ones(self.n, dtype=bool),
            "claims_child_benefit": self.claims_child_benefit,
            "claims_council_tax_reduction": self.claims_reduction,
            "claims_tax_free_childcare": self.claims_tax_free,
            "claims_marriage_allowance": self.transfers,
        }

    def _home_columns(self, home_id: NDArray[np.int_]) -> dict[str, Any]:
        owes_water = self.householder & np.isin(self.nation, ("england", "wales"))
        return {
            "household_id": home_id,
            "weight": self.weight,
            "home_id": home_id,
            "is_householder": self.householder,
            "nation": self.nation,
            "region": self.region,
            "local_authority": self.council,
            "brma": self.brma,
            "tenure": self.tenure,
            "rent": self.rent,
            "service_charges": np.zeros(self.n),
            "bedrooms": np.where(self.householder, self.bedrooms, np.nan),
            "council_tax_band": self.band,
            "council_tax": self.tax,
            "council_tax_auto": self.tax_auto,
            "water_bill": np.where(owes_water, 50.0, np.nan),
            "broadband": self.householder,
            "tv_licence": self.householder,
            "electricity": self.householder,
        }


def _padded(values: Any, size: int) -> Any:
    """Values of the claimants' units, and nothing told for the units that come after them."""
    rest = size - len(values)
    if values.dtype == bool:
        return pa.array(np.concatenate((values, np.zeros(rest, dtype=bool))), mask=np.arange(size) >= len(values))
    return np.concatenate((values, np.full(rest, np.nan)))


def _table(schema: TableSchema, parts: list[dict[str, Any]]) -> pa.Table:
    """Arrays (one part after the other) as a table: not-a-number and empty words are empty cells."""
    made = []
    for part in parts:
        columns = {}
        for name, values in part.items():
            column = schema.by_name[name]
            if isinstance(values, pa.Array):
                columns[name] = values
            elif column.kind == "choice":
                columns[name] = pa.array(np.where(values == "", None, values), pa.string(), from_pandas=True)
            else:
                columns[name] = pa.array(values, from_pandas=True).cast(column.arrow_type())
        made.append(pa.table(columns))
    return made[0] if len(made) == 1 else pa.concat_tables(made, promote_options="default")
