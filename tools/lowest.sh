#!/bin/sh
# Run the tests with the lowest version of every dependency that pyproject.toml allows, and see every branch covered.
# What only goes through more cases by the same lines is left to the run with the newest versions.
# usage: tools/lowest.sh PYTHON
set -eu

python=$1
venv=build/lowest

"$python" -m venv "$venv"
"$venv/bin/python" tools/lower_bounds.py > "$venv/constraints.txt"
"$venv/bin/pip" install -q -c "$venv/constraints.txt" -e '.[dev]'
"$venv/bin/python" -m pytest -q --cov -m "not exhaustive" --numprocesses=auto --dist=loadgroup
