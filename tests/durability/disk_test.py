"""The server names a full, read-only, damaged or locked disk in its error, and loses nothing."""

import contextlib
import os
import pathlib
import resource
import signal
import sqlite3
import subprocess

import pytest

from server import ACCOUNT, Refused, Server

MIB = 1 << 20


def launch(client, name):
    client.call(
        "CreateInstances", instanceNames=[name], availabilityZone="us-east-1a",
        blueprintId="ubuntu_24_04", bundleId="nano_3_0",
    )  # fmt: skip


def names(client):
    return {one["name"] for one in client.all("GetInstances", "instances")}


def tag(client, value):
    client.call("TagResource", resourceName="web", tags=[{"key": "turn", "value": str(value)}])


def tag_of(client):
    return client.call("GetInstance", instanceName="web")["instance"]["tags"][0]["value"]


def tag_until_refused(client, limit=100_000):
    """Returns the last value that was answered, and status and body of the refusal."""
    for value in range(limit):
        try:
            tag(client, value)  # each call adds an operation
        except Refused as refusal:
            return value - 1, refusal.args
    raise AssertionError("the disk did not fill up")


def fill_disk(data, limits=None):
    with Server(data, limits=limits) as server:
        client = server.client()
        launch(client, "web")
        last, (status, body) = tag_until_refused(client)
        assert status == 500 and "papersail failed: sqlite: " in body
        assert last > 50
        assert tag_of(client) == str(last), "reads must succeed and return the answered value"
        with pytest.raises(Refused):
            tag(client, "one more")
            launch(client, "another")
        assert tag_of(client) == str(last)
        server.end(signal.SIGKILL)
    return last


def check_data(data, last):
    with Server(data) as server:
        client = server.client()
        assert tag_of(client) == str(last)
        operations = client.all("GetOperationsForResource", "operations", resourceName="web")
        assert len(operations) == last + 2
        tag(client, "there is room")
        assert server.end() == (0, "")


def limit_file_size():
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the default of a shell
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * MIB, 4 * MIB))


def test_the_server_keeps_answered_changes_when_a_file_reaches_its_size_limit(tmp_path):
    check_data(tmp_path, fill_disk(tmp_path, limit_file_size))


@contextlib.contextmanager
def mounted(folder, options):
    """Mounts a tmpfs on the folder. Skips the test if mounting is not allowed."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_the_server_keeps_answered_changes_when_the_disk_is_full(tmp_path):
    with mounted(tmp_path, "size=8m"):
        ballast = tmp_path / "ballast"
        ballast.write_bytes(bytes(4 * MIB))
        last = fill_disk(tmp_path)
        ballast.unlink()
        check_data(tmp_path, last)


def refused_start(data):
    """Returns the error of a server that must fail at its start."""
    server = Server(data)
    code, error = server.end()
    assert (server.port, code) == (None, 1)
    return error


def test_serve_refuses_a_read_only_disk(tmp_path):
    with mounted(tmp_path, "ro,size=1m"):
        error = refused_start(tmp_path)
        reason = f"cannot write to {tmp_path} as uid {os.geteuid()}: Read-only file system"
        assert error == f"papersail: {reason}\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_serve_refuses_a_folder_without_write_permission(tmp_path):
    tmp_path.chmod(0o500)
    assert "Permission denied" in refused_start(tmp_path)


@pytest.fixture
def used(tmp_path):
    """Returns a data folder with one instance, and the account's file."""
    with Server(tmp_path) as server:
        launch(server.client(), "web")
        server.end()
    return tmp_path, pathlib.Path(tmp_path, f"{ACCOUNT}.sqlite")


def refusal_with(data):
    """Returns the error for an account that the server cannot open. The server keeps running."""
    with Server(data) as server:
        client = server.client()
        for _ in range(2):
            with pytest.raises(Refused) as refused:
                client.call("GetInstances")
        assert refused.value.args[0] == 500
        assert server.end() == (0, "")
        return refused.value.args[1]


def test_the_server_refuses_a_damaged_file_and_leaves_it_unchanged(used):
    data, file = used
    whole = file.read_bytes()
    file.write_bytes(b"no database at all" + whole[18:])
    damaged = file.read_bytes()
    assert f"cannot open {file}: sqlite: file is not a database" in refusal_with(data)
    assert file.read_bytes() == damaged, "the server must not change a damaged file"
    file.write_bytes(whole)
    with Server(data) as server:
        assert names(server.client()) == {"web"}


def test_the_server_refuses_a_truncated_file(used):
    data, file = used
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert "sqlite: database disk image is malformed" in refusal_with(data)
    file.write_bytes(whole)
    with Server(data) as server:
        assert names(server.client()) == {"web"}


def test_the_server_refuses_a_file_of_a_newer_format(used):
    data, file = used
    with contextlib.closing(sqlite3.connect(file)) as database:
        (format,) = database.execute("PRAGMA user_version").fetchone()
        database.execute("PRAGMA user_version = 99")
    assert f"cannot open {file}: it was written by a newer papersail (format 99" in refusal_with(data)
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute(f"PRAGMA user_version = {format}")
    with Server(data) as server:
        assert names(server.client()) == {"web"}


def test_serve_refuses_a_folder_until_the_other_server_ends(used):
    data, _ = used
    with Server(data) as first:
        assert refused_start(data) == f"papersail: {data} is in use by another papersail\n"
        launch(first.client(), "first")
        first.end(signal.SIGKILL)
    with Server(data) as second:
        assert names(second.client()) == {"web", "first"}, "the data of the first server"


def test_the_server_keeps_answered_calls_when_the_disk_fills_up_in_a_group_commit(tmp_path):
    """One turn of the event loop gets more changes than SQLite's cache holds."""
    with mounted(tmp_path, "size=4m"):
        ballast = tmp_path / "ballast"
        ballast.write_bytes(bytes(MIB))
        with Server(tmp_path, "--quotas", quotas(tmp_path)) as server:
            clients = [server.client() for _ in range(120)]
            server.process.send_signal(signal.SIGSTOP)
            for number, client in enumerate(clients):
                client.send("CreateInstances", **ten_instances(number))
            server.process.send_signal(signal.SIGCONT)
            answered = [n for n, client in enumerate(clients) if client.is_granted()]
            assert len(answered) < len(clients)
            ballast.unlink()  # a read applies due transitions, which need space
            found = names(server.client())
            assert found == {name for n in answered for name in ten_instances(n)["instanceNames"]}


def quotas(folder):
    file = folder / "quotas.json"
    file.write_text('{"Instance": null}')
    return str(file)


def ten_instances(number):
    return {"instanceNames": [f"web-{number}-{n}" for n in range(10)],
            "availabilityZone": "us-east-1a", "blueprintId": "ubuntu_24_04",
            "bundleId": "nano_3_0", "userData": "#" * 16_000}  # fmt: skip
