"""The reader for pages that no layout reads: any article of any site.

``GenericPage`` is asked like a layout. Beneath it: what the page states of itself
(``statements``), which element and which lines are the article (``content``, ``tree``,
``votes``), its pieces ready for separation (``pieces``), and what stands around it (``margin``).
"""

from baolangson_crawler.extraction.generic.page import GenericPage

__all__ = ["GenericPage"]
