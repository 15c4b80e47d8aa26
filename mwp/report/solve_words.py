"""What a search for a reform's numbers found, in words and as the rows of a table."""

from collections.abc import Sequence

from mwp.analysis.solve import Found, Reached, Solution, amount, shown
from mwp.analysis.targets import FIRST_PAY, Effects, Target, Worst
from mwp.report import words
from mwp.report.amounts import pounds
from mwp.report.schedule_words import measured, metr, money, pence

Row = tuple[str, tuple[str, ...]]

NAMED = 4
"""So many households outside a gate are named; --json has all."""


def in_words(told: Solution) -> str:
    """The answer in a few sentences: what was found, what it costs, and who sets it."""
    return " ".join(_same_cost(told) if told.problem.same_cost_as else _least_cost(told))


def _least_cost(told: Solution) -> list[str]:
    aim = words.listed([target_in_words(one.target) for one in told.targets])
    values = words.listed([_value(one) for one in told.values])
    if told.found:
        lines = [f"So that {aim}: {values}. No single step from there is cheaper and reaches it too."]
    else:
        lines = [f"No values within the bounds reach it: that {aim}. The nearest is {values}."]
    lines.append(_cost(told))
    binding = told.binding
    if binding:
        sets = "What sets it" if told.found else "What stops it"
        lines.append(f"{sets}: {worst_in_words(binding)}.")
    return lines


def _same_cost(told: Solution) -> list[str]:
    (one,) = told.values
    name, other = shown(one.unknown.path), words.listed([reform.title for reform in told.problem.same_cost_as])
    assert told.beside is not None
    wanted = pounds(told.beside.cost)
    exact = amount(one.unknown, one.unrounded)
    if not told.found:
        bounds = f"{amount(one.unknown, one.unknown.low)} and {amount(one.unknown, one.unknown.high)}"
        return [
            f"No value between {bounds} costs as much as “{other}”, {wanted} a month a household. The nearest: {name}"
            f" {exact}, {signed_cost(told.cost)}."
        ]
    lines = [f"{words.sentence_case(name)} {exact} costs the same as “{other}”: {wanted} a month a household."]
    if told.rounded is not None and one.value != one.unrounded:
        lines.append(f"At {amount(one.unknown, one.value)} it is {signed_cost(told.rounded.cost)}.")
    return [*lines, f"The cost is averaged {told.problem.cost_over}."]


def _value(one: Found) -> str:
    told = [] if one.unknown.law is None else [f"{amount(one.unknown, one.unknown.law)} in law"]
    exact = float(f"{one.unrounded:.4f}")
    if exact != one.value:
        told.append(f"{amount(one.unknown, exact)} before rounding")
    beside = f" ({'; '.join(told)})" if told else ""
    return f"{shown(one.unknown.path)} {amount(one.unknown, one.value)}{beside}"


def _cost(told: Solution) -> str:
    return f"It costs {signed_cost(told.cost)} a month a household, averaged {told.problem.cost_over}."


def signed_cost(cost: float) -> str:
    """£51.08, or £3.10 less than the law."""
    return f"{pounds(cost)} less than the law" if round(cost, 2) < 0 else pounds(cost)


def target_in_words(target: Target) -> str:
    """A target as the end of a sentence that begins with "so that"."""
    match target.kind:
        case "metr":
            return f"nobody loses more than {pence(target.limit)} of an extra pound"
        case "ptr":
            return f"nobody loses more than {metr(target.limit)} of the whole pay on moving into work"
        case "cliff":
            by = "" if str(target) == "no_cliffs" else f" by more than {money(target.limit)} a month"
            return f"no penny more of pay leaves anybody worse off{by}"
        case "share":
            return (
                f"nobody loses more than {pence(target.above)} of an extra pound over more than {metr(target.limit)}"
                " of the range of earnings"
            )


def worst_in_words(one: Reached) -> str:
    """Who meets the worst of a target, how much and where: "... (claimant): 67.6% from £1,048 a month on"."""
    who = f"{one.worst.household} ({one.worst.earner})" if one.worst.household else "nobody"
    match one.target.kind:
        case "metr":
            return f"{who}, {metr(one.worst.amount)} from {money(one.worst.earnings)} a month on"
        case "ptr":
            return f"{who}, {metr(one.worst.amount)} at {money(one.worst.earnings)} a month"
        case "cliff":
            if one.worst.amount <= 0:
                return "no cliff is left"
            return f"{who}, {money(one.worst.amount)} a month lost just above {money(one.worst.earnings)}"
        case "share":
            return f"{who}, {metr(one.worst.amount)} of the range, from {money(one.worst.earnings)} a month on"


def notes(told: Solution) -> list[str]:
    """What the answer rests on."""
    asked = told.problem
    names = {home.name for home in asked.households}
    lines = [
        f"{len(names)} household{'s' if len(names) > 1 else ''}, {len(asked.households)} exact earnings schedule"
        f"{'s' if len(asked.households) > 1 else ''}; what is left: {measured(asked.measure)}.",
        "Cost is what households have more at the same earnings, each household counting alike: nobody works more or"
        " less for it, and the households stand for themselves, not for a population.",
    ]
    if asked.reforms:
        laid = words.listed([reform.title for reform in asked.reforms])
        lines.append(f"Laid over the law first, and in the cost: {laid}.")
    if any(sum(adult.pay_a_month() > 0 for adult in home.adults) > 1 for home in asked.households):
        lines.append(
            "Where both partners have pay, one's grows and the other's is held as it is, in a guarantee too: `mwp"
            " better-off` and `mwp compare` count both, and may show a larger top-up."
        )
    if asked.within:
        lines.append(f"Targets are held to from {money(asked.within[0])} to {money(asked.within[1])} of earnings.")
    elif any(one.target.kind == "ptr" for one in told.targets):
        lines.append(f"The participation tax rate is judged from {money(FIRST_PAY)} of earnings a month on.")
    kinds = {one.target.kind for one in told.targets}
    if "metr" in kinds and "cliff" not in kinds:
        lines.append("A cliff is no rate: it is not in the METR. Ask for no_cliffs too to have none.")
    if told.outside:
        named = "; ".join(told.outside[:NAMED])
        more = f"; and {len(told.outside) - NAMED} more" if len(told.outside) > NAMED else ""
        lines.append(f"Outside the guarantee's gate, so not held to the target: {named}{more}.")
    if asked.template.guarantee:
        lines.append("Every guarantee here is a proposal of this project.")
    if told.found and told.targets:
        lines.append(f"{told.evaluations} sets of values were tried. Prove it over more: mwp certify.")
    return lines


def columns(told: Solution) -> tuple[str, ...]:
    """The heads of the table of effects."""
    beside = [] if told.beside is None else [" + ".join(reform.name for reform in told.problem.same_cost_as)]
    return ("law", "found" if told.found else "nearest", *beside)


def rows(told: Solution) -> list[Row]:
    """What each set of rules does, a row for each figure."""
    sides: list[Effects] = [told.before, told.after, *([told.beside] if told.beside else [])]

    def row(label: str, cells: Sequence[str]) -> Row:
        return label, tuple(cells)

    return [
        row("cost, £ a month a household", [f"{one.cost:,.2f}" for one in sides]),
        row("cliffs of £1 or more, a household", [f"{one.cliffs:.2f}" for one in sides]),
        row("largest cliff, £ a month", [f"{one.largest_cliff.amount:,.2f}" for one in sides]),
        row("highest METR (cliffs apart)", [metr(one.metr.amount) for one in sides]),
        row("share of the range with a METR above 70%", [f"{one.high_metr:.1%}" for one in sides]),
        row("highest PTR", [metr(one.ptr.amount) for one in sides]),
        row("£1 or more better off, share of earnings", [f"{one.gainers:.1%}" for one in sides]),
        row("£1 or more worse off, share of earnings", [f"{one.losers:.1%}" for one in sides]),
        row("share of the range with a higher METR than in law", [f"{one.higher_metr:.1%}" for one in sides]),
    ]


def who(told: Solution) -> list[str]:
    """Whose the worst figures are, under what was found."""
    found = told.after

    def said(label: str, one: Worst, shape: str) -> str:
        return f"{label}: {one.household} ({one.earner}), {shape} at {money(one.earnings)} a month."

    lines = [said("Highest METR", found.metr, metr(found.metr.amount))]
    if found.largest_cliff.amount > 0.005:
        lines.append(said("Largest cliff left", found.largest_cliff, money(found.largest_cliff.amount)))
    return lines
