"""What a paper printed, as far as what is known of it tells: numbers in, estimates and gaps out.

Nothing here knows the archive, the network or the clock. Days are `date` ordinals, months are
``12 * year + month - 1``.
"""

from baolangson_crawler.holdings.days import DayGap, day_gaps
from baolangson_crawler.holdings.densities import Numbering
from baolangson_crawler.holdings.estimates import Evidence, YearEstimate, estimates
from baolangson_crawler.holdings.lines import Line
from baolangson_crawler.holdings.numbers import NumberGap, number_gaps, numbered

__all__ = [
    "DayGap",
    "Evidence",
    "Line",
    "NumberGap",
    "Numbering",
    "YearEstimate",
    "day_gaps",
    "estimates",
    "number_gaps",
    "numbered",
]
