"""The schema, one numbered step after the other; a step is never edited after a release."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("baolangson_crawler")

_TABLES = """
CREATE TABLE site (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    province TEXT NOT NULL,
    former_province TEXT,
    domains TEXT NOT NULL,
    family TEXT NOT NULL,
    verified TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE crawl (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    sites TEXT NOT NULL,
    configuration TEXT NOT NULL,
    tool_version TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL,
    counters TEXT
) STRICT;

CREATE TABLE url (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL REFERENCES site(key),
    kind TEXT NOT NULL,
    key TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    article_id INTEGER REFERENCES article(id),
    discovered_at TEXT NOT NULL,
    discovered_from INTEGER REFERENCES url(id),
    discovered_crawl INTEGER REFERENCES crawl(id),
    listed_modified TEXT,
    fetched_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    etag TEXT,
    last_modified TEXT,
    walk TEXT
) STRICT;
CREATE INDEX url_pending ON url(site, kind, id) WHERE state = 'pending';
CREATE INDEX url_key ON url(key) WHERE key IS NOT NULL;
CREATE INDEX url_article ON url(article_id) WHERE article_id IS NOT NULL;
CREATE INDEX url_state ON url(site, state);

CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    codec TEXT NOT NULL,
    length INTEGER NOT NULL,
    stored_length INTEGER NOT NULL,
    media_type TEXT,
    charset TEXT,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE fetch (
    id INTEGER PRIMARY KEY,
    crawl_id INTEGER NOT NULL REFERENCES crawl(id),
    url_id INTEGER NOT NULL REFERENCES url(id),
    fetched_at TEXT NOT NULL,
    status INTEGER,
    failure TEXT,
    final_url TEXT,
    redirects TEXT,
    headers TEXT,
    elapsed REAL,
    robots_rule TEXT,
    capture_id INTEGER REFERENCES capture(id)
) STRICT;
CREATE INDEX fetch_url ON fetch(url_id);
CREATE INDEX fetch_crawl ON fetch(crawl_id);
CREATE INDEX fetch_capture ON fetch(capture_id) WHERE capture_id IS NOT NULL;

CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL REFERENCES site(key),
    site_article_id TEXT,
    title TEXT NOT NULL,
    section TEXT,
    published_at TEXT,
    published_year INTEGER GENERATED ALWAYS AS
        (CAST(substr(published_at, 1, 4) AS INTEGER)) VIRTUAL,
    published_raw TEXT,
    published_method TEXT,
    published_confidence REAL,
    published_precision TEXT,
    modified_at TEXT,
    modified_raw TEXT,
    byline TEXT,
    byline_raw TEXT,
    credit TEXT,
    credit_source TEXT,
    language TEXT NOT NULL,
    url TEXT NOT NULL,
    canonical_url TEXT NOT NULL,
    layout TEXT NOT NULL,
    word_count INTEGER NOT NULL,
    image_count INTEGER NOT NULL,
    version_count INTEGER NOT NULL,
    version_id INTEGER REFERENCES version(id),
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX article_site_published ON article(site, published_at);
CREATE INDEX article_published ON article(published_at);
CREATE INDEX article_section ON article(section);
CREATE INDEX article_year ON article(published_year);
CREATE INDEX article_canonical ON article(canonical_url);

CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    number INTEGER NOT NULL,
    seen_at TEXT NOT NULL,
    fetch_id INTEGER NOT NULL REFERENCES fetch(id),
    content_sha256 TEXT NOT NULL,
    layout TEXT NOT NULL,
    tool_version TEXT NOT NULL,
    title TEXT NOT NULL,
    dateline TEXT,
    lead TEXT,
    lead_in_body INTEGER NOT NULL,
    body TEXT NOT NULL,
    subheads TEXT NOT NULL,
    published_raw TEXT,
    modified_raw TEXT,
    UNIQUE (article_id, number)
) STRICT;
CREATE INDEX version_fetch ON version(fetch_id);

CREATE TABLE alias (
    url TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    kind TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    fetch_id INTEGER REFERENCES fetch(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_article ON alias(article_id);

CREATE TABLE image (
    version_id INTEGER NOT NULL REFERENCES version(id),
    number INTEGER NOT NULL,
    url TEXT,
    caption TEXT,
    credit TEXT,
    position INTEGER,
    PRIMARY KEY (version_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE article_tag (
    article_id INTEGER NOT NULL REFERENCES article(id),
    number INTEGER NOT NULL,
    tag_id INTEGER NOT NULL REFERENCES tag(id),
    PRIMARY KEY (article_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tag_tag ON article_tag(tag_id);

CREATE TABLE related (
    article_id INTEGER NOT NULL REFERENCES article(id),
    number INTEGER NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    PRIMARY KEY (article_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE held (
    url_id INTEGER PRIMARY KEY REFERENCES url(id),
    site TEXT NOT NULL REFERENCES site(key),
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    fetch_id INTEGER NOT NULL REFERENCES fetch(id),
    held_at TEXT NOT NULL
) STRICT;
CREATE INDEX held_site ON held(site, reason);

CREATE TABLE robots (
    id INTEGER PRIMARY KEY,
    crawl_id INTEGER NOT NULL REFERENCES crawl(id),
    host TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    status INTEGER,
    outcome TEXT NOT NULL,
    text TEXT
) STRICT;
CREATE INDEX robots_host ON robots(host, fetched_at);

CREATE TABLE daily_count (
    site TEXT NOT NULL REFERENCES site(key),
    day TEXT NOT NULL,
    section TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (site, day, section)
) STRICT, WITHOUT ROWID;
"""

# The text lives once, in `version`. The view shows the current one; the search indexes read it
# through the view, so they store no second copy.
_VIEWS = """
CREATE VIEW article_text AS
SELECT article.id AS id, article.site AS site, article.published_at AS published_at,
       version.title AS title, version.dateline AS dateline, version.lead AS lead,
       version.lead_in_body AS lead_in_body, version.body AS body
FROM article JOIN version ON version.id = article.version_id;

CREATE VIEW article_as_printed AS
SELECT article.id AS id, article.site AS site, article.section AS section,
       article.title AS title,
       CASE WHEN version.dateline IS NULL OR version.lead IS NULL THEN version.lead
            ELSE version.dateline || ' - ' || version.lead END AS lead,
       CASE WHEN version.dateline IS NULL OR NOT version.lead_in_body THEN version.body
            ELSE version.dateline || ' - ' || version.body END AS body,
       article.byline_raw AS byline, article.credit AS credit,
       article.published_raw AS published
FROM article JOIN version ON version.id = article.version_id;

CREATE VIEW article_folded AS
SELECT id,
       replace(replace(title, 'đ', 'd'), 'Đ', 'D') AS title,
       CASE WHEN lead_in_body THEN '' ELSE
           replace(replace(coalesce(lead, ''), 'đ', 'd'), 'Đ', 'D') END AS lead,
       replace(replace(body, 'đ', 'd'), 'Đ', 'D') AS body
FROM article_text;
"""

_SEARCH = """
CREATE VIRTUAL TABLE article_fts USING fts5(
    title, lead, body, content='article_folded', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE article_fts_exact USING fts5(
    title, lead, body, content='article_text', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0"
);
"""

_PAPERS = """
ALTER TABLE site ADD COLUMN status TEXT;
ALTER TABLE site ADD COLUMN merged_into TEXT;
ALTER TABLE article ADD COLUMN paper TEXT REFERENCES site(key);
UPDATE article SET paper = site;
CREATE INDEX article_paper ON article(paper);
ALTER TABLE version ADD COLUMN findings TEXT;
ALTER TABLE version ADD COLUMN repairs TEXT;
"""


@migrations()
def m001_articles(db: Database) -> None:
    """Sites, crawls, the URL ledger, captures, articles, versions and what belongs to them."""
    db.executescript(_TABLES)


@migrations()
def m002_views_and_search(db: Database) -> None:
    """The current text of each article, and the folded and the exact index over it."""
    db.executescript(_VIEWS)
    db.executescript(_SEARCH)


@migrations()
def m003_papers_and_findings(db: Database) -> None:
    """Which paper wrote an article; how the generic reader found it; what was done to its text."""
    db.executescript(_PAPERS)
