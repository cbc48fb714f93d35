"""The forms of a treatment's own row and of the items of its lists."""

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django_prose_editor.fields import ProseEditorField
from django_prose_editor.widgets import AdminProseEditorWidget

from ..language.digits import ascii_digits
from ..models import LANGUAGES, PLAN, Item, Paragraph, Source
from ..models.plan import validate_amount

# --- List items ---------------------------------------------------------------------------------


def leave_to_choose(form: forms.ModelForm) -> None:
    """In a new item nothing stands chosen that turns what its words say: it is not overlooked.

    What a paragraph looks like turns nothing.
    """
    model = type(form.instance)
    for name in {*model.typed} & {*form.fields}:
        column, field = model._meta.get_field(name), form.fields[name]
        if column.choices and not column.blank and not isinstance(form.instance, Paragraph):
            field.choices = [("", _("Choose")), *field.choices]
            form.initial[name] = ""


class ItemForm(forms.ModelForm):
    """Only a Reviewer takes away the mark that a doctor has yet to confirm an item."""

    def __init__(self, *args, may_clear_mark: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_clear_mark = may_clear_mark
        if not self.instance.pk:
            leave_to_choose(self)
        mark = self.fields["to_confirm"]
        if self.instance.pk and self.instance.to_confirm and not may_clear_mark:
            mark.widget.attrs["aria-disabled"] = "true"
            mark.help_text = _("Only a Reviewer takes this away, when a doctor has looked at it.")
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = Source.objects.filter(treatment=self.instance.treatment)
                field.lacks_sources = not field.queryset.exists()
                field.widget.attrs["data-sources"] = ""
                field.widget.attrs["lang"] = "en"

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


def item_fields(model: type[Item]) -> list[str]:
    """What is typed, then both halves of each pair, then the mark."""
    halves = [f"{name}_{code}" for name in model.pairs for code in LANGUAGES]
    return [*model.typed, *halves, "to_confirm"]


def item_field(column: models.Field, **options) -> forms.Field:
    """The field of a column in an item's form. A pair is explained once, at its English."""
    if isinstance(column, ProseEditorField):
        options["widget"] = AdminProseEditorWidget
    elif isinstance(column, models.TextField):
        options["widget"] = forms.Textarea(attrs={"rows": 3})
    elif isinstance(column, models.URLField):
        options["assume_scheme"] = "https"
    field = column.formfield(**options)
    name, _separator, language = column.name.rpartition("_")
    if name in column.model.pairs:
        explained = column.model._meta.get_field(name).help_text
        field.help_text = explained if language == LANGUAGES[0] else ""
        field.widget.attrs["lang"] = language
    return field


# --- The treatment's own row ----------------------------------------------------------------------

# A number field of the browser takes no Bangla digits.
NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "size": 4})


class TreatmentForm(forms.ModelForm):
    def __init__(self, data=None, *args, **kwargs):
        super().__init__(_with_ascii_digits(data), *args, **kwargs)
        for name in {f"{amount}_{end}" for amount in PLAN for end in ("min", "max")}:
            if name in self.fields:
                self.fields[name].error_messages["invalid"] = _(
                    "Enter one whole number. Of a range, the smaller number goes into the first "
                    "field and the larger one into the second."
                )

    def clean(self):
        """A range that is none is said at its own field, not above the whole page."""
        cleaned = super().clean()
        for name in PLAN:
            columns = [f"{name}_{part}" for part in ("min", "max", "unit")]
            if {*columns} & {*self.errors} or {*columns} - {*self.fields}:
                continue
            try:
                validate_amount(*(cleaned.get(column) for column in columns))
            except forms.ValidationError as error:
                self.add_error(columns[0], error)
        return cleaned


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
