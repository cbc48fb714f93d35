"""A treatment's web address is changed: the old one leads on, for good and never in circles."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from treatments.document.content import editions_of
from treatments.document.rows import from_rows
from treatments.models import LANGUAGES, OldAddress, Treatment
from treatments.publishing import slugs
from treatments.publishing.preflight import check_pages
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import newest_snapshot
from treatments.roles import make_groups

from ..admin_forms import form_data, page_of
from ..pages import soup, words
from .reading import publish_as_read

OLD, NEW = "iontophoresis", "sweating-hands"
BELOW = ("", "check/", "plan/", "plan/calendar.ics", "leaflet.pdf", "helpful/thanks/")


def change_page(treatment) -> str:
    return reverse("admin:treatments_treatment_address", args=[treatment.pk])


def change(staff, treatment, slug):
    form = soup(staff.get(change_page(treatment))).select_one("form.publish-form")
    sent = form_data(str(form), None) | {"slug": slug}
    return staff.post(change_page(treatment), sent, follow=True)


@pytest.fixture
def moved(staff, iontophoresis):
    """The treatment, by now at its new address."""
    change(staff, iontophoresis, NEW)
    iontophoresis.refresh_from_db()
    assert iontophoresis.slug == NEW
    return iontophoresis


def test_a_publisher_changes_an_address_and_is_told_what_it_means(staff, client, iontophoresis):
    treatment_page = reverse("admin:treatments_treatment_change", args=[iontophoresis.pk])
    link = soup(staff.get(treatment_page)).find("a", string=re.compile("Change address…"))
    page = soup(staff.get(link["href"]))
    assert "leads to the new one" in words(page)
    assert page.find("input", id="slug")["value"] == OLD
    digest_values = words(soup(change(staff, iontophoresis, NEW)))
    assert (
        "The web address is “sweating-hands” now. Links to “iontophoresis” lead there."
        in digest_values
    )
    assert NEW in words(soup(staff.get(treatment_page)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("below", BELOW)
def test_every_page_below_the_old_address_leads_to_the_new_one(client, moved, language, below):
    response = client.get(f"/{language}/treatments/{OLD}/{below}?start=2026-03-09&utm_source=x")
    assert response.status_code == 301
    there = f"/{language}/treatments/{NEW}/{below}"
    assert response["Location"] == f"{there}?start=2026-03-09&utm_source=x"
    assert "max-age=0" in response["Cache-Control"]
    if not below:
        assert client.get(there).status_code == 200


def test_an_answer_given_on_a_page_opened_before_still_arrives(client, moved):
    ours = {"Sec-Fetch-Site": "same-origin"}
    page = f"/en/treatments/{OLD}/helpful/"
    response = client.post(page, {"answer": "yes"}, headers=ours)
    assert response.status_code == 308
    assert response["Location"] == f"/en/treatments/{NEW}/helpful/"


@pytest.mark.parametrize(
    "path", ["/en/treatments/nowhere/", f"/en/{OLD}/", f"/treatments/{OLD}/", "/en/treatments/%0a/"]
)
def test_any_other_address_that_is_not_there_stays_not_there(client, moved, path):
    assert client.get(path).status_code == 404


def test_lists_and_the_site_map_name_the_new_address_only(client, moved):
    for path in ("/en/treatments/", "/bn/treatments/", "/sitemap.xml", "/en/feed.xml"):
        text = client.get(path).content.decode()
        text = re.sub("<id>tag:.*?</id>", "", text)  # a name that never changes, and no address
        assert f"/treatments/{NEW}/" in text
        assert f"/treatments/{OLD}/" not in text


def test_an_address_that_comes_back_is_the_pages_own_again_and_no_circle(staff, client, moved):
    change(staff, moved, "third")
    for slug in (OLD, NEW):
        response = client.get(f"/en/treatments/{slug}/")
        assert response["Location"] == "/en/treatments/third/"  # at once, not one by one
    change(staff, moved, OLD)
    assert client.get(f"/en/treatments/{OLD}/").status_code == 200
    for slug in (NEW, "third"):
        assert client.get(f"/en/treatments/{slug}/")["Location"] == f"/en/treatments/{OLD}/"
    assert not OldAddress.objects.filter(slug=OLD).exists()


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("Sweating Hands", "small English letters"),
        ("", "small English letters"),
        ("হাত", "small English letters"),
        ("x" * 61, "at most 60 characters"),
        ("iontophoresis-at-home", "Another treatment already has this web address"),
    ],
)
def test_an_address_that_cannot_be_is_explained_and_changes_nothing(
    staff, iontophoresis, slug, said
):
    page = soup(change(staff, iontophoresis, slug))
    assert said in words(page.select_one(".errornote"))
    assert page.find("input", id="slug")["value"] == slug
    iontophoresis.refresh_from_db()
    assert iontophoresis.slug == OLD
    assert not OldAddress.objects.exists()


def test_no_other_treatment_can_take_an_old_address(staff, moved):
    other = Treatment.objects.get(slug="iontophoresis-at-home")
    assert "Links to it still lead there" in words(soup(change(staff, other, OLD)))
    add = "/admin/treatments/treatment/add/"
    data = form_data(staff.get(add).content, "start")
    response = staff.post(add, data | {"title_en": "Another", "slug": OLD})
    assert "Links to it still lead there" in words(soup(response))
    assert not Treatment.objects.filter(slug=OLD).exists()


def test_a_draft_that_was_never_published_leaves_no_old_address(staff, drafts):
    treatment = drafts[0]
    before = treatment.slug
    told = words(soup(change(staff, treatment, "never-seen")))
    assert "The web address is “never-seen” now." in told and "lead there" not in told
    assert not OldAddress.objects.exists()
    other = Treatment.objects.exclude(pk=treatment.pk).first()
    assert slugs.validate_slug(before, other) is None


def test_before_the_first_publication_whoever_writes_changes_the_address(
    client, drafts, django_user_model
):
    make_groups(Group, Permission)
    editor = django_user_model.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editor"))
    client.force_login(editor)
    treatment = drafts[0]

    def link():
        page = soup(client.get(page_of(treatment)))
        return page.find("a", string=re.compile("Change address…"))

    assert "leads to the new one" not in words(soup(client.get(link()["href"])))
    change(client, treatment, "never-seen")
    treatment.refresh_from_db()
    assert treatment.slug == "never-seen"
    publish_as_read(newest_snapshot(treatment), LANGUAGES, now=timezone.now())
    assert link() is None and client.get(change_page(treatment)).status_code == 403


def test_the_old_address_of_a_withdrawn_page_leads_to_where_it_will_be(client, moved):
    withdraw(moved, LANGUAGES, now=timezone.now())
    assert client.get(f"/en/treatments/{OLD}/")["Location"] == f"/en/treatments/{NEW}/"
    assert client.get(f"/en/treatments/{NEW}/").status_code == 404


def test_a_link_to_an_old_address_is_advice_and_does_not_block(staff, site, moved):
    other = next(
        treatment
        for treatment in site
        if f"/treatments/{OLD}/" in from_rows(treatment).json and treatment.pk != moved.pk
    )
    found = [
        finding
        for finding in check_pages(other, editions_of(from_rows(other))).findings
        if finding.check == "links"
    ]
    assert found
    assert {finding.level for finding in found} == {"advice"}
    assert any(f"/treatments/{NEW}/" in str(finding.advice) for finding in found)
    withdraw(other, LANGUAGES, now=timezone.now())
    assert publish_as_read(newest_snapshot(other), LANGUAGES, now=timezone.now())
