"""A placement's answer and months in a row, in plain words and tables. Nothing here is asked of anybody."""

from collections.abc import Sequence
from datetime import date

from mwp.analysis.placement import Column, Placement, Side, Step
from mwp.analysis.timeline import Month, Timeline
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH, WEEKS_A_YEAR
from mwp.report import help_words, words
from mwp.report.amounts import is_nil, plain, pounds, signed
from mwp.report.blocks import Block, Line, Told
from mwp.report.comparison import rows_of

OPT_IN = "A placement is yours to take or leave: nothing here is asked of you."
TOP_UP = "Make-work-pay top-up"
_STEPS = {
    "better_pay": "The same hours, a pound an hour more",
    "more_hours": "A day more",
    "full_time": "Full time",
    "full_time_better_pay": "Full time, a pound an hour more",
    "half_hours": "A month of half the hours",
    "ill": "A whole month ill, on Statutory Sick Pay",
    "between_jobs": "A month without work",
}
_MONTH_KINDS = {"before": "before", "placement": "placement", "job": "job", "after": "after"}


def told(answer: Placement) -> Told:
    """The answer, ready to be laid out."""
    blocks = [_now_and_then(answer), _changes(answer), _support(answer)]
    if answer.shows_security:
        blocks.append(_security(answer))
    if answer.shows_steps:
        blocks.append(_next_steps(answer))
    blocks += [_months(answer), _into_job(answer)]
    return Told(
        "A paid placement, and your money",
        verdict(answer),
        tuple(blocks),
        tuple(words.assumptions(answer.assumptions)),
        tuple(words.not_covered(answer.not_modelled)),
    )


def verdict(answer: Placement) -> str:
    """The answer in a few sentences."""
    side, column = answer.side, answer.column
    gain = side.gain(column)
    whose = "for your partner " if answer.offer.slot else ""
    work = f"A placement {whose}of {words.hours_words(answer.offer.hours or 0)} a week at {pounds(answer.wage)} an hour"
    you = "you as a couple" if len(answer.household.adults) == 2 else "you"
    if is_nil(gain):
        told_of = f"{work} would leave {you} neither better nor worse off than now."
    else:
        way = "better off" if gain > 0 else "worse off"
        week = f"{pounds(gain * MONTHS_A_YEAR / WEEKS_A_YEAR)} a week"
        told_of = f"{work} would leave {you} {pounds(gain)} a month {way} than now ({week}){_an_hour(answer, gain)}."
    if answer.offer.support is None and not is_nil(answer.support_worth):
        met = side.gain(side.covered)
        way = "better off" if met > 0 else "worse off"
        told_of += f" Were the service to meet your costs of work, {pounds(met)} a month {way}."
    return f"{told_of} {OPT_IN}"


def _an_hour(answer: Placement, gain: float) -> str:
    extra = (answer.offer.hours or 0.0) - answer.household.adults[answer.offer.slot].hours
    if extra <= 0:
        return ""
    return f", {pounds(gain / (extra * WEEKS_A_MONTH))} for each hour worked"


def _now_and_then(answer: Placement) -> Block:
    side, shown = answer.side, _shown(answer)
    rows = [row for row in rows_of([column.calculation for column in shown]) if row.role != "total"]
    lines = [
        Line(
            row.label,
            tuple(plain(a) for a in row.amounts),
            "information" if row.role == "for information" else "amount",
        )
        for row in rows
    ]
    if any(column.worth.top_up for column in shown):
        lines.append(Line(TOP_UP, tuple(plain(column.worth.top_up) for column in shown)))
    lines.append(Line(words.left_label(answer.household), tuple(plain(column.cash) for column in shown), "total"))
    lines.append(_gains("Better or worse off", side, shown))
    with_help = tuple("" if c.key == "now" else signed(side.gain_with_help(c)) for c in shown)
    lines.append(Line("Counting help in kind", with_help))
    if answer.reformed and _differs(answer):
        law = [_of(answer.law, column.key) for column in shown]
        lines.append(Line("Under current law: left", tuple(plain(c.cash) for c in law), "information"))
    return Block(
        "Now, in the placement, and in an ordinary job",
        columns=("Pounds a month", *(_head(answer, column) for column in shown)),
        lines=tuple(lines),
        after=_about_the_guarantee(answer),
    )


def _shown(answer: Placement) -> list[Column]:
    side = answer.side
    if not answer.told_costs:
        return [side.now, side.placement, side.ordinary]
    chosen = answer.offer.support
    middle = [side.placement, side.covered] if chosen is None else [answer.column]
    return [side.now, *middle, side.ordinary]


def _of(side: Side, key: str) -> Column:
    return next(column for column in side.columns if column.key == key)


def _head(answer: Placement, column: Column) -> str:
    hours = f"{answer.offer.hours:g} h"
    match column.key:
        case "now":
            return "Now"
        case "placement":
            return f"Placement {hours} at {pounds(answer.wage)}"
        case "covered":
            return "Placement, costs of work met"
    return f"Ordinary job {hours} at {pounds(answer.minimum_wage)}"


def _gains(label: str, side: Side, shown: Sequence[Column]) -> Line:
    return Line(label, tuple("" if c.key == "now" else signed(side.gain(c)) for c in shown), "subtotal")


def _differs(answer: Placement) -> bool:
    assert answer.reformed is not None
    both = zip(answer.law.columns, answer.reformed.columns, strict=True)
    return any(abs(own.cash - its.cash) > 0.005 for own, its in both)


def _about_the_guarantee(answer: Placement) -> tuple[str, ...]:
    told_of = [
        "A minus is money that goes out. Pay before tax is for information: the other lines add up to what is left."
    ]
    if answer.reformed is None:
        return tuple(told_of)
    names = words.listed([reform.title for reform in answer.reformed.reforms])
    column = answer.column
    kept = answer.side.gain_with_help(_of(answer.side, "placement"))
    if column.worth.top_up:
        told_of.append(
            f"{names}: adds {pounds(column.worth.top_up)} a month in the placement. It is a proposal, not the law."
        )
    elif any(reform.guarantee for reform in answer.reformed.reforms):
        told_of.append(
            f"{names}: adds nothing at these hours, for the placement leaves {signed(kept)} a month more of"
            f" {pounds(column.pay - answer.side.now.pay)} more pay (help in kind counted, costs of work before"
            " any is met)"
            " and no less than fewer hours would. It is a proposal, not the law."
        )
    return tuple(told_of)


def _changes(answer: Placement) -> Block:
    """What stops, moves and stays in the placement, help in kind too, with the household's own costs of work."""
    job = answer.better_off.jobs[0]
    now = answer.better_off.now
    sentences = [f"{change.text}." for change in words.changes(now, job)]
    sentences += [f"{remark}." for remark in words.remarks(now, job.calculation)]
    sentences += [line.text for line in help_words.lines(job.passports)]
    kept = words.kept_whatever(now)
    return Block("What would change, and what would not", items=(*sentences, *((kept,) if kept else ())))


def _support(answer: Placement) -> Block:
    title = "Support: childcare, fares and what work costs"
    if not answer.told_costs:
        return Block(
            title,
            (
                "No childcare, fares or other costs of work are told for this household, so meeting them changes"
                " nothing here.",
            ),
        )
    worth = answer.support_worth
    sentences = [
        f"If the service meets childcare, fares and other costs of work, that is worth {pounds(worth)} a month to the"
        f" household{'' if worth >= 0 else ' less'}."
    ]
    if answer.household.childcare is not None:
        sentences.append(
            "Universal Credit pays most of registered childcare by itself; where the service pays the provider,"
            " that part of"
            " the award stops, so the household gains only what it would have paid."
        )
    sentences.append(
        "Equipment, training and adjustments for health cost the household nothing in either case: they are the"
        " employer's,"
        " the service's or Access to Work's."
    )
    return Block(title, tuple(sentences))


def _security(answer: Placement) -> Block:
    return Block(
        "When a month goes otherwise",
        (
            "What is left if hours dip, if you are ill, or between jobs. Months like these are part of work;"
            " this is what holds.",
        ),
        ("What happens", "pay", "Universal Credit", "left", "against the placement"),
        tuple(_step_line(answer, step) for step in answer.security),
        (
            "Universal Credit goes up by itself in the month pay goes down, and is paid the month after. Taking"
            " a placement is"
            " no ground by itself for a new health assessment. PIP, ADP and DLA stay whatever is earned.",
        ),
    )


def _next_steps(answer: Placement) -> Block:
    return Block(
        "Where it could lead",
        ("The same person in other work afterwards, with the household's own costs of work.",),
        ("Next step", "pay", "Universal Credit", "left", "against the placement"),
        tuple(_step_line(answer, step, with_work=True) for step in answer.next_steps),
    )


def _step_line(answer: Placement, step: Step, *, with_work: bool = False) -> Line:
    left, change = step.left, step.change
    if answer.reformed is not None:
        left, change = step.left_with_reform, step.change_with_reform
    label = _STEPS[step.key]
    if with_work and step.wage is not None:
        label += f": {step.hours:g} h at {pounds(step.wage)}"
    return Line(label, (plain(step.pay), plain(step.universal_credit), plain(left), signed(change)))


# Month by month


def _months(answer: Placement) -> Block:
    found = answer.months
    return Block(
        "Month by month, and when it ends without other work",
        (_when(found), *_first_and_last(found)),
        *_month_table(found),
        (*found.notes, *_beyond(found)),
    )


def _into_job(answer: Placement) -> Block:
    found = answer.months_into_job
    job = found.of("job")
    worth = [month for month in job if month.run_on > 0.005]
    told_of = [
        f"If an ordinary job of {words.hours_words(answer.offer.hours or 0)} at {pounds(answer.minimum_wage)} follows:"
        f" {pounds(job[0].due)} a month, against {pounds(found.months[0].due)} in the placement."
    ]
    if worth:
        g = answer.run_on.guarantee
        assert g is not None
        told_of.append(
            f"If help in kind held before ran on ({answer.run_on.title[:1].lower()}{answer.run_on.title[1:]}; a"
            " proposal), it"
            f" would be worth {pounds(worth[0].run_on)} a month for {g.full_months} months and fall away until month"
            f" {g.last_month}, {pounds(sum(month.run_on for month in job))} in all."
        )
    else:
        told_of.append("No help in kind held before would be lost in that job, so there is nothing to run on.")
    if any(r.guarantee for r in answer.reforms):
        closed = next((month for month in job if not month.gate_open), None)
        told_of.append(
            "The guarantee would go on while there was Universal Credit in any of the last six months"
            + (f": until {words.day(closed.start)}." if closed else ", which is so in all of these months.")
        )
    lines = _runs(
        [
            (month, (plain(month.due), plain(month.top_up), f"{month.run_on_share:.0%}", plain(month.run_on)))
            for month in job
        ]
    )
    return Block(
        "When an ordinary job follows",
        tuple(told_of),
        ("Month after the placement", "left", "top-up", "runs on", "worth"),
        lines if worth or any(month.top_up for month in job) else (),
    )


def _when(found: Timeline) -> str:
    better = found.better_off_from
    if better is None:
        return "In no month of it is more in hand, for good, than before."
    return f"From the month that begins on {words.day(better.start)} there is more in hand, while the work lasts."


def _first_and_last(found: Timeline) -> tuple[str, ...]:
    work = [month for month in found.months if month.kind in ("placement", "job")]
    after = found.of("after")
    told_of = []
    if work:
        told_of.append(
            f"The first month has its wages at the end of it and Universal Credit for the month before:"
            f" {pounds(work[0].in_hand)} in hand. Later months have the award that goes with the wages:"
            f" {pounds(work[-1].in_hand)}."
        )
    if len(after) > 1:
        told_of.append(
            f"The first month after has no wages and the award of the last month in work:"
            f" {pounds(after[0].in_hand)} in hand;"
            f" from the second on {pounds(after[1].in_hand)}."
        )
    return tuple(told_of)


def _month_table(found: Timeline) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    top_up = any(month.top_up for month in found.months)
    head = (
        "Month from",
        "take-home pay",
        "Universal Credit paid",
        *((("top-up paid"),) if top_up else ()),
        "in hand",
        "help in kind",
    )
    lines = tuple(
        Line(
            f"{_short(month.start)}, {_MONTH_KINDS[month.kind]}",
            (
                plain(month.take_home_pay),
                plain(month.award_paid),
                *((plain(month.top_up_paid),) if top_up else ()),
                plain(month.in_hand),
                plain(month.help_in_kind),
            ),
            "subtotal" if place and found.months[place - 1].kind != month.kind else "amount",
        )
        for place, month in enumerate(found.months)
    )
    return head, lines


def _beyond(found: Timeline) -> tuple[str, ...]:
    if found.months[-1].law < found.months[-1].start:
        return (
            f"Months after {words.day(found.months[-1].law)} have the law of that day: later law is not known yet.",
        )
    return ()


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _runs(months: Sequence[tuple[Month, tuple[str, ...]]]) -> tuple[Line, ...]:
    """A line for each run of months with the same cells: "1 to 6, from 15 Dec 2026"."""
    found: list[tuple[int, int, date, tuple[str, ...]]] = []
    for place, (month, cells) in enumerate(months, start=1):
        if found and found[-1][3] == cells:
            found[-1] = (found[-1][0], place, found[-1][2], cells)
        else:
            found.append((place, place, month.start, cells))
    return tuple(
        Line(f"{first}{f' to {last}' if last > first else ''}, from {_short(start)}", cells)
        for first, last, start, cells in found
    )


# A timeline of its own


def timeline_told(found: Timeline) -> Told:
    """Months in a row, ready to be laid out."""
    changes = tuple(_change(before, month) for before, month in zip(found.months, found.months[1:], strict=False))
    spelt = tuple(one for one in changes if one)
    blocks = [
        Block("Month by month", _first_and_last(found), *_month_table(found), (*found.notes, *_beyond(found))),
        Block("What changes, and when", items=spelt or ("Nothing changes from month to month.",)),
    ]
    return Told(
        "Your money, month by month",
        _when(found),
        tuple(blocks),
        tuple(f"{words.sentence_case(one.field)}: {one.value}; {one.why}." for one in found.assumptions),
        tuple(words.not_covered(_not_modelled())),
    )


def _not_modelled() -> tuple[str, ...]:
    from mwp.analysis.timeline import NOT_MODELLED

    return NOT_MODELLED


def _change(before: Month, month: Month) -> str:
    told_of = []
    if month.kind != before.kind:
        told_of.append({"job": "the job begins", "placement": "the placement begins", "after": "work ends"}[month.kind])
    for name, label in (
        ("award", "Universal Credit for the month"),
        ("help_in_kind", "help in kind"),
        ("top_up", "the top-up"),
    ):
        then, now = getattr(before, name), getattr(month, name)
        if abs(then - now) > 0.005:
            told_of.append(f"{label} goes {'up' if now > then else 'down'} by {pounds(now - then)} to {pounds(now)}")
    told_of += (
        [f"what the month leaves goes {'up' if month.due > before.due else 'down'} by {pounds(month.due - before.due)}"]
        if abs(month.due - before.due) > 0.005
        else []
    )
    return f"{words.day(month.start)}: {'; '.join(told_of)}." if told_of else ""
