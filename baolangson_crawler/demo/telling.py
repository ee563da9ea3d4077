"""One story told: text, pictures, author and keywords, by the chance that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from random import Random

from baolangson_crawler.demo import addresses, themes
from baolangson_crawler.demo.papers import DemoPaper
from baolangson_crawler.demo.timetable import published
from baolangson_crawler.demo.vocabulary import (
    HAMLETS,
    full_name,
    official,
    places,
    reporter,
    resident,
    respelt,
    sentence_case,
)
from baolangson_crawler.items import Block, Credit, Image

_PARAGRAPHS = (4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 10, 11, 12, 14)
_SENTENCES = (1, 2, 2, 3, 3, 4)
_PICTURES = {"portal": (0, 1, 1, 1, 2), "fck": (0, 1, 1, 1, 1, 2, 2, 3), "zce": (0, 0, 1, 1, 2, 3)}
_REPRINTS: dict[str, tuple[tuple[str, str] | None, ...]] = {
    "portal": (
        ("Nguồn: Baolangson.vn", "baolangson"),
        ("Nguồn: Báo Lạng Sơn điện tử", "baolangson"),
        ("Nguồn: Baolang son.vn", "baolangson"),
        ("Nguồn: Báo Nhân Dân", "nhandan"),
        ("Theo TTXVN", "ttxvn"),
        None,
        None,
    ),
    "fck": (("Theo TTXVN", "ttxvn"), *(None,) * 11),
    "zce": (("Theo TTXVN", "ttxvn"), ("Nguồn: Báo Nhân Dân", "nhandan"), *(None,) * 8),
}
_LABELS = ("Tin, ảnh: ", "Bài, ảnh: ", "Bài và ảnh: ", "Tin: ", "")
_COMMUNE = re.compile(r"\b[Xx]ã\b(?! hội)")
_WARD = {"xã": "phường", "Xã": "Phường"}
_DAY_PARTS = ("ngày", "sáng", "chiều", "ngày")


class Teller:
    """Tells one story. Ask in the same order each time: every answer draws from one chance."""

    def __init__(
        self,
        paper: DemoPaper,
        number: int,
        opening: themes.Opening,
        held: Mapping[str, str],
        style: int,
    ) -> None:
        self.paper = paper
        self.number = number
        self.opening = opening
        self.style = style
        self.rng = Random(f"{paper.key}:{number}")
        self.theme = themes.theme(opening.theme)
        self.place = held["place"]
        self.names = self._names(held)

    def _names(self, held: Mapping[str, str]) -> dict[str, Callable[[], str] | str]:
        rng, place = self.rng, self.place
        moment = published(self.paper, self.number)
        separator = rng.choice("--/")
        speaker = official(rng, place)
        return {
            "official": speaker,
            "Official": speaker,
            "person": lambda: resident(rng),
            "Person": lambda: sentence_case(resident(rng)),
            "other": lambda: rng.choice(places(self.paper.family)),
            "thon": lambda: rng.choice(HAMLETS),
            "date": f"{rng.choice(_DAY_PARTS)} {moment.day}{separator}{moment.month}",
            **held,
        }

    def _said(self, pattern: str, **more: str) -> str:
        if self.place.startswith("phường"):
            pattern = _COMMUNE.sub(lambda match: _WARD[match[0]], pattern)
        text = themes.filled(pattern, self.rng, {**self.names, **more})
        return sentence_case(respelt(text, self.style))

    def text(self) -> tuple[str, bool, tuple[Block, ...]]:
        """Lead, whether it is the first paragraph too, and the body."""
        lead = self._said(self.opening.lead)
        apart = self.paper.family == "zce" or (
            self.paper.family == "portal" and self.rng.random() < 0.4
        )
        paragraphs = list(self._paragraphs(self.rng.choice(_PARAGRAPHS) - (not apart)))
        if not apart:
            paragraphs.insert(0, lead)
        return lead, not apart, self._with_subheads(paragraphs)

    def _paragraphs(self, count: int) -> Iterator[str]:
        """So many paragraphs, fewer only when there is nothing left to say."""
        facts = self._facts()
        quotes = self._quotes()
        for index in range(count - 1):
            sentences = [next(facts, "") for _ in range(self.rng.choice(_SENTENCES))]
            if index % 3 == 1:
                sentences[-1] = next(quotes, sentences[-1])
            if paragraph := " ".join(s for s in sentences if s):
                yield paragraph
        yield self._said(self.rng.choice(themes.common().closings))

    def _facts(self) -> Iterator[str]:
        """Sentences on the subject, every third one a general one; none twice."""
        own = self.rng.sample(self.theme.facts, len(self.theme.facts))
        general = self.rng.sample(themes.common().facts, len(themes.common().facts))
        while own or general:
            chosen = own if own and (self.rng.random() < 0.6 or not general) else general
            yield self._said(chosen.pop())

    def _quotes(self) -> Iterator[str]:
        attributions = self.rng.sample(themes.common().attributions, 4)
        for pattern in self.rng.sample(self.theme.quotes, len(self.theme.quotes)):
            quote = themes.filled(pattern, self.rng, self.names)
            yield self._said(attributions.pop(), quote=quote)

    def _with_subheads(self, paragraphs: list[str]) -> tuple[Block, ...]:
        blocks = [Block(text=text) for text in paragraphs]
        if len(blocks) < 7 or self.rng.random() < 0.5:
            return tuple(blocks)
        subheads = self.rng.sample(self.theme.subheads, 2)
        for where in sorted(self.rng.sample(range(2, len(blocks) - 1), 2), reverse=True):
            text = respelt(subheads.pop(), self.style)
            blocks.insert(where, Block(text=text, kind="subhead"))
        return tuple(blocks)

    def images(self, words: str, body: tuple[Block, ...]) -> tuple[Image, ...]:
        """The pictures in the body; where there is none, the one that the head declares."""
        count = self.rng.choice(_PICTURES[self.paper.family])
        if not count and self.paper.family != "portal":
            return (Image(url=addresses.picture(self.paper, self.number, words, 0)),)
        first = 0 if self.paper.family == "zce" else 1
        where = sorted(self.rng.sample(range(first, len(body)), count))
        captions = self.rng.sample(self.theme.captions, count)
        return tuple(
            self._image(words, index, position, captions[index - 1])
            for index, position in enumerate(where, start=1)
        )

    def _image(self, words: str, index: int, position: int, pattern: str) -> Image:
        caption: str | None = self._said(pattern) + "."
        photographer = reporter(self.rng) if self.rng.random() < 0.5 else None
        if photographer:
            caption = f"{caption} Ảnh: {photographer}"
        elif self.paper.family == "portal" and self.rng.random() < 0.2:
            caption = None
        return Image(
            url=addresses.picture(self.paper, self.number, words, index),
            caption=caption,
            credit=photographer,
            position=position,
        )

    def credit(self) -> Credit | None:
        """The reprint line."""
        chosen = self.rng.choice(_REPRINTS[self.paper.family])
        return Credit(raw=chosen[0], source=chosen[1]) if chosen else None

    def dateline(self, credit: Credit | None) -> str | None:
        """The mark before the first sentence: on one paper, and never on a reprint."""
        silent = self.rng.random() < 0.12
        return None if silent or credit or self.paper.family != "fck" else self.paper.mark

    def byline(self, credit: Credit | None) -> tuple[str | None, str | None]:
        """The author, without and with the label before the name."""
        name = reporter(self.rng)
        if self.rng.random() < 0.2:
            name = full_name(self.rng)
        label = self.rng.choice(_LABELS) if self.paper.family == "fck" else ""
        silent = self.rng.random() < (0.5 if self.paper.family == "portal" else 0.06)
        if silent or (credit and self.paper.family != "portal"):
            return None, None
        return name, label + name

    def tags(self) -> tuple[str, ...]:
        """The keywords; the portal prints none."""
        if self.paper.family == "portal":
            return ()
        chosen = self.rng.sample(self.theme.tags, self.rng.randint(1, 4))
        tags = [respelt(tag, self.style) for tag in (*chosen, self.place)]
        if self.paper.family == "fck":  # its editor splits a keyword at the comma
            tags = [part.strip() for tag in tags for part in tag.split(",")]
        return tuple(dict.fromkeys(tags))

    def related(self, older: list[int]) -> tuple[int, ...]:
        """Some of the older stories of the section, newest first."""
        if self.paper.family == "zce" and self.rng.random() < 0.5:
            return ()
        chosen = self.rng.sample(older, min(len(older), self.rng.randint(3, 6)))
        return tuple(sorted(chosen, reverse=True))
