"""`mwp web`: the pages and the API, from an embedded server."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
import time
from typing import Any

import click

from mwp.errors import MwpError

APPLICATION = "mwp.web.asgi:app"
"""What the server imports: the command line itself does not import the web pages."""
NEEDS = ("fastapi", "uvicorn", "multipart", "govuk_frontend_jinja")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
LEVELS = ("critical", "error", "warning", "info", "debug")
SECONDS_TO_FINISH = 30
STARTUP_FAILED = 3


@click.command(short_help="The calculator as web pages, with a JSON API.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65_535), help="The port; 0 for any.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that calculate, beside the one that serves. 1, the default: one process does both.",
)
@click.option("--open/--no-open", "opens", default=False, show_default=True, help="Open the start page in a browser.")
@click.option(
    "--log-level",
    default="warning",
    show_default=True,
    type=click.Choice(LEVELS),
    help="From which level on to log; info logs each request, without what was asked.",
)
def web(host: str, port: int, workers: int | None, opens: bool, log_level: str) -> None:
    """Serve the calculator as web pages, with a JSON API beside it, until stopped with Ctrl+C.

    \b
    Examples:
      mwp web
      mwp web --port 8080 --open
      MWP_WEB_HOSTS=calculator.example.org mwp web --host 0.0.0.0 --workers 2

    Nothing that is entered is kept or sent on. Limits and trusted proxies are set in the environment: see docs/web.md.
    """
    _check_installed()
    sock = _bound(host, port)
    os.environ["MWP_WEB_LOG_LEVEL"] = log_level
    if workers is not None:
        os.environ["MWP_WEB_PROCESSES"] = str(workers if workers > 1 else 0)
    if host not in LOOPBACK:
        os.environ.setdefault("MWP_WEB_HOSTS", "*")
    address = _address(host, sock.getsockname()[1])
    threading.Thread(target=_announce, args=(sock.getsockname(), address, opens), daemon=True).start()
    _serve(sock, log_level)


def _serve(sock: socket.socket, log_level: str) -> None:
    import uvicorn

    # Told to stop, uvicorn ends what it has begun and then sends itself the signal again: that is a good end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    config = uvicorn.Config(
        APPLICATION,
        log_level=log_level,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
    server = uvicorn.Server(config)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[sock])
    if not server.started:
        sys.exit(STARTUP_FAILED)


def _check_installed() -> None:
    from importlib.util import find_spec

    lacking = [name for name in NEEDS if find_spec(name) is None]
    if lacking:
        raise MwpError(
            f"The web pages need libraries that are not installed ({', '.join(lacking)})."
            ' Install them: pip install "mwp[web]".'
        )


def _bound(host: str, port: int) -> socket.socket:
    """A socket at that address. Without the protocol's number asyncio leaves Nagle's algorithm on: 40 ms an answer."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(socket.SOMAXCONN)
    except OSError as error:
        sock.close()
        told = {"EADDRINUSE": "another program listens there", "EACCES": "that takes the administrator's rights"}
        why = told.get(_name(error), error.strerror or str(error))
        raise MwpError(f"Cannot listen at {host}, port {port}: {why}. Give another with --port, as 8080.") from None
    return sock


def _name(error: OSError) -> str:
    import errno

    return errno.errorcode.get(error.errno or 0, "")


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


def _announce(at: Any, address: str, opens: bool) -> None:
    """Say where the pages are once they are served, and open the first where that is wanted."""
    from http.client import HTTPConnection

    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(at[0], at[0])
    while True:
        try:
            connection = HTTPConnection(host, at[1], timeout=60)
            connection.request("GET", "/ready")
            if connection.getresponse().status == 200:
                break
        except OSError:
            pass
        time.sleep(0.1)
    click.echo(f"mwp is at {address} Stop it with Ctrl+C.", err=True)
    if opens:
        import webbrowser

        webbrowser.open(address)
