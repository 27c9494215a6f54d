"""A container of the image: health, signals and data."""

import os
import time

import pytest
from docker_client import docker, launch, names, names_when_up, poll


def test_the_server_answers_on_a_published_port(serve):
    assert names(serve().client()) == []


def test_the_server_is_the_only_process_and_runs_as_65532(serve):
    processes = docker("top", serve().name, "-eo", "pid,uid,args").splitlines()[1:]
    assert [line.split()[1:] for line in processes] == [["65532", "/papersail", "serve"]]


def test_the_container_becomes_healthy(serve):
    poll(serve().health, lambda health: health == "healthy")


def test_the_container_becomes_healthy_on_another_port(start):
    server = start("--env", "PAPERSAIL_PORT=8080")
    poll(server.health, lambda health: health == "healthy")


def test_the_container_is_unhealthy_if_no_server_listens_on_its_port(start):
    probe = ["--health-interval=100ms", "--health-retries=1", "--health-start-period=1ms"]
    server = start(*probe, command=["serve", "--port", "8080"])
    poll(server.health, lambda health: health == "unhealthy")


@pytest.mark.parametrize("signal", ["TERM", "INT"])
def test_a_signal_ends_the_server_within_a_second(serve, signal):
    server = serve()
    begin = time.monotonic()
    docker("kill", "--signal", signal, server.name)
    assert server.wait_for_end() == 0
    assert time.monotonic() - begin < 1


def test_the_volume_keeps_the_data_after_kill_9(volume, serve):
    server = serve("--volume", f"{volume}:/data")
    launch(server.client(), "kept")
    docker("kill", "--signal", "KILL", server.name)
    assert server.wait_for_end() == 137
    docker("start", server.name)
    assert names_when_up(server.client()) == ["kept"]


def test_the_volume_keeps_the_data_for_another_container(volume, serve):
    first = serve("--volume", f"{volume}:/data")
    launch(first.client(), "kept")
    docker("stop", first.name)
    assert names(serve("--volume", f"{volume}:/data").client()) == ["kept"]


def test_the_server_writes_to_a_folder_of_the_host_as_its_owner(serve, tmp_path):
    os.chown(tmp_path, 1234, 1234)
    launch(serve("--user", "1234", "--volume", f"{tmp_path}:/data").client(), "web")
    assert {file.stat().st_uid for file in tmp_path.rglob("*")} == {1234}


def test_the_server_runs_with_a_read_only_root(serve):
    server = serve("--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges")
    launch(server.client(), "kept")


def test_the_server_keeps_nothing_with_data_in_memory(serve):
    server = serve("--env", "PAPERSAIL_DATA=:memory:", "--read-only")
    launch(server.client(), "gone")
    docker("restart", server.name)
    assert names_when_up(server.client()) == []


def test_the_server_applies_mounted_seeds(serve, tmp_path):
    seed = '{"action": "CreateKeyPair", "input": {"keyPairName": "deploy"}}'
    (tmp_path / "keys.jsonl").write_text(seed)
    tmp_path.chmod(0o755)
    server = serve("--volume", f"{tmp_path}:/etc/papersail/init.d:ro")
    keys = server.client().get_key_pairs()["keyPairs"]
    assert "deploy" in [key["name"] for key in keys]
