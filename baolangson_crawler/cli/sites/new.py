"""``baolangson sites new``."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from baolangson_crawler.cli.options import console, site_files_option
from baolangson_crawler.exceptions import PageRefused, SiteFileError, UnknownSite

if TYPE_CHECKING:
    from baolangson_crawler.cli.sites.draft import Score
    from baolangson_crawler.extraction.document import Document
    from baolangson_crawler.extraction.page import ArticlePage
    from baolangson_crawler.sites import Register, Site

_UNKNOWN = "chưa rõ"
_FOLDER = Path("papers")
_SHOWN = 6  # layouts in the table of scores


@click.command("new")
@click.argument("key")
@click.option("--domain", required=True, help="Host of the paper, without www.")
@click.option("--name", help="Name of the paper in Vietnamese.")
@click.option("--province", default=_UNKNOWN, help="Province since 1 July 2025.")
@click.option("--former-province", help="Province before, where it was another one.")
@click.option("--family", help="Layout that reads its pages, where no page is given.")
@click.option("--article-url", metavar="REGEX", help="Form of the addresses of its articles.")
@click.option("--from", "target", metavar="URL|FILE", help="One article page of the paper.")
@click.option("--url", metavar="URL", help="Address of the page in FILE.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the file is written; by default the first folder of BAOLANGSON_SITES, else papers.",
)
@site_files_option
@click.pass_context
def command(
    ctx: click.Context,
    key: str,
    domain: str,
    name: str | None,
    province: str,
    former_province: str | None,
    family: str | None,
    article_url: str | None,
    target: str | None,
    url: str | None,
    folder: Path | None,
    site_files: tuple[Path, ...],
) -> None:
    """Write the site file of a paper.

    With an article page of the paper, every family of layouts is tried on it, and the form of the
    article addresses is guessed from its address. Nothing is ever overwritten.

    Examples:

        baolangson sites new mypaper --domain mypaper.vn --from https://mypaper.vn/…-a123.html

        baolangson sites new mypaper --domain mypaper.vn --name "Báo Tôi" --family fck
    """
    from baolangson_crawler.cli.sites.check import log_errors, of_parent

    log_errors()
    if not (target or family):
        raise click.UsageError("Give an article page (--from URL) or the layout (--family).")
    folder = folder or _own_folder()
    file = folder / f"{key}.py"
    if file.exists():
        raise SiteFileError(f"{file} is there already; nothing is overwritten.")
    beside = (*of_parent(ctx), *site_files, *_sites_in(folder))
    register = _register(beside)
    site = _begun(register, key, domain, name, province, former_province)
    site, address = _described(site, register, target, url, family, article_url)
    _write(file, site, beside)
    _tell_next(file, site, address)


def _own_folder() -> Path:
    folders = [place for place in _known_places() if place.suffix != ".py"]
    return folders[0] if folders else _FOLDER


def _known_places() -> list[Path]:
    """The folders and files that ``BAOLANGSON_SITES`` names."""
    from baolangson_crawler.sites import ENVIRONMENT

    return [Path(place) for place in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if place]


def _sites_in(folder: Path) -> list[Path]:
    """The site files of a folder; other programs in it are not run."""
    files = sorted(folder.glob("*.py"))
    return [file for file in files if re.search(rb"^SITE\b", file.read_bytes(), re.MULTILINE)]


def _register(beside: Iterable[Path]) -> Register:
    """Every site that is known, beside which the new one must stand.

    A folder of ``BAOLANGSON_SITES`` need not be there yet.
    """
    from baolangson_crawler.sites import load_sites

    places = [place for place in _known_places() if place.suffix == ".py" or place.exists()]
    return load_sites((*places, *beside), environment=False)


def _begun(
    register: Register,
    key: str,
    domain: str,
    name: str | None,
    province: str,
    former_province: str | None,
) -> Site:
    """The facts that were given; every family's layouts until one is chosen.

    Raises:
        SiteFileError: another site has the key or the host, or one of them is faulty.
    """
    from baolangson_crawler.cli.sites.draft import family_pages
    from baolangson_crawler.sites import Listing, Site
    from baolangson_crawler.urls import bare_host

    domain = bare_host(domain)
    home = f"https://{domain}/"
    site = Site(
        key=key,
        name=name or key,
        province=province,
        former_province=former_province,
        domains=(domain,),
        sources=(Listing(home),),
        article_url=".",
        pages=tuple(family_pages()),
        verified="address",
    )
    if other := next((o for o in register if o.key == key), None) or register.for_url(home):
        raise SiteFileError(f"There is a site with this key or host: {other.key}, {other.file}.")
    return site


def _described(
    site: Site,
    register: Register,
    target: str | None,
    url: str | None,
    family: str | None,
    article_url: str | None,
) -> tuple[Site, str | None]:
    """The site with layouts, form of addresses and sources, and the address of the page."""
    from baolangson_crawler.cli.sites import draft

    document = _document(site, target, url) if target else None
    address = document.url if document else None
    best = _of_family(family) if family else _best(document)
    pattern = article_url or draft.article_pattern(address, best, register)
    if not pattern:
        raise click.UsageError("The form of its article addresses is not clear: --article-url.")
    pages = draft.pages_with(best, register)
    site = replace(site, pages=tuple(pages), article_url=pattern)
    if address and not site.is_article(address):
        raise SiteFileError(f"{address} is no article of {site.domains[0]} by {pattern!r}.")
    scheme = "http" if address and address.startswith("http:") else "https"
    declared = document.meta_text("og:site_name") if document else None
    if declared and site.name == site.key:
        site = replace(site, name=declared)
    listed = draft.sources(f"{scheme}://{site.domains[0]}/", site, document)
    return replace(site, sources=tuple(listed)), address


def _document(site: Site, target: str, url: str | None) -> Document:
    """The page that the paper is described by."""
    from baolangson_crawler import repair
    from baolangson_crawler.cli.sites.page import page_of
    from baolangson_crawler.extraction.document import Document
    from baolangson_crawler.sites import Register
    from baolangson_crawler.spiders.responses import decoded, is_html

    try:
        response = page_of(Register([site]), target, url).response
    except UnknownSite as error:
        raise SiteFileError(f"The page is none of {site.domains[0]}. Is --domain right?") from error
    if not is_html(response):
        raise PageRefused("not_html", f"{response.url} is no page.")
    return Document(repair.page(decoded(response)[0]).text, response.url)


def _of_family(family: str) -> type[ArticlePage]:
    from baolangson_crawler.cli.sites.draft import family_pages

    known = {page.layout: page for page in family_pages()}
    if family not in known:
        raise click.UsageError(f"No layout {family!r}. Known: {', '.join(sorted(known))}.")
    return known[family]


def _best(document: Document | None) -> type[ArticlePage]:
    """The page class that reads most of the page; else the generic reader, where it reads it."""
    from baolangson_crawler.cli.sites.draft import scores
    from baolangson_crawler.extraction.generic import GenericPage

    assert document is not None
    ranked = scores(document)
    _print_scores(ranked)
    if ranked and ranked[0].recognised:
        return ranked[0].page_class
    if GenericPage(document).recognises():
        click.echo("No family reads the page. The generic reader does, less exactly.")
        return GenericPage
    raise PageRefused(
        "layout_not_recognised",
        f"no family reads {document.url}. Write a page class: docs/adding-a-site.md.",
    )


def _print_scores(ranked: list[Score]) -> None:
    from rich.table import Table

    table = Table(title="Layouts tried on the page", title_justify="left")
    for heading in ("Layout", "Page class", "Reads it", "Paragraphs", "Finds"):
        table.add_column(heading, overflow="fold")
    for score in ranked[:_SHOWN]:
        page = score.page_class
        reads, fields = "yes" if score.recognised else "no", ", ".join(score.fields)
        table.add_row(page.layout, page.__name__, reads, str(score.paragraphs), fields)
    console().print(table)


def _write(file: Path, site: Site, beside: tuple[Path, ...]) -> None:
    """Load the text with the other sites, as a crawl will, and only then write the file.

    Raises:
        SiteFileError: it would not load, or would not say what was meant.
    """
    from baolangson_crawler.cli.sites.draft import site_text

    text = site_text(site)
    with TemporaryDirectory() as folder:
        trial = Path(folder) / file.name
        trial.write_text(text, encoding="utf-8")
        if _register((*beside, trial)).get(site.key) != site:
            raise SiteFileError(f"{file} would not hold what was given; write it by hand.")
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8") as new:
        new.write(text)


def _tell_next(file: Path, site: Site, address: str | None) -> None:
    at = "" if _is_known(file) else f" --site {shlex.quote(str(file))}"
    click.echo(f"Written: {file}")
    if site.province == _UNKNOWN:
        click.echo("Fill in:  province (and former_province, where it was another one)")
    click.echo(f"Look at:  sources, article_url = {site.article_url}")
    click.echo(f"Check it: baolangson sites check {shlex.quote(address or site.key)}{at}")
    click.echo(f"Try it:   baolangson crawl {site.key} --max-pages 1 --archive try.db{at}")


def _is_known(file: Path) -> bool:
    """Whether ``BAOLANGSON_SITES`` names the folder, so that no command needs ``--site``."""
    return file.parent.resolve() in {place.resolve() for place in _known_places()}
