"""What the answers mean: the household and the jobs they describe, and what was taken as so for want of an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import mwp
from mwp.errors import InputError
from mwp.report import places, requests
from mwp.web import questions as q
from mwp.web.questions import NONE, UNSURE, Answers, has

CARER_HOURS = 35
YEAR_OF_TRADING = 12
MOST_PACKED = 40_000
"""Characters: more than the longest journey needs, and little enough to read at once."""

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Taken:
    """What was taken as so because somebody was not sure: the catalogue's id under `taken`, and its fields."""

    text: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Trouble:
    """What the household file's own checks find in the answers: the question it belongs to, and their message."""

    question: str | None
    message: str


@dataclass
class Described:
    """The household in the file's format, the jobs as the API takes them, and where each part came from."""

    household: dict[str, Any]
    jobs: list[dict[str, Any]]
    for_partner: bool
    taken: list[Taken]
    origins: dict[Path, str]

    def question_at(self, path: Path) -> str | None:
        """The question that a place in the household came from."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.origins:
                return self.origins[path[:length]]
        return None

    def troubles(self, on: date) -> list[Trouble]:
        """What cannot be as it is told: nothing, where the answers can be worked out."""
        try:
            mwp.household_from(self.household).check_on(on)
        except InputError as error:
            return self.troubles_of(error)
        return []

    def troubles_of(self, error: InputError) -> list[Trouble]:
        """What an error says is wrong with the household, each with the question it came from."""
        return [Trouble(self.question_at(one.path), one.message) for one in error.problems]

    def better_off(self, on: date | None = None) -> Any:
        """The answer: now beside each job. Raises InputError."""
        jobs = [requests.job(job) for job in self.jobs]
        theirs: dict[str, Any] = {"partner_jobs" if self.for_partner else "jobs": jobs}
        return mwp.better_off(self.household, on=on, **theirs)


# Answers on their way from page to page


def packed(answers: Answers) -> str:
    """The answers as one text, to ride in a form."""
    return json.dumps(dict(answers), ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> dict[str, str]:
    """The answers out of a form: only those to questions there are. Whatever else comes in is dropped."""
    if not text or len(text) > MOST_PACKED:
        return {}
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(given, dict):
        return {}
    known = q.fields()
    return {
        id: value[: q.LONGEST_ANSWER] for id, value in given.items() if id in known and isinstance(value, str) and value
    }


# The household


def described(answers: Answers) -> Described:
    """The household and the jobs of answers that have been read by a journey. Every question asked is answered."""
    return _Describer(answers).whole()


class _Describer:
    def __init__(self, answers: Answers) -> None:
        self.a = answers
        self.taken: list[Taken] = []
        self.origins: dict[Path, str] = {}

    def whole(self) -> Described:
        home: dict[str, Any] = {"name": "Your household", "nation": self.a["nation"]}
        self._from("nation", "nation")
        self._place(home)
        home["adults"] = [self._adult(who, slot) for slot, who in enumerate(q.takers(self.a))]
        if kids := [self._child(n) for n in q.children(self.a)]:
            home["children"] = kids
        self._schools(kids)
        if others := [self._other(n) for n in range(1, q.whole(self.a, "others") + 1)]:
            home["non_dependants"] = others
        home["housing"] = self._housing()
        self._council_tax(home)
        self._money(home)
        if has(self.a, "stopped_work", "yes"):
            home["options"] = {"benefit_cap_grace_period": True}
        if has(self.a, "stopped_work", "yes", UNSURE):
            self._take(f"stopped_work.{self.a['stopped_work']}")
        self._costs(home)
        self._bills(home)
        jobs = [self._job(n) for n in range(1, q.MOST_JOBS + 1) if n == 1 or has(self.a, f"another_{n}", "yes")]
        return Described(home, jobs, q.taker(self.a) == "partner", self.taken, self.origins)

    def _from(self, question: str, *path: str | int) -> None:
        self.origins[path] = question

    def _take(self, text: str, **fields: object) -> None:
        self.taken.append(Taken(text, fields))

    def _amount(self, id: str) -> float:
        return q.number(self.a[id]) or 0.0

    def _money_of(self, id: str) -> dict[str, Any] | float:
        per = self.a.get(f"{id}_per", "month")
        return self._amount(id) if per == "month" else {"amount": self._amount(id), "per": per}

    def _instead(self, id: str) -> bool:
        return has(self.a, f"{id}_instead", "yes")

    def _place(self, home: dict[str, Any]) -> None:
        council = q.council_key(self.a)
        if council:
            home["local_authority"] = council
            self._from("council", "local_authority")
        else:
            self._take(f"council.{self.a['nation']}")
        if has(self.a, "london", "yes", "no"):
            home["greater_london"] = self.a["london"] == "yes"
            self._from("london", "greater_london")
        if not has(self.a, "tenure", "private_rent"):
            return
        if self._instead("area"):
            home["brma"] = places.area_of_council(council, self.a["nation"])
            self._take("area", area=places.areas(self.a["nation"])[home["brma"]])
        else:
            home["brma"] = places.area_called(self.a["area"], self.a["nation"])
        self._from("area", "brma")

    def _adult(self, who: str, slot: int) -> dict[str, Any]:
        at: tuple[str, int] = ("adults", slot)
        one = self._age(who, *at)
        self._work(one, who, at)
        if has(self.a, "students", who, "both"):
            one["in_education"] = True
        self._pension(one, who, at)
        self._loans(one, who)
        self._health(one, who, at)
        if has(self.a, "pregnant", who):
            one["pregnant"] = True
            if "weeks_pregnant" in self.a:
                one["weeks_pregnant"] = int(self._amount("weeks_pregnant"))
        if has(self.a, "new_mother", who) or has(self.a, "pregnant", who):
            one["sex"] = "f"
        elif has(self.a, "new_mother", NONE):
            self._take("new_mother") if who == "you" else None
        if has(self.a, "nation", "england") and not self._instead(f"{who}_prescriptions"):
            one["prescriptions_a_month"] = self._amount(f"{who}_prescriptions")
        return one

    def _age(self, who: str, *at: str | int) -> dict[str, Any]:
        """The date of birth where it is told, else the age."""
        self._from(f"{who}_age", *at)
        if day := q.born(self.a, who):
            self._from(f"{who}_born", *at, "born")
            return {"born": day}
        if who in q.PEOPLE and self._instead(f"{who}_born"):
            self._take(f"born.{who}")
        return {"age": int(self._amount(f"{who}_age"))}

    def _work(self, one: dict[str, Any], who: str, at: tuple[str, int]) -> None:
        kind = self.a[f"{who}_work"]
        if kind == NONE:
            one["hours"] = 0
            if f"{who}_out_of_work" in self.a:
                one["months_out_of_work"] = int(self._amount(f"{who}_out_of_work"))
            return
        one["hours"] = self._amount(f"{who}_hours")
        self._from(f"{who}_hours", *at, "hours")
        paid = f"{who}_pay" if kind == "employed" else f"{who}_profit"
        if self.a[f"{paid}_per"] == "hour":
            one["hourly_wage"] = self._amount(paid)
            self._from(paid, *at, "hourly_wage")
        else:
            one["earnings"] = self._money_of(paid)
            self._from(paid, *at, "earnings")
        if kind == "self_employed":
            one["self_employed"] = True
            one["months_trading"] = YEAR_OF_TRADING if has(self.a, f"{who}_trading", "yes") else 0
            if has(self.a, f"{who}_start_up", "no"):
                one["months_gainfully_self_employed"] = 0
            elif has(self.a, f"{who}_start_up", UNSURE):
                self._take(f"start_up.{who}")

    def _pension(self, one: dict[str, Any], who: str, at: tuple[str, int]) -> None:
        if not has(self.a, f"{who}_pension", "yes"):
            if has(self.a, f"{who}_pension", UNSURE):
                self._take(f"pension.{who}")
            return
        method = self.a.get(f"{who}_pension_method", "relief_at_source")
        if f"{who}_pension_method" not in self.a:
            self._take(f"pension_self_employed.{who}")
        elif method == UNSURE:
            method = "relief_at_source"
            self._take(f"pension_method.{who}")
        of = self.a[f"{who}_pension_of"]
        if of == UNSURE:
            of = "pay"
            self._take(f"pension_of.{who}")
        share = round(self._amount(f"{who}_pension_share") / 100, 6)
        one["pension"] = {"employee": share, "method": method, "of": of}
        self._from(f"{who}_pension_share", *at, "pension")

    def _loans(self, one: dict[str, Any], who: str) -> None:
        loans = self.a.get(f"{who}_student_loan")
        if loans is None or loans == NONE:
            one["student_loans"] = []
        elif loans == UNSURE:
            self._take(f"student_loan.{who}")
        else:
            one["student_loans"] = loans.split()

    def _health(self, one: dict[str, Any], who: str, at: tuple[str, int]) -> None:
        health = self.a[f"{who}_health"]
        if health != NONE:
            since = self.a[f"{who}_{health}_since"]
            one["health"] = f"{health}_protected" if since == "yes" else health
            if since == UNSURE:
                self._take(f"{health}_since.{who}")
        rates = {part: self.a.get(f"{who}_{part}", NONE) for part in ("daily_living", "mobility")}
        if set(rates.values()) != {NONE}:
            one["pip"] = rates
        if self.a.get(f"{who}_attendance", NONE) != NONE:
            one["attendance_allowance"] = self.a[f"{who}_attendance"]
            self._from(f"{who}_attendance", *at, "attendance_allowance")
        if has(self.a, f"{who}_blind", "yes"):
            one["blind"] = True
        benefits: dict[str, Any] = {}
        if not has(self.a, f"{who}_cares_for", NONE):
            one |= {"caring_hours": CARER_HOURS, "cares_for": self.a[f"{who}_cares_for"]}
            if has(self.a, f"{who}_carers_allowance", "yes"):
                benefits["carers_allowance"] = "auto"
        for benefit in q.CONTRIBUTORY:
            if q.chose(self.a, "benefits", f"{who}_{benefit}"):
                unsure = self._instead(f"{who}_{benefit}")
                benefits[benefit] = "auto" if unsure else self._money_of(f"{who}_{benefit}")
                if unsure:
                    self._take(f"amount_of_{benefit}.{who}")
                if benefit == "new_style_esa" and health == "lcwra":
                    benefits["esa_support_group"] = True
        if q.chose(self.a, "benefits", f"{who}_maternity_allowance"):
            one["sex"] = "f"
        if benefits:
            one["benefits"] = benefits
            self._from("benefits", *at, "benefits")

    def _child(self, n: int) -> dict[str, Any]:
        one = self._age(f"child_{n}", "children", n - 1)
        if has(self.a, f"child_{n}_sex", "f", "m"):
            one["sex"] = self.a[f"child_{n}_sex"]
        if q.chose(self.a, "disabled_children", str(n)):
            one["disability"] = self.a[f"child_{n}_disability"]
        return one

    def _schools(self, kids: list[dict[str, Any]]) -> None:
        told = self.a.get("not_at_state_school")
        if told is None or told == UNSURE:
            return
        for n in q.children_aged(self.a, q.SCHOOL_AGES):
            kids[n - 1]["at_state_school"] = not q.chose(self.a, "not_at_state_school", str(n))

    def _other(self, n: int) -> dict[str, Any]:
        one: dict[str, Any] = {"age": int(self._amount(f"other_{n}_age"))}
        self._from(f"other_{n}_age", "non_dependants", n - 1)
        if has(self.a, f"other_{n}_disability", "yes"):
            one["pip"] = {"daily_living": "standard"}
        elif has(self.a, f"other_{n}_disability", UNSURE):
            self._take("other_disability", n=n)
        if has(self.a, f"other_{n}_work", "yes"):
            one["hours"] = self._amount(f"other_{n}_hours")
            if self.a[f"other_{n}_pay_per"] == "hour":
                one["hourly_wage"] = self._amount(f"other_{n}_pay")
            else:
                one["earnings"] = self._money_of(f"other_{n}_pay")
        return one

    def _housing(self) -> dict[str, Any]:
        tenure = self.a["tenure"]
        home: dict[str, Any] = {"tenure": tenure}
        self._from("tenure", "housing")
        if not q.rents(self.a):
            return home
        home["rent"] = self._money_of("rent")
        self._from("rent", "housing", "rent")
        if tenure == "social_rent" and not self._instead("bedrooms"):
            home["bedrooms"] = int(self._amount("bedrooms"))
        if has(self.a, "extra_bedroom", "yes"):
            home["extra_bedrooms"] = 1
            self._take("extra_bedroom")
        if has(self.a, "shared_exempt", "yes"):
            home["shared_accommodation_exempt"] = True
        if has(self.a, "temporary", "temporary", "supported"):
            home[f"{self.a['temporary']}_accommodation"] = True
        for question in ("shared_exempt", "temporary"):
            if has(self.a, question, UNSURE):
                self._take(question)
        return home

    def _council_tax(self, home: dict[str, Any]) -> None:
        if has(self.a, "nation", "northern_ireland"):
            if self._instead("rates"):
                return
            home["council_tax"] = {"amount": self._money_of("rates")}
            self._from("rates", "council_tax")
        elif not has(self.a, "band", NONE, UNSURE):
            bill = "auto" if self._instead("council_tax") else self._money_of("council_tax")
            home["council_tax"] = {"band": self.a["band"], "amount": bill}
            self._from("council_tax", "council_tax")
            if bill == "auto":
                self._take("council_tax", band=self.a["band"], council=self.a["council"])

    def _money(self, home: dict[str, Any]) -> None:
        if self._instead("savings"):
            self._take("savings")
        else:
            home["savings"] = self._amount("savings")
            self._from("savings", "savings")
        income = {one: self._money_of(f"income_{one}") for one in q.OTHER_INCOME if f"income_{one}" in self.a}
        if income:
            home["unearned_income"] = income
            for one in income:
                self._from(f"income_{one}", "unearned_income", one)

    def _costs(self, home: dict[str, Any]) -> None:
        if q.pays_for_childcare(self.a):
            young = q.children_aged(self.a, range(q.OLDEST_IN_CHILDCARE + 1))
            chosen = [int(n) for n in self.a.get("childcare_children", str(young[0])).split()]
            care: dict[str, Any] = {"amount": self._money_of("childcare_cost"), "children": chosen}
            if "childcare_hours" in self.a:
                care["hours"] = self._amount("childcare_hours")
            elif self._instead("childcare_hours"):
                self._take("childcare_hours")
            if has(self.a, "childcare_free", "taken_off"):
                care["funded_hours"] = "taken_off"
            elif has(self.a, "childcare_free", UNSURE):
                self._take("childcare_free")
            home["childcare"] = care
            self._from("childcare_cost", "childcare")
        elif has(self.a, "childcare", UNSURE):
            self._take("childcare")
        costs = {}
        for id, cost in (("travel", "travel"), ("other_costs", "other")):
            if self._instead(id):
                self._take(id)
            elif self._amount(id):
                costs[cost] = self._money_of(id)
                self._from(id, "work_costs", cost)
        if costs:
            home["work_costs"] = costs
        if has(self.a, "same_costs", UNSURE):
            self._take("same_costs")

    def _bills(self, home: dict[str, Any]) -> None:
        bills: dict[str, Any] = {"broadband": q.chose(self.a, "bills", "broadband")}
        if not has(self.a, "nation", "northern_ireland"):
            bills["electricity"] = q.chose(self.a, "bills", "electricity")
        if has(self.a, "water_meter", "yes"):
            bills |= {"water_meter": True, "water_medical_need": has(self.a, "water_need", "yes")}
            if "water_bill" in self.a:
                bills["water_bill"] = self._money_of("water_bill")
            elif self._instead("water_bill"):
                self._take("water_bill")
        elif has(self.a, "water_meter", UNSURE):
            self._take("water_meter")
        home["bills"] = bills
        self._from("bills", "bills")

    def _job(self, n: int) -> dict[str, Any]:
        job: dict[str, Any] = {"hours": round(self._amount(f"job_{n}_hours"), 4)}
        if has(self.a, f"job_{n}_kind", "self_employed"):
            job |= {"self_employed": True, "earnings": self._money_of(f"job_{n}_profit")}
        elif self._instead(f"job_{n}_pay"):
            job["minimum_wage"] = True
            self._take("apprentice")
        elif has(self.a, f"job_{n}_pay_per", "hour"):
            job["hourly_wage"] = round(self._amount(f"job_{n}_pay"), 4)
        else:
            job["earnings"] = self._money_of(f"job_{n}_pay")
        for cost in ("childcare", "travel"):
            if f"job_{n}_{cost}" in self.a:
                job[cost] = self._money_of(f"job_{n}_{cost}")
        return job
