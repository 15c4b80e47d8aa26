"""What is wrong with population tables: the household file's own rules (`mwp.inputs.checks`), whole columns at a time.

Every fault is listed with the rows it is found in. Errors keep a household from being used; nothing is mended and
nothing dropped in silence: a run refuses tables with errors, or, when asked to, leaves out the households that have
them and says how many and with what weight.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mwp.analysis import documents
from mwp.core import council_schemes
from mwp.errors import InputError
from mwp.inputs import checks, places
from mwp.inputs.names import listed
from mwp.population.encode import age_on, born_on, is_pension_age
from mwp.population.schema import (
    CHILDREN,
    NATION_OF_REGION,
    ROLES,
    TABLES,
    Column,
)
from mwp.population.tables import Flags, Floats, Ints, Population, codes, days, flags, is_word, numbers, told

SCHEMA = "mwp.population-validation/1"
SHOWN = 1_000
"""Rows of one fault that a report lists; it counts them all."""
HIGH_RENT, LONG_HOURS, HIGH_WAGE = 6_000.0, 84.0, 500.0
"""Beyond these a value is more often a slip (pence for pounds, say) than true: warned of, not refused."""

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Fault:
    """One kind of fault: in which table and column, what is wrong and what would be right, and in which rows.

    `ids` are the rows' own numbers, `values` what stands in the column there (the first `SHOWN` of each), `count` how
    many rows there are; `households` are the places of the households touched.
    """

    severity: Severity
    table: str
    column: str
    message: str
    count: int
    ids: tuple[int, ...]
    values: tuple[Any, ...]
    households: Ints = field(repr=False)

    def document(self) -> dict[str, Any]:
        """For a JSON report."""
        rows = [{"id": i, "value": _plain(v)} for i, v in zip(self.ids, self.values, strict=True)]
        return {
            "severity": self.severity,
            "table": self.table,
            "column": self.column,
            "message": self.message,
            "rows": self.count,
            "households": len(self.households),
            "first_rows": rows,
        }


@dataclass(frozen=True)
class Validation:
    """All faults of a population, and what it comes to."""

    households: int
    weight: float
    faults: tuple[Fault, ...]
    bad: Flags
    bad_weight: float
    on: date | None = None
    excluded: bool = False

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What keeps households from being used."""
        return tuple(fault for fault in self.faults if fault.severity == "error")

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What is more likely a slip than true."""
        return tuple(fault for fault in self.faults if fault.severity == "warning")

    def document(self) -> dict[str, Any]:
        """The report as the `mwp.population-validation/1` JSON document."""
        head: dict[str, Any] = {"schema": SCHEMA, "mwp": documents.program()}
        return head | {
            "on": self.on.isoformat() if self.on else None,
            "households": self.households,
            "weight": self.weight,
            "households_with_errors": int(self.bad.sum()),
            "weight_with_errors": self.bad_weight,
            "excluded": self.excluded,
            "faults": [fault.document() for fault in self.faults],
        }


def validate(population: Population, on: date | None = None) -> Validation:
    """Every fault of the tables; with a date, also what cannot be on that day (an unborn child, no one of working age).

    The rules are those of the household file: a household without errors here can be written as one, and the other way
    round.
    """
    found = _Faults(population)
    for name, schema in TABLES.items():
        for column in schema.columns:
            _limits(found, name, column)
    _people(found)
    _benefits(found)
    _children(found)
    _unit(found)
    _place(found)
    _housing(found)
    _ages_given(found, on)
    if on is not None:
        _on(found, on)
    _warnings(found)
    bad = np.zeros(population.size, dtype=bool)
    for fault in found.faults:
        if fault.severity == "error":
            bad[fault.households] = True
    weights = np.where(np.isfinite(population.weights), population.weights, 0.0)
    return Validation(population.size, float(weights.sum()), tuple(found.faults), bad, float(weights[bad].sum()), on)


def checked(
    population: Population, on: date | None = None, *, exclude_invalid: bool = False
) -> tuple[Population, Validation]:
    """What of the population can be used, and the report. Raises InputError for errors, unless told to exclude."""
    report = validate(population, on)
    if not report.errors:
        return population, report
    if not exclude_invalid:
        told_of = [
            f"{fault.table}, {fault.column}: {fault.message} ({fault.count:,} rows: {_first(fault)})"
            for fault in report.errors
        ]
        advice = (
            f"{int(report.bad.sum()):,} of {report.households:,} households have errors. Mend them, or leave them out"
        )
        raise InputError.of("\n".join([*told_of, f"{advice} with --exclude-invalid."]))
    kept = population.where(~report.bad)
    return kept, Validation(
        report.households, report.weight, report.faults, report.bad, report.bad_weight, on, excluded=True
    )


def _first(fault: Fault) -> str:
    shown = ", ".join(f"{i} has {_plain(v)}" for i, v in list(zip(fault.ids, fault.values, strict=True))[:3])
    return shown + (", ..." if fault.count > 3 else "")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class _Faults:
    """Collects faults, and hands out columns by table and name."""

    def __init__(self, population: Population) -> None:
        self.population = population
        self.faults: list[Fault] = []
        self.tables: dict[str, pa.Table] = {name: getattr(population, name) for name in TABLES}
        ours = flags(population.benefit_units, "is_claimants")
        self.unit_of_home = np.flatnonzero(ours)
        self.ours = ours
        self._home = {
            "persons": population.household_of_person,
            "benefit_units": population.household_of_unit,
            "households": np.arange(population.size),
        }
        self.roles = {role: is_word(population.persons, "role", role) for role in ROLES}
        self.adult = ~self.roles["child"]
        self.claims = self.roles["claimant"] | self.roles["partner"]

    def add(self, table: str, column: str, where: Flags, message: str, severity: Severity = "error") -> None:
        """Note a fault in the rows where it is found."""
        if not where.any():
            return
        rows = np.flatnonzero(where)
        shown = pa.array(rows[:SHOWN])
        key = next(iter(TABLES[table].columns)).name
        values = self.tables[table][column].take(shown).to_pylist()
        ids = self.tables[table][key].take(shown).to_pylist()
        homes = np.unique(self._home[table][rows])
        self.faults.append(Fault(severity, table, column, message, len(rows), tuple(ids), tuple(values), homes))

    def number(self, table: str, name: str, default: float = 0.0) -> Floats:
        return numbers(self.tables[table], name, default)

    def yes(self, table: str, name: str, default: bool = False) -> Flags:
        return flags(self.tables[table], name, default)

    def word(self, table: str, name: str, *wanted: str) -> Flags:
        return is_word(self.tables[table], name, *wanted)

    def told(self, table: str, name: str) -> Flags:
        return told(self.tables[table], name)

    def any_in_home(self, persons: Flags) -> Flags:
        """Whether a household has such a person, one value a household."""
        return np.bincount(self._home["persons"][persons], minlength=self.population.size) > 0

    def of_home(self, by_unit: Floats | Flags) -> Any:
        """A benefit unit's values, those of the claimants, one a household."""
        return by_unit[self.unit_of_home]


def _limits(found: _Faults, table: str, column: Column) -> None:
    """Numbers within their limits and finite, words among those allowed, persons with no key that is not theirs."""
    name = column.name
    if column.kind in ("pounds", "number", "count") and (column.lowest is not None or column.above is not None):
        given, values = found.told(table, name), found.number(table, name)
        low = -np.inf if column.lowest is None else column.lowest
        high = np.inf if column.highest is None else column.highest
        outside = ~np.isfinite(values) | (values < low) | (values > high)
        if column.above is not None:
            outside |= values <= column.above
        found.add(table, name, given & outside, f"outside what is allowed: {column.limits}.")
    if column.kind == "choice":
        allowed = set(column.choices)
        among = [word for word in _words_of(found.tables[table], name) if not _is_allowed(name, word, allowed)]
        message = f"not a known word. Allowed: {listed(column.choices)}." if len(allowed) <= 12 else "not a known name."
        found.add(table, name, found.word(table, name, *among), message)
    if column.roles != ROLES and not column.required:
        theirs = found.roles["child"] if column.roles == CHILDREN else found.adult
        given = found.told(table, name) & _differs(found, table, column)
        whose = "children" if column.roles == CHILDREN else "adults"
        found.add(table, name, given & ~theirs, f"this is for {whose} only. Leave it empty.")
    if table == "benefit_units" and not column.required:
        given = found.told(table, name) & _differs(found, table, column)
        found.add(table, name, given & ~found.ours, "nothing is asked of a non-dependant's own unit. Leave it empty.")


def _differs(found: _Faults, table: str, column: Column) -> Flags:
    """Where a value is other than the default, so that it says something."""
    if column.default is None:
        return np.ones(found.tables[table].num_rows, dtype=bool)
    if column.kind == "choice":
        return ~found.word(table, column.name, str(column.default))
    if column.kind == "yes_no":
        return np.asarray(found.yes(table, column.name, bool(column.default)) != bool(column.default))
    return np.asarray(found.number(table, column.name, float(column.default)) != float(column.default))


def _words_of(table: pa.Table, name: str) -> list[str]:
    column = table[name]
    return [str(word) for word in pc.unique(column.cast(pa.string())).to_pylist() if word is not None]


def _is_allowed(column: str, word: str, allowed: set[str]) -> bool:
    return word in allowed or (column == "local_authority" and places.authority(word) is not None)


def _people(found: _Faults) -> None:
    """Age, work and pay, caring: what `mwp.inputs.checks.adult` says."""
    p, adult = "persons", found.adult
    age, born = found.told(p, "age"), found.told(p, "born")
    found.add(p, "age", ~age & ~born, "neither age nor born is given. Give one of them.")
    found.add(p, "born", age & born, "age is given too. Give one of them.")
    ages = found.number(p, "age")
    young, old = checks.YOUNGEST_ADULT, checks.OLDEST_PERSON
    found.add(p, "age", adult & age & ((ages < young) | (ages > old)), f"an adult is aged {young} to {old}.")
    most = checks.OLDEST_AT_SCHOOL
    found.add(p, "age", ~adult & age & ((ages < 0) | (ages > most)), f"a child is aged 0 to {most}.")
    hours, pay = found.number(p, "hours"), found.number(p, "earnings")
    waged, paid, self_employed = found.told(p, "hourly_wage"), found.told(p, "earnings"), found.yes(p, "self_employed")
    found.add(p, "hourly_wage", adult & waged & paid, "earnings are given too. Give one of them.")
    unpaid = adult & (hours > 0) & ~waged & ~paid
    found.add(p, "hours", unpaid, "hours of work have no pay. Give hourly_wage or earnings.")
    nothing = adult & (hours > 0) & paid & ~waged & (pay == 0) & ~self_employed
    found.add(p, "earnings", nothing, "hours of work are paid nothing. Give the pay, or hours of 0.")
    found.add(p, "earnings", adult & (pay > 0) & (hours == 0), "no hours are given. Give hours a week.")
    trading = found.told(p, "months_trading")
    found.add(p, "self_employed", adult & self_employed & ~trading, "give months_trading too.")
    found.add(p, "months_trading", adult & trading & ~self_employed, "this is for the self-employed.")
    gainful = found.told(p, "months_gainfully_self_employed")
    more = found.number(p, "months_gainfully_self_employed") > found.number(p, "months_trading")
    found.add(p, "months_gainfully_self_employed", adult & gainful & ~self_employed, "this is for the self-employed.")
    found.add(p, "months_gainfully_self_employed", adult & gainful & self_employed & more, "more than months_trading.")
    found.add(p, "apprentice", adult & self_employed & found.yes(p, "apprentice"), "an apprentice is an employee.")
    _pensions(found)
    caring, cares = found.number(p, "caring_hours"), found.told(p, "cares_for")
    found.add(p, "caring_hours", adult & (caring > 0) & ~cares, "say whom with cares_for.")
    found.add(p, "cares_for", adult & cares & (caring == 0), "give caring_hours too.")
    paid_for_care = ~found.yes(p, "carers_allowance_auto") & (found.number(p, "carers_allowance") > 0)
    found.add(p, "carers_allowance", adult & paid_for_care & (caring == 0), "give caring_hours and cares_for too.")
    man, pregnant = found.word(p, "sex", "m"), found.yes(p, "pregnant")
    found.add(p, "pregnant", adult & pregnant & man, "sex is m. Change one of them.")
    found.add(p, "weeks_pregnant", adult & found.told(p, "weeks_pregnant") & ~pregnant, "pregnant is not given.")
    has_pip = found.word(p, "pip_daily_living", "standard", "enhanced") | found.word(
        p, "pip_mobility", "standard", "enhanced"
    )
    allowance = found.word(p, "attendance_allowance", "lower", "higher")
    found.add(p, "attendance_allowance", adult & allowance & has_pip, "pip is given too. Nobody has both.")
    homes = found.population.household_of_person
    alone = ~found.any_in_home(found.roles["partner"])[homes]
    childless = ~found.any_in_home(found.roles["child"])[homes]
    by_partner = found.claims & found.word(p, "cares_for", "partner") & alone
    found.add(p, "cares_for", by_partner, "there is no partner here. Give child or other.")
    by_child = found.claims & found.word(p, "cares_for", "child") & childless
    found.add(p, "cares_for", by_child, "there are no children here. Give partner or other.")


def _pensions(found: _Faults) -> None:
    p, adult = "persons", found.adult
    share = found.told(p, "pension_employee")
    for other in ("pension_employer", "pension_method", "pension_of"):
        found.add(p, other, adult & found.told(p, other) & ~share, "give pension_employee too.")
    for other in ("pension_method", "pension_of"):
        found.add(p, other, adult & share & ~found.told(p, other), "this goes with pension_employee. Give it.")
    employer = found.number(p, "pension_employer") > 0
    from_wages = employer | ~found.word(p, "pension_method", "relief_at_source")
    own = adult & share & found.yes(p, "self_employed") & from_wages
    found.add(p, "pension_method", own, "the self-employed have relief_at_source, and no employer to contribute.")


def _benefits(found: _Faults) -> None:
    """Benefits that cannot be had together."""
    p, adult = "persons", found.adult
    has = {
        name: adult & (found.yes(p, f"{name}_auto") | (found.number(p, name) > 0))
        for name in ("new_style_jsa", "new_style_esa", "maternity_allowance")
    }
    for name in (*has, "carers_allowance"):
        both = adult & found.yes(p, f"{name}_auto") & (found.number(p, name) > 0)
        found.add(p, name, both, f"{name}_auto is given too. Give one of them.")
    support = adult & found.yes(p, "esa_support_group")
    found.add(p, "esa_support_group", support & ~has["new_style_esa"], "give new_style_esa too.")
    found.add(p, "new_style_esa", has["new_style_esa"] & has["new_style_jsa"], "new_style_jsa is given too.")
    for name in ("new_style_jsa", "new_style_esa"):
        found.add(p, name, has[name] & has["maternity_allowance"], "maternity_allowance is given too.")
    man = found.word(p, "sex", "m")
    found.add(p, "maternity_allowance", has["maternity_allowance"] & man, "sex is m. Change one of them.")


def _children(found: _Faults) -> None:
    p, child = "persons", found.roles["child"]
    higher, none = found.word(p, "disability", "higher"), ~found.word(p, "disability", "lower", "higher")
    highest = found.word(p, "dla_care", "highest")
    some = found.word(p, "dla_care", "lowest", "middle", "highest") | found.word(p, "dla_mobility", "lower", "higher")
    found.add(p, "dla_care", child & highest & ~higher, "highest care makes disability higher.")
    found.add(p, "disability", child & some & none & ~highest, "give disability too: lower or higher.")
    grown = child & found.told(p, "age") & (found.number(p, "age") > checks.OLDEST_CHILD)
    found.add(p, "in_education", grown & ~found.yes(p, "in_education", True), "a child over 15 must be in education.")


def _unit(found: _Faults) -> None:
    """Childcare: one price, with what belongs to it, for at least one child."""
    u, ours = "benefit_units", found.ours
    monthly, hourly = found.told(u, "childcare"), found.told(u, "childcare_per_hour")
    found.add(u, "childcare", ours & monthly & hourly, "childcare_per_hour is given too. Give one of them.")
    found.add(u, "childcare_hours", ours & found.told(u, "childcare_hours") & ~hourly, "give childcare_per_hour too.")
    taken = ours & found.word(u, "childcare_funded_hours", "to_take_off") & ~hourly
    found.add(u, "childcare_funded_hours", taken, "funded hours come off a price by the hour only.")
    funded = ours & found.told(u, "childcare_funded_hours") & ~hourly & ~monthly
    found.add(u, "childcare_funded_hours", funded, "no childcare is given.")
    cared = np.bincount(
        found.population.unit_of_person[found.yes("persons", "in_childcare") & found.roles["child"]],
        minlength=len(ours),
    )
    priced = ours & (monthly | hourly)
    found.add(u, "childcare", priced & monthly & (cared == 0), "no child is in_childcare.")
    found.add(u, "childcare_per_hour", priced & hourly & (cared == 0), "no child is in_childcare.")
    unpriced = found.yes("persons", "in_childcare") & found.roles["child"] & ~priced[found.population.unit_of_person]
    found.add("persons", "in_childcare", unpriced, "the benefit unit has no childcare.")


def _place(found: _Faults) -> None:
    h = "households"
    nation = _codes_of_nation(found.tables[h], "nation", {n: float(i) for i, n in enumerate(places.NATIONS)})
    of_region = {name: float(places.NATIONS.index(n)) for name, n in NATION_OF_REGION.items()}
    region = _codes_of_nation(found.tables[h], "region", of_region)
    found.add(h, "region", found.told(h, "region") & (region >= 0) & (region != nation), "this is in another nation.")
    councils = {name: places.authority(name) for name in _words_of(found.tables[h], "local_authority")}
    known = {name: one for name, one in councils.items() if one is not None}
    there = {name: float(places.NATIONS.index(one.nation)) for name, one in known.items()}
    council = _codes_of_nation(found.tables[h], "local_authority", there)
    found.add(h, "local_authority", (council >= 0) & (council != nation), "this is in another nation.")
    inside = codes(
        found.tables[h], "local_authority", {n: float(one.in_greater_london) for n, one in known.items()}, -1.0
    )
    as_told = found.number(h, "greater_london", -1.0)
    against = (as_told >= 0) & (inside >= 0) & (as_told != inside) & (council == nation)
    found.add(h, "greater_london", against, "the council says otherwise. Leave this empty.")
    outside = (as_told > 0) & ~found.word(h, "nation", "england")
    found.add(h, "greater_london", outside, "this goes with England.")
    areas = _words_of(found.tables[h], "brma")
    elsewhere = np.zeros(found.population.size, dtype=bool)
    for name in places.NATIONS:
        theirs = [area for area in areas if area in places.brmas(name)]
        others = [area for area in areas if places.nations_of_brma(area) and area not in theirs]
        elsewhere |= found.word(h, "nation", name) & found.word(h, "brma", *others)
    found.add(h, "brma", elsewhere, "this is in another nation.")
    found.add(h, "lha", found.told(h, "lha") & found.told(h, "brma"), "brma is given too. Give one of them.")


def _codes_of_nation(table: pa.Table, name: str, values: dict[str, float]) -> Floats:
    return codes(table, name, values, -1.0)


def _housing(found: _Faults) -> None:
    h = "households"
    rented, private = found.word(h, "tenure", "private_rent", "social_rent"), found.word(h, "tenure", "private_rent")
    social = found.word(h, "tenure", "social_rent")
    rent = found.number(h, "rent")
    found.add(h, "rent", rented & (rent == 0), "a rented home has a rent. Where none is paid, tenure is rent_free.")
    for key in ("rent", "service_charges"):
        found.add(h, key, ~rented & (found.number(h, key) > 0), "the tenure has none.")
    temporary, supported = found.yes(h, "temporary_accommodation"), found.yes(h, "supported_accommodation")
    found.add(h, "temporary_accommodation", temporary & ~rented, "this is for rented homes.")
    found.add(h, "supported_accommodation", supported & ~rented, "this is for rented homes.")
    found.add(h, "supported_accommodation", supported & temporary, "the home is temporary_accommodation too.")
    unplaced = private & ~found.told(h, "brma") & ~found.told(h, "lha")
    found.add(h, "brma", unplaced, "private rent needs brma or lha, which tell the local housing allowance.")
    found.add(h, "lha", ~private & found.told(h, "lha"), "this is for private rent.")
    found.add(h, "under_occupancy_exempt", ~social & found.yes(h, "under_occupancy_exempt"), "this is for social rent.")
    shared = found.yes(h, "shared_accommodation_exempt")
    found.add(h, "shared_accommodation_exempt", ~private & shared, "this is for private rent.")
    auto, band, bill = found.yes(h, "council_tax_auto"), found.told(h, "council_tax_band"), found.told(h, "council_tax")
    charged = {name for name in _words_of(found.tables[h], "local_authority") if _has_charge(name)}
    unknown = auto & ~found.word(h, "local_authority", *charged)
    found.add(h, "council_tax_auto", unknown, "the council's charges are not known, or no council is given.")
    found.add(h, "council_tax", auto & bill, "council_tax_auto is given too. Give one of them.")
    found.add(h, "council_tax_band", band & ~auto & ~bill, "give council_tax, or council_tax_auto.")
    irish = found.word(h, "nation", "northern_ireland")
    found.add(h, "council_tax_band", irish & band, "Northern Ireland has rates, without bands.")
    found.add(h, "council_tax_band", ~irish & (auto | bill) & ~band, "give the band too.")
    ninth = found.word(h, "council_tax_band", "I") & ~found.word(h, "nation", "wales", "northern_ireland")
    found.add(h, "council_tax_band", ninth, "I is a band in Wales only.")
    tariff = found.yes(h, "water_social_tariff")
    way_in = found.told(h, "water_tariff_income_limit") | found.yes(h, "water_tariff_on_universal_credit")
    found.add(h, "water_social_tariff", tariff & ~way_in, "nobody could have it. Give an income limit or a benefit.")
    for key in ("water_tariff_income_limit", "water_tariff_discount"):
        found.add(h, key, found.told(h, key) & ~tariff, "give water_social_tariff too.")


def _has_charge(name: str) -> bool:
    known = places.authority(name)
    return known is not None and council_schemes.has_band_d_charge(known.key)


def _ages_given(found: _Faults, on: date | None) -> None:
    """A child at least twelve years younger than one of the adults, where the ages are known."""
    p = "persons"
    table, homes = found.tables[p], found.population.household_of_person
    known = found.told(p, "age") if on is None else np.ones(table.num_rows, dtype=bool)
    ages = found.number(p, "age") if on is None else age_on(table, on).astype(np.float64)
    size = found.population.size
    eldest = np.zeros(size)
    np.maximum.at(eldest, homes[found.claims], ages[found.claims])
    all_known = ~found.any_in_home(found.claims & ~known)
    close = found.roles["child"] & known & all_known[homes] & (eldest[homes] - ages < checks.YOUNGEST_PARENT)
    message = "a child is too close in age to the adults; over 16 a brother or sister is a non_dependant."
    found.add(p, "age", close, message)


def _on(found: _Faults, on: date) -> None:
    """Birthdays to come, ages on the day, somebody below State Pension age."""
    p = "persons"
    table, by_born = found.tables[p], ~np.isnat(days(found.tables[p], "born"))
    ages, child = age_on(table, on), found.roles["child"]
    found.add(p, "born", by_born & child & (ages < 0), f"not yet born on {on}.")
    old = checks.OLDEST_AT_SCHOOL
    found.add(p, "born", by_born & child & (ages > old), f"aged over {old} on {on}: no child.")
    left = by_born & child & (ages > checks.OLDEST_CHILD) & (ages <= old) & ~found.yes(p, "in_education", True)
    found.add(p, "in_education", left, "a child over 15 must be in education.")
    grown = by_born & found.adult & ((ages < checks.YOUNGEST_ADULT) | (ages > checks.OLDEST_PERSON))
    found.add(p, "born", grown, f"an adult is aged {checks.YOUNGEST_ADULT} to {checks.OLDEST_PERSON} on {on}.")
    pensioner = is_pension_age(born_on(table, on), on)
    allowance = found.word(p, "attendance_allowance", "lower", "higher")
    early = found.adult & allowance & ~pensioner
    found.add(p, "attendance_allowance", early, "this is for people over State Pension age. Give pip.")
    for name in ("new_style_jsa", "new_style_esa"):
        has = found.yes(p, f"{name}_auto") | (found.number(p, name) > 0)
        found.add(p, name, found.adult & has & pensioner, "this ends at State Pension age.")
    working_age = found.any_in_home(found.claims & ~pensioner)
    found.add(
        "households",
        "household_id",
        ~working_age,
        f"everyone has reached State Pension age on {on}: Pension Credit is not modelled.",
    )


def _warnings(found: _Faults) -> None:
    p, h = "persons", "households"
    found.add(p, "hours", found.number(p, "hours") > LONG_HOURS, f"more than {LONG_HOURS:g} hours a week.", "warning")
    high = found.number(p, "hourly_wage") > HIGH_WAGE
    found.add(p, "hourly_wage", high, f"more than {HIGH_WAGE:,g} pounds an hour.", "warning")
    high_rent = found.number(h, "rent") > HIGH_RENT
    found.add(h, "rent", high_rent, f"more than {HIGH_RENT:,g} pounds a month.", "warning")
    found.add(h, "weight", found.number(h, "weight", 1.0) == 0, "stands for nobody.", "warning")
    holds = found.yes(h, "is_householder", True)
    untold = ~found.told(h, "council_tax") & ~found.yes(h, "council_tax_auto") & holds
    found.add(h, "council_tax", untold, "no council tax is told, so no reduction is worked out.", "warning")


def merged(reports: Iterable[Validation]) -> Validation:
    """The reports of several blocks as one, faults of a kind together."""
    several = list(reports)
    kinds: dict[tuple[str, str, str, str], list[Fault]] = {}
    offset = 0
    for report in several:
        for fault in report.faults:
            moved = Fault(
                fault.severity, fault.table, fault.column, fault.message, fault.count, fault.ids, fault.values,
                fault.households + offset,
            )  # fmt: skip
            kinds.setdefault((fault.severity, fault.table, fault.column, fault.message), []).append(moved)
        offset += report.households
    faults = [
        Fault(
            same[0].severity,
            same[0].table,
            same[0].column,
            same[0].message,
            sum(one.count for one in same),
            tuple(i for one in same for i in one.ids)[:SHOWN],
            tuple(v for one in same for v in one.values)[:SHOWN],
            np.concatenate([one.households for one in same]),
        )
        for same in kinds.values()
    ]
    return Validation(
        offset,
        sum(one.weight for one in several),
        tuple(faults),
        np.concatenate([one.bad for one in several]) if several else np.zeros(0, dtype=bool),
        sum(one.bad_weight for one in several),
        several[0].on if several else None,
        any(one.excluded for one in several),
    )


__all__ = ["Fault", "Validation", "checked", "merged", "validate"]
