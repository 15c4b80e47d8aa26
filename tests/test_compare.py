"""Reforms beside current law: gains and costs recomputed, known effects of the law, cliffs matched, files."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner, Result

import mwp
from mwp import resources
from mwp.analysis.compare import (
    FAMILIES,
    LAW,
    NOT_THE_PURSE,
    Comparison,
    OneHousehold,
    Under,
    family_of,
    match_cliffs,
    parse_at,
)
from mwp.analysis.guarantee import guaranteed_schedules
from mwp.analysis.measures import COMPONENTS, IN_KIND, TOP_UP, Measure
from mwp.analysis.schedule import EarningsPath, Jump, Schedule, Segment
from mwp.cli.main import main
from mwp.errors import InputError
from mwp.inputs.household import Household
from mwp.report import compare_export, compare_words

MEASURE: Measure = "net_resources_after_childcare"
ON = "2026-11-01"
DAY = date(2026, 11, 1)
GLASGOW, LEEDS, NEWHAM = (
    "couple_one_child_glasgow",
    "lone_parent_two_children_leeds",
    "lone_parent_four_children_newham",
)
SINGLE = "single_over_25_birmingham"
LIBRARY = list(resources.library("households"))
REFORMS = [
    "nes_guarantee", "uc_taper_50", "two_child_limit_restored", "no_benefit_cap", "passports_tapered",
    "better_off_floor", "uc_taper_50+nes_guarantee",
]  # fmt: skip
SCHEMA = Path(str(compare_export.__file__)).parent / "schemas" / "compare.json"


@pytest.fixture(scope="module")
def library() -> Comparison:
    return mwp.compare(LIBRARY, REFORMS, ON)


@pytest.fixture(scope="module")
def glasgow() -> Comparison:
    return mwp.compare(GLASGOW, ["nes_guarantee", "uc_taper_50", "uc_taper_50+nes_guarantee"], ON, to=6_000)


def column(told: Comparison, name: str) -> int:
    return [laid.name for laid in told.laid].index(name)


def under(one: OneHousehold, name: str) -> Under:
    return next(found for found in one.columns if found.laid.name == name)


def in_job(home: Household, slot: int, hours: float, wage: float) -> Household:
    adults = list(home.adults)
    adults[slot] = adults[slot].model_copy(
        update={"hours": hours, "hourly_wage": wage if hours else None, "earnings": None}
    )
    return home.model_copy(update={"adults": tuple(adults)})


def run(*args: str, **env: str) -> Result:
    return CliRunner().invoke(main, args, env={"COLUMNS": "100", "NO_COLOR": None, **env})


def written(tmp_path: Path, ending: str, *args: str) -> bytes:
    target = tmp_path / f"answer{ending}"
    result = run("compare", *args, "--output", str(target))
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    return target.read_bytes()


# Gains and costs, recomputed


@pytest.mark.parametrize("reform", ["uc_taper_50", "two_child_limit_restored", "no_benefit_cap"])
def test_a_gain_in_a_job_is_the_difference_of_two_calculations_of_that_job(library: Comparison, reform: str) -> None:
    homes, expected = [], []
    for one in library.households:
        for point in under(one, reform).points:
            if point.key.endswith("h"):
                homes.append(in_job(one.household, 0, point.hours or 0.0, one.path.wage))
                expected.append(point)
    before = mwp.calculate(homes, ON)
    after = mwp.calculate(homes, ON, reform)
    for point, law, then in zip(expected, before, after, strict=True):
        assert point.left == pytest.approx(then.amounts[MEASURE], abs=1e-6)
        gain = then.amounts[MEASURE] - law.amounts[MEASURE]
        assert point.gain == pytest.approx(gain, abs=1e-6)


def test_the_cost_in_a_job_is_what_the_purse_pays_more_by_each_component(library: Comparison) -> None:
    """Worked out from the amounts themselves: awards and help less taxes, under the reform less under the law."""
    signs = {name: sign for name, sign in COMPONENTS["net_after_work_costs"].items() if name not in NOT_THE_PURSE}
    for one in library.households[::4]:
        for name in ("uc_taper_50", "two_child_limit_restored", "no_benefit_cap"):
            point = under(one, name).point("30h")
            if point is None:
                continue
            job = in_job(one.household, 0, 30.0, one.path.wage)
            law, then = mwp.calculate(job, ON).amounts, mwp.calculate(job, ON, name).amounts
            by = {part: sign * (then[part] - law[part]) for part, sign in signs.items()}
            assert point.cost == pytest.approx(sum(by.values()), abs=1e-6)
            for part, amount in by.items():
                assert point.cost_by.get(part, 0.0) == pytest.approx(amount, abs=1e-6), part


def test_costs_by_component_add_up_to_the_cost_and_gains_to_the_cost(library: Comparison) -> None:
    """Pay is the same on both sides, and none of these reforms moves a private cost that the measure counts."""
    for one in library.households:
        for found in one.columns:
            assert sum(found.cost_by.values()) == pytest.approx(found.cost, abs=1e-6)
            assert found.cost == pytest.approx(found.gain, abs=1e-6), (one.household.name, found.laid.name)
            for point in found.points:
                assert sum(point.cost_by.values()) == pytest.approx(point.cost, abs=1e-6)
    for summary in library.summaries:
        assert sum(summary.cost_by.values()) == pytest.approx(summary.everyone.cost, abs=1e-6)


def test_a_guarantee_costs_its_top_up_and_nothing_else(library: Comparison) -> None:
    """Components swap on the penny that joins the sides of a cliff: nothing is earned there, so it costs nothing."""
    for one in library.households:
        found = under(one, "nes_guarantee")
        assert {part for part, amount in found.cost_by.items() if abs(amount) > 1e-9} <= {TOP_UP}
        assert all(set(point.cost_by) <= {TOP_UP} for point in found.points)


def test_averages_and_shares_are_those_of_every_pound_of_the_range(glasgow: Comparison) -> None:
    """A midpoint sum over a fine grid comes near the exact integrals."""
    one = glasgow.households[0]
    middles = np.arange(0.05, one.path.to, 0.1)
    law = np.array([one.law.sweep.value(float(x)) for x in middles])
    for found in one.columns[1:]:
        gain = np.array([found.sweep.value(float(x)) for x in middles]) - law
        assert found.gain == pytest.approx(float(gain.mean()), abs=0.02)
        assert found.gains == pytest.approx(float((gain > 1).mean()), abs=2e-4)
        assert found.loses == pytest.approx(float((gain < -1).mean()), abs=2e-4)
        assert found.most_gained[0] == pytest.approx(float(gain.max()), abs=0.1)
        for band in found.bands[1:]:
            mine = gain[(middles >= band.start) & (middles < band.end)]
            assert band.gain == pytest.approx(float(mine.mean()), abs=0.1)
            assert band.share_gaining == pytest.approx(float((mine > 1).mean()), abs=2e-3)


def test_bands_of_all_households_weigh_every_pound_alike(library: Comparison) -> None:
    for summary, place in ((s, n) for n, s in enumerate(library.summaries)):
        for number, band in enumerate(summary.bands):
            mine = [one.columns[place].bands[number] for one in library.households]
            assert band.weight == pytest.approx(sum(one.weight for one in mine))
            assert band.total == pytest.approx(sum(one.total for one in mine))


def test_groups_are_all_the_households_once(library: Comparison) -> None:
    for summary in library.summaries:
        for groups in (summary.families, summary.nations):
            assert sum(group.households for group in groups) == len(library.households)
            assert sum(group.gaining for group in groups) == summary.everyone.gaining
            whole = sum(group.gain * group.households for group in groups)
            assert whole == pytest.approx(summary.everyone.gain * len(library.households))
    assert {family_of(one.household) for one in library.households} == set(FAMILIES)


def test_present_earnings_are_what_the_household_has_now(library: Comparison) -> None:
    """Where the path's wage is the household's own, `now` is the household as it stands."""
    told = [
        one
        for one in library.households
        if one.household.adults[0].hourly_wage and one.household.adults[0].hours and one.law.now
    ]
    assert len(told) > 5
    for one, found in zip(told, mwp.calculate([one.household for one in told], ON), strict=True):
        assert one.law.now is not None
        assert one.law.now.left == pytest.approx(found.amounts[MEASURE], abs=1e-6)


def test_current_law_beside_itself_changes_nothing(library: Comparison) -> None:
    for one in library.households:
        assert one.law.nothing_changes
        assert one.law.cost == one.law.gain == one.law.gains == one.law.loses == 0
        assert not one.law.higher
        assert not one.law.lower
        assert all(change.kind == "unchanged" for change in one.law.cliffs)


def test_the_columns_are_the_schedules_of_the_guarantee_itself(glasgow: Comparison) -> None:
    one = glasgow.households[0]
    for name in ("nes_guarantee", "uc_taper_50+nes_guarantee"):
        laid = [mwp.load_reform(part) for part in name.split("+")]
        expected = guaranteed_schedules([one.household], one.path, DAY, laid, MEASURE)[0]
        found = under(one, name).sweep.schedule
        for earnings in np.arange(0.0, 6_000.0, 37.0):
            assert found.value(float(earnings)) == pytest.approx(expected.value(float(earnings)), abs=1e-6)
        assert [jump.at for jump in found.jumps] == pytest.approx([jump.at for jump in expected.jumps])


# What is known of the law


def test_a_taper_of_50p_takes_50p_where_55p_were_taken_on_universal_credit_alone(glasgow: Comparison) -> None:
    place = column(glasgow, "uc_taper_50")
    at_55 = [one for one in glasgow.households[0].stretches if one.metrs[0] == pytest.approx(0.55, abs=1e-9)]
    assert at_55
    assert all(one.metrs[place] == pytest.approx(0.50, abs=1e-9) for one in at_55)


def test_a_lower_taper_loses_nobody_anything_and_gains_nothing_without_universal_credit(library: Comparison) -> None:
    for one in library.households:
        found = under(one, "uc_taper_50")
        assert found.loses == 0
        awards = [segment.parts["universal_credit"] for segment in one.law.sweep.schedule.segments]
        if max(awards) == 0:
            assert found.nothing_changes, one.household.name


def test_the_two_child_limit_loses_only_families_of_three_or_more_born_after_it(library: Comparison) -> None:
    losers = [one.household for one in library.households if under(one, "two_child_limit_restored").loses > 0]
    assert losers
    for home in losers:
        born = [child.born_on(DAY)[0] for child in home.children]
        assert len(born) >= 3
        assert max(born) >= date(2017, 4, 6)
    summary = library.summaries[column(library, "two_child_limit_restored")]
    assert summary.everyone.gaining == 0
    assert summary.everyone.losing == len(losers)
    assert summary.everyone.cost < 0


def test_without_the_cap_only_capped_households_gain_and_by_what_the_cap_took(library: Comparison) -> None:
    gainers = 0
    for one in library.households:
        found = under(one, "no_benefit_cap")
        out_of_work = in_job(one.household, 0, 0.0, 0.0)
        capped = mwp.calculate(out_of_work, ON).amounts["benefit_cap_reduction"]
        point = found.point("no_work")
        assert point is not None
        assert point.cost_by.get("universal_credit", 0.0) == pytest.approx(capped, abs=1e-6)
        assert found.loses == 0
        gainers += capped > 1
    assert 0 < gainers <= library.summaries[column(library, "no_benefit_cap")].everyone.gaining


def test_the_guarantee_leaves_no_cliff_within_its_gate_and_no_metr_above_75p() -> None:
    """On the measure that it guarantees."""
    for one in mwp.compare(LIBRARY, ["nes_guarantee"], ON, measure="net_resources_after_childcare").households:
        found = under(one, "nes_guarantee")
        if any(segment.parts["universal_credit"] > 0 for segment in one.law.sweep.segments[:1]):
            assert not found.sweep.cliffs, one.household.name
            assert max(segment.metr for segment in found.sweep.segments) <= 0.75 + 1e-6
            assert all(change.kind == "removed" and change.made_good for change in found.cliffs)
            assert all(rate.after <= 0.75 + 1e-6 for rate in found.higher)
            assert found.worst_ptr is not None
            assert found.worst_ptr[0] <= 0.75 + 1e-6


def test_a_household_that_never_had_universal_credit_gains_nothing_by_the_guarantee_and_is_told_so() -> None:
    told = mwp.compare("high_earner_guildford", ["nes_guarantee"], ON)
    assert told.households[0].columns[1].nothing_changes
    (sentence,) = compare_words.sentences(told, 1)
    assert sentence.endswith("gains nothing and loses nothing anywhere along the range.")
    opened = mwp.compare("high_earner_guildford", ["nes_guarantee"], ON, standing={"nes_participant": True}, to=12_000)
    assert opened.households[0].columns[1].most_gained[0] > 1


def test_the_worst_ptr_is_not_below_that_of_any_job(library: Comparison) -> None:
    for one in library.households:
        for found in one.columns:
            for point in found.points:
                if point.ptr is not None and point.earnings >= 100:
                    assert found.worst_ptr is not None
                    assert point.ptr <= found.worst_ptr[0] + 1e-9


def test_who_is_moved_to_a_higher_metr_is_so_at_every_pound_told(library: Comparison) -> None:
    for one in library.households:
        for found in one.columns[1:]:
            for rate in found.higher:
                middle = (rate.start + rate.end) / 2
                assert one.law.sweep.metr(middle) == pytest.approx(rate.before, abs=5e-4)
                assert found.sweep.metr(middle) == pytest.approx(rate.after, abs=5e-4)
                assert rate.after > rate.before


def test_stretches_cover_the_range_and_tell_each_metr(glasgow: Comparison) -> None:
    one = glasgow.households[0]
    assert one.stretches[0].start == 0
    assert one.stretches[-1].end == one.path.to
    for before, after in zip(one.stretches, one.stretches[1:], strict=False):
        assert before.end == after.start
    for stretch in one.stretches:
        middle = (stretch.start + stretch.end) / 2
        assert stretch.metrs == pytest.approx([found.sweep.metr(middle) for found in one.columns], abs=5e-4)


def test_a_higher_minimum_wage_brings_pay_at_the_same_hours() -> None:
    """13.45 in place of 12.71 for 30 hours, where no wage is told: 30 x 52/12 x 0.74 more pay."""
    told = mwp.compare(SINGLE, ["real_living_wage_for_all"], ON, wage="minimum_wage", measure="net_income")
    law, then = (found.point("30h") for found in told.households[0].columns)
    assert law is not None
    assert then is not None
    assert then.earnings - law.earnings == pytest.approx(30 * 52 / 12 * 0.74)
    assert 0 < then.gain < then.earnings - law.earnings
    assert then.cost < 0
    in_cash = sum(amount for name, amount in then.cost_by.items() if name not in IN_KIND)
    assert then.gain == pytest.approx(then.earnings - law.earnings + in_cash, abs=0.02)


# Cliffs


HOME = mwp.load_household(SINGLE)


def made_up(*jumps: tuple[float, float, str, tuple[str, ...]]) -> Schedule:
    """A schedule that keeps 40p of each pound, with these jumps: where, how much, the component and the fact."""
    segments, found, level, start = [], [], 1_000.0, 0.0
    for at, size, cause, flipped in jumps:
        end = at - 0.01
        segments.append(_line(start, end, level))
        level += 0.4 * (end - start) + 0.004 + size
        found.append(Jump(end, at, size, {cause: size}, flipped, None))
        start = at
    segments.append(_line(start, 3_000.0, level))
    return Schedule(HOME, EarningsPath(wage=12.71, to=3_000.0), "net_income", tuple(segments), tuple(found), DAY)


def _line(start: float, end: float, level: float) -> Segment:
    parts = {"gross_pay": start, "universal_credit": level - start}
    return Segment(start, end, level, {"gross_pay": 1.0, "universal_credit": -0.6}, parts)


BASE = ((700.0, -40.0, "nhs_costs_help", ("a",)), (1_500.0, -90.0, "free_school_meals", ("b",)))


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (BASE, ["unchanged", "unchanged"]),
        ((), ["removed", "removed"]),
        ((BASE[0],), ["unchanged", "removed"]),
        (((700.0, -25.0, "nhs_costs_help", ("a",)), BASE[1]), ["shrunk", "unchanged"]),
        (((700.0, -55.0, "nhs_costs_help", ("a",)), BASE[1]), ["grown", "unchanged"]),
        (((820.0, -40.0, "nhs_costs_help", ("a",)), BASE[1]), ["moved", "unchanged"]),
        (((1_500.0, -90.0, "free_school_meals", ("b",)), (2_500.0, -40.0, "nhs_costs_help", ("a",))),
         ["unchanged", "moved"]),
        ((*BASE, (2_000.0, -10.0, "healthy_start", ("c",))), ["unchanged", "unchanged", "new"]),
        (((720.0, -40.0, "healthy_start", ("z",)), BASE[1]), ["removed", "new", "unchanged"]),
    ],
)  # fmt: skip
def test_cliffs_are_matched_by_what_is_lost_and_why_then_by_nearness(after: Any, kinds: Sequence[str]) -> None:
    assert [change.kind for change in match_cliffs(made_up(*BASE), made_up(*after))] == list(kinds)


def test_of_two_cliffs_alike_the_nearest_is_the_match() -> None:
    before = made_up((1_000.0, -40.0, "nhs_costs_help", ("a",)))
    after = made_up((1_100.0, -40.0, "nhs_costs_help", ("a",)), (2_000.0, -40.0, "nhs_costs_help", ("a",)))
    moved, new = match_cliffs(before, after)
    assert (moved.kind, moved.at) == ("moved", 1_100.0)
    assert (new.kind, new.at) == ("new", 2_000.0)


def test_a_tapered_scottish_child_payment_has_no_cliff_of_its_own_any_more() -> None:
    told = mwp.compare(GLASGOW, ["scottish_child_payment_tapered"], ON, to=6_000)
    home = told.households[0]
    [change] = [one for one in home.columns[1].cliffs if one.kind != "unchanged"]
    assert change.kind == "shrunk"
    assert change.before is not None
    assert change.after is not None
    assert "scottish_child_payment" in change.before.components
    assert change.before.components["scottish_child_payment"] < -100
    assert abs(change.after.components.get("scottish_child_payment", 0.0)) < 0.01


def test_a_cliff_that_a_lower_taper_puts_beyond_the_range_is_not_called_removed() -> None:
    """At a taper of 50p the award outlasts a range that ends just above where it ends at 55p."""
    told = mwp.compare(GLASGOW, ["uc_taper_50"], ON, to=4_300)
    kinds = {change.kind for change in told.households[0].columns[1].cliffs}
    assert "beyond" in kinds
    assert "removed" not in kinds
    assert "moved" in {
        c.kind for c in mwp.compare(GLASGOW, ["uc_taper_50"], ON, to=6_000).households[0].columns[1].cliffs
    }


def test_every_cliff_of_either_side_is_told_once(library: Comparison) -> None:
    for one in library.households:
        cliffs = [jump for jump in one.law.sweep.cliffs if jump.size <= -0.005]
        for found in one.columns:
            theirs = [jump for jump in found.sweep.cliffs if jump.size <= -0.005]
            assert sorted(change.before.at for change in found.cliffs if change.before) == [jump.at for jump in cliffs]
            assert sorted(change.after.at for change in found.cliffs if change.after) == [jump.at for jump in theirs]


# What is asked


def test_reforms_laid_over_each_other_are_one_column(glasgow: Comparison) -> None:
    assert [laid.name for laid in glasgow.laid] == [LAW, "nes_guarantee", "uc_taper_50", "uc_taper_50+nes_guarantee"]
    same = mwp.compare(GLASGOW, [["uc_taper_50", mwp.load_reform("nes_guarantee")]], ON, to=6_000)
    assert same.households[0].columns[1].gain == glasgow.households[0].columns[3].gain


def test_households_without_a_partner_are_left_out_where_it_is_the_partners_pay() -> None:
    told = mwp.compare([GLASGOW, SINGLE], ["uc_taper_50"], ON, earner="partner")
    assert [one.household.name for one in told.households] == [mwp.load_household(GLASGOW).name]
    assert told.left_out == (mwp.load_household(SINGLE).name,)
    assert any("having no partner" in line for line in compare_words.notes(told))


@pytest.mark.parametrize(
    ("told", "hours", "earnings"),
    [("16h", 16, None), ("37.5 hours", 37.5, None), ("£1,200", None, 1_200), ("850.50", None, 850.5)],
)
def test_a_job_is_told_by_its_hours_or_its_pay(told: str, hours: float | None, earnings: float | None) -> None:
    assert (parse_at(told).hours, parse_at(told).earnings) == (hours, earnings)


def test_asked_jobs_are_compared_beside_now_and_no_work() -> None:
    told = mwp.compare(GLASGOW, ["uc_taper_50"], ON, at=["20h", "900"])
    assert [point.key for point in told.households[0].law.points] == ["no_work", "now", "20h", "900"]
    wage = mwp.compare(GLASGOW, ["uc_taper_50"], ON, mode="wage")
    assert [point.key for point in wage.households[0].law.points] == ["no_work", "now", "500", "1000", "2000", "3000"]


def test_progress_is_told_column_by_column() -> None:
    seen: list[tuple[int, int]] = []
    mwp.compare(SINGLE, ["uc_taper_50", "uc_taper_45"], ON, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("args", "help_given"),
    [
        (("--all",), "Give a reform"),
        (("--reform", "uc_taper_50"), "Give a household"),
        ((SINGLE, "--reform", "uc_taper_5"), "Did you mean uc_taper_50"),
        ((SINGLE, "--reform", "uc_taper_50+nowhere_at_all"), "no reform called nowhere_at_all"),
        ((SINGLE, "--reform", "uc_taper_50", "--reform", "uc_taper_50"), "given twice"),
        ((SINGLE, "--reform", "uc_taper_50", "--at", "often"), "no job to compare at"),
        ((SINGLE, "--reform", "uc_taper_50", "--at", "80h"), "beyond the range"),
        ((SINGLE, "--reform", "uc_taper_50", "--mode", "wage", "--at", "16h"), "give pounds a month"),
        ((SINGLE, "--reform", "uc_taper_50", "--earner", "partner"), "There is no partner"),
        ((SINGLE, "--reform", "uc_taper_50", "--measure", "net_incom"), "Did you mean net_income"),
        ((SINGLE, "--reform", "uc_taper_50", "--table", "cliff", "--output", "x.csv"), "Did you mean cliffs"),
        ((SINGLE, "--reform", "uc_taper_50", "--table", "cliffs"), "add --output"),
        ((SINGLE, "--reform", "uc_taper_50", "--output", "x.docx"), "End the name in .html"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_exit_code_2(
    args: tuple[str, ...], help_given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("compare", *args, "--on", ON) if "--on" not in args else run("compare", *args)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert help_given in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_no_household_is_refused() -> None:
    with pytest.raises(InputError, match="Give a household"):
        mwp.compare([], ["uc_taper_50"], ON)


# What is said and written


def test_sentences_say_who_gains_what_it_costs_and_what_becomes_of_cliffs(library: Comparison) -> None:
    told = " ".join(compare_words.sentences(library, column(library, "two_child_limit_restored")))
    assert f"None of the {len(LIBRARY)} households gains" in told
    assert "It saves the public purse £" in told
    told = " ".join(compare_words.sentences(library, column(library, "nes_guarantee")))
    assert "none loses" in told
    assert "It costs the public purse £" in told
    assert "moved to a higher METR" in told


def test_the_terminal_fits_its_width_and_says_what_the_figures_mean() -> None:
    for columns in ("50", "80", "120"):
        result = run("compare", GLASGOW, LEEDS, "--reform", "nes_guarantee", "--on", ON, COLUMNS=columns)
        assert result.exit_code == 0, result.output
        assert result.stderr == ""
        assert max(len(line) for line in result.stdout.splitlines()) <= int(columns)
        told = " ".join(result.stdout.split())
        for part in ("If nothing", "Made good by a top-up", "What the figures mean", "Not counted", "METR by stretch"):
            assert (part in told) == (part != "If nothing")
        assert "\x1b[" not in result.stdout


def test_the_document_holds_to_its_schema_and_to_python(glasgow: Comparison) -> None:
    result = run(
        "compare", GLASGOW, "--reform", "nes_guarantee", "--reform", "uc_taper_50", "--reform",
        "uc_taper_50+nes_guarantee", "--to", "6000", "--on", ON, "--json",
    )  # fmt: skip
    document = json.loads(result.stdout)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)
    for entry, found in zip(document["reforms"], glasgow.households[0].columns, strict=True):
        assert entry["households"][0]["gain"] == found.gain
        assert entry["summary"]["cost"] == found.cost
        assert [cliff["kind"] for cliff in entry["households"][0]["cliffs"]] == [one.kind for one in found.cliffs]
    assert document["reforms"][0]["name"] == LAW
    assert document["reforms"][0]["in_words"] == []


@pytest.mark.parametrize("ending", compare_export.ENDINGS)
def test_every_kind_of_file_is_written_and_the_same_each_time(ending: str, tmp_path: Path) -> None:
    for module in {".xlsx": ["xlsxwriter"], ".parquet": ["pyarrow"], ".pdf": ["weasyprint"]}.get(ending, []):
        pytest.importorskip(module)
    if ending in (".html", ".pdf", ".svg", ".png"):
        pytest.importorskip("matplotlib")
    args = (GLASGOW, SINGLE, "--reform", "nes_guarantee", "--reform", "no_benefit_cap", "--on", ON)
    first = written(tmp_path, ending, *args)
    assert len(first) > 500
    if ending != ".pdf":
        assert first == written(tmp_path, ending, *args)


@pytest.mark.parametrize("table", compare_export.TABLES)
def test_each_table_has_as_many_cells_in_every_row_as_heads(table: str, tmp_path: Path) -> None:
    args = (GLASGOW, SINGLE, "--reform", "nes_guarantee", "--reform", "uc_taper_50", "--on", ON, "--table", table)
    head, *rows = csv.reader(io.StringIO(written(tmp_path, ".csv", *args).decode("utf-8-sig")))
    assert rows
    assert {len(row) for row in rows} == {len(head)}
    assert len(set(head)) == len(head)


def test_a_workbook_has_every_table_and_notes(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    book = zipfile.ZipFile(io.BytesIO(written(tmp_path, ".xlsx", SINGLE, "--reform", "uc_taper_50", "--on", ON)))
    sheets = book.read("xl/workbook.xml").decode()
    for name in ("In words", *(table.capitalize() for table in compare_export.TABLES), "Notes"):
        assert f'name="{name}"' in sheets
    said = book.read("xl/sharedStrings.xml").decode()
    assert f"mwp compare {SINGLE} --reform uc_taper_50 --on {ON}" in said
    assert "Parameters (SHA-256)" in said


def test_the_page_shows_charts_with_words_and_runs_no_script(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    page = written(tmp_path, ".html", GLASGOW, "--reform", "nes_guarantee", "--to", "6000", "--on", ON).decode()
    assert page.count("<svg ") == 1
    assert "<script" not in page
    assert 'role="img"' in page
    assert "Made good by a top-up" in page
    assert "What is not counted" in page
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_lines_of_a_chart_differ_in_colour_or_pattern() -> None:
    pytest.importorskip("matplotlib")
    from mwp.report.compare_charts import _look

    looks = [repr(_look(place)) for place in range(30)]
    assert len(set(looks)) == len(looks)


def test_a_household_with_a_name_of_its_own_is_found_by_it(tmp_path: Path) -> None:
    told = mwp.compare([replace_name(GLASGOW, "A"), replace_name(GLASGOW, "B")], ["uc_taper_50"], ON)
    assert [one.household.name for one in told.households] == ["A", "B"]
    first, second = (one.columns[1] for one in told.households)
    assert replace(first, sweep=second.sweep, spread=second.spread) == second


def replace_name(name: str, new: str) -> Household:
    return mwp.load_household(name).model_copy(update={"name": new})
