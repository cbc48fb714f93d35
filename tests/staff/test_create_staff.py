"""The command that makes a login says what the login may do, and gives no more than that."""

import sys
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from treatments.roles import ROLES


def made(*arguments: str) -> str:
    out = StringIO()
    call_command("create_staff", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def typed(monkeypatch):
    """`typed(answers…)`: somebody at a terminal, who types these; returns what was asked."""

    def sit_down(*answers: str) -> list[str]:
        asked, left = [], list(answers)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda prompt: (asked.append(prompt), left.pop(0))[1])
        return asked

    return sit_down


@pytest.mark.parametrize("role", ROLES)
def test_a_login_gets_its_role_and_nothing_more(db, role):
    said = made("rina", "--role", role.lower())
    assert f"Role: {role}." in said and "Password (shown only this once)" in said
    rina = User.objects.get()
    assert [group.name for group in rina.groups.all()] == [role]
    assert rina.is_staff and not rina.is_superuser
    assert {name.partition(".")[2] for name in rina.get_all_permissions()} == {*ROLES[role]}


def test_an_unknown_role_is_refused_with_the_roles_there_are(db):
    with pytest.raises(CommandError) as refused:
        made("rina", "--role", "Doctor")
    assert "no role “Doctor”" in str(refused.value)
    for role in ROLES:
        assert f"{role}: " in str(refused.value)
    assert not User.objects.exists()


def test_without_a_role_the_command_says_which_one_it_gave(db):
    said = made("rina")
    assert "Role: Administrator. All of this, and the logins" in said
    rina = User.objects.get()
    assert not rina.is_superuser and rina.has_perm("auth.change_user")


def test_at_a_terminal_the_roles_are_explained_and_one_is_asked_for(db, typed, capsys):
    asked = typed("rina", "reviewer")
    call_command("create_staff")
    said = capsys.readouterr().out
    assert asked == ["User name: ", "Role [Administrator]: "]
    assert "What may rina do?" in said and "Publisher: Writes and confirms" in said
    assert User.objects.get().groups.get().name == "Reviewer"


def test_a_role_that_was_typed_wrong_makes_no_login(db, typed):
    typed("admin")
    with pytest.raises(CommandError, match="no role “admin”"):
        made("rina")
    assert not User.objects.exists()
