"""A papersail process, and a client with one keep-alive connection. Standard library only."""

import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time

HOME = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("PAPERSAIL", HOME / "build/release/papersail"))
NO_QUOTAS = {"Instance": None, "StaticIp": None, "DiskSizeInGb": None, "RelationalDatabase": None}


class Server:
    """A server on a free port. Its log and a file without quotas are in `folder`."""

    def __init__(self, folder, *arguments, wrapper=()):
        quotas, self.log = pathlib.Path(folder, "quotas.json"), pathlib.Path(folder, "log")
        quotas.write_text(json.dumps(NO_QUOTAS))
        command = [*wrapper, BINARY, "serve", "--port", "0", "--quotas", quotas, *arguments]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self.port = self._wait_for_port()

    def _wait_for_port(self):
        while self.process.poll() is None:
            text = self.log.read_text()
            if "Ready." in text:
                return int(re.search(r"http://127.0.0.1:(\d+)", text).group(1))
            time.sleep(0.001)
        raise SystemExit(f"papersail has ended:\n{self.log.read_text()}")

    def client(self, account="000000000000"):
        return Client(self.port, account)

    def memory(self, field="VmRSS"):
        """Returns the resident memory in bytes; with the field VmHWM, the most so far."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+)", status).group(1)) * 1024

    def processor_time(self):
        """Returns the seconds for which the server has run."""
        text = pathlib.Path(f"/proc/{self.process.pid}/schedstat").read_text()
        return int(text.split()[0]) / 1e9

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.stop()


class Client:
    """A connection that calls an account. Ends the script if a response is an error."""

    def __init__(self, port, account):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")
        self.account = account

    def call(self, action, /, padding=0, **members):
        """Returns the response as JSON text. Each `padding` makes another text of the same input."""
        head = (
            f"X-Amz-Target: Lightsail_20161128.{action}\r\n"
            "Content-Type: application/x-amz-json-1.1\r\nX-Amz-Date: 20260101T000000Z\r\n"
            f"Authorization: AWS4-HMAC-SHA256 Credential={self.account}/20260101/us-east-1/"
            "lightsail/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
            f"Signature={'0' * 64}\r\n"
        )
        return self._request("POST", "/", json.dumps(members) + " " * padding, head)

    def control(self, request, **members):
        """Calls the control API of the account. `request` is a method and a path."""
        method, path = request.split()
        path = f"/_papersail/accounts/{self.account}/{path}"
        return self._request(method, path, json.dumps(members) if members else "")

    def _request(self, method, path, body, head=""):
        start = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        text = f"{start}{head}Content-Length: {len(body)}\r\n\r\n{body}"
        self.socket.sendall(text.encode())
        first, size = self.file.readline(), 0
        if not first:
            raise SystemExit("papersail has closed the connection")
        status = int(first.split()[1])
        while (line := self.file.readline()) != b"\r\n":
            if line.startswith(b"Content-Length:"):
                size = int(line.split(b":")[1])
        answer = self.file.read(size)
        if status >= 300:
            raise SystemExit(f"{text}\n{status} {answer.decode()}")
        return answer
