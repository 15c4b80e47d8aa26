"""The Exchequer account in words and tables: each placement, the plan beside it, and what would reproduce the plan."""

from collections.abc import Sequence

from mwp.analysis.exchequer import Account, Accounts, Hours, Reading, Reproduction, placements_freed, purses, scale
from mwp.report import words
from mwp.report.amounts import whole
from mwp.report.blocks import Block, Line, Told

PAYING: dict[Reading, str] = {
    "awards": "the department that pays awards, alone",
    "awards_and_treasury": "that department and the Treasury's tax and contributions",
}
_GROUPS = (
    ("awards", "awards"),
    ("treasury", "tax and NI"),
    ("councils", "councils"),
    ("devolved", "devolved"),
    ("others", "NHS, schools"),
)
_MOST_OF_A_MIX = 12


def told(found: Accounts) -> Told:
    """The accounts, ready to be laid out."""
    one = len(found.accounts) == 1
    blocks = [_one(found.accounts[0])] if one else [_table(found)]
    blocks += [_beside(found), _hours(found)]
    if found.reproductions:
        blocks.append(_reproductions(found))
        blocks += [_mix(found, each) for each in found.reproductions if each.mix.reaches]
    blocks.append(_scale(found))
    return Told(
        "What a placement costs, and what flows back",
        verdict(found),
        tuple(blocks),
        tuple(f"{words.sentence_case(each.field)}: {each.value}; {each.why}." for each in found.assumptions),
        found.not_counted,
    )


def verdict(found: Accounts) -> str:
    """The accounts in a few sentences."""
    hours = f"{found.offer.hours:g} hours a week"
    back, gross = found.average("flow_back"), found.average("gross")
    what = (
        found.accounts[0].household.name
        if len(found.accounts) == 1
        else f"{len(found.accounts)} household types, each alike"
    )
    plan, top_up = found.plan, found.average("top_up")
    paid = f", and £{whole(top_up)} would be paid out again as guarantee" if top_up > 0.5 else ""
    return (
        f"A placement of {hours} costs £{whole(gross)} a year; £{whole(back)} of it flows back to"
        f" government{paid} ({what}). The plan has £{whole(plan.gross)} gross and"
        f" £{whole(plan.back_to_government)} back."
    )


def _one(account: Account) -> Block:
    cost = account.cost
    lines = [
        Line("Wage of 52 weeks, holiday within it", (whole(cost.wage), "")),
        Line("Employer National Insurance", (whole(cost.employer_national_insurance), "")),
        Line("Employer's pension contribution", (whole(cost.employer_pension), "")),
        Line("Support by the service", (whole(cost.support), "")),
    ]
    if cost.costs_of_work:
        lines.append(Line("The household's costs of work, met by the service", (whole(cost.costs_of_work), "")))
    lines.append(Line("Gross cost", (whole(cost.gross), ""), "total"))
    for flow in account.flows:
        if abs(flow.amount) >= 0.5:
            lines.append(Line(flow.label, (_back(flow.amount), purses()[flow.purse].short)))
    lines += [
        Line("Net cost to the whole government", (whole(account.net()), ""), "total"),
        Line("Net cost to the department that pays awards", (whole(account.net_of("awards")), ""), "subtotal"),
        Line("Net cost to it and the Treasury", (whole(account.net_of("awards_and_treasury")), "")),
        Line("The household has more in hand", (whole(account.household_gains), ""), "information"),
        Line("Goes into the person's pension, beside the employer's", (whole(account.pension), ""), "information"),
    ]
    outside = sum(f.amount for f in account.flows if purses()[f.purse].group == "outside")
    return Block(
        f"One placement: {account.household.name}",
        (f"{account.offer.hours:g} hours a week at £{account.wage:.2f} an hour, against no work. A minus flows back.",),
        ("Pounds a year", "£", "whose"),
        tuple(lines),
        (
            *(
                ("Help from suppliers of energy, water or broadband is no part of government: shown, and in no net.",)
                if abs(outside) >= 0.5
                else ()
            ),
            *(("The file has this person in work; the account sets that work aside.",) if account.worked else ()),
        ),
    )


def _back(amount: float) -> str:
    return whole(-amount)


def _table(found: Accounts) -> Block:
    lines = [_account_line(each) for each in found.accounts]
    lines.append(_average_line(found, "Each alike"))
    return Block(
        "Each household type",
        (
            f"{found.offer.hours:g} hours a week"
            + (", at which a placement costs what the plan says," if found.hours_were_found else "")
            + " against no work. What flows back to each purse, and what it costs in the end.",
        ),
        ("Pounds a year", "gross", *(label for _, label in _GROUPS), "all back", "top-up", "net, awards", "net, all"),
        tuple(lines),
        (
            "A minus means that more is paid out: childcare that work opens, or awards that a benefit cap held down.",
            "Household types are worked examples, not a sample: their plain average stands for nobody's country.",
        ),
    )


def _account_line(one: Account) -> Line:
    groups = one.by_group()
    top_up = one.top_up
    cells = [groups.get(key, 0.0) + (top_up if key == "awards" else 0.0) for key, _ in _GROUPS]
    figures = [one.cost.gross, *cells, one.flow_back, top_up, one.net_of("awards"), one.net()]
    return Line(one.household.name, tuple(whole(figure) for figure in figures))


def _average_line(found: Accounts, label: str, shares: Sequence[float] | None = None) -> Line:
    weights = shares or [1 / len(found.accounts)] * len(found.accounts)
    groups = [
        sum(
            w * (one.by_group().get(key, 0.0) + (one.top_up if key == "awards" else 0.0))
            for w, one in zip(weights, found.accounts, strict=True)
        )
        for key, _ in _GROUPS
    ]
    names = ("flow_back", "top_up", "net_awards", "net")
    figures = [found.average("gross", shares), *groups, *(found.average(name, shares) for name in names)]
    return Line(label, tuple(whole(figure) for figure in figures), "total")


def _beside(found: Accounts) -> Block:
    plan = found.plan
    own = [
        ("Gross cost", plan.gross, found.average("gross")),
        ("Back to the paying department: awards", plan.back_to_paying_department, found.average("awards")),
        (
            "Back to the paying department: awards, tax and NI",
            plan.back_to_paying_department,
            found.average("awards_and_treasury"),
        ),
        ("Back to the whole government", plan.back_to_government, found.average("flow_back")),
        ("Net, paying department: awards", plan.net_paying_department, found.average("net_awards")),
        (
            "Net, paying department: awards, tax and NI",
            plan.net_paying_department,
            found.average("net_awards_and_treasury"),
        ),
        ("Net, whole government", plan.net_whole_government, found.average("net")),
    ]
    lines = tuple(Line(label, (whole(a), whole(b), whole(b - a))) for label, a, b in own)
    return Block(
        "Beside the plan",
        (f"{plan.source}. It does not say which department pays, so both readings stand here.",),
        ("Pounds a placement a year", "the plan", "here", "more here"),
        lines,
        (
            "Nets here have the guarantee's top-up in them where a reform with one is asked for; what flows back"
            " has not.",
        ),
    )


def _hours(found: Accounts) -> Block:
    lines = tuple(
        Line(f"£{each.wage:.2f} an hour, {each.what}", (whole(each.support), _hours_told(each)))
        for each in found.hours_for_the_plan
    )
    exact = next(
        (each for each in found.hours_for_the_plan if each.hours and abs(each.hours - round(each.hours)) < 0.001), None
    )
    said = (
        (
            f"At £{exact.wage:.2f} the plan's gross cost is {exact.hours:.0f} hours a week to the pound, with employer"
            " contributions and the least pension and nothing for support: so it seems to have been made.",
        )
        if exact and exact.hours
        else ()
    )
    freed = placements_freed(found)
    allowance = (
        f"An employer with an unused Employment Allowance (£{found.employment_allowance:,.0f} a year) would owe"
        " no employer"
        f" contributions on the first {freed:.1f} placements; many public employers have none."
        if freed
        else "No employer contributions are due at this pay."
    )
    return Block(
        f"Hours at which a placement costs £{whole(found.plan.gross)}",
        said,
        ("Wage", "support, £ a year", "hours a week"),
        lines,
        (allowance,),
    )


def _hours_told(one: Hours) -> str:
    return "none" if one.hours is None else f"{one.hours:.2f}"


def _reproductions(found: Accounts) -> Block:
    plan = found.plan
    sentences = []
    for each in found.reproductions:
        told_of = f"If the paying department is {PAYING[each.reading]}: "
        if each.mix.reaches:
            told_of += (
                f"some mixes of these types average to £{whole(plan.back_to_paying_department)} and"
                f" £{whole(plan.back_to_government)}; the evenest is below."
            )
        else:
            told_of += (
                f"no mix of these types does. The nearest has £{whole(each.mix.average[0])} and"
                f" £{whole(each.mix.average[1])}."
            )
        sentences.append(f"{told_of} {_anywhere(each)}")
    narrow = found.reproductions[0]
    if not narrow.mix.reaches:
        sentences.append(
            f"The reason: the plan has £{whole(plan.back_to_government - plan.back_to_paying_department)} flow back to"
            " government beyond the paying department, but Income Tax and both National Insurance contributions"
            " alone come to"
            f" £{whole(narrow.taxes[0])} to £{whole(narrow.taxes[1])} at these hours, whatever the household."
        )
        sentences.append(
            "So what the plan adds for the whole government cannot be tax. A difference of"
            f" £{plan.back_to_government - plan.back_to_paying_department:,.0f}, a round sum, looks like an"
            " allowance for councils,"
            " devolved schemes and services."
        )
    return Block("Can the plan's flow-backs be reproduced?", tuple(sentences))


def _anywhere(one: Reproduction) -> str:
    if not one.anywhere:
        return "At no whole number of hours from 8 to 45 does any mix."
    return f"A mix does at {_runs(one.anywhere)} hours a week."


def _runs(hours: Sequence[float]) -> str:
    runs: list[list[float]] = []
    for hour in hours:
        if runs and hour == runs[-1][-1] + 1:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    return words.listed([f"{run[0]:g}" if len(run) == 1 else f"{run[0]:g} to {run[-1]:g}" for run in runs])


def _mix(found: Accounts, one: Reproduction) -> Block:
    parts = sorted(zip(one.mix.shares, found.accounts, strict=True), key=lambda pair: -pair[0])
    lines = [
        Line(account.household.name, (f"{share:.1%}", whole(account.back_to(one.reading)), whole(account.flow_back)))
        for share, account in parts[:_MOST_OF_A_MIX]
        if share >= 0.0005
    ]
    rest = sum(share for share, _ in parts[_MOST_OF_A_MIX:])
    if rest > 0.0005:
        lines.append(Line("the others together", (f"{rest:.1%}", "", "")))
    lines.append(Line("This mix", ("100.0%", whole(one.mix.average[0]), whole(one.mix.average[1])), "total"))
    return Block(
        "The evenest mix that averages to the plan's flow-backs",
        (f"The paying department is {PAYING[one.reading]}.",),
        ("Household type", "share", "to the paying department", "to government"),
        tuple(lines),
        (
            "Of all mixes that do, the one that leans on no type more than it must (greatest entropy). It is no"
            " forecast.",
        ),
    )


def _scale(found: Accounts) -> Block:
    plan = found.plan
    lines = []
    mixes: list[tuple[str, Sequence[float] | None]] = [("each alike", None)]
    mixes += [("the mix above", each.mix.shares) for each in found.reproductions if each.mix.reaches]
    for label, shares in mixes:
        for placements, name in ((plan.placements_national, "a year"), (plan.placements_pilot, "in all, a year each")):
            one = scale(found, placements, shares)
            figures = (
                one["gross_bn"],
                one["net_awards_bn"],
                one["net_awards_and_treasury_bn"],
                one["net_whole_government_bn"],
            )
            lines.append(Line(f"{placements:,} placements {name}, {label}", tuple(f"{f:.2f}" for f in figures)))
    low, high = plan.national_net_bn
    lines.append(
        Line(
            f"{plan.placements_national:,} placements, the plan",
            (f"{plan.national_gross_bn:.2f}", "", f"{high:.2f}", f"{low:.2f}"),
            "information",
        )
    )
    return Block(
        "At scale",
        (f"{plan.placements_pilot:,} placements are the pilot's over {plan.pilot_years} years.",),
        ("Billions of pounds", "gross", "net, awards", "net, awards and Treasury", "net, government"),
        tuple(lines),
    )
