"""The key facts of a household as boxes to type in, and a household with what was typed.

Only what was changed is changed: a fact that still reads as it was shown leaves the household alone, so that a worked
household gives the very figures of its file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import mwp
from mwp.errors import InputError, Problem
from mwp.report import places
from mwp.web.language import language

Path = tuple[str | int, ...]
Told = dict[str, Any]
NATIONS = ("england", "scotland", "wales", "northern_ireland")
TENURES = ("private_rent", "social_rent", "mortgage", "owned", "rent_free")
HEALTH = ("none", "lcw", "lcwra", "lcwra_protected")
PERIODS = ("week", "fortnight", "four_weeks", "month", "year")
PAY_PERIODS = ("hour", *PERIODS)
BANDS = ("", "A", "B", "C", "D", "E", "F", "G", "H", "I")
SAID = language("en")
"""The words of this view: in English so far, from the catalogue."""
BLANK: Told = {
    "name": SAID.text("coach.your_household"),
    "nation": "england",
    "adults": [{}],
    "housing": {"tenure": "private_rent"},
}
"""What a blank screen starts from: all of it can be seen and changed, and the age has to be told."""


@dataclass(frozen=True)
class Fact:
    """A box: its id, its kind, the choices it has, how wide it is. Its words are in the catalogue, by its id."""

    id: str
    kind: Literal["text", "number", "money", "choice"]
    choices: tuple[str, ...] = ()
    width: int = 6
    names: str = ""
    """The list of names that it offers while one types: councils, areas."""

    @property
    def label(self) -> str:
        """What stands beside the box: for both adults the same."""
        return SAID.text(f"coach.fact.{self.id.removeprefix('you_').removeprefix('partner_')}")

    @property
    def hint(self) -> str:
        """How to fill it in, where that needs to be said."""
        return SAID.text(f"coach.hint.{self.id}") if SAID.has(f"coach.hint.{self.id}") else ""

    @property
    def options(self) -> list[tuple[str, str]]:
        """The choices with their words."""
        return [(name, choice(name)) for name in self.choices]


def choice(name: str) -> str:
    """What a choice says."""
    return SAID.text(f"coach.choice.{name or 'nothing'}")


@dataclass(frozen=True)
class Group:
    """Boxes that belong together."""

    id: str
    facts: tuple[Fact, ...]

    @property
    def title(self) -> str:
        """What stands over them."""
        return SAID.text(f"coach.group.{self.id}")


def _adult(who: str) -> Group:
    return Group(
        who,
        (
            Fact(f"{who}_age", "text", width=10),
            Fact(f"{who}_hours", "number", width=4),
            Fact(f"{who}_pay", "money"),
            Fact(f"{who}_pay_per", "choice", PAY_PERIODS),
            Fact(f"{who}_health", "choice", HEALTH),
        ),
    )


GROUPS: tuple[Group, ...] = (
    _adult("you"),
    _adult("partner"),
    Group(
        "children",
        (
            Fact("children", "text", width=20),
            Fact("childcare", "money"),
            Fact("childcare_per", "choice", PAY_PERIODS),
            Fact("childcare_children", "text", width=5),
            Fact("travel", "money"),
            Fact("travel_per", "choice", PERIODS),
        ),
    ),
    Group(
        "home",
        (
            Fact("nation", "choice", NATIONS),
            Fact("council", "text", width=20, names="councils"),
            Fact("area", "text", width=20, names="areas"),
            Fact("tenure", "choice", TENURES),
            Fact("rent", "money"),
            Fact("rent_per", "choice", PERIODS),
            Fact("bedrooms", "number", width=2),
            Fact("band", "choice", BANDS),
            Fact("council_tax", "money"),
            Fact("council_tax_per", "choice", PERIODS),
            Fact("savings", "number", width=8),
        ),
    ),
)
FACTS: dict[str, Fact] = {fact.id: fact for group in GROUPS for fact in group.facts}


class Wrong(Exception):
    """What was typed cannot be: a message for each box."""

    def __init__(self, found: Mapping[str, str]) -> None:
        super().__init__(found)
        self.found = dict(found)


# From a household to boxes


def shown(home: Told) -> dict[str, str]:
    """What the boxes hold for a household in the file's format."""
    told = dict(_shown(home))
    return {id: told.get(id, "") for id in FACTS}


def _shown(home: Told) -> Iterator[tuple[str, str]]:
    adults = home.get("adults") or []
    for who, adult in zip(("you", "partner"), (adults[:1] or [{}]) + (adults[1:2] or [{}]), strict=True):
        yield f"{who}_age", _age(adult)
        yield f"{who}_hours", _number(adult.get("hours"))
        wage = adult.get("hourly_wage")
        amount, per = (_number(wage), "hour") if wage is not None else _money(adult.get("earnings"), "hour")
        yield from ((f"{who}_pay", amount), (f"{who}_pay_per", per))
        yield f"{who}_health", str(adult.get("health", "none"))
    yield "children", ", ".join(_age(child) for child in home.get("children") or [])
    care = home.get("childcare") or {}
    amount, per = _money(care.get("amount"), "month")
    yield from (("childcare", amount), ("childcare_per", "hour" if care.get("per_hour_of_work") else per))
    yield "childcare_children", ", ".join(str(n) for n in care.get("children") or [])
    housing, tax = home.get("housing") or {}, home.get("council_tax") or {}
    bill = tax.get("amount")
    money = {
        "travel": (home.get("work_costs") or {}).get("travel"),
        "rent": housing.get("rent"),
        "council_tax": None if bill == "auto" else bill,
    }
    for id, given in money.items():
        amount, per = _money(given, "year" if id == "council_tax" else "month")
        yield from ((id, amount), (f"{id}_per", per))
    nation = home.get("nation", "england")
    yield from (("nation", nation), ("tenure", housing.get("tenure", "")), ("band", tax.get("band") or ""))
    council, area = home.get("local_authority"), home.get("brma")
    yield "council", str(places.councils(nation).get(council, council)) if council else ""
    yield "area", str(places.areas(nation).get(area, area)) if area else ""
    yield from (("bedrooms", _number(housing.get("bedrooms"))), ("savings", _number(home.get("savings"))))


def _age(person: Told) -> str:
    return str(person.get("born") or person.get("age", ""))


def _number(value: object) -> str:
    return "" if value is None else f"{value:.12g}" if isinstance(value, int | float) else str(value)


def _money(value: object, otherwise: str) -> tuple[str, str]:
    if isinstance(value, Mapping):
        return _number(value.get("amount")), str(value.get("per", "month"))
    return (_number(value), "month") if value is not None else ("", otherwise)


# From boxes to a household


@dataclass
class _Typed:
    """What was typed, beside what had been shown; gathers what is wrong."""

    now: Mapping[str, str]
    before: Mapping[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, id: str) -> str:
        return self.now.get(id, self.before[id]).strip()

    def changed(self, *ids: str) -> bool:
        return any(self[id] != self.before[id] for id in ids)

    def number(self, id: str) -> float | int | None:
        text = self[id].replace(",", "").replace("£", "").strip()
        if not text:
            return None
        try:
            found = float(text)
            if not abs(found) <= 1e9:
                raise ValueError
        except ValueError:
            self.wrong[id] = SAID.text("coach.wrong.no_number", given=self[id][:40])
            return None
        return int(found) if found == int(found) else found

    def money(self, id: str) -> Any:
        amount, per = self.number(id), self[f"{id}_per"]
        return amount if amount is None or per == "month" else {"amount": amount, "per": per}

    def ages(self, id: str) -> list[Told]:
        parts = [part.strip() for part in self[id].replace(";", ",").split(",") if part.strip()]
        return [self.age(id, part) for part in parts]

    def age(self, id: str, text: str) -> Told:
        if text.isascii() and text.isdigit():
            return {"age": int(text)}
        try:
            return {"born": date.fromisoformat(text)}
        except ValueError:
            self.wrong[id] = SAID.text("coach.wrong.no_age", given=text[:20])
            return {}


def household(base: Told, typed: Mapping[str, str]) -> Any:
    """The household with what was typed. Raises Wrong with a message for each box that cannot be used."""
    told = _Typed(typed, shown(base))
    made = _changed(base, told)
    if told.wrong:
        raise Wrong(told.wrong)
    try:
        return mwp.household_from(made)
    except InputError as error:
        raise Wrong(by_box(error)) from None


def _changed(base: Told, told: _Typed) -> Told:
    home = dict(base)
    for change in (_adults, _children, _place, _housing, _council_tax, _costs):
        change(home, told)
    return home


def _adults(home: Told, told: _Typed) -> None:
    adults = [dict(one) for one in home.get("adults") or []]
    if told.changed("partner_age"):
        adults = adults[:1] if not told["partner_age"] else adults if len(adults) > 1 else [*adults, {}]
    for who, adult in zip(("you", "partner"), adults, strict=False):
        if told.changed(f"{who}_age"):
            _forget(adult, "age", "born")
            adult |= told.age(f"{who}_age", told[f"{who}_age"]) if told[f"{who}_age"] else {}
        if told.changed(f"{who}_hours", f"{who}_pay", f"{who}_pay_per"):
            _pay(adult, who, told)
        if told.changed(f"{who}_health"):
            adult["health"] = told[f"{who}_health"]
    given = told["partner_hours"] or told["partner_pay"]
    if given and not told["partner_age"] and len(adults) < 2 and told.changed("partner_hours", "partner_pay"):
        told.wrong["partner_age"] = SAID.text("coach.wrong.partners_age")
    home["adults"] = adults


def _pay(adult: Told, who: str, told: _Typed) -> None:
    hours, amount = told.number(f"{who}_hours"), told.number(f"{who}_pay")
    _forget(adult, "hours", "hourly_wage", "earnings")
    if hours:
        adult["hours"] = hours
    if amount and told[f"{who}_pay_per"] == "hour":
        adult["hourly_wage"] = amount
    elif amount:
        adult["earnings"] = told.money(f"{who}_pay")
    if not hours:
        _forget(adult, "self_employed", "months_trading")


def _children(home: Told, told: _Typed) -> None:
    if not told.changed("children"):
        return
    before, ages = home.get("children") or [], told.ages("children")
    shown_before = [part.strip() for part in told.before["children"].split(",")]
    children = []
    for place, age in enumerate(ages):
        child = dict(before[place]) if place < len(before) else {}
        same = place < len(before) and shown_before[place] == str(next(iter(age.values()), ""))
        if not same:
            _forget(child, "age", "born")
            child |= age
        children.append(child)
    home.pop("children", None)
    if children:
        home["children"] = children


def _place(home: Told, told: _Typed) -> None:
    if told.changed("nation"):
        home["nation"] = told["nation"]
    nation = told["nation"]
    if nation not in NATIONS:
        told.wrong["nation"] = SAID.text("coach.wrong.nation")
        return
    moved = told.changed("nation")
    known: tuple[tuple[str, str, Callable[[str, str], str | None], Mapping[str, str]], ...] = (
        ("council", "local_authority", places.council_called, places.councils(nation)),
        ("area", "brma", places.area_called, places.areas(nation)),
    )
    for id, key, called, among in known:
        if not (told.changed(id) or (moved and told[id])):
            continue
        home.pop(key, None)
        if told[id]:
            found = called(told[id], nation)
            if found is None:
                name = places.nearest_name(told[id][:60], among)
                near = SAID.text("coach.wrong.near", name=name) if name else ""
                told.wrong[id] = SAID.text(f"coach.wrong.{id}", given=told[id][:60], nation=choice(nation), near=near)
            else:
                home[key] = found
        if id == "area" and _tells_allowance(home):
            home.pop("lha")


def _tells_allowance(home: Told) -> bool:
    """Whether a household tells the local housing allowance itself beside an area, which takes its place."""
    return "lha" in home and "brma" in home


def _housing(home: Told, told: _Typed) -> None:
    housing = dict(home.get("housing") or {})
    if told.changed("tenure"):
        housing["tenure"] = told["tenure"]
    if told.changed("rent", "rent_per"):
        _put(housing, "rent", told.money("rent"))
    if told.changed("bedrooms"):
        _put(housing, "bedrooms", told.number("bedrooms"))
    home["housing"] = housing


def _council_tax(home: Told, told: _Typed) -> None:
    if not told.changed("band", "council_tax", "council_tax_per"):
        return
    tax = dict(home.get("council_tax") or {})
    _put(tax, "band", told["band"] or None)
    amount = told.money("council_tax")
    _put(tax, "amount", "auto" if amount is None and tax.get("band") else amount)
    _put(home, "council_tax", tax or None)


def _costs(home: Told, told: _Typed) -> None:
    if told.changed("childcare", "childcare_per", "childcare_children", "children"):
        care = dict(home.get("childcare") or {})
        amount = told.number("childcare")
        if told.changed("childcare", "childcare_per"):
            care.pop("per_hour_of_work", None)
            care["amount"] = told.money("childcare")
        if told.changed("childcare_children"):
            parts = [part.strip() for part in told["childcare_children"].split(",") if part.strip()]
            if all(part.isascii() and part.isdigit() for part in parts):
                care["children"] = [int(part) for part in parts]
            else:
                told.wrong["childcare_children"] = SAID.text("coach.wrong.care_children")
        if amount and not care.get("children"):
            told.wrong.setdefault("childcare_children", SAID.text("coach.wrong.care_no_children"))
        _put(home, "childcare", care if amount else None)
    if told.changed("travel", "travel_per"):
        costs = dict(home.get("work_costs") or {})
        _put(costs, "travel", told.money("travel"))
        _put(home, "work_costs", costs or None)
    if told.changed("savings"):
        _put(home, "savings", told.number("savings"))


def _put(into: Told, key: str, value: Any) -> None:
    if value is None:
        into.pop(key, None)
    else:
        into[key] = value


def _forget(what: Told, *keys: str) -> None:
    for key in keys:
        what.pop(key, None)


# What is wrong, by the box it belongs to

_BOXES: dict[Path, str] = {
    ("adults", 0): "you_age", ("adults", 0, "age"): "you_age", ("adults", 0, "born"): "you_age",
    ("adults", 0, "hours"): "you_hours", ("adults", 0, "hourly_wage"): "you_pay", ("adults", 0, "earnings"): "you_pay",
    ("adults", 0, "health"): "you_health", ("adults", 1): "partner_age", ("adults", 1, "age"): "partner_age",
    ("adults", 1, "born"): "partner_age", ("adults", 1, "hours"): "partner_hours",
    ("adults", 1, "hourly_wage"): "partner_pay", ("adults", 1, "earnings"): "partner_pay",
    ("adults", 1, "health"): "partner_health", ("children",): "children", ("childcare",): "childcare",
    ("childcare", "children"): "childcare_children", ("work_costs", "travel"): "travel", ("nation",): "nation",
    ("local_authority",): "council", ("brma",): "area", ("lha",): "area", ("housing",): "tenure",
    ("housing", "rent"): "rent", ("housing", "bedrooms"): "bedrooms", ("council_tax",): "council_tax",
    ("council_tax", "band"): "band", ("savings",): "savings",
}  # fmt: skip


def box_of(problem: Problem) -> str:
    """The box that a problem of the household belongs to; none for what has no box here."""
    path = tuple(part for part in problem.path)
    for length in range(len(path), 0, -1):
        if path[:length] in _BOXES:
            return _BOXES[path[:length]]
    return ""


def by_box(error: InputError) -> dict[str, str]:
    """What is wrong by its box; what has none is told under no name."""
    found: dict[str, str] = {}
    for one in error.problems:
        box = box_of(one)
        told = one.message if box else str(one)
        found[box] = f"{found[box]} {told}" if box in found else told
    return found
