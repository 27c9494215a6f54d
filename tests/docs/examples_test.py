"""Runs the example for CI: the tests of its workflow must pass."""

import shutil

import pytest
import yaml
from session import Failed, Session

EXAMPLES = "docs/examples"


@pytest.fixture
def steps(tree):
    workflow = yaml.safe_load((tree / EXAMPLES / "github-actions.yaml").read_text())
    (job,) = workflow["jobs"].values()
    return {step["name"]: step for step in job["steps"]}


@pytest.fixture
def project(tree, tmp_path, runnable):
    """Returns a session with a server and a project that contains the example tests."""
    with Session(tmp_path) as session:
        (session.folder / "tests").mkdir()
        for file in (tree / EXAMPLES).glob("*.py"):
            shutil.copy(file, session.folder / "tests")
        session.run("papersail serve")
        yield session


def test_the_example_passes_with_the_command_of_the_workflow(project, steps):
    shown = project.run(steps["Run the tests"]["run"])
    assert " passed in " in shown and "failed" not in shown and "skipped" not in shown


def test_the_example_fails_with_another_lifecycle(project, steps):
    project.run("stop_server; papersail serve --lifecycle instant")
    with pytest.raises(Failed) as failed:
        project.run(steps["Run the tests"]["run"])
    assert "FAILED tests/test_example.py::test_time_passes_when_the_test_says_so" in (
        failed.value.output
    )


def test_every_step_of_the_workflow_has_a_command_or_an_action(steps):
    assert all(("run" in step) != ("uses" in step) for step in steps.values())
    assert list(steps).index("Start papersail") < list(steps).index("Run the tests")


def test_the_workflow_names_files_that_exist(steps, tree):
    built = steps["Build papersail"]["run"].split()
    file = built[built.index("-f") + 1].removeprefix("papersail/")
    assert (tree / file).exists()
