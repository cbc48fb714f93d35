"""Several new texts of a list at once: rows of English beside Bangla."""

import re
from collections.abc import Mapping

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from ..document.entries import HEADINGS
from ..document.places import Place
from ..document.sections import BY_KEY, Section
from ..language.text import list_lines
from ..models import LANGUAGE_NAMES, LANGUAGES, Item, Treatment
from ..publishing.snapshots import newest_snapshot, save_snapshot
from .publication import log
from .sheet import ROWS, is_written_in_rows, sheet_of
from .texts import NOT_SAVED, answer_changed, is_asked_by_script, sheet_context
from .treatment_forms import item_field, leave_to_choose

EMPTY_ROWS, EMPTY_ROWS_OF_SCRIPTS = 8, 3
MOST_ROWS = 200
_CELL = re.compile(rf"([0-9]{{1,4}})-text_({'|'.join(LANGUAGES)})")


class RowForm(forms.ModelForm):
    """Both halves of a new text, as plain words; one of them may be empty."""

    def clean(self):
        cleaned = super().clean()
        if self._meta.model.rich:
            return {name: escape(text) for name, text in cleaned.items()}
        return cleaned


def _cell(column, **options) -> forms.Field:
    language = column.name.rpartition("_")[2]
    widget = forms.Textarea(attrs={"rows": 1, "lang": language})
    return forms.CharField(label=LANGUAGE_NAMES[language], required=False, widget=widget)


class RowsForm:
    """What is chosen once for all rows, and the rows; `sent` is None where nothing was."""

    def __init__(self, treatment: Treatment, section: Section, sent: Mapping | None, empty: int):
        self.treatment, self.section, self.model = treatment, section, section.model
        halves = [f"text_{code}" for code in LANGUAGES]
        self._row_form = modelform_factory(
            self.model, form=RowForm, fields=halves, formfield_callback=_cell
        )
        self.choice = self._choice(sent)
        said = None if sent is None else rows_in(sent)
        blank = dict.fromkeys(LANGUAGES, "")
        rows = [*(said or ()), *([blank] * (empty if not said else 1))]
        self.rows = [
            self._row(str(number), None if said is None else row) for number, row in enumerate(rows)
        ]
        self.row_to_come = self._row("__prefix__", None)

    @property
    def auto_id(self) -> str:
        return f"{self.section.key}-{ROWS}-%s"

    def _choice(self, sent: Mapping | None) -> forms.ModelForm | None:
        under = HEADINGS.get(self.section.key)
        if not under and not self.section.is_running_text:
            return None
        factory = modelform_factory(
            self.model, fields=[under.field if under else "kind"], formfield_callback=item_field
        )
        form = factory(
            sent, instance=self.model(treatment=self.treatment), auto_id=self.auto_id,
            use_required_attribute=False,
        )  # fmt: skip
        leave_to_choose(form)
        return form

    def _row(self, prefix: str, said: Mapping[str, str] | None) -> RowForm:
        data = said and {f"{prefix}-text_{code}": text for code, text in said.items()}
        new = self.model(treatment=self.treatment)
        return self._row_form(
            data, instance=new, prefix=prefix, auto_id=self.auto_id, empty_permitted=True,
            use_required_attribute=False,
        )  # fmt: skip

    @property
    def help_text(self) -> str:
        return self.model._meta.get_field("text").help_text

    @property
    def written(self) -> list[RowForm]:
        return [row for row in self.rows if row.has_changed()]

    @property
    def is_valid(self) -> bool:
        valid = [row.is_valid() for row in self.rows]
        return all(valid) and (self.choice is None or self.choice.is_valid())

    def save(self) -> list[Item]:
        """The new rows of the valid form, at the end of their list."""
        there = self.model.objects.filter(treatment=self.treatment).order_by("position")
        last = there.values_list("position", flat=True).last() or 0
        chosen = self.choice.cleaned_data if self.choice else {}
        saved = []
        for position, row in enumerate(self.written, last + 1):
            row.instance.position = position
            for name, value in chosen.items():
                setattr(row.instance, name, value)
            saved.append(row.save())
        return saved


def rows_in(sent: Mapping[str, str]) -> list[dict[str, str]]:
    """What a form sent, row by row; a list that stands in one cell fills the cells below it.

    sheet_rows.js does the same while it is written.
    """
    cells = {
        (int(cell[1]), cell[2]): sent[name] for name in sent if (cell := _CELL.fullmatch(name))
    }
    numbers = sorted({number for number, _code in cells})
    rows = [
        {code: cells.get((number, code), "").strip() for code in LANGUAGES} for number in numbers
    ]
    for code in LANGUAGES:
        rows = _spread(rows, code)
    return [row for row in rows if any(row.values())]


def _spread(rows: list[dict[str, str]], code: str) -> list[dict[str, str]]:
    """No filled cell is overwritten: it stands below what had no place."""
    result, left = [], []

    def put_left() -> None:
        result.extend({**dict.fromkeys(LANGUAGES, ""), code: line} for line in left)
        left.clear()

    for row in rows:
        if row[code]:
            put_left()
            left += list_lines(row[code]) if "\n" in row[code] else [row[code]]
        result.append({**row, code: left.pop(0) if left else ""})
    put_left()
    return result


def rows_view(model_admin, request: HttpRequest, treatment: Treatment, section: str):
    """GET: the form for several new texts. POST: saves them."""
    if section not in BY_KEY or not is_written_in_rows(BY_KEY[section]):
        raise Http404
    if not model_admin.has_change_permission(request, treatment):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    empty = EMPTY_ROWS_OF_SCRIPTS if is_asked_by_script(request) else EMPTY_ROWS
    form = RowsForm(treatment, BY_KEY[section], sent, empty)
    if sent is None:
        return _shown(model_admin, request, form)
    if not form.written:
        return _shown(model_admin, request, form, error=_("Write at least one text."))
    if len(form.written) > MOST_ROWS:
        error = _("These are too many texts to be saved at once. Save a part of them first.")
        return _shown(model_admin, request, form, error=error)
    if not form.is_valid:
        return _shown(model_admin, request, form)
    with transaction.atomic():
        Treatment.objects.select_for_update().get(pk=treatment.pk)
        first, *more = form.save()
        save_snapshot(treatment, now=timezone.now(), by=request.user)
        log(request, treatment, f"Added {len(more) + 1} texts to {section}")
    sheet = sheet_of(newest_snapshot(treatment), request.user)
    place = Place(section, first.uid)
    return answer_changed(request, sheet, place, whole_group=True, closes=ROWS)


def _shown(model_admin, request: HttpRequest, form: RowsForm, error: str = "") -> HttpResponse:
    """The form in its place on the change page, or on a page of its own."""
    section, is_sent = form.section, request.method == "POST"
    context = {
        "treatment": form.treatment,
        "form": form,
        "section": section,
        "opened": form.treatment.snapshots.values_list("pk", flat=True).first() or "",
        "error": error,
    }
    status = NOT_SAVED if is_sent else 200
    if is_asked_by_script(request):
        answer = render_to_string("staff/sheet/_rows.html", context, request)
        response = HttpResponse(answer, status=status)
        return reswap(retarget(response, f"#slot-{section.key}-{ROWS}"), "innerHTML")
    context |= sheet_context(model_admin, request, form.treatment, _("Write several"))
    return TemplateResponse(request, "staff/sheet/rows.html", context, status=status)
