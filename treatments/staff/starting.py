"""Starting a page: from nothing, or from a copy of another treatment's."""

from dataclasses import replace

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..document.content import Document
from ..document.rows import document_of, to_rows
from ..language.text import normalise
from ..models import LANGUAGES, Treatment, TreatmentProse
from ..models.treatment import max_characters
from ..publishing import slugs
from ..publishing.snapshots import newest_snapshot, save_snapshot
from .publication import log, redirect_to_treatment

EMPTY, COPY = "empty", "copy"
WAYS = (
    (EMPTY, gettext_lazy("Empty page"), gettext_lazy("Every section waits to be written.")),
    (
        COPY,
        gettext_lazy("Copy of a treatment"),
        gettext_lazy("Its texts come along, all of them to be confirmed again."),
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

    def clean(self):
        cleaned = super().clean()
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
    """The page that asks how to begin; POST makes the draft and leads to it."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        treatment = _started(form.cleaned_data, request.user)
        log(request, treatment, "Started the page")
        return redirect_to_treatment(treatment)
    context = {
        **model_admin.admin_site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "opts": model_admin.opts,
        "title": _("New page"),
        "form": form,
        "ways": WAYS,
        "chosen": form["way"].value(),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "staff/sheet/start.html", context, status=status)


@transaction.atomic
def _started(said: dict, user) -> Treatment:
    last = Treatment.objects.order_by("-position").values_list("position", flat=True).first()
    treatment = Treatment.objects.create(slug=said["slug"], position=(last or 0) + 1)
    copied = document_of(newest_snapshot(said["source"])) if said["way"] == COPY else Document()
    prose = {code: _prose(copied, code, said[f"title_{code}"]) for code in LANGUAGES}
    to_rows(replace(copied, prose=prose), treatment)
    save_snapshot(treatment, now=timezone.now(), by=user)
    return treatment


def _prose(copied: Document, language: str, title: str) -> dict | None:
    """Prose with its new title; None for a language that nobody has begun."""
    fields = copied.prose[language]
    if fields is None and not title:
        return None
    return {**dict.fromkeys(TreatmentProse.FIELDS, ""), **(fields or {}), "title": title}
