# The developer's front door. `make` says what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?=
# As many test processes as there are processors.
PYTEST_PROCESSES ?= auto
# Labelled bylines and pairs of names: a folder with bylines.jsonl and pairs.jsonl.
LABELLED ?= benchmarks/labelled

# What `make fuzz` fuzzes, and for how long.
TARGET ?= bylines
SECONDS ?= 60

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup run test quick check wheel mutants fuzz bench bench-bylines clean requirements

help: ## Say what there is
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.run ## Make the environment in .venv; from then on .venv/bin/standfirst is the command

run: $(VENV)/.run ## Make a sample magazine in ./demo, if it is not there yet, and serve it
	@$(BIN)/standfirst demo demo

test: $(VENV)/.dev ## Run the tests (on PostgreSQL with STANDFIRST_TEST_DATABASE=postgresql://…)
	$(BIN)/pytest -n $(PYTEST_PROCESSES) $(PYTEST_ARGS)

quick: $(VENV)/.dev ## Run the tests that are done in a minute: no browser, nothing slow, few examples
	$(BIN)/pytest -n $(PYTEST_PROCESSES) -m "not slow and not browser" --hypothesis-profile=quick $(PYTEST_ARGS)

check: $(VENV)/.dev ## Check format, lint, types, layers, migrations and documentation
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(BIN)/mypy
	DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=. $(BIN)/python -m django makemigrations --check --dry-run
	$(BIN)/pytest -q tests/config/test_documentation.py

mutants: $(VENV)/.dev ## Break the code on purpose, and tell what no test notices (MUTANTS="--all standfirst/bylines/joining.py")
	$(BIN)/python scripts/mutants.py $(MUTANTS)

wheel: $(VENV)/.dev ## Build the wheel and use it, in an environment that has nothing else
	$(BIN)/python scripts/try_wheel.py

fuzz: $(VENV)/.fuzz ## Look for input that breaks a reader (TARGET=bylines, matching, wordpress …; SECONDS=60)
	$(BIN)/python scripts/fuzz.py $(TARGET) --seconds $(SECONDS)

bench: $(VENV)/.dev ## Time what we claim to be fast (see benchmarks/README.md)
	$(BIN)/python -m benchmarks

bench-bylines: $(VENV)/.dev ## Measure how right bylines are read (LABELLED=a folder of your own labels)
	$(BIN)/python -m benchmarks.bylines $(LABELLED)
	$(BIN)/python -m benchmarks.matching $(LABELLED)

clean: ## Remove the environment, the sample magazine and what tools leave behind
	rm -rf $(VENV) demo build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

requirements: $(VENV)/.dev ## Pin the requirements anew, with hashes and without addresses (with PYTHON=the oldest supported)
	$(BIN)/pip-compile $(COMPILE) --extra pages --extra postgresql -o requirements/run.txt pyproject.toml requirements/run.in
	$(BIN)/pip-compile $(COMPILE) -o requirements/dev.txt requirements/dev.in
	$(BIN)/pip-compile $(COMPILE) -o requirements/fuzz.txt requirements/fuzz.in

COMPILE := --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

# The files below are stamps: they are younger than what they were made from.

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Standfirst needs Python 3.11 or newer: name one, as in  make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.fuzz: requirements/fuzz.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/fuzz.txt
	@touch $@
