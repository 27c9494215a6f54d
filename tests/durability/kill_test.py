"""After kill -9, every answered call is stored; any other call is stored in full or not at all.

    python3 tests/durability/kill_test.py --rounds 1000     # 200 rounds by default
"""

import argparse
import contextlib
import copy
import random
import signal
import sqlite3
import sys
import tempfile
import threading
import time

from server import ACCOUNT, Server

REGIONS = ["us-east-1", "us-east-2", "us-west-2", "eu-west-1", "eu-central-1", "ap-northeast-1"]
ROUNDS = 200


class Worker:
    """A client that changes the instances of a region, and keeps a journal of them.

    `state` is the result of its answered calls: for each name the tags, the open ports and the
    number of operations. `pending` is the state after the call without a response, or None."""

    def __init__(self, region, random_source):
        self.region = region
        self.random = random_source
        self.made = 0
        self.state = {}
        self.pending = None
        self.operations = []  # ids of the latest operations
        self.answered = 0
        self.failure = None

    def run(self, server):
        """Makes calls until the connection fails."""
        try:
            client = server.client(self.region)
            while True:
                self.step(client)
        except OSError:
            pass
        except Exception as failure:  # `check` raises it in the main thread
            self.failure = failure

    def step(self, client):
        choices = [self.create]
        if self.state:
            choices += [self.tag, self.open, self.close, self.tag]
        if len(self.state) > 8:
            choices = [self.delete]
        action, options, after = self.random.choice(choices)()
        self.pending = after
        operations = client.call(action, **options).get("operations")
        self.state, self.pending = after, None
        self.answered += 1
        self.operations = (self.operations + [one["id"] for one in operations or []])[-12:]

    def changed(self, name, operations=1):
        """Returns a copy of the state, and in it the resource to change."""
        after = copy.deepcopy(self.state)
        after[name]["operations"] += operations
        return after, after[name]

    def create(self):
        names = []
        for _ in range(self.random.choice([1, 1, 3])):
            self.made += 1
            names.append(f"web-{self.made}")
        after = copy.deepcopy(self.state)
        for name in names:
            after[name] = {"tags": {}, "ports": [22, 80], "operations": 1}
        return "CreateInstances", {
            "instanceNames": names,
            "availabilityZone": self.region + "a",
            "blueprintId": "ubuntu_24_04",
            "bundleId": "nano_3_0",
        }, after

    def tag(self):
        name = self.random.choice(list(self.state))
        value = str(self.random.randrange(1000))
        after, resource = self.changed(name)
        resource["tags"]["turn"] = value
        return "TagResource", {"resourceName": name, "tags": [{"key": "turn", "value": value}]}, after

    def open(self):
        name = self.random.choice(list(self.state))
        port = self.random.randrange(8000, 8010)
        after, resource = self.changed(name)
        resource["ports"] = sorted({*resource["ports"], port})
        return "OpenInstancePublicPorts", port_of(name, port), after

    def close(self):
        name = self.random.choice(list(self.state))
        after, resource = self.changed(name)
        extra = [port for port in resource["ports"] if port > 80]
        if not extra:
            return self.open()
        port = self.random.choice(extra)
        resource["ports"].remove(port)
        return "CloseInstancePublicPorts", port_of(name, port), after

    def delete(self):
        name = self.random.choice(list(self.state))
        after = copy.deepcopy(self.state)
        del after[name]
        return "DeleteInstance", {"instanceName": name}, after

    def check(self, server):
        """Compares the journal with the server's resources, and continues from those."""
        if self.failure:
            raise self.failure
        client = server.client(self.region)
        instances = client.all("GetInstances", "instances")
        found = {one["name"]: entry_of(client, one) for one in instances}
        assert found in [self.state, self.pending], (
            f"after {self.answered} responses\nfound    {found}\nanswered {self.state}\n"
            f"pending  {self.pending}"
        )
        for uuid in self.operations:
            client.call("GetOperation", operationId=uuid)
        self.state, self.pending = found, None


def port_of(name, port):
    info = {"fromPort": port, "toPort": port, "protocol": "tcp"}
    return {"instanceName": name, "portInfo": info}


def entry_of(client, instance):
    """Returns an instance in the form of a journal entry."""
    name = instance["name"]
    operations = client.all("GetOperationsForResource", "operations", resourceName=name)
    return {
        "tags": {tag["key"]: tag["value"] for tag in instance["tags"]},
        "ports": sorted(port["fromPort"] for port in instance["networking"]["ports"]),
        "operations": len(operations),
    }


def check_file(data):
    with contextlib.closing(sqlite3.connect(f"{data}/{ACCOUNT}.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def run_rounds(data, rounds, seed=1):
    """Kills the server `rounds` times under load. Returns the number of answered calls."""
    source = random.Random(seed)
    workers = [Worker(region, random.Random(source.random())) for region in REGIONS]
    for _ in range(rounds):
        with Server(data) as server:
            for worker in workers:
                worker.check(server)
            threads = [threading.Thread(target=one.run, args=[server]) for one in workers]
            for thread in threads:
                thread.start()
            time.sleep(source.uniform(0.001, 0.15))
            assert server.end(signal.SIGKILL)[0] == -signal.SIGKILL
            for thread in threads:
                thread.join()
    with Server(data) as server:
        for worker in workers:
            worker.check(server)
        assert server.end() == (0, "")
    check_file(data)
    return sum(worker.answered for worker in workers)


def test_the_server_keeps_every_answered_call_after_kill_9(tmp_path):
    assert run_rounds(tmp_path, ROUNDS) > 10 * ROUNDS


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        print("seed", options.seed, flush=True)
        answered = run_rounds(folder, options.rounds, options.seed)
        print(f"{options.rounds} kills, {answered} calls, {time.monotonic() - began:.0f} seconds")
    sys.exit(0)
