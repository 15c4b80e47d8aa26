"""Councils and broad rental market areas by the names people know, for whoever has to ask where somebody lives."""

import re
from collections.abc import Mapping
from functools import cache

from mwp.core import council_schemes
from mwp.inputs import places
from mwp.inputs.names import nearest, snake

_TITLES = re.compile(
    r"\b(london borough|royal borough|metropolitan borough|county borough|borough|district|county|city)? ?council$"
    r"|^(the )?(london borough of|royal borough of|city of|borough of|county of)\b"
)


@cache
def councils(nation: str) -> Mapping[str, str]:
    """The councils of a nation, key to name, by name."""
    found = {key: one.name for key, one in places.authorities().items() if one.nation == nation}
    return dict(sorted(found.items(), key=lambda one: one[1]))


@cache
def areas(nation: str) -> Mapping[str, str]:
    """The broad rental market areas of a nation, key to name, by name."""
    return dict(sorted(places.brmas(nation).items(), key=lambda one: one[1]))


def council_called(text: str, nation: str) -> str | None:
    """The key of the council of that name in the nation, however it is written: "leeds city council", "Hull"."""
    for way in _ways(text):
        found = places.authority(way)
        if found and found.nation == nation:
            return found.key
    return None


def area_called(text: str, nation: str) -> str | None:
    """The key of the broad rental market area of that name in the nation."""
    known = _by_name(nation)
    for way in _ways(text):
        if way in known or way in places.brmas(nation):
            return known.get(way, way)
    return None


@cache
def _by_name(nation: str) -> Mapping[str, str]:
    return {snake(name): key for key, name in areas(nation).items()}


def nearest_name(text: str, among: Mapping[str, str]) -> str | None:
    """The name most like what was typed, where one is like it at all."""
    key = nearest(snake(text), among)
    return among[key] if key else None


def area_of_council(council: str | None, nation: str) -> str | None:
    """The area that bears a council's name, where one does."""
    return council if council in places.brmas(nation) else None


def has_average_charge(council: str | None) -> bool:
    """Whether a council's average council tax is known, so that the bill can be worked out from the band."""
    return council_schemes.has_band_d_charge(council)


def _ways(text: str) -> list[str]:
    plain = " ".join(text.lower().replace("&", " and ").replace("-", " ").split())
    bare = _TITLES.sub("", _TITLES.sub("", plain).strip()).strip()
    return [snake(plain), snake(plain).removeprefix("the_"), snake(bare)]
