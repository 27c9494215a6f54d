"""How the harness handles the blocks of a page: a wrong one fails, with its line."""

import programs
import pytest
from output import matches
from written import Written


@pytest.fixture
def written(tmp_path, runnable):
    return Written(tmp_path)


def test_a_page_with_the_right_output_passes(written):
    text = "```sh\necho one two three\n```\n\n```text\none ... three\n```\n"
    assert written.run(text) == []


def test_another_output_fails(written):
    told = written.failure("# T\n```sh\necho one\n```\n```text\ntwo\n```\n")
    assert told == "6: another output\nthe page says:\n    two\nit printed:\n    one\n"


def test_a_python_program_that_fails_fails(written):
    told = written.failure("\n```python\nprint(1 / 0)\n```\n")
    assert told.startswith("3: exit code 1") and "ZeroDivisionError" in told


@pytest.mark.parametrize("language", ["js", "go"])
def test_a_program_with_wrong_syntax_fails(written, language):
    if programs.missing_for(language):
        pytest.skip(programs.missing_for(language))
    assert written.failure(f"\n```{language}\n(\n```\n").startswith("3: exit code 1")


@pytest.mark.parametrize(
    "language, text", [("json", "{'a'}"), ("jsonl", "{}\n{"), ("yaml", "a: b: c"), ("ini", "a")]
)
def test_data_that_does_not_parse_fails(written, language, text):
    assert written.failure(f"\n```{language}\n{text}\n```\n").startswith("3: ")


def test_data_that_parses_passes(written):
    written.run("```json\n[1]\n```\n```jsonl\n# a\n\n{}\n[]\n```\n"
                "```yaml\na: 1\n---\nb: 2\n```\n```ini\n[a]\nb=%c\n```\n")  # fmt: skip


@pytest.mark.parametrize("language", ["", "bash", "console"])
def test_a_language_without_a_convention_fails(written, language):
    told = written.failure(f"```{language}\nls\n```\n")
    assert told == f"2: no convention for a block in {language!r}"


@pytest.mark.parametrize("before", ["```json\n1\n```\n", "```sh\necho 1\n```\nIt prints:\n"])
def test_text_that_is_not_directly_after_a_block_that_prints_fails(written, before):
    told = written.failure(f"{before}```text\n1\n```\n")
    assert "text that is not directly after a block that prints it" in told


def test_blocks_left_out_are_listed_with_their_reason(written):
    text = "<!-- not run: needs sudo -->\n```sh\nexit 1\n```\n```text\nanything\n```\n"
    assert written.run(text) == [(3, "needs sudo")]


def test_files_are_written_before_the_first_block(written):
    written.run("```sh\ncat a/b.json\n```\n```text\n[1]\n```\n"
                "<!-- file: a/b.json -->\n```json\n[1]\n```\n")  # fmt: skip


def test_a_file_is_written_again_when_it_is_its_turn(written):
    one, two = [f"<!-- file: a.json -->\n```json\n{n}\n```\n" for n in (1, 2)]
    shown = "```sh\ncat a.json\n```\n```text\n{}\n```\n"
    written.run(one + shown.format(1) + two + shown.format(2))


def test_a_file_outside_of_the_folder_is_refused(written):
    told = written.failure("<!-- file: ../a.json -->\n```json\n1\n```\n```sh\ntrue\n```\n")
    assert told == "3: ../a.json is not in the page's folder"


def test_a_program_in_a_file_must_be_used(written):
    program = "<!-- file: a.py -->\n```python\nprint(1)\n```\n"
    assert written.run(program + "```sh\npython a.py\n```\n```text\n1\n```\n") == []
    unused = "<!-- not run: x -->\n```sh\npython a.py\n```\n"
    assert written.failure(program + unused) == "3: no block that runs uses a.py"


def test_a_quotation_must_be_in_its_source(written):
    quoted = "<!-- from: tests/docs/session.sh -->\n```sh\n{}\n```\n"
    assert written.run(quoted.format("ip link set lo up")) == []
    assert written.failure(quoted.format("ip link set lo down")) == (
        "3: this is not in tests/docs/session.sh"
    )


def test_three_dots_stand_for_anything():
    assert matches("a...c\n", "abbc\n\n") and matches("a\n...\nz", "a\nb\nc\nz  \n")
    assert not matches("a...c", "abbcd") and not matches("a", "a\nb") and not matches("...b", "a")
    assert matches("$(x) [1]", "$(x) [1]") and not matches("a.c", "abc")
