"""What is made for one patient out of a published treatment: session dates, and the leaflet."""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import calendar
from .document import Document, parse
from .forms import PlanForm
from .models import LANGUAGES, Publication
from .plan import CoursePlan, course_plan, open_weekdays, schedule
from .views import public_page, site_context, the_clinic


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


def live_documents(slug: str) -> dict[str, tuple[Publication, Document]]:
    """What is live of a treatment, by language. One query."""
    live = (
        Publication.objects.live(timezone.now())
        .filter(treatment__slug=slug)
        .select_related("snapshot")
    )
    return {
        publication.language: (publication, parse(publication.snapshot.document))
        for publication in live
    }


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
    base = site_context(request, clinic, live_in=[code for code in LANGUAGES if code in plans])
    if language not in plans:
        base["title_there"] = next(iter(plans.values()))[0].title
        return render(request, "treatments/not_in_this_language.html", base, status=404)
    publication, the_plan = plans[language]
    form = plan_form(request.GET, the_plan, clinic.hours)
    query = request.META.get("QUERY_STRING", "")
    if query and base["other_address"]:
        base["other_address"] += f"?{query}"
    return render(
        request,
        "treatments/plan.html",
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
            "schedule": schedule(the_plan, form.cleaned_data["start"], form.cleaned_data["day"])
            if form.is_valid()
            else None,
            "calendar_address": f"{reverse('plan-calendar', args=[language, slug])}?{query}",
        },
    )


@kept_nowhere
@public_page
def plan_calendar(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The same dates as the page answers to the same query. A query it refuses goes back to it."""
    publication, the_plan = live_plans(slug).get(language, (None, None))
    if not publication:
        raise Http404
    form = plan_form(request.GET, the_plan, the_clinic().hours)
    if not form.is_valid():
        page = reverse("plan", args=[language, slug])
        return HttpResponseRedirect(f"{page}?{request.META.get('QUERY_STRING', '')}")
    first_day = form.cleaned_data["start"]
    return HttpResponse(
        calendar.ics(
            schedule(the_plan, first_day, form.cleaned_data["day"]),
            first_day=first_day,
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
