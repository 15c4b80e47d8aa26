"""Charts made for people: what is left at every pound of earnings, the METR with its causes, the cliffs by name.

Each layer has a colour that colour-blind readers can tell apart and a pattern that holds in grey print; each chart a
title and a description in words. The same answer gives the same bytes. Matplotlib's Figure is used, never pyplot.
"""

import io
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from mwp.analysis.distribution import CLASSES
from mwp.analysis.incentives import average_metr
from mwp.analysis.measures import GROUPS
from mwp.analysis.sweep import Grid, Surface, Sweep
from mwp.errors import MwpError
from mwp.report import schedule_words, words
from mwp.report.schedule_words import money

PAY = "pay after tax and pension"
_FROM_PAY = ("income tax", "National Insurance", "pension saving", "student loan")
_LEVELS = {"council tax reduction": "council tax after reduction"}
_LOOKS = {
    PAY: ("#c9d7e8", ""),
    "income tax": ("#0072b2", "//"),
    "National Insurance": ("#56b4e9", "\\\\"),
    "pension saving": ("#b8b8b8", ".."),
    "student loan": ("#f0e442", "||"),
    "Universal Credit": ("#e69f00", ""),
    schedule_words.TOP_UP_GROUP: ("#b2df8a", "///"),
    "council tax reduction": ("#cc79a7", "xx"),
    "Child Benefit": ("#009e73", "--"),
    "Scottish Child Payment": ("#8fd0bb", "++"),
    "other benefits": ("#7f7f7f", "oo"),
}
_OTHERS = (
    ("#d55e00", ""), ("#6a51a3", "..."), ("#a6761d", "///"), ("#9ecae1", "xxx"), ("#1b1b1b", ""), ("#f4a6a6", "OO"),
    ("#fff2cc", "\\\\\\"), ("#3b6e8f", "++"), ("#e7d4e8", "**"), ("#5e3c18", "--"),
)  # fmt: skip
INK, QUIET = "#16191d", "#5a626c"
_LOWEST, _HIGHEST = -0.5, 1.3
_MOST_NAMED = 14


class CannotDraw(MwpError):
    """What drawing needs is not installed; the message says what to install."""


@dataclass(frozen=True)
class Picture:
    """A chart with its title and what it shows in words."""

    figure: Any
    title: str
    description: str

    def __post_init__(self) -> None:
        """Lay the chart out once, to a ten-thousandth: the layout's last digits are not the same each time."""
        with chart_style():
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")
            for axes in self.figure.axes:
                axes.set_position([round(float(one), 4) for one in axes.get_position(original=True).bounds])

    def as_svg(self, prefix: str = "chart", *, inline: bool = False) -> str | bytes:
        """The chart as SVG, its words as text; `inline` without the head of a file, for a page."""
        target = io.BytesIO()
        with chart_style():
            self.figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
        drawn = target.getvalue().decode()
        drawn = re.sub(r"<metadata>.*?</metadata>\s*", "", drawn, flags=re.DOTALL)
        drawn = re.sub(r'\bid="', f'id="{prefix}-', drawn)
        drawn = re.sub(r'(href="#|url\(#)', rf"\g<1>{prefix}-", drawn)
        names = f'role="img" aria-labelledby="{prefix}-title {prefix}-desc"'
        told = f'<title id="{prefix}-title">{escape(self.title)}</title>'
        told += f'<desc id="{prefix}-desc">{escape(self.description)}</desc>'
        drawn = re.sub(r"<svg ([^>]*)>", lambda found: f"<svg {names} {found[1]}>\n {told}", drawn, count=1)
        if inline:
            return drawn[drawn.index("<svg ") :]
        return drawn.encode()

    def as_png(self) -> bytes:
        """The chart as PNG, for print: 200 dots an inch."""
        target = io.BytesIO()
        with chart_style():
            self.figure.savefig(target, format="png", dpi=200, metadata={"Software": None, "Title": self.title})
        return target.getvalue()


def chart_style() -> AbstractContextManager[Any]:
    """The look that every chart shares. Raises CannotDraw where matplotlib is not installed."""
    try:
        import matplotlib
    except ImportError:
        raise CannotDraw(
            'Charts need matplotlib, which is not installed. Install it: pip install "mwp[export]". Or write .csv.'
        ) from None
    return matplotlib.rc_context(
        {
            "svg.hashsalt": "mwp", "svg.fonttype": "none", "font.family": "DejaVu Sans", "font.size": 8.5,
            "hatch.linewidth": 0.5, "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": QUIET,
            "axes.titlesize": 10, "axes.titleweight": "bold", "axes.titlelocation": "left", "text.color": INK,
            "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK, "legend.frameon": False,
        }
    )  # fmt: skip


def new_figure(width: float, height: float) -> Any:
    """A sheet of so many inches."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained", facecolor="white")


def _look(group: str) -> tuple[str, str]:
    if group in _LOOKS:
        return _LOOKS[group]
    others = [name for name in GROUPS if name not in _LOOKS]
    return _OTHERS[(others.index(group) if group in others else len(others)) % len(_OTHERS)]


# Levels and shares


@dataclass(frozen=True)
class Layers:
    """What each group adds to (or takes from) the measure, at the ends of every stretch."""

    earnings: np.ndarray[Any, np.dtype[np.float64]]
    groups: Mapping[str, np.ndarray[Any, np.dtype[np.float64]]]
    total: np.ndarray[Any, np.dtype[np.float64]]


def levels(sweep: Sweep) -> Layers:
    """Pay after what comes off it, and every other group, pounds a month; groups that are nil everywhere left out."""
    ends: list[tuple[float, Mapping[str, float]]] = []
    for one in sweep.segments:
        ends.append((one.start, one.parts))
        width = one.end - one.start
        ends.append((one.end, {name: part + one.slopes[name] * width for name, part in one.parts.items()}))
    found: dict[str, Any] = {PAY: np.zeros(len(ends))}
    for group, names in schedule_words.groups_of(ends[0][1]).items():
        values = np.array([sum(parts.get(name, 0.0) for name in names) for _, parts in ends])
        if group in _FROM_PAY:
            found[PAY] = found[PAY] + values
        elif np.abs(values).max() > 0.005:
            found[group] = values
    found[PAY] = found[PAY] + np.array([parts.get("gross_pay", 0.0) for _, parts in ends])
    return Layers(np.array([x for x, _ in ends]), found, np.asarray(sum(found.values())))


def shares(sweep: Sweep) -> Layers:
    """What each group takes of an extra pound, on every stretch (each end told); groups that take nothing left out.

    The single pennies on which a top-up makes good a cliff are left out: what is lost and what is paid swap there.
    """
    stretches = [one for one in sweep.segments if schedule_words.made_good(sweep, one) is None]
    edges = np.array([edge for one in stretches for edge in (one.start, one.end)])
    found = {}
    for group, names in schedule_words.groups_of(sweep.segments[0].slopes).items():
        taken = np.repeat([-sum(one.slopes.get(name, 0.0) for name in names) for one in stretches], 2)
        if np.abs(taken).max() > 0.0005:
            found[group] = taken
    metr = np.repeat([one.metr for one in stretches], 2)
    return Layers(edges, found, metr)


def level_name(group: str) -> str:
    """What a group is called where it stands for an amount and not for a change."""
    return words.sentence_case(_LEVELS.get(group, group))


def _stack(axes: Any, layers: Layers, name: Callable[[str], str]) -> None:
    above, below = np.zeros(len(layers.earnings)), np.zeros(len(layers.earnings))
    for group, values in layers.groups.items():
        colour, hatch = _look(group)
        named = False
        for part, base in ((np.maximum(values, 0.0), above), (np.minimum(values, 0.0), below)):
            if not np.abs(part).max() > 0:
                continue
            axes.fill_between(
                layers.earnings, base, base + part, facecolor=colour, hatch=hatch, edgecolor=INK, linewidth=0.3,
                label=None if named else name(group),
            )  # fmt: skip
            named = True
            base += part


def _cliffs(sweep: Sweep) -> list[Any]:
    """The cliffs that a chart names: all of two pounds or more, the largest of them where there are many."""
    told = [jump for jump in sweep.cliffs if abs(jump.size) >= schedule_words.SMALL]
    most = sorted(told, key=lambda jump: jump.size)[:_MOST_NAMED]
    return [jump for jump in told if jump in most]


def _mark_cliffs(axes: Any, sweep: Sweep, *, numbers: bool) -> None:
    from matplotlib.transforms import blended_transform_factory

    across = blended_transform_factory(axes.transData, axes.transAxes)
    last, row = -1e9, 0
    for number, jump in enumerate(_cliffs(sweep), start=1):
        axes.axvline(jump.at, color="#b3261e", linewidth=1.0, linestyle=(0, (4, 2)), zorder=5)
        if numbers:
            row = (row + 1) % 3 if jump.at - last < sweep.path.to * 0.03 else 0
            last = jump.at
            axes.text(
                jump.at, 1.015 + row * 0.055, str(number), transform=across, ha="center", va="bottom", fontsize=7.5,
                fontweight="bold", color="white", clip_on=False,
                bbox={"boxstyle": "circle,pad=0.2", "facecolor": "#b3261e", "edgecolor": "none"},
            )  # fmt: skip


def _budget(axes: Any, sweep: Sweep) -> None:
    layers = levels(sweep)
    _stack(axes, layers, level_name)
    axes.plot(layers.earnings, layers.total, color=INK, linewidth=2.0, label="What is left", zorder=4)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.set_xlim(0, sweep.path.to)
    axes.set_ylabel("£ a month")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")


def _metr(axes: Any, sweep: Sweep) -> None:
    layers = shares(sweep)
    _stack(axes, layers, words.sentence_case)
    axes.plot(layers.earnings, layers.total, color=INK, linewidth=1.6, label="METR", zorder=4)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.axhline(1, color=INK, linewidth=0.8, linestyle=(0, (1, 2)))
    axes.text(sweep.path.to, 1.01, "100%: nothing is kept ", ha="right", va="bottom", fontsize=7.5)
    low = min(0.0, *(values.min() for values in layers.groups.values())) if layers.groups else 0.0
    axes.set_ylim(max(_LOWEST, low * 1.05), min(_HIGHEST, max(1.1, float(layers.total.max()) * 1.05)))
    axes.set_xlim(0, sweep.path.to)
    axes.set_ylabel("share of an extra pound")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")


def _x_label(axes: Any, sweep: Sweep) -> None:
    whose = "your partner's earnings" if sweep.path.adult else "your earnings"
    if sweep.path.mode == "hours":
        axes.set_xlabel(f"{whose}, £ a month (above: hours a week at £{sweep.path.wage:,.2f})")
    else:
        axes.set_xlabel(f"{whose}, £ a month")


def _hours_axis(axes: Any, sweep: Sweep) -> None:
    """Hours a week, where they are what moves, inside the lower edge of the chart."""
    if sweep.path.mode != "hours":
        return
    most = sweep.hours_at(sweep.path.to)
    for hours in range(8, int(most) + 1, 8):
        axes.annotate(
            f"{hours} h", (hours / most * sweep.path.to, 0), xycoords=("data", "axes fraction"), xytext=(0, 3),
            textcoords="offset points", ha="center", fontsize=7, zorder=6,
            bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85},
        )  # fmt: skip


def _key(sweep: Sweep) -> list[str]:
    return [
        textwrap.fill(
            f"{number}  {'With any work' if jump.before == 0 else schedule_words.where(sweep, jump.at)}:"
            f" {schedule_words.label(sweep, jump)}, {money(jump.size)} a month less"
            + (f", until {money(jump.recovers_at)}" if jump.recovers_at is not None else ""),
            118,
            subsequent_indent="    ",
        )
        for number, jump in enumerate(_cliffs(sweep), start=1)
    ]


def _legend(axes: Any) -> None:
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3, fontsize=7.5, handlelength=2.2)


def _foot(axes: Any, sweep: Sweep) -> None:
    """The cliffs by number, and what the chart stands on."""
    axes.axis("off")
    told = ["Cliffs", *_key(sweep)] if _cliffs(sweep) else ["No cliffs of £2 a month or more."]
    told.append(f"What is left: {schedule_words.measured(sweep.measure)}. Law of {words.day(sweep.on)}.")
    axes.text(0, 1, "\n".join(told), va="top", fontsize=7.5, transform=axes.transAxes, linespacing=1.35)


def _foot_height(sweep: Sweep) -> float:
    return 0.25 + 0.16 * sum(line.count("\n") + 1 for line in ("", "", *_key(sweep)))


def _name(sweep: Sweep) -> str:
    return f"{sweep.household.name}, {words.day(sweep.on)}"


def _described(sweep: Sweep) -> str:
    return f"{schedule_words.path_in_words(sweep)} {schedule_words.in_words(sweep)}"


def _one_panel(sweep: Sweep, draw: Callable[[Any, Sweep], None], title: str) -> Picture:
    with chart_style():
        foot = _foot_height(sweep)
        figure = new_figure(8.2, 5.6 + foot)
        top, bottom = figure.subplots(2, 1, height_ratios=(5.6, foot))
        draw(top, sweep)
        _mark_cliffs(top, sweep, numbers=True)
        _x_label(top, sweep)
        _hours_axis(top, sweep)
        _legend(top)
        top.set_title(f"{title}\n{_name(sweep)}", pad=22)
        _foot(bottom, sweep)
    return Picture(figure, f"{title}: {_name(sweep)}", _described(sweep))


def budget_chart(sweep: Sweep) -> Picture:
    """What is left at every pound of earnings, by component."""
    return _one_panel(sweep, _budget, "What is left, and what it is made of")


def metr_chart(sweep: Sweep) -> Picture:
    """The share of an extra pound that is lost, with its stack of causes."""
    return _one_panel(sweep, _metr, "What is lost of an extra pound, and to what")


def schedule_chart(sweep: Sweep) -> Picture:
    """Both, one above the other, on one sheet."""
    with chart_style():
        foot = _foot_height(sweep)
        figure = new_figure(8.2, 9.6 + foot)
        top, middle, bottom = figure.subplots(3, 1, height_ratios=(5.0, 4.6, foot))
        _budget(top, sweep)
        _metr(middle, sweep)
        for axes in (top, middle):
            _mark_cliffs(axes, sweep, numbers=True)
            _hours_axis(axes, sweep)
            _legend(axes)
        _x_label(middle, sweep)
        top.set_title(f"What is left, and what it is made of\n{_name(sweep)}", pad=22)
        middle.set_title("What is lost of an extra pound, and to what (METR)", pad=22)
        _foot(bottom, sweep)
    return Picture(figure, f"Earnings schedule: {_name(sweep)}", _described(sweep))


def small_multiples(found: Sequence[Sweep]) -> Picture:
    """The METR of many households on one page, on the same scales; a tick for each cliff."""
    columns = min(5, max(2, round(len(found) ** 0.5)))
    lines = -(-len(found) // columns)
    most = min(6_000.0, max(one.path.to for one in found))
    with chart_style():
        figure = new_figure(11.0, 1.0 + 1.75 * lines)
        grid = figure.subplots(lines, columns, sharex=True, sharey=True, squeeze=False)
        for place, axes in enumerate(grid.flat):
            if place >= len(found):
                axes.axis("off")
                continue
            one = found[place]
            layers = shares(one)
            axes.fill_between(layers.earnings, 0, layers.total, facecolor="#9ecae1", linewidth=0)
            axes.plot(layers.earnings, layers.total, color=INK, linewidth=1.0)
            axes.axhline(1, color=INK, linewidth=0.6, linestyle=(0, (1, 2)))
            for jump in _cliffs(one):
                axes.plot([jump.at], [1.16], marker="v", color="#b3261e", markersize=4, clip_on=False)
            axes.set_ylim(-0.1, 1.2)
            axes.set_xlim(0, most)
            on = f" ({one.on.isoformat()})" if len({sweep.on for sweep in found}) > 1 else ""
            axes.set_title(textwrap.fill(one.household.name + on, 34), fontsize=6.8, fontweight="normal")
            axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
            axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
            axes.tick_params(labelsize=6.5)
        title = f"What is lost of an extra pound (METR), {len(found)} households"
        figure.suptitle(title, fontsize=11, fontweight="bold", x=0.01, ha="left")
        figure.supxlabel("earnings, £ a month; ▼ a cliff of £2 a month or more", fontsize=8)
    middle = sorted(average_metr(one.schedule) for one in found)
    told = f"Averages over the range go from {middle[0]:.0%} to {middle[-1]:.0%}."
    return Picture(figure, title, f"{told} Law of {', '.join(dict.fromkeys(words.day(one.on) for one in found))}.")


# Maps


def heat_map(grid: Grid) -> Picture:
    """What an hour of work leaves on average, against no work, by hours and wage."""
    title = "What each hour of work leaves, against no work"
    with chart_style():
        figure = new_figure(8.2, 6.2)
        axes = figure.subplots()
        wages, hours = np.array(grid.wages), np.array(grid.hours)
        low, high = max(float(grid.kept.min()), -5.0), float(grid.kept.max())
        drawn = axes.pcolormesh(
            wages, hours, grid.kept, cmap="cividis", shading="nearest", rasterized=True, vmin=low, vmax=high
        )
        _contours(axes, wages, hours, np.maximum(grid.kept, low), _signed)
        cut = grid.kept.min() < low
        figure.colorbar(drawn, ax=axes, label="left for each hour worked", format=lambda value, _: _signed(value),
                        extend="min" if cut else "neither")  # fmt: skip
        axes.set_xlabel("pay, £ an hour")
        axes.set_ylabel("hours a week")
        axes.set_title(f"{title}\n{grid.household.name}, {words.day(grid.on)}")
    least = np.unravel_index(int(grid.kept.argmin()), grid.kept.shape)
    most = np.unravel_index(int(grid.kept.argmax()), grid.kept.shape)
    told = " ".join(
        f"{word}, {_an_hour(float(grid.kept[spot]))}, is at {schedule_words.hours(grid.hours[int(spot[0])])} a week and"
        f" £{grid.wages[int(spot[1])]:,.2f} an hour."
        for word, spot in (("The least", least), ("The most", most))
    )
    return Picture(
        figure, f"{title}: {grid.household.name}", f"{told} Measured: {schedule_words.measured(grid.measure)}."
    )


def _signed(amount: float) -> str:
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.10g}"


def _an_hour(amount: float) -> str:
    return f"{money(amount)} an hour" if amount >= 0 else f"a loss of {money(amount)} an hour"


def surface_chart(told: Surface) -> Picture:
    """What a couple has at every pair of hours."""
    title = "What is left by both partners' hours"
    with chart_style():
        figure = new_figure(8.2, 6.6)
        axes = figure.subplots()
        hours = np.array(told.hours)
        drawn = axes.pcolormesh(hours, hours, told.values, cmap="cividis", shading="nearest", rasterized=True)
        _contours(axes, hours, hours, told.values, _signed)
        figure.colorbar(drawn, ax=axes, label="left a month", format=lambda value, _: _signed(value))
        axes.set_xlabel(f"your partner's hours a week, at £{told.wages[1]:,.2f}")
        axes.set_ylabel(f"your hours a week, at £{told.wages[0]:,.2f}")
        axes.set_title(f"{title}\n{told.household.name}, {words.day(told.on)}")
    return Picture(figure, f"{title}: {told.household.name}", schedule_words.surface_in_words(told))


def _contours(axes: Any, across: Any, down: Any, values: Any, label: Callable[[float], str]) -> None:
    lines = axes.contour(across, down, values, levels=8, colors="white", linewidths=1.6)
    axes.contour(across, down, values, levels=lines.levels, colors=INK, linewidths=0.8)
    marks = axes.clabel(lines, fmt=label, fontsize=8, colors=INK)
    for mark in marks:
        mark.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.9})


def distribution_chart(told: Any) -> Picture:
    """The share of the range in each class of METR, a bar a year."""
    looks = [
        ("#f7fbff", ""),
        ("#c6dbef", ".."),
        ("#9ecae1", "//"),
        ("#4292c6", "\\\\"),
        ("#e69f00", "xx"),
        ("#b3261e", ""),
    ]
    with chart_style():
        figure = new_figure(8.2, 1.9 + 0.6 * len(told.columns))
        axes = figure.subplots()
        places = np.arange(len(told.columns))[::-1]
        start = np.zeros(len(told.columns))
        for place, label in enumerate(CLASSES):
            width = np.array([one.shares[place] for one in told.found.dates])
            colour, hatch = looks[place]
            axes.barh(places, width, left=start, height=0.62, facecolor=colour, hatch=hatch, edgecolor=INK,
                      linewidth=0.6, label=label)  # fmt: skip
            for y, x, share in zip(places, start, width, strict=True):
                if share > 0.03:
                    axes.text(
                        x + share / 2, y, f"{share:.0%}", ha="center", va="center", fontsize=8,
                        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
                    )  # fmt: skip
            start += width
        axes.set_yticks(places, told.columns)
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.legend(title="METR", loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=6, fontsize=7.5)
        axes.set_title(textwrap.fill(told.title, 90))
    described = "; ".join(
        f"{column}: " + ", ".join(f"{label} {one.shares[place]:.1%}" for place, label in enumerate(CLASSES))
        for column, one in zip(told.columns, told.found.dates, strict=True)
    )
    return Picture(figure, told.title, f"{told.note} {described}.")
