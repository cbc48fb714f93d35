"""What the log says: what failed and where in the code, and nothing that a request brought.

A reader's address, path, query or header can stand in a message, in its values, and in the text of
an exception. So of what others log while requests are answered none of the three is written down.
"""

import logging
import traceback
from collections.abc import Iterator, Mapping

OURS = ("treatments.", "iontoinfo.")  # whose own messages never carry anything from a request
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
FRAMES = 60  # of a traceback, the innermost: without end is what ran into itself
CAUSES = 5


class Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        if is_apart_from_requests(record):
            return super().format(record)
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {_said(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([line, *_raised(error)]).rstrip()


def is_apart_from_requests(record: logging.LogRecord) -> bool:
    """Starting, stopping and its processes are all that gunicorn's main thread speaks of."""
    return record.name.startswith("gunicorn.") and record.threadName == "MainThread"


def _said(record: logging.LogRecord) -> str:
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


def _raised(error: BaseException | None, left: int = CAUSES) -> Iterator[str]:
    """The frames and the class of an exception, and those of what it came from first."""
    if error is None or not left:
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    yield from _raised(before, left - 1)
    frames = traceback.walk_tb(error.__traceback__)
    for frame in traceback.StackSummary.extract(frames, limit=-FRAMES).format():
        yield frame.rstrip("\n")
    yield f"{type(error).__module__}.{type(error).__qualname__}"
