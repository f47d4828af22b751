"""The answers of an unfinished case, on disk after every answer: what is typed is never lost.

A draft is one JSON file, readable by its owner alone, replaced as a whole. Where the user's own folder cannot be
written to, it goes to the temporary folder, then to the current one; where nothing can, `spilled` gives the text to
print.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError
from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playbook.protocol import Answer, Protocol

APP = "crisis-playbook"
DAY = 24 * 60 * 60
PAUSED = "paused"
"""The status of a draft."""
LARGEST = 1_000_000
"""Bytes of an answers file; a case is a few hundred."""


class Draft(Record):
    """What a draft or an answers file holds, as JSON gives it: not yet checked against any question."""

    answers: Mapping[str, object]
    aside: Mapping[str, object] = {}
    protocol: str | None = None
    """The protocol's id, where the file says it."""
    digest: str | None = None
    """The protocol's digest when it was saved: another one now means that the protocol has changed since."""
    locale: str | None = None
    edits: Mapping[str, str] = {}
    """Replies as the operator changed them, by what they belong to."""
    originals: Mapping[str, str] = {}
    """The same as they were before."""
    decided: str | None = None
    """The moment of the decision (ISO 8601): what deadlines count from."""
    outcome: str | None = None
    """The outcome that was decided then."""
    skipped: tuple[str, ...] = ()
    """Details that the operator chose to do without."""
    paused: bool = False
    """Whether it is a draft of ours, which may be replaced and removed; any other file stays as it is."""


def folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The user's data folder, by `CRISIS_PLAYBOOK_HOME` or the platform's rule. It may not exist yet."""
    own = environ.get("CRISIS_PLAYBOOK_HOME")
    if own:
        return Path(own)
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or ".")
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / APP
    if platform == "darwin":
        return home / "Library" / "Application Support" / APP
    given = Path(environ.get("XDG_DATA_HOME", ""))
    return (given if given.is_absolute() else home / ".local" / "share") / APP


class Keeper:
    """Keeps one case's draft: `keep` after every answer, `drop` when it is finished."""

    def __init__(
        self, protocol: Protocol, about: Mapping[str, str], environ: Mapping[str, str], path: Path | None = None
    ) -> None:
        """Write to `path` (a draft that is gone on with), else to a new file in the user's data folder.

        `about` is kept along: the protocol's `digest`, the `locale` of the reply.
        """
        import secrets
        import tempfile
        import time

        name = f"{protocol.id}-{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}.json"
        self.wanted = path or folder(environ) / "drafts" / name
        self.places = [self.wanted, Path(tempfile.gettempdir()) / f"{APP}-{name}", Path.cwd() / f"{APP}-{name}"]
        self.path = path
        """Where the draft stands; None while there is none."""
        told = {"id": protocol.id, "version": protocol.version, "digest": about.get("digest")}
        self.about = {"protocol": told, "locale": about.get("locale")}
        self.more: dict[str, object] = {}
        """What else is kept along, where there is any: see `Draft`."""
        self.answers: dict[str, object] = {}
        self.aside: dict[str, object] = {}

    def keep(self, answers: Mapping[str, Answer], aside: Mapping[str, Answer]) -> None:
        """Write the draft, in the first place that takes it; never raises for want of a place."""
        self.answers, self.aside = _as_json(answers), _as_json(aside)
        for place in [self.path, *self.places] if self.path else self.places:
            try:
                _replace(place, self._text())
            except OSError:
                continue
            if self.path not in {None, place}:
                _remove(self.path)  # an older state must not be taken for the case
            self.path = place
            return
        self.path = None

    def drop(self) -> None:
        """Remove the draft: the case is finished."""
        _remove(self.path)
        self.path = None

    def spilled(self) -> str:
        """All answers as one line of JSON, for a screen: the last resort, and what `--answers` reads."""
        return json.dumps({**self.aside, **self.answers}, ensure_ascii=True)

    def _text(self) -> str:
        draft: dict[str, object] = {
            "schema_version": 1,
            "status": PAUSED,
            **self.about,
            "answers": self.answers,
            "aside": self.aside,
        }
        draft |= {name: each for name, each in self.more.items() if each}
        return json.dumps(draft, ensure_ascii=True, indent=1) + "\n"


def resume_command(path: Path, more: Iterable[str] = (), program: Iterable[str] = ("playbook",)) -> str:
    """The command that goes on with the draft at `path`, as one would type it; `more` are further options of it."""
    from shlex import join

    return join([*program, "triage", "--resume", str(path), *more])


def newest(environ: Mapping[str, str], now: float) -> Path | None:
    """The draft in the user's own folder that was written last, if less than a day before `now` (Unix time)."""
    drafts = folder(environ) / "drafts"
    try:
        found = [each for each in drafts.glob("[!.]*.json") if now - each.stat().st_mtime < DAY]
        return max(found, key=lambda each: each.stat().st_mtime, default=None)
    except OSError:
        return None


def load(path: Path) -> Draft:
    """Read a draft, an answers file, or the JSON that a run without a person printed.

    Raises:
        PlaybookError: it cannot be read (PB441), is too large (PB442), or is no JSON object of answers (PB443).
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as fault:
        raise _refused("PB441", f"cannot read `{path}`: {(fault.strerror or 'it failed').lower()}") from None
    except ValueError:
        raise _refused("PB441", f"`{path}` is no file name") from None
    return loads(content, str(path))


def loads(content: bytes, name: str) -> Draft:
    """The same from bytes that were read elsewhere, as from standard input; `name` is for the message."""
    if len(content) > LARGEST:
        raise _refused("PB442", f"`{name}` is too large for the answers of a case", f"at most {LARGEST} bytes are read")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as fault:
        message = f"`{name}` is no JSON: {fault.msg.lower()}, line {fault.lineno}, column {fault.colno}"
        raise _refused("PB443", message, _SHAPE) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise _refused("PB443", f"`{name}` is no JSON", _SHAPE) from None
    if not isinstance(found, dict):
        raise _refused("PB443", f"`{name}` holds no answers", _SHAPE)
    if not isinstance(found.get("answers"), dict):
        return Draft(found)
    about = found.get("protocol")
    about = about if isinstance(about, dict) else {}
    aside = found.get("aside")
    return Draft(
        found["answers"],
        aside if isinstance(aside, dict) else {},
        _text_or_none(about.get("id")),
        _text_or_none(about.get("digest")),
        _text_or_none(found.get("locale")),
        _texts(found.get("edits")),
        _texts(found.get("originals")),
        _text_or_none(found.get("decided")),
        _text_or_none(found.get("outcome")),
        _names(found.get("skipped")),
        found.get("status") == PAUSED,
    )


_SHAPE = 'an answers file is an object like {"fault": "us", "days_late": 15}'


def _refused(code: str, message: str, hint: str | None = None) -> PlaybookError:
    return PlaybookError([Diagnostic(code, message, hint=hint)])


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: object) -> dict[str, str]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {before: after for before, after in pairs if isinstance(after, str)}


def _names(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _as_json(answers: Mapping[str, Answer]) -> dict[str, object]:
    return {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}


def _replace(path: Path, text: str) -> None:
    import tempfile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".json", dir=path.parent)  # for its owner alone
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        _remove(Path(temporary))
        raise


def _remove(path: Path | None) -> None:
    import contextlib

    if path is not None:
        with contextlib.suppress(OSError):
            path.unlink()
