"""Parses a page of Markdown: fenced code blocks with the notes before them, headings and links."""

import dataclasses
import re

FENCE = re.compile(r"^ *(`{3,}|~{3,})\s*([^\s`]*)[^`]*$")
NOTE = re.compile(r"^\s*<!--\s*(not run|file|from|test):\s*(.*?)\s*-->\s*$")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\s*\)")
DEFINITION = re.compile(r"^\s*\[[^\]]+\]:\s*<?(\S+?)>?\s*$")
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclasses.dataclass
class Block:
    line: int  # of the first line between the fences
    language: str
    text: str
    notes: dict  # {"not run": "needs a Docker engine"} for <!-- not run: needs a Docker engine -->
    adjacent: bool  # only blank lines and notes between this block and the one before


class Page:
    def __init__(self, text):
        self.blocks, self.prose = [], []
        self.starts_server = True
        self._notes, self._adjacent = {}, False
        lines = enumerate(text.splitlines(), 1)
        for number, line in lines:
            fence = FENCE.match(line)
            if fence:
                self._add_block(number, fence, lines)
            else:
                self._add_prose(number, line)

    def _add_block(self, number, fence, lines):
        marker, language = fence.groups()
        indent = fence.start(1)
        body = list(_until_closed(number, marker, lines))
        text = "".join(f"{line[min(indent, _indent(line)):]}\n" for line in body)
        self.blocks.append(Block(number + 1, language, text, self._notes, self._adjacent))
        self._notes, self._adjacent = {}, True

    def _add_prose(self, number, line):
        self.prose.append((number, line))
        note = NOTE.match(line)
        if note and note[1] == "test":
            self._add_test_note(number, note[2])
        elif note:
            self._notes[note[1]] = note[2]
        elif line.strip():
            self._notes, self._adjacent = {}, False

    def _add_test_note(self, number, text):
        if text != "no server":
            raise ValueError(f"line {number}: the only valid note of a test is 'no server'")
        self.starts_server = False

    def links(self):
        """Yields (line, target) of every link outside code."""
        for number, line in self.prose:
            plain = CODE.sub("", line)
            for target in LINK.findall(CODE.sub("code", line)) + DEFINITION.findall(plain):
                yield number, target

    def anchors(self):
        """Yields the #fragments that GitHub gives to the headings."""
        seen = {}
        for _, line in self.prose:
            heading = HEADING.match(line)
            if heading:
                name = _slug(heading[1])
                seen[name] = seen.get(name, -1) + 1
                yield f"{name}-{seen[name]}" if seen[name] else name


def _until_closed(number, marker, lines):
    for _, line in lines:
        text = line.strip()
        if len(text) >= len(marker) and set(text) == {marker[0]}:
            return
        yield line
    raise ValueError(f"line {number}: this block is never closed")


def _indent(line):
    return len(line) - len(line.lstrip(" "))


def _slug(heading):
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
    return re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
