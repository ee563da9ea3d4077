"""From an article as printed to an article as stored: the same facts, without the page's habits."""

from __future__ import annotations

from dataclasses import replace

from baolangson_crawler.extraction import captions, credits, datelines
from baolangson_crawler.items import Article, Block, Credit, Image
from baolangson_crawler.repair import repaired
from baolangson_crawler.text import normalise


def clean(article: Article) -> Article:
    """The article with its text repaired and the dateline in a field of its own.

    What was damaged before the page was made (entities encoded twice, a wrong encoding, a font of
    the time before Unicode) is judged over the whole article and named in ``repairs``. The mark
    of the paper before the first sentence ("(CTO) -") is moved to ``dateline``.
    """
    article = _repaired(article)
    title = normalise(article.title) or article.title
    body = tuple(
        Block(text=text, kind=block.kind)
        for block in article.body
        if (text := normalise(block.text))
    )
    article = replace(
        article,
        title=title,
        lead=_line(article.lead),
        body=body,
        images=tuple(_clean_image(image) for image in article.images),
        section=_line(article.section),
        byline=_line(article.byline),
        tags=tuple(
            dict.fromkeys(tag for raw in article.tags if (tag := normalise(raw).strip(" ,;#")))
        ),
    )
    return _without_dateline(article)


def _repaired(article: Article) -> Article:
    """The article as it was meant, where its text came damaged."""
    texts = [text for text in _texts(article) if text]
    done = repaired(texts, encoded_twice="entities" in article.repairs)
    if done.texts == texts and not done.repairs:
        return article
    meant = dict(zip(texts, done.texts, strict=True))

    def read(text: str | None) -> str | None:
        return meant.get(text, text) if text else text

    credit = article.credit
    readable = replace(
        article,
        title=meant.get(article.title, article.title),
        dateline=read(article.dateline),
        lead=read(article.lead),
        body=tuple(replace(block, text=meant.get(block.text, "")) for block in article.body),
        images=tuple(
            replace(image, caption=read(image.caption), credit=read(image.credit))
            for image in article.images
        ),
        section=read(article.section),
        byline=read(article.byline),
        byline_raw=read(article.byline_raw),
        credit=_read_again(credit, meant[credit.raw]) if credit else None,
        tags=tuple(meant.get(tag, tag) for tag in article.tags),
        related=tuple(replace(link, title=read(link.title)) for link in article.related),
        repairs=tuple(dict.fromkeys((*article.repairs, *done.repairs))),
    )
    return _with_captions(_without_edge(readable))


def _without_edge(article: Article) -> Article:
    """The article without the byline and credit at its end that only the repair made readable."""
    body, credit = list(article.body), article.credit
    name, raw = article.byline, article.byline_raw
    while len(body) > 1:
        text = body[-1].text
        if credit is None and (tail := credits.credit_at_end(text)):
            text, credit = tail
            body[-1] = replace(body[-1], text=text)
        if credit is None and (found := credits.credit(text)):
            credit = found
        elif name is None and (author := credits.byline(text, set_apart=False)):
            name, raw = author.name, author.raw
        else:
            break
        del body[-1]
    return replace(article, body=tuple(body), credit=credit, byline=name, byline_raw=raw)


def _with_captions(article: Article) -> Article:
    """The article with the words under its pictures that only the repair made readable."""
    body, images = list(article.body), []
    for image in article.images:
        position, caption = image.position, image.caption
        if position is not None:
            position -= len(article.body) - len(body)
            under = body[position].text if position < len(body) > 1 else ""
            if caption is None and captions.names_picture(under):
                caption = body.pop(position).text
        credit = image.credit or (captions.photographer(caption) if caption else None)
        images.append(replace(image, caption=caption, credit=credit, position=position))
    return replace(article, body=tuple(body), images=tuple(images))


def _read_again(credit: Credit, raw: str) -> Credit:
    """A credit whose line was repaired, with the source that can be read now."""
    again = credits.credit(raw)
    return replace(credit, raw=raw, source=again.source if again else credit.source)


def _texts(article: Article) -> list[str | None]:
    """Every text of the article that a person reads."""
    return [
        article.title,
        article.dateline,
        article.lead,
        *(block.text for block in article.body),
        *(words for image in article.images for words in (image.caption, image.credit)),
        article.section,
        article.byline,
        article.byline_raw,
        article.credit.raw if article.credit else None,
        *article.tags,
        *(link.title for link in article.related),
    ]


def _line(text: str | None) -> str | None:
    """One line of stored text; None where nothing is left of it."""
    return normalise(text) or None if text else None


def _without_dateline(article: Article) -> Article:
    mark, lead = datelines.split(article.lead or "")
    body = article.body
    if body:
        opening, rest = datelines.split(body[0].text)
        mark = mark or opening
        body = (replace(body[0], text=rest), *body[1:]) if rest else body[1:]
    in_body = article.lead_in_body
    if mark and not lead and body:
        # the page sets the mark where others have the lead
        lead, in_body = body[0].text, True
    return replace(
        article,
        dateline=article.dateline or mark,
        lead=lead or None,
        lead_in_body=in_body,
        body=body,
    )


def _clean_image(image: Image) -> Image:
    return replace(image, caption=_line(image.caption), credit=_line(image.credit))
