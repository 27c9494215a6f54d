"""A papersail process with --data, and a client of plain sockets. Standard library only."""

import json
import os
import pathlib
import re
import signal
import socket
import subprocess

HOME = pathlib.Path(__file__).parents[2]
BINARY = os.environ.get("PAPERSAIL", str(HOME / "build/release/papersail"))
ACCOUNT = "000000000000"


class Refused(Exception):
    """A response with a status other than 200; its arguments are status and body."""


class Server:
    """A server of a data folder on a free port, with the lifecycle `instant`."""

    def __init__(self, data, *arguments, limits=None):
        command = [BINARY, "serve", "--port", "0", "--data", str(data), "--log-level", "off",
                   "--lifecycle", "instant", *arguments]  # fmt: skip
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=limits
        )
        first = self.process.stdout.readline()
        found = re.search(r"http://127.0.0.1:(\d+)", first)
        self.port = int(found.group(1)) if found else None
        self.ready = self.port is not None and self.process.stdout.readline() == "Ready.\n"

    def client(self, region="us-east-1"):
        return Client(self.port, region)

    def end(self, how=signal.SIGTERM):
        """Ends the server by a signal. Returns its exit code and standard error."""
        self.process.send_signal(how)
        errors = self.process.communicate(timeout=20)[1]
        return self.process.returncode, errors

    def __enter__(self):
        assert self.ready, self.end()
        return self

    def __exit__(self, *failure):
        if self.process.poll() is None:
            self.end(signal.SIGKILL)


class Client:
    """A client with one connection. Raises OSError if the server has ended."""

    def __init__(self, port, region):
        self.region = region
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def call(self, action, **given):
        self.send(action, **given)
        status, answer = self._answer()
        if status != 200:
            raise Refused(status, answer)
        return json.loads(answer)

    def is_granted(self):
        """True if the next response has status 200."""
        return self._answer()[0] == 200

    def send(self, action, **given):
        body = json.dumps(given).encode()
        head = (
            f"POST / HTTP/1.1\r\nHost: lightsail.{self.region}.amazonaws.com\r\n"
            f"X-Amz-Target: Lightsail_20161128.{action}\r\n"
            f"Content-Type: application/x-amz-json-1.1\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.socket.sendall(head.encode() + body)

    def all(self, action, member, **given):
        """Returns the elements of all pages."""
        out, answer = [], self.call(action, **given)
        out += answer[member]
        while "nextPageToken" in answer:
            answer = self.call(action, **given, pageToken=answer["nextPageToken"])
            out += answer[member]
        return out

    def _answer(self):
        head = self._until(b"\r\n\r\n").decode()
        size = int(re.search(r"content-length: (\d+)", head, re.IGNORECASE).group(1))
        while len(self.buffer) < size:
            self._fill()
        body, self.buffer = self.buffer[:size], self.buffer[size:]
        return int(head.split()[1]), body.decode()

    def _until(self, end):
        while end not in self.buffer:
            self._fill()
        head, self.buffer = self.buffer.split(end, 1)
        return head

    def _fill(self):
        more = self.socket.recv(1 << 16)
        if not more:
            raise ConnectionResetError("the server has ended")
        self.buffer += more
