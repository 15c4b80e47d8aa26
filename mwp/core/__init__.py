"""What a rule is made of: the wiring, the entities, units, rounding and the law's numbers."""
