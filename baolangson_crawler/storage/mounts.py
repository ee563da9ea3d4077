"""What the machine says of the place where an archive lies: its file system, and who may write."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = Path("/proc/mounts")
# proc(5), mount(8): their locks and their shared memory are not those SQLite relies on.
# https://sqlite.org/wal.html, "WAL does not work over a network filesystem"
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre"}
    | {"fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.davfs", "davfs"}
)


@dataclass(frozen=True, slots=True)
class Mount:
    """One mounted file system."""

    source: str
    """What is mounted: a device, or ``server:/export``."""

    folder: Path
    kind: str
    """As the kernel names it: ``ext4``, ``nfs4``, ``fuse.sshfs``."""

    @property
    def network(self) -> bool:
        """Whether the files are those of another machine."""
        return self.kind in _NETWORK


def mounts(table: str) -> list[Mount]:
    """The rows of a table in the form of ``/proc/mounts``, whose escapes are those of fstab(5)."""
    rows = [line.split(" ") for line in table.splitlines()]
    return [
        Mount(_unescaped(row[0]), Path(_unescaped(row[1])), row[2]) for row in rows if len(row) > 2
    ]


def mount_of(path: Path, table: str | None = None) -> Mount | None:
    """The file system a path lies on; None where the machine does not tell.

    Args:
        path: of a file or folder that may be missing.
        table: in the form of ``/proc/mounts``; the machine's own if not given.
    """
    if table is None:
        try:
            table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return None
    real = Path(os.path.realpath(path))
    found = [mount for mount in mounts(table) if real.is_relative_to(mount.folder)]
    # of two mounted at one folder, the later hides the earlier
    return max(enumerate(found), key=lambda m: (len(m[1].folder.parts), m[0]))[1] if found else None


def read_only(folder: Path) -> bool:
    """Whether the file system of a folder is mounted read-only."""
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def no_inodes(folder: Path) -> bool:
    """Whether no further file can be made, whatever room is left."""
    found = os.statvfs(folder)
    return found.f_files > 0 and found.f_favail == 0


def refusal(path: Path, *, writing: bool = True) -> str | None:
    """Why this user may not use a file or folder, in words; None if it may or it is missing."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"{path} cannot be looked at: {error.strerror}"
    folder = stat.S_ISDIR(found.st_mode)
    mode = os.R_OK | (os.W_OK if writing else 0) | (os.X_OK if folder else 0)
    if os.access(path, mode):
        return None
    mine = found.st_uid == os.geteuid()
    change = f"chmod u+rw{'x' if folder else ''}" if mine else f"sudo chown {_user(os.geteuid())}"
    return (
        f"{'the folder ' if folder else ''}{path} belongs to {_user(found.st_uid)} "
        f"(mode {stat.S_IMODE(found.st_mode):04o}) and {_user(os.geteuid())} may not "
        f"{'write' if writing else 'read'} it. To change that: {change} {path}"
    )


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"


def _unescaped(field: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, character)
    return field
