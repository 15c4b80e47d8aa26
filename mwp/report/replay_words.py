"""What is said of a document put again."""

from __future__ import annotations

from datetime import date

from mwp.analysis import documents
from mwp.report import words
from mwp.report.replay import Difference, Replay, Replayed

__all__ = ["Difference", "Replay", "Replayed", "amount", "laws", "of_what", "verdict"]

_DIGITS = 12
_OF = {
    "mwp.calculate/1": "A month",
    "mwp.better-off/1": "Better off",
    "mwp.explain/1": "The working",
    "mwp.sweep/1": "A schedule",
    "mwp.cliffs/1": "Cliffs",
    "mwp.surface/1": "Both earners' hours",
    "mwp.metr/1": "How METRs are spread",
    "mwp.compare/1": "Reforms compared",
    "mwp.solve/1": "A reform that was found",
    "mwp.certificate/1": "A certificate",
    "mwp.placement/1": "A placement",
    "mwp.placement-account/1": "The account of a placement",
    "mwp.timeline/1": "Month by month",
}


def of_what(one: Replayed) -> str:
    """A month · Single, aged 34, Birmingham · law of 1 November 2026 · nes_guarantee."""
    try:
        day = f"law of {words.day(date.fromisoformat(one.on))}" if one.on else ""
    except ValueError:
        day = ""
    return " · ".join(part for part in (_OF[one.schema], one.household, day, ", ".join(one.reforms)) if part)


def verdict(one: Replayed) -> str:
    """Whether every figure is the same."""
    if one.same:
        told = f"Every figure is the same: {_figures(one.figures)}."
    else:
        many = len(one.differences)
        told = f"{many:,} of {_figures(one.figures)} {'differs' if many == 1 else 'differ'}."
    if one.words:
        told += f" {one.words:,} of its words or sentences {'reads' if one.words == 1 else 'read'} differently now."
    return told


def _figures(number: int) -> str:
    return f"{number:,} figure{'' if number == 1 else 's'}"


def laws(one: Replayed) -> tuple[str, str]:
    """Which program and which law gave the answers: then and now."""
    now = documents.program()
    same = ", the same" if one.parameters == now["parameters"] else ""
    return (
        f"Then: mwp {one.version}, parameters {one.parameters[:_DIGITS]}.",
        f"Now: mwp {now['version']}, parameters {now['parameters'][:_DIGITS]}{same}.",
    )


def amount(figure: float | bool | None) -> str:
    """A figure as it is shown: numbers to the penny where that tells them, else in full."""
    if figure is None:
        return "none"
    if isinstance(figure, bool):
        return "yes" if figure else "no"
    return f"{figure:,.2f}" if abs(figure - round(figure, 2)) < 1e-9 else f"{figure:,.12g}"
