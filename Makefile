# Everything from a bare machine with Python 3.11: `make run` opens the app, `make test` runs every test.
PYTHON ?= python3.11
BIN := .venv/bin
export HF_HUB_OFFLINE = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test lint eval bench peers screenshot clean

run: .venv/installed
	$(BIN)/ibid serve

test: .venv/installed-dev chromium
	$(BIN)/pytest

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: .venv/installed
	$(BIN)/python -m eval --split dev $(EVAL_FLAGS)

# Within half an hour on two cores; `python -m benchmarks growth --most 10000`, `against` and `million` take longer.
bench: .venv/installed-dev
	$(BIN)/python -m benchmarks

# Other programs, each in an environment of its own; haiku.rag needs Python 3.12 and is left out where there is none.
PYTHON312 ?= python3.12
PEERS = llamaindex citation txtai haystack $(if $(shell $(PYTHON312) --version 2>/dev/null),haiku)
peers: .venv/installed-dev $(PEERS:%=.venv-peers/%/installed)
	$(BIN)/python -m benchmarks.peers

.venv-peers/haiku/installed: PYTHON = $(PYTHON312)
.venv-peers/%/installed: benchmarks/peers/requirements-%.txt
	$(PYTHON) -m venv .venv-peers/$*
	.venv-peers/$*/bin/pip install --quiet torch==2.13.0
	.venv-peers/$*/bin/pip install --quiet --requirement $<
	touch $@

screenshot: .venv/installed-dev chromium
	$(BIN)/python scripts/screenshot.py

# torch first and alone: only the pinned version is sure to be the CPU build.
.venv/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet --editable .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

# The browser tests drive the system's Chromium; on Debian it is installed when missing.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium >/dev/null; }

clean:
	rm -rf .venv .venv-peers build dist *.egg-info var test-artifacts
