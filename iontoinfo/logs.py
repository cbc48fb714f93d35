"""What the log says: what failed and where in the code, and nothing that a request brought.

A reader's address, path, query or header can stand in a message, in its values, and in the text of
an exception. So of what others log while requests are answered none of the three is written down.
"""

import fcntl
import json
import logging
import os
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from treatments.public import request_number

OURS = ("treatments.", "iontoinfo.")  # whose own messages never carry anything from a request
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
FRAMES = 60  # of a traceback, the innermost: without end is what ran into itself
CAUSES = 5
KEPT_ERRORS = 50
LARGEST_FILE = 200_000  # bytes
PATIENCE = 0.2  # seconds that an answer may wait for another process that writes an error down


class Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        if is_apart_from_requests(record):
            return super().format(record)
        number = request_number.current()
        level = f"{record.levelname} [{number}]" if number else record.levelname
        line = f"{self.formatTime(record)} {level} {record.name}: {said(record)}"
        return "\n".join([line, *raised(error_of(record))]).rstrip()


class Json(Discreet):
    """The same as one object a line: time (UTC), level, logger, request, said, raised (its lines)."""

    def format(self, record: logging.LogRecord) -> str:
        if apart := is_apart_from_requests(record):
            lines = self.formatException(record.exc_info).splitlines() if record.exc_info else []
        else:
            lines = [line for part in raised(error_of(record)) for line in part.splitlines()]
        return json.dumps(
            {
                "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
                "level": record.levelname,
                "logger": record.name,
                "request": request_number.current() or None,
                "said": record.getMessage() if apart else said(record),
                "raised": lines,
            },
            ensure_ascii=False,
        )


FORMATS = {"line": Discreet, "json": Json}  # by LOG_FORMAT


def error_of(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def is_apart_from_requests(record: logging.LogRecord) -> bool:
    """Starting, stopping and its processes are all that gunicorn's main thread speaks of."""
    return record.name.startswith("gunicorn.") and record.threadName == "MainThread"


def said(record: logging.LogRecord) -> str:
    if record.name.startswith(OURS):
        return record.getMessage()
    if request := getattr(record, "request", None):
        return f"{getattr(record, 'status_code', '?')} {_asked(request)}"
    if not record.args:  # somebody may have put the values into the message before
        return f"({record.module})"
    return _with_numbers_alone(record)


def _asked(request) -> str:
    """What kind of request it was, as our own code would say it."""
    method = getattr(request, "method", "")
    match = getattr(request, "resolver_match", None)
    kind = method if method in METHODS else "another method"
    return f"{kind}, {match.view_name} ({match.route})" if match else f"{kind}, no view"


def _with_numbers_alone(record: logging.LogRecord) -> str:
    args = record.args
    try:
        if isinstance(args, Mapping):
            return record.msg % {name: _number(value) for name, value in args.items()}
        return record.msg % tuple(_number(value) for value in args)
    except (TypeError, ValueError):
        return f"({record.module})"


def _number(value: object) -> object:
    return value if isinstance(value, int | float) else "…"


def raised(error: BaseException | None, left: int = CAUSES) -> Iterator[str]:
    """The frames and the class of an exception, and those of what it came from first."""
    if error is None or not left:
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    yield from raised(before, left - 1)
    frames = traceback.walk_tb(error.__traceback__)
    for frame in traceback.StackSummary.extract(frames, limit=-FRAMES).format():
        yield frame.rstrip("\n")
    yield f"{type(error).__module__}.{type(error).__qualname__}"


class RecentErrors(logging.Handler):
    """Keeps the last errors in a file that all processes share, for the admin's System page.

    A line of JSON each: when, which class, where in the code, which view, and the request's number,
    which whoever met it has read on their page. Whatever goes wrong in
    writing it, a full disk for example, is passed over: nobody's answer fails for it.
    """

    def __init__(self, filename: str):
        super().__init__()
        self.filename = filename

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(Exception):
            _append(self.filename, json.dumps(_outline(record)).encode() + b"\n")


def _outline(record: logging.LogRecord) -> dict[str, str]:
    error = error_of(record)
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
        "error": f"{type(error).__module__}.{type(error).__qualname__}" if error else record.name,
        "where": _innermost(error) if error else f"{record.module}:{record.lineno}",
        "view": match.view_name if match else "",
        "request": request_number.current(),
    }


def _innermost(error: BaseException) -> str:
    """The line of ours that failed, or that called what did; else the very last."""
    frames = [
        (frame.f_globals.get("__name__", ""), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    ours = [frame for frame in frames if frame[0].startswith(OURS)]
    return "{}:{}".format(*(ours or frames)[-1]) if frames else ""


def _append(filename: str, line: bytes) -> None:
    """Only ever a whole line. Raises OSError; what is too much goes from the beginning."""
    file = os.open(filename, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        _lock(file)
        size = os.fstat(file).st_size
        if size + len(line) > LARGEST_FILE:
            lines = os.pread(file, size, 0).splitlines(keepends=True)
            kept = b"".join(lines[-KEPT_ERRORS:])[-LARGEST_FILE // 2 :]
            size = os.pwrite(file, kept, 0)  # over what stood there: a full disk has room for it
            os.ftruncate(file, size)
        if os.pwrite(file, line, size) < len(line):
            os.ftruncate(file, size)
    finally:
        os.close(file)


def _lock(file: int) -> None:
    """Raises BlockingIOError where it is not to be had in time. Closing the file lets go of it."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(0.005)
