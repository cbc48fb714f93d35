"""Waiting for what another thread, process or machine does."""

import time
from collections.abc import Callable

PAUSE = 0.01  # seconds: whoever is waited for needs the processor


def within(seconds: float, happens: Callable[[], object]) -> None:
    """Asks again and again, and fails if it does not happen in time."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, f"did not happen within {seconds} s"
        time.sleep(PAUSE)
