"""Waiting for what another thread, process or machine does."""

import time
from collections.abc import Callable

PAUSE = 0.01  # seconds: whoever is waited for needs the processor


def within(seconds: float, happens: Callable[[], object]) -> None:
    """Asks again and again, and fails if it does not happen in time.

    What counts is when it was asked, not how long the answer took on a busy machine: the last
    time it is asked begins after the end.
    """
    end = time.monotonic() + seconds
    while True:
        begun = time.monotonic()
        if happens():
            return
        assert begun < end, f"did not happen within {seconds} s"
        time.sleep(PAUSE)
