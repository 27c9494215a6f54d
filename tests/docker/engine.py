"""A Docker engine for the tests.

It runs in its own namespaces: its bridges, firewall rules, published ports and mounts do not affect
the machine or another engine. The tests enter its network namespace. Images and caches are kept for
the next run.
"""

import fcntl
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import base_image
import compiler_cache
import namespaces
from docker_client import docker

HERE = pathlib.Path(__file__).parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
PROGRAMS = ["dockerd", "docker-compose", "debootstrap", "iptables", "slirp4netns", "unshare"]


class Unavailable(Exception):
    """Raised if no engine can be started; the message is the reason."""


class Engine:
    def __init__(self, cache=CACHE / "papersail/docker"):
        require()
        self.cache, self.processes = cache, []
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="papersail-docker-"))
        self.socket = self.folder / "docker.sock"
        cache.mkdir(parents=True, exist_ok=True)
        self.lock = open(cache / "lock", "w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)  # waits until another run has ended
        self.base = base_image.make_archive(cache)

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def _start(self):
        network = ["--configure", "--mtu", "65520", "--disable-host-loopback"]
        daemon = self._spawn(*namespaces.OWN, HERE / "daemon", self.folder, self.cache / "data")
        self._wait(lambda: namespaces.is_separate(daemon.pid))
        self._spawn("slirp4netns", *network, daemon.pid, "tap0")
        self._wait(self._answers)
        namespaces.enter_network(daemon.pid)

    def _spawn(self, *command):
        command = ["setpriv", "--pdeathsig", "KILL", *map(str, command)]  # ends with the tests
        with open(self.folder / f"{len(self.processes)}.log", "w") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def _wait(self, done, seconds=30):
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end or any(each.poll() is not None for each in self.processes):
                raise Unavailable(f"the engine does not start: {self._last_words()}")
            time.sleep(0.05)

    def _answers(self):
        ask = ["/usr/bin/docker", "--host", f"unix://{self.socket}", "info"]
        connected = namespaces.has_device(self.processes[0].pid, "tap0")
        return connected and subprocess.run(ask, capture_output=True).returncode == 0

    def _last_words(self):
        """Returns the last line of each process's output."""
        logs = [log.read_text().splitlines() for log in sorted(self.folder.glob("*.log"))]
        return "; ".join(lines[-1] for lines in logs if lines) or "no output"

    def environment(self):
        """Returns the variables that point all clients at this engine."""
        return {
            "PATH": f"{HERE}/bin:{os.environ['PATH']}",
            "DOCKER_HOST": f"unix://{self.socket}",
            "DOCKER_BUILDKIT": "1",
            "COMPOSE_DOCKER_CLI_BUILD": "1",
            "TESTCONTAINERS_RYUK_DISABLED": "true",  # needs an image from a registry
        }

    def prepare(self):
        """Removes everything of earlier runs except tagged images. Fills a new engine."""
        for leftovers in ["container", "volume", "network", "image"]:
            docker(leftovers, "prune", "--force")
        docker("builder", "prune", "--force", "--keep-storage", "8GB")
        if not docker("images", "--quiet", base_image.NAME):
            docker("import", self.base, base_image.NAME)
            compiler_cache.fill()

    def stop(self):
        """Ends the engine, and with it all containers."""
        for process in self.processes:
            namespaces.signal_child(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.lock.close()


def require():
    if os.geteuid() != 0:
        raise Unavailable("only root can start an engine")
    missing = [program for program in PROGRAMS if not shutil.which(program)]
    if missing:
        raise Unavailable(f"not installed: {', '.join(missing)}")
    if not os.path.exists("/dev/net/tun"):
        raise Unavailable("no /dev/net/tun")
