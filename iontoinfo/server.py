"""gunicorn as it serves the site: what it logs, and how it parts from whoever sends too much.

An answer reaches a sender only if what is still coming is taken off the line: otherwise the system
resets the connection and the answer is lost. gunicorn does that in the thread that all connections
of a worker pass through, and waits there for two seconds. Here it is done whenever something comes,
without a copy: the bytes are thrown away by the system.
"""

import logging
import socket
import time
from dataclasses import dataclass
from functools import partial
from selectors import EVENT_READ

from gunicorn import glogging
from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker

from .logs import Discreet, is_apart_from_requests

MOST = 200  # connections at a time
PATIENCE = 30.0  # seconds in all: a photo over a slow line, so that a nurse reads why not
SILENCE = 5.0  # seconds without a byte
PIECE = bytearray(1024 * 1024)  # never written to: it only says how much to throw away at once


@dataclass
class Leaving:
    sock: socket.socket
    until: float  # in seconds, as time.monotonic() counts them
    silent_until: float


class Worker(ThreadWorker):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.leaving: dict[socket.socket, Leaving] = {}  # the main thread's alone; oldest first

    def handle_request(self, req: Request, conn: TConn):
        if brings_a_body(req):
            req.force_close()  # it may be left unread, and no thread is to wait for the rest
        return super().handle_request(req, conn)

    def handle(self, conn: TConn):
        stays = super().handle(conn)
        if not stays:
            conn.close = partial(self.part_from, conn.sock)
        return stays

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


def brings_a_body(req: Request) -> bool:
    return any(
        name == "TRANSFER-ENCODING" or (name == "CONTENT-LENGTH" and value != "0")
        for name, value in req.headers
    )


class Logger(glogging.Logger):
    def setup(self, cfg) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Discreet(self.error_fmt, self.datefmt))
            handler.addFilter(_is_worth_a_line)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Whoever sends what is no request must not fill the log either: gunicorn warns of each."""
    return record.levelno > logging.WARNING or is_apart_from_requests(record)
