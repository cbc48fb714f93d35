"""What watches the site asks for: /healthz, whether this process answers; /readyz, whether it can work.

Answered before anything else, so under whatever name and without TLS: they say nothing of the site
but yes or no. deploy/nginx.conf passes /readyz to this machine alone.
"""

import logging
import shutil
import threading
import time
from collections.abc import Callable, Mapping

from django.conf import settings
from django.db import close_old_connections, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers

from ..models.migrated import unapplied_migrations
from ..page_cache import invalidation

LEAST_DISK = 200 * 1024 * 1024  # bytes; a photo is drawn in nine files, and a backup wants room
KEPT_SECONDS = 1.0  # however often it is asked

log = logging.getLogger(__name__)


def answer_probes(get_response: Callable) -> Callable:
    def middleware(request: HttpRequest) -> HttpResponse:
        answer = PROBES.get(request.path_info)
        if answer is None or request.method not in ("GET", "HEAD"):
            return get_response(request)
        response = answer(request)
        add_never_cache_headers(response)
        response.headers["Content-Length"] = str(len(response.content))
        if request.method == "HEAD":
            response.content = b""
        return response

    return middleware


def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def readiness(request: HttpRequest) -> HttpResponse:
    """As JSON where that is asked for, else a line a check; 503 where one is not ok."""
    results = _results()
    status = 200 if all(results.values()) else 503
    words = {name: "ok" if is_ok else "not ok" for name, is_ok in results.items()}
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(words, status=status)
    text = "".join(f"{name}: {said}\n" for name, said in words.items())
    return HttpResponse(text, status=status, content_type="text/plain")


def is_migrated() -> bool:
    return not unapplied_migrations()


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def pages_can_be_written() -> bool:
    invalidation.FOLDER.mkdir(parents=True, exist_ok=True)
    trial = invalidation.FOLDER / "trial"
    invalidation.write_atomically(trial, b"written")
    return trial.read_bytes() == b"written"


def disk_has_room() -> bool:
    return shutil.disk_usage(settings.VAR_DIR).free >= LEAST_DISK


CHECKS: Mapping[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": is_migrated,
    "pages": pages_can_be_written,
    "disk": disk_has_room,
}

_asking = threading.Lock()
_latest: tuple[float, dict[str, bool]] = (float("-inf"), {})  # when, by time.monotonic(), and what


def _results() -> dict[str, bool]:
    """Of the last second; while they are looked at, those of before."""
    global _latest
    if time.monotonic() - _latest[0] < KEPT_SECONDS:
        return _latest[1]
    # At the first time there are none of before, and whoever asks waits.
    if not _asking.acquire(blocking=not _latest[1]):
        return _latest[1]
    try:
        if time.monotonic() - _latest[0] >= KEPT_SECONDS:
            results = {name: _is_ok(check) for name, check in CHECKS.items()}
            _latest = time.monotonic(), results
            close_old_connections()
        return _latest[1]
    finally:
        _asking.release()


def _is_ok(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever it is, the log has it from where it is in the way
        return False


PROBES = {"/healthz": health, "/readyz": readiness}
