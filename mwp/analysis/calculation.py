"""One assessment month of one household: every award, tax and cost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from mwp.analysis import documents
from mwp.core.entities import BenefitUnit, Person
from mwp.core.rounding import AS_THE_LAW, NONE, Rounding
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.encode import encode
from mwp.engine.law import at, current_law, reformed
from mwp.engine.simulation import Results, simulate
from mwp.engine.system import rule_graph
from mwp.inputs.household import Household
from mwp.inputs.reform import Reform

SCHEMA = "mwp.calculate/1"
CLAIMS = ("is_auto_enrolled_by_law", "is_paid_below_minimum_wage", "has_minimum_income_floor")
"""What is told of each adult beside amounts."""


@dataclass(frozen=True)
class Assumption:
    """Something taken as so because it was not told: its field, what it was taken to be, why, and what it is worth.

    `worth_a_month` is how many pounds a month better (or, negative, worse) off the household would be were it
    otherwise in the way `why` says; None where no single other value stands out.
    """

    field: str
    value: str
    why: str
    worth_a_month: float | None = None


@dataclass(frozen=True)
class Calculation:
    """The amounts of the claimant's benefit unit in one month, and what they rest on.

    `amounts` maps every variable in pounds a month to its unrounded amount, people summed; `amounts_rounded` to the
    amount as the law rounds it, which is what is paid; `people` gives each adult's own rounded amounts, and `claims`
    what is true of each (`CLAIMS`); `open_to` names the help that is open to the household without having a monthly
    value, such as help with court fees. `standing` is where the household was taken to stand towards a guarantee;
    None where there is none.
    """

    household: Household
    on: date
    reforms: tuple[Reform, ...]
    amounts: Mapping[str, float]
    amounts_rounded: Mapping[str, float]
    people: tuple[Mapping[str, float], ...]
    claims: tuple[Mapping[str, bool], ...]
    open_to: frozenset[str]
    assumptions: tuple[Assumption, ...] = field(default=())
    not_modelled: tuple[str, ...] = field(default=())
    valuation: Valuation = CENTRAL
    standing: Mapping[str, Any] | None = None
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    def document(self) -> dict[str, Any]:
        """The calculation as the `mwp.calculate/1` JSON document."""
        return (
            documents.head(SCHEMA, self.on, [r.name for r in self.reforms], self.household.name)
            | {
                "amounts": dict(self.amounts),
                "amounts_rounded": dict(self.amounts_rounded),
                "people": [dict(person) for person in self.people],
                "open_to": sorted(self.open_to),
                "value_of_help_in_kind": self.valuation.choice,
                "assumptions": [vars(a) for a in self.assumptions],
                "not_modelled": list(self.not_modelled),
            }
            | ({} if self.standing is None else {"standing": dict(self.standing)})
            | documents.question(self.asked)
        )


@dataclass(frozen=True)
class _Batch:
    """Households whose unrounded amounts are worked out, all together, when one of them is asked for."""

    households: tuple[Household, ...]
    on: date
    reforms: tuple[Reform, ...]
    valuation: Valuation

    @cached_property
    def found(self) -> Results:
        return amounts_of(self.households, self.on, self.reforms, valuation=self.valuation)


class Unrounded(Mapping[str, float]):
    """A household's unrounded amounts: many an answer is told in rounded amounts alone, and never asks for these."""

    def __init__(self, batch: _Batch, row: int) -> None:
        self._batch, self._row = batch, row

    @cached_property
    def _amounts(self) -> dict[str, float]:
        return _row(self._batch.found, self._row)

    def __getitem__(self, name: str) -> float:
        return self._amounts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(money_variables())

    def __len__(self) -> int:
        return len(money_variables())

    def __repr__(self) -> str:
        return repr(self._amounts)

    def __reduce__(self) -> tuple[type[dict[str, float]], tuple[dict[str, float]]]:
        return dict, (self._amounts,)


@lru_cache(maxsize=1)
def openings() -> tuple[str, ...]:
    """Help that is open or not, and has no monthly value: every claim of a benefit unit that says how to claim."""
    rules = rule_graph().rules.values()
    return tuple(r.name for r in rules if r.unit == "bool" and r.claim and r.entity is BenefitUnit)


@lru_cache(maxsize=1)
def money_variables() -> tuple[str, ...]:
    """Every variable that is worked out and counted in pounds a month."""
    return tuple(r.name for r in rule_graph().rules.values() if r.kind != "given" and r.unit == "currency-GBP")


def law_on(on: date, reforms: Sequence[Reform] = ()) -> Any:
    """The law's numbers on a date under the reforms, in the order given."""
    changes = [reform.parameters for reform in reforms if reform.parameters]
    return at(reformed(changes) if changes else current_law(), on)


def amounts_of(
    households: Sequence[Household],
    on: date,
    reforms: Sequence[Reform] = (),
    *,
    rounding: Rounding = NONE,
    valuation: Valuation = CENTRAL,
    variables: Sequence[str] = (),
) -> Results:
    """The variables (by default, every one in pounds) of all the households, in one simulation."""
    wanted, law = variables or money_variables(), law_on(on, reforms)
    return simulate(encode(households, on), law, wanted, rounding=rounding, valuation=valuation)


def calculations(
    households: Sequence[Household], on: date, reforms: Sequence[Reform] = (), valuation: Valuation = CENTRAL
) -> list[Calculation]:
    """Each household's month, all in one batch, without the assumptions (see `mwp.analysis.assumptions`)."""
    return calculations_beside((), "", households, on, reforms, valuation)[0]


def calculations_beside(
    others: Sequence[Household],
    amount: str,
    households: Sequence[Household],
    on: date,
    reforms: Sequence[Reform] = (),
    valuation: Valuation = CENTRAL,
) -> tuple[list[Calculation], list[float]]:
    """The same, and in the same batch an amount of each of some others, as the law rounds it."""
    exact = _Batch(tuple(households), on, tuple(reforms), valuation)
    told = (*money_variables(), *CLAIMS, *openings())
    every = [*households, *others]
    paid = amounts_of(every, on, reforms, rounding=AS_THE_LAW, valuation=valuation, variables=told)
    personal = [name for name in money_variables() if rule_graph().rules[name].entity is Person]
    months = [
        Calculation(
            household=household,
            on=on,
            reforms=tuple(reforms),
            amounts=Unrounded(exact, row),
            amounts_rounded=_pence({name: float(paid.amounts[name][row, 0]) for name in money_variables()}),
            people=tuple(
                _pence({name: float(paid.adults[name][slot, row, 0]) for name in personal})
                for slot in range(len(household.adults))
            ),
            claims=tuple(
                {name: bool(paid.adults[name][slot, row, 0]) for name in CLAIMS}
                for slot in range(len(household.adults))
            ),
            open_to=frozenset(name for name in openings() if paid.amounts[name][row, 0]),
            valuation=valuation,
        )
        for row, household in enumerate(households)
    ]
    return months, paid.amounts[amount][len(months) :, 0].tolist() if others else []


def _row(results: Results, row: int) -> dict[str, float]:
    return {name: float(values[row, 0]) for name, values in results.amounts.items()}


def _pence(amounts: Mapping[str, float]) -> dict[str, float]:
    rounded = np.round(np.fromiter(amounts.values(), np.float64, len(amounts)), 2) + 0.0
    return dict(zip(amounts, rounded.tolist(), strict=True))
