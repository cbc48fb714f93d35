"""A forgotten password: a link by mail, that tells nobody who has a login here."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from treatments.models import AuditEntry, StaffLanguage
from treatments.staff import logins
from treatments.staff import mail as sending

from ..admin_forms import form_data
from ..conftest import PASSWORD, Visitor
from ..pages import soup
from .second_step import LOGIN, give_code, give_password, is_in, person_with_app, says

FORGOTTEN = "/admin/login/forgotten/"
NEW = "some quite new words"


@pytest.fixture(autouse=True)
def sends_mail(settings, monkeypatch):
    """As with EMAIL_URL; a mail is sent before the answer, so that no test has to wait for it."""
    settings.SENDS_MAIL = True
    monkeypatch.setattr(sending._beside, "submit", lambda send, one: send(one))


@pytest.fixture
def nurse(nurse):
    nurse.email = "nurse@example.org"
    nurse.save()
    return nurse


def ask(client, address: str, **more):
    sent = form_data(client.get(FORGOTTEN).content, "forgotten-form") | {"email": address}
    return client.post(FORGOTTEN, sent, follow=True, **more)


def link() -> str:
    [address] = re.findall(r"https?://\S+", mail.outbox[0].body)
    return address


def choose(client, password: str = NEW, at: str = ""):
    """Follows the link of the mail and types a new password."""
    page = client.get(at or link().removeprefix("http://127.0.0.1:8000"), follow=True)
    typed = form_data(page.content, "password-form")
    typed |= {"new_password1": password, "new_password2": password}
    return client.post(page.request["PATH_INFO"], typed, follow=True)


def test_a_locked_login_leads_to_the_mail_that_opens_it(client, nurse):
    while (locked := give_password(client, password="wrong")).status_code != 429:
        assert locked.status_code == 200
    way = soup(locked).find("a", string=re.compile("sent to your mail address"))
    assert client.get(way["href"]).status_code == 200
    ask(client, nurse.email)
    choose(client)
    give_password(client, password=NEW)
    assert is_in(client)


def test_the_login_page_says_how_to_get_a_new_password(client, db, settings):
    [way] = soup(client.get(LOGIN)).select(".forgotten a")
    assert client.get(way["href"]).status_code == 200
    settings.SENDS_MAIL = False
    assert "An administrator can set a new one" in says(client.get(LOGIN))
    assert client.get(FORGOTTEN).status_code == 404


def test_by_the_link_a_new_password_is_set_and_every_session_ends(client, nurse):
    elsewhere = Visitor()
    elsewhere.force_login(nurse)
    assert "on its way" in says(ask(client, "Nurse@example.org"))
    assert mail.outbox[0].to == ["nurse@example.org"] and nurse.username in mail.outbox[0].body
    assert "is set. Log in with it" in says(choose(client))
    assert not is_in(client) and not is_in(elsewhere)
    give_password(client, password=NEW)
    assert is_in(client)
    used = client.get(link().removeprefix("http://127.0.0.1:8000"), follow=True)
    assert "good for nothing any more" in says(used)


def test_a_password_by_mail_is_recorded_as_that_and_not_as_her_own_act(client, nurse):
    ask(client, nurse.email)
    choose(client)
    entry = AuditEntry.objects.order_by("number").last()
    assert entry.act == "password_by_mail" and entry.person is None
    give_password(client, password=NEW)
    log = "/admin/treatments/auditentry/"
    told = says(client.get(log))
    assert "new password for nurse was set with a link that was sent by mail" in told
    assert "nurse changed their own password" not in told
    assert "sent by mail" in says(client.get(log, {"act": "password_by_mail"}))
    for who in ("server", nurse.pk):  # neither is known to have done it
        shown = soup(client.get(log, {"person": who})).select(".day")
        assert not [line for line in shown if "sent by mail" in line.get_text()]


def test_the_second_step_is_asked_for_all_the_same(client, nurse):
    app, _codes = person_with_app(nurse)
    ask(client, nurse.email)
    choose(client)
    assert "One more step" in says(give_password(client, password=NEW)) and not is_in(client)
    give_code(client, app.code())
    assert is_in(client)


def test_nothing_tells_whether_an_address_is_known(client, nurse):
    User.objects.create_user("patient", "patient@example.org", PASSWORD)
    User.objects.create_user("gone", "gone@example.org", PASSWORD, is_staff=True, is_active=False)
    told = {
        name: says(ask(Visitor(), f"{name}@example.org"))
        for name in ("nurse", "patient", "gone", "nobody")
    }
    assert len(set(told.values())) == 1
    assert [sent.to for sent in mail.outbox] == [["nurse@example.org"]]


def test_mails_are_limited_for_an_address_and_for_a_network(client, nurse):
    for number in range(4):
        assert (
            ask(Visitor(), "nurse@example.org", REMOTE_ADDR=f"192.0.2.{number}").status_code == 200
        )
    locked = ask(client, "NURSE@example.org", REMOTE_ADDR="192.0.2.9")
    assert locked.status_code == 429 and "asked for too many times" in says(locked)
    assert len(mail.outbox) == 4
    for _mail in range(30):
        logins.Try(logins.network_counters("198.51.100.1"), timezone.now())
    locked = ask(client, "rina@example.org", REMOTE_ADDR="198.51.100.1")
    assert locked.status_code == 429 and "internet connection" in says(locked)


def test_a_link_is_good_for_an_hour(client, nurse, monkeypatch):
    ask(client, nurse.email)
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(
        "django.contrib.auth.tokens.PasswordResetTokenGenerator._now",
        lambda generator: later.replace(tzinfo=None) + timedelta(hours=24),
    )
    page = client.get(link().removeprefix("http://127.0.0.1:8000"), follow=True)
    assert "an hour has passed" in says(page)


def test_the_rules_for_passwords_hold_here_too(client, nurse, site):
    ask(client, nurse.email)
    assert "on this site" in says(choose(client, "iontophoresis2026"))
    nurse.refresh_from_db()
    assert nurse.check_password(PASSWORD)


def test_the_mail_leads_to_the_site_and_speaks_the_language_of_the_person(client, nurse, settings):
    StaffLanguage.objects.create(person=nurse, language="bn")
    settings.PUBLIC_URL = "https://www.example.org"
    ask(client, nurse.email, HTTP_HOST="localhost")
    assert link().startswith("https://www.example.org/admin/login/")
    assert re.search("[\u0980-\u09ff]", mail.outbox[0].subject)
