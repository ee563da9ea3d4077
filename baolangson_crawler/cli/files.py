"""Files that commands write, which appear under their names only when they are complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from baolangson_crawler.exceptions import ArchiveNotWritable


@contextmanager
def replacing(path: Path, option: str) -> Iterator[TextIO]:
    """A text file to write; it takes the place of ``path`` when the block ends without an error.

    What is no ordinary file (a pipe, a device) is written to as it is, and a link is followed.

    Args:
        path: the file.
        option: the option that named it, for the message.

    Raises:
        ArchiveNotWritable: the folder or the disk does not take it.
    """
    target = Path(os.path.realpath(path))
    ordinary = target.is_file() or not target.exists()
    partial = target.with_name(target.name + ".part") if ordinary else target
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            if ordinary:
                os.fsync(file.fileno())
        if ordinary:
            partial.replace(target)
    except OSError as error:
        raise ArchiveNotWritable(
            f"Cannot write {path}: {error.strerror}. Name another file with {option}."
        ) from error
    finally:
        if ordinary:
            partial.unlink(missing_ok=True)
