"""Patterns match alike on every Python that we say we run on."""

import re
from pathlib import Path

import standfirst

# `(…)*+`: wrong before 3.11.5, which Debian 12 has not (https://github.com/python/cpython/issues/106052). Behind one character
# or a set of them it is right.
POSSESSIVE_GROUP = re.compile(r"(?<![\\(])\)(?:[*+?]|\{[\d,]+\}{1,2})\+|\(\?>")


def test_no_pattern_leans_on_groups_that_give_nothing_back() -> None:
    files = sorted(Path(standfirst.__file__).parent.rglob("*.py"))
    assert len(files) > 300

    assert [
        f"{path.name}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if POSSESSIVE_GROUP.search(line) and not line.lstrip().startswith("#")
    ] == []
