"""A disk that is full, read-only, damaged or taken: a clear word, and nothing is lost."""

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


def tag_until_refused(client, most=100_000):
    """The last value that was answered, and the refusal."""
    for value in range(most):
        try:
            tag(client, value)  # makes an operation each time
        except Refused as refusal:
            return value - 1, refusal.args
    raise AssertionError("the disk never was full")


def check_full(data, limits=None):
    with Server(data, limits=limits) as server:
        client = server.client()
        launch(client, "web")
        last, (status, body) = tag_until_refused(client)
        assert status == 500 and "papersail failed: sqlite: " in body
        assert last > 50
        assert tag_of(client) == str(last), "reads go on, and show what was answered"
        with pytest.raises(Refused):
            tag(client, "one more")
            launch(client, "another")
        assert tag_of(client) == str(last)
        server.end(signal.SIGKILL)
    return last


def check_rest(data, last):
    with Server(data) as server:
        client = server.client()
        assert tag_of(client) == str(last)
        operations = client.all("GetOperationsForResource", "operations", resourceName="web")
        assert len(operations) == last + 2
        tag(client, "there is room")
        assert server.end() == (0, "")


def no_more_than_a_little():
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # as a shell would leave it
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * MIB, 4 * MIB))


def test_a_file_that_may_not_grow(tmp_path):
    check_rest(tmp_path, check_full(tmp_path, no_more_than_a_little))


@contextlib.contextmanager
def mounted(folder, options):
    """A file system of memory; skips where one may not mount."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(tmp_path):
    with mounted(tmp_path, "size=8m"):
        ballast = tmp_path / "ballast"
        ballast.write_bytes(bytes(4 * MIB))
        last = check_full(tmp_path)
        ballast.unlink()
        check_rest(tmp_path, last)


def refused_start(data):
    """What a server says that ends before it serves."""
    server = Server(data)
    code, complaint = server.end()
    assert (server.port, code) == (None, 1)
    return complaint


def test_a_read_only_disk(tmp_path):
    with mounted(tmp_path, "ro,size=1m"):
        complaint = refused_start(tmp_path)
        assert complaint == f"papersail: cannot write to {tmp_path}: Read-only file system\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(tmp_path):
    tmp_path.chmod(0o500)
    assert "Permission denied" in refused_start(tmp_path)


@pytest.fixture
def used(tmp_path):
    """A folder with an instance in it, and its file."""
    with Server(tmp_path) as server:
        launch(server.client(), "web")
        server.end()
    return tmp_path, pathlib.Path(tmp_path, f"{ACCOUNT}.sqlite")


def refusal_with(data):
    """What the server says of an account that it cannot open; it goes on with the others."""
    with Server(data) as server:
        client = server.client()
        for _ in range(2):
            with pytest.raises(Refused) as refused:
                client.call("GetInstances")
        assert refused.value.args[0] == 500
        assert server.end() == (0, "")
        return refused.value.args[1]


def test_a_damaged_file(used):
    data, file = used
    whole = file.read_bytes()
    file.write_bytes(b"no database at all" + whole[18:])
    damaged = file.read_bytes()
    assert f"cannot open {file}: sqlite: file is not a database" in refusal_with(data)
    assert file.read_bytes() == damaged, "it is left for whoever can mend it"
    file.write_bytes(whole)
    with Server(data) as server:
        assert names(server.client()) == {"web"}


def test_a_file_that_is_cut_off(used):
    data, file = used
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert "sqlite: database disk image is malformed" in refusal_with(data)
    file.write_bytes(whole)
    with Server(data) as server:
        assert names(server.client()) == {"web"}


def test_a_file_of_a_newer_papersail(used):
    data, file = used
    with contextlib.closing(sqlite3.connect(file)) as database:
        (format,) = database.execute("PRAGMA user_version").fetchone()
        database.execute("PRAGMA user_version = 99")
    assert f"cannot open {file}: it was written by a newer papersail (format 99" in refusal_with(data)
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute(f"PRAGMA user_version = {format}")
    with Server(data) as server:
        assert names(server.client()) == {"web"}


def test_two_servers_on_one_folder(used):
    data, _ = used
    with Server(data) as first:
        assert refused_start(data) == f"papersail: {data} is in use by another papersail\n"
        launch(first.client(), "first")
        first.end(signal.SIGKILL)
    with Server(data) as second:
        assert names(second.client()) == {"web", "first"}, "what is free is taken up"


def test_a_disk_that_fills_up_in_a_commit_of_many(tmp_path):
    """More changes in one turn of the server's loop than SQLite keeps in memory."""
    with mounted(tmp_path, "size=4m"):
        ballast = tmp_path / "ballast"
        ballast.write_bytes(bytes(MIB))
        with Server(tmp_path, "--quotas", quotas(tmp_path)) as server:
            clients = [server.client() for _ in range(120)]
            server.process.send_signal(signal.SIGSTOP)
            for number, client in enumerate(clients):
                client.send("CreateInstances", **ten(number))
            server.process.send_signal(signal.SIGCONT)
            answered = [n for n, client in enumerate(clients) if client.is_granted()]
            assert len(answered) < len(clients)
            ballast.unlink()  # what is due has to be written before it is shown
            found = names(server.client())
            assert found == {name for n in answered for name in ten(n)["instanceNames"]}


def quotas(folder):
    file = folder / "quotas.json"
    file.write_text('{"Instance": null}')
    return str(file)


def ten(number):
    return {"instanceNames": [f"web-{number}-{n}" for n in range(10)],
            "availabilityZone": "us-east-1a", "blueprintId": "ubuntu_24_04",
            "bundleId": "nano_3_0", "userData": "#" * 16_000}  # fmt: skip
