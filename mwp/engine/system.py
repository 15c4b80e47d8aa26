"""The rules as policyengine-core variables: the small wiring between `mwp.core.rule` and the core.

Variables are float64 (the core's float32 is 27p out at 100,000 after a hundred steps), monthly, and read the law on
the simulation's own date: the core alone would look at the first of the month and miss 6 April.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import numpy as np

from mwp import rules
from mwp.core import entities
from mwp.core.light import import_core
from mwp.core.rule import Graph, Rule, graph


@lru_cache(maxsize=1)
def rule_graph() -> Graph:
    """Every rule of the model, in order of calculation."""
    return graph(rules.modules())


def build(of: Graph, order: tuple[str, ...]) -> Any:
    """A tax and benefit system of the rules that are run, their inputs being plain inputs.

    Only those: the core makes a holder for every variable its system knows, at every simulation.
    """
    import_core()
    from policyengine_core.entities import build_entity
    from policyengine_core.taxbenefitsystems import TaxBenefitSystem

    core_entities = [
        build_entity(
            e.key,
            e.plural,
            e.label,
            is_person=e is entities.Person,
            roles=None if e is entities.Person else [{"key": "member", "plural": "members"}],
        )
        for e in entities.ENTITIES
    ]
    made = TaxBenefitSystem(core_entities)
    by_key = {e.key: e for e in made.entities}
    inputs = {name for run in order for name in of.rules[run].inputs}
    for name in dict.fromkeys((*order, *sorted(inputs))):
        one = of.rules[name]
        made.add_variable(_variable(one, by_key[one.entity.key], of, runs=name in order))
    return made


def _variable(one: Rule, entity: Any, of: Graph, runs: bool) -> type:
    from policyengine_core.periods import MONTH
    from policyengine_core.variables import Variable

    class Amount(Variable):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            self.dtype = np.dtype(np.float64)
            self.is_neutralized = False

    attributes: dict[str, Any] = {
        "value_type": float,
        "entity": entity,
        "definition_period": MONTH,
        "label": one.label,
        "documentation": one.doc or one.label,
        "unit": one.unit,
        "default_value": float(one.default),
    }
    if one.kind != "given" and runs:
        attributes["formula"] = wired(one.name, of)
    return type(one.name, (Amount,), attributes)


@cache
def wired(name: str, of: Graph) -> Callable[..., Any]:
    """A rule as the core runs it: fetch the inputs, hand them on to this rule's entity, work out."""
    one = of.rules[name]
    inputs = tuple((name, of.rules[name].entity.key, of.rules[name].unit == "bool") for name in one.inputs)
    function, own, uses, programme, kind = one.function, one.entity.key, one.uses, one.law, one.kind
    own_name, is_yes_no = name, one.unit == "bool"

    def formula(population: Any, period: Any, parameters: Any) -> Any:
        simulation = population.simulation
        values = []
        for name, entity, is_claim in inputs:
            value = simulation.claim(name, period) if is_claim else simulation.value(name, period)
            if entity != own and kind == "rule":
                value = simulation.hand_down(value, entity, own)
            values.append(value)
        if kind != "rule":
            return simulation.gather(kind, values[0], inputs[0][1], own)
        named = {}
        if "law" in uses:
            named["law"] = simulation.law if programme in (None, "*") else getattr(simulation.law, programme)
        for special in ("rounding", "valuation", "on"):
            if special in uses:
                named[special] = getattr(simulation, special)
        assert function is not None
        found = function(*values, **named)
        result = np.asarray(found, dtype=np.float64)
        if not result.ndim:
            return np.full(population.count, result)
        if is_yes_no and isinstance(found, np.ndarray) and found.dtype == bool:
            simulation.claims[own_name] = found
        return result

    return formula
