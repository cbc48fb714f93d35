"""Treatments in the admin: their list, and what can be done with one."""

from functools import partial

from adminsortable2.admin import SortableAdminMixin
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..models import Act, Publication, Treatment, audit
from ..publishing.shipped import IS_OFFERED
from . import (
    address,
    confirmation,
    earlier_texts,
    history,
    preview,
    publication,
    publish_page,
    review,
    shipped,
    starting,
    text_rows,
    texts,
)

# What can be done with a treatment beside editing it: the end of the address → the view.
VIEWS = {
    "publish": publish_page.publish_view,
    "withdraw": publication.withdraw_view,
    "cancel": publication.cancel_view,
    "waive": publish_page.waive_view,
    "confirm": confirmation.confirm_view,
    "take_back": confirmation.take_back_view,
    "put_back": confirmation.put_back_view,
    "looked_at": confirmation.looked_at_view,
    "review": review.review_view,
    "address": address.address_view,
    "history": history.history_view,
    "confirmations": history.confirmations_view,
    "compare": history.compare_view,
    "as_published": history.as_published_view,
    "restore": history.restore_view,
    "shipped": shipped.shipped_view,
}


@admin.register(Treatment)
class TreatmentAdmin(SortableAdminMixin, admin.ModelAdmin):
    list_display = ("title", "slug", "state_en", "state_bn")
    list_display_links = ("title",)
    ordering = ("position",)

    class Media:
        css = {"all": ["css/admin.css"]}

    # Lists

    def get_queryset(self, request):
        published = Exists(Publication.objects.filter(treatment=OuterRef("pk")))
        treatments = super().get_queryset(request)
        treatments = treatments.annotate(is_offered=IS_OFFERED, has_been_published=published)
        return treatments.prefetch_related("translations")

    @admin.display(description=gettext_lazy("treatment"))
    def title(self, treatment: Treatment) -> str:
        return str(treatment)

    @admin.display(description=gettext_lazy("English"))
    def state_en(self, treatment: Treatment) -> str:
        return self._state(treatment, "en")

    @admin.display(description=gettext_lazy("Bangla"))
    def state_bn(self, treatment: Treatment) -> str:
        return self._state(treatment, "bn")

    def _state(self, treatment: Treatment, language: str) -> str:
        return _("live") if language in self._live.get(treatment.pk, ()) else _("not live")

    def changelist_view(self, request, extra_context=None):
        live = Publication.objects.live(timezone.now()).values_list("treatment_id", "language")
        self._live = {}
        for pk, language in live:
            self._live.setdefault(pk, set()).add(language)
        return super().changelist_view(request, extra_context)

    def update_order(self, request):
        publication.require_permission(request, publication.PUBLISH)  # the order is live at once
        return super().update_order(request)

    def get_actions(self, request):
        return {}

    def has_delete_permission(self, request, obj=None):
        if obj and obj.has_been_published:
            return False  # what patients have read can be opened for good; withdrawing is enough
        return super().has_delete_permission(request, obj)

    def delete_model(self, request, obj):
        # The page that asks is one transaction; afterwards the name would be gone.
        Treatment.objects.select_for_update().get(pk=obj.pk)  # before the turn to record
        audit.record(Act.PAGE_DELETED, now=timezone.now(), by=request.user, page=obj)
        super().delete_model(request, obj)

    # Its pages

    def add_view(self, request, form_url="", extra_context=None):
        return starting.start_view(self, request)

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        treatment = self.get_object(request, object_id)
        if treatment is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, treatment):
            raise PermissionDenied
        return texts.sheet_view(self, request, treatment)

    def get_urls(self):
        version = path(
            "<int:pk>/version/<int:snapshot>/<str:language>/",
            self.admin_site.admin_view(partial(preview.version_view, self)),
            name="treatments_treatment_version",
        )
        named = [self._url(name, view) for name, view in VIEWS.items()]
        views = {**texts.VIEWS, "earlier": earlier_texts.earlier_view}
        of_texts = [self._text_url(name, view) for name, view in views.items()]
        return [*named, self._rows_url(), *of_texts, version, *super().get_urls()]

    def _url(self, name: str, view):
        def bound(request, pk):
            return view(self, request, publication.treatment_of(self, request, pk))

        return path(
            f"<int:pk>/{name}/",
            self.admin_site.admin_view(bound),
            name=f"treatments_treatment_{name}",
        )

    def _rows_url(self):
        def bound(request, pk, section):
            treatment = publication.treatment_of(self, request, pk)
            return text_rows.rows_view(self, request, treatment, section)

        return path(
            "<int:pk>/texts/<slug:section>/rows/",
            self.admin_site.admin_view(bound),
            name="treatments_treatment_text_rows",
        )

    def _text_url(self, name: str, view):
        def bound(request, pk, section, item):
            treatment = publication.treatment_of(self, request, pk)
            return view(self, request, treatment, section, item)

        return path(
            f"<int:pk>/texts/<slug:section>/<slug:item>/{name and f'{name}/'}",
            self.admin_site.admin_view(bound),
            name=f"treatments_treatment_text{name and f'_{name}'}",
        )
