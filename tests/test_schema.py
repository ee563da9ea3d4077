"""The description of the schema: whole, in both languages, and in the files made from it."""

import re
from pathlib import Path

import pytest
from sqlite_utils import Database

from baolangson_crawler.storage.migrations import migrations
from baolangson_crawler.storage.schema import table, tables
from docs.generate import PAGE, ROOT, generated


@pytest.fixture(scope="module")
def conn():
    db = Database(memory=True)
    migrations.apply(db)
    yield db.conn
    db.close()


def described_by_sqlite(conn) -> dict[str, tuple[str, list[str]]]:
    kinds = {"table": "table", "view": "view", "virtual": "index"}
    found = {
        row[1]: kinds[row[2]]
        for row in conn.execute("PRAGMA table_list")
        if row[0] == "main" and row[2] in kinds and not row[1].startswith("sqlite_")
    }
    # hidden is 1 for what FTS5 adds, 2 for a generated column
    return {
        name: (kind, [r[1] for r in conn.execute(f"PRAGMA table_xinfo([{name}])") if r[6] != 1])
        for name, kind in found.items()
    }


def test_every_table_and_column_is_described_and_nothing_else(conn):
    ours = {t.name: (t.kind, [c.name for c in t.columns]) for t in tables()}
    assert ours == described_by_sqlite(conn)


@pytest.mark.parametrize("described", tables(), ids=lambda t: t.name)
def test_sentences_are_sentences_in_both_languages(described):
    for what in (described, *described.columns):
        for sentence in (what.english, what.vietnamese):
            assert sentence.endswith(".")
            assert sentence == " ".join(sentence.split())
            assert "|" not in sentence, "would break the Markdown table"
        assert re.search("[à-ỹđ]", what.vietnamese, re.IGNORECASE), what.vietnamese
        assert what.both == f"{what.english} · {what.vietnamese}"


def test_a_table_and_a_column_are_found_by_name():
    assert table("article").column("title").english.startswith("Headline")
    with pytest.raises(KeyError, match="no table nope"):
        table("nope")
    with pytest.raises(KeyError, match="article has no column nope"):
        table("article").column("nope")


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_generated_files_are_up_to_date(path: Path):
    assert path.read_text(encoding="utf-8") == generated()[path], "run: python -m docs.generate"


def test_the_correspondence_names_real_columns():
    page = PAGE.read_text(encoding="utf-8")
    section = page.split("## Correspondence")[1].split("\n## ")[0]
    named = re.findall(r"^\| `(\w+)\.(\w+)` \|", section, re.MULTILINE)
    assert len(named) > 20
    for name, column in named:
        assert table(name).column(column)


def test_links_of_the_pages_resolve():
    for page in (PAGE, ROOT / "archive" / "README.md"):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
