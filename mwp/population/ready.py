"""Imported where processes that work are started from, so that each of them begins with the rules and the law read."""

from mwp.engine.law import current_law
from mwp.engine.system import rule_graph
from mwp.population import metr, run

rule_graph()
current_law()

__all__ = ["metr", "run"]
