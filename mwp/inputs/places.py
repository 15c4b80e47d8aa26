"""Places: local authorities of the United Kingdom, and broad rental market areas (BRMAs)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mwp.core import parameters
from mwp.inputs import documents
from mwp.inputs.names import snake

NATIONS = ("england", "scotland", "wales", "northern_ireland")
_SMALL_WORDS = {"and", "of", "on", "upon", "with"}


@dataclass(frozen=True)
class Authority:
    """A council: its key in household files, its name, its nation, and whether it is in Greater London."""

    key: str
    name: str
    nation: str
    in_greater_london: bool


@cache
def authorities() -> dict[str, Authority]:
    """Every local authority by key."""
    found = {}
    for nation in (*NATIONS, "greater_london"):
        in_london = nation == "greater_london"
        for name in _listing()[nation]:
            key = snake(name)
            found[key] = Authority(key, name, "england" if in_london else nation, in_london)
    return dict(sorted(found.items()))


def authority(key: str) -> Authority | None:
    """The local authority of a key, or of another name people use for it; None where there is none."""
    return authorities().get(_listing()["also_known_as"].get(key, key))


@cache
def brmas(nation: str) -> dict[str, str]:
    """The broad rental market areas of a nation: key to name, as in parameters/local_housing_allowance.yaml."""
    areas = parameters.documents()["local_housing_allowance"][nation]
    return {key: _label(key, area) for key, area in areas.items() if isinstance(area, dict) and "bed1" in area}


def nations_of_brma(key: str) -> list[str]:
    """The nations that have a broad rental market area of that key."""
    return [nation for nation in NATIONS if key in brmas(nation)]


def brma_in_greater_london(key: str) -> bool:
    """Whether a broad rental market area is a London one. A few reach over the boundary: the council decides there."""
    return "london" in key.split("_")


def title(key: str) -> str:
    """A key as a name: hull_and_east_riding is Hull and East Riding."""
    first, *rest = key.split("_")
    return " ".join([first.capitalize(), *(word if word in _SMALL_WORDS else word.capitalize() for word in rest)])


def _label(key: str, area: dict[str, object]) -> str:
    metadata = area.get("metadata")
    label = metadata.get("label") if isinstance(metadata, dict) else None
    return str(label) if label else title(key)


@cache
def _listing() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("places.yaml")
    listing: dict[str, dict[str, str]] = documents.parse(path.read_text(encoding="utf-8"), path.name).data
    return listing
