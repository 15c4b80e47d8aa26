"""Help in kind in plain words: what a job takes away, brings or leaves, how far away its limit is, how to claim it.

Money that is paid every month is said in `words.changes`; here is what comes beside it, such as free school meals, and
what is open without having a monthly value, such as help with court fees.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mwp.analysis.measures import FUNDED_HOURS
from mwp.analysis.passports import Change, Passport
from mwp.report.amounts import is_nil, pounds
from mwp.report.words import listed, sentence_case

NEAR = 250.0
"""Pounds a month: a limit this near is told on the screen."""
MOST = 3
"""How many programmes of a kind are named on the screen; the page names all."""

_NAMES = {
    "nhs_costs_help": "help with NHS costs",
    "universal_school_meals": "school meals that every pupil has",
    "working_parents_hours_value": "working parents' childcare hours",
    "two_year_old_place_value": "a funded place for a two-year-old",
    "early_education_value": "early education that every child has",
    "help_to_save": "the Help to Save bonus",
    "can_open_help_to_save": "a Help to Save account",
    "court_fee_help_is_full": "full help with court fees",
    "has_legal_aid": "civil legal aid",
    "has_vulnerable_group_bursary": "the bursary of young people on Universal Credit",
    "has_disabled_facilities_grant_in_full": "a Disabled Facilities Grant without a means test",
    "can_ask_for_housing_payment": "asking the council for help with rent",
    "can_ask_for_discretionary_support": "asking for Discretionary Support",
}
_IMPLIED_BY = {"has_court_fee_help": "court_fee_help_is_full", "has_legal_aid": "has_legal_aid_income_passport"}
"""Help that goes without saying where more of the same is there."""
_EVERYBODYS = ("universal_school_meals", "early_education_value", "child_winter_heating_payment", "tv_licence_help")
"""What no earnings take away: named last."""
_MEASURED = {
    "uc_earned_income": "take-home pay",
    "net_earnings_of_unit": "take-home pay",
    "school_clothing_tested_income": "pay",
    "highest_income_for_childcare": "taxable income",
    "income_before_tax_of_unit": "income before tax",
    "court_fee_income": "income, as courts count it,",
    "legal_aid_disposable_income": "income, as legal aid counts it,",
    "discretionary_support_income": "income, as Discretionary Support counts it,",
}
_ORDER: tuple[Change, ...] = ("lost", "less", "more", "started", "kept")
_BEGINS: dict[Change, str] = {
    "lost": "You also lose",
    "less": "You have less of",
    "more": "You have more of",
    "started": "You also gain",
    "kept": "You keep",
}


def name(variable: str, label: str) -> str:
    """A programme in the middle of a sentence."""
    return _NAMES.get(variable, label)


def money(amount: float) -> str:
    """£408, or £53.77 where there are pence."""
    return pounds(amount).removesuffix(".00")


def limit(one: Passport) -> str:
    """How far the limit is: "your take-home pay would be £53.77 under its limit of £935"; nothing without a limit."""
    if one.room is None or one.limit is None:
        return ""
    what = _MEASURED.get(one.measured_variable or "", "income")
    if is_nil(one.room):
        return f"your {what} would be just at its limit of {money(one.limit)}"
    side = "under" if one.room > 0 else "over"
    return f"your {what} would be {money(one.room)} {side} its limit of {money(one.limit)}"


def told(found: Iterable[Passport]) -> list[Passport]:
    """What is worth naming: nothing that goes without saying, in the order of `_ORDER`, most pounds first."""
    several = list(found)
    change = {one.variable: one.change for one in several}
    wanted = [one for one in several if change.get(_IMPLIED_BY.get(one.variable, "")) != one.change]
    return sorted(wanted, key=_weight)


def _weight(one: Passport) -> tuple[int, bool, bool, float]:
    worth = abs(one.difference) or max(one.now or 0.0, one.then or 0.0)
    return _ORDER.index(one.change), one.now is None, one.variable in _EVERYBODYS, -worth


def in_short(found: Iterable[Passport], lost: int = MOST, others: int = MOST) -> str:
    """What a job also takes away, brings and leaves, in a line or two: so many of each by name, and how many more."""
    several, sentences = told(found), []
    brief, a_month = others < MOST, True
    for change in _ORDER:
        of_kind = [one for one in several if one.change == change]
        if change == "kept":
            of_kind.sort(key=lambda one: not _is_near(one))
        named = []
        for one in of_kind[: lost if change == "lost" else others]:
            named.append(_in_short(one, a_month=a_month, brief=brief))
            a_month = a_month and one.then is None
        if more := len(of_kind) - len(named):
            named.append(f"{more} more" if named else "1 other thing" if more == 1 else f"{more} other things")
        if named:
            sentences.append(f"{_BEGINS[change]}: {listed(named)}.")
    return " ".join(sentences)


def _is_near(one: Passport) -> bool:
    return one.then is not None and one.room is not None and 0 <= one.room <= NEAR


def _in_short(one: Passport, *, a_month: bool, brief: bool) -> str:
    called = name(one.variable, one.label)
    if one.now is None or one.then is None:
        return called
    worth = one.now if one.change == "lost" else one.then if one.change in ("kept", "started") else one.difference
    inside = ("by " if one.change in ("less", "more") else "") + pounds(worth) + (" a month" if a_month else "")
    if _is_near(one):
        inside += f"; {money(one.room or 0.0)} under its limit" if brief else f"; {limit(one)}"
    return f"{called} ({inside})"


@dataclass(frozen=True)
class Line:
    """What a job does to one programme, in a sentence for the page."""

    change: Change
    text: str


def lines(found: Iterable[Passport]) -> list[Line]:
    """Every programme in a sentence, with its value and its limit; those that simply stay in one at the end."""
    several = told(found)
    stay = [one for one in several if one.change == "kept" and not _limit_told(one)]
    whole = [Line(one.change, _sentence(one)) for one in several if one not in stay]
    if stay:
        names = [_in_short(one, a_month=True, brief=True) for one in stay]
        whole.append(Line("kept", f"{'These stay' if len(stay) > 1 else 'This stays'}: {listed(names)}."))
    return whole


def _limit_told(one: Passport) -> str:
    """The limit, unless what happens has another reason: help that ends below it, or stays above it."""
    against = one.room is not None and (one.room < 0) == (one.change == "lost")
    return limit(one) if against else ""


def _sentence(one: Passport) -> str:
    happens = {"lost": "stops", "less": "goes down", "more": "goes up", "started": "starts", "kept": "stays"}
    called = sentence_case(name(one.variable, one.label))
    text = f"{called}: {happens[one.change]}"
    if one.now is not None and one.then is not None:
        text += {
            "lost": f", worth {pounds(one.now)} a month now",
            "started": f", worth {pounds(one.then)} a month",
            "kept": f", worth {pounds(one.then)} a month",
        }.get(one.change, f" from {pounds(one.now)} to {pounds(one.then)} a month")
        if one.variable in FUNDED_HOURS:
            text += " (in no total here)"
    near = _limit_told(one)
    return f"{text}; {near}." if near else f"{text}."


@dataclass(frozen=True)
class HowTo:
    """How a programme is had, and what happens when its test is no longer met."""

    name: str
    claim: str
    run_on: str
    certainty: str


def how(found: Sequence[Iterable[Passport]]) -> list[HowTo]:
    """Of every programme in any of the jobs, once each: how to claim it, when it stops, and how sure its amount is."""
    several = {one.variable: one for job in found for one in told(job)}
    once = [one for one in several.values() if _IMPLIED_BY.get(one.variable) not in several]
    return [
        HowTo(sentence_case(name(one.variable, one.label)), one.claim, one.run_on, _CERTAINTY.get(one.grade, ""))
        for one in sorted(once, key=lambda one: (one.now is None, one.variable in _EVERYBODYS))
    ]


_CERTAINTY = {
    "valuation": "its worth in pounds is an estimate",
    "local scheme": "differs from place to place",
}


def open_to(names: Iterable[str], labels: dict[str, str]) -> str:
    """The help without a monthly value that is open to a household, in one sentence; nothing where there is none."""
    several = [one for one in labels if one in set(names) and _IMPLIED_BY.get(one) not in set(names)]
    return f"Also open to you: {listed([name(one, labels[one]) for one in several])}." if several else ""
