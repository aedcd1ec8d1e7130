"""What the analyst does to a pack: carries words over, edits lists, builds a part of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from callover.domain.errors import FaultsFound, UnknownName
from callover.domain.periods import Month
from callover.jobs.pack import Built, PackRequest, build_pack
from callover.jobs.workspace import Workspace
from callover.report.blocks import BulletList, Note, Paragraph, Section, every, plain
from callover.report.packfile import Pack, read_pack
from example_pack import SEPTEMBER, example_workspace

OCTOBER = Month.of(2016, 10)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return example_workspace(tmp_path_factory.mktemp("analyst") / "workspace")


@pytest.fixture
def words(stored: Workspace, tmp_path: Path) -> Iterator[Path]:
    """The commentary folder, as it was again after the test."""
    folder = stored.path / "commentary" / "barking-and-dagenham"
    shutil.copytree(folder, tmp_path / "kept")
    yield folder
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "kept", folder)


def build(stored: Workspace, out: Path, **options: Any) -> tuple[Pack, Built]:
    request = PackRequest(**{"month": SEPTEMBER, "out": out, "formats": (), **options})
    built = build_pack(stored, request)
    return read_pack(out / "callover-pack.json"), built


def section(pack: Pack, name: str) -> Section:
    return next(part for part in pack.document.sections if part.id == name)


def pages(pack: Pack) -> list[str]:
    return [part.id for part in pack.document.sections if part.kind == "indicator"]


def said(part: Section) -> str:
    found = []
    for block in every(part.blocks):
        if isinstance(block, Paragraph | Note):
            found.append(plain(block.spans))
        elif isinstance(block, BulletList):
            found += [plain(item) for item in block.items]
    return "\n".join(found)


# Carrying over


def test_carried_paragraphs_are_each_marked_and_new_ones_are_not(
    stored: Workspace, words: Path, tmp_path: Path
) -> None:
    (words / "2016-09" / "tno.md").write_text(
        "---\nupdated: 2016-11-20\n---\nFirst stands.\n\nSecond changes.\n\nThird stands.\n"
    )
    _, built = build(stored, tmp_path / "a", month=OCTOBER, from_last=True)
    assert "tno" in built.carried
    copy = words / "2016-10" / "tno.md"
    copy.write_text(copy.read_text().replace("Second changes.", "Second is new."))
    pack, _ = build(stored, tmp_path / "b", month=OCTOBER)
    blocks = [b for b in every(section(pack, "page-tno").blocks) if isinstance(b, Paragraph | Note)]
    texts = [plain(block.spans) for block in blocks]
    start = texts.index("First stands.")
    assert texts[start : start + 5] == [
        "First stands.",
        "Not updated since 20 November 2016.",
        "Second is new.",
        "Third stands.",
        "Not updated since 20 November 2016.",
    ]


def test_carrying_over_names_the_stale_months(
    stored: Workspace, words: Path, tmp_path: Path
) -> None:
    (words / "2016-09" / "tno.md").write_text("Calls peaked in August 2016.\n")
    pack, built = build(stored, tmp_path, month=OCTOBER, from_last=True, only=("tno",))
    assert any("August 2016" in warning for warning in built.warnings)
    assert "August 2016" in said(section(pack, "notes"))


def test_carrying_over_never_touches_words_of_this_month(
    stored: Workspace, words: Path, tmp_path: Path
) -> None:
    own = words / "2016-10" / "tno.md"
    own.parent.mkdir()
    own.write_text("Written for October.\n")
    _, built = build(stored, tmp_path, month=OCTOBER, from_last=True, only=("tno",))
    assert own.read_text() == "Written for October.\n"
    assert "tno" not in built.carried
    assert "carried_from: 2016-09" in (words / "2016-10" / "robbery.md").read_text()


def test_text_carried_twice_is_as_old_as_where_it_was_written(
    stored: Workspace, words: Path, tmp_path: Path
) -> None:
    """A paragraph from September does not become October's by standing in October's file."""
    (words / "2016-09" / "tno.md").write_text("---\nupdated: 2016-11-20\n---\nOld.\n")
    build(stored, tmp_path / "a", month=OCTOBER, from_last=True, only=("tno",))
    october = words / "2016-10" / "tno.md"
    october.write_text("---\ncarried_from: 2016-09\nupdated: 2016-12-18\n---\nOld.\n\nAdded.\n")
    november = Month.of(2016, 11)
    pack, _ = build(stored, tmp_path / "b", month=november, from_last=True, only=("tno",))
    text = said(section(pack, "page-tno"))
    assert "Old.\nNot updated since 20 November 2016." in text
    assert "Added.\nNot updated since 18 December 2016." in text


# Tokens and typed numbers


def test_a_bad_token_is_refused_with_file_line_and_nearest_name(
    stored: Workspace, words: Path, tmp_path: Path
) -> None:
    (words / "2016-09" / "tno.md").write_text("One.\n\nUp {{ rolling12_chnge }}.\n")
    (words / "2016-09" / "robbery.md").write_text(
        "{{ burglry.ytd }} {{ rank }} {{ rank@msg_51 }} {{ ytd | wrds }} {{ so on }}\n"
    )
    with pytest.raises(FaultsFound) as caught:
        build(stored, tmp_path)
    told = [str(fault) for fault in caught.value.faults]
    assert len(told) == 6
    wanted = next(fault for fault in told if "rolling12_chnge" in fault)
    assert "tno.md, line 3" in wanted
    assert "'rolling12_change'" in wanted
    assert any("'burglary'" in fault for fault in told)
    assert any("needs a peer group" in fault for fault in told)
    assert any("'msg_15'" in fault for fault in told)
    assert any("'words'" in fault for fault in told)
    assert any("is no figure token" in fault for fault in told)
    assert not (tmp_path / "callover-pack.json").exists()


def test_tokens_print_the_figures_of_the_tables(
    stored: Workspace, words: Path, tmp_path: Path
) -> None:
    (words / "2016-09" / "tno.md").write_text(
        "---\nask: Note {{ rolling12 }}.\n---\n"
        "A {{ rolling12_change }} B {{ burglary.rolling12_change | words }} C {{ rank@met_32 }}.\n"
    )
    pack, _ = build(stored, tmp_path)
    assert "A +919 B 325 fewer offences C 21st of 32." in said(section(pack, "page-tno"))
    assert "Decision asked: Note 17,825." in said(section(pack, "brief"))
    spans = [
        span
        for block in every(section(pack, "page-tno").blocks)
        if isinstance(block, Paragraph)
        for span in block.spans
        if span.text == "+919"
    ]
    keys = {figure["key"] for figure in pack.figures}
    assert spans
    assert all(span.figure in keys for span in spans)


def test_a_typed_number_that_equals_no_figure_is_warned_about(
    stored: Workspace, words: Path, tmp_path: Path
) -> None:
    (words / "2016-09" / "burglary.md").write_text("Down by 327, or by 325, since 5 May 2016.\n")
    _, built = build(stored, tmp_path, only=("burglary",))
    typed = [warning for warning in built.warnings if "is typed" in warning]
    assert any("327" in warning for warning in typed)
    assert not any("325" in warning or "2016" in warning for warning in typed)


def test_words_on_an_indicator_that_does_not_exist_are_refused(
    stored: Workspace, words: Path, tmp_path: Path
) -> None:
    (words / "2016-09" / "burglry.md").write_text("Words.\n")
    with pytest.raises(FaultsFound) as caught:
        build(stored, tmp_path)
    assert "'burglary'" in str(caught.value.faults[0])


# Editing the lists


def test_the_analyst_edits_the_lists_and_the_pack_says_so(
    stored: Workspace, words: Path, tmp_path: Path
) -> None:
    (words / "2016-09" / "selection.yaml").write_text(
        "improvement:\n  add:\n    knife_crime: Three stabbings after the month closed\n"
        "  remove:\n    robbery: The rise belongs to last winter\n"
    )
    pack, _ = build(stored, tmp_path)
    part = section(pack, "improvement")
    anchors = [getattr(block, "anchor", "") for block in part.blocks]
    listed = [anchor for anchor in anchors if anchor]
    assert listed[0] == "knife_crime-in-brief"
    assert "robbery-in-brief" not in listed
    assert "Added by the analyst: Three stabbings after the month closed." in said(part)
    assert "Left out by the analyst: MOPAC 7: Robbery (The rise belongs" in said(part)
    assert "Knife crime" in next(
        block.text for block in section(pack, "brief").blocks if hasattr(block, "text")
    )


def test_an_edited_list_with_faults_is_refused(
    stored: Workspace, words: Path, tmp_path: Path
) -> None:
    (words / "2016-09" / "selection.yaml").write_text("improvement:\n  add: {knif_crime: Why}\n")
    with pytest.raises(FaultsFound) as caught:
        build(stored, tmp_path)
    assert "selection.yaml, line 2" in str(caught.value.faults[0])
    assert "'knife_crime'" in str(caught.value.faults[0])


# The chair's brief


def test_the_brief_is_five_items_at_most_each_with_change_reason_and_decision(
    stored: Workspace, tmp_path: Path
) -> None:
    pack, _ = build(stored, tmp_path)
    part = section(pack, "brief")
    heads = [block for block in part.blocks if hasattr(block, "level")]
    lists = [block for block in part.blocks if isinstance(block, BulletList)]
    assert 0 < len(heads) <= 5
    assert len(lists) == len(heads)
    for each in lists:
        starts = [plain(item).partition(":")[0] for item in each.items]
        assert starts[0] == "Why it is listed"
        assert starts[-1] == "Decision asked"


def test_no_sentence_says_a_rating_twice(stored: Workspace, tmp_path: Path) -> None:
    build(stored, tmp_path)
    text = (tmp_path / "callover-pack.json").read_text()
    for name in ("Not rated", "No data", "Red", "Amber", "Green"):
        assert f"{name}: {name}" not in text


# A part of the pack


def test_only_builds_the_pages_of_the_named_indicators(stored: Workspace, tmp_path: Path) -> None:
    pack, _ = build(stored, tmp_path, only=("burglary", "tno"))
    assert pages(pack) == ["page-tno", "page-burglary", "page-burglary_dwelling"]
    ids = {part.id for part in pack.document.sections}
    assert not ids & {"offences", "lfb_borough_table", "five-years"}


@pytest.mark.parametrize("name", ["Fire service", "fire", "FIRE SERVICE"])
def test_group_builds_the_pages_of_one_group(stored: Workspace, tmp_path: Path, name: str) -> None:
    pack, _ = build(stored, tmp_path, group=name)
    assert pages(pack) == ["page-outdoor_rubbish_fires", "page-arson", "page-vehicle_arson"]


def test_a_strategic_group_is_a_group_too(stored: Workspace, tmp_path: Path) -> None:
    pack, _ = build(stored, tmp_path, group="protection")
    assert "page-marac_repeats" in pages(pack)
    assert "page-custody" not in pages(pack)


def test_forum_builds_the_pages_that_go_there(stored: Workspace, tmp_path: Path) -> None:
    catalogue = stored.catalogue_of(stored.partnership(""))
    forum = next(f for i in catalogue.indicators.values() for f in i.forums)
    wanted = [
        f"page-{i.id}"
        for i in catalogue.indicators.values()
        if forum in i.forums and not i.shares_page_of
    ]
    pack, _ = build(stored, tmp_path, forum=forum)
    assert pages(pack) == wanted


@pytest.mark.parametrize("option", [{"only": ("burglry",)}, {"group": "fyre"}, {"forum": "nobody"}])
def test_a_part_that_does_not_exist_says_what_does(
    stored: Workspace, tmp_path: Path, option: dict[str, object]
) -> None:
    with pytest.raises(UnknownName) as caught:
        build(stored, tmp_path, **option)
    assert caught.value.available
