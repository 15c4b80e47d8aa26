"""A line chart in letters, for a terminal: no colour is needed, and a reader of plain text still sees its shape."""

import math
from collections.abc import Callable, Sequence

HEIGHT = 11
_LABEL = 8


def line_chart(
    value: Callable[[float], float], to: float, marks: Sequence[float], width: int, height: int = HEIGHT
) -> list[str]:
    """The value from nil to `to`, in lines no longer than `width`; a ▼ over each of the marks (the cliffs).

    Each row holds two half steps. The scale begins below the smallest value, as the labels say.
    """
    columns = max(16, width - _LABEL - 2)
    spots = [to * place / (columns - 1) for place in range(columns)]
    values = [value(spot) for spot in spots]
    low, high = _round_scale(min(values), max(values))
    half_steps = 2 * height - 1
    level = [round((one - low) / (high - low) * half_steps) for one in values]
    rows = [[" "] * columns for _ in range(height)]
    for column, here in enumerate(level):
        before = level[column - 1] if column else here
        first, last = (min(before + 1, here), here) if here >= before else (here, before - 1)
        for step in range(first, last + 1):
            row, upper = height - 1 - step // 2, step % 2 == 1
            held = rows[row][column]
            mark = "▀" if upper else "▄"
            rows[row][column] = mark if held in (" ", mark) else "█"
    over = [" "] * columns
    for spot in marks:
        over[min(columns - 1, round(spot / to * (columns - 1)))] = "▼"
    lines = [" " * (_LABEL + 2) + "".join(over)] if marks else []
    for place, row_of in enumerate(rows):
        height_there = high - (high - low) * place / (height - 1)
        label = f"{height_there:>{_LABEL},.0f} ┤" if place in (0, height // 2, height - 1) else " " * (_LABEL + 1) + "│"
        lines.append(label + "".join(row_of))
    lines.append(" " * (_LABEL + 1) + "└" + "─" * columns)
    ends = ["0", f"{to / 2:,.0f}", f"{to:,.0f}"]
    middle = columns // 2 - len(ends[0]) - len(ends[1]) // 2
    axis = ends[0] + " " * middle + ends[1]
    lines.append(" " * (_LABEL + 2) + axis + " " * max(1, columns - len(axis) - len(ends[2])) + ends[2])
    return [line.rstrip() for line in lines]


def _round_scale(least: float, most: float) -> tuple[float, float]:
    """Round numbers below and above, so that labels can be read."""
    span = max(most - least, 1.0)
    step: float = 10 ** math.floor(math.log10(span))
    step = step / 2 if span / step < 4 else step
    low, high = math.floor(least / step) * step, math.ceil(most / step) * step
    return low, max(high, low + step)
