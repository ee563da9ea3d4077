"""The SQL of the schema's sixth step: urgency, revisits, imports, found sources, backfills."""

RANKS = """
ALTER TABLE url ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
DROP INDEX url_frontier;
CREATE INDEX url_frontier ON url(site, rank, discovered_crawl DESC, id)
    WHERE state = 'pending' AND kind = 'article';
"""

# Of the addresses of an article the one that it is known under is looked at again. What an older
# archive holds is spread over the pause of its age, so that it does not come all at once.
REVISITS = """
CREATE INDEX url_revisit ON url(site, rank, next_visit_at)
    WHERE state = 'done' AND kind = 'article' AND next_visit_at IS NOT NULL;
ALTER TABLE url ADD COLUMN missing_at TEXT;
ALTER TABLE site_day ADD COLUMN revisited INTEGER NOT NULL DEFAULT 0;
CREATE TABLE habit (
    site TEXT NOT NULL REFERENCES site(key),
    band TEXT NOT NULL,
    visits INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    pauses REAL NOT NULL,
    PRIMARY KEY (site, band)
) STRICT, WITHOUT ROWID;

WITH known AS (
    SELECT coalesce(
        (SELECT id FROM url WHERE url.url = article.url AND article_id = article.id
            AND state = 'done' AND kind = 'article'),
        (SELECT max(id) FROM url WHERE article_id = article.id
            AND state = 'done' AND kind = 'article')) AS url_id,
        julianday('now') - coalesce(julianday(published_at), julianday(first_seen_at)) AS days
    FROM article
)
UPDATE url SET rank = 2, next_visit_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', printf(
    '+%d seconds', 86.4 * (id * 2654435761 % 1000) * CASE WHEN days < 7 THEN 1
        WHEN days < 30 THEN 7 WHEN days < 365 THEN 30 ELSE 365 END))
FROM known WHERE known.url_id = url.id;
"""

EVENTS = """
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    fetch_id INTEGER REFERENCES fetch(id),
    detail TEXT
) STRICT;
CREATE INDEX event_article ON event(article_id, at);
CREATE INDEX event_at ON event(at);
"""

IMPORTS = """
ALTER TABLE fetch ADD COLUMN imported_from TEXT;
ALTER TABLE fetch ADD COLUMN record_id TEXT;
CREATE INDEX fetch_record ON fetch(record_id) WHERE record_id IS NOT NULL;
"""

SOURCES = """
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL REFERENCES site(key),
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    found_by TEXT NOT NULL,
    pages TEXT,
    found_at TEXT NOT NULL,
    worked_at TEXT NOT NULL,
    listed INTEGER NOT NULL,
    listed_most INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    UNIQUE (site, url)
) STRICT;
CREATE TABLE source_search (
    site TEXT PRIMARY KEY REFERENCES site(key),
    searched_at TEXT NOT NULL,
    next_at TEXT NOT NULL,
    requests INTEGER NOT NULL,
    found INTEGER NOT NULL,
    in_vain INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

BACKFILL = """
CREATE TABLE backfill (
    site TEXT NOT NULL REFERENCES site(key),
    step TEXT NOT NULL,
    kind TEXT NOT NULL,
    since TEXT,
    until TEXT,
    position INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    left_at TEXT,
    requests INTEGER NOT NULL DEFAULT 0,
    found INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (site, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX url_backfill
    ON url(site, listed_at, CAST(substr(key, instr(key, ':') + 1) AS INTEGER))
    WHERE rank = 3 AND kind = 'article' AND state = 'pending';
"""

WALKS = """
CREATE TABLE walk (
    url TEXT PRIMARY KEY,
    began_at TEXT NOT NULL,
    head TEXT NOT NULL,
    page INTEGER,
    edge TEXT NOT NULL,
    asked INTEGER NOT NULL,
    behind INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""
