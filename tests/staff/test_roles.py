"""Every role at every admin address: only what it may do succeeds."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from treatments.models import BodyArea, Picture, Term, Treatment
from treatments.roles import ROLES, make_groups

from ..admin_forms import form_data, page_of
from ..conftest import NOW
from ..pages import soup, squeezed, words
from ..public.every_page import rows

EVERYBODY = {"Editor", "Reviewer", "Publisher", "Administrator"}
WRITERS = {"Editor", "Publisher", "Administrator"}
PUBLISHERS = {"Publisher", "Administrator"}
REVIEWERS = {"Reviewer", "Administrator"}
BOSS = {"Administrator"}
NOBODY: set[str] = set()

# The name of the address → who may open it, who may send it something.
TABLE = {
    "index": (EVERYBODY, EVERYBODY),
    "jsi18n": (EVERYBODY, NOBODY),
    "password_change": (EVERYBODY, EVERYBODY),
    "password_change_done": (EVERYBODY, NOBODY),
    "autocomplete": (NOBODY, NOBODY),
    "app_list": (EVERYBODY, EVERYBODY),
    "system": (BOSS, NOBODY),
    "sign_in": (EVERYBODY, EVERYBODY),
    "confirm": (EVERYBODY, EVERYBODY),
    "treatments_treatment_changelist": (EVERYBODY, EVERYBODY),
    "treatments_treatment_add": (WRITERS, WRITERS),
    "treatments_treatment_change": (EVERYBODY, NOBODY),
    "treatments_treatment_text": (WRITERS, WRITERS),
    "treatments_treatment_text_same": (NOBODY, EVERYBODY),
    "treatments_treatment_text_move": (NOBODY, WRITERS),
    "treatments_treatment_text_delete": (NOBODY, WRITERS),
    "treatments_treatment_text_back": (NOBODY, WRITERS),
    "treatments_treatment_text_earlier": (WRITERS, WRITERS),
    "treatments_treatment_text_rows": (WRITERS, WRITERS),
    "treatments_treatment_delete": (BOSS, BOSS),
    "treatments_treatment_history": (EVERYBODY, EVERYBODY),
    "treatments_treatment_publish": (EVERYBODY, PUBLISHERS),
    "treatments_treatment_withdraw": (PUBLISHERS, PUBLISHERS),
    "treatments_treatment_cancel": (PUBLISHERS, PUBLISHERS),
    "treatments_treatment_address": (WRITERS, WRITERS),
    "treatments_treatment_waive": (REVIEWERS, REVIEWERS),
    "treatments_treatment_review": (REVIEWERS, REVIEWERS),
    "treatments_treatment_confirm": (EVERYBODY, EVERYBODY),
    "treatments_treatment_take_back": (EVERYBODY, EVERYBODY),
    "treatments_treatment_put_back": (WRITERS, WRITERS),
    "treatments_treatment_looked_at": (REVIEWERS, REVIEWERS),
    "treatments_treatment_confirmations": (EVERYBODY, EVERYBODY),
    "treatments_treatment_version": (EVERYBODY, EVERYBODY),
    "treatments_treatment_compare": (EVERYBODY, EVERYBODY),
    "treatments_treatment_as_published": (EVERYBODY, EVERYBODY),
    "treatments_treatment_restore": (WRITERS, WRITERS),
    "treatments_treatment_shipped": (WRITERS, WRITERS),
    "treatments_treatment_sortable_update": (NOBODY, PUBLISHERS),
    "treatments_clinic_changelist": (EVERYBODY, EVERYBODY),
    "treatments_clinic_add": (NOBODY, NOBODY),
    "treatments_clinic_change": (EVERYBODY, NOBODY),  # each block has an address of its own
    "treatments_clinic_block": (EVERYBODY, PUBLISHERS),
    "treatments_clinic_earlier": (EVERYBODY, NOBODY),
    "treatments_clinic_delete": (NOBODY, NOBODY),
    "treatments_clinic_history": (EVERYBODY, EVERYBODY),
    "treatments_clinicchange_changelist": (EVERYBODY, EVERYBODY),
    "treatments_clinicchange_add": (NOBODY, NOBODY),
    "treatments_auditentry_changelist": (PUBLISHERS, NOBODY),
    "treatments_auditentry_copy": (NOBODY, PUBLISHERS),
    "treatments_bodyarea_changelist": (EVERYBODY, EVERYBODY),
    "treatments_bodyarea_add": (BOSS, BOSS),
    "treatments_bodyarea_change": (EVERYBODY, BOSS),
    "treatments_bodyarea_delete": (BOSS, BOSS),
    "treatments_bodyarea_history": (EVERYBODY, EVERYBODY),
    "treatments_picture_changelist": (EVERYBODY, EVERYBODY),
    "treatments_picture_add": (NOBODY, NOBODY),
    "treatments_picture_change": (EVERYBODY, EVERYBODY),
    "treatments_picture_delete": (NOBODY, NOBODY),
    "treatments_picture_history": (EVERYBODY, EVERYBODY),
    "treatments_picture_remove": (EVERYBODY, PUBLISHERS),
    "treatments_term_changelist": (EVERYBODY, EVERYBODY),
    "treatments_term_add": (REVIEWERS, REVIEWERS),
    "treatments_term_change": (EVERYBODY, REVIEWERS),
    "treatments_term_delete": (REVIEWERS, REVIEWERS),
    "treatments_term_history": (EVERYBODY, EVERYBODY),
    "auth_user_changelist": (BOSS, BOSS),
    "auth_user_add": (BOSS, BOSS),
    "auth_user_change": (BOSS, BOSS),
    "auth_user_delete": (BOSS, BOSS),
    "auth_user_history": (BOSS, BOSS),
    "auth_user_password_change": (BOSS, BOSS),
    "auth_user_reset_second_factor": (BOSS, BOSS),
    "auth_group_changelist": (BOSS, BOSS),
    "auth_group_add": (NOBODY, NOBODY),
    "auth_group_change": (BOSS, NOBODY),
    "auth_group_delete": (NOBODY, NOBODY),
    "auth_group_history": (BOSS, BOSS),
}
# The way in and out and the switch are for everybody; the rest need no row because they show nothing.
AT_THE_DOOR = {
    "login", "logout", "language", "second_factor", "set_up", "add_app", "add_passkey", "password_reset",
}  # fmt: skip
OPEN = AT_THE_DOOR | {"password_reset_confirm", "view_on_site", None}
FOR_EVERYBODY = {reverse(f"admin:{name}") for name in AT_THE_DOOR} | {
    reverse("admin:password_reset_confirm", args=[1, 1])
}
NO_CHANGE = {"treatments_clinicchange_change", "treatments_clinicchange_delete", "treatments_clinicchange_history"}  # fmt: skip


def names(patterns) -> set[str | None]:
    found = set()
    for pattern in patterns:
        found |= names(pattern.url_patterns) if hasattr(pattern, "url_patterns") else {pattern.name}
    return found


def test_every_address_of_the_admin_is_in_the_table():
    assert names(admin.site.urls[0]) - OPEN - NO_CHANGE == set(TABLE)


@pytest.fixture
def people(site, django_user_model):
    make_groups(Group, Permission)
    people = {}
    for name in ROLES:
        people[name] = django_user_model.objects.create_user(name.lower(), is_staff=True)
        people[name].groups.add(Group.objects.get(name=name))
    return people


def address(name: str, treatment: Treatment, people) -> str:
    picture = Picture.objects.first() or Picture.objects.create(
        name="0" * 16, width=480, height=320, uploaded_at=NOW
    )
    keys = {
        "treatment": treatment.pk,
        "clinic": 1,
        "picture": picture.pk,
        "bodyarea": BodyArea.objects.first().pk,
        "term": Term.objects.first().pk,
        "user": people["Editor"].pk,
        "group": Group.objects.first().pk,
    }
    if name == "treatments_picture_remove":
        return reverse(f"admin:{name}", args=[picture.name])
    if name in ("treatments_clinic_block", "treatments_clinic_earlier"):
        return reverse(f"admin:{name}", args=["hours"])
    if name == "app_list":
        return reverse("admin:app_list", args=["treatments"])
    if name == "treatments_treatment_version":
        return reverse(f"admin:{name}", args=[treatment.pk, treatment.snapshots.first().pk, "bn"])
    if name == "treatments_treatment_text_rows":
        return reverse(f"admin:{name}", args=[treatment.pk, "contraindications"])
    if name == "treatments_treatment_text_earlier" and treatment.contraindication_set.exists():
        changed = treatment.contraindication_set.first().uid
        return reverse(f"admin:{name}", args=[treatment.pk, "contraindications", changed])
    if name.startswith("treatments_treatment_text"):
        return reverse(f"admin:{name}", args=[treatment.pk, "contraindications", "new"])
    parts = name.split("_")
    without_key = {"changelist", "add", "update", "copy"}
    if len(parts) < 3 or parts[-1] in without_key or parts[0] not in ("treatments", "auth"):
        return reverse(f"admin:{name}")
    return reverse(f"admin:{name}", args=[keys[parts[1]]])


def refused(response) -> bool:
    """In words, to somebody who is logged in: nobody is asked who it is once more."""
    assert "/login/" not in response.get("Location", "")
    return response.status_code in (403, 405)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_may_do_what_the_table_says_and_nothing_else(client, people, site, role):
    treatment = Treatment.objects.create(slug="never-live", position=9)
    from django.utils import timezone

    from treatments.publishing.snapshots import save_snapshot

    save_snapshot(treatment, now=timezone.now())
    client.force_login(people[role])
    wrong = []
    for name, (may_open, may_send) in TABLE.items():
        url = address(name, treatment, people)
        for method, allowed in (("get", may_open), ("post", may_send)):
            data = {} if method == "get" else {"updatedItems": []}
            kind = {"content_type": "application/json"} if "sortable" in name else {}
            response = getattr(client, method)(url, data, **kind)
            if refused(response) != (role not in allowed):
                wrong.append(f"{method} {url}: {response.status_code}")
    assert not wrong


def test_an_editor_cannot_publish_by_any_button_or_address(client, people, site):
    client.force_login(people["Editor"])
    treatment = site[0]
    shown = soup(client.get(page_of(treatment)))
    assert shown.select(".sheet a.edit")
    buttons = {squeezed(one) for one in shown.select(".go a, .state-actions a, button")}
    assert "Read and confirm…" in buttons and not buttons & {"Publish…", "Withdraw…"}
    publish = reverse("admin:treatments_treatment_publish", args=[treatment.pk])
    snapshot = treatment.snapshots.first()
    data = {"snapshot": snapshot.pk, "languages": ["en", "bn"]}
    before = treatment.publications.count()
    assert client.post(publish, data).status_code == 403
    assert treatment.publications.count() == before


def test_a_reviewer_cannot_write(client, people, site):
    client.force_login(people["Reviewer"])
    shown = soup(client.get(page_of(site[0])))
    assert shown.select(".sheet article")
    assert not shown.select(".sheet a.edit, .sheet .add, .sheet .more, form.open")


def test_an_administrator_cannot_make_somebody_more_than_an_administrator(client, people, site):
    client.force_login(people["Administrator"])
    page = reverse("admin:auth_user_change", args=[people["Administrator"].pk])
    form = form_data(client.get(page).content, "user_form")
    client.post(page, form | {"is_superuser": "on"})
    people["Administrator"].refresh_from_db()
    assert not people["Administrator"].is_superuser


# --- A login without any role ---------------------------------------------------------------------


def every_address(patterns, before: str = "") -> set[str]:
    """One address for every pattern of the admin, with 1 or a plain word in its open places."""
    found = set()
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            found |= every_address(pattern.url_patterns, route)
        else:
            filled = re.sub(r"<str:\w+>", "bn", re.sub(r"<(?:int|path):\w+>|<\w+>", "1", route))
            filled = re.sub(r"\(\?P<\w+>(\w+|\.)[^)]*\)", r"\1", filled)
            found.add("/admin/" + filled.replace("^", "").replace("$", ""))
    return found


def test_a_login_without_a_role_is_told_so_at_every_address_and_nothing_else(
    client, site, nurse, django_user_model
):
    client.force_login(django_user_model.objects.create_user("rina", is_staff=True))
    addresses = every_address(admin.site.urls[0]) - FOR_EVERYBODY
    assert len(addresses) > 50
    known = [str(treatment) for treatment in site] + [nurse.username, "Do next"]
    for address in addresses:
        for send in (client.get, client.post):
            response = send(address, {}, headers={"Accept": "text/html"})
            text = response.content.decode()
            assert response.status_code == 403 and "no role yet" in text, address
            assert not any(words in text for words in known), address
    log_out = form_data_of_log_out(client)
    client.post("/admin/logout/", log_out)
    assert "/login/" in client.get("/admin/")["Location"]


def strangers(kind: str, client, django_user_model) -> None:
    if kind == "a login that is not staff's":
        client.force_login(django_user_model.objects.create_user("rina"))
    if kind == "a login that was switched off":
        rina = django_user_model.objects.create_superuser("rina")
        client.force_login(rina)
        rina.is_active = False
        rina.save()


@pytest.mark.parametrize(
    "kind", ["nobody", "a login that is not staff's", "a login that was switched off"]
)
def test_who_is_not_staff_is_led_to_the_login_from_every_address(
    kind, client, site, nurse, django_user_model
):
    strangers(kind, client, django_user_model)
    known = [str(treatment) for treatment in site] + [nurse.username, "Do next"]
    addresses = every_address(admin.site.urls[0]) - FOR_EVERYBODY
    before = rows()
    for address in addresses:
        for send in (client.get, client.post):
            response = send(address, {}, headers={"Accept": "text/html"})
            assert response.status_code == 302, (address, response.status_code)
            assert response["Location"].startswith("/admin/login/?next="), address
            assert not any(words in response.content.decode() for words in known), address
    shown = client.get("/admin/login/")
    assert shown.status_code == 200 and not any(w in shown.content.decode() for w in known)
    assert rows() == before


# With one right alone: what it is about, and no treatment.
ALONE = ["view_term", "change_term", "view_clinic", "change_clinic", "view_bodyarea", "view_user"]


@pytest.mark.parametrize("right", ALONE)
def test_a_right_to_something_else_shows_no_treatment_anywhere(
    right, client, site, django_user_model
):
    rina = django_user_model.objects.create_user("rina", is_staff=True)
    rina.user_permissions.add(Permission.objects.get(codename=right))
    client.force_login(rina)
    opened = 0
    for address in sorted(every_address(admin.site.urls[0]) - {"/admin/logout/"}):
        response = client.get(address, headers={"Accept": "text/html"}, follow=True)
        opened += response.status_code == 200
        shown = response.content.decode()
        assert not any(str(treatment) in shown for treatment in site), address
    assert opened > 2


def form_data_of_log_out(client) -> dict:
    shown = client.get("/admin/").content.decode()
    [form] = re.findall(r"<form[^>]*logout.*?</form>", shown, re.DOTALL)
    return form_data(form.replace("<form", '<form id="log-out"', 1), "log-out")


def test_with_a_role_the_same_login_sees_the_treatments(client, people, site, django_user_model):
    rina = django_user_model.objects.create_user("rina", is_staff=True)
    client.force_login(rina)
    assert client.get("/admin/").status_code == 403
    rina.groups.add(Group.objects.get(name="Editor"))
    assert str(site[0]) in client.get("/admin/").content.decode()


def test_who_may_see_no_treatment_sees_none_on_the_first_page(client, site, django_user_model):
    rina = django_user_model.objects.create_user("rina", is_staff=True)
    rina.user_permissions.add(Permission.objects.get(codename="view_term"))
    client.force_login(rina)
    shown = client.get("/admin/").content.decode()
    assert "Terms" in shown or "Glossary" in shown or "term" in shown
    assert "Treatments now" not in shown and str(site[0]) not in shown


def test_whoever_may_not_do_it_is_told_so_in_words(client, django_user_model, site):
    rina = django_user_model.objects.create_user("rina", is_staff=True)
    rina.groups.add(Group.objects.get(name="Reviewer"))
    client.force_login(rina)
    page = client.get("/admin/auth/user/")
    assert page.status_code == 403
    told = words(soup(page))
    assert "Your role may not do this" in told and "Treatment pages" in told


@pytest.mark.parametrize("number", ["9" * 19, "9" * 40, "0", "-1"])
@pytest.mark.parametrize(
    "path",
    [
        "treatment/{}/change/",
        "treatment/{}/version/1/en/",
        "treatment/1/version/{}/en/",
        "treatment/{}/history/",
        "treatment/{}/publish/",
        "picture/{}/change/",
        "picture/abc/change/",
        "bodyarea/{}/change/",
        "term/{}/delete/",
    ],
)
def test_a_number_that_nothing_has_is_no_failure(staff, site, path, number):
    status = staff.get(f"/admin/treatments/{path.format(number)}", follow=True).status_code
    assert status in (200, 404)
