"""Whatever staff delete, a live page says what it said."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from treatments.document.sections import SECTIONS
from treatments.models import LANGUAGES, BodyArea, Term, Treatment

from ..admin_forms import form_data
from ..conftest import PASSWORD, Visitor
from ..pages import soup


def live_pages() -> list[bytes]:
    tails = ("", "check/", "plan/")
    return [
        Visitor().get(f"/{code}/treatments/{slug}/{tail}").content
        for code in LANGUAGES
        for slug in ("iontophoresis", "iontophoresis-at-home")
        for tail in tails
    ]


def deletable() -> list[type]:
    """What somebody with every right may delete, one by one or in a list."""
    request = type("Request", (), {"user": type("User", (), {"has_perm": lambda *_: True})()})()
    return [
        model
        for model, model_admin in admin.site._registry.items()
        if model_admin.has_delete_permission(request)
    ]


def delete_in_the_list(staff, model) -> None:
    """Ticks all rows, chooses to delete them, and says yes where that is asked."""
    opts = model._meta
    page = staff.get(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))
    if not soup(page).select("select[name=action] option[value=delete_selected]"):
        return
    data = form_data(page.content, "changelist-form")
    rows = [box["value"] for box in soup(page).select("input[name=_selected_action]")]
    assert rows
    data |= {"action": "delete_selected", "_selected_action": rows}
    asked = staff.post(page.wsgi_request.path, data, follow=True)
    for form in soup(asked).select("form"):
        if form.find("input", attrs={"name": "post"}):
            sent = [(each["name"], each.get("value")) for each in form.select("input[name]")]
            yes = {name: [value for key, value in sent if key == name] for name, _ in sent}
            staff.post(page.wsgi_request.path, yes)


def delete_one_by_one(staff, model) -> None:
    opts = model._meta
    for pk in list(model.objects.values_list("pk", flat=True)):
        page = reverse(f"admin:{opts.app_label}_{opts.model_name}_delete", args=[pk])
        asked = staff.get(page)
        if asked.status_code == 200 and b'name="post"' in asked.content:
            staff.post(page, {"post": "yes"})


@pytest.mark.parametrize("delete", [delete_in_the_list, delete_one_by_one])
def test_nothing_that_is_deleted_in_the_admin_changes_a_live_page(staff, site, delete):
    User.objects.create_superuser("other", password=PASSWORD)
    before, kept = live_pages(), list(Treatment.objects.all())
    models = deletable()
    assert {BodyArea, Term, Treatment, User} <= {*models}
    for model in sorted(models, key=lambda each: each is User):  # who deletes comes last
        delete(staff, model)
    assert not Term.objects.exists() and User.objects.exists()
    assert list(Treatment.objects.all()) == kept
    assert live_pages() == before


def test_nothing_that_is_deleted_in_a_draft_changes_a_live_page(site):
    """Sources that evidence names, photos, contraindications that answers lead to, body areas."""
    before = live_pages()
    for section in SECTIONS:
        section.model.objects.all().delete()
    for treatment in site:
        treatment.body_areas.clear()
        treatment.translations.all().delete()
    assert live_pages() == before
