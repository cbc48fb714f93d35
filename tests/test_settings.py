"""A bad or missing variable is named, and nothing starts."""

import os
import subprocess
import sys

import pytest

from .conftest import ROOT

PRODUCTION = {
    "IONTOINFO_MODE": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "PUBLIC_URL": "https://skin.example.org",
    "ALLOWED_HOSTS": "skin.example.org",
}


def manage(*arguments, variables, var):
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:iontoinfo", "manage.py", *arguments],
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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IONTOINFO_MODE", ""),
        ("IONTOINFO_MODE", "staging"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("PUBLIC_URL", ""),
        ("PUBLIC_URL", "http://skin.example.org"),
        ("PUBLIC_URL", "https://skin.example.org/path"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "other.example.org"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "nonsense"),
        ("PROXY_HOPS", "many"),
        ("PROXY_HOPS", "-1"),
        ("IONTOINFO_VAR", "relative/path"),
    ],
)
def test_a_bad_variable_is_named(name, value, tmp_path):
    done = manage("check", variables=PRODUCTION | {name: value}, var=tmp_path)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last and name in last


def test_a_bad_port_is_named(tmp_path):
    local = {"IONTOINFO_MODE": "local", "SECRET_KEY": PRODUCTION["SECRET_KEY"], "PORT": "eighty"}
    done = manage("check", variables=local, var=tmp_path)
    assert done.returncode != 0
    assert "PORT is 'eighty'" in done.stderr.strip().splitlines()[-1]


def test_the_models_have_their_migrations(tmp_path):
    done = manage("makemigrations", "--check", "--dry-run", variables=PRODUCTION, var=tmp_path)
    assert done.returncode == 0, done.stdout
