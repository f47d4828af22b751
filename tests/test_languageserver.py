"""The client that stands for an editor, against a server of a few lines that answers as the protocol says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tools.languageserver import Server

if TYPE_CHECKING:
    from pathlib import Path

SERVER = """\
import json, sys

def read():
    length = 0
    while (line := sys.stdin.buffer.readline()).strip():
        length = int(line.split(b":")[1])
    return json.loads(sys.stdin.buffer.read(length)) if length else None

def send(**message):
    data = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n%s" % (len(data), data))
    sys.stdout.buffer.flush()

while message := read():
    method, params = message.get("method"), message.get("params", {})
    if method == "initialize":
        send(id=message["id"], result={})
    if method == "textDocument/didOpen":
        send(id=7, method="workspace/configuration", params={"items": [{"section": "yaml"}, {"section": "x"}]})
        asked = read()["result"]
        uri = params["textDocument"]["uri"]
        found = [{"message": f"{asked[0]['validate']} {asked[1]}", "range": {"start": {"line": 3}}}]
        send(method="textDocument/publishDiagnostics", params={"uri": uri, "diagnostics": found})
    if method == "textDocument/hover":
        at = params["position"]
        send(id=message["id"], result={"contents": {"value": f"{at}"}} if at["line"] else None)
    if method == "textDocument/completion":
        send(id=message["id"], result={"items": [{"label": "ask"}]})
    if method == "textDocument/didClose":
        break
"""


def test_an_editor_opens_a_text_and_asks_about_places_counted_from_one(tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(SERVER, encoding="utf-8")
    uri = (tmp_path / "a.yaml").as_uri()
    with Server([sys.executable, str(tmp_path / "server.py")], tmp_path) as server:
        (found,) = server.diagnostics(uri, "a: 1\n")
        assert (found["message"], found["range"]["start"]["line"]) == ("True None", 3)
        assert server.hover(uri, 2, 5) == "{'line': 1, 'character': 4}"
        assert server.hover(uri, 1, 1) == ""
        assert server.completion(uri, 1, 1) == ["ask"]
        server.closes(uri)
        with pytest.raises((EOFError, BrokenPipeError)):
            server.hover(uri, 1, 1)
