"""Dates as the papers print them, read into moments with an offset; knows no page and no clock.

``read_date`` reads one string, ``read_address`` the digits of an address. ``date`` weighs all
that a page says of its own age.
"""

from baolangson_crawler.dating.address import read_address
from baolangson_crawler.dating.choosing import date
from baolangson_crawler.dating.clock import VIETNAM
from baolangson_crawler.dating.line import Reading
from baolangson_crawler.dating.listed import dated, listed_day
from baolangson_crawler.dating.reading import read_date

__all__ = ["VIETNAM", "Reading", "date", "dated", "listed_day", "read_address", "read_date"]
