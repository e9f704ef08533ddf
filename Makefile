# make rehearse   the whole bot with a local Telegram in the browser, no token needed
# make run        the real bot (needs BOT_TOKEN, see .env.example)
# make test       everything CI runs: lint, types, import rules, tests
# make quick      what answers within a minute; PACKAGE=moderation chooses whose scenarios are played
# make texts      docs/reading-list.*.md again: every text with real values, for native readers
# make endure     long trials: kill storms, thousands of forged presses, minutes of load
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
PACKAGE ?= agenda
# Most tests wait more than they compute: twice as many workers as there are cores.
WORKERS ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) * 2)")
LONG = $(addprefix tests/test_,commands.py fast_import.py kill.py pages.py pictures.py switchboard.py)
GOLDEN = $(addprefix tests/golden/test_,names.py things.py)
SPREAD = -n $(WORKERS) --dist worksteal

.PHONY: help rehearse run test quick quick-tests endure check lint types imports tests format texts bench clean

help:
	@sed -n 's/^# //p' Makefile

# One stamp for each lock file: set-up runs again only when its lock has changed.
$(VENV)/.runtime: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

rehearse: $(VENV)/.runtime
	$(BIN)/python run_bot.py rehearse

run: $(VENV)/.runtime
	$(BIN)/python run_bot.py run

test: lint imports
	$(MAKE) --no-print-directory -j2 types tests

quick: lint imports
	$(MAKE) --no-print-directory -j2 types quick-tests

check: lint types imports

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

tests: $(VENV)/.dev
	$(BIN)/python -m pytest $(SPREAD) --durations=20

# Of the unit tests those that start no process, draw nothing and do not ask thousands of times; of the screens those of
# the package; of the engines SQLite.
quick-tests: $(VENV)/.dev
	MINBER_QUICK=$(PACKAGE). $(BIN)/python -m pytest -n 4 --dist worksteal --hypothesis-profile=dev -m "not postgres and not endure" \
		$(GOLDEN) tests/programme tests/storage tests/views $(filter-out $(LONG),$(wildcard tests/test_*.py)) \
		tests/scenarios/$(PACKAGE)

endure: $(VENV)/.dev
	$(BIN)/python -m pytest -m endure --durations=20

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

texts: $(VENV)/.dev
	$(BIN)/python -m tests.reading_list

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
