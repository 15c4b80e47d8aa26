"""Line charts as SVG without a drawing library: small enough for a page, quick enough for each request.

Nothing in them is styled but by attributes, so that they can stand in a page whose policy forbids styles of its own. A
chart has a title and a description for who cannot see it; its lines differ in pattern as well as in colour.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

Points = Sequence[tuple[float, float]]

LOOKS = (
    ("#0b5fa5", ""), ("#c2410c", "7 3"), ("#00703c", "2 3"), ("#8a1f7a", "9 3 2 3"), ("#16191d", "4 2"),
    ("#6b4c00", "12 4"),
)  # fmt: skip
"""Colour and dashes of each line in turn; every colour has a contrast of more than 4.5 to 1 on white."""
LAW = ("#8d959d", "")
"""The look of current law, a broad line below the others."""
INK, GRID, CLIFF = "#0b0c0c", "#d8dbde", "#b3261e"


@dataclass(frozen=True)
class Line:
    """A line through points, in their order; several lines that belong together where it breaks off in between."""

    name: str
    runs: Sequence[Points]
    look: tuple[str, str] = LOOKS[0]
    width: float = 2.2


@dataclass(frozen=True)
class Dot:
    """A point that is named, and a mark of a cliff where it has no name."""

    x: float
    y: float
    name: str = ""


@dataclass(frozen=True)
class Axis:
    """What an axis shows, how its numbers are written, and from where to where where that is not left to the data."""

    title: str
    say: Callable[[float], str]
    low: float | None = None
    high: float | None = None
    step: float | None = None


@dataclass(frozen=True)
class Chart:
    """A chart: its words, its lines, what is marked on them, its axes. `names` begins every id in it."""

    names: str
    title: str
    description: str
    lines: Sequence[Line]
    across: Axis
    up: Axis
    dots: Sequence[Dot] = ()
    level: float | None = None
    """A level that is drawn across, such as nothing."""

    def svg(self) -> str:
        """The chart as an <svg> element."""
        return _Drawing(self).whole()


WIDTH, HEIGHT = 400.0, 290.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 14.0, 26.0, 50.0
_SIZE = 14


class _Drawing:
    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        points = [point for line in chart.lines for run in line.runs for point in run]
        points += [(dot.x, dot.y) for dot in chart.dots]
        self.x0, self.x1, self.x_step = _range([x for x, _ in points], chart.across)
        self.y0, self.y1, self.y_step = _range([y for _, y in points], chart.up)

    def x(self, value: float) -> float:
        return _LEFT + (value - self.x0) / (self.x1 - self.x0) * (WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        within = min(max(value, self.y0), self.y1)
        return HEIGHT - _BOTTOM - (within - self.y0) / (self.y1 - self.y0) * (HEIGHT - _TOP - _BOTTOM)

    def whole(self) -> str:
        chart, n = self.chart, self.chart.names
        parts = [
            f'<svg class="mwp-chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img"'
            f' aria-labelledby="{n}-title {n}-desc" font-family="system-ui, arial, sans-serif" font-size="{_SIZE}"'
            f' fill="{INK}">',
            f'<title id="{n}-title">{escape(chart.title)}</title>',
            f'<desc id="{n}-desc">{escape(chart.description)}</desc>',
            *self.grid(),
            *(part for line in chart.lines for part in self.line(line)),
            *(part for dot in chart.dots for part in self.dot(dot)),
            "</svg>",
        ]
        return "\n".join(parts)

    def grid(self) -> list[str]:
        chart, parts = self.chart, []
        for value in _ticks(self.y0, self.y1, self.y_step):
            at = self.y(value)
            parts.append(f'<path d="M{_LEFT:g} {at:.1f}H{WIDTH - _RIGHT:g}" stroke="{GRID}" stroke-width="1"/>')
            told = escape(chart.up.say(value))
            parts.append(f'<text x="{_LEFT - 6:g}" y="{at + 5:.1f}" text-anchor="end">{told}</text>')
        for value in _ticks(self.x0, self.x1, self.x_step):
            at = self.x(value)
            parts.append(f'<path d="M{at:.1f} {HEIGHT - _BOTTOM:g}v5" stroke="{INK}" stroke-width="1"/>')
            told = escape(chart.across.say(value))
            parts.append(f'<text x="{at:.1f}" y="{HEIGHT - _BOTTOM + 20:g}" text-anchor="middle">{told}</text>')
        low = self.y(chart.level if chart.level is not None else self.y0)
        parts.append(f'<path d="M{_LEFT:g} {low:.1f}H{WIDTH - _RIGHT:g}" stroke="{INK}" stroke-width="1"/>')
        parts.append(f'<text x="{_LEFT - 54:g}" y="14" font-size="{_SIZE - 1}">{escape(chart.up.title)}</text>')
        middle = (_LEFT + WIDTH - _RIGHT) / 2
        across = escape(chart.across.title)
        spot = f'x="{middle:g}" y="{HEIGHT - 8:g}" text-anchor="middle"'
        parts.append(f'<text {spot} font-size="{_SIZE - 1}">{across}</text>')
        return parts

    def line(self, line: Line) -> list[str]:
        colour, dashes = line.look
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        return [
            f'<path d="{self.path(run)}" fill="none" stroke="{colour}" stroke-width="{line.width:g}"'
            f' stroke-linejoin="round"{dashed}/>'
            for run in line.runs
            if len(run) > 1
        ]

    def path(self, run: Points) -> str:
        told: list[str] = []
        for place, (x, y) in enumerate(run):
            point = f"{self.x(x):.1f} {self.y(y):.1f}"
            if not told or point != told[-1][1:]:
                told.append(f"{'L' if place else 'M'}{point}")
        return "".join(told)

    def dot(self, dot: Dot) -> list[str]:
        x, y = self.x(dot.x), self.y(dot.y)
        if not dot.name:
            return [f'<path d="M{x:.1f} {y + 2:.1f}l-4.5 8h9z" fill="{CLIFF}"/>']
        end = x > WIDTH * 0.75
        beside = f'x="{x - 8:.1f}" text-anchor="end"' if end else f'x="{x + 8:.1f}"'
        return [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#ffffff" stroke="{INK}" stroke-width="2.5"/>',
            # White around the letters, drawn before them: not every renderer knows paint-order.
            f'<text {beside} y="{max(y - 9, 30):.1f}" font-weight="700" fill="none" stroke="#ffffff"'
            f' stroke-width="3">{escape(dot.name)}</text>',
            f'<text {beside} y="{max(y - 9, 30):.1f}" font-weight="700">{escape(dot.name)}</text>',
        ]


def swatch(line: Line) -> str:
    """A short piece of a line, for the key beside its name."""
    colour, dashes = line.look
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="36" height="12" viewBox="0 0 36 12" aria-hidden="true"'
        f' focusable="false"><path d="M0 6H36" stroke="{colour}" stroke-width="{line.width + 0.6:g}"{dashed}/></svg>'
    )


def _range(values: Sequence[float], axis: Axis) -> tuple[float, float, float]:
    low = min(values, default=0.0) if axis.low is None else axis.low
    high = max(values, default=1.0) if axis.high is None else axis.high
    if high - low < 1e-9:
        high = low + 1.0
    step = axis.step or _nice((high - low) / 5)
    start = floor(low / step + 1e-9) * step if axis.low is None else low
    end = ceil(high / step - 1e-9) * step if axis.high is None else high
    return start, end, step


def _nice(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return float(next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999))


def _ticks(low: float, high: float, step: float) -> list[float]:
    first = ceil(low / step - 1e-9)
    return [round(n * step, 10) + 0.0 for n in range(first, floor(high / step + 1e-9) + 1)]
