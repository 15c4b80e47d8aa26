"""Reforms side by side as a page: sentences that can be quoted, charts as pictures, a table beside each, no scripts."""

from typing import Any

from mwp.analysis.compare import Comparison, OneHousehold
from mwp.report import compare_charts, compare_words, page, words
from mwp.report.charts import Picture
from mwp.report.compare_words import Shown

_COLUMNS = 6
"""So many columns stand beside the first in one table."""
_CHARTS = 8
"""So many households have a chart and tables of their own; more share one page of averages."""


def compare_page(told: Comparison, command: str = "") -> str:
    """The comparison as one HTML file that needs nothing else."""
    first = told.households[0].household
    many = len(told.households) > 1
    about = page.about_page(
        compare_words.title(told),
        told.on,
        (),
        *(words.advice(first) if not many else [words.TURN2US]),
    )
    return page.render(
        "compare.html",
        about,
        title="Reforms beside current law",
        path=compare_words.path(told),
        notes=compare_words.notes(told),
        defined=compare_words.DEFINED,
        many=many,
        compared=[
            {
                "name": column.name,
                "title": column.title,
                "about": [
                    {"summary": one.summary, "status": one.status, "source": one.source} for one in column.reforms
                ],
                "sentences": compare_words.sentences(told, place),
            }
            for place, column in enumerate(told.laid)
            if place
        ],
        together=_drawn(compare_charts.summary_chart(told), "together") if many else None,
        tables=[part for one in _tables(told) for part in _laid_out(one)],
        homes=[_home(told, one, f"h{place}") for place, one in enumerate(told.households)]
        if len(told.households) <= _CHARTS
        else [],
        assumptions=compare_words.assumptions(told),
        not_covered=compare_words.not_covered(told),
        command=command,
    )


def _tables(told: Comparison) -> list[Shown]:
    cost = compare_words.cost_table(told)
    found = [compare_words.summary_table(told), *([cost] if cost else [])]
    if len(told.households) > 1:
        found += [compare_words.who_table(told), compare_words.cliffs_table(told)]
    found.append(compare_words.bands_table(told))
    if len(told.households) > 1:
        found += [
            compare_words.groups_table(told, "families"),
            compare_words.groups_table(told, "nations"),
            compare_words.households_table(told),
        ]
    return found


def _home(told: Comparison, one: OneHousehold, prefix: str) -> dict[str, Any]:
    tables = [*compare_words.points_tables(one), compare_words.stretches_table(one)]
    return {
        "name": one.household.name,
        "chart": _drawn(compare_charts.household_chart(told, one), prefix),
        "tables": [part for table in tables for part in _laid_out(table)],
        "cliffs": [
            {"title": under.laid.title, "lines": compare_words.cliff_lines(one, under)} for under in one.columns[1:]
        ],
    }


def _laid_out(one: Shown) -> list[dict[str, Any]]:
    """The table in parts that fit a sheet of paper; each part repeats the first column."""
    columns = range(1, len(one.head))
    parts = []
    for start in range(0, len(columns), _COLUMNS):
        places = columns[start : start + _COLUMNS]
        parts.append(
            {
                "title": f"{one.title} (continued)" if start else one.title,
                "label": f"{one.title}, {start // _COLUMNS + 1}",
                "first": one.head[0] or "Rules",
                "heads": [one.head[place] for place in places],
                "rows": [(row[0], [row[place] for place in places]) for row in one.rows],
            }
        )
    return parts


def _drawn(picture: Picture, prefix: str) -> dict[str, str]:
    from markupsafe import Markup

    svg = picture.as_svg(prefix, inline=True)
    assert isinstance(svg, str)
    return {"svg": Markup(svg), "title": picture.title, "description": picture.description}
