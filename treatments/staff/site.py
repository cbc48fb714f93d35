"""The admin site itself: its names, who gets in, and its first page, the dashboard.

Not in the admin package: importing that registers models with this very site.
"""

from functools import cache, update_wrapper
from math import ceil

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from ..language import bijoy
from ..models import LANGUAGE_CHOICES
from ..models.written import FROM_BIJOY
from ..public.middleware import client_address
from ..publishing.confirmations import PUBLISH, REVIEW, WRITE
from . import dashboard, language, logins, password_hashing


class StaffSite(admin.AdminSite):
    index_title = gettext_lazy("What would you like to do?")
    site_url = "/"
    login_form = logins.LoginForm

    def login(self, request, extra_context=None):
        try:
            response = super().login(request, extra_context)
        except password_hashing.Busy:
            return self.busy()
        except logins.Locked as lock:
            return self.locked(request, lock)
        if request.method == "POST" and response.status_code == 302:
            logins.remember_browser(response, request.user.get_username())
            language.remember_choice(request)
        return response

    def get_urls(self):
        return [path("language/", language.choose_language, name="language"), *super().get_urls()]

    def i18n_javascript(self, request, extra_context=None):
        return language.ScriptWords.as_view(packages=["django.contrib.admin"])(request)

    def admin_view(self, view, cacheable=False):
        """Of a login without any right, nothing is answered but that it has none."""
        if view == self.logout:
            return super().admin_view(view, cacheable)

        def for_a_role(request, *args, **kwargs):
            if not (request.user.is_superuser or request.user.get_all_permissions()):
                return self._without_a_role(request)
            if FROM_BIJOY in request.POST:
                request.POST = in_unicode(request.POST)
            try:
                return view(request, *args, **kwargs)
            except password_hashing.Busy:
                return self.busy()

        return super().admin_view(update_wrapper(for_a_role, view), cacheable)

    def index(self, request, extra_context=None):
        context = {"languages": LANGUAGE_CHOICES}
        if request.user.has_perm("treatments.view_treatment"):
            listed = dashboard.rows(timezone.now())
            write, review, publish = map(request.user.has_perm, (WRITE, REVIEW, PUBLISH))
            may = {"may_review": review, "may_publish": publish}
            waiting = dashboard.waiting_for(listed, **may)
            context |= {
                "waiting": waiting and waiting[: dashboard.MOST_WAITING],
                "nothing_waits": waiting == [],
                "more_waiting": (waiting or [])[dashboard.MOST_WAITING :],
                "listing": dashboard.Listing(listed, request.GET),
                "to_do": dashboard.to_do(
                    listed,
                    may_write=write,
                    may_confirm=write or review or publish,
                    may_keep_clinic=request.user.has_perm("treatments.change_clinic"),
                    **may,
                ),
            }
        return super().index(request, {**context, **(extra_context or {})})

    # What is said instead of a page

    def _without_a_role(self, request: HttpRequest) -> HttpResponse:
        return render(request, "staff/without_a_role.html", status=403)

    def busy(self) -> HttpResponse:
        return _later(_busy_page(get_language()), password_hashing.RETRY_SECONDS)

    def locked(self, request: HttpRequest, lock: logins.Locked) -> HttpResponse:
        seconds = max(ceil((lock.until - timezone.now()).total_seconds()), 1)
        context = {"lock": lock, "wait": ceil(seconds / 60)}
        return _later(render_to_string("staff/locked_out.html", context, request), seconds)


@cache
def _busy_page(language: str) -> str:  # always the same: who asks for it must cost little
    return render_to_string("staff/busy.html")


def in_unicode(sent: QueryDict) -> QueryDict:
    """What a form sent, with the texts converted that its button names; see models.written."""
    keys = set(sent.getlist(FROM_BIJOY))
    converted = sent.copy()
    for name, values in sent.lists():
        if name != FROM_BIJOY and any(bijoy.key_of(value) in keys for value in values):
            converted.setlist(
                name, [bijoy.convert(v) if bijoy.key_of(v) in keys else v for v in values]
            )
    return converted


def _later(page: str, seconds: int) -> HttpResponse:
    return HttpResponse(page, status=429, headers={"Retry-After": seconds})


def limit_login_attempts(get_response):
    """Answers a stranger's login that has to wait, before anything of it is read.

    The form would find the same; this is for the readers' sake, when very many log in at once.
    """

    def middleware(request):
        if not _is_a_strangers_login(request):
            return get_response(request)
        if password_hashing.is_busy():
            return admin.site.busy()
        try:
            logins.check_lock(logins.network_counters(client_address(request)), timezone.now())
        except logins.Locked as lock:
            return admin.site.locked(request, lock)
        return get_response(request)

    return middleware


def _is_a_strangers_login(request: HttpRequest) -> bool:
    sent = request.method == "POST" and request.path_info == reverse("admin:login")
    return sent and not logins.is_known_browser(request)
