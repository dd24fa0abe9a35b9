# Everything a person does with this project. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check check-code check-tables bench format words docs pictures lock
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

python := .venv/bin/python
run := .venv/.run-stamp
dev := .venv/.dev-stamp
uv := .build/uv/bin/uv
# Two files of tests at a time, in their order: the long ones do not come last.
side_by_side := -n 2 --dist loadfile --no-loadscope-reorder
compile := pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

help: ## list the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(run) ## run everything on this machine, without token, server or network
	@exec $(python) -m bot demo

demo-reset: ## forget what the demo has stored
	rm -rf .demo

test: check ## check, then all tests
	@scripts/ensure_chromium.sh
	@$(python) -m pytest $(side_by_side)

check: $(dev) ## format, lint, types, layers, catalogues, tables
	@$(MAKE) --jobs 2 check-code check-tables

check-code: $(dev)
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy
	.venv/bin/lint-imports --no-logo

check-tables: $(dev)
	$(python) -m scripts.words check
	$(python) -m scripts.phrases check
	$(python) -m scripts.criteria check
	$(python) -m scripts.transcripts check
	$(python) -m bot check

bench: $(dev) ## measure
	$(python) -m benchmarks

format: $(dev) ## write the code in the common format
	$(python) -m ruff format .
	$(python) -m ruff check --fix .

words: $(dev) ## collect the sentences of the code into locales/bot.pot and every catalogue
	$(python) -m scripts.words extract
	$(python) -m scripts.words update

docs: $(dev) ## pack the phrases, write docs/criteria.md and the transcripts anew
	$(python) -m scripts.phrases write
	$(python) -m scripts.criteria write
	$(python) -m scripts.transcripts write

pictures: $(dev) ## take the pictures of docs/pictures from the demo
	$(python) -m scripts.pictures

lock: $(uv) ## bring the lock files in line with pyproject.toml (UPGRADE=--upgrade: newest versions)
	$(uv) $(compile) --output-file requirements.lock
	$(uv) $(compile) --group dev --output-file requirements-dev.lock

$(run): requirements.lock
	@scripts/setup.sh requirements.lock
	@touch $@

# The second lock holds everything of the first: whoever tests can also run.
$(dev): requirements-dev.lock
	@scripts/setup.sh requirements-dev.lock
	@touch $(run) $@

$(uv):
	$(or $(PYTHON),python3) -m venv .build/uv
	.build/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
