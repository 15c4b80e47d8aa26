"""The program's plain words: what each amount is called, the verdict on a job, and what is said of assumptions.

For people who have never read a regulation: short sentences, everyday words, no orders given. Every text that a
claimant reads stands here and in `templates/`.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from mwp.analysis.better_off import Award, BetterOff, JobAnswer
from mwp.analysis.calculation import Assumption, Calculation
from mwp.inputs.household import Adult, Household
from mwp.report.amounts import is_nil, plain, pounds

Kind = Literal["stops", "goes down", "goes up", "starts", "stays the same"]

LABELS = {
    "gross_pay": "Pay before tax",
    "salary_sacrifice": "Pay given up for a pension",
    "income_tax_on_earnings": "Income Tax",
    "national_insurance": "National Insurance",
    "student_loan_repayment": "Student loan",
    "employee_pension_contribution": "Pension contributions",
    "take_home_pay": "Take-home pay",
    "uc_standard_allowance": "Standard allowance",
    "uc_child_element": "For children",
    "uc_disabled_child_element": "For disabled children",
    "uc_housing_element": "For rent",
    "uc_health_element": "For limited capability for work",
    "uc_carer_element": "For caring",
    "uc_childcare_element": "For childcare",
    "uc_maximum_amount": "Maximum amount",
    "uc_earnings_deduction": "Taken off for earnings",
    "uc_unearned_income": "Taken off for other income and savings",
    "benefit_cap_reduction": "Taken off by the benefit cap",
    "universal_credit": "Universal Credit",
    "child_benefit": "Child Benefit",
    "high_income_child_benefit_charge": "Child Benefit charge",
    "carers_allowance": "Carer's Allowance",
    "scottish_carer_supplement": "Scottish Carer Supplement",
    "scottish_child_payment": "Scottish Child Payment",
    "under_occupancy_mitigation": "Help for spare bedrooms",
    "new_style_jsa": "New-style Jobseeker's Allowance",
    "new_style_esa": "New-style ESA",
    "council_tax": "Council Tax bill",
    "council_tax_reduction": "Council Tax Reduction",
    "net_council_tax": "Council Tax to pay",
    "childcare_charges": "Childcare",
    "maintenance": "Maintenance",
    "child_maintenance": "Child maintenance",
    "occupational_pension": "Workplace or private pension",
    "state_pension": "State Pension",
    "rental": "Rent from letting",
    "dividends": "Dividends",
    "interest": "Interest on savings",
}
_IN_SCOTLAND = {
    "carers_allowance": "Carer Support Payment",
    "under_occupancy_mitigation": "Discretionary Housing Payment",
}
_IN_NORTHERN_IRELAND = {
    "council_tax": "Rates bill",
    "council_tax_reduction": "Rate Rebate",
    "net_council_tax": "Rates to pay",
    "under_occupancy_mitigation": "Welfare Supplementary Payment",
}
ADVICE = {
    "england": ("Citizens Advice", "www.citizensadvice.org.uk"),
    "wales": ("Citizens Advice Cymru", "www.citizensadvice.org.uk/wales"),
    "scotland": ("Citizens Advice Scotland", "www.citizensadvice.org.uk/scotland"),
    "northern_ireland": ("Advice NI", "www.adviceni.net"),
}
TURN2US = ("Turn2us", "www.turn2us.org.uk")


def label(variable: str, household: Household) -> str:
    """What an amount is called where the household lives."""
    of_nation = {"scotland": _IN_SCOTLAND, "northern_ireland": _IN_NORTHERN_IRELAND}.get(household.nation, {})
    return of_nation.get(variable) or LABELS.get(variable) or sentence_case(variable.replace("_", " "))


def left_label(household: Household) -> str:
    """What is left in the end, and what is still to be paid from it."""
    if household.housing.is_rented and not household.housing.temporary_accommodation:
        return "Left, before rent and bills"
    if household.housing.tenure == "mortgage":
        return "Left, before mortgage and bills"
    return "Left, before bills"


def work_costs_label(household: Household) -> str:
    """Travel, where that is the only cost of work there is."""
    costs = household.work_costs
    return "Travel and other work costs" if costs.meals.amount or costs.other.amount else "Travel to work"


def day(on: date) -> str:
    """A date in full: 1 November 2026."""
    return f"{on.day} {on:%B %Y}"


def sentence_case(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str]) -> str:
    """a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


# The verdict


def verdict(answer: BetterOff) -> str:
    """The answer in one sentence: better off or worse off, by how much a month, a week and an hour."""
    if len(answer.jobs) == 1:
        return _of_one(answer.now, answer.jobs[0])
    return _of_several(answer)


def _of_one(now: Calculation, job: JobAnswer) -> str:
    working = sentence_case(_working(now.household, job))
    you = "you as a couple" if len(now.household.adults) == 2 else "you"
    if is_nil(job.gain.month):
        return f"{working} would leave {you} neither better nor worse off than now."
    return f"{working} would leave {you} {pounds(job.gain.month)} a month {_direction(job)}: {_in_detail(now, job)}."


def _of_several(answer: BetterOff) -> str:
    jobs, best, now = answer.jobs, answer.best, answer.now
    better = [job for job in jobs if job.gain.month > 0 and not is_nil(job.gain.month)]
    choices = "jobs" if all(job.hours for job in jobs) else "choices"
    working = _working(now.household, best)
    you = "you as a couple" if len(now.household.adults) == 2 else "you"
    if not better:
        none = f"Neither of the 2 {choices}" if len(jobs) == 2 else f"None of the {len(jobs)} {choices}"
        if is_nil(best.gain.month):
            return f"{none} would leave {you} better off; {working} would leave {you} neither better nor worse off."
        closest = f"{working} comes closest, {pounds(best.gain.month)} a month worse off: {_in_detail(now, best)}"
        return f"{none} would leave {you} better off; {closest}."
    how_many = f"Both {choices}" if len(jobs) == 2 else f"All {len(jobs)} {choices}"
    if len(better) < len(jobs):
        how_many = f"{'One' if len(better) == 1 else len(better)} of the {len(jobs)} {choices}"
    most = ": " if len(better) == 1 else ", most of all "
    gain = f"{pounds(best.gain.month)} a month better off, {_in_detail(now, best)}"
    return f"{how_many} would leave {you} better off{most}{working} ({gain})."


def _direction(job: JobAnswer) -> str:
    return "better off" if job.gain.month > 0 else "worse off"


def _in_detail(now: Calculation, job: JobAnswer) -> str:
    week = f"{pounds(job.gain.week)} a week"
    if job.gain.per_hour is None:
        return week
    return f"{week}, {pounds(job.gain.per_hour)} for each {hour_words(now, job)}"


def hour_words(now: Calculation, job: JobAnswer) -> str:
    """What the gain an hour is for: an hour worked, or an extra hour where there is work already."""
    working_now = any(
        adult.hours for adult, taken in zip(now.household.adults, job.jobs, strict=False) if taken is not None
    )
    return "extra hour" if working_now else "hour worked"


def _working(now: Household, job: JobAnswer) -> str:
    then = job.calculation.household
    parts = []
    for slot, taken in enumerate(job.jobs):
        if taken is None:
            continue
        adult = then.adults[slot]
        whose = "your partner " if slot else "you " if job.jobs[1] is not None else ""
        parts.append(whose + _doing(now.adults[slot], adult, at_minimum=taken.minimum_wage))
    return listed(parts)


def _doing(before: Adult, after: Adult, *, at_minimum: bool) -> str:
    if not after.hours:
        return "stopping work" if before.hours else "not working, as now,"
    told = f"working {job_words(after, at_minimum=at_minimum)}"
    if not before.hours:
        return told
    if after.hours == before.hours:
        return f"{told}, the same hours as now,"
    return f"{told}, {'up' if after.hours > before.hours else 'down'} from {hours_words(before.hours)} now,"


def job_words(adult: Adult, *, at_minimum: bool = False) -> str:
    """An adult's work: "16 hours a week at £12.71 an hour"."""
    worked = f"{hours_words(adult.hours)} a week"
    own = " for yourself" if adult.self_employed else ""
    if adult.earnings is not None:
        return f"{worked}{own} for {adult.earnings}"
    wage = f"{pounds(adult.hourly_wage or 0.0)} an hour"
    return f"{worked}{own} at {'the minimum wage of ' if at_minimum else ''}{wage}"


def work_in_short(household: Household) -> str:
    """Everybody's work for the head of a column: "16 h at £12.71", "no work", "30 h at £14.00 + 16 h at £12.71"."""
    told = [_work_in_short(adult) for adult in household.adults if adult.hours or not is_nil(adult.pay_a_month())]
    return " + ".join(told) or "no work"


def _work_in_short(adult: Adult) -> str:
    worked = f"{adult.hours:g} h"
    if adult.earnings is not None:
        return f"{worked}, {adult.earnings}"
    return f"{worked} at {pounds(adult.hourly_wage or 0.0)}"


def hours_words(hours: float) -> str:
    """16 hours, 1 hour, 37.5 hours."""
    return f"{hours:g} hour{'' if hours == 1 else 's'}"


# What changes


class Change(NamedTuple):
    """One thing that a job changes, or leaves alone."""

    kind: Kind
    text: str


def changes(now: Calculation, job: JobAnswer) -> list[Change]:
    """What stops, goes down, goes up, starts and stays, in that order."""
    home = now.household
    told = [Change("stops", f"{_name(a, home)} stops ({pounds(a.now)} a month now)") for a in job.lost]
    told += [_moved(a, home) for a in sorted(job.less, key=lambda a: a.change)]
    told += [_moved(a, home) for a in job.kept if a.change > 0]
    told += [Change("starts", f"{_name(a, home)} starts: {pounds(a.then)} a month") for a in job.started]
    told += [
        Change("stays the same", f"{_name(a, home)} stays the same: {pounds(a.then)} a month")
        for a in job.kept
        if a.change <= 0
    ]
    return told


def _moved(award: Award, home: Household) -> Change:
    kind: Kind = "goes up" if award.change > 0 else "goes down"
    return Change(kind, f"{_name(award, home)} {kind} by {pounds(award.change)} to {pounds(award.then)} a month")


def _name(award: Award, home: Household) -> str:
    return label(award.variable, home)


def in_short(told: Iterable[Change]) -> str:
    """The changes in one line, the things that stay brought together at the end."""
    told = list(told)
    moving = [change.text.replace(" a month", "") for change in told if change.kind != "stays the same"]
    still = [change.text.split(" stays")[0] for change in told if change.kind == "stays the same"]
    if still:
        moving.append(f"{listed(still)} {'stays' if len(still) == 1 else 'stay'} the same")
    return f"{'; '.join(moving)}." if moving else "No benefits now or then."


def remarks(now: Calculation, then: Calculation) -> list[str]:
    """What is worth knowing about a job beside the amounts: the benefit cap, childcare help, a wage below the law's."""
    told = []
    before, after = now.amounts_rounded, then.amounts_rounded
    if not is_nil(before["benefit_cap_reduction"]) and is_nil(after["benefit_cap_reduction"]):
        told.append(f"The benefit cap, which takes off {pounds(before['benefit_cap_reduction'])} now, ends")
    if not is_nil(after["uc_childcare_element"]) and not is_nil(after["universal_credit"]):
        told.append(f"Universal Credit includes {pounds(after['uc_childcare_element'])} for childcare")
    return told + warnings(then)


def warnings(one: Calculation, slot: int | None = None) -> list[str]:
    """What is not as the law has it, or not as one would think, of one adult or of each."""
    told = []
    for place, claims in enumerate(one.claims):
        if slot not in (None, place):
            continue
        pay = "Your partner's pay" if place else "Your pay" if len(one.claims) > 1 else "This pay"
        if claims.get("is_paid_below_minimum_wage"):
            told.append(f"{pay} is below the legal minimum wage for these hours")
        if claims.get("has_minimum_income_floor"):
            earner = "your partner earns" if place else "you earn"
            told.append(f"Universal Credit may count more than {earner}: the minimum income floor")
    return told


# Assumptions and what is left out


def assumptions(told: Iterable[Assumption]) -> list[str]:
    """Every assumption in a plain sentence, with what it is worth where that is known."""
    sentences: dict[str, str] = {}
    births: dict[str, float] = {}
    for one in told:
        if birthday := re.fullmatch(r"children\.(\d+)\.born", one.field):
            number = birthday[1]
            births[number] = max(births.get(number, 0.0), abs(one.worth_a_month or 0.0))
            sentences[one.field] = _BIRTHDAY.format(number=number, worth=pounds(births[number]))
        else:
            sentences[f"{one.field} {one.value}"] = _assumption(one)
    return list(sentences.values())


_BIRTHDAY = (
    "The birthday of child {number} is taken to be half a year ago. On another day of the year the answer could differ by up"
    " to {worth} a month."
)


def _assumption(one: Assumption) -> str:
    worth = one.worth_a_month
    field = re.sub(r"\.\d+\.", ".", one.field)
    who = "Your partner pays" if one.field.startswith("adults.2.") else "You pay"
    money = pounds(worth) if worth is not None else ""
    if field == "adults.pension" and worth is not None:
        end = f"{money} {'less' if worth < 0 else 'more'} a month in hand, and pension savings"
        return f"{who} nothing into a pension. With the usual contributions there would be {end}."
    if field == "greater_london" and worth is not None:
        return f"The home is taken to be outside London. In London there would be {money} a month more."
    if field == "council_tax":
        return "No Council Tax bill was given, so Council Tax is not counted."
    if field == "local_authority" and worth is not None:
        return (
            "Council Tax Reduction is by the standard rules of 2012, as each council in England has its own. At most"
            f" {money} a month turns on it."
        )
    if field == "options.take_up.marriage_allowance" and worth is not None:
        return f"Marriage Allowance is not counted. If you are married and can have it: {money} a month more."
    if field == "housing.bedrooms":
        return "The home is taken to have the right number of bedrooms."
    if field == "children.sex":
        return "Children young enough are taken to share bedrooms by twos."
    if field == "month":
        return "Every month is taken to be like this one."
    if field == "options.take_up":
        return "All benefits shown are taken to be claimed."
    if field == "adults.hours_expected":
        return f"The hours of work you would be expected to do are taken to be {one.value}."
    worth_words = "" if worth is None else f" (worth {plain(worth)} a month)"
    return f"{sentence_case(one.field)}: {one.value}; {one.why}{worth_words}."


def not_covered(told: Iterable[str]) -> list[str]:
    """What the answer leaves out."""
    return [sentence_case(line) for line in told]


def advice(household: Household) -> list[tuple[str, str]]:
    """Who gives free and independent advice where the household lives, and their pages."""
    return [ADVICE[household.nation], TURN2US]
