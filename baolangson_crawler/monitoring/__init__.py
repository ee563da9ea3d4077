"""From the numbers of a paper's days to what is wrong with it: silence, and decay of its fields.

Numbers in, judgements out. Nothing here knows the archive, the crawl or the clock.
"""

from baolangson_crawler.monitoring.alarms import Alarm, of_drifts, of_silence
from baolangson_crawler.monitoring.drift import Drift, drifts
from baolangson_crawler.monitoring.expectation import Expectation
from baolangson_crawler.monitoring.numbers import SiteDay
from baolangson_crawler.monitoring.silences import Silence, expectation_on, silence

__all__ = [
    "Alarm",
    "Drift",
    "Expectation",
    "Silence",
    "SiteDay",
    "drifts",
    "expectation_on",
    "of_drifts",
    "of_silence",
    "silence",
]
