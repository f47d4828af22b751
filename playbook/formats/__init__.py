"""Findings as other programs read them: annotations of a pull request, and JUnit's report of tests.

Every format takes plain data and gives text: the same for the same findings, on any machine and on any day. None of
them knows where findings come from.
"""
