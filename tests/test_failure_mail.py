"""The operator hears of failures by mail: rarely, soon, and nothing of who asked for what."""

import io
import json
import logging
import smtplib
import sys
import threading

import pytest
from django.core import mail
from django.core.management import CommandError

import manage
from iontoinfo import failure_mail
from iontoinfo.failure_mail import Failure, FailureMail, kind_of, tell_of_command, tell_operator
from iontoinfo.logs import FORMATS
from treatments.page_cache import invalidation
from treatments.public import request_number, views

MARK = "SECRETMARK"


@pytest.fixture
def operator(settings, tmp_path, monkeypatch):
    """A machine of its own, whose operator reads mail; and its clock: `operator.now`."""
    settings.ADMIN_MAIL, settings.VAR_DIR = "operator@example.org", tmp_path
    settings.DEFAULT_FROM_EMAIL = "site@example.org"
    monkeypatch.setattr(invalidation, "LOCKS", tmp_path / "locks")
    monkeypatch.setattr(failure_mail, "_sent", [])

    class Clock:
        now = 1_800_000_000.0

    monkeypatch.setattr(failure_mail.time, "time", lambda: Clock.now)
    return Clock


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:
        return caught


def test_a_mail_says_where_and_of_what_kind_and_nothing_of_the_reader(
    client, site, operator, monkeypatch
):
    def fails(request, name):
        raise ValueError(request.get_full_path())

    monkeypatch.setattr(views, "fixed_page", fails)
    client.raise_request_exception = False
    handler, handled = FailureMail(logging.ERROR), []
    monkeypatch.setattr(handler._queue, "put_nowait", handled.append)
    monkeypatch.setattr(handler, "_sender", threading.current_thread())
    logging.getLogger().addHandler(handler)
    try:
        client.get(f"/bn/about/?{MARK}=1", headers={"user-agent": MARK})
    finally:
        logging.getLogger().removeHandler(handler)
    for failure in handled:
        tell_operator(failure)
    (sent,) = mail.outbox
    assert sent.to == ["operator@example.org"]
    assert "ValueError in tests/test_failure_mail.py, fails" in sent.subject
    assert "500 GET, about (<language:language>/about/)" in sent.body
    assert "in fails" in sent.body and "builtins.ValueError" in sent.body
    assert MARK not in sent.subject + sent.body and "127.0.0.1" not in sent.body


def test_the_same_failure_is_mailed_once_an_hour(operator):
    for kind in ("a", "a", "b", "a"):
        tell_operator(Failure(kind, ""))
    assert [sent.subject for sent in mail.outbox] == ["127.0.0.1: a", "127.0.0.1: b"]
    operator.now += 60 * 60
    tell_operator(Failure("a", ""))
    assert len(mail.outbox) == 3


def test_no_more_than_twenty_a_day_from_all_processes(operator, monkeypatch, settings):
    for number in range(30):
        monkeypatch.setattr(failure_mail, "_sent", [])  # another process
        tell_operator(Failure(f"kind {number}", ""))
    assert len(mail.outbox) == 20
    operator.now += 24 * 60 * 60
    tell_operator(Failure("kind 1", ""))
    assert len(mail.outbox) == 21
    (settings.VAR_DIR / "failure-mails.json").write_text("{")
    tell_operator(Failure("kind 2", ""))
    assert len(mail.outbox) == 22


def test_a_full_disk_is_mailed_of_once_too(operator, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(invalidation, "write_atomically", full)
    for _ in range(3):
        tell_operator(Failure("full", ""))
    assert len(mail.outbox) == 1


def test_a_server_that_takes_no_mail_harms_nobody(operator, monkeypatch, caplog):
    def refuse(message):
        raise smtplib.SMTPServerDisconnected(MARK)

    monkeypatch.setattr(failure_mail.EmailMessage, "send", refuse)
    tell_operator(Failure("a", ""))
    assert "SMTPServerDisconnected" in caplog.text and MARK not in caplog.text


def test_what_cannot_be_mailed_in_time_is_left_to_the_log(operator, monkeypatch):
    handler = FailureMail(logging.ERROR)
    monkeypatch.setattr(handler, "_sender", threading.current_thread())  # busy with one mail
    error = raised(ValueError(MARK))
    record = logging.LogRecord("a", logging.ERROR, "", 1, "m", (), (ValueError, error, None))
    for _ in range(failure_mail.WAITING + 5):
        handler.handle(record)
    assert handler._queue.qsize() == failure_mail.WAITING


def test_one_trouble_of_the_disk_is_one_kind_wherever_it_shows():
    here, there = raised(OSError(28, "full")), OSError(28, "full")
    assert kind_of(here) == kind_of(there) != kind_of(raised(ValueError()))


@pytest.mark.parametrize(("watched", "mails"), [(False, 1), (True, 0)])
def test_a_job_that_fails_is_mailed_of_unless_somebody_watches(
    operator, monkeypatch, watched, mails
):
    monkeypatch.setattr(
        failure_mail.sys, "stderr", type("", (), {"isatty": lambda self: watched})()
    )
    try:
        try:
            raise CommandError("2 could not be told.")
        except CommandError:
            raise SystemExit(1)  # noqa: B904 - as Django does
    except SystemExit as error:
        tell_of_command(error, "tell_reviewers")
    assert len(mail.outbox) == mails
    for sent in mail.outbox:
        assert sent.subject == "127.0.0.1: tell_reviewers failed"
        assert sent.body.startswith("The command tell_reviewers failed.\n2 could not be told.\n\n")
        assert "Traceback" not in sent.body and "CommandError" not in sent.body


def test_a_backup_that_fails_is_one_mail_with_the_reason(operator, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["manage.py", "backup", "--keep", "0"])
    monkeypatch.setattr(failure_mail.sys, "stderr", io.StringIO())
    with pytest.raises(SystemExit):
        manage.main()
    (sent,) = mail.outbox
    assert "No backup was taken. --keep needs a number from 1" in sent.body


def test_what_a_command_did_not_expect_is_mailed_with_its_place_and_not_its_words(operator):
    tell_of_command(raised(ValueError(MARK)), "sweep_pictures")
    (sent,) = mail.outbox
    assert "builtins.ValueError" in sent.body and MARK not in sent.subject + sent.body


def test_a_command_that_just_ends_is_no_failure(operator):
    tell_of_command(SystemExit(0), "check")
    tell_of_command(KeyboardInterrupt(), "check")
    assert not mail.outbox


def test_the_log_may_be_json(monkeypatch):
    error = raised(ValueError(MARK))
    number = request_number.begin()
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 1, f"no {MARK}", (), (ValueError, error, error.__traceback__)
    )  # fmt: skip
    said = FORMATS["json"]().format(record)
    request_number.end()
    assert "\n" not in said and MARK not in said
    plain = json.loads(said)
    assert (plain["level"], plain["logger"]) == ("ERROR", "django.request")
    assert plain["request"] == number
    assert plain["raised"][-1] == "builtins.ValueError"
