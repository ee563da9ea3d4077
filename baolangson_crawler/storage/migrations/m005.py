"""The SQL of the schema's fifth step: the numbers of each site and day, from what is held."""

SITE_DAYS = """
CREATE TABLE site_day (
    site TEXT NOT NULL REFERENCES site(key),
    day TEXT NOT NULL,
    crawls INTEGER NOT NULL DEFAULT 0,
    last_crawl INTEGER REFERENCES crawl(id),
    answered_at TEXT,
    asked INTEGER NOT NULL DEFAULT 0,
    discovered INTEGER NOT NULL DEFAULT 0,
    fetched INTEGER NOT NULL DEFAULT 0,
    stored INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    undated INTEGER NOT NULL DEFAULT 0,
    fresh INTEGER NOT NULL DEFAULT 0,
    with_lead INTEGER NOT NULL DEFAULT 0,
    with_byline INTEGER NOT NULL DEFAULT 0,
    with_date INTEGER NOT NULL DEFAULT 0,
    with_section INTEGER NOT NULL DEFAULT 0,
    with_image INTEGER NOT NULL DEFAULT 0,
    with_credit INTEGER NOT NULL DEFAULT 0,
    generic INTEGER NOT NULL DEFAULT 0,
    body_length INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;

INSERT INTO site_day (site, day, crawls, last_crawl, answered_at, asked, fetched)
SELECT url.site, substr(datetime(fetch.fetched_at, '+7 hours'), 1, 10),
       count(DISTINCT iif(url.kind != 'article' AND failure IS NULL AND outcome = 'done',
                          crawl_id, NULL)),
       max(iif(url.kind != 'article' AND failure IS NULL AND outcome = 'done', crawl_id, NULL)),
       max(iif(failure IS NULL, fetch.fetched_at, NULL)), count(*),
       sum(url.kind = 'article' AND failure IS NULL)
FROM fetch JOIN url ON url.id = fetch.url_id JOIN crawl ON crawl.id = fetch.crawl_id
WHERE datetime(fetch.fetched_at) IS NOT NULL GROUP BY 1, 2;

INSERT INTO site_day (site, day, stored, undated)
SELECT site, substr(datetime(first_seen_at, '+7 hours'), 1, 10), count(*),
       sum(published_at IS NULL)
FROM article WHERE datetime(first_seen_at) IS NOT NULL GROUP BY 1, 2
ON CONFLICT (site, day) DO UPDATE SET stored = excluded.stored, undated = excluded.undated;

DROP INDEX article_paper;
CREATE INDEX article_paper ON article(paper, published_at);
"""
