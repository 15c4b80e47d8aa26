"""Earnings schedules in plain words: what is kept of each pound, what stops where and why, and one paragraph for all.

Nothing is said more exactly than it is so: a rate that stands for short stretches of several rates is "about" that, and
steps too small to be told are said to be left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mwp.analysis.calculation import Assumption
from mwp.analysis.measures import GROUPS, TOP_UP
from mwp.analysis.outlook import WORTH_TELLING, Outlook
from mwp.analysis.schedule import PENNY, Jump, Segment
from mwp.analysis.sweep import Surface, Sweep, fact_label
from mwp.analysis.top_ups import paid_along
from mwp.inputs.household import Household
from mwp.report import words
from mwp.report.amounts import pounds

SHORT = 5.0
"""Pounds a month: in the paragraph, a stretch shorter than this joins its neighbour."""
SMALL = 2.0
"""Pounds a month: in the paragraph, a jump smaller than this is left out, and the paragraph says so."""
_TELLING = 0.01
_SHARE = 0.0005

MEASURES = {
    "net_income": "cash in hand",
    "net_resources": "cash in hand and the worth of other help",
    "net_resources_after_childcare": (
        "cash in hand and the worth of other help, after childcare up to Universal Credit's limit"
    ),
    "net_after_work_costs": "cash in hand and the worth of other help, less childcare and the costs of work",
    "cash_after_work_costs": "cash in hand, less childcare and the costs of work",
}

# What each part is called in the middle of a sentence, and whether it is spoken of in the plural.
_NAMES: dict[str, tuple[str, bool]] = {
    "gross_pay": ("pay", False),
    "universal_credit": ("Universal Credit", False),
    "guarantee_top_up": ("the make-work-pay top-up", False),
    "child_benefit": ("Child Benefit", False),
    "high_income_child_benefit_charge": ("the Child Benefit charge", False),
    "scottish_child_payment": ("Scottish Child Payment", False),
    "under_occupancy_mitigation": ("help for spare bedrooms", False),
    "council_tax": ("the Council Tax bill", False),
    "council_tax_reduction": ("Council Tax Reduction", False),
    "income_tax": ("Income Tax", False),
    "national_insurance": ("National Insurance", False),
    "student_loan_repayment": ("student loan repayments", True),
    "employee_pension_contribution": ("pension contributions", True),
    "salary_sacrifice": ("pay given up for a pension", False),
    "other_income": ("other income", False),
    "maintenance": ("maintenance", False),
    "child_maintenance": ("child maintenance", False),
    "childcare_charges": ("childcare", False),
    "childcare_charges_up_to_limit": ("childcare", False),
    "tax_free_childcare": ("Tax-Free Childcare", False),
    "northern_irish_childcare_subsidy": ("the Northern Ireland childcare subsidy", False),
    "work_costs": ("going to work", False),
    "free_school_meals": ("free school meals", True),
    "universal_school_meals": ("school meals for every child", True),
    "school_clothing_grant": ("the school clothing grant", False),
    "education_maintenance_allowance": ("Education Maintenance Allowance", False),
    "nhs_costs_help": ("help with prescriptions and other NHS costs", False),
    "healthy_start": ("Healthy Start", False),
    "best_start_foods": ("Best Start Foods", False),
    "maternity_grant": ("the maternity grant", False),
    "best_start_grant_pregnancy": ("the Best Start Grant for a baby", False),
    "best_start_grant_early_learning": ("the Best Start Grant for early learning", False),
    "best_start_grant_school_age": ("the Best Start Grant for school", False),
    "funded_childcare_hours_value": ("funded childcare hours", True),
    "warm_home_discount": ("the Warm Home Discount", False),
    "warm_home_discount_scotland": ("the Warm Home Discount", False),
    "cold_weather_payment": ("Cold Weather Payments", True),
    "winter_heating_payment": ("Winter Heating Payment", False),
    "child_winter_heating_payment": ("Child Winter Heating Payment", False),
    "winter_fuel_payment": ("Winter Fuel Payment", False),
    "water_help": ("help with water bills", False),
    "broadband_social_tariff": ("cheaper broadband", False),
    "tv_licence_help": ("the cheaper TV licence", False),
    "help_to_save": ("the Help to Save bonus", False),
    "job_start_payment": ("Job Start Payment", False),
    "young_carer_grant": ("Young Carer Grant", False),
}
_COSTS = frozenset({
    "high_income_child_benefit_charge", "council_tax", "income_tax", "national_insurance", "student_loan_repayment",
    "employee_pension_contribution", "salary_sacrifice", "childcare_charges", "childcare_charges_up_to_limit",
    "work_costs",
})  # fmt: skip

# What a fact means from there on: where it now holds, and where it no longer does.
_FACTS: dict[str, tuple[str, str]] = {
    "is_in_work": ("there is work from here on", "there is no work from here on"),
    "meets_childcare_work_condition": (
        "everyone who has to be is in work, so Universal Credit helps with childcare",
        "not everyone who has to be is in work, so Universal Credit does not help with childcare",
    ),
    "meets_winter_conditions": (
        "the conditions of winter payments are met",
        "with someone in work, the conditions of winter payments are no longer met",
    ),
    "is_exempt_from_benefit_cap": (
        "pay is high enough to be outside the benefit cap",
        "the benefit cap applies again",
    ),
    "is_within_carers_earnings_limit": (
        "pay is within the limit of the carer's benefit",
        "pay is above the limit of the carer's benefit",
    ),
    "is_within_permitted_work": (
        "the work is within what New-style ESA permits",
        "the work is more than New-style ESA permits",
    ),
    "uc_is_paid_without_childcare": (
        "Universal Credit would be paid even without help for childcare",
        "Universal Credit would not be paid without help for childcare",
    ),
    "ctr_has_universal_credit": ("Universal Credit begins", "Universal Credit has ended"),
    "chooses_tax_free_childcare": (
        "Tax-Free Childcare is worth more than Universal Credit, and nobody can have both",
        "Universal Credit is worth more than Tax-Free Childcare",
    ),
    "parents_meet_childcare_tests": (
        "pay is enough for the childcare help of working parents",
        "pay no longer meets the tests of the childcare help of working parents",
    ),
    "is_in_qualifying_childcare_work": (
        "pay is enough for the childcare help of working parents",
        "pay is not enough for the childcare help of working parents",
    ),
    "is_above_childcare_income_limit": (
        "income is above the limit of the childcare help of working parents",
        "income is within the limit of the childcare help of working parents",
    ),
    "has_low_income_for_two_year_old_place": (
        "pay is low enough for a free place for a two-year-old",
        "pay is too high for a free place for a two-year-old",
    ),
    "passes_school_meals_test": (
        "the test for free school meals is passed",
        "the test for free school meals is no longer passed",
    ),
    "has_nhs_help_by_universal_credit": (
        "pay is low enough for free prescriptions with Universal Credit",
        "pay is too high for free prescriptions with Universal Credit",
    ),
    "has_full_nhs_help": ("NHS costs are met in full", "NHS costs are no longer met in full"),
    "has_full_low_income_help": (
        "income is low enough for full help by the NHS Low Income Scheme",
        "income is too high for full help by the NHS Low Income Scheme",
    ),
    "meets_healthy_start_test": ("pay is low enough for Healthy Start", "pay is too high for Healthy Start"),
    "has_water_social_tariff": ("the water company's cheaper tariff can be had", "the cheaper water tariff has ended"),
    "has_watersure": ("WaterSure caps the bill", "WaterSure no longer caps the bill"),
    "can_open_help_to_save": ("a Help to Save account can be opened", "no new Help to Save account can be opened"),
    "is_in_ctr_work": ("the work is 16 hours or more", "the work is less than 16 hours"),
    "has_ctr_full_time_work": ("the work is 30 hours or more", "the work is less than 30 hours"),
    "may_receive_marriage_allowance": (
        "Marriage Allowance can be had",
        "income is too high to have Marriage Allowance",
    ),
    "may_give_marriage_allowance": ("Marriage Allowance can be given", "Marriage Allowance can no longer be given"),
    "is_auto_enrolled_by_law": (
        "the employer must enrol the worker in a pension",
        "the employer need not enrol the worker in a pension",
    ),
    "is_liable_to_high_income_charge": (
        "this person has the higher income, and pays any Child Benefit charge",
        "the other partner has the higher income, and pays any Child Benefit charge",
    ),
}


def money(amount: float) -> str:
    """An amount in a sentence: £427 where it is whole, else £1,352.18; whatever its sign."""
    told = pounds(amount)
    return told.removesuffix(".00")


def pence(share: float) -> str:
    """A share of a pound: 45p, 39.6p."""
    value = round(abs(share) * 100, 1)
    return f"{value:.0f}p" if value == round(value) else f"{value:.1f}p"


def metr(share: float) -> str:
    """A marginal effective tax rate: 67.6%, 55%."""
    value = round(share * 100, 1) + 0.0
    return f"{value:.0f}%" if value == round(value) else f"{value:.1f}%"


# Segments


TOP_UP_GROUP = "make-work-pay top-up"
_ALONE = {TOP_UP: TOP_UP_GROUP}


def groups_of(components: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The programmes that components are put down to; a component of no programme (a guarantee) stands for itself."""
    grouped = {name for names in GROUPS.values() for name in names}
    alone = [name for name in components if name not in grouped and name != "gross_pay"]
    return GROUPS | {_ALONE.get(name, name.replace("_", " ")): (name,) for name in alone}


def causes(segment: Segment) -> list[tuple[str, float]]:
    """Which programme takes how much of an extra pound, most first; what adds to it is negative. In all, the METR."""
    groups = groups_of(segment.slopes)
    taken = {group: -sum(segment.slopes.get(name, 0.0) for name in names) for group, names in groups.items()}
    return sorted(((g, s) for g, s in taken.items() if abs(s) > _SHARE), key=lambda one: -one[1])


def causes_in_words(segment: Segment) -> str:
    """Universal Credit 39.6p, income tax 20p, National Insurance 8p."""
    told = [f"{group} {'adds ' if share < 0 else ''}{pence(share)}" for group, share in causes(segment)]
    return ", ".join(told) or "nothing is lost"


def made_good(sweep: Sweep, segment: Segment) -> Jump | None:
    """The sudden change that a top-up makes good on a segment of one penny, without the top-up; None on any other."""
    if not segment.joins or abs(segment.slopes[TOP_UP]) <= 1.0:
        return None
    width = segment.end - segment.start
    parts = {name: slope * width for name, slope in segment.slopes.items() if name not in (TOP_UP, "gross_pay")}
    changes = {name: change for name, change in parts.items() if abs(change) >= _TELLING / 2}
    before = sweep.promise.before[sweep.measure].jumps if sweep.promise else ()
    was = next((jump for jump in before if abs(jump.at - segment.end) < PENNY / 2), None)
    size = -segment.slopes[TOP_UP] * width
    return Jump(segment.start, segment.end, size, changes, was.flipped if was else (), None, was.became if was else ())


def made_good_in_words(sweep: Sweep, jump: Jump) -> str:
    """Scottish Child Payment stops: the make-work-pay top-up makes it good."""
    then = "makes it good" if jump.size < 0 else "goes down by as much"
    return f"{words.sentence_case(what_happens(sweep, jump))}: the {TOP_UP_GROUP} {then}"


# Jumps


def _name(variable: str, home: Household, flipped: Sequence[str] = ()) -> tuple[str, bool]:
    if variable == "other_income":
        if any("carers" in fact for fact in flipped):
            return words.label("carers_allowance", home), False
        if "is_within_permitted_work" in flipped:
            return "New-style ESA", False
    if variable in _NAMES and home.nation == "northern_ireland" and variable.startswith("council_tax"):
        told = words.label(variable, home)
        return (f"the {told.lower()}" if variable == "council_tax" else told), False
    return _NAMES.get(variable) or (words.label(variable, home).lower(), False)


@dataclass(frozen=True)
class _Change:
    """What one part does at a jump: its name, how it is spoken of, what happens, and by how much (signed)."""

    name: str
    plural: bool
    happens: str
    amount: float


def _changes(sweep: Sweep, jump: Jump) -> list[_Change]:
    """Each part that changes by a penny or more, the most first."""
    before, after = sweep.schedule.parts(jump.before), sweep.schedule.parts(jump.at)
    found = []
    for variable, change in sorted(jump.components.items(), key=lambda one: -abs(one[1])):
        if variable == "gross_pay" or abs(change) < max(_TELLING * 1.5, abs(jump.size) / 100):
            continue
        name, plural = _name(variable, sweep.household, jump.flipped)
        ended, began = abs(after.get(variable, 0.0)) < _TELLING, abs(before.get(variable, 0.0)) < _TELLING
        s = "" if plural else "s"
        if variable in _COSTS:
            goes = f"go{'es' if s else ''} {'up' if change < 0 else 'down'} by {money(change)}"
            happens = f"cost{s} {money(change)} a month" if began else goes
        elif change < 0:
            happens = f"stop{s}" if ended else f"go{'es' if s else ''} down by {money(change)}"
        else:
            happens = f"start{s}" if began else f"go{'es' if s else ''} up by {money(change)}"
        found.append(_Change(name, plural, happens, change))
    return found


def label(sweep: Sweep, jump: Jump) -> str:
    """What the part that changes most is called: "Free school meals"."""
    if jump.before < _TELLING / 2 and jump.is_cliff and jump.cause in _COSTS:
        return "Costs of starting work"
    return words.sentence_case(_name(jump.cause, sweep.household, jump.flipped)[0])


def what_happens(sweep: Sweep, jump: Jump, most: int = 3) -> str:
    """Free school meals and the Warm Home Discount stop; what goes the other way follows."""
    changes = _changes(sweep, jump)
    same = [one for one in changes if (one.amount < 0) == (jump.size < 0)][:most]
    other = [one for one in changes if (one.amount < 0) != (jump.size < 0)][:2]
    told = _together(same) or "income changes"
    return f"{told}, while {_together(other)}" if other else told


def _together(changes: Sequence[_Change]) -> str:
    """Parts that do the same are said in one go: a and b stop."""
    kinds: dict[str, list[_Change]] = {}
    for one in changes:
        kinds.setdefault(one.happens.replace("stops", "stop").replace("starts", "start"), []).append(one)
    told = []
    for kind, several in kinds.items():
        happens = kind if len(several) > 1 else several[0].happens
        told.append(f"{words.listed([one.name for one in several])} {happens}")
    return words.listed(told)


def why(sweep: Sweep, jump: Jump) -> str:
    """The fact that flipped, in words; where a sum of money alone brought it about, that a limit is passed."""
    if jump.flipped and "is_in_work" in jump.flipped and jump.before < _TELLING / 2:
        return f"there is work from here on{', and with it come its costs' if jump.cause in _COSTS else ''}"
    before, after = (sweep.schedule.parts(at).get("universal_credit", 0.0) for at in (jump.before, jump.at))
    ends = jump.cause != "universal_credit" and abs(after) < _TELLING / 100 < abs(before)
    told = ["Universal Credit has ended"] if ends else []
    for fact, now in zip(jump.flipped, jump.became or (False,) * len(jump.flipped), strict=True):
        if (ends and fact == "uc_is_paid_without_childcare") or (fact == "has_full_nhs_help" and len(jump.flipped) > 1):
            continue
        if fact in _FACTS:
            told.append(_FACTS[fact][0 if now else 1])
        elif not told and not any(other in _FACTS for other in jump.flipped):
            told.append(f"{'from here on' if now else 'no longer so'}: {fact_label(fact)}")
    return "; ".join(list(dict.fromkeys(told))[:2]) or "what is counted passes the limit"


def where(sweep: Sweep, earnings: float) -> str:
    """£935.01, and the hours a week where hours are what moves there: "£935.01 (17 hours a week)"."""
    return f"{money(earnings)}{_hours(sweep, earnings)}"


def _hours(sweep: Sweep, earnings: float) -> str:
    path = sweep.path
    if path.mode == "wage" or (path.mode == "hours_then_wage" and sweep.hours_at(earnings) >= path.hours - 1e-6):
        return ""
    return f" ({hours(sweep.hours_at(earnings))} a week)"


def hours(told: float) -> str:
    """16.5 hours, 1 hour: to the tenth of an hour."""
    return words.hours_words(round(told, 1))


def jump_in_words(sweep: Sweep, jump: Jump) -> str:
    """Where, what happens, by how much, and until when the household is behind."""
    you = _earner(sweep)
    if jump.before < _TELLING / 2:
        start = f"Any work at all changes this: {what_happens(sweep, jump)}"
    else:
        start = f"At {where(sweep, jump.at)} {what_happens(sweep, jump)}"
    if not jump.is_cliff:
        return f"{start}: {money(jump.size)} a month more."
    until = (
        f"until {you} {_earns(sweep)} {money(jump.recovers_at)}"
        if jump.recovers_at is not None
        else (f"and not ahead again by {money(sweep.path.to)}, where this ends")
    )
    return f"{start}: you are {money(jump.size)} a month worse off {until}."


def _earner(sweep: Sweep) -> str:
    return "your partner" if sweep.path.adult else "you"


def _earns(sweep: Sweep) -> str:
    return "earns" if sweep.path.adult else "earn"


# The paragraph


@dataclass
class _Stretch:
    """A stretch of earnings and what is kept of each pound on it, on average where several have been joined."""

    start: float
    end: float
    kept: float
    about: bool = False

    @property
    def width(self) -> float:
        return self.end - self.start

    def join(self, other: "_Stretch") -> None:
        """Take another stretch in: the same rate stays exact, others become an average."""
        whole = self.width + other.width
        exact = _said(self.kept) == _said(other.kept) and not (self.about or other.about)
        if whole > 0:
            self.kept = (self.kept * self.width + other.kept * other.width) / whole
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        self.about = not exact


def _said(kept: float) -> int:
    return round(kept * 100)


def _stretches(sweep: Sweep) -> tuple[list[_Stretch | Jump], bool]:
    """Stretches long enough to be told, with the jumps between them; and whether any jump is too small for it."""
    jumps = {jump.at: jump for jump in sweep.jumps}
    told: list[_Stretch | Jump] = []
    left_out = False
    for segment in sweep.segments:
        jump = jumps.get(segment.start)
        if jump is not None and abs(jump.size) >= SMALL:
            told.append(jump)
        elif jump is not None:
            left_out = True
        here = _Stretch(segment.start, segment.end, segment.slope)
        before = told[-1] if told else None
        if isinstance(before, _Stretch) and made_good(sweep, segment):
            before.end = segment.end
            continue
        if isinstance(before, _Stretch) and (_said(before.kept) == _said(here.kept) or here.width < SHORT):
            before.join(here)
        elif isinstance(before, _Stretch) and before.width < SHORT:
            here.join(before)
            told[-1] = here
        else:
            told.append(here)
    return _joined(told), left_out


def _joined(told: list[_Stretch | Jump]) -> list[_Stretch | Jump]:
    """Neighbours that came to the same rate in the end are told once."""
    found: list[_Stretch | Jump] = []
    for one in told:
        before = found[-1] if found else None
        if isinstance(one, _Stretch) and isinstance(before, _Stretch) and _said(one.kept) == _said(before.kept):
            before.join(one)
        else:
            found.append(one)
    return found


def _rate(stretch: _Stretch, *, first: bool = False) -> str:
    about = "about " if stretch.about else ""
    share = _said(stretch.kept)
    if share == 100:
        return "you keep all of it" if first else f"{about}all of each pound"
    if share == 0:
        return f"you keep {about or ''}none of it" if first else f"{about}nothing of each pound"
    if share < 0:
        return f"{'you lose ' if first else 'a loss of '}{about}{-share}p on each pound"
    if share > 100:
        return f"you are {about}{share}p better off for each pound"
    return f"{'you keep ' if first else ''}{about}{share}p of each pound"


def in_words(sweep: Sweep) -> str:
    """The whole schedule in one paragraph."""
    parts, left_out = _stretches(sweep)
    whose = " of your partner's pay" if sweep.path.adult else ""
    sentences: list[str] = []
    run: list[str] = []
    said: int | None = None

    def close() -> None:
        if run:
            sentences.append(f"{words.sentence_case(', then '.join(run))}.")
            run.clear()

    for place, part in enumerate(parts):
        if isinstance(part, Jump):
            close()
            sentences.append(jump_in_words(sweep, part))
            continue
        last = place == len(parts) - 1
        until = "" if last else f" until {money(part.end)}"
        if said is None:
            run.append(f"up to {money(part.end)} a month{whose} {_rate(part, first=True)}")
        elif _said(part.kept) == said:
            run.append(f"after that it is {_rate(part)} as before{until}")
        else:
            run.append(f"{'' if run else 'then '}{_rate(part)}{until}")
        said = _said(part.kept)
    close()
    end = f"This goes up to {where(sweep, sweep.path.to)}"
    small = f"; steps of less than {money(SMALL)} a month are left out" if left_out else ""
    return " ".join((*sentences, f"{end}{small}.", *_guarantee(sweep)))


def _guarantee(sweep: Sweep) -> list[str]:
    """What a guarantee pays over the range, in a sentence; nothing where there is none."""
    paid = paid_along(sweep.schedule)
    if paid is None or sweep.promise is None:
        return []
    if paid.most < _TELLING:
        bare = sweep.promise.before[sweep.measure]
        same = all(abs(bare.value(one.start) - one.at_start) < _TELLING for one in sweep.segments)
        return ["The guarantee changes nothing on this range."] if same else []
    told = [
        f"from {money(start)} to {money(end)}"
        for start, end in paid.stretches
        if end - start > SHORT and _most_between(sweep, start, end) >= SMALL
    ]
    over = f", paid {words.listed(told)}" if 0 < len(told) <= _MOST_STRETCHES else ""
    return [f"In this is a {TOP_UP_GROUP} of up to {money(paid.most)} a month, at {where(sweep, paid.most_at)}{over}."]


_MOST_STRETCHES = 4


def _most_between(sweep: Sweep, start: float, end: float) -> float:
    ends = [edge for one in sweep.segments for edge in (one.start, one.end) if start <= edge <= end]
    return max((sweep.schedule.parts(edge).get(TOP_UP, 0.0) for edge in ends), default=0.0)


# What is measured, the path, and what it rests on


def measured(measure: str) -> str:
    """What is measured, in words."""
    return MEASURES.get(measure, measure.replace("_", " "))


def path_in_words(sweep: Sweep) -> str:
    """What moves: "Your pay from nothing to £3,304.60 a month: hours grow up to 60 a week at £12.71 an hour."."""
    path = sweep.path
    whose = "Your partner's" if path.adult else "Your"
    start = f"{whose} pay from nothing to {money(path.to)} a month"
    if path.mode == "hours":
        return f"{start}: up to {hours(sweep.hours_at(path.to))} a week at {pounds(path.wage)} an hour."
    if path.mode == "wage":
        return f"{start}: the hourly wage grows, at {hours(path.hours)} a week."
    return f"{start}: up to {hours(path.hours)} a week at {pounds(path.wage)} an hour, then the wage grows."


def assumptions(told: Iterable[Assumption]) -> list[str]:
    """What a schedule rests on, in plain sentences, the path first."""
    several = tuple(told)
    path = {
        "path.wage": "The wage is taken to be {value}: {why}.",
        "path.hours": "The wage grows at {value}: {why}.",
        "path.to": "Hours go up to {value}, and the wage stays the same.",
    }
    sentences = [path[a.field].format(value=a.value, why=a.why) for a in several if a.field in path]
    return sentences + words.assumptions(a for a in several if a.field not in path)


def title(sweep: Sweep) -> str:
    """What the answer is about, for a heading."""
    return "What you keep as your partner earns more" if sweep.path.adult else "What you keep as you earn more"


def surface_in_words(told: Surface) -> str:
    """Where a couple has most and least, and what the grid holds."""
    flat = [(told.at(one, other), one, other) for one in told.hours for other in told.hours if one + other]
    most, one, other = max(flat)
    nothing = told.at(0.0, 0.0)
    return (
        f"With no work there is {money(nothing)} a month. The most, {money(most)}, is with you at {hours(one)} a week"
        f" and your partner at {hours(other)}; {money(told.wages[0])} and {money(told.wages[1])} an hour."
    )


def steps(changes: Mapping[str, float], home: Household) -> str:
    """Parts of a jump as a list: "Universal Credit +368.05, childcare -433.00"."""
    told = [
        f"{_name(name, home)[0]} {change:+,.2f}" for name, change in changes.items() if abs(change) >= _TELLING * 1.5
    ]
    return ", ".join(told)


# Beyond a job


def next_cliff(told: Outlook) -> str:
    """The next cliff above a job in a sentence; that there is none in sight, where there is none."""
    sweep = Sweep(told.schedule)
    if told.cliff is None:
        return f"No sudden loss lies ahead up to {where(sweep, sweep.path.to)}."
    return jump_in_words(sweep, told.cliff).replace("At ", "Next, at ", 1)


def next_cliff_in_short(told: Outlook) -> str:
    """Next cliff: £935.01 (17 hours a week), help with prescriptions and other NHS costs, £15.67 a month less."""
    if told.cliff is None:
        return ""
    sweep = Sweep(told.schedule)
    name = _name(told.cliff.cause, sweep.household, told.cliff.flipped)[0]
    return f"Next cliff: {where(sweep, told.cliff.at)}, {name}, {money(told.cliff.size)} a month less."


def other_hours(told: Outlook) -> str:
    """Hours near the job's that would leave more, or that would leave hardly more; nothing where neither is so."""
    if told.fewer:
        fewer, more = told.fewer
        gain = "as much" if more < WORTH_TELLING else f"{money(more)} a month more"
        return f"{words.sentence_case(hours(fewer))} would leave {gain}."
    if told.worth_least:
        kept = told.worth_least.kept_an_hour
        each = f"{pounds(kept)} for each extra hour" if kept >= 0.005 else "nothing more"
        return f"From {told.worth_least.from_hours:g} to {hours(told.worth_least.to_hours)} would leave only {each}."
    return ""


def outlook_entries(told: Outlook | None) -> dict[str, object]:
    """`next_cliff` and `better_hours` of the `mwp.better-off/1` document."""
    if told is None:
        return {"next_cliff": None, "better_hours": None}
    cliff: dict[str, object] | None = None
    if told.cliff is not None:
        cliff = {
            "at": told.cliff.at,
            "size": told.cliff.size,
            "variable": told.cliff.cause,
            "label": label(Sweep(told.schedule), told.cliff),
            "in_words": next_cliff(told),
            "away": told.away,
            "recovers_at": told.cliff.recovers_at,
        }
    better: dict[str, object] | None = None
    if told.fewer or told.worth_least:
        better = {
            "hours": told.fewer[0] if told.fewer else None,
            "more_a_month": told.fewer[1] if told.fewer else None,
            "worth_least": vars(told.worth_least) if told.worth_least else None,
            "in_words": other_hours(told),
        }
    return {"next_cliff": cliff, "better_hours": better}
