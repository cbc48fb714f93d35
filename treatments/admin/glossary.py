"""The glossary: which Bangla words the pages use, and which they must not."""

from django import forms
from django.contrib import admin
from django.db import models

from ..models import Term


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    list_display = ("english", "bangla", "avoid")
    search_fields = ("english", "bangla", "avoid")
    fields = ("english", "bangla", "avoid", "note", ("explanation_en", "explanation_bn"))
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 40})},
    }
