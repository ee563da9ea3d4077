"""The SQL of the schema's first step: sites, crawls, ledger, captures, articles, versions."""

TABLES = """
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
