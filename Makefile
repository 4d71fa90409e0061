# `make build` on a fresh machine; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
BROWSER := $(VENV)/browser/bin/chromium
SPARK_INSTALLED := $(VENV)/.installed-spark
export PATH := $(CURDIR)/$(BIN):$(PATH)
# dbt and numpy on small data: more BLAS threads only fight each other.
export OPENBLAS_NUM_THREADS := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
RAW ?= data/sample
VARS = --vars '{raw_path: $(RAW)}'
PYTHON_CODE := tagmart workshop tests models

.PHONY: help install install-spark build gates test test-slow lint mutate bench bench-scoring spark-up spark-down test-spark clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(INSTALLED): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "Tagmart needs Python 3.10 to 3.13; $(PYTHON) is another: call make with PYTHON=python3.12, say."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@# dbt reads the project once, for the first build too.
	@$(BIN)/dbt --quiet parse $(VARS) || true
	@touch $@

install: $(INSTALLED) ## virtual environment and pinned packages

$(SPARK_INSTALLED): $(INSTALLED) requirements-spark.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-spark.txt
	@touch $@

install-spark: $(SPARK_INSTALLED) ## the packages that `dbt build --target spark` needs besides; Java 17 or 21 comes from the system

# Tests look at the dashboard as a reader does; without npm they skip and say so.
$(BROWSER): workshop/browser.mjs
	@if [ "$$(uname -sm)" = "Linux x86_64" ] && command -v npm >/dev/null; then \
		npm install --prefix $(VENV)/browser --no-save --no-audit --no-fund --loglevel error @sparticuz/chromium@153.0.0 \
		&& cp workshop/browser.mjs $(VENV)/browser/ && mkdir -p $(VENV)/browser/bin && TMPDIR=$(CURDIR)/$(VENV)/browser/bin node $(VENV)/browser/browser.mjs \
		&& rm -rf $(VENV)/browser/node_modules || echo "Chromium could not be installed: tests that need a browser skip."; \
	else echo "No npm, or another machine than Linux x86_64: tests that need a browser skip."; fi

# Of the small sample two models at once fit any memory.
build: export TAGMART_THREADS ?= $(if $(filter data/sample,$(RAW)),2,1)
build: $(INSTALLED) ## build every model on the sample brand (or RAW=folder) and test its rows
	@$(BIN)/python -m workshop dbt build --exclude-resource-type unit_test $(VARS)
	@$(BIN)/tagmart guide

# A target folder of its own: lint runs beside the build.
lint: export DBT_TARGET_PATH := target/lint
lint: export TAGMART_DATABASE := target/lint/tagmart.duckdb
lint: $(INSTALLED) ## ruff over Python, sqlfluff over models and questions, and the layers of the manifest
	$(BIN)/ruff check --quiet $(PYTHON_CODE)
	$(BIN)/ruff format --quiet --check $(PYTHON_CODE)
	$(BIN)/dbt --quiet parse
	$(BIN)/python -m workshop layers --manifest $$DBT_TARGET_PATH/manifest.json
	$(BIN)/python -m workshop graph --manifest $$DBT_TARGET_PATH/manifest.json
	$(BIN)/python -m workshop semantic --manifest $$DBT_TARGET_PATH/semantic_manifest.json
	$(BIN)/python -m workshop segment-docs --check --manifest $$DBT_TARGET_PATH/manifest.json
	$(BIN)/python -m workshop tag-docs --check --manifest $$DBT_TARGET_PATH/manifest.json
	$(BIN)/python -m workshop metric-docs --check --manifest $$DBT_TARGET_PATH/manifest.json
	$(BIN)/python -m workshop playbook-docs --check
	$(BIN)/python -m workshop dialects
	$(BIN)/sqlfluff lint models analyses/questions analyses/management --disable-progress-bar --processes 2

gates: $(INSTALLED) ## tagmart check, Great Expectations on raw, dbt build and its tests, Great Expectations on the mart and its drift, pages of questions
	$(BIN)/tagmart check
	$(BIN)/python -m workshop quality raw data/sample
	$(BIN)/dbt build
	$(BIN)/python -m workshop quality mart target/tagmart.duckdb
	$(BIN)/python -m workshop quality drift target/tagmart.duckdb
	$(BIN)/python -m workshop questions --check

test: $(INSTALLED) $(BROWSER) ## lint and gates side by side, then pytest (fast)
	@$(MAKE) --jobs=2 --output-sync=line lint gates
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m 'not slow and not spark'

test-slow: $(INSTALLED) $(BROWSER) ## the long tests: real data, many random brands, killed builds
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m slow --durations 40 --durations-min 10

mutate: $(INSTALLED) ## break the SQL of history, tags and segments in 2,500 places; does a check notice? (ONLY=path, LIMIT=number)
	$(BIN)/python -m workshop mutate $(if $(ONLY),--only $(ONLY)) $(if $(LIMIT),--limit $(LIMIT))

bench: $(INSTALLED) ## a whole build with data tests, a day later, nothing new: time, memory, disk, ratios (CUSTOMERS=number)
	$(BIN)/python -m workshop bench $(if $(CUSTOMERS),--customers $(CUSTOMERS))

bench-scoring: $(INSTALLED) ## fitting and scoring one and ten million customers: time, memory, ratio to lifetimes if installed
	$(BIN)/python -m workshop bench-scoring

spark-up: $(SPARK_INSTALLED) ## a Spark cluster on this machine: master, two workers, a server for Connect (port 15002) and Thrift (10000)
	$(BIN)/python -m workshop spark up

spark-down: $(SPARK_INSTALLED) ## stop it
	$(BIN)/python -m workshop spark down

test-spark: $(SPARK_INSTALLED) ## the sample and a dirty brand on a Spark of its own, every public mart compared with DuckDB row for row
	$(BIN)/python -m workshop spark up --forget
	$(BIN)/python -m pytest -m spark --durations 0 --durations-min 1; ended=$$?; $(BIN)/python -m workshop spark down; exit $$ended

clean: ## remove what a build made; the virtual environment stays
	rm -rf target logs build *.egg-info .pytest_cache .hypothesis
