"""The admin site itself: its names, who gets in, and its first page, the dashboard.

Not in the admin package: importing that registers models with this very site.
"""

from collections.abc import Collection
from functools import cache, update_wrapper, wraps
from math import ceil

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy

from ..language import bijoy
from ..models import LANGUAGE_CHOICES, AuditEntry
from ..models.written import FROM_BIJOY
from ..public.known_browsers import is_known_browser
from ..public.middleware import client_address
from ..publishing.confirmations import PUBLISH, REVIEW, WRITE
from ..roles import MANAGE_LOGINS
from . import (
    dashboard,
    entrance,
    forgotten,
    language,
    logins,
    password_hashing,
    sign_in_page,
    system,
)
from .login_events import acting


class StaffSite(admin.AdminSite):
    index_title = gettext_lazy("What would you like to do?")
    site_url = "/"

    def login(self, request, extra_context=None):
        """Django's, but for what comes after the password."""
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        context = {
            **self.each_context(request),
            "title": gettext("Log in"),
            "app_path": request.get_full_path(),
            "sends_mail": settings.SENDS_MAIL,
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        if "next" not in request.GET and "next" not in request.POST:
            context["next"] = reverse("admin:index")
        view = entrance.PasswordView.as_view(
            extra_context=context,
            authentication_form=logins.LoginForm,
            template_name="admin/login.html",
        )
        return self.or_wait(view)(request)

    def get_urls(self):
        at_the_door = [
            path(f"login/{address}/", self.or_wait(view), name=name)
            for address, view, name in (
                ("second-step", entrance.ask_second_factor, "second_factor"),
                ("set-up", entrance.set_up, "set_up"),
                ("set-up/app", entrance.add_app, "add_app"),
                ("set-up/passkey", entrance.add_passkey, "add_passkey"),
                ("forgotten", forgotten.ForgottenView.as_view(), "password_reset"),
                (
                    "new-password/<uidb64>/<token>",
                    forgotten.NewPasswordView.as_view(),
                    "password_reset_confirm",
                ),
            )
        ]
        return [
            path("language/", language.choose_language, name="language"),
            *at_the_door,
            path("system/", self.admin_view(self.system), name="system"),
            path("login/confirm/", self.admin_view(entrance.confirm), name="confirm"),
            path("sign-in/", self.admin_view(sign_in_page.sign_in_page), name="sign_in"),
            *super().get_urls(),
        ]

    def system(self, request: HttpRequest) -> HttpResponse:
        return system.system_view(request, self)

    def get_app_list(self, request, app_label=None):
        """Who did what stands beside how the site is, and not among what is written."""
        listed = super().get_app_list(request, app_label)
        if app_label:
            return listed
        entries = []
        for app in listed:
            entries += [each for each in app["models"] if each["model"] is AuditEntry]
            app["models"] = [each for each in app["models"] if each["model"] is not AuditEntry]
        if request.user.has_perm(MANAGE_LOGINS):
            address = reverse("admin:system")
            entries.append(_entry(gettext("System"), "system", address))
        if entries:
            listed.append(
                {
                    "name": gettext("Looking after the site"),
                    "app_label": "site",
                    "app_url": entries[0]["admin_url"],
                    "has_module_perms": True,
                    "models": entries,
                }
            )
        return listed

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
            with acting(request.user):
                return view(request, *args, **kwargs)

        return super().admin_view(self.or_wait(update_wrapper(for_a_role, view)), cacheable)

    def or_wait(self, view):
        """A view that says how long to wait where no password or code is looked at now."""

        @wraps(view)
        def answer(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except password_hashing.Busy:
                return self.busy()
            except logins.Locked as lock:
                return self.locked(request, lock)

        return answer

    def index(self, request, extra_context=None):
        context = {"languages": LANGUAGE_CHOICES}
        if request.user.has_perm(MANAGE_LOGINS):
            context["warnings"] = list(system.warnings(timezone.now()))
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
        context = {"lock": lock, "wait": ceil(seconds / 60), "sends_mail": settings.SENDS_MAIL}
        return _later(render_to_string("staff/locked_out.html", context, request), seconds)


@cache
def _busy_page(language: str) -> str:  # always the same: who asks for it must cost little
    return render_to_string("staff/busy.html")


def in_unicode(sent: QueryDict) -> QueryDict:
    """What a form sent, with the texts converted that its button names; see models.written."""
    keys = set(sent.getlist(FROM_BIJOY))
    converted = sent.copy()
    for name, values in sent.lists():
        if name != FROM_BIJOY:
            converted.setlist(name, [_in_unicode(value, keys) for value in values])
    return converted


def _in_unicode(value: str, keys: Collection[str]) -> str:
    for rich in (False, True):
        if bijoy.key_of(value, rich=rich) in keys:
            return bijoy.convert(value, rich=rich)
    return value


def _entry(name: str, object_name: str, address: str) -> dict:
    """A page of the admin's navigation that shows no table."""
    return {"name": name, "object_name": object_name, "admin_url": address, "view_only": True}


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
    return sent and not is_known_browser(request)
