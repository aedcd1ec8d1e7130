"""The invented partnership through the whole system: its truths stand in the pack."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callover.domain.periods import Month
from callover.domain.ratings import Rating
from callover.examples.invented import truths
from callover.jobs.demo import MONTH
from callover.jobs.pack import PackRequest, build_pack, pack_context
from callover.jobs.workspace import Workspace
from callover.report.blocks import BulletList, Cell, Note, Paragraph, Section, Table, every, plain
from callover.report.build.context import PackContext
from callover.report.packfile import Pack, read_pack
from callover.report.render.pdf import render_pdf
from example_pack import demo_workspace
from pdf_pages import pages_of


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return demo_workspace(tmp_path_factory.mktemp("invented") / "demo")


@pytest.fixture(scope="module")
def pack(stored: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    out = tmp_path_factory.mktemp("pack")
    build_pack(stored, PackRequest(MONTH, out, area=truths.AREA, formats=()))
    return read_pack(out / "callover-pack.json")


def test_every_summary_is_one_page_of_the_pdf(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(render_pdf(pack.document))
    titles = [part.title for part in pack.document.sections if part.kind == "indicator"]
    lengths = pages_of(path, titles)
    assert len(lengths) >= 30
    assert {title: pages for title, pages in lengths.items() if pages != 1} == {}


def context(stored: Workspace, known: datetime | None = None) -> PackContext:
    partnership = stored.partnership(truths.AREA)
    request = PackRequest(MONTH, Path(), area=truths.AREA, as_known_at=known)
    catalogue = stored.catalogue_of(partnership)
    return pack_context(stored, partnership, catalogue, request, lambda _what, _share: None)


@pytest.fixture(scope="module")
def ctx(stored: Workspace) -> PackContext:
    return context(stored)


def page(pack: Pack, name: str) -> Section:
    return next(part for part in pack.document.sections if part.id == name)


def said(part: Section) -> str:
    found = []
    for block in every(part.blocks):
        if isinstance(block, Paragraph | Note):
            found.append(f"{getattr(block, 'title', '')} {plain(block.spans)}".strip())
        elif isinstance(block, BulletList):
            found += [plain(item) for item in block.items]
        elif isinstance(block, Table):
            found += [cell.text for row in block.rows for cell in row.cells]
            found += [plain(note) for note in block.notes]
    return "\n".join(found)


def test_the_pack_calls_itself_invented_and_has_every_page(pack: Pack) -> None:
    assert "invented" in pack.document.organisation
    assert sum(part.kind == "indicator" for part in pack.document.sections) == 34
    assert "not-yet-fed" not in {part.id for part in pack.document.sections}


def test_the_step_leads_the_red_indicators(pack: Pack, ctx: PackContext) -> None:
    assert ctx.rating(ctx.catalogue.indicators[truths.STEP.series]).shown is Rating.RED
    assert "the largest change for its size of the" in said(page(pack, "brief"))
    heads = [block.text for block in page(pack, "brief").blocks if hasattr(block, "text")]
    assert any("Theft from motor vehicle" in head for head in heads)


def known(ctx: PackContext, measure: str, month: Month) -> float:
    value = ctx.value("tno", measure, month=month)
    assert value is not None
    return value


def test_the_rate_falls_with_the_population_and_not_with_crime(ctx: PackContext) -> None:
    """Offences hardly move, the rate loses a tenth where the rebased estimate takes over."""
    march, april = Month.of(2015, 3), Month.of(2015, 4)
    count = [known(ctx, "rolling12", month) for month in (march, april)]
    rate = [known(ctx, "rate", month) for month in (march, april)]
    assert count[1] / count[0] == pytest.approx(1, abs=0.01)
    factor = truths.BROKEN_DENOMINATOR[1]
    assert rate[1] / rate[0] == pytest.approx(1 / (1.011 * factor), abs=0.01)


def test_the_silent_source_is_no_data_and_stands_in_the_brief(pack: Pack, ctx: PackContext) -> None:
    for name in ("idap_completions", "atr_success", "drr_success"):
        assert ctx.rating(ctx.catalogue.indicators[name]).shown is Rating.NO_DATA
    brief = said(page(pack, "brief"))
    assert "Came without a figure:" in brief
    assert "new case system at the provider" in brief  # what the source itself said
    assert "National Probation Service" in brief


def test_a_report_as_known_then_shows_what_was_known_then(stored: Workspace) -> None:
    then = context(stored, datetime(2016, 10, 20, 12, tzinfo=UTC))
    before = context(stored, datetime(2016, 9, 20, 12, tzinfo=UTC))
    august = Month.of(2016, 8)
    now, earlier = (each.value("tno", "month", month=august) for each in (then, before))
    assert now is not None
    assert earlier is not None
    assert now > earlier
    assert before.value("tno", "month") is None


def test_the_override_stands_beside_the_computed_colour(pack: Pack, ctx: PackContext) -> None:
    result = ctx.rating(ctx.catalogue.indicators[truths.OVERRIDDEN])
    assert (result.computed, result.shown) == (Rating.RED, Rating.AMBER)
    assert "Amber set by Head of community safety" in said(page(pack, "summary"))
    assert "One fight in June" in said(page(pack, "notes"))


def test_the_target_changed_within_the_year(pack: Pack, ctx: PackContext) -> None:
    name, since, old, new = truths.CHANGED_TARGET
    to_date = {m: ctx.value(name, "target_to_date", month=m) for m in (since - 1, since)}
    assert to_date == {since - 1: old * 3 / 12, since: new * 4 / 12}
    told = said(page(pack, f"page-{name}"))
    note = next(line for line in told.splitlines() if line.startswith("Target changed"))
    for part in ("July 2016", "240", "210", "warden scheme", "Exampleford board, 28 June 2016"):
        assert part in note


def test_the_break_of_recording_is_told_and_told_here_only(pack: Pack, stored: Workspace) -> None:
    assert "From January 2016 the invented force" in said(page(pack, "page-domestic_violence"))
    real = stored.catalogue_of(stored.partnership("E09000002"))
    assert not [b for b in real.indicators["domestic_violence"].breaks if b.area]


def test_the_new_indicator_says_new_and_no_change(pack: Pack) -> None:
    table = next(b for b in page(pack, "summary").blocks if isinstance(b, Table))
    row = next(r for r in table.rows if len(r.cells) > 1 and "hate crime" in r.cells[1].text)
    assert row.cells[1].text.endswith("(new)")
    assert Cell("New") in row.cells


def test_actions_are_overdue_and_paragraphs_stale(pack: Pack) -> None:
    own = said(page(pack, "page-theft_from_motor_vehicle"))
    assert "overdue by 37 days" in own
    assert own.count("Not updated since 22 August 2016.") == 2
    assert "will shrink from now on" in own


def test_the_edited_lists_say_who_and_why(pack: Pack) -> None:
    assert "Added by the analyst: The rule alone" in said(page(pack, "improvement"))
    assert "Left out by the analyst: MOPAC 7: Personal robbery" in said(page(pack, "monitoring"))


def test_no_token_is_left_and_no_number_of_its_own_is_typed(pack: Pack) -> None:
    assert "{{" not in "".join(said(part) for part in pack.document.sections)
    assert [warning for warning in pack.warnings if "is typed" in warning] == []
