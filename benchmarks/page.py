"""The page of figures, `docs/performance.md`, from what was measured. No measuring here, and no model."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

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
    lines = [
        [f"{number}", seconds(found["seconds"]), seconds(found["processor"] / found["rows"]), megabytes(found["memory"]),
         ratio(one["seconds"], found["seconds"])]
        for number, found in ((1, one), (2, two))
    ]  # fmt: skip
    return table(("Workers", "on the clock", "processor time a row", "memory, all processes", "× one worker"), lines)


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
    """The whole page."""
    machine = figures["machine"]
    households, points = machine["population"]
    rows = households * points
    return f"""# How fast it is

Written by `make bench`. mwp is measured beside two other models of the same law on the same households: **policyengine-uk**
(Python, on the same policyengine-core) and **policyengine-uk-compiled** (a Rust program with a Python face). Each runs in
an environment of its own, one after the other.

**Trust the ratios.** Measured on {machine["date"]} on {machine["cpu"]}, {machine["cores"]} cores, {machine["memory"]} of
memory, {machine["system"]}. The machine was shared: its load average was {machine["load"]} when the measuring began. Other
work stretches time on the clock but hardly processor time, so both are given.

{versions(figures)}

## Beside other models

{speed(figures)}

{a_second(figures)}

What is asked: four families (single; lone parent with two children; couple with one earner and one child; couple with two
earners and two children) renting from a social landlord in the North West of England on 6 October 2025, the first adult's pay
going from nothing to £6,000 a month. *Common programmes* are income tax (with the High Income Child Benefit Charge),
National Insurance, Universal Credit and Child Benefit. *Every programme* is each model's own whole: mwp's cash, passported
help, council tax, childcare and work costs in {figures["programmes"]} components; policyengine-uk's household net income;
policyengine-uk-compiled always works out everything, so both its rows are the same measurement.

- mwp and policyengine-uk are timed on arrays; policyengine-uk's building of the simulation ({seconds(figures["built"])} at
  100,000 rows) is left out of the rows and part of the sweep, where there is no answer without it.
- policyengine-uk-compiled's Python face hands tables to its program as text and reads text back; there is no other public
  way in for households of one's own, so that is in its times. Its surveys are licensed and were not used.
- mwp's rows share their family's facts, which are worked out once; the others have no such split. The population below has
  a different household every {points:,} rows.

## Do they say the same?

Speed compares like with like only where the answers agree. Every family at {figures["points"]} points of pay:

{agreement(figures)}

policyengine-uk and policyengine-uk-compiled charge the High Income Child Benefit Charge in whole per cents, and mwp's
schedules smoothly (its reported amounts have the steps); policyengine-uk-compiled counts National Insurance by the year, the
others by the month. `docs/validation.md` has the full comparison with policyengine-uk, household by household.

## More rows

{growth(figures)}

Common programmes, processor time. mwp works a large job out a part at a time, so memory stays put. What is not shown was not
measured: at tens of microseconds a row, ten million rows take the others many minutes.

## A population, and two workers

{households:,} households of the synthetic population at {points:,} points of pay each, {rows:,} rows, every programme; and
at every point the marginal effective tax rate with each programme's part in it:

{workers(figures)}

Results are the same to the last bit however the work is cut. A second worker can help only as far as a second core is free.

## Measure again

```sh
make bench
```

It takes some five minutes, makes the environments it needs below `.venv`, and writes this page. Where a model cannot be
installed its columns are left empty. `benchmarks/README.md` says what each part measures.
"""
