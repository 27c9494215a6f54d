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


def launch_until_refused(client, most=20_000):
    """The names of those that were answered, and the refusal."""
    done = set()
    for number in range(most):
        name = f"web-{number}"
        try:
            launch(client, name)
        except Refused as refusal:
            return done, refusal.args
        done.add(name)
    raise AssertionError("the disk never was full")


def check_full(data, limits=None):
    with Server(data, limits=limits) as server:
        client = server.client()
        answered, (status, body) = launch_until_refused(client)
        assert status == 500 and "papersail failed: sqlite: " in body
        assert len(answered) > 100
        assert names(client) == answered, "reads go on, and show what was answered"
        with pytest.raises(Refused):
            launch(client, "one-more")
        assert names(client) == answered
        server.end(signal.SIGKILL)
    return answered


def check_rest(data, answered):
    with Server(data) as server:
        client = server.client()
        assert names(client) == answered
        launch(client, "there-is-room")
        assert server.end() == (0, "")


def no_more_than_a_mib():
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # as a shell would leave it
    resource.setrlimit(resource.RLIMIT_FSIZE, (MIB, MIB))


def test_a_file_that_may_not_grow(tmp_path):
    check_rest(tmp_path, check_full(tmp_path, no_more_than_a_mib))


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
    with mounted(tmp_path, "size=2m"):
        ballast = tmp_path / "ballast"
        ballast.write_bytes(bytes(MIB // 2))
        answered = check_full(tmp_path)
        ballast.unlink()
        check_rest(tmp_path, answered)


def test_a_read_only_disk(tmp_path):
    with mounted(tmp_path, "ro,size=1m"):
        server = Server(tmp_path)
        assert not server.ready
        code, complaint = server.process.wait(20), server.process.stderr.read()
        assert code == 1
        assert complaint == f"papersail: cannot write to {tmp_path}: Read-only file system\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(tmp_path):
    tmp_path.chmod(0o500)
    server = Server(tmp_path)
    assert not server.ready
    assert server.process.wait(20) == 1
    assert "Permission denied" in server.process.stderr.read()


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
    with sqlite3.connect(file) as database:
        (format,) = database.execute("PRAGMA user_version").fetchone()
        database.execute("PRAGMA user_version = 99")
    assert f"cannot open {file}: it was written by a newer papersail (format 99" in refusal_with(data)
    with sqlite3.connect(file) as database:
        database.execute(f"PRAGMA user_version = {format}")
    with Server(data) as server:
        assert names(server.client()) == {"web"}


def test_two_servers_on_one_folder(used):
    data, file = used
    with Server(data) as first, Server(data) as second:
        client = first.client()
        launch(client, "first")
        with pytest.raises(Refused) as refused:
            launch(second.client(), "second")
        assert f"cannot open {file}: the database is in use by another process" in str(refused.value)
        assert names(client) == {"web", "first"}
        first.end(signal.SIGKILL)
        assert names(second.client()) == {"web", "first"}, "what is free is taken up"
