"""The charts of the pages, with their keys and the tables beside them, as templates take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from mwp.report.hours_chart import ByHours, by_hours
from mwp.report.line_chart import LOOKS, Axis, Chart, Dot, Line, swatch
from mwp.web.language import Language, language

if TYPE_CHECKING:
    from mwp.analysis.better_off import BetterOff


@dataclass(frozen=True)
class Drawn:
    """A chart: the picture, the key (a piece of the line and its name), the table beside it."""

    title: str
    svg: Markup
    key: tuple[tuple[Markup, str], ...]
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], bool], ...]
    by_pay: bool = False


def pounds(amount: float) -> str:
    """Whole pounds along an axis or in a chart's table: £1,250, -£40."""
    whole = round(amount)
    return f"{'-' if whole < 0 else ''}£{abs(whole):,}"


def hours_chart(answer: BetterOff, names: str, lang: Language | None = None) -> Drawn | None:
    """What is left by hours of work (by pay, for a salary), for each job's wage; none where there is no work."""
    found = by_hours(answer)
    if found is None:
        return None
    said = lang or language("en")
    kind = "pay" if found.by_pay else "hours"
    titles = _names(found, said)
    lines = [Line(name, [line.cash], LOOKS[n]) for n, (name, line) in enumerate(zip(titles, found.lines, strict=False))]
    if found.has_help:
        lines.append(Line(titles[-1], [found.lines[0].whole], LOOKS[1]))
    lines = [Line(one.name, [_up_to(run, found.to) for run in one.runs], one.look) for one in lines]
    several = len(answer.jobs) > 1
    dots = [Dot(*line.spot, said.text("result.job.other", n=line.number) if several else said.text("chart.job"))
            for line in found.lines]  # fmt: skip
    if found.now:
        dots.append(Dot(*found.now, said.text("result.now")))
    title = said.text(f"chart.title.{kind}")
    say = pounds if found.by_pay else lambda value: f"{value:g}"
    least = min(y for line in lines for run in line.runs for _, y in run)
    axis = Axis(said.text("chart.up"), pounds, low=min(0.0, least) if least < 600 else None)
    across = Axis(said.text(f"chart.across.{kind}"), say, low=0.0, high=found.to, step=None if found.by_pay else 5.0)
    rows = tuple(
        (
            pounds(place) if found.by_pay else said.hours(place),
            tuple(pounds(one) for one in amounts),
            any(abs(place - line.spot[0]) < 1e-9 for line in found.lines),
        )
        for place, amounts in found.rows
    )
    return Drawn(
        title,
        Markup(Chart(names, title, _described(found, said, kind), lines, across, axis, dots).svg()),
        tuple((Markup(swatch(line)), line.name) for line in lines),
        said.text("chart.note"),
        (said.text(f"chart.head.{kind}"), *titles),
        rows,
        found.by_pay,
    )


def _up_to(run: object, to: float) -> list[tuple[float, float]]:
    """A line as far as it is shown, its end cut where the picture ends."""
    found: list[tuple[float, float]] = []
    assert isinstance(run, list | tuple)
    for x, y in run:
        if x > to:
            x0, y0 = found[-1]
            found.append((to, y0 + (y - y0) * (to - x0) / (x - x0)))
            break
        found.append((x, y))
    return found


def _names(found: ByHours, said: Language) -> list[str]:
    if len(found.lines) == 1:
        return [said.text("chart.cash"), *([said.text("chart.whole")] if found.has_help else [])]
    return [said.text("result.job.other", n=line.number) for line in found.lines]


def _described(found: ByHours, said: Language, kind: str) -> str:
    first, last = found.rows[0], found.rows[-1]
    place = pounds(last[0]) if found.by_pay else said.hours(last[0])
    return said.text(f"chart.described.{kind}", least=pounds(first[1][0]), most=pounds(last[1][0]), place=place)
