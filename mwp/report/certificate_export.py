"""A certificate as a document and as a page; its households as files."""

from pathlib import Path
from typing import Any

from mwp.analysis import documents
from mwp.analysis.certify import Certificate as Certificate
from mwp.report import certificate_words, files, page, words
from mwp.report.export import as_json
from mwp.report.files import Makers

ENDINGS = (".json", ".html", ".pdf")


def document(one: Certificate) -> dict[str, Any]:
    """`mwp.certificate/1`. Its digest is over everything but itself, the sentence and the question."""
    return one.facts | {"in_words": certificate_words.verdict(one)} | documents.question(one.asked)


def certificate_page(one: Certificate, command: str = "") -> str:
    """The certificate as one HTML file that needs nothing else."""
    about = page.about_page(certificate_words.who(one), one.on, one.reforms, words.TURN2US)
    return page.render(
        "certificate.html",
        about,
        title=certificate_words.title(one),
        proved=one.proved,
        verdict=certificate_words.verdict(one),
        claims=[(told, [state, against]) for told, state, against in certificate_words.claims(one)],
        facts=certificate_words.facts(one),
        causes=[(label, [times, largest]) for label, times, largest in certificate_words.causes(one.found.cliffs)],
        causes_outside=[
            (label, [times, largest]) for label, times, largest in certificate_words.causes(one.found.cliffs_outside)
        ],
        cases=certificate_words.cases(one),
        scope=certificate_words.scope(one),
        made_with=certificate_words.made_with(one),
        command=command,
    )


def makers(one: Certificate, command: str = "") -> Makers:
    """The certificate in each form it can be written in."""
    return {
        ".json": lambda: as_json(document(one)).encode(),
        ".html": lambda: certificate_page(one, command).encode(),
        ".pdf": lambda: page.as_pdf(certificate_page(one, command)),
    }


def write_households(one: Certificate, folder: str) -> list[Path]:
    """The households of the counterexamples as files in a folder, for `mwp sweep`; the household itself if it is one.

    Raises InputError where the folder is not there or cannot be written to.
    """
    written = []
    for _, example in one.counterexamples:
        path = Path(folder) / f"{Path(example.household).stem if '/' in example.household else example.household}.yaml"
        if path not in written:
            files.write(path, {".yaml": lambda example=example: one.household_file(example).encode()})  # type: ignore[misc]
            written.append(path)
    return written
