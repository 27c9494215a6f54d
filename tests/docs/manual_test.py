"""Compares the man page and docs/cli.md with the help texts of the program."""

import functools
import re
import shutil
import subprocess

import pytest
from markdown import CODE, Page
from session import BINARY, HOME

MANUAL = HOME / "docs/papersail.1"
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


@functools.cache
def help_of(*command):
    shown = subprocess.run(
        [BINARY, *command, "--help"], capture_output=True, text=True, check=True, env={}
    )
    return shown.stdout


def options_of(*command):
    return set(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", help_of(*command), re.MULTILINE))


def commands(*command):
    """Yields this command and all its subcommands, such as ("clock", "set")."""
    above, _, _ = help_of(*command).partition("\nExample")
    yield command
    for name in re.findall(r"^  ([a-z]+) ", above, re.MULTILINE):
        yield from commands(*command, name)


@pytest.fixture(scope="module")
def all_options(runnable):
    return set().union(*[options_of(*command) for command in commands()])


@pytest.fixture(scope="module")
def manual():
    return MANUAL.read_text()


@pytest.fixture(scope="module")
def texts(tree):
    """Returns the code spans and the sh blocks of docs/cli.md."""
    parsed = Page((tree / "docs/cli.md").read_text())
    spans = [match.group().strip("` ") for _, line in parsed.prose for match in CODE.finditer(line)]
    return [*spans, *[block.text for block in parsed.blocks if block.language == "sh"]]


def options_in(manual):
    return {f"-{name}" for name in re.findall(r"\bFl (-[a-z][a-z-]*)", manual)}


def commands_in(manual):
    return set(re.findall(r"^\.It Ic ([a-z]+(?: [a-z]+)?)", manual, re.MULTILINE))


def leaves():
    """Returns the full names of the commands without subcommands."""
    names = [" ".join(command) for command in commands() if command]
    return {name for name in names if not any(other.startswith(f"{name} ") for other in names)}


def test_help_lists_commands_and_options(runnable):
    """Without these, the tests below would compare nothing."""
    assert {"serve", "clock set", "fault add", "completion"} <= leaves()
    assert {"--host", "--port", "--data", "--help"} <= options_of("serve")


def test_the_manual_has_every_command_and_no_other(manual, runnable):
    assert commands_in(manual) == leaves()


def test_the_manual_has_every_option_and_no_other(manual, all_options):
    assert options_in(manual) == all_options


def test_the_manual_has_every_option_of_serve_below_its_heading(manual, runnable):
    _, _, section = manual.partition("\n.Ss Options of serve\n")
    assert options_in(section.partition("\n.Sh ")[0]) == options_of("serve") - {"--help"}


def test_cli_md_has_every_command(texts, runnable):
    words = re.sub(r"[][]", "", " ".join(texts))
    missing = {name for name in leaves() if not re.search(rf"(?<!-)\b{name}\b", words)}
    assert missing == set()


def test_cli_md_has_every_option_and_no_other(texts, all_options):
    ours = [text for text in texts if text.startswith(("--", "papersail "))]
    shown = {option for text in ours for option in OPTION.findall(text)}
    assert all_options - {"--help", "--version"} - shown == set()
    assert shown - all_options == set()


def test_the_variables_are_those_of_the_program(manual, texts, runnable):
    variables = set(re.findall(r"\[(PAPERSAIL_[A-Z_]+)\]", help_of("serve")))
    assert len(variables) == len(options_of("serve")) - 1
    assert variables - set(re.findall(r"PAPERSAIL_[A-Z_]+", " ".join(texts))) == set()
    in_manual = set(re.findall(r"\.(?:It )?Ev (PAPERSAIL_[A-Z_]+[A-Z])", manual))
    assert in_manual - variables == {"PAPERSAIL_ENDPOINT"}


def test_the_manual_is_well_formed():
    if not shutil.which("mandoc"):
        pytest.skip("mandoc is not installed")
    lint = ["mandoc", "-Tlint", "-W", "warning", MANUAL]
    done = subprocess.run(lint, capture_output=True, text=True, check=False)
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)
