"""The store of finished pages, in front of Django.

A page is rendered once, compressed once, and answered from then on as finished bytes: from memory,
or from a file that all workers of the machine share and that outlives them. invalidation.py knows when a
page is no longer right. Whatever is not plainly somebody reading a page goes to Django untouched.
"""

import hashlib
import json
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.http import parse_http_date_safe

from . import invalidation
from .invalidation import Ledger, ledger_if_trusted, machine_lock, write_atomically
from .page import (
    ENCODINGS,
    STORED,
    Answer,
    Environ,
    Headers,
    Page,
    _digest,
    compress,
    compressed_answer,
    encoding_for,
    is_tracking,
    slug_of,
)

CONTENT_TYPES = (
    "text/html",
    "text/plain",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
)
LONGEST_PATH = 200
FINISHED_HEADERS = {  # which Django's answer may carry and the store writes itself
    "cache-control",
    "content-encoding",
    "content-length",
    "etag",
    "expires",
    "vary",
}
MEMORY_ANSWERS = 10_000
ANSWER_OVERHEAD = 1_500  # bytes of memory beside the body
MISSING = 200  # addresses remembered as not there
MISSING_SECONDS = 10.0
AWAY_SECONDS = 1.0
PATIENCE = 5.0  # seconds that a request waits for another one to finish the same page
KNOWN_HOSTS = 100
PAGE_FILES = "*/" + "[0-9a-f]" * 24  # a folder for each release

log = logging.getLogger(__name__)

# --- One page -----------------------------------------------------------------------------------


# --- The store ----------------------------------------------------------------------------------


def release_digest(*more: Path) -> str:
    """What the pages are made with: another code, template, text or static file, another release.

    `more`: folders that count as well.
    """
    wiring = settings.BASE_DIR / settings.ROOT_URLCONF.partition(".")[0]
    roots = [
        Path(__file__).parent.parent,
        wiring,
        *settings.STATICFILES_DIRS,
        *settings.LOCALE_PATHS,
        *more,
    ]
    roots += [folder for engine in settings.TEMPLATES for folder in engine["DIRS"]]
    files = [path for root in roots for path in Path(root).rglob("*.*") if path.is_file()]
    files += [settings.BASE_DIR / "requirements.txt", settings.STATIC_ROOT / "staticfiles.json"]
    kept = (path for path in files if path.suffix not in (".pyc", ".po"))
    return digest_of_files(kept, settings.PUBLIC_URL)


def digest_of_files(paths: Iterable[Path], *words: str) -> str:
    """Of their names and of what is in them; those that are not there do not count."""
    whole = hashlib.blake2b("\n".join(words).encode(), digest_size=8)
    for path in sorted({*paths}):
        if path.exists():
            whole.update(f"\n{path}\n".encode() + path.read_bytes())
    return whole.hexdigest()


def size_of_files() -> tuple[int, int]:
    """How many finished pages this machine has in files, and how many bytes they are."""
    sizes = []
    for file in invalidation.FOLDER.glob(PAGE_FILES):
        with suppress(OSError):  # it was thrown away meanwhile
            sizes.append(file.stat().st_size)
    return len(sizes), sum(sizes)


class Pages:
    """A WSGI application around Django's own."""

    def __init__(self, django: Callable):
        self.django = django
        self.folder = invalidation.FOLDER / release_digest()
        self._memory: dict[tuple[str, str], Answer] = {}
        self._memory_bytes = 0
        self._memory_lock = threading.Lock()
        self._missing: dict[tuple[str, str], Answer] = {}
        self._away: dict[str, Answer] = {}
        self._hosts: set[str] = set()
        self._session = f"{settings.SESSION_COOKIE_NAME}="

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        try:
            answer = self._answer(environ)
        except Exception:  # whatever is wrong here, Django makes the page
            log.exception("The store of pages stumbled")
            answer = None
        if answer:
            return answer.send(environ, start_response)
        return self.django(environ, start_response)

    def _answer(self, environ: Environ) -> Answer | None:
        if not self._is_reading(environ):
            return None
        path = environ["PATH_INFO"]
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        answer, ledger = self._memory.get((path, encoding)), ledger_if_trusted()
        if answer and ledger and answer.holds(ledger, time.time()):
            return answer
        return self._fetch(path, encoding, ledger)

    # What may be answered from the store

    def _is_reading(self, environ: Environ) -> bool:
        query = environ.get("QUERY_STRING")
        cookies = environ.get("HTTP_COOKIE")
        return (
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and not environ.get("SCRIPT_NAME")
            and (not query or is_tracking(query))
            and not (cookies and self._session in cookies)
            and (not settings.SECURE_SSL_REDIRECT or is_secure(environ))
            and (environ.get("HTTP_HOST") in self._hosts or self._is_our_host(environ))
        )

    def _is_our_host(self, environ: Environ) -> bool:
        host = environ.get("HTTP_HOST", "")
        ours = validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
        if ours and len(self._hosts) < KNOWN_HOSTS:
            self._hosts.add(host)
        return ours

    # From memory, from a file, from Django

    def _fetch(self, path: str, encoding: str, ledger: Ledger | None) -> Answer | None:
        """The answer for a path that memory has no right one for; None where Django is to answer."""
        if ledger is None or len(path) > LONGEST_PATH or not STORED.fullmatch(path):
            return None
        now = time.time()
        missing = self._missing.get((path, encoding))
        if missing and missing.holds(ledger, now):
            return missing
        page = self._read(path)
        if not (page and page.holds(ledger, now)):
            page = self._make(path, encoding)
        if isinstance(page, Answer):
            return page
        answer = compressed_answer(page, encoding)
        self._remember((path, encoding), answer)
        return answer

    def renew(self, path: str) -> bool:
        """Makes a page again where it no longer holds. False where the database is away."""
        page, ledger = self._read(path), ledger_if_trusted()
        if ledger and page and page.holds(ledger, time.time()):
            return True
        page_made = self._make(path, "identity")
        return isinstance(page_made, Page) or not page_made.status.startswith("503")

    def _make(self, path: str, encoding: str) -> Page | Answer:
        """A page made now, by this request or by another one that was quicker."""
        stripe = hashlib.blake2b(path.encode(), digest_size=1).hexdigest()
        with machine_lock(f"page-{stripe}", patience=PATIENCE):
            ledger, now = ledger_if_trusted(), time.time()
            page, away = self._read(path), self._away.get(path[:4])
            if ledger and page and page.holds(ledger, now):
                return page
            # A change entered since then means that the database is back.
            if away and (away.holds(ledger, now) if ledger else away.until > now):
                return away
            status, headers, body = self._ask_django(path)
            until = _end(headers, ledger, now) if ledger else None
            if ledger and status.startswith("200") and may_be_stored(headers):
                shown = ledger.shown_by(slug_of(path))
                page = _finished(path, headers, body, shown=shown, until=until)
                self._write(page)
                return page
            self.throw_away(path)
            answer = _unstored(status, headers, body, encoding)
            if status.startswith("404") and ledger:
                answer.shown = ledger.everything
                answer.until = min(until or float("inf"), now + MISSING_SECONDS)
                _keep(self._missing, (path, encoding), answer, MISSING)
            elif status.startswith("503"):
                answer.shown, answer.until = ledger.everything if ledger else "", now + AWAY_SECONDS
                _keep(self._away, path[:4], answer, MISSING)
            return answer

    def _ask_django(self, path: str) -> tuple[str, Headers, bytes]:
        """Django's answer to a request that says nothing about who asks."""
        started: list = []
        response = self.django(
            anonymous_request(path),
            lambda status, headers, exc_info=None: started.extend((status, headers)),
        )
        try:
            body = b"".join(response)
        finally:
            if hasattr(response, "close"):
                response.close()
        return started[0], started[1], body

    # Memory and files

    def _remember(self, key: tuple[str, str], answer: Answer) -> None:
        most = settings.PAGES_MEMORY_MB * 1024 * 1024
        with self._memory_lock:
            self._forget(key)
            self._memory[key] = answer
            self._memory_bytes += len(answer.body) + ANSWER_OVERHEAD
            while self._memory_bytes > most or len(self._memory) > MEMORY_ANSWERS:
                self._forget(next(iter(self._memory)))

    def _forget(self, key: tuple[str, str]) -> None:
        if answer := self._memory.pop(key, None):
            self._memory_bytes -= len(answer.body) + ANSWER_OVERHEAD

    def _file(self, path: str) -> Path:
        return self.folder / _digest(path.encode())

    def _read(self, path: str) -> Page | None:
        try:
            page = Page.from_bytes(self._file(path).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return page if page.path == path else None

    def _write(self, page: Page) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file(page.path), page.to_bytes())
        except OSError:  # a full disk: the page is answered all the same, and made again
            self.throw_away(page.path)

    def throw_away(self, path: str) -> None:
        self._file(path).unlink(missing_ok=True)

    def stored(self) -> Iterator[str]:
        """The paths of all pages in files, newest first; those of an earlier release too."""
        files = sorted(invalidation.FOLDER.glob(PAGE_FILES), key=_changed_at, reverse=True)
        for file in files:
            try:
                with file.open("rb") as opened:
                    yield json.loads(opened.readline())["path"]
            except (OSError, ValueError, KeyError):
                continue


def _changed_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _keep(kept: dict, key: Any, answer: Answer, most: int) -> None:
    if len(kept) >= most:
        kept.clear()
    kept[key] = answer


# --- Asking Django, and finishing what it answers -----------------------------------------------


def is_secure(environ: Environ) -> bool:
    """As Django sees it: only a proxy of ours may say that the reader came by https."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, url = settings.SECURE_PROXY_SSL_HEADER
        request_says = environ.get(name)
        if request_says is not None:
            return request_says.split(",", 1)[0].strip() == url
    return environ.get("wsgi.url_scheme") == "https"


def anonymous_request(path: str) -> Environ:
    """A GET as somebody sends it who is nobody in particular."""
    address = urlsplit(settings.PUBLIC_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": address.hostname,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": address.netloc,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": address.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if settings.SECURE_PROXY_SSL_HEADER and address.scheme == "https":
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        environ[name] = secure
    return environ


def may_be_stored(headers: Headers) -> bool:
    """Nothing meant for one reader only."""
    values = {name.lower(): value.lower() for name, value in headers}
    control = values.get("cache-control", "")
    return (
        "set-cookie" not in values
        and "no-store" not in control
        and "private" not in control
        and "content-encoding" not in values
        and {part.strip() for part in values.get("vary", "").split(",")} <= {"", "accept-encoding"}
        and values.get("content-type", "").partition(";")[0] in CONTENT_TYPES
    )


def _end(headers: Headers, ledger: Ledger, now: float) -> float | None:
    """When a page made now ends by itself: at a scheduled change, or when its view says (Expires)."""
    request_says = next((value for name, value in headers if name.lower() == "expires"), None)
    ends = [ledger.next_boundary(now), parse_http_date_safe(request_says) if request_says else None]
    return min((end for end in ends if end is not None), default=None)


def _finished(path: str, headers: Headers, body: bytes, *, shown: str, until: float | None) -> Page:
    kept = [(name, value) for name, value in headers if name.lower() not in FINISHED_HEADERS]
    # The headers too: one that has changed must reach browsers that hold the same body.
    tag = _digest(repr(kept).encode() + body)
    bodies = {encoding: compress(body, encoding, best=True) for encoding in ENCODINGS}
    return Page(path, shown, until, kept, tag, bodies)


def _unstored(status: str, headers: Headers, body: bytes, encoding: str) -> Answer:
    """An answer as Django gave it; a page that says what is wrong is compressed in passing."""
    if not status.startswith(("404", "503")) or encoding == "identity":
        return Answer(status, headers, body)
    body = compress(body, encoding, best=False)
    kept = [(name, value) for name, value in headers if name.lower() not in FINISHED_HEADERS - {"cache-control"}]  # fmt: skip
    kept += [("Vary", "Accept-Encoding"), ("Content-Encoding", encoding)]
    return Answer(status, [*kept, ("Content-Length", str(len(body)))], body)
