"""Where somebody is signed in: on which devices, since when; and how that ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ..language.active import date_in_words
from ..models import AuditEntry, NewDevice, Session
from ..public.middleware import is_for_staff
from .acts_in_words import in_words
from .language import language_of
from .mail import send_beside

ABOUT = "sign_in"  # in a session: since, last_used, confirmed (seconds since 1970), browser, system
WRITTEN_EVERY = 60  # seconds; how long after a request the next one counts as use again
CONFIRMED_FOR = 10 * 60  # seconds that a password counts for what concerns the login itself
MOST_NOTICES = 5

# The first that stands in a User-Agent; most browsers also name those that they are made of.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "UCBrowser": "UC Browser",
    "FxiOS": "Firefox", "Firefox": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome",
    "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "CrOS": "ChromeOS",
    "Mac OS": "Mac", "Linux": "Linux",
}  # fmt: skip


def device_of(user_agent: str) -> tuple[str, str]:
    """The names of a browser and of the system that it runs on; empty where nobody says so."""
    return tuple(
        next((name for sign, name in names.items() if sign in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    )


def device_in_words(browser: str, system: str) -> str:
    """Such as “Chrome on Android”."""
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a browser that does not say which it is")


# --- A session's own account of itself ------------------------------------------------------------


@receiver(user_logged_in)
def begin(sender, request: HttpRequest, user: User, **more) -> None:
    now = timezone.now().timestamp()
    browser, system = device_of(request.META.get("HTTP_USER_AGENT", ""))
    about = {"since": now, "last_used": now, "confirmed": now}
    request.session[ABOUT] = about | {"browser": browser, "system": system}
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def note_use(get_response):
    """A session ends an hour after the last page of the admin that was asked for (settings)."""

    def middleware(request):
        if is_for_staff(request) and request.user.is_authenticated:
            now, about = timezone.now().timestamp(), request.session.get(ABOUT, {})
            if now - about.get("last_used", 0) >= WRITTEN_EVERY:
                request.session[ABOUT] = about | {"last_used": now}
        return get_response(request)

    return middleware


def is_confirmed(request: HttpRequest) -> bool:
    """Whether she gave her password a short while ago."""
    confirmed = request.session.get(ABOUT, {}).get("confirmed", 0)
    return timezone.now().timestamp() - confirmed < CONFIRMED_FOR


def confirm(request: HttpRequest) -> None:
    about = request.session.get(ABOUT, {})
    request.session[ABOUT] = about | {"confirmed": timezone.now().timestamp()}


# --- All sessions of a person ---------------------------------------------------------------------


@dataclass(frozen=True)
class SignedIn:
    """One session as it is shown to its owner; its key is shown to nobody."""

    mark: str
    device: str
    since: datetime | None
    last_used: datetime | None
    is_this: bool


def sessions_of(request: HttpRequest) -> list[SignedIn]:
    """Those in which a person is signed in now, this one first, then the last used."""
    shown = [
        _shown(row, row.get_decoded().get(ABOUT, {}), request)
        for row in Session.objects.filter(person=request.user, expire_date__gt=timezone.now())
        if _is_right(row, request.user)
    ]
    earliest = datetime.min.replace(tzinfo=UTC)
    return sorted(shown, key=lambda one: (one.is_this, one.last_used or earliest), reverse=True)


def _is_right(row: Session, person: User) -> bool:
    """A new password has ended the sessions of before."""
    kept = row.get_decoded().get(HASH_SESSION_KEY, "")
    return constant_time_compare(kept, person.get_session_auth_hash())


def _shown(row: Session, about: dict, request: HttpRequest) -> SignedIn:
    moments = (about.get(name) for name in ("since", "last_used"))
    since, last_used = (moment and datetime.fromtimestamp(moment, UTC) for moment in moments)
    device = device_in_words(about.get("browser", ""), about.get("system", ""))
    is_this = row.session_key == request.session.session_key
    return SignedIn(_mark(row), device, since, last_used, is_this)


def _mark(row: Session) -> str:
    return sha256(row.session_key.encode()).hexdigest()[:16]


def end_sessions(person: User, *, but: str | None = None, marks: Iterable[str] = ()) -> int:
    """Signs out everywhere but in the session of this key, or only where one has such a mark."""
    rows = Session.objects.filter(person=person).exclude(session_key=but)
    wanted = {*marks}
    keys = [row.session_key for row in rows if not wanted or _mark(row) in wanted]
    return Session.objects.filter(session_key__in=keys).delete()[0]


@receiver(post_save, sender=User)
def end_sessions_of_the_inactive(sender, instance: User, **more) -> None:
    if not instance.is_active:
        end_sessions(instance)


# --- New devices ----------------------------------------------------------------------------------


def note_new_device(request: HttpRequest, person: User) -> NewDevice:
    """She is told of it: by mail if she has an address, and when she logs in somewhere else."""
    browser, system = device_of(request.META.get("HTTP_USER_AGENT", ""))
    row = NewDevice.objects.create(person=person, browser=browser, system=system, at=timezone.now())
    newest = NewDevice.objects.filter(person=person).order_by("-at", "-pk")
    kept = list(newest.values_list("pk", flat=True)[:MOST_NOTICES])
    NewDevice.objects.filter(person=person).exclude(pk__in=kept).delete()
    if settings.SENDS_MAIL and person.email:
        with override(language_of(person)):
            subject = _("Your login was used on a new device")
            send_beside(_mail(person, subject, _in_words(row)))
    return row


def tell_of_new_devices(request: HttpRequest, person: User, *, known: bool, but=None) -> None:
    """Where somebody else logs in on one new device after the other, nothing is told away."""
    rows = NewDevice.objects.filter(person=person).exclude(pk=but and but.pk)
    with override(language_of(person, otherwise=get_language())):
        for row in rows:
            messages.warning(request, _in_words(row))
    if known:
        rows.delete()


def _in_words(row: NewDevice) -> str:
    text = _(
        "Your login was used on a new device: %(device)s, %(when)s. Was that not you? Change your "
        "password, and sign out everywhere under “How you sign in”."
    )
    when = date_in_words(row.at, "j F Y, H:i")
    return text % {"device": device_in_words(row.browser, row.system), "when": when}


def tell_of_change(person: User, entry: AuditEntry) -> None:
    """By mail, once it is kept: what was done to how somebody gets in.

    `person` is as before it: of a new mail address the old one is told.
    """
    if not (settings.SENDS_MAIL and person.email):
        return
    with override(language_of(person)):
        advice = _(
            "Was that not you, and do you know nothing of it? Change your password, sign out "
            "everywhere under “How you sign in”, and tell an administrator."
        )
        mail = _mail(person, _("How you sign in was changed"), in_words(entry), advice)
    transaction.on_commit(partial(send_beside, mail))


def _mail(person: User, subject: str, *said: str) -> EmailMessage:
    name = person.get_short_name() or person.get_username()
    parts = [
        _("Hello %(name)s,") % {"name": name},
        *said,
        settings.PUBLIC_URL + reverse("admin:sign_in"),
    ]
    return EmailMessage(subject, "\n\n".join(parts), to=[person.email])
