"""Fields of several rows, where what is wrong, and what is asked, stands in its row."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise, cached_property


@dataclass
class Question:
    """What is asked before something unusual is saved; `value` names exactly what it is about."""

    value: str
    text: str | Promise
    answered: bool = False


class _ReadOnce(forms.BoundField):
    @cached_property
    def data(self):
        return super().data


class RowsField(forms.Field):
    """Its widget reads the rows that were typed once; `clean` notes in them what it finds."""

    bound_field_class = _ReadOnce

    def has_changed(self, initial, data):
        return True
