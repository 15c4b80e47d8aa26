"""A calculation set out as an award letter is: pay, Universal Credit, other help, council tax, costs, what is left.

Amounts that come off are negative, so that every part adds up to its total, and the totals to what is left. Help in
kind follows, put into pounds, with what is left when it is counted too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from mwp.analysis.better_off import MEASURE, WITH_HELP_IN_KIND
from mwp.analysis.calculation import Calculation, openings
from mwp.analysis.measures import IN_KIND, TOP_UP
from mwp.engine.system import rule_graph
from mwp.report import help_words, words
from mwp.report.amounts import a_week, a_year, is_nil

Weight = Literal["amount", "subtotal", "total"]


@dataclass(frozen=True)
class Line:
    """One amount. A subtotal repeats the lines above it; a total closes its part.

    What is not money but worth money carries a mark, which a remark on its part explains.
    """

    variable: str
    label: str
    month: float
    weight: Weight = "amount"
    is_valuation: bool = False

    @property
    def marked(self) -> str:
        """The label, with a star where the amount is a valuation."""
        return f"{self.label} *" if self.is_valuation else self.label

    @property
    def week(self) -> float:
        """The amount a week."""
        return a_week(self.month)

    @property
    def year(self) -> float:
        """The amount a year."""
        return a_year(self.month)


@dataclass(frozen=True)
class Part:
    """A part of the statement, with anything to remark on it."""

    title: str
    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """The whole month of a household."""

    calculation: Calculation
    parts: tuple[Part, ...]

    @property
    def beside(self) -> list[str]:
        """What comes beside the amounts, in sentences: benefits that no pay takes away, and help without an amount."""
        one, rules = self.calculation, rule_graph().rules
        labels = {name: rules[name].label for name in openings()}
        told = (words.kept_whatever(one), help_words.open_to(one.open_to, labels))
        return [sentence for sentence in told if sentence]

    @property
    def assumptions(self) -> list[str]:
        """What it rests on, in words."""
        return words.assumptions(self.calculation.assumptions)

    @property
    def not_covered(self) -> list[str]:
        """What it leaves out."""
        return words.not_covered(self.calculation.not_modelled)


PAY_DEDUCTIONS = (
    "salary_sacrifice",
    "income_tax_on_earnings",
    "national_insurance",
    "student_loan_repayment",
    "employee_pension_contribution",
)
ELEMENTS = (
    "uc_standard_allowance",
    "uc_child_element",
    "uc_disabled_child_element",
    "uc_housing_element",
    "uc_health_element",
    "uc_carer_element",
    "uc_childcare_element",
)
UC_DEDUCTIONS = ("uc_earnings_deduction", "uc_unearned_income", "benefit_cap_reduction")
OTHER_AWARDS = (
    TOP_UP,
    "child_benefit",
    "scottish_child_payment",
    "carers_allowance",
    "scottish_carer_supplement",
    "new_style_jsa",
    "new_style_esa",
    "maternity_allowance",
    "under_occupancy_mitigation",
)
CHILDCARE_TOP_UPS = ("tax_free_childcare", "northern_irish_childcare_subsidy")
UNEARNED = (
    "state_pension",
    "occupational_pension",
    "maintenance",
    "child_maintenance",
    "rental",
    "dividends",
    "interest",
)


def statement(one: Calculation) -> Statement:
    """The calculation, part by part. Nil lines are left out, save an award that is claimed and comes to nothing."""
    found = [part for make in _PARTS for part in make(one)]
    return Statement(one, tuple(found))


def _line(one: Calculation, variable: str, sign: int = 1, weight: Weight = "amount") -> Line:
    amount = one.amounts_rounded.get(variable, 0.0) if variable == TOP_UP else one.amounts_rounded[variable]
    return Line(variable, words.label(variable, one.household), sign * amount + 0.0, weight)


def _lines(one: Calculation, variables: tuple[str, ...], sign: int = 1) -> list[Line]:
    return [line for name in variables if not is_nil((line := _line(one, name, sign)).month)]


def _pay(one: Calculation) -> Iterator[Part]:
    for slot, (adult, own) in enumerate(zip(one.household.adults, one.people, strict=True)):
        remarks = words.warnings(one, slot)
        if is_nil(own["gross_pay"]) and not remarks:
            continue
        gross = "Profit before tax" if adult.self_employed else words.LABELS["gross_pay"]
        lines = (
            Line("gross_pay", gross, own["gross_pay"]),
            *(Line(name, words.LABELS[name], -own[name]) for name in PAY_DEDUCTIONS if not is_nil(own[name])),
            Line("take_home_pay", words.LABELS["take_home_pay"], own["take_home_pay"], "total"),
        )
        title = "Pay" if len(one.people) == 1 else "Your partner's pay" if slot else "Your pay"
        yield Part(title, lines, tuple(remarks))


def _universal_credit(one: Calculation) -> Iterator[Part]:
    award = _line(one, "universal_credit", weight="total")
    title = words.LABELS["universal_credit"]
    if not one.household.options.claims("universal_credit"):
        return
    off = _lines(one, UC_DEDUCTIONS, -1)
    over = one.amounts_rounded["uc_maximum_amount"] + sum(line.month for line in off)
    if is_nil(award.month) and round(over, 2) > 0:
        told = "None can be had here: too much in savings, or only full-time students"
        yield Part(title, (award,), (told,))
        return
    whole = _line(one, "uc_maximum_amount", weight="subtotal")
    if is_nil(award.month):
        yield Part(title, (whole, *off, award), ("Earnings and other income take off all there could be",))
    else:
        yield Part(title, (*_lines(one, ELEMENTS), *((whole, *off) if off else ()), award))


def _other_awards(one: Calculation) -> Iterator[Part]:
    home = one.household
    claimed_at_nil = {
        "child_benefit": bool(home.children) and home.options.claims("child_benefit"),
        "carers_allowance": any(adult.benefits.carers_allowance == "auto" for adult in home.adults),
        "scottish_child_payment": bool(home.children) and home.nation == "scotland",
    }
    lines = [
        line for name in OTHER_AWARDS if not is_nil((line := _line(one, name)).month) or claimed_at_nil.get(name, False)
    ]
    lines += _lines(one, ("high_income_child_benefit_charge",), -1)
    if lines:
        yield Part("Other help", tuple(lines))


def _other_income(one: Calculation) -> Iterator[Part]:
    home = one.household
    lines = [
        Line(name, words.label(name, home), paid)
        for name in UNEARNED
        if not is_nil(paid := getattr(home.unearned_income, name).a_month)
    ]
    tax = one.amounts_rounded["income_tax"] - one.amounts_rounded["income_tax_on_earnings"]
    if not is_nil(tax):
        lines.append(Line("income_tax", "Income Tax on it" if lines else "Income Tax on other income", -tax))
    if lines:
        yield Part("Other income", tuple(lines))


def _council_tax(one: Calculation) -> Iterator[Part]:
    home = one.household
    if home.council_tax is None or is_nil(one.amounts_rounded["council_tax"]):
        return
    title = "Rates" if home.nation == "northern_ireland" else "Council Tax"
    bill, to_pay = _line(one, "council_tax", -1), _line(one, "net_council_tax", -1, "total")
    if home.options.claims("council_tax_reduction"):
        yield Part(title, (bill, _line(one, "council_tax_reduction"), to_pay))
    else:
        yield Part(title, (to_pay,))


def _costs(one: Calculation) -> Iterator[Part]:
    lines = [*_lines(one, ("childcare_charges",), -1), *_lines(one, CHILDCARE_TOP_UPS)]
    if not is_nil(costs := one.amounts_rounded["work_costs"]):
        lines.append(Line("work_costs", words.work_costs_label(one.household), -costs))
    if lines:
        yield Part("Costs of work", tuple(lines))


def _left(one: Calculation) -> Iterator[Part]:
    left = Line(MEASURE, words.left_label(one.household), one.amounts_rounded[MEASURE], "total")
    yield Part("What is left", (left,))


def _in_kind(one: Calculation) -> Iterator[Part]:
    rules = rule_graph().rules
    lines = [
        Line(name, words.label(name, one.household), worth, is_valuation=rules[name].grade == "valuation")
        for name in IN_KIND
        if not is_nil(worth := one.amounts_rounded[name])
    ]
    if not lines:
        return
    valued = any(line.is_valuation for line in lines)
    remarks = (f"* An estimate: the {one.valuation.choice} of a low, a central and a high value",)
    yield Part(
        "Help in kind (put into pounds)", (*lines, _line(one, "passported_help", weight="total")), remarks * valued
    )
    yield Part("Counting help in kind", (_line(one, WITH_HELP_IN_KIND, weight="total"),))


_PARTS: tuple[Callable[[Calculation], Iterator[Part]], ...] = (
    _pay,
    _universal_credit,
    _other_awards,
    _other_income,
    _council_tax,
    _costs,
    _left,
    _in_kind,
)
