"""The writer's desk: figures at hand for tokens, and words shown as the pack will print them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from callover.analysis.signalled import SignalledFigures
from callover.analysis.stored import held_from
from callover.analysis.vocabulary import MEASURES, NEEDS_PEERS
from callover.domain.errors import Fault, FaultsFound
from callover.domain.figures import Figure
from callover.domain.indicators import Catalogue, Indicator, Partnership
from callover.domain.periods import Month
from callover.jobs.commentary import origins
from callover.jobs.hints import newest_known
from callover.jobs.workspace import Workspace
from callover.report.blocks import Block, Document, Section, Span
from callover.report.build.context import PackContext
from callover.report.build.tokens import check_tokens, printed, printed_forms, resolver
from callover.report.build.written import stale_note
from callover.report.commentary import (
    Commentary,
    FigureToken,
    blocks_of,
    parse_commentary,
    stale_months,
    typed_numbers,
    unchanged,
)
from callover.report.render.figure_names import measure_words
from callover.report.render.fragments import Fragments

_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Offered:
    """A figure that a text may name: the token, what it is in words, what it prints now."""

    token: str
    words: str
    printed: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Words as the pack prints them, as HTML of ours; faults stop a pack, remarks do not."""

    html: str
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Desk:
    """A partnership's figures as known now, kept between one look and the next."""

    workspace: Workspace
    partnership: Partnership
    catalogue: Catalogue
    service: SignalledFigures
    known_at: datetime

    def indicators(self, month: Month) -> tuple[Indicator, ...]:
        """Those of the set in a month, in the pack's order."""
        return tuple(i for i in self.catalogue.indicators.values() if i.valid_in(month))

    def offered(self, indicator: Indicator, month: Month) -> tuple[Offered, ...]:
        """Every figure of an indicator that has a value, each way in which it may be printed."""
        return tuple(self._offered(indicator, month))

    def _offered(self, indicator: Indicator, month: Month) -> Iterator[Offered]:
        for measure in MEASURES:
            groups = indicator.peer_groups if measure in NEEDS_PEERS else ("",)
            for group in groups:
                figure = self._figure(indicator, measure, month, group)
                if figure.value is not None:
                    yield from self._ways(indicator, figure, group)

    def _ways(self, indicator: Indicator, figure: Figure, group: str) -> Iterator[Offered]:
        """A figure plainly, and a change in words where that says it otherwise."""
        name = f"{figure.measure}@{group}" if group else figure.measure
        said = measure_words(figure.measure, figure.month)
        if group:
            said = f"{said}, {self.catalogue.peer_groups[group].title}"
        plain = printed(figure, indicator)
        yield Offered(f"{{{{ {name} }}}}", said, plain)
        in_words = printed(figure, indicator, "words")
        if in_words != plain:
            yield Offered(f"{{{{ {name} | words }}}}", said, in_words)

    def _figure(self, indicator: Indicator, measure: str, month: Month, group: str) -> Figure:
        return self.service.figure(indicator.id, measure, self.partnership.area, month, group)

    def preview(self, indicator: Indicator, month: Month, text: str, place: str) -> Preview:
        """A file's words with every token printed, what is wrong with it, and what to look at.

        A token at fault stays as it was typed. Nothing is raised for faults of the text.
        """
        try:
            written = parse_commentary(indicator.id, text, place)
        except FaultsFound as error:
            return Preview("", tuple(error.faults))
        ctx = self._context(written, month)
        faults = _faults_of(ctx)
        since = unchanged(ctx.carried[indicator.id], written)

        def after(source: str) -> Block | None:
            return stale_note(since[source]) if source in since else None

        resolve = resolver(ctx, indicator)

        def lenient(token: FigureToken) -> Span:
            return _as_typed(token) if faults and self._at_fault(ctx, token) else resolve(token)

        blocks = blocks_of(written.body, indicator.id, lenient, after)
        remarks = (*ctx.warnings, *self._remarks(indicator, written, month))
        return Preview(_html(blocks), faults, tuple(dict.fromkeys(remarks)))

    def _at_fault(self, ctx: PackContext, token: FigureToken) -> bool:
        one = Commentary(token.indicator, "", source=_as_typed(token).text)
        only = PackContext(
            ctx.partnership, ctx.catalogue, ctx.service, ctx.month, ctx.known_at, (),
            {token.indicator: one},
        )  # fmt: skip
        return bool(_faults_of(only))

    def _context(self, written: Commentary, month: Month) -> PackContext:
        before = tuple(origins(self.workspace, self.partnership, written, month))
        return PackContext(
            self.partnership, self.catalogue, self.service, month, self.known_at,
            self.indicators(month), {written.indicator: written}, {written.indicator: before},
        )  # fmt: skip

    def _remarks(self, indicator: Indicator, written: Commentary, month: Month) -> Iterator[str]:
        """Earlier months, and numbers typed where a token could stand."""
        for mention in stale_months(written.body, month, written.carried_from is not None):
            yield f"The text names {mention}, before {month.name}."
        typed = typed_numbers(written.body)
        offered = self.offered(indicator, month) if typed else ()
        figures = [self._figure(indicator, measure, month, "") for measure in MEASURES
                   if typed and measure not in NEEDS_PEERS]  # fmt: skip
        forms = printed_forms(figures)
        for number in typed:
            named = next((each.token for each in offered if number in each.printed.split()), "")
            if named:
                yield f"{number} is typed; {named} prints it and stays right."
            elif number not in forms:
                yield f"{number} is typed, and equals no figure of this indicator."

    def body_html(self, indicator: Indicator, month: Month, text: str) -> str:
        """Words of another month as they were printed, with its own figures."""
        return self.preview(indicator, month, text, "").html


def _as_typed(token: FigureToken) -> Span:
    group = f"@{token.peer_group}" if token.peer_group else ""
    style = f" | {token.style}" if token.style else ""
    return Span(f"{{{{ {token.indicator}.{token.measure}{group}{style} }}}}", strong=True)


def _faults_of(ctx: PackContext) -> tuple[Fault, ...]:
    try:
        check_tokens(ctx)
    except FaultsFound as error:
        return error.faults
    return ()


def _html(blocks: tuple[Block, ...]) -> str:
    section = Section("preview", "", blocks)
    document = Document("", "", "", "", "", (section,))
    return Fragments(document, {}).section(section)


def open_desk(workspace: Path, partnership: str) -> Desk:
    """The desk of a partnership; read anew when figures or definitions changed.

    Raises UserError where the store is empty or the definitions are at fault.
    """
    with _LOCK:  # of those who open it at once, one reads
        return _opened(workspace, partnership, _state(workspace))


@lru_cache(maxsize=6)
def _opened(workspace: Path, name: str, _state: tuple[object, ...]) -> Desk:
    opened = Workspace.open(workspace)
    partnership = opened.partnership(name)
    catalogue = opened.catalogue_of(partnership)
    known_at = newest_known(opened)
    held = held_from(opened.store, catalogue, known_at, areas=[partnership.area])
    return Desk(opened, partnership, catalogue, SignalledFigures(held, partnership), known_at)


def _state(workspace: Path) -> tuple[object, ...]:
    """What changes when figures or definitions do."""
    files = [*(workspace / "definitions").rglob("*.yaml"), *(workspace / "partnerships").glob("*")]
    stamped = ((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    manifests = (workspace / "data" / "store").glob("manifest-*.json")
    return (*sorted(stamped), max((path.name for path in manifests), default=""))
