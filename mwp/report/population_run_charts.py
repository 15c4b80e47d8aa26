"""Charts of a population: what a reform changes by tenth of people, and how METRs are spread."""

from __future__ import annotations

from typing import Any

import numpy as np

from mwp.population.metr import CLASSES, Incentives, Swept
from mwp.population.run import Outcome
from mwp.report.charts import INK, Picture, chart_style, new_figure

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#56b4e9", "#e69f00")
_HATCHES = ("", "//", "..", "\\\\", "xx", "--", "++")
_CLASS_LOOKS = (
    ("#f7fbff", ""), ("#c6dbef", ".."), ("#9ecae1", "//"), ("#4292c6", "\\\\"), ("#e69f00", "xx"), ("#b3261e", ""),
)  # fmt: skip


def run_chart(told: Outcome) -> Picture:
    """The largest programmes, billions a year."""
    law = len(told.laws) - 1
    every = sorted(told.programmes(law), key=lambda one: -one.a_year.value)[:15][::-1]
    title = "The largest streams of money"
    with chart_style():
        figure = new_figure(8.2, 1.2 + 0.28 * max(len(every), 1))
        axes = figure.subplots()
        places = np.arange(len(every))
        for direction, place, name in (("in", 0, "comes in"), ("out", 1, "paid out")):
            values = [one.a_year.value / 1e9 if one.direction == direction else 0.0 for one in every]
            axes.barh(places, values, color=_COLOURS[place], hatch=_HATCHES[place], edgecolor="white", label=name)
        axes.set_yticks(places, [one.label for one in every])
        axes.set_xlabel("£ billion a year")
        axes.legend(loc="lower right")
        axes.set_title(title)
    said = "; ".join(f"{one.label} {one.a_year.value / 1e9:,.1f}" for one in every[::-1])
    return Picture(figure, title, f"£ billion a year: {said}.")


def gains_chart(told: Outcome) -> Picture:
    """The mean change of each tenth of people under each reform."""
    title = "Mean change by tenth of people, poorest first"
    laws = range(1, len(told.laws))
    with chart_style():
        figure = new_figure(8.2, 4.4 + 0.16 * len(laws))
        axes = figure.subplots()
        wide = 0.8 / max(len(laws), 1)
        places = np.arange(1, 11)
        for law in laws:
            axes.bar(
                places - 0.4 + (law - 0.5) * wide, told.by_decile(law), wide,
                color=_COLOURS[(law - 1) % len(_COLOURS)], hatch=_HATCHES[(law - 1) % len(_HATCHES)],
                edgecolor="white", label=told.laws[law].title,
            )  # fmt: skip
        axes.axhline(0, color=INK, linewidth=0.8)
        axes.set_xticks(places)
        axes.set_xlabel("tenth of people by equivalised net income under current law")
        axes.set_ylabel("£ a month a family")
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), fontsize=7)
        axes.set_title(title)
    said = ". ".join(
        f"{told.laws[law].title}: {', '.join(f'{value:,.0f}' for value in told.by_decile(law))}" for law in laws
    )
    return Picture(figure, title, f"£ a month a family, tenth by tenth. {said}.")


def rates_chart(told: Incentives) -> Picture:
    """The share of those in work in each class of METR, by law."""
    title = "METR of those in work"
    firsts = [told.lines(law)[0] for law in range(len(told.laws)) if told.lines(law)]
    with chart_style():
        figure = new_figure(8.2, 2.2 + 0.5 * len(firsts))
        axes = figure.subplots()
        _classes(axes, np.array([one.shares for one in firsts]), [law.title for law in told.laws])
        axes.set_title(title)
    said = ". ".join(
        f"{law.title}: " + ", ".join(f"{name} {share:.1%}" for name, share in zip(CLASSES, one.shares, strict=True))
        for law, one in zip(told.laws, firsts, strict=False)
    )
    return Picture(figure, title, f"{said}.")


def _classes(axes: Any, shares: Any, names: list[str]) -> None:
    places = np.arange(len(shares))[::-1]
    start = np.zeros(len(shares))
    for number, label in enumerate(CLASSES):
        colour, hatch = _CLASS_LOOKS[number]
        width = shares[:, number] if len(shares) else start
        axes.barh(places, width, left=start, height=0.6, facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=0.5,
                  label=label)  # fmt: skip
        start = start + width
    axes.set_yticks(places, [name if len(name) <= 42 else f"{name[:40].rstrip()}…" for name in names[: len(places)]])
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=6, fontsize=7)


def sweep_chart(told: Swept) -> Picture:
    """The share of families in each class of METR at every step of earnings."""
    title = "METR by the claimant's earnings"
    with chart_style():
        figure = new_figure(8.2, 4.6)
        axes = figure.subplots()
        bands = told.bands(max(told.task.to / 60, told.task.to / (told.task.points - 1)))
        middles = [(start + end) / 2 for start, end, _, _ in bands]
        layers = np.array([shares for _, _, shares, _ in bands]).T
        drawn = axes.stackplot(middles, *layers, labels=CLASSES, colors=[look[0] for look in _CLASS_LOOKS])
        for layer, (_, hatch) in zip(drawn, _CLASS_LOOKS, strict=True):
            layer.set(hatch=hatch, edgecolor=INK, linewidth=0.3)
        axes.set_xlim(0, told.task.to)
        axes.set_ylim(0, 1)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set_xlabel("the claimant's earnings, £ a month")
        axes.set_ylabel("share of families")
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=6, fontsize=7)
        axes.set_title(title)
    said = "; ".join(
        f"£{start:,.0f} to £{end:,.0f}: above 70% {sum(shares[3:]):.1%}" for start, end, shares, _ in told.bands()
    )
    return Picture(figure, title, f"Share of families by METR. {said}.")
