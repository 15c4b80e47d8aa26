"""Imported where processes that calculate are started from, so that each of them begins with the law read.

What has been read then is set apart from the collector of garbage, or its counting would copy that memory, which the
processes share, into each of them.
"""

import gc

from mwp.web.warm import warm_up

warm_up()
gc.collect()
gc.freeze()
