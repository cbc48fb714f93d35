"""The glossary helps whoever writes; no reader's page shows a word of it."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from treatments.models import BodyArea, StaffLanguage, Term
from treatments.publishing.snapshots import save_snapshot

from ..admin_forms import form_data
from ..pages import PATHS, SLUGS, soup, words

TOOLS = [f"/{code}/treatments/{slug}/check/" for code in ("en", "bn") for slug in SLUGS]


def every_page(client) -> dict[str, bytes]:
    return {path: client.get(path).content for path in (*PATHS, *TOOLS)}


@pytest.fixture
def reviewer(client, site, django_user_model):
    person = django_user_model.objects.create_user("reviewer", is_staff=True)
    person.groups.add(Group.objects.get(name="Reviewer"))
    client.force_login(person)
    return client


def test_a_reviewers_new_explanation_changes_no_page(reviewer):
    before = every_page(reviewer)
    term = Term.objects.get(english="heart condition")
    address = reverse("admin:treatments_term_change", args=[term.pk])
    data = form_data(reviewer.get(address).content, "term_form")
    nonsense = {"explanation_en": "Never mind.", "explanation_bn": "কিছু না।", "bangla": "হার্ট"}
    reviewer.post(address, data | nonsense)
    term.refresh_from_db()
    assert term.explanation_en == "Never mind."
    assert every_page(reviewer) == before


def test_no_page_reads_what_staff_can_change_without_publishing(client, site):
    with CaptureQueriesContext(connection) as queries:
        every_page(client)
    for model in (Term, BodyArea):
        assert not [one for one in queries if model._meta.db_table in one["sql"]]


def test_the_explanation_is_offered_beside_what_is_written(staff, iontophoresis):
    reason = iontophoresis.contraindication_set.get(uid="heart-condition")
    reason.text_en = "You have a heart condition of any kind."
    reason.save()
    save_snapshot(iontophoresis, now=timezone.now())
    page = staff.get(reverse("admin:treatments_treatment_change", args=[iontophoresis.pk]))
    beside = soup(page).find(id="text-contraindications-heart-condition")
    assert "“heart condition (any illness of the heart)”" in words(beside)


@pytest.mark.parametrize("odd", [("\u200b", "---", "(.*", "a|"), ("\u2060\n\u200b", "[", "\\")])
def test_odd_rows_of_the_glossary_break_no_page(staff, iontophoresis, odd):
    before = every_page(staff)
    for written in odd:
        Term.objects.create(english=f"odd {written}", bangla=written, explanation_en=written)
        Term.objects.create(
            english=written, bangla=f"কথা\n{written}", avoid=written,
            explanation_en=written, explanation_bn=written,
        )  # fmt: skip
    assert every_page(staff) == before
    for action in ("change", "publish"):
        address = reverse(f"admin:treatments_treatment_{action}", args=[iontophoresis.pk])
        assert staff.get(address).status_code == 200
    for term in Term.objects.order_by("-pk")[: 2 * len(odd)]:
        address = reverse("admin:treatments_term_change", args=[term.pk])
        assert staff.get(address).status_code == 200


@pytest.mark.parametrize("typed", ["হৃদ\u09dfের", "হৃদয়ের", "হৃদ\u09df", "ঢোঁ\u09dcা", "হৃদ\u200bয়"])
def test_a_word_is_found_however_a_keyboard_composes_it(staff, site, typed):
    term = Term.objects.first()
    term.bangla = "হৃদয়ের ঢোঁড়া"
    term.save()
    page = soup(staff.get("/admin/treatments/term/", {"q": typed}))
    assert [row.th.get_text() for row in page.select("#result_list tbody tr")] == [term.english]


@pytest.mark.parametrize("language", ["en", "bn"])
def test_the_history_of_what_was_added_opens(staff, site, language):
    StaffLanguage.objects.create(person=User.objects.get(), language=language)
    page = soup(staff.get(reverse("admin:treatments_term_add")))
    fields = form_data(str(page), "term_form")
    staff.post(reverse("admin:treatments_term_add"), fields | {"english": "wart", "bangla": "আঁচিল"})
    term = Term.objects.get(english="wart")
    history = staff.get(reverse("admin:treatments_term_history", args=[term.pk]))
    assert history.status_code == 200 and "nurse" in words(soup(history))
