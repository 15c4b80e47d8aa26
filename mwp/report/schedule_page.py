"""Earnings schedules as pages: the paragraph, charts as pictures in the page, a table beside each, no scripts."""

from collections.abc import Sequence
from typing import Any

from mwp.analysis.incentives import average_metr
from mwp.analysis.sweep import Grid, Surface, Sweep, kept_by_hours_and_wage
from mwp.inputs.household import Household
from mwp.report import charts, page, schedule_words, words
from mwp.report.amounts import plain, signed, whole

_SHOWN_HOURS = (4.0, 8.0, 12.0, 16.0, 20.0, 24.0, 30.0, 35.0, 40.0, 50.0, 60.0)
_PAIRED_HOURS = (0.0, 8.0, 16.0, 20.0, 24.0, 30.0, 35.0, 40.0, 50.0, 60.0)
_FULL_CHARTS = 12
"""So many households have charts of their own on a page; more share one page of small charts, and keep their words."""


def sweeps_page(found: Sequence[Sweep], command: str = "") -> str:
    """Every schedule with its charts; many households have small charts together."""
    many = len(found) > _FULL_CHARTS
    first = found[0]
    title = schedule_words.title(first) if len(found) == 1 else "What is kept as earnings grow"
    return page.render(
        "schedules.html",
        _about(found),
        title=title,
        several=len(found) > 1,
        together=_drawn(charts.small_multiples(found), "together") if len(found) > 1 else None,
        overview=[_overview(one) for one in found],
        schedules=[_schedule(one, f"s{place}", pictures=not many) for place, one in enumerate(found)],
        assumptions=_assumptions(found),
        not_covered=_not_covered(found),
        command=command,
    )


def cliffs_page(found: Sequence[Sweep], command: str = "") -> str:
    """Every cliff in a table, household by household."""
    return page.render(
        "cliffs.html",
        _about(found),
        title="Cliffs: where a penny more leaves less",
        schedules=[_cliffs(one) for one in found],
        assumptions=_assumptions(found),
        not_covered=_not_covered(found),
        command=command,
    )


def surfaces_page(found: Sequence[Surface], command: str = "") -> str:
    """What couples have at pairs of hours."""
    return page.render(
        "surface.html",
        _about(found),
        title="What is left by both partners’ hours",
        surfaces=[
            {
                "name": one.household.name,
                "on": words.day(one.on),
                "in_words": schedule_words.surface_in_words(one),
                "measured": schedule_words.measured(one.measure),
                "chart": _drawn(charts.surface_chart(one), f"s{place}"),
                "hours": [f"{hours:g}" for hours in _PAIRED_HOURS],
                "rows": [
                    (f"{mine:g}", [whole(one.at(mine, theirs)) for theirs in _PAIRED_HOURS]) for mine in _PAIRED_HOURS
                ],
            }
            for place, one in enumerate(found)
        ],
        assumptions=_assumptions(found),
        not_covered=_not_covered(found),
        command=command,
    )


def distribution_page(told: Any, command: str = "") -> str:
    """How METRs are spread, year by year, and household by household."""
    households = [
        (
            home.name,
            [
                (f"{sum(one.households[place].shares[3:]):.0%}", f"{one.households[place].cliffs}")
                for one in told.found.dates
            ],
        )
        for place, home in enumerate(told.found.dates[-1].households)
    ]
    about = page.about_page("The library of households", told.found.dates[-1].on, told.found.reforms, words.TURN2US)
    return page.render(
        "distribution.html",
        about,
        title=told.title,
        told=told,
        chart=_drawn(charts.distribution_chart(told), "metr"),
        households=households,
        command=command,
    )


def _about(found: Sequence[Sweep] | Sequence[Surface]) -> dict[str, Any]:
    homes: list[Household] = [one.household for one in found]
    names = list(dict.fromkeys(home.name for home in homes))
    days = list(dict.fromkeys(words.day(one.on) for one in found))
    made = page.about_page(
        names[0] if len(names) == 1 else f"{len(names)} households",
        found[0].on,
        found[0].reforms,
        *words.advice(homes[0]),
    )
    return made | {"on": words.listed(days)}


def _assumptions(found: Sequence[Sweep] | Sequence[Surface]) -> list[str]:
    return list(dict.fromkeys(line for one in found for line in schedule_words.assumptions(one.assumptions)))


def _not_covered(found: Sequence[Sweep] | Sequence[Surface]) -> list[str]:
    return list(dict.fromkeys(line for one in found for line in words.not_covered(one.not_modelled)))


def _drawn(picture: charts.Picture, prefix: str) -> dict[str, str]:
    from markupsafe import Markup

    svg = picture.as_svg(prefix, inline=True)
    assert isinstance(svg, str)
    return {"svg": Markup(svg), "title": picture.title, "description": picture.description}


def _overview(one: Sweep) -> dict[str, Any]:
    cliffs = [jump for jump in one.cliffs if abs(jump.size) >= schedule_words.SMALL]
    return {
        "name": one.household.name,
        "on": words.day(one.on),
        "out_of_work": whole(one.value(0.0)),
        "at_end": whole(one.value(one.path.to)),
        "average": schedule_words.metr(average_metr(one.schedule)),
        "cliffs": len(cliffs),
    }


def _schedule(one: Sweep, prefix: str, *, pictures: bool) -> dict[str, Any]:
    drawn = []
    grid = None
    if pictures:
        drawn = [
            _drawn(charts.budget_chart(one), f"{prefix}b"),
            _drawn(charts.metr_chart(one), f"{prefix}m"),
        ]
        kept = kept_by_hours_and_wage(one)
        grid = {"chart": _drawn(charts.heat_map(kept), f"{prefix}h"), **_grid_table(kept)}
    return {
        "name": one.household.name,
        "on": words.day(one.on),
        "path": schedule_words.path_in_words(one),
        "measured": schedule_words.measured(one.measure),
        "in_words": schedule_words.in_words(one),
        "charts": drawn,
        "levels": _levels_table(one),
        "pieces": _pieces(one),
        "grid": grid,
    }


def _levels_table(one: Sweep) -> dict[str, Any]:
    """What is left and what it is made of, at the ends of every stretch."""
    layers = charts.levels(one)
    rows = [
        (plain(float(x)), [plain(float(values[place])) for values in (*layers.groups.values(), layers.total)])
        for place, x in enumerate(layers.earnings)
        if place == 0 or x > layers.earnings[place - 1]
    ]
    return {"groups": [*(charts.level_name(group) for group in layers.groups), "What is left"], "rows": rows}


def _pieces(one: Sweep) -> list[dict[str, str]]:
    jumps = {jump.at: jump for jump in one.jumps}
    rows = []
    for segment in one.segments:
        jump = jumps.get(segment.start)
        if jump is not None:
            sign = "▼" if jump.is_cliff else "▲"
            rows.append(
                {
                    "kind": "jump",
                    "where": f"{sign} at {plain(jump.at)}",
                    "metr": signed(jump.size),
                    "told": schedule_words.jump_in_words(one, jump),
                }
            )
        filled = schedule_words.made_good(one, segment)
        if filled is not None:
            rows.append(
                {
                    "kind": "jump",
                    "where": f"◆ at {plain(filled.at)}",
                    "metr": signed(filled.size),
                    "told": f"{schedule_words.made_good_in_words(one, filled)}.",
                }
            )
            continue
        rows.append(
            {
                "kind": "segment",
                "where": f"{plain(segment.start)} to {plain(segment.end)}",
                "metr": schedule_words.metr(segment.metr),
                "told": words.sentence_case(schedule_words.causes_in_words(segment)),
            }
        )
    return rows


def _grid_table(grid: Grid) -> dict[str, Any]:
    wages = list(range(0, len(grid.wages), 5))
    return {
        "wages": [f"£{grid.wages[place]:,.2f}" for place in wages],
        "rows": [
            (f"{hours:g}", [plain(float(grid.kept[grid.hours.index(hours), place])) for place in wages])
            for hours in _SHOWN_HOURS
        ],
    }


def _cliffs(one: Sweep) -> dict[str, Any]:
    return {
        "name": one.household.name,
        "on": words.day(one.on),
        "path": schedule_words.path_in_words(one),
        "measured": schedule_words.measured(one.measure),
        "rows": [
            {
                "where": "any work" if jump.before == 0 else schedule_words.where(one, jump.at),
                "size": signed(jump.size),
                "label": schedule_words.label(one, jump),
                "told": words.sentence_case(schedule_words.what_happens(one, jump)),
                "why": schedule_words.why(one, jump),
                "until": "beyond this range" if jump.recovers_at is None else schedule_words.money(jump.recovers_at),
                "citation": jump.citation,
            }
            for jump in one.cliffs
        ],
    }
