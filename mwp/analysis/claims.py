"""What a certificate asks, of whom, what is claimed, and what was found: `mwp.analysis.proof` does the checking."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from mwp.analysis.guarantee import NOBODY_SPECIAL, Standing
from mwp.analysis.measures import Measure
from mwp.analysis.schedule import Mode
from mwp.core.valuation import CENTRAL, Valuation
from mwp.inputs.reform import Guarantee, Reform, Scope

MODE: Mode = "hours_then_wage"
FULL_HOURS = 37.5  # a week: hours grow up to there, then the wage does
TO = 9_000.0  # pounds of earnings a month
GRID = 50.0  # pounds between points that are looked at whatever the schedule says
RANDOM_POINTS = 40
TOLERANCE = 0.001  # pounds, a tenth of a penny: for what floating point and the finder of pieces leave open
SLACK = 0.02  # pounds: how far a kink inside a penny can lift a maximum above what stands at the pennies around it
NOISE = 1e-9  # amounts nearer than this are equal, and the first of equals is told
AWARD = 5e-4  # pounds: less Universal Credit than that is none
STRETCH = 10.0  # pounds: METRs are reported over at least so much (and checked over every penny looked at)
PTR_FROM = 100.0  # pounds: participation tax rates are reported from there on (and checked at every point)
CLIFF = 0.01  # pounds: losing more than a penny at a penny more is a cliff
FLAT = 1e-6  # pounds a pound: a stretch that rises by less is a shelf
JOINT_STEPS = ((2_500.0, 100.0), (TO, 500.0))
"""Both earners' grids: up to so many pounds a step of so many, beside the pennies of each one's own kinks and jumps."""


@dataclass(frozen=True)
class Ask:
    """What is to be certified, of which universe and under which law."""

    universe: str
    on: date
    reforms: tuple[Reform, ...]
    measure: Measure
    valuation: Valuation = CENTRAL
    standing: Standing = NOBODY_SPECIAL

    @cached_property
    def promised(self) -> Reform | None:
        """The reform that has a guarantee."""
        return next((one for one in self.reforms if one.guarantee), None)

    @property
    def design(self) -> Guarantee | None:
        """Its guarantee."""
        return self.promised.guarantee if self.promised else None

    @property
    def scope(self) -> Scope:
        """Where and to whom that is paid."""
        return self.promised.scope if self.promised else Scope()

    @property
    def most_lost(self) -> float | None:
        """m: the most of a pound that the guarantee says is lost; None where it says nothing of that."""
        if self.design is None:
            return None
        return {"G3": 1.0, "G4": self.design.most_lost}.get(self.design.design)

    @property
    def on_its_own_measure(self) -> bool:
        """Whether the measure is the one that the guarantee guarantees."""
        return self.design is not None and self.design.measure == self.measure

    @property
    def pays_in_kind(self) -> bool:
        """Whether the design leaves passports where the rules take them away."""
        return self.design is not None and (self.design.keeps_passports or self.design.design == "G5")

    @property
    def jointly(self) -> bool:
        """Whether couples are looked at with both earners moving: without a guarantee, or under G3 and G4."""
        if self.design is None:
            return True
        return self.most_lost is not None and self.on_its_own_measure and not self.pays_in_kind


@dataclass(frozen=True)
class Example:
    """A household and a stretch of earnings that show something; pounds a month.

    `before` and `after` are what is had at either end, with what the reform pays; `amount` is what is measured: a loss,
    a rate or an excess. `other` is what the other earner has all the while; `to_other` where that moves too.
    """

    household: str
    name: str
    earner: str
    start: float
    end: float
    before: float
    after: float
    amount: float
    cause: str = ""
    other: float | None = None
    to_other: float | None = None


@dataclass
class Tally:
    """How many paths show something, how often, and the worst of them (the first of equals)."""

    paths: int = 0
    times: int = 0
    worst: Example | None = None

    def add(self, times: int, worst: Example) -> None:
        self.merge(Tally(1, times, worst))

    def merge(self, other: "Tally") -> None:
        self.paths += other.paths
        self.times += other.times
        if other.worst and (self.worst is None or other.worst.amount > self.worst.amount + NOISE):
            self.worst = other.worst


@dataclass
class Findings:
    """What was found over some households; `merge` adds what was found over the next."""

    households: int = 0
    inside: int = 0
    paths: int = 0
    paths_inside: int = 0
    points: int = 0
    couples: int = 0
    pairs: int = 0
    couples_compared: int = 0
    failed: dict[str, Tally] = field(default_factory=dict)
    seen: dict[str, Tally] = field(default_factory=dict)
    cliffs: dict[str, Tally] = field(default_factory=dict)
    cliffs_outside: dict[str, Tally] = field(default_factory=dict)

    def merge(self, other: "Findings") -> None:
        for name in ("households", "inside", "paths", "paths_inside", "points", "couples", "pairs", "couples_compared"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("failed", "seen", "cliffs", "cliffs_outside"):
            mine: dict[str, Tally] = getattr(self, name)
            for key, tally in getattr(other, name).items():
                mine.setdefault(key, Tally()).merge(tally)


def claims_of(ask: Ask) -> tuple[str, ...]:
    """What is claimed of a reform, by name: without a guarantee, that work always pays at all."""
    if ask.design is None:
        return ("agrees", "monotone", "no_cliff", "metr", "jointly")
    always = ("agrees", "never_negative", "nil_outside")
    match ask.design.design:
        case "G3" | "G4":
            least = ("least",) if ask.on_its_own_measure else ()
            held = ("passports_held",) if ask.pays_in_kind else ()
            both = ("jointly",) if ask.jointly else ()
            return (*always, *held, *least, "monotone", "no_cliff", "metr", "ptr", *both)
        case "G2":
            in_proportion = ask.design.most is None and ask.design.hours == 0 and ask.on_its_own_measure
            return (*always, "floor", *(["ptr"] if in_proportion else []))
        case "G5":
            return (*always, "tapered")
        case _:
            return (*always, "made_up")
