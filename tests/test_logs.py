"""A failure can be found in the log; who asked, and for what, cannot."""

import fcntl
import io
import json
import logging
import os
import sys
import threading
from pathlib import Path

import pytest

from iontoinfo import logs
from iontoinfo.logs import Discreet, RecentErrors
from treatments.public import views

MARK = "SECRETMARK"


@pytest.fixture
def log():
    """What the handlers of the settings write, with every level let through."""
    root = logging.getLogger()
    (handler,) = (one for one in root.handlers if isinstance(one.formatter, Discreet))
    before, handler.stream = handler.stream, io.StringIO()
    yield handler.stream
    handler.stream = before


class Failing:
    """Fails in one way after another, each with the reader's words in it."""

    def by_itself(self, request):
        raise ValueError(f"cannot use {request.get_full_path()}")

    def because_of_another(self, request):
        try:
            self.by_itself(request)
        except ValueError as error:
            raise RuntimeError(request.path) from error

    def while_handling(self, request):
        try:
            b"\xff".decode()
        except UnicodeDecodeError:
            return {}[request.META["QUERY_STRING"]]

    def without_end(self, request):
        return self.without_end(request)


@pytest.mark.parametrize(
    ("way", "raised"),
    [
        ("by_itself", ["ValueError"]),
        ("because_of_another", ["ValueError", "RuntimeError"]),
        ("while_handling", ["UnicodeDecodeError", "KeyError"]),
        ("without_end", ["RecursionError"]),
    ],
)
@pytest.mark.parametrize("agent", [MARK, ""])
def test_a_failure_says_where_and_of_what_kind_and_nothing_of_the_reader(
    client, site, log, monkeypatch, way, raised, agent
):
    failing = Failing()
    monkeypatch.setattr(views, "fixed_page", lambda request, name: getattr(failing, way)(request))
    client.raise_request_exception = False
    answer = client.get(f"/bn/about/?{MARK}=1", headers={"user-agent": agent, "referer": MARK})
    assert answer.status_code == 500
    said = log.getvalue()
    assert MARK not in said and "127.0.0.1" not in said
    assert "500 GET, about (<language:language>/about/)" in said
    assert f"in {way}" in said and "tests/test_logs.py" in said
    assert [
        line.rpartition(".")[2] for line in said.splitlines() if line.startswith("builtins.")
    ] == raised
    assert len(said) < 50_000


@pytest.mark.parametrize(
    ("name", "message", "args"),
    [
        ("django.request", "%s: %s", ("Not Found", f"/bn/{MARK}")),
        ("django.security.DisallowedRedirect", f"Unsafe redirect to {MARK}", ()),
        ("django.security.csrf", "Forbidden (%s): %s", (MARK, MARK)),
        ("django.server", '"%s" %s %s', (f"GET /{MARK}", "500", "1")),
        ("axes", "AXES: %(who)s", ({"who": MARK},)),
        ("py.warnings", "%s", (f"UserWarning: {MARK}",)),
        ("gunicorn.error", f"Invalid request from ip=192.0.2.1: {MARK}", ()),
        ("gunicorn.error", "Error handling request %s", (f"/{MARK}",)),
        ("a.package.of.tomorrow", f"cannot read {MARK}", ()),
        ("a.package.of.tomorrow", "%d of %s", (MARK, 5)),
    ],
)
def test_what_others_log_of_a_request_is_left_out(name, message, args):
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, None)
    record.threadName = "ThreadPoolExecutor-0_0"  # where gunicorn answers
    said = Discreet().format(record)
    assert MARK not in said and "192.0.2.1" not in said
    assert name in said


def test_what_the_site_says_of_itself_stays_whole():
    record = logging.LogRecord(
        "treatments.page_cache.refresher",
        logging.WARNING,
        __file__,
        1,
        "The database is away: %s",
        ("no",),
        None,
    )
    assert (
        Discreet()
        .format(record)
        .endswith("WARNING treatments.page_cache.refresher: The database is away: no")
    )


def test_why_a_worker_does_not_start_stays_whole():
    try:
        raise ValueError("SECRET_KEY is too short")
    except ValueError as error:
        raised = (type(error), error, error.__traceback__)
    record = logging.LogRecord(
        "gunicorn.error", logging.ERROR, __file__, 1, "Exception in worker process", (), raised
    )
    assert "SECRET_KEY is too short" in Discreet().format(record)


# --- The last errors ------------------------------------------------------------------------------


@pytest.fixture
def recent(tmp_path) -> RecentErrors:
    return RecentErrors(tmp_path / "errors.jsonl")


def fail(recent: RecentErrors, message: str = MARK) -> None:
    try:
        raise ValueError(message)
    except ValueError:
        recent.handle(logging.makeLogRecord({"name": "x", "exc_info": sys.exc_info()}))


def kept(recent: RecentErrors) -> list[dict]:
    return [json.loads(line) for line in Path(recent.filename).read_text().splitlines()]


def test_a_failure_of_a_view_is_kept_with_nothing_of_the_reader(
    client, site, settings, monkeypatch, tmp_path
):
    handler = next(one for one in logging.getLogger().handlers if isinstance(one, RecentErrors))
    monkeypatch.setattr(handler, "filename", tmp_path / "errors.jsonl")
    monkeypatch.setattr(views, "fixed_page", lambda request, name: Failing().by_itself(request))
    client.raise_request_exception = False
    client.get(f"/en/about/?q={MARK}", headers={"User-Agent": MARK})
    (line,) = kept(handler)
    assert (line["error"], line["view"]) == ("builtins.ValueError", "about")
    assert line["where"].startswith("treatments.public.views:") and MARK not in str(line)


def test_the_file_of_the_last_errors_stays_small_and_keeps_fifty(recent, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST_FILE", 20_000)
    for _ in range(500):
        fail(recent)
        assert Path(recent.filename).stat().st_size <= 20_000
    assert len(kept(recent)) >= 50


def test_several_who_fail_at_once_keep_whole_lines(recent, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST_FILE", 20_000)
    monkeypatch.setattr(logs, "PATIENCE", 30)
    handlers = [RecentErrors(recent.filename) for _ in range(4)]
    threads = [
        threading.Thread(target=lambda one=one: [fail(one) for _ in range(100)]) for one in handlers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {line["error"] for line in kept(recent)} == {"builtins.ValueError"}


def test_what_cannot_be_written_down_is_passed_over(recent, monkeypatch):
    fail(recent)
    monkeypatch.setattr(logs.os, "pwrite", lambda file, data, at: os.write(file, data[:7]) * 0 + 7)
    fail(recent)
    monkeypatch.undo()
    assert len(kept(recent)) == 1  # the half of a line that a full disk took is gone again
    recent.filename = "/nowhere/at/all"
    fail(recent)


def test_nobody_waits_long_for_another_who_writes(recent, monkeypatch):
    monkeypatch.setattr(logs, "PATIENCE", 0)
    fail(recent)
    with open(recent.filename) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        fail(recent)
    assert len(kept(recent)) == 1
