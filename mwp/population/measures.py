"""What can be counted in a population: the words of targets.yaml, each an array with a value a household.

Counts are of people or of benefit units in a row; amounts are pounds a month. Weighted and summed they are totals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mwp.analysis.calculation import law_on
from mwp.core.entities import Person
from mwp.engine.simulation import Results, simulate
from mwp.engine.system import rule_graph
from mwp.inputs.reform import Reform
from mwp.population.encode import age_on, born_on, encode_tables, is_pension_age, numbers_of_claimants_unit
from mwp.population.tables import Flags, Floats, Population, flags, is_word, numbers, words

FAMILIES = ("single", "lone_parent", "couple", "couple_children")
PAY_DECILES = (11_300, 19_310, 25_370, 29_820, 34_390, 39_700, 46_280, 55_410, 73_190)
"""ASHE's deciles of annual pay as targets.yaml raises them to 2026-27, pounds a year."""
HIGH_PAY = 116_000.0
AWARD_BANDS = ((0.0, 300.0), (300.0, 600.0), (600.0, 900.0), (900.0, 1_200.0), (1_200.0, 1_500.0), (1_500.0, np.inf))
MODELLED = (
    "universal_credit",
    "uc_housing_element",
    "uc_health_element",
    "uc_carer_element",
    "uc_childcare_element",
    "benefit_cap_reduction",
    "child_benefit",
    "high_income_child_benefit_charge",
    "income_tax",
    "adjusted_net_income",
    "personal_allowance",
    "national_insurance",
    "ni_class_1",
    "ni_class_4",
    "employer_national_insurance",
    "student_loan_repayment",
    "carers_allowance",
    "scottish_child_payment",
    "council_tax_reduction",
    "tax_free_childcare",
    "new_style_esa",
    "new_style_jsa",
    "gross_pay",
    "employment_income",
    "self_employment_income",
    "uc_maximum_amount",
    "net_income",
)
"""The variables that measures are made of; `spending` in docs/population.md lists more."""


def charged_in_full_from(on: date) -> float:
    """Income a year at which the charge takes back all Child Benefit, so that families opt out (ITEPA 2003 s.681C)."""
    charge = law_on(on).child_benefit.high_income_charge
    return float(charge.threshold + charge.step / charge.share_per_step)


@dataclass(frozen=True)
class Measures:
    """A population, what the model makes of it on a day, and the arrays that targets are taken from."""

    population: Population
    results: Results
    on: date

    @classmethod
    def of(cls, population: Population, on: date, reforms: Sequence[Reform] = ()) -> Measures:
        """The measures under the law on a day and any reforms, unrounded."""
        known = rule_graph().rules
        wanted = [name for name in MODELLED if name in known]
        results = simulate(encode_tables(population, on), law_on(on, reforms), wanted)
        return cls(population, results, on)

    def array(self, name: str) -> Floats:
        """What a measure counts or sums in each household. Raises KeyError for a word that is not known."""
        return self.counts[name] if name in self.counts else self.results.amounts[name][:, 0]

    def among(self, where: Mapping[str, Any]) -> Flags:
        """The households that a target speaks of."""
        chosen = np.ones(self.population.size, dtype=bool)
        for key, wanted in where.items():
            several = wanted if isinstance(wanted, list | tuple) else [wanted]
            chosen &= np.isin(self.groups[key], several)
        return chosen

    @cached_property
    def groups(self) -> dict[str, NDArray[np.object_]]:
        """Words that households are told apart by."""
        homes = self.population.households
        nation, region = words(homes, "nation"), words(homes, "region")
        couple, children = self.adults > 1, self.children
        family = np.where(couple, np.where(children > 0, "couple_children", "couple"), "single")
        family = np.where(~couple & (children > 0), "lone_parent", family)
        return {
            "nation": nation,
            "region": np.where(region == "", nation, region).astype(object),
            "country": np.where(nation == "northern_ireland", "northern_ireland", "great_britain").astype(object),
            "family": family.astype(object),
            "children": np.minimum(children, 5).astype(int).astype(str).astype(object),
            "tenure": words(homes, "tenure"),
        }

    @cached_property
    def adults(self) -> Floats:
        """Adults of the claimants' benefit unit."""
        return self._people(self._ours & ~self._child)

    @cached_property
    def children(self) -> Floats:
        """Children of the claimants' benefit unit."""
        return self._people(self._child)

    @cached_property
    def _child(self) -> Flags:
        return is_word(self.population.persons, "role", "child")

    @cached_property
    def _ours(self) -> Flags:
        return ~is_word(self.population.persons, "role", "non_dependant")

    def _people(self, who: Flags) -> Floats:
        counted = np.bincount(self.population.household_of_person[who], minlength=self.population.size)
        return counted.astype(np.float64)

    def _sum(self, values: Floats) -> Floats:
        index = self.population.household_of_person
        return np.asarray(np.bincount(index, weights=values, minlength=self.population.size), dtype=np.float64)

    @cached_property
    def counts(self) -> dict[str, Floats]:
        """Each count by its word."""
        return self._of_people() | self._of_work() | self._of_awards()

    def _of_people(self) -> dict[str, Floats]:
        persons, homes = self.population.persons, self.population.households
        ages, female = age_on(persons, self.on), is_word(persons, "sex", "f")
        found = {
            "benefit_units": np.ones(self.population.size),
            "people": self._people(self._ours),
            "people_0_14": self._people(self._ours & (ages < 15)),
            "people_60_65": self._people(self._ours & (ages >= 60) & (ages <= 65)),
            "children": self.children,
            "homes": flags(homes, "is_householder", True).astype(np.float64),
        }
        for low, high in ((15, 29), (30, 44), (45, 59)):
            of_age = self._ours & (ages >= low) & (ages <= high)
            found[f"women_{low}_{high}"] = self._people(of_age & female)
            found[f"men_{low}_{high}"] = self._people(of_age & ~female)
        everyone = np.bincount(self.population.household_of_person, minlength=self.population.size)
        found["lives_alone"] = found["homes"] * (everyone == 1)
        return found

    def _of_work(self) -> dict[str, Floats]:
        persons = self.population.persons
        grown = self._ours & ~self._child
        working_age = grown & ~is_pension_age(born_on(persons, self.on), self.on)
        female, ages = is_word(persons, "sex", "f"), age_on(persons, self.on)
        at_work = grown & (numbers(persons, "hours", 0.0) > 0)
        own = flags(persons, "self_employed")
        parent = grown & (self.children > 0)[self.population.household_of_person]
        lone = parent & (self.adults == 1)[self.population.household_of_person]
        childless = grown & ~parent & (ages < 65)
        groups = {
            "mothers": parent & female,
            "fathers": parent & ~female,
            "lone_parents": lone,
            "childless_women": childless & female,
            "childless_men": childless & ~female,
        }
        found = {name: self._people(who) for name, who in groups.items()}
        found |= {f"{name}_in_work": self._people(who & at_work) for name, who in groups.items()}
        pay = self._by_person("employment_income") * 12.0
        employee = at_work & ~own
        found["employees"] = self._people(employee)
        found["self_employed"] = self._people(at_work & own)
        for number, most in enumerate(PAY_DECILES, start=1):
            found[f"employees_below_decile_{number}"] = self._people(employee & (pay < most))
        found["employees_above_116000"] = self._people(employee & (pay >= HIGH_PAY))
        found["employee_pay"] = self._sum(np.where(employee, pay, 0.0)) / 12.0
        income = numbers_of_claimants_unit(self.population)
        found["dividend_income"], found["rental_profit"] = income("dividends"), income("rental")
        found["profits"] = self.results.amounts["self_employment_income"][:, 0]
        found["adults_of_working_age"] = self._people(working_age)
        found |= self._of_taxpayers(working_age)
        return found

    def _of_taxpayers(self, working_age: Flags) -> dict[str, Floats]:
        """Who pays income tax, and who above the basic rate (in Scotland: the intermediate one)."""
        bands = law_on(self.on).income_tax
        scottish = (self.groups["nation"] == "scotland")[self.population.household_of_person]
        end = np.where(scottish, bands.scotland.intermediate_band_end, bands.uk.basic_band_end)
        taxed = (self._by_person("adjusted_net_income") - self._by_person("personal_allowance")) * 12.0
        pays = working_age & (self._by_person("income_tax") > 0)
        return {"taxpayers": self._people(pays), "higher_rate_payers": self._people(pays & (taxed > end))}

    def _by_person(self, name: str) -> Floats:
        """An adult's variable on the persons' rows; nil for children and others in the home."""
        assert rule_graph().rules[name].entity is Person
        persons, apart = self.population.persons, self.results.adults[name][:, :, 0]
        values = np.zeros(persons.num_rows)
        for slot, role in enumerate(("claimant", "partner")):
            rows = is_word(persons, "role", role)
            values[rows] = apart[slot][self.population.household_of_person[rows]]
        return values

    def _of_awards(self) -> dict[str, Floats]:
        persons, amounts = self.population.persons, {k: v[:, 0] for k, v in self.results.amounts.items()}
        award = amounts["universal_credit"]
        on_uc = award > 0
        grown = self._ours & ~self._child
        of_person = on_uc[self.population.household_of_person] & grown
        lcwra = is_word(persons, "health", "lcwra", "lcwra_protected")
        found = {
            "uc_in_payment": on_uc.astype(np.float64),
            "uc_adults": self._people(of_person),
            "uc_adults_in_work": self._people(of_person & (numbers(persons, "hours", 0.0) > 0)),
            "uc_children": self.children * on_uc,
            "uc_lcwra_adults": self._people(of_person & lcwra),
            "uc_lcwra_new": self._people(of_person & is_word(persons, "health", "lcwra")),
            "capped": (on_uc & (amounts["benefit_cap_reduction"] > 0)).astype(np.float64),
            "child_benefit_families": (amounts["child_benefit"] > 0).astype(np.float64),
            "child_benefit_children": self.children * (amounts["child_benefit"] > 0),
        }
        under_16 = self._child & (age_on(persons, self.on) < 16)
        found["scottish_child_payment_children"] = self._people(under_16) * (amounts["scottish_child_payment"] > 0)
        claims = np.flatnonzero(flags(self.population.benefit_units, "is_claimants"))
        unclaimed = ~flags(self.population.benefit_units, "claims_child_benefit", True)[claims]
        top = np.max(self.results.adults["gross_pay"][:, :, 0], axis=0) * 12.0
        found["child_benefit_opted_out"] = (
            (self.children > 0) & unclaimed & (top > charged_in_full_from(self.on))
        ).astype(np.float64)
        charge = amounts["high_income_child_benefit_charge"]
        whole = charge >= amounts["child_benefit"] - 1.0
        found["charged_child_benefit_in_part"] = ((charge > 0) & ~whole).astype(np.float64)
        found["charged_child_benefit_in_full"] = ((charge > 0) & whole).astype(np.float64)
        english = self.groups["nation"] == "england"
        found["reduction_england"] = (english & (amounts["council_tax_reduction"] > 0)).astype(np.float64)
        for part in ("carer", "childcare", "housing"):
            found[f"uc_{part}"] = (on_uc & (amounts[f"uc_{part}_element"] > 0)).astype(np.float64)
        for benefit in ("new_style_esa", "new_style_jsa"):
            found[f"{benefit}_people"] = np.sum(self.results.adults[benefit][:, :, 0] > 0, axis=0).astype(np.float64)
        for low, high in AWARD_BANDS:
            name = f"{low:.0f}_to_{high:.0f}" if low and high < np.inf else f"to_{high:.0f}" if high < np.inf else ""
            name = name or f"over_{low:.0f}"
            found[f"uc_award_{name}"] = ((award > low) & (award <= high)).astype(np.float64)
        return found
