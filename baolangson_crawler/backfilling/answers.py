"""What came for a number: the article of that number, or something else in its place.

A paper answers a number that nothing has in many ways: 404, its home page, the section, the nearest
article, a notice with the status of success. None of them is the article.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from baolangson_crawler.items import Refusal
from baolangson_crawler.sites.base import Site

NO_ARTICLE = "no_article"
"""Reason of an address made of a number that is no article's; it is never asked again."""

_NOT_THERE = ("http_404", "http_410", "offsite")
_IN_ITS_PLACE = ("soft_404", "listing", "moved", "empty_body", "too_short", "error_page", "notice")


def miss(
    site: Site,
    asked: str,
    answered: str,
    *,
    failure: str | None,
    refusal: Refusal | None,
    declared: str | None,
) -> bool:
    """Whether an answer shows that a number is no article's.

    Args:
        site: whose.
        asked: the address made of the number.
        answered: the address that answered, after redirects.
        failure: reason of an answer that is no success.
        refusal: why its page is no article.
        declared: the canonical address that the page states.
    """
    if failure:
        return failure in _NOT_THERE
    if site.key_of(answered) != site.key_of(asked):
        return True
    if refusal:
        return refusal.reason in _IN_ITS_PLACE
    if declared is None or not site.owns(declared):
        return False
    key = site.key_of(declared)
    # a canonical link to a section is a common mistake; one to the home page is what stands there
    return key != site.key_of(asked) if key else urlsplit(declared).path in ("", "/")
