"""Whole populations: weighted tables of households, and what a reform does to them (docs/population.md)."""
