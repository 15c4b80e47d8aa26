"""Solving for a reform's numbers: answers known by hand, least cost, what cannot be reached, and equal cost."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

import mwp
from mwp import resources
from mwp.analysis import solve as solving
from mwp.analysis.guarantee import guaranteed_schedules
from mwp.analysis.schedule import EarningsPath, Jump, Schedule, Segment, schedules
from mwp.analysis.sweep import Choice, paths_of
from mwp.analysis.targets import Band, Lines, Target, cost, effects, parse_target, worst
from mwp.cli.main import main
from mwp.errors import InputError
from mwp.report import page, solve_export, solve_words

ON = date(2026, 11, 2)
LEEDS, GLASGOW, EDINBURGH = "lone_parent_two_children_leeds", "couple_one_child_glasgow", "graduate_plan_4_edinburgh"
FEW = [LEEDS, GLASGOW, "single_over_25_birmingham", "couple_mortgage_warrington"]
TAPER = "universal_credit.taper_rate"
OWN_HOME = "universal_credit.work_allowance.without_housing"
ALLOWANCE = "universal_credit.work_allowance.with_housing"

PLAIN = {"name": "x", "nation": "england", "greater_london": False, "housing": {"tenure": "owned"}}
"""Nobody here pays council tax, rent or anything else that moves with pay but tax, National Insurance and the award."""
LONE = mwp.household_from({**PLAIN, "adults": [{"age": 30}], "children": [{"age": 4}, {"age": 2}]})


def solved(households, changes, targets=(), **told):
    return mwp.solve(households, changes, targets, ON, **told)


# Answers by hand


def test_on_universal_credit_alone_the_metr_is_the_taper():
    """Above the work allowance of 710 (no rent) and below tax from 1,047.50 and National Insurance from 1,048."""
    told = solved(LONE, f"{TAPER}=0.30..0.55", "metr<=0.50", within=(750, 1_000), measure="net_income")
    assert told.found
    assert told.values[0].value == 0.50
    assert told.values[0].unrounded == pytest.approx(0.50, abs=1e-4)
    assert told.targets[0].worst.amount == pytest.approx(0.50)


def test_with_basic_rate_tax_and_national_insurance_the_taper_is_solved_by_hand():
    """1 - 0.72 (1 - t) <= 0.65 is t <= 1 - 0.35/0.72 = 0.51388...: 51% in whole points."""
    told = solved(LONE, f"{TAPER}=0.30..0.55", "metr<=0.65", within=(1_100, 2_000), measure="net_income")
    assert told.values[0].value == 0.51
    assert told.values[0].unrounded == pytest.approx(1 - 0.35 / 0.72, abs=1e-4)
    assert told.targets[0].worst.amount == pytest.approx(1 - 0.72 * 0.49)
    assert told.targets[0].worst.household == "x"


def test_a_finer_step_keeps_more_of_the_taper():
    told = solved(LONE, f"{TAPER}=0.30..0.55 by 0.001", "metr<=65%", within=(1_100, 2_000), measure="net_income")
    assert told.values[0].value == 0.513


def test_the_participation_tax_rate_gives_the_work_allowance():
    """At 1,000 of pay: PTR = 0.55 (1,000 - W) / 1,000 <= 0.10 is W >= 818.18..., 819 in whole pounds."""
    told = solved(
        LONE,
        f"{OWN_HOME}=710..900",
        "ptr<=10%",
        within=(900, 1_000),
        measure="net_income",
    )
    assert told.found
    assert told.values[0].value == 819
    assert told.values[0].unrounded == pytest.approx(1_000 - 100 / 0.55, abs=0.01)
    assert told.binding.worst.earnings == pytest.approx(1_000)


def test_the_cost_of_a_taper_is_a_triangle():
    """From 710 to 1,000 a cut of 5p leaves 0.05 (e - 710) more: 290 x 14.50 / 2 over 100..1,000 of earnings."""
    told = solved(
        LONE,
        f"{TAPER}=0.30..0.55",
        "metr<=0.50",
        within=(750, 1_000),
        measure="net_income",
        cost_over=[(100, 1_000, 1.0)],
    )
    assert told.cost == pytest.approx(290 * 0.05 * 290 / 2 / 900, abs=1e-6)


def test_the_most_lost_is_the_metr_it_is_to_reach():
    told = solved(GLASGOW, "m=0.6..1", ["metr<=0.72", "no_cliffs"], to=6_000)
    assert told.found
    assert told.values[0].unknown.path == "guarantee.most_lost"
    assert told.values[0].value == 0.72
    assert told.after.cliffs == 0
    assert told.reform.guarantee.design == "G4"


def test_no_cliffs_at_least_cost_is_no_step_back():
    """Of all ceilings, 100% is the cheapest that leaves no cliff, for T falls as m rises."""
    told = solved(GLASGOW, "guarantee.most_lost=0.6..1", "no_cliffs", to=6_000)
    assert told.values[0].value == 1.0
    home = mwp.load_household(GLASGOW)
    ((g3,), (bare,)) = (
        guaranteed_schedules([home], told.problem.paths, ON, laid, "net_resources_after_childcare")
        for laid in ([mwp.load_reform("no_step_back")], [])
    )
    assert told.cost == pytest.approx(cost([Lines(bare)], [Lines(g3)], told.problem.bands))


# Least cost


@cache
def two_numbers():
    return solved(
        LONE,
        [f"{TAPER}=0.45..0.55", f"{OWN_HOME}=710..900 by 10"],
        "ptr<=0.38",
        within=(750, 2_000),
        measure="net_income",
    )


@pytest.mark.parametrize(
    "told",
    [
        lambda: solved(FEW, f"{TAPER}=0.30..0.55", "metr<=0.67", within=(0, 1_300), measure="net_income"),
        lambda: solved(LONE, f"{OWN_HOME}=710..900", "ptr<=0.12", within=(100, 1_030), measure="net_income"),
        two_numbers,
    ],
)
def test_no_step_from_the_answer_is_cheaper_and_reaches_the_target(told):
    told = told()
    assert told.found
    homes, paths, here = told.problem.households, told.problem.paths, [one.value for one in told.values]
    law = [Lines(one) for one in schedules(homes, paths, ON, (), told.problem.measure)]
    since = min(min(days) for days in told.reform.parameters.values())
    for slot, one in enumerate(told.values):
        for step in (-one.unknown.step, one.unknown.step):
            there = [*here]
            there[slot] = round(there[slot] + step, 10)
            if not one.unknown.low <= there[slot] <= one.unknown.high:
                continue
            changed = solving.laid(told.problem.template, told.problem.unknowns, there, since)
            lines = [Lines(two) for two in schedules(homes, paths, ON, [changed], told.problem.measure)]
            reaches = all(
                target.holds(worst(target, lines, [[told.problem.within]] * len(lines), True).amount)
                for target in told.problem.targets
            )
            assert not reaches or cost(law, lines, told.problem.bands) >= told.cost - 1e-9


def test_several_numbers_reach_the_target_no_dearer_than_any_pair_of_steps():
    """Held against every pair of values there is: 11 tapers and 20 allowances, either of which would do."""
    told = two_numbers()
    asked = told.problem
    law = [Lines(one) for one in schedules(asked.households, asked.paths, ON, (), asked.measure)]
    found = []
    for taper in np.arange(45, 56) / 100:
        for allowance in range(710, 901, 10):
            reform = solving.laid(asked.template, asked.unknowns, (taper, allowance), "2026-04-06")
            lines = [Lines(one) for one in schedules(asked.households, asked.paths, ON, [reform], asked.measure)]
            held = [worst(target, lines, [[asked.within]], True).amount for target in asked.targets]
            if all(target.holds(amount) for target, amount in zip(asked.targets, held, strict=True)):
                found.append(cost(law, lines, asked.bands))
    assert told.cost == pytest.approx(min(found))


def test_the_search_over_many_steps_is_as_good_as_every_step():
    """191 allowances and 11 tapers, more than are tried one by one. By hand: for each taper, a PTR of 38% at 2,000."""
    told = solved(
        LONE,
        [f"{TAPER}=0.45..0.55", f"{OWN_HOME}=710..900"],
        "ptr<=0.38",
        within=(750, 2_000),
        measure="net_income",
    )
    assert told.found
    assert told.evaluations < 400
    tax = 0.2 * (2_000 - 12_570 / 12) + 0.08 * (2_000 - 1_048)
    net, found = 2_000 - tax, []
    law = [Lines(one) for one in schedules(told.problem.households, told.problem.paths, ON, (), "net_income")]
    for taper in np.arange(45, 56) / 100:
        allowance = max(710, int(np.ceil(net - (0.38 * 2_000 - tax) / taper - 1e-6)))
        reform = solving.laid(told.problem.template, told.problem.unknowns, (taper, allowance), "2026-04-06")
        after = schedules(told.problem.households, told.problem.paths, ON, [reform], "net_income")
        found.append(cost(law, [Lines(one) for one in after], told.problem.bands))
    assert told.cost == pytest.approx(min(found), abs=1e-6)


# What cannot be reached


def test_a_target_out_of_reach_is_refused_with_the_nearest_and_who_stops_it():
    """At a taper of 40% tax and National Insurance make 1 - 0.72 x 0.60 = 56.8%."""
    told = solved(LONE, f"{TAPER}=0.40..0.55", "metr<=0.50", within=(1_100, 2_000), measure="net_income")
    assert not told.found
    assert told.values[0].value == 0.40
    assert told.binding.worst.amount == pytest.approx(0.568)
    assert not told.targets[0].held
    text = solve_words.in_words(told)
    assert text.startswith("No values within the bounds reach it")
    assert "x (claimant), 56.8%" in text


def test_no_taper_takes_a_cliff_away():
    told = solved(GLASGOW, f"{TAPER}=0.50..0.55", "no_cliffs", to=6_000)
    assert not told.found
    assert told.after.largest_cliff.amount > 100


def test_who_is_outside_the_gate_is_named_and_not_held_to_the_target():
    told = solved(["high_earner_guildford", GLASGOW], "m=0.7..0.8", "no_cliffs", to=9_500)
    assert told.found
    assert told.outside == (mwp.load_household("high_earner_guildford").name,)
    assert told.after.largest_cliff.household == told.outside[0]
    assert any("Outside the guarantee's gate" in line for line in solve_words.notes(told))


def test_a_cost_that_no_value_has_is_refused_with_the_nearest():
    told = solved(LEEDS, f"{TAPER}=0.54..0.55", same_cost_as="uc_taper_45")
    assert not told.found
    assert told.values[0].unrounded == 0.54
    assert "No value between 54% and 55% costs as much" in solve_words.in_words(told)


# The same cost


@pytest.mark.parametrize("other", ["nes_guarantee", "work_allowance_larger"])
def test_the_value_that_costs_the_same_does_so_within_a_penny(other):
    told = solved(FEW, f"{TAPER}=0.30..0.55", same_cost_as=other)
    assert told.found
    homes = [mwp.load_household(name) for name in FEW]
    paths = [path for path, _ in paths_of(homes, Choice(), ON)]
    bands = [(Band(0, path.to, 1.0),) for path in paths]
    law, this, that = (
        [Lines(one) for one in guaranteed_schedules(homes, paths, ON, laid, told.problem.measure)]
        for laid in ([], [told.reform], [mwp.load_reform(other)])
    )
    assert cost(law, this, bands) == pytest.approx(cost(law, that, bands), abs=0.01)
    assert told.cost == pytest.approx(cost(law, this, bands), abs=1e-9)


def test_a_reform_costs_the_same_as_itself():
    told = solved(FEW, f"{TAPER}=0.30..0.54", same_cost_as="uc_taper_50")
    assert told.values[0].unrounded == pytest.approx(0.50, abs=1e-5)
    assert told.values[0].value == 0.50


# Costs and effects on made-up schedules


def made_up(slopes, width=1_000.0, level=500.0, drops=()):
    """Segments of one width each, with what is lost between them."""
    segments, jumps, start = [], [], 0.0
    for place, slope in enumerate(slopes):
        parts = {"gross_pay": start, "universal_credit": level - start}
        segments.append(
            Segment(start, start + width, level, {"gross_pay": 1.0, "universal_credit": slope - 1.0}, parts)
        )
        level += slope * width
        drop = drops[place] if place < len(drops) else 0.0
        if drop:
            jumps.append(Jump(start + width, start + width + 0.01, -drop, {"universal_credit": -drop}, ()))
        level -= drop
        start += width
    return Lines(Schedule(LONE, EarningsPath(wage=12.71, to=start), "net_income", tuple(segments), tuple(jumps), ON))


def test_worst_amounts_of_a_made_up_schedule():
    one = made_up([0.45, 0.30, 0.45], drops=[0.0, 40.0])
    all_of_it = [[(0.0, 3_000.0)]]
    assert worst(parse_target("metr<=0.5"), [one], all_of_it).amount == pytest.approx(0.70)
    assert worst(parse_target("metr<=0.5"), [one], all_of_it).earnings == 1_000
    assert worst(parse_target("metr<=0.5"), [one], [[(0.0, 900.0)]]).amount == pytest.approx(0.55)
    assert worst(parse_target("no_cliffs"), [one], all_of_it).amount == 40
    assert worst(parse_target("no cliffs"), [one], [[(0.0, 1_500.0)]]).amount == 0
    assert worst(parse_target("share(metr > 60%) <= 5%"), [one], all_of_it).amount == pytest.approx(1 / 3)
    # Just past the cliff 450 + 300 - 40 of 2,000 is kept: the worst there is.
    ptr = worst(parse_target("ptr<=0.75"), [one], all_of_it)
    assert ptr.amount == pytest.approx(1 - 710 / 2_000)
    assert ptr.earnings == 2_000


def test_effects_of_made_up_schedules_by_hand():
    """From 1,000 of pay on 10p of each pound more is kept: a pound more from 1,010 on, a higher METR nowhere."""
    law, new = made_up([0.4, 0.4]), made_up([0.4, 0.5])
    told = effects([law], [new], [(Band(0, 2_000, 1.0),)], [[(0.0, 2_000.0)]])
    assert told.cost == pytest.approx(1_000 * 100 / 2 / 2_000)
    assert told.gainers == pytest.approx(990 / 2_000, abs=1e-5)
    assert (told.losers, told.higher_metr) == (0, 0)
    back = effects([new], [law], [(Band(0, 2_000, 1.0),)], [[(0.0, 2_000.0)]])
    assert back.cost == pytest.approx(-told.cost)
    assert back.losers == pytest.approx(told.gainers)
    assert back.higher_metr == pytest.approx(0.5)
    at_a_point = effects([law], [new], [(Band(1_500, 1_500, 1.0),)], [[(0.0, 2_000.0)]])
    assert at_a_point.cost == pytest.approx(50)
    assert at_a_point.gainers == 1


def test_cost_over_present_earnings_is_the_gain_at_them():
    told = solved(GLASGOW, f"{TAPER}=0.50..0.54", "metr<=0.99", cost_over="present", measure="net_income")
    home = mwp.load_household(GLASGOW)
    before, after = (
        mwp.calculate(home, ON, reform=laid).amounts["net_income"] for laid in (None, mwp.load_reform(told.reform))
    )
    assert told.problem.bands[0][0].low == pytest.approx(home.adults[0].pay_a_month())
    assert told.cost == pytest.approx(after - before, abs=0.02)


def test_bands_are_cut_where_a_path_ends():
    told = solved(
        LEEDS, f"{TAPER}=0.5..0.55", "metr<=2", to=1_000, cost_over=[(0, 500, 1), (500, 1_500, 2), (1_500, 2_000, 9)]
    )
    first, second = told.problem.bands[0]
    assert (first.share, second.share) == (pytest.approx(0.5), pytest.approx(0.5))
    assert (second.low, second.high) == (500, 1_000)


# Asking


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("metr<=0.70", Target("metr", 0.70)),
        ("METR <= 70%", Target("metr", 0.70)),
        ("ptr<=75%", Target("ptr", 0.75)),
        ("cliff<=20", Target("cliff", 20.0)),
        ("no_cliffs", Target("cliff", 0.01)),
        ("share(metr>0.70)<=5%", Target("share", 0.05, 0.70)),
    ],
)
def test_targets_read_as_they_are_written(text, found):
    told = parse_target(text)
    assert told.kind == found.kind
    assert told.above == pytest.approx(found.above)
    assert told.limit == pytest.approx(found.limit)
    assert parse_target(str(told)) == told


@pytest.mark.parametrize(
    ("changes", "targets", "more", "message"),
    [
        ("universal_credit.taper_rat=0.3..0.5", "metr<=0.5", {}, "Did you mean universal_credit.taper_rate?"),
        ("guarantee.most_los=0.3..0.5", "metr<=0.5", {}, "Did you mean guarantee.most_lost?"),
        (f"{TAPER}=0.5..0.3", "metr<=0.5", {}, "give the lower one first"),
        (f"{TAPER}=30..55", "metr<=0.5", {}, "55 is above 1. Write 0.55, or 55%"),
        (f"{TAPER}=0.501..0.509", "metr<=0.5", {}, "No whole step of 0.01"),
        (f"{TAPER}=0.3", "metr<=0.5", {}, "This is no change"),
        (f"{TAPER}=0.3..0.5 by 0.4", "metr<=0.5", {}, "does not fit"),
        (f"{TAPER}=0.3..0.5", "mtr<=0.5", {}, "Did you mean metr?"),
        (f"{TAPER}=0.3..0.5", "metr>=0.5", {}, "This is no target"),
        (f"{TAPER}=0.3..0.5", "metr<=70", {}, "write 0.70, or 70%"),
        (f"{TAPER}=0.3..0.5", (), {}, "Give a target"),
        ((), "no_cliffs", {}, "Say which number may change"),
        (f"{TAPER}=0.3..0.5", "no_cliffs", {"same_cost_as": "uc_taper_50"}, "one of them"),
        ([f"{TAPER}=0.3..0.5", f"{TAPER}=0.3..0.4"], "no_cliffs", {}, "asked for once"),
        ([f"{TAPER}=0.3..0.5", "W2=0..9"], (), {"same_cost_as": "uc_taper_50"}, "give --change once"),
        (["m=0.3..0.5", "guarantee.kept=0.1..0.2"], "no_cliffs", {}, "Design G4 has no kept"),
        (f"{TAPER}=0.3..0.5", "no_cliffs", {"within": (900, 100)}, "earnings from and to"),
        (f"{TAPER}=0.3..0.5", "no_cliffs", {"cost_over": "rang"}, "no distribution of earnings"),
        (f"{TAPER}=0.3..0.5", "no_cliffs", {"reform": ["nes_guarantee", "no_step_back"]}, "One guarantee at most"),
        (f"{TAPER}=0.3..0.5", "no_cliffs", {"universe": "wyde"}, "no universe called wyde"),
    ],
)
def test_what_cannot_be_asked_says_what_would_be_right(changes, targets, more, message):
    with pytest.raises(InputError, match=message.replace("?", r"\?").replace("(", r"\(").replace("+", r"\+")):
        solved(LEEDS, changes, targets, **more)


def test_a_guarantee_laid_over_the_law_gives_the_numbers_asked_for():
    told = solved(GLASGOW, "guarantee.kept=0.1..0.6", "ptr<=0.60", reform="better_off_floor", to=4_000)
    assert told.found
    assert told.reform.guarantee.design == "G2"
    assert told.values[0].value == 0.40, "to keep 40% of the pay is to lose 60% of it"


def test_both_earners_are_walked_where_asked_for():
    told = solved(GLASGOW, "W2=0..427 by 61", "metr<=2", earner="both")
    assert [path.adult for path in told.problem.paths] == [0, 1]
    assert told.values[0].value == 0, "the cheapest is none"


def test_a_universe_is_drawn_from_always_alike():
    some, more = (solving.drawn("standard", number) for number in (3, 5))
    assert [home.name for home in more[:3]] == [home.name for home in some]
    told = mwp.solve(None, f"{TAPER}=0.50..0.55", "metr<=2", ON, universe="standard", sample=4)
    assert len(told.problem.households) == 4
    assert told.values[0].value == 0.55


def test_without_scipy_it_says_what_to_install(monkeypatch):
    import builtins

    real = builtins.__import__

    def no_scipy(name, *told, **named):
        if name.startswith("scipy"):
            raise ImportError(name)
        return real(name, *told, **named)

    monkeypatch.setattr(builtins, "__import__", no_scipy)
    with pytest.raises(solving.SolverMissing, match=r'pip install "mwp\[policy\]"'):
        solved(LEEDS, f"{TAPER}=0.5..0.55", "metr<=0.6")


# What comes out


@pytest.mark.parametrize("changes", [f"{TAPER}=0.40..0.55", "m=0.6..0.8"])
def test_the_reform_written_to_a_file_gives_the_same_figures(changes, tmp_path):
    told = solved([LEEDS, GLASGOW], changes, "metr<=0.70")
    file = tmp_path / "found.yaml"
    file.write_text(solve_export.reform_file(told), encoding="utf-8")
    again = mwp.load_reform(file)
    assert again.parameters == told.reform.parameters
    assert again.guarantee == told.reform.guarantee
    assert again.name == "found"
    homes, paths = told.problem.households, told.problem.paths
    law, found = (
        [Lines(one) for one in guaranteed_schedules(homes, paths, ON, laid, told.problem.measure)]
        for laid in ([], [again])
    )
    assert cost(law, found, told.problem.bands) == pytest.approx(told.cost, abs=1e-9)
    for one in told.targets:
        assert worst(one.target, found, [[(0, path.to)] for path in paths]).amount == pytest.approx(one.worst.amount)


def test_the_same_question_has_the_same_answer():
    first, second = (
        solve_export.solution_document(
            solved(LEEDS, [f"{TAPER}=0.48..0.55", f"{ALLOWANCE}=411..441 by 10"], "metr<=0.65", measure="net_income")
        )
        for _ in range(2)
    )
    assert first == second


def schema():
    return json.loads((Path(str(page.__file__)).parent / "schemas" / "solve.json").read_text(encoding="utf-8"))


def mwp_solve(*told):
    return CliRunner().invoke(main, ["solve", *told, "--on", ON.isoformat()])


def test_the_command_line_from_a_target_to_a_file_that_compares(tmp_path):
    saved, paged = tmp_path / "mine.yaml", tmp_path / "mine.html"
    told = mwp_solve(LEEDS, "--change", "taper=0.40..0.55", "--target", "metr<=0.62", "--save", str(saved))
    assert told.exit_code == 0, told.output
    assert "Universal Credit taper rate 47%" in told.stdout
    assert mwp.load_reform(saved).parameters[TAPER] == {"2026-04-06": 0.47}
    assert resources.library("reforms").keys().isdisjoint({"mine"})
    kept = mwp.calculate(LEEDS, ON, reform=str(saved)).amounts["universal_credit"]
    assert kept >= mwp.calculate(LEEDS, ON).amounts["universal_credit"]
    again = mwp_solve(LEEDS, "--change", "taper=0.40..0.55", "--target", "metr<=0.62", "--output", str(paged))
    assert again.exit_code == 0
    assert "<h1>The least-cost numbers</h1>" in paged.read_text(encoding="utf-8")


def test_the_command_line_prints_its_document_and_nothing_else():
    told = mwp_solve(LEEDS, "--change", "taper=0.40..0.55", "--same-cost-as", "work_allowance_larger", "--json")
    assert told.exit_code == 0
    jsonschema.Draft202012Validator(schema()).validate(json.loads(told.stdout))


def test_exit_codes_tell_what_happened(tmp_path):
    assert mwp_solve(LEEDS, "--change", "taper=0.50..0.55", "--target", "metr<=0.30").exit_code == 1
    wrong = mwp_solve(LEEDS, "--change", "tapper=0.50..0.55", "--target", "metr<=0.30")
    assert wrong.exit_code == 2
    assert "no parameter is called tapper" in wrong.stderr
    assert mwp_solve("--change", "taper=0.50..0.55", "--target", "metr<=0.30").exit_code == 2
    assert mwp_solve(LEEDS, "--sample", "3", "--change", "taper=0.5..0.55", "--target", "metr<=1").exit_code == 2
    assert mwp_solve(LEEDS, "--within", "x", "--change", "taper=0.5..0.55", "--target", "metr<=1").exit_code == 2
    bands = tmp_path / "bands.csv"
    bands.write_text("from,to,share\n0,1000,lots\n", encoding="utf-8")
    read = mwp_solve(LEEDS, "--cost-over", str(bands), "--change", "taper=0.5..0.55", "--target", "metr<=1")
    assert read.exit_code == 2
    assert "line 2" in read.stderr


def test_bands_are_read_from_a_file(tmp_path):
    bands = tmp_path / "bands.csv"
    bands.write_text("from,to,share\n0,1000,0.25\n1000,2000,0.75\n", encoding="utf-8")
    assert solve_export.bands(str(bands)) == [(0, 1_000, 0.25), (1_000, 2_000, 0.75)]


def test_every_form_can_be_written():
    told = solved(LEEDS, f"{TAPER}=0.50..0.55", same_cost_as="nes_guarantee")
    makers = solve_export.solution_makers(told, "mwp solve")
    assert set(makers) == set(solve_export.SOLVE_ENDINGS)
    for make in makers.values():
        assert make() == make()
    assert b"nes_guarantee" in makers[".html"]()
    assert makers[".csv"]().decode("utf-8-sig").startswith("kind,name,law,found,beside")
    assert replace(told, found=False).document()["found"] is False
