"""The work coach's screen: a household, up to three jobs, and the answer beside them, which follows while one types.

Like the pages for citizens it keeps nothing: everything on the screen is in its form. A household of the library may be
named in the address; what is told of a person never is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

import mwp
from mwp import resources
from mwp.errors import InputError
from mwp.report import library, page, places, requests, words
from mwp.report.amounts import plain, signed
from mwp.report.comparison import Comparison, comparison
from mwp.web import facts
from mwp.web.charts import hours_chart
from mwp.web.facts import SAID, Wrong
from mwp.web.language import CODES, Code, language, money
from mwp.web.pages import MOST_FIELDS, calculated, on_paper
from mwp.web.results import result
from mwp.web.templating import environment, page_text

MOST_JOBS = 3
LONGEST_FILE = 40_000
TAKERS = ("claimant", "partner")
PER_OF_JOBS = ("hour", "week", "month", "year", "minimum_wage")
LAW = ""
FIRST_JOB = {"hours": "16", "pay": "", "per": "minimum_wage", "childcare": "", "travel": ""}
NO_JOB = FIRST_JOB | {"hours": ""}


@dataclass
class Screen:
    """What is on the screen: the household it began with, what was typed, and what is wrong with that."""

    name: str = ""
    text: str = ""
    base: dict[str, Any] = field(default_factory=lambda: dict(facts.BLANK))
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    file_problems: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether no household has been chosen yet."""
        return not self.name and not self.text

    def get(self, id: str, otherwise: str = "") -> str:
        """What is in a box."""
        return self.typed.get(id, otherwise).strip()

    def job(self, n: int) -> dict[str, str]:
        """What the boxes of a job hold."""
        start = FIRST_JOB if n == 1 else NO_JOB
        return {key: self.get(f"job_{n}_{key}", value) for key, value in start.items()}

    @property
    def values(self) -> dict[str, str]:
        """What the boxes of the facts hold."""
        return {id: self.typed.get(id, value) for id, value in facts.shown(self.base).items()}

    @property
    def has_changes(self) -> bool:
        """Whether a fact differs from the household it began with."""
        return any(self.typed.get(id, value).strip() != value for id, value in facts.shown(self.base).items())


# From a form to an answer


@dataclass(frozen=True)
class Answered:
    """The answer, and what it would be under current law where a reform is asked about."""

    told: Comparison
    under_law: Any = None


def answered(screen: Screen) -> Answered:
    """The answer to what is on the screen. Raises Wrong with a message for each box that cannot be used."""
    wrong: dict[str, str] = {}
    home: Any = None
    jobs: list[Any] = []
    try:
        home = facts.household(screen.base, screen.typed)
    except Wrong as error:
        wrong |= error.found
    for n in range(1, MOST_JOBS + 1):
        try:
            jobs += _job(screen, n)
        except Wrong as error:
            wrong |= error.found
    reform, taker = screen.get("reform"), screen.get("taker", "claimant")
    if reform and reform not in resources.library("reforms"):
        wrong["reform"] = SAID.text("coach.wrong.reform")
    if home is not None and taker == "partner" and len(home.adults) < 2:
        wrong["taker"] = SAID.text("coach.wrong.taker")
    if not jobs and not any(id.startswith("job_") for id in wrong):
        wrong["job_1_hours"] = SAID.text("coach.wrong.no_job")
    if reform and screen.get("copy"):
        wrong["reform"] = SAID.text("coach.wrong.copy")
    if wrong:
        raise Wrong(wrong)
    taken: dict[str, Any] = {"partner_jobs" if taker == "partner" else "jobs": jobs}
    taken["on"] = screen.get("on") or None
    try:
        found = mwp.better_off(home, **taken, **_reform(screen))
        law = mwp.better_off(home, **taken) if reform else None
    except InputError as error:
        raise Wrong(_by_box(error)) from None
    return Answered(comparison(found), law)


def _reform(screen: Screen) -> dict[str, Any]:
    if not screen.get("reform"):
        return {}
    return {"reform": screen.get("reform"), "standing": {"nes_participant": bool(screen.get("nes_participant"))}}


def _by_box(error: InputError) -> dict[str, str]:
    if any(one.field == "the date (on)" for one in error.problems):
        return {"on": error.problems[0].message}
    return facts.by_box(error)


def _job(screen: Screen, n: int) -> list[Any]:
    """The job of a column; none where it has no hours. Raises Wrong."""
    typed, told, wrong = screen.job(n), {}, {}
    if not typed["hours"]:
        if typed["pay"]:
            raise Wrong({f"job_{n}_hours": SAID.text("coach.wrong.job_hours", n=n)})
        return []
    for key in ("hours", "pay", "childcare", "travel"):
        text = typed[key].replace(",", "").replace("£", "").strip()
        try:
            told[key] = float(text) if text else None
        except ValueError:
            wrong[f"job_{n}_{key}"] = SAID.text("coach.wrong.no_number", given=typed[key][:40])
    if wrong:
        raise Wrong(wrong)
    given: dict[str, Any] = {"hours": told["hours"]}
    if typed["per"] == "minimum_wage":
        given |= {"minimum_wage": True} if told["hours"] else {}
    elif told["pay"] is None:
        raise Wrong({f"job_{n}_pay": SAID.text("coach.wrong.job_pay", n=n)})
    elif typed["per"] == "hour":
        given["hourly_wage"] = told["pay"]
    else:
        given["earnings"] = {"amount": told["pay"], "per": typed["per"]}
    for key in ("childcare", "travel"):
        if told[key] is not None:
            given[key] = told[key]
    boxes = {"hourly_wage": "pay", "earnings": "pay", "minimum_wage": "per"}
    try:
        return [requests.job(given)]
    except InputError as error:
        raise Wrong(
            {
                f"job_{n}_{boxes.get(str(one.path[0]), str(one.path[0])) if one.path else 'hours'}": one.message
                for one in error.problems
            }
        ) from None


# Forms in


Sent = tuple[dict[str, str], bytes]
"""A form of the screen as it was sent, and the file that came with it."""


async def _sent(request: Request) -> Sent:
    """What was sent. A file is held in memory, and not kept."""
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
        typed = {id: value for id, value in form.items() if isinstance(value, str)}
        upload = form.get("upload")
        given = await upload.read(LONGEST_FILE + 1) if isinstance(upload, UploadFile) and upload.filename else b""
    return typed, given


def _screen(typed: Mapping[str, str], given: bytes) -> Screen:
    if "use_file" in typed:
        return _of_file(given, typed.get("text", ""))
    return _of_base(typed.get("household", ""), typed.get("file", ""), typed)


def _of_file(given: bytes, text: str) -> Screen:
    if given:
        try:
            text = given.decode("utf-8-sig")
        except UnicodeDecodeError:
            return Screen(file_problems=[SAID.text("coach.wrong.file_no_text")])
    if not text.strip():
        return Screen(file_problems=[SAID.text("coach.wrong.file_none")])
    return _of_base("", text, {})


def _of_base(name: str, text: str, typed: Mapping[str, str]) -> Screen:
    if len(text) > LONGEST_FILE:
        return Screen(file_problems=[SAID.text("coach.wrong.file_long", most=f"{LONGEST_FILE:,}")])
    if text:
        try:
            return Screen("", text, library.household_told(library.read_household(text)), typed)
        except InputError as error:
            told = [str(one) for one in error.problems]
            return Screen(text=text, typed=typed, file_problems=told)
    if name and name in resources.library("households"):
        return Screen(name, "", dict(_of_library(name)), typed)
    wrong = {"household": SAID.text("coach.wrong.household", given=name[:60])} if name else {}
    return Screen(typed=typed, wrong=wrong)


@lru_cache(maxsize=64)
def _of_library(name: str) -> Mapping[str, Any]:
    return library.household_told(mwp.load_household(name))


# Pages out


async def coach(request: Request) -> Response:
    """The screen: blank, with a household of the library, or with what was sent."""
    sent = await _sent(request) if request.method == "POST" else None
    made, bad = await calculated(request, _page, sent, request.query_params.get("household", ""))
    return HTMLResponse(made, 422 if bad else 200)


def _page(sent: Sent | None, name: str) -> tuple[str, bool]:
    """The page, and whether something on it is wrong."""
    screen = _screen(*sent) if sent else _of_base(name, "", {})
    made = _answer(screen)
    bad = bool(screen.wrong or screen.file_problems)
    nation = screen.values["nation"] if screen.values["nation"] in facts.NATIONS else facts.NATIONS[0]
    whole = page_text(
        "coach.html",
        lang=SAID,
        here="/coach",
        title=SAID.text("coach.title"),
        error=bad,
        screen=screen,
        groups=facts.GROUPS,
        values=screen.values,
        jobs=[(n, screen.job(n)) for n in range(1, MOST_JOBS + 1)],
        per_of_jobs=[(name, facts.choice(name)) for name in PER_OF_JOBS],
        takers=[(name, facts.choice(name)) for name in TAKERS],
        households=_households(),
        reforms=_reforms(),
        on=screen.get("on") or date.today().isoformat(),
        councils=list(places.councils(nation).values()),
        areas=list(places.areas(nation).values()),
        **made,
    )
    return whole, bad


async def live(request: Request) -> Response:
    """The answer alone, for the screen's script: what is wrong with what was typed is an answer too."""
    return HTMLResponse(await calculated(request, _live, *await _sent(request)))


def _live(typed: Mapping[str, str], given: bytes) -> str:
    screen = _screen(typed, given)
    made = _answer(screen)
    return environment().get_template("coach_answer.html").render(t=SAID.text, screen=screen, **made)


async def pdf(request: Request) -> Response:
    """The answer as a PDF: as it is on the screen, or a copy for the person, in plain words of a language."""
    typed, given = await _sent(request)
    code: Code | None = next((code for code in CODES if typed.get("copy") == code), None)
    try:
        made = await calculated(request, _copy if code else _pdf, typed, given, *([code] if code else []), long=True)
    except (Wrong, page.CannotWritePdf):
        return await coach(request)
    name = language(code).text("working.file") if code else SAID.text("coach.pdf_name")
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type="application/pdf", headers=headers)


def _pdf(typed: Mapping[str, str], given: bytes) -> bytes:
    return page.as_pdf(page.better_off_page(answered(_screen(typed, given)).told))


def _copy(typed: Mapping[str, str], given: bytes, code: Code) -> bytes:
    """What the person takes away: the answer as the pages for citizens say it. Raises Wrong."""
    screen, lang = _screen(typed, given), language(code)
    return on_paper(result(answered(screen).told.answer, lang), lang)


def _answer(screen: Screen) -> dict[str, Any]:
    """What the answer's part of the screen shows; only what is wrong, where something is."""
    nothing: dict[str, Any] = {"found": None, "can_pdf": page.can_write_pdf()}
    if screen.file_problems or (screen.is_blank and not screen.typed):
        return nothing
    try:
        told = answered(screen)
    except Wrong as error:
        screen.wrong |= error.found
        return nothing
    return nothing | {"found": _view(screen, told)}


def _view(screen: Screen, told: Answered) -> dict[str, Any]:
    answer = told.told.answer
    home = answer.now.household
    return {
        "name": SAID.text("coach.changed", name=home.name) if screen.has_changes and not screen.is_blank else home.name,
        "verdict": told.told.verdict,
        "columns": told.told.columns,
        "rows": [(row.label, row.role, [plain(one) for one in row.amounts]) for row in told.told.rows],
        "gains": [
            (row.label, [signed(one) if one is not None else "–" for one in row.gains]) for row in told.told.gains
        ],
        "law": [signed(one.gain.month) for one in told.under_law.jobs] if told.under_law else None,
        "jobs": [_of_job(told.told, n) for n in range(len(told.told.jobs))],
        "chart": hours_chart(answer, "coach"),
        "assumptions": told.told.assumptions,
        "not_covered": told.told.not_covered,
        "assumed_short": told.told.assumptions_in_short(6).rstrip("."),
        "left_out_short": told.told.not_covered_in_short(6).rstrip("."),
        "how": told.told.how_to_claim,
        "advice": words.advice(home),
        "day": words.day(answer.now.on),
        "reforms": [one.title for one in answer.now.reforms],
        "facts": _facts_in_short(home),
    }


def _of_job(told: Comparison, place: int) -> dict[str, Any]:
    job, column = told.jobs[place], told.columns[place + 1]
    gain = job.gain.month
    more = job.calculation.amounts_rounded["gross_pay"] - told.answer.now.amounts_rounded["gross_pay"]
    direction = "same" if abs(gain) < 0.005 else "better" if gain > 0 else "worse"
    return {
        "title": column.title,
        "work": column.in_words,
        "direction": direction,
        "headline": SAID.text(f"coach.headline.{direction}", amount=money(gain)),
        "keeps": _kept(job, gain / more) if more > 0.005 else "",
        "changes": [one.text for one in told.changes(job)],
        "remarks": told.remarks(job),
        "help": told.help_in_short(job),
        "ahead": told.ahead(job),
    }


def _kept(job: Any, share: float) -> str:
    """What is kept of each extra pound of pay, and of the next pound above it."""
    if job.outlook is None:
        return SAID.text("coach.keeps", pence=f"{share * 100:.0f}")
    kept = 1.0 - job.outlook.schedule.metr(min(job.outlook.earnings, job.outlook.schedule.path.to))
    return SAID.text("coach.keeps_and_next", pence=f"{share * 100:.0f}", next=f"{max(kept, 0.0) * 100:.0f}")


def _facts_in_short(home: Any) -> str:
    housing, tenure = home.housing, facts.choice(home.housing.tenure)
    kids = [
        f"{child.age}" if child.age is not None else SAID.text("coach.in_short.born", day=child.born)
        for child in home.children
    ]
    rent = money(housing.rent.a_month)
    parts = [
        facts.choice(home.nation),
        SAID.text("coach.in_short.couple" if len(home.adults) > 1 else "coach.in_short.single"),
        SAID.text("coach.in_short.children", ages=", ".join(kids)) if kids else SAID.text("coach.in_short.no_children"),
        SAID.text("coach.in_short.rent", tenure=tenure, rent=rent) if housing.rent.a_month else tenure,
        words.work_in_words(home),
    ]
    return "; ".join(parts)


@lru_cache(maxsize=1)
def _households() -> tuple[Any, ...]:
    return tuple(library.households())


@lru_cache(maxsize=1)
def _reforms() -> tuple[tuple[str, str], ...]:
    first = "nes_guarantee"
    told = [(one.name, one.title) for one in library.reforms()]
    return tuple(sorted(told, key=lambda one: one[0] != first))


ROUTES: list[BaseRoute] = [
    Route("/coach", coach, methods=["GET", "POST"], name="coach"),
    Route("/coach/answer", live, methods=["POST"], name="coach-answer"),
    Route("/coach/pdf", pdf, methods=["POST"], name="coach-pdf"),
]
"""The coach's screen, its answer alone, and that as a PDF."""
