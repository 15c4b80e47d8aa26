"""What a reform does to a population, in words, tables and files: views for the terminal, pages and workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mwp.analysis.top_ups import joint_design
from mwp.population import documents as told_as
from mwp.population.facts import FAMILIES, TENURES
from mwp.population.metr import CLASSES, HIGH, JOBS, Incentives, Swept
from mwp.population.poverty import Poverty
from mwp.population.run import WORTH_SAYING, Group, Outcome, Programme
from mwp.report import blocks, page, population_run_charts, words
from mwp.report.blocks import Block, Line, Told
from mwp.report.charts import Picture
from mwp.report.export import as_json, csv_bytes
from mwp.report.files import Makers
from mwp.report.schedule_export import Table, workbook_bytes

ENDINGS = (".html", ".xlsx", ".csv", ".json", ".parquet")
SWEEP_ENDINGS = (".html", ".xlsx", ".csv", ".json")
_HEADS = {
    "all": "Everybody",
    "decile": "By tenth of people, poorest first",
    "nation": "By nation",
    "family": "By family",
    "tenure": "By home",
    "pay": "By gross pay of the family",
}
NATIONS = {"northern_ireland": "Northern Ireland"}
ERROR = "± is one standard error of the sample; it does not cover how well the population stands for the country."


def billions(value: float) -> str:
    shown = f"{value / 1e9:,.2f}"
    return "0.00" if shown == "-0.00" else shown


def with_error(value: float, error: float) -> str:
    return f"{billions(value)} ± {billions(error)}"


def thousand(value: float) -> str:
    return f"{value / 1e3:,.0f}"


def share(value: float) -> str:
    return f"{value:.1%}"


def _name(word: str) -> str:
    return words.sentence_case(FAMILIES.get(word) or TENURES.get(word) or NATIONS.get(word) or word.replace("_", " "))


def _law(told: Outcome | Incentives, law: int) -> str:
    return told.laws[law].name.replace("current_law", "current law")


# What awards and taxes come to


def run_told(told: Outcome) -> Told:
    """A population under one law: the last of those that were worked out."""
    law = len(told.laws) - 1
    money = told.exchequer(law)
    verdict = (
        f"Government pays £{billions(money.out.value)} billion a year in awards and help and takes in"
        f" £{billions(money.came_in.value)} billion from {told.sample.weights.sum() / 1e6:,.1f} million families."
    )
    found = [_programmes(told, law), _money(told, law), _incomes(told, law), _poverty(told, [law])]
    if law:
        found[1:1] = [_changes(told, [law])]
    return Told(
        f"{told.laws[law].title}: what it comes to", verdict, tuple(found), _rests_on(told), told_as.NOT_COUNTED
    )


def compare_told(told: Outcome) -> Told:
    """Reforms beside current law over a population."""
    laws = list(range(1, len(told.laws)))
    sentences = [_sentence(told, law) for law in laws]
    found = [_changes(told, laws)]
    for law in laws:
        found.append(_costs(told, law))
    for name in _HEADS:
        found.append(_gains(told, laws, name))
    found.append(_poverty(told, [0, *laws]))
    if any(told.column(law, "guarantee_top_up").any() for law in laws):
        found.insert(1, _guarantees(told, laws))
    return Told("Reforms over a population", " ".join(sentences), tuple(found), _rests_on(told), told_as.NOT_COUNTED)


def _sentence(told: Outcome, law: int) -> str:
    net = told.exchequer(law, 0).net
    (every,) = told.gains(law)["all"]
    does = "costs" if net.value >= 0 else "saves"
    return (
        f"{told.laws[law].title} {does} £{billions(abs(net.value))} billion a year (± {billions(net.error)});"
        f" {share(every.share_gaining.value)} of families gain at least a pound a week and"
        f" {share(every.share_losing.value)} lose that."
    )


def _programmes(told: Outcome, law: int) -> Block:
    rows = told.programmes(law)
    lines = [_programme(one) for direction in ("out", "in") for one in rows if one.direction == direction]
    return Block(
        f"Awards, help and taxes under {_law(told, law)}",
        columns=("Programme", "£ billion a year", "£ billion a month", "Families, thousand", "£ a month each"),
        lines=tuple(lines),
        after=(
            "A month times twelve. Help in kind is put at its value; help marked * is paid by companies and their"
            f" other customers. {ERROR}",
        ),
    )


def _programme(one: Programme) -> Line:
    mark = "" if one.in_government else " *"
    direction = "" if one.direction == "out" else " (comes in)"
    return Line(
        f"{words.sentence_case(one.label)}{direction}{mark}",
        (
            with_error(one.a_year.value, one.a_year.error),
            f"{one.a_month / 1e9:,.3f}",
            thousand(one.cases.value),
            f"{one.average:,.2f}",
        ),
    )


def _money(told: Outcome, law: int) -> Block:
    money = told.exchequer(law)
    lines = [
        Line("Paid out", (with_error(money.out.value, money.out.error),)),
        Line("Comes in", (with_error(money.came_in.value, money.came_in.error),)),
        Line("Net", (with_error(money.net.value, money.net.error),), "total"),
    ]
    return Block("The Exchequer", columns=("Flow", "£ billion a year"), lines=tuple(lines))


def _changes(told: Outcome, laws: Sequence[int]) -> Block:
    lines = []
    for law in laws:
        change = told.exchequer(law, 0)
        lines.append(
            Line(
                told.laws[law].title,
                (
                    billions(change.out.value),
                    billions(change.came_in.value),
                    with_error(change.net.value, change.net.error),
                ),
            )
        )
    return Block(
        "What it costs against current law",
        columns=("Reform", "More paid out (gross)", "More coming in", "Net cost"),
        lines=tuple(lines),
        after=(f"£ billion a year. {ERROR}",),
    )


def _costs(told: Outcome, law: int) -> Block:
    before = {one.variable: one for one in told.programmes(0)}
    after = {one.variable: one for one in told.programmes(law)}
    lines = []
    for name in dict.fromkeys((*before, *after)):
        one = after.get(name) or before[name]
        old, new = (found[name].a_year.value if name in found else 0.0 for found in (before, after))
        if abs(new - old) >= 5e5:
            cases = tuple(thousand(found[name].cases.value) if name in found else "0" for found in (before, after))
            mark = " (comes in)" if one.direction == "in" else ""
            lines.append(Line(f"{words.sentence_case(one.label)}{mark}", (billions(old), billions(new), *cases)))
    return Block(
        f"Programmes that change: {told.laws[law].title}",
        columns=("Programme", "Now, £ billion a year", "Then", "Families now, thousand", "Then"),
        lines=tuple(lines),
        before=() if lines else ("No programme changes by half a million pounds a year.",),
    )


def _guarantees(told: Outcome, laws: Sequence[int]) -> Block:
    lines = []
    for law in laws:
        promised = [reform.guarantee for reform in told.laws[law].reforms if reform.guarantee]
        if not promised:
            continue
        one = promised[-1]
        paid = next((each for each in told.programmes(law) if each.variable == "guarantee_top_up"), None)
        most = "" if one.most_lost is None else f"{one.most_lost:.0%}"
        lines.append(
            Line(
                told.laws[law].title,
                (
                    one.design,
                    one.measure.replace("_", " "),
                    most,
                    with_error(paid.a_year.value, paid.a_year.error) if paid else "0.00",
                    thousand(paid.cases.value) if paid else "0",
                    f"{paid.average:,.2f}" if paid else "0.00",
                ),
            )
        )
    return Block(
        "What the guarantee pays",
        columns=(
            "Guarantee",
            "Design",
            "Measure",
            "Most lost (m)",
            "£ billion a year",
            "Families, thousand",
            "£ a month each",
        ),
        lines=tuple(lines),
        after=("At the present pay of everybody in work; nobody is taken to change what they earn.",),
    )


def _gains(told: Outcome, laws: Sequence[int], by: str) -> Block:
    columns: list[str] = ["Group"]
    cells: dict[str, list[str]] = {}
    for law in laws:
        short = f"{_law(told, law)}: " if len(laws) > 1 else ""
        columns += [f"{short}£ a month", f"{short}gain", f"{short}lose"]
        for one in told.gains(law)[by]:
            cells.setdefault(one.name, []).extend(_gain(one))
    return Block(
        f"Who gains and loses: {_HEADS[by].lower() if by != 'all' else 'everybody'}",
        columns=tuple(columns),
        lines=tuple(Line(_name(name), tuple(found)) for name, found in cells.items()),
        after=(
            f"Mean change of {told.measure.replace('_', ' ')} a family, and the share of families that gain or lose"
            f" at least £{WORTH_SAYING * 12 / 52:.0f} a week.",
        )
        if by == "all"
        else (),
    )


def _gain(one: Group) -> list[str]:
    return [f"{one.mean_change.value:+,.2f}", share(one.share_gaining.value), share(one.share_losing.value)]


def _incomes(told: Outcome, law: int) -> Block:
    found = told.incomes(law)
    lines = [
        Line(f"{tenth}0% have less than", (f"{value:,.0f}",)) for tenth, value in enumerate(found.deciles, start=1)
    ]
    lines.append(Line("Mean", (f"{found.mean.value:,.0f} ± {found.mean.error:,.0f}",), "total"))
    return Block(
        "Net income of people, as that of a couple without children",
        columns=("Share of people", "£ a month"),
        lines=tuple(lines),
        after=(f"Gini coefficient {found.gini:.3f} ± {found.gini_error:.3f}; before housing costs.",),
    )


def _poverty(told: Outcome, laws: Sequence[int]) -> Block:
    lines = []
    for law in laws:
        for one in told.poverty(law):
            name = f"{words.sentence_case(_law(told, law))}, {one.housing_costs} housing costs"
            lines.append(Line(name, _low(one)))
    return Block(
        "Low income",
        before=(
            "Among people in the families that are modelled, each family as if it lived by itself: these are not the"
            " national statistics, which count whole homes and pensioners.",
        ),
        columns=(
            "Law",
            "Line, £ a month",
            "People",
            "Children",
            "Adults",
            "People below the line that stays",
            "Children",
        ),
        lines=tuple(lines),
        after=(
            "The line is 60% of the median of these people; the one that stays is that of current law unless stated."
            " A couple without children; other families by the modified OECD scale and its companion.",
        ),
    )


def _low(one: Poverty) -> tuple[str, ...]:
    relative, fixed = one.relative, one.fixed
    return (
        f"{relative.line:,.0f}",
        f"{share(relative.of_people.value)} ± {share(relative.of_people.error)}",
        share(relative.of_children.value),
        share(relative.of_adults.value),
        share(fixed.of_people.value),
        share(fixed.of_children.value),
    )


def _rests_on(told: Outcome) -> tuple[str, ...]:
    excluded, weight = told.excluded
    found = [
        told.about,
        f"{told.households:,} rows; law of {words.day(told.on)}; take-up {told.take_up.replace('-', ' ')}.",
    ]
    if excluded:
        found.append(f"{excluded:,} households with errors were left out, of weight {weight:,.0f}.")
    return tuple(one for one in found if one)


# Rates


def rates_told(told: Incentives) -> Told:
    """METRs at the present pay, and what a job would leave to those out of work."""
    first = told.lines(0)[0] if told.lines(0) else None
    verdict = (
        "Nobody in this population is in work."
        if first is None
        else f"Of {first.adults / 1e6:,.1f} million adults in work, {share(first.above[0].value)} lose more than 70p"
        f" of an extra pound and {share(first.above[2].value)} more than all of it;"
        f" {share(first.near_cliff.value)} are within £10 a month of a cliff."
    )
    found = []
    for law in range(len(told.laws)):
        of = f"{_law(told, law)}"
        found.append(
            Block(
                f"METR of those in work: {of}",
                columns=("Group", "Adults, thousand", *CLASSES),
                lines=tuple(
                    Line(words.sentence_case(one.name), (thousand(one.adults), *(share(s) for s in one.shares)))
                    for one in told.lines(law)
                ),
            )
        )
        found.append(
            Block(
                f"High METRs, cliffs and PTRs of those in work: {of}",
                columns=(
                    "Group",
                    *(f"METR above {high:.0%}" for high in HIGH),
                    "Within £10 of a cliff",
                    "Median METR",
                    "Median PTR",
                ),
                lines=tuple(
                    Line(
                        words.sentence_case(one.name),
                        (
                            *(f"{share(e.value)} ± {share(e.error)}" for e in one.above),
                            f"{one.near_cliff.value:.2%}",
                            share(one.metr[2]),
                            share(one.ptr[2]),
                        ),
                    )
                    for one in told.lines(law)
                ),
            )
        )
        found.append(
            Block(
                f"PTR of those out of work: {of}",
                columns=(
                    "Group",
                    "Adults, thousand",
                    *(head for hours in JOBS for head in (f"{hours:g} h: median", f"{hours:g} h: above 70%")),
                ),
                lines=tuple(
                    Line(
                        words.sentence_case(one.name),
                        (
                            thousand(one.adults),
                            *(
                                cell
                                for ptr, above in zip(one.ptr, one.above, strict=True)
                                for cell in (share(ptr[2]), share(above[0].value))
                            ),
                        ),
                    )
                    for one in told.out_of_work(law)
                ),
            )
        )
    return Told(
        "What work is worth",
        verdict,
        tuple(found),
        (
            told.about,
            f"On {told.measure.replace('_', ' ')}; law of {words.day(told.on)}. A partner's pay stays.",
            ERROR,
        ),
    )


def sweep_told(told: Swept) -> Told:
    """METRs over a range of earnings."""
    bands = told.bands()
    lines = [
        Line(f"£{start:,.0f} to £{end:,.0f}", (*(share(one) for one in shares), share(metr)))
        for start, end, shares, metr in bands
    ]
    return Told(
        "METRs over earnings",
        f"{told.households:,} households at {told.task.points:,} points of earnings up to"
        f" £{told.task.to:,.0f} a month ({told.law.title}).",
        (
            Block(
                "METR by the claimant's earnings",
                columns=("£ a month", *CLASSES, "Mean METR"),
                lines=tuple(lines),
                after=(
                    "Every family counted at every step, by weight; a cliff inside a step is a METR above 100%.",
                    *_looks_back(told),
                ),
            ),
        ),
        (told.about, f"On {told.task.measure.replace('_', ' ')}; law of {words.day(told.task.on)}."),
    )


def _looks_back(told: Swept) -> tuple[str, ...]:
    if joint_design(told.task.reforms) is None:
        return ()
    return (
        "The guarantee looks back to the points of the sweep alone: never too much, and too little by what is reached"
        " between two of them.",
    )


def asked(told: Outcome | Incentives, sql: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The answer to a question in SQL, in values that JSON knows."""
    from mwp.population.query import query

    head, rows = query(told, sql)
    plain = (int, float, str, bool, type(None))
    return head, [tuple(one if isinstance(one, plain) else str(one) for one in row) for row in rows]


# Files


def outcome_makers(told: Outcome, *, comparison: bool, command: str = "") -> Makers:
    """A run or a comparison in each form it can be written in; .parquet has a row for each household and law."""
    shown = compare_told(told) if comparison else run_told(told)
    schema = told_as.COMPARISON if comparison else told_as.RUN

    def picture() -> Picture:
        return population_run_charts.gains_chart(told) if comparison else population_run_charts.run_chart(told)

    return makers_of(shown, lambda schema: told_as.outcome(told, schema), schema, told, picture, command)


def rates_makers(told: Incentives, command: str = "") -> Makers:
    """Rates in each form; .parquet has a row for each adult and law."""
    return makers_of(
        rates_told(told),
        lambda _: told_as.incentives(told),
        "",
        told,
        lambda: population_run_charts.rates_chart(told),
        command,
    )


def sweep_makers(told: Swept, command: str = "") -> Makers:
    """A sweep in each form; .csv and .xlsx have every step."""
    shown = sweep_told(told)
    table = _steps(told)
    return {
        ".html": lambda: _page(shown, told.task.on, [population_run_charts.sweep_chart(told)], command).encode(),
        ".json": lambda: as_json(told_as.swept(told)).encode(),
        ".csv": lambda: csv_bytes([list(table[0]), *([repr(one) for one in row] for row in table[1])]),
        ".xlsx": lambda: workbook_bytes({"Steps": table}, _notes(shown, command), (*CLASSES, "metr", "ptr")),
    }


def _steps(told: Swept) -> Table:
    head = ("earnings", *CLASSES, "metr", "ptr")
    columns = (told.earnings, *told.shares, told.metr, told.ptr)
    return head, [tuple(float(one[step]) for one in columns) for step in range(len(told.earnings))]


def makers_of(shown: Told, document: Any, schema: str, told: Any, picture: Any, command: str) -> Makers:
    return {
        ".html": lambda: _page(shown, told.on, [picture()], command).encode(),
        ".json": lambda: as_json(document(schema)).encode(),
        ".csv": lambda: csv_bytes(blocks.rows_of(shown)),
        ".xlsx": lambda: workbook_bytes(_sheets(shown), _notes(shown, command)),
        ".parquet": lambda: _parquet(told.answers.table()),
    }


def _sheets(shown: Told) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for number, block in enumerate(shown.blocks, start=1):
        if block.lines:
            title = "".join(c for c in f"{number} {block.title}" if c not in "[]:*?/\\'")[:31].rstrip()
            found[title] = (block.columns, [(line.label, *line.cells) for line in block.lines])
    return found


def _notes(shown: Told, command: str) -> list[tuple[str, str]]:
    found = [("What it is", shown.title), ("In short", shown.verdict)]
    found += [("Rests on", line) for line in shown.assumptions] + [("Not counted", line) for line in shown.not_covered]
    for block in shown.blocks:
        found += [(block.title, line) for line in (*block.before, *block.after)]
    return [*found, ("Made with", command)] if command else found


def _parquet(table: Any) -> bytes:
    import io

    import pyarrow.parquet as pq

    target = io.BytesIO()
    pq.write_table(table, target, compression="zstd", version="2.6")
    return target.getvalue()


def _page(shown: Told, on: Any, pictures: Sequence[Picture], command: str) -> str:
    from markupsafe import Markup

    about = page.about_page(shown.title, on, ())
    drawn = [
        {
            "svg": Markup(str(picture.as_svg(f"p{number}", inline=True))),
            "title": picture.title,
            "description": picture.description,
        }
        for number, picture in enumerate(pictures)
    ]
    return page.render("population.html", about, told=shown, title=shown.title, command=command, pictures=drawn)
