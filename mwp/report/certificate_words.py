"""A certificate in plain words, and the tables that a screen or a page lays out."""

from collections.abc import Mapping
from dataclasses import dataclass

from mwp.analysis.certify import Certificate, Claim
from mwp.analysis.claims import FULL_HOURS, GRID, RANDOM_POINTS, TO, TOLERANCE, Example, Tally
from mwp.report import schedule_words, words
from mwp.report.amounts import signed, whole
from mwp.report.schedule_words import metr, money

MOST_CAUSES = 12
_SHOWS = {
    "worst_metr": "Highest METR",
    "worst_ptr": "Highest participation tax rate",
    "largest_cliff": "Largest cliff left",
}


@dataclass(frozen=True)
class Case:
    """A household that shows something: what, in a sentence, and the commands that find it again."""

    shows: str
    household: str
    told: str
    commands: tuple[str, str]


def title(one: Certificate) -> str:
    """What was asked."""
    return (
        "Does work always pay?" if not one.reforms else f"Does work pay? {words.listed([r.title for r in one.reforms])}"
    )


def who(one: Certificate) -> str:
    """Over whom."""
    if one.only:
        return f"One household of the universe {one.universe.name}: {one.only}"
    return f"Universe {one.universe.name}: {whole(one.found.households)} household types"


def verdict(one: Certificate) -> str:
    """The answer in a sentence or two."""
    found, design = one.found, one.ask.design
    name = words.listed([reform.title for reform in one.reforms]) or "Current law"
    many = f"{whole(found.inside)} household types" if found.inside != 1 else "the household"
    if found.inside == 0:
        return f"Nothing to prove: no household is inside the gate and scope of this. {name} is not proved."
    if one.proved:
        held = f"every claim holds for {many} inside, along {whole(found.paths_inside)} earnings paths"
        worst = found.seen.get("metr")
        rate = f" The highest METR is {metr(worst.worst.amount)}." if worst and worst.worst else ""
        told = f"Proved: {held}."
        if design and design.design in ("G3", "G4"):
            return f"{told} No cliff is left inside.{rate}"
        weaker = (
            "" if one.monotone_along_paths else " It does not claim that work always pays, and work does not always."
        )
        return f"{told}{rate}{weaker}"
    broken = [claim for claim in one.claimed if claim.broken]
    paths = max(claim.broken.paths for claim in broken if claim.broken)
    on_paths = f"on {whole(paths)} of {whole(found.paths_inside)} earnings paths of {many}"
    cliffs = ""
    if one.cliffs:
        largest = max(tally.worst.amount for tally in found.cliffs.values() if tally.worst)
        cliffs = f" {whole(one.cliffs)} cliffs are left, the largest {money(largest)} a month."
    if design:
        return f"Refuted: {name} does not keep what it promises {on_paths}.{cliffs}"
    under = f"under this reform ({name})" if one.reforms else "under current law"
    return f"Refuted: {under} work does not always pay. More pay leaves less {on_paths}.{cliffs}"


def facts(one: Certificate) -> list[tuple[str, str]]:
    """The table of figures."""
    found = one.found
    told = [
        ("Households", whole(found.households)),
        ("Inside gate and scope", whole(found.inside)),
        ("Earnings paths", whole(found.paths)),
        ("Points worked out anew", whole(found.points)),
    ]
    if found.couples:
        told.append(
            ("Couples, both earners moving", f"{whole(found.couples)}, at {whole(found.pairs)} pairs of earnings")
        )
    told += [
        ("More earnings never leave less", "yes" if one.monotone_along_paths else "no"),
        ("Cliffs left inside", whole(one.cliffs)),
        ("Cliffs outside, not proved", whole(one.cliffs_outside)),
    ]
    told.append(("Highest METR, over £10 or more", _rate(found.seen.get("metr"))))
    told.append(("Highest PTR, from £100 a month", _rate(found.seen.get("ptr"))))
    if "top_up" in found.seen and one.ask.design and found.seen["top_up"].worst:
        told.append(("Largest top-up, a month", money(found.seen["top_up"].worst.amount)))
    shelves = found.seen.get("shelves")
    widest = f", the widest {money(shelves.worst.amount)}" if shelves and shelves.worst else ""
    told.append(("Stretches where a pound brings nothing", f"{whole(shelves.times) if shelves else 'none'}{widest}"))
    return told


def _rate(tally: Tally | None) -> str:
    if tally is None or tally.worst is None:
        return "none"
    one = tally.worst
    return f"{metr(one.amount)}, from {money(one.start)} to {money(one.end)}"


def claims(one: Certificate) -> list[tuple[str, str, str]]:
    """Each claim, whether it holds, and how often it does not."""
    return [(claim.words, "holds" if claim.holds else "broken", _against(claim)) for claim in one.claimed]


def _against(claim: Claim) -> str:
    if claim.broken is None:
        return ""
    paths = "path" if claim.broken.paths == 1 else "paths"
    return f"{whole(claim.broken.times)} times, on {whole(claim.broken.paths)} {paths}"


def causes(tallies: Mapping[str, Tally]) -> list[tuple[str, str, str]]:
    """Cliffs by what stops: its name, how many, and the largest."""
    told = [
        (cause_label(cause), tally.times, tally.worst.amount)
        for cause, tally in tallies.items()
        if tally.worst is not None
    ]
    told.sort(key=lambda row: (-row[1], row[0]))
    return [(label, whole(times), money(largest)) for label, times, largest in told]


def cause_label(cause: str) -> str:
    """What a component is called, for no household in particular."""
    from mwp.engine.system import rule_graph

    rule = rule_graph().rules.get(cause)
    return words.sentence_case(rule.label) if rule else "Not told by the schedule"


def cases(one: Certificate) -> list[Case]:
    """The households that show the worst of it."""
    by_name = {claim.name: claim.words for claim in one.claimed}
    found: list[Case] = []
    known: set[tuple[str, str, float, float]] = set()
    for shows, example in one.counterexamples:
        place = (example.household, example.earner, example.start, example.end)
        if place in known:
            continue
        known.add(place)
        label = _SHOWS.get(shows) or f"Against: {by_name[shows]}"
        found.append(Case(label, example.name, case_in_words(shows, example), one.commands(example)))
    return found


def case_in_words(shows: str, one: Example) -> str:
    """What happens to the household of an example."""
    whose = {"claimant": "The claimant’s earnings", "partner": "The partner’s earnings"}.get(
        one.earner, "Both earnings"
    )
    beside = "" if one.other is None else f", the other’s at {money(one.other)}"
    if one.to_other is not None:
        beside = f", the other’s from {money(one.other or 0.0)} to {money(one.to_other)}"
    where = f"at {money(one.start)}" if one.start == one.end else f"from {money(one.start)} to {money(one.end)}"
    had = f"what is left goes from {money(one.before)} to {money(one.after)}"
    cause = f" ({cause_label(one.cause).lower()})" if one.cause and one.cause != "joint" else ""
    if shows == "worst_metr" or shows == "worst_ptr":
        return f"{whose} {where}{beside}: {had}, so {metr(one.amount)} is lost."
    if one.before == one.after == 0.0 or one.start == one.end:
        return f"{whose} {where}{beside}: out by {_exactly(one.amount)} a month."
    change = f"{signed(one.after - one.before)} a month"
    return f"{whose} {where}{beside}: {had}, {change}{cause}."


def _exactly(amount: float) -> str:
    return money(amount) if amount >= 0.01 else f"{amount * 100:.2f} pence"


def scope(one: Certificate) -> list[str]:
    """What the certificate is about, and what it is not."""
    ask, found = one.ask, one.found
    told = [
        f"Measure: {schedule_words.measured(ask.measure)}.",
        f"Paths: each adult’s earnings from nothing to {whole(TO)} pounds a month (hours grow at the household’s own "
        f"wage up to {FULL_HOURS:g} a week, then the wage), the other adult’s work as it is. A steady month, under "
        f"the law of {words.day(one.on)}.",
        f"Looked at: both pennies of every kink and jump, every {whole(GRID)} pounds, and {RANDOM_POINTS} "
        f"pennies drawn for each path; what is had is worked out anew from the rules there. Tolerance "
        f"{TOLERANCE * 100:g} pence. Between the points it is the schedule’s pieces that say nothing happens.",
    ]
    if ask.jointly and found.couples:
        compared = f", {found.couples_compared} of them also against the exact lines" if found.couples_compared else ""
        told.append(f"Both earners of a couple together: at pairs of earnings only{compared}.")
    elif ask.design and ask.most_lost is not None:
        told.append("Both earners of a couple together: not certified for this.")
    cliffs = "1 cliff lies" if one.cliffs_outside == 1 else f"{whole(one.cliffs_outside)} cliffs lie"
    if out := found.households - found.inside:
        types = "1 household type is" if out == 1 else f"{whole(out)} household types are"
        told.append(
            f"{types} outside the gate or scope along every path, and {cliffs} outside: counted, and not proved."
        )
    elif one.cliffs_outside:
        told.append(f"{cliffs} outside the gate or scope: counted, and not proved.")
    told.append("The household types stand for themselves and no population. The rules are the law as modelled here.")
    return told


def made_with(one: Certificate) -> list[tuple[str, str]]:
    """Versions and digests."""
    told = one.facts
    found = [(name, number) for name, number in told["versions"].items()]
    found.append(("parameters", told["mwp"]["parameters"]))
    found.append((f"universe {one.universe.name}", one.universe.digest))
    found += [(f"reform {name}", digest) for name, digest in told["reform_digests"].items()]
    return [*found, ("certificate", told["digest"])]
