"""What people write, in its stored form whatever it comes through."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from modeltranslation.fields import TranslationField

from ..language import bijoy
from ..language.text import (
    STRUCK,
    first_unreadable_letter,
    has_words,
    normalise,
    one_line,
    struck_words,
)

NOTHING_SAID = _("Write at least one letter here.")


def unreadable_reason(text: str) -> Promise | str:
    """In words for staff, the first letter that no reader's program knows; "" if there is none."""
    match = first_unreadable_letter(text)
    if not match:
        return ""
    before, after = text[: match.start()][-20:], text[match.end() :][:20]
    return _(
        "In “%(text)s”, □ is a sign that phones and printers cannot show (%(code)s). Delete it, and "
        "type there what is meant."
    ) % {"text": f"{before}□{after}", "code": f"U+{ord(match[0]):04X}"}


def struck_reason(text: str) -> Promise | str:
    """In words for staff, what was struck out where the text was copied; "" if nothing was."""
    words = struck_words(text)
    if not words:
        return ""
    return _(
        "“%(words)s” was struck out where you copied it; here it stands between %(mark)s. Delete it, "
        "or delete only the marks if patients are to read it."
    ) % {"words": words[:80], "mark": STRUCK}


# What a form sends with the texts that it asks to be taken over in Unicode; see staff.site.
FROM_BIJOY = "_from_bijoy"


def bijoy_reason(typed: str, *, rich: bool) -> SafeString | str:
    """For a Bangla text as it was sent, that it is in Bijoy, and how it reads; "" where it is not.

    With a button for the form that it stands in: nothing is converted before somebody presses it.
    """
    words = bijoy.plain(typed, rich=rich)
    if not bijoy.looks_like_bijoy(words):
        return ""
    return format_html(
        '{} <q lang="bn">{}</q> <button type="submit" name="{}" value="{}">{}</button>',
        _(
            "This looks like Bijoy letters (SutonnyMJ): patients would see “%(seen)s”. In letters "
            "that every phone shows, it reads:"
        )
        % {"seen": one_line(words)[:60]},
        bijoy.to_unicode(words),
        FROM_BIJOY,
        bijoy.key_of(typed, rich=rich),
        _("Take this, and save"),
    )


class Written(models.Model):
    """A row with texts that people write: saved in their stored form, refused if unreadable."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.put_right()
        super().save(*args, **kwargs)

    @classmethod
    def _texts(cls) -> Iterator[tuple[models.Field, bool]]:
        """The columns with such texts, and whether each has to say something."""
        columns = [
            column
            for column in cls._meta.concrete_fields
            if isinstance(column, models.CharField | models.TextField)
            and column.editable
            and not column.choices
        ]
        # A pair is written in its two halves; its own column is modeltranslation's.
        halves = {c: c.translated_field for c in columns if isinstance(c, TranslationField)}
        for column in columns:
            if column.name not in {pair.name for pair in halves.values()}:
                yield column, not halves.get(column, column).blank

    def put_right(self) -> None:
        """Brings every text into its stored form."""
        for column, _required in self._texts():
            if isinstance(column, ProseEditorField):
                stored_form = column.sanitize
            else:
                stored_form = normalise if isinstance(column, models.TextField) else one_line
            setattr(self, column.name, stored_form(getattr(self, column.name) or ""))

    def _is_bangla(self, column: models.Field) -> bool:
        """Whether only Bangla is written there."""
        of_a_language = getattr(self, "language_code", "")
        return of_a_language == "bn" or column.name.endswith("_bn") or column.name == "bangla"

    def _bijoy_reason(self, column: models.Field, typed: str) -> SafeString | str:
        if not self._is_bangla(column):
            return ""
        return bijoy_reason(typed, rich=isinstance(column, ProseEditorField))

    def clean_fields(self, exclude=None):
        typed = {column.name: getattr(self, column.name) or "" for column, _r in self._texts()}
        self.put_right()
        errors = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as refused:
            errors = refused.update_error_dict(errors)
        for column, required in self._texts():
            if column.name in (exclude or ()) or column.name in errors:
                continue
            text = getattr(self, column.name)
            if required and not has_words(text):
                errors[column.name] = [NOTHING_SAID]
            elif why := (
                self._bijoy_reason(column, typed[column.name])
                or unreadable_reason(text)
                or struck_reason(text)
            ):
                errors[column.name] = [why]
        if errors:
            raise ValidationError(errors)
