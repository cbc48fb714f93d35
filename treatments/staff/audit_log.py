"""Who did what: the list that Administrators and Publishers read, and a copy of it to take away.

A Publisher answers for what patients read, and sees what happened to pages and to the clinic's
details. When colleagues come and go, and what happens to their logins, only an Administrator sees.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from ..models import Act, AuditEntry, FailedLogins, audit
from ..roles import MANAGE_LOGINS
from .acts_in_words import in_words, page_in_words, who_in_words

A_PAGE = 50  # entries
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)  # that can be asked for
SERVER = "server"  # instead of a person's key
ACTS_BY_SUBJECT = {
    _("Pages"): (
        Act.PUBLISHED, Act.SCHEDULED, Act.CANCELLED, Act.WITHDRAWN, Act.WITHDRAWAL_PLANNED,
        Act.CONFIRMED, Act.TAKEN_BACK, Act.WAIVED, Act.REVIEWED, Act.PHOTO_REMOVED,
        Act.ADDRESS_CHANGED, Act.PAGE_DELETED, Act.CLINIC_CHANGED,
    ),
    _("On the server"): (Act.LOADED, Act.DUMPED, Act.BACKED_UP, Act.RESTORED),
}  # fmt: skip
FOR_PUBLISHERS = [act for acts in ACTS_BY_SUBJECT.values() for act in acts]
LOGINS = _("Logins")  # all the others
COLUMNS = (_("Number"), _("When"), _("Who"), _("What"), _("Page"), _("In words"))  # of a copy


def entries_for(person) -> QuerySet[AuditEntry]:
    """What somebody who may read the list may see of it."""
    entries = AuditEntry.objects.all()
    return entries if person.has_perm(MANAGE_LOGINS) else entries.filter(act__in=FOR_PUBLISHERS)


def _act_choices(person) -> Iterator[tuple[str, list]]:
    for subject, acts in ACTS_BY_SUBJECT.items():
        yield subject, [(act.value, capfirst(str(act.label))) for act in acts]
    if person.has_perm(MANAGE_LOGINS):
        others = [act for act in Act if act not in FOR_PUBLISHERS]
        yield LOGINS, [(act.value, capfirst(str(act.label))) for act in others]


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options):
        wrong = {"invalid": _("Choose a day, or write it like 2026-03-09.")}
        super().__init__(
            required=False, input_formats=["%Y-%m-%d"], error_messages=wrong, **options
        )

    def to_python(self, value):
        """Of days at the ends of what a computer can count, there is no midnight in UTC."""
        day = super().to_python(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class Choice(forms.ChoiceField):
    def __init__(self, **options):
        wrong = {"invalid_choice": _("This is not in the list. Choose again.")}
        super().__init__(required=False, error_messages=wrong, **options)


class Filter(forms.Form):
    """What to see of the list; the choices are who and what stands in it."""

    person = Choice(label=_("Who"))
    page = Choice(label=_("Page"))
    act = Choice(label=_("What"))
    since = Day(label=_("First day"))
    until = Day(label=_("Last day"))

    def __init__(self, asked, *, entries: QuerySet[AuditEntry], reader):
        super().__init__(asked, label_suffix="")
        everything = [("", gettext("All"))]
        self.entries = entries
        self.fields["person"].choices = [
            *everything, *_newest_names(entries, "person", lambda entry: entry.person_name),
            (SERVER, gettext("Somebody on the server")),
        ]  # fmt: skip
        pages = _newest_names(entries, "page", page_in_words)
        self.fields["page"].choices = [*everything, *pages]
        self.fields["act"].choices = [*everything, *_act_choices(reader)]

    def clean(self):
        said = super().clean()
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("The last day is before the first."))
        return said

    def chosen(self) -> QuerySet[AuditEntry]:
        """The entries that are asked for; none where a field cannot be read."""
        if not self.is_valid():
            return self.entries.none()
        said, entries = self.cleaned_data, self.entries
        if said["person"]:
            person = None if said["person"] == SERVER else said["person"]
            entries = entries.filter(person=person).exclude(act__in=audit.BY_NOBODY_KNOWN)
        if said["page"]:
            entries = entries.filter(page=said["page"])
        if said["act"]:
            entries = entries.filter(act=said["act"])
        if said["since"]:
            entries = entries.filter(done_at__gte=_midnight(said["since"]))
        if said["until"]:
            entries = entries.filter(done_at__lt=_midnight(said["until"] + timedelta(days=1)))
        return entries


def _newest_names(entries: QuerySet[AuditEntry], key: str, name) -> list[tuple[str, str]]:
    """Whoever, or whatever, was ever named, by the newest name: one query."""
    newest = entries.exclude(**{key: None}).order_by().values(key).annotate(newest=Max("number"))
    rows = AuditEntry.objects.filter(number__in=newest.values("newest"))
    return sorted(((str(getattr(row, key)), name(row)) for row in rows), key=lambda each: each[1])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Line:
    """An entry as it is shown."""

    at: datetime
    words: str


def _days(entries: Iterable[AuditEntry]) -> list[tuple[date, list[Line]]]:
    lines = (Line(timezone.localtime(entry.done_at), in_words(entry)) for entry in entries)
    return [(day, list(of_day)) for day, of_day in groupby(lines, key=lambda line: line.at.date())]


def _being_counted() -> list[str]:
    """Wrong logins of which there is no entry yet, in words."""
    return [
        in_words(
            AuditEntry(
                act=Act.LOGIN_FAILED,
                done_at=row.hour,
                details={"login": row.login, "number": row.number},
            )
        )
        for row in FailedLogins.objects.order_by("-hour", "login")
    ]


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="treatments_auditentry_changelist"),
            path("copy/", view(self.copy_view), name="treatments_auditentry_copy"),
        ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @method_decorator(require_safe)
    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        asked = self._asked(request, request.GET)
        number = request.GET.get("p", "1")
        page = int(number) if number.isdecimal() and 0 < len(number) < 7 else 1
        first = max(page - 1, 0) * A_PAGE
        entries = list(asked.chosen()[first : first + A_PAGE + 1])
        may_see_logins = request.user.has_perm(MANAGE_LOGINS)
        is_whole = not any(asked.data.get(name) for name in asked.fields)
        return TemplateResponse(
            request,
            "staff/log/page.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": capfirst(str(self.opts.verbose_name_plural)),
                "form": asked,
                "is_whole": is_whole,
                "may_see_logins": may_see_logins,
                "being_counted": _being_counted()
                if may_see_logins and is_whole and not first
                else [],
                "days": _days(entries[:A_PAGE]),
                "newer": page - 1 if first else None,
                "older": page + 1 if len(entries) > A_PAGE else None,
            },
        )

    @method_decorator(require_POST)
    def copy_view(self, request: HttpRequest) -> HttpResponse:
        """What is asked for, as a table for a spreadsheet. That it was taken is an entry."""
        asked = self._asked(request, request.POST)
        entries = asked.chosen()
        if not asked.is_valid():
            said = urlencode({name: asked.data.get(name, "") for name in asked.fields})
            listed = reverse("admin:treatments_auditentry_changelist")
            return HttpResponseRedirect(f"{listed}?{said}")
        taken = audit.record(Act.LOG_EXPORTED, now=timezone.now(), by=request.user)
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"who-did-what-{timezone.localdate(taken.done_at):%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response.write("\ufeff")  # or a spreadsheet reads the Bangla as something else
        table = csv.writer(response)
        table.writerow(map(str, COLUMNS))
        labels = dict(Act.choices)
        for entry in entries.iterator():
            when = timezone.localtime(entry.done_at).strftime("%Y-%m-%d %H:%M:%S")
            act = labels.get(entry.act, entry.act)
            said = (who_in_words(entry), act, page_in_words(entry), in_words(entry))
            table.writerow((entry.number, when, *(as_text(str(each)) for each in said)))
        return response

    def _asked(self, request: HttpRequest, said) -> Filter:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return Filter(said, entries=entries_for(request.user), reader=request.user)


def as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell
