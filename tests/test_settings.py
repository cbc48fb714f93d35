"""A bad or missing variable is named, and nothing starts."""

import os
import re
import runpy
import subprocess
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import ROOT

# The settings are read anew beside those of this very process.
pytestmark = pytest.mark.filterwarnings("ignore:'iontoinfo.settings' found in sys.modules")

PRODUCTION = {
    "IONTOINFO_MODE": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "PUBLIC_URL": "https://skin.example.org",
    "ALLOWED_HOSTS": "skin.example.org",
}


def manage(*arguments, variables, var):
    return run("manage.py", *arguments, variables=variables, var=var)


def run(*arguments, variables, var):
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:iontoinfo", *arguments],
        cwd=ROOT,
        env={**inherited, "IONTOINFO_VAR": str(var), **variables},
        capture_output=True,
        text=True,
    )


def test_production_passes_djangos_own_deployment_check(tmp_path):
    done = manage(
        "check", "--deploy", "--fail-level", "WARNING", variables=PRODUCTION, var=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


MAIL = {"EMAIL_URL": "smtp+tls://u:p@mail.example.org:587", "EMAIL_FROM": "a@example.org"}
BUCKET = {"MEDIA_BUCKET": "photos", "MEDIA_KEY": "key", "MEDIA_SECRET": "secret"}
WRONG = {
    "IONTOINFO_MODE": ["", "staging", "Local"],
    "SECRET_KEY": ["", "short", "a" * 60, "\udcff" * 60],
    "IONTOINFO_VAR": ["relative/path", "/dev/null", "/dev/null/var", f"/{'a' * 5000}"],
    "STATIC_ROOT": ["static", "/dev/null"],
    "PUBLIC_URL": [
        "", "skin.example.org", "http://skin.example.org", "https://skin.example.org/path",
        "https://skin.example.org?a", "https://skin.example.org#a", "https://skin.example.org:99999",
        "https://skin.example.org:0", "https://skin.example.org:x", "https://[::1", "https://",
        "https://user:SECRETMARK@skin.example.org", "https://skin.example.org.",
        "https://skin example.org", "https://-skin.example.org", "https://skin.example.org\\a",
    ],
    "ALLOWED_HOSTS": [
        "", "*", "other.example.org", "skin.example.org,*", "skin.example.org,https://example.org",
        "skin.example.org,a b", "skin.example.org,other.example.org:443",
    ],
    "PROXY_HOPS": ["many", "-1", "6", "১", "9" * 5000],
    "ADMIN_PATH": ["staff/door", "bn", "a b", "প্রশাসন"],
    "PAGES_MEMORY_MB": ["0", "1.5", "4097"],
    "DATABASE_URL": [
        "nonsense", "mysql://x/y", "sqlite://", "sqlite:///", "sqlite://:memory:", "sqlite:///a.db",
        "sqlite://host/a.db", "postgres://", "postgres://u:p@host", "postgres://u:p@host:99999/a",
        "postgres://u:SECRETMARK@ss/word@host/a", "postgres://u:SECRETMARK/ss@host/a",
        "postgres://u:12/SECRETMARK@host/a", "postgres://u:SECRETMARK?ss@host/a",
        "postgres://u:SECRETMARK@host/a?sslmod=require",
    ],
    "EMAIL_URL": [
        "mail.example.org", "https://mail.example.org", "smtp://", "smtp+tls://host:x",
        "smtp+tls://u:SECRETMARK@ss/word@host:587", "smtp+tls://u:SECRETMARK/ss@host:587",
        "smtp+tls://u:SECRETMARK#ss@host:587", "smtp+tls://u:12?SECRETMARK@host:587",
    ],
    "EMAIL_FROM": ["", "@", "a@", "@example.org", "a@b@example.org", "a b@example.org"],
    "ADMIN_MAIL": ["@", "operator"],
    "SECURITY_CONTACT": ["@", "https://", "http://example.org/plain", "https://a b", "nobody"],
    "LOG_FORMAT": ["xml"],
    "BACKUP_RECIPIENT": ["somebody", "age1", "AGE-SECRET-KEY-1SECRETMARK"],
    "MEDIA_BUCKET": ["a b", "a/b"],
    "MEDIA_KEY": [""],
    "MEDIA_SECRET": [""],
    "MEDIA_ENDPOINT": ["bucket.example.org", "ftp://bucket.example.org", "https://"],
    "MEDIA_REGION": ["eu west"],
    "BIND": ["a b", "1.2.3.4:80", ":::"],
    "PORT": ["eighty", "0", "65536"],
    "WEB_WORKERS": ["abc", "0", "-1"],
}  # fmt: skip


@pytest.fixture
def outcome(tmp_path, monkeypatch):
    """What the settings are with these variables, or the sentence that they refuse them with."""
    monkeypatch.setitem(sys.modules, "storages", ModuleType("storages"))  # a bucket's package
    sys.modules["storages"].__spec__ = ModuleSpec("storages", None)

    def read(variables) -> dict | str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "environ", {"IONTOINFO_VAR": str(tmp_path), **variables})
            try:
                return runpy.run_module("iontoinfo.settings")
            except ImproperlyConfigured as refused:
                return str(refused)

    return read


def context_of(name) -> dict[str, str]:
    """Variables with which one that is right is taken."""
    more = MAIL if name in (*MAIL, "ADMIN_MAIL") else BUCKET if name.startswith("MEDIA_") else {}
    return PRODUCTION | more


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_a_bad_variable_is_named_in_one_line(name, value, outcome):
    said = outcome(context_of(name) | {name: value})
    assert isinstance(said, str), "it is taken"
    assert name in said and "SECRETMARK" not in said.replace("AGE-SECRET", "")
    assert said.isprintable()


def test_every_documented_variable_has_a_value_that_is_refused():
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert {*re.findall(r"^\| `(\w+)`", text, re.M)} == {*WRONG}


PIECES = st.sampled_from(
    [
        "https://", "postgres://", "sqlite://", "smtp://", "/", "@", ":", "a", "[", "]", "?", "#",
        "9", "%", "%2F", "\n", "\udcff", " ", "অ", "=", ",", ".", "-", "\\", "skin.example.org",
    ]
)  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(WRONG)), st.lists(PIECES, max_size=9).map("".join))
def test_whatever_a_variable_holds_it_is_taken_or_named(outcome, name, value):
    said = outcome(context_of(name) | {name: value})
    assert isinstance(said, dict) or (name in said and said.isprintable())


@pytest.mark.parametrize(
    ("name", "value"),
    [("ADMIN_PATH", "a/b"), ("PUBLIC_URL", "https://[::1"), ("WEB_WORKERS", "abc")],
)
def test_a_bad_variable_ends_a_command_and_the_site_with_one_line(name, value, tmp_path):
    commands = (
        ["manage.py", "restore", "file"],
        ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"],
    )
    for command in commands:
        done = run(*command, variables=PRODUCTION | {name: value}, var=tmp_path)
        (line,) = done.stderr.splitlines()
        assert line.startswith(f"Error: {name} ") and done.returncode == 1


def test_a_file_of_variables_that_cannot_be_read_is_named(outcome, tmp_path):
    (tmp_path / "env").write_bytes(b"SECRET_KEY=\xff\n")
    assert str(tmp_path / "env") in outcome(PRODUCTION)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("HTTPS://Skin.Example.org/", "https://skin.example.org"),
        ("https://skin.example.org:443", "https://skin.example.org"),
        ("https://skin.example.org:8443", "https://skin.example.org:8443"),
    ],
)
def test_the_public_address_is_kept_as_browsers_write_it(written, read, outcome):
    found = outcome(PRODUCTION | {"PUBLIC_URL": written, "ALLOWED_HOSTS": "Skin.example.org"})
    assert found["PUBLIC_URL"] == read and found["ALLOWED_HOSTS"] == ["skin.example.org"]


@pytest.mark.parametrize(
    ("address", "password"),
    [("u:p%40%2Fss@host/a", "p@/ss"), ("u:p@ss@host/a?sslmode=require", "p@ss")],
)
def test_a_password_may_have_any_sign(address, password, outcome):
    found = outcome(PRODUCTION | {"DATABASE_URL": f"postgres://{address}"})["DATABASES"]["default"]
    assert (found["PASSWORD"], found["HOST"], found["NAME"]) == (password, "host", "a")


def test_the_database_is_in_the_folder_whatever_its_name(outcome, tmp_path):
    folder = tmp_path / "a+b %20#?"
    found = outcome(PRODUCTION | {"IONTOINFO_VAR": str(folder)})["DATABASES"]["default"]
    assert found["NAME"] == str(folder / "db.sqlite3")


def test_mail_goes_to_the_usual_port_where_none_is_said(outcome):
    for scheme, port in (("smtp+tls", 587), ("smtp+ssl", 465), ("smtp", 25)):
        found = outcome(PRODUCTION | MAIL | {"EMAIL_URL": f"{scheme}://mail.example.org"})
        assert found["EMAIL_PORT"] == port


def test_the_models_have_their_migrations(tmp_path):
    done = manage("makemigrations", "--check", "--dry-run", variables=PRODUCTION, var=tmp_path)
    assert done.returncode == 0, done.stdout
