"""Where somebody is signed in, how that ends, and what she is told of a new device."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from treatments.models import NewDevice, Session, StaffLanguage
from treatments.staff import mail as sending
from treatments.staff import second_factor, sessions

from ..admin_forms import form_data
from ..conftest import PASSWORD, Visitor
from ..pages import press, soup
from .second_step import give_password, is_in, log_out, person_with_app, says

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 "
    "Mobile Safari/537.36"
)
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"
)


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves: `clock(minutes)`."""
    time = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: time[0])

    def pass_by(minutes: float) -> None:
        time[0] += timedelta(minutes=minutes)

    return pass_by


def browser(agent: str) -> Visitor:
    return Visitor(HTTP_USER_AGENT=agent)


def sign_in_page(client):
    page = soup(client.get("/admin/sign-in/"))
    page.select_one("#sign-in-form")["action"] = "/admin/sign-in/"
    return page


# --- Devices --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome on Android"),
        (WINDOWS, "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) "
         "Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 CriOS/130.0 "
         "Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 (KHTML, like Gecko) "
         "Version/18.0 Safari/605", "Safari on Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) "
         "SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36", "Samsung Internet on Android"),
        ("curl/8", "a browser that does not say which it is"),
        ("<script>alert(1)</script>", "a browser that does not say which it is"),
    ],
)  # fmt: skip
def test_a_device_is_named_in_plain_words(agent, words):
    assert sessions.device_in_words(*sessions.device_of(agent)) == words


# --- What changed ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "bn"])
def test_what_changes_how_she_signs_in_is_told_by_mail(
    nurse, settings, monkeypatch, django_capture_on_commit_callbacks, language
):
    monkeypatch.setattr(sending._beside, "submit", lambda send, one: send(one))
    settings.SENDS_MAIL = True
    StaffLanguage.objects.create(person=nurse, language=language)

    def set_email(address: str) -> None:
        nurse.email = address
        nurse.save()

    def set_password() -> None:
        nurse.set_password("a quite new word")
        nurse.save()

    with django_capture_on_commit_callbacks(execute=True):
        set_email("nurse@example.org")
    assert not mail.outbox  # there was no address to tell it to
    for change, said in (
        (set_password, "changed the password of nurse"),
        (lambda: person_with_app(nurse), "added an app that shows codes"),
        (lambda: second_factor.remove_app(nurse), "removed an app that shows codes"),
        (lambda: second_factor.reset(nurse, by=None), "reset the second step of nurse"),
        (lambda: set_email("somebody@example.net"), "changed the mail address of nurse"),
    ):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
            assert not mail.outbox
        sent = mail.outbox[0]
        assert sent.to == ["nurse@example.org"] and "/admin/sign-in/" in sent.body
        assert (said in sent.body) == (language == "en") and "example.net" not in sent.body


# --- Where one is signed in -----------------------------------------------------------------------


def test_one_sees_where_one_is_signed_in_and_signs_out_there(nurse, django_user_model):
    phone, computer, other = browser(PHONE), browser(WINDOWS), browser(PHONE)
    somebody_else = Visitor()
    somebody_else.force_login(django_user_model.objects.create_superuser("rina"))
    for client in (phone, other, computer):
        give_password(client)
    page = sign_in_page(computer)
    devices = [one.get_text() for one in page.select("section:last-of-type .entry strong")]
    assert devices == ["Edge on Windows", "Chrome on Android", "Chrome on Android"]
    assert (
        "this device" in page.select(".entry")[0].get_text() and not page.select(".entry")[0].button
    )
    mark = page.select_one("button[name=sign_out]")["value"]
    computer.post("/admin/sign-in/", {"sign_out": mark})
    assert sorted([is_in(phone), is_in(other)]) == [False, True] and is_in(computer)
    told = press(computer, sign_in_page(computer), "Sign out everywhere else", {}, follow=True)
    assert "signed out everywhere else" in says(told)
    assert [is_in(one) for one in (phone, other, computer, somebody_else)] == [
        False,
        False,
        True,
        True,
    ]


def test_nobody_signs_out_somebody_else_and_no_key_is_shown(staff, django_user_model):
    other = Visitor()
    other.force_login(django_user_model.objects.create_superuser("rina"))
    theirs = soup(other.get("/admin/sign-in/"))
    rows = {row.session_key: sessions._mark(row) for row in Session.objects.all()}
    shown = staff.get("/admin/sign-in/").content.decode() + str(theirs)
    assert not [key for key in rows if key in shown]
    for mark in rows.values():
        staff.post("/admin/sign-in/", {"sign_out": mark})
    assert is_in(other) and is_in(staff)


def test_a_session_knows_no_address(client, nurse):
    give_password(client, REMOTE_ADDR="192.0.2.77")
    assert "192.0.2.77" not in str([row.get_decoded() for row in Session.objects.all()])


def by_a_new_password(client, nurse) -> None:
    page = soup(client.get("/admin/password_change/"))
    form = page.select_one("#content form")
    form["id"] = "form"
    new = {"new_password1": "a quite new word", "new_password2": "a quite new word"}
    sent = form_data(str(form), "form") | {"old_password": PASSWORD} | new
    assert client.post("/admin/password_change/", sent).status_code == 302


def by_switching_the_login_off(client, nurse) -> None:
    nurse.is_active = False
    nurse.save()
    nurse.is_active = True
    nurse.save()


@pytest.mark.parametrize("way", [by_a_new_password, by_switching_the_login_off])
def test_a_new_password_and_a_login_switched_off_end_other_sessions(staff, nurse, way):
    elsewhere = Visitor()
    elsewhere.force_login(nurse)
    way(staff, nurse)
    assert not is_in(elsewhere)
    if way == by_a_new_password:
        assert is_in(staff) and len(sign_in_page(staff).select("section:last-of-type .entry")) == 1
    else:
        assert not is_in(staff)


@pytest.mark.parametrize("way", ["deleted", "switched off"])
def test_who_ends_her_own_login_is_led_to_the_login_page(staff, nurse, way):
    User.objects.create_superuser("boss", password=PASSWORD)
    if way == "deleted":
        answer = staff.post(f"/admin/auth/user/{nurse.pk}/delete/", {"post": "yes"}, follow=True)
    else:
        at = f"/admin/auth/user/{nurse.pk}/change/"
        sent = form_data(staff.get(at).content, "user_form")
        del sent["is_active"]
        answer = staff.post(at, sent, follow=True)
    assert answer.status_code == 200 and answer.request["PATH_INFO"] == "/admin/login/"
    assert not Session.objects.filter(person__isnull=False).exists()


# --- How long -------------------------------------------------------------------------------------


def test_a_session_ends_an_hour_after_its_last_use(client, nurse, clock):
    give_password(client)
    for _page in range(4):
        clock(50)
        assert is_in(client)
    clock(61)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_what_was_typed_is_kept_when_a_session_has_ended(client, nurse, clock):
    give_password(client)
    at = "/admin/treatments/term/add/"
    note = "ক" * 1_900  # nine bytes each as they are sent
    typed = form_data(client.get(at).content, "term_form")
    typed |= {"english": "a long word", "note": note}
    clock(61)
    del client.cookies["sessionid"]  # a browser has thrown it away by then
    headers = {"Origin": "http://testserver", "Sec-Fetch-Dest": "document"}
    kept = client.post(at, typed, headers=headers)
    assert "Please send it again" in says(kept)
    assert soup(kept).select_one("[name=english]")["value"] == "a long word"
    assert soup(kept).select_one("[name=note]")["value"] == note
    client.cookies.clear()  # where nobody was ever logged in, so much is not even read
    assert client.post(at, typed, headers=headers).status_code == 413


def test_ended_sessions_are_forgotten(client, nurse, clock):
    give_password(Visitor())
    clock(61)
    give_password(client)
    assert Session.objects.count() == 1


# --- A new device ---------------------------------------------------------------------------------


@pytest.fixture
def at_home(client, nurse):
    """Her own browser, in which she was once, and is logged out."""
    give_password(client)
    log_out(client)
    return client


def test_a_new_device_is_told_where_she_was_before(at_home):
    assert not NewDevice.objects.exists()  # of the first login of all there is nobody to tell
    stranger = browser(WINDOWS)
    assert "new device" not in says(give_password(stranger))
    told = says(give_password(at_home))
    assert "used on a new device: Edge on Windows" in told and "sign out everywhere" in told
    log_out(at_home)
    assert "new device" not in says(give_password(at_home))


def test_a_new_device_is_told_in_the_language_of_the_person(at_home, nurse):
    StaffLanguage.objects.update_or_create(person=nurse, defaults={"language": "bn"})
    give_password(browser(WINDOWS))
    told = soup(give_password(at_home)).select_one(".messagelist .warning").get_text()
    assert "নতুন" in told and "new device" not in told


def test_who_logs_in_on_new_devices_does_not_tell_it_away(at_home):
    for _time in range(7):
        give_password(browser(WINDOWS))
    assert NewDevice.objects.count() == 5
    assert "new device: Edge on Windows" in says(give_password(browser(PHONE)))
    assert says(give_password(at_home)).count("used on a new device") == 5


def test_she_gets_a_mail_too_if_she_has_an_address(at_home, nurse, settings, monkeypatch):
    monkeypatch.setattr(sending._beside, "submit", lambda send, one: send(one))
    settings.SENDS_MAIL = True
    give_password(browser(WINDOWS))
    assert not mail.outbox
    User.objects.update(email="nurse@example.org")
    give_password(browser(PHONE))
    [sent] = mail.outbox
    assert sent.to == ["nurse@example.org"] and "Chrome on Android" in sent.body
