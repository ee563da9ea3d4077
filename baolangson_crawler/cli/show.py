"""``baolangson show``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from baolangson_crawler.cli.options import archive_option, console, json_option, print_json


@click.command("show")
@click.argument("article")
@click.option("--page", is_flag=True, help="Write the page as it was received to standard output.")
@archive_option
@json_option
def command(article: str, page: bool, archive: Path, as_json: bool) -> None:
    """Print one article and what is known of it.

    ARTICLE is its number, its key (baocantho:196670) or any of its addresses.

    Examples:

        baolangson show 12

        baolangson show https://baocantho.com.vn/…-a196670.html --json
    """
    from baolangson_crawler.storage import captures
    from baolangson_crawler.storage.opening import explained, open_reading
    from baolangson_crawler.storage.reports import article_record, find_article

    db = open_reading(archive)
    with explained(archive):
        number = find_article(db, article)
        record = article_record(db, number)
        if page:
            row = db.conn.execute(
                "SELECT capture_id FROM version JOIN fetch ON fetch.id = fetch_id "
                "WHERE version.id = ?",
                (record["version_id"],),
            ).fetchone()
            sys.stdout.buffer.write(captures.load(db.conn, row[0]))
            return
    if as_json:
        print_json(record)
    else:
        _print(record)


def _print(record: dict[str, Any]) -> None:
    from rich.text import Text

    out = console(highlight=False)
    out.print(Text(record["section"] or "", style="dim"))
    out.print(Text(record["title"], style="bold"))
    printed = f"  ({record['published_raw']})" if record["published_raw"] else ""
    out.print(Text(f"{record['published_at'] or 'no date'}{printed}"))
    if record["lead"] and not record["lead_in_body"]:
        out.print()
        out.print(Text(record["lead"], style="italic"))
    pictures = {image["position"]: image for image in record["images"]}
    for number, block in enumerate(record["body"]):
        if (image := pictures.get(number)) and image["caption"]:
            out.print()
            out.print(Text(f"    ▣ {image['caption']}", style="dim"))
        out.print()
        out.print(Text(block["text"], style="bold" if block["kind"] == "subhead" else ""))
    out.print()
    for label, value in _facts(record):
        out.print(Text(f"{label:>10}  {value}", style="dim"))


def _facts(record: dict[str, Any]) -> list[tuple[str, str]]:
    facts = [
        ("byline", record["byline"]),
        ("credit", record["credit"]),
        ("tags", ", ".join(record["tags"])),
        ("paper", f"{record['paper_name']} ({record['key']})"),
        ("address", record["url"]),
        ("also at", ", ".join(a["url"] for a in record["aliases"] if a["url"] != record["url"])),
        ("seen", f"{record['first_seen_at']} … {record['last_seen_at']}"),
        ("versions", str(len(record["versions"]))),
        ("read by", record["layout"]),
        ("date by", record["published_method"]),
    ]
    return [(label, value) for label, value in facts if value]
