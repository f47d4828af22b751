"""How much a version ought to be raised by what changed, and whether it was."""

from __future__ import annotations

NONE, PATCH, MINOR, MAJOR = "none", "patch", "minor", "major"


def parts(version: str) -> tuple[int, ...]:
    """A version's three numbers."""
    return tuple(int(each) for each in version.split("."))


def least(version: str, rise: str) -> str:
    """The least version that a rise leads to."""
    major, minor, patch = parts(version)
    if rise == MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if rise == MINOR else f"{major}.{minor}.{patch + (rise == PATCH)}"


def enough(before: str, after: str, rise: str) -> bool:
    """Whether a version was raised enough."""
    return parts(after) >= parts(least(before, rise))


def suggested(*, breaking: bool, behaviour: bool, words: bool) -> str:
    """The rise that a change asks for: major where an outcome is gone or a question is new, patch for words."""
    if breaking:
        return MAJOR
    if behaviour:
        return MINOR
    return PATCH if words else NONE
