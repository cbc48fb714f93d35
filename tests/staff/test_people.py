"""Logins, as whoever looks after them makes and changes them."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from treatments.roles import ROLES, make_groups

from ..admin_forms import form_data
from ..conftest import PASSWORD
from ..pages import soup, words

ADD = reverse("admin:auth_user_add")


@pytest.fixture
def boss(client, db):
    make_groups(Group, Permission)
    person = User.objects.create_user("boss", password=PASSWORD, is_staff=True)
    person.groups.add(Group.objects.get(name="Administrator"))
    client.force_login(person)
    return client


def box_of(page: BeautifulSoup, role: str) -> Tag:
    [label] = [each for each in page.select("label") if each.get_text().strip().startswith(role)]
    return page.find(id=label["for"])


def change_page(person: User) -> str:
    return reverse("admin:auth_user_change", args=[person.pk])


@pytest.mark.parametrize("page", ["add", "change"])
def test_the_roles_are_boxes_that_say_what_each_may_do(boss, page):
    rina = User.objects.create_user("rina", is_staff=True)
    shown = soup(boss.get(ADD if page == "add" else change_page(rina)))
    for role in ROLES:
        box = box_of(shown, role)
        assert box["type"] == "checkbox" and not box.has_attr("checked")
        assert len(box.parent.get_text().split()) > 6
    assert "Can add" not in words(shown) and not shown.select("[name=user_permissions]")


def test_a_login_is_made_with_its_role_in_one_go(boss):
    page = boss.get(ADD)
    typed = form_data(page.content, "user_form") | {
        "username": "rina", "password1": PASSWORD, "password2": PASSWORD,
        "first_name": "Rina", "email": "rina@example.org",
        "groups": [box_of(soup(page), "Reviewer")["value"]],
    }  # fmt: skip
    assert boss.post(ADD, typed).status_code == 302
    rina = User.objects.get(username="rina")
    assert [group.name for group in rina.groups.all()] == ["Reviewer"]
    assert (rina.first_name, rina.email, rina.is_staff) == ("Rina", "rina@example.org", True)
    row = soup(boss.get("/admin/auth/user/?q=rina")).select_one("#result_list tbody tr")
    assert "Reviewer" in row.get_text(" ")


@pytest.mark.parametrize("has_one", [True, False])
def test_a_new_password_is_all_that_the_page_for_it_offers(boss, has_one):
    rina = User.objects.create_user("rina", password=PASSWORD if has_one else None, is_staff=True)
    at = reverse("admin:auth_user_password_change", args=[rina.pk])
    page = boss.get(at)
    form = soup(page).select_one("#user_form")
    named = {field["name"] for field in form.select("[name]")}
    assert named == {"csrfmiddlewaretoken", "username", "password1", "password2"}
    assert len(form.select("[type=submit]")) == 1
    assert not {"LDAP", "authentication"} & {*words(soup(page)).replace("-", " ").split()}
    taken_away = {"usable_password": "false", "unset-password": ""}
    refused = boss.post(at, form_data(page.content, "user_form") | taken_away)
    assert soup(refused).select(".errorlist") and refused.status_code == 200
    new = {"password1": "a quite new word", "password2": "a quite new word"}
    assert boss.post(at, form_data(page.content, "user_form") | new).status_code == 302
    rina.refresh_from_db()
    assert rina.check_password("a quite new word")


def test_a_login_is_not_made_without_a_password(boss):
    typed = form_data(boss.get(ADD).content, "user_form") | {"username": "rina"}
    assert soup(boss.post(ADD, typed | {"usable_password": "false"})).select(".errorlist")
    assert not User.objects.filter(username="rina").exists()


def test_what_a_login_without_a_mail_address_lacks_is_said_at_the_field(boss):
    [field] = soup(boss.get(ADD)).select(".field-email")
    said = words(field)
    assert "forgotten password needs an administrator" in said and "new device" in said


def test_whoever_makes_a_login_without_a_role_is_told_what_it_sees(boss):
    typed = form_data(boss.get(ADD).content, "user_form") | {
        "username": "rina", "password1": PASSWORD, "password2": PASSWORD,
    }  # fmt: skip
    page = soup(boss.post(ADD, typed, follow=True))
    assert "“rina” has no role yet, and sees nothing" in words(page)
    listed = soup(boss.get("/admin/auth/user/?q=rina"))
    assert "no role yet" in listed.select_one("#result_list tbody").get_text()


def test_of_a_superuser_it_is_said_that_the_roles_change_nothing(staff, nurse):
    assert "may do everything, whatever is ticked" in words(soup(staff.get(change_page(nurse))))
    assert "may do everything" in words(soup(staff.get("/admin/auth/user/")))


def test_a_role_is_described_in_words_and_not_by_permissions(boss):
    listed = words(soup(boss.get("/admin/auth/group/")))
    for group in Group.objects.all():
        shown = words(soup(boss.get(reverse("admin:auth_group_change", args=[group.pk]))))
        assert "Can " not in shown
        assert group.name in shown and group.name in listed
    assert "publishes and withdraws" in listed


def test_the_list_of_logins_costs_the_same_for_many(boss, django_assert_max_num_queries):
    people = User.objects.bulk_create(User(username=f"rina{n}", is_staff=True) for n in range(40))
    through = User.groups.through
    editor = Group.objects.get(name="Editor")
    through.objects.bulk_create(through(user=person, group=editor) for person in people)
    with django_assert_max_num_queries(12):
        assert boss.get("/admin/auth/user/").status_code == 200


def test_somebody_is_found_by_a_name_however_a_keyboard_composes_it(boss):
    rina = User.objects.create_user("rina", is_staff=True)
    typed = form_data(boss.get(change_page(rina)).content, "user_form")
    boss.post(change_page(rina), typed | {"first_name": "সা\u09dfমা"})
    for name in ("সা\u09dfমা", "সায়মা"):
        assert soup(boss.get("/admin/auth/user/", {"q": name})).select("#result_list tbody tr")
