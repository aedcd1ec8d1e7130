"""What the pack claims in fixed words holds for the figures that it really has."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from callover.domain.ratings import Rating
from callover.jobs.pack import PackRequest, pack_context
from callover.jobs.workspace import Workspace
from callover.report.blocks import (
    BulletList,
    Heading,
    Note,
    Paragraph,
    Section,
    Span,
    TermList,
    every,
    plain,
)
from callover.report.build.abbreviations import abbreviations
from callover.report.build.assemble import assemble
from callover.report.build.context import PackContext
from callover.report.packfile import Pack
from callover.report.selection import Edits
from example_pack import SEPTEMBER, example_workspace

CONTRADICTS = "Rests on figures that contradict themselves (see the findings)."


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return example_workspace(tmp_path_factory.mktemp("claims") / "workspace")


def context(workspace: Workspace, *only: str) -> PackContext:
    partnership = workspace.partnership("")
    catalogue = workspace.catalogue_of(partnership)
    request = PackRequest(SEPTEMBER, Path(), only=only)
    return pack_context(workspace, partnership, catalogue, request, lambda _what, _share: None)


@pytest.fixture(scope="module")
def whole(workspace: Workspace) -> Pack:
    return assemble(context(workspace))


def part(pack: Pack, name: str) -> Section:
    return next(each for each in pack.document.sections if each.id == name)


def lines(section: Section) -> list[str]:
    found = []
    for block in every(section.blocks):
        if isinstance(block, Paragraph | Note):
            found.append(plain(block.spans))
        elif isinstance(block, BulletList):
            found += [plain(item) for item in block.items]
        elif isinstance(block, TermList):
            found += [f"{term}: {plain(said)}" for term, said in block.items]
    return found


def test_good_news_from_nine_completed_of_four_ended_says_so(whole: Pack) -> None:
    """July 2016: nine Alcohol Treatment Requirements completed of the four that ended."""
    page = part(whole, "page-atr_success")
    notes = [block for block in every(page.blocks) if isinstance(block, Note)]
    assert CONTRADICTS in [plain(note.spans) for note in notes]
    summary = [one for one in lines(part(whole, "executive-summary")) if "Alcohol Treat" in one]
    assert summary
    assert all("ests on figures that contradict themselves" in one for one in summary)


def test_what_no_finding_touches_says_nothing(whole: Pack) -> None:
    assert not any(CONTRADICTS in line for line in lines(part(whole, "page-criminal_damage")))


def test_a_contradiction_of_another_year_is_not_said(workspace: Workspace) -> None:
    ctx = context(workspace, "atr_success")
    old = "2013-07-01 to 2013-07-31"
    ctx.findings = [replace(finding, period=old) for finding in ctx.findings]
    assert not any(CONTRADICTS in line for line in lines(part(assemble(ctx), "page-atr_success")))


def test_whoever_gave_figures_before_is_asked_for_them(workspace: Workspace) -> None:
    ctx = context(workspace, "tno")
    tno = ctx.indicators[0]
    giver, silent = "met_borough", next(s for s in tno.change_sources if s != "met_borough")
    ctx.catalogue = replace(
        ctx.catalogue,
        sources=ctx.catalogue.sources
        | {giver: replace(ctx.catalogue.sources[giver], owner="The giver"),
           silent: replace(ctx.catalogue.sources[silent], owner="The silent")},
    )  # fmt: skip
    ctx.indicators = (replace(tno, change_sources=(silent, giver), rate_sources=()),)
    ctx.fed_by = frozenset({(giver, tno.series)})
    ctx.service = _NoData(ctx.service)
    said = " ".join(lines(part(assemble(ctx), "brief")))
    assert "(The giver)" in said


class _NoData:
    """A service that rates everything as without data."""

    def __init__(self, service: Any) -> None:
        self._service = service

    def __getattr__(self, name: str) -> object:
        return getattr(self._service, name)

    def rating(self, *where: object) -> object:
        return replace(self._service.rating(*where), computed=Rating.NO_DATA, override=None)


def test_one_indicator_is_not_said_in_the_plural(workspace: Workspace) -> None:
    said = " ".join(lines(part(assemble(context(workspace, "atr_success")), "introduction")))
    assert "on its one indicator:" in said
    assert "1 indicators" not in said
    assert "Of 1" not in said


def test_an_added_indicator_that_is_not_fed_is_warned_of(workspace: Workspace) -> None:
    ctx = context(workspace, "tno", "robbery")
    ctx.fed = frozenset({"tno"})
    ctx.selection = {"improvement": Edits(add={"robbery": "Two in the park"})}
    assert any("Robbery" in said and "not fed" in said for said in assemble(ctx).warnings)


def test_the_cover_names_what_follows_and_asks_only_where_there_is_something_to_decide(
    workspace: Workspace, whole: Pack
) -> None:
    """A pack of one page has no fire table, and a brief without items asks for nothing."""
    assert "fire brigade measures for the borough" in facts(part(whole, "cover"))["Attachments"]
    one = facts(part(assemble(context(workspace, "domestic_violence"), whole=False), "cover"))
    assert one["Attachments"] == "One-page summaries and notes."
    assert one["Decision asked"] == "Note the report."


def facts(cover: Section) -> dict[str, str]:
    (terms,) = (block for block in cover.blocks if isinstance(block, TermList))
    return {name: plain(said) for name, said in terms.items}


def test_the_cover_names_what_the_brief_asks_to_decide(whole: Pack) -> None:
    decision = facts(part(whole, "cover"))["Decision asked"]
    heads = [b.text for b in part(whole, "brief").blocks if isinstance(b, Heading)]
    assert f"the {len(heads)} items of the chair's brief" in decision
    assert heads
    for head in heads:
        assert head.partition(". ")[2][1:] in decision


def test_each_abbreviation_is_opened_where_prose_first_uses_it(
    workspace: Workspace, whole: Pack
) -> None:
    """Read from the start: the first mention of each carries its words, no later one does."""
    full = abbreviations(context(workspace).catalogue.terms)
    first: dict[str, bool] = {}
    opened: list[str] = []
    for span in prose(whole):
        opened += [short.removesuffix("s") for short, _ in span.opens]
        for term in sorted(full, key=len, reverse=True):
            if re.search(rf"\b{re.escape(term)}s?\b(?! 7)", span.text):
                first.setdefault(term, any(short.startswith(term) for short, _ in span.opens))
    assert {"MOPAC 7", "IDAP", "MARAC"} <= first.keys()
    assert all(first.values()), first
    assert len(opened) == len(set(opened))


def prose(pack: Pack) -> list[Span]:
    """The spans of all prose in reading order; the glossary is none."""
    found: list[Span] = []
    for section in pack.document.sections:
        for block in every(section.blocks):
            if isinstance(block, Paragraph | Note):
                found += block.spans
            elif isinstance(block, BulletList):
                found += [span for item in block.items for span in item]
            elif isinstance(block, TermList) and block.items[0][0] != "ABH":
                found += [span for _, said in block.items for span in said]
    return found
