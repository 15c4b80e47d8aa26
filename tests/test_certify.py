"""Certificates: what they prove, what they refute, that a broken guarantee is caught, and the universes they cover."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

import mwp
from mwp import resources
from mwp.analysis import certify, guarantee, guarantee_couples, proof, proof_couples, universe
from mwp.analysis.claims import TOLERANCE, Ask, Example, Findings
from mwp.analysis.lines import Line, Piece, as_schedule, pieces_of, raised, running_maximum
from mwp.analysis.measures import GUARANTEED, TOP_UP, Measure
from mwp.analysis.schedule import PENNY, Schedule, at_earnings, schedules_by_measure
from mwp.analysis.sweep import Choice, paths_of
from mwp.cli.main import main
from mwp.errors import InputError
from mwp.inputs.loading import household_from_yaml
from mwp.inputs.reform import Reform, Scope
from mwp.report import certificate_export, certificate_words, export

ON = date(2026, 11, 1)
DAY = ("--on", "2026-11-01")
STANDARD = universe.universe("standard")
SOME = tuple(sorted(random.Random(20261101).sample(STANDARD.ids, 60)))
FEW = (
    "leeds.lone-7-3.private-high.well.no-care.wage-13.out",
    "glasgow.couple-7-3.social.well.no-care.wage-16.one-and-a-half",
    "plymouth.couple-23.mortgage.pip.no-care.wage-16.half-and-one",
    "cardiff.single-31.private-low.well.no-care.wage-24.out",
)
LEEDS = "lone_parent_two_children_leeds"


def ask(*names: str | Reform, measure: Measure = GUARANTEED) -> Ask:
    return Ask("standard", ON, tuple(mwp.load_reform(name) for name in names), measure)


def found(asked: Ask, ids: Sequence[str] = FEW) -> Findings:
    whole = Findings()
    for block in proof.blocks(ids, certify.BLOCK):
        whole.merge(proof.examine(asked, block))
    return whole


def reform(**guaranteed: Any) -> Reform:
    return mwp.load_reform(
        {
            "name": "mine",
            "title": "A guarantee to try",
            "summary": "For a test.",
            "source": {"title": "made up"},
            "status": "this project's proposal",
            "guarantee": guaranteed,
        }
    )


def in_northern_ireland() -> Reform:
    """The default guarantee, paid nowhere else."""
    return mwp.load_reform("nes_guarantee").model_copy(update={"scope": Scope(nations=("northern_ireland",))})


# What is proved and refuted


def test_the_default_guarantee_is_proved_over_a_sample_and_jointly() -> None:
    told = found(ask("nes_guarantee"), SOME)
    assert told.failed == {}
    assert told.cliffs == {}
    assert told.inside > 50
    assert told.couples > 10
    assert told.seen["metr"].worst is not None
    assert told.seen["metr"].worst.amount == pytest.approx(0.75, abs=1e-3)


@pytest.mark.parametrize(
    "name",
    [
        "nes_guarantee_keeps_passports", "no_step_back", "better_off_floor", "better_off_in_work_credit",
        "passports_tapered", "compensating_work_allowance", "passports_run_on",
    ],
)  # fmt: skip
def test_every_design_keeps_its_own_promise(name: str) -> None:
    assert found(ask(name), (*FEW, *SOME[:8])).failed == {}


@pytest.mark.parametrize("name", [(), ("uc_taper_50",), ("uc_taper_45",), ("no_benefit_cap",)])
def test_law_and_tapers_are_refuted(name: tuple[str, ...]) -> None:
    told = found(ask(*name))
    assert {"monotone", "no_cliff", "jointly"} <= set(told.failed)
    assert "agrees" not in told.failed


def test_a_counterexample_of_current_law_is_one_when_it_is_calculated_anew() -> None:
    told = found(ask())
    for claim in ("monotone", "no_cliff"):
        worst = told.failed[claim].worst
        assert worst is not None
        before, after = (calculated(worst, earnings) for earnings in (worst.start, worst.end))
        assert worst.end > worst.start
        assert after < before - 1.0
        assert (before, after) == pytest.approx((worst.before, worst.after), abs=TOLERANCE)


def calculated(one: Example, earnings: float) -> float:
    home = universe.household(one.household)
    ((path, _),) = paths_of([home], Choice(one.earner, "hours_then_wage", None, 37.5, 9_000.0), ON)
    return mwp.calculate(at_earnings(home, path, earnings), ON).amounts[GUARANTEED]


def test_a_guarantee_beside_a_taper_is_proved() -> None:
    assert found(ask("uc_taper_50", "nes_guarantee")).failed == {}


def test_a_guarantee_need_not_hold_on_another_measure() -> None:
    told = found(ask("nes_guarantee", measure="net_income"))
    assert "least" not in proof.claims_of(ask("nes_guarantee", measure="net_income"))
    assert told.seen["metr"].worst is not None


def test_nobody_inside_is_nothing_proved() -> None:
    asked = ask(in_northern_ireland())
    told = found(asked, FEW[:1])
    certificate = certify.Certificate(asked, STANDARD, FEW[0], told)
    assert (told.inside, told.failed) == (0, {})
    assert not certificate.proved
    assert "Nothing to prove" in certificate_words.verdict(certificate)
    assert told.cliffs == {}
    assert sum(tally.times for tally in told.cliffs_outside.values()) > 0


def test_cliffs_behind_a_gate_that_shuts_are_counted_and_not_proved() -> None:
    shut = reform(design="G4", most_lost=0.75, gate={"universal_credit": "this_month"})
    told = found(ask(shut))
    assert told.failed == {}
    assert told.cliffs == {}
    assert told.cliffs_outside


def test_a_step_of_a_fraction_of_a_penny_has_a_cause() -> None:
    recipe = "leeds.couple-45.social-spare.well.no-care.wage-16.half-and-one"
    assert found(ask("nes_guarantee_keeps_passports"), (recipe,)).failed == {}


def test_two_guarantees_are_refused() -> None:
    with pytest.raises(InputError, match="about one guarantee"):
        mwp.certify(["nes_guarantee", "no_step_back"], "library", ON)


# A broken guarantee is caught

Operator = Callable[[Schedule, float], Schedule]


def with_operator(
    monkeypatch: pytest.MonkeyPatch, operator: Operator, before: Callable[[Schedule], Schedule] = lambda one: one
) -> None:
    """The default guarantee with another operator in its place; `before` is what that one is handed."""

    def broken(
        bare: Mapping[Measure, Sequence[Schedule]], reforms: Sequence[Reform], standing: guarantee.Standing
    ) -> dict[Measure, list[Schedule]]:
        (promised,) = (one.guarantee for one in reforms if one.guarantee)
        assert promised.most_lost is not None
        most = promised.most_lost
        return {
            name: [guarantee.gated(operator(before(one), most), one, promised.gate, standing) for one in every]
            for name, every in bare.items()
        }

    monkeypatch.setattr(guarantee, "with_guarantees", broken)


def changed_top_up(schedule: Schedule, change: Callable[[float, float], tuple[float, float]]) -> Schedule:
    """The schedule with each segment's top-up (level, slope) changed."""
    segments = []
    for one in schedule.segments:
        level, slope = change(one.parts.get(TOP_UP, 0.0), one.slopes.get(TOP_UP, 0.0))
        parts, slopes = {**one.parts, TOP_UP: level}, {**one.slopes, TOP_UP: slope}
        segments.append(replace(one, parts=parts, slopes=slopes, at_start=sum(parts.values())))
    return replace(schedule, segments=tuple(segments))


def without_its_largest_cliff(schedule: Schedule) -> Schedule:
    """What a finder that missed the cliff would hand over: everything after it higher by what it is."""
    if not schedule.cliffs:
        return schedule
    missed = min(schedule.jumps, key=lambda jump: jump.size)
    later = [
        one if one.start < missed.at - PENNY / 2 else replace(
            one, at_start=one.at_start - missed.size,
            parts={name: part - missed.components.get(name, 0.0) for name, part in one.parts.items()},
        )
        for one in schedule.segments
    ]  # fmt: skip
    return replace(schedule, segments=tuple(later), jumps=tuple(one for one in schedule.jumps if one is not missed))


def over_a_grid(schedule: Schedule, most: float) -> Schedule:
    """The maximum taken over every hundredth pound only."""
    names, pieces = pieces_of(schedule)
    grid = np.arange(0.0, schedule.path.to, 100.0)
    lines = [(float(at), Line(float(at), schedule.value(float(at)), -1e9)) for at in grid]
    return as_schedule(schedule, names, raised(pieces, -1, Piece.line, running_maximum(lines, 1.0 - most)))


def test_the_right_operator_in_its_place_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    with_operator(monkeypatch, guarantee.keep_at_least)
    assert found(ask("nes_guarantee")).failed == {}


def test_a_wrong_rate_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    with_operator(monkeypatch, lambda one, most: guarantee.keep_at_least(one, most + 0.01))
    assert {"least", "metr", "jointly"} - {"jointly"} <= set(found(ask("nes_guarantee")).failed)


def test_a_rate_that_is_too_generous_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    with_operator(monkeypatch, lambda one, most: guarantee.keep_at_least(one, most - 0.01))
    assert {"least", "jointly"} <= set(found(ask("nes_guarantee")).failed)


def test_a_missed_cliff_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    with_operator(monkeypatch, guarantee.keep_at_least, without_its_largest_cliff)
    assert {"least", "metr"} <= set(found(ask("nes_guarantee")).failed)


def test_a_cliff_that_the_finder_itself_misses_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(*args: Any) -> dict[Measure, list[Schedule]]:
        return {
            name: [without_its_largest_cliff(one) for one in every]
            for name, every in schedules_by_measure(*args).items()
        }

    monkeypatch.setattr(proof, "schedules_by_measure", blind)
    assert {"agrees", "least", "metr"} <= set(found(ask("nes_guarantee")).failed)


def test_a_maximum_over_a_grid_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    with_operator(monkeypatch, over_a_grid)
    assert {"least", "metr"} <= set(found(ask("nes_guarantee")).failed)


def test_a_top_up_that_is_a_penny_too_small_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(level: float, slope: float) -> tuple[float, float]:
        return (level - PENNY, slope) if level > PENNY else (level, slope)

    with_operator(monkeypatch, lambda one, most: changed_top_up(guarantee.keep_at_least(one, most), short))
    assert "least" in found(ask("nes_guarantee")).failed


def test_a_top_up_below_nil_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def clawed_back(level: float, slope: float) -> tuple[float, float]:
        return (level, slope) if level > 0 or slope else (-5.0, 0.0)

    with_operator(monkeypatch, lambda one, most: changed_top_up(guarantee.keep_at_least(one, most), clawed_back))
    assert "never_negative" in found(ask("nes_guarantee")).failed


def test_a_gate_that_is_ignored_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarantee, "gated", lambda guaranteed, *_: guaranteed)
    assert set(found(ask("nes_guarantee")).failed) == {"nil_outside"}


def test_a_scope_that_is_ignored_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ask(in_northern_ireland())
    honest = guarantee.guaranteed
    monkeypatch.setattr(
        guarantee, "guaranteed", lambda one, promised, _, standing: honest(one, promised, None, standing)
    )
    assert set(found(asked, FEW[:1]).failed) == {"nil_outside"}


def test_passports_that_nobody_had_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def given_away(schedule: Schedule) -> Schedule:
        more = [
            replace(one, at_start=one.at_start + 30, parts={**one.parts, "free_school_meals": 300.0})
            for one in schedule.segments
        ]
        return replace(schedule, segments=tuple(more))

    honest = guarantee.with_guarantees
    monkeypatch.setattr(
        guarantee,
        "with_guarantees",
        lambda *args: {name: [given_away(one) for one in every] for name, every in honest(*args).items()},
    )
    assert "passports_held" in found(ask("nes_guarantee_keeps_passports")).failed


def test_one_earners_path_that_pays_more_than_both_together_are_due_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    with_operator(
        monkeypatch,
        lambda one, most: changed_top_up(guarantee.keep_at_least(one, most), lambda level, slope: (level + 1.0, slope)),
    )
    assert "jointly" in found(ask("nes_guarantee"), FEW[1:2]).failed


def test_couples_agree_with_the_exact_lines_and_a_wrong_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_couples, "COUPLES_COMPARED", 1)
    told = found(ask("nes_guarantee"), FEW[1:2])
    assert (told.couples_compared, told.failed) == (1, {})
    honest = guarantee_couples.couple
    monkeypatch.setattr(
        guarantee_couples,
        "couple",
        lambda home, paths, most, *rest, **more: honest(home, paths, most + 0.05, *rest, **more),
    )
    assert set(found(ask("nes_guarantee"), FEW[1:2]).failed) == {"jointly"}


# The universes


def test_the_universes_have_their_sizes_and_every_id_is_unique() -> None:
    wide = universe.universe("wide")
    assert len(STANDARD.ids) >= 5_000
    assert len(wide.ids) >= 100_000
    assert len(set(wide.ids)) == len(wide.ids)
    assert set(STANDARD.ids) <= set(wide.ids)


def test_every_standard_household_can_be_and_has_a_name_of_its_own() -> None:
    homes = [universe.household(one) for one in STANDARD.ids]
    for home in homes:
        home.check_on(ON)
    assert len({home.name for home in homes}) == len(homes)
    assert {home.nation for home in homes} == {"england", "scotland", "wales", "northern_ireland"}
    assert {len(home.adults) for home in homes} == {1, 2}
    assert {len(home.children) for home in homes} >= {0, 1, 2, 3, 4, 5}


def test_any_two_levels_that_go_together_do_in_the_standard_universe() -> None:
    def core(ids: Sequence[str]) -> list[list[str]]:
        told = [one.split(".") for one in ids]
        return [one for one in told if len(one) == len(universe.DIMENSIONS) and one[1] in universe.FAMILIES]

    wide, standard = core(universe.universe("wide").ids), core(STANDARD.ids)
    for first, second in combinations(range(len(universe.DIMENSIONS)), 2):
        assert {(one[first], one[second]) for one in wide} == {(one[first], one[second]) for one in standard}


def test_a_recipe_is_its_household() -> None:
    home = universe.household("glasgow.couple-7-3.social.well.no-care.wage-16.one-and-a-half")
    assert (home.nation, home.local_authority, home.housing.tenure) == ("scotland", "glasgow_city", "social_rent")
    assert [child.age for child in home.children] == [7, 3]
    assert [(adult.hours, adult.hourly_wage) for adult in home.adults] == [(35.0, 16.0), (16.0, 16.0)]
    assert STANDARD.household(STANDARD.ids[0]) == universe.household(STANDARD.ids[0])


@pytest.mark.parametrize(
    ("recipe", "told"),
    [
        ("leeds.single-31", "is no household of a universe"),
        ("leedz.single-31.owned.well.no-care.wage-13.out", "no place called leedz.*Did you mean leeds"),
        ("leeds.single-31.owned.well.care.wage-13.out", "cannot be true together"),
        ("leeds.single-31.owned.partner-lcwra.no-care.wage-13.out", "cannot be true together"),
        ("leeds.single-31.owned.well.no-care.wage-13.out.pregnent", "Did you mean pregnant"),
    ],
)
def test_a_recipe_of_something_else_is_refused(recipe: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        universe.household(recipe)


def test_a_universe_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Did you mean standard"):
        universe.universe("standerd")
    with pytest.raises(InputError, match=r"no \.yaml files"):
        universe.universe(str(tmp_path))


def test_digests_tell_universes_apart(tmp_path: Path) -> None:
    for name in list(resources.library("households"))[:2]:
        text = (resources.folder("households") / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    before = universe.universe(str(tmp_path)).digest
    changed = next(tmp_path.glob("*.yaml"))
    changed.write_text(changed.read_text(encoding="utf-8") + "savings: 9000\n", encoding="utf-8")
    assert universe.universe(str(tmp_path)).digest != before
    assert STANDARD.digest == universe.universe("standard").digest != before


def test_every_cause_of_a_cliff_in_the_library_occurs_in_the_standard_universe() -> None:
    library = [mwp.load_household(name) for name in resources.library("households")]
    known = causes(library)
    assert len(known) > 12
    special = [one for one in STANDARD.ids if len(one.split(".")) > len(universe.DIMENSIONS)]
    some = [universe.household(one) for one in (*special[::5], *STANDARD.ids[::80])]
    assert known <= causes(some)


def causes(homes: Sequence[Any]) -> set[str]:
    """What falls at any cliff of the claimants' and the partners' paths, with childcare and costs of work counted."""
    told = set()
    for earner in ("claimant", "partner"):
        some = [home for home in homes if earner == "claimant" or len(home.adults) > 1]
        paths = [path for path, _ in paths_of(some, Choice(earner, "hours_then_wage", None, 37.5, 9_000.0), ON)]
        for every in schedules_by_measure(some, paths, ON, (), ("net_resources", "net_after_work_costs")).values():
            told |= {jump.cause for one in every for jump in one.cliffs}
    return told


# The certificate


@pytest.fixture(scope="module")
def library_law() -> certify.Certificate:
    return mwp.certify(universe="library", on=ON)


def test_the_same_question_has_the_same_bytes_on_one_process_or_two(library_law: certify.Certificate) -> None:
    done: list[tuple[int, int]] = []
    two = mwp.certify(universe="library", on=ON, workers=2, progress=lambda *told: done.append(told))
    one = export.as_json(certificate_export.document(library_law))
    assert one == export.as_json(certificate_export.document(two))
    assert done[-1] == (len(resources.library("households")),) * 2


def test_the_digest_is_over_the_document(library_law: certify.Certificate) -> None:
    document = json.loads(export.as_json(certificate_export.document(library_law)))
    digest = document.pop("digest")
    del document["in_words"], document["asked"]
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert sha256(text.encode()).hexdigest() == digest
    assert mwp.certify("uc_taper_50", "library", ON, household=LEEDS).facts["digest"] != digest


def test_current_law_is_refuted_over_the_library_by_name(library_law: certify.Certificate) -> None:
    document = certificate_export.document(library_law)
    assert not document["proved"]
    assert document["in_words"].startswith("Refuted: under current law work does not always pay.")
    assert document["cliffs"]["outside"] == []
    assert sum(one["times"] for one in document["cliffs"]["inside"]) == library_law.cliffs
    first = document["counterexamples"][0]
    assert first["household"] in resources.library("households")
    assert first["before"] > first["after"]


def test_a_counterexample_is_written_as_a_file_and_its_commands_find_it_again(tmp_path: Path) -> None:
    told = mwp.certify("uc_taper_50", on=ON, household=FEW[0])
    (written,) = certificate_export.write_households(told, str(tmp_path))
    assert household_from_yaml(written.read_text(encoding="utf-8")) == universe.household(FEW[0])
    again, sweep = told.commands(told.counterexamples[0][1])
    assert (tmp_path / written.name).name == told.file_name(told.counterexamples[0][1])
    assert run(*again.split()[1:], "--workers", "1").exit_code == 1
    assert run(*[str(written) if part == written.name else part for part in sweep.split()[1:]]).exit_code == 0


def test_a_household_of_the_universe_is_certified_alone() -> None:
    told = mwp.certify("nes_guarantee", on=ON, household=FEW[1])
    assert told.proved
    assert (told.found.households, told.found.paths, told.found.couples) == (1, 2, 1)


def test_the_page_says_what_the_document_says(library_law: certify.Certificate) -> None:
    page = certificate_export.certificate_page(library_law, "mwp certify --universe library")
    assert certificate_words.verdict(library_law) in page
    assert library_law.facts["digest"] in page
    assert "mwp certify --universe library" in page
    assert "<script" not in page
    for claim in library_law.claimed:
        assert claim.words in page


# The command


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args, env={"COLUMNS": "80"})


def household_file(tmp_path: Path) -> str:
    path = tmp_path / "home.yaml"
    path.write_text((resources.folder("households") / f"{LEEDS}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return str(path)


def test_exit_codes_proved_refuted_and_bad_input(tmp_path: Path) -> None:
    home = household_file(tmp_path)
    proved = run("certify", "--reform", "nes_guarantee", "--universe", home, *DAY)
    assert proved.exit_code == 0, proved.output
    assert "Proved" in proved.stdout
    refuted = run("certify", "--universe", home, *DAY)
    assert refuted.exit_code == 1
    assert "Refuted" in refuted.stdout
    for wrong in (
        ("--universe", "nowhere"),
        ("--reform", "nes_garantee"),
        ("--household", "nobody"),
        ("--measure", "net_incom"),
        ("--output", "certificate.docx"),
        ("--counterexamples", "/nowhere/at/all"),
    ):
        assert run("certify", *wrong, *DAY).exit_code == 2


def test_json_holds_nothing_else_and_files_are_written(tmp_path: Path) -> None:
    home = household_file(tmp_path)
    told = run("certify", "--universe", home, "--json", *DAY)
    assert json.loads(told.stdout)["schema"] == "mwp.certificate/1"
    for ending, start in ((".json", b"{"), (".html", b"<!DOCTYPE html>"), (".pdf", b"%PDF")):
        target = tmp_path / f"certificate{ending}"
        assert run("certify", "--universe", home, "--output", str(target), *DAY).exit_code == 1
        assert target.read_bytes().startswith(start)


def test_the_screen_fits_a_narrow_terminal(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ["certify", "--universe", household_file(tmp_path), *DAY], env={"COLUMNS": "60"})
    commands = ("mwp certify", "mwp sweep")
    assert max(len(line) for line in shown.stdout.splitlines() if not line.strip().startswith(commands)) <= 64
