# `make demo` shows what Forewarn does, `make test` shows that it works. Needs python3 (3.11 or later) and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed.sha256
LOCK := requirements-dev.lock
SPARK_LOCK := requirements-spark.lock
PYTEST_ARGS ?= -n auto --dist loadfile

.PHONY: help setup spark demo test test-spark check audit fix serve lock dictionary clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

setup:  ## .venv with everything in it, the forewarn command included; quick when nothing changed
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Forewarn needs Python 3.11 or later: make setup PYTHON=python3.12"; exit 1; }
	@sha256sum $(LOCK) pyproject.toml | cmp -s - $(STAMP) || $(MAKE) --no-print-directory install

.PHONY: install
install:
	@echo "Making $(VENV) from $(LOCK): a minute or two, once."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@sha256sum $(LOCK) pyproject.toml > $(STAMP)

spark: setup  ## the optional extra for FOREWARN_ENGINE=spark, some 450 MB; needs Java 17 or later
	@sha256sum $(SPARK_LOCK) | cmp -s - $(VENV)/spark.sha256 || { $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes --no-build-isolation -r $(SPARK_LOCK) && sha256sum $(SPARK_LOCK) > $(VENV)/spark.sha256; }

demo: setup  ## a synthetic county, two nights and a weekly list
	$(BIN)/forewarn demo

check: setup  ## formatting, lint, types and the one direction; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pip check
	$(BIN)/python -m flows.locked $(LOCK)

audit: setup  ## known vulnerabilities of the locked packages; asks the network, and fails on what it could not look up
	$(BIN)/uv tool run pip-audit --strict --require-hashes --disable-pip -r requirements.lock

test: check  ## all checks and all tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

test-spark: spark  ## the tests that need Spark
	$(BIN)/python -m pytest tests/spark

fix: setup  ## what ruff can mend by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

dictionary: setup  ## docs/data-dictionary.md from the definitions
	$(BIN)/python -m flows.dictionary

serve: setup  ## Prefect server and worker on this machine, with both flows deployed; Ctrl-C stops all
	$(BIN)/python -m flows.serve

lock: setup  ## all locks anew from pyproject.toml, with hashes and without index addresses
	$(BIN)/uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-annotate --no-header --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra build --extra dev --constraint requirements.lock --universal --generate-hashes --no-annotate --no-header --quiet -o requirements-dev.lock
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["spark"], sep="\n")' | $(BIN)/uv pip compile - --constraint requirements-dev.lock --universal --generate-hashes --no-annotate --no-header --quiet -o $(SPARK_LOCK)

clean:  ## what was made by tools; never var/, where the data is
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
