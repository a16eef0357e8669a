# make            lists what there is
# make run        from a fresh clone to a running site
# make test       everything

PORT ?= 5000
PYTHON ?= python3
JOBS ?= 2
APP_JOBS ?= 3
VENV := .venv
BIN := $(VENV)/bin
INSTANCE := instance
SECRET := $(INSTANCE)/secret-key

export SECRET_KEY_FILE ?= $(CURDIR)/$(SECRET)
export ENVIRONMENT ?= demonstration
export SITE_URL ?= http://127.0.0.1:$(PORT)

.DEFAULT_GOAL := help
# What was broken off half-way is made anew the next time.
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev run reset test sure format migrate requirements chromium test-sqlite test-postgresql

help: ## List what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

# ---------------------------------------------------------------- set-up

setup: $(VENV)/.runtime $(SECRET) ## Make .venv with what the service runs on; does nothing when nothing changed

setup-dev: setup $(VENV)/.development ## The same, with what it takes to test

$(BIN)/python:
	@$(PYTHON) bin/check_python.py
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt $(BIN)/python
	@echo "Installing the packages the service runs on. This takes about a minute."
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	@$(BIN)/python -m bin.fonts
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing the packages it is tested with. This takes about a minute."
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@

$(SECRET):
	@mkdir -p $(INSTANCE)
	@umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_hex(32))' > $@

# ---------------------------------------------------------------- running

run: setup ## From a fresh clone to a running site on SQLite; PORT=5000, settable
	@$(BIN)/flask serve --demonstration --port $(PORT)

reset: ## Say what would be deleted, ask, and delete the demonstration's data
	@sh bin/reset.sh $(INSTANCE)

migrate: setup ## Bring the database to the newest schema
	@$(BIN)/flask db upgrade

# ---------------------------------------------------------------- checking

# Dozens of tests start the service anew: each would compile it again where nothing is written beside the sources.
test: setup-dev chromium pango compiled ## Checks, tests on SQLite and PostgreSQL, journeys in a real browser; the longest of these are in `make long`
	@$(MAKE) --no-print-directory -j2 checks test-rulebook
	@$(MAKE) --no-print-directory test-app
	@$(MAKE) --no-print-directory test-postgresql

sure: setup-dev ## What to run before a commit: format, lint, types, import contracts, tests
	@$(BIN)/ruff format --quiet .
	@$(MAKE) --no-print-directory checks
	@$(MAKE) --no-print-directory coverage
	@$(MAKE) --no-print-directory test-app WHICH="long or not long"
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.txt || \
	  echo "The audit of dependencies found something, or could not ask; read the lines above."

.PHONY: coverage
coverage: setup-dev ## That the tests of the rulebook, the text engine with it, take every branch
	@$(BIN)/python -m pytest -n $(JOBS) tests/policies --cov --cov-report=term

.PHONY: checks
checks:
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo > /dev/null || { $(BIN)/lint-imports; exit 1; }
	@$(BIN)/djlint --quiet --lint app/templates
	@echo "Format, lint, types, templates and import contracts hold."

# To watch which branches are taken doubles the time of the text engine's tests: `make sure` and `make coverage` do.
.PHONY: test-rulebook test-app
test-sqlite: test-rulebook test-app

test-rulebook:
	@$(BIN)/python -m pytest -n $(JOBS) tests/policies/text
	@$(BIN)/python -m pytest -n $(JOBS) tests/policies --ignore tests/policies/text --cov --cov-report= --cov-fail-under=0
	@$(BIN)/coverage report --omit 'policies/text/*'

# One more than there are processors: browsers, servers and disks are waited for.
WHICH ?= not long
test-app:
	@$(BIN)/python -m pytest -n $(APP_JOBS) --dist loadgroup --ignore tests/policies -m "$(WHICH)"

.PHONY: long
long: setup-dev chromium compiled ## The longest walks through a browser, which `make test` leaves out and `make sure` takes
	@$(MAKE) --no-print-directory test-app WHICH=long

# What can differ from one database to the other is marked. Pages cannot, nor can a browser tell.
test-postgresql:
	@$(BIN)/python -m pytest -n $(APP_JOBS) --dist loadgroup --ignore tests/policies --ignore tests/journeys -m both --database postgresql

# Once on one Python, without what needs a browser.
.PHONY: test-once test-pythons
test-once:
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --ignore tests/journeys

test-pythons: ## The suite on Python 3.11, 3.12 and 3.13, those that are here; PYTHONS="python3.12" names others
	@MAKE='$(MAKE)' PYTHONS='$(PYTHONS)' sh bin/pythons.sh

chromium: setup-dev
	@sh bin/chromium.sh $(BIN)/python

.PHONY: compiled
compiled: setup-dev
	@$(BIN)/python -m compileall -q app policies wsgi.py

.PHONY: pango
pango: setup-dev
	@sh bin/pango.sh $(BIN)/python

.PHONY: rules
rules: setup ## Write docs/rules.md from the rulebook and its tests
	@$(BIN)/python -m bin.rules

.PHONY: promises
promises: setup ## Write docs/promises.md from the promises and the tests that prove them
	@$(BIN)/python -m bin.promises

.PHONY: bench
bench: setup-dev ## Measure how fast it is, beside references in the same run; BENCH=--quick for every day
	@$(BIN)/python -m bench $(BENCH)

requirements: ## Resolve requirements*.in into pinned files with hashes
	@sh bin/requirements.sh $(PYTHON)
