"""Tests of the changes to sh blocks before bash runs them."""

import pytest
from programs import as_session


@pytest.mark.parametrize(
    "text, read",
    [
        ("./run", "papersail serve"),
        ("./run --data x &", "papersail serve --data x "),
        ("cd x && ./run &  # in the background", "cd x && papersail serve # in the background"),
        ("papersail serve \\\n  --port 1 &\nls &", "papersail serve \\\n  --port 1 \nls &"),
        ("papersail serve >log 2>&1 &", "papersail serve >log 2>&1 "),
        ("build/release/papersail wait", "papersail wait"),
    ],
)
def test_as_session_rewrites_commands_that_start_a_server(text, read):
    assert as_session(text) == read


@pytest.mark.parametrize(
    "text",
    ["papersail serve && ls", "sleep 1 &", "tests/fuzz/run body", "papersail wait &", "../run"],
)
def test_as_session_keeps_other_commands(text):
    assert as_session(text) == text
