"""What happens to logins is recorded, whatever road it comes: a form, a command, a shell.

All of Django's signals that are recorded are connected here; so is what else the staff's logins
send. A receiver that fails stops what it would record, but for a wrong login.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import DatabaseError
from django.db.models.signals import m2m_changed, post_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone

from ..models import Act, AuditEntry, audit, name_with_login

log = logging.getLogger(__name__)

_acting: ContextVar[User | None] = ContextVar("acting", default=None)
_by_mail: ContextVar[bool] = ContextVar("by_mail", default=False)
WATCHED = ("username", "password", "email", "is_active")


@contextmanager
def acting(person: User) -> Iterator[None]:
    """Meanwhile it is this person who does whatever is done to logins; otherwise the server."""
    token = _acting.set(person)
    try:
        yield
    finally:
        _acting.reset(token)


@contextmanager
def by_a_mailed_link() -> Iterator[None]:
    """Meanwhile a password is set by whoever reads the mails of a login: its owner or not."""
    token = _by_mail.set(True)
    try:
        yield
    finally:
        _by_mail.reset(token)


def _record(act: Act, **details) -> AuditEntry:
    return audit.record(act, now=timezone.now(), by=_acting.get(), **details)


# --- In and out -----------------------------------------------------------------------------------


@receiver(user_logged_in)
def _logged_in(sender, user: User, **_more) -> None:
    audit.record(Act.LOGGED_IN, now=timezone.now(), by=user)


@receiver(user_logged_out)
def _logged_out(sender, user: User | None, **_more) -> None:
    if user:
        audit.record(Act.LOGGED_OUT, now=timezone.now(), by=user)


@receiver(user_login_failed)
def _login_failed(sender, credentials: Mapping[str, str], **_more) -> None:
    """Counts a wrong password or code. Who mistyped is told so even if that fails."""
    try:
        person = User.objects.filter(username=credentials["username"], is_active=True).first()
        audit.count_failed_login(person, now=timezone.now())
    except DatabaseError:
        log.exception("A wrong login was not counted")


def _tell_of_change(before: User, entry: AuditEntry) -> None:
    from .sessions import tell_of_change  # every process reads this module, before it answers

    tell_of_change(before, entry)


# --- The logins themselves ------------------------------------------------------------------------


@receiver(pre_save, sender=User)
def _saved(sender, instance: User, update_fields, raw: bool, **_more) -> None:
    """Before it is saved: outside a transaction what cannot be recorded is then not done either."""
    watched = update_fields is None or {*WATCHED} & {*update_fields}
    if raw or not watched:
        return
    before = User.objects.filter(pk=instance.pk).first()
    if before is None:
        _record(Act.LOGIN_MADE, login=name_with_login(instance))
        return
    written = WATCHED if update_fields is None else update_fields
    changed = {
        field
        for field in WATCHED
        if field in written and getattr(before, field) != getattr(instance, field)
    }
    login = {"login": name_with_login(before)}
    if "username" in changed:
        entry = _record(Act.USER_NAME_CHANGED, **login, new=instance.get_username())
        _tell_of_change(before, entry)
    if "email" in changed:
        _tell_of_change(before, _record(Act.MAIL_CHANGED, **login))
    if "is_active" in changed:
        on, off = Act.LOGIN_SWITCHED_ON, Act.LOGIN_SWITCHED_OFF
        _record(on if instance.is_active else off, **login)
    if "password" in changed and _is_new_password(instance):
        by_its_owner = instance == _acting.get()
        if _by_mail.get():
            entry = _record(Act.PASSWORD_BY_MAIL, **login)
        else:
            entry = _record(Act.PASSWORD_CHANGED, **({} if by_its_owner else login))
        _tell_of_change(before, entry)


def _is_new_password(user: User) -> bool:
    """Or else the same one was hashed anew, at a login, with today's hasher."""
    return user._password is not None or not user.has_usable_password()


@receiver(post_delete, sender=User)
def _deleted(sender, instance: User, **_more) -> None:
    """Last in its transaction, when all rows that named the login have been written."""
    _record(Act.LOGIN_DELETED, login=name_with_login(instance))


@receiver(m2m_changed, sender=User.groups.through)
def _roles_changed(sender, instance, action: str, reverse: bool, pk_set, **_more) -> None:
    """`instance` is a person, or a role where people were added to it (`reverse`)."""
    acts = {"post_add": Act.ROLE_GIVEN, "pre_remove": Act.ROLE_TAKEN, "pre_clear": Act.ROLE_TAKEN}
    if action not in acts:
        return
    others = (instance.user_set if reverse else instance.groups).order_by("pk")
    for other in others if pk_set is None else others.filter(pk__in=pk_set):
        person, role = (other, instance) if reverse else (instance, other)
        _record(acts[action], login=name_with_login(person), role=role.name)
