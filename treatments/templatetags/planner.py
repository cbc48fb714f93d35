"""Dates of sessions in words, the plan as a drawing, and the ways to planner and leaflet."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from ..language.active import date_in_words
from ..language.weekdays import WEEKDAY_NAMES, weekday_of
from ..leaflet.pdf import file_size, key_of
from ..planner.schedule import CoursePlan, Timeline, course_plan
from ..planner.schedule import timeline as weeks_of
from ..public.leaflet_file import leaflet_of_publication

register = template.Library()

# The drawing's units: 320 fill a small phone's column, so that a unit is about a pixel there.
WIDTH, DOT, ROW = 320, 5.5, 15
LEFT, TOP, COURSE_WIDTH, LATER_DOTS = 8, 26, 186, 3


@register.filter
def session_day(day: date) -> str:
    """A date with its weekday: Tuesday, 9 March 2027 or মঙ্গলবার, ৯ মার্চ ২০২৭."""
    weekday = WEEKDAY_NAMES[weekday_of(day)]
    return f"{weekday}, {date_in_words(day)}"


@register.simple_tag
def timeline(plan: CoursePlan) -> str:
    """`{% timeline plan %}`: the plan's weeks drawn; nothing where they cannot be."""
    return _drawn(plan, get_language())


@lru_cache(maxsize=100)
def _drawn(plan: CoursePlan, language: str) -> str:
    """Kept: the drawing costs more than the rest of its section. `language` is the active one."""
    drawn = weeks_of(plan)
    return render_to_string("planner/_timeline.html", _drawing(drawn)) if drawn else ""


def _drawing(timeline: Timeline) -> dict:
    rows = timeline.plan.a_week[0]
    axis = TOP + rows * ROW
    step = min(30, COURSE_WIDTH / len(timeline.weeks))
    columns = [round(LEFT + step * (number + 0.5), 1) for number in range(len(timeline.weeks))]
    dots = [
        {"x": x, "y": axis - ROW * row - 10, "perhaps": row >= week.usual}
        for x, week in zip(columns, timeline.weeks, strict=True)
        for row in range(week.usual + week.perhaps)
    ]
    end = round(LEFT + step * len(columns), 1)
    later_step = (WIDTH - LEFT - end - 24) / LATER_DOTS
    later = [round(end + 24 + later_step * (number + 0.5), 1) for number in range(LATER_DOTS)]
    return {
        "timeline": timeline,
        "plan": timeline.plan,
        "width": WIDTH,
        "height": axis + 62,
        "radius": DOT,
        "left": LEFT,
        "end": end,
        "right": WIDTH - LEFT,
        "axis": axis,
        "numbers_at": axis + 17,
        "words_at": axis + 34,
        "legend_at": axis + 56,
        "legend_dots_at": axis + 51.5,
        "columns": [
            {"x": x, "number": week.number} for x, week in zip(columns, timeline.weeks, strict=True)
        ],
        "middle": round((LEFT + end) / 2, 1),
        "dots": dots,
        "perhaps": any(dot["perhaps"] for dot in dots),
        "later": [{"x": x, "y": axis - 10} for x in later],
        "later_start": round(end + 24, 1),
        "later_middle": round((end + 24 + WIDTH - LEFT) / 2, 1),
    }


@register.inclusion_tag("public/_planner_link.html", takes_context=True)
def planner_link(context: Mapping) -> dict:
    """On a published treatment's page: the way to its planner, where it has one."""
    planned = context.get("published_at") and course_plan(context["plan"])
    return {"address": planned and reverse("plan", args=[context["language"], context["slug"]])}


@register.inclusion_tag("public/_leaflet_link.html", takes_context=True)
def leaflet_link(context: Mapping) -> dict:
    """On a published treatment's page: the way to its leaflet, with the size of the file."""
    publication = context.get("publication")
    if not publication:
        return {}
    leaflet = leaflet_of_publication(
        publication, context["edition"], clinic=context["clinic"], slug=context["slug"]
    )
    made = file_size(key_of(leaflet), settings.VAR_DIR / "leaflets")
    address = reverse("leaflet", args=[context["language"], context["slug"]])
    return {"address": address, "kilobytes": made and -(-made // 1000)}
