"""A short run of the soak test. tests/soak/soak runs for ten minutes by default."""

import sys

from papersail import HOME, run


def test_the_server_keeps_its_memory_flat_under_mixed_load():
    shown = run(sys.executable, HOME / "tests/soak/soak", "--seconds", "4", "--grow", "16")
    assert "end: " in shown
