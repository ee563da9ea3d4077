"""What an operator is told, in plain words: one paragraph an alarm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from baolangson_crawler.monitoring.drift import Drift
from baolangson_crawler.monitoring.silences import Silence

Kind = Literal["silent", "drift", "layout"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something is wrong with a paper, or with how it is read."""

    site: str

    kind: Kind
    """``silent``: nothing, or far less than usual, is printed; ``drift``: a field is no longer
    found, or texts are short; ``layout``: its pages are no longer read."""

    since: date

    text: str
    """What is wrong, since when, and what to do."""

    samples: tuple[str, ...] = ()
    """Up to three addresses to look at."""

    @property
    def paragraph(self) -> str:
        """The text with the addresses."""
        return f"{self.text} See {' '.join(self.samples)}" if self.samples else self.text


def of_silence(site: str, name: str, silence: Silence) -> Alarm:
    """The alarm of a paper that has fallen silent, or whose new pages are not read."""
    days = f"{silence.days} days" if silence.days > 1 else "a day"
    usual = f"where about {silence.expected:.0f} are usual"
    if silence.articles:
        some = "1 article" if silence.articles == 1 else f"{silence.articles} articles"
        text = f"{name} gives far less than usual since {_day(silence.since)}: {some} in {days}, "
    else:
        text = f"{name} has been silent since {_day(silence.since)}: no article in {days}, "
    return Alarm(
        site=site,
        kind="layout" if _unread(silence) else "silent",
        since=silence.since,
        text=f"{text}{usual}. {_explained(silence, site)}",
    )


def _unread(silence: Silence) -> bool:
    return silence.discovered > 0 and silence.held > max(silence.failed, silence.discovered / 2)


def _explained(silence: Silence, site: str) -> str:
    if _unread(silence):
        return (
            f"New addresses were found ({silence.discovered}), but {silence.held} pages were held "
            f"as no articles: its design has changed, or it answers with something else. Look at "
            f"one: baolangson sites check {site}"
        )
    if silence.discovered and silence.failed > silence.discovered / 2:
        return (
            f"New addresses were found ({silence.discovered}), but {silence.failed} requests for "
            "them failed: the paper blocks this crawler, or its server is in trouble. The reasons "
            "are in the table url."
        )
    if silence.discovered:
        return (
            f"New addresses were found ({silence.discovered}), and none of them waits: robots.txt "
            "closes them, or they lead to no new article. The reasons are in the table url."
        )
    return (
        "Its sources answer and show nothing new: the paper rests or has moved, or its lists have. "
        "Compare its home page with the last articles known; if it prints no more, note "
        'status="archive" in its site file.'
    )


_GONE = {
    "lead": "a lead",
    "byline": "a byline",
    "date": "a date that can be read",
    "section": "a section",
    "image": "a picture",
}


def of_drifts(site: str, name: str, drifts: Sequence[Drift]) -> Alarm | None:
    """The alarm of what has changed for the worse; None if nothing has.

    Where pages are no longer read by a layout, the fields that went with it are not told apart.
    """
    if not drifts:
        return None
    layout = next((drift for drift in drifts if drift.what == "layout"), None)
    told = [layout] if layout else list(drifts)
    since = min(drift.since for drift in told)
    return Alarm(
        site=site,
        kind="layout" if layout else "drift",
        since=since,
        text=f"{name} has changed its pages: of {told[0].articles} since {_day(since)}, "
        f"{'; '.join(map(_changed, told))}. Look at one: baolangson sites check {site}",
    )


def _changed(drift: Drift) -> str:
    if drift.what == "body":
        return f"the texts have {drift.now:,.0f} characters (before: {drift.before:,.0f})"
    shares = f"{drift.now:.0%}", f"(before: {drift.before:.0%})"
    if drift.what == "layout":
        return f"{shares[0]} are read by no layout {shares[1]}"
    return f"{shares[0]} have {_GONE[drift.what]} {shares[1]}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
