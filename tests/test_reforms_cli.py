"""`mwp reforms`: the list, one in full beside the law, a file to begin from, and everything wrong with a file."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

import mwp
from mwp import resources
from mwp.cli.main import main
from mwp.core import parameters
from mwp.errors import InputError
from mwp.inputs import documents
from mwp.inputs.reform import known_parameters, load_reform, reform_of, value_fault
from mwp.report import reforms

LIBRARY = sorted(resources.library("reforms"))
SCHEMAS = Path(str(reforms.__file__)).parent / "schemas"
TAPER = "universal_credit.taper_rate"


def run(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["reforms", *args], input=text, env={"COLUMNS": "80", "NO_COLOR": None})


def said(*args: str, text: str | None = None) -> str:
    result = run(*args, text=text)
    assert result.exit_code == 0, result.output
    return result.stdout


def one_line(text: str) -> str:
    return " ".join(text.split())


def told(*args: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(said(*args, "--json"))
    name = document["schema"].split(".")[1].split("/")[0]
    jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))).validate(
        document
    )
    return document


def file(folder: Path, name: str = "mine.yaml", **told: Any) -> Path:
    """A reform file with one line a key, as given or as usual."""
    usual = {
        "title": "x",
        "summary": "y",
        "source": "{title: z}",
        "status": "proposed",
        "parameters": f"{{{TAPER}: {{2026-04-06: 0.5}}}}",
    }
    path = folder / name
    path.write_text("".join(f"{key}: {value}\n" for key, value in (usual | told).items() if value is not None))
    return path


# As it was: alone it lists, with a name it prints


def test_alone_it_lists_and_with_a_name_it_prints_the_file() -> None:
    assert said() == said("list")
    text = resources.library("reforms")["uc_taper_50"].read_text(encoding="utf-8")
    assert said("uc_taper_50") == text
    assert said("uc_taper_50", "uc_taper_63").count("---\n") == 1


def test_the_documents_of_old_are_as_they_were() -> None:
    assert [one["name"] for one in told()["reforms"]] == LIBRARY
    assert told("uc_taper_50")["reforms"][0]["parameters"] == {TAPER: {"2026-04-06": 0.5}}
    assert told("--json", "uc_taper_50") == told("uc_taper_50")


def test_a_file_of_ones_own_is_printed(tmp_path: Path) -> None:
    path = file(tmp_path)
    assert said(str(path)) == path.read_text()


def test_help_names_the_commands() -> None:
    text = said("--help")
    for name in ("list", "show", "new", "validate"):
        assert re.search(rf"^  {name} ", text, re.M)
        assert "Examples:" in said(name, "--help")
    assert not re.search(r"^  print ", text, re.M)


# list


def test_the_list_has_every_reform_with_where_it_stands() -> None:
    text = said("list")
    for name in LIBRARY:
        assert re.search(rf"^{name}  (law|proposed|this project's proposal)$", text, re.M)


def test_words_keep_the_reforms_that_speak_of_all_of_them() -> None:
    found = {one["name"] for one in told("list", "taper", "universal", "credit")["reforms"]}
    assert {"uc_taper_45", "uc_taper_50", "uc_taper_63"} <= found < set(LIBRARY)
    assert {one["name"] for one in told("list", "benefit_cap.in_force")["reforms"]} >= {"no_benefit_cap"}
    refused = run("list", "unicorns")
    assert refused.exit_code == 2
    assert "No reform of the library speaks of unicorns" in refused.stderr


# show


def test_show_sets_the_law_beside_each_new_value_with_unit_and_citation() -> None:
    text = one_line(said("show", "uc_taper_50"))
    assert re.search(r"6 April 2026 +0\.55 +0\.5 +share", text)
    assert "Universal Credit Regulations 2013 (SI 2013/376), reg 22" in text
    assert "Make Work Pay (Centre for Policy Studies, 2018)" in text
    assert "An amendment of the Universal Credit Regulations 2013" in text
    assert "proposed" in text


@pytest.mark.parametrize("name", LIBRARY)
def test_every_reform_can_be_shown_and_the_law_beside_it_is_the_laws(name: str) -> None:
    document = told("show", name)
    (entry,) = document["reforms"]
    leaves = {leaf.path: leaf for leaf in parameters.leaves()}
    reform = load_reform(name)
    assert {change["path"] for change in entry["changes"]} == set(reform.parameters)
    for change in entry["changes"]:
        law = leaves[change["path"]].on(change["from"])
        assert change["law"] == (None if law is None else float(law))
        assert change["value"] == reform.parameters[change["path"]][change["from"]]
        assert change["references"]
    assert bool(entry["guarantee_in_words"]) == (reform.guarantee is not None)
    assert reform.title in one_line(said("show", name))


def test_a_guarantee_is_told_in_words_with_its_gate_and_scope(tmp_path: Path) -> None:
    text = one_line(said("show", "nes_guarantee"))
    assert "at most 75p of every extra pound is lost, so at least 25p is kept" in text
    assert "any of the last six assessment periods, or has an NES placement" in text
    path = file(
        tmp_path,
        parameters=None,
        guarantee="{design: G3, measure: net_income, gate: {universal_credit: not_needed}}",
        scope="{nations: [wales], pilot_areas: [leeds], nes_participants: true}",
    )
    text = one_line(said("show", str(path)))
    assert "nobody has less than at any lower pay" in text
    assert "no Universal Credit award is needed" in text
    assert "Only in Wales." in text
    assert "Only in Leeds." in text
    assert "take part in the National Employment Service" in text


def test_show_prints_the_file_too() -> None:
    assert said("show", "uc_taper_50", "--yaml") == said("uc_taper_50")
    refused = run("show", "uc_taper_50", "--yaml", "--json")
    assert refused.exit_code == 2
    assert "not both" in refused.stderr


def test_nothing_is_wider_than_the_screen() -> None:
    for name in LIBRARY:
        assert max(len(line) for line in said("show", name).splitlines()) <= 80


# new


def test_a_new_file_is_one_that_can_be_used_and_says_what_the_law_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "taper_at_52", "--parameter", f"{TAPER}=0.52@2026-04-06", "--title", 'A "round" number')
    assert result.exit_code == 0, result.output
    text = (tmp_path / "taper_at_52.yaml").read_text(encoding="utf-8")
    assert "# Counted in: share. The law then: 0.55." in text
    assert "Universal Credit Regulations 2013" in text
    reform = mwp.load_reform("taper_at_52.yaml")
    assert reform.name == "taper_at_52"
    assert reform.title == 'A "round" number'
    assert reform.parameters == {TAPER: {"2026-04-06": 0.52}}
    assert "in place of 0.55, from 6 April 2026" in reform.summary
    assert said("validate", "taper_at_52.yaml") == "taper_at_52.yaml: can be used\n"
    job = "lone_parent_two_children_leeds"
    home = mwp.better_off(job, ["30h@12.71"], "2026-11-01").jobs[0].calculation.household
    law, then = (mwp.calculate(home, "2026-11-01", laid).amounts for laid in (None, reform))
    earned = law["uc_earned_income"] - law["uc_work_allowance"]
    assert then["universal_credit"] - law["universal_credit"] == pytest.approx(0.03 * earned)


def test_a_new_file_may_have_several_numbers_a_switch_and_a_guarantee() -> None:
    text = said(
        "new", "all_of_it", "--parameter", f"{TAPER}=0.52@2026-04-06", "--parameter", f"{TAPER}=0.50@2027-04-01",
        "--parameter", "benefit_cap.in_force=off@2026-04-06", "--parameter",
        "universal_credit.work_allowance.with_housing=£1,000.50@2026-04-06", "--guarantee", "G4:most_lost=0.70",
        "--legal-route", "Regulations", "--output", "-",
    )  # fmt: skip
    reform = reform_of(documents.parse(text, "x.yaml"))
    assert reform.parameters[TAPER] == {"2026-04-06": 0.52, "2027-04-01": 0.5}
    assert reform.parameters["benefit_cap.in_force"] == {"2026-04-06": 0}
    assert reform.parameters["universal_credit.work_allowance.with_housing"] == {"2026-04-06": 1000.5}
    assert reform.guarantee is not None
    assert (reform.guarantee.design, reform.guarantee.most_lost) == ("G4", 0.70)
    assert reform.legal_route == "Regulations"


@pytest.mark.parametrize("design", ["G2", "G3", "G4", "G5", "G6", "G7"])
def test_every_design_of_a_guarantee_has_a_file_to_begin_from(design: str) -> None:
    text = said("new", "mine", "--guarantee", design, "--output", "-")
    reform = reform_of(documents.parse(text, "x.yaml"))
    assert reform.guarantee is not None
    assert reform.guarantee.design == design


def test_a_file_that_is_there_stays_unless_force_is_given(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine")
    args = ("new", "mine", "--guarantee", "G3", "--output", str(path))
    refused = run(*args)
    assert refused.exit_code == 2
    assert "There is a file of that name already" in refused.stderr
    assert path.read_text() == "mine"
    assert run(*args, "--force").exit_code == 0
    assert "design: G3" in path.read_text()


def test_the_same_words_give_the_same_file() -> None:
    args = ("new", "mine", "--parameter", f"{TAPER}=0.52@2026-04-06", "--output", "-")
    assert said(*args) == said(*args)


@pytest.mark.parametrize(
    ("args", "help_given"),
    [
        ((), "Say what changes"),
        (("--parameter", "universal_credit.taper_rat=0.5@2026-04-06"), f"Did you mean {TAPER}?"),
        (("--parameter", "nothing=1@2026-04-06"), "No parameter is called nothing"),
        (("--parameter", f"{TAPER}=0.5"), "Write PATH=VALUE@DATE"),
        (("--parameter", f"{TAPER}=55@2026-04-06"), "Is 0.55 meant?"),
        (("--parameter", f"{TAPER}=half@2026-04-06"), "half is not a number"),
        (("--parameter", f"{TAPER}=0.5@6/4/2026"), "is not a date"),
        (("--parameter", f"{TAPER}=nan@2026-04-06"), "is not a share"),
        (("--parameter", "benefit_cap.in_force=2@2026-04-06"), "neither on nor off"),
        (("--parameter", "minimum_wage.national_living_wage=-1@2026-04-06"), "below 0"),
        (("--parameter", f"{TAPER}=0.5@2026-04-06", "--parameter", f"{TAPER}=0.6@2026-04-06"), "given twice"),
        (("--guarantee", "G9"), "There is no design G9"),
        (("--guarantee", "G4:most_lost"), "Write G4:most_lost=0.70"),
        (("--guarantee", "G4:most_lost=2"), "2 is above 1"),
        (("--guarantee", "G4:mostlost=0.7"), "Did you mean most_lost?"),
        (("--guarantee", "G3", "--status", "propsed"), "Did you mean proposed?"),
        (("--guarantee", "G3", "--output", "x.txt"), "End the name in .yaml"),
    ],
)
def test_what_cannot_be_written_is_refused(
    args: tuple[str, ...], help_given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = run("new", "mine", *args)
    assert refused.exit_code == 2, refused.output
    assert refused.stdout == ""
    assert help_given in one_line(refused.stderr)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "help_given"), [("Mine!", "will not do as a name"), ("uc_taper_50", "of the library already")]
)
def test_a_name_that_will_not_do_is_refused(name: str, help_given: str) -> None:
    refused = run("new", name, "--guarantee", "G3", "--output", "-")
    assert refused.exit_code == 2
    assert help_given in refused.stderr


# validate


def test_the_whole_library_can_be_used() -> None:
    lines = said("validate").splitlines()
    assert lines == [f"{name}: can be used" for name in LIBRARY]


def test_every_problem_of_every_file_is_told_with_file_line_and_field(tmp_path: Path) -> None:
    good = file(tmp_path, "good.yaml")
    first = file(
        tmp_path, "first.yaml", status="propsed",
        parameters=f"\n  {TAPER}: {{2026-04-06: 55}}\n  benefit_cap.in_force: {{2026-04-06: 3}}",
    )  # fmt: skip
    second = file(tmp_path, "second.yaml", title=None, parameters="\n  universal_credit.tapr_rate: {2026-04-06: 0.5}")
    third = tmp_path / "third.yaml"
    third.write_text("title: [\n")
    result = run("validate", str(good), str(first), str(second), str(third), str(tmp_path / "none.yaml"))
    assert result.exit_code == 2
    assert result.stdout == f"{good}: can be used\n"
    assert f"Error: {first}, line 4, status: 'propsed' is not one of" in result.stderr
    assert f"Error: {first}, line 6, parameters, {TAPER}, 2026-04-06: 55 is not a share." in result.stderr
    assert f"Error: {first}, line 7, parameters, benefit_cap.in_force, 2026-04-06: 3 is neither" in result.stderr
    assert f"Error: {second}, line 1, title: This is missing." in result.stderr
    assert f"{second}, line 5, parameters, universal_credit.tapr_rate: no parameter is called" in result.stderr
    assert f"Error: {third}, line " in result.stderr
    assert "There is no file" in result.stderr


def test_what_may_not_be_meant_is_warned_of_and_can_still_be_used(tmp_path: Path) -> None:
    """The law: a taper of 0.55 since November 2021; school meals in England had an earnings limit to August 2026."""
    path = file(
        tmp_path,
        parameters=(
            f"\n  {TAPER}: {{2026-04-06: 0.55}}"
            "\n  benefit_cap.in_force: {2035-04-06: 0}"
            "\n  universal_credit.work_allowance.for_everyone: {2020-04-06: 1}"
            "\n  school_meals.england.has_earnings_limit: {2026-04-06: 1}"
        ),
    )
    result = run("validate", str(path))
    assert result.exit_code == 0
    assert result.stdout == f"{path}: can be used\n"
    warnings = result.stderr.splitlines()
    assert len(warnings) == 4
    assert f"{path}, line 6, parameters, {TAPER}, 2026-04-06: 0.55 is what the law has" in warnings[0]
    assert "line 7" in warnings[1]
    assert "takes effect on no day" in warnings[1]
    assert "in effect on every day" in warnings[2]
    assert "The law has another value from 2026-09-01 (0)" in warnings[3]


def test_a_reform_that_would_change_nothing_is_told_so(tmp_path: Path) -> None:
    path = file(tmp_path, parameters=f"{{{TAPER}: {{2026-04-06: 0.55}}}}")
    result = run("validate", str(path))
    assert result.exit_code == 0
    assert "would change nothing on any day" in result.stderr
    document = told("validate", str(path))
    (entry,) = document["files"]
    assert entry["usable"]
    assert [one["path"] for one in entry["warnings"]] == [["parameters", TAPER, "2026-04-06"], ["parameters"]]


def test_a_file_from_standard_input_is_checked(tmp_path: Path) -> None:
    assert "can be used" in said("validate", "-", text=file(tmp_path).read_text())


# Values by what they count


def test_every_value_of_the_law_is_one_that_a_reform_may_give() -> None:
    for path, leaf in known_parameters().items():
        for value in leaf.values.values():
            assert value is None or value_fault(leaf, float(value)) is None, path


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (TAPER, 1.0, None),
        (TAPER, 1.01, "not a share"),
        (TAPER, -0.01, "not a share"),
        ("benefit_cap.in_force", 0.5, "neither on nor off"),
        ("minimum_wage.national_living_wage", -0.01, "below 0"),
        ("universal_credit.two_child_limit.born_on_or_after", 20170406, None),
        ("universal_credit.two_child_limit.born_on_or_after", 20170431, "no day"),
        ("childcare_funded_hours.terms.autumn", 901, None),
        ("childcare_funded_hours.terms.autumn", 1301, "no day"),
    ],
)
def test_a_value_is_checked_by_what_it_counts(path: str, value: float, fault: str | None) -> None:
    found = value_fault(known_parameters()[path], value)
    assert found is None if fault is None else fault in str(found)


def test_hours_and_weeks_are_within_a_week_and_a_year() -> None:
    by_unit = {(str(one.about["unit"]), str(one.about.get("period"))): one for one in known_parameters().values()}
    assert "more than a week has" in str(value_fault(by_unit["hours", "week"], 169))
    assert "more than a year has" in str(value_fault(by_unit["weeks", "year"], 54))


def test_a_share_above_one_is_refused_wherever_a_reform_is_read() -> None:
    with pytest.raises(InputError, match="is not a share"):
        mwp.calculate(
            "lone_parent_two_children_leeds",
            date(2026, 11, 1),
            {"title": "x", "summary": "y", "source": {"title": "z"}, "status": "proposed",
             "parameters": {TAPER: {"2026-04-06": 55.0}}},
        )  # fmt: skip
