"""What stands before every page and every answer of the API: who may ask, how much, how often; and what is logged.

The order: is it this host; is it too much for one address; does a page of another site send it; is the body small
enough. Then the safe headers are put on whatever is answered, errors too. What goes wrong further in becomes a plain
500: neither the visitor nor the log sees a stack trace or a word of what was asked.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from math import ceil
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mwp.web.faults import Fault
from mwp.web.language import Language, language_of_path
from mwp.web.problems import problem
from mwp.web.settings import ANY_HOST, UNIX_SOCKET, Settings

log = logging.getLogger("mwp.web")

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
LONGEST_ADDRESS = 4_096
PROBES = ("/health", "/ready")
STATIC = "/static/"
A_YEAR = 31_536_000
_MOST_ADDRESSES = 20_000

HEADERS = {
    # Nothing but what this site itself serves, and no script or style in a page itself.
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": ", ".join(
        f"{name}=()"
        for name in (
            "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
            "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
            "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
        )
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "origin-agent-cluster": "?1",
}  # fmt: skip


class Refused(Exception):
    """An answer instead of what was asked for."""

    def __init__(self, status: int, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.headers = status, dict(headers or {})


class Rates:
    """How often each address may ask: a bucket that holds `burst` requests and fills up at `rate` a second.

    Only addresses of the last while are remembered, in memory.
    """

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str, now: float) -> float:
        """Nothing, and a request is counted; or the seconds until one would be let in."""
        held, since = self._buckets.pop(address, (float(self._burst), now))
        held = min(self._burst, held + (now - since) * self._rate)
        allowed = held >= 1.0
        self._buckets[address] = (held - 1.0 if allowed else held, now)
        while len(self._buckets) > _MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1.0 - held) / self._rate


class Guard:
    """The ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.rates = Rates(settings.rate, settings.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        answer = _Answer(scope, send)
        try:
            await self._guarded(scope, receive, answer)
        except Refused as refused:
            await answer.instead(refusal(scope, refused.status, refused.headers), receive)
        except Exception as error:
            log.error("%s", Fault.of(error))
            if answer.started:
                raise Broken from None
            await answer.instead(refusal(scope, 500), receive)
        finally:
            taken = (time.perf_counter() - began) * 1000
            log.info("%s %s %s %.0fms", _method(scope), _template(scope), answer.status or "-", taken)

    async def _guarded(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        headers, path = Headers(scope=scope), scope["path"]
        probe = path in PROBES
        client = self._client(scope, headers)
        if not probe:
            self._check_host(headers)
        if len(path) + len(scope["query_string"]) > LONGEST_ADDRESS:
            raise Refused(414)
        if not probe and not path.startswith(STATIC):
            wait = self.rates.wait(client, time.monotonic())
            if wait:
                raise Refused(429, {"retry-after": str(ceil(wait))})
        origin = headers.get("origin", "").lower()
        allowed = bool(origin) and origin in self.settings.cors_origins and path.startswith("/api/")
        if allowed:
            answer.extra |= {
                "access-control-allow-origin": origin,
                "access-control-expose-headers": "retry-after, etag",
                "cross-origin-resource-policy": "cross-origin",
            }
            if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
                await answer.instead(Response(status_code=204, headers=_PREFLIGHT), receive)
                return
        if scope["method"] not in SAFE_METHODS and not allowed and not _from_here(headers, origin):
            raise Refused(403)
        if self.settings.hsts and scope["scheme"] == "https":
            answer.extra["strict-transport-security"] = f"max-age={A_YEAR}"
        body = await self._body(headers, receive)
        # To a HEAD goes what a GET would answer, less its body; the server must still see that it was a HEAD.
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        try:
            await self.app(inner, _again(body, receive), answer.send)
        finally:
            scope["route"] = inner.get("route")

    def _check_host(self, headers: Headers) -> None:
        hosts = self.settings.hosts
        if ANY_HOST in hosts:
            return
        told = headers.get("host", "").lower()
        name = told[: told.find("]") + 1] if told.startswith("[") else told.partition(":")[0]
        if name not in hosts:
            raise Refused(421)

    def _client(self, scope: Scope, headers: Headers) -> str:
        """Whose bucket a request counts to: the address, as trusted proxies tell it."""
        peer = scope["client"][0] if scope.get("client") else UNIX_SOCKET
        if not self._is_trusted(peer):
            return _bucket(peer)
        if headers.get("x-forwarded-proto", "").strip().lower() == "https":
            scope["scheme"] = "https"
        told = [part.strip() for line in headers.getlist("x-forwarded-for") for part in line.split(",")]
        for address in reversed(told):
            if address and not self._is_trusted(address):
                return _bucket(address)
        return _bucket(peer)

    def _is_trusted(self, address: str) -> bool:
        if not self.settings.proxies:
            return False
        if address == UNIX_SOCKET:
            return UNIX_SOCKET in self.settings.proxies
        try:
            known = ip_address(address)
        except ValueError:
            return False
        return any(not isinstance(one, str) and known in one for one in self.settings.proxies)

    async def _body(self, headers: Headers, receive: Receive) -> bytes:
        """The whole body, before anything is done with it. Raises Refused where it is too large or too slow."""
        length = headers.get("content-length")
        if length is None and "transfer-encoding" not in headers:
            return b""
        if length is not None:
            if not length.isdecimal():
                raise Refused(400)
            if int(length) > self.settings.body_bytes:
                raise Refused(413)
        try:
            return await asyncio.wait_for(self._read(receive), self.settings.body_seconds)
        except TimeoutError:
            raise Refused(408) from None

    async def _read(self, receive: Receive) -> bytes:
        parts, size, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Refused(400)
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self.settings.body_bytes:
                raise Refused(413)
            more = message.get("more_body", False)
        return b"".join(parts)


class Broken(Exception):
    """An answer that broke off half-way: the connection is closed. Says nothing of why."""


class _Answer:
    """Sends an answer with the safe headers on it, and remembers its status."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self.extra: dict[str, str] = {}
        self.status = 0

    @property
    def started(self) -> bool:
        """Whether anything has been sent."""
        return self.status > 0

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in (HEADERS | self.extra).items():
                headers[name] = value
            if "cache-control" not in headers:
                headers["cache-control"] = _keeping(self._scope, self.status)
            if self._scope["path"].startswith("/api/"):
                headers.add_vary_header("Origin")
        elif message["type"] == "http.response.body" and self._scope["method"] == "HEAD":
            if message.get("more_body"):
                return
            message = {**message, "body": b""}
        await self._send(message)

    async def instead(self, response: Response, receive: Receive) -> None:
        """Send a whole answer of our own."""
        await response(self._scope, receive, self.send)


_PREFLIGHT = {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "600",
}


def refusal(scope: Scope, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """An error as a problem document under /api, else as a page in the visitor's language."""
    path = scope["path"]
    if path.startswith("/api/") or path in PROBES:
        return problem(status, headers=headers)
    response = _page(scope, status)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def _page(scope: Scope, status: int) -> Response:
    make = getattr(scope["app"].state, "error_page", None) if "app" in scope else None
    if make is not None:
        try:
            made: Response = make(Request(scope), status)
            return made
        except Exception as error:
            log.error("%s", Fault.of(error))
    return HTMLResponse(_plain_page(language_of_path(scope["path"])), status)


def _plain_page(lang: Language) -> str:
    """What is shown where the page that tells of an error cannot be made: words alone, without a template."""
    title, told, start = (lang.text(id) for id in ("about.wrong_title", "about.wrong", "service.start_again"))
    return (
        f'<!DOCTYPE html><html lang="{lang.code}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><main><h1>{title}</h1><p>{told}</p><p><a href="{lang.path("/")}">{start}</a></p></main></body></html>'
    )


def _from_here(headers: Headers, origin: str) -> bool:
    """Whether a request that changes or asks something was sent by a page of ours, or by no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    if not origin:
        return True
    return origin != "null" and urlsplit(origin).netloc == headers.get("host", "").lower()


def _again(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _bucket(address: str) -> str:
    """An address as the rate limit counts it: a household on IPv6 has a whole /64 to itself."""
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return f"{known.packed[:8].hex()}::/64"
    return str(known)


def _keeping(scope: Scope, status: int) -> str:
    """How long an answer may be kept: not at all, but for the files that every page uses."""
    if not scope["path"].startswith(STATIC) or status not in (200, 206, 304):
        return "no-store"
    named_by_content = scope["query_string"].startswith(b"v=") or _HASHED.search(scope["path"])
    return f"public, max-age={A_YEAR}, immutable" if named_by_content else "public, max-age=3600"


_HASHED = re.compile(r"[.-][0-9a-f]{8,}\.[a-z0-9]+$")
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"))


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "?"


def _template(scope: Scope) -> str:
    """The route's own path, as /api/v1/households/{name}: never what somebody typed."""
    return getattr(scope.get("route"), "path", None) or "-"
