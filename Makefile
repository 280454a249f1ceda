# `make` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.runtime
DEV_STAMP := $(VENV)/.development
NODE_STAMP := node_modules/.package-lock.json
PORT ?= 8050

.DEFAULT_GOAL := help
.PHONY: help run setup test test-fast test-spark faults mutants check format bench bench-peers bench-growth demo maps font lock bundle clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements.txt constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	touch $@

$(DEV_STAMP): $(STAMP) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	touch $@

$(NODE_STAMP): package.json package-lock.json
	@command -v node >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs)
	@command -v npm >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends npm)
	npm ci --silent
	touch $@

var/snapshots/current: | $(STAMP)
	$(BIN)/python -m data demo

run: $(STAMP) var/snapshots/current ## environment, demonstration data, server on http://127.0.0.1:8050
	MALLOC_ARENA_MAX=2 OVERSIGHT_LOGIN=$${OVERSIGHT_LOGIN:-off} $(BIN)/gunicorn -c deploy/gunicorn.conf.py app:server --bind 127.0.0.1:$(PORT)

bench-peers: setup ## the same page in Streamlit, Vizro and plain Dash, side by side; docs/evidence/performance.md
	test -x var/peers/venv/bin/python || $(PYTHON) -m venv var/peers/venv
	var/peers/venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-peers.txt
	$(BIN)/python -m tests.bench.peers.run

demo: $(STAMP) ## write and import the demonstration data, publish a snapshot
	$(BIN)/python -m data demo

setup: $(DEV_STAMP) $(NODE_STAMP) ## development tools, Node, Chromium, PostgreSQL, nginx and a CJK font if missing
	@if ! fc-list | grep -qi 'cjk' || ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
	  || ! command -v nginx >/dev/null || ! command -v openssl >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-noto-cjk fontconfig postgresql \
	  nginx-light openssl; fi
	@command -v chromium-headless-shell >/dev/null \
	  || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell; } \
	  || command -v chromium >/dev/null

test: setup ## everything, with the browser tests; of layouts the unit tests reach what pyproject.toml says, or more
	npm test --silent
	@mkdir -p var
	$(BIN)/python -m coverage run -m pytest tests/unit
	$(BIN)/python -m coverage report --format=total
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/unit

test-fast: setup ## without browser and property tests
	$(BIN)/python -m pytest tests/unit tests/contract -n 2

test-spark: setup ## the rules on a Spark cluster of one master and two workers on loopback
	@command -v java >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-spark.txt -c constraints.txt
	OVERSIGHT_TEST_SPARK=1 $(BIN)/python -m pytest tests/cluster

faults: setup ## the long part: kills, full disks, damaged files, fuzz, load; figures in docs/evidence/faults.json
	rm -rf var/faults
	OVERSIGHT_TEST_DEPTH=full $(BIN)/python -m pytest tests/faults tests/property/test_ledger_faults.py \
	  tests/property/test_ledger_machine.py tests/property/test_audit_chain.py tests/property/test_rules_agree_with_oracle.py tests/contract/test_access.py tests/contract/test_returns.py \
	  tests/contract/test_planted_faults.py tests/contract/test_leads.py tests/contract/test_publication_plans.py \
	  tests/contract/test_project.py tests/contract/test_one_fact.py tests/contract/test_store_seals.py \
	  tests/contract/test_long_audit.py tests/hostile tests/shipped tests/reception
	$(BIN)/python -m tests.faults.figures

check: $(DEV_STAMP) $(NODE_STAMP) ## lint, types, import contracts, SQL style, the same of scripts and style sheets, words and lengths of files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint queries data/warehouse
	npm run check --silent
	$(BIN)/python -m pytest tests/contract/test_house.py tests/unit/test_names.py

format: $(DEV_STAMP) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

mutants: setup ## small changes to FOLDER (default queries/rules), one at a time: which does no test notice?
	$(BIN)/python -m tests.mutants $(or $(FOLDER),queries/rules) --sample $(or $(SAMPLE),20)

bench: setup ## publication, forecasts, page queries, paint and interaction, as JSON in var/bench.json
	$(BIN)/python -m tests.bench.run

bench-growth: setup ## city, province and country: publication, questions, files; docs/evidence/growth.json
	$(BIN)/python -m tests.bench.growth

maps: $(STAMP) ## rebuild the static maps after a boundary file changed
	$(BIN)/python -m data.geography.build_map_assets

font: $(DEV_STAMP) ## cut the font of the PDF papers anew
	$(BIN)/python -m layouts.documents.build_font

lock: $(STAMP) ## write requirements.lock anew: the checksum of every file that a host may install
	test -x var/uv/bin/uv || ($(PYTHON) -m venv var/uv && var/uv/bin/pip install --quiet --disable-pip-version-check uv)
	echo '# Runtime with the checksum of every file; `make lock` writes it anew from requirements.txt and constraints.txt.' > requirements.lock
	var/uv/bin/uv pip compile --quiet requirements.txt -c constraints.txt --generate-hashes --python-version 3.11 \
	  --python-platform x86_64-manylinux_2_28 --no-header --no-annotate | cat >> requirements.lock

bundle: $(STAMP) ## code and wheels in var/oversight-bundle.tar, for a host without internet; SIGNING_KEY=key.pem signs
	rm -rf var/wheels && mkdir -p var/wheels
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes -r requirements.lock -d var/wheels
	git archive --format=tar -o var/oversight-bundle.tar HEAD
	$(BIN)/python -m deploy.bill_of_materials var
	if [ -n "$(SIGNING_KEY)" ]; then openssl dgst -sha256 -sign "$(SIGNING_KEY)" -out var/RELEASE_NOTES.md.sig var/RELEASE_NOTES.md; fi
	tar --append -f var/oversight-bundle.tar -C var wheels sbom.cdx.json SHA256SUMS RELEASE_NOTES.md
	if [ -n "$(SIGNING_KEY)" ]; then tar --append -f var/oversight-bundle.tar -C var RELEASE_NOTES.md.sig; fi

clean: ## remove environment and runtime files
	rm -rf $(VENV) node_modules var
