"""The whole treatment on one change page, both languages side by side."""

from functools import partial

from adminsortable2.admin import SortableAdminMixin
from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import LANGUAGES, PLAN, Publication, Treatment, TreatmentProse
from ..publishing.shipped import IS_OFFERED
from ..publishing.snapshots import save_snapshot
from . import (
    address,
    confirmation,
    conflict,
    findings,
    history,
    photo_uploads,
    presence,
    preview,
    publication,
    publish_page,
    review,
    shipped,
    starting,
    texts,
)
from .treatment_forms import INLINES, NUMBER, TreatmentForm

# --- Prose --------------------------------------------------------------------------------------


class ProseFormSet(forms.BaseInlineFormSet):
    """Always one form a language. An untouched empty one makes no row."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        present = {form.instance.language_code for form in self.initial_forms}
        missing = [code for code in LANGUAGES if code not in present]
        for form, code in zip(self.extra_forms, missing, strict=False):
            form.instance.language_code = code
        for form in self.forms:
            self._mark(form)

    def total_form_count(self):
        return len(LANGUAGES)

    def get_queryset(self):
        rows = super().get_queryset()
        return sorted(rows, key=lambda row: LANGUAGES.index(row.language_code))

    def _mark(self, form: forms.ModelForm) -> None:
        for field in form.fields.values():
            field.widget.attrs["lang"] = form.instance.language_code

    @cached_property
    def by_language(self) -> list[forms.ModelForm]:
        return sorted(self.forms, key=lambda form: LANGUAGES.index(form.instance.language_code))

    @property
    def side_by_side(self) -> list[dict]:
        """A row a field: its label, its help, and the bound fields in both languages."""
        rows = []
        for name in TreatmentProse.FIELDS:
            fields = [form[name] for form in self.by_language]
            label, explained = fields[0].label, fields[0].help_text
            rows.append({"name": name, "label": label, "help": explained, "fields": fields})
        return rows


class ProseInline(admin.StackedInline):
    model = TreatmentProse
    formset = ProseFormSet
    fields = TreatmentProse.FIELDS
    template = "staff/treatment/prose.html"
    can_delete = False
    extra = len(LANGUAGES)
    max_num = len(LANGUAGES)
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})}}


def whole_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """The whole page as one form."""
    return model_admin.changeform_view(request, str(treatment.pk))


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
    "merge": conflict.merge_view,
    "shipped": shipped.shipped_view,
    "opened": presence.opened_view,
    "whole": whole_view,
}

# --- The treatment ------------------------------------------------------------------------------


@admin.register(Treatment)
class TreatmentAdmin(SortableAdminMixin, admin.ModelAdmin):
    form = TreatmentForm
    list_display = ("title", "slug", "state_en", "state_bn")
    list_display_links = ("title",)
    ordering = ("position",)
    filter_horizontal = ()
    change_form_template = "staff/treatment/change_form.html"
    inlines = [ProseInline, *INLINES.values()]
    fieldsets = [
        (None, {"fields": ["slug", "body_areas"]}),
        (
            gettext_lazy("The plan in numbers"),
            {
                "fields": [(f"{name}_min", f"{name}_max") for name in PLAN]
                + [("result_lasts_en", "result_lasts_bn")],
                "description": gettext_lazy(
                    "Leave both fields of a line empty where there is no number. The page, the "
                    "planner and the checks all use these numbers."
                ),
            },
        ),
    ]
    formfield_overrides = {
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
        models.PositiveSmallIntegerField: {"widget": NUMBER},
    }

    class Media:
        css = {"all": ["css/admin.css", "css/versions.css"]}
        js = ["js/admin.js", "js/keep.js"]

    # Lists

    def get_queryset(self, request):
        treatments = super().get_queryset(request).annotate(is_offered=IS_OFFERED)
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

    # What may change

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj and obj.has_been_published else ()

    def has_delete_permission(self, request, obj=None):
        if obj and obj.has_been_published:
            return False  # what patients have read can be opened for good; withdrawing is enough
        return super().has_delete_permission(request, obj)

    # Saving

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change and request.attempt.is_stale:
            return  # to be asked about first
        save_snapshot(form.instance, now=timezone.now(), by=request.user)

    def add_view(self, request, form_url="", extra_context=None):
        return starting.start_view(self, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method == "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        treatment = self.get_object(request, object_id)
        if treatment is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, treatment):
            raise PermissionDenied
        return texts.sheet_view(self, request, treatment)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        photo_uploads.process_uploads(request)
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)
        response = conflict.guarded(self, request, object_id, view)
        if preview.preview_language(request) and getattr(response, "context_data", None):
            return preview.preview_refused(request, response.context_data["errors"])
        return response

    def render_change_form(self, request, context, *args, **kwargs):
        treatment = kwargs.get("obj")
        newest = treatment.snapshots.first() if treatment else None
        context["states"] = publication.language_statuses(treatment, newest) if treatment else []
        context["newest"] = newest
        context |= conflict.opened_context(request)
        context["may_publish"] = request.user.has_perm(publication.PUBLISH)
        context["may_review"] = request.user.has_perm(publication.REVIEW)
        if newest:
            states = context["read_states"] = confirmation.read_states(newest)
            context["findings"], context["findings_by_place"] = findings.describe_draft(
                newest, {place for place, state in states.items() if state == "open"}
            )
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request, obj):
        return self._after_saving(request, obj) or super().response_change(request, obj)

    def _after_saving(self, request: HttpRequest, treatment: Treatment) -> HttpResponse | None:
        if preview.preview_language(request):
            shown = preview.preview_page(request, treatment)
            transaction.set_rollback(True)  # a preview keeps nothing
            return shown
        if asked := conflict.question_for(self, request, treatment):
            return asked
        conflict.note_saved(request)
        if "_publish" in request.POST:
            return HttpResponseRedirect(
                reverse("admin:treatments_treatment_publish", args=[treatment.pk])
            )
        return None

    def get_urls(self):
        version = path(
            "<int:pk>/version/<int:snapshot>/<str:language>/",
            self.admin_site.admin_view(partial(preview.version_view, self)),
            name="treatments_treatment_version",
        )
        named = [self._url(name, view) for name, view in VIEWS.items()]
        of_texts = [self._text_url(name, view) for name, view in texts.VIEWS.items()]
        return [*named, *of_texts, version, *super().get_urls()]

    def _url(self, name: str, view):
        def bound(request, pk):
            return view(self, request, publication.treatment_of(self, request, pk))

        return path(
            f"<int:pk>/{name}/",
            self.admin_site.admin_view(bound),
            name=f"treatments_treatment_{name}",
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
