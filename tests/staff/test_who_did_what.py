"""Who did what: what is recorded, by whom, and that nobody takes it back."""

import threading
from contextlib import contextmanager, suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from treatments.models import Act, AuditEntry, Clinic, FailedLogins, Publication, audit, triggers
from treatments.models.audit import NeverChanged
from treatments.publishing import slugs
from treatments.publishing.comparison import compare
from treatments.publishing.confirmations import confirm, take_back
from treatments.publishing.publish import cancel_scheduled, publish, withdraw
from treatments.publishing.reviews import record_review
from treatments.roles import make_groups
from treatments.staff import login_events

from ..admin_forms import form_data
from ..conftest import NOW, PASSWORD
from ..live import Machine
from ..sheet import saved
from .test_history import write
from .test_last_administrator import deleted, send, switched_off

LATER = NOW + timedelta(days=2)


@pytest.fixture
def log(nurse):
    """`log()`: what was recorded since the beginning of the test, the oldest first."""
    since = AuditEntry.objects.order_by("number").last().number

    def recorded() -> list[AuditEntry]:
        return list(AuditEntry.objects.filter(number__gt=since).order_by("number"))

    return recorded


def told(entries) -> list[tuple]:
    """What was done, by whom, and on what beside a page."""
    values = ((value for _name, value in sorted(entry.details.items())) for entry in entries)
    return [
        (entry.act, entry.person_name, *more) for entry, more in zip(entries, values, strict=True)
    ]


def unbroken() -> str:
    out = StringIO()
    call_command("check_log", stdout=out)
    return out.getvalue()


@contextmanager
def without_guard():
    """The table as somebody finds it who took the triggers away first."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


# --- Pages ----------------------------------------------------------------------------------------


def test_publishing_planning_and_withdrawing_are_recorded_once_each(log, nurse, iontophoresis):
    withdraw(iontophoresis, ["bn"], now=LATER, by=nurse)
    newest = iontophoresis.snapshots.first()
    publish(newest, ["bn"], now=LATER, by=nurse)
    publish(newest, ["bn"], now=LATER, by=nurse)  # is live already
    withdraw(iontophoresis, ["en", "bn"], now=LATER, by=nurse, at=LATER + timedelta(days=1))
    at = LATER + timedelta(days=3)
    (planned,) = publish(newest, ["en"], now=LATER, by=nurse, at=at)
    cancel_scheduled(planned, now=LATER, by=nurse)
    assert told(log()) == [
        ("withdrawn", "nurse", ["bn"]),
        ("published", "nurse", ["bn"]),
        ("withdrawal_planned", "nurse", (LATER + timedelta(days=1)).isoformat(), ["bn", "en"]),
        ("scheduled", "nurse", at.isoformat(), ["en"]),
        ("cancelled", "nurse", ["en"]),
    ]
    assert {entry.page for entry in log()} == {iontophoresis.pk}
    assert {entry.page_en for entry in log()} == {str(iontophoresis)}
    assert not any(entry.page_bn.isascii() for entry in log())


def test_what_is_confirmed_reviewed_and_given_a_new_address_is_recorded(log, nurse, iontophoresis):
    bangla = iontophoresis.benefit_set.first().text_bn
    second = write(iontophoresis, by=None, text_bn=bangla.replace("।", " ।", 1))
    open_ = compare(second, ["bn"], at=LATER).open
    (done,) = confirm(second, ["bn"], [each.key for each in open_], at=LATER, now=LATER, by=nurse)
    take_back(iontophoresis, done.key, now=LATER, by=nurse)
    take_back(iontophoresis, done.key, now=LATER, by=nurse)  # nothing is there any more
    record_review(
        second, "bn", reviewer="R", qualification="Q", reviewed_on=LATER.date(),
        next_due=LATER.date() + timedelta(days=90), now=LATER, by=nurse,
    )  # fmt: skip
    slugs.change_slug(iontophoresis, "other", now=LATER, by=nurse)
    assert told(log()) == [
        ("confirmed", "nurse", 1),
        ("taken_back", "nurse"),
        ("reviewed", "nurse", ["bn"]),
        ("address_changed", "nurse"),
    ]


def test_a_save_of_a_text_is_no_entry(staff, log, iontophoresis):
    before = len(log())
    assert saved(staff, iontophoresis, "benefits", "safe", text_en="Safe.").status_code == 302
    assert len(log()) == before


def test_what_is_not_published_leaves_no_entry(log, nurse, iontophoresis):
    withdraw(iontophoresis, ["bn"], now=LATER, by=nurse)
    before = log()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(iontophoresis.snapshots.first(), ["bn"], now=LATER, by=nurse)
        raise ZeroDivisionError
    assert log() == before


@pytest.fixture
def nothing_recorded(monkeypatch):
    def fail(*args, **more):
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(audit, "_append", fail)
    monkeypatch.setattr(audit.FailedLogins.objects, "get_or_create", fail)


def test_what_cannot_be_recorded_is_not_done(staff, nurse, iontophoresis, nothing_recorded):
    live = Publication.objects.live(LATER).count()
    with pytest.raises(DatabaseError), transaction.atomic():
        withdraw(iontophoresis, ["bn"], now=LATER, by=nurse)
    assert Publication.objects.live(LATER).count() == live
    clinic = Clinic.the_one()
    clinic.emergency_number = "16263"
    with pytest.raises(DatabaseError), transaction.atomic():
        clinic.save(by=nurse)
    with pytest.raises(DatabaseError), transaction.atomic():
        User.objects.create_user("rina")
    assert not User.objects.filter(username="rina").exists()


def test_the_clinics_details_are_named_and_not_told(log, nurse, site):
    clinic = Clinic.the_one()
    clinic.save()
    before = len(log())
    clinic.emergency_number = "16263"
    clinic.save(by=nurse)
    clinic.save(by=nurse)  # nothing is different
    assert told(log()[before:]) == [("clinic_changed", "nurse", ["emergency_number"])]


def test_a_page_that_was_deleted_keeps_its_name(staff, log, iontophoresis):
    Publication.objects.filter(treatment=iontophoresis).delete()
    title = str(iontophoresis)
    page = reverse("admin:treatments_treatment_delete", args=[iontophoresis.pk])
    send(staff, page, {"post": "yes"})
    assert (log()[-1].act, log()[-1].page_en) == ("page_deleted", title)


def test_what_is_done_at_the_server_is_by_nobody(log, site, tmp_path):
    call_command("dump_content", tmp_path, stdout=StringIO())
    call_command("withdraw", "iontophoresis", stdout=StringIO())
    assert told(log()) == [("dumped", ""), ("withdrawn", "", ["bn", "en"])]
    assert not any(entry.person for entry in log())


# --- Logins ---------------------------------------------------------------------------------------


def try_to_log_in(client, name: str, password: str):
    form = form_data(client.get("/admin/login/").content, "login-form")
    return client.post("/admin/login/", form | {"username": name, "password": password})


def test_who_comes_and_goes_is_recorded(client, log, nurse):
    try_to_log_in(client, "nurse", PASSWORD)
    client.post("/admin/logout/")
    assert told(log()) == [("logged_in", "nurse"), ("logged_out", "nurse")]


def test_wrong_logins_are_counted_by_the_hour_and_nothing_typed_is_kept(client, log, nurse):
    for name in ("nurse", "nurse", "hunter2-typed-in-the-wrong-field"):
        try_to_log_in(client, name, "wrong")
    assert {(row.login, row.number) for row in FailedLogins.objects.all()} == {
        ("nurse", 2),
        ("", 1),
    }
    assert log() == []
    FailedLogins.objects.update(hour=NOW)
    try_to_log_in(client, "nurse", PASSWORD)
    assert told(log()) == [
        ("login_failed", "", "", 1),
        ("login_failed", "", "nurse", 2),
        ("logged_in", "nurse"),
    ]
    assert log()[0].done_at == NOW and not FailedLogins.objects.exists()


def test_who_mistyped_is_told_so_even_if_it_cannot_be_counted(client, nurse, nothing_recorded):
    assert "correct" in try_to_log_in(client, "nurse", "wrong").content.decode()


def test_what_happens_to_logins_is_recorded_with_who_did_it(staff, log, nurse):
    make_groups(Group, Permission)
    editor, reviewer = (Group.objects.get(name=name) for name in ("Editor", "Reviewer"))
    new = {"username": "rina7", "password1": PASSWORD + " or two", "first_name": "Rina"}
    new |= {"password2": new["password1"], "groups": [editor.pk]}
    start = len(log())
    send(staff, reverse("admin:auth_user_add"), new)
    rina = User.objects.get(username="rina7")
    page = reverse("admin:auth_user_change", args=[rina.pk])
    send(staff, page, {"groups": [reviewer.pk]})
    other = {"password1": "quite another word", "password2": "quite another word"}
    send(staff, reverse("admin:auth_user_password_change", args=[rina.pk]), other)
    switched_off(staff, rina)
    send(staff, page, {"is_active": "on"})
    deleted(staff, rina)
    assert told(log()[start:]) == [
        ("login_made", "nurse", "Rina (rina7)"),
        ("role_given", "nurse", "Rina (rina7)", "Editor"),
        ("role_taken", "nurse", "Rina (rina7)", "Editor"),
        ("role_given", "nurse", "Rina (rina7)", "Reviewer"),
        ("password_changed", "nurse", "Rina (rina7)"),
        ("login_switched_off", "nurse", "Rina (rina7)"),
        ("login_switched_on", "nurse", "Rina (rina7)"),
        ("login_deleted", "nurse", "Rina (rina7)"),
    ]


def test_a_changed_mail_address_and_user_name_are_recorded_without_the_address(staff, log, nurse):
    rina = User.objects.create_user("rina", email="rina@example.org", is_staff=True)
    start = len(log())
    page = reverse("admin:auth_user_change", args=[rina.pk])
    send(staff, page, {"email": "somebody@example.net"})
    send(staff, page, {"username": "rina8"})
    send(staff, page, {"last_name": "Akter"})
    rina.email = ""
    rina.save(update_fields=["email"])
    written = log()[start:]
    assert told(written)[:2] == [
        ("mail_changed", "nurse", "rina"),
        ("user_name_changed", "nurse", "rina", "rina8"),
    ]
    assert [entry.act for entry in written] == ["mail_changed", "user_name_changed", "mail_changed"]
    assert not [entry for entry in written if "@" in str(entry.details)]
    assert written[2].person is None


def test_ones_own_password_and_a_login_made_at_the_server(staff, log, nurse):
    start = len(log())
    other = "quite another word"
    sent = {"old_password": PASSWORD, "new_password1": other, "new_password2": other}
    send(staff, reverse("admin:password_change"), sent)
    make_groups(Group, Permission)
    call_command("create_staff", "rina", "--role=Editor", stdout=StringIO())
    assert told(log()[start:]) == [
        ("password_changed", "nurse"),
        ("login_made", "", "rina"),
        ("role_given", "", "rina", "Editor"),
    ]
    rina = User.objects.get(username="rina")
    rina.groups.clear()
    assert told(log())[-1] == ("role_taken", "", "rina", "Editor")


def test_a_password_hashed_anew_at_a_login_was_not_changed(log, nurse):
    nurse.password = nurse.password.replace("$", "$0", 1)
    nurse.save(update_fields=["password"])
    assert log() == []


def test_an_entry_keeps_the_name_of_a_deleted_login(staff, log, iontophoresis):
    rina = User.objects.create_user("rina7", first_name="Rina", last_name="Akter", is_staff=True)
    withdraw(iontophoresis, ["bn"], now=LATER, by=rina)
    deleted(staff, rina)
    (entry,) = (each for each in log() if each.act == Act.WITHDRAWN)
    assert (entry.person, entry.person_name) == (rina.pk, "Rina Akter (rina7)")
    assert "Unbroken" in unbroken()


def test_a_name_as_long_as_can_be_is_recorded_with_its_login(log, nurse):
    rina = User.objects.create_user(
        "r" * 150, first_name="R" * 150, last_name="A" * 150, is_staff=True
    )
    entry = audit.record(Act.LOGGED_IN, now=NOW, by=rina)
    most = AuditEntry._meta.get_field("person_name").max_length
    assert len(entry.person_name) == most and entry.person_name.endswith(f" ({'r' * 150})")


def test_only_while_somebody_acts_is_it_theirs(log, nurse):
    with login_events.acting(nurse):
        User.objects.create_user("rina")
    User.objects.create_user("karim")
    assert told(log()) == [("login_made", "nurse", "rina"), ("login_made", "", "karim")]


# --- Nobody takes it back -------------------------------------------------------------------------


def test_the_program_changes_and_deletes_no_entry(log, nurse):
    entry = audit.record(Act.LOGGED_IN, now=NOW, by=nurse)
    for change in (entry.save, entry.delete):
        with pytest.raises(NeverChanged):
            change()


TABLE = AuditEntry._meta.db_table
CHANGES = [
    f"UPDATE {TABLE} SET person_name = 'x'",
    f"DELETE FROM {TABLE}",
    f"TRUNCATE {TABLE}"
    if connection.vendor == "postgresql"
    else f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_database_refuses_to_change_or_delete_an_entry(site, statement):
    before = list(AuditEntry.objects.values())
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert before and list(AuditEntry.objects.values()) == before


def test_a_rebuilt_table_without_its_guard_is_said(site):
    with without_guard(), pytest.raises(CommandError, match="does not refuse changes"):
        unbroken()
    assert "Unbroken" in unbroken()


@pytest.fixture
def ten(site, nurse) -> int:
    """The number of the first of ten entries."""
    entries = [audit.record(Act.LOGGED_IN, now=NOW, by=nurse) for _ in range(10)]
    return entries[0].number


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows, first: rows.filter(number=first + 4).update(person_name="Karim"), 4),
        (lambda rows, first: rows.filter(number=first + 3).update(act=Act.LOGGED_OUT), 3),
        (lambda rows, first: rows.filter(number=first + 2).update(details={"x": 1}), 2),
        (lambda rows, first: rows.filter(number=first + 6).delete(), 6),
        (lambda rows, first: rows.filter(number__gte=first + 5).update(done_at=LATER), 5),
    ],
)
def test_the_check_says_where_it_breaks_first(ten, change, said):
    with without_guard():
        change(AuditEntry.objects, ten)
    with pytest.raises(CommandError, match=rf"^Broken at entry {ten + said}\b"):
        unbroken()


def test_an_end_that_was_noted_is_missed_when_it_is_cut_off(ten):
    end = unbroken().split()[-1]
    call_command("check_log", f"--end={end}", stdout=StringIO())
    with without_guard():
        AuditEntry.objects.filter(number__gt=ten + 5).delete()
    assert "Unbroken" in unbroken()  # nothing in it says that it went on
    with pytest.raises(CommandError, match="is not the one that was noted"):
        call_command("check_log", f"--end={end}")
    with pytest.raises(CommandError, match="--end wants"):
        call_command("check_log", "--end=yesterday")


def test_who_record_at_once_make_one_chain(transactional_db, site):
    before, together = AuditEntry.objects.count(), threading.Barrier(4)

    def several() -> None:
        together.wait()
        left = 5
        while left:
            with suppress(OperationalError):  # in memory SQLite does not wait: once more, then
                audit.record(Act.DUMPED, now=timezone.now())
                left -= 1
        connections.close_all()

    threads = [threading.Thread(target=several) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditEntry.objects.count() == before + 20
    assert "Unbroken" in unbroken()


IN_A_SHELL = f"""
from django.contrib.auth.models import User
from treatments.models import AuditEntry
rina = User.objects.create_user("rina", "rina@example.org", {PASSWORD!r})
rina.email = "other@example.org"
rina.set_password("quite another word")
rina.save()
print(*AuditEntry.objects.values_list("act", flat=True))
"""


def test_a_process_that_reads_no_admin_page_records_it_as_well(django_db_setup, tmp_path):
    machine = Machine(tmp_path / "site", workers=1)
    machine.prepare()
    done = machine.manage("shell", "--command", IN_A_SHELL)
    assert {Act.PASSWORD_CHANGED, Act.MAIL_CHANGED} <= {*done.split()}
