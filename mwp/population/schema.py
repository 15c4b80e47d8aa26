"""The columns of the three population tables: what each holds, in which form, and what it may be.

Nearly every column is a key of the household file, under a readable flat name; its description and its limits are read
from the file's own models, so the two cannot drift apart. Money is pounds a month. An empty cell (null) says that the
key was left out: the household file's default holds. docs/population.md prints these tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args

from mwp.inputs import household as file
from mwp.inputs import places
from mwp.inputs.fields import Model
from mwp.inputs.money import MOST_POUNDS

Kind = Literal["id", "text", "choice", "pounds", "number", "count", "yes_no", "day"]
Default = float | bool | str | None

REGIONS = (
    "north_east",
    "north_west",
    "yorkshire_and_the_humber",
    "east_midlands",
    "west_midlands",
    "east_of_england",
    "london",
    "south_east",
    "south_west",
)
"""The regions of England; elsewhere the nation is the region."""

NATION_OF_REGION = dict.fromkeys(REGIONS, "england") | {n: n for n in places.NATIONS if n != "england"}
ROLES = ("claimant", "partner", "child", "non_dependant")
ADULTS, CHILDREN, CLAIMANTS = ("claimant", "partner", "non_dependant"), ("child",), ("claimant", "partner")
STUDENT_LOANS: tuple[str, ...] = get_args(file.StudentLoan)
AUTO_BENEFITS = ("new_style_jsa", "new_style_esa", "maternity_allowance", "carers_allowance")
"""Benefits that the household file gives as an amount or as auto: two columns each."""
CLAIMS: tuple[str, ...] = get_args(file.Claim)
EXTRA = "x_"
"""A column whose name begins with this is carried along and read by nothing."""


@dataclass(frozen=True)
class Column:
    """A column: `default` is what an empty cell means, None where it means that nothing is told.

    `lowest` and `highest` are the limits, `above` one that must be passed; `roles` whose persons may have it.
    """

    name: str
    kind: Kind
    description: str
    required: bool = False
    default: Default = None
    choices: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    above: float | None = None
    roles: tuple[str, ...] = ROLES
    key: str = ""

    @property
    def limits(self) -> str:
        """What is allowed, in words; nothing where everything is."""
        if self.choices and len(self.choices) <= 10:
            return ", ".join(self.choices)
        if self.above is not None:
            return f"above {self.above:g}, up to {self.highest:g}"
        if self.lowest is not None and self.highest is not None:
            return f"{self.lowest:,g} to {self.highest:,g}"
        return "" if self.lowest is None else f"{self.lowest:g} or more"

    def arrow_type(self) -> Any:
        """The column's type in Arrow and Parquet."""
        import pyarrow as pa

        return {
            "id": pa.int64(),
            "text": pa.string(),
            "choice": pa.dictionary(pa.int32(), pa.string()),
            "pounds": pa.float64(),
            "number": pa.float64(),
            "count": pa.int32(),
            "yes_no": pa.bool_(),
            "day": pa.date32(),
        }[self.kind]


@dataclass(frozen=True)
class TableSchema:
    """A table: its name, what a row is, its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Each column by its name."""
        return {column.name: column for column in self.columns}

    def arrow_schema(self) -> Any:
        """The Arrow schema, required columns not nullable."""
        import pyarrow as pa

        return pa.schema([pa.field(c.name, c.arrow_type(), nullable=not c.required) for c in self.columns])


def _of(
    model: type[Model],
    key: str,
    kind: Kind,
    name: str = "",
    *,
    choices: Sequence[str] = (),
    required: bool = False,
    roles: tuple[str, ...] = ROLES,
    default: Default = None,
    description: str = "",
    prefix: str = "",
) -> Column:
    """A column that is a key of the household file: description, limits and default are the model's."""
    field = model.model_fields[key]
    limits: dict[str, float | None] = {"lowest": None, "highest": None, "above": None}
    for one in field.metadata:
        for attribute, limit in (("ge", "lowest"), ("gt", "above"), ("le", "highest")):
            if getattr(one, attribute, None) is not None:
                limits[limit] = float(getattr(one, attribute))
    if kind == "pounds" and limits["lowest"] is None and limits["above"] is None:
        limits = {"lowest": 0.0, "highest": MOST_POUNDS, "above": None}
    told = field.default if default is None and isinstance(field.default, bool | int | float | str) else default
    if kind == "pounds" and told is None and field.default is not None and not field.is_required():
        told = 0.0
    return Column(
        name=name or prefix + key,
        kind=kind,
        description=description or str(field.description),
        required=required,
        default=told,
        choices=tuple(choices),
        roles=roles,
        key=key,
        lowest=limits["lowest"],
        highest=limits["highest"],
        above=limits["above"],
    )


def _amount(name: str, description: str, default: Default = 0.0, roles: tuple[str, ...] = ROLES) -> Column:
    return Column(name, "pounds", description, default=default, lowest=0.0, highest=MOST_POUNDS, roles=roles)


_A, _C = ADULTS, CHILDREN

PERSONS = TableSchema(
    "persons",
    "a person; in a household, claimant, partner, children and non-dependants, in the order they are given in",
    (
        Column("person_id", "id", "the person's number, each once", required=True),
        Column("benefit_unit_id", "id", "the benefit unit the person belongs to", required=True),
        Column("household_id", "id", "the household the person lives in", required=True),
        Column("role", "choice", "claimant, partner, child or non_dependant", required=True, choices=ROLES),
        Column("age", "count", "age in whole years: 0 to 19 for a child, else 16 to 120", lowest=0, highest=120),
        _of(file.Adult, "born", "day"),
        _of(file.Adult, "sex", "choice", choices=get_args(file.Sex)),
        Column("in_education", "yes_no", "in full-time education; where empty, a child is and an adult is not"),
        _of(file.Adult, "hours", "number", roles=_A),
        _of(file.Adult, "hourly_wage", "pounds", roles=_A, description="pay an hour before tax, in pounds an hour"),
        _of(file.Adult, "earnings", "pounds", roles=_A),
        _of(file.Adult, "self_employed", "yes_no", roles=_A),
        _of(file.Adult, "months_trading", "count", roles=_A),
        _of(file.Adult, "months_gainfully_self_employed", "count", roles=_A),
        _of(file.Adult, "hours_expected", "number", roles=_A),
        _of(file.Adult, "apprentice", "yes_no", roles=_A),
        _of(file.Adult, "months_out_of_work", "count", roles=_A),
        _of(file.Pension, "employee", "number", "pension_employee", roles=_A),
        _of(file.Pension, "employer", "number", "pension_employer", roles=_A),
        _of(
            file.Pension,
            "method",
            "choice",
            "pension_method",
            choices=("relief_at_source", "net_pay", "salary_sacrifice"),
            roles=_A,
        ),
        _of(file.Pension, "of", "choice", "pension_of", choices=("pay", "qualifying_earnings"), roles=_A),
        *(
            Column(f"student_loan_{plan}", "yes_no", f"repays a {plan.replace('_', ' ')} loan", default=False, roles=_A)
            for plan in STUDENT_LOANS
        ),
        _of(file.Adult, "health", "choice", choices=get_args(file.Health), roles=_A),
        *(
            _of(file.Pip, part, "choice", choices=get_args(file.PipRate), roles=_A, prefix="pip_")
            for part in ("daily_living", "mobility")
        ),
        _of(file.Adult, "attendance_allowance", "choice", choices=get_args(file.TwoRates), roles=_A),
        _of(file.Adult, "blind", "yes_no", roles=_A),
        _of(file.Adult, "caring_hours", "number", roles=_A),
        _of(file.Adult, "cares_for", "choice", choices=("partner", "child", "other"), roles=_A),
        _of(file.Adult, "prescriptions_a_month", "number", roles=_A),
        _of(file.Adult, "pregnant", "yes_no", roles=_A),
        _of(file.Adult, "weeks_pregnant", "count", roles=_A),
        *(
            column
            for benefit in AUTO_BENEFITS
            for column in (
                _amount(benefit, f"{benefit.replace('_', ' ')} told as an amount, before work is looked at", roles=_A),
                Column(
                    f"{benefit}_auto",
                    "yes_no",
                    f"whether {benefit.replace('_', ' ')} is had and is to be worked out",
                    default=False,
                    roles=_A,
                ),
            )
        ),
        _of(file.Benefits, "esa_support_group", "yes_no", roles=_A),
        _of(file.Child, "disability", "choice", choices=("none", "lower", "higher"), roles=_C),
        _of(file.Dla, "care", "choice", choices=get_args(file.DlaCare), roles=_C, prefix="dla_"),
        _of(file.Dla, "mobility", "choice", choices=get_args(file.TwoRates), roles=_C, prefix="dla_"),
        _of(file.Child, "at_state_school", "yes_no", roles=_C),
        _of(file.Child, "two_child_limit_exception", "yes_no", roles=_C),
        Column(
            "in_childcare",
            "yes_no",
            "whether the benefit unit's childcare is for this child",
            default=False,
            roles=_C,
        ),
    ),
)

BENEFIT_UNITS = TableSchema(
    "benefit_units",
    "a benefit unit: the claimants' own, and one for each non-dependant, of whom nothing more is asked",
    (
        Column("benefit_unit_id", "id", "the benefit unit's number, each once", required=True),
        Column("household_id", "id", "the household it lives in", required=True),
        Column("is_claimants", "yes_no", "whether the claimant's; each household has one", required=True),
        _of(file.Household, "savings", "number"),
        *(_of(file.UnearnedIncome, key, "pounds") for key in file.UnearnedIncome.model_fields),
        _amount("childcare", "registered childcare when in work, pounds a month for all the children", None),
        Column(
            "childcare_per_hour",
            "pounds",
            "registered childcare that follows the hours: what an hour of all the children costs, before funded hours",
            lowest=0.0,
            highest=MOST_POUNDS,
        ),
        _of(file.Childcare, "hours", "number", "childcare_hours"),
        _of(
            file.Childcare,
            "funded_hours",
            "choice",
            "childcare_funded_hours",
            choices=("taken_off", "to_take_off"),
        ),
        *(_of(file.WorkCosts, key, "pounds", prefix="work_") for key in ("travel", "meals", "other")),
        _of(file.WorkCosts, "for_each_hour", "number", "work_costs_for_each_hour"),
        _of(file.Bills, "saves_a_month", "pounds"),
        _of(file.Bills, "help_to_save_account", "yes_no"),
        *(_of(file.TakeUp, benefit, "yes_no", prefix="claims_") for benefit in CLAIMS),
        _of(file.Options, "benefit_cap_grace_period", "yes_no"),
    ),
)

HOUSEHOLDS = TableSchema(
    "households",
    "a household file: one benefit unit that could claim, its home, and any other adults there",
    (
        Column("household_id", "id", "the household's number, each once", required=True),
        Column(
            "weight",
            "number",
            "how many benefit units of the population the row stands for; 1 where empty",
            default=1.0,
            lowest=0.0,
            highest=1e12,
        ),
        Column("home_id", "id", "the home, where several rows live in one; the household's own number where empty"),
        Column(
            "is_householder",
            "yes_no",
            "whether the row's benefit unit holds the home: count homes by these rows",
            default=True,
        ),
        _of(file.Household, "name", "text", description="a name; the household's number where empty"),
        _of(file.Household, "story", "text"),
        _of(file.Household, "nation", "choice", choices=places.NATIONS, required=True),
        Column("region", "choice", "region of England, or the nation elsewhere", choices=tuple(NATION_OF_REGION)),
        _of(file.Household, "local_authority", "choice", choices=tuple(places.authorities())),
        _of(file.Household, "greater_london", "yes_no"),
        _of(
            file.Household,
            "brma",
            "choice",
            choices=tuple(dict.fromkeys(area for nation in places.NATIONS for area in places.brmas(nation))),
        ),
        _of(file.Household, "lha", "pounds"),
        _of(file.Housing, "tenure", "choice", choices=get_args(file.Tenure), required=True),
        _of(file.Housing, "rent", "pounds"),
        _of(file.Housing, "service_charges", "pounds"),
        _of(file.Housing, "bedrooms", "count"),
        _of(file.Housing, "extra_bedrooms", "count"),
        *(
            _of(file.Housing, key, "yes_no")
            for key in (
                "under_occupancy_exempt",
                "shared_accommodation_exempt",
                "temporary_accommodation",
                "supported_accommodation",
            )
        ),
        _of(file.CouncilTax, "band", "choice", "council_tax_band", choices=tuple("ABCDEFGHI")),
        _amount("council_tax", "council tax or rates after discounts and before any reduction", None),
        Column(
            "council_tax_auto",
            "yes_no",
            "whether the bill is to be worked out from the council's charge for the band",
            default=False,
        ),
        _of(file.Bills, "water_bill", "pounds"),
        _of(file.Bills, "water_meter", "yes_no"),
        _of(file.Bills, "water_medical_need", "yes_no"),
        Column("water_social_tariff", "yes_no", "whether the company's social tariff is told", default=False),
        _of(file.WaterTariff, "income_limit", "pounds", "water_tariff_income_limit"),
        _of(file.WaterTariff, "on_universal_credit", "yes_no", "water_tariff_on_universal_credit"),
        _of(file.WaterTariff, "discount", "number", "water_tariff_discount"),
        *(_of(file.Bills, key, "yes_no") for key in ("broadband", "tv_licence", "electricity", "costly_to_heat")),
        _of(file.Options, "free_school_meals_days", "count"),
    ),
)

TABLES = {schema.name: schema for schema in (PERSONS, BENEFIT_UNITS, HOUSEHOLDS)}


def markdown() -> str:
    """The tables and their columns, as docs/population.md prints them."""
    parts = []
    for schema in TABLES.values():
        parts.append(
            f"### {schema.name}\n\nA row is {schema.row}.\n\n| Column | Form | Holds | Allowed | Empty means |"
        )
        parts.append("\n| --- | --- | --- | --- | --- |\n")
        for c in schema.columns:
            whose = "" if c.roles == ROLES else " (children only)" if c.roles == CHILDREN else " (adults only)"
            empty = "must be given" if c.required else _said(c.default)
            parts.append(f"| `{c.name}` | {_FORMS[c.kind]} | {c.description}{whose} | {c.limits} | {empty} |\n")
        parts.append("\n")
    return "".join(parts).rstrip() + "\n"


_FORMS = {
    "id": "whole number",
    "text": "text",
    "choice": "word",
    "pounds": "pounds",
    "number": "number",
    "count": "whole number",
    "yes_no": "yes or no",
    "day": "date",
}


def _said(default: Default) -> str:
    if default is None or default == "":
        return "not told"
    if isinstance(default, bool):
        return "yes" if default else "no"
    return default if isinstance(default, str) else f"{default:g}"
