#!/bin/sh
# Install a built wheel into an environment of its own and use it from an empty folder.
# usage: tools/smoke.sh PYTHON WHEEL
set -eu

python=$1
wheel=$2
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

"$python" -m venv "$room/venv"
"$room/venv/bin/pip" install -q "$wheel"
mkdir "$room/empty" "$room/home"
cd "$room/empty"
export HOME="$room/home" PATH="$room/venv/bin:$PATH"

say() { printf '%s\n' "smoke: $*"; }

playbook --version
crisis-playbook --version > /dev/null
python -m playbook --version > /dev/null
say "starts by both names and as a module"

playbook list
playbook show threat > /dev/null
say "the pack that ships is inside the wheel"

status=0
playbook triage threat --no-input --json > pending.json || status=$?
[ "$status" -eq 4 ] || { say "a case without answers must end with exit code 4, not $status"; exit 1; }
python -c 'import json; assert json.load(open("pending.json"))["status"] == "pending"'
say "a case without answers says what is missing"

rm pending.json
[ -z "$(ls -A)" ] || { say "left behind in the folder: $(ls -A)"; exit 1; }
say "nothing is left behind"
