"""A working in a language: the steps of `mwp.explain` told from the catalogues, in parts, each with its law.

The catalogues say how their sentences are filled in (`steps`). The law is cited as it is called, in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from mwp.analysis.explain import Step
from mwp.report.laws import Piece, pieces
from mwp.web.language import Language, signed_money

PARTS: Mapping[str, tuple[str, ...]] = {
    "pay": ("pay", "pension_contributions", "income_tax", "national_insurance", "student_loans"),
    "benefits": ("contributory_benefits", "maternity_allowance", "carers_allowance"),
    "child_benefit": ("child_benefit",),
    "childcare": ("childcare_funded_hours", "tax_free_childcare"),
    "universal_credit": (
        "universal_credit",
        "universal_credit_housing",
        "benefit_cap",
        "scottish_child_payment",
    ),
    "council_tax": ("council_tax", "council_tax_reduction", "council_tax_reduction_local"),
    "left": ("outcome",),
}
"""The parts of a working in their order, with the modules of `mwp.rules` whose steps each has."""
_ELSEWHERE = {"childcare_charges": "childcare", "net_earnings": "pay"}
"""Steps that a reader looks for in another part than that of their programme."""
_OURS = "outcome"


@dataclass(frozen=True)
class StepView:
    """A step as the page shows it: its title, the sentence, the law in pieces, and whether we define it instead."""

    title: str
    how: str
    law: Sequence[Piece]
    is_ours: bool


@dataclass(frozen=True)
class Part:
    """Steps that belong together, under a heading."""

    id: str
    heading: str
    steps: Sequence[StepView]


def parts(steps: Iterable[Step], lang: Language, nation: str) -> list[Part]:
    """The steps in their parts, each in the order in which they rest on one another; a part without steps is left out.

    Raises MissingText for a step that the catalogue does not have.
    """
    found: dict[str, list[StepView]] = {part: [] for part in PARTS}
    for step in steps:
        found[_part_of(step)].append(_view(step, lang, nation))
    return [Part(part, _heading(part, lang, nation), seen) for part, seen in found.items() if seen]


def sentence(template: str, figures: Mapping[str, Any]) -> str:
    """A sentence with its figures filled in; what is in square brackets only where a figure in it is not nil."""

    def kept(match: re.Match[str]) -> str:
        return match[1] if any(figures[name] for name in _told_by(match[1])) else ""

    return _FILL.vformat(re.sub(r"\[(.*?)\]", kept, template), (), figures)


def _part_of(step: Step) -> str:
    if step.variable in _ELSEWHERE:
        return _ELSEWHERE[step.variable]
    return next(part for part, programmes in PARTS.items() if step.programme in programmes)


def _heading(part: str, lang: Language, nation: str) -> str:
    own = f"working.parts_in.{nation}.{part}"
    return lang.text(own if lang.has(own) else f"working.parts.{part}")


def _view(step: Step, lang: Language, nation: str) -> StepView:
    def pattern(what: str, n: object = None) -> str | None:
        found = (lang.pattern(f"{place}.{step.variable}.{what}", n) for place in (f"steps_in.{nation}", "steps"))
        return next((one for one in found if one is not None), None)

    by = pattern("by")
    how = None if step.amount else pattern("nil")
    how = how or lang.needed(pattern("how", step.figures[by] if by else None), f"steps.{step.variable}.how")
    title = lang.needed(pattern("title"), f"steps.{step.variable}.title")
    whose = f", {lang.text(f'working.whose.{step.whose}')}" if step.whose else ""
    ours = step.programme == _OURS
    law = [Piece(lang.text("working.ours"))] if ours else pieces(step.cites)
    return StepView(title + whose, sentence(how, step.figures), law, ours)


def _told_by(text: str) -> set[str]:
    """The figures in a text, the law's own apart."""
    return {name for _, name, _, _ in _FILL.parse(text) if name and not name.startswith("law.")}


class _Figures(Formatter):
    """Fills in figures: `{x:£}` as pounds, `{x:%}` as per cent, `{x}` as a number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """A figure in words of the page."""
        if format_spec == "£":
            return signed_money(value)
        if format_spec == "%":
            return f"{round(value * 100, 1):g}%"
        return f"{round(value, 1):,g}"


_FILL = _Figures()
