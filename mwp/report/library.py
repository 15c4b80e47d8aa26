"""What comes with the program: the worked households, the reforms, the variables, the numbers of the law."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mwp import resources
from mwp.core import parameters
from mwp.core.parameters import Leaf
from mwp.engine.dates import law_date
from mwp.engine.system import rule_graph
from mwp.errors import InputError, Problem
from mwp.inputs import documents
from mwp.inputs.household import Household, with_council
from mwp.inputs.loading import household_from_yaml, household_to_yaml, load_household
from mwp.inputs.loading import household_schema as household_schema
from mwp.inputs.names import did_you_mean, nearest
from mwp.inputs.reform import Reform as Reform
from mwp.inputs.reform import load_reform

# Households and reforms


@dataclass(frozen=True)
class HouseholdEntry:
    """A household of the library."""

    name: str
    title: str
    nation: str
    story: str


def households() -> list[HouseholdEntry]:
    """Every household of the library, by name."""
    found = []
    for name in resources.library("households"):
        home = load_household(name)
        found.append(HouseholdEntry(name, home.name, home.nation, home.story))
    return found


def household_under(name: str, council: str) -> str:
    """A household as it would be under another council of its nation, as a file. Raises InputError."""
    return household_to_yaml(with_council(load_household(name), council))


def household_text(given: str) -> str:
    """The file of a household, as it stands. Raises InputError."""
    return _text(given, "households", "household")


def household_problems(given: str) -> list[Problem]:
    """What is wrong with a household file; nothing, where it can be used."""
    try:
        load_household(given)
    except InputError as error:
        return error.problems
    return []


def read_household(text: str) -> Household:
    """A household from the text of its file. Raises InputError with the line and the field."""
    return household_from_yaml(text)


def household_as_text(home: Household) -> str:
    """A household as a file: what was told."""
    return household_to_yaml(home)


def household_told(home: Household) -> dict[str, Any]:
    """What a household's file tells, as plain data that can be changed and read again."""
    return dict(documents.parse(household_to_yaml(home)).data)


def household_names() -> list[str]:
    """The names of the library's households."""
    return list(resources.library("households"))


def reforms() -> list[Reform]:
    """Every reform of the library, by name."""
    return [load_reform(name) for name in resources.library("reforms")]


def reform_text(given: str) -> str:
    """The file of a reform, as it stands, once it is known to be one that can be used. Raises InputError."""
    load_reform(given)
    return _text(given, "reforms", "reform")


def _text(given: str, library: str, thing: str) -> str:
    source = documents.read(given, library=library, thing=thing).source
    assert source is not None
    return Path(source).read_text(encoding="utf-8-sig")


# Variables


@dataclass(frozen=True)
class VariableEntry:
    """A variable that can be explained."""

    variable: str
    label: str
    of: str
    unit: str
    cites: str
    told: bool
    """Whether it is a fact about the household, rather than worked out."""


def variables() -> list[VariableEntry]:
    """Every variable, in order of calculation."""
    return [
        VariableEntry(one.name, one.label, one.entity.label, _unit(one.unit), one.cites, one.kind == "given")
        for one in rule_graph().rules.values()
    ]


# Parameters


@dataclass(frozen=True)
class ParameterEntry:
    """A number of the law: its values by date, what it counts, how sure it is, and where it stands."""

    path: str
    description: str
    unit: str
    period: str
    status: str
    values: tuple[tuple[date, float | None], ...]
    references: tuple[tuple[str, str], ...]

    def on(self, day: date) -> float | None:
        """The value in force on a day; None before there was one, and once it has ended."""
        started = [value for start, value in self.values if start <= day]
        return started[-1] if started else None

    @property
    def counts(self) -> str:
        """The unit and the period in words: "pounds a month"."""
        unit = _unit(self.unit)
        article = "an" if self.period == "hour" else "a"
        return f"{unit} {article} {self.period}" if self.period not in ("", "none") else unit


@dataclass(frozen=True)
class Programme:
    """A file, or a folder, of the law's numbers."""

    name: str
    description: str
    count: int


def programmes() -> list[Programme]:
    """The programmes that have numbers, and how many each has."""
    every = all_parameters()
    return [
        Programme(
            name,
            _plainly(tree.get("description")) or f"By scheme: {', '.join(tree)}.",
            sum(path == name or path.startswith(f"{name}.") for path in every),
        )
        for name, tree in parameters.documents().items()
    ]


def find_parameters(wanted: str) -> list[ParameterEntry]:
    """One parameter by its path, all below a path, or those whose path or description holds every word.

    Raises InputError where there is none, with the nearest path.
    """
    every = all_parameters()
    if wanted in every:
        return [every[wanted]]
    below = [one for path, one in every.items() if path.startswith(f"{wanted.rstrip('.')}.")]
    if below:
        return below
    sought = wanted.lower().replace("_", " ").replace(".", " ").split()
    found = [one for one in every.values() if sought and all(word in _searched(one) for word in sought)]
    if not found:
        near = nearest(wanted, every) if sought else None
        told = f" Did you mean {near}?" if near else did_you_mean(wanted, parameters.documents())
        raise InputError.of(f"No number of the law is called {wanted} or speaks of it.{told}")
    return found


def parameters_date(on: str | None) -> date:
    """The day whose values are shown. Raises InputError."""
    return law_date(on)


def all_parameters() -> dict[str, ParameterEntry]:
    """Every number of the law by its path, with what it inherits from the nodes that hold it."""
    return {leaf.path: _entry(leaf) for leaf in parameters.leaves()}


def _entry(leaf: Leaf) -> ParameterEntry:
    about = leaf.about
    return ParameterEntry(
        path=leaf.path,
        description=about["description"],
        unit=about["unit"],
        period=str(about.get("period", "")),
        status=about["status"].replace("_", " "),
        values=tuple(sorted((date.fromisoformat(day), float(value)) for day, value in leaf.values.items())),
        references=tuple((source["title"], source["href"]) for source in about["reference"]),
    )


def _plainly(text: object) -> str:
    return " ".join(str(text or "").split())


def _searched(one: ParameterEntry) -> str:
    return f"{one.path} {one.description}".lower().replace("_", " ").replace(".", " ")


_UNITS = {"currency-GBP": "pounds", "/1": "share", "bool": "yes or no", "number": "number", "date": "date"}


def _unit(unit: str) -> str:
    return _UNITS.get(unit, unit.replace("currency-GBP", "pounds"))
