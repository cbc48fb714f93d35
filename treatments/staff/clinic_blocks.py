"""The clinic's details in blocks, as patients meet them: each is opened and saved by itself."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from ..clinic.phones import doubt_hotline, doubt_phone, parse_hotline, parse_mobile, parse_phones
from ..models import LANGUAGE_NAMES, LANGUAGES, Clinic
from .clinic_days import ClosedDaysField
from .clinic_hours import HoursField
from .clinic_phones import NumbersField


class BlockForm(forms.ModelForm):
    """Some columns of the clinic; what is stored of the others stays."""

    def __init__(self, *args, **options):
        """A field that was not sent at all keeps what is stored."""
        super().__init__(*args, **options)
        if "hours" in self.fields:
            self.fields["hours"].stored = self.instance.hours
        if not self.is_bound:
            return
        self.data = self.data.copy()
        for field in list(self):
            if field.name not in FIELDS:
                self.data.setdefault(field.html_name, field.initial or "")
            elif field.field.widget.value_omitted_from_data(self.data, {}, field.html_name):
                del self.fields[field.name]

    def _update_errors(self, errors):
        """What is wrong with another block, whose fields are not here, is said there."""
        if hasattr(errors, "error_dict"):
            for name in {*errors.error_dict} - {*self.fields, NON_FIELD_ERRORS}:
                del errors.error_dict[name]
        super()._update_errors(errors)


FIELDS: dict[str, Callable[[], forms.Field]] = {
    "phones": lambda: NumbersField(
        parse_phones,
        doubt_phone,
        label=_("Phone numbers"),
        labels=(_("To call first"), _("Second number"), _("Third number")),
        more_label=_("Number %(number)s"),
        required=False,
    ),
    "whatsapp": lambda: NumbersField(
        parse_mobile,
        doubt_phone,
        label=_("WhatsApp"),
        labels=[_("WhatsApp number")],
        required=False,
    ),
    "emergency_number": lambda: NumbersField(
        parse_hotline, doubt_hotline, label=_("Emergency number"), labels=[_("Emergency number")]
    ),
    "hours": lambda: HoursField(label=_("Opening hours"), required=False),
    "closed_days": lambda: ClosedDaysField(label=_("Closed days"), required=False),
}


def _field(column: models.Field, **options) -> forms.Field | None:
    if column.name in FIELDS:
        return FIELDS[column.name]()
    if isinstance(column, models.URLField):
        options["assume_scheme"] = "https"
    elif isinstance(column, models.TextField) and not isinstance(column, ProseEditorField):
        options["widget"] = forms.Textarea(attrs={"rows": 3})
    field = column.formfield(**options)
    field.widget.attrs.pop("maxlength", None)  # it would cut a paste in silence
    name, _separator, language = column.name.rpartition("_")
    if name in Clinic.pairs:
        field.label = (
            f"{capfirst(Clinic._meta.get_field(name).verbose_name)} · {LANGUAGE_NAMES[language]}"
        )
        field.widget.attrs["lang"] = language
        field.help_text = ""  # the block says it once for both
        field.required = name == "name"
    return field


@dataclass(frozen=True)
class Block:
    """Columns that are shown together, edited together and saved together."""

    key: str
    title: str | Promise
    icon: str
    columns: tuple[str, ...]
    help: str | Promise = ""
    missing: Callable[[Clinic], bool] = lambda clinic: False
    task: str | Promise = ""  # what to do while it is missing
    is_for_patients: bool = True

    @property
    def form(self) -> type[BlockForm]:
        return forms.modelform_factory(
            Clinic, form=BlockForm, fields=self.columns, formfield_callback=_field
        )

    def digest(self, clinic: Clinic) -> str:
        """The same for the same values of its columns."""
        # PostgreSQL gives the keys of an opening back in another order.
        values = json.dumps([clinic.detail(column) for column in self.columns], sort_keys=True)
        return sha256(values.encode()).hexdigest()[:32]

    def is_empty(self, clinic: Clinic) -> bool:
        return not any(clinic.detail(column) for column in self.columns)


def _pair(name: str) -> tuple[str, ...]:
    return tuple(f"{name}_{code}" for code in LANGUAGES)


BLOCKS = {
    block.key: block
    for block in (
        Block(
            "name",
            _("Name"),
            "drop",
            _pair("name"),
            missing=lambda clinic: clinic.is_placeholder,
            task=_("Replace “Your clinic's name” with the name of your clinic."),
        ),
        Block("about", _("About the clinic"), "book", _pair("about")),
        Block(
            "address",
            _("Address"),
            "pin",
            (*_pair("address"), "map_link"),
            missing=lambda clinic: not (clinic.address_en and clinic.address_bn),
            task=_("Add the address in both languages."),
        ),
        Block(
            "phones",
            _("Phone"),
            "phone",
            ("phones", "whatsapp"),
            help=_("Write each number as you would dial it. To take one away, empty its field."),
            missing=lambda clinic: not clinic.phones,
            task=_("Add the clinic's phone number. Until then the pages show no call button."),
        ),
        Block(
            "emergency",
            _("Emergency number"),
            "alert",
            ("emergency_number",),
            help=_("Patients in danger call it. In Bangladesh it is 999."),
        ),
        Block(
            "hours",
            _("Opening hours"),
            "clock",
            ("hours",),
            help=_(
                "Write times like 10:00, 8 pm or 20:30. A time after midnight belongs to the "
                "evening before: 8 pm to 2 am."
            ),
            missing=lambda clinic: not clinic.hours,
            task=_("Add the opening hours."),
        ),
        Block(
            "closed_days",
            _("Closed days"),
            "calendar",
            ("closed_days",),
            help=_(
                "The planner leaves these days out, and the pages name them until they are over."
            ),
        ),
        Block(
            "who_pays",
            _("Who pays for this website"),
            "coin",
            _pair("who_pays"),
            help=_(
                "In one or two sentences, with whoever gave money or a machine. While it is empty, "
                "“About this information” says that the clinic has not said it."
            ),
            missing=lambda clinic: not clinic.who_pays_en,
            task=_("Say who pays for this website."),
        ),
        Block(
            "confirmed_by",
            _("Who confirms safety texts"),
            "done",
            ("confirmed_by",),
            is_for_patients=False,
        ),
    )
}
