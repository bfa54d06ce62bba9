# Two commands on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
STAMP := .venv/.stamp

.PHONY: setup run check test bench audit lock format

setup: $(STAMP)
	@:

$(STAMP): requirements-dev.lock pyproject.toml tools/setup.py
	@$(PYTHON) tools/setup.py

run: $(STAMP)
	@sh tools/run.sh $(PORT)

check: $(STAMP)
	@$(BIN)/python -m tools.check

test: $(STAMP)
	@$(BIN)/python -m tools.test

bench: $(STAMP)
	@$(BIN)/python -m tests.bench$(if $(GROWTH),.growth)

# Asks the network, so it is no part of `check`.
audit: $(STAMP)
	@$(BIN)/python -m tools.audit

# What follows is for whoever works on the code.
format: $(STAMP)
	@-$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python -m tools.messages
	@-find letterhead -path '*/templates/*' -name '*.html' | xargs $(BIN)/djade --target-version 5.2

lock: $(STAMP)
	@$(BIN)/python -m tools.lock
