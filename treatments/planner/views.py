"""Session dates, made for one patient out of a published treatment's plan."""

from collections.abc import Collection
from datetime import date
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..document.content import Edition
from ..language.weekdays import weekday_of
from ..models import Clinic
from ..public.base import public_page, render_page, site_context
from ..public.live import live_or_404
from . import calendar
from .forms import PlanForm
from .schedule import CoursePlan, Schedule, course_plan, open_weekdays, schedule


def no_store(view):
    """Whatever carries a query is an answer to one patient: no cache and no search engine keeps it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.META.get("QUERY_STRING"):
            response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def has_a_plan(edition: Edition) -> bool:
    """Whether dates can be made from its numbers."""
    return course_plan(edition.plan) is not None


@no_store
@public_page
def plan_page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    live, clinic = live_or_404(slug, language, only_if=has_a_plan), Clinic.the_one()
    base = site_context(request, clinic, live.languages)
    the_plan = course_plan(live.edition.plan)
    form = plan_form(request.GET, the_plan, clinic.hours)
    sessions = session_dates(form, the_plan, clinic)
    query = request.META.get("QUERY_STRING", "")
    if query and base["other_address"]:
        base["other_address"] += f"?{query}"
    return render_page(
        request,
        "planner/plan.html",
        base
        | {
            "page": {
                "title": _("Plan your sessions"),
                "description": _(
                    "Choose a first day and the days of the week that suit you, and see on which "
                    "dates the sessions would fall."
                ),
            },
            "slug": slug,
            "treatment_title": live.publication.title,
            "form": form,
            "plan": the_plan,
            "hours_known": bool(clinic.hours),
            "too_few_open_days": len(open_weekdays(clinic.hours)) < the_plan.a_week[0],
            "schedule": sessions,
            "today": timezone.localdate(),
            "left_out": skipped_days(sessions, form.cleaned_data["day"], clinic)
            if sessions
            else [],
            "calendar_address": f"{reverse('plan-calendar', args=[language, slug])}?{query}",
        },
        styles=("tools",),
    )


@no_store
@public_page
def plan_calendar(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The same dates as the page answers to the same query. A query it refuses goes back to it."""
    live, clinic = live_or_404(slug, language, only_if=has_a_plan), Clinic.the_one()
    the_plan = course_plan(live.edition.plan)
    form = plan_form(request.GET, the_plan, clinic.hours)
    sessions = session_dates(form, the_plan, clinic)
    if not sessions:
        page = reverse("plan", args=[language, slug])
        return HttpResponseRedirect(f"{page}?{request.META.get('QUERY_STRING', '')}")
    return HttpResponse(
        calendar.to_ics(
            sessions.since(timezone.localdate()),
            first_day=form.cleaned_data["start"],
            key=live.publication.treatment.permanent_name,
            host=urlsplit(settings.PUBLIC_URL).hostname,
            made=timezone.now(),
        ),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="appointments.ics"'},
    )


def plan_form(query: QueryDict, the_plan: CoursePlan, hours: list) -> PlanForm:
    """Unbound where the query says nothing of a plan."""
    return PlanForm(
        query if "start" in query or "day" in query else None,
        plan=the_plan,
        open_days=open_weekdays(hours),
        today=timezone.localdate(),
    )


def session_dates(form: PlanForm, the_plan: CoursePlan, clinic: Clinic) -> Schedule | None:
    """None where the form does not ask for any, or for what cannot be."""
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    dated = schedule(the_plan, asked["start"], asked["day"], clinic.closed_dates)
    if dated.sessions[-1].day < timezone.localdate():
        form.add_error(
            "start", _("All dates of this plan have passed. Choose today or a later day.")
        )
        return None
    return dated


def skipped_days(sessions: Schedule, weekdays: Collection[str], clinic: Clinic) -> list[date]:
    """The closed days that would otherwise have been a session's, or near one."""
    last = sessions.sessions[-1].day
    return [
        day
        for day in clinic.closed_dates
        if timezone.localdate() <= day <= last and weekday_of(day) in weekdays
    ]
