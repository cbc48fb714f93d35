"""The admin site itself: its names, who gets in, and its first page, the dashboard.

Not in the admin package: importing that registers models with this very site.
"""

from functools import update_wrapper
from math import ceil

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from . import dashboard, hashing, logins
from .models import LANGUAGE_CHOICES


class StaffSite(admin.AdminSite):
    site_header = gettext_lazy("Treatment pages")
    site_title = gettext_lazy("Treatment pages")
    index_title = gettext_lazy("What would you like to do?")
    site_url = "/"
    login_form = logins.LoginForm

    def login(self, request, extra_context=None):
        try:
            response = super().login(request, extra_context)
        except hashing.Busy:
            return self._busy(request)
        except logins.Locked as lock:
            return self._locked(request, lock)
        if request.method == "POST" and response.status_code == 302:
            logins.remember_browser(response, request.user.get_username())
        return response

    def admin_view(self, view, cacheable=False):
        """Of a login without any right, nothing is answered but that it has none."""
        if view == self.logout:
            return super().admin_view(view, cacheable)

        def for_a_role(request, *args, **kwargs):
            if not (request.user.is_superuser or request.user.get_all_permissions()):
                return self._without_a_role(request)
            try:
                return view(request, *args, **kwargs)
            except hashing.Busy:
                return self._busy(request)

        return super().admin_view(update_wrapper(for_a_role, view), cacheable)

    def index(self, request, extra_context=None):
        context = {"languages": LANGUAGE_CHOICES}
        if request.user.has_perm("treatments.view_treatment"):
            listed = dashboard.rows(timezone.now())
            context |= {"rows": listed, "to_do": dashboard.to_do(listed)}
        return super().index(request, {**context, **(extra_context or {})})

    # What is said instead of a page

    def _without_a_role(self, request: HttpRequest) -> HttpResponse:
        return self._instead(request, "admin/without_a_role.html", 403)

    def _busy(self, request: HttpRequest) -> HttpResponse:
        return self._later(request, "admin/busy.html", hashing.RETRY_SECONDS)

    def _locked(self, request: HttpRequest, lock: logins.Locked) -> HttpResponse:
        seconds = max(ceil((lock.until - timezone.now()).total_seconds()), 1)
        more = {"lock": lock, "minutes": ceil(seconds / 60)}
        return self._later(request, "admin/locked_out.html", seconds, **more)

    def _later(self, request: HttpRequest, template: str, seconds: int, **more) -> HttpResponse:
        response = self._instead(request, template, 429, **more)
        response["Retry-After"] = str(seconds)
        return response

    def _instead(self, request: HttpRequest, template: str, status: int, **more) -> HttpResponse:
        names = {"site_header": self.site_header, "site_title": self.site_title}
        return render(request, template, names | more, status=status)
