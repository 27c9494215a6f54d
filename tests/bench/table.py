"""Tables in Markdown, and their places in docs/performance.md."""

import re

from server import HOME

PAGE = HOME / "docs/performance.md"


def table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def write(name, text):
    """Replaces the text between the marks of `name` in docs/performance.md."""
    marks = f"<!-- begin {name} -->\n", f"<!-- end {name} -->\n"
    page = PAGE.read_text()
    before, rest = page.split(marks[0])
    after = rest.split(marks[1])[1]
    PAGE.write_text(before + marks[0] + text + marks[1] + after)
