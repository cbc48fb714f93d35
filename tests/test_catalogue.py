"""The words of the site in Bangla: `make messages` changes only what has changed in the code."""

import ast
import subprocess
import sys
from difflib import unified_diff
from pathlib import Path

import pytest

from .clone import FROM_OUTSIDE, LOCAL, clone_into
from .conftest import ROOT

CATALOGUE = Path("locale", "bn", "LC_MESSAGES", "django.po")


@pytest.fixture
def clone(tmp_path) -> Path:
    return clone_into(tmp_path)


def changes(clone: Path) -> list[str]:
    """The lines of the catalogue that the command takes away or adds, as "-…" and "+…"."""
    before = (ROOT / CATALOGUE).read_text("utf-8").splitlines()
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--all"],
        cwd=clone,
        env=FROM_OUTSIDE | LOCAL,
        check=True,
    )
    after = (clone / CATALOGUE).read_text("utf-8").splitlines()
    changed = unified_diff(before, after, n=0, lineterm="")
    return [line for line in changed if not line.startswith(("---", "+++", "@@"))]


def test_the_catalogue_has_the_words_of_the_code_and_no_others(clone):
    assert changes(clone) == [], "Words have changed: run `make messages`."


def test_a_new_word_is_added_empty_and_nothing_else_changes(clone):
    template = clone / "templates" / "404.html"
    new = "All treatment pages"  # as good as another entry, for whoever guesses
    template.write_text(template.read_text("utf-8") + f'{{% translate "{new}" %}}', "utf-8")
    assert changes(clone) == ["+#: templates/404.html", f'+msgid "{new}"', '+msgstr ""', "+"]


def test_every_word_stands_where_each_version_of_gettext_finds_it():
    calls = {"_", "gettext", "gettext_lazy", "ngettext"}
    inside = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("treatments", "iontoinfo")
        for path in (ROOT / folder).rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in calls
    ]
    assert not inside, "Only newer versions look into an f-string."


def test_gettext_finds_nothing_wrong_with_the_catalogue():
    done = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", ROOT / CATALOGUE],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr


# Where the words stand that only staff and operators read.
FOR_STAFF = (
    "treatments/staff/",
    "templates/staff/",
    "treatments/checks/",
    "treatments/publishing/",
    "treatments/word_file/",
)


def entries_that_are(*what: str) -> list[str]:
    done = subprocess.run(
        ["msgattrib", "--no-wrap", *what, ROOT / CATALOGUE],
        capture_output=True,
        text=True,
        check=True,
    )
    return [entry for entry in done.stdout.split("\n\n")[1:] if "\n" in entry]


def test_no_words_are_left_in_english_because_their_bangla_is_in_doubt():
    assert entries_that_are("--only-fuzzy") == []


def test_all_that_patients_read_has_its_bangla():
    def is_for_patients(entry: str) -> bool:
        files = [line for line in entry.splitlines() if line.startswith("#: ")]
        return any(not line.removeprefix("#: ").startswith(FOR_STAFF) for line in files)

    assert [entry for entry in entries_that_are("--untranslated") if is_for_patients(entry)] == []
