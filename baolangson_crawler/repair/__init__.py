"""Text that came damaged: bytes of another encoding than declared, letters that are not letters.

Nothing here knows articles or pages: bytes or texts go in, texts and the names of what was done
come out. Whether a repair is right is judged by Vietnamese spelling (`syllables`).
"""

from baolangson_crawler.repair.decoding import Decoded, decode
from baolangson_crawler.repair.pages import RepairedPage, page
from baolangson_crawler.repair.texts import Repaired, repaired

__all__ = ["Decoded", "Repaired", "RepairedPage", "decode", "page", "repaired"]
