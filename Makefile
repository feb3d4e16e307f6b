# Everything works from a fresh checkout: the virtual environment is made when it is needed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable

.PHONY: help run demo rehearse test check format docs pictures screens bench pages clean

help:
	@echo "make run       make the environment and open lrtui"
	@echo "make demo      the same, with a sample library to look around in"
	@echo "make rehearse  practise leading a review, with a room that speaks"
	@echo "make test      make the environment and run every check that CI runs"
	@echo "make check     the same: format, lint, types, import contracts, tests"
	@echo "make format    put the code in shape"
	@echo "make docs      make the pictures and the tables in the documents anew"
	@echo "make screens   make a picture of every screen and state"
	@echo "make bench     measure speed and size against the floor"
	@echo "make pages     check published pages with validators that are not ours"
	@echo "make clean     remove the environment and all caches"

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "lrtui needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Making the environment in $(VENV); this is done once."
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "Python cannot make a virtual environment here; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(INSTALL) .
	@touch $@

$(READY_DEV): $(READY)
	@echo "Adding what the checks need."
	@$(INSTALL) '.[dev]'
	@touch $@

run: $(READY)
	@$(BIN)/lrtui

demo: $(READY)
	@$(BIN)/lrtui demo

rehearse: $(READY)
	@$(BIN)/lrtui rehearse

test: check

check: $(READY_DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest

format: $(READY_DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: $(READY_DEV)
	$(BIN)/python -m docs.pictures

screens: $(READY_DEV)
	$(BIN)/python -m docs.screens

docs: pictures screens
	$(BIN)/python -m docs.tables

# what it needs beside: cmark-gfm, jing, java, and the validator of the W3C, VNU=…/vnu.jar
pages: $(READY_DEV)
	@rm -rf build/sample build/published
	@$(BIN)/lrtui demo --keep build/sample --no-open
	@$(BIN)/lrtui --library build/sample publish --site --to build/published
	@VNU=$(VNU) $(BIN)/python .ci/pages.py build/published

bench: $(READY_DEV)
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
