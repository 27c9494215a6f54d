"""Checks that links point to existing files and headings, and that README.md links every page."""

import pytest
from conftest import pages_of
from markdown import Page


def read(path):
    return Page(path.read_text())


def local_links(path):
    """Yields (line, file, anchor) of each link to a file of the project."""
    for line, target in read(path).links():
        if "://" not in target and not target.startswith("mailto:"):
            name, _, anchor = target.partition("#")
            yield line, (path.parent / name).resolve() if name else path, anchor


def broken_links(path):
    for line, file, anchor in local_links(path):
        if not file.exists():
            yield f"{path}:{line}: {file} does not exist"
        elif anchor and file.suffix == ".md" and anchor not in read(file).anchors():
            yield f"{path}:{line}: {file} has no heading #{anchor}"


def found_from(path):
    """Returns the pages that are linked from this page, directly or through other pages."""
    found, waiting = set(), [path]
    while waiting:
        page = waiting.pop()
        if page.suffix == ".md" and page.exists() and page not in found:
            found.add(page)
            waiting += [file for _, file, _ in local_links(page)]
    return found


def test_links_point_to_existing_files_and_headings(linked_page):
    assert list(broken_links(linked_page)) == []


def test_the_readme_leads_to_every_page(tree):
    lost = set(pages_of(tree)) - found_from(tree / "README.md")
    assert sorted(map(str, lost)) == []


def test_commands_in_the_readme_have_at_most_100_columns(tree):
    for block in read(tree / "README.md").blocks:
        for number, line in enumerate(block.text.splitlines(), block.line):
            assert block.language != "sh" or len(line) <= 100, f"README.md:{number} is too long"


@pytest.fixture
def two_pages(tmp_path):
    (tmp_path / "a.md").write_text("# A\n[b](sub/b.md#b)\n[out](https://example.com/x)\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/b.md").write_text(
        "# B\n[a](../a.md) [here](#b)\n[gone](c.md) [x](../a.md#x)\n"
    )
    (tmp_path / "sub/lost.md").write_text("# Lost\n")
    return tmp_path


def test_broken_links_returns_the_lines_of_broken_links(two_pages):
    assert list(broken_links(two_pages / "a.md")) == []
    found = [text.partition(f"{two_pages}/")[2] for text in broken_links(two_pages / "sub/b.md")]
    assert [text.split(": ")[0] for text in found] == ["sub/b.md:3", "sub/b.md:3"]


def test_found_from_omits_pages_without_links_to_them(two_pages):
    found = found_from(two_pages / "a.md")
    assert {str(page.relative_to(two_pages)) for page in found} == {"a.md", "sub/b.md"}
