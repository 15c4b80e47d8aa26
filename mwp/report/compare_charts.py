"""Charts of reforms laid over current law: what is left, the METR, and the gain, a line a rule set.

Each line has a colour that colour-blind readers can tell apart and a pattern of its own; current law is the broad grey
one below them. Many households share a chart of averages. The same answer gives the same bytes.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mwp.analysis.compare import BAND, Comparison, OneHousehold, Under
from mwp.analysis.distribution import CLASSES
from mwp.report import compare_words, schedule_words, words
from mwp.report.charts import INK, QUIET, Picture, chart_style, new_figure

_LAW = ("#9aa3ad", "-")
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#56b4e9", "#e69f00")
_DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)))
_LOWEST, _HIGHEST = -0.5, 1.3
_CLASS_LOOKS = (
    ("#f7fbff", ""), ("#c6dbef", ".."), ("#9ecae1", "//"), ("#4292c6", "\\\\"), ("#e69f00", "xx"), ("#b3261e", ""),
)  # fmt: skip


def compare_chart(told: Comparison) -> Picture:
    """One household's lines; many households' averages."""
    return household_chart(told, told.households[0]) if len(told.households) == 1 else summary_chart(told)


def _look(place: int) -> tuple[str, Any]:
    """Colour and pattern of a column: no two of the first thirty-five are alike."""
    if place == 0:
        return _LAW
    number = place - 1
    return _COLOURS[number % len(_COLOURS)], _DASHES[(number + number // len(_COLOURS)) % len(_DASHES)]


def _line(axes: Any, place: int, across: Any, up: Any, name: str) -> None:
    colour, dashes = _look(place)
    axes.plot(
        across, up, color=colour, linestyle=dashes, linewidth=4.5 if place == 0 else 1.7, label=name,
        zorder=2 if place == 0 else 3 + place, solid_capstyle="butt",
    )  # fmt: skip


def household_chart(told: Comparison, one: OneHousehold) -> Picture:
    """What is left, the METR and the gain of one household, every rule set laid over the others."""
    with chart_style():
        figure = new_figure(8.2, 10.4)
        left, rates, gains = figure.subplots(3, 1, height_ratios=(4.2, 3.4, 2.8), sharex=True)
        for place, under in enumerate(one.columns):
            name = _named(under)
            _line(left, place, *_levels(under), name)
            _line(rates, place, *_rates(under), name)
            if place:
                _line(gains, place, *_gains(one.law, under), name)
        rates.axhline(1, color=INK, linewidth=0.8, linestyle=(0, (1, 2)))
        for axes in (left, rates, gains):
            axes.axhline(0, color=INK, linewidth=0.8)
            axes.set_xlim(0, one.path.to)
            axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
            axes.grid(axis="y", color="#d5d9de", linewidth=0.5)
        low, high = _within([_rates(under)[1] for under in one.columns])
        rates.set_ylim(low, high)
        left.set_ylim(bottom=min(0.0, *(float(_levels(under)[1].min()) for under in one.columns)))
        left.set_ylabel("left, £ a month")
        rates.set_ylabel("lost of an extra pound")
        rates.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        gains.set_ylabel("more than now, £ a month")
        for axes in (left, gains):
            axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        whose = "your partner's earnings" if one.path.adult else "your earnings"
        gains.set_xlabel(f"{whose}, £ a month")
        left.set_title(f"What is left, current law and {_several(told)}\n{one.household.name}, {words.day(told.on)}")
        rates.set_title("What is lost of an extra pound (METR)")
        gains.set_title("More or less than under current law")
        left.legend(loc="upper left", fontsize=7.5, handlelength=4.0)
    said = " ".join(
        f"{under.laid.title}: {' '.join(compare_words.of_one(told, one, place))}"
        for place, under in enumerate(one.columns) if place
    )  # fmt: skip
    return Picture(
        figure,
        f"Current law and {_several(told)}: {one.household.name}",
        f"{schedule_words.path_in_words(one.law.sweep)} {said}",
    )


def _several(told: Comparison) -> str:
    reforms = len(told.laid) - 1
    return "a reform" if reforms == 1 else f"{reforms} reforms"


def _named(under: Under) -> str:
    title = under.laid.title
    return title if len(title) <= 72 else f"{title[:70].rstrip()}…"


def _levels(under: Under) -> tuple[Any, Any]:
    """What is left at both ends of every stretch."""
    ends = [(x, one.value(x)) for one in under.sweep.segments for x in (one.start, one.end)]
    return np.array([x for x, _ in ends]), np.array([y for _, y in ends])


def _rates(under: Under) -> tuple[Any, Any]:
    """The METR along the range; the pennies in which a cliff is made good are left out."""
    stretches = under.sweep.schedule.stretches
    return (
        np.array([x for one in stretches for x in (one.start, one.end)]),
        np.array([one.metr for one in stretches for _ in (0, 1)]),
    )


def _gains(law: Under, under: Under) -> tuple[Any, Any]:
    """How much more is left than under current law, where either bends."""
    marks = sorted({x for one in (law, under) for part in one.sweep.segments for x in (part.start, part.end)})
    return np.array(marks), np.array([under.sweep.value(x) - law.sweep.value(x) for x in marks])


def _within(rates: Sequence[Any]) -> tuple[float, float]:
    low, high = min(float(one.min()) for one in rates), max(float(one.max()) for one in rates)
    return max(_LOWEST, min(0.0, low * 1.05)), min(_HIGHEST, max(1.1, high * 1.05))


def summary_chart(told: Comparison) -> Picture:
    """Many households: the average gain by gross pay, and the share of the range in each class of METR."""
    title = f"Current law and {_several(told)} over {len(told.households)} households"
    with chart_style():
        columns = len(told.laid)
        figure = new_figure(8.6, 5.2 + 0.16 * columns + 1.6 + 0.42 * columns)
        top, bottom = figure.subplots(2, 1, height_ratios=(5.2 + 0.16 * columns, 1.6 + 0.42 * columns))
        for place, one in enumerate(told.summaries):
            if place:
                middles = [(band.start + band.end) / 2 for band in one.bands]
                _line(top, place, middles, [band.gain for band in one.bands], one.laid.title)
        top.axhline(0, color=INK, linewidth=0.8)
        top.grid(axis="y", color="#d5d9de", linewidth=0.5)
        top.set_xlabel(f"gross pay, £ a month (averages over bands of {BAND:,.0f})")
        top.set_ylabel("more than now, £ a month")
        for axis in (top.xaxis, top.yaxis):
            axis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        top.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=1 if columns <= 4 else 2, fontsize=7,
                   handlelength=4.0)  # fmt: skip
        top.set_title(f"Average gain by gross pay\n{title}, {words.day(told.on)}")
        _classes(bottom, told)
    described = " ".join(
        f"{one.laid.title}: {' '.join(compare_words.sentences(told, place))}"
        for place, one in enumerate(told.summaries)
        if place
    )
    return Picture(figure, title, f"{compare_words.path(told)} {described}")


def _classes(axes: Any, told: Comparison) -> None:
    places = np.arange(len(told.laid))[::-1]
    start = np.zeros(len(places))
    shares = np.array(
        [
            np.mean([home.columns[place].spread.shares for home in told.households], axis=0)
            for place in range(len(told.laid))
        ]
    )
    for number, label in enumerate(CLASSES):
        colour, hatch = _CLASS_LOOKS[number]
        width = shares[:, number]
        axes.barh(places, width, left=start, height=0.5, facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=0.5,
                  label=label)  # fmt: skip
        start += width
    axes.set_yticks([])
    axes.set_ylim(-0.45, len(places) - 0.25)
    for place, column in zip(places, told.laid, strict=True):
        axes.text(0.0, place + 0.3, column.name, ha="left", va="bottom", fontsize=7.5, color=QUIET)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.legend(title="METR", loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=6, fontsize=7.5)
    axes.set_title("Share of the earnings range by METR")
