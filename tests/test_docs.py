"""The documents say what is so: links lead somewhere, examples parse, nothing is left out."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import dropwhile
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest

from baolangson_crawler import judging
from baolangson_crawler.cli import cli
from baolangson_crawler.demo import DANG_KHOI, DONG_XANH, DemoPaper, expected_article, story
from baolangson_crawler.demo.routes import answer
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.sites import load_sites

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "baolangson_crawler"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("archive/*.md")])
READMES = (ROOT / "README.md", ROOT / "README.vi.md")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
_INLINE = re.compile(r"`([^`\n]+)`")
_SEPARATORS = {"|", ">", ">>", "<", "&&", "||", ";", "2>&1"}
_ASSIGNMENT = re.compile(r"\w+=")

each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def commands() -> dict[str, click.Command]:
    """Every command by what is typed for it: ``export csv``."""
    found: dict[str, click.Command] = {}
    context = click.Context(cli)

    def visit(group: click.Group, before: str) -> None:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            if isinstance(command, click.Group):
                visit(command, f"{before}{name} ")
            else:
                found[before + name] = command

    visit(cli, "")
    return found


def fenced(document: Path, language: str) -> list[str]:
    text = document.read_text(encoding="utf-8")
    return [block for name, block in _FENCE.findall(text) if name == language]


def shell_lines(document: Path) -> Iterator[str]:
    for block in [*fenced(document, "sh"), *fenced(document, "crontab")]:
        yield from block.replace("\\\n", " ").splitlines()
    for block in fenced(document, ""):
        yield from (line for line in block.splitlines() if line.startswith("baolangson "))


def invocations(line: str) -> Iterator[list[str]]:
    """The arguments of every ``baolangson …`` that a line of shell runs."""
    words: list[str] = []
    for word in [*shlex.split(line, comments=True), ";"]:
        if word not in _SEPARATORS:
            words.append(word)
            continue
        run = list(dropwhile(_ASSIGNMENT.match, words))
        if run and Path(run[0]).name == "baolangson":
            yield run[1:]
        words = []


def parse(arguments: list[str]) -> None:
    """Parse as the command does, without running it.

    Raises:
        click.UsageError: the command would refuse the arguments.
    """
    command: click.Command = cli
    rest, context = list(arguments), click.Context(cli)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        found = command.get_command(context, name)
        if found is None:
            raise click.UsageError(f"No such command {name!r}.")
        command = found
    with suppress(click.exceptions.Exit), command.make_context(command.name, rest):
        pass  # Exit: --help and --version end here


def examples() -> list[tuple[str, list[str]]]:
    found = [
        (f"{document.relative_to(ROOT)}: {line.strip()}", arguments)
        for document in DOCUMENTS
        for line in shell_lines(document)
        for arguments in invocations(line)
    ]
    found += [
        (f"baolangson {name} --help: {line.strip()}", arguments)
        for name, command in commands().items()
        for line in (command.help or "").splitlines()
        if line.strip().startswith("baolangson ")
        for arguments in invocations(line)
    ]
    return found


EXAMPLES = examples()


@pytest.mark.parametrize("arguments", [a for _, a in EXAMPLES], ids=[name for name, _ in EXAMPLES])
def test_every_example_parses(arguments: list[str]) -> None:
    parse(arguments)


def test_examples_are_found_and_a_wrong_one_is_told() -> None:
    assert len(EXAMPLES) > 40
    for wrong in ("serch lang son", "search", "search lang --papre x", "status 1"):
        with pytest.raises(click.UsageError):
            parse(shlex.split(wrong))


@each_document
def test_commands_named_in_the_text_exist(document: Path) -> None:
    groups = {name.split()[0] for name in commands()}
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    for code in _INLINE.findall(text):
        words = code.split()
        if words[0] == "baolangson" and len(words) > 1 and not words[1].startswith("-"):
            assert words[1] in groups | {"…"}, code


def test_every_command_is_named() -> None:
    text = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    assert [name for name in commands() if f"baolangson {name}" not in text] == []


@each_document
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    targets = [urlsplit(link) for link in _LINK.findall(text)]
    paths = [target.path for target in targets if not target.scheme and target.path]
    assert [path for path in paths if not (document.parent / path).exists()] == []


def test_every_document_is_in_the_index() -> None:
    for index in (ROOT / "docs" / "README.md", ROOT / "docs" / "choices" / "README.md"):
        linked = {
            (index.parent / link.split("#")[0]).resolve()
            for link in _LINK.findall(index.read_text(encoding="utf-8"))
        }
        beside = {path.resolve() for path in index.parent.glob("*.md")} - {index.resolve()}
        assert beside <= linked


def test_both_readmes_have_the_same_commands() -> None:
    english, vietnamese = (
        [shlex.split(line, comments=True) for line in shell_lines(readme)] for readme in READMES
    )
    assert english == vietnamese
    assert len(english) > 20


def test_both_readmes_have_the_same_links() -> None:
    english, vietnamese = (
        [link for link in _LINK.findall(readme.read_text(encoding="utf-8")) if "README" not in link]
        for readme in READMES
    )
    assert english == vietnamese


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_says_how_many_papers_are_known_how_far(readme: Path) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \|", readme.read_text("utf-8"), re.M)
    known = Counter(site.verified for site in load_sites(environment=False))
    assert {word: int(count) for word, count in rows} == known


def test_the_exit_codes_are_those_of_the_program() -> None:
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    section = text.split("## Exit codes")[1].split("\n## ")[0]
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)}
    own = {judging.NOTHING_FETCHED, judging.LAYOUT_UNKNOWN, judging.INTERRUPTED}
    assert told == {0} | own | {error.exit_code for error in errors(CrawlerError)}


def errors(base: type[CrawlerError]) -> Iterator[type[CrawlerError]]:
    yield base
    for child in base.__subclasses__():
        yield from errors(child)


def test_every_environment_variable_is_described() -> None:
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    read = {
        name
        for file in PACKAGE.rglob("*.py")
        for name in re.findall(r"\bBAOLANGSON_[A-Z]+\b", file.read_text(encoding="utf-8"))
    }
    assert read
    assert sorted(name for name in read if f"`{name}`" not in text) == []


def test_the_make_targets_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        named = set(re.findall(r"^make ([a-z]+)", "\n".join(shell_lines(document)), re.MULTILINE))
        named |= set(re.findall(r"`make ([a-z]+)`", text))
        for target in named:
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{document}: make {target}"


@pytest.mark.parametrize(
    ("number", "paper"), [(0, DONG_XANH), (1, DANG_KHOI)], ids=["family", "own design"]
)
def test_the_example_sites_read_their_papers(number: int, paper: DemoPaper, tmp_path: Path) -> None:
    file = tmp_path / "example.py"
    blocks = fenced(ROOT / "docs" / "adding-a-site.md", "python")
    file.write_text(blocks[number], encoding="utf-8")
    (site,) = load_sites([file], builtin=False, environment=False)
    wanted = expected_article(paper, story(paper, 1))

    page = answer(paper, urlsplit(wanted.url).path)
    article = site.extract(page.body.decode(), wanted.url)

    assert article.title == wanted.title
    assert [block.kind for block in article.body] == [block.kind for block in wanted.body]
    assert article.key == f"{site.key}:{wanted.article_id}"
    assert all(source.url.startswith(paper.home) for source in site.sources)
