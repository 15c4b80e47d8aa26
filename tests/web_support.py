"""What the tests of the web pages share: a person's answers, a walk through the pages, a server to walk on."""

from __future__ import annotations

import contextlib
import html
import os
import re
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from mwp.inputs.household import Household
from mwp.report import places
from mwp.web import questions as q

LEEDS: dict[str, str] = {
    "nation": "england", "council": "Leeds", "partner": "no", "you_age": "31", "children": "2",
    "child_1_age": "7", "child_1_sex": "f", "child_2_age": "3", "child_2_sex": "m", "disabled_children": "none",
    "not_at_state_school": "unsure", "others": "0", "tenure": "private_rent", "rent": "825", "rent_per": "month",
    "area": "Leeds", "extra_bedroom": "no", "temporary": "no", "band": "B", "council_tax": "1332",
    "council_tax_per": "year", "you_health": "none", "you_daily_living": "none", "you_mobility": "none",
    "you_cares_for": "none", "pregnant": "none", "you_prescriptions": "1", "savings": "0", "other_income": "none",
    "benefits": "none", "you_work": "none", "job_1_kind": "employed", "job_1_hours": "16", "job_1_pay": "12.71",
    "job_1_pay_per": "hour", "another_2": "no", "you_pension": "no", "you_student_loan": "none", "childcare": "yes",
    "childcare_children": "2", "childcare_cost": "433", "childcare_cost_per": "month", "travel": "80",
    "travel_per": "month",
}  # fmt: skip
"""The lone parent of the library, out of work, who asks about 16 hours at the minimum wage."""


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
        if home.lha is not None or home.bills != type(home.bills)() or home.options != type(home.options)():
            raise CannotBeTold("housing allowance as an amount, bills or options")
        for key in type(home.unearned_income).model_fields:
            amount = getattr(home.unearned_income, key)
            if amount.amount:
                self._money(f"income_{key}", amount)
        kinds = [one for one in q.OTHER_INCOME if f"income_{one}" in self.found]
        self.found["other_income"] = " ".join(kinds) or "none"
        self.found["savings"] = f"{home.savings:g}"
        self.found["benefits"] = " ".join(self._benefits()) or "none"
        self.found |= {"who": "you", "another_2": "no"}
        return self.found

    def _money(self, id: str, amount: Any) -> None:
        if amount.per not in q.fields()[id][1].per:
            raise CannotBeTold(f"{id} by the {amount.per}")
        self.found |= {id: f"{amount.amount:g}", f"{id}_per": amount.per}

    def _adult(self, who: str, adult: Any) -> None:
        asked_about = {"age", "born", "sex", "hours", "hourly_wage", "earnings", "self_employed", "months_trading",
                       "pension", "student_loans", "health", "pip", "attendance_allowance", "caring_hours",
                       "cares_for", "prescriptions_a_month", "pregnant", "weeks_pregnant", "benefits",
                       "months_out_of_work"}  # fmt: skip
        if extra := adult.model_fields_set - asked_about:
            raise CannotBeTold(f"adult: {', '.join(sorted(extra))}")
        f = self.found
        f[f"{who}_age"] = str(adult.age_on(self.on))
        f[f"{who}_work"] = "self_employed" if adult.self_employed else "employed" if adult.hours else "none"
        if adult.hours:
            f[f"{who}_hours"] = f"{adult.hours:g}"
            paid = f"{who}_profit" if adult.self_employed else f"{who}_pay"
            if adult.hourly_wage:
                f |= {paid: f"{adult.hourly_wage:g}", f"{paid}_per": "hour"}
            else:
                self._money(paid, adult.earnings)
            f[f"{who}_trading"] = "yes" if (adult.months_trading or 0) >= 12 else "no"
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

    def _benefits(self) -> Iterator[str]:
        for who, adult in zip(q.PEOPLE, self.home.adults, strict=False):
            for one in q.CONTRIBUTORY:
                given = getattr(adult.benefits, one)
                if given == "auto" or given.amount:
                    if given != "auto":
                        raise CannotBeTold(f"{one} as an amount")
                    yield f"{who}_{one}"

    def _children(self) -> None:
        home, f = self.home, self.found
        f |= {"children": str(len(home.children)), "others": str(len(home.non_dependants))}
        for n, child in enumerate(home.children, start=1):
            if child.model_fields_set - {"age", "born", "sex", "disability", "at_state_school", "in_education"}:
                raise CannotBeTold("a child's rates of DLA, or an exception to the two-child limit")
            f[f"child_{n}_age"] = str(child.age_on(self.on))
            if child.born:
                raise CannotBeTold("a child's birthday")
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
        f["temporary"] = "yes" if home.housing.temporary_accommodation else "no"
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
        if costs.meals.amount or costs.other.amount or costs.for_each_hour:
            raise CannotBeTold("costs of work other than travel")
        self._money("travel", costs.travel)
