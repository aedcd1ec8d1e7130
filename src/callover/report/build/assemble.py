"""Puts the sections of the call-over report together and records what they used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callover import __version__
from callover.domain.figures import Figure
from callover.domain.indicators import Indicator
from callover.report import words
from callover.report.blocks import Document, Paragraph, Section, text
from callover.report.build.abbreviations import open_abbreviations
from callover.report.build.areas import sections
from callover.report.build.at_a_glance import at_a_glance
from callover.report.build.brief import chairs_brief
from callover.report.build.context import PackContext
from callover.report.build.count_tables import count_tables
from callover.report.build.cover import TITLE, contents, cover, introduction
from callover.report.build.executive import executive_summary
from callover.report.build.fire import measure_table
from callover.report.build.indicator_page import indicator_page
from callover.report.build.made_of import made_of
from callover.report.build.notes import not_yet_fed, notes
from callover.report.build.offences import is_whole_tree, offence_breakdown
from callover.report.build.since_last import since_last
from callover.report.build.summary import summary
from callover.report.build.tokens import check_tokens, printed_forms
from callover.report.build.trends import trends
from callover.report.commentary import stale_months, typed_numbers
from callover.report.packfile import Pack


def assemble(ctx: PackContext, whole: bool = True) -> Pack:
    """The pack of ``ctx.indicators``; ``whole`` adds the parts that only a full report has."""
    fed = tuple(i for i in ctx.indicators if ctx.has_history(i))
    unfed = tuple(i for i in ctx.indicators if i not in fed)
    ctx.indicators, ctx.unfed = fed, unfed
    check_selection(ctx, unfed)
    check_tokens(ctx)
    check_commentary_months(ctx)
    brief = chairs_brief(ctx)
    parts: list[Section | None] = [brief, contents(), introduction(ctx)]
    parts += [executive_summary(ctx), summary(ctx), at_a_glance(ctx), *sections(ctx)]
    breakdowns = [offence_breakdown(ctx, i.id) for i in fed if whole and is_whole_tree(ctx, i)]
    parts += [_detail_title(fed, any(breakdowns)), *breakdowns]
    for done, indicator in enumerate(fed):
        if not indicator.shares_page_of:
            ctx.progress(indicator.title, done / max(1, len(fed)))
            parts.append(indicator_page(ctx, indicator))
    parts += [made_of(ctx), count_tables(ctx)]
    if whole:
        parts += [measure_table(ctx, table) for table in ctx.catalogue.tables.values()]
        parts.append(trends(ctx))
        parts.append(since_last(ctx))
    if unfed:
        parts.append(not_yet_fed(ctx, unfed))
    check_typed_numbers(ctx)
    parts.append(notes(ctx))
    made = [part for part in parts if part is not None]
    document = _document(ctx, (cover(ctx, brief, made), *made))
    return Pack(
        document=open_abbreviations(document, ctx.catalogue.terms),
        facts=_facts(ctx),
        figures=tuple(_record(figure) for _, figure in sorted(ctx.used.items())),
        findings=tuple(_finding(ctx, index) for index in range(len(ctx.findings))),
        commentary={name: written.body for name, written in ctx.written.items()},
        warnings=tuple(dict.fromkeys(ctx.warnings)),
    )


def _detail_title(fed: tuple[Indicator, ...], breakdown: bool) -> Section | None:
    """The heading above offence breakdown and one-page summaries."""
    if not fed:
        return None
    pages = sum(not indicator.shares_page_of for indicator in fed)
    follow = "One page follows." if pages == 1 else f"{words.number(pages)} pages follow, in order."
    if breakdown:
        follow = (
            f"First all offences by type, then {words.number(pages)} one-page summaries in order."
        )
    title = "Offences and indicators in detail" if breakdown else "One-page summaries"
    lead = (Paragraph(text(follow)),)
    return Section("in-detail", title, lead, "appendix", new_page=False)


def _document(ctx: PackContext, parts: tuple[Section, ...]) -> Document:
    moment = ctx.known_at
    known = words.day(moment.date(), short=True)
    return Document(
        title=f"{TITLE}, {ctx.month.name}",
        subtitle=ctx.partnership.name,
        organisation=ctx.partnership.name,
        marking=ctx.partnership.marking,
        moment=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        sections=parts,
        colour=ctx.partnership.colour,
        subject=f"Performance of the partnership's indicators at {ctx.month.name}",
        footer=f"{ctx.partnership.name} · {ctx.month.name} · as known on {known}",
    )


def _facts(ctx: PackContext) -> Mapping[str, Any]:
    return {
        "partnership": ctx.partnership.id,
        "area": ctx.partnership.area,
        "organisation": ctx.partnership.name,
        "month": str(ctx.month),
        "edition": ctx.edition,
        "marking": ctx.partnership.marking,
        "known_at": ctx.known_at.isoformat(),
        "set": ctx.catalogue.set_id,
        "definitions_hash": ctx.catalogue.content_hash,
        "versions": {"callover": __version__, "pack": 1},
        "indicators": [indicator.id for indicator in ctx.indicators],
        "titles": _titles(ctx),
        "kinds": {indicator.id: _kind(ctx, indicator) for indicator in ctx.indicators},
        "ratings": {each.id: ctx.rating(each).shown.words for each in ctx.indicators},
        "sources": [
            {"source": s.source, "title": s.title, "latest": s.latest, "state": s.state}
            for s in ctx.sources
        ],
    }


def _kind(ctx: PackContext, indicator: Indicator) -> Mapping[str, Any]:
    """What an indicator is called, and where it belongs."""
    strategic = dict(ctx.catalogue.strategic_groups)
    return {
        "title": indicator.title,
        "number": indicator.number,
        "group": dict(ctx.catalogue.groups)[indicator.group],
        "strategic": [strategic[key] for key in indicator.strategic_groups],
    }


def _titles(ctx: PackContext) -> Mapping[str, str]:
    """What the indicators, series and peer groups of the figures are called."""
    found = {}
    for figure in ctx.used.values():
        if figure.series in ctx.catalogue.series:
            found[figure.series] = ctx.catalogue.series[figure.series].title
        if figure.peer_group:
            found[figure.peer_group] = ctx.catalogue.peer_groups[figure.peer_group].title
    names = {figure.indicator for figure in ctx.used.values()}
    for known in (ctx.catalogue.indicators, ctx.catalogue.headlines):
        found |= {name: known[name].title for name in names & known.keys()}
    return dict(sorted(found.items()))


def _record(figure: Figure) -> Mapping[str, Any]:
    record = figure.record() | {"key": figure.key, "published": figure.published}
    if figure.reason:
        record["reason"] = figure.reason
    if figure.of is not None:
        record["of"] = figure.of
    return record


def _finding(ctx: PackContext, index: int) -> Mapping[str, Any]:
    finding = ctx.findings[index]
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "source": finding.source,
        "series": finding.series,
        "area": finding.area,
        "period": finding.period,
        "message": finding.message,
        "printed": finding.printed,
        "follows": finding.follows,
    }


def check_selection(ctx: PackContext, unfed: tuple[Indicator, ...]) -> None:
    """Warn of indicators that the analyst added to a list and that nothing was received for."""
    added = {name for edits in ctx.selection.values() for name in edits.add}
    for indicator in unfed:
        if indicator.id in added:
            ctx.warnings.append(
                f"{indicator.title}: selection.yaml adds it, but it is not fed yet: not shown."
            )


def check_commentary_months(ctx: PackContext) -> None:
    """Warn of months in the commentary that lie before the report's."""
    for name, written in sorted(ctx.commentary.items()):
        for mention in stale_months(written.body, ctx.month, written.carried_from is not None):
            title = ctx.catalogue.indicators[name].title
            ctx.warnings.append(f"{title}: the text names {mention}, before {ctx.month.name}.")


def check_typed_numbers(ctx: PackContext) -> None:
    """Warn of numbers typed in the commentary that no figure of the pack has."""
    forms = printed_forms(ctx.used.values())
    for name, written in sorted(ctx.commentary.items()):
        for number in typed_numbers(written.body):
            if number not in forms:
                title = ctx.catalogue.indicators[name].title
                ctx.warnings.append(f"{title}: {number} is typed, and equals no figure.")
