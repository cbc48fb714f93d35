"""What is made for one patient out of a published treatment: session dates, and the leaflet."""

import logging
from collections.abc import Collection
from datetime import date
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..document.content import in_language
from ..leaflet.pdf import NotMade, leaflet_of, read_or_make
from ..models import LANGUAGES, Clinic, Publication
from ..page_cache.store import CACHE_CONTROL
from ..public.live import live_documents, only_in_the_other_language
from ..public.treatment_page import review_words
from ..public.views import public_page, render_page, site_context, the_clinic
from . import calendar
from .forms import PlanForm
from .schedule import BY_NUMBER, CoursePlan, Schedule, course_plan, open_weekdays, schedule

log = logging.getLogger(__name__)

# A browser shows a PDF in a page of its own making, whose viewer the pages' policy would stop.
PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


def kept_nowhere(view):
    """Whatever carries a query is an answer to one patient: no cache and no search engine keeps it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.META.get("QUERY_STRING"):
            response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def live_plans(slug: str) -> dict[str, tuple[Publication, CoursePlan]]:
    """The plans that dates can be made from, by language. Raises Http404 where there is none."""
    plans = {
        language: (publication, plan)
        for language, (publication, document) in live_documents(slug).items()
        if (plan := course_plan(document.plan))
    }
    if not plans:
        raise Http404
    return plans


@kept_nowhere
@public_page
def plan(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    plans, clinic = live_plans(slug), the_clinic()
    if language not in plans:
        return only_in_the_other_language(request, plans)
    base = site_context(request, clinic, live_in=[code for code in LANGUAGES if code in plans])
    publication, the_plan = plans[language]
    form = plan_form(request.GET, the_plan, clinic.hours)
    dated = dates(form, the_plan, clinic)
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
            "treatment_title": publication.title,
            "form": form,
            "plan": the_plan,
            "hours_known": bool(clinic.hours),
            "too_few_open_days": len(open_weekdays(clinic.hours)) < the_plan.a_week[0],
            "schedule": dated,
            "left_out": left_out(dated, form.cleaned_data["day"], clinic) if dated else [],
            "calendar_address": f"{reverse('plan-calendar', args=[language, slug])}?{query}",
        },
        styles=("tools",),
    )


@kept_nowhere
@public_page
def plan_calendar(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The same dates as the page answers to the same query. A query it refuses goes back to it."""
    publication, the_plan = live_plans(slug).get(language, (None, None))
    if not publication:
        raise Http404
    clinic = the_clinic()
    form = plan_form(request.GET, the_plan, clinic.hours)
    dated = dates(form, the_plan, clinic)
    if not dated:
        page = reverse("plan", args=[language, slug])
        return HttpResponseRedirect(f"{page}?{request.META.get('QUERY_STRING', '')}")
    return HttpResponse(
        calendar.ics(
            dated,
            first_day=form.cleaned_data["start"],
            key=slug,
            host=urlsplit(settings.PUBLIC_URL).hostname,
            made=publication.live_from,
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


def dates(form: PlanForm, the_plan: CoursePlan, clinic: Clinic) -> Schedule | None:
    """None where the form does not ask for any, or for what cannot be."""
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    return schedule(the_plan, asked["start"], asked["day"], clinic.closed_dates)


def left_out(dated: Schedule, weekdays: Collection[str], clinic: Clinic) -> list[date]:
    """The closed days that would otherwise have been a session's, or near one."""
    last = dated.sessions[-1].day
    return [
        day
        for day in clinic.closed_dates
        if timezone.localdate() <= day <= last and BY_NUMBER[day.weekday()] in weekdays
    ]


@require_safe
def leaflet(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The PDF of what is live, made when it is first asked for."""
    live = live_documents(slug)
    if not live:
        raise Http404
    if language not in live:
        return only_in_the_other_language(request, live)
    publication, document = live[language]
    page = reverse("treatment", args=[language, slug])
    wanted = leaflet_of(
        in_language(document, language),
        clinic=the_clinic(),
        address=f"{settings.PUBLIC_URL}{page}",
        published_at=publication.live_from,
        review=review_words(publication),
    )
    etag = f'"{wanted.key}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            content = read_or_make(wanted, settings.VAR_DIR / "leaflets")
        except NotMade:
            log.exception("The leaflet of %s in %s could not be made", slug, language)
            return leaflet_failed(request, publication, page)
        response = HttpResponse(
            content,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'inline; filename="{slug}-{language}.pdf"',
                "Content-Security-Policy": PDF_POLICY,
            },
        )
    response.headers["ETag"] = etag
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def leaflet_failed(request: HttpRequest, publication: Publication, page: str) -> HttpResponse:
    context = site_context(request, the_clinic(), live_in=[])
    context |= {"treatment_title": publication.title, "treatment_address": page}
    response = render(request, "public/leaflet_failed.html", context, status=503)
    response.headers["Retry-After"] = "60"  # seconds
    response.headers["Cache-Control"] = "no-store"
    return response
