"""How this very program is started again, from anywhere."""

from __future__ import annotations

import sys
from pathlib import Path


def program() -> list[str]:
    """The words that start it, the first an absolute path: ``/srv/x/.venv/bin/baolangson``."""
    called = Path(sys.argv[0])
    for script in (called, Path(sys.executable).with_name("baolangson")):
        if script.name == "baolangson" and script.is_file():
            return [str(script.absolute())]
    return [str(Path(sys.executable).absolute()), "-m", "baolangson_crawler"]
