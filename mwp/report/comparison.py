"""Now beside each job: the same rows for every column, from pay down to what is left, and what each job changes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from mwp.analysis.better_off import MEASURE, BetterOff, JobAnswer
from mwp.analysis.calculation import Calculation
from mwp.analysis.measures import TOP_UP
from mwp.report import help_words, schedule_words, words
from mwp.report.amounts import is_nil
from mwp.report.statement import CHILDCARE_TOP_UPS, OTHER_AWARDS, UNEARNED

Role = Literal["for information", "amount", "total"]


@dataclass(frozen=True)
class Row:
    """One line of the table: an amount a month now, and in each job. What is for information is in no total."""

    variable: str
    label: str
    amounts: tuple[float, ...]
    role: Role = "amount"


@dataclass(frozen=True)
class GainRow:
    """How much better off in each job, by one measure; None where there are no more hours to share it over."""

    label: str
    gains: tuple[float | None, ...]


@dataclass(frozen=True)
class Column:
    """What stands over a column: "Job 1", and the work it stands for, in short and in words."""

    title: str
    work: str
    in_words: str


@dataclass(frozen=True)
class Comparison:
    """The better-off answer, ready to be shown."""

    answer: BetterOff
    verdict: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    gains: tuple[GainRow, ...]

    @property
    def jobs(self) -> tuple[JobAnswer, ...]:
        """The jobs in order."""
        return self.answer.jobs

    def changes(self, job: JobAnswer) -> list[words.Change]:
        """What a job changes, or leaves alone."""
        return words.changes(self.answer.now, job)

    def remarks(self, job: JobAnswer) -> list[str]:
        """What else is worth knowing about a job."""
        return words.remarks(self.answer.now, job.calculation)

    def ahead(self, job: JobAnswer) -> list[str]:
        """The next cliff above a job, and hours near it that are better or worth least."""
        if job.outlook is None:
            return []
        told = [schedule_words.next_cliff(job.outlook), schedule_words.other_hours(job.outlook)]
        return [sentence for sentence in told if sentence]

    def ahead_in_short(self, job: JobAnswer) -> str:
        """The same in a line."""
        if job.outlook is None:
            return ""
        told = (schedule_words.next_cliff_in_short(job.outlook), schedule_words.other_hours(job.outlook))
        return " ".join(sentence for sentence in told if sentence)

    def help_in_kind(self, job: JobAnswer) -> list[help_words.Line]:
        """What a job does to each programme of help in kind."""
        return help_words.lines(job.passports)

    def help_in_short(self, job: JobAnswer, lost: int = help_words.MOST, others: int = help_words.MOST) -> str:
        """The same in a line or two: so much that is lost, and so much of the rest, by name, and how much more."""
        return help_words.in_short(job.passports, lost, others)

    @property
    def how_to_claim(self) -> list[help_words.HowTo]:
        """How each programme in any of the jobs is had, and when it stops."""
        return help_words.how([job.passports for job in self.jobs])

    @property
    def kept_whatever(self) -> str:
        """Benefits that no pay takes away, in a sentence."""
        return words.kept_whatever(self.answer.now)

    @property
    def value_of_help_in_kind(self) -> str:
        """Which of the three values help in kind is put at."""
        return self.answer.now.valuation.choice

    @property
    def assumptions(self) -> list[str]:
        """What the answer rests on, in words."""
        return words.assumptions(self.answer.assumptions)

    def assumptions_in_short(self, most: int | None = None) -> str:
        """What much turns on in a few words: so many by name, and how many more."""
        return words.assumptions_in_short(self.answer.assumptions, most)

    def not_covered_in_short(self, most: int | None = None) -> str:
        """What the answer leaves out, in a few words: so much by name, and how much more."""
        return words.not_covered_in_short(self.answer.not_modelled, most)

    @property
    def not_covered(self) -> list[str]:
        """What the answer leaves out."""
        return words.not_covered(self.answer.not_modelled)


def side_by_side(jobs: int, fit: int) -> list[range]:
    """Which jobs stand in one table, where so many fit: evenly spread over as few tables as possible."""
    tables = -(-jobs // fit)
    each = -(-jobs // tables)
    return [range(start, min(start + each, jobs)) for start in range(0, jobs, each)]


def comparison(answer: BetterOff) -> Comparison:
    """The answer as a table. A row that is nil in every column is left out, save pay and Universal Credit."""
    every = (answer.now, *(job.calculation for job in answer.jobs))
    rows = [row for make in _ROWS for row in make(every)]
    return Comparison(answer, words.verdict(answer), _columns(answer), tuple(rows), _gains(answer))


def _columns(answer: BetterOff) -> tuple[Column, ...]:
    now = _column("Now", answer.now)
    called = "Job" if all(job.hours for job in answer.jobs) else "Choice"
    numbers = [""] if len(answer.jobs) == 1 else [f" {place}" for place in range(1, len(answer.jobs) + 1)]
    jobs = [_column(f"{called}{number}", job.calculation) for number, job in zip(numbers, answer.jobs, strict=True)]
    return (now, *jobs)


def _column(title: str, one: Calculation) -> Column:
    return Column(title, words.work_in_short(one.household), words.work_in_words(one.household))


def _gains(answer: BetterOff) -> tuple[GainRow, ...]:
    hour = words.hour_words(answer.now, answer.jobs[0])
    worse = any(job.gain.month < 0 and not is_nil(job.gain.month) for job in answer.jobs)
    better = "Better or worse off" if worse else "Better off"
    rows = [
        GainRow(f"{better} a month", tuple(job.gain.month for job in answer.jobs)),
        GainRow("Counting help in kind", _with_help_in_kind(answer)),
        GainRow(f"{better} a week", tuple(job.gain.week for job in answer.jobs)),
        GainRow(f"For each {hour}", tuple(job.gain.per_hour for job in answer.jobs)),
    ]
    return tuple(row for row in rows if any(gain is not None for gain in row.gains))


def _with_help_in_kind(answer: BetterOff) -> tuple[float | None, ...]:
    """The gain where help in kind counts too, if that differs by more than a penny in any job."""
    differs = any(abs(job.gain.month_with_help_in_kind - job.gain.month) > 0.015 for job in answer.jobs)
    return tuple(job.gain.month_with_help_in_kind if differs else None for job in answer.jobs)


Every = tuple[Calculation, ...]


def rows_of(every: Sequence[Calculation]) -> tuple[Row, ...]:
    """The same rows for any calculations side by side: pay, awards, what is taken, and what is left, as the last."""
    return tuple(row for make in _ROWS for row in make(tuple(every)))


def _pay(every: Every) -> Iterator[Row]:
    home = every[0].household
    for variable in ("gross_pay", "take_home_pay"):
        role: Role = "for information" if variable == "gross_pay" else "amount"
        for slot in range(len(home.adults)):
            amounts = tuple(one.people[slot][variable] for one in every)
            whose = "" if len(home.adults) == 1 else ", partner" if slot else ", you"
            if len(home.adults) == 1 or any(not is_nil(amount) for amount in amounts):
                yield Row(variable, f"{words.LABELS[variable]}{whose}", amounts, role)


def _awards(every: Every) -> Iterator[Row]:
    home = every[0].household
    for variable in ("universal_credit", *OTHER_AWARDS):
        claimed = variable == "universal_credit" and home.options.claims("universal_credit")
        yield from _row(variable, words.label(variable, home), _of(every, variable), even_nil=claimed)


def _other_income(every: Every) -> Iterator[Row]:
    for variable in UNEARNED:
        paid = tuple(getattr(one.household.unearned_income, variable).a_month for one in every)
        yield from _row(variable, words.label(variable, every[0].household), paid)
    tax = tuple(one.amounts_rounded["income_tax"] - one.amounts_rounded["income_tax_on_earnings"] for one in every)
    yield from _row("income_tax", "Income Tax on other income", _taken_off(tax))


def _taken(every: Every) -> Iterator[Row]:
    home = every[0].household
    for variable in ("high_income_child_benefit_charge", "net_council_tax", "childcare_charges"):
        yield from _row(variable, words.label(variable, home), _taken_off(_of(every, variable)))
    for variable in CHILDCARE_TOP_UPS:
        yield from _row(variable, words.label(variable, home), _of(every, variable))
    yield from _row("work_costs", words.work_costs_label(every[-1].household), _taken_off(_of(every, "work_costs")))


def _left(every: Every) -> Iterator[Row]:
    yield Row(MEASURE, words.left_label(every[0].household), _of(every, MEASURE), "total")


def _row(variable: str, label: str, amounts: tuple[float, ...], *, even_nil: bool = False) -> Iterator[Row]:
    if even_nil or any(not is_nil(amount) for amount in amounts):
        yield Row(variable, label, amounts)


def _of(every: Every, variable: str) -> tuple[float, ...]:
    if variable == TOP_UP:
        return tuple(one.amounts_rounded.get(variable, 0.0) for one in every)
    return tuple(one.amounts_rounded[variable] for one in every)


def _taken_off(amounts: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(-amount + 0.0 for amount in amounts)


_ROWS: tuple[Callable[[Every], Iterator[Row]], ...] = (_pay, _awards, _other_income, _taken, _left)
