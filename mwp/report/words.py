"""The program's plain words: what each amount is called, the verdict on a job, and what is said of assumptions.

For people who have never read a regulation: short sentences, everyday words, no orders given. Every text that a
claimant reads stands here and in `templates/`.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from mwp.analysis.assumptions import DEFAULT_SCHEME
from mwp.analysis.better_off import Award, BetterOff, JobAnswer
from mwp.analysis.calculation import Assumption, Calculation
from mwp.engine.system import rule_graph
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
    "guarantee_top_up": "Make-work-pay top-up",
    "child_benefit": "Child Benefit",
    "high_income_child_benefit_charge": "Child Benefit charge",
    "carers_allowance": "Carer's Allowance",
    "scottish_carer_supplement": "Scottish Carer Supplement",
    "scottish_child_payment": "Scottish Child Payment",
    "under_occupancy_mitigation": "Help for spare bedrooms",
    "new_style_jsa": "New-style Jobseeker's Allowance",
    "new_style_esa": "New-style ESA",
    "maternity_allowance": "Maternity Allowance",
    "council_tax": "Council Tax bill",
    "council_tax_reduction": "Council Tax Reduction",
    "net_council_tax": "Council Tax to pay",
    "childcare_charges": "Childcare",
    "childcare_charges_up_to_limit": "Childcare, up to the limit",
    "tax_free_childcare": "Tax-Free Childcare",
    "northern_irish_childcare_subsidy": "Childcare subsidy",
    "cash_after_work_costs": "Left after costs of work",
    "passported_help": "Help in kind",
    "net_after_work_costs": "Left with help in kind",
    "free_school_meals": "Free school meals",
    "universal_school_meals": "School meals for every pupil",
    "school_clothing_grant": "School clothing grant",
    "education_maintenance_allowance": "Education Maintenance Allowance",
    "nhs_costs_help": "Help with NHS costs",
    "healthy_start": "Healthy Start",
    "best_start_foods": "Best Start Foods",
    "maternity_grant": "Sure Start Maternity Grant",
    "best_start_grant_pregnancy": "Best Start Grant, baby",
    "best_start_grant_early_learning": "Best Start Grant, early learning",
    "best_start_grant_school_age": "Best Start Grant, school age",
    "warm_home_discount": "Warm Home Discount",
    "warm_home_discount_scotland": "Warm Home Discount",
    "cold_weather_payment": "Cold Weather Payment",
    "winter_heating_payment": "Winter Heating Payment",
    "child_winter_heating_payment": "Child Winter Heating Payment",
    "winter_fuel_payment": "Winter Fuel Payment",
    "water_help": "Help with the water bill",
    "broadband_social_tariff": "Cheaper broadband",
    "tv_licence_help": "Cheaper TV licence",
    "help_to_save": "Help to Save bonus",
    "job_start_payment": "Job Start Payment",
    "young_carer_grant": "Young Carer Grant",
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
    "winter_fuel_payment": "Pension Age Winter Heating Payment",
    "under_occupancy_mitigation": "Discretionary Housing Payment",
}
_IN_NORTHERN_IRELAND = {
    "council_tax": "Rates bill",
    "council_tax_reduction": "Rate Rebate",
    "net_council_tax": "Rates to pay",
    "under_occupancy_mitigation": "Welfare Supplementary Payment",
}
_DISABILITY = {
    "pip": "PIP",
    "child_disability_benefit": "DLA for children",
    "attendance_allowance": "Attendance Allowance",
}
_DISABILITY_IN_SCOTLAND = {
    "pip": "Adult Disability Payment",
    "child_disability_benefit": "Child Disability Payment",
    "attendance_allowance": "Pension Age Disability Payment",
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
    known = of_nation.get(variable) or LABELS.get(variable)
    return known or sentence_case(rule_graph().rules[variable].label)


def left_label(household: Household) -> str:
    """What is left in the end, and what is still to be paid from it."""
    if household.housing.is_rented and not household.housing.has_rent_met_by_housing_benefit:
        return "Left, before rent and bills"
    if household.housing.tenure == "mortgage":
        return "Left, before mortgage and bills"
    return "Left, before bills"


def kept_whatever(one: Calculation) -> str:
    """What no pay takes away, in a sentence: PIP and its like; nothing where there is none."""
    of_nation = _DISABILITY_IN_SCOTLAND if one.household.nation == "scotland" else _DISABILITY
    paid = [name for variable, name in of_nation.items() if not is_nil(one.amounts_rounded[variable])]
    whole = pounds(one.amounts_rounded["disability_benefits"])
    return f"Kept whatever you earn: {listed(paid)}, {whole} a month, in no total here." if paid else ""


def work_costs_label(household: Household) -> str:
    """Travel, where that is the only cost of work there is."""
    costs = household.work_costs
    other = costs.meals.amount or costs.other.amount or costs.for_each_hour
    return "Travel and other work costs" if other else "Travel to work"


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
        return _of_one(answer.now, answer.jobs[0]) + _turned_round(answer.jobs[0])
    return _of_several(answer) + _turned_round(answer.best, "that one")


def _turned_round(job: JobAnswer, which: str = "it") -> str:
    """A second sentence, where help in kind turns a gain into a loss or a loss into a gain."""
    cash, whole = round(job.gain.month, 2), round(job.gain.month_with_help_in_kind, 2)
    if not whole or cash * whole > 0 or (not cash and abs(whole) < 1):
        return ""
    turned = "better off" if whole > 0 else "worse off"
    return f" Counting help in kind too, {which} would leave you {pounds(whole)} a month {turned}."


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
            return f"{none} would leave {you} better off; {working} would make no difference."
        closest = f"{working} comes closest, {pounds(best.gain.month)} a month worse off: {_in_detail(now, best)}"
        return f"{none} would leave {you} better off; {closest}."
    how_many = f"Both {choices}" if len(jobs) == 2 else f"All {len(jobs)} {choices}"
    if len(better) < len(jobs):
        how_many = f"{'One' if len(better) == 1 else len(better)} of the {len(jobs)} {choices}"
    gain = f"by {pounds(best.gain.month)} a month, {_in_detail(now, best)}"
    if len(better) == 1:
        return f"{how_many} would leave {you} better off: {working.rstrip(',')}, {gain}."
    return f"{how_many} would leave {you} better off, most of all {working.rstrip(',')}: {gain}."


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
    told = [
        f"{a.hours:g} h, {a.earnings}" if a.earnings is not None else f"{a.hours:g} h at {pounds(a.hourly_wage or 0.0)}"
        for a in household.adults
        if _works(a)
    ]
    return " + ".join(told) or "no work"


def work_in_words(household: Household) -> str:
    """Everybody's work: "16 hours a week at £12.71 an hour", and for a couple whose it is."""
    told = [
        ("" if len(household.adults) == 1 else "your partner " if slot else "you ") + job_words(adult)
        for slot, adult in enumerate(household.adults)
        if _works(adult)
    ]
    return " and ".join(told) or "no work"


def _works(adult: Adult) -> bool:
    return bool(adult.hours) or not is_nil(adult.pay_a_month())


def hours_words(hours: float) -> str:
    """16 hours, 1 hour, 37.5 hours."""
    return f"{hours:g} hour{'' if hours == 1 else 's'}"


def question(now: Calculation) -> str:
    """What the better-off page asks."""
    at_work = any(_works(adult) for adult in now.household.adults)
    return "Would you be better off?" if at_work else "Would you be better off in work?"


# What changes


class Change(NamedTuple):
    """One thing that a job changes, or leaves alone."""

    kind: Kind
    text: str
    short: str


def changes(now: Calculation, job: JobAnswer) -> list[Change]:
    """What stops, goes down, goes up, starts and stays, in that order."""
    home = now.household
    told = [_change("stops", a, home, f"stops ({pounds(a.now)} a month now)", f" ({pounds(a.now)})") for a in job.lost]
    told += [_moved(a, home) for a in sorted(job.less, key=lambda a: a.change)]
    told += [_moved(a, home) for a in job.kept if a.change > 0]
    told += [
        _change("starts", a, home, f"starts: {pounds(a.then)} a month", f" ({pounds(a.then)})") for a in job.started
    ]
    still = [a for a in job.kept if a.change <= 0]
    return told + [_change("stays the same", a, home, f"stays the same: {pounds(a.then)} a month") for a in still]


def _moved(award: Award, home: Household) -> Change:
    kind: Kind = "goes up" if award.change > 0 else "goes down"
    by = f"by {pounds(award.change)}"
    return _change(kind, award, home, f"{kind} {by} to {pounds(award.then)} a month", f" {by}")


def _change(kind: Kind, award: Award, home: Household, told: str, in_short: str = "") -> Change:
    name = _name(award, home)
    return Change(kind, f"{name} {told}", f"{name}{in_short}")


def _name(award: Award, home: Household) -> str:
    return label(award.variable, home)


def in_short(told: Iterable[Change]) -> str:
    """The changes in a line or two: what stops, what moves and by how much, what stays."""
    kinds: dict[Kind, list[str]] = {}
    for change in told:
        kinds.setdefault(change.kind, []).append(change.short)
    return " ".join(f"{sentence_case(kind)}: {', '.join(names)}." for kind, names in kinds.items()) or "No benefits."


def remarks(now: Calculation, then: Calculation) -> list[str]:
    """What is worth knowing about a job beside the amounts: the benefit cap, childcare help, a wage below the law's."""
    told = []
    before, after = now.amounts_rounded, then.amounts_rounded
    if not is_nil(before["benefit_cap_reduction"]) and is_nil(after["benefit_cap_reduction"]):
        told.append(f"The benefit cap ({pounds(before['benefit_cap_reduction'])} now) ends")
    if not is_nil(after["uc_childcare_element"]) and not is_nil(after["universal_credit"]):
        first = (
            f", after a first month's {pounds(after['childcare_charges'])}"
            if is_nil(before["childcare_charges"])
            else ""
        )
        told.append(f"Universal Credit includes {pounds(after['uc_childcare_element'])} for childcare{first}")
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


WORTH_A_MENTION = 5.0
"""Pounds a month: an assumption known to be worth no more than this is left out of the short form."""


class Told(NamedTuple):
    """An assumption in a sentence, and in a few words; how many pounds a month turn on it, where that is known."""

    sentence: str
    short: str
    worth: float | None = None


def assumptions(told: Iterable[Assumption]) -> list[str]:
    """Every assumption in a plain sentence, with what it is worth where that is known."""
    return [one.sentence for one in _assumptions(told)]


def assumptions_in_short(told: Iterable[Assumption], most: int | None = None) -> str:
    """The assumptions that much turns on in a few words, run together; what no worth is known of comes last."""
    found = [one for one in _assumptions(told) if one.worth is None or abs(one.worth) > WORTH_A_MENTION]
    found.sort(key=lambda one: -abs(one.worth or 0.0))
    return _run_on([one.short for one in found], most)


def _run_on(parts: Sequence[str], most: int | None = None) -> str:
    named = [part.rstrip(".") for part in parts[:most]]
    more = [f"{len(parts) - len(named)} more"] if len(parts) > len(named) else []
    return f"{sentence_case('; '.join(named + more))}." if parts else "Nothing that matters much."


def _assumptions(told: Iterable[Assumption]) -> list[Told]:
    found: dict[str, Told] = {}
    worth: dict[str, float] = {}
    for one in told:
        merged = re.sub(r"\.\d+\.", ".", one.field)
        if birthday := re.fullmatch(r"children\.(\d+)\.born", one.field):
            worth[one.field] = max(worth.get(one.field, 0.0), abs(one.worth_a_month or 0.0))
            found[one.field] = _birthday(birthday[1], worth[one.field])
        elif merged in _MERGED:
            worth[merged] = worth.get(merged, 0.0) + abs(one.worth_a_month or 0.0)
            sentence, short = (text.format(worth=pounds(worth[merged])) for text in _MERGED[merged])
            found[merged] = Told(sentence, short, worth[merged])
        else:
            found[f"{one.field} {one.value}"] = _assumption(one)._replace(worth=one.worth_a_month)
    return list(found.values())


_MERGED = {
    "children.at_state_school": (
        "The children are taken to be at state schools once they are old enough. At other schools there would be up to"
        " {worth} a month less in school meals and grants.",
        "children at state schools (up to {worth} turns on it)",
    ),
    "adults.prescriptions_a_month": (
        "No prescriptions are counted, as none were told. One a month for each adult would make help with NHS costs"
        " worth up to {worth} a month more.",
        "no prescriptions (up to {worth} more with one a month)",
    ),
}
"""Assumptions of the same kind about several people, told as one with their worth added up."""


def _birthday(number: str, worth: float) -> Told:
    differ = f"could differ by up to {pounds(worth)} a month"
    return Told(
        f"The birthday of child {number} is taken to be half a year ago. With another birthday the answer {differ}.",
        f"child {number}'s birthday half a year ago (up to {pounds(worth)} turns on it)",
        worth,
    )


def _assumption(one: Assumption) -> Told:
    worth = one.worth_a_month
    money = pounds(worth or 0.0)
    field = re.sub(r"\.\d+\.", ".", one.field)
    if field in _PLAIN:
        sentence, short = _PLAIN[field]
        return Told(sentence.format(value=one.value), short.format(value=one.value))
    if field in _OF_A_GUARANTEE:
        sentence, short = _OF_A_GUARANTEE[field]
        much = f"{money} a month {'more' if (worth or 0.0) > 0 else 'less'}"
        told = {"value": one.value, "why": one.why, "much": much, "money": money}
        if field == "guarantee.path" and is_nil(worth or 0.0):
            return Told(f"The top-up looks back along {one.value}.", f"looking back along {one.value}")
        return Told(sentence_case(sentence.format(**told)), short.format(**told))
    if field == "council_scheme":
        return Told(f"This is {one.value}. {one.why}", one.value)
    if field == "council_scheme.protected":
        much = f"up to {money} a month less" if worth else "less"
        return Told(
            f"There is taken to be {one.value}: who is in one would pay {much} Council Tax. Ask the council. {one.why}",
            f"{one.value} ({much} Council Tax otherwise)",
        )
    if worth is None:
        return Told(f"{sentence_case(one.field)}: {one.value}; {one.why}.", f"{one.field}: {one.value}")
    if field == "adults.pension":
        who, whose = (
            ("Your partner pays", "your partner's") if one.field.startswith("adults.2.") else ("You pay", "your")
        )
        less = f"{money} {'less' if worth < 0 else 'more'} a month"
        return Told(
            f"{who} nothing into a pension. With the smallest contributions the law allows there would be {less}, and a"
            " pension that grows.",
            f"no pension contributions from {whose} pay ({less} with the least allowed)",
        )
    if field == "greater_london":
        return Told(
            f"The home is taken to be outside London. In London there would be {money} a month more.",
            f"a home outside London ({money} a month more inside)",
        )
    if field == "local_authority" and one.value != DEFAULT_SCHEME:
        scheme = one.value.replace("own council tax reduction scheme", "own scheme")
        return Told(
            f"Council Tax Reduction is worked out by {scheme}, {one.why.split(';')[0]}. Up to {money} a month turns on"
            " it: check with the council.",
            f"Council Tax Reduction by {scheme} (up to {money} turns on it)",
        )
    if field == "local_authority":
        return Told(
            "Each council in England has its own rules for Council Tax Reduction. The standard rules of 2012 are used"
            f" here, and up to {money} a month turns on it.",
            f"Council Tax Reduction by the standard rules of 2012 (up to {money} turns on it)",
        )
    if field == "bills.broadband":
        return Told(
            f"A cheaper broadband tariff for people on Universal Credit is not counted. It could save about {money} a"
            " month.",
            f"no cheaper broadband ({money} a month more with it)",
        )
    if field == "adults.weeks_pregnant":
        return Told(
            f"The pregnancy is taken to be far enough on for every grant. In the first weeks there would be {money} a"
            " month less.",
            f"a pregnancy far enough on for every grant ({money} a month turns on it)",
        )
    if field == "one_off_grants":
        return Told(
            f"What is paid only once counts as a twelfth a month: {one.why.split(':')[0]}. Once it has been paid there"
            f" is {money} a month less.",
            f"one-off grants not paid yet ({money} a month less once they are)",
        )
    if field == "adults.sex":
        return Told(
            f"Nobody was told to be the baby's mother. A mother has free NHS care for a year: {money} a month more.",
            f"no free NHS care for the baby's mother ({money} a month more with it)",
        )
    if field == "bills.electricity":
        return Told(
            f"You are taken to pay the electricity supplier yourself. If somebody else does: {money} a month less, for"
            " want of the Warm Home Discount.",
            f"electricity paid by you ({money} a month less if not)",
        )
    if field == "bills.costly_to_heat":
        return Told(
            f"The home is taken not to be one that is costly to heat. If it is: {money} a month more, from the Warm"
            " Home Discount.",
            f"a home not costly to heat ({money} a month more if it is)",
        )
    if field == "options.take_up.marriage_allowance":
        return Told(
            f"Marriage Allowance is not counted. If you are married and can have it: {money} a month more.",
            f"no Marriage Allowance ({money} a month more with it)",
        )
    return Told(
        f"{sentence_case(one.field)}: {one.value}; {one.why} (worth {plain(worth)} a month).",
        f"{one.field}: {one.value} (worth {plain(worth)})",
    )


_OF_A_GUARANTEE = {
    "guarantee.path": (
        "The top-up looks back along {value}. Along a lower wage at the same hours there would be {much}.",
        "looking back along {value} ({money} turns on it)",
    ),
    "guarantee.earner": (
        "The top-up looks back along {value}, with the other's as it is.",
        "looking back along {value}",
    ),
    "guarantee.both_earners": ("{value} for the top-up: {why}.", "{value} for the top-up"),
    "standing.had_universal_credit": (
        "{value}: that is read off what is earned. If it is not so: {much} in top-up.",
        "{value} ({money} turns on it)",
    ),
    "standing.nes_participant": (
        "there is {value}. With one: {much} in top-up.",
        "{value} ({much} with one)",
    ),
    "standing.in_pilot_area": (
        "it is taken to be {value}, by the council. If it is not so: {much} in top-up.",
        "{value} ({money} turns on it)",
    ),
    "standing.month": (
        "it is taken to be {value}. Once the run-on has ended: {much}.",
        "{value} ({much} once the run-on has ended)",
    ),
}
"""What is told of a guarantee: in a sentence, and in a few words."""

_PLAIN = {
    "council_tax": (
        "No Council Tax bill was given, so Council Tax is not counted.",
        "no Council Tax, as no bill was given",
    ),
    "bills.water_social_tariff": (
        "The water company may have a cheaper tariff for low incomes. It is not counted, as its terms were not told.",
        "no cheaper water tariff",
    ),
    "bills.saves_a_month": (
        "No saving is counted. With a Help to Save account the government adds half of what is saved, up to a limit.",
        "no Help to Save",
    ),
    "housing.bedrooms": (
        "The home is taken to have the right number of bedrooms.",
        "a home with the right number of bedrooms",
    ),
    "children.sex": ("Children young enough are taken to share bedrooms by twos.", "children sharing bedrooms by twos"),
    "month": ("Every month is taken to be like this one.", "every month like this one"),
    "options.take_up": ("All benefits shown are taken to be claimed.", "all benefits claimed"),
    "adults.hours_expected": (
        "The hours of work expected of a self-employed person are taken to be {value}.",
        "{value} expected of the self-employed",
    ),
}


def not_covered(told: Iterable[str]) -> list[str]:
    """What the answer leaves out, in plain sentences."""
    return [_left_out(line)[0] for line in told]


def not_covered_in_short(told: Iterable[str], most: int | None = None) -> str:
    """What the answer leaves out, in a few words, run together."""
    return _run_on([_left_out(line)[1] for line in told], most)


def _left_out(line: str) -> tuple[str, str]:
    return next((both for start, both in _LEFT_OUT.items() if line.startswith(start)), (sentence_case(line), line))


_LEFT_OUT = {
    "Sanctions": (
        "Sanctions, advances, debts and anything else taken from Universal Credit, and extra amounts kept from older"
        " benefits.",
        "sanctions, advances and debts",
    ),
    "Surplus earnings": (
        "Months that are not alike, such as one with two pay days.",
        "months that are not alike",
    ),
    "PIP, ADP and DLA": (
        "PIP, Adult Disability Payment and DLA: you keep them whatever you earn, so they are left out of the totals.",
        "PIP, ADP and DLA, which stay whatever is earned",
    ),
    "Funded childcare hours": (
        "Funded nursery hours: the cost of childcare that was told is taken to be what is left to pay after them.",
        "funded nursery hours",
    ),
    "Local help": (
        "Help that is at the council's discretion: crisis funds, help with rent, fares to interviews.",
        "crisis funds and other local help",
    ),
    "Support for Mortgage Interest": (
        "Support for Mortgage Interest, which is a loan.",
        "Support for Mortgage Interest, a loan",
    ),
    "Housing Benefit for temporary": (
        "Housing Benefit for temporary accommodation.",
        "Housing Benefit for temporary accommodation",
    ),
    "Northern Ireland's payments": (
        "Northern Ireland's payments that make up for the benefit cap.",
        "payments that make up for the benefit cap",
    ),
}


def advice(household: Household) -> list[tuple[str, str]]:
    """Who gives free and independent advice where the household lives, and their pages."""
    return [ADVICE[household.nation], TURN2US]
