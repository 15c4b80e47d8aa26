"""The charts of docs/guarantee.md and the tables beside them: `python docs/figures.py`, or `make docs`.

Writes docs/images/*.svg and the figures behind each as *.csv, and renews the tables between the marks in the page. All
of it comes from exact schedules of library households; the same law gives the same bytes.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np

import mwp
from mwp import resources
from mwp.analysis.guarantee import better_off_floor, guaranteed, keep_at_least, no_step_back, top_up
from mwp.analysis.guarantee_couples import couple
from mwp.analysis.measures import GUARANTEED, Measure
from mwp.analysis.schedule import EarningsPath, Schedule, schedules
from mwp.analysis.sweep import Choice, paths_of
from mwp.analysis.targets import Band, Lines, cost, effects
from mwp.inputs.household import Household
from mwp.report import guarantee_charts as draw
from mwp.report import solve_words
from mwp.report.charts import Picture

HERE = Path(__file__).parent
ON = date(2026, 11, 2)
WAGE = 12.71
M = 0.75
LEEDS, GLASGOW = "lone_parent_two_children_leeds", "couple_one_child_glasgow"
MEASURE: Measure = GUARANTEED

Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Figure:
    """A chart, the figures behind it, and the page's table (its first row the head); or words and a table alone."""

    name: str
    picture: Picture | None
    data: Rows
    table: Rows
    words: str = ""


def _pounds(amount: float) -> str:
    return f"{round(amount, 2) + 0.0:,.2f}"


def _plain(amount: float) -> str:
    return f"{round(amount, 2) + 0.0:.2f}"


def _schedule(name: str, to: float, reforms: Sequence[str] = ()) -> Schedule:
    laid = [mwp.load_reform(reform) for reform in reforms]
    (found,) = schedules([mwp.load_household(name)], EarningsPath(wage=WAGE, to=to), ON, laid, MEASURE)
    return found


def _levels(law: Schedule, others: dict[str, Schedule], step: float) -> Rows:
    """What is left at round earnings and on both sides of every cliff."""
    marks = {round(at, 2) for at in np.arange(0.0, law.path.to + 0.01, step)}
    for jump in law.cliffs:
        marks |= {round(jump.before, 2), round(jump.at, 2)}
    head = ("earnings", "law", *others)
    return [
        head,
        *((_plain(at), _plain(law.value(at)), *(_plain(o.value(at)) for o in others.values())) for at in sorted(marks)),
    ]


def leeds() -> Figure:
    """A lone parent with and without the guarantee."""
    law = _schedule(LEEDS, 7_000)
    paid = keep_at_least(law, M)
    cliff = law.cliffs[-1]
    told = (
        f"Under the law {_pounds(-cliff.size)} pounds a month go at {_pounds(cliff.before)} pounds of earnings, and"
        " smaller amounts at three places below, the first of them where childcare begins with the work."
        " With the guarantee the line never falls: a top-up fills each cliff, and"
        " runs off so that 25p of each further pound is kept."
    )
    table: Rows = [("Earnings a month, £", "Left under the law, £", "Top-up, £", "Left with the guarantee, £")]
    for at in (0, 0.01, 408, 408.01, 935, 935.01, 2_000, 4_000, 5_000, cliff.before, cliff.at, 6_000, 7_000):
        table.append((_pounds(at), _pounds(law.value(at)), _pounds(top_up(paid, at)), _pounds(paid.value(at))))
    near = (4_600.0, 7_000.0)
    return Figure(
        "guarantee-leeds", draw.law_and_guarantee(law, paid, near, told), _levels(law, {"guarantee": paid}, 100), table
    )


def rates() -> Figure:
    """The METR of the same household."""
    law = _schedule(LEEDS, 7_000)
    paid = keep_at_least(law, M)
    told = (
        "The rate under the law is 55% to 67.6% over most of the range, and 74% to 86% from 4,189 pounds on. With the"
        " guarantee it is nowhere above 75%. Shaded: where a top-up runs off, and the rate is raised to 75%."
    )
    data: Rows = [("from", "to", "law", "guarantee")]
    table: Rows = [("From, £", "To, £", "METR under the law", "METR with the guarantee")]
    marks = sorted({round(one.start, 2) for one in (*law.segments, *paid.segments)} | {law.path.to})
    for start, end in pairwise(marks):
        if end - start < 0.02:
            continue
        both = [one.metr((start + end) / 2) for one in (law, paid)]
        data.append((_plain(start), _plain(end), *(f"{round(rate, 4) + 0.0:.4f}" for rate in both)))
        shown = tuple(f"{round(rate, 4) + 0.0:.1%}" for rate in both)
        if len(table) > 1 and table[-1][2:] == shown:
            table[-1] = (table[-1][0], _pounds(end), *shown)
        elif end - start >= 1:
            table.append((_pounds(start), _pounds(end), *shown))
    return Figure("guarantee-metr", draw.rates_before_and_after(law, paid, M, told), data, table)


def designs() -> Figure:
    """Three designs at the cliff in Glasgow."""
    law = _schedule(GLASGOW, 6_000)
    found = {
        "G2: floor of 33% of the pay": better_off_floor(law, 0.33),
        "G3: no step back": no_step_back(law),
        f"G4: m = {M:.0%}": keep_at_least(law, M),
    }
    cliff = law.cliffs[-1]
    told = (
        f"At {_pounds(cliff.before)} pounds of earnings {_pounds(-cliff.size)} pounds a month go. The floor G2 fills a"
        " part of it, and the rest of the cliff stays. G3 holds what was had, a shelf, until the law has caught up. G4"
        " fills the cliff and goes on rising by 25p of each pound until the law has caught up, later."
    )
    table: Rows = [("At the cliff and after it", *found)]

    def row(label: str, of: dict[str, str]) -> None:
        table.append((label, *of.values()))

    row(
        "lost in the penny of the cliff, £",
        {n: _pounds(max(0.0, o.value(cliff.before) - o.value(cliff.at))) for n, o in found.items()},
    )
    row("top-up just after it, £", {n: _pounds(top_up(o, cliff.at)) for n, o in found.items()})
    row("kept of the next £100", {n: _pounds(o.value(cliff.at + 100) - o.value(cliff.at)) for n, o in found.items()})
    row(
        "cost, £ a month over the range",
        {n: _pounds(cost([Lines(law)], [Lines(o)], [(Band(0, law.path.to, 1.0),)])) for n, o in found.items()},
    )
    near = (3_700.0, 5_000.0)
    names = {name.split(":")[0]: one for name, one in found.items()}
    return Figure("guarantee-designs", draw.designs_beside(law, found, near, told), _levels(law, names, 100), table)


def _family(home: Household) -> str:
    if home.children:
        return "couples with children" if len(home.adults) > 1 else "lone parents"
    return "couples without children" if len(home.adults) > 1 else "single people"


def ceilings() -> Figure:
    """What each ceiling costs over the library, and whom it moves to exactly m."""
    homes = [mwp.load_household(name) for name in sorted(resources.library("households"))]
    paths = [path for path, _ in paths_of(homes, Choice(wage=WAGE, to=6_000), ON)]
    reform = mwp.load_reform("nes_guarantee")
    assert reform.guarantee is not None
    law = schedules(homes, paths, ON, (), MEASURE)
    lines = [Lines(one) for one in law]
    bands, where = [(Band(0, 6_000, 1.0),)] * len(homes), [((0.0, 6_000.0),)] * len(homes)
    told: dict[float, tuple[float, float, float]] = {}
    shares: dict[str, list[tuple[float, float]]] = {}
    for m in np.round(np.arange(0.60, 1.001, 0.025), 3).tolist():
        promise = reform.guarantee.model_copy(update={"most_lost": m})
        paid = [guaranteed(one, promise, reform.scope) for one in law]
        after = [Lines(one) for one in paid]
        each = [effects([a], [b], [c], [d]).higher_metr for a, b, c, d in zip(lines, after, bands, where, strict=True)]
        over = [_paid_share(one) for one in paid]
        told[m] = cost(lines, after, bands), float(np.mean(over)), float(np.mean(each))
        if m == M:
            for home, one, two in zip(homes, over, each, strict=True):
                shares.setdefault(_family(home), []).append((one, two))
    order = ("single people", "couples without children", "lone parents", "couples with children")
    by_family = {name: tuple(np.mean(shares[name], axis=0).tolist()) for name in order}
    found = draw.Ceilings(tuple(told), *(tuple(one[n] for one in told.values()) for n in range(3)))
    of = {m: _pounds(told[m][0]) for m in (1.0, 0.75, 0.65, 0.6)}
    words = (
        f"Over the {len(homes)} households of the library, up to 6,000 pounds of earnings: m of 100% costs {of[1.0]}"
        f" pounds a month a household, 75% {of[0.75]}, 65% {of[0.65]}, 60% {of[0.6]}. At 75% a top-up is paid over"
        f" {told[0.75][1]:.0%} of the range, and {told[0.75][2]:.0%} of it is moved to a rate of 75%."
    )
    data: Rows = [("m", "cost", "paid", "moved"), *((f"{m:g}", *(f"{v:.4f}" for v in vs)) for m, vs in told.items())]
    data += [(name, "", *(f"{value:.4f}" for value in by_family[name])) for name in order]
    table: Rows = [("m", "Cost, £ a month a household", "A top-up is paid over", "Moved to m")]
    table += [
        (f"{m:.0%}", _pounds(told[m][0]), f"{told[m][1]:.1%}", f"{told[m][2]:.1%}")
        for m in (0.60, 0.65, 0.70, 0.75, 0.85, 1.0)
        if m in told
    ]
    return Figure("guarantee-ceilings", draw.ceilings(found, by_family, M, words), data, table)


def _paid_share(paid: Schedule) -> float:
    """The share of the range on which a top-up is paid."""
    due = [
        one
        for one in paid.segments
        if max(one.parts.get("guarantee_top_up", 0.0), one.parts.get("guarantee_top_up", 0.0)
               + one.slopes.get("guarantee_top_up", 0.0) * (one.end - one.start)) > 0.005
    ]  # fmt: skip
    return sum(one.end - one.start for one in due) / paid.path.to


def two_earners() -> Figure:
    """The top-up of the couple in Glasgow by both partners' earnings."""
    home = mwp.load_household(GLASGOW)
    paths = (EarningsPath(0, wage=WAGE, to=6_000), EarningsPath(1, wage=WAGE, to=3_000))
    both = couple(home, paths, M, ON, measure=MEASURE, step=20.0, crossings=(0.0, 1_500.0, 3_000.0))
    mine = np.linspace(0, 6_000, 401)
    theirs = np.array(both.levels)
    due = np.array([[top_up(line, float(at)) for at in mine] for line in map(both.at_partner, both.levels)])
    told = (
        "The darkest band is where Universal Credit ends, and Scottish Child Payment with it: along it both partners'"
        " net pay together is the same, so it runs down from the claimant's earnings to the partner's. Near no work at"
        " all there is a wide and shallow stretch, where council tax reduction tapers too. Elsewhere none is due."
    )
    show = (0.0, 500.0, 1_000.0, 1_500.0, 2_000.0, 2_500.0, 3_000.0)
    across = (500.0, 1_000.0, 1_500.0, 2_000.0, 3_000.0, 4_000.0, 5_000.0)
    cells = {at: both.at_partner(at) for at in show}
    table: Rows = [("Partner’s earnings, £", *(f"{at:,.0f}" for at in across))]
    table += [(f"{at:,.0f}", *(_pounds(top_up(cells[at], mine)) for mine in across)) for at in show]
    data: Rows = [("partner", *(f"{at:g}" for at in mine[::20]))]
    data += [
        (f"{at:.2f}", *(_plain(one) for one in row[::20])) for at, row in zip(theirs, due, strict=True) if at % 100 == 0
    ]
    picture = draw.couples_top_up(mine.tolist(), theirs.tolist(), due, f"{home.name}, law of 2 November 2026", told)
    return Figure("guarantee-two-earners", picture, data, table)


def scottish_child_payment() -> Figure:
    """Where Universal Credit ends in Scotland, three ways."""
    law = _schedule(GLASGOW, 6_000)
    others = {
        "with the guarantee": keep_at_least(law, M),
        "with the payment tapered": _schedule(GLASGOW, 6_000, ["scottish_child_payment_tapered"]),
    }
    cliff = law.cliffs[-1]
    told = (
        f"Universal Credit falls to nothing at {_pounds(cliff.before)} pounds of earnings, and Scottish Child Payment"
        f" goes whole with it. The law has as much again at {_pounds(cliff.recovers_at or 0.0)} pounds. The guarantee"
        " fills the gap and runs off; were the payment tapered, it would go on falling where Universal Credit left off."
    )
    table: Rows = [("Earnings a month, £", "The law, £", *(f"{name[:1].upper()}{name[1:]}, £" for name in others))]
    for at in (4_000, cliff.before, cliff.at, 4_300, 4_500, 4_700, 5_000):
        table.append((_pounds(at), _pounds(law.value(at)), *(_pounds(one.value(at)) for one in others.values())))
    names = {"guarantee": others["with the guarantee"], "tapered": others["with the payment tapered"]}
    picture = draw.end_of_award(law, others, (3_700.0, 5_200.0), told)
    return Figure("guarantee-scottish-child-payment", picture, _levels(law, names, 100), table)


def same_cost() -> Figure:
    """The taper that costs the same as the guarantee, over the library, and what each buys."""
    homes = sorted(resources.library("households"))
    told = mwp.solve(homes, {"universal_credit.taper_rate": (0.30, 0.55)}, on=ON, same_cost_as="nes_guarantee")
    table: Rows = [("", "The law", "The taper cut", "The guarantee")]
    table += [(label, *cells) for label, cells in solve_words.rows(told)]
    return Figure("same-cost", None, [], table, f"Over the library: {solve_words.in_words(told)}")


FIGURES = (leeds, rates, designs, ceilings, two_earners, scottish_child_payment, same_cost)


def as_csv(rows: Rows) -> str:
    """The figures behind a chart."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def as_table(rows: Rows) -> str:
    """A table of the page."""
    head, *body = rows
    lines = [
        f"| {' | '.join(head)} |",
        f"| --- |{' ---: |' * (len(head) - 1)}",
        *(f"| {' | '.join(row)} |" for row in body),
    ]
    return "\n".join(lines)


def renewed(page: str, figures: Iterable[Figure]) -> str:
    """The page with what stands between the marks of each figure as it is now."""
    for one in figures:
        head = one.words
        if one.picture:
            head = f"![{one.picture.description}](images/{one.name}.svg)"
        tail = f"\n\n[The figures behind the chart](images/{one.name}.csv)." if one.data else ""
        block = f"<!-- figure: {one.name} -->\n{head}\n\n{as_table(one.table)}{tail}\n<!-- end of figure -->"
        marks = re.compile(rf"<!-- figure: {one.name} -->.*?<!-- end of figure -->", re.DOTALL)
        assert len(marks.findall(page)) == 1, f"docs/guarantee.md has no place for {one.name}"
        page = marks.sub(block.replace("\\", r"\\"), page)
    return page


def main() -> None:
    """Write every chart, its figures, and the tables of the page."""
    folder = HERE / "images"
    folder.mkdir(exist_ok=True)
    made = [figure() for figure in FIGURES]
    for one in made:
        if one.picture is None:
            continue
        drawn = one.picture.as_svg(one.name)
        (folder / f"{one.name}.svg").write_bytes(drawn if isinstance(drawn, bytes) else drawn.encode())
        (folder / f"{one.name}.csv").write_text(as_csv(one.data), encoding="utf-8")
    page = HERE / "guarantee.md"
    page.write_text(renewed(page.read_text(encoding="utf-8"), made), encoding="utf-8")


if __name__ == "__main__":
    main()
