"""The application as a server finds it: `uvicorn mwp.web.asgi:app`. Settings come from the environment."""

import logging
import os
import sys

from mwp.web.app import create_app
from mwp.web.settings import Settings


def _log(level: str) -> None:
    """Our own log, to standard error. The server's access log, which holds addresses and queries, is silenced."""
    ours = logging.getLogger("mwp.web")
    ours.setLevel(level.upper())
    if not ours.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        ours.addHandler(handler)
        ours.propagate = False
    logging.getLogger("uvicorn.access").disabled = True


SWITCH_AFTER = 0.001
"""Seconds until a calculation lets the thread that reads and sends have its turn: at Python's own 5 ms, each of the
several turns that a request takes would wait that long behind somebody's calculation."""

sys.setswitchinterval(SWITCH_AFTER)
settings = Settings.from_environment(os.environ)
_log(settings.log_level)
app = create_app(settings)
