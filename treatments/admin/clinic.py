"""The clinic's own details: one row, live as soon as it is saved, every change kept."""

import re
from datetime import date

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..forms import read_day
from ..glyphs import unprintable
from ..models import LANGUAGE_CHOICES, LANGUAGES, WEEKDAYS, BodyArea, Clinic, ClinicChange
from ..numbers import ascii_digits
from ..weekdays import WEEKDAY_NAMES

LANGUAGE_NAMES = dict(LANGUAGE_CHOICES)
INTERVALS = ("1", "2")  # a morning and an evening surgery
ON_PAPER = ("name", "address")  # what leaflets print of what is written here
YEARS_PLANNED = 5  # no closed day is known longer before


class HoursWidget(forms.Widget):
    """A line a weekday, two openings a line."""

    template_name = "admin/treatments/clinic/hours.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        entries = value if isinstance(value, list) else []
        context["days"] = []
        for day in WEEKDAYS:
            today = [entry for entry in entries if entry.get("weekday") == day]
            today += [{}] * (len(INTERVALS) - len(today))
            context["days"].append(
                {
                    "label": WEEKDAY_NAMES[day],
                    "openings": [
                        {"name": f"{name}-{day}-{number}", **entry}
                        for number, entry in zip(INTERVALS, today, strict=False)
                    ],
                }
            )
        return context

    def value_from_datadict(self, data, files, name):
        entries = []
        for day in WEEKDAYS:
            for number in INTERVALS:
                opens, closes = (
                    ascii_digits(data.get(f"{name}-{day}-{number}-{end}", "")).strip()[:5]
                    for end in ("opens", "closes")
                )
                if opens or closes:
                    entries.append({"weekday": day, "opens": opens, "closes": closes})
        return entries

    def value_omitted_from_data(self, data, files, name):
        return False


class HoursField(forms.Field):
    widget = HoursWidget

    def has_changed(self, initial, data):
        return (initial or []) != (data or [])


class ClosedDaysField(forms.CharField):
    """Dates, one a line, written in either language's digits; kept as ISO dates in their order."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 20})

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return "\n".join("/".join(reversed(day.split("-"))) for day in value)

    def clean(self, value):
        days = set()
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            day = read_day(line)
            if day is None:
                raise forms.ValidationError(
                    _("“%(line)s” is not a date. Write day/month/year, for example 16/12/2026."),
                    params={"line": line},
                )
            days.add(day.isoformat())
        return sorted(days)

    def has_changed(self, initial, data):
        return self.prepare_value(initial or []) != (data or "").replace("\r\n", "\n").strip()


def international(number: str) -> str:
    """A number as people in Bangladesh write it, in its international form."""
    number = re.sub(r"[\s().-]", "", ascii_digits(number))
    number = re.sub(r"^00", "+", number)
    if re.fullmatch(r"0[1-9]\d{7,9}", number):
        return f"+88{number}"
    return f"+{number}" if re.fullmatch(r"880\d{8,10}", number) else number


class ClinicForm(forms.ModelForm):
    hours = HoursField(label=_("Opening hours"), required=False)
    closed_days = ClosedDaysField(
        label=_("Closed days"),
        required=False,
        help_text=_("Holidays and other days without patients: day/month/year, one a line."),
    )

    def clean_phones(self):
        lines = self.cleaned_data["phones"].splitlines()
        return "\n".join(international(line) for line in lines if line.strip())

    def clean_whatsapp(self):
        return international(self.cleaned_data["whatsapp"])

    def clean_closed_days(self):
        days, today = self.cleaned_data["closed_days"], timezone.localdate()
        for day in map(date.fromisoformat, days):
            is_new = day.isoformat() not in self.instance.closed_days
            if day.year > today.year + YEARS_PLANNED or (is_new and day.year < today.year - 1):
                raise forms.ValidationError(
                    _("Is %(day)s right? Write closed days of last year to five years ahead."),
                    params={"day": day.strftime("%d/%m/%Y")},
                )
        return days

    def clean_hours(self):
        return self.cleaned_data["hours"] or []


@admin.register(Clinic)
class ClinicAdmin(admin.ModelAdmin):
    form = ClinicForm
    fields = [
        *(tuple(f"{name}_{code}" for code in LANGUAGES) for name in Clinic.pairs),
        "phones",
        "whatsapp",
        "map_link",
        "hours",
        "closed_days",
        "emergency_number",
    ]
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 40})},
        models.URLField: {"assume_scheme": "https"},
    }

    class Media:
        css = {"all": ["css/admin.css"]}
        js = ["js/admin.js"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name, _separator, language = db_field.name.rpartition("_")
        if field and name in Clinic.pairs:
            label = Clinic._meta.get_field(name).verbose_name
            field.label = f"{capfirst(label)} · {LANGUAGE_NAMES[language]}"
            field.widget.attrs["lang"] = language
            field.required = name == "name"
        return field

    def save_model(self, request, obj, form, change):
        obj.save(by=request.user)
        texts = [getattr(obj, f"{name}_{code}") for name in ON_PAPER for code in LANGUAGES]
        if lost := unprintable("\n".join(texts)):
            messages.warning(
                request,
                _("Leaflets cannot print “%(signs)s”: there it is left out. Say it in words.")
                % {"signs": lost},
            )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request: HttpRequest, extra_context=None):
        return HttpResponseRedirect(reverse("admin:treatments_clinic_change", args=[1]))


@admin.register(ClinicChange)
class ClinicChangeAdmin(admin.ModelAdmin):
    list_display = ("changed_at", "field", "old", "new", "changed_by")
    list_display_links = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(BodyArea)
class BodyAreaAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_bn")
    fields = ("key", "name_en", "name_bn", "position")
