"""Whatever is sent, somebody is left who can log in and look after the logins."""

from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from treatments.roles import make_groups
from treatments.staff import people

from ..admin_forms import form_data
from ..conftest import PASSWORD
from ..pages import words

LIST = "/admin/auth/user/"
SAID = "Nobody else can look after the logins"


def send(client, page: str, changes: dict, without: tuple[str, ...] = ()):
    """Sends the one form of a page with some of its fields changed; returns the page after it."""
    shown = BeautifulSoup(client.get(page).content.decode(), "html.parser")
    form = shown.select_one("#changelist-form, #user_form, #content form")
    form["id"] = "form"
    typed = {
        name: value for name, value in form_data(str(form), "form").items() if name not in without
    }
    return client.post(page, typed | changes, follow=True)


def switched_off(client, person):
    return send(client, reverse("admin:auth_user_change", args=[person.pk]), {}, ("is_active",))


def without_roles(client, person):
    return send(client, reverse("admin:auth_user_change", args=[person.pk]), {}, ("groups",))


def as_editor(client, person):
    editor = {"groups": [Group.objects.get(name="Editor").pk]}
    return send(client, reverse("admin:auth_user_change", args=[person.pk]), editor)


def deleted(client, person):
    return send(client, reverse("admin:auth_user_delete", args=[person.pk]), {"post": "yes"})


def deleted_in_the_list(client, person):
    chosen = {"action": "delete_selected", "_selected_action": [person.pk], "index": "0"}
    asked = send(client, LIST, chosen)
    assert "Are you sure" in asked.content.decode()
    form = BeautifulSoup(asked.content.decode(), "html.parser").select_one("#content form")
    form["id"] = "form"
    return client.post(LIST, form_data(str(form), "form"), follow=True)


AT_A_FIELD = [switched_off, without_roles, as_editor]
WAYS = [*AT_A_FIELD, deleted, deleted_in_the_list]


def somebody_is_left() -> bool:
    return any(
        person.has_perm("auth.change_user") and person.has_usable_password() and person.is_staff
        for person in User.objects.filter(is_active=True)
    )


@pytest.fixture
def make(db):
    """`make(name, kind)`: a superuser, an "Administrator", or somebody of another role."""
    make_groups(Group, Permission)

    def made(name: str, kind: str, **more) -> User:
        person = User.objects.create_user(name, password=PASSWORD, is_staff=True, **more)
        if kind == "superuser":
            person.is_superuser = True
            person.save()
        else:
            person.groups.add(Group.objects.get(name=kind))
        return person

    return made


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["superuser", "Administrator"])
def test_the_only_administrator_cannot_do_away_with_herself(make, kind, way):
    if kind == "superuser" and way in (without_roles, as_editor):
        return  # a superuser needs no role
    boss = make("boss", kind)
    make("rina", "Editor")
    make("gone", kind, is_active=False)
    without = make("passwordless", kind)
    without.set_unusable_password()
    without.save()
    response = way(logged_in(boss), boss)
    assert somebody_is_left()
    page = BeautifulSoup(response.content.decode(), "html.parser")
    assert SAID in words(page)
    assert "successfully" not in words(page)
    if way in AT_A_FIELD:
        assert any(SAID in each.get_text() for each in page.select(".errorlist"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["superuser", "Administrator"])
def test_with_another_administrator_she_can(make, kind, way):
    boss, other = make("boss", "superuser"), make("other", kind)
    if kind == "superuser" and way in (without_roles, as_editor):
        return
    response = way(logged_in(boss), other)
    assert SAID not in response.content.decode()
    other = User.objects.filter(pk=other.pk, is_active=True).first()
    left = other and other.has_perm("auth.change_user") and other.has_usable_password()
    assert not left and somebody_is_left()


@pytest.mark.parametrize("way", WAYS)
def test_two_who_do_away_with_each_other_at_once_leave_one(make, way, monkeypatch):
    """The other one's change is made after this one's form was found right."""
    boss, other = make("boss", "Administrator"), make("other", "Administrator")
    monkeypatch.setattr(people, "is_needed", lambda _person: False)
    switch_off = partial(User.objects.filter(pk=boss.pk).update, is_active=False)
    client = logged_in(boss)
    real = people.UserAdmin.log_change, people.UserAdmin.log_deletions

    def meanwhile(method):
        def logged(*args, **kwargs):
            switch_off()
            return method(*args, **kwargs)

        return logged

    monkeypatch.setattr(people.UserAdmin, "log_change", meanwhile(real[0]))
    monkeypatch.setattr(people.UserAdmin, "log_deletions", meanwhile(real[1]))
    response = way(client, other)
    assert somebody_is_left()
    assert SAID in words(BeautifulSoup(response.content.decode(), "html.parser"))


def test_all_at_once_in_the_list(make):
    boss = make("boss", "superuser")
    everybody = [boss, make("other", "Administrator"), make("third", "superuser")]
    chosen = [person.pk for person in everybody]
    client = logged_in(boss)
    asked = send(client, LIST, {"action": "delete_selected", "_selected_action": chosen})
    form = BeautifulSoup(asked.content.decode(), "html.parser").select_one("#content form")
    form["id"] = "form"
    response = client.post(LIST, form_data(str(form), "form"), follow=True)
    assert User.objects.count() == 3
    assert SAID in response.content.decode()


def test_what_takes_nobody_away_is_as_before(make):
    boss = make("boss", "superuser")
    page = reverse("admin:auth_user_change", args=[boss.pk])
    response = send(logged_in(boss), page, {"first_name": "Rina"})
    assert "successfully" in response.content.decode()
    boss.refresh_from_db()
    assert boss.first_name == "Rina" and boss.is_active
