"""The pages a person goes through: start, questions, check answers, result.

There is no session and no cookie: the answers travel from page to page in the forms, and each page reads them anew. A
form is sent to its own page; where its answers will do, the page sends the browser on to the next with status 307, so
that the address is always that of the page on view. No answer is ever in an address.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

import mwp
from mwp import __version__
from mwp.errors import InputError
from mwp.report import page as paper
from mwp.web import questions as q
from mwp.web import views
from mwp.web.answers import Described, Trouble, described, packed, unpacked
from mwp.web.language import CODES, Code, Language, language
from mwp.web.questions import Answers, Fault, Journey, Page
from mwp.web.results import Result, result
from mwp.web.source import source
from mwp.web.templating import environment, language_of, page, page_text
from mwp.web.working import parts

ON = 307
"""Temporary Redirect: the browser sends the same form again to the next page."""
MOST_FIELDS = 200


async def start(request: Request) -> Response:
    """The first page, which asks nothing."""
    return page(request, "start.html", lang=language_of(request), here="/")


async def resume(request: Request) -> Response:
    """Where a link that holds answers leads: the page's script puts them into a form, and sends it."""
    lang = language_of(request)
    title, told = lang.text("start.resume_title"), [lang.text("start.resume_text")]
    return page(request, "resume.html", lang=lang, here="/resume", title=title, paragraphs=told)


def told(name: str) -> Callable[[Request], Any]:
    """A page that only tells something."""

    async def shown(request: Request) -> Response:
        lang = language_of(request)
        title = lang.text(f"about.{name}_title")
        told = lang.paragraphs(f"about.{name}")
        return page(request, "text.html", lang=lang, here=f"/{name}", title=title, paragraphs=told)

    return shown


def asked(this: Page) -> Callable[[Request], Any]:
    """The page of a question."""

    async def shown(request: Request) -> Response:
        lang = language_of(request)
        if request.method != "POST":
            first = q.pages()[0]
            return _question(request, lang, this, q.journey({}), {}) if this is first else _to_start(lang)
        form, given, sent = await _read(request)
        back_to = "check" if form.get("back_to") == "check" else ""
        way = q.journey(given)
        if sent is this:
            others = _without(this, given)
            before = q.journey(others)
            _, faults = this.read(_typed(this, form), before.answers)
            if faults:
                return _question(request, lang, this, before, others, form, faults, back_to)
            following = way.first_open if back_to else way.after(this)
            return _on(lang, following or way.first_open)
        if not way.reaches(this):
            return _on(lang, way.first_open)
        return _question(request, lang, this, way, given, None, (), back_to)

    return shown


@dataclass(frozen=True)
class Asked:
    """A request that carries every answer: what was sent, the way through the questions, and what the answers mean."""

    request: Request
    lang: Language
    form: Mapping[str, str]
    way: Journey
    home: Described

    def page(self, template: str, path: str, title: str, **named: Any) -> Response:
        """A page that hands the answers on."""
        answers = packed(self.way.answers)
        return page(self.request, template, lang=self.lang, here=path, title=title, answers=answers, **named)

    async def work_out(self, function: Callable[..., Any], *given: Any, long: bool = False) -> Any:
        """What a function makes of the answers, in a language. Raises InputError."""
        return await calculated(self.request, function, self.way.answers, self.lang.code, *given, long=long)


def of_all_answers(shown: Callable[[Asked], Awaitable[Response]]) -> Callable[[Request], Any]:
    """A page that rests on every answer.

    Without answers it leads to the start, and with too few to the first question that is open. What cannot be as it is
    told is said at the check, beside the answers it came from.
    """

    async def handled(request: Request) -> Response:
        lang = language_of(request)
        if request.method != "POST":
            return _to_start(lang)
        form, given, _ = await _read(request)
        way = q.journey(given)
        if way.first_open:
            return _on(lang, way.first_open)
        asked = Asked(request, lang, form, way, described(way.answers))
        try:
            return await shown(asked)
        except InputError as error:
            return _check(asked, asked.home.troubles_of(error))

    return handled


@of_all_answers
async def check(asked: Asked) -> Response:
    """All the answers, each with a way to change it."""
    return _check(asked, asked.home.troubles(date.today()))


@of_all_answers
async def answered(asked: Asked) -> Response:
    """The result."""
    return HTMLResponse(await asked.work_out(_result))


def _result(answers: Answers, code: Code) -> str:
    """The page of the result."""
    lang = language(code)
    return page_text(
        "result.html",
        lang=lang,
        here="/result",
        title=lang.text("result.title"),
        answers=packed(answers),
        found=_worked_out(answers, lang),
        can_pdf=paper.can_write_pdf(),
    )


def _worked_out(answers: Answers, lang: Language) -> Result:
    home = described(answers)
    return result(home.better_off(), lang, home.taken)


@of_all_answers
async def working(asked: Asked) -> Response:
    """How a column of the answer was worked out, step by step with the law: now (0), or a job by its number."""
    told = asked.form.get("column", "")
    column = int(told) if told.isascii() and told.isdigit() and len(told) < 3 else 0
    return HTMLResponse(await asked.work_out(_working, column))


def _working(answers: Answers, code: Code, column: int) -> str:
    """The page of a column's steps: of now, where there is no such column."""
    lang, answer = language(code), described(answers).better_off()
    every = [answer.now, *(job.calculation for job in answer.jobs)]
    shown = column if column < len(every) else 0
    name = lang.text("result.job.other", n=shown) if len(every) > 2 else lang.text("result.job.one")
    return page_text(
        "working.html",
        lang=lang,
        here="/working",
        title=f"{lang.text('working.title')}: {name if shown else lang.text('working.of_now')}",
        answers=packed(answers),
        column=shown,
        parts_told=parts(mwp.explain(every[shown].household, on=answer.now.on).steps, lang, answers["nation"]),
    )


@of_all_answers
async def as_pdf(asked: Asked) -> Response:
    """The result as a PDF, made in memory and not kept."""
    lang = asked.lang
    try:
        made = await asked.work_out(_paper, long=True)
    except paper.CannotWritePdf:
        title, told = lang.text("working.no_pdf_title"), [lang.text("working.no_pdf")]
        return page(asked.request, "text.html", lang=lang, here="/", status=503, title=title, paragraphs=told)
    headers = {"content-disposition": f'attachment; filename="{lang.text("working.file")}"'}
    return Response(made, media_type="application/pdf", headers=headers)


def _paper(answers: Answers, code: Code) -> bytes:
    """The result on paper, in its language."""
    lang = language(code)
    return on_paper(_worked_out(answers, lang), lang)


def on_paper(found: Result, lang: Language) -> bytes:
    """A result as a PDF. Raises CannotWritePdf."""
    t, title = environment().get_template("result_paper.html"), lang.text("result.title")
    return paper.as_pdf(t.render(lang=lang, t=lang.text, title=title, found=found, version=__version__))


async def calculated(request: Request, function: Callable[..., Any], *given: Any, long: bool = False) -> Any:
    """A calculation beside the event loop: among the app's own bounded work, where there is an app.

    It may be made in another process, so the function is one of a module, draws its page itself, and is given what was
    told, not requests or results. What may take long is `long`, and waits in a queue of its own.
    """
    work = getattr(request.app.state, "long_work" if long else "work", None)
    return await (work.run(function, *given) if work else run_in_threadpool(function, *given))


# Forms in


async def _read(request: Request) -> tuple[Mapping[str, str], dict[str, str], Page | None]:
    """The form, every answer so far with what the form adds, and the page that sent it."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        plain = {
            id: " ".join(str(one) for one in form.getlist(id)) if id in q.fields() else str(form[id]) for id in form
        }
    given = unpacked(plain.get("answers", ""))
    sent = q.page_called(plain.get("page", ""))
    if sent:
        others = _without(sent, given)
        found, faults = sent.read(_typed(sent, plain), q.journey(others).answers)
        if not faults:
            given = others | found
    return plain, given, sent


def _ids(this: Page) -> set[str]:
    return {id for one in this.questions for id in one.ids}


def _without(this: Page, given: Mapping[str, str]) -> dict[str, str]:
    """The answers to all other pages."""
    return {id: value for id, value in given.items() if id not in _ids(this)}


def _typed(this: Page, form: Mapping[str, str]) -> dict[str, str]:
    return {id: form[id] for id in _ids(this) if id in form}


# Pages out


def error_page(request: Request, status: int) -> Response:
    """What is said where there is no page, or no answer: what to do now, and nothing of what went wrong inside."""
    lang = language_of(request)
    kind = {404: "not_found", 403: "forbidden", 413: "too_large", 429: "too_many", 503: "busy"}.get(status, "wrong")
    title, told = lang.text(f"about.{kind}_title"), lang.paragraphs(f"about.{kind}")
    return page(request, "text.html", lang=lang, here="/", status=status, title=title, paragraphs=told)


def _to_start(lang: Language) -> Response:
    return RedirectResponse(lang.path("/"), 303)


def _on(lang: Language, following: Page | None) -> Response:
    return RedirectResponse(lang.path(f"/{following.id}" if following else "/check"), ON)


def _question(
    request: Request,
    lang: Language,
    this: Page,
    way: Journey,
    given: Mapping[str, str],
    form: Mapping[str, str] | None = None,
    faults: tuple[Fault, ...] | list[Fault] = (),
    back_to: str = "",
) -> Response:
    known = way.answers
    shown = _typed(this, form) if form is not None else given
    asked = this.asked(known)
    before = way.before(this) if this in way.pages else None
    back = "/check" if back_to else f"/{before.id}" if before else "/"
    whys = [why for one in asked if (why := views.words(lang, one, "why", known))]
    return page(
        request,
        "question.html",
        lang=lang,
        here=f"/{this.id}",
        status=422 if faults else 200,
        title=views.title(lang, this, known),
        section=lang.text(f"section.{this.section}"),
        page_id=this.id,
        answers=packed(given),
        back=lang.path(back),
        back_to=back_to,
        questions=[views.view(lang, one, shown, known, faults) for one in asked],
        whys=list(dict.fromkeys(whys)),
        errors=[{"text": views.message(lang, one, known), "href": f"#{one.field}"} for one in faults],
        error=bool(faults),
        words={"period": lang.text("service.period"), "or": lang.text("service.or")},
    )


def _check(asked: Asked, troubles: Iterable[Trouble]) -> Response:
    lang, way = asked.lang, asked.way
    told = list(troubles)
    wrong = {one.question for one in told}
    sections: dict[str, list[dict[str, Any]]] = {}
    for this in way.pages:
        for one in this.asked(way.answers):
            what = views.words(lang, one, "short", way.answers)
            row = {"id": one.id, "page": this.id, "key": what, "what": what, "error": one.id in wrong}
            row["value"] = views.answer(lang, one, way.answers)
            sections.setdefault(this.section, []).append(row)
    errors = [_trouble(lang, one, way) for one in told]
    return asked.page(
        "check.html",
        "/check",
        lang.text("check.title"),
        status=422 if errors else 200,
        back=lang.path(f"/{way.pages[-1].id}"),
        sections=[{"title": lang.text(f"section.{id}"), "rows": rows} for id, rows in sections.items()],
        errors=errors,
        error=bool(errors),
    )


def _trouble(lang: Language, one: Trouble, way: Journey) -> dict[str, str]:
    """What is wrong with an answer that the pages' own checks let through: which it is, in the page's language."""
    question = q.questions().get(one.question or "")
    if question is None:
        return {"text": lang.text("errors.other")}
    short = views.words(lang, question, "short", way.answers)
    return {"text": lang.text("errors.household", short=short), "href": f"#change-{question.id}"}


# Where it all is


def _routes() -> list[BaseRoute]:
    found: list[BaseRoute] = []
    for code in CODES:
        lang = language(code)

        def route(path: str, shown: Callable[[Request], Any], *methods: str, lang: Language = lang) -> None:
            name = f"{lang.code}:{path}"
            found.append(Route(lang.path(path), shown, methods=methods, name=name))

        route("/", start, "GET")
        route("/resume", resume, "GET")
        for name in ("accessibility", "privacy"):
            route(f"/{name}", told(name), "GET")
        for one in q.pages():
            route(f"/{one.id}", asked(one), "GET", "POST")
        route("/check", check, "GET", "POST")
        route("/result", answered, "GET", "POST")
        route("/result/pdf", as_pdf, "GET", "POST")
        route("/working", working, "GET", "POST")
    return found


ROUTES: list[BaseRoute] = [*_routes(), Route("/source", source, methods=["GET"], name="source")]
"""Every page in both languages, and the program's source."""
STATIC: BaseRoute = Mount("/static", StaticFiles(directory=Path(__file__).with_name("static")), name="static")
"""The style sheet, the scripts and the icon."""
