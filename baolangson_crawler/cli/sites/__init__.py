"""``baolangson sites``: the list of papers, and the commands that work on one of them."""

from __future__ import annotations

from pathlib import Path

import click

from baolangson_crawler.cli.options import console, json_option, print_json, site_files_option
from baolangson_crawler.cli.sites import check, new, sources


@click.group("sites", invoke_without_command=True)
@site_files_option
@json_option
@click.pass_context
def command(ctx: click.Context, site_files: tuple[Path, ...], as_json: bool) -> None:
    """List the papers that can be crawled, check one, describe a new one.

    Examples:

        baolangson sites --site my-papers/

        baolangson sites check baocantho

        baolangson sites new mypaper --domain mypaper.vn --from https://mypaper.vn/…-123.html
    """
    if ctx.invoked_subcommand is None:
        _list(site_files, as_json)


command.add_command(check.command)
command.add_command(new.command)
command.add_command(sources.command)


def _list(site_files: tuple[Path, ...], as_json: bool) -> None:
    from baolangson_crawler.sites import load_sites

    register = load_sites(site_files)
    if as_json:
        print_json(
            [
                {
                    "key": site.key,
                    "name": site.name,
                    "province": site.province,
                    "former_province": site.former_province,
                    "domains": [*site.domains, *site.former_domains],
                    "family": site.family,
                    "layouts": [page.layout for page in site.pages],
                    "status": site.status,
                    "merged_into": site.merged_into,
                    "verified": site.verified,
                    "sources": [source.url for source in site.asked],
                    "client_side": [source.url for source in site.client_side],
                    "sections": site.sections,
                    "article_url": site.article_url,
                    "notes": site.notes,
                    "file": site.file,
                }
                for site in register
            ]
        )
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{len(register)} papers")
    for heading in ("Key", "Paper", "Province", "Host", "Layout", "Status", "Known by"):
        table.add_column(heading, overflow="fold")
    for site in register:
        merged = f", now {site.merged_into}" if site.merged_into else ""
        host, status = site.domains[0], f"{site.status}{merged}"
        cells = (site.key, site.name, site.province, host, site.family, status, site.verified)
        table.add_row(*map(Text, cells))  # no markup: a name may hold brackets
    console().print(table)
    for site in register:
        for source in site.client_side:
            console().print(Text(f"{site.key}: {source}"))
