"""JUnit's report: what the schemas of Ant and of Jenkins both allow, whatever is told in it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from playbook.formats.junit import Check, Suite, report

MOMENT = "2026-11-23T12:00:00"
# What both schemas allow, and demand of each element: its attributes, and its children in this order.
ATTRIBUTES = {
    "testsuites": "",
    "testsuite": "package id name timestamp hostname tests failures errors time",
    "properties": "",
    "testcase": "name classname time",
    "failure": "message type",
    "system-out": "",
    "system-err": "",
}


def read(suites: list[Suite]) -> ET.Element:
    """The report, read back; the elements and attributes must be as the schemas want them."""
    root = ET.fromstring(report("p", suites, MOMENT).encode())  # noqa: S314 - it is our own
    for each in root.iter():
        assert [*each.attrib] == ATTRIBUTES[each.tag].split()
    for suite in root:
        children = [each.tag for each in suite]
        cases = len(children) - 3
        assert children == ["properties", *["testcase"] * cases, "system-out", "system-err"]
        assert all(len(case) <= 1 for case in suite.iter("testcase"))
    return root


def test_a_report_is_written_like_this() -> None:
    suites = [Suite("parcel", (Check("one"), Check('two "<&', ("a < b", "c"), "d > e\nf\n"))), Suite("empty", ())]
    assert report("p", suites, MOMENT) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<testsuites>\n"
        '  <testsuite package="p" id="0" name="parcel" timestamp="2026-11-23T12:00:00" hostname="localhost" tests="2"'
        ' failures="1" errors="0" time="0">\n'
        "    <properties/>\n"
        '    <testcase name="one" classname="parcel" time="0"/>\n'
        '    <testcase name="two &quot;&lt;&amp;" classname="parcel" time="0">\n'
        '      <failure message="a &lt; b; c" type="failure">d &gt; e\nf\n</failure>\n'
        "    </testcase>\n"
        "    <system-out/>\n"
        "    <system-err/>\n"
        "  </testsuite>\n"
        '  <testsuite package="p" id="1" name="empty" timestamp="2026-11-23T12:00:00" hostname="localhost" tests="0"'
        ' failures="0" errors="0" time="0">\n'
        "    <properties/>\n"
        "    <system-out/>\n"
        "    <system-err/>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_without_details_what_is_against_a_check_is_told_line_by_line() -> None:
    (failure,) = read([Suite("s", (Check("n", ("a", "b")),))]).iter("failure")
    assert failure.text == "a\nb"


def test_what_no_xml_may_hold_is_replaced() -> None:
    (failure,) = read([Suite("s", (Check("n\x00", ("a\x1b\ud800",), "b\ufffe\n"),))]).iter("failure")
    assert failure.attrib["message"] == "a\ufffd\ufffd"
    assert failure.text == "b\ufffd\n"


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))


@given(texts, texts, texts)
def test_whatever_is_told_is_read_back(name: str, against: str, details: str) -> None:
    root = read([Suite("s", (Check(name, (against,), details),))])
    (case,) = root.iter("testcase")
    assert case.attrib["name"] == name
    assert case[0].attrib["message"] == against
    assert case[0].text or not (details or against)
    assert (case[0].text or "") == (details or against)
