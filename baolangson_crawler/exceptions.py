"""What can go wrong, each with the exit code that tells cron what happened."""


class CrawlerError(Exception):
    """Base of every error of this package.

    The message is one line that says what is wrong, where, and what to do.
    """

    exit_code = 1


class UnknownSite(CrawlerError):
    """No site has the key or the address that was asked for."""


class SiteFileError(CrawlerError):
    """A site file cannot be loaded, or two files claim one key."""


class PageRefused(CrawlerError):
    """A page is no article; it is held with the reason, its capture is kept.

    Args:
        reason: short code: ``soft_404``, ``login``, ``layout_not_recognised``.
        detail: one sentence for a person.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class ArchiveError(CrawlerError):
    """The archive cannot be opened, read or written."""


class ArchiveNotWritable(ArchiveError):
    """The folder, the file or the disk does not take what is written."""

    exit_code = 3


class ArchiveCorrupt(ArchiveError):
    """The file is damaged, is not an archive, or its schema is newer than this program."""

    exit_code = 4


class ArchiveBusy(ArchiveError):
    """Another crawl holds the archive."""

    exit_code = 5


class QueryError(CrawlerError):
    """A search or a filter cannot be understood."""
