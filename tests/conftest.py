"""What every test shares."""

from pathlib import Path

import pytest
from hypothesis import settings

# The first example also pays for importing the core, so none is held to a deadline; every run tries the same examples.
settings.register_profile("mwp", deadline=None, derandomize=True)
settings.load_profile("mwp")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return Path(__file__).resolve().parent.parent
