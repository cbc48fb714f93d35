"""Who may try a password or a code, and who has to wait first.

A try is counted before its password is hashed, for the account and for the network it comes from,
and taken back if the password is right. Codes that are asked for after it are counted likewise, by
themselves. Names that nobody has are counted like any other. After some wrong ones there is a wait, which grows to a quarter of an hour and not further: who keeps guessing
keeps others out of the account. The browsers in which the account was logged in to before are
therefore counted by themselves, each for its own tries only.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from ..models import WrongLogins
from ..public import known_browsers
from ..public.middleware import client_address, network_of
from .password_hashing import PATIENCE, hashing_slot

WAITS = [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15)]
KEPT_ROWS = 4_000  # those with the latest tries; some hundreds more between two clearings


@dataclass(frozen=True)
class Counter:
    """What wrong logins are counted for."""

    digest: str
    free: int  # the wrong login with which waiting begins
    forgiven_in: timedelta  # the time in which one wrong login is forgotten
    kind: str = "account"  # or "network", "code", "mail"

    def after(self, row: WrongLogins | None, now: datetime) -> WrongLogins:
        """The row as it is after one more wrong login."""
        forgiven = max(now - row.next_try, timedelta()) // self.forgiven_in if row else 0
        number = max(row.number - forgiven, 0) + 1 if row else 1
        number = min(number, self.free + len(WAITS) - 1)
        wait = WAITS[number - self.free] if number >= self.free else timedelta()
        return WrongLogins(digest=self.digest, number=number, next_try=now + wait)


class Locked(Exception):
    """Nothing is looked at before `until`; the counter that has to wait is of this kind."""

    def __init__(self, until: datetime, kind: str):
        self.until, self.kind = until, kind


def account_counter(name: str, password_hash: str, browser: str = "") -> Counter:
    """With the hash of the account's password in it: a new password begins with no wrong ones."""
    digest = _digest("account", name, password_hash, browser)
    return Counter(digest, free=5, forgiven_in=timedelta(hours=1))


def code_counter(person: User, browser: str = "") -> Counter:
    """For the codes and passkeys that are tried after a right password."""
    digest = _digest("code", str(person.pk), person.password, browser)
    return Counter(digest, free=5, forgiven_in=timedelta(hours=1), kind="code")


def mail_counter(address: str) -> Counter:
    """For mails that are asked for, whether anybody has the address or not."""
    digest = _digest("mail", address.casefold())
    return Counter(digest, free=4, forgiven_in=timedelta(hours=1), kind="mail")


def network_counters(address: str) -> list[Counter]:
    """One, or none of an address without a network, such as a Unix socket's."""
    if not address:
        return []
    digest = _digest("network", network_of(address))
    return [Counter(digest, free=30, forgiven_in=timedelta(minutes=10), kind="network")]


def _digest(kind: str, *values: str) -> str:
    hmac = salted_hmac(f"treatments.staff.logins.{kind}", "\0".join(values), algorithm="sha256")
    return hmac.hexdigest()[:32]


def check_lock(counters: Sequence[Counter], now: datetime) -> None:
    """Raises Locked if any of them has to wait."""
    kinds = {counter.digest: counter.kind for counter in counters}
    waiting = WrongLogins.objects.filter(pk__in=kinds, next_try__gt=now)
    locked = {kinds[row.pk]: row.next_try for row in waiting}
    if locked:
        kind = "network" if "network" in locked else next(iter(locked))
        raise Locked(max(locked.values()), kind)


class Try:
    """One try, counted as wrong until it is taken back. Raises Locked, and then counts nothing."""

    def __init__(self, counters: Sequence[Counter], now: datetime):
        check_lock(counters, now)
        with transaction.atomic():
            self.counted = [(counter, *_count(counter, now)) for counter in counters]
        if any(before is None and _is_one_of_many(after) for _, before, after in self.counted):
            _clear_old()

    def take_back(self) -> None:
        """The password was right: the account's count ends, the network's is as it was."""
        with transaction.atomic():
            for counter, before, after in self.counted:
                row = WrongLogins.objects.filter(pk=counter.digest)
                if counter.kind == "network":  # unless somebody else's try was counted meanwhile
                    row = row.filter(number=after.number, next_try=after.next_try)
                if counter.kind == "network" and before:
                    row.update(number=before.number, next_try=before.next_try)
                else:
                    row.delete()


def _count(counter: Counter, now: datetime) -> tuple[WrongLogins | None, WrongLogins]:
    """The row before and after, with nobody else's count in between.

    Raises Locked where the wait has begun since it was last looked: with tries at the same moment
    there are no more of them than one after the other.
    """
    rows = WrongLogins.objects.filter(pk=counter.digest)
    while True:
        before = rows.first()
        if before and before.next_try > now:
            raise Locked(before.next_try, counter.kind)
        after = counter.after(before, now)
        values = {"number": after.number, "next_try": after.next_try}
        if before is None:
            _row, done = rows.get_or_create(digest=counter.digest, defaults=values)
        else:
            same = rows.filter(number=before.number, next_try=before.next_try)
            done = same.update(**values)
        if done:
            return before, after


def _is_one_of_many(row: WrongLogins) -> bool:
    """True for one new row of 256; nobody can choose which."""
    return row.digest.startswith("00")


def _clear_old() -> None:
    newest_first = WrongLogins.objects.order_by("-next_try").values_list("next_try", flat=True)
    if oldest_kept := newest_first[KEPT_ROWS - 1 : KEPT_ROWS].first():
        WrongLogins.objects.filter(next_try__lt=oldest_kept).delete()


def known_browser(request: HttpRequest, name: str) -> str:
    """The mark of a browser in which this account was logged in to before, or an empty text."""
    return known_browsers.mark(request, _cookie(name))


def remember_browser(response: HttpResponse, name: str) -> None:
    response.set_signed_cookie(
        _cookie(name),
        secrets.token_hex(8),
        max_age=known_browsers.KEPT_FOR,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _cookie(name: str) -> str:
    """One an account, because people share computers; what it says is signed together with it."""
    return known_browsers.KNOWN + _digest("browser", name)


@sensitive_variables()
def person_with(request: HttpRequest, name: str, password: str) -> User | None:
    """Whose name and password these are. Raises Busy or Locked if the password is not looked at."""
    browser = known_browser(request, name)
    with hashing_slot(PATIENCE if browser else 0):
        user = User.objects.filter(username=name, is_active=True).first()
        counters = [account_counter(name, user.password if user else "", browser)]
        this = Try([*counters, *_of_a_stranger(request, browser)], timezone.now())
        if _is_right(user, password) and user.is_staff:
            this.take_back()
            return user
    tell_of_failure(request, name)
    return None


def try_code(request: HttpRequest, person: User, now: datetime) -> Try:
    """A try of a code, counted. Raises Locked if it is not looked at."""
    browser = known_browser(request, person.get_username())
    return Try([code_counter(person, browser), *_of_a_stranger(request, browser)], now)


def _of_a_stranger(request: HttpRequest, browser: str) -> list[Counter]:
    return [] if browser else network_counters(client_address(request))


def tell_of_failure(request: HttpRequest, name: str) -> None:
    user_login_failed.send(__name__, credentials={"username": name}, request=request)


class LoginForm(AdminAuthenticationForm):
    @sensitive_variables()
    def clean(self):
        """Raises Busy or Locked where the password is not even looked at."""
        name, password = (self.cleaned_data.get(field) for field in ("username", "password"))
        if name and password:
            self.user_cache = person_with(self.request, name, password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


def _is_right(user: User | None, password: str) -> bool:
    """Takes as long for a name that nobody has."""
    if user and user.has_usable_password():
        return user.check_password(password)
    check_password(password, _nobodys_password())
    return False


@cache
def _nobodys_password() -> str:
    return make_password(secrets.token_urlsafe())
