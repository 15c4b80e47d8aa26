"""Documents put again: the same figures of every kind, what has been changed is found, what cannot be used is told."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

import mwp
from mwp import resources
from mwp.cli.main import main
from mwp.errors import InputError
from mwp.inputs.loading import household_told, load_household
from mwp.report import replay as replaying

ON = ("--on", "2026-11-01")
LEEDS, GLASGOW, SINGLE = "lone_parent_two_children_leeds", "couple_one_child_glasgow", "single_over_25_birmingham"
GUARANTEE = ("--reform", "nes_guarantee")
SCHEMA = Path(str(replaying.__file__)).parent / "schemas" / "replay.json"

ASKED: dict[str, tuple[str, ...]] = {
    "mwp.calculate/1": ("calculate", GLASGOW, *ON, *GUARANTEE, "--nes-placement", "--value", "high"),
    "mwp.better-off/1": ("better-off", GLASGOW, "--job", "16h@minimum_wage", "--partner-job", "20h £1,200/month",
                         "--childcare", "120/week", *ON),
    "mwp.explain/1": ("explain", LEEDS, "universal_credit", "--all", *ON),
    "mwp.sweep/1": ("sweep", GLASGOW, "--earner", "partner", "--to", "2000", *ON, *GUARANTEE),
    "mwp.cliffs/1": ("cliffs", SINGLE, "--mode", "wage", "--hours", "16", "--councils", "leeds", *ON),
    "mwp.surface/1": ("sweep", GLASGOW, "--earner", "both", "--wage", "13", *ON),
    "mwp.metr/1": ("sweep", "--summary", SINGLE, GLASGOW, *ON),
    "mwp.compare/1": ("compare", SINGLE, GLASGOW, *GUARANTEE, "--reform", "uc_taper_50+nes_guarantee", "--at", "16h",
                      "--to", "3000", *ON),
    "mwp.solve/1": ("solve", SINGLE, "--change", "universal_credit.taper_rate=0.30..0.55", "--target", "metr<=0.60",
                    "--within", "0..1500", *ON),
    "mwp.certificate/1": ("certify", "--universe", "library", "--household", GLASGOW, "--workers", "1", *ON),
    "mwp.placement/1": ("placement", SINGLE, "--hours", "30", *ON),
    "mwp.placement-account/1": ("placement", "--account", SINGLE, GLASGOW, "--hours", "30", *ON),
    "mwp.timeline/1": ("timeline", SINGLE, "--job", "16h@minimum_wage", "--from", "2026-11-01",
                       "--until", "2026-12-31"),
    "mwp.documents/1": ("sweep", SINGLE, "--to", "1000", "--on", "2025-11-01", *ON),
}  # fmt: skip
"""A question of each kind, with options that are not what they would be by themselves."""


def run(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, args, input=text, env={"COLUMNS": "100", "NO_COLOR": None})


def written(*args: str) -> dict[str, Any]:
    result = run(*args, "--json")
    assert result.exit_code in (0, 1), result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    return written("better-off", LEEDS, "--job", "16h@12.71", *ON)


@pytest.mark.parametrize("schema", ASKED)
def test_a_document_of_every_kind_put_again_has_the_same_figures(schema: str) -> None:
    document = written(*ASKED[schema])
    assert document["schema"] == schema
    told = run("replay", "-", "--workers", "1", "--json", text=json.dumps(document))
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    jsonschema.validate(found, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert found["same"] is True
    for one in found["documents"]:
        assert (one["same"], one["differences"], one["words_differ"]) == (True, [], 0)
        assert one["figures"] > 10
        assert one["then"] == found["mwp"]


def test_every_kind_of_document_is_known() -> None:
    """Every form that is written down is put again, or refused with a reason of its own."""
    forms = {f"mwp.{path.stem}/1" for path in SCHEMA.parent.glob("*.json")}
    assert forms == {*replaying._KINDS, replaying._SEVERAL, *replaying._NO_ANSWERS}
    assert {*ASKED} == {*replaying._KINDS, replaying._SEVERAL}


@pytest.mark.parametrize("name", resources.library("households"))
def test_a_household_as_a_document_tells_it_is_the_same_household(name: str) -> None:
    home = load_household(name)
    assert load_household(json.loads(json.dumps(household_told(home)))) == home


def test_a_household_and_a_reform_of_ones_own_need_not_be_at_hand_any_more(tmp_path: Path) -> None:
    home, reform = tmp_path / "home.yaml", tmp_path / "mine.yaml"
    home.write_text(run("households", SINGLE).stdout, encoding="utf-8")
    reform.write_text(resources.library("reforms")["uc_taper_50"].read_text(encoding="utf-8"), encoding="utf-8")
    document = written("calculate", str(home), "--reform", str(reform), *ON)
    home.unlink()
    reform.unlink()
    found = mwp.replay(document)
    assert found.same
    assert found.documents[0].reforms == ("mine",)


def test_a_figure_that_was_changed_is_found_with_what_it_is_now(answer: dict[str, Any], tmp_path: Path) -> None:
    tampered = deepcopy(answer)
    right = tampered["jobs"][0]["amounts_rounded"]["universal_credit"]
    tampered["jobs"][0]["amounts_rounded"]["universal_credit"] = right - 0.01
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(tampered), encoding="utf-8")
    (one,) = mwp.replay(file).documents
    (difference,) = one.differences
    assert difference.figure == "jobs.1.amounts_rounded.universal_credit"
    assert (difference.then, difference.now) == (right - 0.01, right)
    assert difference.by == pytest.approx(0.01)
    told = run("replay", str(file))
    assert told.exit_code == 1
    assert "1 of" in told.stdout
    assert "jobs.1.amounts_rounded.universal_credit" in told.stdout


def test_another_question_has_other_figures(answer: dict[str, Any]) -> None:
    other = deepcopy(answer)
    other["asked"]["jobs"][0]["hours"] = 17.0
    differ = {one.figure for one in mwp.replay(other).documents[0].differences}
    assert "jobs.1.hours" in differ
    assert not any(figure.startswith("now.") for figure in differ)


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        (lambda told: told["now"]["amounts"].pop("universal_credit"), ""),
        (lambda told: told["now"]["amounts"].update(dole=1.0), "now.amounts.dole"),
        (lambda told: told["jobs"][0].update(next_cliff=None), "jobs.1.next_cliff."),
        (lambda told: told["jobs"][0].update(next_cliff=3.0), "jobs.1.next_cliff."),
        (lambda told: told.update(verdict="Otherwise"), ""),
        (lambda told: told["mwp"].update(version="0.0.1"), ""),
        (lambda told: told["jobs"].append({"hours": 3}), "jobs.2.hours"),
        (lambda told: told["assumptions"].clear(), "assumptions."),
    ],
)
def test_what_is_told_beside_is_no_difference_but_what_is_missing_and_more_entries_are(
    answer: dict[str, Any], change: Any, differs: str
) -> None:
    other = deepcopy(answer)
    change(other)
    (one,) = mwp.replay(other).documents
    assert bool(one.differences) == bool(differs)
    assert all(each.figure.startswith(differs) for each in one.differences)


def test_both_versions_and_digests_are_told(answer: dict[str, Any]) -> None:
    other = deepcopy(answer)
    other["mwp"] = {"version": "0.0.1", "parameters": "ab" * 32}
    told = run("replay", "-", text=json.dumps(other))
    assert told.exit_code == 0
    assert "Then: mwp 0.0.1, parameters abababababab." in told.stdout
    assert f"Now: mwp {answer['mwp']['version']}, parameters {answer['mwp']['parameters'][:12]}." in told.stdout


def test_the_counterexamples_of_a_certificate_are_put_again_by_themselves() -> None:
    certificate = written("certify", "--universe", "library", "--workers", "1", *ON)
    assert len(certificate["counterexamples"]) > 2
    (one,) = mwp.replay(certificate, counterexamples=True).documents
    assert one.same
    assert one.figures >= 5 * len(certificate["counterexamples"])
    certificate["counterexamples"][0]["amount"] += 1
    (one,) = mwp.replay(certificate, counterexamples=True).documents
    assert [each.figure for each in one.differences] == ["counterexamples.1.amount"]


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        (lambda told: told.update(schema="mwp.beter-off/1"), "schema", "Did you mean mwp.better-off/1?"),
        (lambda told: told.update(schema="mwp.population-run/1"), "schema", "tables of a population"),
        (lambda told: told.update(schema="mwp.households/1"), "schema", "lists what there is"),
        (lambda told: told.update(schema=3), "schema", "the form of the document"),
        (lambda told: told.pop("schema"), "schema", "This is missing"),
        (lambda told: told.pop("asked"), "asked", "does not hold its question"),
        (lambda told: told.update(asked=[]), "asked", "give the question"),
        (lambda told: told["asked"].update(jbos=[]), "asked, jbos", "Did you mean jobs?"),
        (lambda told: told["asked"].pop("household"), "asked, household", "This is missing."),
        (lambda told: told["asked"].update(household="/etc/passwd"), "asked, household", "give an object"),
        (lambda told: told["asked"]["household"].update(nation="france"), "asked, household, nation", "england"),
        (lambda told: told["asked"].update(travel=3), "asked, travel", "give text"),
        (lambda told: told["asked"]["jobs"][0].update(hours=-1), "asked, jobs, 1, hours", "0"),
        (lambda told: told["asked"].update(reform=["nes_guarantee"]), "asked, reform, 1", "give an object"),
        (lambda told: told["asked"].update(standing={"month": True}), "asked, standing", "whole number"),
    ],
)
def test_a_document_that_cannot_be_used_is_told_by_file_and_field(
    answer: dict[str, Any], tmp_path: Path, change: Any, field: str, told: str
) -> None:
    other = deepcopy(answer)
    change(other)
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        mwp.replay(file)
    assert caught.value.problems[0].source == str(file)
    assert caught.value.problems[0].field == field
    assert told in caught.value.problems[0].message
    result = run("replay", str(file))
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize("text", ["", "hello", "[1]", '{"schema": "mwp.calculate/1", "schema": "x"}', '{"a": NaN}'])
def test_what_is_no_document_is_refused(text: str) -> None:
    result = run("replay", "-", text=text)
    assert result.exit_code == 2
    assert "standard input" in result.stderr


def test_a_file_that_is_not_there_is_refused() -> None:
    result = run("replay", "nowhere.json")
    assert result.exit_code == 2
    assert "nowhere.json" in result.stderr
