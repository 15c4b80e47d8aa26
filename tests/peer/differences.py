"""Where policyengine-uk is silent or goes another way, and what its figures come to with the law put in.

Each known difference changes policyengine-uk's parts of a household (`case.expected`) to what the regulation asks for,
worked out here from the household alone and policyengine-uk's own figures, never from mwp's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.peer.households import age_of
from tests.peer.parts import Case
from tests.peer.policyengine import BLIND_PERSONS_ALLOWANCE, MONTHS_A_YEAR, Answers, a_year, pay_of

Json = Mapping[str, Any]
Bands = tuple[tuple[float, float], ...]

INFINITE = float("inf")

PERSONAL_ALLOWANCE = 12_570
TRANSFERRED = 1_260
"""Marriage allowance (Income Tax Act 2007 s.55B(4)-(5))."""
BASIC_RATE, BASIC_BAND = 0.20, 37_700
UK_BANDS: Bands = ((BASIC_BAND, BASIC_RATE), (125_140, 0.40), (INFINITE, 0.45))
SCOTTISH_RATES = (0.19, 0.20, 0.21, 0.42, 0.45, 0.48)
SCOTTISH_INTERMEDIATE_BAND = 31_092
SCOTTISH_BANDS = {
    year: (starter, basic, SCOTTISH_INTERMEDIATE_BAND, 62_430, 125_140, INFINITE)
    for year, starter, basic in ((2024, 2_306, 13_991), (2025, 2_827, 14_921), (2026, 3_967, 16_956))
}
"""Where bands of taxable income end, pounds a year: ITA 2007 s.10 and the yearly Scottish rate resolutions."""
LUMP_SUMS = {2024: 2 * 288.60, 2025: 2 * 293.50}
"""Carer's Allowance Supplement of a year (Social Security (Scotland) Act 2018 s.81)."""
CHILDCARE_SHARE = 0.85
MOST_FOR_CHILDCARE = {2024: (1_014.63, 1_739.37), 2025: (1_031.88, 1_768.94), 2026: (1_071.09, 1_836.16)}
"""For one child, and for two or more: SI 2013/376 reg 36."""
SPARE_ONE, SPARE_MORE = 0.14, 0.25


@dataclass(frozen=True)
class Difference:
    """One known difference: what it is, the law, who follows it, and how to put it right in policyengine-uk's parts."""

    name: str
    what: str
    law: str
    right: str
    put_right: Callable[[Case, Answers], None]


# Income tax


def relief_at_source(case: Case, _: Answers) -> None:
    """Tax with bands extended by the contribution, not income lowered by it; and pay less only what left it."""
    year, scottish = case.drawn.year, case.home["nation"] == "scotland"
    starter = SCOTTISH_BANDS[year][0] if scottish else 0.0
    for told, adult in zip(case.home["adults"], case.expected.adults, strict=True):
        put_in = _relief_at_source_contribution(told)
        if not put_in:
            continue
        adjusted = adult["adjusted_net_income"] * MONTHS_A_YEAR
        allowance = _allowances(adjusted, told, year)
        of_all = _relief_given(adjusted + put_in - allowance, put_in, starter)
        of_earnings = _relief_given(_a_year_of_pay(told) - allowance, put_in, starter)
        adult["income_tax"] += of_all / MONTHS_A_YEAR
        adult["net_earnings"] += (BASIC_RATE * put_in - of_earnings) / MONTHS_A_YEAR


def _relief_given(taxable: float, put_in: float, starter: float) -> float:
    """What policyengine-uk takes off tax at the lowest rates, where the law has it added to the pension."""
    lower = max(taxable - put_in, 0.0)
    return _lowest_bands(max(taxable, 0.0), starter) - _lowest_bands(lower, starter)


def _lowest_bands(taxable: float, starter: float) -> float:
    return SCOTTISH_RATES[0] * min(taxable, starter) + BASIC_RATE * max(taxable - starter, 0.0)


def _allowances(adjusted: float, told: Json, year: int) -> float:
    own = max(PERSONAL_ALLOWANCE - max(adjusted - 100_000, 0.0) // 2, 0.0)
    return own + (BLIND_PERSONS_ALLOWANCE[year] if told.get("blind") else 0)


def _relief_at_source_contribution(told: Json) -> float:
    return float(pay_of(dict(told)).get("personal_pension_contributions", 0.0))


def _a_year_of_pay(told: Json) -> float:
    pay = pay_of(dict(told))
    return float(pay.get("employment_income", 0.0) + pay.get("self_employment_income", 0.0))


def marriage_allowance(case: Case, _: Answers) -> None:
    """A tenth of the allowance changes hands whole, and takes its basic rate off the other's tax bill."""
    if not case.home["options"]["take_up"].get("marriage_allowance"):
        return
    bands = _bands(case)
    taxable = [adult["adjusted_net_income"] * MONTHS_A_YEAR - PERSONAL_ALLOWANCE for adult in case.expected.adults]
    giver = 0 if taxable[0] < taxable[1] else 1
    receiver = 1 - giver
    most = SCOTTISH_INTERMEDIATE_BAND if case.home["nation"] == "scotland" else BASIC_BAND
    may = taxable[giver] + TRANSFERRED <= most and taxable[receiver] <= most
    for place, adult in enumerate(case.expected.adults):
        deducted = adult["marriage_allowance"] * MONTHS_A_YEAR
        without = _tax(taxable[place], bands)
        theirs = _tax(taxable[place] - deducted, bands)
        right = without
        if may and place == receiver:
            right = max(without - BASIC_RATE * TRANSFERRED, 0.0)
        if may and place == giver:
            right = _tax(taxable[place] + TRANSFERRED, bands)
        _add_to_tax(adult, (right - theirs) / MONTHS_A_YEAR)


def carers_allowance_supplement(case: Case, _: Answers) -> None:
    """The two lump sums a year that Scotland paid carers until March 2026 are taxed."""
    lump_sums = LUMP_SUMS.get(case.drawn.year, 0.0)
    if case.home["nation"] != "scotland" or not lump_sums:
        return
    bands = _bands(case)
    for told, adult in zip(case.home["adults"], case.expected.adults, strict=True):
        if adult["carers_allowance"]:
            income = adult["adjusted_net_income"] * MONTHS_A_YEAR
            before = _tax(income - _allowances(income, told, case.drawn.year), bands)
            after = _tax(income + lump_sums - _allowances(income + lump_sums, told, case.drawn.year), bands)
            adult["income_tax"] += (after - before) / MONTHS_A_YEAR


def _bands(case: Case) -> Bands:
    """Where each band of taxable income ends, and its rate."""
    if case.home["nation"] != "scotland":
        return UK_BANDS
    return tuple(zip(SCOTTISH_BANDS[case.drawn.year], SCOTTISH_RATES, strict=True))


def _tax(taxable: float, bands: Bands) -> float:
    tax, start = 0.0, 0.0
    for end, rate in bands:
        tax += rate * max(min(taxable, end) - start, 0.0)
        start = end
    return tax


def _add_to_tax(adult: dict[str, float], more: float) -> None:
    """More tax on somebody who has earnings alone, and so less net earnings."""
    if abs(more) < 0.001:
        return
    adult["income_tax"] += more
    adult["net_earnings"] = max(adult["net_earnings"] - more, 0.0)


# The housing element


def spare_bedrooms(case: Case, _: Answers) -> None:
    """A social rent less the share for spare bedrooms."""
    housing = case.home["housing"]
    if housing["tenure"] != "social_rent" or not housing.get("bedrooms") or housing.get("under_occupancy_exempt"):
        return
    spare = housing["bedrooms"] - bedrooms_allowed(case.home, case.drawn.year)
    if spare > 0:
        case.expected.unit["rent_met"] = _rent_met(case) * (1 - (SPARE_ONE if spare == 1 else SPARE_MORE))
        _put_rent_met(case)


def young_persons_bedroom(case: Case, peer: Answers) -> None:
    """The allowance for the home with a bedroom for each qualifying young person."""
    home, year = case.home, case.drawn.year
    if "brma" not in home or not any(age_of(dict(child), year) >= 16 for child in home["children"]):
        return
    rooms = min(bedrooms_allowed(home, year), 4)
    allowance = peer.housing_allowance[str(year)][home["brma"]][rooms]
    case.expected.unit["rent_met"] = min(case.expected.unit["rent"], allowance)
    _put_rent_met(case)


def disabled_renter(case: Case, _: Answers) -> None:
    """No contribution from anybody where the claimant or partner is blind or has the daily living component."""
    if any(_frees_others(adult) for adult in case.home["adults"]) and case.expected.unit["contributions_of_others"]:
        case.expected.unit["rent_met"] = _rent_met(case)
        case.expected.unit["contributions_of_others"] = 0.0
        _put_rent_met(case)


def _frees_others(adult: Json) -> bool:
    return bool(adult.get("blind")) or adult.get("pip", {}).get("daily_living", "none") != "none"


def _rent_met(case: Case) -> float:
    """The rent that counts before others' contributions, as policyengine-uk has it or as already put right."""
    unit, home = case.expected.unit, case.home
    if "rent_met" in unit:
        return unit["rent_met"]
    if home["housing"]["tenure"] == "private_rent" and "brma" in home:
        return unit["rent_up_to_allowance"]
    return unit["rent"] if home["housing"]["tenure"] in ("private_rent", "social_rent") else 0.0


def _put_rent_met(case: Case) -> None:
    unit = case.expected.unit
    unit["housing_element"] = max(_rent_met(case) - unit["contributions_of_others"], 0.0)


def bedrooms_allowed(home: Json, year: int) -> int:
    """Bedrooms by trying every way for children under 16 to share (SI 2013/376 Sch 4 paras 8-12)."""
    children = [(age_of(dict(child), year), child.get("sex", "m")) for child in home["children"]]
    if not all("sex" in child for child in home["children"]):
        children = [(age, "m") for age, _ in children]
    young_people = sum(age >= 16 for age, _ in children)
    rooms = _fewest_rooms([child for child in children if child[0] < 16])
    return 1 + rooms + young_people + len(home["non_dependants"]) + int(home["housing"].get("extra_bedrooms", 0))


def _fewest_rooms(children: Sequence[tuple[int, str]]) -> int:
    if not children:
        return 0
    first, rest = children[0], children[1:]
    alone = 1 + _fewest_rooms(rest)
    shared = [
        1 + _fewest_rooms([*rest[:place], *rest[place + 1 :]])
        for place, other in enumerate(rest)
        if first[1] == other[1] or (first[0] < 10 and other[0] < 10)
    ]
    return min([alone, *shared])


# The childcare element and the benefit cap


def children_in_childcare(case: Case, _: Answers) -> None:
    """The most that is paid by the children who are minded, not by those who bring a child element."""
    childcare = case.home.get("childcare")
    if not childcare or not case.expected.unit["childcare_element"]:
        return
    one, more = MOST_FOR_CHILDCARE[case.drawn.year]
    most = one if len(childcare["children"]) == 1 else more
    right = min(CHILDCARE_SHARE * a_year(childcare["amount"]) / MONTHS_A_YEAR, most)
    if abs(right - case.expected.unit["childcare_element"]) > 0.001:
        case.expected.unit["childcare_element"] = right


def grace_period(case: Case, _: Answers) -> None:
    """No cap in the nine months after a year of good earnings."""
    if case.home["options"].get("benefit_cap_grace_period") and case.expected.unit["benefit_cap"]:
        case.expected.unit["benefit_cap_limit"] = INFINITE


DIFFERENCES = (
    Difference(
        "relief at source",
        "Pension contributions with relief at source. policyengine-uk takes the whole contribution off taxable income"
        " and off pay. By law four fifths leave pay, the scheme reclaims the rest, and a tax bill is lower only for"
        " higher rates. What is left after tax is the same for all who pay tax, and so is Universal Credit",
        "Finance Act 2004 s.192; SI 2013/376 reg 55(5)(a)",
        "mwp",
        relief_at_source,
    ),
    Difference(
        "marriage allowance",
        "Marriage allowance, where it is claimed. policyengine-uk passes on what the giver does not use, and takes it"
        " off income. By law 1,260 pounds pass whole, and take 252 off the other's tax",
        "Income Tax Act 2007 ss.55B-55C",
        "mwp",
        marriage_allowance,
    ),
    Difference(
        "Carer's Allowance Supplement",
        "Scotland's lump sums for carers, paid until March 2026, are taxable. policyengine-uk has only the weekly"
        " supplement that replaced them",
        "Income Tax (Earnings and Pensions) Act 2003 s.660(1)",
        "mwp",
        carers_allowance_supplement,
    ),
    Difference(
        "spare bedrooms",
        "The deduction for spare bedrooms in social housing, 14% or 25% of the rent, is not in policyengine-uk",
        "SI 2013/376 Sch 4 para 36",
        "mwp",
        spare_bedrooms,
    ),
    Difference(
        "young person's bedroom",
        "policyengine-uk gives a young person of 16 or over no bedroom, and so a lower local housing allowance",
        "SI 2013/376 Sch 4 para 10(1)(b)",
        "mwp",
        young_persons_bedroom,
    ),
    Difference(
        "disabled renter",
        "policyengine-uk takes other adults' contributions off the rent of a claimant or partner who is blind or has"
        " the daily living component of PIP",
        "SI 2013/376 Sch 4 para 15",
        "mwp",
        disabled_renter,
    ),
    Difference(
        "children in childcare",
        "The most that is paid for childcare goes by the children who are minded. policyengine-uk goes by the children"
        " who bring a child element, minded or not",
        "SI 2013/376 regs 31-36",
        "mwp",
        children_in_childcare,
    ),
    Difference(
        "grace period",
        "The nine months' grace before the benefit cap is not in policyengine-uk",
        "SI 2013/376 reg 82(1)(b) and (2)",
        "mwp",
        grace_period,
    ),
)
