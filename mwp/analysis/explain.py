"""The working of an amount: each rule that led to it, in order, in words and numbers, with its regulation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from mwp.analysis import documents
from mwp.analysis.assumptions import with_assumptions
from mwp.analysis.calculation import Assumption, Calculation, law_on
from mwp.analysis.guarantee import NOBODY_SPECIAL, Standing, covers
from mwp.analysis.measures import TOP_UP
from mwp.analysis.top_ups import Month, Working, has_guarantee, months, raised, with_top_ups, working
from mwp.core.entities import BenefitUnit, Person
from mwp.core.entities import Household as HouseholdEntity
from mwp.core.rounding import AS_THE_LAW
from mwp.core.rule import Rule
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.encode import encode
from mwp.engine.simulation import Results, simulate
from mwp.engine.system import rule_graph
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.inputs.names import did_you_mean
from mwp.inputs.reform import Reform

SCHEMA = "mwp.explain/1"
WHOLE = "cash_after_work_costs"


@dataclass(frozen=True)
class Step:
    """One rule at work: whose, what it came to, how (in words), and where the law says so.

    `figures` are those that `words` fill in, by their variables, with the law's own as `law` and what it came to as
    `result`: another language tells the same step with them. `programme` is the module of `mwp.rules` that it is in.
    """

    variable: str
    label: str
    whose: str
    amount: float
    unit: str
    words: str
    cites: str
    meaning: str
    grade: str
    figures: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    programme: str = ""

    def document(self) -> dict[str, Any]:
        """The step as a document has it."""
        return {name: value for name, value in vars(self).items() if name not in ("figures", "programme")}


@dataclass(frozen=True)
class Explanation:
    """The steps that lead to one variable, each after those it rests on."""

    household: Household
    on: date
    reforms: tuple[Reform, ...]
    variable: str
    steps: tuple[Step, ...]
    assumptions: tuple[Assumption, ...] = ()
    not_modelled: tuple[str, ...] = ()
    valuation: Valuation = CENTRAL
    asked: documents.Asked | None = field(default=None, compare=False, repr=False)

    def document(self) -> dict[str, Any]:
        """The working as the `mwp.explain/1` JSON document."""
        head = documents.head(SCHEMA, self.on, [r.name for r in self.reforms], self.household.name)
        return head | {
            "variable": self.variable,
            "value_of_help_in_kind": self.valuation.choice,
            "steps": [step.document() for step in self.steps],
            "assumptions": [vars(told) for told in self.assumptions],
            "not_modelled": list(self.not_modelled),
            **documents.question(self.asked),
        }


def explain(
    household: Household,
    on: date,
    reforms: Sequence[Reform] = (),
    variable: str = WHOLE,
    valuation: Valuation = CENTRAL,
    *,
    every_step: bool = False,
    standing: Standing = NOBODY_SPECIAL,
) -> Explanation:
    """The working of a variable: the steps said in words, or every single rule.

    Where a reform has a guarantee, what it adds to the variable comes last, and `guarantee_top_up` is a variable too.
    Raises InputError for a variable that does not exist, with the nearest name.
    """
    graph = rule_graph()
    if variable == TOP_UP:
        return _of_top_up(household, on, reforms, valuation, standing)
    if variable not in graph.rules:
        raise InputError.of(
            f"There is no variable called {variable}.{did_you_mean(variable, graph.rules)}"
            " `mwp explain --list` lists them."
        )
    names = graph.needed_for([variable])
    law = law_on(on, reforms)
    results = simulate(encode([household], on), law, names, rounding=AS_THE_LAW, valuation=valuation)
    told = names if every_step else _worth_telling(variable, results)
    steps = []
    for name in (n for n in names if n in told):
        one = graph.rules[name]
        for slot in range(len(household.adults)) if one.entity is Person else (0,):
            step = _step(one, slot, results, law, len(household.adults))
            if every_step or name == variable or step.amount or one.entity is not Person:
                steps.append(step)
    (whole,) = with_assumptions([household], on, reforms, valuation)
    if has_guarantee(reforms):
        (paid,) = with_top_ups([whole], reforms, standing)
        steps += _added_to(variable, whole, paid)
        whole = paid
    return Explanation(
        household, on, tuple(reforms), variable, tuple(steps), whole.assumptions, whole.not_modelled, valuation
    )


def _of_top_up(
    household: Household, on: date, reforms: Sequence[Reform], valuation: Valuation, standing: Standing
) -> Explanation:
    """The working of the top-up: where most was reached, what is guaranteed from there on, what the rules leave."""
    if not has_guarantee(reforms):
        raise InputError.of(
            "guarantee_top_up is there under a reform that has a guarantee only. Lay one over the law, as in"
            " --reform nes_guarantee.",
            field="variable",
        )
    found = months(with_assumptions([household], on, reforms, valuation), reforms, standing)
    (paid,) = raised(found, reforms, standing)
    return Explanation(
        household,
        on,
        tuple(reforms),
        TOP_UP,
        (*_steps_of_top_up(found[0], paid, reforms, standing),),
        paid.assumptions,
        paid.not_modelled,
        valuation,
    )


def _steps_of_top_up(month: Month, paid: Calculation, reforms: Sequence[Reform], standing: Standing) -> Iterator[Step]:
    due = paid.amounts_rounded[TOP_UP]
    told = working(month)
    if told is not None:
        yield from _steps_of_working(told, month)
        words = f"Guaranteed {told.owed:,.2f} less {told.now:,.2f} under the rules: {due:,.2f}"
    elif due:
        words = f"What the guarantee adds at {month.earnings:,.2f} of pay a month: {due:,.2f}"
    else:
        words = _why_nil(month, paid, reforms, standing)
    for name, more in month.added.items():
        if name != TOP_UP:
            label = rule_graph().rules[name].label
            yield _told(name, f"kept: {label}", more, f"The guarantee keeps {more:,.2f} of it that the rules take away")
    yield _told(TOP_UP, _LABEL, due, words)


def _steps_of_working(told: Working, month: Month) -> Iterator[Step]:
    assert month.promise is not None
    measure = month.promise.reading
    name = rule_graph().rules[measure].label
    pay = f"{told.at:,.2f} of pay a month" + (f" and {told.partner_at:,.2f} of the partner's" if told.partner else "")
    since = told.earnings - told.at + told.partner - told.partner_at
    share = f"{told.kept * 100:g}p of every pound"
    yield _told(
        measure,
        "most reached",
        told.reached,
        f"At {pay} there was {told.reached:,.2f} ({name}); with {share} from there on, no lower pay guarantees more",
    )
    yield _told(
        measure,
        "guaranteed here",
        told.owed,
        f"{told.reached:,.2f} and {share} of the {since:,.2f} earned since: {told.owed:,.2f}",
    )
    lost = sorted((change, part) for part, change in told.changes.items() if change < -0.005)
    words = ", ".join(f"{rule_graph().rules[part].label} {change:,.2f}" for change, part in lost)
    yield _told(
        measure, "lost since", sum(change for change, _ in lost), f"Since then: {words}" if words else "Nothing"
    )
    yield _told(measure, "under the rules", told.now, f"The rules alone leave {told.now:,.2f} ({name})")


def _why_nil(month: Month, paid: Calculation, reforms: Sequence[Reform], standing: Standing) -> str:
    if month.promise is None:
        return "No top-up without pay: it makes good what is lost as pay grows"
    promised = [reform for reform in reforms if reform.guarantee]
    if not any(covers(reform.scope, month.calculation.household, standing) for reform in promised):
        return "No top-up: the guarantee is not for this household (its nation, pilot area or participants)"
    if not month.is_open:
        return "No top-up: there is no award of Universal Credit that opens the guarantee, and no placement"
    return "No top-up: pay leaves as much more, all the way up to here, as is guaranteed"


_LABEL = "make-work-pay top-up"
_PROPOSAL = "A proposal of this project: docs/guarantee.md"


def _told(variable: str, label: str, amount: float, words: str) -> Step:
    return Step(variable, label, "", amount, "currency-GBP", words, _PROPOSAL, "", "law")


def _added_to(variable: str, bare: Calculation, paid: Calculation) -> list[Step]:
    """What a guarantee adds to a variable, and what it comes to with that; nothing where it adds nothing."""
    before, after = bare.amounts_rounded.get(variable), paid.amounts_rounded.get(variable)
    if before is None or after is None or abs(after - before) < 0.005:
        return []
    words = f"The guarantee adds {after - before:,.2f} to the {before:,.2f} under the rules: {after:,.2f}"
    return [_told(variable, f"{rule_graph().rules[variable].label}, with the guarantee", after, words)]


_AWARD, _IN_FULL = "universal_credit", ("universal_credit", "outcome")
_BEFORE_CAP, _IS_OPEN = "uc_award_before_cap", "uc_is_open"


def _worth_telling(variable: str, results: Results) -> set[str]:
    """The rules that led to the amount and have words for it; nothing beneath an amount whose words come to nil.

    A nil of the benefit unit is told where it says why, beside what it went into in the same programme: "No work
    allowance: ..." What a test measures and its limit are told, whatever came of it. Where another programme rests on
    Universal Credit, the award is told in one step. Why there is no award is told: its sum, or that it is not open.
    """
    rules = rule_graph().rules
    told, seen, waiting = {variable}, {variable}, [variable]
    told |= {name for name in rules[variable].test or () if name in results.amounts}
    if not rules[variable].module.rpartition(".")[2].startswith(_IN_FULL):
        seen.add(_AWARD)
    instead = {} if _IS_OPEN not in results.amounts or results.amounts[_IS_OPEN].any() else {_BEFORE_CAP: _IS_OPEN}
    while waiting:
        one = rules[waiting.pop()]
        for name in (instead.get(name, name) for name in one.inputs):
            below, nil = rules[name], not results.amounts[name].any()
            why_none = nil and name in (_AWARD, _BEFORE_CAP, _IS_OPEN) and name not in seen
            says_nil = nil and below.says_nil and below.entity is BenefitUnit and below.module == one.module
            if why_none or says_nil or (below.says and not nil):
                told.add(name)
            if below.kind != "given" and name not in seen and (why_none or not (nil and below.says)):
                seen.add(name)
                waiting.append(name)
    return told


def _step(one: Rule, slot: int, results: Any, law: Any, num_adults: int) -> Step:
    amount = _value(one, slot, results)
    whose = "" if one.entity is not Person or num_adults == 1 else ("claimant", "partner")[slot]
    figures = _figures(one, slot, amount, results, law)
    return Step(
        variable=one.name,
        label=one.label,
        whose=whose,
        amount=amount,
        unit=one.unit,
        words=_words(one, amount, figures),
        cites=one.cites,
        meaning=one.doc.splitlines()[0] if one.doc else "",
        grade=one.grade,
        figures=figures,
        programme=one.module.rpartition(".")[2],
    )


def _value(one: Rule, slot: int, results: Any) -> float:
    if one.entity is Person:
        return float(results.adults[one.name][slot, 0, 0])
    assert one.entity in (BenefitUnit, HouseholdEntity)
    return float(results.amounts[one.name][0, 0])


def _figures(one: Rule, slot: int, amount: float, results: Any, law: Any) -> dict[str, Any]:
    rules = rule_graph().rules
    values = {name: _value(rules[name], slot, results) for name in one.inputs}
    programme = law if one.law in (None, "*") else getattr(law, one.law)
    return {**values, "result": amount, "law": programme}


def _words(one: Rule, amount: float, figures: Mapping[str, Any]) -> str:
    template = one.says_nil if one.says_nil and not amount else one.says
    return template.format(**figures) if template else _shown(one, amount)


def _shown(one: Rule, amount: float) -> str:
    if one.unit == "bool":
        return "yes" if amount else "no"
    if one.unit.startswith("currency"):
        return f"{np.round(amount, 2):,.2f}"
    return f"{amount:g}"
