# Two commands for a stranger: `make demo` and `make test`. Everything stays inside this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export PIP_CACHE_DIR := $(CURDIR)/.tmp/pip-cache
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE :=
PYTEST := $(BIN)/python -m pytest

.PHONY: help setup demo test test-vectors check static test-slow bench format clean

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(STAMP)  ## create .venv with everything the other commands need

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Callover needs Python 3.11 or newer; this is %s. Try: make PYTHON=python3.12 …" % sys.version.split()[0])'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (once, a minute or two) …"
	@PIP_CONSTRAINT=$(CURDIR)/constraints.txt $(BIN)/python -m pip install --quiet --editable '.[site,dev,bench]'
	@touch $@

demo: $(STAMP)  ## build the example partnerships into ./demo, then serve the site on them
	@$(BIN)/callover demo demo --serve

test: $(STAMP)  ## run the tests (10 minutes at most)
	$(PYTEST) -n 2 --dist worksteal

static: $(STAMP)  ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: static test  ## everything that must hold before a commit (15 minutes at most)

test-vectors: $(STAMP)  ## the shared vectors (or those in CALLOVER_VECTORS)
	$(PYTEST) tests/vectors

test-slow: $(STAMP)  ## the site's tests on PostgreSQL, and the tests marked slow
	$(PYTEST) -n 2 --dist worksteal tests/web --postgresql
	$(PYTEST) -n 2 --dist worksteal -m slow

bench: $(STAMP)  ## benchmarks: prints ratios, writes build/bench.json
	$(BIN)/python -m bench

format: $(STAMP)  ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove everything that was made here
	rm -rf $(VENV) .tmp build demo dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
