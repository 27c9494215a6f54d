"""The soak in short: tests/soak/soak runs for ten minutes."""

import sys

from papersail import HOME, run


def test_memory_stays_flat_under_mixed_load():
    shown = run(sys.executable, HOME / "tests/soak/soak", "--seconds", "4", "--grow", "16")
    assert "end: " in shown
