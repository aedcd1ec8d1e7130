"""The public edition of the example pack, searched for what must not be in it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from callover.catalogue.load import load_catalogue
from callover.cli import app
from callover.report import words
from example_pack import example_workspace

POST = "Head of community safety"
COUNTS = ("month", "ytd", "ytd_previous", "rolling12", "rolling12_previous")
INSTEAD = {"fewer than 10", "<10", "withheld", "w"}


def _pack(space: Path, out: Path, *more: str) -> Any:
    return CliRunner().invoke(
        app,
        ["pack", "--workspace", str(space), "--month", "2016-09", "--out", str(out),
         "--formats", "html", *more],
    )  # fmt: skip


@pytest.fixture(scope="module")
def space(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("space") / "w"
    example_workspace(folder)
    return folder


@pytest.fixture(scope="module")
def built(space: Path, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("out")
    result = _pack(space, out, "--edition", "both", "--released-by", POST)
    assert result.exit_code == 0, result.output
    assert "small counts are withheld" in result.output
    return out


def _content(built: Path, name: str) -> dict[str, Any]:
    return json.loads((built / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def restricted(built: Path) -> dict[str, Any]:
    return _content(built, "callover-pack")


@pytest.fixture(scope="module")
def public(built: Path) -> dict[str, Any]:
    return _content(built, "callover-pack-public")


@cache
def _open_sources() -> set[str]:
    sources = load_catalogue("london").sources
    return {name for name, source in sources.items() if not source.disclosure.threshold}


def _small(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Counts below ten from sources that do not publish every count themselves."""
    shown = _open_sources()
    return [
        figure
        for figure in content["figures"]
        if figure["measure"] in COUNTS
        and figure["unit"] != "percentage"
        and figure["source"] not in shown
        and isinstance(figure["value"], int | float)
        and figure["value"] < 10
    ]


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from _walk(value)


def _tables(content: dict[str, Any]) -> dict[tuple[str, int], list[list[dict[str, Any]]]]:
    """Rows of cells by table and occurrence: a table for the page may hold one for the book."""
    found: dict[tuple[str, int], list[list[dict[str, Any]]]] = {}
    for node in _walk(content["document"]):
        if node.get("is") == "Table":
            times = sum(name == node["id"] for name, _ in found)
            found[node["id"], times] = [row["cells"] for row in node["rows"]]
    return found


def _sections(content: dict[str, Any]) -> dict[str, str]:
    """Everything said in each section: prose, table cells, alternative texts, captions."""
    found = {}
    for section in content["document"]["sections"]:
        said = [
            str(value)
            for node in _walk(section)
            for key, value in node.items()
            if key in ("text", "alt", "caption", "title") and isinstance(value, str)
        ]
        found[section["id"]] = " ".join(said)
    return found


def test_both_editions_lie_beside_one_another(built: Path, public: dict[str, Any]) -> None:
    names = {path.name for path in built.iterdir()}
    assert names == {
        f"{base}.{ending}"
        for base in ("callover-pack", "callover-pack-public")
        for ending in ("html", "json")
    }
    assert public["edition"] == "public"
    assert public["marking"] == "Public edition"
    assert public["release"]["released_by"] == POST


def test_no_small_count_is_a_figure(restricted: dict[str, Any], public: dict[str, Any]) -> None:
    assert len(_small(restricted)) > 50
    assert _small(public) == []


def test_every_small_cell_says_so_and_never_0(
    restricted: dict[str, Any], public: dict[str, Any]
) -> None:
    small = {figure["key"] for figure in _small(restricted)}
    by_heading = {
        (name, str(row[0]["text"]), c): cell
        for name, rows in _tables(public).items()
        for row in rows
        for c, cell in enumerate(row)
    }
    seen = 0
    for name, rows in _tables(restricted).items():
        for row in rows:
            for c, cell in enumerate(row):
                other = by_heading.get((name, str(row[0]["text"]), c))
                if cell.get("figure") in small and other is not None:
                    assert "value" not in other, (name, other)
                    assert any(each in str(other["text"]) for each in INSTEAD), (name, other)
                    seen += 1
    assert seen > 40


def test_no_sentence_and_no_alternative_text_names_one(
    restricted: dict[str, Any], public: dict[str, Any]
) -> None:
    from callover.domain.units import Unit

    said = _sections(public)
    before = _sections(restricted)
    named = 0
    for figure in _small(restricted):
        phrase = words.counted(figure["value"], Unit(figure["unit"]))
        page = f"page-{figure['indicator']}"
        exact = re.compile(rf"(?<![\d,]){re.escape(phrase)}")
        if page in said and exact.search(before[page]):
            named += 1
            assert not exact.search(said[page]), (page, phrase)
    assert named > 0


def test_nothing_that_rests_on_a_withheld_count_is_shown(public: dict[str, Any]) -> None:
    """Gun crime: month, year to date and twelve months of the year before are small or withheld."""
    shown = {(f["indicator"], f["measure"]) for f in public["figures"]}
    for measure in ("month", "month_change", "month_change_pct"):
        assert ("gun_crime", measure) not in shown or measure == "month"
    small = {f["month"] for f in public["figures"]
             if f["indicator"] == "gun_crime" and f["measure"] == "month"}  # fmt: skip
    assert all(
        f["value"] >= 10
        for f in public["figures"]
        if f["indicator"] == "gun_crime" and f["measure"] in COUNTS
    ), small


def test_no_dash_and_no_reason_says_that_a_hidden_count_is_0(public: dict[str, Any]) -> None:
    """Gun crime of April 2015 was none, as were the alcohol orders that ended in September: no per
    cent can be worked out on them, which the other months' signs must not tell."""
    tables = {each["id"]: each for each in _every_table(public["document"])}
    changes = next(
        [cell.get("text") for cell in row["cells"][1:7]]
        for row in tables["months-gun_crime"]["rows"]
        if row["cells"][0]["text"] == "on last year"
    )
    assert set(changes) == {"w"}
    evidence = [
        row["cells"]
        for table in tables.values()
        for row in table["rows"]
        if row["cells"][0].get("text") == "Alcohol Treatment Requirements completed"
    ]
    assert evidence
    assert "no month's figure" not in json.dumps(evidence)


def _every_table(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for each in node:
            yield from _every_table(each)
    elif isinstance(node, dict):
        if {"id", "rows", "columns"} <= node.keys():
            yield node
        for key, each in node.items():
            if key != "book":
                yield from _every_table(each)


def test_no_chart_plots_a_small_count(restricted: dict[str, Any], public: dict[str, Any]) -> None:
    """The chart's data and its table: months that are small have words instead."""
    charts = [
        {n["id"]: n for n in _walk(each["document"]) if n.get("is") == "Chart"}
        for each in (restricted, public)
    ]
    plotted = 0
    for name, chart in charts[0].items():
        indicator = name.removeprefix("time-")
        small = {f["value"] for f in _small(restricted) if f["indicator"] == indicator}
        drawn = {n["value"] for n in _walk(chart["spec"]) if isinstance(n.get("value"), float)}
        plotted += len(small & drawn)
        if name in charts[1]:
            shown = {n["value"] for n in _walk(charts[1][name]["spec"])
                     if isinstance(n.get("value"), float)}  # fmt: skip
            assert not small & shown, name
    assert plotted > 0


def test_rows_behind_figures_go_only_with_open_sources(public: dict[str, Any]) -> None:
    for figure in public["figures"]:
        if figure["source"] not in _open_sources():
            assert figure["inputs"] == []
            assert figure["worked"] == ""


def test_the_page_says_what_is_not_shown(public: dict[str, Any]) -> None:
    assert "fewer than 10" in _sections(public)["notes"]


def test_words_that_need_a_release_stop_the_edition(space: Path, tmp_path: Path) -> None:
    result = _pack(space, tmp_path / "out", "--edition", "public")
    assert result.exit_code != 0
    assert "violence_with_injury.md, line" in result.output
    assert "--released-by" in result.output
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_an_order_of_withheld_counts_needs_a_release(space: Path, tmp_path: Path) -> None:
    """Completions and ends are withheld; so is which of them are the more."""
    copied = tmp_path / "w"
    shutil.copytree(space, copied)
    text = next((copied / "commentary").rglob("2016-09/drr_success.md"))
    text.write_text(text.read_text(encoding="utf-8") + "\nMore succeeded than were revoked.\n")
    result = _pack(copied, tmp_path / "out", "--edition", "public")
    assert result.exit_code != 0
    assert re.search(r"drr_success.md, line \d+: 'More' compares counts", result.output)


@pytest.mark.parametrize("where", ["2016-08", "2016-09/selection"])
def test_an_edition_that_showed_too_much_stops_the_next(
    space: Path, restricted: dict[str, Any], tmp_path: Path, where: str
) -> None:
    """August's public pack showed every year to date, or a selection of September's did:
    September's months follow from them."""
    copy = tmp_path / "w"
    shutil.copytree(space, copy)
    shown = [f for f in restricted["figures"] if f["measure"] == "ytd"]
    earlier = dict(restricted) | {"edition": "public", "month": where[:7], "figures": shown}
    folder = copy / "packs" / where
    folder.mkdir(parents=True)
    (folder / "callover-pack-public.json").write_text(json.dumps(earlier), encoding="utf-8")
    result = _pack(copy, tmp_path / "out", "--edition", "public", "--released-by", POST)
    assert result.exit_code != 0
    assert "would give small counts away" in result.output
    assert not list((tmp_path).glob("out/callover-pack-public*"))


def test_the_same_edition_twice_is_the_same_bytes(space: Path, built: Path, tmp_path: Path) -> None:
    result = _pack(space, tmp_path, "--edition", "public", "--released-by", POST)
    assert result.exit_code == 0
    name = "callover-pack-public.json"
    assert (tmp_path / name).read_bytes() == (built / name).read_bytes()


def test_an_unknown_edition_names_those_that_are(space: Path, tmp_path: Path) -> None:
    result = _pack(space, tmp_path, "--edition", "publik")
    assert result.exit_code != 0
    assert "public" in result.output


def test_how_many_are_small_is_told_to_the_builder_alone(public: dict[str, Any]) -> None:
    """Four cells are called small, seven are: with the sums that names the other three."""
    assert not re.search(r"\d+ small counts", json.dumps(public, ensure_ascii=False))


def test_findings_that_are_kept_back_are_not_counted(
    restricted: dict[str, Any], public: dict[str, Any]
) -> None:
    """ "4 findings" of a source none of whose findings is shown speaks of its withheld counts."""

    def states(content: dict[str, Any]) -> str:
        rows = [rows for (name, _), rows in _tables(content).items() if name == "sources"]
        assert rows
        return json.dumps(rows, ensure_ascii=False)

    assert "finding" in states(restricted)
    assert "finding" not in states(public)


def test_words_of_other_indicators_bring_no_figures_in(space: Path, tmp_path: Path) -> None:
    made = _pack(space, tmp_path, "--edition", "public", "--released-by", POST, "--only", "custody")
    assert made.exit_code == 0, made.output
    content = _content(tmp_path, "callover-pack-public")
    assert "gun_crime" not in {figure["indicator"] for figure in content["figures"]}


def test_what_a_printed_total_leaves_is_not_small(public: dict[str, Any]) -> None:
    """Robbery less personal robbery is robbery of businesses, whose months no page prints."""
    values = {
        (f["indicator"], f["measure"], f["month"], f["source"]): f["value"]
        for f in public["figures"]
        if f["indicator"] in ("robbery", "robbery_personal") and f["measure"] in COUNTS
    }
    pairs = [
        (whole, values["robbery_personal", *rest])
        for (name, *rest), whole in values.items()
        if name == "robbery" and ("robbery_personal", *rest) in values
    ]
    known = [whole - part for whole, part in pairs if None not in (whole, part)]
    assert known
    assert not [left for left in known if 0 <= left < 10]
