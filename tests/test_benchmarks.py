"""The benchmarks' arithmetic and words. Nothing is timed here."""

import json
import subprocess
import sys
import time

import pytest

from benchmarks import compare, families, measuring, page, web_load


@pytest.fixture
def figures():
    took = {"seconds": 0.2, "processor": 0.1, "memory": 400.0, "rows": 100_000}
    slower = {"seconds": 10.0, "processor": 9.0, "memory": 800.0, "rows": 100_000}
    both = {page.OURS: took, page.PEER: slower, page.COMPILED: None}
    gap = {name: {page.PEER: {"within": 0.995, "most": 1.5}} for name in families.COMMON}
    return {
        "machine": {"date": "2026-11-23", "cpu": "Some Processor", "cores": 2, "memory": "8 GB", "system": "Linux",
                    "load": "0.1", "population": (20_000, 1_000)},
        "versions": {page.OURS: {"mwp": "0.1.0"}, page.PEER: {"policyengine-uk": "2.1"}, page.COMPILED: None},
        "cold": both, "sweep": both, "rows": both, "every": both,
        "growth": {"1000": {page.OURS: took}, "100000": both},
        "agreement": gap,
        "population": {
            workers: took | {"seconds": seconds, "rows": 20_000_000} for workers, seconds in (("1", 20.0), ("2", 10.5))
        },
        "reforms": {
            name: {"1": took | {"seconds": 6.0}, "2": took | {"seconds": 4.0}} for name in ("five", "guarantee")
        },
        "points": 241, "programmes": 42, "built": 4.25,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("theirs", "ours", "said"),
    [
        (9.0, 0.1, "90×"),
        (0.3, 0.1, "3.0×"),
        (0.05, 0.1, "0.5×"),
        (17.83, 0.1, "180×"),
        (None, 0.1, "–"),
        (1, None, "–"),
    ],
)
def test_a_ratio_says_how_many_times_ours_theirs_is(theirs, ours, said):
    assert page.ratio(theirs, ours) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(250.0, "250 s"), (2.5, "2.5 s"), (0.0356, "36 ms"), (0.0046, "4.6 ms"), (6.6e-5, "66 µs"), (3.7e-7, "0.37 µs")],
)
def test_times_are_shown_in_a_unit_that_suits(value, said):
    assert page.seconds(value) == said


def test_the_page_has_every_table_and_the_machine(figures):
    text = page.page(figures)
    for words in (
        "Some Processor",
        "2 cores",
        "90×",
        "1,000,000",
        "99.5%",
        "£1.50",
        "not measured",
        "1.9×",
        "20,000,000",
        "1.5×",
    ):
        assert words in text, words
    assert "{" not in text
    assert max(len(line) for line in text.splitlines() if not line.startswith(("|", "**"))) <= 125


def test_a_table_has_as_many_cells_in_every_row(figures):
    for part in (page.speed, page.a_second, page.growth, page.workers, page.agreement, page.reforms):
        assert len({line.count("|") for line in part(figures).splitlines()}) == 1, part.__name__


def test_gaps_between_models_are_counted_row_by_row():
    ours = {name: [[100.0, 200.0], [300.0, 400.0]] for name in families.COMMON}
    theirs = ours | {"income_tax": [[100.05, 200.0], [301.5, 400.0]]}
    found = compare.apart(ours, theirs)
    assert found["income_tax"] == {"within": 0.75, "most": 1.5}
    assert found["universal_credit"] == {"within": 1.0, "most": 0.0}


def test_pay_goes_in_even_steps_from_nothing_to_the_top():
    assert families.earnings(3) == [0.0, families.TOP / 2, families.TOP]
    assert [family["name"] for family in families.chosen("one")] == [families.LONE_PARENT]


def test_the_best_of_several_times_is_kept_with_what_was_given():
    found = measuring.best(lambda: "given", 3)
    assert found["given"] == "given"
    assert 0 <= found["seconds"] < 1


def test_a_model_that_is_not_there_is_left_out(capsys):
    model = compare.Model("policyengine-uk", "/nowhere/python")
    assert model.ask("version") is None
    assert "policyengine-uk is left out" in capsys.readouterr().err
    assert model.ask("version") is None
    assert capsys.readouterr().err == ""
    assert compare.Model("policyengine-uk", None).ask("version") is None


def test_a_side_prints_one_line_of_json(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["side", "rows", "3", "all"])
    told = sys.stdout
    measuring.side({"rows": lambda how_many, what: print("chatter") or {"rows": how_many, "what": what}})
    sys.stdout = told
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"rows": 3, "what": "all"}
    assert "chatter" in printed.err


def load_of(name, rate, p95, elsewhere=0.02):
    return web_load.Asked(name, rate, {"50%": 40.0, "95%": p95, "99%": 200.0}, 0, 31.25, elsewhere)


@pytest.mark.parametrize(
    ("p95", "rate", "said"),
    [
        (150.0, 19.9, "The goal is met: 150 ms at 19.9 a second."),
        (151.0, 19.9, "The goal is not met: 151 ms at 19.9 a second."),
        (100.0, 9.0, "The goal is not met: 100 ms at 9.0 a second."),
    ],
)
def test_the_page_of_the_load_says_whether_the_goal_is_met_in_bunches(p95, rate, said):
    alone, bunches = (
        load_of("result page, one visitor after another", 25.0, 45.0),
        load_of("result page, 20 a second, at random", rate, p95, 0.1),
    )
    told = web_load.page([alone, bunches], {"date": "2026-11-28", "cores": 2, "cpu": "Some Processor"})
    assert said in told
    assert f"| result page, 20 a second, at random | {rate} | 40 | " in told
    assert "Other work had 10% of the cores at most" in told


def test_the_figures_of_the_load_stand_between_their_marks(root):
    document = (root / "docs" / "web.md").read_text(encoding="utf-8")
    once = web_load.put_into(document, "Figures.\n")
    assert once.count("Figures.") == 1
    assert web_load.put_into(once, "Figures.\n") == once
    assert once.startswith(document[: document.index(web_load.BEGIN)])
    with pytest.raises(SystemExit):
        web_load.put_into("No marks.", "Figures.")


def test_processor_time_counts_a_process_and_what_it_began():
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**7)); input()'])"
    with subprocess.Popen([sys.executable, "-c", work], stdin=subprocess.PIPE) as process:
        until = time.monotonic() + 30
        while (found := web_load.processor_time(process.pid)) is not None and found < 0.1 and time.monotonic() < until:
            time.sleep(0.05)
        process.communicate(b"\n")
    assert found is None or found >= 0.1
