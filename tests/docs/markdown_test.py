"""Tests of the parser of pages."""

import textwrap

import pytest
from markdown import Page


def page(text):
    return Page(textwrap.dedent(text))


def test_page_returns_line_language_and_text_of_a_block():
    (block,) = page("""\
        # Title

        ```sh
        ls  # a list

        ls
        ```
        """).blocks
    assert (block.line, block.language, block.text) == (4, "sh", "ls  # a list\n\nls\n")


def test_page_removes_the_indent_of_an_indented_block():
    (block,) = Page("1. Do\n   ```json\n   {\n     }\n   ```\n").blocks
    assert block.text == "{\n  }\n"


def test_page_accepts_a_shorter_fence_in_a_block_with_a_longer_fence():
    (block,) = Page("````md\n```sh\nls\n```\n````\n").blocks
    assert (block.language, block.text) == ("md", "```sh\nls\n```\n")


def test_page_returns_no_language_for_a_block_without_a_tag():
    assert Page("```\nls\n```\n").blocks[0].language == ""


def test_page_refuses_a_block_that_is_not_closed():
    with pytest.raises(ValueError, match="line 2: this block is never closed"):
        Page("text\n```sh\nls\n")


def test_page_applies_notes_to_the_next_block_only():
    first, second = Page(
        "<!-- not run: needs sudo -->\n<!-- file: a.json -->\n\n```json\n```\n\n```sh\n```\n"
    ).blocks
    assert first.notes == {"not run": "needs sudo", "file": "a.json"} and second.notes == {}


def test_page_ignores_a_note_before_prose():
    assert Page("<!-- not run: needs sudo -->\nprose\n```sh\n```\n").blocks[0].notes == {}


def test_page_marks_a_block_as_adjacent_after_only_blank_lines():
    first, second, third = Page("```sh\n```\n\n```text\n```\nprose\n```text\n```\n").blocks
    assert (first.adjacent, second.adjacent, third.adjacent) == (False, True, False)


def test_page_reads_the_note_for_no_server():
    assert Page("# Title").starts_server
    assert not Page("# Title\n<!-- test: no server -->\n").starts_server
    assert Page("```sh\n<!-- test: no server -->\n```\n").starts_server
    with pytest.raises(ValueError):
        Page("<!-- test: noserver -->")


def test_links_returns_links_outside_code():
    text = "See [a](a.md#b), ![c](c.png) and `[d](d.md)`.\n```sh\n[e](e.md)\n```\n[f]: f.md\n[`g`](g.md)\n"
    assert [target for _, target in Page(text).links()] == ["a.md#b", "c.png", "f.md", "g.md"]


def test_anchors_returns_the_fragments_of_github():
    headings = "# Who gets in\n## `serve`: its options\n## Who gets in\n### [A](b.md) & B\n```sh\n# no\n```\n"
    assert list(Page(headings).anchors()) == [
        "who-gets-in",
        "serve-its-options",
        "who-gets-in-1",
        "a--b",
    ]
