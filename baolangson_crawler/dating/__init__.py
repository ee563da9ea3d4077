"""Dates as the papers print them, read into moments with an offset; knows no page and no clock.

``read_date`` reads one string. ``date`` weighs all that a page says of its own age.
"""

from baolangson_crawler.dating.choosing import date
from baolangson_crawler.dating.clock import VIETNAM
from baolangson_crawler.dating.line import Reading
from baolangson_crawler.dating.reading import read_date

__all__ = ["VIETNAM", "Reading", "date", "read_date"]
