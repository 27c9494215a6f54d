"""A row of tests/bench/instructions, and functions that make its inputs."""

import dataclasses
import typing

WARM_UP, COUNT = 5, 40
SMALL = "000000000001"  # an account


@dataclasses.dataclass
class Row:
    """Makes `warm_up` requests of one kind, and `count` more, which are counted. `input` returns the
    members of the request with a number. The row's value is the mean number of instructions of a
    request, divided by `elements`."""

    action: str  # or the method and the path in the account's control API
    budget: int | None
    input: typing.Callable[[int], dict]
    name: str = ""
    account: str = SMALL
    elements: int = 1
    warm_up: int = WARM_UP
    count: int = COUNT
    like: str = ""  # name of the row of the same request in a smaller account

    def __post_init__(self):
        self.name = self.name or self.action

    def prepare(self, client):
        self._send(client, range(self.warm_up))

    def run(self, client):
        self._send(client, range(self.warm_up, self.warm_up + self.count))

    def _send(self, client, numbers):
        send = client.control if " " in self.action else client.call
        for number in numbers:
            send(self.action, **self.input(number))


def one(member, prefix, **more):
    """Returns inputs that name the resources PREFIX-0, PREFIX-1 and so on."""
    return lambda n: {member: f"{prefix}-{n}", **more}


def web(**more):
    """Returns inputs that name an instance each."""
    return one("instanceName", "web", **more)


def with_web(member, prefix, **more):
    """Returns inputs that name a resource and an instance each."""
    return lambda n: {member: f"{prefix}-{n}", "instanceName": f"web-{n}", **more}


def same(n):
    """Returns the empty input. Its text differs for each number, so that the response is not in the
    response cache."""
    return {"padding": n}
