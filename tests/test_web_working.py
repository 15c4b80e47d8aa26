"""The sentences of a working: from the catalogues, in both languages, with the very figures of the rule's own words."""

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

import mwp
from mwp import resources
from mwp.analysis.calculation import law_on
from mwp.analysis.explain import WHOLE
from mwp.core.entities import Person
from mwp.engine.system import rule_graph
from mwp.report.laws import pieces
from mwp.web.answers import packed
from mwp.web.app import create_app
from mwp.web.language import CODES, FORMS, catalogue, language, signed_money
from mwp.web.settings import Settings
from mwp.web.working import PARTS, parts, sentence
from tests.web_support import LEEDS, LEEDS_HOME, plain

ON = date(2026, 11, 28)
STEPS = {
    name: rule
    for name, rule in rule_graph().rules.items()
    if name in rule_graph().needed_for([WHOLE]) and (rule.says or rule.says_nil)
}
HOUSEHOLDS = sorted(resources.library("households"))
NATIONS = ("", "england", "scotland", "wales", "northern_ireland")


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(Settings(hosts=("*",), rate=10_000, burst=100_000, warm_up=False)))


def told_in(text: str) -> set[str]:
    """The figures that a sentence of ours or of a rule fills in."""
    return set(re.findall(r"{([\w.]+)", text))


def sentences(code: str, variable: str, what: str) -> list[str]:
    """A step's sentences of a kind: of each form, and of each nation that has its own."""
    texts = catalogue(code)
    found = []
    for place in ("steps", *(f"steps_in.{nation}" for nation in NATIONS)):
        id = f"{place}.{variable}.{what}"
        found += [texts[one] for one in (id, *(f"{id}.{form}" for form in FORMS)) if one in texts]
    return found


def test_there_are_steps_to_tell():
    assert len(STEPS) > 70


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("variable", STEPS)
def test_every_step_is_told_in_each_language(code, variable):
    """A title, how it comes about, and why it is nil: what a person's nil would say is never shown."""
    rule, lang = STEPS[variable], language(code)
    assert lang.pattern(f"steps.{variable}.title")
    if rule.says:
        assert sentences(code, variable, "how")
    if rule.says_nil and rule.entity is not Person:
        assert sentences(code, variable, "nil")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("variable", STEPS)
def test_a_sentence_names_the_figures_of_the_rule(code, variable):
    """All that the rule's own words fill in, so that a change of the rule is a change here; and none that it lacks."""
    rule = STEPS[variable]
    how = sentences(code, variable, "how")
    named = {figure for text in how for figure in told_in(text)}
    assert told_in(rule.says) <= named | ({"result"} if not how else set())
    for text in (*how, *sentences(code, variable, "nil"), *sentences(code, variable, "by")):
        own = {figure for figure in told_in(text) if not figure.startswith("law.")}
        assert own <= {*rule.inputs, "result"}, text


@pytest.mark.parametrize("number", [0.0, 1.0, 2.0])
@pytest.mark.parametrize("code", CODES)
def test_every_sentence_can_be_filled_in(code, number):
    """With the law in force, whatever the figures: nothing is left of the marks, and it ends as a sentence does."""
    whole = law_on(ON, ())
    for variable, rule in STEPS.items():
        law = whole if rule.law in (None, "*") else getattr(whole, rule.law)
        figures = dict.fromkeys(rule.inputs, number) | {"result": 3.0, "law": law}
        for text in (*sentences(code, variable, "how"), *sentences(code, variable, "nil")):
            said = sentence(text, figures)
            assert re.fullmatch(r"[^{}\[\]]+\.", said), said
            assert not re.search("  | ,|[.],", said), said
            assert said[0] in {"£", said[0].upper()}, said


@pytest.mark.parametrize(
    ("template", "figures", "said"),
    [
        ("Pay is {pay:£}[, less {tax:£} tax].", {"pay": 1234.5, "tax": 20.0}, "Pay is £1,234.50, less £20 tax."),
        ("Pay is {pay:£}[, less {tax:£} tax].", {"pay": 500.0, "tax": 0.0}, "Pay is £500."),
        ("Left: {left:£}.", {"left": -12.3}, "Left: \N{MINUS SIGN}£12.30."),
        ("{share:%} of it.", {"share": 0.55}, "55% of it."),
        ("{share:%} of it.", {"share": 0.0575}, "5.8% of it."),
        ("Children: {n}.", {"n": 3.0}, "Children: 3."),
        ("Hours: {n}.", {"n": 37.5}, "Hours: 37.5."),
    ],
)  # fmt: skip
def test_figures_are_filled_in_as_people_write_them(template, figures, said):
    assert sentence(template, figures) == said


def test_what_rests_on_the_law_alone_is_left_out_with_its_figures():
    class Law:
        share = 0.5

    assert sentence("All[, less {law.share:%} of {x:£}].", {"law": Law, "x": 0.0}) == "All."
    assert sentence("All[, less {law.share:%} of {x:£}].", {"law": Law, "x": 8.0}) == "All, less 50% of £8."


def test_less_than_nothing_has_its_sign():
    assert [signed_money(x) for x in (5.0, 0.0, -0.004, -0.01)] == ["£5", "£0", "£0", "\N{MINUS SIGN}£0.01"]


def test_every_programme_has_a_part():
    told = {rule.module.rpartition(".")[2] for rule in STEPS.values()}
    placed = [programme for programmes in PARTS.values() for programme in programmes]
    assert told <= set(placed)
    assert len(placed) == len(set(placed))


@pytest.mark.parametrize("name", HOUSEHOLDS)
def test_each_step_of_each_household_is_told_with_its_amount(name):
    """In both languages the same steps with the same numbers, each with what it came to and with its law."""
    home = mwp.load_household(name)
    steps = mwp.explain(home, on=ON).steps
    told = {code: [one for part in parts(steps, language(code), home.nation) for one in part.steps] for code in CODES}
    assert len(told["en"]) == len(told["cy"]) == len(steps)
    for english, welsh in zip(told["en"], told["cy"], strict=True):
        numbers = [sorted(re.findall(r"£?[\d,.]*\d%?", one.how)) for one in (english, welsh)]
        if "one child" not in english.how:  # a number in words
            assert numbers[0] == numbers[1], (english.how, welsh.how)
    said = [one.how for one in told["en"]]
    for step in steps:
        if step.amount and step.unit.startswith("currency"):
            assert any(signed_money(step.amount) in one for one in said), step.variable
    cited = {"".join(piece.text for piece in one.law) for one in told["en"] if not one.is_ours}
    wanted = {step.cites for step in steps if step.programme != "outcome"}
    assert cited == {"".join(piece.text for piece in pieces(one)) for one in wanted}


@pytest.mark.parametrize("column", ["0", "1", "9", "x", "٣"])
@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_the_page_has_the_steps_of_the_column(client, prefix, column):
    page = client.post(f"{prefix}/working", data={"answers": packed(LEEDS), "column": column})
    assert page.status_code == 200
    said = plain(page.text)
    jobs = mwp.better_off(LEEDS_HOME, ["16h@12.71"])
    home = jobs.jobs[0].calculation.household if column == "1" else jobs.now.household
    found = parts(mwp.explain(home).steps, language("cy" if prefix else "en"), "england")
    assert len(found) > 3
    for part in found:
        assert part.heading in said
        for step in part.steps:
            for text in (step.title, step.how, *(piece.text.strip() for piece in step.law)):
                assert text in said
            for piece in step.law:
                assert not piece.href or f'href="{piece.href}"' in page.text


def test_only_the_law_is_in_english_on_a_welsh_page(client):
    page = client.post("/cy/working", data={"answers": packed(LEEDS), "column": "0"}).text
    assert not re.search(r'mwp-step__how"[^>]*lang=', page)
    assert "Universal Credit Regulations 2013 (SI 2013/376) reg 36 table</a></span>" in page
    assert page.count('<span lang="en"><a') > 10
    assert "Swm sylfaenol Credyd Cynhwysol yw £424.90 y mis." in plain(page)
