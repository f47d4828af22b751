"""A pack as it was at a git revision: its files read with git's plumbing, which runs nothing and fetches nothing.

Nothing is checked out. Git is asked for objects alone: no hook, filter, text conversion, pager or file-system monitor
of a repository is run, no missing object is fetched, and a revision that begins with `-` is refused. What both versions
hold alike is not read from git at all: a file is known by the name that git gives to its content.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from shutil import which
from typing import IO, TYPE_CHECKING

from playbook.diagnostics import Diagnostic, PlaybookError
from playbook.files import TEMPLATES, Files
from playbook.loader.opening import PACK_FILE, PROTOCOLS, SHARED, SNAPSHOTS
from playbook.stamps import noted, untouched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

MAIN = tuple(f"refs/{each}" for each in "remotes/origin/HEAD remotes/origin/main remotes/origin/master".split())
MAIN = (*MAIN, "refs/heads/main", "refs/heads/master")
"""Where the main branch is looked for, the first that there is."""
_ALOOF = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_SAFELY = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
FEW = 16
"""So many contents are sooner asked of git than it is loaded what gives them names."""
_PARTS = (PACK_FILE, PROTOCOLS.rstrip("/"), TEMPLATES.rstrip("/"))
_FILE, _PROGRAM, _LINK = "100644", "100755", "120000"


class Repository:
    """The git repository that a pack stands in."""

    def __init__(self, root: Path) -> None:
        """Ask git where the pack's folder stands in it.

        Raises:
            PlaybookError: there is no git (PB562), or the folder is in no repository (PB563).
        """
        program = which("git")
        if program is None:
            hint = "install git, or name two folders: `playbook diff OLD NEW`"
            raise PlaybookError([Diagnostic("PB562", "there is no `git` to read a revision with", hint=hint)])
        self.program, self.root = program, root
        found = self._run("rev-parse", "--show-prefix", "--is-shallow-repository", "--git-path", "index")
        if found.returncode:
            why = _said(found.stderr)
            message = f"`{root}` is in no git repository that can be read" + (f": {why}" if why else "")
            hint = "name two folders: `playbook diff OLD NEW`"
            raise PlaybookError([Diagnostic("PB563", message, hint=hint)])
        self.prefix, shallow, self.index = found.stdout.decode(errors="surrogateescape").split("\n")[:3]
        self.shallow = shallow == "true"

    def _run(self, *arguments: str, more: Sequence[str] = ()) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 - git, with arguments of ours and a revision that is no option
            self._command(*arguments, *more), capture_output=True, check=False, env={**os.environ, **_ALOOF}
        )

    def _command(self, *arguments: str) -> list[str]:
        return [self.program, "-C", os.fspath(self.root), "--no-pager", *_SAFELY, *arguments]

    def commit(self, revision: str) -> str:
        """The commit that a revision names.

        Raises:
            PlaybookError: there is no such commit (PB561).
        """
        if revision.startswith("-"):
            hint = "a revision has no `-` first"
            raise PlaybookError([Diagnostic("PB561", f"`{revision}` is no revision", hint=hint)])
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found.returncode:
            hint = "name a branch, a tag or a commit; or a folder or file that there is"
            if self.shallow:
                hint = "this clone is shallow: fetch more of its history with `git fetch --unshallow`"
            raise PlaybookError([Diagnostic("PB561", f"there is no revision, folder or file `{revision}`", hint=hint)])
        return found.stdout.decode().strip()

    def fork(self, head: str = "HEAD") -> tuple[str, str]:
        """The name of the main branch, and the commit at which `head` left it.

        Raises:
            PlaybookError: there is no main branch, or nothing in common with it (PB564).
        """
        listed = self._run("for-each-ref", "--format=%(refname)", *MAIN).stdout.decode().split()
        main = next((each for each in MAIN if each in listed), None)
        hint = "name what to compare with: `playbook diff REVISION`"
        if main is None:
            message = "there is no branch `main` or `master` to compare with"
            raise PlaybookError([Diagnostic("PB564", message, hint=hint)])
        found = self._run("merge-base", "--end-of-options", head, main)
        short = main.removeprefix("refs/heads/").removeprefix("refs/remotes/")
        if found.returncode:
            if self.shallow:
                hint = "this clone is shallow: fetch more of its history with `git fetch --unshallow`"
            message = f"`{head}` and `{short}` have no commit in common"
            raise PlaybookError([Diagnostic("PB564", message, hint=hint)])
        return short, found.stdout.decode().strip()

    def files(self, revision: str, beside: Mapping[str, bytes] | None = None) -> Tree:
        """The files of the pack at a revision; those that `beside` holds alike are taken from there.

        Raises:
            PlaybookError: there is no such commit, or it cannot be read (PB561).
        """
        parts = [f"{self.prefix}{each}" for each in _PARTS]
        with self._noting(beside) as notes:
            what = ("--end-of-options", f"{revision}^{{commit}}")
            found = self._run("ls-tree", "-r", "-z", "--full-tree", *what, more=("--", *parts))
            if found.returncode:
                commit = self.commit(revision)
                raise PlaybookError([Diagnostic("PB561", f"`{commit}` cannot be read: {_said(found.stderr)}")])
            listed = {}
            for entry in found.stdout.decode(errors="surrogateescape").split("\0")[:-1]:
                about, _, path = entry.partition("\t")
                mode, _, name = about.split(" ")
                listed[path.removeprefix(self.prefix)] = (mode, name)
            tree = Tree(self, {path: each for path, each in listed.items() if belongs(path)}, beside or {})
            tree.untouched = notes()
        return tree

    @contextmanager
    def _noting(self, beside: Mapping[str, bytes] | None) -> Iterator[Callable[[], Mapping[str, str]]]:
        """Meanwhile git lists what it noted of the working tree, for files there; then the names of those untouched."""
        index = self.root / self.index
        if not isinstance(beside, Files) or beside.root != self.root or not index.exists():
            yield dict
            return
        until = index.stat().st_mtime_ns
        with self._started("ls-files", "-s", "-z", "--debug", "--", *_PARTS) as git:
            yield lambda: untouched(beside, noted(git.communicate()[0], until))

    def batch(self) -> subprocess.Popen[bytes]:
        """A git that gives objects by their names, one after the other."""
        return self._started("cat-file", "--batch", asked=subprocess.PIPE)

    def _started(self, *arguments: str, asked: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - as above
            self._command(*arguments),
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ALOOF},
        )


def belongs(path: str) -> bool:
    """Whether a file is part of a pack by its path."""
    if path == PACK_FILE or (path.startswith(TEMPLATES) and path.endswith(".j2")):
        return True
    inner = path.removeprefix(SHARED) if path.startswith(SHARED) else path.removeprefix(PROTOCOLS)
    return path.startswith(PROTOCOLS) and "/" not in inner and path.endswith((".yaml", SNAPSHOTS))


class Tree(Mapping[str, bytes]):
    """The files of a pack at a commit, each read when it is first looked up.

    Looking one up raises KeyError where it is not part of the pack, OSError (its `strerror` says why) where it cannot
    be read.
    """

    def __init__(
        self, repository: Repository, listed: Mapping[str, tuple[str, str]], beside: Mapping[str, bytes]
    ) -> None:
        """Keep the names of all files' contents; none is read yet."""
        self.repository, self.listed, self.beside = repository, listed, beside
        self._kept: dict[str, bytes] = {}
        self.untouched: Mapping[str, str] = {}
        """The names of what stands beside, as far as they are known without reading it."""
        self._git: subprocess.Popen[bytes] | None = None

    def __getitem__(self, path: str) -> bytes:
        if path not in self._kept:
            mode, name = self.listed[path]
            if mode not in (_FILE, _PROGRAM):
                why = "it is a symbolic link, which a pack may not hold" if mode == _LINK else "it is no ordinary file"
                raise OSError(0, why)
            self._kept[path] = self._read(path, name)
        return self._kept[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.listed)

    def __len__(self) -> int:
        return len(self.listed)

    def __contains__(self, path: object) -> bool:
        return path in self.listed

    def name(self, path: str) -> str:
        """The name that git gives to a file's content."""
        return self.listed[path][1]

    def _read(self, path: str, name: str) -> bytes:
        with suppress(KeyError, OSError):
            known = self.untouched.get(path)
            if known == name or (
                known is None
                and len(self.listed) - len(self.untouched) > FEW
                and named(self.beside[path], len(name)) == name
            ):
                return self.beside[path]
        if self._git is None:
            self._git = self.repository.batch()
        return _asked(name, self._git.stdin, self._git.stdout)  # type: ignore[arg-type] # both are pipes

    def close(self) -> None:
        """Let git go."""
        if self._git is not None:
            with suppress(OSError):  # it may have stopped by itself
                self._git.communicate()
            self._git = None


def _asked(name: str, into: IO[bytes], out: IO[bytes]) -> bytes:
    """An object's content, by its name."""
    try:
        into.write(f"{name}\n".encode())
        into.flush()
    except OSError:
        raise OSError(0, "git has stopped") from None
    head = out.readline().split()
    if len(head) != 3:  # noqa: PLR2004 - name, kind, size
        raise OSError(0, "this clone does not hold it")
    return out.read(int(head[2]) + 1)[:-1]


def named(data: bytes, length: int = 40) -> str:
    """The name that git gives to a content, in a repository whose names have this length."""
    from hashlib import new as hasher

    hashed = hasher("sha256" if length > 40 else "sha1", usedforsecurity=False)  # noqa: PLR2004 - SHA-1 in hex
    hashed.update(b"blob %d\0" % len(data) + data)
    return hashed.hexdigest()


def _said(stderr: bytes) -> str:
    """The first line of what git says, in our grammar."""
    line = stderr.decode(errors="replace").strip().partition("\n")[0]
    return line.removeprefix("fatal: ").rstrip(".")


def changed(base: Mapping[str, bytes], head: Mapping[str, bytes]) -> tuple[str, ...]:
    """The files that are not the same in both, sorted; what cannot be read counts as changed."""
    olds, news = _names(base, head), _names(head, base)
    both = [path for path in base if path in head]
    told = {path: olds[path] == news[path] for path in both if path in olds and path in news}
    few = len(both) - len(told) <= FEW
    alike = {path for path in both if told.get(path, path not in told and _alike(path, base, head, few=few))}
    return tuple(sorted({*base, *head} - alike))


def _names(files: Mapping[str, bytes], other: Mapping[str, bytes]) -> Mapping[str, str]:
    """The names of contents that are known without reading them."""
    if isinstance(files, Tree):
        return {path: name for path, (_, name) in files.listed.items()}
    return other.untouched if isinstance(other, Tree) and other.beside is files else {}


def _alike(path: str, base: Mapping[str, bytes], head: Mapping[str, bytes], *, few: bool) -> bool:
    tree, other = (base, head) if isinstance(base, Tree) else (head, base)
    try:
        if isinstance(tree, Tree) and not few:
            return named(other[path], len(tree.name(path))) == tree.name(path)
        return tree[path] == other[path]
    except OSError:
        return False


class Overlay(Mapping[str, bytes]):
    """The files of a pack, one of them with another content."""

    def __init__(self, files: Mapping[str, bytes], path: str, data: bytes) -> None:
        """Put `data` in the place of the file at `path`."""
        self.files, self.path, self.data = files, path, data

    def __getitem__(self, path: str) -> bytes:
        return self.data if path == self.path else self.files[path]

    def __iter__(self) -> Iterator[str]:
        yield from self.files
        if self.path not in self.files:
            yield self.path

    def __len__(self) -> int:
        return len({*self.files, self.path})
