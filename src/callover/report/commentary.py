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
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from callover.domain.errors import Fault, FaultsFound
from callover.domain.periods import MONTH_NAMES, Month
from callover.report.blocks import Block, BulletList, Heading, Note, Paragraph, Span, Text, plain

TOKEN = re.compile(r"\{\{\s*(?:(\w+)\.)?(\w+)(?:@(\w+))?\s*(?:\|\s*(\w+)\s*)?\}\}")
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n?(.*)\Z", re.DOTALL)
_KEYS = {"updated", "carried_from", "ask", "actions"}
_ACTION_KEYS = {"action", "owner", "due", "status"}


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
class Action:
    """What is being done, by which post, by when."""

    action: str
    owner: str
    due: date | None = None
    status: str = "open"

    def overdue_days(self, today: date) -> int:
        """Days past the due date on ``today``; 0 where closed or not yet due."""
        if self.due is None or self.status in ("done", "closed"):
            return 0
        return max(0, (today - self.due).days)


@dataclass(frozen=True, slots=True)
class Commentary:
    """One indicator's words as written (Markdown), not yet resolved."""

    indicator: str
    place: str
    body: str = ""
    updated: date | None = None
    carried_from: Month | None = None
    ask: str = ""
    actions: tuple[Action, ...] = ()


def parse_commentary(indicator: str, content: str, place: str) -> Commentary:
    """Front matter and body of one file; raises FaultsFound with all faults of the front matter."""
    match = _FRONT_MATTER.match(content)
    if match is None:
        return Commentary(indicator, place, content.strip())
    try:
        front = yaml.safe_load(match[1]) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else None
        raise FaultsFound(
            f"The front matter of {place} cannot be read.",
            [Fault(place, line, "", "", str(error.problem), "Compare it with another file.")],
        ) from error
    faults: list[Fault] = []
    values = _front_values(front, place, faults)
    if faults:
        raise FaultsFound(f"The front matter of {place} has faults.", faults)
    return Commentary(indicator, place, match[2].strip(), **values)


def _front_values(front: Any, place: str, faults: list[Fault]) -> dict[str, Any]:
    """Checked fields of the front matter; adds to ``faults``."""
    if not isinstance(front, dict):
        faults.append(Fault(place, 2, "", str(front)[:40], "is no list of keys and values"))
        return {}
    for key in front.keys() - _KEYS:
        faults.append(
            Fault(
                place, 2, str(key), "", "is no key of the front matter", f"Known: {sorted(_KEYS)}."
            )
        )
    values: dict[str, Any] = {"ask": str(front.get("ask") or "")}
    values["updated"] = _day(front.get("updated"), place, "updated", faults)
    if carried := front.get("carried_from"):
        try:
            values["carried_from"] = Month.parse(str(carried))
        except ValueError as error:
            faults.append(Fault(place, None, "carried_from", str(carried), str(error)))
    actions = [_action(item, place, faults) for item in front.get("actions") or []]
    values["actions"] = tuple(action for action in actions if action is not None)
    return values


def _day(value: Any, place: str, key: str, faults: list[Fault]) -> date | None:
    """A YAML date, or None where it is absent; anything else is a fault."""
    if value is None or isinstance(value, date):
        return value
    faults.append(Fault(place, None, key, str(value), "is no date", "Write it as 2016-11-20."))
    return None


def _action(item: Any, place: str, faults: list[Fault]) -> Action | None:
    """One action of the front matter."""
    if not isinstance(item, dict) or not item.get("action") or not item.get("owner"):
        faults.append(
            Fault(
                place, None, "actions", str(item)[:60], "needs an action and the post that owns it"
            )
        )
        return None
    for key in item.keys() - _ACTION_KEYS:
        faults.append(Fault(place, None, f"actions.{key}", "", "is no key of an action"))
    due = _day(item.get("due"), place, "actions.due", faults)
    return Action(str(item["action"]), str(item["owner"]), due, str(item.get("status") or "open"))


def blocks_of(body: str, indicator: str, resolve: Resolve) -> tuple[Block, ...]:
    """The body's paragraphs, lists and headings with every token printed.

    Links keep their address; pictures, tables and raw HTML are not for a one-page summary and are
    printed as their source text, so that nothing is lost silently.
    """
    tokens = MarkdownIt("commonmark", {"html": False}).parse(body)
    blocks: list[Block] = []
    items: list[Text] | None = None
    ordered = False
    opener = ""
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open") and items is None:
            items, ordered = [], token.type.startswith("ordered")
        elif token.type in ("bullet_list_close", "ordered_list_close") and items is not None:
            blocks.append(BulletList(tuple(items), ordered))
            items = None
        elif token.type == "heading_open":
            opener = "heading"
        elif token.type in ("fence", "code_block"):
            blocks.append(Paragraph((Span(token.content.strip()),)))
        elif token.type == "inline":
            spans = _spans(token, indicator, resolve)
            if items is not None:
                items.append(spans)
            elif opener:
                blocks.append(Heading(3, plain(spans)))
                opener = ""
            else:
                blocks.append(Paragraph(spans))
    return tuple(blocks)


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


def _resolved(content: str, look: Span, indicator: str, resolve: Resolve) -> list[Span]:
    """Plain text cut at its tokens, each token replaced by the printed figure."""
    spans: list[Span] = []
    end = 0
    for match in TOKEN.finditer(content):
        if match.start() > end:
            spans.append(replace(look, text=content[end : match.start()]))
        token = FigureToken(match[1] or indicator, match[2], match[3] or "", match[4] or "")
        printed = resolve(token)
        spans.append(replace(look, text=printed.text, figure=printed.figure))
        end = match.end()
    if end < len(content):
        spans.append(replace(look, text=content[end:]))
    return spans


_MONTHS = "|".join(MONTH_NAMES)
_MONTH_MENTION = re.compile(rf"\b({_MONTHS})(?:\s+(\d{{4}}))?\b")
_FRESH_MENTION = re.compile(rf"\b(?:at|to|by|for)\s+({_MONTHS})(?:\s+(\d{{4}}))?\b")
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


def paragraphs(body: str) -> tuple[str, ...]:
    """The body cut at blank lines, white space folded: what "unchanged" is judged by."""
    cut = (" ".join(part.split()) for part in re.split(r"\n\s*\n", body))
    return tuple(part for part in cut if part)


def unchanged_note(source: Commentary, current: Commentary) -> Note | None:
    """A mark where paragraphs still stand word for word as in ``source``; None if all are new."""
    old = set(paragraphs(source.body))
    now = paragraphs(current.body)
    kept = [part for part in now if part in old]
    if not kept:
        return None
    since = source.updated.strftime("%-d %B %Y") if source.updated else "an earlier pack"
    which = (
        "This text was" if len(kept) == len(now) else f"{len(kept)} of {len(now)} paragraphs were"
    )
    return Note((Span(f"{which} not updated since {since}."),), "stale")
