"""Runs every code block of every page. CONTRIBUTING.md describes the conventions."""

import pytest
from conftest import name_of
from page import PageFailed, run


def test_the_blocks_of_a_page_run_as_written(page, tree, tmp_path, skipped, runnable):
    failure, left_out = None, []
    try:
        left_out = run(page, tmp_path)
    except PageFailed as failed:
        failure = str(failed)
    skipped += [f"{name_of(page, tree)}:{line}: {reason}" for line, reason in left_out]
    if failure:
        pytest.fail(failure, pytrace=False)
