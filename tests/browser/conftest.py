"""A real browser and the example pack's page, once for all tests here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from callover.report.render.html import render_html
from example_pack import example_pack, example_workspace
from sample_document import sample

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example pack as a page, its pack file beside it."""
    folder = tmp_path_factory.mktemp("page")
    example_pack(example_workspace(folder / "workspace"), folder / "out", ("html", "pdf"))
    return folder / "out" / "callover-pack.html"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with every kind of block, small enough to be judged many times."""
    path = tmp_path_factory.mktemp("small") / "sample.html"
    path.write_text(render_html(sample()), encoding="utf-8")
    return path
