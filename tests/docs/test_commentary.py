"""docs/commentary.md: its tokens print what it says, its example files are read as they stand."""

from __future__ import annotations

import re
from pathlib import Path

from callover.jobs.pack import PackRequest, build_pack
from callover.report.blocks import Paragraph, every, plain
from callover.report.commentary import parse_commentary
from callover.report.packfile import read_pack
from callover.report.selection import parse_selection
from example_pack import SEPTEMBER, example_workspace

GUIDE = (Path(__file__).parents[2] / "docs" / "commentary.md").read_text()


def test_tokens_print_what_the_guide_says(tmp_path: Path) -> None:
    rows = re.findall(r"^\| `(\{\{ .*? \}\})` \| `(.*?)`", GUIDE, re.MULTILINE)
    assert len(rows) >= 8
    workspace = example_workspace(tmp_path / "workspace")
    words = workspace.path / "commentary" / "barking-and-dagenham" / "2016-09" / "tno.md"
    words.write_text("\n\n".join(f"is {token.replace(chr(92), '')}" for token, _ in rows))
    build_pack(workspace, PackRequest(SEPTEMBER, tmp_path, only=("tno",), formats=()))
    document = read_pack(tmp_path / "callover-pack.json").document
    page = next(part for part in document.sections if part.id == "page-tno")
    said = [plain(b.spans) for b in every(page.blocks) if isinstance(b, Paragraph)]
    printed = [text.removeprefix("is ") for text in said if text.startswith("is ")]
    assert [text.replace("\u202f", " ") for text in printed] == [shown for _, shown in rows]


def test_the_examples_are_read() -> None:
    file = re.findall(r"```markdown\n(.*?)```", GUIDE, re.DOTALL)[0]
    written = parse_commentary("burglary", file, "burglary.md")
    assert written.ask
    assert written.actions[0].due is not None
    lists = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0]
    assert parse_selection(lists.encode(), "selection.yaml", ("knife_crime", "robbery"))
