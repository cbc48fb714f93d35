"""Saved versions: who saved what, what differs, what patients read on a day, and bringing back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..document.diff import ADDED, CHANGED, MOVED, REMOVED, count_by_language, differences
from ..document.json_form import load_stored, stored_parts
from ..document.places import Place, heading_of
from ..document.rows import without_removed_photos
from ..language.active import in_active_digits
from ..language.digits import ascii_digits
from ..models import (
    LANGUAGE_CHOICES,
    LANGUAGE_NAMES,
    LANGUAGES,
    Confirmation,
    Publication,
    ShippedWords,
    Snapshot,
    Treatment,
)
from ..photos.storage import removed_photos_of
from ..publishing.shipped import offer_again
from ..publishing.snapshots import newest_snapshot, restore
from .photo_removal import missing_photos_note
from .preview import render_document
from .publication import log, moment_in_words, page_context, redirect_to_treatment

A_PAGE = 50  # sittings
SITTING = timedelta(hours=1)
NOW, THEN, PLANNED = "now", "then", "planned"


# --- What was live --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Life:
    """When a version was what patients read, in one language."""

    publication: Publication
    when: str  # NOW, THEN or PLANNED

    @property
    def language(self) -> str:
        return LANGUAGE_NAMES[self.publication.language]

    @property
    def words(self) -> str:
        begin, end = self.publication.live_from, self.publication.live_until
        moments = {"begin": moment_in_words(begin), "end": moment_in_words(end) if end else ""}
        if self.when == PLANNED and end:
            text = _("planned from %(begin)s until %(end)s")
        elif self.when == PLANNED:
            text = _("planned from %(begin)s")
        elif self.when == NOW and not end:
            text = _("live since %(begin)s")
        elif self.when == NOW:
            text = _("live since %(begin)s, planned until %(end)s")
        else:
            text = _("was live from %(begin)s until %(end)s")
        return text % moments


def life(publication: Publication, now: datetime) -> Life:
    if publication.live_from > now:
        return Life(publication, PLANNED)
    over = publication.live_until is not None and publication.live_until <= now
    return Life(publication, THEN if over else NOW)


def _lives(treatment: Treatment, now: datetime) -> Mapping[int, list[Life]]:
    """By the version's primary key, the newest first."""
    lives: dict[int, list[Life]] = {}
    for publication in treatment.publications.all():
        if publication.live_from != publication.live_until:
            lives.setdefault(publication.snapshot_id, []).append(life(publication, now))
    return lives


# --- The list -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Save:
    """What the list asks of a version without its document."""

    pk: int
    saved_at: datetime
    by: tuple[int | None, str]  # the login, which may have been deleted, and its name
    is_restored: bool
    digests: tuple[str, ...]  # by language


def _saves(treatment: Treatment) -> list[Save]:
    """Every version, the oldest first."""
    of_languages = [f"digest_{code}" for code in LANGUAGES]
    columns = ("pk", "saved_at", "saved_by", "saved_by_name", "restored_from", *of_languages)
    return [
        Save(pk, saved_at, (by, name), restored_from is not None, tuple(digests))
        for pk, saved_at, by, name, restored_from, *digests in treatment.snapshots.order_by(
            "pk"
        ).values_list(*columns)
    ]


def _sittings(saves: Iterable[Save], published: Collection[int]) -> list[list[Save]]:
    """What one person saved within an hour, together; the oldest first, and so in each of them.

    A version that was published or brought back, and somebody else's, begins or ends one.
    """
    sittings: list[list[Save]] = []
    for save in saves:
        first, last = (sittings[-1][0], sittings[-1][-1]) if sittings else (None, None)
        goes_on = (
            last is not None
            and any(save.by)
            and save.by == last.by
            and save.saved_at - first.saved_at <= SITTING
            and last.pk not in published
            and not (save.is_restored or last.is_restored)
        )
        if goes_on:
            sittings[-1].append(save)
        else:
            sittings.append([save])
    return sittings


def history_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    lives = _lives(treatment, timezone.now())
    saves = _saves(treatment)
    page = Paginator(_sittings(saves, lives)[::-1], A_PAGE).get_page(request.GET.get("page"))
    newest_ones = [sitting[-1].pk for sitting in page]
    versions = treatment.snapshots.select_related("restored_from")
    versions = versions.defer("document", "restored_from__document").in_bulk(newest_ones)
    before = dict(zip((save.pk for save in saves), [None, *saves], strict=False))
    opened = [save.pk for sitting in page if len(sitting) > 1 for save in sitting]
    headings = _headings(treatment, {pk: before[pk].pk for pk in opened if before[pk]})
    # Loading is the one way to save without a login, and it makes the first version.
    is_shipped = ShippedWords.objects.filter(treatment=treatment).exists()
    rows = []
    for sitting in page:
        snapshot, earlier = versions[sitting[-1].pk], before[sitting[0].pk]
        rows.append(
            {
                "snapshot": snapshot,
                "lives": lives.get(snapshot.pk, []),
                "before": earlier and earlier.pk,
                "saved_by": snapshot.saved_by_name
                or (
                    _("loaded with the site")
                    if is_shipped and earlier is None
                    else _("a login that was deleted")
                ),
                "changed": _changed(sitting, earlier),
                "began": sitting[0].saved_at,
                "saves": [
                    _single(save, before[save.pk], headings.get(save.pk, ""))
                    for save in reversed(sitting)
                ],
            }
        )
    context = page_context(model_admin, request, treatment, _("History")) | {
        "page": page,
        "rows": rows,
        "languages": LANGUAGE_CHOICES,
        "newest": saves[-1].pk if saves else None,
        "may_change": model_admin.has_change_permission(request, treatment),
        "today": timezone.localdate(),
        "removed_photos": removed_photos_of(treatment),
        **_day_asked_for(treatment, request),
    }
    return TemplateResponse(request, "staff/treatment/history.html", context)


def _single(save: Save, earlier: Save | None, headings: str) -> dict:
    changed = " · ".join(filter(None, [headings, _changed([save], earlier)]))
    return {"save": save, "before": earlier and earlier.pk, "changed": changed}


def _headings(treatment: Treatment, before: Mapping[int, int]) -> Mapping[int, str]:
    """Where each version says something else than the one before it; by primary keys."""
    versions = treatment.snapshots.filter(pk__in={*before, *before.values()}).order_by("pk")
    result: dict[int, str] = {}
    last: tuple[int, Mapping] = (0, {})
    for pk, text in versions.values_list("pk", "document").iterator(20):
        parts = stored_parts(text)
        if before.get(pk) == last[0]:
            changed = (place for place, said in parts.items() if said != last[1].get(place))
            result[pk] = ", ".join(heading_of(Place(*place)) for place in changed)
        last = pk, parts
    return result


def confirmations_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """Who has read which words in both languages, or agreed that they are lost."""
    rows = treatment.confirmations.all()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = page_context(model_admin, request, treatment, _("Who confirmed what")) | {
        "page": page,
        "rows": [
            {
                "confirmation": row,
                "heading": heading_of(Place(row.section, row.item)),
                "words": [pair for pair in row.words.values() if any(pair.values())],
                "is_loss": row.kind in Confirmation.LOSSES,
            }
            for row in page
        ],
    }
    return TemplateResponse(request, "staff/treatment/confirmations.html", context)


def _changed(sitting: Iterable[Save], before: Save | None) -> str:
    """The languages whose words any of the saves changed."""
    if before is None:
        return _("first version")
    changed = set()
    for save in sitting:
        changed |= {
            code
            for code, new, old in zip(LANGUAGES, save.digests, before.digests, strict=True)
            if new != old
        }
        before = save
    names = [str(LANGUAGE_NAMES[code]) for code in LANGUAGES if code in changed]
    return _(" and ").join(names) or _("only what is to be confirmed")


# --- A day ----------------------------------------------------------------------------------------


def _day_asked_for(treatment: Treatment, request: HttpRequest) -> dict:
    """What was live on the day that the address names: for the template, empty without one."""
    typed = request.GET.get("day")
    if typed is None:
        return {}
    try:
        day = date.fromisoformat(ascii_digits(typed).strip())
        begin, end = (_midnight(day + timedelta(days=more)) for more in (0, 1))
    except (ValueError, OverflowError):  # also a day next to the end of the calendar
        return {"day_error": _("Write the day like 2026-03-31.")}
    return {
        "day_typed": day.isoformat(),
        "day": day,
        "day_languages": [
            {"name": LANGUAGE_NAMES[code], "lives": _live_between(treatment, code, begin, end)}
            for code in LANGUAGES
        ],
    }


def _midnight(day: date) -> datetime:
    """The beginning of a day where the clinic is."""
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)


def _live_between(
    treatment: Treatment, language: str, begin: datetime, end: datetime
) -> list[Life]:
    """What was live at any moment from `begin` until `end`, in the order of time."""
    publications = treatment.publications.filter(language=language, live_from__lt=end)
    return [
        life(publication, timezone.now())
        for publication in publications.order_by("live_from", "pk")
        if publication.live_until is None
        or max(publication.live_from, begin) < publication.live_until
    ]


def as_published_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """The public page as its words stood in one publication, in today's layout."""
    publication = get_object_or_404(
        treatment.publications.select_related("snapshot", "review", "earlier_review"),
        pk=_number(request, "publication"),
    )
    note = _(
        "As patients could read it in %(language)s (%(when)s). The words are of then; the layout, "
        "the phone number and the opening hours are of today."
    ) % {
        "language": LANGUAGE_NAMES[publication.language],
        "when": life(publication, timezone.now()).words,
    }
    document = load_stored(publication.snapshot.document)
    return render_document(request, treatment, document, publication.language, note, publication)


# --- Two versions ---------------------------------------------------------------------------------


def compare_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    versions = [_version(treatment, request, name) for name in ("old", "new")]
    old, new = sorted(versions, key=lambda snapshot: snapshot.pk)
    context = page_context(model_admin, request, treatment, _("Compare two versions")) | {
        "old": old,
        "new": new,
        **difference(old, new),
    }
    return TemplateResponse(request, "staff/treatment/compare.html", context)


def difference(old: Snapshot, new: Snapshot) -> dict:
    """What the template _differences.html shows of two versions."""
    documents = [load_stored(version.document) for version in (old, new)]
    changes = differences(*map(without_removed_photos, documents))
    number = count_by_language(changes)
    sentences = [
        (LANGUAGE_NAMES["en"], number["en"]),
        (LANGUAGE_NAMES["bn"], number["bn"]),
        (_("Numbers, order and other facts"), number[""]),
    ]
    return {
        "left_out": missing_photos_note(documents),
        "changes": [
            {
                "change": change,
                "first": position == 0 or changes[position - 1].heading != change.heading,
                "kind": _kind(change),
            }
            for position, change in enumerate(changes)
        ],
        "counts": [
            {"name": name, "words": _places(n) if n else _("same")} for name, n in sentences
        ],
    }


def _places(number: int) -> str:
    return in_active_digits(ngettext("%d place", "%d places", number) % number)


def _kind(change) -> str:
    moved = (
        in_active_digits(
            _("moved from place %(old)d to place %(new)d")
            % {"old": change.moved[0], "new": change.moved[1]}
        )
        if change.moved
        else ""
    )
    names = {ADDED: _("new"), REMOVED: _("deleted"), CHANGED: _("changed"), MOVED: ""}
    return ", ".join(filter(None, [names[change.kind], moved]))


def _version(treatment: Treatment, request: HttpRequest, name: str) -> Snapshot:
    return get_object_or_404(treatment.snapshots, pk=_number(request, name))


def _number(request: HttpRequest, name: str) -> int:
    typed = (request.POST if request.method == "POST" else request.GET).get(name, "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 18:
        raise Http404
    return int(typed)


# --- Bringing back --------------------------------------------------------------------------------


def restore_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """Says first what would change; then makes the draft say again what it said then."""
    if not model_admin.has_change_permission(request, treatment):
        raise PermissionDenied
    chosen = _version(treatment, request, "snapshot")
    error = ""
    if request.method == "POST":
        with transaction.atomic():
            Treatment.objects.select_for_update().get(pk=treatment.pk)
            if request.POST.get("newest") == str(newest_snapshot(treatment).pk):
                return _restored(request, treatment, chosen)
        error = _(
            "Somebody saved this treatment since you opened this page. Nothing was changed. Look "
            "again what bringing back this version would change now."
        )
    newest = newest_snapshot(treatment)
    context = page_context(model_admin, request, treatment, _("Bring back a version")) | {
        "chosen": chosen,
        "newest": newest,
        "error": error,
        **difference(newest, chosen),
    }
    return TemplateResponse(request, "staff/treatment/restore.html", context)


def _restored(request: HttpRequest, treatment: Treatment, chosen: Snapshot) -> HttpResponse:
    when = {"when": moment_in_words(chosen.saved_at)}
    if restore(chosen, now=timezone.now(), by=request.user):
        text = _("The draft says again what was saved on %(when)s. Nothing live has changed.")
        messages.success(request, text % when)
        log(request, treatment, f"Brought back version {chosen.pk}")
        if offer_again(treatment):
            text = _("Newer words that came with the site are offered once more.")
            messages.warning(request, text)
    else:
        text = _("The draft says already what was saved on %(when)s.")
        messages.info(request, text % when)
    return redirect_to_treatment(treatment)
