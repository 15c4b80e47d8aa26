"""The questions of the journey as data: what is asked, of whom, when, and what would be a good answer.

A page holds one question, or a few that belong together. What a question says stands in the catalogues under
`question.<text>`; what its answer means for the household is in `mwp.web.answers`. Answers are text, as they were
typed, by the question's id; a page's own check reads them anew each time they come in.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Literal

from mwp.core import parameters
from mwp.inputs.ages import birthday_of, day_of, pension_ages, state_pension_day
from mwp.inputs.dates import age_on
from mwp.report import places

Kind = Literal["choice", "choices", "whole", "number", "money", "date", "council", "area"]
Answers = Mapping[str, str]
When = Callable[[Answers], bool]

MOST_CHILDREN = 8
MOST_OTHERS = 4
MOST_JOBS = 3
MOST_HOURS = 112
MOST_POUNDS = 10_000_000
LONGEST_ANSWER = 120
OLDEST_IN_CHILDCARE = 16
OLDEST_CHILD = 19
SCHOOL_AGES = range(4, 20)
BIRTHDAY_TELLS = {
    "england": frozenset({0, 1, 2, 3, 4, 7, 11}),
    "scotland": frozenset({0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 17}),
    "wales": frozenset({0, 3, 4, 11, 12, 16}),
    "northern_ireland": frozenset({0, 3, 4, 5, 11, 12, 15, 16}),
}
"""The ages at which, on some day of the year, school, childcare or a grant turns on the birthday, as a test finds."""
DATE_PARTS = ("day", "month", "year")
CAPPED_WITHOUT_RENT = 4
"""From so many children on, help can come to as much as the benefit cap without any rent."""
MAY_BE_PREGNANT = 55
NATIONS = ("england", "scotland", "wales", "northern_ireland")
PERIODS = ("hour", "week", "fortnight", "four_weeks", "month", "year")
NOT_HOURLY = PERIODS[1:]
PAID_EVERY = ("week", "fortnight", "four_weeks", "month")
OTHER_INCOME = (
    "child_maintenance", "maintenance", "state_pension", "occupational_pension", "rental", "interest", "dividends",
)  # fmt: skip
STUDENT_LOANS = ("plan_1", "plan_2", "plan_4", "plan_5", "postgraduate")
CONTRIBUTORY = ("new_style_jsa", "new_style_esa", "maternity_allowance")
PEOPLE = ("you", "partner")
NONE, UNSURE = "none", "unsure"


def always(answers: Answers) -> bool:
    """For whatever is asked of everybody."""
    return True


@dataclass(frozen=True)
class Question:
    """One question. `instead` is a box to tick in place of an answer, such as "I am not sure"."""

    id: str
    text: str
    kind: Kind
    options: tuple[str, ...] | Callable[[Answers], tuple[str, ...]] = ()
    least: float = 0
    most: float = MOST_POUNDS
    per: tuple[str, ...] = ()
    instead: When | None = None
    when: When = always
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_pay(self) -> bool:
        """Whether the answer is what work pays."""
        return self.id.endswith(("_pay", "_profit"))

    @property
    def per_id(self) -> str:
        """The field that tells the period of an amount."""
        return f"{self.id}_per"

    @property
    def instead_id(self) -> str:
        """The field of the box to tick in place of an answer."""
        return f"{self.id}_instead"

    @property
    def parts(self) -> tuple[str, ...]:
        """The fields that make up the answer itself: three of a date, else one."""
        return tuple(f"{self.id}_{part}" for part in DATE_PARTS) if self.kind == "date" else (self.id,)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every field of the question."""
        return (*self.parts, *((self.per_id,) if self.per else ()), *((self.instead_id,) if self.instead else ()))

    def choices(self, answers: Answers) -> tuple[str, ...]:
        """What can be chosen, given the answers so far."""
        return self.options if isinstance(self.options, tuple) else self.options(answers)


@dataclass(frozen=True)
class Fault:
    """What is wrong with an answer: the field, the catalogue's id under `errors`, and what its sentence names."""

    field: str
    error: str
    question: Question
    fields: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One page: its place in the journey, its questions, and when it is asked."""

    id: str
    section: str
    questions: tuple[Question, ...]
    when: When = always
    fields: Mapping[str, object] = field(default_factory=dict)
    checks: tuple[Callable[[Page, Answers, Answers], list[Fault]], ...] = ()

    def asked(self, answers: Answers) -> list[Question]:
        """The questions that are asked, given the answers so far."""
        return [one for one in self.questions if one.when(answers)]

    def read(self, given: Answers, answers: Answers) -> tuple[dict[str, str], list[Fault]]:
        """The page's answers, tidied, and what is wrong with them."""
        found: dict[str, str] = {}
        faults: list[Fault] = []
        for one in self.asked(answers):
            values, fault = _read(one, given, answers)
            found |= values
            if fault:
                faults.append(fault)
        for check in self.checks:
            if not faults:
                faults += check(self, answers, found)
        return found, faults


# What an answer has to be


def number(text: str) -> float | None:
    """A number as people write it: 1,200.50 or £12; None for anything else."""
    plain = text.strip().removeprefix("£").strip().replace(",", "")
    return float(plain) if re.fullmatch(r"-?(?:[0-9]{1,12}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})", plain) else None


def _read(one: Question, given: Answers, answers: Answers) -> tuple[dict[str, str], Fault | None]:
    values = {id: " ".join(given[id].split())[:LONGEST_ANSWER] for id in one.ids if given.get(id, "").strip()}
    instead = one.instead is not None and one.instead(answers) and values.get(one.instead_id) == "yes"
    if not instead:
        values.pop(one.instead_id, None)
    text = "".join(values.get(id, "") for id in one.parts)
    if instead:
        return (values, Fault(one.parts[0], "both", one)) if text else ({one.instead_id: "yes"}, None)
    if one.kind == "date":
        return values, _date_fault(one, values)
    if one.kind in ("choice", "choices"):
        return _read_choice(one, values, text, answers)
    if not text:
        return values, Fault(one.id, "missing", one)
    if one.kind in ("council", "area"):
        return _read_place(one, text, answers)
    return values, _amount_fault(one, values, text)


def _read_choice(
    one: Question, values: dict[str, str], text: str, answers: Answers
) -> tuple[dict[str, str], Fault | None]:
    chosen = text.split() if one.kind == "choices" else [text] if text else []
    known = one.choices(answers)
    kept = [value for value in dict.fromkeys(chosen) if value in known]
    values = {one.id: " ".join(kept)} if kept else {}
    if not kept:
        return values, Fault(one.id, "missing", one)
    if len(kept) > 1 and {NONE, UNSURE} & set(kept):
        return values, Fault(one.id, "none_and_others", one)
    return values, None


def _read_place(one: Question, text: str, answers: Answers) -> tuple[dict[str, str], Fault | None]:
    nation = answers.get("nation", "england")
    known = places.councils(nation) if one.kind == "council" else places.areas(nation)
    key = places.council_called(text, nation) if one.kind == "council" else places.area_called(text, nation)
    if key:
        return {one.id: known[key]}, None
    near = places.nearest_name(text, known)
    if near:
        return {one.id: text}, Fault(one.id, "unknown_but_near", one, {"given": text, "near": near})
    return {one.id: text}, Fault(one.id, "unknown", one, {"given": text})


def day_in(answers: Answers, id: str) -> date | None:
    """The day that three fields tell; None where they tell none."""
    try:
        day, month, year = (int(answers.get(f"{id}_{part}", "")) for part in DATE_PARTS)
        return date(year, month, day)
    except ValueError:
        return None


def _date_fault(one: Question, values: Answers) -> Fault | None:
    lacking = [part for part in DATE_PARTS if f"{one.id}_{part}" not in values]
    if len(lacking) == len(DATE_PARTS):
        return Fault(one.parts[0], "missing", one)
    if lacking:
        return Fault(f"{one.id}_{lacking[0]}", f"date_without.{lacking[0]}", one)
    day = day_in(values, one.id)
    if day is None:
        return Fault(one.parts[0], "no_date", one)
    return Fault(one.parts[0], "date_to_come", one) if day > date.today() else None


def _amount_fault(one: Question, values: dict[str, str], text: str) -> Fault | None:
    amount = number(text)
    if amount is None:
        return Fault(one.id, "not_a_number", one)
    if one.kind == "whole" and amount != int(amount):
        return Fault(one.id, "not_whole", one)
    if amount < one.least:
        return Fault(one.id, "too_small", one, {"least": one.least})
    if amount > one.most:
        return Fault(one.id, "too_big", one, {"most": one.most})
    if one.per and values.get(one.per_id) not in one.per:
        values.pop(one.per_id, None)
        if not amount:
            values[one.per_id] = "month" if "month" in one.per else one.per[0]
            return None
        return Fault(one.per_id, "per_missing", one)
    if one.is_pay and amount > (most := MOST_PAY[values[one.per_id]]):
        return Fault(one.id, "too_much_pay", one, {"most": most, "per": values[one.per_id]})
    return None


MOST_PAY = {"hour": 1_000, "week": 100_000, "fortnight": 200_000, "four_weeks": 400_000, "month": 400_000,
            "year": 5_000_000}  # fmt: skip
"""What is beyond any pay, and a slip: mostly of the period that it is for."""


# What cannot be true together


Check = Callable[[Page, Answers, Answers], list[Fault]]
A_PENNY = 0.01
YOUNGEST_PARENT = 12


def _child_beside_adults(page: Page, answers: Answers, found: Answers) -> list[Fault]:
    one = page.questions[0]
    eldest = max(ages(answers))
    if eldest - int(number(found[one.id]) or 0) < YOUNGEST_PARENT:
        return [Fault(one.id, "child_too_old", one, {"eldest": eldest})]
    return []


def _somebody_of_working_age(page: Page, answers: Answers, found: Answers) -> list[Fault]:
    told = {**answers, **found}
    one = page.questions[0]
    is_the_last = not has_partner(told) or one.id.startswith("partner")
    waits_for_birthday = page.id.endswith("-age") and whole(found, one.id) in pension_ages()
    if not is_the_last or waits_for_birthday or not all(is_pension_age(told, who) for who in takers(told)):
        return []
    return [Fault(one.parts[0], "all_pension_age", one)]


def _fits_the_age(page: Page, answers: Answers, found: Answers) -> list[Fault]:
    """A birthday that makes the age that was told."""
    one = page.questions[0]
    day, told = day_in(found, one.id), whole(answers, one.id.replace("_born", "_age"))
    if day is None or (makes := age_on(day, date.today())) == told:
        return []
    return [Fault(one.parts[0], "not_that_age", one, {"makes": makes, "told": told})]


def _still_a_child(page: Page, answers: Answers, found: Answers) -> list[Fault]:
    one = page.questions[0]
    return [Fault(one.id, "not_a_child", one)] if found[one.id] == "no" else []


def _one_of_a_kind(page: Page, answers: Answers, found: Answers) -> list[Fault]:
    one = page.questions[0]
    chosen = found[one.id].split()
    for who in PEOPLE:
        if sum(f"{who}_{benefit}" in chosen for benefit in CONTRIBUTORY) > 1:
            return [Fault(one.id, f"two_benefits.{who}", one)]
    return []


def _rent_that_is_paid(page: Page, answers: Answers, found: Answers) -> list[Fault]:
    one = page.questions[0]
    return [] if (number(found[one.id]) or 0.0) >= A_PENNY else [Fault(one.id, "no_rent", one)]


def _pay_for_hours(page: Page, answers: Answers, found: Answers) -> list[Fault]:
    """An employee is paid something, a penny at least; a business may make no profit."""
    for one in page.questions:
        if one.id.endswith("_pay") and one.id in found and (number(found[one.id]) or 0.0) < A_PENNY:
            return [Fault(one.id, "no_pay", one)]
    return []


# What the answers so far tell


def has(answers: Answers, id: str, *values: str) -> bool:
    """Whether a question has one of these answers."""
    return answers.get(id) in values


def chose(answers: Answers, id: str, value: str) -> bool:
    """Whether a box of a question with several is ticked."""
    return value in answers.get(id, "").split()


def whole(answers: Answers, id: str) -> int:
    """A whole number that was given; nil where none was, or it is none."""
    return int(number(answers.get(id, "")) or 0)


def has_partner(answers: Answers) -> bool:
    """Whether there is a partner."""
    return has(answers, "partner", "yes")


def ages(answers: Answers) -> list[int]:
    """The ages of the adults."""
    return [whole(answers, f"{who}_age") for who in (PEOPLE if has_partner(answers) else PEOPLE[:1])]


def children(answers: Answers) -> range:
    """The numbers of the children, from 1."""
    return range(1, min(whole(answers, "children"), MOST_CHILDREN) + 1)


def children_aged(answers: Answers, among: range) -> list[int]:
    """The numbers of the children of some ages."""
    return [n for n in children(answers) if whole(answers, f"child_{n}_age") in among]


def born(answers: Answers, who: str) -> date | None:
    """The date of birth of you, partner or child_1, where it is told."""
    return day_in(answers, f"{who}_born")


def is_pension_age(answers: Answers, who: str) -> bool:
    """Whether an adult has reached State Pension age."""
    age, today = whole(answers, f"{who}_age"), date.today()
    if age not in pension_ages():
        return age >= pension_ages().stop
    return state_pension_day(birthday_of(None if born(answers, who) else age, born(answers, who), today)[0]) <= today


def birthday_tells(n: int) -> When:
    """Whether something turns on the birthday of a child: school, childcare, a grant, or the amount for the first."""

    def tells(answers: Answers) -> bool:
        age = whole(answers, f"child_{n}_age")
        if n not in children(answers):
            return False
        return age in BIRTHDAY_TELLS[answers.get("nation", "england")] or _may_be_first_with_more(answers, age)

    return tells


def _may_be_first_with_more(answers: Answers, age: int) -> bool:
    """Whether a child of an age may or may not be born before the day up to which a first child brings more in
    Universal Credit, and no other is older.
    """
    today = date.today()
    day = day_of(_number_of_law("universal_credit.child_element.higher_amount_born_before"))
    is_eldest = age == max(whole(answers, f"child_{n}_age") for n in children(answers))
    return is_eldest and age_on(day - timedelta(days=1), today) == age == age_on(day, today)


def rents(answers: Answers) -> bool:
    """Whether rent is paid."""
    return has(answers, "tenure", "private_rent", "social_rent")


def pays_for_childcare(answers: Answers) -> bool:
    """Whether childcare would be paid for."""
    return has(answers, "childcare", "yes")


def council_key(answers: Answers) -> str | None:
    """The council, where it is told."""
    return places.council_called(answers.get("council", ""), answers.get("nation", "england"))


def takers(answers: Answers) -> tuple[str, ...]:
    """Who may take the job."""
    return PEOPLE if has_partner(answers) else PEOPLE[:1]


def taker(answers: Answers) -> str:
    """Who would take the job."""
    return answers.get("who", "you") if has_partner(answers) else "you"


def works_or_would(answers: Answers, who: str) -> bool:
    """Whether somebody is in a job now, or would be in the one asked about."""
    return has(answers, f"{who}_work", "employed", "self_employed") or taker(answers) == who


def has_large_family(answers: Answers) -> bool:
    """Whether there are so many children that a metered water bill can be capped."""
    return len(children(answers)) >= _number_of_law("household_bills.watersure.large_family")


def somebody_is_ill(answers: Answers) -> bool:
    """Whether somebody's health has been told of: a disability benefit, or limited capability for work."""
    told = any(answers.get(f"{who}_{part}", NONE) != NONE for who in PEOPLE
               for part in ("health", "daily_living", "mobility", "attendance"))  # fmt: skip
    return told or answers.get("disabled_children", NONE) != NONE


def may_be_capped(answers: Answers) -> bool:
    """Whether the benefit cap may bite: nobody works or is of those whom it leaves out, and help can be as much."""
    out_of_work = all(has(answers, f"{who}_work", NONE) for who in takers(answers))
    left_out = any(has(answers, f"{who}_health", "lcwra") for who in takers(answers)) or any(
        answers.get(f"{who}_{part}", NONE) != NONE
        for who in PEOPLE
        for part in ("daily_living", "mobility", "attendance", "cares_for")
    )
    disabled_child = answers.get("disabled_children", NONE) != NONE
    as_much = rents(answers) or len(children(answers)) >= CAPPED_WITHOUT_RENT
    return out_of_work and as_much and not left_out and not disabled_child


def may_share(answers: Answers) -> bool:
    """Whether a private tenant's age may bring the rate for a shared home."""
    alone = not has_partner(answers) and not children(answers)
    below = _number_of_law("universal_credit.housing.shared_rate_under_age")
    return alone and has(answers, "tenure", "private_rent") and ages(answers)[0] < below


def _number_of_law(path: str) -> float:
    return parameters.value(path, date.today())


def _and(*conditions: When) -> When:
    return lambda answers: all(one(answers) for one in conditions)


def _if(id: str, *values: str) -> When:
    return lambda answers: has(answers, id, *values)


def _child(n: int, among: range = range(OLDEST_CHILD + 1)) -> When:
    return lambda answers: n in children_aged(answers, among)


def _ticked(id: str, value: str) -> When:
    return lambda answers: chose(answers, id, value)


def _aged(id: str, among: range) -> When:
    return lambda answers: whole(answers, id) in among


def _not(condition: When) -> When:
    return lambda answers: not condition(answers)


def _is_pension_age(who: str) -> When:
    return lambda answers: is_pension_age(answers, who)


def _gets_disability_benefit(who: str) -> When:
    rates = [f"{who}_{part}" for part in ("daily_living", "mobility", "attendance")]
    return lambda answers: any(answers.get(id, NONE) != NONE for id in rates)


def _worker(who: str) -> When:
    return lambda answers: who in takers(answers) and works_or_would(answers, who)


def _yes_no(unsure: bool = False) -> tuple[str, ...]:
    return ("yes", "no", UNSURE) if unsure else ("yes", "no")


# The pages, in order


def _where() -> Iterator[Page]:
    yield Page("nation", "where", (Question("nation", "nation", "choice", NATIONS),))
    yield Page("council", "where", (Question("council", "council", "council", instead=always),))
    yield Page(
        "london",
        "where",
        (Question("london", "london", "choice", _yes_no(unsure=True)),),
        _and(_if("nation", "england"), lambda a: council_key(a) is None),
    )


def _people() -> Iterator[Page]:
    yield Page("partner", "people", (Question("partner", "partner", "choice", _yes_no()),))
    yield Page(
        "your-age",
        "people",
        (Question("you_age", "age.you", "whole", least=16, most=120),),
        checks=(_somebody_of_working_age,),
    )
    yield _birthday_of_adult("you", always)
    yield Page(
        "partner-age",
        "people",
        (Question("partner_age", "age.partner", "whole", least=16, most=120),),
        has_partner,
        checks=(_somebody_of_working_age,),
    )
    yield _birthday_of_adult("partner", has_partner)
    yield Page("children", "people", (Question("children", "children", "whole", most=MOST_CHILDREN),))
    for n in range(1, MOST_CHILDREN + 1):
        about = {"n": n}
        there = _child(n)
        yield Page(
            f"child-{n}",
            "people",
            (
                Question(f"child_{n}_age", "child_age", "whole", most=OLDEST_CHILD, fields=about),
                Question(f"child_{n}_sex", "child_sex", "choice", ("f", "m", UNSURE), fields=about, when=_several),
            ),
            there,
            about,
            (_child_beside_adults,),
        )
        yield Page(
            f"child-{n}-education",
            "people",
            (Question(f"child_{n}_education", "child_education", "choice", _yes_no(), fields=about),),
            _child(n, range(16, OLDEST_CHILD + 1)),
            about,
            (_still_a_child,),
        )
    for n in range(1, MOST_CHILDREN + 1):
        yield Page(
            f"child-{n}-birthday",
            "people",
            (Question(f"child_{n}_born", "child_born", "date", instead=always, fields={"n": n}),),
            birthday_tells(n),
            {"n": n},
            (_fits_the_age,),
        )
    yield Page(
        "child-disability",
        "people",
        (Question("disabled_children", "disabled_children", "choices", lambda a: _numbers(children(a))),),
        lambda a: bool(children(a)),
    )
    for n in range(1, MOST_CHILDREN + 1):
        yield Page(
            f"child-{n}-disability",
            "people",
            (Question(f"child_{n}_disability", "child_disability", "choice", ("higher", "lower"), fields={"n": n}),),
            _ticked("disabled_children", str(n)),
            {"n": n},
        )
    yield Page(
        "school",
        "people",
        (
            Question(
                "not_at_state_school",
                "not_at_state_school",
                "choices",
                lambda a: (*_numbers(children_aged(a, SCHOOL_AGES)), UNSURE),
            ),
        ),
        lambda a: bool(children_aged(a, SCHOOL_AGES)),
    )
    yield Page("others", "people", (Question("others", "others", "whole", most=MOST_OTHERS),))
    for n in range(1, MOST_OTHERS + 1):
        about = {"n": n}
        there = _aged("others", range(n, MOST_OTHERS + 1))
        yield Page(
            f"other-{n}",
            "people",
            (
                Question(f"other_{n}_age", "other_age", "whole", least=16, most=120, fields=about),
                Question(f"other_{n}_disability", "other_disability", "choice", _yes_no(unsure=True), fields=about),
                Question(f"other_{n}_work", "other_work", "choice", _yes_no(), fields=about),
            ),
            there,
            about,
        )
        yield Page(
            f"other-{n}-pay",
            "people",
            (
                Question(f"other_{n}_hours", "other_hours", "number", least=1, most=MOST_HOURS, fields=about),
                Question(f"other_{n}_pay", "other_pay", "money", per=PERIODS, fields=about),
            ),
            _and(there, _if(f"other_{n}_work", "yes")),
            about,
            (_pay_for_hours,),
        )


def _birthday_of_adult(who: str, there: When) -> Page:
    asked = _and(there, _aged(f"{who}_age", pension_ages()))
    one = Question(f"{who}_born", f"born.{who}", "date", instead=always)
    return Page(f"{who.replace('you', 'your')}-birthday", "people", (one,), asked,
                checks=(_fits_the_age, _somebody_of_working_age))  # fmt: skip


def _several(answers: Answers) -> bool:
    return len(children(answers)) > 1


def _numbers(among: range | list[int]) -> tuple[str, ...]:
    return (*(str(n) for n in among), NONE)


def _home() -> Iterator[Page]:
    yield Page(
        "home",
        "home",
        (Question("tenure", "tenure", "choice", ("social_rent", "private_rent", "mortgage", "owned", "rent_free")),),
    )
    rent = Question("rent", "rent", "money", per=NOT_HOURLY)
    yield Page("rent", "home", (rent,), rents, checks=(_rent_that_is_paid,))
    yield Page(
        "area",
        "home",
        (
            Question(
                "area",
                "area",
                "area",
                instead=lambda a: places.area_of_council(council_key(a), a.get("nation", "england")) is not None,
            ),
        ),
        _if("tenure", "private_rent"),
    )
    yield Page(
        "bedrooms",
        "home",
        (Question("bedrooms", "bedrooms", "whole", most=12, instead=always),),
        _if("tenure", "social_rent"),
    )
    yield Page("extra-bedroom", "home", (Question("extra_bedroom", "extra_bedroom", "choice", _yes_no()),), rents)
    yield Page("shared", "home", (Question("shared_exempt", "shared_exempt", "choice", _yes_no(True)),), may_share)
    kinds = (NONE, "temporary", "supported", UNSURE)
    yield Page("temporary", "home", (Question("temporary", "temporary", "choice", kinds),), rents)


def _council_tax() -> Iterator[Page]:
    bands = ("A", "B", "C", "D", "E", "F", "G", "H")
    yield Page(
        "council-tax-band",
        "council_tax",
        (
            Question(
                "band",
                "band",
                "choice",
                lambda a: (*bands, *(("I",) if has(a, "nation", "wales") else ()), NONE, UNSURE),
            ),
        ),
        _if("nation", "england", "scotland", "wales"),
    )
    yield Page(
        "council-tax-bill",
        "council_tax",
        (
            Question(
                "council_tax",
                "council_tax",
                "money",
                per=("month", "year"),
                instead=lambda a: places.has_average_charge(council_key(a)),
            ),
        ),
        _and(_if("nation", "england", "scotland", "wales"), lambda a: not has(a, "band", NONE, UNSURE)),
    )
    yield Page(
        "rates",
        "council_tax",
        (Question("rates", "rates", "money", per=("month", "year"), instead=always),),
        _if("nation", "northern_ireland"),
    )


def _health() -> Iterator[Page]:
    for who in PEOPLE:
        there: When = always if who == "you" else has_partner
        yield Page(
            f"{who}-health",
            "health",
            (Question(f"{who}_health", f"health.{who}", "choice", (NONE, "lcw", "lcwra")),),
            there,
        )
        yield Page(
            f"{who}-health-since",
            "health",
            (
                Question(
                    f"{who}_lcw_since", f"lcw_since.{who}", "choice", _yes_no(True), when=_if(f"{who}_health", "lcw")
                ),
                Question(
                    f"{who}_lcwra_since",
                    f"lcwra_since.{who}",
                    "choice",
                    _yes_no(True),
                    when=_if(f"{who}_health", "lcwra"),
                ),
            ),
            _and(there, _if(f"{who}_health", "lcw", "lcwra")),
        )
        old = _is_pension_age(who)
        young = _not(old)
        rates = (NONE, "standard", "enhanced")
        yield Page(
            f"{who}-disability-benefit",
            "health",
            (
                Question(f"{who}_daily_living", f"daily_living.{who}", "choice", rates, when=young),
                Question(f"{who}_mobility", f"mobility.{who}", "choice", rates, when=young),
                Question(f"{who}_attendance", f"attendance.{who}", "choice", (NONE, "lower", "higher"), when=old),
            ),
            there,
        )
        yield Page(
            f"{who}-sight",
            "health",
            (Question(f"{who}_blind", f"blind.{who}", "choice", _yes_no()),),
            _and(there, _gets_disability_benefit(who)),
        )
        yield Page(
            f"{who}-caring",
            "health",
            (
                Question(
                    f"{who}_cares_for",
                    f"cares_for.{who}",
                    "choice",
                    lambda a: (
                        NONE,
                        *(("partner",) if has_partner(a) else ()),
                        *(("child",) if children(a) else ()),
                        "other",
                    ),
                ),
            ),
            there,
        )
        yield Page(
            f"{who}-carers-allowance",
            "health",
            (Question(f"{who}_carers_allowance", f"carers_allowance.{who}", "choice", _yes_no()),),
            _and(there, _if(f"{who}_cares_for", "partner", "child", "other")),
        )
    yield Page(
        "pregnant",
        "health",
        (Question("pregnant", "pregnant", "choice", lambda a: (NONE, *takers(a))),),
        lambda a: min(ages(a)) <= MAY_BE_PREGNANT,
    )
    yield Page(
        "weeks-pregnant",
        "health",
        (Question("weeks_pregnant", "weeks_pregnant", "whole", most=42, instead=always),),
        _if("pregnant", *PEOPLE),
    )
    yield Page(
        "new-mother",
        "health",
        (Question("new_mother", "new_mother", "choice", lambda a: (*takers(a), NONE)),),
        lambda a: bool(children_aged(a, range(1))),
    )
    yield Page(
        "prescriptions",
        "health",
        (
            Question("you_prescriptions", "prescriptions.you", "whole", most=100, instead=always),
            Question("partner_prescriptions", "prescriptions.partner", "whole", most=100, instead=always,
                     when=has_partner),
        ),
        _if("nation", "england"),
    )  # fmt: skip


def _money() -> Iterator[Page]:
    yield Page("savings", "money", (Question("savings", "savings", "money", instead=always),))
    yield Page("other-income", "money", (Question("other_income", "other_income", "choices", (*OTHER_INCOME, NONE)),))
    yield Page(
        "other-income-amounts",
        "money",
        tuple(
            Question(f"income_{one}", f"income_{one}", "money", per=NOT_HOURLY,
                     when=_ticked("other_income", one))
            for one in OTHER_INCOME
        ),
        lambda a: any(chose(a, "other_income", one) for one in OTHER_INCOME),
    )  # fmt: skip
    yield Page(
        "benefits",
        "money",
        (
            Question(
                "benefits",
                "benefits",
                "choices",
                lambda a: (*(f"{who}_{one}" for who in takers(a) for one in _contributory(a, who)), NONE),
            ),
        ),
        checks=(_one_of_a_kind,),
    )
    yield Page(
        "benefit-amounts",
        "money",
        tuple(
            Question(f"{who}_{one}", f"amount_of_{one}.{who}", "money", least=A_PENNY, per=PAID_EVERY, instead=always,
                     when=_ticked("benefits", f"{who}_{one}"))
            for who in PEOPLE
            for one in CONTRIBUTORY
        ),
        lambda a: a.get("benefits", NONE) != NONE,
    )  # fmt: skip


def _contributory(answers: Answers, who: str) -> tuple[str, ...]:
    """The benefits that turn on what was paid in: JSA and ESA end at State Pension age."""
    return CONTRIBUTORY[2:] if is_pension_age(answers, who) else CONTRIBUTORY


def _work() -> Iterator[Page]:
    for who in PEOPLE:
        there: When = always if who == "you" else has_partner
        yield Page(
            f"{who}-work",
            "work",
            (Question(f"{who}_work", f"work.{who}", "choice", (NONE, "employed", "self_employed")),),
            there,
        )
        yield Page(
            f"{who}-pay",
            "work",
            (
                Question(f"{who}_hours", f"hours.{who}", "number", least=0.5, most=MOST_HOURS),
                Question(f"{who}_pay", f"pay.{who}", "money", per=PERIODS, when=_if(f"{who}_work", "employed")),
                Question(
                    f"{who}_profit", f"profit.{who}", "money", per=NOT_HOURLY, when=_if(f"{who}_work", "self_employed")
                ),
            ),
            _and(there, _if(f"{who}_work", "employed", "self_employed")),
            checks=(_pay_for_hours,),
        )
        yield Page(
            f"{who}-trading",
            "work",
            (Question(f"{who}_trading", f"trading.{who}", "choice", _yes_no()),),
            _and(there, _if(f"{who}_work", "self_employed")),
        )
        yield Page(
            f"{who}-start-up",
            "work",
            (Question(f"{who}_start_up", f"start_up.{who}", "choice", _yes_no(True)),),
            _and(there, _if(f"{who}_work", "self_employed"), _if(f"{who}_trading", "yes")),
        )
        yield Page(
            f"{who}-out-of-work",
            "work",
            (Question(f"{who}_out_of_work", f"out_of_work.{who}", "whole", most=1_200, instead=always),),
            _and(
                there,
                _if("nation", "scotland"),
                _if(f"{who}_work", NONE),
                _aged(f"{who}_age", range(YOUNG_JOB_STARTER + 1)),
            ),
        )
    yield Page(
        "education",
        "work",
        (
            Question(
                "students",
                "students",
                "choice",
                lambda a: (NONE, *takers(a), *(("both",) if has_partner(a) else ())),
            ),
        ),
    )
    yield Page(
        "stopped-work", "work", (Question("stopped_work", "stopped_work", "choice", _yes_no(True)),), may_be_capped
    )


YOUNG_JOB_STARTER = 25


def _job() -> Iterator[Page]:
    yield Page("who", "job", (Question("who", "who", "choice", PEOPLE),), has_partner)
    for n in range(1, MOST_JOBS + 1):
        about = {"n": n}
        there: When = always if n == 1 else _if(f"another_{n}", "yes")
        if n > 1:
            before: When = always if n == 2 else _if(f"another_{n - 1}", "yes")
            yield Page(f"another-{n}", "job", (Question(f"another_{n}", f"another_{n}", "choice", _yes_no()),), before)
        yield Page(
            f"job-{n}",
            "job",
            (
                Question(f"job_{n}_kind", "job_kind", "choice", ("employed", "self_employed"), fields=about),
                Question(f"job_{n}_hours", "job_hours", "number", least=1, most=MOST_HOURS, fields=about),
            ),
            there,
            about,
        )
        yield Page(
            f"job-{n}-pay",
            "job",
            (
                Question(
                    f"job_{n}_pay",
                    "job_pay",
                    "money",
                    per=PERIODS,
                    instead=_if(f"job_{n}_kind", "employed"),
                    fields=about,
                    when=_if(f"job_{n}_kind", "employed"),
                ),
                Question(
                    f"job_{n}_profit",
                    "job_profit",
                    "money",
                    per=NOT_HOURLY,
                    fields=about,
                    when=_if(f"job_{n}_kind", "self_employed"),
                ),
            ),
            there,
            about,
            (_pay_for_hours,),
        )
    for who in PEOPLE:
        asked = _worker(who)
        yield Page(
            f"{who}-pension",
            "job",
            (Question(f"{who}_pension", f"pension.{who}", "choice", ("yes", "no", UNSURE)),),
            asked,
        )
        yield Page(
            f"{who}-pension-share",
            "job",
            (
                Question(f"{who}_pension_share", f"pension_share.{who}", "number", least=0.1, most=50),
                Question(
                    f"{who}_pension_method",
                    "pension_method",
                    "choice",
                    ("relief_at_source", "net_pay", "salary_sacrifice", UNSURE),
                    when=_not(_if(f"{who}_work", "self_employed")),
                ),
                Question(f"{who}_pension_of", "pension_of", "choice", ("pay", "qualifying_earnings", UNSURE)),
            ),
            _and(asked, _if(f"{who}_pension", "yes")),
        )
        yield Page(
            f"{who}-student-loan",
            "job",
            (Question(f"{who}_student_loan", f"student_loan.{who}", "choices", (*STUDENT_LOANS, NONE, UNSURE)),),
            asked,
        )


def _costs() -> Iterator[Page]:
    young = range(OLDEST_IN_CHILDCARE + 1)
    yield Page(
        "childcare",
        "costs",
        (Question("childcare", "childcare", "choice", _yes_no(unsure=True)),),
        lambda a: bool(children_aged(a, young)),
    )
    yield Page(
        "childcare-children",
        "costs",
        (
            Question(
                "childcare_children",
                "childcare_children",
                "choices",
                lambda a: tuple(str(n) for n in children_aged(a, young)),
            ),
        ),
        _and(pays_for_childcare, lambda a: len(children_aged(a, young)) > 1),
    )
    yield Page(
        "childcare-cost",
        "costs",
        (Question("childcare_cost", "childcare_cost", "money", per=("hour", "week", "four_weeks", "month")),),
        pays_for_childcare,
    )
    yield Page(
        "childcare-hours",
        "costs",
        (
            Question("childcare_hours", "childcare_hours", "number", least=1, most=MOST_HOURS, instead=always),
            Question("childcare_free", "childcare_free", "choice", ("to_take_off", "taken_off", UNSURE)),
        ),
        _and(pays_for_childcare, _if("childcare_cost_per", "hour")),
    )
    yield Page(
        "travel",
        "costs",
        (
            Question("travel", "travel", "money", per=("week", "month"), instead=always),
            Question("other_costs", "other_costs", "money", per=("week", "month"), instead=always),
        ),
    )
    yield Page(
        "same-costs",
        "costs",
        (Question("same_costs", "same_costs", "choice", _yes_no(unsure=True)),),
        _if("another_2", "yes"),
    )
    for n in range(2, MOST_JOBS + 1):
        about = {"n": n}
        care_by_job = _and(pays_for_childcare, _not(_if("childcare_cost_per", "hour")))
        yield Page(
            f"job-{n}-costs",
            "costs",
            (
                Question(f"job_{n}_childcare", "job_childcare", "money", per=("week", "four_weeks", "month"),
                         fields=about, when=care_by_job),
                Question(f"job_{n}_travel", "job_travel", "money", per=("week", "month"), fields=about),
            ),
            _and(_if("same_costs", "no"), _if(f"another_{n}", "yes")),
            about,
        )  # fmt: skip


def _bills_with_help(answers: Answers) -> tuple[str, ...]:
    """The bills that Universal Credit can make cheaper: there is no Warm Home Discount in Northern Ireland."""
    return ("broadband",) if has(answers, "nation", "northern_ireland") else ("electricity", "broadband")


def _bills() -> Iterator[Page]:
    yield Page(
        "bills",
        "bills",
        (Question("bills", "bills", "choices", lambda a: (*_bills_with_help(a), NONE)),),
    )
    yield Page(
        "water",
        "bills",
        (
            Question("water_meter", "water_meter", "choice", _yes_no(unsure=True)),
            Question("water_need", "water_need", "choice", _yes_no(), when=_not(has_large_family)),
        ),
        _and(_if("nation", "england", "wales"), lambda a: has_large_family(a) or somebody_is_ill(a)),
    )
    yield Page(
        "water-bill",
        "bills",
        (Question("water_bill", "water_bill", "money", least=A_PENNY, per=("month", "year"), instead=always),),
        _and(_if("water_meter", "yes"), lambda a: has_large_family(a) or has(a, "water_need", "yes")),
    )


@cache
def pages() -> tuple[Page, ...]:
    """Every page that asks something, in order."""
    return tuple(page for make in _SECTIONS.values() for page in make())


_SECTIONS: dict[str, Callable[[], Iterator[Page]]] = {
    "where": _where,
    "people": _people,
    "home": _home,
    "council_tax": _council_tax,
    "health": _health,
    "money": _money,
    "work": _work,
    "job": _job,
    "costs": _costs,
    "bills": _bills,
}
SECTIONS = tuple(_SECTIONS)


@cache
def page_called(id: str) -> Page | None:
    """The page of a path."""
    return next((page for page in pages() if page.id == id), None)


@cache
def questions() -> dict[str, Question]:
    """Every question by its id."""
    return {one.id: one for page in pages() for one in page.questions}


@cache
def fields() -> dict[str, tuple[Page, Question]]:
    """The page and the question of every field."""
    return {id: (page, one) for page in pages() for one in page.questions for id in one.ids}


@dataclass(frozen=True)
class Journey:
    """The way through the questions that these answers make: what is asked, and the answers that count.

    An answer to a question that is not asked any more, or that will not do, is left out.
    """

    pages: tuple[Page, ...]
    answers: Answers
    first_open: Page | None

    def after(self, page: Page) -> Page | None:
        """The next page."""
        place = self.pages.index(page) + 1
        return self.pages[place] if place < len(self.pages) else None

    def before(self, page: Page) -> Page | None:
        """The page before."""
        place = self.pages.index(page) - 1
        return self.pages[place] if place >= 0 else None

    def reaches(self, page: Page) -> bool:
        """Whether a page is asked, and everything before it has been answered."""
        if page not in self.pages:
            return False
        return self.first_open is None or self.pages.index(page) <= self.pages.index(self.first_open)


def journey(given: Answers) -> Journey:
    """The way that answers make. Pages after the first open one count as asked where the answers so far say so."""
    answers: dict[str, str] = {}
    asked: list[Page] = []
    first_open: Page | None = None
    for page in pages():
        if not page.when(answers):
            continue
        asked.append(page)
        found, faults = page.read(given, answers)
        if faults:
            first_open = page
            break
        answers |= found
    return Journey(tuple(asked), answers, first_open)
