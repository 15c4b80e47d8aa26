"""The command line: what each verb says, how it refuses, and that nothing else is on standard output."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import mwp
from mwp import resources
from mwp.cli.main import main

LEEDS = "lone_parent_two_children_leeds"
GLASGOW = "couple_one_child_glasgow"
SINGLE = "single_over_25_birmingham"
ON = ("--on", "2026-11-01")
ANSI = re.compile(r"\x1b\[")
VERBS = (
    "calculate", "better-off", "explain", "sweep", "cliffs", "compare", "certify", "solve", "placement", "timeline",
    "population", "web", "households", "reforms", "parameters", "replay",
)  # fmt: skip


def run(*args: str, text: str | None = None, **env: str) -> Result:
    return CliRunner().invoke(main, args, input=text, env={"COLUMNS": "80", "NO_COLOR": None, **env})


def said(*args: str, text: str | None = None, **env: str) -> str:
    result = run(*args, text=text, **env)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def leeds_two_jobs() -> str:
    return said("better-off", LEEDS, "--job", "16h@12.71", "--job", "30h@12.71", *ON)


# calculate


def test_calculate_shows_the_month_as_an_award_letter_does() -> None:
    shown = said("calculate", GLASGOW, *ON)
    parts = ["Your pay", "Universal Credit", "Other help", "Council Tax", "Costs of work", "What is left"]
    places = [shown.index(f"\n{part}\n") for part in parts]
    assert places == sorted(places)
    assert re.search(r"month +week +year", shown)
    assert re.search(r"Standard allowance +666\.97 +153\.92 +8,004", shown)
    assert re.search(r"Income Tax +-", shown)
    assert "What this rests on" in shown
    assert "Not counted" in shown


def test_calculate_puts_help_in_kind_after_the_cash_and_names_the_value() -> None:
    shown = said("calculate", LEEDS, *ON)
    parts = ["What is left", "Help in kind (put into pounds)", "Counting help in kind"]
    places = [shown.index(f"\n{part}\n") for part in parts]
    assert places == sorted(places)
    assert re.search(r"Free school meals \* +42\.12", shown)
    assert re.search(r"Healthy Start +20\.15", shown)
    assert "the central of a low, a central and a high value" in one_line(shown)
    assert "Also open to you: " in shown
    assert re.search(r"Free school meals \* +33\.25", said("calculate", LEEDS, *ON, "--value", "low"))


@pytest.mark.parametrize("value", ["low", "central", "high"])
@pytest.mark.parametrize("verb", [("calculate",), ("better-off", "--job", "16h@12.71"), ("explain",)])
def test_every_document_names_the_value_chosen(verb: tuple[str, ...], value: str) -> None:
    document = json.loads(said(verb[0], LEEDS, *verb[1:], *ON, "--value", value, "--json"))
    assert document["value_of_help_in_kind"] == value


def test_calculate_keeps_each_adults_pay_apart() -> None:
    shown = said("calculate", "couple_two_earners_two_children_coventry", *ON)
    assert "\nYour pay\n" in shown
    assert "\nYour partner's pay\n" in shown


def test_calculate_says_when_an_award_that_is_claimed_comes_to_nothing() -> None:
    shown = said("calculate", "high_earner_guildford", *ON)
    assert re.search(r"Universal Credit +0\.00 +0\.00 +0", shown)
    assert "For children" not in shown


def test_calculate_leaves_nil_lines_out() -> None:
    shown = said("calculate", LEEDS, *ON)
    assert "Income Tax" not in shown
    assert "For caring" not in shown


def test_calculate_under_a_reform_says_so_and_changes_the_award() -> None:
    law = json.loads(said("calculate", GLASGOW, *ON, "--json"))
    reformed = json.loads(said("calculate", GLASGOW, *ON, "--reform", "uc_taper_50", "--json"))
    assert reformed["reforms"] == ["uc_taper_50"]
    assert reformed["amounts"]["universal_credit"] > law["amounts"]["universal_credit"]
    assert "If this were law: Universal Credit taper at 50p" in said(
        "calculate", GLASGOW, *ON, "--reform", "uc_taper_50"
    )


def test_calculate_reads_standard_input(root: Path) -> None:
    text = (root / "households" / f"{LEEDS}.yaml").read_text(encoding="utf-8")
    assert said("calculate", "-", *ON, text=text) == said("calculate", LEEDS, *ON)


def test_the_law_of_the_day_asked_for_is_used() -> None:
    assert "Standard allowance" in said("calculate", LEEDS, "--on", "2026-04-05")
    assert "400.14" in said("calculate", LEEDS, "--on", "2026-04-05")
    assert "424.90" in said("calculate", LEEDS, "--on", "2026-04-06")


# better-off


def test_better_off_with_two_jobs_fits_one_screen(leeds_two_jobs: str) -> None:
    lines = leeds_two_jobs.splitlines()
    assert len(lines) <= 40
    assert max(len(line) for line in lines) <= 80


def test_better_off_begins_with_the_verdict(leeds_two_jobs: str) -> None:
    verdict = leeds_two_jobs.split("\n\n")[1]
    assert one_line(verdict).startswith(
        "Both jobs would leave you better off, most of all working 30 hours a week at £12.71 an hour: by £"
    )
    assert one_line(verdict).endswith("for each hour worked.")


def test_better_off_shows_now_beside_each_job(leeds_two_jobs: str) -> None:
    assert re.search(r"Now +Job 1 +Job 2", leeds_two_jobs)
    assert re.search(r"no work +16 h at £12\.71 +30 h at £12\.71", leeds_two_jobs)
    for row in ("Pay before tax", "Take-home pay", "Universal Credit", "Child Benefit", "Council Tax to pay"):
        assert re.search(rf"\n{row} +[-\d,.]+ +[-\d,.]+ +[-\d,.]+\n", leeds_two_jobs)
    assert re.search(r"Pay before tax +0\.00 +881\.23 +1,652\.30", leeds_two_jobs)
    assert re.search(r"Childcare +0\.00 +-433\.00 +-433\.00", leeds_two_jobs)


def test_better_off_tells_what_stops_and_what_stays(leeds_two_jobs: str) -> None:
    told = one_line(leeds_two_jobs)
    assert "Stays the same: Child Benefit" in told
    assert "Rests on:" in told
    assert "Not counted:" in told


def test_better_off_tells_what_help_is_also_lost_gained_and_kept(leeds_two_jobs: str) -> None:
    told = one_line(leeds_two_jobs)
    assert "You also lose: Healthy Start (£20.15 a month)" in told
    assert "You also gain: " in told
    assert "You keep: " in told
    assert "£53.77 under its limit" in told
    assert re.search(r"Counting help in kind +[+-][\d.]+ +[+-][\d.]+", leeds_two_jobs)


def test_a_taller_terminal_names_more() -> None:
    jobs = ("--job", "16h@12.71", "--job", "30h@12.71")
    tall = said("better-off", LEEDS, *jobs, *ON, LINES="70")
    told = one_line(tall)
    assert 40 < len(tall.splitlines()) <= 68
    assert "your take-home pay would be £53.77 under its limit of £935" in told
    assert "every month like this one" in told


@pytest.mark.parametrize("name", resources.library("households"))
def test_better_off_fits_one_screen_for_every_library_household(name: str) -> None:
    lines = said("better-off", name, "--job", "16h@12.71", "--job", "37h@minimum_wage", *ON).splitlines()
    assert len(lines) <= 40
    assert max(len(line) for line in lines) <= 80


@pytest.mark.parametrize("jobs", [1, 3, 4, 5, 8])
@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
def test_any_number_of_jobs_fits_any_width(jobs: int, columns: int) -> None:
    wanted = [word for hours in range(1, jobs + 1) for word in ("--job", f"{hours}h@12.71")]
    shown = said("better-off", LEEDS, *wanted, *ON, COLUMNS=str(columns))
    assert max(len(line) for line in shown.splitlines()) <= columns
    for hours in range(1, jobs + 1):
        assert f"{hours} h at" in shown
    assert "…" not in shown


def test_better_off_for_the_partner_and_for_both() -> None:
    partner = one_line(said("better-off", GLASGOW, "--partner-job", "16h@12.71", *ON))
    assert "Your partner working 16 hours a week at £12.71 an hour would leave you as a couple" in partner
    both = one_line(said("better-off", GLASGOW, "--job", "40h@14", "--partner-job", "16h@12.71", *ON))
    assert "You working 40 hours a week at £14.00 an hour, up from 35 hours now, and your partner working" in both


def test_better_off_takes_costs_of_going_to_work() -> None:
    shown = said("better-off", LEEDS, "--job", "16h@12.71", "--childcare", "120/week", "--travel", "20/week", *ON)
    assert re.search(r"Childcare +0\.00 +-520\.00", shown)
    assert re.search(r"Travel to work +0\.00 +-86\.67", shown)


def test_a_wage_below_the_legal_minimum_is_pointed_out() -> None:
    assert "below the legal minimum wage" in one_line(said("better-off", LEEDS, "--job", "16h@5", *ON))


# explain


def test_explain_shows_the_working_with_its_regulation() -> None:
    shown = said("explain", GLASGOW, "uc_earnings_deduction", *ON, COLUMNS="120")
    [line] = [line for line in shown.splitlines() if line.startswith("Deduction for earnings")]
    assert "less work allowance 427.00; 55% of" in line
    assert line.endswith("SI 2013/376 reg 22(1)(b)")


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_explain_wraps_and_cuts_nothing_off(columns: int) -> None:
    shown = said("explain", LEEDS, "universal_credit", *ON, COLUMNS=str(columns))
    assert max(len(line) for line in shown.splitlines()) <= columns
    assert "…" not in shown


def test_explain_all_shows_more_steps() -> None:
    some = said("explain", LEEDS, "universal_credit", *ON)
    every = said("explain", LEEDS, "universal_credit", "--all", *ON)
    assert len(every.splitlines()) > len(some.splitlines())


def test_explain_of_help_tells_its_test_and_the_award_in_one_step() -> None:
    shown = one_line(said("explain", LEEDS, "healthy_start", *ON, COLUMNS="100"))
    assert "Healthy Start allows earnings of 408.00 a month" in shown
    assert "Earned income that counts: 0.00" in shown
    assert "Universal Credit: Award" in shown
    assert "Standard allowance" not in shown


def test_explain_takes_the_value_of_help_in_kind() -> None:
    for value, worth in (("low", "33.25"), ("central", "42.12"), ("high", "54.62")):
        document = json.loads(said("explain", LEEDS, "free_school_meals", *ON, "--value", value, "--json"))
        assert document["steps"][-1]["words"].endswith(f"are worth {worth}")


def test_explain_lists_the_variables_and_finds_some() -> None:
    assert "universal_credit" in said("explain", "--list")
    found = said("explain", "--list", "childcare")
    assert "uc_childcare_element" in found
    assert "income_tax" not in found


# households, reforms, parameters


def test_households_lists_the_library_with_its_stories() -> None:
    shown = said("households")
    assert f"{LEEDS}\n" in shown
    assert "A parent of a seven-year-old and a three-year-old" in shown


def test_households_prints_the_file_itself(root: Path) -> None:
    assert said("households", LEEDS) == (root / "households" / f"{LEEDS}.yaml").read_text(encoding="utf-8")


def test_households_validates_files_and_says_all_that_is_wrong(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(said("households", LEEDS), encoding="utf-8")
    bad.write_text("name: x\nnation: englnd\nadults:\n  - {age: 30, hours: -3}\nhousing: {tenure: owned}\n")
    result = run("households", "--validate", str(good), str(bad))
    assert result.exit_code == 2
    assert f"{good}: can be used" in result.stdout
    assert f"Error: {bad}, line 2, nation:" in result.stderr
    assert f"Error: {bad}, line 4, adults 1, hours:" in result.stderr


def test_the_whole_library_can_be_validated() -> None:
    assert len(said("households", "--validate").splitlines()) == len(
        json.loads(said("households", "--json"))["households"]
    )


def test_reforms_lists_and_prints() -> None:
    assert "Claimants keep 50p, not 45p" in one_line(said("reforms"))
    assert "universal_credit.taper_rate: {2026-04-06: 0.50}" in said("reforms", "uc_taper_50")


def test_parameters_shows_a_number_with_its_history_unit_status_and_reference() -> None:
    shown = said("parameters", "universal_credit.taper_rate", *ON)
    assert re.search(r"2017-04-10 +0\.63", shown)
    assert re.search(r"2021-11-24 +0\.55 +in force on 1 November 2026", shown)
    assert "in force" in shown
    assert "https://www.legislation.gov.uk/uksi/2013/376/regulation/22" in shown


def test_parameters_below_a_path_and_by_words() -> None:
    below = said("parameters", "universal_credit.work_allowance", "--on", "2025-06-01")
    assert re.search(r"with_housing +411\.00 +pounds a month", below)
    assert "minimum_wage.national_living_wage" in said("parameters", "minimum", "wage")
    assert "universal_credit" in said("parameters")


# What holds for every verb


def test_help_gives_examples_for_every_verb() -> None:
    whole = said("--help")
    for verb in VERBS:
        assert re.search(rf"\n  {verb} +[A-Z]", whole)
        assert f"mwp {verb}" in said(verb, "--help")


def test_version() -> None:
    assert said("--version") == f"mwp, version {mwp.__version__}\n"


def test_an_unknown_verb_is_met_with_the_nearest() -> None:
    result = run("beter_off", LEEDS)
    assert result.exit_code == 2
    assert "Did you mean better-off?" in result.stderr


def test_no_colour_codes_where_there_is_no_terminal(leeds_two_jobs: str) -> None:
    assert not ANSI.search(leeds_two_jobs)
    assert not ANSI.search(said("calculate", LEEDS, *ON, FORCE_COLOR="1"))


BAD_HOUSEHOLD = "name: x\nnation: england\nadults:\n  - {age: 30, hours: -3}\nhousing: {tenure: owned}\n"
REFUSED = {
    "unknown household": (("calculate", "lone_parent_two_children_leds"), f"Did you mean {LEEDS}?"),
    "no such file": (("calculate", "nowhere/x.yaml"), "There is no file nowhere/x.yaml"),
    "bad YAML": (("calculate", "broken.yaml"), "broken.yaml, line 3"),
    "negative hours": (("calculate", "bad.yaml"), "bad.yaml, line 4, adults 1, hours: -3 is below 0"),
    "empty input": (("calculate", "-"), "The file is empty"),
    "bad job": (("better-off", LEEDS, "--job", "lots"), "16h@12.71"),
    "a job without pay": (("better-off", LEEDS, "--job", "16h"), "16h@minimum_wage"),
    "no job": (("better-off", LEEDS), "Give a job"),
    "no partner": (("better-off", LEEDS, "--partner-job", "16h@12.71"), "no partner"),
    "bad childcare": (("better-off", LEEDS, "--job", "16h@12.71", "--childcare", "much"), "433/month"),
    "no children": (("better-off", SINGLE, "--job", "16h@13", "--childcare", "50/week"), "no children"),
    "bad travel": (("better-off", LEEDS, "--job", "16h@12.71", "--travel", "far"), "80/month"),
    "bad date": (("calculate", LEEDS, "--on", "1/11/2026"), "as in 2026-06-15"),
    "no such day": (("calculate", LEEDS, "--on", "2026-02-30"), "no day 2026-02-30"),
    "date before the law known": (("calculate", LEEDS, "--on", "2019-01-01"), "Give a date from 2024-04-08"),
    "date after the law known": (("explain", LEEDS, "--on", "2050-01-01"), "Give a date from 2024-04-08"),
    "unknown reform": (("calculate", LEEDS, "--reform", "uc_taper_5"), "Did you mean uc_taper_50?"),
    "unknown variable": (("explain", LEEDS, "universal_credt"), "Did you mean universal_credit?"),
    "no variable so called": (("explain", "--list", "zzzz"), "No variable speaks of zzzz"),
    "unknown parameter": (("parameters", "universal_credit.tapr_rate"), "Did you mean universal_credit.taper_rate?"),
    "bad date for parameters": (("parameters", "--on", "soon"), "as in 2026-06-15"),
    "unknown kind of file": (("calculate", LEEDS, "--output", "x.docx"), "End the name in .html, .pdf, .json or .csv"),
    "a file without ending": (("better-off", LEEDS, "--job", "16h@13", "--output", "page"), ".html, .pdf, .json"),
    "a folder that is not there": (("calculate", LEEDS, "--output", "nowhere/x.json"), "There is no folder"),
    "a folder in place of a file": (("calculate", LEEDS, "--output", "folder.json"), "This is a folder"),
    "unknown value": (("calculate", LEEDS, "--value", "middle"), "'low', 'central', 'high'"),
    "unknown option": (("calculate", LEEDS, "--onn", "2026-11-01"), "--on"),
    "a household missing": (("explain",), "Give a household"),
    "unknown household to print": (("households", "nobody_here"), "There is no household called nobody_here"),
    "unknown reform to print": (("reforms", "nothing_here"), "There is no reform called nothing_here"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_with_help_and_exit_code_2(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_text(BAD_HOUSEHOLD)
    Path("broken.yaml").write_text("name: x\nadults: [1, 2\n")
    Path("folder.json").mkdir()
    before = sorted(tmp_path.iterdir())
    args, help_given = REFUSED[case]
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr
    assert help_given in one_line(result.stderr)
    assert "Traceback" not in result.stderr
    assert isinstance(result.exception, SystemExit)
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run("calculate", LEEDS, "--output", str(tmp_path / "x.json"))
    assert result.exit_code == 2
    assert f"The folder {tmp_path.resolve()} cannot be written to" in result.stderr


def test_every_problem_of_a_file_is_told_on_a_line_of_its_own() -> None:
    result = run(
        "calculate", "-", text="name: x\nnation: englnd\nadults: [{age: 30, hours: -3}]\nhousing: {tenure: owned}\n"
    )
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("Error: standard input, line ") for line in lines)


def test_a_fault_of_the_program_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(mwp, "calculate", broken)
    assert isinstance(run("calculate", LEEDS).exception, ZeroDivisionError)


# Files


@pytest.mark.parametrize("ending", [".html", ".json", ".csv"])
@pytest.mark.parametrize("args", [("calculate", LEEDS), ("better-off", LEEDS, "--job", "16h@12.71")])
def test_output_goes_to_the_file_and_not_to_the_screen(args: tuple[str, ...], ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"answer{ending}"
    target.write_text("what was there before")
    result = run(*args, *ON, "--output", str(target))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == f"Written to {target}\n"
    assert "what was there before" not in target.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [target]


def test_the_json_file_is_what_json_prints(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    args = ("better-off", LEEDS, "--job", "16h@12.71", *ON)
    run(*args, "--output", str(target))
    assert target.read_text(encoding="utf-8") == said(*args, "--json")


def test_json_on_the_screen_and_a_page_in_a_file_at_once(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    result = run("better-off", LEEDS, "--job", "16h@12.71", *ON, "--json", "--output", str(target))
    assert json.loads(result.stdout)["schema"] == "mwp.better-off/1"
    assert target.exists()


# The program as it is started from a shell


COMMAND = [sys.executable, "-c", "from mwp.cli.main import main; main(prog_name='mwp')"]


def test_help_takes_little_work() -> None:
    """Processor time, which a busy machine does not stretch as it does the time on the clock (see benchmarks)."""
    before = os.times()
    subprocess.run([*COMMAND, "--help"], check=True, capture_output=True)
    after = os.times()
    assert after.children_user + after.children_system - before.children_user - before.children_system < 0.3


def test_a_reader_that_stops_early_is_no_error() -> None:
    with subprocess.Popen(
        [*COMMAND, "parameters", "local_housing_allowance"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_letters_that_standard_output_cannot_carry_are_written_another_way() -> None:
    done = subprocess.run(
        [*COMMAND, "better-off", LEEDS, "--job", "16h@12.71", *ON],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert b"GBP 12.71" in done.stdout


def test_the_names_of_the_library_complete() -> None:
    done = subprocess.run(
        COMMAND,
        capture_output=True,
        text=True,
        check=True,
        env={
            **os.environ,
            "_MWP_COMPLETE": "bash_complete",
            "COMP_WORDS": "mwp calculate lone_parent_t",
            "COMP_CWORD": "2",
        },
    )
    assert f"plain,{LEEDS}" in done.stdout.splitlines()


def test_a_file_cannot_paint_over_the_screen() -> None:
    text = (
        said("households", LEEDS)
        .replace("name: Lone", r'name: "\e[2J\e]0;x\aLone', 1)
        .replace("Leeds\n", 'Leeds"\n', 1)
    )
    assert "\x1b" not in said("calculate", "-", *ON, text=text)
    assert "\x1b" not in run("calculate", "\x1b[2Jnobody").stderr


# The documentation


def commands(root: Path) -> list[str]:
    text = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def test_every_command_of_the_documentation_runs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = commands(root)
    assert len(found) > len(VERBS)
    for line in found:
        program, *args = shlex.split(line)
        assert program == "mwp"
        result = run(*args)
        assert result.exit_code == 0, (line, result.output)


def test_the_documentation_speaks_of_every_verb_and_every_option(root: Path) -> None:
    text = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    assert tuple(main.commands) == VERBS
    for verb, command in main.commands.items():
        assert f"\n## {verb}\n" in text
        for parameter in command.params:
            if isinstance(parameter, click.Option) and "--help" not in parameter.opts:
                assert parameter.opts[0] in text, (verb, parameter.opts)


def test_the_documentation_speaks_of_every_document_and_its_fields(root: Path) -> None:
    text = (root / "docs" / "json.md").read_text(encoding="utf-8")
    for path in sorted((root / "mwp" / "report" / "schemas").glob("*.json")):
        assert f"mwp.{path.stem}/1" in text
        told = json.loads(path.read_text(encoding="utf-8"))
        for name in told["required"]:
            assert f"`{name}`" in text, (path.stem, name)


def test_a_household_can_be_set_in_any_council():
    told = run("households", "lone_parent_two_children_leeds", "--council", "bristol")
    assert told.exit_code == 0
    assert "local_authority: bristol" in told.stdout
    there = run("calculate", "-", *ON, "--json", text=told.stdout)
    assert json.loads(there.stdout)["amounts"]["council_tax_reduction"] > 0


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("households", "--council", "bristol"), "Name one"),
        (("households", "lone_parent_two_children_leeds", "--council", "bristl"), "Did you mean bristol"),
        (("households", "lone_parent_two_children_leeds", "--council", "cardiff"), "is in Wales"),
    ],
)
def test_a_council_that_cannot_be_is_refused(args, told):
    refused = run(*args)
    assert refused.exit_code == 2
    assert told in refused.stderr
