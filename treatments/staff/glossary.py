"""The glossary: which Bangla words the pages use, which they must not, and what they mean."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from ..models import Term
from .searching import StoredFormSearch


@admin.register(Term)
class TermAdmin(StoredFormSearch, admin.ModelAdmin):
    list_display = ("in_english", "bangla", "avoid")
    search_fields = ("english", "bangla", "avoid")
    fieldsets = [
        (
            None,
            {
                "fields": (
                    "english", "bangla", "avoid", "note", ("explanation_en", "explanation_bn")
                ),
                "description": gettext_lazy(
                    "For whoever writes. No page shows a word of this by itself: where a page "
                    "uses the term and does not say what it means, the explanation is offered "
                    "there."
                ),
            },
        )
    ]  # fmt: skip
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 40})}
    }

    @admin.display(description=gettext_lazy("English"), ordering="english")
    def in_english(self, term: Term) -> str:
        return format_html('<span lang="en">{}</span>', term.english)
