"""mwp: what a household in the UK keeps of each extra pound, exactly, and what it would lose.

The public face. Everything here is imported when first used, so that `import mwp` costs nothing.

    import mwp
    home = mwp.load_household("lone_parent_two_children_leeds")
    mwp.calculate(home, on="2026-11-01").amounts["universal_credit"]
    mwp.better_off(home, ["16h@12.71"], on="2026-11-01").jobs[0].gain.month
    mwp.schedule(home, on="2026-11-01").cliffs
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, overload

if TYPE_CHECKING:
    from pathlib import Path

    from mwp.analysis.better_off import BetterOff
    from mwp.analysis.calculation import Calculation
    from mwp.analysis.explain import Explanation
    from mwp.analysis.sweep import Surface, Sweep
    from mwp.core.valuation import Valuation
    from mwp.inputs.household import Household
    from mwp.inputs.jobs import Job
    from mwp.inputs.reform import Reform

    HouseholdLike: TypeAlias = Household | Mapping[str, Any] | str | Path
    ReformLike: TypeAlias = Reform | str | Path | Mapping[str, Any]

__version__ = "0.1.0"
__all__ = [
    "__version__",
    "better_off",
    "calculate",
    "explain",
    "household_from",
    "load_household",
    "load_reform",
    "schedule",
    "surface",
]


def load_household(given: str | Path | Mapping[str, Any]) -> Household:
    """A household from a library name, a file, `-` (standard input) or a mapping. Raises `mwp.errors.InputError`."""
    from mwp.inputs.loading import load_household

    return load_household(given)


def household_from(mapping: Mapping[str, Any]) -> Household:
    """A household from a mapping in the file's format. Raises `mwp.errors.InputError`."""
    from mwp.inputs.loading import household_from

    return household_from(mapping)


def load_reform(given: ReformLike) -> Reform:
    """A reform from a library name, a file or a mapping. Raises `mwp.errors.InputError`."""
    from mwp.inputs.reform import load_reform

    return load_reform(given)


@overload
def calculate(
    household: HouseholdLike,
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    value: str = "central",
) -> Calculation: ...
@overload
def calculate(
    household: list[Any] | tuple[HouseholdLike, ...],
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    value: str = "central",
) -> list[Calculation]: ...
def calculate(
    household: HouseholdLike | list[Any] | tuple[HouseholdLike, ...],
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    value: str = "central",
) -> Calculation | list[Calculation]:
    """Every award, tax and cost in an assessment month, for one household or a list of them in one batch.

    `on` is the date whose law applies (today where left out); `reform` one reform or several laid over each other;
    `value` whether help in kind is put at its "low", "central" or "high" value. Amounts are pounds a month: see
    `Calculation`. Raises `mwp.errors.InputError`.
    """
    from mwp.analysis.assumptions import with_assumptions
    from mwp.analysis.calculation import calculations

    day, reforms = _law_of(on, reform)
    homes = _households(household if isinstance(household, list | tuple) else [household], day)
    found = with_assumptions(calculations(homes, day, reforms, _valuation(value)), reforms)
    return found if isinstance(household, list | tuple) else found[0]


def better_off(
    household: HouseholdLike,
    jobs: Sequence[Job | str] | Job | str = (),
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    partner_jobs: Sequence[Job | str] | Job | str = (),
    childcare: str | None = None,
    travel: str | None = None,
    value: str = "central",
) -> BetterOff:
    """Now against each job ("16h@12.71"), for the claimant, the partner or both; costs of work as they would be.

    `childcare` and `travel` ("433/month", "6.50/hour", "20/week") replace the household's own in every job. Raises
    `mwp.errors.InputError`.
    """
    from mwp.analysis.better_off import better_off as answer

    day, reforms = _law_of(on, reform)
    (home,) = _households([household], day)
    theirs = _jobs(partner_jobs, childcare, travel)
    return answer(home, _jobs(jobs, childcare, travel), day, reforms, theirs, _valuation(value))


@overload
def schedule(
    household: HouseholdLike,
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    *,
    earner: str = "claimant",
    mode: str = "hours",
    wage: float | str | None = None,
    hours: float | None = None,
    to: float | None = None,
    measure: str | None = None,
    value: str = "central",
    exhaustive: bool = False,
) -> Sweep: ...
@overload
def schedule(
    household: list[Any] | tuple[HouseholdLike, ...],
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    *,
    earner: str = "claimant",
    mode: str = "hours",
    wage: float | str | None = None,
    hours: float | None = None,
    to: float | None = None,
    measure: str | None = None,
    value: str = "central",
    exhaustive: bool = False,
) -> list[Sweep]: ...
def schedule(
    household: HouseholdLike | list[Any] | tuple[HouseholdLike, ...],
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    *,
    earner: str = "claimant",
    mode: str = "hours",
    wage: float | str | None = None,
    hours: float | None = None,
    to: float | None = None,
    measure: str | None = None,
    value: str = "central",
    exhaustive: bool = False,
) -> Sweep | list[Sweep]:
    """What is left at every pound of one earner's earnings, as exact pieces: segments, jumps and cliffs.

    `mode` is what moves: "hours" at the `wage`, the "wage" at the `hours`, or "hours-then-wage": hours up to `hours`,
    then the wage. The wage is an amount an hour or "minimum_wage"; what is left out is the household's own, else the
    law's, and is listed under `assumptions`. Earnings go from nil to `to` pounds a month. `measure` is what is left
    (docs/measures.md), `value` as for `calculate`; `exhaustive` holds the pieces against the rules at every penny.
    Raises `mwp.errors.InputError`.
    """
    from mwp.analysis.sweep import Choice, checked_measure, sweeps

    day, reforms = _law_of(on, reform)
    what, choice = checked_measure(measure), Choice(earner, mode, wage, hours, to)
    homes = _households(household if isinstance(household, list | tuple) else [household], day)
    found = sweeps(homes, choice, day, reforms, what, _valuation(value), exhaustive=exhaustive)
    return found if isinstance(household, list | tuple) else found[0]


def surface(
    household: HouseholdLike,
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    *,
    mode: str = "hours",
    wage: float | str | None = None,
    measure: str | None = None,
    value: str = "central",
) -> Surface:
    """What a couple has at every pair of both partners' hours, each at their own wage or at the one given.

    Raises `mwp.errors.InputError`, also where there is no partner.
    """
    from mwp.analysis import sweep

    day, reforms = _law_of(on, reform)
    (home,) = _households([household], day)
    what, choice = sweep.checked_measure(measure), sweep.Choice(mode=mode, wage=wage)
    return sweep.surface(home, choice, day, reforms, what, _valuation(value))


def explain(
    household: HouseholdLike,
    variable: str | None = None,
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    value: str = "central",
    *,
    every_step: bool = False,
) -> Explanation:
    """The working of a variable (by default of what is left in the end), each step in words with its regulation."""
    from mwp.analysis import explain as working

    day, reforms = _law_of(on, reform)
    (home,) = _households([household], day)
    return working.explain(home, day, reforms, variable or working.WHOLE, _valuation(value), every_step=every_step)


def _valuation(value: str) -> Valuation:
    from mwp.core.valuation import CHOICES, Valuation
    from mwp.errors import InputError

    chosen = next((choice for choice in CHOICES if choice == value), None)
    if chosen is None:
        raise InputError.of(f"{value} is no way to value help in kind. Give low, central or high.", field="value")
    return Valuation(chosen)


def _law_of(on: date | str | None, reform: ReformLike | Sequence[ReformLike] | None) -> tuple[date, tuple[Reform, ...]]:
    from mwp.engine.dates import law_date
    from mwp.errors import InputError

    several = reform if isinstance(reform, list | tuple) else () if reform is None else (reform,)
    reforms = tuple(load_reform(one) for one in several)
    for one in reforms:
        if one.guarantee is not None:
            raise InputError.of(
                f"{one.name} has a guarantee, which is worked out on a whole earnings schedule and would be left out"
                " here. In Python, mwp.analysis.guarantee.guaranteed_schedules applies it (docs/guarantee.md).",
                field="reform",
            )
    return law_date(on), reforms


def _households(given: Sequence[HouseholdLike], on: date) -> list[Household]:
    homes = [load_household(one) for one in given]  # type: ignore[arg-type]
    for home in homes:
        home.check_on(on)
    return homes


def _jobs(jobs: Sequence[Job | str] | Job | str, childcare: str | None, travel: str | None) -> list[Job]:
    from mwp.inputs.jobs import Job, parse_childcare, parse_job, parse_travel

    several = [jobs] if isinstance(jobs, Job | str) else jobs
    care = parse_childcare(childcare) if childcare is not None else None
    fares = parse_travel(travel) if travel is not None else None
    return [(parse_job(one) if isinstance(one, str) else one).with_costs(care, fares) for one in several]
