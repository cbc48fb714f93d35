"""The admin site itself: its names, and what its first page asks staff to do.

Not in the admin package: importing that registers models with this very site.
"""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Clinic


class StaffSite(admin.AdminSite):
    site_header = gettext_lazy("Treatment pages")
    site_title = gettext_lazy("Treatment pages")
    index_title = gettext_lazy("What would you like to do?")
    site_url = "/"

    def index(self, request, extra_context=None):
        return super().index(request, {"to_do": to_do(), **(extra_context or {})})


def to_do() -> list[dict[str, str]]:
    """What the clinic has not told patients yet: `[{"text": …, "url": …}, …]`."""
    clinic = Clinic.the_one()
    missing = [
        (clinic.is_placeholder, _("Replace “Your clinic's name” with the name of your clinic.")),
        (
            not clinic.phones,
            _("Add the clinic's phone number. Until then the pages show no call button."),
        ),
        (not (clinic.address_en and clinic.address_bn), _("Add the address in both languages.")),
        (not clinic.hours, _("Add the opening hours.")),
    ]
    url = reverse("admin:treatments_clinic_change", args=[clinic.pk])
    return [{"text": text, "url": url} for wanted, text in missing if wanted]
