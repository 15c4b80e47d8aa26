"""The Family Resources Survey's published tables into population tables.

The survey is licensed by the UK Data Service and never comes with this program: this reads the files of somebody who
has them, one tab-separated file a table (househol, benunit, adult, child, job, benefits, chldcare, accounts). Amounts
in them are pounds a week; a week is taken as 1/52 of a year. A blank, a space and any negative value count as missing.

Each benefit unit with an adult below State Pension age becomes a household of ours, the other adults of the home its
non-dependants; what the survey does not hold is assumed and counted in the report. Money is of the survey's year: it is
not uprated, and weights are the survey's own (GROSS4).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from mwp.core import parameters
from mwp.core.units import MONTHS_A_YEAR, WEEKS_A_MONTH
from mwp.errors import InputError
from mwp.inputs import documents
from mwp.population.convert import Row
from mwp.population.schema import NATION_OF_REGION, TABLES
from mwp.population.survey import Imported, Notes, Record, find_table, read_table
from mwp.population.tables import Population, table_of

REGION = {
    1: "north_east", 2: "north_west", 4: "yorkshire_and_the_humber", 5: "east_midlands", 6: "west_midlands",
    7: "east_of_england", 8: "london", 9: "south_east", 10: "south_west", 11: "wales", 12: "scotland",
    13: "northern_ireland",
}  # fmt: skip
TENURE = {
    1: "social_rent",
    2: "social_rent",
    3: "private_rent",
    4: "private_rent",
    5: "owned",
    6: "mortgage",
}
PENSION_AGE = 66
"""Whole years at which, by the survey's age alone, everyone has reached State Pension age in 2024-25."""
SAVINGS_OF_BAND = (0.0, 750.0, 2_250.0, 4_500.0, 12_000.0, 25_000.0)
"""Pounds taken for a band of TOTSAV, from no savings up, where the capital itself is not given."""
NOT_MAPPED = (
    "relationships (R01 to R14): couples are the adults of one benefit unit",
    "education grants, allowances from relatives, royalties, war and industrial injury pensions",
    "mortgage payments, water charges and insurance",
    "odd jobs, second jobs beside the main kind of work, and benefits in kind of employment",
    "take-up: what the survey reports as received stands in columns named x_reported_..., all being taken as claimed",
)
REPORTED = {95: "x_reported_universal_credit", 3: "x_reported_child_benefit"}
Keyed = dict[tuple[float, float], list[Record]]


def import_frs(folder: str | Path) -> Imported:
    """The population of the survey's tables in a folder. Raises InputError for a missing table or key."""
    path = Path(folder)
    made = _Import(path)
    return made.run()


def _week(record: Record, *names: str) -> float:
    """The first of these weekly amounts that is there, in pounds a month; codes for missing are nil."""
    for name in names:
        if record.get(name, -1.0) >= 0:
            return record[name] * WEEKS_A_MONTH
    return 0.0


def _code(record: Record, *names: str) -> int:
    """The first of these codes that is there; -1 where none is."""
    return next((int(record[name]) for name in names if record.get(name, -1.0) >= 0), -1)


def hours_of_care() -> float:
    """Hours a week from which care counts: taken of a carer whose hours are not told, for fewer open no benefit."""
    return parameters.value("carers.hours_of_care", date.max)


@cache
def _rates() -> dict[str, float]:
    """Weekly rates of PIP in 2024-25, the survey's year: levels are told by halfway points between them."""
    tree: Any = parameters.documents()["disability_benefits"]["pip"]
    return {
        f"{part}_{rate}": float(tree[part][rate]["values"][min(tree[part][rate]["values"])])
        for part in ("daily_living", "mobility")
        for rate in ("standard", "enhanced")
    }


def _between(amount: float, lower: float, higher: float) -> bool:
    """Whether an amount is nearer to the higher of two rates."""
    return amount > (lower + higher) / 2.0


class _Import:
    """The tables, joined by their keys, and the rows that are made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notes = folder, Notes()
        self.rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.homes = self._read("househol")
        self.units = self._by(self._read("benunit"), "benunit")
        self.adults = self._by(self._read("adult"), "benunit")
        self.children = self._by(self._read("child", required=False), "benunit")
        self.jobs = self._by(self._read("job", required=False), "person")
        self.benefits = self._by(self._read("benefits", required=False), "person")
        self.childcare = self._by(self._read("chldcare", required=False), "person")
        self.accounts = self._by(self._read("accounts", required=False), "person")
        self.reported: list[dict[str, float]] = []
        self.left_out, self.left_out_weight = 0, 0.0

    def _read(self, name: str, required: bool = True) -> list[Record]:
        path = find_table(self.folder, name, required)
        if path is None:
            self.notes.add("(table)", f"there is no table {name}: what it holds is taken as none")
            return []
        rows = read_table(path)
        if rows and "sernum" not in rows[0]:
            raise InputError.of("There is no column SERNUM, the household's number.", str(path))
        return rows

    @staticmethod
    def _by(rows: list[Record], key: str) -> Keyed:
        found: Keyed = defaultdict(list)
        for row in rows:
            found[row["sernum"], row.get(key, 1.0)].append(row)
        return found

    def run(self) -> Imported:
        numbers = sorted({unit for _, unit in self.units})
        for home in self.homes:
            serial = home["sernum"]
            units = [unit for unit in numbers if self.adults.get((serial, unit))]
            for unit in units:
                self._record(home, unit, units)
        population = Population.of(
            *(table_of(schema, self.rows[name]) for name, schema in TABLES.items()),
            about=f"Family Resources Survey, {len(self.rows['households']):,} benefit units of working age.",
        )
        extra = {name: [row.get(name, 0.0) for row in self.reported] for name in sorted(REPORTED.values())}
        population = population.with_columns("households", **extra)
        notes = tuple((column, told, rows) for (column, told), rows in self.notes.found.items())
        return Imported(population, "Family Resources Survey", notes, NOT_MAPPED, self.left_out, self.left_out_weight)

    def _record(self, home: Record, unit: float, units: list[float]) -> None:
        """A benefit unit as a household of ours; one in which all are over pension age is counted and left out."""
        serial = home["sernum"]
        adults = sorted(self.adults[serial, unit], key=lambda one: one.get("person", 0.0))
        weight = max(home.get("gross4", home.get("gross3", 1.0)), 0.0)
        if all(one.get("age80", one.get("age", 0.0)) >= PENSION_AGE for one in adults):
            self.left_out += 1
            self.left_out_weight += weight
            return
        number = int(serial) * 10 + int(unit)
        holds = unit == min(units)
        place = self._home(home, number, weight, holds, unit)
        self.rows["households"].append(place)
        children = sorted(self.children.get((serial, unit), []), key=lambda one: one.get("person", 0.0))
        first = number * 100
        own = self.units.get((serial, unit), [{}])[0]
        care = sum(self._care(serial, child) for child in children)
        links = {"benefit_unit_id": first, "household_id": number}
        self.rows["benefit_units"].append(
            links | {"is_claimants": True} | self._unit(own, adults, serial) | ({"childcare": care} if care else {})
        )
        for slot, adult in enumerate(adults[:2]):
            role = "partner" if slot else "claimant"
            self.rows["persons"].append(
                {"person_id": first + slot, "role": role} | links | self._adult(serial, adult, place["nation"])
            )
        for order, child in enumerate(children):
            in_care = self._care(serial, child) > 0
            self.rows["persons"].append(
                {"person_id": first + 2 + order, "role": "child", "in_childcare": in_care}
                | links
                | self._child(serial, child)
            )
        others = [one for other in units if other != unit for one in self.adults[serial, other]] if holds else []
        for order, other in enumerate(others[:10]):
            theirs = {"benefit_unit_id": first + 1 + order, "household_id": number}
            self.rows["benefit_units"].append(theirs | {"is_claimants": False})
            self.rows["persons"].append(
                {"person_id": first + 40 + order, "role": "non_dependant"}
                | theirs
                | self._adult(serial, other, place["nation"])
            )
        got = dict.fromkeys(REPORTED.values(), 0.0)
        for adult in adults:
            for benefit in self.benefits.get((serial, adult.get("person", 0.0)), []):
                name = REPORTED.get(_code(benefit, "benefit"))
                if name:
                    got[name] += _week(benefit, "benamt")
        self.reported.append(got)

    def _home(self, home: Record, number: int, weight: float, holds: bool, unit: float) -> Row:
        code = _code(home, "gvtregno", "gvtregn")
        if code not in REGION:
            raise InputError.of(f"Household {home['sernum']:.0f} has no region that is known (GVTREGNO {code}).")
        region = REGION[code]
        nation = NATION_OF_REGION[region]
        tenure = TENURE.get(_code(home, "ptentyp2", "tentyp2"), "rent_free")
        rent = _week(home, "hhrent") if tenure.endswith("_rent") else 0.0
        if not holds:
            own_rent = _week(self.units.get((home["sernum"], unit), [{}])[0], "burent")
            shares = tenure == "private_rent" and own_rent > 0
            tenure, rent = ("private_rent", own_rent) if shares else ("rent_free", 0.0)
            told = "a unit that does not hold the home lives rent-free, unless it pays rent of its own to a landlord"
            self.notes.add("tenure", told)
        elif tenure.endswith("_rent") and not rent:
            tenure = "rent_free"
            self.notes.add("tenure", "a rented home without a rent is taken as rent-free")
        row: Row = {
            "household_id": number,
            "home_id": int(home["sernum"]),
            "weight": weight,
            "is_householder": holds,
            "nation": nation,
            "region": region,
            "tenure": tenure,
            "rent": rent,
            "bedrooms": _code(home, "bedroom6") if holds and _code(home, "bedroom6") > 0 else None,
            "greater_london": True if region == "london" else None,
        }
        if tenure == "private_rent":
            row["brma"] = largest_area(region)
            row["greater_london"] = None
            self.notes.add("brma", f"unknown: the largest area of the region ({row['brma']} in {region})")
        if holds:
            row |= self._council_tax(home, nation)
        return row

    def _council_tax(self, home: Record, nation: str) -> Row:
        if nation == "northern_ireland":
            rates = _week(home, "niratlia", "rtannual")
            return {"council_tax": rates} if rates else {}
        band, bill = _code(home, "ctband"), home.get("ctannual", -1.0)
        if not 1 <= band <= (9 if nation == "wales" else 8):
            self.notes.add("council_tax", "no band: no council tax is told, so no reduction is worked out")
            return {}
        if bill <= 0:
            self.notes.add("council_tax", "no bill: no council tax is told, so no reduction is worked out")
            return {}
        return {"council_tax_band": "ABCDEFGHI"[band - 1], "council_tax": bill / MONTHS_A_YEAR}

    def _unit(self, unit: Record, adults: list[Record], serial: float) -> Row:
        capital = next((unit[name] for name in ("totcapb4", "totcapb3") if unit.get(name, -1.0) >= 0), None)
        if capital is None:
            band = _code(unit, "totsav")
            capital = SAVINGS_OF_BAND[min(max(band - 1, 0), len(SAVINGS_OF_BAND) - 1)] if band > 0 else 0.0
            self.notes.add("savings", "no capital is given: the middle of the band of savings, or none")
        accounts = [row for one in adults for row in self.accounts.get((serial, one.get("person", 0.0)), [])]
        state_pension = [
            row
            for one in adults
            for row in self.benefits.get((serial, one.get("person", 0.0)), [])
            if _code(row, "benefit") == 5
        ]
        return {
            "savings": capital,
            "interest": sum(_week(row, "accint") for row in accounts if _code(row, "account") not in (6, 7, 8)),
            "dividends": sum(_week(row, "accint") for row in accounts if _code(row, "account") in (7, 8))
            + sum(_week(one, "dividgro") for one in adults),
            "rental": sum(_week(one, "royyr1") for one in adults if _code(one, "rentprof") != 2),
            "occupational_pension": sum(_week(one, "inpeninc") for one in adults),
            "state_pension": sum(_week(row, "benamt") for row in state_pension),
            "maintenance": 0.0,
            "child_maintenance": sum(_week(one, "mntamt1") + _week(one, "mntamt2") for one in adults),
        }

    def _care(self, serial: float, child: Record) -> float:
        """Pounds a month for a child's childcare that is paid for and registered."""
        rows = self.childcare.get((serial, child.get("person", 0.0)), [])
        return sum(_week(row, "chamt") for row in rows if _code(row, "cost") == 1 and _code(row, "registrd") == 1)

    def _adult(self, serial: float, adult: Record, nation: str) -> Row:
        person = adult.get("person", 0.0)
        benefits = self.benefits.get((serial, person), [])
        got: dict[int, float] = defaultdict(float)
        variant = {}
        for benefit in benefits:
            got[_code(benefit, "benefit")] += benefit.get("benamt", 0.0)
            variant[_code(benefit, "benefit")] = _code(benefit, "var2")
        age = int(adult.get("age80", adult.get("age", 0.0)))
        status = _code(adult, "empstati")
        row: Row = {
            "age": max(age, 16),
            "sex": {1: "m", 2: "f"}.get(_code(adult, "sex")),
            "in_education": status == 7 or _code(adult, "educft", "fted") == 1,
        }
        row |= self._work(adult, status)
        row |= self._pension(serial, person, row)
        row |= self._health(adult, status, got, age)
        if got[14] > 0 and variant.get(14) in (1, 3) and age < PENSION_AGE:
            row["new_style_jsa"] = got[14] * WEEKS_A_MONTH
        elif got[16] > 0 and variant.get(16) in (1, 3) and age < PENSION_AGE:
            row["new_style_esa"] = got[16] * WEEKS_A_MONTH
            row["esa_support_group"] = _code(adult, "esagrp") == 2
        cares = _code(adult, "carer1", "carefl") == 1 and adult.get("hourtot", 0.0) >= hours_of_care()
        if cares or got[13] > 0:
            row |= {"caring_hours": hours_of_care(), "cares_for": "other", "carers_allowance_auto": got[13] > 0}
            self.notes.add("cares_for", "whom a carer cares for is not known: someone outside the family")
        if _week(adult, "slrepamt"):
            plan = "plan_4" if nation == "scotland" else "plan_1" if nation == "northern_ireland" else "plan_2"
            row[f"student_loan_{plan}"] = True
            self.notes.add("student_loans", f"the plan is not known: {plan.replace('_', ' ')} where {nation} is home")
        return row

    def _work(self, adult: Record, status: int) -> Row:
        pay, profit = _week(adult, "inearns"), max(_week(adult, "seincam2", "incseo2"), 0.0)
        hours = min(adult.get("tothours", -1.0), 112.0)
        if pay <= 0 and profit <= 0:
            return {"hours": 0.0}
        if hours <= 0:
            hours = 37.5 if status in (1, 3) else 16.0
            self.notes.add("hours", f"work without hours: {hours:g} a week")
        if profit > pay:
            self.notes.add("months_trading", "how long a business has traded is not known: two years")
            if pay > 0:
                self.notes.add("earnings", "pay and profit of one person are counted as the larger of the two kinds")
            return {"hours": hours, "earnings": profit + pay, "self_employed": True, "months_trading": 24}
        if profit > 0:
            self.notes.add("earnings", "pay and profit of one person are counted as the larger of the two kinds")
        wage = (pay + profit) / WEEKS_A_MONTH / hours
        if not 2.0 <= wage <= 500.0:
            self.notes.add("earnings", "an hourly wage that cannot be: the pay is kept, and no wage an hour")
            return {"hours": hours, "earnings": pay + profit}
        self.notes.add("hourly_wage", "worked out: weekly earnings over usual hours of all jobs")
        return {"hours": hours, "hourly_wage": wage}

    def _pension(self, serial: float, person: float, row: Row) -> Row:
        if "hourly_wage" not in row:
            return {}
        weekly = row["hourly_wage"] * row["hours"]
        jobs = self.jobs.get((serial, person), [])
        paid = sum(max(job.get("deduc1", job.get("udeduc1", 0.0)), 0.0) for job in jobs)
        given_up = sum(max(job.get("spnamt", 0.0), 0.0) for job in jobs if _code(job, "salsac") == 1)
        if paid + given_up <= 0:
            return {}
        method = "salary_sacrifice" if given_up > paid else "net_pay"
        told = "share of pay worked out from what is deducted; relief by net pay unless salary is sacrificed"
        self.notes.add("pension_employee", told)
        self.notes.add("pension_employer", "not in the survey: none")
        share = min(round((paid + given_up) / weekly, 4), 1.0)
        return {"pension_employee": share, "pension_method": method, "pension_of": "pay"}

    def _health(self, adult: Record, status: int, got: dict[int, float], age: int) -> Row:
        rates = _rates()
        row: Row = {}
        living, moving = max(got[96], got[117], got[1]), max(got[97], got[118], got[2])
        if living > 0 and got[12] <= 0:
            enhanced = _between(living, rates["daily_living_standard"], rates["daily_living_enhanced"])
            row["pip_daily_living"] = "enhanced" if enhanced else "standard"
        if moving > 0 and got[12] <= 0:
            enhanced = _between(moving, rates["mobility_standard"], rates["mobility_enhanced"])
            row["pip_mobility"] = "enhanced" if enhanced else "standard"
        if living > 0 or moving > 0:
            told = "the rate is not coded: told by the amount, halfway between neighbouring rates"
            self.notes.add("pip_daily_living", told)
        group = _code(adult, "esagrp")
        if age >= PENSION_AGE:
            return row
        if group == 2 or (group != 1 and status == 9 and got[95] > 0):
            row["health"] = "lcwra_protected"
        elif group == 1:
            row["health"] = "lcw"
        if status == 9 and got[95] > 0 and group not in (1, 2):
            told = "LCWRA is not in the survey: long-term sick people with Universal Credit are taken to have it"
            self.notes.add("health", told)
        return row

    def _child(self, serial: float, child: Record) -> Row:
        rates = _rates()
        got: dict[int, float] = defaultdict(float)
        for row in self.benefits.get((serial, child.get("person", 0.0)), []):
            got[_code(row, "benefit")] += row.get("benamt", 0.0)
        care, moving = max(got[1], got[121], got[96]), max(got[2], got[122], got[97])
        made: Row = {"age": int(child.get("age", 0.0)), "sex": {1: "m", 2: "f"}.get(_code(child, "sex"))}
        if care > 0 or moving > 0:
            highest = _between(care, rates["daily_living_standard"], rates["daily_living_enhanced"])
            made["disability"] = "higher" if highest else "lower"
            if care > 0:
                made["dla_care"] = "highest" if highest else "middle"
            if moving > 0:
                higher = _between(moving, rates["mobility_standard"], rates["mobility_enhanced"])
                made["dla_mobility"] = "higher" if higher else "lower"
            self.notes.add("disability", "a child's rates are not coded: told by the amount")
        return made


@cache
def largest_area(region: str) -> str:
    """The largest broad rental market area of a region, by the sizes in geography.yaml."""
    path = Path(__file__).with_name("geography.yaml")
    areas = documents.parse(path.read_text(encoding="utf-8"), path.name).data[region]
    return str(max(areas, key=lambda area: float(areas[area][1])))
