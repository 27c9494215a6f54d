"""The shell session of a page, and the server in it."""

import pytest
from written import Written


@pytest.fixture
def written(tmp_path, runnable):
    return Written(tmp_path)


def test_a_command_that_fails_fails_with_its_line_and_output(written):
    told = written.failure("```sh\necho one\nls missing\necho two\n```\n")
    assert told.startswith("3: exit code 2: ls missing\nit printed:\n    one\n")
    assert "two" not in told


def test_a_function_that_fails_fails_where_it_is_called(written):
    told = written.failure("```sh\nf() {\n  false\n}\n```\n```sh\ntrue\nf\n```\n")
    assert told.startswith("8: exit code 1: f\n")


def test_a_failure_within_a_pipe_fails(written):
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
def test_other_ends_of_the_shell_fail(written, script, reason):
    told = written.failure(f"```sh\n{script}\n```\n")
    assert told.startswith("2: exit code ") and reason in told


def test_a_block_cannot_hide_the_failures_of_the_next(written):
    assert written.failure("```sh\nset +e\n```\n```sh\nfalse\n```\n").startswith("5: exit code 1")


def test_a_block_that_takes_too_long_fails_and_ends(written):
    text = "<!-- test: no server -->\n```sh\necho one; sleep 1000\n```\n"
    told = written.failure(text, limit=2)
    assert told == "3: still runs after 2 seconds\nit printed:\n    one\n"
    written.check_ended()


def test_blocks_share_a_shell(written):
    written.run("```sh\nmkdir a; cd a; x=1; f() { echo \"$x\"; }; export y=2\n```\n"
                "```python\nimport os\nprint(os.environ['y'], os.getcwd()[-2:])\n```\n"
                "```text\n2 /a\n```\n```sh\nf\n```\n```text\n1\n```\n")  # fmt: skip


def test_settings_of_the_developer_stay_outside(written, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("PAPERSAIL_PORT", "1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    written.run("```sh\nenv | grep -E '^(AWS_PROFILE|PAPERSAIL_|http_proxy)' || echo none\n```\n"
                "```text\nnone\n```\n")  # fmt: skip


def test_a_server_listens_before_the_first_block(written):
    written.run("```sh\ncurl -s 127.0.0.1:4566/_papersail/health\n```\n```text\n{...}\n```\n")


def test_no_server_listens_if_the_page_says_so(written):
    told = written.failure("<!-- test: no server -->\n```sh\npapersail status\n```\n")
    assert told.startswith("3: exit code 3: papersail status\n")


STATUS = "papersail status | grep data\n```\n```text\ndata ... b\n```\n"


@pytest.mark.parametrize(
    "serve", ["papersail serve", "./run", "cd . && build/release/papersail serve"]
)
@pytest.mark.parametrize("background", ["", " &"])
def test_serve_replaces_the_server(written, serve, background):
    """One port has one server."""
    lines = [f"{serve} --data {folder}{background}\n" for folder in "ab"]
    written.run(f"```sh\n{lines[0]}{lines[1]}```\n```sh\n{STATUS}")


def test_serve_prints_its_start(written):
    started = "papersail ... listens on http://127.0.0.1:4567\n"
    written.run(f"```sh\npapersail serve --port 4567\n```\n```text\n{started}Ready.\n```\n")


def test_a_start_that_is_refused_gives_its_exit_code(written):
    told = written.failure("```sh\npapersail serve --no-such-option\n```\n")
    assert told.startswith("2: exit code 2: papersail serve --no-such-option\n")
    told = "papersail: The following argument was not expected: --no-such-option ...\n2\n"
    serve = "papersail serve --no-such-option || echo $?"
    written.run(f"```sh\n{serve}\n```\n```text\n{told}```\n")


def test_the_help_of_serve_leaves_the_server_alone(written):
    written.run("```sh\npapersail serve --help | grep -c -e --log-format\npapersail wait\n```\n"
                "```text\n1\nReady.\n```\n")  # fmt: skip


def test_leftover_servers_are_ended(written):
    start = 'setsid "$(which papersail)" serve --port 4599 >log 2>&1 &\n'
    written.run(f"```sh\n{start}papersail wait --endpoint http://127.0.0.1:4599\n```\n")
    written.check_ended()
