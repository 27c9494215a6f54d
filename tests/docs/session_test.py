"""Tests of the shell session of a page and of its server."""

import pytest
from written import Written


@pytest.fixture
def written(tmp_path, runnable):
    return Written(tmp_path)


def test_run_reports_the_line_and_the_output_of_a_failed_command(written):
    failure = written.failure("```sh\necho one\nls missing\necho two\n```\n")
    assert failure.startswith("3: exit code 2: ls missing\nprinted:\n    one\n")
    assert "two" not in failure


def test_run_reports_the_line_that_calls_a_failed_function(written):
    failure = written.failure("```sh\nf() {\n  false\n}\n```\n```sh\ntrue\nf\n```\n")
    assert failure.startswith("8: exit code 1: f\n")


def test_run_reports_a_failure_within_a_pipe(written):
    assert written.failure("```sh\nfalse | cat\n```\n").startswith("2: exit code 1: false | cat")


@pytest.mark.parametrize(
    "script, reason",
    [
        ("echo $nothing", "unbound variable"),
        ("if true", "syntax error"),
        ("exit 0", "exit code 0"),
        ("false || exit 7", "exit code 7"),
    ],
)
def test_run_reports_other_failures_of_the_shell(written, script, reason):
    failure = written.failure(f"```sh\n{script}\n```\n")
    assert failure.startswith("2: exit code ") and reason in failure


def test_run_reports_a_failure_after_a_block_with_set_plus_e(written):
    assert written.failure("```sh\nset +e\n```\n```sh\nfalse\n```\n").startswith("5: exit code 1")


def test_run_reports_a_timeout_and_ends_the_processes(written):
    text = "<!-- test: no server -->\n```sh\necho one; sleep 1000\n```\n"
    failure = written.failure(text, limit=2)
    assert failure == "3: timeout after 2 seconds\nprinted:\n    one\n"
    written.check_ended()


def test_blocks_share_a_shell(written):
    written.run("```sh\nmkdir a; cd a; x=1; f() { echo \"$x\"; }; export y=2\n```\n"
                "```python\nimport os\nprint(os.environ['y'], os.getcwd()[-2:])\n```\n"
                "```text\n2 /a\n```\n```sh\nf\n```\n```text\n1\n```\n")  # fmt: skip


def test_a_session_has_no_settings_of_the_developer(written, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("PAPERSAIL_PORT", "1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    written.run("```sh\nenv | grep -E '^(AWS_PROFILE|PAPERSAIL_|http_proxy)' || echo none\n```\n"
                "```text\nnone\n```\n")  # fmt: skip


def test_a_server_listens_before_the_first_block(written):
    written.run("```sh\ncurl -s 127.0.0.1:4566/_papersail/health\n```\n```text\n{...}\n```\n")


def test_no_server_listens_if_the_page_has_the_note(written):
    failure = written.failure("<!-- test: no server -->\n```sh\npapersail status\n```\n")
    assert failure.startswith("3: exit code 3: papersail status\n")


STATUS = "papersail status | grep Data\n```\n```text\nData: ...b\n```\n"


@pytest.mark.parametrize(
    "serve", ["papersail serve", "./run", "cd . && build/release/papersail serve"]
)
@pytest.mark.parametrize("background", ["", " &"])
def test_serve_replaces_the_server(written, serve, background):
    """The second server needs the port of the first."""
    lines = [f"{serve} --data {folder}{background}\n" for folder in "ab"]
    written.run(f"```sh\n{lines[0]}{lines[1]}```\n```sh\n{STATUS}")


def test_serve_prints_its_start(written):
    started = "papersail ... listens on http://127.0.0.1:4567\n"
    written.run(f"```sh\npapersail serve --port 4567\n```\n```text\n{started}Ready.\n```\n")


def test_serve_returns_the_exit_code_of_a_failed_start(written):
    failure = written.failure("```sh\npapersail serve --no-such-option\n```\n")
    assert failure.startswith("2: exit code 2: papersail serve --no-such-option\n")
    failure = "papersail: unknown option --no-such-option ...\n2\n"
    serve = "papersail serve --no-such-option || echo $?"
    written.run(f"```sh\n{serve}\n```\n```text\n{failure}```\n")


def test_serve_help_does_not_stop_the_server(written):
    written.run("```sh\npapersail serve --help | grep -c -e --log-format\npapersail wait\n```\n"
                "```text\n1\nReady.\n```\n")  # fmt: skip


def test_a_session_ends_leftover_servers(written):
    start = 'setsid "$(which papersail)" serve --port 4599 >log 2>&1 &\n'
    written.run(f"```sh\n{start}papersail wait --endpoint http://127.0.0.1:4599\n```\n")
    written.check_ended()
