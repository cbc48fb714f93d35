"""Passwords are hashed one at a time, beside the threads that answer readers.

A hash takes most of a second of a core. So a worker makes one at a time, in a thread of its own to
which the system prefers every other; and who finds it taken is told so, or waits a little.
"""

import os
import sys
import threading
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils.crypto import constant_time_compare

PATIENCE = 5.0  # seconds that staff wait for their turn; strangers wait none
RETRY_SECONDS = 5
LOWEST = 19  # of what Unix calls niceness

_readers_first = True  # changed by who has the turn
_turn = threading.RLock()  # a thread that has its turn may hash more than once in it


class Busy(Exception):
    """Another password is being hashed; ask again in RETRY_SECONDS."""


@contextmanager
def hashing_slot(patience: float) -> Iterator[None]:
    """Has the hashing to itself. Raises Busy after `patience` seconds, with 0 at once.

    To be entered before a transaction is begun: who has the turn may wait for the database, and
    never the other way round.
    """
    if not _turn.acquire(timeout=patience):
        raise Busy
    try:
        yield
    finally:
        _turn.release()


@contextmanager
def without_waiting() -> Iterator[None]:
    """What is hashed meanwhile by who has the turn is not slowed down: others wait for it."""
    global _readers_first
    _readers_first = False
    try:
        yield
    finally:
        _readers_first = True


def is_busy() -> bool:
    """Whether somebody else's password is being hashed at this moment."""
    if not _turn.acquire(timeout=0):
        return True
    _turn.release()
    return False


def _step_back() -> None:
    if sys.platform == "linux":  # elsewhere a thread has no priority of its own
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWEST)


_beside = ThreadPoolExecutor(1, thread_name_prefix="passwords", initializer=_step_back)


def normalise_password(password: str) -> str:
    """The form in which passwords are kept and compared, whatever keyboard they come from."""
    return unicodedata.normalize("NFKC", password)


def _forms(password: str) -> list[str]:
    """What a typed password may have been kept as: in its normal form, before also as typed."""
    return list(dict.fromkeys([normalise_password(password), password]))


class PasswordHasher(PBKDF2PasswordHasher):
    """Django's own, for passwords in their normal form, one at a time."""

    def encode(self, password, salt, iterations=None):
        return self._hash(normalise_password(password), salt, iterations)

    def verify(self, password, encoded):
        kept = self.decode(encoded)
        return any(
            constant_time_compare(encoded, self._hash(form, kept["salt"], kept["iterations"]))
            for form in _forms(password)
        )

    def harden_runtime(self, password, encoded):
        kept = self.decode(encoded)
        if (missing := self.iterations - kept["iterations"]) > 0:
            for form in _forms(password):
                self._hash(form, kept["salt"], missing)

    def _hash(self, password: str, salt: str, iterations: int | None) -> str:
        with hashing_slot(PATIENCE):
            if not _readers_first:
                return super().encode(password, salt, iterations)
            return _beside.submit(super().encode, password, salt, iterations).result()
