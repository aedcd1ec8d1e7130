"""Finding a page by what it says."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from callover.web.performance.audience import View

_TAG = re.compile(r"<[^>]*>")
_ASIDE = re.compile(r'<(table|svg)\b.*?</\1>|<span class="of">[^<]*</span>', re.DOTALL)
_SAID = re.compile(r"<(p|li|dd)\b[^>]*>(.*?)</\1>", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = 90
_FIRST = 4  # paragraphs at the head of a page, its sentence among them
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
        content = view.page(page.slug)
        text = _plain(content)
        whole = f"{page.title} {page.kicker} {text}".casefold()
        if all(word in whole for word in words):
            in_title = all(word in page.title.casefold() for word in words)
            found.append((not in_title, Found(page.slug, page.title, *_around(content, words[0]))))
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0])[:MOST])


def _plain(content: str) -> str:
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", content))).strip()


def _around(content: str, word: str) -> tuple[str, str, str]:
    """What stands before the word, the word, and what follows, in a sentence of the page: a row of
    a table says nothing by itself. The page's first sentence where none has the word."""
    told = [_plain(said) for _, said in _SAID.findall(_ASIDE.sub("", content))]
    text = next((each for each in told if word in each.casefold()), "")
    place = text.casefold().find(word)
    if place < 0:
        return "", "", max(told[:_FIRST], key=len, default="")[: 2 * _AROUND]
    end, begin = place + len(word), max(0, place - _AROUND)
    return text[begin:place], text[place:end], text[end : end + _AROUND]
