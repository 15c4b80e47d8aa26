"""Paid placements: the person's answer, months in a row, and the Exchequer account."""

import csv
import io
import json
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

import mwp
from mwp.analysis import exchequer, timeline
from mwp.analysis.exchequer import Accounts
from mwp.analysis.measures import IN_KIND
from mwp.analysis.mixes import hull, mix_for
from mwp.analysis.placement import Placement, sick_pay
from mwp.analysis.timeline import Stage
from mwp.cli.main import main
from mwp.errors import InputError
from mwp.report import account_words, library, placement_export, placement_words

ON = "2026-06-15"
PLAN_TERMS: dict[str, Any] = {"hours": 35, "wage": 12.60, "on": "2025-06-15", "reform": "none", "support_cost": 0}
SINGLE = "single_over_25_birmingham"
LEEDS = "lone_parent_two_children_leeds"
GLASGOW = "couple_one_child_glasgow"


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, env={"COLUMNS": "100"})


@pytest.fixture(scope="module")
def library_accounts() -> Accounts:
    return mwp.placement_account(library.household_names(), 30, on=ON)


@pytest.fixture(scope="module")
def leeds() -> Placement:
    return mwp.placement(LEEDS, 16, on=ON)


@pytest.fixture(scope="module")
def glasgow() -> Placement:
    return mwp.placement(GLASGOW, 25, on=ON, earner="partner")


# The account


def test_the_gross_cost_is_the_wage_its_on_costs_and_support() -> None:
    """35 hours at 12.60: 52 weeks; 15% above 417 a month; 3% of pay above 520 a month; 1,500 of support."""
    (one,) = mwp.placement_account(SINGLE, **PLAN_TERMS | {"support_cost": 1_500}).accounts
    wage = 35 * 12.60 * 52
    assert one.cost.wage == pytest.approx(wage, abs=1e-6)
    assert one.cost.employer_national_insurance == pytest.approx(12 * 0.15 * (wage / 12 - 417), abs=1e-6)
    assert one.cost.employer_pension == pytest.approx(12 * 0.03 * (wage / 12 - 520), abs=1e-6)
    assert one.cost.gross == pytest.approx(
        wage + one.cost.employer_national_insurance + one.cost.employer_pension + 1_500, abs=1e-6
    )


def test_the_plans_gross_cost_is_35_hours_at_the_living_wage_of_2024_without_support() -> None:
    """22,932 of wage, 2,689.20 of contributions and 500.76 of pension: 26,121.96, the plan's 26,122."""
    (one,) = mwp.placement_account(SINGLE, **PLAN_TERMS).accounts
    assert one.cost.gross == pytest.approx(22_932 + 2_689.20 + 500.76, abs=0.005)
    assert round(one.cost.gross) == exchequer.plan().gross


def test_a_young_worker_costs_no_employer_contributions_and_is_not_enrolled() -> None:
    (one,) = mwp.placement_account("single_under_25_bradford", 30, on=ON).accounts
    assert one.household.adults[0].age_on(date.fromisoformat(ON)) < 21
    assert one.cost.employer_national_insurance == 0
    assert one.cost.employer_pension == 0
    assert not one.enrolled


def test_the_wage_is_what_the_household_gains_saves_for_a_pension_and_what_flows_back(
    library_accounts: Accounts,
) -> None:
    """Exactly, for every household of the library, the guarantee's top-up being both a gain and a flow out."""
    for one in library_accounts.accounts:
        cash = sum(flow.amount for flow in one.flows if flow.kind in ("cash", "top_up"))
        relief = -sum(flow.amount for flow in one.flows if flow.kind == "relief")
        own_contribution = one.pension - relief
        assert one.cost.wage == pytest.approx(one.household_gains + own_contribution + cash, abs=0.005), (
            one.household.name
        )


def test_every_pound_of_the_gross_cost_is_somebodys(library_accounts: Accounts) -> None:
    for one in library_accounts.accounts:
        money = sum(flow.amount for flow in one.flows if flow.kind in ("cash", "top_up", "employer", "relief"))
        pot = one.pension + one.cost.employer_pension
        assert one.cost.gross == pytest.approx(one.household_gains + pot + one.cost.support + money, abs=0.005)


def test_purses_hold_all_that_flows_and_groups_add_up(library_accounts: Accounts) -> None:
    for one in library_accounts.accounts:
        whole = sum(flow.amount for flow in one.flows)
        outside = one.by_group().get("outside", 0.0)
        assert sum(one.by_purse().values()) == pytest.approx(whole, abs=1e-6)
        assert sum(one.by_group().values()) == pytest.approx(whole, abs=1e-6)
        assert one.flow_back - one.top_up == pytest.approx(whole - outside, abs=1e-6)
        assert one.net() == pytest.approx(one.cost.gross - one.flow_back + one.top_up, abs=1e-6)


def test_government_gets_back_no_less_than_the_paying_department_where_no_childcare_begins(
    library_accounts: Accounts,
) -> None:
    opened = ("working_parents_hours_value", "tax_free_childcare")
    checked = 0
    for one in library_accounts.accounts:
        if not any(one.by_stream().get(name, 0.0) < 0 for name in opened):
            assert one.flow_back >= one.back_to("awards") - 1e-6, one.household.name
            checked += 1
    assert checked > 20


def test_national_insurance_flows_back_by_the_rates_of_the_year() -> None:
    (one,) = mwp.placement_account(SINGLE, **PLAN_TERMS).accounts
    back, pay = one.by_stream(), 35 * 12.60 * 52 / 12
    assert back["national_insurance"] == pytest.approx(12 * 0.08 * (pay - 1_048), abs=0.01)
    assert back["employer_national_insurance"] == one.cost.employer_national_insurance
    assert back["income_tax"] == pytest.approx(0.20 * (12 * pay - 12_570), abs=0.01)
    assert back["pension_relief_added"] == pytest.approx(-12 * 0.20 * 0.05 * (pay - 520), abs=0.01)


def test_every_stream_names_purses_that_there_are_a_reason_and_a_law() -> None:
    known = exchequer.purses()
    for stream in (*exchequer.streams(), exchequer.TOP_UP):
        assert stream.reason
        assert stream.cites, stream.variable
        for nation in ("england", "scotland", "wales", "northern_ireland"):
            shares = stream.purses(nation)
            assert set(shares) <= set(known)
            assert sum(shares.values()) == pytest.approx(1.0)
    assert {s.variable for s in exchequer.streams()} >= set(IN_KIND)


def test_devolved_money_goes_to_devolved_purses() -> None:
    (glasgow,) = mwp.placement_account(GLASGOW, 37.5, on=ON).accounts
    assert glasgow.by_purse()["scottish_government"] > 0
    assert not any(f.purse == "hmrc" for f in glasgow.flows if f.variable == "income_tax")
    (swansea,) = mwp.placement_account("lone_parent_teenager_swansea", 37.5, on=ON).accounts
    halves = [f.amount for f in swansea.flows if f.variable == "income_tax"]
    assert halves[0] == pytest.approx(halves[1])
    (belfast,) = mwp.placement_account("couple_three_children_belfast", 37.5, on=ON).accounts
    assert belfast.by_purse()["dwp"] == 0


def test_costs_of_work_that_the_service_meets_are_in_the_gross_cost() -> None:
    (own,) = mwp.placement_account("nes_floor_individual", 20, on=ON, support="not-covered").accounts
    (met,) = mwp.placement_account("nes_floor_individual", 20, on=ON, support="covered").accounts
    assert met.cost.costs_of_work == pytest.approx(55 * 12)
    assert met.cost.gross - own.cost.gross == pytest.approx(55 * 12)


def test_support_costs_by_segment_and_as_told() -> None:
    costs = {
        segment: mwp.placement_account(SINGLE, 20, on=ON, segment=segment).support_cost
        for segment in ("bridge", "floor-individual", "floor-place")
    }
    assert costs == {"bridge": 1_500, "floor-individual": 3_000, "floor-place": 1_500}
    assert mwp.placement_account(SINGLE, 20, on=ON, support_cost=250).accounts[0].cost.support == 250


@pytest.mark.parametrize("support", [0.0, 1_500.0, 4_000.0])
def test_hours_are_found_at_which_a_placement_costs_what_the_plan_says(support: float) -> None:
    found = mwp.placement_account(SINGLE, on=ON, support_cost=support)
    assert found.hours_were_found
    assert found.offer.hours is not None
    (exact,) = (one for one in found.hours_for_the_plan if one.wage == 13.45 and one.support == support)
    wage = 13.45 * (exact.hours or 0) * 52
    cost = wage + 0.15 * (wage - 5_004) + 0.03 * (wage - 6_240) + support
    assert cost == pytest.approx(26_122, abs=0.02)
    assert found.accounts[0].cost.gross == pytest.approx(26_122, abs=5)


def test_hours_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputError, match="No hours a week cost"):
        mwp.placement_account(SINGLE, wage=100.0, support_cost=27_000, on=ON)


def test_the_plans_flow_backs_are_reached_with_the_treasury_and_not_without() -> None:
    found = mwp.placement_account(library.household_names(), **PLAN_TERMS)
    narrow, wide = found.reproductions
    assert not narrow.mix.reaches
    assert narrow.anywhere == ()
    assert narrow.taxes[0] > 2_000
    assert wide.mix.reaches
    assert 35 in wide.anywhere
    shares = wide.mix.shares
    assert sum(shares) == pytest.approx(1)
    assert found.average("awards_and_treasury", shares) == pytest.approx(26_122 - 15_846, abs=0.01)
    assert found.average("flow_back", shares) == pytest.approx(26_122 - 13_846, abs=0.01)
    told = " ".join(sentence for block in account_words.told(found).blocks for sentence in block.before)
    assert "no mix of these types does" in told


def test_scale_is_the_average_times_the_placements() -> None:
    found = mwp.placement_account(SINGLE, **PLAN_TERMS)
    one = exchequer.scale(found, 300_000)
    assert one["gross_bn"] == pytest.approx(0.3 * 26.12196, abs=1e-5)
    assert one["net_whole_government_bn"] == pytest.approx(0.3e-3 * found.accounts[0].net(), abs=1e-9)


# Mixes


def test_a_mix_averages_to_a_target_inside_and_is_even_where_it_can_be() -> None:
    corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    assert mix_for(corners, (0.5, 0.5)).shares == pytest.approx([0.25] * 4)
    found = mix_for(corners, (0.9, 0.2))
    assert found.reaches
    assert np.array(found.shares) @ np.array(corners) == pytest.approx([0.9, 0.2])
    assert min(found.shares) > 0


def test_outside_the_hull_the_nearest_point_is_given() -> None:
    found = mix_for([(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.2, 0.2)], (1.0, 1.0))
    assert not found.reaches
    assert found.average == pytest.approx((0.5, 0.5))
    assert found.distance == pytest.approx(0.5**0.5)
    assert found.shares == pytest.approx((0.0, 0.5, 0.5, 0.0))


def test_a_target_on_the_edge_is_reached_and_one_point_alone_reaches_itself() -> None:
    assert mix_for([(0.0, 0.0), (2.0, 0.0), (0.0, 2.0)], (1.0, 1.0)).reaches
    assert mix_for([(3.0, 4.0)], (3.0, 4.0)).reaches
    assert mix_for([(3.0, 4.0)], (0.0, 0.0)).distance == pytest.approx(5.0)
    assert len(hull([(0.0, 0.0), (1.0, 0.0), (0.5, 0.0), (0.0, 1.0)])) == 3


# The person's answer


def test_the_real_living_wage_is_paid_and_londons_in_london(leeds: Placement) -> None:
    assert leeds.wage == 13.45
    assert mwp.placement("lone_parent_four_children_newham", 16, on=ON).wage == 14.80
    assert mwp.placement(LEEDS, 16, on="2025-06-15").wage == 12.60


def test_without_a_reform_the_placement_is_a_better_off_answer(leeds: Placement) -> None:
    told = mwp.better_off(LEEDS, ["16h@13.45", "16h@12.71"], on=ON)
    law = leeds.law
    assert leeds.minimum_wage == 12.71
    for column, job in ((law.placement, told.jobs[0]), (law.ordinary, told.jobs[1])):
        pension = column.calculation.amounts_rounded["employee_pension_contribution"]
        kept = 1 - 0.55 * (column.calculation.amounts_rounded["universal_credit"] > 0)
        assert law.gain(column) == pytest.approx(job.gain.month - pension * kept, abs=0.02)


def test_a_placement_comes_with_a_pension_where_pay_asks_for_one() -> None:
    below, above = mwp.placement(SINGLE, 14, on=ON), mwp.placement(SINGLE, 15, on=ON)
    assert 14 * 13.45 * 52 / 12 < 833 < 15 * 13.45 * 52 / 12
    assert below.law.placement.calculation.household.adults[0].pension is None
    assert above.law.placement.calculation.amounts_rounded["employee_pension_contribution"] > 0


@pytest.mark.parametrize("name", library.household_names())
def test_a_participant_keeps_at_least_a_quarter_of_the_pay(name: str, library_accounts: Accounts) -> None:
    """G4 with m = 0.75 on net resources: N(e) - N(0) >= 0.25 e, here a year's; help in kind is what is not in cash."""
    (one,) = (each for each in library_accounts.accounts if each.household.name == mwp.load_household(name).name)
    in_kind = sum(f.amount for f in one.flows if f.variable in IN_KIND)
    assert one.household_gains - in_kind >= 0.25 * one.cost.wage - 0.02


def test_the_top_up_makes_good_the_end_of_scottish_child_payment(glasgow: Placement) -> None:
    assert glasgow.reformed is not None
    paid = glasgow.reformed.placement
    assert glasgow.law.placement.calculation.amounts_rounded["scottish_child_payment"] == 0
    assert paid.worth.top_up > 100
    assert paid.cash == pytest.approx(glasgow.law.placement.cash + paid.worth.top_up)


def test_costs_of_work_that_are_met_are_worth_what_they_cost_without_childcare() -> None:
    answer = mwp.placement("nes_floor_individual", 16, on=ON)
    assert answer.support_worth == pytest.approx(55.0)
    assert answer.column is answer.side.placement
    assert mwp.placement("nes_floor_individual", 16, on=ON, support="covered").column.key == "covered"


def test_where_the_service_pays_for_childcare_the_award_for_it_stops(leeds: Placement) -> None:
    own, met = leeds.law.placement.calculation.amounts_rounded, leeds.law.covered.calculation.amounts_rounded
    assert own["uc_childcare_element"] == pytest.approx(0.85 * 433)
    assert met["uc_childcare_element"] == 0
    assert leeds.support_worth == pytest.approx(80 + 433 - 0.85 * 433, abs=0.01)


@pytest.mark.parametrize(
    ("segment", "steps", "security"),
    [("bridge", True, False), ("floor-individual", False, True), ("floor-place", False, True), (None, True, True)],
)
def test_a_segment_chooses_what_is_shown_and_changes_no_figure(
    segment: str | None, steps: bool, security: bool, leeds: Placement
) -> None:
    answer = mwp.placement(LEEDS, 16, on=ON, segment=segment)
    titles = [block.title for block in placement_words.told(answer).blocks]
    assert ("Where it could lead" in titles) is steps
    assert ("When a month goes otherwise" in titles) is security
    document = placement_export.placement_document(answer)
    assert bool(document["next_steps"]) is steps
    assert bool(document["security"]) is security
    assert [c.cash for c in answer.side.columns] == [c.cash for c in leeds.side.columns]


def test_nothing_is_asked_of_anybody_and_nobody_is_scored(leeds: Placement, glasgow: Placement) -> None:
    for answer in (leeds, glasgow):
        told = placement_words.told(answer)
        text = " ".join([told.verdict, *(s for block in told.blocks for s in (*block.before, *block.after))]).lower()
        assert "yours to take or leave" in text
        for word in ("you must", "you should", "you need to", "required", "score", "sanctioned"):
            assert word not in text


def test_a_month_without_work_is_the_month_now_for_somebody_out_of_work(leeds: Placement) -> None:
    between = next(step for step in leeds.security if step.key == "between_jobs")
    assert between.left == leeds.law.now.cash
    assert between.change == pytest.approx(-leeds.law.gain(leeds.law.placement))


@pytest.mark.parametrize(
    ("weekly", "day", "paid"),
    [
        (400.0, "2026-06-15", 123.25),
        (100.0, "2026-06-15", 80.0),
        (154.0, "2026-04-06", 123.20),
        (400.0, "2026-04-05", 118.75),
        (124.0, "2026-04-05", 0.0),
        (126.0, "2026-04-05", 118.75),
        (400.0, "2024-06-15", 116.75),
    ],
)
def test_statutory_sick_pay_by_date_and_earnings(weekly: float, day: str, paid: float) -> None:
    """The flat rate; from 6 April 2026 the lower of it and 80% of pay; before, none under the lower earnings limit."""
    assert sick_pay(weekly, date.fromisoformat(day)) == pytest.approx(paid)


# Months in a row


def test_what_is_in_hand_is_what_is_due_but_for_the_first_and_the_last_award(leeds: Placement) -> None:
    for found in (leeds.months, mwp.timeline("nes_bridge", "30h@13.45", "2026-09-01", "2027-02-27")):
        months = found.months
        due = sum(month.due for month in months)
        in_hand = sum(month.in_hand for month in months)
        assert in_hand - due == pytest.approx(months[0].award_paid - months[-1].award - months[-1].top_up, abs=0.01)
        for before, after in pairwise(months):
            assert after.award_paid == before.award


def test_the_first_month_in_work_has_wages_and_the_old_award_and_the_first_after_neither() -> None:
    found = mwp.timeline(SINGLE, "30h@13.45", "2026-06-01", "2026-11-30")
    (before,), work, after = found.of("before"), found.of("job"), found.of("after")
    assert [m.start for m in work] == [date(2026, n, 1) for n in range(6, 12)]
    assert work[0].award_paid == before.award > work[0].award
    assert work[0].in_hand - work[1].in_hand == pytest.approx(before.award - work[0].award, abs=0.01)
    assert after[0].in_hand < before.in_hand == after[1].in_hand
    assert found.better_off_from == work[0]


def test_each_month_has_the_law_of_its_own_first_day() -> None:
    """Universal Credit's standard allowance for one person of 25: 400.14 until April 2026, 424.90 from then."""
    found = mwp.timeline({**BARE, "adults": [{"age": 30}]}, "1h@13", "2026-04-01")
    march, april, may = (month.award for month in found.months[:3])
    assert march == pytest.approx(400.14)
    assert april == pytest.approx(400.14 - 0.55 * 13 * 52 / 12, abs=0.01)
    assert may == pytest.approx(424.90 - 0.55 * 13 * 52 / 12, abs=0.01)


BARE = {"name": "x", "nation": "england", "housing": {"tenure": "owned"}}


def test_englands_school_meals_of_september_2026_come_in_september() -> None:
    home = {**BARE, "adults": [{"age": 30}], "children": [{"age": 9}]}
    found = mwp.timeline(home, "30h@13.45", "2026-07-01")
    by_month = {month.start: month.help_in_kind for month in found.months}
    assert by_month[date(2026, 9, 1)] > by_month[date(2026, 8, 1)] + 30


def test_ages_grow_from_month_to_month() -> None:
    """Somebody of 24, born on 20 August, has the rate from 25 on the first month that begins after the birthday."""
    home = {**BARE, "adults": [{"born": "2001-08-20"}]}
    found = mwp.timeline(home, "1h@13", "2026-07-01")
    by_month = {month.start: month.award for month in found.months}
    assert by_month[date(2026, 9, 1)] - by_month[date(2026, 8, 1)] == pytest.approx(424.90 - 338.58, abs=0.01)


def test_after_the_last_day_known_that_days_law_goes_on() -> None:
    found = mwp.timeline(SINGLE, "16h@13.45", "2027-03-01")
    assert found.months[-1].start > date(2027, 4, 5)
    assert {month.law for month in found.months if month.start > date(2027, 4, 5)} == {date(2027, 4, 5)}
    assert any(told.field == "law" for told in found.assumptions)


def test_help_runs_on_whole_for_six_months_and_is_gone_after_twelve() -> None:
    answer = mwp.placement("nes_floor_place", 16, on=ON)
    job = answer.months_into_job.of("job")
    assert [month.run_on_share for month in job] == pytest.approx(
        [1.0] * 6 + [6 / 7, 5 / 7, 4 / 7, 3 / 7, 2 / 7, 1 / 7]
    )
    assert job[0].run_on > 0
    for month in job:
        assert month.run_on == pytest.approx(month.run_on_share * job[0].run_on, abs=0.011)


def test_the_gate_shuts_six_months_after_the_last_award() -> None:
    answer = mwp.placement("nes_bridge", 37.5, 20.0, ON, weeks=4)
    months = (*answer.months_into_job.of("placement"), *answer.months_into_job.of("job"))
    assert all(month.award == 0 for month in months if month.kind == "placement")
    job = answer.months_into_job.of("job")
    awarded = [month.award > 0 for month in months]
    for place, month in enumerate(job, start=len(months) - len(job)):
        assert month.gate_open is any(awarded[max(0, place - 6) : place + 1])


def test_surplus_earnings_begin_2500_above_the_point_where_the_award_ends() -> None:
    """A single owner of 30: the award of 424.90 ends at net pay of 424.90 / 0.55 = 772.55."""
    home = mwp.household_from({**BARE, "adults": [{"age": 30, "hours": 30, "earnings": 2_000}]})
    over, allowed = timeline.surplus_earnings(home, date.fromisoformat(ON))
    net = mwp.calculate(home, ON).amounts_rounded["take_home_pay"]
    assert allowed == 2_500
    assert over == pytest.approx(net - 424.90 / 0.55 - 2_500, abs=0.02)


def test_a_month_with_two_pay_days_counts_eight_weeks_of_pay() -> None:
    home = mwp.household_from({**BARE, "adults": [{"age": 30, "hours": 8, "hourly_wage": 13.0}]})
    found = timeline.two_pay_days(Stage("job", 1, home, "x"), date.fromisoformat(ON))
    assert found is not None
    assert found[1] == pytest.approx(424.90 - 0.55 * 4 * 8 * 13, abs=0.01)
    assert found[0] == pytest.approx(max(0.0, 424.90 - 0.55 * 8 * 8 * 13), abs=0.01)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"starts": "2024-04-08"}, "outside the law"),
        ({"starts": "2026-06-01", "ends": "2026-06-01"}, "is not after"),
        ({"starts": "2026-06-01", "ends": "2036-06-01"}, "out of range"),
        ({"starts": "2026-06-01", "earner": "partner"}, "no partner"),
    ],
)
def test_months_that_cannot_be_are_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        mwp.timeline(SINGLE, "16h@13", **given)


# The command line


def test_the_command_shows_the_verdict_first_and_the_months() -> None:
    result = run("placement", LEEDS, "--hours", "16", "--on", ON)
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "A placement of 16 hours a week at £13.45 an hour would leave you £586.43 a month better off" in text
    assert "Month by month" in text
    assert "When an ordinary job follows" in text


def test_the_account_command_shows_the_plan_beside() -> None:
    result = run("placement", "--account", "nes_bridge", "--hours", "35", "--on", ON)
    assert result.exit_code == 0, result.output
    for text in ("Beside the plan", "26,122", "15,846", "13,846", "Employer National Insurance", "DWP"):
        assert text in result.stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("placement",), "Give one household"),
        (("placement", LEEDS), "--hours"),
        (("placement", LEEDS, "--hours", "80", "--on", ON), "out of range"),
        (("placement", LEEDS, "--hours", "16", "--wage", "living"), "no wage"),
        (("placement", LEEDS, "--hours", "16", "--wage", "9", "--on", ON), "below the legal minimum"),
        (("placement", LEEDS, "--hours", "16", "--segment", "bridges", "--on", ON), "Did you mean bridge"),
        (("placement", LEEDS, "--hours", "16", "--support", "yes", "--on", ON), "no support called"),
        (("placement", LEEDS, "--hours", "16", "--earner", "partner", "--on", ON), "no partner"),
        (("placement", LEEDS, "--hours", "16", "--all"), "go with --account"),
        (("placement", "--account"), "Give a household"),
        (("placement", LEEDS, "--hours", "16", "--output", "x.txt"), "not a kind of file"),
        (("timeline", LEEDS, "--job", "16h@12.71", "--from", "2030-01-01"), "outside the law"),
    ],
)
def test_bad_input_is_refused_with_exit_code_2(args: tuple[str, ...], told: str) -> None:
    result = run(*args)
    assert result.exit_code == 2, result.output
    assert told in " ".join(result.stderr.split())


def test_documents_on_the_command_line() -> None:
    for args, schema in (
        (("placement", SINGLE, "--hours", "16", "--on", ON), "mwp.placement/1"),
        (("placement", "--account", SINGLE, "--hours", "16", "--on", ON), "mwp.placement-account/1"),
        (("timeline", SINGLE, "--job", "16h@12.71", "--from", ON), "mwp.timeline/1"),
    ):
        result = run(*args, "--json")
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["schema"] == schema


@pytest.mark.parametrize("ending", [".html", ".pdf", ".csv", ".json"])
def test_files_of_a_placement(ending: str, leeds: Placement) -> None:
    content = placement_export.placement_makers(leeds, "mwp placement x")[ending]()
    starts = {".html": b"<!DOCTYPE", ".pdf": b"%PDF", ".csv": b"\xef\xbb\xbf", ".json": b"{"}
    assert content.startswith(starts[ending])
    assert content == placement_export.placement_makers(leeds, "mwp placement x")[ending]() or ending == ".pdf"


@pytest.mark.parametrize("ending", placement_export.ACCOUNT_ENDINGS)
def test_files_of_an_account(ending: str, library_accounts: Accounts) -> None:
    content = placement_export.account_makers(library_accounts, "mwp placement --account --all")[ending]()
    assert len(content) > 1_000


def test_the_table_of_flows_adds_up_to_the_net_cost() -> None:
    found = mwp.placement_account("nes_bridge", 30, on=ON)
    made = placement_export.account_makers(found)[".csv"]().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(made)))
    inside = [row for row in rows if row["purse"] != "companies"]
    assert sum(float(row["pounds_a_year"]) for row in inside) == pytest.approx(-found.accounts[0].net(), abs=0.01)


def test_answers_are_the_same_each_time(leeds: Placement) -> None:
    again = placement_export.placement_document(mwp.placement(LEEDS, 16, on=ON))
    assert json.dumps(again) == json.dumps(placement_export.placement_document(leeds))
