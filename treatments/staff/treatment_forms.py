"""The forms of a treatment's own row and of the items of its lists."""

from adminsortable2.admin import SortableStackedInline
from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..document.sections import SECTIONS, SOURCED, Section
from ..language.digits import ascii_digits
from ..models import LANGUAGES, PLAN, Photo, Source, Treatment
from ..publishing import slugs
from ..publishing.confirmations import REVIEW
from . import photo_uploads

# --- List items ---------------------------------------------------------------------------------


class ItemForm(forms.ModelForm):
    """Only a Reviewer takes away the mark that a doctor has yet to confirm an item."""

    may_clear_mark = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mark = self.fields.get("to_confirm")
        if mark and self.instance.pk and self.instance.to_confirm and not self.may_clear_mark:
            mark.widget.attrs["aria-disabled"] = "true"
            mark.help_text = _("Only a Reviewer takes this away, when a doctor has looked at it.")

    def clean_to_confirm(self):
        marked = self.cleaned_data["to_confirm"]
        if (
            self.instance.pk
            and self.initial.get("to_confirm")
            and not (marked or self.may_clear_mark)
        ):
            raise forms.ValidationError(
                _("Only a Reviewer may say that a doctor has looked at this. Tick it again.")
            )
        return marked


class ItemInline(SortableStackedInline):
    section: str
    form = ItemForm
    template = "staff/treatment/items.html"
    extra = 0
    classes = ("collapse",)
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 40})},
        models.URLField: {"assume_scheme": "https"},
    }

    def get_fields(self, request, obj=None):
        typed = list(self.model.typed)
        pairs = [tuple(f"{name}_{code}" for code in LANGUAGES) for name in self.model.pairs]
        if len(typed) > 4:  # the figures of a study, in one grid
            typed = [typed[0], tuple(typed[1:-1]), typed[-1]]
        return [*typed, *pairs, "to_confirm", "position"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name, _separator, language = db_field.name.rpartition("_")
        if field and name in self.model.pairs:
            field.help_text = self.model._meta.get_field(name).help_text if language == "en" else ""
            field.widget.attrs["lang"] = language
        return field

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.may_clear_mark = request.user.has_perm(REVIEW)
        for section, name in SOURCED:
            if section.key == self.section:
                field = formset.form.base_fields[name]
                field.queryset, field.choices = _sources_offered(request, obj)
                field.widget.attrs["lang"] = "en"
        return formset


def _sources_offered(request: HttpRequest, treatment: Treatment | None) -> tuple:
    """The sources an item can rest on, and the choices made of them, once for a whole page."""
    if not hasattr(request, "sources_offered"):
        sources = Source.objects.filter(treatment=treatment) if treatment else Source.objects.none()
        choices = [("", "---------"), *((source.pk, str(source)) for source in sources)]
        request.sources_offered = sources, choices
    return request.sources_offered


def _inline(section: Section) -> type[ItemInline]:
    attributes = {"model": section.model, "section": section.key}
    bases = (photo_uploads.PhotoFields, ItemInline) if section.model is Photo else (ItemInline,)
    return type(f"{section.model.__name__}Inline", bases, attributes)


INLINES = {section.key: _inline(section) for section in SECTIONS}

# --- The treatment's own row ----------------------------------------------------------------------

# A number field of the browser takes no Bangla digits.
NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "size": 4})


class TreatmentForm(forms.ModelForm):
    def __init__(self, data=None, *args, **kwargs):
        super().__init__(_with_ascii_digits(data), *args, **kwargs)

    def clean(self):
        """A range that is none is said at its own field, not above the whole page."""
        cleaned = super().clean()
        for name in PLAN:
            low, high = (cleaned.get(f"{name}_{end}") for end in ("min", "max"))
            if {f"{name}_min", f"{name}_max"} & {*self.errors} or low is high is None:
                continue
            if low is None or high is None or low > high:
                self.add_error(
                    f"{name}_min", _("Fill in both ends of the range, the smaller number first.")
                )
        return cleaned

    def clean_slug(self):
        slug = self.cleaned_data["slug"].strip()
        slugs.validate_slug(slug, self.instance)
        return slug


def _with_ascii_digits(data):
    """Numbers typed in Bangla digits are numbers too."""
    if data is None:
        return None
    data = data.copy()
    for name in PLAN:
        for end in ("min", "max"):
            if value := data.get(f"{name}_{end}"):
                data[f"{name}_{end}"] = ascii_digits(value)
    return data
