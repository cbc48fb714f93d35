"""What a text said before: by whom and when, what differs from now, and putting one of it back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..document.content import Document, DocumentItem
from ..document.diff import Row, item_rows
from ..document.places import LISTS, Place, heading_of, value_at
from ..document.rows import document_of
from ..models import Snapshot, Treatment
from ..publishing.put_back import put_back_version
from ..publishing.snapshots import newest_snapshot
from .findings import slot_of
from .sheet import item_in_address, shown_at
from .text_forms import place_at
from .texts import done_to, sheet_context

MOST = 5  # versions that are shown
LOOKED_AT = 100  # saves that they are looked for in


@dataclass(frozen=True)
class Version:
    """What a text said from one save on."""

    snapshot: Snapshot
    item: DocumentItem
    document: Document
    label: str = ""  # for the template of what differs, as a change has it
    rows: tuple[Row, ...] = ()  # what differs from now


def _versions(treatment: Treatment, place: Place) -> Iterator[Version]:
    """What it says now, then what it said before, the newest first; each from its first save on.

    Of what is older than the saves that are looked at, nobody can say who wrote it.
    """
    found: Version | None = None
    saves = treatment.snapshots.all()[: LOOKED_AT + 1]
    for number, snapshot in enumerate(saves.iterator(10)):
        if number == LOOKED_AT:
            return
        document = document_of(snapshot)
        item = value_at(document, place)
        if found and item != found.item:
            yield found
        found = Version(snapshot, item, document) if item else None
    if found:
        yield found


def _earlier(treatment: Treatment, place: Place) -> Iterator[Version]:
    """The last different ones, each with what it says otherwise than now."""
    newest = document_of(newest_snapshot(treatment))
    now = value_at(newest, place)
    shown = [now]
    for version in _versions(treatment, place):
        if version.item in shown:
            continue
        rows, _languages = item_rows(place.section, now, version.item, newest, version.document)
        yield replace(version, rows=rows)
        shown.append(version.item)
        if len(shown) > MOST:
            return


def earlier_view(model_admin, request: HttpRequest, treatment: Treatment, section: str, item: str):
    """GET: what a text said before. POST: it says one of that again."""
    place = place_at(section, item)
    if not model_admin.has_change_permission(request, treatment):
        raise PermissionDenied
    if section not in LISTS:
        raise Http404
    if request.method == "POST":
        return _put_back(model_admin, request, treatment, place)
    newest = newest_snapshot(treatment)
    if value_at(document_of(newest), place) is None:
        raise Http404
    context = sheet_context(model_admin, request, treatment, _("Earlier texts")) | {
        "kind": heading_of(place),
        "slot": slot_of(place),
        "place": place,
        "item": item_in_address(place),
        "shown": shown_at(newest, place),
        "versions": list(_earlier(treatment, place)),
    }
    return TemplateResponse(request, "staff/sheet/earlier.html", context)


def _put_back(
    model_admin, request: HttpRequest, treatment: Treatment, place: Place
) -> HttpResponse:
    chosen = request.POST.get("version", "")
    is_key = chosen.isascii() and chosen.isdigit() and len(chosen) <= 18
    version = treatment.snapshots.filter(pk=chosen).first() if is_key else None
    if version is None:
        raise Http404

    def put_back(treatment: Treatment, rows: list, before: Snapshot) -> str:
        is_as_shown = request.POST.get("shown") == shown_at(before, place)
        if not is_as_shown or not put_back_version(treatment, place, version):
            said = _(
                "Somebody changed this since you opened the page. Nothing was put back: this is how "
                "it stands now."
            )
            messages.error(request, said)
        return "Put an earlier text back at"

    return done_to(request, model_admin, treatment, place, put_back)
