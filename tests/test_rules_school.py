"""School years, school meals and school clothing grants, beyond what the worked cases show."""

from datetime import date
from typing import Any

import numpy as np
import pytest

import mwp
from mwp.core.rounding import NONE
from mwp.core.valuation import CHOICES, Valuation
from mwp.engine.encode import encode, school_clothing_rows
from mwp.engine.law import at, current_law
from mwp.engine.simulation import Path, Terms, _calculate, simulate
from mwp.engine.system import rule_graph
from mwp.errors import InputError
from mwp.inputs import places
from mwp.inputs.household import Household
from mwp.rules.school_years import age_on, in_year_of, school_year, school_year_began

LAW = at(current_law(), date(2026, 9, 1))
WANTED = ("universal_credit", "universal_school_meals", "free_school_meals", "school_clothing_grant")


def home(**told: Any) -> Household:
    base = {"name": "x", "nation": "england", "greater_london": False, "housing": {"tenure": "owned"}}
    if told.get("nation", "england") != "england":
        del base["greater_london"]
    return mwp.household_from({**base, "adults": [{"age": 40}], **told})


def amount(household: Household, name: str, on: date, choice: Any = "central") -> float:
    found = simulate(encode([household], on), at(current_law(), on), [name], rounding=NONE, valuation=Valuation(choice))
    return float(found.amounts[name][0, 0])


@pytest.mark.parametrize(
    ("born", "day", "age"), [(20160901, 20260831, 9), (20160901, 20260901, 10), (20240229, 20260228, 1)]
)
def test_age_on_a_day_turns_on_the_birthday(born, day, age):
    assert age_on(np.array([float(day)]), np.array([float(born)])) == [age]


def test_a_month_and_day_falls_in_the_year_of_the_date():
    assert in_year_of(20260415.0, 831) == 20260831


@pytest.mark.parametrize(
    ("nation", "on", "began"),
    [
        ("elsewhere", 20260831, 20250901),
        ("elsewhere", 20260901, 20260901),
        ("scotland", 20260814, 20250815),
        ("scotland", 20260815, 20260815),
        ("northern_ireland", 20260831, 20250901),
    ],
)
def test_the_school_year_begins_on_its_nations_day(nation, on, began):
    one = np.array([True])
    found = school_year_began(one & (nation == "scotland"), one & (nation == "northern_ireland"), on, LAW.school_years)
    assert found == [began]


@pytest.mark.parametrize(
    ("nation", "last_born", "too_old"),
    [("england", 20080901, 20080831), ("scotland", 20090301, 20090228), ("northern_ireland", 20080702, 20080701)],
)
def test_the_last_year_of_school_is_the_last(nation, last_born, too_old):
    """In September 2026: Year 13, S6 and Year 14."""
    scotland, northern_ireland = np.array([nation == "scotland"]), np.array([nation == "northern_ireland"])
    began = np.array([20260815.0 if nation == "scotland" else 20260901.0])
    yes = np.array([True])
    for born, is_at_school in ((last_born, True), (too_old, False)):
        found = school_year(yes, yes, np.array([float(born)]), began, scotland, northern_ireland, LAW.school_years)
        assert (found > 0) == [is_at_school]


def test_a_child_goes_up_one_year_each_september():
    years = [amount_of_pupil("school_year", date(2024 + n, 9, 1)) for n in range(3)]
    assert years == [3, 4, 5]


def amount_of_pupil(name: str, on: date) -> float:
    """A child's own variable: the second person of a household of one adult and a child."""
    table = encode([home(children=[{"born": "2018-01-10"}])], on)
    graph = rule_graph()
    held = _calculate(table, Terms(at(current_law(), on)), table.columns, graph.needed_for([name]), [name], graph)
    return float(held[name][1])


def test_meals_are_valued_low_central_and_high():
    family = home(children=[{"born": "2014-10-03"}, {"born": "2020-01-01"}])
    for name in ("universal_school_meals", "free_school_meals"):
        low, central, high = (amount(family, name, date(2026, 9, 1), choice) for choice in CHOICES)
        assert 0 < low < central < high
    assert amount(family, "free_school_meals", date(2026, 9, 1), "low") == pytest.approx(190 * 2.10 / 12)
    assert amount(family, "free_school_meals", date(2026, 9, 1), "high") == pytest.approx(190 * 3.45 / 12)


@pytest.mark.parametrize("nation", ["england", "scotland", "wales", "northern_ireland"])
def test_a_child_out_of_state_schools_brings_no_help(nation):
    family = home(nation=nation, children=[{"born": "2012-01-10", "at_state_school": False}, {"born": "2024-01-10"}])
    for name in WANTED[1:]:
        assert amount(family, name, date(2026, 6, 15)) == 0


def test_at_state_school_is_yes_or_no():
    with pytest.raises(InputError, match="at_state_school"):
        home(children=[{"age": 7, "at_state_school": "sometimes"}])


def test_every_sampled_council_is_a_council_of_england():
    rows = school_clothing_rows()
    assert sorted(rows.values()) == list(range(len(rows)))
    assert all(places.authorities()[council].nation == "england" for council in rows)


@pytest.mark.parametrize(
    ("council", "on", "a_year"),
    [
        ("hackney", date(2026, 6, 15), 100),
        ("islington", date(2026, 6, 15), 150),
        ("southwark", date(2026, 6, 15), 45),
        ("tower_hamlets", date(2025, 8, 31), 110),
        ("tower_hamlets", date(2025, 9, 1), 150),
        ("newham", date(2026, 6, 15), 0),
    ],
)
def test_each_sampled_council_pays_its_own_grant(council, on, a_year):
    starting = "2013-03-03" if on < date(2025, 9, 1) else "2014-03-03"
    family = home(local_authority=council, greater_london=True, children=[{"born": starting}])
    assert amount(family, "school_clothing_grant", on) * 12 == pytest.approx(a_year)


def test_more_earnings_lose_the_meals_once_and_for_all():
    """Along the hours of a lone parent in Wales: help within the limit, none above it, and no other step."""
    family = home(
        nation="wales", adults=[{"age": 40, "hours": 1, "hourly_wage": 13.0}], children=[{"born": "2012-01-10"}]
    )
    hours = np.linspace(0, 40, 401)
    on = date(2026, 6, 15)
    wanted = ("free_school_meals", "school_clothing_grant", "net_earnings_of_unit")
    moved = simulate(encode([family], on), at(current_law(), on), wanted, path=Path({"hours": hours}))
    earnings = moved.amounts["net_earnings_of_unit"][0]
    for name in wanted[:2]:
        np.testing.assert_array_equal(moved.amounts[name][0] > 0, earnings <= 616.67)
    whole = simulate(encode([family], on), at(current_law(), on), wanted, path=Path({"hours": hours}), split=False)
    for name in wanted:
        np.testing.assert_allclose(moved.amounts[name], whole.amounts[name])


@pytest.mark.parametrize("name", ["free_school_meals", "school_clothing_grant", "universal_school_meals"])
def test_help_says_how_to_claim_it_and_when_it_ends(name):
    one = rule_graph().rules[name]
    assert one.claim.endswith(".")
    assert one.run_on.endswith(".")
    for tested in one.test or ():
        assert rule_graph().rules[tested].unit == "currency-GBP"
