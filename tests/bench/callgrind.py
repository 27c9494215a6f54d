"""Counts the instructions of a server with valgrind."""

import os
import pathlib
import re
import shutil
import subprocess
import time

from server import Server

ENVIRONMENT = {
    # The allocator returns memory to the system after a time, so a row would count it by chance.
    "MALLOC_CONF": "dirty_decay_ms:-1,muzzy_decay_ms:-1",
    # The C library and OpenSSL choose functions for the processor. These are the same everywhere.
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM",
    "OPENSSL_ia32cap": ":~0x80120",  # no AVX2, BMI2 and ADX
}


class Callgrind:
    """A server under valgrind. It is ten times as fast before it counts for the first time."""

    def __init__(self, folder):
        os.environ.update(ENVIRONMENT)
        self.output = pathlib.Path(folder, "callgrind.out")
        self.own = None  # instructions of a query
        options = [f"--callgrind-out-file={self.output}", "--instr-atstart=no"]
        self.server = Server(
            *(folder, "--seed", "1", "--clock", "2026-01-01T00:00:00Z"),
            wrapper=["valgrind", "--tool=callgrind", *options],
        )

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.server.stop()

    def start(self):
        self._command("instrumentation", "on")
        totals = [self._total() for _ in range(3)]
        self.own = totals[2] - totals[1]

    def instructions(self, action):
        """Returns how many instructions the server takes for `action`."""
        before = self._total()
        action()
        return self._total() - before - self.own

    def profile(self, action, file):
        """Writes the profile of `action` to a file for callgrind_annotate."""
        self._command("zero")
        action()
        self._wait_until_idle()
        self._command("dump")
        file.parent.mkdir(exist_ok=True)
        shutil.copy(f"{self.output}.1", file)

    def _total(self):
        self._wait_until_idle()
        return int(re.search(r"events-1: (\d+)", self._command("status", "internal")).group(1))

    def _wait_until_idle(self):
        """Waits until the server sleeps: it sends a response before the end of its work."""
        state = pathlib.Path(f"/proc/{self.server.process.pid}/stat")
        sleeps = 0
        while sleeps < 3:
            sleeps = sleeps + 1 if ") S " in state.read_text() else 0
            time.sleep(0.001)

    def _command(self, *words):
        command = ["vgdb", f"--pid={self.server.process.pid}", *words]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
        if ran.returncode:
            raise SystemExit(ran.stderr)
        return ran.stdout
