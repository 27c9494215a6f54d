"""The errors and warnings of a container with invalid settings."""

import pytest
from docker_client import run


def failed(*options):
    """Returns exit code and output of a container that ends by itself."""
    done = run("docker", "run", "--rm", *options, timeout=20)
    return done.returncode, done.stdout + done.stderr


def test_serve_names_the_folder_and_the_user_if_the_folder_is_not_writable(image, tmp_path):
    tmp_path.chmod(0o755)
    code, output = failed("--volume", f"{tmp_path}:/data", image)
    assert code == 1
    assert output.splitlines() == [
        "papersail: cannot write to /data as uid 65532: Permission denied"
    ]


def test_serve_logs_a_warning_that_names_an_unknown_variable(serve):
    logs = serve("--env", "PAPERSAIL_LIVECYCLE=instant").logs()
    warnings = [line for line in logs.splitlines() if "PAPERSAIL_LIVECYCLE" in line]
    assert len(warnings) == 1
    assert "warn" in warnings[0]


@pytest.mark.parametrize(
    "variable",
    ["PAPERSAIL_PORT=many", "PAPERSAIL_CLOCK=noon", "PAPERSAIL_SEED=-", "PAPERSAIL_LOG_LEVEL="],
)
def test_serve_names_a_variable_with_an_invalid_value(image, variable):
    code, output = failed("--env", variable, image)
    assert code == 2
    assert variable.split("=")[0] in output
    assert len(output.splitlines()) == 1


def test_serve_ignores_the_variables_of_kubernetes_service_links(serve):
    links = {"PORT": "tcp://10.0.0.1:4566", "SERVICE_HOST": "10.0.0.1", "SERVICE_PORT": "4566"}
    options = [f"--env=PAPERSAIL_{name}={value}" for name, value in links.items()]
    assert "PAPERSAIL_" not in serve(*options).logs()
