"""Building the pack: figures once, one pack file, four documents made from it alone."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from callover.analysis.figures import Figures
from callover.analysis.lineage import Tracer
from callover.analysis.signalled import SignalledFigures
from callover.analysis.stored import held_from
from callover.data.reader import Progress, no_progress
from callover.domain.errors import UnknownName, UserError
from callover.domain.indicators import Catalogue, Indicator, Partnership
from callover.domain.periods import Month
from callover.jobs.commentary import carry_over, read_commentary, read_selection
from callover.jobs.earlier_editions import last_pack
from callover.jobs.editions import public_pack
from callover.jobs.held_months import refuse_area_not_held, refuse_month_not_held
from callover.jobs.hints import newest_known
from callover.jobs.lineage import with_lineage
from callover.jobs.pack_audit import OwnAudit, refuse_contradictions
from callover.jobs.pack_folder import (
    FORMATS,
    NAME,
    base_name,
    check_formats,
    refuse_other_pack,
    remove_outdated,
)
from callover.jobs.status import SourceStatus, source_states
from callover.jobs.told import speaking_of, told_of, withheld_in
from callover.jobs.wards import public_wards, restricted_wards
from callover.jobs.workspace import Workspace
from callover.report import words
from callover.report.build.assemble import assemble
from callover.report.build.context import PackContext, SourceNote
from callover.report.packfile import Pack, read_pack
from callover.report.render.traces import traces
from callover.report.wards import WardFile, wards_name

NOTHING_MORE: Mapping[str, bytes] = {}


@dataclass(frozen=True)
class PackRequest:
    """Which pack: for whom, for when, which part of it, as known at which moment."""

    month: Month
    out: Path
    area: str = ""
    only: tuple[str, ...] = ()
    group: str = ""
    forum: str = ""
    peers: tuple[str, ...] = ()
    as_known_at: datetime | None = None
    from_last: bool = False
    formats: tuple[str, ...] = FORMATS
    editions: tuple[str, ...] = ("restricted",)
    released_by: str = ""  # the post that has read the words of the public edition
    audit: OwnAudit | None = None  # None: the documents are not audited
    wards: bool = False  # whether tables by ward are written beside the pack

    @property
    def selection(self) -> dict[str, Any]:
        """The part of the report that is asked for, as the pack file records it; empty: all."""
        chosen = {"only": sorted(self.only), "group": self.group, "forum": self.forum}
        return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True)
class Built:
    """The files written and what the analyst should look at."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


def build_pack(
    workspace: Workspace, request: PackRequest, progress: Progress = no_progress
) -> Built:
    """Write ``callover-pack.json`` and the documents made from it.

    Raises UserError where nothing is stored for the month or another pack lies in the folder,
    UnknownName for an unknown selection. Nothing is written then.
    """
    check_formats(request.formats)
    partnership = workspace.partnership(request.area)
    own = {"area": partnership.area, "month": str(request.month), "selection": request.selection}
    catalogue = compared_in(workspace.catalogue_of(partnership), request.peers)
    select_indicators(catalogue, request)  # a misspelt name is told before a folder that is taken
    refuse_other_pack(request.out, own)
    carried = carry_over(workspace, partnership, request.month) if request.from_last else ()
    ctx = pack_context(workspace, partnership, catalogue, request, progress)
    made = _editions(workspace, ctx, request)
    packs = [
        replace(pack, facts={**pack.facts, "selection": request.selection}) for pack, *_ in made
    ]
    told = [note for _, note, _ in made if note]
    progress("Writing", 0.9)
    contents = [pack.to_bytes() for pack in packs]
    by_ward = {wards_name(each.edition): each.to_bytes() for _, _, each in made if each.tables}
    files, notes = _write(contents, request.out, request.formats, request.audit, by_ward)
    warnings = [warning for pack in packs for warning in pack.warnings]
    return Built(files, tuple(dict.fromkeys((*warnings, *told, *notes))), carried)


def _editions(
    workspace: Workspace, ctx: PackContext, request: PackRequest
) -> list[tuple[Pack, str, WardFile]]:
    """Every edition asked for, built from the same figures, with what to tell who builds it, and
    its tables by ward; none is written before all are safe."""
    whole = not (request.only or request.group or request.forum)
    figures = cast(Figures, ctx.service)
    area, month = ctx.partnership.area, str(ctx.month)
    packs: list[tuple[Pack, str, WardFile]] = []
    if "restricted" in request.editions:
        ctx.last = last_pack(workspace, area, ctx.month, ctx.catalogue, "restricted")
        pack = with_lineage(assemble(ctx, whole), ctx.used, Tracer(figures))
        wards = restricted_wards(ctx, figures) if request.wards else WardFile(area, month, "")
        packs.append((pack, "", wards))
    if "public" in request.editions:
        out = request.out
        pack, note, made = public_pack(workspace, ctx, figures, whole, request.released_by, out)
        wards = WardFile(area, month, "public")
        if request.wards:
            wards = public_wards(workspace, ctx, figures, made, out)
        packs.append((pack, note, wards))
    return packs


def pack_context(
    workspace: Workspace,
    partnership: Partnership,
    catalogue: Catalogue,
    request: PackRequest,
    progress: Progress,
) -> PackContext:
    """Everything the builders ask, at one moment of knowledge."""
    store = workspace.store
    newest = newest_known(workspace)
    known_at = request.as_known_at or newest
    progress("Reading", 0.1)
    held = held_from(store, catalogue, known_at, areas=[partnership.area])
    told = told_of(store, partnership.area, held.aliases, known_at)
    refuse_month_not_held(store, told, request.month, known_at)
    refuse_area_not_held(held, partnership)
    service = SignalledFigures(held, partnership)
    indicators = select_indicators(catalogue, request)
    written, before = read_commentary(workspace, partnership, catalogue, request.month)
    fed_by = speaking_of(told)
    speaking = {source for source, _ in fed_by}
    states = source_states(workspace, catalogue, partnership, request.month, known_at)
    return PackContext(
        partnership=partnership,
        catalogue=catalogue,
        service=service,
        month=request.month,
        known_at=known_at,
        indicators=indicators,
        commentary=written,
        carried=before,
        findings=[
            finding
            for finding in store.findings(known_at)
            if finding.area in ("", partnership.area)
        ],
        sources=[_source_note(state) for state in states if state.source in speaking],
        fed=frozenset(series for _, series in fed_by),
        fed_by=fed_by,
        withheld=withheld_in(told, request.month),
        selection=read_selection(workspace, partnership, catalogue, request.month),
        progress=progress,
    )


def _source_note(state: SourceStatus) -> SourceNote:
    received = words.day(state.received.date(), short=True) if state.received else "never"
    latest = state.latest.name if state.latest else "none"
    apart = tuple(f"{words.number(count)} {reason}" for reason, count in state.left_out)
    bare = replace(state, findings=0).words
    names = (state.source, state.title, state.owner, latest, received, state.words)
    return SourceNote(*names, bare, apart)


def select_indicators(catalogue: Catalogue, request: PackRequest) -> tuple[Indicator, ...]:
    """The indicators of the report: all valid in the month, or those of a group, forum or list."""
    valid = [i for i in catalogue.indicators.values() if i.valid_in(request.month)]
    for name in request.only:
        if name in catalogue.headlines:
            raise _no_page_of(catalogue, name)
        if name not in catalogue.indicators:
            raise UnknownName("indicator", name, list(catalogue.indicators))
    if request.group:
        keys = {key.lower() for key, _ in (*catalogue.strategic_groups, *catalogue.groups)}
        titles = {t.lower(): k for k, t in (*catalogue.strategic_groups, *catalogue.groups)}
        key = titles.get(request.group.lower(), request.group.lower())
        if key not in keys:
            raise UnknownName("group", request.group, sorted(keys))
        valid = [i for i in valid if key in i.strategic_groups or i.group == key]
    if request.forum:
        forums = {forum for i in catalogue.indicators.values() for forum in i.forums}
        if request.forum not in forums:
            raise UnknownName("forum", request.forum, sorted(forums))
        valid = [i for i in valid if request.forum in i.forums]
    if request.only:
        valid = [i for i in valid if i.id in request.only or i.part_of in request.only]
    return tuple(valid)


def _no_page_of(catalogue: Catalogue, name: str) -> UserError:
    """What a headline is made of: it stands in the executive summary and has no page."""
    headline = catalogue.headlines[name]
    parts = (*headline.breakdown, *catalogue.series[headline.series].parts)
    ids = [i.id for i in catalogue.indicators.values() if i.series in parts and not i.part_of]
    return UserError(
        f"{name} ({headline.title}) is a sum of indicators and has no page of its own.",
        f"Name those that it is made of: --only {','.join(ids)}",
    )


def compared_in(catalogue: Catalogue, groups: Sequence[str]) -> Catalogue:
    """The set with every comparison made in ``groups``; unchanged where none is named.

    An indicator that is compared with nobody stays so. Raises UnknownName.
    """
    for name in groups:
        if name not in catalogue.peer_groups:
            raise UnknownName("peer group", name, tuple(catalogue.peer_groups))
    if not groups:
        return catalogue
    indicators = {
        name: replace(one, peer_groups=tuple(groups)) if one.peer_groups else one
        for name, one in catalogue.indicators.items()
    }
    return replace(catalogue, indicators=indicators)


def write_pack(pack: Pack, out: Path, formats: Sequence[str] = FORMATS) -> tuple[Path, ...]:
    """The pack file first, then each document, rendered from the pack file as read back."""
    return _write([pack.to_bytes()], out, formats)[0]


def render_again(
    pack_file: Path, out: Path, formats: Sequence[str] = FORMATS, progress: Progress = no_progress
) -> tuple[Path, ...]:
    """The documents of a finished pack, from its pack file alone: no workspace, no store.

    The same pack file gives the same bytes. Raises UserError where ``pack_file`` is none.
    """
    check_formats(formats)
    refuse_other_pack(out, read_pack(pack_file).facts)
    progress("Writing", 0.1)
    return _write([pack_file.read_bytes()], out, formats)[0]


def _write(
    contents: Sequence[bytes],
    out: Path,
    formats: Sequence[str],
    audit: OwnAudit | None = None,
    more: Mapping[str, bytes] = NOTHING_MORE,
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """All files of all editions beside one another first, then into place: a reader never sees
    half a pack, nor one that contradicts itself. The files, and what a person should look at."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{NAME}-", dir=out) as folder:
        beside = Path(folder)
        bases = {_write_beside(content, beside, formats): content for content in contents}
        for name, content in more.items():
            (beside / name).write_bytes(content)
        documents = [beside / f"{base}.{name}" for base in bases for name in formats]
        notes = refuse_contradictions(documents, audit) if audit is not None else ()
        for base, content in bases.items():
            remove_outdated(out, content, base)
        written = [path.replace(out / path.name) for path in sorted(beside.iterdir())]
    return tuple(written), notes


def _write_beside(content: bytes, folder: Path, formats: Sequence[str]) -> str:
    """One edition's pack file and documents; gives the first part of their names."""
    source = folder / "pack.json"
    source.write_bytes(content)
    again = read_pack(source)
    base = base_name(str(again.facts.get("edition", "")))
    source.rename(folder / f"{base}.json")
    for name in formats:
        (folder / f"{base}.{name}").write_bytes(render(again, name))
    return base


def render(pack: Pack, name: str) -> bytes:
    """One document of the pack, by format; raises UnknownName for a format that is none."""
    check_formats([name])
    module = import_module(f"callover.report.render.{name}")  # loaded when asked for
    if name == "xlsx":
        return bytes(module.render_xlsx(pack.document, pack.figures))
    if name == "html":
        return str(module.render_html(pack.document, traces(pack))).encode()
    made: bytes = getattr(module, f"render_{name}")(pack.document)
    return made
