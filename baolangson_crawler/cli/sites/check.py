"""``baolangson sites check``."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click

from baolangson_crawler.cli.options import console, json_option, print_json, site_files_option

if TYPE_CHECKING:
    from baolangson_crawler.cli.sites.page import Page
    from baolangson_crawler.cli.sites.report import Report

_PAGES = "tests/pages"
_READ_AGAINST = """\
Now open the page in a browser and read the answer against it, because it says what was read and \
not what is right:
  title, section, lead, first and last paragraph; no caption, byline, credit or headline of \
another article in the body; every caption with its picture; byline, credit, tags; day and hour.
Correct the answer where it is wrong. Then run: pytest tests/test_pages.py"""


@click.command("check")
@click.argument("target", metavar="URL|SITE|FILE")
@click.option("--url", metavar="URL", help="Address of the page in FILE.")
@click.option(
    "--save",
    is_flag=False,
    flag_value=_PAGES,
    metavar="[FOLDER]",
    help="Store the page and what was read of it as a test, by default in tests/pages.",
)
@site_files_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    target: str,
    url: str | None,
    save: str | None,
    site_files: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Read one page of a paper and show each field, and what gave it.

    The page is a URL, a saved FILE, or the first article that the sources of a SITE list. It is
    fetched as a crawl would: robots.txt is obeyed, nothing is archived.

    Exit codes: 0 read, 1 usage, 2 nothing fetched, 6 no layout of the site reads it, it is
    refused, or it differs from the answer that is stored beside FILE.

    Examples:

        baolangson sites check baocantho

        baolangson sites check https://baocantho.com.vn/…-a196670.html --save

        baolangson sites check page.html --url https://baocantho.com.vn/…-a196670.html
    """
    from baolangson_crawler.cli.sites.fetching import NotFetched
    from baolangson_crawler.cli.sites.page import page_of
    from baolangson_crawler.cli.sites.report import report
    from baolangson_crawler.sites import load_sites

    log_errors()
    folder = _folder(save)
    try:
        page = page_of(load_sites((*of_parent(ctx), *site_files)), target, url)
    except NotFetched as error:
        if not as_json:
            raise
        asked = [{"url": visit.url, "failure": visit.failure} for visit in error.visits]
        print_json({"exit_code": error.exit_code, "failure": str(error), "asked": asked})
        return error.exit_code
    found = report(page.site, page.response, page.fetched_at, page.asked)
    return _tell(page, found, _saved(page, found, folder), as_json=as_json)


def log_errors() -> None:
    """Errors to standard error, whatever Scrapy sets later; a layout's are in the report."""
    from baolangson_crawler.spiders import reading

    handler = logging.StreamHandler()
    handler.setLevel(logging.ERROR)
    handler.addFilter(lambda record: record.name != reading.__name__)
    logging.basicConfig(handlers=[handler], format="%(message)s")


def of_parent(ctx: click.Context) -> tuple[Path, ...]:
    """The site files named before the subcommand: ``baolangson sites --site FILE check …``."""
    files: tuple[Path, ...] = ctx.parent.params.get("site_files", ()) if ctx.parent else ()
    return files


def _folder(save: str | None) -> Path | None:
    if save == _PAGES and not Path(_PAGES).parent.is_dir():
        raise click.UsageError("There is no tests/pages here; give the folder: --save FOLDER.")
    return Path(save) if save else None


def _saved(page: Page, found: Report, folder: Path | None) -> Path | None:
    from baolangson_crawler.answers import Answer
    from baolangson_crawler.stored_pages import save

    if folder is None:
        return None
    answer = Answer(
        url=found.url,
        asked_url=page.asked_url,
        fetched_at=page.fetched_at,
        expected=found.read,
    )
    return save(folder, site=page.site.key, answer=answer, html=page.response.body).path


def _tell(page: Page, found: Report, saved: Path | None, *, as_json: bool) -> int:
    from baolangson_crawler.cli.sites import printing
    from baolangson_crawler.judging import LAYOUT_UNKNOWN
    from baolangson_crawler.stored_pages import compare

    differences = compare(page.stored.expected, found.read) if page.stored else []
    well = not differences if page.stored else found.recognised
    code = 0 if well else LAYOUT_UNKNOWN
    if as_json:
        told = {"exit_code": code, **printing.as_json(found)}
        print_json({**told, "differences": differences, "saved": saved})
        return code
    printing.print_report(found, console(highlight=False))
    for difference in differences:
        click.echo(f"The stored answer says otherwise. {difference}")
    if saved:
        click.echo(f"Stored: {saved} and {saved.with_suffix('.json').name}\n{_READ_AGAINST}")
    return code
