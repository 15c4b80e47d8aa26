"""The library of reforms: what each file must say, what each changes, and that none changes what it does not name."""

from datetime import date
from typing import Any

import pytest

import mwp
from mwp import resources
from mwp.analysis.calculation import amounts_of
from mwp.analysis.guarantee import guaranteed_schedules, paid_over
from mwp.analysis.schedule import EarningsPath, schedules
from mwp.errors import InputError
from mwp.inputs.reform import load_reform

ON = date(2026, 6, 15)
LATER = date(2026, 11, 2)
LIBRARY = sorted(resources.library("reforms"))
HOMES = [mwp.load_household(name) for name in sorted(resources.library("households"))]
A_REFORM = {"title": "x", "summary": "y", "source": {"title": "z"}, "status": "proposed"}


def test_there_is_a_library():
    assert len(LIBRARY) >= 15


@pytest.mark.parametrize("name", LIBRARY)
def test_every_reform_says_what_it_is_and_where_it_comes_from(name):
    reform = load_reform(name)
    text = resources.library("reforms")[name].read_text(encoding="utf-8")
    assert text.startswith("# "), "a comment says why it is here"
    assert reform.name == name
    assert reform.summary.endswith(".")
    assert reform.source.title
    assert reform.legal_route
    assert reform.source.href or "project" in reform.source.title
    if reform.status == "proposed":
        assert reform.source.href, "who proposed it can be looked up"


@pytest.mark.parametrize("name", LIBRARY)
def test_every_reform_changes_something_for_somebody(name):
    """Some only out of work, some only at work, some only along a path, and one only from September."""
    reform = load_reform(name)
    if reform.guarantee:
        path = EarningsPath(wage=12.71, to=4_500)
        measure = reform.guarantee.measure
        bare = schedules(HOMES, path, ON, measure=measure)
        found = guaranteed_schedules(HOMES, path, ON, [reform])
        if name == NEVER_PAYS:
            assert not any(paid_over(one) for one in found)
            return
        assert any(abs(one.value(e) - two.value(e)) > 1 for one, two in zip(bare, found, strict=True) for e in POINTS)
        return
    at_work = [
        home.model_copy(update={"adults": tuple(_at_work(adult, float(hours)) for adult in home.adults)})
        for home in HOMES
        for hours in range(0, 61, 3)
    ]
    law, changed = (amounts_of(at_work, LATER, laid).amounts for laid in ([], [reform]))
    moved = {name for name in law if abs(law[name] - changed[name]).max() > 0.005}
    assert moved & {"net_resources", "minimum_income_floor", "uc_minimum_income_floor"}, name


NEVER_PAYS = "better_off_in_work_credit"
"""16 hours at the minimum wage leave more than 25 pounds a week beside Universal Credit, before the costs of work."""

POINTS = [float(at) for at in range(0, 4_500, 25)]


def _at_work(adult, hours):
    return adult.model_copy(update={"hours": hours, "hourly_wage": 14.0 if hours else None, "earnings": None})


# What the switches do, by hand


COUPLE: dict[str, Any] = {
    "name": "x",
    "nation": "england",
    "greater_london": False,
    "adults": [
        {"age": 30, "hours": 20, "hourly_wage": 12.71},
        {"age": 30, "hours": 8, "hourly_wage": 12.71},
    ],
    "children": [{"age": 7}],
    "housing": {"tenure": "private_rent", "rent": 700, "bedrooms": 2},
    "brma": "leeds",
}


def uc(household, *reforms, on=ON, name="uc_earnings_deduction"):
    return mwp.calculate(household, on=on, reform=list(reforms)).amounts[name]


def test_a_second_earner_keeps_an_allowance_of_their_own():
    """The lower earner has 8 x 12.71 x 52/12 = 440.61: 427 of it is left untouched, at 55p in the pound."""
    assert uc(COUPLE) - uc(COUPLE, "second_earner_work_allowance") == pytest.approx(0.55 * 427)
    fewer = {**COUPLE, "adults": [COUPLE["adults"][0], {**COUPLE["adults"][1], "hours": 4}]}
    earned = 4 * 12.71 * 52 / 12
    assert uc(fewer) - uc(fewer, "second_earner_work_allowance") == pytest.approx(0.55 * earned)


@pytest.mark.parametrize(("first", "second"), [(3, 2), (20, 8), (20, 0), (6, 6)])
def test_allowances_for_each_alone_are_the_formula_of_g1(first, second):
    """max(0, n1 - W1) + max(0, n2 - W2), tapered; below 1,048 a month no tax or National Insurance comes off."""
    adults = [{"age": 30, "hours": hours, "hourly_wage": 9.0} for hours in (first, second)]
    home = {**COUPLE, "adults": adults}
    n1, n2 = (hours * 9.0 * 52 / 12 for hours in (first, second))
    expected = 0.55 * (max(0.0, n1 - 427) + max(0.0, n2 - 427))
    assert uc(home, "second_earner_own_allowance") == pytest.approx(expected)
    shared = 0.55 * (max(0.0, n1 - 427) + max(0.0, n2 - 427 - max(0.0, 427 - n1)))
    assert uc(home, "second_earner_work_allowance") == pytest.approx(shared)


def test_swapping_partners_changes_no_second_earners_allowance():
    swapped = {**COUPLE, "adults": COUPLE["adults"][::-1]}
    for reform in ("second_earner_work_allowance", "second_earner_own_allowance"):
        assert uc(COUPLE, reform) == pytest.approx(uc(swapped, reform))


def test_one_earner_is_untouched_by_a_second_earners_allowance():
    single = {**COUPLE, "adults": COUPLE["adults"][:1]}
    for reform in ("second_earner_work_allowance", "second_earner_own_allowance"):
        assert uc(single, reform) == pytest.approx(uc(single))


def test_everyone_may_have_a_work_allowance():
    single = {**COUPLE, "adults": COUPLE["adults"][:1], "children": []}
    assert uc(single, name="uc_work_allowance") == 0
    assert uc(single, "work_allowance_for_everyone", name="uc_work_allowance") == 427
    owner = {**single, "housing": {"tenure": "owned"}}
    assert uc(owner, "work_allowance_for_everyone", name="uc_work_allowance") == 710


def test_without_a_cap_nothing_is_capped():
    capped = mwp.load_household("lone_parent_four_children_newham")
    assert uc(capped, name="benefit_cap_reduction") > 0
    assert uc(capped, "no_benefit_cap", name="benefit_cap_reduction") == 0
    more = uc(capped, "no_benefit_cap", name="universal_credit") - uc(capped, name="universal_credit")
    assert more == pytest.approx(uc(capped, name="benefit_cap_reduction"))


def test_a_tapered_scottish_child_payment_has_no_cliff_and_goes_on_at_the_taper():
    home, path = mwp.load_household("couple_one_child_glasgow"), EarningsPath(wage=12.71, to=7_000)
    law, tapered = (
        schedules([home], path, ON, laid)[0] for laid in ([], [load_reform("scottish_child_payment_tapered")])
    )
    cliff = next(jump for jump in law.cliffs if "scottish_child_payment" in jump.components)
    assert not any("scottish_child_payment" in jump.components for jump in tapered.jumps)
    after = tapered.segment_at(cliff.at + 20).slopes
    taken = ("income_tax", "national_insurance", "employee_pension_contribution")
    assert after["scottish_child_payment"] == pytest.approx(-0.55 * (1 + sum(after[name] for name in taken)))
    gone = 28.20 * 52 / 12 / -after["scottish_child_payment"]
    assert tapered.parts(cliff.at + gone + 1)["scottish_child_payment"] == pytest.approx(0)
    assert tapered.parts(cliff.at + gone / 2)["scottish_child_payment"] == pytest.approx(28.20 * 26 / 12, abs=0.02)


def test_school_meals_as_before_september_differ_only_after_it():
    home = mwp.load_household("lone_parent_two_children_leeds")
    job = home.model_copy(update={"adults": (_at_work(home.adults[0], 30.0),)})
    name = "free_school_meals"
    assert uc(job, name=name) == uc(job, "school_meals_before_september_2026", name=name)
    assert uc(job, name=name, on=LATER) > uc(job, "school_meals_before_september_2026", name=name, on=LATER) == 0


def test_the_default_guarantee_leaves_no_cliff_where_its_gate_is_open():
    path = EarningsPath(wage=12.71, to=6_000)
    for found in guaranteed_schedules(HOMES, path, ON, [load_reform("nes_guarantee")]):
        if paid_over(found):
            assert not found.cliffs, found.household.name
            assert max(segment.metr for segment in found.segments if segment.end > segment.start) <= 0.75 + 1e-6


def test_parameters_and_a_guarantee_go_together():
    home, path = mwp.load_household("couple_one_child_glasgow"), EarningsPath(wage=12.71, to=6_000)
    both = guaranteed_schedules([home], path, ON, [load_reform("uc_taper_50"), load_reform("nes_guarantee")])[0]
    bare = schedules([home], path, ON, [load_reform("uc_taper_50")], "net_resources")[0]
    assert both.value(3_000) >= bare.value(3_000) > schedules([home], path, ON, measure="net_resources")[0].value(3_000)


# What a file may not say


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ({}, "neither"),
        ({"parameters": {"universal_credit.taper_rat": {"2026-04-06": 0.5}}}, "Did you mean universal_credit.taper"),
        ({"parameters": {"universal_credit.taper_rate": {}}}, "Give a value from a date"),
        ({"parameters": {"universal_credit.taper_rate": {"2026-04-06": "half"}}}, "universal_credit.taper_rate"),
        ({"guarantee": {"design": "G8"}}, "not one of G2"),
        ({"guarantee": {"design": "G4"}}, "needs most_lost"),
        ({"guarantee": {"design": "G4", "most_lost": 1.2}}, "most_lost"),
        ({"guarantee": {"design": "G4", "mostlost": 0.75}}, "Did you mean most_lost"),
        ({"guarantee": {"design": "G4", "most_lost": 0.75, "hours": 16}}, "has no hours"),
        ({"guarantee": {"design": "G2"}}, "needs kept"),
        ({"guarantee": {"design": "G7", "full_months": 6, "last_month": 3}}, "before full_months"),
        ({"guarantee": {"design": "G3", "measure": "net_incom"}}, "net_income"),
        ({"guarantee": {"design": "G3", "gate": {"universal_credit": "ever"}}}, "last_six_periods"),
        ({"guarantee": {"design": "G3"}, "scope": {"nations": ["mercia"]}}, "england"),
        ({"guarantee": {"design": "G3"}, "scope": {"pilot_areas": ["leds"]}}, "mean leeds"),
        ({"parameters": {"benefit_cap.in_force": {"2026-04-06": 0}}, "scope": {"nations": ["wales"]}}, "scope limits"),
    ],
)
def test_a_wrong_file_is_refused_in_words(told, answer):
    with pytest.raises(InputError, match=answer):
        load_reform({**A_REFORM, **told})


def test_a_reform_is_named_by_itself_its_file_or_its_title(tmp_path):
    told = {**A_REFORM, "parameters": {"universal_credit.taper_rate": {"2026-04-06": 0.5}}}
    assert load_reform(told).name == "x"
    assert load_reform({**told, "name": "own"}).name == "own"
    file = tmp_path / "by_file.yaml"
    file.write_text(
        "title: x\nsummary: y\nsource: {title: z}\nstatus: proposed\n"
        "parameters: {universal_credit.taper_rate: {2026-04-06: 0.5}}\n"
    )
    assert load_reform(file).name == "by_file"


def top_up_in(answer):
    """What is due over lower earnings in the answer of any verb, pounds a month: more than nil where it is counted."""
    return answer["guarantee_top_up"]


def surface_pays(name, **law):
    top_ups = mwp.surface(name, wage=20, **law).top_ups
    assert top_ups is not None
    return top_ups.max()


def compare_pays(name, on, reform):
    paid = mwp.compare(name, reform, on, at=["2200"]).households[0].columns[1].point("2200")
    assert paid is not None
    return paid.gain


def placement_pays(name, **law):
    with_it = mwp.placement(name, 30, **law).reformed
    assert with_it is not None
    return with_it.placement.worth.top_up


def solve_finds(name, on, reform):
    """What a taper cut is to cost as much as, pounds a month on average over the range."""
    change = "universal_credit.taper_rate=0.5..0.55"
    beside = mwp.solve(name, change, on=on, same_cost_as=reform, to=3_000).beside
    assert beside is not None
    return beside.cost


def certify_sees(name, on, reform):
    most = mwp.certify(reform, universe=f"households/{name}.yaml", on=on).found.seen["top_up"].worst
    assert most is not None
    return most.amount


WITH_A_GUARANTEE: dict[str, Any] = {
    "calculate": lambda name, **law: top_up_in(mwp.calculate(name, **law).amounts),
    "better_off": lambda name, **law: top_up_in(mwp.better_off(name, "37.5h@28", **law).jobs[0].calculation.amounts),
    "schedule": lambda name, **law: top_up_in(mwp.schedule(name, **law).schedule.parts(2_200)),
    "surface": surface_pays,
    "explain": lambda name, **law: mwp.explain(name, "guarantee_top_up", **law).steps[-1].amount,
    "compare": compare_pays,
    "placement": placement_pays,
    "timeline": lambda name, on, reform: max(
        month.top_up for month in mwp.timeline(name, "30h@13.45", on, reform=reform).months
    ),
    "solve": solve_finds,
    "certify": certify_sees,
}


@pytest.mark.parametrize("verb", sorted(WITH_A_GUARANTEE))
def test_a_guarantee_is_never_left_out(verb):
    """Each answer counts what it pays (docs/guarantee.md); tests/test_top_ups.py says how much that is."""
    assert WITH_A_GUARANTEE[verb]("couple_one_child_glasgow", on=ON, reform="nes_guarantee") > 10


def test_compare_counts_both_partners_pay_as_better_off_does():
    """G4 on both earners is due no less than along one of them, and the same household has one top-up in both verbs."""
    told = mwp.load_household("couple_one_child_glasgow").model_dump(mode="json", exclude_none=True)
    adults = [
        told["adults"][0] | {"hours": 20, "hourly_wage": 13},
        told["adults"][1] | {"hours": 40, "hourly_wage": 17},
    ]
    home = mwp.household_from(told | {"adults": adults})
    found = mwp.compare(home, "nes_guarantee", ON).households[0].columns[1].now
    assert found is not None
    paid = mwp.calculate(home, ON, reform="nes_guarantee").amounts["guarantee_top_up"]
    assert found.gain == pytest.approx(paid, abs=0.01)
