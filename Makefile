# What there is to run, test and keep this portal. Needs Python 3.11 or newer and make, nothing else.
# Settings come from the environment (docs/operators.md), so `PORT=8101 CLAVET_DATA=var/second make run` works.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
PYTHONS := $(PYTHON) python3.13 python3.12 python3.11 python3
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
OURS := bench clavet fiches practices network rapid_response tests manage.py

.PHONY: help
help:
	@echo 'make run           start the portal (on the first start: install, migrate, load the sample)'
	@echo 'make test          everything the tests need, and the whole suite; ARGS="-k words" narrows it'
	@echo 'make quality       how well search finds: queries of nine languages, scored'
	@echo 'make bench         all benchmarks, each beside its baseline; SCALE=100000 for the full size'
	@echo 'make lint          all checks of style and structure'
	@echo 'make format        bring the Python files into the style that lint asks for'
	@echo 'make messages      collect the strings of the interface into the nine catalogues'
	@echo 'make catalogues    compile the catalogues'
	@echo 'make requirements  pin the dependencies anew; UPGRADE=--upgrade takes the newest of each'

.PHONY: run
run: .venv/.stamp
	@exec $(BIN)/python -m clavet.operations.start

.PHONY: test
test: .venv/.stamp-dev
	@$(BIN)/python -m tests.run $(ARGS)

.PHONY: bench
bench: .venv/.stamp-dev
	@$(BIN)/python -m bench $(ARGS)

.PHONY: quality
quality: .venv/.stamp-dev
	@$(BIN)/python -m bench.quality

# Reads only, and needs no network.
.PHONY: lint
lint: .venv/.stamp-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@find $(OURS) -name '*.py' -not -path '*/migrations/*' -exec $(BIN)/django-upgrade --target-version 5.2 --check {} +
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/lint-imports --no-logo

.PHONY: format
format: .venv/.stamp-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: messages
messages: .venv/.stamp
	@$(BIN)/python manage.py messages

.PHONY: catalogues
catalogues: .venv/.stamp
	@$(BIN)/python -m clavet.operations.catalogues

.PHONY: requirements
requirements: .venv/.stamp-dev
	$(PIN) $(UPGRADE) requirements/base.in --output-file requirements/base.txt
	$(PIN) $(UPGRADE) requirements/dev.in --output-file requirements/dev.txt

# The stamps keep an unchanged environment from being installed again.
.venv/.stamp: requirements/base.txt .venv/bin/python
	@echo 'Installing what the portal runs on (requirements/base.txt) …'
	@$(PIP) -r requirements/base.txt
	@touch $@

.venv/.stamp-dev: requirements/dev.txt .venv/.stamp
	@echo 'Installing what tests and checks need (requirements/dev.txt) …'
	@$(PIP) -r requirements/dev.txt
	@touch $@

# The first Python that is new enough and able to make an environment.
.venv/bin/python:
	@for python in $(PYTHONS); do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  found=$$python; \
	  $$python -c 'import venv, ensurepip' 2>/dev/null || continue; \
	  echo "Making .venv with $$($$python --version) …"; \
	  exec $$python -m venv --clear .venv; \
	done; \
	if [ -n "$$found" ]; then \
	  echo "$$($$found --version) cannot make a virtual environment: its modules venv and ensurepip are missing." >&2; \
	  echo 'What helps: install them; on Debian and Ubuntu: apt-get install python3-venv' >&2; \
	else \
	  echo "CLAVET needs Python 3.11 or newer; found: $$(python3 --version 2>&1 || echo none)" >&2; \
	  echo 'What helps: install a newer Python, or name one: make run PYTHON=/path/to/python3.12' >&2; \
	fi; \
	exit 1
