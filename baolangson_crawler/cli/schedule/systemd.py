"""A plan as units of systemd: a service, its timer, and a service that tells of a failure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from baolangson_crawler.cli.schedule.plan import Plan
from baolangson_crawler.turns import STATE

FOLDER = Path("/etc/systemd/system")
_TURNS = "baolangson_crawler"  # below /var/lib; one for all units, which so share one pace
_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))

_SERVICE = """\
[Unit]
Description=Crawl of newspapers into {about} (baolangson)
Wants=network-online.target
After=network-online.target
RequiresMountsFor={folders}
OnFailure={name}-failed.service

[Service]
Type=exec
{identity}ExecStart={start}
# 5: another crawl is still running; 11: stopped, the next one goes on from there
SuccessExitStatus=5 11
# SIGTERM lets the page that is being fetched be finished and stored
KillMode=mixed
KillSignal=SIGTERM
TimeoutStopSec=180
Nice=10
IOSchedulingClass=idle
MemoryMax=1G
ReadWritePaths={folders}
{state}ProtectSystem=strict
ProtectHome=read-only
{private}NoNewPrivileges=yes
CapabilityBoundingSet=
LockPersonality=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
"""
_TIMER = """\
[Unit]
Description=Crawl of newspapers into {about}, {timetable}

[Timer]
OnCalendar={calendar}
RandomizedDelaySec={spread}
# a start that was missed because the machine was off is made up for
Persistent=true

[Install]
WantedBy=timers.target
"""
_FAILED = """\
[Unit]
Description=Tell that the crawl into {about} failed

[Service]
Type=oneshot
{identity}# to read what the crawl printed
SupplementaryGroups=systemd-journal
ExecStart={start}
TimeoutStartSec=180
# NoNewPrivileges= and what implies it would keep sendmail from its queue
ProtectSystem=full
PrivateTmp={private}
"""


@dataclass(frozen=True, slots=True)
class UnitFile:
    """One file of what systemd is given."""

    name: str
    text: str
    mode: int = 0o644


def unit_files(plan: Plan, name: str) -> list[UnitFile]:
    """Service, timer, service for failures, and a file for root alone.

    The environment has a file of its own because everybody may read units, and proxies and
    webhooks hold passwords.

    Raises:
        click.UsageError: systemd starts no program of such a path.
    """
    if set(plan.program[0]) & set("\"'\\"):  # string_is_safe() in systemd's source
        raise click.UsageError(
            f"systemd starts no program whose path has quotes or a backslash: {plan.program[0]}"
        )
    hidden = any(part in path.parents for path in _paths(plan) for part in _TEMPORARY)
    about = str(plan.archive).replace("%", "%%")
    identity = f"User={plan.user}\n" if plan.user else ""
    identity += f"EnvironmentFile={FOLDER / name}.env\n"
    environment = {STATE: f"/var/lib/{_TURNS}", **plan.environment}
    service = _SERVICE.format(
        about=about,
        name=name,
        identity=identity,
        start=_command([*plan.program, *plan.crawl]),
        folders=_words(map(str, plan.folders)),
        state="" if STATE in plan.environment else f"StateDirectory={_TURNS}\n",
        private="" if hidden else "PrivateTmp=yes\n",
    )
    timer = _TIMER.format(
        about=about,
        timetable=plan.timetable,
        calendar=plan.timetable.systemd,
        spread=plan.timetable.spread,
    )
    failed = _FAILED.format(
        about=about,
        identity=identity,
        start=_command([*plan.program, *plan.notify, "--unit", f"{name}.service"]),
        private="no" if hidden else "yes",
    )
    lines = (f"{key}={_environment(value)}\n" for key, value in environment.items())
    return [
        UnitFile(f"{name}.service", service),
        UnitFile(f"{name}.timer", timer),
        UnitFile(f"{name}-failed.service", failed),
        UnitFile(f"{name}.env", "".join(lines), 0o600),
    ]


def installation(folder: Path | None, name: str) -> str:
    """The commands that are left to do."""
    copy = (
        ""
        if folder in (None, FOLDER)
        else f"sudo cp {shlex.quote(str(folder))}/{name}* {FOLDER}/ && "
    )
    return f"{copy}sudo systemctl daemon-reload && sudo systemctl enable --now {name}.timer"


def _paths(plan: Plan) -> Iterable[Path]:
    words = (word for word in (*plan.program, *plan.crawl) if word.startswith("/"))
    return [plan.archive, *(folder / "x" for folder in plan.folders), *map(Path, words)]


def _command(words: Iterable[str]) -> str:
    """``ExecStart=``; after a colon ``$`` stands for itself (systemd.service(5))."""
    return f":{_words(words)}"


def _words(words: Iterable[str]) -> str:
    """Words as systemd.syntax(7) quotes them, with ``%`` kept from being a specifier."""
    return " ".join(_word(word) for word in words)


def _word(word: str) -> str:
    escaped = word.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%")
    return escaped if re.fullmatch(r"[\w./:@%+=,-]+", escaped) else f'"{escaped}"'


def _environment(value: str) -> str:
    """A value of an ``EnvironmentFile=``, quoted as in a shell (systemd.exec(5))."""
    return '"' + re.sub(r'(["\\$`])', r"\\\1", value) + '"'
