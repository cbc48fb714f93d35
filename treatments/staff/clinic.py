"""The clinic's own details: one row, live as soon as it is saved, every change kept.

The change view shows what patients see of it, in blocks; each has an address of its own, where the
same page comes with that block open as a form.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..language.glyphs import signs_without_glyph
from ..models import LANGUAGE_CHOICES, LANGUAGES, Clinic, ClinicChange
from .clinic_blocks import BLOCKS, Block, BlockForm
from .clinic_history import column_in_words, kept_in_words, newest_changes, versions

ON_PAPER = ("name", "address")  # what leaflets print of what is written here
# Buttons that give the form back, changed, and save nothing.
HELPERS = ("hours-more", "hours-copy", "closed_days-add")
LOOK = "look"  # the button that shows what patients would read, and saves nothing


@admin.register(Clinic)
class ClinicAdmin(admin.ModelAdmin):
    def get_urls(self):
        below = "1/change/<str:key>/"
        return [
            path(
                below, self.admin_site.admin_view(self.block_view), name="treatments_clinic_block"
            ),
            path(
                f"{below}earlier/",
                self.admin_site.admin_view(self.earlier_view),
                name="treatments_clinic_earlier",
            ),
            *super().get_urls(),
        ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request: HttpRequest, extra_context=None):
        return HttpResponseRedirect(reverse("admin:treatments_clinic_change", args=[1]))

    @method_decorator(require_safe)
    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None):
        self._require(request, self.has_view_permission)
        if object_id != "1":
            raise Http404
        return self._page(request, {})

    def block_view(self, request: HttpRequest, key: str) -> HttpResponse:
        block = _block(key)
        if request.method == "POST":
            self._require(request, self.has_change_permission)
            return self._posted(request, block)
        self._require(request, self.has_view_permission)
        if not self.has_change_permission(request):
            return _redirect_to(block)
        stored, editing = Clinic.the_one(), Clinic.the_one()
        said: dict[str, Any] = {"block": block, "base": block.digest(stored)}
        if "from" in request.GET:
            said["from"] = _earlier_version(block, stored, request.GET["from"])
            for column in block.columns:
                setattr(editing, column, getattr(said["from"].clinic, column))
        return self._page(request, said | {"form": block.form(instance=editing)})

    @method_decorator(require_safe)
    def earlier_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """What a block said before, each with a way to put it back."""
        self._require(request, self.has_view_permission)
        block, clinic = _block(key), Clinic.the_one()
        context = self._context(request, _("Earlier: %(block)s") % {"block": block.title})
        context |= {
            "about": block,
            "clinic": clinic,
            "since": newest_changes([block]).get(key),
            "versions": versions(block, clinic),
        }
        return TemplateResponse(request, "staff/clinic/earlier.html", context)

    def _require(self, request: HttpRequest, may) -> None:
        if not may(request):
            raise PermissionDenied

    # --- Saving a block ---------------------------------------------------------------------------

    def _posted(self, request: HttpRequest, block: Block) -> HttpResponse:
        if any(name in request.POST for name in HELPERS):
            form = _changed_by_helper(block, request)
            return self._page(
                request, {"block": block, "form": form, "base": request.POST.get("base", "")}
            )
        with transaction.atomic():
            stored = Clinic.objects.select_for_update().filter(pk=1).first() or Clinic.the_one()
            base = block.digest(stored)
            form = block.form(request.POST, instance=stored)
            if form.is_valid() and LOOK not in request.POST:
                if block.digest(form.instance) == base:
                    messages.info(request, _("This is what stands there. Nothing was changed."))
                    return _redirect_to(block)
                if request.POST.get("base") == base:
                    return self._saved(request, block, form)
        said = {"block": block, "form": form, "base": request.POST.get("base", "")}
        if form.is_valid():
            said["yours"] = form.instance
        if said["base"] != base:
            # From here on it is known what would be replaced.
            said |= {"base": base, "theirs": Clinic.the_one()}
        return self._page(request, said)

    def _saved(self, request: HttpRequest, block: Block, form: BlockForm) -> HttpResponse:
        clinic = form.instance
        clinic.save(by=request.user)
        self.log_change(request, clinic, f"Changed {', '.join(block.columns)}")
        text = (
            _("%(block)s: saved. Patients see it now.")
            if block.is_for_patients
            else _("%(block)s: saved.")
        )
        messages.success(request, text % {"block": block.title})
        texts = [getattr(clinic, f"{name}_{code}") for name in ON_PAPER for code in LANGUAGES]
        if lost := signs_without_glyph("\n".join(texts)):
            messages.warning(
                request,
                _("Leaflets cannot print “%(signs)s”: there it is left out. Say it in words.")
                % {"signs": lost},
            )
        return _redirect_to(block)

    # --- The page ---------------------------------------------------------------------------------

    def _context(self, request: HttpRequest, title: str) -> dict:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "languages": LANGUAGE_CHOICES,
            "may_change": self.has_change_permission(request),
            "is_nav_sidebar_enabled": False,  # two languages stand side by side
        }

    def _page(self, request: HttpRequest, said: dict[str, Any]) -> TemplateResponse:
        """The page, with a block open where `said` names one; the rest of it is for the template."""
        clinic, changes = Clinic.the_one(), newest_changes(BLOCKS.values())
        open_block = said.pop("block", None)
        context = self._context(request, _("Clinic's details")) | {
            "clinic": clinic,
            "open": open_block,
            "media": said["form"].media if "form" in said else None,
            "is_unsaved": request.method == "POST" or "from" in said,
            "is_wrong": "form" in said and bool(said["form"].is_bound and said["form"].errors),
            "blocks": [
                {
                    "block": block,
                    "is_open": block is open_block,
                    "is_empty": block.is_empty(clinic),
                    "changed": changes.get(block.key),
                }
                for block in BLOCKS.values()
            ],
            "needs": [
                {"block": block, "is_missing": block.missing(clinic)}
                for block in BLOCKS.values()
                if block.task
            ],
            **said,
        }
        context["number_missing"] = sum(need["is_missing"] for need in context["needs"])
        return TemplateResponse(request, "staff/clinic/page.html", context)


def _block(key: str) -> Block:
    if key not in BLOCKS:
        raise Http404
    return BLOCKS[key]


def _redirect_to(block: Block) -> HttpResponseRedirect:
    page = reverse("admin:treatments_clinic_change", args=[1])
    return HttpResponseRedirect(f"{page}#{block.key}")


def _earlier_version(block: Block, clinic: Clinic, pk: str):
    found = [one for one in versions(block, clinic) if str(one.pk) == pk]
    if not found:
        raise Http404
    return found[0]


def _changed_by_helper(block: Block, request: HttpRequest) -> BlockForm:
    """The form with what was typed, and what the pressed button does to it; nothing is judged."""
    typed = block.form(request.POST, instance=Clinic.the_one())
    return block.form(
        instance=Clinic.the_one(), initial={field.name: field.data for field in typed}
    )


@admin.register(ClinicChange)
class ClinicChangeAdmin(admin.ModelAdmin):
    list_display = ("changed_at", "detail", "before", "after", "changed_by_name")
    list_display_links = None

    @admin.display(description=gettext_lazy("detail"), ordering="field")
    def detail(self, change: ClinicChange) -> str:
        return column_in_words(change.field)

    @admin.display(description=gettext_lazy("before"))
    def before(self, change: ClinicChange) -> str:
        return kept_in_words(change.field, change.old)

    @admin.display(description=gettext_lazy("after"))
    def after(self, change: ClinicChange) -> str:
        return kept_in_words(change.field, change.new)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
