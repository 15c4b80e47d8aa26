"""What cannot be true together in a household file. Each function returns the faults it finds, all of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mwp.core import council_schemes
from mwp.inputs import places
from mwp.inputs.documents import Loc
from mwp.inputs.fields import Faults
from mwp.inputs.names import did_you_mean, listed

if TYPE_CHECKING:
    from mwp.inputs.household import Adult, Benefits, Child, Childcare, Household, WaterTariff

YOUNGEST_PARENT = 12
YOUNGEST_ADULT, OLDEST_PERSON = 16, 120
OLDEST_CHILD, OLDEST_AT_SCHOOL = 15, 19
NO_MORE_A_CHILD = "Someone older, or who has left education, goes under non_dependants."


def adult(person: Adult) -> Faults:
    """Age, work and pay, caring, student loans."""
    faults = Faults()
    _one_age(person, faults)
    _pay(person, faults)
    _self_employment(person, faults)
    if person.caring_hours and person.cares_for is None:
        faults.add("caring_hours", "Say whom with cares_for: partner, child or other (on a disability benefit).")
    if person.cares_for is not None and not person.caring_hours:
        faults.add("cares_for", "Give caring_hours too: 35 or more a week open the carer rules.")
    allowance = person.benefits.carers_allowance
    if allowance != "auto" and allowance.amount and not person.caring_hours:
        faults.add(("benefits", "carers_allowance"), "This is paid for caring. Give caring_hours and cares_for too.")
    for loan in sorted({loan for loan in person.student_loans if person.student_loans.count(loan) > 1}):
        faults.add("student_loans", f"{loan} is given twice. Give each plan once.")
    if person.pregnant and person.sex == "m":
        faults.add("pregnant", "sex is m. Change one of them.")
    if person.weeks_pregnant is not None and not person.pregnant:
        faults.add("weeks_pregnant", "pregnant is not given. Add pregnant: true, or take this out.")
    if person.benefits.has("maternity_allowance") and person.sex == "m":
        faults.add(("benefits", "maternity_allowance"), "sex is m. Change one of them.")
    if person.attendance_allowance != "none" and person.pip != type(person.pip)():
        faults.add("attendance_allowance", "pip is given too. Nobody has both: give the one in payment.")
    return faults


def benefits(told: Benefits) -> Faults:
    """Benefits that cannot be had together, and Pension Credit, which is not worked out."""
    faults = Faults()
    if told.esa_support_group and not told.has("new_style_esa"):
        faults.add("esa_support_group", "No New-style ESA is given. Give new_style_esa too.")
    if told.has("new_style_jsa") and told.has("new_style_esa"):
        faults.add("new_style_esa", "new_style_jsa is given too. One is for the fit and one for the unfit: give one.")
    if told.has("maternity_allowance"):
        for other in ("new_style_jsa", "new_style_esa"):
            if told.has(other):
                faults.add(other, "maternity_allowance is given too. They overlap: give the one in payment.")
    if told.has("pension_credit"):
        faults.add(
            "pension_credit",
            "Pension Credit is not worked out. A couple with one partner below State Pension age claims Universal "
            "Credit, unless they have had Pension Credit or pension-age Housing Benefit since before 15 May 2019.",
        )
    return faults


def child(person: Child) -> Faults:
    """Age, being still a child, and disability."""
    faults = Faults()
    _one_age(person, faults)
    _dla(person, faults)
    if person.age is not None and person.age > OLDEST_CHILD and not person.in_education:
        faults.add("in_education", f"A child of {person.age} must be in education or training. {NO_MORE_A_CHILD}")
    return faults


def childcare(costs: Childcare) -> Faults:
    """The amount's period, and each child once."""
    faults = Faults()
    if costs.per_hour_of_work and costs.amount.per not in ("month", "hour"):
        told = f"per_hour_of_work is true, so the amount is for an hour, not a {costs.amount.per}. Give a bare number."
        faults.add("amount", told)
    if costs.hours is not None and costs.per_hour_of_work:
        told = "per_hour_of_work is true, so the hours are those of work. Leave out one of the two."
        faults.add("hours", told)
    elif costs.hours is not None and costs.amount.per != "hour":
        told = "Hours go with the price of an hour, as in amount: {amount: 6.50, per: hour}."
        faults.add("hours", told)
    if costs.funded_hours == "to_take_off" and not costs.by_the_hour:
        told = (
            "Funded hours can be taken off a price by the hour only. Give amount: {amount: 6.50, per: hour}, with "
            "hours; an amount a month is what is left to pay."
        )
        faults.add("funded_hours", told)
    for number in sorted({number for number in costs.children if costs.children.count(number) > 1}):
        faults.add("children", f"Child {number} is given twice.")
    return faults


def water_tariff(tariff: WaterTariff) -> Faults:
    """Some way to have it."""
    faults = Faults()
    if tariff.income_limit is None and not tariff.on_universal_credit:
        told = "Nobody could have this tariff. Give income_limit, or on_universal_credit: true, or both."
        faults.add("income_limit", told)
    return faults


def household(home: Household) -> Faults:
    """What holds whatever the date: place, home, who is told to care for whom, childcare, council tax, ages given."""
    faults = Faults()
    _place(home, faults)
    _housing(home, faults)
    _council_tax(home, faults)
    _caring(home, faults)
    if home.childcare:
        for number in home.childcare.children:
            if not 1 <= number <= len(home.children):
                have = f"children has {len(home.children)}" if home.children else "no children are given"
                told = f"There is no child {number}: {have}. Count from 1, in the order of children."
                faults.add(("childcare", "children"), told)
    _generations(home, None, faults)
    return faults


def household_on(home: Household, on: date) -> Faults:
    """What depends on the date: birthdays to come, ages on the day, somebody below State Pension age."""
    faults = Faults()
    for group, people in (("adults", home.adults), ("non_dependants", home.non_dependants)):
        for index, grown in enumerate(people):
            age = grown.age_on(on)
            if not YOUNGEST_ADULT <= age <= OLDEST_PERSON:
                told = f"Born {grown.born} is aged {age} on {on}. An adult is {YOUNGEST_ADULT} to {OLDEST_PERSON}."
                faults.add((group, index, "born"), told)
    for index, young in enumerate(home.children):
        _child_on(young, ("children", index), on, faults)
    if not faults.found:
        _generations(home, on, faults)
        _pension_age(home, on, faults)
        if all(grown.is_pension_age_on(on) for grown in home.adults):
            told = (
                f"Everyone here has reached State Pension age on {on}, so the household is for Pension Credit, "
                "which is not modelled. Universal Credit needs an adult below that age."
            )
            faults.add(("adults",), told)
    return faults


def unstated(home: Household) -> list[str]:
    """Keys left out that could matter to the answer."""
    found = []
    for number, grown in enumerate(home.adults, start=1):
        if grown.pension is None and not grown.self_employed:
            found.append(f"adults.{number}.pension")
        if "student_loans" not in grown.model_fields_set:
            found.append(f"adults.{number}.student_loans")
    if len(home.children) > 1 and home.housing.is_rented:
        found += [f"children.{number}.sex" for number, one in enumerate(home.children, start=1) if one.sex is None]
    if home.council_tax is None:
        found.append("council_tax")
    if home.children and home.childcare is None:
        found.append("childcare")
    if home.local_authority is None:
        found.append("local_authority")
    if home.in_greater_london() is None:
        found.append("greater_london")
    return found


def _pension_age(home: Household, on: date, faults: Faults) -> None:
    """Attendance Allowance from State Pension age, New-style JSA and ESA only before it."""
    for group, people in (("adults", home.adults), ("non_dependants", home.non_dependants)):
        for index, grown in enumerate(people):
            if not grown.is_pension_age_on(on):
                if grown.attendance_allowance != "none":
                    told = f"This is for people over State Pension age, which is not reached on {on}. Give pip."
                    faults.add((group, index, "attendance_allowance"), told)
                continue
            for benefit in ("new_style_jsa", "new_style_esa"):
                if grown.benefits.has(benefit):
                    told = f"This ends at State Pension age, which is reached by {on}. Take it out."
                    faults.add((group, index, "benefits", benefit), told)


def _dla(person: Child, faults: Faults) -> None:
    """The level of disability that the rates of DLA bring."""
    if person.dla.care == "highest" and person.disability != "higher":
        faults.add("dla", "care is highest, which makes disability higher. Give disability: higher.")
    elif person.dla != type(person.dla)() and person.disability == "none":
        faults.add("dla", "Give disability too: higher with the highest care or for a blind child, else lower.")


def _one_age(person: Adult | Child, faults: Faults) -> None:
    if person.age is None and person.born is None:
        faults.add((), "Give age, or born (a date of birth).")
    elif person.age is not None and person.born is not None:
        faults.add("born", "age is given too. Give one of them.")


def _pay(person: Adult, faults: Faults) -> None:
    paid = person.earnings.amount if person.earnings else 0.0
    if person.hourly_wage is not None and person.earnings is not None:
        faults.add("hourly_wage", "earnings are given too. Give one of them.")
    elif person.hours and person.hourly_wage is None and person.earnings is None:
        faults.add("hours", f"{person.hours:g} hours of work have no pay. Give hourly_wage or earnings.")
    elif person.hours and person.earnings and not paid and not person.self_employed:
        faults.add("earnings", f"{person.hours:g} hours of work are paid nothing. Give the pay, or hours: 0.")
    if paid and not person.hours:
        faults.add("earnings", "No hours are given. Give hours, the hours of paid work a week.")


def _self_employment(person: Adult, faults: Faults) -> None:
    if person.self_employed and person.months_trading is None:
        told = "Give months_trading too: a business of 12 months or more is treated as earning at least a set amount."
        faults.add("self_employed", told)
    for key in ("months_trading", "months_gainfully_self_employed"):
        if getattr(person, key) is not None and not person.self_employed:
            faults.add(key, "This is for the self-employed. Add self_employed: true, or take it out.")
    if (person.months_gainfully_self_employed or 0) > (person.months_trading or 0):
        faults.add("months_gainfully_self_employed", "These are more than months_trading. The business is younger.")
    if not person.self_employed:
        return
    if person.apprentice:
        faults.add("apprentice", "An apprentice is an employee. Take out apprentice or self_employed.")
    if person.pension and (person.pension.employer or person.pension.method != "relief_at_source"):
        told = "The self-employed have no employer to contribute or pay it from wages. Use method: relief_at_source."
        faults.add("pension", told)


def _place(home: Household, faults: Faults) -> None:
    if home.local_authority is not None:
        known = places.authority(home.local_authority)
        if known is None:
            near = did_you_mean(home.local_authority, places.authorities())
            faults.add("local_authority", f"There is no local authority called {home.local_authority}.{near}")
        elif known.nation != home.nation:
            told = f"{known.name} is in {places.title(known.nation)}, but nation is {home.nation}. Change one of them."
            faults.add("local_authority", told)
        elif home.greater_london is not None and home.greater_london != known.in_greater_london:
            inside = "in" if known.in_greater_london else "outside"
            faults.add("greater_london", f"{known.name} is {inside} Greater London. Leave this out.")
    if home.greater_london and home.nation != "england":
        faults.add("greater_london", f"nation is {home.nation}. Leave this out.")
    if home.brma is not None:
        _brma(home, home.brma, faults)


def _brma(home: Household, brma: str, faults: Faults) -> None:
    if home.lha is not None:
        faults.add("lha", "brma is given too. Give one of them: the area, or the rate itself.")
    if brma in places.brmas(home.nation):
        return
    elsewhere = places.nations_of_brma(brma)
    if elsewhere:
        where = listed(places.title(nation) for nation in elsewhere)
        faults.add("brma", f"{brma} is in {where}, but nation is {home.nation}. Change one of them.")
    else:
        near = did_you_mean(brma, places.brmas(home.nation))
        where = places.title(home.nation)
        faults.add("brma", f"There is no broad rental market area called {brma} in {where}.{near}")


def _housing(home: Household, faults: Faults) -> None:
    housing, tenure = home.housing, home.housing.tenure
    if housing.is_rented and not housing.rent.amount:
        faults.add(("housing",), f"tenure is {tenure}, so give rent. Where none is paid, use tenure: rent_free.")
    if not housing.is_rented:
        for key in ("rent", "service_charges"):
            if getattr(housing, key).amount:
                told = f"tenure is {tenure}, which has none. Take it out, or use private_rent or social_rent."
                faults.add(("housing", key), told)
        for key in ("temporary_accommodation", "supported_accommodation"):
            if getattr(housing, key):
                told = f"tenure is {tenure}. Give private_rent or social_rent with the rent charged."
                faults.add(("housing", key), told)
    if housing.temporary_accommodation and housing.supported_accommodation:
        told = "A home is temporary or specified accommodation, not both. Keep the one that Housing Benefit goes by."
        faults.add(("housing", "supported_accommodation"), told)
    if tenure == "private_rent" and home.brma is None and home.lha is None:
        told = (
            "tenure is private_rent, so say which local housing allowance applies: brma, as in brma: leeds, "
            "or the rate itself, as in lha: 775. A council or GOV.UK's rate search tells both by postcode."
        )
        faults.add(("housing",), told)
    if tenure != "private_rent" and home.lha is not None:
        faults.add("lha", f"tenure is {tenure}: the local housing allowance is for private rent. Take it out.")
    if tenure != "social_rent" and housing.under_occupancy_exempt:
        faults.add(("housing", "under_occupancy_exempt"), f"tenure is {tenure}: this is for social rent. Take it out.")
    if tenure != "private_rent" and housing.shared_accommodation_exempt:
        told = f"tenure is {tenure}: this is for private rent. Take it out."
        faults.add(("housing", "shared_accommodation_exempt"), told)


def _council_tax(home: Household, faults: Faults) -> None:
    tax = home.council_tax
    if tax is None:
        return
    if tax.amount == "auto" and not council_schemes.has_band_d_charge(home.local_authority):
        council = home.local_authority
        why = f"The charges of {council} are not known" if council else "No local_authority is given"
        told = f"{why}, so auto finds no bill. Give the bill, as in {{amount: 1500, per: year}}."
        faults.add(("council_tax", "amount"), told)
    if home.nation == "northern_ireland":
        if tax.band is not None:
            faults.add(("council_tax", "band"), "Northern Ireland has rates, without bands. Give only the amount.")
    elif tax.band is None:
        faults.add(("council_tax",), "band is missing. Give the valuation band on the bill, A to H (to I in Wales).")
    elif tax.band == "I" and home.nation != "wales":
        faults.add(("council_tax", "band"), f"I is a band in Wales only, but nation is {home.nation}. Give A to H.")


def _caring(home: Household, faults: Faults) -> None:
    for index, person in enumerate(home.adults):
        if person.cares_for == "partner" and len(home.adults) == 1:
            faults.add(("adults", index, "cares_for"), "There is no partner here. Give child or other.")
        if person.cares_for == "child" and not home.children:
            faults.add(("adults", index, "cares_for"), "There are no children here. Give partner or other.")


def _child_on(young: Child, path: Loc, on: date, faults: Faults) -> None:
    age = young.age_on(on)
    if young.born is None:
        return
    if age < 0:
        told = f"{young.born} is after {on}, the date asked about. A child not yet born is given as pregnant: true."
        faults.add((*path, "born"), told)
    elif age > OLDEST_AT_SCHOOL:
        told = f"Born {young.born} is aged {age} on {on}. A child is 0 to {OLDEST_AT_SCHOOL}. {NO_MORE_A_CHILD}"
        faults.add((*path, "born"), told)
    elif age > OLDEST_CHILD and not young.in_education:
        told = f"A child of {age} must be in education or training. {NO_MORE_A_CHILD}"
        faults.add((*path, "in_education"), told)


def _generations(home: Household, on: date | None, faults: Faults) -> None:
    """A child at least twelve years younger than one of the adults. Without a date, by the ages given."""
    grown = [_known_age(person, on) for person in home.adults]
    for index, young in enumerate(home.children):
        age = _known_age(young, on)
        if age is None or None in grown or (on is not None and not _any_born(home, young)):
            continue
        eldest = max(age for age in grown if age is not None)
        if eldest - age < YOUNGEST_PARENT:
            key = "born" if young.born else "age"
            told = (
                f"A child of {age} is too close in age to the adults (the eldest is {eldest}). "
                "A brother or sister who is 16 or over goes under non_dependants."
            )
            faults.add(("children", index, key), told)


def _any_born(home: Household, young: Child) -> bool:
    """Whether an age turns on the date; where none does, the ages were checked when the file was read."""
    return young.born is not None or any(person.born is not None for person in home.adults)


def _known_age(person: Adult | Child, on: date | None) -> int | None:
    if person.age is not None or on is None:
        return person.age
    return person.age_on(on)
