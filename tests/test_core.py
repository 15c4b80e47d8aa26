"""The wiring, on an invented country of three rules: it knows nothing of this year's law."""

from types import ModuleType

import numpy as np
import pytest

from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.rounding import AS_THE_LAW, NONE
from mwp.core.rule import any_of, count, given, graph, highest, rule, total


def country(**rules: object) -> ModuleType:
    module = ModuleType("country")
    vars(module).update(rules)
    return module


wage = given(Person, "wage")
rent = given(Household, "rent")


@rule(Person, cites="Invented Act s.1")
def tax(wage):
    """A tenth."""
    return wage / 10


@rule(Person, cites="Invented Act s.2", unit="bool")
def is_poor(wage, rent):
    """Earns less than the rent."""
    return wage < rent


@rule(BenefitUnit, cites="Invented Act s.3")
def grant(all_tax, some_poor, rent):
    """Rent less tax, for the poor."""
    return np.where(some_poor, rent - all_tax, 0.0)


def whole_country() -> ModuleType:
    return country(
        grant=grant,
        tax=tax,
        wage=wage,
        rent=rent,
        is_poor=is_poor,
        all_tax=total(BenefitUnit, of="tax"),
        some_poor=any_of(BenefitUnit, of="is_poor"),
        how_many=count(BenefitUnit, of="is_poor"),
        top=highest(BenefitUnit, of="tax"),
    )


def test_a_rule_is_still_a_function_of_its_inputs():
    assert tax(50.0) == 5.0
    assert grant(np.array([5.0]), np.array([True]), np.array([80.0])) == [75.0]


def test_a_rule_keeps_its_signature_citation_and_meaning():
    assert grant.inputs == ("all_tax", "some_poor", "rent")
    assert (grant.cites, grant.doc) == ("Invented Act s.3", "Rent less tax, for the poor.")


def test_rules_stand_after_what_they_rest_on():
    order = list(graph([whole_country()]).rules)
    for name, one in graph([whole_country()]).rules.items():
        assert all(order.index(i) < order.index(name) for i in one.inputs)


def test_what_a_variable_needs_and_what_a_change_moves():
    of = graph([whole_country()])
    assert set(of.needed_for(["grant"])) == {"grant", "all_tax", "tax", "wage", "some_poor", "is_poor", "rent"}
    assert of.moved_by(["rent"]) == {"rent", "is_poor", "some_poor", "how_many", "grant"}


def test_an_unknown_input_is_refused():
    with pytest.raises(TypeError, match="asks for wage, which no rule defines"):
        graph([country(tax=tax)])


def test_a_group_cannot_take_a_persons_variable_without_saying_how():
    @rule(BenefitUnit, cites="Invented Act s.4")
    def wrong(wage):
        return wage

    with pytest.raises(TypeError, match="gather it with total or any_of"):
        graph([country(wage=wage, wrong=wrong)])


def test_a_circle_of_rules_is_refused():
    @rule(Person, cites="Invented Act s.5")
    def hen(egg):
        return egg

    @rule(Person, cites="Invented Act s.6")
    def egg(hen):
        return hen

    with pytest.raises(TypeError, match="rests on itself"):
        graph([country(hen=hen, egg=egg)])


def test_a_name_defined_twice_is_refused():
    with pytest.raises(TypeError, match="defined twice"):
        graph([country(wage=wage), country(wage=given(Person, "another wage"))])


def test_law_needs_a_programme():
    with pytest.raises(TypeError, match="names no programme"):

        @rule(Person, cites="Invented Act s.7")
        def adrift(law):
            return law


@pytest.mark.parametrize(
    ("amount", "nearest", "down", "up"),
    [(260.145, 260.15, 260.14, 260.15), (260.15, 260.15, 260.15, 260.15), (0.0049, 0.0, 0.0, 0.01)],
)
def test_rounding_to_the_penny(amount, nearest, down, up):
    value = np.array([amount])
    assert AS_THE_LAW.nearest(value) == pytest.approx([nearest])
    assert AS_THE_LAW.down(value) == pytest.approx([down])
    assert AS_THE_LAW.up(value) == pytest.approx([up])
    assert NONE.nearest(value) is value
    assert NONE.down(value) is value
    assert NONE.up(value) is value


def test_whole_pounds_drop_the_pence():
    assert AS_THE_LAW.down(np.array([881.23, 30.0]), to=1.0) == pytest.approx([881.0, 30.0])
