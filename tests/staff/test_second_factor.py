"""The second step: nothing opens before it, each code is good once, and there is a way back."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.utils import timezone

from treatments.models import (
    AuditEntry,
    AuthenticatorApp,
    FailedLogins,
    Passkey,
    RecoveryCode,
    Session,
)
from treatments.roles import make_groups
from treatments.staff import second_factor

from ..admin_forms import form_data
from ..conftest import PASSWORD, Visitor
from ..pages import press, soup
from .second_step import (
    LOGIN,
    App,
    give_code,
    give_password,
    is_in,
    log_out,
    person_with_app,
    says,
    set_up_app,
)  # fmt: skip

NOON = datetime(2026, 11, 29, 6, 0, 5, tzinfo=UTC)  # five seconds into the thirty of a code


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves: `clock(seconds)`."""
    time = [NOON]
    monkeypatch.setattr(timezone, "now", lambda: time[0])

    def pass_by(seconds: float) -> None:
        time[0] += timedelta(seconds=seconds)

    return pass_by


@pytest.fixture
def online(settings):
    """A site that is not a local copy."""
    settings.LOCAL = False
    settings.PUBLIC_URL = "https://testserver"


def written(*, since: int = 0) -> list[tuple]:
    """What the log says that was done to logins: the act, whose, and which factor."""
    entries = AuditEntry.objects.filter(number__gt=since).order_by("number")
    return [
        (entry.act, entry.details.get("login"), entry.details.get("factor")) for entry in entries
    ]


@pytest.fixture
def with_app(nurse, clock, online) -> tuple[App, list[str]]:
    return person_with_app(nurse)


# --- Setting one up -------------------------------------------------------------------------------


def test_online_nothing_opens_before_a_second_step_is_set_up(client, nurse, clock, online):
    page = give_password(client, password=PASSWORD)
    assert "Set up your second step" in says(page)
    for address in (
        "/admin/",
        "/admin/sign-in/",
        "/admin/treatments/treatment/",
        "/admin/password_change/",
    ):
        assert client.get(address)["Location"].startswith(LOGIN), address
    before = AuditEntry.objects.count()
    assert "logged_in" not in [act for act, *_rest in written()]
    _app, codes = set_up_app(client, soup(page))
    assert is_in(client) and len(codes) == 8 == RecoveryCode.objects.count()
    assert written(since=before) == [
        ("factor_added", None, "authenticator_app"),
        ("logged_in", None, None),
        ("factor_added", None, "recovery_codes"),
    ]
    assert nurse.last_login is None or nurse.last_login < timezone.now()


def test_recovery_codes_are_shown_once_and_kept_nowhere(client, nurse, clock, online):
    _app, codes = set_up_app(client, soup(give_password(client)))
    for address in ("/admin/", "/admin/sign-in/", "/admin/login/set-up/"):
        assert not [code for code in codes if code in client.get(address).content.decode()]
    rows = [*RecoveryCode.objects.values_list("digest", flat=True)]
    data = [
        bytes(one).decode() for one in AuthenticatorApp.objects.values_list("secret", flat=True)
    ]
    assert not [code for code in codes for text in rows + data if code.replace("-", "") in text]


def test_while_an_app_is_set_up_no_session_shows_its_secret(client, nurse, clock, online):
    link = soup(give_password(client)).find("a", string="Set up an app")["href"]
    secret = App.of_page(soup(client.get(link))).totp.secret
    assert Session.objects.exists()
    assert secret not in str([row.get_decoded() for row in Session.objects.all()])


def only_way_on(answer) -> str:
    """Where the one thing leads that leaves the page with the codes."""
    page = soup(answer)
    assert not page.select("form")
    [way] = page.select("a[href]:not([href^='#'])")
    assert "I have kept them" in way.get_text()
    return way["href"]


def test_nothing_leads_away_from_recovery_codes_but_that_they_are_kept(
    client, nurse, clock, online
):
    link = soup(give_password(client)).find("a", string="Set up an app")["href"]
    app = App.of_page(soup(client.get(link)))
    first = give_code(client, app.code(), button="Set up the app", label="Code of the app", at=link)
    assert only_way_on(first) == "/admin/"
    asked = press(client, page_at(soup(client.get("/admin/sign-in/"))), "Make new codes", {})
    new = press(client, soup(asked), "Make new codes", {})
    assert only_way_on(new) == "/admin/sign-in/"


def test_a_wrong_first_code_sets_nothing_up(client, nurse, clock, online):
    page = soup(give_password(client))
    link = page.find("a", string="Set up an app")["href"]
    secret = App.of_page(soup(client.get(link))).totp.secret
    answer = give_code(client, "000000", button="Set up the app", label="Code of the app", at=link)
    assert "not the code of this moment" in says(answer)
    assert not AuthenticatorApp.objects.exists() and not is_in(client)
    assert App.of_page(soup(client.get(link))).totp.secret == secret  # the app has it already


def test_on_a_local_copy_it_is_offered_and_not_asked_for(client, nurse, clock):
    assert "What would you like to do?" in says(give_password(client))
    page = soup(client.get(soup(client.get("/admin/")).find("a", string="How you sign in")["href"]))
    app, codes = set_up_app(client, page)
    assert codes
    log_out(client)
    clock(60)
    assert "One more step" in says(give_password(client))
    assert not is_in(client)
    give_code(client, app.code())
    assert is_in(client)


def test_only_where_nothing_but_digits_is_right_a_phone_shows_digits(client, with_app):
    give_password(client)
    assert not soup(client.get("/admin/login/second-step/")).select("[name=code][inputmode]")
    give_code(client, with_app[0].code())
    [field] = soup(client.get("/admin/login/set-up/app/")).select("[name=code]")
    assert field["inputmode"] == "numeric"


def test_who_sets_up_a_second_step_can_leave_instead(client, nurse, clock, online):
    page = soup(give_password(client))
    assert "Log in" in says(press(client, page, "Log out", {}, follow=True))
    again = client.get("/admin/login/set-up/", follow=True)
    assert "user name and password once more" in says(again)


def test_of_two_who_set_up_the_first_app_at_once_one_does(
    client, nurse, clock, online, monkeypatch
):
    other, link = Visitor(), "/admin/login/set-up/app/"
    apps = {}
    for browser in (client, other):
        give_password(browser)
        apps[browser] = App.of_page(soup(browser.get(link)))
    real = second_factor._step_of

    def set_up(browser):
        return give_code(
            browser, apps[browser].code(), button="Set up the app", label="Code of the app", at=link
        )

    def with_the_other_in_between(*given):
        step = real(*given)
        monkeypatch.setattr(second_factor, "_step_of", real)
        assert "Your recovery codes" in says(set_up(other))
        return step

    monkeypatch.setattr(second_factor, "_step_of", with_the_other_in_between)
    assert "user name and password once more" in says(set_up(client))
    assert is_in(other) and not is_in(client)
    clock(30)
    give_password(client)
    give_code(client, apps[other].code())
    assert is_in(client)


# --- Logging in with it ---------------------------------------------------------------------------


def test_between_password_and_code_nothing_opens(client, with_app, site):
    assert "One more step" in says(give_password(client))
    treatment = site[0].pk
    for address in (
        "/admin/",
        "/admin/sign-in/",
        "/admin/login/confirm/",
        f"/admin/treatments/treatment/{treatment}/version/",
    ):
        assert client.get(address).status_code in (302, 404), address
        assert "/login/" in client.get(address).get("Location", "/login/")
    for address in (
        "/admin/login/set-up/",
        "/admin/login/set-up/app/",
        "/admin/login/set-up/passkey/",
    ):
        assert client.get(address)["Location"] == "/admin/login/second-step/"
    give_code(client, with_app[0].code())
    assert is_in(client)


def test_a_password_leads_on_to_the_page_that_was_asked_for(client, with_app):
    there = "/admin/treatments/term/"
    login = client.get(there)["Location"]
    page = soup(client.get(login))
    form = page.select_one("#login-form")
    sent = {one["name"]: one.get("value", "") for one in form.select("input[name]")}
    client.post(login, sent | {"username": "nurse", "password": PASSWORD})
    assert give_code(client, with_app[0].code()).request["PATH_INFO"] == there


@pytest.mark.parametrize("asked", ["", "https://example.org/"])
def test_a_password_leads_to_the_start_page_where_no_page_here_was_asked_for(client, nurse, asked):
    at = f"{LOGIN}?next={asked}"
    typed = form_data(client.get(at).content, "login-form")
    sent = client.post(at, typed | {"username": "nurse", "password": PASSWORD})
    assert sent["Location"] == "/admin/"


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "bangla"])
def test_a_code_is_taken_as_people_type_it(client, with_app, typed):
    code = with_app[0].code()
    digits = code.translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"))
    give_password(client)
    give_code(client, digits if typed == "bangla" else typed.format(code))
    assert is_in(client)


def test_no_code_is_good_twice_nor_one_from_before_it(client, with_app, clock):
    app, _codes = with_app
    earlier, now = app.code(-30), app.code()
    give_password(client)
    give_code(client, now)
    log_out(client)
    for used in (now, earlier):
        give_password(client)
        assert "This code is not right" in says(give_code(client, used))
    clock(30)
    give_code(client, app.code())
    assert is_in(client)


@pytest.mark.parametrize(("off", "right"), [(-25, True), (25, True), (-65, False), (65, False)])
def test_a_clock_may_be_half_a_minute_off(client, with_app, off, right, clock):
    clock(60)
    give_password(client)
    give_code(client, with_app[0].code(off))
    assert is_in(client) == right


def test_a_recovery_code_gets_in_once(client, with_app):
    _app, codes = with_app
    give_password(client)
    give_code(client, codes[3].upper().replace("-", " "))
    assert is_in(client)
    assert "You have 7 codes left" in says(client.get("/admin/sign-in/"))
    log_out(client)
    give_password(client)
    assert "not right" in says(give_code(client, codes[3])) and not is_in(client)


def test_nobodys_code_opens_anothers_login(client, with_app, clock):
    User.objects.create_superuser("doctor", password=PASSWORD)
    app, codes = person_with_app(User.objects.get(username="doctor"))
    give_password(client)
    for code in (app.code(), codes[0]):
        assert "not right" in says(give_code(client, code))
    assert not is_in(client)


def test_a_password_is_remembered_for_a_quarter_of_an_hour_only(client, with_app, clock):
    give_password(client)
    clock(16 * 60)
    code = with_app[0].code()
    answer = client.post("/admin/login/second-step/", {"code": code}, follow=True)
    assert "once more" in says(answer) and not is_in(client)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, "password"])
def test_a_right_password_is_forgotten_when_the_login_changes(client, with_app, nurse, change):
    give_password(client)
    if change == "password":
        nurse.set_password("a quite new word")
        nurse.save()
    else:
        User.objects.filter(pk=nurse.pk).update(**change)
    client.post("/admin/login/second-step/", {"code": with_app[0].code()})
    assert not is_in(client)


# --- Wrong ones -----------------------------------------------------------------------------------


def test_wrong_codes_lock_like_wrong_passwords(client, with_app, clock):
    give_password(client)
    give_code(client, with_app[0].code())
    log_out(client)
    stranger = Visitor()
    give_password(stranger)
    for _wrong in range(5):
        assert "not right" in says(give_code(stranger, "111111"))
    clock(30)
    code = with_app[0].code()
    locked = stranger.post("/admin/login/second-step/", {"code": code})
    assert locked.status_code == 429 and locked["Retry-After"] == "30"
    assert "A wrong code was given too many times" in says(locked) and not is_in(stranger)
    assert [*FailedLogins.objects.values_list("login", "number")] == [("nurse", 5)]
    give_password(stranger)  # a right password takes nothing of it back
    assert stranger.post("/admin/login/second-step/", {"code": code}).status_code == 429
    give_password(client)  # in her own browser she is counted by herself
    give_code(client, code)
    assert is_in(client)


@pytest.mark.parametrize(
    "answer",
    [
        "{", "[]", "1", '"x"', "null", "{}", '{"id": 5}',
        json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}),
        json.dumps({
            "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
            "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "attestationObject": "oA"},
        }),
        json.dumps({
            "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
            "response": {"clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0", "authenticatorData": "A" * 60, "signature": "AA"},
        }),
        json.dumps({
            "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
            "response": {"clientDataJSON": "e30", "authenticatorData": "A" * 60, "signature": "AA", "attestationObject": "gYGB" * 2000},
        }),
    ],
)  # fmt: skip
def test_what_is_no_passkey_is_refused_in_words(client, with_app, answer):
    give_password(client)
    at = "/admin/login/second-step/"
    client.get(at)
    assert "does not belong to your login" in says(client.post(at, {"passkey": answer}))
    give_code(client, with_app[0].code())
    at = "/admin/login/set-up/passkey/"
    client.get(at)
    assert "No passkey was made" in says(client.post(at, {"passkey": answer, "name": "x"}))
    assert is_in(client) and not Passkey.objects.exists()


# --- What is set up, and how that changes ---------------------------------------------------------


def test_what_changes_the_login_asks_for_the_password_again(client, with_app, clock):
    app, codes = with_app
    give_password(client)
    give_code(client, app.code())
    clock(11 * 60)
    page = soup(client.get("/admin/sign-in/"))
    asked = press(client, page_at(page), "Make new codes", {}, follow=True)
    assert "Is it you?" in says(asked) and RecoveryCode.objects.count() == 8
    form = page_at(soup(asked), asked.request["PATH_INFO"])
    assert "not your password" in says(press(client, form, "Go on", {"Password": "wrong"}))
    back = press(client, form, "Go on", {"Password": PASSWORD}, follow=True)
    sure = press(client, page_at(soup(back)), "Make new codes", {})
    assert "good for nothing then" in says(sure) and RecoveryCode.objects.count() == 8
    made = press(client, soup(sure), "Make new codes", {})
    new = [code.get_text() for code in soup(made).select("#codes code")]
    assert len(new) == 8 and not set(new) & set(codes)
    log_out(client)
    give_password(client)
    assert "not right" in says(give_code(client, codes[0]))
    give_code(client, new[0])
    assert is_in(client)


def page_at(page, address="/admin/sign-in/"):
    """A page whose forms say where they are sent to."""
    for form in page.select("form:not([action])"):
        form["action"] = address
    return page


def test_the_last_one_cannot_be_removed_online(client, with_app):
    give_password(client)
    give_code(client, with_app[0].code())
    page = page_at(soup(client.get("/admin/sign-in/")))
    assert "could not log in" in says(press(client, page, "Remove the app", {}, follow=True))
    Passkey.objects.create(
        person=User.objects.get(), name="my phone", credential=b"", added_at=timezone.now()
    )
    sure = press(client, page, "Remove the app", {})
    assert "Remove the app?" in says(sure) and AuthenticatorApp.objects.exists()
    assert soup(sure).find("a", string="Cancel")["href"] == "/admin/sign-in/"
    told = press(client, soup(sure), "Remove the app", {}, follow=True)
    assert "The app is removed" in says(told)
    assert not AuthenticatorApp.objects.exists()
    assert written()[-1] == ("factor_removed", None, "authenticator_app")


def test_before_a_passkey_is_removed_one_is_asked(client, with_app):
    give_password(client)
    give_code(client, with_app[0].code())
    Passkey.objects.create(
        person=User.objects.get(), name="my phone", credential=b"", added_at=timezone.now()
    )
    page = page_at(soup(client.get("/admin/sign-in/")))
    sure = press(client, page, "Remove", {})
    assert "Remove the passkey “my phone”?" in says(sure) and Passkey.objects.exists()
    told = press(client, soup(sure), "Remove the passkey", {}, follow=True)
    assert "The passkey is removed" in says(told) and not Passkey.objects.exists()


def test_nobody_is_led_to_another_site_by_the_question_for_the_password(client, with_app):
    give_password(client)
    give_code(client, with_app[0].code())
    address = "/admin/login/confirm/?next=https://example.org/"
    sent = client.post(address, {"password": PASSWORD, "next": "https://example.org/"})
    assert sent["Location"] == "/admin/sign-in/"


# --- A lost phone ---------------------------------------------------------------------------------


@pytest.fixture
def boss(nurse, with_app) -> Visitor:
    """Another administrator, who is logged in."""
    browser = Visitor()
    browser.force_login(User.objects.create_superuser("boss", password=PASSWORD))
    return browser


def by_another_administrator(boss, nurse) -> None:
    page = soup(boss.get(f"/admin/auth/user/{nurse.pk}/change/"))
    assert "authenticator app" in page.select_one(".field-second_step").get_text()
    address = page.find("a", string="Reset the second step")["href"]
    shown = boss.get(address)
    assert "really nurse" in says(shown) and AuthenticatorApp.objects.exists()
    told = boss.post(address, form_data(shown.content, "reset-form"), follow=True)
    assert "“nurse” is reset" in says(told)


def by_the_machine(boss, nurse) -> None:
    call_command("reset_second_factor", "nurse", stdout=StringIO())


@pytest.mark.parametrize("way", [by_another_administrator, by_the_machine])
def test_after_a_reset_she_is_out_and_sets_up_anew(client, with_app, nurse, boss, way):
    app, codes = with_app
    give_password(client)
    give_code(client, app.code())
    way(boss, nurse)
    assert not is_in(client)
    assert written()[-1] == ("factors_reset", "nurse", None)
    assert "Set up your second step" in says(give_password(client))
    assert not is_in(client)
    new, new_codes = set_up_app(client)
    assert is_in(client) and not set(new_codes) & set(codes)
    assert new.totp.secret != app.totp.secret
    assert boss.get("/admin/password_change/").status_code == 200


def test_nobody_resets_her_own_or_one_that_she_may_not_change(client, nurse, boss, clock):
    own = f"/admin/auth/user/{User.objects.get(username='boss').pk}/second-step/"
    assert boss.get(own).status_code == boss.post(own).status_code == 403
    make_groups(Group, Permission)
    for role, status in (("Editor", 403), ("Administrator", 404)):  # the nurse is a superuser
        person = User.objects.create_user(role, is_staff=True)
        person.groups.add(Group.objects.get(name=role))
        client.force_login(person)
        assert client.post(f"/admin/auth/user/{nurse.pk}/second-step/").status_code == status
    clock(11 * 60)
    sent = boss.post(f"/admin/auth/user/{nurse.pk}/second-step/")
    assert sent["Location"].startswith("/admin/login/confirm/")
    assert AuthenticatorApp.objects.count() == 1


def test_a_name_that_nobody_has_is_said_to_be_one(db):
    with pytest.raises(CommandError, match="There is no login “rina”"):
        call_command("reset_second_factor", "rina")


def test_who_deletes_a_login_is_not_shown_what_it_signs_in_with(boss, nurse):
    Visitor().force_login(nurse)
    shown = says(boss.get(f"/admin/auth/user/{nurse.pk}/delete/"))
    keys = Session.objects.values_list("session_key", flat=True)
    assert not [word for word in ("ession", "ecovery", *keys) if word in shown]
