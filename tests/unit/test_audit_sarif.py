"""The audit as SARIF 2.1.0: what its schema asks, and fingerprints that stay."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from audit_sample import ACCEPTS_NOTHING, ACCEPTS_STALE, DIFFERENCE, FINDINGS, RULES, many, result
from callover.audit.findings import Finding
from callover.audit.pack import Place
from callover.audit.report.result import Result
from callover.audit.report.sarif import as_sarif

KEYS = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "artifacts", "columnKind", "invocations", "results", "properties"},
    "rule": {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"},
    "result": {
        "ruleId", "ruleIndex", "level", "rank", "message", "locations", "relatedLocations",
        "partialFingerprints", "suppressions", "properties",
    },
    "location": {"id", "message", "physicalLocation", "logicalLocations", "properties"},
}  # fmt: skip
"""Properties that the schema knows and we use: it allows no others."""


def log(*results: Result) -> dict[str, Any]:
    found = json.loads(as_sarif(results))
    assert isinstance(found, dict)
    return found


def run(*findings: Finding) -> dict[str, Any]:
    found: dict[str, Any] = log(result(findings))["runs"][0]
    return found


def fingerprints(*findings: Finding) -> list[str]:
    return [each["partialFingerprints"]["calloverFinding/v1"] for each in run(*findings)["results"]]


def test_the_log_obeys_the_schema() -> None:
    whole = log(result(many(40)), result(FINDINGS, (ACCEPTS_STALE, ACCEPTS_NOTHING)))
    assert set(whole) == KEYS["log"]
    assert whole["version"] == "2.1.0"
    for each in whole["runs"]:
        assert set(each) <= KEYS["run"]
        assert each["tool"]["driver"]["name"]
        assert re.fullmatch(r"\d+\.\d+\.\d+.*", each["tool"]["driver"]["semanticVersion"])
        assert each["invocations"][0]["executionSuccessful"] is True
        for one in each["results"]:
            check_result(one, each["tool"]["driver"]["rules"])


def check_result(one: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    assert set(one) <= KEYS["result"]
    assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
    assert one["level"] in ("none", "note", "warning", "error")
    assert 0 <= one["rank"] <= 100
    assert one["message"]["text"].endswith(".")
    assert all(isinstance(each, str) for each in one["partialFingerprints"].values())
    for place in (*one["locations"], *one.get("relatedLocations", ())):
        assert set(place) <= KEYS["location"]
        assert place["physicalLocation"]["region"]["startLine"] >= 1
        assert place["physicalLocation"]["artifactLocation"] == {
            "uri": "packs/pack.pdf", "index": 0,
        }  # fmt: skip
    for each in one.get("suppressions", ()):
        assert set(each) == {"kind", "status", "justification"}


def test_a_rule_carries_its_help_and_level() -> None:
    rules = run()["tool"]["driver"]["rules"]
    assert [each["defaultConfiguration"]["level"] for each in rules] == [
        "error", "error", "warning", "note",
    ]  # fmt: skip
    for said, rule in zip(rules, RULES, strict=True):
        assert set(said) == KEYS["rule"]
        assert rule.remedy in said["help"]["text"]
        assert rule.example in said["help"]["markdown"]


def test_a_result_names_both_places() -> None:
    only = run(DIFFERENCE)["results"][0]
    here, there = only["locations"][0], only["relatedLocations"][0]
    assert here["physicalLocation"]["region"]["startLine"] == 14
    assert here["logicalLocations"] == [{"name": "3. Burglary", "kind": "section"}]
    assert here["properties"] == {"page": 12, "spot": ""}
    assert there["physicalLocation"]["region"]["snippet"] == {"text": "8,795"}
    assert only["message"]["text"].endswith("Against [page 3, line 8](1).")


def test_brackets_of_the_pack_are_no_links() -> None:
    odd = replace(DIFFERENCE, follows="[a](http://example.org)", other=None)
    assert r"\[a\](http" in run(odd)["results"][0]["message"]["text"]


def test_accepted_findings_are_suppressed_with_their_reason() -> None:
    results = log(result(FINDINGS, (ACCEPTS_STALE,)))["runs"][0]["results"]
    assert [each["ruleId"] for each in results if "suppressions" in each] == ["stale-month"]
    said = results[-1]["suppressions"][0]["justification"]
    assert said == "The source is a month behind. (Lead analyst, 2016-11-20)"


def test_fingerprints_stay_when_pages_and_lines_shift_and_tell_findings_apart() -> None:
    moved = replace(DIFFERENCE, spot=replace(DIFFERENCE.spot, place=Place(30, 2)))
    other = replace(DIFFERENCE, spot=replace(DIFFERENCE.spot, printed="327"))
    assert fingerprints(DIFFERENCE) == fingerprints(moved)
    assert fingerprints(DIFFERENCE) != fingerprints(other)
    assert len(set(fingerprints(DIFFERENCE, moved))) == 2


def test_the_same_result_gives_the_same_text() -> None:
    assert as_sarif([result(many())]) == as_sarif([result(many())])


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("packs/board pack.pdf", "packs/board%20pack.pdf"),
        ("/srv/somewhere/pack.pdf", "pack.pdf"),
        ("../pack.pdf", "pack.pdf"),
    ],
)
def test_the_file_is_named_as_seen_from_here_and_never_by_the_machine(file: str, uri: str) -> None:
    found = log(replace(result(), file=file))["runs"][0]
    assert found["artifacts"][0]["location"] == {"uri": uri}
    assert "/srv" not in as_sarif([replace(result(), file=file)])


@pytest.mark.parametrize(
    ("place", "region", "said"),
    [
        (Place(0, 0, "p17"), {"startLine": 17}, "Place: paragraph 17."),
        (
            Place(0, 7, "Burglary!AB7"),
            {"startLine": 7, "startColumn": 28},
            "Place: sheet Burglary, cell AB7.",
        ),
        (Place(12, 4), {"startLine": 4}, "Place: page 12, line 4."),
        (Place(0, 4), {"startLine": 4}, ""),
        (Place(), {"startLine": 1}, ""),
    ],
)
def test_a_region_says_what_comes_nearest_to_a_line_and_the_message_the_rest(
    place: Place, region: dict[str, int], said: str
) -> None:
    (one,) = run(replace(DIFFERENCE, spot=replace(DIFFERENCE.spot, place=place)))["results"]
    found = one["locations"][0]["physicalLocation"]["region"]
    assert found == {**region, "snippet": {"text": "326"}}
    assert said in one["message"]["text"]
    assert bool(said) == ("Place:" in one["message"]["text"])
