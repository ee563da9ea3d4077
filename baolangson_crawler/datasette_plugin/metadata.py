"""What Datasette is told of the archive: titles, descriptions, facets, search and queries."""

from __future__ import annotations

from typing import Any

from baolangson_crawler.storage.schema import Table, tables

Metadata = dict[str, Any]
"""Nested as Datasette's ``metadata.yml``, whose keys are Datasette's."""

_TITLE = "Vietnam's provincial press · Kho báo chí địa phương Việt Nam"
_DESCRIPTION = (
    "Articles of Vietnam's provincial newspapers as their websites printed them. Search with or "
    "without marks: lang son finds Lạng Sơn. · Bài của các báo tỉnh, thành phố Việt Nam, đúng như "
    "trang báo đã đăng. Gõ có dấu hay không dấu đều tìm được: lang son ra Lạng Sơn."
)
_SEARCHED = {"fts_table": "article_fts", "fts_pk": "id"}
_OPTIONS: dict[str, Metadata] = {
    "article": {
        "label_column": "title",
        "facets": ["site", "section", "published_year"],
        "sort_desc": "published_at",
        "size": 50,
        **_SEARCHED,
    },
    "version": {"label_column": "title", "size": 20},
    "site": {"label_column": "name", "sort": "key"},
    "url": {"label_column": "url", "facets": ["site", "kind", "state"]},
    "tag": {"label_column": "name", "sort": "name"},
    "alias": {"facets": ["kind"]},
    "fetch": {"facets": ["status"], "sort_desc": "id"},
    "capture": {"label_column": "sha256", "facets": ["media_type"]},
    "crawl": {"label_column": "started_at", "sort_desc": "id"},
    "daily_count": {"facets": ["site"], "sort_desc": "day"},
    "site_day": {"facets": ["site"], "sort_desc": "day"},
    "held": {"facets": ["site", "reason"], "sort_desc": "held_at"},
    "robots": {"facets": ["host"], "sort_desc": "id"},
    "article_text": {"sort_desc": "published_at", "size": 20, **_SEARCHED},
    "article_as_printed": {"sort_desc": "id", "size": 20, **_SEARCHED},
    "article_folded": {"size": 20, **_SEARCHED},
}
_QUERIES: dict[str, Metadata] = {
    "search": {
        "title": "Search, best first · Tìm kiếm, bài phù hợp nhất trước",
        "description": (
            "Words without marks and phrases in quotes, with the words around the first match. · "
            "Gõ từ có dấu hoặc không dấu, cụm từ đặt trong ngoặc kép; kèm đoạn chữ quanh chỗ khớp."
        ),
        "params": ["words"],
        "sql": """\
SELECT article.id AS article_id, article.title AS title, site.name AS paper,
       article.published_at AS published_at,
       excerpt(coalesce(text.lead, '') || ' ' || text.body, :words) AS excerpt,
       article.url AS url
FROM (
    SELECT rowid AS id, bm25(article_fts, 8, 3, 1) AS score FROM article_fts
    WHERE article_fts MATCH escape_fts(:words) ORDER BY score LIMIT 100
) AS found
JOIN article ON article.id = found.id
JOIN article_text AS text ON text.id = article.id
JOIN site ON site.key = article.paper
ORDER BY found.score
""",
    },
    "search_exact": {
        "title": "Search with marks as typed · Tìm đúng dấu",
        "description": (
            "đường finds only đường, not dương or đương. · "
            "Gõ đường chỉ ra đường, không ra dương hay đương."
        ),
        "params": ["words"],
        "sql": """\
SELECT article.id AS article_id, article.title AS title, site.name AS paper,
       article.published_at AS published_at, article.url AS url
FROM (
    SELECT rowid AS id, bm25(article_fts_exact, 8, 3, 1) AS score FROM article_fts_exact
    WHERE article_fts_exact MATCH exact_fts(:words) ORDER BY score LIMIT 100
) AS found
JOIN article ON article.id = found.id
JOIN site ON site.key = article.paper
ORDER BY found.score
""",
    },
    "newest": {
        "title": "Newest articles · Bài mới nhất",
        "description": (
            "Of all papers, or of the one whose key is given. · "
            "Của mọi tờ báo, hoặc của tờ báo có khóa đã nhập."
        ),
        "params": ["paper"],
        "sql": """\
SELECT article.id AS article_id, article.title AS title, site.name AS paper,
       article.section AS section, article.published_at AS published_at, article.url AS url
FROM article JOIN site ON site.key = article.paper
WHERE :paper = '' OR article.paper = :paper
ORDER BY article.published_at DESC, article.id DESC
LIMIT 100
""",
    },
    "by_month": {
        "title": "Articles per paper and month · Số bài theo báo và tháng",
        "description": (
            "Of all papers, or of the one whose key is given. · "
            "Của mọi tờ báo, hoặc của tờ báo có khóa đã nhập."
        ),
        "params": ["paper"],
        "sql": """\
SELECT site.name AS paper, substr(day, 1, 7) AS month, sum(articles) AS articles
FROM daily_count JOIN site ON site.key = daily_count.site
WHERE (:paper = '' OR daily_count.site = :paper) AND articles > 0
GROUP BY site.key, month
ORDER BY month DESC, site.key
""",
    },
    "changed": {
        "title": "Articles that were changed · Bài đã bị sửa",
        "description": (
            "Articles with more than one version, the latest change first. · "
            "Những bài có nhiều phiên bản, thay đổi gần nhất trước."
        ),
        "sql": """\
SELECT article.id AS article_id, article.title AS title, site.name AS paper,
       article.version_count AS versions, version.seen_at AS changed_at, article.url AS url
FROM article
JOIN version ON version.id = article.version_id
JOIN site ON site.key = article.paper
WHERE article.version_count > 1
ORDER BY version.seen_at DESC, article.id DESC
LIMIT 100
""",
    },
    "held_pages": {
        "title": "Pages held back · Trang bị giữ lại",
        "description": (
            "Pages that no layout reads, or that are no article. · "
            "Những trang không khuôn nào đọc được hoặc không phải bài báo."
        ),
        "sql": """\
SELECT site.name AS paper, held.reason AS reason, held.detail AS detail, url.url AS url,
       held.held_at AS held_at
FROM held
JOIN url ON url.id = held.url_id
JOIN site ON site.key = held.site
ORDER BY held.held_at DESC
LIMIT 100
""",
    },
}


def metadata(database: str) -> Metadata:
    """Datasette's metadata for an archive.

    Args:
        database: the name Datasette gives the file, which is its name without ``.db``.
    """
    told = {
        "title": _TITLE,
        "description": _DESCRIPTION,
        "tables": {table.name: _table(table) for table in tables() if table.kind != "index"},
        "queries": {name: {**_copy(query), "hide_sql": True} for name, query in _QUERIES.items()},
    }
    return {"title": _TITLE, "description": _DESCRIPTION, "databases": {database: told}}


def _table(table: Table) -> Metadata:
    told: Metadata = {"description": _plain(table.both)}
    if table.internal:
        told["hidden"] = True
    told |= _copy(_OPTIONS.get(table.name, {}))
    told["columns"] = {column.name: _plain(column.both) for column in table.columns}
    return told


def _copy(options: Metadata) -> Metadata:
    """A copy of its own, because Datasette changes what it is given."""
    return {k: list(v) if isinstance(v, list) else v for k, v in options.items()}


def _plain(sentence: str) -> str:
    """A sentence without the marks of Markdown, which Datasette would print."""
    return sentence.replace("`", "").replace("*", "")
