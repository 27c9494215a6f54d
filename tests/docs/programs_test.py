"""What is read differently in a page's sh block than bash would: where the server starts."""

import subprocess

import pytest
from programs import as_session, go_installed, go_required, lack


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
def test_a_server_starts_in_the_background_anyway(text, read):
    assert as_session(text) == read


@pytest.mark.parametrize(
    "text",
    ["papersail serve && ls", "sleep 1 &", "tests/fuzz/run body", "papersail wait &", "../run"],
)
def test_nothing_else_is_changed(text):
    assert as_session(text) == text


def test_an_old_go_is_a_lack(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("programs.go_installed", lambda: (1, 19))
    assert "older than" in lack("go")
    monkeypatch.setattr("programs.go_installed", go_required)
    assert lack("go") == ""


def test_the_version_of_go_is_read(monkeypatch):
    told = subprocess.CompletedProcess([], 0, stdout="go version go1.26.8 linux/amd64\n")
    monkeypatch.setattr("subprocess.run", lambda *_, **__: told)
    assert go_installed() == (1, 26)
