"""Tests of the check for the installed Go."""

import subprocess

import go_program


def test_missing_go_reports_an_old_version(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("go_program.installed", lambda: (1, 19))
    assert "older than" in go_program.missing_go()
    monkeypatch.setattr("go_program.installed", go_program.required)
    assert go_program.missing_go() == ""


def test_missing_go_reports_that_go_is_not_installed(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert go_program.missing_go() == "go is not installed"


def test_installed_returns_the_version(monkeypatch):
    shown = subprocess.CompletedProcess([], 0, stdout="go version go1.26.8 linux/amd64\n")
    monkeypatch.setattr("subprocess.run", lambda *_, **__: shown)
    assert go_program.installed() == (1, 26)
