"""A comparison with another model of the same law, policyengine-uk, over random households."""
