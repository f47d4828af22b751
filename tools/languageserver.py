"""A small client of a language server, as an editor is one: it opens texts, and asks what the server says of them."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

SETTINGS: dict[str, object] = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}},
    "http": {},
}
CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True},
}
Json = dict[str, Any]


class Server:
    """A running server; leaving the `with` block stops it."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        """Start `command`, for an editor that has `folder` open."""
        self._running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self._last = 0
        self._told: dict[str, list[Json]] = {}
        self.asks("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": CAPABILITIES})
        self._tells("initialized", {})
        self._tells("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._running.kill()
        self._running.communicate()

    def diagnostics(self, uri: str, text: str) -> list[Json]:
        """What the server finds wrong with a text, once it has been opened as this file."""
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._told.pop(uri, None)
        self._tells("textDocument/didOpen", {"textDocument": document})
        while uri not in self._told:
            self._heard()
        return self._told[uri]

    def closes(self, uri: str) -> None:
        """Close a file."""
        self._tells("textDocument/didClose", {"textDocument": {"uri": uri}})

    def hover(self, uri: str, line: int, column: int) -> str:
        """What is shown at a place, both counted from 1, of an open file."""
        found = self.asks("textDocument/hover", _at(uri, line, column))
        return str(found["contents"]["value"]) if found else ""

    def completion(self, uri: str, line: int, column: int) -> list[str]:
        """What is offered at a place of an open file."""
        found = self.asks("textDocument/completion", _at(uri, line, column))
        return [str(item["label"]) for item in found["items"]]

    def asks(self, method: str, params: Json) -> Any:  # noqa: ANN401 - whatever the server answers
        """Ask, and wait for the answer."""
        self._last += 1
        self._sends({"id": self._last, "method": method, "params": params})
        while True:
            message = self._heard()
            if message.get("id") == self._last and "method" not in message:
                return message.get("result")

    def _tells(self, method: str, params: Json) -> None:
        self._sends({"method": method, "params": params})

    def _sends(self, message: Json) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._running.stdin  # noqa: S101 - a pipe was asked for
        self._running.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._running.stdin.flush()

    def _heard(self) -> Json:
        """The next message; what the server itself asks is answered."""
        stream = self._running.stdout
        assert stream  # noqa: S101 - a pipe was asked for
        length = 0
        while (line := stream.readline()).strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise EOFError("the language server ended")
        message: Json = json.loads(stream.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            items = message.get("params", {}).get("items", [])
            self._sends({"id": message["id"], "result": [SETTINGS.get(each.get("section")) for each in items]})
        return message


def _at(uri: str, line: int, column: int) -> Json:
    return {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}
