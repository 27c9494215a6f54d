"""Runs the code blocks of a page, in order."""

import pathlib

from formats import FORMATS
from markdown import Page
from output import difference, indented, matches
from programs import PROGRAMS, missing_for
from session import HOME, Failed, Session


class PageFailed(Exception):
    pass


def run(path, root, limit=60):
    """Runs a page in the empty folder `root`. Returns [(line, reason)] of the skipped blocks."""
    page = Run(path)
    if page.has_programs():
        with Session(root, limit) as session:
            page.run_in(session)
    else:
        page.check_blocks()
    return page.skipped


class Run:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.page = self._try(1, Page, self.path.read_text())
        self.session, self.printed, self.skipped = None, None, []

    def has_programs(self):
        return any(block.language in PROGRAMS for block in self.page.blocks)

    def run_in(self, session):
        self.session = session
        for block in reversed(self.page.blocks):
            self._write_file(block)
        if self.page.starts_server:
            session.run("papersail serve")
        self.check_blocks()

    def check_blocks(self):
        for block in self.page.blocks:
            self._write_file(block)
            expected, self.printed = self.printed if block.adjacent else None, None
            reason = block.notes.get("not run") or missing_for(block.language)
            if reason:
                self.skipped.append((block.line, reason))
                self.printed = ...
            else:
                self._check(block, expected)

    def _check(self, block, printed):
        if "from" in block.notes:
            self._check_source(block)
        elif block.language == "text":
            self._compare(block, printed)
        elif block.language in FORMATS:
            self._try(block.line, FORMATS[block.language], block.text)
        elif block.language not in PROGRAMS:
            self._fail(block.line, f"no convention for the language {block.language!r}")
        elif "file" in block.notes:
            self._check_use(block)
        else:
            self._run_program(block)

    def _run_program(self, block):
        path = self.session.files / f"line-{block.line}"
        command = self._try(block.line, PROGRAMS[block.language], block.text, path)
        try:
            self.printed = self.session.run(command)
        except Failed as failed:
            line = f": {block.text.splitlines()[failed.line - 1].strip()}" if failed.line else ""
            shown = f"{failed.reason}{line}\nprinted:\n{indented(failed.output)}"
            self._fail(block.line + (failed.line or 1) - 1, shown)

    def _compare(self, block, printed):
        if printed is None:
            self._fail(block.line, "a text block must be directly after the block that prints it")
        if printed is not ... and not matches(block.text, printed):
            self._fail(block.line, difference(block.text, printed))

    def _check_source(self, block):
        source = self._try(block.line, (HOME / block.notes["from"]).read_text)
        if block.text.strip("\n") not in source:
            self._fail(block.line, f"the block is not in {block.notes['from']}")

    def _check_use(self, block):
        """Checks that another block runs the program in the file."""
        others = [other.text for other in self.page.blocks if "not run" not in other.notes]
        if not any(block.notes["file"] in text for text in others):
            self._fail(block.line, f"no block that runs uses {block.notes['file']}")

    def _write_file(self, block):
        """Writes the block's file, before the first block runs and again at the block's turn."""
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
