"""The admin site itself: its names, and its first page, the dashboard.

Not in the admin package: importing that registers models with this very site.
"""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy

from . import dashboard
from .models import LANGUAGE_CHOICES


class StaffSite(admin.AdminSite):
    site_header = gettext_lazy("Treatment pages")
    site_title = gettext_lazy("Treatment pages")
    index_title = gettext_lazy("What would you like to do?")
    site_url = "/"

    def index(self, request, extra_context=None):
        listed = dashboard.rows(timezone.now())
        context = {"rows": listed, "to_do": dashboard.to_do(listed), "languages": LANGUAGE_CHOICES}
        return super().index(request, {**context, **(extra_context or {})})
