"""Choosing between two ways of working an amount out, without the work that nobody's row needs."""

from collections.abc import Callable
from typing import Any

import numpy as np


def either(condition: Any, then: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    """`np.where(condition, then(), otherwise())`, less the arm that no row takes.

    For costly arms only: Scottish bands need not be worked out for rows that are all in Wales.

    >>> either(np.array([True, False]), lambda: np.array([1.0, 2.0]), lambda: 0.0).tolist()
    [1.0, 0.0]
    >>> either(np.array([True, True]), lambda: np.array([1.0, 2.0]), lambda: 1 / 0).tolist()
    [1.0, 2.0]
    """
    if np.all(condition):
        return then()
    return np.where(condition, then(), otherwise()) if np.any(condition) else otherwise()
