"""What an answer takes as so without being told, and what it leaves out: said with every answer.

Where one other value stands out, the household is worked out with that value too, in the same batch, so that the
assumption carries what it is worth.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mwp.analysis.calculation import Assumption, Calculation, calculations_beside, law_on
from mwp.core.council_schemes import Concern, scheme_of
from mwp.core.valuation import CENTRAL, Valuation
from mwp.engine.system import rule_graph
from mwp.inputs.household import Adult, Child, Household, Pension
from mwp.inputs.reform import Reform

_WORTH_SHOWING = 0.05
_WORTH = "net_after_work_costs"
"""What an assumption's worth is measured in: cash and help in kind, after the costs of work."""


@dataclass(frozen=True)
class _Asked:
    """What is known of a household before anything is worked out."""

    household: Household
    on: date
    reforms: tuple[Reform, ...]


@dataclass(frozen=True)
class _Other:
    """An assumption, and the household as it would be were it otherwise; `where` says whether it arises at all.

    Or assumptions that are read off the month itself.
    """

    assumption: Assumption | Callable[[Calculation], Iterator[Assumption]]
    household: Household | None = None
    only_if_it_matters: bool = True
    where: Callable[[Calculation], bool] = lambda one: True


Finder = Callable[[_Asked], Iterator[_Other]]


def with_assumptions(
    households: Sequence[Household], on: date, reforms: Sequence[Reform] = (), valuation: Valuation = CENTRAL
) -> list[Calculation]:
    """Each household's month with its assumptions and what is not modelled.

    Every alternative that may arise is worked out in the same batch: rules cost the same for a few rows more.
    """
    asked = [_Asked(household, on, tuple(reforms)) for household in households]
    others = [[other for finder in _FINDERS for other in finder(one)] for one in asked]
    alternatives = [other.household for of_one in others for other in of_one if other.household]
    found, amounts = calculations_beside(alternatives, _WORTH, households, on, reforms, valuation)
    worth, told = iter(amounts), []
    for one, of_one in zip(found, others, strict=True):
        kept: list[Assumption] = []
        for other in of_one:
            if not isinstance(other.assumption, Assumption):
                kept.extend(other.assumption(one))
                continue
            gain = round(next(worth) - one.amounts_rounded[_WORTH], 2) if other.household else None
            if not other.where(one):
                continue
            if gain is None:
                kept.append(other.assumption)
            elif abs(gain) >= _WORTH_SHOWING or not other.only_if_it_matters:
                kept.append(replace(other.assumption, worth_a_month=gain))
        told.append(replace(one, assumptions=tuple(kept), not_modelled=tuple(_not_modelled(one))))
    return told


def _on_credit(one: Calculation) -> bool:
    return one.amounts_rounded["universal_credit"] > 0


def _with_adult(household: Household, slot: int, adult: Adult) -> Household:
    adults = tuple(adult if i == slot else a for i, a in enumerate(household.adults))
    return household.model_copy(update={"adults": adults})


def _with_child(household: Household, place: int, born: date) -> Household:
    changed = household.children[place].model_copy(update={"age": None, "born": born})
    children: tuple[Child, ...] = tuple(changed if i == place else c for i, c in enumerate(household.children))
    return household.model_copy(update={"children": children})


def _pensions(one: _Asked) -> Iterator[_Other]:
    for slot, adult in enumerate(one.household.adults):
        if adult.pension:
            continue
        yield _Other(
            Assumption(
                field=f"adults.{slot + 1}.pension",
                value="no pension contributions",
                why="at this pay the employer must enrol the worker, who may opt out (Pensions Act 2008 s.3); the least"
                " contributions the law allows would change what is in hand by this much",
            ),
            _with_adult(one.household, slot, adult.model_copy(update={"pension": _least_pension(one)})),
            where=_claims(slot, "is_auto_enrolled_by_law"),
        )


def _claims(slot: int, name: str) -> Callable[[Calculation], bool]:
    """What holds where something is so of an adult."""
    return lambda found: found.claims[slot][name]


def _least_pension(one: _Asked) -> Pension:
    """The least contributions of automatic enrolment on the date, with relief at source."""
    least = law_on(one.on, one.reforms).pension_contributions.auto_enrolment
    own = least.minimum_total - least.minimum_employer
    return Pension(employee=own, employer=least.minimum_employer, method="relief_at_source", of="qualifying_earnings")


def _birthdays(one: _Asked) -> Iterator[_Other]:
    for place, child in enumerate(one.household.children):
        if child.age is None:
            continue
        latest = _years_before(one.on, child.age)
        earliest = _years_before(one.on, child.age + 1) + timedelta(days=1)
        taken, _ = child.born_on(one.on)
        for born in (earliest, latest):
            yield _Other(
                Assumption(
                    field=f"children.{place + 1}.born",
                    value=taken.isoformat(),
                    why=f"only the age is given; this is what it would change were the birthday {born.isoformat()}",
                ),
                _with_child(one.household, place, born),
            )


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return on.replace(year=on.year - years, day=28)


def _place(one: _Asked) -> Iterator[_Other]:
    household = one.household
    if household.in_greater_london() is None:
        yield _Other(
            Assumption(
                field="greater_london",
                value="outside Greater London",
                why="neither local_authority nor brma tells; in London the benefit cap is higher by this much",
            ),
            household.model_copy(update={"greater_london": True}),
        )
    if household.council_tax is None:
        yield _Other(
            Assumption("council_tax", "none", "no bill is given, so neither it nor a reduction of it is counted")
        )
    elif household.nation == "england" and household.options.claims("council_tax_reduction"):
        yield _Other(
            _scheme(one),
            household.model_copy(update={"options": _not_claiming(household, "council_tax_reduction")}),
        )
        yield _Other(_not_read)


DEFAULT_SCHEME = "the 2012 default council tax reduction scheme"


def _scheme(one: _Asked) -> Assumption:
    """Which council tax reduction scheme an English household's bill is worked out by, and how sure it is."""
    scheme = scheme_of(one.household.local_authority, one.on)
    if scheme is None:
        return Assumption(
            "local_authority",
            DEFAULT_SCHEME,
            "each English council has its own scheme; the default stands in for it, and this much turns on it",
        )
    return Assumption(
        "local_authority",
        f"{scheme.name}'s own council tax reduction scheme of {scheme.year}",
        f"as read from {scheme.source} (certainty {scheme.certainty}); this much turns on it",
    )


def _not_read(one: Calculation) -> Iterator[Assumption]:
    """What of a council's own scheme was left out or taken as so, as far as it concerns the household."""
    household, amounts = one.household, one.amounts_rounded
    scheme = scheme_of(household.local_authority, one.on)
    if scheme is None:
        return
    concerned: dict[Concern, bool] = {
        "everyone": True,
        "other_adults": bool(household.non_dependants),
        "savings": household.savings > 0,
        "universal_credit": amounts["universal_credit"] > 0,
        "no_universal_credit": amounts["universal_credit"] <= 0,
    }
    if told := [gap.told for gap in scheme.incomplete if concerned.get(gap.concerns)]:
        yield Assumption("council_scheme", f"{scheme.name}'s scheme as far as it was read", " ".join(told))
    told = [gap.told for gap in scheme.incomplete if gap.concerns == "protected"]
    if told and amounts["net_council_tax"] >= _WORTH_SHOWING:
        yield Assumption(
            "council_scheme.protected",
            f"nobody in a group that {scheme.name} protects",
            " ".join(told),
            amounts["net_council_tax"] if amounts["council_tax_reduction"] > 0 else None,
        )


def _not_claiming(household: Household, benefit: str, claims: bool = False) -> object:
    take_up = household.options.take_up.model_copy(update={benefit: claims})
    return household.options.model_copy(update={"take_up": take_up})


def _marriage_allowance(one: _Asked) -> Iterator[_Other]:
    household = one.household
    if len(household.adults) == 2 and not household.options.claims("marriage_allowance"):
        yield _Other(
            Assumption(
                field="options.take_up.marriage_allowance",
                value="not claimed",
                why="a married couple or civil partners could transfer it (ITA 2007 s.55B), worth this much to them",
            ),
            household.model_copy(update={"options": _not_claiming(household, "marriage_allowance", claims=True)}),
        )


def _home(one: _Asked) -> Iterator[_Other]:
    household = one.household
    if household.housing.tenure == "social_rent" and household.housing.bedrooms is None:
        yield _Other(Assumption("housing.bedrooms", "the right number", "no number of bedrooms is given"))
    if household.housing.is_rented and sum(child.sex is None for child in household.children) > 1:
        yield _Other(
            Assumption(
                "children.sex", "children young enough share bedrooms by twos", "the sex of a child is not given"
            )
        )


def _everyday(one: _Asked) -> Iterator[_Other]:
    """Facts of everyday life that open help in kind, where nothing is said of them."""
    household, bills = one.household, one.household.bills
    for slot, adult in enumerate(household.adults):
        if household.nation == "england" and "prescriptions_a_month" not in adult.model_fields_set:
            yield _Other(
                Assumption(
                    f"adults.{slot + 1}.prescriptions_a_month",
                    "no prescriptions",
                    "none are told; one item a month would be worth this much where they are free",
                ),
                _with_adult(household, slot, adult.model_copy(update={"prescriptions_a_month": 1.0})),
            )
        if adult.pregnant and adult.weeks_pregnant is None:
            yield _Other(
                Assumption(
                    f"adults.{slot + 1}.weeks_pregnant",
                    "far enough on for every grant and food scheme",
                    "the weeks are not told; in the first weeks this would be the difference",
                ),
                _with_adult(household, slot, adult.model_copy(update={"weeks_pregnant": 1})),
            )
        if adult.sex is None and any(child.age_on(one.on) < 1 for child in household.children):
            yield _Other(
                Assumption(
                    f"adults.{slot + 1}.sex",
                    "not the baby's mother",
                    "sex is not told; a mother has free NHS care for a year, worth this much",
                ),
                _with_adult(household, slot, adult.model_copy(update={"sex": "f"})),
            )
    for place, child in enumerate(household.children):
        if "at_state_school" not in child.model_fields_set:
            other = child.model_copy(update={"at_state_school": False})
            children = tuple(other if i == place else c for i, c in enumerate(household.children))
            yield _Other(
                Assumption(
                    f"children.{place + 1}.at_state_school",
                    "at a state school once of school age",
                    "school meals and grants are for state schools; elsewhere this much would go",
                ),
                household.model_copy(update={"children": children}),
            )
    if not bills.broadband:
        yield _Other(
            Assumption(
                "bills.broadband",
                "not wanted",
                "a social tariff is open to people on Universal Credit, worth this much",
            ),
            household.model_copy(update={"bills": bills.model_copy(update={"broadband": True})}),
            where=_on_credit,
        )
    if "electricity" not in bills.model_fields_set:
        yield _Other(
            Assumption(
                "bills.electricity",
                "paid by the household",
                "the Warm Home Discount comes off the bill of whoever pays the supplier; otherwise this much would go",
            ),
            household.model_copy(update={"bills": bills.model_copy(update={"electricity": False})}),
            where=_on_credit,
        )
    if "costly_to_heat" not in bills.model_fields_set:
        yield _Other(
            Assumption(
                "bills.costly_to_heat",
                "not costly to heat",
                "until spring 2025 the Warm Home Discount took a home costly to heat; this much more for one that was",
            ),
            household.model_copy(update={"bills": bills.model_copy(update={"costly_to_heat": True})}),
            where=_on_credit,
        )
    if household.nation in ("england", "wales") and bills.water_social_tariff is None:
        yield _Other(
            Assumption(
                "bills.water_social_tariff",
                "none",
                "each water company has its own cheaper tariff for low incomes: ask, and give its terms",
            ),
            where=_on_credit,
        )
    if not bills.saves_a_month.amount:
        yield _Other(
            Assumption("bills.saves_a_month", "nothing", "Help to Save adds half of what is saved, up to its limits"),
            where=lambda found: "can_open_help_to_save" in found.open_to,
        )


_PAID_ONCE = (
    "maternity_grant", "best_start_grant_pregnancy", "best_start_grant_early_learning", "best_start_grant_school_age",
)  # fmt: skip


def _grants(_: _Asked) -> Iterator[_Other]:
    yield _Other(_paid_once)


def _paid_once(one: Calculation) -> Iterator[Assumption]:
    """Grants that are paid once: whether they have been is not asked."""
    counted = {name: one.amounts_rounded[name] for name in _PAID_ONCE if one.amounts_rounded[name] > 0}
    if counted:
        named = " and ".join(rule_graph().rules[name].label for name in counted)
        yield Assumption(
            "one_off_grants",
            "not paid yet",
            f"{named}: paid once, and counted as a twelfth a month; once it has been paid this much would go",
            -round(sum(counted.values()), 2),
        )


def _always(one: _Asked) -> Iterator[_Other]:
    yield _Other(Assumption("month", "a steady state", "this month's pay and costs are taken to be every month's"))
    if one.household.options.claims("universal_credit"):
        yield _Other(
            Assumption("options.take_up", "claimed", "Universal Credit and Child Benefit are taken to be claimed"),
            where=_on_credit,
        )
    for slot, adult in enumerate(one.household.adults):
        if "hours_expected" not in adult.model_fields_set:
            yield _Other(
                Assumption(
                    f"adults.{slot + 1}.hours_expected",
                    f"{adult.hours_expected:g} hours a week",
                    "the hours behind the minimum income floor are set with the work coach",
                ),
                where=_claims(slot, "has_minimum_income_floor"),
            )


_FINDERS: tuple[Finder, ...] = (
    _pensions,
    _birthdays,
    _place,
    _marriage_allowance,
    _home,
    _everyday,
    _grants,
    _always,
)


def _not_modelled(one: Calculation) -> Iterator[str]:
    household = one.household
    yield "Sanctions, advances, debts and other deductions from Universal Credit; transitional protection."
    yield "Surplus earnings, and pay days that fall unevenly over months: this is a steady month."
    if any(a.pip.daily_living != "none" or a.pip.mobility != "none" for a in household.adults) or any(
        c.disability != "none" for c in household.children
    ):
        yield "PIP, ADP and DLA themselves: they are kept whatever is earned and are left out of the totals."
    if household.housing.tenure == "mortgage":
        yield "Support for Mortgage Interest, which is a loan."
    if household.housing.has_rent_met_by_housing_benefit:
        yield "Housing Benefit for temporary or supported accommodation."
    if household.nation == "northern_ireland":
        yield "Northern Ireland's payments that make up for the benefit cap."
    if household.nation == "scotland":
        yield (
            "What councils in Scotland pay to those who ask and whom the benefit cap leaves with rent that is not met:"
            " a Discretionary Housing Payment, as the Scottish Government expects."
        )
    if household.childcare and not household.childcare.by_the_hour:
        yield "Funded childcare hours in the charges: the amount given is taken to be what is left to pay."
    yield "Local help at a council's discretion: crisis funds, discretionary housing payments, travel to interviews."
    if any(a.in_education for a in household.adults):
        yield (
            "Student finance as income, and council tax for full-time students: most have no reduction, and homes with"
            " none but students no bill."
        )
