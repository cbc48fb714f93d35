"""What all pages share: the clinic and the glossary of who writes them."""

import re
from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from ..clinic import opening_hours, phones
from ..language import rich_text
from ..language.text import has_words
from ..language.weekdays import WEEKDAY_NAMES, WEEKDAYS
from .audit import Act, record
from .names import NameOf
from .treatment import EDITOR, LANGUAGES, max_characters
from .written import Written

PLACEHOLDER = {"en": "Your clinic's name", "bn": "আপনার ক্লিনিকের নাম"}
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def validate_phones(value: str) -> None:
    """Numbers as clinic.phones stores them, one a line."""
    _validate_kept(phones.parse_phones, value)


def validate_mobile(value: str) -> None:
    _validate_kept(phones.parse_mobile, value)


def validate_hotline(value: str) -> None:
    _validate_kept(phones.parse_hotline, value)


def _validate_kept(read: Callable[[str], str], value: str) -> None:
    if (kept := read(value)) != value:
        raise ValidationError(_("Write it like this: %(kept)s"), params={"kept": kept})


def validate_hours(value: object) -> None:
    """`[{"weekday": "sat", "opens": "10:00", "closes": "20:00"}, …]`, in the order of the week.

    What closes before it opens goes on into the next day; 00:00 to 00:00 is day and night. Raises ValidationError with a sentence for staff.
    """
    if not isinstance(value, list):
        raise ValidationError(_("Opening hours must be a list."))
    for entry in value:
        if not isinstance(entry, dict) or set(entry) != {"weekday", "opens", "closes"}:
            raise ValidationError(_("Each line needs a day, an opening and a closing time."))
        if entry["weekday"] not in WEEKDAYS:
            raise ValidationError(_("Unknown day of the week."))
        for end in ("opens", "closes"):
            if not _TIME.fullmatch(str(entry[end])):
                raise ValidationError(_("Write times like 10:00 or 20:30."))
        if entry["opens"] == entry["closes"] != "00:00":
            raise ValidationError(_("The opening and the closing time are the same."))
    in_order = sorted(value, key=lambda one: (WEEKDAYS.index(one["weekday"]), one["opens"]))
    if in_order != value:
        raise ValidationError(_("Write the opening times in the order of the week."))
    for day, following in opening_hours.overlaps(value):
        raise ValidationError(overlap_in_words(day, following))


def overlap_in_words(day: str, following: str) -> str:
    """What is wrong with two openings, by the names of their weekdays; for staff."""
    if day == following:
        return _("Two opening times of one day overlap. Let one end before the next begins.")
    names = {"day": WEEKDAY_NAMES[day], "following": WEEKDAY_NAMES[following]}
    return (
        _("The night of %(day)s is not over when %(following)s opens. Let it end before.") % names
    )


def validate_closed_days(value: object) -> None:
    """`["2026-12-16", …]`, the earliest first, each once. Raises ValidationError."""
    try:
        days = [date.fromisoformat(day).isoformat() for day in value]
    except (TypeError, ValueError) as error:
        raise ValidationError(_("Closed days must be a list of dates.")) from error
    if days != value or days != sorted(set(days)):
        raise ValidationError(_("Write every closed day once, the earliest first."))
    if len(days) > 100:
        raise ValidationError(_("At most 100 closed days; take out those that are past."))


class Clinic(Written):
    """The one clinic. A live fact: what staff save here is on the pages at once."""

    class ConfirmedBy(models.TextChoices):
        ANYBODY = "anybody", _("Anybody who may confirm")
        ANOTHER = "another", _("Somebody else than who wrote it")

    name = models.CharField(_("name of the clinic"), max_length=120)
    about = ProseEditorField(
        _("about the clinic"),
        blank=True,
        extensions=EDITOR,
        sanitize=rich_text.clean,
        validators=[max_characters(20_000)],
    )
    address = models.TextField(_("address"), blank=True, validators=[max_characters(500)])
    phones = models.TextField(
        _("phone numbers"),
        blank=True,
        validators=[validate_phones, max_characters(200)],
        help_text=_(
            "One a line, as you would dial it; a hotline of 3 to 5 digits is a number too. The first "
            "is the one to call."
        ),
    )
    whatsapp = models.CharField(
        _("WhatsApp number"), max_length=16, blank=True, validators=[validate_mobile]
    )
    map_link = models.URLField(
        _("map link"), max_length=500, blank=True,
        help_text=_("Copy it from the map's “Share” button."),
    )  # fmt: skip
    hours = models.JSONField(
        _("opening hours"), default=list, blank=True, validators=[validate_hours]
    )
    closed_days = models.JSONField(
        _("closed days"), default=list, blank=True, validators=[validate_closed_days]
    )
    emergency_number = models.CharField(
        _("emergency number"), max_length=8, default="999", validators=[validate_hotline]
    )
    who_pays = models.TextField(
        _("who pays for this website"),
        blank=True,
        validators=[max_characters(300)],
        help_text=_(
            "In one or two sentences, with whoever gave money or a machine. Patients read it on "
            "“About this information”; while it is empty, that page says that the clinic has not "
            "said it."
        ),
    )
    confirmed_by = models.CharField(
        _("who confirms safety texts"),
        max_length=10,
        choices=ConfirmedBy,
        default=ConfirmedBy.ANYBODY,
        help_text=_(
            "Before a text goes live, somebody who reads both languages confirms that they say the "
            "same."
        ),
    )

    pairs = ("name", "about", "address", "who_pays")

    class Meta:
        verbose_name = _("clinic")
        verbose_name_plural = _("clinic")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_clinic")]

    def __str__(self):
        return self.name or self.name_en or self.name_bn or ""

    def clean(self):
        halves = {name: getattr(self, name) for name in map("who_pays_{}".format, LANGUAGES)}
        if any(halves.values()):
            empty = [name for name, text in halves.items() if not has_words(text)]
            if empty:
                raise ValidationError(dict.fromkeys(empty, _("Say it in both languages.")))

    @transaction.atomic
    def save(self, *args, by=None, **kwargs):
        """Saves, and keeps the old value of every column that changes."""
        self.pk = 1
        before = Clinic.objects.filter(pk=1).first()
        super().save(*args, **kwargs)
        if before is None:
            return
        columns = [f"{name}_{language}" for name in self.pairs for language in LANGUAGES]
        columns += ["phones", "whatsapp", "map_link", "hours", "closed_days", "emergency_number"]
        columns.append("confirmed_by")
        now = timezone.now()
        changes = [
            ClinicChange(field=column, old=str(old), new=str(new), changed_by=by, changed_at=now)
            for column in columns
            if (old := before.detail(column)) != (new := self.detail(column))
        ]
        if changes:
            ClinicChange.objects.bulk_create(changes)
            changed = [change.field for change in changes]
            record(Act.CLINIC_CHANGED, now=now, by=by, columns=changed)

    def detail(self, column: str) -> object:
        return getattr(self, column) or ""  # a half that nobody has filled in yet is NULL

    @classmethod
    def the_one(cls) -> "Clinic":
        """The clinic's row. Where there is none yet, its placeholder, unsaved. One query."""
        names = {f"name_{code}": PLACEHOLDER[code] for code in LANGUAGES}
        return cls.objects.filter(pk=1).first() or cls(pk=1, **names)

    @property
    def wants_four_eyes(self) -> bool:
        return self.confirmed_by == self.ConfirmedBy.ANOTHER

    @property
    def is_placeholder(self) -> bool:
        return any(getattr(self, f"name_{code}") == PLACEHOLDER[code] for code in LANGUAGES)

    @property
    def phone_list(self) -> list[str]:
        return [line.strip() for line in self.phones.splitlines() if line.strip()]

    @property
    def closed_dates(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.closed_days]


class ClinicChange(models.Model):
    """The old value of a clinic's detail, kept when it is changed."""

    field = models.CharField(_("detail"), max_length=40)
    old = models.TextField(_("before"))
    new = models.TextField(_("after"))
    # What was saved together has the very same moment.
    changed_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        "auth.User", on_delete=models.SET_NULL, null=True, verbose_name=_("by")
    )
    changed_by_name = NameOf("changed_by")

    class Meta:
        verbose_name = _("change of the clinic's details")
        verbose_name_plural = _("changes of the clinic's details")
        ordering = ["-pk"]

    def __str__(self):
        return self.field


class Term(Written):
    """A word of the glossary: how it is said in Bangla, and how it must not be."""

    english = models.CharField(_("English"), max_length=120, unique=True)
    bangla = models.TextField(
        _("Bangla"),
        validators=[max_characters(400)],
        help_text=_("Accepted words, one a line, the preferred one first."),
    )
    avoid = models.TextField(
        _("not these"), blank=True, validators=[max_characters(400)], help_text=_("One a line.")
    )
    note = models.TextField(_("note for writers"), blank=True, validators=[max_characters(2_000)])
    explanation = models.TextField(
        _("explanation for patients"), blank=True, validators=[max_characters(400)]
    )
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.bangla.split("\n")[0] if get_language() == "bn" else self.english

    def put_right(self):
        super().put_right()
        for name in ("bangla", "avoid"):
            setattr(self, name, "\n".join(filter(None, getattr(self, name).split("\n"))))

    def clean(self):
        empty = {
            name: _("“%(line)s” is no word.") % {"line": line}
            for name in ("bangla", "avoid")
            for line in getattr(self, name).splitlines()
            if not has_words(line)
        }
        if empty:
            raise ValidationError(empty)
