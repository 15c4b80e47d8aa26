"""The engine: exact, on the right day, and the same whichever way the work is cut."""

import pickle
import subprocess
import sys
from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np
import pytest

import mwp
from mwp import resources
from mwp.analysis import calculation
from mwp.analysis.calculation import CLAIMS, amounts_of, law_on, money_variables, openings
from mwp.core.entities import BenefitUnit, Household, Person
from mwp.core.rounding import AS_THE_LAW, NONE
from mwp.core.valuation import CENTRAL
from mwp.engine import simulation
from mwp.engine.dates import coverage
from mwp.engine.encode import brma_rows, encode
from mwp.engine.law import at, current_law
from mwp.engine.rows import Table
from mwp.engine.simulation import Path, Results, Terms, _calculate, simulate
from mwp.engine.system import build, rule_graph
from mwp.inputs.reform import load_reform, parameter_paths

ON = date(2026, 6, 15)
LIBRARY = sorted(resources.library("households"))


RARE: tuple[dict[str, Any], ...] = (
    {"adults": [{"age": 30, "hours": 20, "hourly_wage": 13.0},
                {"age": 29, "sex": "f", "benefits": {"maternity_allowance": "auto"}}],
     "children": [{"age": 0}, {"age": 3}], "housing": {"tenure": "social_rent", "rent": 500},
     "childcare": {"amount": 600, "children": [2]}},
    {"adults": [{"age": 34, "hours": 20, "earnings": 400, "self_employed": True, "months_trading": 90,
                 "months_gainfully_self_employed": 20, "pregnant": True, "weeks_pregnant": 20},
                {"age": 22, "hours": 30, "hourly_wage": 8.0, "apprentice": True}], "housing": {"tenure": "owned"}},
    {"adults": [{"age": 40, "health": "lcw_protected", "caring_hours": 35, "cares_for": "other"},
                {"age": 40, "hours": 30, "hourly_wage": 14.0}],
     "housing": {"tenure": "social_rent", "rent": 400, "supported_accommodation": True}},
    {"nation": "scotland", "adults": [{"age": 19, "in_education": True, "caring_hours": 35, "cares_for": "other",
                                       "benefits": {"carers_allowance": "auto"}}],
     "children": [{"age": 1}], "housing": {"tenure": "owned"}},
    {"nation": "wales", "adults": [{"age": 45, "caring_hours": 40, "cares_for": "partner",
                                    "benefits": {"carers_allowance": "auto", "new_style_esa": 600}},
                                   {"age": 45, "hours": 10, "hourly_wage": 15.0,
                                    "pip": {"daily_living": "standard"}}],
     "children": [{"age": 9}], "housing": {"tenure": "owned"}, "council_tax": {"band": "D", "amount": 150},
     "options": {"take_up": {"universal_credit": False}}},
)  # fmt: skip
"""What no household of the library has: each reaches a rule that is left out where nobody meets its conditions."""


@pytest.fixture(scope="module")
def library():
    return [
        *(mwp.load_household(name) for name in LIBRARY),
        *(mwp.household_from({"name": f"rare {n}", "nation": "england"} | home) for n, home in enumerate(RARE)),
    ]


@pytest.mark.parametrize("home", RARE, ids=lambda home: home["adults"][0]["age"])
@pytest.mark.parametrize("mode", ["hours", "stated_pay"])
def test_a_household_alone_leaves_out_no_rule_that_tells(home, mode):
    """Beside others every rule is run for the one that needs it; alone, only what its own conditions let through."""
    table, law = encode([mwp.household_from({"name": "rare", "nation": "england"} | home)], ON), law_on(ON)
    path = Path({mode: np.linspace(0, 60 if mode == "hours" else 4_000, 13)})
    cut = simulate(table, law, money_variables(), path=path)
    whole = simulate(table, law, money_variables(), path=path, split=False)
    for name in money_variables():
        np.testing.assert_allclose(cut.amounts[name], whole.amounts[name], atol=1e-9, err_msg=name)


def _some(rule, rng):
    if rule.unit == "bool":
        return rng.random(20) < 0.5
    if rule.unit == "date":
        return rng.integers(1960, 2026, 20) * 10_000 + rng.integers(1, 13, 20) * 100 + 5.0
    return rng.integers(0, 4, 20) * (1.0 if rule.unit in ("number", "index", "rooms") else 400.0)


CONDITIONAL = [
    one
    for one in rule_graph().rules.values()
    if one.nil_unless and one.kind == "rule" and set(one.nil_unless) <= set(one.inputs) and "ctr_line" not in one.inputs
]


@pytest.mark.parametrize("rule", CONDITIONAL, ids=lambda one: one.name)
def test_a_rule_is_nil_where_none_of_its_conditions_is_met(rule):
    """Whatever else is so: else a sweep would leave out what counts."""
    rng, rules, whole = np.random.default_rng(3), rule_graph().rules, law_on(ON)
    law = whole if rule.law in (None, "*") else getattr(whole, rule.law)
    special = {"law": law, "rounding": NONE, "on": 20260615, "valuation": CENTRAL}
    for _ in range(20):
        given = {name: _some(rules[name], rng) for name in rule.inputs}
        given |= {
            name: given[name] * 0 if rules[name].unit != "bool" else given[name] & False for name in rule.nil_unless
        }
        found = rule(*given.values(), **{name: special[name] for name in rule.uses})
        assert not np.any(found), rule.name


@pytest.mark.parametrize("mode", ["hours", "hourly_wage", "stated_pay"])
@pytest.mark.parametrize("adult", [0, 1])
def test_working_out_once_what_does_not_move_changes_nothing(library, mode, adult):
    homes = [h for h in library if len(h.adults) > adult]
    table, law = encode(homes, ON), law_on(ON)
    path = Path(
        {
            mode: {"hours": np.linspace(0, 60, 13), "hourly_wage": np.linspace(0, 80, 13)}.get(
                mode, np.linspace(0, 9_000, 13)
            )
        },
        adult,
    )
    wanted = money_variables()
    cut = simulate(table, law, wanted, path=path)
    whole = simulate(table, law, wanted, path=path, split=False)
    for name in wanted:
        np.testing.assert_allclose(cut.amounts[name], whole.amounts[name], atol=1e-9, err_msg=name)


@pytest.mark.parametrize("rounding", [NONE, AS_THE_LAW], ids=["exact", "as the law rounds"])
def test_few_rows_run_without_the_core_give_what_the_core_gives(library, rounding):
    table, graph = encode(library, ON), rule_graph()
    terms, wanted = Terms(law_on(ON), rounding), (*money_variables(), *CLAIMS, *openings())
    order = graph.needed_for(wanted)
    through = _calculate(table, terms, table.columns, order, order, graph, through_core=True)
    without = _calculate(table, terms, table.columns, order, order, graph, through_core=False)
    assert through.keys() == without.keys() == set(order)
    for name in order:
        np.testing.assert_array_equal(through[name], without[name], err_msg=name)
        assert through[name].dtype == without[name].dtype == np.float64


def test_what_moves_is_the_same_through_the_core_and_without_it(library):
    table, law = encode(library, ON), law_on(ON)
    path = Path({"hours": np.linspace(0, 60, 7)})
    through, without = (
        simulate(table, law, money_variables(), path=path, through_core=through) for through in (True, False)
    )
    for name, values in through.amounts.items():
        np.testing.assert_array_equal(without.amounts[name], values, err_msg=name)


def test_the_size_of_blocks_changes_nothing(library):
    table, law = encode(library, ON), law_on(ON)
    path = Path({"hours": np.linspace(0, 60, 31)})
    names = ("net_income", "universal_credit", "income_tax")
    one = simulate(table, law, names, path=path)
    many = simulate(table, law, names, path=path, block_rows=62)
    for name in names:
        np.testing.assert_array_equal(one.amounts[name], many.amounts[name])
        assert one.amounts[name].dtype == np.float64


@pytest.mark.parametrize("rounding", [NONE, AS_THE_LAW], ids=["exact", "as the law rounds"])
def test_one_number_for_a_whole_block_and_households_by_kind_change_nothing(library, rounding):
    """Blocks of many rows: what is the same for all is one number, and households of a kind stand together."""
    table, law = encode(library, ON), law_on(ON)
    path = Path({"stated_pay": np.linspace(0, 9_000, 601)})
    assert 601 * len(library) > simulation.MOVING_ROWS
    quick, plain = (
        simulate(table, law, money_variables(), path=path, rounding=rounding, through_core=core)
        for core in (False, True)
    )
    for name, values in plain.amounts.items():
        np.testing.assert_array_equal(quick.amounts[name], values, err_msg=name)
    for name, values in plain.adults.items():
        np.testing.assert_array_equal(quick.adults[name], values, err_msg=name)


def test_leaving_out_each_adults_amounts_leaves_the_sums(library):
    table, law = encode(library, ON), law_on(ON)
    path = Path({"hours": np.linspace(0, 60, 13)}, adult=1)
    both, sums = (simulate(table, law, money_variables(), path=path, adults=adults) for adults in (True, False))
    assert not sums.adults
    for name, values in both.amounts.items():
        np.testing.assert_array_equal(sums.amounts[name], values, err_msg=name)


@pytest.mark.parametrize("partners", ["all", "none", "some"])
def test_claimants_are_gathered_and_handed_down_as_any_table_would(library, partners):
    """Their people stand in a known order, so nothing is looked up: the figures are those of the looking up."""
    has = {"all": [True], "none": [False], "some": [True, False]}[partners]
    table = encode([home for home in library if (len(home.adults) > 1) in has], ON)
    rows = table.claimants(np.arange(table.households).repeat(2))
    plain = Table(**{field.name: getattr(rows, field.name) for field in fields(Table)})
    random = np.random.default_rng(7)
    people = random.normal(size=rows.people)
    for of_people in (people, people > 0):
        for kind in ("total", "count", "any_of", "highest") if of_people.dtype == bool else ("total", "highest"):
            for group in (BenefitUnit.key, Household.key):
                expected = plain.gathered(kind, of_people, Person.key, group)
                np.testing.assert_array_equal(rows.gathered(kind, of_people, Person.key, group), expected)
    np.testing.assert_array_equal(rows.each_adult(people), plain.each_adult(people))
    homes = random.normal(size=rows.households)
    for adult in (0, 1):
        np.testing.assert_array_equal(rows.with_adult(people, adult, homes), plain.with_adult(people, adult, homes))
    handed = rows.handed_down(homes, Household.key, Person.key)
    np.testing.assert_array_equal(handed, plain.handed_down(homes, Household.key, Person.key))
    one = np.array([2.5])  # stands for everybody
    everybodys = np.full(rows.people, 2.5)
    for kind in ("total", "highest"):
        expected = plain.gathered(kind, everybodys, Person.key, BenefitUnit.key)
        found = np.broadcast_to(rows.gathered(kind, one, Person.key, BenefitUnit.key), rows.units)
        np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(rows.each_adult(one), plain.each_adult(everybodys))


def test_a_batch_gives_what_each_household_gives_alone(library):
    batch = amounts_of(library, ON).amounts["net_after_work_costs"][:, 0]
    alone = [amounts_of([home], ON).amounts["net_after_work_costs"][0, 0] for home in library]
    np.testing.assert_allclose(batch, alone, atol=1e-9)


def test_unrounded_amounts_are_worked_out_once_and_only_where_they_are_asked_for(library, monkeypatch):
    runs: list[int] = []

    def counted(table: Table, *rest: Any, **named: Any) -> Results:
        runs.append(table.households)
        return simulate(table, *rest, **named)

    monkeypatch.setattr(calculation, "simulate", counted)
    first, second = calculation.calculations(library[:2], ON)
    assert runs == [2]
    alone = amounts_of(library[:2], ON)
    for row, one in enumerate((first, second)):
        assert dict(one.amounts) == {name: float(values[row, 0]) for name, values in alone.amounts.items()}
        assert list(one.amounts) == list(money_variables()) == list(one.amounts_rounded)
    assert runs == [2, 2, 2]  # the months, our own above, and all the unrounded amounts together
    assert pickle.loads(pickle.dumps(second)) == second


def test_an_alternative_is_worth_what_the_household_would_have_otherwise():
    """Each birthday a child might have, worked out on its own."""
    home = mwp.load_household("lone_parent_two_children_leeds")
    told = mwp.better_off(home, ["16h@12.71"], on=ON).jobs[0].calculation
    base = mwp.calculate(told.household, on=ON).amounts_rounded["net_after_work_costs"]
    birthdays = [one for one in told.assumptions if one.field.endswith(".born")]
    assert birthdays
    for one in birthdays:
        child = int(one.field.split(".")[1]) - 1
        born = date.fromisoformat(one.why.rsplit(" ", 1)[1])
        kids = list(told.household.children)
        kids[child] = kids[child].model_copy(update={"age": None, "born": born})
        otherwise = mwp.calculate(told.household.model_copy(update={"children": tuple(kids)}), on=ON)
        assert one.worth_a_month == pytest.approx(otherwise.amounts_rounded["net_after_work_costs"] - base, abs=0.005)


def test_a_point_of_a_sweep_is_the_household_calculated_there(library):
    home = mwp.load_household("lone_parent_two_children_leeds")
    there = home.model_copy(
        update={"adults": (home.adults[0].model_copy(update={"hours": 22.5, "hourly_wage": 13.0}),)}
    )
    path = Path({"hours": np.array([0.0, 22.5]), "hourly_wage": np.array([13.0, 13.0])})
    swept = simulate(encode([home], ON), law_on(ON), ["net_income"], path=path).amounts["net_income"][0, 1]
    assert swept == pytest.approx(amounts_of([there], ON).amounts["net_income"][0, 0], abs=1e-9)


def test_every_variable_is_float64():
    order = tuple(n for n, r in rule_graph().rules.items() if r.kind != "given")
    for variable in build(rule_graph(), order).variables.values():
        assert variable.dtype == np.float64, variable.name


def test_no_gathering_up_to_the_household_moves_with_earnings():
    """A sweep leaves children and other adults out of the moving rows, so nothing may add them up there."""
    moved = rule_graph().moved_by(["hours", "hourly_wage", "stated_pay"])
    for name in moved:
        one = rule_graph().rules[name]
        gathers_up = one.entity is Household and one.kind != "rule"
        if gathers_up and rule_graph().rules[one.inputs[0]].entity is Person:
            assert name in _OF_OTHER_ADULTS_ONLY, name


_OF_OTHER_ADULTS_ONLY: set[str] = set()


@pytest.mark.parametrize(
    ("on", "taper_path", "expected"),
    [
        (date(2025, 4, 6), "universal_credit.standard_allowance.single_25_or_over", 393.45),
        (date(2025, 4, 7), "universal_credit.standard_allowance.single_25_or_over", 400.14),
        (date(2026, 4, 5), "universal_credit.work_allowance.with_housing", 411),
        (date(2026, 4, 6), "universal_credit.work_allowance.with_housing", 427),
        (date(2026, 3, 31), "minimum_wage.national_living_wage", 12.21),
        (date(2026, 4, 1), "minimum_wage.national_living_wage", 12.71),
    ],
)
def test_the_law_is_read_on_the_very_day(on, taper_path, expected):
    value = at(current_law(), on)
    for part in taper_path.split("."):
        value = getattr(value, part)
    assert value == expected


def test_a_mid_month_change_bites_in_the_middle_of_the_month():
    home = mwp.load_household("lone_parent_two_children_leeds")
    before, after = (
        mwp.calculate(home, on=day).amounts["uc_standard_allowance"] for day in ("2025-04-06", "2025-04-07")
    )
    assert (before, after) == (393.45, 400.14)


@pytest.mark.parametrize("on", ["2024-04-07", "2027-04-06", "1999-01-01"])
def test_a_date_outside_the_law_known_is_refused(on):
    with pytest.raises(mwp.errors.InputError, match="outside the law this version knows"):
        mwp.calculate("lone_parent_two_children_leeds", on=on)


def test_the_law_is_known_from_april_2024_to_april_2027():
    assert coverage() == (date(2024, 4, 8), date(2027, 4, 5))


def test_a_reform_changes_its_parameter_and_leaves_the_law_alone():
    home = mwp.load_household("lone_parent_two_children_leeds")
    job = home.model_copy(update={"adults": (home.adults[0].model_copy(update={"hours": 16.0, "hourly_wage": 12.71}),)})
    law, reform = mwp.calculate(job, on=ON), mwp.calculate(job, on=ON, reform="uc_taper_50")
    above = law.amounts["uc_earned_income"] - law.amounts["uc_work_allowance"]
    assert reform.amounts["universal_credit"] - law.amounts["universal_credit"] == pytest.approx(0.05 * above)
    assert mwp.calculate(job, on=ON).amounts == law.amounts


def test_a_reform_applies_from_its_date_only():
    one, other = (at_reform(on) for on in (date(2026, 4, 5), date(2026, 4, 6)))
    assert (one, other) == (0.55, 0.50)


def at_reform(on: date) -> float:
    return float(law_on(on, [load_reform("uc_taper_50")]).universal_credit.taper_rate)


def test_every_library_reform_names_parameters_that_exist():
    for name in resources.library("reforms"):
        assert set(load_reform(name).parameters) <= parameter_paths()


def test_areas_are_numbered_as_the_table_of_rates_stands():
    law = law_on(ON).local_housing_allowance
    listed = [area for nation in law for area in law[nation]]
    assert [name for name, _ in sorted(brma_rows().items(), key=lambda item: item[1])] == listed


def test_the_core_comes_without_the_libraries_it_never_uses_here():
    code = (
        "from mwp.core.light import import_core; import_core(); import sys;"
        "print([m for m in ('pyvis', 'IPython', 'huggingface_hub', 'requests') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"


def test_the_light_core_gives_the_same_results():
    code = (
        "{first}\nimport mwp\n"
        "print(sorted(mwp.calculate('lone_parent_two_children_leeds', on='2026-06-15').amounts.items()))"
    )
    light, whole = (
        subprocess.run(
            [sys.executable, "-c", code.format(first=first)], capture_output=True, text=True, check=True
        ).stdout
        for first in ("", "import policyengine_core")
    )
    assert light == whole


def test_the_first_calculations_of_a_process_may_be_asked_for_by_several_threads_at_once():
    script = """
import threading, mwp
found, told = [], ("lone_parent_two_children_leeds", "couple_one_child_glasgow") * 3
def work(name): found.append((name, mwp.better_off(name, ["16h@12.71"], on="2026-11-01").jobs[0].gain.month))
several = [threading.Thread(target=work, args=(name,)) for name in told]
for one in several: one.start()
for one in several: one.join()
alone = {(name, mwp.better_off(name, ["16h@12.71"], on="2026-11-01").jobs[0].gain.month) for name in told}
assert len(found) == len(told) and set(found) == alone
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
