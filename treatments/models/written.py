"""What people write, in its stored form whatever it comes through."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from modeltranslation.fields import TranslationField

from ..language.text import first_unreadable_letter, has_words, normalise, one_line

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

    def clean_fields(self, exclude=None):
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
            elif why := unreadable_reason(text):
                errors[column.name] = [why]
        if errors:
            raise ValidationError(errors)
