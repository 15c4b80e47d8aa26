"""Councils' schemes of council tax reduction as arrays, so that each row of a simulation can have its own council.

Every branch of every scheme in force is a line of the tables; line 0 stands for none, where the nation's default scheme
works. Amounts are turned into pounds a month here, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mwp.core.council_schemes import (
    BANDS,
    ELEMENTS,
    FACTS,
    MOST_CHILDREN,
    SIDES,
    Branch,
    Side,
    councils,
    first_day,
    of_type,
)
from mwp.core.units import WEEKS_A_MONTH

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
TYPES = 2 * (MOST_CHILDREN + 1)
"""Household types: single people with no child to `MOST_CHILDREN`, then couples."""

_NEVER = np.inf
_FUZZ = 1e-6  # of a pound a month: weekly edges times 52/12 are not whole binary fractions


@dataclass(frozen=True, eq=False)
class SideTables:
    """What a branch says of people with, or without, Universal Credit; an entry a line. Amounts are pounds a month."""

    line_of: Ints  # (council, place in the order of branches) -> line; -1 where there is no branch
    gross: Floats  # 1 where gross earnings count
    net: Floats  # 1 where net earnings count
    legacy: Floats  # 1 where earnings count after half of pension contributions
    award: Floats  # 1 where the award of Universal Credit counts
    ignores: Floats  # (line, element): 1 where that element is taken off the award first
    pro_rata: Floats  # 1 where the housing element is taken off in the proportion in which it is paid
    other: Floats  # 1 where all other income counts
    private: Floats  # 1 where only private income counts beside earnings
    carers_allowance: Floats  # 1 where Carer's Allowance is taken off other income
    childcare: Floats  # 1 where childcare comes off earnings
    legacy_disregard: Floats  # 1 where the legacy earnings disregard applies
    disregard: Floats  # (line, type): earnings ignored
    disregard_disability: Floats  # earnings ignored for a disability, where that is more
    of_maximum: Floats  # 1 where income is compared with the maximum amount of Universal Credit
    of_standard: Floats  # 1 where with its standard allowance
    of_legacy: Floats  # 1 where with the legacy amounts


@dataclass(frozen=True, eq=False)
class Tables:
    """Every line of every scheme in force. Amounts are pounds a month."""

    sides: dict[Side, SideTables]
    needs_all: Ints  # facts that a line asks for, as bits: all of these
    needs_any: Ints  # at least one of these; nil where none is asked for
    needs_none: Ints  # none of these
    capital_limit: Floats
    capital_limit_without_earnings: Floats
    capital_at_limit: Floats  # 1 where savings of just the limit are allowed
    tariff_step: Floats
    tariff_over: Floats
    income_disregard_disability: Floats
    cap: Ints  # the band whose charge is the most that counts, A as 1; the last band where there is none
    non_dependants: Ints  # which of the tables below
    not_working: Floats  # (table)
    works_from: Floats  # (table, step): gross income from which the step applies
    working: Floats  # (table, step)
    whatever_hours: Floats  # (table)
    share_of_bill: Floats  # (table)
    share_from: Floats  # (table)
    before_rate: Floats  # 1 where deductions come off the bill before the share is taken
    edges: Floats  # (line, type, place): income above which the next band applies
    rates: Floats  # (line, type, band): share of the bill
    contributions: Floats  # (line, band): what is paid whatever the bill
    without_earnings: Floats  # the share where nothing is earned; -1 where there is no such rule
    below_16_hours: Floats  # the share where nobody works 16 hours; -1 where there is no such rule
    taper: Floats
    kept: Floats  # what is left after the cut at the end
    min_award: Floats


def tables_on(day: int) -> Tables:
    """The tables in force on a day such as 20260615, made once a year of schemes."""
    year = day // 10_000
    return _tables(first_day(year) if day >= first_day(year) else first_day(year - 1))


@lru_cache(maxsize=8)
def _tables(begins: int) -> Tables:
    found = [one.scheme_on(begins) for one in councils().values()]
    branches: list[Branch] = [_none()]
    places: dict[Side, list[list[int]]] = {side: [] for side in SIDES}
    for scheme in found:
        for side in SIDES:
            places[side].append([])
        for branch in scheme.branches if scheme else ():
            number = 0 if branch.method == "national_default" else len(branches)
            if number:
                branches.append(branch)
            for side in branch.sides:
                places[side][-1].append(number)
    slots = max(len(lines) for of_side in places.values() for lines in of_side)
    kinds = list(dict.fromkeys(branch.non_dependants for branch in branches))
    steps = max(len(kind.working) for kind in kinds)
    types = [(couple, children) for couple in (False, True) for children in range(MOST_CHILDREN + 1)]
    most = max(len(b.edges_of(*t)) for b in branches for t in types)
    return Tables(
        sides={side: _side(side, branches, places[side], slots, types) for side in SIDES},
        needs_all=np.array([_bits(b.if_all_of) for b in branches]),
        needs_any=np.array([_bits(b.if_any_of) for b in branches]),
        needs_none=np.array([_bits(b.if_none_of) for b in branches]),
        capital_limit=_column(branches, lambda b: b.capital.limit if b.capital else _NEVER),
        capital_limit_without_earnings=_column(branches, _limit_without_earnings),
        capital_at_limit=_column(branches, lambda b: b.capital is None or b.capital.at_limit == "allowed"),
        tariff_step=_column(branches, lambda b: b.tariff.step if b.tariff else _NEVER),
        tariff_over=_column(branches, lambda b: b.tariff.over if b.tariff else 0.0),
        income_disregard_disability=_column(branches, lambda b: b.income_disregard_disability * WEEKS_A_MONTH),
        cap=np.array([BANDS.index(b.band_cap or BANDS[-1]) + 1 for b in branches]),
        non_dependants=np.array([kinds.index(b.non_dependants) for b in branches]),
        not_working=np.array([k.not_working for k in kinds]) * WEEKS_A_MONTH,
        works_from=np.array([_padded([s for s, _ in k.working], steps, _NEVER) for k in kinds]) * WEEKS_A_MONTH,
        working=np.array([_padded([a for _, a in k.working], steps, 0.0) for k in kinds]) * WEEKS_A_MONTH,
        whatever_hours=np.array([float(k.whatever_hours) for k in kinds]),
        share_of_bill=np.array([k.share_of_bill for k in kinds]),
        share_from=np.array([k.share_from for k in kinds]) * WEEKS_A_MONTH,
        before_rate=_column(branches, lambda b: b.non_dependant_order == "before_rate"),
        edges=np.array([[_padded(_edges(b, *t), most, _NEVER) for t in types] for b in branches]),
        rates=np.array([[_padded(b.rates_of(*t), most + 1, 0.0) for t in types] for b in branches]),
        contributions=np.array([_padded(_contributions(b), most + 1, 0.0) for b in branches]),
        without_earnings=_column(branches, lambda b: _or_none(b.rate_without_earnings)),
        below_16_hours=_column(branches, lambda b: _or_none(b.rate_below_16_hours)),
        taper=_column(branches, lambda b: b.taper or 0.0),
        kept=_column(branches, lambda b: 1.0 - b.end_cut),
        min_award=_column(branches, lambda b: max(b.min_award * WEEKS_A_MONTH - _FUZZ, 0.0)),
    )


def _none() -> Branch:
    return Branch(method="national_default", max_rate=0.0)


def _side(
    side: Side,
    branches: Sequence[Branch],
    places: Sequence[Sequence[int]],
    slots: int,
    types: Sequence[tuple[bool, int]],
) -> SideTables:
    income = [b.income[side] for b in branches]
    disregard = [b.earnings_disregard[side] for b in branches]
    allowance = [b.allowance[side] for b in branches]
    return SideTables(
        line_of=np.array([_padded(lines, slots, -1) for lines in places], dtype=np.intp),
        gross=_column(income, lambda i: i.earnings == "gross"),
        net=_column(income, lambda i: i.earnings == "net"),
        legacy=_column(income, lambda i: i.earnings == "legacy"),
        award=_column(income, lambda i: i.award == "counted"),
        ignores=np.array([[float(e in i.award_less) for e in ELEMENTS] for i in income]),
        pro_rata=_column(income, lambda i: i.housing_pro_rata),
        other=_column(income, lambda i: i.other == "all"),
        private=_column(income, lambda i: i.other == "private"),
        carers_allowance=_column(income, lambda i: i.carers_allowance == "ignored" and i.other == "all"),
        childcare=_column(income, lambda i: i.childcare == "legacy"),
        legacy_disregard=_column(disregard, lambda d: d.legacy),
        disregard=np.array([[_ignored(d.amounts, *t) for t in types] for d in disregard]) * WEEKS_A_MONTH,
        disregard_disability=_column(disregard, lambda d: d.disability * WEEKS_A_MONTH),
        of_maximum=_column(allowance, lambda a: a == "uc_maximum"),
        of_standard=_column(allowance, lambda a: a == "uc_standard"),
        of_legacy=_column(allowance, lambda a: a == "legacy"),
    )


def _column(things: Sequence[Any], value: Any) -> Floats:
    return np.array([float(value(one)) for one in things])


def _limit_without_earnings(branch: Branch) -> float:
    if branch.capital is None:
        return _NEVER
    return branch.capital.limit_without_earnings or branch.capital.limit


def _or_none(rate: float | None) -> float:
    return -1.0 if rate is None else rate


def _bits(facts: Sequence[str]) -> int:
    return sum(1 << FACTS.index(fact) for fact in facts)


def _padded(values: Sequence[float], length: int, filler: float) -> list[float]:
    return [*values, *[filler] * (length - len(values))]


def _ignored(amounts: dict[str, float], couple: bool, children: int) -> float:
    return float(of_type(amounts, couple, children)) if amounts else 0.0


def _edges(branch: Branch, couple: bool, children: int) -> list[float]:
    """Edges a month, a hair above an upper limit and below a start: income above one is in the next band."""
    a_month = 1.0 if branch.per == "month" else WEEKS_A_MONTH
    return [
        edge * a_month + (_FUZZ if in_band_before else -_FUZZ)
        for edge, in_band_before in branch.edges_of(couple, children)
    ]


def _contributions(branch: Branch) -> list[float]:
    a_month = 1.0 if branch.per == "month" else WEEKS_A_MONTH
    return [amount * a_month for amount in branch.contributions or ()]
