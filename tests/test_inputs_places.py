"""Places, rates by place, dates and names."""

from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest

from mwp.core import parameters
from mwp.errors import InputError
from mwp.inputs import places
from mwp.inputs.dates import check_on, iso_date, months_later, parse_on
from mwp.inputs.names import did_you_mean, listed, nearest, snake

SIZES = ("shared", "bed1", "bed2", "bed3", "bed4")


def areas(nation: str) -> dict[str, dict[str, float]]:
    """Each rental market area's monthly rates, by size."""
    tree: dict[str, Any] = parameters.documents()["local_housing_allowance"][nation]
    return {key: {size: next(iter(tree[key][size].values())) for size in SIZES} for key in places.brmas(nation)}


def test_every_council_is_there_once() -> None:
    """ONS counts of April 2025: 296 in England (33 in London), 32 in Scotland, 22 in Wales, 11 in Northern Ireland."""
    councils = places.authorities().values()
    counted = Counter(council.nation for council in councils)
    assert counted == {"england": 296, "scotland": 32, "wales": 22, "northern_ireland": 11}
    assert sum(council.in_greater_london for council in councils) == 33
    assert all(council.nation == "england" for council in councils if council.in_greater_london)


@pytest.mark.parametrize(
    ("key", "name", "nation", "in_london"),
    [
        ("leeds", "Leeds", "england", False),
        ("tower_hamlets", "Tower Hamlets", "england", True),
        ("city_of_london", "City of London", "england", True),
        ("kings_lynn_and_west_norfolk", "King's Lynn and West Norfolk", "england", False),
        ("hull", "Kingston upon Hull", "england", False),
        ("glasgow", "Glasgow City", "scotland", False),
        ("western_isles", "Na h-Eileanan Siar", "scotland", False),
        ("isle_of_anglesey", "Isle of Anglesey", "wales", False),
        ("armagh_city_banbridge_and_craigavon", "Armagh City, Banbridge and Craigavon", "northern_ireland", False),
    ],
)
def test_a_council_is_found_by_key_or_by_another_name(key: str, name: str, nation: str, in_london: bool) -> None:
    council = places.authority(key)
    assert council is not None
    assert (council.name, council.nation, council.in_greater_london) == (name, nation, in_london)


def test_every_other_name_leads_to_a_council() -> None:
    for other, key in places._listing()["also_known_as"].items():
        assert key in places.authorities(), key
        assert other not in places.authorities(), f"{other} is a council itself"


@pytest.mark.parametrize(
    ("nation", "number"), [("england", 152), ("scotland", 18), ("wales", 22), ("northern_ireland", 8)]
)
def test_every_rental_market_area_is_there(nation: str, number: int) -> None:
    assert len(areas(nation)) == number


def test_no_two_rental_market_areas_share_a_key() -> None:
    keys = [key for nation in places.NATIONS for key in places.brmas(nation)]
    assert len(keys) == len(set(keys))
    assert places.nations_of_brma("leeds") == ["england"]
    assert places.nations_of_brma("nowhere") == []


def test_rates_are_positive_and_rise_with_size() -> None:
    for nation in places.NATIONS:
        for key, rates in areas(nation).items():
            in_order = list(rates.values())
            assert in_order[0] > 200, key
            assert in_order == sorted(in_order), key
            assert in_order[-1] <= 3060.00, f"{key} is above the national limit of four bedrooms"


@pytest.mark.parametrize(
    ("nation", "key", "weekly"),
    [
        # Councils' own weekly tables for 2026-27; Universal Credit's month is 365/84 weeks.
        ("england", "coventry", (99.50, 132.33, 155.34, 178.36, 230.14)),
        ("scotland", "greater_glasgow", (103.56, 159.95, 195.62, 223.23, 414.25)),
        ("scotland", "lothian", (109.32, 172.60, 223.23, 316.44, 501.70)),
    ],
)
def test_rates_agree_with_weekly_tables(nation: str, key: str, weekly: tuple[float, ...]) -> None:
    assert list(areas(nation)[key].values()) == pytest.approx([rate * 365 / 84 for rate in weekly], abs=0.03)


def test_every_rate_has_what_a_number_of_the_law_needs() -> None:
    metadata = parameters.documents()["local_housing_allowance"]["metadata"]
    assert (metadata["unit"], metadata["period"], metadata["status"]) == ("currency-GBP", "month", "in_force")
    assert all(reference["href"].startswith("https://") for reference in metadata["reference"])


@pytest.mark.parametrize(
    ("nation", "key", "name"),
    [
        ("england", "hull_and_east_riding", "Hull and East Riding"),
        ("england", "weston_s_mare", "Weston-S-Mare"),
        ("scotland", "renfrewshire_inverclyde", "Renfrewshire/Inverclyde"),
        ("northern_ireland", "lough_neagh_lower", "Lough Neagh Lower"),
    ],
)
def test_a_rental_market_area_has_its_official_name(nation: str, key: str, name: str) -> None:
    assert places.brmas(nation)[key] == name
    assert snake(name) == key


def test_the_london_areas_are_known_by_name() -> None:
    inside = [key for key in places.brmas("england") if places.brma_in_greater_london(key)]
    assert len(inside) == 14
    assert "central_london" in inside
    assert "walton" not in inside


# Dates


def test_a_date_is_year_month_day() -> None:
    assert parse_on("2026-06-15") == iso_date(" 2026-06-15 ") == date(2026, 6, 15)
    assert parse_on(date(2026, 6, 15)) == parse_on(datetime(2026, 6, 15, 12)) == date(2026, 6, 15)


@pytest.mark.parametrize("text", ["15/06/2026", "2026-6-15", "20260615", "2026-06-15T10:00", "today", "", "2026-W24-1"])
def test_any_other_date_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"Write the year, month and day, as in 2026-06-15\."):
        parse_on(text)


def test_a_day_that_is_not_in_the_calendar_is_refused() -> None:
    with pytest.raises(InputError, match="There is no day 2026-02-29 in the calendar"):
        parse_on("2026-02-29")


def test_a_date_must_be_one_whose_law_is_known() -> None:
    first, last = date(2024, 4, 8), date(2027, 4, 5)
    assert check_on(first, first, last) == first
    assert check_on(last, first, last) == last
    for outside in (date(2024, 4, 7), date(2027, 4, 6)):
        with pytest.raises(InputError, match="Give a date from 2024-04-08 to 2027-04-05"):
            check_on(outside, first, last)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-08-31", -6, "2026-02-28"),
        ("2024-08-31", -6, "2024-02-29"),
        ("2026-05-31", 1, "2026-06-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_months_later_stays_in_the_month(day: str, months: int, then: str) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(then)


# Names


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("leds", "leeds"),
        ("Leeds", "leeds"),
        ("tower hamlets", "tower_hamlets"),
        ("Tower-Hamlets", "tower_hamlets"),
        ("newcastle", "newcastle_upon_tyne"),
        ("zzzzzz", None),
        ("", None),
        (None, None),
    ],
)
def test_the_nearest_name(word: object, near: str | None) -> None:
    assert nearest(word, ["leeds", "tower_hamlets", "newcastle_upon_tyne", "leicester"]) == near


def test_names_in_a_sentence() -> None:
    assert did_you_mean("leds", ["leeds"]) == " Did you mean leeds?"
    assert did_you_mean("zzz", ["leeds"]) == ""
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "nothing",
        "a",
        "a or b",
        "a, b or c",
    ]
