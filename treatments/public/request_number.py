"""The number of the request that is being answered: on the page of an error, and in the log's lines.

Made here, whatever a client sends, and of digits alone, so that somebody can say it on the phone.
"""

import secrets
from contextvars import ContextVar

DIGITS = 8

_current: ContextVar[str] = ContextVar("request_number", default="")


def begin() -> str:
    """A new number, from now on the one of this thread's request."""
    number = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    _current.set(number)
    return number


def end() -> None:
    _current.set("")


def current() -> str:
    """Such as "48219035"; empty where nothing is being answered."""
    return _current.get()


def in_two_halves() -> str:
    """As it is read out: "4821 9035"."""
    number = current()
    return f"{number[: DIGITS // 2]} {number[DIGITS // 2 :]}".strip()
