"""The result in the words of a language: made from the numbers of the answer, so that both languages say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from mwp.report.amounts import a_week, is_nil, plain, signed
from mwp.report.comparison import Comparison, comparison
from mwp.web.charts import Drawn, hours_chart
from mwp.web.language import Language, money, sentence_case

if TYPE_CHECKING:
    from mwp.analysis.better_off import Award, BetterOff, JobAnswer
    from mwp.analysis.calculation import Assumption, Calculation
    from mwp.analysis.passports import Passport
    from mwp.web.answers import Taken

FREE_HOURS = ("working_parents_hours_value", "two_year_old_place_value", "early_education_value")
"""Help in kind that is in no total: what a family would have bought without it is not known."""
Direction = Literal["better", "worse", "same"]
TELLING = 1.0
"""Pounds a month: other help that changes the verdict by less is not told beside it."""


@dataclass(frozen=True)
class TableRow:
    """A line of the table: what it is, amounts now and in each job, and whether it is for information or a total."""

    label: str
    month: tuple[str, ...]
    week: tuple[str, ...]
    role: str


@dataclass(frozen=True)
class JobWords:
    """What is said of one job."""

    title: str
    work: str
    direction: Direction
    headline: str
    keep: str
    next_pound: str
    changes: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    help: tuple[tuple[str, str], ...]
    help_kept: str
    help_note: str
    ahead: str


@dataclass(frozen=True)
class HowTo:
    """How a kind of help is had, and when it ends; whether it ends or shrinks in every job."""

    name: str
    claim: str
    run_on: str
    ends: bool = False


@dataclass(frozen=True)
class Result:
    """Everything on the result page."""

    direction: Direction
    headline: str
    verdict: tuple[str, ...]
    jobs: tuple[JobWords, ...]
    columns: tuple[str, ...]
    table: tuple[TableRow, ...]
    how_to_claim: tuple[HowTo, ...]
    assumptions: tuple[str, ...]
    left_out: tuple[str, ...]
    advice: tuple[tuple[str, str], ...]
    day: str
    answer: BetterOff
    chart: Drawn | None


def result(answer: BetterOff, lang: Language, taken: Iterable[Taken] = ()) -> Result:
    """An answer in a language. `taken` is what a journey took in place of what was not known."""
    made, shown = _Words(answer, lang), comparison(answer)
    best = answer.best
    return Result(
        direction=made.direction(best),
        headline=made.best_headline(),
        verdict=tuple(made.verdict()),
        jobs=tuple(made.job(n, job) for n, job in enumerate(answer.jobs, start=1)),
        columns=(lang.text("result.now"), *(made.column(n) for n in range(1, len(answer.jobs) + 1))),
        table=(*made.rows(shown), made.difference()),
        how_to_claim=tuple(made.how_to_claim()),
        assumptions=tuple(dict.fromkeys(made.assumptions(taken))),
        left_out=tuple(dict.fromkeys(made.left_out(line) for line in answer.not_modelled)),
        advice=tuple(made.advice()),
        day=lang.day(answer.now.on),
        answer=answer,
        chart=hours_chart(answer, "hours", lang),
    )


class _Words:
    def __init__(self, answer: BetterOff, lang: Language) -> None:
        self.answer, self.lang = answer, lang
        self.home = answer.now.household
        self.nation = self.home.nation
        self.text = lang.text

    def label(self, variable: str) -> str:
        return self.lang.label(variable, self.nation)

    def columns(self) -> Iterable[Calculation]:
        yield self.answer.now
        yield from (job.calculation for job in self.answer.jobs)

    # The verdict

    def direction(self, job: JobAnswer) -> Direction:
        if is_nil(job.gain.month):
            return "same"
        return "better" if job.gain.month > 0 else "worse"

    def headline(self, job: JobAnswer) -> str:
        return self.text(f"result.{self.direction(job)}", amount=money(job.gain.month))

    def best_headline(self) -> str:
        """The headline of the best job, named where there are several."""
        best, jobs = self.answer.best, self.answer.jobs
        told = self.headline(best)
        if len(jobs) == 1:
            return told
        return self.text("result.headline_of", job=self.column(jobs.index(best) + 1), headline=told)

    def verdict(self) -> Iterable[str]:
        jobs, best = self.answer.jobs, self.answer.best
        direction = self.direction(best)
        words: dict[str, Any] = {
            "working": self.working(best),
            "you": self.text("result.you_both" if len(self.home.adults) > 1 else "result.you"),
            "month": money(best.gain.month),
            "week": money(best.gain.week),
            "n": len(jobs),
        }
        if len(jobs) > 1 and direction == "better":
            words["working"] = words["working"][:1].lower() + words["working"][1:]
            yield self.text("result.sentence.best", **words)
        elif len(jobs) > 1:
            yield self.text("result.sentence.none", **words)
        else:
            yield self.text(f"result.sentence.{direction}", **words)
        if best.gain.per_hour is not None and direction == "better":
            working_now = any(a.hours for a, taken in zip(self.home.adults, best.jobs, strict=False) if taken)
            hour = "an_extra_hour" if working_now else "an_hour"
            yield self.text(f"result.sentence.{hour}", amount=money(best.gain.per_hour))
        whole = best.gain.month_with_help_in_kind
        if abs(whole - best.gain.month) >= TELLING:
            turned = "better" if whole > 0 else "worse"
            yield self.text(f"result.sentence.in_kind_{turned}", amount=money(whole))

    def working(self, job: JobAnswer) -> str:
        slot = 0 if job.jobs[0] else 1
        adult, taken = job.calculation.household.adults[slot], job.jobs[slot]
        if adult.earnings is not None:
            per = self.text(f"words.per.{adult.earnings.per}")
            way = "own_business" if adult.self_employed else "for_pay"
            pay = self.text(f"result.{way}", amount=money(adult.earnings.amount), per=per)
        else:
            way = "at_minimum" if taken and taken.minimum_wage else "at_wage"
            pay = self.text(f"result.{way}", amount=money(adult.hourly_wage or 0.0))
        whose = "working_partner" if slot else "working"
        return self.text(f"result.{whose}", hours=self.lang.hours(adult.hours), pay=pay)

    # One job

    def column(self, n: int) -> str:
        several = len(self.answer.jobs) > 1
        return self.text("result.job.other", n=n) if several else self.text("result.job.one")

    def job(self, n: int, job: JobAnswer) -> JobWords:
        return JobWords(
            title=self.column(n),
            work=self.working(job),
            direction=self.direction(job),
            headline=self.headline(job),
            keep=self.keep(job),
            next_pound=self.next_pound(job),
            changes=tuple(self.changes(job)),
            remarks=tuple(self.remarks(job)),
            help=tuple(self.help(job)),
            help_kept=self.help_kept(job),
            help_note=self.text("result.help_free_hours")
            if any(p.variable in FREE_HOURS for p in job.passports)
            else "",
            ahead=self.ahead(job),
        )

    def keep(self, job: JobAnswer) -> str:
        more = job.calculation.amounts_rounded["gross_pay"] - self.answer.now.amounts_rounded["gross_pay"]
        if more <= 0 or is_nil(more):
            return ""
        share = job.gain.month / more
        which = "keep_none" if share <= 0 else "keep_all" if share > 1 else "keep"
        return self.text(f"result.{which}", pay=money(more), kept=money(job.gain.month), pence=f"{share * 100:.0f}")

    def next_pound(self, job: JobAnswer) -> str:
        """What is kept of a pound more; nothing where pay would be less than now, or there is none."""
        more = job.calculation.amounts_rounded["gross_pay"] - self.answer.now.amounts_rounded["gross_pay"]
        if job.outlook is None or more <= 0:
            return ""
        lost = job.outlook.schedule.metr(min(job.outlook.earnings, job.outlook.schedule.path.to))
        pence = round((1.0 - lost) * 100)
        return self.text("result.next_pound", pence=pence) if pence > 0 else self.text("result.next_pound_none")

    def changes(self, job: JobAnswer) -> Iterable[tuple[str, str]]:
        for kind, awards in (("lost", job.lost), ("less", job.less), ("more", job.kept), ("started", job.started)):
            yield from ((kind, self._change(kind, one)) for one in awards if kind != "more" or one.change > 0)
        yield from (("kept", self._change("kept", one)) for one in job.kept if one.change <= 0)

    def _change(self, kind: str, one: Award) -> str:
        amounts = {"now": money(one.now), "then": money(one.then), "change": money(one.change)}
        return self.text(f"result.change.{kind}", name=self.label(one.variable), **amounts)

    def remarks(self, job: JobAnswer) -> Iterable[str]:
        before, after = self.answer.now.amounts_rounded, job.calculation.amounts_rounded
        cap = before["benefit_cap_reduction"]
        if not is_nil(cap) and is_nil(after["benefit_cap_reduction"]):
            yield self.text("result.remark.cap_ends", amount=money(cap))
        if not is_nil(after["uc_childcare_element"]) and not is_nil(after["universal_credit"]):
            yield self.text("result.remark.childcare", amount=money(after["uc_childcare_element"]))
            if is_nil(before["childcare_charges"]):
                yield self.text("result.remark.first_month", amount=money(after["childcare_charges"]))
        for claims in job.calculation.claims:
            if claims.get("is_paid_below_minimum_wage"):
                yield self.text("result.remark.below_minimum")
            if claims.get("has_minimum_income_floor"):
                yield self.text("result.remark.floor")

    def help(self, job: JobAnswer) -> Iterable[tuple[str, str]]:
        order = ("lost", "less", "more", "started", "kept")
        for one in sorted(_told(job.passports), key=lambda one: (order.index(one.change), -_worth(one))):
            name = self.label(one.variable)
            if one.now is None or one.then is None:
                told = self.text(f"result.help.{one.change}_plain", name=name)
            else:
                amounts = {"now": money(one.now), "then": money(one.then)}
                told = self.text(f"result.help.{one.change}", name=name, **amounts)
            yield one.change, sentence_case(told)

    def help_kept(self, job: JobAnswer) -> str:
        """The help that is kept, in one sentence."""
        kept = sorted((one for one in _told(job.passports) if one.change == "kept"), key=lambda one: -_worth(one))
        names = [self.label(one.variable) + (f" ({money(one.then)})" if one.then is not None else "") for one in kept]
        return self.text("result.help.kept_several", names=self.lang.listed(names)) if names else ""

    def ahead(self, job: JobAnswer) -> str:
        cliff = job.outlook.cliff if job.outlook else None
        if job.outlook is None:
            return ""
        if cliff is None:
            return self.text("result.next_none")
        variable = cliff.cause
        if not (self.lang.has(f"labels.{variable}") or self.lang.has(f"labels_in.{self.nation}.{variable}")):
            variable = "universal_credit"
        return self.text("result.next", at=money(cliff.before), size=money(cliff.size), name=self.label(variable))

    # The table

    def rows(self, shown: Comparison) -> Iterable[TableRow]:
        couple = len(self.home.adults) > 1
        for row in shown.rows:
            variable = row.variable
            if couple and variable in ("gross_pay", "take_home_pay"):
                variable += "_partner" if row.label.endswith(", partner") else "_you"
            elif variable == "cash_after_work_costs":
                variable = f"{variable}_{self._home_kind()}"
            yield _row(self.label(variable), row.amounts, row.role)

    def _home_kind(self) -> str:
        housing = self.home.housing
        if housing.is_rented and not housing.has_rent_met_by_housing_benefit:
            return "rented"
        return "mortgage" if housing.tenure == "mortgage" else "owned"

    def difference(self) -> TableRow:
        gains = [job.gain for job in self.answer.jobs]
        return TableRow(
            self.text("result.difference"),
            ("", *(signed(gain.month) for gain in gains)),
            ("", *(signed(gain.week) for gain in gains)),
            "difference",
        )

    # What it rests on

    def how_to_claim(self) -> Iterable[HowTo]:
        awards = {one.variable: None for job in self.answer.jobs for one in (*job.started, *job.kept, *job.less)}
        for variable in awards:
            for claim in (f"claims_in.{self.nation}.{variable}", f"claims.{variable}"):
                if self.lang.has(claim):
                    yield HowTo(self.label(variable), self.text(claim), "")
                    break
        helps: dict[str, Passport] = {one.variable: one for job in self.answer.jobs for one in _told(job.passports)}
        goes_on = {
            one.variable for job in self.answer.jobs for one in job.passports if one.change not in ("lost", "less")
        }
        for one in sorted(helps.values(), key=lambda one: (one.now is None, -_worth(one))):
            claim, run_on = self.text(f"claims.{one.variable}"), self.text(f"run_on.{one.variable}")
            yield HowTo(sentence_case(self.label(one.variable)), claim, run_on, one.variable not in goes_on)

    def assumptions(self, taken: Iterable[Taken]) -> Iterable[str]:
        fields = {one.field for one in self.answer.assumptions}
        for told in taken:
            if not fields & _SAME.get(told.text, set()):
                yield self.text(f"taken.{told.text}", **told.fields)
        found: dict[tuple[str, tuple[tuple[str, object], ...]], float] = {}
        for one in self.answer.assumptions:
            key, named = _assumed(one, self.nation)
            worth, where = abs(one.worth_a_month or 0.0), (key, tuple(named.items()))
            found[where] = found.get(where, 0.0) + worth if key in _ADDED_UP else max(found.get(where, 0.0), worth)
        for variable, id in (("benefit_cap_reduction", "cap"), ("uc_under_occupancy_reduction", "spare_bedroom")):
            if any(not is_nil(one.amounts_rounded[variable]) for one in self.columns()):
                yield self.text(f"assumed.{id}")
        for (key, items), worth in found.items():
            yield self.text(f"assumed.{key}", amount=money(worth), **dict(items))

    def left_out(self, line: str) -> str:
        known = next((id for start, id in _LEFT_OUT.items() if line.startswith(start)), None)
        return self.text(f"left_out.{known}") if known else self.text("left_out.other", text=line)

    def advice(self) -> Iterable[tuple[str, str]]:
        for who in (self.nation, "local", "turn2us", "moneyhelper"):
            yield self.text(f"advice.{who}.name"), self.text(f"advice.{who}.href")


def _row(label: str, amounts: tuple[float, ...], role: str) -> TableRow:
    return TableRow(
        label, tuple(plain(one) for one in amounts), tuple(plain(a_week(one)) for one in amounts), role.split()[0]
    )


def _worth(one: Passport) -> float:
    return abs(one.difference) or max(one.now or 0.0, one.then or 0.0)


_IMPLIED_BY = {"has_court_fee_help": "court_fee_help_is_full", "has_legal_aid": "has_legal_aid_income_passport"}


def _told(found: Iterable[Passport]) -> list[Passport]:
    """Without what goes without saying where more of the same is there."""
    several = list(found)
    change = {one.variable: one.change for one in several}
    return [one for one in several if change.get(_IMPLIED_BY.get(one.variable, "")) != one.change]


_SAME = {
    "pension.you": {"adults.1.pension"},
    "pension.partner": {"adults.2.pension"},
    "council.england": {"local_authority"},
    "new_mother": {"adults.1.sex", "adults.2.sex"},
}
"""What the rules tell of themselves, with its worth, in place of what was taken for want of an answer."""
_ADDED_UP = ("at_state_school", "prescriptions")
_ASSUMED = {
    "greater_london": "greater_london",
    "bills.broadband": "broadband",
    "bills.electricity": "electricity",
    "bills.costly_to_heat": "costly_to_heat",
    "bills.water_social_tariff": "water_social_tariff",
    "bills.saves_a_month": "saves_a_month",
    "options.take_up.marriage_allowance": "marriage_allowance",
    "options.take_up": "take_up",
    "adults.weeks_pregnant": "weeks_pregnant",
    "adults.sex": "sex",
    "adults.prescriptions_a_month": "prescriptions",
    "adults.hours_expected": "hours_expected",
    "children.at_state_school": "at_state_school",
    "children.sex": "children_sex",
    "housing.bedrooms": "bedrooms",
    "council_scheme": "council_scheme",
    "one_off_grants": "one_off_grants",
    "month": "month",
}


def _assumed(one: Assumption, nation: str) -> tuple[str, dict[str, object]]:
    """The catalogue's id under `assumed` of what the rules take as so, and the fields of its sentence."""
    field = re.sub(r"\.\d+\.", ".", one.field)
    if birthday := re.fullmatch(r"children\.(\d+)\.born", one.field):
        return "born", {"n": birthday[1]}
    if field == "adults.pension":
        return f"pension.{'partner' if one.field.startswith('adults.2') else 'you'}", {}
    if field == "local_authority":
        return "default_scheme" if "default" in one.value else "scheme", {}
    if field == "council_scheme.protected":
        return f"protected.{'some' if one.worth_a_month else 'any'}", {}
    if field == "council_tax":
        return "rates" if nation == "northern_ireland" else "council_tax", {}
    if field in _ASSUMED:
        return _ASSUMED[field], {}
    return "other", {"field": sentence_case(one.field), "value": one.value, "why": one.why}


_LEFT_OUT = {
    "Sanctions": "sanctions",
    "Surplus earnings": "surplus",
    "PIP, ADP and DLA": "pip",
    "Support for Mortgage Interest": "mortgage",
    "Housing Benefit for temporary": "temporary",
    "Northern Ireland's payments": "northern_ireland",
    "What councils in Scotland": "scotland_cap",
    "Funded childcare hours": "funded_hours",
    "Local help": "local",
    "Student finance": "students",
}
