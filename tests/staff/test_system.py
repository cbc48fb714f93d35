"""The System page: what it says of the site, and what of it stands on the start page."""

import json
import shutil
import smtplib
import socket
import ssl
import threading
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import hypothesis
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone
from hypothesis import strategies as st

from treatments.staff import mail, system

from ..pages import soup, squeezed
from .test_in_bangla import left_in_english, switch
from .test_roles import people

__all__ = ["people"]

URL = reverse("admin:system")
DAY = timedelta(days=1)
GIB = 1024**3
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch, settings):
    """The files that the page reads, of a site by itself."""
    monkeypatch.setattr(system, "BACKUP", tmp_path / "last_backup.json")
    monkeypatch.setattr(system, "CERTIFICATE", tmp_path / "certificate.json")
    for module in (system, mail):
        monkeypatch.setattr(module, "FAILED", tmp_path / "mail_failed.json")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100 * GIB, 50 * GIB, 50 * GIB))
    settings.ERRORS_FILE = tmp_path / "errors.jsonl"
    return tmp_path


def lines(response) -> dict[str, str]:
    """What each line says, by what it is about."""
    return {squeezed(row.dt): squeezed(row.dd) for row in soup(response).select(".system > div")}


def wrong(response) -> list[str]:
    return [squeezed(name) for name in soup(response).select(".system .wrong dt")]


def on_the_start_page(client) -> list[str]:
    return [squeezed(line) for line in soup(client.get("/admin/")).select(".system-warnings li")]


def note_backup(files, **more) -> None:
    noted = {
        "finished_at": timezone.now().isoformat(), "path": "/backups/1.tar", "bytes": 3 * 1024**2,
        "verified": True, "error": None,
    }  # fmt: skip
    (files / "last_backup.json").write_text(json.dumps(noted | more), "utf-8")


def test_everything_is_said_of_a_site_that_is_well(staff, site, files):
    note_backup(files)
    page = staff.get(URL)
    assert wrong(page) == [] and on_the_start_page(staff) == []
    said = lines(page)
    assert said["Version of the site"] == "0.1.0"
    assert "3.0 MB, checked" in said["Last backup"]
    assert "are free" in said["Space on the disk"]
    assert said["Errors of the program"] == "none noted"
    assert "on this machine" in said["Finished pages"]
    assert said["Database"].startswith(("SQLite, ", "PostgreSQL, "))
    assert said["Tables of the database"] == "fit this version"
    assert said["Certificate"] == "not used here"
    assert said["Mail"] == "not set up: nobody is told what waits"


def test_it_is_in_bangla_too(staff, site, files):
    switch(staff)
    note_backup(files, error="disk full")
    note_error(files)
    assert not left_in_english(soup(staff.get(URL)), ("nurse",))
    assert "ব্যাকআপ" in on_the_start_page(staff)[0]


def test_only_an_administrator_is_shown_and_told(client, people, files):
    note_backup(files, error="disk full")
    for role, sees in (("Publisher", False), ("Administrator", True)):
        client.force_login(people[role])
        assert bool(on_the_start_page(client)) == sees
        assert bool(soup(client.get("/admin/")).select(f"#content-main a[href='{URL}']")) == sees
        assert client.get(URL).status_code == (200 if sees else 403)


# --- Backups --------------------------------------------------------------------------------------


def test_a_site_without_a_backup_says_what_to_do(staff, site, settings):
    assert "set up the daily backup" in lines(staff.get(URL))["Last backup"]
    assert not on_the_start_page(staff)  # of a local copy
    settings.LOCAL = False
    assert on_the_start_page(staff) == ["Last backup: No backup has been made yet."]


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ({"error": "No space left on device"}, "failed"),
        ({"error": "No such folder", "bytes": None, "verified": False}, "failed"),
        ({"verified": False}, "was not checked"),
        ({"finished_at": (datetime.now(UTC) - 3 * DAY).isoformat()}, "more than two days ago"),
        ({"finished_at": (datetime.now() - 3 * DAY).isoformat()}, "more than two days ago"),
        ({"finished_at": "yesterday"}, "cannot be read"),
        ({"finished_at": None}, "cannot be read"),
    ],
)
def test_a_backup_that_is_none_is_said_on_both_pages(staff, site, files, noted, said):
    note_backup(files, **noted)
    page = staff.get(URL)
    assert wrong(page) == ["Last backup"] and said in lines(page)["Last backup"]
    assert "What to do:" in lines(page)["Last backup"]
    (line,) = on_the_start_page(staff)
    assert said in line


def test_of_a_backup_that_failed_the_last_whole_one_is_said_too(staff, site, files):
    whole = {"finished_at": "2026-03-08T22:00:00+00:00", "verified": True, "error": None}
    note_backup(files, error="No space left on device", verified=False, last_whole=whole)
    said = lines(staff.get(URL))["Last backup"]
    assert "failed. The last whole one is of 9 March 2026, 04:00." in said
    assert "No space left on device" in said and wrong(staff.get(URL)) == ["Last backup"]
    (line,) = on_the_start_page(staff)
    assert "9 March 2026" in line


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", "null", "\x00"])
def test_a_damaged_note_breaks_no_page(staff, site, files, text):
    for name in ("last_backup.json", "certificate.json", "errors.jsonl"):
        (files / name).write_text(text, "utf-8")
    assert "cannot be read" in lines(staff.get(URL))["Last backup"]
    assert len(on_the_start_page(staff)) == 1


JUNK = [
    "[" * 100_000, '{"a":' * 100_000, "1e999", "9" * 5000, "[]", "null", "\x00", "{}", '"a"',
]  # fmt: skip
ODD_VALUES = st.sampled_from(
    [
        None, True, 0, -1, 2**70, float("inf"), float("nan"), "", "\ud800", "yesterday", [], {},
        "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "2026-03-09T04:00:00",
        "2026-03-09T04:00:00+00:00", "2026-03-09", "a" * 3000, "<b>",
    ]
)  # fmt: skip
NAMES = (
    "ends_at", "at", "error", "where", "view", "request", "finished_at", "bytes", "verified",
    "last_whole",
)  # fmt: skip
NOTES = st.sampled_from(JUNK) | st.fixed_dictionaries(dict.fromkeys(NAMES, ODD_VALUES)).map(
    json.dumps
)


@hypothesis.settings(
    max_examples=40, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(NOTES)
@hypothesis.example(json.dumps(dict.fromkeys(NAMES, "9999-12-31T23:59:59+00:00")))
@hypothesis.example(json.dumps(dict.fromkeys(NAMES, "2026-03-09T04:00:00")))
@hypothesis.example("[" * 100_000)
def test_whatever_is_noted_breaks_no_page(staff, site, files, settings, note):
    settings.SENDS_MAIL = True
    for name in ("last_backup.json", "certificate.json", "errors.jsonl", "mail_failed.json"):
        (files / name).write_text(note, "utf-8")
    assert staff.get(URL).status_code == 200
    assert staff.get("/admin/").status_code == 200


@pytest.mark.parametrize("said", [float("inf"), 1.5, -1, 2**70, "3", [], {}])
def test_what_is_noted_as_a_size_is_one(said):
    with pytest.raises(ValueError):
        system.size_noted(said)
    assert (system.size_noted(None), system.size_noted(3)) == (0, 3)


# --- Mail -----------------------------------------------------------------------------------------


def test_mail_that_cannot_be_sent_is_said_until_one_is_sent(
    staff, site, files, settings, monkeypatch
):
    note_backup(files)
    settings.SENDS_MAIL, settings.EMAIL_BACKEND = True, "treatments.staff.mail.NotingBackend"
    assert lines(staff.get(URL))["Mail"] == "set up"

    def refuse(self, messages):
        raise smtplib.SMTPAuthenticationError(535, b"SECRETMARK")

    with monkeypatch.context() as patch:
        patch.setattr(mail.smtp.EmailBackend, "send_messages", refuse)
        mail._send(EmailMessage("a", "b", to=["rina@example.org"]))
    page = staff.get(URL)
    assert wrong(page) == ["Mail"]
    said = lines(page)["Mail"]
    assert "could not be sent" in said and "SMTPAuthenticationError" in said
    assert "What to do: Tell whoever looks after the server" in said
    assert not {"rina", "SECRETMARK"} & {*said.split()}
    (line,) = on_the_start_page(staff)
    assert line.startswith("Mail: The mail of ")

    monkeypatch.setattr(mail.smtp.EmailBackend, "send_messages", lambda self, messages: 1)
    call_command("sendtestemail", "rina@example.org")
    assert lines(staff.get(URL))["Mail"] == "set up" and not on_the_start_page(staff)


# --- The disk -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "free", "is_low"),
    [
        (100 * GIB, 11 * GIB, False),
        (100 * GIB, 9 * GIB, True),
        (5 * GIB, GIB - 1, True),
        (5 * GIB, GIB + 1, False),
    ],
)
def test_a_disk_that_is_nearly_full_is_said_on_both_pages(
    staff, site, files, monkeypatch, total, free, is_low
):
    note_backup(files)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(total, total - free, free))
    page = staff.get(URL)
    assert wrong(page) == ["Space on the disk"] * is_low
    assert len(on_the_start_page(staff)) == is_low
    assert f"({100 * free // total} %)" in lines(page)["Space on the disk"]


# --- Errors, pages and tables ---------------------------------------------------------------------


def note_error(files, **more) -> None:
    noted = {"at": timezone.now().isoformat(), "error": "builtins.ValueError"}
    noted |= {
        "where": "treatments.public.views:42",
        "view": "treatment",
        "request": "48219035",
    } | more
    with (files / "errors.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(noted) + "\n")


def test_the_last_errors_are_listed_the_newest_first(staff, site, files):
    for number in range(60):
        note_error(files, error=f"builtins.Error{number}")
    with (files / "errors.jsonl").open("a") as file:
        file.write('{"at": "half a li')
    page = staff.get(URL)
    listed = [squeezed(code) for code in soup(page).select(".errors code")]
    assert len(listed) == 50
    assert "builtins.Error59 · treatments.public.views:42 · treatment" in listed[0]
    assert wrong(page)[-1] == "Errors of the program"


def test_errors_of_the_day_before_yesterday_are_no_alarm(staff, site, files):
    note_backup(files)
    note_error(files, at=(timezone.now() - 2 * DAY).isoformat())
    page = staff.get(URL)
    assert not wrong(page) and soup(page).select(".errors code")


@pytest.mark.parametrize(
    ("ahead", "is_wrong"), [(timedelta(), False), (timedelta(minutes=4), False), (DAY, True)]
)
def test_a_clock_that_is_behind_the_last_change_is_said_on_both_pages(
    staff, site, monkeypatch, ahead, is_wrong
):
    ledger = SimpleNamespace(stamp=int((timezone.now() + ahead).timestamp() * 1e9))
    monkeypatch.setattr(system, "load_ledger", lambda: ledger)
    response = staff.get(URL)
    assert ("Clock of the server" in wrong(response)) == is_wrong
    assert ("Publish nothing until" in lines(response)["Clock of the server"]) == is_wrong
    said = [line for line in on_the_start_page(staff) if line.startswith("Clock of the server")]
    assert len(said) == is_wrong


@pytest.mark.parametrize("stamp", [0, -1, 2**80, float("nan"), "x", None])
def test_whatever_the_ledger_has_for_a_moment_breaks_no_page(staff, site, monkeypatch, stamp):
    monkeypatch.setattr(system, "load_ledger", lambda: SimpleNamespace(stamp=stamp))
    assert staff.get(URL).status_code == staff.get("/admin/").status_code == 200


def test_pages_that_are_not_trusted_are_said(staff, site, files, monkeypatch):
    note_backup(files)
    monkeypatch.setattr(system, "ledger_if_trusted", lambda: None)
    assert wrong(staff.get(URL)) == ["Finished pages"]


def test_an_update_that_was_not_finished_is_said(staff, site, files, monkeypatch):
    note_backup(files)
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [1, 2])
    assert "2 changes are missing" in lines(staff.get(URL))["Tables of the database"]


# --- The certificate ------------------------------------------------------------------------------


class Server:
    """Shakes hands once, with a certificate for `localhost` that ends when it is said to."""

    def __init__(self, folder, ends_at: datetime):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(ends_at - 90 * DAY)
            .not_valid_after(ends_at)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.certificate = folder / "server.pem"
        pem = serialization.Encoding.PEM
        private = key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.certificate.write_bytes(private + made.public_bytes(pem))
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        accepted, _address = self.socket.accept()
        try:
            context.wrap_socket(accepted, server_side=True).close()
        except OSError:
            accepted.close()


@pytest.fixture
def served(files, settings, monkeypatch):
    """`served(ends_at)`: the site is public under a server with such a certificate."""
    sockets = []

    def serve(ends_at: datetime, *, accepted: bool = True) -> None:
        server = Server(files, ends_at)
        sockets.append(server.socket)
        settings.LOCAL, settings.PUBLIC_URL = False, f"https://localhost:{server.port}"
        if accepted:
            ours = ssl.create_default_context(cafile=server.certificate)
            monkeypatch.setattr(ssl, "create_default_context", lambda: ours)

    note_backup(files)
    yield serve
    for one in sockets:
        one.close()


def test_the_end_of_the_certificate_is_asked_for_and_noted(staff, site, served):
    served(timezone.now() + 60 * DAY)
    page = staff.get(URL)
    assert lines(page)["Certificate"].startswith("ends on ") and not wrong(page)
    assert on_the_start_page(staff) == []


def test_a_certificate_that_ends_soon_stands_on_the_start_page_too(staff, site, served):
    served(timezone.now() + 13 * DAY)
    assert on_the_start_page(staff) == []  # nobody has asked yet, and the start page never asks
    assert wrong(staff.get(URL)) == ["Certificate"]
    (line,) = on_the_start_page(staff)
    assert line.startswith("Certificate: ends on ")


def test_a_certificate_that_browsers_refuse_is_said(staff, site, served):
    served(timezone.now() + 60 * DAY, accepted=False)
    assert "Browsers do not accept it" in lines(staff.get(URL))["Certificate"]


def test_a_certificate_that_has_ended_is_said(staff, site, served):
    served(timezone.now() - DAY)
    assert "expired" in lines(staff.get(URL))["Certificate"]


def test_a_name_that_does_not_answer_is_said_in_time(staff, site, files, settings, monkeypatch):
    monkeypatch.setattr(system, "HANDSHAKE", 0.05)
    note_backup(files)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes calls, and says nothing
        port = silent.getsockname()[1]
        settings.LOCAL, settings.PUBLIC_URL = False, f"https://localhost:{port}"
        page = staff.get(URL)
    assert "could not be asked" in lines(page)["Certificate"] and not wrong(page)
