"""Reform files for people: what one changes beside the law, what is wrong with one, and a new one to begin from."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mwp import resources
from mwp.engine.dates import coverage
from mwp.errors import InputError, Problem
from mwp.inputs import documents, places
from mwp.inputs.dates import iso_date
from mwp.inputs.documents import Document
from mwp.inputs.names import did_you_mean, listed
from mwp.inputs.reform import (
    DEFAULT_MEASURE,
    Gate,
    Guarantee,
    Reform,
    Scope,
    known_parameters,
    load_reform,
    reform_of,
    value_fault,
)
from mwp.report import words
from mwp.report.library import ParameterEntry, all_parameters
from mwp.report.schedule_words import measured, money, pence

# One reform, readable


@dataclass(frozen=True)
class Change:
    """One parameter from one day on: the reform's value beside what the law has on that day, in words."""

    path: str
    description: str
    counts: str
    on: date
    value: float
    law: float | None
    new_in_words: str
    law_in_words: str
    references: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """A reform ready to be laid out."""

    reform: Reform
    changes: tuple[Change, ...]
    guarantee: tuple[str, ...]


def shown(given: str) -> Shown:
    """A reform with the law beside every value it changes. Raises InputError."""
    reform = load_reform(given)
    return Shown(reform, changes(reform), guarantee_in_words(reform))


def changes(reform: Reform) -> tuple[Change, ...]:
    """Every value the reform gives, with the law's value on the same day."""
    found, every = [], all_parameters()
    for path, values in reform.parameters.items():
        entry = every[path]
        for day, value in sorted(values.items()):
            on = date.fromisoformat(day)
            law = entry.on(on)
            found.append(
                Change(
                    path, entry.description, entry.counts, on, value, law, value_in_words(entry, value),
                    "none" if law is None else value_in_words(entry, law), entry.references,
                )
            )  # fmt: skip
    return tuple(found)


def value_in_words(entry: ParameterEntry, value: float) -> str:
    """A value of a parameter as people read it: £427.00, 0.55, on, 2026-09-01."""
    if entry.unit == "currency-GBP":
        return f"£{value:,.2f}"
    if entry.unit == "bool":
        return "on" if value else "off"
    if entry.unit == "date" and value >= 10_000_000:
        text = f"{value:.0f}"
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return f"{value:,.15g}"


def guarantee_in_words(reform: Reform) -> tuple[str, ...]:
    """What the guarantee promises, who has it, and where; nothing where the reform has none."""
    told = reform.guarantee
    if told is None:
        return ()
    found = [f"Design {told.design}: {_promise(told)}"]
    found.append(f"Counted is {measured(told.measure)}.")
    if told.keeps_passports:
        found.append("Whoever is due a top-up keeps passported help; else a top-up pays its worth.")
    found += [_gate(told.gate), *_scope(reform.scope)]
    return tuple(found)


def _promise(told: Guarantee) -> str:
    which = listed([words.sentence_case(name.replace("_", " ")) for name in told.passports], "and")
    passports = f" ({which})" if told.passports else ""
    match told.design:
        case "G2":
            most = f", but no more than {money(told.most)} a month" if told.most else ""
            hours = f" from {words.hours_words(told.hours)} of work a week on" if told.hours else ""
            return f"work leaves at least {pence(told.kept or 0)} of each pound of pay more than no work{most}{hours}."
        case "G3":
            return "nobody has less than at any lower pay."
        case "G4":
            lost = told.most_lost or 0.0
            return f"at most {pence(lost)} of every extra pound is lost, so at least {pence(1 - lost)} is kept."
        case "G5":
            return f"each passported help{passports} falls by at most {pence(told.taper or 0)} a pound of pay."
        case "G6":
            return f"passported help that is lost{passports} is made up while there is a Universal Credit award."
        case "G7":
            return (
                f"passported help held before a job{passports} goes on whole for {told.full_months} months, then falls"
                f" in even steps until it is gone after month {told.last_month}."
            )


def _gate(gate: Gate) -> str:
    award = {
        "last_six_periods": "a Universal Credit award in any of the last six assessment periods",
        "this_month": "a Universal Credit award in the month itself",
        "not_needed": "",
    }[gate.universal_credit]
    if not award:
        return "Open to everyone within its scope: no Universal Credit award is needed."
    return f"For whoever has {award}{', or has an NES placement' if gate.nes_placement else ''}."


def _scope(scope: Scope) -> list[str]:
    found = []
    if scope.nations:
        found.append(f"Only in {words.listed([words.sentence_case(one).replace('_', ' ') for one in scope.nations])}.")
    if scope.pilot_areas:
        named = [known.name if (known := places.authority(area)) else area for area in scope.pilot_areas]
        found.append(f"Only in {words.listed(named)}.")
    if scope.nes_participants:
        found.append("Only for people who take part in the National Employment Service.")
    return found


def speaks_of(reform: Reform, wanted: Sequence[str]) -> bool:
    """Whether name, title, summary, status or a path of the reform holds every one of the words."""
    design = f"guarantee {reform.guarantee.design}" if reform.guarantee else ""
    text = " ".join((reform.name, reform.title, reform.summary, reform.status, design, *reform.parameters))
    text = f"{text} {text.replace('_', ' ')}".lower()
    return all(word.lower() in text for word in wanted)


def entry(told: Shown) -> dict[str, Any]:
    """A reform for `mwp.reforms/1`, the law beside each of its values."""
    reform = told.reform
    return {"name": reform.name} | reform.model_dump(mode="json") | {
        "changes": [
            {
                "path": one.path,
                "description": one.description,
                "counts": one.counts,
                "from": one.on.isoformat(),
                "value": one.value,
                "law": one.law,
                "references": [{"title": title, "href": href} for title, href in one.references],
            }
            for one in told.changes
        ],
        "guarantee_in_words": list(told.guarantee),
    }  # fmt: skip


# Is a file right?


@dataclass(frozen=True)
class Checked:
    """What is wrong with a reform file, and what is odd about it though it can be used."""

    file: str
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = field(default=())


def check(given: str) -> Checked:
    """Every problem of a reform file with its line; where there is none, what may not be meant."""
    try:
        document = documents.read(given, library="reforms", thing="reform")
        reform = reform_of(document)
    except InputError as error:
        return Checked(given, tuple(error.problems))
    return Checked(given, (), tuple(_warnings(reform, document)))


def _warnings(reform: Reform, document: Document) -> list[Problem]:
    first, last = coverage()
    found, changes_anything = [], reform.guarantee is not None
    for path, values in reform.parameters.items():
        leaf = known_parameters()[path]
        for day, value in sorted(values.items()):
            on, law = date.fromisoformat(day), leaf.on(day)
            told = None
            later = {start: float(law) for start, law in leaf.values.items() if day < start <= last.isoformat()}
            if on > last:
                told = f"{day} is after {last}, the last day whose law is known: this takes effect on no day."
            elif law is not None and float(law) == value and all(one == value for one in later.values()):
                told = f"{value:.15g} is what the law has from {day} on as it is: this changes nothing."
            else:
                changes_anything = True
                if on < first:
                    told = f"{day} is before {first}, the first day whose law is known: it is in effect on every day."
                elif any(one != value for one in later.values()):
                    changed = min(start for start, one in later.items() if one != value)
                    told = (
                        f"The law has another value from {changed} ({later[changed]:.15g}); this reform's goes on"
                        " after it."
                    )
            if told:
                found.append(document.problem(("parameters", path, day), told))
    if not changes_anything:
        told = "This reform would change nothing on any day whose law is known."
        found.append(document.problem(("parameters",), told))
    return found


# A new reform


_NUMBERS: Mapping[str, Mapping[str, float]] = {
    "G2": {"kept": 0.25},
    "G3": {},
    "G4": {"most_lost": 0.75},
    "G5": {"taper": 0.20},
    "G6": {},
    "G7": {"full_months": 6, "last_month": 12},
}
"""The numbers a new guarantee begins with: those of the reforms in the library, this project's examples."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
_CHANGE = re.compile(r"(?P<path>[^=@\s]+)\s*=\s*(?P<value>[^@\s]+)\s*@\s*(?P<day>\S+)")
STATUSES = ("law", "proposed", "this project's proposal")


def parse_change(told: str) -> tuple[str, float, str]:
    """PATH=VALUE@DATE. Raises InputError where it is not that, there is no such path, or the value cannot be."""
    found = _CHANGE.fullmatch(told.strip())
    if not found:
        raise InputError.of(
            f"{told} is no change. Write PATH=VALUE@DATE, as universal_credit.taper_rate=0.50@2026-04-06.",
            field="--parameter",
        )
    path, day = found["path"], found["day"]
    leaf = known_parameters().get(path)
    if leaf is None:
        near = did_you_mean(path, known_parameters())
        raise InputError.of(
            f"No parameter is called {path}.{near} `mwp parameters WORDS` finds one.", field="--parameter"
        )
    switch = {"true": 1.0, "on": 1.0, "yes": 1.0, "false": 0.0, "off": 0.0, "no": 0.0}
    try:
        value = switch.get(found["value"].lower())
        value = float(found["value"].lstrip("£").replace(",", "")) if value is None else value
    except ValueError:
        raise InputError.of(f"{found['value']} is not a number.", field=f"--parameter {path}") from None
    if fault := value_fault(leaf, value):
        raise InputError.of(fault, field=f"--parameter {path}")
    try:
        day = iso_date(day).isoformat()
    except ValueError as error:
        raise InputError.of(str(error), field=f"--parameter {path}") from None
    return path, value, day


def new_text(
    name: str,
    parameters: Sequence[str] = (),
    guarantee: str | None = None,
    *,
    title: str | None = None,
    summary: str | None = None,
    source: str | None = None,
    status: str = "proposed",
    legal_route: str | None = None,
) -> str:
    """A new reform file: what it changes, the law beside it in comments, and lines to fill in. Raises InputError.

    `parameters` are PATH=VALUE@DATE; `guarantee` a design, with numbers where others than the library's are wanted:
    "G4" or "G4:most_lost=0.70".
    """
    _check_name(name)
    if not parameters and guarantee is None:
        raise InputError.of(
            "Say what changes: --parameter PATH=VALUE@DATE, as universal_credit.taper_rate=0.50@2026-04-06, or"
            " --guarantee G4."
        )
    told = [parse_change(one) for one in parameters]
    entries = all_parameters()
    wanted = words.sentence_case(name.replace("_", " "))
    lines = [
        "# A reform of your own. `mwp reforms validate` checks it, `mwp compare` sets it beside current law.",
        f"title: {_quoted(title or wanted)}",
        f"summary: {_quoted(summary or _summary(told, guarantee, entries))}",
        "source: # who proposed it, and where; href is its address",
        f"  title: {_quoted(source or 'My own example')}",
        f"status: {_quoted(status)} # one of: {', '.join(STATUSES)}",
        f"legal_route: {_quoted(legal_route or '')} # what legislation it would take",
    ]
    if told:
        lines.append("parameters:")
    by_path: dict[str, dict[str, float]] = {}
    for path, value, day in told:
        if day in by_path.setdefault(path, {}):
            raise InputError.of(f"{path} is given twice from {day}. Keep one.", field="--parameter")
        by_path[path][day] = value
    for path, values in by_path.items():
        lines += _parameter_lines(entries[path], values)
    if guarantee is not None:
        lines += _guarantee_lines(guarantee)
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    reform_of(documents.parse(text, f"{name}.yaml"))
    return text


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise InputError.of(
            f"{name} will not do as a name. Use small letters, digits and _, as in taper_at_52.", field="NAME"
        )
    if name in resources.library("reforms"):
        raise InputError.of(f"{name} is a reform of the library already. Give another name.", field="NAME")


def _summary(
    told: Sequence[tuple[str, float, str]], guarantee: str | None, entries: Mapping[str, ParameterEntry]
) -> str:
    parts = []
    for path, value, day in told:
        entry, on = entries[path], date.fromisoformat(day)
        law = entry.on(on)
        was = f", in place of {value_in_words(entry, law)}" if law is not None else ""
        parts.append(f"{path} is {value_in_words(entry, value)}{was}, from {words.day(on)}.")
    if guarantee is not None:
        parts.append(f"A make-work-pay guarantee of design {guarantee.partition(':')[0]}.")
    return " ".join(parts)


def _parameter_lines(entry: ParameterEntry, values: Mapping[str, float]) -> list[str]:
    """The path with what it is, what the law says, and where, above its new values."""
    last = coverage()[1]
    law = entry.on(min(last, date.fromisoformat(min(values))))
    lines = _comment(entry.description)
    was = "none" if law is None else value_in_words(entry, law)
    lines += _comment(f"Counted in: {entry.counts}. The law then: {was}.")
    lines += [line for title, _ in entry.references[:2] for line in _comment(title)]
    told = ", ".join(f"{day}: {_number(value)}" for day, value in sorted(values.items()))
    return [*lines, f"  {entry.path}: {{{told}}}"]


def _comment(text: str) -> list[str]:
    from textwrap import wrap

    return [f"  # {line}" for line in wrap(" ".join(text.split()), 108)]


def _number(value: float) -> str:
    return f"{value:.15g}"


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _guarantee_lines(told: str) -> list[str]:
    """The block of a guarantee: its design and numbers, and the parts that are often changed. Raises InputError."""
    design, _, rest = told.partition(":")
    design = design.strip().upper()
    if design not in _NUMBERS:
        raise InputError.of(
            f"There is no design {design}.{did_you_mean(design, _NUMBERS)} Give {listed(_NUMBERS)};"
            " docs/guarantee.md describes them, and G1 is a change of parameters.",
            field="--guarantee",
        )
    numbers = {key: _number(value) for key, value in _NUMBERS[design].items()}
    for part in filter(None, (one.strip() for one in rest.split(","))):
        key, equals, value = part.partition("=")
        if not equals:
            raise InputError.of(f"{part} is no number of a guarantee. Write G4:most_lost=0.70.", field="--guarantee")
        numbers[key.strip()] = value.strip()
    lines = ["guarantee: # docs/guarantee.md", f"  design: {design}"]
    measure = numbers.pop("measure", DEFAULT_MEASURE)
    lines.append(f"  measure: {measure} # what is counted (docs/measures.md)")
    lines += [f"  {key}: {value}" for key, value in numbers.items()]
    return [*lines, "  gate: {universal_credit: last_six_periods, nes_placement: true} # who it is for"]
