"""Dates and numbers at the ends of what there is."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from treatments.language.text import format_json
from treatments.models import PLAN, Publication, Snapshot
from treatments.models.items import EvidenceClaim
from treatments.models.plan import MOST, Unit
from treatments.templatetags.treatments import mark_latin

from ..admin_forms import form_data
from ..pages import soup
from .every_page import rows


@pytest.mark.parametrize("date", ["9999-12-31", "0001-01-01", "2199-01-01"])
def test_a_page_is_planned_for_a_moment_that_is_near(date, staff, iontophoresis):
    for view, form in (("publish", "publish"), ("withdraw", None)):
        address = reverse(f"admin:treatments_treatment_{view}", args=[iontophoresis.pk])
        data = form_data(staff.get(address).content, form) | {"languages": ["en", "bn"]}
        before = rows()
        asked = data | {"when": "later", "date": date, "time": "23:59"}
        assert soup(staff.post(address, asked)).select_one(".errornote")
        assert rows() == before


@pytest.mark.parametrize("day", ["0001-01-01", "1999-01-01", "9999-12-31"])
def test_a_review_is_of_these_years(day, staff, iontophoresis):
    address = reverse("admin:treatments_treatment_review", args=[iontophoresis.pk])
    page = soup(staff.get(address))
    form = next(form for form in page.find_all("form") if form.find(attrs={"name": "reviewer"}))
    form["id"] = "review"
    data = form_data(str(form), "review")
    data |= {"language": "en", "reviewer": "A", "qualification": "B", "reviewed_on": day}
    data["next_due"] = day.replace("01-01", "12-31")
    response = staff.post(address, data)
    assert soup(response).select(".errorlist li")
    assert not iontophoresis.reviews.exists()


@pytest.mark.parametrize(
    ("improved", "total", "drawn"),
    [(13, 14, 14), (50, 50, 50), (3, 12_000, 100), (11_999, 12_000, 100), (0, 51, 100)],
)
def test_a_large_study_is_drawn_as_a_hundred_people(improved, total, drawn, iontophoresis):
    live = Publication.objects.filter(treatment=iontophoresis, language="en")
    plain = json.loads(live.get().snapshot.document)
    claim = next(c for c in plain["sections"]["evidence"] if c["kind"] == "study")
    plain["sections"]["evidence"] = [claim | {"treated_improved": improved, "treated_total": total, "compared_improved": None, "compared_total": None, "compared_percent": None}]  # fmt: skip
    Snapshot.objects.filter(pk=live.get().snapshot_id).update(document=format_json(plain))
    group = soup(Client().get("/en/treatments/iontophoresis/")).select_one(".figures")
    assert len(group.select(".row svg")) == drawn
    assert f"{improved} of {total} people improved" in group.get_text()
    assert ("of every 100 people" in group.get_text()) == (drawn == 100)
    rest = len(group.select(".row > span svg"))
    assert bool(rest) == (improved < total) and bool(drawn - rest) == (improved > 0)


MOST_IN_A_PLAN = {  # of each of its numbers that a form takes
    name: MOST[units[0]] for name, units in PLAN.items()
}
MOST_IN_A_GROUP = EvidenceClaim._meta.get_field("treated_total").validators[0].limit_value
ranges = st.tuples(*(st.tuples(st.integers(1, most), st.integers(1, most)).map(sorted)
                     for most in MOST_IN_A_PLAN.values()))  # fmt: skip
groups = st.integers(0, MOST_IN_A_GROUP) | st.sampled_from([1, 49, 50, 51, 100, 101])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([[most, most] for most in MOST_IN_A_PLAN.values()], MOST_IN_A_GROUP, MOST_IN_A_GROUP)
@example([[1, most] for most in MOST_IN_A_PLAN.values()], 101, 499)
@given(ranges, groups, groups)
def test_no_figure_that_is_typed_makes_a_crowd(iontophoresis, plan, treated, compared):
    """What a page draws is bounded, whatever its plan and its studies say."""
    live = Publication.objects.filter(treatment=iontophoresis, language="bn")
    document = json.loads(live.get().snapshot.document)
    document["plan"] = {
        name: [*ends, PLAN[name][0]] for name, ends in zip(MOST_IN_A_PLAN, plan, strict=True)
    }
    claims = [claim for claim in document["sections"]["evidence"] if claim["kind"] == "study"]
    for claim in claims:
        claim |= {"treated_total": treated, "treated_improved": treated // 3}
        claim |= {"compared_total": compared, "compared_improved": compared}
    Snapshot.objects.filter(pk=live.get().snapshot_id).update(document=format_json(document))
    page = soup(Client().get("/bn/treatments/iontophoresis/"))
    for row in page.select(".row"):
        assert len(row.select("svg")) <= 100
    assert len(page.select(".row")) <= 2 * len(claims)
    for drawing in page.select("svg.timeline"):
        assert (
            len(drawing.select("circle")) <= 7 * 10 + 5
        )  # seven a week, ten weeks; and its legend
    begin = timezone.localdate().isoformat()
    days = "&day=".join(["sat", "sun", "mon", "tue", "wed", "thu", "fri"][: plan[2][0]])
    dated = soup(Client().get(f"/bn/treatments/iontophoresis/plan/?start={begin}&day={days}"))
    assert len(dated.select(".dates time")) <= MOST[Unit.SESSIONS] + 27  # half a year


def test_marks_for_screen_readers_never_weigh_more_than_the_words():
    with translation.override("bn"):
        assert '<span lang="en">TENS</span>' in mark_latin("যন্ত্রের নাম TENS।")
        for dense in ("a অ " * 500, "১–২ ক " * 500, "a " + "অ" * 3 + " 1–2 " * 400):
            assert len(mark_latin(dense)) <= 2 * len(dense) + 1_000
