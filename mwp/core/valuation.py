"""What help in kind is worth: a low, a central and a high value, each with its source in `parameters/`.

A rule that values help takes an argument `valuation` and asks it for the value of a node of the law that has the leaves
`low`, `central` and `high`: `valuation.of(law.meal)`.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

Choice = Literal["low", "central", "high"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


@dataclass(frozen=True)
class Valuation:
    """Which of the three values is taken."""

    choice: Choice = "central"

    def of(self, node: Any) -> float:
        """The value chosen of a node of the law."""
        return float(getattr(node, self.choice))


CENTRAL = Valuation()
