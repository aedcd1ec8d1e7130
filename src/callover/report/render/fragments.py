"""Sections of a pack as pieces of HTML for pages that have a frame of their own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jinja2 import Template
from markupsafe import Markup

from callover.report.blocks import Columns, Document, Heading, Section, anchors, every
from callover.report.render.html import SHAPES, environment, outline, shape_of
from callover.report.render.traces import Trace, printed_in

_PAGE = "page-"


def slug(section: str) -> str:
    """A section's name in addresses: an indicator's id, or its own."""
    return section.removeprefix(_PAGE)


@cache
def _template() -> Template:
    """Compiled once: it takes longer than filling it."""
    own = environment().overlay()
    own.filters = environment().filters | {"shape": _shape}
    return own.get_template("fragment.html.j2")


class Fragments:
    """Renders the sections of one document; each links to the others as pages beside it."""

    def __init__(self, document: Document, traces: Mapping[str, Trace]) -> None:
        self._document, self._titles, self._traces = document, anchors(document), traces
        self._home = {
            anchor: section.id for section in document.sections for anchor in _anchors(section)
        }
        self._template = _template()

    def section(self, section: Section) -> str:
        """The blocks of a section without its title, and where its numbers come from.

        Holds no inline style, so that a strict content-security policy lets it stand.
        """
        named = {name: self._traces[name] for name in printed_in(section) if name in self._traces}
        return self._template.render(
            section=section, shapes=SHAPES, titles=self._titles, traces=named,
            outline=outline(self._document, lambda anchor: self._href(anchor, section.id)),
            hrefs={anchor: self._href(anchor, section.id) for anchor in self._titles},
        )  # fmt: skip

    def _href(self, anchor: str, here: str) -> str:
        home = self._home[anchor]
        if home == here:
            return f"#{anchor}"
        page = f"../{slug(home)}/"
        return page if anchor == home else f"{page}#{anchor}"


def _anchors(section: Section) -> list[str]:
    headings = (block for block in every(section.blocks) if isinstance(block, Heading))
    return [section.id, *(block.anchor for block in headings if block.anchor)]


def _shape(columns: Columns) -> Markup:
    return Markup('data-shape="{}"').format(shape_of(columns))
