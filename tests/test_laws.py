"""The laws that rules cite: each is known by its title and its address, and a citation leads to its provision."""

import re

import pytest

from mwp.engine.system import rule_graph
from mwp.report.laws import Law, Piece, cited_in, laws, pieces

A_LAW = re.compile(
    r"\b(?:WSI|SSI|SI|SR) \d{4}/\d+"
    r"|\b(?:[A-Z][\w'’-]*(?:,? (?:of|and|the|for|in|to|[A-Z(][\w'’()-]*))* )?(?:Act|Order|Regulations)"
    r"(?: \([A-Z][\w ]+\))? \d{4}\b"
    r"|\b[A-Z]{3,6} (?:19|20)\d\d\b"
)  # fmt: skip
KINDS = {"SI": ("uksi", "nisi"), "SSI": ("ssi",), "WSI": ("wsi",), "SR": ("nisr",)}


def test_every_law_that_a_rule_cites_is_known():
    cited = {match for rule in rule_graph().rules.values() for match in A_LAW.findall(rule.cites)}
    assert len(cited) > 100
    unknown = {one for one in cited if one not in laws()}
    assert unknown == set()


def test_no_law_is_listed_that_no_rule_cites():
    cited = {law.cited for law in cited_in(rule.cites for rule in rule_graph().rules.values())}
    assert set(laws()) - cited == set()


@pytest.mark.parametrize("law", laws().values(), ids=lambda law: law.cited)
def test_the_address_is_that_of_the_law(law):
    """An instrument's address has its number; a title has the year of the short name, and no article before it."""
    kind, year, number = law.href.removeprefix("https://www.legislation.gov.uk/").split("/")
    assert not law.title.startswith("The ")
    if match := re.fullmatch(r"(\w+) (\d{4})/(\d+)", law.cited):
        assert kind in KINDS[match[1]]
        assert (year, number) == (match[2], match[3])
        assert year in law.title
    else:
        assert kind in ("ukpga", "asp", "nisi")
        assert year == law.cited[-4:] == law.title[-4:]


@pytest.mark.parametrize(
    ("cites", "told"),
    [
        ("SI 2013/376 reg 22(1)(b)", [("Universal Credit Regulations 2013 (SI 2013/376) reg 22(1)(b)",
                                       "uksi/2013/376/regulation/22")]),
        ("SI 2013/376 regs 24 and 36", [("Universal Credit Regulations 2013 (SI 2013/376) regs 24 and 36",
                                         "uksi/2013/376/regulation/24")]),
        ("Welfare Reform Act 2012 s.8; SI 2013/376 reg 17", [
            ("Welfare Reform Act 2012 s.8", "ukpga/2012/5/section/8"), ("; ", ""),
            ("Universal Credit Regulations 2013 (SI 2013/376) reg 17", "uksi/2013/376/regulation/17")]),
        ("ITA 2007 ss.35, 55B(6)", [("Income Tax Act 2007 (ITA 2007) ss.35, 55B(6)", "ukpga/2007/3/section/35")]),
        ("SI 2013/376 Sch 4 para 25", [("Universal Credit Regulations 2013 (SI 2013/376) Sch 4 para 25",
                                        "uksi/2013/376/schedule/4")]),
        ("SI 2013/376 regs 25-26; Sch 4 paras 22-26", [
            ("Universal Credit Regulations 2013 (SI 2013/376) regs 25-26", "uksi/2013/376/regulation/25"),
            ("; ", ""), ("Sch 4 paras 22-26", "uksi/2013/376/schedule/4")]),
        ("SR 2017/184 reg 10(7), as substituted by SR 2020/308 reg 2", [
            ("Rate Relief Regulations (Northern Ireland) 2017 (SR 2017/184)", "nisr/2017/184"),
            (" reg 10(7), as substituted by ", ""),
            ("Rate Relief (Coronavirus) (Amendment) Regulations (Northern Ireland) 2020 (SR 2020/308)",
             "nisr/2020/308"), (" reg 2", "")]),
        ("Providers' terms", [("Providers' terms", "")]),
        ("the Scottish Government's criteria; SSI 2021/249 Sch 3", [
            ("the Scottish Government's criteria", ""), ("; ", ""),
            ("Council Tax Reduction (Scotland) Regulations 2021 (SSI 2021/249) Sch 3", "ssi/2021/249/schedule/3")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_citation_names_the_law_in_full_and_leads_to_it(cites, told):
    site = "https://www.legislation.gov.uk/"
    assert pieces(cites) == [Piece(text, site + path if path else "") for text, path in told]


def test_a_law_is_listed_once():
    found = cited_in(["SI 2013/376 reg 22; ITA 2007 s.23", "SI 2013/376 reg 36", "SSI 2021/249 reg 1"])
    assert [law.cited for law in found] == ["SI 2013/376", "ITA 2007", "SSI 2021/249"]
    assert found[0] == Law("SI 2013/376", "Universal Credit Regulations 2013",
                           "https://www.legislation.gov.uk/uksi/2013/376")  # fmt: skip


def test_a_part_of_another_name_is_no_law():
    """SSI 2013/376 or XSI 2013/376 would be another thing than SI 2013/376, and 2013/3761 another number."""
    assert cited_in(["SSI 2013/376", "SI 2013/3761"]) == []
