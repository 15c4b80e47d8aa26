"""Reforms side by side in plain words, and the tables that a screen or a page lays out.

A sentence says what it counts: "somewhere along the range" is not "now", and an average along the range is no forecast.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mwp.analysis.compare import (
    BAND,
    WORTH_SAYING,
    Band,
    CliffChange,
    Comparison,
    Group,
    Kind,
    OneHousehold,
    Point,
    RateChange,
    Summary,
    Under,
)
from mwp.analysis.measures import TOP_UP
from mwp.analysis.schedule import Jump
from mwp.analysis.top_ups import counts_both
from mwp.inputs.household import Household
from mwp.report import schedule_words, words
from mwp.report.amounts import signed
from mwp.report.schedule_words import hours, measured, metr, money, where

DEFINED = (
    "Gain: what is left, less what is left under current law at the same earnings (in a job, at the same hours).",
    "Cost: the change of what the public purse pays at the same earnings: awards, help in kind at its value and"
    " top-ups, less taxes, National Insurance and student loan repayments.",
    "Averages along the range weigh every pound of earnings alike, and every household alike. They are no forecast:"
    " nobody is spread evenly over a range.",
    "Average METR: over the straight stretches; sudden steps are counted as cliffs (of £1 a month or more)."
    " Worst PTR: at any pay of £100 a month or more.",
)
NOT_COUNTED = (
    "What anyone would do differently: the hours and jobs people take, and who claims.",
    "Employers: their pay, National Insurance and pension contributions stay as they are.",
    "The cost of running a scheme, and taxes on what is spent.",
)


@dataclass(frozen=True)
class Shown:
    """A table ready to be laid out: its title, the heads (the first is of the labels), and rows of words."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# Sentences


def in_words(told: Comparison) -> dict[str, list[str]]:
    """What each reform does, a sentence an entry, by the column's name; nothing of current law itself."""
    return {one.laid.name: sentences(told, place) for place, one in enumerate(told.summaries) if place}


def sentences(told: Comparison, place: int) -> list[str]:
    """What the reform of that column does to the households."""
    if len(told.households) == 1:
        return of_one(told, told.households[0], place)
    summary = told.summaries[place]
    return [
        *_who(summary.everyone),
        *_averages(summary),
        *_cost_of_many(summary, told.households[0].household),
        *cliffs_in_short(summary.cliff_changes),
        *_rates(told.summaries[0], summary),
    ]


def of_one(told: Comparison, one: OneHousehold, place: int) -> list[str]:
    """What the reform of that column does to one of the households."""
    under = one.columns[place]
    if under.nothing_changes and not (under.higher or under.lower):
        return [f"{one.household.name} gains nothing and loses nothing anywhere along the range."]
    return [
        *_gain_of_one(under),
        *_jobs(under),
        *_cost(under.cost, under.now, under.cost_by, one.household),
        *cliffs_in_short(_kinds(under)),
        *_rates_of_one(one.law, under),
    ]


def _gain_of_one(under: Under) -> list[str]:
    if under.nothing_changes:
        return [f"Nobody is a pound a month better or worse off at any pay up to {money(under.sweep.path.to)}."]
    parts = []
    if under.gains > 0 or under.most_gained[0] > WORTH_SAYING:
        parts.append(f"gains on {_share(under.gains)} of the range")
    if under.loses > 0 or under.most_lost[0] < -WORTH_SAYING:
        parts.append(
            f"loses on {_share(under.loses)} of it" if parts else f"loses on {_share(under.loses)} of the range"
        )
    else:
        parts.append("loses nowhere")
    if len(parts) == 1 and "loses on" in parts[0]:
        parts.append("gains nowhere")
    sentence = f"The household {' and '.join(parts)}; on average along the range it has {_more(under.gain)}."
    if under.most_gained[0] > WORTH_SAYING:
        sentence += (
            f" The most it gains is {money(under.most_gained[0])} a month, {_spot(under, under.most_gained[1])}."
        )
    if under.most_lost[0] < -WORTH_SAYING:
        sentence += f" The most it loses is {money(under.most_lost[0])} a month, {_spot(under, under.most_lost[1])}."
    return [sentence]


def _spot(under: Under, earnings: float) -> str:
    return "with no work" if earnings < 0.005 else f"at {where(under.sweep, earnings)}"


def _jobs(under: Under) -> list[str]:
    told = [f"{point_label(under, point)} {_more(point.gain)}" for point in under.points if point.key != "no_work"]
    return [f"{words.sentence_case('; '.join(told))}."] if told else []


def _more(gain: float) -> str:
    if abs(gain) < 0.005:
        return "as much as now"
    return f"{money(gain)} a month {'more' if gain > 0 else 'less'}"


def _cost(cost: float, now: Point | None, by: Mapping[str, float], home: Household) -> list[str]:
    if abs(cost) < 0.005 and not (now and abs(now.cost) >= 0.005):
        return ["It costs the public purse nothing at the same earnings."]
    present = f", and {_at_present(cost, now.cost)}" if now else ""
    return [f"{_costs(cost, '')} on average along the range{present}{_most_by(by, home)}."]


def _at_present(cost: float, now: float) -> str:
    """The cost at present earnings, beside the average: said in full where one is a saving and the other is not."""
    if abs(now) < 0.005:
        return "nothing at present earnings"
    if (cost < 0) == (now < 0):
        return f"{money(now)} at present earnings"
    return f"at present earnings it {'saves' if now < 0 else 'costs'} {money(now)}"


def _costs(cost: float, each: str = " a household") -> str:
    return f"It {'saves' if cost < 0 else 'costs'} the public purse {money(cost)} a month{each}"


def _most_by(by: Mapping[str, float], home: Household) -> str:
    most = sorted(by.items(), key=lambda one: -abs(one[1]))[:3]
    told = [f"{component(name, home)} {signed(amount)}" for name, amount in most if abs(amount) >= 0.005]
    return f" ({', '.join(told)})" if told else ""


def component(name: str, home: Household) -> str:
    """What a component of the cost is called."""
    return "Make-work-pay top-up" if name == TOP_UP else words.label(name, home)


def _who(group: Group) -> list[str]:
    if group.neither == group.households:
        return [f"None of the {group.households} households gains or loses a pound a month anywhere along its range."]
    least = f"more than {money(WORTH_SAYING)} a month somewhere along their range"
    gain = f"{group.gaining} of {group.households} households {'gains' if group.gaining == 1 else 'gain'} {least}"
    if not group.gaining:
        gain = f"None of the {group.households} households gains {least}"
    lose = f"{group.losing} {'loses' if group.losing == 1 else 'lose'}" if group.losing else "none loses"
    same = f" and {group.neither} {'sees' if group.neither == 1 else 'see'} no change" if group.neither else ""
    return [f"{gain}{',' if same else ' and'} {lose}{same}."]


def _averages(one: Summary) -> list[str]:
    group = one.everyone
    if group.neither == group.households:
        return []
    return [
        f"On average along the range a household has {_more(group.gain)}; with the pay they have now,"
        f" {_more(group.gain_now)}. Gains reach over {_share(group.share_gaining)} of the range, losses over"
        f" {_share(group.share_losing)}."
    ]


def _cost_of_many(one: Summary, home: Household) -> list[str]:
    cost, now = one.everyone.cost, one.cost_now
    if abs(cost) < 0.005 and abs(now) < 0.005:
        return ["It costs the public purse nothing at the same earnings."]
    return [f"{_costs(cost)} on average along the range, and {_at_present(cost, now)}{_most_by(one.cost_by, home)}."]


_KINDS_IN_WORDS: dict[Kind, tuple[str, str]] = {
    "removed": ("goes", "go"),
    "beyond": ("lies beyond the range", "lie beyond the range"),
    "shrunk": ("gets smaller", "get smaller"),
    "moved": ("moves", "move"),
    "grown": ("gets larger", "get larger"),
    "new": ("is new", "are new"),
    "unchanged": ("stays as it is", "stay as they are"),
}


def cliffs_in_short(counts: Mapping[Kind, int]) -> list[str]:
    """Of 4 cliffs 3 go and 1 moves."""
    before = sum(number for kind, number in counts.items() if kind != "new")
    if not before and not counts.get("new"):
        return ["There is no cliff of a pound a month or more, before or after."]
    told = [
        f"{number} {_KINDS_IN_WORDS[kind][number != 1]}" for kind, number in counts.items() if number and kind != "new"
    ]
    new = counts.get("new", 0)
    start = "There was no cliff"
    if before:
        start = (
            f"Of {before} cliffs {words.listed(told)}" if before > 1 else f"The one cliff {told[0].removeprefix('1 ')}"
        )
    more = f"; {new} {_KINDS_IN_WORDS['new'][new != 1]}" if new else ""
    return [f"{start}{more}."]


def _kinds(under: Under) -> dict[Kind, int]:
    return {kind: under.counted(kind) for kind in _KINDS_IN_WORDS}


def _rates_of_one(law: Under, under: Under) -> list[str]:
    told = [
        f"The share of the range on which more than 70p of an extra pound is lost goes from {_share(law.above_70)} to"
        f" {_share(under.above_70)}."
    ]
    if abs(law.above_70 - under.above_70) < 0.0005:
        told = []
    if under.higher:
        told.append(f"A higher METR than now: {words.listed([rate_change(one) for one in _widest(under.higher)])}.")
    return told


def _widest(changes: Sequence[RateChange], most: int = 3) -> list[RateChange]:
    kept = sorted(sorted(changes, key=lambda one: one.start - one.end)[:most], key=lambda one: one.start)
    return kept


def rate_change(one: RateChange) -> str:
    """£880 to £2,848: 67.6%, now 75%."""
    return f"{money(one.start)} to {money(one.end)}, from {metr(one.before)} to {metr(one.after)}"


def _rates(law: Summary, one: Summary) -> list[str]:
    moved = (
        f"{one.moved_higher} of {one.everyone.households} households are somewhere moved to a higher METR, on"
        f" {_share(one.share_moved_higher)} of the range"
        if one.moved_higher
        else "nobody is moved to a higher METR"
    )
    return [
        f"The average METR goes from {metr(law.average_metr)} to {metr(one.average_metr)}, the share of the range above"
        f" 70% from {_share(law.above_70)} to {_share(one.above_70)}; {moved}."
    ]


def _share(share: float) -> str:
    if 0 < share < 0.0005:
        return "less than 0.1%"
    return metr(share)


# Cliffs, one by one


def cliff_lines(one: OneHousehold, under: Under) -> list[str]:
    """What becomes of each cliff, a line each; those that stay as they are on one line at the end."""
    lines = [cliff_line(one, under, change) for change in under.cliffs if change.kind != "unchanged"]
    same = [change for change in under.cliffs if change.kind == "unchanged"]
    if same:
        told = [_cliff(one.law, change.before) for change in same if change.before]
        lines.append(f"As now: {'; '.join(told)}.")
    return lines


def cliff_line(one: OneHousehold, under: Under, change: CliffChange) -> str:
    """Removed: free school meals at £616.67 (11.2 hours a week), £45 a month."""
    before, after = change.before, change.after
    was = _cliff(one.law, before) if before else ""
    if before is None:
        return f"New: {_cliff(under, after)}." if after else ""
    if after is None:
        told = "Made good by a top-up" if change.made_good else "Removed"
        if change.kind == "beyond":
            told = "Not within the range any more (Universal Credit lasts beyond its end)"
        return f"{told}: {was}."
    now = f"{money(after.size)} a month"
    if change.kind == "moved":
        moved = "" if abs(before.size - after.size) < 0.005 else f", {now}"
        return f"Moved: {was}; to {where(under.sweep, after.at)}{moved}{_behind(after)}."
    return f"{'Smaller' if change.kind == 'shrunk' else 'Larger'}: {was}; now {now}{_behind(after)}."


def _cliff(under: Under, jump: Jump | None) -> str:
    assert jump is not None
    spot = "any work" if jump.before == 0 else where(under.sweep, jump.at)
    return f"{schedule_words.label(under.sweep, jump)} at {spot}, {money(jump.size)} a month{_behind(jump)}"


def _behind(jump: Jump) -> str:
    return ", behind to the end of the range" if jump.dead_zone is None else f", behind for {money(jump.dead_zone)}"


# Tables


def point_label(under: Under, point: Point) -> str:
    """no work, now (16 hours), 30 hours, £1,200."""
    if point.key == "no_work":
        return "no work"
    if point.key == "now":
        return "now, with no work" if point.earnings == 0 else f"now ({money(point.earnings)})"
    return hours(point.hours) if point.key.endswith("h") and point.hours is not None else money(point.earnings)


def key_label(key: str) -> str:
    """The same for a head that stands over many households."""
    if key.endswith("h"):
        return words.hours_words(float(key[:-1]))
    return {"no_work": "no work", "now": "now"}.get(key) or money(float(key))


def points_tables(one: OneHousehold) -> list[Shown]:
    """What is left in each job under each column, and what that is more than now; METR and PTR there."""
    points = [point for point in one.law.points if not (point.key == "now" and point.earnings == 0)]
    heads = tuple(point_label(one.law, point) for point in points)
    left, gains, rates = [], [], []
    for place, under in enumerate(one.columns):
        mine = [under.point(point.key) for point in points]
        left.append((under.laid.name, *(f"{point.left:,.2f}" if point else "" for point in mine)))
        if place:
            gains.append((under.laid.name, *(signed(point.gain) if point else "" for point in mine)))
        rates.append((under.laid.name, *(_rates_at(point) for point in mine)))
    return [
        Shown("What is left, £ a month", ("", *heads), tuple(left)),
        Shown("More than under current law, £ a month", ("", *heads), tuple(gains)),
        Shown("Lost of the next pound (METR), and of the whole pay (PTR)", ("", *heads), tuple(rates)),
    ]


def _rates_at(point: Point | None) -> str:
    if point is None:
        return ""
    return metr(point.metr) if point.ptr is None else f"{metr(point.metr)}, {metr(point.ptr)}"


def stretches_table(one: OneHousehold) -> Shown:
    """The METR of every column, stretch by stretch."""
    rows = tuple(
        (f"{stretch.start:,.2f} to {stretch.end:,.2f}", *(metr(rate) for rate in stretch.metrs))
        for stretch in one.stretches
    )
    return Shown(
        "METR by stretch of earnings, £ a month", ("earnings", *(under.laid.name for under in one.columns)), rows
    )


def cost_table(told: Comparison) -> Shown | None:
    """What each reform costs on average along the range, by component; none where none costs anything."""
    by_column: list[Mapping[str, float]] = [one.cost_by for one in told.summaries[1:]]
    every = dict.fromkeys(name for by in by_column for name in by)
    names = [name for name in every if any(abs(by.get(name, 0.0)) >= 0.005 for by in by_column)]
    if not names:
        return None
    home = told.households[0].household
    rows = [(component(name, home), *(signed(by.get(name, 0.0)) for by in by_column)) for name in names]
    rows.append(("in all", *(signed(one.everyone.cost) for one in told.summaries[1:])))
    rows.append(("in all, at present earnings", *(signed(one.cost_now) for one in told.summaries[1:])))
    return Shown(
        "Cost to the public purse a household, £ a month on average along the range",
        ("", *(one.laid.name for one in told.summaries[1:])),
        tuple(rows),
    )


def summary_table(told: Comparison) -> Shown:
    """One line a column: the figures that are quoted."""
    head = (
        "", "average METR", "range above 70%", "cliffs", "largest cliff", "range behind a cliff", "worst PTR",
        "gain", "gain now", "cost",
    )  # fmt: skip
    rows = []
    for place, one in enumerate(told.summaries):
        group = one.everyone
        rows.append(
            (
                one.laid.name,
                metr(one.average_metr),
                metr(one.above_70),
                f"{one.cliffs}",
                f"{one.largest_cliff[0]:,.0f}" if one.largest_cliff[0] else "",
                metr(one.in_dead_zones),
                metr(one.worst_ptr[0]) if one.worst_ptr else "",
                *((signed(group.gain), signed(group.gain_now), signed(group.cost)) if place else ("", "", "")),
            )
        )
    return Shown("Each rule set over the range", head, tuple(rows))


def who_table(told: Comparison) -> Shown:
    """How many households gain and lose, over how much of the range, and who is moved to a higher METR."""
    rows = tuple(
        (
            one.laid.name, f"{one.everyone.gaining}", f"{one.everyone.losing}", f"{one.everyone.neither}",
            metr(one.everyone.share_gaining), metr(one.everyone.share_losing), f"{one.moved_higher}",
            metr(one.share_moved_higher),
        )
        for one in told.summaries[1:]
    )  # fmt: skip
    head = ("", "gain", "lose", "no change", "range gained", "range lost", "to a higher METR", "range so moved")
    return Shown("Households that gain or lose more than £1 a month somewhere along their range", head, rows)


def bands_table(told: Comparison) -> Shown:
    """The average gain in each band of gross pay."""
    bands = told.summaries[0].bands
    rows = tuple((one.laid.name, *(_whole(band.gain) for band in one.bands)) for one in told.summaries[1:])
    return Shown("Average gain by gross pay, £ a month", ("gross pay", *(band_label(band) for band in bands)), rows)


def band_label(band: Band) -> str:
    """0, or 500 to 1,000."""
    return f"{band.start:,.0f}" if band.end == band.start else f"{band.start:,.0f} to {band.start + BAND:,.0f}"


def groups_table(told: Comparison, by: str) -> Shown:
    """The average gain along the range for each kind of family or each nation, and how many gain and lose."""
    first: Sequence[Group] = getattr(told.summaries[0], by)
    rows = tuple(
        (
            one.laid.name,
            *(f"{_whole(group.gain)} ({group.gaining} gain, {group.losing} lose)" for group in getattr(one, by)),
        )
        for one in told.summaries[1:]
    )
    names = (f"{group.name.replace('_', ' ')} ({group.households})" for group in first)
    titled = {"families": "kind of family", "nations": "nation"}[by]
    return Shown(f"Average gain along the range by {titled}, £ a month", ("", *names), rows)


def households_table(told: Comparison) -> Shown:
    """The average gain of each household under each reform."""
    rows = tuple((home.household.name, *(_gain_cell(under) for under in home.columns[1:])) for home in told.households)
    heads = ("household", *(column.name for column in told.laid[1:]))
    return Shown("Average gain along the range, household by household, £ a month", heads, rows)


def _gain_cell(under: Under) -> str:
    return "none" if under.nothing_changes else signed(under.gain)


def cliffs_table(told: Comparison) -> Shown:
    """What becomes of the cliffs of a pound a month or more."""
    heads = {"removed": "go", "beyond": "beyond the range", "shrunk": "smaller", "moved": "moved", "grown": "larger",
             "new": "new", "unchanged": "as now"}  # fmt: skip
    rows = tuple(
        (one.laid.name, *(f"{one.cliff_changes[kind]}" for kind in one.cliff_changes)) for one in told.summaries[1:]
    )
    kinds = told.summaries[0].cliff_changes
    return Shown("What becomes of the cliffs", ("", *(heads[kind] for kind in kinds)), rows)


def _whole(amount: float) -> str:
    return f"{round(amount):+,}" if round(amount) else "0"


# What it stands on


def title(told: Comparison) -> str:
    """What the comparison is of."""
    if len(told.households) == 1:
        return told.households[0].household.name
    return f"{len(told.households)} households"


def path(told: Comparison) -> str:
    """What moves, in a sentence."""
    if len(told.households) == 1:
        return schedule_words.path_in_words(told.households[0].law.sweep)
    whose = "the partner's" if told.choice.adult else "the claimant's"
    wage = told.choice.wage
    at = "their own wage or else the legal minimum"
    if wage is not None:
        at = "the legal minimum wage" if isinstance(wage, str) else f"£{wage:,.2f} an hour"
    full = f"{told.choice.hours:g} hours a week" if told.choice.hours else "their own hours, or else 35 a week"
    how = {
        "hours": f"hours grow at {at}",
        "wage": f"the wage grows at {full}",
        "hours_then_wage": f"hours grow at {at} up to {full}, then the wage grows",
    }[told.choice.way]
    most = max(one.path.to for one in told.households)
    least = min(one.path.to for one in told.households)
    end = money(most) if most - least < 0.005 else f"between {money(least)} and {money(most)}"
    return f"Each household over a range of {whose} pay, from nothing to {end} a month: {how}. Each counts alike."


def notes(told: Comparison) -> list[str]:
    """What a reader has to know beside the figures: the measure, wages that a reform lifts, who is left out."""
    found = [f"What is left: {measured(told.measure)}."]
    for place, column in enumerate(told.laid):
        lifted = [one for one in told.households if abs(one.columns[place].sweep.path.wage - one.path.wage) >= 0.005]
        if lifted:
            found.append(
                f"{column.name} changes the legal minimum wage: {len(lifted)} household{'s' * (len(lifted) > 1)} whose"
                " wage nobody told would be paid it. Jobs are compared at the same hours, ranges at the same pay."
            )
    promised = [column.name for column in told.laid if any(one.guarantee for one in column.reforms)]
    if promised:
        found.append(
            f"{words.listed(promised)} {'has' if len(promised) == 1 else 'have'} a guarantee: its top-up is counted for"
            " households that its gate and scope let in."
        )
        found += _whose_pay(told)
    if told.left_out:
        found.append(f"Left out, having no partner: {', '.join(told.left_out)}.")
    return found


def _whose_pay(told: Comparison) -> list[str]:
    """Of couples with two wages: under which guarantees both count, and under which only the pay that grows."""
    other = 1 - told.choice.adult
    couples = [one.household.adults for one in told.households if len(one.household.adults) > 1]
    two = [adults for adults in couples if adults[other].pay_a_month() > 0]
    if not two:
        return []
    promised = [column for column in told.laid if any(one.guarantee for one in column.reforms)]
    both = [column.name for column in promised if counts_both(column.reforms)]
    alone = [column.name for column in promised if column.name not in both]
    found = []
    if both:
        found.append(
            f"Where both partners have pay, {words.listed(both)} count{'s' * (len(both) == 1)} both, as `mwp"
            " better-off` does: lower pay of either is looked back at."
        )
    if alone:
        found.append(
            f"Where both partners have pay, {words.listed(alone)} look{'s' * (len(alone) == 1)} back along the pay that"
            " grows here, with the other partner's held as it is: looked at along the other's, it may pay more or less."
        )
    return found


# What it rests on


def assumptions(told: Comparison) -> list[str]:
    """What the comparison rests on, each once."""
    every = (line for one in told.households for line in schedule_words.assumptions(one.law.sweep.assumptions))
    return list(dict.fromkeys(every))


def not_covered(told: Comparison) -> list[str]:
    """What is not counted: in any cost, and in any of the households."""
    every = (line for one in told.households for line in words.not_covered(one.law.sweep.not_modelled))
    return list(dict.fromkeys((*NOT_COUNTED, *every)))
