"""Finding a page by what it says."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from callover.web.performance.audience import View

_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_AROUND = 90
MOST = 50
LONGEST = 100


@dataclass(frozen=True)
class Found:
    """A page that says what was asked for, and the words around it."""

    slug: str
    title: str
    before: str
    said: str
    after: str


def search(view: View, asked: str) -> tuple[Found, ...]:
    """Pages with every word of ``asked``, those that have them in their title first."""
    words = asked.casefold()[:LONGEST].split()
    if not words:
        return ()
    found = []
    for page in view.index.pages:
        text = _SPACE.sub(" ", html.unescape(_TAG.sub(" ", view.page(page.slug))))
        whole = f"{page.title} {page.kicker} {text}".casefold()
        if all(word in whole for word in words):
            in_title = all(word in page.title.casefold() for word in words)
            found.append((not in_title, Found(page.slug, page.title, *_around(text, words[0]))))
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0])[:MOST])


def _around(text: str, word: str) -> tuple[str, str, str]:
    """What stands before the word, the word, and what follows; the page's begin where it is only
    in the title."""
    place = text.casefold().find(word)
    if place < 0:
        return "", "", text[: 2 * _AROUND]
    end = place + len(word)
    return text[max(0, place - _AROUND) : place], text[place:end], text[end : end + _AROUND]
