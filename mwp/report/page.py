"""Pages to take away: one HTML file that needs nothing else, or the same as PDF."""

import logging
from datetime import date
from functools import lru_cache
from typing import Any

from mwp import __version__
from mwp.analysis.documents import parameter_digest
from mwp.errors import MwpError
from mwp.inputs.household import Household
from mwp.inputs.reform import Reform
from mwp.report import words
from mwp.report.amounts import plain, signed, whole
from mwp.report.comparison import Comparison, side_by_side
from mwp.report.statement import Statement

JOBS_ON_A_PAGE = 4
PDF_NEEDS = "libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core"


class CannotWritePdf(MwpError):
    """What a PDF needs is not installed; the message says what to install."""


def better_off_page(answer: Comparison) -> str:
    """The better-off answer as a page for the claimant."""
    now = answer.answer.now
    return render(
        "better_off.html",
        _about(now.household, now.on, now.reforms),
        answer=answer,
        tables=side_by_side(len(answer.jobs), JOBS_ON_A_PAGE),
        title=words.question(now),
    )


def statement_page(told: Statement) -> str:
    """A household's month as a page."""
    one = told.calculation
    return render(
        "statement.html", _about(one.household, one.on, one.reforms), statement=told, title="Your money in a month"
    )


def as_pdf(page: str) -> bytes:
    """The page as a tagged PDF. Raises CannotWritePdf where what that takes is not installed."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except ImportError:
        raise CannotWritePdf(
            'PDF files need the weasyprint library, which is not installed. Install it: pip install "mwp[export]". '
            "Or write an .html file, which any browser can print."
        ) from None
    except OSError:
        raise CannotWritePdf(
            "PDF files need system packages that are not installed. On Debian or Ubuntu: "
            f"sudo apt-get install {PDF_NEEDS}. Or write an .html file, which any browser can print."
        ) from None
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    nothing_else = URLFetcher(allowed_protocols=(), allow_redirects=False)  # the page holds all it needs
    return bytes(HTML(string=page, url_fetcher=nothing_else).write_pdf(pdf_tags=True))


@lru_cache(maxsize=1)
def can_write_pdf() -> bool:
    """Whether what a PDF takes is installed: weasyprint, and the system packages that it draws with."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def _about(household: Household, on: date, reforms: tuple[Reform, ...]) -> dict[str, Any]:
    return {
        "household": household,
        "on": words.day(on),
        "reforms": reforms,
        "version": __version__,
        "law": parameter_digest()[:12],
        "advice": words.advice(household),
    }


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("mwp.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"plain": plain, "signed": signed, "whole": whole}
    return made


def about_page(name: str, on: date, reforms: tuple[Reform, ...], *advice: tuple[str, str]) -> dict[str, Any]:
    """What the head and the foot of a page about several households say."""
    return {
        "household": {"name": name},
        "on": words.day(on),
        "reforms": reforms,
        "version": __version__,
        "law": parameter_digest()[:12],
        "advice": list(advice),
    }


def render(template: str, about: dict[str, Any], **named: Any) -> str:
    """A page from its template."""
    return str(_environment().get_template(template).render(**about, **named))
