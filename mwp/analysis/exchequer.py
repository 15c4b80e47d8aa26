"""The Exchequer account of a paid placement: what it costs in a year, what flows back, and to whose purse.

Gross cost: the wage of 52 weeks (holiday is paid within it), employer National Insurance, the employer's pension
contribution, and support. What flows back is the change between the household out of work and in the placement, stream
by stream: tax and contributions paid, awards and other help no longer paid. `exchequer.yaml` says whose purse each
stream is, and why. The streams account for the wage to the penny: what is not in the household's hands or its pension
has flowed back.

Pounds a year. The account is of one placement and one household. It counts no displacement, no one who would have
found work anyway, no effect on health or later pay, and no tax on what the household spends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from mwp.analysis import documents
from mwp.analysis.calculation import Assumption, amounts_of, law_on
from mwp.analysis.measures import IN_KIND
from mwp.analysis.mixes import Mix, mix_for
from mwp.analysis.offers import (
    NATIONAL,
    Offer,
    Worth,
    enrolled,
    in_placement,
    out_of_work,
    wages_of,
    worth_of_guarantees,
)
from mwp.core import parameters
from mwp.core.units import MONTHS_A_YEAR
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.system import rule_graph
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.reform import Reform

SCHEMA = "mwp.placement-account/1"
Kind = Literal["cash", "costs", "employer", "relief", "in_kind", "top_up"]
Reading = Literal["awards", "awards_and_treasury"]
READINGS: tuple[Reading, ...] = ("awards", "awards_and_treasury")
"""What "the paying department" of the plan may mean: awards alone, or awards and what comes to the Treasury."""

_NIL = 0.005


# What is told of streams and purses


@dataclass(frozen=True)
class Plan:
    """The plan's own figures, pounds a placement a year."""

    source: str
    gross: float
    net_paying_department: float
    net_whole_government: float
    placements_national: int
    placements_pilot: int
    pilot_years: int
    national_gross_bn: float
    national_net_bn: tuple[float, float]

    @property
    def back_to_paying_department(self) -> float:
        """What must flow back to the paying department for its net figure to hold."""
        return self.gross - self.net_paying_department

    @property
    def back_to_government(self) -> float:
        """The same of the whole government."""
        return self.gross - self.net_whole_government


@dataclass(frozen=True)
class Purse:
    """Who pays or receives: `group` is awards, treasury, councils, devolved, others, or outside government."""

    key: str
    name: str
    short: str
    group: str


@dataclass(frozen=True)
class Stream:
    """One stream of money, and in whose purse it is, by nation."""

    variable: str
    label: str
    kind: Kind
    sign: float
    told: Mapping[str, Any]
    reason: str
    cites: str

    def purses(self, nation: str) -> dict[str, float]:
        """The purses of the stream in a nation, with their shares."""
        told = self.told.get(nation, self.told["purse"])
        return {told: 1.0} if isinstance(told, str) else {key: float(share) for key, share in told.items()}


@lru_cache(maxsize=1)
def _told() -> Any:
    return parameters.read(Path(__file__).with_name("exchequer.yaml"))


@lru_cache(maxsize=1)
def plan() -> Plan:
    """The plan's figures."""
    told = dict(_told()["plan"])
    told["national_net_bn"] = tuple(told["national_net_bn"])
    return Plan(**told)


@lru_cache(maxsize=1)
def purses() -> dict[str, Purse]:
    """Every purse by key."""
    return {key: Purse(key, told["name"], told["short"], told["group"]) for key, told in _told()["purses"].items()}


@lru_cache(maxsize=1)
def streams() -> tuple[Stream, ...]:
    """Every stream of the account, in the order it is shown."""
    rules = rule_graph().rules
    found = [
        Stream(
            name, told["label"], told["kind"], float(told["sign"]), told, told["reason"], told.get("cites") or
            rules[name].cites,
        )
        for name, told in _told()["streams"].items()
    ]  # fmt: skip
    for name in IN_KIND:
        told = _told()["in_kind"][name]
        whose = purses()[told["purse"]].name
        found.append(
            Stream(
                name, f"{rules[name].label[:1].upper()}{rules[name].label[1:]}", "in_kind", -1.0, told,
                f"Help in kind, put at its value to the household; borne by: {whose}.", rules[name].cites,
            )
        )  # fmt: skip
    return tuple(found)


TOP_UP = Stream(
    "guarantee_top_up", "Guarantee top-up paid", "top_up", -1.0, {"purse": "dwp", "northern_ireland": "dfc"},
    "As an element of Universal Credit it would be the department's that pays the award.",
    "This project's proposal: docs/guarantee.md",
)  # fmt: skip


# One account


@dataclass(frozen=True)
class Cost:
    """What a placement costs in a year, pounds; `costs_of_work` are the household's own that the service meets."""

    wage: float
    employer_national_insurance: float
    employer_pension: float
    support: float
    costs_of_work: float = 0.0

    @property
    def gross(self) -> float:
        """All of it."""
        return self.wage + self.employer_national_insurance + self.employer_pension + self.support + self.costs_of_work


@dataclass(frozen=True)
class Flow:
    """What flows back through one stream into one purse, pounds a year; negative where more is paid out."""

    variable: str
    label: str
    kind: Kind
    purse: str
    amount: float
    reason: str
    cites: str


@dataclass(frozen=True)
class Account:
    """The account of one placement of one household, pounds a year.

    `household_gains` is the change of its net income in cash (before costs of work); `pension` all that goes into the
    person's pension; `worked` whether the household's file has the person in work, which is set aside.
    """

    household: Household
    offer: Offer
    wage: float
    cost: Cost
    flows: tuple[Flow, ...]
    household_gains: float
    pension: float
    on_universal_credit: bool
    worked: bool
    enrolled: bool

    @property
    def flow_back(self) -> float:
        """What flows back to the whole government under the law, before any guarantee."""
        return sum(f.amount for f in self.flows if f.kind != "top_up" and _in_government(f))

    @property
    def top_up(self) -> float:
        """What the guarantee pays."""
        return -sum(f.amount for f in self.flows if f.kind == "top_up")

    def back_to(self, reading: Reading) -> float:
        """What flows back to the paying department, as the reading has it, before any guarantee."""
        groups = ("awards",) if reading == "awards" else ("awards", "treasury")
        return sum(f.amount for f in self.flows if f.kind != "top_up" and purses()[f.purse].group in groups)

    def net(self, *, with_guarantee: bool = True) -> float:
        """What the placement costs the whole government in the end."""
        return self.cost.gross - self.flow_back + (self.top_up if with_guarantee else 0.0)

    def net_of(self, reading: Reading, *, with_guarantee: bool = True) -> float:
        """What it costs the paying department in the end."""
        return self.cost.gross - self.back_to(reading) + (self.top_up if with_guarantee else 0.0)

    def by_purse(self) -> dict[str, float]:
        """What flows back to each purse, the guarantee's top-up taken off."""
        found = dict.fromkeys(purses(), 0.0)
        for flow in self.flows:
            found[flow.purse] += flow.amount
        return found

    def by_group(self) -> dict[str, float]:
        """The same by group of purses."""
        found: dict[str, float] = {}
        for key, amount in self.by_purse().items():
            found[purses()[key].group] = found.get(purses()[key].group, 0.0) + amount
        return found

    def by_stream(self) -> dict[str, float]:
        """What flows back through each stream."""
        found: dict[str, float] = {}
        for flow in self.flows:
            found[flow.variable] = found.get(flow.variable, 0.0) + flow.amount
        return found


def _in_government(flow: Flow) -> bool:
    return purses()[flow.purse].group != "outside"


# Several accounts, and the plan beside them


@dataclass(frozen=True)
class Hours:
    """The hours a week at which a placement has the plan's gross cost, for a wage and an amount of support."""

    wage: float
    support: float
    hours: float | None
    what: str = ""


@dataclass(frozen=True)
class Reproduction:
    """Whether a mix of the household types averages to the plan's two flow-backs, for one reading of them.

    `hours` are those of the placement; `anywhere` are whole hours a week at which some mix does.
    """

    reading: Reading
    mix: Mix
    anywhere: tuple[float, ...] = ()
    range_paying: tuple[float, float] = (0.0, 0.0)
    range_whole: tuple[float, float] = (0.0, 0.0)
    taxes: tuple[float, float] = (0.0, 0.0)
    """The least and the most, over the types, of tax and both contributions, relief for the pension taken off."""


@dataclass(frozen=True)
class Accounts:
    """Accounts of household types, their plain average, and the plan's figures beside them."""

    on: date
    reforms: tuple[Reform, ...]
    offer: Offer
    accounts: tuple[Account, ...]
    plan: Plan
    hours_were_found: bool
    hours_for_the_plan: tuple[Hours, ...]
    reproductions: tuple[Reproduction, ...]
    employment_allowance: float
    support_cost: float
    assumptions: tuple[Assumption, ...] = ()
    not_counted: tuple[str, ...] = ()
    valuation: Valuation = CENTRAL
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    def average(self, which: str, shares: Sequence[float] | None = None) -> float:
        """The average over the types of `gross`, `top_up`, `flow_back`, `net`, or a reading: alike, or by shares."""
        weights = shares or [1 / len(self.accounts)] * len(self.accounts)
        return sum(w * _figure(one, which) for w, one in zip(weights, self.accounts, strict=True))


def _figure(one: Account, which: str) -> float:
    match which:
        case "gross":
            return one.cost.gross
        case "net":
            return one.net()
        case "net_awards":
            return one.net_of("awards")
        case "net_awards_and_treasury":
            return one.net_of("awards_and_treasury")
        case "awards":
            return one.back_to("awards")
        case "awards_and_treasury":
            return one.back_to("awards_and_treasury")
    return float(getattr(one, which))


NOT_COUNTED = (
    "Displacement: somebody else who would have had the job, or does without it.",
    "Deadweight: those in placements who would have found work anyway.",
    "Health, crime, later pay and children's prospects, which may be worth more than all that is counted.",
    "VAT and other tax on what households spend more, and the work that is done in the placement.",
    "The cost of running the service itself, and of working out a guarantee every month.",
    "Those who do not claim what they are due: awards are taken to be claimed.",
)


def accounts(
    households: Sequence[Household],
    offer: Offer,
    on: date,
    reforms: Sequence[Reform] = (),
    valuation: Valuation = CENTRAL,
    support_cost: float | None = None,
) -> Accounts:
    """The account of a placement for each household; where the offer has no hours, at the plan's gross cost.

    Each is against that person out of work. The guarantee of the reforms, if there is one, is a stream of its own. With
    three households or more, says whether a mix of them averages to the plan's figures. Raises InputError.
    """
    law = law_on(on, reforms)
    support = support_cost if support_cost is not None else float(getattr(law.nes_placement.support, _segment(offer)))
    if support < 0 or support > 1_000_000:
        raise InputError.of(f"{support:g} pounds of support a year is out of range.", field="--support-cost")
    told = offer
    if offer.hours is None:
        hours = hours_for(plan().gross, offer, on, reforms, support)
        if hours is None:
            raise InputError.of(
                f"No hours a week cost {plan().gross:,.0f} pounds a year with this wage and support. Give --hours.",
                field="--hours",
            )
        offer = replace(offer, hours=round(hours, 2))
    found = _accounts(households, offer, on, reforms, valuation, support)
    allowance = float(law.national_insurance.employer.employment_allowance)
    return Accounts(
        on=on,
        reforms=tuple(reforms),
        offer=offer,
        accounts=tuple(found),
        plan=plan(),
        hours_were_found=told.hours is None,
        hours_for_the_plan=_hours_for_the_plan(offer, on, reforms, support),
        reproductions=_reproductions(households, found, offer, on, reforms, valuation, support),
        employment_allowance=allowance,
        support_cost=support,
        assumptions=_assumptions(found, offer, support),
        not_counted=NOT_COUNTED,
        valuation=valuation,
    )


def _segment(offer: Offer) -> str:
    return (offer.segment or "bridge").replace("-", "_")


def _accounts(
    households: Sequence[Household],
    offer: Offer,
    on: date,
    reforms: Sequence[Reform],
    valuation: Valuation,
    support: float,
    *,
    guarantees: bool = True,
) -> list[Account]:
    before, after, wages = [], [], wages_of(households, offer, on, reforms)
    for home, wage in zip(households, wages, strict=True):
        without = out_of_work(home, offer.slot)
        before.append(without)
        after.append(in_placement(without, offer, wage, covered=offer.support == "covered"))
    after = enrolled(after, offer.slot, on, reforms)
    names = tuple(dict.fromkeys(_VARIABLES + tuple(stream.variable for stream in streams())))
    amounts = amounts_of([*before, *after], on, reforms, valuation=valuation, variables=names).amounts
    count = len(households)
    promised = reforms if guarantees else ()
    out_of_it = worth_of_guarantees(before, offer.slot, on, promised, valuation)
    within = worth_of_guarantees(after, offer.slot, on, promised, valuation, participant=True)
    worth = [
        Worth(one.top_up - other.top_up, one.kept - other.kept) for one, other in zip(within, out_of_it, strict=True)
    ]
    found = []
    for row, home in enumerate(households):
        out = {name: float(amounts[name][row, 0]) for name in names}
        now = {name: float(amounts[name][count + row, 0]) for name in names}
        adult = after[row].adults[offer.slot]
        paid = adult.pay_a_month() * MONTHS_A_YEAR
        share = {name: (now[name] - out[name]) * MONTHS_A_YEAR for name in names}
        share["working_parents_hours_value"] = max(0.0, sum(share[name] for name in _FUNDED_HOURS))
        covered = _costs(before[row], after[row], amounts, row, count) if offer.support == "covered" else 0.0
        flows = _flows(home.nation, share, worth[row])
        found.append(
            Account(
                household=home,
                offer=offer,
                wage=wages[row],
                cost=Cost(
                    paid, share["employer_national_insurance"], share["employer_pension_contribution"], support, covered
                ),
                flows=flows,
                household_gains=share["net_income"] + worth[row].top_up * MONTHS_A_YEAR,
                pension=share["employee_pension_contribution"]
                + share["salary_sacrifice"]
                + share["pension_relief_added"]
                + share["net_pay_top_up"],
                on_universal_credit=out["universal_credit"] > _NIL,
                worked=home.adults[offer.slot].pay_a_month() > 0,
                enrolled=adult.pension is not None,
            )
        )
    return found


_FUNDED_HOURS = ("working_parents_hours_value", "two_year_old_place_value")
"""Funded childcare that work opens, and that a family on a low income has anyway: a place once begun is kept."""

_VARIABLES = (
    *_FUNDED_HOURS,
    "net_income",
    "gross_pay",
    "salary_sacrifice",
    "employee_pension_contribution",
    "employer_pension_contribution",
    "employer_national_insurance",
    "childcare_charges",
    "work_costs",
    "universal_credit",
)


def _costs(before: Household, after: Household, amounts: Any, row: int, count: int) -> float:
    """What the service pays of the household's own costs of work, pounds a year: fares, other costs, childcare."""
    adult = after.adults
    costs = before.work_costs
    hours = sum(one.hours for one in adult)
    fares = costs.travel.a_month + costs.other.a_month + costs.for_each_hour * hours * 52 / 12
    care = before.childcare.a_month(min(one.hours for one in adult)) if before.childcare else 0.0
    return (fares + care) * MONTHS_A_YEAR


def _flows(nation: str, change: Mapping[str, float], worth: Worth) -> tuple[Flow, ...]:
    found = []
    for stream in streams():
        amount = stream.sign * change[stream.variable]
        if abs(amount) < 1e-9:
            continue
        for purse, share in stream.purses(nation).items():
            found.append(
                Flow(stream.variable, stream.label, stream.kind, purse, share * amount, stream.reason, stream.cites)
            )
    if abs(worth.top_up) > _NIL:
        (purse,) = TOP_UP.purses(nation)
        found.append(
            Flow(
                TOP_UP.variable, TOP_UP.label, "top_up", purse, -worth.top_up * MONTHS_A_YEAR, TOP_UP.reason,
                TOP_UP.cites,
            )
        )  # fmt: skip
    return tuple(found)


# Hours that have the plan's gross cost

_MOST_HOURS = 60.0
_FINE = 64


def gross_cost(
    hours: Sequence[float], offer: Offer, on: date, reforms: Sequence[Reform], support: float
) -> list[float]:
    """The gross cost a year at each of the weekly hours, for somebody of 30 outside London: pounds."""
    wage = wages_of([NATIONAL], offer, on, reforms)[0]
    homes = enrolled([in_placement(NATIONAL, replace(offer, hours=h), wage) for h in hours], 0, on, reforms)
    names = ("gross_pay", "employer_national_insurance", "employer_pension_contribution")
    found = amounts_of(homes, on, reforms, variables=names).amounts
    total = sum(found[name][:, 0] for name in names)
    return [float(one) * MONTHS_A_YEAR + support for one in np.asarray(total)]


def hours_for(
    gross: float, offer: Offer, on: date, reforms: Sequence[Reform] = (), support: float = 0.0
) -> float | None:
    """The hours a week at which a placement costs that much a year; None where none up to 60 do.

    The cost grows with the hours, with one jump where pay reaches automatic enrolment: inside the jump there are none.
    """
    low, high = 0.5, _MOST_HOURS
    for _ in range(4):
        hours = np.linspace(low, high, _FINE)
        costs = gross_cost([float(h) for h in hours], offer, on, reforms, support)
        place = int(np.searchsorted(costs, gross))
        if place == 0 or place == len(costs):
            return float(hours[0]) if place == 0 and abs(costs[0] - gross) < _NIL else None
        low, high = float(hours[place - 1]), float(hours[place])
        rise = costs[place] - costs[place - 1]
        at = low + (high - low) * (gross - costs[place - 1]) / rise
    met = gross_cost([at], offer, on, reforms, support)[0]
    return at if abs(met - gross) < 0.01 else None


def _hours_for_the_plan(offer: Offer, on: date, reforms: Sequence[Reform], support: float) -> tuple[Hours, ...]:
    """Hours that have the plan's gross cost: at this wage with and without support, and at the rate before."""
    found = []
    (wage,) = wages_of([NATIONAL], offer, on, reforms)
    for amount in dict.fromkeys((support, 0.0)):
        what = "with support" if amount else "wage and on-costs only"
        found.append(Hours(wage, amount, hours_for(plan().gross, offer, on, reforms, amount), what))
    for day, rate in sorted(_living_wages().items(), reverse=True):
        if day <= on.isoformat() and abs(rate - wage) > _NIL:
            hours = hours_for(plan().gross, replace(offer, wage=rate), on, reforms, 0.0)
            found.append(Hours(rate, 0.0, hours, f"the real Living Wage announced on {day}, wage and on-costs only"))
    return tuple(found)


def _living_wages() -> dict[str, float]:
    """The real Living Wage outside London by the day it was announced."""
    told = parameters.documents()["minimum_wage"]["real_living_wage"]["uk"]["values"]
    return {str(day): float(rate) for day, rate in told.items()}


# Mixes that reproduce the plan

_FEWEST = 3
_TAXES = ("income_tax", "national_insurance", "employer_national_insurance", "pension_relief_added", "net_pay_top_up")
_HOURS_TRIED = tuple(float(h) for h in range(8, 46))


def _reproductions(
    households: Sequence[Household],
    found: Sequence[Account],
    offer: Offer,
    on: date,
    reforms: Sequence[Reform],
    valuation: Valuation,
    support: float,
) -> tuple[Reproduction, ...]:
    if len(found) < _FEWEST:
        return ()
    told = plan()
    target = (told.back_to_paying_department, told.back_to_government)
    anywhere: dict[Reading, list[float]] = {reading: [] for reading in READINGS}
    for hours in _HOURS_TRIED:
        there = _accounts(households, replace(offer, hours=hours), on, reforms, valuation, support, guarantees=False)
        for reading in READINGS:
            if mix_for(_points(there, reading), target).reaches:
                anywhere[reading].append(hours)
    made = []
    for reading in READINGS:
        points = _points(found, reading)
        made.append(
            Reproduction(
                reading,
                mix_for(points, target),
                tuple(anywhere[reading]),
                _range([x for x, _ in points]),
                _range([y for _, y in points]),
                _range([sum(f.amount for f in one.flows if f.variable in _TAXES) for one in found]),
            )
        )
    return tuple(made)


def _points(found: Sequence[Account], reading: Reading) -> list[tuple[float, float]]:
    return [(one.back_to(reading), one.flow_back) for one in found]


def _range(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


# What it rests on


def _assumptions(found: Sequence[Account], offer: Offer, support: float) -> tuple[Assumption, ...]:
    told = [
        Assumption(
            "weeks", "52 weeks a year", "the plan's figures are a placement a year; holiday is paid within them"
        ),
        Assumption(
            "support",
            f"£{support:,.0f} a year",
            "what the service spends beside the wage; an estimate (parameters/nes_placement.yaml), or as given",
        ),
        Assumption(
            "Employment Allowance",
            "not used",
            "an employer has one allowance for all its staff, and many public employers have none",
        ),
        Assumption(
            "pension",
            "the least the law asks where pay reaches automatic enrolment, of qualifying earnings, relief at source",
            "no pension is told; what the household's file tells is used",
        ),
    ]
    if any(one.worked for one in found):
        told.append(
            Assumption("work now", "set aside", "a placement is for somebody out of work; the account is against that")
        )
    if offer.support != "covered":
        told.append(
            Assumption(
                "costs of work", "the household's own", "--support covered has the service pay childcare and fares"
            )
        )
    return tuple(told)


# The document


def document(told: Accounts) -> dict[str, Any]:
    """The accounts as the `mwp.placement-account/1` JSON document."""
    head = documents.head(SCHEMA, told.on, [r.name for r in told.reforms], "")
    del head["household"]
    p = told.plan
    return head | {
        "placement": {
            "hours": told.offer.hours,
            "hours_were_found": told.hours_were_found,
            "wage": told.offer.wage,
            "earner": told.offer.earner,
            "segment": told.offer.segment,
            "support": told.offer.support or "not-covered",
            "support_cost": told.support_cost,
        },
        "value_of_help_in_kind": told.valuation.choice,
        "purses": {key: {"name": one.name, "group": one.group} for key, one in purses().items()},
        "accounts": [_account(one) for one in told.accounts],
        "average": _average(told),
        "plan": {
            "source": p.source,
            "gross": p.gross,
            "net_paying_department": p.net_paying_department,
            "net_whole_government": p.net_whole_government,
            "back_to_paying_department": p.back_to_paying_department,
            "back_to_government": p.back_to_government,
        },
        "hours_for_the_plan": [vars(one) for one in told.hours_for_the_plan],
        "reproductions": [_reproduction(told, one) for one in told.reproductions],
        "scale": [scale(told, p.placements_national), scale(told, p.placements_pilot)],
        "employment_allowance": {
            "a_year": told.employment_allowance,
            "placements_it_frees": placements_freed(told),
        },
        "assumptions": [vars(one) for one in told.assumptions],
        "not_counted": list(told.not_counted),
        **documents.question(told.asked),
    }


def placements_freed(told: Accounts) -> float | None:
    """For how many placements an employer with an unused Employment Allowance would owe no contribution of its own."""
    owed = told.average("gross") and sum(a.cost.employer_national_insurance for a in told.accounts) / len(told.accounts)
    return told.employment_allowance / owed if owed else None


def scale(told: Accounts, placements: int, shares: Sequence[float] | None = None) -> dict[str, float]:
    """So many placement-years at the average, billions of pounds: gross, and net by purse."""
    billions = placements / 1e9
    return {
        "placements": float(placements),
        "gross_bn": told.average("gross", shares) * billions,
        "net_awards_bn": told.average("net_awards", shares) * billions,
        "net_awards_and_treasury_bn": told.average("net_awards_and_treasury", shares) * billions,
        "net_whole_government_bn": told.average("net", shares) * billions,
        "guarantee_bn": told.average("top_up", shares) * billions,
    }


def _average(told: Accounts) -> dict[str, float]:
    names = (
        "gross",
        "awards",
        "awards_and_treasury",
        "flow_back",
        "top_up",
        "net_awards",
        "net_awards_and_treasury",
        "net",
    )
    return {name: told.average(name) for name in names}


def _account(one: Account) -> dict[str, Any]:
    return {
        "household": one.household.name,
        "wage": one.wage,
        "on_universal_credit": one.on_universal_credit,
        "worked": one.worked,
        "enrolled": one.enrolled,
        "cost": vars(one.cost) | {"gross": one.cost.gross},
        "flows": [vars(flow) for flow in one.flows],
        "by_purse": one.by_purse(),
        "flow_back": {
            "awards": one.back_to("awards"),
            "awards_and_treasury": one.back_to("awards_and_treasury"),
            "whole_government": one.flow_back,
        },
        "guarantee_top_up": one.top_up,
        "net": {
            "awards": one.net_of("awards"),
            "awards_and_treasury": one.net_of("awards_and_treasury"),
            "whole_government": one.net(),
        },
        "household_gains": one.household_gains,
        "pension": one.pension,
    }


def _reproduction(told: Accounts, one: Reproduction) -> dict[str, Any]:
    return {
        "reading": one.reading,
        "reached": one.mix.reaches,
        "distance": one.mix.distance,
        "average": {"paying_department": one.mix.average[0], "whole_government": one.mix.average[1]},
        "mix": [
            {"household": account.household.name, "share": share}
            for account, share in zip(told.accounts, one.mix.shares, strict=True)
            if share > 1e-9
        ],
        "hours_at_which_some_mix_does": list(one.anywhere),
        "range_paying_department": list(one.range_paying),
        "range_whole_government": list(one.range_whole),
        "range_taxes_and_contributions": list(one.taxes),
    }
