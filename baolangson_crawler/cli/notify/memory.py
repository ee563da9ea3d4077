"""Which ending was told when, so that a lasting fault is not told every hour."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path


def told_lately(file: Path, key: str, now: datetime, within: timedelta) -> bool:
    """Whether such an ending was told in the time before ``now``."""
    try:
        age = now - datetime.fromisoformat(_read(file)[key])
    except (KeyError, TypeError, ValueError):
        return False
    return timedelta(0) <= age < within  # a clock that was set back silences nobody


def note(file: Path, key: str, now: datetime) -> None:
    """Note that it was told; where the disk takes nothing, it will be told again."""
    told = {**_read(file), key: now.isoformat(timespec="seconds")}
    partial = file.with_name(f"{file.name}.part")
    with suppress(OSError):
        partial.write_text(json.dumps(told, indent=1), encoding="utf-8")
        partial.replace(file)


def _read(file: Path) -> dict[str, str]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
