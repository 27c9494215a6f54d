"""Tests of the runner of a page: a wrong block fails with its line."""

import programs
import pytest
from output import matches
from written import Written


@pytest.fixture
def written(tmp_path, runnable):
    return Written(tmp_path)


def test_run_accepts_the_expected_output(written):
    text = "```sh\necho one two three\n```\n\n```text\none ... three\n```\n"
    assert written.run(text) == []


def test_run_refuses_another_output(written):
    failure = written.failure("# T\n```sh\necho one\n```\n```text\ntwo\n```\n")
    assert failure == "6: wrong output\nexpected:\n    two\nprinted:\n    one\n"


def test_run_reports_a_python_program_that_fails(written):
    failure = written.failure("\n```python\nprint(1 / 0)\n```\n")
    assert failure.startswith("3: exit code 1") and "ZeroDivisionError" in failure


@pytest.mark.parametrize("language", ["js", "go"])
def test_run_reports_a_program_with_invalid_syntax(written, language):
    if programs.missing_for(language):
        pytest.skip(programs.missing_for(language))
    assert written.failure(f"\n```{language}\n(\n```\n").startswith("3: exit code 1")


@pytest.mark.parametrize(
    "language, text", [("json", "{'a'}"), ("jsonl", "{}\n{"), ("yaml", "a: b: c"), ("ini", "a")]
)
def test_run_reports_invalid_data(written, language, text):
    assert written.failure(f"\n```{language}\n{text}\n```\n").startswith("3: ")


def test_run_accepts_valid_data(written):
    written.run("```json\n[1]\n```\n```jsonl\n# a\n\n{}\n[]\n```\n"
                "```yaml\na: 1\n---\nb: 2\n```\n```ini\n[a]\nb=%c\n```\n")  # fmt: skip


@pytest.mark.parametrize("language", ["", "bash", "console"])
def test_run_refuses_a_language_without_a_convention(written, language):
    failure = written.failure(f"```{language}\nls\n```\n")
    assert failure == f"2: no convention for the language {language!r}"


@pytest.mark.parametrize("before", ["```json\n1\n```\n", "```sh\necho 1\n```\nIt prints:\n"])
def test_run_refuses_a_text_block_that_is_not_after_a_program(written, before):
    failure = written.failure(f"{before}```text\n1\n```\n")
    assert "a text block must be directly after the block that prints it" in failure


def test_run_returns_skipped_blocks_with_their_reason(written):
    text = "<!-- not run: needs sudo -->\n```sh\nexit 1\n```\n```text\nanything\n```\n"
    assert written.run(text) == [(3, "needs sudo")]


def test_run_writes_files_before_the_first_block(written):
    written.run("```sh\ncat a/b.json\n```\n```text\n[1]\n```\n"
                "<!-- file: a/b.json -->\n```json\n[1]\n```\n")  # fmt: skip


def test_run_writes_a_file_again_in_the_order_of_the_blocks(written):
    one, two = [f"<!-- file: a.json -->\n```json\n{n}\n```\n" for n in (1, 2)]
    shown = "```sh\ncat a.json\n```\n```text\n{}\n```\n"
    written.run(one + shown.format(1) + two + shown.format(2))


def test_run_refuses_a_file_outside_the_folder(written):
    failure = written.failure("<!-- file: ../a.json -->\n```json\n1\n```\n```sh\ntrue\n```\n")
    assert failure == "3: ../a.json is not in the page's folder"


def test_run_refuses_a_program_in_a_file_that_no_block_runs(written):
    program = "<!-- file: a.py -->\n```python\nprint(1)\n```\n"
    assert written.run(program + "```sh\npython a.py\n```\n```text\n1\n```\n") == []
    unused = "<!-- not run: x -->\n```sh\npython a.py\n```\n"
    assert written.failure(program + unused) == "3: no block that runs uses a.py"


def test_run_refuses_a_quotation_that_is_not_in_its_source(written):
    quoted = "<!-- from: tests/docs/session.sh -->\n```sh\n{}\n```\n"
    assert written.run(quoted.format("ip link set lo up")) == []
    assert written.failure(quoted.format("ip link set lo down")) == (
        "3: the block is not in tests/docs/session.sh"
    )


def test_matches_accepts_any_text_for_three_dots():
    assert matches("a...c\n", "abbc\n\n") and matches("a\n...\nz", "a\nb\nc\nz  \n")
    assert not matches("a...c", "abbcd") and not matches("a", "a\nb") and not matches("...b", "a")
    assert matches("$(x) [1]", "$(x) [1]") and not matches("a.c", "abc")
