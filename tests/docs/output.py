"""Compares the output of a block with the expected output on the page."""

import re
import textwrap


def matches(expected, printed):
    """True if the texts are equal. "..." matches any text; trailing blanks are ignored."""
    pattern = ".*?".join(map(re.escape, _trimmed(expected).split("...")))
    return re.fullmatch(pattern, _trimmed(printed), re.DOTALL) is not None


def _trimmed(text):
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()).rstrip()


def difference(expected, printed):
    return f"wrong output\nexpected:\n{indented(expected)}printed:\n{indented(printed)}"


def indented(text):
    return textwrap.indent(text if text.endswith("\n") else text + "\n", "    ")
