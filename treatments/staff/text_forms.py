"""The form of one text of the change page, whatever it is, and what it says as plain values.

Values are compared to learn who changed what: by column, as the document has them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import modelform_factory
from django.http import Http404, HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..document.content import Document, DocumentItem
from ..document.places import LISTS, Place, heading_of, value_at
from ..document.plan import Plan
from ..document.rows import amount_columns, from_rows, item_from_row
from ..language.rich_text import plain_text
from ..models import (
    LANGUAGE_NAMES,
    LANGUAGES,
    PLAN,
    PLAN_LABELS,
    BodyArea,
    Kind,
    Photo,
    Treatment,
    TreatmentProse,
)
from ..models.items import new_uid
from ..models.plan import plan_columns
from ..publishing.confirmations import REVIEW
from .findings import slot_of
from .number_choices import proposals
from .photo_uploads import PhotoForm
from .treatment_forms import NUMBER, ItemForm, TreatmentForm, item_field, item_fields

NEW = "new"
Values = Mapping[str, Any]


class TextForm:
    """One or two Django forms that are shown and saved as one text's."""

    is_there = True  # whether there are rows of it

    def __init__(
        self, request: HttpRequest, treatment: Treatment, place: Place, *, as_sent: bool = True
    ):
        self.request, self.treatment, self.place = request, treatment, place
        is_sent = as_sent and request.method == "POST"
        self._data = (request.POST, request.FILES) if is_sent else (None, None)
        self.forms = self._forms()

    def _forms(self) -> list[forms.ModelForm]:
        raise NotImplementedError

    @property
    def auto_id(self) -> str:
        """Several texts may be open at once, and each label has a field of its own."""
        return f"{slot_of(self.place)}-%s"

    @staticmethod
    def values_in(document: Document, place: Place) -> Values | None:
        """What a document says there; None where it says nothing of it."""
        raise NotImplementedError

    @property
    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    @property
    def is_multipart(self) -> bool:
        return any(form.is_multipart() for form in self.forms)

    @property
    def media(self) -> forms.Media:
        return sum((form.media for form in self.forms), forms.Media())

    @property
    def fields(self) -> list[forms.BoundField]:
        return [field for form in self.forms for field in form]

    @property
    def hidden(self) -> list[forms.BoundField]:
        return [field for field in self.fields if field.is_hidden]

    @property
    def rows(self) -> Iterator[dict]:
        """Pairs side by side, English first; what belongs to neither language by itself."""
        listed = [field for field in self.fields if not field.is_hidden]
        pairs: dict[str, dict[str, forms.BoundField]] = {}
        for field in listed:
            if language := self.language_of(field):
                pairs.setdefault(self.pair_of(field), {})[language] = field
        for halves in pairs.values():
            first = halves[LANGUAGES[0]]
            yield {"pair": halves, "label": self.label_of(first), "help": first.help_text}
        if singles := [field for field in listed if not self.language_of(field)]:
            yield {"singles": singles}

    def language_of(self, field: forms.BoundField) -> str:
        end = field.name.rpartition("_")[2]
        return end if end in LANGUAGES else ""

    def pair_of(self, field: forms.BoundField) -> str:
        return field.name.rpartition("_")[0]

    def label_of(self, field: forms.BoundField) -> str:
        return str(field.label).partition(" · ")[0]

    @property
    def kind(self) -> str:
        """What staff call the text."""
        return heading_of(self.place)

    @property
    def errors(self) -> list[str]:
        """What is wrong with the text as a whole."""
        return [error for form in self.forms for error in form.non_field_errors()]

    def save(self) -> None:
        """Writes the rows that the valid forms say."""
        for form in self.forms:
            form.save()

    def propose(self, language: str, about: str) -> None:
        """Puts the number that one language says into the other half too. Nothing is saved.

        Where the difference is not there any more, the form stays as it is.
        """

    def current(self) -> Values | None:
        """What the rows say now."""
        return self.values_in(from_rows(self.treatment), self.place)

    def in_words(self, column: str, value: Any) -> str:
        """A value as `current` has it, to be read."""
        return "" if value is None else str(value)

    def write(self, column: str, value: Any) -> None:
        """Puts a value as `current` has it into the rows."""
        raise NotImplementedError


# --- An item of a list ----------------------------------------------------------------------------


class ItemTextForm(TextForm):
    def _row(self):
        model = LISTS[self.place.section].model
        if self.place.item == NEW:
            return model(treatment=self.treatment)
        rows = model.objects.filter(treatment=self.treatment, uid=self.place.item)
        return rows.first()

    def _forms(self):
        row = self._row()
        self.is_there = bool(row and row.pk)
        model = LISTS[self.place.section].model
        factory = modelform_factory(
            model,
            form=PhotoForm if model is Photo else ItemForm,
            fields=item_fields(model),
            formfield_callback=item_field,
        )
        instance = row or model(treatment=self.treatment, uid=self.place.item)
        may_clear_mark = self.request.user.has_perm(REVIEW)
        return [
            factory(
                *self._data, instance=instance, auto_id=self.auto_id, may_clear_mark=may_clear_mark
            )
        ]

    def propose(self, language, about):
        written, model = self.forms[0].initial, LISTS[self.place.section].model
        [other] = {*LANGUAGES} - {language}
        halves = {}
        for name in model.pairs:
            both = {code: written.get(f"{name}_{code}") or "" for code in LANGUAGES}
            halves[name] = (
                {code: plain_text(html) for code, html in both.items()}
                if name in model.rich
                else both
            )
        for name, said, instead in proposals(halves, language, about):
            column = f"{name}_{other}"
            if written[column].count(said) == 1:
                written[column] = written[column].replace(said, instead)

    @property
    def kind(self):
        model, heading = LISTS[self.place.section].model, heading_of(self.place)
        return f"{capfirst(str(model._meta.verbose_name))} · {heading}"

    def save(self):
        (form,) = self.forms
        if not self.is_there:
            rows = type(form.instance).objects.filter(treatment=self.treatment)
            last = rows.order_by("position").values_list("position", flat=True).last()
            form.instance.position = (last or 0) + 1
        form.save()
        self.place = Place(self.place.section, form.instance.uid)

    @staticmethod
    def values_in(document, place):
        item = value_at(document, place)
        return _flat(item) if item else None

    def current(self):
        row = self._row()
        return _flat(item_from_row(row)) if row and row.pk else None

    def in_words(self, column, value):
        words = super().in_words(column, value)
        name = column.rpartition("_")[0]
        return plain_text(words) if name in LISTS[self.place.section].model.rich else words

    def write(self, column, value):
        row = self._row()
        field = row._meta.get_field(column)
        if field.is_relation:
            value = field.related_model.objects.filter(treatment=self.treatment, uid=value).first()
        setattr(row, column, "" if value is None and not field.null else value)
        row.save()


def _flat(item: DocumentItem) -> Values:
    halves = {
        f"{name}_{code}": pair[code] for name, pair in item.pairs.items() for code in LANGUAGES
    }
    return {**item.values, "to_confirm": item.to_confirm, **halves}


# --- What is no item ------------------------------------------------------------------------------


class ProseTextForm(TextForm):
    def _row(self, language: str) -> TreatmentProse:
        known = {"master": self.treatment, "language_code": language}
        return TreatmentProse.objects.filter(**known).first() or TreatmentProse(**known)

    def _forms(self):
        plain = self.place.item not in ("title", "translated_by")
        widgets = {self.place.item: forms.Textarea(attrs={"rows": 3})} if plain else {}
        factory = modelform_factory(TreatmentProse, fields=[self.place.item], widgets=widgets)
        made = [
            factory(*self._data, instance=self._row(code), prefix=code, auto_id=self.auto_id)
            for code in LANGUAGES
        ]
        for code, form in zip(LANGUAGES, made, strict=True):
            for field in form.fields.values():
                field.label = f"{capfirst(str(field.label))} · {LANGUAGE_NAMES[code]}"
                field.widget.attrs["lang"] = code
        return made

    def language_of(self, field):
        return field.form.prefix

    def pair_of(self, field):
        return field.name

    def save(self):
        for form in self.forms:
            if form.instance.pk or any(form.cleaned_data.values()):
                form.save()

    @staticmethod
    def values_in(document, place):
        return {code: (document.prose[code] or {}).get(place.item, "") for code in LANGUAGES}

    def write(self, column, value):
        row = self._row(column)
        setattr(row, self.place.item, value)
        row.save()


class _OfTreatment(TextForm):
    """Columns of the treatment's own row."""

    columns: tuple[str, ...] = ()
    widgets: Mapping[str, forms.Widget] = {}

    def _forms(self):
        factory = modelform_factory(
            Treatment, form=TreatmentForm, fields=self.columns, widgets=self.widgets
        )
        treatment = Treatment.objects.get(pk=self.treatment.pk)
        return [factory(*self._data, instance=treatment, auto_id=self.auto_id)]

    def save(self):
        super().save()
        self.treatment.refresh_from_db()  # the document is read from it

    def write(self, column, value):
        self._put(**{column: value})

    def _put(self, **columns: Any) -> None:
        Treatment.objects.filter(pk=self.treatment.pk).update(**columns)
        self.treatment.refresh_from_db()


class PlanTextForm(_OfTreatment):
    columns = tuple(plan_columns())
    widgets = {name: NUMBER for name in columns if name.endswith(("_min", "_max"))}

    @property
    def rows(self):
        """What it is done with, then a row an amount: its two ends and the unit."""
        (form,) = self.forms
        yield {"singles": [form["kind"]]}
        for name in PLAN:
            fields = [form[f"{name}_{part}"] for part in ("min", "max", "unit")]
            yield {"amount": fields, "label": PLAN_LABELS[name]}

    @staticmethod
    def values_in(document, place):
        return {
            "kind": document.plan.kind,
            **{name: document.plan.amounts.get(name) for name in PLAN},
        }

    def in_words(self, column, value):
        if column == "kind":
            return str(Kind(value).label) if value else str(Kind.__empty__)
        language = get_language()
        return Plan(amounts={column: value}).in_words(column, language) if value else ""

    def write(self, column, value):
        self._put(**({column: value} if column == "kind" else amount_columns(column, value)))


class ResultLastsTextForm(_OfTreatment):
    columns = tuple(f"result_lasts_{code}" for code in LANGUAGES)

    @staticmethod
    def values_in(document, place):
        return {f"result_lasts_{code}": document.result_lasts[code] for code in LANGUAGES}


class NewAreaForm(forms.ModelForm):
    """A body area that is not in the list yet; nothing where neither name is typed."""

    class Meta:
        model = BodyArea
        fields = tuple(f"name_{code}" for code in LANGUAGES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        for code in LANGUAGES:
            field = self.fields[f"name_{code}"]
            label = _("another body area")
            field.label = f"{label} · {LANGUAGE_NAMES[code]}"
            field.required = True
            field.widget.attrs["lang"] = code

    def save(self, commit=True):
        if self.has_changed():
            last = BodyArea.objects.order_by("position").values_list("position", flat=True).last()
            self.instance.position = (last or 0) + 1
            self.instance.key = new_uid(self.instance.name_en[:30])
            super().save(commit)
        return self.instance


class BodyAreasTextForm(_OfTreatment):
    columns = ("body_areas",)
    widgets = {"body_areas": forms.CheckboxSelectMultiple}

    def _forms(self):
        made = super()._forms()
        if self.request.user.has_perm("treatments.add_bodyarea"):
            made.append(NewAreaForm(*self._data, auto_id=self.auto_id))
        return made

    @property
    def rows(self):
        return reversed(list(super().rows))

    def save(self):
        super().save()
        for added in self.forms[1:]:
            if added.instance.pk:
                self.treatment.body_areas.add(added.instance)

    @staticmethod
    def values_in(document, place):
        return {"body_areas": tuple(sorted(document.body_areas))}

    def write(self, column, value):
        areas = Treatment._meta.get_field("body_areas").related_model.objects
        self.treatment.body_areas.set(areas.filter(key__in=value))


_SINGLE = {
    "plan": PlanTextForm,
    "result_lasts": ResultLastsTextForm,
    "body_areas": BodyAreasTextForm,
}


def place_at(section: str, item: str) -> Place:
    """The text of an address. Raises Http404 where there is none of the kind."""
    item = "" if item == "-" else item
    known = (
        section in LISTS
        or (section == "prose" and item in TreatmentProse.FIELDS)
        or (section == "result_lasts" and item == section)
        or (section in ("plan", "body_areas") and not item)
    )
    if not known:
        raise Http404
    return Place(section, item)


def form_class(place: Place) -> type[TextForm]:
    if place.section in LISTS:
        return ItemTextForm
    return ProseTextForm if place.section == "prose" else _SINGLE[place.section]
