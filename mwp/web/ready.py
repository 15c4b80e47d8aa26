"""Imported where processes that calculate are started from, so that each of them begins with the law read."""

from mwp.web.warm import warm_up

warm_up()
