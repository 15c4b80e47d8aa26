"""Charts of the make-work-pay guarantee, for readers of policy (docs/guarantee.md).

Drawn from exact schedules: what is left under the law and with a guarantee, what is lost of an extra pound, what the
ceiling costs and whom it moves, and a couple's top-up by both partners' pay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mwp.analysis.measures import TOP_UP
from mwp.analysis.schedule import Schedule
from mwp.report import words
from mwp.report.charts import INK, QUIET, Picture, chart_style, new_figure

LAW, PAID, OTHER = "#d55e00", "#e69f00", "#0072b2"
_LOOKS = (("#0072b2", "-"), ("#009e73", (0, (6, 2))), ("#cc79a7", (0, (1.5, 1.5))))
_SMALL = 2.0


@dataclass(frozen=True)
class Ceilings:
    """What each ceiling m does, averaged over households: pounds a month, and shares of the range of earnings."""

    most_lost: tuple[float, ...]
    cost: tuple[float, ...]
    paid: tuple[float, ...]
    moved: tuple[float, ...]


def _line(schedule: Schedule, low: float, high: float) -> tuple[Any, Any]:
    """The measure along a schedule, ends of every stretch; a jump is drawn upright."""
    x, y = [], []
    for one in schedule.segments:
        start, end = max(one.start, low), min(one.end, high)
        if end >= start and one.end > one.start:
            x += [start, end]
            y += [one.value(start), one.value(end)]
    return np.array(x), np.array(y)


def _rates(schedule: Schedule) -> tuple[Any, Any]:
    """The METR along a schedule; single points and the penny in which a cliff is made good left out."""
    x, y = [], []
    for one in schedule.stretches:
        x += [one.start, one.end]
        y += [one.metr, one.metr]
    return np.array(x), np.array(y)


def _money(axes: Any) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:,.0f}")


def _cliffs(axes: Any, schedule: Schedule, low: float, high: float) -> None:
    told = [jump for jump in schedule.cliffs if low < jump.before < high and -jump.size >= _SMALL]
    if told:
        axes.plot(
            [jump.before for jump in told],
            [schedule.value(jump.before) for jump in told],
            linestyle="none", marker="v", markersize=6, color="#b3261e", label="a cliff", zorder=6,
        )  # fmt: skip


def _law_and_with(axes: Any, law: Schedule, paid: Schedule, low: float, high: float, name: str) -> None:
    at = np.unique(np.concatenate([_line(law, low, high)[0], _line(paid, low, high)[0], np.linspace(low, high, 400)]))
    axes.fill_between(
        at, [law.value(x) for x in at], [paid.value(x) for x in at],
        facecolor=PAID, edgecolor=INK, hatch="//", linewidth=0.2, label="the top-up", zorder=2,
    )  # fmt: skip
    axes.plot(*_line(paid, low, high), color=OTHER, linewidth=2.2, label=name, zorder=4)
    axes.plot(*_line(law, low, high), color=INK, linewidth=1.4, linestyle=(0, (4, 2)), label="the law", zorder=5)
    _cliffs(axes, law, low, high)
    axes.set_xlim(low, high)
    axes.set_xlabel("earnings, £ a month")
    _money(axes)


def _who(schedule: Schedule) -> str:
    return f"{schedule.household.name}, law of {words.day(schedule.on)}"


def law_and_guarantee(law: Schedule, paid: Schedule, near: tuple[float, float], told: str) -> Picture:
    """What is left under the law and with the guarantee: the whole range, and a cliff from near by."""
    with chart_style():
        figure = new_figure(8.2, 4.4)
        left, right = figure.subplots(1, 2, width_ratios=(1.15, 1.0))
        _law_and_with(left, law, paid, 0.0, law.path.to, "with the guarantee")
        _law_and_with(right, law, paid, *near, "with the guarantee")
        left.axvspan(*near, color="#e9edf2", zorder=0)
        left.set_ylabel("what is left, £ a month")
        left.set_title("The whole range")
        right.set_title("The shaded part, larger")
        left.legend(loc="upper left", fontsize=8)
        title = "What is left, with the guarantee and without"
        figure.suptitle(f"{title}\n{_who(law)}", x=0.01, ha="left", fontsize=10, fontweight="bold")
    return Picture(figure, f"{title}: {_who(law)}", told)


def rates_before_and_after(law: Schedule, paid: Schedule, most_lost: float, told: str) -> Picture:
    """The METR under the law and with the guarantee; where more is lost than before is shaded."""
    with chart_style():
        figure = new_figure(8.2, 4.2)
        axes = figure.subplots()
        after, before = _rates(paid), _rates(law)
        moved = np.zeros(len(after[0]), dtype=bool)
        for place in range(0, len(moved), 2):
            middle = (after[0][place] + after[0][place + 1]) / 2
            moved[place : place + 2] = after[1][place] > law.metr(middle) + 5e-4
        for place in (np.flatnonzero(moved[::2]) * 2).tolist():
            axes.axvspan(after[0][place], after[0][place + 1], facecolor=PAID, alpha=0.35, hatch="//", edgecolor=INK,
                         linewidth=0.2)  # fmt: skip
        axes.fill_between([], [], facecolor=PAID, alpha=0.35, hatch="//", edgecolor=INK, linewidth=0.2,
                          label="moved to a higher rate")  # fmt: skip
        axes.plot(*after, color=OTHER, linewidth=2.2, label="with the guarantee", zorder=4)
        axes.plot(*before, color=INK, linewidth=1.4, linestyle=(0, (4, 2)), label="the law", zorder=5)
        axes.axhline(most_lost, color=QUIET, linewidth=0.8, linestyle=(0, (1, 2)))
        axes.text(law.path.to * 0.35, most_lost + 0.008, f"m = {most_lost:.0%}", ha="center", va="bottom", fontsize=8)
        for number, jump in enumerate(jump for jump in law.cliffs if -jump.size >= _SMALL):
            axes.axvline(jump.at, color="#b3261e", linewidth=1.0, label="a cliff" if number == 0 else None, zorder=3)
        axes.set_xlim(0, law.path.to)
        axes.set_ylim(0, 1.02)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.set_xlabel("earnings, £ a month")
        axes.set_ylabel("lost of an extra pound (METR)")
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=4, fontsize=8)
        title = "What is lost of an extra pound, with the guarantee and without"
        axes.set_title(f"{title}\n{_who(law)}")
    return Picture(figure, f"{title}: {_who(law)}", told)


def designs_beside(law: Schedule, designs: Mapping[str, Schedule], near: tuple[float, float], told: str) -> Picture:
    """The same cliff under several designs, a panel each on the same scales."""
    from matplotlib.ticker import MaxNLocator

    with chart_style():
        figure = new_figure(8.2, 4.0)
        panels = figure.subplots(1, len(designs), sharex=True, sharey=True)
        for axes, (name, paid) in zip(panels, designs.items(), strict=True):
            _law_and_with(axes, law, paid, *near, "with the design")
            axes.set_title(name)
            axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 5, 10]))
        panels[0].set_ylabel("what is left, £ a month")
        panels[0].legend(loc="upper left", fontsize=7.5)
        title = "One cliff under three designs"
        figure.suptitle(f"{title}\n{_who(law)}", x=0.01, ha="left", fontsize=10, fontweight="bold")
    return Picture(figure, f"{title}: {_who(law)}", told)


def ceilings(found: Ceilings, by_family: Mapping[str, tuple[float, float]], most_lost: float, told: str) -> Picture:
    """What each ceiling m costs, how much of the range it pays on and moves to m, and whom the default moves.

    `by_family` has for each kind of family the shares of the range on which a top-up is paid, and moved to m.
    """
    with chart_style():
        figure = new_figure(8.2, 4.4)
        left, middle, right = figure.subplots(1, 3, width_ratios=(1.0, 1.0, 1.15))
        per_cent = [100 * m for m in found.most_lost]
        left.plot(per_cent, found.cost, color=OTHER, linewidth=2.0, marker="o", markersize=3.5)
        left.set_ylabel("cost, £ a month a household")
        left.set_title("What it costs")
        for values, (colour, style), name in (
            (found.paid, _LOOKS[0], "a top-up is paid"),
            (found.moved, _LOOKS[2], "moved to m"),
        ):
            middle.plot(
                per_cent, [100 * one for one in values], color=colour, linestyle=style, linewidth=2.0, label=name
            )
        middle.set_ylabel("share of the range of earnings, %")
        middle.set_title("How far it reaches")
        middle.legend(loc="upper right", fontsize=8)
        for axes in (left, middle):
            axes.axvline(100 * most_lost, color=QUIET, linewidth=0.8, linestyle=(0, (1, 2)))
            axes.set_xlabel("m, % of an extra pound")
            axes.set_ylim(bottom=0)
        names = list(by_family)
        places = np.arange(len(names))[::-1]
        right.barh(places + 0.19, [100 * by_family[name][0] for name in names], 0.36, color=_LOOKS[0][0],
                   edgecolor=INK, linewidth=0.5, label="a top-up is paid")  # fmt: skip
        right.barh(places - 0.19, [100 * by_family[name][1] for name in names], 0.36, color=_LOOKS[2][0], hatch="//",
                   edgecolor=INK, linewidth=0.5, label="moved to m")  # fmt: skip
        right.set_yticks(places, [name.replace(" ", "\n", 1) for name in names])
        right.set_xlabel("share of the range, %")
        right.set_title(f"Who, at m = {most_lost:.0%}")
        right.legend(loc="upper center", bbox_to_anchor=(0.4, -0.14), fontsize=8)
        title = "The ceiling m: what it costs, and whom it moves"
        figure.suptitle(title, x=0.01, ha="left", fontsize=10, fontweight="bold")
    return Picture(figure, title, told)


def couples_top_up(mine: Sequence[float], theirs: Sequence[float], top_up: Any, who: str, told: str) -> Picture:
    """A couple's top-up at each pair of earnings: the claimant's across, the partner's up."""
    levels = [0.5, 5, 10, 20, 40, 80, 120, 160, 200, 300]
    with chart_style():
        figure = new_figure(8.2, 5.2)
        axes = figure.subplots()
        shown = [one for one in levels if one < float(np.max(top_up))]
        edges = [*shown, max(float(np.max(top_up)), shown[-1] + 1)]
        filled = axes.contourf(mine, theirs, top_up, levels=edges, cmap="YlOrBr")
        scale = figure.colorbar(filled, ax=axes, label="the top-up, £ a month", ticks=shown)
        scale.ax.set_yticklabels([f"{one:g}" for one in shown])
        axes.set_xlabel("the claimant’s earnings, £ a month")
        axes.set_ylabel("the partner’s earnings, £ a month")
        _money(axes)
        title = "The top-up by both partners’ pay (white: none is due)"
        axes.set_title(f"{title}\n{who}")
    return Picture(figure, f"{title}: {who}", told)


def end_of_award(law: Schedule, others: Mapping[str, Schedule], near: tuple[float, float], told: str) -> Picture:
    """What is left around the end of Universal Credit, and the award and payment that end there."""
    with chart_style():
        figure = new_figure(8.2, 4.4)
        left, right = figure.subplots(1, 2, width_ratios=(1.0, 1.0))
        looks = ((OTHER, "-"), ("#009e73", (0, (6, 2))))
        for (name, one), (colour, style) in zip(others.items(), looks, strict=False):
            left.plot(*_line(one, *near), color=colour, linestyle=style, linewidth=2.0, label=name)
        left.plot(*_line(law, *near), color=INK, linewidth=1.4, linestyle=(0, (4, 2)), label="the law", zorder=5)
        _cliffs(left, law, *near)
        left.set_ylabel("what is left, £ a month")
        left.set_title("What is left")
        for name, label, colour, style in (
            ("universal_credit", "Universal Credit", PAID, "-"),
            ("scottish_child_payment", "Scottish Child Payment", "#009e73", (0, (6, 2))),
        ):
            x = [edge for one in law.segments if one.end > one.start for edge in (one.start, one.end)]
            y = [
                one.parts[name] + one.slopes[name] * (edge - one.start)
                for one in law.segments
                if one.end > one.start
                for edge in (one.start, one.end)
            ]
            right.plot(x, y, color=colour, linestyle=style, linewidth=2.0, label=f"{label}, in law")
        paid = next(iter(others.values()))
        at = np.linspace(*near, 600).tolist()
        due = [paid.parts(one).get(TOP_UP, 0.0) for one in at]
        right.plot(at, due, color=OTHER, linewidth=2.0, linestyle=(0, (1.5, 1.5)), label="the guarantee's top-up")
        right.set_ylim(-5, max(due) * 1.2)
        right.set_ylabel("£ a month")
        right.set_title("What ends, and what is paid")
        for axes in (left, right):
            axes.set_xlim(*near)
            axes.set_xlabel("earnings, £ a month")
            _money(axes)
            axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2, fontsize=7.5)
        title = "Where Universal Credit ends in Scotland"
        figure.suptitle(f"{title}\n{_who(law)}", x=0.01, ha="left", fontsize=10, fontweight="bold")
    return Picture(figure, f"{title}: {_who(law)}", told)
