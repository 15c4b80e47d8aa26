"""From rules and households to amounts: the law on a date, the core's system, and one batched simulation."""
