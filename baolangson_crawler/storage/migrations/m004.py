"""The SQL of the schema's fourth step: the ledger as the frontier, and the pace of hosts."""

FRONTIER = """
CREATE TABLE host (
    host TEXT PRIMARY KEY,
    last_at TEXT,
    pause REAL NOT NULL,
    slowed_at TEXT,
    hold_until TEXT,
    hold_reason TEXT,
    day TEXT,
    requests INTEGER NOT NULL,
    crawl_delay REAL NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
ALTER TABLE url ADD COLUMN next_visit_at TEXT;
ALTER TABLE url ADD COLUMN listed_at TEXT;
ALTER TABLE url ADD COLUMN listed_crawl INTEGER REFERENCES crawl(id);
ALTER TABLE url ADD COLUMN asked_crawl INTEGER REFERENCES crawl(id);
ALTER TABLE url ADD COLUMN failed_crawl INTEGER REFERENCES crawl(id);
ALTER TABLE fetch ADD COLUMN robots_id INTEGER REFERENCES robots(id);
ALTER TABLE robots ADD COLUMN url TEXT;
ALTER TABLE crawl ADD COLUMN exit_code INTEGER;
ALTER TABLE crawl ADD COLUMN messages TEXT;
UPDATE url SET state = 'done' WHERE state = 'fetched';
UPDATE url SET next_visit_at = coalesce(fetched_at, discovered_at)
    WHERE state IN ('failed', 'skipped') AND reason IS NOT 'alias'
    AND (attempts < 5 OR reason LIKE 'robots%');
DROP INDEX url_pending;
CREATE INDEX url_frontier ON url(site, discovered_crawl DESC, id)
    WHERE state = 'pending' AND kind = 'article';
CREATE INDEX version_title ON version(title);
CREATE INDEX held_repeated ON held(site, detail) WHERE reason = 'repeated';
CREATE INDEX url_next_visit ON url(site, next_visit_at) WHERE next_visit_at IS NOT NULL;
"""
