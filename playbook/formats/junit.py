"""JUnit's report of tests, as build servers read it: valid by the schemas of Ant and of Jenkins.

https://github.com/windyroad/JUnit-Schema and https://github.com/jenkinsci/xunit-plugin (`junit-10.xsd`). Both want a
time and a host; they are always the same ones, so that the report is the same for the same findings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playbook.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

_STRANGE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold."""
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


class Check(Record):
    """One thing that was checked: it holds where nothing is told against it, line by line."""

    name: str
    against: tuple[str, ...] = ()
    details: str = ""


class Suite(Record):
    """What was checked of one file or protocol."""

    name: str
    checks: tuple[Check, ...]


def report(package: str, suites: Iterable[Suite], moment: str) -> str:
    """The report, as a document of XML; `moment` is written as `2026-11-23T12:00:00`."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n']
    for number, suite in enumerate(suites):
        failed = sum(bool(each.against) for each in suite.checks)
        parts.append(
            f'  <testsuite package="{_value(package)}" id="{number}" name="{_value(suite.name)}" timestamp="{moment}"'
            f' hostname="localhost" tests="{len(suite.checks)}" failures="{failed}" errors="0" time="0">\n'
            "    <properties/>\n"
        )
        parts += (_case(suite, each) for each in suite.checks)
        parts.append("    <system-out/>\n    <system-err/>\n  </testsuite>\n")
    return "".join((*parts, "</testsuites>\n"))


def _case(suite: Suite, each: Check) -> str:
    head = f'    <testcase name="{_value(each.name)}" classname="{_value(suite.name)}" time="0"'
    if not each.against:
        return f"{head}/>\n"
    message, details = _value("; ".join(each.against)), _text(each.details or "\n".join(each.against))
    return f'{head}>\n      <failure message="{message}" type="failure">{details}</failure>\n    </testcase>\n'


def _text(text: str) -> str:
    plain = _STRANGE.sub("\N{REPLACEMENT CHARACTER}", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _value(text: str) -> str:
    plain = _STRANGE.sub("\N{REPLACEMENT CHARACTER}", text)
    return "".join(_ESCAPES.get(each, each) for each in plain)
