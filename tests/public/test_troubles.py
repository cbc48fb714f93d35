"""What is said where the database or the disk is in trouble: to staff, to patients, to the operator."""

import errno
import logging
import re
import sqlite3

import psycopg
import pytest
from django.db import OperationalError

from iontoinfo.logs import Discreet
from treatments.page_cache import troubles
from treatments.page_cache.troubles import Trouble, trouble_of
from treatments.public import errors, views

DASHBOARD = "/admin/"


def of_sqlite(name: str) -> Exception:
    error = sqlite3.DatabaseError("whatever it says")
    error.sqlite_errorname = name
    return wrapped(error)


def of_postgresql(sqlstate: str) -> Exception:
    return wrapped(psycopg.errors.lookup(sqlstate)("whatever it says"))


def wrapped(error: Exception) -> Exception:
    """As Django hands it on."""
    try:
        raise OperationalError from error
    except OperationalError as outer:
        return outer


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (of_sqlite("SQLITE_CANTOPEN"), Trouble.AWAY),
        (of_sqlite("SQLITE_NOTADB"), Trouble.DAMAGED),
        (of_sqlite("SQLITE_CORRUPT_VTAB"), Trouble.DAMAGED),
        (of_sqlite("SQLITE_FULL"), Trouble.FULL),
        (of_sqlite("SQLITE_READONLY_DBMOVED"), Trouble.READ_ONLY),
        (of_sqlite("SQLITE_BUSY"), Trouble.BUSY),
        (of_sqlite("SQLITE_CONSTRAINT"), None),
        (wrapped(sqlite3.OperationalError("no such table: x")), Trouble.UNPREPARED),
    ],
)
def test_sqlites_errors(error, trouble, monkeypatch):
    monkeypatch.setattr(troubles.connection, "vendor", "sqlite")
    monkeypatch.setattr(troubles.connection, "Database", sqlite3)
    assert trouble_of(error) is trouble


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (of_postgresql("53100"), Trouble.FULL),
        (of_postgresql("53300"), Trouble.AWAY),  # too many connections
        (of_postgresql("57P03"), Trouble.AWAY),
        (of_postgresql("25006"), Trouble.READ_ONLY),
        (of_postgresql("42P01"), Trouble.UNPREPARED),
        (of_postgresql("XX001"), Trouble.DAMAGED),
        (of_postgresql("23505"), None),
        (wrapped(psycopg.OperationalError("connection refused")), Trouble.AWAY),
    ],
)
def test_postgresqls_errors(error, trouble, monkeypatch):
    monkeypatch.setattr(troubles.connection, "vendor", "postgresql")
    monkeypatch.setattr(troubles.connection, "Database", psycopg)
    assert trouble_of(error) is trouble


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def failing(client, monkeypatch):
    """A site whose every page fails with an error: `failing(error)`."""
    client.raise_request_exception = False
    monkeypatch.setattr(errors, "_told", {})

    def fail_with(error):
        def fails(*args, **more):
            raise error

        monkeypatch.setattr(views, "fixed_page", fails)
        monkeypatch.setattr("treatments.staff.dashboard.rows", fails)

    return fail_with


@pytest.mark.parametrize(("language", "words"), [("en", "disk is full"), ("bn", "ডিস্ক ভরে গেছে")])
def test_staff_read_what_is_wrong_and_the_number_that_the_log_has(
    staff, failing, caplog, monkeypatch, language, words
):
    staff.post("/admin/language/", {"language": language})
    failing(FULL)
    said = []
    write = lambda record: said.append(Discreet().format(record))  # noqa: E731
    monkeypatch.setattr(caplog.handler, "emit", write)
    answer = staff.get(DASHBOARD)
    assert answer.status_code == 503
    assert words in answer.text
    number = answer.headers["X-Request-Id"]
    assert re.fullmatch(r"[0-9]{8}", number)
    shown = re.search(r"[0-9০-৯]{4} [0-9০-৯]{4}", answer.text)[0]
    assert str(int(shown.replace(" ", ""))).zfill(8) == number
    assert any(Trouble.FULL.value in line for line in said)
    assert all(f"[{number}]" in line for line in said) and said


def test_patients_read_the_page_that_says_whom_to_call(client, site, failing):
    failing(FULL)
    answer = client.get("/bn/about/")
    assert answer.status_code == 503
    assert "এখন দেখানো যাচ্ছে না" in answer.text
    assert "X-Request-Id" not in answer.headers  # kept for a second, for whoever asks


def test_a_failure_of_ours_has_a_number_too(client, site, failing):
    failing(ValueError("no"))
    answer = client.get("/en/about/", headers={"x-request-id": "87654321"})
    number = answer.headers["X-Request-Id"]
    assert answer.status_code == 500 and number != "87654321"
    assert f"{number[:4]} {number[4:]}" in answer.text


def test_a_page_for_everybody_has_no_number(client, site, staff):
    assert "X-Request-Id" not in client.get("/en/about/").headers
    assert staff.get(DASHBOARD).headers["X-Request-Id"] != staff.get(DASHBOARD).headers[
        "X-Request-Id"
    ]  # fmt: skip


def test_the_operator_is_told_once_a_minute(client, site, failing, caplog):
    failing(FULL)
    for _ in range(3):
        client.get("/en/about/")
    told = [record for record in caplog.records if record.getMessage() == Trouble.FULL.value]
    assert [record.levelno for record in told] == [logging.ERROR]
