"""Who did what. Entries are only ever added, and each holds the digest of the one before it.

Names of people and pages stand in an entry as words, without a foreign key: whatever is deleted or
renamed later, no entry changes. No text of a page, no patient, no address of a network stands in it.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta

from django.db import connection, models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .names import name_with_login
from .treatment import LANGUAGES, Treatment


class Act(models.TextChoices):
    """What can be done. The value is kept for good; the label is what staff choose it by."""

    PUBLISHED = "published", _("published")
    SCHEDULED = "scheduled", _("planned to publish")
    CANCELLED = "cancelled", _("took back what was planned")
    WITHDRAWN = "withdrawn", _("withdrew")
    WITHDRAWAL_PLANNED = "withdrawal_planned", _("planned to withdraw")
    CONFIRMED = "confirmed", _("confirmed texts")
    TAKEN_BACK = "taken_back", _("took a confirmation back")
    WAIVED = "waived", _("let a finding stand")
    REVIEWED = "reviewed", _("recorded a review")
    PHOTO_REMOVED = "photo_removed", _("removed a photo")
    ADDRESS_CHANGED = "address_changed", _("changed a web address")
    PAGE_DELETED = "page_deleted", _("deleted a page")
    CLINIC_CHANGED = "clinic_changed", _("changed the clinic’s details")
    LOGGED_IN = "logged_in", _("logged in")
    LOGGED_OUT = "logged_out", _("logged out")
    LOGIN_FAILED = "login_failed", _("could not log in")
    LOGIN_MADE = "login_made", _("made a login")
    LOGIN_SWITCHED_OFF = "login_switched_off", _("switched a login off")
    LOGIN_SWITCHED_ON = "login_switched_on", _("switched a login on")
    LOGIN_DELETED = "login_deleted", _("deleted a login")
    ROLE_GIVEN = "role_given", _("gave a role")
    ROLE_TAKEN = "role_taken", _("took a role away")
    PASSWORD_CHANGED = "password_changed", _("changed a password")
    PASSWORD_BY_MAIL = "password_by_mail", _("set a password with a link sent by mail")
    MAIL_CHANGED = "mail_changed", _("changed a mail address")
    USER_NAME_CHANGED = "user_name_changed", _("changed a user name")
    FACTOR_ADDED = "factor_added", _("added a second step of signing in")
    FACTOR_REMOVED = "factor_removed", _("removed a second step of signing in")
    FACTORS_RESET = "factors_reset", _("reset somebody’s second step")
    LOADED = "loaded", _("loaded pages from files")
    DUMPED = "dumped", _("wrote pages to files")
    BACKED_UP = "backed_up", _("made a backup")
    RESTORED = "restored", _("restored a backup")
    LOG_EXPORTED = "log_exported", _("took a copy of this list")


BY_NOBODY_KNOWN = (Act.LOGIN_FAILED, Act.PASSWORD_BY_MAIL)  # neither a login nor the server


class NeverChanged(Exception):
    """Somebody tried to change or delete an entry."""


class AuditEntry(models.Model):
    """One act. Made by `record` alone; the database refuses to change or delete it (triggers.py)."""

    number = models.PositiveBigIntegerField(primary_key=True)  # 1, 2, 3 … without a gap
    done_at = models.DateTimeField()
    act = models.CharField(max_length=20)  # one of Act
    person = models.PositiveBigIntegerField(null=True)  # a login's key; None: on the server
    person_name = models.CharField(max_length=301, blank=True)
    page = models.PositiveBigIntegerField(null=True)  # a treatment's key
    page_en = models.CharField(max_length=120, blank=True)
    page_bn = models.CharField(max_length=120, blank=True)
    details = models.JSONField(default=dict)  # texts, numbers, and lists of them
    chain_digest = models.CharField(max_length=64)  # of the digest before it and this content

    class Meta:
        verbose_name = verbose_name_plural = _("who did what")
        ordering = ["-done_at", "-number"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["done_at"], name="audit_done_at"),
            models.Index(fields=["person", "number"], name="audit_person"),
            models.Index(fields=["page", "number"], name="audit_page"),
        ]

    def __str__(self):
        return f"{self.number}: {self.act}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise NeverChanged(self)
        super().save(*args, force_insert=True)

    def delete(self, *args, **kwargs):
        raise NeverChanged(self)

    def digest_after(self, before: str) -> str:
        """What `chain_digest` must be where the entry before has the digest `before`."""
        content = [
            before, self.number, self.done_at.astimezone(UTC).isoformat(), self.act, self.person,
            self.person_name, self.page, self.page_en, self.page_bn, self.details,
        ]  # fmt: skip
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class FailedLogins(models.Model):
    """How often logging in to one account went wrong within the hour that is not over yet."""

    login = models.CharField(max_length=301, blank=True)  # a person's name; "" for what is no login
    hour = models.DateTimeField()
    number = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["login", "hour"], name="failed_logins_of_an_hour")
        ]

    def __str__(self):
        return f"{self.login}: {self.number}"


@transaction.atomic
def record(
    act: Act, *, now: datetime, by=None, page: Treatment | None = None, **details
) -> AuditEntry:
    """Adds an entry in the transaction of what it tells of: both are kept, or neither.

    `by`: the login that does it, None for whoever is at the server. `details`: texts, whole numbers,
    and lists of them. Whoever records next waits until that transaction ends, so record last.
    Raises DatabaseError where it cannot be kept; what it tells of must not be kept then.
    """
    _wait_for_turn()
    for row in FailedLogins.objects.filter(hour__lt=_hour_of(now)).order_by("hour", "login"):
        row.delete()
        _append(Act.LOGIN_FAILED, row.hour, None, None, {"login": row.login, "number": row.number})
    return _append(act, now, by, page, details)


def _wait_for_turn() -> None:
    """Until nobody else is adding; SQLite's transactions have waited when they began."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = AuditEntry._meta.db_table
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [table])


def _append(act: Act, at: datetime, by, page: Treatment | None, details: dict) -> AuditEntry:
    newest = AuditEntry.objects.order_by("-number").first()
    titles = {row.language_code: row.title for row in page.translations.all()} if page else {}
    names = {f"page_{code}": titles.get(code) or page.slug for code in LANGUAGES} if page else {}
    entry = AuditEntry(
        number=newest.number + 1 if newest else 1,
        done_at=at,
        act=act,
        person=by.pk if by else None,
        person_name=name_with_login(by),
        page=page.pk if page else None,
        details=details,
        **names,
    )
    entry.chain_digest = entry.digest_after(newest.chain_digest if newest else "")
    entry.save()
    return entry


def count_failed_login(person: models.Model | None, *, now: datetime) -> None:
    """One more wrong login to this account; None for a name that is no login's.

    When the hour is over, the next entry is preceded by one with how many there were.
    """
    names = {"login": name_with_login(person), "hour": _hour_of(now)}
    with transaction.atomic():
        _row, first = FailedLogins.objects.get_or_create(**names)
        if not first:
            FailedLogins.objects.filter(**names).update(number=F("number") + 1)


def _hour_of(moment: datetime) -> datetime:
    return moment - timedelta(
        minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
    )
