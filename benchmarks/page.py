"""The page of figures, `docs/performance.md`, from what was measured. No measuring here, and no model."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MODELS = ("mwp", "policyengine-uk", "policyengine-uk-compiled")
OURS, PEER, COMPILED = MODELS
Figures = Mapping[str, Any]
"""By task; in each, by model: what `benchmarks.compare` measured, or None for a model that was not there."""
NONE = "–"


def ratio(theirs: float | None, ours: float | None) -> str:
    """How many times ours theirs is, to two figures: `180×`."""
    if not theirs or not ours:
        return NONE
    found = theirs / ours
    return f"{found:,.1f}×" if found < 9.95 else f"{float(f'{found:.2g}'):,.0f}×"


def seconds(value: float | None) -> str:
    """Seconds, milliseconds or microseconds."""
    if value is None:
        return NONE
    if value >= 0.9995:
        return f"{value:.1f} s" if value < 100 else f"{value:,.0f} s"
    if value >= 0.9995e-3:
        return f"{value * 1e3:.1f} ms" if value < 0.01 else f"{value * 1e3:.0f} ms"
    return f"{value * 1e6:.2f} µs" if value < 1e-5 else f"{value * 1e6:.0f} µs"


def count(value: float | None) -> str:
    """A large number, to three figures."""
    return NONE if value is None else f"{float(f'{value:.3g}'):,.0f}"


def megabytes(value: float | None) -> str:
    """Memory."""
    return NONE if value is None else f"{value:,.0f} MB"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: words to the left, figures to the right."""
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def _of(figures: Figures, task: str, model: str, key: str) -> float | None:
    found = figures.get(task, {}).get(model)
    return None if found is None else found.get(key)


def _beside(figures: Figures, words: str, task: str, key: str, shown: Callable[[float | None], str]) -> list[str]:
    ours, *theirs = (_of(figures, task, model, key) for model in MODELS)
    beside = [text for one in theirs for text in (shown(one), ratio(one, ours))]
    return [words, shown(ours), *beside]


_HEAD = ("", OURS, PEER, "× mwp", COMPILED, "× mwp")


def speed(figures: Figures) -> str:
    """How long things take, beside the others."""
    time, used = "seconds", "processor"
    sweep, many = "One household's sweep, 601 points", "100,000 rows, {}"
    rows = [
        _beside(figures, "From nothing to one answer (process start to end)", "cold", time, seconds),
        _beside(figures, f"{sweep}, on the clock", "sweep", time, seconds),
        _beside(figures, f"{sweep}, processor time", "sweep", used, seconds),
        _beside(figures, many.format("common programmes, on the clock"), "rows", time, seconds),
        _beside(figures, many.format("common programmes, processor time"), "rows", used, seconds),
        _beside(figures, many.format("every programme, on the clock"), "every", time, seconds),
        _beside(figures, many.format("every programme, processor time"), "every", used, seconds),
        _beside(figures, "Most memory held at 100,000 rows, common programmes", "rows", "memory", megabytes),
    ]
    return table(_HEAD, rows)


def a_second(figures: Figures) -> str:
    """Rows a second of processor time."""
    lines = []
    for words, task in (("Common programmes", "rows"), ("Every programme of the model", "every")):
        cells = []
        for model in MODELS:
            used, rows = (_of(figures, task, model, key) for key in ("processor", "rows"))
            cells += [count(rows / used if rows and used else None), seconds(used / rows if rows and used else None)]
        lines.append([words, *cells])
    return table(("Rows a second, and time a row", *(c for model in MODELS for c in (model, "a row"))), lines)


def growth(figures: Figures) -> str:
    """What more rows cost: processor time a row and memory."""
    lines = []
    for size, found in figures["growth"].items():
        cells = []
        for model in MODELS:
            one = found.get(model)
            cells += (
                [NONE, NONE] if one is None else [seconds(one["processor"] / one["rows"]), megabytes(one["memory"])]
            )
        lines.append([f"{int(size):,}", *cells])
    return table(("Rows", *(c for model in MODELS for c in (f"{model}, a row", "memory"))), lines)


def workers(figures: Figures) -> str:
    """A population on one worker and on two."""
    one, two = (figures["population"][str(number)] for number in (1, 2))
    lines = []
    for number, found in ((1, one), (2, two)):
        had = found["processor"] / (found["seconds"] * number)
        times = (seconds(found["seconds"]), seconds(found["processor"] / found["rows"]), f"{had:.0%}")
        lines.append([f"{number}", *times, megabytes(found["memory"]), ratio(one["seconds"], found["seconds"])])
    head = ("Workers", "on the clock", "processor time a row", "share of their cores", "memory, all", "× one worker")
    return table(head, lines)


def reforms(figures: Figures) -> str:
    """Reforms compared over a population, as commands, on one process and on two."""
    lines = []
    for name, words in (("five", "five changes of the law"), ("guarantee", "the make-work-pay guarantee")):
        one, two = (figures["reforms"][name][str(number)] for number in (1, 2))
        times = [seconds(found["seconds"]) for found in (one, two)]
        lines.append([words, times[0], seconds(one["processor"]), times[1], ratio(one["seconds"], two["seconds"])])
    head = ("50,000 benefit units", "one process", "its processor time", "--workers 2", "× one process")
    return table(head, lines)


def agreement(figures: Figures) -> str:
    """How far the others' amounts are from ours, programme by programme."""
    lines = []
    for name, by_model in figures["agreement"].items():
        cells = []
        for model in (PEER, COMPILED):
            found = by_model.get(model)
            cells += [NONE, NONE] if found is None else [f"{found['within']:.1%}", f"£{found['most']:,.2f}"]
        lines.append([name.replace("_", " "), *cells])
    head = ("A month's amount", f"{PEER}, within 10p", "most apart", f"{COMPILED}, within 10p", "most apart")
    return table(head, lines)


def versions(figures: Figures) -> str:
    """What ran."""
    rows = []
    for model in MODELS:
        found = figures["versions"].get(model)
        told = (
            "not measured: it was not installed" if found is None else ", ".join(f"{k} {v}" for k, v in found.items())
        )
        rows.append([model, told])
    return "\n".join(f"- **{model}**: {told}" for model, told in rows)


def page(figures: Figures) -> str:
    """The whole page: `page.md` with the figures in it."""
    machine = figures["machine"]
    households, points = machine["population"]
    words = (HERE / "page.md").read_text(encoding="utf-8")
    parts = {one.__name__: one(figures) for one in (versions, speed, a_second, agreement, growth, workers, reforms)}
    told = {name: machine[name] for name in ("date", "cpu", "cores", "memory", "system", "load")}
    return words.format(
        **parts,
        **told,
        programmes=figures["programmes"],
        built=seconds(figures["built"]),
        compared=figures["points"],
        households=f"{households:,}",
        points=f"{points:,}",
        rows=f"{households * points:,}",
    )
