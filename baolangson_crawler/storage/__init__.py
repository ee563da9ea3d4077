"""The archive, one SQLite file: knows nothing of Scrapy; only ``Archive`` writes."""
