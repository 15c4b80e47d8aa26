"""What is worked out from results: the month's calculation, its working, and the better-off answer."""
