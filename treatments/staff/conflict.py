"""Saving over a newer save: nothing is kept before somebody has said what is to stand.

The change page says which version it was made from (`opened`) and, where text kept on the device
was brought back, into which version that was typed (`typed_from`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..document.content import Document
from ..document.json_form import DocumentError, load_stored, parse
from ..document.merge import CHOICES, Undecided, merged, questions, written_from
from ..document.rows import document_of, from_rows, to_rows, without_removed_photos
from ..document.sections import SECTIONS
from ..models import LANGUAGES, Snapshot, Treatment, TreatmentProse
from ..publishing import slugs
from ..publishing.snapshots import save_snapshot
from .publication import log, page_context, redirect_to_treatment

ANSWER = "answer:"
KEPT_TEXTS = "saved_texts"  # in the session: the marks of texts that need no keeping any more


@dataclass
class Attempt:
    """One try to save a change page, while the treatment is locked."""

    newest: Snapshot | None
    opened: Snapshot | None  # what the page was made from; None where nobody can know
    typed_from: Snapshot | None
    slug: str  # before the form was saved
    asked: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether somebody has saved something else since the page was opened."""
        if self.newest is None:
            return False
        return self.opened is None or self.opened.digest != self.newest.digest


def opened_context(request: HttpRequest) -> dict:
    """What the change page's form says about where it comes from, sent again as it was sent."""
    sent = request.method == "POST"
    return {
        "opened": request.POST.get("opened", "") if sent else getattr(request, "opened", ""),
        "typed_from": request.POST.get("typed_from", "") if sent else "",
        "mark": request.POST.get("mark", "") if sent else "",
        "saved_texts": " ".join(request.session.get(KEPT_TEXTS, [])),
    }


def guarded(
    model_admin, request: HttpRequest, object_id: str | None, view: Callable[[], HttpResponse]
) -> HttpResponse:
    """Runs the change view; over a newer save only to learn what the form says, keeping nothing."""
    try:
        pk = object_id and Treatment._meta.pk.to_python(unquote(object_id))
    except ValidationError:
        pk = None
    if pk is None:
        return view()
    if request.method != "POST":
        # Before the rows are read: a save in between then asks once too often, never too seldom.
        versions = Snapshot.objects.filter(treatment__pk=pk)
        request.opened = versions.values_list("pk", flat=True).first() or ""
        return view()
    if not model_admin.has_change_permission(request):
        return view()
    with transaction.atomic():
        treatment = Treatment.objects.select_for_update().filter(pk=pk).first()
        if treatment is None:
            return view()
        attempt = request.attempt = _attempt(treatment, request.POST)
        if attempt.opened and attempt.opened.pk != attempt.newest.pk:
            document = load_stored(attempt.opened.document)
            to_rows(document, treatment)
            request.POST = _with_keys_of_rows(request.POST, treatment, document)
        response = view()
        if attempt.is_stale or attempt.asked:
            if not getattr(response, "is_rendered", True):
                response.render()  # it may still read these rows
            transaction.set_rollback(True)
    return response


def _attempt(treatment: Treatment, data: QueryDict) -> Attempt:
    versions = treatment.snapshots.select_related("saved_by")
    opened, typed_from = (_version(versions, data.get(name)) for name in ("opened", "typed_from"))
    return Attempt(versions.first(), opened, typed_from, treatment.slug)


def _version(versions, key: str | None) -> Snapshot | None:
    if not key or not re.fullmatch(r"[0-9]{1,18}", key):
        return None
    return versions.filter(pk=key).first()


def _with_keys_of_rows(data: QueryDict, treatment: Treatment, document: Document) -> QueryDict:
    """The sent form with the primary keys that the rows have now.

    A row that was deleted and came back has a new one. The form's n-th row is the document's.
    """
    data = data.copy()
    begun = [code for code in LANGUAGES if document.prose[code] is not None]
    prose = dict(TreatmentProse.objects.filter(master=treatment).values_list("language_code", "pk"))
    for position, code in enumerate(begun):
        data[f"translations-{position}-id"] = str(prose[code])
    moved: dict[type[models.Model], dict[str, str]] = {}
    for section in SECTIONS:
        keys = dict(section.model.objects.filter(treatment=treatment).values_list("uid", "pk"))
        prefix = section.model._meta.get_field("treatment").remote_field.get_accessor_name(
            model=section.model
        )
        moved[section.model] = {}
        for position, item in enumerate(document.items(section.key)):
            name = f"{prefix}-{position}-id"
            moved[section.model][data.get(name, "")] = str(keys[item.uid])
            data[name] = str(keys[item.uid])
    for section in SECTIONS:
        for name in section.model.typed:
            column = section.model._meta.get_field(name)
            if isinstance(column, models.ForeignKey):
                _renamed(data, name, moved[column.related_model])
    return data


def _renamed(data: QueryDict, column: str, keys: Mapping[str, str]) -> None:
    for name, value in data.items():
        if re.fullmatch(rf"\w+-\d+-{column}", name) and value in keys:
            data[name] = keys[value]


# --- Asking ---------------------------------------------------------------------------------------


def question_for(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse | None:
    """The page that asks, where the form that was just saved does not simply follow the newest.

    To be called after the form's rows are written, in the transaction of `guarded`.
    """
    attempt: Attempt | None = getattr(request, "attempt", None)
    if attempt is None or attempt.newest is None:
        return None
    typed_later = attempt.typed_from and attempt.typed_from.digest != attempt.newest.digest
    if not attempt.is_stale and not typed_later:
        return None
    mine = without_removed_photos(from_rows(treatment))
    base = _base(attempt.opened, attempt.typed_from, mine)
    theirs = _shown(attempt.newest)
    if not attempt.is_stale and all(each.answer for each in questions(base, theirs, mine)):
        return None  # what was brought back touches nothing that has changed since
    attempt.asked = True
    slug = treatment.slug if treatment.slug != attempt.slug else ""
    treatment.slug = attempt.slug
    return _page(model_admin, request, treatment, attempt, mine, slug=slug)


def _shown(version: Snapshot) -> Document:
    """What it says, but for photos that were removed everywhere: those are no question."""
    return document_of(version)


def _base(opened: Snapshot | None, typed_from: Snapshot | None, mine: Document) -> Document | None:
    if opened is None:
        return None
    rendered = _shown(opened)
    if typed_from is None or typed_from.digest == opened.digest:
        return rendered
    return written_from(rendered, _shown(typed_from), mine)


def _page(
    model_admin,
    request: HttpRequest,
    treatment: Treatment,
    attempt: Attempt,
    mine: Document,
    *,
    slug: str,
    error: str = "",
    undecided: list[str] | None = None,
) -> HttpResponse:
    """Asks place by place. What has been answered stays answered while the question is the same."""
    base = _base(attempt.opened, attempt.typed_from, mine)
    answers = _answers(request)
    seen = _version(treatment.snapshots, request.POST.get("theirs"))
    earlier = set(questions(base, _shown(seen), mine)) if seen else set()
    asked = [
        {
            "question": question,
            "name": ANSWER + question.key,
            "chosen": answers.get(question.key, question.answer)
            if question in earlier
            else question.answer,
            "missing": question.key in (undecided or ()),
        }
        for question in questions(base, _shown(attempt.newest), mine)
    ]
    since = attempt.typed_from or attempt.opened
    saves = treatment.snapshots.defer("document").select_related("saved_by")
    context = page_context(model_admin, request, treatment, _("Two people at once")) | {
        "attempt": attempt,
        "clashes": [entry for entry in asked if entry["question"].answer is None],
        "settled": [entry for entry in asked if entry["question"].answer is not None],
        "saves": list(saves.filter(pk__gt=since.pk)[:20] if since else saves[:1]),
        "mine": mine.json,
        "slug": slug,
        "error": error,
        "sent": request.POST,
    }
    return TemplateResponse(request, "staff/treatment/conflict.html", context)


def _answers(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix(ANSWER): value
        for name, value in request.POST.items()
        if name.startswith(ANSWER) and value in CHOICES
    }


# --- Keeping what was answered ----------------------------------------------------------------------


def merge_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    if not model_admin.has_change_permission(request, treatment):
        raise PermissionDenied
    if request.method != "POST":
        return redirect_to_treatment(treatment)
    try:
        mine = without_removed_photos(parse(request.POST.get("mine", "")))
    except DocumentError as error:
        messages.error(request, _("What was sent cannot be read: %s") % error)
        return redirect_to_treatment(treatment)
    slug = request.POST.get("slug", "")
    with transaction.atomic():
        treatment = Treatment.objects.select_for_update().get(pk=treatment.pk)
        attempt = _attempt(treatment, request.POST)
        if attempt.newest is None:
            return redirect_to_treatment(treatment)
        again = {"slug": slug}
        if str(attempt.newest.pk) != request.POST.get("theirs"):
            again["error"] = _(
                "Meanwhile the page was saved once more. Nothing of yours is lost; look again at "
                "what differs now."
            )
        else:
            try:
                _keep(model_admin, request, treatment, attempt, mine, slug)
            except Undecided as undecided:
                again["undecided"] = undecided.keys
                again["error"] = _("Choose what is to stand in every place where both wrote.")
            except (DocumentError, ValidationError, IntegrityError) as error:
                again["error"] = _why_not(error)
            else:
                note_saved(request)
                return _after(request, treatment)
        return _page(model_admin, request, treatment, attempt, mine, **again)


@transaction.atomic
def _keep(
    model_admin,
    request: HttpRequest,
    treatment: Treatment,
    attempt: Attempt,
    mine: Document,
    slug: str,
) -> None:
    """Writes the document that both make, or nothing at all."""
    base = _base(attempt.opened, attempt.typed_from, mine)
    theirs = _shown(attempt.newest)
    document = merged(base, theirs, mine, _answers(request))
    if slug and request.POST.get("slug-answer") == "mine":
        _give_address(model_admin, request, treatment, slug)
    to_rows(parse(document.json), treatment)
    save_snapshot(treatment, now=timezone.now(), by=request.user)
    log(request, treatment, f"Brought two versions together (after {attempt.newest.pk})")


def _give_address(model_admin, request: HttpRequest, treatment: Treatment, slug: str) -> None:
    if "slug" in model_admin.get_readonly_fields(request, treatment):
        return
    slugs.validate_slug(slug, treatment)
    treatment.slug = slug
    treatment.full_clean()


def _why_not(error: Exception) -> str:
    if isinstance(error, IntegrityError):
        reason = _("some of the numbers do not fit together")
    elif isinstance(error, ValidationError):
        reason = " ".join(error.messages)
    else:
        reason = str(error)
    return _("It cannot be saved as chosen: %s. Nothing was saved; choose otherwise.") % reason


def _after(request: HttpRequest, treatment: Treatment) -> HttpResponse:
    messages.success(request, _("Saved as you chose. Look through the page once more."))
    if "_publish" in request.POST:
        return HttpResponseRedirect(
            reverse("admin:treatments_treatment_publish", args=[treatment.pk])
        )
    return redirect_to_treatment(treatment)


def note_saved(request: HttpRequest) -> None:
    """Lets the browser forget the text that it kept: it is saved."""
    mark = request.POST.get("mark", "")
    if re.fullmatch(r"[A-Za-z0-9-]{8,40}", mark):
        marks = request.session.get(KEPT_TEXTS, [])
        request.session[KEPT_TEXTS] = [*marks, mark][-20:]
