"""gunicorn as it serves the site: what it logs, and how it parts from whoever sends too much.

An answer reaches a sender only if what is still coming is taken off the line: otherwise the system
resets the connection and the answer is lost. gunicorn does that in the thread that all connections
of a worker pass through, and waits there for two seconds. Here it is done whenever something comes,
without a copy: the bytes are thrown away by the system.
"""

import errno
import logging
import os
import select
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from selectors import EVENT_READ

from gunicorn import glogging
from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker

from .logs import FORMATS, Discreet, is_apart_from_requests

MOST = 200  # connections at a time
PATIENCE = 30.0  # seconds in all: a photo over a slow line, so that a nurse reads why not
SILENCE = 5.0  # seconds without a byte
PIECE = bytearray(1024 * 1024)  # never written to: it only says how much to throw away at once

HEADERS = 10.0  # seconds in which a request's headers have to come
BODY = 20.0  # seconds for what is sent, and
SLOWEST = 32 * 1024  # as many more as it takes at so many bytes a second
STALL = 20.0  # seconds without a byte


@dataclass
class Leaving:
    sock: socket.socket
    until: float  # in seconds, as time.monotonic() counts them
    silent_until: float


class Worker(ThreadWorker):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.leaving: dict[socket.socket, Leaving] = {}  # the main thread's alone; oldest first
        # Half of the threads may wait for what is still coming; the others are readers'.
        self.waiting = threading.Semaphore(max(self.cfg.threads // 2, 1))

    def handle_request(self, req: Request, conn: TConn):
        if length := body_length(req):
            req.force_close()  # it may be left unread, and no thread is to wait for the rest
            conn.until = time.monotonic() + BODY + length / SLOWEST
        return super().handle_request(req, conn)

    def handle(self, conn: TConn):
        conn.until = time.monotonic() + HEADERS
        if not conn.initialized:
            conn.init = partial(self._begin, conn)
        stays = super().handle(conn)
        if not stays:
            conn.close = partial(self.part_from, conn.sock)
        return stays

    def _begin(self, conn: TConn) -> None:
        del conn.init  # its own again, and once: it is called at every request
        conn.init()
        unreader = conn.parser.unreader
        unreader.chunk = partial(self._next_piece, conn, unreader.chunk)

    def _next_piece(self, conn: TConn, chunk: Callable, size: int | None = None) -> bytes:
        """What comes next from a sender. Raises ConnectionResetError for one who is too slow, or
        where too many others are waited for already."""
        if not _is_there(conn.sock, 0):
            left = min(conn.until - time.monotonic(), STALL)
            if left <= 0 or not self.waiting.acquire(blocking=False):
                raise ConnectionResetError(errno.ECONNRESET, "nobody waits for the rest")
            try:
                if not _is_there(conn.sock, left):
                    raise ConnectionResetError(errno.ECONNRESET, "nothing came for too long")
            finally:
                self.waiting.release()
        return chunk(size)

    def part_from(self, sock: socket.socket, graceful: bool = True) -> None:
        """Says that nothing more will be answered, and closes when nothing more comes."""
        now = time.monotonic()
        try:
            sock.shutdown(socket.SHUT_WR)
            sock.setblocking(False)
        except OSError:
            sock.close()
            return
        if len(self.leaving) >= MOST:
            self._close(next(iter(self.leaving.values())))
        one = Leaving(sock, now + PATIENCE, now + SILENCE)
        self.leaving[sock] = one
        self.poller.register(sock, EVENT_READ, partial(self._throw_away, one))

    def _throw_away(self, one: Leaving, _sock: socket.socket) -> None:
        try:
            taken = one.sock.recv_into(PIECE, len(PIECE), socket.MSG_TRUNC)
        except BlockingIOError:
            return
        except OSError:
            taken = 0
        now = time.monotonic()
        one.silent_until = now + SILENCE
        if not taken or now > one.until:
            self._close(one)

    def _close(self, one: Leaving) -> None:
        del self.leaving[one.sock]
        self.poller.unregister(one.sock)
        one.sock.close()

    def murder_pending(self) -> None:
        """Called at every turn of the main thread's loop, at least once a second."""
        super().murder_pending()
        now = time.monotonic()
        for one in [*self.leaving.values()]:
            if now > min(one.until, one.silent_until):
                self._close(one)


def _is_there(sock: socket.socket, seconds: float) -> bool:
    """Whether a socket has something to read, at the latest in so many seconds."""
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def body_length(req: Request) -> int:
    """In bytes; 1 for a body that does not say how long it is."""
    for name, value in req.headers:
        if name == "TRANSFER-ENCODING":
            return 1
        if name == "CONTENT-LENGTH":
            return int(value) if value.isascii() and value.isdigit() else 1
    return 0


class Logger(glogging.Logger):
    def setup(self, cfg) -> None:
        super().setup(cfg)
        # What else this may be is refused by the settings.
        form = FORMATS.get(os.environ.get("LOG_FORMAT", "").strip(), Discreet)
        for handler in self.error_log.handlers:
            handler.setFormatter(form(self.error_fmt, self.datefmt))
            handler.addFilter(_is_worth_a_line)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Whoever sends what is no request must not fill the log either: gunicorn warns of each."""
    return record.levelno > logging.WARNING or is_apart_from_requests(record)
