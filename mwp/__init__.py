"""mwp: what a household in the UK keeps of each extra pound, exactly, and what it would lose.

The public face. Everything here is imported when first used, so that `import mwp` costs nothing.

    import mwp
    home = mwp.load_household("lone_parent_two_children_leeds")
    mwp.calculate(home, on="2026-11-01").amounts["universal_credit"]
    mwp.better_off(home, ["16h@12.71"], on="2026-11-01").jobs[0].gain.month
    mwp.schedule(home, on="2026-11-01").cliffs
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, overload

if TYPE_CHECKING:
    from pathlib import Path

    from mwp.analysis.better_off import BetterOff
    from mwp.analysis.calculation import Calculation
    from mwp.analysis.certify import Certificate
    from mwp.analysis.compare import Comparison
    from mwp.analysis.exchequer import Accounts
    from mwp.analysis.explain import Explanation
    from mwp.analysis.guarantee import Standing
    from mwp.analysis.placement import Placement
    from mwp.analysis.solve import Solution
    from mwp.analysis.sweep import Surface, Sweep
    from mwp.analysis.timeline import Timeline
    from mwp.core.valuation import Valuation
    from mwp.inputs.household import Household
    from mwp.inputs.jobs import Job
    from mwp.inputs.reform import Reform
    from mwp.population.metr import Incentives, Swept
    from mwp.population.parallel import How
    from mwp.population.prices import Prices
    from mwp.population.run import Outcome
    from mwp.population.tables import Population
    from mwp.report.replay import Replay

    HouseholdLike: TypeAlias = Household | Mapping[str, Any] | str | Path
    ReformLike: TypeAlias = Reform | str | Path | Mapping[str, Any]

A = TypeVar("A")

__version__ = "0.1.0"
__all__ = [
    "Standing",
    "__version__",
    "better_off",
    "calculate",
    "certify",
    "compare",
    "explain",
    "household_from",
    "load_household",
    "load_population",
    "load_reform",
    "placement",
    "placement_account",
    "population_guarantee",
    "population_metr",
    "population_run",
    "population_sweep",
    "replay",
    "schedule",
    "solve",
    "surface",
    "timeline",
]


def load_household(given: str | Path | Mapping[str, Any]) -> Household:
    """A household from a library name, a file, `-` (standard input) or a mapping. Raises `mwp.errors.InputError`."""
    from mwp.inputs.loading import load_household

    return load_household(given)


def household_from(mapping: Mapping[str, Any]) -> Household:
    """A household from a mapping in the file's format. Raises `mwp.errors.InputError`."""
    from mwp.inputs.loading import household_from

    return household_from(mapping)


def load_population(
    given: str | Path | Population = "synthetic", on: date | str | None = None, *, exclude_invalid: bool = False
) -> Population:
    """A weighted population: `synthetic` (made on the spot), or a folder with its three Parquet files.

    Checked by the rules of the household file, with `on` also for that day. Raises `mwp.errors.InputError` with every
    fault, unless households with errors are to be left out.
    """
    from mwp.engine.dates import law_date
    from mwp.population import needed

    needed()
    from mwp.population.loading import loaded

    day = None if on is None else law_date(on)
    return loaded(given, day, exclude_invalid=exclude_invalid)[0]


def population_run(
    population: str | Path | Population = "synthetic",
    reforms: Sequence[ReformLike | Sequence[ReformLike]] = (),
    on: date | str | None = None,
    *,
    measure: str = "net_income",
    value: str = "central",
    take_up: str = "as-recorded",
    poverty_line: float | None = None,
    seed: int = 1,
    exclude_invalid: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    checkpoint: str | Path | None = None,
    block: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """A population under current law and under each reform: money, incomes, low income, gains and losses.

    An entry of `reforms` is one reform, or several laid over each other (a sequence, or "A+B"). `measure` is what gains
    are told on; `take_up` "full" has everybody claim what is due; `poverty_line` is one that stays, pounds a month for
    a couple without children. The work goes to so many `workers` (processes: a script needs
    `if __name__ == "__main__":`), or to the Dask cluster at `scheduler`; with a `checkpoint` folder a run that was
    stopped goes on where it was. None of these changes a result. See docs/population.md.
    Raises `mwp.errors.InputError`.
    """
    from mwp.population.run import run

    day, how, size = _population_work(on, workers, scheduler, checkpoint, block)
    from mwp.analysis.sweep import checked_measure

    told: Any = take_up
    return run(
        population,
        [_laid(one) for one in reforms],
        day,
        measure=checked_measure(measure),
        valuation=_valuation(value),
        take_up=told,
        line=poverty_line,
        seed=seed,
        exclude_invalid=exclude_invalid,
        how=how,
        block=size,
        progress=progress,
    )


def population_guarantee(
    population: str | Path | Population = "synthetic",
    reform: ReformLike | Sequence[ReformLike] = "nes_guarantee",
    on: date | str | None = None,
    *,
    counts: Sequence[str] | None = None,
    most_lost: Sequence[float] | None = None,
    value: str = "central",
    take_up: str = "as-recorded",
    exclude_invalid: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    checkpoint: str | Path | None = None,
    block: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Prices:
    """What a guarantee costs by what it counts and by the most that may be lost of an extra pound (m).

    `reform` is one with a guarantee of design G3 or G4, or several laid over each other. `counts` are measures, all
    five unless told; `most_lost` shares, as 0.75. The other options are those of `population_run`.
    Raises `mwp.errors.InputError`.
    """
    from mwp.analysis.sweep import checked_measure
    from mwp.population.prices import MOST_LOST, prices
    from mwp.population.run import MEASURES

    day, how, size = _population_work(on, workers, scheduler, checkpoint, block)
    claims: Any = take_up
    return prices(
        population,
        _laid(reform),
        day,
        counts=MEASURES if counts is None else [checked_measure(one) for one in counts],
        shares=MOST_LOST if most_lost is None else most_lost,
        valuation=_valuation(value),
        take_up=claims,
        exclude_invalid=exclude_invalid,
        how=how,
        block=size,
        progress=progress,
    )


def population_metr(
    population: str | Path | Population = "synthetic",
    reforms: Sequence[ReformLike | Sequence[ReformLike]] = (),
    on: date | str | None = None,
    *,
    measure: str = "net_income",
    value: str = "central",
    take_up: str = "as-recorded",
    exclude_invalid: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    checkpoint: str | Path | None = None,
    block: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Incentives:
    """METR and PTR of every adult at the present pay, who is near a cliff, and what a job leaves those out of work.

    The options are those of `population_run`. Raises `mwp.errors.InputError`.
    """
    from mwp.analysis.sweep import checked_measure
    from mwp.population.metr import rates

    day, how, size = _population_work(on, workers, scheduler, checkpoint, block)
    told: Any = take_up
    return rates(
        population,
        [_laid(one) for one in reforms],
        day,
        measure=checked_measure(measure),
        valuation=_valuation(value),
        take_up=told,
        exclude_invalid=exclude_invalid,
        how=how,
        block=size,
        progress=progress,
    )


def population_sweep(
    population: str | Path | Population = "synthetic",
    reform: ReformLike | Sequence[ReformLike] | None = None,
    on: date | str | None = None,
    *,
    points: int = 1_000,
    to: float = 6_000.0,
    measure: str = "net_income",
    value: str = "central",
    take_up: str = "as-recorded",
    exclude_invalid: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    checkpoint: str | Path | None = None,
    block: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Swept:
    """Every household of a population at so many points of its claimant's earnings: METRs and PTRs over the range.

    The options are those of `population_run`. Raises `mwp.errors.InputError`.
    """
    from mwp.analysis.sweep import checked_measure
    from mwp.population.metr import Sweep, sweep

    day, how, size = _population_work(on, workers, scheduler, checkpoint, block)
    claims: Any = take_up
    what, laws = checked_measure(measure), () if reform is None else _laid(reform)
    asked = Sweep(day, tuple(laws), points, to, what, _valuation(value), claims, exclude_invalid)
    return sweep(population, asked, how=how, block=size, progress=progress)


def _population_work(
    on: date | str | None, workers: int, scheduler: str | None, checkpoint: str | Path | None, block: int | None
) -> tuple[date, How, int]:
    from mwp.engine.dates import law_date
    from mwp.population import needed

    needed()
    from mwp.population.parallel import How
    from mwp.population.pieces import BLOCK

    return law_date(on), How(workers, scheduler, checkpoint), BLOCK if block is None else block


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
    *,
    standing: Standing | Mapping[str, Any] | None = None,
) -> Calculation: ...
@overload
def calculate(
    household: list[Any] | tuple[HouseholdLike, ...],
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    value: str = "central",
    *,
    standing: Standing | Mapping[str, Any] | None = None,
) -> list[Calculation]: ...
def calculate(
    household: HouseholdLike | list[Any] | tuple[HouseholdLike, ...],
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    value: str = "central",
    *,
    standing: Standing | Mapping[str, Any] | None = None,
) -> Calculation | list[Calculation]:
    """Every award, tax and cost in an assessment month, for one household or a list of them in one batch.

    `on` is the date whose law applies (today where left out); `reform` one reform or several laid over each other;
    `value` whether help in kind is put at its "low", "central" or "high" value. Where a reform has a guarantee,
    `standing` is where the household stands towards it (`Standing`), and `guarantee_top_up` what it pays. Amounts are
    pounds a month: see `Calculation`. Raises `mwp.errors.InputError`.
    """
    asked = dict(locals())
    from mwp.analysis.assumptions import with_assumptions

    day, reforms = _law_of(on, reform)
    stands = _standing(standing)
    homes = _households(_several(household), day)
    found = with_assumptions(homes, day, reforms, _valuation(value))
    if any(one.guarantee for one in reforms):
        from mwp.analysis.top_ups import with_top_ups

        found = with_top_ups(found, reforms, stands)
    law = {"on": day, "reform": reforms, "standing": stands}
    told = [_asked(one, asked, household=home, **law) for one, home in zip(found, homes, strict=True)]
    return told if isinstance(household, list | tuple) else told[0]


def better_off(
    household: HouseholdLike,
    jobs: Sequence[Job | str] | Job | str = (),
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    partner_jobs: Sequence[Job | str] | Job | str = (),
    childcare: str | None = None,
    travel: str | None = None,
    value: str = "central",
    *,
    standing: Standing | Mapping[str, Any] | None = None,
) -> BetterOff:
    """Now against each job ("16h@12.71"), for the claimant, the partner or both; costs of work as they would be.

    `childcare` and `travel` ("433/month", "6.50/hour", "20/week") replace the household's own in every job; `standing`
    as for `calculate`. Raises `mwp.errors.InputError`.
    """
    asked = dict(locals())
    from mwp.analysis.better_off import better_off as answer

    day, reforms = _law_of(on, reform)
    (home,) = _households([household], day)
    mine, theirs = _jobs(jobs, childcare, travel), _jobs(partner_jobs, childcare, travel)
    stands = _standing(standing)
    found = answer(home, mine, day, reforms, theirs, _valuation(value), stands)
    work = {"jobs": mine, "partner_jobs": theirs, "childcare": None, "travel": None}
    return _asked(found, asked, household=home, on=day, reform=reforms, standing=stands, **work)


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
    standing: Standing | Mapping[str, Any] | None = None,
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
    standing: Standing | Mapping[str, Any] | None = None,
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
    standing: Standing | Mapping[str, Any] | None = None,
) -> Sweep | list[Sweep]:
    """What is left at every pound of one earner's earnings, as exact pieces: segments, jumps and cliffs.

    `mode` is what moves: "hours" at the `wage`, the "wage" at the `hours`, or "hours-then-wage": hours up to `hours`,
    then the wage. The wage is an amount an hour or "minimum_wage"; what is left out is the household's own, else the
    law's, and is listed under `assumptions`. Earnings go from nil to `to` pounds a month. `measure` is what is left
    (docs/measures.md), `value` and `standing` as for `calculate`; `exhaustive` holds the pieces against the rules (and
    against a guarantee's definition) at every penny. Raises `mwp.errors.InputError`.
    """
    asked = dict(locals())
    from mwp.analysis.sweep import Choice, checked_measure, sweeps

    day, reforms = _law_of(on, reform)
    what, choice = checked_measure(measure), Choice(earner, mode, wage, hours, to)
    homes = _households(_several(household), day)
    stands = _standing(standing)
    found = sweeps(homes, choice, day, reforms, what, _valuation(value), exhaustive=exhaustive, standing=stands)
    law = {"on": day, "reform": reforms, "standing": stands, "mode": choice.way}
    told = [_asked(one, asked, household=home, **law) for one, home in zip(found, homes, strict=True)]
    return told if isinstance(household, list | tuple) else told[0]


def surface(
    household: HouseholdLike,
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    *,
    mode: str = "hours",
    wage: float | str | None = None,
    measure: str | None = None,
    value: str = "central",
    standing: Standing | Mapping[str, Any] | None = None,
) -> Surface:
    """What a couple has at every pair of both partners' hours, each at their own wage or at the one given.

    `standing` as for `calculate`. Raises `mwp.errors.InputError`, also where there is no partner, and for a guarantee
    that looks back along one earner's pay only.
    """
    asked = dict(locals())
    from mwp.analysis import sweep

    day, reforms = _law_of(on, reform)
    (home,) = _households([household], day)
    what, choice, stands = sweep.checked_measure(measure), sweep.Choice(mode=mode, wage=wage), _standing(standing)
    found = sweep.surface(home, choice, day, reforms, what, _valuation(value), stands)
    return _asked(found, asked, household=home, on=day, reform=reforms, standing=stands)


def compare(
    households: HouseholdLike | Sequence[HouseholdLike],
    reforms: Sequence[ReformLike | Sequence[ReformLike]] | ReformLike,
    on: date | str | None = None,
    *,
    earner: str = "claimant",
    mode: str = "hours",
    wage: float | str | None = None,
    hours: float | None = None,
    to: float | None = None,
    measure: str | None = None,
    value: str = "central",
    standing: Standing | Mapping[str, Any] | None = None,
    at: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Current law and each reform side by side, over one or many households, guarantees included.

    An entry of `reforms` is one reform, or several laid over each other: a sequence, or "A+B". The path is as for
    `schedule`; `measure` is `net_resources_after_childcare`, what a guarantee guarantees, where left out. `at` are the
    jobs compared ("16h", or monthly earnings as "1200"); `standing` where the households stand towards a guarantee;
    `progress` is told how many columns of how many are done. See `mwp.analysis.compare` for what gain, cost and average
    mean. Raises `mwp.errors.InputError`.
    """
    asked = dict(locals())
    from mwp.analysis.compare import DEFAULT_MEASURE, compare, parse_at
    from mwp.analysis.sweep import Choice, checked_measure
    from mwp.engine.dates import law_date

    day = law_date(on)
    what, choice = checked_measure(measure, DEFAULT_MEASURE), Choice(earner, mode, wage, hours, to)
    homes = _households(_several(households), day)
    laid = [_laid(one) for one in _several(reforms)]
    jobs, stands = [parse_at(one) for one in at], _standing(standing)
    found = compare(homes, choice, laid, day, what, _valuation(value), stands, jobs, progress)
    return _asked(found, asked, households=homes, reforms=laid, on=day, standing=stands, mode=choice.way)


def solve(
    households: HouseholdLike | Sequence[HouseholdLike] | None,
    changes: Mapping[str, tuple[float, float]] | Sequence[str] | str,
    targets: Sequence[str] | str = (),
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    *,
    universe: str | None = None,
    sample: int | None = None,
    same_cost_as: ReformLike | Sequence[ReformLike] | None = None,
    within: tuple[float, float] | None = None,
    cost_over: str | Sequence[tuple[float, float, float]] = "range",
    earner: str = "claimant",
    mode: str = "hours",
    wage: float | str | None = None,
    hours: float | None = None,
    to: float | None = None,
    measure: str | None = None,
    value: str = "central",
    standing: Any = None,
    progress: Callable[[int], None] | None = None,
) -> Solution:
    """The least-cost values of some numbers for which targets hold, or the value that costs the same as a reform.

    `changes` are parameters or a guarantee's numbers with their bounds: {"universal_credit.taper_rate": (0.30, 0.55)},
    or as on the command line, "guarantee.most_lost=0.65..1". `targets` are "metr<=0.70", "ptr<=0.75", "no_cliffs",
    "cliff<=20" or "share(metr>0.70)<=5%", over every household, `within` earnings from and to where given. `cost_over`
    says over which earnings the cost is averaged: "range", "present", or bands (from, to, share). `reform` is laid over
    the law first; `earner` may be "both". In place of `households` there may be a `universe` ("standard" or "wide"), or
    a `sample` of so many of it, always the same. `progress` is told how many trials there have been. See
    `mwp.analysis.solve`. Raises `mwp.errors.InputError`, and `MwpError` where scipy is not installed.
    """
    asked = dict(locals())
    from mwp.analysis import solve as solving
    from mwp.analysis.sweep import Choice, checked_measure
    from mwp.analysis.targets import parse_target
    from mwp.engine.dates import law_date

    day = law_date(on)
    given = [changes] if isinstance(changes, str) else changes
    if isinstance(given, Mapping):
        unknowns = [solving.unknown(path, low, high, day) for path, (low, high) in given.items()]
    else:
        unknowns = [solving.parse_unknown(one, day) for one in given]
    homes = [] if households is None else _households(_several(households), day)
    laid, beside, stands = _reforms(reform), _reforms(same_cost_as), _standing(standing)
    problem = solving.problem(
        homes if universe is None else [*homes, *solving.drawn(universe, sample)],
        unknowns,
        [parse_target(one) for one in ([targets] if isinstance(targets, str) else targets)],
        day,
        laid,
        choice=Choice("claimant" if earner == "both" else earner, mode, wage, hours, to),
        both=earner == "both",
        measure=None if measure is None else checked_measure(measure),
        within=within,
        cost_over=cost_over,
        same_cost_as=beside,
        valuation=_valuation(value),
        standing=stands,
    )
    found = solving.solve(problem, progress)
    return _asked(found, asked, households=homes, reform=laid, same_cost_as=beside, on=day, standing=stands)


def _reforms(reform: ReformLike | Sequence[ReformLike] | None) -> tuple[Reform, ...]:
    return () if reform is None else tuple(load_reform(one) for one in _several(reform))


def explain(
    household: HouseholdLike,
    variable: str | None = None,
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    value: str = "central",
    *,
    every_step: bool = False,
    standing: Standing | Mapping[str, Any] | None = None,
) -> Explanation:
    """The working of a variable (by default of what is left in the end), each step in words with its regulation.

    Where a reform has a guarantee, `guarantee_top_up` can be explained too, and `standing` is as for `calculate`.
    Raises `mwp.errors.InputError`.
    """
    asked = dict(locals())
    from mwp.analysis import explain as working

    day, reforms = _law_of(on, reform)
    (home,) = _households([household], day)
    what, worth, stands = variable or working.WHOLE, _valuation(value), _standing(standing)
    found = working.explain(home, day, reforms, what, worth, every_step=every_step, standing=stands)
    return _asked(found, asked, household=home, on=day, reform=reforms, standing=stands)


def __getattr__(name: str) -> Any:
    if name == "Standing":
        from mwp.analysis.guarantee import Standing

        return Standing
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _standing(given: Standing | Mapping[str, Any] | None) -> Standing:
    from mwp.analysis.guarantee import standing_of

    return standing_of(given)


def placement(
    household: HouseholdLike,
    hours: float,
    wage: float | str = "real_living_wage",
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = "nes_guarantee",
    *,
    earner: str = "claimant",
    weeks: int = 26,
    segment: str | None = None,
    support: str | None = None,
    value: str = "central",
) -> Placement:
    """A paid placement against now and an ordinary job, under current law and the reform; its months; what comes after.

    `segment` (bridge, floor-individual, floor-place) chooses what is shown; `support` (covered, not-covered) whether
    the service meets childcare and fares. Nothing is required of anybody. Raises `mwp.errors.InputError`.
    """
    asked = dict(locals())
    from mwp.analysis.offers import Offer
    from mwp.analysis.placement import placement as answer

    day, reforms = _law_of(on, _or_none(reform))
    offer = Offer(hours, wage, earner, weeks, segment, support)
    (home,) = _households([household], day)
    return _asked(answer(home, offer, day, reforms, _valuation(value)), asked, household=home, on=day, reform=reforms)


def placement_account(
    households: HouseholdLike | Sequence[HouseholdLike],
    hours: float | None = None,
    wage: float | str = "real_living_wage",
    on: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = "nes_guarantee",
    *,
    earner: str = "claimant",
    segment: str | None = None,
    support: str | None = None,
    support_cost: float | None = None,
    value: str = "central",
) -> Accounts:
    """The Exchequer account of a placement for one household type or several: cost, what flows back, and to whom.

    Without `hours`, those at which it costs what the National Employment Service plan says. Pounds a year. Raises
    `mwp.errors.InputError`.
    """
    asked = dict(locals())
    from mwp.analysis.exchequer import accounts
    from mwp.analysis.offers import Offer

    day, reforms = _law_of(on, _or_none(reform))
    homes = _households(_several(households), day)
    offer = Offer(hours, wage, earner, segment=segment, support=support)
    found = accounts(homes, offer, day, reforms, _valuation(value), support_cost)
    return _asked(found, asked, households=homes, on=day, reform=reforms)


def timeline(
    household: HouseholdLike,
    job: Job | str,
    starts: date | str | None = None,
    ends: date | str | None = None,
    reform: ReformLike | Sequence[ReformLike] | None = None,
    *,
    earner: str = "claimant",
    after: int = 3,
    childcare: str | None = None,
    travel: str | None = None,
    value: str = "central",
) -> Timeline:
    """Month by month: before a job, in it from `starts` (today) to `ends`, and `after` months: what is in hand when.

    Each month has the law of its own first day. Raises `mwp.errors.InputError`.
    """
    asked = dict(locals())
    from mwp.analysis.better_off import minimum_wages
    from mwp.analysis.sweep import Choice
    from mwp.analysis.timeline import of_job
    from mwp.inputs.dates import parse_on

    day, reforms = _law_of(starts, reform)
    slot = Choice(earner).adult
    (home,) = _households([household], day)
    (told,) = _jobs(job, childcare, travel)
    known = told.minimum_wage and slot < len(home.adults)
    taken = told.at_wage(minimum_wages(home, day, reforms)[slot]) if known else told
    last = parse_on(ends) if ends is not None else None
    found = of_job(home, taken, day, last, reforms, _valuation(value), slot, after)
    work = {"job": told, "childcare": None, "travel": None}
    return _asked(found, asked, household=home, starts=day, ends=last, reform=reforms, **work)


def _or_none(reform: ReformLike | Sequence[ReformLike] | None) -> ReformLike | Sequence[ReformLike] | None:
    """No reform where "none" is all that is asked for."""
    return None if reform == "none" or (isinstance(reform, list | tuple) and list(reform) == ["none"]) else reform


def certify(
    reform: ReformLike | Sequence[ReformLike] | None = None,
    universe: str = "standard",
    on: date | str | None = None,
    *,
    household: str | None = None,
    measure: str | None = None,
    value: str = "central",
    standing: Any = None,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Certificate:
    """Prove or refute that work pays under the reforms, over a universe of household types; current law without any.

    `universe` is "standard", "wide", "library", or a household file or a folder of them; `household` one id of it.
    `measure` is what is left (the guarantee's own where left out), `standing` where households stand towards the
    guarantee. More than one of `workers` starts processes, so that a script needs `if __name__ == "__main__":` around
    the call; the answer is the same. `progress` is told how many households are done, of how many. See
    docs/certificate.md. Raises `mwp.errors.InputError`.
    """
    asked = dict(locals())
    from mwp.analysis.certify import certify as answer
    from mwp.analysis.sweep import checked_measure

    day, reforms = _law_of(on, reform)
    what = None if measure is None else checked_measure(measure)
    stands = _standing(standing)
    found = answer(
        universe, day, reforms, what, _valuation(value), stands, only=household, workers=workers, progress=progress
    )
    return _asked(found, asked, on=day, reform=reforms, standing=stands)


def replay(document: str | Path | Mapping[str, Any], *, counterexamples: bool = False, workers: int = 1) -> Replay:
    """The question of a `--json` document (a file, `-` or a mapping) put again, and every figure held to what it was.

    Of a certificate only the `counterexamples` may be put again; `workers` are as for `certify`. Raises
    `mwp.errors.InputError`, also for documents that hold no question.
    """
    from functools import partial

    from mwp.report.replay import replay as again

    verbs: dict[str, Callable[..., Any]] = {
        "calculate": calculate,
        "better_off": better_off,
        "explain": explain,
        "schedule": schedule,
        "surface": surface,
        "compare": compare,
        "solve": solve,
        "certify": partial(certify, workers=workers),
        "placement": placement,
        "placement_account": placement_account,
        "timeline": timeline,
    }
    return again(document, verbs, counterexamples=counterexamples)


def _asked(answer: A, arguments: Mapping[str, Any], **as_read: Any) -> A:
    """The answer with the question it answers: the arguments as given, but for those that have been read or looked up.

    How the work is done and watched is no part of a question.
    """
    from dataclasses import replace

    from mwp.analysis.documents import Asked

    told = {name: value for name, value in arguments.items() if name not in ("progress", "workers")}
    return replace(answer, asked=Asked(told | as_read))  # type: ignore[type-var]


def _valuation(value: str) -> Valuation:
    from mwp.core.valuation import CHOICES, Valuation
    from mwp.errors import InputError

    chosen = next((choice for choice in CHOICES if choice == value), None)
    if chosen is None:
        raise InputError.of(f"{value} is no way to value help in kind. Give low, central or high.", field="value")
    return Valuation(chosen)


def _law_of(on: date | str | None, reform: ReformLike | Sequence[ReformLike] | None) -> tuple[date, tuple[Reform, ...]]:
    from mwp.engine.dates import law_date

    return law_date(on), _reforms(reform)


def _laid(reforms: ReformLike | Sequence[ReformLike]) -> tuple[Reform, ...]:
    """Reforms laid over each other: a sequence of them, or their names with a plus between them."""
    from pathlib import Path

    if isinstance(reforms, str) and "+" in reforms and not Path(reforms).exists():
        reforms = reforms.split("+")
    return _reforms(reforms)


def _several(given: Any) -> list[Any]:
    """One thing, or several in a list or tuple, as a list."""
    return list(given) if isinstance(given, list | tuple) else [given]


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
