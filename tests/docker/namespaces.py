"""Linux namespaces, as far as the engine needs them."""

import contextlib
import ctypes
import os
import pathlib

# What runs in them ends with the process that this makes.
OWN = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
CLONE_NEWNET = 0x40000000


def is_separate(pid):
    """Whether the process has left our network."""
    return os.readlink(f"/proc/{pid}/ns/net") != os.readlink("/proc/self/ns/net")


def enter_network(pid):
    """Moves this thread, and all that it starts, into the network of a process."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open(f"/proc/{pid}/ns/net") as network:
        if libc.setns(network.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")


def signal_first(pid, number):
    """Signals the first process of the namespaces that unshare made, which ignores signals itself."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        first = children.read_text().split() or [pid]
        os.kill(int(first[0]), number)
