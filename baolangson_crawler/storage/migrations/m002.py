"""The SQL of the schema's second step: the current text of each article, and two indexes."""

# The text lives once, in `version`. The view shows the current one; the search indexes read it
# through the view, so they store no second copy.
VIEWS = """
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

SEARCH = """
CREATE VIRTUAL TABLE article_fts USING fts5(
    title, lead, body, content='article_folded', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE article_fts_exact USING fts5(
    title, lead, body, content='article_text', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0"
);
"""
