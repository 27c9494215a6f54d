"""Runs the code blocks of a page, in order, and compares what they print with what the page says."""

import pathlib
import re
import textwrap

import programs
from markdown import Page
from session import HOME, Failed, Session


class PageFailed(Exception):
    pass


def run(path, root, limit=60):
    """Runs a page below the empty folder `root`. Returns [(line, reason)] of the blocks left out."""
    return Run(path, root, limit).run()


class Run:
    def __init__(self, path, root, limit):
        self.path, self.root, self.limit = pathlib.Path(path), root, limit
        self.page = self._try(0, Page, self.path.read_text())
        self.session, self.printed, self.skipped = None, None, []

    def run(self):
        if not any(block.language in programs.PROGRAMS for block in self.page.blocks):
            self._each_block()
            return self.skipped
        with Session(self.root, self.limit) as self.session:
            for block in reversed(self.page.blocks):
                self._write_file(block)
            if self.page.starts_server:
                self.session.run("papersail serve")
            self._each_block()
        return self.skipped

    def _each_block(self):
        for block in self.page.blocks:
            self._write_file(block)
            self._check(block)

    def _check(self, block):
        expected, self.printed = self.printed if block.adjacent else None, None
        reason = block.notes.get("not run") or programs.lack(block.language)
        if reason:
            self.skipped.append((block.line, reason))
            self.printed = ...
        elif "from" in block.notes:
            self._compare_source(block)
        elif block.language == "text":
            self._compare(block, expected)
        elif block.language in programs.FORMATS:
            self._try(block.line, programs.FORMATS[block.language], block.text)
        elif block.language not in programs.PROGRAMS:
            self._fail(block.line, f"no convention for a block in {block.language!r}")
        elif "file" not in block.notes:
            self._run_program(block)

    def _run_program(self, block):
        path = self.session.files / f"line-{block.line}"
        write = programs.PROGRAMS[block.language]
        command = self._try(block.line, write, block.text, path)
        try:
            self.printed = self.session.run(command)
        except Failed as failed:
            self._fail(block.line + (failed.line or 1) - 1, _told(block, failed))

    def _compare(self, block, printed):
        if printed is None:
            self._fail(block.line, "text that is not directly after a block that prints it")
        if printed is not ... and not matches(block.text, printed):
            shown = f"the page says:\n{_indented(block.text)}it printed:\n{_indented(printed)}"
            self._fail(block.line, f"another output\n{shown}")

    def _compare_source(self, block):
        """A block from a file of the project is there, letter by letter."""
        source = self._try(block.line, (HOME / block.notes["from"]).read_text)
        if block.text.strip("\n") not in source:
            self._fail(block.line, f"this is not in {block.notes['from']}")

    def _write_file(self, block):
        """All are written before the first block runs, and again when it is their turn."""
        if self.session and "file" in block.notes and "not run" not in block.notes:
            path = self.session.folder / block.notes["file"]
            if not path.resolve().is_relative_to(self.session.folder.resolve()):
                self._fail(block.line, f"{block.notes['file']} is not in the page's folder")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text)

    def _try(self, line, action, *arguments):
        try:
            return action(*arguments)
        except Exception as error:
            self._fail(line, f"{type(error).__name__}: {error}")

    def _fail(self, line, reason):
        raise PageFailed(f"{self.path}:{line}: {reason}")


def _told(block, failed):
    command = f": {block.text.splitlines()[failed.line - 1].strip()}" if failed.line else ""
    return f"{failed.reason}{command}\nit printed:\n{_indented(failed.output)}"


def matches(expected, printed):
    """Whether it is the output, where "..." stands for anything; blanks at the end do not count."""
    pattern = ".*?".join(map(re.escape, _trimmed(expected).split("...")))
    return re.fullmatch(pattern, _trimmed(printed), re.DOTALL) is not None


def _trimmed(text):
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()).rstrip()


def _indented(text):
    return textwrap.indent(text if text.endswith("\n") else text + "\n", "    ")
