"""What the operator of the web service can set, from the environment: `MWP_WEB_HOSTS` and so on (docs/web.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from mwp.errors import InputError

PREFIX = "MWP_WEB_"
ANY_HOST = "*"
UNIX_SOCKET = "unix"
THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
LOG_LEVELS = ("critical", "error", "warning", "info", "debug")

Proxy = IPv4Network | IPv6Network | str


def _words(told: str) -> tuple[str, ...]:
    return tuple(told.replace(",", " ").split())


def _yes_or_no(told: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    try:
        return known[told.strip().lower()]
    except KeyError:
        raise ValueError("Write 1 or 0") from None


def _number_from(least: float, most: float) -> Callable[[str], float]:
    def number(told: str) -> float:
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", told.strip()) or not least <= float(told) <= most:
            raise ValueError(f"Give a number from {least:g} to {most:g}")
        return float(told)

    return number


def _whole_from(least: int, most: int) -> Callable[[str], int]:
    def whole(told: str) -> int:
        if not re.fullmatch(r"[0-9]+", told.strip()) or not least <= int(told) <= most:
            raise ValueError(f"Give a whole number from {least} to {most}")
        return int(told)

    return whole


def _hosts(told: str) -> tuple[str, ...]:
    hosts = tuple(word.lower() for word in _words(told))
    if not hosts:
        raise ValueError("Name at least one host, or * for any")
    return hosts


def _origins(told: str) -> tuple[str, ...]:
    for word in _words(told):
        if not re.fullmatch(r"https?://[A-Za-z0-9.\[\]:-]+", word):
            raise ValueError(f"{word} is not an origin, as https://tools.example.org")
    return tuple(word.lower() for word in _words(told))


def _proxies(told: str) -> tuple[Proxy, ...]:
    found: list[Proxy] = []
    for word in _words(told):
        if word == UNIX_SOCKET:
            found.append(word)
            continue
        try:
            found.append(ip_network(word))
        except ValueError:
            raise ValueError(f"{word} is no address, network or `{UNIX_SOCKET}`") from None
    return tuple(found)


def _log_level(told: str) -> str:
    if told.strip().lower() not in LOG_LEVELS:
        raise ValueError(f"Give one of {', '.join(LOG_LEVELS)}")
    return told.strip().lower()


def _setting(default: Any, read: Callable[[str], Any], about: str) -> Any:
    return field(default=default, metadata={"read": read, "about": about})


@dataclass(frozen=True)
class Settings:
    """Limits and trust. The defaults serve one machine to itself; a public service names its host and its proxy."""

    hosts: tuple[str, ...] = _setting(THIS_MACHINE, _hosts, "host names that are answered, without port; * for any")
    cors_origins: tuple[str, ...] = _setting((), _origins, "other sites whose pages may call the API")
    proxies: tuple[Proxy, ...] = _setting(
        (), _proxies, "addresses or networks whose X-Forwarded-For and -Proto are believed; unix for a Unix socket"
    )
    hsts: bool = _setting(False, _yes_or_no, "1 to tell browsers to use HTTPS alone, on requests that came by it")
    body_bytes: int = _setting(65_536, _whole_from(1_024, 10_000_000), "largest request body")
    body_seconds: float = _setting(10.0, _number_from(0.1, 600), "longest wait for a request body")
    rate: float = _setting(10.0, _number_from(0.01, 100_000), "requests a second from one address, in the long run")
    burst: int = _setting(60, _whole_from(1, 1_000_000), "requests from one address at once")
    processes: int = _setting(
        0, _whole_from(0, 64), "processes that calculate; 0 to calculate in threads of the one that reads and sends"
    )
    threads: int = _setting(2, _whole_from(1, 64), "calculations at a time where no processes are set")
    waiting: int = _setting(32, _whole_from(0, 10_000), "calculations that may wait for their turn")
    long_waiting: int = _setting(
        8, _whole_from(0, 10_000), "schedules, surfaces, comparisons and PDFs that may wait: one at a time"
    )
    seconds: float = _setting(20.0, _number_from(0.01, 600), "longest time for one calculation, its wait included")
    warm_up: bool = _setting(True, _yes_or_no, "0 to let the first visitor wait for the law to be read")
    log_level: str = _setting("info", _log_level, "from which level on to log; requests are logged at info")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """The settings that the environment tells. Raises InputError for one that cannot be used."""
        told: dict[str, Any] = {}
        for one in fields(cls):
            name = variable(one.name)
            if name not in environment:
                continue
            try:
                told[one.name] = one.metadata["read"](environment[name])
            except ValueError as error:
                raise InputError.of(f"{error}: {one.metadata['about']}.", field=name) from None
        unknown = sorted(
            name for name in environment if name.startswith(PREFIX) and name not in map(variable, cls.names())
        )
        if unknown:
            raise InputError.of(f"There is no such setting. Settings: {', '.join(map(variable, cls.names()))}.",
                                field=unknown[0])  # fmt: skip
        return cls(**told)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """What can be set."""
        return tuple(one.name for one in fields(cls))


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"{PREFIX}{name.upper()}"
