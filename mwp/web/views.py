"""A question as it is drawn: its words, its choices, what was answered and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mwp.report import places
from mwp.web import questions as q
from mwp.web.language import Language, sentence_case
from mwp.web.questions import Answers, Fault, Page, Question

INLINE = 2
"""Up to so many short choices stand side by side."""
_WIDTHS = {"whole": "govuk-input--width-3", "number": "govuk-input--width-4", "money": "govuk-input--width-6"}


@dataclass(frozen=True)
class Find:
    """How to find out an answer."""

    summary: str
    text: str


@dataclass(frozen=True)
class QuestionView:
    """What a template needs of a question."""

    id: str
    kind: str
    label: str
    hint: str
    error: str
    per_error: str
    value: str
    items: Sequence[dict[str, Any]]
    inline: bool
    periods: Sequence[dict[str, Any]]
    instead: dict[str, Any] | None
    names: Sequence[str]
    find: Find | None
    boxes: Sequence[dict[str, Any]]

    @property
    def width(self) -> str:
        """The class that tells how wide the box is: as wide as the answer."""
        return _WIDTHS.get(self.kind, "govuk-input--width-20")

    @property
    def inputmode(self) -> str:
        """The keyboard that a phone shows."""
        return {"whole": "numeric", "number": "decimal", "money": "decimal"}.get(self.kind, "text")

    @property
    def percent(self) -> bool:
        """Whether the answer is a share in per cent."""
        return self.id.endswith("_pension_share")


def words(lang: Language, one: Question, part: str, answers: Answers, **fields: object) -> str:
    """A part of a question's words, its own first and then what it shares with its like; nothing where it has none."""
    for id in (f"question.{one.text}.{part}", f"question.{one.text.split('.')[0]}.{part}"):
        if lang.has(id):
            return lang.text(
                id, **{"age": q.whole(answers, f"child_{one.fields.get('n')}_age"), **one.fields, **fields}
            )
    return ""


def option(lang: Language, one: Question, value: str, answers: Answers) -> str:
    """What a choice says."""
    own = words(lang, one, f"options.{value}", answers)
    if own:
        return own
    if value.isdigit():
        n = int(value)
        return words(lang, one, "child_option", answers, n=n, age=q.whole(answers, f"child_{n}_age"))
    return lang.text({"unsure": "service.not_sure"}.get(value, f"words.{value}"))


def view(
    lang: Language, one: Question, values: Answers, answers: Answers, faults: Iterable[Fault] = ()
) -> QuestionView:
    """A question in a language, with what was typed."""
    told = {fault.field: message(lang, fault, answers) for fault in faults if fault.question is one}
    value = values.get(one.id, "")
    choices = one.choices(answers)
    return QuestionView(
        id=one.id,
        kind=one.kind,
        label=words(lang, one, "label", answers),
        hint=words(lang, one, "hint", answers),
        error=next((told[part] for part in one.parts if part in told), ""),
        per_error=told.get(one.per_id, ""),
        value=value,
        items=_items(lang, one, value, choices, answers),
        inline=len(choices) <= INLINE and all(len(option(lang, one, c, answers)) < 8 for c in choices),
        periods=_periods(lang, one, values),
        instead=_instead(lang, one, values, answers),
        names=_names(lang, one, answers),
        find=_find(lang, one),
        boxes=_boxes(lang, one, values, told),
    )


def message(lang: Language, fault: Fault, answers: Answers) -> str:
    """What is wrong with an answer, in a sentence of its own."""
    one = fault.question
    if fault.error == "missing" and (own := words(lang, one, "missing", answers)):
        return own
    what = words(lang, one, "what", answers)
    fields = {key: _number(value) for key, value in fault.fields.items()}
    example = words(lang, one, "example", answers)
    if "per" in fields:
        fields["per"] = lang.text(f"words.per.{fields['per']}")
    named = {**one.fields, **fields, "what": what, "What": sentence_case(what), "example": example}
    return lang.text(f"errors.{fault.error}", **named)


def _number(value: object) -> object:
    """1,000 and 0.5, as people write them; what is no number as it is."""
    return f"{value:,.12g}" if isinstance(value, int | float) else value


def answer(lang: Language, one: Question, answers: Answers) -> str:
    """An answer as it is shown to be checked."""
    if answers.get(one.instead_id) == "yes":
        return words(lang, one, "instead", answers)
    value = answers.get(one.id, "")
    if one.kind in ("choice", "choices"):
        return "; ".join(option(lang, one, part, answers) for part in value.split())
    if one.kind == "date":
        day = q.day_in(answers, one.id)
        return lang.day(day) if day else ""
    if one.kind == "council":
        return _council(lang, q.council_key(answers) or "", value)
    if one.kind != "money":
        return f"{value}%" if one.id.endswith("_pension_share") else value
    amount = q.number(value) or 0.0
    shown = f"£{amount:,.2f}".removesuffix(".00")
    per = answers.get(one.per_id)
    return lang.text("words.amount_per", amount=shown, per=lang.text(f"words.per.{per}")) if per else shown


def title(lang: Language, page: Page, answers: Answers) -> str:
    """What a page is called: its question, or its own name where it has several."""
    asked = page.asked(answers)
    if len(asked) == 1:
        return words(lang, asked[0], "label", answers)
    if lang.has(f"page.{page.id}"):
        return lang.text(f"page.{page.id}")
    kind, *rest = page.id.split("-")
    id = "other_pay" if kind == "other" and "pay" in rest else kind
    return lang.text(f"page.{id}", **page.fields)


def _items(lang: Language, one: Question, value: str, choices: Sequence[str], answers: Answers) -> list[dict[str, Any]]:
    chosen = value.split() if one.kind == "choices" else [value]
    items: list[dict[str, Any]] = []
    for choice in choices:
        alone = choice in (q.NONE, q.UNSURE)
        if (
            one.kind == "choices"
            and alone
            and items
            and "divider" not in items[-1]
            and not any("divider" in item for item in items)
        ):
            items.append({"divider": lang.text("service.or")})
        item: dict[str, Any] = {
            "value": choice,
            "text": option(lang, one, choice, answers),
            "checked": choice in chosen,
        }
        if hint := words(lang, one, f"option_hints.{choice}", answers):
            item["hint"] = {"text": hint}
        items.append(item)
    return items


def _periods(lang: Language, one: Question, values: Answers) -> list[dict[str, Any]]:
    if not one.per:
        return []
    chosen = values.get(one.per_id, "")
    first = [{"value": "", "text": lang.text("words.choose_period"), "selected": not chosen}]
    return first + [
        {"value": per, "text": lang.text(f"words.per_option.{per}"), "selected": per == chosen} for per in one.per
    ]


_WIDTH_OF = {"year": "govuk-input--width-4"}


def _boxes(lang: Language, one: Question, values: Answers, told: Mapping[str, str]) -> list[dict[str, Any]]:
    """The three boxes of a date. What is wrong with the date as a whole is marked on all of them."""
    if one.kind != "date":
        return []
    wrong = {part for part in one.parts if part in told}
    marked = set(one.parts) if wrong == {one.parts[0]} and not _lacks_day(values, one) else wrong
    return [
        {
            "id": id,
            "name": id,
            "label": lang.text(f"words.date.{part}"),
            "value": values.get(id, ""),
            "classes": f"{_WIDTH_OF.get(part, 'govuk-input--width-2')}{' govuk-input--error' if id in marked else ''}",
        }
        for id, part in zip(one.parts, q.DATE_PARTS, strict=True)
    ]


def _lacks_day(values: Answers, one: Question) -> bool:
    return [bool(values.get(part, "").strip()) for part in one.parts] == [False, True, True]


def _instead(lang: Language, one: Question, values: Answers, answers: Answers) -> dict[str, Any] | None:
    if one.instead is None or not one.instead(answers):
        return None
    return {"text": words(lang, one, "instead", answers), "checked": values.get(one.instead_id) == "yes"}


def _council(lang: Language, key: str, name: str) -> str:
    return lang.text(f"councils.{key}") if lang.has(f"councils.{key}") else name


def _names(lang: Language, one: Question, answers: Answers) -> list[str]:
    nation = answers.get("nation", "england")
    if one.kind == "council":
        return sorted(_council(lang, key, name) for key, name in places.councils(nation).items())
    return list(places.areas(nation).values()) if one.kind == "area" else []


def _find(lang: Language, one: Question) -> Find | None:
    id = f"question.{one.text}.find"
    if not lang.has(id):
        return None
    return Find(lang.text(id), lang.text(f"{id}_text", search=lang.text(f"{id}_search")))
