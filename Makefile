# The commands that must always work on a machine with Python 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ARCHIVE ?= demo-archive/articles.db
# Two for each core: many tests wait, as a crawl does.
WORKERS ?= $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))

.DEFAULT_GOAL := help
.PHONY: help demo test format lint types layers unit bench soak docs clean

help: ## Show the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		-c constraints.txt -e '.[serve,picture,dev]'
	@touch $@

demo: $(STAMP) ## Crawl the bundled papers over HTTP on loopback and show what was stored
	$(BIN)/baolangson demo --archive $(ARCHIVE)

test: $(STAMP) format lint types layers unit ## Everything that guards the code

format: $(STAMP)
	$(BIN)/ruff format --check .

lint: $(STAMP)
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/python -m pytest -n $(WORKERS)

bench: $(STAMP) ## Measure, and rewrite docs/benchmarks.md
	$(BIN)/python -m bench

soak: $(STAMP) ## Kill, crowd and starve crawls for about an hour, and rewrite docs/soak.md
	$(BIN)/python -m soak

docs: $(STAMP) ## Rewrite the generated documents
	$(BIN)/python -m docs.generate

clean: ## Remove the environment, caches and the demo archive
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache demo-archive
