"""From a template to a page: what every page needs is handed to it here."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from mwp import __version__
from mwp.web.language import Language, language_of_path

SOURCE = "/source"


@cache
def environment() -> Environment:
    """Our templates, with the design system's macros under their own name (they ask for what may not be there)."""
    made = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("mwp.web"),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = static
    return made


@cache
def static(name: str) -> str:
    """The address of a file that every page uses, with a digest of what is in it: browsers keep it until it changes."""
    held = Path(__file__).with_name("static") / name
    return f"/static/{name}?v={sha256(held.read_bytes()).hexdigest()[:12]}"


def page(
    request: Request, template: str, *, lang: Language, here: str, status: int = 200, **named: Any
) -> HTMLResponse:
    """A page in a language. `here` is its path without the language's prefix."""
    return HTMLResponse(page_text(template, lang=lang, here=here, **named), status)


def page_text(template: str, *, lang: Language, here: str, **named: Any) -> str:
    """The text of a page."""
    return (
        environment()
        .get_template(template)
        .render(
            lang=lang,
            t=lang.text,
            here=here,
            version=__version__,
            source=SOURCE,
            **{"answers": "", "back_to": "", "error": False, **named},
        )
    )


def language_of(request: Request) -> Language:
    """The language that a path is in."""
    return language_of_path(request.url.path)
