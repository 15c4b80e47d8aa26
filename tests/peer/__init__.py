"""A comparison with another model of the same law, policyengine-uk: random households, its answers, and what differs."""
