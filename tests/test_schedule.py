"""What cron and systemd are given, run as they run it; and what is told when a crawl fails."""

from __future__ import annotations

import datetime
import email
import email.policy
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import clean_environment, run_command

from baolangson_crawler.cli import cli, main
from baolangson_crawler.cli.notify import channels
from baolangson_crawler.cli.schedule.timetable import INTERVALS, timetable
from baolangson_crawler.demo import PAPERS, SITES, DemoServer
from baolangson_crawler.storage.opening import open_reading

ROOT = Path(__file__).parents[1]
ODD = "Báo chí 100% \"tốt\" $HOME 'x' `id`"
"""A folder whose name holds everything that somebody may have to quote."""

SECRET = "T0-B1-s3cr3t"
CONTACT = ("--contact", "Thư viện <press@library.example>")
DAEMON = ("--user", "daemon")


def shell(*lines: str) -> str:
    return "\n".join(["#!/bin/sh", *lines, ""])


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


class Webhook:
    """Takes what is posted to it; its answer is given as a status, or as bytes on the wire."""

    def __init__(self, status: int = 200, trickle: bool = False) -> None:
        self.taken: list[tuple[str, dict[str, Any]]] = []
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                webhook.taken.append((self.path, json.loads(body)))
                if trickle:
                    for _ in range(100):
                        self.wfile.write(b"H")
                        time.sleep(0.05)
                self.send_response(status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *arguments: None  # type: ignore[method-assign]
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hooks/{SECRET}"

    def __enter__(self) -> Webhook:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with Webhook() as running:
        yield running


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder for the PATH, with a sendmail that keeps what it is given."""
    folder = tmp_path / "bin"
    executable(
        folder / "sendmail",
        shell(f'echo "$@" >> {tmp_path}/recipients', f"cat > {tmp_path}/mail"),
    )
    return folder


def mail(tmp_path: Path) -> email.message.EmailMessage:
    data = (tmp_path / "mail").read_bytes()
    return email.message_from_bytes(data, policy=email.policy.default)  # type: ignore[return-value]


def printed(*arguments: str, environment: dict[str, str] | None = None) -> str:
    """What ``baolangson schedule`` prints."""
    unset = {name: None for name in os.environ if name not in clean_environment()}
    unset |= dict.fromkeys(("BAOLANGSON_STATE", "XDG_STATE_HOME"))
    done = CliRunner().invoke(
        cli, ["schedule", *arguments], env={**unset, **(environment or {})}, catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return done.stdout


Refused = Callable[..., str]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Refused:
    """What ``baolangson schedule`` says when it prints nothing."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    for name in set(os.environ) - set(clean_environment()):
        monkeypatch.delenv(name)

    def run(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["schedule", *arguments])
        output = capsys.readouterr()
        assert (ended.value.code, output.out) == (1, "")
        return output.err

    return run


# --- the timetable ---


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock shows UTC."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("every", "at", "cron", "calendar", "spread"),
    [
        ("1h", "0:17", "17 * * * *", "*-*-* *:17:00", 360),
        ("6h", "04:17", "17 4,10,16,22 * * *", "*-*-* 04,10,16,22:17:00", 2160),
        ("8h", "23:59", "59 7,15,23 * * *", "*-*-* 07,15,23:59:00", 2880),
        ("daily", "4:05", "5 4 * * *", "*-*-* 04:05:00", 3600),
    ],
)
def test_a_time_that_is_asked_for_is_kept(
    every: str, at: str, cron: str, calendar: str, spread: int
) -> None:
    made = timetable(every, at, "host", Path("/a.db"))
    assert (made.cron, made.systemd, made.spread) == (cron, calendar, spread)


def test_machines_and_archives_begin_at_different_minutes() -> None:
    drawn = [timetable("daily", None, f"host{n}", Path("/a.db")) for n in range(600)]
    assert drawn == [timetable("daily", None, f"host{n}", Path("/a.db")) for n in range(600)]
    assert {made.minute for made in drawn} == set(range(60))
    assert {made.hours for made in drawn} == {(1,), (2,), (3,), (4,)}
    full_hour = sum(made.minute == 0 for made in drawn)
    assert full_hour < 30
    assert timetable("daily", None, "host", Path("/b.db")) != timetable(
        "daily", None, "host", Path("/a.db")
    )
    weekdays = {timetable("weekly", None, f"host{n}", Path("/a.db")).weekday for n in range(99)}
    assert weekdays == set(range(1, 8))


@pytest.mark.parametrize("at", ["24:00", "4", "04:60", "4:5", "٤:١٧", "noon", "04:17:00"])
def test_what_is_no_time_of_day_is_refused(at: str, refused: Refused) -> None:
    assert "is no time of day" in refused("cron", "--all", *CONTACT, "--at", at)


# --- what is refused when the schedule is made, not in the night ---


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--all",), "Say who you are"),
        ((*CONTACT,), "Name the papers"),
        (("baocantho", "--all", *CONTACT), "Name the papers"),
        (("nope", *CONTACT), "No site named 'nope'"),
        (("--all", "--dealy", "4", *CONTACT), "--dealy"),
        (("--all", "--webhook", f"ftp://x/{SECRET}", *CONTACT), "no http or https address"),
        (("--all", "--webhook", f"http://x/ {SECRET}", *CONTACT), "no http or https address"),
        (("--all", "--webhook", f"http://[x/{SECRET}", *CONTACT), "no http or https address"),
        (("--all", "--mail", "-t", *CONTACT), "is no mail address"),
        (("--all", "--mail", "a@b c@d", *CONTACT), "is no mail address"),
        (("--all", "--user", "root; id", *CONTACT), "is no name of a user"),
        (("--all", "--archive", "a\nb.db", *CONTACT), "line break"),
        (("--all", "--contact", "x\nroot: y"), "line break"),
        (("--all", "--every", "5h", *CONTACT), "--every"),
        (("--all", "--dry-run", *CONTACT), "never fetch"),
        *(
            (("--all", option, value, *CONTACT), "is no number of seconds")
            for option in ("--delay", "--patience")
            for value in ("nan", "inf", "1e999")
        ),
        (("--all", "--delay", "-1", *CONTACT), "not in the range"),
        (("--all", "--max-time", f"{'9' * 400}d", *CONTACT), "is no length of time"),
        (
            ("--all", "--at", "12:00", "--quiet-hours", "00:00-23:59", *CONTACT),
            "would ever be fetched",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["cron", "systemd"])
def test_mistakes_are_told_at_once(
    kind: str, arguments: tuple[str, ...], said: str, refused: Refused
) -> None:
    told = refused(kind, *arguments)
    assert said in told
    assert SECRET not in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--archive", "/srv/" + "x" * 500 + "/a.db"), "longer than cron allows"),
        (("--archive", "/srv/a\\b/a.db"), "backslash"),
        (("--contact", '"it\'s me"'), "both kinds of quotes"),
    ],
)
def test_what_a_crontab_cannot_hold_is_refused(
    arguments: tuple[str, ...], said: str, refused: Refused
) -> None:
    assert said in refused("cron", "--all", *CONTACT, *arguments)


# --- cron ---


def cron_runs(crontab: str, user: str | None = None) -> tuple[str, dict[str, str]]:
    """The command and the environment that cron makes of its file (crontab(5))."""
    environment, commands = {}, []
    for line in crontab.splitlines():
        if found := re.fullmatch(r"(\w+)=([\"'])(.*)\2", line):
            environment[found[1]] = found[3]
        elif line and not line.startswith("#"):
            fields = line.split(" ", 6 if user else 5)
            assert user is None or fields[5] == user
            commands.append(fields[-1])
    (command,) = commands
    assert not re.search(r"(?<!\\)%", command), "cron takes it for the end of the command"
    return command.replace(r"\%", "%"), environment


def cron_starts(command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", command],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def cron_environment(tools: Path) -> dict[str, str]:
    """What cron gives a command, and where the tests' own copy of the program is."""
    return {"HOME": "/", "LOGNAME": "x", "PATH": f"{tools}:/usr/bin:/bin", "PYTHONPATH": str(ROOT)}


def program_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This program under a path of the test's own, and called from there."""
    script = executable(
        folder / "baolangson",
        shell(f'exec {shlex.quote(sys.executable)} -m baolangson_crawler "$@"'),
    )
    monkeypatch.setattr(sys, "argv", [str(script), "schedule"])
    return script


@pytest.mark.slow
def test_the_very_line_of_cron_crawls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tools: Path
) -> None:
    folder = tmp_path / ODD
    program_in(folder / "bin", monkeypatch)
    executable(tools / "sleep", shell(f'echo "$@" >> {tmp_path}/slept'))
    paper = replace(PAPERS[0], articles=20)
    with DemoServer([paper]) as server, Webhook() as webhook:
        text = printed(
            *("cron", paper.key, "--site", str(SITES / f"{paper.key}.py"), "--delay", "0"),
            *(*CONTACT, "--archive", str(folder / "articles.db"), "--webhook", webhook.url),
            environment={
                "http_proxy": server.proxy_url,
                "no_proxy": "127.0.0.1",
                "BAOLANGSON_STATE": str(tmp_path / "turns"),
            },
        )
        command, environment = cron_runs(text)
        assert environment["BAOLANGSON_CONTACT"] == CONTACT[1]
        environment |= cron_environment(tools)
        done = [cron_starts(command, environment) for _ in range(2)]
        assert server.requests[paper.host, "/robots.txt"] >= 1
        assert webhook.taken == []
        server.close()  # and now the paper is down
        done.append(cron_starts(command, environment))
        ((_, message),) = webhook.taken
        assert message["exit_code"] == 2
        assert paper.host in message["text"]
    assert [(run.returncode, run.stdout, run.stderr) for run in done] == [
        (0, "", ""), (0, "", ""), (2, "", ""),
    ]  # fmt: skip
    db = open_reading(folder / "articles.db")
    (articles,) = db.execute("SELECT count(*) FROM article").fetchone()
    db.close()
    assert articles == paper.articles
    assert (folder / "crawl.log").stat().st_size > 0
    assert SECRET not in (folder / "crawl.log").read_text(encoding="utf-8")
    slept = [int(line) for line in (tmp_path / "slept").read_text().split()]
    assert len(slept) == 3
    assert all(0 <= seconds < 3600 for seconds in slept)


def test_the_pause_before_a_start_is_random(tmp_path: Path, tools: Path) -> None:
    executable(tools / "sleep", shell(f'echo "$@" >> {tmp_path}/slept'))
    command, _ = cron_runs(printed("cron", "--all", *CONTACT))
    pause = command.split(";")[0]
    for _ in range(20):
        subprocess.run(["/bin/sh", "-c", pause], env=cron_environment(tools), check=True)
    slept = {int(line) for line in (tmp_path / "slept").read_text().split()}
    assert len(slept) > 10
    assert all(0 <= seconds < 3600 for seconds in slept)


def test_paths_are_absolute_and_options_of_the_crawl_are_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").mkdir()
    folders = f"{tmp_path / 'papers'}:papers"
    text = printed(
        *("cron", "baocantho", "--delay", "3", "baolaocai", "-v", *CONTACT),
        *("--archive", "x/a.db", "--log", "y.log", "--user", "press"),
        environment={"BAOLANGSON_SITES": folders},
    )
    command, environment = cron_runs(text, user="press")
    words = shlex.split(command.split("exec ")[1])
    assert words[words.index("crawl") :] == [
        *("crawl", "baocantho", "--delay", "3", "baolaocai", "-v"),
        *("--archive", str(Path("x/a.db").absolute()), "--log", str(Path("y.log").absolute())),
    ]
    assert Path(words[0]).is_absolute()
    assert environment["BAOLANGSON_SITES"] == f"{tmp_path / 'papers'}:{tmp_path / 'papers'}"
    assert "/etc/cron.d/" in text


@pytest.mark.parametrize(
    ("environment", "arguments", "kept"),
    [
        ({}, (), None),
        ({"BAOLANGSON_STATE": "/srv/turns"}, (), "/srv/turns"),
        ({"BAOLANGSON_STATE": "turns"}, (), str(Path("turns").absolute())),
        ({"BAOLANGSON_STATE": "/srv/turns"}, ("--user", "press"), "/srv/turns"),
        ({"XDG_STATE_HOME": "/home/me/s"}, (), "/home/me/s/baolangson_crawler"),
        ({"XDG_STATE_HOME": "/home/me/s"}, ("--user", "press"), None),
    ],
)
def test_cron_shares_the_pace_of_the_crawls_by_hand(
    environment: dict[str, str], arguments: tuple[str, ...], kept: str | None
) -> None:
    text = printed("cron", "--all", *CONTACT, *arguments, environment=environment)
    _, given = cron_runs(text, user="press" if arguments else None)
    assert given.get("BAOLANGSON_STATE") == kept


@pytest.mark.parametrize(
    ("environment", "kept"),
    [
        ({"HTTP_PROXY": "http://a", "NO_PROXY": "b.example"}, ("http://a", "b.example")),
        ({"http_proxy": "http://a", "HTTP_PROXY": "http://c"}, ("http://a", None)),
        ({"http_proxy": "", "HTTP_PROXY": "http://c"}, (None, None)),
    ],
)
def test_proxies_in_capitals_are_taken_over_as_the_crawl_takes_them(
    environment: dict[str, str], kept: tuple[str | None, str | None]
) -> None:
    _, given = cron_runs(printed("cron", "--all", *CONTACT, environment=environment))
    assert (given.get("http_proxy"), given.get("no_proxy")) == kept


@pytest.mark.parametrize(
    ("every", "at", "quiet", "within"),
    [
        ("daily", "00:30", (7, 9), True),  # 07:30 in Vietnam, 08:30 at the latest
        ("daily", "01:30", (7, 9), False),  # may begin at 09:30
        ("daily", "07:30", (7, 9), False),
        ("12h", "00:30", (7, 9), False),
        ("daily", "15:30", (22, 6), True),
        ("weekly", "16:59", (22, 6), True),
    ],
)
def test_starts_are_compared_with_quiet_hours_in_vietnam(
    every: str, at: str, quiet: tuple[int, int], within: bool, utc: None
) -> None:
    start, end = (datetime.time(hour) for hour in quiet)
    assert timetable(every, at, "host", Path("/a.db")).is_within((start, end)) == within


# --- systemd ---


@pytest.fixture
def systemd_analyze() -> str:
    found = shutil.which("systemd-analyze")
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "There is no systemd-analyze (package systemd)."
        )
    assert found is not None
    return found


def loaded(systemd_analyze: str, units: Path) -> dict[str, list[str]]:
    """What systemd makes of the units: the values by their names, as ``unit_dump`` shows them."""
    done = subprocess.run(
        [systemd_analyze, "verify", "--man=no", *map(str, sorted(units.glob("*.[st]*")))],
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "debug", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    names = "|".join(re.escape(path.name) for path in units.iterdir())
    complaints = [line for line in output.splitlines() if re.match(rf"\S*({names}):\d+:", line)]
    # a group of calls that systemd itself names may hold some that this libseccomp does not know
    assert [line for line in complaints if "parse system call, ignoring" not in line] == []
    values: dict[str, list[str]] = {}
    for line in output.splitlines():
        if found := re.match(r"\s+([A-Za-z ]+): (.*)", line):
            values.setdefault(found[1], []).append(found[2])
    return values


def shell_words(line: str) -> list[str]:
    """The words of a line as a shell reads it, which is how the dump writes commands."""
    script = f"printf '%s\\0' {line}"
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split("\0")[:-1]


def test_systemd_reads_the_units_as_they_are_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, systemd_analyze: str
) -> None:
    folder, units = tmp_path / f"{ODD} \\n", tmp_path / "units"
    program = program_in(tmp_path / "Báo 100% $HOME `id`", monkeypatch)
    printed(
        *("systemd", "--all", *CONTACT, "--mail", "root", "--at", "04:17", *DAEMON),
        *("--archive", str(folder / "a.db"), "--log", str(folder / "c.log")),
        *("--output", str(units)),
    )
    values = loaded(systemd_analyze, units)
    lines = [shell_words(line) for line in values["Command Line"]]
    assert [
        str(program), "crawl", "--all",
        "--archive", str(folder / "a.db"), "--log", str(folder / "c.log"),
    ] in lines  # fmt: skip
    assert [
        str(program), "notify", "--mail", "root",
        "--memory", str(folder / "a.db.told"), "--unit", "baolangson-crawl.service",
    ] in lines  # fmt: skip
    assert values["ReadWritePaths"] == [str(folder)]
    assert f"{folder} (origin-file)" in values["RequiresMountsFor"]
    assert "1073741824" in values["MemoryMax"]
    assert any(f"into {folder}/a.db (baolangson)" in text for text in values["Description"])


def test_a_program_that_systemd_would_not_start_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    program_in(tmp_path / "it's", monkeypatch)
    assert "quotes or a backslash" in refused("systemd", "--all", *CONTACT, *DAEMON)


def test_every_interval_is_a_calendar_of_systemd(systemd_analyze: str) -> None:
    starts = {"daily": 1, "weekly": 1 / 7}
    for every in INTERVALS:
        made = timetable(every, None, "host", Path("/a.db"))
        done = subprocess.run(
            [systemd_analyze, "calendar", "--iterations=15", made.systemd],
            env={**os.environ, "TZ": "UTC"},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        moments = re.findall(r"(\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d", done.stdout)
        per_day = starts.get(every, 24 / int(every.rstrip("h")) if every[0].isdigit() else 0)
        days = len(set(moments))
        assert abs(len(moments) / 15 - 1) <= 1, done.stdout
        assert days == pytest.approx(15 / max(per_day, 1), abs=2)
        assert f":{made.minute:02}:00" in done.stdout


def unit(text: str, key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)


def test_the_service_is_bounded_and_may_write_only_where_it_must(tmp_path: Path) -> None:
    text = printed(
        *("systemd", "--all", *CONTACT, *DAEMON),
        *("--archive", "/srv/press/a.db", "--log", "/var/log/b/c.log"),
    )
    service, timer, failed = re.split(r"^# /etc/systemd/system/\S+\n", text, flags=re.M)[1:4]
    assert unit(service, "ReadWritePaths") == ["/srv/press /var/log/b"]
    assert unit(service, "SuccessExitStatus") == ["5 11"]
    assert unit(service, "ProtectSystem") == ["strict"]
    assert unit(service, "NoNewPrivileges") == ["yes"]
    assert unit(service, "KillSignal") == ["SIGTERM"]
    assert unit(service, "OnFailure") == ["baolangson-crawl-failed.service"]
    assert int(unit(service, "TimeoutStopSec")[0]) > 60 + 30  # a request's deadline, and storing
    assert unit(timer, "Persistent") == ["true"]
    assert unit(timer, "RandomizedDelaySec") == ["3600"]
    assert unit(failed, "NoNewPrivileges") == []  # sendmail is set-group-ID
    # what lies under /tmp is not hidden from the service
    hidden = ROOT.is_relative_to("/tmp") or Path(sys.executable).is_relative_to("/tmp")
    assert unit(service, "PrivateTmp") == ([] if hidden else ["yes"])
    below_tmp = printed("systemd", "--all", *CONTACT, *DAEMON, "--archive", "/tmp/x/a.db")
    assert "PrivateTmp=yes" not in below_tmp


def test_units_share_one_folder_of_turns_that_systemd_makes(tmp_path: Path) -> None:
    archives = ("/srv/a/a.db", "/srv/b/b.db")
    texts = [printed("systemd", "--all", *CONTACT, *DAEMON, "--archive", path) for path in archives]
    for text in texts:
        assert unit(text, "StateDirectory") == ["baolangson_crawler"]
        assert unit(text, "BAOLANGSON_STATE") == ['"/var/lib/baolangson_crawler"']


def test_a_folder_of_turns_that_is_named_may_be_written_by_the_units(
    tmp_path: Path, systemd_analyze: str
) -> None:
    turns, units = tmp_path / ODD, tmp_path / "units"
    done = run_command(
        *("schedule", "systemd", "--all", *CONTACT, *DAEMON, "--output", str(units)),
        *("--archive", str(tmp_path / "a.db")),
        env={"BAOLANGSON_STATE": str(turns)},
    )
    assert done.stderr == f"Make the folder {turns} first: systemd does not begin without.\n"
    read = subprocess.run(
        ["/bin/sh", "-c", f'. {units}/baolangson-crawl.env; printf %s "$BAOLANGSON_STATE"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert read.stdout == str(turns)
    assert unit((units / "baolangson-crawl.service").read_text(), "StateDirectory") == []
    values = loaded(systemd_analyze, units)
    assert values["ReadWritePaths"] == [f"{tmp_path} {turns}"]
    assert f"{turns} (origin-file)" in values["RequiresMountsFor"]


def test_secrets_are_in_a_file_for_root_alone(tmp_path: Path) -> None:
    units = tmp_path / "units"
    units.mkdir()
    (units / "press.env").write_text("old")
    printed(
        *("systemd", "--all", "--contact", 'a "b" $c `d` \\e', "--name", "press", *DAEMON),
        *("--webhook", f"https://chat.example/{SECRET}", "--output", str(units)),
        environment={"https_proxy": "http://press:sesame@proxy.example"},
    )
    names = ["press-failed.service", "press.env", "press.service", "press.timer"]
    assert sorted(path.name for path in units.iterdir()) == names
    for path in units.iterdir():
        secret = path.name == "press.env"
        text = path.read_text(encoding="utf-8")
        assert path.stat().st_mode & 0o777 == (0o600 if secret else 0o644)
        assert (SECRET in text, "sesame" in text) == (secret, secret)
    read = subprocess.run(
        ["/bin/sh", "-c", f'. {units}/press.env; printf %s "$BAOLANGSON_CONTACT"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert read.stdout == 'a "b" $c `d` \\e'
    for name in ("press.service", "press-failed.service"):
        environment = unit((units / name).read_text(), "EnvironmentFile")
        assert environment == ["/etc/systemd/system/press.env"]


@pytest.mark.parametrize("name", ["../x", "a b", "a/b", "", "-x", "x%n"])
def test_a_name_that_is_none_of_a_unit_is_refused(name: str, refused: Refused) -> None:
    assert "--name" in refused("systemd", "--all", *CONTACT, "--name", name)


def test_units_run_as_you_but_never_as_root_unasked(
    monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "Name the user" in refused("systemd", "--all", *CONTACT)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    text = printed("systemd", "--all", *CONTACT, environment={"LOGNAME": "press"})
    assert unit(text, "User") == ["press", "press"]


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    archive = str(tmp_path / "missing" / "a.db")
    done = run_command("schedule", "systemd", "--all", *CONTACT, *DAEMON, "--archive", archive)
    assert done.returncode == 0
    assert f"Make the folder {tmp_path / 'missing'} first" in done.stderr


# --- telling ---


@pytest.fixture
def pretended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """``baolangson notify`` whose command is a script that the test writes."""
    script = tmp_path / "pretended" / "baolangson"

    def run(text: str, *options: str, tools: Path | None = None, **env: str) -> Any:
        executable(script, shell(text))
        path = f"{tools}:{os.environ['PATH']}" if tools else os.environ["PATH"]
        code = (
            f"import sys; sys.argv[0] = {str(script)!r}\n"
            "from baolangson_crawler.cli import main; main(sys.argv[1:])"
        )
        return subprocess.run(
            [sys.executable, "-c", code, "notify", *options, "crawl", "--all"],
            env={**clean_environment(), "PATH": path, **env},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 5, 6, 11, 70])
def test_the_exit_code_is_passed_on_and_told_if_it_matters(
    code: int, pretended: Callable[..., Any], webhook: Webhook
) -> None:
    done = pretended(
        f"echo 'baocantho: 3 found'; echo 'it is closed' >&2; exit {code}",
        BAOLANGSON_WEBHOOK=webhook.url,
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")
    if code in (0, 5, 11):
        assert webhook.taken == []
        return
    ((path, message),) = webhook.taken
    assert path == f"/hooks/{SECRET}"
    assert message["exit_code"] == code
    assert message["host"] == socket.gethostname()
    assert f"exit code {code}" in message["text"]
    assert "baolangson crawl --all" in message["text"]
    assert message["text"].endswith("baocantho: 3 found\nit is closed\n")


def test_a_mail_is_handed_to_sendmail(
    tmp_path: Path, tools: Path, pretended: Callable[..., Any]
) -> None:
    done = pretended("echo 'Báo Cần Thơ: đóng cửa'; exit 2", "--mail", "press@x.vn", tools=tools)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")
    assert (tmp_path / "recipients").read_text() == "-i press@x.vn\n"
    message = mail(tmp_path)
    assert message["To"] == "press@x.vn"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "exit code 2, nothing could be fetched" in message["Subject"]
    assert "Báo Cần Thơ: đóng cửa" in message.get_content()


def test_without_a_way_to_tell_the_output_is_left_to_cron(pretended: Callable[..., Any]) -> None:
    done = pretended("echo 'it is closed'; exit 2")
    assert (done.returncode, done.stdout) == (2, "")
    assert "it is closed" in done.stderr
    assert pretended("echo fine").stderr == ""


def test_only_the_last_lines_are_told_whatever_is_printed(
    pretended: Callable[..., Any], webhook: Webhook
) -> None:
    done = pretended(
        "head -c 3000000 /dev/zero | tr '\\0' x; seq 100000; printf 'a\\033[2Jb\\377'; exit 2",
        BAOLANGSON_WEBHOOK=webhook.url,
    )
    assert done.returncode == 2
    lines = webhook.taken[0][1]["text"].splitlines()
    assert lines[-2:] == ["100000", r"a\x1b[2Jb�"]
    assert len(lines) < 50


def test_what_is_wrong_with_a_paper_is_told_first_however_many_papers_there_are(
    pretended: Callable[..., Any], webhook: Webhook
) -> None:
    script = "for n in $(seq 34); do echo bao$n: 3 found, 0 stored; echo bao$n: It is down.; done; "
    pretended(script + "seq 60; exit 2", BAOLANGSON_WEBHOOK=webhook.url)
    lines = webhook.taken[0][1]["text"].split("\n\n")[-1].splitlines()
    assert lines[:34] == [f"bao{number}: It is down." for number in range(1, 35)]
    assert lines[34:] == [str(number) for number in range(21, 61)]


def test_no_secret_is_told_or_handed_down(
    tmp_path: Path, tools: Path, pretended: Callable[..., Any], webhook: Webhook
) -> None:
    pretended(
        'echo "http://press:sesame@proxy.example ?token=abcd [$BAOLANGSON_WEBHOOK]"; exit 2',
        *("--mail", "root"),
        tools=tools,
        BAOLANGSON_WEBHOOK=webhook.url,
    )
    for text in (webhook.taken[0][1]["text"], mail(tmp_path).get_content()):
        assert "http://***@proxy.example ?token=*** []" in text


class _Away:
    url = f"http://127.0.0.1:9/hooks/{SECRET}"  # the port "discard", where nobody listens


@pytest.mark.parametrize("how", ["refused", "500", "302", "trickles"])
def test_a_webhook_that_fails_changes_nothing_but_is_said(
    how: str, pretended: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "refused":
        done = pretended("echo closed; exit 6", "--webhook", _Away.url)
    elif how == "trickles":
        monkeypatch.setattr(channels, "POST_SECONDS", 1)
        with Webhook(trickle=True) as webhook:
            started = time.monotonic()
            assert channels.post(webhook.url, "x", 2) == (
                "The webhook was not told: no answer within 1 s."
            )
            assert time.monotonic() - started < 3
        return
    else:
        with Webhook(int(how)) as webhook:
            done = pretended("echo closed; exit 6", BAOLANGSON_WEBHOOK=webhook.url)
            assert len(webhook.taken) == 1  # a redirect is not followed
    assert done.returncode == 6
    assert "The webhook was not told" in done.stderr
    assert "closed" in done.stderr  # cron sends it instead
    assert SECRET not in done.stdout + done.stderr


def test_where_mail_fails_the_webhook_is_told_and_the_reverse(
    tmp_path: Path, tools: Path, pretended: Callable[..., Any], webhook: Webhook
) -> None:
    done = pretended("exit 2", "--mail", "root", tools=tools, BAOLANGSON_WEBHOOK=_Away.url)
    assert mail(tmp_path)["To"] == "root"
    assert "The webhook was not told" in done.stderr
    executable(tools / "sendmail", shell("cat >/dev/null; echo 'queue full' >&2; exit 75"))
    done = pretended("exit 2", "--mail", "root", tools=tools, BAOLANGSON_WEBHOOK=webhook.url)
    assert len(webhook.taken) == 1
    assert (done.returncode, done.stderr) == (
        2, "No mail was sent: sendmail ended with 75 queue full\n",
    )  # fmt: skip


def test_a_lasting_fault_is_told_once_a_day(
    tmp_path: Path, pretended: Callable[..., Any], webhook: Webhook
) -> None:
    memory = tmp_path / "a.db.told"
    options = ("--memory", str(memory))
    for _ in range(3):
        pretended("exit 2", *options, BAOLANGSON_WEBHOOK=webhook.url)
    assert [message["exit_code"] for _, message in webhook.taken] == [2]
    pretended("exit 6", *options, BAOLANGSON_WEBHOOK=webhook.url)  # something else is told at once
    pretended("exit 2", *options, "--again", "0", BAOLANGSON_WEBHOOK=webhook.url)
    assert [message["exit_code"] for _, message in webhook.taken] == [2, 6, 2]
    told = json.loads(memory.read_text())
    memory.write_text(json.dumps({**told, "2": "2026-01-01T00:00:00+00:00"}))
    pretended("exit 2", *options, BAOLANGSON_WEBHOOK=webhook.url)
    assert len(webhook.taken) == 4


@pytest.mark.parametrize("content", ["", "{", "[]", '{"2": 7}', '{"2": "2026-01-01"}',
                                     '{"2": "2999-01-01T00:00:00+00:00"}'])  # fmt: skip
def test_a_memory_that_cannot_be_read_silences_nobody(
    content: str, tmp_path: Path, pretended: Callable[..., Any], webhook: Webhook
) -> None:
    (tmp_path / "told").write_text(content)
    done = pretended("exit 2", "--memory", str(tmp_path / "told"), BAOLANGSON_WEBHOOK=webhook.url)
    assert (done.returncode, len(webhook.taken)) == (2, 1)


def test_what_was_not_told_is_told_by_the_next_crawl(
    tmp_path: Path, pretended: Callable[..., Any], webhook: Webhook
) -> None:
    options = ("--memory", str(tmp_path / "told"))
    pretended("exit 2", *options, BAOLANGSON_WEBHOOK=_Away.url)
    pretended("exit 2", *options, BAOLANGSON_WEBHOOK=webhook.url)
    assert len(webhook.taken) == 1


def test_a_command_that_is_killed_is_told(pretended: Callable[..., Any], webhook: Webhook) -> None:
    done = pretended("kill -9 $$", BAOLANGSON_WEBHOOK=webhook.url)
    assert done.returncode == 137
    assert "ended by signal 9" in webhook.taken[0][1]["text"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals_reach_the_crawl_once_and_its_end_is_waited_for(
    number: signal.Signals, tmp_path: Path
) -> None:
    script = executable(
        tmp_path / "baolangson",
        shell(
            f"trap 'echo got >> {tmp_path}/signals; sleep 0.3; exit 11' {number.name[3:]}",
            f"touch {tmp_path}/ready; while :; do sleep 0.05; done",
        ),
    )
    code = (
        f"import sys; sys.argv[0] = {str(script)!r}\n"
        "from baolangson_crawler.cli import main; main(sys.argv[1:])"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code, "notify", "crawl"],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    deadline = time.monotonic() + 30
    while not (tmp_path / "ready").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(number)
    output, _ = running.communicate(timeout=30)
    assert (running.returncode, output) == (11, b"")
    assert (tmp_path / "signals").read_text() == "got\n"


@pytest.mark.parametrize("arguments", [(), ("--unit", "x.service", "crawl"), ("--mail", "root")])
def test_notify_wants_a_command_or_a_unit(arguments: tuple[str, ...]) -> None:
    done = run_command("notify", *arguments)
    assert done.returncode == 1
    assert "Name the command to run" in done.stderr


SHOWN = "Result={}\nExecMainCode={}\nExecMainStatus={}\nInvocationID=abc123"


@pytest.mark.parametrize(
    ("result", "how", "status", "said", "code"),
    [
        ("exit-code", 1, 2, "exit code 2, nothing could be fetched", 2),
        ("oom-kill", 2, 9, "ended by signal 9 (oom-kill)", 137),
        ("timeout", 1, 11, "(timeout)", 11),
        ("exit-code", 1, 203, "exit code 203", 203),
    ],
)
def test_a_unit_of_systemd_that_failed_is_told_with_its_journal(
    result: str, how: int, status: int, said: str, code: int,
    tmp_path: Path, tools: Path, webhook: Webhook,
) -> None:  # fmt: skip
    shown = SHOWN.format(result, how, status)
    executable(tools / "systemctl", shell(f"echo \"$@\" > {tmp_path}/asked; echo '{shown}'"))
    executable(
        tools / "journalctl", shell(f'echo "$@" >> {tmp_path}/asked', "echo 'Báo đóng ?token=abcd'")
    )
    done = run_command(
        *("notify", "--mail", "root", "--unit", "x.service"),
        env={"PATH": f"{tools}:{os.environ['PATH']}", "BAOLANGSON_WEBHOOK": webhook.url},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    message = webhook.taken[0][1]
    assert said in message["text"]
    assert message["text"].endswith("Báo đóng ?token=***\n")
    assert message["exit_code"] == code
    assert said in mail(tmp_path)["Subject"]
    asked = (tmp_path / "asked").read_text()
    assert "x.service" in asked
    assert "_SYSTEMD_INVOCATION_ID=abc123 + INVOCATION_ID=abc123" in asked


def test_a_unit_is_told_even_where_systemd_does_not_answer(tools: Path, webhook: Webhook) -> None:
    for name in ("systemctl", "journalctl"):
        executable(tools / name, shell("exit 1"))
    done = run_command(
        *("notify", "--unit", "x.service"),
        env={"PATH": f"{tools}:{os.environ['PATH']}", "BAOLANGSON_WEBHOOK": webhook.url},
    )
    assert done.returncode == 0
    assert "See: journalctl -u x.service" in webhook.taken[0][1]["text"]


def test_a_second_crawl_ends_with_5_and_tells_nobody(tmp_path: Path, webhook: Webhook) -> None:
    from datetime import UTC, datetime

    from baolangson_crawler.storage.lock import ArchiveLock

    archive = tmp_path / "a.db"
    with ArchiveLock(archive, datetime.now(UTC)):
        done = run_command(
            *("notify", "crawl", "baocantho", "--archive", str(archive)),
            env={"BAOLANGSON_WEBHOOK": webhook.url},
        )
    assert (done.returncode, done.stdout, done.stderr) == (5, "", "")
    assert webhook.taken == []
