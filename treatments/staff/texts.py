"""One text of the change page: opened, saved, confirmed, moved, deleted and put back by itself.

Every view answers with the part of the page that is different now where a script asks (htmx), and
else with a page. Two people clash only in the same field of the same text.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget
from django_htmx.middleware import HtmxDetails
from django_prose_editor.widgets import AdminProseEditorWidget

from ..document.content import editions_of
from ..document.diff import word_spans
from ..document.passages import passages
from ..document.places import LISTS, Place
from ..document.rows import document_of
from ..models import LANGUAGES, Snapshot, Treatment
from ..publishing.confirmations import (
    PUBLISH,
    REVIEW,
    WRITE,
    NotYours,
    ShownOtherwise,
    confirm_passages,
)
from ..publishing.put_back import put_back_item
from ..publishing.snapshots import newest_snapshot, save_snapshot
from . import photo_uploads
from .findings import slot_of, text_at
from .publication import language_statuses, log, page_context, redirect_to_treatment
from .publish_page import require_any_right
from .sheet import OPEN, Sheet, Text, item_in_address, sheet_of, shown_at
from .text_forms import NEW, TextForm, Values, form_class, place_at

# For the strict policy, and so that a form which is refused comes back in its place.
HTMX = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "allowScriptTags": False,
    "historyCacheSize": 0,
    "attributesToSettle": ["class"],  # and no height that a script gave a field
    "responseHandling": [
        {"code": "[23]..", "swap": True},
        {"code": "4(09|22)", "swap": True},
        {"code": "...", "swap": False, "error": True},
    ],
}
EDITOR = AdminProseEditorWidget(preset="configurable")
NOT_SAVED = 422  # the form comes back with what is wrong
ASKED = 409  # the form comes back with what somebody else saved meanwhile


def is_asked_by_script(request: HttpRequest) -> bool:
    return bool(HtmxDetails(request))


def sheet_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """The change page."""
    try:
        newest = newest_snapshot(treatment)
    except Snapshot.DoesNotExist:  # its row was made by other means
        newest = save_snapshot(treatment, now=timezone.now(), by=request.user)
    sheet = sheet_of(newest, request.user)
    context = sheet_context(model_admin, request, treatment, str(treatment))
    may_delete = model_admin.has_delete_permission(request, treatment)
    context |= {"sheet": sheet, "editor_media": EDITOR.media, "may_delete": may_delete}
    return TemplateResponse(request, "staff/sheet/page.html", context)


def sheet_context(model_admin, request: HttpRequest, treatment: Treatment, title: str) -> dict:
    context = page_context(model_admin, request, treatment, title)
    return {
        **context,
        "is_nav_sidebar_enabled": False,
        "original": treatment,
        "htmx_config": json.dumps(HTMX),
    }


# --- Opening and saving ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed while it was being written."""

    theirs: str
    spans: tuple  # what they changed
    mine: str


def text_view(
    model_admin, request: HttpRequest, treatment: Treatment, section: str, item: str
) -> HttpResponse:
    """GET: the form of a text. POST: saves it."""
    place = place_at(section, item)
    if not model_admin.has_change_permission(request, treatment):
        raise PermissionDenied
    if request.method == "POST":
        if section == "photos":
            photo_uploads.process_upload(request)
        return _saved(model_admin, request, treatment, place)
    form = form_class(place)(request, treatment, place)
    if not form.is_there and place.item != NEW:
        if place.section not in LISTS or not is_asked_by_script(request):
            raise Http404
        _is_there(request, place, [])
        sheet = sheet_of(newest_snapshot(treatment), request.user)
        return answer_changed(request, sheet, place, whole_group=True)
    if request.GET.get("as") in LANGUAGES:
        form.propose(request.GET["as"], request.GET.get("about", ""))
    return _opened(model_admin, request, treatment, form)


def _opened(
    model_admin,
    request: HttpRequest,
    treatment: Treatment,
    form: TextForm,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    """The form of a text: in its place on the change page, or on a page of its own."""
    newest = treatment.snapshots.first()
    # Whoever is only told what to put right has not seen yet what somebody else saved meanwhile.
    is_shown_anew = request.method == "GET" or status == ASKED
    context = {
        "treatment": treatment,
        "form": form,
        "place": form.place,
        "opened": newest.pk if newest and is_shown_anew else request.POST.get("opened", ""),
        "is_new": form.place.item == NEW,
        "item": item_in_address(form.place),
        "slot": slot_of(form.place),
        "kind": form.kind,
        **said,
    }
    if is_asked_by_script(request):
        answer = render_to_string("staff/sheet/_form.html", context, request)
        response = HttpResponse(answer, status=status)
        if request.method == "POST":
            response = reswap(retarget(response, f"#slot-{slot_of(form.place)}"), "innerHTML")
        return response
    title = _("Edit a text")
    context |= sheet_context(model_admin, request, treatment, title)
    if newest and form.place.item != NEW:
        context["sheet"] = sheet = sheet_of(newest, request.user)
        context["group"], context["text"] = sheet.by_place.get(form.place, (None, None))
    return TemplateResponse(request, "staff/sheet/text.html", context, status=status)


@transaction.atomic
def _saved(model_admin, request: HttpRequest, treatment: Treatment, place: Place) -> HttpResponse:
    treatment = Treatment.objects.select_for_update().get(pk=treatment.pk)
    form = form_class(place)(request, treatment, place)
    theirs = form.current()
    base = _opened_values(request, treatment, place)
    if place.item != NEW and theirs is None and base is not None:
        return _opened(model_admin, request, treatment, form, ASKED, was_deleted=True)
    if not form.is_valid:
        return _opened(model_admin, request, treatment, form, NOT_SAVED)
    clashes: dict[str, Clash] = {}
    brought: list[str] = []
    try:
        with transaction.atomic():
            form.save()
            if theirs is not None and base != theirs:
                clashes, brought = _bring_together(form, base, theirs)
            if clashes:
                # What only the other one changed stands in it too: nothing unseen is saved.
                form = type(form)(request, treatment, place, as_sent=False)
                transaction.set_rollback(True)
    except IntegrityError:
        error = _("Somebody changed other numbers of this meanwhile, and they do not fit yours.")
        return _opened(model_admin, request, treatment, form, NOT_SAVED, error=error)
    if clashes:
        by = _saved_as(treatment, form, theirs, since=_opened_snapshot(request, treatment))
        return _opened(model_admin, request, treatment, form, ASKED, clashes=clashes, theirs_by=by)
    section = place.section if place.section in LISTS else ""
    if save_snapshot(treatment, now=timezone.now(), by=request.user, section=section):
        log(request, treatment, f"Changed {form.place}")
    return _after_saving(request, treatment, form.place, was_seen=not brought)


def _after_saving(
    request: HttpRequest, treatment: Treatment, place: Place, *, was_seen: bool
) -> HttpResponse:
    """Says that both languages say the same, where the button said so; then shows the text.

    Nobody confirms what a colleague changed and the form did not show.
    """
    sheet = sheet_of(newest_snapshot(treatment), request.user)
    if "same" in request.POST:
        _group, text = sheet.by_place[place]
        if text.state == OPEN and was_seen:
            try:
                _confirm(request, sheet.snapshot, text)
            except NotYours as why:
                messages.warning(request, str(why))
            sheet = sheet_of(sheet.snapshot, request.user)
        elif not was_seen:
            said = _(
                "Saved, with what somebody else changed of it meanwhile. It is not confirmed: read "
                "both languages again."
            )
            messages.warning(request, said)
        elif text.needs_work:
            messages.warning(
                request, _("Saved, but not confirmed: look at what stands beside it first.")
            )
    was_added = item_in_address(place) != request.resolver_match.kwargs["item"]
    closes = NEW if was_added else ""
    return answer_changed(request, sheet, place, whole_group=was_added, closes=closes)


def _opened_values(request: HttpRequest, treatment: Treatment, place: Place) -> Values | None:
    """What the text said when its form was opened; None where nobody can know."""
    snapshot = _opened_snapshot(request, treatment)
    return form_class(place).values_in(document_of(snapshot), place) if snapshot else None


def _opened_snapshot(request: HttpRequest, treatment: Treatment) -> Snapshot | None:
    key = request.POST.get("opened", "")
    is_key = re.fullmatch(r"[0-9]{1,18}", key)
    return treatment.snapshots.filter(pk=key).first() if is_key else None


def _saved_as(
    treatment: Treatment, form: TextForm, theirs: Values, since: Snapshot | None
) -> Snapshot | None:
    """The save from which on a text says this; None where nobody can know."""
    found = None
    later = treatment.snapshots.filter(pk__gt=since.pk) if since else treatment.snapshots.none()
    for snapshot in later:
        if form.values_in(document_of(snapshot), form.place) != theirs:
            break
        found = snapshot
    return found


def _bring_together(
    form: TextForm, base: Values | None, theirs: Values
) -> tuple[dict[str, Clash], list[str]]:
    """Keeps what only the other one changed.

    Returns the fields that both changed, each otherwise, and those that were kept.
    """
    mine, clashes, brought = form.current() or {}, {}, []
    for column, said in theirs.items():
        before = base.get(column) if base is not None else None
        if mine.get(column) == said or (base is not None and said == before):
            continue
        if base is not None and mine.get(column) == before:
            form.write(column, said)
            brought.append(column)
        else:
            values = (before, said, mine.get(column))
            clashes[column] = _clash(*(form.in_words(column, value) for value in values))
    return clashes, brought


def _clash(before: str, theirs: str, mine: str) -> Clash:
    return Clash(theirs, tuple(word_spans(before, theirs)), mine)


# --- What can be done without opening it ----------------------------------------------------------


@require_POST
def done_to(
    request: HttpRequest, model_admin, treatment: Treatment, place: Place, does
) -> HttpResponse:
    """Something is done to the rows of an item's list, and saved. POST only."""
    if not model_admin.has_change_permission(request, treatment):
        raise PermissionDenied
    if place.section not in LISTS:
        raise Http404
    with transaction.atomic():
        treatment = Treatment.objects.select_for_update().get(pk=treatment.pk)
        before = newest_snapshot(treatment)
        rows = list(LISTS[place.section].model.objects.filter(treatment=treatment))
        said = does(treatment, rows, before)
        if save_snapshot(treatment, now=timezone.now(), by=request.user):
            log(request, treatment, f"{said} {place}")
    sheet = sheet_of(newest_snapshot(treatment), request.user)
    return answer_changed(request, sheet, place, whole_group=True)


def _is_there(request: HttpRequest, place: Place, rows: list) -> bool:
    """Whether nobody deleted a text meanwhile; says so otherwise."""
    if any(row.uid == place.item for row in rows):
        return True
    messages.error(request, _("Somebody deleted this text since you opened the page."))
    return False


STEPS = {"up": -1, "down": 1}


def move_view(model_admin, request, treatment: Treatment, section: str, item: str) -> HttpResponse:
    """One place `to` up or down in its list, or `before` another item of it; before "", its end.

    POST only.
    """
    place = place_at(section, item)

    def move(treatment: Treatment, rows: list, before: Snapshot) -> str:
        to, before_item = request.POST.get("to"), request.POST.get("before")
        if before_item is None and to not in STEPS:
            raise BadRequest
        if not _is_there(request, place, rows):
            return ""
        order = {row.uid: row for row in rows}
        uids = _moved([*order], place.item, to, before_item)
        if uids is None:
            messages.error(
                request,
                _("Somebody changed this list since you opened the page. Nothing was moved."),
            )
            return ""
        for position, row in enumerate(map(order.get, uids), 1):
            if row.position != position:
                type(row).objects.filter(pk=row.pk).update(position=position)
        return "Moved"

    return done_to(request, model_admin, treatment, place, move)


def _moved(uids: list[str], item: str, to: str | None, before: str | None) -> list[str] | None:
    """The list with one of it in another place; None where what it should stand before is gone."""
    at = uids.index(item)
    others = [uid for uid in uids if uid != item]
    if before is None:
        at = min(max(at + STEPS[to], 0), len(others))
    elif before == "":
        at = len(others)
    elif before == item:
        return uids
    elif before in others:
        at = others.index(before)
    else:
        return None
    return [*others[:at], item, *others[at:]]


def delete_view(model_admin, request, treatment: Treatment, section: str, item: str):
    """Out of the draft; what patients read stays struck out beside it. POST only."""
    place = place_at(section, item)

    def delete(treatment: Treatment, rows: list, before: Snapshot) -> str:
        if not _is_there(request, place, rows):
            return ""
        if request.POST.get("shown") != shown_at(before, place):
            messages.error(
                request,
                _(
                    "Somebody changed this since you opened the page. Nothing was deleted: this is "
                    "how it stands now."
                ),
            )
            return ""
        for row in rows:
            if row.uid == place.item:
                row.delete()
        return "Deleted"

    return done_to(request, model_admin, treatment, place, delete)


def back_view(model_admin, request, treatment: Treatment, section: str, item: str) -> HttpResponse:
    """Into the draft again, as it was last said and where it stood. POST only."""
    place = place_at(section, item)

    def bring_back(treatment: Treatment, rows: list, before: Snapshot) -> str:
        if not put_back_item(treatment, place, now=timezone.now()):
            messages.error(request, _("This text is not kept any more. Look into the history."))
        return "Put back"

    return done_to(request, model_admin, treatment, place, bring_back)


@require_POST
def _same(request: HttpRequest, treatment: Treatment, place: Place) -> HttpResponse:
    require_any_right(request)
    sheet = sheet_of(newest_snapshot(treatment), request.user)
    _group, text = sheet.by_place.get(place, (None, None))
    try:
        if text is None or request.POST.get("shown") != text.shown:
            raise ShownOtherwise
        _confirm(request, sheet.snapshot, text)
    except ShownOtherwise:
        messages.error(
            request,
            _(
                "Somebody changed this since you opened the page. Nothing was confirmed: this is "
                "how it stands now. Read it again."
            ),
        )
    except NotYours as why:
        messages.error(request, str(why))
    else:
        sheet = sheet_of(sheet.snapshot, request.user)
    return answer_changed(request, sheet, place)


def same_view(model_admin, request, treatment: Treatment, section: str, item: str) -> HttpResponse:
    """Somebody has read a text in both languages: they say the same. POST only."""
    return _same(request, treatment, place_at(section, item))


def _confirm(request: HttpRequest, snapshot: Snapshot, text: Text) -> None:
    there = passages(*editions_of(document_of(snapshot)).values())
    chosen = [passage for passage in there if text_at(passage.place) == text.place]
    confirm_passages(snapshot.treatment, chosen, now=timezone.now(), by=request.user)
    log(request, snapshot.treatment, f"Confirmed {text.place}")


# --- Answering ------------------------------------------------------------------------------------


def answer_changed(
    request: HttpRequest, sheet: Sheet, place: Place, *, whole_group: bool = False, closes: str = ""
) -> HttpResponse:
    """What is different on the change page; or the page itself, at the text.

    Of a section's forms for new texts, the one that `closes` is done: its first text is at `place`.
    """
    group, text = sheet.by_place.get(place, (None, None))
    if not is_asked_by_script(request):
        page = redirect_to_treatment(sheet.treatment)
        anchor = text.anchor if text else f"group-{place.section}"
        return HttpResponseRedirect(f"{page.url}#{anchor}")
    if group is None:
        group = next(each for each in sheet.groups if each.key == place.section)
    context = {
        "treatment": sheet.treatment,
        "sheet": sheet,
        "group": group,
        "text": text,
        "may_write": request.user.has_perm(WRITE),
        "may_publish": request.user.has_perm(PUBLISH),
        "may_review": request.user.has_perm(REVIEW),
        "states": language_statuses(sheet.treatment, sheet.snapshot),
        "messages": messages.get_messages(request),
        "out_of_band": True,
    }
    is_whole = whole_group or text is None
    # Other texts of the section may be open, with words in them that are not saved.
    context |= {"keeps_open": is_whole, "closes": closes}
    context |= {"added": text.anchor if closes and text else ""}
    template = "_group" if is_whole else "_text"
    response = HttpResponse(
        render_to_string(f"staff/sheet/{template}.html", context, request)
        + render_to_string("staff/sheet/_out_of_band.html", context, request)
    )
    if is_whole:
        response = reswap(retarget(response, f"#group-{group.key}"), "outerHTML")
    return response


# The end of the address below a text's own → the view.
VIEWS = {
    "": text_view,
    "same": same_view,
    "move": move_view,
    "delete": delete_view,
    "back": back_view,
}
