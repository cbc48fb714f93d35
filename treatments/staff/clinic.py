"""The clinic's own details: one row, live as soon as it is saved, every change kept."""

from datetime import date
from itertools import count

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..clinic.opening_hours import parse_time
from ..clinic.phones import parse_hotline, parse_mobile, parse_phones
from ..language.active import in_active_digits, marked_english
from ..language.glyphs import signs_without_glyph
from ..language.weekdays import WEEKDAY_NAMES, WEEKDAYS
from ..models import LANGUAGES, Clinic, ClinicChange
from ..models.clinic import validate_hours
from ..planner.forms import parse_day
from .publication import moment_in_words

OPENINGS = 2  # a morning and an evening surgery; more where more are stored
ENDS = ("opens", "closes")
ON_PAPER = ("name", "address")  # what leaflets print of what is written here
YEARS_PLANNED = 5  # no closed day is known longer before


class HoursWidget(forms.Widget):
    """A line a weekday, at least two openings a line, all in text fields.

    A browser's own field for a time is sent empty where half of it is filled in.
    """

    template_name = "staff/clinic/hours.html"

    def days(self, name, entries):
        """What is drawn: each weekday with the names and values of its fields."""
        of_day = {day: [one for one in entries if one["weekday"] == day] for day in WEEKDAYS}
        most = max(OPENINGS, *map(len, of_day.values()))
        return [
            {
                "label": WEEKDAY_NAMES[day],
                "openings": [
                    {"name": f"{name}-{day}-{number}", **entry}
                    for number, entry in enumerate([*today, *[{}] * (most - len(today))], 1)
                ],
            }
            for day, today in of_day.items()
        ]

    def id_for_label(self, id_):
        return ""  # each field has its own label

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["days"] = self.days(name, value or [])
        return context

    def sent(self, name, value):
        """The fields as a browser sends them when nobody touches them."""
        return {
            f"{opening['name']}-{end}": opening.get(end, "")
            for day in self.days(name, value or [])
            for opening in day["openings"]
            for end in ENDS
        }

    def value_from_datadict(self, data, files, name):
        """As validate_hours() describes, with what was typed, or nothing, for the times."""
        entries = []
        for day in WEEKDAYS:
            for number in count(1):
                typed = {end: data.get(f"{name}-{day}-{number}-{end}") for end in ENDS}
                if None in typed.values():
                    break
                entries.append({"weekday": day, **typed})
        return entries


class HoursField(forms.Field):
    widget = HoursWidget

    def clean(self, value):
        hours, errors = [], []
        for day in WEEKDAYS:
            try:
                today = [
                    _read_opening(entry) for entry in _filled(value) if entry["weekday"] == day
                ]
                today.sort(key=lambda entry: entry["opens"])
                validate_hours(today)
            except forms.ValidationError as error:
                errors += [f"{WEEKDAY_NAMES[day]}: {message}" for message in error.messages]
            else:
                hours += today
        if errors:
            raise forms.ValidationError(errors)
        return hours

    def has_changed(self, initial, data):
        return (initial or []) != _filled(data)


def _filled(entries: list[dict[str, str]]) -> list[dict[str, str]]:
    return [entry for entry in entries if any(entry[end].strip() for end in ENDS)]


def _read_opening(typed: dict[str, str]) -> dict[str, str]:
    read = dict(typed)
    for end in ENDS:
        if not typed[end].strip():
            raise forms.ValidationError(
                _("Write both when it opens and when it closes, or leave both empty.")
            )
        read[end] = parse_time(typed[end])
        if read[end] is None:
            raise forms.ValidationError(
                _("“%(typed)s” is not a time. Write times like 10:00 or 20:30."),
                params={"typed": typed[end][:40]},
            )
    return read


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
            day = parse_day(line)
            if day is None:
                raise forms.ValidationError(
                    _("“%(line)s” is not a date. Write day/month/year, for example 16/12/2026."),
                    params={"line": line},
                )
            days.add(day.isoformat())
        return sorted(days)

    def has_changed(self, initial, data):
        return self.prepare_value(initial or []) != (data or "").replace("\r\n", "\n").strip()


class NumberField(forms.CharField):
    """A telephone number as clinic.phones stores it."""

    def __init__(self, read, **options):
        super().__init__(**options)
        self.read = read

    def to_python(self, value):
        value = super().to_python(value)
        return self.read(value) if value else value


class ClinicForm(forms.ModelForm):
    phones = NumberField(
        parse_phones,
        label=_("Phone numbers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 40}),
        help_text=Clinic._meta.get_field("phones").help_text,
    )
    whatsapp = NumberField(parse_mobile, label=_("WhatsApp number"), required=False)
    emergency_number = NumberField(parse_hotline, label=_("Emergency number"))
    hours = HoursField(
        label=_("Opening hours"),
        required=False,
        help_text=_(
            "Write times like 10:00 and 20:30. The second pair is for a clinic that opens again "
            "later in the day. Leave a day empty when the clinic is closed."
        ),
    )
    closed_days = ClosedDaysField(
        label=_("Closed days"),
        required=False,
        help_text=_("Holidays and other days without patients: day/month/year, one a line."),
    )

    def __init__(self, *args, **options):
        """A field that was not sent at all keeps what is stored."""
        super().__init__(*args, **options)
        if not self.is_bound:
            return
        self.data = self.data.copy()
        for field in self:
            stored = field.field.prepare_value(field.initial)
            widget = field.field.widget
            if isinstance(widget, HoursWidget):
                sent = widget.sent(field.html_name, stored)
            else:
                sent = {field.html_name: stored or ""}
            for name, value in sent.items():
                self.data.setdefault(name, value)

    def clean_closed_days(self):
        days, today = self.cleaned_data["closed_days"], timezone.localdate()
        for day in map(date.fromisoformat, days):
            is_new = day.isoformat() not in self.instance.closed_days
            if day.year > today.year + YEARS_PLANNED or (is_new and day.year < today.year - 1):
                raise forms.ValidationError(
                    _("Is %(day)s right? Write closed days of last year to five years ahead."),
                    params={"day": in_active_digits(day.strftime("%d/%m/%Y"))},
                )
        return days


@admin.register(Clinic)
class ClinicAdmin(admin.ModelAdmin):
    form = ClinicForm
    change_form_template = "staff/clinic/change_form.html"
    fields = [
        *(tuple(f"{name}_{code}" for code in LANGUAGES) for name in Clinic.pairs),
        "phones",
        "whatsapp",
        "map_link",
        "hours",
        "closed_days",
        "emergency_number",
        "confirmed_by",
    ]
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 40})},
        models.URLField: {"assume_scheme": "https"},
    }

    class Media:
        css = {"all": ["css/admin.css"]}
        js = ["js/admin.js", "js/ask-first.js"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name, _separator, language = db_field.name.rpartition("_")
        if field and name in Clinic.pairs:
            field.widget.attrs["lang"] = language
            field.required = name == "name"
        return field

    def save_model(self, request, obj, form, change):
        obj.save(by=request.user)
        texts = [getattr(obj, f"{name}_{code}") for name in ON_PAPER for code in LANGUAGES]
        if lost := signs_without_glyph("\n".join(texts)):
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
    list_display = ("when", "detail", "before", "after", "changed_by")
    list_display_links = None

    @admin.display(description=_("when"), ordering="changed_at")
    def when(self, change: ClinicChange) -> str:
        return moment_in_words(change.changed_at)

    @admin.display(description=_("detail"))
    def detail(self, change: ClinicChange) -> str:
        return capfirst(Clinic._meta.get_field(change.field).verbose_name)

    @admin.display(description=_("before"))
    def before(self, change: ClinicChange) -> str:
        return marked_english(change.old)

    @admin.display(description=_("after"))
    def after(self, change: ClinicChange) -> str:
        return marked_english(change.new)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
