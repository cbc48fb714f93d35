"""Logging in: who has to wait, what a wrong password costs, and what helps."""

import os
import re
import sys
import threading
import unicodedata
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from treatments.models import BodyArea, TreatmentProse, WrongLogins
from treatments.staff import logins, password_hashing
from treatments.staff.passwords import NotEasyToGuess

from ..admin_forms import form_data
from ..conftest import PASSWORD, Visitor
from ..pages import soup, words

LOGIN = "/admin/login/"
WRONG = 5  # wrong passwords until an account waits
COMPOSED, TAKEN_APART = "ভালো দোকান কোথায়", unicodedata.normalize("NFD", "ভালো দোকান কোথায়")


def log_in(client, name="nurse", password="wrong", address="192.0.2.1"):
    data = form_data(client.get(LOGIN).content, "login-form")
    typed = data | {"username": name, "password": password}
    return client.post(LOGIN, typed, REMOTE_ADDR=address)


def log_out(client) -> None:
    """As a person does it: the browser keeps its other cookies."""
    client.post("/admin/logout/", form_data(client.get("/admin/").content, "logout-form"))


def is_in(response) -> bool:
    return response.status_code == 302 and "login" not in response["Location"]


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves: `clock(minutes)`."""
    time = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: time[0])

    def pass_by(minutes: float) -> None:
        time[0] += timedelta(minutes=minutes)

    return pass_by


@pytest.fixture
def hashed(monkeypatch):
    """How often a password has been hashed: a list with an entry for each time."""
    times = []
    real = PBKDF2PasswordHasher.encode

    def counted(self, password, salt, iterations=None):
        times.append(threading.get_native_id())
        return real(self, password, salt, iterations)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
    return times


@pytest.fixture
def taken():
    """Somebody else's password is being hashed for as long as the test lasts."""
    begun, done = threading.Event(), threading.Event()

    def hash_slowly():
        with password_hashing.hashing_slot(0):
            begun.set()
            done.wait(60)

    other = threading.Thread(target=hash_slowly)
    other.start()
    assert begun.wait(60)
    yield
    done.set()
    other.join()


# --- An account that waits ------------------------------------------------------------------------


def test_after_wrong_passwords_the_right_one_waits_and_the_page_says_how_long(
    client, nurse, clock, hashed
):
    for _wrong in range(WRONG):
        assert log_in(client).status_code == 200
    hashed.clear()
    response = log_in(client, password=PASSWORD)
    assert response.status_code == 429 and not hashed
    assert response["Retry-After"] == "60"
    page = words(soup(response))
    assert "Login locked" in page and "one minute" in page and "administrator" in page
    clock(1)
    assert is_in(log_in(client, password=PASSWORD))


def test_trying_while_one_waits_makes_it_no_longer(client, nurse, clock):
    for _wrong in range(WRONG):
        log_in(client)
    for _second in range(59):
        clock(1 / 60)
        assert log_in(client).status_code == 429
    clock(1 / 60)
    assert is_in(log_in(client, password=PASSWORD))


def test_the_wait_grows_to_a_quarter_of_an_hour_and_not_further(client, nurse, clock):
    for _wrong in range(WRONG - 1):
        log_in(client)
    waits = []
    for _wrong in range(8):
        assert log_in(client).status_code == 200
        response = log_in(client)
        seconds = int(response["Retry-After"])
        assert str(seconds // 60) in words(soup(response)) or seconds == 60
        waits.append(seconds // 60)
        clock(waits[-1])
    assert waits == [1, 2, 4, 8, 15, 15, 15, 15]


def test_wrong_logins_are_forgotten_in_time_and_by_a_right_one(client, nurse, clock):
    for _day in range(3):
        for _wrong in range(WRONG - 1):
            assert log_in(client).status_code == 200
        clock(24 * 60)
    for _wrong in range(WRONG - 1):
        log_in(client)
    assert is_in(log_in(client, password=PASSWORD))
    another = Visitor()
    for _wrong in range(WRONG - 1):
        assert log_in(another).status_code == 200
    assert is_in(log_in(another, password=PASSWORD))


def test_an_account_is_counted_whatever_network_the_tries_come_from(client, nurse):
    for number in range(WRONG):
        log_in(client, address=f"192.0.{number}.1")
    assert log_in(client, password=PASSWORD, address="198.51.100.1").status_code == 429


def new_password_in_the_admin(nurse):
    boss = nurse._meta.model.objects.create_superuser("boss", password=PASSWORD)
    admin = Visitor()
    admin.force_login(boss)
    page = reverse("admin:auth_user_password_change", args=[nurse.pk])
    data = form_data(admin.get(page).content, "user_form")
    new = data | {"password1": "a quite new word", "password2": "a quite new word"}
    assert admin.post(page, new).status_code == 302


def new_password_on_the_server(nurse, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda **_: "a quite new word")
    call_command("changepassword", "nurse", verbosity=0)


@pytest.mark.parametrize("way", ["admin", "server"])
def test_a_new_password_ends_the_wait_at_once(client, nurse, monkeypatch, way):
    assert is_in(log_in(client, password=PASSWORD))
    log_out(client)
    for browser in (client, Visitor()):  # one that is known, and another
        for _wrong in range(WRONG):
            log_in(browser)
        assert log_in(browser, password=PASSWORD).status_code == 429
    if way == "admin":
        new_password_in_the_admin(nurse)
    else:
        new_password_on_the_server(nurse, monkeypatch)
    for browser in (client, Visitor()):
        assert is_in(log_in(browser, password="a quite new word"))


def test_who_guesses_elsewhere_does_not_keep_a_nurse_out_of_her_own_browser(client, nurse):
    assert is_in(log_in(client, password=PASSWORD))
    log_out(client)
    stranger = Visitor()
    for number in range(3 * WRONG):
        log_in(stranger, address=f"198.51.{number}.1")
    assert log_in(stranger, password=PASSWORD).status_code == 429
    assert is_in(log_in(client, password=PASSWORD))


def test_a_known_browser_has_no_more_tries_than_another_and_only_for_its_own_account(
    client, nurse, django_user_model
):
    django_user_model.objects.create_superuser("doctor", password=PASSWORD)
    assert is_in(log_in(client, password=PASSWORD))
    log_out(client)
    for name in ("nurse", "doctor"):
        for _wrong in range(WRONG):
            assert log_in(client, name).status_code == 200
        assert log_in(client, name, PASSWORD).status_code == 429


def test_the_cookie_of_a_known_browser_goes_to_the_admin_only(client, nurse):
    response = log_in(client, password=PASSWORD)
    [cookie] = [cookie for name, cookie in response.cookies.items() if name.startswith("known_")]
    assert cookie["path"] == "/admin/" and cookie["httponly"] and "nurse" not in str(cookie)


# --- Names that nobody has ------------------------------------------------------------------------


@pytest.mark.parametrize("password", ["wrong", COMPOSED, TAKEN_APART])
def test_nothing_tells_which_names_exist(client, nurse, django_user_model, hashed, clock, password):
    log_in(client, "somebody", address="203.0.113.1")  # whose password nobody has is made once
    create = django_user_model.objects.create_user
    create("gone", password=PASSWORD, is_staff=True, is_active=False)
    create("passwordless", is_staff=True)
    create("patient", password=PASSWORD)
    told = {}
    for name in ("nurse", "gone", "passwordless", "patient", "nobody"):
        told[name] = []
        for _wrong in range(WRONG + 2):
            hashed.clear()
            response = log_in(Visitor(), name, password, address=f"2001:db8::{len(told)}")
            page = re.sub(r"nobody|nurse|gone|passwordless|patient", "NAME", words(soup(response)))
            told[name].append((response.status_code, page, len(hashed)))
    assert all(answers == told["nobody"] for answers in told.values())


# --- A network that waits -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "same", "other"),
    [
        ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
        ("::ffff:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.2"),
        ("2001:db8::1", "2001:db8::ffff:0:0:2", "2001:db8:0:1::1"),
        ("2002:c000:201::1", "2002:c000:201:ffff::1", "2002:c000:202::1"),
    ],
)
def test_a_network_is_counted_whatever_names_it_tries(client, nurse, address, same, other):
    seen = [log_in(client, f"name{n}", address=(address, same)[n % 2]) for n in range(40)]
    assert [response.status_code for response in seen] == [200] * 30 + [429] * 10
    page = words(soup(seen[-1]))
    assert "internet connection" in page and "administrator" not in page
    assert log_in(client, password=PASSWORD, address=same).status_code == 429
    assert is_in(log_in(client, password=PASSWORD, address=other))


def test_the_network_is_the_one_behind_our_own_proxy(client, nurse, settings):
    settings.PROXY_HOPS = 1
    data = form_data(client.get(LOGIN).content, "login-form") | {"password": "wrong"}

    def from_behind(claimed: str, real: str, name: str):
        headers = {"X-Forwarded-For": f"{claimed}, {real}"}
        return client.post(LOGIN, data | {"username": name}, headers=headers).status_code

    for number in range(30):
        assert from_behind(f"10.0.0.{number}", "192.0.2.1", f"name{number}") == 200
    assert from_behind("10.0.1.1", "192.0.2.1", "another") == 429
    assert from_behind("10.0.1.1", "192.0.2.2", "another") == 200


def test_right_logins_of_a_clinic_with_one_address_count_for_nothing(client, nurse):
    for _login in range(40):
        assert is_in(log_in(Visitor(), password=PASSWORD))
    assert not WrongLogins.objects.exists()


# --- What is kept ---------------------------------------------------------------------------------


def try_once(name: str, address: str) -> None:
    counters = [logins.account_counter(name, ""), *logins.network_counters(address)]
    logins.Try(counters, timezone.now())


def test_however_many_logins_go_wrong_few_rows_are_kept_and_none_grows(db, clock, monkeypatch):
    monkeypatch.setattr(logins, "KEPT_ROWS", 100)
    for number in range(1500):
        clock(0.01)
        try_once(f"name{number}", f"2001:db8:{number:x}::1")
    assert 100 <= WrongLogins.objects.count() < 1500
    newest = logins.account_counter("name1499", "")
    assert WrongLogins.objects.filter(pk=newest.digest).exists()
    for number in range(200):
        clock(60)
        try_once("nurse", f"2001:db8:{number:x}::1")
    row = WrongLogins.objects.get(pk=logins.account_counter("nurse", "").digest)
    assert len(row.digest) == 32 and row.number < 20


@pytest.mark.parametrize("kind", ["account", "code", "network"])
def test_tries_at_once_are_no_more_than_tries_one_after_the_other(nurse, clock, monkeypatch, kind):
    [last] = {
        "account": [logins.account_counter("nurse", nurse.password)],
        "code": [logins.code_counter(nurse)],
        "network": logins.network_counters("192.0.2.1"),
    }[kind]
    first = logins.Counter("beside", free=99, forgiven_in=timedelta(hours=1))
    at_once, looked = [], []
    real = logins.check_lock

    def with_all_the_others_in_between(counters, now):
        real(counters, now)
        if len(at_once) < last.free + 5:
            at_once.append(None)
            try_it()

    def try_it() -> None:
        try:
            logins.Try([first, last], timezone.now())
            looked.append(None)
        except logins.Locked as lock:
            assert lock.until > timezone.now()

    monkeypatch.setattr(logins, "check_lock", with_all_the_others_in_between)
    try_it()
    assert len(looked) == last.free
    assert WrongLogins.objects.get(pk=last.digest).number == last.free
    assert WrongLogins.objects.get(pk=first.digest).number == last.free  # nothing of the others


def test_two_wrong_logins_at_once_count_two(db, clock, monkeypatch):
    one = logins.account_counter("nurse", "")
    logins.Try([one], timezone.now())
    real = logins.Counter.after
    meanwhile = [lambda: logins.Try([one], timezone.now())]

    def with_another_in_between(self, row, now):
        after = real(self, row, now)
        if meanwhile:
            meanwhile.pop()()
        return after

    monkeypatch.setattr(logins.Counter, "after", with_another_in_between)
    logins.Try([one], timezone.now())
    assert WrongLogins.objects.get().number == 3


# --- Hashing --------------------------------------------------------------------------------------


def test_who_comes_while_a_password_is_being_hashed_is_told_at_once(client, nurse, taken, hashed):
    for name in ("nurse", "nobody"):
        response = log_in(client, name, PASSWORD)
        assert response.status_code == 429 and int(response["Retry-After"]) > 0
        assert "try again" in words(soup(response))
    assert not hashed and not WrongLogins.objects.exists()


def test_staff_who_change_a_password_are_told_too_if_it_takes_too_long(staff, taken, monkeypatch):
    page = reverse("admin:password_change")
    shown = soup(staff.get(page)).select_one("#content form")
    shown["id"] = "form"
    typed = {"old_password": PASSWORD, "new_password1": "quite new", "new_password2": "quite new"}
    monkeypatch.setattr(password_hashing, "PATIENCE", 0)
    assert staff.post(page, form_data(str(shown), "form") | typed).status_code == 429


def test_passwords_are_hashed_in_a_thread_that_lets_every_other_go_first(client, nurse, hashed):
    assert is_in(log_in(client, password=PASSWORD))
    [thread] = set(hashed)
    assert thread != threading.get_native_id()
    if sys.platform == "linux":
        here = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        assert os.getpriority(os.PRIO_PROCESS, thread) > here


# --- What is typed --------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [COMPOSED, TAKEN_APART, "ｆｕｌｌ ｗｉｄｔｈ ｗｏｒｄｓ"])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_password_is_the_same_from_every_keyboard(client, nurse, kept, form):
    nurse.set_password(kept)
    nurse.save()
    assert is_in(log_in(client, password=unicodedata.normalize(form, kept)))


def test_a_password_from_before_is_right_as_it_was_typed_then(client, nurse):
    hasher = PBKDF2PasswordHasher()
    nurse.password = hasher.encode(TAKEN_APART.replace(" ", "\u2003"), "salt", 1)
    nurse.save()
    assert log_in(client, password=COMPOSED).status_code == 200
    assert is_in(log_in(client, password=TAKEN_APART.replace(" ", "\u2003")))
    log_out(client)
    assert is_in(log_in(client, password=COMPOSED))  # kept in its normal form since


def test_one_wrong_password_is_hashed_once(client, nurse, hashed):
    log_in(client)
    assert len(hashed) == 1


def test_a_user_name_is_the_same_from_every_keyboard(client, django_user_model):
    call_command("create_staff", "ｒｉｎａ", stdout=StringIO())
    user = django_user_model.objects.get(username="rina")
    user.set_password(PASSWORD)
    user.save()
    for name in ("rina", "ｒｉｎａ"):
        assert is_in(log_in(Visitor(), name, PASSWORD))


# --- New passwords --------------------------------------------------------------------------------

OF_THIS_SITE = [
    "iontophoresis",
    "Iontophoresis2026!",
    "ionto-phoresis-1",
    "ｉｏｎｔｏｐｈｏｒｅｓｉｓ",
    "IONTOINFO১২৩৪",
    "iontophoresis-at-home",
    "iontophoresis iontophoresis",
    "আয়নটোফোরেসিস",
]


def said_of(password: str) -> list[str]:
    try:
        validate_password(password)
    except ValidationError as refusal:
        return refusal.messages
    return []


def test_the_sites_own_words_are_no_password(site):
    titles = TreatmentProse.objects.values_list("title", flat=True)
    areas = BodyArea.objects.values_list("name_bn", flat=True)
    for word in [*OF_THIS_SITE, *titles, *(f"{area}১২৩৪৫৬৭৮!" for area in areas if len(area) > 2)]:
        assert any("on this site" in sentence for sentence in said_of(word)), word


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "iontophoresis and a yellow boat",
        "a7#9x2!q",
        "হলুদ নৌকায় আয়নটোফোরেসিস",
        "correct-horse",
    ],
)
def test_other_passwords_are_taken(site, password):
    assert not said_of(password)


@pytest.mark.parametrize("password", ["ｐａｓｓｗｏｒｄ", "①②③④⑤⑥⑦⑧"])
def test_the_rules_see_a_password_as_it_is_kept(site, password):
    assert said_of(password)


def test_every_way_to_set_a_password_has_the_rules(client, staff, nurse, site, monkeypatch):
    word = "iontophoresis2026"
    for page, fields, more in (
        (reverse("admin:auth_user_add"), ("password1", "password2"), {"username": "rina"}),
        (
            reverse("admin:auth_user_password_change", args=[nurse.pk]),
            ("password1", "password2"),
            {},
        ),
        (
            reverse("admin:password_change"),
            ("new_password1", "new_password2"),
            {"old_password": PASSWORD},
        ),
    ):
        shown = soup(staff.get(page)).select_one("#content form")
        shown["id"] = "form"
        typed = dict.fromkeys(fields, word) | more
        response = staff.post(page, form_data(str(shown), "form") | typed)
        assert response.status_code == 200
        assert "on this site" in words(soup(response)), page
    monkeypatch.setattr("treatments.management.commands.create_staff.getpass", lambda *_: word)
    with pytest.raises(CommandError, match="on this site"):
        call_command("create_staff", "rina", ask=True)
    monkeypatch.setattr("getpass.getpass", lambda **_: word)
    with pytest.raises(CommandError):
        call_command("changepassword", "nurse", verbosity=0)
    nurse.refresh_from_db()
    assert nurse.check_password(PASSWORD)
    assert not nurse._meta.model.objects.filter(username="rina").exists()


# --- Passwords that are soon guessed --------------------------------------------------------------

LEET = str.maketrans("aeios", "@310$")
CHOSEN_BY_MANY = [
    "password",
    "welcome",
    "iloveyou",
    "football",
    "bangladesh",
    "valobasha",
    "bismillah",
    "chittagong",
]
WALKS = [
    "qwertyuiop",
    "1qaz2wsx",
    "zxcvbnm,",
    "asdfghjkl;",
    "qwerty12345",
    "১২৩৪৫৬৭৮৯",
    "1q2w3e4r5t",
    "abcdefgh1",
]


def variants(word: str):
    yield from (word.capitalize() + "!", word.upper() + "1", word + "123", word[::-1] + "1")
    yield from (f"{word.capitalize()}@{year}" for year in (1971, 1999, 2026))
    yield from (word.translate(LEET), word.translate(LEET).capitalize() + "12", word * 2)


def is_refused(password: str) -> bool:
    with pytest.raises(ValidationError) as refusal:
        NotEasyToGuess().validate(password)
    return refusal.value.code == "password_easy_to_guess"


def test_variants_of_what_many_choose_are_no_password(empty):
    tried = [*WALKS, *(variant for word in CHOSEN_BY_MANY for variant in variants(word))]
    assert len(tried) > 80 and all(is_refused(password) for password in tried)


def test_variants_of_her_own_name_are_no_password(empty, nurse):
    nurse.first_name = "Shahnaz"
    for password in ("Shahnaz1234", "$hahnaz2026", "zanhahs12"):
        with pytest.raises(ValidationError):
            NotEasyToGuess().validate(password, nurse)


@pytest.mark.parametrize(
    "password", ["boat lamp river seven", "rwX9k!pe2#", "নদী বাতি সাত চাবি", "majhi-lonthon-7-mach"]
)
def test_words_that_have_nothing_to_do_with_each_other_are_taken(empty, password):
    assert not said_of(password)
