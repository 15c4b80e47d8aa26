"""English councils' own schemes of council tax reduction: every file, every row of every table, and how they behave."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path as FilePath
from typing import Any, get_args

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mwp
from mwp import resources
from mwp.analysis.calculation import amounts_of, law_on
from mwp.core import council_schemes, parameters
from mwp.core.council_schemes import BANDS, FACTS, MOST_CHILDREN, SIDES, Branch, Council, of_type
from mwp.core.rounding import AS_THE_LAW, NONE
from mwp.core.units import WEEKS_A_MONTH
from mwp.engine.encode import encode
from mwp.engine.simulation import Path, simulate
from mwp.errors import InputError
from mwp.inputs import places
from mwp.inputs.household import Household, with_council
from mwp.rules.council_scheme_tables import TYPES, tables_on
from mwp.rules.council_tax_reduction_local import ctr_local_band, ctr_local_rate
from tests.support import evaluate

ON = date(2026, 6, 15)
COUNCILS = tuple(council_schemes.rows())
PENNY = 0.01
ALL_TYPES = tuple((couple, children) for couple in (False, True) for children in range(MOST_CHILDREN + 1))


@cache
def branches() -> tuple[tuple[str, Branch], ...]:
    """Every branch in force that has a line of its own, in the order of the lines from 1 on."""
    found = []
    for name, council in council_schemes.councils().items():
        scheme = council.scheme_on(20260615)
        for branch in scheme.branches if scheme else ():
            if branch.method != "national_default":
                found.append((name, branch))
    return tuple(found)


# The files


def test_there_are_more_than_a_hundred_councils():
    assert len(COUNCILS) >= 100


@pytest.mark.parametrize("name", COUNCILS)
def test_a_council_file_is_whole(name):
    council, known = council_schemes.council(name), places.authorities()[name]
    assert (council.name, "england") == (known.name, known.nation)
    assert council.gss.startswith("E09") == known.in_greater_london
    years = [scheme.year for scheme in council.schemes]
    assert years == sorted(set(years))
    for year in (*years, council.band_d.year):
        assert int(year[:4]) + 1 == 2000 + int(year[5:])
    for scheme in council.schemes:
        assert scheme.source.href.startswith("https://")
        assert scheme.certainty == "A" or scheme.certainty in "BC"
        for gap in scheme.incomplete:
            assert gap.told[0].isupper(), gap
            assert gap.told.endswith("."), gap
    used = [branch.method for scheme in council.schemes for branch in scheme.branches]
    if "national_default" in used:
        assert any("default scheme" in gap.told for scheme in council.schemes for gap in scheme.incomplete)


def test_no_two_councils_have_one_code():
    codes = [council.gss for council in council_schemes.councils().values()]
    assert len(set(codes)) == len(codes)


def test_every_method_a_scheme_can_have_is_had_by_some_council():
    methods = {branch.method for _, branch in branches()} | {"national_default"}
    assert methods == set(get_args(Branch.model_fields["method"].annotation))


def test_every_fact_that_a_branch_can_ask_is_asked_or_is_a_plain_one():
    asked = {fact for _, b in branches() for fact in (*b.if_any_of, *b.if_all_of, *b.if_none_of)}
    assert set(FACTS) - asked <= {"couple"}


def test_the_tables_stay_out_of_the_tree_of_parameters():
    assert not set(parameters.TABLES) & set(parameters.documents())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"rates": [0.5, 0.75]}, "rates rise with income"),
        ({"starts": [200, 100]}, "edges are not in order"),
        ({"rates": [0.75, 0.5, 0.25, 0.1]}, "4 rates do not fit 2 edges"),
        ({"starts": {"C": [100, 200]}}, "no row for S0"),
        ({"upper": [100, 200]}, "one of starts and upper"),
        ({"capital": None}, "capital is missing"),
        ({"method": "taper"}, "a taper needs taper and allowance"),
        ({"method": "fixed_rate", "max_rate": 0.9}, "a fixed rate has max_rate and no table"),
        ({"method": "bands_on_excess"}, "need allowance"),
        ({"allowance": "default_scheme"}, "compares income with no allowance"),
        ({"method": "contribution_table"}, "needs contributions"),
        ({"if_any_of": ["rich"]}, "if_any_of"),
        ({"if_any_of": ["carer"]}, "no last branch for everyone with universal credit"),
        ({"tapper": 0.2}, "tapper"),
    ],
)
def test_a_wrong_file_is_refused(change, told):
    branch = {"method": "bands_on_income", "rates": [0.75, 0.5], "starts": [100, 200], "capital": {"limit": 6_000}}
    source = {"title": "A scheme", "href": "https://example.org/scheme"}
    given = {
        "name": "x",
        "gss": "E06000001",
        "band_d": {"year": "2026-27", "amount": 2_000, "source": source},
        "schemes": [{"year": "2026-27", "certainty": "A", "source": source, "branches": [branch]}],
    }
    Council.model_validate(given)
    branch |= change
    with pytest.raises(ValueError, match=told):
        Council.model_validate(given)


def test_a_wrong_file_is_named(tmp_path, monkeypatch):
    folder = tmp_path / "council_schemes"
    folder.mkdir()
    (folder / "leeds.yaml").write_text("name: Leeds\n")
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path)
    council_schemes.rows.cache_clear()
    council_schemes.council.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"parameters/council_schemes/leeds\.yaml"):
            council_schemes.council("leeds")
    finally:
        monkeypatch.undo()
        council_schemes.rows.cache_clear()
        council_schemes.council.cache_clear()


# A council is one YAML file: written anew here, each type finds its row


@pytest.mark.parametrize(
    ("couple", "children", "row"),
    [(False, 0, "S"), (True, 0, "C"), (False, 1, "1"), (True, 1, "C1"), (False, 2, "1"), (True, 5, "C1")],
)
def test_a_household_type_takes_the_row_with_most_of_its_children(couple, children, row):
    assert of_type({key: key for key in ("S", "C", "1", "C1")}, couple, children) == row


# Every row of every table is reached


def plainly(branch: Branch, couple: bool, children: int, weekly: float) -> tuple[int, float]:
    """The band and the rate for an income, read off the branch without any array."""
    rates, edges = branch.rates_of(couple, children), branch.edges_of(couple, children)
    income = weekly * WEEKS_A_MONTH if branch.per == "month" else weekly
    band = sum(income > edge + 1e-9 if stays else income >= edge - 1e-9 for edge, stays in edges)
    return band, rates[band] if band < len(rates) else 0.0


def test_each_side_of_every_edge_has_the_rate_that_the_file_says():
    """One penny a week below, at and above every edge of every table, for every household type."""
    lines, types, incomes, expected = [], [], [], []
    for line, (_, branch) in enumerate(branches(), start=1):
        for kind, (couple, children) in enumerate(ALL_TYPES):
            for edge, _ in branch.edges_of(couple, children) or ((100.0, False),):
                weekly = edge / WEEKS_A_MONTH if branch.per == "month" else edge
                step = PENNY / WEEKS_A_MONTH if branch.per == "month" else PENNY
                for income in (max(weekly - step, 0.0), weekly, weekly + step):
                    lines.append(line)
                    types.append(float(kind))
                    incomes.append(income * WEEKS_A_MONTH)
                    expected.append(plainly(branch, couple, children, income))
    at, of, x = np.array(lines), np.array(types), np.array(incomes)
    bands = ctr_local_band(at, of, x, on=20260615)
    rates = ctr_local_rate(at, of, bands, np.full(len(at), True), x + 1.0, x, np.ones(len(at)), on=20260615)
    assert len(at) > 10_000
    np.testing.assert_array_equal(bands, [band for band, _ in expected])
    np.testing.assert_allclose(rates, [rate for _, rate in expected])


FACT_TOLD: dict[str, dict[str, Any]] = {
    "disability_benefit": {"pip": {"daily_living": "standard"}},
    "lcwra": {"health": "lcwra"},
    "limited_capability": {"health": "lcw"},
    "carer": {"caring_hours": 40.0, "cares_for": "other"},
    "esa_support_group": {"benefits": {"new_style_esa": "auto", "esa_support_group": True}, "health": "lcwra"},
}
NEED_CHILDREN = {"lone_parent", "has_children", "child_under_5", "child_under_6", "disabled_child"}


def home_with(council: str, couple: bool, children: int, facts: frozenset[str], uc: bool) -> Household | None:
    """A household of a type for which the facts are so; None where the type cannot have them."""
    if (facts & NEED_CHILDREN and not children) or ("lone_parent" in facts and couple):
        return None
    if "single_under_25" in facts and (couple or children):
        return None
    first = {"age": 22 if "single_under_25" in facts else 40, "hours": 20.0, "earnings": 1.0}
    for fact in facts & set(FACT_TOLD):
        first |= FACT_TOLD[fact]
    young = bool(facts & {"child_under_5", "child_under_6"})
    told = [{"age": 3 if young and not i else 9, "sex": "f" if i % 2 else "m"} for i in range(children)]
    if "disabled_child" in facts:
        told[0]["disability"] = "lower"
    band = "G" if "band_f_or_above" in facts else "B"
    rented = {"tenure": "social_rent", "rent": 3_000, "bedrooms": 4}
    rented |= {"extra_bedrooms": 2} if "needs_three_bedrooms" in facts else {}
    return mwp.household_from(
        {
            "name": council,
            "nation": "england",
            "local_authority": council,
            "adults": [first, {"age": 40}][: 1 + couple],
            "children": told,
            "housing": {"tenure": "owned"} if "pays_no_rent" in facts else rented,
            "council_tax": {"band": band, "amount": "auto"},
            "options": {"take_up": {"universal_credit": uc}, "benefit_cap_grace_period": True},
        }
    )


def rows_of(branch: Branch) -> dict[Any, list[int]]:
    """The rows of a branch's table, each with the household types that share it and can come to the branch."""
    found: dict[Any, list[int]] = {}
    for kind, (couple, children) in enumerate(ALL_TYPES):
        if can_be(branch, couple, children):
            row = branch.rates_of(couple, children), branch.edges_of(couple, children)
            found.setdefault(row, []).append(kind)
    return found


def families() -> Iterator[Household]:
    """For each row of each branch of every council two types, with Universal Credit, capped or not, and without."""
    for name, branch in branches():
        options = [frozenset({fact, *branch.if_all_of}) for fact in branch.if_any_of] or [frozenset(branch.if_all_of)]
        for kinds in rows_of(branch).values():
            for kind in kinds[:2]:
                for facts in options:
                    yield from homes_with(name, *ALL_TYPES[kind], facts, branch)


def homes_with(council: str, couple: bool, children: int, facts: frozenset[str], branch: Branch) -> Iterator[Household]:
    for side in branch.sides:
        home = home_with(council, couple, children, facts, side == "with_universal_credit")
        if home is not None:
            yield home
            if side == "with_universal_credit":
                capped = home.options.model_copy(update={"benefit_cap_grace_period": False})
                yield home.model_copy(update={"options": capped})


def test_every_row_of_every_table_is_reached_by_a_household():
    """Sweeping pay of families of every type in every council comes through each band of each branch."""
    homes = list(families())
    wanted = ("ctr_line", "ctr_household_type", "ctr_local_band")
    path = Path({"stated_pay": np.concatenate(([0.0, 0.02, 0.2], np.arange(10.0, 7_000.0, 12.0)))})
    reached: set[tuple[int, int, int]] = set()
    for start in range(0, len(homes), 500):
        found = simulate(encode(homes[start : start + 500], ON), law_on(ON), wanted, path=path).amounts
        rows = np.stack([found[name].reshape(-1).astype(int) for name in wanted], axis=1)
        reached |= {(int(line), int(kind), int(band)) for line, kind, band in np.unique(rows, axis=0)}
    missing = []
    for line, (name, branch) in enumerate(branches(), start=1):
        for (rates, _), kinds in rows_of(branch).items():
            for band in range(len(rates)):
                if not any((line, kind, band) in reached for kind in kinds):
                    missing.append((name, line, [ALL_TYPES[kind] for kind in kinds], band))
    assert not missing, missing


def can_be(branch: Branch, couple: bool, children: int) -> bool:
    """Whether a household of the type can come to the branch at all."""
    impossible = (set() if children else NEED_CHILDREN) | ({"lone_parent"} if couple else set())
    impossible |= {"single_under_25"} if couple or children else set()
    if set(branch.if_all_of) & impossible or (branch.if_any_of and set(branch.if_any_of) <= impossible):
        return False
    plain = {"has_children"} if children else set()
    return not plain & set(branch.if_none_of)


# Cases by rule: (council, what is known a week, reduction a week). The arithmetic is in each row


def weekly(council: str, told: dict[str, float], *, side: str = "without", on: date = ON) -> float:
    """The reduction a week of one adult of a council, from amounts a week; other facts as they are given."""
    money = {
        "council_tax", "net_earnings_of_unit", "uc_earned_income", "universal_credit", "uc_maximum_amount",
        "uc_unearned_income", "uc_housing_element", "uc_standard_allowance",
    }  # fmt: skip
    given = {"in_england": 1.0, "age": 30.0, "is_claimants_unit": 1.0, "council_tax_band": 1.0}
    given |= {"council_scheme": float(council_schemes.rows()[council]), "uc_maximum_amount": 0.0}
    given |= {
        "universal_credit": 0.0 if side == "without" else 0.01,
        "uc_earned_income": 0.0,
        "uc_unearned_income": 0.0,
    }
    given |= {name: value * WEEKS_A_MONTH if name in money else value for name, value in told.items()}
    found = evaluate(given, ["council_tax_reduction"], on, rounding=NONE)["council_tax_reduction"]
    return found / WEEKS_A_MONTH


def test_croydons_published_examples():
    """www.croydon.gov.uk/benefits/changes-council-tax-support/example-support-calculations.

    A wage of 320 brings 20% of 28.71: 5.74. A couple with a disability benefit, earnings of 260 of which 50 are
    ignored, have 40% of 43.07: 17.23. (The council's third example, 188.08 a week at 40%, is of an earlier table: the
    table of 2026-27 gives 60% from 158 to 208.)
    """
    assert weekly("croydon", {"council_tax": 28.71, "net_earnings_of_unit": 320, "gross_pay_of_unit": 1_500}) == (
        pytest.approx(5.74, abs=0.005)
    )
    disabled = {"council_tax": 43.07, "net_earnings_of_unit": 260, "gross_pay_of_unit": 1_200, "is_couple": 1}
    assert weekly("croydon", disabled | {"has_disabled_adult": 1}) == pytest.approx(17.23, abs=0.005)


@pytest.mark.parametrize(
    ("council", "earned", "rest", "expected"),
    [
        # Redbridge, couple with a child working 16 hours: 46% of 30 below 313, nil at 313
        ("redbridge", 312.99, {"num_children": 1, "is_couple": 1, "num_in_ctr_work": 1}, 0.46 * 30),
        ("redbridge", 313.00, {"num_children": 1, "is_couple": 1, "num_in_ctr_work": 1}, 0.0),
        # without children 36% below 234; out of work 50%
        ("redbridge", 233.99, {"num_in_ctr_work": 1}, 0.36 * 30),
        ("redbridge", 234.00, {"num_in_ctr_work": 1}, 0.0),
        ("redbridge", 100.00, {"num_in_ctr_work": 0}, 0.50 * 30),
        # Lambeth with two children: each edge after the first 60 higher
        ("lambeth", 160.00, {"num_children": 2}, 0.55 * 30),
        ("lambeth", 160.01, {"num_children": 2}, 0.45 * 30),
        ("lambeth", 250.00, {"num_children": 5}, 0.55 * 30),
        ("lambeth", 250.01, {"num_children": 5}, 0.45 * 30),
        ("lambeth", 530.00, {"num_children": 6}, 0.15 * 30),
        ("lambeth", 530.01, {"num_children": 6}, 0.0),
        # Bury with one child: 60% to 200 a month, which is 46.15 a week; with two to 300, 69.23
        ("bury", 46.15, {"num_children": 1}, 0.60 * 30),
        ("bury", 46.16, {"num_children": 1}, 0.40 * 30),
        ("bury", 69.23, {"num_children": 2}, 0.60 * 30),
        ("bury", 69.24, {"num_children": 2}, 0.40 * 30),
        # Knowsley, a couple with a child: 64% under 160, nil from 340
        ("knowsley", 159.99, {"num_children": 1, "is_couple": 1}, 0.64 * 30),
        ("knowsley", 160.00, {"num_children": 1, "is_couple": 1}, 0.44 * 30),
        ("knowsley", 339.99, {"num_children": 1, "is_couple": 1}, 0.20 * 30),
        ("knowsley", 340.00, {"num_children": 1, "is_couple": 1}, 0.0),
        # Southend with one child: 75% below 185.01, then half; 20 of earnings is ignored
        ("southend_on_sea", 205.00, {"num_children": 1}, 0.75 * 30),
        ("southend_on_sea", 205.01, {"num_children": 1}, 0.50 * 30),
        # Croydon, a lone parent with a child under 5: ten points less at each edge, 20% until 458
        ("croydon", 207.99, {"num_children": 1, "has_child_under_5": 1}, 0.70 * 30),
        ("croydon", 208.00, {"num_children": 1, "has_child_under_5": 1}, 0.60 * 30),
        ("croydon", 457.99, {"num_children": 1, "has_child_under_5": 1}, 0.20 * 30),
        ("croydon", 458.00, {"num_children": 1, "has_child_under_5": 1}, 0.0),
        # Ealing protects a disability benefit (all of the bill to 154.18) and a lone parent of a child under 5
        ("ealing", 154.18, {"has_disabled_adult": 1}, 1.00 * 30),
        ("ealing", 154.19, {"has_disabled_adult": 1}, 0.75 * 30),
        ("ealing", 154.18 + 38.54, {"num_children": 1, "has_child_under_5": 1}, 1.00 * 30),
        ("ealing", 154.18 + 38.54, {"num_children": 1}, 0.80 * 30),
        # Hounslow: 90% for a carer, whatever is earned
        ("hounslow", 500.00, {"num_carers": 1}, 0.90 * 30),
        ("hounslow", 500.00, {}, 0.0),
        # Barnsley ignores 30 of earnings: the last band of a single person ends at 240.58
        ("barnsley", 270.58, {}, 0.25 * 30),
        ("barnsley", 270.59, {}, 0.0),
        # North Yorkshire ignores 25 of a single person's earnings, 50 of others', and 40 of all income for a disability
        ("north_yorkshire", 176.00, {}, 1.0 * 30),
        ("north_yorkshire", 176.01, {}, 0.75 * 30),
        ("north_yorkshire", 258.00, {"is_couple": 1}, 1.0 * 30),
        ("north_yorkshire", 258.01, {"is_couple": 1}, 0.75 * 30),
        ("north_yorkshire", 323.01, {"num_children": 1}, 0.75 * 30),
        ("north_yorkshire", 216.00, {"has_disabled_adult": 1}, 1.0 * 30),
        ("north_yorkshire", 216.01, {"has_disabled_adult": 1}, 0.75 * 30),
        ("north_yorkshire", 356.00, {}, 0.25 * 30),
        ("north_yorkshire", 356.01, {}, 0.0),
        # Hillingdon: 75% to the last limit for who is protected; 25 of earnings ignored without Universal Credit
        ("hillingdon", 205.00, {"has_disabled_adult": 1}, 0.75 * 30),
        ("hillingdon", 205.01, {"has_disabled_adult": 1}, 0.0),
        ("hillingdon", 205.00, {}, 0.15 * 30),
        # Islington: a penny of earnings ends the whole bill of a disabled person
        ("islington", 0.00, {"has_disabled_adult": 1}, 1.0 * 30),
        ("islington", 0.01, {"has_disabled_adult": 1}, 0.85 * 30),
        ("islington", 0.00, {"num_children": 1, "has_child_under_5": 1}, 1.0 * 30),
        ("islington", 0.00, {"num_children": 1}, 0.95 * 30),
        ("islington", 0.00, {"num_with_lcwra": 1}, 0.95 * 30),  # LCWRA: with an award only
        # Plymouth ignores 5 of a single person's earnings, 10 of a couple's, 20 for a disability; a child under 5
        # brings the last row
        ("plymouth", 109.99, {}, 0.80 * 30),
        ("plymouth", 110.00, {}, 0.60 * 30),
        ("plymouth", 167.99, {"is_couple": 1}, 0.80 * 30),
        ("plymouth", 168.00, {"is_couple": 1}, 0.60 * 30),
        ("plymouth", 124.99, {"has_disabled_adult": 1}, 0.80 * 30),
        ("plymouth", 125.00, {"has_disabled_adult": 1}, 0.60 * 30),
        ("plymouth", 353.99, {"num_children": 1, "has_child_under_5": 1}, 0.80 * 30),
        ("plymouth", 354.00, {"num_children": 1, "has_child_under_5": 1}, 0.60 * 30),
        ("plymouth", 287.99, {"num_children": 1}, 0.80 * 30),
        ("plymouth", 288.00, {"num_children": 1}, 0.60 * 30),
    ],
)
def test_a_threshold_one_penny_apart(council, earned, rest, expected):
    told = {"council_tax": 30.0, "net_earnings_of_unit": earned, "gross_pay_of_unit": earned * 5, **rest}
    assert weekly(council, told) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("council", "bill", "expected"),
    [
        ("hillingdon", 20.00, 0.15 * 20),  # the lowest band, 15%: 3.00 is the least that is paid
        ("hillingdon", 19.99, 0.0),
        ("cheshire_east", 13.34, 0.15 * 13.34),  # 2.00
        ("cheshire_east", 13.33, 0.0),
        ("derby", 5.00, 4.00),  # 80% of the bill: 4.00 is the least
        ("derby", 4.99, 0.0),
        ("haringey", 1.25, 0.802 * 1.25),  # 80.2%: 1.00
        ("haringey", 1.24, 0.0),
        ("enfield", 1.00, 0.5),  # half: 0.50
        ("enfield", 0.99, 0.0),
    ],
)
def test_the_minimum_award_is_a_cliff(council, bill, expected):
    earned = {"hillingdon": 25 + 160, "cheshire_east": 215}.get(council, 0)
    told = {"council_tax": bill, "net_earnings_of_unit": earned, "gross_pay_of_unit": 4 * earned}
    assert weekly(council, told) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("council", "savings", "paid"),
    [
        ("hillingdon", 6_000, True),  # over 6,000
        ("hillingdon", 6_000.01, False),
        ("torbay", 5_999.99, True),  # 6,000 or more
        ("torbay", 6_000, False),
        ("north_yorkshire", 6_000, False),
        ("islington", 15_999.99, True),
        ("islington", 16_000, False),
        ("sandwell", 3_000, True),
        ("sandwell", 3_000.01, False),
        ("hartlepool", 9_999.99, True),  # under 10,000
        ("hartlepool", 10_000, False),
        ("wigan", 12_000, True),
        ("wigan", 12_000.01, False),
    ],
)
def test_the_limit_of_savings(council, savings, paid):
    told = {"council_tax": 28.0, "savings": savings, "net_earnings_of_unit": 40, "gross_pay_of_unit": 200}
    assert (weekly(council, told | {"ctr_net_earnings": 0}) > 0) == paid


@pytest.mark.parametrize("side", ["with", "without"])
@pytest.mark.parametrize(
    ("savings", "earned", "paid"),
    [(16_000, 0, True), (16_000.01, 0, False), (8_000, 10, True), (8_000.01, 10, False)],
)
def test_a_disabled_person_who_does_not_work_may_have_more_savings_in_croydon(side, savings, earned, paid):
    """8,000, and 16,000 for disabled people who do not work.

    Croydon's own questions and answers: getinvolved.croydon.gov.uk/cts-oct22/widgets/55434/faqs.
    """
    told = {"council_tax": 28.0, "savings": savings, "has_disabled_adult": 1, "net_earnings_of_unit": earned}
    told |= {"gross_pay_of_unit": earned, "uc_earned_income": earned}
    assert (weekly("croydon", told, side=side) > 0) == paid
    assert weekly("croydon", told | {"has_disabled_adult": 0, "savings": 8_000.01}, side=side) == 0


def test_thirty_of_earnings_is_ignored_in_cheshire_west_and_who_is_protected_has_the_whole_bill():
    """95.55 to live on without an award: 145.55 of earnings is 20 too much, of which 20% comes off."""
    told = {"council_tax": 30.0, "ctr_net_earnings": 145.55 * WEEKS_A_MONTH, "gross_pay_of_unit": 800}
    assert weekly("cheshire_west_and_chester", told) == pytest.approx(0.75 * 30 - 0.2 * 20)
    assert weekly("cheshire_west_and_chester", told | {"num_with_lcwra": 1}) == pytest.approx(30 - 0.2 * 20)
    with_an_award = {
        "council_tax": 30.0,
        "uc_maximum_amount": 100.0,
        "universal_credit": 60.0,
        "uc_earned_income": 90.0,
    }
    for carers, most in ((0, 0.75), (1, 1.0)):
        found = weekly("cheshire_west_and_chester", with_an_award | {"num_carers": carers}, side="with")
        assert found == pytest.approx(most * 30 - 0.2 * (60 + 90 - 30 - 100))


def test_income_from_savings_is_the_schemes_own():
    """East Hampshire: a pound a week for each 250, or part of it, above 10,000; 20% of it comes off.

    Without Universal Credit a single person of 30 has 95.55 to compare with; an occupational pension of that much.
    """
    told = {
        "council_tax": 28.0,
        "ctr_net_earnings": 0.0,
        "occupational_pension": 95.55 * WEEKS_A_MONTH,
        "income_tax": 0,
    }
    for savings, steps in ((10_000, 0), (10_000.01, 1), (10_250, 1), (10_250.01, 2)):
        assert weekly("east_hampshire", told | {"savings": savings}) == pytest.approx(28 - 0.2 * steps, abs=1e-6)


@pytest.mark.parametrize(
    ("council", "band", "share"),
    [
        ("wolverhampton", 3, 0.78),  # band C is the cap
        ("wolverhampton", 4, 0.78 * 8 / 9),
        ("oldham", 1, 0.85),
        ("oldham", 8, 0.85 * 6 / 18),
        ("stockport", 2, 6 / 7),
        ("hillingdon", 5, 0.75 * 9 / 11),
        ("ashford", 4, 0.90),
        ("ashford", 5, 0.90 * 9 / 11),
        ("newham", 8, 0.70),  # no cap
    ],
)
def test_the_bill_counts_up_to_the_charge_of_a_band(council, band, share):
    told = {"council_tax": 40.0, "council_tax_band": band, "ctr_net_earnings": 0.0}
    assert weekly(council, told) == pytest.approx(40 * share)


def test_hillingdon_ignores_none_of_the_earnings_beside_universal_credit_and_protects_at_any_band():
    """98.05 of Universal Credit less 55% of 20, and the 20: 107.05 is in the second band of a single person."""
    told = {"council_tax": 28.0, "universal_credit": 87.05, "uc_maximum_amount": 98.05, "uc_earned_income": 20.0}
    assert weekly("hillingdon", told, side="with") == pytest.approx(0.55 * 28)
    disabled = {"council_tax": 33.0, "council_tax_band": 5, "has_disabled_adult": 1}
    assert weekly("hillingdon", disabled) == pytest.approx(0.75 * 33)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ({"council_tax": 33.0, "council_tax_band": 5}, 33.0),
        ({"council_tax": 28.0, "savings": 12_000, "ctr_tariff_income": 0}, 28.0),
        ({"council_tax": 28.0, "savings": 16_000.01}, 0.0),
        ({"council_tax": 33.0, "council_tax_band": 5, "has_disabled_child": 0}, 0.78 * 33 * 9 / 11),
    ],
)
def test_a_disabled_child_brings_the_whole_bill_in_bath_without_universal_credit(rest, expected):
    told = {"has_disabled_child": 1, "num_children": 1, **rest}
    assert weekly("bath_and_north_east_somerset", told) == pytest.approx(expected)


def test_housing_comes_off_in_proportion_in_north_yorkshire():
    """98.05 and 150 of rent less 55% of 200 is 138.05; 150 in that proportion off, 83.48; 54.57 and 200 are 254.57."""
    told = {"council_tax": 30.0, "universal_credit": 138.05, "uc_maximum_amount": 248.05, "uc_housing_element": 150.0}
    assert weekly("north_yorkshire", told | {"uc_earned_income": 200.0}, side="with") == pytest.approx(0.5 * 30)


@pytest.mark.parametrize(
    ("facts", "share"),
    [
        ({}, 0.8 * 7 / 9),  # the charge of band B
        ({"has_disabled_adult": 1}, 0.8),
        ({"num_carers": 1}, 0.8),
        ({"num_children": 1, "has_child_under_5": 1}, 0.8),
        ({"num_children": 1, "has_child_under_5": 1, "is_couple": 1}, 0.8 * 7 / 9),
    ],
)
def test_the_limit_of_band_b_is_lifted_for_who_is_protected_in_bury(facts, share):
    told = {"council_tax": 36.0, "council_tax_band": 4, **facts}
    assert weekly("bury", told) == pytest.approx(36 * share)


@pytest.mark.parametrize(
    ("facts", "gross", "net", "expected"),
    [
        ({"has_disabled_adult": 1}, 439.99, 380, 0.86 * 30),  # 86% below 440 of pay, and then the table
        ({"has_disabled_adult": 1}, 440.00, 380, 0.0),
        ({"num_with_lcwra": 1}, 300, 280, 0.86 * 30),
        ({}, 0, 0, 0.5 * 30),
        ({}, 75, 74.99, 0.5 * 30),
        ({}, 75, 75.00, 0.4 * 30),
        ({"uc_unearned_income": 60}, 75, 70, 0.5 * 30),  # the table is of earnings
        ({"council_tax_band": 6}, 0, 0, 0.5 * 30 * 9 / 13),  # the charge of band D
        ({"council_tax_band": 6, "has_disabled_adult": 1}, 0, 0, 0.86 * 30),
    ],
)
def test_harrow_goes_by_earnings_and_disabled_people_have_more_below_440_a_week(facts, gross, net, expected):
    told = {"council_tax": 30.0, "gross_pay_of_unit": gross * WEEKS_A_MONTH, "uc_earned_income": net, **facts}
    assert weekly("harrow", told, side="with") == pytest.approx(expected, abs=1e-6)


def test_a_home_with_three_bedrooms_needed_has_another_cap_in_stockport():
    told = {"council_tax": 40.0, "council_tax_band": 4, "uc_bedrooms_allowed": 3, "ctr_net_earnings": 0.0}
    assert weekly("stockport", told) == pytest.approx(40 * 7 / 9)


def test_elements_are_taken_off_the_award_but_never_below_nil():
    """Salford: the award less housing, floor nil: a rent of 150 in an award of 100 leaves nothing to count."""
    told = {"council_tax": 30.0, "uc_earned_income": 145.82, "uc_housing_element": 150.0, "universal_credit": 100.0}
    assert weekly("salford", told, side="with") == pytest.approx(0.50 * 30)
    assert weekly("salford", told | {"uc_earned_income": 145.81}, side="with") == pytest.approx(0.75 * 30)


def test_the_housing_element_is_ignored_as_far_as_it_is_paid_in_medway():
    """Award 120 of a maximum of 240, of which 150 for rent: half of that, 75, is ignored and 45 counts."""
    told = {"council_tax": 30.0, "uc_housing_element": 150.0, "uc_maximum_amount": 240.0, "universal_credit": 120.0}
    assert weekly("medway", told | {"uc_earned_income": 118 - 45.01}, side="with") == pytest.approx(0.65 * 30)
    assert weekly("medway", told | {"uc_earned_income": 118 - 45.00}, side="with") == pytest.approx(0.55 * 30)


def test_runnymedes_contributions_are_weekly():
    """80% of the bill less 9 from 21.00 of earnings; below 5.00 nothing is paid."""
    told = {"council_tax": 30.0, "universal_credit": 50.0}
    assert weekly("runnymede", told | {"uc_earned_income": 20.99}, side="with") == pytest.approx(24.0)
    assert weekly("runnymede", told | {"uc_earned_income": 21.00}, side="with") == pytest.approx(15.0)
    assert weekly("runnymede", told | {"uc_earned_income": 139.99}, side="with") == pytest.approx(7.0)
    assert weekly("runnymede", told | {"uc_earned_income": 140.00}, side="with") == 0.0  # 24 - 23: below the minimum


def test_the_side_without_universal_credit_of_leeds_and_manchester_is_the_default_scheme():
    told = {"council_tax": 30.0, "ctr_net_earnings": 0.0}
    assert weekly("leeds", told) == pytest.approx(30.0)
    assert weekly("manchester", told) == pytest.approx(30.0)
    assert weekly("leeds", told | {"uc_maximum_amount": 0.01}, side="with") == pytest.approx(0.75 * 30)


# Years


def test_a_scheme_is_in_force_from_the_april_of_its_year():
    home = with_council(mwp.load_household("single_over_25_birmingham"), "newham")
    before, after = (mwp.calculate(home, on=day).amounts for day in ("2026-03-31", "2026-04-01"))
    assert before["council_tax_reduction"] == pytest.approx(before["ctr_england_default"])
    assert after["council_tax_reduction"] == pytest.approx(0.70 * after["council_tax"])
    assert council_schemes.scheme_of("newham", date(2026, 3, 31)) is None
    found = council_schemes.scheme_of("newham", date(2026, 4, 1))
    assert found is not None
    assert (found.name, found.year, found.certainty) == ("Newham", "2026-27", "A")
    assert found.href.startswith("https://www.newham.gov.uk")


def test_a_scheme_of_an_earlier_year_goes_on():
    found = council_schemes.scheme_of("southwark", ON)
    assert found is not None
    assert found.year == "2025-26"


def _assumed(home, field):
    return [one for one in mwp.calculate(home, on=ON).assumptions if one.field == field]


def test_an_answer_says_what_of_the_scheme_was_not_read_as_far_as_it_concerns_the_household():
    """Leeds's file has a line for everyone, one for those with other adults and one for those without an award."""
    alone = with_council(mwp.load_household("single_over_25_birmingham"), "leeds")
    (told,) = _assumed(alone, "council_scheme")
    assert told.value == "Leeds's scheme as far as it was read"
    assert told.worth_a_month is None
    assert "what it counts as income was not read" in told.why
    assert "other adults" not in told.why
    assert "without Universal Credit" not in told.why
    (told,) = _assumed(with_council(mwp.load_household("non_dependant_leicester"), "leeds"), "council_scheme")
    assert "other adults" in told.why


def test_who_is_in_a_protected_group_may_pay_less_by_what_is_left_of_the_bill():
    """Leeds leaves a quarter of the bill to pay, and none to war pensioners."""
    home = with_council(mwp.load_household("single_over_25_birmingham"), "leeds")
    (told,) = _assumed(home, "council_scheme.protected")
    amounts = mwp.calculate(home, on=ON).amounts_rounded
    assert told.worth_a_month == pytest.approx(amounts["council_tax"] - amounts["council_tax_reduction"], abs=0.011)
    assert told.worth_a_month == pytest.approx(0.25 * amounts["council_tax"], abs=0.01)


@pytest.mark.parametrize("name", ["newham", "adur", None])
def test_a_council_that_protects_nobody_who_is_not_asked_for_says_nothing_of_it(name):
    home = mwp.load_household("single_over_25_birmingham").model_copy(update={"local_authority": name})
    assert _assumed(home, "council_scheme.protected") == []


@pytest.mark.parametrize("name", ["birmingham", "glasgow_city", "county_durham", "nowhere", None])
def test_a_council_whose_scheme_is_not_known_has_none(name):
    assert council_schemes.scheme_of(name) is None


def test_the_default_scheme_stands_in_where_the_council_is_not_known():
    found = mwp.calculate("single_over_25_birmingham", on=ON).amounts
    assert found["ctr_local_scheme"] == 0
    assert found["council_tax_reduction"] == found["ctr_england_default"] > 0


# Charges


@pytest.mark.parametrize(
    ("council", "nation", "band", "adults", "a_year"),
    [
        ("croydon", "england", "C", 2, 2_599.91 * 8 / 9),  # 2,311.03: the council's own page, 2026
        ("newham", "england", "A", 1, 1_944.23 * 6 / 9 * 0.75),
        ("birmingham", "england", "H", 2, 2_362.90 * 2),
        ("cardiff", "wales", "I", 2, 2_013.18 * 21 / 9),
        ("glasgow_city", "scotland", "D", 2, 1_706.05),
        ("glasgow_city", "scotland", "G", 1, 1_706.05 * 705 / 360 * 0.75),
    ],
)
def test_a_bill_from_the_band(council, nation, band, adults, a_year):
    told = {
        "name": "x",
        "nation": nation,
        "local_authority": council,
        "adults": [{"age": 40}] * adults,
        "housing": {"tenure": "owned"},
        "council_tax": {"band": band, "amount": "auto"},
    }
    assert mwp.calculate(told, on=ON).amounts["council_tax"] * 12 == pytest.approx(a_year)


def test_every_charge_is_of_a_council_and_from_the_year_that_has_begun():
    charges = council_schemes._charges()
    assert len(charges) > 80
    assert not set(charges) & set(COUNCILS)
    assert set(charges) <= set(places.authorities())
    assert council_schemes.band_d_charge("glasgow_city", date(2026, 3, 31)) == 1_611.00
    assert council_schemes.band_d_charge("glasgow_city", date(2024, 6, 1)) == 1_611.00
    assert council_schemes.band_d_charge("rutland", ON) is None


def test_a_bill_that_cannot_be_worked_out_is_refused():
    told = {
        "name": "x",
        "nation": "england",
        "adults": [{"age": 40}],
        "housing": {"tenure": "owned"},
        "council_tax": {"band": "B", "amount": "auto"},
    }
    with pytest.raises(InputError, match="No local_authority is given, so auto finds no bill"):
        mwp.household_from(told)
    with pytest.raises(InputError, match="charges of rutland are not known"):
        mwp.household_from(told | {"local_authority": "rutland"})
    home = mwp.household_from(told | {"local_authority": "newham"})
    with pytest.raises(InputError, match="charges of Rutland are not known"):
        with_council(home, "rutland")


def test_a_household_is_set_in_another_council():
    home = mwp.load_household("lone_parent_two_children_leeds")
    moved = with_council(home, "bath")
    assert (home.local_authority, moved.local_authority) == ("leeds", "bath_and_north_east_somerset")
    assert moved.council_tax == home.council_tax
    with pytest.raises(InputError, match="Did you mean newham"):
        with_council(home, "newhm")
    with pytest.raises(InputError, match="Cardiff is in Wales, but the household is in England"):
        with_council(home, "cardiff")


def test_only_benefit_units_of_claimants_have_a_line():
    told = {
        "name": "x",
        "nation": "england",
        "local_authority": "camden",
        "adults": [{"age": 40}],
        "non_dependants": [{"age": 30, "hours": 10, "earnings": {"amount": 110.81, "per": "week"}}],
        "housing": {"tenure": "owned"},
        "council_tax": {"band": "D", "amount": {"amount": 28, "per": "week"}},
    }
    home = mwp.household_from(told)
    found = mwp.calculate(home, on=ON).amounts
    assert found["council_tax_reduction"] / WEEKS_A_MONTH == pytest.approx(28 - 0.30 * 28)


# What holds everywhere


@st.composite
def households(draw: Any) -> Household:
    grown = [
        {
            "age": draw(st.integers(18, 64)),
            "health": draw(st.sampled_from(["none", "none", "lcw", "lcwra"])),
            "pip": {"daily_living": draw(st.sampled_from(["none", "none", "standard"]))},
        }
        for _ in range(draw(st.integers(1, 2)))
    ]
    hours = draw(st.sampled_from([0, 0, 5, 15, 16, 24, 37.5]))
    if hours:
        grown[0] |= {"hours": hours, "hourly_wage": draw(st.sampled_from([8.0, 12.71, 25.0]))}
    if draw(st.booleans()) and "hours" not in grown[0]:
        grown[0] |= {"caring_hours": 40.0, "cares_for": "other", "benefits": {"carers_allowance": "auto"}}
    told: dict[str, Any] = {
        "name": "drawn",
        "nation": "england",
        "local_authority": draw(st.sampled_from(COUNCILS)),
        "adults": grown,
        "children": [{"age": age} for age in draw(st.lists(st.integers(0, 5), max_size=4))],
        "housing": draw(st.sampled_from([{"tenure": "owned"}, {"tenure": "social_rent", "rent": 600, "bedrooms": 2}])),
        "council_tax": {"band": draw(st.sampled_from("ABCDEFGH")), "amount": draw(st.sampled_from(["auto", 20, 150]))},
        "savings": draw(st.sampled_from([0, 0, 3_001, 6_000, 8_000, 16_000])),
        "options": {"take_up": {"universal_credit": draw(st.booleans())}},
    }
    if min(adult["age"] for adult in grown) < 18 + 5:
        told["children"] = []
    if draw(st.booleans()):
        told["non_dependants"] = [{"age": 30, "hours": 20, "hourly_wage": 14.0}, {"age": 24}]
    return mwp.household_from(told)


wide = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@wide
@given(st.lists(households(), min_size=6, max_size=16))
def test_a_reduction_is_from_nothing_to_the_whole_bill(homes):
    for rounding in (NONE, AS_THE_LAW):
        found = amounts_of(homes, ON, rounding=rounding).amounts
        assert (found["council_tax_reduction"] >= 0).all()
        assert (found["council_tax_reduction"] <= found["council_tax"] + 1e-9).all()


@wide
@given(st.lists(households(), min_size=4, max_size=10))
def test_a_batch_of_councils_gives_what_each_gives_alone(homes):
    batch = amounts_of(homes, ON).amounts["council_tax_reduction"][:, 0]
    alone = [amounts_of([home], ON).amounts["council_tax_reduction"][0, 0] for home in homes]
    np.testing.assert_allclose(batch, alone, atol=1e-9)


@pytest.mark.parametrize("adult", [0, 1])
def test_working_out_once_what_does_not_move_changes_nothing(adult):
    base = mwp.load_household("couple_two_earners_two_children_coventry")
    homes = [with_council(base, name) for name in COUNCILS]
    table, law = encode(homes, ON), law_on(ON)
    path = Path({"hours": np.linspace(0, 60, 13), "hourly_wage": np.full(13, 12.71)}, adult)
    wanted = ("council_tax_reduction", "ctr_local_scheme", "ctr_local_rate", "net_income")
    cut = simulate(table, law, wanted, path=path)
    whole = simulate(table, law, wanted, path=path, split=False)
    for name in wanted:
        np.testing.assert_allclose(cut.amounts[name], whole.amounts[name], atol=1e-9, err_msg=name)


def test_the_tables_hold_every_branch_once():
    tables = tables_on(20260615)
    assert tables.edges.shape[:2] == (len(branches()) + 1, TYPES)
    assert tables.cap.max() <= len(BANDS)
    for side in SIDES:
        used = tables.sides[side].line_of
        assert len(used) == len(COUNCILS)
        assert set(used[used > 0]) == {n for n, (_, b) in enumerate(branches(), start=1) if side in b.sides}
    assert tables_on(20260615) is tables_on(20270331)
    assert tables_on(20260331) is not tables_on(20260401)


def test_the_document_lists_the_councils_that_are_in(root: FilePath):
    told = (root / "docs" / "council-tax-reduction.md").read_text(encoding="utf-8")
    for council in council_schemes.councils().values():
        assert council.name in told, council.name
    assert f"{len(COUNCILS)} councils" in told


def test_a_new_council_is_one_yaml_file(root: FilePath):
    """The example in the document is a whole file."""
    text = (root / "docs" / "council-tax-reduction.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    Council.model_validate(yaml.load(example, Loader=parameters._Loader))
