"""The Linux namespaces of the engine."""

import contextlib
import ctypes
import os
import pathlib

# All processes in the namespaces end with the process that this command starts.
OWN = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
CLONE_NEWNET = 0x40000000


def is_separate(pid):
    """True if the process runs and has a network namespace of its own."""
    with contextlib.suppress(OSError):
        return os.readlink(f"/proc/{pid}/ns/net") != os.readlink("/proc/self/ns/net")
    return False


def has_device(pid, name):
    """True if the process runs and its network namespace has this device."""
    with contextlib.suppress(OSError):
        return f"{name}:" in pathlib.Path(f"/proc/{pid}/net/dev").read_text()
    return False


def enter_network(pid):
    """Moves this thread and its later children into the network namespace of a process."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open(f"/proc/{pid}/ns/net") as network:
        if libc.setns(network.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")


def signal_child(pid, number):
    """Sends a signal to the child of unshare, which ignores signals, or to `pid` if it has none."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        first = children.read_text().split() or [pid]
        os.kill(int(first[0]), number)
