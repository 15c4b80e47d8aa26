"""The programme reference: a page for each programme, made from the rules and parameters themselves.

`python -m mwp.report.reference docs/programmes` writes the pages; a test holds the pages in docs/ to what this would
write, so that they cannot drift from the law the program runs.
"""

import inspect
import re
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from mwp import rules
from mwp.core import parameters
from mwp.core.rule import Rule
from mwp.engine.system import rule_graph
from mwp.report.laws import cited_in

DAYS = (date(2024, 6, 15), date(2025, 6, 15), date(2026, 6, 15), date(2026, 11, 1))
HEADINGS = ("2024-25", "2025-26", "2026-27", "Nov 2026")
_MANY = 60  # a table of more parameters than this is not printed leaf by leaf
_LITTLE = 1e6


def pages() -> dict[str, str]:
    """Every page by its file name."""
    graph = rule_graph()
    found: dict[str, str] = {}
    contents = []
    for module in rules.modules():
        name = module.__name__.rsplit(".", 1)[-1]
        own = [one for one in graph.rules.values() if one.module == module.__name__ and one.kind != "given"]
        if not own:
            continue
        title = _title(module)
        found[f"{name}.md"] = _page(module, title, own)
        contents.append(f"- [{title}]({name}.md): {len(own)} rules")
    intro = (
        "# Programmes\n\nOne page a programme, made from the rules and parameters themselves by `make docs`: the rules"
        " in words, their values by year, their citations, how sure they are, and what is left out.\n\n"
    )
    found["README.md"] = intro + "\n".join(contents) + "\n"
    return found


def _title(module: ModuleType) -> str:
    return (inspect.getdoc(module) or "").splitlines()[0].rstrip(".")


def _page(module: ModuleType, title: str, own: list[Rule]) -> str:
    lines = [f"# {title}", ""]
    about = (inspect.getdoc(module) or "").split("\n", 1)
    if len(about) > 1:
        lines += [about[1].strip(), ""]
    lines += ["## Rules", ""]
    for one in own:
        lines += _rule(one)
    cited = cited_in(one.cites for one in own)
    if cited:
        lines += ["## The law that is cited", "", *[f"- [{law.in_full}]({law.href})" for law in cited], ""]
    values = _values(module, own)
    if values:
        lines += ["## Values", "", *values, ""]
    gaps = _gaps(module)
    if gaps:
        lines += ["## Known gaps", "", *[f"- {gap}" for gap in gaps], ""]
    return "\n".join(lines).rstrip() + "\n"


def _rule(one: Rule) -> list[str]:
    label = one.label[:1].upper() + one.label[1:]
    kind = {
        "total": "the sum over the members of the",
        "count": "the number of members of the",
        "any_of": "whether any member of the",
        "highest": "the largest of the members of the",
    }
    head = f"**{label}** (`{one.name}`, {one.entity.label}, {_unit(one.unit)})"
    meaning = " ".join(one.doc.split("\n\nSimplification:")[0].split())
    if not meaning and one.kind in kind:
        meaning = f"{kind[one.kind].capitalize()} {one.entity.label}: `{one.inputs[0]}`."
    lines = [f"- {head}: {meaning}"]
    if one.cites:
        lines.append(f"  *{one.cites}*" + (f"; grade: {one.grade}" if one.grade != "law" else ""))
    if one.claim:
        lines.append(f"  To claim: {one.claim}")
    if one.run_on:
        lines.append(f"  When it ends: {one.run_on}")
    return [*lines, ""]


def _unit(unit: str) -> str:
    return {"currency-GBP": "pounds a month", "bool": "yes or no", "/1": "share"}.get(
        unit, unit.replace("currency-GBP", "pounds")
    )


def _values(module: ModuleType, own: list[Rule]) -> list[str]:
    tree = parameters.documents()
    name = module.__name__.rsplit(".", 1)[-1]
    programmes = sorted({one.law for one in own if one.law and one.law != "*"} | ({name} & set(tree)))
    programmes = [p for p in programmes if p in tree and (p == name or _first_user(p) == module.__name__)]
    lines: list[str] = []
    for programme in programmes:
        leaves = list(parameters.leaves(tree[programme], programme))
        if len(leaves) > _MANY:
            lines += [f"`parameters/{programme}` holds {len(leaves)} values; see the file for each.", ""]
            continue
        lines += ["| parameter | what | " + " | ".join(HEADINGS) + " | unit | standing |"]
        lines += ["| --- " * (len(HEADINGS) + 4) + "|"]
        for leaf in leaves:
            cells = [_shown(leaf.on(day.isoformat())) for day in DAYS]
            unit = leaf.about["unit"].replace("currency-GBP", "£")
            period = leaf.about.get("period")
            unit = f"{unit} a {period}" if period and period != "none" else unit
            told = f"{leaf.about['description']} | {' | '.join(cells)} | {unit} | {leaf.about['status']}"
            lines.append(f"| `{leaf.path}` | {told} |")
        sources = {source["title"]: source["href"] for leaf in leaves for source in leaf.about["reference"]}
        lines += ["", "Sources: " + "; ".join(f"[{title}]({href})" for title, href in sources.items()) + ".", ""]
    return lines


def _first_user(programme: str) -> str:
    return next(one.module for one in rule_graph().rules.values() if one.law == programme)


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if abs(value) < _LITTLE else f"{value}"


def _gaps(module: ModuleType) -> list[str]:
    """Each `Simplification:` of the module, to the end of its paragraph."""
    found = []
    for text in re.findall(r"Simplification:(.*?)(?=\n\s*\n|\"\"\"|Simplification:)", inspect.getsource(module), re.S):
        told = " ".join(text.replace("#", " ").split())
        found.append(told[:1].upper() + told[1:])
    return found


def main(folder: str) -> None:
    """Write the pages into a folder, and take out those of programmes that are gone."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    made = pages()
    for name, text in made.items():
        (place / name).write_text(text, encoding="utf-8")
    for old in place.glob("*.md"):
        if old.name not in made:
            old.unlink()


if __name__ == "__main__":
    main(sys.argv[1])
