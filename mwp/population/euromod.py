"""A EUROMOD or UKMOD input file (one tab-separated file, a row a person) into population tables: the core variables.

Money is pounds a month; people belong together by idhh, idpartner, idmother and idfather. Codes are those with which
UKMOD's own programs make such a file of the Family Resources Survey ("data processing/data compilation" of
https://github.com/centreformicrosimulation/UKMOD-PUBLIC, of June 2026):

- dwt (weight), dag (age), dgn (0 woman, 1 man), drgn1 (region, numbered as the survey's GVTREGNO);
- les (0 before school, 2 self-employed, 3 employee, 4 pensioner, 5 unemployed, 6 student or dependent child, 7
  inactive, 8 sick or disabled, 9 other), lhw (hours a week), yem (pay), yse (profit), yseny (years in business);
- lcr01 (cares for a dependent person in the sense of Income Support), xcc (registered childcare, by child);
- yiy (income from investment, of it yittx interest and ydvtx dividends), ypr (from property), ypp (private pension),
  afc (financial capital, on one adult of a benefit unit);
- amrtn (1 mortgage, 2 owned, 3 rented, 4 rented at less, 5 social, 6 free, 7 other), xhcrt (rent) and xhcsc (service
  charges), both on the person who answers for the home, amrrm (bedrooms), amriv00 (council tax band, 1 is A) and tmu02
  (council tax as reported).

What else such a file holds is not mapped, and the report says so. Other releases may differ: check yours against its
own documentation.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from mwp.errors import InputError
from mwp.population.convert import Row
from mwp.population.frs import PENSION_AGE, REGION, hours_of_care, largest_area
from mwp.population.schema import NATION_OF_REGION, TABLES
from mwp.population.survey import Imported, Notes, Record, read_table
from mwp.population.tables import Population, table_of

NEEDED = ("idhh", "idperson", "dwt", "dag", "dgn")
READ = (
    *NEEDED, "idpartner", "idmother", "idfather", "les", "lhw", "yem", "yse", "yseny", "yiy", "yittx", "ydvtx", "ypr",
    "ypp", "afc", "drgn1", "amrtn", "amrrm", "amriv00", "tmu02", "xhcrt", "xhcsc", "xcc", "lcr01",
)  # fmt: skip
TENURE = {
    1: "mortgage",
    2: "owned",
    3: "private_rent",
    4: "private_rent",
    5: "social_rent",
    6: "rent_free",
}
OLDEST_CHILD, OLDEST_IN_EDUCATION = 15, 19
IN_EDUCATION, SICK = 6, 8
OTHERS = 10


def import_euromod(file: str | Path) -> Imported:
    """The population of an input file. Raises InputError where a column that is needed is missing."""
    path = Path(file)
    people = read_table(path)
    columns = {name for row in people for name in row}
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise InputError.of(f"These columns are missing: {', '.join(missing)}.", str(path))
    return _Import(people, sorted(columns - set(READ))).run()


class _Import:
    def __init__(self, people: list[Record], unread: list[str]) -> None:
        self.notes, self.unread = Notes(), unread
        self.rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.left_out, self.left_out_weight = 0, 0.0
        self.homes: dict[float, list[Record]] = defaultdict(list)
        for person in people:
            self.homes[person["idhh"]].append(person)

    def run(self) -> Imported:
        number = 0
        for idhh, people in self.homes.items():
            units = _units(people)
            holder = max(units, key=lambda unit: max(one["dag"] for one in unit if _is_grown(one)), default=None)
            for unit in units:
                number += 1
                others = [one for other in units if other is not unit for one in other if _is_grown(one)]
                self._record(number, idhh, unit, others if unit is holder else [], holds=unit is holder)
        population = Population.of(
            *(table_of(schema, self.rows[name]) for name, schema in TABLES.items()),
            about=f"EUROMOD input file, {len(self.rows['households']):,} benefit units of working age.",
        )
        notes = tuple((column, told, rows) for (column, told), rows in self.notes.found.items())
        return Imported(
            population, "EUROMOD input file", notes, tuple(self.unread), self.left_out, self.left_out_weight
        )

    def _record(self, number: int, idhh: float, unit: list[Record], others: list[Record], *, holds: bool) -> None:
        adults, children = [one for one in unit if _is_grown(one)], [one for one in unit if not _is_grown(one)]
        weight = max(adults[0]["dwt"], 0.0)
        if all(one["dag"] >= PENSION_AGE for one in adults):
            self.left_out += 1
            self.left_out_weight += weight
            return
        first = number * 100
        links = {"benefit_unit_id": first, "household_id": number}
        self.rows["households"].append(self._home(number, int(idhh), weight, self.homes[idhh], holds=holds))
        income = {
            "savings": max(one.get("afc", 0.0) for one in adults),
            "interest": sum(max(one.get("yittx", one.get("yiy", 0.0)), 0.0) for one in adults),
            "dividends": sum(max(one.get("ydvtx", 0.0), 0.0) for one in adults),
            "rental": sum(max(one.get("ypr", 0.0), 0.0) for one in adults),
            "occupational_pension": sum(max(one.get("ypp", 0.0), 0.0) for one in adults),
        }
        care = sum(max(child.get("xcc", 0.0), 0.0) for child in children)
        told = {"is_claimants": True} | income | ({"childcare": care} if care else {})
        self.rows["benefit_units"].append(links | told)
        for slot, adult in enumerate(adults[:2]):
            role = {"person_id": first + slot, "role": "partner" if slot else "claimant"}
            self.rows["persons"].append(role | links | self._adult(adult))
        for order, child in enumerate(children):
            role = {"person_id": first + 2 + order, "role": "child"}
            own_care = {"in_childcare": child.get("xcc", 0.0) > 0} if care else {}
            self.rows["persons"].append(role | links | {"age": int(child["dag"]), "sex": _sex(child)} | own_care)
        for order, other in enumerate(others[:OTHERS]):
            own = {"benefit_unit_id": first + 1 + order, "household_id": number}
            self.rows["benefit_units"].append(own | {"is_claimants": False})
            role = {"person_id": first + 40 + order, "role": "non_dependant"}
            self.rows["persons"].append(role | own | self._adult(other))

    def _home(self, number: int, idhh: int, weight: float, people: list[Record], *, holds: bool) -> Row:
        code = int(people[0].get("drgn1", 0.0))
        if code not in REGION:
            raise InputError.of(f"Household {idhh} has no region that is known (drgn1 {code}).")
        region = REGION[code]
        tenure = TENURE.get(int(people[0].get("amrtn", 0.0)), "rent_free")
        rent, charges = (max(max(one.get(name, 0.0) for one in people), 0.0) for name in ("xhcrt", "xhcsc"))
        bedrooms = int(people[0].get("amrrm", 0.0))
        if not holds:
            tenure = "rent_free"
            self.notes.add("tenure", "a unit that does not hold the home lives rent-free")
        elif tenure.endswith("_rent") and not rent:
            tenure = "rent_free"
            self.notes.add("tenure", "a rented home without a rent is taken as rent-free")
        row: Row = {
            "household_id": number,
            "home_id": idhh,
            "weight": weight,
            "is_householder": holds,
            "nation": NATION_OF_REGION[region],
            "region": region,
            "tenure": tenure,
            "rent": rent if tenure.endswith("_rent") else 0.0,
            "service_charges": charges if holds else 0.0,
            "bedrooms": bedrooms if holds and bedrooms > 0 else None,
            "greater_london": True if region == "london" and tenure != "private_rent" else None,
        }
        if holds:
            row |= self._council_tax(people[0], NATION_OF_REGION[region])
        if tenure == "private_rent":
            row["brma"] = largest_area(region)
            self.notes.add("brma", f"unknown: the largest area of the region ({row['brma']} in {region})")
        return row

    def _council_tax(self, person: Record, nation: str) -> Row:
        band, bill = int(person.get("amriv00", 0.0)), person.get("tmu02", 0.0)
        if not 1 <= band <= (9 if nation == "wales" else 8) or bill <= 0 or nation == "northern_ireland":
            self.notes.add("council_tax", "no band or no bill: none is told, so no reduction is worked out")
            return {}
        return {"council_tax_band": "ABCDEFGHI"[band - 1], "council_tax": bill}

    def _adult(self, adult: Record) -> Row:
        pay, profit = max(adult.get("yem", 0.0), 0.0), max(adult.get("yse", 0.0), 0.0)
        hours, status = min(max(adult.get("lhw", 0.0), 0.0), 112.0), int(adult.get("les", -1.0))
        row: Row = {"age": max(int(adult["dag"]), 16), "sex": _sex(adult), "in_education": status == IN_EDUCATION}
        if status == SICK and adult["dag"] < PENSION_AGE:
            row["health"] = "lcwra_protected"
            self.notes.add("health", "LCWRA is not in the file: the sick and disabled (les 8) are taken to have it")
        if adult.get("lcr01", 0.0) == 1:
            row |= {"caring_hours": hours_of_care(), "cares_for": "other"}
            self.notes.add("caring_hours", f"a carer (lcr01) is taken to care for {hours_of_care():g} hours a week")
        if not pay and not profit:
            return row
        if not hours:
            hours = 37.5
            self.notes.add("hours", "work without hours: 37.5 a week")
        row |= {"hours": hours, "earnings": pay + profit}
        if pay and profit:
            self.notes.add("earnings", "pay and profit of one person are counted as the larger of the two kinds")
        if profit > pay:
            years = adult.get("yseny", 0.0)
            row |= {"self_employed": True, "months_trading": int(years * 12) if years > 0 else 24}
            if years <= 0:
                self.notes.add("months_trading", "how long a business has traded is not known: two years")
        return row


def _units(people: list[Record]) -> list[list[Record]]:
    """Benefit units: an adult or a couple with the children whose mother or father they are, adults first."""
    grown = [one for one in people if _is_grown(one)]
    unit_of: dict[float, int] = {}
    units: list[list[Record]] = []
    for one in grown:
        partner = one.get("idpartner", 0.0)
        if partner in unit_of:
            unit_of[one["idperson"]] = unit_of[partner]
            units[unit_of[partner]].append(one)
        else:
            unit_of[one["idperson"]] = len(units)
            units.append([one])
    for child in (one for one in people if not _is_grown(one)):
        parent = next((child[key] for key in ("idmother", "idfather") if child.get(key, 0.0) in unit_of), None)
        if units:
            units[unit_of[parent] if parent is not None else 0].append(child)
    return units


def _is_grown(person: Record) -> bool:
    """An adult: over 19, over 15 and not in education, or with a partner."""
    in_education = int(person.get("les", -1.0)) == IN_EDUCATION and person["dag"] <= OLDEST_IN_EDUCATION
    of_age = person["dag"] > OLDEST_CHILD and not in_education
    return of_age or person.get("idpartner", 0.0) > 0


def _sex(person: Record) -> str | None:
    return {0: "f", 1: "m"}.get(int(person["dgn"]))
