"""The analyst's words: Markdown per indicator, with figure tokens instead of typed numbers.

A file begins with front matter between two lines of ``---``::

    updated: 2016-11-20        # when the words were last looked at
    carried_from: 2016-06      # set by --from-last
    ask: Agree who leads …     # the decision asked of the board, for the chair's brief
    actions:
      - {action: …, owner: Police, due: 2017-01-31, status: open}

In the text ``{{ rolling12_change }}`` prints that figure of the same indicator,
``{{ tno.rate }}`` one of another, ``{{ rank@msg_15 }}`` one within a peer group and
``{{ ytd_change | number }}`` the number without its sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markdown_it import MarkdownIt
from markdown_it.token import Token

from callover.domain.errors import Fault, FaultsFound
from callover.domain.periods import MONTH_NAMES, Month
from callover.report.blocks import Block, BulletList, Heading, Paragraph, Span, Text, plain
from callover.report.front_matter import Action, read_front

TOKEN = re.compile(r"\{\{\s*(?:(\w+)\.)?(\w+)(?:@(\w+))?\s*(?:\|\s*(\w+)\s*)?\}\}")
_BEGUN = re.compile(r"---[ \t]*(?:\r?\n|\Z)")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n((?:.*?\n)??)---[ \t]*(?:\r?\n(.*))?\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FigureToken:
    """A ``{{ … }}`` in the text: which figure to print, and how."""

    indicator: str
    measure: str
    peer_group: str
    style: str


Resolve = Callable[[FigureToken], Span]
"""Gives the printed figure; raises UnknownName where there is none such."""


@dataclass(frozen=True, slots=True)
class Commentary:
    """One indicator's words as written (Markdown), not yet resolved."""

    indicator: str
    place: str
    body: str = ""
    source: str = ""  # the whole file, for naming lines
    updated: date | None = None
    carried_from: Month | None = None
    ask: str = ""
    actions: tuple[Action, ...] = ()


def parse_commentary(indicator: str, content: str, place: str) -> Commentary:
    """Front matter and body of one file; raises FaultsFound with all faults of the front matter."""
    if not _BEGUN.match(content):
        return Commentary(indicator, place, content.strip(), content)
    match = _FRONT_MATTER.match(content)
    if match is None:
        reason, remedy = "begins a front matter that never ends.", "End it with a line of ---."
        fault = Fault(place, 1, "", "---", reason, remedy)
        raise FaultsFound(f"The front matter of {place} cannot be read.", [fault])
    values = read_front(match[1], place)
    return Commentary(indicator, place, (match[2] or "").strip(), content, **values)


def front_and_body(content: str) -> tuple[str, str]:
    """The text between the lines of ``---``, empty where there is none, and what follows it."""
    match = _FRONT_MATTER.match(content)
    return (match[1], match[2] or "") if match else ("", content)


def blocks_of(
    body: str, indicator: str, resolve: Resolve, after: Callable[[str], Block | None] | None = None
) -> tuple[Block, ...]:
    """The body's paragraphs, lists and headings with every token printed.

    Links keep their address; pictures, tables and raw HTML are not for a one-page summary and are
    printed as their source text, so that nothing is lost silently. ``after`` is asked for a remark
    behind each of the body's ``paragraphs``.
    """
    blocks: list[Block] = []
    for source, tokens in _cut(body):
        blocks.extend(_blocks(tokens, indicator, resolve))
        remark = after(source) if after is not None else None
        if remark is not None:
            blocks.append(remark)
    return tuple(blocks)


LEFT_OUT = "*A passage is left out here: its figures are withheld.*"
_PASSAGE = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])")


def without_hidden(written: Commentary, hidden: Callable[[FigureToken], bool]) -> Commentary:
    """The words without each paragraph and list item that names a figure which is ``hidden``: what
    is said of it would tell of it too."""
    body = written.body
    for passage in _PASSAGE.split(body):
        tokens = (_token(match, written.indicator) for match in TOKEN.finditer(passage))
        if any(hidden(token) for token in tokens):
            mark = re.match(r"[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?", passage)
            body = body.replace(passage, f"{mark[0] if mark else ''}{LEFT_OUT}", 1)
    return replace(written, body=body)


def paragraphs(body: str) -> tuple[str, ...]:
    """The source of each paragraph, list or heading, white space folded: what "unchanged" is
    judged by."""
    return tuple(source for source, _ in _cut(body))


def unchanged(earlier: Sequence[Commentary], current: Commentary) -> dict[str, date | None]:
    """The ``paragraphs`` that still stand word for word, and since when.

    ``earlier`` is what the text was carried from, newest first: a paragraph is as old as the
    oldest of them that has had it ever since.
    """
    since: dict[str, date | None] = {}
    standing = set(paragraphs(current.body))
    for before in earlier:
        standing &= set(paragraphs(before.body))
        since.update(dict.fromkeys(standing, before.updated))
    return since


def _cut(body: str) -> list[tuple[str, list[Token]]]:
    """The body cut into its outermost parts: folded source and tokens of each."""
    lines = body.split("\n")
    parts: list[tuple[str, list[Token]]] = []
    for token in MarkdownIt("commonmark", {"html": False}).parse(body):
        if token.level == 0 and token.nesting >= 0:
            start, end = token.map or (0, 0)
            parts.append((" ".join(" ".join(lines[start:end]).split()), []))
        if parts:
            parts[-1][1].append(token)
    return parts


def _blocks(tokens: list[Token], indicator: str, resolve: Resolve) -> list[Block]:
    """One outermost part as blocks: a list is one block, however deep its items lie."""
    items: list[Text] = []
    blocks: list[Block] = []
    kind = tokens[0].type
    for token in tokens:
        if token.type in ("fence", "code_block"):
            blocks.append(Paragraph((Span(token.content.strip()),)))
        elif token.type == "inline":
            spans = _spans(token, indicator, resolve)
            if kind in ("bullet_list_open", "ordered_list_open"):
                items.append(spans)
            elif kind == "heading_open":
                blocks.append(Heading(3, plain(spans)))
            else:
                blocks.append(Paragraph(spans))
    if items:
        blocks.append(BulletList(tuple(items), kind == "ordered_list_open"))
    return blocks


def _spans(inline: Token, indicator: str, resolve: Resolve) -> Text:
    """Inline Markdown as spans, tokens resolved."""
    spans: list[Span] = []
    look = Span()
    for child in inline.children or []:
        match child.type:
            case "strong_open" | "strong_close":
                look = replace(look, strong=child.type == "strong_open")
            case "em_open" | "em_close":
                look = replace(look, emphasis=child.type == "em_open")
            case "link_open":
                look = replace(look, href=str(child.attrGet("href") or ""))
            case "link_close":
                look = replace(look, href="")
            case "softbreak" | "hardbreak":
                spans.append(replace(look, text=" "))
            case _:
                spans.extend(_resolved(child.content, look, indicator, resolve))
    return tuple(spans)


def line_of(content: str, indicator: str, resolve: Resolve) -> Text:
    """One line without Markdown, such as a decision asked, with its tokens printed."""
    return tuple(_resolved(content, Span(), indicator, resolve))


def _resolved(content: str, look: Span, indicator: str, resolve: Resolve) -> list[Span]:
    """Plain text cut at its tokens, each token replaced by the printed figure."""
    spans: list[Span] = []
    end = 0
    for match in TOKEN.finditer(content):
        if match.start() > end:
            spans.append(replace(look, text=content[end : match.start()]))
        printed = resolve(_token(match, indicator))
        spans.append(replace(look, text=printed.text, figure=printed.figure))
        end = match.end()
    if end < len(content):
        spans.append(replace(look, text=content[end:]))
    return spans


def _token(match: re.Match[str], indicator: str) -> FigureToken:
    return FigureToken(match[1] or indicator, match[2], match[3] or "", match[4] or "")


_BRACES = re.compile(r"\{\{[^\n{}]*\}?\}?|\}\}")


def placed_tokens(written: Commentary) -> tuple[tuple[int, str, FigureToken | None], ...]:
    """Line, text and token of everything in double braces; None where it does not read as one."""
    found = []
    for line, content in enumerate(written.source.split("\n"), 1):
        for match in _BRACES.finditer(content):
            read = TOKEN.fullmatch(match[0])
            found.append((line, match[0], _token(read, written.indicator) if read else None))
    return tuple(found)


_MONTHS = "|".join(MONTH_NAMES)
_MONTH_MENTION = re.compile(rf"\b({_MONTHS})(?:\s+(\d{{4}}))?\b")
_FRESH_MENTION = re.compile(rf"\b(?:[Aa]t|[Tt]o|[Bb]y|[Ff]or)\s+({_MONTHS})(?:\s+(\d{{4}}))?\b")
_NUMBER = re.compile(r"(?<![\w.,/£-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w/]|,\d|\.\d)")
_NOT_A_FIGURE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})(?:\s+\d{{4}})?|\b(?:{_MONTHS})\s+\d{{4}}"
    r"|\b(?:19|20)\d{2}(?:[/-]\d{2,4})?\b|\b\d{1,2}[:.]\d{2}\b|\bA\d+\b"
)


def stale_months(body: str, month: Month, carried: bool) -> tuple[str, ...]:
    """Month names in the text that lie before ``month``.

    In carried text every earlier month counts; in fresh text only one that claims to be the state
    of things ("at August 2016"), because history may be told.
    """
    found: dict[str, None] = {}
    for match in (_MONTH_MENTION if carried else _FRESH_MENTION).finditer(body):
        number = MONTH_NAMES.index(match[1]) + 1
        year = int(match[2]) if match[2] else month.year - (number > month.month)
        if Month.of(year, number) < month:
            found.setdefault(match[0].split(" ", 1)[-1] if not carried else match[0])
    return tuple(found)


def typed_numbers(body: str) -> tuple[str, ...]:
    """Numbers typed in the text, without tokens, dates, years and times."""
    bare = _NOT_A_FIGURE.sub(" ", TOKEN.sub(" ", body))
    return tuple(dict.fromkeys(match[1] + (match[2] or "") for match in _NUMBER.finditer(bare)))
