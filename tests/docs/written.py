"""Pages that the tests of the runner write."""

import itertools
import os
import pathlib
import time

import pytest
from page import PageFailed, run


class Written:
    def __init__(self, folder):
        self.folder, self.runs = folder, itertools.count()

    def run(self, text, **options):
        """Runs a page with this text. Returns the skipped blocks."""
        path = self.folder / "page.md"
        path.write_text(text)
        return run(path, self.folder / f"run-{next(self.runs)}", **options)

    def failure(self, text, **options):
        """Returns the failure of a page: "LINE: REASON"."""
        with pytest.raises(PageFailed) as failed:
            self.run(text, **options)
        return str(failed.value).partition("page.md:")[2]

    def check_ended(self):
        """Waits until all processes of the page have ended."""
        end = time.monotonic() + 5
        while self._processes():
            assert time.monotonic() < end, "a process of the page still runs"
            time.sleep(0.01)

    def _processes(self):
        return [one for one in pathlib.Path("/proc").glob("[0-9]*/cwd") if self._is_below(one)]

    def _is_below(self, process):
        try:
            return os.readlink(process).startswith(str(self.folder))
        except OSError:
            return False  # it has ended
