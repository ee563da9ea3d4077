"""Logs: no secret in them, one line an event, files that rotate, no failure that ends a crawl."""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import run_command
from hypothesis import given
from hypothesis import strategies as st

from baolangson_crawler import cli, logs
from baolangson_crawler.demo import PAPERS, SITES, DemoServer
from baolangson_crawler.exceptions import CrawlerError
from baolangson_crawler.logs import EventFormatter, RotatingLog
from baolangson_crawler.masking import MASK, WEBHOOK, mask, one_line

SECRET = "s3cr3t-Pa$$w0rd"
BASIC = b64encode(f"press:{SECRET}".encode()).decode()


@pytest.fixture(autouse=True)
def _loggers_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.handlers[:] = before
    root.setLevel(level)


# --- masking ---


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"GET http://press:{SECRET}@proxy.example:3128/x", f"GET http://{MASK}@proxy.example:3128/x"),
        ("socks5://tóken@proxy.example", f"socks5://{MASK}@proxy.example"),
        ("http://a:b@c@paper.example/", f"http://{MASK}@paper.example/"),
        (f"http://paper.example/?id=7&token={SECRET}&p=2", f"http://paper.example/?id=7&token={MASK}&p=2"),
        (f"/f?access_token={SECRET}", f"/f?access_token={MASK}"),
        (f"/f?X-Amz-Signature={SECRET}&a=1", f"/f?X-Amz-Signature={MASK}&a=1"),
        (f"/f?key={SECRET}", f"/f?key={MASK}"),
        (f"/f?sig={SECRET}#top", f"/f?sig={MASK}"),
        (f"/f;API_KEY={SECRET}", f"/f;API_KEY={MASK}"),
        (f"/to?url=http%3A%2F%2Fx%3Ftoken%3D{SECRET}", f"/to?url=http%3A%2F%2Fx%3Ftoken%3D{MASK}"),
        (f"user=x&password={SECRET}", f"user=x&password={MASK}"),
        (f'{{"secret": "{SECRET} with spaces", "n": 1}}', f'{{"secret": {MASK}, "n": 1}}'),
        (f"Password: {SECRET}", f"Password: {MASK}"),
        (f"Authorization: Bearer {SECRET}", f"Authorization: {MASK}"),
        (f"proxy-authorization:Basic {BASIC}\r\nHost: x", f"proxy-authorization:{MASK}\r\nHost: x"),
        (f"Cookie: a=1; sid={SECRET}\r\n and={SECRET}\r\nHost: x", f"Cookie: {MASK}\r\nHost: x"),
        (f"Set-Cookie: a={SECRET}; Path=/", f"Set-Cookie: {MASK}"),
        (f"{{b'Cookie': [b'a={SECRET}'], b'X': [b'y']}}", f"{{b'Cookie': {MASK}, b'X': [b'y']}}"),
        (f"{{b'Set-Cookie': [b'a=]{SECRET}', b'b=1'], 1: 1}}", f"{{b'Set-Cookie': {MASK}, 1: 1}}"),
        (f"Set-Cookie: [b'a=]{SECRET}", f"Set-Cookie: {MASK}"),
        (f"/f?PHPSESSID={SECRET}", f"/f?PHPSESSID={MASK}"),
        (f"/f?code={SECRET}&state=1", f"/f?code={MASK}&state=1"),
        (f"/f?a=1&tok={SECRET}", f"/f?a=1&tok={MASK}"),
        (f"('Authorization', 'Basic {BASIC}')", f"('Authorization', {MASK})"),
        (f"https://hooks.chat.example/services/T0/{SECRET}", f"https://hooks.chat.example/{MASK}"),
        (f"https://chat.example/api/webhooks/1/{SECRET}", f"https://chat.example/api/webhooks/{MASK}"),
    ],
)  # fmt: skip
def test_secrets_are_masked_wherever_they_stand(text: str, masked: str) -> None:
    assert mask(text, {}) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Crawled (200) <GET http://baocantho.com.vn/thoi-su/khoa-hoc-a196670.html> (referer: None)",
        "http://paper.example/?keyword=token&page=2",
        "Write to archive@your-library.example",
        "the cookie, as they say, was off",
        "ended with exit code=2",
        "Công an làm rõ vụ đánh cắp mật khẩu: 3 người bị bắt",
        "",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert mask(text, {}) == text


@pytest.mark.parametrize(
    ("name", "value", "hidden"),
    [
        ("http_proxy", "http://press:p%40ss!word@proxy.example:3128", ("p%40ss!word", "p@ss!word")),
        ("HTTPS_PROXY", "press:sesame@proxy.example:3128", ("sesame",)),
        ("https_proxy", "http://press:ses/ame@proxy.example", ("ses/ame",)),
        (
            "all_proxy",
            f"http://press:{SECRET}@proxy.example",
            (SECRET, BASIC, f"press:{SECRET}"),
        ),
        (WEBHOOK, "https://chat.example/T0/sesame?x=open", ("/T0/sesame", "x=open")),
        ("http_proxy", "http://press:a%2fb%2Fc!x@proxy.example", ("a%2Fb%2fc!x", "a/b%2Fc%21x")),
        (
            WEBHOOK,
            "https://chat.example/b:sesame/send",
            ("/b%3Asesame/send", "/b%3asesame/send"),
        ),
        (WEBHOOK, "http://[broken/sesame", ("http://[broken/sesame",)),
    ],
)
def test_secrets_of_the_environment_are_known_by_their_value(
    name: str, value: str, hidden: tuple[str, ...]
) -> None:
    for secret in hidden:
        assert secret not in mask(f"refused: {secret} was wrong", {name: value})
    assert "proxy.example" in mask("cannot reach proxy.example", {name: value})


def test_a_password_of_three_letters_does_not_empty_the_log() -> None:
    environment = {"http_proxy": "http://u:vn@proxy.example"}
    assert mask("http://baolangson.vn/ tells", environment) == "http://baolangson.vn/ tells"
    assert ":vn@" not in mask(environment["http_proxy"], environment)


_around = st.text(max_size=80) | st.text("\"'[]{}\\:=,;&?/@ \n\ttokeniskcphu%3Db#", max_size=60)
_secret = st.text("abcdefXYZ0123456789-_.~+", min_size=8, max_size=40).map(lambda s: f"Q{s}q")


@given(_around, _secret, _around, st.sampled_from([
    " http://user:{}@host.example/", " //{}@host", "?token={}", "&access_token={}", " password={}",
    " X-Signature={}", "&key={}", " Authorization: Bearer {}", "\nCookie: a={}; b",
    "\n'Set-Cookie': ['a={}']", " https://hooks.chat.example/{}",
    " Proxy-Authorization: Basic {}\n",
]))  # fmt: skip
def test_no_planted_secret_is_left(before: str, secret: str, after: str, place: str) -> None:
    assert secret not in mask(before + place.format(secret) + after, {})


@given(st.text())
def test_masking_never_raises_and_escaping_leaves_one_line(text: str) -> None:
    line = one_line(mask(text, {"http_proxy": text, WEBHOOK: text}))
    assert len(line.splitlines()) <= 1
    line.encode()
    assert line.isascii() or not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", line)


@pytest.mark.parametrize(
    "hostile",
    [
        "hook" * 200_000, "//" * 400_000, "//" + "a" * 800_000, "cookie:[" * 100_000,
        "token='" * 100_001, "token" * 150_000, 'token="\\"' * 100_000, "a@" * 400_000,
        "cookie" + " " * 800_000, "//" + "hook" * 200_000, "//a" * 300_000, "cookie:\r\n " * 90_000,
    ],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_masking_takes_time_in_proportion_to_the_text(hostile: str) -> None:
    started = time.perf_counter()
    mask(hostile, {})
    assert time.perf_counter() - started < 5


# --- events ---


def record(message: object, *arguments: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("paper", logging.ERROR, __file__, 1, message, arguments, None)
    made.__dict__.update(extra)
    return made


def test_an_event_is_one_line_with_the_time_in_utc() -> None:
    line = EventFormatter().format(record("Hỏng: %s", "x", created=1795407420.25, msecs=250.0))
    assert line == "2026-11-23T04:17:00.250Z ERROR paper: Hỏng: x"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("http://x/\r\n2026-11-23T04:17:00.000Z INFO paper: forged", r"http://x/\r\n2026"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\u2028b\x85c", r"a\u2028b\x85c"),
        ("\u202egpj.exe", r"\u202egpj.exe"),
        ("\ud800", r"\ud800"),
        ("\0", r"\x00"),
    ],
)
def test_text_from_the_web_forges_no_line(text: str, written: str) -> None:
    line = EventFormatter().format(record("Crawled %s", text))
    assert written in line
    assert len(line.splitlines()) == 1


def test_tracebacks_are_masked_and_on_one_line() -> None:
    try:
        raise ValueError(f"http://press:{SECRET}@proxy.example\nCookie: a={SECRET}")
    except ValueError:
        made = record("Failed", exc_info=sys.exc_info())
    line = EventFormatter().format(made)
    assert "Traceback" in line
    assert "ValueError" in line
    assert SECRET not in line
    assert len(line.splitlines()) == 1


class _Unprintable:
    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __str__


@pytest.mark.parametrize(
    "made",
    [record("%d", f"token={SECRET}"), record("%s %s", "a"), record("%s", _Unprintable())],
    ids=["wrong type", "too few", "unprintable"],
)
def test_an_event_that_cannot_be_formatted_is_logged_all_the_same(made: logging.LogRecord) -> None:
    line = EventFormatter().format(made)
    assert line.split(" ", 1)[1].startswith("ERROR paper: ")
    assert SECRET not in line


def test_an_endless_address_is_cut() -> None:
    line = EventFormatter().format(record("Crawled http://x/%s", "a" * 10**6))
    assert len(line) < 21_000
    assert line.endswith("more characters]")


def test_both_outputs_are_masked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(tmp_path / "crawl.log")
    logging.getLogger("paper").error("http://press:%s@proxy.example", SECRET)
    logging.getLogger("paper").info("Đã mở")
    logging.getLogger("paper").debug("not told")
    error = capsys.readouterr().err
    text = (tmp_path / "crawl.log").read_text(encoding="utf-8")
    assert (error.count("\n"), text.count("\n")) == (1, 2)
    assert "Đã mở" in text
    assert SECRET not in error + text


def test_debug_goes_to_both_where_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(tmp_path / "crawl.log", verbose=True)
    logging.getLogger("paper").debug("details")
    assert "DEBUG paper: details" in capsys.readouterr().err
    assert "DEBUG paper: details" in (tmp_path / "crawl.log").read_text(encoding="utf-8")


# --- files ---


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Callable[..., RotatingLog]]:
    made: list[RotatingLog] = []

    def make(path: Path = tmp_path / "crawl.log", **sizes: int) -> RotatingLog:
        made.append(RotatingLog(path, **sizes))
        made[-1].setFormatter(logging.Formatter("%(message)s"))
        return made[-1]

    yield make
    for handler in made:
        handler.close()


def test_a_folder_that_is_not_there_is_made(
    tmp_path: Path, log: Callable[..., RotatingLog]
) -> None:
    log(tmp_path / "nhật ký" / "2026" / "crawl.log").emit(record("xin chào"))
    assert (tmp_path / "nhật ký/2026/crawl.log").read_text(encoding="utf-8") == "xin chào\n"


def test_a_log_rotates_at_its_size_and_keeps_five(
    tmp_path: Path, log: Callable[..., RotatingLog]
) -> None:
    handler = log(largest=100)
    for number in range(100):
        handler.emit(record(f"{number:019}"))
    names = ["crawl.log", *(f"crawl.log.{n}" for n in range(1, 6))]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    kept = [int(n) for name in reversed(names) for n in (tmp_path / name).read_text().split()]
    assert kept == list(range(70, 100))


def test_the_size_of_a_log_is_ten_mebibytes() -> None:
    handler = RotatingLog(Path(os.devnull))
    handler.close()
    assert (handler.largest, handler.kept) == (10 * 2**20, 5)


def test_one_event_that_is_larger_than_the_log_is_kept(
    tmp_path: Path, log: Callable[..., RotatingLog]
) -> None:
    handler = log(largest=10)
    for text in ("a" * 50, "b" * 50):
        handler.emit(record(text))
    assert (tmp_path / "crawl.log.1").read_text() == "a" * 50 + "\n"
    assert (tmp_path / "crawl.log").read_text() == "b" * 50 + "\n"


_WRITER = """
import logging, sys
from pathlib import Path
from baolangson_crawler.logs import RotatingLog
handler = RotatingLog(Path(sys.argv[1]), largest=2000, kept=50)
for number in range(1500):
    handler.emit(logging.makeLogRecord({"msg": f"{sys.argv[2]} {number}"}))
"""


def test_processes_that_write_at_once_lose_no_line(tmp_path: Path) -> None:
    file = tmp_path / "crawl.log"
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(file), name], stderr=subprocess.PIPE)
        for name in "abc"
    ]
    assert [writer.communicate(timeout=60)[1] for writer in writers] == [b""] * 3
    lines = [line for path in tmp_path.iterdir() for line in path.read_text().splitlines()]
    assert len(list(tmp_path.iterdir())) > 3
    assert sorted(lines) == sorted(f"{name} {n}" for name in "abc" for n in range(1500))


def test_a_log_that_somebody_moved_away_is_begun_anew(
    tmp_path: Path, log: Callable[..., RotatingLog]
) -> None:
    handler = log()
    handler.emit(record("one"))
    (tmp_path / "crawl.log").rename(tmp_path / "old.log")
    handler.emit(record("two"))
    assert (tmp_path / "old.log").read_text() == "one\n"
    assert (tmp_path / "crawl.log").read_text() == "two\n"


def test_a_full_disk_is_said_once(
    log: Callable[..., RotatingLog], capsys: pytest.CaptureFixture[str]
) -> None:
    handler = log(Path("/dev/full"))
    for _ in range(3):
        handler.emit(record("nobody reads this"))
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "No space left" in error
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize("what", ["folder", "file as folder", "pipe without reader"])
def test_a_log_that_cannot_be_opened_is_said_once(
    what: str,
    tmp_path: Path,
    log: Callable[..., RotatingLog],
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "x"
    if what == "folder":
        path.mkdir()
    elif what == "file as folder":
        path.write_text("")
        path /= "crawl.log"
    else:
        os.mkfifo(path)
    handler = log(path)
    for _ in range(3):
        handler.emit(record("nobody reads this"))
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert str(path) in error


_LIMITED = """
import logging, resource, sys
from pathlib import Path
from baolangson_crawler.logs import RotatingLog
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
handler = RotatingLog(Path(sys.argv[1]))
for number in range(30):
    handler.emit(logging.makeLogRecord({"msg": f"{number:048}."}))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
handler.emit(logging.makeLogRecord({"msg": "room again"}))
"""


def test_a_log_at_its_limit_is_said_once_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    file = tmp_path / "crawl.log"
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(file)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "the work goes on without it" in done.stderr
    lines = file.read_text().splitlines()
    assert lines[0] == f"{0:048}."
    assert lines[-1] == "room again"
    assert len(lines) == 21


def test_a_crawl_goes_on_without_its_log(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("no folder")
    paper = PAPERS[0]
    with DemoServer([paper]) as server:
        done = run_command(
            *("crawl", paper.key, "--site", str(SITES / f"{paper.key}.py"), "--delay", "0"),
            *("--archive", str(tmp_path / "a.db"), "--log", str(tmp_path / "logs" / "crawl.log")),
            env={"http_proxy": server.proxy_url},
        )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("the log") == 1
    assert "new articles" in done.stdout


# --- what the command prints ---


@pytest.mark.parametrize(
    "error",
    [CrawlerError(f"no answer of http://u:{SECRET}@h"), OSError(5, "bad", f"/x?token={SECRET}")],
    ids=["ours", "of the system"],
)
def test_errors_are_printed_without_secrets(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(cli.cli, "main", fail)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with pytest.raises(SystemExit):
        cli.main([])
    printed = sys.stderr.getvalue() + capsys.readouterr().err  # type: ignore[attr-defined]
    assert MASK in printed
    assert SECRET not in printed


def test_a_wrong_option_is_told_without_its_secret() -> None:
    done = run_command("crawl", f"--pasword={SECRET}", f"--token={SECRET}")
    assert done.returncode == 1
    assert SECRET not in done.stderr


def test_an_error_that_nobody_expected_is_shown_without_secrets() -> None:
    code = (
        "import sys, baolangson_crawler.cli as c\n"
        f"def fail(*a, **k): raise RuntimeError('http://u:' + {SECRET[::-1]!r}[::-1] + '@h')\n"
        "c.cli.main = fail\nc.main([])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "RuntimeError: http://***@h" in done.stderr
