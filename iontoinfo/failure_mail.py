"""Mails to the operator (ADMIN_MAIL) about what fails: the class, the frames and the view, as logged.

One an hour about the same kind of failure, and so many a day, from all processes of the machine
together. They are sent by a thread, and whatever becomes of them, no answer waits.
"""

import json
import logging
import os
import queue
import sys
import threading
import time
import traceback
from smtplib import SMTPException
from types import FrameType
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import CommandError

from .logs import Discreet, error_of, raised

AN_HOUR, A_DAY = 60 * 60.0, 24 * 60 * 60.0  # seconds
MOST_A_DAY = 20
WAITING = 20  # mails; what comes while so many wait is in the log alone

log = logging.getLogger(__name__)


class Failure(NamedTuple):
    kind: (
        str  # what counts as the same failure, such as "ValueError in treatments/public/live.py:61"
    )
    text: str


class FailureMail(logging.Handler):
    def __init__(self, level: int = logging.NOTSET):
        super().__init__(level)
        self.setFormatter(Discreet())
        self._queue: queue.Queue[Failure] = queue.Queue(WAITING)
        self._sender: threading.Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        error = error_of(record)
        if error is None:
            return
        try:
            self._queue.put_nowait(Failure(kind_of(error), self.format(record)))
        except queue.Full:
            return
        except Exception:
            self.handleError(record)
            return
        if not (self._sender and self._sender.is_alive()):  # none yet, or not in this process
            self._sender = threading.Thread(target=self._send, name="failure-mail", daemon=True)
            self._sender.start()

    def _send(self) -> None:
        """Never returns."""
        while True:
            tell_operator(self._queue.get())


def kind_of(error: BaseException) -> str:
    """Its class, and where in our own code it came from; a trouble of the database is one kind."""
    from treatments.page_cache.troubles import trouble_of  # the apps are ready by now

    if trouble := trouble_of(error):
        return trouble.value
    frames = [frame for frame, _line in traceback.walk_tb(error.__traceback__)]
    ours = [place for frame in frames if (place := _place_of_ours(frame))]
    return f"{type(error).__name__} in {ours[-1] if ours else 'another package'}"


def _place_of_ours(frame: FrameType) -> str:
    path, base = frame.f_code.co_filename, f"{settings.BASE_DIR}{os.sep}"
    name = path.removeprefix(base)
    outside = name == path or ".venv" in name
    return "" if outside else f"{name}, {frame.f_code.co_name}"


def tell_operator(failure: Failure) -> None:
    """Sends a mail, unless one of this kind went out within the hour. Never raises."""
    try:
        if _is_due(failure.kind):
            host = urlsplit(settings.PUBLIC_URL).hostname
            text = (
                f"{failure.text}\n\nThe same is mailed once an hour at most, and {MOST_A_DAY} mails a "
                "day in all; the log has every failure. See “It is down” in docs/operate.md.\n"
            )
            EmailMessage(f"{host}: {failure.kind}"[:150], text, to=[settings.ADMIN_MAIL]).send()
    except Exception as error:
        known = isinstance(error, SMTPException | OSError)
        log.warning("A failure could not be mailed: %s", type(error).__name__, exc_info=not known)


_sent: list[tuple[float, str]] = []  # when, as a Unix time, and of what kind; where no file can be


def _is_due(kind: str) -> bool:
    """Claims a mail of that kind for this moment, whether or not it then arrives."""
    from treatments.page_cache.invalidation import machine_lock, write_atomically

    global _sent
    file, now = settings.VAR_DIR / "failure-mails.json", time.time()
    try:
        with machine_lock("failure-mail", patience=5):
            try:
                sent = [(float(at), str(what)) for at, what in json.loads(file.read_bytes())]
            except (OSError, ValueError, TypeError):
                sent = []
            is_due, sent = _claimed(kind, [*sent, *_sent], now)
            write_atomically(file, json.dumps(sent).encode())
            _sent = []
    except OSError:  # a full disk
        is_due, _sent = _claimed(kind, _sent, now)
    return is_due


def _claimed(
    kind: str, sent: list[tuple[float, str]], now: float
) -> tuple[bool, list[tuple[float, str]]]:
    sent = [(at, what) for at, what in sent if now - A_DAY < at <= now]
    lately = any(what == kind and at > now - AN_HOUR for at, what in sent)
    is_due = not lately and len(sent) < MOST_A_DAY
    return is_due, [*sent, (now, kind)] if is_due else sent


def tell_of_command(error: BaseException, name: str) -> None:
    """Mails that a command has failed which nobody watches, such as a timer's: the sentence that it
    ended with, or of what it did not expect the class and the frames."""
    failed = error.__context__ if isinstance(error, SystemExit) else error
    has_said_why = isinstance(failed, CommandError)
    if not (has_said_why or failed is error) or not isinstance(failed, Exception):
        return
    if sys.stderr.isatty() or not (settings.configured and settings.ADMIN_MAIL):
        return
    why = [str(failed)] if has_said_why else raised(failed)
    kind = f"{name} failed" if has_said_why else f"{name}: {kind_of(failed)}"
    tell_operator(Failure(kind, "\n".join([f"The command {name} failed.", *why])))
