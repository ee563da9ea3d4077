"""Finding the articles of twenty years: the steps, their order, and what a number stands for.

Knows no network and no archive: what is known is passed in, what is to be asked comes out.
"""

from baolangson_crawler.backfilling.answers import NO_ARTICLE, miss
from baolangson_crawler.backfilling.numbers import Numbers, id_address, is_by_number
from baolangson_crawler.backfilling.periods import Period, day_within, of_files
from baolangson_crawler.backfilling.plan import lists, steps
from baolangson_crawler.backfilling.steps import Bounds, Step
from baolangson_crawler.backfilling.visits import BackfillVisit

__all__ = [
    "NO_ARTICLE",
    "BackfillVisit",
    "Bounds",
    "Numbers",
    "Period",
    "Step",
    "day_within",
    "id_address",
    "is_by_number",
    "lists",
    "miss",
    "of_files",
    "steps",
]
