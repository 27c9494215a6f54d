"""The shell session of a page: one bash in new network and process namespaces."""

import functools
import os
import pathlib
import shlex
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
HOME = HERE.parents[1]
BINARY = pathlib.Path(os.environ.get("PAPERSAIL", HOME / "build/release/papersail")).absolute()


class Failed(Exception):
    """`line` is the line of the failed command in its script, or None if unknown."""

    def __init__(self, reason, output, line=None):
        super().__init__(f"{reason}\n{output}")
        self.reason, self.output, self.line = reason, output, line


def namespaces():
    """Returns a command that runs another one in new namespaces, which end with it."""
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *user, "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]


@functools.cache
def refusal():
    """Returns the error of unshare if namespaces are not available, otherwise an empty text."""
    command = [*namespaces(), "ip", "link", "set", "lo", "up"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        return str(error)
    return done.stderr.strip() if done.returncode else ""


def environment(folder, session):
    """Returns variables without the user's settings of AWS, papersail, proxies and certificates."""
    kept = ["USER", "LOGNAME", "SHELL", "TERM", "TMPDIR"]
    path = [str(session / "bin"), str(pathlib.Path(sys.executable).parent), os.environ["PATH"]]
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "PATH": ":".join(path),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PAGER": "cat",
        "AWS_PAGER": "",
        "AWS_EC2_METADATA_DISABLED": "true",
        "NODE_NO_WARNINGS": "1",
    }


class Session:
    """Runs blocks in `folder`. Scripts, outputs and the server's log are in `files`, next to it."""

    def __init__(self, root, limit=60):
        self.folder, self.files, self.limit = root / "page", root / "session", limit
        self.folder.mkdir(parents=True)
        (self.files / "bin").mkdir(parents=True)
        (self.files / "bin/papersail").symlink_to(BINARY)
        self.count, self.shell = 0, self._start()
        self._write(f"session={quoted(self.files)}; . {quoted(HERE / 'session.sh')}")

    def _start(self):
        with open(self.files / "shell.log", "w") as log:
            return subprocess.Popen(
                [*namespaces(), "bash", "-s"],
                cwd=self.folder,
                env=environment(self.folder, self.files),
                stdin=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shell.kill()
        self.shell.wait()
        self.shell.stdin.close()

    def run(self, command):
        """Returns the output of a command, which must succeed within `limit` seconds."""
        self.count += 1
        (self.files / "failed").unlink(missing_ok=True)
        out, done = self.files / f"{self.count}.out", self.files / f"{self.count}.done"
        self._write(f"{{ set -Eeuo pipefail; {command}\n}} </dev/null >{quoted(out)} 2>&1")
        self._write(f": >{quoted(done)}")
        self._wait_for(done, out)
        return _text(out)

    def _wait_for(self, done, out):
        end = time.monotonic() + self.limit
        while not done.exists():
            if self.shell.poll() is not None:
                raise self._failure(_text(out))
            if time.monotonic() > end:
                raise Failed(f"timeout after {self.limit} seconds", _text(out))
            time.sleep(0.005)

    def _write(self, line):
        try:
            self.shell.stdin.write(line + "\n")
            self.shell.stdin.flush()
        except BrokenPipeError:
            pass  # the shell has ended: run() reports it

    def _failure(self, output):
        code, *line = _text(self.files / "failed").split() or [self.shell.returncode]
        log = _text(self.files / "shell.log")
        return Failed(f"exit code {code}", output + log, int(line[0]) if line else None)


def quoted(path):
    return shlex.quote(str(path))


def _text(path):
    return path.read_text(errors="replace") if path.exists() else ""
