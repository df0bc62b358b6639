# Everything a person does. A fresh machine needs Python 3.11+, Node 20+ and make.
.DEFAULT_GOAL := help
# The system's own Python where it will do: those of version managers are often built without
# optimisation, and take up to a third longer.
PYTHON ?= $(firstword $(shell for python in /usr/bin/python3 python3; do \
	$$python -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& echo $$python; done) python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
export JALON_HOME ?= $(CURDIR)/data
DEMO := $(JALON_HOME)/engagements/belle-ardoise
# Certificates of the machine, as behind a company proxy.
export UV_SYSTEM_CERTS := 1

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(INSTALLED): requirements.txt pyproject.toml
	@echo "installing Python packages into $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@grep -A 40 '^uv==' requirements.txt | sed -n '1,/[^\\]$$/p' > $(VENV)/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/uv.txt
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

install: $(INSTALLED) ## Install everything from the lock files
	@$(BIN)/python -m compileall -q ingestion llm_enrichment orchestration quality reports -x node_modules
	@$(BIN)/python -m orchestration.prepare

run: install ## The demo engagement, from its raw exports to the report
	@test -d $(DEMO) || $(BIN)/python -m demo $(DEMO)
	@$(BIN)/jalon run belle-ardoise

ui: install ## The Dagster UI and the reports on 127.0.0.1
	@$(BIN)/jalon serve

cluster: install services ## The Dagster UI on PostgreSQL, Redis and two Celery workers
	@$(BIN)/jalon cluster

test: install browser services ## Lint and all tests
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -q -n 2

lint: install ## Style, types, import law, SQL
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint dbt_project/models --processes 2 --disable-progress-bar

browser: ## Chromium, which the report's tests drive
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq chromium fonts-liberation >/dev/null)

test-cluster: install services ## Eight engagements on two workers, one of them killed
	@$(BIN)/python -m pytest tests/cluster -q -n 0

services: ## PostgreSQL and Redis, for several workers
	@test -n "$$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null)" && command -v redis-server >/dev/null \
		|| (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql redis-server >/dev/null)

lock: ## Compile requirements.txt anew from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--extra dev --python-version 3.11 pyproject.toml -o requirements.txt

bench: install ## Where the time goes, beside plain DuckDB
	@$(BIN)/python -m orchestration.bench

chaos: install ## Kill, starve and damage everything, for hours: docs/operations.md
	@JALON_ERASE_ONE_IN=1 JALON_DISCLOSURE_AGENCIES=200 JALON_REBOOTS=6 $(BIN)/python -m pytest -q -n 0 \
		tests/erasure tests/model/test_disclosure.py tests/orchestration/test_reboot.py \
		-k "leave_no_trace or attacker_cannot or nobody_there"
	@$(BIN)/python -m tests.chaos

simulate: install ## How often before/after would be wrong: docs/before-after.md
	@$(BIN)/python -m tests.simulation.trials

docs: install ## The data dictionary: every table and column, in one file to open
	@$(BIN)/python -m orchestration.data_dictionary

clean: ## Remove what is installed and built, never the state in JALON_HOME
	rm -rf $(VENV) reports/evidence/node_modules

.PHONY: help install run ui cluster test lint browser test-cluster services lock bench chaos simulate docs clean
