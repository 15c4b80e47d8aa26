"""Rounding as the law does it, or not at all.

A rule that the law rounds takes an argument called `rounding`. Amounts shown to people are calculated with
`AS_THE_LAW`; earnings schedules with `NONE`, or a step of a penny in an award would look like a marginal tax rate.
"""

import numpy as np
from numpy.typing import NDArray

PENNY = 0.01
POUND = 1.0
_FUZZ = 1e-7  # absorbs binary fractions: 260.15 stored as 260.1499999 is still 260.15


class Rounding:
    """No rounding: every method gives back what it was given."""

    rounds = False

    def nearest(self, amount: NDArray[np.float64], to: float = PENNY) -> NDArray[np.float64]:
        """To the nearest multiple of `to`, a half going up."""
        return amount

    def down(self, amount: NDArray[np.float64], to: float = PENNY) -> NDArray[np.float64]:
        """Down to a multiple of `to`."""
        return amount

    def up(self, amount: NDArray[np.float64], to: float = PENNY) -> NDArray[np.float64]:
        """Up to a multiple of `to`."""
        return amount


class StatutoryRounding(Rounding):
    """Rounding on."""

    rounds = True

    def nearest(self, amount: NDArray[np.float64], to: float = PENNY) -> NDArray[np.float64]:
        return np.asarray(np.floor(amount / to + 0.5 + _FUZZ) * to)

    def down(self, amount: NDArray[np.float64], to: float = PENNY) -> NDArray[np.float64]:
        return np.asarray(np.floor(amount / to + _FUZZ) * to)

    def up(self, amount: NDArray[np.float64], to: float = PENNY) -> NDArray[np.float64]:
        return np.asarray(np.ceil(amount / to - _FUZZ) * to)


NONE = Rounding()
AS_THE_LAW = StatutoryRounding()
