"""What was answered is there after kill -9, and what was not is there whole or not at all.

    python3 tests/durability/kill_test.py --rounds 1000     # the test makes fewer
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
    """A client that changes what a region has, and keeps a journal of it.

    `state` is what its answered calls have made: by name, the tags, the open ports and how many
    operations there were. `asked` is the call that has no answer yet, as what it will make of
    the state."""

    def __init__(self, region, random_source):
        self.region = region
        self.random = random_source
        self.made = 0
        self.state = {}
        self.asked = None
        self.operations = []  # the ids of the last ones
        self.answered = 0
        self.failure = None

    def run(self, server):
        """Until the server is gone."""
        try:
            client = server.client(self.region)
            while True:
                self.step(client)
        except OSError:
            pass
        except Exception as failure:  # in a thread of its own
            self.failure = failure

    def step(self, client):
        choices = [self.create]
        if self.state:
            choices += [self.tag, self.open, self.close, self.tag]
        if len(self.state) > 8:
            choices = [self.delete]
        action, given, after = self.random.choice(choices)()
        self.asked = after
        operations = client.call(action, **given).get("operations")
        self.state, self.asked = after, None
        self.answered += 1
        self.operations = (self.operations + [one["id"] for one in operations or []])[-12:]

    def changed(self, name, operations=1):
        """A state in which one of the resources may be changed, and the resource."""
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
        """Holds the journal against what the server has; goes on from there."""
        if self.failure:
            raise self.failure
        client = server.client(self.region)
        instances = client.all("GetInstances", "instances")
        found = {one["name"]: seen(client, one) for one in instances}
        assert found in [self.state, self.asked], (
            f"after {self.answered} answers\nfound    {found}\nanswered {self.state}\n"
            f"asked    {self.asked}"
        )
        for uuid in self.operations:
            client.call("GetOperation", operationId=uuid)
        self.state, self.asked = found, None


def port_of(name, port):
    info = {"fromPort": port, "toPort": port, "protocol": "tcp"}
    return {"instanceName": name, "portInfo": info}


def seen(client, instance):
    """An instance as a journal has it."""
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


def kill_again_and_again(data, rounds, seed=1):
    """How many calls were answered."""
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


def test_what_was_answered_survives_kill_9(tmp_path):
    assert kill_again_and_again(tmp_path, ROUNDS) > 10 * ROUNDS


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        print("seed", given.seed, flush=True)
        answered = kill_again_and_again(folder, given.rounds, given.seed)
        print(f"{given.rounds} kills, {answered} answers, {time.monotonic() - began:.0f} seconds")
    sys.exit(0)
