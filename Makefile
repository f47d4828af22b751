# What each target runs is also written in CONTRIBUTING.md, for those without make.

PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin

.PHONY: all setup test explore agree planted lint format docs docs-check editors bench wheel smoke lowest clean

all: lint docs-check test

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -e '.[dev]'
	touch $@

test: setup
	$(BIN)/python -m pytest --cov

# The property tests alone, with many more examples, and new ones each time. This takes long.
explore: setup
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -m hypothesis --numprocesses=auto

# Faults planted in 500 rules, each mended when it is found. The tests do it with 40.
planted: setup
	PLANTED_RULES=500 $(BIN)/python -m pytest -n 0 tests/proofs/test_planted.py
# The engine, `regions` and z3 held against one another on many more random protocols. EXAMPLES says on how many.
EXAMPLES ?= 5000
agree: setup
	HYPOTHESIS_PROFILE=explore HYPOTHESIS_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -n 0 tests/regions/test_three_agree.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: setup
	$(BIN)/python -m tools.docs --write

docs-check: setup
	$(BIN)/python -m tools.docs --check

# The JSON Schemas, used by the language server that editors use. It needs npm, and no test needs it.
editors: setup $(VENV)/editors
	$(BIN)/python -m tools.editors $(VENV)/editors/node_modules/.bin/yaml-language-server

$(VENV)/editors: $(VENV)/.ready
	npm install --silent --prefix $@ yaml-language-server@1.25.0

bench: setup $(VENV)/.bench
	$(BIN)/python benchmarks/run.py

$(VENV)/.bench: $(VENV)/.ready
	$(BIN)/pip install -q -e '.[bench]'
	touch $@

wheel: setup
	rm -rf dist
	$(BIN)/hatchling build

# The wheel in an environment of its own, tried from an empty folder.
smoke: wheel
	sh tools/smoke.sh $(PYTHON) dist/*.whl

# The tests again, with the oldest version of every dependency that pyproject.toml allows.
lowest:
	sh tools/lowest.sh $(PYTHON)

# Each edit of one place of the pack that ships: is it found, and by what? Takes the better part of an hour.
mutants: setup
	$(BIN)/python -m tools.mutants --write docs/mutants.md

# The hooks, as pre-commit itself runs them. Needs a network, and a commit to run them from.
hooks: setup
	sh tools/hooks.sh $(BIN)/python

clean:
	rm -rf $(VENV) dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
