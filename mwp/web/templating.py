"""From a template to a page: what every page needs is handed to it here."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from mwp import __version__
from mwp.web.language import Language, language

SOURCE = "/source"


@cache
def environment() -> Environment:
    """Our templates, with the design system's macros under their own name (they ask for what may not be there)."""
    return Environment(
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


def page(
    request: Request, template: str, *, lang: Language, here: str, status: int = 200, **named: Any
) -> HTMLResponse:
    """A page in a language. `here` is its path without the language's prefix."""
    whole = (
        environment()
        .get_template(template)
        .render(
            lang=lang,
            t=lang.text,
            here=here,
            nonce=getattr(request.state, "nonce", None),
            version=__version__,
            source=SOURCE,
            **{"answers": "", "back_to": "", "error": False, **named},
        )
    )
    return HTMLResponse(whole, status)


def language_of(request: Request) -> Language:
    """The language that a path is in."""
    path = request.url.path
    return language("cy" if path == "/cy" or path.startswith("/cy/") else "en")
