"""``callover audit`` from the command line, with a reader and rules of the test's own."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from audit_sample import DIFFERENCE, FINDINGS, PACK, RULES, SMALL, STALE
from callover.audit.findings import Audit, Finding
from callover.audit.pack import Format, Pack
from callover.cli import app
from callover.jobs import audit as job

RUN = CliRunner()


def stand_in(*findings: Finding) -> job.Auditor:
    """Reads nothing of a file but its ending, and finds always the same."""

    def read(path: Path) -> Pack:
        return replace(PACK, name=path.name, format=Format(path.suffix[1:]))

    return job.Auditor(read, lambda *_: Audit(findings, 40, 30), RULES)


@pytest.fixture(autouse=True)
def _found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "AUDITOR", stand_in(*FINDINGS))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "pack.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


@pytest.fixture
def word(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("Burglary rose by 326.")
    out = io.BytesIO()
    document.save(out)
    path = tmp_path / "pack.docx"
    path.write_bytes(out.getvalue())
    return path


def run(*words: object) -> Result:
    return RUN.invoke(app, ["audit", *(str(word) for word in words)])


@pytest.mark.parametrize(
    ("findings", "code"), [((), 0), ((STALE, SMALL), 0), ((SMALL, DIFFERENCE), 1)]
)
def test_the_exit_code_is_1_where_something_is_wrong(
    monkeypatch: pytest.MonkeyPatch, pack: Path, findings: tuple[Finding, ...], code: int
) -> None:
    monkeypatch.setattr(job, "AUDITOR", stand_in(*findings))
    done = run(pack)
    assert done.exit_code == code, done.output
    assert "40 claims read, 30 of them checked" in done.stdout


@pytest.mark.parametrize("format_", ["table", "json", "sarif", "html"])
def test_every_format_prints_and_writes_the_same(pack: Path, tmp_path: Path, format_: str) -> None:
    printed = run(pack, "--format", format_)
    out = tmp_path / "report"
    written = run(pack, "--format", format_, "--out", out)
    assert printed.exit_code == written.exit_code == 1
    assert out.read_text(encoding="utf-8") == printed.stdout
    assert "1 wrong, 1 suspicious, 1 explainable; written to" in written.stderr
    assert list(tmp_path.glob("*.part")) == []


def test_rules_and_severity_choose(pack: Path) -> None:
    def rules(*words: str) -> list[str]:
        found = json.loads(run(pack, "--format", "json", *words).stdout)["findings"]
        return [each["rule"] for each in found]

    assert rules("--severity", "suspicious") == ["difference", "stale-month"]
    assert rules("--rule", "small-base,stale-month") == ["stale-month", "small-base"]
    assert run(pack, "--rule", "small-base").exit_code == 0


def test_several_packs_and_the_worst_of_them(pack: Path, word: Path) -> None:
    done = run(pack, word, pack, "--format", "json")
    assert [each["pack"] for each in json.loads(done.stdout)] == ["pack.pdf", "pack.docx"]
    assert done.exit_code == 1


def test_word_comments_go_into_a_copy(word: Path, tmp_path: Path) -> None:
    before = word.read_bytes()
    done = run(word, "--format", "docx", "--out", tmp_path / "checked.docx")
    assert done.exit_code == 1
    assert len(list(docx.Document(str(tmp_path / "checked.docx")).comments)) == 3
    assert word.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "what", "remedy"),
    [
        ((), "Which pack? No file is named.", "callover audit pack.pdf"),
        (("PACK", "--format", "pdf"), "There is no format called 'pdf'", "Known: table"),
        (("PACK", "--severity", "wrnog"), "There is no severity", "Did you mean wrong?"),
        (("PACK", "--rule", "stale-moth"), "no rule called 'stale-moth'", "mean stale-month?"),
        (("PACK", "--rule", "nonsense"), "no rule called 'nonsense'", "callover audit --rules"),
        (
            ("PACK", "--rule", "stale-moth,nonsense"),
            "There are no rules called 'stale-moth' and 'nonsense'.",
            "stale-moth: did you mean stale-month? callover audit --rules lists all.",
        ),
        (("PACK", "--format", "docx"), "A Word document is no text", "--out"),
        (("PACK", "--format", "docx", "--out", "OUT"), "only a Word document", "--format html"),
        (("PACK", "WORD", "--format", "html"), "takes one file at a time", "sarif"),
        (("PACK", "WORD", "--baseline", "OUT"), "belongs to one pack", "one by one"),
        (("PACK", "--baseline", "OUT"), "--baseline: There is no file", "--write-baseline"),
        (("PACK", "--baseline", "FOLDER"), "is a folder.", "Name the file in it."),
        (("PACK", "--out", "PACK"), "is the pack itself", "--out"),
        (("PACK", "--write-baseline", "PACK"), "is there already", "--baseline"),
        (("PACK", "--write-baseline", "OUT", "--severity", "wrong"), "all findings", "--rule"),
    ],
)
def test_an_error_is_a_line_and_what_to_do(
    pack: Path, word: Path, tmp_path: Path, words: tuple[str, ...], what: str, remedy: str
) -> None:
    named = {"PACK": pack, "WORD": word, "OUT": tmp_path / "out", "FOLDER": tmp_path}
    done = run(*(named.get(each, each) for each in words))
    assert done.exit_code == 2
    assert what in done.stderr
    assert remedy in done.stderr
    assert "Traceback" not in done.output
    assert pack.read_bytes() == b"%PDF-1.7"


def test_a_baseline_is_written_filled_in_and_holds(pack: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.yaml"
    assert run(pack, "--write-baseline", known).exit_code == 1
    refused = run(pack, "--baseline", known)
    assert refused.exit_code == 3
    assert "has nothing behind it" in refused.stderr
    filled = known.read_text(encoding="utf-8").replace("reason: ''", "reason: Known to us.")
    known.write_text(filled.replace("by: ''", "by: Lead analyst"), encoding="utf-8")
    done = run(pack, "--baseline", known)
    assert done.exit_code == 0
    assert "In short: nothing found; 3 accepted before." in done.stdout
    assert "Known to us. (Lead analyst, " in done.stdout


def test_a_baseline_taken_on_keeps_its_reasons(
    monkeypatch: pytest.MonkeyPatch, pack: Path, tmp_path: Path
) -> None:
    known = tmp_path / "known.yaml"
    monkeypatch.setattr(job, "AUDITOR", stand_in(STALE))
    run(pack, "--write-baseline", known)
    text = known.read_text(encoding="utf-8").replace("reason: ''", "reason: Known to us.")
    known.write_text(text.replace("by: ''", "by: Lead analyst"), encoding="utf-8")
    monkeypatch.setattr(job, "AUDITOR", stand_in(STALE, SMALL))
    run(pack, "--baseline", known, "--write-baseline", known)
    again = known.read_text(encoding="utf-8")
    assert "Known to us." in again
    assert again.count("reason: ''") == 1


def test_entries_that_match_nothing_are_said(
    monkeypatch: pytest.MonkeyPatch, pack: Path, tmp_path: Path
) -> None:
    known = tmp_path / "known.yaml"
    known.write_text(
        "accepted:\n- {rule: difference, printed: '17', reason: Out, accepted_by: Clerk,"
        " date: 2016-11-20}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(job, "AUDITOR", stand_in())
    done = run(pack, "--baseline", known)
    assert done.exit_code == 0
    assert "The baseline accepts '17' (difference), which is not found any more" in done.stdout


def test_the_rules_are_listed_without_a_file() -> None:
    done = run("--rules")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [rule.id for rule in RULES]


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("accepted.yaml", "is the baseline"),
        ("no/folder.txt", "there is no folder"),
        (".", "is a folder"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    accepted = tmp_path / "accepted.yaml"
    accepted.write_text("accepted: []\n# kept\n", encoding="utf-8")
    known = tmp_path / "known.yaml"
    done = run("audit", pack, "--baseline", accepted, "--write-baseline", known, "--out", out)
    assert done.exit_code == 2
    assert told in done.stderr
    assert "# kept" in accepted.read_text(encoding="utf-8")
    assert not known.exists()


def test_a_pipe_or_device_is_not_replaced_by_the_report(pack: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = run(pack, "--out", pipe)
    assert done.exit_code == 2
    assert "is no plain file" in done.stderr
    assert pipe.is_fifo()


def test_a_report_is_written_through_a_link(pack: Path, tmp_path: Path) -> None:
    report, link = tmp_path / "report.txt", tmp_path / "link.txt"
    report.write_text("old", encoding="utf-8")
    link.symlink_to(report)
    run(pack, "--out", link)
    assert link.is_symlink()
    assert report.read_text(encoding="utf-8") != "old"


@pytest.mark.parametrize("format_", ["table", "json", "sarif", "html"])
def test_a_name_that_is_no_text_stops_no_report(pack: Path, format_: str) -> None:
    odd = pack.with_name(os.fsdecode(b"Caf\xe9.pdf"))
    try:
        odd.write_bytes(pack.read_bytes())
    except OSError as error:
        pytest.skip(f"this file system takes no name that is not UTF-8 ({error.strerror})")
    done = run(odd, "--format", format_)
    assert done.exit_code == 1, done.output
