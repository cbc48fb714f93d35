"""Body areas. A page names them as it was published; what a treatment names is not deleted."""

from collections.abc import Iterable

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.db.models import Q
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import BodyArea, Treatment
from ..publishing.snapshots import save_snapshot


@admin.register(BodyArea)
class BodyAreaAdmin(admin.ModelAdmin):
    list_display = ("in_english", "name_bn")
    actions = ("delete_selected",)
    fieldsets = [
        (
            None,
            {
                "fields": ("key", "name_en", "name_bn", "position"),
                "description": gettext_lazy(
                    "Patients' pages keep the names that they were published with. A new name "
                    "is on a page once that page is published again. The key is fixed as soon as "
                    "a treatment names the body area."
                ),
            },
        )
    ]

    @admin.display(description=BodyArea._meta.get_field("name_en").verbose_name, ordering="name_en")
    def in_english(self, area: BodyArea) -> str:
        return format_html('<span lang="en">{}</span>', area.name_en)

    def get_readonly_fields(self, request, obj=None):
        return ("key",) if obj and obj.named_by().exists() else ()

    def save_model(self, request, obj, form, change):
        """Keeps a version of every treatment that says the name, to be published."""
        super().save_model(request, obj, form, change)
        treatments = list(Treatment.objects.select_for_update().filter(body_areas=obj))
        now = timezone.now()
        changed = [each for each in treatments if save_snapshot(each, now=now, by=request.user)]
        to_come = Q(live_until=None) | Q(live_until__gt=now)
        shown = [each for each in changed if each.publications.filter(to_come).exists()]
        if shown:
            message = _("These pages show the old name until you publish them again: %(pages)s.")
            messages.warning(request, message % {"pages": _listed(shown)})

    def delete_view(self, request, object_id, extra_context=None):
        area = self.get_object(request, unquote(object_id))
        if area and self.has_delete_permission(request, area) and _refused(request, [area]):
            return HttpResponseRedirect(reverse("admin:treatments_bodyarea_change", args=[area.pk]))
        return super().delete_view(request, object_id, extra_context)

    @admin.action(permissions=["delete"], description=delete_selected.short_description)
    def delete_selected(self, request, queryset):
        if _refused(request, queryset):
            return None
        return delete_selected(self, request, queryset)


def _refused(request: HttpRequest, areas: Iterable[BodyArea]) -> bool:
    """Whether any may not be deleted; says which, and what names it."""
    named_by = {area: list(area.named_by()) for area in areas}
    message = _(
        "“%(area)s” cannot be deleted: these treatments name it, now or in an older version: "
        "%(pages)s. Nothing was deleted."
    )
    for area, treatments in named_by.items():
        if treatments:
            messages.error(request, message % {"area": area, "pages": _listed(treatments)})
    return any(named_by.values())


def _listed(treatments: Iterable[Treatment]) -> str:
    return ", ".join(map(str, treatments))
