"""Starting a page: from nothing, from a copy of another treatment's, or from a Word file."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..document.content import Document
from ..document.rows import document_of, to_rows
from ..language.active import in_active_digits
from ..language.text import normalise
from ..models import LANGUAGES, Treatment, TreatmentProse
from ..models.treatment import max_characters
from ..publishing import slugs
from ..publishing.snapshots import newest_snapshot, save_snapshot
from ..word_file.blocks import Reading
from ..word_file.package import WordFileError
from . import from_word
from .from_word import MatchForm
from .publication import log, redirect_to_treatment

EMPTY, COPY, WORD = "empty", "copy", "word"
WAYS = (
    (EMPTY, gettext_lazy("Empty page"), gettext_lazy("Every section waits to be written.")),
    (
        COPY,
        gettext_lazy("Copy of a treatment"),
        gettext_lazy("Its texts come along, all of them to be confirmed again."),
    ),
    (
        WORD,
        gettext_lazy("From a Word file"),
        gettext_lazy("Its headings are matched to sections. You look before anything is taken."),
    ),
)
TITLES = tuple(f"title_{code}" for code in LANGUAGES)
LONGEST_TITLE = TreatmentProse._meta.get_field("title").max_length
LONGEST_ADDRESS = Treatment._meta.get_field("slug").max_length


def _title(label) -> forms.CharField:
    return forms.CharField(label=label, required=False, validators=[max_characters(LONGEST_TITLE)])


class StartForm(forms.Form):
    way = forms.ChoiceField(choices=[(key, label) for key, label, _help in WAYS], initial=EMPTY)
    title_en = _title(gettext_lazy("English"))
    title_bn = _title(gettext_lazy("Bangla"))
    source = forms.ModelChoiceField(
        label=gettext_lazy("Copy which treatment?"),
        queryset=Treatment.objects.prefetch_related("translations"),
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Word file (.docx)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    read = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    slug = forms.CharField(
        label=gettext_lazy("Web address"),
        required=False,
        help_text=gettext_lazy(
            "The last part of the page's address. Left empty, it is made from the English name."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[f"title_{code}"].widget.attrs["lang"] = code

    reading: Reading | None = None  # of the Word file
    is_upload = False  # whether the file was sent with this form, and nobody has looked at it yet

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("way") == WORD:
            self._read_file(cleaned)
            if self.is_upload:
                return cleaned
        titles = {name: normalise(cleaned.get(name) or "") for name in TITLES}
        if not any(titles.values()) and not {*TITLES} & {*self.errors}:
            self.add_error("title_en", _("Write what the treatment is called."))
        if {*TITLES} & {*self.errors}:
            return cleaned
        cleaned |= titles
        if cleaned.get("way") == COPY and not cleaned.get("source"):
            self.add_error("source", _("Choose the treatment whose texts are to come along."))
        self._find_address(cleaned)
        return cleaned

    def _read_file(self, cleaned: dict) -> None:
        self.is_upload = bool(cleaned.get("file") or not cleaned.get("read"))
        try:
            if cleaned.get("file"):
                self.reading = from_word.read_upload(cleaned["file"])
            elif cleaned.get("read"):
                self.reading = from_word.read_again(cleaned["read"])
            else:
                self.add_error("file", _("Choose the Word file."))
        except WordFileError as error:
            self.is_upload = True
            self.add_error("file", str(error))

    def _find_address(self, cleaned: dict) -> None:
        typed = cleaned.get("slug", "").strip()
        slug = typed or free_address(slugify(cleaned["title_en"]))
        if not slug:
            self.add_error(
                "slug", _("Write the web address in small English letters, for example: skin-care")
            )
            return
        try:
            slugs.validate_slug(slug, Treatment())
        except ValidationError as error:
            self.add_error("slug", error)
        cleaned["slug"] = slug


def free_address(wanted: str) -> str:
    """An address that nothing has or had: the wanted one, or with a number behind it."""
    for number in range(1, 100):
        end = f"-{number}" if number > 1 else ""
        slug = f"{wanted[: LONGEST_ADDRESS - len(end)].strip('-')}{end}"
        try:
            slugs.validate_slug(slug, Treatment())
        except ValidationError:
            continue
        return slug
    return ""


def start_view(model_admin, request: HttpRequest) -> HttpResponse:
    """The page that asks how to begin; POST makes the draft and leads to it.

    A Word file is first answered with what was found in it.
    """
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    sent = request.method == "POST"
    form = StartForm(request.POST, request.FILES) if sent else StartForm(initial=_asked(request))
    is_valid = sent and form.is_valid()
    if form.reading:
        return _word_file_response(model_admin, request, form)
    if is_valid:
        return _started_response(request, form.cleaned_data, _beginning(form.cleaned_data))
    context = {"ways": WAYS, "chosen": form["way"].value()}
    return _page(model_admin, request, "staff/sheet/start.html", form, context)


def _asked(request: HttpRequest) -> dict[str, str]:
    """The way that a link has chosen already."""
    return {"way": request.GET["way"]} if "way" in request.GET else {}


def _word_file_response(model_admin, request: HttpRequest, form: StartForm) -> HttpResponse:
    """What was found in the file; the draft, once its sections are chosen."""
    matches = MatchForm(form.reading, None if form.is_upload else request.POST)
    if not form.is_upload and form.is_valid() and matches.is_valid():
        messages.success(request, _texts_taken(matches.texts_taken, form.reading.name))
        return _started_response(request, form.cleaned_data, matches.document)
    if form.is_upload:
        form = StartForm(initial=_proposed(form, matches))
    return _page(model_admin, request, "staff/sheet/word.html", form, {"matches": matches})


def _texts_taken(count: int, name: str) -> str:
    words = ngettext(
        "%(count)s text was taken from “%(name)s”.",
        "%(count)s texts were taken from “%(name)s”.",
        count,
    )
    return words % {"count": in_active_digits(count), "name": name}


def _proposed(form: StartForm, matches: MatchForm) -> dict[str, str]:
    """What was typed before the file was read, else the file's titles."""
    titles = {f"title_{code}": matches.layout.titles[code] for code in LANGUAGES}
    typed = {name: form.data[name] for name in (*TITLES, "slug") if form.data.get(name)}
    return {**titles, **typed, "way": WORD, "read": form.reading.json}


def _page(
    model_admin, request: HttpRequest, template: str, form: StartForm, more: dict
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "opts": model_admin.opts,
        "title": _("New page"),
        "form": form,
        **more,
    }
    refused = form.errors or (more.get("matches") and more["matches"].errors)
    return TemplateResponse(request, template, context, status=422 if refused else 200)


def _started_response(request: HttpRequest, said: dict, document: Document) -> HttpResponse:
    treatment = _started(said, document, request.user)
    log(request, treatment, "Started the page")
    return redirect_to_treatment(treatment)


def _beginning(said: dict) -> Document:
    return document_of(newest_snapshot(said["source"])) if said["way"] == COPY else Document()


@transaction.atomic
def _started(said: dict, document: Document, user) -> Treatment:
    last = Treatment.objects.order_by("-position").values_list("position", flat=True).first()
    treatment = Treatment.objects.create(slug=said["slug"], position=(last or 0) + 1)
    prose = {code: _prose(document, code, said[f"title_{code}"]) for code in LANGUAGES}
    to_rows(replace(document, prose=prose), treatment)
    save_snapshot(treatment, now=timezone.now(), by=user)
    return treatment


def _prose(document: Document, language: str, title: str) -> dict | None:
    """Prose with its new title; None for a language that nobody has begun."""
    fields = document.prose[language]
    if fields is None and not title:
        return None
    return {**dict.fromkeys(TreatmentProse.FIELDS, ""), **(fields or {}), "title": title}
