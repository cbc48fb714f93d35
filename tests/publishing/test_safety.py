"""Reviews, waivers, schedules, the dashboard."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from treatments.document.content import in_language
from treatments.document.json_form import parse
from treatments.document.rows import from_rows
from treatments.models import LANGUAGES, Publication, Review, Snapshot, Treatment, Waiver
from treatments.publishing.preflight import check_draft, live_publications
from treatments.publishing.publish import Refused, cancel_scheduled, withdraw
from treatments.publishing.reviews import record_review
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot
from treatments.publishing.waivers import NotForAPerson, digest_at, waive

from ..conftest import NOW
from ..older_form import as_in_schema_4
from ..pages import soup, words
from .reading import publish_as_read, publish_on_page

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def reword(treatment, english="Changed words.", bangla="বদলানো কথা।", now=NOW + HOUR):
    benefit = treatment.benefit_set.first()
    benefit.text_en, benefit.text_bn = english, bangla
    benefit.save()
    return save_snapshot(treatment, now=now)


def a_review(snapshot, language="en", day=date(2026, 3, 9), **more):
    return record_review(
        snapshot,
        language,
        reviewer="A. Reviewer",
        qualification="Dermatologist",
        reviewed_on=day,
        next_due=date(2029, 3, 9),
        now=NOW,
        **more,
    )


# --- Reviews --------------------------------------------------------------------------------------


def test_a_review_is_on_the_page_of_the_language_that_was_read_only(client, iontophoresis):
    a_review(newest_snapshot(iontophoresis))
    english = words(soup(client.get("/en/treatments/iontophoresis/")))
    assert "Last reviewed on 9 March 2026 by A. Reviewer, Dermatologist." in english
    assert "Next review due: 9 March 2029." in english
    bangla = words(soup(client.get("/bn/treatments/iontophoresis/")))
    assert "এখনো কোনো চিকিৎসক" in bangla and "Reviewer" not in bangla


def test_a_review_before_publication_shows_as_soon_as_the_words_are_live(client, drafts):
    treatment = drafts[0]
    snapshot = newest_snapshot(treatment)
    a_review(snapshot, "bn")
    publish_as_read(snapshot, LANGUAGES, now=timezone.now())
    bangla = words(soup(client.get(f"/bn/treatments/{treatment.slug}/")))
    assert "সর্বশেষ যাচাই: ৯ মার্চ ২০২৬" in bangla


def test_a_review_lapses_when_the_words_change_and_the_page_says_what_changed(
    client, iontophoresis
):
    a_review(newest_snapshot(iontophoresis))
    publish_as_read(reword(iontophoresis), LANGUAGES, now=timezone.now())
    english = words(soup(client.get("/en/treatments/iontophoresis/")))
    assert "Last reviewed" not in english
    assert "earlier version on 9 March 2026. Changed since then: Benefits." in english


def test_a_review_holds_again_when_the_same_words_come_back(client, iontophoresis):
    first = newest_snapshot(iontophoresis)
    a_review(first)
    publish_as_read(reword(iontophoresis), LANGUAGES, now=timezone.now() - HOUR)
    publish_as_read(restore(first, now=timezone.now()), LANGUAGES, now=timezone.now())
    assert "Last reviewed on 9 March 2026" in words(
        soup(client.get("/en/treatments/iontophoresis/"))
    )


def as_before_items(snapshot, **halves):
    """The snapshot as a release stored it that had HTML for a long text; `halves` of the cost."""
    plain = as_in_schema_4(json.loads(snapshot.document))
    for code, html in halves.items():
        plain["prose"][code]["cost"] = [html]
    # As then, the digests are of the HTML as it was stored.
    medical = {f"medical_{code}": f"{code} as it was stored" for code in halves}
    Snapshot.objects.filter(pk=snapshot.pk).update(document=json.dumps(plain), **medical)
    return Snapshot.objects.get(pk=snapshot.pk)


def test_a_new_review_of_the_words_that_are_live_holds_in_whatever_form_they_are_stored(
    client, iontophoresis
):
    iontophoresis.cost_set.all().delete()
    iontophoresis.cost_set.create(uid="paragraph-1", kind="item", text_en="Ask.", text_bn="জানুন।")
    now = save_snapshot(iontophoresis, now=NOW)
    publish_as_read(now, LANGUAGES, now=NOW + HOUR)
    live = as_before_items(
        now, en="<ul><li><p>Ask.</p></li></ul>", bn="<ul><li><p>জানুন।</p></li></ul>"
    )
    a_review(live)
    iontophoresis.translations.update(translated_by="Rina")
    a_review(save_snapshot(iontophoresis, now=NOW + HOUR), day=date(2026, 3, 10))
    english = words(soup(client.get("/en/treatments/iontophoresis/")))
    assert "Last reviewed on 10 March 2026" in english


def test_a_line_more_in_the_other_language_alone_is_no_change_since_the_review(
    client, iontophoresis
):
    """Paragraphs were numbered in both languages together: one more moves those behind it."""
    iontophoresis.cost_set.all().delete()
    for number, (english, bangla) in enumerate([("", "ভাড়া লাগে।"), ("Ask.", "জানুন।")], 1):
        iontophoresis.cost_set.create(
            uid=f"paragraph-{number}", position=number, text_en=english, text_bn=bangla
        )
    before = save_snapshot(iontophoresis, now=NOW)
    before = as_before_items(before, en="<p>Ask.</p>", bn="<p>জানুন।</p>")
    a_review(before)
    publish_as_read(reword(iontophoresis), LANGUAGES, now=timezone.now())
    english = words(soup(client.get("/en/treatments/iontophoresis/")))
    assert "earlier version on 9 March 2026. Changed since then: Benefits." in english


def test_changing_the_bangla_leaves_the_review_of_the_english(client, iontophoresis):
    a_review(newest_snapshot(iontophoresis))
    benefit = iontophoresis.benefit_set.first()
    snapshot = reword(iontophoresis, english=benefit.text_en, bangla="অন্যভাবে বলা কথা।")
    found = {f.level for f in check_draft(snapshot).findings}
    if "blocking" not in found:
        publish_as_read(snapshot, ["bn"], now=timezone.now())
    assert "Last reviewed on 9 March 2026" in words(
        soup(client.get("/en/treatments/iontophoresis/"))
    )


REVIEW = {
    "language": "bn",
    "reviewer": "A. Reviewer",
    "qualification": "Dermatologist",
    "reviewed_on": "2026-03-09",
    "next_due": "2029-03-09",
    "note": "",
}


def test_a_clinician_records_a_review_in_the_admin(staff, client, iontophoresis):
    page = reverse("admin:treatments_treatment_review", args=[iontophoresis.pk])
    snapshot = newest_snapshot(iontophoresis)
    response = staff.post(page, REVIEW | {"snapshot": snapshot.pk}, follow=True)
    assert "review of the Bangla words is recorded" in words(soup(response))
    assert "সর্বশেষ যাচাই" in words(soup(client.get("/bn/treatments/iontophoresis/")))


@pytest.mark.parametrize(
    "changes",
    [
        {"next_due": "2029-03-10"},
        {"next_due": "2026-03-09"},
        {"reviewed_on": "2999-01-01", "next_due": "3000-01-01"},
        {"reviewer": ""},
        {"qualification": ""},
        {"language": "fr"},
        {"snapshot": "999999"},
    ],
)
def test_an_impossible_review_is_explained_and_not_recorded(staff, iontophoresis, changes):
    page = reverse("admin:treatments_treatment_review", args=[iontophoresis.pk])
    snapshot = newest_snapshot(iontophoresis)
    response = staff.post(page, REVIEW | {"snapshot": snapshot.pk} | changes)
    assert response.status_code == 200
    assert soup(response).select(".errorlist li, .errornote")
    assert not Review.objects.exists()


# --- Waivers --------------------------------------------------------------------------------------


@pytest.fixture
def disputed(iontophoresis):
    """A draft with one blocking finding that a reviewer may find right."""
    snapshot = reword(iontophoresis, english="It helps 7 people.", bangla="এতে মানুষের উপকার হয়।")
    found = [finding for finding in check_draft(snapshot).findings if finding.level == "blocking"]
    assert found
    return snapshot, found


def test_a_waived_finding_no_longer_blocks_and_is_kept_with_the_publication(disputed):
    snapshot, found = disputed
    with pytest.raises(Refused):
        publish_as_read(snapshot, LANGUAGES, now=NOW + 2 * HOUR)
    waivers = [waive(snapshot, finding, reason="Both are right.", now=NOW) for finding in found]
    published = publish_as_read(snapshot, LANGUAGES, now=NOW + 2 * HOUR)
    assert set(published[0].waivers.all()) == set(waivers)


def test_a_waiver_dies_when_the_words_change(iontophoresis, disputed):
    snapshot, found = disputed
    for finding in found:
        waive(snapshot, finding, reason="Both are right.", now=NOW)
    later = reword(iontophoresis, "It helps 8 people.", "এতে মানুষের উপকার হয়।", now=NOW + 2 * HOUR)
    with pytest.raises(Refused):
        publish_as_read(later, LANGUAGES, now=NOW + 3 * HOUR)


def a_line_more(treatment, uid, english, bangla=""):
    """In a list of the running text; without its Bangla it stops publishing."""
    treatment.howitworks_set.create(
        uid=uid, position=90, kind="item", text_en=english, text_bn=bangla
    )
    return save_snapshot(Treatment.objects.get(pk=treatment.pk), now=NOW)


@pytest.mark.parametrize(
    "lines",
    [
        (("The first<br>of all.", ""), ("The second.", "")),
        (("Five.", "5 মিনিট।"), ("Six.", "6 মিনিট।")),
        (("Keep <strong>warm</strong>.", "Keep warm."), ("Keep dry.", "Keep dry.")),
    ],
    ids=["missing", "digits", "untranslated"],
)
def test_a_waiver_lets_one_line_of_the_running_text_stand_and_no_other(staff, iontophoresis, lines):
    for number, line in enumerate(lines):
        snapshot = a_line_more(iontophoresis, f"line-{number}", *line)
    first = [one for one in check_draft(snapshot).blocking if one.item == "line-0"]
    second = [one for one in check_draft(snapshot).blocking if one.item == "line-1"]
    assert first and second
    for finding in first:
        page = reverse("admin:treatments_treatment_publish", args=[snapshot.treatment_id])
        for form in soup(staff.get(page)).select("form[action$=waive\\/]"):
            data = {field["name"]: field.get("value", "") for field in form.select("input")}
            # As a browser sends it.
            data = {name: "\r\n".join(value.splitlines()) for name, value in data.items()}
            if (data["item"], data["check"]) == ("line-0", finding.check):
                staff.post(form["action"], data | {"reason": "Both are right."})
                break
    assert check_draft(snapshot).blocking == second


def test_a_waiver_from_before_holds_for_a_line_that_is_the_only_one(iontophoresis):
    snapshot = a_line_more(iontophoresis, "line", "The first.")
    (finding,) = check_draft(snapshot).blocking
    waiver = waive(snapshot, finding, reason="Both are right.", now=NOW)
    Waiver.objects.filter(pk=waiver.pk).update(about="")
    assert not check_draft(snapshot).blocking
    assert len(check_draft(a_line_more(iontophoresis, "line-2", "The second.")).blocking) == 2


def test_a_waiver_needs_a_reason(staff, disputed):
    snapshot, found = disputed
    page = reverse("admin:treatments_treatment_waive", args=[snapshot.treatment_id])
    shown = soup(staff.get(page.replace("waive", "publish")))
    form = shown.find("form", action=page)
    data = {field["name"]: field["value"] for field in form.find_all("input")}
    assert data["check"] in {finding.check for finding in found}
    response = staff.post(page, data | {"reason": "  "}, follow=True)
    assert "Write down why" in words(soup(response))
    assert not snapshot.treatment.waivers.exists()
    staff.post(page, data | {"reason": "Both are right."})
    waiver = snapshot.treatment.waivers.get()
    assert waiver.reason == "Both are right." and waiver.waived_by.username == "nurse"


@pytest.fixture
def halved(iontophoresis):
    """A draft whose list of warnings has an empty half."""
    iontophoresis.contraindication_set.filter(position=1).update(text_bn="")
    snapshot = save_snapshot(iontophoresis, now=NOW)
    return snapshot, _blocking(snapshot)


@pytest.fixture
def without_warnings(iontophoresis):
    """A draft that names no reason not to have the treatment."""
    iontophoresis.contraindication_set.all().delete()
    snapshot = save_snapshot(iontophoresis, now=NOW)
    return snapshot, _blocking(snapshot)


def _blocking(snapshot):
    found = check_draft(snapshot).findings
    return [finding for finding in found if finding.level == "blocking"]


@pytest.mark.parametrize("draft", ["halved", "without_warnings"])
def test_what_is_simply_missing_is_not_offered_for_waiving_nor_accepted(request, staff, draft):
    snapshot, found = request.getfixturevalue(draft)
    treatment = snapshot.treatment
    missing = [finding for finding in found if finding.check in ("halves", "safety")]
    assert missing
    publish_page = reverse("admin:treatments_treatment_publish", args=[treatment.pk])
    offered = [field["value"] for field in soup(staff.get(publish_page)).select("[name=check]")]
    assert not {"halves", "safety"} & {*offered}

    waive_page = reverse("admin:treatments_treatment_waive", args=[treatment.pk])
    for finding in missing:
        names = ("check", "section", "item", "field", "about")
        data = {name: getattr(finding, name) for name in names}
        response = staff.post(waive_page, data | {"reason": "It is fine."}, follow=True)
        assert "Put it right instead. Nothing was changed." in words(soup(response))
        with pytest.raises(NotForAPerson):
            waive(snapshot, finding, reason="It is fine.", now=NOW)
    assert not treatment.waivers.exists()


def test_a_waiver_from_before_does_not_let_something_missing_through(halved):
    snapshot, found = halved
    for finding in found:
        Waiver.objects.create(
            treatment=snapshot.treatment,
            check_id=finding.check,
            section=finding.section,
            item=finding.item,
            field=finding.field,
            digest=digest_at(
                {code: in_language(parse(snapshot.document), code) for code in LANGUAGES},
                finding.place,
            ),
            finding="",
            reason="An old one.",
            waived_at=NOW,
        )
    with pytest.raises(Refused):
        publish_as_read(snapshot, LANGUAGES, now=NOW + HOUR)


def test_a_typed_moment_is_not_published_now(staff, iontophoresis):
    reword(iontophoresis, "New words.", "নতুন কথা।")
    snapshot = newest_snapshot(iontophoresis)
    page = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    data = {"snapshot": snapshot.pk, "languages": ["en", "bn"], "when": "now", "date": "2027-03-01"}
    response = staff.post(page, data)
    assert "but “Now” is chosen" in words(soup(response))
    assert not snapshot.publications.exists()


# --- Schedules --------------------------------------------------------------------------------------


def test_what_is_scheduled_goes_live_by_the_clock(iontophoresis):
    snapshot = reword(iontophoresis)
    publish_as_read(snapshot, LANGUAGES, now=NOW + HOUR, at=NOW + DAY)
    before = live_publications(iontophoresis, NOW + DAY - HOUR)
    after = live_publications(iontophoresis, NOW + DAY)
    assert "Changed words." not in before["en"].snapshot.document
    assert "Changed words." in after["en"].snapshot.document
    assert after["en"].live_until is None


def test_a_schedule_freezes_the_words_as_they_were(iontophoresis):
    publish_as_read(reword(iontophoresis), LANGUAGES, now=NOW + HOUR, at=NOW + DAY)
    reword(iontophoresis, "Even later words.", "আরও পরের কথা।", now=NOW + 2 * HOUR)
    assert "Changed words." in live_publications(iontophoresis, NOW + DAY)["bn"].snapshot.document


def test_a_schedule_can_be_cancelled_and_the_old_page_stays(iontophoresis):
    (english, _bangla) = publish_as_read(
        reword(iontophoresis), LANGUAGES, now=NOW + HOUR, at=NOW + DAY
    )
    cancel_scheduled(english, now=NOW + 2 * HOUR)
    live = live_publications(iontophoresis, NOW + 2 * DAY)
    for code in LANGUAGES:
        assert "Changed words." not in live[code].snapshot.document
        assert live[code].live_until is None


def test_withdrawing_can_be_scheduled(iontophoresis):
    withdraw(iontophoresis, ["bn"], now=NOW, at=NOW + DAY)
    assert set(live_publications(iontophoresis, NOW + DAY - HOUR)) == {"en", "bn"}
    assert set(live_publications(iontophoresis, NOW + DAY)) == {"en"}


def test_what_is_scheduled_is_checked_again_when_its_counterpart_changes(iontophoresis):
    """English that disagrees with the Bangla of tomorrow is refused today."""
    row = iontophoresis.benefit_set.first()
    old = row.text_en, row.text_bn
    tomorrow = reword(iontophoresis, "It helps 7 people.", "এতে ৭ জন মানুষের উপকার হয়।")
    publish_as_read(tomorrow, LANGUAGES, now=NOW + HOUR, at=NOW + DAY)
    today = reword(iontophoresis, *old, now=NOW + 2 * HOUR)
    row.refresh_from_db()
    cancel_scheduled(
        iontophoresis.publications.get(language="en", live_from=NOW + DAY), now=NOW + 2 * HOUR
    )
    changed = reword(iontophoresis, "It helps 9 people.", old[1], now=NOW + 3 * HOUR)
    assert today is not None
    with pytest.raises(Refused):
        publish_as_read(changed, ["en"], now=NOW + 4 * HOUR)


def test_a_moment_in_the_past_is_explained(staff, iontophoresis):
    page = reverse("admin:treatments_treatment_publish", args=[iontophoresis.pk])
    data = {"snapshot": newest_snapshot(iontophoresis).pk, "languages": ["en"], "when": "later"}
    response = staff.post(page, data | {"date": "2020-01-01", "time": "10:00"})
    assert "This moment is past" in words(soup(response))
    response = staff.post(page, data | {"date": "", "time": "10:00"})
    assert "Fill in the date and the time" in words(soup(response))


def test_staff_schedule_in_the_time_of_bangladesh_also_in_bangla_digits(staff, iontophoresis):
    reword(iontophoresis)
    moment = {"when": "later", "date": "২০৯৯-০১-০২", "time": "০৯:৩০"}
    response = publish_on_page(staff, iontophoresis, languages=["en", "bn"], **moment)
    assert "goes live on 2 January 2099, 09:30" in words(soup(response))
    planned = iontophoresis.publications.get(language="en", live_until=None)
    assert planned.live_from.isoformat() == "2099-01-02T03:30:00+00:00"
    cancel = reverse("admin:treatments_treatment_cancel", args=[iontophoresis.pk])
    staff.post(cancel, {"publication": planned.pk})
    assert not Publication.objects.filter(pk=planned.pk).exists()


# --- Restoring ----------------------------------------------------------------------------------------


def test_restoring_brings_back_deleted_moved_and_emptied_words_byte_for_byte(iontophoresis):
    first = newest_snapshot(iontophoresis)
    iontophoresis.contraindication_set.all()[3].delete()
    iontophoresis.source_set.first().delete()
    iontophoresis.translations.get(language_code="bn").delete()
    for position, step in enumerate(reversed(iontophoresis.procedurestep_set.all())):
        step.position = position
        step.save()
    iontophoresis.body_areas.clear()
    Treatment.objects.filter(pk=iontophoresis.pk).update(visit_max=99)
    save_snapshot(Treatment.objects.get(pk=iontophoresis.pk), now=NOW + HOUR)

    restored = restore(first, now=NOW + 2 * HOUR)

    assert restored.document == first.document
    assert from_rows(Treatment.objects.get(pk=iontophoresis.pk)).json == first.document
    assert restored.restored_from == first


# --- Where staff see it -------------------------------------------------------------------------------


def test_a_finding_stands_beside_the_words_it_is_about(staff, iontophoresis):
    step = iontophoresis.procedurestep_set.filter(text_en__contains="20–30 minutes").first()
    step.text_en = step.text_en.replace("20–30", "25–30")
    step.save()
    save_snapshot(iontophoresis, now=timezone.now())
    page = soup(staff.get(reverse("admin:treatments_treatment_change", args=[iontophoresis.pk])))
    beside = page.find(id=f"text-procedure-{step.uid}").select(".said.stop")
    assert beside and "25–30" in beside[0].get_text()
    assert page.select_one(f'#needs a[href="#text-procedure-{step.uid}"]')


def test_the_dashboard_shows_every_language_of_every_treatment(staff, iontophoresis):
    benefit = iontophoresis.benefit_set.first()
    a_review(newest_snapshot(iontophoresis))
    reword(iontophoresis, "It helps 7 people.", benefit.text_bn)
    withdraw(
        site_treatment := Treatment.objects.get(slug="iontophoresis-at-home"),
        ["bn"],
        now=timezone.now(),
    )
    publish_as_read(
        newest_snapshot(site_treatment), ["bn"], now=timezone.now(), at=timezone.now() + DAY
    )
    page = soup(staff.get("/admin/"))
    rows = {
        row.th.get_text(strip=True): row.get_text(" ", strip=True)
        for row in page.select(".treatments-now tbody tr")
    }
    first = rows["Iontophoresis for sweating (in the clinic)"]
    assert "Draft ahead" in first
    assert "put right" in first and "next due 9 March 2029" in first
    assert "Scheduled" in rows["Iontophoresis for sweating (at home)"]
    assert "1 text to be read in both languages" in page.select_one(".waiting").get_text()


def test_the_dashboard_costs_as_much_for_500_treatments_as_for_three(staff, site):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert staff.get("/admin/").status_code == 200
        return len(captured)

    few = cost()
    source = newest_snapshot(site[0])
    treatments = Treatment.objects.bulk_create(
        Treatment(slug=f"copy-{number}", position=number + 10) for number in range(497)
    )
    snapshots = Snapshot.objects.bulk_create(
        Snapshot(
            treatment=treatment, document=source.document, digest=source.digest, saved_at=NOW,
            digest_en=source.digest_en, digest_bn=source.digest_bn,
        )
        for treatment in treatments
    )  # fmt: skip
    Publication.objects.bulk_create(
        Publication(
            treatment=snapshot.treatment, snapshot=snapshot, language=code, title="Copy",
            summary="", live_from=NOW,
        )
        for snapshot in snapshots
        for code in LANGUAGES
    )  # fmt: skip
    assert cost() == few <= 12
