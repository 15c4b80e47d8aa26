"""Earnings schedules in plain words: the paragraph, what happens at a jump and why, and what lies beyond a job."""

import re
from dataclasses import replace

import pytest

import mwp
from mwp import resources
from mwp.analysis.measures import COMPONENTS, TOP_UP
from mwp.analysis.schedule import Jump, Schedule, Segment
from mwp.analysis.sweep import Sweep
from mwp.engine.system import rule_graph
from mwp.report import schedule_words
from mwp.report.schedule_words import in_words, jump_in_words, label, why

ON = "2026-11-01"
LIBRARY = sorted(resources.library("households"))


@pytest.fixture(scope="module")
def library() -> list[Sweep]:
    return mwp.schedule(LIBRARY, ON)


def made(*pieces: tuple[float, float, float, float], jumps: tuple[Jump, ...] = ()) -> Sweep:
    """A schedule of pieces (from, to, at its start, slope), all of it pay."""
    some = mwp.schedule("single_over_25_birmingham", ON, to=100).schedule
    segments = tuple(Segment(a, b, level, {"gross_pay": slope}, {"gross_pay": level}) for a, b, level, slope in pieces)
    path = replace(some.path, mode="wage", hours=16.0, to=pieces[-1][1])
    return Sweep(replace(some, segments=segments, jumps=jumps, path=path))


# The paragraph


def test_rates_are_told_in_turn() -> None:
    assert in_words(made((0, 427, 0, 1.0), (427, 1_048, 427, 0.45), (1_048, 2_000, 706.45, 0.324))) == (
        "Up to £427 a month you keep all of it, then 45p of each pound until £1,048, then 32p of each pound."
        " This goes up to £2,000."
    )


def test_a_cliff_is_told_with_its_penny_its_size_and_its_end() -> None:
    jump = Jump(1_352.17, 1_352.18, -11.0, {"nhs_costs_help": -11.0}, ("has_nhs_help_by_universal_credit",), 1_386.40)
    told = in_words(made((0, 1_352.17, 0, 0.45), (1_352.18, 2_000, 597.48, 0.32), jumps=(jump,)))
    assert told == (
        "Up to £1,352.17 a month you keep 45p of each pound. At £1,352.18 help with prescriptions and other NHS costs"
        " stops: you are £11 a month worse off until you earn £1,386.40. Then 32p of each pound. This goes up to"
        " £2,000."
    )


def test_short_stretches_join_their_neighbours_and_make_them_about() -> None:
    told = in_words(made((0, 500, 0, 0.45), (500, 503, 225, 0.10), (503, 900, 225.3, 0.45)))
    assert told == "Up to £900 a month you keep about 45p of each pound. This goes up to £900."


def test_joining_keeps_the_average_honest() -> None:
    told = in_words(made((0, 4, 0, 0.0), (4, 10, 0, 1.0), (10, 100, 6, 0.5)))
    assert told.startswith("Up to £10 a month you keep about 60p of each pound, then 50p of each pound.")


def test_the_same_rate_after_a_cliff_is_said_to_go_on() -> None:
    jump = Jump(99.99, 100.0, -20.0, {"healthy_start": -20.0}, (), 140.0)
    told = in_words(made((0, 99.99, 0, 0.5), (100, 300, 30, 0.5), (300, 600, 130, 0.2), jumps=(jump,)))
    assert "After that it is 50p of each pound as before until £300, then 20p of each pound." in told


def test_small_steps_are_left_out_and_that_is_said() -> None:
    jump = Jump(99.99, 100.0, -1.25, {"cold_weather_payment": -1.25}, (), 103.0)
    told = in_words(made((0, 99.99, 0, 0.5), (100, 300, 48.75, 0.5), jumps=(jump,)))
    assert told == (
        "Up to £300 a month you keep 50p of each pound. This goes up to £300; steps of less than £2 a month are left"
        " out."
    )


def test_where_more_pay_leaves_less_it_is_a_loss() -> None:
    told = in_words(made((0, 100, 0, 0.0), (100, 200, 0, -0.12)))
    assert told.startswith("Up to £100 a month you keep none of it, then a loss of 12p on each pound.")


def test_a_partner_is_spoken_of_as_one() -> None:
    told = in_words(mwp.schedule("couple_one_child_glasgow", ON, earner="partner"))
    assert "of your partner's pay" in told
    assert "until your partner earns £" in told


def test_every_paragraph_of_the_library_is_plain(library: list[Sweep]) -> None:
    for one in library:
        told = in_words(one)
        assert told.endswith(".")
        assert not re.search(r"\b(you must|you should|nan|None|_)\b", told), told
        assert ".." not in told
        assert "  " not in told


def test_every_stretch_told_exactly_is_exact(library: list[Sweep]) -> None:
    """Where the paragraph says so many pence without an about, every stretch it stands for rounds to that."""
    for one in library:
        parts, _ = schedule_words._stretches(one)
        for part in parts:
            if isinstance(part, Jump) or part.about:
                continue
            for segment in one.segments:
                middle = (segment.start + segment.end) / 2
                if part.start < middle < part.end and segment.end - segment.start >= schedule_words.SHORT:
                    assert round(segment.slope * 100) == pytest.approx(round(part.kept * 100), abs=1), (
                        one.household.name,
                        part,
                    )


# Jumps


def test_every_jump_of_the_library_has_a_label_and_words(library: list[Sweep]) -> None:
    for one in library:
        for jump in one.jumps:
            told = jump_in_words(one, jump)
            assert label(one, jump)[0].isupper()
            assert "_" not in f"{told} {label(one, jump)} {why(one, jump)}"
            assert jump.citation


def test_every_component_has_a_name_of_its_own() -> None:
    assert set(schedule_words._NAMES) <= {*rule_graph().rules, TOP_UP}
    assert set(schedule_words._COSTS) == {
        name for parts in COMPONENTS.values() for name, sign in parts.items() if sign < 0
    }


def test_every_fact_told_of_exists() -> None:
    assert set(schedule_words._FACTS) <= set(rule_graph().rules)


def test_a_fact_is_told_by_what_it_has_become() -> None:
    jump = Jump(1.0, 1.01, -5.0, {"other_income": -5.0}, ("is_within_carers_earnings_limit",), None, (False,))
    sweep = made((0, 1.0, 100, 0.5), (1.01, 50, 95.5, 0.5), jumps=(jump,))
    assert why(sweep, jump) == "pay is above the limit of the carer's benefit"
    assert why(sweep, replace(jump, became=(True,), size=5.0)) == "pay is within the limit of the carer's benefit"


def test_a_passport_that_goes_with_universal_credit_says_so_and_cites_its_own_law() -> None:
    one = mwp.schedule("couple_one_child_glasgow", ON, to=7_000)
    [jump] = [jump for jump in one.cliffs if jump.cause == "scottish_child_payment"]
    assert why(one, jump) == "Universal Credit has ended"
    assert jump.citation == rule_graph().rules["scottish_child_payment"].cites


def test_a_component_of_no_programme_stands_for_itself() -> None:
    some = made((0, 100, 0, 1.0)).segments[0]
    topped = replace(some, slopes={"gross_pay": 1.0, "income_tax": -0.2, "guarantee_top_up": 0.1})
    assert dict(schedule_words.causes(topped)) == {"income tax": 0.2, "make-work-pay top-up": -0.1}
    assert schedule_words.causes_in_words(topped) == "income tax 20p, make-work-pay top-up adds 10p"


def test_causes_of_a_stretch_add_up_to_its_metr(library: list[Sweep]) -> None:
    for one in library[::4]:
        for segment in one.segments:
            assert sum(share for _, share in schedule_words.causes(segment)) == pytest.approx(segment.metr, abs=0.005)


# Beyond a job


def test_a_job_just_below_a_cliff_is_told_of_it() -> None:
    answer = mwp.better_off("lone_parent_two_children_leeds", "16h@12.71", on=ON).jobs[0]
    assert answer.outlook is not None
    assert answer.outlook.cliff is not None
    assert answer.outlook.cliff.at == pytest.approx(935.01)
    assert answer.outlook.away == pytest.approx(935.01 - 16 * 12.71 * 52 / 12)
    assert schedule_words.next_cliff(answer.outlook).startswith(
        "Next, at £935.01 (17 hours a week) help with prescriptions and other NHS costs stops: you are £15.67 a month"
    )
    assert "Next cliff: £935.01 (17 hours a week)" in schedule_words.next_cliff_in_short(answer.outlook)


def test_a_salary_is_walked_along_the_wage() -> None:
    answer = mwp.better_off("couple_one_child_glasgow", "35h 20000/year", on=ON).jobs[0]
    assert answer.outlook is not None
    assert answer.outlook.schedule.path.mode == "wage"
    assert answer.outlook.fewer is None


def test_no_work_has_no_outlook() -> None:
    answer = mwp.better_off("couple_one_child_glasgow", "0h", on=ON).jobs[0]
    assert answer.outlook is None
    assert schedule_words.outlook_entries(None) == {"next_cliff": None, "better_hours": None}


def test_hours_just_past_a_cliff_are_told_that_fewer_leave_more() -> None:
    """The cold side of Carer's Allowance: just past its limit, fewer hours leave as much or more."""
    carer = {
        "name": "x", "nation": "england", "greater_london": False, "housing": {"tenure": "owned"},
        "adults": [{"age": 40, "caring_hours": 40, "cares_for": "other", "benefits": {"carers_allowance": "auto"}}],
        "options": {"take_up": {"universal_credit": False}},
    }  # fmt: skip
    outlook = mwp.better_off(carer, "17h@12.71", on=ON).jobs[0].outlook
    assert outlook is not None
    assert outlook.fewer is not None
    hours, more = outlook.fewer
    assert hours == 16
    assert more == pytest.approx(
        outlook.schedule.value(16 * 12.71 * 52 / 12) - outlook.schedule.value(outlook.earnings)
    )
    assert schedule_words.other_hours(outlook) == f"16 hours would leave {schedule_words.money(more)} a month more."


def test_the_schedule_of_a_job_passes_through_the_job() -> None:
    answer = mwp.better_off("couple_one_child_glasgow", ["16h@12.71", "37h@14"], on=ON)
    for job in answer.jobs:
        assert job.outlook is not None
        found: Schedule = job.outlook.schedule
        assert found.value(job.outlook.earnings) == pytest.approx(
            job.calculation.amounts["net_after_work_costs"], abs=1e-6
        )
