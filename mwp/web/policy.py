"""The policy screen: household types and reforms laid over each other, from names in the library alone.

What is asked stands in the address, so that a comparison can be shared as a link: it holds names of worked households
and of reforms, a date and a path, and nothing of any person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

import mwp
from mwp import resources
from mwp.errors import InputError
from mwp.report import compare_export, compare_words, library, schedule_words
from mwp.report.compare_words import Shown
from mwp.report.line_chart import LAW, LOOKS, Axis, Chart, Dot, Line, swatch
from mwp.web.charts import Drawn, pounds
from mwp.web.language import language
from mwp.web.pages import calculated
from mwp.web.templating import page_text

if TYPE_CHECKING:
    from mwp.report.compare_export import Comparison, OneHousehold

MOST_HOUSEHOLDS = 12
MOST_REFORMS = 5
MOST_DRAWN = 6
MEASURES = schedule_words.MEASURES
SAID = language("en")
"""The words of this view: in English so far, from the catalogue."""
EARNERS = {name: SAID.text(f"policy.earners.{name}") for name in ("claimant", "partner")}
MODES = {name: SAID.text(f"policy.modes.{name}") for name in ("hours", "wage", "hours_then_wage")}
FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "svg": "image/svg+xml",
}
HIGHEST, LOWEST = 1.2, -0.2


@dataclass(frozen=True)
class Asked:
    """What the address asks."""

    households: tuple[str, ...] = ()
    reforms: tuple[str, ...] = ()
    together: bool = False
    measure: str = "net_resources"
    earner: str = "claimant"
    mode: str = "hours"
    on: str = ""
    to: str = ""
    wage: str = ""

    @classmethod
    def of(cls, query: QueryParams) -> Asked:
        """The question of an address."""
        given = {key: query.get(key, "") for key in ("measure", "earner", "mode", "on", "to", "wage")}
        return cls(
            tuple(dict.fromkeys(query.getlist("household"))),
            tuple(dict.fromkeys(query.getlist("reform"))),
            query.get("together") == "1",
            given["measure"] or cls.measure,
            given["earner"] or cls.earner,
            given["mode"] or cls.mode,
            given["on"].strip(),
            given["to"].strip(),
            given["wage"].strip(),
        )

    def address(self) -> str:
        """The question as the end of an address."""
        told: list[tuple[str, str]] = [("household", one) for one in self.households]
        told += [("reform", one) for one in self.reforms]
        told += [("together", "1")] if self.together else []
        rest = ("measure", "earner", "mode", "on", "to", "wage")
        told += [(key, value) for key in rest if (value := getattr(self, key))]
        return urlencode(told)

    @property
    def blank(self) -> bool:
        """Whether nothing is asked yet."""
        return not (self.households or self.reforms)

    def problems(self) -> dict[str, str]:
        """What cannot be, by its box."""
        found: dict[str, str] = {}
        for id, names, most in (
            ("household", self.households, MOST_HOUSEHOLDS),
            ("reform", self.reforms, MOST_REFORMS),
        ):
            unknown = [one for one in names if one not in resources.library(f"{id}s")]
            if unknown:
                found[id] = SAID.text(f"policy.wrong.unknown.{id}", given=unknown[0][:60])
            elif not names:
                found[id] = SAID.text(f"policy.wrong.none.{id}")
            elif len(names) > most:
                found[id] = SAID.text(f"policy.wrong.many.{id}", most=most)
        for id, known in (("measure", MEASURES), ("earner", EARNERS), ("mode", MODES)):
            if getattr(self, id) not in known:
                found[id] = SAID.text("policy.wrong.choice")
        for id in ("to", "wage"):
            if (text := getattr(self, id)) and _number(text) is None:
                found[id] = SAID.text(f"policy.wrong.{id}", given=text[:40])
        return found


def _number(text: str) -> float | None:
    try:
        found = float(text.replace(",", "").replace("£", ""))
    except ValueError:
        return None
    return found if abs(found) <= 1e9 else None


def compared(asked: Asked) -> Comparison:
    """The comparison. Raises InputError."""
    columns: list[Any] = list(asked.reforms)
    if asked.together and len(columns) > 1:
        columns.append(list(asked.reforms))
    path: dict[str, Any] = {"to": _number(asked.to), "wage": _number(asked.wage)} if asked.to or asked.wage else {}
    return mwp.compare(
        list(asked.households),
        columns,
        asked.on or None,
        earner=asked.earner,
        mode=asked.mode,
        measure=asked.measure,
        **{key: value for key, value in path.items() if value is not None},
    )


# Pages out


async def policy(request: Request) -> Response:
    """The screen, with the comparison that the address asks for."""
    asked = Asked.of(request.query_params)
    nothing = asked.blank or bool(asked.problems())
    made, wrong = _page(asked) if nothing else await calculated(request, _page, asked, long=True)
    return HTMLResponse(made, 422 if wrong else 200)


def _page(asked: Asked) -> tuple[str, bool]:
    """The page, and whether something that is asked is wrong."""
    wrong = {} if asked.blank else asked.problems()
    shown: dict[str, Any] = {}
    if not asked.blank and not wrong:
        try:
            shown = _shown(asked)
        except InputError as error:
            wrong = {_box(one.field): one.message for one in error.problems}
    whole = page_text(
        "policy.html",
        lang=SAID,
        here="/policy",
        title=SAID.text("policy.title"),
        most={"household": MOST_HOUSEHOLDS, "reform": MOST_REFORMS, "drawn": MOST_DRAWN},
        error=bool(wrong),
        asked=asked,
        wrong=wrong,
        households=_households(),
        reforms=_reforms(),
        measures=MEASURES,
        earners=EARNERS,
        modes=MODES,
        on=asked.on or date.today().isoformat(),
        blank=asked.blank,
        **{"found": None, **shown},
    )
    return whole, bool(wrong)


def _box(field: str | None) -> str:
    return {"the date (on)": "on", "to": "to", "wage": "wage", "earner": "earner"}.get(field or "", "household")


async def download(request: Request) -> Response:
    """The comparison as a file."""
    kind = request.path_params["kind"]
    asked = Asked.of(request.query_params)
    if kind not in FILES or asked.problems():
        return await policy(request)
    try:
        made = await calculated(request, _file, asked, kind, request.query_params.get("table", ""), long=True)
    except InputError:
        return await policy(request)
    headers = {"content-disposition": f'attachment; filename="comparison.{kind}"'}
    return Response(made, media_type=FILES[kind], headers=headers)


def _file(asked: Asked, kind: str, table: str) -> bytes:
    told = compared(asked)
    named = table if table in compare_export.TABLES else compare_export.TABLES[0]
    made = compare_export.makers(told, "", named)[f".{kind}"]()
    return made if isinstance(made, bytes) else made.encode()


@dataclass(frozen=True)
class Home:
    """One household's part of the comparison."""

    name: str
    path: str
    charts: tuple[Drawn, ...]
    tables: tuple[Shown, ...]
    cliffs: tuple[tuple[str, tuple[str, ...]], ...]


def _shown(asked: Asked) -> dict[str, Any]:
    told = compared(asked)
    tables = [compare_words.summary_table(told)]
    if (cost := compare_words.cost_table(told)) is not None:
        tables.append(cost)
    if len(told.households) > 1:
        tables += [compare_words.cliffs_table(told), compare_words.households_table(told)]
    return {
        "found": told,
        "tables": tables,
        "sentences": [
            (one.title, one.name, compare_words.sentences(told, place)) for place, one in enumerate(told.laid) if place
        ],
        "path": compare_words.path(told),
        "notes": compare_words.notes(told),
        "defined": compare_words.DEFINED,
        "not_counted": compare_words.NOT_COUNTED,
        "homes": [_home(told, one, n) for n, one in enumerate(told.households[:MOST_DRAWN], start=1)],
        "not_drawn": [one.household.name for one in told.households[MOST_DRAWN:]],
        "files": _files(asked),
    }


def _files(asked: Asked) -> list[tuple[str, str]]:
    address = asked.address()
    told = [(f"csv?{address}&table={table}", table) for table in ("households", "summary", "metr", "cliffs")]
    kinds = ("json", *(("xlsx",) if _has("xlsxwriter") else ()), *(("svg",) if _has("matplotlib") else ()))
    told += [(f"{kind}?{address}", kind) for kind in kinds]
    return [(f"/policy/comparison.{rest}", SAID.text(f"policy.files.{id}")) for rest, id in told]


@lru_cache(maxsize=8)
def _has(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None


def _home(told: Comparison, one: OneHousehold, n: int) -> Home:
    return Home(
        name=one.household.name,
        path=schedule_words.path_in_words(one.law.sweep),
        charts=(_levels(told, one, n), _rates(told, one, n)),
        tables=(*compare_words.points_tables(one), compare_words.stretches_table(one)),
        cliffs=tuple(
            (under.laid.title, tuple(compare_words.cliff_lines(one, under)))
            for under in one.columns
            if under.laid.reforms
        ),
    )


def _look(place: int) -> tuple[tuple[str, str], float]:
    return (LAW, 5.0) if place == 0 else (LOOKS[(place - 1) % len(LOOKS)], 2.0)


def _lines(one: OneHousehold, runs: Any) -> list[Line]:
    found = []
    for place, under in enumerate(one.columns):
        look, width = _look(place)
        found.append(Line(under.laid.title, list(runs(under.sweep)), look, width))
    return found


def _levels(told: Comparison, one: OneHousehold, n: int) -> Drawn:
    def runs(sweep: Any) -> Iterator[list[tuple[float, float]]]:
        yield [(x, part.value(x)) for part in sweep.segments for x in (part.start, part.end)]

    lines = _lines(one, runs)
    marks = [
        Dot(jump.before, one.law.sweep.value(jump.at) - jump.size)
        for jump in one.law.sweep.cliffs
        if abs(jump.size) >= schedule_words.SMALL
    ]
    said = " ".join(compare_words.of_one(told, one, place)[0] for place in range(1, len(one.columns)))
    title = SAID.text("policy.chart.left", measure=MEASURES[told.measure])
    axis = Axis(SAID.text("policy.chart.up"), pounds)
    return _drawn(f"left-{n}", title, f"{schedule_words.path_in_words(one.law.sweep)} {said}", lines, one, axis, marks,
                  SAID.text("policy.chart.marks") if marks else "")  # fmt: skip


def _rates(told: Comparison, one: OneHousehold, n: int) -> Drawn:
    def runs(sweep: Any) -> Iterator[list[tuple[float, float]]]:
        run: list[tuple[float, float]] = []
        for part in sweep.segments:
            if part.end - part.start > 0.015:
                run += [(part.start, part.metr), (part.end, part.metr)]
        yield run

    lines = _lines(one, runs)
    every = [y for line in lines for run in line.runs for _, y in run]
    low = max(LOWEST, min(0.0, *every))
    axis = Axis(
        SAID.text("policy.chart.rates_up"),
        lambda share: f"{share:.0%}",
        low=low,
        high=min(HIGHEST, max(1.0, *every)),
        step=0.2,
    )
    beyond = max(every) > HIGHEST or min(every) < LOWEST
    note = [SAID.text("policy.chart.rates_note"), *([SAID.text("policy.chart.rates_cut")] if beyond else [])]
    told_rates = " ".join(
        SAID.text(
            "policy.chart.rates_of",
            name=under.laid.title,
            average=schedule_words.metr(under.average_metr),
            above=schedule_words.metr(under.above_70),
        )
        for under in one.columns
    )
    return _drawn(f"metr-{n}", SAID.text("policy.chart.rates"), told_rates, lines, one, axis, [],
                  " ".join(note))  # fmt: skip


def _drawn(
    names: str,
    title: str,
    said: str,
    lines: Sequence[Line],
    one: OneHousehold,
    up: Axis,
    marks: Sequence[Dot],
    note: str,
) -> Drawn:
    whose = "partner" if one.path.adult else "claimant"
    across = Axis(SAID.text(f"policy.chart.across.{whose}"), pounds, low=0.0, high=one.path.to)
    of = SAID.text("policy.chart.of", title=title, name=one.household.name)
    drawn = Chart(names, of, said, lines, across, up, marks, level=0.0 if up.low else None)
    key = tuple((Markup(swatch(line)), line.name) for line in lines)
    return Drawn(title, Markup(drawn.svg()), key, note, (), ())


@lru_cache(maxsize=1)
def _households() -> tuple[tuple[str, str, str], ...]:
    return tuple((one.name, one.title, one.story) for one in library.households())


@lru_cache(maxsize=1)
def _reforms() -> tuple[tuple[str, str, str], ...]:
    return tuple((one.name, one.title, one.status) for one in library.reforms())


ROUTES: list[BaseRoute] = [
    Route("/policy", policy, methods=["GET"], name="policy"),
    Route("/policy/comparison.{kind}", download, methods=["GET"], name="policy-download"),
]
"""The policy screen, and its comparison as a file."""
