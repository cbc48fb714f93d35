"""All photos with where they are shown, and removing one everywhere, for good."""

from collections.abc import Iterable

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from ..document.content import Document
from ..document.rows import pictures_of
from ..language.active import date_in_words
from ..models import LANGUAGE_NAMES, Photo, Picture, Publication, RemovedBecause, Treatment
from ..photos.storage import NotDeleted, snapshots_with_photo
from ..publishing.photos import remove_photo
from .publication import PUBLISH, log, moment_in_words, require_permission


def describe_removal(picture: Picture) -> str:
    return _("A photo was removed everywhere on %(day)s by %(who)s. It is left out here.") % {
        "day": date_in_words(timezone.localdate(picture.removed_at)),
        "who": picture.removed_by or _("somebody"),
    }


def missing_photos_note(documents: Iterable[Document]) -> list[str]:
    """A sentence for each photo that these documents name and nothing shows any more."""
    names = set().union(*map(pictures_of, documents))
    pictures = Picture.objects.filter(name__in=names).exclude(removed_at=None)
    return [describe_removal(picture) for picture in pictures.select_related("removed_by")]


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    list_display = ("photo", "shown", "uploaded", "uploader")
    list_display_links = None
    list_select_related = ("removed_by",)
    list_per_page = 50

    class Media:
        css = {"all": ["css/admin.css"]}

    def has_add_permission(self, request):
        return False  # on the change page of a treatment

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        live = Publication.objects.live(timezone.now())
        return (
            super()
            .get_queryset(request)
            .annotate(
                is_live=Exists(live.filter(pictures=OuterRef("pk"))),
                in_draft=Exists(Photo.objects.filter(image=OuterRef("name"))),
            )
        )

    @admin.display(description=gettext_lazy("photo"))
    def photo(self, picture: Picture) -> str:
        return render_to_string("staff/picture/row.html", {"picture": picture})

    @admin.display(description=gettext_lazy("uploaded"), ordering="uploaded_at")
    def uploaded(self, picture: Picture) -> str:
        return moment_in_words(picture.uploaded_at)

    @admin.display(description=gettext_lazy("by"))
    def uploader(self, picture: Picture) -> str:
        return picture.uploaded_by_name

    @admin.display(description=gettext_lazy("where it is shown"))
    def shown(self, picture: Picture) -> str:
        if picture.removed_at:
            return _("removed everywhere on %(when)s by %(who)s") % {
                "when": moment_in_words(picture.removed_at),
                "who": picture.removed_by or _("somebody"),
            }
        if picture.is_live:
            return _("on a live page")
        return _("in a draft") if picture.in_draft else _("nowhere now")

    def changelist_view(self, request, extra_context=None):
        title = {"title": _("Uploaded pictures")}
        return super().changelist_view(request, title | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        picture = self.get_object(request, unquote(object_id))
        if picture is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(reverse("admin:treatments_picture_remove", args=[picture.name]))

    def get_urls(self):
        view = self.admin_site.admin_view(self.remove_view)
        return [
            path("<slug:name>/remove/", view, name="treatments_picture_remove"),
            *super().get_urls(),
        ]

    def remove_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Says first where the photo is and what would happen; then removes it."""
        picture = get_object_or_404(Picture.objects.select_related("removed_by"), name=name)
        if not self.has_view_permission(request, picture):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            **_uses(picture),
            "opts": self.opts,
            "picture": picture,
            "title": _("Remove this photo everywhere"),
            "reasons": RemovedBecause.choices,
            "may_publish": request.user.has_perm(PUBLISH),
        }
        if request.method == "POST":
            require_permission(request, PUBLISH)
            because = request.POST.get("because", "")
            if picture.removed_at:
                messages.info(request, _("This photo was removed before. Nothing was changed."))
                return HttpResponseRedirect(request.path)
            if because in RemovedBecause:
                _remove(request, picture, because, context["treatments"])
                return HttpResponseRedirect(request.path)
            context["error"] = _("Choose why the photo is removed. Nothing was changed.")
        return TemplateResponse(request, "staff/picture/remove.html", context)


def _uses(picture: Picture) -> dict:
    """Where a picture is, for the template, and the `treatments` that have anything of it."""
    now = timezone.now()
    versions = snapshots_with_photo(picture.name).order_by()
    counted = dict(versions.values_list("treatment").annotate(Count("pk")))
    drafts = set(Photo.objects.filter(image=picture.name).values_list("treatment", flat=True))
    published = picture.publications.select_related("treatment").order_by("treatment", "-language")
    treatments = Treatment.objects.filter(pk__in={*counted, *drafts})
    return {
        "treatments": list(treatments.prefetch_related("translations")),
        "drafts": [each for each in treatments if each.pk in drafts],
        "live": [
            {"publication": each, "language": LANGUAGE_NAMES[each.language]}
            for each in published
            if each.live_from <= now and not (each.live_until and each.live_until <= now)
        ],
        "planned": [
            {"publication": each, "language": LANGUAGE_NAMES[each.language]}
            for each in published
            if each.live_from > now
        ],
        "versions": [
            {"treatment": each, "number": counted[each.pk]}
            for each in treatments
            if each.pk in counted
        ],
    }


def _remove(
    request: HttpRequest, picture: Picture, because: str, treatments: Iterable[Treatment]
) -> None:
    try:
        remove_photo(picture, because=because, now=timezone.now(), by=request.user)
    except NotDeleted:
        messages.warning(
            request,
            _(
                "The photo is removed and is shown to nobody. Its files could not be deleted yet: "
                "tell whoever looks after the server."
            ),
        )
    else:
        messages.success(request, _("The photo is removed everywhere, and its files are deleted."))
    LogEntry.objects.log_actions(
        request.user.pk,
        [picture],
        CHANGE,
        change_message=gettext_noop("Removed everywhere"),
        single_object=True,
    )
    for treatment in treatments:
        log(request, treatment, f"Removed the photo {picture.name} everywhere")
