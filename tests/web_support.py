"""What the tests of the web pages share: a person's answers, a walk through the pages, a server to walk on."""

from __future__ import annotations

import contextlib
import html
import os
import re
import socket
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from mwp.inputs.ages import birthday_of
from mwp.inputs.household import Household
from mwp.report import places
from mwp.web import questions as q

LEEDS: dict[str, str] = {
    "nation": "england", "council": "Leeds", "partner": "no", "you_age": "31", "children": "2",
    "child_1_age": "7", "child_1_sex": "f", "child_2_age": "3", "child_2_sex": "m",
    "child_1_born_instead": "yes", "child_2_born_instead": "yes", "disabled_children": "none",
    "not_at_state_school": "unsure", "others": "0", "tenure": "private_rent", "rent": "825", "rent_per": "month",
    "area": "Leeds", "extra_bedroom": "no", "temporary": "none", "band": "B", "council_tax": "1332",
    "council_tax_per": "year", "you_health": "none", "you_daily_living": "none", "you_mobility": "none",
    "you_cares_for": "none", "pregnant": "none", "you_prescriptions": "1", "savings": "0", "other_income": "none",
    "benefits": "none", "you_work": "none", "job_1_kind": "employed", "job_1_hours": "16", "job_1_pay": "12.71",
    "job_1_pay_per": "hour", "another_2": "no", "you_pension": "no", "you_student_loan": "none", "childcare": "yes",
    "childcare_children": "2", "childcare_cost": "433", "childcare_cost_per": "month", "travel": "80",
    "travel_per": "month", "other_costs": "0", "other_costs_per": "month", "students": "none", "stopped_work": "no",
    "bills": "electricity",
}  # fmt: skip
"""The lone parent of the library, out of work, who asks about 16 hours at the minimum wage."""
LEEDS_HOME = "lone_parent_two_children_leeds"
"""The same home in the library."""


def with_birthday(answers: Mapping[str, str], who: str) -> dict[str, str]:
    """The same answers with a date of birth typed: half a year ago, as it is taken to be where none is told."""
    day = birthday_of(int(answers[f"{who}_age"]), None, date.today())[0]
    typed = dict(zip(q.DATE_PARTS, (str(day.day), str(day.month), str(day.year)), strict=True))
    kept = {id: value for id, value in answers.items() if id != f"{who}_born_instead"}
    return kept | {f"{who}_born_{part}": value for part, value in typed.items()}


def answers_at_random(some: Random) -> dict[str, str]:
    """What somebody might answer, page after page, to the end: at the edges of what is allowed more often than not."""
    given: dict[str, str] = {}
    while (page := (way := q.journey(given)).first_open) is not None:
        for id in (id for one in page.questions for id in one.ids):
            given.pop(id, None)
        for one in page.asked(way.answers):
            given |= _at_random(one, {**way.answers, **given}, some)
    return given


def _at_random(one: q.Question, answers: Mapping[str, str], some: Random) -> dict[str, str]:
    if one.instead and one.instead(answers) and some.random() < 0.3:
        return {one.instead_id: "yes"}
    nation = answers.get("nation", "england")
    per = {one.per_id: some.choice(one.per)} if one.per else {}
    if one.kind == "choice":
        return {one.id: some.choice(one.choices(answers))}
    if one.kind == "choices":
        several = [choice for choice in one.choices(answers) if choice not in (q.NONE, q.UNSURE)]
        alone = [choice for choice in one.choices(answers) if choice in (q.NONE, q.UNSURE)]
        if alone and (not several or some.random() < 0.5):
            return {one.id: some.choice(alone)}
        return {one.id: " ".join(some.sample(several, some.randint(1, min(3, len(several)))))}
    if one.kind in ("council", "area"):
        known = places.councils(nation) if one.kind == "council" else places.areas(nation)
        return {one.id: some.choice(list(known.values()))}
    if one.kind == "date":
        today = date.today()
        years = int(answers[one.id.replace("_born", "_age")])
        day = date(today.year - years, today.month, min(today.day, 28)) - timedelta(days=some.randint(0, 364))
        return dict(zip(one.parts, (str(day.day), str(day.month), str(day.year)), strict=True))
    if one.kind == "whole":
        least, highest = int(one.least), 3 if one.id in ("children", "others") else int(one.most)
        return {one.id: str(some.choice([least, highest, some.choice(EDGES), some.randint(least, highest)]))}
    most: float = q.MOST_PAY[per[one.per_id]] if one.is_pay else one.most
    amount = some.choice([one.least, most, 0.004, 0.01, 10.0, 250.5, some.uniform(one.least, most)])
    return {one.id: f"{amount:.4f}".rstrip("0").rstrip("."), **per}


EDGES = (17, 18, 20, 21, 24, 25, 34, 35, 65, 66, 66, 67)
"""Ages beside which a rule begins or ends."""


def answers_in(page: str) -> str:
    """The answers that a page carries in its forms."""
    found = re.search(r'name="answers" value="(.*?)"', page[page.index("<main") :], re.S)
    assert found, "the page carries no answers"
    return html.unescape(found[1])


def typed(page: q.Page, answers: Mapping[str, str]) -> dict[str, Any]:
    """What a person would type on a page."""
    return {
        id: answers[id].split() if one.kind == "choices" and id == one.id else answers[id]
        for one in page.questions
        for id in one.ids
        if id in answers
    }


def walk(client: Any, answers: Mapping[str, str], prefix: str = "") -> tuple[list[str], Any]:
    """Answer page after page until one is not passed or the check is reached: the pages seen, and the last answer."""
    answer, seen = client.get(f"{prefix}/nation"), ["nation"]
    while True:
        id = answer.url.path.removeprefix(prefix).lstrip("/")
        if id in ("check", ""):
            return seen, answer
        page = q.page_called(id)
        assert page, id
        form = {"page": id, "answers": answers_in(answer.text), **typed(page, answers)}
        answer = client.post(f"{prefix}/{id}", data=form)
        if answer.status_code != 200:
            return seen, answer
        seen.append(answer.url.path.removeprefix(prefix).lstrip("/"))


def plain(page: str) -> str:
    """The words of a page's main part, without its marks."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has, wherever it keeps its catalogue."""
    parts = [pdf]
    for packed_up in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        with suppress(zlib.error):
            parts.append(zlib.decompress(packed_up))
    return sum(len(re.findall(rb"/Type\s*/Page(?![a-zA-Z])", part)) for part in parts)


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The app on a port of this machine, for a browser."""
    import uvicorn

    # With the protocol's number, so that asyncio sends each answer at once.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(5)


def is_there(pid: int) -> bool:
    """Whether a process runs: one that has ended and only waits to be asked how does not."""
    try:
        os.kill(pid, 0)
        return _state(pid)[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # this system does not tell, or it has just ended
        return not Path("/proc").is_dir()


def gone(pids: Iterable[int], within: float = 15.0) -> bool:
    """Whether none of these processes is there any more, soon."""
    until = time.monotonic() + within
    while any(is_there(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def descendants(pid: int) -> list[int]:
    """Every process that a process has begun, and that those have."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int(_state(int(folder.name))[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def _state(pid: int) -> list[str]:
    """What Linux says of a process after its name: its state, its parent and so on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()


class CannotBeTold(Exception):
    """Something in a household that the pages do not ask about."""


def answers_to(home: Household, job: Mapping[str, str], on: date) -> dict[str, str]:
    """What somebody in a household would answer. Raises CannotBeTold."""
    told = _Answers(home, on)
    return told.all() | dict(job)


class _Answers:
    def __init__(self, home: Household, on: date) -> None:
        self.home, self.on = home, on
        self.found: dict[str, str] = {}

    def all(self) -> dict[str, str]:
        home = self.home
        self.found |= {"nation": home.nation, "partner": "yes" if len(home.adults) > 1 else "no"}
        if home.local_authority:
            self.found["council"] = places.councils(home.nation)[home.local_authority]
        else:
            self.found["council_instead"] = "yes"
            self.found["london"] = {True: "yes", False: "no", None: "unsure"}[home.greater_london]
        for who, adult in zip(q.PEOPLE, home.adults, strict=False):
            self._adult(who, adult)
        self._children()
        self._home()
        options = type(home.options)(benefit_cap_grace_period=home.options.benefit_cap_grace_period)
        if home.lha is not None or home.bills != type(home.bills)() or home.options != options:
            raise CannotBeTold("housing allowance as an amount, bills or options")
        self.found["stopped_work"] = "yes" if home.options.benefit_cap_grace_period else "no"
        students = [who for who, adult in zip(q.PEOPLE, home.adults, strict=False) if adult.in_education]
        self.found["students"] = "both" if len(students) > 1 else "".join(students) or "none"
        for key in type(home.unearned_income).model_fields:
            amount = getattr(home.unearned_income, key)
            if amount.amount:
                self._money(f"income_{key}", amount)
        kinds = [one for one in q.OTHER_INCOME if f"income_{one}" in self.found]
        self.found["other_income"] = " ".join(kinds) or "none"
        self.found["savings"] = f"{home.savings:g}"
        self.found["benefits"] = " ".join(self._benefits()) or "none"
        self.found |= {"bills": "none" if home.nation == "northern_ireland" else "electricity"}
        self.found |= {"water_meter": "no", "water_need": "no"}
        self.found |= {"who": "you", "another_2": "no"}
        return self.found

    def _money(self, id: str, amount: Any) -> None:
        if amount.per not in q.fields()[id][1].per:
            raise CannotBeTold(f"{id} by the {amount.per}")
        self.found |= {id: f"{amount.amount:g}", f"{id}_per": amount.per}

    def _adult(self, who: str, adult: Any) -> None:
        asked_about = {"age", "born", "sex", "hours", "hourly_wage", "earnings", "self_employed", "months_trading",
                       "months_gainfully_self_employed",
                       "pension", "student_loans", "health", "pip", "attendance_allowance", "caring_hours",
                       "cares_for", "prescriptions_a_month", "pregnant", "weeks_pregnant", "benefits",
                       "months_out_of_work", "blind", "in_education"}  # fmt: skip
        if extra := adult.model_fields_set - asked_about:
            raise CannotBeTold(f"adult: {', '.join(sorted(extra))}")
        f = self.found
        self._born(who, adult)
        f[f"{who}_blind"] = "yes" if adult.blind else "no"
        f[f"{who}_work"] = "self_employed" if adult.self_employed else "employed" if adult.hours else "none"
        if adult.hours:
            f[f"{who}_hours"] = f"{adult.hours:g}"
            paid = f"{who}_profit" if adult.self_employed else f"{who}_pay"
            if adult.hourly_wage:
                f |= {paid: f"{adult.hourly_wage:g}", f"{paid}_per": "hour"}
            else:
                self._money(paid, adult.earnings)
            f[f"{who}_trading"] = "yes" if (adult.months_trading or 0) >= 12 else "no"
            found = adult.months_gainfully_self_employed
            f[f"{who}_start_up"] = "yes" if found is None or found >= 12 else "no"
        if adult.months_out_of_work is not None:
            f[f"{who}_out_of_work"] = str(adult.months_out_of_work)
        else:
            f[f"{who}_out_of_work_instead"] = "yes"
        f[f"{who}_pension"] = "yes" if adult.pension else "no"
        if adult.pension:
            f |= {f"{who}_pension_share": f"{adult.pension.employee * 100:g}",
                  f"{who}_pension_method": adult.pension.method, f"{who}_pension_of": adult.pension.of}  # fmt: skip
        f[f"{who}_student_loan"] = " ".join(adult.student_loans) or "none"
        kind = adult.health.removesuffix("_protected")
        f[f"{who}_health"] = kind
        f[f"{who}_{kind}_since"] = "yes" if adult.health.endswith("_protected") else "no"
        f |= {f"{who}_daily_living": adult.pip.daily_living, f"{who}_mobility": adult.pip.mobility}
        f[f"{who}_attendance"] = adult.attendance_allowance
        f[f"{who}_cares_for"] = adult.cares_for if adult.cares_for and adult.caring_hours >= 35 else "none"
        f[f"{who}_carers_allowance"] = "yes" if adult.benefits.carers_allowance == "auto" else "no"
        if adult.prescriptions_a_month != int(adult.prescriptions_a_month):
            raise CannotBeTold("half a prescription")
        if "prescriptions_a_month" in adult.model_fields_set:
            f[f"{who}_prescriptions"] = f"{adult.prescriptions_a_month:g}"
        else:
            f[f"{who}_prescriptions_instead"] = "yes"
        f.setdefault("pregnant", "none")
        if adult.pregnant:
            f["pregnant"] = who
            if adult.weeks_pregnant is not None:
                f["weeks_pregnant"] = str(adult.weeks_pregnant)
            else:
                f["weeks_pregnant_instead"] = "yes"
        f.setdefault("new_mother", "none")
        if adult.sex == "f":
            f["new_mother"] = who

    def _born(self, who: str, person: Any) -> None:
        self.found[f"{who}_age"] = str(person.age_on(self.on))
        if person.born:
            parts = (person.born.day, person.born.month, person.born.year)
            self.found |= {f"{who}_born_{part}": str(number) for part, number in zip(q.DATE_PARTS, parts, strict=True)}
        else:
            self.found[f"{who}_born_instead"] = "yes"

    def _benefits(self) -> Iterator[str]:
        for who, adult in zip(q.PEOPLE, self.home.adults, strict=False):
            for one in q.CONTRIBUTORY:
                given = getattr(adult.benefits, one)
                if given == "auto" or given.amount:
                    if given == "auto":
                        self.found[f"{who}_{one}_instead"] = "yes"
                    else:
                        self._money(f"{who}_{one}", given)
                    yield f"{who}_{one}"

    def _children(self) -> None:
        home, f = self.home, self.found
        f |= {"children": str(len(home.children)), "others": str(len(home.non_dependants))}
        for n, child in enumerate(home.children, start=1):
            if child.model_fields_set - {"age", "born", "sex", "disability", "at_state_school", "in_education"}:
                raise CannotBeTold("a child's rates of DLA, or an exception to the two-child limit")
            self._born(f"child_{n}", child)
            f[f"child_{n}_sex"] = child.sex or "unsure"
            f[f"child_{n}_education"] = "yes"
            f[f"child_{n}_disability"] = child.disability
        f["disabled_children"] = (
            " ".join(str(n) for n, one in enumerate(home.children, start=1) if one.disability != "none") or "none"
        )
        f["not_at_state_school"] = "unsure"
        for n, other in enumerate(home.non_dependants, start=1):
            f[f"other_{n}_age"] = str(other.age_on(self.on))
            f[f"other_{n}_disability"] = "yes" if other.pip.daily_living != "none" else "no"
            f[f"other_{n}_work"] = "yes" if other.hours else "no"
            if other.hours:
                f[f"other_{n}_hours"] = f"{other.hours:g}"
                f |= {f"other_{n}_pay": f"{other.hourly_wage:g}", f"other_{n}_pay_per": "hour"}

    def _home(self) -> None:
        home, f = self.home, self.found
        f["tenure"] = home.housing.tenure
        self._money("rent", home.housing.rent)
        if home.housing.service_charges.amount:
            raise CannotBeTold("service charges apart from the rent")
        if home.brma:
            f["area"] = places.areas(home.nation)[home.brma]
        if home.housing.bedrooms is None:
            f["bedrooms_instead"] = "yes"
        else:
            f["bedrooms"] = str(home.housing.bedrooms)
        if home.housing.extra_bedrooms > 1 or home.housing.under_occupancy_exempt:
            raise CannotBeTold("several extra bedrooms, or an exception to the deduction for spare ones")
        f["extra_bedroom"] = "yes" if home.housing.extra_bedrooms else "no"
        f["shared_exempt"] = "yes" if home.housing.shared_accommodation_exempt else "no"
        kinds = {"temporary": home.housing.temporary_accommodation, "supported": home.housing.supported_accommodation}
        f["temporary"] = next((kind for kind, there in kinds.items() if there), "none")
        if home.council_tax is None:
            f |= {"band": "none", "rates_instead": "yes"}
        else:
            f["band"] = home.council_tax.band or ""
            id = "rates" if home.nation == "northern_ireland" else "council_tax"
            if home.council_tax.amount == "auto":
                f[f"{id}_instead"] = "yes"
            else:
                self._money(id, home.council_tax.amount)
        care = home.childcare
        f["childcare"] = "yes" if care else "no"
        if care:
            amount = care.amount
            if care.per_hour_of_work:
                amount = type(amount)(amount=amount.amount, per="hour")
            self._money("childcare_cost", amount)
            f["childcare_free"] = care.funded_hours or "to_take_off"
            f["childcare_children"] = " ".join(str(n) for n in care.children)
            if care.hours:
                f["childcare_hours"] = f"{care.hours:g}"
            else:
                f["childcare_hours_instead"] = "yes"
        costs = home.work_costs
        if costs.meals.amount or costs.for_each_hour:
            raise CannotBeTold("meals apart from other costs of work, or costs by the hour")
        self._money("travel", costs.travel)
        self._money("other_costs", costs.other)
