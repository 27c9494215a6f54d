"""Compares what a block printed with what the page says."""

import re
import textwrap


def matches(expected, printed):
    """Whether they are equal, where "..." stands for anything; trailing blanks do not count."""
    pattern = ".*?".join(map(re.escape, _trimmed(expected).split("...")))
    return re.fullmatch(pattern, _trimmed(printed), re.DOTALL) is not None


def _trimmed(text):
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()).rstrip()


def difference(expected, printed):
    return f"another output\nthe page says:\n{indented(expected)}it printed:\n{indented(printed)}"


def indented(text):
    return textwrap.indent(text if text.endswith("\n") else text + "\n", "    ")
