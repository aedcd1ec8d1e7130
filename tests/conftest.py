"""Settings that all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

import example_pack

# The same examples everywhere: a run that failed can be run again, and coverage checks hold.
settings.register_profile("callover", derandomize=True, deadline=None)
settings.load_profile("callover")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="the site's tests on PostgreSQL")


def pytest_configure(config: pytest.Config) -> None:
    """With ``--postgresql`` a cluster of its own serves the run (``web_settings`` started it)."""
    if config.getoption("--postgresql") and "CALLOVER_DATABASE_URL" not in os.environ:
        pytest.exit("Skipped: no PostgreSQL here: apt-get install postgresql", returncode=0)


@pytest.fixture(scope="session", autouse=True)
def shared_workspaces(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Example workspaces are built once a run, whichever of its processes asks first."""
    base = tmp_path_factory.getbasetemp()
    parallel = "PYTEST_XDIST_WORKER" in os.environ
    example_pack.SHARED[:] = [(base.parent if parallel else base) / "workspaces"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of both example partnerships, as ``callover demo`` makes it."""
    folder = tmp_path_factory.mktemp("demo") / "space"
    example_pack.demo_workspace(folder)
    return folder
