"""The archive: one SQLite file. Knows nothing of Scrapy; ``Archive`` is the only class that writes."""
