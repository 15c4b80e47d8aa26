"""What a rule is: a function whose arguments are its inputs, and a record of where it comes from.

The record is plain data: no engine is imported here. `mwp.engine.system` makes policyengine-core variables of the
records, and `graph` below is what `mwp explain`, the split into what earnings move and what they do not, and the
documentation read.

Besides the names of other variables a rule may ask for

- `law`: the parameters of its programme (or of the whole law where `law="*"`) as in force on the simulation's date;
- `rounding`: how the law rounds, or no rounding (`mwp.core.rounding`);
- `valuation`: which of the low, central and high values of help in kind to take (`mwp.core.valuation`);
- `on`: the date, as a number such as 20260901.

Arguments of a wider entity are handed down (a household's rent to each of its people); going from people up to a group
is said aloud with `total`, `count`, `any_of` or `highest`.
"""

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import ModuleType
from typing import Any, Literal

from mwp.core.entities import Entity

SPECIAL = ("law", "rounding", "valuation", "on")
Kind = Literal["rule", "total", "count", "any_of", "highest", "given"]
Grade = Literal["law", "local scheme", "valuation", "not modelled"]


@dataclass
class Rule:
    """One concept of the law: an amount or a fact about each person, benefit unit or household."""

    entity: Entity
    kind: Kind
    name: str = ""
    label: str = ""
    function: Callable[..., Any] | None = None
    inputs: tuple[str, ...] = ()
    law: str | None = None
    cites: str = ""
    unit: str = "currency-GBP"
    says: str = ""
    says_nil: str = ""
    grade: Grade = "law"
    default: float = 0.0
    module: str = ""
    doc: str = ""
    claim: str = ""
    run_on: str = ""
    test: tuple[str, str] | None = None
    nil_unless: tuple[str, ...] = ()
    uses: tuple[str, ...] = field(default=())  # which of SPECIAL the function takes

    def __call__(self, *args: Any, **named: Any) -> Any:
        """The rule's own arithmetic on plain numbers or arrays, as a test calls it."""
        if self.function is None:
            raise TypeError(f"{self.name} is {self.kind}: it has no arithmetic of its own")
        return self.function(*args, **named)


def rule(
    entity: Entity,
    *,
    cites: str,
    law: str | None = None,
    unit: str = "currency-GBP",
    label: str = "",
    says: str = "",
    says_nil: str = "",
    grade: Grade = "law",
    claim: str = "",
    run_on: str = "",
    test: tuple[str, str] | None = None,
    nil_unless: str | tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Rule]:
    """Make a rule of a function.

    `law` is the programme in `parameters/` whose numbers it needs; `cites` the regulation; `unit` is `currency-GBP`
    (pounds a month), `/1`, `hours`, `years`, `rooms` or `bool`. `says` is the working in words for `mwp explain`: a
    format string over the rule's inputs, `law`, and `result`; `says_nil` is used where the result is nil.

    For help that can be lost: `claim` says in one plain sentence how to get it, `run_on` what happens when the test is
    no longer met (at once, at the next check, at the end of term), and `test` names the variable that is tested and the
    variable that is its limit, as ("net_earnings_of_unit", "nhs_earnings_limit").

    `nil_unless` names variables without any of which the result is nil, whatever else is so: the savings tax of people
    without interest. Where they are nil for everybody in a sweep, the rule and what only it needs are left out.
    """

    def wire(function: Callable[..., Any]) -> Rule:
        names = tuple(inspect.signature(function).parameters)
        if "law" in names and law is None:
            raise TypeError(f"{function.__name__} takes law but names no programme")
        name = function.__name__
        return Rule(
            entity=entity,
            kind="rule",
            name=name,
            label=label or _spell(name),
            function=function,
            inputs=tuple(n for n in names if n not in SPECIAL),
            uses=tuple(n for n in names if n in SPECIAL),
            law=law,
            cites=cites,
            unit=unit,
            says=says,
            says_nil=says_nil,
            grade=grade,
            claim=claim,
            run_on=run_on,
            test=test,
            nil_unless=(nil_unless,) if isinstance(nil_unless, str) else nil_unless,
            module=function.__module__,
            doc=inspect.getdoc(function) or "",
        )

    return wire


def _gather(kind: Kind, entity: Entity, of: str, cites: str, label: str, unit: str, doc: str, says: str) -> Rule:
    return Rule(entity=entity, kind=kind, inputs=(of,), cites=cites, label=label, unit=unit, doc=doc, says=says)


def total(entity: Entity, of: str, *, cites: str = "", label: str = "", doc: str = "", says: str = "") -> Rule:
    """The sum of a narrower entity's amount over the members of the group."""
    return _gather("total", entity, of, cites, label, "currency-GBP", doc, says)


def count(entity: Entity, of: str, *, cites: str = "", label: str = "", doc: str = "", says: str = "") -> Rule:
    """How many members of the group the claim `of` is true for."""
    return _gather("count", entity, of, cites, label, "number", doc, says)


def any_of(entity: Entity, of: str, *, cites: str = "", label: str = "", doc: str = "", says: str = "") -> Rule:
    """Whether the claim `of` is true for any member of the group."""
    return _gather("any_of", entity, of, cites, label, "bool", doc, says)


def highest(entity: Entity, of: str, *, cites: str = "", label: str = "", doc: str = "", says: str = "") -> Rule:
    """The largest of a narrower entity's amounts (never below nil) over the members of the group."""
    return _gather("highest", entity, of, cites, label, "currency-GBP", doc, says)


def given(entity: Entity, label: str, *, unit: str = "currency-GBP", default: float = 0.0) -> Rule:
    """A fact about the household that no rule works out: an input, with what it is where nothing is said."""
    return Rule(entity=entity, kind="given", label=label, unit=unit, default=default)


@dataclass(frozen=True, eq=False)
class Graph:
    """Every rule by name, each after the rules it needs."""

    rules: Mapping[str, Rule]

    def needed_for(self, names: Iterable[str], nil: Collection[str] = ()) -> tuple[str, ...]:
        """The rules that the named ones rest on, themselves included, in order of calculation.

        What is known to be `nil` is named, but nothing that it alone rests on.
        """
        return self._needed_for(tuple(names), frozenset(nil))

    @lru_cache(maxsize=256)  # noqa: B019 - there is one graph, and its rules stay as they are
    def _needed_for(self, names: tuple[str, ...], nil: frozenset[str]) -> tuple[str, ...]:
        wanted: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in wanted:
                wanted.add(name)
                if name not in nil:
                    waiting.extend(self.rules[name].inputs)
        return tuple(name for name in self.rules if name in wanted)

    def nil_where(self, nil: Collection[str], among: Iterable[str]) -> frozenset[str]:
        """The variables in `nil`, and every rule `among` some in order of calculation that is nil where those are."""
        found = set(nil)
        for name in among:
            one = self.rules[name]
            gathered = one.kind in ("total", "count", "any_of", "highest") and one.inputs[0] in found
            if gathered or (one.nil_unless and found.issuperset(one.nil_unless)):
                found.add(name)
        return frozenset(found)

    def moved_by(self, names: Iterable[str]) -> frozenset[str]:
        """The named variables and every rule that rests on one of them."""
        return self._moved_by(tuple(names))

    @lru_cache(maxsize=256)  # noqa: B019 - as above
    def _moved_by(self, names: tuple[str, ...]) -> frozenset[str]:
        moved = set(names)
        for name, one in self.rules.items():
            if not moved.isdisjoint(one.inputs):
                moved.add(name)
        return frozenset(moved)


def graph(modules: Iterable[ModuleType]) -> Graph:
    """Read the rules that stand in the modules and put them in order of calculation.

    Raises TypeError where a rule asks for a name that nobody defines, takes a narrower entity's variable without
    saying how to gather it, or rests on itself.
    """
    found: dict[str, Rule] = {}
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, Rule):
                if found.setdefault(name, value) is not value:
                    raise TypeError(f"{name} is defined twice: in {found[name].module} and {module.__name__}")
                value.name = name
                value.label = value.label or _spell(name)
                value.module = value.module or module.__name__
    for one in found.values():
        _check(one, found)
    return Graph(_in_order(found))


def _check(one: Rule, found: Mapping[str, Rule]) -> None:
    for name in (*one.inputs, *one.nil_unless):
        if name not in found:
            raise TypeError(f"{one.name} asks for {name}, which no rule defines")
    for name in one.inputs:
        narrower = found[name].entity.rank < one.entity.rank
        if one.kind == "rule" and narrower:
            raise TypeError(f"{one.name} takes {name} of a {found[name].entity.label}: gather it with total or any_of")
        if one.kind not in ("rule", "given") and not narrower:
            raise TypeError(f"{one.name} gathers {name}, which is not of a narrower entity")


def _in_order(found: Mapping[str, Rule]) -> dict[str, Rule]:
    ordered: dict[str, Rule] = {}
    for start in found:
        path: list[tuple[str, Iterable[str]]] = [(start, iter(found[start].inputs))] if start not in ordered else []
        on_path = {start}
        while path:
            name, rest = path[-1]
            following = next((n for n in rest if n not in ordered), None)
            if following is None:
                ordered[name] = found[name]
                on_path.discard(name)
                path.pop()
            elif following in on_path:
                raise TypeError(f"{following} rests on itself: {' <- '.join([*(n for n, _ in path), following])}")
            else:
                on_path.add(following)
                path.append((following, iter(found[following].inputs)))
    return ordered


def _spell(name: str) -> str:
    return name.replace("_", " ")
