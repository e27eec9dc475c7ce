# Each target sets up what it needs; the machine needs Python 3.11 to 3.13, make and a package index.
# Another interpreter: make test PYTHON=python3.12
PYTHON ?= python3
PORT ?= 3000
BIN := .venv/bin
READY := .venv/.ready
export DAGSTER_DISABLE_TELEMETRY := yes
# Dagster recommends `dg` for what `dagster` does here just as well.
export PYTHONWARNINGS := ignore::FutureWarning:click.core

# The charges and shares of the filing that the project started from.
SEED := accession_number = '0000888693-08-000039'
SEED_CHARGES := select ordinal, category, amount_low, amount_high, settlement, evidence from charges where $(SEED) order by ordinal
SEED_SHARES := select ordinal, count_low, count_high, security, action, evidence from share_figures where $(SEED) order by ordinal

.PHONY: help run test ui lint bench

help:
	@echo 'make run    run the sample archive from its filings to the database and the site, and show what came out'
	@echo 'make test   run the tests'
	@echo 'make ui     Dagster in the browser, on http://127.0.0.1:3000'
	@echo 'make lint   style, types, and whether the Dagster definitions load'
	@echo 'make bench  how fast and how accurate it is on this machine'

run: $(READY)
	@$(BIN)/exit-charges materialize --source sample
	@$(BIN)/exit-charges sql "$(SEED_CHARGES)"
	@$(BIN)/exit-charges sql "$(SEED_SHARES)"
	@$(BIN)/exit-charges site

test: $(READY)
	@$(BIN)/python -m pytest -n auto

ui: $(READY)
	@home="$$($(BIN)/python -m assets.instance)" && \
		DAGSTER_HOME="$$home" $(BIN)/dagster dev --workspace workspace.yaml --host 127.0.0.1 --port $(PORT)

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/dg check defs
	@$(BIN)/dagster definitions validate --workspace workspace.yaml

bench: $(READY)
	@$(BIN)/python -m benchmarks

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo 'This needs Python 3.11, 3.12 or 3.13, and "$(PYTHON)" is none of them: say which one is, as in "make $(or $(MAKECMDGOALS),run) PYTHON=python3.12".' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'The Python of this machine cannot make environments: install its venv module (Debian and Ubuntu: apt install python3-venv).' >&2; exit 1; }
	@echo 'Setting up .venv (once; about a minute) ...'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@
