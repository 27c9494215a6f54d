"""What a container says of settings that cannot be."""

import pytest
from docker_client import run


def failed(*options):
    """Exit code and output of a container that ends by itself."""
    done = run("docker", "run", "--rm", *options, timeout=20)
    return done.returncode, done.stdout + done.stderr


def test_a_folder_that_cannot_be_written_is_named_with_the_user(image, tmp_path):
    tmp_path.chmod(0o755)
    code, output = failed("--volume", f"{tmp_path}:/data", image)
    assert code == 1
    assert output.splitlines() == [
        "papersail: cannot write to /data as uid 65532: Permission denied"
    ]


def test_an_unknown_variable_is_named_in_a_warning(serve):
    logs = serve("--env", "PAPERSAIL_LIVECYCLE=instant").logs()
    warnings = [line for line in logs.splitlines() if "PAPERSAIL_LIVECYCLE" in line]
    assert len(warnings) == 1
    assert "warn" in warnings[0]


@pytest.mark.parametrize(
    "variable",
    ["PAPERSAIL_PORT=many", "PAPERSAIL_CLOCK=noon", "PAPERSAIL_SEED=-", "PAPERSAIL_LOG_LEVEL="],
)
def test_a_variable_with_a_bad_value_is_named(image, variable):
    code, output = failed("--env", variable, image)
    assert code == 2
    assert variable.split("=")[0] in output
    assert len(output.splitlines()) == 1


def test_the_variables_of_kubernetes_service_links_do_not_count(serve):
    links = {"PORT": "tcp://10.0.0.1:4566", "SERVICE_HOST": "10.0.0.1", "SERVICE_PORT": "4566"}
    options = [f"--env=PAPERSAIL_{name}={value}" for name, value in links.items()]
    assert "PAPERSAIL_" not in serve(*options).logs()
