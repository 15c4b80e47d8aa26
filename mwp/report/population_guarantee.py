"""What a guarantee costs by what it counts and by m: words, tables, a chart, files and a page of the documentation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from mwp.analysis import documents
from mwp.population import documents as told_as
from mwp.population.metr import HIGH
from mwp.population.prices import Price, Prices
from mwp.population.spread import Estimate
from mwp.report import words
from mwp.report.blocks import Block, Line, Told
from mwp.report.charts import INK, Picture, chart_style, new_figure
from mwp.report.files import Makers
from mwp.report.population_run_words import ERROR, billions, makers_of, thousand, with_error

ENDINGS = (".html", ".xlsx", ".csv", ".json", ".parquet", ".md")
COUNTED = {
    "net_income": "cash",
    "net_resources": "cash and help in kind",
    "net_resources_after_childcare": "cash and help, after childcare up to the limit",
    "net_after_work_costs": "cash and help, after all childcare and costs of work",
    "cash_after_work_costs": "cash, after all childcare and costs of work",
}
"""What each measure counts, in a few words."""
_LOOKS = (
    ("#0072b2", "o", "-"),
    ("#d55e00", "s", "--"),
    ("#009e73", "^", "-."),
    ("#cc79a7", "D", ":"),
    ("#000000", "v", "-"),
)


def _percent(most_lost: float) -> str:
    return f"{most_lost * 100:.4g}%"


def _fine(one: Estimate) -> str:
    return f"{one.value:.2%} ± {one.error:.2%}"


def told_of(told: Prices) -> Told:
    """The grid: cost, families, amounts and METRs, what is counted down and m across."""
    same = not told.changes_numbers
    blocks = [
        _grid(
            told,
            "What the guarantee costs" if same else "What the reform costs, gross",
            "Counting",
            lambda one: with_error(one.gross.value, one.gross.error),
            "£ billion a year, paid out by government."
            + (" The top-up counts for no tax or award, so gross is net." if same else ""),
            ERROR,
        )
    ]
    if not same:
        blocks += [
            _grid(told, "Net of what comes in", "Counting", lambda one: with_error(one.net.value, one.net.error)),
            _grid(told, "Of it the top-up", "Counting", lambda one: with_error(one.top_up.value, one.top_up.error)),
        ]
    blocks += [
        _grid(
            told, "Families with a top-up, thousand", "Counting",
            lambda one: f"{thousand(one.families.value)} ± {thousand(one.families.error)}",
        ),
        _grid(told, "Top-up of those who have one, £ a month", "Counting", lambda one: f"{one.average:,.2f}"),
        *(_above(told, place) for place in range(len(HIGH))),
        _grid(
            told, "Adults in work with a higher METR than without it", "Counting",
            lambda one: _fine(one.raised),
            "While a top-up runs off, exactly m of a pound is lost.",
        ),
        _grid(
            told, "Adults in work with a lower METR", "Counting",
            lambda one: _fine(one.lowered),
        ),
    ]  # fmt: skip
    return Told(_title(told), _verdict(told), tuple(blocks), _rests_on(told), told_as.NOT_COUNTED)


def _title(told: Prices) -> str:
    return "The guarantee's cost by what it counts and by m"


def _verdict(told: Prices) -> str:
    measure, own = told.own
    counts = measure if measure in told.counts else told.counts[0]
    first, last = (told.cell(counts, one) for one in (told.shares[0], told.shares[-1]))
    nearest = min(told.shares, key=lambda one: abs(one - own))
    middle = told.cell(counts, nearest)
    told_first = (
        f"Counting {COUNTED[counts]}, the guarantee costs £{billions(middle.net.value)} billion a year"
        f" (± {billions(middle.net.error)}) if at most {_percent(nearest)} of an extra pound may be lost"
    )
    ends = [
        f"£{billions(one.net.value)} billion at {_percent(at)}"
        for one, at in ((first, told.shares[0]), (last, told.shares[-1]))
        if at != nearest
    ]
    return told_first + (f"; {' and '.join(ends)}." if ends else ".")


def _grid(told: Prices, title: str, first: str, cell: Callable[[Price], str], *after: str) -> Block:
    return Block(
        title,
        columns=(first, *(f"m = {_percent(one)}" for one in told.shares)),
        lines=tuple(
            Line(words.sentence_case(COUNTED[measure]), tuple(cell(one) for one in prices))
            for measure, prices in told.rows()
        ),
        after=tuple(after),
    )


def _above(told: Prices, place: int) -> Block:
    lines = []
    for measure, prices in told.rows():
        every = [told.cell(measure, None), *prices]
        cells = tuple(_fine(one.above[place]) for one in every)
        lines.append(Line(words.sentence_case(COUNTED[measure]), cells))
    return Block(
        f"Adults in work with a METR above {HIGH[place]:.0%}",
        columns=("Counting", "without it", *(f"m = {_percent(one)}" for one in told.shares)),
        lines=tuple(lines),
        after=("On what is counted, at the present pay.",) if place == 0 else (),
    )


def _rests_on(told: Prices) -> tuple[str, ...]:
    found = [
        told.about,
        f"{told.households:,} rows; law of {words.day(told.on)}; take-up {told.task.take_up.replace('-', ' ')}.",
        f"{told.law.title}: with its gate and scope; what it counts and m as the tables say.",
        "At the present pay of everybody in work; nobody is taken to change what they earn.",
    ]
    return tuple(one for one in found if one)


def chart(told: Prices) -> Picture:
    """Net cost by m, a line for each thing counted, with sampling errors."""
    title = "Cost by the most that may be lost of an extra pound"
    with chart_style():
        figure = new_figure(8.2, 4.8)
        axes = figure.subplots()
        for (measure, prices), (colour, marker, line) in zip(told.rows(), _LOOKS, strict=False):
            axes.errorbar(
                told.shares, [one.net.value / 1e9 for one in prices], yerr=[one.net.error / 1e9 for one in prices],
                color=colour, marker=marker, linestyle=line, markersize=5, capsize=3, label=COUNTED[measure],
            )  # fmt: skip
        axes.axhline(0, color=INK, linewidth=0.8)
        axes.set_xticks(np.array(told.shares))
        axes.xaxis.set_major_formatter(lambda value, _: _percent(value))
        axes.set_xlabel("the most that may be lost of an extra pound (m)")
        axes.set_ylabel("£ billion a year, net")
        axes.legend(title="counting", fontsize=8)
        axes.set_title(title)
    said = ". ".join(
        f"Counting {COUNTED[measure]}: "
        + ", ".join(f"{_percent(at)} {billions(one.net.value)}" for at, one in zip(told.shares, prices, strict=True))
        for measure, prices in told.rows()
    )
    return Picture(figure, title, f"£ billion a year by m. {said}.")


def makers(told: Prices, command: str = "") -> Makers:
    """The grid in each form it can be written in; .parquet has a row for each household in each cell."""
    shown = told_of(told)
    found = makers_of(shown, lambda _: told_as.priced(told), "", told, lambda: chart(told), command)
    return {**found, ".md": lambda: page_of(told, shown).encode()}


def page_of(told: Prices, shown: Told) -> str:
    """The grid as a page of the documentation, with date and version."""
    reform = "+".join(one.name for one in told.task.law)
    lines = [
        f"# {shown.title}",
        "",
        f"Written by `mwp population guarantee --reform {reform} --on {told.on} --output docs/population-guarantee.md`;"
        " `make docs` renews it.",
        "",
        f"{shown.verdict} Law of {words.day(told.on)}, mwp {documents.program()['version']}.",
        "",
        *(f"- {line}" for line in shown.assumptions),
    ]
    for block in shown.blocks:
        lines += [
            "",
            f"## {block.title}",
            "",
            *_table([block.columns, *((one.label, *one.cells) for one in block.lines)]),
        ]
        if block.after:
            lines += ["", " ".join(block.after)]
    lines += ["", "## Not counted", "", *(f"- {line}" for line in shown.not_covered)]
    return "\n".join(lines) + "\n"


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = rows
    ruled = ["---", *("---:" for _ in head[1:])]
    return [f"| {' | '.join(one)} |" for one in (head, ruled, *body)]
