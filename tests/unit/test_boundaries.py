"""Boundaries of publishers' files, and maps of five classes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import shapefile

from callover.data.boundary_files import WIDTH, read_boundaries
from callover.domain.boundaries import Boundaries, Outline
from callover.domain.errors import UserError
from callover.examples.invented.outlines import invented_boundaries, invented_wards
from callover.examples.invented.truths import AREA, DISTRICTS
from callover.examples.invented.wards import WARDS
from callover.jobs.boundaries import add_boundaries, boundaries_for, boundaries_of
from callover.jobs.workspace import init_workspace
from callover.report.charts.area_map import MapValue, area_map
from shared_data import shared

SQUARES = {"Abbey": (0, 0), "Alibon": (1, 0), "Becontree": (2, 0), "Eastbury": (0, 1)}


def square(x: float, y: float, side: float = 1) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def geojson(path: Path, shift: float = 0, scale: float = 1, column: str = "WD13NM") -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"WD13CD": f"E0500002{n}", column: name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [square(shift + x * scale, shift + y * scale, scale)],
            },
        }
        for n, (name, (x, y)) in enumerate(SQUARES.items())
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_metres_keep_their_proportions_and_north_is_up(tmp_path: Path) -> None:
    found = read_boundaries(geojson(tmp_path / "wards.geojson", 500_000, 1_000))
    assert [o.name for o in found.outlines] == list(SQUARES)
    assert found.outlines[0].code == "E05000020"
    assert (found.width, found.height) == (WIDTH, 667)  # three squares wide, two high
    south, north = found.outlines[0].rings[0], found.outlines[3].rings[0]
    assert min(y for _, y in south) > max(y for _, y in north) - 2


def test_degrees_are_squeezed_by_their_latitude(tmp_path: Path) -> None:
    found = read_boundaries(geojson(tmp_path / "wards.json", 51, 0.1))
    # at 51.1 degrees a degree of longitude is 0.628 of one of latitude: 3 x 0.628 wide, 2 high
    assert found.height == pytest.approx(1000 * 2 / (3 * 0.628), rel=0.01)


def test_a_shapefile_reads_like_geojson(tmp_path: Path) -> None:
    with shapefile.Writer(str(tmp_path / "wards")) as writer:
        writer.field("NAME", "C")
        writer.field("GSS_CODE", "C")
        for n, (name, (x, y)) in enumerate(SQUARES.items()):
            writer.poly([square(500_000 + x * 1_000, 500_000 + y * 1_000, 1_000)])
            writer.record(name, f"E0500002{n}")
    found = read_boundaries(tmp_path / "wards.shp")
    same = read_boundaries(geojson(tmp_path / "wards.geojson", 500_000, 1_000))
    assert [(o.code, o.name) for o in found.outlines] == [(o.code, o.name) for o in same.outlines]
    assert found.height == same.height


@pytest.mark.parametrize("content", [
    b"", b"{}", b"[1]", b'{"features": [{}]}', b'{"features": []}', b"\x00\x01",
    b'{"features": [{"properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
])  # fmt: skip
def test_what_is_no_boundary_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.geojson"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"x\.geojson"):
        read_boundaries(path)


def test_areas_without_a_name_column_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="names"):
        read_boundaries(geojson(tmp_path / "x.json", column="label"))


def test_a_workspace_finds_the_map_that_draws_most(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "space", "london", "E09000002")
    add_boundaries(workspace, geojson(tmp_path / "wards.geojson"), "Contains OS data")
    found = boundaries_for(workspace.path, ["abbey", "ALIBON", "Eastbury", "Elsewhere"])
    assert found is not None
    assert found.attribution == "Contains OS data"
    assert boundaries_for(workspace.path, ["Abbey", "Elsewhere"]) is None


def test_classes_hold_equally_many_and_equal_values_share_one() -> None:
    outlines = tuple(Outline("", f"A{n}", (((0, 0), (1, 0), (1, 1)),)) for n in range(10))
    values = [MapValue(f"A{n}", n // 2, str(n // 2), own=n == 3) for n in range(10)]
    drawn = area_map(Boundaries("x", 10, 10, outlines), values, "Map of <x>")
    looks = re.findall(r'<path class="(c\d)', drawn.svg)
    assert {look: looks.count(look) for look in looks} == {f"c{n}": 2 for n in range(1, 6)}
    assert [each.words for each in drawn.classes] == ["0", "1", "2", "3", "4"]
    assert 'aria-label="Map of &lt;x&gt;"' in drawn.svg
    assert drawn.svg.rindex("<path") == drawn.svg.index('<path class="c2 own"')


def test_an_area_without_a_value_is_left_open() -> None:
    outline = Outline("", "Alone & apart", (((0, 0), (1, 0), (1, 1)),))
    drawn = area_map(Boundaries("x", 10, 10, (outline,)), [], "")
    assert '<path class="none"' in drawn.svg
    assert "<title>Alone &amp; apart</title>" in drawn.svg


def test_the_invented_districts_fill_their_map_without_overlap() -> None:
    found = invented_boundaries()
    assert [o.name for o in found.outlines] == [name for _, name, _, _ in DISTRICTS]
    areas = [abs(_area(o.rings[0])) for o in found.outlines]
    assert sum(areas) == pytest.approx(found.width * found.height, rel=0.002)
    assert all(0 <= x <= 1000 and 0 <= y <= 720 for o in found.outlines for x, y in o.rings[0])


def test_the_invented_wards_fill_their_district_without_overlap() -> None:
    found = invented_wards()
    assert [(o.code, o.name) for o in found.outlines] == [(c, n) for c, n, *_ in WARDS]
    own = next(o for o in invented_boundaries().outlines if o.code == AREA)
    whole = abs(_area(own.rings[0])) * 25  # five times as fine
    assert sum(abs(_area(o.rings[0])) for o in found.outlines) == pytest.approx(whole, rel=0.005)


def test_a_map_of_some_areas_is_cut_around_them_and_as_wide_as_the_whole() -> None:
    outlines = tuple(
        Outline(f"E{x}", "Abbey", (((x, 4), (x + 2, 4), (x + 2, 8), (x, 8)),))
        for x in range(2, 10, 2)
    )
    found = Boundaries("x", 10, 10, outlines).only({"E4", "E6", "E99"})
    assert [o.code for o in found.outlines] == ["E4", "E6"]
    assert (found.width, found.height) == (10, 10)  # four wide and four high, now ten
    assert found.outlines[0].rings == (((0, 0), (5, 0), (5, 10), (0, 10)),)
    with pytest.raises(ValueError, match="none of these"):
        found.only({"E0"})


def test_wards_are_found_by_code_for_their_names_recur(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "w", "street", "E06000016")
    add_boundaries(workspace, geojson(tmp_path / "wards.geojson"))
    codes = ["E05000020", "E05000021", "E05000023"]
    found = boundaries_of(workspace.path, codes)
    assert found is not None
    assert [o.code for o in found.outlines] == codes
    assert boundaries_of(workspace.path, ["Abbey", "Alibon", "Becontree"]) is None


def test_what_is_withheld_is_hatched_and_what_is_not_known_left_open() -> None:
    outlines = tuple(Outline(f"E{n}", "Abbey", (((0, 0), (1, 0), (1, 1)),)) for n in range(3))
    values = [
        MapValue("Abbey", 4, "4", code="E0"),
        MapValue("Abbey", None, "withheld", code="E1", withheld=True),
        MapValue("Abbey", None, "not supplied", code="E2"),
    ]
    drawn = area_map(Boundaries("x", 10, 10, outlines), values, "")
    assert re.findall(r'<path class="(\w+)"', drawn.svg) == ["c1", "withheld", "none"]
    assert '<pattern id="hatch"' in drawn.svg
    assert '<path class="withheld" fill="url(#hatch)"' in drawn.svg
    assert "<title>Abbey: withheld</title>" in drawn.svg
    assert [each.words for each in drawn.classes] == ["4"]


def _area(ring: tuple[tuple[int, int], ...]) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


@pytest.mark.shared
def test_london_boroughs_and_wards_are_read() -> None:
    boroughs = read_boundaries(
        shared("data", "boundaries", "london-2011", "London_Borough_Excluding_MHW.shp")
    )
    wards = read_boundaries(shared("data", "boundaries", "wards_by_lad_E09000002.json"))
    assert (len(boroughs.outlines), len(wards.outlines)) == (33, 17)
    assert ("E09000002", "Barking and Dagenham") in {(o.code, o.name) for o in boroughs.outlines}
